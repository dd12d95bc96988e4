//! Pages that say the same in several languages, as search engines want to be told of them
//! (<https://developers.google.com/search/docs/specialty/international/localized-versions>).

use serde::Serialize;

use crate::case::group::GroupId;
use crate::language::LanguageId;
use crate::site::Site;
use crate::site::pages::Generated;

/// The path of a page in each language that has it, by tag, in the order of the languages.
pub(super) type Translations<'a> = Vec<(&'a str, &'a str)>;

/// One of them as a link.
#[derive(Debug, Serialize)]
pub(super) struct Alternate<'a> {
    pub(super) hreflang: &'a str,
    pub(super) href: String,
}

/// A document in the languages in which it is written.
pub(super) fn of_group(site: &Site, group: GroupId) -> Translations<'_> {
    let documents = LanguageId::each(&site.case.groups[group].documents).filter(|(_, document)| document.is_some());
    documents.map(|(language, _)| (tag(site, language), site.group_path(group, language))).collect()
}

/// A page that is made of no document; `own` is the language in which it is `page`.
pub(super) fn of_generated(site: &Site, page: Generated, own: LanguageId) -> Translations<'_> {
    let path = |language: LanguageId| Some((tag(site, language), site.counterpart(page, own, language)?));
    LanguageId::all(&site.case.languages).filter_map(path).collect()
}

/// The front pages.
pub(super) fn of_homes(site: &Site) -> Translations<'_> {
    LanguageId::all(&site.case.languages).map(|language| (tag(site, language), site.home_path(language))).collect()
}

/// The links among translations, for a site that stands at `address`: none for a page in one language only. Who reads no
/// language of the case is led to `default`, or else to the language that was written first.
pub(super) fn alternates<'a>(
    translations: &Translations<'a>,
    default: Option<&str>,
    address: &str,
) -> Vec<Alternate<'a>> {
    let Some((_, first)) = translations.first().filter(|_| translations.len() > 1) else { return Vec::new() };
    let link = |(hreflang, path): (&'a str, &str)| Alternate { hreflang, href: format!("{address}{path}") };
    let own = translations.iter().copied();
    own.chain([("x-default", default.unwrap_or(first))]).map(link).collect()
}

fn tag(site: &Site, language: LanguageId) -> &str {
    &site.case.languages[language].tag
}
