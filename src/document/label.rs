//! Labels: 【注1-1】, [Notes 1-4, 1-5], 附录2. What they name does not depend on the language.

use crate::language::chinese::{is_numeral, is_simple_numeral};
use crate::language::lists::citation::THROUGH;
use crate::language::lists::label::{AROUND_NUMBER, LOCATORS, NO_KINDS};
use std::ops::Range;

use smol_str::SmolStr;

use super::{citation, outline};
use crate::language::lexicon::{Lexicon, SPACES, is_list_separator};
use crate::language::words::fold;
use crate::slug::half_width;

/// The kind of the entries of a list of sources, which are cited as `[1]`.
pub const REFERENCE: &str = "reference";

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
    if bracket == Bracket::Square && (1..=3).contains(&content.len()) && content.bytes().all(|b| b.is_ascii_digit()) {
        let key = Key { kind: SmolStr::new_static(REFERENCE), qualifier: None, number: SmolStr::new(content) };
        return vec![Member { range: 0..content.len(), title: None, key }];
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
                    let kind = members.last().map(|member| member.key.clone());
                    members.extend(parse_member(content, left.clone(), bracket, kind.as_ref(), lexicon));
                    let first = members.last().map(|member| member.key.clone());
                    let last = parse_member(content, right.clone(), bracket, first.as_ref(), lexicon);
                    let joint = content[left.end..right.start].trim();
                    let is_range = THROUGH.contains(&joint);
                    if let (true, Some(first), Some(last)) = (is_range, &first, &last) {
                        let between = citation::range_between(first, &last.key.number, left.end);
                        members.extend(between.unwrap_or_default());
                    }
                    members.extend(last);
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
    half_width(c).is_ascii_digit() || c.is_ascii_uppercase() || is_simple_numeral(c)
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
    let text = without_locator(without_name(text, lexicon), lexicon);
    let (words, number) = split_number(text).or_else(|| split_letters(text, part, lexicon))?;
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

/// 证据1 of `证据1：合同`: the name of what is cited may stand behind its label.
fn without_name<'a>(text: &'a str, lexicon: &Lexicon) -> &'a str {
    let Some((label, name)) = text.split_once([':', '：']) else { return text };
    let is_label =
        split_number(label.trim_end()).is_some_and(|(words, _)| lexicon.kind_at_end(words.trim_end()).is_some());
    if is_label && !name.trim().is_empty() { label.trim_end() } else { text }
}

/// 证据4 of `证据4第2-3页`, `exhibit 3` of `exhibit 3 p. 4`: where in it may stand behind what is cited.
fn without_locator<'a>(text: &'a str, lexicon: &Lexicon) -> &'a str {
    let is_label = |label: &str| {
        split_number(label.trim_end()).is_some_and(|(words, _)| lexicon.kind_at_end(words.trim_end()).is_some())
    };
    if let Some((label, place)) = text.split_once('第')
        && place.ends_with(|c| LOCATORS.contains(c))
        && is_label(label)
    {
        return label.trim_end();
    }
    for mark in [" p. ", " pp. ", " p.", " page ", " pages ", " at ", " p"] {
        if let Some((label, place)) = text.split_once(mark)
            && place.starts_with(|c: char| c.is_ascii_digit())
            && is_label(label)
        {
            return label.trim_end();
        }
    }
    text
}

/// `exhibit ` and `c` of `Exhibit C`: some kinds are numbered with letters, which are capitals.
fn split_letters<'a>(text: &'a str, written: &str, lexicon: &Lexicon) -> Option<(&'a str, SmolStr)> {
    let at = text
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let (words, number) = text.split_at(at);
    let (_, kind) = lexicon.kind_at_end(words.trim_end())?;
    let capitals = written.trim_end().get(written.trim_end().len().checked_sub(number.len())?..)?;
    let (found, len) = citation::number(capitals, true, citation::takes_letters(kind))?;
    let apart = !words.is_ascii() || words.ends_with(SPACES);
    (apart && len == capitals.len()).then_some((words, found))
}

