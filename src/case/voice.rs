//! Recognises that a text reports what a party says: 平台回应：…, “The shop argues that …”, 客户建议…; or that it only tells
//! of the party.

use super::party::{Parties, PartyId};
use crate::language::Language;
use crate::language::lists::stance::{ENDS_ADVERBIAL, NO_SPEECH, OF_TIMES};
use crate::language::words::{add_words, fold};

/// The words that tell whether a party speaks, from all languages at once; folded, the longest first.
#[derive(Debug, Default)]
pub struct VoiceWords {
    /// What stands before the party and changes nothing: 对此, “in reply”.
    connectives: Vec<String>,
    /// What may stand between a party and its verb: 客服, 的, 也, “'s support”.
    fillers: Vec<String>,
    /// What a party does when it speaks: 认为, “argues”.
    speech: Vec<String>,
    /// Verbs and nouns that are speech only before what is said: 回复：…, “notes that …”.
    guarded_speech: Vec<String>,
    /// What a party does when it asks for something beside the matter: 建议, “hopes”.
    wishes: Vec<String>,
    /// What shows that somebody else tells of it: 曾, “previously”.
    reported: Vec<String>,
    /// What a party does when it grants something: 承认, “admits”.
    admissions: Vec<String>,
    /// What an answer is called: 答复, “the reply”.
    replies: Vec<String>,
    /// What opens what a party said elsewhere: 据, “according to”.
    according: Vec<String>,
    /// What ends a text that only introduces what follows: 如下, “as follows”.
    introductions: Vec<String>,
    /// What opens an adverbial between commas: “in its”.
    adverbials: Vec<String>,
    /// What turns the verb behind it round: 没有, “never”.
    negations: Vec<String>,
    /// What only points elsewhere: 见, “see”.
    pointers: Vec<String>,
}

/// What a text that opens with a party lets it do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It speaks here: 平台回应：…
    Speaks,
    /// It asks for something beside the matter: 客户建议…
    Wishes,
    /// It spoke once, and somebody tells of it: 平台曾表示…
    Reported,
    /// Somebody tells what it says elsewhere: 据平台称…
    Cited,
    /// It grants something: 平台也承认…
    Admits,
    /// Something is told of it: 平台关闭了工单, 平台的日志缺了一天.
    Acts,
}

/// Whose admission a text tells that names no party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// That of whoever spoke before: 也承认…
    Own,
    /// That of an answer, which whoever gave it would not tell of so: 同一份答复也承认…
    OfAnAnswer,
}

/// How a text opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice {
    /// The party named.
    pub party: PartyId,
    /// What it does.
    pub act: Act,
}

/// The fewest letters of what tells something.
const MIN_TOLD: usize = 6;

/// The most characters of a person's name between the word for an office and the verb: 客服小李表示.
const MAX_PERSON: usize = 3;

/// The most characters of an adverbial such as 在5月3日的邮件中.
const MAX_ADVERBIAL: usize = 24;

/// The most characters of a clause before the party that speaks.
const MAX_PREFACE: usize = 16;

impl VoiceWords {
    /// The words of `languages`.
    pub fn new(languages: &[Language]) -> Self {
        let mut words = Self::default();
        for language in languages {
            let table = &language.table.positions;
            let lists = [
                (&mut words.connectives, &table.connectives),
                (&mut words.fillers, &table.fillers),
                (&mut words.speech, &table.speech),
                (&mut words.guarded_speech, &table.guarded_speech),
                (&mut words.wishes, &table.wishes),
                (&mut words.reported, &table.reported),
                (&mut words.admissions, &table.admissions),
                (&mut words.replies, &table.replies),
                (&mut words.according, &table.according),
                (&mut words.introductions, &table.introductions),
                (&mut words.adverbials, &table.adverbials),
                (&mut words.negations, &table.negations),
                (&mut words.pointers, &language.table.lead_ins),
            ];
            for (list, more) in lists {
                add_words(list, more);
            }
        }
        words
    }

