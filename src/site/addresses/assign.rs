//! Gives everything in a document its anchor: ASCII, quotable, the same in every language, and independent of what else
//! exists.

use std::collections::{HashMap, HashSet};

use jiff::civil::DateTime;
use rayon::prelude::*;
use smol_str::{SmolStr, format_smolstr};

use super::{Addressed, Addresses, Spot};
use crate::Message;
use crate::case::Case;
use crate::case::event::{DatedHeading, Event, EventId};
use crate::case::position::{Statement, StatementId};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::definition::{Definition, DefinitionId, Definitions};
use crate::document::label::Key;
use crate::document::point::PointId;
use crate::document::section::{Section, SectionId, is_part_of};
use crate::document::time::Precision;
use crate::document::tree::NodeKind;
use crate::document::{Document, DocumentId, ItemId};
use crate::language::kind::DocumentKind;
use crate::site::twins::Twins;
use crate::slug::slug;
use crate::source::Span;

/// The most parties that have a column each on the board of positions, and addresses for its rows.
pub const MAX_COLUMNS: usize = 7;

/// The anchor of what a label names: `note-1-1`, `orion-website-1`.
pub fn anchor_of(key: &Key) -> SmolStr {
    let kind = if key.kind.is_ascii() { key.kind.replace(' ', "-") } else { slug(&key.kind) };
    let number = if key.number.is_ascii() { key.number.to_string() } else { slug(&key.number) };
    let number = number.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "-");
    match &key.qualifier {
        Some(qualifier) => format_smolstr!("{}-{kind}-{number}", slug(qualifier)),
        None => format_smolstr!("{kind}-{number}"),
    }
}

/// The anchor of an event: `event-2031-05-04-01-09-08`, as far as its time is told, on the clock of its zone.
fn event_anchor(start: DateTime, precision: Precision) -> SmolStr {
    format_smolstr!("event-{}", precision.iso(start).replace(['T', ':'], "-"))
}

/// Gives everything in every document its anchor. The documents of a group are done in the order of languages, for a
/// translation takes the anchors of what it translates.
pub fn assign(case: &Case, findings: &mut Vec<Diagnostic>) -> Vec<Addresses> {
    let grouped: Vec<Vec<(DocumentId, Anchors, Vec<Diagnostic>)>> = case
        .groups
        .par_iter()
        .map(|group| {
            let mut done: Vec<(DocumentId, Anchors, Vec<Diagnostic>)> = Vec::new();
            for document in group.documents.iter().copied().flatten() {
                let first = done.first().map(|(first, anchors, _)| (&case.documents[*first], anchors));
                let mut assigner = Assigner::new(case, document);
                let anchors = assigner.assign(first);
                done.push((document, anchors, assigner.findings));
            }
            done
        })
        .collect();
    let mut all: Vec<(DocumentId, Anchors)> = Vec::with_capacity(case.documents.len());
    for (document, anchors, mut found) in grouped.into_iter().flatten() {
        all.push((document, anchors));
        findings.append(&mut found);
    }
    // Documents stand in the order of their groups.
    all.into_par_iter().map(|(document, anchors)| anchors.placed(case, document)).collect()
}

/// The anchors of a document, one for each of its lists; empty for what is the page as a whole.
#[derive(Default)]
struct Anchors {
    sections: Vec<SmolStr>,
    items: Vec<SmolStr>,
    points: Vec<SmolStr>,
    definitions: Vec<SmolStr>,
    events: Vec<SmolStr>,
    statements: Vec<SmolStr>,
    /// Those that sections have by their authors' ids, with the sections.
    own_ids: Vec<(SectionId, SmolStr)>,
    /// Those of the places that the author gave an id; empty where something else has it.
    given: Vec<SmolStr>,
}

