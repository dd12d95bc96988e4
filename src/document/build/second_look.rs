//! Misreadings by comrak that are recognised in its own tree. They are masked, and the text is parsed once more.

mod letters;
mod table;
mod underscores;

use crate::language::chinese::is_simple_numeral;
use crate::language::lists::amount::{COUNTED_BEHIND, MONEY};
use std::collections::HashMap;
use std::ops::Range;

use comrak::nodes::{AstNode, ListType, NodeCodeBlock, NodeList, NodeValue};
use unicode_width::UnicodeWidthStr;

use super::super::html::{self, Fate, Token};
use super::super::latex;
use super::super::outline::{self, Context};
use super::litter;
use crate::Message;
use crate::diagnostic::Code;
use crate::language::script::is_cjk_letter;

/// What is to be changed before the text is read again, and what the author is to be told.
#[derive(Default)]
pub(super) struct Misread {
    pub(super) changes: Vec<Change>,
    pub(super) reports: Vec<Report>,
}

/// A change of one byte of what comrak sees.
#[derive(Clone, Copy)]
pub(super) enum Change {
    /// The mark there is text.
    Hide(usize),
    /// Another mark stands there: `***` below a paragraph is a rule, `---` would make it a heading.
    Write(usize, u8),
}

/// What the author is told of a range of the text.
pub(super) struct Report {
    pub(super) code: Code,
    pub(super) range: Range<usize>,
    pub(super) message: Message,
    pub(super) help: Message,
}

/// Looks through the tree of `text`, whose line `n` (from 1) starts at byte `line_start(n)`.
pub(super) fn look<'a>(root: &'a AstNode<'a>, text: &str, line_start: impl Fn(usize) -> usize) -> Misread {
    let is_section = |node: &AstNode<'a>| match node.data().value {
        NodeValue::Heading(heading) => !heading.setext && heading.level == 2,
        _ => false,
    };
    let mut look = Look {
        text,
        line_start,
        has_sections: root.children().any(is_section),
        told: HashMap::new(),
        misread: Misread::default(),
    };
    let has_marks = memchr::memchr3(b'$', b'*', b'_', text.as_bytes()).is_some() || text.contains("~~");
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        look.node(node);
        let holds_text =
            matches!(node.data().value, NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::Table(_));
        if !holds_text || has_marks {
            waiting.extend(node.reverse_children());
        }
    }
    look.tell_rest();
    look.misread
}

/// The longest word between dashes that joins the names of parties.
const MAX_JOINT: usize = 10;

/// From how many tildes on a row of them is a line that somebody drew rather than the fence of code.
const DRAWN: usize = 5;

/// The line that git leaves between two versions that it could not merge.
const MERGE: &str = "=======";

struct Look<'t, F> {
    text: &'t str,
    line_start: F,
    /// Whether sections are written with `##`.
    has_sections: bool,
    /// How often something is reported, and the first place that is only counted.
    told: HashMap<Code, (usize, Option<Report>)>,
    misread: Misread,
}

/// How many places of a kind are reported one by one in a text. Whoever has more of them will not go through them like that.
const MAX_TOLD: usize = 1000;

