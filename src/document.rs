//! One file in one language: front matter, a tree with byte spans, and what stands in it.

pub mod amount;
mod build;
pub mod citation;
pub mod definition;
pub mod front_matter;
pub mod gap;
pub mod gitbook;
pub mod html;
pub mod identifier;
pub mod label;
pub mod latex;
pub mod outline;
pub mod point;
mod scan;
pub mod section;
pub mod sum;
pub mod time;
mod total;
pub mod tree;
pub mod url;

use std::borrow::Cow;
use std::ops::Range;

use bigdecimal::BigDecimal;
use smol_str::SmolStr;

use crate::diagnostic::{Code, Diagnostic, Location};
use crate::language::kind::{self, DocumentKind};
use crate::language::lexicon::Lexicon;
use crate::language::script::is_cjk_language;
use crate::language::{self, Language, LanguageId};
use crate::source::{Source, SourceId, Span};
use front_matter::FrontMatter;
use gap::Gap;
use label::Key;
use outline::Number;
use point::Point;
use section::{Section, SectionId};
use sum::Verdict;
use time::{Expression, Fault};
use tree::{NodeId, NodeKind, Tree};

index_type! {
    /// A document of a case.
    DocumentId of Document
}

index_type! {
    /// A numbered item of a document.
    ItemId of Item
}

index_type! {
    /// A label of a document.
    LabelId of Label
}

index_type! {
    /// A link of a document.
    LinkId of Link
}

index_type! {
    /// An image of a document.
    ImageId of Image
}

index_type! {
    /// A formula of a document.
    SumId of Sum
}

index_type! {
    /// A time of a document.
    TimeId of Time
}

index_type! {
    /// An amount of a document.
    AmountId of Amount
}

index_type! {
    /// An id that an author gave to a place of a document.
    AnchorId of Box<str>
}

/// A parsed file. Parsing never fails: what is not understood stays as text and is reported as a [`Diagnostic`].
#[derive(Debug)]
pub struct Document {
    /// The text it was parsed from.
    pub source: SourceId,
    /// Among which of the case's languages it stands.
    pub language: LanguageId,
    /// The tag of the language that it is written in, where that is another one.
    pub own_tag: Option<&'static str>,
    /// The path below the folder of its language, with `/`.
    pub path: String,
    /// Whether a translation of it was promised.
    pub promises: bool,
    /// What it is for.
    pub kind: DocumentKind,
    /// Which appendix it is, by its file name.
    pub number: Option<u16>,
    /// What the author says about it.
    pub front: FrontMatter,
    /// Its title, never empty.
    pub title: String,
    /// The section whose heading is the title, if the text has one.
    pub title_section: Option<SectionId>,
    /// The text.
    pub tree: Tree,
    /// Its headings, in order.
    pub sections: Vec<Section>,
    /// Those of them that stand in no quote, list or table.
    top_sections: Vec<SectionId>,
    /// Its numbered items, in order.
    pub items: Vec<Item>,
    /// For each item the one in whose block it stands.
    items_around: Vec<Option<ItemId>>,
    /// What else is numbered, in order.
    pub points: Vec<Point>,
    /// The nodes among which positions stand.
    pub positions: Vec<Range<NodeId>>,
    /// Its labels, in order: definitions and references alike, told apart by [`crate::case`].
    pub labels: Vec<Label>,
    /// What stands in brackets like a citation and could not be read as one, in order.
    pub unread: Vec<(Key, Span)>,
    /// Its links, in order.
    pub links: Vec<Link>,
    /// Its images, in order.
    pub images: Vec<Image>,
    /// The ids that its author gave to places of the text, `<a id="…">`, in order.
    pub anchors: Vec<Box<str>>,
    /// Its formulas, in order.
    pub sums: Vec<Sum>,
    /// Sums in running text and totals of tables, as far as they can be recomputed, in the order in which they end.
    pub calculations: Vec<Calculation>,
    /// Its times, in order.
    pub times: Vec<Time>,
    /// Its amounts, in the order of blocks.
    pub amounts: Vec<Amount>,
    /// What identifies something outside the case, in the order of blocks; what stands in links is in [`Document::links`].
    pub identifiers: Vec<Identifier>,
    /// Where something is withheld, in order.
    pub gaps: Vec<Gap>,
    /// What was odd.
    pub findings: Vec<Diagnostic>,
}

