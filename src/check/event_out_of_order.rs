//! C814: an event on the wrong side of the one before it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::instants::Clock;
use crate::case::event::Event;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::section::SectionId;
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{Document, DocumentId};
use crate::site::Site;

/// Finds events that stand on the wrong side of the one before them in their list, table or section.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let Some(events) = site.case.events_of(document) else { return Vec::new() };
    let this = &site.case.documents[document];
    let clock = Clock::of(&site.case);
    let mut sections: BTreeMap<(Option<SectionId>, NodeId), Vec<&Event>> = BTreeMap::new();
    let lists = lists(this);
    for event in events.iter().filter(|event| !is_aside(this, event)) {
        let after = lists.partition_point(|list| list.start <= event.block);
        let list = lists[..after].last().filter(|list| list.contains(&event.block)).map_or(0, |list| list.start);
        sections.entry((container(this, event), list)).or_default().push(event);
    }
    let pairs = || sections.values().flat_map(|events| events.windows(2)).map(|pair| (pair[0], pair[1]));
    let earlier = |a: &Event, b: &Event| {
        let [(_, after), (start, _)] = clock.pair(a, b);
        after <= start
    };
    let rising = pairs().filter(|(before, event)| earlier(before, event)).count();
    let falling = pairs().filter(|(before, event)| earlier(event, before)).count();
    // Some authors tell the newest first.
    let newest_first = falling > rising;
    let is_wrong = |before: &Event, event: &Event| {
        if newest_first { earlier(before, event) } else { earlier(event, before) }
    };
    let source = site.case.source_of(document);
    let span_of = |event: &Event| this.times[event.time].span;
    let wrong = rising.min(falling);
    if wrong > MAX_SLIPS && wrong * MAX_SHARE > rising + falling {
        let first = pairs().find(|(before, event)| is_wrong(before, event));
        let than = if newest_first { message!(en: "later", zh: "晚") } else { message!(en: "earlier", zh: "早") };
        let message = message!(
            en: "this and {others} more events are {than} than the one before them",
            zh: "这一件和另外 {others} 件事都比各自的前一件{than}",
            others = wrong - 1; than
        );
        let help = message!(
            en: "put them in the order of time, or leave them so if the document follows another order",
            zh: "请按时间先后排列；如果本文另有次序，可以不改"
        );
        let finding = first
            .map(|(_, event)| Diagnostic::at(Code::EventOutOfOrder, this.source, span_of(event), message).help(help));
        return finding.into_iter().collect();
    }
    pairs()
        .filter(|(before, event)| is_wrong(before, event))
        .map(|(before, event)| {
            let line = source.position(span_of(before).start as usize).line;
            let than = if newest_first { message!(en: "later", zh: "晚") } else { message!(en: "earlier", zh: "早") };
            let message = message!(
                en: "this is {than} than the event before it, at line {line}",
                zh: "这件事比第 {line} 行的前一件{than}"; than
            );
            let help = message!(
                en: "put it where it belongs, or correct the time",
                zh: "请移到应在的位置，或改正时间"
            );
            Diagnostic::at(Code::EventOutOfOrder, this.source, span_of(event), message).help(help)
        })
        .collect()
}

/// Where more events than this, and more than one in so many, stand before an earlier one, the document follows another order
/// and is told once.
const MAX_SLIPS: usize = 3;
const MAX_SHARE: usize = 5;

/// The lists and tables that stand in no other: each may have an order of its own.
fn lists(document: &Document) -> Vec<Range<NodeId>> {
    let mut lists: Vec<Range<NodeId>> = Vec::new();
    for (id, node) in document.tree.iter() {
        let is_list = matches!(node.kind, NodeKind::Bullets { .. } | NodeKind::Numbers { .. } | NodeKind::Table);
        if is_list && lists.last().is_none_or(|last| last.end <= id) {
            lists.push(id..node.end);
        }
    }
    lists
}

/// Whether the time of a row stands behind another column: the table may be in the order of that one.
fn is_aside(document: &Document, event: &Event) -> bool {
    let is_row = matches!(document.tree.get(event.block).kind, NodeKind::Row { .. });
    let first_cell = || document.tree.get(event.block + 1).span;
    is_row && first_cell().end <= document.times[event.time].span.start
}

/// The section whose events are compared: for a heading the one above.
fn container(document: &Document, event: &Event) -> Option<SectionId> {
    match document.tree.get(event.block).kind {
        NodeKind::Heading(section) => document.section(section).parent,
        _ => event.section,
    }
}
