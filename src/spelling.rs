//! The spellings of what is withheld: one and the same in full and half width, in capitals, in traditional and simplified
//! characters, with spaces, line breaks and marks of Markdown between, with separators between digits, and in the escapes of
//! addresses, HTML, JSON and mail.
//!
//! A text is folded into a stream of characters, each of which knows where it was written and what stood before it. Known
//! spellings are looked for in the stream; what stands between their characters, and at their ends, then tells whether it is
//! one: 张 三 is, 姓张，三十岁 is not.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use encoding_rs::GBK;

use crate::document::html;
use crate::language::alphabet::is_unspaced;
use crate::language::folding::folding;

/// What stood between two characters: a set of these.
mod gap {
    pub(super) const SPACE: u16 = 1;
    /// The dot between the parts of a foreign name.
    pub(super) const DOT: u16 = 2;
    pub(super) const JOINT: u16 = 4;
    pub(super) const BRACKET: u16 = 8;
    pub(super) const COMMA: u16 = 16;
    /// A space that is, or holds, the end of a line.
    pub(super) const LINE: u16 = 32;
    /// A tag of HTML.
    pub(super) const TAG: u16 = 64;
    /// The end of a block of Markdown, over which no name goes on.
    pub(super) const BLANK: u16 = 128;
    /// The end of a block in a page or of a line in data: over it a name in Latin letters may go on.
    pub(super) const BLOCK: u16 = 256;
    /// The end of a cell in a page: over it a name goes on that fills its cells.
    pub(super) const CELL: u16 = 512;
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As authors write.
    Text,
    /// As data and scripts: a backslash begins an escape.
    Data,
    /// As markup, of which only the text counts.
    Markup,
    /// The same without what stands above the line: how characters are read aloud, and the numbers of notes.
    Base,
    /// As markup, of which only the tags count.
    Tags,
    /// As lines of cells with tabs between them.
    Cells,
    /// As lines of cells with commas or semicolons between them.
    Values,
}

/// A folded character.
#[derive(Debug, Clone, Copy)]
struct Spot {
    /// Where it stands in the folded text, in bytes.
    at: u32,
    /// Where it was written.
    start: u32,
    end: u32,
    /// What stood before it.
    gap: u16,
}

/// A text, folded.
struct Folded {
    text: String,
    spots: Vec<Spot>,
}

impl Folded {
    fn of(text: &str, form: Form) -> Self {
        let folding = folding();
        let mut folded = Self { text: String::with_capacity(text.len()), spots: Vec::with_capacity(text.len() / 2) };
        let bytes = text.as_bytes();
        let (mut at, mut gap) = (0, 0);
        while at < bytes.len() {
            let (read, len) = one(text, at, form);
            let range = at..at + len;
            at += len;
            match read {
                Read::Gap(kind) => gap |= kind,
                Read::Char(c) => folded.push(folding, c, &range, &mut gap),
                Read::Chars(chars) => chars.chars().for_each(|c| folded.push(folding, c, &range, &mut gap)),
            }
        }
        folded
    }

    fn push(&mut self, folding: &crate::language::folding::Folding, c: char, range: &Range<usize>, gap: &mut u16) {
        match separates(c) {
            Some(kind) => *gap |= kind,
            None => folding.each(c, |c| {
                let spot = Spot {
                    at: self.text.len() as u32,
                    start: range.start as u32,
                    end: range.end as u32,
                    gap: std::mem::take(gap),
                };
                self.spots.push(spot);
                self.text.push(c);
            }),
        }
    }

    fn char_at(&self, spot: usize) -> Option<char> {
        self.text[self.spots.get(spot)?.at as usize..].chars().next()
    }
}

/// The folded text alone, without places: what is found in it may be meant, and what is not is nowhere.
fn skim(text: &str, form: Form) -> Vec<u8> {
    if form == Form::Values {
        return Folded::of(text, form).text.into_bytes();
    }
    let folding = folding();
    let simple = &*SIMPLE;
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match PLAIN[usize::from(byte)] {
            SKIPPED => at += 1,
            SPECIAL => {
                if let Some(c) = text[at..].chars().next().filter(|c| !c.is_ascii())
                    && let Some(folded) = simple.get(c as usize).and_then(|&folded| char::from_u32(u32::from(folded)))
                    && folded != '\0'
                {
                    out.extend_from_slice(folded.encode_utf8(&mut [0; 4]).as_bytes());
                    at += c.len_utf8();
                    continue;
                }
                let (read, len) = one(text, at, form);
                let mut push = |c: char| {
                    if separates(c).is_none() {
                        folding.each(c, |c| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()));
                    }
                };
                match read {
                    Read::Gap(_) => {}
                    Read::Char(c) => push(c),
                    Read::Chars(chars) => chars.chars().for_each(push),
                }
                at += len;
            }
            folded => {
                out.push(folded);
                at += 1;
            }
        }
    }
    out
}

