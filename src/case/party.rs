//! Who takes part: as casefile.yaml lists them, or else as the headings of the positions name them.

mod lead;
mod words;

use crate::language::lists::party::GENERIC;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::config;
use crate::document::Document;
use crate::document::outline::{self, Context};
use crate::document::section::SectionId;
use crate::document::tree::{NodeId, NodeKind};
use crate::language::kind::{is_opinion_heading, is_positions_heading};
use crate::language::script::is_cjk_letter;
use crate::language::words::find_words;
use crate::language::words::fold;
use crate::language::{Language, LanguageId};
use crate::slug::slug;
use crate::source::{Source, Sources};
use words::Words;

index_type! {
    /// A party of a case.
    PartyId of Party
}

indexed_by!(LanguageId, Option<String>);

/// One who takes part.
#[derive(Debug, Clone)]
pub struct Party {
    /// Names the party in casefile.yaml and in what the author writes: ASCII, unique. It may be what a pseudonym hides, and is
    /// never published.
    pub id: String,
    /// Names the party in what is published: its id where a name or role of it holds that, else its place among the
    /// parties, `party-2`.
    pub public_id: String,
    /// What the party is in the case, in the author's words, in each language of the case.
    pub roles: Vec<Option<String>>,
    /// Its name in each language of the case.
    pub names: Vec<Option<String>>,
    /// Everything the party is called, folded, the longest first.
    words: Vec<String>,
    /// The headings it was read from, folded; none for a party of casefile.yaml.
    headings: Vec<String>,
}

/// All parties, in the order in which casefile.yaml lists them or the positions bring them.
#[derive(Debug, Default)]
pub struct Parties {
    /// The parties.
    pub all: Vec<Party>,
    /// Whether casefile.yaml lists them.
    pub listed: bool,
    /// The first party of each id, in lower case, and of each name.
    by_id: HashMap<String, PartyId>,
    by_word: HashMap<String, PartyId>,
    /// Their names, and the parts of names that belong to one party alone, the longest first: 沃夸 in 沃夸 Vorqualand 交易所.
    names: Words,
    parts: Words,
    /// The same without an article.
    bare_names: Words,
    bare_parts: Words,
    words: HeadingWords,
}

/// The most parties that are read off headings, and headings of one. Of more headings it is told that they name no party.
const MAX_READ: usize = 300;

/// The most parties among which one is looked for by words that are no name of it.
const MAX_GUESSED_AMONG: usize = 50;

/// What headings say beside the name of a party, in all languages.
#[derive(Debug, Default)]
struct HeadingWords {
    /// Around a name, for what the party holds: 的意见是.
    around: Vec<String>,
    /// Words that may stand behind a party's name: 客服, 也.
    offices: Vec<String>,
    /// Words for an office of a party: 客服.
    desks: Vec<String>,
    /// What a party is called for short whose name ends so: 管理处.
    bodies: Vec<String>,
    /// What a party is in a case: 被告.
    roles: Vec<String>,
    /// What the author calls what the author holds: “my position”.
    own_opinions: Vec<String>,
    /// How headings begin or end that are about something.
    topics: Vec<String>,
    /// What they hold that puts a question.
    questions: Vec<String>,
    /// Headings that name no party.
    no_party: Vec<String>,
    /// Words for a part of a text: 部分, chapter.
    parts: Vec<String>,
    /// Headings below which positions stand.
    languages: Vec<Language>,
}

impl HeadingWords {
    fn new(languages: &[Language]) -> Self {
        let mut words = Self { languages: languages.to_vec(), ..Self::default() };
        for language in languages {
            let table = &language.table.positions;
            let lists = [
                (&mut words.around, &table.heading_words),
                (&mut words.offices, &table.fillers),
                (&mut words.desks, &table.offices),
                (&mut words.bodies, &table.bodies),
                (&mut words.roles, &table.roles),
                (&mut words.own_opinions, &table.own_opinions),
                (&mut words.topics, &table.topics),
                (&mut words.questions, &table.questions),
                (&mut words.no_party, &table.no_party),
                (&mut words.parts, &table.parts),
            ];
            for (list, more) in lists {
                for word in more.iter().map(|word| fold(word)).filter(|word| !list.contains(word)).collect::<Vec<_>>() {
                    list.push(word);
                }
            }
        }
        words.offices.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    }

