//! Pages as HTML: each a pure function of the [`Site`].

mod about;
mod board;
mod body;
mod brief;
mod catalogue;
mod cited;
mod contents;
mod csv;
pub mod escape;
mod exhibit;
mod feed;
mod head;
mod identifiers;
mod index;
mod lean;
mod lists;
mod mathml;
pub mod model;
mod navigation;
mod paper;
mod parallel;
mod print;
mod qr;
mod reading;
mod redactions;
mod register;
mod share;
pub(crate) mod single;
pub(crate) mod sitemap;
mod sum_command;
pub mod theme;
mod timeline;
mod translation;
mod unbroken;
mod way;
mod xml;

use serde::Serialize;
use tera::{Context, Value};

use crate::Error;
use crate::case::group::GroupId;
use crate::document::{DocumentId, url};
use crate::edition::Edition;
use crate::language::kind::DocumentKind;
use crate::language::{LanguageId, script};
use crate::site::Site;
use crate::site::exhibit_words::exhibit_name;
use crate::site::files::{DataFile, Table};
use crate::site::pages::{Generated, Page, relative};
use body::surface::Surface;
use navigation::{ListedPage, MAX_LISTED};
use theme::Theme;

/// Renders the pages of a site.
pub struct Renderer<'a> {
    site: &'a Site,
    theme: Theme,
    /// The phrases of each language, ready for templates.
    phrases: Vec<Value>,
}

/// How deep a wrong address is looked for below the root of the site: the site's own pages are one deep.
const MAX_DEPTH: usize = 4;

/// A document's title in one of the languages of a page.
#[derive(Serialize)]
struct LanguageTitle<'a> {
    tag: &'a str,
    name: &'a str,
    title: &'a str,
    href: String,
}

/// Where the dossier is to be had in one file.
#[derive(Serialize)]
struct Download<'a> {
    href: &'a str,
    words: &'a str,
    host: &'a str,
}

impl<'a> Renderer<'a> {
    /// A renderer of `site` with the built-in theme and the templates the case brings.
    ///
    /// # Errors
    /// When a template of the case is not valid.
    pub fn new(site: &'a Site) -> Result<Self, Error> {
        let theme = Theme::load(&site.case.theme)?;
        let languages = &site.case.languages;
        let phrases = languages.iter().map(|language| Value::from_serializable(&language.table.phrases)).collect();
        Ok(Self { site, theme, phrases })
    }

    /// The theme.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// A page.
    ///
    /// # Errors
    /// When a template of the case asks for what there is not.
    pub fn page(&self, page: Page) -> Result<String, Error> {
        match page {
            Page::Chooser => self.chooser(),
            Page::NotFound => self.not_found(),
            Page::Home(language) => self.home(language),
            Page::Document(document) => self.document(document),
            Page::Missing { group, language } => self.missing(group, language),
            Page::Parallel { group, languages } => self.parallel(group, languages),
            Page::Generated(page, language) => self.generated(page, language),
        }
    }

    /// The page of a document.
    fn document(&self, document: DocumentId) -> Result<String, Error> {
        let case = &self.site.case;
        let this = &case.documents[document];
        let path = self.site.path_of(document);
        let group = self.site.case.group_of(document).unwrap_or_default();
        let mut context = self.context(path, this.language, "document");
        let rendered = body::render(self.site, document, Surface::Own);
        let is_cjk = script::is_cjk_language(&case.languages[this.language].tag);
        context.insert("title", &this.title);
        context.insert("own_tag", &this.own_tag);
        if let Some(summary) = &this.front.summary {
            head::insert_description(&mut context, Some(summary), &case.languages[this.language].tag);
        }
        self.insert_alternates(&mut context, &translation::of_group(self.site, group), None);
        context.insert_value("heading", safe(rendered.heading));
        context.insert("title_ids", &rendered.title_ids);
        context.insert_value("title_backrefs", safe(rendered.title_backrefs));
        context.insert_value("body", safe(rendered.body));
        context.insert_value("quotations", safe(rendered.quotations));
        let mut contents = contents::render(self.site, document, "#", is_cjk);
        if contents.is_empty() {
            contents = timeline::months(self.site, document);
        }
        context.insert_value("contents", Value::safe_string(&contents));
        context.insert("prefix", "");
        context.insert("positions", &board::view(self.site, document, "#"));
        context.insert("timeline", &timeline::view(self.site, document, "#"));
        self.insert_group_languages(&mut context, path, this.language, group);
        self.insert_neighbours(&mut context, group, |at| self.entry(path, at, this.language, Some(group)));
        context.insert("parallels", &self.parallels(group, this.language));
        self.theme.render("document.html", &context)
    }

