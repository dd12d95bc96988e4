//! Lines that Markdown joins to the quotation or item above them because no blank line separates the two.

use comrak::nodes::{AstNode, NodeValue};
use unicode_width::UnicodeWidthStr;

use super::Builder;
use super::line_ends::{CLOSING, LineEnds, SENTENCE_ENDS, unit};
use crate::Message;
use crate::diagnostic::Code;
use crate::document::outline;
use crate::source::Span;

/// No editor wraps a quotation at fewer columns.
const NARROWEST_WRAP: usize = 40;

/// How deeply a line is quoted.
fn quotes(line: &str) -> usize {
    let marks = line.chars().take_while(|c| matches!(c, ' ' | '\t' | '-' | '*' | '+' | '>'));
    marks.filter(|&c| c == '>').count()
}

impl<'a> Builder<'a> {
    /// Tells of the lines of a paragraph that were hardly meant as part of what holds it: words below those of another, and
    /// the next field below an item. Where an editor wrapped the text, every line may be a part of it.
    pub(super) fn report_glued(&mut self, paragraph: &'a AstNode<'a>, ends: LineEnds) {
        let position = paragraph.data().sourcepos;
        if position.start.line == position.end.line {
            return;
        }
        let is_quoted = paragraph.ancestors().any(|node| matches!(node.data().value, NodeValue::BlockQuote));
        let in_item = paragraph.parent().is_some_and(|item| matches!(item.data().value, NodeValue::Item(_)));
        if !is_quoted && !in_item {
            return;
        }
        for number_of_line in position.start.line + 1..=position.end.line {
            let (above, line) = (self.written(number_of_line - 1), self.written(number_of_line));
            let (outer, own) = (quotes(above), quotes(line));
            if is_quoted && own > 0 && own < outer {
                let help = message!(
                    en: "write a line `{marks}` before it",
                    zh: "请在它前面写一行 `{marks}`",
                    marks = ">".repeat(own)
                );
                self.glued(number_of_line, message!(en: "inner quotation", zh: "内层引用"), help);
            } else if is_quoted && own == 0 && outer > 0 {
                let ends_there = above.trim_end_matches(CLOSING).ends_with(SENTENCE_ENDS);
                // Nobody breaks off a line there to quote what follows on the next without a mark, but an editor.
                let is_narrow = above.width() < NARROWEST_WRAP;
                if ends_there || is_narrow || ends != LineEnds::Flow {
                    let help = message!(
                        en: "leave a blank line before it, or begin it with `> ` if it is quoted",
                        zh: "请在它前面空一行；如果属于引用，请以 `> ` 开头"
                    );
                    self.glued(number_of_line, message!(en: "quotation", zh: "引用"), help);
                }
            } else if in_item && !is_quoted {
                // `（二）` and `二、` number sections, which the numbers of a list stand below.
                let number = line.trim_start_matches(['（', '(']);
                let is_section = !line.starts_with([' ', '\t'])
                    && outline::chinese_numeral(number)
                        .is_some_and(|(_, len)| number[len..].starts_with(['、', '）', ')', '.', '．']));
                if is_section {
                    self.glued(
                        number_of_line,
                        message!(en: "item", zh: "条目"),
                        message!(
                            en: "leave a blank line before it",
                            zh: "请在它前面空一行"
                        ),
                    );
                    continue;
                }
                let is_field = !line.starts_with([' ', '\t', '-', '*', '+']) && unit::opens_with_name(line);
                if is_field && (ends != LineEnds::Flow || line.ends_with([':', '：'])) {
                    self.glued(
                        number_of_line,
                        message!(en: "item", zh: "条目"),
                        message!(
                            en: "leave a blank line before it",
                            zh: "请在它前面空一行"
                        ),
                    );
                }
            }
        }
    }

    fn glued(&mut self, number: usize, what: Message, help: Message) {
        let line = self.written(number);
        let words = line.trim_start_matches([' ', '\t', '>']);
        let start = self.source.line_start(self.first_line + number.max(1) - 1) + line.len() - words.len();
        let message = message!(
            en: "this line is read as part of the {what} above it",
            zh: "这一行被当作上面{what}的一部分"; what
        );
        let span = self.source.clamp(Span::new(start, start + words.len()));
        self.report(Code::GluedLine, span, message, help);
    }
}
