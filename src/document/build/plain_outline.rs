//! Sections of a text without `#`: lines of its outline that are headings become headings.

use comrak::Arena;
use comrak::nodes::{Ast, AstNode, NodeHeading, NodeValue, Sourcepos};

use super::Builder;
use super::line_ends::{CLOSING, LineEnds, SENTENCE_ENDS};
use super::node::plain_text;
use crate::document::label;
use crate::document::outline::{self, Context, Number, Style};

/// The longest line that is a heading, in characters.
const MAX_HEADING: usize = 40;

/// The longest name of a field, in characters.
const MAX_FIELD: usize = 12;

/// The least text below entries of one series, in characters, that makes sections of them where nothing else does.
const MIN_BODY: usize = 40;

/// A line of the text, or a block that has none.
struct Line<'a> {
    /// The paragraph that the line stands in; none for other blocks.
    paragraph: Option<&'a AstNode<'a>>,
    /// The first inline node of the line.
    first: Option<&'a AstNode<'a>>,
    text: String,
    /// The outline number of one part that the line begins with.
    number: Option<Number>,
    /// The first part of each longer number that begins the line, or an item of the list that it stands for.
    parts_of: Vec<u16>,
    /// Whether the line looks like a heading.
    is_short: bool,
    /// Whether a heading may be cut out here: the line before has ended.
    stands_alone: bool,
}

/// Entries of the outline that follow each other: 一, 二, 三. One may be missing.
struct Series {
    style: Style,
    /// The series and the entry of it that this one stands below.
    parent: Option<(usize, usize)>,
    /// The lines that begin the entries.
    entries: Vec<usize>,
    last: u16,
}

impl<'a> Builder<'a> {
    /// Makes headings of the lines of an outline, where a text has no headings but perhaps one above everything. Returns
    /// how many headings are written as such, if it did.
    pub(super) fn read_outline(&self, root: &'a AstNode<'a>, arena: &'a Arena<'a>) -> Option<usize> {
        // A line above `---` may be one of the outline like any other.
        let is_heading = |node: &AstNode<'a>| match node.data().value {
            NodeValue::Heading(heading) => !heading.setext,
            _ => false,
        };
        let title = root.first_child().and_then(|first| match first.data().value {
            NodeValue::Heading(heading) if !is_underlined_entry(first) => Some(heading.level),
            _ => None,
        });
        let title_level = title.unwrap_or(1);
        let heads_html = |node: &AstNode<'a>| match &node.data().value {
            NodeValue::HtmlBlock(block) => block.literal.contains("<h") || block.literal.contains("<H"),
            _ => false,
        };
        if root.children().skip(1).any(is_heading) || root.children().any(heads_html) {
            return None;
        }
        let lines = self.outline_lines(root);
        let series = series_of(&lines);
        let owners = owners(&series, lines.len());
        let mut levels: Vec<Option<u8>> = Vec::with_capacity(series.len());
        for (index, one) in series.iter().enumerate() {
            let above = match one.parent {
                None => Some(title_level),
                Some((parent, entry)) => levels[parent].filter(|_| lines[entry].is_heading()),
            };
            let level = above.filter(|_| is_outline(&lines, &series, &owners, index));
            levels.push(level.map(|above| (above + 1).min(6)));
        }
        let mut headings: Vec<(usize, u8)> = Vec::new();
        for (one, level) in series.iter().zip(&levels) {
            let Some(level) = level else { continue };
            headings
                .extend(one.entries.iter().filter(|&&entry| lines[entry].is_heading()).map(|&entry| (entry, *level)));
        }
        for (index, line) in lines.iter().enumerate() {
            if line.number.is_none() && self.is_appendix(line) && lines.get(index + 1).is_some() {
                headings.push((index, (title_level + 1).min(6)));
            }
        }
        headings.sort_unstable();
        // From the last to the first, so that what is cut off stays in one piece with the lines before it.
        for &(index, level) in headings.iter().rev() {
            cut_out(arena, &lines, index, level);
        }
        (!headings.is_empty()).then_some(usize::from(title.is_some()))
    }

    fn is_appendix(&self, line: &Line<'_>) -> bool {
        let found = label::parse_bare(&line.text, false, self.origin.lexicon);
        line.is_heading() && found.is_some_and(|found| found.key.kind == "appendix")
    }

    /// Every line of the paragraphs of the text itself, and every other block as one.
    fn outline_lines(&self, root: &'a AstNode<'a>) -> Vec<Line<'a>> {
        let mut lines: Vec<Line<'a>> = Vec::new();
        for node in root.children() {
            let position = node.data().sourcepos;
            let several = position.start.line != position.end.line;
            if !is_underlined_entry(node) && !matches!(node.data().value, NodeValue::Paragraph) {
                let parts_of = match node.data().value {
                    NodeValue::List(_) => node.children().filter_map(|item| lead_part(&plain_text(item))).collect(),
                    NodeValue::ThematicBreak | NodeValue::Heading(_) => continue,
                    _ => Vec::new(),
                };
                lines.push(Line { text: plain_text(node), parts_of, ..Line::of(None, None) });
                continue;
            }
            let keeps_lines = !several || self.line_ends(node) != LineEnds::Flow;
            let mut line = Line::of(Some(node), node.first_child());
            line.stands_alone = true;
            for child in node.children() {
                let ended = is_break(child) && line.text.trim_end().trim_end_matches(CLOSING).ends_with(SENTENCE_ENDS);
                let is_last = || !child.following_siblings().skip(1).any(is_break);
                if is_break(child) && (keeps_lines || ended && is_last()) {
                    let mut next = Line::of(Some(node), child.next_sibling());
                    next.stands_alone = ended || line.is_short_line() || line.text.trim().is_empty();
                    lines.push(std::mem::replace(&mut line, next).read());
                    continue;
                }
                if is_break(child) {
                    line.text.push('\n');
                } else {
                    line.text.push_str(&plain_text(child));
                }
            }
            lines.push(line.read());
        }
        lines
    }
}

