//! What a document is for.

use crate::language::chinese::is_simple_numeral;
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::language::words::fold;

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

/// Whether a heading says that what stands below it is a timeline: 事情经过, “Timeline of events”, 时间线（北京时间）,
/// “Timeline: the leak”, 时间线梳理.
pub fn is_timeline_heading(title: &str, languages: &[Language]) -> bool {
    // 【时间线】 is one in brackets.
    let title = title.trim_matches(|c: char| c.is_whitespace() || "【】[]*".contains(c));
    let title = fold(title.split(['(', '（', '[', '【']).next().unwrap_or(title));
    let title = title.trim_matches(|c: char| c.is_whitespace() || "：:。.*".contains(c));
    let title = ["a ", "the "].iter().find_map(|article| title.strip_prefix(article)).unwrap_or(title);
    let ends = languages.iter().flat_map(|language| &language.table.positions.heading_ends);
    let title = strip_ends(title, ends);
    let words = languages.iter().flat_map(|language| &language.table.documents);
    let words = words.filter(|(kind, _)| **kind == DocumentKind::Timeline).flat_map(|(_, names)| names);
    words.into_iter().any(|word| {
        let word = fold(word);
        // 经过 alone is a word of many headings; 时间线 and “timeline” are not.
        let telling = word.is_ascii() || word.chars().count() > 2;
        let goes_on = title.strip_prefix(word.as_str()).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with("of ") || rest.starts_with([':', '–', '—', '|', '·']) || rest.starts_with("- ")
        });
        title == word || (telling && (title.ends_with(word.as_str()) || goes_on))
    })
}

/// Whether a heading says that positions stand below it: 四方意见总结, 争议焦点, “What each side says”.
pub fn is_positions_heading(title: &str, languages: &[Language]) -> bool {
    let title = heading_words(title);
    let title = title.strip_prefix("the ").unwrap_or(&title);
    languages.iter().any(|language| {
        let words = &language.table.positions;
        let own = language.table.documents.get(&DocumentKind::Positions);
        if words.headings.iter().chain(own.into_iter().flatten()).any(|word| word.eq_ignore_ascii_case(title)) {
            return true;
        }
        let end = strip_ends(title, &words.heading_ends);
        let holders = words.opinions.iter().filter_map(|word| end.strip_suffix(word.as_str()));
        holders
            .map(|holders| holders.trim_end_matches(['的', '之', ' ']))
            .any(|holders| words.groups.iter().any(|group| holders.ends_with(group.as_str())))
    })
}

/// Whether a heading says that what stands below it is what one party holds: 平台的意见是, “The shop's position”.
pub fn is_opinion_heading(title: &str, languages: &[Language]) -> bool {
    if is_positions_heading(title, languages) {
        return false;
    }
    let title = heading_words(title);
    languages.iter().any(|language| {
        let words = &language.table.positions;
        if words.own_opinions.contains(&title) {
            return true;
        }
        let end = strip_ends(&title, &words.heading_ends);
        let mut holders = words.opinions.iter().filter_map(|word| end.strip_suffix(word.as_str()));
        let is_topic = || words.topics.iter().any(|topic| title.starts_with(topic.as_str()) && !topic.is_ascii());
        // Few headings end so, and the other words are many.
        holders.any(|holder| !holder.trim().is_empty() && holder.chars().count() <= MAX_HOLDER)
            && !is_topic()
            && !words.is_no_party(&title)
    })
}

/// The most characters of a heading before 的意见.
const MAX_HOLDER: usize = 30;

/// A heading folded, without what stands in brackets behind it.
fn heading_words(title: &str) -> String {
    // “The residents' response” says it as “the resident's” does.
    let title = fold(&title.replace('’', "'")).replace("s' ", "s's ");
    let title = title.split(['(', '[', '【']).next().unwrap_or(&title);
    title.trim_matches(|c: char| c.is_whitespace() || ":。.*".contains(c)).to_owned()
}

fn strip_ends<'a, 'b>(title: &'a str, ends: impl IntoIterator<Item = &'b String> + Clone) -> &'a str {
    let mut rest = title;
    while let Some(before) = ends.clone().into_iter().find_map(|end| rest.strip_suffix(end.as_str())) {
        rest = before.trim_end();
    }
    rest
}

/// Whether a text may hold positions, by its lines that are headings; it is asked before the text is parsed.
pub fn may_hold_positions(text: &str, languages: &[Language]) -> bool {
    let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
    let mut titles = headings.map(|line| {
        line.trim_start_matches('#').trim_start_matches(|c: char| {
            c.is_whitespace() || c.is_ascii_digit() || is_simple_numeral(c) || "、，,.-".contains(c)
        })
    });
    titles.any(|title| is_positions_heading(title, languages) || is_opinion_heading(title, languages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_where_positions_stand() {
        let languages = [Language::new("zh", None), Language::new("en", None)];
        for title in [
            "各方意见",
            "四方意见总结",
            "立场",
            "争议焦点",
            "Positions",
            "双方的主张",
            "本案各方的立场（节选）",
            "The parties’ positions",
            "What each side says",
            "当事人陈述",
            "各自的说法：",
            "三方观点对比",
        ] {
            assert!(is_positions_heading(title, &languages), "{title}");
        }
        for title in [
            "意见",
            "法律意见",
            "平台的意见",
            "Position",
            "各方",
            "立场鲜明",
            "Positions available",
            "对方的情况",
            "主张权利的依据",
        ] {
            assert!(!is_positions_heading(title, &languages), "{title}");
        }
        for title in ["平台的意见是", "Bibot 客服的意见", "客户的立场", "The shop's position", "警方的说法："]
        {
            assert!(is_opinion_heading(title, &languages), "{title}");
        }
        for title in ["意见", "法律意见", "关于平台的意见", "平台应当承担的责任", "Position", "The shop"]
        {
            assert!(!is_opinion_heading(title, &languages), "{title}");
        }
    }

    #[test]
    fn headings_tell_where_timelines_stand() {
        let languages = [Language::new("zh", None), Language::new("en", None)];
        for title in [
            "时间线梳理",
            "某某事件时间线（北京时间）",
            "维权经过",
            "事情的经过",
            "事件始末",
            "Timeline",
            "Timeline — the leak of March",
            "Timeline: the leak",
            "Incident timeline",
            "Chronological log",
            "时间线 Timeline",
            "**【时间线】**",
            "A chronology of the dispute",
        ] {
            assert!(is_timeline_heading(title, &languages), "{title}");
        }
        for title in ["经过银行的款", "不经过", "Timelines are hard", "Timeline-based scheduling", "Dates", "总结"]
        {
            assert!(!is_timeline_heading(title, &languages), "{title}");
        }
    }

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
