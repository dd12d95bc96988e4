//! The lists of pages that stand beside others: those that are made of no document, and the further pages of a long list.

use serde::Serialize;

use crate::language::LanguageId;
use crate::site::Site;
use crate::site::pages::{Generated, relative};

/// A part of a list that takes several pages.
#[derive(Serialize)]
pub(super) struct PartEntry {
    href: String,
    number: usize,
    current: bool,
}

/// Some of these pages under one title.
#[derive(Serialize)]
pub(super) struct ProofGroup<'a> {
    /// Names the group on a page.
    key: &'static str,
    title: &'a str,
    entries: Vec<ProofEntry<'a>>,
}

/// A page made of no document, as an entry of a list in the sidebar.
#[derive(Serialize)]
pub(super) struct ProofEntry<'a> {
    href: String,
    title: &'a str,
    count: Option<usize>,
    current: bool,
}

/// The other pages of the list that `page` belongs to, for the page `path`; none if the list has one page.
pub(super) fn part_entries(site: &Site, page: Generated, language: LanguageId, path: &str) -> Vec<PartEntry> {
    let parts = site.pages.parts(&site.case, page);
    if parts.len() < 2 {
        return Vec::new();
    }
    let entry = |(at, part): (usize, Generated)| {
        let href = relative(path, site.generated_path(part, language)?);
        Some(PartEntry { href, number: at + 1, current: part == page })
    };
    parts.into_iter().enumerate().filter_map(entry).collect()
}

/// Which group of the lists names a page.
fn group_of(page: Generated) -> &'static str {
    match page {
        Generated::Exhibits(_)
        | Generated::Exhibit(_)
        | Generated::Links(_)
        | Generated::Identifiers(_)
        | Generated::Index(_) => "proof",
        Generated::Catalogue(_) | Generated::Print | Generated::Share => "hand-in",
        Generated::About | Generated::Reading | Generated::Redactions => "about",
    }
}

/// What the lists that every page of a language has name after the documents: what proves, what is handed in, and what
/// there is to know about the dossier.
pub(super) fn groups<'a>(site: &'a Site, language: LanguageId, path: &str) -> Vec<ProofGroup<'a>> {
    let phrases = &site.case.languages[language].table.phrases;
    let pages = site.pages.listed(language);
    let entry = |page: Generated| {
        let to = site.generated_path(page, language)?;
        Some(ProofEntry {
            href: relative(path, to),
            title: page.title(&site.case, language),
            count: page.count(&site.case),
            current: to == path,
        })
    };
    [("proof", &phrases.proof), ("hand-in", &phrases.hand_in), ("about", &phrases.about_group)]
        .into_iter()
        .map(|(key, title)| ProofGroup {
            key,
            title,
            entries: pages.iter().filter(|page| group_of(**page) == key).copied().filter_map(entry).collect(),
        })
        .filter(|group| !group.entries.is_empty())
        .collect()
}
