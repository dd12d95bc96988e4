//! `case.json`: the whole case as data, and the JSON Schema of it.

mod events;
mod figures;
mod positions;
pub(super) mod proof;

use std::borrow::Cow;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::case::exhibit::ExhibitId;
use crate::case::ground::Ground;
use crate::document::definition::DefinitionId;
use crate::document::point::PointId;
use crate::document::section::SectionId;
use crate::document::sum::Verdict;
use crate::document::{Document, DocumentId, ItemId, Label};
use crate::language::LanguageId;
use crate::language::kind::DocumentKind;
use crate::site::addresses::Addresses;
use crate::site::link::{ImageTarget, LinkTarget};
use crate::site::resolve::Resolution;
use crate::site::{Site, Spot, exhibit};
use crate::source::{Position, Source, Span};
pub use events::EventModel;
pub use figures::{AmountModel, FigureModel};
pub use positions::StatementModel;
pub use proof::{ExhibitModel, FileModel, IdentifierModel, LinkEntryModel, PlaceModel};

/// A case: everything that has an address, and every reference with where it stands and where it leads.
///
/// Paths and addresses are relative to the root of the site; lines and columns start at 1, columns count characters.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "casefile case.json")]
pub struct CaseModel<'a> {
    /// The JSON Schema this file follows, beside it.
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    /// The version of the program that made the file.
    pub casefile: &'static str,
    /// The day up to which the case is told, if the author says.
    pub as_of: Option<String>,
    /// Which version of the dossier it is, if the author says.
    pub version: Option<&'a str>,
    /// The fingerprint of the edition: a SHA-256 sum over all its source files.
    pub fingerprint: String,
    /// The languages of the case, the authored one first.
    pub languages: Vec<LanguageModel<'a>>,
    /// Who takes part.
    pub parties: Vec<PartyModel<'a>>,
    /// The key figures that casefile.yaml declares.
    pub figures: Vec<FigureModel<'a>>,
    /// The exhibits.
    pub exhibits: Vec<ExhibitModel<'a>>,
    /// Every link out of the case, once.
    pub links: Vec<LinkEntryModel<'a>>,
    /// Everything that identifies something outside the case, once.
    pub identifiers: Vec<IdentifierModel<'a>>,
    /// Every document, in reading order.
    pub documents: Vec<DocumentModel<'a>>,
}

/// A language of the case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LanguageModel<'a> {
    /// Its tag (BCP 47).
    pub tag: &'a str,
    /// Its own name for itself.
    pub name: &'a str,
    /// The title of the case in it.
    pub title: &'a str,
    /// Its home page.
    pub page: &'a str,
}

/// One who takes part in the case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartyModel<'a> {
    /// Names the party: its id in casefile.yaml where its names or roles hold that, else its place, such as `party-2`.
    pub id: &'a str,
    /// What the party is in the case, in each language of the case, in their order.
    pub roles: Vec<Option<&'a str>>,
    /// Its name in each language of the case, in their order.
    pub names: Vec<Option<&'a str>>,
    /// What that rests on: casefile.yaml, or headings.
    pub ground: Ground,
}

/// A document in one language.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DocumentModel<'a> {
    /// The file, from the case folder; where the document has a `slug`, that stands in the place of its name.
    pub file: Cow<'a, str>,
    /// Its page.
    pub page: &'a str,
    /// The tag of its language.
    pub language: &'a str,
    /// What it is for.
    pub kind: DocumentKind,
    /// Its title.
    pub title: &'a str,
    /// Its headings.
    pub sections: Vec<SectionModel<'a>>,
    /// Its numbered items.
    pub items: Vec<ItemModel<'a>>,
    /// What it defines: notes, appendices, links, …
    pub definitions: Vec<DefinitionModel<'a>>,
    /// Every label that cites.
    pub references: Vec<ReferenceModel<'a>>,
    /// Every link.
    pub links: Vec<LinkModel>,
    /// Every image.
    pub images: Vec<LinkModel>,
    /// Every formula.
    pub sums: Vec<SumModel<'a>>,
    /// Every claim, support and answer of the positions.
    pub statements: Vec<StatementModel<'a>>,
    /// Every event of the timeline.
    pub events: Vec<EventModel<'a>>,
    /// Every amount with its unit.
    pub amounts: Vec<AmountModel<'a>>,
}

/// A heading and what stands below it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SectionModel<'a> {
    /// The anchor on the page.
    pub anchor: &'a str,
    /// 1 for the outermost sections, 0 for the title of the document.
    pub depth: u8,
    /// The outline number as a path of numbers, such as `1-2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The heading without its number.
    pub title: &'a str,
    /// The line of the heading.
    pub line: u32,
}

