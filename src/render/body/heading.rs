//! Headings, with their addresses and the ways to the same place in other languages.

use std::fmt::Write;

use super::surface::Surface;
use super::{Close, Writer};
use crate::document::definition::DefinitionId;
use crate::document::section::SectionId;
use crate::document::tree::NodeId;
use crate::language::LanguageId;
use crate::language::script::is_cjk_language;
use crate::site::Spot;

impl Writer<'_> {
    pub(super) fn heading(&mut self, id: NodeId, index: SectionId, defined: Option<DefinitionId>) {
        let section = self.this.section(index);
        let anchor = self.addresses.of(Spot::Section(index));
        // On the page of all documents the title of each is a heading, too.
        let below = if matches!(self.surface, Surface::Whole(_)) { 2 } else { 1 };
        let level = if section.top { section.depth + below } else { section.level + below - 1 };
        let level = level.clamp(2, 6);
        let mut ids: Vec<&str> = Vec::new();
        if section.top && !matches!(self.surface, Surface::Parallel { .. }) {
            self.out.push_str("<section");
            if self.event_at(id).is_some() {
                self.out.push_str(" class=\"event\"");
            }
            let is_cjk = self.is_cjk;
            if let Some(tag) = section.own_tag {
                let _ = write!(self.out, " lang=\"{tag}\"");
                self.is_cjk = is_cjk_language(tag);
            }
            self.id(anchor);
            let words = self.site.section_words(self.document, index);
            self.quoted_by(&words);
            self.out.push_str(">\n");
            self.close.push((self.section_end(index), Close::Section { is_cjk }));
        } else {
            ids.push(anchor);
        }
        if let Some(definition) = defined {
            let own = self.addresses.of(Spot::Definition(definition));
            if own != anchor {
                ids.push(own);
            }
            let end = self.site.case.definitions[self.document].all[definition].body.map_or(id, |(_, end)| end);
            self.close.push((end, Close::HeadingNote(Spot::Definition(definition))));
        }
        if let Some(part) = self.site.case.definitions[self.document].of_section(index) {
            self.close.push((section.end.max(id + 1), Close::HeadingNote(Spot::Definition(part))));
        }
        let event = self.event_at(id);
        if let Some(event) = event {
            let own = self.addresses.of(Spot::Event(event));
            if own != anchor {
                ids.push(own);
            }
            self.close.push((self.events[event].end, Close::HeadingNote(Spot::Event(event))));
        }
        let explicit = section.id.as_deref().map(str::to_ascii_lowercase);
        if let Some(explicit) = explicit.as_deref().filter(|id| *id != anchor && self.addresses.has(id)) {
            ids.push(explicit);
        }
        let _ = write!(self.out, "<h{level}");
        self.direction(id);
        if self.surface == Surface::Own {
            // What is read aloud is its words, without the links behind them.
            self.out.push_str(" aria-label=\"");
            self.text(&section.full_title());
            self.out.push('"');
        }
        let (site, document) = (self.site, self.document);
        self.ids(ids.into_iter(), || site.section_words(document, index));
        self.enter(id, Close::Heading { level, section: index });
    }

    /// One past the last node of a section with everything below it.
    fn section_end(&self, index: SectionId) -> NodeId {
        let sections = &self.this.sections;
        let depth = sections[index].depth;
        let next = sections[index.place() + 1..].iter().find(|section| section.top && section.depth <= depth);
        next.map_or(self.this.tree.len(), |next| next.node)
    }

    pub(super) fn end_heading(&mut self, level: u8, index: SectionId) {
        if self.surface != Surface::Own {
            let _ = writeln!(self.out, "</h{level}>");
            self.heading_voice(index);
            self.moment(self.this.section(index).node, "p");
            return;
        }
        let anchor = self.addresses.of(Spot::Section(index));
        // One stop of the Tab key for a heading; the script lets the arrow keys go on to the other languages.
        self.out.push_str(" <a class=\"anchor\" href=\"#");
        self.out.push_str(anchor);
        self.out.push_str("\" aria-label=\"");
        self.text(&self.phrases.anchor);
        self.out.push_str("\" title=\"");
        self.text(&self.phrases.anchor);
        self.out.push_str("\">§</a>");
        self.counterparts(anchor);
        let _ = writeln!(self.out, "</h{level}>");
        self.heading_voice(index);
        self.moment(self.this.section(index).node, "p");
    }

    /// Who speaks, where a heading is a statement.
    fn heading_voice(&mut self, index: SectionId) {
        let node = self.this.section(index).node;
        if self.statement_at(node).is_some() && !self.is_excerpt() {
            self.out.push_str("<p>");
            self.voice(node);
            self.out.push_str("</p>\n");
        }
    }

    /// Links to the same place in the other languages, where there is one.
    fn counterparts(&mut self, anchor: &str) {
        let case = &self.site.case;
        let Some(group) = case.group_of(self.document) else { return };
        for (language, document) in LanguageId::each(&case.groups[group].documents) {
            let Some(other) = document.filter(|&other| other != self.document) else { continue };
            if !self.site.addresses[other].has(anchor) {
                continue;
            }
            let href = self.way_to(group, language).href;
            let language = &case.languages[language];
            let name = self.phrases.counterpart.replace("{language}", &language.table.name);
            let tag = &language.tag;
            let _ = write!(
                self.out,
                " <a class=\"counterpart\" tabindex=\"-1\" hreflang=\"{tag}\" href=\"{href}#{anchor}\" aria-label=\""
            );
            self.text(&language.table.short);
            self.out.push(' ');
            self.text(&name);
            self.out.push_str("\" title=\"");
            self.text(&name);
            let _ = write!(self.out, "\" lang=\"{tag}\">");
            self.text(&language.table.short);
            self.out.push_str("</a>");
        }
    }
}
