//! Digits that belong together: groups of them with single separators between.

use std::ops::{Range, RangeInclusive};

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// A space.
    Space,
    /// A hyphen or a dash.
    Hyphen,
    /// A full stop or a middle dot.
    Dot,
    /// A bracket: what stands in brackets is a part of its own.
    Bracket,
    /// The end of a line.
    Line,
    /// The border of a cell: single digits stand in the boxes of a form that is a table.
    Cell,
}

/// A group of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What stands between the group before and this one; none before the first.
    pub(super) separator: Option<Separator>,
}

/// Groups of digits that stand beside each other. The last digit of a group may be an X.
#[derive(Debug)]
pub(super) struct Number<'a> {
    pub(super) text: &'a str,
    pub(super) groups: Vec<Group>,
}

/// How many letters a word has that is told of; of any other only that it is there.
const LETTERS: RangeInclusive<usize> = 3..=8;

/// The most groups that one number has.
const MAX_GROUPS: usize = 6;

/// How many single digits stand in the boxes of a form for a number of identity.
const IN_BOXES: RangeInclusive<usize> = 15..=18;

impl Number<'_> {
    /// The runs of groups that begin with group `from` and have as many digits as anything that is looked for: one past
    /// the last group, where they stand, and their digits.
    pub(super) fn runs(&self, from: usize) -> impl Iterator<Item = (usize, Range<usize>, String)> {
        let last = self.groups.len().min(from + self.boxes(from).unwrap_or(MAX_GROUPS));
        let mut count = 0;
        let fits = (from..last).filter(move |&at| {
            count += self.groups[at].range.len();
            DIGITS.contains(&count)
        });
        fits.map(move |at| {
            let digits = self.groups[from..=at].iter().map(|group| &self.text[group.range.clone()]).collect();
            (at + 1, self.groups[from].range.start..self.groups[at].range.end, digits)
        })
    }

    /// How many single digits begin with group `from`, if they are as many as a form has boxes for; more or fewer are a table.
    fn boxes(&self, from: usize) -> Option<usize> {
        let is_single = |group: &&Group| group.range.len() == 1;
        let goes_on = from.checked_sub(1).is_some_and(|before| is_single(&&self.groups[before]));
        let count = self.groups[from..].iter().take(IN_BOXES.end() + 1).take_while(is_single).count();
        (!goes_on && IN_BOXES.contains(&count)).then_some(count)
    }

    /// The letters right before the first group, as in `tel138…`.
    pub(super) fn letters_before(&self, from: usize) -> &str {
        let before = &self.text[..self.groups[from].range.start];
        let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if from == 0 { &before[before.len() - letters..] } else { "" }
    }

    /// Whether the last of the boxes of a form comes next, behind a space with which `before` ends.
    fn ends_boxes(&self, before: &str) -> bool {
        let is_next = self.groups.last().is_some_and(|last| {
            matches!(separator(&before[last.range.end..]), Some(Separator::Space | Separator::Cell))
        });
        let singles = self.groups.iter().rev().take_while(|group| group.range.len() == 1).count();
        is_next && singles + 1 == *IN_BOXES.end()
    }

    /// How long the groups from `from` to `to` are.
    pub(super) fn lengths(&self, from: usize, to: usize) -> Vec<usize> {
        self.groups[from..to].iter().map(|group| group.range.len()).collect()
    }

    /// What stands between the groups from `from` to `to`; none if they are not all parted by the same.
    pub(super) fn separator(&self, from: usize, to: usize) -> Option<Separator> {
        let mut between = self.groups[from + 1..to].iter().map(|group| group.separator);
        let first = between.next().flatten()?;
        between.all(|other| other == Some(first)).then_some(first)
    }

    /// Whether the groups from `from` to `to` are no part of a longer number: a space parts, a hyphen or full stop joins.
    pub(super) fn is_apart(&self, from: usize, to: usize) -> bool {
        self.letters_before(from).is_empty() && self.is_whole(from, to)
    }

    /// The same, whatever letters stand before them.
    pub(super) fn is_whole(&self, from: usize, to: usize) -> bool {
        let parts = |group: Option<&Group>| {
            group.is_none_or(|group| !matches!(group.separator, Some(Separator::Hyphen | Separator::Dot)))
        };
        let before = self.text[..self.groups[from].range.start].chars().next_back();
        let joined = matches!(before, Some(',' | '.')) && from == 0 && {
            self.text[..self.groups[from].range.start - 1].ends_with(|c: char| c.is_ascii_digit())
        };
        let after = &self.text[self.groups[to - 1].range.end..];
        let goes_on = after.starts_with([',', '.']) && after[1..].starts_with(|c: char| c.is_ascii_digit());
        parts(self.groups.get(from)) && parts(self.groups.get(to)) && !joined && !goes_on
    }
}

