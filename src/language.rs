//! Languages are data: a table each, of the words by which labels are known and of the page's phrases.

pub mod alphabet;
pub mod amount_lexicon;
pub mod chinese;
pub mod folding;
pub mod identifier_lexicon;
pub mod kind;
pub mod lexicon;
pub mod lists;
pub mod name;
pub mod phrases;
pub mod prose;
pub mod script;
pub mod time_words;
pub mod word_list;
pub mod words;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::language::kind::DocumentKind;
use crate::{Lang, Message};
use phrases::Phrases;
use time_words::TimeWords;

/// The built-in tables, by tag.
const BUILT_IN: &[(&str, &str)] =
    &[("zh", include_str!("../templates/language/zh.yaml")), ("en", include_str!("../templates/language/en.yaml"))];

/// The texts of the built-in tables: all words that the program has for pages.
pub fn built_in_texts() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|&(_, text)| text)
}

index_type! {
    /// A language of a case.
    LanguageId of Language
}

/// One language of a case.
#[derive(Debug, Clone)]
pub struct Language {
    /// The tag, lower case, as it stands in paths and `lang` attributes (BCP 47).
    pub tag: String,
    /// Its words.
    pub table: Table,
}

/// The words of one language: `templates/language/<tag>.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The language's own name for itself.
    pub name: String,
    /// The shortest form of the name, for the link beside a heading.
    pub short: String,
    /// The words that name each kind of label; the first is the one the program itself uses.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// The words that join two labels.
    pub joiners: Vec<String>,
    /// The words that may stand before a label inside its bracket.
    pub lead_ins: Vec<String>,
    /// How something goes on that is said of an exhibit, so that a block beginning with its label does not describe it:
    /// 真实性, “we do not”.
    #[serde(default)]
    pub judging: Vec<String>,
    /// How such a sentence ends: 不予认可.
    #[serde(default)]
    pub judging_ends: Vec<String>,
    /// The file names that tell what a document is.
    pub documents: BTreeMap<DocumentKind, Vec<String>>,
    /// How times are written.
    #[serde(default)]
    pub times: TimeWords,
    /// How amounts are written.
    #[serde(default)]
    pub amounts: AmountWords,
    /// How positions are told.
    #[serde(default)]
    pub positions: PositionWords,
    /// Under which headings the front page finds what it tells.
    #[serde(default)]
    pub brief: BriefWords,
    /// How exhibits are told.
    #[serde(default)]
    pub exhibits: ExhibitWords,
    /// How links are told.
    #[serde(default)]
    pub links: LinkWords,
    /// How numbers that identify are told.
    #[serde(default)]
    pub identifiers: IdentifierWords,
    /// The lists of exhibits that are handed in.
    #[serde(default)]
    pub catalogues: Vec<Catalogue>,
    /// The phrases of the pages.
    pub phrases: Phrases,
}

/// How exhibits are told: the part `exhibits` of a table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExhibitWords {
    /// The kinds of evidence, by their id: `documentary`.
    pub kinds: BTreeMap<String, String>,
    /// What classes of files are called: `image`.
    pub classes: BTreeMap<String, String>,
    /// Headings that say that a list of evidence stands below them.
    pub lists: Vec<String>,
    /// How the columns of such a list are called.
    pub columns: BTreeMap<CatalogueField, Vec<String>>,
    /// How the column of what the exhibits are is called where none is called by a name of its own.
    pub title_columns: Vec<String>,
    /// What only the columns of such a list say, so that no heading need say it.
    pub telling_columns: Vec<String>,
    /// What the columns of a table say in which somebody answers the evidence of others.
    pub answering_columns: Vec<String>,
}

/// How links are told in a register: the part `links` of a table. Every list may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkWords {
    /// What introduces what a link is.
    pub description: Vec<String>,
    /// What introduces whose it is.
    pub owner: Vec<String>,
    /// What introduces what it is for.
    pub purpose: Vec<String>,
    /// What introduces a copy that was kept.
    pub archived: Vec<String>,
    /// What introduces when it was last looked at.
    pub checked: Vec<String>,
    /// Words of links that say nothing of where they lead: here, 这里.
    pub empty: Vec<String>,
}

