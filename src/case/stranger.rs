//! Recognises speakers that are no known party: 银行回应：…, “The caretaker says …”, 我不同意; and denials without a speaker.

use super::party::Parties;
use super::voice::{VoiceWords, find_first, starts_with_any};
use crate::language::Language;
use crate::language::lists::stance::{NO_SPEECH, OPENS_SPEECH};
use crate::language::words::{add_words, fold};

/// The words by which it is told, from all languages at once; folded, the longest first.
#[derive(Debug, Default)]
pub struct StrangerWords {
    /// What speaks after a name: verbs of speech, of admission and of asking.
    verbs: Vec<String>,
    /// The same for what is speech only before what is said, and for words that accept or dispute.
    guarded: Vec<String>,
    /// Words that accept or dispute.
    stands: Vec<String>,
    /// How the name of what is nobody ends.
    things: Vec<String>,
    /// How words begin that name nobody.
    no_names: Vec<String>,
    /// What stands behind a verb and in no name: 过.
    aspects: Vec<String>,
    /// What stands before a verb and not behind a name.
    modals: Vec<String>,
    /// What ends like a verb of speech and is none.
    no_speech: Vec<String>,
    /// What follows a noun that could be a verb.
    noun_followers: Vec<String>,
    /// What an answer is called: 回函.
    replies: Vec<String>,
    negations: Vec<String>,
    first_person: Vec<String>,
    not_first_person: Vec<String>,
    own: Vec<String>,
    rebuttals: Vec<String>,
    turns: Vec<String>,
    reproaches: Vec<String>,
    /// What one owes others, so that not to have done it is a reproach: 出示.
    owed: Vec<String>,
}

/// The most characters of a Chinese name, and the most words of another.
const MAX_NAME_CJK: usize = 10;
const MAX_NAME_WORDS: usize = 4;

/// The most characters from a party to what it owes: 至今没有出示, “has not ever shown”.
const MAX_BEFORE_OWED: usize = 16;

/// The most characters by which a name is longer than that of a party: 快递员, 平台小李.
const MAX_MORE_OF_NAME: usize = 2;

impl StrangerWords {
    /// The words of `languages`.
    pub fn new(languages: &[Language]) -> Self {
        let mut words = Self::default();
        for language in languages {
            let table = &language.table.positions;
            let verbs = [&table.speech, &table.admissions, &table.wishes].into_iter().flatten().cloned().collect();
            let stands = [&table.accepts, &table.disputes].into_iter().flatten();
            let stands = stands.filter(|word| !table.impersonal.contains(word)).cloned().collect();
            // 银行不同意退款 is a fact, 银行不同意 an answer.
            let guarded = [&table.guarded_speech, &table.accepts, &table.disputes].into_iter().flatten();
            let guarded = guarded.filter(|word| !table.impersonal.contains(word)).cloned().collect();
            let lists: [(_, &Vec<String>); 18] = [
                (&mut words.verbs, &verbs),
                (&mut words.guarded, &guarded),
                (&mut words.stands, &stands),
                (&mut words.things, &table.things),
                (&mut words.no_names, &table.no_names),
                (&mut words.aspects, &table.aspects),
                (&mut words.modals, &table.modals),
                (&mut words.no_speech, &table.no_speech),
                (&mut words.noun_followers, &table.noun_followers),
                (&mut words.replies, &table.replies),
                (&mut words.negations, &table.negations),
                (&mut words.first_person, &table.first_person),
                (&mut words.not_first_person, &table.not_first_person),
                (&mut words.own, &table.own),
                (&mut words.rebuttals, &table.rebuttals),
                (&mut words.turns, &table.turns),
                (&mut words.reproaches, &table.reproaches),
                (&mut words.owed, &table.owed),
            ];
            for (list, more) in lists {
                add_words(list, more);
            }
        }
        words
    }

