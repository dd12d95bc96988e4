//! What a page refers to on other pages, quoted at its end for readers who want a look at it and not the way there.
//! Scripts may not read other pages from the disk, so what they show must be on the page.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::surface::Surface;
use super::{Writer, part};
use crate::case::exhibit::ExhibitId;
use crate::case::position::{Positions, StatementId};
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{Document, DocumentId};
use crate::render::escape;
use crate::render::exhibit::{first_lines, status, thumbnail};
use crate::site::exhibit_words::{exhibit_name, words};
use crate::site::resolve::Target;
use crate::site::statement::{self, Said, said};
use crate::site::{Site, Spot};

/// Something on another page that is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// A note, or anything else that a label defines.
    Definition(Target),
    /// An item, an event or an answer, with its document.
    Spot(DocumentId, Spot),
    /// An exhibit, by its place in the list.
    Exhibit(ExhibitId),
}

/// About how much of a text is quoted, in bytes of its source; blocks are quoted whole.
const ENOUGH: u32 = 900;

/// The longest first block that is quoted as it is, in bytes of its source.
const MAX_BLOCK: u32 = 3000;

/// How much of a longer one is quoted, in characters.
const MAX_CHARS: usize = 300;

impl Writer<'_> {
    /// Notes that the way written from byte `from` on leads to something on another page.
    pub(super) fn quote(&mut self, from: usize, quoted: Quoted) {
        let way = &self.out[from..];
        if self.surface == Surface::Own && !way.starts_with('#') {
            self.quoted.insert(way.to_owned(), quoted);
        }
    }
}

/// The quotations of a document's page, each in a `template`, which browsers do not show.
pub(super) fn render(site: &Site, document: DocumentId, quoted: &BTreeMap<String, Quoted>) -> String {
    let mut out = String::new();
    for (way, quoted) in quoted {
        let html = match *quoted {
            Quoted::Definition(target) => definition(site, document, target),
            Quoted::Spot(at, Spot::Definition(definition)) => self::definition(site, document, (at, definition)),
            Quoted::Spot(at, spot) => block(site, at, spot).map(|block| {
                let tree = &site.case.documents[at].tree;
                // An item is quoted without what is listed below it.
                let from = if matches!(tree.get(block).kind, NodeKind::Item { .. }) { block + 1 } else { block };
                let ends =
                    |id: &NodeId| matches!(tree.get(*id).kind, NodeKind::Bullets { .. } | NodeKind::Numbers { .. });
                let end = tree.get(block).end;
                let to = if from > block { (from..end).find(ends).unwrap_or(end) } else { end };
                let (open, close) = language_of(site, document, at);
                let mut out = open;
                speaker(&mut out, site, at, spot);
                beginning(&mut out, site, at, Surface::Excerpt(site.path_of(document)), from, to);
                answers(&mut out, site, at, spot);
                out.push_str(close);
                (false, out)
            }),
            Quoted::Exhibit(exhibit) => Some((false, exhibit_html(site, document, exhibit))),
        };
        let Some((is_note, html)) = html else { continue };
        let class = if is_note { "quoted note" } else { "quoted" };
        let _ = writeln!(out, "<template class=\"{class}\" data-for=\"{way}\">{}</template>", html.trim());
    }
    out
}

/// The beginning of what is defined, and whether that is a note.
fn definition(site: &Site, document: DocumentId, (at, definition): Target) -> Option<(bool, String)> {
    let this = &site.case.documents[at];
    let definition = &site.case.definitions[at].all[definition];
    let surface = Surface::Excerpt(site.path_of(document));
    let (mut out, close) = language_of(site, document, at);
    let headed = match (definition.body, definition.section) {
        (Some((start, _)), _) => match this.tree.get(start).kind {
            NodeKind::Heading(section) => Some(section),
            _ => None,
        },
        (None, section) => section,
    };
    let is_note = definition.body.is_some() && headed.is_none();
    let (from, to) = match (headed, definition.body) {
        (Some(section), _) => {
            let section = this.section(section);
            title(&mut out, &section.full_title());
            (this.tree.get(section.node).end, section.end)
        }
        (None, Some((start, end))) => match this.tree.get(start).kind {
            NodeKind::Item { .. } => (start + 1, end),
            NodeKind::Row { .. } => {
                paragraph(&mut out, &cells(site, at, start));
                (end, end)
            }
            _ => (start, end),
        },
        (None, None) if definition.is_document() => {
            title(&mut out, &this.title);
            match &this.front.summary {
                Some(summary) => {
                    paragraph(&mut out, summary);
                    (0, 0)
                }
                None => {
                    (this.title_section.map_or(1, |title| this.tree.get(this.section(title).node).end), this.tree.len())
                }
            }
        }
        (None, None) => {
            let node = this.labels[definition.label?].node;
            let block = paragraph_around(this, node)?;
            (block, this.tree.get(block).end)
        }
    };
    beginning(&mut out, site, at, surface, from, to);
    out.push_str(close);
    Some((is_note, out))
}

