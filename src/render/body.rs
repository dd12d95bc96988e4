//! The text of a document as HTML.

mod exhibit;
mod heading;
mod link;
mod quotation;
mod reference;
pub(super) mod statement;
pub(super) mod surface;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::ops::Range;

use super::exhibit::MANY;
use super::{escape, mathml, timeline};
use crate::case::event::{Event, EventId};
use crate::case::group::GroupId;
use crate::case::position::{Positions, Standing, StatementId};
use crate::document::definition::DefinitionId;
use crate::document::gitbook::Style;
use crate::document::point::PointId;
use crate::document::section::SectionId;
use crate::document::sum::Verdict;
use crate::document::tree::{Alert, Align, Literal, NodeId, NodeKind, Ordinal};
use crate::document::{Calculation, Document, DocumentId, ItemId, SumId};
use crate::language::phrases::Phrases;
use crate::language::{LanguageId, script};
use crate::site::addresses::Addresses;
use crate::site::backlinks::Backlinks;
use crate::site::references::References;
use crate::site::{Site, Spot};
use crate::source::{Source, Span};
use quotation::Quoted;
use surface::{Surface, Way};

/// A document's HTML, in the parts a template places.
pub(super) struct Rendered {
    /// The inside of the `h1`.
    pub(super) heading: String,
    /// The ids of the title: that of the appendix it defines, and its own.
    pub(super) title_ids: Vec<String>,
    /// Where that appendix is cited.
    pub(super) title_backrefs: String,
    /// Everything below the title.
    pub(super) body: String,
    /// What the text refers to on other pages, for readers who only want a look at it.
    pub(super) quotations: String,
}

/// Renders document `document` of `site` for its own page, or for the one that holds all documents.
pub(super) fn render(site: &Site, document: DocumentId, surface: Surface) -> Rendered {
    let this = &site.case.documents[document];
    let title = this.title_section.map(|section| this.section(section));
    let mut heading = String::new();
    let mut title_ids = Vec::new();
    let mut title_backrefs = String::new();
    if let Some(title) = title {
        let mut writer = Writer::new(site, document, surface);
        writer.range(title.node + 1, this.tree.get(title.node).end);
        heading = writer.out;
        let defined = title.label.and_then(|label| site.case.definitions[document].of_label(label));
        if let Some(definition) = defined {
            title_ids.push(site.addresses[document].of(Spot::Definition(definition)).to_string());
            let mut writer = Writer::new(site, document, surface);
            writer.backrefs(Spot::Definition(definition), "p");
            title_backrefs = writer.out;
        }
    }
    if let Some(section) = this.title_section {
        let own = site.addresses[document].of(Spot::Section(section));
        if !own.is_empty() && !title_ids.iter().any(|id| id == own) {
            title_ids.push(own.to_owned());
        }
    }
    if heading.trim().is_empty() {
        escape::text(&mut heading, &this.title);
    }
    let appendix = site.case.definitions[document].all.iter().position(|definition| definition.is_document());
    if let Some(definition) = appendix {
        let mut writer = Writer::new(site, document, surface);
        writer.backrefs(Spot::Definition(DefinitionId::new(definition)), "p");
        title_backrefs.push_str(&writer.out);
    }
    let mut writer = Writer::new(site, document, surface);
    writer.title = title.map(|title| title.node);
    writer.range(1, this.tree.len());
    let quotations = quotation::render(site, document, &writer.quoted);
    Rendered { heading, title_ids, title_backrefs, body: writer.out, quotations }
}

/// Renders the nodes from `from` up to `to` of a document.
pub(super) fn part<'a>(site: &'a Site, document: DocumentId, surface: Surface<'a>, from: NodeId, to: NodeId) -> String {
    let mut writer = Writer::new(site, document, surface);
    let Some(tag) = site.case.documents[document].own_tag_at(from) else {
        writer.range(from, to);
        return writer.out;
    };
    writer.is_cjk = script::is_cjk_language(tag);
    let _ = write!(writer.out, "<div lang=\"{tag}\">");
    writer.range(from, to);
    writer.out + "</div>"
}

