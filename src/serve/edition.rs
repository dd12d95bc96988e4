//! A site as it was at one moment, and the part of one that an edit shows in.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use memchr::memmem;
use self_cell::self_cell;

use crate::Error;
use crate::case::Case;
use crate::case::group::GroupId;
use crate::check;
use crate::diagnostic::{Counts, Diagnostic, emit, group};
use crate::document::DocumentId;
use crate::edition::{Medium, Purpose};
use crate::folder::Folder;
use crate::language::LanguageId;
use crate::output::{Content, Output};
use crate::site::Site;
use crate::site::link::LinkTarget;
use crate::withhold::{Secrets, withhold};
use crate::{Lang, counted};

/// The most documents that are shown an edit among.
const MOST: usize = 24;

/// The template of a theme of one's own that every page begins with.
const OWN_BASE: &str = "templates/base.html";

/// The most findings that are told after an edit.
const MOST_TOLD: usize = 10;

self_cell!(
    struct Whole {
        owner: Site,
        #[not_covariant]
        dependent: Output,
    }
);

/// A site, with what it takes to make a part of it anew.
pub(super) struct Edition {
    whole: Whole,
    /// The folder but for its documents.
    folder: Folder,
    /// For whom.
    wanted: crate::edition::Edition,
    /// How long it took to make.
    pub(super) took: Duration,
    /// The language of what is told of it.
    pub(super) lang: Lang,
    /// What it is, in a line.
    pub(super) summary: String,
    /// What was found in it, in words.
    pub(super) findings: String,
}

/// A few documents of a site, made anew.
pub(super) struct Part {
    whole: Whole,
    /// The pages that show the edited document.
    pages: BTreeSet<String>,
}

/// The content of a file: bytes, or a file of the case by its path there.
pub(super) enum File {
    Bytes(Vec<u8>),
    OfCase(String),
}

impl Whole {
    /// The site of a folder, and whether something must not stand in it.
    fn of(folder: Folder, edition: crate::edition::Edition) -> Result<(Self, bool), Error> {
        let withheld = withhold(folder, Purpose { edition, medium: Medium::Served });
        let has_secrets = withheld.secrets != Secrets::default();
        let whole = Self::try_new(Site::resolve(Case::assemble(withheld)), |site| Output::new(site))?;
        Ok((whole, has_secrets))
    }

    /// What is found in it, but for what is off.
    fn findings(&self) -> Vec<Diagnostic> {
        check::run(self.borrow_owner())
    }

    /// Those of its findings for which it must not be shown.
    fn refusals(&self, findings: &[Diagnostic]) -> Vec<Diagnostic> {
        let levels = &self.borrow_owner().case.config.levels;
        findings.iter().filter(|finding| levels.refuses(finding.code, false)).cloned().collect()
    }

    /// The language in which the program speaks of it, if nobody chose another: its first.
    fn lang(&self) -> Lang {
        let first = self.borrow_owner().case.languages.first();
        first.and_then(|language| Lang::of_tag(&language.tag)).unwrap_or_default()
    }

    /// Findings in words.
    fn told(&self, findings: &[Diagnostic], lang: Lang) -> String {
        let case = &self.borrow_owner().case;
        let levels = &case.config.levels;
        emit::human(&group(findings, levels), levels, &case.sources, lang)
    }

    fn file(&self, path: &str) -> Result<Option<File>, Error> {
        self.with_dependent(|_, output| {
            Ok(output.content(path)?.map(|content| match content {
                Content::Bytes(bytes) => File::Bytes(bytes.into_owned()),
                Content::Pieces(pieces) => File::Bytes(pieces.collect::<String>().into_bytes()),
                Content::Copy { path, .. } => File::OfCase(path.to_owned()),
            }))
        })
    }
}

