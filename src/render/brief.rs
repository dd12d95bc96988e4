//! The front page of a language: the case in brief, all of it from the documents and casefile.yaml.

use serde::Serialize;
use tera::Value;

use super::body;
use super::body::statement::party_class;
use super::body::surface::Surface;
use crate::case::group::Group;
use crate::document::Document;
use crate::document::kind::DocumentKind;
use crate::document::tree::{NodeId, NodeKind};
use crate::language::lexicon::fold;
use crate::site::Site;
use crate::site::address::relative;

/// What the front page tells.
#[derive(Serialize)]
pub(super) struct Brief<'a> {
    /// What happened, in the author's own lines.
    happened: Vec<String>,
    parties: Vec<PartyEntry<'a>>,
    figures: Vec<FigureEntry<'a>>,
    /// What is asked of the reader.
    asked: Option<Excerpt<'a>>,
    /// Where to begin.
    begin: Option<Excerpt<'a>>,
}

#[derive(Serialize)]
struct PartyEntry<'a> {
    name: &'a str,
    class: String,
    role: Option<&'a str>,
    /// Where its position begins, and how many claims it makes there.
    href: Option<String>,
    claims: Option<String>,
}

#[derive(Serialize)]
struct FigureEntry<'a> {
    name: &'a str,
    value: String,
    unit: &'a str,
    places: Vec<PlaceEntry>,
}

#[derive(Serialize)]
struct PlaceEntry {
    href: String,
    words: String,
}

/// A section of a document, shown here.
#[derive(Serialize)]
struct Excerpt<'a> {
    title: &'a str,
    href: String,
    html: Value,
}

/// The brief for the front page `path` of a language.
pub(super) fn brief<'a>(site: &'a Site, language: usize, path: &str) -> Brief<'a> {
    let table = &site.case.languages[language].table;
    Brief {
        happened: happened(site, language),
        parties: parties(site, language, path),
        figures: figures(site, language, path),
        asked: excerpt(site, language, path, &table.brief.asked),
        begin: excerpt(site, language, path, &table.brief.begin),
    }
}

/// The documents of a language in reading order, the overview first.
fn documents(site: &Site, language: usize) -> impl Iterator<Item = usize> {
    let own = move |group: &Group| group.documents[language];
    let is_overview = |at: &usize| site.case.documents[*at].kind == DocumentKind::Overview;
    let first = site.case.groups.iter().filter_map(own).filter(move |at| is_overview(at));
    first.chain(site.case.groups.iter().filter_map(own).filter(move |at| !is_overview(at)))
}

/// The summary that the overview brings, a line each. Where neither it nor casefile.yaml has one, the first paragraph of
/// the overview, or else of the section that tells what happened. The summary of casefile.yaml stands below the title.
fn happened(site: &Site, language: usize) -> Vec<String> {
    let case = &site.case;
    let overview = documents(site, language).find(|&at| case.documents[at].kind == DocumentKind::Overview);
    let own = overview.and_then(|at| case.documents[at].front.summary.as_deref());
    if let Some(summary) = own {
        return summary.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    }
    let table = &case.languages[language].table;
    if case.config.summary.get(&case.languages[language].tag).is_some() {
        return Vec::new();
    }
    let place = overview.map(|at| {
        let document = &case.documents[at];
        (at, document.title_section.map_or(1, |title| document.tree.get(document.section(title).node).end))
    });
    let place = place.or_else(|| {
        let (at, section) = headed(site, language, &table.brief.happened)?;
        let document = &case.documents[at];
        Some((at, document.tree.get(document.sections[section].node).end))
    });
    let Some((at, from)) = place else { return Vec::new() };
    let tree = &case.documents[at].tree;
    let first = (from..tree.len()).find(|&id| matches!(tree.get(id).kind, NodeKind::Paragraph { .. }));
    let text = first.map(|id| tree.text(case.source_of(at), id)).unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { Vec::new() } else { vec![text] }
}

