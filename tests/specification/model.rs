//! `case.json` is the whole case as data, and follows its schema.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casefile::diagnostic::Level;

use crate::support::{Built, Fixture};

fn demonstration() -> Built {
    Built::of(Path::new(env!("CARGO_MANIFEST_DIR")))
}

#[test]
fn case_json_follows_its_schema() {
    let minimal = Fixture::new(&[("a.md", "")]).built();
    for built in [demonstration(), minimal] {
        let schema = serde_json::from_str(&built.text("case.schema.json")).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(&built.model()).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn references_tell_where_they_stand_and_where_they_lead() {
    let built =
        Fixture::new(&[("content/zh/a.md", "# 甲\n\n见【注1-1，注9】和【仓单3】。\n\n【注1-1】文字。\n")]).built();
    let document = &built.model()["documents"][0];
    assert_eq!(
        document["references"][0],
        serde_json::json!({"text": "注1-1", "kind": "note", "number": "1-1", "line": 3, "column": 3, "status": "resolved",
            "targets": ["zh/a.html#note-1-1"]})
    );
    assert_eq!(document["references"][1]["status"], "missing");
    assert_eq!(document["references"][2]["kind"], "仓单");
    assert_eq!(
        document["definitions"][0],
        serde_json::json!({"kind": "note", "number": "1-1", "anchor": "note-1-1", "line": 5, "column": 1, "cited": 1})
    );
}

#[test]
fn every_position_points_at_the_very_text() {
    let built = demonstration();
    let model = built.model();
    let mut count = 0;
    for document in model["documents"].as_array().unwrap() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document["file"].as_str().unwrap());
        let text = std::fs::read_to_string(path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for reference in document["references"].as_array().unwrap() {
            let line = lines[reference["line"].as_u64().unwrap() as usize - 1];
            let from: String = line.chars().skip(reference["column"].as_u64().unwrap() as usize - 1).collect();
            let written = reference["text"].as_str().unwrap();
            assert!(from.starts_with(written), "{written} at {from}");
            count += 1;
        }
        for sum in document["sums"].as_array().unwrap() {
            let line = lines[sum["line"].as_u64().unwrap() as usize - 1];
            let from: String = line.chars().skip(sum["column"].as_u64().unwrap() as usize - 1).collect();
            assert!(from.trim_start_matches('$').starts_with(sum["formula"].as_str().unwrap()));
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn the_demonstration_has_no_finding_but_the_one_it_shows() {
    let built = demonstration();
    let levels = &built.site.case.config.levels;
    let shown = built.findings.iter().map(|finding| finding.code).filter(|code| levels.of(*code) != Level::Off);
    let codes: BTreeSet<&str> = shown.map(|code| code.id()).collect();
    assert_eq!(codes, BTreeSet::from(["C406"]), "{:?}", built.found());
}

#[test]
fn in_the_demonstration_every_reference_leads_somewhere_and_every_definition_back() {
    let built = demonstration();
    let pages: Vec<String> = built.paths().into_iter().filter(|path| path.ends_with(".html")).collect();
    let mut anchors: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for path in &pages {
        let ids = built.page(path).attributes("[id]", "id");
        let unique: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice in {path}");
        anchors.insert(path, unique);
    }
    let files: BTreeSet<String> = built.paths().into_iter().collect();
    let (mut links, mut back_to_labels, mut back_to_links, mut citing_links) = (0, 0, 0, 0);
    for path in &pages {
        let page = built.page(path);
        // What the page for paper holds stands on the documents' own pages, too.
        if path.ends_with("/print.html") {
            continue;
        }
        back_to_labels += page.all("a.backref[href*='#ref-']").len();
        back_to_links += page.all("a.backref[href*='#via-']").len();
        citing_links += page.all("a[id^='via-']").len();
        for href in page.attributes("[href]", "href").into_iter().filter(|href| !href.contains(':')) {
            let (to, fragment) = href.split_once('#').unwrap_or((&href, ""));
            let target = if to.is_empty() { path.clone() } else { join(path, to) };
            assert!(files.contains(&target), "{href} in {path}");
            assert!(fragment.is_empty() || anchors[target.as_str()].contains(fragment), "{href} in {path}");
            links += 1;
        }
        assert!(!page.has(".missing, .broken, .ambiguous, .wrong"), "{path}");
    }
    let model = built.model();
    let documents = model["documents"].as_array().unwrap().iter();
    let references: usize = documents.map(|document| document["references"].as_array().unwrap().len()).sum();
    assert_eq!((references, citing_links), (back_to_labels, back_to_links));
    assert!(citing_links > 50, "{citing_links} links that cite");
    assert!(links > 500 && references > 100, "{links} links, {references} references");
}

#[test]
fn the_demonstration_says_the_same_of_every_claim_in_both_languages() {
    let model = demonstration().model();
    let documents = model["documents"].as_array().unwrap();
    let told = |language: &str| {
        let document = documents.iter().find(|d| d["kind"] == "positions" && d["language"] == language).unwrap();
        let statements = document["statements"].as_array().unwrap().clone();
        let tell = |mut statement: serde_json::Value| {
            statement.as_object_mut().unwrap().remove("line");
            statement
        };
        statements.into_iter().map(tell).collect::<Vec<_>>()
    };
    let (zh, en) = (told("zh"), told("en"));
    assert_eq!(zh, en);
    let count = |standing: &str| zh.iter().filter(|statement| statement["standing"] == standing).count();
    let counts = ["disputed", "undisputed", "unanswered", "open"].map(count);
    assert_eq!(counts, [19, 6, 4, 1]);
    for (number, by, attitude) in [
        ("1-1-4", "vorqualand", "disputes"),
        ("1-3-1", "vorqualand", "disputes"),
        ("1-3-2", "customer", "supports"),
        ("3-3-2", "ozzolbec", "disputes"),
        ("3-4-1", "customer", "disputes"),
    ] {
        let statement = zh.iter().find(|statement| statement["number"] == number).unwrap();
        assert_eq!((&statement["by"], &statement["attitude"]), (&by.into(), &attitude.into()), "{number}");
    }
    let is_open =
        |statement: &&serde_json::Value| statement["ground"] == "open" || statement["attitude_ground"] == "open";
    // Who accepts a part leaves the rest open, and of one answer nobody knows who gave it.
    assert_eq!(zh.iter().filter(is_open).count(), 2);
}

fn join(page: &str, href: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
