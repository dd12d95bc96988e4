//! What an answer says of what it answers: 沃夸兰对此有争议：…, “The customer accepts this.”

use super::party::{Parties, PartyId};
use super::voice::VoiceWords;
use crate::config::Markers;
use crate::document::Attitude;
use crate::language::Language;
use crate::language::lexicon::fold;

/// The words by which answers are known, from all languages at once.
#[derive(Debug)]
pub struct StanceWords {
    /// Folded words with what they say, the longest first.
    markers: Vec<(String, Attitude)>,
    /// Words that turn what follows round: 不能认可, “neither … accepts”.
    negations: Vec<String>,
    /// What a verb may have as its object and still answer: this, 这一点.
    objects: Vec<String>,
    /// Words that leave open whether anybody answers: 是否, whether.
    open: Vec<String>,
    /// Words for all the others: 各方, both sides.
    everyone: Vec<String>,
    /// By which words a party is known to speak.
    pub voice: VoiceWords,
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

/// The most characters an unknown party's name may have.
const MAX_UNKNOWN: usize = 40;

/// The most characters of a name that stands alone before a colon.
const MAX_NAME: usize = 24;

impl StanceWords {
    /// The words of `languages` and those of the case's own.
    pub fn new(languages: &[Language], own: &Markers) -> Self {
        let mut words = Self {
            markers: Vec::new(),
            negations: Vec::new(),
            objects: Vec::new(),
            open: Vec::new(),
            everyone: Vec::new(),
            voice: VoiceWords::new(languages),
        };
        for language in languages {
            let table = &language.table.positions;
            words.add(&table.disputes, &table.accepts, &table.supports);
            let lists = [
                (&mut words.negations, &table.negations),
                (&mut words.objects, &table.objects),
                (&mut words.open, &table.open),
                (&mut words.everyone, &table.everyone),
            ];
            for (list, more) in lists {
                list.extend(more.iter().map(|word| fold(word)));
            }
        }
        words.add(&own.disputes, &own.accepts, &[]);
        words.markers.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        words
    }

    fn add(&mut self, disputes: &[String], accepts: &[String], supports: &[String]) {
        let lists = [(disputes, Attitude::Disputes), (accepts, Attitude::Accepts), (supports, Attitude::Supports)];
        for (words, attitude) in lists {
            self.markers.extend(words.iter().map(|word| (fold(word), attitude)));
        }
    }

    /// Reads the beginning of `text` as an answer.
    ///
    /// A name and, in the same sentence after it, a marker make an answer, if the marker ends its clause or has an
    /// object that points back (不认可这一点), and if the sentence names nobody else before. In brackets (`loose`) any
    /// object will do: “（客户否认收到过通知。）”. A colon ends the sentence: what follows it is what is said; but a name
    /// alone before a colon speaks in the next sentence. Where the marker ends the sentence and the name is nobody's,
    /// the answer has no speaker.
    pub fn read(&self, text: &str, parties: &Parties, loose: bool) -> Option<Answer> {
        let text = text.trim_start_matches(['（', '(', '【', '[', ' ', '\n', '“', '"']).replace('’', "'");
        let folded = fold(&text);
        let (first, rest, end) = split_sentence(&folded);
        let of_first = self.read_sentence(first, parties, loose, end == Some(':'));
        if of_first.is_none() && end == Some(':') && first.chars().count() <= MAX_NAME {
            // “受害人：无异议。”
            let speaker = parties.meant_by(first)?;
            let (next, _, _) = split_sentence(rest);
            let (at, _, attitude) = self.first_marker(next)?;
            let subject = first.trim().to_owned();
            let at_once = stranger(&next[..at]).is_empty();
            return at_once.then(|| Answer {
                speakers: vec![speaker],
                everyone: false,
                attitude,
                subject,
                introduces: true,
            });
        }
        if !loose || end != Some(';') {
            return of_first;
        }
        // （受害人无争议；蚁猫有争议。）: who disputes decides where the claim stands.
        let (second, _, _) = split_sentence(rest);
        let of_second = self.read_sentence(second, parties, loose, false);
        match (&of_first, of_second) {
            (Some(first), Some(second)) if first.attitude < second.attitude => Some(second),
            (None, second) => second,
            _ => of_first,
        }
    }

