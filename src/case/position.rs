//! Who says what against whom: claims, what supports them, and what the others answer.

mod gap;
mod read;
mod thread;
mod unread;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use read::of;

use super::ground::Ground;
use super::party::PartyId;
use crate::document::outline::Number;
use crate::document::point::PointId;
use crate::document::section::SectionId;
use crate::document::tree::NodeId;
use crate::document::{Attitude, Document, ItemId};
use crate::source::Span;

index_type! {
    /// A statement of a document.
    StatementId of Statement
}

index_type! {
    /// A position of a document.
    PositionId of Position
}

/// What the positions of one document hold.
#[derive(Debug, Default)]
pub struct Positions {
    /// Who holds which, in the order of the text.
    pub all: Vec<Position>,
    /// Every claim, support and answer, in the order of the text.
    pub statements: Vec<Statement>,
    /// The claims below which something stands that tells of another party and may be its answer, or that is withheld.
    unsure: BTreeSet<StatementId>,
    /// Where something stands that looks like an answer and was not read as one, in the order of the text.
    unread: Vec<Span>,
}

/// What one party holds, under one heading.
#[derive(Debug)]
pub struct Position {
    /// The party, if the heading names one that is known.
    pub party: Option<PartyId>,
    /// The heading.
    pub section: SectionId,
}

/// Something that a party says.
#[derive(Debug)]
pub struct Statement {
    /// The block that it is, or the number's own node for a line in a paragraph.
    pub node: NodeId,
    /// One past the last node that belongs to it: a bracket may close paragraphs later.
    pub end: NodeId,
    /// The numbered item it is, if it is one.
    pub item: Option<ItemId>,
    /// The section whose heading it is, if it is one: `### 1-1，…`.
    pub section: Option<SectionId>,
    /// The numbered paragraph or entry it is, if it is one: `1、…`.
    pub point: Option<PointId>,
    /// Which of [`Positions::all`] it stands in.
    pub position: PositionId,
    /// Who says it; none if nobody known is named, or if the text leaves it open.
    pub speaker: Option<PartyId>,
    /// What that rests on.
    pub ground: Ground,
    /// Who else says it: 客户和警方均无争议.
    pub also: Vec<PartyId>,
    /// The statement that it belongs to; none for a claim.
    pub parent: Option<StatementId>,
    /// What it says of that; a remark, if the text leaves it open.
    pub attitude: Attitude,
    /// What that rests on.
    pub attitude_ground: Ground,
    /// Where it begins: its number, or its first word.
    pub span: Span,
}

impl Statement {
    /// Its number in its document, if it bears one.
    pub fn number(&self, document: &Document) -> Option<Number> {
        let point = || self.point.map(|point| document.points[point].number());
        document.number_of(self.item, self.section).cloned().or_else(point)
    }

    /// Whether it may say of the claim that it is so or not, and the text does not tell which.
    pub fn is_open(&self) -> bool {
        self.attitude_ground == Ground::Open
    }

    /// Whether the author says outright who says what.
    pub fn is_explicit(&self) -> bool {
        self.ground.min(self.attitude_ground) == Ground::Written
    }
}

/// What one party says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// Who; none if that is not known.
    pub party: Option<PartyId>,
    /// What it says; none if the text leaves that open.
    pub attitude: Option<Attitude>,
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Somebody else accepts it, and nobody disputes it.
    Undisputed,
    /// Somebody else disputes it.
    Disputed,
    /// No answer stands in this material.
    Unanswered,
    /// Something stands below it of which the text does not tell who says it, or whether that accepts or disputes.
    Open,
}

impl Positions {
    /// The claims, in the order of the text.
    pub fn claims(&self) -> impl Iterator<Item = StatementId> {
        StatementId::each(&self.statements).filter(|(_, statement)| statement.parent.is_none()).map(|(id, _)| id)
    }

    /// The claim that a statement belongs to; a claim is its own.
    pub fn claim_of(&self, id: StatementId) -> StatementId {
        let mut at = id;
        while let Some(parent) = self.statements[at].parent {
            at = parent;
        }
        at
    }

    /// What somebody other than the claimant says of each claim: each party once and with its last word, except that who
    /// disputes anything of it disputes it.
    pub fn replies(&self) -> HashMap<StatementId, Vec<Reply>> {
        let mut replies: HashMap<StatementId, Vec<Reply>> = HashMap::new();
        let mut known: HashMap<(StatementId, Option<PartyId>), usize> = HashMap::new();
        for (id, statement) in StatementId::each(&self.statements) {
            let answers = statement.attitude >= Attitude::Accepts || statement.is_open();
            if statement.parent.is_none() || !answers {
                continue;
            }
            let claim = self.claim_of(id);
            if statement.speaker.is_some() && statement.speaker == self.statements[claim].speaker {
                continue;
            }
            let attitude = Some(statement.attitude).filter(|_| !statement.is_open());
            let of_claim = replies.entry(claim).or_default();
            for party in std::iter::once(statement.speaker).chain(statement.also.iter().copied().map(Some)) {
                let at = *known.entry((claim, party)).or_insert(of_claim.len());
                match of_claim.get_mut(at) {
                    Some(reply) => reply.attitude = reply.attitude.max(attitude),
                    None => of_claim.push(Reply { party, attitude }),
                }
            }
        }
        replies
    }

    /// Whether something below a claim tells of another party, so that it may answer it.
    pub fn is_unsure(&self, claim: StatementId) -> bool {
        self.unsure.contains(&claim)
    }

    /// Where each claim stands.
    pub fn standings(&self) -> HashMap<StatementId, Standing> {
        let replies = self.replies();
        let of = |claim: StatementId| replies.get(&claim).map_or(&[][..], Vec::as_slice);
        self.claims().map(|claim| (claim, self.standing(claim, of(claim)))).collect()
    }

    /// Where a claim stands after those replies.
    fn standing(&self, claim: StatementId, replies: &[Reply]) -> Standing {
        let any = |wanted| replies.iter().any(|reply| reply.attitude == wanted);
        if any(Some(Attitude::Disputes)) {
            Standing::Disputed
        } else if any(None) || self.is_unsure(claim) {
            Standing::Open
        } else if any(Some(Attitude::Accepts)) {
            Standing::Undisputed
        } else {
            Standing::Unanswered
        }
    }

    /// The one party that answers: nobody else does, or only it answers several others and they nobody else.
    fn narrator(&self) -> Option<PartyId> {
        let mut answered: BTreeMap<PartyId, BTreeSet<PartyId>> = BTreeMap::new();
        for (id, statement) in StatementId::each(&self.statements) {
            let claimant = self.statements[self.claim_of(id)].speaker;
            let Some(of) = claimant else { continue };
            for by in statement.speaker.into_iter().chain(statement.also.iter().copied()).filter(|&by| by != of) {
                answered.entry(by).or_default().insert(of);
            }
        }
        let mut several = answered.iter().filter(|(_, of)| of.len() > 1).map(|(&by, _)| by);
        let by = several.next().or_else(|| answered.keys().next().copied())?;
        // Whoever else answers, answers nobody but this one.
        let is_alone = answered.iter().all(|(&other, of)| other == by || of.iter().eq([&by]));
        let answers_alone = answered.len() == 1 || answered.get(&by).is_some_and(|of| of.len() > 1);
        (is_alone && answers_alone).then_some(by)
    }

    /// The statement that begins at a node.
    pub fn at_node(&self, node: NodeId) -> Option<StatementId> {
        self.statements.binary_search_by_key(&node, |statement| statement.node).ok().map(StatementId::new)
    }
}
