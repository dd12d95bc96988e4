//! What the program makes beside the pages, with its paths: data, tables, feeds, and what stands on printed pages.

use crate::case::Case;
use crate::edition::Edition;
use crate::language::LanguageId;

/// A file that is no page, and that pages lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// The whole case as data.
    Model,
    /// The JSON Schema of that.
    Schema,
    /// The index of identifiers as data.
    Identifiers,
    /// What stands on every printed page of a language.
    Paper(LanguageId),
    /// The changes in a language, as a feed.
    Feed(LanguageId),
    /// A table for spreadsheets in a language.
    Table(Table, LanguageId),
}

/// A table for spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// A list of exhibits, by its place in the table of its language.
    Catalogue(usize),
    /// The index of identifiers.
    Identifiers,
    /// What the public edition withholds.
    Redactions,
}

impl DataFile {
    /// Those that a case has.
    pub fn all(case: &Case) -> Vec<Self> {
        let mut files = vec![Self::Model, Self::Schema];
        files.extend((!case.identifiers.is_empty()).then_some(Self::Identifiers));
        for (language, own) in LanguageId::each(&case.languages) {
            files.push(Self::Paper(language));
            files.extend(has_feed(case).then_some(Self::Feed(language)));
            if case.exhibits.count_shown() > 0 {
                let catalogues = 0..own.table.catalogues.len();
                files.extend(catalogues.map(|at| Self::Table(Table::Catalogue(at), language)));
            }
            if !case.identifiers.is_empty() {
                files.push(Self::Table(Table::Identifiers, language));
            }
            if case.edition == Edition::Full {
                files.push(Self::Table(Table::Redactions, language));
            }
        }
        files
    }

    /// Its path in the site.
    pub fn path(self, case: &Case) -> String {
        let (language, name) = match self {
            Self::Model => return "case.json".to_owned(),
            Self::Schema => return "case.schema.json".to_owned(),
            Self::Identifiers => return "identifiers.json".to_owned(),
            Self::Paper(language) => (language, "paper.css"),
            Self::Feed(language) => (language, "feed.xml"),
            Self::Table(Table::Catalogue(at), language) => {
                let own = &case.languages[language];
                return format!("{}/{}.csv", own.tag, own.table.catalogues[at].name);
            }
            Self::Table(Table::Identifiers, language) => (language, "identifiers.csv"),
            Self::Table(Table::Redactions, language) => (language, "withheld-from-the-public.csv"),
        };
        format!("{}/{name}", case.languages[language].tag)
    }
}

/// Whether there are feeds: where changes are told, and everybody may know where the site stands.
pub fn has_feed(case: &Case) -> bool {
    !case.config.unlisted && case.standing.base_url.is_some() && !case.config.changes.is_empty()
}
