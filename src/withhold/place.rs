//! Where a withheld name cannot be replaced: what would be shown instead would lead elsewhere, or name something else.

use std::ops::Range;

use crate::Message;
use crate::document::label::{self, Bracket};
use crate::language::lexicon::Lexicon;

/// What is wrong, and what to do about it.
type Fault = (Message, Message);

const IN_ADDRESS: Fault = (
    Message::fixed(
        "a withheld name stands in an address, which cannot be changed",
        "要隐去的名称出现在地址中，而地址不能改动",
    ),
    Message::fixed(
        "take the address out, withhold it whole (`privacy: withhold:`, `[…]{private}`), or put a space \
             before the name if it is no part of it",
        "请删去地址，或把整个地址隐去（`privacy: withhold:`、`[…]{private}`）；如果名称不是地址的一部分，\
             请在它前面加空格",
    ),
);
const IN_FILE_NAME: Fault = (
    Message::fixed(
        "a withheld name stands in the name of a file, which readers see",
        "要隐去的名称出现在文件名中，读者看得到",
    ),
    Message::fixed(
        "give the file a name that does not tell, and write that here",
        "请给文件取不透露它的名字，这里也照改",
    ),
);
const IN_LABEL: Fault = (
    Message::fixed("a withheld name stands in a label, which others cite", "要隐去的名称出现在标签中，而别处会引用它"),
    Message::fixed("call the label otherwise here and where it is cited", "请给标签换个名称，引用它的地方也照改"),
);
const IN_ID: Fault = (
    Message::fixed(
        "a withheld name stands in what names a place or a thing for the program, and becomes an address",
        "要隐去的名称出现在程序用来称呼某处某物的名称中，会成为地址",
    ),
    Message::fixed("choose an id or a slug that does not tell", "请选用不透露它的 id 或 slug"),
);

/// What of `text`, a document, cannot be replaced at `range`.
pub(super) fn in_document(text: &str, range: &Range<usize>, lexicon: &Lexicon) -> Option<Fault> {
    let (before, after) = line_around(text, range);
    let name = &text[range.clone()];
    if let Some(fault) = in_address(before, name, after) {
        return Some(fault);
    }
    if is_in_target(before, name, after) {
        return Some(IN_FILE_NAME);
    }
    // An attribute of a tag that is open, or of a place.
    let in_tag = before.rfind('<').is_some_and(|at| !before[at..].contains('>'));
    let is_attribute = |key: &&str| before.ends_with(&format!("{key}\"")) || before.ends_with(*key);
    let names_place =
        ["{#", "{by="].iter().any(|open| last(before, open).is_some_and(|at| !before[at..].contains('}')))
            || (before.trim_start().starts_with("slug:") && is_in_front_matter(text, range.start))
            || (in_tag && ["id=", "name="].iter().any(is_attribute));
    if names_place {
        return Some(IN_ID);
    }
    is_in_label(before, name, after, lexicon).then_some(IN_LABEL)
}

/// How much of a line is looked at on either side of a name, in bytes: no address, tag or label is longer.
const MAX_LINE: usize = 4 << 10;

/// What stands before and after `range` on its line.
fn line_around<'a>(text: &'a str, range: &Range<usize>) -> (&'a str, &'a str) {
    let first = text.ceil_char_boundary(range.start.saturating_sub(MAX_LINE));
    let last = text.floor_char_boundary(range.end.saturating_add(MAX_LINE));
    let start = text[first..range.start].rfind('\n').map_or(first, |at| first + at + 1);
    let end = text[range.end..last].find('\n').map_or(last, |at| range.end + at);
    (&text[start..range.start], &text[range.end..end])
}

/// Where something of ASCII stands in a text for the last time. A text may hold very many names, and nothing of it between.
fn last(text: &str, sought: &str) -> Option<usize> {
    let first = *sought.as_bytes().first()?;
    memchr::memrchr_iter(first, text.as_bytes()).find(|&at| text.as_bytes()[at..].starts_with(sought.as_bytes()))
}

fn is_in_front_matter(text: &str, at: usize) -> bool {
    text.starts_with("---") && !text[3..at.max(3)].contains("\n---")
}

/// Whether a name stands in the target of a link or picture: `](a.md)`, `]: a.md`, `[[a]]`, `href="a"`.
fn is_in_target(before: &str, name: &str, after: &str) -> bool {
    last(before, "](").is_some_and(|at| !before[at + 2..].contains([')', ' ']))
        || last(before, "](<").is_some_and(|at| !before[at + 3..].contains('>'))
        || last(before, "]:").is_some_and(|at| {
            let head = before.trim_start();
            let target = format!("{}{name}{after}", &before[at + 2..]);
            head.starts_with('[')
                && !head.starts_with("[^")
                && is_target(&target)
                && !before[at + 2..].trim_start().contains(' ')
        })
        || last(before, "[[").is_some_and(|at| !before[at + 2..].contains([']', '|']))
        || ["href=", "src="].iter().any(|key| {
            last(before, key)
                .is_some_and(|at| !before[at + key.len()..].trim_start_matches(['"', '\'']).contains(['"', '\'', '>']))
        })
}