/// Renders pieces of a document, which stand in the order of the text, each for itself.
pub(super) fn pieces<'a>(
    site: &'a Site,
    document: DocumentId,
    surface: Surface<'a>,
    pieces: impl Iterator<Item = Range<NodeId>>,
) -> Vec<String> {
    let mut writer = Writer::new(site, document, surface);
    let one = |piece: Range<NodeId>| {
        writer.range(piece.start, piece.end);
        std::mem::take(&mut writer.out)
    };
    pieces.map(one).collect()
}

/// What is to be written when a node's subtree ends.
enum Close {
    Tag(&'static str),
    Section {
        /// How the language around it is written.
        is_cjk: bool,
    },
    Paragraph {
        tag: bool,
    },
    List {
        tag: &'static str,
        tight: bool,
    },
    Item {
        tight: bool,
    },
    Row {
        opens_body: bool,
    },
    Table,
    Note(DefinitionId),
    HeadingNote(Spot),
    Heading {
        level: u8,
        section: SectionId,
    },
    Link {
        external: bool,
        bare: bool,
        url: Box<str>,
    },
    Marked(&'static str, String),
}

struct Writer<'a> {
    site: &'a Site,
    document: DocumentId,
    this: &'a Document,
    addresses: &'a Addresses,
    references: &'a References,
    backlinks: &'a Backlinks,
    surface: Surface<'a>,
    /// The page that is written.
    path: &'a str,
    source: &'a Source,
    phrases: &'a Phrases,
    /// Whether the language of what is being written is written in Chinese characters, kana or hangul.
    is_cjk: bool,
    /// Whether anything in the text is written from right to left.
    has_rtl: bool,
    out: String,
    close: Vec<(NodeId, Close)>,
    /// The heading that is the page's title and is not written again.
    title: Option<NodeId>,
    /// The next definition, item and section to come, each list in the order of the text.
    next_definition: usize,
    next_item: usize,
    /// What was begun and whose citations wait for the end of its first block.
    waiting: Vec<Spot>,
    /// Whether the table being written is past its head.
    in_table_body: bool,
    /// What heads the columns of that table, where they are too many for a phone, and which of them comes next.
    heads: Vec<String>,
    column: usize,
    /// The ways to pages of groups in languages, as far as they were needed.
    ways: HashMap<(GroupId, LanguageId), Way>,
    /// What is referred to on other pages, by the way there.
    quoted: BTreeMap<String, Quoted>,
    /// Who says what, if the document holds positions, and what happened when, if it is a timeline.
    positions: Option<&'a Positions>,
    standings: HashMap<StatementId, Standing>,
    events: &'a [Event],
    /// What is said beside each of them, on pages where one reads from event to event; and what waits for a cell.
    moments: Vec<String>,
    moment_of_row: Option<NodeId>,
}

impl<'a> Writer<'a> {
    fn new(site: &'a Site, document: DocumentId, surface: Surface<'a>) -> Self {
        let this = &site.case.documents[document];
        let positions = site.case.positions.get(&document);
        Self {
            site,
            document,
            this,
            addresses: &site.addresses[document],
            references: &site.references[document],
            backlinks: &site.backlinks[document],
            surface,
            path: match surface {
                Surface::Own => site.path_of(document),
                Surface::Excerpt(path) | Surface::Parallel { path, .. } | Surface::Whole(path) => path,
            },
            source: site.case.source_of(document),
            phrases: &site.case.languages[this.language].table.phrases,
            is_cjk: script::is_cjk_language(site.case.tag_of(document)),
            has_rtl: site.case.source_of(document).holds_right_to_left(script::is_right_to_left),
            out: String::with_capacity(site.case.source_of(document).text.len() * 2),
            close: Vec::new(),
            title: None,
            next_definition: 0,
            next_item: 0,
            waiting: Vec::new(),
            in_table_body: false,
            heads: Vec::new(),
            column: 0,
            ways: HashMap::new(),
            quoted: BTreeMap::new(),
            positions,
            standings: positions.map(Positions::standings).unwrap_or_default(),
            events: site.case.events_of(document).unwrap_or(&[]),
            moments: match surface {
                Surface::Own | Surface::Whole(_) => timeline::moments(site, document),
                Surface::Excerpt(_) | Surface::Parallel { .. } => Vec::new(),
            },
            moment_of_row: None,
        }
    }

