//! Text made safe for XML 1.0.

use std::fmt::Write;

use super::escape;
use crate::language::script::is_bidi_control;

/// Adds `text` so that it means itself in XML text and attributes. Characters that XML cannot hold are left out (XML 1.0,
/// section 2.2), and those that turn the direction of text are shown, as on the pages.
pub(super) fn text(out: &mut String, text: &str) {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_bidi_control(c) => {
                let _ = write!(plain, "[U+{:04X}]", c as u32);
            }
            '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'.. => plain.push(c),
            _ => {}
        }
    }
    escape::text(out, &plain);
}

/// Adds an element that holds only text.
pub(super) fn element(out: &mut String, name: &str, content: &str) {
    let _ = write!(out, "<{name}>");
    text(out, content);
    let _ = writeln!(out, "</{name}>");
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_that_xml_cannot_hold_gets_into_it() {
        let mut out = String::new();
        super::text(&mut out, "a<b>&\"'\u{0}\u{7}\u{ffff}文\u{202e}\u{1f600}");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;&#39;文[U+202E]\u{1f600}");
    }
}
