//! Whether a party and a word such as 认可 are all that a sentence says, so that the party says it: 客户书面表示认可, and neither
//! 未经客户认可 nor “the customer was asked to accept this”.

use super::voice::{VoiceWords, starts_with_any};
use crate::language::Language;
use crate::language::words::add_words;
use crate::language::words::holds_word;

/// The words that may stand around a party and what it says without changing it, from all languages at once; folded, the
/// longest first.
#[derive(Debug, Default)]
pub struct PredicateWords {
    /// What changes nothing: 完全, “fully”.
    particles: Vec<String>,
    /// What joins two parties: 和, “and”.
    joiners: Vec<String>,
    /// What stands for the party after a verb of speech: 其, “it”.
    pronouns: Vec<String>,
    /// What a party speaks to or of: 此, “this”.
    objects: Vec<String>,
    /// What is pointed at: 对上述主张.
    matters: Vec<String>,
    /// What opens an adverbial: 在, “in”.
    prepositions: Vec<String>,
    /// What turns round: 不, “not”.
    negations: Vec<String>,
    /// What says that something is still to come: 尚, “yet”.
    not_yet: Vec<String>,
    /// What takes back a part of what is accepted: 前提, “provided”.
    reservations: Vec<String>,
    /// What opens what somebody else tells: 据, “according to”.
    according: Vec<String>,
    /// What opens what something is said of: 对于, “as to”.
    about: Vec<String>,
}

/// How much may stand between a party and its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Nothing that could change what is said.
    Strict,
    /// Also when, where and of what it was said: 客户在笔录中不认可.
    Loose,
}

/// The most characters between a negation and what it turns round: 不能认可.
const MAX_BEHIND_NEGATION: usize = 2;

impl PredicateWords {
    /// The words of `languages`.
    pub fn new(languages: &[Language]) -> Self {
        let mut words = Self::default();
        for language in languages {
            let table = &language.table.positions;
            let lists = [
                (&mut words.particles, &table.particles),
                (&mut words.joiners, &language.table.joiners),
                (&mut words.pronouns, &table.pronouns),
                (&mut words.objects, &table.objects),
                (&mut words.matters, &table.matters),
                (&mut words.prepositions, &table.prepositions),
                (&mut words.negations, &table.negations),
                (&mut words.not_yet, &table.not_yet),
                (&mut words.reservations, &table.reservations),
                (&mut words.according, &table.according),
                (&mut words.about, &table.about),
            ];
            for (list, more) in lists {
                add_words(list, more);
            }
        }
        words
    }

    /// Whether what stands between two parties only joins them.
    pub fn joins(&self, between: &str) -> bool {
        let mut rest = between;
        loop {
            rest = rest.trim_start_matches(|c| is_mark(c) || "()".contains(c));
            match starts_with_any(rest, &self.joiners).or_else(|| starts_with_any(rest, &self.particles)) {
                Some(len) => rest = &rest[len..],
                None => return rest.is_empty(),
            }
        }
    }

    /// Whether what stands before a party leaves it the subject.
    pub fn opens(&self, before: &str, voice: &VoiceWords) -> bool {
        let mut rest = before;
        loop {
            rest = voice.without_connectives(rest).trim_start_matches(is_mark);
            match starts_with_any(rest, &self.particles) {
                Some(len) => rest = &rest[len..],
                None => return rest.is_empty(),
            }
        }
    }

    /// Whether a clause before that of the party leaves it the speaker: 在5月3日的邮件里，客户…, and not 据银行说，客户…
    pub fn leads_to(&self, clause: &str, room: Room, voice: &VoiceWords) -> bool {
        let rest = voice.without_connectives(clause).trim_matches(is_mark);
        let is_adverbial = starts_with_any(rest, &self.prepositions).is_some();
        let tells = starts_with_any(rest, &self.according).is_some() || voice.finds_speech(rest);
        rest.is_empty() || !tells && (room == Room::Loose || is_adverbial)
    }

    /// Whether a clause only says what something is said of, though it names somebody: 对于平台的说法，客户…
    pub fn is_about(&self, clause: &str, voice: &VoiceWords) -> bool {
        starts_with_any(voice.without_connectives(clause), &self.about).is_some()
    }

    /// Whether nothing of weight stands between a party and its verb. `negated` is whether a negation there has been heeded.
    pub fn is_bare(&self, between: &str, room: Room, negated: bool, voice: &VoiceWords) -> bool {
        let without_negation = if negated { self.without_negation(between) } else { Some(between.to_owned()) };
        let Some(text) = without_negation else { return false };
        let mut rest = text.as_str();
        loop {
            rest = rest.trim_start_matches(|c| is_mark(c) || c == ')');
            if let Some(inside) = rest.strip_prefix('(').and_then(|inside| Some(&inside[inside.find(')')? + 1..])) {
                rest = inside;
            } else if let Some(after) = self.after_pointer(rest) {
                rest = after;
            } else if let Some(len) = starts_with_any(rest, &self.particles) {
                rest = &rest[len..];
            } else if let Some(after) = voice.after_words_of_speaker(rest, &self.pronouns) {
                rest = after;
            } else {
                break;
            }
        }
        let is_adverbial = || {
            // 客户收到函件后，仍不认可
            let is_clause = rest.rfind(',').is_some_and(|at| self.is_bare(&rest[at..], Room::Strict, false, voice));
            (is_clause || starts_with_any(rest, &self.prepositions).is_some())
                && !voice.finds_speech(rest)
                && !self.negations.iter().any(|no| !no.is_ascii() && rest.contains(no.as_str()))
        };
        rest.is_empty() || room == Room::Loose && is_adverbial()
    }

    /// Whether what follows an acceptance takes some of it back: 认可，前提是…
    pub fn reserves(&self, after: &str) -> bool {
        self.reservations.iter().any(|word| holds_word(after, word))
    }

    /// The words between a party and a verb without what turns the verb round; none if that leaves open whether it does: 尚未认可.
    fn without_negation(&self, between: &str) -> Option<String> {
        let words: Vec<&str> = between.split_whitespace().collect();
        if between.is_ascii() {
            let is_pending = words.iter().any(|word| self.not_yet.iter().any(|pending| pending == word));
            // “refused to accept”, “doesn't accept”
            let turns =
                |word: &str| word == "to" || word.ends_with("n't") || self.negations.iter().any(|no| no == word);
            let kept: Vec<&str> = words.into_iter().filter(|word| !turns(word)).collect();
            return (!is_pending).then(|| kept.join(" "));
        }
        let found = self.negations.iter().filter(|no| !no.is_ascii());
        let last = found.filter_map(|no| between.rfind(no.as_str()).map(|at| (at, at + no.len()))).max();
        let Some((at, end)) = last else { return Some(between.to_owned()) };
        let (before, behind) = (between[..at].trim_end(), between[end..].trim());
        let is_pending =
            self.not_yet.iter().any(|word| before.ends_with(word.as_str()) || behind.ends_with(word.as_str()));
        (!is_pending && behind.chars().count() <= MAX_BEHIND_NEGATION).then(|| before.to_owned())
    }

    /// What follows 对此, 对上述主张.
    fn after_pointer<'a>(&self, text: &'a str) -> Option<&'a str> {
        let rest = text.strip_prefix(['对', '就', '于'])?;
        let behind = &rest[starts_with_any(rest, &self.objects)?..];
        Some(starts_with_any(behind, &self.matters).map_or(behind, |len| &behind[len..]))
    }
}

/// What stands between words.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || ",、/\"“”「」".contains(c)
}
