//! One input file as text, and the places in it.

pub mod decode;
pub mod edit;
pub mod exhibit;
pub mod stamp;

use std::sync::OnceLock;

use edit::Origins;
use unicode_width::UnicodeWidthStr;

use crate::work;

/// A range of bytes in a [`Source`]'s text.
///
/// Always lies within the text and on character boundaries once it has passed through
/// [`Source::clamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`, in bytes. Files are refused above 4 GiB
    /// (see [`decode::MAX_BYTES`]), so a `u32` holds every offset.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The span as the range that slices a `str`.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Names one [`Source`] of a case; an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// The text of one file with its line index. The text is valid UTF-8 without a byte-order mark
/// and without NUL.
#[derive(Debug)]
pub struct Source {
    /// The path from the case folder, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
    line_starts: Vec<u32>,
    /// How many characters stand before each block of [`BLOCK`] bytes, counted when a long line asks for a column.
    characters: OnceLock<Vec<u32>>,
    holds_right_to_left: OnceLock<bool>,
    /// Where its places stood in the file, as far as something was replaced.
    origins: Origins,
}

/// After how many bytes the characters are counted anew.
const BLOCK: usize = 256;

/// A place a person can find: both numbers start at 1, and columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Source {
    /// Indexes the lines of `text`. A line ends at LF, CRLF or CR (CommonMark 0.31, section 2.1).
    pub fn new(path: impl Into<String>, text: String) -> Self {
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            line_starts.push(at as u32 + 1);
        }
        line_starts.shrink_to_fit();
        Self {
            path: path.into(),
            text,
            line_starts,
            characters: OnceLock::new(),
            holds_right_to_left: OnceLock::new(),
            origins: Origins::default(),
        }
    }

    /// The same text, told where its places stood in the file before something was replaced.
    #[must_use]
    pub fn with_origins(self, origins: Origins) -> Self {
        Self { origins, ..self }
    }

    /// Whether anything in it is written from right to left, as `is_right_to_left` tells of a character: looked for once,
    /// however much of it is shown.
    pub fn holds_right_to_left(&self, is_right_to_left: fn(char) -> bool) -> bool {
        *self.holds_right_to_left.get_or_init(|| {
            work::count(self.text.len());
            self.text.chars().any(is_right_to_left)
        })
    }

    /// Whether something in a span took the place of what the file says.
    pub fn is_replaced(&self, span: Span) -> bool {
        self.origins.overlap(span)
    }

    /// How many columns of a terminal a span takes in the file: where something was replaced, what stood there before.
    pub fn columns_in_file(&self, span: Span) -> usize {
        let own = self.slice(span).width_cjk() as i32;
        usize::try_from(own + self.origins.narrower(span)).unwrap_or(0)
    }

    /// The byte at which line `line` (from 1) starts; the end of the text for a line past the last.
    pub fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.line_starts.get(index).map_or(self.text.len(), |&start| start as usize)
    }

    /// The line (from 1) that holds byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start as usize <= offset)
    }

    /// Line and column of byte `offset` in the file: where something was replaced, of what stood there before.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(&self.text, offset);
        self.origins.position(self, offset).unwrap_or_else(|| self.position_as_is(offset))
    }

    /// Line and column in the file where a span starts.
    pub fn starts_at(&self, span: Span) -> Position {
        self.position(span.start as usize)
    }

    /// Line and column in the text of the edition where a span starts.
    pub fn starts_in_edition(&self, span: Span) -> Position {
        self.position_in_edition(span.start as usize)
    }

    /// Line and column of byte `offset` in the text of the edition: what was taken out of the file leaves no trace in it.
    pub fn position_in_edition(&self, offset: usize) -> Position {
        self.position_as_is(floor_boundary(&self.text, offset))
    }

    /// Line and column of byte `offset`, a character boundary, in the text as it is.
    fn position_as_is(&self, offset: usize) -> Position {
        let line = self.line_of(offset);
        let start = self.line_start(line);
        let before = if offset - start < BLOCK {
            characters(&self.text.as_bytes()[start..offset])
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        Position { line: line as u32, column: before + 1 }
    }

    /// How many characters stand before byte `offset`, without reading more than a block.
    fn characters_before(&self, offset: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let counted = self.characters.get_or_init(|| {
            let blocks = bytes.chunks(BLOCK).scan(0, |all, block| {
                let before = *all;
                *all += characters(block);
                Some(before)
            });
            blocks.collect()
        });
        let block = (offset / BLOCK).min(counted.len().saturating_sub(1));
        counted.get(block).copied().unwrap_or(0) + characters(&bytes[block * BLOCK..offset])
    }

    /// The span cut down to the text, its ends moved outwards to character boundaries.
    pub fn clamp(&self, span: Span) -> Span {
        let start = floor_boundary(&self.text, span.start as usize);
        let mut end = (span.end as usize).clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[self.clamp(span).range()]
    }
}

/// How many characters begin among bytes of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All sources of a case, in the order in which they were read.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Keeps `source` and gives the name it has from now on.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(self.0.len() as u32 - 1)
    }

    /// Every source with its name.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.0)
    }

    /// The source of that name.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direction_of_a_text_is_looked_for_once_however_often_it_is_shown() {
        let is_hebrew = |c: char| matches!(c, 'א'..='ת');
        assert!(Source::new("a.md", "甲 שלום".to_owned()).holds_right_to_left(is_hebrew));
        work::tests::grows_with_what_is_written("directions", |size| {
            let source = Source::new("a.md", "甲".repeat(size));
            assert!((0..size).all(|_| !source.holds_right_to_left(is_hebrew)));
        });
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("a.md", "第一行\r\n第二 b".to_owned());
        let at = source.text.find('b').unwrap();
        assert_eq!(source.position(at), Position { line: 2, column: 4 });
    }

    #[test]
    fn columns_of_a_long_line_are_those_counted_from_its_start() {
        let source = Source::new("a.md", format!("字\n{}", "a数é".repeat(2000)));
        let line = source.line_start(2);
        for (count, (at, _)) in source.text[line..].char_indices().enumerate() {
            assert_eq!(source.position(line + at), Position { line: 2, column: count as u32 + 1 });
        }
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        let source = Source::new("a.md", "a\rb\r\nc\nd".to_owned());
        assert_eq!(source.line_of(source.text.find('d').unwrap()), 4);
    }

    #[test]
    fn a_span_that_cuts_a_character_is_widened() {
        let source = Source::new("a.md", "数字".to_owned());
        assert_eq!(source.slice(Span::new(1, 4)), "数字");
        assert_eq!(source.slice(Span::new(4, 99)), "字");
    }
}
