//! `casefile.yaml`: what a case is called, its languages, its parties. All of it is optional.

mod allowed;
mod file;
mod localized;
mod reader;
pub mod withheld;

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use bigdecimal::BigDecimal;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;
use smol_str::SmolStr;

use crate::Message;
use crate::diagnostic::{Code, Diagnostic, Level, Levels};
use crate::document::amount;
use crate::language;
use crate::language::amount_lexicon::AmountLexicon;
use crate::language::lexicon::fold;
use crate::source::{Source, SourceId, Span};
use crate::yaml::{self, closest};
pub use allowed::Allowed;
pub use file::FileNames;
use file::{ChangeEntry, FigureEntry, File, PartyEntry};
pub(crate) use localized::Scalar;
pub use localized::{Localized, Names};
pub(crate) use reader::Reader;

/// The name of the file in the case folder.
pub const FILE_NAME: &str = "casefile.yaml";

/// How many languages a case may have. Every page of the program leads to itself in all of them.
const MAX_LANGUAGES: usize = 40;

/// How many key figures a case may have. The front page lists them all, and each is looked for at every amount.
const MAX_FIGURES: usize = 500;

/// How many characters the title of the case may have, which stands several times on every page.
const MAX_TITLE: usize = 16_384;

/// How many characters a folder that nobody can guess has: twenty of 36 kinds are more than 100 bits.
const MIN_SECRET: usize = 20;
const MAX_SECRET: usize = 64;

/// A case's configuration, checked: every language it names is one of the case's.
#[derive(Debug, Default)]
pub struct Config {
    /// The title of the case.
    pub title: Localized,
    /// What it is about, in a sentence.
    pub summary: Localized,
    /// Language tags, lower case, the authored one first; empty if the file does not say.
    pub languages: Vec<String>,
    /// Where the site will stand, with a slash at the end.
    pub base_url: Option<String>,
    /// Where the whole dossier can be had as one file.
    pub download: Option<String>,
    /// The zone of times that name none.
    pub time_zone: Option<jiff::tz::TimeZone>,
    /// The day up to which the case is told.
    pub as_of: Option<jiff::civil::Date>,
    /// Which version of the dossier it is, as the author counts.
    pub version: Option<String>,
    /// What changed, the latest first.
    pub changes: Vec<Change>,
    /// Whether only those who were sent the address should find the site. So it is where there is a secret path.
    pub unlisted: bool,
    /// The folder that nobody can guess in which the site is put: small letters and digits.
    pub secret_path: Option<String>,
    /// The picture that goes with the address where it is shared.
    pub card: Option<Card>,
    /// Who takes part.
    pub parties: Vec<Party>,
    /// The key figures of the case.
    pub figures: Vec<Figure>,
    /// Words of the case's own for answers that dispute or accept.
    pub markers: Markers,
    /// What stands above and below a list of exhibits that is handed in.
    pub filing: Filing,
    /// Who stands for the dossier and answers for it.
    pub contact: Contact,
    /// What published files are called.
    pub names: FileNames,
    /// Whether pictures are published with what they say of place, device and owner.
    pub keep_metadata: bool,
    /// What may be published although it looks private.
    pub allowed: Allowed,
    /// The levels of findings.
    pub levels: Levels,
}

/// The JSON Schema of the file.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

/// One who takes part in the case.
#[derive(Debug, Clone)]
pub struct Party {
    /// Names the party here and in `{by=…}`; never published.
    pub id: String,
    /// What the party is in the case, in the author's words.
    pub role: Localized,
    /// The party's name.
    pub name: Localized,
    /// Other names it goes by.
    pub aliases: Vec<String>,
}

/// A change of the dossier.
#[derive(Debug, Clone)]
pub struct Change {
    /// The day.
    pub date: jiff::civil::Date,
    /// What changed.
    pub text: Localized,
}

/// A picture that stands for the case.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its path from the case folder.
    pub path: String,
    /// Where casefile.yaml names it.
    pub span: (SourceId, Span),
}

/// A number that the case turns on.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Names the figure here; never published.
    pub id: String,
    /// The number as the author writes it.
    pub written: String,
    /// How much, exactly.
    pub value: BigDecimal,
    /// What it counts: a code such as `CNY`, or the author's own word for it.
    pub unit: Localized,
    /// What the text calls it; the first name is the one shown.
    pub names: Names,
}