/// What each character of the basic plane becomes that becomes a single one; 0 for all others.
static SIMPLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let folding = folding();
    let of = |code: u16| {
        let c = char::from_u32(u32::from(code)).filter(|&c| !c.is_ascii() && separates(c).is_none())?;
        let mut folded = Vec::new();
        folding.each(c, |c| folded.push(c));
        match folded.as_slice() {
            [only] => u16::try_from(u32::from(*only)).ok(),
            _ => None,
        }
    };
    (0..=u16::MAX).map(|code| of(code).unwrap_or(0)).collect()
});

const SKIPPED: u8 = 0;
const SPECIAL: u8 = 1;

/// What each byte becomes by itself: nothing, a small letter or a sign, or what has to be looked at.
const PLAIN: [u8; 256] = {
    let mut table = [SPECIAL; 256];
    let mut byte = b' ';
    while byte < 0x7f {
        table[byte as usize] = match byte {
            b'&' | b'%' | b'\\' | b'<' | b'>' | b'=' | b'+' => SPECIAL,
            b' ' | b'*' | b'`' | b'~' | b'-' | b'.' | b'_' | b'/' | b'\'' | b'(' | b')' | b',' => SKIPPED,
            byte => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    table
};

/// What stands at a place of a text.
enum Read {
    Gap(u16),
    Char(char),
    Chars(String),
}

/// What stands at byte `at`, and how many bytes of it there are.
fn one(text: &str, at: usize, form: Form) -> (Read, usize) {
    let rest = &text[at..];
    let bytes = rest.as_bytes();
    match bytes[0] {
        b'<' if form == Form::Base && raised(bytes).is_some() => (Read::Gap(0), raised(bytes).unwrap_or(1)),
        b'<' if matches!(form, Form::Markup | Form::Base)
            && bytes.get(1).is_some_and(|&b| b.is_ascii_alphabetic() || b"/!?".contains(&b)) =>
        {
            let len = memchr::memchr(b'>', bytes).map_or(1, |end| end + 1);
            (Read::Gap(gap_of_tag(&bytes[1..len])), len)
        }
        b'>' if form == Form::Tags => (Read::Gap(gap::BLANK), memchr::memchr(b'<', bytes).unwrap_or(bytes.len())),
        b'<' if form == Form::Text && plain_tag(bytes).is_some() => {
            let len = plain_tag(bytes).unwrap_or(1);
            (Read::Gap(gap_of_tag(&bytes[1..len])), len)
        }
        b'&' if bytes.get(1) == Some(&b'#') => match numbered(bytes) {
            Some((c, len)) => (Read::Char(c), len),
            None => (Read::Char('&'), 1),
        },
        b'&' => match memchr::memchr(b';', &bytes[..bytes.len().min(12)]) {
            Some(end) if rest.is_char_boundary(end + 1) => {
                let written = &rest[..=end];
                let decoded = html::decode(written);
                if decoded == written { (Read::Char('&'), 1) } else { (Read::Chars(decoded), end + 1) }
            }
            _ => (Read::Char('&'), 1),
        },
        b'%' => match percent(bytes) {
            Some((decoded, len)) => (Read::Chars(decoded), len),
            None => (Read::Char('%'), 1),
        },
        b'=' => match quoted(bytes) {
            Some((decoded, len)) => (Read::Chars(decoded), len),
            None => (Read::Char('='), 1),
        },
        b'+' if is_space_of_query(text, at) => (Read::Gap(gap::SPACE), 1),
        b'\\' => match escape(rest, form) {
            Some((read, len)) => (read, len),
            None => (Read::Gap(0), 1),
        },
        // The marks of a quotation before each of its lines.
        b'\n' | b'\r' => {
            let marks =
                if form == Form::Text { bytes[1..].iter().take_while(|b| b" \t>\n\r".contains(b)).count() } else { 0 };
            let is_blank =
                bytes[1..=marks].iter().filter(|byte| **byte == b'\n').count() > usize::from(bytes[0] == b'\r');
            let ends = form == Form::Text && (is_blank || ends_block(text, at, at + 1 + marks));
            let is_row = matches!(form, Form::Cells | Form::Values);
            let blank = if ends { gap::BLANK } else { 0 } | if is_row { gap::BLOCK } else { 0 };
            (Read::Gap(gap::SPACE | gap::LINE | blank), 1 + marks)
        }
        b'\t' if matches!(form, Form::Cells | Form::Values) => (Read::Gap(gap::CELL), 1),
        b',' | b';' | b'"' if form == Form::Values => (Read::Gap(if bytes[0] == b'"' { 0 } else { gap::CELL }), 1),
        byte if byte.is_ascii() => (Read::Char(byte as char), 1),
        _ => rest.chars().next().map_or((Read::Gap(0), 1), |c| (Read::Char(c), c.len_utf8())),
    }
}

/// Whether the line of Markdown that ends at byte `end` is a heading, or the next one, whose words begin at byte `next`,
/// begins a block of its own.
fn ends_block(text: &str, end: usize, next: usize) -> bool {
    let line = &text[text[..end].rfind('\n').map_or(0, |at| at + 1)..end];
    let rest = &text[next..];
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    line.trim_start().starts_with('#')
        || rest.starts_with(['#', '|'])
        || ["- ", "* ", "+ ", "```", "~~~"].iter().any(|mark| rest.starts_with(mark))
        || (digits.len() < rest.len() && digits.starts_with(['.', ')']))
}

/// Blocks of pages, and of the documents of office programs (`si` is a text that cells share, `pt` a value of a chart). What else a
/// tag may be called parts nothing.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "pt",
    "row",
    "section",
    "si",
    "summary",
    "table",
    "tbl",
    "tbody",
    "template",
    "tfoot",
    "thead",
    "title",
    "tr",
    "ul",
];

/// The gap that a tag makes, told from its content behind `<`.
fn gap_of_tag(tag: &[u8]) -> u16 {
    let name = tag.strip_prefix(b"/").unwrap_or(tag);
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let len = |name: &[u8]| name.iter().take_while(is_part).count();
    // The prefix tells only whose name it is: `w:p`.
    let name = match name.get(len(name)) {
        Some(b':') => &name[len(name) + 1..],
        _ => name,
    };
    let len = len(name);
    let is = |names: &[&str]| names.iter().any(|other| other.as_bytes().eq_ignore_ascii_case(&name[..len]));
    if is(&["td", "th", "tc", "c", "table-cell"]) {
        gap::CELL
    } else if is(BLOCKS) {
        gap::BLOCK
    } else {
        gap::TAG
    }
}

/// Elements whose text stands above the line, between characters that are read together (HTML, section 4.5; MathML has others).
const RAISED: &[&[u8]] = &[b"rt", b"rp", b"rtc", b"sup"];

/// How long an element is that stands above the line, with its text.
fn raised(bytes: &[u8]) -> Option<usize> {
    let name = RAISED.iter().find(|name| {
        let after = bytes.get(1 + name.len());
        bytes[1..].starts_with(name) && after.is_some_and(|byte| matches!(byte, b'>' | b' '))
    })?;
    let end = memchr::memmem::find_iter(bytes, b"</").find(|at| bytes[at + 2..].starts_with(name))?;
    // What is not closed at once is no note.
    (end <= MAX_RAISED).then(|| end + memchr::memchr(b'>', &bytes[end..]).map_or(1, |len| len + 1))
}

/// The longest text above the line that is passed over, in bytes, with its tags.
const MAX_RAISED: usize = 400;

/// How long a tag of HTML is that has no attributes: `<br>`, `</u>`.
fn plain_tag(bytes: &[u8]) -> Option<usize> {
    let name = bytes[1..].strip_prefix(b"/").unwrap_or(&bytes[1..]);
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let end = &name[letters..].strip_prefix(b" ").unwrap_or(&name[letters..]);
    let rest = end.strip_prefix(b"/").unwrap_or(end).strip_prefix(b">")?;
    ((1..=10).contains(&letters) && name[0].is_ascii_alphabetic()).then_some(bytes.len() - rest.len())
}

/// A character by its number in HTML, `&#24352;` or `&#x5f20;`. Browsers read it without its semicolon too.
fn numbered(bytes: &[u8]) -> Option<(char, usize)> {
    let (start, radix) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (3, 16) } else { (2, 10) };
    let (mut number, mut at) = (0_u32, start);
    while let Some(digit) = bytes.get(at).and_then(|&byte| (byte as char).to_digit(radix)) {
        number = number.checked_mul(radix)?.checked_add(digit)?;
        at += 1;
    }
    let c = char::from_u32(number).filter(|_| at > start)?;
    Some((c, at + usize::from(bytes.get(at) == Some(&b';'))))
}