/// A line with an outline number above `---`.
fn is_underlined_entry<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::Heading(heading) if heading.setext)
        && outline::parse(&plain_text(node), Context::Heading).is_some()
}

fn is_break<'a>(node: &AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::SoftBreak | NodeValue::LineBreak)
}

/// The first part of a number of several parts at the start of a text: 1 of `1-2，`.
fn lead_part(text: &str) -> Option<u16> {
    let found = outline::parse(text, Context::Block)?;
    found.number.names_item().then(|| found.number.parts.first().copied())?
}

impl<'a> Line<'a> {
    fn of(paragraph: Option<&'a AstNode<'a>>, first: Option<&'a AstNode<'a>>) -> Self {
        Self {
            paragraph,
            first,
            text: String::new(),
            number: None,
            parts_of: Vec::new(),
            is_short: false,
            stands_alone: false,
        }
    }

    /// Reads what the line begins with.
    fn read(mut self) -> Self {
        let text = self.text.trim();
        let found = outline::parse(text, Context::Heading);
        let is_marked = |found: &outline::FoundNumber| {
            found.number.style == Style::Parenthesised || !text[found.range.end..found.rest].trim().is_empty()
        };
        match found.filter(is_marked) {
            Some(found) if found.number.names_item() => self.parts_of.extend(found.number.parts.first()),
            Some(found) => {
                self.is_short = self.is_short_line() && !text[found.rest..].trim().is_empty();
                self.number = Some(found.number);
            }
            None => self.is_short = self.is_short_line(),
        }
        self
    }

    /// Whether the line has the length and the end of a heading.
    fn is_short_line(&self) -> bool {
        let text = self.text.trim();
        let end = text.trim_end_matches(['”', '’', '」', '』', '）', ')', '"', '*']);
        !text.is_empty()
            && !text.contains('\n')
            && text.chars().count() <= MAX_HEADING
            && !text.ends_with(['。', '；', '.', ';', '，', ',', '、'])
            && !end.ends_with(['。', '；', ';'])
    }

    fn is_heading(&self) -> bool {
        self.is_short && self.stands_alone && self.paragraph.is_some()
    }
}

/// The series of outline numbers, each after the one that it stands below.
fn series_of(lines: &[Line<'_>]) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(number) = &line.number else { continue };
        let value = number.parts.first().copied().unwrap_or(0);
        let same = open.iter().rposition(|&at| all[at].style == number.style);
        if let Some(at) = same {
            let one = &mut all[open[at]];
            if value == one.last + 1 || value == one.last + 2 {
                one.entries.push(index);
                one.last = value;
                open.truncate(at + 1);
                continue;
            }
            open.truncate(at);
        } else if number.style == Style::Chinese {
            // 一 stands below nothing.
            open.clear();
        }
        let parent = open.last().and_then(|&above| all[above].entries.last().map(|&entry| (above, entry)));
        all.push(Series { style: number.style, parent, entries: vec![index], last: value });
        open.push(all.len() - 1);
    }
    all
}

/// Which series each line begins an entry of.
fn owners(all: &[Series], lines: usize) -> Vec<Option<usize>> {
    let mut owners = vec![None; lines];
    for (at, one) in all.iter().enumerate() {
        for &entry in &one.entries {
            owners[entry] = Some(at);
        }
    }
    owners
}

