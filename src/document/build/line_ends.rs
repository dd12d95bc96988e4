//! Whether the lines of a paragraph end where its author ended them, or where an editor was short of room.
//!
//! The answer holds for the whole paragraph: a reader who sees one line end takes the others for none.

pub(super) mod unit;

use crate::language::lists::layout::{FINISHED, UNFINISHED};
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};
use unicode_width::UnicodeWidthStr;

use super::Builder;
use super::mask::unhide;
use crate::document::html::{self, Token};
use crate::language::script::swallows_line_break;
use crate::source::Span;

/// Stands for what is no prose: code.
const OBJECT: char = '\u{fffc}';

/// No editor wraps Chinese at fewer columns, or at more.
const NARROWEST_WRAP: usize = 26;
const WIDEST_WRAP: usize = 130;

/// Lines no longer than this would have gone on, had an editor wrapped them: none is set to fewer columns.
const SHORT: usize = 48;

/// No editor wraps other writing than Chinese at fewer columns.
const NARROW: usize = 30;

/// Words after which no line of an address ends.
const BREAKING_OFF: &[&str] =
    &["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// What ends a sentence, or announces what stands on the next line.
pub(super) const SENTENCE_ENDS: &[char] = &['。', '！', '？', '；', '：', '…', '.', '!', '?', ';', ':'];

/// What may stand behind the end of a sentence.
pub(super) const CLOSING: &[char] = &['”', '’', '」', '』', '）', '】', '》', '"', '\'', ')', ']', ' '];

/// What stands between the clauses of a sentence.
const CLAUSE_MARKS: &[char] = &['，', '。', '；', '！', '？', '、', ',', ';', '!', '?'];

/// What becomes of the line ends of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnds {
    /// They are an editor's: the text flows.
    Flow,
    /// They are the author's.
    Keep,
    /// They are the author's, and so are the spaces within the lines, which set columns apart.
    Columns,
}

/// A line of a paragraph.
struct Line {
    /// What a reader sees of it.
    text: String,
    /// Its number in what comrak read.
    number: usize,
    /// The author has marked its end as one.
    hard: bool,
    /// It holds a link, whose address took room that the text does not show.
    linked: bool,
}

impl<'a> Builder<'a> {
    /// Tells whose the line ends of a paragraph or heading are. A title is short, so that nothing but units tells.
    pub(super) fn line_ends(&self, paragraph: &'a AstNode<'a>) -> LineEnds {
        let position = paragraph.data().sourcepos;
        if position.start.line == position.end.line {
            return LineEnds::Flow;
        }
        let lines = lines_of(paragraph, position.start.line);
        if lines.len() < 2 {
            return LineEnds::Flow;
        }
        let mut texts = lines.iter().map(|line| line.text.as_str());
        if texts.clone().filter(|text| text.contains('\t')).count() > 1 || texts.clone().all(unit::has_columns) {
            return LineEnds::Columns;
        }
        if matches!(paragraph.data().value, NodeValue::Heading(_)) {
            return if self.are_units(&lines) { LineEnds::Keep } else { LineEnds::Flow };
        }
        let is_chinese = texts.clone().map(chinese_surplus).sum::<isize>() > 0;
        let keep = self.are_units(&lines)
            || lines.iter().any(|line| is_bold(self.written(line.number)))
            || texts.clone().any(unit::is_between_parties)
            || texts.all(|text| text.contains('|') || unit::is_equation(text))
            || if is_chinese { !self.is_wrapped(&lines) } else { are_set_apart(&lines) };
        if keep { LineEnds::Keep } else { LineEnds::Flow }
    }

    /// Whether the lines are units: all of two, two of three, for one may go on with the unit before it. None begins after
    /// a line that breaks off: `当时说好在` asks for what follows.
    fn are_units(&self, lines: &[Line]) -> bool {
        let (mut others, mut goes_on) = (0, false);
        lines.iter().all(|line| {
            others += usize::from(goes_on || !unit::opens_unit(&line.text, &self.origin.lexicon.times));
            goes_on = breaks_off(&line.text);
            others <= lines.len() / 3
        })
    }

