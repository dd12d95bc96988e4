//! Every reference is an address or already a finding, every address unique, every backlink known.

pub mod addresses;
pub mod backlinks;
pub mod card;
pub mod exhibit;
pub mod exhibit_words;
pub mod files;
pub mod link;
pub mod pages;
pub mod parallel;
pub mod place;
pub mod published;
pub mod references;
pub mod resolve;
pub mod statement;
mod twins;

use std::collections::BTreeMap;

pub use addresses::Spot;
pub use backlinks::{Citation, Citing};

use crate::case::Case;
use crate::case::exhibit::ExhibitId;
use crate::case::group::GroupId;
use crate::diagnostic::Diagnostic;
use crate::document::DocumentId;
use crate::folder::Skipped;
use crate::language::LanguageId;
use crate::source::exhibit::media::ending;
use addresses::Addresses;
use backlinks::Backlinks;
use card::CardPicture;
use exhibit::ExhibitPage;
use link::{Kept, LinkTarget};
use pages::{Generated, Page, Pages};
use published::Paths;
use references::References;
use resolve::Target;

/// A case whose every part has an address.
#[derive(Debug)]
pub struct Site {
    /// The case.
    pub case: Case,
    /// Every page there is.
    pub pages: Pages,
    /// What has an address on the page of each document, in the order of the case's documents.
    pub addresses: Vec<Addresses>,
    /// Where the references of each document lead.
    pub references: Vec<References>,
    /// Who leads to what stands on the page of each document.
    pub backlinks: Vec<Backlinks>,
    /// The files that are published with it: path in the case, path in the site.
    pub files: BTreeMap<String, String>,
    /// Targets of the archived copies of links.
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
        let text_sizes = text_sizes(&case);
        let addresses = addresses::assign(&case, &mut findings);
        let references = references::of(&case, &addresses, &mut findings);
        let mut paths = Paths::default();
        let kept = link::kept(&case, &addresses, &mut findings);
        let mut files = published::publish(&case, &references, &kept, &mut paths);
        let card = card::publish(&case, &mut files, &mut paths, &mut findings);
        let exhibits = exhibit::resolve(&case, &addresses, &references, &mut paths, &mut findings);
        let backlinks = backlinks::of(&case, &addresses, &references, &exhibits);
        pass_over_texts(&mut case, &files);
        let pages = Pages::of(&case, &text_sizes, &mut findings);
        Self { case, pages, addresses, references, backlinks, files, kept, exhibits, card, text_sizes, findings }
    }

    /// The path of the page of a document.
    pub fn path_of(&self, document: DocumentId) -> &str {
        self.pages.path(Page::Document(document)).unwrap_or_default()
    }

    /// The path of the front page of a language.
    pub fn home_path(&self, language: LanguageId) -> &str {
        self.pages.path(Page::Home(language)).unwrap_or_default()
    }

    /// The path of the page that holds a group in a language: the document's, or the one that says it is missing.
    pub fn group_path(&self, group: GroupId, language: LanguageId) -> &str {
        let document = self.case.groups[group].documents[language];
        let page = document.map_or(Page::Missing { group, language }, Page::Document);
        self.pages.path(page).unwrap_or_default()
    }

    /// The path of the page that sets a group side by side in two languages; none if there is no such page.
    pub fn parallel_path(&self, group: GroupId, languages: [LanguageId; 2]) -> Option<&str> {
        self.pages.path(Page::Parallel { group, languages })
    }

    /// The path of a page made of no document; none if the language has no such page.
    pub fn generated_path(&self, page: Generated, language: LanguageId) -> Option<&str> {
        self.pages.path(Page::Generated(page, language))
    }

    /// The path of the page that is in the language `other` what `page` is in the language `own`.
    pub fn counterpart(&self, page: Generated, own: LanguageId, other: LanguageId) -> Option<&str> {
        let page = match page {
            Generated::Catalogue(at) => {
                let name = &self.case.languages[own].table.catalogues[at].name;
                let catalogues = &self.case.languages[other].table.catalogues;
                Generated::Catalogue(catalogues.iter().position(|other| other.name == *name)?)
            }
            page => page,
        };
        self.generated_path(page, other)
    }

    /// The path of the page of an exhibit in a language; a further file of an exhibit is on the page of the whole.
    pub fn exhibit_path(&self, exhibit: ExhibitId, language: LanguageId) -> &str {
        let whole = self.case.exhibits.whole(exhibit);
        self.generated_path(Generated::Exhibit(whole), language).unwrap_or_default()
    }

    /// The address of a definition, from the root of the site.
    pub fn address_of(&self, (document, definition): Target) -> String {
        let path = self.path_of(document);
        match self.addresses[document].of(Spot::Definition(definition)) {
            "" => path.to_owned(),
            anchor => format!("{path}#{anchor}"),
        }
    }

    /// What the link of a document leads to, where that tells who leads to it.
    pub fn spot_of(&self, target: &LinkTarget) -> Option<(DocumentId, Spot)> {
        backlinks::spot_of(&self.case, &self.addresses, target)
    }
}

/// How much text each language has, in bytes of its sources.
fn text_sizes(case: &Case) -> Vec<usize> {
    let mut sizes = vec![0; case.languages.len()];
    for (at, document) in DocumentId::each(&case.documents) {
        sizes[document.language.place()] += case.source_of(at).text.len();
    }
    sizes
}
