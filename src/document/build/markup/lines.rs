//! Ends of lines in raw HTML. They are white space there, but where every line is a unit (fields, a transcript, a name and a
//! day) its author meant them, as in a paragraph of Markdown.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::super::line_ends::unit::opens_unit;
use crate::document::html::{self, Token};
use crate::language::script::swallows_line_break;
use crate::language::time_words::TimeWords;

/// Lines no wider than this, in columns, were not wrapped by an editor.
const NARROW: usize = 24;

/// Whether the ends of the lines are meant in what stands before the next block of `tokens`. With `<br>` they are marked.
pub(super) fn are_meant(tokens: &[Token<'_>], words: &TimeWords) -> bool {
    let is_inline = |token: &&Token<'_>| match token {
        Token::Open(tag) => !html::is_block(&tag.name),
        Token::Close(name) => !html::is_block(name),
        Token::Text(_) => true,
    };
    let (mut text, mut has_links) = (String::new(), false);
    for token in tokens.iter().take_while(is_inline) {
        match token {
            Token::Text(part) => text.push_str(part),
            Token::Open(tag) if tag.name == "br" => return false,
            Token::Open(tag) => has_links |= matches!(tag.name.as_str(), "a" | "img"),
            Token::Close(_) => {}
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let others = lines.iter().filter(|line| !opens_unit(line, words)).count();
    let are_short = || {
        // A row of links is laid out in lines for the eye of its author alone.
        let goes_on = |line: &&str| line.ends_with(['，', '、', ',', '-']);
        !has_links && lines.iter().all(|line| line.width() <= NARROW) && !lines.iter().any(goes_on)
    };
    lines.len() > 1 && (others <= lines.len() / 3 || are_short())
}

/// The parts of a text between the ends of lines that stand for nothing: those between Chinese letters, where an editor
/// wrapped it.
pub(super) fn closed_up(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        let before = text[from.min(end)..end].trim_end_matches([' ', '\t', '\r']);
        if !before.ends_with(swallows_line_break) {
            continue;
        }
        let after = text[end..].trim_start();
        if after.starts_with(swallows_line_break) {
            parts.push(from..from + before.len());
            from = text.len() - after.len();
        }
    }
    parts.push(from..text.len());
    parts
}
