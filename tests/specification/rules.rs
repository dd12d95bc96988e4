//! Every rule has a folder in `tests/rules`, named for its code: a case in which it fires, and a near miss in which nothing
//! does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use casefile::diagnostic::{Code, Level};

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
