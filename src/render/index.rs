//! The index of a language: every heading, number, note and event, document by document.

use std::ops::Range;

use serde::Serialize;

use crate::document::DocumentId;
use crate::document::tree::{NodeId, NodeKind, Tree};
use crate::language::LanguageId;
use crate::site::addresses::Addressed;
use crate::site::pages::relative;
use crate::site::{Site, Spot};

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

/// The lines of a part, for the page `path`.
pub(super) fn view<'a>(site: &'a Site, language: LanguageId, path: &str, part: usize) -> Vec<DocumentLines<'a>> {
    let Some(part) = site.pages.index.get(part) else { return Vec::new() };
    let documents = site.case.groups[part.groups.clone()].iter().filter_map(|group| group.documents[language]);
    let view = |document: DocumentId| DocumentLines {
        title: &site.case.documents[document].title,
        href: relative(path, site.path_of(document)),
        lines: lines(site, document, path, &part.lines),
    };
    documents.map(view).collect()
}

/// Those lines of a document whose places, in the order of the text, are in `range`.
fn lines(site: &Site, document: DocumentId, path: &str, range: &Range<usize>) -> Vec<Line> {
    let this = &site.case.documents[document];
    let source = site.case.source_of(document);
    let way = relative(path, site.path_of(document));
    let headings = this.sections.iter().filter(|section| section.top && section.depth > 0);
    let depth_at: Vec<(NodeId, u8)> = headings.map(|section| (section.node, section.depth)).collect();
    let is_headed = |node: NodeId| depth_at.binary_search_by_key(&node, |&(node, _)| node).is_ok();
    let below = |node: NodeId| {
        let before = depth_at.partition_point(|&(heading, _)| heading <= node);
        before.checked_sub(1).map_or(1, |at| depth_at[at].1 + 1)
    };
    let definitions = &site.case.definitions[document].all;
    let events = site.case.events_of(document).unwrap_or(&[]);
    let has_line = |addressed: &&Addressed| match addressed.spot {
        Spot::Section(at) => this.section(at).top && this.section(at).depth > 0,
        Spot::Definition(at) => definitions[at].body.is_some() && !is_headed(addressed.node),
        Spot::Item(_) | Spot::Event(_) => !is_headed(addressed.node),
        Spot::Point(_) | Spot::Statement(_) | Spot::OwnId(_) | Spot::Given(_) => false,
    };
    let line = |addressed: &Addressed| {
        let href = format!("{way}#{}", addressed.anchor);
        let name = match addressed.spot {
            Spot::Section(at) => {
                let section = this.section(at);
                return Line { href, name: section.full_title(), words: String::new(), depth: section.depth };
            }
            Spot::Item(at) => this.items[at].number.to_string(),
            Spot::Event(at) => this.written_time(events[at].time, source).into_owned(),
            spot => site.words_for(document, spot),
        };
        let mut text = String::new();
        this.tree.text_into(source, addressed.node, end_of_lead(&this.tree, addressed.node), &mut text);
        Line { href, words: beginning(&text, &name), name, depth: below(addressed.node) }
    };
    let all = site.addresses[document].in_order().iter().filter(has_line);
    all.skip(range.start).take(range.len()).map(line).collect()
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
