//! `privacy: withhold:` in casefile.yaml: the names and strings that the public edition does not hold.

use crate::language::chinese::{is_numeral, marks_day};
use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::file::Settings;
use super::{Localized, Reader};
use crate::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::label::{self, Bracket};
use crate::document::outline::{self, Context};
use crate::document::time;
use crate::language;
use crate::language::folding::folding;
use crate::language::lexicon::Lexicon;
use crate::source::{Source, SourceId, Span};
use crate::spelling::{Form, Spellings};
use crate::yaml;
use crate::yaml::written::{Written, even_null};

/// Something that is withheld, in all its names.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What is withheld, as the author writes it; never empty.
    pub names: Vec<String>,
    /// What the public edition shows instead.
    pub shown: Localized,
    /// Why.
    pub reason: Localized,
    /// The rule of law it rests on, in the author's words.
    pub basis: Localized,
}

/// Names or strings that stand for one thing, and what is shown instead.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WithholdEntry {
    /// A name or another string that must not stand in the public edition, in any spelling; or a list of them.
    #[schemars(with = "ScalarOrMore")]
    text: Spanned<Written>,
    /// Other names of the same.
    #[schemars(with = "Option<ScalarOrMore>")]
    #[serde(default, deserialize_with = "even_null")]
    aliases: Option<Spanned<Written>>,
    /// What the public edition shows instead, such as `{ zh: 证人甲, en: Witness A }`.
    #[schemars(with = "Localized")]
    shown: Spanned<Written>,
    /// Why it is withheld.
    #[schemars(with = "Localized")]
    reason: Spanned<Written>,
    /// The rule of law that it rests on.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    basis: Option<Spanned<Written>>,
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[expect(dead_code, reason = "it stands for what is written")]
enum ScalarOrMore {
    One(super::Scalar),
    More(Vec<super::Scalar>),
}

/// All that is withheld by name, and what is not although it holds such a name.
#[derive(Debug, Default)]
pub struct Rules {
    /// What is withheld.
    pub all: Vec<Rule>,
    /// Texts that `privacy: allow:` lists.
    pub kept: Vec<String>,
}

/// Reads what casefile.yaml withholds. Of a file that is no settings at all nothing is said; reading the settings tells.
pub fn rules(source: &Source, id: SourceId, findings: &mut Vec<Diagnostic>) -> Rules {
    if !source.text.contains("privacy") {
        return Rules::default();
    }
    let range = Span::new(0, source.text.len());
    let Ok(mut file) = yaml::read::<Settings>(source, id, range, Code::BadConfig) else { return Rules::default() };
    let entries = std::mem::take(&mut file.privacy.withhold);
    // What else is wrong with the file is told when its settings are read.
    let mut passed_over = Vec::new();
    let mut reader = Reader { source, id, range, code: Code::BadConfig, findings: &mut passed_over };
    let languages = reader.languages(file.languages.unwrap_or_default());
    let allowed = file.privacy.allow.iter().filter_map(|entry| entry.text.as_ref());
    let allowed: Vec<(String, Span)> = allowed
        .flat_map(|text| {
            reader.texts(
                text,
                message!(
                    en: "a number, an address or a name",
                    zh: "号码、地址或姓名"
                ),
            )
        })
        .collect();
    let mut reader = Reader { source, id, range, code: Code::BadConfig, findings };
    let all = reader.rules(entries, &languages);
    let names: HashSet<String> = all.iter().flat_map(|rule| &rule.names).map(|name| folding().fold(name)).collect();
    for (_, span) in allowed.iter().filter(|(text, _)| names.contains(&folding().fold(text))) {
        let message = message!(
            en: "this is withheld under `privacy: withhold:`, and cannot be allowed too",
            zh: "这一项已在 `privacy: withhold:` 中隐去，不能又准许公开"
        );
        reader.report(
            Code::BadConfig,
            *span,
            message,
            message!(
                en: "take it out of one of the two lists",
                zh: "请从两份清单之一中删去"
            ),
        );
    }
    Rules { all, kept: allowed.into_iter().map(|(text, _)| text).collect() }
}

