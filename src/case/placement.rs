//! In which language each document is, and which documents are one in several languages: by casefile.yaml, by folders, by
//! the names of files, and by what the texts are written in.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::kind::{self, DocumentKind};
use crate::language::prose::{self, Prose, language_of};
use crate::language::script::is_cjk_language;
use crate::language::{self, Language, LanguageId, name, primary};
use crate::source::{SourceId, Sources};

/// The languages of a case and its documents in them.
pub(super) struct Placement {
    /// The tags of the languages, the authored one first; never empty.
    pub(super) tags: Vec<String>,
    /// The documents, in the order of their files.
    pub(super) documents: Vec<Placed>,
    /// The languages into which folders or casefile.yaml promise a translation.
    pub(super) promised: BTreeSet<LanguageId>,
}

/// A document's text before it is parsed.
pub(super) struct Placed {
    pub(super) id: SourceId,
    /// In which of the languages it stands.
    pub(super) language: LanguageId,
    /// The tag of the language that it is written in, where that is another one.
    pub(super) own_tag: Option<&'static str>,
    /// Its path below the folder of its language; the same for the same document in other languages.
    pub(super) path: String,
    /// Whether its translation was promised.
    pub(super) promises: bool,
}

/// What is known of a document at first.
struct Seen<'a> {
    id: SourceId,
    /// The folder below the content, and the tag that it is in that case.
    folder: Option<&'a str>,
    folder_tag: Option<String>,
    /// The path below the folder of a language, or below the content.
    path: &'a str,
    /// What its text is written in, where that was looked for.
    prose: Option<Prose>,
    /// The tag that its name or a folder further down says, and its path without that, if there is a counterpart.
    named: Option<(String, String)>,
    /// What documents have in common that are one.
    key: String,
}

impl Seen<'_> {
    /// The language that it is in: by its folder, its name, or its text.
    fn tag(&self) -> Option<&str> {
        let named = self.named.as_ref().map(|(tag, _)| tag.as_str());
        let told = self.folder_tag.as_deref().or(named);
        told.or_else(|| self.prose.map(|prose| prose.tag))
    }
}

/// Places the documents `ids`; `words` are the languages whose names for files count.
pub(super) fn place(
    config: &Config,
    content: &str,
    ids: &[SourceId],
    sources: &Sources,
    words: &[Language],
    findings: &mut Vec<Diagnostic>,
) -> Placement {
    let mut seen: Vec<Seen<'_>> = ids.par_iter().map(|&id| look_at(id, content, config, sources)).collect();
    check_folders(&mut seen, content, config, findings);
    read_names(&mut seen);
    pair_kinds(&mut seen, words);
    let tags = if config.languages.is_empty() { languages_of(&seen) } else { config.languages.clone() };
    let promised = promised(config, &seen, &tags);
    let documents = documents(&seen, &tags, &promised, config, sources);
    Placement { tags, documents, promised }
}

/// Looks at the path of a document, and at its text where the path does not tell its language.
fn look_at<'a>(id: SourceId, content: &str, config: &Config, sources: &'a Sources) -> Seen<'a> {
    let source = sources.get(id);
    let below = source.path.strip_prefix(content).unwrap_or(&source.path).trim_start_matches('/');
    let (folder, rest) = below.split_once('/').map_or((None, below), |(folder, rest)| (Some(folder), rest));
    let is_listed = |folder: &str| config.languages.iter().any(|tag| tag.eq_ignore_ascii_case(folder));
    let is_tag = |folder: &str| config.languages.is_empty() && language::is_tag(folder);
    let folder_tag = folder.filter(|folder| is_listed(folder) || is_tag(folder)).map(str::to_ascii_lowercase);
    let look = match folder_tag.as_deref() {
        // Whether the folder means the language by this name, the texts tell.
        Some(tag) if !is_listed(tag) && !matches!(primary(tag), "zh" | "en") => true,
        Some(tag) => prose::may_be_foreign(&source.text, is_cjk_language(tag)),
        None => true,
    };
    let prose = if look { language_of(&source.text) } else { None };
    let path = if folder_tag.is_some() { rest } else { below };
    let key = key_of(path);
    Seen { id, folder, folder_tag, path, prose, named: None, key }
}

fn stem(path: &str) -> &str {
    path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD")).unwrap_or(path)
}

