//! The index of a language: every heading, number, note and event, document by document.

use std::ops::Range;

use serde::Serialize;

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
    #[serde(skip)]
    node: NodeId,
}

/// The groups of documents on each page of the index, the same in every language.
pub(super) fn parts(site: &Site) -> Vec<Range<usize>> {
    let count = |document: usize| {
        let page = &site.pages[document];
        page.sections.len() + page.items.len() + page.definitions.len() + page.events.len() + 1
    };
    let mut parts = Vec::new();
    let (mut start, mut lines) = (0, 0);
    for (at, group) in site.case.groups.iter().enumerate() {
        let own = group.documents.iter().flatten().map(|&document| count(document)).max().unwrap_or(0);
        if lines > 0 && lines + own > MAX_LINES {
            parts.push(start..at);
            (start, lines) = (at, 0);
        }
        lines += own;
    }
    parts.push(start..site.case.groups.len());
    parts
}

/// The lines of a part, for the page `path`.
pub(super) fn view<'a>(site: &'a Site, language: usize, path: &str, part: usize) -> Vec<DocumentLines<'a>> {
    let groups = parts(site).into_iter().nth(part).unwrap_or_default();
    let documents = site.case.groups[groups].iter().filter_map(|group| group.documents[language]);
    let view = |document: usize| DocumentLines {
        title: &site.case.documents[document].title,
        href: relative(path, &site.pages[document].path),
        lines: lines(site, document, path),
    };
    documents.map(view).collect()
}

fn lines(site: &Site, document: usize, path: &str) -> Vec<Line> {
    let this = &site.case.documents[document];
    let page = &site.pages[document];
    let source = site.case.source_of(document);
    let way = relative(path, &page.path);
    let mut lines = Vec::new();
    let mut depth_at = Vec::new();
    for (section, anchor) in this.sections.iter().zip(&page.sections) {
        if section.top && section.depth > 0 {
            depth_at.push((section.node, section.depth));
            let (name, words) = (section.full_title(), String::new());
            lines.push(Line { href: format!("{way}#{anchor}"), name, words, depth: section.depth, node: section.node });
        }
    }
    let is_headed = |node: NodeId| depth_at.binary_search_by_key(&node, |&(node, _)| node).is_ok();
    let below = |node: NodeId| {
        let before = depth_at.partition_point(|&(heading, _)| heading <= node);
        before.checked_sub(1).map_or(1, |at| depth_at[at].1 + 1)
    };
    let mut add = |name: String, anchor: &str, node: NodeId| {
        if anchor.is_empty() || is_headed(node) {
            return;
        }
        let mut text = String::new();
        this.tree.text_into(source, node, end_of_lead(&this.tree, node), &mut text);
        let href = format!("{way}#{anchor}");
        lines.push(Line { href, words: beginning(&text, &name), name, depth: below(node), node });
    };
    for (at, item) in this.items.iter().enumerate() {
        add(item.number.to_string(), &page.items[at], item.node);
    }
    for (at, definition) in (0u32..).zip(&site.case.definitions[document].all) {
        if let Some((node, _)) = definition.body {
            add(site.words_for(document, Spot::Definition(at)), &page.definitions[at as usize], node);
        }
    }
    for (event, anchor) in site.case.events_of(document).into_iter().flatten().zip(&page.events) {
        add(this.written_time(event.time, source).into_owned(), anchor, event.block);
    }
    lines.sort_by_key(|line| line.node);
    lines
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
