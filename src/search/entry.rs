//! The entries of the search index: every section, item, statement, note, event, link and exhibit, with its own text.

use std::collections::BTreeMap;
use std::ops::Range;

use smol_str::SmolStr;

use crate::case::event::EventId;
use crate::case::exhibit::{Exhibit, ExhibitId};
use crate::case::position::{Positions, StatementId};
use crate::case::register::EntryId;
use crate::document::definition::DefinitionId;
use crate::document::section::SectionId;
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{Document, DocumentId, ItemId};
use crate::language::LanguageId;
use crate::language::alphabet::is_unspaced;
use crate::language::script::is_bidi_control;
use crate::site::exhibit::anchor;
use crate::site::exhibit_words::exhibit_name;
use crate::site::pages::{Generated, Page};
use crate::site::statement::said;
use crate::site::{Site, Spot};
use crate::source::exhibit::preview::Preview;

/// What an entry is. The order is that in which results are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A heading with the text below it that belongs to nothing else.
    Section,
    /// A claim or an answer to one, in positions.
    Claim,
    /// Any other numbered item.
    Item,
    /// An event of a timeline.
    Event,
    /// A note, or another thing that a label defines.
    Note,
    /// An exhibit.
    Exhibit,
    /// An entry of the register of links.
    Link,
}

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchEntry {
    /// What it is.
    pub kind: EntryKind,
    /// Its address on the page; empty for the page as a whole.
    pub anchor: SmolStr,
    /// What one calls it: the heading of a section, the number of an item, the label of a note.
    pub name: String,
    /// The sections around it, from the outermost on.
    pub within: String,
    /// How many bytes of the text, from its beginning, weigh more than the others: those of headings.
    pub heading: usize,
    /// All of its text, a line for each block.
    pub text: String,
    /// Who says it, and how it stands, then on a line of its own what it answers; empty for what nobody claims.
    pub said: String,
}

/// A page of which entries are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SearchedPage(Page);

impl SearchedPage {
    /// The places of a language, in reading order.
    pub fn all(site: &Site, language: LanguageId) -> impl Iterator<Item = Self> {
        let documents = site.case.groups.iter().filter_map(move |group| group.documents[language]);
        let generated = site.pages.generated(&site.case, language).into_iter();
        let generated = generated.filter(|page| matches!(page, Generated::Exhibit(_) | Generated::Links(_)));
        let generated = generated.map(move |page| Page::Generated(page, language));
        documents.map(Page::Document).chain([Page::Home(language)]).chain(generated).map(Self)
    }

    /// Whether it is a document.
    pub fn is_document(self) -> bool {
        matches!(self.0, Page::Document(_))
    }

    /// The path of the page.
    pub fn path(self, site: &Site) -> &str {
        site.pages.path(self.0).unwrap_or_default()
    }

    /// The title of the page, or of the list that it belongs to.
    pub fn title(self, site: &Site) -> &str {
        match self.0 {
            Page::Document(document) => &site.case.documents[document].title,
            Page::Generated(page, language) => page.title(&site.case, language),
            Page::Home(language) => site.case.title(language),
            Page::Chooser | Page::NotFound | Page::Missing { .. } | Page::Parallel { .. } => "",
        }
    }

    /// About how much text it has, in bytes.
    pub fn size(self, site: &Site) -> usize {
        match self.0 {
            Page::Document(document) => site.case.source_of(document).text.len(),
            Page::Generated(Generated::Links(_), _) => 100 << 10,
            _ => 1 << 10,
        }
    }

    /// What can be found there, in the order of the text.
    pub fn entries(self, site: &Site) -> Vec<SearchEntry> {
        let mut entries = match self.0 {
            Page::Home(language) => vec![of_home(site, language)],
            Page::Document(document) => Walk::through(site, document),
            Page::Generated(Generated::Exhibit(at), language) => vec![of_exhibit(site, at, language)],
            Page::Generated(page, language) => of_links(site, page.range(), language),
            Page::Chooser | Page::NotFound | Page::Missing { .. } | Page::Parallel { .. } => Vec::new(),
        };
        for entry in &mut entries {
            entry.heading = with_controls_shown(&entry.text[..entry.heading]).map_or(entry.heading, |text| text.len());
            for text in [&mut entry.text, &mut entry.name, &mut entry.within, &mut entry.said] {
                if let Some(shown) = with_controls_shown(text) {
                    *text = shown;
                }
            }
        }
        entries
    }
}

/// A text in which characters that turn its direction are told by their code points, as on the pages; none if it has no
/// such characters.
fn with_controls_shown(text: &str) -> Option<String> {
    let shown = |c: char| if is_bidi_control(c) { format!("U+{:04X}", c as u32) } else { c.to_string() };
    text.contains(is_bidi_control).then(|| text.chars().map(shown).collect())
}