/// Takes folders for ordinary ones whose texts are not in the language of that tag (`os`, `cv`, `kr`), and tells of those
/// that are named for a language otherwise than by its tag.
fn check_folders(seen: &mut [Seen<'_>], content: &str, config: &Config, findings: &mut Vec<Diagnostic>) {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, this) in seen.iter().enumerate() {
        folders.entry(this.folder.unwrap_or_default()).or_default().push(at);
    }
    for (folder, members) in folders {
        let most = |holds: &dyn Fn(&Seen<'_>) -> bool| {
            members.iter().filter(|&&at| holds(&seen[at])).count() * 2 > members.len()
        };
        let is_in = |tag: &str| most(&|this| this.prose.is_some_and(|prose| prose.tag == primary(tag)));
        let path = || if content.is_empty() { folder.to_owned() } else { format!("{content}/{folder}") };
        let tag = seen[members[0]].folder_tag.clone();
        let is_other =
            |tag: &str| most(&|this| this.prose.is_some_and(|prose| prose.certain && prose.tag != primary(tag)));
        let is_listed = |tag: &str| config.languages.iter().any(|listed| listed.eq_ignore_ascii_case(tag));
        let is_ordinary = match tag.as_deref() {
            // Of these a text with few words tells little.
            Some(tag) => !is_listed(tag) && primary(tag) != "en" && !is_cjk_language(tag) && is_other(tag),
            None => true,
        };
        if !is_ordinary {
            continue;
        }
        if let Some(meant) = name::called(folder).filter(|tag| is_in(tag)) {
            let message = message!(
                en: "`{folder}` is no tag of a language, so these documents are paired with no translation",
                zh: "`{folder}` 不是语言标签，这些文件因此没有与译文配对"
            );
            let help = message!(en: "call it {meant}", zh: "请改名为 {meant}");
            findings.push(Diagnostic::file(Code::UntaggedFolder, path(), message).help(help));
        } else if !config.languages.is_empty() && language::is_tag(folder) {
            let tag = folder.to_ascii_lowercase();
            let message = message!(
                en: "the folder is named like a language, but `languages` does not list `{tag}`",
                zh: "文件夹的名字是一种语言，`languages` 中却没有 `{tag}`"
            );
            let help = message!(
                en: "list it in casefile.yaml, or rename the folder",
                zh: "请在 casefile.yaml 中列入，或给文件夹改名"
            );
            findings.push(Diagnostic::file(Code::UnlistedLanguage, path(), message).help(help));
        }
        if tag.is_some() {
            for at in members {
                let this = &mut seen[at];
                // The path below the content again.
                this.key = format!("{folder}/{}", this.key).to_lowercase();
                this.folder_tag = None;
            }
        }
    }
}