/// Whether the plus sign at byte `at` stands for a space: it parts the words of a search in an address, `?q=Lin+Wei`.
fn is_space_of_query(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[at.saturating_sub(MAX_QUERY)..at];
    memchr::memrchr(b'?', before).is_some_and(|start| {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>');
        !before[start..].iter().any(ends) && before[start..].contains(&b'=')
    })
}

/// How far before a word the question mark of its address is looked for, in bytes.
const MAX_QUERY: usize = 400;

/// Escapes of bytes in an address, `%E5%BC%A0`: UTF-8, or the older encoding of Chinese; and `%u5F20`, as old scripts write it.
fn percent(bytes: &[u8]) -> Option<(String, usize)> {
    if let [b'%', b'u', digits @ ..] = bytes {
        let unit = u16::from_str_radix(std::str::from_utf8(digits.get(..4)?).ok()?, 16).ok()?;
        return Some((String::from_utf16_lossy(&[unit]), 6));
    }
    let (decoded, len) = escaped_bytes(b'%', bytes)?;
    Some((in_either_encoding(decoded), len))
}

/// Escapes of bytes in mail, `=E5=BC=A0` (RFC 2045, section 6.7). Elsewhere an equals sign with two digits behind it is
/// common; only what is a character of Chinese and no other sign is read so.
fn quoted(bytes: &[u8]) -> Option<(String, usize)> {
    let (decoded, len) = escaped_bytes(b'=', bytes)?;
    let is_beyond_ascii = decoded.len() > 1 && decoded.iter().any(|byte| *byte >= 0x80);
    is_beyond_ascii.then(|| (in_either_encoding(decoded), len))
}

