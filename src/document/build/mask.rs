//! The text that comrak parses: the source with the characters masked that it would misread.

mod comments;
mod dates;
mod definitions;
mod hidden;
mod marks;
mod merge;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use comrak::nodes::AstNode;
use comrak::options::BrokenLinkReference;
use comrak::{Arena, Options, ResolvedReference};

use super::super::gitbook;
use super::hidden::Hidden;
use super::second_look::Change;
use crate::language::lexicon::Lexicon;
use crate::source::Span;

pub(super) use hidden::{BLANK, unhide, with_marks};

/// What comrak sees of a text: the same bytes in the same places, but for what it would misread. Lines of GitBook tags
/// are comments, and marks that were meant as text are control characters.
pub(super) struct Masked<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether control characters can stand for marks: the author wrote none.
    can_hide: bool,
    /// Whether text is blanked in it: hidden text, and marks that say nothing.
    pub(super) blanks: bool,
    /// The lines of GitBook tags, in order.
    lines: Vec<MaskedLine<'a>>,
    /// Targets of links that comrak does not see, by their names.
    stranded: Arc<HashMap<String, String>>,
}

/// A line of GitBook tags.
pub(super) struct MaskedLine<'a> {
    /// Where it starts in the source.
    at: usize,
    pub(super) text: &'a str,
    /// Each tag, and whether the block it begins is ended later.
    pub(super) tags: Vec<(gitbook::Tag, bool)>,
}

impl<'a> Masked<'a> {
    /// A text of which nothing is masked.
    pub(super) fn nothing() -> Self {
        Self { text: Cow::Borrowed(""), can_hide: false, blanks: false, lines: Vec::new(), stranded: Arc::default() }
    }

    /// Masks `text`, which starts at byte `base` of the source; `lexicon` tells labels from names of links.
    pub(super) fn new(text: &'a str, base: usize, lexicon: &Lexicon) -> Self {
        let mut masked = Self { text: Cow::Borrowed(text), can_hide: true, ..Self::nothing() };
        let marks::Marks { mut hidden, joints } = marks::scan(text);
        let mut lines = Vec::new();
        hidden.extend(merge::scan(text));
        hidden.extend(dates::scan(text));
        let has_tags = [b"{%", b"{{"].iter().any(|sign| memchr::memmem::find(text.as_bytes(), *sign).is_some());
        let has_definitions = memchr::memmem::find(text.as_bytes(), b"]:").is_some();
        let has_wide_spaces = memchr::memmem::find(text.as_bytes(), "#\u{3000}".as_bytes()).is_some();
        let has_kramdown = memchr::memmem::find(text.as_bytes(), b"{:").is_some();
        if has_tags || has_definitions || has_wide_spaces || has_kramdown {
            let comments = if has_tags { comments::scan(text) } else { Vec::new() };
            let (mut at, mut in_code) = (0, false);
            for line in text.split_inclusive('\n') {
                let content = line.trim_end_matches(['\n', '\r']);
                in_code ^= content.trim_start().starts_with("```") || content.trim_start().starts_with("~~~");
                let before = comments.partition_point(|comment| comment.end <= at);
                let in_comment = comments.get(before).is_some_and(|comment| comment.start < at);
                if let Some(mask) = gitbook::mask(content).filter(|_| !in_comment) {
                    let tags = gitbook::tags(content).into_iter().map(|tag| (tag, false)).collect();
                    masked.lines.push(MaskedLine { at: base + at, text: content, tags });
                    lines.push((at, mask));
                } else if let Some(space) = wide_space(content) {
                    lines.push((at + space, "   ".to_owned()));
                } else if let Some(colon) = kramdown_colon(content).filter(|_| !in_code) {
                    lines.push((at + colon, " ".to_owned()));
                }
                at += line.len();
            }
            if has_definitions {
                let definitions = definitions::scan(text, lexicon);
                hidden.extend(definitions.colons);
                lines.extend(definitions.blanked.into_iter().map(|line| (line.start, " ".repeat(line.len()))));
                masked.stranded = Arc::new(definitions.stranded);
            }
        }
        pair_tags(&mut masked.lines);
        masked.can_hide = !hidden::has_stand_in(text);
        masked.hide(&hidden);
        masked.blanks = masked.can_hide && !joints.is_empty();
        for at in joints.into_iter().filter(|_| masked.can_hide) {
            masked.text.to_mut().replace_range(at..=at, BLANK.encode_utf8(&mut [0; 4]));
        }
        for (at, mask) in lines {
            masked.text.to_mut().replace_range(at..at + mask.len(), &mask);
        }
        masked
    }

