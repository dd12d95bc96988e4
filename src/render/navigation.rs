//! The ways from a page to others: to its languages, to the documents before and behind it, side by side.

use serde::Serialize;
use tera::Context;

use super::Renderer;
use crate::case::group::GroupId;
use crate::language::LanguageId;
use crate::site::pages::relative;

/// Above this many documents a page lists only those near it.
pub(super) const MAX_LISTED: usize = 40;

/// How many documents before and after the current one are listed then.
const NEAR: usize = 4;

/// A page in a list of pages.
#[derive(Serialize, Default)]
pub(super) struct ListedPage<'a> {
    pub(super) href: String,
    pub(super) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lang: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) summary: Option<&'a str>,
    pub(super) current: bool,
}

/// A language in which a page can be read.
#[derive(Serialize)]
struct LanguageEntry<'a> {
    tag: &'a str,
    name: &'a str,
    title: &'a str,
    href: String,
    current: bool,
    choose: &'a str,
    not_found: &'a str,
    not_found_text: &'a str,
    note: Option<&'a str>,
}

impl<'a> Renderer<'a> {
    /// The languages of the page `path`: `target` is the page in another one, if there is any.
    pub(super) fn insert_languages(
        &self,
        context: &mut Context,
        path: &str,
        current: impl Into<Option<LanguageId>>,
        target: &dyn Fn(LanguageId) -> Option<&'a str>,
        missing: impl Fn(LanguageId) -> bool,
    ) {
        let (case, current) = (&self.site.case, current.into());
        let entries: Vec<LanguageEntry> = LanguageId::all(&case.languages)
            .map(|language| {
                let other = &case.languages[language];
                let phrases = &other.table.phrases;
                let target = target(language).unwrap_or_else(|| self.site.home_path(language));
                let href =
                    if path == "404.html" { format!("{}{target}", self.root(path)) } else { relative(path, target) };
                LanguageEntry {
                    tag: &other.tag,
                    name: &other.table.name,
                    title: case.title(language),
                    href,
                    current: Some(language) == current,
                    choose: &phrases.choose,
                    not_found: &phrases.not_found,
                    not_found_text: &phrases.not_found_text,
                    note: missing(language).then_some(phrases.untranslated_short.as_str()),
                }
            })
            .collect();
        context.insert("languages", &entries);
    }

    /// The languages of the page of a group of documents.
    pub(super) fn insert_group_languages(
        &self,
        context: &mut Context,
        path: &str,
        current: impl Into<Option<LanguageId>>,
        group: GroupId,
    ) {
        let target = |language| Some(self.site.group_path(group, language));
        let missing = |language: LanguageId| self.site.case.groups[group].documents[language].is_none();
        self.insert_languages(context, path, current, &target, missing);
    }

    /// The pages that set a document beside its translations.
    pub(super) fn parallels(&self, group: GroupId, language: LanguageId) -> Vec<ListedPage<'_>> {
        let case = &self.site.case;
        let path = self.site.group_path(group, language);
        let own = case.pairs().filter(|pair| pair.contains(&language));
        let entry = |pair: [LanguageId; 2]| {
            let other = &case.languages[if pair[0] == language { pair[1] } else { pair[0] }];
            let to = self.site.parallel_path(group, pair)?;
            let title = &other.table.name;
            Some(ListedPage { href: relative(path, to), title, ..ListedPage::default() })
        };
        own.filter_map(entry).collect()
    }

    /// The documents a page lists, as entries, and those before and after it.
    pub(super) fn insert_neighbours<'b>(
        &self,
        context: &mut Context,
        group: GroupId,
        entry: impl Fn(GroupId) -> ListedPage<'b>,
    ) {
        let count = self.site.case.groups.len();
        let at = group.place();
        let listed = if count <= MAX_LISTED { 0..count } else { at.saturating_sub(NEAR)..(at + NEAR + 1).min(count) };
        let documents: Vec<ListedPage> = GroupId::range(listed.clone()).map(&entry).collect();
        context.insert("documents", &documents);
        context.insert("more", &(listed.len() < count).then_some(count));
        let previous = at.checked_sub(1).map(GroupId::new).map(&entry);
        let next = (at + 1 < count).then(|| entry(GroupId::new(at + 1)));
        context.insert("previous", &previous);
        context.insert("next", &next);
    }

    /// A group as an entry of a list on the page `path` in `language`.
    pub(super) fn entry(
        &self,
        path: &str,
        group: GroupId,
        language: LanguageId,
        current: Option<GroupId>,
    ) -> ListedPage<'_> {
        let case = &self.site.case;
        let found = &case.groups[group];
        let own = found.documents[language];
        let (other_language, other) = found.primary().unwrap_or_default();
        let document = &case.documents[own.unwrap_or(other)];
        let foreign = own.is_none().then(|| &case.languages[other_language]);
        let only_in = &case.languages[language].table.phrases.only_in;
        ListedPage {
            href: relative(path, self.site.group_path(group, language)),
            title: &document.title,
            lang: foreign.map(|language| language.tag.as_str()).or(document.own_tag),
            note: foreign.map(|language| only_in.replace("{language}", &language.table.name)),
            summary: document.front.summary.as_deref(),
            current: current == Some(group),
        }
    }
}
