//! Citations without brackets: 证据3, 附件一, `Exhibit C`, `Exhibits 1 to 3`, `paragraph 3.1`, 第一点第2项. Whether one leads
//! anywhere is told where all that is defined is known; what is not even meant as one is left out here.

use crate::language::lists::citation::{
    CAPITALS_BEFORE, COUNTERS, JOINTS, LETTERS_AFTER_NUMERAL, LETTERS_BEFORE, LETTERS_BEFORE_PARAGRAPH,
    SENTENCE_OPENERS, THROUGH,
};
use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::label::{Key, Member};
use super::outline;
use crate::language::lexicon::{Lexicon, SPACES};
use crate::language::script::is_cjk_letter;
use crate::language::words::fold;
use crate::slug::half_width;

/// The kind of what is cited by the number of a paragraph.
pub const PARAGRAPH: &str = "paragraph";

/// The most numbers that a range stands for; of a longer one only the ends are cited.
pub(super) const MAX_RANGE: u32 = 30;

/// A citation of one or several things of a kind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FoundCitation {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What it cites; what stands between the ends of a range has no text of its own.
    pub(super) members: Vec<Member>,
}

/// The first citation of `text` from byte `from` on.
pub(super) fn next_in(text: &str, from: usize, lexicon: &Lexicon) -> Option<FoundCitation> {
    let mut at = from;
    loop {
        let (range, kind) = lexicon.find_kind(text, at)?;
        let found = match kind {
            Some(kind) => labels(text, range.clone(), kind),
            None => paragraph(text, range.clone()),
        };
        if found.is_some() {
            return found;
        }
        at = range.end;
    }
}

/// Labels of a kind whose word stands at `word`.
fn labels(text: &str, word: Range<usize>, kind: &SmolStr) -> Option<FoundCitation> {
    let written = &text[word.clone()];
    let is_latin = written.is_ascii();
    if kind == "page" || !stands_apart(text, word.start, written) {
        return None;
    }
    let gap = text[word.end..].len() - text[word.end..].trim_start_matches(SPACES).len();
    if is_latin && (gap == 0 || !may_be_lower(kind) && !written.starts_with(|c: char| c.is_ascii_uppercase())) {
        return None;
    }
    let mut at = word.end + gap;
    let mut members: Vec<Member> = Vec::new();
    let mut start = word.start;
    loop {
        let plural = !is_latin || written.trim_end_matches('.').ends_with(['s', 'S']);
        let Some((mut number, mut len)) = number(&text[at..], is_latin, takes_letters(kind)) else { break };
        if let Some((from, to)) = number.split_once('-').filter(|_| is_latin && plural)
            && (from.parse::<u32>().ok() < to.parse::<u32>().ok() || (from.len() == 1 && to.len() == 1 && from < to))
        {
            // Exhibits 1-3 are three, and Exhibits A-C.
            (number, len) = (SmolStr::new(from), from.len());
        }
        let end = at + len;
        if !ends_apart(text, at..end, is_latin) {
            break;
        }
        let key = Key { kind: kind.clone(), qualifier: None, number };
        members.push(Member { range: start..end, title: None, key });
        let Some((joint, is_range)) = joint(&text[end..]).filter(|_| plural) else { break };
        start = end + joint;
        at = start;
        let between = is_range.then(|| between(&text[at..], members.last()?, end, is_latin)).flatten();
        let Some(between) = between.or_else(|| (!is_range).then(Vec::new)) else { break };
        members.extend(between);
    }
    let last = members.iter().rposition(|member| !member.range.is_empty())?;
    members.truncate(last + 1);
    let end = members[last].range.end;
    if is_latin && members.len() == 1 {
        members[0].title = title_after(&text[end..]);
    }
    Some(FoundCitation { range: word.start..end, members })
}

/// The members between `first` and the number at the start of `rest`.
fn between(rest: &str, first: &Member, joint: usize, is_latin: bool) -> Option<Vec<Member>> {
    let (last, _) = number(rest, is_latin, takes_letters(&first.key.kind))?;
    range_between(&first.key, &last, joint)
}