    /// Writes the nodes from `from` up to `to`.
    fn range(&mut self, from: NodeId, to: NodeId) {
        let mut at = from;
        while at < to {
            self.close_up_to(at);
            self.open_line(at);
            self.open_numbered_line(at);
            at = self.open(at);
        }
        self.close_up_to(NodeId::MAX);
    }

    /// Begins a line of a paragraph that is an event of its own; blocks that are events bear their addresses themselves.
    fn open_line(&mut self, id: NodeId) {
        let Some(event) = self.event_at(id) else { return };
        let is_block = matches!(
            self.this.tree.get(id).kind,
            NodeKind::Paragraph { .. } | NodeKind::Item { .. } | NodeKind::Row { .. } | NodeKind::Heading(_)
        );
        if !is_block {
            self.out.push_str("<span class=\"event\"");
            self.anchors(id, None, None);
            self.moment(id, "span");
            self.close.push((self.events[event].end, Close::Tag("span")));
        }
    }

    /// Gives a numbered line of a paragraph its address; blocks bear theirs themselves.
    fn open_numbered_line(&mut self, id: NodeId) {
        let Some(point) = self.point_at(id).filter(|_| self.this.tree.get(id).kind.is_inline()) else { return };
        if self.has_addresses() {
            self.out.push_str("<span");
            self.id(self.addresses.of(Spot::Point(point)));
            self.out.push_str("></span>");
            self.voice(id);
        }
    }

    fn close_up_to(&mut self, at: NodeId) {
        while let Some((_, close)) = self.close.pop_if(|(end, _)| *end <= at) {
            self.write_close(close);
        }
    }

    /// Ends a start tag with several ids: the first is the element's own, the others stand inside it. `words` are those
    /// by which one quotes the element.
    fn ids<'b>(&mut self, mut anchors: impl Iterator<Item = &'b str>, words: impl FnOnce() -> String) {
        if let Some(first) = anchors.next() {
            self.id(first);
            if self.has_addresses() {
                self.quoted_by(&words());
            }
        }
        self.out.push('>');
        if !self.has_addresses() {
            return;
        }
        for other in anchors {
            self.out.push_str("<span");
            self.id(other);
            self.out.push_str("></span>");
        }
    }

    fn text(&mut self, text: &str) {
        escape::text(&mut self.out, text);
    }

    fn enter(&mut self, node: NodeId, close: Close) {
        let end = self.this.tree.get(node).end;
        self.close.push((end, close));
    }

    fn tag(&mut self, node: NodeId, name: &'static str) {
        let _ = write!(self.out, "<{name}>");
        self.enter(node, Close::Tag(name));
    }

    /// The box in which a wide table scrolls, and how many columns the table has as far as that is known.
    fn table_box(&mut self, columns: usize) {
        let class = if columns >= MANY { "table many" } else { "table" };
        let _ = write!(self.out, "<div class=\"{class}\" tabindex=\"0\" role=\"group\" aria-label=\"");
        self.text(&self.phrases.table);
        self.out.push_str("\">");
    }

