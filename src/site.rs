//! Every reference is an address or already a finding, every address unique, every backlink known.

pub mod address;
pub mod link;
pub mod resolve;

use std::collections::BTreeMap;

use rayon::prelude::*;
use smol_str::SmolStr;

use crate::case::Case;
use crate::diagnostic::Diagnostic;
use link::{ImageTarget, LinkTarget};
use resolve::Resolution;

/// A case whose every part has an address.
#[derive(Debug)]
pub struct Site {
    /// The case.
    pub case: Case,
    /// What is known of each document, in the order of the case's documents.
    pub pages: Vec<Page>,
    /// The files that are published with it: path in the case, path in the site.
    pub files: BTreeMap<String, String>,
    /// All findings, those of earlier stages included.
    pub findings: Vec<Diagnostic>,
}

/// The addresses of a document and where its references lead.
#[derive(Debug, Default)]
pub struct Page {
    /// Its path in the site: `zh/overview.html`.
    pub path: String,
    /// The anchor of each section.
    pub sections: Vec<SmolStr>,
    /// The anchor of each item.
    pub items: Vec<SmolStr>,
    /// The anchor of each definition; empty for one that is the page as a whole.
    pub definitions: Vec<SmolStr>,
    /// Every anchor, sorted.
    pub anchors: Vec<SmolStr>,
    /// What each label is.
    pub labels: Vec<Resolution>,
    /// Where each link leads.
    pub links: Vec<LinkTarget>,
    /// Where each image lies.
    pub images: Vec<ImageTarget>,
    /// The places that cite each definition.
    pub cited: Vec<Vec<Citation>>,
}

/// A place that cites something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation {
    /// The citing document.
    pub document: u32,
    /// The citing label in it.
    pub label: u32,
}

impl Page {
    /// Whether the page has that anchor.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors.binary_search_by(|known| known.as_str().cmp(anchor)).is_ok()
    }
}

impl Site {
    /// Gives everything an address and resolves every reference.
    pub fn resolve(mut case: Case) -> Self {
        let mut findings = std::mem::take(&mut case.findings);
        let mut pages = address::assign(&case, &mut findings);
        let resolved = resolve::labels(&case, &mut findings);
        let linked = link::resolve(&case, &pages, &mut findings);
        let files = link::publish(&linked);
        pages.par_iter_mut().zip(&case.definitions).zip(resolved.into_par_iter().zip(linked)).for_each(
            |((page, definitions), (labels, linked))| {
                page.labels = labels;
                page.links = linked.links;
                page.images = linked.images;
                page.cited = vec![Vec::new(); definitions.all.len()];
            },
        );
        note_citations(&mut pages);
        Self { case, pages, files, findings }
    }

    /// The path of the page that holds a group in a language: the document's, or the one that says it is missing.
    pub fn group_path(&self, group: usize, language: usize) -> String {
        address::page_path(&self.case.languages[language].tag, &self.case.groups[group].address)
    }

    /// The anchor by which a citing place can be returned to.
    pub fn citation_anchor(label: u32) -> String {
        format!("ref-{}", label + 1)
    }
}

fn note_citations(pages: &mut [Page]) {
    for document in 0..pages.len() {
        let labels = std::mem::take(&mut pages[document].labels);
        for (label, resolution) in labels.iter().enumerate() {
            let citation = Citation { document: document as u32, label: label as u32 };
            for &(target, definition) in resolution.targets() {
                pages[target as usize].cited[definition as usize].push(citation);
            }
        }
        pages[document].labels = labels;
    }
}