impl Anchors {
    /// The same in the order of the text.
    fn placed(self, case: &Case, document: DocumentId) -> Addresses {
        let this = &case.documents[document];
        let definitions = &case.definitions[document].all;
        let of_definition = |definition: &Definition| {
            let label = definition.label.map(|label| this.labels[label].node);
            let section = definition.section.map(|section| this.section(section).node);
            let gap = definition.gap.map(|gap| this.node_of_gap(&this.gaps[gap]));
            definition.body.map(|(start, _)| start).or(label).or(section).or(gap).unwrap_or(0)
        };
        let events = case.events_of(document).unwrap_or(&[]);
        let statements = case.positions.get(&document).map_or(&[][..], |positions| &positions.statements);
        let mut all = Vec::new();
        let mut add = |node, spot, anchor: SmolStr| {
            if !anchor.is_empty() {
                all.push(Addressed { node, spot, anchor });
            }
        };
        for ((at, section), anchor) in SectionId::each(&this.sections).zip(self.sections) {
            add(section.node, Spot::Section(at), anchor);
        }
        for ((at, item), anchor) in ItemId::each(&this.items).zip(self.items) {
            add(item.node, Spot::Item(at), anchor);
        }
        for ((at, point), anchor) in PointId::each(&this.points).zip(self.points) {
            add(point.node, Spot::Point(at), anchor);
        }
        for ((at, definition), anchor) in DefinitionId::each(definitions).zip(self.definitions) {
            add(of_definition(definition), Spot::Definition(at), anchor);
        }
        for ((at, event), anchor) in EventId::each(events).zip(self.events) {
            add(event.block, Spot::Event(at), anchor);
        }
        for ((at, statement), anchor) in StatementId::each(statements).zip(self.statements) {
            add(statement.node, Spot::Statement(at), anchor);
        }
        for (section, anchor) in self.own_ids {
            add(this.section(section).node, Spot::OwnId(section), anchor);
        }
        if !self.given.is_empty() {
            for (id, node) in this.tree.iter() {
                let NodeKind::Anchor(at) = node.kind else { continue };
                add(id, Spot::Given(at), self.given[at.place()].clone());
            }
        }
        Addresses::new(all)
    }
}

struct Assigner<'a> {
    document: &'a Document,
    /// Its file.
    file: &'a str,
    definitions: &'a Definitions,
    events: &'a [Event],
    dated_headings: &'a [DatedHeading],
    statements: &'a [Statement],
    taken: HashSet<SmolStr>,
    /// How often each anchor that is taken was wanted again.
    copies: HashMap<SmolStr, u32>,
    /// The heading without a number, of fewer `#`, that stands last before each section: below another one numbers begin anew.
    scopes: Vec<Option<SectionId>>,
    /// The scope in which each anchor of a numbered section was last taken.
    numbered: HashMap<SmolStr, Option<SectionId>>,
    findings: Vec<Diagnostic>,
}

impl<'a> Assigner<'a> {
    fn new(case: &'a Case, document: DocumentId) -> Self {
        // What the page's own parts are called.
        let parts = ["main", "contents", "documents", "matrix", "unanswered", "events"].map(SmolStr::new_static);
        let standings = ["disputed", "undisputed", "unanswered", "open"].map(|key| format_smolstr!("board-{key}"));
        let of_parties = (1..=MAX_COLUMNS).flat_map(|at| ["by", "no"].map(|what| format_smolstr!("board-{what}-{at}")));
        let taken = parts.into_iter().chain(standings).chain(of_parties).collect();
        Self {
            document: &case.documents[document],
            file: &case.source_of(document).path,
            definitions: &case.definitions[document],
            events: case.events_of(document).unwrap_or(&[]),
            dated_headings: case.timelines.get(&document).map_or(&[], |timeline| &timeline.headings),
            statements: case.positions.get(&document).map_or(&[], |positions| &positions.statements),
            taken,
            copies: HashMap::new(),
            scopes: scopes(&case.documents[document].sections),
            numbered: HashMap::new(),
            findings: Vec::new(),
        }
    }

