//! Lines that Markdown would take for the target of links, and show nowhere.

use std::collections::HashMap;

/// What the lines of a text mean that look like the target of a link.
#[derive(Default)]
pub(super) struct Definitions {
    /// Where the colons stand after brackets that name no target.
    pub(super) colons: Vec<usize>,
    /// The targets whose lines go on with a paragraph, where Markdown sees none, by their names.
    pub(super) stranded: HashMap<String, String>,
}

/// Finds the lines of `text` that look like the target of a link. The colons stand after brackets that begin a line and name no target of a link: `[Note 1]: word` is the label of
/// a note, `[Ann]: hello` is speech, and a target that no link of the text leads to would stand nowhere on the page.
pub(super) fn find(text: &str) -> Definitions {
    let mut definitions = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((name, colon)) = definition(line) {
            definitions.push((name, at + colon, &line[colon + 1..]));
        }
        at += line.len();
    }
    if definitions.is_empty() {
        return Definitions::default();
    }
    let mut cited: HashMap<String, bool> = definitions.iter().map(|(name, ..)| (folded(name), false)).collect();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'[', &text.as_bytes()[at..]).map(|n| at + n) {
        at = open + 1;
        let inside = &text[at..];
        let Some(len) = inside.bytes().take(1000).position(|byte| matches!(byte, b']' | b'[')) else { continue };
        let Some(name) = inside.get(..len).filter(|_| inside[len..].starts_with(']')) else { continue };
        let begins_line = text[..open].trim_end_matches(' ').ends_with('\n') || text[..open].trim().is_empty();
        if inside[len + 1..].starts_with(':') && begins_line {
            continue;
        }
        if let Some(cited) = cited.get_mut(&folded(name)) {
            *cited = true;
        }
    }
    let is_text = |name: &str, target: &str| {
        let target = target.trim();
        // A comment, as authors of Markdown write it.
        let comment = name == "//" || name.eq_ignore_ascii_case("comment") || target.starts_with(['#', '<']);
        let cited = cited.get(&folded(name)).is_some_and(|cited| *cited);
        let is_label = name.ends_with(|c: char| c.is_ascii_digit()) && name.contains(char::is_alphabetic);
        let names_target = target.is_empty() || target.contains(['/', '.', '#']) || target.contains(':');
        !comment && (is_label || !cited || !names_target)
    };
    let mut found = Definitions::default();
    let (mut at, mut in_paragraph) = (0, false);
    let mut definitions = definitions.into_iter().peekable();
    for line in text.split_inclusive('\n') {
        at += line.len();
        let defines = definitions.next_if(|(_, colon, _)| *colon < at);
        let is_target = match defines {
            Some((name, colon, target)) if is_text(name, target) => {
                found.colons.push(colon);
                false
            }
            Some((name, _, target)) if in_paragraph => {
                let url = target.split_whitespace().next().unwrap_or("").trim_matches(['<', '>']);
                found.stranded.entry(folded(name)).or_insert_with(|| url.to_owned());
                false
            }
            defines => defines.is_some(),
        };
        in_paragraph = !is_target && !line.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty();
    }
    found
}

/// The name in the brackets that `line` begins with, and where the colon after them stands.
fn definition(line: &str) -> Option<(&str, usize)> {
    let lead = line.len() - behind_marks(line).len();
    let inside = line[lead..].strip_prefix('[').filter(|inside| !inside.starts_with('^'))?;
    let close = inside.find(']')?;
    inside[close..].starts_with("]:").then(|| (&inside[..close], lead + 1 + close + 1))
}

/// A line behind the marks of quotes, lists and footnotes that it begins with.
fn behind_marks(line: &str) -> &str {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches([' ', '>', '\t']);
        let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = trimmed[digits..].strip_prefix(['.', ')']).filter(|_| (1..10).contains(&digits));
        let footnote = trimmed.strip_prefix("[^").and_then(|name| name.split_once("]:")).map(|(_, rest)| rest);
        let mark = trimmed.strip_prefix(['-', '*', '+']).or(number).or(footnote);
        match mark.filter(|rest| rest.starts_with([' ', '\t'])) {
            Some(after) => rest = after,
            None => return trimmed,
        }
    }
}

/// Names are compared without regard to case and spaces (CommonMark, section 4.7).
pub(in super::super) fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
