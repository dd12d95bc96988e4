//! The pages that are made of no document: exhibits, the lists that are handed in, links, identifiers, what there is to
//! know about the dossier, and all of it on one page.

use std::ops::Range;

use serde::Serialize;

use super::{catalogue, identifiers, index, print, reading, redactions};
use crate::edition::Edition;
use crate::site::Site;
use crate::site::address::{
    ABOUT, EXHIBITS, IDENTIFIERS, INDEX, LINK_REGISTER, PRINT, READING, REDACTIONS, SHARE, page_path, relative,
};
use crate::site::exhibit::exhibit_path;

/// A page that is made of no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GeneratedPage {
    /// The exhibits, and which page of their list.
    Exhibits(usize),
    /// One of them.
    Exhibit(usize),
    /// A list that is handed in, by its place in the table of its language.
    Catalogue(usize),
    /// The register of links, and which of its pages.
    Links(usize),
    /// The index of identifiers, and which of its pages.
    Identifiers(usize),
    /// Every heading, number and note, and which of its pages.
    Index(usize),
    /// What a reader who trusts nobody should know.
    About,
    /// What was concluded from the text, and what is open.
    Reading,
    /// What the public edition withholds, in the full one.
    Redactions,
    /// All documents and exhibits on one page, for paper.
    Print,
    /// The sheet of paper that goes with the address or the files.
    Share,
}

/// The most exhibits, links or identifiers on one page: more make a page that old computers are slow with.
const MAX_ENTRIES: usize = 1000;

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

/// Such a page as an entry of a list.
#[derive(Serialize)]
pub(super) struct ProofEntry<'a> {
    href: String,
    title: &'a str,
    count: Option<usize>,
    current: bool,
}

impl GeneratedPage {
    /// The pages of this kind that a case has in a language.
    pub(crate) fn all(site: &Site, language: usize) -> Vec<Self> {
        let shown = site.case.exhibits.shown();
        let mut pages: Vec<Self> = shown.map(|(at, _)| Self::Exhibit(at)).collect();
        pages.extend(Self::listed(site, language).into_iter().flat_map(|page| page.parts(site)));
        pages
    }

    /// Which of the entries of a long list the page shows.
    pub(crate) fn range(self) -> Range<usize> {
        match self {
            Self::Exhibits(part) | Self::Links(part) | Self::Identifiers(part) => {
                part * MAX_ENTRIES..(part + 1) * MAX_ENTRIES
            }
            _ => 0..usize::MAX,
        }
    }

    /// The page of the list that has the exhibit `at`.
    pub(super) fn list_of(site: &Site, at: usize) -> Self {
        Self::Exhibits(site.case.exhibits.count_shown_before(at) / MAX_ENTRIES)
    }

    /// All pages of a list.
    fn parts(self, site: &Site) -> Vec<Self> {
        let count = |entries: usize| 0..entries.div_ceil(MAX_ENTRIES);
        match self {
            Self::Exhibits(_) => count(site.case.exhibits.count_shown()).map(Self::Exhibits).collect(),
            Self::Links(_) => count(site.case.register.entries.len()).map(Self::Links).collect(),
            Self::Identifiers(_) => count(site.case.identifiers.len()).map(Self::Identifiers).collect(),
            Self::Index(_) => (0..index::parts(site).len()).map(Self::Index).collect(),
            other => vec![other],
        }
    }

    /// The other pages of a list, for the page `path`; none if the list has one page.
    pub(super) fn part_entries(self, site: &Site, language: usize, path: &str) -> Vec<PartEntry> {
        let parts = self.parts(site);
        if parts.len() < 2 {
            return Vec::new();
        }
        let entry = |(at, part): (usize, Self)| {
            let href = relative(path, &part.path(site, language, language)?);
            Some(PartEntry { href, number: at + 1, current: part == self })
        };
        parts.into_iter().enumerate().filter_map(entry).collect()
    }

    /// Those of them that lists of pages name: not the single exhibits.
    fn listed(site: &Site, language: usize) -> Vec<Self> {
        let case = &site.case;
        let mut pages = Vec::new();
        if case.exhibits.count_shown() > 0 {
            pages.push(Self::Exhibits(0));
            pages.extend((0..case.languages[language].table.catalogues.len()).map(Self::Catalogue));
        }
        pages.extend((!case.register.entries.is_empty()).then_some(Self::Links(0)));
        pages.extend((!case.identifiers.is_empty()).then_some(Self::Identifiers(0)));
        pages.push(Self::Index(0));
        pages.extend(print::fits(site, language).then_some(Self::Print));
        pages.push(Self::About);
        pages.extend(reading::is_needed(site).then_some(Self::Reading));
        pages.extend((case.edition == Edition::Full).then_some(Self::Redactions));
        pages.push(Self::Share);
        pages
    }

