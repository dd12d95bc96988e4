//! Every rule has a folder in `tests/rules`, named for its code: a case in which it fires, and a near miss in which nothing
//! does. Beside them stands what an author reads of it in each language: after a change that is meant, look at the difference and
//! write it anew with `UPDATE_GOLDEN=1 cargo test --test specification -- rules`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use casefile::Lang;
use casefile::diagnostic::{Code, Level, emit, group};

use crate::support::{Built, Fixture};

/// Faults of files and folders, which the tests of bad input make themselves.
const MADE_ELSEWHERE: &[Code] = &[
    Code::UnreadableFile,
    Code::NotUtf8,
    Code::NulCharacter,
    Code::TooDeep,
    Code::NoContent,
    Code::PathOutsideCase,
    Code::PublicSources,
];

fn folder(code: Code, name: &str) -> PathBuf {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    rules.join(format!("{}-{}", code.id(), code.name())).join(name)
}

#[test]
fn every_rule_fires_in_its_case_and_nothing_does_in_the_near_miss() {
    for &code in Code::ALL.iter().filter(|code| !MADE_ELSEWHERE.contains(code)) {
        let fires = Built::of(&folder(code, "fires"));
        let found: BTreeSet<Code> = fires
            .findings
            .iter()
            .map(|finding| finding.code)
            .filter(|found| fires.site.case.config.levels.of(*found) != Level::Off)
            .collect();
        assert_eq!(found, BTreeSet::from([code]), "{}: {:?}", code.id(), fires.found());
        let near_miss = Built::of(&folder(code, "near-miss"));
        assert!(!near_miss.site.case.documents.is_empty(), "{}: the near miss is no case", code.id());
        assert_eq!(near_miss.found(), Vec::<String>::new(), "{}: the near miss", code.id());
    }
}

/// What an author reads who checks a case, without colours.
fn told(case: &Path, lang: Lang) -> String {
    let built = Built::of(case);
    let levels = &built.site.case.config.levels;
    let text = emit::human(&group(&built.findings, levels), levels, &built.site.case.sources, lang);
    anstream::adapter::strip_str(&text).to_string()
}

/// Compares `text` with the file at `path`, or writes it there if it is to be updated; whether it is the same.
fn is_as_kept(path: &Path, text: &str) -> bool {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, text).unwrap();
    }
    std::fs::read_to_string(path).is_ok_and(|kept| kept == text)
}

#[test]
fn what_authors_read_of_every_rule_is_what_was_looked_at_in_both_languages() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut differing = Vec::new();
    for rule in std::fs::read_dir(rules).unwrap().map(|entry| entry.unwrap().path()) {
        for (lang, name) in [(Lang::En, "expected.en.txt"), (Lang::Zh, "expected.zh.txt")] {
            let (path, text) = (rule.join(name), told(&rule.join("fires"), lang));
            if !is_as_kept(&path, &text) {
                differing.push(format!("{} says:\n{text}", path.display()));
            }
        }
        let known = ["fires", "near-miss", "expected.en.txt", "expected.zh.txt"];
        let there = std::fs::read_dir(&rule).unwrap().map(|entry| entry.unwrap().file_name());
        let strange = there.filter(|name| !known.iter().any(|known| name == known));
        differing.extend(strange.map(|name| format!("{} holds {}", rule.display(), name.display())));
    }
    differing.sort();
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}

#[test]
fn a_fault_in_many_files_is_drawn_for_some_of_them_and_listed_for_the_others() {
    let fixture = Fixture::new(&[]);
    for number in 0..60 {
        let text = format!("# 题{number}\n\n[甲](nope{number}.md)\n\n{{% include note.html %}}\n");
        fixture.write(&format!("content/zh/a{number}.md"), text.as_bytes());
    }
    let run = fixture.run(&["check"]);
    let told = run.stderr();
    assert_eq!(told.matches("[C401]").count(), 25, "{told}");
    assert!(told.contains("36 more of this kind in the case") && told.contains("and 16 that"), "{told}");
    assert_eq!(told.matches("[C121]").count(), 1, "one tool has written all of them");
}
