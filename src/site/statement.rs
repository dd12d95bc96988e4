//! A statement in words: its number, its first sentence, who makes it and where it stands.

use std::collections::{HashMap, HashSet};

use super::exhibit::Bearing;
use super::{Site, Spot};
use crate::case::party::PartyId;
use crate::case::position::{Positions, Standing, Statement, StatementId};
use crate::document::Attitude;
use crate::document::DocumentId;
use crate::document::outline::{self, Context};
use crate::document::tree::{NodeId, NodeKind};
use crate::language::phrases::Phrases;
use crate::language::words::first_sentence;
use crate::language::words::fold;

pub(crate) fn number(site: &Site, document: DocumentId, statement: &Statement) -> String {
    let number = statement.number(&site.case.documents[document]);
    number.map_or_else(String::new, |number| number.to_string())
}

/// The first sentence of what an exhibit bears on.
pub(crate) fn text_of(site: &Site, bearing: &Bearing) -> Option<String> {
    let document = bearing.document;
    let this = &site.case.documents[document];
    match bearing.spot? {
        Spot::Item(item) => Some(text_after(site, document, this.items[item].node)),
        Spot::Point(point) => Some(text_after(site, document, this.points[point].node)),
        Spot::Event(event) => Some(site.case.events_of(document)?.get(event.place())?.title.clone()),
        Spot::Statement(statement) => {
            let statements = &site.case.positions.get(&document)?.statements;
            Some(text(site, document, statements.get(statement.place())?))
        }
        Spot::Definition(definition) => {
            let (from, to) = site.case.definitions[document].all[definition].body?;
            let block = (from..to).find(|&id| matches!(this.tree.get(id).kind, NodeKind::Paragraph { .. }))?;
            let mut text = String::new();
            for id in block + 1..this.tree.get(block).end {
                match this.tree.get(id).kind {
                    NodeKind::Label(label) if !text.is_empty() => {
                        text.push_str(this.labels[label].text(site.case.source_of(document)));
                    }
                    NodeKind::Label(_) | NodeKind::Separator => {}
                    _ => this.tree.text_into(site.case.source_of(document), id, id + 1, &mut text),
                }
            }
            Some(first_sentence(text.trim_start_matches([':', '：', ' '])).to_owned())
        }
        Spot::Section(_) | Spot::OwnId(_) | Spot::Given(_) => None,
    }
}

/// A statement in words: who makes it, and where the claim stands or what the answer says of it.
pub(crate) struct Said<'a> {
    pub(crate) speaker: &'a str,
    pub(crate) class: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) words: &'a str,
    /// The claim that it belongs to, by its number and its first sentence; none for a claim.
    pub(crate) claim: Option<String>,
}

impl Said<'_> {
    /// Who speaks and how it stands, in a line. Who makes a claim claims it: what became of it is what others say.
    pub(crate) fn in_words(&self, phrases: &Phrases) -> String {
        let Self { speaker, sign, words, .. } = self;
        match self.claim {
            Some(_) => format!("{speaker} {sign} {words}"),
            None => format!("{speaker} {} · {sign} {words}", phrases.claims),
        }
    }
}

/// The answers to a claim, in the order of the text, each party's first of a kind: what it says and its first sentence,
/// without what says only that.
pub(crate) fn answers<'a>(
    site: &'a Site,
    document: DocumentId,
    positions: &'a Positions,
    standings: &HashMap<StatementId, Standing>,
    claim: StatementId,
) -> Vec<(Said<'a>, String)> {
    let is_answer = |statement: &Statement| statement.attitude != Attitude::Supports || statement.is_open();
    let of_claim = StatementId::each(&positions.statements).filter(|&(id, statement)| {
        statement.parent.is_some() && is_answer(statement) && positions.claim_of(id) == claim
    });
    let mut seen = HashSet::new();
    of_claim
        .filter(|(_, answer)| seen.insert((answer.speaker, answer.attitude, answer.is_open())))
        .map(|(id, statement)| (said(site, document, positions, standings, id), gist(site, document, statement)))
        .collect()
}

/// The first sentence of an answer, without the brackets around it and without what opens it by saying only who
/// answers what: 沃夸兰对此有争议：. Empty if it says no more.
pub(crate) fn gist(site: &Site, document: DocumentId, statement: &Statement) -> String {
    let has_number = statement.item.is_some() || statement.point.is_some() || statement.section.is_some();
    let text = if has_number {
        text(site, document, statement)
    } else {
        let source = site.case.source_of(document);
        let text = site.case.documents[document].tree.text(source, statement.node);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.trim_start_matches(['(', '（']).trim_end_matches([')', '）']);
        first_sentence(words).trim_end_matches([')', '）']).to_owned()
    };
    without_opening(site, document, &text, statement.speaker).to_owned()
}

fn without_opening<'t>(site: &Site, document: DocumentId, text: &'t str, speaker: Option<PartyId>) -> &'t str {
    let folded = fold(text);
    let known = &site.case.languages[site.case.documents[document].language].table.positions;
    // 沃夸兰对此有争议：…, 沃夸兰对此无争议，称…
    let says = |rest: &str| known.speech.iter().map(|verb| fold(verb)).find(|verb| rest.starts_with(verb.as_str()));
    let (opening, verb) = match folded.split_once([',', ':']).map(|(opening, rest)| (opening, says(rest))) {
        Some((opening, Some(verb))) => (opening, verb.chars().count()),
        _ => (folded.split_once(':').map_or(folded.as_str(), |(opening, _)| opening), 0),
    };
    let says_no_more = |words: &str| {
        let mut objects = known.objects.iter().filter_map(|object| words.strip_suffix(object.as_str()));
        let bare = objects.next().unwrap_or(words).trim();
        known.disputes.iter().chain(&known.accepts).any(|marker| marker == bare || marker == words)
    };
    match site.case.parties.opening(opening) {
        // 对此有争议：…, of whom nobody knows who says it.
        None if speaker.is_none() && folded.len() > opening.len() && says_no_more(opening.trim()) => {
            let skipped = opening.chars().count() + 1 + verb;
            text.char_indices().nth(skipped).map_or("", |(at, _)| text[at..].trim_start())
        }
        Some((party, rest)) if Some(party) == speaker && says_no_more(rest.trim()) => {
            let skipped = opening.chars().count() + 1 + verb;
            text.char_indices().nth(skipped).map_or("", |(at, _)| text[at..].trim_start())
        }
        _ => text,
    }
}

