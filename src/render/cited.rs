//! Where something is cited, as entries of a list on a page that is no document.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::way;
use crate::case::group::GroupId;
use crate::document::DocumentId;
use crate::document::tree::NodeId;
use crate::language::LanguageId;
use crate::site::{Citation, Site};

/// A place that cites, with the way there.
#[derive(Serialize)]
pub(super) struct CitedEntry<'a> {
    href: String,
    words: String,
    lang: Option<&'a str>,
    /// The address on that page by which search knows what stands there, if the way leads to another.
    at: Option<&'a str>,
}

/// The places that cite something, for the page `path`: those in the language of the page, or all of them where it has
/// none.
pub(super) fn cited<'a>(
    site: &'a Site,
    citations: &[Citation],
    language: LanguageId,
    path: &str,
) -> Vec<CitedEntry<'a>> {
    let is_own = |citation: &&Citation| site.case.documents[citation.document].language == language;
    let own: Vec<&Citation> = citations.iter().filter(is_own).collect();
    let shown = if own.is_empty() { citations.iter().collect() } else { own };
    let mut entries = Entries::new(site, language);
    for citation in shown {
        let place = site.place_of(citation);
        let href = way::to_document(site, path, place.document, &citation.by.anchor());
        entries.add(place.document, place.words, href, Some(place.anchor));
    }
    entries.all
}

/// The places of some nodes, each place once: those in the language of the page first, then those in other languages that
/// have no counterpart among them.
pub(super) fn places<'a>(
    site: &'a Site,
    nodes: impl Iterator<Item = (DocumentId, NodeId)>,
    language: LanguageId,
    path: &str,
) -> Vec<CitedEntry<'a>> {
    let mut entries = Entries::new(site, language);
    // A translation has the anchors of what it translates.
    let mut seen: HashSet<(Option<GroupId>, &str)> = HashSet::new();
    let mut found: Vec<(DocumentId, NodeId)> = nodes.collect();
    found.sort_by_key(|(document, _)| site.case.documents[*document].language != language);
    for (document, node) in found {
        let place = site.place_of_node(document, node);
        if !seen.insert((site.case.group_of(document), place.anchor)) {
            continue;
        }
        let href = way::to_document(site, path, document, place.anchor);
        entries.add(document, place.words, href, None);
    }
    entries.all
}

struct Entries<'a> {
    site: &'a Site,
    language: LanguageId,
    all: Vec<CitedEntry<'a>>,
    seen: BTreeMap<String, usize>,
}

impl<'a> Entries<'a> {
    fn new(site: &'a Site, language: LanguageId) -> Self {
        Self { site, language, all: Vec::new(), seen: BTreeMap::new() }
    }

    /// Adds a place of a document; one that is called like another gets a number.
    fn add(&mut self, document: DocumentId, place: String, href: String, at: Option<&'a str>) {
        let this = &self.site.case.documents[document];
        let mut words = if place == this.title { place } else { format!("{} {place}", this.title) };
        let times = self.seen.entry(words.clone()).or_default();
        *times += 1;
        if *times > 1 {
            words = format!("{words} ({times})");
        }
        let lang = (this.language != self.language).then(|| self.site.case.languages[this.language].tag.as_str());
        self.all.push(CitedEntry { href, words, lang, at });
    }
}
