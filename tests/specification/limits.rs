//! Where a page stops listing, and where what it leaves out is to be had.

use crate::support::{Built, Fixture};
use casefile::Message;

fn built(files: &[(String, String)]) -> Built {
    let fixture = Fixture::new(&[]);
    for (path, text) in files {
        fixture.write(path, text.as_bytes());
    }
    fixture.built()
}

fn documents(count: usize, text: &str) -> Vec<(String, String)> {
    (0..count).map(|at| (format!("content/d{at:02}.md"), format!("# D{at}\n\n{text}\n"))).collect()
}

#[test]
fn of_more_than_forty_documents_a_page_lists_those_near_it_and_leads_to_the_list_of_all() {
    let built = built(&documents(45, "文"));
    let page = built.page("zh/d20.html");
    let near: Vec<String> = (16..=24).map(|at| format!("d{at}.html")).collect();
    assert_eq!(page.attributes("nav.documents ol a", "href"), near);
    assert_eq!(page.texts("nav.documents ol + .more"), ["全部文件 (45)"]);
    let home = built.page("zh/index.html");
    let all = home.attributes("main a", "href");
    assert!((0..45).all(|at| all.contains(&format!("d{at:02}.html"))), "{all:?}");
}

#[test]
fn of_many_that_a_label_may_mean_a_dozen_are_offered_and_all_are_counted() {
    let mut files = documents(20, "【注1】丙");
    files.push(("content/x.md".to_owned(), "# X\n\n见【注1】。\n".to_owned()));
    let built = built(&files);
    assert_eq!(built.page("zh/x.html").all(".ambiguous a.ref").len(), 12);
    let told = built.findings.iter().find(|finding| finding.code.id() == "C302").unwrap();
    assert!(told.message.en().contains("in 20 documents"), "{}", told.message.en());
}

#[test]
fn of_very_many_places_a_page_lists_a_hundred_and_the_table_all() {
    let places: String = (0..150).map(|at| format!("## 甲{at}\n\n订单号：4111111112345678。\n\n")).collect();
    let built = built(&[("content/a.md".to_owned(), format!("# A\n\n{places}"))]);
    let page = built.page("zh/identifiers.html");
    assert_eq!(page.all("tr[data-cite='4111111112345678'] .places a").len(), 100);
    assert_eq!(page.texts("tr[data-cite='4111111112345678'] .more"), ["另有 50 处"]);
    assert_eq!(built.text("zh/identifiers.csv").matches("4111111112345678").count(), 150);
}

#[test]
fn an_index_of_more_lines_than_a_page_holds_has_several_and_leaves_none_out() {
    let headings = |name: &str| (0..3000).map(|at| format!("## {name}{at}\n\n")).collect::<String>();
    let built = built(
        &[("a", "甲"), ("b", "乙")]
            .map(|(file, name)| (format!("content/{file}.md"), format!("# 题\n\n{}", headings(name)))),
    );
    let mut pages: Vec<String> =
        built.paths().into_iter().filter(|path| path.starts_with("zh/index-of-headings")).collect();
    pages.sort_by_key(String::len);
    assert_eq!(pages, ["zh/index-of-headings.html", "zh/index-of-headings-2.html"]);
    for (path, name) in pages.iter().zip(["甲", "乙"]) {
        let text = built.text(path);
        assert!((0..3000).all(|at| text.contains(&format!(">{name}{at}<"))), "{path}");
    }
}

#[test]
fn a_finding_among_very_many_parties_names_a_dozen_and_counts_the_others() {
    let parties: String = (0..40).map(|at| format!("  - {{id: p{at}, name: 甲{at}公司}}\n")).collect();
    let built = built(&[
        ("casefile.yaml".to_owned(), format!("title: a\nparties:\n{parties}")),
        ("content/positions.md".to_owned(), "# P\n\n## 甲1公司\n\n- 1-1 {by=nobody disputes}，丁\n".to_owned()),
    ]);
    let help = built
        .findings
        .iter()
        .find_map(|finding| finding.help.as_deref().map(Message::en).filter(|help| help.contains("p11")));
    assert!(help.is_some_and(|help| help.ends_with("p10, p11 and 28 more")), "{:?}", built.findings);
}

#[test]
fn events_that_fall_together_are_drawn_once_and_all_are_told() {
    let events: String = (0..300).map(|at| format!("- 2031-0{}-04 甲{at}\n", 1 + at / 100)).collect();
    let page = built(&[("content/timeline.md".to_owned(), format!("# T\n\n{events}"))]).page("zh/timeline.html");
    assert_eq!(page.all("svg.scale circle").len(), 3);
    assert_eq!(page.all("article li.event").len(), 300);
}

#[test]
fn an_index_of_one_long_document_has_several_pages_and_each_line_once() {
    let headings: String = (0..9_000).map(|at| format!("## 甲{at}\n\n")).collect();
    let built = built(&[("content/a.md".to_owned(), format!("# 题\n\n{headings}"))]);
    let pages = ["zh/index-of-headings.html", "zh/index-of-headings-2.html", "zh/index-of-headings-3.html"];
    let names: Vec<String> = pages.iter().flat_map(|page| built.page(page).texts(".index-of li a")).collect();
    let expected: Vec<String> = (0..9_000).map(|at| format!("甲{at}")).collect();
    assert!(names == expected, "{} lines", names.len());
}

