//! Labels: 【注1-1】, [Notes 1-4, 1-5], 附录2. What they name does not depend on the language.

use std::ops::Range;

use smol_str::SmolStr;

use super::outline;
use crate::language::lexicon::{Lexicon, fold, is_list_separator};
use crate::slug::half_width;

/// The longest bracket that is looked into, in bytes.
const MAX_BRACKET: usize = 600;

/// What a label names: the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The kind: `note`, `appendix`, …, or, where no language knows the word, the folded word itself.
    pub kind: SmolStr,
    /// What stands before the kind word (`Orion` in 【Orion 网站1】), folded.
    pub qualifier: Option<Box<str>>,
    /// The number, half width: `1-1`.
    pub number: SmolStr,
}

impl Key {
    /// The note of a number: what `[^1-1]` names.
    pub fn note(number: &str) -> Self {
        Self { kind: SmolStr::new_static("note"), qualifier: None, number: SmolStr::new(fold(number)) }
    }
}

/// One label in a bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Where it stands in the bracket's content, in bytes.
    pub range: Range<usize>,
    /// The title of the document meant, folded: 《补充材料》.
    pub title: Option<String>,
    /// What it names.
    pub key: Key,
}

/// Which brackets a label stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    /// 【…】: a word that no language knows is a kind of its own.
    Full,
    /// […]: only known kind words count, for square brackets have many uses.
    Square,
}

/// Reads the content of a bracket as a list of labels; empty if the first part is none.
///
/// Later parts that are no labels (【注1-1，第3页】) are passed over, a part without a kind word takes
/// that of the part before it ([Notes 1-4, 1-5]).
pub fn parse_bracket(content: &str, bracket: Bracket, lexicon: &Lexicon) -> Vec<Member> {
    if content.len() > MAX_BRACKET || !content.contains(is_number_char) {
        return Vec::new();
    }
    let mut members: Vec<Member> = Vec::new();
    for part in split_list(content) {
        let kind = members.last().map(|member| member.key.clone());
        match parse_member(content, part.clone(), bracket, kind.as_ref(), lexicon) {
            Some(member) => members.push(member),
            None => match lexicon.split_joiner(&content[part.clone()]) {
                Some((before, after)) => {
                    let left = part.start..part.start + before.len();
                    let right = part.end - after.len()..part.end;
                    for half in [left, right] {
                        let kind = members.last().map(|member| member.key.clone());
                        members.extend(parse_member(content, half, bracket, kind.as_ref(), lexicon));
                    }
                }
                None if members.is_empty() => return members,
                None => {}
            },
        }
        if members.is_empty() {
            return members;
        }
    }
    members
}