impl<'t, F: Fn(usize) -> usize> Look<'t, F> {
    fn node<'a>(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Heading(heading) if heading.setext => self.underlined(node),
            NodeValue::CodeBlock(code) if !code.fenced => self.indented(node, code),
            NodeValue::CodeBlock(code) if !code.closed => self.open_fence(node, code),
            NodeValue::Table(table) => self.table(node, table.alignments.len()),
            NodeValue::Paragraph => self.paragraph(node),
            NodeValue::HtmlBlock(block) if is_text(&block.literal) => self.angle_bracket(node),
            NodeValue::List(list) => self.list(node, list),
            NodeValue::BlockQuote => self.greater_than(node),
            NodeValue::CodeBlock(code) if code.fenced => self.drawn_line(node, code),
            NodeValue::ThematicBreak => self.columns_rule(node),
            NodeValue::Emph | NodeValue::Strong => self.emphasis(node),
            NodeValue::Strikethrough => self.strike(node),
            // Without marks in it the formula is shown as text anyway, and no other sign need look for a partner.
            // Code binds tighter than a formula, and `5$` is an amount.
            NodeValue::Math(math)
                if !math.display_math
                    && (math.literal.contains('`')
                        || (holds_marks(&math.literal) && is_prose(&math.literal))
                        || (!math.literal.contains('\\') && (self.follows_digit(node) || self.is_in_word(node)))) =>
            {
                self.money(node);
            }
            _ => {}
        }
    }

    /// Where the columns of line `number` are counted from.
    fn start_of(&self, number: usize) -> usize {
        (self.line_start)(number).min(self.text.len())
    }

    /// Where line `number` starts, and the line without its end.
    fn line(&self, number: usize) -> (usize, &'t str) {
        let start = self.start_of(number);
        let rest = self.text.get(start..).unwrap_or("");
        let len = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        (start, &rest[..len])
    }

    /// Where a node stands in the text.
    fn range<'a>(&self, node: &'a AstNode<'a>) -> Range<usize> {
        let position = node.data().sourcepos;
        let start = self.start_of(position.start.line) + position.start.column.saturating_sub(1);
        start..self.start_of(position.end.line) + position.end.column
    }

    fn lines_of<'a>(&self, node: &'a AstNode<'a>) -> Range<usize> {
        let position = node.data().sourcepos;
        position.start.line..position.end.line + 1
    }

    fn hide(&mut self, range: Range<usize>) {
        self.misread.changes.extend(range.map(Change::Hide));
    }

    fn report(&mut self, code: Code, range: Range<usize>, message: Message, help: Message) {
        let (count, first) = self.told.entry(code).or_default();
        *count += 1;
        match *count <= MAX_TOLD {
            true => self.misread.reports.push(Report { code, range, message, help }),
            false if first.is_none() => *first = Some(Report { code, range, message, help }),
            false => {}
        }
    }

    /// Reports how many places there are of what was reported often enough.
    fn tell_rest(&mut self) {
        for (count, first) in std::mem::take(&mut self.told).into_values() {
            let Some(Report { message, .. }) = &first else { continue };
            let message = message!(
                en: "{many} more places from here on: {message}",
                zh: "自此处起还有 {many} 处：{message}",
                many = count - MAX_TOLD; message
            );
            self.misread.reports.extend(first.map(|first| Report { message, ..first }));
        }
    }

    /// Text right above `---` or `===`, which Markdown takes for a heading.
    fn underlined<'a>(&mut self, node: &'a AstNode<'a>) {
        let lines = self.lines_of(node);
        let marks_of = |line: &str| line.trim_start_matches([' ', '\t', '>']).trim_end().to_owned();
        let is_underline =
            |line: &str| !line.is_empty() && (line.trim_matches('-').is_empty() || line.trim_matches('=').is_empty());
        let Some(last) = [lines.end - 1, lines.end].into_iter().find(|&n| is_underline(&marks_of(self.line(n).1)))
        else {
            return;
        };
        let words: Vec<&str> = (lines.start..last).map(|number| self.line(number).1).collect();
        let (start, line) = self.line(last);
        let marks = marks_of(line);
        let is_rule = marks == "---" && self.has_sections;
        // A line that begins the document is its title, whatever it says.
        let begins = node.previous_sibling().is_none()
            && node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document));
        let is_title = begins && words.len() == 1 && marks.starts_with('=');
        // One sign or two are typed by mistake.
        let is_no_heading = marks.len() < 3 || (!is_title && is_no_heading(&words));
        let from = start + line.find(marks.as_str()).unwrap_or(0);
        let range = from..from + marks.len();
        let goes_on = || !self.line(last + 1).1.trim_matches([' ', '\t', '>']).is_empty();
        if words.is_empty() || !(is_rule || is_no_heading) {
            let width = words.first().map_or(0, |words| words.trim_matches([' ', '\t', '>']).width());
            if marks == MERGE && width != MERGE.len() && goes_on() {
                let message = message!(
                    en: "`{MERGE}` makes a heading of the text above it; git leaves such a line, too",
                    zh: "`{MERGE}` 会使上面的文字成为标题；git 也会留下这样的一行"
                );
                let help = message!(
                    en: "take it out if it is left of a merge, or leave a blank line after it",
                    zh: "如果是合并时留下的，请删去；否则请在它后面空一行"
                );
                self.report(Code::ForeignMarkup, range, message, help);
            }
            return;
        }
        // Seven signs are told as what git leaves.
        if marks.starts_with('=') && marks != MERGE {
            let message = message!(
                en: "text right above `{marks}` that is no heading; the line stands on the page as text",
                zh: "`{marks}` 紧接在上面的文字之下，但那不是标题；这一行会照样显示"
            );
            let help = message!(
                en: "leave a blank line and write `---` for a rule, or begin the text with `# ` if it is a heading",
                zh: "要分隔线，请空一行再写 `---`；要标题，请在文字前写 `# `"
            );
            self.report(Code::NoHeading, range.clone(), message, help);
        }
        if words.last().is_some_and(|words| words.contains(" | ")) {
            let message = message!(
                en: "`{marks}` makes no table of the lines around it",
                zh: "`{marks}` 没有使上下各行成为表格"
            );
            let help = message!(
                en: "write `|---|---|` below the head, with as many cells",
                zh: "请在表头下面写 `|---|---|`，格数与表头相同"
            );
            self.report(Code::UnevenTable, range.clone(), message, help);
        }
        if !is_no_heading {
            let message = message!(
                en: "text right above `---`, taken for text and a rule",
                zh: "文字紧接在 `---` 之上；现按文字和分隔线处理"
            );
            let help = message!(
                en: "leave a blank line between the two, or begin the text with `## ` if it is a heading",
                zh: "请在两者之间空一行；如果是标题，请在文字前写 `## `"
            );
            self.report(Code::NoHeading, range.clone(), message, help);
        }
        if marks.starts_with('-') && marks.len() > 2 {
            self.misread.changes.extend(range.map(|at| Change::Write(at, b'*')));
        } else {
            self.hide(range);
        }
    }

    /// Prose whose first line is indented as on paper, which Markdown takes for code.
    fn indented<'a>(&mut self, node: &'a AstNode<'a>, code: &NodeCodeBlock) {
        let in_document = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document));
        if !in_document || !is_indented_prose(&code.literal) {
            return;
        }
        for number in self.lines_of(node) {
            let (start, line) = self.line(number);
            self.hide(start..start + line.len() - line.trim_start_matches([' ', '\t']).len());
        }
    }

    /// A fence that nothing closes makes code of all that follows. One of tildes without a name is a line that was drawn.
    fn open_fence<'a>(&mut self, node: &'a AstNode<'a>, code: &NodeCodeBlock) {
        let (start, line) = self.line(node.data().sourcepos.start.line);
        let fence = char::from(code.fence_char);
        let Some(at) = line.find(fence) else { return };
        let range = start + at..start + at + code.fence_length;
        if fence == '~' && !code.info.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.hide(range);
            return;
        }
        let marks = &line[at..at + code.fence_length.min(line.len() - at)];
        let message = message!(
            en: "this `{marks}` is never closed, so that all that follows is shown as code",
            zh: "这个 `{marks}` 没有结束，其后全部按代码显示"
        );
        let help = message!(
            en: "end the code with `{marks}` on a line of its own",
            zh: "请另起一行用 `{marks}` 结束代码"
        );
        self.report(Code::OpenFence, range, message, help);
    }

    /// Long rows of tildes without a name that prose in Chinese stands between are lines that were drawn.
    fn drawn_line<'a>(&mut self, node: &'a AstNode<'a>, code: &NodeCodeBlock) {
        let is_long = code.fence_length >= DRAWN;
        let names_code = code.info.starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_title = code.info.ends_with('~');
        if code.fence_char != b'~' || names_code || !(is_title || is_long && is_indented_prose(&code.literal)) {
            return;
        }
        let lines = self.lines_of(node);
        for number in [lines.start, lines.end - 1] {
            let (start, line) = self.line(number);
            let marks = line.trim_start_matches([' ', '>']);
            if marks.starts_with("~~~") {
                let at = start + line.len() - marks.len();
                self.hide(at..at + marks.len() - marks.trim_start_matches('~').len());
            }
        }
    }

    /// `>100元的按3%`: more than that, and no quotation.
    fn greater_than<'a>(&mut self, quote: &'a AstNode<'a>) {
        for number in self.lines_of(quote) {
            let (start, line) = self.line(number);
            let Some(amount) = line.trim_start_matches(' ').strip_prefix('>') else { return };
            let unit = amount.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
            let is_unit = unit.starts_with(['%', '％']) || COUNTED_BEHIND.iter().any(|known| unit.starts_with(known));
            // Below words that are quoted it is the quotation that goes on.
            if unit.len() == amount.len() || !is_unit {
                return;
            }
            let at = start + line.len() - amount.len() - 1;
            self.hide(at..at + 1);
        }
    }

    /// What looks like a block of HTML and is text: `<name of the bank> …`, `<? …`.
    fn angle_bracket<'a>(&mut self, node: &'a AstNode<'a>) {
        let (start, line) = self.line(node.data().sourcepos.start.line);
        if let Some(at) = line.find('<') {
            self.hide(start + at..start + at + 1);
        }
    }

    /// Rows of dashes that set the columns of a table apart, which Markdown takes for a rule.
    fn columns_rule<'a>(&mut self, node: &'a AstNode<'a>) {
        let (start, line) = self.line(node.data().sourcepos.start.line);
        if litter::is_columns_rule(line) {
            let (what, help) = litter::LitterKind::Table.words();
            let message = message!(
                en: "this line parts {what}, which is read as text",
                zh: "这一行隔开了 {what}，只当作文字"; what
            );
            self.report(Code::ForeignMarkup, start..start + line.trim_end().len(), message, help);
        }
    }

    fn paragraph<'a>(&mut self, node: &'a AstNode<'a>) {
        let lines = self.lines_of(node);
        self.rows_without_head(lines.clone(), is_below_table(node));
        self.formulas(node, lines.clone());
        for number in lines.clone() {
            let (start, line) = self.line(number);
            if number > lines.start && table::is_delimiter(line) {
                self.uneven_head(number);
            } else if lines.len() == 1 && line.trim_start().starts_with('|') && table::is_delimiter(line) {
                let message = message!(
                    en: "this row makes no table: empty lines part it from the rows above and below",
                    zh: "这一行不成表格：它与上下各行之间有空行"
                );
                let range = start..start + line.trim_end().len();
                self.report(
                    Code::UnevenTable,
                    range,
                    message,
                    message!(
                        en: "take the empty lines between the rows out",
                        zh: "请删去各行之间的空行"
                    ),
                );
            }
            if line.contains('｜') && table::is_delimiter(&line.replace('｜', "|")) {
                let message = message!(en: "full-width bars `｜` make no table", zh: "全角竖线 `｜` 不能做表格");
                self.report(
                    Code::UnevenTable,
                    start..start + line.trim_end().len(),
                    message,
                    message!(
                        en: "write `|`",
                        zh: "请写 `|`"
                    ),
                );
            }
            for at in underscores::beside_punctuation(line) {
                self.misread.changes.extend([at, at + 1].map(|at| Change::Write(start + at, b'*')));
            }
            let marks = line.trim_start_matches([' ', '>', '\u{3000}']);
            let wide = marks.trim_start_matches(['＃', '#']);
            let is_wide = marks.len() - wide.len() > 1 && (marks.starts_with('＃') || line.starts_with('\u{3000}'));
            if is_wide && wide.starts_with([' ', '\u{3000}']) && wide.trim_start().starts_with(char::is_alphanumeric) {
                let at = start + line.len() - marks.len();
                let message = message!(
                    en: "a full-width mark or space makes this no heading",
                    zh: "有全角符号或空格，这里不是标题"
                );
                let first = wide.trim_start().chars().take(8).collect::<String>();
                self.report(
                    Code::NoHeading,
                    at..at + marks.len() - wide.len(),
                    message,
                    message!(
                        en: "write `# {first}…`",
                        zh: "请写成 `# {first}…`"
                    ),
                );
                continue;
            }
            let words = marks.trim_start_matches('#');
            let count = marks.len() - words.len();
            let begins_document = number == 1 && number + 1 == lines.end && !words.contains('#');
            // `#案情` may be a topic; with the number of a section it is none.
            let is_section = words.starts_with(|c| c == '第' || is_simple_numeral(c))
                && outline::parse(words, Context::Heading).is_some_and(|found| found.rest > found.range.end);
            let is_heading = match count {
                1 => (begins_document && words.starts_with(char::is_alphabetic)) || is_section,
                2..=6 => words.starts_with(|c: char| c.is_alphanumeric() || c == '【'),
                _ => false,
            };
            if is_heading {
                let at = start + line.len() - marks.len();
                let message = message!(
                    en: "without a space after `{marks}` this is no heading",
                    zh: "`{marks}` 后面没有空格，这里不是标题",
                    marks = &marks[..count]
                );
                let first = words.chars().take(8).collect::<String>();
                self.report(
                    Code::NoHeading,
                    at..at + count,
                    message,
                    message!(
                        en: "write `{marks} {first}…`",
                        zh: "请写成 `{marks} {first}…`",
                        marks = &marks[..count]
                    ),
                );
            }
        }
    }

    /// Formulas in the brackets of LaTeX, which are escaped brackets to Markdown: it is shown its own marks for them.
    fn formulas<'a>(&mut self, paragraph: &'a AstNode<'a>, lines: Range<usize>) {
        let (start, end) = (self.start_of(lines.start), self.start_of(lines.end));
        let text = self.text;
        let Some(words) = text.get(start..end).filter(|words| words.contains("\\(") || words.contains("\\[")) else {
            return;
        };
        let is_code = |node: &AstNode<'a>| matches!(node.data().value, NodeValue::Code(_));
        let code: Vec<Range<usize>> =
            paragraph.descendants().filter(|node| is_code(node)).map(|node| self.range(node)).collect();
        let mut at = 0;
        while let Some(sign) = words[at..].find('\\').map(|found| at + found) {
            at = sign + 2;
            let Some(len) = latex::bracketed(&words[sign..]) else {
                at = words.ceil_char_boundary(at);
                continue;
            };
            if code.iter().any(|code| code.contains(&(start + sign))) {
                continue;
            }
            at = sign + len;
            let marks = if words[sign..].starts_with("\\(") { *b"$``$" } else { *b"$$$$" };
            let places = [sign, sign + 1, at - 2, at - 1].map(|at| start + at);
            self.misread.changes.extend(places.into_iter().zip(marks).map(|(at, mark)| Change::Write(at, mark)));
        }
    }

    fn list<'a>(&mut self, list: &'a AstNode<'a>, kind: &NodeList) {
        let items: Vec<_> = list.children().collect();
        let [first, ..] = items.as_slice() else { return };
        if items.len() == 1 && kind.list_type == ListType::Bullet && self.is_signed_amount(first, kind.bullet_char) {
            let (start, line) = self.line(first.data().sourcepos.start.line);
            if let Some(at) = line.find(char::from(kind.bullet_char)) {
                self.hide(start + at..start + at + 1);
                return;
            }
        }
        let summands = if kind.list_type == ListType::Bullet { self.summands(list, kind.bullet_char) } else { 0..0 };
        if !summands.is_empty() {
            for number in summands {
                let (start, line) = self.line(number);
                let at = line.find(char::from(kind.bullet_char)).map(|at| start + at);
                self.misread.changes.extend(at.map(Change::Hide));
            }
            return;
        }
        let list_above = list.previous_sibling().filter(|node| matches!(node.data().value, NodeValue::List(_)));
        let mut above = list_above.and_then(|list| list.last_child());
        for item in items {
            if let Some(above) = above.filter(|above| self.is_between(above, item)) {
                let position = item.data().sourcepos.start;
                let (start, line) = self.line(position.line);
                let at = start + (position.column - 1).min(line.len());
                let needed = number_of(above).map_or(2, |list| list.padding);
                let message = message!(
                    en: "this item is indented, but not far enough to belong to the one above it",
                    zh: "这一项有缩进，但还不足以属于上面那一项"
                );
                self.report(
                    Code::BetweenLevels,
                    at..at + 1,
                    message,
                    message!(
                        en: "indent it by {needed} spaces, or by none",
                        zh: "请缩进 {needed} 个空格，或不缩进"
                    ),
                );
                return;
            }
            above = Some(item);
        }
    }

    /// The lines at the head of a list that are summands: each has a figure in it, and the line right above or below has one
    /// behind the other sign, or says what they come to.
    fn summands<'a>(&self, list: &'a AstNode<'a>, mark: u8) -> Range<usize> {
        let others: &[char] = match mark {
            b'+' => &['-', '－', '=', '＝'],
            b'-' => &['+', '＋'],
            _ => return 0..0,
        };
        let has_figure = |line: &str| line.contains(|c: char| c.is_ascii_digit());
        let is_summand = |line: &str| line.starts_with(char::from(mark)) && has_figure(line);
        let is_other = |line: &str| line.starts_with(others) && has_figure(line);
        let lines = self.lines_of(list);
        let line = |number: usize| self.line(number).1.trim_start_matches([' ', '>']);
        let own = lines.clone().take_while(|&number| is_summand(line(number))).count();
        let end = lines.start + own;
        let is_above = lines.start > 1 && is_other(line(lines.start - 1));
        let is_below = is_other(line(end));
        if is_below || is_above && line(end).is_empty() { lines.start..end } else { 0..0 }
    }

    /// Whether `item` is indented, though not to where the words of `above` begin, and does not go on counting. One space is
    /// an oversight where something is nested in `above` already, or where a list of another kind stands apart.
    fn is_between<'a>(&self, above: &'a AstNode<'a>, item: &'a AstNode<'a>) -> bool {
        let place = |node: &'a AstNode<'a>| node.data().sourcepos.start;
        let (Some(one), Some(other)) = (number_of(above), number_of(item)) else { return false };
        let goes_on =
            other.list_type == ListType::Ordered && one.list_type == other.list_type && other.start == one.start + 1;
        let is_near = || {
            let is_list = |node: &'a AstNode<'a>| matches!(node.data().value, NodeValue::List(_));
            let same_list = item.previous_sibling().is_some();
            !above.children().any(is_list) && (same_list || !self.line(place(item).line - 1).1.trim().is_empty())
        };
        match place(item).column.saturating_sub(place(above).column) {
            0 => false,
            1 => !goes_on && is_near(),
            _ => !goes_on,
        }
    }

    /// `- 200元` right below a line with a figure, and `+ 86 138…`: a sign, not the mark of a list.
    fn is_signed_amount<'a>(&self, item: &'a AstNode<'a>, mark: u8) -> bool {
        let number = item.data().sourcepos.start.line;
        let (_, line) = self.line(number);
        let words = line.trim_start_matches([' ', '>']).trim_start_matches(char::from(mark)).trim();
        let figures = words.trim_start_matches(['¥', '￥', '$', '€', '£']);
        // `- and -` between the names of parties.
        let is_joint = mark == b'-' && line.trim_end().ends_with(" -") && words.chars().count() < MAX_JOINT;
        if is_joint || self.is_in_column(number, words) {
            return true;
        }
        if !figures.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let is_alone = item.first_child().is_some_and(|words| {
            let lines = words.data().sourcepos;
            words.next_sibling().is_none() && lines.start.line == lines.end.line
        });
        let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ');
        let unit = figures.trim_start_matches(is_figure);
        let is_unit =
            unit.is_empty() || (unit.chars().count() < 4 && unit.starts_with(|c| c == '%' || MONEY.contains(c)));
        let below_figure = number > 1 && self.line(number - 1).1.contains(|c: char| c.is_ascii_digit());
        match mark {
            b'+' => is_alone && words.chars().all(|c| is_figure(c) || matches!(c, '-' | '(' | ')') || is_unit),
            b'-' => is_alone && is_unit && below_figure,
            _ => false,
        }
    }

    /// Whether a line is one of a sum that is set in a column: a figure stands at its end and at that of the line above, and
    /// the line below begins with `=`, or the line above with a sign.
    fn is_in_column(&self, number: usize, words: &str) -> bool {
        let ends_in_figure = |words: &str| {
            let words = words.trim_end().trim_end_matches(['元', '万']);
            words.ends_with(|c: char| c.is_ascii_digit())
        };
        let above = number.checked_sub(1).filter(|&above| above > 0).map_or("", |above| self.line(above).1);
        let below = self.line(number + 1).1.trim_start_matches([' ', '>']);
        let is_sign = |line: &str| line.trim_start_matches([' ', '>']).starts_with(['+', '=', '＝', '＋']);
        ends_in_figure(words) && ends_in_figure(above) && (below.starts_with(['=', '＝']) || is_sign(above))
    }

    /// Marks that stand for something else than the emphasis that Markdown finds between two of them: a remark below
    /// (`3*，单价4*`), names and words in which letters are left out (`王某*、赵某*`).
    fn emphasis<'a>(&mut self, node: &'a AstNode<'a>) {
        let Range { start, end } = self.range(node);
        let Some(written) = self.text.get(start..end) else { return };
        let Some(mark) = written.bytes().next().filter(|mark| b"*_".contains(mark)) else { return };
        let len = if matches!(node.data().value, NodeValue::Emph) { 1 } else { 2 };
        let is_marks = |marks: &str| marks.len() == len && marks.bytes().all(|byte| byte == mark);
        let (Some(opening), Some(closing)) = (written.get(..len), written.get(written.len().saturating_sub(len)..))
        else {
            return;
        };
        if written.len() < 2 * len || !is_marks(opening) || !is_marks(closing) {
            return;
        }
        let words = &written[len..written.len() - len];
        let (before, after) = (&self.text[..start], &self.text[end..]);
        if mark == b'*' && letters::is_behind_a_mask(before, words, after, len) {
            self.hide(start..start + len);
            return;
        }
        if mark == b'*' && letters::are_blacked_out(before, words, after) {
            let lead = words.len() - words.trim_start_matches('*').len();
            let tail = words.len() - words.trim_end_matches('*').len();
            let follows = after.len() - after.trim_start_matches('*').len();
            self.hide(start..start + len + lead);
            self.hide(end - len - tail..end + follows);
            return;
        }
        if is_no_emphasis(before.chars().next_back(), words, after.chars().next(), len == 2 && mark == b'*')
            || mark == b'*' && letters::are_left_out(before, words, after)
            || mark == b'*' && letters::are_factors(before, words, after)
        {
            self.hide(start..start + len);
            self.hide(end - len..end);
        }
    }

    /// Tildes between digits are a range: `100~~200元，300~~400元`.
    fn strike<'a>(&mut self, node: &'a AstNode<'a>) {
        let Range { start, end } = self.range(node);
        let Some(words) = self.text.get(start..end).and_then(|all| all.strip_prefix("~~")?.strip_suffix("~~")) else {
            return;
        };
        let before = &self.text[..start];
        let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        // A price that stands behind another that was struck out may be followed by a third.
        let is_price = number.ends_with("~~");
        if self.follows_digit(node) && words.starts_with(|c: char| c.is_ascii_digit()) && !is_price {
            self.hide(start..start + 2);
            self.hide(end - 2..end);
        }
    }

    /// Whether a digit stands right before a node.
    fn follows_digit<'a>(&self, node: &'a AstNode<'a>) -> bool {
        self.text.as_bytes().get(..self.range(node).start).and_then(<[u8]>::last).is_some_and(u8::is_ascii_digit)
    }

    /// Whether the second `$` of a formula begins a word, as the first does: `$PATH:$HOME`, `${a}/${b}`.
    fn is_in_word<'a>(&self, node: &'a AstNode<'a>) -> bool {
        let Range { start, end } = self.range(node);
        let begins_word = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '{'));
        let written = self.text.get(start..end).unwrap_or("").trim_matches('$');
        let ends_open = written.ends_with(|c: char| c.is_ascii_punctuation() && !matches!(c, ')' | ']' | '}' | '\''));
        ends_open && begins_word(written) && self.text.get(end..).is_some_and(begins_word)
    }

    /// Two signs of a currency with prose between them.
    fn money<'a>(&mut self, node: &'a AstNode<'a>) {
        let Range { start, end } = self.range(node);
        let written = self.text.get(start..end).unwrap_or("");
        if written.len() > 2 && written.starts_with('$') && written.ends_with('$') {
            self.hide(start..start + 1);
            self.hide(end - 1..end);
        }
    }
}