    /// An element of raw HTML.
    fn element(&mut self, id: NodeId, name: &'static str, attributes: Option<Literal>) {
        if matches!(name, "p" | "div") && self.this.tree.get(id).end == id + 1 {
            return;
        }
        if name == "table" {
            self.table_box(0);
            self.enter(id, Close::Tag("div"));
        }
        let attributes = attributes.map_or("", |attributes| self.this.tree.literal(attributes));
        let _ = write!(self.out, "<{name}{attributes}>");
        if name != "wbr" {
            self.enter(id, Close::Tag(name));
        }
    }

    /// Writes what node `id` begins with and returns the next node to write.
    fn open(&mut self, id: NodeId) -> NodeId {
        let node = self.this.tree.get(id);
        let defined = self.begin_definition(id);
        match &node.kind {
            NodeKind::Root | NodeKind::Attributes => {}
            NodeKind::Remark => self.remark(id),
            NodeKind::Heading(_) if self.title == Some(id) => return node.end,
            NodeKind::Heading(section) => self.heading(id, *section, defined),
            NodeKind::Paragraph { columns } => self.paragraph(id, *columns),
            NodeKind::Quote => self.tag(id, "blockquote"),
            NodeKind::Alert(alert) => self.alert(id, *alert),
            NodeKind::AlertTitle => {}
            NodeKind::Numbers { start, bracket, tight } => {
                // Numbers such as years need more room before the words.
                self.out.push_str(match (*bracket, *start > 99) {
                    (true, true) => "<ol class=\"bracket wide\"",
                    (true, false) => "<ol class=\"bracket\"",
                    (false, true) => "<ol class=\"wide\"",
                    (false, false) => "<ol",
                });
                if *start != 1 {
                    let _ = write!(self.out, " start=\"{start}\"");
                }
                self.out.push('>');
                self.enter(id, Close::List { tag: "ol", tight: *tight });
            }
            NodeKind::Bullets { tight } => {
                self.out.push_str("<ul>");
                self.enter(id, Close::List { tag: "ul", tight: *tight });
            }
            NodeKind::Item { task, number } => self.item(id, *task, *number, defined),
            NodeKind::CodeBlock(code) => {
                self.out.push_str("<pre tabindex=\"0\"><code>");
                self.text(self.this.tree.literal(*code));
                self.out.push_str("</code></pre>\n");
            }
            NodeKind::Rule => self.out.push_str("<hr>\n"),
            NodeKind::Table => {
                self.heads = self.heads_of(id);
                self.table_box(self.heads.len());
                self.out.push_str("<table>\n");
                self.in_table_body = false;
                self.enter(id, Close::Table);
            }
            NodeKind::Row { header } => self.row(id, *header, defined),
            NodeKind::Cell { header, align } => self.cell(id, *header, *align),
            NodeKind::Footnote(label) => self.footnote_label(*label, defined),
            NodeKind::Figure => self.tag(id, "figure"),
            NodeKind::Caption if node.end == id + 1 => {}
            NodeKind::Caption => self.tag(id, "figcaption"),
            NodeKind::Details { open } => {
                // Paper cannot be unfolded.
                let open = *open || matches!(self.surface, Surface::Whole(_));
                self.out.push_str(if open { "<details open>" } else { "<details>" });
                self.enter(id, Close::Tag("details"));
            }
            NodeKind::Summary => self.tag(id, "summary"),
            NodeKind::Hint(style) => {
                let _ = writeln!(self.out, "<aside class=\"hint hint-{}\">", hint_class(*style));
                self.enter(id, Close::Tag("aside"));
            }
            NodeKind::Tabs => {
                self.out.push_str("<div class=\"tabs\">\n");
                self.enter(id, Close::Tag("div"));
            }
            NodeKind::Tab(title) => {
                self.out.push_str("<div class=\"tab\"><p class=\"tab-title\">");
                self.text(self.this.tree.literal(*title));
                self.out.push_str("</p>\n");
                self.enter(id, Close::Tag("div"));
            }
            NodeKind::Card(link) => return self.card(id, *link),
            NodeKind::Text => self.words(node.span),
            NodeKind::Decoded(text) => {
                escape::mixed(&mut self.out, self.this.tree.literal(*text), self.is_cjk);
                self.calculations_in(node.span).iter().for_each(|calculation| self.calculation(calculation));
            }
            NodeKind::Code(code) => {
                self.out.push_str("<code>");
                self.text(self.this.tree.literal(*code));
                self.out.push_str("</code>");
            }
            NodeKind::Emphasis => self.tag(id, "em"),
            NodeKind::Strong => self.tag(id, "strong"),
            NodeKind::Strike => self.tag(id, "del"),
            NodeKind::Element { element, attributes } => self.element(id, element.name(), *attributes),
            NodeKind::SoftBreak => self.out.push('\n'),
            NodeKind::LineBreak => self.out.push_str("<br>"),
            NodeKind::Link(link) => self.link(id, *link),
            NodeKind::Image(image) => self.image(*image),
            NodeKind::Sum(sum) => self.sum(*sum),
            NodeKind::Label(label) => self.label(*label),
            NodeKind::Number => {
                self.out.push_str("<span class=\"number\">");
                self.text(self.this.tree.words(self.source, id));
                self.out.push_str("</span>");
            }
            NodeKind::ItemNumber(item) => return self.item_number(id, *item),
            NodeKind::Separator => self.text(self.this.tree.words(self.source, id)),
            NodeKind::Anchor(anchor) => self.anchor(*anchor),
        }
        id + 1
    }

