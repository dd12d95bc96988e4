//! The positions as a board: a row for each claim with its words, a column for each other party with what it answers, or
//! that no answer of it stands in the material. Who owes an answer is told by name.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::body::statement::party_class;
use crate::case::party::PartyId;
use crate::case::position::{Positions, Reply, Standing, Statement, StatementId};
use crate::document::{Attitude, DocumentId};
use crate::language::phrases::Phrases;
use crate::site::addresses::MAX_COLUMNS;
use crate::site::statement::{self, reply_words, standing_class, standing_words};
use crate::site::{Site, Spot};

/// What the page of the positions shows above the text.
#[derive(Serialize)]
pub(super) struct Board<'a> {
    /// The claims of each position.
    groups: Vec<Group<'a>>,
    /// How many claims there are.
    count: usize,
    /// How many claims stand in each way, of those that there are.
    standings: Vec<Filter<'a>>,
    /// How many claims each party makes, and of how many its answer is missing; none where there are too many parties.
    claimants: Vec<Filter<'a>>,
    owing: Vec<Owing<'a>>,
    /// Whether every party has a column.
    columns: bool,
}

/// Leads to the board with some of its rows only.
#[derive(Serialize)]
struct Filter<'a> {
    key: String,
    name: &'a str,
    sign: &'a str,
    class: String,
    count: usize,
}

/// A party, and the claims of others to which no answer of it stands in the material.
#[derive(Serialize)]
struct Owing<'a> {
    filter: Filter<'a>,
    claims: Vec<Pointer>,
}

#[derive(Serialize, Clone)]
struct Pointer {
    href: String,
    words: String,
}

/// What one party claims.
#[derive(Serialize)]
struct Group<'a> {
    party: &'a str,
    class: String,
    /// The class by which a filter finds the claims of its party; empty if no party is named.
    key: String,
    /// The classes by which other filters find any of its claims.
    keys: String,
    href: String,
    columns: Vec<Column<'a>>,
    claims: Vec<Claim<'a>>,
}

#[derive(Serialize)]
struct Column<'a> {
    party: &'a str,
    class: String,
}

#[derive(Serialize)]
struct Claim<'a> {
    number: String,
    href: String,
    text: String,
    /// Who makes it, where that is not whose position it stands in.
    party: Option<&'a str>,
    class: &'static str,
    sign: &'static str,
    words: &'a str,
    /// The classes by which filters find it: one for each party whose answer is missing.
    keys: String,
    /// What each of the other parties says, in the order of the columns.
    cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
struct Cell<'a> {
    party: &'a str,
    party_class: String,
    class: &'static str,
    sign: &'static str,
    words: &'a str,
    answer: Option<Pointer>,
}

/// The board of the positions of `document`, if it holds any, for a page where its addresses begin with `prefix`.
pub(super) fn view<'a>(site: &'a Site, document: DocumentId, prefix: &str) -> Option<Board<'a>> {
    let positions = site.case.positions.get(&document).filter(|positions| !positions.statements.is_empty())?;
    let speakers = speakers(positions);
    // With more parties nobody can read a column for each: a row then holds the answers alone.
    let columns = speakers.len() <= MAX_COLUMNS;
    let column_of = speakers.iter().enumerate().map(|(at, &speaker)| (speaker, at)).collect();
    Some(Reader { site, document, prefix, positions, speakers, column_of, columns }.board())
}

/// A column, whose it is, and what stands in it in a row.
type InColumn<'b> = (usize, Option<PartyId>, Option<&'b Reply>);

struct Reader<'a, 'b> {
    site: &'a Site,
    document: DocumentId,
    prefix: &'b str,
    positions: &'a Positions,
    speakers: Vec<Option<PartyId>>,
    column_of: HashMap<Option<PartyId>, usize>,
    columns: bool,
}