    /// How a text opens, if it opens with a party.
    pub fn read(&self, text: &str, parties: &Parties) -> Option<Voice> {
        let text = text.replace('’', "'");
        let folded = fold(&text);
        let opening = self.without_connectives(&folded);
        if let Some(len) = starts_with_any(opening, &self.according) {
            // 根据平台的规则 tells of something of a party, and not what it says.
            let (party, rest) = parties.opening(opening[len..].trim_start())?;
            let says = possessive(rest).is_none() || matches!(self.act(rest), Act::Speaks | Act::Reported);
            return says.then_some(Voice { party, act: Act::Cited });
        }
        let Some((party, rest)) = parties.opening(opening) else { return self.behind_preface(opening, parties) };
        Some(Voice { party, act: self.act(rest) })
    }

    /// The same behind a clause that tells when or where it is said: 在庭审中，客户表示…
    fn behind_preface(&self, opening: &str, parties: &Parties) -> Option<Voice> {
        let (preface, rest) = opening.split_once(',')?;
        if preface.chars().count() > MAX_PREFACE || parties.first_named(preface).is_some() {
            return None;
        }
        let (party, rest) = parties.opening(rest.trim_start())?;
        let act = self.act(rest);
        matches!(act, Act::Speaks | Act::Admits).then_some(Voice { party, act })
    }

    /// How a text without a subject of its own, or with an answer as its subject, grants something: 也承认, 同一份答复也承认.
    /// None if it does not.
    pub fn admission(&self, text: &str) -> Option<Admission> {
        let folded = fold(text);
        let clause = folded.split([',', '。', ';', ':']).next().unwrap_or(&folded);
        let (at, _) = find_first(clause, &self.admissions)?;
        let before = &clause[..at];
        let left = self.stripped(before);
        if find_first(before, &self.negations).is_some() {
            return None;
        }
        match left.is_empty() {
            true => Some(Admission::Own),
            false => find_first(left, &self.replies).map(|_| Admission::OfAnAnswer),
        }
    }

    /// Whether a text in brackets tells something, and does not only point elsewhere or explain a word: 见附录2.
    pub fn tells(&self, text: &str) -> bool {
        let folded = fold(text);
        let inside = folded.trim().trim_matches(|c: char| "()（）".contains(c) || c.is_whitespace());
        let is_sentence = inside.contains(['。', '!', '?', ';']) || inside.contains(". ") || inside.ends_with('.');
        let is_long = inside.chars().filter(|c| c.is_alphanumeric()).count() >= MIN_TOLD;
        is_sentence && is_long && starts_with_any(inside, &self.pointers).is_none()
    }

    /// Whether a folded text holds a verb of speech.
    pub(super) fn finds_speech(&self, folded: &str) -> bool {
        let mut rest = folded;
        while let Some((at, len)) = find_first(rest, &self.speech) {
            rest = &rest[at + len..];
            if !rest.starts_with(|c| NO_SPEECH.contains(c)) {
                return true;
            }
        }
        false
    }

