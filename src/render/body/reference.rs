//! Labels, what they define, and the ways back.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::quotation::Quoted;
use super::{Close, Writer, width};
use crate::document::definition::DefinitionId;
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{ItemId, LabelId};
use crate::site::resolve::{Resolution, Target};
use crate::site::{Citation, Citing, Spot};

/// The columns of the longest label that is kept on one line.
const ON_ONE_LINE: usize = 16;

impl<'a> Writer<'a> {
    /// Notes that node `id` begins a definition, and opens the element that holds it where that is several blocks.
    /// Returns the definition.
    pub(super) fn begin_definition(&mut self, id: NodeId) -> Option<DefinitionId> {
        let all = &self.site.case.definitions[self.document].all;
        while all.get(self.next_definition).is_some_and(|d| d.body.is_none_or(|(start, _)| start < id)) {
            self.next_definition += 1;
        }
        let (start, end) = all.get(self.next_definition)?.body?;
        if start != id {
            return None;
        }
        let definition = DefinitionId::new(self.next_definition);
        self.next_definition += 1;
        if matches!(self.this.tree.get(id).kind, NodeKind::Paragraph { .. } | NodeKind::Footnote(_)) {
            let anchor = self.addresses.of(Spot::Definition(definition));
            self.out.push_str("<div class=\"note\"");
            self.id(anchor);
            let words = self.site.citation(self.document, Spot::Definition(definition));
            self.quoted_by(&words);
            self.out.push_str(">\n");
            self.close.push((end, Close::Note(definition)));
        }
        Some(definition)
    }

    /// A label in the text: what defines says so, what cites leads there, what cites nothing is marked.
    pub(super) fn label(&mut self, index: LabelId) {
        let text = self.this.labels[index].text(self.source);
        let class = if width(text) > ON_ONE_LINE { "ref long" } else { "ref" };
        if self.this.labels[index].span.is_empty() && self.references.labels[index] != Resolution::Text {
            // One of a range, which the author does not write out.
            self.out.push_str(" <span class=\"mark\">");
            self.resolved_label(index, class);
            self.out.push_str("</span>");
            return;
        }
        self.resolved_label(index, class);
    }

    fn resolved_label(&mut self, index: LabelId, class: &str) {
        match &self.references.labels[index] {
            Resolution::Defines(definition) => self.defining_label(index, *definition),
            Resolution::Resolved(target) => self.reference(index, *target, class),
            Resolution::Foreign(target) => self.reference(index, *target, &format!("{class} foreign")),
            Resolution::Exhibit(exhibit) => {
                self.open_exhibit(class, Citing::Label(index), *exhibit);
                self.label_text(index);
                self.out.push_str("</a>");
            }
            Resolution::Ambiguous(targets) => self.ambiguous(index, targets),
            Resolution::Text => {
                if !self.this.labels[index].span.is_empty() {
                    self.label_text(index);
                }
            }
            Resolution::Point(point) => {
                let _ = write!(self.out, "<a class=\"{class}\"");
                self.id(&Citing::Label(index).anchor());
                self.out.push_str(" href=\"");
                self.address(self.document, self.addresses.of(Spot::Point(*point)));
                self.out.push_str("\">");
                self.label_text(index);
                self.out.push_str("</a>");
            }
            Resolution::Missing => {
                self.out.push_str("<span class=\"ref missing\">");
                self.label_text(index);
                self.mark(&self.phrases.missing);
                self.out.push_str("</span>");
            }
        }
    }

    fn mark(&mut self, words: &str) {
        self.out.push_str(" <span class=\"mark\">");
        self.text(words);
        self.out.push_str("</span>");
    }

    fn label_text(&mut self, index: LabelId) {
        let label = &self.this.labels[index];
        let text = label.text(self.source);
        // Markdown's own `[^1-1]` has no words of its own; it is shown as the note it is.
        match text.strip_prefix("[^").and_then(|rest| rest.split(']').next()) {
            Some(name) => {
                self.out.push('[');
                self.text(name);
                self.out.push(']');
            }
            None => self.text(text),
        }
    }

    fn defining_label(&mut self, index: LabelId, definition: DefinitionId) {
        let defined = &self.site.case.definitions[self.document].all[definition];
        self.out.push_str("<span class=\"label\"");
        let holder = defined.body.map(|(start, _)| start);
        // An item's own address stands on its block, and running text has no block of its own.
        let on_label = match holder {
            None => true,
            Some(block) => matches!(self.this.tree.get(block).kind, NodeKind::Item { .. }) && self.is_item(block),
        };
        if on_label {
            self.id(self.addresses.of(Spot::Definition(definition)));
            let words = self.site.citation(self.document, Spot::Definition(definition));
            self.quoted_by(&words);
        }
        self.out.push('>');
        self.label_text(index);
        self.out.push_str("</span>");
        if holder.is_none() {
            self.waiting.push(Spot::Definition(definition));
        }
    }

    fn is_item(&self, block: NodeId) -> bool {
        self.this.items.binary_search_by_key(&block, |item| item.node).is_ok()
    }