    fn read_sentence(&self, sentence: &str, parties: &Parties, loose: bool, introduces: bool) -> Option<Answer> {
        let (at, len, mut attitude) = self.first_marker(sentence)?;
        let (before, after) = (&sentence[..at], &sentence[at + len..]);
        if self.open.iter().any(|word| has_word(before, word))
            || before.ends_with('是') && sentence[at..].starts_with('否')
        {
            return None;
        }
        if attitude == Attitude::Accepts {
            // 认可第一次，不认可第二次: what is accepted in part is disputed.
            let turns = self.first_marker(after).is_some_and(|(_, _, later)| later == Attitude::Disputes);
            if turns || after.contains(" but not ") {
                attitude = Attitude::Disputes;
            }
        }
        let by = ["by ", "from "].iter().find_map(|word| after.trim_start().strip_prefix(word));
        let (subject, closed) = match by {
            Some(by) => (by.split([',', '.', '(']).next().unwrap_or(by), true),
            None => {
                let clause = before.rfind(',').map_or(0, |at| at + 1);
                let own = &before[clause..];
                (if own.trim().is_empty() { before } else { own }, self.closes(after) || attitude == Attitude::Supports)
            }
        };
        // 各方对此均无争议 speaks for all; 笔录已经双方认可 tells a fact.
        let everyone = self.everyone.iter().any(|word| subject.trim_start().starts_with(word.as_str()));
        let mut speakers = parties.all_meant_by(subject);
        if speakers.is_empty() && !everyone {
            speakers = parties.all_meant_by(before);
            speakers.truncate(1);
        }
        let named_first =
            by.is_some() || loose || parties.first_named(before).is_none_or(|first| speakers.contains(&first.party));
        let known = (everyone || !speakers.is_empty()) && (closed || loose) && named_first;
        // Of a stranger it must be plain that he answers: 证人承认 is a fact, 某人对此不认可 an answer.
        let points = after.trim().is_empty() || self.objects.iter().any(|object| object == after.trim());
        let points = points || (closed && (before.ends_with('此') || sentence[at..].starts_with("对此")));
        let nobody = speakers.is_empty() && !everyone;
        let unknown =
            nobody && attitude == Attitude::Disputes && points && stranger(subject).chars().count() <= MAX_UNKNOWN;
        (known || unknown).then(|| Answer {
            speakers,
            everyone,
            attitude,
            subject: stranger(subject).to_owned(),
            introduces,
        })
    }

    /// The first marker in a sentence: where, how long, and what it says.
    fn first_marker(&self, sentence: &str) -> Option<(usize, usize, Attitude)> {
        let starts = sentence.char_indices().map(|(at, _)| at);
        for at in starts {
            let rest = &sentence[at..];
            let found = self.markers.iter().find(|(word, _)| {
                let touches = |c: Option<char>| word.is_ascii() && c.is_some_and(|c| c.is_ascii_alphanumeric());
                rest.starts_with(word.as_str())
                    && !touches(sentence[..at].chars().next_back())
                    && !touches(rest[word.len()..].chars().next())
            });
            let Some((word, attitude)) = found else { continue };
            let attitude = match attitude {
                Attitude::Accepts if self.is_negated(&sentence[..at], word.is_ascii()) => Attitude::Disputes,
                Attitude::Disputes if word.is_ascii() && self.is_negated(&sentence[..at], true) => Attitude::Accepts,
                attitude => *attitude,
            };
            return Some((at, word.len(), attitude));
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

/// The words before a marker without those that point back: of 对此 in 某人对此 nothing is a name.
fn stranger(subject: &str) -> &str {
    subject.trim().trim_end_matches(['也', '均', '都', '对', '此', ' '])
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

/// Whether a text holds a word; a Latin one only where no letter touches it.
fn has_word(text: &str, word: &str) -> bool {
    let touches = |c: Option<char>| word.is_ascii() && c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(word)
        .any(|(at, _)| !touches(text[..at].chars().next_back()) && !touches(text[at + word.len()..].chars().next()))
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
                let ids = answer.speakers.iter().map(|&party| parties.all[party as usize].id.as_str());
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
            ("沃夸兰不否认。", "vorqualand accepts"),
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
            ("Vorqualand didn't dispute this.", "vorqualand accepts"),
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
    fn in_brackets_the_verb_may_have_any_object() {
        assert_eq!(told("（客户否认收到过通知。）", true), "customer disputes");
        assert_eq!(told("(The customer denies having received a notice.)", true), "customer disputes");
        assert_eq!(told("（见附录2。）", true), "nothing");
        assert_eq!(told("（客户无争议；沃夸兰有争议。）", true), "vorqualand disputes");
        assert_eq!(told("（客户认可第一次，不认可第二次。）", true), "customer disputes");
    }
}