/// Where an entry begins in a document.
struct Opening {
    kind: EntryKind,
    /// One past the last node that belongs to it; none for a section, which the next heading ends.
    end: Option<NodeId>,
    anchor: SmolStr,
    name: String,
    within: String,
    said: String,
}

/// A walk through the text of a document.
struct Walk<'a> {
    site: &'a Site,
    this: &'a Document,
    document: DocumentId,
    openings: BTreeMap<NodeId, Opening>,
    entries: Vec<SearchEntry>,
    /// The entries that are open, the innermost last: an index and one past the last node.
    open: Vec<(usize, NodeId)>,
    /// The heading that an entry begins with, until all of it is written: the entry, and one past the heading's last node.
    heading: Option<(usize, NodeId)>,
}

impl<'a> Walk<'a> {
    fn through(site: &'a Site, document: DocumentId) -> Vec<SearchEntry> {
        let this = &site.case.documents[document];
        let (openings, entries, open) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut walk = Self { site, this, document, openings, entries, open, heading: None };
        walk.collect_openings();
        let mut text = String::new();
        if this.title_section.is_none() || this.front.title.is_some() {
            text.push_str(&this.title);
        }
        let heading = text.len();
        let (name, within) = (this.title.clone(), String::new());
        walk.entries.push(SearchEntry {
            kind: EntryKind::Section,
            anchor: SmolStr::default(),
            name,
            within,
            heading,
            text,
            said: String::new(),
        });
        for (id, node) in this.tree.iter() {
            walk.node(id, &node.kind);
        }
        walk.end_heading(NodeId::MAX);
        walk.entries.retain(|entry| !entry.text.trim().is_empty() || !entry.name.is_empty());
        walk.entries
    }

    /// Notes where entries begin. Where two begin at once, the later one counts.
    fn collect_openings(&mut self) {
        let (site, this, document) = (self.site, self.this, self.document);
        let addresses = &site.addresses[document];
        let anchor = |spot| SmolStr::new(addresses.of(spot));
        let within = within(this);
        let around =
            |section: Option<SectionId>| section.map_or_else(String::new, |section| within[section.place()].clone());
        for (at, section) in SectionId::each(&this.sections) {
            if section.top && section.depth > 0 {
                let (name, within) = (section.full_title(), around(section.parent));
                let opening = Opening {
                    kind: EntryKind::Section,
                    end: None,
                    anchor: anchor(Spot::Section(at)),
                    name,
                    within,
                    said: String::new(),
                };
                self.openings.insert(section.node, opening);
            }
        }
        let section_at = |node: NodeId| this.section_at(node.checked_sub(1)?);
        let ends = |node: NodeId, end: NodeId| {
            let is_heading = matches!(this.tree.get(node).kind, NodeKind::Heading(_));
            (!is_heading).then_some(end)
        };
        for (at, event) in EventId::each(site.case.events_of(document).unwrap_or(&[])) {
            let anchor = anchor(Spot::Event(at));
            let name = this.written_time(event.time, site.case.source_of(document)).into_owned();
            let (end, within) = (ends(event.block, event.end), around(section_at(event.block)));
            let opening = Opening { kind: EntryKind::Event, end, anchor, name, within, said: String::new() };
            self.openings.insert(event.block, opening);
        }
        for (at, item) in ItemId::each(&this.items) {
            let is_event = self.openings.get(&item.node).is_some_and(|opening| opening.kind == EntryKind::Event);
            if !is_event {
                // A line of a paragraph goes on to the next one, or to the paragraph's end.
                let end = match this.tree.get(item.node).kind {
                    NodeKind::ItemNumber(_) => end_of_block(this, item.node),
                    _ => this.tree.get(item.node).end,
                };
                let (end, within) = (ends(item.node, end), around(item.section));
                let name = item.number.to_string();
                let opening = Opening {
                    kind: EntryKind::Item,
                    end,
                    anchor: anchor(Spot::Item(at)),
                    name,
                    within,
                    said: String::new(),
                };
                self.openings.insert(item.node, opening);
            }
        }
        let positions = site.case.positions.get(&document);
        let standings = positions.map(Positions::standings).unwrap_or_default();
        let statements =
            positions.into_iter().flat_map(|all| StatementId::each(&all.statements).map(move |own| (all, own)));
        for (positions, (id, statement)) in statements {
            let said = said(site, document, positions, &standings, id);
            let in_words = said.in_words(&site.case.languages[this.language].table.phrases);
            let claim = said.claim.map(|claim| format!("\n{claim}")).unwrap_or_default();
            let said = format!("{in_words}{claim}");
            match self.openings.get_mut(&statement.node) {
                Some(opening) => (opening.kind, opening.said) = (EntryKind::Claim, said),
                None => {
                    let name = site.words_for(document, Spot::Statement(id));
                    let anchor = anchor(Spot::Statement(id));
                    let end = ends(statement.node, self.this.tree.get(statement.node).end);
                    let within = around(section_at(statement.node));
                    let opening = Opening { kind: EntryKind::Claim, end, anchor, name, within, said };
                    self.openings.insert(statement.node, opening);
                }
            }
        }
        for (id, definition) in DefinitionId::each(&site.case.definitions[document].all) {
            let Some((start, end)) = definition.body else { continue };
            let kind = match definition.key.kind.as_str() {
                "appendix" => EntryKind::Section,
                "exhibit" => EntryKind::Exhibit,
                "link" | "email" | "website" => EntryKind::Link,
                _ => EntryKind::Note,
            };
            if self.openings.get(&start).is_some_and(|opening| opening.kind == EntryKind::Claim) {
                continue;
            }
            let name = site.words_for(document, Spot::Definition(id));
            let anchor = anchor(Spot::Definition(id));
            let within = around(section_at(start));
            self.openings
                .insert(start, Opening { kind, end: ends(start, end), anchor, name, within, said: String::new() });
        }
    }