fn is_number_char(c: char) -> bool {
    half_width(c).is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// The parts between list separators; titles are not cut.
fn split_list(content: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0i32);
    for (at, c) in content.char_indices() {
        match c {
            '《' | '“' => depth += 1,
            '》' | '”' => depth -= 1,
            _ if depth <= 0 && is_list_separator(c) => {
                parts.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(start..content.len());
    parts
}

fn parse_member(
    content: &str,
    range: Range<usize>,
    bracket: Bracket,
    previous: Option<&Key>,
    lexicon: &Lexicon,
) -> Option<Member> {
    let part = &content[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let range = start..start + part.trim().len();
    let folded = fold(part.trim());
    let text = &folded[lexicon.lead_in(&folded)..];
    let (title, text) = split_title(text);
    let (words, number) = split_number(text)?;
    let words = words.trim_end();
    let key = if words.is_empty() {
        let previous = previous.filter(|_| title.is_none())?;
        Key { number, ..previous.clone() }
    } else if let Some((start, kind)) = lexicon.kind_at_end(words) {
        let qualifier = words[..start].trim();
        Key { kind: kind.clone(), qualifier: (!qualifier.is_empty()).then(|| qualifier.into()), number }
    } else {
        unknown_kind(words, text, number, bracket)?
    };
    let title = title.map(str::to_owned);
    Some(Member { range, title, key })
}

/// `《title》` or `"title"` before a label.
fn split_title(text: &str) -> (Option<&str>, &str) {
    for (open, close) in [('《', '》'), ('“', '”'), ('"', '"')] {
        if let Some(rest) = text.strip_prefix(open)
            && let Some((title, rest)) = rest.split_once(close)
        {
            return (Some(title.trim()), rest.trim_start());
        }
    }
    (None, text)
}

/// Splits the number off the end of a label: digits joined by hyphens, or, where a word stands right
/// before it, a Chinese numeral (附录一).
fn split_number(text: &str) -> Option<(&str, SmolStr)> {
    let digits_from = text
        .char_indices()
        .rev()
        .take_while(|&(_, c)| c.is_ascii_digit() || outline::is_hyphen(c))
        .last()
        .map_or(text.len(), |(at, _)| at);
    let tail = &text[digits_from..];
    let number = tail.trim_start_matches(outline::is_hyphen);
    if number.ends_with(|c: char| c.is_ascii_digit()) {
        let start = text.len() - number.len();
        let plain: String = number.chars().map(|c| if outline::is_hyphen(c) { '-' } else { c }).collect();
        let words = &text[..start];
        let apart = !words.ends_with(outline::is_hyphen) && !plain.contains("--");
        return apart.then(|| (words, SmolStr::new(plain)));
    }
    let numeral_from = text
        .char_indices()
        .rev()
        .take_while(|&(_, c)| "一二三四五六七八九十百".contains(c))
        .last()
        .map(|(at, _)| at)?;
    let (value, len) = outline::chinese_numeral(&text[numeral_from..])?;
    let whole = numeral_from > 0 && numeral_from + len == text.len();
    whole.then(|| (&text[..numeral_from], SmolStr::new(value.to_string())))
}

/// A kind of its own: the last word before the number, in full-width brackets only. A Latin word must
/// stand apart from its number, so that 【A4】 is none, and a Chinese numeral after it does not count.
fn unknown_kind(words: &str, text: &str, number: SmolStr, bracket: Bracket) -> Option<Key> {
    let written_in_digits = text.ends_with(|c: char| c.is_ascii_digit());
    if bracket == Bracket::Square || !written_in_digits {
        return None;
    }
    let (qualifier, word) = words.rsplit_once(char::is_whitespace).unwrap_or(("", words));
    let spaced = text[words.len()..].starts_with(char::is_whitespace);
    let latin = word.is_ascii();
    let is_word = word.chars().all(char::is_alphabetic) && !matches!(word, "第" | "共" | "约");
    let short = word.chars().count() <= 12;
    let plain = qualifier.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (is_word && short && plain && (spaced || !latin)).then(|| Key {
        kind: SmolStr::new(word),
        qualifier: (!qualifier.is_empty()).then(|| qualifier.into()),
        number,
    })
}

/// A label without brackets at the start of a block: `注1: text`, `附录2, title`.
#[derive(Debug, PartialEq, Eq)]
pub struct Bare {
    /// Where the label stands, in bytes.
    pub range: Range<usize>,
    /// What it names.
    pub key: Key,
}

/// Looks for a bare label at the start of `text`. In a heading a space or the end may follow the number,
/// elsewhere a separator must; after a comma in English, prose goes on in lower case (`Exhibit 3, which`).
pub fn parse_bare(text: &str, heading: bool, lexicon: &Lexicon) -> Option<Bare> {
    let start = text.len() - text.trim_start().len();
    if !text[start..].starts_with(|c| lexicon.may_begin_kind(c)) {
        return None;
    }
    let head_end = text[start..].char_indices().nth(40).map_or(text.len(), |(at, _)| start + at);
    let folded = fold(&text[start..head_end]);
    let (word_end, kind) = lexicon.kind_at_start(&folded)?;
    let latin = folded[..word_end].is_ascii();
    let spaces = folded[word_end..].len() - folded[word_end..].trim_start_matches(' ').len();
    if latin && spaces == 0 {
        return None;
    }
    let from = word_end + spaces;
    let (number, len) = leading_number(&folded[from..])?;
    let folded_end = from + len;
    let end = start + unfolded_len(&text[start..], folded_end)?;
    let after = &text[end..];
    let mark = after.trim_start().chars().next();
    let tail = mark.map_or("", |mark| &after.trim_start()[mark.len_utf8()..]);
    let defines = match mark {
        None => heading,
        Some(':' | '：') => true,
        Some('，' | '、') => true,
        Some(',' | '.' | '．') => !latin || heading || tail.trim_start().starts_with(char::is_uppercase),
        Some('-' | '–' | '—') => heading,
        Some(_) => heading && after.starts_with(char::is_whitespace),
    };
    let kind = kind.clone();
    let qualifier = None;
    let key = Key { kind, qualifier, number };
    defines.then_some(Bare { range: start..end, key })
}

fn leading_number(folded: &str) -> Option<(SmolStr, usize)> {
    let end = folded.find(|c: char| !c.is_ascii_digit() && !outline::is_hyphen(c)).unwrap_or(folded.len());
    let number = folded[..end].trim_end_matches(outline::is_hyphen);
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        let plain: String = number.chars().map(|c| if outline::is_hyphen(c) { '-' } else { c }).collect();
        return Some((SmolStr::new(plain), number.len()));
    }
    let (value, len) = outline::chinese_numeral(folded)?;
    Some((SmolStr::new(value.to_string()), len))
}

/// The bytes of `text` that fold to the first `folded` bytes: full-width forms are longer than what
/// they fold to.
fn unfolded_len(text: &str, folded: usize) -> Option<usize> {
    let mut left = folded;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return Some(at);
        }
        left = left.checked_sub(half_width(c).len_utf8())?;
    }
    (left == 0).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn lexicon() -> Lexicon {
        Lexicon::new(&[Language::new("zh", None), Language::new("en", None)])
    }

    fn full(content: &str) -> Vec<String> {
        show(parse_bracket(content, Bracket::Full, &lexicon()))
    }

    fn square(content: &str) -> Vec<String> {
        show(parse_bracket(content, Bracket::Square, &lexicon()))
    }

    fn show(members: Vec<Member>) -> Vec<String> {
        let show_one = |member: Member| {
            let title = member.title.map(|t| format!("《{t}》")).unwrap_or_default();
            let qualifier = member.key.qualifier.map(|q| format!("{q} ")).unwrap_or_default();
            format!("{title}{qualifier}{} {}", member.key.kind, member.key.number)
        };
        members.into_iter().map(show_one).collect()
    }

    #[test]
    fn one_label_names_kind_and_number() {
        assert_eq!(full("注1-1"), ["note 1-1"]);
        assert_eq!(full("附录2"), ["appendix 2"]);
        assert_eq!(full("附錄 2"), ["appendix 2"]);
        assert_eq!(full("註１－１"), ["note 1-1"]);
        assert_eq!(full("附录一"), ["appendix 1"]);
        assert_eq!(square("Note 1-1"), ["note 1-1"]);
        assert_eq!(square("exhibit 3"), ["exhibit 3"]);
    }

    #[test]
    fn each_member_of_a_list_is_a_label_of_its_own() {
        let expected = ["note 1-4", "note 1-5", "note 1-6", "note 1-7"];
        assert_eq!(full("注1-4，注1-5, 注1-6、注1-7"), expected);
        assert_eq!(full("注1-4、1-5；1-6/1-7"), expected);
        assert_eq!(square("Notes 1-4, 1-5, 1-6 and 1-7"), expected);
        assert_eq!(full("注1-4和附录2"), ["note 1-4", "appendix 2"]);
    }

    #[test]
    fn a_list_member_keeps_its_own_place() {
        let content = "注1-4，注1-5";
        let members = parse_bracket(content, Bracket::Full, &lexicon());
        let texts: Vec<&str> = members.iter().map(|m| &content[m.range.clone()]).collect();
        assert_eq!(texts, ["注1-4", "注1-5"]);
    }

    #[test]
    fn a_bracket_without_a_number_is_no_label() {
        for content in ["重要", "注", "", "2031-05-04", "第3", "2031年5月4日凌晨1:00", "A4", "COVID-19", "一"]
        {
            assert_eq!(full(content), Vec::<String>::new(), "{content}");
        }
        for content in ["Important", "3", "Smith 2031", "1-1", "x 1", "1, 2"] {
            assert_eq!(square(content), Vec::<String>::new(), "{content}");
        }
    }

    #[test]
    fn qualifiers_titles_and_unknown_kinds_are_told_apart() {
        assert_eq!(full("Orion 网站1"), ["orion website 1"]);
        assert_eq!(full("《补充材料》注1-1"), ["《补充材料》note 1-1"]);
        assert_eq!(full("《甲，乙》注1-1，注1-2"), ["《甲,乙》note 1-1", "note 1-2"]);
        assert_eq!(square("\"Supplement\" Note 1-1"), ["《supplement》note 1-1"]);
        assert_eq!(square("Orion Website 1"), ["orion website 1"]);
        assert_eq!(full("仓单3"), ["仓单 3"]);
        assert_eq!(full("备注1"), ["备注 1"]);
        assert_eq!(full("Receipt 3"), ["receipt 3"]);
        assert_eq!(square("Receipt 3"), Vec::<String>::new());
    }

    #[test]
    fn words_around_a_label_do_not_hide_it() {
        assert_eq!(full("见注1-1"), ["note 1-1"]);
        assert_eq!(square("see Note 1-1, p. 3"), ["note 1-1"]);
        assert_eq!(full("注1-1，第3页"), ["note 1-1"]);
    }

    fn bare(text: &str, heading: bool) -> Option<String> {
        let bare = parse_bare(text, heading, &lexicon())?;
        Some(text[bare.range].to_owned())
    }

    #[test]
    fn a_bare_label_needs_a_separator_in_text_and_a_space_in_a_heading() {
        assert_eq!(bare("注1: text", false).as_deref(), Some("注1"));
        assert_eq!(bare("附录2, title", false).as_deref(), Some("附录2"));
        assert_eq!(bare("附录一、标题", false).as_deref(), Some("附录一"));
        assert_eq!(bare("注１：文字", false).as_deref(), Some("注１"));
        assert_eq!(bare("Note 1-1: text", false).as_deref(), Some("Note 1-1"));
        assert_eq!(bare("Appendix 2, The table", false).as_deref(), Some("Appendix 2"));
        assert_eq!(bare("附录2 标题", true).as_deref(), Some("附录2"));
        assert_eq!(bare("Appendix 2", true).as_deref(), Some("Appendix 2"));
        for text in ["附录2说明了", "Exhibit 3, which shows", "Notes on 3", "注意：", "Note 3 says"] {
            assert_eq!(bare(text, false), None, "{text}");
        }
    }
}
