//! The numbers before paragraphs, lines and entries of lists, as people write them: `一、` `1、` `（一）` `（1）` `①` `3.2.1`.
//! Each gives what it begins an address below that of its section.

use crate::language::chinese::is_numeral;
use std::collections::HashSet;

use super::outline::{self, Number, Parts, Style as OutlineStyle};
use super::section::Section;
use super::tree::{NodeId, NodeKind, Tree};
use super::{Item, Time};
use crate::document::section::SectionId;
use crate::slug::half_width;
use crate::source::{Source, Span};

/// How much of a text is looked at for a number, in characters.
const MAX_LEAD: usize = 24;

/// Stands for what is no text.
const OBJECT: char = '\u{fffc}';

index_type! {
    /// A point of a document.
    PointId of Point
}

/// A numbered paragraph, line or entry of a list, other than an [`Item`].
#[derive(Debug)]
pub struct Point {
    /// The list item or paragraph that it is; for a line inside a paragraph, the first node of the line.
    pub node: NodeId,
    /// Its number with those of what it stands below, down from the section.
    pub path: Parts,
    /// Where it begins.
    pub span: Span,
    /// The section it stands in.
    pub section: Option<SectionId>,
}

impl Point {
    /// The path as one quotes it: `1-2`.
    pub fn number(&self) -> Number {
        Number { style: OutlineStyle::Arabic, parts: self.path }
    }
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1、
    Arabic,
    /// （1）
    ArabicInBrackets,
    /// 1）
    ArabicBracket,
    /// ①
    Circled,
    /// 3.2.1, which says all of its place by itself.
    Dotted,
    /// 1-1, an [`Item`].
    Item,
    /// An entry of an ordered list.
    List,
}

/// Where in a section numbers stand: the styles in the order in which they came up, and the last number of each.
#[derive(Debug, Default, Clone)]
struct NumberedSoFar {
    order: Vec<Style>,
    open: Vec<(Style, Parts)>,
    /// The entry of a list that holds all of this.
    base: Option<Parts>,
}

impl NumberedSoFar {
    /// The place of a number of that style, which is the next.
    fn enter(&mut self, style: Style, own: Parts) -> Option<Parts> {
        let rank = self.rank(style);
        let order = &self.order;
        let ranks = |style: Style| order.iter().position(|&other| other == style);
        self.open
            .truncate(self.open.iter().position(|&(other, _)| ranks(other) >= Some(rank)).unwrap_or(self.open.len()));
        let above = self.open.last().map(|&(_, path)| path).or(self.base);
        let path = match above {
            Some(above) if !matches!(style, Style::Dotted | Style::Item) => above.followed_by(&own)?,
            _ => own,
        };
        self.open.push((style, path));
        Some(path)
    }

    /// The place of a style in the order; 一 stands above everything, the others come as they come.
    fn rank(&mut self, style: Style) -> usize {
        if let Some(rank) = self.order.iter().position(|&other| other == style) {
            return rank;
        }
        let rank = if style == Style::Chinese { 0 } else { self.order.len() };
        self.order.insert(rank, style);
        rank
    }

    /// What was counted is over: what follows does not stand below it.
    fn leave(&mut self, style: Style) {
        if let Some(at) = self.open.iter().position(|&(other, _)| other == style) {
            self.open.truncate(at);
        }
    }

    /// The last number of a style, if it is open.
    fn last(&self, style: Style) -> Option<u16> {
        let (_, path) = self.open.iter().find(|(other, _)| *other == style)?;
        path.last().copied()
    }
}

/// What is open while the tree is gone through.
enum Open {
    /// An ordered list, the number that its next entry has, and whether it goes on with one that was interrupted.
    List { next: u32, goes_on: bool },
    /// An entry of a list, with the place around it if it is counted.
    Entry { outer: Option<NumberedSoFar> },
    /// What numbers are passed over in: quotes, tables, code.
    Other,
}

/// Finds the points of a document, in the order of its text.
pub(super) fn scan(tree: &Tree, source: &Source, sections: &[Section], items: &[Item], times: &[Time]) -> Vec<Point> {
    let mut finder = Finder {
        tree,
        source,
        items,
        events: times.iter().filter_map(|time| time.opens).collect(),
        dotted: HashSet::new(),
        place: NumberedSoFar::default(),
        section: None,
        points: Vec::new(),
    };
    finder.note_dotted(sections);
    finder.all(sections);
    finder.points.shrink_to_fit();
    finder.points
}

