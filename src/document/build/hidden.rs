//! Text that its author hid from readers, and comments that never end.
//!
//! `%%…%%` is a comment in Obsidian, `<span hidden>` shows nothing in a browser: the author saw a page without these words,
//! and nobody looks for them before publishing. What is hidden is looked for in what comrak parsed, so that code is left
//! alone. Then it is blanked and the text is parsed again: no part of the program ever sees it.

mod comment;
mod element;
mod percent;
mod style;

use crate::language::lists::publicity::REMOVED;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use comrak::Arena;
use comrak::nodes::{AstNode, NodeValue, Sourcepos};

use super::super::html::{self, Token};
use super::mask::{unhide, with_marks};
use element::{How, Looks};

/// What is to be done with a text before it is parsed for good.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// What is left out: where, and what hides it.
    pub(super) ranges: Vec<(Range<usize>, String)>,
    /// What begins a comment or hidden text that nothing ends.
    pub(super) unended: Vec<Unended>,
    /// Tags that may hide what they hold elsewhere, and do not here: where, and what in them.
    pub(super) seen: Vec<(Range<usize>, String)>,
    /// Tags that were probably meant to hide what they hold, and hide nothing.
    pub(super) slips: Vec<(Range<usize>, String)>,
}

/// A sign that begins hidden text and has no end.
#[derive(Debug)]
pub(super) struct Unended {
    pub(super) at: usize,
    pub(super) len: usize,
    /// Whether it is text from now on: the HTML that it begins would take in all the rest.
    pub(super) is_text: bool,
}

static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let signs = [
        "%%",
        "hid",
        "style",
        "class",
        "color",
        "<template",
        "<dialog",
        "<comment",
        "<!",
        "< !",
        "<！",
        "＜",
        "<?",
        "<%",
        "<script",
        "<textarea",
        "{{!--",
        "{{/*",
        "{{- /*",
        "{/*",
        "{% if false",
        "<style",
        "{>>",
        "comment",
        "[//]:",
        "/*",
        "private",
        "secret",
        "draft",
        "confidential",
        "redacted",
        "unpublished",
    ];
    AhoCorasick::builder().ascii_case_insensitive(true).build(signs).unwrap_or_else(|_| unreachable!())
});

/// Finds what `text` hides, as comrak parsed it; `place` tells where a node stands in it.
pub(super) fn scan<'a>(root: &'a AstNode<'a>, text: &str, place: impl Fn(Sourcepos) -> Range<usize>) -> Option<Hidden> {
    // `{/*` is a sign here though its asterisk is hidden from comrak.
    let shown = with_marks(text);
    let text = shown.as_ref();
    if !SIGNS.is_match(text) {
        return None;
    }
    // Code and raw HTML, in which signs mean nothing, and blocks of text.
    let mut opaque: Vec<Range<usize>> = Vec::new();
    let mut blocks: Vec<percent::Block> = Vec::new();
    let mut tags = Vec::new();
    let mut hidden = Hidden::default();
    let mut block = 0..text.len();
    for node in root.descendants() {
        let ast = node.data();
        let range = place(ast.sourcepos);
        if ast.value.block() {
            block = range.clone();
        }
        match &ast.value {
            NodeValue::CodeBlock(_) | NodeValue::Code(_) => opaque.push(range),
            NodeValue::Paragraph | NodeValue::Heading(_) => blocks.push(percent::Block { range, is_table: false }),
            NodeValue::Table(_) => blocks.push(percent::Block { range, is_table: true }),
            NodeValue::HtmlBlock(html) => {
                hidden.unended_html(text, &range);
                let raw = without_prefixes(&text[range.clone()], &html.literal);
                for (piece, token) in html::pieces(&unhide(&raw)) {
                    let range = range.start + piece.start..range.start + piece.end;
                    opaque.push(range.clone());
                    tags.extend(Placed::new(token, range, block.end, true));
                }
            }
            NodeValue::HtmlInline(raw) => {
                // Positions drift in some blocks; the tag stands in its block all the same.
                let from = opaque.last().map_or(block.start, |last| last.end.max(block.start));
                let is_there = text.get(range.clone()) == Some(raw);
                if let Some(range) = if is_there { Some(range) } else { across_lines(text, from..block.end, raw) } {
                    opaque.push(range.clone());
                    let raw = unhide(raw);
                    let token = html::pieces(&raw).next().and_then(|(_, token)| token);
                    tags.extend(Placed::new(token, range, block.end, false));
                }
            }
            _ => {}
        }
    }
    opaque.sort_by_key(|range| range.start);
    hidden.elements(&tags, text);
    comment::scan(text, &opaque, &blocks, &mut hidden);
    percent::scan(text, &opaque, &blocks, &mut hidden);
    hidden.settle();
    Some(hidden).filter(|hidden| {
        !(hidden.ranges.is_empty() && hidden.unended.is_empty() && hidden.seen.is_empty() && hidden.slips.is_empty())
    })
}