/// How many digits a number has that is looked for.
const DIGITS: RangeInclusive<usize> = 11..=19;

/// Goes through a text once, with every number that is long enough to `number`, every word to `word`, and the end
/// of every group of digits right before a character of three bytes, as Chinese ones are, to `end`.
pub(super) fn scan<'a>(
    text: &'a str,
    mut number: impl FnMut(&Number<'a>),
    mut word: impl FnMut(Range<usize>),
    mut end: impl FnMut(usize),
) {
    let bytes = text.as_bytes();
    let mut current = Number { text, groups: Vec::new() };
    let mut at = 0;
    while at < bytes.len() {
        let first = bytes[at];
        if !first.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if first.is_ascii_lowercase() || first.is_ascii_uppercase() {
            // Letters right before a number of identity name it: `ID110…`; those before a mobile number begin what somebody calls
            // himself in a chat.
            let letters = bytes[start..at].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let rest = at - start - letters;
            if at - start == 1 && current.ends_boxes(&text[..start]) && matches!(first, b'X' | b'x') {
                current.groups.push(Group { range: start..at, separator: Some(Separator::Space) });
            } else if letters <= 6 && (rest >= 15 || rest == 11) && is_digits(&bytes[start + letters..at]) {
                flush(&mut current, &mut number);
                current.groups.push(Group { range: start + letters..at, separator: None });
                flush(&mut current, &mut number);
            } else if letters == at - start && LETTERS.contains(&letters) {
                word(start..at);
            } else {
                word(start..start);
            }
            continue;
        }
        if !is_digits(&bytes[start..at]) {
            continue;
        }
        let separator = current.groups.last().and_then(|last| {
            let are_single = at - start == 1 && last.range.len() == 1;
            separator(&text[last.range.end..start]).filter(|by| are_single || *by != Separator::Cell)
        });
        if separator.is_none() {
            flush(&mut current, &mut number);
        }
        current.groups.push(Group { range: start..at, separator });
        if bytes.get(at).is_some_and(|&byte| byte >= 0xe0) {
            end(at);
        }
    }
    flush(&mut current, &mut number);
}

fn flush<'a>(current: &mut Number<'a>, number: &mut impl FnMut(&Number<'a>)) {
    let digits: usize = current.groups.iter().map(|group| group.range.len()).sum();
    if digits >= *DIGITS.start() {
        number(current);
    }
    current.groups.clear();
}

/// Whether these are digits, the last of which may be an X.
fn is_digits(bytes: &[u8]) -> bool {
    match bytes {
        [digits @ .., b'X' | b'x'] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        digits => digits.iter().all(u8::is_ascii_digit),
    }
}

/// What stands between two groups; none if it is more than a separator.
fn separator(between: &str) -> Option<Separator> {
    match between {
        " " | "\u{a0}" | "\u{3000}" | "\u{2009}" | "\u{202f}" | "  " => Some(Separator::Space),
        "-" | "‐" | "‑" | "‒" | "–" | "—" | "－" | "−" | " - " => Some(Separator::Hyphen),
        "." | "·" | "•" | "．" => Some(Separator::Dot),
        "(" | ")" | "（" | "）" | " (" | ") " => Some(Separator::Bracket),
        "\n" | "\r\n" => Some(Separator::Line),
        "\t" | "," | ";" | "|" | " | " => Some(Separator::Cell),
        _ => None,
    }
}