    /// comrak's tree of the text.
    pub(super) fn parse<'n>(&self, arena: &'n Arena<'n>) -> &'n AstNode<'n> {
        let mut options = options(&self.text);
        if !self.stranded.is_empty() {
            let stranded = Arc::clone(&self.stranded);
            options.parse.broken_link_callback = Some(Arc::new(move |link: BrokenLinkReference<'_>| {
                let url = stranded.get(&definitions::folded(link.original))?.clone();
                Some(ResolvedReference { url, title: String::new() })
            }));
        }
        comrak::parse_document(arena, &self.text, &options)
    }

    /// Hides the marks at the places `marks` from comrak. Where the author wrote control characters nothing can stand for
    /// a mark, and all are shown.
    fn hide(&mut self, marks: &[usize]) {
        if marks.is_empty() || !self.can_hide {
            return;
        }
        let mut bytes = std::mem::take(&mut self.text).into_owned().into_bytes();
        for &at in marks {
            let Some(stand_in) = bytes.get(at).and_then(|&mark| hidden::stand_in(mark)) else { continue };
            bytes[at] = match bytes[at] {
                b'~' if bytes.get(at + 1) == Some(&b'*') => match at.checked_sub(1).map(|before| bytes[before]) {
                    // There a tilde can strike out nothing, and is a mark of punctuation.
                    None | Some(b' ' | b'\t' | b'\n') => b'~',
                    // What follows begins a quotation: the marks can only open.
                    Some(_) if opens_behind_marks(&bytes[at + 1..]) => hidden::TILDE_BEFORE_MARKS,
                    Some(_) => stand_in,
                },
                _ => stand_in,
            };
        }
        self.text = Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
    }

    /// Changes what comrak sees once more, as its own tree asks for; false where nothing can be hidden.
    pub(super) fn change(&mut self, changes: &[Change]) -> bool {
        if !self.can_hide {
            return false;
        }
        let hidden: Vec<usize> = changes
            .iter()
            .filter_map(|change| match change {
                Change::Hide(at) => Some(*at),
                Change::Write(..) => None,
            })
            .collect();
        self.hide(&hidden);
        for change in changes {
            if let &Change::Write(at, mark) = change {
                self.text.to_mut().replace_range(at..at + 1, char::from(mark).encode_utf8(&mut [0; 4]));
            }
        }
        true
    }

    /// The same without the text that its author hid, and with what would take in all the rest as text.
    pub(super) fn without(self, hidden: &Hidden) -> Self {
        let mut bytes = self.text.as_bytes().to_vec();
        for unended in hidden.unended.iter().filter(|unended| unended.is_text) {
            bytes[unended.at] = hidden::stand_in(b'<').unwrap_or(b' ');
        }
        for (range, _) in &hidden.ranges {
            let quoted = quotes_before(&bytes, range.start);
            let mut left = 0;
            for byte in &mut bytes[range.clone()] {
                match *byte {
                    b'\n' => left = quoted,
                    b'\r' => {}
                    // What follows the hidden text on its last line is still quoted.
                    b'>' if left > 0 => left -= 1,
                    b' ' | b'\t' if left > 0 => {}
                    _ => {
                        left = 0;
                        *byte = BLANK as u8;
                    }
                }
            }
        }
        // A line of which nothing is left is blank.
        for line in bytes.split_inclusive_mut(|&byte| byte == b'\n') {
            let is_blank = |&byte: &u8| byte == BLANK as u8 || byte.is_ascii_whitespace() || byte == b'>';
            if line.contains(&(BLANK as u8)) && line.iter().all(is_blank) {
                line.iter_mut().filter(|byte| **byte == BLANK as u8).for_each(|byte| *byte = b' ');
            }
        }
        let blanks = self.blanks || !hidden.ranges.is_empty();
        Self { text: Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()), blanks, ..self }
    }

    /// The masked lines that lie in `span`.
    pub(super) fn lines_within(&self, span: Span) -> impl Iterator<Item = &MaskedLine<'a>> {
        let first = self.lines.partition_point(|line| line.at + line.text.len() <= span.start as usize);
        let end = span.end as usize;
        self.lines[first..].iter().take_while(move |line| line.at < end)
    }
}