fn parties<'a>(site: &'a Site, language: usize, path: &str) -> Vec<PartyEntry<'a>> {
    let case = &site.case;
    let phrases = &case.languages[language].table.phrases;
    let mut entries: Vec<PartyEntry> = case
        .parties
        .all
        .iter()
        .zip(0..)
        .map(|(party, at)| PartyEntry {
            name: party.name(language),
            class: party_class(at),
            role: party.roles[language].as_deref().or_else(|| party.roles.iter().find_map(Option::as_deref)),
            href: None,
            claims: None,
        })
        .collect();
    let held = case.positions.iter().filter(|(document, _)| case.documents[**document].language == language);
    for (&document, positions) in held {
        for (index, position) in (0u32..).zip(&positions.all) {
            let Some(entry) = position.party.map(|party| &mut entries[party as usize]) else { continue };
            let claims = positions.claims().filter(|&id| positions.statements[id as usize].position == index).count();
            let page = &site.pages[document];
            let anchor = &page.sections[position.section as usize];
            if claims > 0 && entry.href.is_none() {
                entry.href = Some(format!("{}#{anchor}", relative(path, &page.path)));
                entry.claims = Some(phrases.claims_count.replace("{count}", &claims.to_string()));
            }
        }
    }
    entries
}

fn figures<'a>(site: &'a Site, language: usize, path: &str) -> Vec<FigureEntry<'a>> {
    let case = &site.case;
    let tag = &case.languages[language].tag;
    let figures = case.figures.iter().zip(&case.config.figures);
    figures
        .map(|(figure, declared)| {
            let mut places: Vec<PlaceEntry> = Vec::new();
            for &(document, amount) in &figure.places {
                let this = &case.documents[document as usize];
                if this.language != language {
                    continue;
                }
                let block = this.amounts[amount as usize].block;
                let place = site.place_of_node(document as usize, block);
                let page = relative(path, &site.pages[document as usize].path);
                let href = if place.anchor.is_empty() { page } else { format!("{page}#{}", place.anchor) };
                let words = match place.words == this.title {
                    true => place.words,
                    false => format!("{} {}", this.title, place.words),
                };
                if !places.iter().any(|other| other.href == href) {
                    places.push(PlaceEntry { href, words });
                }
            }
            FigureEntry {
                name: declared.names.first(tag).unwrap_or_default(),
                value: grouped(&declared.written),
                unit: declared.unit.get_or_any(tag).unwrap_or(&figure.unit),
                places,
            }
        })
        .collect()
}

/// A number with its thousands set apart, as amounts are read best.
fn grouped(written: &str) -> String {
    let plain: String = written.chars().filter(|c| *c != ',').collect();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, f)| (whole, Some(f)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The section with one of those headings, for this page.
fn excerpt<'a>(site: &'a Site, language: usize, path: &str, words: &[String]) -> Option<Excerpt<'a>> {
    let (at, index) = headed(site, language, words)?;
    let document = &site.case.documents[at];
    let section = &document.sections[index];
    let page = &site.pages[at];
    let (mut from, to) = (document.tree.get(section.node).end, end_of(document, index));
    while from < to && matches!(document.tree.get(from).kind, NodeKind::Rule) {
        from = document.tree.get(from).end;
    }
    Some(Excerpt {
        title: section.title.trim_end_matches(['：', ':']),
        href: format!("{}#{}", relative(path, &page.path), page.sections[index]),
        html: Value::safe_string(&body::part(site, at, Surface::Excerpt(path), from, to)),
    })
}

/// The section whose heading is one of `words`, or else holds one, in the overview before all other documents.
fn headed(site: &Site, language: usize, words: &[String]) -> Option<(usize, usize)> {
    let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let is_one = |title: &str| {
        let title = title.trim_matches(|c: char| c.is_whitespace() || "：:。.？?！!".contains(c));
        words.iter().any(|word| word == title)
    };
    let holds_one = |title: &str| words.iter().any(|word| title.contains(word.as_str()));
    titled(site, language, is_one).or_else(|| titled(site, language, holds_one))
}

/// The first section whose folded title is as wanted: its document and index.
fn titled(site: &Site, language: usize, wanted: impl Fn(&str) -> bool) -> Option<(usize, usize)> {
    documents(site, language).find_map(|at| {
        let mut sections = site.case.documents[at].sections.iter();
        let found = sections.position(|section| section.top && section.depth > 0 && wanted(&fold(&section.title)));
        Some((at, found?))
    })
}

/// One past the last node of a section with everything below it.
fn end_of(document: &Document, index: usize) -> NodeId {
    let depth = document.sections[index].depth;
    let next = document.sections[index + 1..].iter().find(|section| section.top && section.depth <= depth);
    next.map_or(document.tree.len(), |next| next.node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (written, shown) in [
            ("206539.30", "206,539.30"),
            ("37", "37"),
            ("1000", "1,000"),
            ("-1234567.8", "-1,234,567.8"),
            ("1,200.50", "1,200.50"),
        ] {
            assert_eq!(grouped(written), shown);
        }
    }
}
