//! Marks of Markdown and tags within a name that is replaced, of which the other half stands outside: they stay.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::work;

/// The marks of a text, which is gone through once for all the names in it.
pub(super) struct Marks<'a> {
    text: &'a str,
    /// How far it was gone through.
    at: usize,
    /// How often each run of marks stands in the block before that.
    runs: BTreeMap<&'a str, usize>,
}

impl<'a> Marks<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, at: 0, runs: BTreeMap::new() }
    }

    /// Whether a run of marks is open before `at`. What is asked for stands in the order of the text.
    fn is_open(&mut self, run: &str, at: usize) -> bool {
        let more = self.text.get(self.at..at).unwrap_or("");
        let block = more.rfind("\n\n").map_or(0, |end| end + 2);
        if block > 0 {
            self.runs.clear();
        }
        work::count(more.len());
        for mark in marks(&more[block..]).filter(|mark| !mark.starts_with('<')) {
            *self.runs.entry(mark).or_default() += 1;
        }
        self.at = self.at.max(at);
        self.runs.get(run).is_some_and(|count| count % 2 == 1)
    }
}

/// What opens before, and what closes behind, the words that replace `range`: `**` and nothing in `林晓**芸说**丁`, nothing and
/// `</b>` in `<b>林</b>晓芸`.
pub(super) fn outside(around: &mut Marks, range: &Range<usize>) -> (String, String) {
    let (mut opens, mut closes) = (String::new(), String::new());
    let inside = &around.text[range.clone()];
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
    for (run, _) in runs.into_iter().filter(|(_, count)| count % 2 == 1) {
        if around.is_open(run, range.start) {
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
                '<' => {
                    let end = rest.bytes().take(MAX_TAG).position(|byte| byte == b'>');
                    end.filter(|&end| is_tag(&rest[1..end])).map_or(0, |end| end + 1)
                }
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

/// The longest tag that is looked for, in bytes.
const MAX_TAG: usize = 32;

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
    fn the_work_on_marks_grows_with_the_text() {
        work::tests::grows_with_what_is_written("marks", |size| {
            let text = "王 *小 明 ".repeat(size);
            let mut marks = Marks::of(&text);
            for (at, _) in text.match_indices('王') {
                outside(&mut marks, &(at..at + "王 *小 明".len()));
            }
        });
    }

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
            let found = outside(&mut Marks::of(&text), &range);
            assert_eq!((found.0.as_str(), found.1.as_str()), expected, "{marked}");
        }
    }
}