/// How numbers that identify are told: the part `identifiers` of a table. Every list may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentifierWords {
    /// What stands before an IP address.
    pub ip: Vec<String>,
    /// What stands before a telephone number.
    pub phone: Vec<String>,
    /// What stands before the code of a company.
    pub company: Vec<String>,
    /// What stands before a wallet address.
    pub wallet: Vec<String>,
    /// What stands before the hash of a transaction.
    pub transaction: Vec<String>,
    /// What stands before the number of an order.
    pub order: Vec<String>,
    /// The number by which a platform knows a client: 客户号, client id.
    pub client: Vec<String>,
    /// What stands before the number of a version or a clause, which may look like an IP address.
    pub version: Vec<String>,
    /// What stands before a sum or a key, which may look like the hash of a transaction.
    pub sum: Vec<String>,
    /// What stands before an account, an amount and the like: no telephone number follows.
    pub other: Vec<String>,
}

/// A list of exhibits that is handed in, as the courts of a language want it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The name of its page and file: `evidence-catalogue`.
    pub name: String,
    /// What stands above it.
    pub title: String,
    /// Whether it lists only exhibits that are files.
    #[serde(default)]
    pub files_only: bool,
    /// What stands above the table: what it is called, and what it says.
    #[serde(default)]
    pub header: Vec<(String, HeaderField)>,
    /// The columns: what stands above each, and what it says.
    pub columns: Vec<(String, CatalogueField)>,
    /// What is to be signed below it.
    #[serde(default)]
    pub signatures: Vec<String>,
}

/// What stands above a list of exhibits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderField {
    /// What the proceedings are called.
    CaseName,
    /// Their number.
    CaseNumber,
    /// Who hands the exhibits in.
    Submitter,
    /// When.
    Date,
}

/// What a column of a list of exhibits says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CatalogueField {
    /// 1, 2, 3, …
    Index,
    /// The number of the exhibit.
    Number,
    /// What it is called.
    Title,
    /// What kind of evidence it is.
    Kind,
    /// Where it comes from.
    Source,
    /// What it proves.
    Content,
    /// To what end.
    Purpose,
    /// Whether it is an original or a copy.
    Form,
    /// On which pages of the bundle it is.
    PageRange,
    /// How many pages it has.
    Pages,
    /// How many copies there are.
    Copies,
    /// What else there is to say.
    Remarks,
    /// What class of file it is.
    Class,
    /// Its format.
    Format,
    /// Its size.
    Size,
    /// When it was taken.
    Date,
    /// When it was taken, with the zone.
    CapturedAt,
    /// How it was taken.
    Method,
    /// Its sum.
    Sha256,
    /// Nothing: it is filled in by hand.
    Blank,
}

/// How amounts are written: the part `amounts` of a table. Every list may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AmountWords {
    /// What says before a number that it is rounded: about, 约.
    pub about_before: Vec<String>,
    /// What says so after it: 左右, 余.
    pub about_after: Vec<String>,
    /// What stands between a figure's name and an amount that is another one: not including, 扣除.
    pub apart: Vec<String>,
    /// Words that multiply the number before them, with the power of ten: 万 is 4.
    pub factors: BTreeMap<String, u8>,
    /// What may stand between a number and its unit: 个, 枚.
    pub measures: Vec<String>,
    /// The words and signs for a currency or asset, by its code.
    pub units: BTreeMap<String, Vec<String>>,
    /// What heads the row of a table that adds up the rows above: 合计, total.
    pub totals: Vec<String>,
    /// What heads a row that adds up some of them, or tells a part of one: 小计, 其中, subtotal, of which.
    pub subtotals: Vec<String>,
    /// What a row's heading holds that is taken off: 扣除, 减, discount.
    pub deductions: Vec<String>,
    /// What heads a column whose numbers are not added up: 单价, 余额, rate.
    pub not_added: Vec<String>,
    /// What heads the column that tells the currency or unit of each row: 币种, currency.
    pub unit_columns: Vec<String>,
}

