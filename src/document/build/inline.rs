//! Runs of text: where the labels, numbers and bare addresses in them stand.

mod line;
mod link;

use std::cell::OnceCell;
use std::ops::Range;

use comrak::nodes::{AstNode, NodeValue};

use super::super::citation;
use super::super::label::{self, Bracket, Key, Member};
use super::super::outline::{self, Context, Number};
use super::super::tree::{NodeId, NodeKind};
use super::super::{Attitude, LabelPlace, Stance, html, url};
use super::line_ends::LineEnds;
use super::mask::{BLANK, unhide};
use super::node::{break_vanishes, edge, plain_text};
use super::{Builder, litter};
use crate::diagnostic::Code;
use crate::document::LabelId;
use crate::source::Span;

/// What may stand between the start of a block, its number and its label.
const GAP: &[char] = &[' ', '\t', '\n', '\u{3000}', '，', ',', '、', '.', '．', ':', '：', '-'];

/// What may begin something that text is not: a label, a numbered line, an address, in positions a remark.
const MARKS_WITH_REMARKS: &[char] = &['【', '[', '［', '\n', '<', '（', '('];
const MARKS: &[char] = MARKS_WITH_REMARKS.split_at(5).0;

/// How much of what follows a label is looked at for an address that begins there.
const MAX_ADDRESS_HEAD: usize = 2048;

/// Neighbouring text and line breaks as one string, with the way back to the source.
#[derive(Default)]
pub(super) struct Run {
    text: String,
    pieces: Vec<Piece>,
    /// Where the last 】 stands, once somebody has asked.
    last_close: OnceCell<Option<usize>>,
    /// Whether hidden text stood between some of the pieces.
    hides: bool,
}

struct Piece {
    /// Where it starts in the run.
    start: usize,
    span: Span,
    kind: PieceKind,
}

enum PieceKind {
    /// Stands in the source letter by letter.
    Exact,
    /// One character, for which a character reference stands in the source.
    Reference,
    /// Written otherwise in the source, somehow.
    Decoded,
    Break {
        vanishes: bool,
    },
}

impl Run {
    /// Where the last 】 stands: a 【 behind it is never closed.
    fn last_close(&self) -> Option<usize> {
        *self.last_close.get_or_init(|| self.text.rfind('】'))
    }

    fn piece_at(&self, offset: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.start <= offset);
        after.saturating_sub(1)
    }

    fn piece_end(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.text.len(), |piece| piece.start)
    }

    /// Where byte `offset` of the run stands in the source, if that is known exactly.
    fn source_offset(&self, offset: usize) -> Option<usize> {
        let piece = self.pieces.get(self.piece_at(offset))?;
        match &piece.kind {
            PieceKind::Exact => Some(piece.span.start as usize + offset - piece.start),
            PieceKind::Decoded => None,
            PieceKind::Reference | PieceKind::Break { .. } => Some(piece.span.start as usize),
        }
    }

    /// The run from byte `at` on, which is cut off.
    fn split_off(&mut self, at: usize) -> Self {
        let first = self.pieces.partition_point(|piece| piece.start < at);
        self.last_close.take();
        let mut after = Self { text: self.text.split_off(at), ..Self::default() };
        let next = self.pieces.get(first).map_or(at + after.text.len(), |piece| piece.start);
        if let Some(cut) = self.pieces[..first].last_mut().filter(|_| next > at) {
            let len = at - cut.start;
            let (span, kind) = match cut.kind {
                PieceKind::Exact => (Span::new(cut.span.start as usize + len, cut.span.end as usize), PieceKind::Exact),
                _ => (cut.span, PieceKind::Decoded),
            };
            after.pieces.push(Piece { start: 0, span, kind });
        }
        let moved = self.pieces.split_off(first);
        after.pieces.extend(moved.into_iter().map(|piece| Piece { start: piece.start - at, ..piece }));
        after
    }

    /// The part of the source that a range of the run was made from, references and backslashes included; none where that
    /// is not known to the letter.
    fn span(&self, range: Range<usize>) -> Option<Span> {
        let (last, c) = self.text[..range.end].char_indices().next_back()?;
        let start = self.source_offset(range.start)?;
        let pieces = &self.pieces[self.piece_at(range.start)..=self.piece_at(last)];
        let end = match pieces.last()? {
            Piece { kind: PieceKind::Reference, span, .. } => span.end as usize,
            _ => self.source_offset(last)? + c.len_utf8(),
        };
        // What was hidden between two pieces is no part of either.
        let has_gap = self.hides && pieces.windows(2).any(|pair| pair[0].span.end < pair[1].span.start);
        (start < end && !has_gap).then(|| Span::new(start, end))
    }
}

