//! What is published: a sorted map of paths to contents, rendered only when asked for.

mod copies;
pub mod disk;
mod listed;
mod looked;
mod seen;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Included, Unbounded};
use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::Error;
use crate::document::DocumentId;
use crate::edition::Edition;
use crate::render::{Renderer, model, sitemap};
use crate::schema::Schema;
use crate::seal::Seal;
use crate::search::{self, Search};
use crate::sha256::Sha256;
use crate::site::Site;
use crate::site::exhibit::ExhibitPage;
use crate::site::files::DataFile;
use crate::site::pages::{Generated, Page};
use crate::source::stamp::Stamp;

/// The longest texts, in bytes, of which pages are made at the same time.
const LONG: usize = 256 << 10;

/// The files of a site. The same input gives the same paths and bytes.
pub struct Output<'a> {
    site: &'a Site,
    renderer: Renderer<'a>,
    entries: BTreeMap<String, Published>,
    /// Where the search index lies. No page does: the folder of a language has another name.
    search_folder: String,
    /// The search index, with the paths of its scripts; made when somebody asks for it.
    search: OnceLock<(Search, Vec<String>)>,
}

/// Refuses where what is published of the files of `site`, whose case lies at `case`, tells what must not be published though it is
/// in no byte of it: a sum by which it is guessed, or a picture.
///
/// # Errors
/// [`Error::Leaks`], else what the machine says, with the path.
pub fn refuse_telling(site: &Site, case: &Path, seal: &Seal) -> Result<(), Error> {
    listed::refuse_telling_sums(site, case, seal)?;
    seen::refuse_seen(site, case, seal)
}

/// What stands at a path.
#[derive(Debug, Clone)]
enum Published {
    Page(Page),
    Data(DataFile),
    /// A file of the theme, by its path.
    Static(String),
    Sitemap(sitemap::Part),
    Robots,
    /// The placeholder page at the root when `secret_path` is set.
    Nothing,
    /// Tells GitHub Pages to serve the files as they are.
    NoJekyll,
    /// A file of the case, by its path there, with the sum it is known to have, and how it looked then.
    File(String, Option<Sha256>, Option<Stamp>),
}