/// Whether what stands behind `[a]:` leads somewhere, and is not what somebody said: `[10:01]: 林晓芸：你好`.
fn is_target(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or("");
    word.contains('/') || word.rsplit_once('.').is_some_and(|(_, ending)| ending.is_ascii() && !ending.is_empty())
}

/// Whether a name stands in a label of a kind that is known, in the label of a footnote, or in what a link goes by.
fn is_in_label(before: &str, name: &str, after: &str, lexicon: &Lexicon) -> bool {
    let bracket = |open: char, close: char| {
        let at = before.rfind(open).filter(|&at| !before[at..].contains(close))?;
        let end = after.find(close)?;
        let content = format!("{}{name}{}", &before[at + open.len_utf8()..], &after[..end]);
        Some((content, &before[..at], &after[end + close.len_utf8()..]))
    };
    let is_known = |content: &str| !label::parse_bracket(content, Bracket::Square, lexicon).is_empty();
    // 【林晓芸 2031-05-04】 says who wrote something and when; 【林晓芸证据1】 is cited.
    let names_kind = |content: &str| content.replace(name, "").contains(char::is_alphabetic);
    let is_label = |content: &str| !label::parse_bracket(content, Bracket::Full, lexicon).is_empty();
    let chinese = bracket('【', '】').is_some_and(|(content, ..)| names_kind(&content) && is_label(&content));
    let english = bracket('[', ']').is_some_and(|(content, head, tail)| {
        let target = tail.strip_prefix(':');
        content.starts_with('^')
            || (head.trim().is_empty() && target.is_some_and(is_target))
            || (is_known(&content) && !tail.starts_with('('))
    });
    chinese || english
}

/// What of `text`, a file of settings with `lists` of what is withheld, cannot be replaced at `range`.
pub(super) fn in_settings(text: &str, range: &Range<usize>, lists: &[Range<usize>]) -> Option<Fault> {
    let (before, after) = line_around(text, range);
    if before.trim_start().starts_with('#') || lists.iter().any(|list| list.contains(&range.start)) {
        return None;
    }
    let key = before.rfind(':').map_or("", |colon| {
        before[..colon].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("")
    });
    match key {
        "id" | "secret_path" | "number" => Some(IN_ID),
        "file" | "files" | "card" => Some(IN_FILE_NAME),
        "proves" => Some(IN_LABEL),
        _ => in_address(before, &text[range.clone()], after),
    }
}

/// Where every name stands in a file of settings: what stands below each `withhold:`.
pub(super) fn lists_of_withheld(text: &str) -> Vec<Range<usize>> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let below = |(start, _): (usize, &str)| {
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let own = indent(&text[line..start]);
        let mut end = start;
        for (at, line) in text[start..].split_inclusive('\n').enumerate() {
            let is_below = indent(line) > own || line.trim_start().starts_with('-');
            if at > 0 && !line.trim().is_empty() && !is_below {
                break;
            }
            end += line.len();
        }
        start..end
    };
    text.match_indices("withhold:").map(below).collect()
}