    /// Whether an editor wrapped these lines of Chinese: each went on as long as there was room for what the next begins
    /// with, and most end in mid-sentence.
    fn is_wrapped(&self, lines: &[Line]) -> bool {
        let written: Vec<&str> = lines.iter().map(|line| self.written(line.number)).collect();
        let widths: Vec<usize> = lines.iter().map(|line| self.columns(line.number)).collect();
        let width = widths.iter().copied().max().unwrap_or(0);
        let slack = (width / 5).min(8);
        let (mut ends, mut early, mut mid_sentence) = (0, 0, 0);
        for (index, pair) in written.windows(2).enumerate() {
            let line = &lines[index];
            if line.hard {
                continue;
            }
            ends += 1;
            early += usize::from(widths[index] + first_piece(pair[1]).width_cjk() + slack <= width);
            mid_sentence += usize::from(!line.text.trim_end_matches(CLOSING).ends_with(SENTENCE_ENDS));
        }
        let in_clauses = |line: &&Line| line.text.trim_end_matches(CLAUSE_MARKS).contains(CLAUSE_MARKS);
        // One end of a line is no row of them: only where a line is as long as editors make it, it may be an editor's.
        let goes_on = lines.first().is_some_and(|line| breaks_off(&line.text));
        let narrowest = if ends < 2 && !goes_on { SHORT } else { NARROWEST_WRAP };
        (narrowest..=WIDEST_WRAP).contains(&width)
            && early <= ends / 8
            && mid_sentence * 2 >= ends
            && lines.iter().filter(in_clauses).count() * 3 >= lines.len()
    }

    /// How many columns a line takes in the file.
    fn columns(&self, number: usize) -> usize {
        let start = self.source.line_start(self.first_line + number.max(1) - 1);
        self.source.columns_in_file(Span::new(start, start + self.written(number).len()))
    }

    /// A line as the author wrote it, without what ends it.
    pub(super) fn written(&self, number: usize) -> &'a str {
        let line = self.first_line + number.max(1) - 1;
        let (start, end) = (self.source.line_start(line), self.source.line_start(line + 1));
        self.source.text.get(start..end).unwrap_or("").trim_end()
    }
}

/// The lines of a paragraph as a reader sees them; images say nothing.
fn lines_of<'a>(paragraph: &'a AstNode<'a>, first: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line { text: String::new(), number: first, hard: false, linked: false };
    let mut in_image = 0;
    for edge in paragraph.traverse() {
        let node = match edge {
            NodeEdge::Start(node) => node,
            NodeEdge::End(node) => {
                in_image -= usize::from(matches!(node.data().value, NodeValue::Image(_)));
                continue;
            }
        };
        match &node.data().value {
            NodeValue::Image(_) => in_image += 1,
            _ if in_image > 0 => {}
            NodeValue::Text(text) => line.text.push_str(&unhide(text)),
            NodeValue::Code(_) => line.text.push(OBJECT),
            NodeValue::Link(_) => line.linked = true,
            NodeValue::Math(math) => line.text.push_str(&math.literal),
            NodeValue::HtmlInline(raw) if is_break(raw) => line.hard = true,
            value @ (NodeValue::SoftBreak | NodeValue::LineBreak) => {
                line.hard |= matches!(value, NodeValue::LineBreak);
                let next = Line { text: String::new(), number: line.number + 1, hard: false, linked: false };
                lines.push(std::mem::replace(&mut line, next));
            }
            _ => {}
        }
    }
    lines.push(line);
    for line in &mut lines {
        line.text.truncate(line.text.trim_ascii_end().len());
    }
    lines
}

/// Whether a line is one run of bold type, as a heading is that was not marked as one.
fn is_bold(line: &str) -> bool {
    let words = line.trim().strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    words.is_some_and(|words| !words.is_empty() && !words.contains("**"))
}

/// Whether a tag of raw HTML ends the line.
fn is_break(raw: &str) -> bool {
    matches!(html::tokens(raw).first(), Some(Token::Open(tag)) if tag.name == "br")
}

/// Whether a line of Chinese ends in a word that something must follow.
fn breaks_off(text: &str) -> bool {
    let is_there = FINISHED.iter().any(|word| text.ends_with(word));
    text.ends_with(|c| c == '、' || UNFINISHED.contains(c)) && !is_there
}

/// By how much the Chinese letters of a text outnumber the words of other writing; addresses are neither.
fn chinese_surplus(text: &str) -> isize {
    let mut surplus = 0;
    for piece in text.split_whitespace().filter(|piece| !piece.contains("://")) {
        let mut in_word = false;
        for c in piece.chars() {
            let is_chinese = c.is_alphabetic() && swallows_line_break(c);
            let goes_on = c.is_alphanumeric() && !is_chinese;
            surplus += isize::from(is_chinese) - isize::from(goes_on && !in_word && c.is_alphabetic());
            in_word = goes_on;
        }
    }
    surplus
}

