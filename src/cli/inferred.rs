//! What was read between the lines: who speaks and disputes, when things happened, where figures stand.

use std::fmt::Write;

use crate::case::event::{Timeline, zone_name};
use crate::case::ground::Ground;
use crate::case::position::{Positions, Standing, Statement, StatementId};
use crate::document::Attitude;
use crate::site::Site;

/// Tells what was inferred, each with the line it was inferred from, in a form that is made to be read and compared.
pub(super) fn tell(site: &Site) -> String {
    let mut out = String::new();
    parties(site, &mut out);
    headings(site, &mut out);
    for (&document, positions) in &site.case.positions {
        statements(site, document, positions, &mut out);
    }
    for (&document, found) in &site.case.timelines {
        timeline(site, document, found, &mut out);
    }
    figures(site, &mut out);
    if out.is_empty() {
        out.push_str("nothing to infer: the case has no parties, positions, timeline or figures\n");
    }
    out
}

fn parties(site: &Site, out: &mut String) {
    let parties = &site.case.parties;
    if parties.all.is_empty() {
        return;
    }
    let from = if parties.listed { "listed in casefile.yaml" } else { "read off the headings of the positions" };
    let _ = writeln!(out, "parties, {from}:");
    for party in &parties.all {
        let names: Vec<&str> = party.names.iter().flatten().map(String::as_str).collect();
        let _ = writeln!(out, "  {}: {}", party.id, names.join(" / "));
    }
}

/// The lines that were taken for headings, in texts without `#`.
fn headings(site: &Site, out: &mut String) {
    for (document, page) in site.case.documents.iter().zip(&site.pages) {
        let source = site.case.sources.get(document.source);
        let read = document.sections.iter().zip(&page.sections).filter(|(section, _)| section.is_read);
        for (index, (section, anchor)) in read.enumerate() {
            if index == 0 {
                let _ = writeln!(
                    out,
                    "{}: headings, read off the outline (write `##` before one to settle it):",
                    source.path
                );
            }
            let line = source.position(document.tree.get(section.node).span.start as usize).line;
            let indent = "  ".repeat(usize::from(section.depth.max(1)));
            let _ = writeln!(out, "{indent}#{anchor} {} (line {line})", section.full_title());
        }
    }
}

fn statements(site: &Site, document: usize, positions: &Positions, out: &mut String) {
    let source = site.case.source_of(document);
    let _ = writeln!(out, "{}:", source.path);
    let standings = positions.standings();
    let mut depth: Vec<usize> = Vec::with_capacity(positions.statements.len());
    for (id, statement) in (0..).zip(&positions.statements) {
        depth.push(statement.parent.map_or(0, |parent: StatementId| depth[parent as usize] + 1));
        let line = source.position(statement.span.start as usize).line;
        let name = |party: u32| site.case.parties.all[party as usize].id.as_str();
        let mut speaker = statement.speaker.map_or("?", name).to_owned();
        for &other in &statement.also {
            let _ = write!(speaker, " and {}", name(other));
        }
        let says = match (standings.get(&id), statement.attitude) {
            (Some(Standing::Undisputed), _) => "claims, undisputed",
            (Some(Standing::Disputed), _) => "claims, disputed",
            (Some(Standing::Unanswered), _) => "claims, unanswered",
            (Some(Standing::Open), _) => "claims, open",
            (None, Attitude::Supports) => "supports",
            (None, _) if statement.is_open() => "says something",
            (None, Attitude::Remarks) => "remarks",
            (None, Attitude::Accepts) => "accepts",
            (None, Attitude::Disputes) => "disputes",
        };
        let number = statement.number(&site.case.documents[document]);
        let number = number.map_or_else(|| "( )".to_owned(), |number| number.to_string());
        let how = if statement.is_explicit() { ", said outright" } else { "" };
        let indent = "  ".repeat(depth[id as usize] + 1);
        let unsure = ", open until what stands below it says who disputes or accepts: `平台对此有争议：…`";
        let unsure = if positions.is_unsure(id) { unsure } else { "" };
        let settled = settle(site, statement, &number).map_or_else(String::new, |how| format!(", open until {how}"));
        let _ = writeln!(out, "{indent}{number} {speaker} {says}{how} (line {line}){settled}{unsure}");
    }
}

/// What the author has to write so that nothing of a statement is open.
fn settle(site: &Site, statement: &Statement, number: &str) -> Option<String> {
    let is_open = statement.ground == Ground::Open || statement.is_open();
    if !is_open {
        return None;
    }
    let party = |party: Option<u32>| party.map_or("PARTY", |party| site.case.parties.all[party as usize].id.as_str());
    Some(match (statement.parent, statement.item) {
        (None, _) => "its heading, or the item itself, names a party that casefile.yaml lists".to_owned(),
        (Some(_), Some(_)) => {
            let by = party(statement.speaker);
            format!("`{number}，{{by={by} disputes}} …` is written, or `accepts`, `supports` or `remarks`")
        }
        (Some(_), None) => {
            "it says who disputes or accepts: `（客户不认可：…）`, “(The customer accepts this.)”".to_owned()
        }
    })
}

fn timeline(site: &Site, document: usize, timeline: &Timeline, out: &mut String) {
    let source = site.case.source_of(document);
    let _ = writeln!(out, "{}:", source.path);
    for event in &timeline.events {
        let span = site.case.documents[document].times[event.time as usize].span;
        let about = if event.approximate { "about " } else { "" };
        let until = event.until.map_or(String::new(), |until| format!(" to {}", event.until_precision.words(until)));
        let zone = match (&event.zone, &site.case.config.time_zone) {
            _ if !event.has_clock() => String::new(),
            _ if event.zone_unclear => ", zone unclear".to_owned(),
            (Some(zone), _) => format!(" {}", zone_name(zone)),
            (None, Some(zone)) => format!(" {}, from the case", zone_name(zone)),
            (None, None) => ", zone unknown".to_owned(),
        };
        let line = source.position(span.start as usize).line;
        let written = source.slice(span).trim();
        let start = event.precision.words(event.start);
        let _ = writeln!(out, "  {about}{start}{until}{zone}: `{written}` (line {line})");
    }
    for entry in &timeline.undated {
        let span = site.case.documents[document].times[entry.time as usize].span;
        let line = source.position(span.start as usize).line;
        let _ = writeln!(out, "  open: `{}` (line {line}), until its date is written", source.slice(span).trim());
    }
}

fn figures(site: &Site, out: &mut String) {
    for (figure, declared) in site.case.figures.iter().zip(&site.case.config.figures) {
        let _ = writeln!(out, "figure {}, {} {}:", declared.id, declared.written, figure.unit);
        for &(document, amount) in &figure.places {
            let source = site.case.source_of(document as usize);
            let span = site.case.documents[document as usize].amounts[amount as usize].span;
            let position = source.position(span.start as usize);
            let _ = writeln!(out, "  {}:{}:{}", source.path, position.line, position.column);
        }
    }
}