struct Finder<'a> {
    tree: &'a Tree,
    source: &'a Source,
    items: &'a [Item],
    /// What opens an event, and so has an address.
    events: HashSet<NodeId>,
    /// The dotted numbers that begin paragraphs, and those of sections.
    dotted: HashSet<Parts>,
    place: NumberedSoFar,
    section: Option<SectionId>,
    points: Vec<Point>,
}

impl Finder<'_> {
    /// Notes the dotted numbers, for one alone may as well be an amount: 3.2 stands beside 3.1 or in section 3.
    fn note_dotted(&mut self, sections: &[Section]) {
        for (id, node) in self.tree.iter() {
            if matches!(node.kind, NodeKind::Paragraph { .. })
                && let Some(parts) = dotted(&self.lead(id + 1, node.end)).map(|(parts, _)| parts)
            {
                self.dotted.insert(parts);
            }
        }
        if !self.dotted.is_empty() {
            let numbers = sections.iter().filter_map(|section| section.number.as_ref());
            self.dotted.extend(numbers.map(|number| number.parts));
        }
    }

    fn all(&mut self, sections: &[Section]) {
        let mut open: Vec<(NodeId, Open)> = Vec::new();
        for (id, node) in self.tree.iter() {
            while let Some((_, closed)) = open.pop_if(|(end, _)| *end <= id) {
                match closed {
                    Open::Entry { outer: Some(outer) } => self.place = outer,
                    Open::List { next, goes_on: false } if !self.goes_on(id, next) => self.place.leave(Style::List),
                    _ => {}
                }
            }
            let passed_over = open.iter().any(|(_, open)| matches!(open, Open::Other));
            match node.kind {
                NodeKind::Heading(section) if sections[section].top => {
                    self.section = Some(section);
                    self.place = NumberedSoFar::default();
                }
                NodeKind::Quote | NodeKind::Table | NodeKind::Footnote(_) => open.push((node.end, Open::Other)),
                _ if passed_over => {}
                NodeKind::Numbers { start, .. } => {
                    let last = self.place.last(Style::List).map(u32::from);
                    let goes_on = last.is_some_and(|last| last + 1 == start);
                    open.push((node.end, Open::List { next: start, goes_on }));
                }
                NodeKind::Bullets { .. } => open.push((node.end, Open::Entry { outer: None })),
                NodeKind::Item { number, .. } => {
                    let outer = match open.last_mut() {
                        Some((_, Open::List { next, .. })) => {
                            let own = number.map_or(*next, |number| number.get());
                            *next = own.saturating_add(1);
                            self.entry(id, own)
                        }
                        _ => None,
                    };
                    open.push((node.end, Open::Entry { outer }));
                }
                NodeKind::Paragraph { .. } => {
                    let counted = matches!(open.last(), Some((_, Open::Entry { outer: Some(_) })));
                    let in_entry = matches!(open.last(), Some((_, Open::Entry { .. })))
                        && matches!(self.tree.get(id - 1).kind, NodeKind::Item { .. });
                    self.paragraph(id, if in_entry { id - 1 } else { id }, counted && in_entry);
                }
                _ => {}
            }
        }
    }

    /// An entry of an ordered list. Returns the place around it.
    fn entry(&mut self, id: NodeId, number: u32) -> Option<NumberedSoFar> {
        let is_item = self.items.binary_search_by_key(&id, |item| item.node).is_ok();
        let own = u16::try_from(number).ok().map(Parts::one).filter(|_| !is_item)?;
        let path = self.place.enter(Style::List, own)?;
        let span = self.tree.get(id).span;
        self.add(id, path, Span::new(span.start as usize, span.start as usize + 1));
        let inner = NumberedSoFar { base: Some(path), ..NumberedSoFar::default() };
        Some(std::mem::replace(&mut self.place, inner))
    }

    /// Whether a list goes on after what interrupts it: the next list begins with the number that comes next.
    fn goes_on(&self, mut at: NodeId, next: u32) -> bool {
        while at < self.tree.len() {
            let node = self.tree.get(at);
            match node.kind {
                NodeKind::Heading(_) => return false,
                NodeKind::Numbers { start, .. } => return start == next,
                _ => at = node.end,
            }
        }
        false
    }

    /// Looks at the lines of a paragraph. `block` is what its first line gives an address to; `counted` tells that a list
    /// has given that one already.
    fn paragraph(&mut self, id: NodeId, block: NodeId, counted: bool) {
        let end = self.tree.get(id).end;
        if self.items.binary_search_by_key(&block, |item| item.node).is_ok() {
            self.item(block);
        } else if !counted && !self.events.contains(&block) {
            self.number(block, id + 1, end);
        }
        for at in id + 1..end {
            if matches!(self.tree.get(at).kind, NodeKind::LineBreak) && at + 1 < end {
                match self.tree.get(at + 1).kind {
                    NodeKind::ItemNumber(_) => self.item(at + 1),
                    _ if !self.events.contains(&(at + 1)) => self.number(at + 1, at + 1, end),
                    _ => {}
                }
            }
        }
    }

    /// What follows an item stands below it.
    fn item(&mut self, node: NodeId) {
        if let Ok(at) = self.items.binary_search_by_key(&node, |item| item.node) {
            self.place.enter(Style::Item, self.items[at].number.parts);
        }
    }

    /// Looks for a number at the start of the text between two nodes.
    fn number(&mut self, block: NodeId, from: NodeId, to: NodeId) {
        let text = self.lead(from, to);
        let read = dotted(&text).filter(|(parts, _)| self.is_among_others(parts));
        let read = read.map(|(parts, len)| (Style::Dotted, parts, len)).or_else(|| self.read(&text));
        let Some((style, own, len)) = read else { return };
        let Some(path) = self.place.enter(style, own) else { return };
        let start = self.tree.get(from).span.start as usize;
        self.add(block, path, self.source.clamp(Span::new(start, start + len)));
    }

    fn read(&self, text: &str) -> Option<(Style, Parts, usize)> {
        let (style, value, len, certain) = mark(text)?;
        let follows = value == 1 || self.place.last(style).is_some_and(|last| value == last + 1);
        (certain || follows).then_some((style, Parts::one(value), len))
    }

    /// Whether a dotted number stands in the company of its neighbours or of the number above it.
    fn is_among_others(&self, parts: &Parts) -> bool {
        let Some((&last, lead)) = parts.split_last() else { return false };
        let above = parts.upto(lead.len());
        let with = |last: u16| above.followed_by(&Parts::one(last)).is_some_and(|near| self.dotted.contains(&near));
        self.dotted.contains(&above) || with(last + 1) || (last > 1 && with(last - 1))
    }

    fn add(&mut self, node: NodeId, path: Parts, span: Span) {
        self.points.push(Point { node, path, span, section: self.section });
    }

    /// The first characters of the text between two nodes, up to the end of its line; nothing where no number begins it.
    fn lead(&self, from: NodeId, to: NodeId) -> String {
        let mut text = String::new();
        let mut nodes = (from..to).map(|at| self.tree.get(at));
        let first = nodes.find(|node| !matches!(node.kind, NodeKind::Emphasis | NodeKind::Strong));
        let begins = first.is_some_and(|node| match node.kind {
            NodeKind::Text => self.source.slice(node.span).trim_start().starts_with(may_begin),
            NodeKind::Decoded(_) => true,
            _ => false,
        });
        if !begins {
            return text;
        }
        for at in from..to {
            match self.tree.get(at).kind {
                NodeKind::Text => text.push_str(self.source.slice(self.tree.get(at).span)),
                NodeKind::Separator | NodeKind::Label(_) => text.push_str(self.tree.words(self.source, at)),
                NodeKind::Decoded(decoded) => text.push_str(self.tree.literal(decoded)),
                NodeKind::Emphasis | NodeKind::Strong => {}
                NodeKind::LineBreak | NodeKind::SoftBreak => break,
                // Words all the same: a link, code, a picture.
                _ => {
                    text.push(OBJECT);
                    break;
                }
            }
            if text.len() > MAX_LEAD * 3 {
                break;
            }
        }
        text.chars().skip_while(|c| c.is_whitespace()).take(MAX_LEAD).collect()
    }
}