impl Figure {
    /// The code of its unit: that of a known currency or asset, else the author's first word for it.
    pub fn unit_code(&self, known: &AmountLexicon) -> SmolStr {
        let code = self.unit.all().find_map(|word| known.unit(word));
        code.cloned().unwrap_or_else(|| SmolStr::new(self.unit.all().next().unwrap_or("")))
    }

    /// Whether both count the same: 元 and CNY do.
    fn shares_unit(&self, other: &Self, known: &AmountLexicon) -> bool {
        let shares_word = || self.unit.all().any(|word| other.unit.all().any(|own| fold(own) == fold(word)));
        self.unit_code(known) == other.unit_code(known) || shares_word()
    }
}

/// Words of the case's own for answers that dispute or accept.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Markers {
    /// What an answer says that disputes.
    pub disputes: Vec<String>,
    /// What an answer says that accepts.
    pub accepts: Vec<String>,
}

/// What a list of exhibits that is handed in says of the proceedings.
#[derive(Debug, Clone, Default)]
pub struct Filing {
    /// What the proceedings are called; the title of the case unless told.
    pub name: Localized,
    /// Their number, which the authority gives.
    pub number: Localized,
    /// Who hands the exhibits in.
    pub submitter: Localized,
    /// When.
    pub date: Option<jiff::civil::Date>,
}

/// Who stands for a dossier and answers for it.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// The name; who hands the exhibits in, unless told.
    pub name: Localized,
    /// The mail address.
    pub email: Option<String>,
    /// How to answer, in the author's words.
    pub reply: Localized,
}

impl Config {
    /// Reads casefile.yaml. What is wrong is a finding, and the rest still counts.
    pub fn read(source: &Source, id: SourceId, findings: &mut Vec<Diagnostic>) -> Self {
        let range = Span::new(0, source.text.len());
        let says_nothing = source.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        if says_nothing {
            return Self::default();
        }
        match yaml::read::<File>(source, id, range, Code::BadConfig) {
            Ok(file) => Reader { source, id, range, code: Code::BadConfig, findings }.config(file),
            Err(finding) => {
                findings.push(finding);
                Self::default()
            }
        }
    }
}

/// The address of a site with a slash at its end.
///
/// # Errors
/// What is wrong with `text`, and what to do about it: a site has an absolute address without query and fragment.
pub fn base_url(text: &str) -> Result<String, (Message, Message)> {
    let text = text.trim();
    let fault =
        |what: Message, help: Message| Err((message!(en: "`{text}` {what}", zh: "`{text}` {what}"; what), help));
    let example = message!(en: "such as `https://example.com/case/`", zh: "例如 `https://example.com/case/`");
    if !text.contains("://") {
        let plain = text.trim_start_matches('/');
        let whole = url::Url::parse(&format!("https://{plain}")).is_ok_and(|url| url.host_str().is_some());
        let help =
            if whole { message!(en: "write `https://{plain}`", zh: "请写成 `https://{plain}`") } else { example };
        return fault(
            message!(
                en: "is no whole address: it does not begin with `https://`",
                zh: "不是完整的网址：没有以 `https://` 开头"
            ),
            help,
        );
    }
    let Ok(url) = url::Url::parse(text) else {
        return fault(message!(en: "is no address", zh: "不是网址"), example);
    };
    if !matches!(url.scheme(), "https" | "http") {
        return fault(
            message!(en: "is no address of a site", zh: "不是网站的地址"),
            message!(
                en: "a site is reached by `https://`, or by `http://`",
                zh: "网站的地址以 `https://` 或 `http://` 开头"
            ),
        );
    }
    if url.query().is_some() || url.fragment().is_some() {
        return fault(
            message!(en: "has a query or a fragment", zh: "带有查询或片段"),
            message!(
                en: "leave out what follows `?` or `#`: pages are added at the end",
                zh: "请去掉 `?` 或 `#` 及其后的部分：各页的地址会接在末尾"
            ),
        );
    }
    if !url.username().is_empty() || url.password().is_some() {
        return fault(
            message!(en: "names a user", zh: "带有用户名"),
            message!(
                en: "leave out what stands before `@`: everybody would read it",
                zh: "请去掉 `@` 之前的部分：否则人人都能看到"
            ),
        );
    }
    if text.contains(|c: char| c.is_whitespace() || "\"<>".contains(c)) {
        return fault(message!(en: "is no address", zh: "不是网址"), example);
    }
    if url.path().ends_with(".html") || url.path().ends_with(".htm") {
        return fault(
            message!(en: "is the address of a page", zh: "是某一页的地址"),
            message!(
                en: "leave out the page: the site stands in the folder before it",
                zh: "请去掉页名：网站位于它前面的文件夹"
            ),
        );
    }
    Ok(format!("{}/", url.as_str().trim_end_matches('/')))
}

