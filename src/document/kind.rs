//! What a document is for.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::language::lexicon::fold;

/// The kind of a document: from its front matter, else from its file name. The order is that of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// What happened, how much, what is asked.
    Overview,
    /// What happened when.
    Timeline,
    /// Who says what against whom.
    Positions,
    /// The register of links.
    Links,
    /// The register of exhibits.
    Evidence,
    /// Any other document.
    Document,
    /// A numbered appendix.
    Appendix,
}

/// The kind a file name tells, and the number of an appendix (`appendix-2.md`, `附录2.md`).
pub fn from_stem(stem: &str, languages: &[Language]) -> (DocumentKind, Option<u16>) {
    let folded = fold(stem);
    let name = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = folded[name.len()..].parse().ok();
    let name = name.trim_end_matches(['-', '_', ' ']);
    let tables = languages.iter().map(|language| &language.table.documents);
    let kind = tables.flatten().find_map(|(&kind, names)| {
        let known = names.iter().any(|known| known == name);
        known.then_some(kind)
    });
    match kind {
        Some(DocumentKind::Appendix) => (DocumentKind::Appendix, number),
        Some(kind) if number.is_none() => (kind, None),
        _ => (DocumentKind::Document, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_name_tells_the_kind_in_either_language() {
        let languages = [Language::new("zh", None), Language::new("en", None)];
        for (stem, kind, number) in [
            ("overview", DocumentKind::Overview, None),
            ("立场", DocumentKind::Positions, None),
            ("appendix-2", DocumentKind::Appendix, Some(2)),
            ("附录10", DocumentKind::Appendix, Some(10)),
            ("Timeline", DocumentKind::Timeline, None),
            ("timeline-2", DocumentKind::Document, None),
            ("reconciliation", DocumentKind::Document, None),
        ] {
            assert_eq!(from_stem(stem, &languages), (kind, number), "{stem}");
        }
    }
}
