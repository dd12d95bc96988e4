//! Who speaks below a claim, from what the text opens with and from whose answer stands before it.

use super::read::{Reader, Running};
use super::{Statement, StatementId};
use crate::case::ground::Ground;
use crate::case::party::PartyId;
use crate::case::stance::{Answer, Doubt, Told};
use crate::case::voice::{Act, Admission, Voice};
use crate::document::Attitude;
use crate::source::Span;

impl Statement {
    /// Leaves open who says it, and what.
    pub(super) fn leave_open(&mut self) {
        self.speaker = None;
        self.also.clear();
        self.ground = Ground::Open;
        self.attitude = Attitude::Remarks;
        self.attitude_ground = Ground::Open;
    }

    /// Goes on with what another says.
    fn go_on(&mut self, before: &Statement) {
        self.speaker = before.speaker;
        self.also.clone_from(&before.also);
        self.ground = before.ground.min(Ground::Read);
        self.attitude = before.attitude;
        self.attitude_ground = before.attitude_ground.min(Ground::Read);
    }

    /// Lets a party say something of which nothing tells whether it accepts or disputes.
    fn say(&mut self, party: PartyId, attitude: Attitude, ground: Ground) {
        self.speaker = Some(party);
        self.ground = Ground::Read;
        self.attitude = attitude;
        self.attitude_ground = ground;
    }
}

/// The answer before a statement.
struct Before {
    speaker: Option<PartyId>,
    /// The statement of the same parent that it was; none if it is the parent.
    statement: Option<StatementId>,
    is_certain: bool,
    /// Whether a paragraph introduces what stands below it, so that its party says that.
    introduces: bool,
}

