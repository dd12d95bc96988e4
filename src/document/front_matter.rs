//! The YAML between two lines of `---` at the very start of a document.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::DocumentKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, SourceId, Span};
use crate::yaml;

/// What an author may say about a document. All of it is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "front matter of a document")]
pub struct FrontMatter {
    /// The title in lists and in citations; without it the first heading.
    pub title: Option<String>,
    /// What the document is, where the file name does not tell.
    pub kind: Option<DocumentKind>,
    /// The last part of the address, where the one from the file name will not do.
    pub slug: Option<String>,
    /// The place in lists, where that of its kind will not do: overview 10, timeline 20, positions 30, links 40, evidence 50,
    /// other documents 60, appendices 70.
    pub order: Option<i32>,
    /// A sentence for lists.
    #[serde(alias = "description")]
    pub summary: Option<String>,
    /// A draft is read, but neither published nor found by references.
    #[serde(default)]
    pub draft: bool,
}

/// The JSON Schema of front matter.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(FrontMatter)
}

/// Splits a text into the span of its front matter, if it has one, and the byte where the body starts.
///
/// A thematic break at the start is no front matter: what follows the first `---` must look like a key,
/// and a second `---` or `...` must end it.
pub fn split(text: &str) -> (Option<Span>, usize) {
    let Some(first) = line_end(text, 0).filter(|&end| text[..end].trim_end() == "---") else {
        return (None, 0);
    };
    let mut at = first;
    let mut looks_like_yaml = None;
    while let Some(end) = line_end(text, at) {
        let line = text[at..end].trim_end();
        if line == "---" || line == "..." {
            let found = looks_like_yaml != Some(false);
            return if found { (Some(Span::new(first, at)), end) } else { (None, 0) };
        }
        if looks_like_yaml.is_none() && !line.trim().is_empty() && !line.starts_with('#') {
            looks_like_yaml = Some(is_key(line));
        }
        if looks_like_yaml == Some(false) {
            break;
        }
        at = end;
    }
    (None, 0)
}

/// The keys, as they stand in YAML.
const KEYS: [&str; 7] = ["title", "kind", "slug", "order", "summary", "description", "draft"];

/// The finding for a text that begins with what is meant as front matter and is not read as such: the first line that
/// names a key, after a line of dashes.
pub fn unread(source: &Source, id: SourceId) -> Option<Diagnostic> {
    let text = &source.text;
    let mut at = text.len() - text.trim_start().len();
    let first = line_end(text, at).filter(|&end| text[at..end].trim_end() == "---")?;
    at = first;
    while let Some(end) = line_end(text, at) {
        let line = text[at..end].trim_end();
        if line.is_empty() || line == "---" {
            return None;
        }
        let key =
            KEYS.iter().find(|key| line.strip_prefix(**key).is_some_and(|rest| rest.starts_with([':', '：', ' '])));
        if let Some(key) = key {
            let message = "this is not read as front matter, and what it says would be lost";
            let span = Span::new(at, at + key.len());
            let help = "begin the document with a line `---`, write `key: value` on each line, with a half-width colon and a \
                        space after it, and end with a line `---`";
            return Some(Diagnostic::at(Code::BadFrontMatter, id, span, message).help(help));
        }
        at = end;
    }
    None
}

/// One past the end of the line that starts at `at`, its break included; none at the end of the text.
fn line_end(text: &str, at: usize) -> Option<usize> {
    if at >= text.len() {
        return None;
    }
    let end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
    let rest = &text[end..];
    let len = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    Some(end + len)
}

fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let key = ['"', '\''].iter().find_map(|quote| key.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(key);
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !key.is_empty() && key.chars().all(word) && (value.is_empty() || value.starts_with(' '))
}

/// Reads the front matter at `span`; empty front matter says nothing.
///
/// # Errors
/// The finding, when it is no valid front matter.
pub fn read(source: &Source, id: SourceId, span: Span) -> Result<FrontMatter, Diagnostic> {
    let text = source.slice(span);
    let says_nothing = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if says_nothing {
        return Ok(FrontMatter::default());
    }
    yaml::read(source, id, span, Code::BadFrontMatter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> (bool, &str) {
        let (front, start) = split(text);
        (front.is_some(), &text[start..])
    }

    #[test]
    fn front_matter_stands_between_two_lines_of_dashes() {
        assert_eq!(body("---\ntitle: a\n---\ntext"), (true, "text"));
        assert_eq!(body("---\r\ntitle: a\r\n---\r\ntext"), (true, "text"));
        assert_eq!(body("---\n\"title\": a\n---\ntext"), (true, "text"));
        assert_eq!(body("---\n---\ntext"), (true, "text"));
        assert_eq!(body("---\n# only a comment\n---\n"), (true, ""));
    }

    #[test]
    fn a_thematic_break_is_no_front_matter() {
        for text in ["---\n\n文字：说明\n\n---\nmore", "---\ntitle: a\n", "text\n---\na: b\n---\n", "---", ""] {
            assert_eq!(body(text), (false, text));
        }
    }

    #[test]
    fn what_is_meant_as_front_matter_and_is_none_is_told() {
        let found = |text: &str| unread(&Source::new("a.md", text.to_owned()), SourceId(0)).is_some();
        for text in [
            "---\ntitle：案情\ndraft：true\n---\n",
            "---\n标题: 案情\ndraft: true\n---\n",
            "---\ndraft true\n---\n",
            "---\ndraft: true\n",
            "\n---\ndraft: true\n---\n",
        ] {
            assert!(split(text).0.is_none() && found(text), "{text}");
        }
        for text in ["---\n\ntitle: a\n", "---\ntext\n---\n", "# a\n---\ndraft: true\n", "---\ntitles: a\n", "---", ""]
        {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn unknown_keys_are_refused_where_they_stand() {
        let source = Source::new("a.md", "---\ntitel: a\n---\n".to_owned());
        let (span, _) = split(&source.text);
        let finding = read(&source, SourceId(0), span.unwrap()).unwrap_err();
        assert_eq!(finding.code, Code::UnknownKey);
        let crate::diagnostic::Place::At(_, span) = finding.place else { panic!() };
        assert_eq!(source.slice(span), "titel");
    }
}