    fn write_close(&mut self, close: Close) {
        match close {
            Close::Tag(name) => {
                let _ = write!(self.out, "</{name}>");
                let block = matches!(
                    name,
                    "blockquote" | "aside" | "div" | "figure" | "details" | "summary" | "figcaption" | "p"
                );
                if block {
                    self.out.push('\n');
                }
            }
            Close::List { tag, .. } => {
                let _ = writeln!(self.out, "</{tag}>");
            }
            Close::Section { is_cjk } => {
                self.is_cjk = is_cjk;
                self.out.push_str("</section>\n");
            }
            Close::Paragraph { tag } => {
                self.write_waiting();
                if tag {
                    self.out.push_str("</p>\n");
                }
            }
            Close::Item { .. } => {
                self.write_waiting();
                self.out.push_str("</li>\n");
            }
            Close::Row { opens_body } => {
                self.out.push_str("</tr>\n");
                if opens_body {
                    self.out.push_str("</thead>\n");
                }
            }
            Close::Table => {
                if self.in_table_body {
                    self.out.push_str("</tbody>");
                }
                self.out.push_str("</table></div>\n");
            }
            Close::Note(definition) => {
                self.backrefs(Spot::Definition(definition), "p");
                self.out.push_str("</div>\n");
            }
            Close::HeadingNote(spot) => self.backrefs(spot, "p"),
            Close::Heading { level, section } => self.end_heading(level, section),
            Close::Link { external, bare, url } => {
                self.out.push_str("</a>");
                if external && !bare {
                    self.host(&url);
                }
            }
            Close::Marked(tag, mark) => {
                self.out.push_str(" <span class=\"mark\">");
                self.text(&mark);
                let _ = write!(self.out, "</span></{tag}>");
            }
        }
    }

    fn paragraph(&mut self, id: NodeId, columns: bool) {
        // What HTML wraps around Markdown may be left empty.
        if self.this.tree.get(id).end == id + 1 {
            return;
        }
        let in_tight_item = matches!(self.close.last(), Some((_, Close::Item { tight: true })));
        if in_tight_item && !columns {
            self.enter(id, Close::Paragraph { tag: false });
            return;
        }
        let item = self.item_at(id);
        self.begin_statement(id);
        self.out.push_str("<p");
        match (item, columns) {
            (Some(_), _) => self.out.push_str(" class=\"item\""),
            (None, true) => self.out.push_str(" class=\"lines\""),
            (None, false) => {}
        }
        self.direction(id);
        self.anchors(id, item, None);
        self.moment(id, "span");
        self.enter(id, Close::Paragraph { tag: true });
    }