/// The members strictly between two ends of a range, which stand where the range is joined.
pub(super) fn range_between(first: &Key, last: &str, joint: usize) -> Option<Vec<Member>> {
    let split = |number: &str| {
        let (lead, last) = number.rsplit_once('-').unwrap_or(("", number));
        last.parse::<u32>().ok().map(|last| (lead.to_owned(), last))
    };
    let letter = |number: &str| match number.as_bytes() {
        [letter] if letter.is_ascii_lowercase() => Some(u32::from(*letter)),
        _ => None,
    };
    let (numbers, show): (Range<u32>, Box<dyn Fn(u32) -> SmolStr>) = match (letter(&first.number), letter(last)) {
        (Some(from), Some(to)) => (from + 1..to, Box::new(|n| format_smolstr!("{}", char::from_u32(n).unwrap_or('?')))),
        _ => {
            let ((lead, from), (other, to)) = (split(&first.number)?, split(last)?);
            if lead != other && !other.is_empty() {
                return None;
            }
            let show =
                move |n: u32| if lead.is_empty() { format_smolstr!("{n}") } else { format_smolstr!("{lead}-{n}") };
            (from + 1..to, Box::new(show))
        }
    };
    if numbers.start > numbers.end {
        return None;
    }
    if numbers.len() as u32 > MAX_RANGE {
        return Some(Vec::new());
    }
    let member = |n: u32| Member { range: joint..joint, title: None, key: Key { number: show(n), ..first.clone() } };
    Some(numbers.map(member).collect())
}

/// What joins two numbers of one citation: how long it is, and whether it says from where to where.
fn joint(text: &str) -> Option<(usize, bool)> {
    let trimmed = text.trim_start_matches(SPACES);
    let spaces = text.len() - trimmed.len();
    let joints = JOINTS.iter().filter(|word| !word.is_ascii()).map(|word| (*word, false));
    let through = THROUGH.iter().filter(|word| !word.is_ascii()).map(|word| (*word, true));
    let marks = [("、", false), ("－", true), ("—", true), ("~", true), ("～", true), ("–", true), ("-", true)];
    for (word, is_range) in joints.chain(through).chain(marks) {
        if let Some(rest) = trimmed.strip_prefix(word) {
            let after = rest.len() - rest.trim_start_matches(SPACES).len();
            return Some((spaces + word.len() + after, is_range));
        }
    }
    for (word, is_range) in [
        (", and ", false),
        (" and ", false),
        (" & ", false),
        (" or ", false),
        (" to ", true),
        (" through ", true),
        (", ", false),
    ] {
        if text.starts_with(word) {
            return Some((word.len(), is_range));
        }
    }
    None
}

/// Whether nothing before a word makes another of it.
fn stands_apart(text: &str, start: usize, word: &str) -> bool {
    let before = &text[..start];
    let Some(last) = before.chars().next_back() else { return true };
    if last == '【' {
        // What stands in brackets is read there.
        return false;
    }
    if word.is_ascii() {
        if last.is_alphanumeric() && last.is_ascii() || matches!(last, '-' | '/' | '_' | '\'' | '’' | '.' | '#') {
            return false;
        }
        let words = before.trim_end_matches(SPACES);
        let word = words.rsplit(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).next().unwrap_or("");
        let is_possessive = word.ends_with("'s") || word.ends_with("’s") || word.ends_with(['\'', '’']);
        let names = word.starts_with(char::is_uppercase) && !word.chars().any(is_cjk_letter);
        let is_known = CAPITALS_BEFORE.contains(&fold(word).as_str());
        return words.len() == before.len() || !(is_possessive || names && !is_known);
    }
    if is_cjk_letter(last) { LETTERS_BEFORE.contains(last) } else { !last.is_alphanumeric() }
}

