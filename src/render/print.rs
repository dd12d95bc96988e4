//! All of a dossier in one language on one page, for paper: a cover, a table of contents, every document, every exhibit
//! and the lists.

use serde::Serialize;
use tera::{Context, Value};

use super::body::surface::Surface;
use super::{Renderer, board, body, contents, exhibit, identifiers, qr, register, safe, timeline};
use crate::Error;
use crate::case::group::GroupId;
use crate::document::DocumentId;
use crate::language::{LanguageId, script};
use crate::site::pages::Generated;

/// A document as a chapter.
#[derive(Serialize)]
struct Chapter<'a> {
    address: &'a str,
    own_tag: Option<&'static str>,
    title: &'a str,
    title_ids: Vec<String>,
    heading: Value,
    backrefs: Value,
    digest: Value,
    body: Value,
    contents: Value,
}

impl Renderer<'_> {
    /// The page of the whole dossier in a language.
    pub(super) fn print(&self, language: LanguageId) -> Result<String, Error> {
        self.theme.render("print.html", &self.print_context(language)?)
    }

    /// What that page tells.
    pub(super) fn print_context(&self, language: LanguageId) -> Result<Context, Error> {
        let (site, case) = (self.site, &self.site.case);
        let own = &case.languages[language];
        let page = Generated::Print;
        let path = site.generated_path(page, language).unwrap_or_default();
        let mut context = self.context(path, language, "print");
        context.insert("title", page.title(case, language));
        context.insert("summary", &case.config.summary.get(&own.tag));
        self.insert_caption(&mut context, language);
        let address = case.standing.address().map(|address| format!("{address}{}", site.home_path(language)));
        context.insert_value(
            "qr",
            address.as_deref().and_then(qr::svg).map_or(Value::none(), |svg| Value::safe_string(&svg)),
        );
        context.insert("address", &address);
        let mut chapters = Vec::new();
        for (at, group) in GroupId::each(&case.groups) {
            let Some(document) = group.documents[language] else { continue };
            chapters.push(Value::from_serializable(&self.chapter(path, site.pages.address(at), document)?));
        }
        context.insert_value("chapters", chapters.into());
        let mut exhibits = Vec::new();
        for (at, _) in case.exhibits.shown() {
            exhibits.push(exhibit::view(site, at, language, path));
        }
        context.insert("exhibits", &exhibits);
        context.insert("hosts", &register::view(site, language, path, 0..usize::MAX));
        context.insert("kinds", &identifiers::view(site, language, path, 0..usize::MAX));
        let target = |other: LanguageId| site.counterpart(page, language, other);
        self.insert_languages(&mut context, path, language, &target, |_| false);
        Ok(context)
    }

    /// The parts of the print edition of a language by their titles, in its order; none where there is no such edition.
    pub(super) fn parts_of_print(&self, language: LanguageId) -> Vec<&str> {
        let (site, case) = (self.site, &self.site.case);
        let Some(path) = site.generated_path(Generated::Print, language) else { return Vec::new() };
        let phrases = &case.languages[language].table.phrases;
        let documents = case.groups.iter().filter_map(|group| group.documents[language]);
        let mut parts: Vec<&str> = documents.map(|document| case.documents[document].title.as_ref()).collect();
        let lists = [
            (case.exhibits.shown().next().is_some(), &phrases.exhibits),
            (!register::view(site, language, path, 0..usize::MAX).is_empty(), &phrases.link_register),
            (!identifiers::view(site, language, path, 0..usize::MAX).is_empty(), &phrases.identifiers),
        ];
        parts.extend(lists.into_iter().filter(|(is_there, _)| *is_there).map(|(_, title)| title.as_str()));
        parts
    }

    fn chapter<'b>(&'b self, path: &'b str, address: &'b str, document: DocumentId) -> Result<Chapter<'b>, Error> {
        let (site, case) = (self.site, &self.site.case);
        let this = &case.documents[document];
        let prefix = format!("#{address}/");
        let is_cjk = script::is_cjk_language(&case.languages[this.language].tag);
        let digest = self.digest(document, &prefix)?;
        let rendered = body::render(site, document, Surface::Whole(path));
        Ok(Chapter {
            address,
            own_tag: this.own_tag,
            title: &this.title,
            title_ids: rendered.title_ids.into_iter().map(|id| format!("{address}/{id}")).collect(),
            heading: safe(rendered.heading),
            backrefs: safe(rendered.title_backrefs),
            digest: safe(digest),
            body: safe(rendered.body),
            contents: Value::safe_string(&contents::render(site, document, &prefix, is_cjk)),
        })
    }

    /// The tables of positions and of events that stand above the text of a document.
    fn digest(&self, document: DocumentId, prefix: &str) -> Result<String, Error> {
        let positions = board::view(self.site, document, prefix).map(|view| Value::from_serializable(&view));
        let timeline = timeline::view(self.site, document, prefix).map(|view| Value::from_serializable(&view));
        let mut digest = String::new();
        for (name, view) in [("positions", positions), ("timeline", timeline)] {
            let Some(view) = view else { continue };
            let mut context = Context::new();
            context.insert_value("t", self.phrases[self.site.case.documents[document].language.place()].clone());
            context.insert("prefix", &prefix[1..]);
            context.insert_value(name, view);
            digest.push_str(&self.theme.render(&format!("{name}.html"), &context)?);
        }
        Ok(digest)
    }
}
