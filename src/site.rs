//! Every reference is an address or already a finding, every address unique, every backlink known.

pub mod address;
pub mod card;
pub mod exhibit;
pub mod link;
pub mod parallel;
pub mod place;
pub mod resolve;
mod twins;

use std::collections::BTreeMap;

use rayon::prelude::*;
use smol_str::SmolStr;

use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::source::exhibit::media::ending;
use crate::source::folder::Skipped;
use card::CardPicture;
use exhibit::ExhibitPage;
use link::{ImageTarget, Kept, LinkTarget, Paths};
use resolve::{Resolution, Target};

/// A case whose every part has an address.
#[derive(Debug)]
pub struct Site {
    /// The case.
    pub case: Case,
    /// What is known of each document, in the order of the case's documents.
    pub pages: Vec<Page>,
    /// The files that are published with it: path in the case, path in the site.
    pub files: BTreeMap<String, String>,
    /// Where the copies lead that were kept of links.
    pub kept: Kept,
    /// What is known of each exhibit, in the order of the list.
    pub exhibits: Vec<ExhibitPage>,
    /// The picture that goes with the address of the site where it is shared.
    pub card: Option<CardPicture>,
    /// How much text each language has, in bytes of its sources.
    pub text_sizes: Vec<usize>,
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
    /// The anchor of each other numbered place.
    pub points: Vec<SmolStr>,
    /// The anchor of each definition; empty for one that is the page as a whole.
    pub definitions: Vec<SmolStr>,
    /// The ids the author gave beside those.
    pub own_ids: Vec<SmolStr>,
    /// The anchor of each place that the author gave an id; empty where something else has it.
    pub anchors: Vec<SmolStr>,
    /// The anchor of each event.
    pub events: Vec<SmolStr>,
    /// The anchor of each statement; that of its item, if it bears a number.
    pub statements: Vec<SmolStr>,
    /// Where each anchor stands in [`Page::all_anchors`], sorted by anchor.
    sorted: Vec<u32>,
    /// What each label is.
    pub labels: Vec<Resolution>,
    /// Where each link leads.
    pub links: Vec<LinkTarget>,
    /// Where each image lies.
    pub images: Vec<ImageTarget>,
    /// The places that cite each definition.
    pub cited: Vec<Vec<Citation>>,
    /// The links that lead to something else than a definition.
    pub linked: BTreeMap<Spot, Vec<Citation>>,
    /// The exhibits that bear on something, by their place in the list.
    pub exhibits: BTreeMap<Spot, Vec<u32>>,
}

/// A place that cites something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation {
    /// The citing document.
    pub document: u32,
    /// What cites in it.
    pub by: Citing,
}

/// What cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Citing {
    /// A label: an index into the document's labels.
    Label(u32),
    /// A link: an index into the document's links.
    Link(u32),
    /// An image: an index into the document's images.
    Image(u32),
}

/// Something on a page that links lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A numbered item.
    Item(u32),
    /// An event.
    Event(u32),
    /// A statement without a number.
    Statement(u32),
    /// A numbered paragraph, line or entry of a list.
    Point(u32),
    /// A definition.
    Definition(u32),
}

