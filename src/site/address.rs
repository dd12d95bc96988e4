//! Paths and anchors: ASCII, quotable, the same in every language, and independent of what else exists.

use std::collections::{HashMap, HashSet};

use jiff::civil::DateTime;
use rayon::prelude::*;
use smol_str::{SmolStr, format_smolstr};

use super::twins::Twins;
use super::{Page, exhibit};
use crate::Message;
use crate::case::Case;
use crate::case::definition::Definitions;
use crate::case::event::{DatedHeading, Event};
use crate::case::position::Statement;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::kind::DocumentKind;
use crate::document::label::Key;
use crate::document::section::{Section, is_part_of};
use crate::document::time::Precision;
use crate::slug::slug;
use crate::source::Span;

/// The address of the list of exhibits.
pub const EXHIBITS: &str = "exhibits";

/// The address of the register of links.
pub const LINK_REGISTER: &str = "link-register";

/// The address of the index of numbers that identify.
pub const IDENTIFIERS: &str = "identifiers";

/// The address of the index of headings, numbers and notes.
pub const INDEX: &str = "index-of-headings";

/// The address of what there is to know about the dossier.
pub const ABOUT: &str = "about-this-dossier";

/// The address of what was concluded from the text.
pub const READING: &str = "how-it-was-read";
/// The page of what the public edition withholds.
pub const REDACTIONS: &str = "withheld-from-the-public";

/// The address of the whole dossier on one page.
pub const PRINT: &str = "print";

/// The address of the sheet that goes with the address or the files of a site.
pub const SHARE: &str = "share";

/// The most parties that have a column each on the board of positions, and addresses for its rows.
pub const MAX_COLUMNS: usize = 7;

/// Reports documents that have the address of a page that the program makes.
pub(super) fn reserve(case: &Case, findings: &mut Vec<Diagnostic>) {
    let catalogues = case.languages.iter().flat_map(|language| &language.table.catalogues);
    let of_exhibits = catalogues.map(|catalogue| catalogue.name.clone()).chain([EXHIBITS.to_owned()]);
    let of_exhibits = of_exhibits.chain(case.exhibits.all.iter().map(exhibit::address));
    let of_exhibits = of_exhibits.filter(|_| !case.exhibits.all.is_empty());
    let reserved: HashSet<String> = of_exhibits
        .chain([LINK_REGISTER, IDENTIFIERS, INDEX, ABOUT, READING, REDACTIONS, PRINT, SHARE].map(str::to_owned))
        .collect();
    for group in case.groups.iter().filter(|group| reserved.contains(&group.address)) {
        let path = &case.source_of(group.primary().map_or(0, |(_, document)| document)).path;
        let message = message!(
            en: "a page that casefile makes is called `{name}`",
            zh: "`{name}` 是 casefile 自己生成的页面所用的名称",
            name = group.address
        );
        findings.push(Diagnostic::file(Code::ClashingPath, path, message).help(message!(
            en: "rename the file, or give it a `slug` in its front matter",
            zh: "请给文件改名，或在文件开头的设置中写 `slug`"
        )));
    }
}

/// The path of a page.
pub fn page_path(tag: &str, address: &str) -> String {
    format!("{tag}/{address}.html")
}

/// The way from the page `from` to `to`, both paths in the site; relative, so that the site may stand anywhere.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &from[..from.len() - 1];
    let shared = folders.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(folders.len() - shared);
    path.push_str(&to[shared..].join("/"));
    path
}

/// The anchor of what a label names: `note-1-1`, `orion-website-1`.
pub fn anchor_of(key: &Key) -> SmolStr {
    let kind = if key.kind.is_ascii() { key.kind.replace(' ', "-") } else { slug(&key.kind) };
    let number = if key.number.is_ascii() { key.number.to_string() } else { slug(&key.number) };
    let number = number.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "-");
    match &key.qualifier {
        Some(qualifier) => format_smolstr!("{}-{kind}-{number}", slug(qualifier)),
        None => format_smolstr!("{kind}-{number}"),
    }
}

/// The anchor of an event: `event-2031-05-04-01-09-08`, as far as its time is told, on the clock of its zone.
fn event_anchor(start: DateTime, precision: Precision) -> SmolStr {
    format_smolstr!("event-{}", precision.iso(start).replace(['T', ':'], "-"))
}

