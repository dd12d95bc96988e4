//! The index of a language: every heading, number, note and event, document by document.

use std::ops::Range;

use serde::Serialize;
use smol_str::SmolStr;

use crate::document::tree::{NodeId, NodeKind, Tree};
use crate::site::address::relative;
use crate::site::{Site, Spot};

/// The most lines on one page: more make a page that old computers are slow with.
const MAX_LINES: usize = 4000;

/// How many characters of a text stand behind its number.
const WORDS: usize = 48;

/// A document with its lines.
#[derive(Serialize)]
pub(super) struct DocumentLines<'a> {
    title: &'a str,
    href: String,
    lines: Vec<Line>,
}

/// Something with an address.
#[derive(Serialize)]
struct Line {
    href: String,
    /// The heading, number or label.
    name: String,
    /// What it begins with; empty for a heading.
    words: String,
    /// How deep it stands, 1 for the outermost headings.
    depth: u8,
}

/// What stands on a page of the index: all lines of some groups of documents, or some lines of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    groups: Range<usize>,
    lines: Range<usize>,
}

/// The pages of the index, the same in every language.
pub(super) fn parts(site: &Site) -> Vec<Part> {
    let count = |document: usize| {
        let page = &site.pages[document];
        page.sections.len() + page.items.len() + page.definitions.len() + page.events.len() + 1
    };
    let mut parts = Vec::new();
    let (mut start, mut lines) = (0, 0);
    for (at, group) in site.case.groups.iter().enumerate() {
        let own = group.documents.iter().flatten().map(|&document| count(document)).max().unwrap_or(0);
        if lines > 0 && lines + own > MAX_LINES {
            parts.push(Part { groups: start..at, lines: 0..usize::MAX });
            (start, lines) = (at, 0);
        }
        if own > MAX_LINES {
            let firsts = (0..own).step_by(MAX_LINES);
            parts.extend(firsts.map(|first| Part { groups: at..at + 1, lines: first..first + MAX_LINES }));
            start = at + 1;
        } else {
            lines += own;
        }
    }
    if start < site.case.groups.len() || parts.is_empty() {
        parts.push(Part { groups: start..site.case.groups.len(), lines: 0..usize::MAX });
    }
    parts
}

/// The lines of a part, for the page `path`.
pub(super) fn view<'a>(site: &'a Site, language: usize, path: &str, part: usize) -> Vec<DocumentLines<'a>> {
    let Some(part) = parts(site).into_iter().nth(part) else { return Vec::new() };
    let documents = site.case.groups[part.groups].iter().filter_map(|group| group.documents[language]);
    let view = |document: usize| DocumentLines {
        title: &site.case.documents[document].title,
        href: relative(path, &site.pages[document].path),
        lines: lines(site, document, path, &part.lines),
    };
    documents.map(view).collect()
}

/// Those lines of a document whose places, in the order of the text, are in `range`.
fn lines(site: &Site, document: usize, path: &str, range: &Range<usize>) -> Vec<Line> {
    let this = &site.case.documents[document];
    let page = &site.pages[document];
    let source = site.case.source_of(document);
    let way = relative(path, &page.path);
    let headings = this.sections.iter().zip(&page.sections).enumerate();
    let headings = headings.filter(|(_, (section, _))| section.top && section.depth > 0);
    let depth_at: Vec<(NodeId, u8)> = headings.clone().map(|(_, (section, _))| (section.node, section.depth)).collect();
    let is_headed = |node: NodeId| depth_at.binary_search_by_key(&node, |&(node, _)| node).is_ok();
    let below = |node: NodeId| {
        let before = depth_at.partition_point(|&(heading, _)| heading <= node);
        before.checked_sub(1).map_or(1, |at| depth_at[at].1 + 1)
    };
    let items = this.items.iter().zip(&page.items).enumerate();
    let items = items.map(|(at, (item, anchor))| (item.node, anchor, Named::Item(at)));
    let definitions = (0u32..).zip(&site.case.definitions[document].all).zip(&page.definitions);
    let definitions =
        definitions.filter_map(|((at, definition), anchor)| Some((definition.body?.0, anchor, Named::Definition(at))));
    let events = site.case.events_of(document).into_iter().flatten().zip(&page.events);
    let events = events.map(|(event, anchor)| (event.block, anchor, Named::Event(event.time)));
    let others = items.chain(definitions).chain(events);
    let others = others.filter(|(node, anchor, _)| !anchor.is_empty() && !is_headed(*node));
    let headings = headings.map(|(at, (section, anchor))| (section.node, anchor, Named::Section(at)));
    let mut all: Vec<(NodeId, &SmolStr, Named)> = headings.chain(others).collect();
    all.sort_by_key(|&(node, ..)| node);
    let line = |(node, anchor, named): (NodeId, &SmolStr, Named)| {
        let href = format!("{way}#{anchor}");
        let name = match named {
            Named::Section(at) => {
                let section = &this.sections[at];
                return Line { href, name: section.full_title(), words: String::new(), depth: section.depth };
            }
            Named::Item(at) => this.items[at].number.to_string(),
            Named::Definition(at) => site.words_for(document, Spot::Definition(at)),
            Named::Event(time) => this.written_time(time, source).into_owned(),
        };
        let mut text = String::new();
        this.tree.text_into(source, node, end_of_lead(&this.tree, node), &mut text);
        Line { href, words: beginning(&text, &name), name, depth: below(node) }
    };
    all.into_iter().skip(range.start).take(range.len()).map(line).collect()
}

/// What has a line, by its place among its like in the document.
#[derive(Debug, Clone, Copy)]
enum Named {
    Section(usize),
    Item(usize),
    Definition(u32),
    /// By its time.
    Event(u32),
}

/// One past the last node of the first block of text from `node` on: what stands below an item, or on the next line, has a
/// line of its own or is another paragraph.
fn end_of_lead(tree: &Tree, node: NodeId) -> NodeId {
    let end = tree.get(node).end;
    let end = if matches!(tree.get(node).kind, NodeKind::ItemNumber(_)) { tree.len() } else { end };
    let mut is_begun = false;
    for id in node + 1..end {
        match tree.get(id).kind {
            NodeKind::Paragraph { .. }
            | NodeKind::Item { .. }
            | NodeKind::Bullets { .. }
            | NodeKind::Numbers { .. }
            | NodeKind::Row { .. }
            | NodeKind::Table
            | NodeKind::Heading(_)
            | NodeKind::Quote
            | NodeKind::CodeBlock(_)
            | NodeKind::Footnote(_)
            | NodeKind::Rule
            | NodeKind::ItemNumber(_)
                if is_begun =>
            {
                return id;
            }
            NodeKind::Text | NodeKind::Decoded(_) | NodeKind::Code(_) | NodeKind::Link(_) => is_begun = true,
            _ => {}
        }
    }
    end
}

/// The first words of a text after the name it begins with.
fn beginning(text: &str, name: &str) -> String {
    let text = text.trim_start();
    let rest = text.strip_prefix(name).unwrap_or(text);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "，,、。.：:．".contains(c));
    let mut words: String = rest.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(WORDS + 1).collect();
    if words.chars().count() > WORDS {
        words.pop();
        words.push('…');
    }
    words
}
