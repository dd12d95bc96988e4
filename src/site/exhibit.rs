//! The published form of the exhibits: their files, where they are cited, and which statements they bear on.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use smol_str::SmolStr;

use super::addresses::{Addresses, Spot, anchor_of};
use super::backlinks::{Citation, Citing};
use super::link::{ImageTarget, LinkTarget};
use super::published::Paths;
use super::references::References;
use super::resolve::Resolution;
use crate::case::Case;
use crate::case::exhibit::{Exhibit, ExhibitId, Exhibits, Proves, Visibility};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::definition::{Definition, DefinitionId};
use crate::document::label::Key;
use crate::document::url::percent_decode;
use crate::document::{DocumentId, ImageId, ItemId, LabelId, LinkId};
use crate::edition::Edition;
use crate::language::LanguageId;
use crate::sha256::Sha256;
use crate::source::exhibit::media::Class;
use crate::source::exhibit::{Cleaned, Cleaning, Smaller, form};
use crate::source::stamp::Stamp;

indexed_by!(ExhibitId, ExhibitPage);
indexed_by!(LanguageId, Vec<Bearing>);

/// What is known of an exhibit beside what its author says.
#[derive(Debug, Default)]
pub struct ExhibitPage {
    /// Its file in the site.
    pub file: Option<Published>,
    /// The pictures made of it, smallest first.
    pub smaller: Vec<Published>,
    /// Pictures of the pages that it has, where the file is made of them.
    pub pages: Vec<Published>,
    /// Where it is cited, linked and shown, in the order of documents.
    pub cited: Vec<Citation>,
    /// What it bears on in each language: the things it is said to prove, as far as they were found.
    pub bears_on: Vec<Vec<Bearing>>,
}

impl ExhibitPage {
    /// All its files in the site.
    pub fn files(&self) -> impl Iterator<Item = &Published> {
        self.file.iter().chain(&self.smaller).chain(&self.pages)
    }
}

/// A file that stands in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The file, from the case folder.
    pub from: String,
    /// Its path in the site.
    pub to: String,
    /// Its sum, if anybody may want to check it.
    pub sha256: Option<Sha256>,
    /// How the file looked when the sum was taken; none for what the program made itself.
    pub stamp: Option<Stamp>,
    /// Its size in bytes, where it is told.
    pub size: u64,
    /// Its size in pixels, if it is a picture.
    pub pixels: Option<(u32, u32)>,
}

/// Something that an exhibit bears on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearing {
    /// The document it stands in.
    pub document: DocumentId,
    /// Its anchor there; empty for the page as a whole.
    pub anchor: SmolStr,
    /// What it is, where it tells what bears on it.
    pub spot: Option<Spot>,
    /// As the list writes it.
    pub written: String,
    /// The label it is, if it is one.
    pub label: Option<Key>,
}

/// The anchor of an exhibit on its page.
pub fn anchor(exhibit: &Exhibit) -> SmolStr {
    anchor_of(&exhibit.key)
}

/// Finds out what there is to know of every exhibit.
pub(super) fn resolve(
    case: &Case,
    addresses: &[Addresses],
    references: &[References],
    paths: &mut Paths,
    findings: &mut Vec<Diagnostic>,
) -> Vec<ExhibitPage> {
    let mut found: Vec<ExhibitPage> = Vec::with_capacity(case.exhibits.all.len());
    let mut firsts: HashMap<(&str, Visibility), ExhibitId> = HashMap::new();
    for (at, exhibit) in ExhibitId::each(&case.exhibits.all) {
        let named = exhibit.file.as_ref().map(|file| (file.path.as_str(), exhibit.visibility));
        let first = named.map(|named| *firsts.entry(named).or_insert(at));
        // A file that is named twice stands in the site once.
        let page = match first.filter(|&first| first != at) {
            Some(first) => {
                let ExhibitPage { file, smaller, pages, .. } = &found[first];
                let (file, smaller, pages) = (file.clone(), smaller.clone(), pages.clone());
                ExhibitPage { file, smaller, pages, ..ExhibitPage::default() }
            }
            None => publish(case, at, paths),
        };
        found.push(page);
    }
    note_citations(case, references, &mut found);
    let written = case.exhibits.shown().flat_map(|(_, exhibit)| &exhibit.proves).map(|proves| proves.written.as_str());
    let written: HashSet<&str> = written.collect();
    let provable: Vec<Provable> =
        LanguageId::all(&case.languages).map(|language| Provable::of(case, addresses, language, &written)).collect();
    for (at, exhibit) in case.exhibits.shown() {
        let mut bears_on: Vec<Vec<Bearing>> = vec![Vec::new(); case.languages.len()];
        for proves in &exhibit.proves {
            let mut anywhere = false;
            for (provable, bears_on) in provable.iter().zip(&mut bears_on) {
                let Some(bearing) = provable.bearing(proves) else { continue };
                anywhere = true;
                bears_on.push(bearing);
            }
            if !anywhere {
                let Some(list) = case.exhibits.list else { continue };
                let message = message!(
                    en: "nothing in the case is `{written}`",
                    zh: "案卷中没有 `{written}`",
                    written = proves.written
                );
                let help = message!(
                    en: "the number of a claim, such as `1-3-1`; a label, such as `注1-2`; or a place, such as \
                         `timeline.md#event-2031-05-04`",
                    zh: "可写主张的编号，例如 `1-3-1`；标签，例如 `注1-2`；或位置，例如 \
                         `timeline.md#event-2031-05-04`"
                );
                findings.push(Diagnostic::at(Code::UnresolvedLabel, list, proves.span, message).help(help));
            }
        }
        found[at].bears_on = bears_on;
    }
    found
}

