//! Marks in pairs by which other dialects, chats and forums set words apart: `++underlined++`, `x^2^`, `||veiled||`.

use super::{FoundLitter, LitterKind};

/// The most that stands between two marks, in bytes.
const MAX_WORDS: usize = 200;

/// A mark, what ends it, and what it is.
const PAIRS: [(&str, &str, LitterKind); 4] = [
    ("||", "||", LitterKind::Spoiler),
    (">!", "!<", LitterKind::Spoiler),
    ("[spoiler]", "[/spoiler]", LitterKind::Spoiler),
    ("++", "++", LitterKind::Dialect),
];

pub(super) fn scan(text: &str, out: &mut Vec<FoundLitter>) {
    for (open, close, kind) in PAIRS {
        let mut at = 0;
        while let Some(start) = text[at..].find(open).map(|found| at + found) {
            at = start + open.len();
            let inside = &text[at..text.floor_char_boundary(at + MAX_WORDS)];
            let Some(len) = inside.find(close) else { continue };
            // The signs of a row are no pair, and in `C++` and `a||b` a letter stands before them.
            let words = &inside[..len];
            let is_apart =
                !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '{' || open.starts_with(c));
            let is_tight = !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
            if is_apart && is_tight && words.contains(char::is_alphabetic) && !words.contains(['\n', '|']) {
                out.push((kind, start..at + len + close.len()));
                at += len + close.len();
            }
        }
    }
    // A quotation took the first sign of `>!veiled!<`.
    if let Some(len) = text.strip_prefix('!').and_then(|words| words.find("!<")) {
        out.push((LitterKind::Spoiler, 0..1 + len + 2));
    }
    raised(text, '^', out);
    raised(text, '~', out);
    emoji(text, out);
}

/// `x^2^` and `H~2~O` of Pandoc: what is raised or lowered is short, and stands right behind a letter.
fn raised(text: &str, mark: char, out: &mut Vec<FoundLitter>) {
    let mut at = 0;
    while let Some(start) = text[at..].find(mark).map(|found| at + found) {
        at = start + 1;
        let Some(len) = text[at..].find(mark).filter(|len| (1..4).contains(len)) else { continue };
        let (words, after) = (&text[at..at + len], &text[at + len + 1..]);
        let is_behind =
            text[..start].ends_with(|c: char| if mark == '~' { c.is_ascii_alphabetic() } else { c.is_alphanumeric() });
        let is_over = !after.starts_with(|c: char| c.is_ascii_digit() || c == mark);
        let is_raised = |byte: u8| byte.is_ascii_digit() || mark == '^' && byte.is_ascii_alphabetic();
        if is_behind && is_over && words.bytes().all(is_raised) {
            out.push((LitterKind::Dialect, start..at + len + 1));
            at += len + 1;
        }
    }
}

/// `:smile:`, a sign by its name.
fn emoji(text: &str, out: &mut Vec<FoundLitter>) {
    let mut at = 0;
    while let Some(start) = text[at..].find(':').map(|found| at + found) {
        at = start + 1;
        let name = &text[at..];
        let len =
            name.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')).unwrap_or(name.len());
        let is_name = (3..30).contains(&len) && name.starts_with(|c: char| c.is_ascii_lowercase());
        let is_apart = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '"'));
        let ends =
            name[len..].starts_with(':') && !name[len + 1..].starts_with(|c: char| c.is_alphanumeric() && c.is_ascii());
        if is_name && is_apart && ends && !name[len + 1..].starts_with([':', '/']) {
            out.push((LitterKind::Dialect, start..at + len + 1));
            at += len + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_pairs_are_told_from_signs() {
        for text in ["密码||hunter22||。", "见 >!密!< 后", "!密!<", "[spoiler]密[/spoiler]"] {
            let mut found = Vec::new();
            scan(text, &mut found);
            assert!(matches!(found[..], [(LitterKind::Spoiler, _)]), "{text}: {found:?}");
        }
        for text in ["++下划线++", "面积 x^2^ 与", "H~2~O", ":smile: 好", "好:white_check_mark:。"] {
            let mut found = Vec::new();
            scan(text, &mut found);
            assert!(matches!(found[..], [(LitterKind::Dialect, _)]), "{text}: {found:?}");
        }
        for text in [
            "C++ 与 C++11",
            "a||b||c",
            "甲 || 乙 || 丙",
            "2^3^4",
            "100~200~300",
            "A~B~C",
            "10:30:45",
            "http://x.example:80/",
            "::note::",
            "a:b:c",
            "注意:甲:乙",
            "|| | ||",
            "1+1++",
            "真的!!<好",
        ] {
            let mut found = Vec::new();
            scan(text, &mut found);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