/// The bytes of a row of escapes that begin with `sign`, and how long the row is. Of mail, a line may end within it.
fn escaped_bytes(sign: u8, bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let digit = |byte: u8| (byte as char).to_digit(16);
    let mut decoded = Vec::new();
    let mut at = 0;
    loop {
        match bytes[at..] {
            [b'=', b'\r', b'\n', b'=', ..] if sign == b'=' && at > 0 => at += 3,
            [b'=', b'\n', b'=', ..] if sign == b'=' && at > 0 => at += 2,
            // What was escaped twice.
            [b'%', b'2', b'5', high, low, ..] if sign == b'%' && digit(high).is_some() && digit(low).is_some() => {
                decoded.push((digit(high).unwrap_or(0) * 16 + digit(low).unwrap_or(0)) as u8);
                at += 5;
            }
            [first, high, low, ..] if first == sign => {
                let (Some(high), Some(low)) = (digit(high), digit(low)) else { break };
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => break,
        }
    }
    (!decoded.is_empty()).then_some((decoded, at))
}

fn in_either_encoding(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| GBK.decode(error.as_bytes()).0.into_owned())
}

/// `\u5f20`, `\u{5f20}` and, in data, `\n`.
fn escape(rest: &str, form: Form) -> Option<(Read, usize)> {
    if let Some((digits, _)) = rest.strip_prefix("\\u{").and_then(|rest| rest.get(..rest.len().min(8))?.split_once('}'))
    {
        let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
        return Some((Read::Char(c), "\\u{}".len() + digits.len()));
    }
    let unit = |at: usize| rest.get(at..at + 6)?.strip_prefix("\\u").and_then(|hex| u16::from_str_radix(hex, 16).ok());
    if let Some(first) = unit(0) {
        let pair = unit(6).and_then(|second| String::from_utf16(&[first, second]).ok());
        return Some(match pair.filter(|pair| pair.chars().count() == 1) {
            Some(pair) => (Read::Chars(pair), 12),
            None => (Read::Chars(String::from_utf16_lossy(&[first])), 6),
        });
    }
    if let Some(read) = of_style(rest) {
        return Some(read);
    }
    if form == Form::Data && rest.as_bytes().get(1) == Some(&b't') {
        return Some((Read::Gap(gap::CELL), 2));
    }
    let is_space = form == Form::Data && matches!(rest.as_bytes().get(1), Some(b'n' | b'r'));
    let block = if rest.as_bytes().get(1) == Some(&b'n') { gap::BLOCK } else { 0 };
    is_space.then_some((Read::Gap(gap::SPACE | gap::LINE | block), 2))
}

/// An escape of a style sheet, `\6797`, with the space that may end it (CSS Syntax, section 4.3.7). Only what is a character of Chinese or its
/// neighbours is read so: other signs with digits behind a backslash are common.
fn of_style(rest: &str) -> Option<(Read, usize)> {
    let digits = rest[1..].bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    let c = u32::from_str_radix(rest.get(1..1 + digits)?, 16).ok().and_then(char::from_u32)?;
    let is_ended = rest.as_bytes().get(1 + digits) == Some(&b' ');
    (c >= FIRST_OF_CHINESE).then_some((Read::Char(c), 1 + digits + usize::from(is_ended)))
}

/// The first of the blocks of Chinese characters, their radicals.
const FIRST_OF_CHINESE: char = '\u{2e80}';

/// What kind of gap a character makes; none if it is a part of words. Marks of Markdown make none at all.
fn separates(c: char) -> Option<u16> {
    match c {
        '*' | '`' | '~' => Some(0),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{c}' => Some(gap::SPACE | gap::LINE),
        '·' | '•' | '・' | '‧' | '･' | '\u{2219}' | '\u{22c5}' => Some(gap::DOT),
        '-' | '.' | '_' | '/' | '\u{2010}'..='\u{2015}' | '－' | '．' | '＿' | '／' | '\'' | '\u{2019}' => {
            Some(gap::JOINT)
        }
        '(' | ')' | '（' | '）' => Some(gap::BRACKET),
        ',' | '，' => Some(gap::COMMA),
        c if c.is_whitespace() || c == '\u{3164}' => Some(gap::SPACE),
        _ => None,
    }
}

/// Something that is looked for.
#[derive(Debug)]
struct Pattern {
    /// How many characters it has, folded.
    len: usize,
    /// Before which of them the author wrote a gap.
    breaks: Vec<bool>,
    /// Whether what stands between its characters tells nothing: it is a passage, and no name.
    passage: bool,
}

/// What was found: which of the patterns, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundName {
    /// The index of the pattern.
    pub pattern: usize,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

/// Whether letters are a syllable of Chinese in Pinyin (GB/T 16159), without its tone.
fn is_syllable(letters: &[char]) -> bool {
    const INITIALS: &[&str] = &[
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s",
        "y", "w", "",
    ];
    const FINALS: &[&str] = &[
        "a", "o", "e", "i", "u", "v", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er", "ia", "ie", "iao",
        "iu", "ian", "in", "iang", "ing", "iong", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "ve",
    ];
    let syllable: String = letters.iter().collect();
    INITIALS.iter().any(|initial| syllable.strip_prefix(initial).is_some_and(|end| FINALS.contains(&end)))
}

