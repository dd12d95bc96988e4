//! Links and pictures in the ways of other tools: `[[page|words]]` and `![[a.png]]` of Obsidian, paths with spaces, and
//! Markdown's own in full-width brackets.

use std::ops::Range;

use super::super::Builder;
use super::super::litter::{is_contents, is_path};
use super::Run;
use crate::diagnostic::Code;
use crate::document::label::{self, Bracket};
use crate::document::url::{self, Scheme};

/// What stands at a bracket.
struct ForeignLink {
    /// Where it leads, as written.
    url: Range<usize>,
    /// The words, or what a picture shows.
    words: Range<usize>,
    end: usize,
    /// Whether the file is meant by its name, wherever it lies.
    by_name: bool,
    is_picture: bool,
}

/// The longest link that is looked for, in bytes: whoever writes a bracket a thousand times waits no longer for it.
const MAX_LEN: usize = 1000;

/// Endings of what browsers show as a picture.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "avif", "tif", "tiff", "heic"];

impl Builder<'_> {
    /// Reads the bracket at `open` as a link of another tool; returns where it ends if it is one.
    pub(super) fn foreign_link(&mut self, run: &Run, at: usize, open: usize) -> Option<usize> {
        if self.is_escaped(run, open) {
            return None;
        }
        let link = self.wiki_link(run, open).or_else(|| self.loose_link(&run.text, open));
        if link.is_none() {
            self.report_spaced_target(run, open);
        }
        let link = link?;
        let bang = ['!', '！'].into_iter().find(|bang| run.text[at..open].ends_with(*bang));
        // Only a picture is embedded; of a document the link is shown.
        let start = open - bang.map_or(0, char::len_utf8);
        self.emit_text(run, at..start);
        self.end_lead();
        let url = run.text[link.url.clone()].trim().to_owned();
        let span = run.span(start..link.end).unwrap_or(self.block_span);
        if bang.is_some() && link.is_picture {
            let words = run.text[link.words].to_owned();
            self.add_image(&url, &words, "", span);
            if link.by_name {
                self.name_last_image();
            }
            return Some(link.end);
        }
        let node = self.enter_link(&url, "", span, false);
        if let Some(added) = self.parts.links.last_mut() {
            added.by_name = link.by_name;
        }
        self.emit_text(run, if link.words.is_empty() { link.url } else { link.words });
        self.close_down_to(node);
        Some(link.end)
    }

    /// The last image is meant by its name.
    pub(in super::super) fn name_last_image(&mut self) {
        if let Some(image) = self.parts.images.last_mut() {
            image.by_name = true;
        }
    }

    /// Tells of `[words](two words)`, which Markdown leaves as it is: no target has a space in it.
    fn report_spaced_target(&mut self, run: &Run, open: usize) {
        let text = &run.text[open..run.text.floor_char_boundary(open + MAX_LEN)];
        let Some((words, rest)) = text.strip_prefix('[').and_then(|inside| inside.split_once("](")) else { return };
        let Some(len) = closing_bracket(rest) else { return };
        let target = rest[..len].trim();
        if words.contains(['[', ']', '\n'])
            || !words.contains(char::is_alphabetic)
            || !target.contains(' ')
            || target.contains("://")
        {
            return;
        }
        let end = open + 1 + words.len() + 2 + len + 1;
        let span = run.span(open..end).unwrap_or(self.block_span);
        let message = message!(
            en: "this is no link and stands on the page as it is written: its address has a space in it",
            zh: "这不是链接，会照样显示：地址中有空格"
        );
        self.report(
            Code::UnreadMarkdown,
            span,
            message,
            message!(
                en: "write the address between `<` and `>`, or a space before `(`",
                zh: "请用 `<` 和 `>` 括住地址，或在 `(` 前加空格"
            ),
        );
    }

    fn wiki_link(&self, run: &Run, open: usize) -> Option<ForeignLink> {
        let whole = &run.text[open..run.text.floor_char_boundary(open + MAX_LEN)];
        let inside = whole.strip_prefix("[[")?;
        if self.is_escaped(run, open + 1) {
            return None;
        }
        let len = inside.find([']', '[', '\n']).filter(|&len| inside[len..].starts_with("]]"))?;
        let inner = &inside[..len];
        let end = open + 2 + len + 2;
        let (target, words) = inner.split_once('|').unwrap_or((inner, ""));
        let embeds = run.text[..open].ends_with(['!', '！']);
        let names_something = target.chars().any(char::is_alphabetic) && !target.contains(['<', '>', '{', '}']);
        let is_wiki = target.split_once(':').is_some_and(|(space, _)| space.chars().all(char::is_alphabetic));
        let is_label = !label::parse_bracket(inner, Bracket::Square, self.origin.lexicon).is_empty();
        let goes_on = run.text[end..].starts_with(['[', '(']);
        if !names_something || (is_label && !embeds) || is_wiki || goes_on || is_contents(&run.text[open..end]) {
            return None;
        }
        let url = open + 2..open + 2 + target.trim_end_matches('\\').len();
        let from = open + 2 + len - words.len();
        // `|300` and `|300x200` are sizes.
        let is_size = words.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let words = if is_size { from..from } else { from..from + words.len() };
        let is_picture = is_picture(target);
        Some(ForeignLink { url, words, end, by_name: true, is_picture })
    }

    /// `[words](a path with spaces.md)` and `【文字】（路径.md）`: no links by the rules of Markdown, and plainly meant as such.
    fn loose_link(&self, text: &str, open: usize) -> Option<ForeignLink> {
        let text = &text[..text.floor_char_boundary(open + MAX_LEN)];
        let first = text[open..].chars().next()?;
        let words = open + first.len_utf8();
        let close = words + text[words..].find(['】', ']', '］', '[', '【', '［', '\n'])?;
        let closer = text[close..].chars().next().filter(|c| matches!(c, '】' | ']' | '］'))?;
        let shows = text[..open].ends_with(['!', '！']);
        let after_words = close + closer.len_utf8();
        let gap = text[after_words..].len() - text[after_words..].trim_start_matches(' ').len();
        let paren = after_words + if shows { gap.min(1) } else { 0 };
        let opener = text[paren..].chars().next().filter(|c| matches!(c, '(' | '（'))?;
        let inside = paren + opener.len_utf8();
        let end = inside + closing_bracket(&text[inside..])?;
        let is_wide = first != '[' || closer != ']' || opener == '（' || text[end..].starts_with('）');
        let written = &text[inside..end];
        // A title in quotation marks, or the size of a picture, may follow.
        let titled = [" \"", " '", " “", " ="].into_iter().filter_map(|sign| written.find(sign)).min();
        let path = written[..titled.unwrap_or(written.len())].trim();
        let is_meant = is_wide || path.contains(' ') || titled.is_some() || paren > after_words;
        let on_drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
        let web = url::scheme(path) == Scheme::Web;
        let bracket = if first == '[' { Bracket::Square } else { Bracket::Full };
        let is_label = is_wide && !label::parse_bracket(&text[words..close], bracket, self.origin.lexicon).is_empty();
        // `【合同】（见附件 contract.pdf）` is prose.
        let is_prose = first != '[' && !shows && !(web || path.ends_with(".md") || path.starts_with(['.', '/']));
        if !is_meant
            || is_label
            || is_prose
            || !is_path(path)
            || (web && path.contains(' '))
            || (!web && !on_drive && url::scheme(path) != Scheme::Relative)
        {
            return None;
        }
        let lead = written.len() - written.trim_start().len();
        let url = inside + lead..inside + lead + path.len();
        let after = end + text[end..].chars().next().map_or(1, char::len_utf8);
        Some(ForeignLink { url, words: words..close, end: after, by_name: false, is_picture: is_picture(path) })
    }
}

/// Where the round bracket is closed that was opened before `text`: names of copies hold brackets, as `图 (2).png`.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '\n' => return None,
            '(' | '（' => open += 1,
            ')' | '）' if open == 0 => return Some(at),
            ')' | '）' => open -= 1,
            _ => {}
        }
    }
    None
}

fn is_picture(path: &str) -> bool {
    let path = path.split('#').next().unwrap_or(path).trim();
    path.rsplit_once('.').is_some_and(|(_, ending)| PICTURES.contains(&ending.to_ascii_lowercase().as_str()))
}