/// Gives every document its path and everything in it an anchor. The documents of a group are done in the order of
/// languages, for a translation takes the anchors of what it translates.
pub fn assign(case: &Case, findings: &mut Vec<Diagnostic>) -> Vec<Page> {
    let grouped: Vec<Vec<(usize, Page, Vec<Diagnostic>)>> = case
        .groups
        .par_iter()
        .map(|group| {
            let mut done: Vec<(usize, Page, Vec<Diagnostic>)> = Vec::new();
            for (language, document) in group.documents.iter().enumerate() {
                let Some(document) = *document else { continue };
                let first = done.first().map(|(first, page, _)| (&case.documents[*first], page));
                let mut assigner = Assigner::new(case, document);
                let mut page = assigner.assign(first);
                page.path = page_path(&case.languages[language].tag, &group.address);
                done.push((document, page, assigner.findings));
            }
            done
        })
        .collect();
    let mut pages: Vec<Page> = Vec::new();
    pages.resize_with(case.documents.len(), Page::default);
    for (document, page, mut found) in grouped.into_iter().flatten() {
        pages[document] = page;
        findings.append(&mut found);
    }
    pages
}

struct Assigner<'a> {
    document: &'a Document,
    /// Its file.
    file: &'a str,
    definitions: &'a Definitions,
    events: &'a [Event],
    dated_headings: &'a [DatedHeading],
    statements: &'a [Statement],
    taken: HashSet<SmolStr>,
    /// How often each anchor that is taken was wanted again.
    copies: HashMap<SmolStr, u32>,
    /// The heading without a number, of fewer `#`, that stands last before each section: below another one numbers begin anew.
    scopes: Vec<Option<u32>>,
    /// The scope in which each anchor of a numbered section was last taken.
    numbered: HashMap<SmolStr, Option<u32>>,
    findings: Vec<Diagnostic>,
}

impl<'a> Assigner<'a> {
    fn new(case: &'a Case, document: usize) -> Self {
        // What the page's own parts are called.
        let parts = ["main", "contents", "documents", "matrix", "unanswered", "events"].map(SmolStr::new_static);
        let standings = ["disputed", "undisputed", "unanswered", "open"].map(|key| format_smolstr!("board-{key}"));
        let of_parties = (1..=MAX_COLUMNS).flat_map(|at| ["by", "no"].map(|what| format_smolstr!("board-{what}-{at}")));
        let taken = parts.into_iter().chain(standings).chain(of_parties).collect();
        Self {
            document: &case.documents[document],
            file: &case.source_of(document).path,
            definitions: &case.definitions[document],
            events: case.events_of(document).unwrap_or(&[]),
            dated_headings: case.timelines.get(&document).map_or(&[], |timeline| &timeline.headings),
            statements: case.positions.get(&document).map_or(&[], |positions| &positions.statements),
            taken,
            copies: HashMap::new(),
            scopes: scopes(&case.documents[document].sections),
            numbered: HashMap::new(),
            findings: Vec::new(),
        }
    }