/// What a bracket seems to cite that is no label: 【3号证据】, 【证据第3号】.
pub(super) fn unread(content: &str, lexicon: &Lexicon) -> Option<Key> {
    let folded = fold(content);
    if folded.chars().count() > 12 {
        return None;
    }
    let mut at = 0;
    let (range, kind) = std::iter::from_fn(|| {
        let found = lexicon.find_kind(&folded, at)?;
        at = found.0.end;
        Some(found)
    })
    .find_map(|(range, kind)| Some((range, kind?)))?;
    let rest = format!("{}{}", &folded[..range.start], &folded[range.end..]);
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || AROUND_NUMBER.contains(c) || "-－—：:．.".contains(c));
    let number = rest.parse::<u16>().ok().or_else(|| {
        let (value, len) = outline::chinese_numeral(rest)?;
        (len == rest.len()).then_some(value)
    })?;
    Some(Key { kind: kind.clone(), qualifier: None, number: SmolStr::new(number.to_string()) })
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
    let numeral_from = text.char_indices().rev().take_while(|&(_, c)| is_numeral(c)).last().map(|(at, _)| at)?;
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
    let is_word = word.chars().all(char::is_alphabetic) && !NO_KINDS.contains(&word);
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
    let spaces = folded[word_end..].len() - folded[word_end..].trim_start_matches(SPACES).len();
    if latin && spaces == 0 {
        return None;
    }
    let from = word_end + spaces;
    let written = &text[start + unfolded_len(&text[start..], from)?..];
    // Only what is as long folded as it is written.
    let lettered = citation::number(written, true, citation::takes_letters(kind));
    let lettered = lettered
        .filter(|(_, len)| written[..*len].is_ascii() && (latin || !written.starts_with(|c: char| c.is_ascii_digit())));
    let (number, len) = lettered.or_else(|| leading_number(&folded[from..])).filter(|_| kind != "page")?;
    let folded_end = from + len;
    let end = start + unfolded_len(&text[start..], folded_end)?;
    let after = &text[end..];
    if latin && after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mark = after.trim_start().chars().next();
    let tail = mark.map_or("", |mark| &after.trim_start()[mark.len_utf8()..]);
    let may_speak = matches!(kind.as_str(), "note" | "link" | "email" | "website");
    let names = || may_speak || heading || is_name(tail);
    let set_apart = after.starts_with(char::is_whitespace) && tail.starts_with(char::is_whitespace);
    let defines = match mark {
        None => heading,
        Some(':' | '：') => true,
        Some('，' | '、') => names(),
        Some(',' | '.' | '．') => {
            (!latin && names()) || heading || (tail.trim_start().starts_with(char::is_uppercase) && names())
        }
        Some('-' | '–' | '—') if latin => {
            heading || (set_apart && tail.trim_start().starts_with(char::is_uppercase))
        }
        Some('-' | '–' | '—') => heading || is_name(tail),
        Some(_) => heading && after.starts_with(char::is_whitespace),
    };
    let kind = kind.clone();
    let qualifier = None;
    let key = Key { kind, qualifier, number };
    defines.then_some(Bare { range: start..end, key })
}

/// The longest name of an exhibit or annex behind its label, in characters.
const MAX_NAME: usize = 40;