/// A numbered item.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ItemModel<'a> {
    /// The anchor on the page.
    pub anchor: &'a str,
    /// Its number.
    pub number: String,
    /// The line of its number.
    pub line: u32,
}

/// What a label names. The same in every language.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KeyModel<'a> {
    /// The kind: `note`, `appendix`, `link`, `email`, `website`, `exhibit`, or a word of the case's own.
    pub kind: &'a str,
    /// What stands before the kind word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<&'a str>,
    /// The number.
    pub number: &'a str,
}

/// A definition.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DefinitionModel<'a> {
    /// What is defined.
    #[serde(flatten)]
    pub key: KeyModel<'a>,
    /// The anchor on the page; empty where the document as a whole is the appendix.
    pub anchor: &'a str,
    /// Where the label stands, or the heading that is a part of an appendix; none where the document as a whole is it.
    pub line: Option<u32>,
    /// Where it stands.
    pub column: Option<u32>,
    /// How many references cite it.
    pub cited: usize,
}

/// What became of a reference.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It leads to a definition in its own language.
    Resolved,
    /// It leads to a definition that only another language has.
    Foreign,
    /// Several documents define it; the page offers them, a dozen at the most.
    Ambiguous,
    /// Nothing defines it; the page says so.
    Missing,
}

/// A label that cites.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReferenceModel<'a> {
    /// As written.
    pub text: &'a str,
    /// What is cited.
    #[serde(flatten)]
    pub key: KeyModel<'a>,
    /// Where the label stands.
    pub line: u32,
    /// Where the label stands.
    pub column: u32,
    /// What became of it.
    pub status: Status,
    /// The address it leads to: one, none if nothing defines it, several if it is ambiguous.
    pub targets: Vec<String>,
}

/// Where a link leads.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Destination {
    /// To another site; an image of another site is not loaded.
    External,
    /// To a mail address or a telephone number.
    Contact,
    /// To a page of this site.
    Page,
    /// To a page of this site, though not to the place that was meant.
    Astray,
    /// To a file of the case.
    File,
    /// To the page of an exhibit, by its file.
    Exhibit,
    /// Nowhere.
    Broken,
    /// To what must not be followed.
    Unsafe,
}

/// A link or image.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LinkModel {
    /// As written where it leads out of the site, else its address in the site; empty where the page leads nowhere.
    pub url: String,
    /// Where it stands.
    pub line: u32,
    /// Where it stands.
    pub column: u32,
    /// Where it leads.
    pub to: Destination,
    /// The address in this site, if it leads there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

impl LinkModel {
    /// What is written of a link within the case names files of the author's, and one that is disabled may name anything:
    /// neither is on the page.
    fn new(written: &str, position: Position, to: Destination, target: Option<String>) -> Self {
        let url = match to {
            Destination::External | Destination::Contact => written.to_owned(),
            _ => target.clone().unwrap_or_default(),
        };
        Self { url, line: position.line, column: position.column, to, target }
    }
}

/// What recomputing a formula said.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It is right.
    Right,
    /// It is wrong.
    Wrong,
    /// It is no arithmetic, or has nothing to compare.
    Unchecked,
}

/// A formula, a sum in running text, or a total.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SumModel<'a> {
    /// As written; of a formula what stands between the dollar signs.
    pub formula: &'a str,
    /// Where it stands.
    pub line: u32,
    /// Where it stands.
    pub column: u32,
    /// What recomputing it said.
    pub outcome: Outcome,
    /// What should stand in place of the wrong result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computed: Option<&'a str>,
}

/// The JSON Schema of `case.json`.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(CaseModel)
}

/// The text of `case.json` in pieces, one for each document, so that a large case is never held twice.
pub fn chunks(site: &Site) -> impl Iterator<Item = String> {
    let head = CaseModel {
        schema: "case.schema.json",
        casefile: env!("CARGO_PKG_VERSION"),
        as_of: site.case.config.as_of.map(|date| date.to_string()),
        version: site.case.config.version.as_deref(),
        fingerprint: site.case.fingerprint.to_string(),
        languages: languages(site),
        parties: parties(site),
        figures: figures::declared(site),
        exhibits: proof::exhibits(site),
        links: Vec::new(),
        identifiers: Vec::new(),
        documents: Vec::new(),
    };
    let head = serde_json::to_string(&head).unwrap_or_default();
    // The long lists are empty there and come last, in this order.
    let head = head.strip_suffix("[],\"identifiers\":[],\"documents\":[]}").unwrap_or(&head).to_owned();
    let said = |text: &str| std::iter::once(text.to_owned());
    std::iter::once(head)
        .chain(said("["))
        .chain(pieces(0..site.case.register.entries.len(), move |at| proof::link(site, at)))
        .chain(said("],\"identifiers\":["))
        .chain(pieces(0..site.case.identifiers.len(), move |at| proof::identifier(site, at)))
        .chain(said("],\"documents\":["))
        .chain(pieces(0..site.case.documents.len(), move |at| document(site, DocumentId::new(at))))
        .chain(said("]}\n"))
}