/// What opens and closes the text of document `at` on the page of `document`, if it is in another language.
fn language_of(site: &Site, document: DocumentId, at: DocumentId) -> (String, &'static str) {
    let [own, other] = [document, at].map(|document| site.case.tag_of(document));
    if own == other {
        return Default::default();
    }
    (format!("<div lang=\"{other}\">"), "</div>")
}

/// The block that something begins.
fn block(site: &Site, document: DocumentId, spot: Spot) -> Option<NodeId> {
    let this = &site.case.documents[document];
    let node = match spot {
        Spot::Item(item) => this.items[item].node,
        Spot::Event(event) => site.case.events_of(document)?[event].block,
        Spot::Statement(statement) => site.case.positions.get(&document)?.statements[statement].node,
        Spot::Point(point) => this.points[point].node,
        Spot::Definition(_) | Spot::Section(_) | Spot::OwnId(_) | Spot::Given(_) => return None,
    };
    Some(match this.tree.get(node).kind {
        kind if kind.is_inline() => paragraph_around(this, node)?,
        _ => node,
    })
}

/// The paragraph that holds a node.
fn paragraph_around(document: &Document, node: NodeId) -> Option<NodeId> {
    let tree = &document.tree;
    let holds = |id: &NodeId| matches!(tree.get(*id).kind, NodeKind::Paragraph { .. }) && tree.get(*id).end > node;
    (0..node).rev().find(holds)
}

/// Writes the first blocks of those from `from` up to `to`: one at least, and none that begins a section.
fn beginning<'a>(
    out: &mut String,
    site: &'a Site,
    document: DocumentId,
    surface: Surface<'a>,
    from: NodeId,
    to: NodeId,
) {
    let this = &site.case.documents[document];
    let source = site.case.source_of(document);
    let size = |id: NodeId| this.tree.get(id).span.range().len() as u32;
    let (mut at, mut length) = (from, 0);
    while at < to {
        let node = this.tree.get(at);
        let is_heading = matches!(node.kind, NodeKind::Heading(_) | NodeKind::Rule);
        if length > 0 && (is_heading || length + size(at) > ENOUGH) {
            break;
        }
        length += size(at);
        at = node.end;
        if size(from) > MAX_BLOCK {
            break;
        }
    }
    if from < to && size(from) > MAX_BLOCK {
        let text = this.tree.text(source, from);
        let mut start: String = text.chars().take(MAX_CHARS).collect();
        start.push('…');
        paragraph(out, &start);
    } else if from < at {
        out.push_str(&part(site, document, surface, from, at));
    }
    if at < to {
        out.push_str("<p class=\"goes-on\">…</p>");
    }
}

/// The cells of a row, one after the other.
fn cells(site: &Site, document: DocumentId, row: NodeId) -> String {
    let tree = &site.case.documents[document].tree;
    let cells = tree.below(row).filter(|(_, node)| matches!(node.kind, NodeKind::Cell { .. }));
    let texts: Vec<String> = cells.map(|(id, _)| tree.text(site.case.source_of(document), id)).collect();
    texts.join(" · ")
}