#[test]
fn more_files_than_a_page_holds_are_no_exhibit_and_more_exhibits_than_a_book_holds_are_no_book() {
    let files = |count: usize| {
        let files: String = (0..count).map(|at| format!("    - f{at}.txt\n")).collect();
        [
            ("content/exhibits/exhibits.yaml".to_owned(), format!("- number: 1\n  title: 甲\n  files:\n{files}")),
            ("content/a.md".to_owned(), "# A\n".to_owned()),
        ]
    };
    let told = |built: &Built| built.findings.iter().filter(|told| told.message.en().contains("5000 files")).count();
    assert_eq!((told(&built(&files(5_000))), told(&built(&files(5_001)))), (0, 1));
    let exhibits = |count: usize| {
        let list: String = (1..=count).map(|at| format!("- {{number: {at}, title: 甲}}\n")).collect();
        let text = ("content/a.md".to_owned(), "# A\n".to_owned());
        built(&[("content/exhibits/exhibits.yaml".to_owned(), list), text])
    };
    let has_book = |built: &Built| built.paths().iter().any(|path| path.ends_with("/print.html"));
    assert_eq!((has_book(&exhibits(5_000)), has_book(&exhibits(5_001))), (true, false));
    let links = |count: usize| {
        let list: String = (1..=count).map(|at| format!("- 甲{at} - https://h{at}.example/\n")).collect();
        built(&[("content/links.md".to_owned(), list)])
    };
    assert_eq!((has_book(&links(100)), has_book(&links(30_001))), (true, false));
}

#[test]
fn a_case_holds_twenty_thousand_exhibits_and_the_next_is_told_where_it_stands() {
    let list: String = (1..=20_001).map(|at| format!("- {{number: {at}, title: 甲}}\n")).collect();
    let rows: String = (1..=20_001).map(|at| format!("| 证据{at} | 甲 |\n")).collect();
    let table = format!("# 证据清单\n\n| 编号 | 名称 |\n|---|---|\n{rows}");
    for (path, text, line) in [("content/exhibits/exhibits.yaml", list, 20_001), ("content/证据清单.md", table, 20_005)]
    {
        let fixture = Fixture::new(&[("content/a.md", "# 甲\n")]);
        fixture.write(path, text.as_bytes());
        let run = fixture.run(&["check", "--lang", "en", "--format", "json"]);
        let told: serde_json::Value = serde_json::from_str(&run.stdout()).unwrap();
        let findings = told["findings"].as_array().unwrap();
        let many: Vec<_> = findings.iter().filter(|one| one["message"] == "more than 20000 exhibits").collect();
        assert_eq!(many.len(), 1, "{path}");
        assert_eq!((many[0]["level"].as_str(), many[0]["line"].as_u64()), (Some("error"), Some(line)), "{path}");
        assert_eq!(run.code(), 1);
    }
}

#[test]
fn of_very_many_slips_of_a_kind_a_thousand_are_told_and_all_are_counted() {
    let built = built(&[("content/a.md".to_owned(), format!("# A\n\n{}", "a\n=\n".repeat(1_500)))]);
    let told: Vec<_> = built.findings.iter().filter(|finding| finding.code.id() == "C114").collect();
    assert_eq!(told.len(), 1_001);
    assert!(told[1_000].message.en().starts_with("500 more places from here on: text right above `=`"));
    let lines = built.found();
    assert!(lines.contains(&"C114 4:1".to_owned()) && lines.contains(&"C114 2004:1".to_owned()));
}

#[test]
fn one_long_line_of_anything_takes_no_time_that_grows_with_its_square() {
    // Half a megabyte each; what looks at the whole line for each of its parts takes minutes.
    let many = |part: &str| part.repeat(500_000 / part.len());
    let figures: String = (0..400)
        .map(|at| format!("  - {{id: f{at}, names: {{zh: 总额{at}}}, value: {}, unit: {{zh: 元}}}}\n", at + 1))
        .collect();
    let named: String = (0..20_000).map(|at| format!("总额{at}为{at}元，")).collect();
    for (what, settings, text) in [
        ("figures", format!("title: a\nlanguages: [zh]\nfigures:\n{figures}"), named),
        ("numbers of cards", String::new(), many("6222021234567890123，")),
        ("labels that nothing closes", String::new(), many("【")),
        ("digits in Chinese characters", String::new(), many("一")),
        ("brackets behind an address", String::new(), format!("www.a.example{}", many(")"))),
        ("brackets in an address", String::new(), format!("www.a.example/{}", many("[]"))),
        ("marks within marks", String::new(), format!("{}a{}", "[".repeat(40_000), "]{private}".repeat(40_000))),
    ] {
        let begun = std::time::Instant::now();
        built(&[("casefile.yaml".to_owned(), settings), ("content/zh/a.md".to_owned(), format!("# 甲\n\n{text}\n"))]);
        assert!(begun.elapsed().as_secs() < 60, "{what}: {:?}", begun.elapsed());
    }
}
