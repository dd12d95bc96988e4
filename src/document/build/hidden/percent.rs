//! Comments of Obsidian, `%%…%%`.
//!
//! A pair stands in one paragraph, heading or cell. Only where both signs begin lines, and the second is all of its own, are
//! other blocks between them hidden too: otherwise one sign without a partner would show what the others hide, for the rest
//! of the document.

use std::ops::Range;

use super::{Hidden, Unended, is_in};
use crate::work;

/// A block of text in which signs find their partners; in a table they find them in their cell.
pub(super) struct Block {
    pub(super) range: Range<usize>,
    pub(super) is_table: bool,
}

#[derive(Clone, Copy)]
struct Sign {
    at: usize,
    len: usize,
    /// Where the block begins that it stands in.
    block: usize,
    begins_line: bool,
    ends_line: bool,
}

impl Sign {
    fn end(self) -> usize {
        self.at + self.len
    }

    fn is_alone(self) -> bool {
        self.begins_line && self.ends_line
    }
}

/// Adds the comments of `text` to `hidden`; `opaque` is where none are looked for.
pub(super) fn scan(text: &str, opaque: &[Range<usize>], blocks: &[Block], hidden: &mut Hidden) {
    let signs = signs(text, opaque, blocks);
    let mut single: Vec<Sign> = Vec::new();
    let mut hide = |from: Sign, to: Sign| hidden.ranges.push((from.at..to.end(), "%%".to_owned()));
    for group in signs.chunk_by(|a, b| a.block == b.block) {
        let mut rest = group;
        if let [first, others @ ..] = group
            && others.len() % 2 == 0
            && first.is_alone()
        {
            single.push(*first);
            rest = others;
        }
        while let [open, others @ ..] = rest {
            rest = others;
            if is_percentage(text, *open, others.is_empty()) {
                continue;
            }
            match others {
                [close, others @ ..] => {
                    hide(*open, *close);
                    rest = others;
                }
                [] => single.push(*open),
            }
        }
    }
    let mut rest = single.as_slice();
    while let [open, others @ ..] = rest {
        rest = others;
        match others {
            [close, others @ ..] if open.begins_line && close.is_alone() && open.len == close.len => {
                hide(*open, *close);
                rest = others;
            }
            // Three of them alone divide a text.
            // `prototype.%% does`: beside the end of a word it begins nothing.
            _ if open.len == 2 && !is_behind_word(text, open.at) => {
                hidden.unended.push(Unended { at: open.at, len: open.len, is_text: false })
            }
            _ => {}
        }
    }
}

/// The signs of `text` in order. A longer run of `%` is an ornament.
fn signs(text: &str, opaque: &[Range<usize>], blocks: &[Block]) -> Vec<Sign> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    // Where the run before ends, the line of it begins, and the last `|` of that line stands.
    let (mut end, mut line, mut bar) = (0, 0, None);
    for at in memchr::memmem::find_iter(bytes, b"%%") {
        if at < end {
            continue;
        }
        // No more than this is looked at: of a line that holds very many signs each part once.
        let since = end;
        let between = &text[since..at];
        work::count(between.len());
        if let Some(break_at) = between.rfind('\n') {
            (line, bar) = (since + break_at + 1, None);
        }
        let own = line.max(since);
        bar = text[own..at].rfind('|').map(|bar| own + bar).or(bar);
        let len = bytes[at..].iter().take_while(|byte| **byte == b'%').count();
        end = at + len;
        if len > 3 || is_in(opaque, at) || is_otherwise(between, text, end) {
            continue;
        }
        let within = blocks.partition_point(|block| block.range.start <= at);
        let block = match blocks[..within].last().filter(|block| block.range.end >= at) {
            Some(block) if !block.is_table => block.range.start,
            Some(_) => bar.unwrap_or(line),
            None => line,
        };
        let after = text[end..].trim_start_matches(|c: char| c != '\n' && c.is_whitespace());
        out.push(Sign {
            at,
            len,
            block,
            begins_line: line >= since && text[line..at].trim_start_matches([' ', '\t', '>']).is_empty(),
            ends_line: after.is_empty() || after.starts_with('\n'),
        });
    }
    out
}

/// Whether what looks like a sign, to `end`, is text: `\%%`, `%d%%` and `"%%d` of a program, `%%20` in an address. `between` is
/// what stands between it and the one before.
fn is_otherwise(between: &str, text: &str, end: usize) -> bool {
    let word = between.rsplit(char::is_whitespace).next().unwrap_or("");
    let goes_on = text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let in_address = goes_on && word.is_ascii() && word.contains("://");
    let in_target = word.rfind("](").is_some_and(|open| !word[open..].contains(')'));
    let of_program = word.strip_suffix(|c: char| c.is_ascii_alphabetic()).is_some_and(|rest| {
        rest.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')).ends_with('%')
    });
    let in_quotes = word.ends_with(['"', '\'', '`']) && goes_on;
    word.ends_with('\\') || in_address || in_target || of_program || in_quotes
}

/// Whether a sign stands right behind a word in Latin letters, and a space behind the sign.
fn is_behind_word(text: &str, at: usize) -> bool {
    let ends_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ')' | '"' | '\'');
    text[..at].ends_with(ends_word) && text[at + 2..].starts_with([' ', '\n'])
}

/// Whether `sign` is the sign of a percentage that was written twice: `5%%，`. Before a letter it begins what is hidden, if
/// anything ends that: `2031-05-04 %%…%%`, `5%%…%%`.
fn is_percentage(text: &str, sign: Sign, is_last: bool) -> bool {
    let before = text[..sign.at].trim_end_matches(' ');
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let is_apart = before.len() < sign.at;
    let after = &text[sign.end()..];
    let next = after.chars().next();
    // `50%%(密)%%`: what stands in brackets between two signs and nothing else is hidden.
    let in_brackets = [('(', ')'), ('（', '）'), ('[', ']')].into_iter().any(|(open, close)| {
        let within = after.strip_prefix(open).and_then(|rest| rest.split_once("%%"));
        within.is_some_and(|(within, _)| within.find(close).is_some_and(|at| at + close.len_utf8() == within.len()))
    });
    if in_brackets {
        return false;
    }
    let ends_number = next.is_none_or(|c| !(c.is_alphanumeric() || is_apart && c.is_whitespace() && c != '\n'));
    (1..=3).contains(&digits) && (ends_number || (is_last && !is_apart))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_on_a_line_of_comments_grows_with_the_line() {
        work::tests::grows_with_what_is_written("comments", |size| {
            let text: String = (0..size).map(|at| format!("%%甲{at}%% ")).collect();
            assert_eq!(signs(&text, &[], &[]).len(), 2 * size);
        });
    }
}
