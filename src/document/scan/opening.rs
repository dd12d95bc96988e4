//! The time that opens an event: at the head of a block, in brackets, after the name of a field, or at the end.

use std::ops::Range;

use super::GAP;
use crate::document::outline;
use crate::document::time::{self, Fault, FoundTime, Position};
use crate::language::time_words::TimeWords;
use crate::language::words::fold;

/// A time that opens an event, and where the words stand that tell what happened.
pub(super) struct Opening {
    pub(super) found: FoundTime,
    pub(super) words: Range<usize>,
}

/// The brackets in which a date may stand before or after the words.
const BRACKETS: [(char, char); 4] = [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']')];

/// How many characters of a block may be its date, where none was read.
const MAX_HEAD: usize = 40;

/// Reads the time that opens `text[range]` as an event.
pub(super) fn read(text: &str, range: Range<usize>, words: &TimeWords) -> Option<Opening> {
    let start = past_gap(&text[..range.end], range.start);
    let candidates = [
        Some(start),
        past_field(&text[..range.end], start, words),
        // `1，2031年3月21日，…`: a running number before the time.
        outline::parse(&text[start..range.end], outline::Context::Heading).map(|number| start + number.rest),
    ];
    let at_head = candidates.into_iter().flatten().find_map(|at| {
        let found = in_brackets(text, at, words).or_else(|| time::parse(text, at, Position::Opening, words))?;
        (found.range.end <= range.end && !is_bound(&text[found.range.end..range.end], words)).then_some(found)
    });
    match at_head {
        // What was read of it only in part is told with all of its words.
        Some(found) if found.expression == Err(Fault::Unread) => {
            let end = head_of(&text[start..range.end]).len().max(found.range.end.saturating_sub(start));
            Some(Opening { words: range, found: FoundTime { range: start..start + end, ..found } })
        }
        Some(found) => Some(Opening { words: found.range.end..range.end, found }),
        None => at_end(text, range.clone(), words)
            .or_else(|| in_field(text, range.clone(), words))
            .or_else(|| behind_label(text, range, words)),
    }
}

/// A date behind a label that says which one it is: 开庭日期：2031-07-15. The label is the event, unless it tells of the
/// text itself, as 更新日期 does.
fn behind_label(text: &str, range: Range<usize>, words: &TimeWords) -> Option<Opening> {
    let start = past_gap(&text[..range.end], range.start);
    let head: String = text[start..range.end].chars().take(MAX_HEAD / 2).collect();
    let colon = head.find([':', '：'])?;
    let label = fold(head[..colon].trim());
    let is_date = words.field_ends.iter().any(|end| label.len() > end.len() && label.ends_with(end.as_str()));
    if !is_date || words.of_the_text.iter().any(|word| label.contains(word.as_str())) {
        return None;
    }
    let at = past_gap(&text[..range.end], start + colon);
    let found =
        time::parse(text, at, Position::Opening, words).filter(|found| found.expression != Err(Fault::Unread))?;
    let dated = found.expression.as_ref().is_ok_and(|told| told.start.day.is_some());
    dated.then_some(Opening { words: start..start + colon, found })
}

/// A date in one of several fields that stand in a line: `ID: 71 | Date: 2031-01-10`.
fn in_field(text: &str, range: Range<usize>, words: &TimeWords) -> Option<Opening> {
    let line = &text[range.clone()];
    let line = &line[..line.find('\n').unwrap_or(line.len())];
    if !line.split(FIELD_ENDS).all(|field| field.trim().is_empty() || field.contains([':', '：'])) {
        return None;
    }
    line.match_indices(FIELD_ENDS).find_map(|(at, mark)| {
        let start = past_gap(&text[..range.end], range.start + at + mark.len());
        let value = past_field(&text[..range.end], start, words)?;
        let found = time::parse(text, value, Position::Opening, words)?;
        let rest = text[found.range.end..range.end].trim_start();
        (rest.is_empty() || rest.starts_with(FIELD_ENDS) || rest.starts_with('\n'))
            .then_some(Opening { words: range.start..range.start, found })
    })
}

/// What separates the fields of a line.
const FIELD_ENDS: &[char] = &['|', '｜', ';', '；'];

