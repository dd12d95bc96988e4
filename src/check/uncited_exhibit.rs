//! C903: an exhibit that is cited nowhere.

use crate::case::exhibit::KIND;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Finds exhibits to which no label, link or image of any document leads.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let exhibits = &site.case.exhibits;
    let Some(list) = exhibits.list else { return Vec::new() };
    let uncited = exhibits.shown().filter(|(at, exhibit)| {
        // A document may define the label itself; then it is cited there.
        let defined = site.case.definitions.iter().any(|definitions| definitions.get(&exhibit.key).is_some());
        site.exhibits[*at].cited.is_empty() && !defined
    });
    let finding = |(_, exhibit): (usize, &crate::case::exhibit::Exhibit)| {
        let number = &exhibit.key.number;
        let words = site.case.languages[0].table.kinds.get(KIND).and_then(|words| words.first());
        let word = words.map_or(KIND, String::as_str);
        let label = if word.is_ascii() { format!("[{word} {number}]") } else { format!("【{word}{number}】") };
        let message = format!("no document cites exhibit {number}");
        let help = format!("write {label} where it matters, or set `visibility: hidden`");
        Diagnostic::at(Code::UncitedExhibit, list, exhibit.span, message).help(help)
    };
    uncited.map(finding).collect()
}