    fn reference(&mut self, index: LabelId, target: Target, class: &str) {
        let (document, definition) = target;
        let _ = write!(self.out, "<a class=\"{class}\"");
        self.id(&Citing::Label(index).anchor());
        let other = &self.site.case.documents[document];
        if other.language != self.this.language {
            let language = &self.site.case.languages[other.language];
            let _ = write!(self.out, " hreflang=\"{}\" title=\"", language.tag);
            let words = self.phrases.foreign.replace("{language}", &language.table.name);
            self.text(&words);
            self.out.push('"');
        }
        self.out.push_str(" href=\"");
        let from = self.out.len();
        let anchor = self.site.addresses[document].of(Spot::Definition(definition));
        self.address(document, anchor);
        self.quote(from, Quoted::Definition(target));
        self.out.push_str("\">");
        self.label_text(index);
        self.out.push_str("</a>");
    }

    fn ambiguous(&mut self, index: LabelId, targets: &[Target]) {
        self.out.push_str("<span class=\"ref ambiguous\"");
        self.id(&Citing::Label(index).anchor());
        self.out.push('>');
        self.label_text(index);
        self.mark(&self.phrases.ambiguous);
        for (at, &(document, definition)) in targets.iter().enumerate() {
            if at > 0 {
                self.text(&self.phrases.list_separator);
            } else {
                self.out.push(' ');
            }
            self.out.push_str("<a class=\"ref long\" href=\"");
            let anchor = self.site.addresses[document].of(Spot::Definition(definition));
            self.address(document, anchor);
            self.out.push_str("\">");
            self.text(&self.site.case.documents[document].title);
            self.out.push_str("</a>");
        }
        self.out.push_str("</span>");
    }

    /// Writes an item's number, with the separator after it, as a link to the item; returns the next node to write.
    pub(super) fn item_number(&mut self, node: NodeId, item: ItemId) -> NodeId {
        let anchor = self.addresses.of(Spot::Item(item));
        if self.this.items[item].node == node {
            self.voice(node);
        }
        self.out.push_str("<a class=\"number\"");
        // A line inside a paragraph, or the text of a cell, has no element of its own but its number.
        let holder = &self.this.tree.get(self.this.items[item].node).kind;
        if !matches!(holder, NodeKind::Item { .. } | NodeKind::Paragraph { .. }) {
            self.id(anchor);
            let words = self.site.citation(self.document, Spot::Item(item));
            self.quoted_by(&words);
        }
        self.out.push_str(" href=\"");
        self.address(self.document, anchor);
        self.out.push_str("\">");
        let text = |id: NodeId| self.this.tree.words(self.source, id);
        let number = text(node);
        let next = node + 1;
        let separated = next < self.this.tree.len() && matches!(self.this.tree.get(next).kind, NodeKind::Separator);
        let separator = if separated { text(next) } else { "" };
        self.text(number);
        if !separator.is_empty() {
            self.out.push_str("<span class=\"sep\">");
            self.text(separator);
            self.out.push_str("</span>");
        }
        self.out.push_str("</a>");
        if separated { next + 1 } else { next }
    }

    pub(super) fn footnote_label(&mut self, index: LabelId, defined: Option<DefinitionId>) {
        self.out.push_str("<p class=\"footnote-label\">");
        match defined {
            Some(definition) => self.defining_label(index, definition),
            None => self.label(index),
        }
        self.out.push_str("</p>\n");
    }

    /// Writes where the definitions in running text that wait for the end of their block are cited.
    pub(super) fn write_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let citations: Vec<Citation> = waiting.iter().flat_map(|&spot| self.backlinks.citing(spot)).copied().collect();
        if !citations.is_empty() && self.has_addresses() {
            self.out.push(' ');
            self.cited_at(&citations, "span");
        }
        for spot in waiting {
            self.exhibits_on(spot, "span");
        }
    }

    /// Writes where something is cited: nothing if nowhere.
    pub(super) fn backrefs(&mut self, spot: Spot, element: &str) {
        let cited = self.backlinks.citing(spot);
        if !cited.is_empty() && self.has_addresses() {
            self.cited_at(cited, element);
        }
        self.exhibits_on(spot, element);
    }

    fn cited_at(&mut self, cited: &[Citation], element: &str) {
        let _ = write!(self.out, "<{element} class=\"backrefs\">");
        self.text(&self.phrases.cited_at);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (at, citation) in cited.iter().enumerate() {
            if at > 0 {
                self.text(&self.phrases.list_separator);
            }
            let mut words = self.place_of(citation);
            let times = seen.entry(words.clone()).or_default();
            *times += 1;
            if *times > 1 {
                let _ = write!(words, " ({times})");
            }
            self.out.push_str("<a class=\"backref\"");
            let other = &self.site.case.documents[citation.document];
            if other.language != self.this.language {
                let _ = write!(self.out, " hreflang=\"{}\"", self.site.case.languages[other.language].tag);
            }
            self.out.push_str(" href=\"");
            self.address(citation.document, &citation.by.anchor());
            self.out.push('"');
            // What stands there on another page, the script looks for by the address of what holds the citing place.
            if citation.document != self.document {
                let _ = write!(self.out, " data-at=\"{}\"", self.site.place_of(citation).anchor);
            }
            self.out.push('>');
            self.text(&words);
            self.out.push_str("</a>");
        }
        let _ = writeln!(self.out, "</{element}>");
    }

    /// A citing place in words: the document where it is another one, then the place in it.
    fn place_of(&self, citation: &Citation) -> String {
        let place = self.site.place_of(citation);
        if citation.document == self.document {
            return place.words;
        }
        let title = &self.site.case.documents[citation.document].title;
        if place.words == *title { place.words } else { format!("{title} {}", place.words).trim_end().to_owned() }
    }
}
