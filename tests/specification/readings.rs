//! Documents as people write them, each beside a list of what a person reads in it: who says what, and where claims stand.
//!
//! `tests/readings/NAME.md` is the document, `NAME.expected` what is to be read: the words that a line begins with, who
//! speaks, and `disputes`, or `claims disputed` for a claim; `-` where a person could not tell. Readings that the program
//! marks as open are not wrong.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::support::Fixture;

/// What a person reads in a line.
struct Expected {
    line: u64,
    speaker: String,
    says: String,
}

/// How many readings of a kind came out how.
#[derive(Default)]
struct Tally {
    expected: usize,
    right: usize,
    open: usize,
    missed: usize,
    wrong: usize,
}

impl Tally {
    fn row(&self, kind: &str) -> String {
        let percent = |of: usize| (100 * self.right).checked_div(of).unwrap_or(100);
        let (recall, precision) = (percent(self.expected), percent(self.right + self.wrong));
        let Self { expected, right, open, missed, wrong } = self;
        format!(
            "{kind:<24} {expected:>3} expected, {right:>3} right, {open:>2} open, {missed:>2} not read, {wrong:>2} wrong without a mark; \
             recall {recall} %, precision {precision} %\n"
        )
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readings")
}

fn expected(path: &Path, text: &str) -> Vec<Expected> {
    let list = std::fs::read_to_string(path.with_extension("expected")).unwrap();
    let mut after = 0;
    let mut find = |words: &str| {
        let mut lines = text.lines().enumerate().skip(after);
        let (at, _) =
            lines.find(|(_, line)| line.trim_start_matches([' ', '-']).trim_start().starts_with(words)).unwrap();
        after = at + 1;
        at as u64 + 1
    };
    let entry = |line: &str| {
        let mut parts = line.split(" | ");
        let (words, speaker, says) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        Expected { line: find(words.trim_start_matches("- ")), speaker: speaker.to_owned(), says: says.to_owned() }
    };
    list.lines().map(entry).collect()
}

#[test]
fn no_reading_is_wrong_without_a_mark() {
    let mut speakers = Tally::default();
    let mut answers = Tally::default();
    let mut standings = Tally::default();
    let (mut wrong, mut missed) = (String::new(), String::new());
    let mut documents: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    documents.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    documents.sort();
    assert!(documents.len() >= 12, "{} documents", documents.len());
    for path in &documents {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let language = if name.ends_with("-zh") { "zh" } else { "en" };
        let file = format!("content/{language}/{name}.md");
        let settings = std::fs::read_to_string(path.with_extension("yaml"));
        let mut files = vec![(file.as_str(), text.as_str())];
        if let Ok(settings) = &settings {
            files.push(("casefile.yaml", settings));
        }
        let model = Fixture::new(&files).built().model();
        let parties = model["parties"].as_array().unwrap();
        let told = model["documents"][0]["statements"].as_array().unwrap();
        let names = |id: &serde_json::Value| {
            parties.iter().find(|party| party["id"] == *id).map_or("?".to_owned(), |party| party["names"].to_string())
        };
        let all = expected(path, &text);
        for statement in told {
            let line = statement["line"].as_u64().unwrap();
            if statement["ground"] != "open" && !all.iter().any(|expected| expected.line == line) {
                speakers.wrong += 1;
                let _ = writeln!(wrong, "{name}:{line}: {} says nothing there", names(&statement["by"]));
            }
        }
        for Expected { line, speaker, says } in &all {
            let found = told.iter().find(|statement| statement["line"] == *line);
            let standing = says.strip_prefix("claims ");
            let (tally, key, ground) = match standing {
                Some(_) => (&mut standings, "standing", "ground"),
                None => (&mut answers, "attitude", "attitude_ground"),
            };
            if speaker == "-" {
                if let Some(statement) = found.filter(|statement| statement["ground"] != "open") {
                    speakers.wrong += 1;
                    let _ = writeln!(wrong, "{name}:{line}: nobody is sure that {} speaks", names(&statement["by"]));
                }
                continue;
            }
            speakers.expected += 1;
            tally.expected += 1;
            let Some(statement) = found else {
                speakers.missed += 1;
                tally.missed += 1;
                let _ = writeln!(missed, "{name}:{line}: {speaker} {says} is not read");
                continue;
            };
            if statement["ground"] == "open" {
                speakers.open += 1;
            } else if names(&statement["by"]).to_lowercase().contains(&speaker.to_lowercase()) {
                speakers.right += 1;
            } else {
                speakers.wrong += 1;
                let _ = writeln!(wrong, "{name}:{line}: {speaker} speaks, and not {}", names(&statement["by"]));
            }
            let own = standing.unwrap_or(says);
            if statement[key] == own {
                tally.right += 1;
            } else if statement[ground] == "open" || statement[key] == "open" {
                tally.open += 1;
            } else {
                tally.wrong += 1;
                let _ = writeln!(wrong, "{name}:{line}: {own} is meant, and not {}", statement[key]);
            }
        }
    }
    let rows = [("who speaks", &speakers), ("what an answer says", &answers), ("where a claim stands", &standings)];
    let table: String = rows.iter().map(|(kind, tally)| tally.row(kind)).collect();
    println!("{} documents\n{table}{missed}{wrong}", documents.len());
    assert_eq!(wrong, "");
    assert!(speakers.right * 100 >= speakers.expected * 85, "{table}");
}
