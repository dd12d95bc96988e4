//! Documents that are one document in several languages: same path below the folders of their languages.

use std::collections::BTreeMap;

use crate::device_name::is_device;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::kind::DocumentKind;
use crate::slug::slug;
use crate::source::Sources;

/// One document in as many languages as it is written in.
#[derive(Debug)]
pub struct Group {
    /// The path of its pages below the folder of a language, without `.html`: lower-case ASCII, with `/`.
    pub address: String,
    /// What it is for.
    pub kind: DocumentKind,
    /// The document in each of the case's languages: an index into the case's documents.
    pub documents: Vec<Option<usize>>,
}

impl Group {
    /// The language it was written in first, as far as the order of languages tells, with its document.
    pub fn primary(&self) -> Option<(usize, usize)> {
        let mut all = self.documents.iter().enumerate();
        all.find_map(|(language, document)| document.map(|document| (language, document)))
    }
}

/// Names that a page of the site itself bears, below the folder of a language.
const TAKEN: &[&str] = &["index"];

/// Pairs `documents`, puts them into the order of their groups, and reports addresses that clash.
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
            Some(first) => findings.push(clash(&document, first, sources)),
            None => slots[language] = Some(document),
        }
    }
    let mut groups: Vec<(String, Vec<Option<Document>>)> = by_path.into_iter().collect();
    groups.sort_by_cached_key(|(path, slots)| {
        let first = slots.iter().flatten().next();
        let order = slots.iter().flatten().find_map(|document| document.front.order);
        let kind = first.map(|document| document.kind);
        let number = first.and_then(|document| document.number);
        (order.or(kind.map(place)), kind, number, path.clone())
    });
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut arranged = Vec::with_capacity(groups.len());
    for (path, slots) in groups {
        let Some(first) = slots.iter().flatten().next() else { continue };
        let kind = first.kind;
        let own_slug = slots.iter().flatten().find_map(|document| document.front.slug.as_deref());
        let address = address(&path, own_slug);
        if let Some(&earlier) = taken.get(&address) {
            let earlier: &Group = &arranged[earlier];
            if let Some((_, other)) = earlier.primary() {
                findings.push(clash(first, &documents[other], sources));
            }
            continue;
        }
        taken.insert(address.clone(), arranged.len());
        let documents = slots
            .into_iter()
            .map(|slot| {
                documents.push(slot?);
                Some(documents.len() - 1)
            })
            .collect();
        arranged.push(Group { address, kind, documents });
    }
    arranged
}

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

fn clash(document: &Document, other: &Document, sources: &Sources) -> Diagnostic {
    let path = &sources.get(document.source).path;
    let other = &sources.get(other.source).path;
    let message = format!("the page would have the same address as that of {other}");
    Diagnostic::file(Code::ClashingPath, path, message).help("rename one of the files, or give it a `slug`")
}

/// The address of a path: each part as a slug, the last one the author's if there is one.
fn address(path: &str, own_slug: Option<&str>) -> String {
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD")).unwrap_or(path);
    let (folders, name) = match stem.rsplit_once('/') {
        Some((folders, name)) => (Some(folders), name),
        None => (None, stem),
    };
    let or_hash = |text: &str| Some(slug(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| fallback(text));
    let mut last = or_hash(own_slug.unwrap_or(name));
    if folders.is_none() && TAKEN.contains(&last.as_str()) {
        last.push_str("-page");
    }
    let parts = folders.iter().flat_map(|folders| folders.split('/')).map(or_hash).chain([last]);
    let parts = parts.map(|part| if is_device(&part) { part + "-page" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// A name for what has neither letter nor digit, such as `☠.md`: its code points.
fn fallback(text: &str) -> String {
    let points: Vec<String> = text.chars().take(8).map(|c| format!("u{:x}", u32::from(c))).collect();
    points.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_lower_case_ascii_and_never_the_home_page() {
        assert_eq!(address("立场.md", None), "li-chang");
        assert_eq!(address("Sub Folder/A_b.md", None), "sub-folder/a-b");
        assert_eq!(address("立场.md", Some("positions")), "positions");
        assert_eq!(address("index.md", None), "index-page");
        assert_eq!(address("nul/Con.md", None), "nul-page/con-page", "Windows has no such files");
        assert_eq!(address("a/index.md", None), "a/index");
        assert_eq!(address("../../etc.md", Some("../x")), "u2e-u2e/u2e-u2e/x");
        assert_eq!(address("☠.md", None), "u2620");
    }
}
