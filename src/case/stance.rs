//! Recognises the attitude of an answer to what it answers: 沃夸兰对此有争议：…, “The customer accepts this.”

use super::party::{Parties, PartyId};
use super::predicate::{PredicateWords, Room};
use super::stranger::StrangerWords;
use super::voice::VoiceWords;
use crate::config::Markers;
use crate::document::Attitude;
use crate::language::Language;
use crate::language::lists::stance::{BEHIND_SPEAKER, POINTING};
use crate::language::word_list::WordList;
use crate::language::words::fold;
use crate::language::words::holds_word;

/// The words by which answers are known, from all languages at once.
#[derive(Debug)]
pub struct StanceWords {
    /// Folded words with what they say.
    markers: WordList<Attitude>,
    /// Words that turn what follows round: 不能认可, “neither … accepts”.
    negations: Vec<String>,
    /// What a verb may have as its object and still answer: this, 这一点.
    objects: Vec<String>,
    /// Words that leave open whether anybody answers: 是否, whether.
    open: Vec<String>,
    /// Words for all the others: 各方, both sides.
    everyone: Vec<String>,
    /// What disputes the rest of what is accepted: “but not”.
    but_not: Vec<String>,
    /// What names, behind its verb, who accepts or disputes: “by”.
    agents: Vec<String>,
    /// Words to dispute with of which the subject may be what is disputed: 不成立.
    impersonal: Vec<String>,
    /// What may stand around a party and a marker.
    predicate: PredicateWords,
    /// How somebody unknown is let speak.
    strangers: StrangerWords,
    /// By which words a party is known to speak.
    pub voice: VoiceWords,
}

/// What a text tells of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It accepts or disputes.
    Answer(Answer),
    /// It names somebody and a word that accepts or disputes, and does not tell that somebody says so: 未经客户同意, 客户没有提出异议.
    Doubt(Doubt),
    /// Neither.
    Nothing,
}

/// Who is named where an answer may be told, and may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The parties.
    pub parties: Vec<PartyId>,
    /// Whether the text opens with them, so that they may answer: 客户尚未认可.
    pub is_subject: bool,
    /// Whether it is plain that they answer, and that they accept a part of what is said and not the whole: 客户认可其中一半.
    pub accepts_in_part: bool,
}

/// An answer recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who answers; nobody if the text names nobody that is known.
    pub speakers: Vec<PartyId>,
    /// Whether it is said of everybody else: 各方对此均无争议.
    pub everyone: bool,
    /// What is said.
    pub attitude: Attitude,
    /// Whoever answers, in the words of the text.
    pub subject: String,
    /// Whether a colon follows, and so what is answered.
    pub introduces: bool,
}

/// A word that accepts, disputes or supports.
#[derive(Debug, Clone, Copy)]
struct Marker {
    /// Where it stands.
    at: usize,
    end: usize,
    /// What it says; none if it disputes and is turned round, which tells neither.
    attitude: Option<Attitude>,
    /// Whether a word that turns round stands before it.
    is_negated: bool,
}

/// The most characters an unknown party's name may have.
const MAX_UNKNOWN: usize = 40;

/// The most characters of a name that stands alone before a colon.
const MAX_NAME: usize = 24;

impl StanceWords {
    /// The words of `languages` and those of the case's own.
    pub fn new(languages: &[Language], own: &Markers) -> Self {
        let mut words = Self {
            markers: WordList::default(),
            negations: Vec::new(),
            objects: Vec::new(),
            open: Vec::new(),
            everyone: Vec::new(),
            but_not: Vec::new(),
            agents: Vec::new(),
            impersonal: Vec::new(),
            predicate: PredicateWords::new(languages),
            strangers: StrangerWords::new(languages),
            voice: VoiceWords::new(languages),
        };
        let mut markers: Vec<(String, Attitude)> = Vec::new();
        for language in languages {
            let table = &language.table.positions;
            markers.extend(marked(&table.disputes, &table.accepts, &table.supports));
            let lists = [
                (&mut words.negations, &table.negations),
                (&mut words.objects, &table.objects),
                (&mut words.open, &table.open),
                (&mut words.everyone, &table.everyone),
                (&mut words.but_not, &table.but_not),
                (&mut words.agents, &table.agents),
                (&mut words.impersonal, &table.impersonal),
            ];
            for (list, more) in lists {
                list.extend(more.iter().map(|word| fold(word)));
            }
        }
        markers.extend(marked(&own.disputes, &own.accepts, &[]));
        markers.sort();
        words.markers = WordList::new(markers);
        words
    }

