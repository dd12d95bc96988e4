//! Dates, labels and numbers, which stand in one line: browsers end a line after the hyphen of `2031-03-24` and of the item
//! `1-3-1`, between `9` and `April`, before the 月 of a date, and anywhere in 三十七 and 【证据9】, where no reader expects it.

use crate::language::chinese::is_great_numeral;
use crate::language::lists::label::PARTS;
use std::ops::Range;

use memchr::memmem;

/// What is marked so never ends a line in the middle.
const OPEN: &str = "<span class=\"unbroken\">";

/// A day with its time, which is in one line where there is room, and otherwise ends one behind the day.
const OPEN_TIMED: &str = "<span class=\"unbroken timed\">";

/// The longest text that is kept in one line, in bytes: shorter than the narrowest column.
const MAX_LENGTH: usize = 30;

/// The most columns of a Chinese label within its brackets that is kept in one line; a Chinese character takes two.
const MAX_COLUMNS: usize = 12;

/// Elements in which lines are the author's own, or in which no element may stand.
const LEFT_ALONE: [&str; 10] = ["code", "math", "option", "pre", "script", "style", "svg", "textarea", "time", "title"];

/// What follows the numbers of a date or time.
const UNITS: [char; 8] = ['年', '月', '日', '号', '时', '点', '分', '秒'];

/// A page in which dates and numbers with hyphens never end a line in the middle.
pub fn keep(html: String) -> String {
    let bytes = html.as_bytes();
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'<' {
            at = after_tag(&html, at);
            continue;
        }
        let end = memchr::memchr(b'<', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        while let Some(run) = next_run(&html[..end], at) {
            out.push_str(&html[done..run.start]);
            if let Some(day) = day_of(&html[run.clone()]) {
                out.push_str(OPEN_TIMED);
                out.push_str(OPEN);
                out.push_str(&html[run.start..run.start + day]);
                out.push_str("</span>");
                out.push_str(&html[run.start + day..run.end]);
            } else {
                out.push_str(OPEN);
                out.push_str(&html[run.clone()]);
            }
            out.push_str("</span>");
            done = run.end;
            at = run.end;
        }
        at = end;
    }
    if done == 0 {
        return html;
    }
    out.push_str(&html[done..]);
    out
}

/// Where the text after the tag at `open` begins; after the whole element where it is left alone.
fn after_tag(html: &str, open: usize) -> usize {
    let rest = &html[open + 1..];
    let after =
        |from: usize| memchr::memchr(b'>', &html.as_bytes()[from..]).map_or(html.len(), |length| from + length + 1);
    let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    if !LEFT_ALONE.contains(&name) {
        return after(open);
    }
    let close = format!("</{name}");
    memmem::find(rest.as_bytes(), close.as_bytes()).map_or(html.len(), |length| after(open + 1 + length))
}

/// The next text from `from` on that is kept in one line.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            // An entity may hold digits.
            b'&' => at = memchr::memchr(b';', &bytes[at..]).map_or(at + 1, |length| at + length + 1),
            byte if byte.is_ascii_alphanumeric() => {
                let end = word_end(bytes, at);
                if let Some(run) = run_at(text, at..end).filter(|run| run.len() <= MAX_LENGTH) {
                    return Some(run);
                }
                at = end;
            }
            // A part of an address or a path, which may end a line wherever it must.
            b'/' | b'-' | b'_' | b'=' | b'@' | b'#' | b'+' | b'~' => at = word_end(bytes, at + 1),
            0xc0.. => {
                let first = text[at..].chars().next()?;
                if let Some(end) = chinese_end(text, at, first) {
                    return Some(at..end);
                }
                at += first.len_utf8();
            }
            _ => at += 1,
        }
    }
    None
}

/// Where the day ends in a day with its time.
fn day_of(run: &str) -> Option<usize> {
    let (day, time) = run.rsplit_once([' ', '\n'])?;
    time.contains(':').then_some(day.len())
}