/// A number or name that identifies something.
#[derive(Debug)]
pub struct Identifier {
    /// What it identifies.
    pub kind: identifier::IdentifierKind,
    /// What it is, written in one way.
    pub value: Box<str>,
    /// What its check digit says.
    pub check: identifier::Check,
    /// Where it stands.
    pub span: Span,
    /// The block it stands in.
    pub block: NodeId,
}

/// A time in the text.
#[derive(Debug)]
pub struct Time {
    /// What it says, or why it says nothing.
    pub expression: Result<Expression, Fault>,
    /// What stands where a zone would, and is none.
    pub no_zone: Option<Box<str>>,
    /// Where it stands, with what belongs to it.
    pub span: Span,
    /// The block of text it stands in: a paragraph, heading or cell.
    pub block: NodeId,
    /// What it opens as an event, in a timeline: a heading, list item, paragraph or row, or the first node of a line.
    pub opens: Option<NodeId>,
    /// Where the words stand that tell what happened, if it opens an event.
    pub words: Span,
}

/// An amount in the text.
#[derive(Debug)]
pub struct Amount {
    /// How much, exactly, without trailing zeros.
    pub value: BigDecimal,
    /// The code of its unit.
    pub unit: SmolStr,
    /// Whether a word such as 约 or “about” stands beside it.
    pub approximate: bool,
    /// Where it stands, with its unit.
    pub span: Span,
    /// The block of text it stands in.
    pub block: NodeId,
}

/// A numbered item: `1-1` and deeper.
#[derive(Debug)]
pub struct Item {
    /// The block that it is: a list item or paragraph; or the number's own node, for a line in a paragraph.
    pub node: NodeId,
    /// Its number.
    pub number: Number,
    /// Where the number stands.
    pub span: Span,
    /// The section it stands in.
    pub section: Option<SectionId>,
    /// What the author says outright beside the number.
    pub stance: Option<Box<Stance>>,
}

/// `{by=bot disputes}` beside an item's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stance {
    /// The party that speaks.
    pub by: Option<String>,
    /// What it says of what the item belongs to, if that is said too.
    pub attitude: Option<Attitude>,
}

/// What a statement says of the one it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Attitude {
    /// That it is so, and why.
    Supports,
    /// Something beside it, neither for nor against.
    Remarks,
    /// That it is not disputed.
    Accepts,
    /// That it is not so.
    Disputes,
}

/// A label in the text.
#[derive(Debug)]
pub struct Label {
    /// What it names.
    pub key: Key,
    /// Where it stands: with its brackets, unless they hold several.
    pub span: Span,
    /// Its node.
    pub node: NodeId,
    /// The section it stands in.
    pub section: Option<SectionId>,
    /// The numbered item it stands in.
    pub item: Option<ItemId>,
    /// Where it stands in its block.
    pub place: LabelPlace,
    /// Rarely needed parts, boxed because most labels lack them.
    pub extra: Option<Box<LabelExtra>>,
}

/// Rarely needed parts of a [`Label`].
#[derive(Debug, Default)]
pub struct LabelExtra {
    /// The title of the document meant.
    pub title: Option<String>,
    /// The label's text, where it cannot be read off the source at its span.
    pub text: Option<String>,
}

impl Label {
    /// The title of the document meant, if the label says one.
    pub fn title(&self) -> Option<&str> {
        self.extra.as_ref()?.title.as_deref()
    }

    /// The label as written.
    pub fn text<'a>(&'a self, source: &'a Source) -> &'a str {
        let own = self.extra.as_ref().and_then(|extra| extra.text.as_deref());
        own.unwrap_or_else(|| source.slice(self.span))
    }
}

/// Where a label stands, which decides whether it can be a definition. The order is that of strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelPlace {
    /// In running text: a reference.
    Mention,
    /// In running text, without brackets: a reference if exactly one definition is in reach, else text.
    Bare,
    /// In running text, right before a URL or an address.
    BeforeAddress,
    /// Alone in the first cell of a row.
    Row(NodeId),
    /// At the start of a paragraph or list item, without brackets.
    BareBlock(NodeId),
    /// At the start of a paragraph or list item, in brackets; or `[^1-1]:`.
    Block(NodeId),
    /// At the start of a heading, without brackets.
    BareHeading(NodeId),
    /// At the start of a heading, in brackets.
    Heading(NodeId),
}

impl LabelPlace {
    /// The block that the label would define.
    pub fn block(self) -> Option<NodeId> {
        match self {
            LabelPlace::Mention | LabelPlace::Bare | LabelPlace::BeforeAddress => None,
            LabelPlace::Row(node)
            | LabelPlace::BareBlock(node)
            | LabelPlace::Block(node)
            | LabelPlace::BareHeading(node)
            | LabelPlace::Heading(node) => Some(node),
        }
    }