    /// A folded name without the words for an office at its end: bibot of `bibot 客服`.
    fn without_office<'a>(&self, name: &'a str) -> &'a str {
        let mut rest = name.trim().strip_prefix("the ").unwrap_or(name.trim());
        loop {
            let office = self.offices.iter().find_map(|office| {
                let before = rest.strip_suffix(office.as_str())?;
                let apart = !office.is_ascii() || before.ends_with(' ');
                (apart && !before.trim().is_empty()).then_some(before)
            });
            match office {
                Some(before) => rest = before.trim_end().trim_end_matches(['的', '\'']).trim_end(),
                None => return rest,
            }
        }
    }

    /// A heading without what numbers it by itself: 第一部分 买方.
    fn without_number<'a>(&self, title: &'a str) -> &'a str {
        lead::without_number(title, &self.parts)
    }

    /// What a heading calls a party, its name first. Who writes “Our view” is called so, and not “Our”.
    fn names(&self, title: &str) -> Vec<String> {
        let title = self.without_number(title);
        let mut names = names_in_heading(title, &self.around);
        let title = title.trim_matches(|c: char| c.is_whitespace() || c == ':');
        if self.own_opinions.contains(&fold(title)) {
            names.insert(0, title.to_owned());
        }
        names
    }

    /// The Chinese name of a party and the word for its office behind it, which are written in one.
    fn behind_party<'a>(&self, name: &'a str) -> Option<(&'a str, &'a str)> {
        let office = self.desks.iter().filter(|desk| name.ends_with(desk.as_str())).max_by_key(|desk| desk.len())?;
        let party = name[..name.len() - office.len()].trim_end().trim_end_matches('的');
        (party.chars().filter(|c| is_cjk_letter(*c)).count() >= MIN_SHARED)
            .then(|| (party, &name[name.len() - office.len()..]))
    }

    /// The paragraphs among positions that open one as a heading would: `一、Bibot 客服的意见是：`
    fn lead_ins(&self, document: &Document, source: &Source) -> Vec<(NodeId, String)> {
        let mut found = Vec::new();
        for range in &document.positions {
            for id in range.clone() {
                let Some(title) = lead_in(document, source, id) else { continue };
                let names = names_in_heading(&title, &self.around);
                if is_opinion_heading(&title, &self.languages) && names.first().is_some_and(|name| self.may_name(name))
                {
                    found.push((id, title));
                }
            }
        }
        found
    }

    /// Whether a heading may be the name of a party, and is no topic: 关于密钥, 平台的责任, 密钥是谁给的？, 设备是否符合约定
    fn may_name(&self, title: &str) -> bool {
        let folded = fold(title);
        let title = folded.trim().trim_end_matches(':');
        let is_topic = self.topics.iter().any(|topic| match topic.is_ascii() {
            true => title.starts_with(&format!("{topic} ")) || title == topic,
            false => title.starts_with(topic.as_str()) || title.ends_with(topic.as_str()),
        });
        // 平台的漏洞 is about something of a party.
        let is_owned = title.contains('的') || title.contains("'s ");
        let is_sentence = title.contains(['?', ',', '。', ';', '!'])
            || self.questions.iter().any(|word| title.contains(word.as_str()));
        let is_long = title.chars().filter(|c| is_cjk_letter(*c)).count() > MAX_NAME_CJK
            || title.split(' ').count() > MAX_NAME_WORDS;
        // “Other remarks” are no more somebody's name than “Remarks”.
        let is_none = self.no_party.iter().any(|word| {
            let before = title.strip_suffix(word.as_str());
            before.is_some_and(|before| before.is_empty() || word.is_ascii() && before.ends_with(' '))
        });
        !is_topic && !is_owned && !is_sentence && !is_long && !is_none && !is_positions_heading(title, &self.languages)
    }
}

/// The words of paragraph `id`, without its number, where it is so short that it may open what stands below it.
pub fn lead_in(document: &Document, source: &Source, id: NodeId) -> Option<String> {
    let node = document.tree.get(id);
    if !matches!(node.kind, NodeKind::Paragraph { .. }) || node.span.end - node.span.start > MAX_LEAD_IN {
        return None;
    }
    let text = document.tree.text(source, id);
    let text = text.trim();
    let words = outline::parse(text, Context::Block).map_or(text, |found| &text[found.rest..]);
    let words = words.trim_end_matches([':', '：', ' ']);
    (!words.is_empty() && !words.contains(['。', '\n', '，', ','])).then(|| words.to_owned())
}