/// Finds the documents whose names say their language: `README_EN.md` beside `README.md`, `docs/zh/a.md` beside `docs/en/a.md`.
/// A name says so only if the text agrees, and if there is something to be paired with.
fn read_names(seen: &mut [Seen<'_>]) {
    let mut wanted: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut said: Vec<Vec<(String, String)>> = Vec::with_capacity(seen.len());
    for (at, this) in seen.iter().enumerate() {
        wanted.entry(this.key.clone()).or_default().insert(at);
        let agrees = |tag: &str| match (&this.folder_tag, this.prose) {
            (Some(folder), _) => primary(folder) == primary(tag),
            (None, Some(prose)) => prose.tag == primary(tag) || !prose.certain,
            (None, None) => true,
        };
        let found: Vec<_> = without_language(&full_path(this)).into_iter().filter(|(tag, _)| agrees(tag)).collect();
        for (_, path) in &found {
            wanted.entry(key_of(path)).or_default().insert(at);
        }
        said.push(found);
    }
    let named: Vec<Option<(String, String)>> = (0..seen.len())
        .map(|at| {
            let differs = |(tag, path): &&(String, String)| {
                let key = key_of(path);
                wanted[&key].iter().filter(|&&other| other != at).any(|&other| {
                    let own = said[other].iter().find(|(_, path)| key_of(path) == key).map(|(tag, _)| tag.as_str());
                    own.or(seen[other].tag()).is_none_or(|other| other != tag)
                })
            };
            said[at].iter().find(differs).cloned()
        })
        .collect();
    for (this, named) in seen.iter_mut().zip(named) {
        if let Some((_, path)) = &named {
            this.key = key_of(path);
        }
        this.named = named;
    }
    // `zh_CN` is Chinese, where there is no other Chinese.
    let tags: BTreeSet<String> = seen.iter().filter_map(|this| Some(this.named.as_ref()?.0.clone())).collect();
    for (tag, _) in seen.iter_mut().filter_map(|this| this.named.as_mut()) {
        if tags.iter().filter(|other| primary(other) == primary(tag)).count() == 1 {
            *tag = primary(tag).to_owned();
        }
    }
    // What has no prose is in the language of most of the others.
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for prose in seen.iter().filter(|this| this.named.is_none()).filter_map(|this| this.prose) {
        *counts.entry(prose.tag).or_default() += 1;
    }
    if let Some((tag, _)) = counts.into_iter().max_by_key(|&(tag, count)| (count, tag)) {
        for this in seen.iter_mut().filter(|this| this.tag().is_none()) {
            this.prose = Some(Prose { tag, certain: false });
        }
    }
}

/// What documents have in common whose paths are the same: people write Timeline.md and timeline.md.
fn key_of(path: &str) -> String {
    stem(path).to_lowercase()
}

/// The tags that the name of a file or one of its folders may say, each with the path without it. The first folder is
/// looked at elsewhere.
fn without_language(path: &str) -> Vec<(String, String)> {
    let (folders, own) = path.rsplit_once('/').map_or(("", path), |(folders, own)| (folders, own));
    let slash = if folders.is_empty() { "" } else { "/" };
    let by_name = name::split(stem(own)).into_iter().map(|(base, tag)| (tag, format!("{folders}{slash}{base}.md")));
    let parts: Vec<&str> = folders.split('/').collect();
    let by_folder = parts.iter().enumerate().skip(1).filter_map(|(at, part)| {
        let tag = name::called(part).map(str::to_owned);
        let tag = tag.or_else(|| language::is_tag(part).then(|| part.to_ascii_lowercase()))?;
        Some((tag, [&parts[..at], &parts[at + 1..], &[own]].concat().join("/")))
    });
    by_name.chain(by_folder).collect()
}

/// Pairs documents that are the only one of their kind in their folder and language: 概述.md and overview.md.
fn pair_kinds(seen: &mut [Seen<'_>], words: &[Language]) {
    let mut tags_of: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
    for this in seen.iter() {
        tags_of.entry(&this.key).or_default().insert(this.tag());
    }
    type KindAndNumber<'a> = (&'a str, DocumentKind, Option<u16>);
    let mut places: BTreeMap<KindAndNumber<'_>, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (at, this) in seen.iter().enumerate() {
        let (folders, name) = this.key.rsplit_once('/').unwrap_or(("", &this.key));
        let (kind, number) = kind::from_stem(name, words);
        let Some(tag) = this.tag().filter(|_| kind != DocumentKind::Document && tags_of[this.key.as_str()].len() == 1)
        else {
            continue;
        };
        places.entry((folders, kind, number)).or_default().entry(tag).or_default().push(at);
    }
    let pairs: Vec<(Vec<usize>, String)> = places
        .values()
        .filter(|by_tag| by_tag.len() > 1 && by_tag.values().all(|members| members.len() == 1))
        .map(|by_tag| {
            let members: Vec<usize> = by_tag.values().flatten().copied().collect();
            let key = seen[members[0]].key.clone();
            (members, key)
        })
        .collect();
    for (members, key) in pairs {
        for at in members {
            seen[at].key.clone_from(&key);
        }
    }
}

