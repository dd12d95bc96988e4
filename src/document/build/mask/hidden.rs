//! Masks single marks: a control character of the same length takes the place of each before comrak parses.

use std::borrow::Cow;

/// Each mark that can be hidden, with the control character that stands for it.
const HIDDEN: &[(u8, u8)] = &[
    (b'*', 0x0e),
    (b'_', 0x0f),
    (b'~', 0x10),
    (b'$', 0x11),
    (b'&', 0x12),
    (b'\\', 0x13),
    (b'<', 0x14),
    (b'>', 0x7f),
    (b'|', 0x15),
    (b'=', 0x16),
    (b' ', 0x17),
    (b'\t', 0x18),
    (b'`', 0x19),
    (b'+', 0x1c),
    (b'-', 0x1d),
    (b'#', 0x1e),
    (b':', 0x1f),
];

/// Stands for a tilde before asterisks: to comrak it is a space, so that `**` may open bold type behind it.
pub(super) const TILDE_BEFORE_MARKS: u8 = 0x0c;

/// Stands for each byte of text that its author hid from readers, within a line.
pub(in super::super) const BLANK: char = '\u{1b}';

/// What stands for `mark`, if it can be hidden.
pub(super) fn stand_in(mark: u8) -> Option<u8> {
    HIDDEN.iter().find(|(known, _)| *known == mark).map(|(_, stand_in)| *stand_in)
}

fn is_stand_in(byte: u8) -> bool {
    matches!(byte, TILDE_BEFORE_MARKS | 0x0e..=0x19 | 0x1b..=0x1f | 0x7f)
}

/// Whether `text` holds a character that stands for a mark.
pub(super) fn has_stand_in(text: &str) -> bool {
    text.bytes().any(is_stand_in)
}

/// A masked text with the marks that were hidden, each in its place.
pub(in super::super) fn with_marks(text: &str) -> Cow<'_, str> {
    if !has_stand_in(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(mark_of).collect())
}

/// The mark that a character stands for, or itself.
fn mark_of(c: char) -> char {
    if c == char::from(TILDE_BEFORE_MARKS) {
        return '~';
    }
    HIDDEN.iter().find(|(_, stand_in)| char::from(*stand_in) == c).map_or(c, |(mark, _)| char::from(*mark))
}

/// A literal of comrak's tree with the marks that were hidden from it, and without what was blanked.
pub(in super::super) fn unhide(literal: &str) -> Cow<'_, str> {
    if !has_stand_in(literal) {
        return Cow::Borrowed(literal);
    }
    Cow::Owned(literal.chars().filter(|&c| c != BLANK).map(mark_of).collect())
}