/// The most bytes of such a paragraph.
const MAX_LEAD_IN: u32 = 160;

/// The most Chinese characters of a name in a heading.
const MAX_NAME_CJK: usize = 24;

/// The most words of a name in a heading.
const MAX_NAME_WORDS: usize = 8;

/// The only Latin word of a name that is otherwise Chinese: bibot in 比特 Bibot 交易所.
fn own_latin(folded: &str) -> Option<&str> {
    let mut words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let only = words.next().filter(|word| word.len() >= 3 && word.chars().any(|c| c.is_ascii_alphabetic()))?;
    let is_whole = only == folded.trim();
    (words.next().is_none() && (is_whole || folded.chars().any(is_cjk_letter))).then_some(only)
}

/// By what data names something that casefile.yaml declares: by its id where what readers are `told` holds that, and so says
/// as much, else by its kind and its place, such as `party-2`.
pub fn public_id<'a>(id: &str, kind: &str, at: usize, told: impl IntoIterator<Item = &'a str>) -> String {
    let plain = |text: &str| fold(text).replace(['-', '_'], " ");
    let looks_like_a_place = id.strip_prefix(kind).is_some_and(|rest| rest.starts_with('-'));
    let is_said = told.into_iter().any(|words| find_words(&plain(words), &plain(id)).next().is_some());
    if (is_said || id.len() == 1) && !looks_like_a_place { id.to_owned() } else { format!("{kind}-{}", at + 1) }
}

/// A party named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub party: PartyId,
    /// Where its name starts in the text, folded, and where it ends.
    pub at: (usize, usize),
}

/// Parties that a text names in one breath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// Which, in the order of the list.
    pub parties: Vec<PartyId>,
    /// Where the first name starts in the text, folded, and where the last one ends.
    pub at: Range<usize>,
}

impl Party {
    /// Its name in a language, else in any, else what it is in the case.
    pub fn name(&self, language: LanguageId) -> &str {
        let of = [&self.names, &self.roles].into_iter();
        let mut told = of.filter_map(|texts| {
            let own = texts.get(language.place()).and_then(Option::as_deref);
            own.or_else(|| texts.iter().find_map(Option::as_deref))
        });
        told.next().unwrap_or(&self.public_id)
    }

    /// Notes what another heading calls it.
    fn read(&mut self, heading: &str, names: &[String]) {
        let heading = fold(heading);
        if self.headings.len() < MAX_READ && !self.headings.contains(&heading) {
            let words = self.words.iter().map(String::as_str).chain(names.iter().map(String::as_str));
            self.words = sorted_words(words);
            self.headings.push(heading);
        }
    }

    /// Everything it is called, folded.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

impl Parties {
    /// The parties of a case; `known` are the languages whose words count.
    pub fn of(
        listed: &[config::Party],
        (documents, sources): (&[Document], &Sources),
        languages: &[Language],
        known: &[Language],
    ) -> Self {
        let words = HeadingWords::new(known);
        let mut parties = Self { listed: !listed.is_empty(), words, ..Self::default() };
        for party in listed {
            let names: Vec<_> = languages.iter().map(|l| party.name.get(&l.tag).map(str::to_owned)).collect();
            let words = party.name.all().chain(party.aliases.iter().map(String::as_str)).chain([party.id.as_str()]);
            let roles: Vec<_> = languages.iter().map(|l| party.role.get(&l.tag).map(str::to_owned)).collect();
            let told = party.name.all().chain(party.role.all());
            parties.all.push(Party {
                id: party.id.clone(),
                public_id: public_id(&party.id, "party", parties.all.len(), told),
                roles,
                words: sorted_words(words),
                names,
                headings: Vec::new(),
            });
        }
        if !parties.listed {
            parties.derive(documents, sources, languages);
        }
        parties.note_names();
        parties
    }