impl Reader<'_> {
    fn rules(&mut self, entries: Vec<WithholdEntry>, languages: &[String]) -> Vec<Rule> {
        let mut rules = Vec::with_capacity(entries.len());
        let mut taken: HashMap<String, Span> = HashMap::new();
        let mut named: Vec<(String, Span)> = Vec::new();
        let mut replacements: Vec<(String, Span)> = Vec::new();
        let mut shown_for: HashMap<String, usize> = HashMap::new();
        let lexicon = Lexicon::new(&language::built_in_languages().collect::<Vec<_>>());
        for entry in entries {
            let mut names = Vec::new();
            for (name, span) in [Some(&entry.text), entry.aliases.as_ref()]
                .into_iter()
                .flatten()
                .flat_map(|written| {
                    self.texts(
                        written,
                        message!(
                            en: "a name, or a list of names",
                            zh: "一个名称，或名称的清单"
                        ),
                    )
                })
                .collect::<Vec<_>>()
            {
                if let Some((message, help)) = too_short(&name) {
                    self.report(self.code, span, message, help);
                    continue;
                }
                if taken.insert(folding().fold(&name), span).is_some() {
                    let message = message!(en: "this is withheld twice", zh: "同一内容隐去了两次");
                    self.report(
                        self.code,
                        span,
                        message,
                        message!(
                            en: "name it once, in the entry whose `shown` is meant",
                            zh: "请只在 `shown` 合乎本意的那一项中写一次"
                        ),
                    );
                    continue;
                }
                named.push((name.clone(), span));
                names.push(name);
            }
            if names.is_empty() && self.findings.is_empty() {
                let help = message!(
                    en: "write the name or string in `text`",
                    zh: "请在 `text` 中写明名称或文字"
                );
                self.fault::<()>(
                    &entry.text,
                    message!(
                        en: "nothing is named that would be withheld",
                        zh: "没有写明要隐去什么"
                    ),
                    help,
                );
            }
            let span = self.span(&entry.shown);
            let shown = self.localized(Some(entry.shown), languages);
            if shown.is_empty() {
                let help = message!(
                    en: "write what is shown instead, such as `{{ zh: 证人甲, en: Witness A }}`",
                    zh: "请写明换成什么文字，例如 `{{ zh: 证人甲, en: Witness A }}`"
                );
                self.report(
                    self.code,
                    span,
                    message!(en: "nothing is shown instead", zh: "没有写明换成什么文字"),
                    help,
                );
            }
            for text in shown.all() {
                if let Some(c) = text.chars().find(|&c| !is_plain(c)) {
                    let message = message!(
                        en: "`{c}` in what is shown instead would be read as a mark",
                        zh: "替换文字中的 `{c}` 会被当作标记"
                    );
                    self.report(
                        self.code,
                        span,
                        message,
                        message!(
                            en: "letters, digits and spaces alone, such as `证人甲`",
                            zh: "只能用字母、汉字、数字和空格，例如 `证人甲`"
                        ),
                    );
                } else if let Some(what) = read_as(text, &lexicon) {
                    let message = message!(
                        en: "what is shown instead would be read as {what}",
                        zh: "替换文字会被当作{what}"; what
                    );
                    self.report(
                        self.code,
                        span,
                        message,
                        message!(
                            en: "choose words that say nothing else, such as `证人甲`",
                            zh: "请换成不会误读的文字，例如 `证人甲`"
                        ),
                    );
                }
                // Numbers are nobody: two of them may be shown alike.
                let is_number = names.iter().all(|name| !name.contains(char::is_alphabetic));
                let other = shown_for.entry(folding().fold(text)).or_insert(rules.len());
                if *other != rules.len() && !is_number {
                    let message = message!(
                        en: "`{text}` is shown instead of what another entry withholds too, so both would be one",
                        zh: "`{text}` 也用来替换另一项隐去的内容，两者会混为一谈"
                    );
                    let help = message!(
                        en: "tell them apart, such as 证人甲 and 证人乙; other names of the same go into its \
                             `aliases`",
                        zh: "请加以区分，例如 证人甲、证人乙；同一对象的其他名称写进 `aliases`"
                    );
                    self.report(self.code, span, message, help);
                }
                replacements.push((text.to_owned(), span));
            }
            let span = self.span(&entry.reason);
            let reason = self.localized(Some(entry.reason), languages);
            if reason.is_empty() {
                let help = message!(
                    en: "write in a few words why it is withheld, such as `保护证人`",
                    zh: "请简要写明为什么隐去，例如 `保护证人`"
                );
                self.report(self.code, span, message!(en: "no reason is given", zh: "没有写明理由"), help);
            }
            rules.push(Rule { names, shown, reason, basis: self.localized(entry.basis, languages) });
        }
        let spellings = Spellings::new(named.iter().map(|(name, _)| name.as_str()), std::iter::empty());
        for (text, span) in replacements {
            if !spellings.find(&text, Form::Text).is_empty() {
                let message = message!(
                    en: "what is shown instead holds what is withheld",
                    zh: "替换文字中含有要隐去的内容"
                );
                self.report(
                    self.code,
                    span,
                    message,
                    message!(
                        en: "choose words that tell nothing of it, such as `证人甲`",
                        zh: "请换成不会透露它的文字，例如 `证人甲`"
                    ),
                );
            }
        }
        for found in language::built_in_texts().flat_map(|text| spellings.find(text, Form::Text)) {
            let (name, span) = &mut named[found.pattern];
            if !name.is_empty() {
                let message = message!(
                    en: "this stands in the program's own words, which are on every page",
                    zh: "这是程序自己的用语，每一页都有"
                );
                self.report(
                    self.code,
                    *span,
                    message,
                    message!(
                        en: "name it in a longer form, with what stands beside it",
                        zh: "请连同前后文字写得长一些"
                    ),
                );
                // Told once.
                name.clear();
            }
        }
        rules
    }
}

