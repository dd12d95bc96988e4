//! A document side by side in two languages, aligned by the addresses they share.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::body;
use super::body::surface::Surface;
use super::escape;
use crate::document::DocumentId;
use crate::document::section::SectionId;
use crate::language::{LanguageId, script};
use crate::site::parallel::{Marker, Row, Side, align};
use crate::site::{Site, Spot};

/// The rows of a page, and how many have nothing on one side.
pub(super) struct Parallel {
    /// The addresses of the title.
    pub(super) title_ids: Vec<String>,
    /// How much of the page's width the text on the left needs, in per cent, in steps of five: Chinese takes less room
    /// than English, and in columns of one width half of its own would stay empty.
    pub(super) left: usize,
    pub(super) rows: String,
    pub(super) lone: usize,
}

/// Renders `documents`, which are one document in two languages, for the page `path`.
pub(super) fn render(site: &Site, documents: [DocumentId; 2], path: &str) -> Parallel {
    let languages = documents.map(|document| site.case.documents[document].language);
    let sides = documents.map(|document| Side::cut(site, document));
    let surface = Surface::Parallel { path, languages };
    let texts = [0, 1].map(|side: usize| {
        let pieces = sides[side].pieces.iter().map(|piece| piece.nodes.clone());
        body::pieces(site, documents[side], surface, pieces)
    });
    let rows = align(&sides[0], &sides[1]);
    let written: HashSet<&str> = sides.iter().flat_map(|side| &side.of_title).copied().collect();
    let mut title_ids: Vec<String> = written.iter().map(|id| (*id).to_owned()).collect();
    title_ids.sort();
    let left = share_of_left(site, [0, 1].map(|side: usize| (languages[side], &sides[side])));
    let lone = rows.iter().filter(|row| row.sides.iter().any(Vec::is_empty)).count();
    let mut writer =
        Writer { site, documents, languages, sides, texts, sections: Default::default(), written, out: String::new() };
    for side in [0, 1] {
        let addressed = site.addresses[documents[side]].in_order().iter();
        let sections = addressed.filter_map(|addressed| match addressed.spot {
            Spot::Section(section) => Some((addressed.anchor.as_str(), section)),
            _ => None,
        });
        writer.sections[side] = sections.collect();
    }
    for row in &rows {
        writer.row(row);
    }
    Parallel { title_ids, left, rows: writer.out, lone }
}

/// The share of the first of two texts in the width of both, in per cent: 40, 45, 50, 55 or 60.
fn share_of_left(site: &Site, sides: [(LanguageId, &Side); 2]) -> usize {
    // A Chinese character, which counts as two columns, is one em wide; a Latin letter of running text some 0.43 em.
    let [left, right] = sides.map(|(language, side)| {
        let is_cjk = script::is_cjk_language(&site.case.languages[language].tag);
        side.width() * if is_cjk { 50 } else { 43 }
    });
    (20 * left + (left + right) / 2).checked_div(left + right).map_or(50, |steps| 5 * steps.clamp(8, 12))
}

struct Writer<'a> {
    site: &'a Site,
    documents: [DocumentId; 2],
    languages: [LanguageId; 2],
    sides: [Side<'a>; 2],
    /// The text of each piece of each side.
    texts: [Vec<String>; 2],
    /// The section at each anchor.
    sections: [HashMap<&'a str, SectionId>; 2],
    /// The addresses that are written.
    written: HashSet<&'a str>,
    out: String,
}

impl<'a> Writer<'a> {
    fn row(&mut self, row: &Row) {
        let depth = row.sides.iter().enumerate().find_map(|(side, pieces)| {
            let piece = *pieces.first()?;
            Some(self.sides[side].pieces[piece].depth)
        });
        let mut anchors: Vec<(usize, &'a str)> = Vec::new();
        for (side, pieces) in row.sides.iter().enumerate() {
            // What is one place in the one language may be two in the other.
            let here = pieces.iter().flat_map(|&piece| self.sides[side].anchors_of(piece));
            anchors.extend(here.filter(|anchor| self.written.insert(anchor)).map(|anchor| (side, anchor)));
        }
        self.out.push_str("<div class=\"pair");
        if let Some(depth @ 1..) = depth {
            let _ = write!(self.out, " depth-{}", depth.min(3));
        }
        self.out.push('"');
        let mut anchors = anchors.into_iter();
        if let Some((side, anchor)) = anchors.next() {
            let _ = write!(self.out, " id=\"{anchor}\" data-cite=\"");
            let words = self.words(side, anchor);
            escape::text(&mut self.out, &words);
            self.out.push('"');
        }
        self.out.push_str(">\n");
        // A second address is that of a cell, so that one sees what it leads to, and what is left over holds a cell's text.
        let mut others = anchors.map(|(_, anchor)| anchor);
        let cells = [others.next(), others.next()];
        let others: Vec<&str> = others.collect();
        for side in [0, 1] {
            let language = &self.site.case.languages[self.languages[side]];
            let _ = write!(self.out, "<div lang=\"{}\"", language.tag);
            if row.sides[side].is_empty() {
                self.out.push_str(" class=\"absent\"");
            }
            if let Some(anchor) = cells[side] {
                let _ = write!(self.out, " id=\"{anchor}\"");
            }
            self.out.push('>');
            let held = if side == 0 { others.as_slice() } else { &[] };
            for anchor in held {
                let _ = write!(self.out, "<div id=\"{anchor}\">");
            }
            for &piece in &row.sides[side] {
                self.piece(side, piece);
            }
            self.out.push_str(&"</div>".repeat(held.len()));
            if row.sides[side].is_empty() {
                self.out.push_str("<p>");
                escape::text(&mut self.out, &language.table.phrases.no_counterpart);
                self.out.push_str("</p>");
            }
            self.out.push_str("</div>\n");
        }
        self.out.push_str("</div>\n");
    }

    /// Writes a piece; the item of a list in a list of its own.
    fn piece(&mut self, side: usize, piece: usize) {
        let text = &self.texts[side][piece];
        let _ = match self.sides[side].pieces[piece].list {
            None => write!(self.out, "{text}"),
            Some(Marker::Bullet) => write!(self.out, "<ul>{text}</ul>"),
            Some(Marker::Number { number, bracket }) => {
                let class = if bracket { " class=\"bracket\"" } else { "" };
                let start = if number == 1 { String::new() } else { format!(" start=\"{number}\"") };
                write!(self.out, "<ol{class}{start}>{text}</ol>")
            }
        };
    }

    /// By which words one quotes what has that anchor.
    fn words(&self, side: usize, anchor: &str) -> String {
        let document = self.documents[side];
        match self.sections[side].get(anchor) {
            Some(&section) => self.site.section_words(document, section),
            None => self.site.citation_at(document, anchor),
        }
    }
}
