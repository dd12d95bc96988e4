//! Elements of raw HTML that begin in one block and end in another, with Markdown between the two, as cells of tables and
//! folded parts do on GitHub.

use std::collections::BTreeMap;

use comrak::nodes::{AstNode, NodeValue};

use super::super::super::html::{self, Token};
use super::super::Builder;
use crate::diagnostic::Code;
use crate::source::Span;

/// Elements that may hold blocks of Markdown. Others that do, as `div` and `p` do, leave no trace around them.
const HOLDERS: &[&str] = &[
    "blockquote",
    "dd",
    "details",
    "dl",
    "dt",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ol",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Those of which HTML demands that they be ended.
const ENDED: &[&str] = &["blockquote", "details", "dl", "figure", "ol", "table", "ul"];

/// An element that is not ended yet.
struct Begun {
    name: &'static str,
    /// Where it stands among its siblings.
    block: usize,
    /// Where its block starts.
    at: Span,
}

impl<'a> Builder<'a> {
    /// Finds the blocks of raw HTML that reach over others, and what is begun or ended alone.
    pub(in super::super) fn collect_reaches(&mut self, root: &'a AstNode<'a>) {
        if memchr::memchr(b'<', self.masked.text.as_bytes()).is_none() {
            return;
        }
        let mut waiting = vec![root];
        while let Some(parent) = waiting.pop() {
            if matches!(parent.data().value, NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::Table(_)) {
                continue;
            }
            waiting.extend(parent.children());
            self.collect_reaches_below(parent);
        }
    }

    fn collect_reaches_below(&mut self, parent: &'a AstNode<'a>) {
        let mut begun: Vec<Begun> = Vec::new();
        let mut last: BTreeMap<usize, (usize, Span, Span)> = BTreeMap::new();
        for (block, node) in parent.children().enumerate() {
            let ast = node.data();
            let NodeValue::HtmlBlock(html) = &ast.value else { continue };
            let at = self.span(ast.sourcepos);
            for token in html::tokens(&html.literal) {
                match token {
                    Token::Open(tag) => {
                        let name = HOLDERS.iter().find(|name| **name == tag.name).filter(|_| !html::is_prose(&tag));
                        begun.extend(name.map(|name| Begun { name, block, at }));
                    }
                    Token::Close(name) => match begun.iter().rposition(|begun| begun.name == name) {
                        Some(open) => {
                            let first = &begun[open];
                            if first.block != block {
                                last.insert(first.block, (block, first.at, at));
                            }
                            begun.truncate(open);
                        }
                        None if ENDED.contains(&name.as_str()) => {
                            let message = message!(
                                en: "`</{name}>` ends what nothing begins",
                                zh: "`</{name}>` 没有对应的开头"
                            );
                            self.report(
                                Code::UnbalancedBlock,
                                at,
                                message,
                                message!(
                                    en: "put `<{name}>` before it",
                                    zh: "请在它前面写 `<{name}>`"
                                ),
                            );
                        }
                        None => {}
                    },
                    Token::Text(_) => {}
                }
            }
        }
        for Begun { name, at, .. } in begun.into_iter().filter(|begun| ENDED.contains(&begun.name)) {
            let message = message!(en: "`<{name}>` is never ended", zh: "`<{name}>` 没有结束");
            let help = message!(
                en: "put `</{name}>` on a line of its own where it ends",
                zh: "请在应当结束之处另起一行写 `</{name}>`"
            );
            self.report(Code::UnbalancedBlock, at, message, help);
        }
        // What begins within the reach of another and ends beyond it makes that one longer.
        let mut reach: Option<(usize, u32)> = None;
        for (block, (end, from, to)) in last {
            match reach.as_mut().filter(|(reach, _)| block <= *reach) {
                Some((reach, first)) => {
                    *reach = end.max(*reach);
                    let known = self.reaches.entry(*first).or_insert(to.start);
                    *known = to.start.max(*known);
                }
                None => {
                    reach = Some((end, from.start));
                    self.reaches.insert(from.start, to.start);
                }
            }
        }
    }
}