    /// Reads the parties off the headings of the positions. Translations name them in the same order.
    fn derive(&mut self, documents: &[Document], sources: &Sources, languages: &[Language]) {
        let mut paths: Vec<&str> = Vec::new();
        for document in documents.iter().filter(|document| !document.positions.is_empty()) {
            // The documents of one path are one document in several languages.
            let first = !paths.contains(&document.path.as_str());
            if first {
                paths.push(&document.path);
            }
            let from = if first { self.all.len() } else { 0 };
            let of_section =
                |section: SectionId| (document.section(section).node, document.section(section).title.to_string());
            let sections = party_sections(document, &self.words).into_iter().map(of_section);
            let source = sources.get(document.source);
            let mut openers: Vec<(NodeId, String)> = sections.chain(self.words.lead_ins(document, source)).collect();
            openers.sort_by_key(|(node, _)| *node);
            let mut titles: Vec<String> = openers.into_iter().map(|(_, title)| title).collect();
            lead::without_letters(&mut titles);
            for (at, title) in titles.iter().enumerate() {
                let names = self.words.names(title);
                let Some(name) = names.first().cloned() else { continue };
                let known = names.iter().find_map(|name| self.by_name(name));
                let known = known.or_else(|| (!first).then_some(PartyId::new(from + at)));
                let has_room = self.all.len() < MAX_READ;
                match known.and_then(|id| self.all.get_mut(id.place())) {
                    Some(party) => {
                        party.names[document.language].get_or_insert(name);
                        party.read(title, &names);
                    }
                    None if has_room => {
                        self.add(&name, names.iter().map(String::as_str), title, document.language, languages.len())
                    }
                    None => {}
                }
            }
        }
    }

    /// The party that goes by that name, or by another form of it: Bibot 客服 is Bibot, and 比特 Bibot 公司 is Bibot 客服.
    fn by_name(&self, name: &str) -> Option<PartyId> {
        let folded = fold(name);
        if let Some(party) = self.all.iter().position(|party| party.words.contains(&folded)) {
            return Some(PartyId::new(party));
        }
        let other = self.words.without_office(&folded);
        let latin = own_latin(other);
        let same = |word: &str| {
            // What is alike in both stands in the word itself; to look for it is much quicker than to take it apart.
            if !word.contains(other) && !latin.is_some_and(|latin| word.contains(latin)) {
                return false;
            }
            let one = self.words.without_office(word);
            !one.is_empty() && one == other || latin.is_some() && own_latin(one) == latin
        };
        let mut parties = PartyId::each(&self.all).filter(|(_, party)| party.words.iter().any(|word| same(word)));
        let first = parties.next().map(|(party, _)| party);
        first.filter(|_| parties.next().is_none())
    }

    /// The party whose position a heading opens: its name with nothing but what such headings say beside it (平台的意见是,
    /// 被告平台), or its name first and such a word last (平台对各项指控的回应). 平台的责任 is about one.
    pub fn of_heading(&self, title: &str) -> Option<PartyId> {
        let title = self.words.without_number(title);
        let names = names_in_heading(title, &self.words.around);
        let exact = self.find_in_heading(title);
        let lettered = || lead::without_letter(title).and_then(|title| self.find_in_heading(title));
        let exact = exact.or_else(lettered);
        exact.or_else(|| names.iter().find_map(|name| self.by_stem(name))).or_else(|| {
            let folded = fold(title);
            let title = folded.trim_end_matches(|c: char| c.is_whitespace() || c == ':');
            let (party, rest) = self.opening(title)?;
            let is_opinion = self.words.around.iter().any(|word| {
                let word = word.trim_start_matches('的');
                if word.is_ascii() { rest.starts_with(word) && word.starts_with('\'') } else { rest.ends_with(word) }
            });
            is_opinion.then_some(party)
        })
    }

    /// The party that a heading calls by one of its names.
    fn find_in_heading(&self, title: &str) -> Option<PartyId> {
        names_in_heading(title, &self.words.around).iter().find_map(|name| self.find(name))
    }

    /// The party that a name stands for without the words for an office or a role: 平台客服, 被告平台.
    fn by_stem(&self, name: &str) -> Option<PartyId> {
        let folded = fold(name);
        let stem = self.words.without_office(&folded);
        let party = |text: &str| self.opening(text).filter(|(_, rest)| rest.trim().is_empty()).map(|(party, _)| party);
        let behind_role =
            || self.words.roles.iter().find_map(|role| party(stem.strip_prefix(role.as_str())?.trim_start()));
        let before_role =
            || self.words.roles.iter().find_map(|role| party(stem.strip_suffix(role.as_str())?.trim_end()));
        party(stem).or_else(behind_role).or_else(before_role)
    }