impl Reader<'_> {
    fn config(&mut self, file: File) -> Config {
        let languages = self.languages(file.languages.unwrap_or_default());
        let title_at = file.title.as_ref().map(|title| self.span(title));
        let title = self.localized(file.title, &languages);
        if let Some(at) = title_at.filter(|_| title.all().any(|text| text.chars().count() > MAX_TITLE)) {
            let message = message!(
                en: "the title is longer than {MAX_TITLE} characters",
                zh: "标题超过 {MAX_TITLE} 个字符"
            );
            self.find(
                Code::BadConfig,
                at,
                message,
                message!(
                    en: "call the case in a few words, and say more in `summary`",
                    zh: "请用几个字称呼本案，其余写进 `summary`"
                ),
            );
        }
        let summary = self.localized(file.summary, &languages);
        let base_url = file.base_url.and_then(|url| self.base_url(&url));
        let download = file.download.and_then(|url| self.download(&url));
        let time_zone = file.time_zone.and_then(|zone| match jiff::tz::TimeZone::get(&zone.value) {
            Ok(found) => Some(found),
            Err(_) => self.fault(
                &zone,
                message!(
                    en: "no time zone is called `{name}`",
                    zh: "没有名为 `{name}` 的时区",
                    name = zone.value
                ),
                message!(
                    en: "such as `Asia/Shanghai`",
                    zh: "例如 `Asia/Shanghai`"
                ),
            ),
        });
        let as_of = file.as_of.and_then(|date| self.date(&date));
        let version = file.version.map(|version| version.value.trim().to_owned()).filter(|text| !text.is_empty());
        let changes = self.changes(file.changes, &languages);
        let secret_path = file.secret_path.and_then(|path| self.secret_path(path));
        let card = file.card.map(|card| {
            let path = card.value.trim().trim_start_matches("./").to_owned();
            Card { path, span: (self.id, self.span(&card)) }
        });
        let filing = Filing {
            name: self.localized(file.filing.name, &languages),
            number: self.localized(file.filing.number, &languages),
            submitter: self.localized(file.filing.submitter, &languages),
            date: file.filing.date.and_then(|date| self.date(&date)),
        };
        let contact = Contact {
            name: self.localized(file.contact.name, &languages),
            email: file.contact.email.and_then(|email| self.email(&email)),
            reply: self.localized(file.contact.reply, &languages),
        };
        let parties = self.parties(file.parties, &languages);
        let figures = self.figures(file.figures, &languages);
        let allowed = self.allowed(file.privacy);
        let levels = self.levels(file.rules);
        Config {
            title,
            summary,
            languages,
            base_url,
            download,
            time_zone,
            as_of,
            version,
            changes,
            unlisted: file.unlisted || secret_path.is_some(),
            secret_path,
            card,
            parties,
            figures,
            markers: file.markers,
            filing,
            contact,
            names: file.names,
            keep_metadata: file.strip_metadata == Some(false),
            allowed,
            levels,
        }
    }

    /// What to say of a name that two parties have, which may be what is shown instead of another.
    fn why_alike(&self, span: Span, what: &Message) -> Message {
        match self.source.is_replaced(span) {
            true => message!(
                en: "it is what `privacy: withhold:` shows instead of what the file says here; show something else",
                zh: "这正是 `privacy: withhold:` 用来替换原文的显示内容；请另选显示内容"
            ),
            false => message!(
                en: "a name that two parties have tells nobody who is meant: change this {what}",
                zh: "两个当事方同名，就分不清说的是谁：请改这个{what}"; what
            ),
        }
    }

    fn parties(&mut self, entries: Vec<PartyEntry>, languages: &[String]) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::with_capacity(entries.len());
        let mut ids = HashSet::new();
        let mut called: HashMap<String, usize> = HashMap::new();
        for entry in entries {
            self.id(
                &entry.id,
                &message!(en: "party", zh: "当事方"),
                message!(en: "such as `platform`", zh: "例如 `platform`"),
                &mut ids,
            );
            let at = entry.name.as_ref().map(|name| self.span(name));
            let name = self.localized(entry.name, languages);
            if let Some(at) = at {
                let others = name.all().filter_map(|name| called.get(&fold(name)));
                if let Some(&other) = others.min() {
                    let message = message!(
                        en: "this name stands for the party `{other}` already",
                        zh: "这个名称已用于当事方 `{other}`",
                        other = parties[other].id
                    );
                    self.find(Code::BadConfig, at, message, self.why_alike(at, &message!(en: "name", zh: "名称")));
                }
            }
            let mut aliases = Vec::with_capacity(entry.aliases.len());
            for (alias, span) in entry
                .aliases
                .iter()
                .flat_map(|alias| {
                    self.texts(
                        alias,
                        message!(
                            en: "a name",
                            zh: "一个名称"
                        ),
                    )
                })
                .collect::<Vec<_>>()
            {
                if let Some(&other) = called.get(&fold(&alias)) {
                    let message = message!(
                        en: "`{alias}` stands for the party `{other}` already",
                        zh: "`{alias}` 已用于当事方 `{other}`",
                        other = parties[other].id
                    );
                    self.find(Code::BadConfig, span, message, self.why_alike(span, &message!(en: "alias", zh: "别名")));
                }
                aliases.push(alias);
            }
            for name in name.all().chain(aliases.iter().map(String::as_str)) {
                called.entry(fold(name)).or_insert(parties.len());
            }
            parties.push(Party { id: entry.id.value, role: self.localized(entry.role, languages), name, aliases });
        }
        parties
    }

    fn figures(&mut self, entries: Vec<FigureEntry>, languages: &[String]) -> Vec<Figure> {
        let mut figures: Vec<Figure> = Vec::with_capacity(entries.len());
        let mut ids = HashSet::new();
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        let built_in: Vec<language::Language> = language::built_in_languages().collect();
        let known = LazyCell::new(|| AmountLexicon::new(&built_in));
        for entry in entries {
            if figures.len() == MAX_FIGURES {
                let message = message!(
                    en: "more than {MAX_FIGURES} figures",
                    zh: "关键数字超过 {MAX_FIGURES} 个"
                );
                self.fault::<()>(
                    &entry.value,
                    message,
                    message!(
                        en: "declare those that the case turns on",
                        zh: "请只登记对本案关键的那些"
                    ),
                );
                break;
            }
            self.id(
                &entry.id,
                &message!(en: "figure", zh: "关键数字"),
                message!(en: "such as `net-loss`", zh: "例如 `net-loss`"),
                &mut ids,
            );
            let written = entry.value.value.trim().to_owned();
            let Some(value) = amount::plain_number(&written) else {
                let message = message!(en: "`{written}` is no number", zh: "`{written}` 不是数字");
                self.fault::<()>(
                    &entry.value,
                    message,
                    message!(
                        en: "the number alone, such as `206539.30`; the unit stands in `unit`",
                        zh: "只写数字，例如 `206539.30`；单位写在 `unit`"
                    ),
                );
                continue;
            };
            let names = self.names(&entry.names, languages);
            let unit = self.localized(Some(entry.unit), languages);
            let figure = Figure { id: entry.id.value, written, value, unit, names };
            let others = figure.names.all().filter_map(|name| called.get(&fold(name))).flatten();
            if let Some(&other) = others.filter(|&&other| figure.shares_unit(&figures[other], &known)).min() {
                let message = message!(
                    en: "a name here stands for the figure `{other}` of that unit already",
                    zh: "这里有一个名称已用于同一单位的关键数字 `{other}`",
                    other = figures[other].id
                );
                self.fault::<()>(
                    &entry.names,
                    message,
                    message!(
                        en: "a name that two figures have tells nobody which is meant",
                        zh: "两个数字同名，就分不清说的是哪一个"
                    ),
                );
            }
            for name in figure.names.all() {
                called.entry(fold(name)).or_default().push(figures.len());
            }
            figures.push(figure);
        }
        figures
    }

    /// Reports an id that cannot stand in an address, or that is among `others`, to which it is added.
    fn id(&mut self, id: &Spanned<String>, what: &Message, example: Message, others: &mut HashSet<String>) {
        let ascii = id.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !others.insert(id.value.clone()) {
            let message = message!(
                en: "the {what} `{id}` is listed twice",
                zh: "{what}的 id `{id}` 出现了两次",
                id = id.value; what
            );
            self.fault::<()>(id, message, message!(en: "give each an id of its own", zh: "请各用一个不同的 id"));
        } else if !ascii || id.value.is_empty() {
            self.fault::<()>(
                id,
                message!(
                    en: "the id of a {what} is letters, digits and hyphens",
                    zh: "{what}的 id 只能用字母、数字和连字符"; what
                ),
                example,
            );
        }
    }

    fn languages(&mut self, listed: Vec<Spanned<String>>) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for entry in listed {
            let tag = entry.value.to_ascii_lowercase();
            let span = self.span(&entry);
            if tags.len() == MAX_LANGUAGES {
                let message = message!(
                    en: "more than {MAX_LANGUAGES} languages",
                    zh: "语言超过 {MAX_LANGUAGES} 种"
                );
                self.find(
                    Code::BadConfig,
                    span,
                    message,
                    message!(
                        en: "list those in which there are documents",
                        zh: "请只列出有文件的语言"
                    ),
                );
                break;
            }
            if !language::is_well_formed(&tag) {
                let message = message!(
                    en: "`{tag}` is no language tag",
                    zh: "`{tag}` 不是语言标签",
                    tag = entry.value
                );
                self.find(
                    Code::UnknownName,
                    span,
                    message,
                    message!(
                        en: "such as `zh`, `en`, `zh-hant`",
                        zh: "例如 `zh`、`en`、`zh-hant`"
                    ),
                );
            } else if tags.contains(&tag) {
                let message = message!(en: "the language `{tag}` is listed twice", zh: "语言 `{tag}` 列了两次");
                self.find(Code::BadConfig, span, message, message!(en: "list it once", zh: "请只列一次"));
            } else {
                tags.push(tag);
            }
        }
        tags
    }

    fn date(&mut self, date: &Spanned<String>) -> Option<jiff::civil::Date> {
        match date.value.parse() {
            Ok(found) => Some(found),
            Err(_) => self.fault(
                date,
                message!(
                    en: "`{date}` is no date",
                    zh: "`{date}` 不是日期",
                    date = date.value
                ),
                message!(
                    en: "write it as `2031-06-30`",
                    zh: "请写成 `2031-06-30` 的形式"
                ),
            ),
        }
    }

    fn email(&mut self, email: &Spanned<String>) -> Option<String> {
        let text = email.value.trim();
        let is_address = text.split_once('@').is_some_and(|(name, host)| {
            let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"'&@?#%".contains(c);
            !name.is_empty() && host.contains('.') && name.chars().chain(host.chars()).all(plain)
        });
        if !is_address {
            return self.fault(
                email,
                message!(en: "`{text}` is no mail address", zh: "`{text}` 不是邮箱地址"),
                message!(
                    en: "such as `office@example.com`",
                    zh: "例如 `office@example.com`"
                ),
            );
        }
        Some(text.to_owned())
    }

    fn base_url(&mut self, url: &Spanned<String>) -> Option<String> {
        match base_url(&url.value) {
            Ok(found) => Some(found),
            Err((message, help)) => self.fault(url, message, help),
        }
    }

    fn download(&mut self, written: &Spanned<String>) -> Option<String> {
        let text = written.value.trim();
        let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
        match url {
            Some(url) if url.username().is_empty() && url.password().is_none() => Some(url.into()),
            Some(_) => {
                let message = message!(en: "`{text}` names a user", zh: "`{text}` 带有用户名");
                let help = message!(
                    en: "leave out what stands before `@`: everybody would read it",
                    zh: "请去掉 `@` 之前的部分：否则人人都能看到"
                );
                self.fault(written, message, help)
            }
            None => {
                let message = message!(
                    en: "`{text}` is no address of a file on the web",
                    zh: "`{text}` 不是网上文件的地址"
                );
                let help = message!(
                    en: "such as `https://example.com/case.zip`",
                    zh: "例如 `https://example.com/case.zip`"
                );
                self.fault(written, message, help)
            }
        }
    }

    fn secret_path(&mut self, path: Spanned<String>) -> Option<String> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        if !(MIN_SECRET..=MAX_SECRET).contains(&path.value.len()) || !path.value.bytes().all(plain) {
            let message = message!(
                en: "a folder that nobody can guess has {MIN_SECRET} to {MAX_SECRET} small letters and digits",
                zh: "不可猜测的文件夹名应为 {MIN_SECRET} 至 {MAX_SECRET} 个小写字母和数字"
            );
            return self.fault(
                &path,
                message,
                message!(
                    en: "`casefile secret` makes one by chance; do not think one up",
                    zh: "请用 `casefile secret` 随机生成，不要自己编"
                ),
            );
        }
        Some(path.value)
    }

    fn changes(&mut self, entries: Vec<ChangeEntry>, languages: &[String]) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for entry in entries {
            let Some(date) = self.date(&entry.date) else { continue };
            changes.push(Change { date, text: self.localized(Some(entry.text), languages) });
        }
        // The sort is stable: what happened on one day stays in the order of the list.
        changes.sort_by_key(|change| std::cmp::Reverse(change.date));
        changes
    }

    fn levels(&mut self, rules: BTreeMap<String, Spanned<Level>>) -> Levels {
        let mut levels = Levels::default();
        for (name, level) in rules {
            let span = self.span(&level);
            match Code::find(&name) {
                None => {
                    let near = closest(&name, Code::ALL.iter().map(|code| code.name()));
                    let help = near.map_or(
                        message!(
                            en: "see `casefile check --explain`",
                            zh: "见 `casefile check --explain`"
                        ),
                        |near| {
                            message!(
                                en: "did you mean `{near}`?",
                                zh: "是否指 `{near}`？"
                            )
                        },
                    );
                    self.find(
                        Code::UnknownName,
                        span,
                        message!(
                            en: "no rule is called `{name}`",
                            zh: "没有名为 `{name}` 的规则"
                        ),
                        help,
                    );
                }
                Some(code) if code.default_level() == Level::Error && level.value != Level::Error => {
                    let message = message!(
                        en: "`{name}` is always an error: with it the site would be wrong or unsafe",
                        zh: "`{name}` 始终是错误：放过它，网站就会有错或不安全"
                    );
                    self.find(
                        Code::BadConfig,
                        span,
                        message,
                        message!(
                            en: "take the line out",
                            zh: "请删去这一行"
                        ),
                    );
                }
                Some(code) if code.is_of_privacy() && level.value == Level::Off => {
                    let message = message!(
                        en: "`{name}` is not turned off: what is private would be published in silence",
                        zh: "`{name}` 不能关闭：否则隐私内容会不声不响地公开"
                    );
                    let help = message!(
                        en: "name what may be published under `privacy: allow:`, with the reason",
                        zh: "可以公开的，请列在 `privacy: allow:` 中，并写明理由"
                    );
                    self.find(Code::BadConfig, span, message, help);
                }
                Some(code) => levels.set(code, level.value),
            }
        }
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Config, Vec<Diagnostic>) {
        let source = Source::new(FILE_NAME, text.to_owned());
        let mut findings = Vec::new();
        let config = Config::read(&source, SourceId(0), &mut findings);
        (config, findings)
    }

    #[test]
    fn a_case_has_a_hundred_languages_at_the_most() {
        let tags = |count| (0..count).map(|n| format!("en-x-{n}")).collect::<Vec<_>>().join(", ");
        let (config, findings) = read(&format!("languages: [{}]\n", tags(MAX_LANGUAGES)));
        assert_eq!((config.languages.len(), findings.len()), (MAX_LANGUAGES, 0));
        let (config, findings) = read(&format!("languages: [{}]\n", tags(50_000)));
        assert_eq!((config.languages.len(), findings.len()), (MAX_LANGUAGES, 1));
    }

    #[test]
    fn the_title_and_the_key_figures_have_a_limit_that_is_told() {
        for (length, count) in [(MAX_TITLE, 0), (MAX_TITLE + 1, 1)] {
            assert_eq!(read(&format!("title: {}\n", "案".repeat(length))).1.len(), count);
        }
        let figure = |at: usize| format!("- {{id: f{at}, value: {at}, unit: CNY, names: n{at}}}\n");
        let figures = |count| format!("figures:\n{}", (0..count).map(figure).collect::<String>());
        for (count, told) in [(MAX_FIGURES, 0), (MAX_FIGURES + 1, 1), (2 * MAX_FIGURES, 1)] {
            let (config, findings) = read(&figures(count));
            assert_eq!((config.figures.len(), findings.len()), (MAX_FIGURES, told));
        }
    }

    #[test]
    fn a_text_may_be_one_for_all_languages_or_one_for_each() {
        let (config, findings) = read("title: {zh: 案, en: Case}\nsummary: both\nlanguages: [zh, en]\n");
        assert_eq!(findings, []);
        assert_eq!((config.title.get("en"), config.summary.get("zh")), (Some("Case"), Some("both")));
    }

    #[test]
    fn nothing_or_only_comments_is_a_configuration_too() {
        for text in ["", "# nothing yet\n\n"] {
            assert_eq!(read(text).1, []);
        }
    }

    #[test]
    fn a_text_is_what_was_written_whatever_yaml_takes_it_for() {
        for text in [
            "n",
            "y",
            "no",
            "Yes",
            "on",
            "OFF",
            "true",
            "False",
            "null",
            "Null",
            "~",
            "1e3",
            "0x1F",
            "0o17",
            "007",
            "1_000",
            "1.50",
            "+5",
            "-0",
            ".5",
            ".inf",
            ".nan",
            "2031-05-04",
            "12:30:45",
            "2031",
            "1e999",
            "!",
            "=",
            "<<",
        ] {
            for (yaml, tag) in [
                (format!("title: {text}\n"), "zh"),
                (format!("title: {text}   # so it is called\n"), "zh"),
                (format!("title: {{en: {text}, zh: x}}\n"), "en"),
                (format!("title:\n  en: {text}\n"), "en"),
                (format!("title: '{text}'\r\nsummary: x\r\n"), "zh"),
            ] {
                let (config, findings) = read(&yaml);
                assert_eq!(findings, [], "{yaml}");
                // An exclamation mark alone is a tag in YAML.
                if text != "!" || yaml.contains('\'') {
                    assert_eq!(config.title.get(tag), Some(text), "{yaml}");
                }
            }
            if text != "!" {
                let (config, findings) =
                    read(&format!("parties: [{{id: a, name: {text}, aliases: [a{text}, {text}]}}]\n"));
                let found: Vec<_> = findings.iter().map(|finding| finding.code).collect();
                assert_eq!((config.parties[0].name.get("en"), found), (Some(text), vec![]), "{text}");
                let names =
                    format!("figures: [{{id: a, value: 5, unit: {text}, names: {{zh: [{text}], en: {text}}}}}]\n");
                let (config, findings) = read(&names);
                assert_eq!(findings, [], "{text}");
                let figure = &config.figures[0];
                assert_eq!((figure.names.first("zh"), figure.names.first("en")), (Some(text), Some(text)));
                assert_eq!(figure.unit.get("zh"), Some(text));
            }
        }
        for nothing in ["title:\n", "title: ''\n", "title:   # later\n", "title: {zh: }\n"] {
            let (config, findings) = read(nothing);
            assert_eq!((config.title.is_empty(), findings), (true, vec![]), "{nothing}");
        }
        let (config, _) = read("summary: &same 1e3\ntitle: *same\n");
        assert_eq!(config.title.get("zh"), Some("1e3"));
    }

    #[test]
    fn every_fault_is_reported_with_its_code() {
        for (text, code) in [
            ("languages: [zh, 中文]\n", Code::UnknownName),
            ("languages: [zh, zh]\n", Code::BadConfig),
            ("languages: [zh, en]\ntitle: {zh: a, fr: b}\n", Code::UnknownName),
            ("base_url: example.com\n", Code::BadConfig),
            ("base_url: https://example.com/?a=b\n", Code::BadConfig),
            ("secret_path: guess-me\n", Code::BadConfig),
            ("secret_path:\n", Code::BadConfig),
            ("changes: [{date: yesterday, text: x}]\n", Code::BadConfig),
            ("changes: [{text: x}]\n", Code::BadConfig),
            ("time_zone: Asia/Shangai\n", Code::BadConfig),
            ("as_of: 2031-13-01\n", Code::BadConfig),
            ("rules: {unresolved-lable: off}\n", Code::UnknownName),
            ("rules: {not-utf8: off}\n", Code::BadConfig),
            ("rules: {unresolved-label: loud}\n", Code::BadConfig),
            ("parties: [{id: a}, {id: a}]\n", Code::BadConfig),
            ("parties: [{id: a, name: 甲}, {id: b, aliases: [甲]}]\n", Code::BadConfig),
            ("parties: [{id: a, name: 甲}, {id: b, name: 乙}, {id: c, name: {zh: 丙, en: 乙}}]\n", Code::BadConfig),
            ("figures: [{id: a, value: about 5, unit: CNY, names: x}]\n", Code::BadConfig),
            ("figures: [{id: a b, value: 5, unit: CNY, names: x}]\n", Code::BadConfig),
            ("figures: [{id: a, value: 5, names: x}]\n", Code::BadConfig),
            ("languages: [zh]\nfigures: [{id: a, value: 5, unit: CNY, names: {en: x}}]\n", Code::UnknownName),
            ("markers: {disputed: [x]}\n", Code::UnknownKey),
            ("partys: []\n", Code::UnknownKey),
            ("title: [unclosed\n", Code::BadConfig),
            ("title: [a]\n", Code::BadConfig),
            ("title: {zh: [a]}\n", Code::BadConfig),
            ("figures: [{id: a, value: 5, unit: CNY, names: [{zh: x}]}]\n", Code::BadConfig),
        ] {
            let findings = read(text).1;
            assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [code], "{text}");
        }
    }

    #[test]
    fn figures_of_different_units_may_share_a_name() {
        let figures = |one: &str, other: &str| {
            let figure = |id: &str, unit: &str| format!("  - {{id: {id}, value: 5, unit: {unit}, names: [loss]}}\n");
            format!("figures:\n{}{}", figure("a", one), figure("b", other))
        };
        for (one, other, is_taken) in
            [("BTC", "CNY", true), ("pallets", "CNY", true), ("元", "CNY", false), ("pallets", "Pallets", false)]
        {
            let (_, findings) = read(&figures(one, other));
            assert_eq!(findings.is_empty(), is_taken, "{one}, {other}: {findings:?}");
        }
    }

    #[test]
    fn a_figure_keeps_every_digit_as_written() {
        let text = "figures:\n  - id: loss\n    value: 206539.30\n    unit: CNY\n    names: {zh: [净损失, 净损], en: net loss}\n";
        let (config, findings) = read(text);
        assert_eq!(findings, []);
        let figure = &config.figures[0];
        assert_eq!((figure.written.as_str(), figure.value.to_plain_string().as_str()), ("206539.30", "206539.30"));
        assert_eq!(figure.names.get("zh").collect::<Vec<_>>(), ["净损失", "净损"]);
        assert_eq!(figure.names.first("en"), Some("net loss"));
    }

    #[test]
    fn a_rule_is_set_by_name_or_code() {
        let (config, findings) = read("rules: {uncited-label: warning, C301: error}\n");
        assert_eq!(findings, []);
        assert_eq!(config.levels.of(Code::UncitedLabel), Level::Warning);
        assert_eq!(config.levels.of(Code::UnresolvedLabel), Level::Error);
    }

    #[test]
    fn a_base_url_ends_with_one_slash_and_may_have_a_path() {
        for (written, read) in [
            ("https://example.com", "https://example.com/"),
            ("https://example.com/case", "https://example.com/case/"),
            ("https://example.com/a/project//", "https://example.com/a/project/"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
            ("https://案.example.com/案卷/", "https://xn--dyv.example.com/%E6%A1%88%E5%8D%B7/"),
        ] {
            assert_eq!(base_url(written).as_deref(), Ok(read), "{written}");
        }
    }

    #[test]
    fn what_is_no_base_url_is_told_with_what_to_write() {
        for (written, help) in [
            ("example.com/case", "write `https://example.com/case`"),
            ("//example.com", "write `https://example.com`"),
            ("example.com:8080", "write `https://example.com:8080`"),
            ("", "such as `https://example.com/case/`"),
            ("https://", "such as `https://example.com/case/`"),
            ("ftp://example.com/", "a site is reached by `https://`, or by `http://`"),
            ("https://example.com/?a=b", "leave out what follows `?` or `#`: pages are added at the end"),
            ("https://example.com/#top", "leave out what follows `?` or `#`: pages are added at the end"),
            ("https://me:word@example.com/", "leave out what stands before `@`: everybody would read it"),
            ("https://example.com/a b", "such as `https://example.com/case/`"),
            ("https://example.com/zh/index.html", "leave out the page: the site stands in the folder before it"),
        ] {
            assert_eq!(base_url(written).map_err(|(_, help)| help.en().to_owned()), Err(help.to_owned()), "{written}");
        }
    }

    #[test]
    fn a_secret_path_makes_the_case_unlisted_and_is_part_of_its_address() {
        let (config, findings) = read("base_url: https://example.com/x\nsecret_path: 4k9q2m7x1v8c5b3n6z0a\n");
        assert_eq!(findings, []);
        assert!(config.unlisted);
    }

    #[test]
    fn changes_are_told_from_the_latest_on() {
        let text = "changes:\n  - {date: 2031-06-01, text: a}\n  - {date: 2031-06-30, text: b}\n  - {date: 2031-06-30, text: c}\n";
        let (config, findings) = read(text);
        assert_eq!(findings, []);
        let told: Vec<_> = config.changes.iter().map(|change| change.text.get("zh").unwrap()).collect();
        assert_eq!(told, ["b", "c", "a"]);
    }
}
