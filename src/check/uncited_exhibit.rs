//! C903: an exhibit that is cited nowhere.

use crate::case::exhibit::{ExhibitId, KIND};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DocumentId, Label};
use crate::language::lists::citation::THROUGH;
use crate::site::Site;
use crate::site::link::LinkTarget;

/// Whether a document cites exhibits from one before to one after it: 【证据1至3】.
fn in_a_range(site: &Site, number: &str) -> bool {
    let Ok(number) = number.parse::<u32>() else { return false };
    let plain = |label: &Label| label.key.number.parse::<u32>().ok().filter(|_| label.key.kind == KIND);
    DocumentId::all(&site.case.documents).any(|document| {
        let text = &site.case.source_of(document).text;
        site.case.documents[document].labels.windows(2).any(|pair| {
            let (Some(first), Some(last)) = (plain(&pair[0]), plain(&pair[1])) else { return false };
            let between = text.get(pair[0].span.end as usize..pair[1].span.start as usize).unwrap_or("");
            let joined = THROUGH.contains(&between.trim()) || matches!(between.trim(), "-" | "–" | "—" | "~" | "～");
            joined && first < number && number < last
        })
    })
}

/// Finds exhibits to which no label, link or image of any document leads.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let exhibits = &site.case.exhibits;
    let Some(list) = exhibits.list else { return Vec::new() };
    let uncited = exhibits.shown().filter(|(at, exhibit)| {
        let kept = |target: &LinkTarget| *target == LinkTarget::Exhibit(*at);
        site.exhibits[*at].cited.is_empty() && !site.kept.values().any(kept) && !in_a_range(site, &exhibit.key.number)
    });
    let finding = |(_, exhibit): (ExhibitId, &crate::case::exhibit::Exhibit)| {
        let number = &exhibit.key.number;
        let words = site.case.languages[0].table.kinds.get(KIND).and_then(|words| words.first());
        let word = words.map_or(KIND, String::as_str);
        let label = if word.is_ascii() { format!("[{word} {number}]") } else { format!("【{word}{number}】") };
        let message = message!(en: "no document cites exhibit {number}", zh: "没有文件引用证据 {number}");
        let help = message!(
            en: "write {label} where it matters, or set `visibility: hidden`",
            zh: "请在相关之处写上{label}，或设为 `visibility: hidden`"
        );
        Diagnostic::at(Code::UncitedExhibit, list, exhibit.span, message).help(help)
    };
    uncited.map(finding).collect()
}
