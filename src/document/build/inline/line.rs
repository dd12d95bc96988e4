//! Lines inside a paragraph that mean something by themselves: numbered items, and remarks in brackets.

use comrak::nodes::{AstNode, NodeValue};

use super::super::Builder;
use super::super::line_ends::LineEnds;
use super::Run;
use crate::document::outline::{self, Context};
use crate::document::tree::NodeKind;
use crate::document::{LabelPlace, label};

impl<'a> Builder<'a> {
    /// A line inside a paragraph that begins with an item's number becomes a line of its own.
    pub(super) fn line_item(&mut self, run: &Run, at: usize, line_break: usize) -> Option<usize> {
        let from = line_break + 1;
        let in_block = self.lead.as_ref().is_some_and(|lead| lead.context == Context::Block && !lead.row);
        let line = run.text[from..].split('\n').next().filter(|_| in_block)?;
        let mut found = outline::parse(line, Context::Line).filter(|found| found.number.names_item())?;
        found.range = from + found.range.start..from + found.range.end;
        found.rest += from;
        self.emit_text(run, at..line_break);
        let span = run.pieces[run.piece_at(line_break)].span;
        self.push(NodeKind::LineBreak, span);
        self.emit_text(run, from..found.range.start);
        Some(self.emit_number(run, &found, 0, Context::Line))
    }

    /// A line inside a paragraph that begins with a label defines it, where the first line does so: `证据1：收据⏎证据2：发票`.
    pub(super) fn line_label(&mut self, run: &Run, at: usize, line_break: usize) -> Option<usize> {
        let from = line_break + 1;
        if !self.begins_list_of_labels() {
            return None;
        }
        let line = run.text[from..].split('\n').next()?;
        let bare = label::parse_bare(line, false, self.origin.lexicon)?;
        self.emit_text(run, at..from + bare.range.start);
        let end = from + bare.range.end;
        self.emit_label(run, from + bare.range.start..end, bare.key, None, LabelPlace::BeforeAddress);
        Some(end)
    }

    /// Whether the paragraph that is open begins with a label that it defines, and its lines are the author's.
    pub(super) fn begins_list_of_labels(&self) -> bool {
        let Some(block) = self.lead.as_ref().filter(|lead| !lead.row).map(|lead| lead.block) else { return false };
        let first = self.parts.labels.partition_point(|label| label.node < block);
        self.line_ends != LineEnds::Flow
            && self.parts.labels.get(first).is_some_and(|label| label.place.block() == Some(block))
    }

    /// A line after a hard break that begins with an item's number. Returns where the run goes on.
    pub(super) fn item_after_break(&mut self, run: &Run, first: &'a AstNode<'a>) -> usize {
        let in_block = self.lead.as_ref().is_some_and(|lead| lead.context == Context::Block && !lead.row);
        let after_break =
            first.previous_sibling().is_some_and(|node| matches!(node.data().value, NodeValue::LineBreak));
        if !in_block || !after_break {
            return 0;
        }
        match outline::parse(&run.text, Context::Line).filter(|found| found.number.names_item()) {
            Some(found) => {
                self.emit_text(run, 0..found.range.start);
                self.emit_number(run, &found, 0, Context::Line)
            }
            None => 0,
        }
    }

    /// A bracket that opens where a sentence or line has ended may be a remark of somebody else. One that begins a line
    /// stays on a line of its own.
    pub(super) fn begin_remark(
        &mut self,
        run: &Run,
        at: usize,
        open: usize,
        first: Option<&'a AstNode<'a>>,
    ) -> Option<usize> {
        let in_block = self.lead.as_ref().is_some_and(|lead| lead.context == Context::Block && !lead.row);
        let before = run.text[..open].trim_end_matches([' ', '\t']);
        let after_break = before.is_empty()
            && first?.previous_sibling().is_some_and(|node| matches!(node.data().value, NodeValue::LineBreak));
        let sentence_ended = before.ends_with(['。', '！', '？', '；', '.', '!', '?', '】', ']', '\n']);
        if !in_block || !(after_break || sentence_ended) {
            return None;
        }
        let own_line = before.ends_with('\n').then(|| before.len() - 1).filter(|&line_break| line_break >= at);
        match own_line {
            Some(line_break) => {
                self.emit_text(run, at..line_break);
                let span = run.pieces[run.piece_at(line_break)].span;
                self.push(NodeKind::LineBreak, span);
            }
            None => self.emit_text(run, at..open),
        }
        let end = open + run.text[open..].chars().next().map_or(1, char::len_utf8);
        let span = run.span(open..end).unwrap_or(self.block_span);
        self.push(NodeKind::Remark, span);
        self.emit_text(run, open..end);
        Some(end)
    }
}
