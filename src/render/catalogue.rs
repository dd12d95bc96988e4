//! The lists of exhibits that are handed in: the same rows as a page for paper and as a table for a spreadsheet.

use serde::Serialize;

use super::csv;
use super::exhibit::{bearing_words, class_in_words, size_in_words, time_in_words};
use crate::case::exhibit::{Exhibit, ExhibitId};
use crate::config::Localized;
use crate::language::{Catalogue, CatalogueField, HeaderField, Language, LanguageId};
use crate::site::Site;
use crate::site::exhibit_words::{exhibit_label, words};
use crate::source::exhibit::ExhibitFile;

/// A list as a page shows it.
#[derive(Serialize)]
pub(super) struct CatalogueView<'a> {
    header: Vec<(&'a str, String)>,
    columns: Vec<Column<'a>>,
    rows: Vec<Vec<String>>,
    signatures: &'a [String],
    /// The same as a table for a spreadsheet.
    csv: String,
}

#[derive(Serialize)]
struct Column<'a> {
    heading: &'a str,
    class: &'static str,
}

/// The view of a list, by its place in the table of a language.
pub(super) fn view(site: &Site, language: LanguageId, at: usize) -> CatalogueView<'_> {
    let catalogue = &site.case.languages[language].table.catalogues[at];
    CatalogueView {
        header: header(site, language, catalogue),
        columns: catalogue.columns.iter().map(|(heading, field)| Column { heading, class: class(*field) }).collect(),
        rows: rows(site, language, catalogue),
        signatures: &catalogue.signatures,
        csv: format!("{}.csv", catalogue.name),
    }
}

/// Such a list as comma-separated values.
pub(super) fn table(site: &Site, language: LanguageId, at: usize) -> Vec<u8> {
    let catalogue = &site.case.languages[language].table.catalogues[at];
    let headings: Vec<&str> = catalogue.columns.iter().map(|(heading, _)| heading.as_str()).collect();
    let rows = rows(site, language, catalogue);
    csv::write(&headings, rows.iter().map(|row| row.iter().map(String::as_str)))
}

fn header<'a>(site: &'a Site, language: LanguageId, catalogue: &'a Catalogue) -> Vec<(&'a str, String)> {
    let filing = &site.case.config.filing;
    let told = |text: &Localized| words(text, site, language).map_or_else(String::new, |words| words.text().to_owned());
    let value = |field: HeaderField| match field {
        HeaderField::CaseName if filing.name.is_empty() => site.case.title(language).to_owned(),
        HeaderField::CaseName => told(&filing.name),
        HeaderField::CaseNumber => told(&filing.number),
        HeaderField::Submitter => told(&filing.submitter),
        HeaderField::Date => filing.date.map_or_else(String::new, |date| date.to_string()),
    };
    catalogue.header.iter().map(|(name, field)| (name.as_str(), value(*field))).collect()
}

fn rows(site: &Site, language: LanguageId, catalogue: &Catalogue) -> Vec<Vec<String>> {
    let exhibits = &site.case.exhibits;
    let listed = exhibits.shown().filter(|(_, exhibit)| !catalogue.files_only || exhibits.file_of(exhibit).is_some());
    let row = |(index, (at, exhibit)): (usize, (ExhibitId, &Exhibit))| {
        let cell = |field: CatalogueField| cell(site, language, (index, at, exhibit), field);
        catalogue.columns.iter().map(|(_, field)| cell(*field)).collect()
    };
    listed.enumerate().map(row).collect()
}

fn cell(
    site: &Site,
    language: LanguageId,
    (index, at, exhibit): (usize, ExhibitId, &Exhibit),
    field: CatalogueField,
) -> String {
    let own: &Language = &site.case.languages[language];
    let phrases = &own.table.phrases;
    let told = |text: &Localized| words(text, site, language).map_or_else(String::new, |words| words.text().to_owned());
    let file = site.case.exhibits.file_of(exhibit);
    let of_file = |tell: &dyn Fn(&ExhibitFile) -> String| file.map_or_else(String::new, tell);
    let of_files = |tell: &dyn Fn(&ExhibitFile) -> String| {
        let exhibits = &site.case.exhibits;
        let files = std::iter::once(at).chain(exhibits.parts(at)).filter_map(|at| exhibits.file_of(&exhibits.all[at]));
        files.map(tell).collect::<Vec<_>>().join(&phrases.list_separator)
    };
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let captured = |with_zone| {
        exhibit.captured.as_ref().map_or_else(String::new, |time| time_in_words(time, site, own, with_zone))
    };
    match field {
        CatalogueField::Index => (index + 1).to_string(),
        CatalogueField::Number => exhibit_label(site, at, language),
        CatalogueField::Title if exhibit.title.is_empty() => site.case.exhibits.file_name(at).to_owned(),
        CatalogueField::Title => told(&exhibit.title),
        CatalogueField::Kind => told(&exhibit.kind),
        CatalogueField::Source => told(&exhibit.source),
        CatalogueField::Content if exhibit.content.is_empty() => {
            let bearings = site.exhibits[at].bears_on.get(language.place()).into_iter().flatten();
            let words: Vec<String> = bearings.map(|bearing| bearing_words(site, bearing)).collect();
            words.join(&phrases.list_separator)
        }
        CatalogueField::Content => told(&exhibit.content),
        CatalogueField::Purpose => told(&exhibit.purpose),
        CatalogueField::Form => match exhibit.original {
            Some(true) => phrases.original.clone(),
            Some(false) => phrases.copy.clone(),
            None => String::new(),
        },
        CatalogueField::PageRange => exhibit.page_range.clone().unwrap_or_default(),
        CatalogueField::Pages => number(exhibit.pages.or_else(|| site.case.exhibits.pages(at))),
        CatalogueField::Copies => number(exhibit.copies),
        CatalogueField::Remarks => told(&exhibit.remarks),
        CatalogueField::Class => of_file(&|file| class_in_words(file, own)),
        CatalogueField::Format => of_file(&|file| file.facts.media.format.clone()),
        CatalogueField::Size => of_files(&|file| size_in_words(file.size)),
        CatalogueField::Date => captured(false),
        CatalogueField::CapturedAt => captured(true),
        CatalogueField::Method => told(&exhibit.method),
        CatalogueField::Sha256 => of_files(&|file| file.sha256.to_string()),
        CatalogueField::Blank => String::new(),
    }
}

/// How a column is set: by what it holds.
fn class(field: CatalogueField) -> &'static str {
    match field {
        CatalogueField::Index | CatalogueField::PageRange | CatalogueField::Pages | CatalogueField::Copies => "number",
        CatalogueField::Number | CatalogueField::Form | CatalogueField::Format | CatalogueField::Size => "short",
        CatalogueField::Kind | CatalogueField::Class | CatalogueField::Date | CatalogueField::CapturedAt => "short",
        CatalogueField::Sha256 => "sum",
        CatalogueField::Blank => "blank",
        _ => "words",
    }
}
