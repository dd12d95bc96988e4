//! Helpers that read properties of comrak's nodes.

use comrak::nodes::{AstNode, NodeValue};

use super::super::tree::Ordinal;
use super::mask::unhide;
use crate::language::script::swallows_line_break;

/// The text below a node of comrak, without markup.
pub(super) fn plain_text<'a>(node: &'a AstNode<'a>) -> String {
    let mut out = String::new();
    for below in node.descendants() {
        match &below.data().value {
            NodeValue::Text(text) => out.push_str(&unhide(text)),
            NodeValue::Code(code) => out.push_str(&unhide(&code.literal)),
            NodeValue::Math(math) => out.extend(["$", &unhide(&math.literal), "$"]),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

/// The first or last character that a reader sees of a node of comrak; none if that is no text.
pub(super) fn edge<'a>(node: &'a AstNode<'a>, last: bool) -> Option<char> {
    let mut leaf = node;
    while let Some(child) = if last { leaf.last_child() } else { leaf.first_child() } {
        leaf = child;
    }
    let pick = |text: &str| if last { text.trim_end().chars().next_back() } else { text.trim_start().chars().next() };
    match &leaf.data().value {
        NodeValue::Text(text) => pick(text),
        NodeValue::Code(code) => pick(&code.literal),
        _ => None,
    }
}

/// Whether the line break between `before` and `after` is only the author's way to wrap lines: Chinese sets no
/// space there (CLREQ 3.1, CSS Text 4 section 4.1.3).
pub(super) fn break_vanishes(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(swallows_line_break) && after.is_some_and(swallows_line_break)
}

/// The number an item of an ordered list was given, where it is not the next after the item above. `written` is the text that
/// begins at a node.
pub(super) fn ordinal<'a, 't>(item: &'a AstNode<'a>, written: impl Fn(&'a AstNode<'a>) -> &'t str) -> Option<Ordinal> {
    let (own, above) = (number(written(item))?, number(written(item.previous_sibling()?))?);
    (above.checked_add(1) != Some(own)).then(|| Ordinal::new(own)).flatten()
}

/// Whether every item of a list is number 1: its author leaves the counting to the program.
pub(super) fn leaves_counting<'a, 't>(list: &'a AstNode<'a>, written: impl Fn(&'a AstNode<'a>) -> &'t str) -> bool {
    list.children().all(|item| number(written(item)) == Some(1))
}

/// The number with which an item of an ordered list begins.
fn number(item: &str) -> Option<u32> {
    let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    item[..digits].parse().ok()
}