/// Whether neither a letter nor a space nor what closes stands behind the asterisks that `bytes` begin with: they can only
/// open there, as before `“` and `¥`.
fn opens_behind_marks(bytes: &[u8]) -> bool {
    let marks = bytes.iter().take_while(|byte| **byte == b'*').count();
    let next = String::from_utf8_lossy(&bytes[marks..bytes.len().min(marks + 4)]).chars().next();
    let closes = |c: char| "，。！？；：、）》】」』”’.,!?;:)]>".contains(c);
    next.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace() && !closes(c))
}

/// How many marks of quotations begin the line of byte `at`.
fn quotes_before(bytes: &[u8], at: usize) -> usize {
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
    let marks = bytes[start..at].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>'));
    marks.filter(|byte| **byte == b'>').count()
}

fn options(text: &str) -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.math_dollars = true;
    extension.math_code = memchr::memmem::find(text.as_bytes(), b"$`").is_some();
    extension.cjk_friendly_emphasis = true;
    extension.header_attributes = true;
    extension.highlight = memchr::memmem::find(text.as_bytes(), b"==").is_some();
    options.parse.leave_footnote_definitions = true;
    options
}

/// Notes for each tag that begins a block whether an end of that name is left for it, reading from the last tag back.
fn pair_tags(lines: &mut [MaskedLine<'_>]) {
    let mut ends: Vec<&'static str> = Vec::new();
    for (tag, ended) in lines.iter_mut().rev().flat_map(|line| line.tags.iter_mut().rev()) {
        match tag {
            gitbook::Tag::End(name) => ends.push(name),
            gitbook::Tag::Begin(block) => {
                if let Some(at) = ends.iter().rposition(|name| *name == block.name()) {
                    ends.truncate(at);
                    *ended = true;
                }
            }
        }
    }
}

/// Where the colon stands in the attributes of a heading as kramdown writes them, which comrak reads without it: `{: #id }`.
fn kramdown_colon(line: &str) -> Option<usize> {
    let inside = line.trim_end().strip_suffix('}')?;
    let open = inside.rfind("{:")?;
    let mut words = inside[open + 2..].split_whitespace().peekable();
    let is_attribute = |word: &str| {
        let name = word.strip_prefix(['#', '.']).or_else(|| word.contains('=').then_some(word));
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    (line.starts_with('#') && words.peek().is_some() && words.all(is_attribute)).then_some(open + 1)
}

/// Where a full-width space stands after the marks of a heading, as an input method writes it; it takes three bytes, which
/// comrak sees as three spaces.
fn wide_space(line: &str) -> Option<usize> {
    let marks = line.trim_start_matches(' ').trim_start_matches('#');
    let lead = line.len() - marks.len();
    let count = line[..lead].matches('#').count();
    (marks.starts_with('\u{3000}') && matches!(count, 1..=6) && lead - count < 4).then_some(lead)
}