/// From how many characters on a text that is kept is a sentence, of which what stands between its words tells nothing.
const SENTENCE: usize = 10;

/// Up to how many patterns are told sooner by their first letters than by going through them letter by letter.
const FEW: usize = 64;

/// Looks for names and passages in all their spellings.
#[derive(Debug, Default)]
pub struct Spellings {
    automaton: Option<AhoCorasick>,
    /// The same for whether there is anything at all, which few patterns tell sooner.
    sooner: Option<AhoCorasick>,
    patterns: Vec<Pattern>,
    /// Longer texts within which nothing is meant.
    kept: Option<Box<Spellings>>,
}

impl Spellings {
    /// Looks for `names`, which end where words end, and for `passages`. What holds no letter or digit is never found.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>, passages: impl Iterator<Item = &'a str>) -> Self {
        let all = names.map(|name| (name, false)).chain(passages.map(|passage| (passage, true)));
        let (mut texts, mut patterns) = (Vec::new(), Vec::new());
        for (written, passage) in all {
            let folded = Folded::of(written, Form::Text);
            let breaks = folded.spots.iter().map(|spot| spot.gap != 0).collect();
            patterns.push(Pattern { len: folded.spots.len(), breaks, passage });
            // Nothing would be found everywhere.
            texts.push(if folded.spots.is_empty() { "\0".to_owned() } else { folded.text });
        }
        let sooner = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&texts);
        let sooner = sooner.ok().filter(|_| texts.len() <= FEW);
        let automaton = if texts.is_empty() { None } else { AhoCorasick::new(texts).ok() };
        Self { automaton, sooner, patterns, kept: None }
    }

    /// Finds nothing within `kept`: longer texts that hold a name, 王明珠 where 王明 is, and sentences that are no secret, such as those
    /// of a law.
    pub fn keeping<'a>(mut self, kept: impl Iterator<Item = &'a str>) -> Self {
        let (sentences, words): (Vec<&str>, Vec<&str>) = kept.partition(|text| text.chars().count() >= SENTENCE);
        let kept = Self::new(words.into_iter(), sentences.into_iter());
        self.kept = (!kept.is_empty()).then(|| Box::new(kept));
        self
    }

    /// How many letters and digits a pattern has.
    pub fn letters(&self, pattern: usize) -> usize {
        self.patterns.get(pattern).map_or(0, |pattern| pattern.len)
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// What is found in `text`, in its order and apart; of two that overlap the one that begins first, and of these the
    /// longer one.
    pub fn find(&self, text: &str, form: Form) -> Vec<FoundName> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        // Nearly every text holds nothing of it.
        if !self.sooner.as_ref().unwrap_or(automaton).is_match(&skim(text, form)) {
            return Vec::new();
        }
        let folded = Folded::of(text, form);
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for hit in automaton.find_overlapping_iter(&folded.text) {
            let pattern = hit.pattern().as_usize();
            let Ok(first) = folded.spots.binary_search_by_key(&(hit.start() as u32), |spot| spot.at) else { continue };
            let len = self.patterns[pattern].len;
            if len > 0 && self.patterns[pattern].is_meant(&folded, first) {
                found.push((first, len, pattern));
            }
        }
        found.sort_by_key(|&(first, len, pattern)| (first, std::cmp::Reverse(len), pattern));
        let mut apart: Vec<FoundName> = Vec::new();
        for (first, len, pattern) in found {
            let range = folded.spots[first].start as usize..folded.spots[first + len - 1].end as usize;
            if apart.last().is_none_or(|last| last.range.end <= range.start) {
                apart.push(FoundName { pattern, range });
            }
        }
        if let Some(kept) = self.kept.as_ref().filter(|_| !apart.is_empty()) {
            let kept = kept.find(text, form);
            apart.retain(|found| {
                let within = kept.partition_point(|kept| kept.range.end < found.range.end);
                let is_passage = self.patterns[found.pattern].passage;
                kept.get(within).is_none_or(|kept| {
                    kept.range.start > found.range.start || (kept.range == found.range && !is_passage)
                })
            });
        }
        apart
    }
}