    /// Reads the beginning of `text` as an answer, if it tells one without doubt.
    pub fn read(&self, text: &str, parties: &Parties, loose: bool) -> Option<Answer> {
        match self.tell(text, parties, loose) {
            Told::Answer(answer) => Some(answer),
            Told::Doubt(_) | Told::Nothing => None,
        }
    }

    /// Reads the beginning of `text` as an answer.
    ///
    /// A name and, in the same sentence after it, a marker make an answer, if the two are all that the clause says
    /// ([`PredicateWords`]), if the marker ends its clause or has an object that points back (不认可这一点), and if the sentence
    /// names nobody else before. Who disputes may say of what, and in brackets (`loose`) with any object: “（客户否认收到过通知。）”;
    /// of who accepts nothing may be left to read. A colon ends the sentence: what follows it is what is said; but a name
    /// alone before a colon speaks in the next sentence. Where the marker ends the clause and the name is nobody's, the
    /// answer has no speaker.
    pub fn tell(&self, text: &str, parties: &Parties, loose: bool) -> Told {
        let text = text.trim_start_matches(['（', '(', '【', '[', ' ', '\n', '“', '"']).replace('’', "'");
        let folded = fold(&text);
        let (first, rest, end) = split_sentence(&folded);
        let of_first = self.read_sentence(first, parties, loose, end);
        if of_first == Told::Nothing && end == Some(':') && first.chars().count() <= MAX_NAME {
            return self.after_colon(first, rest, parties).map_or(Told::Nothing, Told::Answer);
        }
        // （受害人无争议；蚁猫有争议。）: who disputes decides where the claim stands.
        let (second, after_second, end_of_second) = split_sentence(rest);
        if loose
            && end == Some(';')
            && let Told::Answer(second) = self.read_sentence(second, parties, loose, end_of_second)
        {
            let is_stronger = |first: &Answer| first.attitude < second.attitude;
            return match of_first {
                Told::Answer(first) if !is_stronger(&first) && !self.disputes(after_second) => Told::Answer(first),
                _ => Told::Answer(second),
            };
        }
        match of_first {
            // 客户认可。但不认可金额。
            Told::Answer(answer) if answer.attitude == Attitude::Accepts && self.disputes(rest) => {
                Told::Doubt(Doubt { parties: answer.speakers, is_subject: true, accepts_in_part: true })
            }
            told => told,
        }
    }

