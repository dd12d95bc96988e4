//! Where the pages of a site are in the file that holds all of them. What a document calls `#s2-1` on the page
//! `zh/overview.html` is `#zh/overview/s2-1` there.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::group::GroupId;
use crate::language::LanguageId;
use crate::site::Site;
use crate::site::exhibit::anchor;
use crate::site::pages::Generated;

/// A page of the site in the file.
struct Part {
    tag: String,
    /// The id of all of it.
    whole: String,
}

/// Every id of the file, and every page of the site that it holds.
pub(super) struct Places {
    parts: BTreeMap<String, Part>,
    pub(super) ids: BTreeSet<String>,
}

impl Places {
    /// The pages of `site`; ids are added as they are found.
    pub(super) fn of(site: &Site) -> Self {
        let case = &site.case;
        let mut parts = BTreeMap::new();
        for (language, own) in LanguageId::each(&case.languages) {
            let tag = &own.tag;
            let mut add = |path: &str, tag: &str, id: &str| {
                parts.insert(path.to_owned(), Part { tag: tag.to_owned(), whole: format!("{tag}/{id}") });
            };
            for (group, found) in GroupId::each(&case.groups) {
                // A document that is not there in a language is there in another.
                let there = if found.documents[language].is_some() {
                    language
                } else {
                    found.primary().map_or(LanguageId::FIRST, |(other, _)| other)
                };
                add(
                    site.group_path(group, language),
                    &case.languages[there].tag,
                    &format!("{}/", site.pages.address(group)),
                );
            }
            for (at, exhibit) in case.exhibits.shown() {
                add(site.exhibit_path(at, language), tag, &anchor(exhibit));
            }
            for (page, id) in [
                (Generated::Exhibits(0), "exhibits"),
                (Generated::Links(0), "link-register"),
                (Generated::Identifiers(0), "identifiers"),
                (Generated::Print, ""),
            ] {
                if let Some(path) = site.generated_path(page, language) {
                    add(path, tag, id);
                }
            }
            add(site.home_path(language), tag, "");
        }
        Self { parts, ids: BTreeSet::new() }
    }

    /// The id of what an address names that stands in the book of the language `tag`; none if the file does not hold it.
    pub(super) fn find(&self, tag: &str, href: &str) -> Option<String> {
        let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
        let path = path.split('?').next().unwrap_or_default();
        let is_there = |id: &String| self.ids.contains(id);
        if path.is_empty() {
            return Some(format!("{tag}/{anchor}")).filter(is_there);
        }
        let path = path.strip_prefix("../").map_or_else(|| format!("{tag}/{path}"), str::to_owned);
        // The second and further pages of a list are one list here.
        let first = path.trim_end_matches(".html").trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let part = self.parts.get(&path).or_else(|| self.parts.get(&format!("{first}.html")))?;
        let own = format!("{}/{anchor}", part.whole.trim_end_matches('/'));
        let of_list = format!("{}/{anchor}", part.tag);
        [own, of_list, part.whole.clone()].into_iter().find(is_there)
    }
}
