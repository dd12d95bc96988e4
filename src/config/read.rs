//! How casefile.yaml is read: entry by entry, so that what is wrong with one leaves the others.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_saphyr::Spanned;

use super::file::{ChangeEntry, FigureEntry, PartyEntry, Settings};
use super::{Card, Change, Config, Contact, Figure, Filing, Party, Reader, base_url};
use crate::Message;
use crate::diagnostic::{Code, Level, Levels};
use crate::document::amount;
use crate::language;
use crate::language::amount_lexicon::AmountLexicon;
use crate::language::words::fold;
use crate::source::Span;
use crate::yaml::closest;

/// How many languages a case may have. Every page of the program leads to itself in all of them.
pub(super) const MAX_LANGUAGES: usize = 40;

/// How many key figures a case may have. The front page lists them all, and each is looked for at every amount.
pub(super) const MAX_FIGURES: usize = 500;

/// How many characters the title of the case may have, which stands several times on every page.
pub(super) const MAX_TITLE: usize = 16_384;

/// Length of `secret_path`: 20 characters of 36 are more than 100 bits.
const MIN_SECRET: usize = 20;
const MAX_SECRET: usize = 64;

impl Reader<'_> {
    /// What the file says, as far as it is right; what is wrong is reported.
    pub(super) fn config(&mut self, file: Settings) -> Config {
        let languages = self.languages(file.languages.unwrap_or_default());
        let title_at = file.title.as_ref().map(|title| self.span(title));
        let title = self.localized(file.title, &languages);
        if let Some(at) = title_at.filter(|_| title.all().any(|text| text.chars().count() > MAX_TITLE)) {
            let message = message!(
                en: "the title is longer than {MAX_TITLE} characters",
                zh: "标题超过 {MAX_TITLE} 个字符"
            );
            self.report(
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
        let download_single = file.download_single.and_then(|url| self.download(&url));
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
            download_single,
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
                    self.report(Code::BadConfig, at, message, self.why_alike(at, &message!(en: "name", zh: "名称")));
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
                    self.report(
                        Code::BadConfig,
                        span,
                        message,
                        self.why_alike(span, &message!(en: "alias", zh: "别名")),
                    );
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

    pub(super) fn languages(&mut self, listed: Vec<Spanned<String>>) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for entry in listed {
            let tag = entry.value.to_ascii_lowercase();
            let span = self.span(&entry);
            if tags.len() == MAX_LANGUAGES {
                let message = message!(
                    en: "more than {MAX_LANGUAGES} languages",
                    zh: "语言超过 {MAX_LANGUAGES} 种"
                );
                self.report(
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
                self.report(
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
                self.report(Code::BadConfig, span, message, message!(en: "list it once", zh: "请只列一次"));
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
                    self.report(
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
                    self.report(
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
                    self.report(Code::BadConfig, span, message, help);
                }
                Some(code) => levels.set(code, level.value),
            }
        }
        levels
    }
}