/// What is published of an exhibit's file: nothing unless everybody may see it, and nothing that says what it should
/// not.
fn publish(case: &Case, at: ExhibitId, paths: &mut Paths) -> ExhibitPage {
    let mut page = ExhibitPage::default();
    let exhibit = &case.exhibits.all[at];
    let Some(file) = case.exhibits.file_of(exhibit).filter(|_| exhibit.visibility == Visibility::Public) else {
        return page;
    };
    let facts = &file.facts;
    if facts.is_bare() && case.edition == Edition::Public {
        return page;
    }
    let own = Published {
        from: file.path.clone(),
        to: String::new(),
        sha256: Some(file.sha256),
        stamp: Some(file.stamp),
        size: file.size,
        pixels: facts.pixels,
    };
    let wanted = match &facts.cleaning {
        // A drawing that is evidence is published as it is, to be read.
        _ if facts.media.class == Class::Active => own,
        Cleaning::NotAsked | Cleaning::Nothing => own,
        Cleaning::Copy(cleaned) => {
            let Cleaned { path, size, sha256 } = cleaned;
            Published { from: path.clone(), sha256: Some(*sha256), stamp: None, size: *size, ..own }
        }
        Cleaning::Impossible => return page,
    };
    let shown = case.exhibits.path_shown(at);
    let added = |ending: &str| form::added_ending(&facts.media, facts.is_active, ending);
    page.file = Some(Published { to: paths.give(&shown, "", added), ..wanted });
    let stem = shown.rsplit_once('.').map_or(shown.as_str(), |(stem, _)| stem);
    let mut picture = |made: &Smaller, what: &str| {
        let ending = made.path.rsplit('.').next().unwrap_or("");
        Published {
            from: made.path.clone(),
            to: paths.give(&format!("{stem}.{ending}"), what, |_| None),
            sha256: None,
            stamp: None,
            size: 0,
            pixels: Some((made.width, made.height)),
        }
    };
    page.smaller = facts.smaller.iter().map(|smaller| picture(smaller, &format!("-{}", smaller.width))).collect();
    page.pages = (1..).zip(&facts.shown_pages).map(|(at, made)| picture(made, &format!("-page-{at}"))).collect();
    page
}

/// Notes where each exhibit is cited; what cites one of its files cites it.
fn note_citations(case: &Case, references: &[References], found: &mut [ExhibitPage]) {
    for (document, own) in DocumentId::each(references) {
        let labels = LabelId::each(&own.labels).filter_map(|(at, label)| match label {
            Resolution::Exhibit(exhibit) => Some((*exhibit, Citing::Label(at))),
            _ => None,
        });
        let links = LinkId::each(&own.links).filter_map(|(at, link)| match link {
            LinkTarget::Exhibit(exhibit) => Some((*exhibit, Citing::Link(at))),
            _ => None,
        });
        let images = ImageId::each(&own.images).filter_map(|(at, image)| match image {
            ImageTarget::Exhibit(exhibit) => Some((*exhibit, Citing::Image(at))),
            _ => None,
        });
        for (exhibit, by) in labels.chain(links).chain(images) {
            found[case.exhibits.whole(exhibit)].cited.push(Citation { document, by });
        }
    }
}

/// The path of a document as an author writes it in the list, below the folder of its language and without its ending:
/// from that folder on, from the content, from the case folder, or from the exhibits.
fn below_language(written: &str, content: &str, tag: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    for folder in [content, tag] {
        if parts.len() > 1 && parts[0].eq_ignore_ascii_case(folder) {
            parts.remove(0);
        }
    }
    let path = parts.join("/");
    path.strip_suffix(".md").or_else(|| path.strip_suffix(".html")).unwrap_or(&path).to_owned()
}

/// What lists of `proves` may name in a language. Each table is made once something is looked for in it.
struct Provable<'a> {
    case: &'a Case,
    addresses: &'a [Addresses],
    language: LanguageId,
    documents: Vec<DocumentId>,
    /// The numbers that the lists name.
    numbers: &'a HashSet<&'a str>,
    labels: OnceCell<HashMap<&'a Key, (DocumentId, DefinitionId)>>,
    paths: OnceCell<HashMap<&'a str, DocumentId>>,
    items_of_positions: OnceCell<HashMap<&'a str, (DocumentId, ItemId)>>,
    items: OnceCell<HashMap<&'a str, (DocumentId, ItemId)>>,
    statements: OnceCell<HashMap<&'a str, DocumentId>>,
}

