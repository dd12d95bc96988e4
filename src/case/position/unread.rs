//! Reports passages among positions that look like a claim or an answer and were read as neither.

use std::collections::HashSet;

use super::Positions;
use crate::case::party::Parties;
use crate::case::position::PositionId;
use crate::case::stance::StanceWords;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::outline::{self, Context};
use crate::document::section::SectionId;
use crate::document::tree::{NodeId, NodeKind};
use crate::language::Language;
use crate::language::kind::is_opinion_heading;
use crate::source::{Source, Span};
use crate::{Message, list_of};

/// How many places a finding names.
const MAX_PLACES: usize = 3;

/// One finding for all of a document that looks like a claim: entries of a list below a party's heading that bear no number, a
/// table of what the parties hold, and what lets somebody speak whom nobody knows.
pub(super) fn report(
    document: &Document,
    source: &Source,
    (parties, languages): (&Parties, &[Language]),
    words: &StanceWords,
    found: &Positions,
) -> Option<Diagnostic> {
    let tree = &document.tree;
    let silent = silent_sections(found);
    let mut places: Vec<Span> = Vec::new();
    for range in &document.positions {
        let mut id = range.start.max(1);
        while id < range.end {
            let node = tree.get(id);
            let looks = match node.kind {
                NodeKind::Heading(_) | NodeKind::Quote => {
                    id = node.end;
                    continue;
                }
                NodeKind::Table => {
                    let holds = tells_positions(document, source, id, parties, languages);
                    places.extend(holds.then_some(node.span));
                    id = node.end;
                    continue;
                }
                NodeKind::Bullets { .. } => {
                    // The list stands right below the heading.
                    let section = document.sections.partition_point(|section| section.node < id).checked_sub(1);
                    let section = section.map(SectionId::new);
                    let of_party = section.is_some_and(|section| silent.contains(&section));
                    let unnumbered = of_party && !holds_statements(found, id, node.end);
                    if unnumbered {
                        let mut entry = id + 1;
                        while entry < node.end {
                            places.push(tree.get(entry).span);
                            entry = tree.get(entry).end;
                        }
                    }
                    id = if unnumbered { node.end } else { id + 1 };
                    continue;
                }
                NodeKind::Paragraph { .. } => {
                    let text = tree.text(source, id);
                    let text = text.trim();
                    let said = outline::parse(text, Context::Block).map_or(text, |found| &text[found.rest..]);
                    let next = found.unread.partition_point(|span| span.start < node.span.start);
                    let is_noted = found.unread.get(next).is_some_and(|span| span.start < node.span.end);
                    !is_noted && !is_told(found, id) && words.stranger(said, parties).is_some()
                }
                _ => false,
            };
            places.extend(looks.then_some(node.span));
            id += 1;
        }
    }
    places.extend(&found.unread);
    places.sort_unstable_by_key(|span| (span.start, span.end));
    let first = *places.first()?;
    let line = |span: &Span| source.starts_at(*span).line.to_string();
    let lines: Vec<String> = places.iter().take(MAX_PLACES).map(line).collect();
    let (en_what, en_verb) = if places.len() == 1 { ("place looks", "was") } else { ("places look", "were") };
    let more = if places.len() > MAX_PLACES { Message::fixed(", …", " 等") } else { Message::fixed("", " ") };
    let (count, lines) = (places.len(), list_of(lines));
    let message = message!(
        en: "{count} {en_what} like a claim or an answer and {en_verb} not read as one: line {lines}{more}",
        zh: "有 {count} 处像是主张或答复，但没有读作主张或答复：第 {lines}{more}行"; lines, more
    );
    let help = message!(
        en: "number the claims below a heading that names the party (`1-1，…`), and let answers begin with the \
             name of a party that casefile.yaml lists",
        zh: "请在写明当事方的标题之下给主张编号（`1-1，…`），答复以 casefile.yaml 所列当事方的名称开头"
    );
    Some(Diagnostic::at(Code::UnreadClaim, document.source, first, message).help(help))
}

/// Whether a block is a statement, or stands in one.
fn is_told(found: &Positions, id: NodeId) -> bool {
    let next = found.statements.partition_point(|statement| statement.node <= id);
    found.statements[..next].iter().rev().take(MAX_DEPTH).any(|statement| id < statement.end.max(statement.node + 2))
}

/// The most statements that stand in one another.
const MAX_DEPTH: usize = 8;

/// Whether something in these nodes is a statement, or they belong to one.
fn holds_statements(found: &Positions, from: NodeId, end: NodeId) -> bool {
    let next = found.statements.partition_point(|statement| statement.node < from);
    found.statements.get(next).is_some_and(|statement| statement.node < end) || is_told(found, from)
}

/// The sections of parties in which no claim was found.
fn silent_sections(found: &Positions) -> HashSet<SectionId> {
    let speaking: HashSet<PositionId> = found.statements.iter().map(|statement| statement.position).collect();
    let positions = PositionId::each(&found.all);
    let silent = positions.filter(|(at, position)| position.party.is_some() && !speaking.contains(at));
    silent.map(|(_, position)| position.section).collect()
}

/// Whether the header of a table names what parties hold: 租客的主张, “The shop's answer”, or two parties.
fn tells_positions(
    document: &Document,
    source: &Source,
    table: NodeId,
    parties: &Parties,
    languages: &[Language],
) -> bool {
    let tree = &document.tree;
    let Some(header) = (table + 1..tree.get(table).end).find(|&id| matches!(tree.get(id).kind, NodeKind::Row { .. }))
    else {
        return false;
    };
    let cells = (header + 1..tree.get(header).end).filter(|&id| matches!(tree.get(id).kind, NodeKind::Cell { .. }));
    let titles: Vec<String> = cells.map(|cell| tree.text(source, cell)).collect();
    let is_opinion = titles.iter().any(|title| is_opinion_heading(title, languages));
    is_opinion || titles.iter().filter(|title| parties.of_heading(title).is_some()).count() > 1
}