/// How positions are told: the part `positions` of a table. Every list may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PositionWords {
    /// Headings below which positions stand: 争议焦点, “What each side says”.
    pub headings: Vec<String>,
    /// Those who hold positions together, before a word for what they hold: 各方, 四方.
    pub groups: Vec<String>,
    /// What a heading calls what a party holds, at its end: 意见, “'s position”.
    pub opinions: Vec<String>,
    /// What the author calls what the author holds: “my position”.
    pub own_opinions: Vec<String>,
    /// What may stand behind that: 总结, 如下.
    pub heading_ends: Vec<String>,
    /// What a party is in a case, before or behind its name: 原告, “respondent”.
    pub roles: Vec<String>,
    /// How headings begin or end that are about something, and name nobody who speaks: 关于, 责任.
    pub topics: Vec<String>,
    /// What a heading holds that puts a question: 是否, 应否.
    pub questions: Vec<String>,
    /// What a heading says beside the name of a party.
    pub heading_words: Vec<String>,
    /// Words for a part of a text, by which headings are numbered: 部分, chapter.
    pub parts: Vec<String>,
    /// What an answer says that disputes.
    pub disputes: Vec<String>,
    /// What an answer says that accepts.
    pub accepts: Vec<String>,
    /// What an answer says that supports.
    pub supports: Vec<String>,
    /// Words that negate the marker after them.
    pub negations: Vec<String>,
    /// Words that make the sentence a question.
    pub open: Vec<String>,
    /// All the others together.
    pub everyone: Vec<String>,
    /// Headings that name no party, though items stand below them.
    pub no_party: Vec<String>,
    /// What an answer may have as its object: this, 这一点.
    pub objects: Vec<String>,
    /// What may stand before a party that speaks, and changes nothing: 对此, “in reply”.
    pub connectives: Vec<String>,
    /// What may stand between a party and its verb: 客服, 也, “customer support”.
    pub fillers: Vec<String>,
    /// What a party does when it speaks: 认为, “argues”.
    pub speech: Vec<String>,
    /// Verbs and nouns that are speech only right before what is said: 回复：…, “notes that …”.
    pub guarded_speech: Vec<String>,
    /// What a party does when it asks for something beside the matter: 建议, “hopes”.
    pub wishes: Vec<String>,
    /// What shows that somebody else tells of what a party said: 曾, “previously”.
    pub reported: Vec<String>,
    /// What a party does when it grants something: 承认, “admits”.
    pub admissions: Vec<String>,
    /// What an answer is called: 答复, “the reply”.
    pub replies: Vec<String>,
    /// What a party is called for short whose name ends so: 管理处.
    pub bodies: Vec<String>,
    /// What a party's office is called behind its name, or alone: 客服.
    pub offices: Vec<String>,
    /// What dispute words can say of a thing as well as of a speaker's mind: 不成立.
    pub impersonal: Vec<String>,
    /// What changes nothing beside what a party accepts or disputes: 完全, “fully”.
    pub particles: Vec<String>,
    /// What stands for a party after its verb of speech: 其, “it”.
    pub pronouns: Vec<String>,
    /// What is pointed at: 对上述主张.
    pub matters: Vec<String>,
    /// What opens an adverbial: 在, “in”.
    pub prepositions: Vec<String>,
    /// What says that something is still to come: 尚, “yet”.
    pub not_yet: Vec<String>,
    /// What takes back a part of what is accepted: 前提, “provided”.
    pub reservations: Vec<String>,
    /// What disputes the rest of what is accepted: “accepts the first but not the second”.
    pub but_not: Vec<String>,
    /// What names, behind its verb, who accepts or disputes: “accepted by the shop”.
    pub agents: Vec<String>,
    /// What ends a text that only introduces what follows: 如下, “as follows”.
    pub introductions: Vec<String>,
    /// What opens an adverbial between commas: “, in its letter of 3 May,”.
    pub adverbials: Vec<String>,
    /// What opens what somebody else tells: 据, “according to”.
    pub according: Vec<String>,
    /// What opens what something is said of: 对于, “as to”.
    pub about: Vec<String>,
    /// By which words the author or a party calls itself: 我, “we”.
    pub first_person: Vec<String>,
    /// What looks like that and is none: 我国.
    pub not_first_person: Vec<String>,
    /// What makes a name its bearer's own word for itself: 本平台.
    pub own: Vec<String>,
    /// How the name of what is nobody ends: 日志, “receipt”.
    pub things: Vec<String>,
    /// How words begin that name nobody: 这, “which”.
    pub no_names: Vec<String>,
    /// What stands behind a verb and in no name: 过.
    pub aspects: Vec<String>,
    /// What stands before a verb and not behind a name: 应当, “must”.
    pub modals: Vec<String>,
    /// What ends like a verb of speech and is none: 名称, 总的来说.
    pub no_speech: Vec<String>,
    /// What follows a noun that could be a verb of speech: “are” of “insurance claims are”.
    pub noun_followers: Vec<String>,
    /// How a text begins that denies what stands above it, and says not who does: 并非如此, “not so”.
    pub rebuttals: Vec<String>,
    /// The same for what may as well go on with it: 事实上, “in fact”.
    pub turns: Vec<String>,
    /// What is said of others, and hardly of oneself: 撒谎, “failed to”.
    pub reproaches: Vec<String>,
    /// What one owes others, so that not to have done it is a reproach: 出示, “shown”.
    pub owed: Vec<String>,
}

