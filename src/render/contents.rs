//! The table of contents of a document.

use std::collections::HashMap;

use super::escape;
use crate::document::DocumentId;
use crate::document::section::{Section, SectionId};
use crate::language::script;
use crate::site::{Site, Spot};

/// How deep the table goes.
const MAX_DEPTH: u8 = 3;

/// The sections of a document as nested lists of links, for a page where its addresses begin with `prefix`, in a language
/// that is written as `is_cjk` says; empty for a document with fewer than two.
pub(super) fn render(site: &Site, document: DocumentId, prefix: &str, is_cjk: bool) -> String {
    list(site, document, prefix, is_cjk, |_, _| ())
}

/// The sections of the first of two documents side by side, each with the title that it has in the second.
pub(super) fn of_both(site: &Site, [one, other]: [DocumentId; 2]) -> String {
    let beside = &site.addresses[other];
    let sections = SectionId::each(&site.case.documents[other].sections);
    let titles: HashMap<&str, &Section> = sections.map(|(at, own)| (beside.of(Spot::Section(at)), own)).collect();
    let [own, foreign] = [one, other].map(|document| {
        let language = site.case.documents[document].language;
        site.case.languages[language].tag.as_str()
    });
    list(site, one, "#", script::is_cjk_language(own), |out, anchor| {
        let Some(section) = titles.get(anchor) else { return };
        out.push_str(" <span class=\"translation\" lang=\"");
        escape::text(out, foreign);
        out.push_str("\">");
        escape::mixed(out, &section.title, script::is_cjk_language(foreign));
        out.push_str("</span>");
    })
}

fn list(
    site: &Site,
    document: DocumentId,
    prefix: &str,
    is_cjk: bool,
    after_title: impl Fn(&mut String, &str),
) -> String {
    let mut out = String::new();
    let listed = SectionId::each(&site.case.documents[document].sections);
    let listed = listed.filter(|(_, section)| section.top && (1..=MAX_DEPTH).contains(&section.depth));
    let entries: Vec<_> = listed.collect();
    if entries.len() < 2 {
        return out;
    }
    let mut depth = 0;
    for (at, section) in entries {
        let anchor = site.addresses[document].of(Spot::Section(at));
        // A list opens only one level at a time, however deep the heading stands.
        let wanted = section.depth.min(depth + 1);
        if wanted > depth {
            out.push_str("<ol>");
        } else {
            out.push_str("</li>");
            for _ in wanted..depth {
                out.push_str("</ol></li>");
            }
        }
        depth = wanted;
        out.push_str("\n<li><a href=\"");
        out.push_str(prefix);
        out.push_str(anchor);
        out.push_str("\">");
        if !section.written_number.is_empty() {
            out.push_str("<span class=\"number\">");
            escape::text(&mut out, &section.written_number);
            escape::text(&mut out, section.separator.trim_end());
            // Full-width punctuation brings its own space.
            let is_wide = section.separator.trim_end().ends_with(|c: char| !c.is_ascii());
            out.push_str(if is_wide { "</span>" } else { "</span> " });
        }
        escape::mixed(&mut out, &section.title, is_cjk);
        after_title(&mut out, anchor);
        out.push_str("</a>");
    }
    for _ in 0..depth {
        out.push_str("</li></ol>");
    }
    out
}