    fn assign(&mut self, translated: Option<(&Document, &Page)>) -> Page {
        let mut page = Page {
            sections: Vec::with_capacity(self.document.sections.len()),
            items: Vec::with_capacity(self.document.items.len()),
            points: Vec::with_capacity(self.document.points.len()),
            definitions: Vec::with_capacity(self.definitions.all.len()),
            ..Page::default()
        };
        for definition in &self.definitions.all {
            // Each defines something else, so that two can only have words of one slug: 收据1 and 手具1.
            let anchor = match definition.label {
                Some(_) => self.take_quietly(anchor_of(&definition.key)),
                None => SmolStr::default(),
            };
            page.definitions.push(anchor);
        }
        for event in self.events {
            // Two events of one day are no mistake.
            page.events.push(self.take_quietly(event_anchor(event.start, event.precision)));
        }
        let twins = translated.map(|(original, _)| Twins::of(original, self.document));
        let untranslated =
            twins.as_ref().zip(translated).and_then(|(twins, (original, _))| twins.untranslated(original, self.file));
        self.findings.extend(untranslated);
        for index in 0..self.document.sections.len() {
            let twin = twins.as_ref().and_then(|twins| twins.original(index));
            let anchor = match (twin, translated) {
                (Some(twin), Some((_, original))) => self.take_over(original.sections[twin].clone(), index, &page),
                _ => self.section(index, &page),
            };
            page.sections.push(anchor);
        }
        for (definition, anchor) in self.definitions.all.iter().zip(&mut page.definitions) {
            if let Some(section) = definition.section {
                *anchor = page.sections[section as usize].clone();
            }
        }
        let mut claims: HashMap<SmolStr, Option<u32>> = HashMap::new();
        for item in &self.document.items {
            let number = &item.number;
            let wanted = match item.section.filter(|_| self.document.kind != DocumentKind::Positions) {
                Some(section) if self.document.title_section != Some(section) => {
                    format_smolstr!("{}-claim-{number}", page.sections[section as usize])
                }
                _ => format_smolstr!("claim-{number}"),
            };
            // A number may begin anew in every section.
            let holder = claims.entry(wanted.clone()).or_insert(item.section);
            let anchor = match item.section.filter(|_| *holder != item.section) {
                Some(section) => {
                    let wanted = format_smolstr!("{}-{wanted}", page.sections[section as usize]);
                    self.take(wanted, item.span, NUMBERED_TWICE)
                }
                None => self.take(wanted, item.span, NUMBERED_TWICE),
            };
            page.items.push(anchor);
        }
        // What is withheld stands where the page says so.
        for (definition, anchor) in self.definitions.all.iter().zip(&mut page.definitions) {
            let Some(gap) = definition.gap else { continue };
            let node = self.document.node_of_gap(&self.document.gaps[gap as usize]);
            let item = self.document.item_at(node).map(|item| &page.items[item as usize]);
            let section = || self.document.section_at(node).map(|section| &page.sections[section as usize]);
            *anchor = item.or_else(section).cloned().unwrap_or_default();
        }
        for point in &self.document.points {
            let number = point.number();
            let wanted = match point.section.filter(|&section| self.document.title_section != Some(section)) {
                Some(section) => format_smolstr!("{}-p{number}", page.sections[section as usize]),
                None => format_smolstr!("p{number}"),
            };
            // Numbers begin anew with every list.
            page.points.push(self.take_quietly(wanted));
        }
        for statement in self.statements {
            let anchor = match (statement.item, statement.parent) {
                (Some(item), _) => page.items[item as usize].clone(),
                (None, _) if statement.section.is_some() => {
                    statement.section.map_or_else(SmolStr::default, |section| page.sections[section as usize].clone())
                }
                (None, _) if statement.point.is_some() => {
                    statement.point.map_or_else(SmolStr::default, |point| page.points[point as usize].clone())
                }
                (None, Some(parent)) => {
                    self.take_quietly(format_smolstr!("{}-answer", page.statements[parent as usize]))
                }
                (None, None) => SmolStr::default(),
            };
            page.statements.push(anchor);
        }
        for section in &self.document.sections {
            // An author's id works beside the address that the outline gives.
            if let Some(id) = section.id.as_deref().and_then(own_id).filter(|id| self.taken.insert(id.clone())) {
                page.own_ids.push(id);
            }
        }
        for id in &self.document.anchors {
            let anchor = own_id(id).unwrap_or_else(|| SmolStr::new(slug(id)));
            page.anchors.push(if self.taken.insert(anchor.clone()) { anchor } else { SmolStr::default() });
        }
        page.sort_anchors();
        page
    }

    /// The anchor of a section that translates none: by its outline, else the author's id, else what it defines, else a
    /// slug.
    fn section(&mut self, index: usize, page: &Page) -> SmolStr {
        let section = self.document.section(index as u32);
        let span = self.document.tree.get(section.node).span;
        // The title is no section of its own document: a first section may bear the number that it bears in another.
        let is_title = self.document.title_section == Some(index as u32);
        if let Some(number) = section.number.as_ref().filter(|_| !is_title) {
            let wanted = match section.parent.filter(|&parent| self.document.title_section != Some(parent)) {
                None => format_smolstr!("s{number}"),
                Some(parent) => {
                    let above = &page.sections[parent as usize];
                    match &self.document.section(parent).number {
                        Some(parent) if is_part_of(&parent.parts, &number.parts) => {
                            let rest = &number.parts[parent.parts.len()..];
                            let rest = rest.iter().map(u16::to_string).collect::<Vec<_>>().join("-");
                            format_smolstr!("{above}-{rest}")
                        }
                        Some(_) => format_smolstr!("{above}-{number}"),
                        None => format_smolstr!("{above}-s{number}"),
                    }
                }
            };
            let scope = self.scopes[index];
            let before = self.numbered.insert(wanted.clone(), scope);
            // What is quoted numbers as its author did.
            return match !section.top || before.is_some_and(|before| before != scope) {
                true => self.take_quietly(wanted),
                false => self.take(wanted, span, NUMBERED_TWICE),
            };
        }
        if let Some(id) = section.id.as_deref().and_then(own_id) {
            return self.take(
                id,
                span,
                message!(
                    en: "another place has it, or the program needs it itself; give the heading another id",
                    zh: "已有另一处用它，或程序自己要用；请给标题换一个 id"
                ),
            );
        }
        if let Some(definition) = section.label.and_then(|label| self.definitions.of_label(label)) {
            return page.definitions[definition as usize].clone();
        }
        if let Ok(event) = self.events.binary_search_by_key(&section.node, |event| event.block) {
            return page.events[event].clone();
        }
        if let Ok(at) = self.dated_headings.binary_search_by_key(&section.node, |heading| heading.block) {
            let heading = &self.dated_headings[at];
            return self.take_quietly(event_anchor(heading.start, heading.precision));
        }
        let slug = slug(&section.title);
        let wanted = if slug.is_empty() { SmolStr::new_static("section") } else { SmolStr::new(slug) };
        self.take_quietly(wanted)
    }

