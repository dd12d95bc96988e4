//! `{private}` in a text: where it stands, and what it covers.
//!
//! It stands after the number of an item or after a label that begins a block, at the start of an entry of a list, at the
//! end of a heading, a paragraph or a cell, or after `[…]`. `{private: reason}` says why. Whatever else it stands beside, it
//! is an error: what an author wanted to keep must not be published because the program did not understand.

mod places;

use crate::language::chinese::is_numeral;
use crate::language::lists::outline::AROUND_NUMBERS;
use std::collections::HashMap;
use std::ops::Range;

use places::Places;

use crate::Message;
use crate::document::point::Point;
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{Document, Item, ItemId, Time, section};
use crate::source::Source;
use crate::source::edit::Edit;

/// What kind of thing is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WithheldKind {
    /// A name or string that casefile.yaml lists.
    Name,
    /// Words within a line.
    Words,
    /// A paragraph or a cell of a table.
    Paragraph,
    /// An item with its sub-items.
    Item,
    /// A section with all below it.
    Section,
    /// Parts of a picture.
    Picture,
    /// An exhibit.
    Exhibit,
    /// A document.
    Document,
    /// The names of files.
    FileNames,
    /// What a file says of who made it, where and with what.
    Metadata,
}

/// A mark that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it covers.
    pub kind: WithheldKind,
    /// Where what it covers stands, in bytes; its number and label are left out.
    pub covers: Range<usize>,
    /// Where what is withheld begins, behind the number and label.
    pub from: usize,
    /// What stands before the words in `covers` and stays: a number within marks of emphasis.
    pub keeps: String,
    /// What closes the text behind: the line feeds with which `covers` ends.
    pub closes: String,
    /// What is taken out where nothing is withheld: the mark itself, and the brackets of a run.
    pub marks: Vec<Range<usize>>,
    /// Why, in the author's words.
    pub reason: Option<String>,
}

impl Mark {
    /// What is taken out where nothing is withheld.
    pub fn taken_out(&self) -> impl Iterator<Item = Edit> {
        self.marks.iter().map(|range| Edit { range: range.clone(), text: String::new() })
    }
}

/// A mark that covers nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// Where it stands.
    pub range: Range<usize>,
    /// What is wrong with it.
    pub fault: Message,
}

/// How a mark begins.
const OPEN: &str = "{private";

/// Whether `text` may hold a mark.
pub fn may_be_in(text: &str) -> bool {
    text.contains(OPEN)
}

/// Every `{private}` of a text, with the reason beside it; none of what begins so and goes on otherwise.
fn written(text: &str) -> Vec<(Range<usize>, Option<Option<String>>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(OPEN) {
        let rest = &text[at + OPEN.len()..];
        if rest.starts_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let line = rest.lines().next().unwrap_or("");
        let end = line.find('}').map(|end| (end, at + OPEN.len() + end + 1));
        let reason = end.and_then(|(end, _)| match line[..end].strip_prefix([':', '：']).map(str::trim) {
            Some("") => None,
            Some(reason) => Some(Some(reason.to_owned())),
            None => (end == 0).then_some(None),
        });
        found.push((at..end.map_or(at + OPEN.len(), |(_, end)| end), reason));
    }
    found
}

/// The marks of a document, those that are understood and those that are not, in the order of the text.
pub fn scan(source: &Source, body: usize, document: &Document) -> (Vec<Mark>, Vec<Misplaced>) {
    let text = source.text.as_str();
    let (mut marks, mut misplaced) = (Vec::new(), Vec::new());
    let written = written(text);
    if written.is_empty() {
        return (marks, misplaced);
    }
    let comments = comments(text);
    let empty_lines = memchr::memmem::find_iter(text.as_bytes(), "\n\n").collect();
    let finder = Finder { source, document, text, places: Places::of(document), brackets: brackets(text), empty_lines };
    for (range, reason) in written {
        if text[..range.start].ends_with('\\') || is_in_comment(&comments, range.start) {
            continue;
        }
        let found = match reason {
            None => Err(message!(en: "is not understood", zh: "无法识别")),
            Some(_) if range.start < body => Err(message!(
                en: "stands in the front matter, where it covers nothing",
                zh: "写在文件开头的设置中，不起作用"
            )),
            Some(reason) => finder.mark(&range, reason),
        };
        match found {
            Ok(mark) => marks.push(mark),
            Err(fault) => misplaced.push(Misplaced { range, fault }),
        }
    }
    (marks, misplaced)
}

