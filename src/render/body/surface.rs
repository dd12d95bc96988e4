//! Where the text of a document is written, which decides what has an address there and where links lead.

use std::fmt::Write;
use std::rc::Rc;

use super::Writer;
use crate::case::group::GroupId;
use crate::document::DocumentId;
use crate::language::LanguageId;
use crate::render::way;
use crate::site::pages::relative;

/// Where the text of a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Surface<'a> {
    /// Its own page.
    Own,
    /// Another page, at this path, that shows a part of it: nothing has an address there.
    Excerpt(&'a str),
    /// The page at `path` that sets two languages side by side. Its rows have the addresses, and links stay among such
    /// pages as far as they can.
    Parallel { path: &'a str, languages: [LanguageId; 2] },
    /// The page at this path that holds all documents of a language. What has an address there has that of its document
    /// before its own.
    Whole(&'a str),
}

/// The way to a page, and whether that is the page that is written.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) href: Rc<str>,
    is_here: bool,
}

impl Writer<'_> {
    /// Whether things have their address where this is written.
    pub(super) fn has_addresses(&self) -> bool {
        matches!(self.surface, Surface::Own | Surface::Whole(_))
    }

    /// Whether this is a part of a text, quoted elsewhere.
    pub(super) fn is_excerpt(&self) -> bool {
        matches!(self.surface, Surface::Excerpt(_))
    }

    /// Writes an id, where there are any.
    pub(super) fn id(&mut self, anchor: &str) {
        if self.has_addresses() {
            self.out.push_str(" id=\"");
            if matches!(self.surface, Surface::Whole(_)) {
                let group = self.site.case.group_of(self.document).unwrap_or_default();
                let _ = write!(self.out, "{}/", self.site.pages.address(group));
            }
            let _ = write!(self.out, "{anchor}\"");
        }
    }

    /// Writes by which words one quotes the thing whose id was just written.
    pub(super) fn quoted_by(&mut self, words: &str) {
        if self.has_addresses() {
            self.out.push_str(" data-cite=\"");
            self.text(words);
            self.out.push('"');
        }
    }

    /// Writes the way to a place in a document; an empty anchor is the document itself.
    pub(super) fn address(&mut self, document: DocumentId, anchor: &str) {
        let language = self.site.case.documents[document].language;
        let group = self.site.case.group_of(document).unwrap_or_default();
        self.address_in(group, language, anchor);
    }

    /// Writes the way to a place in the document of a group in a language; an empty anchor is the document itself.
    pub(super) fn address_in(&mut self, group: GroupId, language: LanguageId, anchor: &str) {
        if matches!(self.surface, Surface::Whole(_)) {
            let way = way::to_place(self.site, self.path, (group, language), anchor);
            self.out.push_str(&way);
            return;
        }
        let way = self.way_to(group, language);
        if !way.is_here || anchor.is_empty() {
            self.out.push_str(&way.href);
        }
        if !anchor.is_empty() {
            self.out.push('#');
            self.out.push_str(anchor);
        }
    }

    /// The way from this page to that of a group in a language. Most pages lead to few others, and to those often.
    pub(super) fn way_to(&mut self, group: GroupId, language: LanguageId) -> Way {
        let (site, path, surface) = (self.site, self.path, self.surface);
        let way = self.ways.entry((group, language)).or_insert_with(|| {
            let to = match surface {
                Surface::Parallel { languages, .. } if languages.contains(&language) => {
                    site.parallel_path(group, languages)
                }
                _ => None,
            };
            let to = to.unwrap_or_else(|| site.group_path(group, language));
            Way { href: relative(path, to).into(), is_here: to == path }
        });
        way.clone()
    }
}
