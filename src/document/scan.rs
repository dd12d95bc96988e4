//! The times, amounts and identifiers of a document, found block by block in the text a reader sees: not in addresses or
//! labels, and in code only what identifies.

use bigdecimal::BigDecimal;
use smol_str::SmolStr;

use super::kind::DocumentKind;
use super::time::{self, Place};
use super::tree::{NodeId, NodeKind, Tree};
use super::{Amount, Identifier, Sum, Time, amount, identifier, outline};
use crate::language::lexicon::Lexicon;
use crate::source::{Source, Span};

/// Stands for what is no text: an image, a label, an address.
const OBJECT: char = '\u{fffc}';

/// What may stand between the start of a block and the time that opens it.
const GAP: &[char] = &[' ', '\t', '\n', '\u{3000}', '，', ',', '、', '.', '．', ':', '：', '-', '–', '—', OBJECT];

/// How many nodes into a row the cell that opens it as an event may stand.
const MAX_OPENING_NODES: NodeId = 6;

/// What stands in a document.
pub(super) struct Scanned {
    pub(super) times: Vec<Time>,
    pub(super) amounts: Vec<Amount>,
    pub(super) identifiers: Vec<Identifier>,
}

/// Looks through every block of a document.
pub(super) fn scan(tree: &Tree, source: &Source, kind: DocumentKind, sums: &[Sum], lexicon: &Lexicon) -> Scanned {
    let mut scanner = Scanner {
        tree,
        source,
        sums,
        lexicon,
        may_open: kind == DocumentKind::Timeline,
        text: String::new(),
        pieces: Vec::new(),
        codes: Vec::new(),
        columns: Vec::new(),
        cell_before: String::new(),
        parents: Vec::new(),
        found: Scanned { times: Vec::new(), amounts: Vec::new(), identifiers: Vec::new() },
    };
    for (id, node) in tree.iter() {
        scanner.enter(id, node.end);
        match node.kind {
            NodeKind::Heading(_) | NodeKind::Paragraph { .. } | NodeKind::Caption | NodeKind::Summary => {
                scanner.block(id, scanner.opened_by(id), "");
            }
            NodeKind::CodeBlock(code) => {
                let found = identifier::scan(tree.literal(code), "", &lexicon.identifiers);
                scanner.add_in_code(id, id, found, tree.literal(code));
            }
            NodeKind::Row { .. } => scanner.cell_before.clear(),
            NodeKind::Cell { header, .. } => scanner.cell(id, header),
            NodeKind::Table => scanner.columns.clear(),
            _ => {}
        }
    }
    scanner.found.times.shrink_to_fit();
    scanner.found.amounts.shrink_to_fit();
    scanner.found.identifiers.shrink_to_fit();
    scanner.found
}

struct Scanner<'a> {
    tree: &'a Tree,
    source: &'a Source,
    sums: &'a [Sum],
    lexicon: &'a Lexicon,
    /// Whether a time at the start of a block makes it an event.
    may_open: bool,
    /// The text of the block, and where its parts come from.
    text: String,
    pieces: Vec<Piece>,
    /// The code in the block, with where it stands in the text.
    codes: Vec<(usize, NodeId)>,
    columns: Vec<Column>,
    /// The text of the cell to the left.
    cell_before: String,
    /// The nodes that hold the current one, outermost first, with their ends.
    parents: Vec<(NodeId, NodeId)>,
    found: Scanned,
}

/// What the heading of a column says.
struct Column {
    heading: String,
    /// The unit it names.
    unit: Option<(SmolStr, u8)>,
}

struct Piece {
    /// Where it starts in the text.
    start: usize,
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

    /// The block that a time at the start of `id` opens as an event.
    fn opened_by(&self, id: NodeId) -> Option<NodeId> {
        if !self.may_open {
            return None;
        }
        let parent = self.parents.iter().rev().map(|&(parent, _)| parent).find(|&parent| parent < id)?;
        match (&self.tree.get(parent).kind, &self.tree.get(id).kind) {
            (NodeKind::Item { .. }, NodeKind::Paragraph { .. }) if parent + 1 == id => Some(parent),
            (NodeKind::Root, NodeKind::Heading(_) | NodeKind::Paragraph { .. }) => Some(id),
            _ => None,
        }
    }

