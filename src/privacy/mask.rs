//! Private things as they may be shown in a terminal, a log or a report: their beginning and their end.

use super::{PrivateKind, PrivateText, scan};

/// What was found, with its middle left out. `written` is how it stands in the text.
pub fn mask(kind: PrivateKind, written: &str) -> String {
    let (first, last) = match kind {
        PrivateKind::Identity | PrivateKind::Card | PrivateKind::DoubtfulCard | PrivateKind::Mobile => (3, 2),
        PrivateKind::Travel => (2, 2),
        PrivateKind::Key | PrivateKind::ApiSecret => (4, 0),
        PrivateKind::Address => (4, 0),
    };
    let shown: Vec<char> = written.chars().filter(|c| !c.is_control()).collect();
    let first: String = shown.iter().take(first.min(shown.len() / 3)).collect();
    let last: String = shown[shown.len() - last.min(shown.len() / 4)..].iter().collect();
    format!("{first}…{last}")
}

/// The beginning of a name, a place or a device, as logs may show it.
pub fn beginning(text: &str) -> String {
    let count = text.chars().count();
    let first: String = text.chars().filter(|c| !c.is_control()).take((count / 3).clamp(1, 4)).collect();
    format!("{first}…")
}

/// A text of which the middle of everything private is hidden behind signs of the same width, so that every byte and column
/// stays in its place.
pub fn masked(text: &str) -> Option<String> {
    let found = scan(text);
    if found.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for PrivateText { kind, range, .. } in found {
        out.push_str(&text[at..range.start]);
        let written = &text[range.clone()];
        let shown = mask(kind, written);
        let (first, last) = shown.split_once('…').unwrap_or_default();
        let (from, to) = (first.chars().count(), written.chars().count() - last.chars().count());
        out.extend(
            written.chars().enumerate().map(
                |(place, c)| {
                    if (from..to).contains(&place) && !c.is_control() { hidden(c) } else { c }
                },
            ),
        );
        at = range.end;
    }
    out.push_str(&text[at..]);
    Some(out)
}

/// A sign as long as `c`, in bytes and in columns.
fn hidden(c: char) -> char {
    match c.len_utf8() {
        1 => '*',
        2 => '·',
        3 => '＊',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_shown_whole_and_every_byte_stays_in_its_place() {
        for text in [
            "电话 13800000001，",
            "电话 １３８００００００１１",
            "护照 E12345678",
            "住址某市某路1号201室。",
            "卡号：4111 1111 1111 1111",
        ] {
            let shown = masked(text).unwrap();
            assert_eq!(shown.len(), text.len(), "{shown}");
            assert_eq!(shown.chars().count(), text.chars().count(), "{shown}");
            for one in scan(text) {
                assert!(!shown.contains(&text[one.range.clone()]), "{shown}");
                let told = mask(one.kind, &text[one.range.clone()]);
                assert!(
                    told.chars().filter(|c| c.is_alphanumeric()).count() * 2 <= one.value.chars().count() + 1,
                    "{told}"
                );
            }
        }
        assert_eq!(mask(PrivateKind::Mobile, "13800000001"), "138…01");
        assert_eq!(masked("nothing"), None);
    }
}
