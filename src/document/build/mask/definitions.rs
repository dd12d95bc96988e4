//! Lines that Markdown would take for the target of links, and show nowhere.

use std::collections::HashMap;

/// Where the colons stand after brackets that begin a line and name no target of a link: `[Note 1]: word` is the label of
/// a note, `[Ann]: hello` is speech, and a target that no link of the text leads to would stand nowhere on the page.
pub(super) fn find(text: &str) -> Vec<usize> {
    let mut definitions = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((name, colon)) = definition(line) {
            definitions.push((name, at + colon, &line[colon + 1..]));
        }
        at += line.len();
    }
    if definitions.is_empty() {
        return Vec::new();
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
    definitions.into_iter().filter(|(name, _, target)| is_text(name, target)).map(|(_, colon, _)| colon).collect()
}

/// The name in the brackets that `line` begins with, and where the colon after them stands.
fn definition(line: &str) -> Option<(&str, usize)> {
    let lead = line.len() - line.trim_start_matches([' ', '>', '\t']).len();
    let inside = line[lead..].strip_prefix('[').filter(|inside| !inside.starts_with('^'))?;
    let close = inside.find(']')?;
    inside[close..].starts_with("]:").then(|| (&inside[..close], lead + 1 + close + 1))
}

/// Names are compared without regard to case and spaces (CommonMark, section 4.7).
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