/// What there is to see of an exhibit: its name, what its author says it shows, and its picture or first lines; of what can
/// neither be shown nor is described, why.
fn exhibit_html(site: &Site, document: DocumentId, exhibit: ExhibitId) -> String {
    let language = site.case.documents[document].language;
    let this = &site.case.exhibits.all[exhibit];
    let mut out = String::new();
    title(&mut out, &exhibit_name(site, exhibit, language));
    let said = [&this.caption, &this.content, &this.purpose].into_iter().find_map(|text| words(text, site, language));
    let picture = thumbnail(site, exhibit, site.path_of(document));
    let lines = first_lines(site, exhibit);
    match said {
        Some(said) => {
            out.push_str("<p");
            if let Some(lang) = said.lang() {
                let _ = write!(out, " lang=\"{lang}\"");
            }
            out.push('>');
            escape::text(&mut out, said.text());
            out.push_str("</p>");
        }
        None if picture.is_none() && lines.is_empty() => {
            status(site, exhibit, &site.case.languages[language]).into_iter().for_each(|why| paragraph(&mut out, why));
        }
        None => {}
    }
    if let Some(picture) = picture {
        let (src, width, height) = (&picture.src, picture.width, picture.height);
        let _ = write!(out, "<p><img src=\"{src}\" width=\"{width}\" height=\"{height}\" alt=\"\"></p>");
    } else if !lines.is_empty() {
        out.push_str("<pre class=\"beginning\">");
        escape::text(&mut out, &lines);
        out.push_str("</pre>");
    }
    out
}

/// The statement that is quoted, if it is one.
fn statement(site: &Site, document: DocumentId, spot: Spot) -> Option<(&Positions, StatementId)> {
    let positions = site.case.positions.get(&document)?;
    let id = match spot {
        Spot::Statement(statement) => statement,
        Spot::Item(item) => positions.at_node(site.case.documents[document].items[item].node)?,
        _ => return None,
    };
    Some((positions, id))
}

/// Who says what is quoted, and of an answer how it stands, below the claim that it answers; nothing where nobody is said
/// to say it.
fn speaker(out: &mut String, site: &Site, document: DocumentId, spot: Spot) {
    let Some((positions, id)) = statement(site, document, spot) else { return };
    let said = said(site, document, positions, &positions.standings(), id);
    if let Some(claim) = &said.claim {
        out.push_str("<p class=\"answered\">");
        escape::text(out, claim);
        out.push_str("</p>");
    }
    out.push_str("<p class=\"voice\"><b class=\"party\">");
    escape::text(out, said.speaker);
    out.push_str("</b> ");
    if said.claim.is_some() {
        standing(out, &said);
    } else {
        let language = site.case.documents[document].language;
        escape::text(out, &site.case.languages[language].table.phrases.claims);
    }
    out.push_str("</p>");
}

/// Below a claim what the others say of it, or that there is no answer.
fn answers(out: &mut String, site: &Site, document: DocumentId, spot: Spot) {
    let Some((positions, id)) = statement(site, document, spot) else { return };
    let standings = positions.standings();
    let said = said(site, document, positions, &standings, id);
    if said.claim.is_some() {
        return;
    }
    let answers = statement::answers(site, document, positions, &standings, id);
    if answers.is_empty() {
        out.push_str("<p class=\"voice\">");
        standing(out, &said);
        out.push_str("</p>");
    }
    let phrases = &site.case.languages[site.case.documents[document].language].table.phrases;
    for (answer, gist) in answers {
        out.push_str("<p class=\"voice\"><b class=\"party\">");
        escape::text(out, answer.speaker);
        out.push_str("</b> ");
        standing(out, &answer);
        if !gist.is_empty() {
            escape::text(out, &phrases.introduces);
            escape::text(out, &gist);
        }
        out.push_str("</p>");
    }
}

/// How a statement stands, in a sign and in words.
fn standing(out: &mut String, said: &Said<'_>) {
    let _ = write!(out, "<span class=\"standing {}\"><span aria-hidden=\"true\">{}</span> ", said.class, said.sign);
    escape::text(out, said.words);
    out.push_str("</span>");
}

fn title(out: &mut String, text: &str) {
    out.push_str("<p><strong>");
    escape::text(out, text);
    out.push_str("</strong></p>");
}

fn paragraph(out: &mut String, text: &str) {
    out.push_str("<p>");
    escape::text(out, text);
    out.push_str("</p>");
}
