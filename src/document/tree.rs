//! The tree of a document: nodes in the order of the text, each knowing where its subtree ends.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::Range;

use super::gitbook::Style;
use super::html::Element;
use super::latex;
use super::section::SectionId;
use super::{AnchorId, ImageId, ItemId, LabelId, LinkId, SumId};
use crate::source::{Source, Span};

/// A node's place in its [`Tree`].
pub type NodeId = u32;

/// A text that a [`Tree`] keeps because the source does not have it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Literal(NonZeroU32);

/// One node. There are millions of them in a large case, so it is small.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands in the source: exact for text, labels and numbers, else at least its block.
    pub span: Span,
    /// One past the last node of its subtree.
    pub end: NodeId,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "the names are those of CommonMark and HTML")]
pub enum NodeKind {
    Root,

    /// The index is into [`super::Document::sections`].
    Heading(SectionId),
    /// `columns`: spaces and tabs set columns apart in it.
    Paragraph {
        columns: bool,
    },
    Quote,
    Alert(Alert),
    AlertTitle,
    Bullets {
        tight: bool,
    },
    /// `start`: the first number; `bracket`: written `1)` and not `1.`.
    Numbers {
        start: u32,
        bracket: bool,
        tight: bool,
    },
    /// `task`: ticked or not, for an item of a task list; `number`: the one it was given, where that is not the next.
    Item {
        task: Option<bool>,
        number: Option<Ordinal>,
    },
    CodeBlock(Literal),
    Rule,
    Table,
    Row {
        header: bool,
    },
    Cell {
        header: bool,
        align: Align,
    },
    /// A footnote's definition; the index is into [`super::Document::labels`].
    Footnote(LabelId),
    Figure,
    Caption,
    Details {
        open: bool,
    },
    Summary,
    Hint(Style),
    Tabs,
    Tab(Literal),
    /// A card that leads to a page or file; the index is into [`super::Document::links`].
    Card(LinkId),

    /// Text that stands in the source exactly as here.
    Text,
    /// Text that the source writes otherwise (escapes, entities).
    Decoded(Literal),
    Code(Literal),
    Emphasis,
    Strong,
    Strike,
    SoftBreak,
    LineBreak,
    /// The index is into [`super::Document::links`].
    Link(LinkId),
    /// The index is into [`super::Document::images`].
    Image(ImageId),
    /// The index is into [`super::Document::sums`].
    Sum(SumId),
    /// The index is into [`super::Document::labels`].
    Label(LabelId),
    /// The outline number of a heading.
    Number,
    /// The outline number of an item; the index is into [`super::Document::items`].
    ItemNumber(ItemId),
    /// What stands between a number and the words after it.
    Separator,
    /// Where a remark in brackets begins in the text of positions: 没有漏洞。（受害人不认可。）
    Remark,
    /// What an author notes beside an item's number and the reader does not see: `{by=… disputes}`.
    Attributes,
    /// A place that links lead to, `<a id="…">`; the index is into [`super::Document::anchors`].
    Anchor(AnchorId),
    /// An element of HTML, with its attributes as they stand in the output.
    Element {
        element: Element,
        attributes: Option<Literal>,
    },
}

impl NodeKind {
    /// Whether it stands in a line, so that an address of it can be no block's own.
    pub fn is_inline(&self) -> bool {
        matches!(
            self,
            NodeKind::Text
                | NodeKind::Decoded(_)
                | NodeKind::Code(_)
                | NodeKind::Emphasis
                | NodeKind::Strong
                | NodeKind::Label(_)
                | NodeKind::ItemNumber(_)
                | NodeKind::Remark
        )
    }
}

/// The number of an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordinal(NonZeroU32);

impl Ordinal {
    /// Any number that Markdown knows, which are those of nine digits.
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number.wrapping_add(1)).map(Self)
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0.get() - 1
    }
}

/// GitHub's five alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are GitHub's")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// How a table's column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Align {
    None,
    Left,
    Center,
    Right,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Node>() == 20);

/// All nodes of a document; the root is the first.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    literals: Vec<Box<str>>,
    /// The nodes of text that was struck out, in order and apart.
    struck: Vec<Range<NodeId>>,
    /// Labels that the source writes otherwise, and whose place in it is only known roughly.
    words: BTreeMap<NodeId, Box<str>>,
}

impl Tree {
    /// A tree of a root alone.
    pub fn new(span: Span) -> Self {
        let root = Node { kind: NodeKind::Root, span, end: 1 };
        Self { nodes: vec![root], literals: Vec::new(), struck: Vec::new(), words: BTreeMap::new() }
    }

    /// Adds a node after all others; its subtree is it alone until [`Tree::close`].
    pub fn push(&mut self, kind: NodeKind, span: Span) -> NodeId {
        let id = self.len();
        let end = id + 1;
        self.nodes.push(Node { kind, span, end });
        id
    }

    /// Keeps a text for a node.
    pub fn keep(&mut self, text: impl Into<Box<str>>) -> Literal {
        self.literals.push(text.into());
        Literal(NonZeroU32::try_from(self.literals.len() as u32).unwrap_or(NonZeroU32::MAX))
    }