    /// Lets a block that holds text from right to left run as its first letter does.
    fn direction(&mut self, id: NodeId) {
        if !self.has_rtl {
            return;
        }
        let text = self.this.tree.text(self.source, id);
        if text.chars().any(script::is_right_to_left) {
            self.out.push_str(" dir=\"auto\"");
        }
    }

    /// Ends a start tag with the anchors of the block: the first as its id, the others inside it. What is cited waits
    /// for the end of the block to tell where.
    fn anchors(&mut self, id: NodeId, item: Option<ItemId>, defined: Option<DefinitionId>) {
        let item = item.map(|item| (self.addresses.of(Spot::Item(item)), Spot::Item(item)));
        let defined = defined.map(|defined| (self.addresses.of(Spot::Definition(defined)), Spot::Definition(defined)));
        let event = self.event_at(id).map(|event| (self.addresses.of(Spot::Event(event)), Spot::Event(event)));
        // What an item's label defines has its address on the label.
        let defined_anchor = defined.filter(|_| item.is_none());
        let statement = self.answer_at(id).filter(|_| item.is_none());
        let statement = statement.map(|id| (self.addresses.of(Spot::Statement(id)), Spot::Statement(id)));
        let point = self.point_at(id).map(|point| (self.addresses.of(Spot::Point(point)), Spot::Point(point)));
        let anchors = [item, defined_anchor, event, statement, point];
        let (site, document) = (self.site, self.document);
        let first = anchors.into_iter().flatten().next().map(|(_, spot)| spot);
        let words = || first.map_or_else(String::new, |spot| site.citation(document, spot));
        self.ids(anchors.into_iter().flatten().map(|(anchor, _)| anchor), words);
        self.waiting.extend([item, defined, event, statement, point].into_iter().flatten().map(|(_, spot)| spot));
    }

    /// The event that node `id` begins.
    fn event_at(&self, id: NodeId) -> Option<EventId> {
        self.events.binary_search_by_key(&id, |event| event.block).ok().map(EventId::new)
    }

    /// How long after the one before the event of node `id` happened, and when on other clocks.
    fn moment(&mut self, id: NodeId, tag: &str) {
        let Some(event) = self.event_at(id) else { return };
        if let Some(moment) = self.moments.get(event.place()).filter(|moment| !moment.is_empty()) {
            // What stands alone beside its words needs no line of its own.
            let class = if moment.starts_with("<time") && moment.matches("<time").count() == 1 {
                "moment lone"
            } else {
                "moment"
            };
            let _ = write!(self.out, "<{tag} class=\"{class}\">{moment}</{tag}> ");
        }
    }

    /// What is numbered at node `id`, other than an item.
    fn point_at(&self, id: NodeId) -> Option<PointId> {
        self.this.points.binary_search_by_key(&id, |point| point.node).ok().map(PointId::new)
    }

    /// The item that node `id` is, if it is one.
    fn item_at(&mut self, id: NodeId) -> Option<ItemId> {
        let items = &self.this.items;
        while items.get(self.next_item).is_some_and(|item| item.node < id) {
            self.next_item += 1;
        }
        items.get(self.next_item).filter(|item| item.node == id)?;
        Some(ItemId::new(self.next_item))
    }