/// Whether a table stands above a node, comments between the two aside.
fn is_below_table<'a>(node: &'a AstNode<'a>) -> bool {
    let mut above = node.previous_sibling();
    while let Some(comment) = above.filter(|node| matches!(node.data().value, NodeValue::HtmlBlock(_))) {
        above = comment.previous_sibling();
    }
    above.is_some_and(|node| matches!(node.data().value, NodeValue::Table(_)))
}

/// Whether what stands between two marks cannot have been meant to be emphasised, with `**` if `is_bold`.
fn is_no_emphasis(before: Option<char>, words: &str, after: Option<char>, is_bold: bool) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk_letter(c));
    let (first, last) = (words.chars().next(), words.chars().next_back());
    // Bold type that a word processor left begins at a comma now and then; italics and underscores do not.
    let begins_in_sentence = !is_bold && first.is_some_and(is_within_sentence);
    // What was left out stands behind a letter, or as the first of a name or title in brackets.
    let is_beside_name = is_letter(before) || before.is_some_and(|c| "（(《“「【".contains(c));
    let is_comma = is_letter(before) && is_letter(after) && words.chars().all(is_within_sentence);
    let in_words = is_latin(before) && is_latin(first) && is_latin(last) && is_latin(after);
    // Marks of remarks, `*1 以实物为准；*2 含税`.
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let are_remarks = !is_bold && is_digit(first) && is_digit(after) && last.is_some_and(is_within_sentence);
    begins_in_sentence
        || are_remarks
        || is_comma
        || (is_beside_name
            && words.contains(char::is_alphanumeric)
            && has_half_a_pair(within_pair(before, words, after)))
        || (in_words && words.contains(char::is_whitespace))
}