/// A short clause that begins an entry and holds a date that opens none: 乙方于2031年7月5日发函, “signed, 3 June 2031”. A
/// paragraph may speak of other days; only one that such a date ends is told.
pub(super) fn holds_date(text: &str, range: Range<usize>, is_item: bool, words: &TimeWords) -> Option<Range<usize>> {
    let start = past_gap(&text[..range.end], range.start);
    let body = &text[start..range.end];
    let short = body.char_indices().nth(MAX_HEAD).map_or(body, |(at, _)| &body[..at]);
    let clause = &short[..short.find(['，', '。', '；', '\n']).unwrap_or(short.len())];
    let found = time::scan(text, start, words).into_iter().next()?;
    let is_day = found.expression.as_ref().is_ok_and(|told| told.start.day.is_some() && told.start.year.is_some());
    let within = is_day && found.range.start < start + clause.len();
    let after = text[found.range.end..range.end].trim_start();
    let ends = after.is_empty() || after.starts_with(['，', ',', '：', ':', '。']);
    // 2031年7月5日的函 is a letter.
    let is_attribute = after.starts_with('的')
        || text[..found.range.start].trim_end().ends_with(['（', '(', '《', '“', '"', ':', '：']);
    (within && !is_attribute && (is_item || ends)).then_some(found.range)
}

/// `（2031年8月2日）` at byte `at`.
fn in_brackets(text: &str, at: usize, words: &TimeWords) -> Option<FoundTime> {
    let open = text[at..].chars().next()?;
    let (_, close) = BRACKETS.iter().find(|(bracket, _)| *bracket == open)?;
    let found = time::parse(text, at + open.len_utf8(), Position::Opening, words)?;
    let rest = text[found.range.end..].trim_start();
    let end = text.len() - rest.strip_prefix(*close)?.len();
    Some(FoundTime { range: at..end, ..found })
}

/// A date that ends the block, in brackets: 第一次开庭（2031年5月6日）.
fn at_end(text: &str, range: Range<usize>, words: &TimeWords) -> Option<Opening> {
    let trimmed = text[range.clone()].trim_end_matches(|c: char| c.is_whitespace() || "。.；;：:，,*".contains(c));
    let (_, close) = BRACKETS.iter().find(|(_, close)| trimmed.ends_with(*close))?;
    let (open, _) = BRACKETS.iter().find(|(_, bracket)| bracket == close)?;
    let at = range.start + trimmed.rfind(*open)?;
    let end = range.start + trimmed.len();
    let found = in_brackets(text, at, words).filter(|found| found.range.end == end)?;
    let dated =
        found.expression.as_ref().is_ok_and(|expression| expression.start.day.or(expression.start.month).is_some());
    let named = !text[range.start..at].trim().is_empty();
    (dated && named).then_some(Opening { words: range.start..at, found })
}

/// Whether what follows a date makes of it a bound: 2031年5月4日之前，.
fn is_bound(rest: &str, words: &TimeWords) -> bool {
    words.bounds_after.iter().any(|word| {
        let after = rest.trim_start().strip_prefix(word.as_str());
        after.is_some_and(|after| {
            after.is_empty()
                || after.starts_with(['，', ',', '：', ':', '、', '。'])
                || after.starts_with(char::is_whitespace)
        })
    })
}

