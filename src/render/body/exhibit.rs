//! Exhibits in the text: references to them, pictures of them, and what bears on a place.

use std::fmt::Write;

use super::Writer;
use super::quotation::Quoted;
use super::surface::Surface;
use crate::case::exhibit::ExhibitId;
use crate::document::ImageId;
use crate::render::exhibit::picture;
use crate::render::way;
use crate::site::exhibit_words::{exhibit_label, exhibit_name};
use crate::site::{Citing, Spot};

impl Writer<'_> {
    /// The way to an exhibit in the language of the document.
    fn way_to_exhibit(&self, exhibit: ExhibitId) -> String {
        way::to_exhibit(self.site, self.path, exhibit, self.this.language)
    }

    /// Opens an `a` that leads to an exhibit.
    pub(super) fn open_exhibit(&mut self, class: &str, by: Citing, exhibit: ExhibitId) {
        let _ = write!(self.out, "<a class=\"{class}\"");
        self.id(&by.anchor());
        let way = self.way_to_exhibit(exhibit);
        let _ = write!(self.out, " href=\"{way}\">");
        if self.surface == Surface::Own && matches!(by, Citing::Label(_)) {
            self.quoted.insert(way, Quoted::Exhibit(exhibit));
        }
    }

    /// An image whose file is an exhibit: the picture leads to the exhibit; what is no picture is named.
    pub(super) fn exhibit_image(&mut self, image: ImageId, exhibit: ExhibitId) {
        let alt = &self.this.images[image].alt;
        let picture = picture(self.site, exhibit, self.path);
        let class = if picture.is_some() { "exhibit-image" } else { "exhibit-file" };
        self.open_exhibit(class, Citing::Image(image), exhibit);
        match picture {
            Some(picture) => {
                let _ = write!(self.out, "<img src=\"{}\"", picture.src);
                if let Some(set) = &picture.srcset {
                    let _ = write!(self.out, " srcset=\"{set}\" sizes=\"(min-width: 52em) 45em, 95vw\"");
                }
                let _ = write!(self.out, " width=\"{}\" height=\"{}\" alt=\"", picture.width, picture.height);
                self.text(alt);
                self.out.push_str("\" loading=\"lazy\"> <span class=\"exhibit-name\">");
                let label = exhibit_label(self.site, exhibit, self.this.language);
                self.text(&label);
                self.out.push_str("</span>");
            }
            None => {
                let name = exhibit_name(self.site, exhibit, self.this.language);
                self.text(&name);
            }
        }
        self.out.push_str("</a>");
    }

    /// Writes which exhibits bear on something: nothing if none does.
    pub(super) fn exhibits_on(&mut self, spot: Spot, element: &str) {
        let exhibits = self.backlinks.exhibits_on(spot);
        if exhibits.is_empty() || !self.has_addresses() {
            return;
        }
        let _ = write!(self.out, "<{element} class=\"exhibits-on\">");
        self.text(&self.phrases.exhibits_on);
        for (at, &exhibit) in exhibits.iter().enumerate() {
            if at > 0 {
                self.text(&self.phrases.list_separator);
            }
            let way = self.way_to_exhibit(exhibit);
            let _ = write!(self.out, "<a href=\"{way}\">");
            if self.surface == Surface::Own {
                self.quoted.insert(way, Quoted::Exhibit(exhibit));
            }
            let label = exhibit_label(self.site, exhibit, self.this.language);
            self.text(&label);
            self.out.push_str("</a>");
        }
        let _ = writeln!(self.out, "</{element}>");
    }
}