/// Whether nothing after a number makes something else of it.
fn ends_apart(text: &str, number: Range<usize>, is_latin: bool) -> bool {
    let after = &text[number.end..];
    let Some(next) = after.chars().next() else { return true };
    let last = text[number.clone()].chars().next_back().unwrap_or(' ');
    if next.is_ascii_alphanumeric()
        || half_width(next).is_ascii_digit()
        || matches!(next, '%' | '％' | '°' | '’' | '\'')
    {
        return false;
    }
    if matches!(next, '.' | '．' | ',' | ':' | '：' | '/')
        && after[next.len_utf8()..].starts_with(|c: char| half_width(c).is_ascii_digit())
    {
        return false;
    }
    if is_latin {
        return true;
    }
    if is_cjk_letter(last) {
        return !is_cjk_letter(next) || LETTERS_AFTER_NUMERAL.contains(next);
    }
    !COUNTERS.contains(next)
}

/// A number at the start of a text: `3`, `3-1`, 三, `C`, `AB-1`.
pub(super) fn number(text: &str, is_latin: bool, takes_letters: bool) -> Option<(SmolStr, usize)> {
    let first = text.chars().next()?;
    let part = |c: char| half_width(c).is_ascii_digit() || outline::is_hyphen(c);
    if is_latin && takes_letters && first.is_ascii_digit() {
        let token = &text[..text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len())];
        if token.len() <= 4 && token.ends_with(|c: char| c.is_ascii_uppercase()) {
            // 8A, between 8 and 9.
            let number = token[..token.len() - 1].bytes().all(|byte| byte.is_ascii_digit());
            return number.then(|| (SmolStr::new(token.to_ascii_lowercase()), token.len()));
        }
    }
    if half_width(first).is_ascii_digit() {
        let mut written = text[..text.find(|c| !part(c)).unwrap_or(text.len())].trim_end_matches(outline::is_hyphen);
        if let Some((at, _)) = written.char_indices().find(|&(_, c)| matches!(c, '–' | '—' | '－')) {
            written = &written[..at];
        }
        let plain: String = fold(written).chars().map(|c| if outline::is_hyphen(c) { '-' } else { c }).collect();
        let is_number = plain.split('-').all(|part| (1..=3).contains(&part.len()));
        return is_number.then(|| (SmolStr::new(plain), written.len()));
    }
    if first.is_ascii_uppercase() && takes_letters {
        return lettered(text);
    }
    let (value, len) = outline::chinese_numeral(text).filter(|_| !is_latin)?;
    Some((format_smolstr!("{value}"), len))
}

/// A number that begins with a letter: `C`, `AB-1`, `JF8A`, `JF-BANK-2`. All of what hangs together is the number, for `JF`
/// alone is another.
fn lettered(text: &str) -> Option<(SmolStr, usize)> {
    let token = &text[..text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len())];
    let token = token.trim_end_matches('-');
    let first = token.split('-').next().unwrap_or("");
    let letters = first.len() - first.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let is_word =
        ["OF", "TO", "IN", "ON", "AND", "FOR", "BY", "THE", "AT", "IS", "IT", "NO", "OR", "AS"].contains(&token);
    let capital = token.bytes().all(|byte| byte == b'-' || byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let usable = capital && !is_word && letters <= 3 && token.len() <= 24 && !token.contains("--");
    usable.then(|| (SmolStr::new(token.to_ascii_lowercase()), token.len()))
}

/// The kinds that are numbered with letters, too.
pub(super) fn takes_letters(kind: &str) -> bool {
    matches!(kind, "exhibit" | "appendix" | "annex" | "tab" | "schedule" | "figure" | "table")
}

/// The kinds whose words begin with a small letter in running text, too; `note 1`, `table 3` may be anything.
fn may_be_lower(kind: &str) -> bool {
    matches!(kind, "exhibit" | "appendix" | "annex")
}

