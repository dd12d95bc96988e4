//! Comments that Markdown does not take for comments: those of other tools, those that go on after their paragraph, and
//! those whose dashes an editor has changed.

use std::ops::Range;

use super::percent::Block;
use super::{Hidden, Unended, is_in};
use crate::work;

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
    ("{% if false %}", "{% endif %}"),
    ("{{< comment >}}", "{{< /comment >}}"),
    ("{{<comment>}}", "{{</comment>}}"),
    ("{{% comment %}}", "{{% /comment %}}"),
    ("<%#", "%>"),
    ("<%--", "--%>"),
];

/// Signs that also mean other things, so that one without an end is text.
const MAY_BE_TEXT: &[&str] = &["{/*", "<%#", "{{</*", "{{%/*", "{% if false %}"];

/// Adds the comments of `text` to `hidden`; `opaque` is where nothing is looked for.
pub(super) fn scan(text: &str, opaque: &[Range<usize>], blocks: &[Block], hidden: &mut Hidden) {
    let may_open = memchr::memchr(b'{', text.as_bytes()).is_some() || text.contains("<%");
    for (open, close) in PAIRS.iter().filter(|_| may_open) {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| from + at) {
            from = start + open.len();
            if is_in(opaque, start) || is_escaped(text, start) {
                continue;
            }
            match text[from..].find(close).map(|at| from + at + close.len()) {
                Some(end) => {
                    hidden.ranges.push((start..end, (*open).to_owned()));
                    from = end;
                }
                None if MAY_BE_TEXT.contains(open) => break,
                None => {
                    hidden.unended.push(Unended { at: start, len: open.len(), is_text: false });
                    break;
                }
            }
        }
    }
    left_as_text(text, opaque, hidden);
    let mut line_end = 0;
    for (at, sign) in text.match_indices("[//]: #") {
        // Only the first of a line begins it.
        if at < line_end {
            continue;
        }
        let is_line = text[..at].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
        let line = text[at..].lines().next().unwrap_or("");
        line_end = at + line.len();
        work::count(line.len());
        // With brackets inside it is no target of links for Markdown, and so no comment.
        let is_text = line[sign.len()..].matches('(').count() > 1;
        let before = blocks.partition_point(|block| block.range.start <= at);
        let in_block = blocks[..before].last().is_some_and(|block| block.range.contains(&at));
        if !(is_line && is_text && in_block) || is_in(opaque, at) {
            continue;
        }
        if line.trim_end().ends_with(')') {
            hidden.ranges.push((at..at + line.len(), sign.to_owned()));
        } else {
            hidden.unended.push(Unended { at, len: sign.len(), is_text: false });
        }
    }
}

/// Comments that the parser left as text: begun within a paragraph and ended in another, or written with other signs, as
/// `<!—— … ——>`. Each ends at the next end, unless another begins before that.
fn left_as_text(text: &str, opaque: &[Range<usize>], hidden: &mut Hidden) {
    let mut begins = text.match_indices(['<', '＜']).filter_map(|(at, _)| {
        let len = begins_comment(&text[at..])?;
        (!is_in(opaque, at) && !is_escaped(text, at)).then_some((at, len))
    });
    let mut ends = text.match_indices(['>', '＞']).filter_map(|(at, sign)| {
        let dashes = text[..at].trim_end_matches(DASHES);
        (dashes.len() < at).then_some((dashes.len(), at + sign.len()))
    });
    let mut end = ends.next();
    let mut begin = begins.next();
    while let Some((at, len)) = begin {
        let is_html = text[at..].starts_with("<!--");
        let fits = |(dashes, end): (usize, usize)| dashes >= at + len && (!is_html || text[..end].ends_with("-->"));
        while end.is_some_and(|end| !fits(end) || is_in(opaque, end.0)) {
            end = ends.next();
        }
        begin = begins.next();
        match end {
            Some((_, end)) if begin.is_none_or(|(next, _)| next >= end) => {
                hidden.ranges.push((at..end, text[at..at + len].to_owned()));
            }
            _ => hidden.unended.push(Unended { at, len, is_text: false }),
        }
        // Nothing ends those that follow either.
        if end.is_none() {
            break;
        }
    }
}

/// What stands for the dashes of a comment, where an editor or an input method has changed them.
const DASHES: [char; 6] = ['-', '–', '—', '－', '‐', '−'];

/// The length of the sign at the start of `rest` that begins a comment, or is meant to.
fn begins_comment(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(['<', '＜'])?;
    let after = after.strip_prefix(' ').unwrap_or(after).strip_prefix(['!', '！'])?;
    let after = after.strip_prefix(' ').unwrap_or(after);
    let body = after.trim_start_matches(DASHES);
    // `<!-- a` begins with two dashes, and what follows them is its text.
    let len = if rest.starts_with("<!--") { 4 } else { rest.len() - body.len() };
    (body.len() < after.len()).then_some(len)
}

/// Whether a backslash says that what stands at `at` is text.
fn is_escaped(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[..at];
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_on_a_line_of_comments_in_brackets_grows_with_the_line() {
        work::tests::grows_with_what_is_written("comments in brackets", |size| {
            scan(&"[//]: # (x(y)) ".repeat(size), &[], &[], &mut Hidden::default());
        });
    }
}
