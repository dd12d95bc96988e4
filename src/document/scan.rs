//! The times, amounts and identifiers of a document, found block by block in the text a reader sees: not in addresses or
//! labels, and in code only what identifies.

mod opening;

use std::ops::Range;

use bigdecimal::BigDecimal;
use smol_str::SmolStr;

use super::sum::prose;
use super::time::{self, Fault, Order, Zone};
use super::tree::{Literal, NodeId, NodeKind, Tree};
use super::{Amount, Calculation, CalculationKind, Identifier, Link, Sum, Time, amount, identifier};
use crate::language::lexicon::Lexicon;
use crate::language::words::fold;
use crate::source::{Source, Span};

/// Stands for what is no text: an image, a label, an address.
const OBJECT: char = '\u{fffc}';

/// What may stand between the start of a block and the time that opens it.
const GAP: &[char] = &[' ', '\t', '\n', '\u{3000}', '，', ',', '、', '.', '．', ':', '：', '-', '–', '—', '•', OBJECT];

/// What ends a sentence, so that a new line after it begins something.
const SENTENCE_ENDS: &[char] = &['。', '.', '！', '!', '？', '?', '；', ';', '”', '）', ')'];

/// The longest paragraph that is taken to introduce a list, in bytes.
const MAX_LEAD_IN: usize = 200;

/// The most nodes that a link whose words are an address has: its own and those of its words.
const MAX_ADDRESS_NODES: NodeId = 32;

/// The longest code that is taken for a date, in bytes.
const MAX_DATE_CODE: usize = 40;

/// How many nodes into a row the cell that opens it as an event may stand.
const MAX_OPENING_NODES: NodeId = 6;

/// What stands in a document.
pub(super) struct Scanned {
    pub(super) times: Vec<Time>,
    pub(super) amounts: Vec<Amount>,
    pub(super) calculations: Vec<Calculation>,
    pub(super) identifiers: Vec<Identifier>,
}

impl Scanned {
    /// Leaves out what was read across text that its author hid: its words are read off the source.
    pub(super) fn leave_out(&mut self, source: &Source, hidden: &[Span]) {
        let is_whole = |span: Span| {
            !hidden.iter().any(|hidden| span.start < hidden.end && hidden.start < span.end)
                && !source.slice(span).contains("<!--")
        };
        self.times.retain(|time| is_whole(time.span));
        self.amounts.retain(|amount| is_whole(amount.span));
        self.calculations.retain(|calculation| is_whole(calculation.span));
        self.identifiers.retain(|identifier| is_whole(identifier.span));
    }
}

/// What is needed of a document to look through it.
pub(super) struct Subject<'a> {
    pub(super) tree: &'a Tree,
    pub(super) source: &'a Source,
    pub(super) links: &'a [Link],
    pub(super) sums: &'a [Sum],
    pub(super) lexicon: &'a Lexicon,
    /// The nodes among which a time at the start of a block opens an event.
    pub(super) timelines: Vec<Range<NodeId>>,
    /// Whether its language writes the month before the day wherever both are numbers.
    pub(super) month_first: bool,
}

