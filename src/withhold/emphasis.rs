//! Marks of Markdown and tags within a name that is replaced, of which the other half stands outside: they stay.

use std::collections::BTreeMap;
use std::ops::Range;

/// What opens before, and what closes behind, the words that replace `range`: `**` and nothing in `林晓**芸说**丁`, nothing and
/// `</b>` in `<b>林</b>晓芸`.
pub(super) fn outside(text: &str, range: &Range<usize>) -> (String, String) {
    let (mut opens, mut closes) = (String::new(), String::new());
    let inside = &text[range.clone()];
    if !inside.contains(['*', '`', '~', '<']) {
        return (opens, closes);
    }
    let mut runs: BTreeMap<&str, usize> = BTreeMap::new();
    let mut open_tags: Vec<&str> = Vec::new();
    for mark in marks(inside) {
        match mark.strip_prefix('<') {
            None => *runs.entry(mark).or_default() += 1,
            Some(tag) if tag.starts_with('/') => {
                let name = |tag: &str| tag.trim_matches(['<', '/', '>', ' ']).to_ascii_lowercase();
                match open_tags.iter().rposition(|open| name(open) == name(mark)) {
                    Some(at) => drop(open_tags.remove(at)),
                    None => closes.push_str(mark),
                }
            }
            Some(tag) if tag.ends_with("/>") || matches!(tag, "br>" | "wbr>" | "hr>") => {}
            Some(_) => open_tags.push(mark),
        }
    }
    opens.extend(open_tags);
    let before = &text[..range.start];
    let block = &before[before.rfind("\n\n").map_or(0, |at| at + 2)..];
    for (run, _) in runs.into_iter().filter(|(_, count)| count % 2 == 1) {
        let is_open = marks(block).filter(|mark| *mark == run).count() % 2 == 1;
        if is_open {
            closes.insert_str(0, run);
        } else {
            opens.push_str(run);
        }
    }
    (opens, closes)
}

/// Runs of marks that stand around words, and tags without attributes.
fn marks(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let c = rest.chars().next()?;
            let len = match c {
                '*' | '`' | '~' => rest.len() - rest.trim_start_matches(c).len(),
                '<' => rest.find('>').filter(|&end| is_tag(&rest[1..end])).map_or(0, |end| end + 1),
                _ => 0,
            };
            let start = at;
            at += len.max(c.len_utf8());
            // A single tilde strikes nothing out.
            if len > 0 && !(c == '~' && len == 1) {
                return Some(&text[start..start + len]);
            }
        }
    })
}

fn is_tag(name: &str) -> bool {
    let name = name.trim_matches(['/', ' ']);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 10
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_or_closes_outside_of_a_name_stays() {
        for (marked, expected) in [
            ("<b>⟦林</b>晓芸⟧说", ("", "</b>")),
            ("⟦林<u>晓芸⟧</u>", ("<u>", "")),
            ("⟦林<u>晓</u>芸⟧", ("", "")),
            ("⟦林<br>晓芸⟧", ("", "")),
            ("`⟦林`晓芸⟧ 说 `x`", ("", "`")),
            ("~~⟦林~~晓芸⟧", ("", "~~")),
            ("⟦林晓**芸⟧说**丁", ("**", "")),
            ("**甲** **⟦林晓**芸⟧", ("", "**")),
            ("⟦林**晓**芸⟧", ("", "")),
            ("甲*\n\n⟦林*晓芸⟧*", ("*", "")),
        ] {
            let text = marked.replace(['⟦', '⟧'], "");
            let start = marked.find('⟦').unwrap();
            let range = start..marked.find('⟧').unwrap() - '⟦'.len_utf8();
            let found = outside(&text, &range);
            assert_eq!((found.0.as_str(), found.1.as_str()), expected, "{marked}");
        }
    }
}
