//! Names of places as one would quote them: `1-3-1`, `§2-1`, `二`, 【注1-1】.

use std::borrow::Cow;

use super::Site;
use super::addresses::Spot;
use super::backlinks::{Citation, Citing};
use crate::case::event::EventId;
use crate::document::definition::DefinitionId;
use crate::document::html::unescaped;
use crate::document::section::SectionId;
use crate::document::tree::NodeId;
use crate::document::{DocumentId, ItemId, LabelId};
use crate::language::kind::DocumentKind;

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOfCitation<'a> {
    /// The document.
    pub document: DocumentId,
    /// The anchor of the nearest thing around it that has one; empty for the page as a whole.
    pub anchor: &'a str,
    /// What one calls it, without the title of the document; the title itself for the page as a whole.
    pub words: String,
}

impl Site {
    /// The place of a citation.
    pub fn place_of(&self, citation: &Citation) -> PlaceOfCitation<'_> {
        let document = &self.case.documents[citation.document];
        let (node, section, item) = match citation.by {
            Citing::Label(label) => {
                let label = &document.labels[label];
                (label.node, label.section, label.item)
            }
            Citing::Link(link) => {
                let link = &document.links[link];
                (link.node, link.section, link.item)
            }
            Citing::Image(image) => {
                let image = &document.images[image];
                (image.node, image.section, image.item)
            }
        };
        self.place(citation.document, node, section, item)
    }

    /// The place of a node of which nothing else is known.
    pub fn place_of_node(&self, document: DocumentId, node: NodeId) -> PlaceOfCitation<'_> {
        let this = &self.case.documents[document];
        self.place(document, node, this.section_at(node), this.item_at(node))
    }

    /// By which words one quotes something: what is claimed by its number alone, a note by its label, all else with the
    /// title of the document.
    pub fn words_for(&self, document: DocumentId, spot: Spot) -> String {
        let this = &self.case.documents[document];
        let source = self.case.source_of(document);
        let titled = |words: &str| format!("{} {words}", this.title);
        match spot {
            Spot::Section(section) | Spot::OwnId(section) => self.section_words(document, section),
            Spot::Given(_) => this.title.clone(),
            Spot::Item(item) => {
                let item = &this.items[item];
                let number = item.number.to_string();
                let positions = self.case.positions.get(&document);
                let is_statement = positions.is_some_and(|positions| positions.at_node(item.node).is_some());
                if is_statement { number } else { titled(&number) }
            }
            Spot::Point(point) => {
                let point = &this.points[point];
                let section = point.section.filter(|&section| this.title_section != Some(section));
                let above = section.map_or_else(|| this.title.clone(), |section| self.section_words(document, section));
                format!("{above} {}", point.number())
            }
            Spot::Definition(definition) => {
                let definition = &self.case.definitions[document].all[definition];
                match (definition.label, definition.section) {
                    (Some(label), _) => quoted(this.labels[label].text(source)).into_owned(),
                    (None, Some(section)) => self.section_words(document, section),
                    (None, None) => this.title.clone(),
                }
            }
            Spot::Event(event) => {
                let time = self.case.events_of(document).map(|events| events[event].time);
                let words = time.map(|time| this.written_time(time, source)).unwrap_or_default();
                titled(&words)
            }
            Spot::Statement(statement) => {
                let Some(positions) = self.case.positions.get(&document) else { return this.title.clone() };
                let statement = &positions.statements[statement];
                let above = statement.parent.map(|parent| &positions.statements[parent]);
                let number = above.and_then(|above| above.number(this));
                let number = number.map_or_else(|| this.title.clone(), |number| number.to_string());
                match statement.speaker {
                    Some(party) => format!("{number} {}", self.case.parties.all[party].name(this.language)),
                    None => number,
                }
            }
        }
    }

    /// By which words a reader who has nothing else finds something: with the title of the document, and the numbers of the
    /// sections around an item, for `1-1` stands in several.
    pub fn citation(&self, document: DocumentId, spot: Spot) -> String {
        let this = &self.case.documents[document];
        let words = match spot {
            Spot::Item(item) => {
                let item = &this.items[item];
                return format!("{} {}", this.title, self.within(document, item.section, &item.number.to_string()));
            }
            Spot::Statement(statement) => {
                let section = this.section_at(
                    self.case.positions.get(&document).map_or(0, |positions| positions.statements[statement].node),
                );
                return format!("{} {}", this.title, self.within(document, section, &self.words_for(document, spot)));
            }
            _ => self.words_for(document, spot),
        };
        if words.starts_with(&this.title) { words } else { format!("{} {words}", this.title) }
    }

    /// Words after the numbers of the sections around them: `四 1-1`, `§4 1-1`.
    fn within(&self, document: DocumentId, section: Option<SectionId>, words: &str) -> String {
        let numbers = self.numbers(document, section);
        if numbers.is_empty() { words.to_owned() } else { format!("{numbers} {words}") }
    }

    /// The numbers of a section and of those around it, each as it is written: `一 2`, `§1-2`, `§2.1`; empty if none has one.
    fn numbers(&self, document: DocumentId, section: Option<SectionId>) -> String {
        let this = &self.case.documents[document];
        let mut numbers: Vec<String> = Vec::new();
        let mut around = section.filter(|&section| this.title_section != Some(section));
        while let Some(section) = around.map(|around| this.section(around)) {
            let written = unescaped(&section.written_number);
            let number = written.trim_matches(|c: char| !c.is_alphanumeric());
            // Below 2 stands 2.1, which tells all of it.
            let is_told = numbers.first().and_then(|inner| inner.strip_prefix(number));
            let is_told = is_told.is_some_and(|rest| rest.starts_with(['.', '-']));
            if !number.is_empty() && !is_told {
                numbers.insert(0, number.to_owned());
            }
            around = section.parent;
        }
        if numbers.is_empty() {
            return String::new();
        }
        let are_figures = numbers.iter().all(|number| number.is_ascii() && !number.contains(' '));
        if are_figures { format!("§{}", numbers.join("-")) } else { numbers.join(" ") }
    }

    /// By which words one quotes what has an anchor: the document where that is nothing of its own.
    pub fn words_at(&self, document: DocumentId, anchor: &str) -> String {
        let spot = self.addresses[document].cited_at(anchor);
        spot.map_or_else(|| self.case.documents[document].title.clone(), |spot| self.words_for(document, spot))
    }

    /// The same as [`Site::citation`] for what has an anchor: the document where that is nothing of its own.
    pub fn citation_at(&self, document: DocumentId, anchor: &str) -> String {
        let spot = self.addresses[document].cited_at(anchor);
        spot.map_or_else(|| self.case.documents[document].title.clone(), |spot| self.citation(document, spot))
    }

    /// By which words one quotes a section.
    pub fn section_words(&self, document: DocumentId, section: SectionId) -> String {
        let this = &self.case.documents[document];
        if this.title_section == Some(section) {
            return this.title.clone();
        }
        format!("{} {}", this.title, self.section_name(document, section))
    }

    /// A section by its number as it is written, else by its outline number, else by its title.
    fn section_name(&self, document: DocumentId, section: SectionId) -> String {
        let own = self.case.documents[document].section(section);
        if own.number.is_some() && own.written_number.chars().any(char::is_alphanumeric) {
            return self.numbers(document, Some(section));
        }
        let anchor = self.addresses[document].of(Spot::Section(section));
        let outline = anchor.strip_prefix('s').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let title = || self.case.documents[document].section(section).title.to_string();
        outline.map_or_else(title, |outline| format!("§{outline}"))
    }

    /// The note around a node, else the item, else the event, else the section by its number or title.
    fn place(
        &self,
        document: DocumentId,
        node: NodeId,
        section: Option<SectionId>,
        item: Option<ItemId>,
    ) -> PlaceOfCitation<'_> {
        let this = &self.case.documents[document];
        let addresses = &self.addresses[document];
        if let Some((definition, words)) = item.is_none().then(|| self.note_around(document, node)).flatten() {
            return PlaceOfCitation { document, anchor: addresses.of(Spot::Definition(definition)), words };
        }
        if let Some(item) = item {
            let own = &this.items[item];
            let number = own.number.to_string();
            let positions = self.case.positions.get(&document);
            let is_statement = positions.is_some_and(|positions| positions.at_node(own.node).is_some());
            // A claim is known by its number alone.
            let words = if is_statement { number } else { self.within(document, own.section, &number) };
            return PlaceOfCitation { document, anchor: addresses.of(Spot::Item(item)), words };
        }
        if let Some((event, words)) = self.event_around(document, node) {
            return PlaceOfCitation { document, anchor: addresses.of(Spot::Event(event)), words };
        }
        let Some(section) = section.filter(|&section| this.title_section != Some(section)) else {
            return PlaceOfCitation { document, anchor: "", words: this.title.clone() };
        };
        let anchor = addresses.of(Spot::Section(section));
        PlaceOfCitation { document, anchor, words: self.section_name(document, section) }
    }

    /// The event of a timeline that holds a node, with its time as written. In other documents a paragraph may begin with a
    /// date in one language and not in another.
    fn event_around(&self, document: DocumentId, node: NodeId) -> Option<(EventId, String)> {
        let is_timeline = self.case.documents[document].kind == DocumentKind::Timeline;
        let events = self.case.events_of(document).filter(|_| is_timeline)?;
        let at = events.partition_point(|event| event.block <= node).checked_sub(1)?;
        let words = || self.case.documents[document].written_time(events[at].time, self.case.source_of(document));
        (node < events[at].end).then(|| (EventId::new(at), words().into_owned()))
    }

    /// The note that holds a node, with its label.
    fn note_around(&self, document: DocumentId, node: NodeId) -> Option<(DefinitionId, String)> {
        let this = &self.case.documents[document];
        let definitions = &self.case.definitions[document].all;
        let node_of = |label: LabelId| this.labels[label].node;
        let before = definitions.partition_point(|definition| definition.label.is_some_and(|at| node_of(at) < node));
        let at = definitions[..before].iter().rposition(|definition| definition.body.is_some())?;
        let (start, end) = definitions[at].body?;
        let label = &this.labels[definitions[at].label?];
        let holds = start < node && node < end && label.place.rank() < 5;
        let text = label.text(self.case.source_of(document));
        holds.then(|| (DefinitionId::new(at), quoted(text).into_owned()))
    }
}

/// A label as one quotes it: Markdown's own `[^1-1]:` is shown as `[1-1]`.
fn quoted(text: &str) -> Cow<'_, str> {
    let number = text.strip_prefix("[^").and_then(|rest| rest.split(']').next());
    number.map_or(Cow::Borrowed(text), |number| Cow::Owned(format!("[{number}]")))
}