    fn add<'a>(
        &mut self,
        name: &str,
        words: impl Iterator<Item = &'a str>,
        heading: &str,
        language: LanguageId,
        languages: usize,
    ) {
        let base = Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "party".to_owned());
        let taken = |id: &str| self.all.iter().any(|party| party.id == id);
        let id = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") }).find(|id| !taken(id));
        let mut names: Vec<Option<String>> = vec![None; languages];
        names[language] = Some(name.to_owned());
        let id = id.unwrap_or(base);
        self.all.push(Party {
            public_id: id.clone(),
            id,
            roles: vec![None; languages],
            names,
            words: sorted_words(words),
            headings: vec![fold(heading)],
        });
    }

    /// Makes what names are looked for with. They are split at spaces and where the script changes, and the parts that only
    /// one party has are kept.
    fn note_names(&mut self) {
        let of_all = || PartyId::each(&self.all);
        let names: Vec<(&str, PartyId)> =
            of_all().flat_map(|(id, party)| party.words().map(move |name| (name, id))).collect();
        let mut parts: Vec<(String, PartyId)> = Vec::new();
        for &(name, id) in &names {
            parts.extend(parts_of(name).into_iter().map(|part| (part, id)));
            // 车棚管理处 is 管理处 where no other party is one.
            let body =
                self.words.bodies.iter().filter(|body| name.ends_with(body.as_str())).max_by_key(|body| body.len());
            parts.extend(body.map(|body| (body.clone(), id)));
            // 交易所客服 is 交易所, and 客服 alone where no other party has one.
            if let Some((party, office)) = self.words.behind_party(name) {
                parts.extend([(party.to_owned(), id), (office.to_owned(), id)]);
            }
            // 原告木桥果品店 is 原告 and 木桥果品店.
            let split = self.words.roles.iter().filter_map(|role| Some((role, name.strip_prefix(role.as_str())?)));
            let longest = split.max_by_key(|(role, _)| role.len());
            if let Some((role, name)) = longest.filter(|(role, name)| !role.is_ascii() && !name.is_empty()) {
                parts.extend([(role.clone(), id), (name.to_owned(), id)]);
            }
        }
        parts.sort();
        parts.dedup();
        let of_one_party = parts.chunk_by(|a, b| a.0 == b.0).filter(|parties| parties.len() == 1);
        let mut parts: Vec<(&str, PartyId)> = of_one_party.flatten().map(|(part, id)| (part.as_str(), *id)).collect();
        parts.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let bare = |&(word, id)| (str::strip_prefix(word, "the ").unwrap_or(word), id);
        self.bare_names = Words::new(names.iter().map(bare));
        self.bare_parts = Words::new(parts.iter().map(bare));
        // The first of several stays.
        self.by_id = of_all().rev().map(|(id, party)| (party.id.to_ascii_lowercase(), id)).collect();
        self.by_word = names.iter().rev().map(|&(name, id)| (name.to_owned(), id)).collect();
        self.names = Words::new(names);
        self.parts = Words::new(parts);
    }

    /// The party of that id, or called so.
    pub fn find(&self, id: &str) -> Option<PartyId> {
        let by_id = self.by_id.get(&id.to_ascii_lowercase());
        by_id.or_else(|| self.by_word.get(&fold(id))).copied()
    }

    /// The party that a folded text names first; of names that begin together the longest.
    pub fn first_named(&self, folded: &str) -> Option<Named> {
        let named = self.names.find_in(folded).map(|(_, named)| named);
        named.min_by_key(|named| (named.at.0, Reverse(named.at.1), named.party))
    }

    /// The party a folded phrase stands for, by one of its names, by a part of one that no other party has, or, where
    /// the parties were read off headings, by being part of one heading alone.
    pub fn meant_by(&self, folded: &str) -> Option<PartyId> {
        if let Some(named) = self.first_named(folded) {
            return Some(named.party);
        }
        if let Some((_, part)) = self.parts.find_in(folded).min_by_key(|&(at, _)| at) {
            return Some(part.party);
        }
        if self.listed || self.all.len() > MAX_GUESSED_AMONG {
            // casefile.yaml has `aliases` for what its parties are called.
            return None;
        }
        let phrase = folded.trim();
        if phrase.chars().count() < 2 {
            return None;
        }
        let holds = |party: &Party| party.headings.iter().any(|heading| find_words(heading, phrase).next().is_some());
        let mut holding = PartyId::each(&self.all).filter(|(_, party)| holds(party));
        let first = holding.next().map(|(party, _)| party);
        let held = first.filter(|_| holding.next().is_none());
        held.or_else(|| self.most_shared(phrase))
    }

    /// The party that a folded text opens with, by the longest of its names or by a part of one that no other party has,
    /// and what follows the name.
    pub fn opening<'a>(&self, folded: &'a str) -> Option<(PartyId, &'a str)> {
        let text = folded.strip_prefix("the ").unwrap_or(folded);
        let by_name = self.bare_names.find_at_start_of(text).max_by_key(|&(at, named)| (named.at.1, at));
        let by_part = || self.bare_parts.find_at_start_of(text).min_by_key(|&(at, _)| at);
        let (_, named) = by_name.or_else(by_part)?;
        Some((named.party, &text[named.at.1..]))
    }

    /// The first parties that a folded text names with nothing between them but what `joins` them.
    pub fn named_together(&self, folded: &str, joins: impl Fn(&str) -> bool) -> Option<Together> {
        let found = self.names.find_in(folded).chain(self.parts.find_in(folded));
        let mut named: Vec<Named> = found.map(|(_, named)| named).collect();
        named.sort_unstable_by_key(|named| (named.at.0, Reverse(named.at.1), named.party));
        let first = named.first()?;
        let mut together = Together { parties: vec![first.party], at: first.at.0..first.at.1 };
        for next in &named[1..] {
            if next.at.0 < together.at.end {
                // A part of a name, or a name with it.
                together.at.end = together.at.end.max(next.at.1);
            } else if joins(&folded[together.at.end..next.at.0]) {
                together.at.end = next.at.1;
                together.parties.push(next.party);
            } else {
                break;
            }
        }
        together.parties.sort_unstable();
        together.parties.dedup();
        Some(together)
    }

    /// Every party that a folded text names, in the order of the list; else the one it means otherwise.
    pub fn all_meant_by(&self, folded: &str) -> Vec<PartyId> {
        let found = self.names.find_in(folded).chain(self.parts.find_in(folded));
        let mut named: Vec<PartyId> = found.map(|(_, named)| named.party).collect();
        named.sort_unstable();
        named.dedup();
        if named.is_empty() { self.meant_by(folded).into_iter().collect() } else { named }
    }

    /// The party whose name shares most with a phrase, if no other shares as much: 物业公司客服 and 绿榆物业公司 share
    /// 物业公司. What any company is called (公司) tells nothing.
    fn most_shared(&self, phrase: &str) -> Option<PartyId> {
        let shared = |party: &Party| party.words.iter().map(|word| shared_len(word, phrase)).max().unwrap_or(0);
        let mut ranked: Vec<(usize, PartyId)> =
            PartyId::each(&self.all).map(|(id, party)| (shared(party), id)).collect();
        ranked.sort_unstable_by_key(|&(len, party)| (std::cmp::Reverse(len), party));
        let &(most, party) = ranked.first()?;
        let next = ranked.get(1).map_or(0, |&(len, _)| len);
        (most >= MIN_SHARED && most > next).then_some(party)
    }
}