/// The entries of a list as text, one a line.
fn pieces<T: Serialize>(range: Range<usize>, entry: impl Fn(usize) -> T) -> impl Iterator<Item = String> {
    let last = range.end.saturating_sub(1);
    range.map(move |at| {
        let lead = if at == 0 { "\n" } else { "" };
        let comma = if at == last { "" } else { "," };
        format!("{lead}{}{comma}\n", serde_json::to_string(&entry(at)).unwrap_or_default())
    })
}

/// The text of `identifiers.json` in pieces.
pub(super) fn identifier_chunks(site: &Site) -> impl Iterator<Item = String> {
    let entries = pieces(0..site.case.identifiers.len(), move |at| proof::identifier(site, at));
    std::iter::once("[".to_owned()).chain(entries).chain(std::iter::once("]\n".to_owned()))
}

fn languages(site: &Site) -> Vec<LanguageModel<'_>> {
    let languages = LanguageId::each(&site.case.languages);
    languages
        .map(|(at, language)| LanguageModel {
            tag: &language.tag,
            name: &language.table.name,
            title: site.case.title(at),
            page: site.home_path(at),
        })
        .collect()
}

fn parties(site: &Site) -> Vec<PartyModel<'_>> {
    let parties = site.case.parties.all.iter();
    parties
        .map(|party| PartyModel {
            id: &party.public_id,
            roles: party.roles.iter().map(Option::as_deref).collect(),
            names: party.names.iter().map(Option::as_deref).collect(),
            ground: if site.case.parties.listed { Ground::Written } else { Ground::Read },
        })
        .collect()
}

/// One document as data.
pub fn document(site: &Site, at: DocumentId) -> DocumentModel<'_> {
    let this = &site.case.documents[at];
    let (addresses, references) = (&site.addresses[at], &site.references[at]);
    let source = site.case.source_of(at);
    let position = |span: Span| source.starts_in_edition(span);
    DocumentModel {
        file: site.case.public_file(at),
        page: site.path_of(at),
        language: site.case.tag_of(at),
        kind: this.kind,
        title: &this.title,
        sections: sections(this, addresses, source),
        items: items(this, addresses, source),
        definitions: definitions(site, at),
        references: this
            .labels
            .iter()
            .zip(&references.labels)
            .filter_map(|(label, resolution)| reference(site, at, label, resolution))
            .collect(),
        links: this
            .links
            .iter()
            .zip(&references.links)
            .map(|(link, target)| {
                let (to, target) = destination(site, target, this.language);
                LinkModel::new(&link.url, position(link.span), to, target)
            })
            .collect(),
        images: this
            .images
            .iter()
            .zip(&references.images)
            .map(|(image, target)| {
                let (to, target) = match target {
                    ImageTarget::File(path) => (Destination::File, site.files.get(path.as_ref()).cloned()),
                    ImageTarget::Exhibit(exhibit) => {
                        (Destination::Exhibit, Some(exhibit_address(site, *exhibit, this.language)))
                    }
                    ImageTarget::Remote => (Destination::External, None),
                    ImageTarget::Missing => (Destination::Broken, None),
                };
                LinkModel::new(&image.url, position(image.span), to, target)
            })
            .collect(),
        sums: sums(this, source),
        statements: positions::statements(site, at),
        events: events::events(site, at),
        amounts: figures::amounts(this, source),
    }
}

/// The sums of a document in the order of its text, those in formulas and those without.
fn sums<'a>(this: &'a Document, source: &Source) -> Vec<SumModel<'a>> {
    let formulas = this.sums.iter().map(|sum| (&*sum.formula, &sum.verdict, sum.span));
    let others = this.calculations.iter().map(|sum| (&*sum.text, &sum.verdict, sum.span));
    let mut all: Vec<_> = formulas.chain(others).collect();
    all.sort_by_key(|(.., span)| span.start);
    let model = |(formula, verdict, span): (&'a str, &'a Verdict, Span)| {
        let position = source.starts_in_edition(span);
        let (outcome, computed) = match verdict {
            Verdict::Right => (Outcome::Right, None),
            Verdict::Wrong { computed, .. } => (Outcome::Wrong, Some(computed.as_str())),
            Verdict::NotArithmetic => (Outcome::Unchecked, None),
        };
        SumModel { formula, line: position.line, column: position.column, outcome, computed }
    };
    all.into_iter().map(model).collect()
}