    /// What follows, in a folded text behind a party, a word for its staff or the verb by which it says what it says:
    /// 客服, 的客服, “replied that it”.
    pub(super) fn after_words_of_speaker<'a>(&self, text: &'a str, pronouns: &[String]) -> Option<&'a str> {
        if let Some(rest) = possessive(text) {
            return starts_with_any(rest.trim_start(), &self.fillers).map(|len| &rest.trim_start()[len..]);
        }
        if let Some(len) = starts_with_any(text, &self.fillers) {
            return Some(&text[len..]);
        }
        let verb = starts_with_any(text, &self.speech).or_else(|| starts_with_any(text, &self.guarded_speech))?;
        let rest = text[verb..].trim_start();
        let rest = rest.strip_prefix("that ").unwrap_or(rest);
        Some(starts_with_any(rest, pronouns).map_or(rest, |len| &rest[len..]))
    }

    /// Whether a folded text tells only that what follows was so once: 曾经.
    pub(super) fn is_reported(&self, text: &str) -> bool {
        starts_with_any(text.trim(), &self.reported) == Some(text.trim().len())
    }

    /// A folded text without the words for staff, and the adverbs, that it begins with.
    pub(super) fn without_fillers<'a>(&self, text: &'a str) -> &'a str {
        let mut rest = text.trim_start();
        while let Some(len) = starts_with_any(rest, &self.fillers) {
            rest = rest[len..].trim_start();
        }
        rest
    }

    /// A folded text without those that it ends with.
    pub(super) fn without_fillers_at_end<'a>(&self, text: &'a str) -> &'a str {
        let mut rest = text.trim_end();
        loop {
            let less = self.fillers.iter().find_map(|filler| {
                let less = rest.strip_suffix(filler.as_str())?;
                let apart = !filler.is_ascii() || less.ends_with(' ');
                (apart && !less.trim().is_empty()).then_some(less)
            });
            match less {
                Some(less) => rest = less.trim_end(),
                None => return rest,
            }
        }
    }

    /// Whether a paragraph only introduces what stands below it: 客户对此有争议，因为：
    pub fn introduces(&self, text: &str) -> bool {
        let folded = fold(text);
        let text = folded.trim_end().trim_end_matches([')', ' ']);
        text.ends_with(':') || self.introductions.iter().any(|words| text.ends_with(words.as_str()))
    }

    /// A folded text without what stands before its subject and changes nothing: 对此, “in reply”, a day.
    pub(super) fn without_connectives<'a>(&self, folded: &'a str) -> &'a str {
        let is_mark = |c: char| c.is_whitespace() || "\"'“”「『【([,".contains(c);
        let mut text = folded.trim_start_matches(is_mark);
        loop {
            let before = text;
            if let Some(len) = starts_with_any(text, &self.connectives) {
                text = text[len..].trim_start_matches(is_mark);
            }
            // 2031年5月3日，平台回复：…
            if text.starts_with(|c: char| c.is_ascii_digit()) {
                let rest = text
                    .trim_start_matches(|c: char| c.is_ascii_digit() || OF_TIMES.contains(c) || "-/.: ".contains(c));
                text = rest.trim_start_matches(is_mark);
            }
            if text == before {
                return text;
            }
        }
    }

    /// What the party does whose name stands right before `rest`.
    fn act(&self, rest: &str) -> Act {
        let (mut rest, mut is_reported, mut office, mut is_noun) = (rest, false, false, false);
        loop {
            let spaced = rest.trim_start();
            if spaced.starts_with(':') {
                return Act::Speaks;
            }
            let person = || self.after_person(spaced).filter(|_| office);
            if let Some(act) = self.verb_at(spaced, is_noun) {
                return if is_reported && act != Act::Acts { Act::Reported } else { act };
            }
            is_noun = false;
            if let Some(len) = starts_with_any(spaced, &self.reported) {
                is_reported = true;
                rest = &spaced[len..];
            } else if let Some(after) = possessive(spaced) {
                is_noun = true;
                rest = after;
            } else if let Some(len) = starts_with_any(spaced, &self.fillers) {
                office = true;
                rest = &spaced[len..];
            } else if let Some(after) = self.after_adverbial(spaced) {
                rest = after;
            } else if let Some(after) = person() {
                rest = after;
            } else {
                return Act::Acts;
            }
        }
    }

    /// What follows the name of a person before a verb of speech: 客服小李表示.
    fn after_person<'a>(&self, text: &'a str) -> Option<&'a str> {
        let name = text.char_indices().take(MAX_PERSON).take_while(|(_, c)| !c.is_ascii() && c.is_alphabetic());
        name.map(|(at, c)| at + c.len_utf8())
            .take_while(|&end| find_first(&text[..end], &self.negations).is_none())
            .map(|end| &text[end..])
            .find(|rest| self.verb_at(rest, false).is_some())
    }

    /// What follows 在5月3日的邮件中, （2031年5月3日）, “, in its letter of 3 May,”.
    fn after_adverbial<'a>(&self, text: &'a str) -> Option<&'a str> {
        let near = text.char_indices().nth(MAX_ADVERBIAL).map_or(text, |(at, _)| &text[..at]);
        if text.starts_with('(') {
            return near.find(')').map(|end| &text[end + 1..]);
        }
        if text.starts_with(['在', '于', '通']) {
            let own = near.split([',', '。', ':']).next()?;
            let ends = own.char_indices().filter(|(_, c)| ENDS_ADVERBIAL.contains(*c));
            let rests: Vec<&str> = ends.map(|(at, c)| &text[at + c.len_utf8()..]).collect();
            return rests.iter().copied().find(|rest| self.verb_at(rest, false).is_some());
        }
        let comma = text.strip_prefix(", ").unwrap_or(text);
        let opens = |words: &String| comma.strip_prefix(words.as_str()).is_some_and(|rest| rest.starts_with(' '));
        if self.adverbials.iter().any(opens) {
            let end = comma.find(',').filter(|&end| end <= 2 * MAX_ADVERBIAL)?;
            return Some(&comma[end + 1..]);
        }
        None
    }

    /// The same for a verb that stands at once. Behind a possessive it is a noun, and no speech unless something is said:
    /// 平台的解释不成立.
    fn verb_at(&self, text: &str, is_noun: bool) -> Option<Act> {
        let lists = [
            (&self.admissions, Act::Admits),
            (&self.wishes, Act::Wishes),
            (&self.speech, Act::Speaks),
            (&self.guarded_speech, Act::Reported),
        ];
        let found = lists.iter().filter_map(|(words, act)| Some((starts_with_any(text, words)?, *act)));
        let (len, act) = found.max_by_key(|(len, _)| *len)?;
        let rest = text[len..].trim_start();
        let introduces = rest.is_empty()
            || rest.starts_with([':', ',', '、', '"', '“', '「', '】', '。', '是', '为', '称', '说'])
            || ["that ", "is "].iter().any(|word| rest.starts_with(word))
            || self.introductions.iter().any(|words| rest.starts_with(words.as_str()));
        Some(match act {
            _ if is_noun && !introduces => Act::Acts,
            // 平台回复了邮件 is a fact, 平台回复邮件很慢 may be one.
            Act::Reported if introduces => Act::Speaks,
            Act::Reported => Act::Reported,
            _ if rest.starts_with('过') => Act::Reported,
            _ if rest.starts_with(|c| NO_SPEECH.contains(c)) => Act::Acts,
            act => act,
        })
    }

    /// What is left of the words before a verb when those are gone that name nobody.
    fn stripped<'a>(&self, before: &'a str) -> &'a str {
        let mut rest = self.without_connectives(before);
        loop {
            rest = rest.trim_start();
            match starts_with_any(rest, &self.fillers) {
                Some(len) => rest = &rest[len..],
                None => return rest,
            }
        }
    }
}