impl Page {
    /// Whether the page has that anchor.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.sorted.binary_search_by(|&at| self.anchor_at(at).cmp(anchor)).is_ok()
    }

    /// Every anchor of the page.
    pub fn all_anchors(&self) -> impl Iterator<Item = &str> {
        self.lists().into_iter().flatten().map(SmolStr::as_str).filter(|anchor| !anchor.is_empty())
    }

    /// What links to `anchor` lead to, where that is something that tells who leads to it.
    fn spot(&self, anchor: &str) -> Option<Spot> {
        let found = self.sorted.partition_point(|&at| self.anchor_at(at) < anchor);
        let same = self.sorted[found..].iter().take_while(|&&at| self.anchor_at(at) == anchor);
        same.filter_map(|&at| self.spot_at(at)).min()
    }

    fn spot_at(&self, at: u32) -> Option<Spot> {
        let mut at = at as usize;
        for (list, anchors) in self.lists().into_iter().enumerate() {
            match at.checked_sub(anchors.len()) {
                None => {
                    let at = at as u32;
                    return match list {
                        1 => Some(Spot::Item(at)),
                        2 => Some(Spot::Definition(at)),
                        4 => Some(Spot::Event(at)),
                        5 => Some(Spot::Statement(at)),
                        7 => Some(Spot::Point(at)),
                        _ => None,
                    };
                }
                Some(rest) => at = rest,
            }
        }
        None
    }

    fn lists(&self) -> [&Vec<SmolStr>; 8] {
        let Self { sections, items, definitions, own_ids, events, statements, anchors, points, .. } = self;
        [sections, items, definitions, own_ids, events, statements, anchors, points]
    }

    fn anchor_at(&self, at: u32) -> &str {
        let mut at = at as usize;
        for list in self.lists() {
            match list.get(at) {
                Some(anchor) => return anchor,
                None => at -= list.len(),
            }
        }
        ""
    }

    /// Makes the anchors findable, once all are there.
    fn sort_anchors(&mut self) {
        let count: usize = self.lists().iter().map(|list| list.len()).sum();
        let mut sorted: Vec<u32> = (0..count as u32).collect();
        sorted.sort_unstable_by(|&a, &b| self.anchor_at(a).cmp(self.anchor_at(b)));
        self.sorted = sorted;
    }
}

/// Endings of texts that are no documents here, and that an author may take for documents.
const TEXTS: &[&str] = &[
    "adoc", "asciidoc", "doc", "docx", "htm", "html", "markdown", "mdown", "mdtxt", "mdx", "mkd", "mkdn", "odt", "org",
    "pages", "rst", "rtf", "tex", "text", "txt", "wps",
];

/// Notes texts of the content that are neither documents nor cited by one: they are not published, and their author may
/// think they were.
fn pass_over_texts(case: &mut Case, published: &BTreeMap<String, String>) {
    let is_evidence = |path: &str| case.exhibits.files.iter().any(|file| file.path == path);
    let is_text = |path: &str| TEXTS.contains(&ending(path).as_str());
    let texts = case.assets.iter().filter(|path| is_text(path) && !published.contains_key(*path) && !is_evidence(path));
    let reason = message!(
        en: "no page leads to it, and its name does not end in .md as that of a document",
        zh: "没有页面链接到它，文件名也不像文档那样以 .md 结尾"
    );
    let skipped: Vec<Skipped> = texts.map(|path| Skipped { path: path.clone(), reason: reason.clone() }).collect();
    case.skipped.extend(skipped);
    case.skipped.sort_by(|a, b| a.path.cmp(&b.path));
}

impl Site {
    /// Gives everything an address and resolves every reference.
    pub fn resolve(mut case: Case) -> Self {
        let mut findings = std::mem::take(&mut case.findings);
        let mut pages = address::assign(&case, &mut findings);
        let resolved = resolve::labels(&case, &mut findings);
        let linked = link::resolve(&case, &pages, &mut findings);
        let mut paths = Paths::default();
        let kept = link::kept(&case, &pages, &mut findings);
        let mut files = link::publish(&case, &linked, &kept, &mut paths);
        let card = card::publish(&case, &mut files, &mut paths, &mut findings);
        pages.par_iter_mut().zip(&case.definitions).zip(resolved.into_par_iter().zip(linked)).for_each(
            |((page, definitions), (labels, linked))| {
                page.labels = labels;
                page.links = linked.links;
                page.images = linked.images;
                page.cited = vec![Vec::new(); definitions.all.len()];
            },
        );
        note_citations(&mut pages);
        note_points(&mut pages);
        note_links(&case, &mut pages);
        let exhibits = exhibit::resolve(&case, &mut pages, &mut paths, &mut findings);
        pass_over_texts(&mut case, &files);
        address::reserve(&case, &mut findings);
        let mut text_sizes = vec![0; case.languages.len()];
        for (at, document) in case.documents.iter().enumerate() {
            text_sizes[document.language] += case.source_of(at).text.len();
        }
        Self { case, pages, files, kept, exhibits, card, text_sizes, findings }
    }