    /// A page that is made of no document.
    fn generated(&self, page: Generated, language: LanguageId) -> Result<String, Error> {
        let site = self.site;
        let path = site.generated_path(page, language).unwrap_or_default();
        let (name, template) = match page {
            Generated::Exhibits(_) => ("exhibits", "exhibits.html"),
            Generated::Exhibit(_) => ("exhibit", "exhibit.html"),
            Generated::Catalogue(_) => ("catalogue", "catalogue.html"),
            Generated::Links(_) => ("links", "links.html"),
            Generated::Identifiers(_) => ("identifiers", "identifiers.html"),
            Generated::Index(_) => ("index", "index.html"),
            Generated::About => ("about", "about.html"),
            Generated::Reading => ("reading", "reading.html"),
            Generated::Redactions => ("redactions", "redactions.html"),
            Generated::Share => ("share", "share.html"),
            Generated::Print => return self.print(language),
        };
        let mut context = self.context(path, language, name);
        context.insert("title", page.title(&site.case, language));
        match page {
            Generated::Index(part) => context.insert("index", &index::view(site, language, path, part)),
            Generated::About => context.insert("about", &about::view(site, language, path)),
            Generated::Reading => context.insert("reading", &reading::view(site, language, path)),
            Generated::Redactions => {
                context.insert("redactions", &redactions::view(site, language, path));
                let csv = DataFile::Table(Table::Redactions, language).path(&site.case);
                context.insert("csv", &relative(path, &csv));
            }
            Generated::Share => context.insert("share", &share::view(site, language, path)),
            Generated::Print => {}
            Generated::Exhibits(_) => {
                context.insert("exhibits", &exhibit::entries(site, language, path, page.range()));
            }
            Generated::Exhibit(at) => {
                context.insert("title", &exhibit_name(site, at, language));
                context.insert("exhibit", &exhibit::view(site, at, language, path));
                let list = site.generated_path(Generated::list_of(&site.case, at), language);
                context.insert("list", &list.map(|to| relative(path, to)));
            }
            Generated::Catalogue(at) => {
                context.insert("catalogue", &catalogue::view(site, language, at));
            }
            Generated::Links(_) => context.insert("hosts", &register::view(site, language, path, page.range())),
            Generated::Identifiers(_) => {
                context.insert("kinds", &identifiers::view(site, language, path, page.range()));
                context.insert("json", &relative(path, &DataFile::Identifiers.path(&site.case)));
                let csv = DataFile::Table(Table::Identifiers, language).path(&site.case);
                context.insert("csv", &relative(path, &csv));
            }
        }
        let count = site.case.groups.len();
        let documents: Vec<ListedPage> =
            GroupId::first(count.min(MAX_LISTED)).map(|at| self.entry(path, at, language, None)).collect();
        context.insert("documents", &documents);
        context.insert("more", &(documents.len() < count).then_some(count));
        context.insert("parts", &lists::part_entries(site, page, language, path));
        let target = |other: LanguageId| site.counterpart(page, language, other);
        self.insert_languages(&mut context, path, language, &target, |_| false);
        self.insert_alternates(&mut context, &translation::of_generated(site, page, language), None);
        self.theme.render(template, &context)
    }

    /// A group side by side in two languages.
    fn parallel(&self, group: GroupId, languages: [LanguageId; 2]) -> Result<String, Error> {
        let case = &self.site.case;
        let path = self.site.parallel_path(group, languages).unwrap_or_default();
        let documents = languages.map(|language| case.groups[group].documents[language].unwrap_or_default());
        let phrases = &case.languages[languages[0]].table.phrases;
        let found = parallel::render(self.site, documents, path);
        let mut context = self.context(path, languages[0], "parallel");
        let titles = languages.map(|language| {
            let own = &case.languages[language];
            let document = documents[usize::from(language != languages[0])];
            let href = relative(path, self.site.path_of(document));
            LanguageTitle { tag: &own.tag, name: &own.table.name, title: &case.documents[document].title, href }
        });
        context.insert("title", &case.documents[documents[0]].title);
        context.insert("titles", &titles);
        context.insert("title_ids", &found.title_ids);
        context.insert("left", &found.left);
        context.insert_value("rows", safe(found.rows));
        context.insert_value("contents", safe(contents::of_both(self.site, documents)));
        let lone = phrases.lone_count.replace("{count}", &found.lone.to_string());
        context.insert("lone", if found.lone == 0 { &phrases.all_paired } else { &lone });
        self.insert_group_languages(&mut context, path, None, group);
        let entry = |at: GroupId| {
            let to = self.site.parallel_path(at, languages).unwrap_or_else(|| self.site.group_path(at, languages[0]));
            ListedPage { href: relative(path, to), ..self.entry(path, at, languages[0], Some(group)) }
        };
        self.insert_neighbours(&mut context, group, entry);
        self.theme.render("parallel.html", &context)
    }