/// Where comments of HTML begin, and where each ends; none is open for ever.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let mut end = 0;
    for (open, _) in text.match_indices("<!--") {
        if end <= open {
            let Some(length) = text[open..].find("-->") else { break };
            end = open + length;
        }
        comments.push(open..end);
    }
    comments
}

/// Whether byte `at` stands in a comment of HTML, which is on no page.
fn is_in_comment(comments: &[Range<usize>], at: usize) -> bool {
    let before = comments.partition_point(|comment| comment.start < at);
    before.checked_sub(1).is_some_and(|last| comments[last].end > at)
}

struct Finder<'a> {
    source: &'a Source,
    document: &'a Document,
    text: &'a str,
    places: Places,
    /// Where each `[` stands, by its `]`.
    brackets: HashMap<usize, usize>,
    /// Where empty lines stand, in their order.
    empty_lines: Vec<usize>,
}

/// Where the `[` stands that each `]` of a text closes.
fn brackets(text: &str) -> HashMap<usize, usize> {
    let mut open = Vec::new();
    let mut closed = HashMap::new();
    for at in memchr::memchr2_iter(b'[', b']', text.as_bytes()) {
        if text.as_bytes()[at] == b'[' {
            open.push(at);
        } else if let Some(start) = open.pop() {
            closed.insert(at, start);
        }
    }
    closed
}

/// Marks of emphasis, which may stand around a number or a mark.
const EMPHASIS: [char; 3] = ['*', '_', '~'];

