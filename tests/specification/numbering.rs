//! How well numbers, sections, definitions, citations and lists of exhibits are read, on documents in the styles in which people
//! write them. What a person reads in each was written down beside it before the program was tried on it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{Built, Fixture};

/// What was read of one kind: rightly, of all that is there, and of all that was read.
#[derive(Default)]
struct Score {
    right: usize,
    there: usize,
    read: usize,
}

/// What the program reads in a document, as lines of the kind that the expectations have.
fn read(name: &str, text: &str) -> (Vec<String>, Built) {
    let (stem, language) = name.split_once('.').unwrap();
    let stem = if stem == "evidence-list" { "evidence" } else { stem };
    let built = Fixture::new(&[(&format!("content/{language}/{stem}.md"), text)]).built();
    let data: serde_json::Value = serde_json::from_str(&built.text("case.json")).unwrap();
    let document = &data["documents"][0];
    let mut lines = Vec::new();
    let list = |name: &str| document[name].as_array().unwrap().clone();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    for section in list("sections").iter().filter(|section| section["depth"] != 0) {
        lines.push(format!("section {}", word(&section["title"])));
    }
    for item in list("items") {
        lines.push(format!("item {} {}", word(&item["anchor"]), item["line"]));
    }
    for defined in list("definitions") {
        lines.push(format!("define {} {} {}", word(&defined["kind"]), word(&defined["number"]), defined["line"]));
    }
    for cited in list("references").iter().filter(|cited| cited["status"] == "resolved") {
        lines.push(format!("cite {} {}", word(&cited["text"]), cited["line"]));
    }
    for exhibit in &built.site.case.exhibits.all {
        lines.push(format!(
            "exhibit {} {}",
            exhibit.key.number,
            exhibit.title.get_or_any(language).unwrap_or_default()
        ));
    }
    (lines, built)
}

#[test]
fn numbers_and_citations_are_read_as_people_read_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/numbering");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".md").map(str::to_owned))
        .collect();
    names.sort();
    assert!(names.len() >= 12, "{names:?}");
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut unmarked = 0;
    for name in &names {
        let text = std::fs::read_to_string(folder.join(format!("{name}.md"))).unwrap();
        let expected = std::fs::read_to_string(folder.join(format!("{name}.expected"))).unwrap();
        let (mut found, built) = read(name, &text);
        let kind = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
        found.iter().for_each(|line| scores.entry(kind(line)).or_default().read += 1);
        for line in expected.lines().filter(|line| *line != "section none") {
            let score = scores.entry(kind(line)).or_default();
            score.there += 1;
            match found.iter().position(|other| other == line) {
                Some(at) => {
                    score.right += 1;
                    found.remove(at);
                }
                None => wrong.push(format!("{name}: missed {line}")),
            }
        }
        unmarked += if built.found().is_empty() { found.len() } else { 0 };
        wrong.extend(found.iter().map(|line| format!("{name}: false {line}")));
        wrong.extend(built.found().iter().map(|finding| format!("{name}: finding {finding}")));
    }
    for (kind, Score { right, there, read }) in &scores {
        println!("{kind}: recall {right} of {there}, precision {right} of {read}");
    }
    println!("wrong without a mark: {unmarked}");
    assert_eq!(wrong, Vec::<String>::new());
}