    /// The name of somebody unknown whom a text lets speak; empty if the text writes it in other letters than it is known by.
    pub fn stranger<'t>(&self, text: &'t str, parties: &Parties) -> Option<&'t str> {
        self.strangers.read(text, parties, &self.voice)
    }

    /// The same for somebody whose name begins as that of a party.
    pub fn namesake<'t>(&self, text: &'t str, parties: &Parties) -> Option<&'t str> {
        self.strangers.read_namesake(text, parties, &self.voice)
    }

    /// Whether a text opens with a word by which its speaker means itself.
    pub fn is_first_person(&self, text: &str, parties: &Parties) -> bool {
        self.strangers.is_first_person(text, parties, &self.voice)
    }

    /// Whether a text opens with somebody unknown who accepts or disputes something: 银行不同意退款.
    pub fn takes_a_stand(&self, text: &str) -> bool {
        self.strangers.takes_a_stand(text, &self.voice)
    }

    /// Whether a text begins by denying what stands above it: 并非如此.
    pub fn denies(&self, text: &str) -> bool {
        self.strangers.denies(text, &self.voice)
    }

    /// Whether it does, or sets something against that: 事实上.
    pub fn rebuts(&self, text: &str) -> bool {
        self.strangers.rebuts(text, &self.voice)
    }

    /// Whether a text opens with a party and what is hardly said of oneself: 平台没有回答.
    pub fn reproaches(&self, text: &str, parties: &Parties) -> bool {
        self.strangers.reproaches(text, parties, &self.voice)
    }

    /// Reads what follows a name and a colon: “受害人：无异议。”
    fn after_colon(&self, name: &str, said: &str, parties: &Parties) -> Option<Answer> {
        let speaker = parties.meant_by(name)?;
        let (sentence, rest, _) = split_sentence(said);
        let marker = self.first_marker(sentence)?;
        let attitude = marker.attitude?;
        let after = &sentence[marker.end..];
        let at_once = stranger(&sentence[..marker.at]).is_empty();
        let is_plain = attitude != Attitude::Accepts
            || self.closes(after) && !self.predicate.reserves(after) && !self.disputes(after) && !self.disputes(rest);
        let subject = name.trim().to_owned();
        (at_once && is_plain).then(|| Answer {
            speakers: vec![speaker],
            everyone: false,
            attitude,
            subject,
            introduces: true,
        })
    }

    /// Whether the first sentence of a text holds a word that accepts, disputes or supports.
    pub fn has_marker(&self, text: &str) -> bool {
        let folded = fold(text);
        self.first_marker(split_sentence(&folded).0).is_some()
    }

    /// Whether a text holds a word that disputes.
    fn disputes(&self, text: &str) -> bool {
        let mut rest = text;
        while let Some(marker) = self.first_marker(rest) {
            if marker.attitude == Some(Attitude::Disputes) {
                return true;
            }
            rest = &rest[marker.end..];
        }
        false
    }

    fn read_sentence(&self, sentence: &str, parties: &Parties, loose: bool, end: Option<char>) -> Told {
        let Some(marker) = self.first_marker(sentence) else { return Told::Nothing };
        let (before, after) = (&sentence[..marker.at], &sentence[marker.end..]);
        if self.open.iter().any(|word| holds_word(before, word))
            || before.ends_with('是') && sentence[marker.at..].starts_with('否')
        {
            return Told::Nothing;
        }
        let mut attitude = marker.attitude;
        // 认可第一次，不认可第二次: what is accepted in part is disputed.
        let turns = attitude == Some(Attitude::Accepts)
            && (self.first_marker(after).is_some_and(|later| later.attitude == Some(Attitude::Disputes))
                || self.but_not.iter().any(|words| holds_word(after, words)));
        if turns {
            attitude = Some(Attitude::Disputes);
        }
        let behind = after.trim_start();
        let by = self.agents.iter().find_map(|word| behind.strip_prefix(word.as_str())?.strip_prefix(' '));
        let clause = before.rfind(',').map_or(0, |at| at + 1);
        let (subject, earlier) = match by {
            Some(by) => (by.split([',', '.', '(']).next().unwrap_or(by), before),
            // 沃夸兰客服回复，仍不认可
            None if self.predicate.is_bare(&before[clause..], Room::Strict, marker.is_negated, &self.voice) => {
                (before, "")
            }
            None => (&before[clause..], &before[..clause]),
        };
        let closed = by.is_some() || self.closes(after) || attitude == Some(Attitude::Supports);
        // 各方对此均无争议 speaks for all; 笔录已经双方认可 tells a fact.
        let everyone = self.everyone.iter().find(|word| subject.trim_start().starts_with(word.as_str()));
        let named = parties.named_together(subject, |between| self.predicate.joins(between));
        let (speakers, around) = match (&everyone, named) {
            (Some(word), _) => (Vec::new(), ("", &subject.trim_start()[word.len()..])),
            (None, Some(named)) => (named.parties, (&subject[..named.at.start], &subject[named.at.end..])),
            (None, None) => {
                let meant = parties.all_meant_by(subject);
                let is_name = || self.strangers.is_name(stranger(subject), &self.voice);
                if meant.is_empty() || !is_name() { (Vec::new(), (subject, "")) } else { (meant, ("", "")) }
            }
        };
        let asks = end == Some('?');
        let is_known = everyone.is_some() || !speakers.is_empty();
        if !is_known {
            return self.of_stranger(sentence, &marker, attitude.filter(|_| !asks), (subject, closed), end);
        }
        let is_whole = closed || loose && attitude == Some(Attitude::Disputes);
        if !is_whole {
            // 双方都认可合同有效: what all accept may be what is claimed.
            let doubt = Doubt { parties: Vec::new(), is_subject: false, accepts_in_part: false };
            return if everyone.is_some() { Told::Doubt(doubt) } else { Told::Nothing };
        }
        let voice = &self.voice;
        let room = if attitude == Some(Attitude::Accepts) { Room::Strict } else { Room::Loose };
        let named_first = self.predicate.is_about(earlier, voice)
            || parties.first_named(before).is_none_or(|first| speakers.contains(&first.party));
        let is_subject = match by {
            Some(_) => {
                let passive = self.predicate.is_bare(before, Room::Strict, marker.is_negated, voice);
                passive && self.predicate.opens(around.0, voice)
            }
            None => {
                let leads = self.predicate.leads_to(earlier, room, voice);
                (named_first || everyone.is_some()) && leads && self.predicate.opens(around.0, voice)
            }
        };
        // 受害人的反驳：
        let is_title = end == Some(':') && after.trim().is_empty();
        let between = if is_title { around.1.trim_end_matches('的') } else { around.1 };
        let is_plain = match by {
            Some(_) => self.predicate.is_bare(around.1, Room::Loose, false, voice),
            None if turns => self.predicate.is_bare(between, room, false, voice) || voice.is_reported(between),
            None => self.predicate.is_bare(between, room, marker.is_negated, voice),
        };
        let nobody = || everyone.is_some_and(|word| self.negations.iter().any(|no| word.starts_with(no.as_str())));
        if attitude.is_none() && (by.is_some() || around.1.trim().is_empty() && nobody()) {
            // “Not disputed by the customer”, “Nobody disputes this”
            attitude = Some(Attitude::Accepts);
        }
        let reserves = attitude == Some(Attitude::Accepts) && self.predicate.reserves(after);
        match attitude {
            Some(attitude) if is_subject && is_plain && !reserves && !asks => Told::Answer(Answer {
                speakers,
                everyone: everyone.is_some(),
                attitude,
                subject: stranger(subject).to_owned(),
                introduces: end == Some(':'),
            }),
            _ => {
                let accepts_in_part = reserves && is_subject && is_plain && !asks && by.is_none() && everyone.is_none();
                Told::Doubt(Doubt { parties: speakers, is_subject, accepts_in_part })
            }
        }
    }

    /// What a sentence tells that names no party. Of a stranger it must be plain that he answers: 证人承认 is a fact, 某人对此不认可
    /// an answer; and what is accepted by somebody unknown settles nothing.
    fn of_stranger(
        &self,
        sentence: &str,
        marker: &Marker,
        attitude: Option<Attitude>,
        (subject, closed): (&str, bool),
        end: Option<char>,
    ) -> Told {
        let (before, after) = (&sentence[..marker.at], &sentence[marker.end..]);
        let name = stranger(subject);
        let is_of_thing = self.impersonal.iter().any(|word| word == &sentence[marker.at..marker.end]);
        if is_of_thing && !name.is_empty() {
            // What is not true is named, and nobody who says so: 该说法不成立.
            return Told::Doubt(Doubt { parties: Vec::new(), is_subject: false, accepts_in_part: false });
        }
        let points = after.trim().is_empty() || self.objects.iter().any(|object| object == after.trim());
        let points = points
            || closed
                && (POINTING.iter().any(|word| before.ends_with(word))
                    || POINTING.iter().any(|word| sentence[marker.at..].starts_with(word)));
        let points = points || closed && before.trim() == name && self.strangers.is_name(name, &self.voice);
        if attitude == Some(Attitude::Accepts) && name.is_empty() && self.closes(after) {
            return Told::Doubt(Doubt { parties: Vec::new(), is_subject: false, accepts_in_part: false });
        }
        // “The claim was rejected” tells what happened to a thing.
        let is_of_thing = !name.is_empty() && self.strangers.ends_before_verb(name);
        let is_answer =
            attitude == Some(Attitude::Disputes) && !is_of_thing && points && name.chars().count() <= MAX_UNKNOWN;
        if !is_answer {
            return Told::Nothing;
        }
        Told::Answer(Answer {
            speakers: Vec::new(),
            everyone: false,
            attitude: Attitude::Disputes,
            subject: name.to_owned(),
            introduces: end == Some(':'),
        })
    }

    /// The first marker in a sentence.
    fn first_marker(&self, sentence: &str) -> Option<Marker> {
        let starts = sentence.char_indices().map(|(at, _)| at);
        for at in starts {
            let rest = &sentence[at..];
            let found = self.markers.beginning(rest).find(|(word, _)| {
                let touches = |c: Option<char>| word.is_ascii() && c.is_some_and(|c| c.is_ascii_alphanumeric());
                !touches(sentence[..at].chars().next_back()) && !touches(rest[word.len()..].chars().next())
            });
            let Some((word, attitude)) = found else { continue };
            let is_negated = self.is_negated(&sentence[..at], word.is_ascii());
            let attitude = match attitude {
                Attitude::Accepts if is_negated => Some(Attitude::Disputes),
                // Who has not disputed, 没有提出异议, has not accepted either.
                Attitude::Disputes if is_negated => None,
                attitude => Some(*attitude),
            };
            return Some(Marker { at, end: at + word.len(), attitude, is_negated });
        }
        None
    }

    /// Whether a word that turns round stands right before: within three characters, or among the last four words.
    fn is_negated(&self, before: &str, latin: bool) -> bool {
        if latin {
            let words = before.rsplit(' ').filter(|word| !word.is_empty()).take(4);
            return words.into_iter().any(|word| self.negations.iter().any(|no| no == word) || word.ends_with("n't"));
        }
        let from = before.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        self.negations.iter().any(|no| !no.is_ascii() && before[from..].contains(no.as_str()))
    }

    /// Whether what follows a marker leaves it the end of its clause.
    fn closes(&self, after: &str) -> bool {
        let rest = after.trim_start();
        let ends = |text: &str| text.trim_start().chars().next().is_none_or(|c| !c.is_alphanumeric());
        ends(rest)
            || self.objects.iter().any(|object| {
                rest.strip_prefix(object.as_str())
                    .is_some_and(|rest| !object.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            })
    }
}

