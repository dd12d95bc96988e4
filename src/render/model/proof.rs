//! The proof as data: exhibits, links, identifiers.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{KeyModel, key};
use crate::case::exhibit::{ExhibitId, Visibility};
use crate::case::register::LinkEntry;
use crate::document::identifier::{Check, IdentifierKind};
use crate::document::label::Key;
use crate::document::{DocumentId, LabelId};
use crate::language::LanguageId;
use crate::site::Site;

/// An exhibit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExhibitModel<'a> {
    /// Its number.
    pub number: &'a str,
    /// Its page in each language of the case, in their order.
    pub pages: Vec<&'a str>,
    /// What it is called in each language of the case, in their order.
    pub titles: Vec<Option<&'a str>>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Its file; none for what is only on paper, and for what is missing.
    pub file: Option<FileModel<'a>>,
    /// Its further files, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub further_files: Vec<FileModel<'a>>,
    /// Whether it is an original.
    pub original: Option<bool>,
    /// The addresses of what it bears on.
    pub bears_on: Vec<String>,
    /// The addresses of the places that cite or show it.
    pub cited: Vec<String>,
}

/// The file of an exhibit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileModel<'a> {
    /// Its name in the case.
    pub file: &'a str,
    /// What it is, by its content (RFC 6838).
    pub media_type: &'a str,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 sum of the original.
    pub sha256: String,
    /// The SHA-256 sum that the author recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<String>,
    /// The file in the site, if it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<&'a str>,
    /// The SHA-256 sum of that, which differs where metadata was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_sha256: Option<String>,
}

/// A link out of the case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LinkEntryModel<'a> {
    /// As written.
    pub url: &'a str,
    /// The host it leads to.
    pub host: &'a str,
    /// Whether it is a mail address.
    pub mail: bool,
    /// What the author says that it is, in each language of the case, in their order.
    pub descriptions: Vec<Option<&'a str>>,
    /// Whose it is, in each language of the case, in their order.
    pub owners: Vec<Option<&'a str>>,
    /// What it is for, in each language of the case, in their order.
    pub purposes: Vec<Option<&'a str>>,
    /// When it was last looked at, in the author's words, in each language of the case, in their order.
    pub checked: Vec<Option<&'a str>>,
    /// The labels that name it.
    pub labels: Vec<KeyModel<'a>>,
    /// Every place where it stands.
    pub places: Vec<PlaceModel<'a>>,
}

/// Something that identifies something outside the case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IdentifierModel<'a> {
    /// What it identifies.
    pub kind: IdentifierKind,
    /// What it is, written in one way.
    pub value: &'a str,
    /// What its check digit says.
    pub check: Check,
    /// Every place where it stands.
    pub places: Vec<PlaceModel<'a>>,
}

/// A place in a text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlaceModel<'a> {
    /// The address of the nearest place that has one.
    pub address: String,
    /// The file, from the case folder, as of its document.
    pub file: Cow<'a, str>,
    /// Where it stands.
    pub line: u32,
    /// Where it stands.
    pub column: u32,
}

/// The exhibits that readers are told of.
pub(super) fn exhibits(site: &Site) -> Vec<ExhibitModel<'_>> {
    let case = &site.case;
    let shown = case.exhibits.shown().map(|(at, _)| at);
    let model = |at: ExhibitId| {
        let exhibit = &case.exhibits.all[at];
        let page = &site.exhibits[at];
        let bears_on = page.bears_on.iter().flatten().map(|bearing| {
            let path = site.path_of(bearing.document);
            if bearing.anchor.is_empty() { path.to_owned() } else { format!("{path}#{}", bearing.anchor) }
        });
        let cited = page.cited.iter().map(|citation| {
            let path = site.path_of(citation.document);
            format!("{path}#{}", citation.by.anchor())
        });
        ExhibitModel {
            number: &exhibit.key.number,
            pages: LanguageId::all(&case.languages).map(|language| site.exhibit_path(at, language)).collect(),
            titles: case.languages.iter().map(|language| exhibit.title.get(&language.tag)).collect(),
            visibility: exhibit.visibility,
            file: file(site, at),
            further_files: case.exhibits.parts(at).filter_map(|part| file(site, part)).collect(),
            original: exhibit.original,
            bears_on: bears_on.collect(),
            cited: cited.collect(),
        }
    };
    shown.map(model).collect()
}

fn file(site: &Site, at: ExhibitId) -> Option<FileModel<'_>> {
    let exhibit = &site.case.exhibits.all[at];
    let file = site.case.exhibits.file_of(exhibit)?;
    let published = site.exhibits[at].file.as_ref();
    Some(FileModel {
        file: site.case.exhibits.file_name(at),
        media_type: &file.facts.media.mime,
        size: file.size,
        sha256: file.sha256.to_string(),
        recorded: exhibit.recorded.as_ref().map(|(sum, _)| sum.to_string()),
        published: published.map(|published| published.to.as_str()),
        published_sha256: published.and_then(|published| published.sha256).map(|sum| sum.to_string()),
    })
}

/// A link of the register.
pub(super) fn link(site: &Site, at: usize) -> LinkEntryModel<'_> {
    let entry = &site.case.register.entries[at];
    let places = entry.places.iter().map(|&(document, link)| {
        let found = &site.case.documents[document].links[link];
        place(site, document, found.node, found.span.start)
    });
    LinkEntryModel {
        url: &entry.url,
        host: entry.host(),
        mail: entry.is_mail,
        descriptions: entry.said.iter().map(|said| said.description.as_deref()).collect(),
        owners: entry.said.iter().map(|said| said.owner.as_deref()).collect(),
        purposes: entry.said.iter().map(|said| said.purpose.as_deref()).collect(),
        checked: entry.said.iter().map(|said| said.checked.as_deref()).collect(),
        labels: labels(site, entry),
        places: places.collect(),
    }
}

/// What names a link, each key once.
fn labels<'a>(site: &'a Site, entry: &LinkEntry) -> Vec<KeyModel<'a>> {
    let label = |&(document, label): &(DocumentId, LabelId)| &site.case.documents[document].labels[label].key;
    let keys: BTreeSet<&Key> = entry.labels.iter().map(label).collect();
    keys.into_iter().map(key).collect()
}

/// An entry of the index of identifiers.
pub(super) fn identifier(site: &Site, at: usize) -> IdentifierModel<'_> {
    let identifier = &site.case.identifiers[at];
    let places = identifier.places.iter();
    IdentifierModel {
        kind: identifier.kind,
        value: &identifier.value,
        check: identifier.check,
        places: places.map(|own| place(site, own.document, own.node, own.span.start)).collect(),
    }
}

fn place(site: &Site, document: DocumentId, node: u32, start: u32) -> PlaceModel<'_> {
    let source = site.case.source_of(document);
    let position = source.position_in_edition(start as usize);
    let near = site.place_of_node(document, node);
    let path = site.path_of(document);
    let address = if near.anchor.is_empty() { path.to_owned() } else { format!("{path}#{}", near.anchor) };
    PlaceModel { address, file: site.case.public_file(document), line: position.line, column: position.column }
}
