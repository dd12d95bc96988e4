//! The words around a number, which say what it is.

use crate::language::lists::privacy::{ACCOUNTS, CARDS, IDENTITIES, OTHER_NUMBERS, PHONES, TRAVEL};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// What a word says of the number after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// That it is one of a bank card.
    Card,
    /// That it is one of an account, which may be that of a card.
    Account,
    /// That it is one of an identity card.
    Identity,
    /// That it is one of a passport or of a permit to travel.
    Travel,
    /// That it is one of a telephone.
    Phone,
    /// That it is the number of something else: an order, a transaction, an amount.
    Else,
}

/// The words, in both languages.
const WORDS: &[(Says, &[&str])] = &[
    (Says::Card, CARDS),
    (Says::Account, ACCOUNTS),
    (Says::Identity, IDENTITIES),
    (Says::Travel, TRAVEL),
    (Says::Phone, PHONES),
    (Says::Else, OTHER_NUMBERS),
];

/// How far before a number its word may stand, in characters.
const REACH: usize = 40;

/// The longest heading of a column that is read, in bytes.
const MAX_HEADING: usize = 200;

/// How far a word of an address on the web is followed back, in bytes.
const MAX_ADDRESS: usize = 400;

struct Lexicon {
    automaton: AhoCorasick,
    says: Vec<(Says, bool)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let all = || WORDS.iter().flat_map(|(says, words)| words.iter().map(move |word| (*says, *word)));
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(all().map(|(_, word)| word));
    // A list that is written down here can be built.
    let automaton = automaton.unwrap_or_else(|_| unreachable!());
    Lexicon { automaton, says: all().map(|(says, word)| (says, word.is_ascii())).collect() }
});

/// A word before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// What it says.
    pub(super) says: Says,
    /// How many characters stand between the two.
    pub(super) distance: usize,
}

impl Word {
    /// Whether the number is that of something which is no secret.
    pub(super) fn denies_number(self) -> bool {
        self.says == Says::Else
    }
}

/// A text and the words in it.
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    /// The rows that hold what was asked for last.
    table: RefCell<Table>,
    /// The line that holds it: many numbers may stand in one, however long it is.
    row: RefCell<Option<Row>>,
}

/// Rows right below each other, cut by the same sign.
#[derive(Debug, Default, Clone)]
struct Table {
    rows: Range<usize>,
    by: Option<char>,
    heading: Range<usize>,
    /// The cells of the heading.
    cells: Vec<Range<usize>>,
}

/// A line, the sign that cuts it, if one does, and how many of them stand before a place in it.
#[derive(Debug, Clone)]
struct Row {
    line: Range<usize>,
    by: Option<char>,
    counted: usize,
    column: usize,
}