/// Where a label in brackets, the number of an article or a number in Chinese characters ends that begins at `at` with
/// `first`: 【证据9】, 第19条, 三十七.
fn chinese_end(text: &str, at: usize, first: char) -> Option<usize> {
    let behind = at + first.len_utf8();
    // What is longer than may be kept need not be gone through to its end.
    let text = &text[..text.floor_char_boundary(at + MAX_LENGTH + 4 * MAX_COLUMNS)];
    let is_numeral = |c: char| is_great_numeral(c);
    match first {
        '【' => {
            let label = text[behind..].split_once('】')?.0;
            let columns: usize = label.chars().take(MAX_COLUMNS).map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            let is_label = columns <= MAX_COLUMNS && label.ends_with(|c: char| c.is_ascii_digit());
            is_label.then_some(behind + label.len() + '】'.len_utf8())
        }
        '第' => {
            let number = text[behind..].trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
            let unit = number.chars().next().filter(|c| PARTS.contains(*c))?;
            let end = text.len() - number.len();
            (end > behind && end - behind <= MAX_LENGTH).then_some(end + unit.len_utf8())
        }
        first if is_numeral(first) => {
            let end = text.len() - text[at..].trim_start_matches(is_numeral).len();
            (end > behind && end - at <= MAX_LENGTH).then_some(end)
        }
        _ => None,
    }
}

/// Where letters, digits and what joins them end.
fn word_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        let joins = matches!(byte, b'-' | b'/' | b':' | b'.' | b',' | b'_' | b'=' | b'@' | b'#' | b'+' | b'~')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !joins && !byte.is_ascii_alphanumeric() {
            break;
        }
        at += 1;
    }
    at
}

/// What is kept in one line with the word at `word`, if anything is.
fn run_at(text: &str, word: Range<usize>) -> Option<Range<usize>> {
    let written = &text[word.clone()];
    if !written.starts_with(|c: char| c.is_ascii_digit()) {
        return label_at(text, word);
    }
    if !is_numeric(written) {
        return None;
    }
    let has_hyphen = written.contains(['-', '/']);
    let end = date_end(text, word.end).or(has_hyphen.then_some(word.end))?;
    // A day with the time behind it.
    let clock = number_after(text, end).filter(|clock| text[clock.clone()].contains(':'));
    Some(word.start..clock.map_or(end, |clock| clock.end))
}

/// A label as it is written in Latin letters: `Note 1-1`, `[Exhibit 3`, `PX-12`.
fn label_at(text: &str, word: Range<usize>) -> Option<Range<usize>> {
    let written = &text[word.clone()];
    if written.len() > 10 || !written.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    if let Some((lead, number)) = written.split_once('-') {
        return (lead.bytes().all(|byte| byte.is_ascii_uppercase()) && is_numeric(number)).then_some(word);
    }
    let number = number_after(text, word.end).filter(|_| written.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let is_enclosed = text[..word.start].ends_with('[') || text[number.end..].starts_with(']');
    let is_label = is_enclosed || text[number.clone()].contains('-');
    is_label.then_some(word.start..number.end)
}

/// Where a date or time ends whose first number ends at `at`: 2031年3月15日, 4点50分, 9 April 2031. None where there is no
/// more than one number.
fn date_end(text: &str, at: usize) -> Option<usize> {
    let unit = |at: usize| text[at..].chars().next().filter(|c| UNITS.contains(c)).map(|c| at + c.len_utf8());
    let Some(mut end) = unit(at) else { return month_end(text, at) };
    let first = end;
    for _ in 0..UNITS.len() {
        let Some(more) = number_at(text, end).and_then(|number| unit(number.end)) else { break };
        end = more;
    }
    (end > first).then_some(end)
}

/// Whether a word is digits and what joins them.
fn is_numeric(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b':' | b'.' | b','))
}