impl<'a> Builder<'a> {
    /// Takes in the run of text and soft breaks that begins with `first`.
    pub(super) fn run(&mut self, first: &'a AstNode<'a>) {
        let mut run = self.collect(first);
        if let Some(callout) = self.callout.take() {
            run = run.split_off(callout.mark.min(run.text.len()));
            if let Some(close) = run.text.find(']').filter(|_| callout.names_itself) {
                let rest = run.split_off(close);
                self.scan(&run, Some(first));
                run = rest;
                let fold = run.text[1..].len() - run.text[1..].trim_start_matches(['-', '+', ' ']).len();
                run = run.split_off(1 + fold);
            }
        }
        if self.has_litter {
            self.litter_in(&run, first);
        }
        let title_end = run.text.find('\n').filter(|_| self.is_in_callout_title());
        if let Some(line_break) = title_end {
            let rest = run.split_off(line_break + 1);
            drop(run.split_off(line_break));
            self.scan(&run, Some(first));
            self.end_callout_title();
            run = rest;
        }
        self.scan(&run, Some(first));
        self.spare = run;
    }

    /// Takes in text of raw HTML, which `span` says letter by letter if it `is_exact`. A line feed is white space there.
    pub(super) fn html_text(&mut self, text: &str, span: Span, is_exact: bool) {
        if self.is_as_written() {
            return self.push_text(text, span);
        }
        let kind = if is_exact { PieceKind::Exact } else { PieceKind::Decoded };
        let piece = Piece { start: 0, span, kind };
        self.scan(&Run { text: text.to_owned(), pieces: vec![piece], ..Run::default() }, None);
    }

    /// Whether nothing is read in the text of raw HTML that stands here: code, and the words of a link.
    pub(super) fn is_as_written(&self) -> bool {
        self.open.iter().any(|open| matches!(open.tag, Some("a" | "pre" | "code" | "kbd" | "samp")))
    }

    /// Reports what is left of other tools in a run.
    fn litter_in(&mut self, run: &Run, first: &'a AstNode<'a>) {
        let begins_block = first.previous_sibling().is_none();
        let begins_line = begins_block
            || first.previous_sibling().is_some_and(|node| matches!(node.data().value, NodeValue::LineBreak));
        let ends_block = after_run(first).is_none();
        for (kind, range) in litter::scan(&run.text, begins_line, ends_block) {
            let span = run.span(range.clone()).unwrap_or(self.block_span);
            self.report_litter(kind, &run.text[range], span);
        }
    }

