//! What comrak is shown in place of lines that it would misread.

use std::borrow::Cow;

use super::super::gitbook;
use crate::source::Span;

/// What comrak sees of a text: the same bytes in the same places, but for lines it would misread. Lines of GitBook tags
/// are comments, and `[Note 1]: word`, which Markdown takes for the target of a link and shows nowhere, stays text.
pub(super) struct Masked<'a> {
    pub(super) text: Cow<'a, str>,
    /// The lines of GitBook tags, in order.
    lines: Vec<MaskedLine<'a>>,
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
        Self { text: Cow::Borrowed(""), lines: Vec::new() }
    }

    /// Masks `text`, which starts at byte `base` of the source.
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        let mut lines = Vec::new();
        let needs = memchr::memmem::find(text.as_bytes(), b"{%").is_some()
            || memchr::memmem::find(text.as_bytes(), b"]:").is_some();
        if !needs {
            return Self { text: Cow::Borrowed(text), lines };
        }
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            if let Some(masked) = gitbook::mask(content) {
                let at = base + out.len();
                let tags = gitbook::tags(content).into_iter().map(|tag| (tag, false)).collect();
                lines.push(MaskedLine { at, text: content, tags });
                out.push_str(&masked);
            } else if let Some(masked) = mask_label_definition(content) {
                out.push_str(&masked);
            } else {
                out.push_str(content);
            }
            out.push_str(&line[content.len()..]);
        }
        pair_tags(&mut lines);
        Self { text: Cow::Owned(out), lines }
    }

    /// The masked lines that lie in `span`.
    pub(super) fn lines_within(&self, span: Span) -> impl Iterator<Item = &MaskedLine<'a>> {
        let first = self.lines.partition_point(|line| line.at + line.text.len() <= span.start as usize);
        let end = span.end as usize;
        self.lines[first..].iter().take_while(move |line| line.at < end)
    }
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

/// Stands for the colon after `[Note 1]` while comrak looks.
pub(super) const COLON: char = '\u{1f}';

fn mask_label_definition(line: &str) -> Option<String> {
    let lead = line.len() - line.trim_start().len();
    let inside = line[lead..].strip_prefix('[')?;
    let close = inside.find("]:")?;
    let is_label = inside[..close].ends_with(|c: char| c.is_ascii_digit()) && !inside.starts_with('^');
    let colon = lead + 1 + close + 1;
    is_label.then(|| format!("{}{COLON}{}", &line[..colon], &line[colon + 1..]))
}