/// The document in which what was cited stands: `… to the Complaint`.
fn title_after(text: &str) -> Option<String> {
    let rest = [" to the ", " of the ", " to ", " in the "].iter().find_map(|joint| text.strip_prefix(joint))?;
    let mut title = String::new();
    for word in rest.split(' ') {
        let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !plain.starts_with(char::is_uppercase) {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(plain);
        if plain.len() < word.len() {
            break;
        }
    }
    (!title.is_empty()).then(|| fold(&title))
}

/// A paragraph by its number: `paragraph 3.1`, 第一点第2项.
fn paragraph(text: &str, word: Range<usize>) -> Option<FoundCitation> {
    let written = &text[word.clone()];
    let (number, end) = if written.is_ascii() {
        let after = &text[word.end..];
        let gap = after.len() - after.trim_start_matches(SPACES).len();
        let from = word.end + gap;
        let digits = &text[from..];
        let len = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
        let number = digits[..len].trim_end_matches('.');
        let is_number = number.split('.').all(|part| (1..=3).contains(&part.len()) && !part.starts_with('0'));
        let end = from + number.len();
        let rest = &text[end..];
        let elsewhere = [" of ", " in the ", " to the "].iter().any(|word| rest.starts_with(word));
        let apart = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '(');
        let elsewhere = elsewhere || names_another(&text[..word.start]);
        if gap == 0 || !is_number || elsewhere || !apart || !stands_apart(text, word.start, written) {
            return None;
        }
        (number.replace('.', "-"), end)
    } else {
        let (first, mut end) = ordinal(text, word.start, &['点', '點'])?;
        let mut number = first.to_string();
        if let Some((second, after)) = ordinal(text, end, &['项', '項', '点', '點']) {
            number = format!("{number}-{second}");
            end = after;
        }
        // 第一点，… begins a point of its own.
        let before = text[..word.start].chars().next_back()?;
        if !(LETTERS_BEFORE.contains(before)
            || LETTERS_BEFORE_PARAGRAPH.contains(before)
            || matches!(before, '（' | '('))
        {
            return None;
        }
        (number, end)
    };
    let key = Key { kind: SmolStr::new_static(PARAGRAPH), qualifier: None, number: SmolStr::new(number) };
    Some(FoundCitation { range: word.start..end, members: vec![Member { range: word.start..end, title: None, key }] })
}

/// Whether a text ends with the name of what has a paragraph: `Facts, paragraph 2`, `the Contract’s paragraph 2`.
fn names_another(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(',');
    let before = ["'s", "’s"].iter().find_map(|end| before.strip_suffix(end)).unwrap_or(before);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let folded = fold(word);
    word.starts_with(char::is_uppercase)
        && !CAPITALS_BEFORE.contains(&folded.as_str())
        && !SENTENCE_OPENERS.contains(&folded.as_str())
}