/// The sections that open positions: those whose heading says so (平台的意见是), or else the outermost that hold claims, or
/// those below if there is but one; and deeper ones whose heading says that it opens a position (机器人一方).
fn party_sections(document: &Document, words: &HeadingWords) -> Vec<SectionId> {
    let mut holders: Vec<Vec<SectionId>> = Vec::new();
    let in_positions = |section: &SectionId| document.in_positions(document.section(*section).node);
    let items = document.items.iter().filter(|item| document.in_positions(item.node));
    let in_items = items.filter(|item| item.number.parts.len() == 2).map(|item| item.section);
    // What is numbered otherwise tells of claims only where a heading says that positions stand there.
    let is_umbrella = |section: SectionId| is_positions_heading(&document.section(section).title, &words.languages);
    let mut below_one: Vec<bool> = Vec::with_capacity(document.sections.len());
    for section in &document.sections {
        below_one.push(section.parent.is_some_and(|above| below_one[above.place()] || is_umbrella(above)));
    }
    let is_below_one = |section: SectionId| below_one[section.place()] && !is_umbrella(section);
    let points = document.points.iter().filter(|point| point.path.len() == 1 && document.in_positions(point.node));
    let in_points = points.map(|point| point.section).filter(|section| section.is_some_and(is_below_one));
    let is_claim = |at: SectionId| document.section(at).number.as_ref().is_some_and(|number| number.parts.len() == 2);
    let claims = SectionId::all(&document.sections).filter(|&at| is_claim(at));
    let in_headings = claims.map(|at| document.section(at).parent);
    let mut sections: Vec<SectionId> = in_items.chain(in_headings).chain(in_points).flatten().collect();
    sections.sort_unstable();
    sections.dedup();
    for section in sections {
        let mut chain: Vec<SectionId> = Vec::new();
        let mut at = Some(section).filter(in_positions);
        while let Some(here) = at {
            let below_title = document.title_section == Some(here) && !chain.is_empty();
            if !is_claim(here) && !below_title && !is_umbrella(here) {
                chain.push(here);
            }
            at = document.section(here).parent.filter(in_positions);
        }
        chain.reverse();
        if !chain.is_empty() {
            holders.push(chain);
        }
    }
    let mut outer: Vec<SectionId> = holders.iter().map(|chain| chain[0]).collect();
    outer.dedup();
    let depth = if outer.len() == 1 && holders.iter().filter(|chain| chain.len() > 1).count() > 1 { 1 } else { 0 };
    let says_so = |section: &SectionId| {
        let title = words.without_number(&document.section(*section).title);
        let names = names_in_heading(title, &words.around);
        names.first().is_some_and(|name| title.trim().len() > name.len() && !title.contains(['（', '(']))
    };
    let mut opening: Vec<SectionId> = Vec::new();
    for chain in &holders {
        let own = chain.iter().skip(depth + 1).rev().find(|section| says_so(section)).or_else(|| chain.get(depth));
        let own = own.or_else(|| chain.last());
        opening.extend(own);
    }
    // Sections of opinions without an item are positions as well.
    let of_opinion = |section: &SectionId| {
        let section = document.section(*section);
        section.top && is_opinion_heading(&section.title, &words.languages)
    };
    let sections = SectionId::all(&document.sections);
    let opinions: Vec<SectionId> = sections.filter(in_positions).filter(of_opinion).collect();
    let held: HashSet<SectionId> = holders.into_iter().flatten().collect();
    opening.extend(opinions.into_iter().filter(|section| !held.contains(section)));
    opening.sort_unstable();
    opening.dedup();
    opening.retain(|section| {
        let title = words.without_number(&document.section(*section).title);
        names_in_heading(title, &words.around).first().is_some_and(|name| words.may_name(name))
    });
    opening
}