impl Reader<'_> {
    /// Says who speaks below `parent`, and how, from the text and from what stands before.
    ///
    /// Who is named first and disputes or accepts answers. Who is named first and speaks answers or remarks. Whatever else
    /// follows an answer goes on with it, though it tells of another party; and where no answer stands before, what does
    /// not begin with another party supports the claim. All the rest is open.
    pub(super) fn place_below(&mut self, statement: &mut Statement, parent: StatementId, text: &str) {
        let above = &self.found.statements[parent];
        let (claimant, is_answer) = (above.speaker, above.attitude != Attitude::Supports && above.parent.is_some());
        statement.speaker = claimant;
        statement.ground = above.ground.min(Ground::Read);
        let running = self.open.as_ref().and_then(|open| open.running.get(&parent).copied());
        let running = running.map(|running| Before {
            speaker: self.found.statements[running.statement].speaker,
            statement: Some(running.statement),
            is_certain: running.is_certain,
            introduces: running.introduces,
        });
        let before = running.or_else(|| {
            is_answer.then_some(Before { speaker: claimant, statement: None, is_certain: true, introduces: false })
        });
        match self.words.tell(text, self.parties, false) {
            Told::Answer(answer) if answer.everyone || answer.speakers.iter().any(|&party| Some(party) != claimant) => {
                self.answer(statement, &answer, claimant);
            }
            Told::Answer(answer) if !answer.speakers.is_empty() => {
                // The claimant answers what was answered to the claim.
                let before = before.and_then(|before| before.statement);
                if let Some(before) = before.filter(|_| answer.attitude == Attitude::Disputes) {
                    statement.parent = Some(before);
                    statement.attitude = answer.attitude;
                } else if before.is_some() {
                    // 平台承认: of its own claim, or of what was answered to it.
                    (statement.attitude, statement.attitude_ground) = (Attitude::Remarks, Ground::Open);
                }
            }
            Told::Answer(answer) => {
                self.unknown_answerer(&answer, text, statement.span);
                statement.leave_open();
                statement.attitude = answer.attitude;
                statement.attitude_ground = Ground::Read;
            }
            Told::Doubt(Doubt { parties, accepts_in_part: true, .. })
                if parties.len() == 1 && Some(parties[0]) != claimant && before.is_none() =>
            {
                statement.say(parties[0], Attitude::Remarks, Ground::Open);
            }
            Told::Doubt(doubt) if self.is_open_below(&doubt, claimant, before.as_ref(), text) => statement.leave_open(),
            Told::Doubt(_) | Told::Nothing => self.speak_below(statement, parent, before, text),
        }
    }

    /// Whether what names parties that may answer, and does not tell whether they do, could be said by several.
    fn is_open_below(&self, doubt: &Doubt, above: Option<PartyId>, before: Option<&Before>, text: &str) -> bool {
        let is_other = |party: &PartyId| Some(*party) != above;
        let is_known = self.words.voice.read(text, self.parties).is_some();
        match before {
            _ if doubt.is_subject && doubt.parties.iter().any(is_other) => true,
            None => !is_known,
            // Whoever answers may tell of itself and of the claimant: 未经客户同意，平台冻结了账户.
            Some(before) => {
                !is_known && doubt.parties.iter().any(|party| is_other(party) && Some(*party) != before.speaker)
            }
        }
    }

    /// The same for a text that does not say in so many words that anybody accepts or disputes.
    fn speak_below(&mut self, statement: &mut Statement, parent: StatementId, before: Option<Before>, text: &str) {
        let claimant = self.found.statements[self.found.claim_of(parent)].speaker;
        let above = statement.speaker;
        let voice = self.words.voice.read(text, self.parties);
        let is_strangers = match voice {
            None => self.is_strangers(statement.span, text, above, before.as_ref()),
            Some(voice) => voice.act == Act::Acts && self.is_namesakes(statement.span, text),
        };
        if is_strangers {
            statement.leave_open();
            return;
        }
        let Some(before) = before else {
            match voice {
                // 平台没有回答: one would not say so of oneself.
                Some(Voice { party, .. })
                    if Some(party) == above && above != self.narrator && self.words.reproaches(text, self.parties) =>
                {
                    statement.leave_open();
                }
                Some(Voice { party, .. }) if Some(party) == above => {}
                // 借款人认可收条 may be what the borrower says of the claim, whoever tells it.
                Some(Voice { act: Act::Reported | Act::Acts, .. })
                    if above.is_some() && above == self.narrator && !self.words.has_marker(text) => {}
                Some(Voice { party, act: Act::Speaks | Act::Admits }) => {
                    statement.say(party, Attitude::Remarks, Ground::Open);
                }
                Some(Voice { party, act: Act::Wishes }) => statement.say(party, Attitude::Remarks, Ground::Read),
                Some(Voice { act: Act::Reported | Act::Cited | Act::Acts, .. }) => statement.leave_open(),
                None => {}
            }
            return;
        };
        match voice {
            Some(Voice { party, act: Act::Wishes }) => statement.say(party, Attitude::Remarks, Ground::Read),
            Some(Voice { party, act: Act::Admits }) if Some(party) == before.speaker => {
                statement.say(party, Attitude::Accepts, Ground::Read);
            }
            Some(Voice { party, act: Act::Speaks }) if Some(party) == above && Some(party) != before.speaker => {}
            Some(Voice { party, act: Act::Speaks }) if Some(party) != before.speaker => {
                statement.say(party, Attitude::Remarks, Ground::Open);
            }
            // What the claimant said once, whoever answers tells; of the others nothing says who tells it.
            Some(Voice { party, act: Act::Reported | Act::Cited | Act::Admits }) if Some(party) != claimant => {
                statement.leave_open()
            }
            // The same party speaks again, so that its answer goes on for certain.
            Some(Voice { party, act: Act::Speaks }) if Some(party) == before.speaker => self.go_on(statement, &before),
            _ if !before.is_certain => statement.leave_open(),
            None if before.statement.is_some() => match self.words.voice.admission(text) {
                // Who is answered may quote it against who answers, and that is no answer.
                Some(Admission::OfAnAnswer) => statement.leave_open(),
                Some(Admission::Own) => {
                    self.go_on(statement, &before);
                    (statement.attitude, statement.attitude_ground) = (Attitude::Accepts, Ground::Read);
                }
                None => self.go_on(statement, &before),
            },
            _ => self.go_on(statement, &before),
        }
    }

    /// Whether a text that opens with no party may be said by somebody else than who speaks there: by a stranger, by whoever
    /// says 我, or by who denies what stands above.
    fn is_strangers(&mut self, span: Span, text: &str, above: Option<PartyId>, before: Option<&Before>) -> bool {
        let words = self.words;
        if words.voice.admission(text).is_some() {
            return false;
        }
        if let Some(name) = words.stranger(text, self.parties).filter(|_| !words.denies(text)) {
            self.unknown_speaker(if words.is_first_person(text, self.parties) { "" } else { name }, span);
            return true;
        }
        // Within an answer it is a fact, as what a known party does is.
        if before.is_none() && words.takes_a_stand(text) {
            return true;
        }
        let is_introduced = before.is_some_and(|before| before.introduces);
        let is_beside_answer = before.is_some_and(|before| before.statement.is_some());
        if words.is_first_person(text, self.parties) {
            // Below a claim that nobody has answered its claimant speaks, if that is the author or nobody else is there.
            let is_claimants = before.is_none() && self.speaks_of_itself(above);
            return !is_introduced && !is_claimants && (before.is_none() || is_beside_answer);
        }
        if is_beside_answer || !words.rebuts(text) {
            return false;
        }
        if words.denies(text) {
            self.unknown_speaker("", span);
        }
        true
    }

    /// Whether somebody speaks whose name only begins as that of a party: 快递员说…
    fn is_namesakes(&mut self, span: Span, text: &str) -> bool {
        let name = self.words.namesake(text, self.parties);
        if let Some(name) = name {
            self.unknown_speaker(name, span);
        }
        name.is_some()
    }

    /// Below an answer its own support goes on, beside it the answer itself.
    fn go_on(&self, statement: &mut Statement, before: &Before) {
        // The claimant who answered an answer goes on to support the claim.
        if let Some(answer) =
            before.statement.filter(|_| before.speaker.is_none() || before.speaker != statement.speaker)
        {
            statement.go_on(&self.found.statements[answer]);
        }
    }

    /// Gives a statement the voice of an answer to what `above` says.
    pub(super) fn answer(&self, statement: &mut Statement, answer: &Answer, above: Option<PartyId>) {
        let everyone = PartyId::all(&self.parties.all);
        let all: Vec<PartyId> = if answer.everyone { everyone.collect() } else { answer.speakers.clone() };
        let mut others = all.into_iter().filter(|&party| Some(party) != above);
        statement.speaker = others.next();
        statement.also = others.collect();
        statement.ground = if statement.speaker.is_some() { Ground::Read } else { Ground::Open };
        statement.attitude = answer.attitude;
        statement.attitude_ground = Ground::Read;
    }

    /// Notes whether what follows `id` may go on with it.
    pub(super) fn note_running(&mut self, id: StatementId, introduces: bool) {
        let statement = &self.found.statements[id];
        let Some(parent) = statement.parent else { return };
        let above = self.found.statements[parent].parent;
        let claimant = self.found.statements[self.found.claim_of(parent)].speaker;
        let Some(open) = &mut self.open else { return };
        let before = open.running.get(&parent).copied();
        let speaker_of = |before: Running| self.found.statements[before.statement].speaker;
        let goes_on = before.is_some_and(|before| speaker_of(before) == statement.speaker);
        let was_certain = before.is_some_and(|before| before.is_certain);
        let is_known = statement.speaker.is_some();
        if statement.attitude == Attitude::Accepts && goes_on {
            // An admission within a rebuttal does not end it.
        } else if statement.attitude == Attitude::Supports || is_known && statement.speaker == claimant {
            // The claimant speaks again, perhaps to an answer.
            for of in std::iter::once(parent).chain(above) {
                open.running.remove(&of);
            }
        } else {
            let is_certain = match statement.attitude {
                // The claimant may answer at once what only was said.
                Attitude::Remarks => introduces || goes_on && was_certain,
                attitude => attitude == Attitude::Disputes,
            };
            // What a paragraph introduces goes on until somebody else speaks.
            let introduces = introduces || goes_on && before.is_some_and(|before| before.introduces);
            open.running.insert(parent, Running { statement: id, is_certain: is_certain && is_known, introduces });
        }
    }
}