    /// What stands on every printed page of a language, as a style sheet.
    pub(crate) fn paper(&self, language: LanguageId) -> String {
        paper::style(self.site, language, &self.parts_of_print(language))
    }

    /// A table for spreadsheets.
    pub(crate) fn table(&self, table: Table, language: LanguageId) -> Vec<u8> {
        match table {
            Table::Catalogue(at) => catalogue::table(self.site, language, at),
            Table::Identifiers => identifiers::table(self.site, language),
            Table::Redactions => redactions::table(self.site, language),
        }
    }

    /// The index of identifiers as JSON, in pieces.
    pub(crate) fn identifiers_json(&self) -> impl Iterator<Item = String> + use<'a> {
        model::identifier_chunks(self.site)
    }

    /// The page that says a document is missing in a language.
    fn missing(&self, group: GroupId, language: LanguageId) -> Result<String, Error> {
        let case = &self.site.case;
        let path = self.site.group_path(group, language);
        let mut context = self.context(path, language, "missing");
        let (other, document) = case.groups[group].primary().unwrap_or_default();
        let (own, other) = (&case.languages[language], &case.languages[other]);
        let notice = &own.table.phrases.untranslated;
        let notice = notice.replace("{language}", &own.table.name).replace("{other}", &other.table.name);
        context.insert("title", &case.documents[document].title);
        context.insert("notice", &notice);
        context.insert("other_tag", &other.tag);
        context.insert("other_href", &relative(path, self.site.path_of(document)));
        self.insert_group_languages(&mut context, path, language, group);
        self.theme.render("missing.html", &context)
    }

    /// Who submits the dossier, and its version, as they stand below its title.
    fn insert_caption(&self, context: &mut Context, language: LanguageId) {
        let case = &self.site.case;
        let tag = &case.languages[language].tag;
        let who = case.config.contact.name.get_or_any(tag);
        context.insert("version_told", &case.config.version);
        let phrases = &case.languages[language].table.phrases;
        let downloads = [
            (&case.config.download, &phrases.caption_download),
            (&case.config.download_single, &phrases.caption_single),
        ];
        let download = |(address, words): (&'a Option<String>, &'a String)| -> Option<Download<'a>> {
            let href = address.as_deref()?;
            Some(Download { href, words, host: url::host(href) })
        };
        context.insert("downloads", &downloads.into_iter().filter_map(download).collect::<Vec<_>>());
        context.insert("who", &who.or(case.config.filing.submitter.get_or_any(tag)));
    }

    /// The home page of a language.
    fn home(&self, language: LanguageId) -> Result<String, Error> {
        let case = &self.site.case;
        let own = &case.languages[language];
        let path = self.site.home_path(language);
        let mut context = self.context(path, language, "home");
        context.insert("title", case.title(language));
        context.insert("summary", &case.config.summary.get(&own.tag));
        context.insert("brief", &brief::brief(self.site, language, path));
        self.insert_caption(&mut context, language);
        let take = [Generated::Print, Generated::Share].into_iter().filter_map(|page| {
            let to = self.site.generated_path(page, language)?;
            Some(ListedPage { href: relative(path, to), title: page.title(case, language), ..ListedPage::default() })
        });
        context.insert("take", &take.collect::<Vec<_>>());
        let overview = case.front(language).map(|document| case.documents[document].title.as_str());
        let is_appendix = |group: &GroupId| case.groups[*group].kind == DocumentKind::Appendix;
        let entries = |groups: Vec<GroupId>| -> Vec<ListedPage> {
            let mut entries: Vec<ListedPage> =
                groups.into_iter().map(|group| self.entry(path, group, language, None)).collect();
            // What the overview sums up is told above.
            for entry in entries.iter_mut().filter(|entry| Some(entry.title) == overview) {
                entry.summary = None;
            }
            entries
        };
        let (appendices, documents): (Vec<GroupId>, Vec<GroupId>) = GroupId::all(&case.groups).partition(is_appendix);
        context.insert("documents", &entries(documents));
        context.insert("appendices", &entries(appendices));
        self.insert_alternates(&mut context, &translation::of_homes(self.site), Some("index.html"));
        self.insert_languages(&mut context, path, language, &|_| None, |_| false);
        self.theme.render("home.html", &context)
    }

    /// The page at the root, from which a reader chooses a language.
    fn chooser(&self) -> Result<String, Error> {
        let mut context = self.context("index.html", LanguageId::FIRST, "chooser");
        context.insert("title", self.site.case.title(LanguageId::FIRST));
        self.insert_languages(&mut context, "index.html", LanguageId::FIRST, &|_| None, |_| false);
        self.insert_alternates(&mut context, &translation::of_homes(self.site), Some("index.html"));
        self.theme.render("chooser.html", &context)
    }

    /// The page a server shows for an address that is none.
    fn not_found(&self) -> Result<String, Error> {
        let mut context = self.context("404.html", LanguageId::FIRST, "error");
        let phrases = &self.site.case.languages[0].table.phrases;
        context.insert("title", &phrases.not_found);
        // A server shows the page at the address that was asked for, at whatever depth. Where the site stands in a
        // place that is known, everything is found from there. Else the files of the theme are looked for at every depth
        // there may be, and the script that is found knows where the front pages are.
        let depths = (0..=MAX_DEPTH).map(|depth| "../".repeat(depth));
        let roots = self.site.case.standing.address().map_or_else(|| depths.collect(), |address| vec![address]);
        context.insert("roots", &roots);
        self.insert_languages(&mut context, "404.html", LanguageId::FIRST, &|_| None, |_| false);
        self.theme.render("404.html", &context)
    }

    /// The page at the root of a site that stands in a folder nobody can guess. It tells nothing of the case.
    ///
    /// # Errors
    /// As [`Renderer::page`].
    pub(crate) fn nothing(&self) -> Result<String, Error> {
        let languages = self.site.case.languages.iter();
        let languages: Vec<_> = languages.map(|language| (&language.tag, &language.table.phrases.not_found)).collect();
        let mut context = Context::new();
        context.insert("languages", &languages);
        self.theme.render("nothing.html", &context)
    }

    /// The changes of the case in a language as a feed.
    pub(crate) fn feed(&self, language: LanguageId) -> String {
        feed::render(self.site, language)
    }

    /// A file of the sitemap.
    pub(crate) fn sitemap(&self, part: sitemap::Part) -> String {
        sitemap::file(self.site, part)
    }

    /// What search engines may read.
    pub(crate) fn robots(&self) -> String {
        sitemap::robots(self.site)
    }

    /// What every template may ask for.
    fn context(&self, path: &str, language: LanguageId, page: &str) -> Context {
        let case = &self.site.case;
        let tag = &case.languages[language].tag;
        let mut context = Context::new();
        context.insert("lang", tag);
        context.insert("page", page);
        context.insert("version", env!("CARGO_PKG_VERSION"));
        context.insert("root", &self.root(path));
        context.insert("home", &relative(path, self.site.home_path(language)));
        context.insert("paper", &relative(path, &DataFile::Paper(language).path(case)));
        let about = self.site.generated_path(Generated::About, language);
        context.insert("about_page", &about.map(|to| format!("{}{to}", self.root(path))));
        let index = self.site.generated_path(Generated::Index(0), language);
        context.insert("index_page", &index.map(|to| format!("{}{to}", self.root(path))));
        self.insert_head(&mut context, path, language, page);
        context.insert("full", &(case.edition == Edition::Full));
        context.insert("case_title", case.title(language));
        context.insert("as_of", &case.config.as_of.map(|date| date.to_string()));
        context.insert("proof", &lists::groups(self.site, language, path));
        context.insert_value("t", self.phrases[language.place()].clone());
        context
    }

    /// The way from a page to the root of the site. The page for addresses that are none may stand anywhere, so it
    /// needs the whole address if there is one.
    fn root(&self, path: &str) -> String {
        match self.site.case.standing.address() {
            Some(address) if path == "404.html" => address,
            _ => "../".repeat(path.matches('/').count()),
        }
    }
}

/// HTML for a template, which holds it alone.
fn safe(html: String) -> Value {
    Value::safe_string(&html)
}
