//! Text that its author hid from readers, and comments that never end.
//!
//! `%%…%%` is a comment in Obsidian, `<span hidden>` shows nothing in a browser: the author saw a page without these words,
//! and nobody looks for them before publishing. What is hidden is looked for in what comrak parsed, so that code is left
//! alone. Then it is blanked and the text is parsed again: no part of the program ever sees it.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use comrak::nodes::{AstNode, NodeValue, Sourcepos};

use super::super::html::{self, Tag, Token};
use super::mask::unhide;

/// What is to be done with a text before it is parsed for good.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// What is left out: where, and what hides it.
    pub(super) ranges: Vec<(Range<usize>, String)>,
    /// What begins a comment or hidden text that nothing ends, with the length of its sign and whether what follows would
    /// be out of sight in other programs.
    pub(super) unended: Vec<Unended>,
}

/// A sign that begins hidden text and has no end.
#[derive(Debug)]
pub(super) struct Unended {
    pub(super) at: usize,
    pub(super) len: usize,
    /// Whether other programs would hide what follows.
    pub(super) hides: bool,
    /// Whether it is text from now on: the HTML that it begins would take in all the rest.
    pub(super) is_text: bool,
}

static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let signs = [
        "%%",
        "hidden",
        "display",
        "visib",
        "opacity",
        "color",
        "font-size",
        "mso-hide",
        "<template",
        "<dialog",
        "d-none",
        "invisible",
        "hide",
        "<!",
        "<?",
        "<script",
        "<style",
        "<textarea",
        "{{!--",
        "{{/*",
        "{{- /*",
        "{/*",
        "{>>",
        "comment",
    ];
    AhoCorasick::builder().ascii_case_insensitive(true).build(signs).unwrap_or_else(|_| unreachable!())
});

/// Signs of other tools that begin and end what readers do not see.
const PAIRS: &[(&str, &str)] = &[
    ("{{!--", "--}}"),
    ("{{/*", "*/}}"),
    ("{{- /*", "*/ -}}"),
    ("{{</*", "*/>}}"),
    ("{{%/*", "*/%}}"),
    ("{/*", "*/}"),
    ("{>>", "<<}"),
    ("{::comment}", "{:/comment}"),
    ("{% comment %}", "{% endcomment %}"),
    ("{%- comment -%}", "{%- endcomment -%}"),
    ("{%comment%}", "{%endcomment%}"),
];

/// Finds what `text` hides, as comrak parsed it; `place` tells where a node stands in it.
pub(super) fn find<'a>(root: &'a AstNode<'a>, text: &str, place: impl Fn(Sourcepos) -> Range<usize>) -> Option<Hidden> {
    if !SIGNS.is_match(text) {
        return None;
    }
    let mut code: Vec<Range<usize>> = Vec::new();
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
            NodeValue::CodeBlock(_) | NodeValue::Code(_) => code.push(range),
            NodeValue::HtmlBlock(_) => {
                hidden.unended_html(text, &range);
                tags.extend(tags_in(&text[range.clone()], range.start, range.end, true));
            }
            NodeValue::HtmlInline(raw) if text.get(range.clone()) == Some(raw) => {
                tags.extend(tags_in(raw, range.start, block.end, false));
            }
            NodeValue::HtmlInline(raw) => {
                // Positions drift in some blocks; the tag stands in its block all the same.
                let from = tags.last().map_or(block.start, |tag: &Placed| tag.range.end.max(block.start));
                if let Some(at) = text.get(from..block.end).and_then(|rest| rest.find(raw.as_str())) {
                    tags.extend(tags_in(raw, from + at, block.end, false));
                }
            }
            _ => {}
        }
    }
    hidden.elements(&tags, text.len());
    hidden.signs(text, &code);
    hidden.settle();
    Some(hidden).filter(|hidden| !hidden.ranges.is_empty() || !hidden.unended.is_empty())
}

/// A tag, where it stands, and where the block ends that it stands in.
struct Placed {
    token: Token<'static>,
    range: Range<usize>,
    block_end: usize,
    /// Whether it stands in a block of raw HTML.
    in_html: bool,
}

fn tags_in(raw: &str, base: usize, block_end: usize, in_html: bool) -> Vec<Placed> {
    let raw = &unhide(raw);
    let placed = html::pieces(raw).filter_map(|(range, token)| {
        let token = match token? {
            Token::Open(tag) => Token::Open(tag),
            Token::Close(name) => Token::Close(name),
            Token::Text(_) => return None,
        };
        Some(Placed { token, range: base + range.start..base + range.end, block_end, in_html })
    });
    placed.collect()
}

/// Elements that have no content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements whose end may be left out.
const ENDS_ITSELF: &[&str] = &["p", "li", "dt", "dd", "td", "th", "tr", "option"];

impl Hidden {
    /// Comments and the like in a block of raw HTML that nothing ends.
    fn unended_html(&mut self, text: &str, range: &Range<usize>) {
        let raw = &text[range.clone()];
        let lower = raw.trim_start().to_ascii_lowercase();
        let lead = raw.len() - lower.len();
        let swallows = ["script", "style", "textarea"].into_iter().find(|name| {
            lower.strip_prefix('<').is_some_and(|rest| rest.starts_with(name)) && !lower.contains(&format!("</{name}"))
        });
        if let Some(name) = swallows {
            self.unended.push(Unended { at: range.start + lead, len: name.len() + 1, hides: true, is_text: true });
            return;
        }
        let unended = html::pieces(raw).find(|(piece, token)| {
            let piece = &raw[piece.clone()];
            token.is_none() && !(piece.ends_with('>') && (!piece.starts_with("<!--") || piece.ends_with("-->")))
        });
        if let Some((piece, _)) = unended {
            let len = if raw[piece.clone()].starts_with("<!--") { 4 } else { 2 };
            self.unended.push(Unended { at: range.start + piece.start, len, hides: true, is_text: true });
            // Nothing ends those that follow either.
            let rest = range.start + piece.start + len;
            let more = text[rest..].match_indices("\n<!--").map(|(at, _)| rest + at + 1);
            let is_first = self.unended.iter().filter(|unended| unended.is_text).count() == 1;
            if is_first && len == 4 && !text[rest..].contains("-->") {
                self.unended.extend(more.map(|at| Unended { at, len, hides: true, is_text: true }));
            }
        }
    }