    /// Reads a run, which begins with `first` where it is no text of raw HTML.
    fn scan(&mut self, run: &Run, first: Option<&'a AstNode<'a>>) {
        let mut at = self.lead_of(run, first);
        if at == 0
            && let Some(first) = first
        {
            at = self.item_after_break(run, first);
        }
        if self.in_link > 0 {
            self.emit_text(run, at..run.text.len());
            return;
        }
        let mut next_url = url::next_in(&run.text, at);
        let mut next_citation = citation::next_in(&run.text, at, self.origin.lexicon);
        let mut look_from = at;
        let mut next_mark = Some(at);
        loop {
            // What was found before an address stands behind it still: the text is looked through once.
            let mark = next_mark.filter(|&mark| mark > look_from).or_else(|| {
                next_mark?;
                let marks: &[char] = if self.marks_remarks { MARKS_WITH_REMARKS } else { MARKS };
                run.text[look_from..].find(marks).map(|n| look_from + n)
            });
            next_mark = mark;
            if next_citation.as_ref().is_some_and(|found| found.range.start < at) {
                next_citation = citation::next_in(&run.text, at, self.origin.lexicon);
            }
            let url_at = next_url.as_ref().map_or(usize::MAX, |found| found.range.start);
            let before = |start: usize| start < url_at && mark.is_none_or(|mark| start < mark);
            if let Some(found) = next_citation.take_if(|found| before(found.range.start)) {
                at = self.emit_citation(run, at, found);
                look_from = at;
                next_citation = citation::next_in(&run.text, at, self.origin.lexicon);
                if next_url.as_ref().is_some_and(|found| found.range.start < at) {
                    next_url = url::next_in(&run.text, at);
                }
                continue;
            }
            if let Some(found) = next_url.take_if(|found| mark.is_none_or(|mark| found.range.start < mark)) {
                self.emit_text(run, at..found.range.start);
                self.emit_url(run, &found);
                at = found.range.end;
                look_from = at;
                next_url = url::next_in(&run.text, at);
                continue;
            }
            let Some(mark) = mark else { break };
            let taken = match run.text.as_bytes()[mark] {
                b'\n' => first.and_then(|_| self.line_item(run, at, mark).or_else(|| self.line_label(run, at, mark))),
                b'<' => self.spaced_url(run, at, mark),
                b'(' => self.begin_remark(run, at, mark, first),
                _ if run.text[mark..].starts_with('（') => self.begin_remark(run, at, mark, first),
                _ if run.text[mark..].starts_with('［') => self.foreign_link(run, at, mark),
                _ => self.foreign_link(run, at, mark).or_else(|| self.labels(run, at, mark, first)),
            };
            let Some(end) = taken else {
                look_from = mark + run.text[mark..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            at = end;
            look_from = at;
            if next_url.as_ref().is_some_and(|found| found.range.start < at) {
                next_url = url::next_in(&run.text, at);
            }
        }
        self.emit_text(run, at..run.text.len());
    }

    /// The run that begins with `first`, in the memory of the one before.
    fn collect(&mut self, first: &'a AstNode<'a>) -> Run {
        let mut run = std::mem::take(&mut self.spare);
        run.text.clear();
        run.pieces.clear();
        run.last_close.take();
        run.hides = false;
        let mut node = Some(first);
        while let Some(current) = node {
            let ast = current.data();
            let span = self.span(ast.sourcepos);
            let start = run.text.len();
            let kind = match &ast.value {
                NodeValue::Text(text) => {
                    let seen = self.seen(span);
                    self.report_lone_marks(text, seen == text.as_ref(), span);
                    if self.masked.blanks && text.contains(BLANK) {
                        self.collect_visible(&mut run, text, seen, span);
                        node = current.next_sibling();
                        continue;
                    }
                    if seen == text.as_ref() {
                        run.text.push_str(self.source.slice(span));
                        PieceKind::Exact
                    } else if let Some(pieces) = align(text, seen) {
                        for (words, written, kind) in pieces {
                            let own = Span::new(span.start as usize + written.start, span.start as usize + written.end);
                            let start = run.text.len();
                            match kind {
                                PieceKind::Exact => run.text.push_str(self.source.slice(own)),
                                _ => run.text.push_str(&unhide(&text[words])),
                            }
                            run.pieces.push(Piece { start, span: own, kind });
                        }
                        node = current.next_sibling();
                        continue;
                    } else {
                        run.text.push_str(&unhide(text));
                        PieceKind::Decoded
                    }
                }
                NodeValue::SoftBreak => {
                    run.text.push('\n');
                    let before = current.previous_sibling().and_then(|node| edge(node, true));
                    let after = current.next_sibling().and_then(|node| edge(node, false));
                    let vanishes = break_vanishes(before, after);
                    PieceKind::Break { vanishes }
                }
                _ => break,
            };
            run.pieces.push(Piece { start, span, kind });
            node = current.next_sibling();
        }
        run
    }

    /// Tells of asterisks that Markdown leaves as they are, where they were meant to make text bold: a space or an empty line
    /// stands between two of them.
    fn report_lone_marks(&mut self, text: &str, is_exact: bool, span: Span) {
        self.report_lone_strokes(text, is_exact, span);
        const MARK: &str = "**";
        // What the author escaped was to be seen.
        if !is_exact && self.seen(span).contains("\\*") {
            return;
        }
        let mut marks = text.match_indices(MARK).map(|(at, _)| at);
        let Some(first) = marks.next() else { return };
        let opens = |at: usize| text[at + MARK.len()..].starts_with(char::is_alphanumeric);
        if marks.next().is_none() && !(first == 0 && opens(first)) || are_masks(text) {
            return;
        }
        let start = if is_exact { span.start + first as u32 } else { span.start };
        let span = if is_exact { Span::new(start as usize, start as usize + MARK.len()) } else { span };
        let help = message!(
            en: "write them right beside the words, both in one paragraph; `\\**` is text",
            zh: "请紧贴文字书写，首尾在同一段；`\\**` 是普通文字"
        );
        self.report(
            Code::UnreadMarkdown,
            span,
            message!(
                en: "`{MARK}` makes nothing bold here and stands on the page",
                zh: "`{MARK}` 在这里没有使文字加粗，会照样显示"
            ),
            help,
        );
    }

    /// Tells of tildes that were meant to strike out what stands between them: a space stands beside one of them, so that
    /// what was struck out stands valid. Behind a letter they are a sign of good cheer: `好~~ 再见~~`.
    fn report_lone_strokes(&mut self, text: &str, is_exact: bool, span: Span) {
        const MARK: &str = "~~";
        let opens = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '~');
        let Some(open) = text.match_indices(MARK).map(|(at, _)| at).find(|&at| opens(at)) else { return };
        let rest = &text[open + MARK.len()..];
        let is_pair = rest.find(MARK).is_some_and(|len| rest[..len].contains(char::is_alphanumeric));
        if !is_pair || rest.starts_with('~') || !is_exact && self.seen(span).contains("\\~") {
            return;
        }
        let start = if is_exact { span.start as usize + open } else { span.start as usize };
        let span = if is_exact { Span::new(start, start + MARK.len()) } else { span };
        let help = message!(
            en: "write them right beside the words, both in one paragraph; `\\~~` is text",
            zh: "请紧贴文字书写，首尾在同一段；`\\~~` 是普通文字"
        );
        self.report(
            Code::UnreadMarkdown,
            span,
            message!(
                en: "`{MARK}` strikes nothing out here and stands on the page",
                zh: "`{MARK}` 在这里没有划去文字，会照样显示"
            ),
            help,
        );
    }

    /// Collects the parts of a text between what is hidden in it.
    fn collect_visible(&self, run: &mut Run, text: &str, seen: &str, span: Span) {
        run.hides = true;
        if seen != text {
            let start = run.text.len();
            run.text.push_str(&unhide(text));
            run.pieces.push(Piece { start, span, kind: PieceKind::Decoded });
            return;
        }
        let mut at = span.start as usize;
        for part in seen.split(BLANK) {
            if !part.is_empty() {
                let start = run.text.len();
                let span = Span::new(at, at + part.len());
                run.text.push_str(self.source.slice(span));
                run.pieces.push(Piece { start, span, kind: PieceKind::Exact });
            }
            at += part.len() + 1;
        }
    }

    /// Deals with what may stand at the start of a block: number, attributes, bare label. Returns where the rest of
    /// the run begins. A label in brackets is left to the scan of the run, which sees that the lead is still open.
    fn lead_of(&mut self, run: &Run, first: Option<&'a AstNode<'a>>) -> usize {
        let Some(lead) = self.lead.as_ref().filter(|lead| lead.open) else { return 0 };
        let (block, context, row, numbered) = (lead.block, lead.context, lead.row, lead.numbered);
        let mut at = 0;
        if !numbered
            && let Some(found) = outline::parse(&run.text, context).or_else(|| marked_number(run, first?, context))
            && !(context == Context::Block && self.is_range(run, &found))
        {
            if let Some(lead) = &mut self.lead {
                lead.numbered = true;
                lead.number = (context == Context::Heading).then(|| found.number.clone());
            }
            self.emit_text(run, 0..found.range.start);
            at = self.emit_number(run, &found, block, context);
        }
        let words = run.text[at..].trim_start_matches(GAP);
        if words.is_empty() || words.starts_with(['【', '[']) {
            return at;
        }
        self.end_lead();
        let heading = context == Context::Heading;
        let may_define = !row && self.in_link == 0;
        let Some(bare) = label::parse_bare(words, heading, self.origin.lexicon).filter(|_| may_define) else {
            return at;
        };
        let from = run.text.len() - words.len();
        let range = from + bare.range.start..from + bare.range.end;
        self.emit_text(run, at..range.start);
        let place = if heading { LabelPlace::BareHeading(block) } else { LabelPlace::BareBlock(block) };
        self.emit_label(run, range.clone(), bare.key, None, place);
        range.end
    }

    /// Whether what looks like a number says from where to where: `17-19. Three clips.` An item stands in a section of its
    /// first part, or follows another of it.
    fn is_range(&self, run: &Run, found: &outline::FoundNumber) -> bool {
        let [from, to] = found.number.parts[..] else { return false };
        let marked = run
            .text
            .get(found.range.end..found.rest)
            .is_some_and(|gap| gap.contains(['，', '、', '．', ',', ':', '：', '{']));
        let begins = |number: &Number| number.parts.first() == Some(&from);
        let section = self.current_section().and_then(|section| self.parts.sections.get(section.place()));
        let in_section = section.and_then(|section| section.number.as_ref()).is_some_and(begins);
        let follows = self.parts.items.last().is_some_and(|item| begins(&item.number));
        to > from && !marked && !in_section && !follows
    }

    /// Emits an outline number and what the author says beside it. In a block only `1-1` and deeper mean anything.
    /// Returns where the run goes on.
    fn emit_number(&mut self, run: &Run, found: &outline::FoundNumber, block: NodeId, context: Context) -> usize {
        let end = found.range.end;
        let Some(span) = run.span(found.range.clone()).or_else(|| self.in_block(&run.text[found.range.clone()])) else {
            self.emit_text(run, found.range.clone());
            return end;
        };
        if context == Context::Heading {
            self.push_written(NodeKind::Number, &run.text[found.range.clone()], span);
            return self.emit_separator(run, end..found.rest);
        }
        if !found.number.names_item() {
            self.emit_text(run, found.range.clone());
            return end;
        }
        let stance = attributes(&run.text[found.rest..]);
        let node = if context == Context::Line { self.tree.len() } else { block };
        let index = self.add_item(node, found, span, stance.as_ref().map(|(stance, _)| Box::new(stance.clone())));
        self.push_written(NodeKind::ItemNumber(index), &run.text[found.range.clone()], span);
        self.emit_separator(run, end..found.rest);
        let Some((_, len)) = stance else {
            self.unclear_stance(run, found.rest);
            return found.rest;
        };
        let hidden = run.span(found.rest..found.rest + len).unwrap_or(self.block_span);
        self.push(NodeKind::Attributes, hidden);
        let from = found.rest + len;
        if !run.text[found.range.end..found.rest].trim().is_empty() {
            return from;
        }
        let words = run.text[from..].trim_start_matches(['，', ',', '、', '.', '．', ' ']);
        self.emit_separator(run, from..run.text.len() - words.len())
    }

    /// Adds a node whose words are `text`, which are kept where the source at `span` has them in other letters.
    fn push_written(&mut self, kind: NodeKind, text: &str, span: Span) -> NodeId {
        let node = self.push(kind, span);
        if self.source.slice(span) != text {
            self.tree.keep_words(node, text);
        }
        node
    }

    /// Where `text` first stands in the source of the block, where the run does not tell.
    fn in_block(&self, text: &str) -> Option<Span> {
        let start = self.block_span.start as usize + self.source.slice(self.block_span).find(text)?;
        Some(Span::new(start, start + text.len()))
    }

    /// Reports braces that begin like `{by=…}` and are not understood.
    fn unclear_stance(&mut self, run: &Run, from: usize) {
        let text = &run.text[from..];
        let Some(len) = text.find(['}', '\n']).filter(|_| text.starts_with("{by=")) else { return };
        let span = run.span(from..from + len + 1).unwrap_or(self.block_span);
        let message = message!(
            en: "`{written}` is not understood",
            zh: "`{written}` 无法识别",
            written = text[..=len].trim_end()
        );
        self.report(
            Code::UnclearStance,
            span,
            message,
            message!(
                en: "write `{{by=bank disputes}}`, or `accepts`, `supports` or `remarks`",
                zh: "请写 `{{by=bank disputes}}`，或用 `accepts`、`supports`、`remarks`"
            ),
        );
    }

    /// Emits what stands between a number and its words, and returns where they start.
    fn emit_separator(&mut self, run: &Run, range: Range<usize>) -> usize {
        if let Some(span) = run.span(range.clone()).filter(|_| !range.is_empty()) {
            self.push_written(NodeKind::Separator, &run.text[range.clone()], span);
        } else {
            self.emit_text(run, range.clone());
        }
        range.end
    }

    /// `<https://example.com/a b>`: the author marked where the URL ends, though a space makes it malformed.
    fn spaced_url(&mut self, run: &Run, at: usize, open: usize) -> Option<usize> {
        let inside = &run.text[open + 1..];
        let close = inside.find(['>', '<', '\n']).filter(|&end| inside[end..].starts_with('>'))?;
        let written = &inside[..close];
        if url::scheme(written) != url::Scheme::Web || url::host(written).contains(char::is_whitespace) {
            return None;
        }
        self.emit_text(run, at..open);
        self.end_lead();
        let range = open + 1..open + 1 + close;
        self.emit_link(run, range, &written.trim().replace(' ', "%20"));
        Some(open + 1 + close + 1)
    }

    fn emit_url(&mut self, run: &Run, found: &url::FoundUrl) {
        self.end_lead();
        self.emit_link(run, found.range.clone(), &found.href);
        if found.cut {
            let span = run.span(found.range.clone()).unwrap_or(self.block_span);
            let taken = &run.text[found.range.clone()];
            let message = message!(
                en: "Chinese letters follow at once; the address was taken to be `{taken}`",
                zh: "后面紧跟汉字；现以 `{taken}` 为地址"
            );
            self.report(
                Code::CutUrl,
                span,
                message,
                message!(
                    en: "put the address between `<` and `>`, or a space after it",
                    zh: "请用 `<` 和 `>` 括住地址，或在后面加空格"
                ),
            );
        }
    }

    fn emit_link(&mut self, run: &Run, range: Range<usize>, href: &str) {
        let span = run.span(range.clone()).unwrap_or(self.block_span);
        let node = self.enter_link(href, "", span, true);
        self.emit_text(run, range);
        self.close_down_to(node);
    }

    /// Emits a citation without brackets, and returns where it ends.
    fn emit_citation(&mut self, run: &Run, at: usize, found: citation::FoundCitation) -> usize {
        self.emit_text(run, at..found.range.start);
        self.end_lead();
        self.emit_members(run, found.range.start, found.members, LabelPlace::Bare)
    }

    /// Emits labels with what stands between them, and returns where the last ends.
    fn emit_members(&mut self, run: &Run, from: usize, members: Vec<Member>, place: LabelPlace) -> usize {
        let mut done = from;
        for Member { range, title, key } in members {
            self.emit_text(run, done..range.start);
            done = range.end;
            self.emit_label(run, range, key, title, place);
        }
        done
    }

    fn emit_label(&mut self, run: &Run, range: Range<usize>, key: Key, title: Option<String>, place: LabelPlace) {
        let index = LabelId::next(&self.parts.labels);
        if range.is_empty() {
            // One of a range, of which only the ends are written.
            let at = run.source_offset(range.start).unwrap_or(self.block_span.start as usize);
            let number = key.number.to_string();
            let node = self.push(NodeKind::Label(index), Span::new(at, at));
            self.add_label(key, title, Span::new(at, at), node, place);
            self.parts.labels[index].extra.get_or_insert_default().text = Some(number);
            return;
        }
        let words = &run.text[range.clone()];
        let span = run.span(range.clone()).unwrap_or(self.block_span);
        let node = self.push_written(NodeKind::Label(index), words, span);
        self.add_label(key, title, span, node, place);
        if self.source.slice(span) != words {
            // The label's own text cannot be read off the source here.
            self.parts.labels[index].extra.get_or_insert_default().text = Some(words.to_owned());
        }
    }

    /// Reads the bracket at `open`; returns where it ends if it holds labels.
    fn labels(&mut self, run: &Run, at: usize, open: usize, first: Option<&'a AstNode<'a>>) -> Option<usize> {
        let full = run.text[open..].starts_with('【');
        let (bracket, close, len) = if full { (Bracket::Full, '】', 3) } else { (Bracket::Square, ']', 1) };
        let inner = open + len;
        let inside = &run.text[inner..];
        // In 【甲【注1】乙】 the innermost pair is the label.
        let stop = inside.find([close, '【', '[']);
        let Some(content_len) = stop.filter(|&stop| inside[stop..].starts_with(close)) else {
            if full && run.last_close() < Some(open) {
                self.unclosed(run, open, inside);
            }
            return None;
        };
        let hides = self.masked.blanks && run.span(open..inner + content_len + len).is_none();
        if hides || self.is_escaped(run, open) {
            return None;
        }
        let content = &inside[..content_len];
        let members = match content.strip_prefix('^').filter(|_| !full) {
            Some(name) if is_number(name) => vec![Member { range: 0..content_len, title: None, key: Key::note(name) }],
            Some(_) => Vec::new(),
            None => label::parse_bracket(content, bracket, self.origin.lexicon),
        };
        let end = inner + content_len + len;
        let place = match members.as_slice() {
            [] => {
                if full && let Some(key) = label::unread(content, self.origin.lexicon) {
                    let span = run.span(open..end).unwrap_or(self.block_span);
                    self.parts.unread.push((key, span));
                }
                return None;
            }
            [one] if one.key.kind == label::REFERENCE => self.reference_place(run, open, end),
            [one] if one.title.is_none() => self.place(run, open, end, first),
            _ => LabelPlace::Mention,
        };
        self.emit_text(run, at..open);
        self.end_lead();
        if members.len() == 1 {
            for member in members {
                self.emit_label(run, open..end, member.key, member.title, place);
            }
            return Some(end);
        }
        let shifted = members
            .into_iter()
            .map(|member| Member { range: inner + member.range.start..inner + member.range.end, ..member });
        let done = self.emit_members(run, open, shifted.collect(), place);
        self.emit_text(run, done..end);
        Some(end)
    }

    /// What `[1]` is, by where it stands: at the start of a block or line, with words behind it, it is an entry of a list of
    /// sources.
    fn reference_place(&self, run: &Run, open: usize, end: usize) -> LabelPlace {
        let has_words = run.text[end..].starts_with([' ', '\u{3000}']) && !run.text[end..].trim().is_empty();
        match self.lead.as_ref() {
            Some(lead) if lead.open && lead.context == Context::Block && !lead.row && has_words => {
                LabelPlace::Block(lead.block)
            }
            _ if has_words && run.text[..open].ends_with('\n') => LabelPlace::BeforeAddress,
            _ => LabelPlace::Bare,
        }
    }

    /// What the one label of the bracket from `open` to `end` is, by where it stands.
    fn place(&self, run: &Run, open: usize, end: usize, first: Option<&'a AstNode<'a>>) -> LabelPlace {
        let after = &run.text[end..];
        if let Some(lead) = self.lead.as_ref().filter(|lead| lead.open) {
            match lead.context {
                _ if lead.row && after.trim().is_empty() => return LabelPlace::Row(lead.block),
                _ if lead.row => {}
                Context::Heading => return LabelPlace::Heading(lead.block),
                _ => return LabelPlace::Block(lead.block),
            }
        }
        let words = after.trim_start_matches([' ', '：', ':']);
        if first.is_some() && !words.is_empty() && run.text[..open].ends_with('\n') && self.begins_list_of_labels() {
            return LabelPlace::BeforeAddress;
        }
        let address_follows = if !words.is_empty() {
            let head = &words[..words.floor_char_boundary(MAX_ADDRESS_HEAD)];
            url::next_in(head, 0).is_some_and(|found| found.range.start == 0) || words.starts_with("<http")
        } else {
            first.and_then(after_run).is_some_and(|next| match &next.data().value {
                NodeValue::Link(link) => plain_text(next) == link.url.trim_start_matches("mailto:"),
                _ => false,
            })
        };
        if address_follows { LabelPlace::BeforeAddress } else { LabelPlace::Mention }
    }

    fn unclosed(&mut self, run: &Run, open: usize, inside: &str) {
        let head = inside.char_indices().take_while(|(_, c)| !matches!(c, '\n' | '。'));
        let ends = head.map(|(at, c)| at + c.len_utf8()).take(20);
        let is_label = |end| !label::parse_bracket(&inside[..end], Bracket::Full, self.origin.lexicon).is_empty();
        if ends.into_iter().any(is_label) {
            let span = run.span(open..open + 3).unwrap_or(self.block_span);
            let message = message!(
                en: "this 【 is never closed, so its label is only text",
                zh: "这个【没有闭合，其中的标签只是普通文字"
            );
            self.report(Code::UnclosedBracket, span, message, message!(en: "close it with 】", zh: "请用】闭合"));
        }
    }

    /// Whether the author wrote `\[`: a bracket that means nothing.
    fn is_escaped(&self, run: &Run, open: usize) -> bool {
        let Some(at) = run.source_offset(open) else { return false };
        let before = self.source.text.as_bytes()[..at].iter().rev();
        run.text[open..].starts_with('[') && before.take_while(|&&byte| byte == b'\\').count() % 2 == 1
    }

    /// Emits a range of the run as text and line breaks.
    fn emit_text(&mut self, run: &Run, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let index = run.piece_at(at);
            let end = run.piece_end(index).min(range.end);
            let piece = &run.pieces[index];
            match &piece.kind {
                PieceKind::Exact => {
                    let start = piece.span.start as usize + at - piece.start;
                    self.push(NodeKind::Text, Span::new(start, start + end - at));
                }
                PieceKind::Reference | PieceKind::Decoded => {
                    let span = run.span(at..end).unwrap_or(piece.span);
                    self.push_text(&run.text[at..end], span);
                }
                PieceKind::Break { vanishes } => self.emit_break(*vanishes, piece.span),
            }
            at = end;
        }
    }

