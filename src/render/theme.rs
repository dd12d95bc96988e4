//! The templates and static files of a site: the built-in ones, or those the case brings under the same names.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use tera::{Context, Tera};

use super::lean::lean;
use super::{escape, unbroken};
use crate::Error;
use crate::folder::File;

/// Declares the embedded files of the built-in theme.
macro_rules! embedded {
    ($folder:literal, $($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../", $folder, "/", $name)))),+]
    };
}

const TEMPLATES: &[(&str, &[u8])] = embedded!(
    "templates",
    "base.html",
    "site.html",
    "document.html",
    "positions.html",
    "timeline.html",
    "proof.html",
    "proof-list.html",
    "exhibits.html",
    "exhibit.html",
    "catalogue.html",
    "links.html",
    "identifiers.html",
    "index.html",
    "exhibit-list.html",
    "exhibit-body.html",
    "exhibit-file.html",
    "link-list.html",
    "identifier-list.html",
    "about.html",
    "reading.html",
    "redactions.html",
    "parallel.html",
    "print.html",
    "book.html",
    "single.html",
    "share.html",
    "sum-commands.html",
    "reply.html",
    "home.html",
    "caption.html",
    "missing.html",
    "chooser.html",
    "404.html",
    "nothing.html",
);

pub(super) const STATIC: &[(&str, &[u8])] =
    embedded!("static", "casefile.css", "casefile.js", "dark.css", "icon.svg", "lost.js", "search.js");

/// The static files as they are published.
static PUBLISHED: LazyLock<Vec<(&str, Vec<u8>)>> =
    LazyLock::new(|| STATIC.iter().map(|(name, bytes)| (*name, lean(name, bytes))).collect());

/// The embedded file that lies at `path` in a site, which may stand in a folder.
fn embedded_at(path: &str) -> Option<&'static [u8]> {
    let (_, name) = path.rsplit_once("static/")?;
    STATIC.iter().find(|(other, _)| *other == name).map(|(_, bytes)| *bytes)
}

/// Whether `path` leads to a static file that every site has.
pub fn is_path(path: &str) -> bool {
    embedded_at(path).is_some()
}

/// Whether a file of a site is a static file of the built-in theme, byte for byte as it is published or as it is kept.
pub fn is_built_in(path: &str, bytes: &[u8]) -> bool {
    let Some(embedded) = embedded_at(path) else { return false };
    embedded == bytes || PUBLISHED.iter().any(|(name, own)| path.ends_with(name) && own == bytes)
}

/// The texts of the built-in theme.
pub fn texts() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().chain(STATIC).filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
}

/// Templates and static files.
pub struct Theme {
    tera: Tera,
    /// The static files, by their path in the site.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// The built-in theme, with the files of the case in place of those of the same name.
    ///
    /// # Errors
    /// [`Error::Template`] when a template is not valid.
    pub fn load(own: &[File]) -> Result<Self, Error> {
        let mut templates: BTreeMap<&str, String> = BTreeMap::new();
        for (name, bytes) in TEMPLATES {
            templates.insert(name, String::from_utf8_lossy(bytes).into_owned());
        }
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (name, bytes) in PUBLISHED.iter() {
            files.insert(format!("static/{name}"), bytes.clone());
        }
        for file in own {
            if let Some(name) = file.path.strip_prefix("templates/").filter(|name| name.ends_with(".html")) {
                templates.insert(name, String::from_utf8_lossy(&file.bytes).into_owned());
            } else if file.path.starts_with("static/") && embedded_at(&file.path) != Some(&file.bytes) {
                files.insert(file.path.clone(), file.bytes.clone());
            }
        }
        let mut tera = Tera::new();
        tera.add_raw_templates(templates).map_err(|error| Error::Template(error.to_string()))?;
        Ok(Self { tera, files })
    }

    /// Renders a template. What turns the direction of text is shown, and dates and numbers stand in one line.
    ///
    /// # Errors
    /// [`Error::Template`] when the template asks for what the context does not have.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, Error> {
        let html = self.tera.render(template, context).map_err(|error| Error::Template(error.to_string()))?;
        Ok(unbroken::keep(escape::with_controls_shown(html)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::STATIC_FILES;

    #[test]
    fn a_folder_is_a_theme_by_the_names_of_the_built_in_files() {
        assert_eq!(STATIC.iter().map(|(name, _)| *name).collect::<Vec<_>>(), STATIC_FILES);
    }
}
