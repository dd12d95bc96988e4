//! C418: one label for two links.

use std::collections::BTreeMap;

use crate::case::register::normal_form;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::label::Key;
use crate::document::{DocumentId, LabelId, LinkId};
use crate::language::words::fold;
use crate::site::Site;
use crate::source::{Source, Span};

/// The least words that are compared, in characters and, where there are spaces between them, in words: 官网 and “learn more”
/// say nothing.
const MIN_LETTERS: usize = 4;
const MIN_WORDS: usize = 3;

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
    let mut defined: BTreeMap<&Key, (DocumentId, LinkId, LabelId)> = BTreeMap::new();
    for &(document, link, label) in &register.defined {
        let this = &site.case.documents[document];
        let key = &this.labels[label].key;
        let Some(&(other, first, _)) = defined.get(key) else {
            defined.insert(key, (document, link, label));
            continue;
        };
        let entry = |document: DocumentId, link: LinkId| register.of_link(document, link);
        if entry(document, link) == entry(other, first) || same_but_scheme(site, (document, link), (other, first)) {
            continue;
        }
        let source = site.case.source_of(other);
        let there = &site.case.documents[other].links[first];
        let line = source.starts_at(there.span).line;
        let written = this.labels[label].text(site.case.source_of(document));
        let message = message!(
            en: "{written} is another link at {path}:{line}: `{url}`",
            zh: "{written}在 {path}:{line} 是另一个链接：`{url}`",
            path = source.path, url = there.url
        );
        let help = message!(
            en: "give one of them another number, or let both be the same address",
            zh: "请给其中一个换一个编号，或让两者用同一个地址"
        );
        let span = this.links[link].span;
        findings.push(Diagnostic::at(Code::SharedLabel, this.source, span, message).help(help));
    }
}

/// C413 tells of those. A slash at the end makes no other address either.
fn same_but_scheme(site: &Site, a: (DocumentId, LinkId), b: (DocumentId, LinkId)) -> bool {
    let form = |(document, link): (DocumentId, LinkId)| {
        let form = normal_form(&site.case.documents[document].links[link].url);
        form.split_once("://").map_or(form.as_str(), |(_, rest)| rest).trim_end_matches('/').to_owned()
    };
    form(a) == form(b)
}

/// The same words that lead to two addresses of one host in one document.
///
/// Words may be repeated on purpose: 查看 down a column, the name of a site at the end of each line. So only links in the
/// middle of a sentence are compared, and words that lead to a third address as well say nothing.
fn of_words(site: &Site, findings: &mut Vec<Diagnostic>) {
    for (document, this) in DocumentId::each(&site.case.documents) {
        let source = site.case.source_of(document);
        let words = &site.case.languages[this.language].table.links.empty;
        let empty: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let mut seen: BTreeMap<String, Vec<LinkId>> = BTreeMap::new();
        for (at, link) in LinkId::each(&this.links) {
            let Some(entry) = site.case.register.of_link(document, at).filter(|_| !link.bare) else { continue };
            let words = fold(this.tree.text(source, link.node).trim());
            let is_long = match words.is_ascii() {
                true => words.split_whitespace().count() >= MIN_WORDS,
                false => words.chars().count() >= MIN_LETTERS,
            };
            let says = is_long && !empty.contains(&words);
            if !says || super::shown_address::shown(site, document, at).is_some() {
                continue;
            }
            let led = seen.entry(words).or_default();
            if led.iter().all(|&other| site.case.register.of_link(document, other) != Some(entry)) {
                led.push(at);
            }
        }
        for led in seen.values() {
            let &[first, second] = led.as_slice() else { continue };
            let (first, second) = (&this.links[first], &this.links[second]);
            let places = [&led[0], &led[1]].map(|&at| (document, at));
            let is_slip = host_of(&first.url) == host_of(&second.url)
                && in_sentence(source, first.span)
                && in_sentence(source, second.span)
                && !same_but_scheme(site, places[0], places[1]);
            if is_slip {
                let line = source.starts_at(first.span).line;
                let message = message!(
                    en: "the same words lead to `{url}` in line {line}",
                    zh: "同样的文字在第 {line} 行通向 `{url}`",
                    url = first.url
                );
                let help = message!(
                    en: "say in words what differs, or correct one of the addresses",
                    zh: "请用文字说明两者的区别，或改正其中一个地址"
                );
                findings.push(Diagnostic::at(Code::SharedLabel, this.source, second.span, message).help(help));
            }
        }
    }
}

fn host_of(url: &str) -> String {
    let form = normal_form(url);
    let rest = form.split_once("://").map_or(form.as_str(), |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or("").to_owned()
}

/// Whether words stand right before and behind what is at `span`.
fn in_sentence(source: &Source, span: Span) -> bool {
    let (before, after) = (&source.text[..span.start as usize], &source.text[span.end as usize..]);
    let before = before.trim_end_matches([' ', '“', '「', '《', '（', '(']);
    let after = after.trim_start_matches([' ', '”', '」', '》', '）', ')']);
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}