    /// Keeps the words of a label, number or separator that the source has in other letters, as `&nbsp;`.
    pub fn keep_words(&mut self, id: NodeId, text: &str) {
        self.words.insert(id, text.into());
    }

    /// The words of a label, number or separator, as a reader sees them.
    pub fn words<'a>(&'a self, source: &'a Source, id: NodeId) -> &'a str {
        self.words.get(&id).map_or_else(|| source.slice(self.get(id).span), AsRef::as_ref)
    }

    /// A kept text.
    pub fn literal(&self, literal: Literal) -> &str {
        &self.literals[literal.0.get() as usize - 1]
    }

    /// Ends the subtree of `id` after the last node so far.
    pub fn close(&mut self, id: NodeId) {
        let end = self.len();
        let node = &mut self.nodes[id as usize];
        node.end = end;
        let strikes = match &node.kind {
            NodeKind::Strike => true,
            NodeKind::Element { element, .. } => matches!(element.name(), "del" | "s"),
            _ => false,
        };
        if strikes {
            // Those within it are the last.
            while self.struck.pop_if(|inner| inner.start >= id).is_some() {}
            self.struck.push(id..end);
        }
    }

    /// Whether a node is, or is part of, text that was struck out.
    pub fn is_struck(&self, id: NodeId) -> bool {
        let before = self.struck.partition_point(|range| range.start <= id);
        self.struck[..before].last().is_some_and(|range| range.contains(&id))
    }

    /// How many nodes there are.
    pub fn len(&self) -> NodeId {
        self.nodes.len() as NodeId
    }

    /// Whether there is nothing but the root.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() < 2
    }

    /// One node.
    pub fn get(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// Gives back what building the tree reserved.
    pub fn shrink(&mut self) {
        self.nodes.shrink_to_fit();
        self.literals.shrink_to_fit();
    }

    /// Every node with its place, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        (0..).zip(&self.nodes)
    }

    /// The nodes below `id`, in the order of the text.
    pub fn below(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &Node)> {
        let range = id as usize + 1..self.get(id).end as usize;
        (id + 1..).zip(&self.nodes[range])
    }

    /// Adds the readable text of the nodes from `from` up to `to` to `out`: labels as written but for marks of
    /// footnotes, blocks apart, lines that end where the author ended them one below the other, `10^5` for a figure that
    /// is set higher, and nothing that was struck out, unless there is nothing else.
    pub fn text_into(&self, source: &Source, from: NodeId, to: NodeId, out: &mut String) {
        let len = out.len();
        self.add_text(source, from..to, false, out);
        if out.len() == len && to > from + 1 && self.is_struck(to - 1) {
            self.add_text(source, from..to, true, out);
        }
    }

    fn add_text(&self, source: &Source, nodes: Range<NodeId>, with_struck: bool, out: &mut String) {
        for id in nodes {
            if !with_struck && self.is_struck(id) {
                continue;
            }
            let node = self.get(id);
            match &node.kind {
                NodeKind::Element { .. }
                    if out.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '）'))
                        && self.is_exponent(source, id) =>
                {
                    out.push('^');
                }
                // A footnote's mark is none of the words it stands behind.
                NodeKind::Label(_) if source.slice(node.span).starts_with("[^") => {}
                NodeKind::Paragraph { .. } | NodeKind::Item { .. } | NodeKind::Cell { .. } | NodeKind::Heading(_)
                    if !out.is_empty() && !out.ends_with(char::is_whitespace) =>
                {
                    out.push(' ');
                }
                NodeKind::Element { element, .. }
                    if element.is_block() && !out.is_empty() && !out.ends_with(char::is_whitespace) =>
                {
                    out.push(' ');
                }
                NodeKind::Text => out.push_str(source.slice(node.span)),
                NodeKind::Label(_) | NodeKind::Number | NodeKind::ItemNumber(_) | NodeKind::Separator => {
                    out.push_str(self.words(source, id));
                }
                NodeKind::Sum(_) => out.push_str(latex::inside(source.slice(node.span))),
                NodeKind::Decoded(text) | NodeKind::Code(text) | NodeKind::CodeBlock(text) => {
                    out.push_str(self.literal(*text));
                }
                NodeKind::SoftBreak => out.push(' '),
                NodeKind::LineBreak => out.push('\n'),
                _ => {}
            }
        }
    }

    /// The text of one node, though it was struck out.
    pub fn struck_text(&self, source: &Source, id: NodeId) -> String {
        let mut out = String::new();
        self.add_text(source, id..id + 1, true, &mut out);
        out
    }

    /// Whether a node is a figure that is set higher.
    pub fn is_exponent(&self, source: &Source, id: NodeId) -> bool {
        if !matches!(&self.get(id).kind, NodeKind::Element { element, .. } if element.name() == "sup") {
            return false;
        }
        let first = self.below(id).find_map(|(_, node)| match &node.kind {
            NodeKind::Text => Some(source.slice(node.span)),
            NodeKind::Decoded(text) => Some(self.literal(*text)),
            _ => None,
        });
        first.is_some_and(|text| text.trim_start_matches(['-', '−']).starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The readable text of a subtree.
    pub fn text(&self, source: &Source, id: NodeId) -> String {
        let mut out = String::new();
        self.text_into(source, id, self.get(id).end, &mut out);
        out
    }
}