/// What follows the mark of a possessive.
fn possessive(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('的').or_else(|| text.strip_prefix("'s "))?;
    Some(rest)
}

/// The length of the first of `words` that `text` starts with; a Latin one must stand apart.
pub(super) fn starts_with_any(text: &str, words: &[String]) -> Option<usize> {
    let found = words.iter().find(|word| {
        let touches = || text[word.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        text.starts_with(word.as_str()) && !(word.ends_with(|c: char| c.is_ascii_alphanumeric()) && touches())
    });
    found.map(String::len)
}

/// Where the first of `words` stands in `text`, and how long it is; a Latin one must stand apart.
pub(super) fn find_first(text: &str, words: &[String]) -> Option<(usize, usize)> {
    let mut starts = text.char_indices().map(|(at, _)| at);
    starts.find_map(|at| {
        let touches = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
            && text[at..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let len = starts_with_any(&text[at..], words).filter(|_| !touches)?;
        Some((at, len))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, FILE_NAME};
    use crate::source::{Source, SourceId, Sources};

    fn acts(text: &str) -> String {
        let yaml = "parties:\n  - {id: customer, name: {zh: 客户, en: Customer}, aliases: [the customer]}\n  - {id: shop, name: {zh: \
                    平台, en: Shop}, aliases: [沃夸 Vovo]}\n";
        let source = Source::new(FILE_NAME, yaml.to_owned());
        let config = Config::read(&source, SourceId(0), &mut Vec::new());
        let languages = [Language::new("zh", None), Language::new("en", None)];
        let parties = Parties::of(&config.parties, (&[], &Sources::default()), &languages, &languages);
        match VoiceWords::new(&languages).read(text, &parties) {
            None => "nobody".to_owned(),
            Some(voice) => format!("{} {:?}", parties.all[voice.party].id, voice.act).to_lowercase(),
        }
    }

    #[test]
    fn a_party_with_a_verb_of_speech_or_a_colon_speaks() {
        for text in [
            "平台：没有漏洞。",
            "平台回应：没有漏洞。",
            "平台认为没有漏洞",
            "平台客服表示，没有漏洞。",
            "平台的客服人员称没有漏洞。",
            "平台客服小李说，没有漏洞。",
            "平台的意见是没有漏洞。",
            "平台的说法是：没有漏洞。",
            "平台辩称没有收到。",
            "平台不认为这是漏洞。",
            "平台否认收到过通知。",
            "平台（2031年5月3日）：没有漏洞。",
            "平台在5月3日的邮件中表示，没有漏洞。",
            "2031年5月3日，平台答复：没有漏洞。",
            "对此，平台认为没有漏洞。",
            "但平台坚持没有漏洞。",
            "沃夸客服解释，这是误操作。",
            "The shop argues that there is none.",
            "Shop: there is none.",
            "The shop's support says there is none.",
            "The shop, in its letter of 3 May, states that there is none.",
            "In reply, the shop explained that there is none.",
            "The shop replied: there is none.",
            "The shop's view is that there is none.",
            "The shop does not believe this.",
            "Vovo maintains that there is none.",
            "The shop has repeatedly claimed that there is none.",
        ] {
            assert_eq!(acts(text), "shop speaks", "{text}");
        }
    }

    #[test]
    fn what_is_told_of_a_party_is_not_what_it_says() {
        for text in [
            "平台的开发人员也可能失误。",
            "平台关闭了工单。",
            "平台没有回应。",
            "平台从未答复过客户。",
            "平台拒绝说明原因。",
            "平台的解释不成立。",
            "平台的说法没有依据。",
            "平台称重有误。",
            "平台表示了歉意。",
            "平台收到客户回复后关闭了对话。",
            "平台客服没有回答。",
            "平台的漏洞：密钥是明文。",
            "The shop closed the ticket.",
            "The shop did not reply.",
            "The shop never answered.",
            "The shop's claims are false.",
            "The shop's staff may have made a mistake.",
            "The shop refused to say why.",
            "The shop, a company in Alder, was closed.",
        ] {
            assert_eq!(acts(text), "shop acts", "{text}");
        }
    }

    #[test]
    fn what_a_party_said_once_is_told_of_it() {
        for (text, expected) in [
            ("平台曾表示会赔偿。", "shop reported"),
            ("平台客服当时说没有问题。", "shop reported"),
            ("平台说过会赔偿。", "shop reported"),
            ("平台回复邮件很慢。", "shop reported"),
            ("The shop had previously said so.", "shop reported"),
            ("The shop answered the telephone.", "shop reported"),
            ("The shop maintains its servers itself.", "shop reported"),
            ("据平台称，没有漏洞。", "shop cited"),
            ("根据平台的说法，没有漏洞。", "shop cited"),
            ("According to the shop, there is none.", "shop cited"),
            ("根据平台的规则，可以退货。", "nobody"),
            ("平台也承认日志不全。", "shop admits"),
            ("The shop admits that the log is not complete.", "shop admits"),
            ("客户建议警方咨询上级。", "customer wishes"),
            ("客户希望平台公开日志。", "customer wishes"),
            ("The customer hopes for an answer.", "customer wishes"),
            ("客户的努力没有用。", "customer acts"),
            ("日志缺了一天。", "nobody"),
            ("收到平台的答复以后，没有下文。", "nobody"),
            ("Customers of the shop complain.", "nobody"),
        ] {
            assert_eq!(acts(text), expected, "{text}");
        }
    }

    #[test]
    fn an_answer_that_admits_is_known_by_its_subject() {
        let words = VoiceWords::new(&[Language::new("zh", None), Language::new("en", None)]);
        for (text, expected) in [
            ("同一份答复也承认，请求不是从常用地址发来的。", Some(Admission::OfAnAnswer)),
            ("但也承认日志不全。", Some(Admission::Own)),
            ("The same reply admits that the log is not complete.", Some(Admission::OfAnAnswer)),
            ("同一份答复没有承认日志不全。", None),
            ("有员工承认密钥外泄。", None),
            ("截图显示，有人承认。", None),
            ("The reply never admits it.", None),
        ] {
            assert_eq!(words.admission(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_points_elsewhere_tells_nothing() {
        let words = VoiceWords::new(&[Language::new("zh", None), Language::new("en", None)]);
        for (text, expected) in [
            ("（见附件2的第三页。）", false),
            ("（2031年5月）", false),
            ("（以上均有录音，可以当庭播放。）", true),
            ("(See the second letter.)", false),
            ("(Nobody was there on that day.)", true),
        ] {
            assert_eq!(words.tells(text), expected, "{text}");
        }
    }
}
