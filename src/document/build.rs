//! From comrak's tree to ours: labels, numbers and addresses are recognised, and the blocks of GitBook and raw HTML
//! become nodes.

mod callout;
mod depth;
mod glued;
mod hidden;
mod inline;
mod line_ends;
mod litter;
mod markup;
mod mask;
mod node;
mod plain_outline;
mod second_look;

use std::borrow::Cow;
use std::collections::BTreeMap;

use comrak::Arena;
use comrak::nodes::{AstNode, ListDelimType, ListType, NodeValue, Sourcepos, TableAlignment};

use super::front_matter::names_withheld;
use super::html::Element;
use super::label::Key;
use super::outline::{Context, FoundNumber, Number};
use super::section::Section;
use super::sum::{self, Verdict};
use super::tree::{Align, NodeId, NodeKind, Tree};
use super::{Image, Item, Label, LabelExtra, LabelPlace, Link, Origin, Stance, Sum};
use crate::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::section::SectionId;
use crate::document::{ImageId, ItemId, LabelId, LinkId, SumId};
use crate::language::kind::{DocumentKind, may_hold_positions};
use crate::source::{Source, Span};
use callout::Callout;
use depth::{MAX_NESTING, too_deep};
use hidden::Hidden;
use line_ends::LineEnds;
use mask::{BLANK, Masked, unhide};
use node::{leaves_counting, ordinal, plain_text};
use second_look::Report;

/// What stands in a document beside its tree.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) sections: Vec<Section>,
    pub(super) items: Vec<Item>,
    pub(super) labels: Vec<Label>,
    pub(super) unread: Vec<(Key, Span)>,
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<Image>,
    pub(super) anchors: Vec<Box<str>>,
    pub(super) sums: Vec<Sum>,
    pub(super) findings: Vec<Diagnostic>,
}

/// Parses the text of `origin` from byte `body` on.
pub(super) fn build(origin: Origin<'_>, body: usize, kind: DocumentKind) -> (Tree, Parts) {
    let text = &origin.source.text[body..];
    if let Some(at) = too_deep(text) {
        return as_plain_text(origin, body, body + at);
    }
    let mut masked = Masked::new(text, body, origin.lexicon);
    let first_line = origin.source.line_of(body);
    let place = |position| {
        let span = span_of(origin.source, first_line, position);
        (span.start as usize).saturating_sub(body)..(span.end as usize).saturating_sub(body)
    };
    let line_start = |line: usize| origin.source.line_start(first_line + line - 1) - body;
    let mut hidden: Option<Hidden> = None;
    let mut is_changed = false;
    let mut reports: Vec<Report> = Vec::new();
    let mut looks = 0;
    loop {
        // comrak's trees are large: there is one at a time.
        let arena = Arena::new();
        let root = masked.parse(&arena);
        if hidden.is_none() && looks == 0 {
            hidden = hidden::scan(root, &masked.text, place);
            if let Some(hidden) = &hidden {
                masked = masked.without(hidden);
                continue;
            }
        }
        if looks < MAX_LOOKS {
            looks += 1;
            let misread = second_look::look(root, &masked.text, line_start);
            reports.extend(misread.reports);
            if !misread.changes.is_empty() && masked.change(&misread.changes) {
                is_changed = true;
                continue;
            }
        }
        // What comrak left out before may hide something.
        if std::mem::take(&mut is_changed) {
            looks = MAX_LOOKS;
            if let Some(later) = hidden::scan(root, &masked.text, place).filter(|later| !later.ranges.is_empty()) {
                masked = masked.without(&later);
                hidden.get_or_insert_default().add(later);
                continue;
            }
        }
        reports.sort_by_key(|report| (report.range.start, report.code));
        reports.dedup_by_key(|report| (report.range.start, report.code));
        let mut builder = Builder::new(origin, body, &masked);
        if let Some(hidden) = &hidden {
            builder.report_hidden(hidden);
        }
        builder.marks_remarks =
            kind == DocumentKind::Positions || may_hold_positions(&origin.source.text[body..], origin.known);
        for report in reports {
            let span = Span::new(body + report.range.start, body + report.range.end);
            builder.report(report.code, origin.source.clamp(span), report.message, report.help);
        }
        if let Some(written) = builder.read_outline(root, &arena) {
            builder.written_headings = written;
        }
        builder.collect_reaches(root);
        builder.walk(root);
        return builder.finish();
    }
}

/// How often what comrak made of a text is looked at: what is hidden may let other marks find each other.
const MAX_LOOKS: usize = 3;