/// All that is numbered, in the order of the text.
fn items<'a>(this: &'a Document, addresses: &'a Addresses, source: &Source) -> Vec<ItemModel<'a>> {
    let items = ItemId::each(&this.items);
    let items = items.map(|(at, item)| (item.number.to_string(), item.span, addresses.of(Spot::Item(at))));
    let points = PointId::each(&this.points);
    let points = points.map(|(at, point)| (point.number().to_string(), point.span, addresses.of(Spot::Point(at))));
    let mut all: Vec<_> = items.chain(points).collect();
    all.sort_by_key(|(_, span, _)| span.start);
    let line = |span: Span| source.starts_in_edition(span).line;
    all.into_iter().map(|(number, span, anchor)| ItemModel { anchor, number, line: line(span) }).collect()
}

fn sections<'a>(this: &'a Document, addresses: &'a Addresses, source: &Source) -> Vec<SectionModel<'a>> {
    let sections = SectionId::each(&this.sections);
    sections
        .map(|(at, section)| SectionModel {
            anchor: addresses.of(Spot::Section(at)),
            depth: section.depth,
            number: section.number.as_ref().map(ToString::to_string),
            title: &section.title,
            line: source.starts_in_edition(this.tree.get(section.node).span).line,
        })
        .collect()
}

fn definitions(site: &Site, at: DocumentId) -> Vec<DefinitionModel<'_>> {
    let this = &site.case.documents[at];
    let all = DefinitionId::each(&site.case.definitions[at].all);
    all.map(|(id, definition)| {
        let spot = Spot::Definition(id);
        let label = definition.label.map(|label| this.labels[label].span);
        let heading = definition.section.map(|section| this.tree.get(this.section(section).node).span);
        let span = label.or(heading);
        let position = span.map(|span| site.case.source_of(at).starts_in_edition(span));
        DefinitionModel {
            key: key(&definition.key),
            anchor: site.addresses[at].of(spot),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            cited: site.backlinks[at].citing(spot).len(),
        }
    })
    .collect()
}

fn key(key: &crate::document::label::Key) -> KeyModel<'_> {
    KeyModel { kind: &key.kind, qualifier: key.qualifier.as_deref(), number: &key.number }
}

fn reference<'a>(
    site: &'a Site,
    at: DocumentId,
    label: &'a Label,
    resolution: &Resolution,
) -> Option<ReferenceModel<'a>> {
    let source = site.case.source_of(at);
    let language = site.case.documents[at].language;
    let status = match resolution {
        Resolution::Defines(_) | Resolution::Text => return None,
        Resolution::Resolved(_) | Resolution::Exhibit(_) | Resolution::Point(_) => Status::Resolved,
        Resolution::Foreign(_) => Status::Foreign,
        Resolution::Ambiguous(_) => Status::Ambiguous,
        Resolution::Missing => Status::Missing,
    };
    let position = source.starts_in_edition(label.span);
    Some(ReferenceModel {
        text: label.text(source),
        key: key(&label.key),
        line: position.line,
        column: position.column,
        status,
        targets: targets(site, at, resolution, language),
    })
}

/// The addresses that a label in a language leads to.
fn targets(site: &Site, at: DocumentId, resolution: &Resolution, language: LanguageId) -> Vec<String> {
    match resolution {
        Resolution::Point(point) => {
            vec![format!("{}#{}", site.path_of(at), site.addresses[at].of(Spot::Point(*point)))]
        }
        Resolution::Exhibit(exhibit) => vec![exhibit_address(site, *exhibit, language)],
        _ => resolution.targets().iter().map(|&target| site.address_of(target)).collect(),
    }
}

/// The address of an exhibit in a language.
fn exhibit_address(site: &Site, exhibit: ExhibitId, language: LanguageId) -> String {
    let path = site.exhibit_path(exhibit, language);
    format!("{path}#{}", exhibit::anchor(&site.case.exhibits.all[exhibit]))
}

fn destination(site: &Site, target: &LinkTarget, language: LanguageId) -> (Destination, Option<String>) {
    match target {
        LinkTarget::External => (Destination::External, None),
        LinkTarget::Contact => (Destination::Contact, None),
        LinkTarget::Exhibit(exhibit) => (Destination::Exhibit, Some(exhibit_address(site, *exhibit, language))),
        LinkTarget::Home(language) => (Destination::Page, Some(site.home_path(*language).to_owned())),
        LinkTarget::Broken => (Destination::Broken, None),
        LinkTarget::Unsafe => (Destination::Unsafe, None),
        LinkTarget::File(path) => (Destination::File, site.files.get(path.as_ref()).cloned()),
        LinkTarget::Page { group, language, anchor, astray } => {
            let path = site.group_path(*group, *language);
            let to = if *astray { Destination::Astray } else { Destination::Page };
            let target = anchor.as_ref().map_or_else(|| path.to_owned(), |anchor| format!("{path}#{anchor}"));
            (to, Some(target))
        }
    }
}