/// What there is to say of a statement of `document`; `standings` are those of its claims.
pub(crate) fn said<'a>(
    site: &'a Site,
    document: DocumentId,
    positions: &'a Positions,
    standings: &HashMap<StatementId, Standing>,
    id: StatementId,
) -> Said<'a> {
    let this = &site.case.documents[document];
    let phrases = &site.case.languages[this.language].table.phrases;
    let statement = &positions.statements[id];
    let speaker = match statement.speaker {
        Some(party) => site.case.parties.all[party].name(this.language),
        None if statement.parent.is_none() => this.section(positions.all[statement.position].section).title.as_ref(),
        None => &phrases.speaker_unknown,
    };
    let (class, sign, words) = match standings.get(&id) {
        Some(&standing) => {
            let (sign, words) = standing_words(standing, phrases);
            (standing_class(standing), sign, words)
        }
        None => reply_words(Some(statement.attitude).filter(|_| !statement.is_open()), phrases),
    };
    let mut above = statement.parent;
    while let Some(parent) = above.and_then(|above| positions.statements[above].parent) {
        above = Some(parent);
    }
    let claim = above.map(|above| {
        let claim = &positions.statements[above];
        let number = number(site, document, claim);
        let separator = if number.is_empty() { "" } else { " " };
        format!("{number}{separator}{}", text(site, document, claim))
    });
    Said { speaker, class, sign, words, claim }
}

/// The first sentence of a statement.
pub(crate) fn text(site: &Site, document: DocumentId, statement: &Statement) -> String {
    if let Some(section) = statement.section {
        return site.case.documents[document].section(section).title.to_string();
    }
    if statement.point.is_some() {
        let this = &site.case.documents[document];
        let text = this.tree.text(site.case.source_of(document), statement.node);
        let text = text.trim_start();
        let rest = outline::parse(text, Context::Block).map_or(text, |found| &text[found.rest..]);
        let words = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        return first_sentence(&words).trim().to_owned();
    }
    text_after(site, document, statement.node)
}

/// The first sentence after the first number from `node` on, with the labels in it: without them it would say something else.
fn text_after(site: &Site, document: DocumentId, node: NodeId) -> String {
    let tree = &site.case.documents[document].tree;
    let number = (node..tree.len()).find(|&id| matches!(tree.get(id).kind, NodeKind::ItemNumber(_)));
    let Some(number) = number else { return String::new() };
    let mut text = String::new();
    let ends = |kind: &NodeKind| {
        matches!(
            kind,
            NodeKind::Paragraph { .. }
                | NodeKind::Bullets { .. }
                | NodeKind::Numbers { .. }
                | NodeKind::Item { .. }
                | NodeKind::Heading(_)
                | NodeKind::ItemNumber(_)
                | NodeKind::Table
                | NodeKind::Quote
                | NodeKind::Remark
        )
    };
    for id in number + 1..tree.len() {
        let kind = &tree.get(id).kind;
        if ends(kind) {
            break;
        }
        match kind {
            NodeKind::Label(label) => {
                let label = &site.case.documents[document].labels[*label];
                let written = label.text(site.case.source_of(document));
                if !label.span.is_empty() && !written.starts_with("[^") {
                    text.push_str(written);
                }
            }
            NodeKind::Separator => {}
            _ => tree.text_into(site.case.source_of(document), id, id + 1, &mut text),
        }
    }
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    first_sentence(&words).trim_end_matches(['【', '[']).trim().to_owned()
}

/// The word by which styles and scripts know where a claim stands.
pub(crate) fn standing_class(standing: Standing) -> &'static str {
    match standing {
        Standing::Undisputed => "undisputed",
        Standing::Disputed => "disputed",
        Standing::Unanswered => "unanswered",
        Standing::Open => "open",
    }
}

/// The sign and the words for where a claim stands.
pub(crate) fn standing_words(standing: Standing, phrases: &Phrases) -> (&'static str, &str) {
    match standing {
        Standing::Undisputed => ("✓", &phrases.undisputed),
        Standing::Disputed => ("✕", &phrases.disputed),
        Standing::Unanswered => ("○", &phrases.unanswered),
        Standing::Open => ("?", &phrases.not_said),
    }
}

/// The class, sign and words for what an answer says, or for that it is not said.
pub(crate) fn reply_words(attitude: Option<Attitude>, phrases: &Phrases) -> (&'static str, &'static str, &str) {
    match attitude {
        Some(Attitude::Supports) => ("supports", "+", &phrases.supports),
        Some(Attitude::Remarks) => ("remarks", "·", &phrases.remarks),
        Some(Attitude::Accepts) => ("undisputed", "✓", &phrases.accepts),
        Some(Attitude::Disputes) => ("disputed", "✕", &phrases.disputes),
        None => ("open", "?", &phrases.not_said),
    }
}
