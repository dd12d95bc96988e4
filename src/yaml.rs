//! YAML into typed values, its faults as findings with a place and a suggestion.

pub mod written;

use serde::de::DeserializeOwned;
use serde_saphyr::{Error, Location};

use crate::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::list_of;
use crate::source::{Source, SourceId, Span};

/// The most nodes one YAML text may unfold to. Real ones have hundreds; alias bombs have billions.
const MAX_NODES: usize = 250_000;

/// How deep it may be nested.
const MAX_DEPTH: usize = 32;

/// Reads the bytes `range` of `source` as YAML.
///
/// # Errors
/// One finding of code `fault`, or of [`Code::UnknownKey`], at the place the parser names.
pub fn read<T: DeserializeOwned>(source: &Source, id: SourceId, range: Span, fault: Code) -> Result<T, Diagnostic> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: MAX_NODES,
            max_events: 2 * MAX_NODES,
            max_documents: 1,
            max_depth: MAX_DEPTH,
        },
        // A text of that name is told from a number by who asks for it.
        non_finite_float_policy: serde_saphyr::options::NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    };
    let text = source.slice(range);
    serde_saphyr::from_str_with_options(text, options).map_err(|error| finding(&error, text, id, range, fault))
}

fn finding(error: &Error, text: &str, id: SourceId, range: Span, fault: Code) -> Diagnostic {
    let location = error.location().unwrap_or(Location::UNKNOWN);
    let span = span_in(text, location, range);
    if let Error::SerdeUnknownField { field, expected, .. } = error.without_snippet() {
        let finding = Diagnostic::at(
            Code::UnknownKey,
            id,
            span,
            message!(
                en: "unknown key `{field}`",
                zh: "不认识的键 `{field}`"
            ),
        );
        let known = list_of(expected.iter().copied());
        return finding.help(match closest(field, expected.iter().copied()) {
            Some(near) => message!(
                en: "did you mean `{near}`? known here: {known}",
                zh: "是否指 `{near}`？此处可用：{known}"; known
            ),
            None => message!(en: "known here: {known}", zh: "此处可用：{known}"; known),
        });
    }
    let message = error.to_string();
    let message = message.lines().next().unwrap_or("not valid YAML");
    let finding = Diagnostic::at(fault, id, span, in_both(&plain_words(message)));
    // A parser often stumbles only on the line after the mistake.
    let at = (span.start - range.start) as usize;
    let above = text[..at.min(text.len())].rfind('\n').map_or("", |end| text[..end].lines().next_back().unwrap_or(""));
    let line = text[..at.min(text.len())].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line..].lines().next().unwrap_or("");
    match [line, above].into_iter().find_map(advice) {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// What to do about a line that is no YAML, where it shows a usual mistake.
fn advice(line: &str) -> Option<Message> {
    let said = line.trim_start().trim_start_matches("- ").trim_start();
    let indent = &line[..line.len() - line.trim_start().len()];
    if said.starts_with('#') {
        return None;
    }
    if indent.contains('\t') {
        return Some(message!(en: "indent with spaces, not with a tab", zh: "请用空格缩进，不要用制表符"));
    }
    if indent.contains('\u{3000}') || indent.contains('\u{a0}') {
        return Some(message!(
            en: "indent with plain spaces, not with full-width or no-break spaces",
            zh: "请用普通空格缩进，不要用全角空格或不换行空格"
        ));
    }
    if said.starts_with(['－', '—', '–', '•', '·', '＊']) {
        return Some(message!(
            en: "begin an entry with a plain hyphen and a space: `- `",
            zh: "每一项请以半角连字符和空格开头：`- `"
        ));
    }
    let end = said.find([':', '：']).unwrap_or(said.len());
    let (key, rest) = said.split_at(end);
    let is_key = !key.is_empty() && !key.contains(char::is_whitespace);
    if is_key && rest.starts_with('：') {
        return Some(message!(
            en: "write a half-width colon and a space after the key: `key: value`",
            zh: "键的后面请写半角冒号和空格：`key: value`"
        ));
    }
    let value = rest.strip_prefix(':')?;
    if !value.is_empty() && !value.starts_with([' ', '\t']) {
        return Some(message!(
            en: "put a space behind the colon: `key: value`",
            zh: "冒号后面请加空格：`key: value`"
        ));
    }
    let value = value.trim();
    if value.contains(": ")
        || value.ends_with(':')
        || value.starts_with(['[', '{', '*', '&', '!', '%', '@', '`', '"', '\''])
    {
        return Some(message!(
            en: "put the whole text in quotation marks: `key: \"value\"`, with `\\\"` for one inside",
            zh: "请把整段文字放进引号：`key: \"value\"`，其中的引号写成 `\\\"`"
        ));
    }
    None
}

/// What the parser says, which is English, with what is met most in Chinese too.
fn in_both(words: &str) -> Message {
    if let Some(key) = words.strip_prefix("missing field ") {
        return Message::new(words.to_owned(), format!("缺少 {key}"));
    }
    message!(en: "{words}", zh: "不是有效的 YAML：{words}")
}

/// What the parser says, without the place, which the finding has, and without advice to programmers.
fn plain_words(message: &str) -> String {
    let parts = message.split(", ").filter(|part| !part.contains(" in Options"));
    let kept = parts.collect::<Vec<_>>().join(", ");
    let mut words = kept.as_str();
    for lead in [" at line ", ": line ", " (line ", ", column "] {
        words = words.split(lead).next().unwrap_or(words);
    }
    words.trim().trim_end_matches(['.', ',', ':']).to_owned()
}

/// The span of a value that was read with its location.
pub fn span_of<T>(value: &serde_saphyr::Spanned<T>, source: &Source, range: Span) -> Span {
    span_in(source.slice(range), value.referenced, range)
}

/// The span of exactly what was written for a value.
fn span_of_value<T>(value: &serde_saphyr::Spanned<T>, source: &Source, range: Span) -> Span {
    let start = range.start as usize + start_in(source.slice(range), value.defined);
    let len = value.defined.span().byte_len().unwrap_or(0);
    source.clamp(Span::new(start, start + len as usize))
}

/// How far a word is followed that has no end: a list of one line may be as long as a book.
const MAX_WORD: usize = 1000;

/// The rest of the word at a location: parsers name where something starts, a caret needs an end.
fn span_in(text: &str, location: Location, range: Span) -> Span {
    let start = start_in(text, location);
    let rest = text.get(start..).unwrap_or("");
    let rest = &rest[..rest.floor_char_boundary(MAX_WORD)];
    let word = rest.find([':', '\n', '\r']).unwrap_or(rest.len());
    let base = range.start as usize;
    Span::new(base + start, base + start + word.max(rest.len().min(1)))
}

fn start_in(text: &str, location: Location) -> usize {
    match location.span().byte_offset() {
        _ if location == Location::UNKNOWN => 0,
        Some(offset) => (offset as usize).min(text.len()),
        None => offset_of(text, location.line() as usize, location.column() as usize),
    }
}

/// The byte at a line and a column, both from 1, the column in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n').map(str::len).take(line.saturating_sub(1));
    let start: usize = lines.sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// The candidate a mistyped word most probably stands for, if any is near.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let len = word.chars().count();
    let farthest = 1 + len / 4;
    // Each character more or less is a step.
    let candidates = candidates.into_iter().filter(|c| c.chars().count().abs_diff(len) <= farthest);
    let scored = candidates.map(|c| (strsim::damerau_levenshtein(word, c), c));
    let (distance, best) = scored.min_by_key(|&(distance, _)| distance)?;
    (distance <= farthest).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        title: String,
    }

    fn read_sample(text: &str) -> Result<Sample, Diagnostic> {
        let source = Source::new("casefile.yaml", text.to_owned());
        let whole = Span::new(0, text.len());
        read(&source, SourceId(0), whole, Code::BadConfig)
    }

    #[test]
    fn a_mistyped_key_is_refused_with_a_suggestion() {
        let finding = read_sample("titel: x\n").unwrap_err();
        assert_eq!(finding.code, Code::UnknownKey);
        assert!(finding.help.unwrap().en().starts_with("did you mean `title`?"));
    }

    #[test]
    fn usual_mistakes_are_told_with_what_to_write() {
        for (text, help) in [
            ("title：拖欠工资\n", "half-width colon"),
            ("title: a\nas_of：2031-02-10\n", "half-width colon"),
            ("title:拖欠工资\n", "a space behind the colon"),
            ("title: 情况说明: 拖欠工资\n", "quotation marks"),
            ("title: [截图] 老板\n", "quotation marks"),
            ("title: \"再等等\"的截图\n", "quotation marks"),
            ("title: *重要* 截图\n", "quotation marks"),
            ("title:\n\tzh: a\n", "with a tab"),
            ("title:\n　　zh：a\n", "plain spaces"),
        ] {
            let finding = read_sample(text).unwrap_err();
            assert!(finding.help.as_ref().is_some_and(|told| told.en().contains(help)), "{text}: {finding:?}");
        }
    }

    #[test]
    fn a_duplicate_key_is_refused() {
        let finding = read_sample("title: a\ntitle: b\n").unwrap_err();
        assert_eq!(finding.code, Code::BadConfig);
    }

    #[test]
    fn an_alias_bomb_is_refused_at_once() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let list = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{list}]\n"));
        }
        assert!(read_sample(&bomb).is_err());
    }

    #[test]
    fn a_value_of_the_wrong_type_is_refused_in_one_line() {
        let finding = read_sample("title: [1, 2]\n").unwrap_err();
        assert_eq!(finding.code, Code::BadConfig);
        assert_eq!(finding.message.en().lines().count(), 1);
        assert_eq!(read_sample("title: x\n").unwrap().title, "x");
    }
}