    fn elements(&mut self, tags: &[Placed], end: usize) {
        let mut at = 0;
        while let Some(placed) = tags.get(at) {
            at += 1;
            let Token::Open(tag) = &placed.token else { continue };
            let Some(how) = hides(tag) else { continue };
            if VOID.contains(&tag.name.as_str()) {
                self.ranges.push((placed.range.clone(), how));
                continue;
            }
            let (mut depth, mut close) = (1, None);
            for (index, later) in tags.iter().enumerate().skip(at) {
                match &later.token {
                    Token::Open(inner) if inner.name == tag.name => depth += 1,
                    Token::Close(name) if *name == tag.name => depth -= 1,
                    _ => continue,
                }
                if depth == 0 {
                    close = Some((index, later.range.end));
                    break;
                }
            }
            match close {
                Some((index, close)) => {
                    self.ranges.push((placed.range.start..close, how));
                    at = index + 1;
                }
                None if ENDS_ITSELF.contains(&tag.name.as_str()) || !placed.in_html => {
                    self.ranges.push((placed.range.start..placed.block_end, how));
                }
                None => {
                    let len = tag.name.len() + 1;
                    self.unended.push(Unended { at: placed.range.start, len, hides: true, is_text: false });
                    self.ranges.push((placed.range.start..end, how));
                    return;
                }
            }
        }
    }

    /// What stands between signs of other tools, outside of code.
    fn signs(&mut self, text: &str, code: &[Range<usize>]) {
        let in_code = |at: usize| {
            let after = code.partition_point(|range| range.start <= at);
            code[..after].last().is_some_and(|range| range.contains(&at))
        };
        for (open, close) in PAIRS {
            let mut from = 0;
            while let Some(start) = text[from..].find(open).map(|at| from + at) {
                from = start + open.len();
                if in_code(start) {
                    continue;
                }
                match text[from..].find(close).map(|at| from + at + close.len()) {
                    Some(end) => {
                        self.ranges.push((start..end, (*open).to_owned()));
                        from = end;
                    }
                    None => break,
                }
            }
        }
        let bytes = text.as_bytes();
        let signs: Vec<usize> = memchr::memmem::find_iter(bytes, b"%%").filter(|&at| !in_code(at)).collect();
        let before = |at: usize| text[..at].chars().next_back();
        let follows_digit = |at: usize| before(at).is_some_and(|c| c.is_ascii_digit());
        let in_address = |at: usize| {
            let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or("");
            word.contains("://") && word.is_ascii()
        };
        let mut signs = signs.into_iter().filter(|&at| !in_address(at) && before(at) != Some('\\')).peekable();
        while let Some(open) = signs.next() {
            // `涨了5%%` is a slip of the pen, once or twice in a paragraph.
            let slip = |close: Option<&usize>| {
                close.is_none_or(|&close| follows_digit(close) && !text[open + 2..close].contains("\n"))
            };
            if follows_digit(open) && slip(signs.peek()) {
                continue;
            }
            let begins_line = before(open).is_none_or(|c| c == '\n');
            match signs.next() {
                Some(close) => self.ranges.push((open..close + 2, "%%".to_owned())),
                None => self.unended.push(Unended { at: open, len: 2, hides: begins_line, is_text: false }),
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
        let is_hidden = |at: usize| self.ranges.iter().any(|(range, _)| range.start < at && range.contains(&at));
        self.unended.retain(|unended| !is_hidden(unended.at));
    }
}

/// How an element is kept from the eyes of readers, if it is.
fn hides(tag: &Tag) -> Option<String> {
    let name = tag.name.as_str();
    if name == "template" || (name == "dialog" && tag.attribute("open").is_none()) {
        return Some(format!("<{name}>"));
    }
    if tag.attribute("hidden").is_some() {
        return Some(format!("<{name} hidden>"));
    }
    let is_hidden_class =
        |class: &str| matches!(class, "hidden" | "is-hidden" | "d-none" | "display-none" | "invisible" | "hide");
    if let Some(class) =
        tag.attribute("class").and_then(|classes| classes.split_whitespace().find(|class| is_hidden_class(class)))
    {
        return Some(format!("<{name} class=\"{class}\">"));
    }
    let white = |color: &str| matches!(color, "white" | "#fff" | "#ffffff" | "transparent" | "rgb(255,255,255)");
    if let Some(color) = tag.attribute("color").filter(|color| white(&color.to_ascii_lowercase())) {
        return Some(format!("<{name} color=\"{color}\">"));
    }
    let style: String = tag.attribute("style")?.to_ascii_lowercase().split_whitespace().collect();
    let has_ground = style.contains("background");
    style.replace("!important", "").split(';').find_map(|rule| {
        let (property, value) = rule.split_once(':')?;
        let is_zero = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').parse::<f64>() == Ok(0.0);
        let hides = match property {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            "content-visibility" => value == "hidden",
            "opacity" | "font-size" => is_zero,
            "mso-hide" => value == "all",
            "color" => value == "transparent" || (white(value) && !has_ground),
            "left" | "top" | "text-indent" | "margin-left" => value.starts_with("-9999"),
            _ => false,
        };
        hides.then(|| format!("{property}:{value}"))
    })
}
