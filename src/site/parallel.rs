//! Sets a document beside its translation, piece by piece, by the addresses they share.

mod sequence;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use self::sequence::{Block, Feature, MAX_FIGURES, MAX_LEAD};
use super::Site;
use super::addresses::Spot;
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{Document, DocumentId};
use crate::source::Source;

/// A piece of a document that can stand beside another: a heading, a numbered item without what is below it, a note, or
/// any other block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its nodes: from the first to one past the last.
    pub nodes: Range<NodeId>,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// How deep in lists it stands.
    pub depth: u8,
    /// The list it is an item of: ordered, with its number there, or not.
    pub list: Option<Marker>,
    /// The addresses in it, in the order of the text.
    pub anchors: Range<usize>,
}

/// What stands before the item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A dot.
    Bullet,
    /// A number, which is written `1)` or `1.`.
    Number {
        /// The number.
        number: u32,
        /// Whether a bracket follows it.
        bracket: bool,
    },
}

/// Pieces of two documents that correspond; one side may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The pieces of the one and of the other, by their places among [`Side::pieces`].
    pub sides: [Vec<usize>; 2],
}

/// A document cut into pieces.
#[derive(Debug)]
pub struct Side<'a> {
    /// The pieces, in the order of the text.
    pub pieces: Vec<Piece>,
    /// What each shows to one who does not know the language.
    features: Vec<Feature>,
    /// Every address of the document with the node it stands at, in the order of the text.
    pub anchors: Vec<(NodeId, &'a str)>,
    /// The addresses of the title, which is no piece.
    pub of_title: Vec<&'a str>,
}

impl<'a> Side<'a> {
    /// Cuts a document into pieces.
    pub fn cut(site: &'a Site, document: DocumentId) -> Self {
        let this = &site.case.documents[document];
        let anchors = anchors(site, document);
        let bodies = site.case.definitions[document].all.iter().filter_map(|definition| definition.body);
        let mut cutter = Cutter { this, anchors: &anchors, bodies: bodies.collect(), pieces: Vec::new() };
        cutter.cut(1, this.tree.len(), 0);
        let pieces = cutter.pieces;
        let title = this.title_section.map(|title| this.section(title).node);
        let at_title = anchors.iter().filter(|(node, _)| Some(*node) == title);
        let of_title = at_title.map(|(_, anchor)| *anchor).collect();
        let source = site.case.sources.get(this.source);
        let days = site.addresses[document].in_order().iter();
        let days = days.filter(|addressed| matches!(addressed.spot, Spot::Event(_)));
        let days: HashSet<&str> = days.map(|addressed| addressed.anchor.as_str()).collect();
        let features = pieces.iter().map(|piece| {
            let mut own = anchors[piece.anchors.clone()].iter().map(|(_, anchor)| *anchor);
            feature(this, source, piece, own.find(|anchor| !days.contains(anchor)))
        });
        let features = features.collect();
        Self { pieces, features, anchors, of_title }
    }

    /// How wide the whole text is, in columns of a terminal.
    pub fn width(&self) -> usize {
        self.features.iter().map(|feature| feature.width).sum()
    }

    /// The addresses in a piece.
    pub fn anchors_of(&self, piece: usize) -> impl Iterator<Item = &'a str> {
        self.anchors[self.pieces[piece].anchors.clone()].iter().map(|(_, anchor)| *anchor)
    }
}

/// What a piece shows of itself; `anchor` is the first address in it that is no day's, since an event is read in the one
/// text and perhaps not in the other, and is no other text for that.
fn feature(document: &Document, source: &Source, piece: &Piece, anchor: Option<&str>) -> Feature {
    let block = match document.tree.get(piece.nodes.start).kind {
        NodeKind::Heading(_) => Block::Heading,
        NodeKind::Table => Block::Table,
        NodeKind::Figure | NodeKind::CodeBlock(_) | NodeKind::Card(_) => Block::Object,
        _ => Block::Text,
    };
    let mut text = String::new();
    document.tree.text_into(source, piece.nodes.start, piece.nodes.end, &mut text);
    let figures = text.split(|c: char| !c.is_ascii_digit()).filter_map(|figure| figure.parse().ok());
    let mut figures: Vec<u64> = figures.take(MAX_FIGURES).collect();
    figures.sort_unstable();
    let lead = text.chars().filter(char::is_ascii_digit).take(MAX_LEAD).collect();
    let digits = |anchor: &str| anchor.chars().filter(char::is_ascii_digit).collect();
    let number = anchor.map(digits);
    Feature { block, width: text.width(), figures, lead, number }
}

