//! Text and URLs made safe for HTML, and read as what they are.

use memchr::{memchr3_iter, memrchr};

use crate::language::script::{foreign_runs, is_bidi_control};

/// Adds `text` to `out` so that it means itself in HTML text and in quoted attributes.
pub fn text(out: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(escaped);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// Adds `text` as [`text`] does; what is in a language of another script than the text is said to be (WCAG 2.2, success
/// criterion 3.1.2). Only for text, not for attributes.
pub fn mixed(out: &mut String, whole: &str, own_is_cjk: bool) {
    let mut done = 0;
    for (run, tag) in foreign_runs(whole, own_is_cjk) {
        text(out, &whole[done..run.start]);
        out.push_str("<span lang=\"");
        out.push_str(tag);
        out.push_str("\">");
        text(out, &whole[run.clone()]);
        out.push_str("</span>");
        done = run.end;
    }
    text(out, &whole[done..]);
}

/// A page in which characters that turn the direction of text, and that nobody sees, are shown by their code points, so
/// that no text reads otherwise than it is written (Unicode Technical Report 36, section 2.2).
pub fn with_controls_shown(html: String) -> String {
    let is_shown = |&c: &char| is_bidi_control(c) || is_line_end(c);
    let control_at = |at: usize| html[at..].chars().next().filter(is_shown);
    let starts = |at: &usize| html.is_char_boundary(*at);
    let mut found =
        memchr3_iter(0xe2, 0xd8, 0x0b, html.as_bytes()).filter(starts).filter_map(|at| Some((at, control_at(at)?)));
    let Some(mut next) = found.next() else { return html };
    let mut out = String::with_capacity(html.len() + 64);
    let mut done = 0;
    let mut before = Before { takes_elements: true, tag: "" };
    loop {
        let (at, control) = next;
        before.pass(&html, done, at);
        out.push_str(&html[done..at]);
        let name = format!("U+{:04X}", control as u32);
        match (is_line_end(control), before.takes_elements) {
            (true, true) => out.push_str("<br>"),
            (true, false) => out.push(' '),
            (false, true) => out.push_str(&format!("<span class=\"control\">{name}</span>")),
            (false, false) => out.push_str(&format!("[{name}]")),
        }
        done = at + control.len_utf8();
        match found.next() {
            Some(other) => next = other,
            None => break,
        }
    }
    out.push_str(&html[done..]);
    out
}

/// The line separator and paragraph separator of Unicode (Annex 14), and what word processors write for a line that ends
/// within a paragraph.
fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{b}')
}

/// What stands before a place in a page.
struct Before<'a> {
    /// The last tag, and what follows it.
    tag: &'a str,
    /// Whether an element may stand there: not in a tag, nor in an element of text alone.
    takes_elements: bool,
}

impl<'a> Before<'a> {
    /// Goes on from byte `from` of the page to byte `to`. In text, `<` and `>` are always escaped.
    fn pass(&mut self, html: &'a str, from: usize, to: usize) {
        let passed = &html[from..to];
        let tag = match memrchr(b'<', passed.as_bytes()) {
            Some(open) => {
                self.tag = &html[from + open + 1..];
                self.takes_elements = false;
                &passed[open..]
            }
            None => passed,
        };
        if tag.contains('>') {
            self.takes_elements = !["title", "text", "tspan"].iter().any(|name| self.tag.starts_with(name));
        }
    }
}

/// Adds a URL for a quoted attribute. Characters that no URL may hold are percent-encoded (WHATWG URL, section 1.3);
/// what the author encoded, well or badly, stays.
pub fn url(out: &mut String, url: &str) {
    for c in url.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#39;"),
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            c if is_bidi_control(c) => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_text_can_open_a_tag_or_end_an_attribute() {
        let mut out = String::new();
        text(&mut out, "<b a=\"x\" c='y'> & 文");
        assert_eq!(out, "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt; &amp; 文");
    }

    #[test]
    fn what_turns_the_direction_of_text_is_shown_wherever_it_stands() {
        let html = "<title>a\u{202e}b</title><p title=\"\u{2066}\">文—\u{200f}“</p>".to_owned();
        let shown = "<title>a[U+202E]b</title><p title=\"[U+2066]\">文—<span class=\"control\">U+200F</span>“</p>";
        assert_eq!(with_controls_shown(html), shown);
        let plain = "<p>文—“”…</p>";
        assert_eq!(with_controls_shown(plain.to_owned()), plain);
    }

    #[test]
    fn what_ends_a_line_in_other_programs_ends_it_here() {
        let html = "<title>甲\u{2028}乙</title><p>甲\u{2028}乙\u{2029}丙\u{b}丁</p>".to_owned();
        assert_eq!(with_controls_shown(html), "<title>甲 乙</title><p>甲<br>乙<br>丙<br>丁</p>");
    }

    #[test]
    fn a_run_of_another_language_is_told_and_escaped() {
        let mut out = String::new();
        mixed(&mut out, "the notice 月台<b>优化 & more", false);
        assert_eq!(out, "the notice <span lang=\"zh\">月台</span>&lt;b&gt;<span lang=\"zh\">优化</span> &amp; more");
    }

    #[test]
    fn a_url_keeps_what_the_author_wrote_but_for_illegal_characters() {
        let mut out = String::new();
        url(&mut out, "https://example.com/a b?x=1&y=%B%D\"\n文");
        assert_eq!(out, "https://example.com/a%20b?x=1&amp;y=%B%D%22文");
    }
}
