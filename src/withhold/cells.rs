//! Names that two neighbouring cells of a table make up: a family name and a given one, or two words by chance.

use crate::language::lists::names::FAMILY;
use std::collections::HashMap;
use std::ops::Range;

use super::Finding;
use crate::config::withheld::Rule;
use crate::diagnostic::Code;
use crate::language::folding::folding;
use crate::source::Source;

/// Names of at most this many characters are found over cells only below a head that names families: a character stands in a
/// cell by chance.
const SHORT: usize = 2;

/// The names as cells may make them up: folded, without what stands between their parts.
pub(super) struct Cells(HashMap<String, usize>);

impl Cells {
    pub(super) fn new(rules: &[Rule]) -> Self {
        let names = rules.iter().flat_map(|rule| &rule.names);
        let names = names.filter(|name| name.chars().any(char::is_alphabetic)).map(|name| joined(name));
        Self(names.map(|name| (name.clone(), name.chars().count())).collect())
    }

    /// What is found in the tables of a document: that a name is published, or may be.
    pub(super) fn report(&self, source: &Source) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut at = 0;
        let mut head = "";
        for line in source.text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            if memchr::memchr_iter(b'|', line.as_bytes()).nth(1).is_none() {
                head = "";
                continue;
            }
            head = if head.is_empty() { line } else { head };
            let mut before: Option<Range<usize>> = None;
            for cell in cells(line, start) {
                if let Some(before) = before.replace(cell.clone()) {
                    findings.extend(self.pair(source, &before, &cell, head));
                }
            }
        }
        findings
    }

    fn pair(&self, source: &Source, one: &Range<usize>, other: &Range<usize>, head: &str) -> Option<Finding> {
        let (one_text, other_text) = (&source.text[one.clone()], &source.text[other.clone()]);
        if one_text.is_empty() || other_text.is_empty() {
            return None;
        }
        let len = *self.0.get(&(joined(one_text) + &joined(other_text)))?;
        let names_families = FAMILY.iter().any(|word| head.contains(word));
        let range = one.start..other.end;
        Some(if len > SHORT || names_families {
            let message = message!(
                en: "two neighbouring cells make up a withheld name, which is replaced only where it is \
                     written in one",
                zh: "相邻两格合起来是要隐去的名称，只有写在一格里才会替换"
            );
            let help = message!(
                en: "write the whole name into one of the cells, or end both with `{{private}}`",
                zh: "请把全名写在一格里，或在两格末尾都写 `{{private}}`"
            );
            Finding::at(source, &range, Code::WithheldInName, message, help)
        } else {
            let message = message!(
                en: "two neighbouring cells make up a withheld name, and are published as they are",
                zh: "相邻两格合起来是要隐去的名称，目前会原样公开"
            );
            let help = message!(
                en: "if it is the name, write it whole into one of the cells, or end both with `{{private}}`",
                zh: "如果正是这个名称，请把它写全在一格里，或在两格末尾都写 `{{private}}`"
            );
            Finding::at(source, &range, Code::WithheldInWord, message, help)
        })
    }
}

/// The text of each cell of a row that begins at byte `start`, without the spaces around it.
fn cells(line: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    line.split('|').map(move |cell| {
        let own = at;
        at += cell.len() + 1;
        let from = own + cell.len() - cell.trim_start().len();
        from..from + cell.trim().len()
    })
}

fn joined(text: &str) -> String {
    folding().fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Localized;

    #[test]
    fn a_name_over_cells_is_an_error_where_it_is_hardly_chance() {
        let rule = |name: &str| Rule {
            names: vec![name.to_owned()],
            shown: Localized::default(),
            reason: Localized::default(),
            basis: Localized::default(),
        };
        let cells = Cells::new(&[rule("林晓芸"), rule("张三"), rule("Ann Lee"), rule("0409")]);
        for (text, expected) in [
            ("| 甲 | 乙 |\n|---|---|\n| 林 | 晓芸 |\n", Some(Code::WithheldInName)),
            ("| 甲 | 乙 |\n|---|---|\n| Ann | **Lee** |\n", Some(Code::WithheldInName)),
            ("| 姓 | 名 |\n|---|---|\n| 张 | 三 |\n", Some(Code::WithheldInName)),
            ("| 数量 | 序 |\n|---|---|\n| 张 | 三 |\n", Some(Code::WithheldInWord)),
            ("| 主张 | 三 |\n", None),
            ("| 04 | 09 |\n", None),
            ("| 张三 |  |\n", None),
            ("张|三\n", None),
        ] {
            let found = cells.report(&Source::new("a.md", text.to_owned()));
            assert_eq!(found.first().map(|finding| finding.code), expected, "{text}");
        }
    }
}