/// comrak's position as a span: it counts lines and byte columns from 1, ends inclusive, and drifts in places, so that
/// only what has been compared with the text is exact.
fn span_of(source: &Source, first_line: usize, position: Sourcepos) -> Span {
    let byte = |line: usize, column: usize| source.line_start(first_line + line.max(1) - 1) + column;
    let start = byte(position.start.line, position.start.column.saturating_sub(1));
    let end = byte(position.end.line, position.end.column);
    source.clamp(Span::new(start, end.max(start)))
}

/// The whole text as one block of plain text: nothing is lost.
fn as_plain_text(origin: Origin<'_>, body: usize, at: usize) -> (Tree, Parts) {
    let whole = Span::new(body, origin.source.text.len());
    let masked = Masked::nothing();
    let mut builder = Builder::new(origin, body, &masked);
    let text = builder.tree.keep(&origin.source.text[body..]);
    builder.push(NodeKind::CodeBlock(text), whole);
    let deep = Span::new(at, at + 1);
    let message = message!(
        en: "quotes or lists nested more than {MAX_NESTING} levels; the file is shown as plain text",
        zh: "引用或列表嵌套超过 {MAX_NESTING} 层；文件按纯文本显示"
    );
    builder.report(
        Code::TooDeep,
        deep,
        message,
        message!(
            en: "take out the excess `>` or list markers",
            zh: "请去掉多余的 `>` 或列表标记"
        ),
    );
    builder.finish()
}

/// What is still possible at the start of a block: an outline number, then a label.
struct Lead {
    /// The block that a label would define.
    block: NodeId,
    context: Context,
    /// Nothing but a number has been seen yet.
    open: bool,
    /// A number has been seen.
    numbered: bool,
    /// The number, in a heading.
    number: Option<Number>,
    /// The block is a row, and this its first cell.
    row: bool,
}

/// An open node of ours.
struct Open {
    node: NodeId,
    /// The name of the tag that ends it, for nodes that raw HTML or GitBook began.
    tag: Option<&'static str>,
}

struct Builder<'a> {
    origin: Origin<'a>,
    source: &'a Source,
    /// Where the body starts in the source, and its first line there.
    body: usize,
    first_line: usize,
    /// What comrak saw of the body.
    masked: &'a Masked<'a>,
    tree: Tree,
    open: Vec<Open>,
    /// Our node for each open node of comrak, if it has one.
    counterparts: Vec<Option<NodeId>>,
    lead: Option<Lead>,
    /// The nearest enclosing block of text: what spans fall back to.
    block_span: Span,
    /// Inside a link or image: nothing is recognised there.
    in_link: usize,
    /// Inside an image, whose text is its description.
    in_image: usize,
    /// Inside the place of a table of contents, which is not shown.
    in_contents: bool,
    in_row: Option<NodeId>,
    /// Which cell of its row the next one is.
    next_cell: usize,
    heading_label: Option<LabelId>,
    /// The heading in HTML that is open, and its level.
    html_heading: Option<(NodeId, u8)>,
    /// The last section of the document itself.
    top_section: Option<SectionId>,
    /// The last item, and the block that holds it; 0 for a line, which holds to the end of its paragraph.
    item: Option<(ItemId, NodeId)>,
    parts: Parts,
    /// For each open list, whether the numbers of its items are left to the program.
    leaves_counting: Vec<bool>,
    /// Raw HTML has ended a block inside a line: what follows begins on a line of its own.
    break_due: Option<Span>,
    /// Where elements of raw HTML are last ended: the element, where its block starts, the place.
    closings: Vec<(String, u32, Option<u32>)>,
    /// The tag of the element of raw HTML that was begun last by its looks, and how many of that name are open in it.
    inner_of: Option<(&'static str, usize)>,
    /// For each block of raw HTML that begins what another ends: where the two start.
    reaches: BTreeMap<u32, u32>,
    /// The last node that was built with a block of raw HTML.
    built_to: Option<&'a AstNode<'a>>,
    /// Whether all below the node that was begun last is built.
    built_below: bool,
    /// The memory of the last run of text, for the next.
    spare: inline::Run,
    /// What becomes of the line ends of the block that is open.
    line_ends: LineEnds,
    /// Whether remarks in brackets are to be found: in positions they may answer.
    marks_remarks: bool,
    /// The call-out whose first paragraph is to come, or has just begun.
    callout: Option<Callout>,
    /// Whether the text may hold what is left of other tools.
    has_litter: bool,
    /// How many of the headings are written as such; those after them were read off the outline.
    written_headings: usize,
}