    fn assign(&mut self, translated: Option<(&Document, &Anchors)>) -> Anchors {
        let mut anchors = Anchors {
            sections: Vec::with_capacity(self.document.sections.len()),
            items: Vec::with_capacity(self.document.items.len()),
            points: Vec::with_capacity(self.document.points.len()),
            definitions: Vec::with_capacity(self.definitions.all.len()),
            ..Anchors::default()
        };
        for definition in &self.definitions.all {
            // Each defines something else, so that two can only have words of one slug: 收据1 and 手具1.
            let anchor = match definition.label {
                Some(_) => self.take_quietly(anchor_of(&definition.key)),
                None => SmolStr::default(),
            };
            anchors.definitions.push(anchor);
        }
        for event in self.events {
            // Two events of one day are no mistake.
            anchors.events.push(self.take_quietly(event_anchor(event.start, event.precision)));
        }
        let twins = translated.map(|(original, _)| Twins::of(original, self.document));
        let untranslated =
            twins.as_ref().zip(translated).and_then(|(twins, (original, _))| twins.untranslated(original, self.file));
        self.findings.extend(untranslated);
        for index in SectionId::all(&self.document.sections) {
            let twin = twins.as_ref().and_then(|twins| twins.original(index));
            let anchor = match (twin, translated) {
                (Some(twin), Some((_, original))) => {
                    self.take_over(original.sections[twin.place()].clone(), index, &anchors)
                }
                _ => self.section(index, &anchors),
            };
            anchors.sections.push(anchor);
        }
        for (definition, anchor) in self.definitions.all.iter().zip(&mut anchors.definitions) {
            if let Some(section) = definition.section {
                *anchor = anchors.sections[section.place()].clone();
            }
        }
        let mut claims: HashMap<SmolStr, Option<SectionId>> = HashMap::new();
        for item in &self.document.items {
            let number = &item.number;
            let wanted = match item.section.filter(|_| self.document.kind != DocumentKind::Positions) {
                Some(section) if self.document.title_section != Some(section) => {
                    format_smolstr!("{}-claim-{number}", anchors.sections[section.place()])
                }
                _ => format_smolstr!("claim-{number}"),
            };
            // A number may begin anew in every section.
            let holder = claims.entry(wanted.clone()).or_insert(item.section);
            let anchor = match item.section.filter(|_| *holder != item.section) {
                Some(section) => {
                    let wanted = format_smolstr!("{}-{wanted}", anchors.sections[section.place()]);
                    self.take(wanted, item.span, NUMBERED_TWICE)
                }
                None => self.take(wanted, item.span, NUMBERED_TWICE),
            };
            anchors.items.push(anchor);
        }
        // What is withheld stands where the page says so.
        for (definition, anchor) in self.definitions.all.iter().zip(&mut anchors.definitions) {
            let Some(gap) = definition.gap else { continue };
            let node = self.document.node_of_gap(&self.document.gaps[gap]);
            let item = self.document.item_at(node).map(|item| &anchors.items[item.place()]);
            let section = || self.document.section_at(node).map(|section| &anchors.sections[section.place()]);
            *anchor = item.or_else(section).cloned().unwrap_or_default();
        }
        for point in &self.document.points {
            let number = point.number();
            let wanted = match point.section.filter(|&section| self.document.title_section != Some(section)) {
                Some(section) => format_smolstr!("{}-p{number}", anchors.sections[section.place()]),
                None => format_smolstr!("p{number}"),
            };
            // Numbers begin anew with every list.
            anchors.points.push(self.take_quietly(wanted));
        }
        for statement in self.statements {
            let anchor = match (statement.item, statement.parent) {
                (Some(item), _) => anchors.items[item.place()].clone(),
                (None, _) if statement.section.is_some() => {
                    statement.section.map_or_else(SmolStr::default, |section| anchors.sections[section.place()].clone())
                }
                (None, _) if statement.point.is_some() => {
                    statement.point.map_or_else(SmolStr::default, |point| anchors.points[point.place()].clone())
                }
                (None, Some(parent)) => {
                    self.take_quietly(format_smolstr!("{}-answer", anchors.statements[parent.place()]))
                }
                (None, None) => SmolStr::default(),
            };
            anchors.statements.push(anchor);
        }
        for (at, section) in SectionId::each(&self.document.sections) {
            // An author's id works beside the address that the outline gives.
            if let Some(id) = section.id.as_deref().and_then(own_id).filter(|id| self.taken.insert(id.clone())) {
                anchors.own_ids.push((at, id));
            }
        }
        for id in &self.document.anchors {
            let anchor = own_id(id).unwrap_or_else(|| SmolStr::new(slug(id)));
            anchors.given.push(if self.taken.insert(anchor.clone()) { anchor } else { SmolStr::default() });
        }
        anchors
    }

    /// The anchor of a section that translates none: by its outline, else the author's id, else what it defines, else a
    /// slug.
    fn section(&mut self, index: SectionId, anchors: &Anchors) -> SmolStr {
        let section = self.document.section(index);
        let span = self.document.tree.get(section.node).span;
        // The title is no section of its own document: a first section may bear the number that it bears in another.
        let is_title = self.document.title_section == Some(index);
        if let Some(number) = section.number.as_ref().filter(|_| !is_title) {
            let wanted = match section.parent.filter(|&parent| self.document.title_section != Some(parent)) {
                None => format_smolstr!("s{number}"),
                Some(parent) => {
                    let above = &anchors.sections[parent.place()];
                    match &self.document.section(parent).number {
                        Some(parent) if is_part_of(&parent.parts, &number.parts) => {
                            let rest = &number.parts[parent.parts.len()..];
                            let rest = rest.iter().map(u16::to_string).collect::<Vec<_>>().join("-");
                            format_smolstr!("{above}-{rest}")
                        }
                        Some(_) => format_smolstr!("{above}-{number}"),
                        None => format_smolstr!("{above}-s{number}"),
                    }
                }
            };
            let scope = self.scopes[index.place()];
            let before = self.numbered.insert(wanted.clone(), scope);
            // What is quoted numbers as its author did.
            return match !section.top || before.is_some_and(|before| before != scope) {
                true => self.take_quietly(wanted),
                false => self.take(wanted, span, NUMBERED_TWICE),
            };
        }
        if let Some(id) = section.id.as_deref().and_then(own_id) {
            return self.take(
                id,
                span,
                message!(
                    en: "another place has it, or the program needs it itself; give the heading another id",
                    zh: "已有另一处用它，或程序自己要用；请给标题换一个 id"
                ),
            );
        }
        if let Some(definition) = section.label.and_then(|label| self.definitions.of_label(label)) {
            return anchors.definitions[definition.place()].clone();
        }
        if let Ok(event) = self.events.binary_search_by_key(&section.node, |event| event.block) {
            return anchors.events[event].clone();
        }
        if let Ok(at) = self.dated_headings.binary_search_by_key(&section.node, |heading| heading.block) {
            let heading = &self.dated_headings[at];
            return self.take_quietly(event_anchor(heading.start, heading.precision));
        }
        let slug = slug(&section.title);
        let wanted = if slug.is_empty() { SmolStr::new_static("section") } else { SmolStr::new(slug) };
        self.take_quietly(wanted)
    }

