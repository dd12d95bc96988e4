//! `privacy: withhold:` in casefile.yaml: the names and strings that the public edition does not hold.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::file::File;
use super::{Localized, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::label::{self, Bracket};
use crate::document::outline::{self, Context};
use crate::document::time;
use crate::language;
use crate::language::folding::folding;
use crate::language::lexicon::Lexicon;
use crate::source::{Source, SourceId, Span};
use crate::withhold::spelling::{Form, Spellings};
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
    let Ok(mut file) = yaml::read::<File>(source, id, range, Code::BadConfig) else { return Rules::default() };
    let entries = std::mem::take(&mut file.privacy.withhold);
    // What else is wrong with the file is told when its settings are read.
    let mut passed_over = Vec::new();
    let mut reader = Reader { source, id, range, code: Code::BadConfig, findings: &mut passed_over };
    let languages = reader.languages(file.languages.unwrap_or_default());
    let allowed = file.privacy.allow.iter().filter_map(|entry| entry.text.as_ref());
    let allowed: Vec<(String, Span)> =
        allowed.flat_map(|text| reader.texts(text, "a number, an address or a name")).collect();
    let mut reader = Reader { source, id, range, code: Code::BadConfig, findings };
    let all = reader.rules(entries, &languages);
    let names: HashSet<String> = all.iter().flat_map(|rule| &rule.names).map(|name| folding().fold(name)).collect();
    for (_, span) in allowed.iter().filter(|(text, _)| names.contains(&folding().fold(text))) {
        let message = "this is withheld under `privacy: withhold:`, and cannot be allowed too".to_owned();
        reader.find(Code::BadConfig, *span, message, "take it out of one of the two lists");
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
                .flat_map(|written| self.texts(written, "a name, or a list of names"))
                .collect::<Vec<_>>()
            {
                if let Some((message, help)) = too_short(&name) {
                    self.find(self.code, span, message, help);
                    continue;
                }
                if taken.insert(folding().fold(&name), span).is_some() {
                    let message = "this is withheld twice".to_owned();
                    self.find(self.code, span, message, "name it once, in the entry whose `shown` is meant");
                    continue;
                }
                named.push((name.clone(), span));
                names.push(name);
            }
            if names.is_empty() && self.findings.is_empty() {
                let help = "write the name or string in `text`";
                self.fault::<()>(&entry.text, "nothing is named that would be withheld".to_owned(), help);
            }
            let span = self.span(&entry.shown);
            let shown = self.localized(Some(entry.shown), languages);
            if shown.is_empty() {
                let help = "write what is shown instead, such as `{ zh: 证人甲, en: Witness A }`";
                self.find(self.code, span, "nothing is shown instead".to_owned(), help);
            }
            for text in shown.all() {
                if let Some(c) = text.chars().find(|&c| !is_plain(c)) {
                    let message = format!("`{c}` in what is shown instead would be read as a mark");
                    self.find(self.code, span, message, "letters, digits and spaces alone, such as `证人甲`");
                } else if let Some(what) = read_as(text, &lexicon) {
                    let message = format!("what is shown instead would be read as {what}");
                    self.find(self.code, span, message, "choose words that say nothing else, such as `证人甲`");
                }
                // Numbers are nobody: two of them may be shown alike.
                let is_number = names.iter().all(|name| !name.contains(char::is_alphabetic));
                let other = shown_for.entry(folding().fold(text)).or_insert(rules.len());
                if *other != rules.len() && !is_number {
                    let message =
                        format!("`{text}` is shown instead of what another entry withholds too, so both would be one");
                    let help =
                        "tell them apart, such as 证人甲 and 证人乙; other names of the same go into its `aliases`";
                    self.find(self.code, span, message, help);
                }
                replacements.push((text.to_owned(), span));
            }
            let span = self.span(&entry.reason);
            let reason = self.localized(Some(entry.reason), languages);
            if reason.is_empty() {
                let help = "write in a few words why it is withheld, such as `保护证人`";
                self.find(self.code, span, "no reason is given".to_owned(), help);
            }
            rules.push(Rule { names, shown, reason, basis: self.localized(entry.basis, languages) });
        }
        let spellings = Spellings::new(named.iter().map(|(name, _)| name.as_str()), std::iter::empty());
        for (text, span) in replacements {
            if !spellings.find(&text, Form::Text).is_empty() {
                let message = "what is shown instead holds what is withheld".to_owned();
                self.find(self.code, span, message, "choose words that tell nothing of it, such as `证人甲`");
            }
        }
        for found in language::built_in_texts().flat_map(|text| spellings.find(text, Form::Text)) {
            let (name, span) = &mut named[found.pattern];
            if !name.is_empty() {
                let message = "this stands in the program's own words, which are on every page".to_owned();
                self.find(self.code, *span, message, "name it in a longer form, with what stands beside it");
                // Told once.
                name.clear();
            }
        }
        rules
    }
}

/// What is wrong with a name that is too short to stand for one thing alone.
fn too_short(name: &str) -> Option<(String, &'static str)> {
    let folded = folding().fold(name);
    let letters = folded.chars().filter(|c| c.is_alphanumeric());
    let digits = letters.clone().filter(char::is_ascii_digit).count();
    match letters.count() {
        0 | 1 => Some((
            "this is too short: a single character stands in many words".to_owned(),
            "write the whole name, and each form in which the text has it in `aliases`",
        )),
        count if count == digits && count < MIN_DIGITS => Some((
            format!("this is too short: numbers of less than {MIN_DIGITS} digits stand everywhere"),
            "write the whole number, or withhold the passage with `[…]{private}`",
        )),
        _ => None,
    }
}

const MIN_DIGITS: usize = 4;

/// What the words that are shown instead would be taken for, wherever they stand.
fn read_as(text: &str, lexicon: &Lexicon) -> Option<&'static str> {
    let text = text.trim();
    if text.starts_with(['（', '(']) {
        return Some("a remark in brackets");
    }
    if text.chars().all(|c| c.is_numeric() || c == ' ' || c == '·') || outline::parse(text, Context::Block).is_some() {
        return Some("a number");
    }
    if !label::parse_bracket(text, Bracket::Square, lexicon).is_empty()
        || label::parse_bare(text, true, lexicon).is_some()
    {
        return Some("a label");
    }
    let ends_number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let is_dated = text.char_indices().any(|(at, c)| "年月日号號".contains(c) && text[..at].ends_with(ends_number));
    let is_time = |at: usize| time::parse(text, at, time::Place::Running, &lexicon.times).is_some();
    (is_dated || text.char_indices().any(|(at, _)| is_time(at))).then_some("a time")
}

/// Whether a character is nothing but itself in Markdown, YAML and HTML.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '·' | '（' | '）' | '某' | '×' | '○' | '〇' | '■')
}
