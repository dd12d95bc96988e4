//! The page that holds the whole dossier in every language, with its style and its scripts.

use serde::Serialize;
use tera::Value;

use super::{Renderer, exhibit};
use crate::Error;
use crate::language::LanguageId;
use crate::sha256::Sha256;
use crate::site::pages::Generated;

/// What the page is put together from; all of it is as it will stand there.
pub(crate) struct Parts {
    /// The dossier in each language.
    pub(crate) books: Vec<String>,
    pub(crate) style: String,
    pub(crate) dark: String,
    /// What stands on printed pages of each language.
    pub(crate) papers: Vec<String>,
    pub(crate) script: String,
    pub(crate) search: String,
    pub(crate) icon: String,
}

#[derive(Serialize)]
struct Book {
    tag: String,
    name: String,
    /// What the case is called.
    title: String,
    /// Which version it is, in words.
    version: Option<String>,
    html: Value,
    t: Value,
    paper: Value,
    files: Vec<FileEntry>,
}

/// A file that is not in the page.
#[derive(Serialize)]
struct FileEntry {
    path: String,
    size: String,
    sha256: String,
}

impl Renderer<'_> {
    /// The dossier in a language as it stands on the page for paper; none if there is no such page.
    ///
    /// # Errors
    /// As [`Renderer::page`].
    pub(crate) fn book(&self, language: LanguageId) -> Result<Option<String>, Error> {
        let path = self.site.generated_path(Generated::Print, language);
        let Some(_) = path else { return Ok(None) };
        let mut context = self.print_context(language)?;
        context.insert("single", &true);
        self.theme.render("book.html", &context).map(Some)
    }

    /// The page. Nothing is allowed to it but what it holds: of each style and script the policy tells the sum
    /// (CSP 3, section 2.3.1).
    ///
    /// # Errors
    /// As [`Renderer::page`].
    pub(crate) fn single(&self, parts: &Parts) -> Result<String, Error> {
        let case = &self.site.case;
        let mut context = self.context("single.html", LanguageId::FIRST, "print");
        let sums = |texts: &[&String]| -> String {
            let sum = |text: &&String| {
                format!("'sha256-{}'", data_encoding::BASE64.encode(Sha256::of(text.as_bytes()).as_bytes()))
            };
            texts.iter().map(sum).collect::<Vec<_>>().join(" ")
        };
        let styles: Vec<&String> = [&parts.style, &parts.dark].into_iter().chain(&parts.papers).collect();
        context.insert("styles", &sums(&styles));
        context.insert("scripts", &sums(&[&parts.script, &parts.search]));
        for (name, text) in
            [("style", &parts.style), ("dark", &parts.dark), ("script", &parts.script), ("search", &parts.search)]
        {
            context.insert_value(name, Value::safe_string(text));
        }
        context.insert("for_whom", case.edition.folder());
        context.insert("icon", &parts.icon);
        context.insert("fingerprint", &case.fingerprint.to_string());
        context.insert("title", case.title(LanguageId::FIRST));
        let books = LanguageId::each(&case.languages).zip(parts.books.iter().zip(&parts.papers));
        let books: Vec<Book> = books
            .map(|((language, own), (html, paper))| Book {
                tag: own.tag.clone(),
                name: own.table.name.clone(),
                title: case.title(language).to_owned(),
                version: self.version_in_words(language),
                html: Value::safe_string(html),
                t: self.phrases[language.place()].clone(),
                paper: Value::safe_string(paper),
                files: self.files_outside(),
            })
            .collect();
        context.insert("books", &books);
        self.theme.render("single.html", &context)
    }

    /// Every file that the site publishes, with its sum where it is known.
    fn files_outside(&self) -> Vec<FileEntry> {
        let site = self.site;
        let exhibits = site.exhibits.iter().filter_map(|exhibit| exhibit.file.as_ref());
        let exhibits = exhibits.map(|file| (&file.to, file.size, file.sha256));
        let cited = site.files.iter().filter_map(|(path, to)| {
            let file = site.case.cited.get(path)?;
            Some(match file.facts.cleaning.copy() {
                Some(copy) => (to, copy.size, Some(copy.sha256)),
                None => (to, file.size, Some(file.sha256)),
            })
        });
        let mut files: Vec<FileEntry> = exhibits
            .chain(cited)
            .map(|(path, size, sum)| FileEntry {
                path: path.clone(),
                size: exhibit::size_in_words(size),
                sha256: sum.map(|sum| sum.to_string()).unwrap_or_default(),
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        files
    }
}