/// A text in an attribute, such as the words for a picture, without what it hides.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    if !SIGNS.is_match(text) {
        return Cow::Borrowed(text);
    }
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, text, &comrak::Options::default());
    let starts: Vec<usize> =
        std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
    let byte = |line: usize, column: usize| {
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        text.floor_char_boundary(start + column)
    };
    let place = |position: Sourcepos| {
        let start = byte(position.start.line, position.start.column.saturating_sub(1));
        start..byte(position.end.line, position.end.column).max(start)
    };
    let Some(hidden) = scan(root, text, place) else { return Cow::Borrowed(text) };
    let mut shown = String::new();
    let mut done = 0;
    let comments = html::pieces(text).filter(|(_, token)| token.is_none()).map(|(range, _)| range);
    let mut ranges: Vec<Range<usize>> = hidden.ranges.into_iter().map(|(range, _)| range).chain(comments).collect();
    ranges.sort_by_key(|range| range.start);
    for range in ranges.into_iter().filter(|range| range.start < range.end) {
        if range.start >= done {
            shown.push_str(&text[done..range.start]);
        }
        done = done.max(range.end);
    }
    Cow::Owned(shown + &text[done..])
}

/// Whether a text only says that something was there: REDACTED, ███, 隐去.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "[]()（）【】*_~`".contains(c));
    let is_crossed_out = |c: char| !c.is_alphanumeric() || matches!(c, 'x' | 'X' | '某');
    text.chars().all(is_crossed_out)
        || REMOVED.contains(&text.to_lowercase().as_str())
        || text.to_lowercase().starts_with("redacted by ")
}

/// Whether `at` is in one of `opaque`, which is in order.
fn is_in(opaque: &[Range<usize>], at: usize) -> bool {
    let after = opaque.partition_point(|range| range.start <= at);
    opaque[..after].last().is_some_and(|range| range.contains(&at))
}

/// A tag, where it stands, and where the block ends that it stands in.
struct Placed {
    token: Token<'static>,
    range: Range<usize>,
    block_end: usize,
    /// Whether it stands in a block of raw HTML.
    in_html: bool,
}

impl Placed {
    /// A tag, if `token` is one.
    fn new(token: Option<Token<'_>>, range: Range<usize>, block_end: usize, in_html: bool) -> Option<Self> {
        let token = match token? {
            Token::Open(tag) => Token::Open(tag),
            Token::Close(name) => Token::Close(name),
            Token::Text(_) => return None,
        };
        Some(Self { token, range, block_end, in_html })
    }
}

/// What stands before the words of a line in a quotation or an item.
const PREFIX: [char; 3] = [' ', '\t', '>'];

/// The lines of a block of HTML at equal length, with spaces for what stands before them in a quotation or an item: a `>`
/// there ends no tag.
fn without_prefixes<'a>(written: &'a str, literal: &str) -> Cow<'a, str> {
    if !written.contains("\n") {
        return Cow::Borrowed(written);
    }
    let mut out = String::with_capacity(written.len());
    let mut own = literal.lines();
    for line in written.split_inclusive('\n') {
        let words = own.next().filter(|words| line.trim_end_matches(['\n', '\r']).ends_with(words));
        let len = words.map_or(0, |words| line.trim_end_matches(['\n', '\r']).len() - words.len());
        let len = if line[..len].trim_matches(PREFIX).is_empty() { len } else { 0 };
        out.extend(std::iter::repeat_n(' ', len));
        out.push_str(&line[len..]);
    }
    Cow::Owned(out)
}

/// Where the tag `raw` stands in a part of `text`, with what stands before its lines in a quotation or an item.
fn across_lines(text: &str, part: Range<usize>, raw: &str) -> Option<Range<usize>> {
    let whole = text.get(part.clone())?;
    let mut lines = raw.split('\n');
    let first = lines.next()?;
    whole.match_indices(first).find_map(|(start, _)| {
        let mut end = start + first.len();
        for line in lines.clone() {
            let rest = whole[end..].strip_prefix('\r').unwrap_or(&whole[end..]).strip_prefix('\n')?;
            let words = rest.trim_start_matches(PREFIX);
            end = whole.len() - words.strip_prefix(line.trim_start_matches(PREFIX))?.len();
        }
        Some(part.start + start..part.start + end)
    })
}

