//! Who says what against whom: claims, what supports them, and what the others answer.

mod read;

use std::collections::HashMap;

pub use read::of;

use super::party::PartyId;
use crate::document::Attitude;
use crate::document::tree::NodeId;
use crate::source::Span;

/// A statement's place among those of its document.
pub type StatementId = u32;

/// What the positions of one document hold.
#[derive(Debug, Default)]
pub struct Positions {
    /// Who holds which, in the order of the text.
    pub all: Vec<Position>,
    /// Every claim, support and answer, in the order of the text.
    pub statements: Vec<Statement>,
}

/// What one party holds, under one heading.
#[derive(Debug)]
pub struct Position {
    /// The party, if the heading names one that is known.
    pub party: Option<PartyId>,
    /// The heading.
    pub section: u32,
}

/// Something that a party says.
#[derive(Debug)]
pub struct Statement {
    /// The block that it is, or the number's own node for a line in a paragraph.
    pub node: NodeId,
    /// One past the last node that belongs to it: a bracket may close paragraphs later.
    pub end: NodeId,
    /// The numbered item it is, if it is one.
    pub item: Option<u32>,
    /// The section whose heading it is, if it is one: `### 1-1，…`.
    pub section: Option<u32>,
    /// Which of [`Positions::all`] it stands in.
    pub position: u32,
    /// Who says it; none if nobody known is named.
    pub speaker: Option<PartyId>,
    /// Who else says it: 客户和警方均无争议.
    pub also: Vec<PartyId>,
    /// The statement that it belongs to; none for a claim.
    pub parent: Option<StatementId>,
    /// What it says of that.
    pub attitude: Attitude,
    /// Whether the author says so outright.
    pub explicit: bool,
    /// Where it begins: its number, or its first word.
    pub span: Span,
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Somebody else accepts it, and nobody disputes it.
    Undisputed,
    /// Somebody else disputes it.
    Disputed,
    /// Nobody else has said anything of it.
    Unanswered,
}

impl Positions {
    /// The claims, in the order of the text.
    pub fn claims(&self) -> impl Iterator<Item = StatementId> {
        (0..).zip(&self.statements).filter(|(_, statement)| statement.parent.is_none()).map(|(id, _)| id)
    }

    /// The claim that a statement belongs to; a claim is its own.
    pub fn claim_of(&self, id: StatementId) -> StatementId {
        let mut at = id;
        while let Some(parent) = self.statements[at as usize].parent {
            at = parent;
        }
        at
    }

    /// What somebody other than the claimant says of each claim: the party and what it says, each party once and with
    /// its last word, except that who disputes anything of it disputes it.
    pub fn answers(&self) -> HashMap<StatementId, Vec<(Option<PartyId>, Attitude)>> {
        let mut answers: HashMap<StatementId, Vec<(Option<PartyId>, Attitude)>> = HashMap::new();
        for (id, statement) in (0..).zip(&self.statements) {
            if statement.parent.is_none() || statement.attitude < Attitude::Accepts {
                continue;
            }
            let claim = self.claim_of(id);
            if statement.speaker.is_some() && statement.speaker == self.statements[claim as usize].speaker {
                continue;
            }
            let of_claim = answers.entry(claim).or_default();
            for speaker in std::iter::once(statement.speaker).chain(statement.also.iter().copied().map(Some)) {
                match of_claim.iter_mut().find(|(party, _)| *party == speaker) {
                    Some((_, attitude)) => *attitude = (*attitude).max(statement.attitude),
                    None => of_claim.push((speaker, statement.attitude)),
                }
            }
        }
        answers
    }

    /// Where each claim stands.
    pub fn standings(&self) -> HashMap<StatementId, Standing> {
        let answers = self.answers();
        self.claims().map(|claim| (claim, standing(answers.get(&claim).map_or(&[], Vec::as_slice)))).collect()
    }

    /// The statement that begins at a node.
    pub fn at_node(&self, node: NodeId) -> Option<StatementId> {
        self.statements.binary_search_by_key(&node, |statement| statement.node).ok().map(|at| at as StatementId)
    }
}

/// Where a claim stands after those answers.
pub fn standing(answers: &[(Option<PartyId>, Attitude)]) -> Standing {
    let any = |wanted| answers.iter().any(|(_, attitude)| *attitude == wanted);
    if any(Attitude::Disputes) {
        Standing::Disputed
    } else if any(Attitude::Accepts) {
        Standing::Undisputed
    } else {
        Standing::Unanswered
    }
}
