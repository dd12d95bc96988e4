//! Reading a text character by character, full-width forms and capitals folded.

use crate::slug::half_width;

/// A place in a text, from which things are read if they are there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The next character, folded.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(fold)
    }

    /// The character before, folded.
    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back().map(fold)
    }

    pub(super) fn bump(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    pub(super) fn eat(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        let found = self.peek().is_some_and(wanted);
        if found {
            self.bump();
        }
        found
    }

    pub(super) fn eat_char(&mut self, wanted: char) -> bool {
        self.eat(|c| c == wanted)
    }

    pub(super) fn spaces(&mut self) -> bool {
        let from = self.at;
        while self.eat(char::is_whitespace) {}
        self.at > from
    }

    /// A run of `min` to `max` digits that no digit follows: its value and how many digits it has.
    pub(super) fn digits(&mut self, min: usize, max: usize) -> Option<(u32, usize)> {
        let mut ahead = *self;
        let (mut value, mut count) = (0u32, 0);
        while let Some(digit) = ahead.peek().and_then(|c| c.to_digit(10)) {
            if count == max {
                return None;
            }
            value = value * 10 + digit;
            count += 1;
            ahead.bump();
        }
        if count < min {
            return None;
        }
        *self = ahead;
        Some((value, count))
    }

    /// `word` (already folded), if it stands here; a Latin word must end here too.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let mut ahead = *self;
        for wanted in word.chars() {
            let found = match wanted {
                ' ' => ahead.spaces(),
                _ => ahead.eat_char(wanted),
            };
            if !found {
                return false;
            }
        }
        let latin_end = word.ends_with(|c: char| c.is_ascii_alphabetic());
        if latin_end && ahead.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            return false;
        }
        *self = ahead;
        !word.is_empty()
    }

    /// Whether a colon and a digit stand here, as after the hour of a clock.
    pub(super) fn is_clock(&self) -> bool {
        let mut ahead = *self;
        ahead.eat_char(':') && ahead.peek().is_some_and(|c| c.is_ascii_digit())
    }

    /// The first byte of any word that may stand here: it is asked of very many words, and nearly all begin otherwise.
    pub(super) fn first_byte(&self) -> Option<u8> {
        let mut bytes = [0; 4];
        self.peek()?.encode_utf8(&mut bytes);
        Some(bytes[0])
    }

    /// The first of `words` that stands here.
    pub(super) fn eat_any(&mut self, words: &[String]) -> bool {
        let Some(first) = self.first_byte() else { return false };
        words.iter().any(|word| word.as_bytes().first() == Some(&first) && self.eat_word(word))
    }
}

/// The forms of a character that mean the same in a time: full-width ones, capitals, and hyphens that do not break, are as
/// wide as a digit, or are meant for sums; an arrow joins as a dash does.
pub(super) fn fold(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2012}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{301c}' | '\u{223c}' => '~',
        '→' => '–',
        _ => half_width(c).to_ascii_lowercase(),
    }
}

/// A hyphen or dash, folded.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}