impl PositionWords {
    /// Whether a heading names no party, though items may stand below it: 备注.
    pub fn is_no_party(&self, title: &str) -> bool {
        let title = crate::language::words::fold(title);
        let title = title.trim_matches(|c: char| c.is_whitespace() || c == ':');
        self.no_party.iter().any(|word| crate::language::words::folded(word).eq(title.chars()))
    }
}

/// The headings that the front page looks for, `*` in them standing for a few words: the part `brief` of a table. Every list
/// may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BriefWords {
    /// What happened.
    pub happened: Vec<String>,
    /// What sums up, where it stands in the overview or README.
    pub summary: Vec<String>,
    /// What is asked of the reader.
    pub asked: Vec<String>,
    /// Where to begin.
    pub begin: Vec<String>,
}

impl Language {
    /// What the program calls the language: its own name for itself, or in Chinese the Chinese one.
    pub fn in_words(&self) -> Message {
        match Lang::of_tag(&self.tag) {
            Some(Lang::En) => Message::new(self.table.name.clone(), "英文".to_owned()),
            Some(Lang::Zh) | None => Message::alike(&self.table.name),
        }
    }

    /// The language of that tag with its table: the one the case brings (`own`, already read), else the
    /// built-in one of the tag or of its first part, else the English one; the name is that of the language all the same.
    pub fn new(tag: &str, own: Option<Table>) -> Self {
        let tag = tag.to_ascii_lowercase();
        let table = own.or_else(|| built_in(&tag)).unwrap_or_else(|| {
            let lent = built_in(primary(&tag)).or_else(|| built_in("en"));
            let lent = lent.unwrap_or_else(|| unreachable!("built in"));
            let name = name::own_name(&tag).unwrap_or(&tag).to_owned();
            Table { name, short: name::short_name(&tag), ..lent }
        });
        Self { tag, table }
    }
}

/// A tag without script and region: `zh` of `zh-Hant`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The tables that the program brings, whatever the languages of a case: an author of Chinese may well write `[Note 1]`
/// or call a file `overview.md`.
pub fn built_in_languages() -> impl Iterator<Item = Language> {
    BUILT_IN.iter().map(|(tag, _)| Language::new(tag, None))
}

fn built_in(tag: &str) -> Option<Table> {
    let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == tag)?;
    let table = serde_saphyr::from_str(text);
    Some(table.unwrap_or_else(|error| unreachable!("the built-in table of {tag}: {error}")))
}

/// Whether `tag` can name a language folder: a two-letter code of ISO 639-1, with or without
/// script and region (`zh`, `zh-hant`, `pt-BR`). Three-letter codes look like ordinary folder names
/// (`img`, `doc`), so they count only where casefile.yaml lists them.
pub fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or("").to_ascii_lowercase();
    let known = ISO_639_1.as_bytes().chunks(2).any(|code| code == primary.as_bytes());
    known && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether casefile.yaml may list `tag` (the shape of RFC 5646, section 2.1).
pub fn is_well_formed(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or("");
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// All codes of ISO 639-1, two letters each.
const ISO_639_1: &str = "aaabaeafakamanarasavaybabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_read() {
        for (tag, _) in BUILT_IN {
            assert!(!built_in(tag).unwrap().kinds.is_empty());
        }
    }

    #[test]
    fn only_real_language_codes_name_a_language_folder() {
        for tag in ["zh", "en", "zh-Hant", "pt-BR", "EN"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["img", "exhibits", "doc", "xx", "notes", "e", "en-", ""] {
            assert!(!is_tag(tag), "{tag}");
        }
    }

    #[test]
    fn a_language_without_a_table_speaks_english_under_its_own_name() {
        let language = Language::new("fr", None);
        assert_eq!(language.table.name, "Français");
        assert_eq!(language.table.phrases.contents, "Contents");
        assert_eq!(Language::new("zh-hant", None).table.phrases.contents, "目录");
        assert_eq!(Language::new("zh-hant", None).table.name, "繁體中文");
        assert_eq!(Language::new("xx", None).table.name, "xx");
    }
}