fn past_gap(text: &str, from: usize) -> usize {
    // Marks, signs and pictures that authors set before a date: ✅, 📅 with its selector (Unicode, Dingbats to Symbols and
    // Pictographs Extended-A).
    let is_sign = |c: char| matches!(c, '①'..='⑳' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{1f300}'..='\u{1faff}');
    text.len() - text[from..].trim_start_matches(|c| GAP.contains(&c) || is_sign(c)).len()
}

/// Past `时间：` or `Date:`.
fn past_field(text: &str, from: usize, words: &TimeWords) -> Option<usize> {
    let head: String = text[from..].chars().take(MAX_HEAD).collect();
    let colon = head.find([':', '：'])?;
    let name = fold(head[..colon].trim());
    words.fields.contains(&name).then(|| past_gap(text, from + colon))
}

/// Where something stands at the head of `text[range]` that looks like a time, though none was read.
pub(super) fn looks_dated(text: &str, range: Range<usize>, words: &TimeWords) -> Option<Range<usize>> {
    let start = past_gap(&text[..range.end], range.start);
    let start = past_field(&text[..range.end], start, words).unwrap_or(start);
    let start = start
        + text[start..range.end]
            .chars()
            .take_while(|c| BRACKETS.iter().any(|(open, _)| open == c))
            .map(char::len_utf8)
            .sum::<usize>();
    let body = &text[start..range.end];
    let head = first_clause(body);
    let short = head_of(body);
    let looks = begins_with_date(body, words) || begins_with_bound(text, start, words) || ends_with_year(head);
    (looks && !short.is_empty()).then(|| start..start + short.len())
}

fn first_clause(body: &str) -> &str {
    let len = body.find(['，', '。', '；', '：', ';', '\n']).unwrap_or(body.len());
    &body[..len.min(body.find(": ").unwrap_or(body.len())).min(body.find(", ").unwrap_or(body.len()))]
}

/// As much of the first clause as may be a date.
fn head_of(body: &str) -> &str {
    let head = first_clause(body);
    head.char_indices().nth(MAX_HEAD).map_or(head, |(at, _)| &head[..at])
}

fn begins_with_date(body: &str, words: &TimeWords) -> bool {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let rest = body[digits..].trim_start_matches(' ');
    let next = rest.chars().next().unwrap_or(' ');
    let year = body[..digits].parse().is_ok_and(|year: u32| (1900..=2100).contains(&year));
    match digits {
        4 if year => matches!(next, '年' | '-' | '/' | '.' | '–' | '—') && !rest.ends_with('%'),
        // Years before 1000 are not read.
        3 => next == '年' && rest[next.len_utf8()..].starts_with(|c: char| c == '，' || c.is_ascii_digit()),
        1 | 2 => {
            let clock = next == ':' && rest[1..].bytes().take_while(u8::is_ascii_digit).count() == 2;
            matches!(next, '月' | '日') || clock
        }
        0 => {
            let folded: String = fold(&body.chars().take(MAX_HEAD).collect::<String>());
            let apart = |word: &&String| {
                let after = folded[word.len()..].chars().next();
                !word.is_ascii() || !after.is_some_and(char::is_alphanumeric)
            };
            let vague = words.vague.iter().filter(|word| folded.starts_with(word.as_str())).any(|word| apart(&word));
            let weekday = words.weekdays.iter().any(|day| {
                folded.strip_prefix(day.as_str()).is_some_and(|rest| rest.starts_with([',', ':', '，', '：']))
            });
            let month = words.months.iter().flatten().filter(|month| folded.starts_with(month.as_str())).any(|month| {
                let after = folded[month.len()..].trim_start_matches(['.', ' ', ',']);
                apart(&month) && after.starts_with(|c: char| c.is_ascii_digit())
            });
            let numeral = outline::chinese_numeral(body).is_some_and(|(_, len)| body[len..].starts_with(['月', '日']));
            vague || weekday || month || numeral
        }
        _ => false,
    }
}

/// “Before July 21, 2031”, “week of May 4”: a bound, and then a time.
fn begins_with_bound(text: &str, start: usize, words: &TimeWords) -> bool {
    let folded = fold(&text[start..].chars().take(MAX_HEAD).collect::<String>());
    let longest = words.bounds.iter().filter(|word| folded.starts_with(word.as_str())).max_by_key(|word| word.len());
    if let Some(word) = longest
        && text.is_char_boundary(start + word.len())
    {
        let at = past_gap(text, start + word.len());
        return time::parse(text, at, Position::Opening, words).is_some();
    }
    time::parse(text, start, Position::Opening, words).is_some_and(|found| is_bound(&text[found.range.end..], words))
}

/// Easter 2031: a few words that end in a year.
fn ends_with_year(head: &str) -> bool {
    let head = head.trim_end_matches(|c: char| c.is_whitespace() || "）)]】*".contains(c));
    let words = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let year = &head[head.len() - words..];
    let before = head[..head.len() - words].chars().next_back();
    head.chars().count() <= MAX_HEAD / 2
        && year.len() == 4
        && year.parse().is_ok_and(|year: u32| (1900..=2100).contains(&year))
        && before.is_some_and(|c| c == ' ')
        && head.split_whitespace().count() <= 4
}