    fn emit_break(&mut self, vanishes: bool, span: Span) {
        let is_broken = matches!(self.tree.get(self.tree.len() - 1).kind, NodeKind::LineBreak);
        if self.line_ends != LineEnds::Flow && !is_broken {
            self.push(NodeKind::LineBreak, span);
        } else if !vanishes {
            self.push(NodeKind::SoftBreak, span);
        }
    }
}

/// Whether every row of asterisks in a text stands for letters that were left out: `S***`, `A**`, `密码******`.
fn are_masks(text: &str) -> bool {
    let mut at = 0;
    while let Some(start) = text[at..].find('*').map(|found| at + found) {
        let rest = text[start..].trim_start_matches('*');
        let len = text.len() - start - rest.len();
        let is_behind_latin = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        if !(is_behind_latin || len > 2 && !rest.starts_with(char::is_alphanumeric)) {
            return false;
        }
        at = start + len;
    }
    true
}

/// A number that stands alone in bold, with what sets it apart behind it: `**3-1**，`.
fn marked_number<'a>(run: &Run, first: &'a AstNode<'a>, context: Context) -> Option<outline::FoundNumber> {
    let emphasis =
        first.parent().filter(|parent| matches!(parent.data().value, NodeValue::Strong | NodeValue::Emph))?;
    let words = emphasis.next_sibling().filter(|_| after_run(first).is_none()).map(plain_text)?;
    let found = outline::parse(&format!("{}{words}", run.text), context)?;
    let inside = found.range.end <= run.text.len() && found.number.names_item();
    inside.then(|| outline::FoundNumber { rest: found.rest.min(run.text.len()), ..found })
}