    /// The path of the page that holds a group in a language: the document's, or the one that says it is missing.
    pub fn group_path(&self, group: usize, language: usize) -> String {
        address::page_path(&self.case.languages[language].tag, &self.case.groups[group].address)
    }

    /// The path of the page that sets a group side by side in two languages; none if it is not written in both.
    pub fn parallel_path(&self, group: usize, [one, other]: [usize; 2]) -> Option<String> {
        let group = &self.case.groups[group];
        group.documents[one].and(group.documents[other])?;
        let languages = &self.case.languages;
        Some(address::page_path(&format!("{}-{}", languages[one].tag, languages[other].tag), &group.address))
    }

    /// The anchor by which a citing place can be returned to.
    pub fn citation_anchor(by: Citing) -> String {
        match by {
            Citing::Label(label) => format!("ref-{}", label + 1),
            Citing::Link(link) => format!("via-{}", link + 1),
            Citing::Image(image) => format!("shown-{}", image + 1),
        }
    }

    /// The address of a definition, from the root of the site.
    pub fn address_of(&self, (document, definition): Target) -> String {
        let page = &self.pages[document as usize];
        match page.definitions[definition as usize].as_str() {
            "" => page.path.clone(),
            anchor => format!("{}#{anchor}", page.path),
        }
    }

    /// What the link of a document leads to, where that tells who leads to it.
    pub fn spot_of(&self, target: &LinkTarget) -> Option<(usize, Spot)> {
        spot_of(&self.case, &self.pages, target)
    }
}

fn spot_of(case: &Case, pages: &[Page], target: &LinkTarget) -> Option<(usize, Spot)> {
    let LinkTarget::Page { group, language, anchor: Some(anchor), astray: false } = target else { return None };
    let document = case.groups[*group as usize].documents[*language as usize]?;
    Some((document, pages[document].spot(anchor)?))
}

/// Notes for every point which labels cite it.
fn note_points(pages: &mut [Page]) {
    for (document, page) in (0u32..).zip(pages) {
        let labels = (0u32..).zip(&page.labels).filter_map(|(at, label)| match label {
            Resolution::Point(point) => Some((Spot::Point(*point), Citation { document, by: Citing::Label(at) })),
            _ => None,
        });
        for (spot, citation) in labels.collect::<Vec<_>>() {
            page.linked.entry(spot).or_default().push(citation);
        }
    }
}

/// Notes for everything that links lead to where they stand.
fn note_links(case: &Case, pages: &mut [Page]) {
    for document in 0..pages.len() {
        let links = std::mem::take(&mut pages[document].links);
        for (link, target) in (0..).zip(&links) {
            let Some((other, spot)) = spot_of(case, pages, target) else { continue };
            let citation = Citation { document: document as u32, by: Citing::Link(link) };
            match spot {
                Spot::Definition(definition) => pages[other].cited[definition as usize].push(citation),
                _ => pages[other].linked.entry(spot).or_default().push(citation),
            }
        }
        pages[document].links = links;
    }
}

fn note_citations(pages: &mut [Page]) {
    for document in 0..pages.len() {
        let labels = std::mem::take(&mut pages[document].labels);
        for (label, resolution) in labels.iter().enumerate() {
            let citation = Citation { document: document as u32, by: Citing::Label(label as u32) };
            for &(target, definition) in resolution.targets() {
                pages[target as usize].cited[definition as usize].push(citation);
            }
        }
        pages[document].labels = labels;
    }
    for cited in pages.iter_mut().flat_map(|page| &mut page.cited) {
        cited.shrink_to_fit();
    }
}