impl Edition {
    /// Makes the site of a case folder; or says why it cannot be.
    pub(super) fn make(root: &Path, wanted: crate::edition::Edition, lang: Option<Lang>) -> Result<Self, String> {
        let started = Instant::now();
        let told = |error: &Error| {
            let error = error.message();
            let told = message!(en: "error: {error}", zh: "错误：{error}"; error);
            told.in_lang(lang.unwrap_or_default()).to_owned()
        };
        let mut folder = Folder::read(root).map_err(|error| told(&Error::io(root)(error)))?;
        let documents = std::mem::take(&mut folder.documents);
        let rest = folder.clone();
        folder.documents = documents;
        let (whole, has_secrets) = Whole::of(folder, wanted).map_err(|error| told(&error))?;
        let lang = lang.unwrap_or_else(|| whole.lang());
        let findings = whole.findings();
        let refusals = whole.refusals(&findings);
        if !refusals.is_empty() {
            return Err(whole.told(&refusals, lang));
        }
        let took = started.elapsed();
        let pages = whole.with_dependent(|_, output| output.page_count());
        let levels = &whole.borrow_owner().case.config.levels;
        let counts = Counts::of(&group(&findings, levels), levels);
        let pages = counted(pages, "page", "pages", "页");
        let warnings = counted(counts.warning, "warning", "warnings", "个警告");
        let seconds = took.as_secs_f64();
        let mut summary = message!(
            en: "{pages}, {warnings}, {seconds:.2} s",
            zh: "{pages}，{warnings}，{seconds:.2} 秒"; pages, warnings
        );
        if has_secrets {
            summary.push(&message!(
                en: "; it is not searched for what is withheld, which `casefile build` does before it publishes",
                zh: "；没有搜索要隐去的内容，`casefile build` 会在公布之前搜索"
            ));
        }
        if rest.theme.iter().any(|file| file.path == OWN_BASE && memmem::find(&file.bytes, b"live").is_none()) {
            summary.push(&message!(
                en: "; pages do not follow your edits, for {path} of your own does not use `live` as the built-in one does",
                zh: "；页面不会随编辑更新，因为您自己的 {path} 没有像内置的那样使用 `live`", path = OWN_BASE
            ));
        }
        let more = findings.len().saturating_sub(MOST_TOLD);
        let mut told = whole.told(&findings[..findings.len() - more], lang);
        if more > 0 {
            let more = message!(
                en: "and {more} more, which `casefile check` lists\n",
                zh: "另有 {more} 个，见 `casefile check`\n"
            );
            told.push_str(more.in_lang(lang));
        }
        Ok(Self { whole, folder: rest, wanted, took, lang, summary: summary.in_lang(lang).to_owned(), findings: told })
    }

    /// The file at a path of the site.
    pub(super) fn file(&self, path: &str) -> Result<Option<File>, Error> {
        self.whole.file(path)
    }

    /// What an edit of the document at `path` (from the case folder) changes on the pages that show it, as far as can be
    /// told from the document, those that it cites and those that cite it. None if that is no document, or a faulty one:
    /// then the whole site will tell.
    pub(super) fn part(&self, path: &str) -> Option<Part> {
        let site = self.whole.borrow_owner();
        let case = &site.case;
        let document = DocumentId::all(&case.documents).find(|&at| case.source_of(at).path == path)?;
        let group = case.group_of(document)?;
        // Of a few documents the languages could not be told as of all of them.
        if case.config.languages.is_empty() && case.languages.len() > 1 {
            return None;
        }
        let near = near(site, document);
        let paths: Vec<String> = near.into_iter().map(|at| case.source_of(at).path.clone()).collect();
        let (whole, _) = Whole::of(self.folder.with_documents(paths), self.wanted).ok()?;
        if !whole.refusals(&whole.findings()).is_empty() {
            return None;
        }
        let languages = LanguageId::all(&case.languages);
        let sides = languages.clone().flat_map(|one| languages.clone().map(move |other| [one, other]));
        let parallel = sides.filter_map(|sides| site.parallel_path(group, sides));
        let pages = languages.clone().map(|language| site.group_path(group, language)).chain(parallel);
        let pages = pages.map(str::to_owned).collect();
        Some(Part { whole, pages })
    }
}

impl Part {
    /// The page at a path of the site, if it shows the edited document.
    pub(super) fn file(&self, path: &str) -> Option<File> {
        if !self.pages.contains(path) {
            return None;
        }
        self.whole.file(path).ok().flatten()
    }
}

/// A document with its translations, what it cites, and what cites it; not more than [`MOST`].
fn near(site: &Site, document: DocumentId) -> BTreeSet<DocumentId> {
    let groups = &site.case.groups;
    let all = |group: GroupId| groups[group].documents.iter().flatten().copied();
    let group = site.case.group_of(document).unwrap_or_default();
    let mut near: BTreeSet<DocumentId> = all(group).collect();
    let mut further: Vec<DocumentId> = Vec::new();
    for own in all(group) {
        let references = &site.references[own];
        let cited = references.labels.iter().flat_map(|label| label.targets()).map(|&(document, _)| document);
        further.extend(cited);
        further.extend(references.links.iter().filter_map(|link| match link {
            LinkTarget::Page { group, language, .. } => groups[*group].documents[*language],
            _ => None,
        }));
        further.extend(site.backlinks[own].all().map(|citation| citation.document));
    }
    for other in further {
        if near.len() >= MOST {
            break;
        }
        near.extend(site.case.group_of(other).into_iter().flat_map(all));
    }
    near
}
