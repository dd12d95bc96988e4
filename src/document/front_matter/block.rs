//! Where front matter stands, and whether what stands there is any.

use super::entry::{self, Line};
use super::publicity::{self, Publicity};
use super::{KEYS, foreign};
use crate::source::Span;

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `key: value` between lines of `---`; `...` may end it.
    Yaml,
    /// `key = value` between lines of `+++`.
    Toml,
    /// An object at the very start, as in Hugo, or between lines of `;;;`, as in Hexo.
    Json,
}

impl Syntax {
    pub(super) fn of_first_line(line: &str) -> Option<Self> {
        match line.trim_end() {
            "---" => Some(Self::Yaml),
            "+++" => Some(Self::Toml),
            _ => None,
        }
    }

    pub(super) fn is_end(self, line: &str) -> bool {
        let line = line.trim_end();
        match self {
            Self::Yaml => line == "---" || line == "...",
            Self::Toml => line == "+++",
            Self::Json => line == ";;;",
        }
    }
}

/// The front matter of a text: what stands between its two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// How it is written.
    pub syntax: Syntax,
    /// Where it stands, without the lines that begin and end it.
    pub span: Span,
}

/// Splits a text into its front matter, if it has any, and the byte where the body starts.
///
/// A thematic break at the start is no front matter: what follows the first line must look like a key. Blank lines and
/// comments may stand before it, if a key follows that is known here or to another tool.
pub fn split(text: &str) -> (Option<Block>, usize) {
    let lead = lead_of(text);
    if let Some((span, body)) = split_json(text, lead) {
        return (Some(Block { syntax: Syntax::Json, span }), body);
    }
    let Some((syntax, from)) =
        line_end(text, lead).and_then(|end| Some((Syntax::of_first_line(&text[lead..end])?, end)))
    else {
        return (None, 0);
    };
    let mut at = from;
    let mut has_key = false;
    while let Some(end) = line_end(text, at) {
        let line = &text[at..end];
        if syntax.is_end(line) {
            let block = Block { syntax, span: Span::new(from, at) };
            // Headings between two rules look like comments of YAML.
            let found =
                if has_key { lead > 0 || is_meant(text, block) } else { text[from..at].trim().is_empty() && lead == 0 };
            return if found { (Some(block), end) } else { (None, 0) };
        }
        if !has_key && !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            has_key = match entry::read_line(line, syntax) {
                Line::Entry { key, value } => {
                    is_known(key) || (lead == 0 && (is_plain(key) || keeps_back(key, &line[value..])))
                }
                Line::Table => lead == 0 && syntax == Syntax::Toml,
                Line::Other => false,
            };
            if !has_key {
                return (None, 0);
            }
        }
        at = end;
    }
    (None, 0)
}

/// The JSON at the start of `text` of which some tool knows a key, and where the body starts.
pub(super) fn split_json(text: &str, lead: usize) -> Option<(Span, usize)> {
    let rest = &text[lead..];
    let (from, len, body) = if let Some(fenced) = rest.strip_prefix(";;;") {
        let end = fenced.find("\n;;;")?;
        (3, end, 3 + end + 4)
    } else if rest.starts_with('{') {
        let mut objects = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Map<_, serde_json::Value>>();
        objects.next()?.ok()?;
        let len = objects.byte_offset();
        (0, len, len)
    } else if rest.starts_with('"') {
        let end = rest.find("\n;;;")?;
        (0, end, end + 4)
    } else {
        return None;
    };
    let keys = entry::json(&rest[from..from + len])?;
    let is_known = |key: &String| is_known(&key.to_lowercase());
    let line = rest[body..].find('\n').map_or(rest.len(), |at| body + at + 1);
    let is_last = rest[body..line].trim().is_empty();
    (is_last && keys.keys().any(is_known)).then(|| (Span::new(lead + from, lead + from + len), lead + line))
}

/// Whether `block` is front matter, and no text between two rules: `Note: …` may begin a letter.
pub(super) fn is_meant(text: &str, block: Block) -> bool {
    let (mut known, mut plain, mut strays) = (0, 0, 0);
    for entry in entry::entries(text, block) {
        let (key, value) = match &entry {
            Ok(entry) => (entry.key, entry.raw),
            Err(span) => {
                strays += 1;
                let line = &text[span.range()];
                (line.split([':', '：', '=', ' ']).next().unwrap_or(line), "")
            }
        };
        let folded = key.to_lowercase();
        if KEYS.contains(&key) || folded == "title" || publicity::is_about(&folded) || keeps_back(key, value) {
            return true;
        }
        known += usize::from(foreign::is_known(key) || foreign::translated(key).is_some());
        plain += usize::from(entry.is_ok() && key.starts_with(|c: char| c.is_lowercase() || c == '_'));
    }
    known > 1 || (strays == 0 && known + plain > 0) || block.syntax != Syntax::Yaml
}

/// Whether `key` keeps a document from readers with this value.
pub(super) fn keeps_back(key: &str, value: &str) -> bool {
    let key = key.to_lowercase();
    matches!(publicity::read(&key, Some(value)), Some(Publicity::Draft | Publicity::Unclear))
        || publicity::tags_withhold(&key, value)
}

/// Whether some tool knows `key` as it is written: `Note: …` begins a sentence.
pub(super) fn is_known(key: &str) -> bool {
    KEYS.contains(&key) || foreign::is_known(key) || foreign::translated(key).is_some() || publicity::is_about(key)
}

/// Whether a key that nobody knows is one all the same, and no words of a sentence.
pub(super) fn is_plain(key: &str) -> bool {
    key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// How much of the start of `text` is blank lines and comments.
pub(super) fn lead_of(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        match rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
            Some((_, after)) => rest = after,
            None => return text.len() - rest.len(),
        }
    }
}

/// One past the end of the line that starts at `at`, its break included; none at the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> Option<usize> {
    if at >= text.len() {
        return None;
    }
    let end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
    let rest = &text[end..];
    let len = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    Some(end + len)
}