    fn node(&mut self, id: NodeId, kind: &NodeKind) {
        self.end_heading(id);
        while self.open.pop_if(|(_, end)| *end <= id).is_some() {
            self.end_line();
        }
        if let Some(opening) = self.openings.remove(&id) {
            match opening.end {
                None => self.open.clear(),
                Some(end) => {
                    // The next line of a paragraph ends the one before.
                    let is_line = matches!(kind, NodeKind::ItemNumber(_));
                    while is_line && self.open.pop_if(|(_, other)| *other == end).is_some() {}
                }
            }
            let Opening { kind, end, anchor, name, within, said } = opening;
            self.open.push((self.entries.len(), end.unwrap_or(NodeId::MAX)));
            self.entries.push(SearchEntry { kind, anchor, name, within, heading: 0, text: String::new(), said });
        }
        self.write(id, kind);
        let at = self.entry();
        if matches!(kind, NodeKind::Heading(_)) && self.entries[at].heading == self.entries[at].text.len() {
            self.heading = Some((at, self.this.tree.get(id).end));
        }
    }

    /// Notes how far a heading goes, once node `id` comes after it.
    fn end_heading(&mut self, id: NodeId) {
        if let Some((at, _)) = self.heading.take_if(|(_, end)| *end <= id) {
            self.entries[at].heading = self.entries[at].text.len();
        }
    }

    /// The innermost entry; the page as a whole where none is open.
    fn entry(&self) -> usize {
        self.open.last().map_or(0, |&(entry, _)| entry)
    }

    fn end_line(&mut self) {
        let at = self.entry();
        let text = &mut self.entries[at].text;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }

    fn write(&mut self, id: NodeId, kind: &NodeKind) {
        let source = self.site.case.source_of(self.document);
        match kind {
            NodeKind::Paragraph { .. }
            | NodeKind::Heading(_)
            | NodeKind::Item { .. }
            | NodeKind::Row { .. }
            | NodeKind::Quote
            | NodeKind::Alert(_)
            | NodeKind::AlertTitle
            | NodeKind::Footnote(_)
            | NodeKind::Caption
            | NodeKind::Summary
            | NodeKind::Hint(_)
            | NodeKind::CodeBlock(_) => self.end_line(),
            NodeKind::Tab(title) => {
                self.end_line();
                let at = self.entry();
                self.entries[at].text.push_str(self.this.tree.literal(*title));
                self.end_line();
            }
            _ => {}
        }
        let at = self.entry();
        let text = &mut self.entries[at].text;
        match kind {
            NodeKind::Cell { .. } => {
                if !text.is_empty() && !text.ends_with(['\n', '\t']) {
                    text.push('\t');
                }
            }
            // A break between Chinese characters is none.
            NodeKind::SoftBreak if text.chars().next_back().is_some_and(is_unspaced) => {}
            NodeKind::Image(image) => text.push_str(&self.this.images[*image].alt),
            // It is found, and joined to nothing.
            _ if self.this.tree.is_struck(id) => {
                let struck = self.this.tree.struck_text(source, id);
                if !struck.is_empty() {
                    text.extend([" ", &struck, " "]);
                }
            }
            _ => self.this.tree.text_into(source, id, id + 1, text),
        }
    }
}

