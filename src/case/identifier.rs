//! Everything in a case that identifies something outside it, each once with every place.

use std::collections::BTreeMap;

use super::register::Register;
use crate::document::identifier::{Check, IdentifierKind};
use crate::document::tree::NodeId;
use crate::document::{Document, DocumentId, LinkId};
use crate::source::Span;

/// A number or name, and where it stands.
#[derive(Debug)]
pub struct Identifier {
    /// What it identifies.
    pub kind: IdentifierKind,
    /// What it is, written in one way.
    pub value: String,
    /// What its check digit says.
    pub check: Check,
    /// Where it stands, in the order of documents and of the text.
    pub places: Vec<Occurrence>,
}

/// Where an identifier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The document.
    pub document: DocumentId,
    /// The place in its text.
    pub span: Span,
    /// The block or link it stands in.
    pub node: NodeId,
}

/// The identifiers in some documents and the links out of them, by kind and in the order in which they are first met.
pub(super) fn of(documents: &[Document], register: &Register) -> Vec<Identifier> {
    let mut found: BTreeMap<(IdentifierKind, &str), (Check, Vec<Occurrence>)> = BTreeMap::new();
    let mut hosts: Vec<(IdentifierKind, String, Occurrence)> = Vec::new();
    for (document, this) in DocumentId::each(documents) {
        for own in &this.identifiers {
            let place = Occurrence { document, span: own.span, node: own.block };
            let (_, places) = found.entry((own.kind, &own.value)).or_insert((own.check, Vec::new()));
            places.push(place);
        }
        for (at, link) in LinkId::each(&this.links) {
            let Some(entry) = register.of_link(document, at) else {
                hosts.extend(telephone(&link.url).map(|number| {
                    (IdentifierKind::Phone, number, Occurrence { document, span: link.span, node: link.node })
                }));
                continue;
            };
            let place = Occurrence { document, span: link.span, node: link.node };
            let entry = &register.entries[entry];
            let host = bare_host(entry.host());
            if entry.is_mail {
                let address = entry.url.split('?').next().unwrap_or("").to_lowercase();
                hosts.extend(address.contains('@').then_some((IdentifierKind::Email, address, place)));
            }
            let is_ip = host.parse::<std::net::IpAddr>().is_ok();
            let kind = if is_ip { IdentifierKind::Ip } else { IdentifierKind::Host };
            hosts.extend((is_ip || host.contains('.')).then_some((kind, host, place)));
        }
    }
    for (kind, value, place) in &hosts {
        found.entry((*kind, value)).or_insert((Check::None, Vec::new())).1.push(*place);
    }
    let all = found.into_iter().map(|((kind, value), (check, mut places))| {
        places.sort_unstable();
        places.dedup();
        Identifier { kind, value: value.to_owned(), check, places }
    });
    let mut all: Vec<Identifier> = all.collect();
    all.sort_by_key(|identifier| (identifier.kind, identifier.places.first().copied()));
    all
}

/// A host without its port and the brackets of an IPv6 address, lower case.
fn bare_host(host: &str) -> String {
    let host = host.to_lowercase();
    if let Some((address, _)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address.to_owned();
    }
    let port = |port: &str| port.bytes().all(|b| b.is_ascii_digit());
    match host.rsplit_once(':') {
        Some((name, number)) if port(number) => name.to_owned(),
        _ => host,
    }
}

/// The number of a link that dials.
fn telephone(url: &str) -> Option<String> {
    let number = url.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("tel:")).map(|_| &url[4..])?;
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (digits.len() > 4).then_some(digits)
}
