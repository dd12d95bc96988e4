//! Reading the positions of a document: which heading opens whose, and what each statement says of which.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::{Position, Positions, Statement, StatementId};
use crate::Message;
use crate::case::ground::Ground;
use crate::case::party::{Parties, PartyId, lead_in};
use crate::case::position::PositionId;
use crate::case::stance::{Answer, Doubt, StanceWords, Told};
use crate::case::voice::{Act, Voice};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::outline::{self, Context, Parts};
use crate::document::point::{Point, PointId};
use crate::document::section::SectionId;
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{Attitude, Document, Item, ItemId, Stance};
use crate::language::Language;
use crate::language::kind::{DocumentKind, is_opinion_heading, is_positions_heading};
use crate::language::words::{fold, folded};
use crate::list_of;
use crate::source::{Source, Span};
use crate::yaml::closest;

/// Reads the positions of a document, with the languages whose words for headings count.
pub fn of(
    document: &Document,
    source: &Source,
    (parties, languages): (&Parties, &[Language]),
    words: &StanceWords,
    findings: &mut Vec<Diagnostic>,
) -> Positions {
    let read = |narrator: Option<PartyId>| {
        let mut reader = Reader {
            document,
            source,
            parties,
            languages,
            words,
            narrator,
            found: Positions::default(),
            holders: Vec::new(),
            unnamed: BTreeSet::new(),
            sections_of_items: document.items.iter().map(|item| item.section).collect(),
            open: None,
            around: Vec::new(),
            positions: HashMap::new(),
            findings: Vec::new(),
        };
        reader.holders = reader.holders();
        for range in &document.positions {
            reader.open = None;
            reader.read(range.clone());
        }
        (reader.found, reader.findings)
    };
    let mut told = read(None);
    // Who alone answers the others also tells what stands below its own claims.
    if document.gaps.is_empty()
        && told.0.statements.iter().any(|statement| statement.ground == Ground::Open)
        && let Some(narrator) = told.0.narrator()
    {
        told = read(Some(narrator));
    }
    let (found, mut own_findings) = told;
    findings.append(&mut own_findings);
    let is_promised = document.kind == DocumentKind::Positions;
    if is_promised && found.statements.is_empty() && !source.text.trim().is_empty() {
        let message = message!(en: "no claim was found in the positions", zh: "各方立场中没有找到主张");
        let help = message!(
            en: "a claim is an item such as `1-1，…` or a numbered paragraph under a heading that names a party",
            zh: "主张是写明当事方的标题之下的条目，例如 `1-1，…`，或编号的段落"
        );
        findings.push(Diagnostic::file(Code::NoClaims, &source.path, message).help(help));
    } else {
        findings.extend(super::unread::report(document, source, (parties, languages), words, &found));
    }
    found
}

/// The most paragraphs that one bracket holds.
const MAX_BRACKETED: usize = 30;

/// The most names that are looked through for what a mistyped one may mean, and in how many findings of a document.
const MAX_COMPARED: usize = 300;
const MAX_SUGGESTED: usize = 500;

/// The most parties that a finding names.
const MAX_TOLD: usize = 12;

pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) source: &'a Source,
    pub(super) parties: &'a Parties,
    languages: &'a [Language],
    pub(super) words: &'a StanceWords,
    pub(super) found: Positions,
    /// For each section the heading that names who speaks in it.
    holders: Vec<Option<(SectionId, Option<PartyId>)>>,
    /// The sections of claims of which nobody is known to make them.
    unnamed: BTreeSet<SectionId>,
    /// The sections in which something is numbered `1-1`.
    sections_of_items: BTreeSet<Option<SectionId>>,
    /// The position that is being read.
    pub(super) open: Option<Open>,
    /// The statements in whose blocks the last one stands, and that one, the outermost first.
    around: Vec<StatementId>,
    /// Where each position stands among those that were found.
    positions: HashMap<(SectionId, Option<PartyId>), PositionId>,
    /// Who tells what stands below its own claims, also where that is of others.
    pub(super) narrator: Option<PartyId>,
    findings: Vec<Diagnostic>,
}

/// How something without a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// In brackets within a paragraph.
    Inline,
    /// A paragraph that opens with a bracket.
    Bracketed,
    /// A paragraph or entry of its own.
    Plain,
}

/// A position while it is read.
pub(super) struct Open {
    position: PositionId,
    party: Option<PartyId>,
    section: SectionId,
    /// Its statements by number: those of items, and those of what is numbered otherwise.
    by_number: HashMap<Parts, StatementId>,
    by_point: HashMap<Parts, StatementId>,
    /// How many parts the numbers of its claims have, where those are no items.
    depth: Option<usize>,
    /// The answer that goes on below each statement.
    pub(super) running: HashMap<StatementId, Running>,
    /// The last numbered statement, and the last answer in brackets to it.
    last: Option<StatementId>,
    last_answer: Option<StatementId>,
}