/// Whether the entries of a series are headings, and not a list.
fn is_outline(lines: &[Line<'_>], all: &[Series], owners: &[Option<usize>], index: usize) -> bool {
    let one = &all[index];
    let short = one.entries.iter().filter(|&&entry| lines[entry].is_heading()).count();
    if short * 2 <= one.entries.len() {
        return false;
    }
    // Where the series ends: at the next entry of one that it does not hold.
    let holds = |mut at: usize| loop {
        if at == index {
            break true;
        }
        match all[at].parent {
            Some((parent, _)) => at = parent,
            None => break false,
        }
    };
    let last = one.entries.last().copied().unwrap_or(0);
    let behind = (last + 1..lines.len()).find(|&line| owners[line].is_some_and(|at| !holds(at)));
    let end = behind.unwrap_or(lines.len());
    let ends = one.entries.iter().skip(1).copied().chain(std::iter::once(end));
    let bodies: Vec<&[Line<'_>]> = one.entries.iter().zip(ends).map(|(&entry, end)| &lines[entry + 1..end]).collect();
    let numbered = one.entries.iter().zip(&bodies).any(|(&entry, body)| {
        let own = lines[entry].number.as_ref().and_then(|number| number.parts.first());
        body.iter().any(|line| line.parts_of.iter().any(|part| Some(part) == own))
    });
    let filled = bodies.iter().filter(|body| !body.is_empty()).count();
    match one.style {
        Style::Arabic if numbered => true,
        Style::Arabic => {
            // The last has whatever follows below it.
            let count = bodies.len() - 1;
            let holds_text =
                |body: &&[Line<'_>]| prose(body) >= MIN_BODY || body.iter().any(|line| line.number.is_some());
            count > 0
                && short == one.entries.len()
                && bodies.iter().all(|body| prose(body) > 0)
                && bodies[..count].iter().filter(|body| holds_text(body)).count() * 2 > count
        }
        Style::Chinese | Style::Parenthesised => {
            let count = one.entries.len();
            let before_last = filled - usize::from(bodies.last().is_some_and(|body| !body.is_empty()));
            numbered || (count > 1 && before_last * 2 >= count - 1)
        }
    }
}

/// How many characters of text stand in some lines, but for fields: what only lists `法定代表人：…` is an entry of a list.
fn prose(body: &[Line<'_>]) -> usize {
    let is_field = |text: &str| {
        let name = text.split_once([':', '：']).map(|(name, value)| (name.trim(), value));
        name.is_some_and(|(name, value)| {
            !value.trim().is_empty() && !value.starts_with("//") && name.chars().count() <= MAX_FIELD
        })
    };
    let lines = body.iter().flat_map(|line| line.text.lines()).map(str::trim);
    lines.filter(|line| !is_field(line)).map(|line| line.chars().count()).sum()
}

/// Makes a heading of a line: of its whole paragraph, or of a part that is cut out of it.
fn cut_out<'a>(arena: &'a Arena<'a>, lines: &[Line<'a>], index: usize, level: u8) {
    let line = &lines[index];
    let (Some(paragraph), Some(first)) = (line.paragraph, line.first) else { return };
    let value = NodeValue::Heading(NodeHeading { level, setext: false, closed: false });
    let in_line: Vec<&AstNode<'a>> =
        std::iter::successors(Some(first), |node| node.next_sibling()).take_while(|node| !is_break(node)).collect();
    let Some(&last) = in_line.last() else { return };
    let (before, after) = (first.previous_sibling(), last.next_sibling());
    if before.is_none() && after.is_none() {
        paragraph.data_mut().value = value;
        return;
    }
    let reach = |first: &AstNode<'a>, last: &AstNode<'a>| Sourcepos {
        start: first.data().sourcepos.start,
        end: last.data().sourcepos.end,
    };
    let whole = paragraph.data().sourcepos;
    let rest = after.and_then(|line_break| line_break.next_sibling());
    if let Some(rest) = rest {
        let below = Ast::new_with_sourcepos(
            NodeValue::Paragraph,
            Sourcepos { start: rest.data().sourcepos.start, end: whole.end },
        );
        let below = arena.alloc(AstNode::from(below));
        for node in std::iter::successors(Some(rest), |node| node.next_sibling()).collect::<Vec<_>>() {
            below.append(node);
        }
        paragraph.insert_after(below);
    }
    if let Some(line_break) = after {
        line_break.detach();
    }
    let Some(line_break) = before else {
        let position = reach(first, last);
        let mut data = paragraph.data_mut();
        data.value = value;
        data.sourcepos = position;
        return;
    };
    let heading = arena.alloc(AstNode::from(Ast::new_with_sourcepos(value, reach(first, last))));
    for node in in_line {
        heading.append(node);
    }
    paragraph.insert_after(heading);
    if let Some(end) = line_break.previous_sibling().map(|node| node.data().sourcepos.end) {
        paragraph.data_mut().sourcepos = Sourcepos { start: whole.start, end };
    }
    line_break.detach();
}