    fn item(&mut self, id: NodeId, task: Option<bool>, number: Option<Ordinal>, defined: Option<DefinitionId>) {
        let tight = matches!(self.close.last(), Some((_, Close::List { tight: true, .. })));
        let item = self.item_at(id);
        let mut classes = Vec::new();
        classes.extend(item.map(|_| "item"));
        classes.extend(defined.map(|_| "note"));
        classes.extend(task.map(|_| "task"));
        classes.extend(self.event_at(id).map(|_| "event"));
        let statement = self.statement_classes(id);
        classes.extend(statement.as_deref());
        self.out.push_str("<li");
        if let Some(number) = number {
            let _ = write!(self.out, " value=\"{}\"", number.get());
        }
        if !classes.is_empty() {
            let _ = write!(self.out, " class=\"{}\"", classes.join(" "));
        }
        self.direction(id);
        self.anchors(id, item, defined);
        self.voice(id);
        self.moment(id, "span");
        if let Some(done) = task {
            let checked = if done { " checked" } else { "" };
            let _ = write!(self.out, "<input type=\"checkbox\" disabled{checked}> ");
        }
        self.enter(id, Close::Item { tight });
    }

    fn row(&mut self, id: NodeId, header: bool, defined: Option<DefinitionId>) {
        if header {
            self.out.push_str("<thead>\n");
        } else if !self.in_table_body {
            self.in_table_body = true;
            self.out.push_str("<tbody>\n");
        }
        self.out.push_str("<tr");
        if defined.is_some() {
            self.out.push_str(" class=\"note\"");
        }
        // A row holds nothing but cells, so its second address stands in the first of them.
        let event = self.event_at(id);
        let defined_anchor = defined.map(|defined| self.addresses.of(Spot::Definition(defined)));
        if let Some(anchor) = defined_anchor.or(event.map(|event| self.addresses.of(Spot::Event(event)))) {
            self.id(anchor);
            let spot = defined.map(Spot::Definition).or(event.map(Spot::Event));
            let words = spot.map_or_else(String::new, |spot| self.site.citation(self.document, spot));
            self.quoted_by(&words);
        }
        self.waiting.extend(defined.map(Spot::Definition));
        self.waiting.extend(event.map(Spot::Event));
        self.out.push('>');
        self.moment_of_row = event.map(|_| id);
        self.column = 0;
        self.enter(id, Close::Row { opens_body: header });
    }

    /// What heads the columns of a table.
    fn heads_of(&self, table: NodeId) -> Vec<String> {
        let tree = &self.this.tree;
        let row = tree.below(table).find(|(_, node)| matches!(node.kind, NodeKind::Row { header: true }));
        let Some((row, _)) = row else { return Vec::new() };
        let cells = tree.below(row).filter(|(_, node)| matches!(node.kind, NodeKind::Cell { .. }));
        cells.map(|(id, _)| tree.text(self.source, id).trim().to_owned()).collect()
    }

    fn cell(&mut self, id: NodeId, header: bool, align: Align) {
        let name = if header { "th" } else { "td" };
        let _ = write!(self.out, "<{name}");
        self.direction(id);
        if header {
            self.out.push_str(" scope=\"col\"");
        } else if self.heads.len() >= MANY
            && let Some(head) = self.heads.get(self.column).filter(|head| !head.is_empty())
        {
            self.out.push_str(" data-name=\"");
            escape::text(&mut self.out, head);
            self.out.push('"');
        }
        self.column += 1;
        let align = match align {
            Align::None => None,
            Align::Left => Some("left"),
            Align::Center => Some("center"),
            Align::Right => Some("right"),
        };
        // A short cell is not broken into lines, so that the others have the room.
        let text = self.this.tree.text(self.source, id);
        let short = (width(&text) <= SHORT).then_some("short");
        // Nor does one word, such as the sum of a file, make the table wider than the page.
        let token = text.split_whitespace().any(|word| width(word) > SHORT && word.is_ascii()).then_some("token");
        let classes: Vec<&str> = align.into_iter().chain(short).chain(token).collect();
        if !classes.is_empty() {
            let _ = write!(self.out, " class=\"{}\"", classes.join(" "));
        }
        self.out.push('>');
        if let Some(row) = self.moment_of_row.take() {
            self.moment(row, "span");
        }
        self.enter(id, Close::Tag(name));
        self.close.push((self.this.tree.get(id).end, Close::Paragraph { tag: false }));
    }