/// The content of one file.
pub enum Content<'a> {
    /// All of it.
    Bytes(Cow<'a, [u8]>),
    /// All of it, piece by piece, for what is too large to hold.
    Pieces(Box<dyn Iterator<Item = String> + Send + 'a>),
    /// A copy of a file of the case.
    Copy {
        /// Its path from the case folder.
        path: &'a str,
        /// The sum it had when it was looked into, if it was.
        sha256: Option<Sha256>,
        /// How it looked then.
        stamp: Option<Stamp>,
    },
}

impl<'a> Output<'a> {
    /// The files of `site`.
    ///
    /// # Errors
    /// When a template of the case is not valid.
    pub fn new(site: &'a Site) -> Result<Self, Error> {
        let renderer = Renderer::new(site)?;
        let case = &site.case;
        let mut entries: BTreeMap<String, Published> = BTreeMap::new();
        entries.extend(site.pages.all().map(|(path, page)| (path.to_owned(), Published::Page(page))));
        entries.extend(DataFile::all(case).into_iter().map(|file| (file.path(case), Published::Data(file))));
        entries.extend(renderer.theme().files.keys().map(|path| (path.clone(), Published::Static(path.clone()))));
        let file = |path: &String| match case.cited.get(path).map(|file| (file, file.facts.cleaning.copy())) {
            Some((_, Some(copy))) => Published::File(copy.path.clone(), None, None),
            Some((file, None)) => Published::File(path.clone(), None, Some(file.stamp)),
            None => Published::File(path.clone(), None, None),
        };
        entries.extend(site.files.iter().map(|(path, to)| (to.clone(), file(path))));
        let published = site.exhibits.iter().flat_map(ExhibitPage::files);
        entries.extend(
            published.map(|file| (file.to.clone(), Published::File(file.from.clone(), file.sha256, file.stamp))),
        );
        entries.extend(sitemap::parts(site).into_iter().map(|(path, part)| (path, Published::Sitemap(part))));
        if let Some(folder) = &case.standing.secret_path {
            // Everything goes into the folder, and nothing outside tells of it.
            let not_found = site.pages.path(Page::NotFound).unwrap_or_default();
            entries.remove(not_found);
            entries = entries.into_iter().map(|(path, entry)| (format!("{folder}/{path}"), entry)).collect();
            entries.insert("index.html".to_owned(), Published::Nothing);
            entries.insert(not_found.to_owned(), Published::Nothing);
        }
        entries.insert("robots.txt".to_owned(), Published::Robots);
        entries.insert(".nojekyll".to_owned(), Published::NoJekyll);
        let folder = case.standing.secret_path.as_ref().map_or_else(String::new, |folder| format!("{folder}/"));
        let search_folder = format!("{folder}{}", search::FOLDER);
        Ok(Self { site, renderer, entries, search_folder, search: OnceLock::new() })
    }

    /// What renders the pages.
    pub(crate) fn renderer(&self) -> &Renderer<'a> {
        &self.renderer
    }

    /// Every path, in order: plain ASCII, with `/`.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let (_, scripts) = self.search();
        let folder = self.search_folder.as_str();
        let before = self.entries.range::<str, _>((Unbounded, Excluded(folder))).map(|(path, _)| path);
        let after = self.entries.range::<str, _>((Included(folder), Unbounded)).map(|(path, _)| path);
        before.chain(scripts).chain(after).map(String::as_str)
    }

    fn search(&self) -> &(Search, Vec<String>) {
        self.search.get_or_init(|| {
            let search = Search::of(self.site);
            let mut paths: Vec<String> = search.names().map(|name| format!("{}{name}", self.search_folder)).collect();
            paths.sort_unstable();
            (search, paths)
        })
    }

    /// The folder that nobody can guess in which the site stands, if it does: nothing outside of it may tell its name.
    pub fn secret_folder(&self) -> Option<&str> {
        self.site.case.standing.secret_path.as_deref()
    }

    /// For whom it is.
    pub fn edition(&self) -> Edition {
        self.site.case.edition
    }

    /// How many of the files are pages.
    pub fn page_count(&self) -> usize {
        self.entries.keys().filter(|path| path.ends_with(".html")).count()
    }

    /// Renders everything and keeps nothing.
    ///
    /// # Errors
    /// As [`Output::content`].
    pub fn try_all(&self) -> Result<(), Error> {
        self.map(|path| self.content(path).map(drop)).map(drop)
    }

    /// What `each` makes of every path, in any order, on all cores. Pages of long texts are made one after another: while it
    /// is made, a page takes ten times the memory of its text and more.
    ///
    /// # Errors
    /// The first that `each` returns.
    pub fn map<T: Send>(&self, each: impl Fn(&str) -> Result<T, Error> + Sync) -> Result<Vec<T>, Error> {
        let (long, short): (Vec<&str>, Vec<&str>) = self.paths().partition(|path| self.text_size(path) > LONG);
        let (long, short) = rayon::join(
            || long.into_iter().map(&each).collect::<Result<Vec<T>, Error>>(),
            || short.into_par_iter().map(&each).collect::<Result<Vec<T>, Error>>(),
        );
        let mut made = short?;
        made.extend(long?);
        Ok(made)
    }

    /// How many bytes of documents the page at `path` shows.
    fn text_size(&self, path: &str) -> usize {
        let case = &self.site.case;
        let size = |document: DocumentId| case.source_of(document).text.len();
        match self.entries.get(path) {
            Some(Published::Page(Page::Document(document))) => size(*document),
            Some(Published::Page(Page::Parallel { group, languages })) => {
                languages.iter().filter_map(|&language| case.groups[*group].documents[language]).map(size).sum()
            }
            Some(Published::Page(Page::Generated(Generated::Print, language))) => {
                self.site.text_sizes[language.place()]
            }
            _ => 0,
        }
    }

    /// What stands at `path`; none if nothing does.
    ///
    /// # Errors
    /// When a template of the case asks for what there is not.
    pub fn content(&self, path: &str) -> Result<Option<Content<'_>>, Error> {
        if let Some(name) = path.strip_prefix(&self.search_folder) {
            let script = self.search().0.content(self.site, name);
            return Ok(script.map(|script| Content::Bytes(Cow::Owned(script.into_bytes()))));
        }
        let Some(entry) = self.entries.get(path) else { return Ok(None) };
        let html = |text: String| Content::Bytes(Cow::Owned(text.into_bytes()));
        Ok(Some(match entry {
            Published::Page(page) => html(self.renderer.page(*page)?),
            Published::Data(DataFile::Model) => Content::Pieces(Box::new(model::chunks(self.site))),
            Published::Data(DataFile::Schema) => html(Schema::Case.text()),
            Published::Data(DataFile::Identifiers) => Content::Pieces(Box::new(self.renderer.identifiers_json())),
            Published::Data(DataFile::Paper(language)) => html(self.renderer.paper(*language)),
            Published::Data(DataFile::Feed(language)) => html(self.renderer.feed(*language)),
            Published::Data(DataFile::Table(table, language)) => {
                Content::Bytes(self.renderer.table(*table, *language).into())
            }
            Published::Static(name) => {
                let bytes = self.renderer.theme().files.get(name);
                Content::Bytes(Cow::Borrowed(bytes.map_or(&[], Vec::as_slice)))
            }
            Published::Sitemap(part) => html(self.renderer.sitemap(*part)),
            Published::Robots => html(self.renderer.robots()),
            Published::Nothing => html(self.renderer.nothing()?),
            Published::NoJekyll => html(String::new()),
            Published::File(path, sha256, stamp) => Content::Copy { path, sha256: *sha256, stamp: *stamp },
        }))
    }
}