/// Whether a name between `before` and `after`, the rest of its line, is part of an address of the web or of mail.
fn in_address(before: &str, name: &str, after: &str) -> Option<Fault> {
    // Most lines hold no address, which is told sooner than where words end.
    let has = |text: &str, mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    let may_be = ["://", "www.", "mailto:", "@"].iter().any(|mark| has(before, mark));
    if !may_be && !after.starts_with("://") && !has(after, "@") {
        return None;
    }
    let parts = |c: char| c.is_whitespace() || "<>\"'`()（）【】[]「」《》“”，。；、：！？|".contains(c);
    let word = before.rsplit(parts).next().unwrap_or("");
    let rest = after.split(parts).next().unwrap_or("");
    // @林晓芸 and 林晓芸@所有人 call somebody.
    let is_local = |text: &str| text.ends_with(|c: char| c.is_ascii_alphanumeric());
    let is_domain = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric());
    let is_mail = (is_local(name) && rest.strip_prefix('@').is_some_and(is_domain))
        || (is_local(name)
            && rest
                .split_once('@')
                .is_some_and(|(local, domain)| is_local(local) && local.is_ascii() && is_domain(domain)))
        || (word.is_ascii() && word.split_once('@').is_some_and(|(local, _)| is_local(local)));
    let is_host = word.is_empty() && rest.starts_with("://");
    (word.contains("://") || word.starts_with("www.") || word.starts_with("mailto:") || is_mail || is_host)
        .then_some(IN_ADDRESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(place: fn(&str, &Range<usize>) -> Option<Fault>, marked: &str) -> Option<Fault> {
        let start = marked.find('⟦').unwrap();
        let text = marked.replace(['⟦', '⟧'], "");
        place(&text, &(start..marked.find('⟧').unwrap() - '⟦'.len_utf8()))
    }

    fn settings(text: &str, range: &Range<usize>) -> Option<Fault> {
        in_settings(text, range, &lists_of_withheld(text))
    }

    fn document(text: &str, range: &Range<usize>) -> Option<Fault> {
        let languages: Vec<_> = crate::language::built_in_languages().collect();
        in_document(text, range, &Lexicon::new(&languages))
    }

    #[test]
    fn where_a_replacement_would_lead_elsewhere_it_is_an_error() {
        for (text, expected) in [
            ("见 https://example.com/⟦张三⟧/主页", IN_ADDRESS),
            ("[主页](https://example.com/?q=⟦%E5%BC%A0%E4%B8%89⟧)", IN_ADDRESS),
            ("<https://⟦zhangsan⟧.example.com>", IN_ADDRESS),
            ("写信给 ⟦zhangsan⟧@example.com", IN_ADDRESS),
            ("![照片](img/⟦张三⟧.png)", IN_FILE_NAME),
            ("[a]: ../⟦张三⟧.md", IN_FILE_NAME),
            ("[[⟦张三⟧的笔记]]", IN_FILE_NAME),
            ("<img src=\"⟦张三⟧.png\">", IN_FILE_NAME),
            ("【⟦张三⟧证据1】", IN_LABEL),
            ("[⟦Zhang San⟧ Exhibit 1]", IN_LABEL),
            ("## 甲 {#⟦zhangsan⟧}", IN_ID),
            ("---\nslug: ⟦zhangsan⟧\n---\n", IN_ID),
            ("{by=⟦Zhang San⟧ disputes}", IN_ID),
            ("<a id=\"⟦zhangsan⟧\">", IN_ID),
            ("文[^⟦张三⟧]", IN_LABEL),
            ("[⟦张三⟧]: https://example.com", IN_LABEL),
        ] {
            assert_eq!(fault(document, text), Some(expected), "{text}");
        }
        for text in [
            "⟦张三⟧说",
            "（⟦张三⟧）",
            "[⟦张三⟧](a.md)",
            "![⟦张三⟧](a.png)",
            "【重要】⟦张三⟧【注1】",
            "https://example.com/a，⟦张三⟧",
            "[^1]: 脚注⟦张三⟧。",
            "[1] ⟦张三⟧ [2]",
            "【⟦张三⟧】",
            "邮箱 ⟦z@example.com⟧ 是",
            "<https://example.com> ⟦张三⟧",
            "[⟦张三⟧ 10:01] 你好",
            "【⟦张三⟧ 2031-05-04】你好",
            "[见《⟦张三⟧陈述》2031]",
            "[10:01]: ⟦张三⟧：你好",
            "[⟦张三⟧ 10:01]: 你好",
            "@⟦张三⟧ 在吗",
            "⟦张三⟧@所有人",
            "name=⟦张三⟧",
            "slug: ⟦张三⟧的笔记",
        ] {
            assert_eq!(fault(document, text), None, "{text}");
        }
    }

    #[test]
    fn of_a_very_long_line_what_stands_near_a_name_tells_where_it_stands() {
        let far = "甲".repeat(MAX_LINE);
        let path = "a/".repeat(MAX_LINE / 4);
        assert_eq!(fault(document, &format!("{far} https://example.com/{path}⟦张三⟧{far}")), Some(IN_ADDRESS));
        assert_eq!(fault(document, &format!("{far}（⟦张三⟧）{far}")), None);
        assert_eq!(fault(document, &format!("[a](b {far}⟦张三⟧{far}")), None);
    }

    #[test]
    fn what_names_things_in_settings_cannot_be_replaced() {
        for (text, expected) in [
            ("parties:\n  - id: ⟦zhangsan⟧", IN_ID),
            ("- {number: 1, file: ⟦张三⟧.pdf}", IN_FILE_NAME),
            ("card: ⟦张三⟧.jpg", IN_FILE_NAME),
            ("base_url: https://⟦zhangsan⟧.example.com", IN_ADDRESS),
        ] {
            assert_eq!(fault(settings, text), Some(expected), "{text}");
        }
        for text in [
            "title: ⟦张三⟧案",
            "# id: ⟦张三⟧",
            "privacy:\n  withhold:\n    - text: https://example.com/⟦张三⟧",
            "privacy:\n  withhold:\n  - text: a\n    aliases: [⟦张三⟧]",
        ] {
            assert_eq!(fault(settings, text), None, "{text}");
        }
        assert!(fault(settings, "privacy:\n  withhold:\n    - text: a\nparties:\n  - id: ⟦zhangsan⟧").is_some());
    }
}