impl Finder<'_> {
    fn mark(&self, range: &Range<usize>, reason: Option<String>) -> Result<Mark, Message> {
        if self.text[..range.start].ends_with(']') && !self.is_label(range.start) {
            return self.run(range, reason);
        }
        let tree = &self.document.tree;
        let (leaf, first) = self.leaf(range.start).ok_or(message!(
            en: "stands in code, an address or markup, where it covers nothing",
            zh: "写在代码、地址或标记之中，不起作用"
        ))?;
        let words_before = self.text[first..range.start].trim_start_matches(EMPHASIS);
        let lead = self.lead(leaf, range.start);
        let lead_end = lead.end;
        // A numbered line of a paragraph is one by itself.
        let line = lead.item.map(|(item, _)| &self.document.items[item]).filter(|item| self.is_line(item));
        let first = line.map_or(first, |item| self.text[..item.span.start as usize].trim_end_matches(EMPHASIS).len());
        let mark = |kind, from: usize, to: usize, keeps: String| {
            let to = to.max(range.end);
            let covered = &self.text[from..to];
            let closes = covered[covered.trim_end().len()..].chars().filter(|&c| c == '\n').collect();
            let spaces = self.text[..range.start].len() - self.text[..range.start].trim_end_matches([' ', '\t']).len();
            // At the start of an entry the space belongs to the mark of the list.
            let own = if words_before.trim().is_empty() {
                range.start
                    ..range.end + self.text[range.end..].len()
                        - self.text[range.end..].trim_start_matches([' ', '\t']).len()
            } else {
                range.start - spaces..range.end
            };
            Mark {
                kind,
                covers: from..to,
                from: lead_end.unwrap_or(from),
                keeps,
                closes,
                marks: vec![own],
                reason: reason.clone(),
            }
        };
        // Right after what begins the block.
        if let Some((item, lead_end)) = lead.item.filter(|&(_, end)| self.is_joint(end, range.start)) {
            let number = &self.document.items[item];
            let is_cell = matches!(tree.get(leaf).kind, NodeKind::Cell { .. });
            let to = if is_cell { self.block_end(leaf) } else { self.item_with_answers(item) };
            let separator = self.separator(lead_end, range);
            let written = self.source.slice(number.span).to_owned() + &separator;
            return Ok(mark(WithheldKind::Item, first, to, written));
        }
        if let Some((_, lead_end)) = lead.label.filter(|&(_, end)| self.is_joint(end, range.start)) {
            let to = match self.entry_of(leaf) {
                Some(entry) => self.end_of(entry),
                None => self.note_end(leaf),
            };
            return Ok(mark(
                WithheldKind::Paragraph,
                first,
                to,
                self.text[first..lead_end].trim_start_matches(EMPHASIS).to_owned(),
            ));
        }
        if words_before.trim().is_empty() {
            let to = self.begun(leaf).ok_or(message!(
                en: "stands at the start of a paragraph without a number, where it covers nothing",
                zh: "写在没有编号的段落开头，不起作用"
            ))?;
            return Ok(mark(WithheldKind::Item, first, to, String::new()));
        }
        let is_heading = matches!(tree.get(leaf).kind, NodeKind::Heading(_));
        if let Some((number_start, to)) = self.numbered(leaf, first, range.start).filter(|_| !is_heading) {
            let mut number = self.text[number_start..range.start].trim_end().to_owned();
            if number.ends_with(char::is_alphanumeric) {
                number.push_str(&self.separator(range.start, range));
            }
            let mut mark = mark(WithheldKind::Item, number_start, to, number.trim_start_matches(EMPHASIS).to_owned());
            mark.from = range.start;
            return Ok(mark);
        }
        if self.is_label(range.start) {
            return Err(message!(
                en: "stands behind a label within a text, where it covers nothing",
                zh: "写在正文中的标签后面，不起作用"
            ));
        }
        if matches!(tree.get(leaf).kind, NodeKind::AlertTitle | NodeKind::Summary) {
            return Err(message!(
                en: "stands in the title of a box, where it would leave what the box holds",
                zh: "写在提示框的标题中，框里的内容会留下"
            ));
        }
        // At the end of the block.
        if !self.ends(leaf, range.end, line.is_some()) {
            return Err(message!(
                en: "stands in the middle of a text, where it covers nothing",
                zh: "写在正文中间，不起作用"
            ));
        }
        let after = self.text[range.end..].trim_start_matches(EMPHASIS);
        let end = self.text.len() - after.len();
        let keeps = self.text[first..lead.end.unwrap_or(first)].trim_start_matches(EMPHASIS).to_owned();
        match tree.get(leaf).kind {
            NodeKind::Heading(section) => {
                if !self.document.section(section).top {
                    return Err(message!(
                        en: "stands in a heading within a quotation or a list, where it covers nothing",
                        zh: "写在引用或列表里的标题中，不起作用"
                    ));
                }
                let reach = section::reach(&self.document.sections, section);
                // The id of a heading is no secret, and others lead to it.
                let line_end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
                let id = self.text[end..line_end].trim();
                let keeps = (keeps, if id.starts_with("{#") { format!(" {id}") } else { String::new() });
                let mut mark = mark(WithheldKind::Section, first, self.end_after(leaf..reach), keeps.0);
                mark.closes = format!("{}\n\n", keeps.1);
                Ok(mark)
            }
            _ => {
                let next =
                    self.text[end..].strip_prefix('\n').and_then(|rest| rest.lines().next()).unwrap_or("").trim();
                if next.len() > 1 && (next.bytes().all(|b| b == b'-') || next.bytes().all(|b| b == b'=')) {
                    return Err(message!(
                        en: "stands above a line that may make a heading of the text; begin it with `## `, \
                             or leave a line empty",
                        zh: "写在可能使这段文字成为标题的一行之上；请以 `## ` 开头，或空一行"
                    ));
                }
                // A footnote goes on below its first paragraph.
                let footnote = leaf.checked_sub(1).filter(|&at| matches!(tree.get(at).kind, NodeKind::Footnote(_)));
                let end = footnote.map_or(end, |footnote| self.end_of(footnote).max(end));
                Ok(mark(WithheldKind::Paragraph, first, end, keeps))
            }
        }
    }

    /// `[…]{private}`
    fn run(&self, range: &Range<usize>, reason: Option<String>) -> Result<Mark, Message> {
        let close = range.start - 1;
        let open = self.brackets.get(&close).copied();
        let open = open.ok_or(message!(
            en: "stands behind what ends with `]` and begins with no `[`",
            zh: "前面以 `]` 结尾，却没有开头的 `[`"
        ))?;
        let inside = &self.text[open + 1..close];
        let is_box = matches!(inside, "x" | "X" | " ");
        if is_box || inside.starts_with('^') || self.text[..open].ends_with(']') {
            return Err(message!(
                en: "stands behind a mark in brackets, not behind words that it could cover",
                zh: "写在括号里的标记后面，没有可以隐去的文字"
            ));
        }
        let next = self.empty_lines.get(self.empty_lines.partition_point(|line| *line < open));
        if next.is_some_and(|line| *line < close) || inside.trim().is_empty() {
            return Err(message!(
                en: "stands behind brackets that hold nothing, or more than a paragraph",
                zh: "前面的括号是空的，或超出一个段落"
            ));
        }
        if self.leaf(range.start).is_none() {
            return Err(message!(
                en: "stands in code, an address or markup, where it covers nothing",
                zh: "写在代码、地址或标记之中，不起作用"
            ));
        }
        // The description of a picture would be taken, and the picture left.
        if self.text[..open].ends_with('!') {
            return Err(message!(
                en: "stands in the description of a picture, where it covers nothing",
                zh: "写在图片的说明中，不起作用"
            ));
        }
        Ok(Mark {
            kind: WithheldKind::Words,
            covers: open..range.end,
            from: open,
            keeps: String::new(),
            closes: String::new(),
            marks: vec![open..open + 1, close..range.end],
            reason,
        })
    }

    /// The block of text in which byte `at` is written, and where its text begins, marks of emphasis included.
    fn leaf(&self, at: usize) -> Option<(NodeId, usize)> {
        let tree = &self.document.tree;
        let node = self.places.written_at(at)?;
        let leaf = self.places.around(node).skip(1).find(|&open| is_leaf(&tree.get(open).kind))?;
        let first = self.places.first_in(leaf)?;
        Some((leaf, self.text[..first].trim_end_matches(EMPHASIS).len()))
    }

    /// Where the words of a block stand that are written as they are seen; not those of blocks within it.
    fn inline(&self, leaf: NodeId) -> impl Iterator<Item = Range<usize>> {
        let tree = &self.document.tree;
        let below = tree.below(leaf).take_while(|(_, node)| !is_leaf(&node.kind) && !is_list(&node.kind));
        let written = below.filter(|(_, node)| {
            matches!(
                node.kind,
                NodeKind::Text | NodeKind::Label(_) | NodeKind::Number | NodeKind::ItemNumber(_) | NodeKind::Separator
            )
        });
        written.map(|(_, node)| node.span.range())
    }

    /// What begins a block, or the line of it in which byte `at` stands.
    fn lead(&self, leaf: NodeId, at: usize) -> Lead {
        let tree = &self.document.tree;
        let mut lead = Lead::default();
        let mut is_first = true;
        // The number of a line begins it anew.
        let begins = self.places.number_before(at, &(leaf + 1..tree.get(leaf).end)).map_or(leaf, |number| number - 1);
        let below = (begins + 1..tree.get(leaf).end).map(|id| (id, tree.get(id)));
        for (id, node) in below.take_while(|(_, node)| !is_leaf(&node.kind) && !is_list(&node.kind)) {
            if node.span.start as usize > at {
                break;
            }
            let end = node.span.end as usize;
            match node.kind {
                NodeKind::ItemNumber(item) => {
                    lead = Lead { item: Some((item, end)), end: Some(end), label: None };
                    is_first = true;
                }
                NodeKind::Number if is_first => lead.end = Some(end),
                NodeKind::Separator if lead.end.is_some() && is_first => lead.end = Some(end),
                NodeKind::Attributes => {}
                NodeKind::Label(_) if is_first => {
                    lead.label = Some((id, end));
                    lead.end = Some(end);
                    is_first = false;
                }
                NodeKind::Text | NodeKind::Decoded(_) | NodeKind::Code(_) => is_first = false,
                _ => {}
            }
            // No number stands behind this before the mark: what follows are words.
            if !is_first {
                break;
            }
        }
        lead
    }

    /// Whether nothing but separators, marks of emphasis and `{by=…}` stands between a number and a mark.
    fn is_joint(&self, from: usize, to: usize) -> bool {
        let Some(mut between) = self.text.get(from..to) else { return false };
        loop {
            between = between.trim_matches(|c: char| c.is_whitespace() || "，,、.．:：*_~".contains(c));
            let Some(rest) = between.strip_prefix("{by=").and_then(|rest| rest.split_once('}')) else { break };
            between = rest.1;
        }
        between.is_empty()
    }

    /// What parts a number from its words, before the mark or behind it.
    fn separator(&self, number_end: usize, mark: &Range<usize>) -> String {
        let is_sign = |c: &char| "，,、.．:：".contains(*c);
        let before = self.text[number_end..mark.start].chars().find(is_sign);
        before
            .or_else(|| self.text[mark.end..].chars().next().filter(is_sign))
            .map_or_else(|| " ".to_owned(), String::from)
    }

    /// One past the last byte of an item with its sub-items, and of what is said of it in brackets below, which is read as an
    /// answer to it.
    fn item_with_answers(&self, item: ItemId) -> usize {
        let mut end = self.item_end(item);
        while let Some(answer) = self.bracketed(end) {
            end = answer;
        }
        end
    }

    /// One past the last byte of a paragraph in brackets that follows byte `end`; none if another one follows.
    fn bracketed(&self, end: usize) -> Option<usize> {
        let rest = &self.text[end..];
        let paragraph = rest.trim_start();
        let is_apart =
            end == 0 || rest[..rest.len() - paragraph.len()].contains('\n') || self.text[..end].ends_with('\n');
        let mut depth = 0_usize;
        for (at, c) in paragraph.char_indices() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                let behind = &paragraph[at + c.len_utf8()..];
                let line = behind.split('\n').next().unwrap_or("");
                let is_all = at > 0 && line.trim().trim_end_matches(['。', '.']).is_empty();
                return (is_apart && is_all).then(|| self.text.len() - behind.len() + line.len());
            }
        }
        None
    }

    /// One past the last byte of an item with its sub-items.
    fn item_end(&self, item: ItemId) -> usize {
        let items = &self.document.items;
        let own = &items[item];
        let is_sub = |other: &&Item| {
            other.number.style == own.number.style
                && other.number.parts.len() > own.number.parts.len()
                && other.number.parts.starts_with(&own.number.parts)
                && other.section == own.section
        };
        let subs = items[item.place() + 1..].iter().take_while(is_sub).count();
        let last = &items[item.place() + subs];
        let end = self.end_of_item(own).max(self.end_of_item(last));
        // The next one may stand in a line of the same paragraph.
        let next = items.get(item.place() + subs + 1).map(|next| self.line_start(next.span.start as usize));
        next.filter(|&next| next > own.span.end as usize).map_or(end, |next| end.min(next))
    }

    /// Whether an item is a line of a paragraph.
    fn is_line(&self, item: &Item) -> bool {
        matches!(self.document.tree.get(item.node).kind, NodeKind::ItemNumber(_))
    }

    fn end_of_item(&self, item: &Item) -> usize {
        if !self.is_line(item) {
            return self.end_of(item.node);
        }
        // A line of a paragraph ends before the next one that is numbered.
        let at = item.span.end as usize;
        let Some((leaf, _)) = self.leaf_of(item.node) else { return at };
        let next = self.places.item_behind(at);
        let block = self.block_end(leaf);
        next.map_or(block, |next| self.line_start(next).min(block).max(at))
    }

    fn leaf_of(&self, node: NodeId) -> Option<(NodeId, usize)> {
        let tree = &self.document.tree;
        let leaf = self.places.around(node).find(|&open| is_leaf(&tree.get(open).kind))?;
        Some((leaf, tree.get(leaf).span.start as usize))
    }

    /// The innermost entry of a list of which `leaf` is, or begins, the text.
    fn entry_of(&self, leaf: NodeId) -> Option<NodeId> {
        let tree = &self.document.tree;
        if matches!(tree.get(leaf).kind, NodeKind::Item { .. }) {
            return Some(leaf);
        }
        let above = leaf.checked_sub(1)?;
        matches!(tree.get(above).kind, NodeKind::Item { .. }).then_some(above)
    }

    /// Where what a block begins ends: an entry of a list, a cell, a quotation.
    fn begun(&self, leaf: NodeId) -> Option<usize> {
        let tree = &self.document.tree;
        if let Some(entry) = self.entry_of(leaf) {
            return Some(self.end_of(entry));
        }
        let is_quote = |node: NodeId| matches!(tree.get(node).kind, NodeKind::Quote);
        match tree.get(leaf).kind {
            NodeKind::Cell { .. } => Some(self.block_end(leaf)),
            _ => [Some(leaf), leaf.checked_sub(1)]
                .into_iter()
                .flatten()
                .find(|&node| is_quote(node))
                .map(|node| self.end_of(node)),
        }
    }

    /// Where a number that is no item's, or a time, begins that stands alone before byte `at` in its line; and where what it
    /// begins ends.
    fn numbered(&self, leaf: NodeId, first: usize, at: usize) -> Option<(usize, usize)> {
        let line = self.line_start(at).max(first);
        let before = &self.text[line..at];
        let is_time = |time: &&Time| {
            let span = time.span.range();
            line <= span.start
                && span.end <= at
                && !self.text[line..span.start].contains(char::is_alphanumeric)
                && self.is_joint(span.end, at)
        };
        let is_dated = self.places.times_in(line..at).any(|time| is_time(&&self.document.times[time]));
        if !is_dated && !is_number(before) {
            return None;
        }
        if let Some(entry) = self.entry_of(leaf) {
            return Some((line, self.end_of(entry)));
        }
        let points = &self.document.points;
        let own = self.places.points_in(line..at).min();
        let block = self.block_end(leaf);
        let Some(own) = own else {
            // Other lines of a paragraph may begin with a number or a time of their own.
            let behind = || at + 1..block.max(at + 1);
            let times = self.places.times_in(behind()).map(|time| self.document.times[time].span.start as usize);
            let starts = times.chain(self.places.points_in(behind()).map(|point| points[point].span.start as usize));
            let begins = |&start: &usize| !self.text[self.line_start(start)..start].contains(char::is_alphanumeric);
            let next = starts.filter(begins).map(|start| self.line_start(start)).filter(|&start| start > at).min();
            return Some((line, next.unwrap_or(block)));
        };
        let is_sub = |other: &&Point| {
            let path = &points[own].path;
            other.section == points[own].section && other.path.len() > path.len() && other.path.starts_with(path)
        };
        let subs = points[own + 1..].iter().take_while(is_sub).count();
        let last = &points[own + subs];
        let end = match tree_block(self, last.node) {
            Some(last_block) => self.block_end(last_block).max(block),
            None => self.end_of(last.node).max(block),
        };
        let next =
            points.get(own + subs + 1).map(|next| self.line_start(next.span.start as usize)).filter(|&next| next > at);
        Some((line, next.map_or(end, |next| end.min(next))))
    }

    /// Where the text of a block ends, whatever is nested in it.
    fn block_end(&self, leaf: NodeId) -> usize {
        let tree = &self.document.tree;
        let end = self.places.last_in(leaf);
        // Behind the last words stand the marks that close them: code, links, formulas.
        let line = self.text[end..].lines().next().unwrap_or("");
        let is_cell = matches!(tree.get(leaf).kind, NodeKind::Cell { .. });
        let bar = line.char_indices().find(|&(at, c)| c == '|' && !line[..at].ends_with('\\'));
        end + bar.filter(|_| is_cell).map_or(line.len(), |(at, _)| at)
    }

    /// Where what a label begins ends: a note goes on to the next label that begins a block, to a heading or a rule.
    fn note_end(&self, leaf: NodeId) -> usize {
        let tree = &self.document.tree;
        let own = self.block_end(leaf);
        if !matches!(tree.get(leaf).kind, NodeKind::Paragraph { .. }) {
            return own;
        }
        let around = self.places.around(leaf).nth(1).unwrap_or(0);
        let end = tree.get(around).end;
        let mut next = tree.get(leaf).end;
        let mut last = own;
        while next < end {
            let node = tree.get(next);
            if matches!(node.kind, NodeKind::Heading(_) | NodeKind::Rule | NodeKind::Footnote(_))
                || self.places.labelled.contains(&next)
            {
                break;
            }
            last = self.end_of(next).max(last);
            next = node.end;
        }
        last
    }

    /// Whether a label ends at byte `at`.
    fn is_label(&self, at: usize) -> bool {
        self.places.label_ends.contains(&at)
    }

    /// Where a block with all that is nested in it ends: where the next one begins.
    fn end_of(&self, node: NodeId) -> usize {
        self.end_after(node..self.document.tree.get(node).end)
    }

    /// Where the line begins in which the next block begins that is written behind all of `nodes`; else the end of the text.
    /// Footnotes stand at the end of the tree, wherever they are written.
    fn end_after(&self, nodes: Range<NodeId>) -> usize {
        let tree = &self.document.tree;
        let is_written =
            |kind: &NodeKind| kind.is_inline() || matches!(kind, NodeKind::CodeBlock(_) | NodeKind::Separator);
        let own = nodes.clone().map(|id| tree.get(id)).filter(|node| is_written(&node.kind));
        let last = own.map(|node| node.span.end).max().unwrap_or(0);
        let next = self.places.next_behind(last as usize, &nodes);
        next.map_or(self.text.len(), |next| self.line_start(next).max(last as usize))
    }

    fn line_start(&self, at: usize) -> usize {
        self.source.line_start(self.source.line_of(at))
    }

    /// Whether the text of a block, or of a line of it that is one by itself, ends at byte `at`.
    fn ends(&self, leaf: NodeId, at: usize, is_line: bool) -> bool {
        let rest = self.text[at..].lines().next().unwrap_or("");
        let rest = rest.trim_start_matches(EMPHASIS).trim();
        let is_cell = matches!(self.document.tree.get(leaf).kind, NodeKind::Cell { .. });
        let ends_line = rest.is_empty()
            || rest.bytes().all(|byte| byte == b'#')
            || (rest.starts_with("{#") && rest.ends_with('}'))
            || (is_cell && rest.starts_with('|'));
        ends_line && (is_line || self.inline(leaf).all(|range| range.start < at || self.text[range].trim().is_empty()))
    }
}