    fn alert(&mut self, id: NodeId, alert: Alert) {
        let (class, title) = match alert {
            Alert::Note => ("note", &self.phrases.note),
            Alert::Tip => ("tip", &self.phrases.tip),
            Alert::Important => ("important", &self.phrases.important),
            Alert::Warning => ("warning", &self.phrases.warning),
            Alert::Caution => ("caution", &self.phrases.caution),
        };
        let _ = writeln!(self.out, "<aside class=\"alert alert-{class}\">");
        self.enter(id, Close::Tag("aside"));
        self.out.push_str("<p class=\"alert-title\">");
        let own = self.this.tree.below(id).next().is_some_and(|(_, node)| node.kind == NodeKind::AlertTitle);
        if own {
            self.enter(id + 1, Close::Tag("p"));
        } else {
            self.text(title);
            self.out.push_str("</p>\n");
        }
    }

    fn sum(&mut self, index: SumId) {
        let sum = &self.this.sums[index];
        if !sum.valid {
            self.out.push_str("<span class=\"sum invalid\"><code>");
            self.text(&sum.formula);
            self.out.push_str("</code> <span class=\"mark\">");
            self.text(&self.phrases.math_invalid);
            self.out.push_str("</span></span>");
            return;
        }
        let formula = mathml::written(&sum.formula, sum.display);
        let verdict = match sum.verdict {
            Verdict::Right => " right",
            Verdict::Wrong { .. } => " wrong",
            Verdict::NotArithmetic => "",
        };
        let class = mathml::class(&formula);
        let _ = write!(self.out, "<span class=\"sum{verdict}{class}\">{formula}");
        self.verdict(&sum.verdict);
        self.out.push_str("</span>");
    }

    /// A stretch of text, with what recomputing says behind each sum and total that ends in it.
    fn words(&mut self, span: Span) {
        let mut from = span.start;
        for calculation in self.calculations_in(span) {
            let to = calculation.span.end;
            escape::mixed(&mut self.out, &self.source.text[from as usize..to as usize], self.is_cjk);
            self.calculation(calculation);
            from = to;
        }
        escape::mixed(&mut self.out, &self.source.text[from as usize..span.end as usize], self.is_cjk);
    }

    /// The calculations that end within a stretch of the source.
    fn calculations_in(&self, span: Span) -> &'a [Calculation] {
        let all = &self.this.calculations;
        let before = |place: u32| all.partition_point(|calculation| calculation.span.end <= place);
        &all[before(span.start)..before(span.end)]
    }

    fn calculation(&mut self, calculation: &Calculation) {
        let right = calculation.verdict == Verdict::Right;
        self.out.push_str(if right { "<span class=\"sum right\">" } else { "<span class=\"sum\">" });
        self.verdict(&calculation.verdict);
        self.out.push_str("</span>");
    }

    fn verdict(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Right => {
                self.out.push_str(" <span class=\"mark\" role=\"img\" aria-label=\"");
                self.text(&self.phrases.sum_right);
                self.out.push_str("\" title=\"");
                self.text(&self.phrases.sum_right);
                self.out.push_str("\">✓</span>");
            }
            Verdict::Wrong { computed, .. } => {
                let words = self.phrases.sum_wrong.replace("{value}", computed);
                self.out.push_str(" <span class=\"mark\">");
                self.text(&words);
                self.out.push_str("</span>");
            }
            Verdict::NotArithmetic => {}
        }
    }
}

/// The widest cell that is not broken into lines, in columns.
const SHORT: usize = 20;

/// The columns a text takes: a Chinese character takes two.
fn width(text: &str) -> usize {
    text.trim().chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum()
}

fn hint_class(style: Style) -> &'static str {
    match style {
        Style::Info => "info",
        Style::Success => "success",
        Style::Warning => "warning",
        Style::Danger => "danger",
    }
}
