//! The law, told of a site: what each document's pages show is what its source says.

use std::ops::Range;

use casefile::case::group::GroupId;
use casefile::conservation::{self, Original, Sign, lost_text};
use casefile::diagnostic::{Code, Diagnostic, Location};
use casefile::document::DocumentId;
use casefile::language::LanguageId;
use casefile::output::{Content, Output};
use casefile::site::Site;

use super::page::Reader;

#[path = "apart.rs"]
mod apart;

/// What breaks the law, in words.
pub fn breaches(site: &Site) -> Vec<String> {
    let reader = Reader::new();
    let output = Output::new(site).expect("the built-in theme is valid");
    let html = |path: &str| match output.content(path).expect("every page renders")? {
        Content::Bytes(bytes) => Some(String::from_utf8(bytes.into_owned()).expect("pages are text")),
        Content::Pieces(_) | Content::Copy { .. } => None,
    };
    let folder = output.secret_folder().map_or_else(String::new, |folder| format!("{folder}/"));
    let mut found = Vec::new();
    let mut own: Vec<(Vec<Sign>, Vec<Sign>)> = Vec::new();
    for (at, document) in DocumentId::each(&site.case.documents) {
        let Some(page) = html(&format!("{folder}{}", site.path_of(at))) else {
            own.push(Default::default());
            continue;
        };
        let mut title = reader.signs(&page, "article > header.title").pop().unwrap_or_default();
        let body = reader.signs(&page, "article").pop().unwrap_or_default().split_off(title.len());
        let body = moved(body, title.len());
        // Without a heading of the author's, or with one of no words, the title is the program's.
        let heading = document.title_section.map(|section| document.section(section).full_title());
        if heading.is_none_or(|heading| heading.trim().is_empty()) {
            title.clear();
        }
        let shown = [title.clone(), at_index(&body, title.len())].concat();
        let source = site.case.source_of(at);
        let told = lost_text::told(&site.findings, document.source);
        // Where something is lost, the author is told.
        let is_told = |finding: &Diagnostic| {
            finding.code == Code::LostText && matches!(finding.place, Location::At(id, _) if id == document.source)
        };
        if site.findings.iter().any(is_told) {
            own.push((title, body));
            continue;
        }
        let first = Original::new(&source.text).compare(0..source.text.len(), &shown, &told);
        if let Err(breach) = first.or_else(|breach| title_first(site, at, &shown, &told).ok_or(breach)) {
            let rest: String = source.text[breach.at..].chars().take(40).collect();
            let letter = |sign: &Sign| if let Sign::Letter(c) = sign { Some(*c) } else { None };
            let instead: String = shown[breach.shown..].iter().filter_map(letter).take(30).collect();
            found.push(format!("{}: {rest:?} is shown as {instead:?}", source.path));
        }
        if let Some(glued) = apart::glued(&source.text, &reader.text(&page, "article")) {
            found.push(format!("{}: {glued:?} stands together on the page", source.path));
        }
        own.push((title, body));
    }
    for language in LanguageId::all(&site.case.languages) {
        let tag = &site.case.languages[language].tag;
        let Some(page) = html(&format!("{folder}{tag}/print.html")) else { continue };
        let documents = site.case.groups.iter().filter_map(|group| group.documents[language]);
        for (document, shown) in documents.zip(reader.signs(&page, "article.chapter")) {
            let (title, body) = &own[document.place()];
            let title_len = title_length(site, document, title);
            let expected = [title.clone(), at_index(body, title.len())].concat();
            let chapter = if title.is_empty() { moved(shown[title_len..].to_vec(), title_len) } else { shown };
            if chapter != expected {
                found.push(format!("{}: differs on the page for paper", site.case.source_of(document).path));
            }
        }
    }
    for group in GroupId::all(&site.case.groups) {
        for languages in site.case.pairs() {
            let Some(path) = site.parallel_path(group, languages) else { continue };
            let Some(page) = html(&format!("{folder}{path}")) else { continue };
            for language in languages {
                let Some(document) = site.case.groups[group].documents[language] else { continue };
                let tag = &site.case.languages[language].tag;
                let cells = reader.signs(&page, &format!(".pair:not(.names) > div[lang=\"{tag}\"]"));
                let sorted = |signs: &mut dyn Iterator<Item = &Sign>| {
                    let letter = |sign: &Sign| if let Sign::Letter(c) = sign { Some(*c) } else { None };
                    let mut letters: Vec<char> = signs.filter_map(letter).collect();
                    letters.sort_unstable();
                    letters
                };
                // A translation in another order follows the original.
                if sorted(&mut cells.iter().flatten()) != sorted(&mut own[document.place()].1.iter()) {
                    found.push(format!("{}: differs side by side", site.case.source_of(document).path));
                }
            }
        }
    }
    found
}

/// How many signs the title of a document has on the page for paper where the program made it.
fn title_length(site: &Site, document: DocumentId, title: &[Sign]) -> usize {
    if title.is_empty() { conservation::signs(&site.case.documents[document].title).count() } else { 0 }
}

/// Signs that began at index `from`, as if they began at the first.
fn moved(signs: Vec<Sign>, from: usize) -> Vec<Sign> {
    let back = |sign| match sign {
        Sign::Letter(c) => Sign::Letter(c),
        Sign::Either(end) => Sign::Either(end - from),
        Sign::Formula(end) => Sign::Formula(end - from),
    };
    signs.into_iter().map(back).collect()
}

/// Signs as they are from index `to` on.
fn at_index(signs: &[Sign], to: usize) -> Vec<Sign> {
    let on = |sign: &Sign| match sign {
        Sign::Letter(c) => Sign::Letter(*c),
        Sign::Either(end) => Sign::Either(end + to),
        Sign::Formula(end) => Sign::Formula(end + to),
    };
    signs.iter().map(on).collect()
}

/// Whether the source says what is shown if the heading that became the title stood before what precedes it.
fn title_first(site: &Site, document: DocumentId, shown: &[Sign], told: &[Range<usize>]) -> Option<()> {
    let this = &site.case.documents[document];
    let text = &site.case.source_of(document).text;
    let heading = this.tree.get(this.section(this.title_section?).node).span.range();
    let end = text[heading.end..].find(['\n', '\r']).map_or(text.len(), |n| heading.end + n + 1);
    let (front, before) = text[..heading.start].split_at(this.tree.get(0).span.start as usize);
    let moved = format!("{front}{}{before}{}\n", &text[heading.start..end], &text[end..]);
    let by = end - heading.start;
    let back = heading.start - front.len();
    let along = |told: &Range<usize>| match told.start {
        at if at < front.len() || at >= end => told.clone(),
        at if at < heading.start => told.start + by..told.end + by,
        _ => told.start - back..told.end.saturating_sub(back),
    };
    let mut told: Vec<Range<usize>> = told.iter().map(along).collect();
    told.sort_by_key(|told| told.start);
    Original::new(&moved).compare(0..moved.len(), shown, &told).ok()
}
