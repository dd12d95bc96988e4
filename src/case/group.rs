//! Documents that are one document in several languages: same path below the folders of their languages.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::order::sort_key;
use crate::device_name::is_device;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, DocumentId};
use crate::language::LanguageId;
use crate::language::kind::DocumentKind;
use crate::slug::{name_slug, short_folders};
use crate::source::{SourceId, Sources};

index_type! {
    /// A group of a case.
    GroupId of Group
}

indexed_by!(LanguageId, Option<DocumentId>);
indexed_by!(LanguageId, Option<Document>);

/// One document in as many languages as it is written in.
#[derive(Debug)]
pub struct Group {
    /// The address that it asks for, by its path or its author's `slug`: lower-case ASCII, with `/`. Another page may have it.
    pub address: String,
    /// Its path below the folder of a language.
    pub path: String,
    /// Whether its author gave it a `slug`.
    pub has_slug: bool,
    /// What it is for.
    pub kind: DocumentKind,
    /// The document in each of the case's languages: an index into the case's documents.
    pub documents: Vec<Option<DocumentId>>,
}

impl Group {
    /// Whether it is the README of the folder of a language, or of the case.
    pub fn is_readme(&self) -> bool {
        self.address == "readme"
    }

    /// Its path without `.md`.
    pub fn stem(&self) -> &str {
        stem(&self.path)
    }

    /// The language it was written in first, as far as the order of languages tells, with its document.
    pub fn primary(&self) -> Option<(LanguageId, DocumentId)> {
        let mut all = LanguageId::each(&self.documents);
        all.find_map(|(language, document)| document.map(|document| (language, document)))
    }
}

/// Pairs `documents`, puts them into the order of their groups, and reports a second document of one path.
pub fn arrange(
    documents: &mut Vec<Document>,
    languages: usize,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let mut by_path: BTreeMap<String, Vec<Option<Document>>> = BTreeMap::new();
    for document in documents.drain(..) {
        let slots = by_path.entry(document.path.clone()).or_insert_with(|| (0..languages).map(|_| None).collect());
        let language = document.language;
        match &slots[language] {
            Some(first) => findings.push(clash(document.source, first.source, sources)),
            None => slots[language] = Some(document),
        }
    }
    let listed = table_of_contents(&by_path, sources);
    let mut groups: Vec<(String, Vec<Option<Document>>)> = by_path.into_iter().collect();
    groups.sort_by_cached_key(|(path, slots)| {
        // What a table of contents does not list comes behind, and it itself at the end.
        let in_contents = (!listed.is_empty()).then(|| {
            let place = listed.get(path).copied();
            (place.unwrap_or(listed.len()), path == TABLE_OF_CONTENTS)
        });
        let first = slots.iter().flatten().next();
        let order = slots.iter().flatten().find_map(|document| document.front.order);
        let kind = first.map(|document| document.kind);
        let number = first.and_then(|document| document.number);
        let place = if stem(path).eq_ignore_ascii_case("readme") { Some(README) } else { kind.map(place) };
        (in_contents, order.or(place), kind, number, sort_key(stem(path)), path.clone())
    });
    let arranged = groups.into_iter().filter_map(|(path, slots)| {
        let kind = slots.iter().flatten().next()?.kind;
        let slug = slots.iter().flatten().find_map(|document| document.front.slug.as_deref());
        let (address, has_slug) = (address(&path, slug), slug.is_some());
        let documents = slots.into_iter().map(|slot| {
            let next = DocumentId::next(documents);
            documents.push(slot?);
            Some(next)
        });
        let documents = documents.collect();
        Some(Group { address, path, has_slug, kind, documents })
    });
    arranged.collect()
}

/// Where GitBook and mdBook list the pages of a book in their order.
const TABLE_OF_CONTENTS: &str = "SUMMARY.md";

/// The place of each document in the table of contents of a book, by its path; empty if the case has none. A summary in
/// words is none: a table of contents has headings and links, a line each.
fn table_of_contents(by_path: &BTreeMap<String, Vec<Option<Document>>>, sources: &Sources) -> BTreeMap<String, usize> {
    let mut listed = BTreeMap::new();
    let Some(list) = by_path.get(TABLE_OF_CONTENTS).and_then(|slots| slots.iter().flatten().next()) else {
        return listed;
    };
    let is_entry = |line: &str| {
        let words = line.trim_start_matches([' ', '\t', '*', '-', '+']);
        words.is_empty() || words.starts_with('#') || (words.starts_with('[') && words.ends_with(')'))
    };
    if !sources.get(list.source).text.lines().map(str::trim).all(is_entry) {
        return listed;
    }
    for link in &list.links {
        let path = link.url.split('#').next().unwrap_or_default().trim_start_matches("./");
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        if by_path.contains_key(&path) {
            let place = listed.len();
            listed.entry(path).or_insert(place);
        }
    }
    listed
}

/// Where the README of the case stands: behind an overview, before all else.
const README: i32 = 15;

/// Where documents of a kind stand among others: what `order` in front matter is compared with.
fn place(kind: DocumentKind) -> i32 {
    match kind {
        DocumentKind::Overview => 10,
        DocumentKind::Timeline => 20,
        DocumentKind::Positions => 30,
        DocumentKind::Links => 40,
        DocumentKind::Evidence => 50,
        DocumentKind::Document => 60,
        DocumentKind::Appendix => 70,
    }
}

fn clash(document: SourceId, other: SourceId, sources: &Sources) -> Diagnostic {
    let path = &sources.get(document).path;
    let other = &sources.get(other).path;
    let message = message!(
        en: "the page would have the same address as that of {other}",
        zh: "这一页会与 {other} 的地址相同"
    );
    Diagnostic::file(Code::ClashingPath, path, message).help(message!(
        en: "rename one of the files, or give it a `slug` of its own",
        zh: "请给其中一个文件改名，或给它一个自己的 `slug`"
    ))
}

fn stem(path: &str) -> &str {
    path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD")).unwrap_or(path)
}

/// The address of a path: each part as a slug, the last one the author's if there is one.
fn address(path: &str, own_slug: Option<&str>) -> String {
    let (folders, name) = match stem(path).rsplit_once('/') {
        Some((folders, name)) => (Some(folders), name),
        None => (None, stem(path)),
    };
    let part = |text: &str| {
        let slug = name_slug(text);
        if is_device(&slug) { slug + "-page" } else { slug }
    };
    let last = part(own_slug.unwrap_or(name));
    let Some(folders) = folders else { return last };
    let slugs = folders.split('/').map(part).collect::<Vec<_>>().join("/");
    format!("{}/{last}", short_folders(slugs, folders))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_lower_case_ascii() {
        assert_eq!(address("立场.md", None), "li-chang");
        assert_eq!(address("Sub Folder/A_b.md", None), "sub-folder/a-b");
        assert_eq!(address("立场.md", Some("positions")), "positions");
        assert_eq!(address("nul/Con.md", None), "nul-page/con-page", "Windows has no such files");
        assert_eq!(address("a/index.md", None), "a/index");
        assert_eq!(address("../../etc.md", Some("../x")), "u2e-u2e/u2e-u2e/x");
        assert_eq!(address("☠.md", None), "u2620");
    }
}