/// An answer that what follows it may go on with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Running {
    /// The last statement of it.
    pub(super) statement: StatementId,
    /// Whether what follows can be nobody else's.
    pub(super) is_certain: bool,
    /// Whether it only introduces what follows: 客户对此有争议，因为：
    pub(super) introduces: bool,
}

impl Open {
    /// The statement that a number belongs to: 1-3 for 1-3-2, or 1-3 for 1-3-2-1 where there is no 1-3-2.
    fn above(&self, parts: Parts) -> Option<StatementId> {
        (2..parts.len()).rev().find_map(|len| self.by_number.get(&parts.upto(len)).copied())
    }

    /// A statement of the party whose position this is.
    fn statement(&self, node: NodeId, parent: Option<StatementId>, span: Span) -> Statement {
        Statement {
            node,
            end: node + 1,
            item: None,
            section: None,
            point: None,
            position: self.position,
            speaker: self.party,
            ground: if self.party.is_some() { Ground::Read } else { Ground::Open },
            also: Vec::new(),
            parent,
            attitude: Attitude::Supports,
            attitude_ground: Ground::Read,
            span,
        }
    }
}

impl Reader<'_> {
    /// For each section who speaks in it: the nearest heading that names a party. Below a heading that does, another
    /// must be no more than a name: 关于比博 in what the victim says is not what 比博 says.
    fn holders(&mut self) -> Vec<Option<(SectionId, Option<PartyId>)>> {
        let claims_in_title = self.document.items.iter().any(|item| item.section == self.document.title_section);
        let mut holders: Vec<Option<(SectionId, Option<PartyId>)>> = Vec::with_capacity(self.document.sections.len());
        for (index, section) in SectionId::each(&self.document.sections) {
            if !self.document.in_positions(section.node) {
                holders.push(None);
                continue;
            }
            let above = section.parent.and_then(|parent| holders[parent.place()]);
            let is_title = self.document.title_section == Some(index);
            let is_claim = section.number.as_ref().is_some_and(|number| number.parts.len() > 1);
            let own = if above.is_some() && is_claim { None } else { self.parties.of_heading(&section.title) };
            holders.push(match own {
                Some(party) if !is_title || claims_in_title => Some((index, Some(party))),
                _ => above,
            });
        }
        let is_no_party = |title: &str| {
            self.languages.iter().any(|language| language.table.positions.is_no_party(title))
                || is_positions_heading(title, self.languages)
        };
        for item in self.document.items.iter().filter(|item| item.number.parts.len() == 2) {
            let Some(section) = item.section.filter(|&at| self.document.title_section != Some(at)) else { continue };
            let title = &self.document.section(section).title;
            if holders[section.place()].is_none() && self.document.in_positions(item.node) && !is_no_party(title) {
                self.unknown_heading(section);
                self.unnamed.insert(section);
                holders[section.place()] = Some((section, None));
            }
        }
        // What names who says it needs no heading that does.
        for (index, section) in SectionId::each(&self.document.sections) {
            if self.document.in_positions(section.node) {
                holders[index.place()].get_or_insert((index, None));
            }
        }
        holders
    }

    fn unknown_heading(&mut self, section: SectionId) {
        let node = self.document.tree.get(self.document.section(section).node);
        let title = &self.document.section(section).title;
        let message = message!(
            en: "the heading `{title}` names no party, so nobody is known to make the claims below it",
            zh: "标题“{title}”没有写明当事方，因此不知道以下是谁的主张"
        );
        self.report(Code::UnknownParty, node.span, message, title);
    }

    fn report(&mut self, code: Code, span: Span, message: Message, meant: &str) {
        let names = self.parties.all.iter().flat_map(|party| party.words());
        let near = self.near(&fold(meant), names);
        let known = told(self.parties.all.iter().map(|party| party.name(self.document.language)));
        let place = if self.parties.listed {
            message!(en: "casefile.yaml lists", zh: "casefile.yaml 列出的是")
        } else {
            message!(
                en: "the headings name",
                zh: "各标题写的是"
            )
        };
        let help = message!(en: "{near}{place} {known}", zh: "{near}{place}{known}"; near, place, known);
        self.findings.push(Diagnostic::at(code, self.document.source, span, message).help(help));
    }

    /// The name that may be meant by another, as a question; empty where none is near, or too many findings stand before.
    fn near<'n>(&self, meant: &str, names: impl Iterator<Item = &'n str>) -> Message {
        let compared = if self.findings.len() < MAX_SUGGESTED { MAX_COMPARED } else { 0 };
        closest(meant, names.take(compared)).map_or_else(Message::default, |near| {
            message!(
                en: "did you mean `{near}`? ",
                zh: "是否指 `{near}`？"
            )
        })
    }

    fn read(&mut self, range: Range<NodeId>) {
        let tree = &self.document.tree;
        let mut id = range.start.max(1);
        while id < range.end {
            let node = tree.get(id);
            match node.kind {
                NodeKind::Heading(index) => {
                    if self.document.section(index).top {
                        self.enter(index);
                        self.heading(index);
                    }
                    id = node.end;
                    continue;
                }
                _ if self.point_at(id).is_some() => {
                    let point = self.point_at(id);
                    let has_blocks = matches!(node.kind, NodeKind::Item { .. }) && id + 1 < node.end;
                    let block = if has_blocks { id + 1 } else { id };
                    if !self.lead_in(block)
                        && let Some(point) = point
                    {
                        self.point(point);
                    }
                }
                NodeKind::ItemNumber(item) => self.item(item, &self.document.items[item], id),
                NodeKind::Paragraph { .. } if !self.lead_in(id) => self.paragraph(id),
                NodeKind::Remark if self.is_gap(node.span) => {}
                NodeKind::Remark => {
                    let text = self.text_from(id + 1, tree.len());
                    self.remark(id, node.span, &text, Form::Inline);
                }
                _ => {}
            }
            id += 1;
        }
    }

    /// What is numbered at a node, other than an item.
    fn point_at(&self, id: NodeId) -> Option<PointId> {
        self.document.points.binary_search_by_key(&id, |point| point.node).ok().map(PointId::new)
    }

    /// A heading with a number such as 1-1 is a claim.
    fn heading(&mut self, index: SectionId) {
        let section = self.document.section(index);
        let Some(open) = &self.open else { return };
        let Some(number) = section.number.as_ref().filter(|number| number.parts.len() > 1) else { return };
        let parts = number.parts;
        let parent = open.above(parts);
        let span = self.document.tree.get(section.node).span;
        let mut statement = Statement { section: Some(index), ..open.statement(section.node, parent, span) };
        match parent {
            Some(parent) => self.place_below(&mut statement, parent, &section.title),
            None if self.is_nobodys(&statement) => return,
            None => {}
        }
        self.heed_gap(&mut statement, section.node + 1..self.document.tree.get(section.node).end, &section.title);
        self.add_numbered(statement, parts, &section.title);
    }

    fn enter(&mut self, section: SectionId) {
        let Some((section, party)) = self.holders[section.place()] else {
            self.open = None;
            return;
        };
        if self.open.as_ref().is_none_or(|open| open.section != section) {
            self.open_position(section, party);
        }
    }

    fn open_position(&mut self, section: SectionId, party: Option<PartyId>) {
        let next = PositionId::next(&self.found.all);
        let position = *self.positions.entry((section, party)).or_insert(next);
        if position == next {
            self.found.all.push(Position { party, section });
        }
        self.open = Some(Open {
            position,
            party,
            section,
            by_number: HashMap::new(),
            by_point: HashMap::new(),
            depth: None,
            running: HashMap::new(),
            last: None,
            last_answer: None,
        });
    }

    /// Opens a position below a paragraph that does so as a heading would, where no heading names a party.
    fn lead_in(&mut self, id: NodeId) -> bool {
        let Some(section) = self.open.as_ref().map(|open| open.section) else { return false };
        let is_free = self.holders[section.place()].is_some_and(|(_, party)| party.is_none());
        let title =
            || lead_in(self.document, self.source, id).filter(|title| is_opinion_heading(title, self.languages));
        let party = if is_free { title().and_then(|title| self.parties.of_heading(&title)) } else { None };
        if party.is_some() {
            self.open_position(section, party);
        }
        party.is_some()
    }

    /// What is numbered otherwise than `1-1`: `1、…`, an entry of an ordered list. Where claims are numbered so it is no claim.
    fn point(&mut self, index: PointId) {
        let point = &self.document.points[index];
        let (nodes, text) = self.words_of_point(point);
        if self.sections_of_items.contains(&point.section) {
            self.point_below_item(index, nodes, &text);
            return;
        }
        let Some(open) = &mut self.open else { return };
        let depth = *open.depth.get_or_insert(point.path.len());
        let parent = (depth..point.path.len()).rev().find_map(|len| open.by_point.get(&point.path.upto(len)).copied());
        let mut statement = Statement { point: Some(index), ..open.statement(point.node, parent, point.span) };
        match parent {
            Some(parent) => self.place_below(&mut statement, parent, &text),
            None => {
                self.place_claim(&mut statement, &text);
                if self.is_nobodys(&statement) {
                    return;
                }
            }
        }
        let id = self.add_point(statement, nodes, &text);
        if let Some(open) = &mut self.open {
            open.by_point.insert(point.path, id);
            open.last = Some(id);
            open.last_answer = None;
        }
    }

    /// What is numbered so below `1-1`: it belongs to the answer that a paragraph introduces, and is told where it may be one itself.
    fn point_below_item(&mut self, index: PointId, nodes: Range<NodeId>, text: &str) {
        let point = &self.document.points[index];
        let Some(open) = &self.open else { return };
        let Some(last) = open.last else { return };
        match open.running.get(&last).filter(|running| running.introduces) {
            // The list that the paragraph introduces is a part of it.
            Some(running) if point.node < self.found.statements[running.statement].end => {}
            Some(_) => {
                let mut statement =
                    Statement { point: Some(index), ..open.statement(point.node, Some(last), point.span) };
                self.place_below(&mut statement, last, text);
                self.add_point(statement, nodes, text);
            }
            None => {
                let claimant = self.found.statements[self.found.claim_of(last)].speaker;
                let answer = self.words.read(text, self.parties, false);
                if answer.is_some_and(|answer| answer.speakers.iter().all(|&party| Some(party) != claimant))
                    || self.may_answer(text, claimant)
                {
                    self.note_unread(point.node, point.span);
                }
            }
        }
    }

    fn add_point(&mut self, mut statement: Statement, nodes: Range<NodeId>, text: &str) -> StatementId {
        self.heed_gap(&mut statement, nodes, text);
        self.heed_answer_within(&statement, text);
        let id = self.add(statement);
        self.note_running(id, self.words.voice.introduces(text));
        id
    }

    /// The nodes of the words of what is numbered otherwise than `1-1`, and these words without the number.
    fn words_of_point(&self, point: &Point) -> (Range<NodeId>, String) {
        let tree = &self.document.tree;
        let is_entry = matches!(tree.get(point.node).kind, NodeKind::Item { .. });
        let nodes = match tree.get(point.node).kind {
            NodeKind::Item { .. } | NodeKind::Paragraph { .. } => {
                point.node + 1 + NodeId::from(is_entry)..tree.get(point.node).end
            }
            _ => point.node..tree.len(),
        };
        let text = self.text_from(nodes.start, nodes.end);
        let mark = self.source.text.get(point.span.start as usize..point.span.end as usize).unwrap_or_default();
        let without_mark = text.strip_prefix(mark).filter(|rest| !mark.is_empty() && !rest.is_empty());
        let parsed = || outline::parse(&text, Context::Block).map_or(text.as_str(), |found| &text[found.rest..]);
        let words = without_mark.unwrap_or_else(parsed).trim_start().to_owned();
        (nodes, words)
    }

    /// Says whose a claim is that names another than the heading does: below no party's heading that party's, below
    /// another's nobody's for certain.
    fn place_claim(&mut self, statement: &mut Statement, text: &str) {
        let party = statement.speaker;
        let answer = self.words.read(text, self.parties, false).filter(|answer| answer.introduces);
        if party.is_some() && answer.is_some_and(|answer| answer.speakers.first().is_some_and(|&by| Some(by) != party))
        {
            self.answers_nothing(statement.span);
            return;
        }
        if let Some(Voice { party: by, act: Act::Speaks | Act::Wishes }) = self.words.voice.read(text, self.parties)
            && Some(by) != party
        {
            statement.speaker = if party.is_none() { Some(by) } else { None };
            statement.ground = if party.is_none() { Ground::Read } else { Ground::Open };
        }
    }

    fn item(&mut self, index: ItemId, item: &Item, number: NodeId) {
        let Some(open) = &self.open else { return };
        let parts = item.number.parts;
        let parent = open.above(parts);
        let mut statement = Statement { item: Some(index), ..open.statement(item.node, parent, item.span) };
        let nodes = self.words_after(number, item.node);
        let text = self.text_from(nodes.start, nodes.end);
        let told = self.findings.len();
        if let Some(parent) = parent {
            self.place_below(&mut statement, parent, &text);
        }
        if item.stance.as_ref().is_some_and(|stance| stance.by.is_some()) {
            // Who answers is written, whoever the words name.
            self.findings.truncate(told);
        }
        if let Some(stance) = &item.stance {
            self.say_outright(&mut statement, stance, parent, item.span);
        } else if parent.is_none() {
            self.place_claim(&mut statement, &text);
            if self.is_nobodys(&statement) {
                return;
            }
        }
        self.heed_gap(&mut statement, nodes, &text);
        self.add_numbered(statement, parts, &text);
    }

    /// Whether something numbered is no claim: below no party's heading only what names who says it is one.
    fn is_nobodys(&self, statement: &Statement) -> bool {
        let is_free = |open: &Open| open.party.is_none() && !self.unnamed.contains(&open.section);
        statement.speaker.is_none() && self.open.as_ref().is_some_and(is_free)
    }

    /// What `{by=… disputes}` says.
    fn say_outright(&mut self, statement: &mut Statement, stance: &Stance, parent: Option<StatementId>, span: Span) {
        let (read, read_ground) = (statement.attitude, statement.attitude_ground);
        statement.parent = parent;
        statement.also.clear();
        statement.ground = Ground::Written;
        if let Some(by) = &stance.by {
            let inferred = statement.speaker;
            statement.speaker = self.parties.find(by);
            if statement.speaker.is_none() {
                statement.ground = Ground::Open;
                let message = message!(en: "no party is called `{by}`", zh: "没有名为 `{by}` 的当事方");
                let ids = || self.parties.all.iter().map(|party| party.id.as_str());
                let (near, parties) = (self.near(by, ids()), told(ids()));
                let help = message!(
                    en: "{near}the parties are {parties}",
                    zh: "{near}当事方有 {parties}"; near, parties
                );
                let finding = Diagnostic::at(Code::UnknownParty, self.document.source, span, message);
                self.findings.push(finding.help(help));
            }
            let above = parent.and_then(|parent| self.found.statements[parent].speaker);
            if stance.attitude.is_none() && (statement.speaker != inferred || read == Attitude::Supports) {
                // Who speaks is said, but not what of.
                let own = statement.speaker == above || parent.is_none();
                statement.attitude = if own { Attitude::Supports } else { Attitude::Remarks };
                statement.attitude_ground = if own { Ground::Read } else { Ground::Open };
            } else {
                (statement.attitude, statement.attitude_ground) = (read, read_ground);
            }
        }
        if let Some(attitude) = stance.attitude {
            (statement.attitude, statement.attitude_ground) = (attitude, Ground::Written);
        }
        if parent.is_none() && statement.attitude != Attitude::Supports {
            self.answers_nothing(span);
            statement.attitude = Attitude::Supports;
        }
    }

    fn add_numbered(&mut self, statement: Statement, parts: Parts, text: &str) {
        self.heed_answer_within(&statement, text);
        let id = self.add(statement);
        self.note_running(id, self.words.voice.introduces(text));
        if let Some(open) = &mut self.open {
            open.by_number.insert(parts, id);
            open.last = Some(id);
            open.last_answer = None;
        }
    }

    fn answers_nothing(&mut self, span: Span) {
        let message = message!(
            en: "this answers, but there is no claim that it could answer",
            zh: "这是答复，但没有它所答复的主张"
        );
        let help = message!(
            en: "number it below the claim that it answers, such as `1-3-1` below `1-3`, or put it right after it",
            zh: "请在所答复的主张之下编号，例如 `1-3` 之下写 `1-3-1`，或紧接着写在它后面"
        );
        self.findings.push(Diagnostic::at(Code::OrphanAnswer, self.document.source, span, message).help(help));
    }

    /// Tells of an answer by somebody unknown, whom `text` names in the author's letters.
    pub(super) fn unknown_answerer(&mut self, answer: &Answer, text: &str, span: Span) {
        let mut places = text.char_indices().map(|(at, _)| &text[at..]);
        let named = places.find(|rest| folded(rest).zip(answer.subject.chars()).all(|(one, other)| one == other));
        let name: String = named.unwrap_or_default().chars().take(answer.subject.chars().count()).collect();
        let is_own = self.words.is_first_person(text, self.parties);
        self.unknown_speaker(if is_own { "" } else { &name }, span);
    }

    pub(super) fn unknown_speaker(&mut self, name: &str, span: Span) {
        let message = match name.is_empty() {
            true => message!(en: "this answers, but says not who answers", zh: "这是答复，但没有写明谁在答复"),
            false => message!(
                en: "`{name}` answers here, but no party is called so",
                zh: "“{name}”在这里答复，但没有这个名字的当事方"
            ),
        };
        self.report(Code::UnknownParty, span, message, name);
    }

    /// A paragraph or entry without a number after a statement or below one.
    fn paragraph(&mut self, id: NodeId) {
        let tree = &self.document.tree;
        let begins_item = matches!(tree.get(id - 1).kind, NodeKind::Item { .. });
        let is_item = |node: NodeId| self.document.items.binary_search_by_key(&node, |item| item.node).is_ok();
        let is_point = |node: NodeId| self.point_at(node).is_some_and(|_| self.found.at_node(node).is_some());
        if is_item(id) || begins_item && (is_item(id - 1) || is_point(id - 1)) {
            return;
        }
        if self.gap_in(id + 1..tree.get(id).end).is_some() {
            self.lose_answer(id);
            return;
        }
        let text = tree.text(self.source, id);
        let bracketed = text.trim_start().starts_with(['（', '(']);
        let node = if begins_item { id - 1 } else { id };
        let span = tree.below(id).next().map_or(tree.get(id).span, |(_, first)| first.span);
        let before = self.found.statements.len();
        let form = if bracketed { Form::Bracketed } else { Form::Plain };
        self.remark(node, span, &text, form);
        if self.found.statements.len() == before || begins_item {
            return;
        }
        let end = if bracketed { self.bracket_end(id) } else { self.introduced_end(id, &text) };
        if let Some(statement) = self.found.statements.last_mut() {
            statement.end = end;
        }
    }

    /// One past the last node of what paragraph `id` says, and of the list without numbers that it introduces.
    fn introduced_end(&self, id: NodeId, text: &str) -> NodeId {
        let tree = &self.document.tree;
        let end = tree.get(id).end;
        let is_list =
            end < tree.len() && matches!(tree.get(end).kind, NodeKind::Bullets { .. } | NodeKind::Numbers { .. });
        if !is_list || !self.words.voice.introduces(text) {
            return end;
        }
        let list_end = tree.get(end).end;
        let has_items = self.document.items.iter().any(|item| (end..list_end).contains(&item.node));
        if has_items { end } else { list_end }
    }

    /// One past the last node of what stands in the brackets that open with paragraph `id`.
    fn bracket_end(&self, id: NodeId) -> NodeId {
        let tree = &self.document.tree;
        let own = tree.get(id).end;
        let (mut depth, mut end) = (0i32, id);
        for _ in 0..MAX_BRACKETED {
            let text = tree.text(self.source, end);
            depth += text
                .chars()
                .map(|c| i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')')))
                .sum::<i32>();
            end = tree.get(end).end;
            let goes_on = end < tree.len() && matches!(tree.get(end).kind, NodeKind::Paragraph { .. });
            if depth <= 0 {
                return end;
            }
            let is_item = self.document.items.binary_search_by_key(&end, |item| item.node).is_ok();
            if !goes_on || is_item || self.begins_definition(end) {
                break;
            }
        }
        // It is never closed, so nothing tells how far it reaches.
        own
    }

    /// Whether a block begins with a label that may define something, and so holds more than itself.
    fn begins_definition(&self, block: NodeId) -> bool {
        let labels = &self.document.labels;
        let next = labels.partition_point(|label| label.node <= block);
        labels.get(next).is_some_and(|label| label.place.block() == Some(block))
    }

    /// An answer without a number, if that is what `text` is. Outside of brackets only what names a known party is one.
    fn remark(&mut self, node: NodeId, span: Span, text: &str, form: Form) {
        if self.open.is_none() {
            return;
        }
        let Some(answer) = self.words.read(text, self.parties, form != Form::Plain) else {
            self.spoken(node, span, text, form);
            return;
        };
        let nobody = answer.speakers.is_empty() && !answer.everyone;
        let introduces = self.words.voice.introduces(text);
        if form == Form::Plain && nobody && !introduces && self.innermost(node).is_none() {
            self.note_unread(node, span);
            return;
        }
        let Some(last) = self.answered(node) else {
            if self.open.as_ref().is_some_and(|open| open.party.is_some() || self.unnamed.contains(&open.section)) {
                self.answers_nothing(span);
            }
            return;
        };
        let above = self.found.statements[last].speaker;
        // Who answers an answer in brackets is usually the one whose claim it was.
        let by_claimant = !answer.everyone && answer.speakers.iter().all(|&party| Some(party) == above) && !nobody;
        let parent = match self.open.as_ref().and_then(|open| open.last_answer) {
            Some(before) if by_claimant => before,
            _ if by_claimant => return,
            _ => last,
        };
        let Some(open) = &self.open else { return };
        let mut statement = open.statement(node, Some(parent), span);
        if nobody {
            self.unknown_answerer(&answer, text, span);
        }
        let above = self.found.statements[parent].speaker;
        self.answer(&mut statement, &answer, above);
        self.add_answer(statement, last, form, introduces);
    }

    /// What stands without a number, and does not say in so many words that it accepts or disputes: 平台回复：…
    fn spoken(&mut self, node: NodeId, span: Span, text: &str, form: Form) {
        let voice = self.words.voice.read(text, self.parties);
        let introduces = self.words.voice.introduces(text);
        let Some(last) = self.answered(node) else { return };
        let Some(open) = &self.open else { return };
        let last_answer = open.last_answer;
        let mut statement = open.statement(node, Some(last), span);
        statement.attitude = Attitude::Remarks;
        let above = self.found.statements[last].speaker;
        // Who accepts a part is known, and what of the rest is not.
        let part = match self.words.tell(text, self.parties, false) {
            Told::Doubt(Doubt { parties, accepts_in_part: true, .. }) if parties.len() == 1 => Some(parties[0]),
            _ => None,
        };
        match (voice, form) {
            _ if part.is_some_and(|party| Some(party) != above) => {
                statement.speaker = part;
                statement.ground = Ground::Read;
                statement.attitude_ground = Ground::Open;
            }
            (Some(Voice { party, act: act @ (Act::Speaks | Act::Wishes | Act::Admits) }), _)
                if Some(party) != above =>
            {
                statement.speaker = Some(party);
                statement.ground = Ground::Read;
                statement.attitude_ground = if act == Act::Wishes { Ground::Read } else { Ground::Open };
            }
            (Some(Voice { party, act: Act::Speaks | Act::Wishes }), Form::Bracketed) => {
                let Some(before) = last_answer else { return };
                statement.parent = Some(before);
                statement.speaker = Some(party);
                statement.ground = Ground::Read;
            }
            (Some(Voice { act: Act::Speaks | Act::Wishes, .. }), _) => {
                // The claimant goes on, and whatever was said before is over.
                if introduces && let Some(open) = &mut self.open {
                    open.running.remove(&last);
                }
                return;
            }
            (Some(_), Form::Bracketed) => {
                statement.leave_open();
            }
            (None, Form::Bracketed) if self.words.voice.tells(text) => {
                statement.leave_open();
            }
            (Some(Voice { party, .. }), Form::Plain)
                if Some(party) != above && (above.is_none() || above != self.narrator) =>
            {
                self.found.unsure.insert(self.found.claim_of(last));
                return;
            }
            (None, Form::Plain) if self.may_be_of_another(text, above) => {
                self.found.unsure.insert(self.found.claim_of(last));
                return;
            }
            (None, Form::Plain) if self.may_answer(text, above) => {
                self.note_unread(node, span);
                return;
            }
            // Who sets something against the claim may be anybody.
            (None, Form::Plain) if self.words.rebuts(text) => {
                self.found.unsure.insert(self.found.claim_of(last));
                return;
            }
            _ => return,
        }
        self.add_answer(statement, last, form, introduces);
    }

    /// Whether a text that opens with no known party, and has no number, looks as if somebody answered in it what `above` says.
    fn may_answer(&self, text: &str, above: Option<PartyId>) -> bool {
        let is_of_another = || self.words.is_first_person(text, self.parties) && !self.speaks_of_itself(above);
        self.words.stranger(text, self.parties).is_some() || self.words.denies(text) || is_of_another()
    }

    /// Whether a text names others than `above` with a word that accepts or disputes, and does not tell that they do: 等待客户认可.
    fn may_be_of_another(&self, text: &str, above: Option<PartyId>) -> bool {
        let told = self.words.tell(text, self.parties, false);
        matches!(told, Told::Doubt(doubt) if doubt.parties.iter().any(|&party| Some(party) != above))
    }

    /// Whether a party that says 我 below its own claim is the one who writes: nobody else is there, or only it answers.
    pub(super) fn speaks_of_itself(&self, party: Option<PartyId>) -> bool {
        self.found.all.len() == 1 || party.is_some() && party == self.narrator
    }

    /// Notes that what stands at a node may answer the claim before it, and is not read.
    fn note_unread(&mut self, node: NodeId, span: Span) {
        if let Some(last) = self.answered(node) {
            self.found.unsure.insert(self.found.claim_of(last));
            self.found.unread.push(span);
        }
    }

    /// Leaves a claim open where a sentence of its own words tells that somebody else disputes or accepts it.
    fn heed_answer_within(&mut self, statement: &Statement, text: &str) {
        let is_others = |said: &str| {
            let answer = self.words.read(said, self.parties, false)?;
            let others = answer.speakers.iter().any(|&party| Some(party) != statement.speaker);
            (answer.everyone || others || answer.speakers.is_empty()).then_some(())
        };
        if statement.parent.is_none() && later_sentences(text).any(|said| is_others(said).is_some()) {
            self.found.unsure.insert(StatementId::next(&self.found.statements));
            self.found.unread.push(statement.span);
        }
    }

    /// Adds an answer to `last` that has no number of its own.
    fn add_answer(&mut self, statement: Statement, last: StatementId, form: Form, introduces: bool) {
        let above = self.found.statements[last].parent;
        let id = self.add(statement);
        let Some(open) = &mut self.open else { return };
        open.last_answer = Some(id);
        // What stands in brackets is over when the bracket closes.
        if form == Form::Plain {
            for below in std::iter::once(last).chain(above) {
                open.running.insert(below, Running { statement: id, is_certain: introduces, introduces });
            }
        }
    }

    /// What a text without a number answers, where it stands: the item around it, or the last before it.
    pub(super) fn answered(&self, node: NodeId) -> Option<StatementId> {
        let tree = &self.document.tree;
        let last = self.open.as_ref()?.last;
        let is_line = |id: &StatementId| {
            let holder = self.found.statements[*id].node;
            matches!(tree.get(holder).kind, NodeKind::ItemNumber(_)) && matches!(tree.get(node).kind, NodeKind::Remark)
        };
        last.filter(is_line).or_else(|| self.innermost(node)).or(last)
    }

    /// The statement in whose block a node stands, the innermost if there are several.
    fn innermost(&self, node: NodeId) -> Option<StatementId> {
        let tree = &self.document.tree;
        let position = self.open.as_ref()?.position;
        let around = self.around.iter().rev().map(|&id| (id, &self.found.statements[id]));
        let mut own = around.take_while(|(_, statement)| statement.position == position);
        own.find(|(_, statement)| node < tree.get(statement.node).end).map(|(id, _)| id)
    }

    fn add(&mut self, statement: Statement) -> StatementId {
        let id = StatementId::next(&self.found.statements);
        if statement.section.is_none() {
            let end = |id: StatementId| self.document.tree.get(self.found.statements[id].node).end;
            while self.around.pop_if(|id| end(*id) <= statement.node).is_some() {}
            self.around.push(id);
        }
        self.found.statements.push(statement);
        id
    }

    /// The words of an item: from its number to the end of its first block, or of its line.
    fn words_after(&self, number: NodeId, block: NodeId) -> Range<NodeId> {
        let tree = &self.document.tree;
        let limit = if block == number { tree.len() } else { tree.get(block).end };
        let from = (number + 1..limit).find(|&at| !matches!(tree.get(at).kind, NodeKind::Separator)).unwrap_or(limit);
        from..limit
    }

    /// The text from a node on, up to the next block, item or remark.
    fn text_from(&self, from: NodeId, limit: NodeId) -> String {
        let tree = &self.document.tree;
        let ends = |id: &NodeId| ends_words(&tree.get(*id).kind) || matches!(tree.get(*id).kind, NodeKind::Remark);
        let end = (from..limit).find(ends).unwrap_or(limit);
        let mut text = String::new();
        tree.text_into(self.source, from, end, &mut text);
        text
    }
}