/// Every address of a document that its translation may share, with the node it stands at.
fn anchors(site: &Site, document: DocumentId) -> Vec<(NodeId, &str)> {
    let definitions = &site.case.definitions[document].all;
    // What is withheld has the address of what holds it.
    let is_own = |spot: Spot| match spot {
        Spot::Given(_) => false,
        Spot::Definition(at) => {
            let definition = &definitions[at];
            definition.body.is_some() || definition.label.is_some() || definition.section.is_some()
        }
        _ => true,
    };
    let all = site.addresses[document].in_order().iter().filter(|addressed| is_own(addressed.spot));
    all.map(|addressed| (addressed.node, addressed.anchor.as_str())).collect()
}

struct Cutter<'a> {
    this: &'a Document,
    anchors: &'a [(NodeId, &'a str)],
    /// Where each definition begins and ends, in the order of the text.
    bodies: Vec<(NodeId, NodeId)>,
    pieces: Vec<Piece>,
}

impl Cutter<'_> {
    /// Cuts the blocks from `from` up to `to`, which stand beside each other.
    fn cut(&mut self, from: NodeId, to: NodeId, depth: u8) {
        let mut at = from;
        while at < to {
            let node = self.this.tree.get(at);
            let is_title = self.this.title_section.is_some_and(|title| self.this.section(title).node == at);
            let end = match node.kind {
                _ if is_title => node.end,
                NodeKind::Bullets { .. } | NodeKind::Numbers { .. } if self.has_address(at..node.end) => {
                    self.list(at, depth);
                    node.end
                }
                // A note may be several paragraphs.
                NodeKind::Paragraph { .. } | NodeKind::Footnote(_) => {
                    let end = self.definition_at(at).map_or(node.end, |end| end.clamp(node.end, to));
                    self.add(at..end, depth, None);
                    end
                }
                NodeKind::Rule | NodeKind::Anchor(_) => node.end,
                _ => {
                    self.add(at..node.end, depth, None);
                    node.end
                }
            };
            at = end;
        }
    }

    /// Cuts a list: each item without the lists below it, and then those.
    fn list(&mut self, list: NodeId, depth: u8) {
        let node = self.this.tree.get(list);
        let (mut number, bracket) = match node.kind {
            NodeKind::Numbers { start, bracket, .. } => (Some(start), bracket),
            _ => (None, false),
        };
        let mut item = list + 1;
        while item < node.end {
            let end = self.this.tree.get(item).end;
            let mut first = item + 1;
            while first < end && !self.is_list(first) {
                first = self.this.tree.get(first).end;
            }
            if let NodeKind::Item { number: Some(own), .. } = self.this.tree.get(item).kind {
                number = Some(own.get());
            }
            let marker = number.map_or(Marker::Bullet, |number| Marker::Number { number, bracket });
            self.add(item..first, depth, Some(marker));
            number = number.map(|number| number.saturating_add(1));
            self.cut(first, end, depth.saturating_add(1));
            item = end;
        }
    }

    fn is_list(&self, node: NodeId) -> bool {
        matches!(self.this.tree.get(node).kind, NodeKind::Bullets { .. } | NodeKind::Numbers { .. })
    }

    fn definition_at(&self, node: NodeId) -> Option<NodeId> {
        let at = self.bodies.binary_search_by_key(&node, |(start, _)| *start).ok()?;
        Some(self.bodies[at].1)
    }

    fn has_address(&self, nodes: Range<NodeId>) -> bool {
        !self.anchors_in(&nodes).is_empty()
    }

    fn anchors_in(&self, nodes: &Range<NodeId>) -> Range<usize> {
        let first = self.anchors.partition_point(|(node, _)| *node < nodes.start);
        let last = self.anchors.partition_point(|(node, _)| *node < nodes.end);
        first..last
    }

    fn add(&mut self, nodes: Range<NodeId>, depth: u8, list: Option<Marker>) {
        let anchors = self.anchors_in(&nodes);
        let is_heading = matches!(self.this.tree.get(nodes.start).kind, NodeKind::Heading(_));
        self.pieces.push(Piece { nodes, is_heading, depth, list, anchors });
    }
}