impl<'a> Reader<'a, '_> {
    fn board(&self) -> Board<'a> {
        let (replies, standings) = (self.positions.replies(), self.positions.standings());
        let mut owed: Vec<Vec<Pointer>> = vec![Vec::new(); self.speakers.len()];
        let mut groups: Vec<Group> = Vec::new();
        let mut of_position: Vec<Vec<StatementId>> = vec![Vec::new(); self.positions.all.len()];
        for id in self.positions.claims() {
            of_position[self.positions.statements[id].position.place()].push(id);
        }
        // What stands below a claim, by claim.
        let mut below: Vec<Vec<&Statement>> = vec![Vec::new(); self.positions.statements.len()];
        for (id, statement) in
            StatementId::each(&self.positions.statements).filter(|(_, statement)| statement.parent.is_some())
        {
            below[self.positions.claim_of(id).place()].push(statement);
        }
        for (position, claims) in self.positions.all.iter().zip(of_position).filter(|(_, claims)| !claims.is_empty()) {
            // Who is not named has a column where somebody of whom that is so answers.
            let is_unnamed = |reply: &Reply| reply.party.is_none();
            let has_unnamed = claims.iter().filter_map(|id| replies.get(id)).flatten().any(is_unnamed);
            let section = self.site.case.documents[self.document].section(position.section);
            let claims = claims.into_iter().map(|id| {
                let stands = standings.get(&id).copied().unwrap_or(Standing::Open);
                let replies = replies.get(&id).map_or(&[][..], Vec::as_slice);
                let all = self.shown(replies, has_unnamed);
                self.claim(id, position.party, stands, (replies, all), &below[id.place()], &mut owed)
            });
            let claims: Vec<Claim> = claims.collect();
            let keys: BTreeSet<&str> =
                claims.iter().flat_map(|claim| claim.keys.split(' ').chain([claim.class])).collect();
            let has_column =
                |speaker: &&Option<PartyId>| **speaker != position.party && (has_unnamed || speaker.is_some());
            let others = self.speakers.iter().filter(|speaker| self.columns && has_column(speaker));
            groups.push(Group {
                party: position.party.map_or(section.title.as_ref(), |party| self.name(Some(party))),
                class: class(position.party),
                key: self.key("by", position.party),
                href: format!(
                    "{}{}",
                    self.prefix,
                    self.site.addresses[self.document].of(Spot::Section(position.section))
                ),
                keys: keys.into_iter().filter(|key| !key.is_empty()).collect::<Vec<_>>().join(" "),
                columns: others.map(|&other| Column { party: self.name(other), class: class(other) }).collect(),
                claims,
            });
        }
        let mut ways = vec![Standing::Disputed, Standing::Undisputed, Standing::Unanswered, Standing::Open];
        ways.retain(|way| standings.values().any(|standing| standing == way));
        let count = |way| standings.values().filter(|standing| **standing == way).count();
        let standings = ways.into_iter().map(|way| {
            let (sign, name) = standing_words(way, self.phrases());
            let key = standing_class(way).to_owned();
            Filter { class: key.clone(), key, name, sign, count: count(way) }
        });
        let named = || self.speakers.iter().filter(|speaker| self.columns && speaker.is_some());
        let claimants = named().filter_map(|&party| {
            let key = self.key("by", party);
            let count = groups.iter().filter(|group| group.key == key).map(|group| group.claims.len()).sum();
            (count > 0).then(|| Filter { key, name: self.name(party), sign: "", class: class(party), count })
        });
        let owing = self.speakers.iter().zip(owed).filter(|(party, claims)| party.is_some() && !claims.is_empty());
        let owing = owing.map(|(&party, claims)| Owing {
            filter: Filter {
                key: self.key("no", party),
                name: self.name(party),
                sign: "",
                class: class(party),
                count: claims.len(),
            },
            claims,
        });
        Board {
            count: groups.iter().map(|group| group.claims.len()).sum(),
            standings: standings.collect(),
            claimants: claimants.collect(),
            owing: owing.collect(),
            columns: self.columns,
            groups,
        }
    }

    fn claim(
        &self,
        id: StatementId,
        holder: Option<PartyId>,
        stands: Standing,
        (replies, all): (&[Reply], Vec<InColumn<'_>>),
        below: &[&'a Statement],
        owed: &mut [Vec<Pointer>],
    ) -> Claim<'a> {
        let statement = &self.positions.statements[id];
        let claimant = statement.speaker.or(holder);
        let number = statement::number(self.site, self.document, statement);
        let text = statement::text(self.site, self.document, statement);
        let href = self.href(statement);
        // Where somebody answers of whom the text does not tell who, nobody can be said not to have answered.
        let open = self.positions.is_unsure(id) || replies.iter().any(|reply| reply.party.is_none());
        let mut keys = String::new();
        let mut cells = Vec::new();
        let answers = answers(below);
        for (column, party, reply) in all {
            let is_missing = party.is_some() && party != claimant && !open;
            let (class, sign, words) = match reply {
                Some(reply) => reply_words(reply.attitude, self.phrases()),
                None if party == holder => continue,
                None if is_missing => {
                    keys = format!("{keys} {}", self.key("no", party));
                    let words = if number.is_empty() { text.clone() } else { number.clone() };
                    owed[column].push(Pointer { href: href.clone(), words });
                    ("none", "○", self.phrases().no_answer.as_str())
                }
                None if party.is_some() && party != claimant => {
                    let (class, sign, _) = reply_words(None, self.phrases());
                    let is_said = replies.iter().any(|reply| reply.party.is_none());
                    let (who, whether) = (&self.phrases().reading_open_who, &self.phrases().reading_open_answer);
                    (class, sign, if is_said { who.as_str() } else { whether.as_str() })
                }
                None => ("none", "", "–"),
            };
            let answer = reply.and_then(|reply| answers.get(&(reply.party, reply.attitude)));
            let answer = answer.map(|statement| Pointer {
                href: self.href(statement),
                words: statement::gist(self.site, self.document, statement),
            });
            let (party, party_class) = (self.name(party), self::class(party));
            cells.push(Cell { party, party_class, class, sign, words, answer });
        }
        let (sign, words) = standing_words(stands, self.phrases());
        let party = statement.speaker.filter(|speaker| Some(*speaker) != holder).map(|party| self.name(Some(party)));
        Claim { number, href, text, party, class: standing_class(stands), sign, words, keys, cells }
    }

    /// What a row holds, in the order of the columns: the reply of each party, or its silence where each has a column.
    fn shown<'b>(&self, replies: &'b [Reply], has_unnamed: bool) -> Vec<InColumn<'b>> {
        let replied = replies.iter().filter_map(|reply| Some((*self.column_of.get(&reply.party)?, reply)));
        let mut replied: Vec<(usize, &Reply)> = replied.collect();
        replied.sort_by_key(|&(column, _)| column);
        if !self.columns {
            return replied.into_iter().map(|(column, reply)| (column, reply.party, Some(reply))).collect();
        }
        let reply_in = |column| replied.iter().find(|(at, _)| *at == column).map(|&(_, reply)| reply);
        let columns = self.speakers.iter().enumerate().filter(|(_, party)| has_unnamed || party.is_some());
        columns.map(|(column, &party)| (column, party, reply_in(column))).collect()
    }

    fn href(&self, statement: &Statement) -> String {
        let at = self.positions.at_node(statement.node);
        let anchor = at.map_or("", |at| self.site.addresses[self.document].of(Spot::Statement(at)));
        format!("{}{anchor}", self.prefix)
    }

    /// The class by which a filter finds the rows of a party; empty for one that is not named.
    fn key(&self, what: &str, party: Option<PartyId>) -> String {
        let at = self.column_of.get(&party).filter(|_| party.is_some());
        at.map_or_else(String::new, |at| format!("{what}-{}", at + 1))
    }

    fn name(&self, party: Option<PartyId>) -> &'a str {
        let language = self.site.case.documents[self.document].language;
        match party {
            Some(party) => self.site.case.parties.all[party].name(language),
            None => &self.phrases().speaker_unknown,
        }
    }

    fn phrases(&self) -> &'a Phrases {
        &self.site.case.languages[self.site.case.documents[self.document].language].table.phrases
    }
}

/// Where each party first says what it says of a claim, by the party and its attitude, which is none where that is open.
fn answers<'a>(below: &[&'a Statement]) -> HashMap<(Option<PartyId>, Option<Attitude>), &'a Statement> {
    let mut found = HashMap::new();
    for &statement in below {
        let attitude = Some(statement.attitude).filter(|_| !statement.is_open());
        for party in std::iter::once(statement.speaker).chain(statement.also.iter().copied().map(Some)) {
            found.entry((party, attitude)).or_insert(statement);
        }
    }
    found
}

fn class(party: Option<PartyId>) -> String {
    party.map_or_else(String::new, party_class)
}

/// Everybody who holds a position or says anything, each once: first those who hold one, in the order of the text.
fn speakers(positions: &Positions) -> Vec<Option<PartyId>> {
    let mut seen = BTreeSet::new();
    let holders = positions.all.iter().map(|position| position.party).filter(Option::is_some);
    let answers = positions.statements.iter().filter(|s| s.parent.is_some());
    let answering = answers.flat_map(|s| std::iter::once(s.speaker).chain(s.also.iter().copied().map(Some)));
    holders.chain(answering).filter(|speaker| seen.insert(*speaker)).collect()
}
