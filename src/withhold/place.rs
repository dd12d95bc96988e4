//! Where a withheld name cannot be replaced: what would be shown instead would lead elsewhere, or name something else.

use std::ops::Range;

/// What is wrong, and what to do about it.
type Fault = (&'static str, &'static str);

const IN_ADDRESS: Fault = (
    "a withheld name stands in an address, which cannot be changed",
    "take the address out, withhold it whole (`privacy: withhold:`, `[…]{private}`), or put a space before the name if it is \
     no part of it",
);
const IN_FILE_NAME: Fault = (
    "a withheld name stands in the name of a file, which readers see",
    "give the file a name that does not tell, and write that here",
);
const IN_LABEL: Fault =
    ("a withheld name stands in a label, which others cite", "call the label otherwise here and where it is cited");
const IN_ID: Fault = (
    "a withheld name stands in what names a place or a thing for the program, and becomes an address",
    "choose an id or a slug that does not tell",
);

/// What of `text`, a document, cannot be replaced at `range`.
pub(super) fn in_document(text: &str, range: &Range<usize>) -> Option<Fault> {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..range.start];
    let line_end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    let after = &text[range.end..line_end];
    if let Some(fault) = in_address(before, after) {
        return Some(fault);
    }
    // The target of a link or picture: `](a.md)`, `]: a.md`, `[[a]]`, `href="a"`.
    let target = before.rfind("](").is_some_and(|at| !before[at + 2..].contains([')', ' ']))
        || before.rfind("](<").is_some_and(|at| !before[at + 3..].contains('>'))
        || (before.trim_start().starts_with('[')
            && !before.trim_start().starts_with("[^")
            && before.rfind("]:").is_some_and(|at| !before[at + 2..].trim_start().contains(' ')))
        || before.rfind("[[").is_some_and(|at| !before[at + 2..].contains([']', '|']))
        || ["href=", "src="].iter().any(|key| {
            before
                .rfind(key)
                .is_some_and(|at| !before[at + key.len()..].trim_start_matches(['"', '\'']).contains(['"', '\'', '>']))
        });
    if target {
        return Some(IN_FILE_NAME);
    }
    let id = before.rfind("{#").is_some_and(|at| !before[at..].contains('}'))
        || before.trim_start().starts_with("slug:")
        || ["id=", "name="].iter().any(|key| before.ends_with(&format!("{key}\"")) || before.ends_with(key));
    if id {
        return Some(IN_ID);
    }
    let ends_with_number = |label: &str| label.trim_end().ends_with(|c: char| c.is_numeric());
    let chinese = before.rfind('【').is_some_and(|at| {
        !before[at..].contains('】') && after.find('】').is_some_and(|end| ends_with_number(&after[..end]))
    });
    let english = before.rfind('[').is_some_and(|at| {
        !before[at..].contains(']')
            && after.find(']').is_some_and(|end| ends_with_number(&after[..end]) && !after[end + 1..].starts_with('('))
    });
    (chinese || english).then_some(IN_LABEL)
}

/// What of `text`, a file of settings, cannot be replaced at `range`.
pub(super) fn in_settings(text: &str, range: &Range<usize>) -> Option<Fault> {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..range.start];
    let line_end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    if before.trim_start().starts_with('#') || is_in_list_of_withheld(text, range.start) {
        return None;
    }
    let key = before.rfind(':').map_or("", |colon| {
        before[..colon].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("")
    });
    match key {
        "id" | "secret_path" | "number" => Some(IN_ID),
        "file" | "files" | "card" => Some(IN_FILE_NAME),
        "proves" => Some(IN_LABEL),
        _ => in_address(before, &text[range.end..line_end]),
    }
}

/// Whether byte `at` stands below `withhold:`, where every name stands.
fn is_in_list_of_withheld(text: &str, at: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let Some(start) = text[..at].rfind("withhold:") else { return false };
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let own = indent(&text[line_start..start]);
    let below = text[start..at].lines().skip(1).filter(|line| !line.trim().is_empty());
    below.into_iter().all(|line| indent(line) > own || line.trim_start().starts_with('-'))
}

/// Whether what stands between `before` and `after`, the rest of its line, is part of an address of the web or of mail.
fn in_address(before: &str, after: &str) -> Option<Fault> {
    let parts = |c: char| c.is_whitespace() || "<>\"'`()（）【】[]「」《》“”，。；、：！？|".contains(c);
    let word = before.rsplit(parts).next().unwrap_or("");
    let rest = after.split(parts).next().unwrap_or("");
    let is_mail = rest.starts_with('@') || (word.contains('@') && word.is_ascii());
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
            ("slug: ⟦zhangsan⟧", IN_ID),
        ] {
            assert_eq!(fault(in_document, text), Some(expected), "{text}");
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
        ] {
            assert_eq!(fault(in_document, text), None, "{text}");
        }
    }

    #[test]
    fn what_names_things_in_settings_cannot_be_replaced() {
        for (text, expected) in [
            ("parties:\n  - id: ⟦zhangsan⟧", IN_ID),
            ("- {number: 1, file: ⟦张三⟧.pdf}", IN_FILE_NAME),
            ("card: ⟦张三⟧.jpg", IN_FILE_NAME),
            ("base_url: https://⟦zhangsan⟧.example.com", IN_ADDRESS),
        ] {
            assert_eq!(fault(in_settings, text), Some(expected), "{text}");
        }
        for text in [
            "title: ⟦张三⟧案",
            "# id: ⟦张三⟧",
            "privacy:\n  withhold:\n    - text: https://example.com/⟦张三⟧",
            "privacy:\n  withhold:\n  - text: a\n    aliases: [⟦张三⟧]",
        ] {
            assert_eq!(fault(in_settings, text), None, "{text}");
        }
        assert!(fault(in_settings, "privacy:\n  withhold:\n    - text: a\nparties:\n  - id: ⟦zhangsan⟧").is_some());
    }
}