    /// The name of somebody unknown with whom a text opens, and who speaks in it.
    pub fn read<'t>(&self, text: &'t str, parties: &Parties, voice: &VoiceWords) -> Option<&'t str> {
        let folded = fold(text);
        let opening = voice.without_connectives(&folded);
        if parties.opening(opening).is_some() {
            return None;
        }
        let from = folded.len() - opening.len();
        let clause = opening.find(['。', '!', '?', ';']).map_or(opening, |end| &opening[..end]);
        let name = self.before_colon(clause, voice).or_else(|| self.before_verb(clause, voice))?;
        Some(as_written(text, folded[..from].chars().count(), name.chars().count()))
    }

    /// The name of somebody with whom a text opens, who speaks in it, and whose name is that of a party with a little behind it:
    /// 快递员 where a party is called 快递.
    pub fn read_namesake<'t>(&self, text: &'t str, parties: &Parties, voice: &VoiceWords) -> Option<&'t str> {
        let folded = fold(text);
        let opening = voice.without_connectives(&folded);
        let (_, behind) = parties.opening(opening)?;
        let clause = opening.find(['。', '!', '?', ';']).map_or(opening, |end| &opening[..end]);
        let name = self.before_colon(clause, voice).or_else(|| self.before_verb(clause, voice))?;
        let more = &name[(opening.len() - behind.len()).min(name.len())..];
        let is_other = !more.is_ascii() && more.chars().count() <= MAX_MORE_OF_NAME;
        is_other.then(|| as_written(text, folded[..folded.len() - opening.len()].chars().count(), name.chars().count()))
    }

    /// Whether a text opens with the name of somebody unknown and a word that accepts or disputes something: 银行不同意退款. Nothing
    /// tells whether that answers.
    pub fn takes_a_stand(&self, text: &str, voice: &VoiceWords) -> bool {
        let folded = fold(text);
        let opening = voice.without_connectives(&folded);
        let clause = opening.split([',', '。', '!', '?', ';', ':']).next().unwrap_or(opening);
        find_first(clause, &self.stands).is_some_and(|(at, _)| self.is_name(&clause[..at], voice))
    }

    /// Whether a folded text may be the name of somebody.
    pub fn is_name(&self, name: &str, voice: &VoiceWords) -> bool {
        let name = name.trim();
        let bare = ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name);
        if bare.is_empty() || !bare.chars().all(|c| c.is_alphanumeric() || " '.·-".contains(c)) {
            return false;
        }
        let is_latin = bare.is_ascii();
        let is_short = if is_latin {
            bare.split_whitespace().count() <= MAX_NAME_WORDS
        } else {
            bare.chars().count() <= MAX_NAME_CJK
        };
        let is_number = bare.chars().all(|c| c.is_ascii_digit() || c == '.');
        // 日志还（说） is about a thing as 日志 is.
        let stripped = voice.without_fillers_at_end(bare);
        let noun = if stripped == bare { bare } else { stripped.trim_end_matches(['的', ' ']) };
        is_short
            && !is_number
            && starts_with_any(bare, &self.no_names).is_none()
            && !self.aspects.iter().any(|word| bare.contains(word.as_str()))
            && find_first(bare, &self.negations).is_none()
            && !ends_with(noun, &self.things)
            && !ends_with(noun, &self.modals)
            && !noun.ends_with("'s")
    }

    /// Whether a folded text ends with what stands before a verb: “the claim was”.
    pub fn ends_before_verb(&self, text: &str) -> bool {
        ends_with(text, &self.modals)
    }

    /// The name before a colon with which a text opens.
    fn before_colon<'a>(&self, clause: &'a str, voice: &VoiceWords) -> Option<&'a str> {
        let (name, said) = clause.split_once(':')?;
        // 第一次在02:11:40
        let is_clock = name.ends_with(|c: char| c.is_ascii_digit()) && said.starts_with(|c: char| c.is_ascii_digit());
        // 公证处回函：…
        let reply = self.replies.iter().find_map(|reply| name.strip_suffix(reply.as_str()));
        let name = reply.filter(|name| !name.is_empty()).unwrap_or(name);
        (!is_clock && self.is_name(name, voice)).then_some(name)
    }

    /// The name before a verb by which it speaks.
    fn before_verb<'a>(&self, clause: &'a str, voice: &VoiceWords) -> Option<&'a str> {
        let clause = clause.split([',', ':', '"', '“', '(']).next().unwrap_or(clause);
        let mut from = 0;
        loop {
            let (at, len) = find_first(&clause[from..], &self.verbs)
                .into_iter()
                .chain(find_first(&clause[from..], &self.guarded))
                .min_by_key(|&(at, len)| (at, std::cmp::Reverse(len)))?;
            let (at, end) = (from + at, from + at + len);
            let name = &clause[..at];
            if self.speaks(clause, at, end) && self.is_name(name, voice) {
                return Some(name);
            }
            from = end;
        }
    }

    /// Whether the word between two places of a clause is a verb by which somebody speaks.
    fn speaks(&self, clause: &str, at: usize, end: usize) -> bool {
        let (word, rest) = (&clause[at..end], clause[end..].trim_start());
        let is_other = self.no_speech.iter().any(|other| clause[..end].ends_with(other.as_str()));
        let is_noun = starts_with_any(rest, &self.noun_followers).is_some();
        let is_guarded = !self.verbs.iter().any(|verb| verb == word);
        let introduces = rest.is_empty() || OPENS_SPEECH.iter().any(|opens| rest.starts_with(opens));
        !is_other && !is_noun && (!is_guarded || introduces) && !rest.starts_with(|c| NO_SPEECH.contains(c))
    }

    /// Whether a text opens with a word by which its speaker means itself: 我的截图, “we have”.
    pub fn is_first_person(&self, text: &str, parties: &Parties, voice: &VoiceWords) -> bool {
        let folded = fold(&text.replace('’', "'"));
        let opening = voice.without_connectives(&folded);
        let own = || self.own.iter().find_map(|own| parties.opening(opening.strip_prefix(own.as_str())?));
        starts_with_any(opening, &self.not_first_person).is_none()
            && parties.opening(opening).is_none()
            && (starts_with_any(opening, &self.first_person).is_some() || own().is_some())
    }

    /// Whether a text begins by denying what stands above it, or by setting something against that, or by asking.
    pub fn rebuts(&self, text: &str, voice: &VoiceWords) -> bool {
        let asks = || text.find(['。', '？', '?', '!', '！']).is_some_and(|at| text[at..].starts_with(['？', '?']));
        self.denies(text, voice) || opens_with(text, &self.turns, voice) || asks()
    }

    /// Whether a text begins by denying what stands above it.
    pub fn denies(&self, text: &str, voice: &VoiceWords) -> bool {
        opens_with(text, &self.rebuttals, voice)
    }

    /// Whether a text opens with a party and with what is said of others rather than of oneself: 平台没有回答….
    pub fn reproaches(&self, text: &str, parties: &Parties, voice: &VoiceWords) -> bool {
        let folded = fold(&text.replace('’', "'"));
        let Some((_, rest)) = parties.opening(voice.without_connectives(&folded)) else { return false };
        let rest = voice.without_fillers(rest);
        let clause = rest.split([',', '。', ';', ':']).next().unwrap_or(rest);
        let is_owed = find_first(clause, &self.owed).is_some_and(|(at, _)| {
            clause[..at].chars().count() <= MAX_BEFORE_OWED && find_first(&clause[..at], &self.negations).is_some()
        });
        is_owed || starts_with_any(rest, &self.reproaches).is_some()
    }
}