/// How the addresses of claims begin.
const CLAIM: &str = "claim-";

impl<'a> Provable<'a> {
    fn of(case: &'a Case, addresses: &'a [Addresses], language: LanguageId, numbers: &'a HashSet<&'a str>) -> Self {
        let of_language = |at: &DocumentId| case.documents[*at].language == language;
        Self {
            case,
            addresses,
            language,
            documents: DocumentId::all(&case.documents).filter(of_language).collect(),
            numbers,
            labels: OnceCell::new(),
            paths: OnceCell::new(),
            items_of_positions: OnceCell::new(),
            items: OnceCell::new(),
            statements: OnceCell::new(),
        }
    }

    /// What an entry of `proves` means.
    fn bearing(&self, proves: &Proves) -> Option<Bearing> {
        let addresses = self.addresses;
        let found = |document: DocumentId, anchor: &str, spot: Option<Spot>| Bearing {
            document,
            anchor: SmolStr::new(anchor),
            spot,
            written: proves.written.clone(),
            label: proves.label.clone(),
        };
        if let Some(key) = &proves.label {
            let (document, definition) = *self.labels().get(key)?;
            let anchor = addresses[document].of(Spot::Definition(definition));
            return Some(found(document, anchor, Some(Spot::Definition(definition))));
        }
        if proves.written.ends_with(".md") && !proves.written.contains('#') {
            return self.document(&proves.written).map(|document| found(document, "", None));
        }
        if let Some((path, anchor)) = proves.written.split_once('#') {
            let (document, anchor) = (self.document(path)?, percent_decode(anchor));
            return addresses[document]
                .has(&anchor)
                .then(|| found(document, &anchor, addresses[document].cited_at(&anchor)));
        }
        let numbered = |items: &HashMap<&str, (DocumentId, ItemId)>| {
            let (document, item) = *items.get(proves.written.as_str())?;
            let spot = Spot::Item(item);
            Some(found(document, addresses[document].of(spot), Some(spot)))
        };
        let statement = || {
            let anchor = format!("{CLAIM}{}", proves.written);
            let document = *self.statements().get(anchor.as_str())?;
            let spot = addresses[document].cited_at(&anchor)?;
            Some(found(document, &anchor, Some(spot)))
        };
        let of_positions = self.items_of_positions.get_or_init(|| self.items(self.positions()));
        let everywhere = || self.items.get_or_init(|| self.items(self.documents.iter().copied()));
        numbered(of_positions).or_else(statement).or_else(|| numbered(everywhere()))
    }

    fn positions(&self) -> impl Iterator<Item = DocumentId> {
        self.documents.iter().copied().filter(|document| self.case.positions.contains_key(document))
    }

    /// The first document with what is said of each claim.
    fn statements(&self) -> &HashMap<&'a str, DocumentId> {
        self.statements.get_or_init(|| {
            let mut statements = HashMap::new();
            for document in self.positions() {
                let claims = self.addresses[document].in_order().iter();
                for claim in claims.filter(|one| one.anchor.starts_with(CLAIM) && one.spot.precedence().is_some()) {
                    statements.entry(claim.anchor.as_str()).or_insert(document);
                }
            }
            statements
        })
    }

    fn labels(&self) -> &HashMap<&'a Key, (DocumentId, DefinitionId)> {
        self.labels.get_or_init(|| {
            let mut labels = HashMap::new();
            for &document in &self.documents {
                let definitions = &self.case.definitions[document];
                for Definition { key, .. } in &definitions.all {
                    let Some(definition) = definitions.get(key) else { continue };
                    labels.entry(key).or_insert((document, definition));
                }
            }
            labels
        })
    }

    /// The document that a path in the list names.
    fn document(&self, path: &str) -> Option<DocumentId> {
        let path = below_language(&percent_decode(path), &self.case.content, &self.case.languages[self.language].tag);
        let paths = self.paths.get_or_init(|| {
            let mut paths = HashMap::new();
            for &document in &self.documents {
                paths.entry(self.case.documents[document].path.trim_end_matches(".md")).or_insert(document);
            }
            paths
        });
        paths.get(path.as_str()).copied()
    }

    /// The first item of each number that is looked for.
    fn items(&self, documents: impl Iterator<Item = DocumentId>) -> HashMap<&'a str, (DocumentId, ItemId)> {
        let mut items = HashMap::new();
        let mut written = String::new();
        for document in documents {
            for (at, item) in ItemId::each(&self.case.documents[document].items) {
                written.clear();
                // Nothing keeps a text from being written to memory.
                let _ = write!(written, "{}", item.number);
                if let Some(number) = self.numbers.get(written.as_str()) {
                    items.entry(*number).or_insert((document, at));
                }
            }
        }
        items
    }
}

impl Exhibits {
    /// Whether an exhibit's file is there and may be published, but is not because of what it says.
    pub fn is_withheld(&self, exhibit: &Exhibit) -> bool {
        let file = self.file_of(exhibit).filter(|_| exhibit.visibility == Visibility::Public);
        file.is_some_and(|file| file.facts.cleaning == Cleaning::Impossible)
    }
}
