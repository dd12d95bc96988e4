//! What an answer says of what it answers: 沃夸兰对此有争议：…, “The customer accepts this.”

use super::party::{Parties, PartyId};
use crate::config::Markers;
use crate::document::Attitude;
use crate::language::Language;
use crate::language::lexicon::fold;

/// The words by which answers are known, from all languages at once.
#[derive(Debug)]
pub struct StanceWords {
    /// Folded words with what they say, the longest first.
    markers: Vec<(String, Attitude)>,
    /// Words that turn an acceptance round: 不能认可.
    negations: Vec<String>,
    /// What a verb may have as its object and still answer: this, 这一点.
    objects: Vec<String>,
}

/// An answer recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Who answers; none if the text names nobody that is known.
    pub speaker: Option<PartyId>,
    /// What is said.
    pub attitude: Attitude,
    /// Where the name of whoever answers stands in the text, in bytes.
    pub subject: (usize, usize),
    /// Whether a colon follows, and so what is answered.
    pub introduces: bool,
}

/// The most characters an unknown party's name may have.
const MAX_UNKNOWN: usize = 40;

impl StanceWords {
    /// The words of `languages` and those of the case's own.
    pub fn new(languages: &[Language], own: &Markers) -> Self {
        let mut words = Self { markers: Vec::new(), negations: Vec::new(), objects: Vec::new() };
        for language in languages {
            let table = &language.table.positions;
            words.add(&table.disputes, &table.accepts);
            words.negations.extend(table.negations.iter().map(|word| fold(word)));
            words.objects.extend(table.objects.iter().map(|word| fold(word)));
        }
        words.add(&own.disputes, &own.accepts);
        words.markers.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        words
    }

    fn add(&mut self, disputes: &[String], accepts: &[String]) {
        self.markers.extend(disputes.iter().map(|word| (fold(word), Attitude::Disputes)));
        self.markers.extend(accepts.iter().map(|word| (fold(word), Attitude::Accepts)));
    }

    /// Reads the first sentence of `text` as an answer.
    ///
    /// A name and, in the same sentence after it, a marker make an answer, if the marker ends its clause or has an
    /// object that points back (不认可这一点). In brackets (`loose`) any object will do: “（客户否认收到过通知。）”. A colon
    /// ends the sentence: what follows it is what is said. Where the marker ends the sentence and the name is nobody's,
    /// the answer has no speaker.
    pub fn read(&self, text: &str, parties: &Parties, loose: bool) -> Option<Answer> {
        let skipped = text.len() - text.trim_start_matches(['（', '(', ' ', '\n', '“', '"']).len();
        let folded = fold(&text[skipped..]);
        // Folding full-width signs changes lengths; places in the text are counted in characters.
        let sentence = folded.split(['。', '！', '!', '？', '?', ':', ';', '；']).next().unwrap_or("");
        let (at, len, attitude) = self.first_marker(sentence)?;
        let (before, after) = (&sentence[..at], &sentence[at + len..]);
        let closed = self.closes(after);
        let clause =
            before.rfind([',', '，', '、']).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let (subject_at, subject) = match before[clause..].trim().is_empty() && clause > 0 {
            true => (0, before),
            false => (clause, &before[clause..]),
        };
        let speaker = parties.meant_by(subject).or_else(|| parties.meant_by(before));
        let known = speaker.is_some() && (closed || loose);
        let stranger = self.stranger(subject);
        // Of a stranger it must be plain that he answers: 证人承认 is a fact, 某人对此不认可 an answer.
        let points = after.trim().is_empty() || self.objects.iter().any(|object| object == after.trim());
        let points = points || (closed && (before.ends_with('此') || sentence[at..].starts_with("对此")));
        let unknown =
            speaker.is_none() && attitude == Attitude::Disputes && points && stranger.chars().count() <= MAX_UNKNOWN;
        if !known && !unknown {
            return None;
        }
        let start = skipped + original_len(&text[skipped..], &folded, subject_at);
        let end = skipped + original_len(&text[skipped..], &folded, subject_at + subject.len());
        let introduces = folded[sentence.len()..].starts_with(':');
        Some(Answer { speaker, attitude, subject: (start, end), introduces })
    }

    /// The words before the marker without those that point back: of 对此 in 某人对此 nothing is a name.
    fn stranger<'a>(&self, subject: &'a str) -> &'a str {
        subject.trim().trim_end_matches(['也', '均', '都', '对', '此', ' '])
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
            let negated = *attitude == Attitude::Accepts && self.is_negated(&sentence[..at], word.is_ascii());
            let attitude = if negated { Attitude::Disputes } else { *attitude };
            return Some((at, word.len(), attitude));
        }
        None
    }

    /// Whether a word that turns round stands right before: within three characters, or among the last three words.
    fn is_negated(&self, before: &str, latin: bool) -> bool {
        if latin {
            let words = before.rsplit(' ').filter(|word| !word.is_empty()).take(3);
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
                rest.strip_prefix(object.as_str()).is_some_and(|rest| !object.is_ascii() || ends_word(rest))
            })
    }
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// How many bytes of `text` stand for the first `len` bytes of `folded`, its folded form.
fn original_len(text: &str, folded: &str, len: usize) -> usize {
    let chars = folded[..len].chars().count();
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, FILE_NAME};
    use crate::source::{Source, SourceId};

    fn setting() -> (Parties, StanceWords) {
        let yaml = "parties:\n  - {id: customer, name: {zh: 客户, en: Customer}, aliases: [the customer]}\n  - {id: vorqualand, \
                    name: 沃夸兰, aliases: [Vorqualand]}\n";
        let source = Source::new(FILE_NAME, yaml.to_owned());
        let config = Config::read(&source, SourceId(0), &mut Vec::new());
        let languages = [Language::new("zh", None), Language::new("en", None)];
        let parties = Parties::of(&config.parties, &[], &languages);
        (parties, StanceWords::new(&languages, &Markers::default()))
    }

    fn told(text: &str, loose: bool) -> String {
        let (parties, words) = setting();
        match words.read(text, &parties, loose) {
            None => "nothing".to_owned(),
            Some(answer) => {
                let who = answer.speaker.map_or("?", |party| parties.all[party as usize].id.as_str());
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
            "银行不同意退款。",
            "同一份答复也承认，四次请求都不是从常用地址发来的。",
            "这份笔录已经双方认可。",
            "证人当庭承认。",
            "双方都没有异议。",
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
    }
}
