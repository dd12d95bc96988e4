//! Text and URLs made safe for HTML.

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
    fn a_url_keeps_what_the_author_wrote_but_for_illegal_characters() {
        let mut out = String::new();
        url(&mut out, "https://example.com/a b?x=1&y=%B%D\"\n文");
        assert_eq!(out, "https://example.com/a%20b?x=1&amp;y=%B%D%22文");
    }
}