/// The sentences of a text but the first.
fn later_sentences(text: &str) -> impl Iterator<Item = &str> {
    let is_end = |&(at, c): &(usize, char)| {
        matches!(c, '。' | '！' | '；' | ';')
            || matches!(c, '.' | '!') && text[at + 1..].starts_with(char::is_whitespace)
    };
    let ends: Vec<usize> = text.char_indices().filter(is_end).map(|(at, c)| at + c.len_utf8()).collect();
    let starts = ends.clone().into_iter();
    let ends = ends.into_iter().skip(1).chain([text.len()]);
    starts.zip(ends).map(|(from, to)| text[from..to].trim()).filter(|sentence| !sentence.is_empty())
}

/// Whether the words of a statement end before a node of that kind.
pub(super) fn ends_words(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Paragraph { .. }
            | NodeKind::Bullets { .. }
            | NodeKind::Numbers { .. }
            | NodeKind::Heading(_)
            | NodeKind::Item { .. }
            | NodeKind::Quote
            | NodeKind::Table
            | NodeKind::ItemNumber(_)
            | NodeKind::Rule
    )
}

/// The first of some names, and how many others there are.
fn told<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> Message {
    let more = names.len().saturating_sub(MAX_TOLD);
    let named = list_of(names.take(MAX_TOLD));
    if more == 0 { named } else { message!(en: "{named} and {more} more", zh: "{named}等，另有 {more} 个"; named) }
}