/// Sets the pieces of two documents beside each other, in the order of the first.
///
/// Pieces that share an address correspond. What stands between two such is aligned by its length, kind and figures. A
/// piece that is quoted under a number which the other side does not have stands alone, as does one where the other side
/// has nothing like it.
pub fn align(one: &Side, other: &Side) -> Vec<Row> {
    let mut at_anchor: HashMap<&str, usize> = HashMap::new();
    for piece in 0..other.pieces.len() {
        for anchor in other.anchors_of(piece) {
            at_anchor.entry(anchor).or_insert(piece);
        }
    }
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let matches: Vec<Option<usize>> = (0..one.pieces.len())
        .map(|piece| {
            let found = one.anchors_of(piece).find_map(|anchor| at_anchor.get(anchor).copied());
            found.filter(|&found| taken.insert(found))
        })
        .collect();
    // No language takes more than twice the room of another: a text that does says more.
    let [left, right] = [one.width(), other.width()];
    let scale = [left.min(2 * right), right.min(2 * left)];
    let mut rows = Vec::new();
    let mut done = 0;
    let mut left = 0;
    // What stands before the first match on the other side, and then after each, up to the next that is taken.
    let mut right = 0..after(&taken, 0, other.pieces.len());
    loop {
        let next = (left..one.pieces.len()).find(|&piece| matches[piece].is_some()).unwrap_or(one.pieces.len());
        between(one, other, [left..next, right.clone()], scale, &mut rows);
        done += right.len();
        let Some(found) = matches.get(next).copied().flatten() else { break };
        rows.push(Row { sides: [vec![next], vec![found]] });
        done += 1;
        left = next + 1;
        right = found + 1..after(&taken, found + 1, other.pieces.len());
    }
    debug_assert_eq!(done, other.pieces.len(), "every piece of the other side has its row");
    rows
}

/// The first piece from `from` on that is taken.
fn after(taken: &BTreeSet<usize>, from: usize, count: usize) -> usize {
    taken.range(from..).next().copied().unwrap_or(count)
}

/// Sets beside each other what stands between two matches.
fn between(one: &Side, other: &Side, [left, right]: [Range<usize>; 2], scale: [usize; 2], rows: &mut Vec<Row>) {
    let pairs = sequence::align(&one.features[left.clone()], &other.features[right.clone()], scale);
    let within = |range: &Range<usize>, start: usize| (range.start + start..range.end + start).collect();
    // What stands alone, on either side, since the last pair.
    let mut alone: [Vec<usize>; 2] = Default::default();
    for [from_left, from_right] in pairs {
        let sides: [Vec<usize>; 2] = [within(&from_left, left.start), within(&from_right, right.start)];
        match sides {
            [piece, none] if none.is_empty() => alone[0].extend(piece),
            [none, piece] if none.is_empty() => alone[1].extend(piece),
            sides => {
                add_alone(one, other, &mut alone, rows);
                rows.push(Row { sides });
            }
        }
    }
    add_alone(one, other, &mut alone, rows);
}

/// Adds a row for each piece that stands alone: those of the one text and then those of the other, unless the first of the
/// one opens a section, before which the other's last must end.
fn add_alone(one: &Side, other: &Side, alone: &mut [Vec<usize>; 2], rows: &mut Vec<Row>) {
    let [left, right] = std::mem::take(alone);
    let opens = |side: &Side, pieces: &[usize]| pieces.first().is_some_and(|&piece| side.pieces[piece].is_heading);
    let other_first = opens(one, &left) && !right.is_empty() && !opens(other, &right);
    let left = left.into_iter().map(|piece| Row { sides: [vec![piece], Vec::new()] });
    let right = right.into_iter().map(|piece| Row { sides: [Vec::new(), vec![piece]] });
    if other_first {
        rows.extend(right.chain(left));
    } else {
        rows.extend(left.chain(right));
    }
}