/// Words that accept, dispute or support, folded.
fn marked(disputes: &[String], accepts: &[String], supports: &[String]) -> Vec<(String, Attitude)> {
    let lists = [(disputes, Attitude::Disputes), (accepts, Attitude::Accepts), (supports, Attitude::Supports)];
    let marked =
        |(words, attitude): (&[String], Attitude)| words.iter().map(|word| (fold(word), attitude)).collect::<Vec<_>>();
    lists.into_iter().flat_map(marked).collect()
}

/// The words before a marker without those that point back: of 对此 in 某人对此 nothing is a name.
fn stranger(subject: &str) -> &str {
    subject.trim().trim_end_matches(|c| c == ' ' || BEHIND_SPEAKER.contains(c))
}

/// The first sentence of a folded text, what follows it, and the character that ends it.
fn split_sentence(text: &str) -> (&str, &str, Option<char>) {
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        let ends = match c {
            '。' | '!' | '?' | ':' | ';' => true,
            '.' => after.starts_with(char::is_whitespace) || after.is_empty() || after.starts_with(')'),
            _ => false,
        };
        if ends {
            return (&text[..at], after, Some(c));
        }
    }
    (text, "", None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, FILE_NAME};
    use crate::source::{Source, SourceId, Sources};

    fn setting() -> (Parties, StanceWords) {
        let yaml = "parties:\n  - {id: customer, name: {zh: 客户, en: Customer}, aliases: [the customer]}\n  - {id: vorqualand, \
                    name: 沃夸兰, aliases: [Vorqualand]}\n";
        let source = Source::new(FILE_NAME, yaml.to_owned());
        let config = Config::read(&source, SourceId(0), &mut Vec::new());
        let languages = [Language::new("zh", None), Language::new("en", None)];
        let parties = Parties::of(&config.parties, (&[], &Sources::default()), &languages, &languages);
        (parties, StanceWords::new(&languages, &Markers::default()))
    }

    fn told(text: &str, loose: bool) -> String {
        let (parties, words) = setting();
        match words.read(text, &parties, loose) {
            None => "nothing".to_owned(),
            Some(answer) => {
                let ids = answer.speakers.iter().map(|&party| parties.all[party].id.as_str());
                let who = match ids.collect::<Vec<_>>().join("+") {
                    _ if answer.everyone => "everyone".to_owned(),
                    none if none.is_empty() => "?".to_owned(),
                    some => some,
                };
                format!("{who} {:?}", answer.attitude).to_lowercase()
            }
        }
    }

    #[test]
    fn an_answer_names_who_answers_and_says_what() {
        for (text, expected) in [
            ("沃夸兰对此有争议：截图只能说明创建那一刻。", "vorqualand disputes"),
            ("沃夸兰对此无争议，称已经补上。", "vorqualand accepts"),
            ("沃夸兰不认可：没有见到记录。", "vorqualand disputes"),
            ("沃夸兰没有争议。", "vorqualand accepts"),
            ("沃夸兰不能认可。", "vorqualand disputes"),
            ("沃夸兰不反对。", "vorqualand accepts"),
            ("沃夸兰部分认可：只认可金额。", "vorqualand disputes"),
            ("沃夸兰不认可这一点", "vorqualand disputes"),
            ("对此，沃夸兰有异议。", "vorqualand disputes"),
            ("沃夸兰客服回复，对此有争议：", "vorqualand disputes"),
            ("Vorqualand disputes this: the screenshot shows only the moment.", "vorqualand disputes"),
            ("The customer disagrees: the rules had been changed.", "customer disputes"),
            ("Vorqualand accepts this, and says more.", "vorqualand accepts"),
            ("Vorqualand does not dispute this.", "vorqualand accepts"),
            ("Vorqualand cannot accept this.", "vorqualand disputes"),
            ("Vorqualand doesn't agree.", "vorqualand disputes"),
            ("沃夸兰：无异议。", "vorqualand accepts"),
            ("The customer: no objection.", "customer accepts"),
            ("沃夸兰和客户都不认可。", "customer+vorqualand disputes"),
            ("沃夸兰、客户均无争议。", "customer+vorqualand accepts"),
            ("各方对此均无争议", "everyone accepts"),
            ("双方都没有异议。", "everyone accepts"),
            ("Neither the customer nor Vorqualand accepts this.", "customer+vorqualand disputes"),
            ("Vorqualand doesn’t agree.", "vorqualand disputes"),
            ("Nobody disputes this.", "everyone accepts"),
            ("沃夸兰客服书面表示，对上述主张没有异议。", "vorqualand accepts"),
            ("The customer replied that it accepts this.", "customer accepts"),
            ("沃夸兰对金额无异议，但对日期有异议。", "vorqualand disputes"),
            ("客户在笔录中不认可这一点。", "customer disputes"),
            ("沃夸兰收到函件后，仍不认可。", "vorqualand disputes"),
            ("The customer, who lives abroad, disputes this.", "customer disputes"),
            ("受害人不认可，有漏洞。", "? disputes"),
            ("我不同意，有漏洞。", "? disputes"),
            ("Disputed by Vorqualand: there is a record.", "vorqualand disputes"),
            ("Not disputed by the customer.", "customer accepts"),
            ("No objection from Vorqualand.", "vorqualand accepts"),
            ("Vorqualand denied this.", "vorqualand disputes"),
            ("沃夸兰提出异议。", "vorqualand disputes"),
            ("沃夸兰曾经认可，现在不认可。", "vorqualand disputes"),
            ("沃夸兰支持客户的说法。", "vorqualand supports"),
            ("某某公司不认可：没有依据。", "? disputes"),
            ("对此有争议：没有依据。", "? disputes"),
            ("Harrow Freight disputes this: no record.", "? disputes"),
            ("某某保险对此不认可，称没有收到。", "? disputes"),
        ] {
            assert_eq!(told(text, false), expected, "{text}");
        }
    }

    #[test]
    fn a_fact_about_a_party_is_no_answer() {
        for text in [
            "创建页面有四个独立的勾选框。",
            "沃夸兰不同意退款。",
            "客户要求公开，但沃夸兰不同意。",
            "沃夸兰是否认可，不清楚。",
            "如果沃夸兰不认可，请提供证据。",
            "It is unclear whether Vorqualand accepts this.",
            "银行不同意退款。",
            "同一份答复也承认，四次请求都不是从常用地址发来的。",
            "这份笔录已经双方认可。",
            "证人当庭承认。",
            "银行拒绝出具证明，警方认可。",
            "沃夸兰的客服说：公司不认可这种做法。",
            "沃夸兰关闭了工单系统。双方对此有争议。",
            "Vorqualand rejects every request for a refund made by telephone.",
            "On its website the company has published the list, and release is not among them.",
        ] {
            assert_eq!(told(text, false), "nothing", "{text}");
        }
    }

    #[test]
    fn what_somebody_else_says_asks_for_or_turns_round_is_in_doubt() {
        for (text, expected) in [
            ("未经客户同意，沃夸兰冻结了账户。", "customer mentioned"),
            ("冻结须经客户同意。", "customer mentioned"),
            ("等待客户认可。", "customer mentioned"),
            ("沃夸兰希望客户认可。", "vorqualand named"),
            ("沃夸兰称客户已经认可。", "vorqualand named"),
            ("沃夸兰声称客户对此无异议。", "vorqualand named"),
            ("据银行说，客户对此无异议。", "customer mentioned"),
            ("针对客户的不认可，沃夸兰补充了日志。", "customer mentioned"),
            ("除客户外，沃夸兰也不认可。", "vorqualand mentioned"),
            ("客户被要求承认。", "customer named"),
            ("客户没有提出异议。", "customer named"),
            ("客户未予否认。", "customer named"),
            ("客户不否认。", "customer named"),
            ("客户并非不认可。", "customer named"),
            ("客户曾经认可。", "customer named"),
            ("客户曾经不认可，现已认可。", "customer named"),
            ("客户不得不同意。", "customer named"),
            ("客户可能不认可。", "customer named"),
            ("客户应当认可。", "customer named"),
            ("客户尚未认可。", "customer named"),
            ("客户认可？", "customer named"),
            ("Does the customer accept this?", "customer named"),
            ("客户认可，前提是退款。", "customer named"),
            ("客户认可。但不认可金额。", "customer named"),
            ("客户对金额无异议。", "customer named"),
            ("Vorqualand hopes that the customer accepts this.", "vorqualand named"),
            ("The customer was asked to accept this.", "customer named"),
            ("The customer is said to agree.", "customer named"),
            ("The customer has not disputed this.", "customer named"),
            ("Vorqualand didn't dispute this.", "vorqualand named"),
            ("The customer does not deny this.", "customer named"),
            ("The customer has raised no objection.", "customer named"),
            ("The customer accepts this, provided that it is paid.", "customer named"),
            ("The terms were accepted by the customer.", "customer mentioned"),
            ("The customer says that Vorqualand disputes this.", "customer named"),
            ("该说法不成立。", " mentioned"),
        ] {
            let (parties, words) = setting();
            let told = match words.tell(text, &parties, false) {
                Told::Doubt(doubt) => {
                    let ids = doubt.parties.iter().map(|&party| parties.all[party].id.as_str());
                    let named = if doubt.is_subject { "named" } else { "mentioned" };
                    format!("{} {named}", ids.collect::<Vec<_>>().join("+"))
                }
                told => format!("{told:?}"),
            };
            assert_eq!(told, expected, "{text}");
        }
    }

    #[test]
    fn in_brackets_who_disputes_may_dispute_anything_and_who_accepts_may_not() {
        assert_eq!(told("（客户承认收到过通知。）", true), "nothing");
        assert_eq!(told("（客户否认收到过通知。）", true), "customer disputes");
        assert_eq!(told("(The customer denies having received a notice.)", true), "customer disputes");
        assert_eq!(told("（见附录2。）", true), "nothing");
        assert_eq!(told("（客户无争议；沃夸兰有争议。）", true), "vorqualand disputes");
        assert_eq!(told("（客户认可第一次，不认可第二次。）", true), "customer disputes");
    }
}
