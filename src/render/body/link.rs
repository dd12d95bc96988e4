//! Links, cards and images.

use std::fmt::Write;

use super::super::escape;
use super::quotation::Quoted;
use super::{Close, Writer};
use crate::case::group::GroupId;
use crate::document::tree::NodeId;
use crate::document::{AnchorId, Image, ImageId, LinkId, url};
use crate::language::LanguageId;
use crate::site::exhibit_words::exhibit_name;
use crate::site::link::{ImageTarget, LinkTarget};
use crate::site::pages::relative;
use crate::site::{Citing, Spot};

impl<'a> Writer<'a> {
    /// A card that leads to a page, a file or another site. What the author wrote inside is its caption, unless it only
    /// repeats the link, as GitBook does.
    pub(super) fn card(&mut self, id: NodeId, link: LinkId) -> NodeId {
        let node = self.this.tree.get(id);
        let url = &self.this.links[link].url;
        let inner = self.this.tree.text(self.source, id);
        let inner = inner.trim();
        let target = &self.references.links[link];
        let title: String = match target {
            LinkTarget::Page { group, language, .. } => self.page_title(*group, *language).to_owned(),
            LinkTarget::File(path) => path.rsplit('/').next().unwrap_or(path).to_owned(),
            LinkTarget::Exhibit(exhibit) => exhibit_name(self.site, *exhibit, self.this.language),
            LinkTarget::External | LinkTarget::Contact if inner.is_empty() => url.to_string(),
            _ => inner.to_owned(),
        };
        let opened = self.open_target("card", link, true);
        self.out.push_str("<span class=\"card-title\">");
        self.text(&title);
        self.out.push_str("</span>");
        // The path of a file in the case says nothing to a reader.
        if matches!(target, LinkTarget::External | LinkTarget::Contact) {
            self.out.push_str(" <span class=\"card-target\">");
            self.text(url);
            self.out.push_str("</span>");
        }
        match opened {
            Some(mark) => {
                self.out.push_str(" <span class=\"mark\">");
                self.text(mark);
                self.out.push_str("</span></span>\n");
            }
            None => self.out.push_str("</a>\n"),
        }
        let repeats = url.contains(inner) || url.ends_with(inner.trim_end_matches(".md"));
        let is_title = title == inner;
        if inner.is_empty() || repeats || is_title {
            return node.end;
        }
        self.out.push_str("<div class=\"card-caption\">");
        self.enter(id, Close::Tag("div"));
        id + 1
    }

