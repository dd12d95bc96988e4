//! C418: one label for two links.

use std::collections::{BTreeMap, HashMap};

use crate::case::register::normal_form;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::label::Key;
use crate::language::lexicon::fold;
use crate::site::Site;

/// The least words that are compared, in characters: 官网 says nothing.
const MIN_WORDS: usize = 4;

/// Compares what the documents define a label as, and where the same words lead within a document.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    of_labels(site, &mut findings);
    of_words(site, &mut findings);
    findings
}

/// A label that two documents define as two links. Which one counts, where it is cited, the site knows; a reader does
/// not.
fn of_labels(site: &Site, findings: &mut Vec<Diagnostic>) {
    let register = &site.case.register;
    let mut defined: BTreeMap<&Key, (u32, u32, u32)> = BTreeMap::new();
    for &(document, link, label) in &register.defined {
        let this = &site.case.documents[document as usize];
        let key = &this.labels[label as usize].key;
        let Some(&(other, first, _)) = defined.get(key) else {
            defined.insert(key, (document, link, label));
            continue;
        };
        let entry = |document: u32, link: u32| register.of_link(document as usize, link as usize);
        if entry(document, link) == entry(other, first) || same_but_scheme(site, (document, link), (other, first)) {
            continue;
        }
        let source = site.case.source_of(other as usize);
        let there = &site.case.documents[other as usize].links[first as usize];
        let line = source.position(there.span.start as usize).line;
        let written = this.labels[label as usize].text(site.case.source_of(document as usize));
        let message = format!("{written} is another link at {}:{line}: `{}`", source.path, there.url);
        let help = "give one of them another number, or let both be the same address";
        let span = this.links[link as usize].span;
        findings.push(Diagnostic::at(Code::SharedLabel, this.source, span, message).help(help));
    }
}

/// C413 tells of those.
fn same_but_scheme(site: &Site, a: (u32, u32), b: (u32, u32)) -> bool {
    let form = |(document, link): (u32, u32)| {
        let form = normal_form(&site.case.documents[document as usize].links[link as usize].url);
        form.split_once("://").map_or(form.clone(), |(_, rest)| rest.to_owned())
    };
    form(a) == form(b)
}

/// The same words that lead to two addresses in one document.
fn of_words(site: &Site, findings: &mut Vec<Diagnostic>) {
    for (document, this) in site.case.documents.iter().enumerate() {
        let words = &site.case.languages[this.language].table.links.empty;
        let empty: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (at, link) in this.links.iter().enumerate() {
            let Some(entry) = site.case.register.of_link(document, at).filter(|_| !link.bare) else { continue };
            let words = fold(this.tree.text(site.case.source_of(document), link.node).trim());
            let says = words.chars().count() >= MIN_WORDS && !empty.contains(&words);
            if !says || super::shown_address::shown(site, document, at).is_some() {
                continue;
            }
            let first = *seen.entry(words.clone()).or_insert(at);
            let places = [(document as u32, at as u32), (document as u32, first as u32)];
            if site.case.register.of_link(document, first) == Some(entry) || same_but_scheme(site, places[0], places[1])
            {
                continue;
            }
            let position = site.case.source_of(document).position(this.links[first].span.start as usize);
            let message = format!("the same words lead to `{}` in line {}", this.links[first].url, position.line);
            let help = "say in words what differs, or correct one of the addresses";
            findings.push(Diagnostic::at(Code::SharedLabel, this.source, link.span, message).help(help));
        }
    }
}