impl<'a> Builder<'a> {
    fn new(origin: Origin<'a>, body: usize, masked: &'a Masked<'a>) -> Self {
        let whole = Span::new(body, origin.source.text.len());
        Self {
            origin,
            source: origin.source,
            body,
            first_line: origin.source.line_of(body),
            masked,
            tree: Tree::new(whole),
            open: vec![Open { node: 0, tag: None }],
            counterparts: Vec::new(),
            lead: None,
            block_span: whole,
            in_link: 0,
            in_image: 0,
            in_contents: false,
            in_row: None,
            next_cell: 0,
            heading_label: None,
            html_heading: None,
            top_section: None,
            item: None,
            parts: Parts::default(),
            leaves_counting: Vec::new(),
            break_due: None,
            closings: Vec::new(),
            inner_of: None,
            reaches: BTreeMap::new(),
            built_to: None,
            built_below: false,
            spare: inline::Run::default(),
            line_ends: LineEnds::Flow,
            marks_remarks: false,
            callout: None,
            has_litter: litter::may_be_in(&origin.source.text[body..]),
            written_headings: usize::MAX,
        }
    }

    fn finish(mut self) -> (Tree, Parts) {
        self.close_down_to(0);
        self.tree.close(0);
        self.tree.shrink();
        let mut ends_at = self.tree.len();
        for section in self.parts.sections.iter_mut().rev().filter(|section| section.top) {
            section.end = ends_at;
            ends_at = section.node;
        }
        let mut parts = self.parts;
        parts.sections.shrink_to_fit();
        parts.items.shrink_to_fit();
        parts.labels.shrink_to_fit();
        parts.links.shrink_to_fit();
        (self.tree, parts)
    }

    fn report(&mut self, code: Code, span: Span, message: Message, help: Message) {
        let finding = Diagnostic::at(code, self.origin.id, span, message);
        self.parts.findings.push(finding.help(help));
    }

    fn span(&self, position: Sourcepos) -> Span {
        span_of(self.source, self.first_line, position)
    }

    /// Reports what is hidden, and what begins to hide and never ends.
    fn report_hidden(&mut self, hidden: &Hidden) {
        for (range, how) in &hidden.ranges {
            let start = self.body + range.start;
            let message = message!(
                en: "what `{how}` hides is left out of the site",
                zh: "`{how}` 隐藏的内容不会出现在网站上"
            );
            let help = message!(
                en: "take it out of the file, or out of what hides it if it is to be read",
                zh: "请从文件中删去；如果要给人看，请移出隐藏它的标记"
            );
            self.report(Code::HiddenText, Span::new(start, self.body + range.end), message, help);
        }
        for unended in &hidden.unended {
            let start = self.body + unended.at;
            let span = Span::new(start, start + unended.len);
            let sign = self.source.slice(span).to_owned();
            let message = message!(
                en: "`{sign}` hides all that follows in other programs, for nothing ends it",
                zh: "`{sign}` 没有结尾，在其他程序中会隐藏其后的全部内容"
            );
            let help = match sign.as_str() {
                "%%" => message!(
                    en: "end it in the same paragraph, or write both `%%` on lines of their own; `\\%%` is text",
                    zh: "请在同一段中结束它，或让两个 `%%` 各占一行；`\\%%` 是普通文字"
                ),
                _ => message!(
                    en: "end it where it should end, or take it out; with a backslash before it, it is text",
                    zh: "请在应当结束之处结束它，或删去；前面加反斜杠就是普通文字"
                ),
            };
            self.report(Code::UnendedComment, span, message, help);
        }
        for (range, how) in &hidden.seen {
            let span = Span::new(self.body + range.start, self.body + range.end);
            let message = message!(
                en: "`{how}` hides text on other sites; here it is seen",
                zh: "`{how}` 在其他网站上会隐藏文字；这里看得见"
            );
            self.report(
                Code::SeenText,
                span,
                message,
                message!(
                    en: "take the text out of the file if it is not to be read",
                    zh: "如果不该给人看，请从文件中删去这段文字"
                ),
            );
        }
        for (range, how) in &hidden.slips {
            let span = Span::new(self.body + range.start, self.body + range.end);
            let message = message!(
                en: "`{how}` seems to keep text from readers, and has no effect",
                zh: "`{how}` 似乎想让读者看不到文字，但不起作用"
            );
            let help = message!(
                en: "take the text out of the file, or write `hidden` in the tag",
                zh: "请从文件中删去这段文字，或在标签中写 `hidden`"
            );
            self.report(Code::UnclearPublicity, span, message, help);
        }
    }

