//! C501: a document that lacks a translation which the case promises.

use crate::case::Case;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::LanguageId;
use crate::site::Site;

/// One finding for each document and language; one for a language that folders alone promise, and most documents lack.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let mut findings = Vec::new();
    let is_said = !case.config.languages.is_empty();
    let lacks = |language: LanguageId| case.groups.iter().filter(|group| group.documents[language].is_none()).count();
    let lacking: Vec<usize> = LanguageId::all(&case.languages).map(lacks).collect();
    let mut told = vec![false; case.languages.len()];
    for group in &case.groups {
        let Some((original, document)) = group.primary() else { continue };
        let path = &case.source_of(document).path;
        let promises = group.documents.iter().flatten().any(|&document| case.documents[document].promises);
        for &language in case.promised.iter().filter(|_| promises) {
            if group.documents[language].is_some() {
                continue;
            }
            let name = case.languages[language].in_words();
            if !is_said && lacking[language.place()] * 2 > case.groups.len() {
                if !std::mem::replace(&mut told[language.place()], true) {
                    let all = case.groups.len();
                    let message = message!(
                        en: "of {all} documents {lacking} have no {name} version",
                        zh: "{all} 份文件中有 {lacking} 份没有{name}文本",
                        lacking = lacking[language.place()]; name
                    );
                    let help = message!(
                        en: "list the `languages` of the case in casefile.yaml, and this one only if all of it \
                             is translated",
                        zh: "请在 casefile.yaml 的 `languages` 中列出案卷所用的语言；全部译出之后再列入这一种"
                    );
                    findings.push(Diagnostic::file(Code::MissingTranslation, path, message).help(help));
                }
                continue;
            }
            let message = message!(en: "there is no {name} version", zh: "没有{name}文本"; name);
            let file = file_of(case, language, &case.documents[document].path);
            let help = match lone(case, original, language) {
                Some(other) => message!(
                    en: "write {file}; if {other} is it, give it that name",
                    zh: "请写 {file}；如果 {other} 就是它的译文，请改成这个名字"
                ),
                None => message!(en: "write {file}", zh: "请写 {file}"),
            };
            findings.push(Diagnostic::file(Code::MissingTranslation, path, message).help(help));
        }
    }
    findings
}

/// Where a document of a language goes: into the folder of the language, if that has one.
fn file_of(case: &Case, language: LanguageId, path: &str) -> String {
    let tag = case.languages[language].tag.as_str();
    let is_folder = |folder: &&str| {
        let mut own = case.documents.iter().filter(|document| document.language == language);
        !case.config.languages.is_empty()
            || own.any(|document| {
                let below = case.sources.get(document.source).path.strip_prefix(&case.content).unwrap_or_default();
                below.trim_start_matches('/').split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(folder))
            })
    };
    let folder = Some(tag).filter(is_folder).unwrap_or_default();
    [case.content.as_str(), folder, path].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// The document of `language` that has no version in `original`, if there is one of either that lacks the other.
fn lone(case: &Case, original: LanguageId, language: LanguageId) -> Option<&str> {
    let lacking = |one: LanguageId, other: LanguageId| {
        let groups = case.groups.iter().filter(move |group| group.documents[other].is_none());
        let mut found = groups.filter_map(move |group| group.documents[one]);
        found.next().filter(|_| found.next().is_none())
    };
    lacking(original, language)?;
    Some(&case.source_of(lacking(language, original)?).path)
}