    fn take_over(&mut self, anchor: SmolStr, index: SectionId, anchors: &Anchors) -> SmolStr {
        let section = self.document.section(index);
        let own = section.label.and_then(|label| self.definitions.of_label(label));
        let own = own.map(|definition| anchor_of(&self.definitions.all[definition].key));
        let event = self.events.binary_search_by_key(&section.node, |event| event.block);
        let own = own.or_else(|| event.ok().map(|event| anchors.events[event].clone()));
        if own.is_some_and(|own| own == anchor) || self.taken.insert(anchor.clone()) {
            return anchor;
        }
        self.take_quietly(anchor)
    }

    /// Keeps `wanted` for one thing; a later one gets a suffix and a finding.
    fn take(&mut self, wanted: SmolStr, span: Span, help: Message) -> SmolStr {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let given = self.take_quietly(wanted.clone());
        let message = message!(
            en: "the address `#{wanted}` is already taken on this page; this is `#{given}`",
            zh: "地址 `#{wanted}` 在本页已被占用；这里用 `#{given}`"
        );
        let finding = Diagnostic::at(Code::ClashingAnchor, self.document.source, span, message);
        self.findings.push(finding.help(help));
        given
    }

    fn take_quietly(&mut self, wanted: SmolStr) -> SmolStr {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let copies = self.copies.entry(wanted.clone()).or_insert(1);
        loop {
            *copies += 1;
            let given = format_smolstr!("{wanted}-{}", letter_suffix(*copies));
            if self.taken.insert(given.clone()) {
                return given;
            }
        }
    }
}

const NUMBERED_TWICE: Message = Message::fixed(
    "the number stands twice, or two ways of numbering meet here; change one of them",
    "同一编号出现了两次，或两种编号方式在此相撞；请改其中一个",
);

/// For each section the last heading before it that has fewer `#`, and no number.
fn scopes(sections: &[Section]) -> Vec<Option<SectionId>> {
    let mut last: [Option<SectionId>; 6] = [None; 6];
    let mut scopes = Vec::with_capacity(sections.len());
    for (index, section) in SectionId::each(sections) {
        let level = usize::from(section.level.clamp(1, 6));
        scopes.push(last[..level - 1].iter().copied().max().flatten());
        if section.number.is_none() {
            last[level - 1] = Some(index);
        }
    }
    scopes
}

/// `b` for the second, … `z`, then `ba`: letters, because `s2-2` is an address of its own.
fn letter_suffix(mut n: u32) -> String {
    let mut letters = Vec::new();
    n -= 1;
    loop {
        letters.push(b'a' + (n % 26) as u8);
        n /= 26;
        if n == 0 {
            break;
        }
    }
    letters.iter().rev().map(|&b| b as char).collect()
}

/// An author's id as an anchor, if it can be one.
fn own_id(id: &str) -> Option<SmolStr> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (!id.is_empty() && id.chars().all(plain)).then(|| SmolStr::new(id.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_letters() {
        assert_eq!(letter_suffix(2), "b");
        assert_eq!(letter_suffix(26), "z");
        assert_eq!(letter_suffix(27), "ba");
    }

    #[test]
    fn an_anchor_names_kind_and_number_in_ascii() {
        let key = |kind: &str, qualifier: Option<&str>, number: &str| Key {
            kind: kind.into(),
            qualifier: qualifier.map(Into::into),
            number: number.into(),
        };
        assert_eq!(anchor_of(&key("note", None, "1-1")), "note-1-1");
        assert_eq!(anchor_of(&key("仓单", None, "3")), "cang-dan-3");
        assert_eq!(anchor_of(&key("website", Some("orion"), "1")), "orion-website-1");
        assert_eq!(anchor_of(&key("note", None, "a\"b")), "note-a-b");
    }
}
