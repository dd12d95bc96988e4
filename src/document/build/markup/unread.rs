//! Markdown in a block of raw HTML, where nothing reads it.

use std::ops::Range;

use super::super::super::html::{self, Token};

/// Elements whose text is shown letter by letter.
const AS_WRITTEN: &[&str] = &["pre", "code", "kbd", "script", "style", "textarea"];

/// The first Markdown in the text of `html`.
pub(super) fn first_in(html: &str) -> Option<Range<usize>> {
    let mut as_written = 0_usize;
    let mut from = 0;
    for (range, token) in html::pieces(html).chain([(html.len()..html.len(), None)]) {
        if as_written == 0
            && let Some(found) = in_text(&html[from..range.start])
        {
            return Some(from + found.start..from + found.end);
        }
        from = range.end;
        match token {
            Some(Token::Open(tag)) if AS_WRITTEN.contains(&tag.name.as_str()) => as_written += 1,
            Some(Token::Close(name)) if AS_WRITTEN.contains(&name.as_str()) => {
                as_written = as_written.saturating_sub(1);
            }
            _ => {}
        }
    }
    None
}

fn in_text(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    text.split('\n').find_map(|whole| {
        let line = whole.trim();
        let start = at + whole.len() - whole.trim_start().len();
        at += whole.len() + 1;
        let words = line.trim_start_matches(|c: char| matches!(c, '-' | '*' | '+' | '#' | '>') || c.is_ascii_digit());
        let mark = &line[..line.len() - words.len()];
        let is_number = mark.len() < 4 && mark.bytes().all(|byte| byte.is_ascii_digit()) && !mark.is_empty();
        let is_block = match mark {
            "-" | "*" | "+" | ">" | "#" | "##" | "###" | "####" => words.starts_with(' '),
            _ => is_number && words.starts_with(". "),
        };
        let is_row = line.len() > 2 && line.starts_with('|') && line.ends_with('|');
        let marked = || pair(line, "**", "**").or_else(|| pair(line, "`", "`")).or_else(|| pair(line, "](", ")"));
        if is_block || is_row {
            return Some(start..start + line.len());
        }
        marked().map(|range| start + range.start..start + range.end)
    })
}

/// Two signs with words between them.
fn pair(line: &str, open: &str, close: &str) -> Option<Range<usize>> {
    let start = line.find(open)?;
    let inside = &line[start + open.len()..];
    let len = inside.find(close)?;
    let is_close = inside[..len].starts_with(|c: char| !c.is_whitespace() && c != '*');
    (is_close && !inside[..len].ends_with(char::is_whitespace)).then(|| start..start + open.len() + len + close.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_in_html_is_found() {
        for (html, found) in [
            ("<div>甲</div>\n| a | b |\n|---|---|", "| a | b |"),
            ("<td>**粗** 字</td>", "**粗**"),
            ("<details>\n<summary>x</summary>\n- 甲\n- 乙\n</details>", "- 甲"),
            ("<div>\n## 题\n</div>", "## 题"),
            ("<p>见[链接](b.md)。</p>", "](b.md)"),
            ("<li>按 `x` 键</li>", "`x`"),
            ("<div>\n1. 甲\n</div>", "1. 甲"),
            ("<code>a</code><p>> 引</p>", "> 引"),
        ] {
            assert_eq!(first_in(html).map(|range| &html[range]), Some(found), "{html}");
        }
    }

    #[test]
    fn text_in_html_is_no_markdown() {
        for html in [
            "<div>甲</div>\n乙，丙。",
            "<pre>\n- a\n**b**\n</pre>",
            "<p><code>**a**</code></p>",
            "<td>2 ** 3 ** 4</td><td>-100</td><td>*</td>",
            "<td>100.50</td><td>1.5 元</td><td>#1</td>",
            "<a href=\"**a**\">x</a><!-- - 甲 -->",
        ] {
            assert_eq!(first_in(html).map(|range| &html[range]), None, "{html}");
        }
    }
}