    /// Its path in a language; none if the language has no such page.
    pub(crate) fn path(self, site: &Site, own: usize, language: usize) -> Option<String> {
        let tag = &site.case.languages[language].tag;
        Some(match self {
            Self::Exhibits(part) => part_path(tag, EXHIBITS, part),
            Self::Exhibit(at) => exhibit_path(tag, &site.case.exhibits.all[at]),
            Self::Catalogue(at) => {
                let name = &site.case.languages[own].table.catalogues[at].name;
                let catalogues = &site.case.languages[language].table.catalogues;
                catalogue::path(tag, catalogues.iter().find(|other| other.name == *name)?)
            }
            Self::Links(part) => part_path(tag, LINK_REGISTER, part),
            Self::Identifiers(part) => part_path(tag, IDENTIFIERS, part),
            Self::Index(part) => part_path(tag, INDEX, part),
            Self::About => page_path(tag, ABOUT),
            Self::Reading => page_path(tag, READING),
            Self::Redactions => page_path(tag, REDACTIONS),
            Self::Share => page_path(tag, SHARE),
            Self::Print => print::fits(site, language).then(|| page_path(tag, PRINT))?,
        })
    }

    /// What it is called in a language.
    pub(crate) fn title(self, site: &Site, language: usize) -> &str {
        let table = &site.case.languages[language].table;
        match self {
            Self::Exhibits(_) | Self::Exhibit(_) => &table.phrases.exhibits,
            Self::Catalogue(at) => &table.catalogues[at].title,
            Self::Links(_) => &table.phrases.link_register,
            Self::Identifiers(_) => &table.phrases.identifiers,
            Self::Index(_) => &table.phrases.index_title,
            Self::About => &table.phrases.about_title,
            Self::Reading => &table.phrases.reading_title,
            Self::Redactions => &table.phrases.redactions_title,
            Self::Print => &table.phrases.print_title,
            Self::Share => &table.phrases.share_title,
        }
    }

    /// Which group of the lists names it.
    fn group(self) -> &'static str {
        match self {
            Self::Exhibits(_) | Self::Exhibit(_) | Self::Links(_) | Self::Identifiers(_) | Self::Index(_) => "proof",
            Self::Catalogue(_) | Self::Print | Self::Share => "hand-in",
            Self::About | Self::Reading | Self::Redactions => "about",
        }
    }

    /// How many things it lists.
    fn count(self, site: &Site) -> Option<usize> {
        match self {
            Self::Exhibits(_) => Some(site.case.exhibits.count_shown()),
            Self::Links(_) => Some(site.case.register.entries.len()),
            Self::Identifiers(_) => Some(site.case.identifiers.len()),
            Self::Redactions => Some(site.case.redactions.len()),
            Self::Exhibit(_)
            | Self::Catalogue(_)
            | Self::Index(_)
            | Self::About
            | Self::Reading
            | Self::Print
            | Self::Share => None,
        }
    }
}

/// The path of a page of a list; the first has the name of the list.
fn part_path(tag: &str, address: &str, part: usize) -> String {
    match part {
        0 => page_path(tag, address),
        part => page_path(tag, &format!("{address}-{}", part + 1)),
    }
}

/// What the lists that every page of a language has name after the documents: what proves, what is handed in, and what
/// there is to know about the dossier.
pub(super) fn groups<'a>(site: &'a Site, language: usize, path: &str) -> Vec<ProofGroup<'a>> {
    let phrases = &site.case.languages[language].table.phrases;
    let pages = GeneratedPage::listed(site, language);
    let entry = |page: GeneratedPage| {
        let to = page.path(site, language, language)?;
        Some(ProofEntry {
            href: relative(path, &to),
            title: page.title(site, language),
            count: page.count(site),
            current: to == path,
        })
    };
    [("proof", &phrases.proof), ("hand-in", &phrases.hand_in), ("about", &phrases.about_group)]
        .into_iter()
        .map(|(key, title)| ProofGroup {
            key,
            title,
            entries: pages.iter().filter(|page| page.group() == key).copied().filter_map(entry).collect(),
        })
        .filter(|group| !group.entries.is_empty())
        .collect()
}

/// A table for spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    /// A list of exhibits, by its place in the table of its language.
    Catalogue(usize),
    /// The index of identifiers.
    Identifiers,
    /// What the public edition withholds.
    Redactions,
}

/// The tables for spreadsheets of a language, with their paths.
pub(crate) fn tables(site: &Site, language: usize) -> Vec<(String, Table)> {
    let own = &site.case.languages[language];
    let mut tables = Vec::new();
    if site.case.exhibits.count_shown() > 0 {
        let catalogues = own.table.catalogues.iter().enumerate();
        tables.extend(catalogues.map(|(at, found)| (catalogue::csv_path(&own.tag, found), Table::Catalogue(at))));
    }
    if !site.case.identifiers.is_empty() {
        tables.push((identifiers::csv_path(&own.tag), Table::Identifiers));
    }
    if site.case.edition == Edition::Full {
        tables.push((redactions::csv_path(&own.tag), Table::Redactions));
    }
    tables
}
