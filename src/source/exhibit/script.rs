//! Whether markup runs a script when a browser is led to it.

use super::text;

/// Elements that run or load something.
const ACTIVE: &[&str] = &["script", "iframe", "frame", "object", "embed", "applet", "set", "animate", "handler"];

/// Whether a file of that format runs something: a script does, markup if an element, a handler or an address in it does.
pub(super) fn is_active(bytes: &[u8], format: &str) -> bool {
    if !matches!(format, "HTML" | "SVG" | "XML" | "HTM" | "XHTML" | "MHT" | "MHTML") {
        return true;
    }
    let text = text::decode(bytes, true).map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |text| text.text);
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(rest.len());
        let name = rest[..name_end].rsplit(':').next().unwrap_or("").to_ascii_lowercase();
        if name.is_empty() {
            continue;
        }
        let tag = &rest[name_end..end_of_tag(rest, name_end)];
        if ACTIVE.contains(&name.as_str()) || attributes(tag).any(|(name, value)| is_active_attribute(&name, value)) {
            return true;
        }
        rest = &rest[name_end + tag.len()..];
    }
    false
}

/// Where a tag ends: at the first `>` outside of quotes.
fn end_of_tag(text: &str, from: usize) -> usize {
    let mut quote = None;
    for (at, c) in text[from..].char_indices() {
        match (quote, c) {
            (None, '>') => return from + at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The attributes of a tag: names in lower case, values without quotes.
fn attributes(tag: &str) -> impl Iterator<Item = (String, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\''));
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>')).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let after = rest[end..].trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            rest = &rest[end..];
            return (!name.is_empty()).then_some((name, ""));
        };
        let (value, left) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        rest = left;
        Some((name, value))
    })
}

/// Whether an attribute runs something: a handler, an address that is a script, a page that turns by itself.
fn is_active_attribute(name: &str, value: &str) -> bool {
    let handler = name.starts_with("on") && name.len() > 2 && !value.is_empty();
    let plain: String = unescape(value).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let plain = plain.to_ascii_lowercase();
    let script =
        plain.starts_with("javascript:") || plain.starts_with("vbscript:") || plain.starts_with("data:text/html");
    handler || script || (name == "http-equiv" && plain == "refresh")
}

/// Text with its numeric references as the characters they are (`&#115;`, `&#x73;`), and `&Tab;`, `&colon;`.
fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|&end| end < 12);
        let name = end.map_or("", |end| &rest[1..end]);
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let known = match name {
            "Tab" | "NewLine" => Some(' '),
            "colon" => Some(':'),
            _ => number.and_then(char::from_u32),
        };
        match (known, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_seen_in_all_their_forms() {
        for text in [
            "<script>1</script>",
            "<svg/onload=alert(1)>",
            "<img\tsrc=x\nonerror = 'a'>",
            "<p class=\"a\"onclick=\"b\">",
            "<a href=\"java&#115;cript:1\">",
            "<a href='java\tscript:1'>",
            "<a xlink:href='JavaScript:1'>",
            "<svg:script>1</svg:script>",
            "<iframe src=x>",
            "<meta http-equiv=Refresh content=0>",
        ] {
            assert!(is_active(text.as_bytes(), "HTML"), "{text}");
        }
        let wide: Vec<u8> = "\u{feff}<script>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_active(&wide, "HTML"));
        assert!(is_active(b"alert(1)", "JS"));
    }

    #[test]
    fn words_about_scripts_are_none() {
        for text in [
            "<p>Step one = open the door</p>",
            "<!-- <script> --><p>x</p>",
            "<p>javascript: in prose</p>",
            "<a href='https://a.example/?javascript:'>x</a>",
            "<p on>",
            "1 < 2 and onload=3",
        ] {
            assert!(!is_active(text.as_bytes(), "HTML"), "{text}");
        }
    }
}