/// The pairs of brackets and quotation marks that names and titles stand in.
const PAIRS: [(char, char); 6] = [('（', '）'), ('(', ')'), ('《', '》'), ('“', '”'), ('「', '」'), ('【', '】')];

/// The words without a bracket at their edge whose other stands right outside: `“**付款”**`, `**（乙**）`.
fn within_pair(before: Option<char>, words: &str, after: Option<char>) -> &str {
    let closes = |open: Option<char>, close: char| PAIRS.iter().any(|&(a, b)| open == Some(a) && close == b);
    words
        .strip_suffix(|c| closes(before, c))
        .or_else(|| words.strip_prefix(|c| after.is_some_and(|after| closes(Some(c), after))))
        .unwrap_or(words)
}

/// Whether a bracket or quotation mark stands in a text without the other of its pair: `《**办法》与《**条例》`.
///
/// A bracket behind the number of an item has no other, and a quotation mark may have been written twice for both.
fn has_half_a_pair(text: &str) -> bool {
    let number = text.len() - text.trim_start_matches(char::is_alphanumeric).len();
    let text = match text[number..].chars().next() {
        Some(bracket @ (')' | '）')) if text[..number].chars().count() < 4 => &text[number + bracket.len_utf8()..],
        _ => text,
    };
    PAIRS.into_iter().any(|(open, close)| {
        let mut depth = 0_i32;
        let is_closed_first = text.chars().any(|c| {
            depth += i32::from(c == open) - i32::from(c == close);
            depth < 0
        });
        let is_written_twice = open == '“' && !text.contains(close) && depth % 2 == 0;
        !is_written_twice && (is_closed_first || depth > 0)
    })
}