    fn page_title(&self, group: GroupId, language: LanguageId) -> &'a str {
        let group = &self.site.case.groups[group];
        let own = group.documents[language];
        let document = own.or_else(|| group.primary().map(|(_, document)| document));
        document.map_or("", |document| self.site.case.documents[document].title.as_str())
    }

    /// Opens the element that leads to `target`: an `a`, or a `span` where it leads nowhere, with what to say about it.
    fn open_target(&mut self, class: &str, link: LinkId, bare: bool) -> Option<&'a str> {
        let separator = if class.is_empty() { "" } else { " " };
        let target = &self.references.links[link];
        let url = &self.this.links[link].url;
        match target {
            LinkTarget::External => {
                let shown = if bare { " url" } else { "" };
                let _ = write!(
                    self.out,
                    "<a class=\"{class}{separator}external{shown}\" rel=\"noreferrer noopener\" href=\""
                );
                escape::url(&mut self.out, url);
            }
            LinkTarget::Contact => {
                let shown = if bare { " url" } else { "" };
                let _ = write!(self.out, "<a class=\"{class}{separator}contact{shown}\" href=\"");
                escape::url(&mut self.out, url);
            }
            LinkTarget::File(path) => {
                let path = self.site.files.get(path.as_ref()).map_or("", String::as_str);
                let _ = write!(self.out, "<a class=\"{class}{separator}file\" href=\"{}", relative(self.path, path));
            }
            LinkTarget::Exhibit(exhibit) => {
                let class = format!("{class}{separator}file");
                self.open_exhibit(&class, Citing::Link(link), *exhibit);
                return None;
            }
            LinkTarget::Page { group, language, anchor, .. } => {
                let case = &self.site.case;
                self.out.push_str("<a");
                if !class.is_empty() {
                    let _ = write!(self.out, " class=\"{class}\"");
                }
                if self.site.spot_of(target).is_some() {
                    self.id(&Citing::Link(link).anchor());
                }
                if *language != self.this.language {
                    let _ = write!(self.out, " hreflang=\"{}\"", case.languages[*language].tag);
                }
                self.out.push_str(" href=\"");
                let from = self.out.len();
                self.address_in(*group, *language, anchor.as_deref().unwrap_or(""));
                if let Some((document, spot)) = self.site.spot_of(target) {
                    self.quote(from, Quoted::Spot(document, spot));
                }
            }
            LinkTarget::Home(language) => {
                let home = self.site.home_path(*language);
                let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
                let _ = write!(self.out, "<a{class} href=\"{}", relative(self.path, home));
            }
            LinkTarget::Broken => {
                let _ = write!(self.out, "<span class=\"{class}{separator}broken\">");
                return Some(&self.phrases.broken);
            }
            LinkTarget::Unsafe => {
                let _ = write!(self.out, "<span class=\"{class}{separator}unsafe\">");
                return Some(&self.phrases.unsafe_link);
            }
        }
        self.out.push('"');
        let title = &self.this.links[link].title;
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            self.text(title);
            self.out.push('"');
        }
        self.out.push('>');
        None
    }

    /// A place that links lead to.
    pub(super) fn anchor(&mut self, index: AnchorId) {
        let anchor = &self.addresses.of(Spot::Given(index));
        if !anchor.is_empty() && self.has_addresses() {
            self.out.push_str("<span");
            self.id(anchor);
            self.out.push_str("></span>");
        }
    }

    /// Opens a link; its text follows.
    pub(super) fn link(&mut self, id: NodeId, index: LinkId) {
        let link = &self.this.links[index];
        let target = &self.references.links[index];
        let astray = matches!(target, LinkTarget::Page { astray: true, .. });
        if astray {
            self.out.push_str("<span class=\"broken\">");
            self.enter(id, Close::Marked("span", self.phrases.broken_anchor.clone()));
        }
        let external = *target == LinkTarget::External;
        let outside = external || *target == LinkTarget::Contact;
        let bare = link.bare || (outside && self.shows_url(id, &link.url));
        if let Some(mark) = self.open_target("", index, bare) {
            self.enter(id, Close::Marked("span", mark.to_owned()));
            return;
        }
        let url = link.url.clone();
        self.enter(id, Close::Link { external, bare, url });
    }

    /// Whether a link's text is its address, give or take the scheme.
    fn shows_url(&self, id: NodeId, url: &str) -> bool {
        let text = self.this.tree.text(self.source, id);
        let plain = |text: &str| {
            let text = text.trim_start_matches("mailto:");
            text.split("://").last().unwrap_or("").trim_end_matches('/').to_ascii_lowercase()
        };
        plain(text.trim()) == plain(url)
    }

    pub(super) fn image(&mut self, index: ImageId) {
        let image = &self.this.images[index];
        match &self.references.images[index] {
            ImageTarget::File(path) => {
                let size = self.site.case.cited.get(path.as_ref()).and_then(|file| file.facts.pixels);
                let path = self.site.files.get(path.as_ref()).map_or("", String::as_str);
                let _ = write!(self.out, "<img src=\"{}\" alt=\"", relative(self.path, path));
                self.text(&image.alt);
                self.out.push('"');
                if !image.title.is_empty() {
                    self.out.push_str(" title=\"");
                    self.text(&image.title);
                    self.out.push('"');
                }
                if let Some((width, height)) = size {
                    let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
                }
                self.out.push_str(" loading=\"lazy\">");
            }
            ImageTarget::Exhibit(exhibit) => self.exhibit_image(index, *exhibit),
            ImageTarget::Remote => {
                self.out.push_str("<a class=\"external missing-image\" rel=\"noreferrer noopener\" href=\"");
                escape::url(&mut self.out, &image.url);
                self.out.push_str("\">");
                self.image_words(&self.phrases.image_remote, image);
                self.out.push_str(" <code>");
                self.text(&image.url);
                self.out.push_str("</code>");
                self.out.push_str("</a>");
            }
            ImageTarget::Missing => {
                self.out.push_str("<span class=\"missing-image\">");
                self.image_words(&self.phrases.image_missing, image);
                self.out.push_str("</span>");
            }
        }
    }

    /// What stands in the place of a picture: why it is not there, and what the author says it shows.
    fn image_words(&mut self, fault: &str, image: &Image) {
        self.out.push_str("<b>");
        self.text(fault);
        self.out.push_str("</b>");
        for words in [&image.alt, &image.title].into_iter().filter(|words| !words.is_empty()) {
            self.out.push(' ');
            self.text(words);
        }
    }

    pub(super) fn host(&mut self, url: &str) {
        self.out.push_str("<span class=\"host\"> (");
        self.text(url::host(url));
        self.out.push_str(")</span>");
    }
}
