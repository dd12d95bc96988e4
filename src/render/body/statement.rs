//! Claims, what supports them, and answers: who speaks, and where a claim stands, in words and signs.

use std::fmt::Write;

use super::{Close, Writer};
use crate::case::ground::Ground;
use crate::case::party::PartyId;
use crate::case::position::{Statement, StatementId};
use crate::document::Attitude;
use crate::document::tree::NodeId;
use crate::site::Spot;
use crate::site::statement::{reply_words, standing_class, standing_words};

/// How many parties have a colour of their own.
const COLOURS: usize = 7;

impl<'a> Writer<'a> {
    /// The statement that node `id` begins.
    pub(super) fn statement_at(&self, id: NodeId) -> Option<(StatementId, &'a Statement)> {
        let positions = self.positions?;
        let at = positions.at_node(id)?;
        Some((at, &positions.statements[at]))
    }

    /// The statement without a number that node `id` begins.
    pub(super) fn answer_at(&self, id: NodeId) -> Option<StatementId> {
        let is_own = |statement: &Statement| statement.item.is_none() && statement.point.is_none();
        self.statement_at(id).filter(|(_, statement)| is_own(statement)).map(|(at, _)| at)
    }

    /// The classes of the element that holds a statement.
    pub(super) fn statement_classes(&self, id: NodeId) -> Option<String> {
        let (at, statement) = self.statement_at(id)?;
        let kind = match (statement.parent, statement.attitude) {
            (None, _) => "claim",
            (Some(_), _) if statement.is_open() => "answer open",
            (Some(_), Attitude::Supports) => "support",
            (Some(_), Attitude::Remarks) => "answer remarks",
            (Some(_), Attitude::Accepts) => "answer accepts",
            (Some(_), Attitude::Disputes) => "answer disputes",
        };
        let mut classes = format!("statement {kind}");
        if let Some(standing) = self.standings.get(&at) {
            let _ = write!(classes, " {}", standing_class(*standing));
        }
        if let Some(party) = statement.speaker {
            let _ = write!(classes, " {}", party_class(party));
        }
        Some(classes)
    }

    /// Opens the element around a paragraph that is a statement, with who speaks before it.
    pub(super) fn begin_statement(&mut self, id: NodeId) {
        let Some(classes) = self.statement_classes(id) else { return };
        let _ = write!(self.out, "<div class=\"{classes}\">");
        // It ends with the element it stands in at the latest.
        let around = self.close.last().map_or(NodeId::MAX, |(end, _)| *end);
        let end = self.statement_at(id).map_or(0, |(_, statement)| statement.end.min(around));
        self.close.push((end.max(self.this.tree.get(id).end), Close::Tag("div")));
        self.voice(id);
    }

    /// Who speaks, where that is not who spoke before, and where a claim stands.
    pub(super) fn voice(&mut self, id: NodeId) {
        if self.is_excerpt() {
            return;
        }
        let Some((at, statement)) = self.statement_at(id) else { return };
        let above = statement.parent.and_then(|parent| self.positions.map(|all| &all.statements[parent]));
        let goes_on = above.is_some_and(|above| above.speaker == statement.speaker);
        // Beside an answer the claimant's own words would pass for a part of it, where the author had to say whose they are.
        if goes_on && statement.attitude == Attitude::Supports && statement.ground != Ground::Written {
            return;
        }
        self.out.push_str("<span class=\"voice\">");
        let name = match statement.speaker {
            Some(party) => self.site.case.parties.all[party].name(self.this.language),
            None => match self.positions.map(|all| &all.all[statement.position]) {
                Some(position) if statement.parent.is_none() => self.this.section(position.section).title.as_ref(),
                _ => &self.phrases.speaker_unknown,
            },
        };
        self.out.push_str("<b class=\"party\">");
        self.text(name);
        for party in &statement.also {
            self.text(&self.phrases.list_separator);
            self.text(self.site.case.parties.all[*party].name(self.this.language));
        }
        self.out.push_str("</b> ");
        match self.standings.get(&at) {
            Some(standing) => {
                let (sign, words) = standing_words(*standing, self.phrases);
                self.sign(standing_class(*standing), sign, words);
            }
            None => {
                let attitude = Some(statement.attitude).filter(|_| !statement.is_open());
                let (class, sign, words) = reply_words(attitude, self.phrases);
                self.sign(class, sign, words);
            }
        }
        self.out.push_str("</span> ");
    }

    /// An answer in brackets within a paragraph.
    pub(super) fn remark(&mut self, id: NodeId) {
        let Some(answer) = self.answer_at(id) else { return };
        let anchor = self.addresses.of(Spot::Statement(answer));
        self.out.push_str("<span class=\"remark\"");
        self.id(anchor);
        let words = self.site.citation(self.document, Spot::Statement(answer));
        self.quoted_by(&words);
        self.out.push('>');
        self.voice(id);
        self.out.push_str("</span>");
        self.waiting.push(Spot::Statement(answer));
    }

    fn sign(&mut self, class: &str, sign: &str, words: &str) {
        let _ = write!(self.out, "<span class=\"standing {class}\"><span aria-hidden=\"true\">{sign}</span> ");
        self.text(words);
        self.out.push_str("</span>");
    }
}

/// The class that gives a party its colour; there are fewer colours than parties may be.
pub(in crate::render) fn party_class(party: PartyId) -> String {
    format!("party-{}", party.place() % COLOURS + 1)
}
