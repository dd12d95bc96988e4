//! What of a site is the program's own, whatever a case withholds: people are called Mark, Max and Li.

use std::ops::Range;

use crate::render::theme;
use crate::schema::Schema;
use crate::withhold::spelling::Form;

/// Whether a file of a site is one that every site has, byte for byte.
pub(super) fn is_of_program(path: &str, bytes: &[u8]) -> bool {
    theme::is_built_in(path, bytes) || (path.ends_with("case.schema.json") && bytes == Schema::Case.text().as_bytes())
}

/// The fewest letters of a name that tells something in the file of that path. The terms of the search are all pairs of characters
/// that follow each other, also over two cells; the texts that they are made of stand in files of their own.
pub(super) fn fewest_letters(path: &str) -> usize {
    if path.starts_with("search/terms-") || path.contains("/search/terms-") { 3 } else { 0 }
}

/// Attributes whose values are words of the program or of a format, and never an author's.
const ATTRIBUTES: &[&str] = &[
    "class",
    "rel",
    "type",
    "role",
    "http-equiv",
    "media",
    "scope",
    "method",
    "charset",
    "target",
    "loading",
    "decoding",
    "dir",
    "tabindex",
    "ContentType",
    "Requires",
    "Ignorable",
];

/// The ids of parts that pages have, whatever they show.
const IDS: &[&str] = &["main", "contents", "documents", "matrix", "unanswered", "events"];

/// Whether the word at `range` is a part of markup, or the name of a field of data: no text of anybody.
pub(super) fn is_word_of_program(text: &str, range: &Range<usize>, form: Form) -> bool {
    match form {
        Form::Data => text[..range.start].ends_with('"') && text[range.end..].starts_with("\":"),
        Form::Text | Form::Cells | Form::Values | Form::Markup | Form::Tags => is_markup(text, range),
    }
}

fn is_markup(text: &str, range: &Range<usize>) -> bool {
    let Some(open) = text[..range.start].rfind('<') else { return false };
    let tag = &text[open + 1..];
    if text[open..range.start].contains('>') || !tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return false;
    }
    let mut at = open + 1;
    let rest = |at: usize| &text[at..];
    let word = |at: usize| {
        rest(at).find(|c: char| c.is_whitespace() || "=>\"'".contains(c)).map_or(text.len(), |len| at + len)
    };
    let is_within = |start: usize, end: usize| start <= range.start && range.end <= end;
    let name_end = word(at);
    if is_within(at, name_end) {
        return true;
    }
    at = name_end;
    while at < range.end {
        at += rest(at).len() - rest(at).trim_start().len();
        let end = word(at);
        if is_within(at, end) {
            return true;
        }
        let name = &text[at..end];
        let Some(value) = rest(end).strip_prefix('=') else {
            at = end.max(at + 1);
            continue;
        };
        let quote = value.chars().next().filter(|c| "\"'".contains(*c));
        let start = end + 1 + quote.map_or(0, char::len_utf8);
        let len = match quote {
            Some(quote) => rest(start).find(quote),
            None => rest(start).find(|c: char| c.is_whitespace() || c == '>'),
        };
        let stop = len.map_or(text.len(), |len| start + len);
        if is_within(start, stop) {
            return is_value_of_program(name, &text[start..stop]);
        }
        at = stop + quote.map_or(0, char::len_utf8);
    }
    false
}

fn is_value_of_program(name: &str, value: &str) -> bool {
    match name {
        "class" => !value.contains("language-"),
        "id" => IDS.contains(&value),
        "href" | "src" => theme::is_path(value) || value.strip_prefix('#').is_some_and(|id| IDS.contains(&id)),
        name => name.starts_with("xmlns") || name == "Type" && value.contains("://") || ATTRIBUTES.contains(&name),
    }
}
