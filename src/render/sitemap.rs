//! `sitemap.xml` (<https://www.sitemaps.org/protocol.html>): every page that search engines should know, with its
//! translations; and `robots.txt` (RFC 9309).

use std::fmt::Write;

use super::translation::{self, Translations};
use super::xml;
use crate::case::group::GroupId;
use crate::edition::Edition;
use crate::language::LanguageId;
use crate::site::Site;
use crate::site::pages::Generated;

/// The most addresses in one file; the protocol takes 50,000, or 50 MB, which translations fill sooner.
const MAX_ADDRESSES: usize = 10_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A file of the sitemap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The list of the other parts.
    Index,
    /// Some of the addresses.
    Addresses(usize),
}

/// The files of the sitemap with their paths: none where nobody knows where the site stands, or nobody should.
pub(crate) fn parts(site: &Site) -> Vec<(String, Part)> {
    if site.case.config.unlisted || site.case.standing.base_url.is_none() {
        return Vec::new();
    }
    match pages(site).len().div_ceil(MAX_ADDRESSES) {
        1 => vec![("sitemap.xml".to_owned(), Part::Addresses(0))],
        count => {
            let index = ("sitemap.xml".to_owned(), Part::Index);
            [index].into_iter().chain((0..count).map(|part| (part_path(part), Part::Addresses(part)))).collect()
        }
    }
}

fn part_path(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

/// A page: its path, its translations, and where readers of other languages are led.
struct Listed<'a> {
    path: &'a str,
    translations: Translations<'a>,
    default: Option<&'static str>,
}

/// The pages worth finding: what only repeats others, and what says that something is missing, is none.
fn pages(site: &Site) -> Vec<Listed<'_>> {
    let mut sets = vec![(translation::of_homes(site), Some("index.html"))];
    sets.extend(GroupId::all(&site.case.groups).map(|group| (translation::of_group(site, group), None)));
    for language in LanguageId::all(&site.case.languages) {
        let tag = &site.case.languages[language].tag;
        let pages = site.pages.generated(&site.case, language).into_iter();
        let pages = pages.filter(|page| !matches!(page, Generated::Print | Generated::Share));
        let sets_of_pages = pages.map(|page| translation::of_generated(site, page, language));
        // Each set comes up once in every language that has it: it is taken where it is that language's turn.
        sets.extend(
            sets_of_pages.filter(|set| set.first().is_some_and(|(first, _)| first == tag)).map(|set| (set, None)),
        );
    }
    let mut pages = vec![Listed { path: "index.html", translations: Vec::new(), default: None }];
    for (translations, default) in sets {
        for (_, path) in &translations {
            pages.push(Listed { path, translations: translations.clone(), default });
        }
    }
    pages
}

/// A file of the sitemap.
pub(super) fn file(site: &Site, part: Part) -> String {
    let address = site.case.standing.address().unwrap_or_default();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    match part {
        Part::Index => {
            let _ = writeln!(out, "<sitemapindex xmlns=\"{NAMESPACE}\">");
            for part in 0..pages(site).len().div_ceil(MAX_ADDRESSES) {
                out.push_str("<sitemap>");
                xml::element(&mut out, "loc", &format!("{address}{}", part_path(part)));
                out.push_str("</sitemap>\n");
            }
            out.push_str("</sitemapindex>\n");
        }
        Part::Addresses(part) => {
            let _ = writeln!(out, "<urlset xmlns=\"{NAMESPACE}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">");
            for page in pages(site).into_iter().skip(part * MAX_ADDRESSES).take(MAX_ADDRESSES) {
                out.push_str("<url>\n");
                xml::element(&mut out, "loc", &format!("{address}{}", page.path));
                for other in translation::alternates(&page.translations, page.default, &address) {
                    let _ = write!(out, "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"", other.hreflang);
                    xml::text(&mut out, &other.href);
                    out.push_str("\"/>\n");
                }
                out.push_str("</url>\n");
            }
            out.push_str("</urlset>\n");
        }
    }
    out
}

/// `robots.txt`. It counts only at the root of a domain; elsewhere nobody asks for it.
pub(super) fn robots(site: &Site) -> String {
    let config = &site.case.config;
    if site.case.edition == Edition::Full {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    if config.unlisted {
        // Who may not read a page does not see that it asks to be left out; files have no way of asking.
        return "# The pages themselves ask to be left out. Files cannot.\n\
                User-agent: *\nDisallow: /files/\nDisallow: /*/files/\nDisallow: /*.json$\nDisallow: /*.csv$\n"
            .to_owned();
    }
    let sitemap =
        site.case.standing.address().map(|address| format!("\nSitemap: {address}sitemap.xml\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{sitemap}")
}
