//! What stands on every printed page of a language: the case, its day, its version, the fingerprint of
//! the edition, and the page's number; in the print edition also the part of the dossier, by the number that its contents
//! give it. Where a browser cannot print the page of a part beside its entry, a reader finds it by that number.
//!
//! It is a style sheet, since only that reaches the margins of a page (CSS Paged Media 3, section 5), and a file of its
//! own, since the content security policy allows no other.

use std::fmt::Write;

use super::head;
use crate::edition::Edition;
use crate::language::LanguageId;
use crate::site::Site;

/// The most columns that the title of the case takes in the margin.
const MAX_TITLE: usize = 64;

/// The most that the title of a part takes there, beside the day.
const MAX_PART: usize = 36;

/// The most parts whose sheets are told apart; every page loads the style.
const MAX_PARTS: usize = 60;

/// The style sheet.
pub(super) fn style(site: &Site, language: LanguageId, parts: &[&str]) -> String {
    let case = &site.case;
    let phrases = &case.languages[language].table.phrases;
    let as_of = case.config.as_of.map(|date| format!("{} {date}", phrases.as_of)).unwrap_or_default();
    let version = case.config.version.as_ref().map(|version| phrases.version.replace("{version}", version));
    let fingerprint = format!("{} {}", phrases.fingerprint, head::short(&case.fingerprint.to_string()));
    // The margin has no room for more than the first words.
    let full = phrases.not_public.split(['：', ':']).next().unwrap_or_default();
    let full = if case.edition == Edition::Full { full.to_owned() } else { String::new() };
    let mut out = String::from("@page {\n");
    for (place, content) in [
        ("top-left", shortened(case.title(language), MAX_TITLE)),
        ("top-right", as_of.clone()),
        ("bottom-left", [full, version.unwrap_or_default()].join(" ").trim().to_owned()),
        ("bottom-right", fingerprint),
    ] {
        let _ = write!(out, "  @{place} {{ content: \"");
        string(&mut out, &content);
        out.push_str("\"; }\n");
    }
    out.push_str("}\n");
    for (number, title) in (1..).zip(parts).filter(|_| parts.len() <= MAX_PARTS) {
        let _ =
            write!(out, ".part-{number} {{ page: part-{number}; }}\n@page part-{number} {{ @top-right {{ content: \"");
        string(&mut out, &format!("{number} {}", shortened(title, MAX_PART)));
        if !as_of.is_empty() {
            out.push_str(" · ");
            string(&mut out, &as_of);
        }
        out.push_str("\"; } }\n");
    }
    out
}

/// A title as far as there is room for it, in columns.
fn shortened(title: &str, most: usize) -> String {
    let mut columns = 0;
    let mut out = String::new();
    for c in title.chars() {
        columns += if c < '\u{2e80}' { 1 } else { 2 };
        if columns > most {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

/// Adds a text to a CSS string (CSS Syntax 3, section 4.3.5).
fn string(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' => {
                let _ = write!(out, "\\{:x} ", c as u32);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_can_end_the_string_it_stands_in() {
        let mut out = String::new();
        string(&mut out, "a\"b\\c\n</style>文");
        assert_eq!(out, "a\\22 b\\5c c \\3c /style\\3e 文");
    }

    #[test]
    fn a_long_title_is_cut_where_the_margin_ends() {
        assert_eq!(shortened("三十七托冷冻果", MAX_TITLE), "三十七托冷冻果");
        assert_eq!(shortened(&"果".repeat(100), MAX_TITLE).chars().count(), MAX_TITLE / 2 + 1);
    }
}