    /// Whether the label stands without brackets.
    pub fn is_bare(self) -> bool {
        matches!(self, LabelPlace::Bare | LabelPlace::BareBlock(_) | LabelPlace::BareHeading(_))
    }

    /// Whether the label may be a definition.
    pub fn may_define(self) -> bool {
        !matches!(self, LabelPlace::Mention | LabelPlace::Bare)
    }

    /// Strength alone, whatever the block.
    pub fn rank(self) -> u8 {
        match self {
            LabelPlace::Mention | LabelPlace::Bare => 0,
            LabelPlace::BeforeAddress => 1,
            LabelPlace::Row(_) => 2,
            LabelPlace::BareBlock(_) => 3,
            LabelPlace::Block(_) => 4,
            LabelPlace::BareHeading(_) => 5,
            LabelPlace::Heading(_) => 6,
        }
    }
}

/// A link.
#[derive(Debug)]
pub struct Link {
    /// Where it leads, as written.
    pub url: Box<str>,
    /// The link's title.
    pub title: Box<str>,
    /// Where it stands.
    pub span: Span,
    /// Its node.
    pub node: NodeId,
    /// The section it stands in.
    pub section: Option<SectionId>,
    /// The numbered item it stands in.
    pub item: Option<ItemId>,
    /// Whether its text is the URL itself.
    pub bare: bool,
    /// Whether the URL is the name of a document or file, wherever it lies: `[[name]]`.
    pub by_name: bool,
}

/// An image.
#[derive(Debug)]
pub struct Image {
    /// Where it lies, as written.
    pub url: Box<str>,
    /// What it shows.
    pub alt: Box<str>,
    /// Its title.
    pub title: Box<str>,
    /// Where it stands.
    pub span: Span,
    /// Its node.
    pub node: NodeId,
    /// The section it stands in.
    pub section: Option<SectionId>,
    /// The numbered item it stands in.
    pub item: Option<ItemId>,
    /// Whether the URL is the name of a file, wherever it lies: `![[name.png]]`.
    pub by_name: bool,
}

/// A formula between dollar signs.
#[derive(Debug)]
pub struct Sum {
    /// The formula.
    pub formula: Box<str>,
    /// Whether it stands on its own line.
    pub display: bool,
    /// What recomputing it says.
    pub verdict: Verdict,
    /// Whether it is mathematics at all.
    pub valid: bool,
    /// Where it stands.
    pub span: Span,
}

/// What a calculation outside a formula is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalculationKind {
    /// A sum in running text.
    Sum,
    /// The total of a column.
    Total,
}

/// A calculation that stands in the text as it is, and was recomputed.
#[derive(Debug)]
pub struct Calculation {
    /// What it is.
    pub kind: CalculationKind,
    /// What a reader sees of it.
    pub text: Box<str>,
    /// What recomputing it says.
    pub verdict: Verdict,
    /// Where it stands.
    pub span: Span,
}

/// Where text stands that is hidden from readers.
fn hidden_spans(findings: &[Diagnostic]) -> Vec<Span> {
    let hidden = findings.iter().filter(|finding| finding.code == Code::HiddenText);
    let span = |finding: &Diagnostic| match finding.place {
        Location::At(_, span) => Some(span),
        Location::File(_) | Location::Case => None,
    };
    hidden.filter_map(span).collect()
}

/// What is known of a file before it is parsed.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Its text.
    pub source: &'a Source,
    /// The name of its text.
    pub id: SourceId,
    /// Among which of `languages` it stands.
    pub language: LanguageId,
    /// The tag of the language that it is written in, where that is another one.
    pub own_tag: Option<&'static str>,
    /// Its path below the folder of its language.
    pub path: &'a str,
    /// Whether a translation of it was promised.
    pub promises: bool,
    /// The languages of the case.
    pub languages: &'a [Language],
    /// The languages whose words for files count: those of the case and the built-in ones.
    pub known: &'a [Language],
    /// The words for labels of all of them.
    pub lexicon: &'a Lexicon,
}