/// What an editor would have had to put on the line before: a word, or a Chinese letter with the marks that may not
/// begin a line.
fn first_piece(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let mut letters = 0;
    let end = line.char_indices().find(|&(_, c)| {
        let is_mark = !c.is_alphanumeric() && swallows_line_break(c);
        let ends = c.is_whitespace() || (letters > 0 && swallows_line_break(c) && !is_mark);
        letters += usize::from(!is_mark && swallows_line_break(c)) + usize::from(c.is_ascii_alphanumeric());
        ends
    });
    &line[..end.map_or(line.len(), |(at, _)| at)]
}

/// Whether lines in another writing than Chinese are the author's, though nothing marks them as units: each is one word,
/// or a line with a colon or with name and time announces the others, or they are short as in a postal address or below a letter.
fn are_set_apart(lines: &[Line]) -> bool {
    let is_word = |line: &Line| !line.text.is_empty() && !line.text.contains(|c: char| c.is_whitespace() || c == ',');
    match lines {
        [title, _] if title.text.ends_with(':') && unit::opens_with_name(&title.text) => true,
        [head, ..] if unit::is_head_of_message(&head.text) => true,
        _ if lines.iter().any(|line| unit::is_formula(&line.text)) => true,
        _ => lines.iter().all(is_word) || has_lone_word(lines) || are_short(lines) || are_narrow(lines),
    }
}

/// Whether a word has a line to itself that would have held the next one, as the title of a case has it: `and`, `v`,
/// `BETWEEN`. An editor leaves a word alone only before one that is longer than the line.
fn has_lone_word(lines: &[Line]) -> bool {
    let width = lines.iter().map(|line| line.text.width()).max().unwrap_or(0);
    let is_lone = |pair: &[Line]| {
        let word = pair[0].text.trim_matches(|c: char| !c.is_alphanumeric());
        let room = width.saturating_sub(pair[0].text.width() + 1);
        let is_word =
            !word.is_empty() && word.chars().all(char::is_alphabetic) && !pair[0].text.ends_with(SENTENCE_ENDS);
        is_word
            && !pair[0].linked
            && pair[1].text.starts_with(char::is_alphanumeric)
            && first_piece(&pair[1].text).width() + 4 <= room
    };
    lines.len() > 2 && lines.windows(2).any(is_lone)
}

/// Whether the lines are narrower than any editor sets them, or narrow and one ends though the next word had found room.
fn are_narrow(lines: &[Line]) -> bool {
    let width = lines.iter().map(|line| line.text.width()).max().unwrap_or(0);
    let is_early = |pair: &[Line]| pair[0].text.width() + 1 + first_piece(&pair[1].text).width() + 4 <= width;
    let breaks_off = |line: &Line| {
        let last = line.text.rsplit(' ').next().unwrap_or("");
        BREAKING_OFF.contains(&last) || line.text.contains(OBJECT)
    };
    let is_row = lines.len() > 2 || lines.first().is_some_and(|line| unit::ends_with_clock(&line.text));
    is_row && !lines.iter().any(breaks_off) && (width < NARROW || width <= SHORT && lines.windows(2).any(is_early))
}

/// Whether these are short lines: each begins anew, and none but the last ends a sentence or breaks off before its end.
fn are_short(lines: &[Line]) -> bool {
    let begins_anew = |text: &str| {
        let mut letters = text.trim_start_matches(|c: char| !c.is_alphanumeric()).chars();
        letters.next().is_some_and(|c| !c.is_lowercase())
    };
    let ends = |text: &str| {
        let words = text.trim_end_matches(CLOSING);
        let last = words.rsplit(' ').next().unwrap_or(words);
        // `Ltd.`, `St.` and `J.` are abbreviated.
        let is_abbreviated = last.ends_with('.') && last.len() <= 5 && last.starts_with(char::is_uppercase);
        let ends_sentence = words.ends_with(['.', '!', '?', ':', ';']) && !is_abbreviated;
        !ends_sentence && !BREAKING_OFF.contains(&last) && !words.ends_with(['|', '·'])
    };
    let is_short = |line: &Line| line.text.width() <= SHORT && !line.text.contains(OBJECT);
    lines.iter().all(|line| is_short(line) && begins_anew(&line.text))
        && lines.iter().rev().skip(1).all(|line| ends(&line.text))
}