/// What a heading calls a party: its words without “the position of”, and those in brackets: 沃夸兰（平台） has two names. The
/// words around a name are folded.
pub fn names_in_heading(title: &str, heading_words: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    // A label behind the name is a reference, and no part of it.
    let title = title.split_once('【').map(|(name, _)| name).filter(|name| !name.trim().is_empty()).unwrap_or(title);
    for part in title.split(['（', '(', '）', ')', '/', '／', '：', ':']) {
        let name = without_words_around(part.trim(), heading_words).trim_end_matches(['\'', '’']);
        if !name.is_empty() && !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// What a heading says without any of these words before it or behind it.
fn without_words_around<'a>(heading: &'a str, words: &[String]) -> &'a str {
    let folded = fold(heading);
    if folded.len() != heading.len() {
        return heading;
    }
    let mut rest = folded.as_str();
    let mut from = 0;
    loop {
        let before = rest;
        for word in words {
            let is_latin = word.starts_with(|c: char| c.is_ascii_alphabetic());
            if let Some(less) = rest.strip_suffix(word.as_str()).filter(|less| !is_latin || less.ends_with(' ')) {
                rest = less.trim_end();
            } else if let Some(less) =
                rest.strip_prefix(word.as_str()).filter(|less| !is_latin || less.starts_with(' '))
            {
                let less = less.trim_start();
                from += rest.len() - less.len();
                rest = less;
            }
        }
        if rest == before {
            return &heading[from..from + rest.len()];
        }
    }
}

/// The fewest Chinese characters by which a name is known.
const MIN_SHARED: usize = 2;

/// The length in characters of the longest run of Chinese that two texts share, generic words not counted.
fn shared_len(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut longest = 0;
    for from in 0..a.len() {
        for start in 0..b.len() {
            let run = a[from..].iter().zip(&b[start..]).take_while(|(x, y)| x == y && is_cjk_letter(**x));
            let text: String = run.map(|(c, _)| *c).collect();
            let told = GENERIC.iter().fold(text, |text, word| text.replace(word, ""));
            longest = longest.max(told.chars().count());
        }
    }
    longest
}

fn sorted_words<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = words.map(|word| fold(word.trim())).filter(|word| !word.is_empty()).collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words
}