/// The nodes among which times open events: all of a timeline, else the sections that are called one.
fn timelines(
    kind: DocumentKind,
    tree: &Tree,
    source: &Source,
    sections: &[Section],
    languages: &[Language],
) -> Vec<Range<NodeId>> {
    if kind == DocumentKind::Timeline {
        return std::iter::once(0..tree.len()).collect();
    }
    let called = SectionId::each(sections)
        .filter(|(_, section)| section.top && kind::is_timeline_heading(&section.title, languages));
    let sections = called.map(|(index, section)| section.node + 1..section::reach(sections, index));
    // A call-out may have such a title too.
    let is_title = |kind: &NodeKind| matches!(kind, NodeKind::Summary | NodeKind::AlertTitle);
    let callouts = tree.iter().filter(|(_, node)| is_title(&node.kind)).filter_map(|(id, _)| {
        let around = id.checked_sub(1).filter(|&at| tree.get(at).end > id)?;
        let title = tree.text(source, id);
        kind::is_timeline_heading(title.trim(), languages).then(|| id + 1..tree.get(around).end)
    });
    sections.chain(callouts).collect()
}

/// The nodes among which positions stand: all of a document of that kind, else the sections that are called so, or those
/// of several parties that stand side by side.
fn positions(
    kind: DocumentKind,
    tree: &Tree,
    (sections, title): (&[Section], Option<SectionId>),
    languages: &[Language],
) -> Vec<Range<NodeId>> {
    if kind == DocumentKind::Positions {
        return std::iter::once(0..tree.len()).collect();
    }
    let mut found: Vec<Range<NodeId>> = Vec::new();
    for (index, section) in SectionId::each(sections).filter(|(_, section)| section.top) {
        if found.last().is_some_and(|last| section.node < last.end) {
            continue;
        }
        let is_beside = |other: &&Section| other.parent == section.parent && other.title != section.title;
        let is_opinion = |section: &Section| section.top && kind::is_opinion_heading(&section.title, languages);
        if kind::is_positions_heading(&section.title, languages)
            || title != Some(index) && is_opinion(section) && sections.iter().filter(is_beside).any(is_opinion)
        {
            found.push(section.node..section::reach(sections, index));
        }
    }
    found
}

impl Document {
    /// Parses a file.
    pub fn parse(origin: Origin<'_>) -> Self {
        let Origin { source, id, path, .. } = origin;
        let mut findings = Vec::new();
        let (block, body) = front_matter::split(&source.text);
        let mut front = match block {
            Some(block) => front_matter::read(source, id, block, &mut findings),
            None => {
                findings.extend(front_matter::unread(source, id));
                FrontMatter::default()
            }
        };
        front.draft |= path.split('/').any(front_matter::is_of_drafts);
        if source.text[body..].trim().is_empty() && !front.draft {
            findings.push(Diagnostic::file(
                Code::EmptyDocument,
                &source.path,
                message!(
                    en: "the document has no text",
                    zh: "文件没有正文"
                ),
            ));
        }
        let stem = path.rsplit('/').next().unwrap_or(path);
        let stem = stem.strip_suffix(".md").unwrap_or(stem);
        // `positions.zh.md` is called positions.
        let (name, _) = stem.rsplit_once('.').filter(|(_, tag)| language::is_tag(tag)).unwrap_or((stem, ""));
        let (named_kind, number) = kind::from_stem(name, origin.known);
        let kind = front.kind.unwrap_or(named_kind);
        if !front.draft && !front.no_draft {
            findings.extend(front_matter::withheld_by_name(source, &source.path, name));
            findings.extend(front_matter::misplaced(source, id, body));
        }
        findings.extend(front_matter::repeated(source, id, body));
        let (tree, mut parts) = build::build(origin, body, kind);
        findings.append(&mut parts.findings);
        let above = parts.sections.first().map_or(0, |first| letters_above(&tree, source, first.node));
        let title_section = section::arrange(&mut parts.sections, above);
        let table = &origin.languages[origin.language].table;
        let tag = origin.own_tag.unwrap_or(&origin.languages[origin.language].tag);
        section::read_languages(&mut parts.sections, &tree, source, tag);
        let mut scanned = scan::scan(scan::Subject {
            tree: &tree,
            source,
            links: &parts.links,
            sums: &parts.sums,
            lexicon: origin.lexicon,
            timelines: timelines(kind, &tree, source, &parts.sections, origin.known),
            month_first: is_cjk_language(tag),
        });
        scanned.calculations.append(&mut total::recompute(&tree, source, &origin.lexicon.amounts));
        scanned.calculations.sort_by_key(|calculation| calculation.span.end);
        scanned.leave_out(source, &hidden_spans(&findings));
        let points = point::scan(&tree, source, &parts.sections, &parts.items, &scanned.times);
        let positions = positions(kind, &tree, (&parts.sections, title_section), origin.known);
        let phrases = &table.phrases;
        let title = match (&front.title, title_section) {
            (Some(title), _) if !title.trim().is_empty() => title.trim().to_owned(),
            (_, Some(section)) if !parts.sections[section].full_title().trim().is_empty() => {
                parts.sections[section].full_title()
            }
            _ if kind != DocumentKind::Document && number.is_none() => phrases.kind(kind).to_owned(),
            _ => stem.to_owned(),
        };
        let tops = SectionId::each(&parts.sections).filter(|(_, section)| section.top);
        let top_sections = tops.map(|(at, _)| at).collect();
        Self {
            source: id,
            language: origin.language,
            own_tag: origin.own_tag,
            path: path.to_owned(),
            promises: origin.promises,
            kind,
            number,
            front,
            title,
            title_section,
            sections: parts.sections,
            top_sections,
            items_around: around(&tree, &parts.items),
            items: parts.items,
            tree,
            points,
            positions,
            labels: parts.labels,
            unread: parts.unread,
            links: parts.links,
            images: parts.images,
            anchors: parts.anchors,
            sums: parts.sums,
            calculations: scanned.calculations,
            times: scanned.times,
            amounts: scanned.amounts,
            identifiers: scanned.identifiers,
            gaps: Vec::new(),
            findings,
        }
    }