/// Whether a character stands between the words of a sentence or ends it.
fn is_within_sentence(c: char) -> bool {
    matches!(
        c,
        '，' | '、'
            | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '》'
            | '」'
            | '”'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
    )
}

fn number_of<'a>(item: &'a AstNode<'a>) -> Option<NodeList> {
    match item.data().value {
        NodeValue::Item(list) => Some(list),
        NodeValue::TaskItem(_) => item.parent().and_then(|list| match list.data().value {
            NodeValue::List(list) => Some(list),
            _ => None,
        }),
        _ => None,
    }
}

/// Whether a block of HTML is none, but text in angle brackets, or an instruction that no document needs among its text.
pub(super) fn is_text(literal: &str) -> bool {
    let literal = literal.trim_start();
    if literal.starts_with("<?") {
        return true;
    }
    if let Some(rest) = literal.strip_prefix("<!") {
        return !rest.starts_with("--");
    }
    let first = html::tokens(literal).into_iter().find_map(|token| match token {
        Token::Open(tag) => Some(html::fate(&tag.name) == Fate::Unknown || html::is_prose(&tag)),
        Token::Close(name) => Some(html::fate(&name) == Fate::Unknown),
        Token::Text(_) => None,
    });
    first == Some(true)
}

/// Whether lines above `---` are no heading: several, a sentence, a row of a table, a field or a total.
fn is_no_heading(lines: &[&str]) -> bool {
    let words = lines.last().copied().unwrap_or("").trim_matches([' ', '\t', '>', '*', '_']);
    // Of a link its words are seen.
    let seen = words.split("](").enumerate().map(|(at, part)| match part.split_once(')') {
        Some((_, rest)) if at > 0 => rest.chars().count(),
        _ => part.chars().count(),
    });
    let width: usize = seen.sum();
    let amount = words.trim_end_matches(['元', '圆', '円', '%']);
    let digits = amount.len() - amount.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')).len();
    let figures = &amount[amount.len() - digits..];
    let cents = figures.rsplit_once('.').is_some_and(|(whole, cents)| !whole.contains('.') && cents.len() == 2);
    let is_total = figures.contains(|c: char| c.is_ascii_digit())
        && (amount.len() < words.len() || figures.trim_end_matches(',').contains(',') || cents);
    // Columns that spaces or bars set apart are a row of a table.
    let is_row = words.contains("  ") || words.contains(" | ");
    lines.len() > 1
        || is_row
        || words.starts_with('|')
        || words.ends_with(['。', '；', '！', '，', ';', ',', '|'])
        || (words.ends_with('.') && width > 40)
        || width > 60
        || is_total
}