/// The sections around what stands in each section, with that section itself.
fn within(document: &Document) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(document.sections.len());
    for section in &document.sections {
        let mut words = section.parent.map_or_else(String::new, |parent| all[parent.place()].clone());
        if section.depth > 0 {
            if !words.is_empty() {
                words.push_str(" › ");
            }
            words.push_str(&section.full_title());
        }
        all.push(words);
    }
    all
}

/// One past the last node of the innermost block that holds a node: a paragraph, an item of a list, or a cell.
fn end_of_block(document: &Document, id: NodeId) -> NodeId {
    let tree = &document.tree;
    let holds = |&at: &NodeId| {
        let node = tree.get(at);
        node.end > id && matches!(node.kind, NodeKind::Paragraph { .. } | NodeKind::Item { .. } | NodeKind::Cell { .. })
    };
    (0..id).rev().find(holds).map_or(tree.len(), |at| tree.get(at).end)
}

/// The title of the case and its summary, which stands on no page of a document.
fn of_home(site: &Site, language: LanguageId) -> SearchEntry {
    let case = &site.case;
    let name = case.title(language).to_owned();
    let (mut text, heading) = (name.clone(), name.len());
    let own = case.front(language).and_then(|document| case.documents[document].front.summary.as_deref());
    for summary in case.config.summary.get(&case.languages[language].tag).into_iter().chain(own) {
        text.push('\n');
        text.push_str(summary);
    }
    SearchEntry {
        kind: EntryKind::Section,
        anchor: SmolStr::default(),
        name,
        within: String::new(),
        heading,
        text,
        said: String::new(),
    }
}

fn of_exhibit(site: &Site, at: ExhibitId, language: LanguageId) -> SearchEntry {
    let exhibit: &Exhibit = &site.case.exhibits.all[at];
    let tag = &site.case.languages[language].tag;
    let name = exhibit_name(site, at, language);
    let mut text = name.clone();
    let heading = text.len();
    let Exhibit { caption, content, purpose, source, method, kind, remarks, .. } = exhibit;
    let said = [caption, content, purpose, kind, source, method, remarks];
    let mut lines: Vec<&str> = said.into_iter().filter_map(|said| said.get_or_any(tag)).collect();
    let exhibits = &site.case.exhibits;
    let mut of_files: Vec<String> = Vec::new();
    // The name of a file and its sum lead to the exhibit, but say nothing: they stand behind what it holds.
    let mut names: Vec<String> = Vec::new();
    for at in std::iter::once(at).chain(exhibits.parts(at)) {
        let part = &exhibits.all[at];
        of_files.extend(part.file_title.get_or_any(tag).map(str::to_owned));
        let Some(file) = exhibits.file_of(part) else { continue };
        names.extend([exhibits.file_name(at).to_owned(), file.sha256.to_string()]);
        // What the file holds is found only where its page shows it.
        match &file.facts.preview {
            Preview::Table { rows, .. } if site.exhibits[at].file.is_some() => {
                of_files.extend(rows.iter().map(|row| row.join("\t")));
            }
            Preview::Text { text, .. } if site.exhibits[at].file.is_some() => of_files.push(text.clone()),
            _ => {}
        }
    }
    lines.extend(of_files.iter().chain(&names).map(String::as_str));
    for line in lines {
        text.push('\n');
        text.push_str(line);
    }
    SearchEntry {
        kind: EntryKind::Exhibit,
        anchor: anchor(exhibit),
        name,
        within: String::new(),
        heading,
        text,
        said: String::new(),
    }
}

/// The entries `range` of the register, in its order.
fn of_links(site: &Site, range: Range<usize>, language: LanguageId) -> Vec<SearchEntry> {
    let register = &site.case.register;
    let order = register.hosts.iter().flat_map(|host| host.entries.iter().map(move |&at| (host, at)));
    let order = order.skip(range.start).take(range.len());
    let entry = |(host, at): (&crate::case::register::Host, EntryId)| {
        let entry = &register.entries[at];
        let said =
            entry.said.get(language.place()).into_iter().chain(&entry.said).find(|said| said.description.is_some());
        let said = said.or(entry.said.get(language.place()));
        let words = said.into_iter().flat_map(|said| [&said.description, &said.owner, &said.purpose, &said.checked]);
        let mut text = entry.url.clone();
        let mut heading = 0;
        for words in words.flatten() {
            if heading == 0 {
                text.insert_str(0, &format!("{words}\n"));
                heading = words.len();
                continue;
            }
            text.push('\n');
            text.push_str(words);
        }
        SearchEntry {
            kind: EntryKind::Link,
            said: String::new(),
            anchor: SmolStr::new(format!("u{}", at.place() + 1)),
            name: entry.url.clone(),
            within: host.name.clone(),
            heading,
            text,
        }
    };
    order.map(entry).collect()
}