/// Whether a number may begin with a character.
fn may_begin(c: char) -> bool {
    half_width(c).is_ascii_digit() || matches!(c, '（' | '(') || is_numeral(c) || circled(c).is_some()
}

/// A number and what sets it apart, at the start of a text: how it is written, what it is, how long it is, and whether it
/// can be nothing else.
fn mark(text: &str) -> Option<(Style, u16, usize, bool)> {
    let first = text.chars().next()?;
    if let Some(value) = circled(first) {
        return Some((Style::Circled, value, first.len_utf8(), true));
    }
    if matches!(first, '（' | '(') {
        let inside = &text[first.len_utf8()..];
        let (value, len, style) = match outline::chinese_numeral(inside) {
            Some((value, len)) => (value, len, Style::ChineseInBrackets),
            None => digits(inside).map(|(value, len)| (value, len, Style::ArabicInBrackets))?,
        };
        let close = inside[len..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
        return Some((style, value, first.len_utf8() + len + close.len_utf8(), true));
    }
    let (value, len, style) = match outline::chinese_numeral(text) {
        Some((value, len)) => (value, len, Style::Chinese),
        None => digits(text).map(|(value, len)| (value, len, Style::Arabic))?,
    };
    let rest = &text[len..];
    let mark = rest.chars().next()?;
    let after = rest[mark.len_utf8()..].trim_start().chars().next()?;
    let before_digit = half_width(after).is_ascii_digit();
    let (style, certain) = match mark {
        '、' | '．' => (style, !before_digit),
        '，' | '。' => (style, style == Style::Chinese && !before_digit),
        '.' | ',' if style == Style::Arabic && rest[1..].starts_with(|c: char| c.is_ascii_digit()) => return None,
        '.' | ',' | ':' | '：' => (style, false),
        ')' | '）' if style == Style::Arabic => (Style::ArabicBracket, false),
        _ => return None,
    };
    Some((style, value, len, certain))
}

/// One to three digits without a leading zero.
fn digits(text: &str) -> Option<(u16, usize)> {
    let len = text.find(|c: char| !half_width(c).is_ascii_digit()).unwrap_or(text.len());
    let plain: String = text[..len].chars().map(half_width).collect();
    let usable = (1..=3).contains(&plain.len()) && !plain.starts_with('0');
    usable.then(|| plain.parse().ok()).flatten().map(|value| (value, len))
}

/// The value of a number in a circle or another sign of its own.
fn circled(c: char) -> Option<u16> {
    let from = |first: char, count: u32| {
        let at = (c as u32).checked_sub(first as u32)?;
        (at < count).then(|| at as u16 + 1)
    };
    from('①', 20)
        .or_else(|| from('⑴', 20))
        .or_else(|| from('⒈', 20))
        .or_else(|| from('❶', 10))
        .or_else(|| from('㈠', 10))
        .or_else(|| from('㊀', 10))
}

/// A number with dots in it, set apart by a space or a mark: `3.2.1 Text`, `3.2、`.
fn dotted(text: &str) -> Option<(Parts, usize)> {
    let mut parts: Option<Parts> = None;
    let mut at = 0;
    loop {
        let (value, len) = digits(&text[at..])?;
        parts = Some(match parts {
            None => Parts::one(value),
            Some(parts) => parts.followed_by(&Parts::one(value))?,
        });
        at += len;
        let rest = &text[at..];
        let goes_on = rest.strip_prefix(['.', '．']);
        if !goes_on.is_some_and(|rest| rest.starts_with(|c| half_width(c).is_ascii_digit())) {
            break;
        }
        at += rest.chars().next().map_or(0, char::len_utf8);
    }
    let parts = parts.filter(|parts| parts.len() > 1)?;
    let rest = text[at..].strip_prefix(['.', '．', '、', '，', ')', '）', ':', '：']).unwrap_or(&text[at..]);
    let apart = rest.len() < text[at..].len() || rest.starts_with(char::is_whitespace);
    let words = rest.trim_start().chars().next()?;
    let is_word = words.is_alphabetic() || matches!(words, '“' | '"' | '《' | '【' | '[' | '（' | '(' | '‘' | '「');
    (apart && is_word && !words.is_lowercase()).then_some((parts, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_there_is_can_be_asked_for_the_number_in_its_circle() {
        let numbers = (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| circled(*c).is_some());
        assert_eq!(numbers.count(), 20 + 20 + 20 + 10 + 10 + 10);
        assert_eq!(circled('⑳'), Some(20));
        assert_eq!(circled('㊉'), Some(10));
    }
}
