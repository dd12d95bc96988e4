//! The register of links.

use std::ops::Range;

use serde::Serialize;

use super::cited::{CitedEntry, places};
use super::way;
use crate::case::register::{Archived, EntryId, LinkEntry, host_in_words, path_in_words};
use crate::config::FileNames;
use crate::document::url::{self, Scheme};
use crate::document::{DocumentId, LabelId, LinkId};
use crate::language::LanguageId;
use crate::site::Site;
use crate::site::exhibit_words::{exhibit_name, file_name};
use crate::site::link::LinkTarget;
use crate::site::pages::relative;

/// The most places of one link that the page names.
const MAX_PLACES: usize = 100;

/// The links to one host.
#[derive(Serialize)]
pub(super) struct HostView<'a> {
    /// Its name; empty for mail addresses.
    name: &'a str,
    /// Its name in letters, where it is written in Punycode.
    decoded: Option<String>,
    entries: Vec<EntryView<'a>>,
}

/// One link.
#[derive(Serialize)]
struct EntryView<'a> {
    id: String,
    /// By which words one quotes it: its labels, or else the address.
    cite: String,
    url: &'a str,
    /// Where to go; none for what must not be followed.
    href: Option<String>,
    is_mail: bool,
    decoded: Option<String>,
    /// What names it: 【链接1】.
    labels: Vec<String>,
    description: Option<&'a str>,
    /// The language of what is said, where it is another one.
    lang: Option<&'a str>,
    owner: Option<&'a str>,
    purpose: Option<&'a str>,
    checked: Option<&'a str>,
    archived: Option<Copy<'a>>,
    cited: Vec<CitedEntry<'a>>,
    /// How many more places there are than are shown.
    more: Option<String>,
}

/// A copy that was kept.
#[derive(Serialize)]
struct Copy<'a> {
    href: Option<String>,
    words: String,
    external: bool,
    lang: Option<&'a str>,
}

/// The entries `range` of the register for the page `path`.
pub(super) fn view<'a>(site: &'a Site, language: LanguageId, path: &str, range: Range<usize>) -> Vec<HostView<'a>> {
    let mut views = Vec::new();
    let mut before = 0;
    for host in &site.case.register.hosts {
        let from = range.start.saturating_sub(before).min(host.entries.len());
        let to = range.end.saturating_sub(before).min(host.entries.len());
        before += host.entries.len();
        if from < to {
            views.push(HostView {
                name: &host.name,
                decoded: host_in_words(&host.name),
                entries: host.entries[from..to].iter().map(|&at| entry(site, at, language, path)).collect(),
            });
        }
    }
    views
}

fn entry<'a>(site: &'a Site, at: EntryId, language: LanguageId, path: &str) -> EntryView<'a> {
    let entry = &site.case.register.entries[at];
    let languages = &site.case.languages;
    // What nobody says in this language is told in another.
    let order = || std::iter::once(language).chain(LanguageId::all(languages).filter(move |&other| other != language));
    let told = order().find(|&language| entry.said[language].description.is_some());
    let lang = told.filter(|&told| told != language).map(|told| languages[told].tag.as_str());
    let said = |tell: fn(&'a crate::case::register::Said) -> Option<&'a String>| {
        order().find_map(|language| tell(&entry.said[language])).map(String::as_str)
    };
    let archived = order().find_map(|language| Some((language, entry.said[language].archived.as_ref()?)));
    let link = |&(document, link): &(DocumentId, LinkId)| (document, site.case.documents[document].links[link].node);
    let mut cited = places(site, entry.places.iter().map(link), language, path);
    let more = cited.len().checked_sub(MAX_PLACES).filter(|&more| more > 0);
    let phrase = &languages[language].table.phrases.more_places;
    let more = more.map(|more| phrase.replace("{count}", &more.to_string()));
    cited.truncate(MAX_PLACES);
    let href = if entry.is_mail { format!("mailto:{}", entry.url) } else { entry.url.clone() };
    let labels = labels(site, entry, language);
    EntryView {
        id: format!("u{}", at.place() + 1),
        cite: if labels.is_empty() {
            entry.url.clone()
        } else {
            labels.join(&languages[language].table.phrases.list_separator)
        },
        url: &entry.url,
        href: (url::scheme(&href) == Scheme::Web || entry.is_mail).then_some(href),
        is_mail: entry.is_mail,
        decoded: path_in_words(&entry.url),
        labels,
        description: told.and_then(|told| entry.said[told].description.as_deref()),
        lang,
        owner: said(|said| said.owner.as_ref()),
        purpose: said(|said| said.purpose.as_ref()),
        checked: said(|said| said.checked.as_ref()),
        archived: archived.map(|(said, archived)| copy(site, at, (said, language), archived, path)),
        cited,
        more,
    }
}

/// The labels of an entry as the documents of the language write them, or else those of any, without brackets.
fn labels(site: &Site, entry: &LinkEntry, language: LanguageId) -> Vec<String> {
    let is_own = |&&(document, _): &&(DocumentId, LabelId)| site.case.documents[document].language == language;
    let own: Vec<_> = entry.labels.iter().filter(is_own).collect();
    let shown = if own.is_empty() { entry.labels.iter().collect() } else { own };
    let mut labels: Vec<String> = Vec::new();
    for &(document, label) in shown {
        let label = &site.case.documents[document].labels[label];
        let text = label.text(site.case.source_of(document)).trim_matches(['【', '】', '[', ']', ':', '：']);
        if !labels.iter().any(|known| known == text) {
            labels.push(text.to_owned());
        }
    }
    labels
}

fn copy<'a>(
    site: &'a Site,
    entry: EntryId,
    (said, language): (LanguageId, LanguageId),
    archived: &Archived,
    path: &str,
) -> Copy<'a> {
    let (target, words) = match archived {
        Archived::Link(document, link) => {
            let target = &site.references[*document].links[*link];
            (Some(target), site.case.documents[*document].links[*link].url.to_string())
        }
        Archived::Words(_, words, _) => (site.kept.get(&(entry, said)), words.clone()),
    };
    let external = target == Some(&LinkTarget::External);
    let href = match target {
        Some(LinkTarget::External) => Some(words.clone()),
        Some(LinkTarget::File(file)) => site.files.get(file.as_ref()).map(|to| relative(path, to)),
        Some(LinkTarget::Exhibit(exhibit)) => Some(way::to_exhibit(site, path, *exhibit, language)),
        Some(LinkTarget::Page { group, language, anchor, .. }) => {
            let place = (*group, *language);
            Some(way::to_place(site, path, place, anchor.as_deref().unwrap_or("")))
        }
        _ => None,
    };
    // Where in the case a copy lies says nothing to a reader.
    let words = match target {
        Some(LinkTarget::Exhibit(exhibit)) => exhibit_name(site, *exhibit, language),
        Some(LinkTarget::Page { group, language, anchor, .. }) => {
            let group = &site.case.groups[*group];
            let document = group.documents[*language].or(group.primary().map(|(_, document)| document));
            document.map_or(words, |document| site.words_at(document, anchor.as_deref().unwrap_or("")))
        }
        Some(LinkTarget::External | LinkTarget::Contact) | None => words,
        Some(LinkTarget::File(file)) if site.case.file_names() == FileNames::Neutral => {
            site.files.get(file.as_ref()).map_or_else(String::new, |to| file_name(to).to_owned())
        }
        Some(_) => file_name(&words).to_owned(),
    };
    Copy { href, words, external, lang: (said != language).then(|| site.case.languages[said].tag.as_str()) }
}