/// The parts of a name: 沃夸, vorqualand, 交易所. Chinese parts have two characters at least, Latin ones three letters.
fn parts_of(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut script = None;
    for c in word.chars() {
        let own = c.is_alphanumeric().then_some(c.is_ascii());
        match own {
            Some(_) if own == script => {
                if let Some(last) = parts.last_mut() {
                    last.push(c);
                }
            }
            Some(_) => parts.push(c.to_string()),
            None => {}
        }
        script = own;
    }
    parts.retain(|part| if part.is_ascii() { part.len() >= 3 && part != "the" } else { part.chars().count() >= 2 });
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading_words() -> Vec<String> {
        [Language::new("zh", None), Language::new("en", None)]
            .into_iter()
            .flat_map(|language| language.table.positions.heading_words)
            .map(|word| fold(&word))
            .collect()
    }

    #[test]
    fn a_heading_tells_the_names_of_a_party() {
        for (title, names) in [
            ("客户", &["客户"] as &[&str]),
            ("沃夸兰（平台）", &["沃夸兰", "平台"]),
            ("受害人王甲的立场", &["受害人王甲"]),
            ("沃夸 Vorqualand 交易所的主张：", &["沃夸 Vorqualand 交易所"]),
            ("The position of the bank", &["bank"]),
            ("Vorqualand's position (the platform)", &["Vorqualand", "platform"]),
            ("立场", &[]),
        ] {
            assert_eq!(names_in_heading(title, &heading_words()), names, "{title}");
        }
    }

    #[test]
    fn a_part_of_a_name_stands_for_the_party_if_no_other_has_it() {
        let mut parties = Parties::default();
        for name in ["沃夸 Vorqualand 交易所", "Bibot 交易机器人有限公司", "受害人王甲"] {
            parties.add(name, [name].into_iter(), name, LanguageId::FIRST, 1);
        }
        parties.note_names();
        for (text, expected) in [
            ("沃夸客服", Some(0)),
            ("vorqualand", Some(0)),
            ("交易所", Some(0)),
            ("bibot", Some(1)),
            ("受害人", Some(2)),
            ("bibots", None),
            ("警方", None),
            ("交易所的客服", Some(0)),
            ("机器人客服", Some(1)),
            ("某某有限公司", None),
        ] {
            assert_eq!(parties.meant_by(text), expected.map(PartyId::new), "{text}");
        }
    }

    #[test]
    fn a_party_is_known_without_its_office_and_by_the_body_it_is() {
        let languages = [Language::new("zh", None)];
        let mut parties = Parties { words: HeadingWords::new(&languages), ..Parties::default() };
        for name in ["交易所客服", "车棚管理处", "东街派出所", "西街派出所"] {
            parties.add(name, [name].into_iter(), name, LanguageId::FIRST, 1);
        }
        parties.note_names();
        for (text, expected) in [
            ("交易所回应：没有。", Some(0)),
            ("客服表示没有。", Some(0)),
            ("管理处没有出示。", Some(1)),
            ("派出所认为没有。", None),
            ("西街派出所认为没有。", Some(3)),
            ("车棚没有锁。", None),
        ] {
            assert_eq!(parties.opening(text).map(|(party, _)| party), expected.map(PartyId::new), "{text}");
        }
    }

    #[test]
    fn a_heading_over_remarks_is_no_party_and_what_the_author_holds_has_a_whole_name() {
        let words = HeadingWords::new(&[Language::new("zh", None), Language::new("en", None)]);
        for (title, expected) in [
            ("其他说明", false),
            ("几点补充", false),
            ("其他业主", true),
            ("设备是否符合约定", false),
            ("Other remarks", false),
            ("Further information", false),
            ("Otherton Ltd", true),
        ] {
            assert_eq!(words.may_name(title), expected, "{title}");
        }
        assert_eq!(words.names("The police say"), ["police"]);
        assert_eq!(words.names("Our view"), ["Our view", "Our"]);
    }

    #[test]
    fn a_party_keeps_a_number_of_headings_however_many_name_it() {
        let mut parties = Parties::default();
        parties.add("平台", ["平台"].into_iter(), "平台", LanguageId::FIRST, 1);
        for number in 0..2 * MAX_READ {
            parties.all[0].read(&format!("平台（{number}）"), &["平台".to_owned(), number.to_string()]);
            parties.all[0].read("平台", &["平台".to_owned()]);
        }
        assert_eq!((parties.all[0].headings.len(), parties.all[0].words.len()), (MAX_READ, MAX_READ));
    }
}