    fn take_over(&mut self, anchor: SmolStr, index: usize, page: &Page) -> SmolStr {
        let section = self.document.section(index as u32);
        let own = section.label.and_then(|label| self.definitions.of_label(label));
        let own = own.map(|definition| anchor_of(&self.definitions.all[definition as usize].key));
        let event = self.events.binary_search_by_key(&section.node, |event| event.block);
        let own = own.or_else(|| event.ok().map(|event| page.events[event].clone()));
        if own.is_some_and(|own| own == anchor) || self.taken.insert(anchor.clone()) {
            return anchor;
        }
        self.take_quietly(anchor)
    }

    /// Keeps `wanted` for one thing; a later one gets a suffix and a finding.
    fn take(&mut self, wanted: SmolStr, span: Span, help: Message) -> SmolStr {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let given = self.take_quietly(wanted.clone());
        let message = message!(
            en: "the address `#{wanted}` is already taken on this page; this is `#{given}`",
            zh: "地址 `#{wanted}` 在本页已被占用；这里用 `#{given}`"
        );
        let finding = Diagnostic::at(Code::ClashingAnchor, self.document.source, span, message);
        self.findings.push(finding.help(help));
        given
    }

    fn take_quietly(&mut self, wanted: SmolStr) -> SmolStr {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let copies = self.copies.entry(wanted.clone()).or_insert(1);
        loop {
            *copies += 1;
            let given = format_smolstr!("{wanted}-{}", letter_suffix(*copies));
            if self.taken.insert(given.clone()) {
                return given;
            }
        }
    }
}

const NUMBERED_TWICE: Message = Message::fixed(
    "the number stands twice, or two ways of numbering meet here; change one of them",
    "同一编号出现了两次，或两种编号方式在此相撞；请改其中一个",
);

/// For each section the last heading before it that has fewer `#`, and no number.
fn scopes(sections: &[Section]) -> Vec<Option<u32>> {
    let mut last: [Option<u32>; 6] = [None; 6];
    let mut scopes = Vec::with_capacity(sections.len());
    for (index, section) in (0..).zip(sections) {
        let level = usize::from(section.level.clamp(1, 6));
        scopes.push(last[..level - 1].iter().copied().max().flatten());
        if section.number.is_none() {
            last[level - 1] = Some(index);
        }
    }
    scopes
}

/// `b` for the second, … `z`, then `ba`: letters, because `s2-2` is an address of its own.
fn letter_suffix(mut n: u32) -> String {
    let mut letters = Vec::new();
    n -= 1;
    loop {
        letters.push(b'a' + (n % 26) as u8);
        n /= 26;
        if n == 0 {
            break;
        }
    }
    letters.iter().rev().map(|&b| b as char).collect()
}

/// An author's id as an anchor, if it can be one.
fn own_id(id: &str) -> Option<SmolStr> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (!id.is_empty() && id.chars().all(plain)).then(|| SmolStr::new(id.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative() {
        assert_eq!(relative("zh/a.html", "zh/b.html"), "b.html");
        assert_eq!(relative("zh/a.html", "en/a.html"), "../en/a.html");
        assert_eq!(relative("zh/x/a.html", "static/c.css"), "../../static/c.css");
        assert_eq!(relative("index.html", "zh/index.html"), "zh/index.html");
        assert_eq!(relative("zh/x/a.html", "zh/x/b.html"), "b.html");
    }

    #[test]
    fn suffixes_are_letters() {
        assert_eq!(letter_suffix(2), "b");
        assert_eq!(letter_suffix(26), "z");
        assert_eq!(letter_suffix(27), "ba");
    }

    #[test]
    fn an_anchor_names_kind_and_number_in_ascii() {
        let key = |kind: &str, qualifier: Option<&str>, number: &str| Key {
            kind: kind.into(),
            qualifier: qualifier.map(Into::into),
            number: number.into(),
        };
        assert_eq!(anchor_of(&key("note", None, "1-1")), "note-1-1");
        assert_eq!(anchor_of(&key("仓单", None, "3")), "cang-dan-3");
        assert_eq!(anchor_of(&key("website", Some("orion"), "1")), "orion-website-1");
        assert_eq!(anchor_of(&key("note", None, "a\"b")), "note-a-b");
    }
}