/// Whether the line is a name, and not speech: `证据3，签收单，我们不认可` is what somebody says of it.
fn is_name(line: &str) -> bool {
    let line = line.lines().next().unwrap_or("").trim();
    let line = line.trim_start_matches(['-', '—', '–']);
    let marks = ['，', '。', '！', '？', '；', '!', '?', ';'];
    !line.is_empty()
        && line.chars().count() <= MAX_NAME
        && !line.contains(marks)
        && !line.trim_end_matches('.').contains([',', '.'])
        && line.split_whitespace().count() <= 8
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
        assert_eq!(square("Exhibit C"), ["exhibit c"]);
        assert_eq!(square("Annexure AB-1"), ["annex ab-1"]);
        assert_eq!(full("证据A"), ["exhibit a"]);
        assert_eq!(full("图2"), ["figure 2"]);
        assert_eq!(square("3"), ["reference 3"]);
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
    fn a_range_is_all_that_stands_between_its_ends() {
        assert_eq!(full("证据1至3"), ["exhibit 1", "exhibit 2", "exhibit 3"]);
        assert_eq!(full("证据1到证据4"), ["exhibit 1", "exhibit 2", "exhibit 3", "exhibit 4"]);
        assert_eq!(full("注1-4至注1-6"), ["note 1-4", "note 1-5", "note 1-6"]);
        assert_eq!(square("Exhibits 1 to 3"), ["exhibit 1", "exhibit 2", "exhibit 3"]);
        assert_eq!(full("证据3至1"), ["exhibit 3", "exhibit 1"]);
    }

    #[test]
    fn a_place_or_a_name_behind_a_label_does_not_hide_it() {
        for content in ["证据4第2-3页", "证据4：合同", "证据4:合同，收据", "证据4第3行", "证据4，第2页"]
        {
            assert_eq!(full(content), ["exhibit 4"], "{content}");
        }
        for content in ["Exhibit 4 p. 2", "Exhibit 4 at 12", "Exhibit 4: the receipt", "see Exhibit 4 page 3"] {
            assert_eq!(square(content), ["exhibit 4"], "{content}");
        }
        for content in ["微信号1：abc", "第4页", "10：30"] {
            assert_eq!(full(content), Vec::<String>::new(), "{content}");
        }
    }

    #[test]
    fn what_seems_to_cite_and_is_no_label_is_noted() {
        let seems = |content: &str| unread(content, &lexicon()).map(|key| format!("{} {}", key.kind, key.number));
        for content in ["3号证据", "证据第3号", "第三份证据", "证据之3", "证据 第三"] {
            assert_eq!(seems(content).as_deref(), Some("exhibit 3"), "{content}");
        }
        for content in ["5号仓库", "重要证据", "证据", "3月证据交换", "证据交换于3月4日进行", "图书3"]
        {
            assert_eq!(seems(content), None, "{content}");
        }
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
        for content in ["Important", "Smith 2031", "1-1", "x 1", "1, 2", "2031"] {
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
        assert_eq!(bare("附件1-合同", false).as_deref(), Some("附件1"));
        assert_eq!(bare("证据A：合同", false).as_deref(), Some("证据A"));
        assert_eq!(bare("证据3，签收单", false).as_deref(), Some("证据3"));
        assert_eq!(bare("Exhibit B — The Denial.", false).as_deref(), Some("Exhibit B"));
        assert_eq!(bare("Annexure AB-1: the ledger", true).as_deref(), Some("Annexure AB-1"));
        assert_eq!(bare("Appendix B", true).as_deref(), Some("Appendix B"));
        assert_eq!(bare("ANNEXURE JF8A: THE LEDGER", true).as_deref(), Some("ANNEXURE JF8A"));
        assert_eq!(bare("Annexure JF-AR1 / JF7D", true).as_deref(), Some("Annexure JF-AR1"));
        assert_eq!(bare("TABLE OF CONTENTS", true), None);
        for text in [
            "附录2说明了",
            "Exhibit 3, which shows",
            "Notes on 3",
            "注意：",
            "Note 3 says",
            "证据3，签收单，我们不认可真实性。",
            "证据3，我们不认可。",
            "附件2、3都没有。",
            "Exhibit 3, He says it is forged, and so do we.",
            "Exhibit B shows it.",
            "Exhibit Bold: text",
            "Table and 3",
            "Page 3: text",
        ] {
            assert_eq!(bare(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_bracket_is_read_up_to_a_length() {
        let list = |count: usize| vec!["注1"; count].join("、");
        assert_eq!(full(&list(MAX_BRACKET / "注1、".len())).len(), MAX_BRACKET / "注1、".len());
        assert!(full(&list(MAX_BRACKET)).is_empty());
    }
}