/// The languages of a case that lists none: those that folders are named for and those of documents that are there in
/// several, else the one of most documents; the one with most documents first, Chinese before others among equals.
fn languages_of(seen: &[Seen<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in seen.iter().filter_map(Seen::tag) {
        *counts.entry(tag).or_default() += 1;
    }
    let rank = |tag: &str| (Reverse(counts.get(tag).copied().unwrap_or(0)), !tag.starts_with("zh"), tag.to_owned());
    let mut tags: BTreeSet<&str> = seen.iter().filter_map(|this| this.folder_tag.as_deref()).collect();
    tags.extend(pairs_of(seen).flatten());
    // What stands outside of the folders has a language of its own if it is most of the case.
    let outside = seen.iter().filter(|this| this.folder_tag.is_none());
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in outside.filter_map(Seen::tag) {
        *others.entry(tag).or_default() += 1;
    }
    let most = others.into_iter().min_by_key(|&(tag, _)| rank(tag));
    tags.extend(
        most.filter(|&(_, count)| tags.len() < 2 && count * 2 > seen.len() || tags.is_empty()).map(|(tag, _)| tag),
    );
    let mut tags: Vec<String> = tags.into_iter().map(str::to_owned).collect();
    tags.sort_by_key(|tag| rank(tag));
    if tags.is_empty() { vec!["en".to_owned()] } else { tags }
}

/// The languages of each document that is there in several.
fn pairs_of<'a>(seen: &'a [Seen<'_>]) -> impl Iterator<Item = BTreeSet<&'a str>> {
    let mut pairs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for this in seen {
        pairs.entry(&this.key).or_default().extend(this.tag());
    }
    pairs.into_values().filter(|tags| tags.len() > 1)
}

/// The languages into which translations are promised: all that casefile.yaml lists; else those that folders are named for,
/// where there are several, or one that holds translations of what stands outside.
fn promised(config: &Config, seen: &[Seen<'_>], tags: &[String]) -> BTreeSet<LanguageId> {
    if !config.languages.is_empty() {
        return LanguageId::all(tags).collect();
    }
    let folders: BTreeSet<&str> = seen.iter().filter_map(|this| this.folder_tag.as_deref()).collect();
    let mut promised = folders.clone();
    if folders.len() == 1 {
        let with_folder = pairs_of(seen).filter(|tags| tags.iter().any(|tag| folders.contains(tag)));
        promised.extend(with_folder.flatten());
    }
    let at = promised.iter().filter_map(|promised| tags.iter().position(|tag| tag == promised).map(LanguageId::new));
    if promised.len() > 1 { at.collect() } else { BTreeSet::new() }
}

/// Gives each document its language and path.
fn documents(
    seen: &[Seen<'_>],
    tags: &[String],
    promised: &BTreeSet<LanguageId>,
    config: &Config,
    sources: &Sources,
) -> Vec<Placed> {
    let language_at = |this: &Seen<'_>| {
        let tag = this.tag()?;
        let exact = tags.iter().position(|own| own.eq_ignore_ascii_case(tag));
        exact.or_else(|| {
            let alike = || (0..tags.len()).filter(|&at| primary(&tags[at]) == primary(tag));
            let is_traditional = |at: usize| ["hant", "tw", "hk", "mo"].iter().any(|part| tags[at].ends_with(part));
            let wanted = alike().count() > 1 && prose::is_traditional(&sources.get(this.id).text);
            alike().find(|&at| is_traditional(at) == wanted).or_else(|| alike().next())
        })
    };
    let languages: Vec<Option<usize>> = seen.iter().map(language_at).collect();
    // Of documents that are one, each language has the first, a plain name before one that says its language.
    let mut order: Vec<usize> = (0..seen.len()).collect();
    order.sort_by_key(|&at| (&seen[at].key, languages[at].unwrap_or(0), seen[at].named.is_some(), seen[at].path));
    let mut paths: Vec<Option<String>> = vec![None; seen.len()];
    for same in order.chunk_by(|&one, &other| seen[one].key == seen[other].key) {
        let mut has: BTreeSet<usize> = BTreeSet::new();
        let path = own_path(&seen[same[0]]);
        for &at in same {
            let is_first = has.insert(languages[at].unwrap_or(0));
            paths[at] = is_first.then(|| path.clone());
        }
    }
    let outside =
        promised.len() > seen.iter().filter_map(|this| this.folder_tag.as_deref()).collect::<BTreeSet<_>>().len();
    seen.iter()
        .zip(languages.iter().zip(paths))
        .map(|(this, (&found, path))| {
            let language = found.unwrap_or(0);
            // A few words in Chinese characters may be Japanese.
            let is_open = |prose: &Prose| prose.tag == "zh" && is_cjk_language(&tags[language]);
            let differs = |prose: &Prose| {
                prose.tag != primary(&tags[language]) && (found.is_none() || (prose.certain && !is_open(prose)))
            };
            Placed {
                id: this.id,
                language: LanguageId::new(language),
                own_tag: this.prose.filter(differs).map(|prose| prose.tag),
                path: path.unwrap_or_else(|| full_path(this)),
                promises: !config.languages.is_empty()
                    || this.folder_tag.is_some()
                    || (outside && promised.contains(&LanguageId::new(language)) && found.is_some()),
            }
        })
        .collect()
}

/// The path of a document below the folder of its language, or below the content.
fn full_path(this: &Seen<'_>) -> String {
    match this.folder {
        // An ordinary folder after all.
        Some(folder) if this.folder_tag.is_none() && !this.path.starts_with(folder) => {
            format!("{folder}/{}", this.path)
        }
        _ => this.path.to_owned(),
    }
}

/// The path without what says the language in it.
fn own_path(this: &Seen<'_>) -> String {
    this.named.as_ref().map_or_else(|| full_path(this), |(_, path)| path.clone())
}