    fn cell(&mut self, id: NodeId, header: bool) {
        let row = self.parents.iter().rev().map(|&(parent, _)| parent).find(|&parent| parent < id);
        // The first cell may be a running number.
        let opened = |row: NodeId| self.found.times.last().is_some_and(|time| time.opens == Some(row));
        let first = row.is_some_and(|row| id <= row + MAX_OPENING_NODES && !opened(row));
        if header {
            let heading = self.tree.text(self.source, id);
            let unit = self.lexicon.amounts.unit_of_column(&heading);
            self.columns.push(Column { heading, unit });
        }
        let opens = row.filter(|_| first && !header && self.may_open);
        let before = row.map_or(0, |row| {
            (row + 1..id).filter(|&at| matches!(self.tree.get(at).kind, NodeKind::Cell { .. })).count()
        });
        // What a cell is about stands above it, or else to its left.
        let heading = self.columns.get(before).map_or("", |column| column.heading.as_str()).to_owned();
        let says = self.lexicon.identifiers.says(&heading);
        let about = if says { heading } else { std::mem::take(&mut self.cell_before) };
        self.block(id, opens, &about);
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

    /// Looks through a block; `about` stands before it and says what it is about.
    fn block(&mut self, id: NodeId, opens: Option<NodeId>, about: &str) {
        let lead = self.collect(id);
        let mut from = 0;
        if let Some(block) = opens {
            let start = self.text.len() - self.text[lead..].trim_start_matches(GAP).len();
            let words = &self.lexicon.times;
            let found = time::parse(&self.text, start, Place::Opening, words).or_else(|| {
                // `1，2031年3月21日，…`: a running number before the time.
                let number = outline::parse(&self.text[start..], outline::Context::Heading)?;
                time::parse(&self.text, start + number.rest, Place::Opening, words)
            });
            if let Some(found) = found {
                from = found.range.end;
                self.add_time(id, Some(block), found);
            }
        }
        for found in time::scan(&self.text, from, &self.lexicon.times) {
            self.add_time(id, None, found);
        }
        for found in amount::scan(&self.text, 0, &self.lexicon.amounts) {
            let span = self.span(found.range);
            let amount::Found { value, unit, approximate, .. } = found;
            self.found.amounts.push(Amount { value, unit, approximate, span, block: id });
        }
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

    fn add_identifier(&mut self, block: NodeId, span: Span, found: identifier::Found) {
        let identifier::Found { kind, value, check, .. } = found;
        self.found.identifiers.push(Identifier { kind, value: value.into(), check, span, block });
    }

    /// Adds what was found in code, which stands in the source letter by letter, but for what its lines are indented by.
    fn add_in_code(&mut self, block: NodeId, node: NodeId, found: Vec<identifier::Found>, code: &str) {
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

    fn add_time(&mut self, block: NodeId, opens: Option<NodeId>, found: time::Found) {
        let span = self.span(found.range);
        let no_zone = found.no_zone.map(String::into_boxed_str);
        self.found.times.push(Time { expression: found.expression, no_zone, span, block, opens });
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
                    self.piece(node.span, true);
                    self.text.push_str(self.source.slice(node.span));
                }
                NodeKind::Decoded(text) => {
                    self.piece(node.span, false);
                    self.text.push_str(self.tree.literal(*text));
                }
                NodeKind::SoftBreak | NodeKind::LineBreak => {
                    self.piece(node.span, false);
                    self.text.push('\n');
                }
                NodeKind::Sum(sum) => {
                    self.piece(node.span, false);
                    self.text.push_str(&self.sums[*sum as usize].formula);
                }
                NodeKind::Number | NodeKind::ItemNumber(_) | NodeKind::Separator | NodeKind::Attributes => {
                    // A number in the middle is that of a line.
                    let leads = self.text.chars().all(|c| c == OBJECT || c.is_whitespace());
                    self.object(node.span);
                    if leads {
                        lead = self.text.len();
                    }
                }
                NodeKind::Link(_) if self.is_address(at - 1) => {
                    self.object(node.span);
                    at = node.end;
                }
                NodeKind::Code(_) => {
                    self.codes.push((self.text.len(), at - 1));
                    self.object(node.span);
                }
                NodeKind::Image(_) | NodeKind::Label(_) | NodeKind::Tag(_) => self.object(node.span),
                // A block within the block (a list in an item) is looked through by itself.
                NodeKind::Paragraph { .. } | NodeKind::Heading(_) | NodeKind::Cell { .. } => at = node.end,
                _ => {}
            }
        }
        lead
    }

    /// Whether the words of a link are the address itself.
    fn is_address(&self, id: NodeId) -> bool {
        let words = self.tree.text(self.source, id);
        words.contains("://") || words.contains('@') || words.starts_with("www.")
    }

    fn object(&mut self, span: Span) {
        self.piece(span, false);
        self.text.push(OBJECT);
    }

    fn piece(&mut self, span: Span, exact: bool) {
        self.pieces.push(Piece { start: self.text.len(), span, exact });
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
