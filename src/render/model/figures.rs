//! Amounts and the figures of the case, as data.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::case::party::public_id;
use crate::document::{AmountId, Document, DocumentId, html};
use crate::site::Site;
use crate::source::Source;

/// A key figure that casefile.yaml declares.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FigureModel<'a> {
    /// Names the figure: its id in casefile.yaml where one of its names holds that, else its place, such as `figure-2`.
    pub id: String,
    /// The number as the author writes it.
    pub value: &'a str,
    /// The code of its unit.
    pub unit: &'a str,
    /// Its first name in each language of the case, in their order.
    pub names: Vec<Option<&'a str>>,
    /// Every place where it stands to the last digit.
    pub places: Vec<FigurePlace<'a>>,
}

/// A place where a figure stands.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FigurePlace<'a> {
    /// The address of the nearest place that has one.
    pub address: String,
    /// The file, from the case folder, as of its document.
    pub file: Cow<'a, str>,
    /// Where the amount stands.
    pub line: u32,
    /// Where the amount stands.
    pub column: u32,
}

/// An amount.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AmountModel<'a> {
    /// As written, with its unit; of a sum the whole of it.
    pub written: Cow<'a, str>,
    /// How much, as an exact decimal.
    pub value: String,
    /// The code of its unit.
    pub unit: &'a str,
    /// Whether a word such as 约 or “about” stands beside it.
    pub approximate: bool,
    /// Where it stands.
    pub line: u32,
    /// Where it stands.
    pub column: u32,
}

/// The declared figures with their places.
pub(super) fn declared(site: &Site) -> Vec<FigureModel<'_>> {
    let case = &site.case;
    let figures = case.figures.iter().zip(&case.config.figures);
    figures
        .enumerate()
        .map(|(at, (figure, declared))| {
            let names: Vec<Option<&str>> =
                case.languages.iter().map(|language| declared.names.get(&language.tag).next()).collect();
            FigureModel {
                id: public_id(&declared.id, "figure", at, names.iter().copied().flatten()),
                value: &declared.written,
                unit: &figure.unit,
                names,
                places: figure.places.iter().map(|&(document, amount)| place(site, document, amount)).collect(),
            }
        })
        .collect()
}

fn place(site: &Site, document: DocumentId, amount: AmountId) -> FigurePlace<'_> {
    let this = &site.case.documents[document];
    let amount = &this.amounts[amount];
    let source = site.case.source_of(document);
    let position = source.starts_in_edition(amount.span);
    let place = site.place_of_node(document, amount.block);
    let page = site.path_of(document);
    let address = if place.anchor.is_empty() { page.to_owned() } else { format!("{page}#{}", place.anchor) };
    FigurePlace { address, file: site.case.public_file(document), line: position.line, column: position.column }
}

/// The amounts of a document.
pub(super) fn amounts<'a>(document: &'a Document, source: &'a Source) -> Vec<AmountModel<'a>> {
    let amounts = document.amounts.iter();
    amounts
        .map(|amount| {
            let position = source.starts_in_edition(amount.span);
            AmountModel {
                written: html::unescaped(source.slice(amount.span).trim()),
                value: amount.value.to_plain_string(),
                unit: &amount.unit,
                approximate: amount.approximate,
                line: position.line,
                column: position.column,
            }
        })
        .collect()
}