/// What is wrong with a name that is too short to stand for one thing alone.
fn too_short(name: &str) -> Option<(Message, Message)> {
    let folded = folding().fold(name);
    let letters = folded.chars().filter(|c| c.is_alphanumeric());
    let digits = letters.clone().filter(char::is_ascii_digit).count();
    match letters.count() {
        0 | 1 => Some((
            message!(
                en: "this is too short: a single character stands in many words",
                zh: "太短：单个字会出现在许多词中"
            ),
            message!(
                en: "write the whole name, and each form in which the text has it in `aliases`",
                zh: "请写全名，并在 `aliases` 中列出文中的每种写法"
            ),
        )),
        count if count == digits && count < MIN_DIGITS => Some((
            message!(
                en: "this is too short: numbers of less than {MIN_DIGITS} digits stand everywhere",
                zh: "太短：不足 {MIN_DIGITS} 位的数字到处都有"
            ),
            message!(
                en: "write the whole number, or withhold the passage with `[…]{{private}}`",
                zh: "请写出完整的号码，或用 `[…]{{private}}` 隐去这段文字"
            ),
        )),
        _ => None,
    }
}

const MIN_DIGITS: usize = 4;

/// What the words that are shown instead would be taken for, wherever they stand.
fn read_as(text: &str, lexicon: &Lexicon) -> Option<Message> {
    let text = text.trim();
    if text.starts_with(['（', '(']) {
        return Some(message!(en: "a remark in brackets", zh: "括号中的说明"));
    }
    if text.chars().all(|c| c.is_numeric() || c == ' ' || c == '·') || outline::parse(text, Context::Block).is_some() {
        return Some(message!(en: "a number", zh: "编号"));
    }
    if !label::parse_bracket(text, Bracket::Square, lexicon).is_empty()
        || label::parse_bare(text, true, lexicon).is_some()
    {
        return Some(message!(en: "a label", zh: "标签"));
    }
    let ends_number = |c: char| c.is_numeric() || is_numeral(c);
    let is_dated = text
        .char_indices()
        .any(|(at, c)| (matches!(c, '年' | '月') || marks_day(c)) && text[..at].ends_with(ends_number));
    let is_time = |at: usize| time::parse(text, at, time::Position::Running, &lexicon.times).is_some();
    (is_dated || text.char_indices().any(|(at, _)| is_time(at))).then_some(message!(en: "a time", zh: "时间"))
}

/// Whether a character is nothing but itself in Markdown, YAML and HTML.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '·' | '（' | '）' | '某' | '×' | '○' | '〇' | '■')
}