    /// Reports what is left of other tools.
    fn report_litter(&mut self, kind: litter::LitterKind, sample: &str, span: Span) {
        let (what, help) = kind.words();
        let sample: String = sample.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(40).collect();
        let code = match kind {
            litter::LitterKind::Withheld => Code::UnclearPublicity,
            litter::LitterKind::Bracketed => Code::SeenText,
            _ => Code::ForeignMarkup,
        };
        self.report(code, span, message!(en: "`{sample}` is {what}", zh: "`{sample}`：{what}"; what), help);
    }

    /// Whether the signs of a highlight at `span` compare two values, as in `a==b and c==d`.
    fn compares(&self, span: Span) -> bool {
        let bytes = self.source.text.as_bytes();
        let is_word = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        is_word((span.start as usize).checked_sub(1)) && is_word(Some(span.start as usize + 2))
    }

    /// What comrak saw at `span`.
    fn seen(&self, span: Span) -> &'a str {
        let range = (span.start as usize).saturating_sub(self.body)..(span.end as usize).saturating_sub(self.body);
        self.masked.text.get(range).unwrap_or("")
    }

    fn push(&mut self, kind: NodeKind, span: Span) -> NodeId {
        self.tree.push(kind, span)
    }

    /// Text that the source writes otherwise.
    fn push_text(&mut self, text: &str, span: Span) {
        let text = self.tree.keep(text);
        self.push(NodeKind::Decoded(text), span);
    }

    fn enter(&mut self, kind: NodeKind, span: Span) -> NodeId {
        let node = self.tree.push(kind, span);
        self.open.push(Open { node, tag: None });
        node
    }

    fn enter_tag(&mut self, kind: NodeKind, span: Span, tag: &'static str) -> NodeId {
        let node = self.tree.push(kind, span);
        self.open.push(Open { node, tag: Some(tag) });
        node
    }

    /// Closes our nodes until `node` is closed.
    fn close_down_to(&mut self, node: NodeId) {
        while let Some(top) = self.open.last().map(|open| open.node) {
            if top < node || top == 0 {
                return;
            }
            self.open.pop();
            self.tree.close(top);
        }
    }

    /// Closes the innermost node that the tag `name` began, within the innermost node of comrak; false if there is none.
    fn close_tag(&mut self, name: &str) -> bool {
        let found = self.open.iter().rev().take_while(|open| open.tag.is_some());
        let Some(node) = found.into_iter().find(|open| open.tag == Some(name)).map(|open| open.node) else {
            return false;
        };
        self.close_down_to(node);
        true
    }

    fn parent(&self) -> NodeId {
        self.open.last().map_or(0, |open| open.node)
    }

    fn current_section(&self) -> Option<SectionId> {
        self.top_section
    }

    /// Builds a node of comrak and all below it.
    fn walk(&mut self, top: &'a AstNode<'a>) {
        let mut node = top;
        loop {
            self.start(node);
            if let Some(child) = node.first_child().filter(|_| !std::mem::take(&mut self.built_below)) {
                node = child;
                continue;
            }
            loop {
                self.end(node);
                if std::ptr::eq(node, top) {
                    return;
                }
                // What raw HTML reaches over is built with it.
                let last = self.built_to.take().unwrap_or(node);
                if let Some(next) = last.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else { return };
                node = parent;
            }
        }
    }

    fn start(&mut self, node: &'a AstNode<'a>) {
        let counterpart = self.start_node(node);
        self.counterparts.push(counterpart);
    }

    fn start_node(&mut self, node: &'a AstNode<'a>) -> Option<NodeId> {
        let ast = node.data();
        let span = self.span(ast.sourcepos);
        if ast.value.block() {
            self.block_span = span;
        }
        match &ast.value {
            NodeValue::Document => return None,
            NodeValue::Heading(_) => {
                let next = SectionId::next(&self.parts.sections);
                let id = self.enter(NodeKind::Heading(next), span);
                self.heading_label = None;
                self.item = None;
                self.line_ends = self.line_ends(node);
                self.begin_block(id, Context::Heading);
                return Some(id);
            }
            NodeValue::Paragraph => {
                if self.has_litter && litter::is_contents(self.seen(span)) {
                    self.push(NodeKind::Attributes, span);
                    self.report_litter(litter::LitterKind::Contents, self.source.slice(span), span);
                    self.in_contents = true;
                    return None;
                }
                if let Some(title) = self.callout_title(span) {
                    return title;
                }
                if self.html_paragraph(node, span) {
                    return None;
                }
                self.line_ends = self.line_ends(node);
                self.report_glued(node, self.line_ends);
                let columns = self.line_ends == LineEnds::Columns;
                let id = self.enter(NodeKind::Paragraph { columns }, span);
                let block = self.defined_block(id);
                self.begin_block(block, Context::Block);
                return Some(id);
            }
            NodeValue::BlockQuote => {
                let kind = self.begin_callout(node).unwrap_or(NodeKind::Quote);
                return Some(self.enter(kind, span));
            }
            NodeValue::List(list) => {
                let tight = list.tight;
                self.leaves_counting.push(leaves_counting(node, |item| self.seen(self.span(item.data().sourcepos))));
                let kind = match list.list_type {
                    ListType::Bullet => NodeKind::Bullets { tight },
                    ListType::Ordered => {
                        let bracket = list.delimiter == ListDelimType::Paren;
                        NodeKind::Numbers { start: list.start as u32, bracket, tight }
                    }
                };
                return Some(self.enter(kind, span));
            }
            NodeValue::Item(_) | NodeValue::TaskItem(_) => {
                let counted = self.leaves_counting.last().is_some_and(|counted| *counted);
                let written = |item: &'a AstNode<'a>| self.seen(self.span(item.data().sourcepos));
                let number = if counted { None } else { ordinal(node, written) };
                let task = match &ast.value {
                    NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
                    _ => None,
                };
                return Some(self.enter(NodeKind::Item { task, number }, span));
            }
            NodeValue::CodeBlock(code) => {
                let literal = self.unmask(&code.literal, span);
                let literal = self.tree.keep(literal);
                self.push(NodeKind::CodeBlock(literal), span);
            }
            NodeValue::HtmlBlock(block) => self.html_blocks(node, &unhide(&block.literal), span),
            NodeValue::ThematicBreak => {
                self.push(NodeKind::Rule, span);
            }
            NodeValue::FootnoteDefinition(definition) => {
                let index = LabelId::next(&self.parts.labels);
                let id = self.enter(NodeKind::Footnote(index), span);
                let marker = Span::new(span.start as usize, span.start as usize + definition.name.len() + 3);
                self.add_label(
                    Key::note(&unhide(&definition.name)),
                    None,
                    self.source.clamp(marker),
                    id,
                    LabelPlace::Block(id),
                );
                return Some(id);
            }
            NodeValue::Table(_) => return Some(self.enter(NodeKind::Table, span)),
            NodeValue::TableRow(header) => {
                let id = self.enter(NodeKind::Row { header: *header }, span);
                self.in_row = Some(id);
                self.next_cell = 0;
                return Some(id);
            }
            NodeValue::TableCell => return Some(self.cell(node, span)),
            value => return self.start_inline(node, value, span),
        }
        None
    }

    fn cell(&mut self, node: &'a AstNode<'a>, span: Span) -> NodeId {
        let index = self.next_cell;
        self.next_cell += 1;
        let (mut header, mut align) = (false, Align::None);
        if let Some(row) = node.parent() {
            header = matches!(row.data().value, NodeValue::TableRow(true));
            if let Some(table) = row.parent()
                && let NodeValue::Table(table) = &table.data().value
            {
                align = match table.alignments.get(index) {
                    Some(TableAlignment::Left) => Align::Left,
                    Some(TableAlignment::Center) => Align::Center,
                    Some(TableAlignment::Right) => Align::Right,
                    _ => Align::None,
                };
            }
        }
        let id = self.enter(NodeKind::Cell { header, align }, span);
        if index == 0 && !header {
            let row = self.in_row.unwrap_or(id);
            self.begin_block(row, Context::Block);
            if let Some(lead) = &mut self.lead {
                lead.row = true;
            }
        }
        self.html_cell(node, span);
        id
    }

    fn start_inline(&mut self, node: &'a AstNode<'a>, value: &NodeValue, span: Span) -> Option<NodeId> {
        if self.in_contents {
            return None;
        }
        if self.in_image > 0 {
            self.in_image += usize::from(matches!(value, NodeValue::Image(_)));
            return None;
        }
        if self.break_due.is_some() && !matches!(value, NodeValue::HtmlInline(_) | NodeValue::SoftBreak) {
            self.push_due_break(value);
        }
        match value {
            NodeValue::Text(_) | NodeValue::SoftBreak => {
                let continues = node
                    .previous_sibling()
                    .is_some_and(|before| matches!(before.data().value, NodeValue::Text(_) | NodeValue::SoftBreak));
                if !continues {
                    self.run(node);
                }
                return None;
            }
            NodeValue::Emph => return Some(self.enter(NodeKind::Emphasis, span)),
            NodeValue::Strong => return Some(self.enter(NodeKind::Strong, span)),
            NodeValue::HtmlInline(raw) => {
                self.html_inline(&unhide(raw), span);
                return None;
            }
            NodeValue::Highlight if self.compares(span) => {
                self.push_text("==", span);
                return None;
            }
            NodeValue::Highlight => {
                let mark = |element| NodeKind::Element { element, attributes: None };
                return Some(self.enter(Element::inline("mark").map_or(NodeKind::Emphasis, mark), span));
            }
            _ => {}
        }
        self.end_lead();
        match value {
            NodeValue::Strikethrough => Some(self.enter(NodeKind::Strike, span)),
            NodeValue::Link(link) => {
                let bare = self.source.slice(span).starts_with('<');
                let id = self.enter_link(&unhide(&link.url), &unhide(&link.title), span, bare);
                self.in_link += 1;
                Some(id)
            }
            NodeValue::Image(image) => {
                let alt = plain_text(node);
                self.add_image(&unhide(&image.url), &alt, &unhide(&image.title), span);
                self.in_image += 1;
                None
            }
            NodeValue::Code(code) => {
                let literal = self.tree.keep(unhide(&code.literal));
                self.push(NodeKind::Code(literal), span);
                None
            }
            NodeValue::LineBreak if self.is_in_callout_title() => {
                self.end_callout_title();
                None
            }
            NodeValue::LineBreak => {
                self.push(NodeKind::LineBreak, span);
                None
            }
            NodeValue::Math(math) => {
                self.math(&unhide(&math.literal), math.display_math, span);
                None
            }
            NodeValue::FootnoteReference(reference) => {
                let index = LabelId::next(&self.parts.labels);
                let node = self.push(NodeKind::Label(index), span);
                self.add_label(Key::note(&unhide(&reference.name)), None, span, node, LabelPlace::Mention);
                None
            }
            NodeValue::Raw(text) => {
                self.push_text(&unhide(text), span);
                None
            }
            _ => None,
        }
    }

    /// The break that raw HTML asked for, before anything that is seen.
    fn push_due_break(&mut self, next: &NodeValue) {
        if matches!(next, NodeValue::Text(text) if text.trim().is_empty()) {
            return;
        }
        if let Some(span) = self.break_due.take()
            && !matches!(next, NodeValue::LineBreak)
        {
            self.push(NodeKind::LineBreak, span);
        }
    }

    fn end(&mut self, node: &'a AstNode<'a>) {
        let counterpart = self.counterparts.pop().flatten();
        let ast = node.data();
        match &ast.value {
            NodeValue::Image(_) => self.in_image -= 1,
            NodeValue::Link(_) if self.in_image == 0 => self.in_link -= 1,
            NodeValue::List(_) => {
                self.leaves_counting.pop();
            }
            NodeValue::TableCell | NodeValue::Paragraph => {
                self.in_contents = false;
                self.lead = None;
                self.item = self.item.filter(|&(_, holder)| holder != 0);
            }
            NodeValue::TableRow(_) => self.in_row = None,
            NodeValue::Highlight if self.in_image == 0 && counterpart.is_none() => {
                let span = self.span(ast.sourcepos);
                self.push_text("==", span);
            }
            _ => {}
        }
        let Some(id) = counterpart else { return };
        self.close_down_to(id);
        if let NodeValue::Heading(heading) = &ast.value {
            let attributes = ast.attrs.as_ref();
            let explicit = attributes.and_then(|attributes| attributes.id.as_deref()).map(unhide);
            let hides = attributes.is_some_and(|attributes| {
                let style =
                    |(name, value): &(String, String)| name == "style" && litter::hides(&format!("style={value}"));
                let withholds = |(name, value): &(String, String)| {
                    names_withheld(name) || (name.contains("visib") && names_withheld(value))
                };
                let of_class = |class: &String| {
                    names_withheld(class) || class == "content-hidden" || litter::hides(&format!(".{class}"))
                };
                attributes.classes.iter().any(of_class)
                    || attributes.pairs.iter().any(|pair| style(pair) || withholds(pair))
            });
            if hides {
                let span = self.span(ast.sourcepos);
                let message = message!(
                    en: "the attributes of this heading seem to keep it from readers, and it would be published",
                    zh: "这个标题的属性似乎想让读者看不到它，但它会公开"
                );
                self.report(
                    Code::UnclearPublicity,
                    span,
                    message,
                    message!(
                        en: "take it out, or write `{{private}}` at its end",
                        zh: "请删去，或在标题末尾写 `{{private}}`"
                    ),
                );
            }
            self.add_section(id, heading.level, explicit.as_deref());
            self.lead = None;
        }
        if matches!(ast.value, NodeValue::Heading(_) | NodeValue::Paragraph | NodeValue::TableCell) {
            self.break_due = None;
            self.settle_joined(id);
        }
    }

    /// The block a label at the start of paragraph `id` defines: the list item it begins, or itself.
    fn defined_block(&self, id: NodeId) -> NodeId {
        let mut parents = self.open.iter().rev().skip(1).map(|open| open.node);
        match parents.next() {
            Some(parent) if parent + 1 == id && matches!(self.tree.get(parent).kind, NodeKind::Item { .. }) => parent,
            _ => id,
        }
    }

    fn begin_block(&mut self, block: NodeId, context: Context) {
        self.lead = Some(Lead { block, context, open: true, numbered: false, number: None, row: false });
    }

    fn end_lead(&mut self) {
        if let Some(lead) = &mut self.lead {
            lead.open = false;
        }
    }

    fn add_section(&mut self, node: NodeId, level: u8, explicit: Option<&str>) {
        let number = self.lead.take().and_then(|lead| lead.number);
        let (mut written, mut title) = (String::new(), String::new());
        let mut from = node + 1;
        for (id, below) in self.tree.below(node) {
            if number.is_some() && matches!(below.kind, NodeKind::Number) {
                written.push_str(self.source.slice(below.span));
                from = id + 1;
                break;
            }
        }
        self.tree.text_into(self.source, from, self.tree.len(), &mut title);
        if title.trim().is_empty() {
            // A picture as a heading says what its author says it shows.
            let shown = self.parts.images.iter().filter(|image| image.node > node);
            title.extend(shown.map(|image| image.alt.as_ref()));
        }
        let words = match number {
            Some(_) => title.trim_start_matches(|c: char| c.is_whitespace() || "，,、.．:：-–—".contains(c)),
            None => &title,
        };
        let separator = &title[..title.len() - words.len()];
        let top = self.parent() == 0;
        if top {
            self.top_section = Some(SectionId::next(&self.parts.sections));
        }
        self.parts.sections.push(Section {
            node,
            level,
            top,
            is_read: self.parts.sections.len() >= self.written_headings,
            number,
            written_number: written.into(),
            separator: if separator.trim().is_empty() { separator } else { separator.trim_start() }.into(),
            title: words.split_whitespace().collect::<Vec<_>>().join(" ").into(),
            id: explicit.map(Into::into),
            label: self.heading_label,
            parent: None,
            depth: 0,
            end: self.tree.len(),
            own_tag: None,
        });
    }

    /// A label joined to another (【注1-8】和【注1-9】总结…) opens no definition; that shows only when the block is whole.
    fn settle_joined(&mut self, block: NodeId) {
        let end = self.tree.len();
        let first = self.parts.labels.partition_point(|label| label.node <= block);
        let Some(label) = self.parts.labels.get(first) else { return };
        if label.place.block().is_none() || label.node >= end {
            return;
        }
        let Some(next) = self.parts.labels.get(first + 1) else { return };
        let mut between = String::new();
        self.tree.text_into(self.source, label.node + 1, next.node, &mut between);
        // `【证据1】证据1系借条。` says its own name once more.
        if self.origin.lexicon.is_joiner(&between) && next.key != label.key {
            let label = &mut self.parts.labels[first];
            label.place = match label.place {
                LabelPlace::BareBlock(_) | LabelPlace::BareHeading(_) => LabelPlace::Bare,
                _ => LabelPlace::Mention,
            };
            self.heading_label = None;
        }
    }

    fn add_label(&mut self, key: Key, title: Option<String>, span: Span, node: NodeId, place: LabelPlace) {
        let in_heading = matches!(place, LabelPlace::Heading(_) | LabelPlace::BareHeading(_));
        if in_heading {
            self.heading_label = Some(LabelId::next(&self.parts.labels));
        }
        let being_headed = self.lead.as_ref().is_some_and(|lead| lead.context == Context::Heading);
        let section = if being_headed { Some(SectionId::next(&self.parts.sections)) } else { self.current_section() };
        self.parts.labels.push(Label {
            key,
            span,
            node,
            section,
            item: self.current_item(),
            place,
            extra: title.map(|title| Box::new(LabelExtra { title: Some(title), text: None })),
        });
    }

    /// The numbered item that is open.
    fn current_item(&self) -> Option<ItemId> {
        let (item, holder) = self.item?;
        (holder == 0 || self.open.iter().any(|open| open.node == holder)).then_some(item)
    }

    fn add_item(&mut self, node: NodeId, found: &FoundNumber, span: Span, stance: Option<Box<Stance>>) -> ItemId {
        let index = ItemId::next(&self.parts.items);
        let is_line = node == self.tree.len();
        self.item = Some((index, if is_line { 0 } else { node }));
        self.parts.items.push(Item {
            node,
            number: found.number.clone(),
            span,
            section: self.current_section(),
            stance,
        });
        index
    }

    fn enter_link(&mut self, url: &str, title: &str, span: Span, bare: bool) -> NodeId {
        let node = self.tree.len();
        let index = self.add_link(url, title, span, node, bare);
        self.enter(NodeKind::Link(index), span)
    }

    fn add_link(&mut self, url: &str, title: &str, span: Span, node: NodeId, bare: bool) -> LinkId {
        let (section, item) = (self.current_section(), self.current_item());
        let (url, title) = (url.into(), title.into());
        let index = LinkId::next(&self.parts.links);
        self.parts.links.push(Link { url, title, span, node, section, item, bare, by_name: false });
        index
    }

    fn add_image(&mut self, url: &str, alt: &str, title: &str, span: Span) {
        let index = ImageId::next(&self.parts.images);
        let node = self.push(NodeKind::Image(index), span);
        let (alt, title) = (self.without_hidden(alt, span), self.without_hidden(title, span));
        let (url, alt, title) = (url.into(), alt.into(), title.into());
        let (section, item) = (self.current_section(), self.current_item());
        self.parts.images.push(Image { url, alt, title, span, node, section, item, by_name: false });
    }

    /// A text that stands in an attribute at `span`, without what it hides.
    fn without_hidden<'t>(&mut self, text: &'t str, span: Span) -> Cow<'t, str> {
        let shown = hidden::without(text);
        if matches!(shown, Cow::Owned(_)) {
            let help = message!(
                en: "take it out of the file, or out of what hides it if it is to be read",
                zh: "请从文件中删去；如果要给人看，请移出隐藏它的标记"
            );
            self.report(
                Code::HiddenText,
                span,
                message!(
                    en: "what is hidden in these words is left out of the site",
                    zh: "这些文字中隐藏的内容不会出现在网站上"
                ),
                help,
            );
        }
        shown
    }

    fn math(&mut self, formula: &str, display: bool, span: Span) {
        let verdict = sum::check(formula);
        // What is shown of a formula is read off the source, where what its author hid still stands.
        let hides = self.seen(span).contains(BLANK);
        if hides || verdict == Verdict::NotArithmetic && second_look::is_prose(formula) {
            self.push_text(&unhide(self.seen(span)), span);
            return;
        }
        let valid = is_valid_math(formula);
        let index = SumId::next(&self.parts.sums);
        self.push(NodeKind::Sum(index), span);
        if !valid {
            let message = message!(
                en: "not understood as mathematics; shown as written",
                zh: "不是有效的算式；按原样显示"
            );
            self.report(
                Code::InvalidMath,
                span,
                message,
                message!(
                    en: "write money as `\\$5`, or correct the LaTeX",
                    zh: "金额请写成 `\\$5`，或改正 LaTeX"
                ),
            );
        }
        self.parts.sums.push(Sum { formula: formula.into(), display, verdict, valid, span });
    }
}

/// The longest formula that is set as mathematics, in bytes.
const MAX_FORMULA: usize = 20_000;

/// How many signs it may have that others can stand below: the library calls itself for each, and reads the rest again.
const MAX_COMMANDS: usize = 500;

fn is_valid_math(formula: &str) -> bool {
    let commands = formula.bytes().filter(|byte| matches!(byte, b'\\' | b'{' | b'^' | b'_' | b'\''));
    // No browser draws the stroke through what is cancelled, and on paper a figure would read as if it stood.
    let strikes = formula.contains("\\cancel");
    if formula.len() > MAX_FORMULA || commands.count() > MAX_COMMANDS || strikes {
        return false;
    }
    let storage = pulldown_latex::Storage::new();
    pulldown_latex::Parser::new(formula, &storage).all(|event| event.is_ok())
}
