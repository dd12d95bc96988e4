//! Lines that Markdown would take for the target of links, and show nowhere.

use std::collections::HashMap;
use std::ops::Range;

use super::super::super::label::{Bracket, parse_bracket};
use crate::language::lexicon::Lexicon;
use crate::language::script::is_cjk_letter;

/// What the lines of a text mean that look like the target of a link.
#[derive(Default)]
pub(super) struct Definitions {
    /// Where the colons stand after brackets that name no target.
    pub(super) colons: Vec<usize>,
    /// The targets whose lines Markdown does not see, for they go on with a paragraph or are blanked, by their names.
    pub(super) stranded: HashMap<String, String>,
    /// The lines of targets that text follows at once: comrak would tell wrongly where that stands.
    pub(super) blanked: Vec<Range<usize>>,
}

/// Finds the lines of `text` that look like the target of a link. The colons stand after brackets that begin a line and
/// name no target of a link: `[Note 1]: word` is the label of a note where `lexicon` knows the word, `[Ann]: hello` is
/// speech, and a target that no link of the text leads to would stand nowhere on the page.
pub(super) fn scan(text: &str, lexicon: &Lexicon) -> Definitions {
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
    let mut cited: HashMap<String, Cited> = definitions.iter().map(|(name, ..)| (folded(name), Cited::No)).collect();
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
            // `[words][name]` can mean nothing else.
            *cited = if text[..open].ends_with(']') || *cited == Cited::Fully { Cited::Fully } else { Cited::Alone };
        }
    }
    let is_text = |name: &str, target: &str| {
        let target = target.trim();
        // A comment, as authors of Markdown write it.
        let comment = name == "//" || name.eq_ignore_ascii_case("comment") || target.starts_with(['#', '<']);
        let cited = cited.get(&folded(name)).copied().unwrap_or(Cited::No);
        let is_label = name.contains(char::is_alphabetic) && !parse_bracket(name, Bracket::Square, lexicon).is_empty();
        let names_target = target.is_empty() || target.contains(['/', '.', '#']) || target.contains(':');
        let is_one_word = target.split_whitespace().count() == 1 && !target.starts_with(is_cjk_letter);
        let is_target = match cited {
            Cited::No => false,
            Cited::Alone => !is_label && names_target,
            Cited::Fully => names_target || is_one_word,
        };
        !comment && !is_target
    };
    let mut found = Definitions::default();
    let (mut at, mut in_paragraph) = (0, false);
    let mut definitions = definitions.into_iter().peekable();
    // Targets that stand together above the line.
    let mut above: Vec<(&str, Range<usize>, &str)> = Vec::new();
    // In code a line is shown as it is.
    let mut in_fence = false;
    for line in text.split_inclusive('\n') {
        let start = at;
        let marks = behind_marks(line);
        in_fence ^= marks.starts_with("```") || marks.starts_with("~~~");
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
            Some((name, _, target)) => {
                let lead = line.len() - line.trim_start_matches(' ').len();
                let is_alone =
                    !in_fence && lead < 4 && line[lead..].starts_with('[') && target.split_whitespace().count() == 1;
                if is_alone {
                    above.push((name, start..start + line.trim_end().len(), target));
                } else {
                    above.clear();
                }
                true
            }
            None => false,
        };
        let is_blank = line.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty();
        if !is_target && !is_blank {
            for (name, range, target) in above.drain(..) {
                let url = target.trim().trim_matches(['<', '>']);
                found.stranded.entry(folded(name)).or_insert_with(|| url.to_owned());
                found.blanked.push(range);
            }
        }
        if is_blank {
            above.clear();
        }
        in_paragraph = !is_target && !line.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty();
    }
    found
}

/// Whether a text leads to a target.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cited {
    No,
    /// By brackets that may be text: `[name]`.
    Alone,
    /// By `[words][name]`.
    Fully,
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