/// The block of text that a point is, or in which its line stands; none for the entry of a list.
fn tree_block(finder: &Finder<'_>, node: NodeId) -> Option<NodeId> {
    match finder.document.tree.get(node).kind {
        NodeKind::Item { .. } => None,
        ref kind if is_leaf(kind) => Some(node),
        _ => finder.leaf_of(node).map(|(leaf, _)| leaf),
    }
}

/// Whether a text is a number alone, as people number: `2、`, `（一）`, `3.2.1`, `①`.
fn is_number(text: &str) -> bool {
    let is_numeral = |c: char| c.is_numeric() || is_numeral(c);
    text.contains(is_numeral)
        && text.chars().all(|c| {
            is_numeral(c) || c.is_whitespace() || "（）()[]、，,.．:：-*_~".contains(c) || AROUND_NUMBERS.contains(c)
        })
}

/// What begins a block: its number or label, and where the last of these ends.
#[derive(Debug, Default, Clone, Copy)]
struct Lead {
    item: Option<(ItemId, usize)>,
    label: Option<(NodeId, usize)>,
    end: Option<usize>,
}

fn is_leaf(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Heading(_)
            | NodeKind::Paragraph { .. }
            | NodeKind::Item { .. }
            | NodeKind::Cell { .. }
            | NodeKind::Footnote(_)
            | NodeKind::Summary
            | NodeKind::AlertTitle
            | NodeKind::Caption
            | NodeKind::Quote
    )
}

fn is_list(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Bullets { .. } | NodeKind::Numbers { .. } | NodeKind::Table | NodeKind::CodeBlock(_))
}
