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
    let timeline = || {
        let parts = folded.split(['-', '_', ' ', '.', '(', '（']);
        let mut parts = parts.map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()));
        parts.any(|part| is_timeline_heading(part, languages)).then_some(DocumentKind::Timeline)
    };
    match kind.or_else(timeline) {
        Some(DocumentKind::Timeline) => (DocumentKind::Timeline, None),
        Some(DocumentKind::Appendix) => (DocumentKind::Appendix, number),
        Some(kind) if number.is_none() => (kind, None),
        _ => (DocumentKind::Document, None),
    }
}

/// Whether a heading says that what stands below it is a timeline: 事情经过, “Timeline of events”, 时间线（北京时间）.
pub fn is_timeline_heading(title: &str, languages: &[Language]) -> bool {
    let title = fold(title.split(['(', '（', '[', '【']).next().unwrap_or(title));
    let title = title.trim_matches(|c: char| c.is_whitespace() || "：:。.*".contains(c));
    let words = languages.iter().flat_map(|language| &language.table.documents);
    let words = words.filter(|(kind, _)| **kind == DocumentKind::Timeline).flat_map(|(_, names)| names);
    words.into_iter().any(|word| {
        let word = fold(word);
        // 经过 alone is a word of many headings; 时间线 and “timeline” are not.
        let telling = word.is_ascii() || word.chars().count() > 2;
        let of = title.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(" of "));
        title == word || (telling && title.ends_with(word.as_str())) || of
    })
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
            ("timeline-2", DocumentKind::Timeline, None),
            ("2031-timeline-of-events", DocumentKind::Timeline, None),
            ("案件时间线", DocumentKind::Timeline, None),
            ("大事记", DocumentKind::Timeline, None),
            ("chronology", DocumentKind::Timeline, None),
            ("经过银行的款", DocumentKind::Document, None),
            ("reconciliation", DocumentKind::Document, None),
        ] {
            assert_eq!(from_stem(stem, &languages), (kind, number), "{stem}");
        }
    }
}