/// For each tag that begins an element the one that ends it, if one does.
fn ends_of(tags: &[Placed]) -> Vec<Option<usize>> {
    let mut ends = vec![None; tags.len()];
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, placed) in tags.iter().enumerate() {
        match &placed.token {
            Token::Open(tag) => open.entry(&tag.name).or_default().push(index),
            Token::Close(name) => {
                if let Some(begin) = open.get_mut(name.as_str()).and_then(Vec::pop) {
                    ends[begin] = Some(index);
                }
            }
            Token::Text(_) => {}
        }
    }
    ends
}

/// Elements that have no content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements whose end may be left out.
const ENDS_ITSELF: &[&str] = &[
    "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "caption", "colgroup", "option", "optgroup",
    "rt", "rp",
];

/// Which of `tags`, which follow it, ends an element whose own end is left out (HTML Standard, section 13.1.2.4): its like,
/// or the end of what it stands in.
fn implied_end(tags: &[Placed], name: &str) -> Option<usize> {
    let is_ended_by = |other: &str| match name {
        "p" => html::is_block(other),
        "dt" | "dd" => matches!(other, "dt" | "dd"),
        "td" | "th" => matches!(other, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(other, "tr" | "tbody" | "tfoot"),
        "thead" | "tbody" | "tfoot" => matches!(other, "thead" | "tbody" | "tfoot"),
        "caption" | "colgroup" => matches!(other, "colgroup" | "thead" | "tbody" | "tfoot" | "tr"),
        "rt" | "rp" => matches!(other, "rt" | "rp"),
        "option" => matches!(other, "option" | "optgroup"),
        "li" | "optgroup" => other == name,
        // Others end with what they stand in.
        _ => false,
    };
    let mut open: Vec<&str> = Vec::new();
    tags.iter().position(|placed| match &placed.token {
        Token::Open(tag) if is_ended_by(&tag.name) && open.iter().all(|open| ENDS_ITSELF.contains(open)) => true,
        Token::Open(tag) => {
            if !VOID.contains(&tag.name.as_str()) {
                open.push(&tag.name);
            }
            false
        }
        Token::Close(name) => match open.iter().rposition(|open| open == name) {
            Some(at) => {
                open.truncate(at);
                false
            }
            None => true,
        },
        Token::Text(_) => false,
    })
}

/// Whether an element, which `tags` follow, is ended by the end of what it stands in within its block.
fn is_ended_by_parent(tags: &[Placed], block_end: usize) -> bool {
    implied_end(tags, "").is_some_and(|next| tags[next].range.start <= block_end)
}

impl Hidden {
    /// Adds what was found in the text once this was left out.
    pub(super) fn add(&mut self, later: Self) {
        self.ranges.extend(later.ranges);
        self.ranges.sort_by_key(|(range, _)| range.start);
        self.unended.extend(later.unended);
        self.unended.sort_by_key(|unended| unended.at);
        self.unended.dedup_by_key(|unended| unended.at);
        for (own, later) in [(&mut self.seen, later.seen), (&mut self.slips, later.slips)] {
            own.extend(later);
            own.sort_by_key(|(range, _)| range.start);
            own.dedup_by_key(|(range, _)| range.start);
        }
    }

    /// Comments and the like in a block of raw HTML that nothing ends.
    fn unended_html(&mut self, text: &str, range: &Range<usize>) {
        let raw = &text[range.clone()];
        let lower = raw.trim_start().to_ascii_lowercase();
        let lead = raw.len() - lower.len();
        let swallows = ["script", "style", "textarea"].into_iter().find(|name| {
            lower.strip_prefix('<').is_some_and(|rest| rest.starts_with(name)) && !lower.contains(&format!("</{name}"))
        });
        if let Some(name) = swallows {
            self.unended.push(Unended { at: range.start + lead, len: name.len() + 1, is_text: true });
            return;
        }
        let unended = html::pieces(raw).find(|(piece, token)| {
            let piece = &raw[piece.clone()];
            token.is_none() && !(piece.ends_with('>') && (!piece.starts_with("<!--") || piece.ends_with("-->")))
        });
        if let Some((piece, _)) = unended {
            let len = if raw[piece.clone()].starts_with("<!--") { 4 } else { 2 };
            self.unended.push(Unended { at: range.start + piece.start, len, is_text: true });
            // Nothing ends those that follow either.
            let rest = range.start + piece.start + len;
            let more = text[rest..].match_indices("\n<!--").map(|(at, _)| rest + at + 1);
            let is_first = self.unended.iter().filter(|unended| unended.is_text).take(2).count() == 1;
            if is_first && len == 4 && !text[rest..].contains("-->") {
                self.unended.extend(more.map(|at| Unended { at, len, is_text: true }));
            }
        }
    }

    fn elements(&mut self, tags: &[Placed], text: &str) {
        let end = text.len();
        let mut looks = Looks::default();
        let ends = ends_of(tags);
        let mut at = 0;
        while let Some(placed) = tags.get(at) {
            at += 1;
            let tag = match &placed.token {
                Token::Open(tag) => tag,
                Token::Close(name) => {
                    looks.close(name);
                    continue;
                }
                Token::Text(_) => continue,
            };
            let how = match looks.open(tag, VOID.contains(&tag.name.as_str())) {
                None if !placed.in_html
                    && matches!(tag.name.as_str(), "script" | "style")
                    && ends[at - 1].is_some_and(|end| tags[end].range.end <= placed.block_end) =>
                {
                    // No browser shows what these hold, and in a line comrak takes it for text.
                    How::Hides(format!("<{}>", tag.name))
                }
                None => continue,
                Some(how) => how,
            };
            // `<redacted>` stands where something was; it holds nothing that anybody could read.
            let holds_nothing = match ends[at - 1] {
                Some(index) => is_placeholder(text.get(placed.range.end..tags[index].range.start).unwrap_or("?")),
                None => tag.attributes.is_empty(),
            };
            let how = match how {
                How::MayHide(_) | How::Slip(_) if holds_nothing => continue,
                How::Hides(how) => how,
                How::MayHide(how) => {
                    self.seen.push((placed.range.clone(), how));
                    continue;
                }
                How::Slip(how) => {
                    self.slips.push((placed.range.clone(), how));
                    continue;
                }
            };
            if VOID.contains(&tag.name.as_str()) {
                self.ranges.push((placed.range.clone(), how));
                continue;
            }
            match ends[at - 1] {
                Some(index) => {
                    looks.close(&tag.name);
                    self.ranges.push((placed.range.start..tags[index].range.end, how));
                    at = index + 1;
                }
                None if ENDS_ITSELF.contains(&tag.name.as_str())
                    && (placed.in_html || matches!(tag.name.as_str(), "rt" | "rp"))
                    && (tag.name == "p"
                        || placed.block_end + 1 >= end
                        || implied_end(&tags[at..], &tag.name).is_some()) =>
                {
                    let next = implied_end(&tags[at..], &tag.name).map(|next| at + next);
                    // Markdown ends a paragraph of HTML with its block; items and cells go on over what stands in them.
                    let next = next.filter(|&next| tag.name != "p" || tags[next].range.start <= placed.block_end);
                    let block_end = placed.block_end;
                    let range = placed.range.start..next.map_or(block_end, |next| tags[next].range.start);
                    self.ranges.push((range, how));
                    at = next.unwrap_or_else(|| tags.partition_point(|tag| tag.range.start < block_end)).max(at);
                }
                None if placed.in_html && is_ended_by_parent(&tags[at..], placed.block_end) => {
                    let next = at + implied_end(&tags[at..], &tag.name).unwrap_or(0);
                    self.ranges.push((placed.range.start..tags[next].range.start, how));
                    at = next;
                }
                None if !placed.in_html => {
                    self.ranges.push((placed.range.start..placed.block_end, how));
                }
                None => {
                    let len = tag.name.len() + 1;
                    self.unended.push(Unended { at: placed.range.start, len, is_text: false });
                    self.ranges.push((placed.range.start..end, how));
                    return;
                }
            }
        }
    }

    /// Puts the ranges in order, those within others taken out.
    fn settle(&mut self) {
        self.ranges.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        self.ranges.retain(|(range, _)| {
            let within = range.end <= end;
            end = end.max(range.end);
            !within
        });
        self.unended.sort_by_key(|unended| unended.at);
        self.unended.dedup_by_key(|unended| unended.at);
        // Both ends of the ranges are in order now.
        let is_hidden = |at: usize| {
            let before = self.ranges.partition_point(|(range, _)| range.start < at);
            self.ranges[..before].last().is_some_and(|(range, _)| range.contains(&at))
        };
        self.unended.retain(|unended| !is_hidden(unended.at));
        self.seen.retain(|(range, _)| !is_hidden(range.start));
        self.slips.retain(|(range, _)| !is_hidden(range.start));
    }
}