/// Whether indented lines are prose in Chinese: sentences, and nothing that programs are written with.
fn is_indented_prose(literal: &str) -> bool {
    let is_prose = |line: &str| {
        let letters = line.chars().filter(|c| c.is_alphanumeric()).count();
        let chinese = line.chars().filter(|&c| is_cjk_letter(c)).count();
        chinese > 3
            && chinese * 2 >= letters
            && !line.contains(['{', '}', ';', '=', '│', '├', '└', '─'])
            && !line.starts_with(['-', '+', '*', '>', '|', '#', '/', '$'])
            && !line.contains("   ")
    };
    literal.contains(['，', '。', '；', '：', '！', '？', '、', '【'])
        && literal.lines().map(str::trim).filter(|line| !line.is_empty()).all(is_prose)
}

/// Whether a text holds what is read: emphasis, links, labels, addresses.
fn holds_marks(text: &str) -> bool {
    text.contains(['*', '[', '【', '<', '@', '$']) || text.contains("://")
}

/// Whether what stands between two `$` is prose and no formula: Chinese without an operator or with punctuation, or words.
pub(super) fn is_prose(formula: &str) -> bool {
    let is_command = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    if formula.split('\\').skip(1).any(is_command) {
        return false;
    }
    let has_operator = formula.contains(['=', '+', '^', '_', '×', '÷', '≈']);
    let has_chinese = formula.contains(is_cjk_letter);
    let words = formula
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
        .filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .count();
    let in_sentence = formula.contains(['，', '。', '；', '：', '！', '？', '、', '（', '）']);
    let begins_with_amount = formula.starts_with(|c: char| c.is_ascii_digit());
    in_sentence
        || (!has_operator
            && (has_chinese || words > 1 || (words > 0 && begins_with_amount && formula.matches(' ').count() > 1)))
}