/// Whether a folded text ends with one of some words; a Latin one must stand apart.
fn ends_with(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| {
        let before = text.strip_suffix(word.as_str());
        before.is_some_and(|before| !word.is_ascii() || before.is_empty() || before.ends_with(' '))
    })
}

/// The characters of a text from one on: folded they are shorter, but as many.
fn as_written(text: &str, from: usize, count: usize) -> &str {
    let at = |index: usize| text.char_indices().nth(index).map_or(text.len(), |(at, _)| at);
    text[at(from)..at(from + count)].trim()
}

/// Whether a text opens with one of some folded words.
fn opens_with(text: &str, words: &[String], voice: &VoiceWords) -> bool {
    let folded = fold(&text.replace('’', "'"));
    let opening = voice.without_connectives(&folded);
    starts_with_any(opening, words).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, FILE_NAME};
    use crate::source::{Source, SourceId, Sources};

    fn setting() -> (Parties, VoiceWords, StrangerWords) {
        let yaml = "parties:\n  - {id: customer, name: {zh: 客户, en: Customer}}\n  - {id: shop, name: {zh: 平台, en: Shop}}\n";
        let source = Source::new(FILE_NAME, yaml.to_owned());
        let config = Config::read(&source, SourceId(0), &mut Vec::new());
        let languages = [Language::new("zh", None), Language::new("en", None)];
        let parties = Parties::of(&config.parties, (&[], &Sources::default()), &languages, &languages);
        (parties, VoiceWords::new(&languages), StrangerWords::new(&languages))
    }

    #[test]
    fn a_noun_with_a_verb_of_speech_or_a_colon_speaks_though_nobody_knows_it() {
        let (parties, voice, words) = setting();
        for (text, expected) in [
            ("银行认为与它无关。", "银行"),
            ("银行回应：与它无关。", "银行"),
            ("快递公司：与它无关。", "快递公司"),
            ("对此，居委会表示没有收到。", "居委会"),
            ("供应商称没有收到。", "供应商"),
            ("被告辩称没有收到。", "被告"),
            ("证人当庭承认。", "证人当庭"),
            ("公证处回函：材料齐全。", "公证处"),
            ("受害人反驳，有漏洞。", "受害人"),
            ("我认为有漏洞。", "我"),
            ("张三说有漏洞。", "张三"),
            ("张三的律师认为没有依据。", "张三的律师"),
            ("The bank says the hole was known.", "The bank"),
            ("In reply, the bank states that it was closed.", "the bank"),
            ("Mr Tall: it was open.", "Mr Tall"),
            ("He said it was open.", "He"),
            ("The residents' group believes it was open.", "The residents' group"),
        ] {
            let found = words.read(text, &parties, &voice);
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn a_name_that_begins_as_a_partys_is_another() {
        let (parties, voice, words) = setting();
        for (text, expected) in [
            ("平台商说没有漏洞。", Some("平台商")),
            ("客户甲：没有收到。", Some("客户甲")),
            ("平台认为没有漏洞。", None),
            ("平台的漏洞：密钥是明文。", None),
            ("平台关闭了工单。", None),
        ] {
            assert_eq!(words.read_namesake(text, &parties, &voice), expected, "{text}");
        }
    }

    #[test]
    fn a_stranger_who_accepts_or_disputes_something_may_answer() {
        let (_, voice, words) = setting();
        for (text, expected) in [
            ("银行不同意退款。", true),
            ("顾客认可此条。", true),
            ("The bank accepts card payments.", true),
            ("合同没有争议条款。", false),
            ("没有人不同意退款。", false),
            ("日志没有异议栏。", false),
        ] {
            assert_eq!(words.takes_a_stand(text, &voice), expected, "{text}");
        }
    }

    #[test]
    fn what_a_thing_shows_and_what_is_no_verb_lets_nobody_speak() {
        let (parties, voice, words) = setting();
        for text in [
            "平台认为没有漏洞。",
            "日志还说明了时间。",
            "合同说明：可以退货。",
            "理由：没有漏洞。",
            "登录地址：境外。",
            "第一，没有漏洞。",
            "公司名称是空的。",
            "同一份答复：没有漏洞。",
            "邮件回复：没有漏洞。",
            "胡说八道！",
            "快照默认保留三十天。",
            "第一次在02:11:40。",
            "双方签过补充协议。",
            "总的来说，没有结果。",
            "据说已经修复。",
            "银行没有回应。",
            "银行拒绝解释。",
            "这种说法是错误的。",
            "应当承认，有漏洞。",
            "要求公开日志。",
            "一般认为，截图不可靠。",
            "2031年5月4日，下雨。",
            "The log says otherwise.",
            "The insurance claims are old.",
            "Reason: none was given.",
            "It says so on the door.",
            "The shop's claims are false.",
            "No one says that.",
            "One must admit that it was late.",
        ] {
            assert_eq!(words.read(text, &parties, &voice), None, "{text}");
        }
    }

    #[test]
    fn who_says_we_is_known_by_it() {
        let (parties, voice, words) = setting();
        for (text, expected) in [
            ("我的截图是原件。", true),
            ("本人当天不在。", true),
            ("本平台已修复。", true),
            ("我国法律没有规定。", false),
            ("本案没有结束。", false),
            ("平台的截图是原件。", false),
            ("We’ve kept the original.", true),
            ("My film shows it.", true),
            ("Weekly films show it.", false),
        ] {
            assert_eq!(words.is_first_person(text, &parties, &voice), expected, "{text}");
        }
    }

    #[test]
    fn a_text_that_begins_with_a_denial_rebuts() {
        let (parties, voice, words) = setting();
        for (text, denies, rebuts) in [
            ("这不属实，有漏洞。", true, true),
            ("并非如此，账上没有这笔钱。", true, true),
            ("这只是平台单方面的说法。", true, true),
            ("事实上，漏洞在三月已经公布。", false, true),
            ("凭什么要客户承担？", false, true),
            ("日志没有异常。", false, false),
            ("This is untrue. It was published.", true, true),
            ("Not so: it was published.", true, true),
            ("In fact, it was published.", false, true),
            ("Falsework was taken down.", false, false),
        ] {
            assert_eq!((words.denies(text, &voice), words.rebuts(text, &voice)), (denies, rebuts), "{text}");
        }
        for (text, expected) in [
            ("平台没有回答为什么。", true),
            ("平台至今没有公开日志。", true),
            ("平台没有漏洞。", false),
            ("平台从未收到过通知。", false),
            ("The shop never received it.", false),
            ("The shop has never shown its logs.", true),
            ("The shop opened in May.", false),
        ] {
            assert_eq!(words.reproaches(text, &parties, &voice), expected, "{text}");
        }
    }
}
