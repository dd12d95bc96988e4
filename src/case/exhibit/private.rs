//! What documents tell of exhibits that are withheld.

use std::collections::BTreeMap;

use super::described::{Subject, entries_of};
use super::{Exhibits, KIND};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::label::Key;
use crate::document::tree::NodeId;
use crate::document::{Document, Label, LabelPlace};
use crate::language::kind::DocumentKind;
use crate::language::words::fold;
use crate::language::{CatalogueField, LanguageId};
use crate::source::{Source, Span};
use crate::spelling::{Form, Spellings};

/// The fewest letters of what an exhibit is called that is looked for: `合同` stands anywhere.
const MIN_TITLE: usize = 3;

impl Exhibits {
    /// Reports what describes exhibits of those numbers, which are called so: headings, rows and entries of lists of evidence,
    /// names behind labels, and what they are called where it stands in quotation marks or beside a citation. Of what only
    /// cites them nothing is said.
    pub fn report_told(&self, subject: &Subject<'_>, withheld: &BTreeMap<String, Vec<String>>) -> Vec<Diagnostic> {
        let is_withheld =
            |key: &Key| key.kind == KIND && key.qualifier.is_none() && withheld.contains_key(key.number.as_str());
        let mut findings = Vec::new();
        if withheld.is_empty() {
            return findings;
        }
        let titles = withheld.iter().flat_map(|(number, titles)| titles.iter().map(move |title| (number, title)));
        let (called, titles): (Vec<&str>, Vec<&str>) = titles
            .filter(|(_, title)| title.chars().filter(|c| c.is_alphanumeric()).count() >= MIN_TITLE)
            .map(|(number, title)| (number.as_str(), title.as_str()))
            .unzip();
        let spellings = Spellings::new(titles.into_iter(), std::iter::empty());
        for document in subject.documents {
            let source = subject.sources.get(document.source);
            let mut told: Vec<(Span, &str)> = Vec::new();
            for label in document.labels.iter().filter(|label| is_withheld(&label.key)) {
                let names = label.text(source).contains([':', '：']);
                if names || describes(document, source, label) {
                    told.push((label.span, label.key.number.as_str()));
                }
            }
            let entries = entries_of(subject, document);
            let words = |field: CatalogueField, text: &str| {
                !matches!(field, CatalogueField::Number | CatalogueField::Index)
                    && says(text, subject, document.language)
            };
            let rows = entries.iter().filter(|entry| is_withheld(&entry.key));
            told.extend(
                rows.filter(|entry| entry.fields.iter().any(|(field, text)| words(*field, text)))
                    .map(|entry| (entry.span, entry.key.number.as_str())),
            );
            let line = |span: Span| source.line_of(span.start as usize);
            for found in spellings.find(&source.text, Form::Text) {
                let number = called[found.pattern];
                let span = Span::new(found.range.start, found.range.end);
                let is_cited = |label: &Label| {
                    is_withheld(&label.key) && label.key.number == number && line(label.span) == line(span)
                };
                let is_quoted = source.text[..found.range.start].ends_with(['《', '〈', '“', '‘', '「', '『', '"']);
                if is_quoted || document.labels.iter().any(is_cited) {
                    told.push((span, number));
                }
            }
            told.sort_by_key(|(span, _)| *span);
            told.dedup_by(|(a, _), (b, _)| source.line_of(a.start as usize) == source.line_of(b.start as usize));
            findings.extend(told.into_iter().map(|(span, number)| {
                let message = message!(
                    en: "this describes exhibit {number}, which is private",
                    zh: "这里描述的证据 {number} 是不公开的"
                );
                let help = message!(
                    en: "withhold it too, with `{{private}}` at its end, or take it out",
                    zh: "请把这里也隐去，在末尾写 `{{private}}`，或删去"
                );
                Diagnostic::at(Code::UnclearPublicity, document.source, span, message).help(help)
            }));
        }
        findings
    }
}

/// Whether a text of a list says anything, and not only that it is withheld.
fn says(text: &str, subject: &Subject<'_>, language: LanguageId) -> bool {
    let here = &subject.languages[language].table.phrases.withheld_here;
    let stem = here.trim_end_matches(['）', ')']);
    !text.trim().is_empty() && !fold(text).starts_with(&fold(stem))
}

/// Whether a label begins a heading, a row or an entry that says more of what it names.
fn describes(document: &Document, source: &Source, label: &Label) -> bool {
    let tree = &document.tree;
    let end = |block: NodeId| tree.get(block).end;
    let to = match label.place {
        LabelPlace::Heading(block) | LabelPlace::BareHeading(block) => {
            label.section.map_or(end(block), |section| document.section(section).end)
        }
        LabelPlace::Row(block) => end(block),
        LabelPlace::BareBlock(block) => end(block),
        LabelPlace::Block(block) => {
            let is_list = document.kind == DocumentKind::Evidence;
            let names = source.text[label.span.end as usize..].starts_with([':', '：']);
            if is_list || names { end(block) } else { return false }
        }
        LabelPlace::Mention | LabelPlace::Bare | LabelPlace::BeforeAddress => return false,
    };
    (label.node + 1..to).any(|id| {
        let node = tree.get(id);
        let is_gap = document.gaps.iter().any(|gap| gap.span.start < node.span.end && node.span.start < gap.span.end);
        node.kind.is_inline() && !is_gap && tree.words(source, id).contains(char::is_alphanumeric)
    })
}