impl Pattern {
    /// Whether what begins at the character `first` is the pattern, and not letters that happen to follow each other.
    fn is_meant(&self, folded: &Folded, first: usize) -> bool {
        if self.passage {
            return true;
        }
        let chars: Vec<char> = (first..first + self.len).filter_map(|at| folded.char_at(at)).collect();
        if self.len < LONG && !self.ends_with_words(folded, first, &chars) {
            return false;
        }
        let gaps = || (1..self.len).map(|at| folded.spots[first + at].gap);
        if gaps().any(|gap| gap & gap::BLANK != 0)
            || (chars.iter().all(|c| c.is_numeric())
                && (self.is_figure(folded, first) || self.is_in_hex(folded, first)))
            || (gaps().any(|gap| gap & gap::CELL != 0) && !self.fills_cells(folded, first, &chars))
        {
            return false;
        }
        // Where letters are set one by one, some stand so near that no space is read between them.
        let spaces = gaps().filter(|gap| gap & gap::SPACE != 0).count();
        let letter_spaced = spaces + 1 == self.len || (self.len >= LONG && 2 * spaces + 1 >= self.len);
        let by_syllables = self.is_parted_by_syllables(folded, first, &chars);
        (1..self.len).zip(gaps()).all(|(at, gap)| {
            let gap = gap & !(gap::TAG | gap::CELL);
            let (gap, ends_block) = (gap & !gap::BLOCK, gap & gap::BLOCK != 0);
            let only = |kinds: u16| gap & !kinds == 0;
            let (a, b) = (chars[at - 1], chars[at]);
            let are = |is: fn(char) -> bool| is(a) && is(b);
            if (is_unspaced(a) || is_unspaced(b)) && ends_block {
                false
            } else if gap == 0 || are(|c| c.is_numeric()) {
                true
            } else if is_unspaced(a) || is_unspaced(b) {
                only(gap::SPACE | gap::LINE | gap::DOT)
            } else if self.breaks[at] {
                only(gap::SPACE | gap::LINE | gap::DOT | gap::JOINT)
            } else if a.is_numeric() || b.is_numeric() {
                only(gap::SPACE | gap::LINE | gap::JOINT)
            } else {
                let is_hyphenated = gap & gap::LINE != 0 && only(gap::SPACE | gap::LINE | gap::JOINT);
                is_hyphenated
                    || (letter_spaced && only(gap::SPACE | gap::LINE))
                    || (by_syllables && only(gap::SPACE | gap::LINE | gap::JOINT))
            }
        })
    }

    /// Whether a Chinese name in Latin letters is parted into its syllables, as passports and tickets do: `LIN XIAO YUN`, `Xiao-yun`.
    fn is_parted_by_syllables(&self, folded: &Folded, first: usize, chars: &[char]) -> bool {
        // A short word may be two others.
        if self.len < LONG && !self.breaks.contains(&true) {
            return false;
        }
        let is_parted = |at: usize| self.breaks[at] || folded.spots[first + at].gap != 0;
        let starts: Vec<usize> = std::iter::once(0).chain((1..self.len).filter(|&at| is_parted(at))).collect();
        let ends = starts.iter().skip(1).copied().chain([self.len]);
        starts.iter().zip(ends).all(|(&start, end)| is_syllable(&chars[start..end]))
    }

    /// Whether what goes on over cells begins and ends with one, and is more than two signs that stand side by side by chance:
    /// 林 | 晓芸 is, 主张 | 三项, 张 | 三 and 04 | 09 are not.
    fn fills_cells(&self, folded: &Folded, first: usize, chars: &[char]) -> bool {
        let ends = gap::CELL | gap::BLOCK | gap::LINE;
        let is_quote = |at: Option<usize>| at.and_then(|at| folded.char_at(at)) == Some('"');
        let is_end = |at: usize| {
            let gap = folded.spots.get(at).is_none_or(|spot| spot.gap & ends != 0);
            at == 0 || gap || is_quote(Some(at)) || is_quote(at.checked_sub(1))
        };
        self.len > 2 && !chars.iter().all(|c| c.is_numeric()) && is_end(first) && is_end(first + self.len)
    }

    /// Whether digits are a part of a number in hexadecimal digits, which has letters too. So many digits in a row stand in none
    /// by chance: it is a telephone number behind the letter of somebody's name.
    fn is_in_hex(&self, folded: &Folded, first: usize) -> bool {
        if self.len >= MIN_HEX {
            return false;
        }
        let is_hex = |at: usize| folded.char_at(at).filter(|c| c.is_ascii_hexdigit());
        let joined = |at: usize| folded.spots.get(at).is_some_and(|spot| spot.gap == 0);
        let mut start = first;
        while start > 0 && joined(start) && is_hex(start - 1).is_some() {
            start -= 1;
        }
        let mut end = first + self.len;
        while joined(end) && is_hex(end).is_some() {
            end += 1;
        }
        let has_letter = (start..end).any(|at| is_hex(at).is_some_and(|c| c.is_ascii_alphabetic()));
        let is_marked = start > 0 && joined(start) && folded.char_at(start - 1) == Some('x');
        has_letter && (is_marked || end - start >= MIN_HEX)
    }

    /// Whether digits are a part of another number: of an amount with its cents or thousands, of a date, of an outline.
    fn is_figure(&self, folded: &Folded, first: usize) -> bool {
        let parts = gap::DOT | gap::JOINT | gap::COMMA;
        let gap = |at: usize| {
            folded.spots.get(at).map_or(0, |spot| spot.gap & (parts | gap::SPACE | gap::LINE | gap::BRACKET))
        };
        let is_digit = |at: usize| folded.char_at(at).is_some_and(char::is_numeric);
        let end = first + self.len;
        let joined = |at: usize| gap(at) & parts != 0 && gap(at) & !parts == 0;
        let goes_on = self.len < MIN_TELEPHONE
            && ((first > 0 && is_digit(first - 1) && joined(first)) || (is_digit(end) && joined(end)));
        let inner = || (first + 1..end).filter(|&at| gap(at) != 0);
        let is_amount = inner().count() == 1 && inner().all(joined);
        let listed = |at: usize| gap(at) & parts != 0 && gap(at) & !(parts | gap::SPACE) == 0;
        let is_outline = self.len > 1 && inner().count() + 1 == self.len && inner().all(listed);
        goes_on || self.breaks.iter().all(|is_break| !is_break) && (is_amount || is_outline)
    }

