//! Withheld passages among positions: their speaker, and whatever follows from them, stays open.

use std::ops::Range;

use super::Statement;
use super::read::{Reader, Running, ends_words};
use crate::case::ground::Ground;
use crate::case::position::StatementId;
use crate::document::Attitude;
use crate::document::gap::Gap;
use crate::document::tree::{NodeId, NodeKind};
use crate::source::Span;

impl Reader<'_> {
    /// Leaves open what the words of a statement among `nodes` would tell if nothing of them were withheld. `text` is what is
    /// left of them.
    pub(super) fn heed_gap(&mut self, statement: &mut Statement, nodes: Range<NodeId>, text: &str) {
        let Some((gap, first)) = self.gap_in(nodes) else { return };
        let before = self.source.text.get(first as usize..gap.start as usize).unwrap_or_default();
        let opens = !before.contains(char::is_alphanumeric);
        if statement.parent.is_none() {
            self.found.unsure.insert(StatementId::next(&self.found.statements));
            if opens && !statement.is_explicit() {
                statement.leave_open();
                (statement.attitude, statement.attitude_ground) = (Attitude::Supports, Ground::Read);
            }
        } else if !statement.is_explicit() && (opens || self.words.read(text, self.parties, false).is_none()) {
            statement.leave_open();
        }
    }

    /// Leaves open what follows a paragraph without a number in which something is withheld: it may have been an answer.
    pub(super) fn lose_answer(&mut self, node: NodeId) {
        let Some(last) = self.answered(node) else { return };
        self.found.unsure.insert(self.found.claim_of(last));
        let above = self.found.statements[last].parent;
        let Some(open) = &mut self.open else { return };
        for below in std::iter::once(last).chain(above) {
            open.running.insert(below, Running { statement: last, is_certain: false, introduces: false });
        }
    }

    /// Whether a gap lies in a span.
    pub(super) fn is_gap(&self, span: Span) -> bool {
        self.document.gaps.iter().any(|gap| gap.span.start < span.end && span.start < gap.span.end)
    }

    /// The first gap in the words among `nodes`, and where these begin.
    pub(super) fn gap_in(&self, nodes: Range<NodeId>) -> Option<(Span, u32)> {
        let gaps: &[Gap] = &self.document.gaps;
        if gaps.is_empty() {
            return None;
        }
        let tree = &self.document.tree;
        let words = nodes.map(|id| tree.get(id)).take_while(|node| !ends_words(&node.kind));
        let words: Vec<Span> = words.filter(|node| matches!(node.kind, NodeKind::Text)).map(|node| node.span).collect();
        let first = words.first()?.start;
        let found =
            gaps.iter().find(|gap| words.iter().any(|span| gap.span.start < span.end && span.start < gap.span.end))?;
        Some((found.span, first))
    }
}