/// The number that begins at `at`.
fn number_at(text: &str, at: usize) -> Option<Range<usize>> {
    let end = word_end(text.as_bytes(), at);
    (end > at && is_numeric(&text[at..end])).then_some(at..end)
}

/// The number that follows after a space.
fn number_after(text: &str, at: usize) -> Option<Range<usize>> {
    text[at..].starts_with([' ', '\n']).then(|| number_at(text, at + 1)).flatten()
}

/// Where ` April 2031` behind a day ends.
fn month_end(text: &str, at: usize) -> Option<usize> {
    let name = text[at..].strip_prefix([' ', '\n'])?;
    let length = word_end(name.as_bytes(), 0);
    let is_month = (3..=9).contains(&length)
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name[1..length].bytes().all(|byte| byte.is_ascii_lowercase());
    let year = number_after(name, length).filter(|year| is_month && year.len() == 4)?;
    Some(at + 1 + year.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts that are kept in one line.
    fn kept(html: &str) -> Vec<String> {
        let page = keep(html.to_owned()).replace(OPEN_TIMED, "");
        assert_eq!(page.replace(OPEN, "").replace("</span>", ""), html);
        page.split(OPEN).skip(1).filter_map(|rest| Some(rest.split_once("</span>")?.0.to_owned())).collect()
    }

    #[test]
    fn dates_and_the_time_behind_them_are_kept() {
        assert_eq!(kept("自2031-03-24起"), ["2031-03-24"]);
        assert_eq!(kept("2031年3月15日，4月9日凌晨4点50分"), ["2031年3月15日", "4月9日", "4点50分"]);
        assert_eq!(kept("before dawn on 9 April 2031 somebody"), ["9 April 2031"]);
        assert_eq!(kept("2031/03/24"), ["2031/03/24"]);
    }

    #[test]
    fn a_line_ends_between_a_day_and_its_time_where_it_must() {
        for (day, time) in [("2031-04-09", " 02:14:09"), ("2031年3月15日", " 03:00")] {
            let page = keep(format!("on {day}{time}, from"));
            assert_eq!(page, format!("on {OPEN_TIMED}{OPEN}{day}</span>{time}</span>, from"));
        }
    }

    #[test]
    fn chinese_labels_articles_and_numbers_are_kept() {
        assert_eq!(
            kept(
                "见【证据9】和【Orion 网站1】，【Nibbletarn 网站2】，第19条、第三十七页，一夜出库的三十七托，【重要】"
            ),
            ["【证据9】", "【Orion 网站1】", "第19条", "第三十七页", "三十七"]
        );
        assert_eq!(kept("[Nibbletarn Website 2]"), ["Website 2"]);
        assert_eq!(kept("第一，十分，第 19 条，第二段"), [""; 0]);
    }

    #[test]
    fn numbers_of_items_and_labels_are_kept() {
        assert_eq!(
            kept("见 1-3-1，<b>[Note 1-1]</b>, [Exhibit\n3], PX-12"),
            ["1-3-1", "Note 1-1", "Exhibit\n3", "PX-12"]
        );
    }

    #[test]
    fn a_number_alone_is_left_to_the_browser() {
        assert_eq!(kept("净损失206,539.30元，3月，15%，12 托，In 2031, 12 Trucks"), [""; 0]);
    }

    #[test]
    fn addresses_paths_and_sums_of_files_may_end_a_line_anywhere() {
        assert_eq!(kept("https://a.example/2031-03-24/1-2 sha-256 4a-57f-3b a_2031-04-09.csv"), [""; 0]);
        assert_eq!(kept("203.0.113.118 &#39;1&#39;"), [""; 0]);
    }

    #[test]
    fn what_is_no_running_text_is_left_alone() {
        assert_eq!(kept("<title>2031-03-24</title><pre>1-1 <b>1-2</b></pre><p data-cite=\"1-1\">1-4</p>"), ["1-4"]);
        assert_eq!(kept("<svg><text>1-1</text></svg><math><mn>1-1</mn></math>"), [""; 0]);
    }
}