fn is_number(name: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    name.split('-').all(digits)
}

/// What follows the run that begins with `first`.
fn after_run<'a>(first: &'a AstNode<'a>) -> Option<&'a AstNode<'a>> {
    let is_run = |node: &AstNode<'a>| matches!(node.data().value, NodeValue::Text(_) | NodeValue::SoftBreak);
    first.following_siblings().find(|node| !is_run(node))
}

/// `{by=bot disputes}` at the start of `text`, with the bytes it takes.
fn attributes(text: &str) -> Option<(Stance, usize)> {
    let inside = text.strip_prefix('{')?;
    let close = inside.find('}')?;
    let mut stance = Stance { by: None, attitude: None };
    for word in inside[..close].split_whitespace() {
        match word.split_once('=') {
            Some(("by", party)) => stance.by = Some(party.trim_matches('"').to_owned()),
            None if word == "disputes" => stance.attitude = Some(Attitude::Disputes),
            None if word == "accepts" => stance.attitude = Some(Attitude::Accepts),
            None if word == "supports" => stance.attitude = Some(Attitude::Supports),
            None if word == "remarks" => stance.attitude = Some(Attitude::Remarks),
            _ => return None,
        }
    }
    let len = close + 2;
    let space = text[len..].len() - text[len..].trim_start_matches(' ').len();
    Some((stance, len + space))
}

