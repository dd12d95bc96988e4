//! An index of the blocks of a document, so that no mark need search all of it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::document::Document;
use crate::document::tree::{NodeId, NodeKind};
use crate::withhold::mark::{is_leaf, is_list};

/// What of a document begins and ends where, in bytes of its text.
pub(super) struct Places {
    /// The node around each node; none around the first.
    parents: Vec<Option<NodeId>>,
    /// Runs of text and labels with their nodes, by where they begin; and how far the longest up to each reaches.
    written: Vec<(Range<usize>, NodeId)>,
    reach: Vec<usize>,
    /// Where what stands in each block begins and ends, apart from the blocks within it.
    firsts: HashMap<NodeId, usize>,
    lasts: HashMap<NodeId, usize>,
    /// Where the numbers of items stand, in order, with their nodes.
    numbers: Vec<(usize, NodeId)>,
    /// Where every node begins.
    starts: Vec<(usize, NodeId)>,
    times: Vec<(usize, usize)>,
    points: Vec<(usize, usize)>,
    items: Vec<usize>,
    /// Where labels end, and the blocks that begin with one.
    pub(super) label_ends: HashSet<usize>,
    pub(super) labelled: HashSet<NodeId>,
}

impl Places {
    pub(super) fn of(document: &Document) -> Self {
        let tree = &document.tree;
        let (mut parents, mut open): (Vec<Option<NodeId>>, Vec<NodeId>) = (Vec::new(), Vec::new());
        let (mut written, mut starts) = (Vec::new(), Vec::new());
        let (mut firsts, mut lasts) = (HashMap::<NodeId, usize>::new(), HashMap::<NodeId, usize>::new());
        let mut numbers = Vec::new();
        // The block whose own words are being read: those behind a block within it are none of them.
        let mut block = None;
        for (id, node) in tree.iter() {
            if is_leaf(&node.kind) || is_list(&node.kind) {
                block = is_leaf(&node.kind).then_some((id, node.end));
            } else if let Some((block, _)) = block.filter(|&(_, end)| id < end) {
                let span = node.span.range();
                lasts.entry(block).and_modify(|last| *last = span.end.max(*last)).or_insert(span.end);
                if !span.is_empty() {
                    // A picture, code or a link may stand before all words.
                    firsts.entry(block).and_modify(|first| *first = span.start.min(*first)).or_insert(span.start);
                }
            }
            if matches!(node.kind, NodeKind::ItemNumber(_)) {
                numbers.push((node.span.start as usize, id));
            }
            while open.last().is_some_and(|&around| tree.get(around).end <= id) {
                open.pop();
            }
            parents.push(open.last().copied());
            open.push(id);
            starts.push((node.span.start as usize, id));
            if matches!(node.kind, NodeKind::Text | NodeKind::Label(_)) {
                written.push((node.span.range(), id));
            }
        }
        starts.sort_unstable();
        numbers.sort_unstable();
        written.sort_by_key(|(range, id)| (range.start, *id));
        let mut farthest = 0;
        let reach = written.iter().map(|(range, _)| {
            farthest = farthest.max(range.end);
            farthest
        });
        let reach = reach.collect();
        let times = document.times.iter().map(|time| time.span.start as usize);
        let points = document.points.iter().map(|point| point.span.start as usize);
        let mut items: Vec<usize> = document.items.iter().map(|item| item.span.start as usize).collect();
        items.sort_unstable();
        Self {
            parents,
            written,
            reach,
            firsts,
            lasts,
            numbers,
            starts,
            times: by_start(times),
            points: by_start(points),
            items,
            label_ends: document.labels.iter().map(|label| label.span.end as usize).collect(),
            labelled: document.labels.iter().filter_map(|label| label.place.block()).collect(),
        }
    }

    /// A node with all that it stands in, from within.
    pub(super) fn around(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(node), |&node| self.parents.get(node as usize).copied().flatten())
    }

    /// The first run of text or label in the order of the tree that is written over byte `at`.
    pub(super) fn written_at(&self, at: usize) -> Option<NodeId> {
        let end = self.written.partition_point(|(range, _)| range.start <= at);
        let back = (0..end).rev().take_while(|&before| self.reach[before] > at);
        back.filter(|&before| self.written[before].0.end > at).map(|before| self.written[before].1).min()
    }

    /// Where what stands in the block `leaf` begins; nowhere if it holds nothing but other blocks.
    pub(super) fn first_in(&self, leaf: NodeId) -> Option<usize> {
        self.firsts.get(&leaf).copied()
    }

    /// Where what stands in the block `leaf` ends, apart from the blocks within it.
    pub(super) fn last_in(&self, leaf: NodeId) -> usize {
        self.lasts.get(&leaf).copied().unwrap_or(0)
    }

    /// The last number of an item that stands at or before byte `at`, if it is one of `nodes`.
    pub(super) fn number_before(&self, at: usize, nodes: &Range<NodeId>) -> Option<NodeId> {
        let end = self.numbers.partition_point(|&(start, _)| start <= at);
        self.numbers[..end].last().map(|&(_, id)| id).filter(|id| nodes.contains(id))
    }

    /// Where the next node begins at or behind byte `at` that is none of `nodes`.
    pub(super) fn next_behind(&self, at: usize, nodes: &Range<NodeId>) -> Option<usize> {
        let from = self.starts.partition_point(|&(start, _)| start < at);
        self.starts[from..].iter().find(|(_, id)| !nodes.contains(id)).map(|&(start, _)| start)
    }

    /// Where the next numbered item begins behind byte `at`.
    pub(super) fn item_behind(&self, at: usize) -> Option<usize> {
        self.items.get(self.items.partition_point(|&start| start <= at)).copied()
    }

    /// The times that begin within a range, as indices.
    pub(super) fn times_in(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        within(&self.times, range)
    }

    /// The numbered paragraphs and entries that begin within a range, as indices.
    pub(super) fn points_in(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        within(&self.points, range)
    }
}

/// Each start with its index, in the order of the text.
fn by_start(starts: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut sorted: Vec<(usize, usize)> = starts.zip(0..).collect();
    sorted.sort_unstable();
    sorted
}

fn within(sorted: &[(usize, usize)], range: Range<usize>) -> impl Iterator<Item = usize> {
    let from = sorted.partition_point(|&(start, _)| start < range.start);
    sorted[from..].iter().take_while(move |(start, _)| *start < range.end).map(|&(_, index)| index)
}
