//! What the public edition withholds: the redaction log that goes with the full edition.

use serde::Serialize;

use super::{csv, way};
use crate::document::DocumentId;
use crate::document::tree::NodeId;
use crate::language::LanguageId;
use crate::language::phrases::Phrases;
use crate::site::Site;
use crate::site::files::{DataFile, Table};
use crate::withhold::{Redaction, WithheldKind};

/// A row of the log.
#[derive(Serialize)]
pub(super) struct RedactionView {
    /// Where, in words, and the way there.
    place: String,
    href: Option<String>,
    /// The file and the line in it.
    file: String,
    kind: String,
    reason: String,
    basis: String,
    /// How many of them stand at that place, if more than one.
    count: usize,
}

/// The log for the page `path` of a language, in the order of files and places.
pub(super) fn view(site: &Site, language: LanguageId, path: &str) -> Vec<RedactionView> {
    let tag = &site.case.languages[language].tag;
    let phrases = &site.case.languages[language].table.phrases;
    let mut rows: Vec<RedactionView> = Vec::new();
    for redaction in &site.case.redactions {
        let (place, href) = place(site, redaction, path);
        let row = RedactionView {
            place,
            href,
            file: file(site, redaction),
            kind: kind(redaction.kind, phrases).to_owned(),
            reason: redaction.reason.get_or_any(tag).unwrap_or(&phrases.redaction_no_reason).to_owned(),
            basis: redaction.basis.get_or_any(tag).unwrap_or("").to_owned(),
            count: 1,
        };
        // A name that stands at one place twice is withheld there once.
        match rows.last_mut().filter(|last| {
            (&last.place, &last.href, &last.kind, &last.reason) == (&row.place, &row.href, &row.kind, &row.reason)
        }) {
            Some(last) => last.count += 1,
            None => rows.push(row),
        }
    }
    rows
}

/// Where a redaction is, in words, and the way there from the page `path`.
fn place(site: &Site, redaction: &Redaction, path: &str) -> (String, Option<String>) {
    let case = &site.case;
    let found = DocumentId::all(&case.documents).find(|&document| case.source_of(document).path == redaction.path);
    let Some(document) = found else { return (redaction.path.clone(), None) };
    let title = &case.documents[document].title;
    if redaction.kind == WithheldKind::Document {
        return (title.clone(), Some(way::to_document(site, path, document, "")));
    }
    let place = site.place_of_node(document, node_at(site, document, redaction.span.start));
    let words = if place.words == *title { place.words } else { format!("{title} {}", place.words) };
    (words, Some(way::to_document(site, path, document, place.anchor)))
}

/// The last node that begins at or before byte `at` of a document.
fn node_at(site: &Site, document: DocumentId, at: u32) -> NodeId {
    let tree = &site.case.documents[document].tree;
    let inline = tree.iter().filter(|(_, node)| node.kind.is_inline() && node.span.start <= at);
    inline.last().map_or(0, |(id, _)| id)
}

/// The file of a redaction and the line in it.
fn file(site: &Site, redaction: &Redaction) -> String {
    let source = site.case.sources.iter().find(|(_, source)| source.path == redaction.path);
    let line = source.map(|(_, source)| source.starts_at(redaction.span).line);
    line.map_or_else(|| redaction.path.clone(), |line| format!("{}:{line}", redaction.path))
}

fn kind(kind: WithheldKind, phrases: &Phrases) -> &str {
    match kind {
        WithheldKind::Name => &phrases.redacted_name,
        WithheldKind::Words => &phrases.redacted_words,
        WithheldKind::Paragraph => &phrases.redacted_paragraph,
        WithheldKind::Item => &phrases.redacted_item,
        WithheldKind::Section => &phrases.redacted_section,
        WithheldKind::Picture => &phrases.redacted_picture,
        WithheldKind::Exhibit => &phrases.redacted_exhibit,
        WithheldKind::Document => &phrases.redacted_document,
        WithheldKind::FileNames => &phrases.redacted_file_names,
        WithheldKind::Metadata => &phrases.redacted_metadata,
    }
}

/// The log as comma-separated values.
pub(super) fn table(site: &Site, language: LanguageId) -> Vec<u8> {
    let phrases = &site.case.languages[language].table.phrases;
    let Phrases { redaction_place, redaction_kind, redaction_reason, redaction_basis, redaction_count, .. } = phrases;
    let headings =
        [redaction_place, &phrases.file_name, redaction_kind, redaction_count, redaction_reason, redaction_basis];
    let rows: Vec<[String; 6]> = view(site, language, &DataFile::Table(Table::Redactions, language).path(&site.case))
        .into_iter()
        .map(|row| [row.place, row.file, row.kind, row.count.to_string(), row.reason, row.basis])
        .collect();
    csv::write(&headings.map(String::as_str), rows.iter().map(|row| row.iter().map(String::as_str)))
}