/// 第…点 at byte `at`: the number, and where it ends.
fn ordinal(text: &str, at: usize, units: &[char]) -> Option<(u16, usize)> {
    let inside = text[at..].strip_prefix('第')?;
    let from = text.len() - inside.len();
    let (value, len) = outline::chinese_numeral(inside).or_else(|| {
        let len = inside.find(|c: char| !half_width(c).is_ascii_digit()).unwrap_or(inside.len());
        fold(&inside[..len]).parse().ok().map(|value| (value, len))
    })?;
    let unit = inside[len..].chars().next().filter(|c| units.contains(c))?;
    Some((value, from + len + unit.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    /// Each citation of a text as `kind number`.
    fn cited(text: &str) -> Vec<String> {
        let lexicon = Lexicon::new(&[Language::new("zh", None), Language::new("en", None)]);
        let (mut at, mut all) = (0, Vec::new());
        while let Some(found) = next_in(text, at, &lexicon) {
            assert!(found.range.start >= at && found.range.end > found.range.start, "{text}");
            at = found.range.end;
            all.extend(found.members.into_iter().map(|member| {
                let title = member.title.map(|title| format!(" 《{title}》")).unwrap_or_default();
                format!("{} {}{title}", member.key.kind, member.key.number)
            }));
        }
        all
    }

    #[test]
    fn what_people_cite_without_brackets_is_found() {
        let cases: &[(&str, &[&str])] = &[
            (
                "货没有到，见证据3、证据四，另见附件1、附件二和图2。",
                &["exhibit 3", "exhibit 4", "annex 1", "annex 2", "figure 2"],
            ),
            ("（证据1）", &["exhibit 1"]),
            ("［证据1］", &["exhibit 1"]),
            ("详见附录一。", &["appendix 1"]),
            ("证据1、2、3证明", &["exhibit 1", "exhibit 2", "exhibit 3"]),
            ("证据1至3证明", &["exhibit 1", "exhibit 2", "exhibit 3"]),
            ("证据三中的签名", &["exhibit 3"]),
            ("如图2所示，", &["figure 2"]),
            ("据表3可知", &["table 3"]),
            ("证据A的原件", &["exhibit a"]),
            ("證據３已提交", &["exhibit 3"]),
            (
                "as shown in Exhibit C; Annexure AB-1; Appendix B; Tab 3.",
                &["exhibit c", "annex ab-1", "appendix b", "tab 3"],
            ),
            ("(attached as Exhibit B) and (Exhibits C and D).", &["exhibit b", "exhibit c", "exhibit d"]),
            ("Exhibits 1 to 4 show", &["exhibit 1", "exhibit 2", "exhibit 3", "exhibit 4"]),
            ("Exhibits A, B, and C", &["exhibit a", "exhibit b", "exhibit c"]),
            ("see exhibit 3.", &["exhibit 3"]),
            ("answers Exhibit B to the Complaint.", &["exhibit b 《complaint》"]),
            ("See paragraph 3.1.", &["paragraph 3-1"]),
            ("However, paragraph 3.1 says", &["paragraph 3-1"]),
            ("见第一点第2项。", &["paragraph 1-2"]),
            ("参见第三点。", &["paragraph 3"]),
            ("Schedule 2 lists", &["schedule 2"]),
            (
                "Ex. A, Exs. A and B, Exhibits C-E",
                &["exhibit a", "exhibit a", "exhibit b", "exhibit c", "exhibit d", "exhibit e"],
            ),
            ("Exhibit 3(a) says", &["exhibit 3"]),
            ("Annexure JF-BANK-2, Annexure JF8A and Exhibit 8A", &["annex jf-bank-2", "annex jf8a", "exhibit 8a"]),
        ];
        for (text, expected) in cases {
            assert_eq!(cited(text), *expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_citation_is_left_out() {
        for text in [
            "提交了证据3份。",
            "附件2个",
            "见地图2。",
            "截图3显示",
            "被告证据3",
            "对方证据3",
            "证据一致表明",
            "附件一并提交",
            "证据2031年",
            "图20310504",
            "证据3.5",
            "代表3人",
            "发表2次",
            "关注1",
            "证据确实充分",
            "附件",
            "Exhibit",
            "Exhibits were shown to 3 people",
            "exhibition 3",
            "Plaintiff's Exhibit 3",
            "Trial Exhibit 3",
            "table 3 of them",
            "Tablet 3",
            "Notes on 3",
            "note 1 thing",
            "Exhibit 10.2",
            "TABLE OF CONTENTS",
            "Annexure INDEX",
            "Exhibit List",
            "Annexure JF-Draft",
            "Exhibit 8Ab",
            "Exhibit 3%",
            "paragraph 3.1 of the Contract",
            "The carrier answers (Facts, paragraph 2).",
            "Sale of Goods Act, paragraph 1",
            "the Contract’s paragraph 2",
            "paragraphs",
            "第一点，我们没有收到。",
            "二、第二点，我们没有收到。",
            "首先说第一点。",
            "第一条规定",
            "Exhibit a photo",
            "Appendix and 3",
            "link 3",
            "Page 3",
            "the-exhibit 3",
        ] {
            assert_eq!(cited(text), Vec::<String>::new(), "{text}");
        }
    }
}
