//! Rows of tables that do not fit their head: Markdown drops what is too much.

use std::cmp::Reverse;
use std::ops::Range;

use comrak::nodes::{AstNode, NodeValue};

use super::Look;
use crate::diagnostic::Code;

impl<F: Fn(usize) -> usize> Look<'_, F> {
    pub(super) fn table<'a>(&mut self, table: &'a AstNode<'a>, columns: usize) {
        let mut is_open = false;
        // The rows of one column may do without bars.
        let mut has_bars = columns > 1;
        for row in table.children().filter(|row| matches!(row.data().value, NodeValue::TableRow(false))) {
            let position = row.data().sourcepos.start;
            let (start, line) = self.line(position.line);
            let start = start + (position.column - 1).min(line.len());
            let line = line.get(position.column - 1..).unwrap_or("");
            let bars = bars(line);
            let (begins, ends) = (line.trim_start().starts_with('|'), line.trim_end().ends_with('|'));
            // A cell that was written over two lines.
            let goes_on = is_open && !begins && ends;
            is_open = begins && !ends;
            if (bars.is_empty() || goes_on) && has_bars {
                let message = message!(
                    en: "this line is read as a row of the table above it",
                    zh: "这一行被当作上面表格的一行"
                );
                let help = match goes_on {
                    true => message!(
                        en: "write the whole row on one line, with `<br>` where a line of a cell ends",
                        zh: "一行请写在同一行里，格内换行用 `<br>`"
                    ),
                    false => message!(
                        en: "leave a blank line before it, or write it between `|`",
                        zh: "请在它前面空一行，或写在 `|` 之间"
                    ),
                };
                self.report(Code::GluedLine, start..start + line.trim_end().len(), message, help);
                continue;
            }
            has_bars |= begins;
            let inner = inner(line, &bars);
            let Some(surplus) = (inner.len() + 1).checked_sub(columns).filter(|&surplus| surplus > 0) else { continue };
            let dropped = &line[inner[columns - 1]..];
            if dropped.contains(|c: char| !c.is_whitespace() && c != '|') {
                self.bars_as_text(start, line, &inner, surplus);
                let message = message!(
                    en: "this row has {cells} cells and the head of the table {columns}",
                    zh: "这一行有 {cells} 格，表头有 {columns} 格",
                    cells = inner.len() + 1
                );
                let help = message!(
                    en: "write `\\|` for a bar that is text, or give the head as many cells",
                    zh: "作为文字的竖线请写 `\\|`，或让表头有同样多的格"
                );
                self.report(Code::UnevenTable, start..start + line.trim_end().len(), message, help);
            }
        }
    }

    /// A paragraph whose line `number` parts the head of a table from its rows: the head has another number of cells.
    pub(super) fn uneven_head(&mut self, number: usize) {
        let (start, head) = self.line(number - 1);
        let lead = head.len() - head.trim_start_matches([' ', '>']).len();
        let (start, head) = (start + lead, &head[lead..]);
        let (_, below) = self.line(number);
        let columns =
            inner(below.trim_start_matches([' ', '>']), &bars(below.trim_start_matches([' ', '>']))).len() + 1;
        let bars = bars(head);
        let inner = inner(head, &bars);
        let cells = inner.len() + 1;
        if !bars.is_empty() && cells == columns {
            let message = message!(
                en: "this table is read as part of the text above it",
                zh: "这个表格被当作上面文字的一部分"
            );
            let range = start..start + head.trim_end().len();
            self.report(
                Code::GluedLine,
                range,
                message,
                message!(
                    en: "leave a blank line before it",
                    zh: "请在它前面空一行"
                ),
            );
        }
        if bars.is_empty() || cells == columns {
            return;
        }
        let in_text = inner.iter().filter(|&&at| rank(head, at) < TIGHT).count();
        if cells > columns && in_text >= cells - columns {
            self.bars_as_text(start, head, &inner, cells - columns);
        }
        let message = message!(
            en: "this head has {cells} cells and the line below it {columns}, so that it is no table",
            zh: "表头有 {cells} 格，下面一行有 {columns} 格，因此不成表格"
        );
        let help = message!(
            en: "give both lines as many cells, and write `\\|` for a bar that is text",
            zh: "请让两行格数相同，作为文字的竖线写 `\\|`"
        );
        self.report(Code::UnevenTable, start..start + head.trim_end().len(), message, help);
    }

    /// Lines that all stand between bars, without the one of dashes that makes a table of them. One alone is a row only below
    /// a table.
    pub(super) fn rows_without_head(&mut self, lines: Range<usize>, is_below_table: bool) {
        let is_row = |number| {
            let line = self.line(number).1.trim_matches([' ', '\t', '>']);
            line.len() > 2 && line.starts_with('|') && line.ends_with('|') && !is_delimiter(line)
        };
        if !(lines.len() > 1 || is_below_table) || !lines.clone().all(is_row) {
            return;
        }
        let (start, line) = self.line(lines.start);
        let message = message!(
            en: "these lines are no table: the line below the first of them has no dashes",
            zh: "这几行不成表格：第一行之下没有横线"
        );
        let help = match is_below_table {
            true => message!(
                en: "take out what parts them from the table above, or write `|---|---|` below the head of another",
                zh: "请删去把它与上面表格隔开的内容；如果是另一个表格，请在表头下写 `|---|---|`"
            ),
            false => message!(
                en: "write `|---|---|` below the head, with as many cells",
                zh: "请在表头下面写 `|---|---|`，格数与表头相同"
            ),
        };
        self.report(Code::UnevenTable, start..start + line.trim_end().len(), message, help);
    }

    /// Takes `count` of the bars for text: those in code and brackets first, then those without spaces beside them, then
    /// the last.
    fn bars_as_text(&mut self, start: usize, line: &str, inner: &[usize], count: usize) {
        let mut ranked = inner.to_vec();
        ranked.sort_by_cached_key(|&at| (rank(line, at), Reverse(at)));
        for &at in ranked.iter().take(count) {
            self.hide(start + at..start + at + 1);
        }
    }
}