/// Looks through every block of a document.
pub(super) fn scan(subject: Subject<'_>) -> Scanned {
    let Subject { tree, source, links, sums, lexicon, timelines, month_first } = subject;
    let mut scanner = Scanner {
        tree,
        source,
        links,
        sums,
        lexicon,
        timelines,
        heads: 0,
        zones: Vec::new(),
        text: String::new(),
        pieces: Vec::new(),
        codes: Vec::new(),
        columns: Vec::new(),
        has_column_of_times: false,
        rows: Vec::new(),
        cell_before: String::new(),
        lead_in: String::new(),
        parents: Vec::new(),
        found: Scanned { times: Vec::new(), amounts: Vec::new(), calculations: Vec::new(), identifiers: Vec::new() },
    };
    for (id, node) in tree.iter() {
        scanner.enter(id, node.end);
        match node.kind {
            NodeKind::Paragraph { .. } if scanner.is_in_item(id) => {
                let about = scanner.lead_in.clone();
                scanner.block(id, scanner.opened_by(id), &about);
            }
            NodeKind::Heading(_) | NodeKind::Paragraph { .. } | NodeKind::Caption | NodeKind::Summary => {
                scanner.block(id, scanner.opened_by(id), "");
                scanner.note_lead_in();
            }
            NodeKind::CodeBlock(code) => {
                let found = identifier::scan(tree.literal(code), &scanner.lead_in, &lexicon.identifiers);
                scanner.add_in_code(id, id, found, tree.literal(code));
            }
            NodeKind::Row { .. } => scanner.cell_before.clear(),
            NodeKind::Cell { header, .. } => scanner.cell(id, header),
            NodeKind::Table => {
                scanner.columns.clear();
                scanner.has_column_of_times = false;
            }
            _ => {}
        }
    }
    scanner.settle(month_first);
    scanner.found.times.shrink_to_fit();
    scanner.found.amounts.shrink_to_fit();
    scanner.found.identifiers.shrink_to_fit();
    scanner.found
}

struct Scanner<'a> {
    tree: &'a Tree,
    source: &'a Source,
    links: &'a [Link],
    sums: &'a [Sum],
    lexicon: &'a Lexicon,
    timelines: Vec<Range<NodeId>>,
    /// How many blocks a time might have opened as events.
    heads: usize,
    /// The zones that the document names for all of its times, each with the node from which on it does.
    zones: Vec<(NodeId, Zone)>,
    /// The text of the block, and where its parts come from.
    text: String,
    pieces: Vec<Piece>,
    /// The code in the block, with where it stands in the text.
    codes: Vec<(usize, NodeId)>,
    columns: Vec<Column>,
    /// Whether one of the columns says that it tells when.
    has_column_of_times: bool,
    /// The rows that hold the current cell, with how many of their cells stand before it.
    rows: Vec<(NodeId, usize)>,
    /// The text of the cell to the left.
    cell_before: String,
    /// The paragraph that introduces a list or code: “Order numbers:”.
    lead_in: String,
    /// The nodes that hold the current one, outermost first, with their ends.
    parents: Vec<(NodeId, NodeId)>,
    found: Scanned,
}

/// What the heading of a column says.
struct Column {
    heading: String,
    /// The unit it names.
    unit: Option<(SmolStr, u8)>,
    /// Whether it says that the column tells when.
    tells_when: bool,
    /// The zone it names.
    zone: Option<Zone>,
}

struct Piece {
    /// Where it starts in the text.
    start: usize,
    /// The inline node it comes from.
    node: NodeId,
    span: Span,
    /// Whether it stands in the source letter by letter.
    exact: bool,
}

