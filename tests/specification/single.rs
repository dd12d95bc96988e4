//! `casefile single`: the dossier in one file.

use std::collections::BTreeSet;

use scraper::{Html, Selector};

use crate::support::Fixture;

const OVERVIEW: &str = "# 概述\n\n一，经过\n\n- 1-1，见【注1-1】和[英文](../en/overview.md)。\n\n【注1-1】</script><b>一</b>\u{202e}注。\n";

fn fixture() -> Fixture {
    Fixture::new(&[
        ("content/zh/overview.md", OVERVIEW),
        ("content/zh/links.md", "# 链接\n\n- 网站 <https://example.com/a>\n"),
        ("content/en/overview.md", "# Overview\n\n1. What happened\n\n- 1-1, see [Note 1-1].\n\n[Note 1-1] A note.\n"),
    ])
}

#[test]
fn two_runs_write_the_same_file_and_tell_its_sum() {
    let fixture = fixture();
    let runs = ["a", "b"].map(|name| {
        let run = fixture.run(&["single", "-o", &format!("out/{name}.html")]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let bytes = std::fs::read(fixture.path().join(format!("out/{name}.html"))).unwrap();
        assert!(run.stdout().starts_with(&casefile::sha256::Sha256::of(&bytes).to_string()));
        bytes
    });
    assert_eq!(runs[0], runs[1]);
}

#[test]
fn every_way_leads_to_an_id_of_the_file_and_texts_end_no_script() {
    let fixture = fixture();
    assert_eq!(fixture.run(&["single", "-o", "out.html"]).code(), 0);
    let text = std::fs::read_to_string(fixture.path().join("out.html")).unwrap();
    let page = Html::parse_document(&text);
    let values = |selector: &str, name: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    };
    let ids: BTreeSet<String> = values("[id]", "id").into_iter().collect();
    assert!(ids.contains("zh/overview/note-1-1") && ids.contains("en/overview/note-1-1"));
    let ways = values("a[href]", "href");
    assert!(ways.contains(&"#en/overview/".to_owned()), "{ways:?}");
    let lost: Vec<&String> =
        ways.iter().filter(|way| way.strip_prefix('#').is_some_and(|id| !ids.contains(id))).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let scripts = Selector::parse("script").unwrap();
    assert_eq!(page.select(&scripts).count(), 2);
    let handed: String = page.select(&scripts).flat_map(|script| script.text()).collect();
    assert!(handed.contains("casefileSearch.manifest(") && handed.contains("\\u202e"));
}

#[test]
fn the_policy_allows_the_very_styles_and_scripts_that_stand_in_the_file() {
    let fixture = fixture();
    assert_eq!(fixture.run(&["single", "-o", "out.html"]).code(), 0);
    let text = std::fs::read_to_string(fixture.path().join("out.html")).unwrap();
    let page = Html::parse_document(&text);
    let policy = Selector::parse("meta[http-equiv]").unwrap();
    let policy = page.select(&policy).next().unwrap().attr("content").unwrap().to_owned();
    let inline = Selector::parse("style, script").unwrap();
    for element in page.select(&inline) {
        let text: String = element.text().collect();
        let sum = data_encoding::BASE64.encode(casefile::sha256::Sha256::of(text.as_bytes()).as_bytes());
        assert!(policy.contains(&format!("'sha256-{sum}'")), "{}", &text[..text.len().min(60)]);
    }
    assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'self'"));
}

#[test]
fn a_file_that_casefile_did_not_make_stays_and_one_that_it_made_is_replaced() {
    let fixture = fixture();
    fixture.write("out/a.html", b"<p>mine</p>");
    let run = fixture.run(&["single", "-o", "out/a.html"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("casefile did not make") && run.stderr().contains("--force"));
    assert_eq!(std::fs::read(fixture.path().join("out/a.html")).unwrap(), b"<p>mine</p>");
    assert_eq!(fixture.run(&["single", "-o", "out/a.html", "--force"]).code(), 0);
    assert_eq!(fixture.run(&["single", "-o", "out/a.html"]).code(), 0);
}

#[test]
fn it_is_no_part_of_the_case_it_was_made_from() {
    let fixture = fixture();
    let run = fixture.run(&["single", "-o", "content/zh/all.html"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("would be a part of the case the next time"), "{}", run.stderr());
}

#[test]
fn one_edition_never_takes_the_place_of_the_other_and_the_full_one_says_what_it_is() {
    let fixture = fixture();
    assert_eq!(fixture.run(&["single", "--edition", "full", "-o", "out.html"]).code(), 0);
    let text = std::fs::read_to_string(fixture.path().join("out.html")).unwrap();
    assert!(text.contains("data-single=\"full\"") && text.contains("class=\"not-public\""));
    let run = fixture.run(&["single", "-o", "out.html", "--force"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("never replaces"), "{}", run.stderr());
}
