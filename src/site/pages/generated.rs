//! The pages that are made of no document: exhibits, the lists that are handed in, links, identifiers, what there is to
//! know about the dossier, and all of it on one page.

use std::ops::Range;

use crate::case::Case;
use crate::case::exhibit::ExhibitId;
use crate::edition::Edition;
use crate::language::LanguageId;
use crate::slug::slug;

/// A page that is made of no document; each language has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Generated {
    /// The exhibits, and which page of their list.
    Exhibits(usize),
    /// One of them.
    Exhibit(ExhibitId),
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

/// The most text that is put on one page for paper, in bytes of the sources of a language: more is no book anybody prints,
/// and browsers cannot lay it out.
const MAX_PRINTED_TEXT: usize = 8 << 20;

/// The most exhibits on it, each of which begins a sheet, and the most links and identifiers in its lists, all of which are held
/// at once to write them.
const MAX_PRINTED_EXHIBITS: usize = 5_000;
const MAX_PRINTED_ENTRIES: usize = 30_000;

impl Generated {
    /// Those whose names no document bears, whether or not the case has such a page yet: so that no page of an author moves
    /// when one more link comes.
    const STANDING: [Self; 8] = [
        Self::Links(0),
        Self::Identifiers(0),
        Self::Index(0),
        Self::About,
        Self::Reading,
        Self::Redactions,
        Self::Print,
        Self::Share,
    ];

    /// Whether a name is kept for one of these pages, or for a further page of a long list: `link-register-2`.
    pub(super) fn is_kept(name: &str) -> bool {
        let list = name.rsplit_once('-').filter(|(_, part)| part.bytes().all(|byte| byte.is_ascii_digit()));
        Self::STANDING.iter().any(|page| {
            let own = page.fixed_name();
            own == Some(name) || (page.part().is_some() && list.is_some_and(|(list, _)| own == Some(list)))
        })
    }

    /// What the page, or the list that it is a part of, is called in every case.
    fn fixed_name(self) -> Option<&'static str> {
        match self {
            Self::Exhibits(_) => Some("exhibits"),
            Self::Links(_) => Some("link-register"),
            Self::Identifiers(_) => Some("identifiers"),
            Self::Index(_) => Some("index-of-headings"),
            Self::About => Some("about-this-dossier"),
            Self::Reading => Some("how-it-was-read"),
            Self::Redactions => Some("withheld-from-the-public"),
            Self::Print => Some("print"),
            Self::Share => Some("share"),
            Self::Exhibit(_) | Self::Catalogue(_) => None,
        }
    }

    /// The name it asks for in the folder of a language; the first page of a list has the name of the list.
    pub(super) fn name(self, case: &Case, language: LanguageId) -> String {
        match (self, self.fixed_name(), self.part()) {
            (Self::Exhibit(at), ..) => format!("exhibit-{}", slug(&case.exhibits.all[at].key.number)),
            (Self::Catalogue(at), ..) => case.languages[language].table.catalogues[at].name.clone(),
            (_, name, None | Some(0)) => name.unwrap_or_default().to_owned(),
            (_, name, Some(part)) => format!("{}-{}", name.unwrap_or_default(), part + 1),
        }
    }

    /// Which page of its list it is; none for what is no list.
    fn part(self) -> Option<usize> {
        match self {
            Self::Exhibits(part) | Self::Links(part) | Self::Identifiers(part) | Self::Index(part) => Some(part),
            _ => None,
        }
    }

    /// All pages of the list that it belongs to, if the index has so many; itself alone if it is no list.
    pub(super) fn parts(self, case: &Case, index: usize) -> Vec<Self> {
        let count = |entries: usize| 0..entries.div_ceil(MAX_ENTRIES);
        match self {
            Self::Exhibits(_) => count(case.exhibits.count_shown()).map(Self::Exhibits).collect(),
            Self::Links(_) => count(case.register.entries.len()).map(Self::Links).collect(),
            Self::Identifiers(_) => count(case.identifiers.len()).map(Self::Identifiers).collect(),
            Self::Index(_) => (0..index).map(Self::Index).collect(),
            other => vec![other],
        }
    }

    /// Which of the entries of a long list the page shows.
    pub fn range(self) -> Range<usize> {
        match self {
            Self::Exhibits(part) | Self::Links(part) | Self::Identifiers(part) => {
                part * MAX_ENTRIES..(part + 1) * MAX_ENTRIES
            }
            _ => 0..usize::MAX,
        }
    }

    /// The page of the list that has the exhibit `at`.
    pub fn list_of(case: &Case, at: ExhibitId) -> Self {
        Self::Exhibits(case.exhibits.count_shown_before(at) / MAX_ENTRIES)
    }

    /// What it is called in a language.
    pub fn title(self, case: &Case, language: LanguageId) -> &str {
        let table = &case.languages[language].table;
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

    /// How many things it lists.
    pub fn count(self, case: &Case) -> Option<usize> {
        match self {
            Self::Exhibits(_) => Some(case.exhibits.count_shown()),
            Self::Links(_) => Some(case.register.entries.len()),
            Self::Identifiers(_) => Some(case.identifiers.len()),
            Self::Redactions => Some(case.redactions.len()),
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

/// Those pages of a language that lists of pages name, of a list its first: not the single exhibits.
pub(super) fn listed(case: &Case, language: LanguageId, text_size: usize) -> Vec<Generated> {
    let mut pages = Vec::new();
    if case.exhibits.count_shown() > 0 {
        pages.push(Generated::Exhibits(0));
        pages.extend((0..case.languages[language].table.catalogues.len()).map(Generated::Catalogue));
    }
    pages.extend((!case.register.entries.is_empty()).then_some(Generated::Links(0)));
    pages.extend((!case.identifiers.is_empty()).then_some(Generated::Identifiers(0)));
    pages.push(Generated::Index(0));
    pages.extend(is_printed(case, text_size).then_some(Generated::Print));
    pages.push(Generated::About);
    // Nobody could want to check what was concluded from a text of which nothing was.
    let is_read = !case.positions.is_empty() || !case.timelines.is_empty();
    pages.extend(is_read.then_some(Generated::Reading));
    pages.extend((case.edition == Edition::Full).then_some(Generated::Redactions));
    pages.push(Generated::Share);
    pages
}

/// All such pages of a language that lists of pages name so, the exhibits first; the index has so many pages.
pub(super) fn all(case: &Case, listed: &[Generated], index: usize) -> Vec<Generated> {
    let exhibits = case.exhibits.shown().map(|(at, _)| Generated::Exhibit(at));
    exhibits.chain(listed.iter().flat_map(|page| page.parts(case, index))).collect()
}

/// Whether the documents of a language, the exhibits and the lists go on one page.
fn is_printed(case: &Case, text_size: usize) -> bool {
    (1..=MAX_PRINTED_TEXT).contains(&text_size)
        && case.exhibits.count_shown() <= MAX_PRINTED_EXHIBITS
        && case.register.entries.len().max(case.identifiers.len()) <= MAX_PRINTED_ENTRIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_site_may_come_to_need_are_kept() {
        for name in ["print", "how-it-was-read", "link-register", "link-register-2", "index-of-headings-17"] {
            assert!(Generated::is_kept(name), "{name}");
        }
        for name in ["exhibits", "exhibits-2", "print-2", "identifiers-a", "link"] {
            assert!(!Generated::is_kept(name), "{name}");
        }
    }
}