    /// Whether no word goes on over the ends: Ann is not in annual, nor 138 in 21384.
    fn ends_with_words(&self, folded: &Folded, first: usize, chars: &[char]) -> bool {
        let goes_on = |a: Option<char>, b: Option<char>, gap: u16| {
            let (Some(a), Some(b)) = (a, b) else { return false };
            let are = |is: fn(char) -> bool| is(a) && is(b);
            gap == 0 && (are(|c| c.is_numeric()) || are(|c| c.is_alphabetic() && !is_unspaced(c)))
        };
        let gap = |at: usize| folded.spots.get(at).map_or(0, |spot| spot.gap);
        let before = first.checked_sub(1).and_then(|at| folded.char_at(at));
        let after = folded.char_at(first + self.len);
        !goes_on(before, chars.first().copied(), gap(first))
            && !goes_on(chars.last().copied(), after, gap(first + self.len))
    }
}

/// From how many characters on a name is looked for within longer words too: it stands in few by chance.
const LONG: usize = 8;

/// The fewest digits of a number that is itself whatever stands before it, such as the code of a country: `+86-199-0000-0001`.
const MIN_TELEPHONE: usize = 11;

/// The fewest digits of a number in hexadecimal that has no `0x` before it.
const MIN_HEX: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(names: &[&str], text: &'a str, form: Form) -> Vec<&'a str> {
        let spellings = Spellings::new(names.iter().copied(), std::iter::empty());
        spellings.find(text, form).into_iter().map(|found| &text[found.range]).collect()
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for text in [
            "张晓芸",
            "張曉芸",
            "张 晓芸",
            "张\u{3000}晓\n芸",
            "张\n> 晓芸",
            "张**晓**芸",
            "张\u{200b}晓芸",
            "&#24352;晓芸",
            "&#x5F20;晓芸",
            "%E5%BC%A0%E6%99%93%E8%8A%B8",
            "\\u5f20\\u6653\\u82b8",
            "张·晓芸",
            "张<u>晓</u>芸",
            "张<br />晓芸",
            "&#24352&#26195&#33464",
            "&#X5F20;晓芸",
            "%u5F20%u6653%u82B8",
            "%25E5%25BC%25A0%25E6%2599%2593%25E8%258A%25B8",
            "\\u{5f20}\\u{6653}\\u{82b8}",
            "=E5=BC=A0=E6=99=93=\n=E8=8A=B8",
        ] {
            let sentence = format!("（{text}）");
            assert_eq!(found(&["张晓芸"], &sentence, Form::Text), [text], "{text}");
        }
        for text in [
            "Quilla Brandt",
            "quilla  brandt",
            "QUILLA\nBRANDT",
            "Ｑｕｉｌｌａ　Ｂｒａｎｄｔ",
            "quilla.brandt",
            "quilla_brandt",
            "QuillaBrandt",
            "Quilla **Brandt",
            "Quilla&nbsp;Brandt",
            "Quilla%20Brandt",
            "Q u i l l a B r a n d t",
            "Q u i ll a B r an d t",
        ] {
            let sentence = format!("by {text}.");
            assert_eq!(found(&["Quilla Brandt"], &sentence, Form::Text), [text], "{text}");
        }
        for text in ["LIN XIAO YUN", "Lin Xiao-yun", "Lin, Xiao\nYun", "lin xiaoyun"] {
            let sentence = format!("by {text}.");
            let expected: &[&str] = if text.contains(',') { &[] } else { &[text] };
            assert_eq!(found(&["Lin Xiaoyun"], &sentence, Form::Text), expected, "{text}");
        }
        assert_eq!(found(&["Justin Caseley", "Lian"], "just in case, Li an old man", Form::Text), [""; 0]);
        for text in [
            "19900000001",
            "199 0000 0001",
            "199-0000-0001",
            "１９９０００００００１",
            "(199)0000.0001",
            "199,000,000,01",
        ] {
            let sentence = format!("电话{text}。");
            let hits = found(&["199 0000 0001"], &sentence, Form::Text);
            assert_eq!(hits, [text.trim_start_matches('(')], "{text}");
        }
        assert_eq!(found(&["199 0000 0001"], "+8619900000001", Form::Text), ["19900000001"]);
        assert_eq!(found(&["张晓芸"], "\"\\u5f20\\t晓芸\"", Form::Data), ["\\u5f20\\t晓芸"]);
        assert_eq!(found(&["张晓芸"], "<b title=\"x\">张</b><i>晓</i>芸", Form::Markup), ["张</b><i>晓</i>芸"]);
        assert_eq!(found(&["张三"], "?n=%D5%C5%C8%FD", Form::Text), ["%D5%C5%C8%FD"]);
        for (name, text) in [
            ("Quilla Brandt", "Quilla+Brandt"),
            ("张晓芸", "%E5%BC%A0+%E6%99%93%E8%8A%B8"),
            ("199 0000 0001", "199+0000+0001"),
        ] {
            let address = format!("https://a.example/s?n=1&q={text}&x=+1");
            assert_eq!(found(&[name], &address, Form::Text), [text]);
            assert_eq!(found(&[name], &format!("<a href=\"{address}\">"), Form::Tags), [text]);
        }
        for text in ["微信 a19900000001", "abc19900000001def", "wx19900000001"] {
            assert_eq!(found(&["199 0000 0001"], text, Form::Text), ["19900000001"], "{text}");
        }
    }

    #[test]
    fn what_only_has_the_same_letters_is_not_the_name() {
        for (name, text) in [
            ("张三", "姓张，三十岁"),
            ("张三", "张（三）"),
            ("张三", "| 张 | 三 |"),
            ("Ann", "annual, Joann"),
            ("Ann Lee", "Ann, Lee"),
            ("Ann Lee", "Ann leeward"),
            ("1384", "21384, 13845"),
            ("anna", "an nap"),
            ("1234", "0xabc1234def, deadbeef1234"),
            ("1234", "1-2-3-4，"),
            ("1234", "1, 2, 3, 4"),
            ("3456", "$34.56+1=35.56$"),
            ("Ann Lee", "is it Ann? x=Ann+Lee"),
            ("Ann Lee", "https://a.example/?q=Ann - b+Lee"),
            ("25", "100%25"),
            ("张三", "- 主张\n- 三项"),
            ("张三", "## 主张\n三项"),
            ("张三", "主张\n1. 三项"),
        ] {
            assert_eq!(found(&[name], text, Form::Text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn a_name_goes_on_over_no_block_of_a_page_and_over_cells_that_it_fills() {
        for text in ["<li>主张</li>\n<li>三项", "<p>主张<p>三项", "<td>主张</td><td>三</td>", "<h2>张</h2><p>三"]
        {
            assert_eq!(found(&["张三"], text, Form::Markup), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(found(&["张三"], "\"主张\\n三项\"", Form::Data), Vec::<&str>::new());
        assert_eq!(found(&["张晓芸"], "<td>张</td><td>晓芸</td>", Form::Markup), ["张</td><td>晓芸"]);
        assert_eq!(found(&["张晓芸"], "姓,名\n张,\"晓芸\"\n", Form::Values).len(), 1);
        assert_eq!(found(&["张晓芸"], "张\t晓芸", Form::Cells).len(), 1);
        for text in
            ["<td>张</td><td>三</td>", "<w:p>主张</w:p><w:p>三项", "<si>主张</si><si>三项", "<td>13</td><td>84</td>"]
        {
            assert_eq!(found(&["张三", "1384"], text, Form::Markup), Vec::<&str>::new(), "{text}");
        }
        for text in ["主张\t三项", "主张\n三项"] {
            assert_eq!(found(&["张三"], text, Form::Cells), Vec::<&str>::new());
        }
        assert_eq!(found(&["张三"], "<w:t>张</w:t></w:r><w:r><w:t>三</w:t>", Form::Markup).len(), 1);
        assert_eq!(found(&["Ann Lee"], "<li>Ann</li><li>Lee", Form::Markup).len(), 1);
    }

    #[test]
    fn what_is_skimmed_is_what_is_folded() {
        let text = "Ａb* c-d.e(f)，张·三\u{200b}&#24352;&amp;%E5%BC%A0%zz\\u5f20\\n<b x='1'>y</b> <3\r\n> é㎡\u{3164}'…~\u{7f}\u{0} a?b=c+d =E5=BC=A0 =41 &#24352 &# %u5F20 \\u{5f20}";
        for form in [Form::Text, Form::Data, Form::Markup, Form::Tags, Form::Cells, Form::Values] {
            assert_eq!(String::from_utf8(skim(text, form)).unwrap(), Folded::of(text, form).text, "{form:?}");
        }
    }

    #[test]
    fn within_a_longer_text_that_is_kept_nothing_is_found() {
        let spellings = Spellings::new(["王明", "张三"].into_iter(), std::iter::empty())
            .keeping(["王明珠", "主张三项", "张三"].into_iter());
        let found = |text: &str| spellings.find(text, Form::Text).len();
        assert_eq!((found("王明珠与主张 三项"), found("王明与王明珠，张三"), found("王明 张三项")), (0, 2, 2));
    }

    #[test]
    fn of_two_names_the_longer_one_is_meant() {
        assert_eq!(found(&["张三", "张三丰", "三丰"], "张三丰与张三", Form::Text), ["张三丰", "张三"]);
        assert_eq!(found(&["", "——"], "张三——", Form::Text), Vec::<&str>::new());
    }
}