impl Scanner<'_> {
    fn enter(&mut self, id: NodeId, end: NodeId) {
        while self.parents.pop_if(|(_, end)| *end <= id).is_some() {}
        if end > id + 1 {
            self.parents.push((id, end));
        }
    }

    /// Whether a time at the start of a block opens an event here.
    fn is_timeline(&self, id: NodeId) -> bool {
        self.timelines.iter().any(|range| range.contains(&id))
    }

    /// The block that a time at the start of `id` opens as an event.
    fn opened_by(&self, id: NodeId) -> Option<NodeId> {
        if !self.is_timeline(id) || self.is_entry_of_contents(id) {
            return None;
        }
        let parent = self.parents.iter().rev().map(|&(parent, _)| parent).find(|&parent| parent < id)?;
        match (&self.tree.get(parent).kind, &self.tree.get(id).kind) {
            (NodeKind::Item { .. }, NodeKind::Paragraph { .. }) if parent + 1 == id => Some(parent),
            (NodeKind::Root, NodeKind::Heading(_) | NodeKind::Paragraph { .. }) => Some(id),
            (NodeKind::Alert(_) | NodeKind::Details { .. }, NodeKind::Paragraph { .. }) => Some(id),
            _ => None,
        }
    }

    /// Whether all that a block holds is a link into its own page, as an entry of a table of contents does.
    fn is_entry_of_contents(&self, id: NodeId) -> bool {
        if self.tree.get(id).end == id + 1 {
            return false;
        }
        let child = self.tree.get(id + 1);
        let link = match child.kind {
            NodeKind::Link(link) if child.end == self.tree.get(id).end => self.links.get(link.place()),
            _ => None,
        };
        link.is_some_and(|link| link.url.starts_with('#'))
    }

    fn is_in_item(&self, id: NodeId) -> bool {
        let above = self.parents.iter().filter(|(parent, _)| *parent < id);
        above.rev().any(|&(parent, _)| matches!(self.tree.get(parent).kind, NodeKind::Item { .. }))
    }

    /// Keeps the text of the block if it introduces what follows it.
    fn note_lead_in(&mut self) {
        self.lead_in.clear();
        if self.text.len() < MAX_LEAD_IN && self.text.trim_end().ends_with([':', '：']) {
            self.lead_in.push_str(&self.text);
        }
    }

    /// How many cells of `row` stand before the one that is begun.
    fn cells_before(&mut self, row: NodeId) -> usize {
        let holds = |other: NodeId| other <= row && row < self.tree.get(other).end;
        while self.rows.pop_if(|(other, _)| !holds(*other)).is_some() {}
        match self.rows.last_mut() {
            Some((last, cells)) if *last == row => *cells += 1,
            _ => self.rows.push((row, 0)),
        }
        self.rows.last().map_or(0, |(_, cells)| *cells)
    }

    fn cell(&mut self, id: NodeId, header: bool) {
        let row = self.parents.iter().rev().map(|&(parent, _)| parent).find(|&parent| parent < id);
        if header {
            let heading = self.tree.text(self.source, id);
            let unit = self.lexicon.amounts.unit_of_column(&heading);
            let zone = time::zone_in(&heading, &self.lexicon.times);
            let name = fold(heading.split(['(', '（', '[']).next().unwrap_or("").trim());
            let tells_when = self.lexicon.times.fields.contains(&name);
            self.has_column_of_times |= tells_when;
            self.columns.push(Column { heading, unit, tells_when, zone });
        }
        let before = row.map_or(0, |row| self.cells_before(row));
        let column = self.columns.get(before);
        // Where no column says that it tells when, one of the first cells does; the first may be a running number.
        let tells_when = match self.has_column_of_times {
            true => column.is_some_and(|column| column.tells_when),
            false => row.is_some_and(|row| id <= row + MAX_OPENING_NODES),
        };
        let row = row.filter(|_| tells_when && !header && self.is_timeline(id));
        let opened = |row: NodeId| {
            let times = self.found.times.iter().enumerate().rev().take_while(|(_, time)| time.block > row);
            times.into_iter().find(|(_, time)| time.opens == Some(row)).map(|(at, _)| at)
        };
        let dated = row.and_then(opened);
        let opens = row.filter(|_| dated.is_none());
        // What a cell is about stands above it, or else to its left.
        let heading = column.map_or("", |column| column.heading.as_str()).to_owned();
        let zone = column.and_then(|column| column.zone.clone());
        let says = self.lexicon.identifiers.says(&heading);
        let about = if says { heading } else { std::mem::take(&mut self.cell_before) };
        let first = self.found.times.len();
        self.block(id, opens, &about);
        if let Some(dated) = dated {
            self.join_clock(dated, zone.clone());
        }
        for time in &mut self.found.times[first..] {
            let clocked = time.expression.as_mut().ok().filter(|expression| expression.start.hour.is_some());
            if let Some(expression) = clocked.filter(|expression| expression.zone.is_none() && time.no_zone.is_none()) {
                expression.zone.clone_from(&zone);
            }
        }
        self.cell_before.clone_from(&self.text);
        if header {
            return;
        }
        let unit = self.columns.get(before).and_then(|column| column.unit.clone());
        if let Some(((unit, power), value)) = unit.zip(amount::plain_number(&self.text)) {
            let value = value * BigDecimal::new(1.into(), -i64::from(power));
            let span = self.span(0..self.text.len());
            self.found.amounts.push(Amount { value: value.normalized(), unit, approximate: false, span, block: id });
        }
    }

    /// Adds the clock that stands in a cell of its own to the day in the cell before, or the day to the clock.
    fn join_clock(&mut self, dated: usize, zone: Option<Zone>) {
        let text = self.text.trim_matches(GAP);
        let at = self.text.len() - self.text.trim_start_matches(GAP).len();
        let Some(found) = time::parse(&self.text, at, time::Position::Opening, &self.lexicon.times) else { return };
        let (end, Ok(clock)) = (found.range.end, found.expression) else { return };
        let is_clock = |moment: &time::Moment| moment.needs_day() && moment.days_later.is_none();
        let is_alone = end >= at + text.len();
        let span = self.span(0..self.text.len());
        let time = &mut self.found.times[dated];
        let Ok(expression) = &mut time.expression else { return };
        let day = expression.start;
        if is_alone && is_clock(&day) && clock.start.day.is_some() && clock.start.hour.is_none() && clock.end.is_none()
        {
            let (clock, of_day) = (expression.clone(), clock);
            expression.start = of_day.start.with_clock(&clock.start);
            expression.end = clock.end.map(|end| of_day.start.with_clock(&end));
            expression.approximate |= of_day.approximate;
            time.words.start = span.end;
            return;
        }
        let has_day = (day.day.is_some() || day.days_later.is_some()) && day.hour.is_none() && expression.end.is_none();
        if !(is_alone && is_clock(&clock.start) && has_day) {
            return;
        }
        expression.start = day.with_clock(&clock.start);
        expression.end = clock.end.map(|end| day.with_clock(&end));
        expression.approximate |= clock.approximate;
        expression.zone = clock.zone.or(zone).or(expression.zone.take());
        time.no_zone = found.no_zone.map(String::into_boxed_str);
        time.words.start = span.end;
    }

    /// Looks through a block; `about` stands before it and says what it is about.
    fn block(&mut self, id: NodeId, opens: Option<NodeId>, about: &str) {
        let lead = self.collect(id);
        let mut from = 0;
        if let Some(block) = opens {
            from = self.open(id, block, lead);
        }
        if !self.timelines.is_empty() {
            self.note_zone(id);
        }
        for found in time::scan(&self.text, from, &self.lexicon.times) {
            self.add_time(id, None, found, 0..0);
        }
        for found in amount::scan(&self.text, 0, &self.lexicon.amounts) {
            let span = self.span(found.range);
            let amount::FoundAmount { value, unit, approximate, .. } = found;
            self.found.amounts.push(Amount { value, unit, approximate, span, block: id });
        }
        self.add_sums(id);
        for found in identifier::scan(&self.text, about, &self.lexicon.identifiers) {
            let span = self.span(found.range.clone());
            self.add_identifier(id, span, found);
        }
        for (at, node) in std::mem::take(&mut self.codes) {
            let NodeKind::Code(code) = self.tree.get(node).kind else { continue };
            let code = self.tree.literal(code);
            let about = if at == 0 { about } else { &self.text[..at] };
            let found = identifier::scan(code, about, &self.lexicon.identifiers);
            self.add_in_code(id, node, found, code);
        }
    }

    /// Recomputes the sums in the text of a block.
    fn add_sums(&mut self, id: NodeId) {
        let found = prose::scan(&self.text, &self.lexicon.amounts);
        if found.is_empty() {
            return;
        }
        // Where a number is struck out or raised, the text is not what a reader sees.
        let mut below = (id..self.tree.get(id).end).map(|at| &self.tree.get(at).kind);
        if below.any(|kind| match kind {
            NodeKind::Strike => true,
            NodeKind::Element { element, .. } => matches!(element.name(), "sup" | "sub" | "del" | "s"),
            _ => false,
        }) {
            return;
        }
        for prose::FoundSum { range, verdict } in found {
            let first = self.pieces.partition_point(|piece| piece.start <= range.start).saturating_sub(1);
            let end = self.pieces.partition_point(|piece| piece.start < range.end);
            let mut nodes = self.pieces[first..end].iter().map(|piece| &self.tree.get(piece.node).kind);
            // A formula is recomputed as one.
            if !nodes.any(|kind| matches!(kind, NodeKind::Sum(_))) {
                let (text, span) = (self.text[range.clone()].into(), self.span(range));
                self.found.calculations.push(Calculation { kind: CalculationKind::Sum, text, verdict, span });
            }
        }
    }

    /// Reads the times that open a block, or the lines of one, as events. Returns where the running text begins.
    fn open(&mut self, id: NodeId, block: NodeId, lead: usize) -> usize {
        let lines = self.lines(lead);
        if !self.text[lead..].trim_matches(GAP).is_empty() {
            self.heads += 1;
        }
        let words = &self.lexicon.times;
        let openings: Vec<_> = lines.iter().map(|line| opening::read(&self.text, line.clone(), words)).collect();
        let whole = lead..self.text.len();
        let is_item = block != id;
        let Some(Some(_)) = openings.first() else {
            return self.open_whole(id, block, whole, is_item);
        };
        if openings.iter().flatten().count() < 2 {
            return self.open_whole(id, block, whole, is_item);
        }
        // Each dated line is an event, and lines without a date go on with the one before.
        let starts: Vec<usize> =
            lines.iter().zip(&openings).filter(|(_, o)| o.is_some()).map(|(l, _)| l.start).collect();
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([self.text.len()]).collect();
        let mut from = 0;
        for ((opening, end), at) in openings.into_iter().flatten().zip(ends).zip(starts) {
            let opens = if at == lead { block } else { self.node_at(at) };
            from = opening.found.range.end;
            let words = opening.words.start..end.max(opening.words.start);
            self.add_time(id, Some(opens), opening.found, words);
        }
        from
    }

    fn open_whole(&mut self, id: NodeId, block: NodeId, range: Range<usize>, is_item: bool) -> usize {
        let words = &self.lexicon.times;
        if let Some(opening) = opening::read(&self.text, range.clone(), words) {
            let at_head = opening.words.start >= opening.found.range.end;
            let from = if at_head { opening.found.range.end } else { self.text.len() };
            self.add_time(id, Some(block), opening.found, opening.words);
            return from;
        }
        let looks_dated = opening::looks_dated(&self.text, range.clone(), words);
        let is_title = matches!(self.tree.get(id).kind, NodeKind::Heading(section) if section.place() == 0);
        let held = || opening::holds_date(&self.text, range.clone(), is_item, words).filter(|_| !is_title);
        if let Some(head) = looks_dated.or_else(held) {
            let words = range.clone();
            let found = time::FoundTime { range: head, expression: Err(Fault::Unread), no_zone: None };
            self.add_time(id, Some(block), found, words);
            return range.end;
        }
        0
    }

    /// The lines of the block from `from` on, each of which might be an event: after the end of a sentence, or of a line
    /// that the author broke.
    fn lines(&self, from: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = from;
        for (at, _) in self.text[from..].match_indices('\n') {
            let at = from + at;
            let hard = matches!(self.tree.get(self.node_at(at)).kind, NodeKind::LineBreak);
            let ended = self.text[start..at].trim_end().ends_with(SENTENCE_ENDS);
            if hard || ended {
                lines.push(start..at);
                start = at + 1;
            }
        }
        lines.push(start..self.text.len());
        lines
    }

    /// The inline node that the text at a byte comes from.
    fn node_at(&self, at: usize) -> NodeId {
        let piece = self.pieces.partition_point(|piece| piece.start <= at).saturating_sub(1);
        self.pieces.get(piece).map_or(0, |piece| piece.node)
    }

    /// Keeps the zone that this block says all times are in: “All times are UTC”, a heading 时间线（北京时间）.
    fn note_zone(&mut self, id: NodeId) {
        let words = &self.lexicon.times;
        let folded = fold(&self.text);
        let statement = words.all_times.iter().any(|phrase| folded.contains(phrase.as_str()));
        let heading = matches!(self.tree.get(id).kind, NodeKind::Heading(_));
        let bracketed = || {
            let inside = self.text.rsplit_once(['(', '（'])?.1;
            inside.trim_end().strip_suffix([')', '）'])
        };
        let said = match (statement, heading) {
            (true, _) => Some(self.text.as_str()),
            (false, true) => bracketed(),
            _ => None,
        };
        if let Some(zone) = said.and_then(|said| time::zone_in(said, words)) {
            self.zones.push((id, zone));
        }
    }

    /// Settles what only the whole document tells: the order of day and month, dates without a year, and the zone.
    fn settle(&mut self, month_first: bool) {
        let dated = |time: &&Time| time.opens.is_some() && time.expression.is_ok();
        let opened = self.found.times.iter().filter(dated).count();
        let is_loose = |time: &Time| time.expression.as_ref().is_ok_and(|expression| expression.loose);
        let loose = self.found.times.iter().filter(|time| is_loose(time)).count();
        // One entry that begins with `3.5` among others without a date has no date either.
        if opened * 2 <= self.heads || (loose == opened && loose < 2) {
            self.found.times.retain(|time| !is_loose(time));
        }
        let orders: Vec<Order> =
            self.found.times.iter().filter_map(|time| time.expression.as_ref().ok()?.proves()).collect();
        let proven = orders.first().copied().filter(|first| orders.iter().all(|order| order == first));
        for time in &mut self.found.times {
            let Ok(expression) = &mut time.expression else { continue };
            if expression.is_open() {
                let order = proven.or((month_first && expression.start.year.is_none()).then_some(Order::MonthFirst));
                if !order.is_some_and(|order| expression.settle(order)) {
                    time.expression = Err(Fault::TwoWays);
                    continue;
                }
            }
            if expression.zone.is_none() && expression.start.hour.is_some() && time.no_zone.is_none() {
                let before = self.zones.partition_point(|(from, _)| *from <= time.block).saturating_sub(1);
                expression.zone = self.zones.get(before).map(|(_, zone)| zone.clone());
            }
        }
    }

    fn add_identifier(&mut self, block: NodeId, span: Span, found: identifier::FoundIdentifier) {
        let identifier::FoundIdentifier { kind, value, check, .. } = found;
        self.found.identifiers.push(Identifier { kind, value: value.into(), check, span, block });
    }

    /// Adds what was found in code, which stands in the source letter by letter, but for what its lines are indented by.
    fn add_in_code(&mut self, block: NodeId, node: NodeId, found: Vec<identifier::FoundIdentifier>, code: &str) {
        let span = self.tree.get(node).span;
        let mut from = span.start as usize;
        for found in found {
            let written = &code[found.range.clone()];
            let rest = &self.source.text[from..span.end as usize];
            let here = rest.find(written).map_or(span, |at| Span::new(from + at, from + at + written.len()));
            from = (here.end as usize).min(span.end as usize);
            self.add_identifier(block, here, found);
        }
    }

    /// Adds a time; if it opens an event, `words` tell what happened.
    fn add_time(&mut self, block: NodeId, opens: Option<NodeId>, found: time::FoundTime, words: Range<usize>) {
        let span = self.span(found.range);
        let words = match words.is_empty() {
            true => Span { start: span.end, end: span.end },
            false => self.span(words),
        };
        let no_zone = found.no_zone.map(String::into_boxed_str);
        self.found.times.push(Time { expression: found.expression, no_zone, span, block, opens, words });
    }

    /// Gathers the text of a block and returns where its first word stands, past its number.
    fn collect(&mut self, id: NodeId) -> usize {
        self.text.clear();
        self.pieces.clear();
        self.codes.clear();
        let (mut at, end) = (id + 1, self.tree.get(id).end);
        let mut lead = 0;
        while at < end {
            let node = self.tree.get(at);
            at += 1;
            match &node.kind {
                NodeKind::Text => {
                    self.piece(at - 1, node.span, true);
                    self.text.push_str(self.source.slice(node.span));
                }
                NodeKind::Decoded(text) => {
                    self.piece(at - 1, node.span, false);
                    self.text.push_str(self.tree.literal(*text));
                }
                NodeKind::SoftBreak | NodeKind::LineBreak => {
                    self.piece(at - 1, node.span, false);
                    self.text.push('\n');
                }
                NodeKind::Sum(sum) => {
                    self.piece(at - 1, node.span, false);
                    self.text.push_str(&self.sums[*sum].formula);
                }
                NodeKind::Number | NodeKind::ItemNumber(_) | NodeKind::Separator | NodeKind::Attributes => {
                    // A number in the middle is that of a line.
                    let leads = self.text.chars().all(|c| c == OBJECT || c.is_whitespace());
                    self.object(at - 1, node.span);
                    if leads {
                        lead = self.text.len();
                    }
                }
                NodeKind::Link(_) if self.is_address(at - 1) => {
                    self.object(at - 1, node.span);
                    at = node.end;
                }
                NodeKind::Code(code) if self.is_date_at_head(id, *code) => {
                    self.piece(at - 1, node.span, false);
                    self.text.push_str(self.tree.literal(*code));
                }
                NodeKind::Code(_) => {
                    self.codes.push((self.text.len(), at - 1));
                    self.object(at - 1, node.span);
                }
                NodeKind::Image(_) | NodeKind::Label(_) => self.object(at - 1, node.span),
                // What was struck out is said no more, and an exponent is no part of the figure below it.
                _ if self.tree.is_struck(at - 1) || self.tree.is_exponent(self.source, at - 1) => {
                    self.object(at - 1, node.span);
                    at = node.end;
                }
                NodeKind::Element { element, .. } if element.is_block() => self.object(at - 1, node.span),
                // A block within the block (a list in an item) is looked through by itself.
                NodeKind::Paragraph { .. } | NodeKind::Heading(_) | NodeKind::Cell { .. } => at = node.end,
                _ => {}
            }
        }
        lead
    }

    /// Whether code holds nothing but the date that opens an entry of a timeline.
    fn is_date_at_head(&self, block: NodeId, code: Literal) -> bool {
        let code = self.tree.literal(code);
        let may_be = code.starts_with(|c: char| c.is_ascii_digit()) && code.len() <= MAX_DATE_CODE;
        may_be
            && self.is_timeline(block)
            && self.text.trim_matches(GAP).is_empty()
            && time::parse(code, 0, time::Position::Opening, &self.lexicon.times)
                .is_some_and(|found| found.range.end == code.len() && found.expression.is_ok())
    }

    /// Whether the words of a link are the address itself.
    fn is_address(&self, id: NodeId) -> bool {
        if self.tree.get(id).end - id > MAX_ADDRESS_NODES {
            return false;
        }
        let words = self.tree.text(self.source, id);
        words.contains("://") || words.contains('@') || words.starts_with("www.")
    }

    fn object(&mut self, node: NodeId, span: Span) {
        self.piece(node, span, false);
        self.text.push(OBJECT);
    }

    fn piece(&mut self, node: NodeId, span: Span, exact: bool) {
        self.pieces.push(Piece { start: self.text.len(), node, span, exact });
    }

    /// Where a range of the text stands in the source.
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        let of = |offset: usize| {
            let at = self.pieces.partition_point(|piece| piece.start <= offset).saturating_sub(1);
            self.pieces.get(at)
        };
        let last = range.end.saturating_sub(1).max(range.start);
        let (Some(first_piece), Some(last_piece)) = (of(range.start), of(last)) else { return Span::default() };
        let start = match first_piece.exact {
            true => first_piece.span.start as usize + range.start - first_piece.start,
            false => first_piece.span.start as usize,
        };
        let end = match last_piece.exact {
            true => last_piece.span.start as usize + range.end - last_piece.start,
            false => last_piece.span.end as usize,
        };
        self.source.clamp(Span::new(start, end.max(start)))
    }
}
