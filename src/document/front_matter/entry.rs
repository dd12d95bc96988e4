//! Front matter cut into entries, each read by itself.

use super::block::{Block, Syntax, line_end};
use crate::source::Span;

use serde_json::{Map, Value};

/// A key with its value.
#[derive(Debug)]
pub(super) struct FrontMatterEntry<'a> {
    /// As written, without quotation marks.
    pub(super) key: &'a str,
    pub(super) key_span: Span,
    /// The value on the line of the key.
    pub(super) value_span: Span,
    /// The value, if it is one text and no list or table of its own.
    pub(super) text: Option<String>,
    /// All of the value as it is written.
    pub(super) raw: &'a str,
}

/// What a line says.
pub(super) enum Line<'a> {
    /// It gives a key a value, which starts at `value`.
    Entry { key: &'a str, value: usize },
    /// It begins a table of TOML.
    Table,
    /// Neither.
    Other,
}

/// Reads a line that is neither blank nor a comment.
pub(super) fn read_line(line: &str, syntax: Syntax) -> Line<'_> {
    let content = line.trim();
    if syntax == Syntax::Toml && content.starts_with('[') {
        return Line::Table;
    }
    let lead = line.len() - line.trim_start().len();
    let rest = &line[lead..];
    let sign = if syntax == Syntax::Yaml { ':' } else { '=' };
    // A quoted key may hold the sign.
    let quoted = rest.chars().next().filter(|c| matches!(c, '"' | '\'')).and_then(|quote| rest[1..].find(quote));
    let after_key = quoted.map_or(0, |close| close + 2);
    let Some(at) = rest[after_key..].find(sign).map(|at| after_key + at) else { return Line::Other };
    let key = rest[..at].trim_end();
    let value = &rest[at + 1..];
    let key = ['"', '\''].iter().find_map(|quote| key.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(key);
    let is_apart = syntax == Syntax::Toml || value.is_empty() || value.starts_with(char::is_whitespace);
    // `title:案情` lacks the space; `https://…` and `12:30` are no keys.
    let is_run_on = !value.starts_with('/') && !key.contains(|c: char| c.is_ascii_digit() || c == ' ');
    if !is_key(key) || !(is_apart || is_run_on) {
        return Line::Other;
    }
    Line::Entry { key, value: lead + at + 1 }
}

/// Whether `key` could be one: words of letters, not a sentence.
fn is_key(key: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '/');
    let starts = key.starts_with(|c: char| c.is_alphabetic() || c == '_');
    starts && key.chars().all(letter) && key.split(' ').count() <= 3
}

/// The entries at the top level of `block`, and the spans of lines that are none.
pub(super) fn entries(text: &str, block: Block) -> Vec<Result<FrontMatterEntry<'_>, Span>> {
    if block.syntax == Syntax::Json {
        return entries_of_json(text, block.span);
    }
    let inside = &text[..block.span.end as usize];
    let mut out = Vec::new();
    let mut at = block.span.start as usize;
    let mut indent = None;
    let mut in_table = false;
    while let Some(end) = line_end(inside, at) {
        let line = &inside[at..end];
        let own_indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let from = at;
        at = end;
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let indent = *indent.get_or_insert(own_indent);
        match read_line(line, block.syntax) {
            Line::Table => in_table = true,
            Line::Entry { .. } | Line::Other if in_table => {}
            Line::Entry { key, value } => {
                let (value_end, more) = continuation(inside, end, indent, block.syntax);
                let written = line[value..].trim();
                let value_start = from + value + (line[value..].len() - line[value..].trim_start().len());
                let key_start = from + line.find(key).unwrap_or(0);
                out.push(Ok(FrontMatterEntry {
                    key,
                    key_span: Span::new(key_start, key_start + key.len()),
                    value_span: Span::new(value_start, value_start + written.len().max(1)),
                    text: value_of(written, more),
                    raw: &inside[value_start.min(value_end)..value_end],
                }));
                at = value_end;
            }
            Line::Other => {
                let start = from + own_indent;
                out.push(Err(Span::new(start, start + line.trim().len())));
            }
        }
    }
    out
}

/// The entries of the JSON at `span`.
fn entries_of_json(text: &str, span: Span) -> Vec<Result<FrontMatterEntry<'_>, Span>> {
    let inside = &text[span.range()];
    let mut from = 0;
    let entry = |(key, value): (String, Value)| {
        let at = from + inside[from..].find(&format!("\"{key}\""))? + 1;
        from = at + key.len();
        let start = span.start as usize + at;
        let key_span = Span::new(start, start + key.len());
        let value = match value {
            Value::String(text) => Some(text),
            Value::Null => Some(String::new()),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
            Value::Array(_) | Value::Object(_) => None,
        };
        let raw = inside[from..].lines().next().unwrap_or("");
        Some(Ok(FrontMatterEntry { key: &text[key_span.range()], key_span, value_span: key_span, text: value, raw }))
    };
    json(inside).into_iter().flatten().filter_map(entry).collect()
}

/// The object that `text` is, with or without its braces.
pub(super) fn json(text: &str) -> Option<Map<String, Value>> {
    let text = text.trim();
    if text.starts_with('{') {
        return serde_json::from_str(text).ok();
    }
    serde_json::from_str(&format!("{{{text}}}")).ok()
}

/// The lines from `at` on that belong to the value before them: where they end, and what they are.
fn continuation(text: &str, at: usize, indent: usize, syntax: Syntax) -> (usize, &str) {
    let mut end = at;
    let mut next = at;
    while let Some(line_end) = line_end(text, next) {
        let line = &text[next..line_end];
        let content = line.trim_start_matches([' ', '\t']);
        let own_indent = line.len() - content.len();
        let blank = content.trim().is_empty();
        let belongs = match syntax {
            Syntax::Yaml => own_indent > indent || content.starts_with(['-', ']', '}']),
            Syntax::Toml | Syntax::Json => own_indent > indent || content.starts_with([']', '}', '"']),
        };
        if !blank && !belongs {
            break;
        }
        next = line_end;
        if !blank {
            end = next;
        }
    }
    (end, &text[at..end])
}

/// The text that a value is, if it is one. What looks like a list but is none, as in `[截图] 老板`, is the text that it is.
fn value_of(written: &str, more: &str) -> Option<String> {
    let has_more = !more.trim().is_empty();
    if written.starts_with(['|', '>']) || (has_more && written.starts_with(['"', '\''])) {
        return serde_saphyr::from_str::<String>(&format!("{written}\n{more}")).ok().map(|text| text.trim().to_owned());
    }
    if has_more && (written.is_empty() || written.starts_with(['[', '{', '&', '*', '!', '#'])) {
        return None;
    }
    if written.starts_with(['"', '\'']) {
        let read = serde_saphyr::from_str::<String>(written);
        return Some(read.unwrap_or_else(|_| written.to_owned()));
    }
    let mut text = without_comment(written).to_owned();
    for line in more.lines().map(str::trim).filter(|line| !line.is_empty()) {
        text.push(' ');
        text.push_str(line);
    }
    Some(text)
}

/// A plain value without the comment after it. `关于 #12345 工单` holds none: a comment has a space after its sign.
fn without_comment(written: &str) -> &str {
    if written.starts_with("# ") || written == "#" {
        return "";
    }
    let comment = written.match_indices(" #").find(|(at, sign)| {
        let after = &written[at + sign.len()..];
        after.is_empty() || after.starts_with(char::is_whitespace)
    });
    comment.map_or(written, |(at, _)| written[..at].trim_end())
}