/// Where the bars of a row stand that part cells.
fn bars(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'|', bytes).filter(|&at| at == 0 || bytes[at - 1] != b'\\').collect()
}

/// The bars between cells, without those at either end.
fn inner(line: &str, bars: &[usize]) -> Vec<usize> {
    let first = line.len() - line.trim_start().len();
    let last = line.trim_end().len();
    bars.iter().copied().filter(|&at| at != first && at + 1 != last).collect()
}

/// The rank of a bar that has no spaces beside it.
const TIGHT: u8 = 2;

/// The longest row that is looked at closely.
const MAX_ROW: usize = 4000;

/// How far a bar is from being text; the lowest is.
fn rank(line: &str, at: usize) -> u8 {
    if line.len() > MAX_ROW {
        return TIGHT + 1;
    }
    let (before, after) = (&line[..at], &line[at + 1..]);
    let in_code = before.matches('`').count() % 2 == 1 && after.contains('`');
    let in_brackets = [('【', '】'), ('[', ']'), ('（', '）'), ('(', ')')].into_iter().any(|(open, close)| {
        let opened = before.rfind(open).filter(|&open| before[open..].find(close).is_none());
        let own = |text: &str| !text.contains('|');
        opened.is_some_and(|open| own(&before[open..]))
            && after.split(close).next().is_some_and(|text| own(text) && text.len() < after.len())
    });
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let tight = !is_space(before.chars().next_back()) && !is_space(after.chars().next());
    match (in_code, in_brackets, tight) {
        (true, ..) => 0,
        (_, true, _) => 1,
        (.., true) => TIGHT,
        _ => TIGHT + 1,
    }
}

/// Whether a line parts the head of a table from its rows: `|---|:-:|`.
pub(super) fn is_delimiter(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '>']);
    let cell = |cell: &str| {
        let cell = cell.trim();
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    line.contains('|') && line.contains('-') && line.trim_matches('|').split('|').all(cell)
}