    /// The number of an item, or of a section.
    pub fn number_of(&self, item: Option<ItemId>, section: Option<SectionId>) -> Option<&Number> {
        let of_item = item.map(|item| &self.items[item].number);
        of_item.or_else(|| self.section(section?).number.as_ref())
    }

    /// The tag of the language of a place, where that is not the one of the documents that it stands among.
    pub fn own_tag_at(&self, node: NodeId) -> Option<&'static str> {
        let before = self.sections.partition_point(|section| section.node <= node);
        let mut around = before.checked_sub(1).map(|at| &self.sections[at]);
        while let Some(section) = around {
            if section.own_tag.is_some() {
                return section.own_tag;
            }
            around = section.parent.map(|parent| self.section(parent));
        }
        self.own_tag
    }

    /// Whether positions stand where that node is.
    pub fn in_positions(&self, node: NodeId) -> bool {
        self.positions.iter().any(|range| range.contains(&node))
    }

    /// The section that a node stands in, of which it may be the heading.
    pub fn section_at(&self, node: NodeId) -> Option<SectionId> {
        let before = self.top_sections.partition_point(|&section| self.section(section).node <= node);
        before.checked_sub(1).map(|at| self.top_sections[at])
    }

    /// The innermost item in whose block a node stands.
    pub fn item_at(&self, node: NodeId) -> Option<ItemId> {
        let before = self.items.partition_point(|item| item.node <= node);
        let mut at = before.checked_sub(1).map(ItemId::new);
        while let Some(item) = at {
            if node < self.tree.get(self.items[item].node).end {
                break;
            }
            at = self.items_around[item.place()];
        }
        at
    }

    /// A time as a reader sees it.
    pub fn written_time<'a>(&self, time: TimeId, source: &'a Source) -> Cow<'a, str> {
        html::unescaped(source.slice(self.times[time].span).trim())
    }

    /// The section whose id that is.
    pub fn section(&self, index: SectionId) -> &Section {
        &self.sections[index]
    }
}

/// For each item the one in whose block it stands.
fn around(tree: &Tree, items: &[Item]) -> Vec<Option<ItemId>> {
    let mut open: Vec<ItemId> = Vec::new();
    let mut around = Vec::with_capacity(items.len());
    for (at, item) in ItemId::each(items) {
        while open.pop_if(|outer| tree.get(items[*outer].node).end <= item.node).is_some() {}
        around.push(open.last().copied());
        open.push(at);
    }
    around
}

/// How many letters and digits stand above a heading that are no words of a link.
fn letters_above(tree: &Tree, source: &Source, heading: NodeId) -> usize {
    let (mut letters, mut id) = (0, 1);
    while id < heading {
        let node = tree.get(id);
        match &node.kind {
            NodeKind::Link(_) | NodeKind::Card(_) => id = node.end,
            kind => {
                let text = match kind {
                    NodeKind::Text | NodeKind::Label(_) => source.slice(node.span),
                    NodeKind::Decoded(text) | NodeKind::Code(text) | NodeKind::CodeBlock(text) => tree.literal(*text),
                    _ => "",
                };
                letters += text.chars().filter(|c| c.is_alphanumeric()).count();
                id += 1;
            }
        }
    }
    letters
}
