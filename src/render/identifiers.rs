//! The index of what identifies something outside the case.

use std::ops::Range;

use serde::Serialize;

use super::cited::{CitedEntry, places};
use super::csv;
use crate::case::identifier::{Identifier, Occurrence};
use crate::document::DocumentId;
use crate::document::identifier::{Check, IdentifierKind};
use crate::document::tree::NodeId;
use crate::language::LanguageId;
use crate::language::phrases::Phrases;
use crate::site::Site;

/// The most places of one identifier that the page names.
const MAX_PLACES: usize = 100;

/// The identifiers of one kind.
#[derive(Serialize)]
pub(super) struct KindView<'a> {
    id: &'static str,
    title: &'a str,
    /// Whether any of them has a check digit.
    checked: bool,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    id: String,
    value: &'a str,
    check: &'a str,
    wrong: bool,
    places: Vec<CitedEntry<'a>>,
    /// How many more places there are than are shown.
    more: Option<String>,
}

/// The entries `range` of the index for the page `path`.
pub(super) fn view<'a>(site: &'a Site, language: LanguageId, path: &str, range: Range<usize>) -> Vec<KindView<'a>> {
    let phrases = &site.case.languages[language].table.phrases;
    let all = &site.case.identifiers;
    let mut number = range.start.min(all.len());
    let shown = &all[number..range.end.min(all.len())];
    let view = |of_kind: &'a [Identifier]| KindView {
        id: id(of_kind[0].kind),
        title: title(of_kind[0].kind, phrases),
        checked: of_kind.iter().any(|identifier| identifier.check != Check::None),
        entries: of_kind
            .iter()
            .map(|identifier| {
                number += 1;
                entry(site, number, identifier, language, path)
            })
            .collect(),
    };
    shown.chunk_by(|a, b| a.kind == b.kind).map(view).collect()
}

fn entry<'a>(
    site: &'a Site,
    number: usize,
    identifier: &'a Identifier,
    language: LanguageId,
    path: &str,
) -> EntryView<'a> {
    let phrases = &site.case.languages[language].table.phrases;
    let mut places = places(site, nodes(identifier), language, path);
    let more = places.len().checked_sub(MAX_PLACES).filter(|&more| more > 0);
    places.truncate(MAX_PLACES);
    EntryView {
        id: format!("i{number}"),
        value: &identifier.value,
        check: check(identifier.check, phrases),
        wrong: identifier.check == Check::Wrong,
        places,
        more: more.map(|more| phrases.more_places.replace("{count}", &more.to_string())),
    }
}

fn nodes(identifier: &Identifier) -> impl Iterator<Item = (DocumentId, NodeId)> {
    identifier.places.iter().map(|place| (place.document, place.node))
}

fn id(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Ip => "ip",
        IdentifierKind::Email => "email",
        IdentifierKind::Host => "host",
        IdentifierKind::Phone => "phone",
        IdentifierKind::Company => "company",
        IdentifierKind::Wallet => "wallet",
        IdentifierKind::Transaction => "transaction",
        IdentifierKind::Order => "order",
        IdentifierKind::Client => "client",
    }
}

fn title(kind: IdentifierKind, phrases: &Phrases) -> &str {
    match kind {
        IdentifierKind::Ip => &phrases.id_ip,
        IdentifierKind::Email => &phrases.id_email,
        IdentifierKind::Host => &phrases.id_host,
        IdentifierKind::Phone => &phrases.id_phone,
        IdentifierKind::Company => &phrases.id_company,
        IdentifierKind::Wallet => &phrases.id_wallet,
        IdentifierKind::Transaction => &phrases.id_transaction,
        IdentifierKind::Order => &phrases.id_order,
        IdentifierKind::Client => &phrases.id_client,
    }
}

fn check(check: Check, phrases: &Phrases) -> &str {
    match check {
        Check::Right => &phrases.check_right,
        Check::Wrong => &phrases.check_wrong,
        Check::None => "",
    }
}

/// The index as comma-separated values: a row for every place in the language, or for every place where it has none.
pub(super) fn table(site: &Site, language: LanguageId) -> Vec<u8> {
    let phrases = &site.case.languages[language].table.phrases;
    let Phrases { identifier_kind, identifier, check_digit, file_name, places, .. } = phrases;
    let headings = [identifier_kind, identifier, check_digit, file_name, places].map(String::as_str);
    let mut rows: Vec<[String; 5]> = Vec::new();
    for identifier in &site.case.identifiers {
        let is_own = |place: &&Occurrence| site.case.documents[place.document].language == language;
        let anywhere = !identifier.places.iter().any(|place| is_own(&place));
        for place in identifier.places.iter().filter(|place| anywhere || is_own(place)) {
            let source = site.case.source_of(place.document);
            let position = source.starts_in_edition(place.span);
            rows.push([
                title(identifier.kind, phrases).to_owned(),
                identifier.value.clone(),
                check(identifier.check, phrases).to_owned(),
                format!("{}:{}:{}", site.case.public_file(place.document), position.line, position.column),
                address(site, place.document, place.node),
            ]);
        }
    }
    csv::write(&headings, rows.iter().map(|row| row.iter().map(String::as_str)))
}

fn address(site: &Site, document: DocumentId, node: u32) -> String {
    let place = site.place_of_node(document, node);
    let hash = if place.anchor.is_empty() { "" } else { "#" };
    format!("{}{hash}{}", site.path_of(document), place.anchor)
}