impl<'a> Context<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, table: RefCell::default(), row: RefCell::default() }
    }

    /// The word that ends nearest before byte `at`, of two that end together the longer one. A sentence that ends between
    /// the word and the number parts them. Where none stands, the heading of the column speaks.
    pub(super) fn nearest(&self, at: usize) -> Option<Word> {
        let before = self.before(at, REACH);
        last_word(before).or_else(|| self.heading(at))
    }

    /// Whether the nearest word before `range` within `most` characters, or one right behind it, says that.
    pub(super) fn says_within(&self, range: &Range<usize>, wanted: Says, most: usize) -> bool {
        self.nearest(range.start).is_some_and(|word| word.says == wanted && word.distance <= most)
            || self.says_behind(range.end, wanted, 8)
    }

    /// Whether a word within `most` characters behind byte `at` says that, in brackets or at once.
    pub(super) fn says_behind(&self, at: usize, wanted: Says, most: usize) -> bool {
        let rest = &self.text[at..];
        let Some(inner) = rest.trim_start_matches(' ').strip_prefix(['（', '(', '[', '【']) else { return false };
        let end = inner.char_indices().nth(most + 8).map_or(inner.len(), |(at, _)| at);
        let inner = &inner[..inner[..end].find(['）', ')', ']', '】', '\n', '。']).unwrap_or(end)];
        last_word(inner).is_some_and(|word| word.says == wanted)
    }

    /// At most `most` characters before byte `at`, of the same sentence or cell.
    pub(super) fn before(&self, at: usize, most: usize) -> &'a str {
        let text = &self.text[..at];
        let start = text.char_indices().rev().nth(most).map_or(0, |(at, c)| at + c.len_utf8());
        let text = &text[start..];
        let cut = text.rfind(['。', '；', '！', '？', '\n', '|', '\t', ';']);
        cut.map_or(text, |at| text[at..].trim_start_matches(['。', '；', '！', '？', '\n', '|', '\t', ';']))
    }

    /// Whether what stands in `range` is part of an address on the web.
    pub(super) fn is_in_address(&self, range: &Range<usize>) -> bool {
        let from = self.text.floor_char_boundary(range.start.saturating_sub(MAX_ADDRESS));
        let before = &self.text[from..range.start];
        let word =
            before.rsplit(|c: char| c.is_whitespace() || !c.is_ascii() || "<\"'`(".contains(c)).next().unwrap_or("");
        word.contains("://") || word.starts_with("www.") || word.starts_with("magnet:") || word.contains(".com/")
    }

    /// Whether what stands in `range` is part of a chain of hexadecimal groups, as in `1f3a-4b5c`.
    pub(super) fn is_hexadecimal(&self, range: &Range<usize>) -> bool {
        let joins = |c: Option<char>| matches!(c, Some('-' | '_' | ':'));
        let is_hex = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let mut before = self.text[..range.start].chars().rev();
        let mut after = self.text[range.end..].chars();
        (joins(before.next()) && is_hex(before.next()) && is_hex(before.next()))
            && (joins(after.next()) && is_hex(after.next()) && is_hex(after.next()))
    }

    /// The word in the heading of the column in which byte `at` stands, in a table of Markdown or of separated values.
    pub(super) fn heading(&self, at: usize) -> Option<Word> {
        let mut row = self.row.borrow_mut();
        let held = row.take().filter(|row| row.line.start <= at && at <= row.line.end);
        let row = row.insert(held.unwrap_or_else(|| self.row(at)));
        let by = row.by?;
        let start = row.line.start;
        let is_known = {
            let table = self.table.borrow();
            table.rows.contains(&start) && table.by == Some(by)
        };
        if !is_known {
            self.find_table(&row.line, by);
        }
        let table = self.table.borrow();
        if table.heading.contains(&start) {
            return None;
        }
        if at < row.counted {
            (row.counted, row.column) = (start, 0);
        }
        row.column += self.text[row.counted..at].matches(by).count();
        row.counted = at;
        let cell = &self.text[table.cells.get(row.column)?.clone()];
        let cell = &cell[..cell.floor_char_boundary(MAX_HEADING)];
        last_word(cell).map(|word| Word { distance: 0, ..word })
    }

    /// The line of byte `at`. One below what was found to be a table is cut as that is.
    fn row(&self, at: usize) -> Row {
        let line = self.line(at);
        let table = self.table.borrow();
        let of_table = if table.rows.contains(&line.start) { table.by } else { None };
        let text = &self.text[line.clone()];
        let by = of_table.or_else(|| ['|', '\t', ','].into_iter().find(|&by| text.contains(by)));
        Row { counted: line.start, line, by, column: 0 }
    }

    fn line(&self, at: usize) -> Range<usize> {
        let start = memchr::memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |at| at + 1);
        let end = memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |end| at + end);
        start..end
    }

    /// Finds the rows above and below a line that are cut by the same sign.
    fn find_table(&self, line: &Range<usize>, by: char) {
        let mut rows = line.clone();
        let mut heading = line.clone();
        while rows.start > 0 {
            let above = self.line(rows.start - 1);
            if !self.text[above.clone()].contains(by) {
                break;
            }
            rows.start = above.start;
            heading = above;
        }
        while rows.end < self.text.len() {
            let below = self.line(rows.end + 1);
            if !self.text[below.clone()].contains(by) || below.end <= rows.end {
                break;
            }
            rows.end = below.end;
        }
        let mut from = heading.start;
        let cells = self.text[heading.clone()].split(by).map(|cell| {
            let range = from..from + cell.len();
            from = range.end + by.len_utf8();
            range
        });
        let cells = cells.collect();
        *self.table.borrow_mut() = Table { rows, by: Some(by), heading, cells };
    }
}

/// The word that ends last in a text, and how far before its end.
fn last_word(text: &str) -> Option<Word> {
    let mut last: Option<(usize, usize, Says)> = None;
    for found in LEXICON.automaton.find_overlapping_iter(text) {
        let (says, is_latin) = LEXICON.says[found.pattern().as_usize()];
        let letter = |c: char| c.is_ascii_alphabetic();
        if is_latin && (text[..found.start()].ends_with(letter) || text[found.end()..].starts_with(letter)) {
            continue;
        }
        let is_later =
            last.is_none_or(|(start, end, _)| found.end() > end || (found.end() == end && found.start() < start));
        if is_later {
            last = Some((found.start(), found.end(), says));
        }
    }
    last.map(|(_, end, says)| Word { says, distance: text[end..].chars().count() })
}