/// A stretch of text, where it is written, and how.
type Aligned = (Range<usize>, Range<usize>, PieceKind);

/// The stretches of `literal`, each with its place in `seen`, where the two differ by backslashes and character references;
/// none if they differ otherwise.
fn align(literal: &str, seen: &str) -> Option<Vec<Aligned>> {
    let mut pieces: Vec<Aligned> = Vec::new();
    let mut at = 0;
    for (start, c) in literal.char_indices() {
        let end = start + c.len_utf8();
        let rest = &seen[at..];
        let is_escaped = c.is_ascii_punctuation() && rest.strip_prefix('\\').is_some_and(|rest| rest.starts_with(c));
        at += usize::from(is_escaped);
        match reference(rest) {
            Some((decoded, len)) if decoded == c && !is_escaped => {
                pieces.push((start..end, at..at + len, PieceKind::Reference));
                at += len;
            }
            _ if is_escaped || rest.starts_with(c) => {
                match pieces.last_mut() {
                    Some((text, written, PieceKind::Exact)) if written.end == at => {
                        text.end = end;
                        written.end = at + c.len_utf8();
                    }
                    _ => pieces.push((start..end, at..at + c.len_utf8(), PieceKind::Exact)),
                }
                at += c.len_utf8();
            }
            _ => return None,
        }
    }
    (at == seen.len()).then_some(pieces)
}

/// A character reference at the start of `text`: what it stands for and how long it is.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.strip_prefix('&')?.find(';').filter(|&end| end < 12)? + 2;
    let decoded = html::decode(&text[..end]);
    let mut chars = decoded.chars();
    let c = chars.next()?;
    chars.next().is_none().then_some((c, end))
}
