//! Sections, items and pages have addresses that can be quoted, the same in every language.

use crate::support::{Fixture, built, page_of};
use casefile::Message;
use casefile::document::DocumentId;

#[test]
fn sections_are_addressed_by_their_outline() {
    let page = page_of("# 题\n\n## 一，甲\n\n### 1，子\n\n### 2，丑\n\n## 二，乙\n\n### 1，寅\n");
    assert_eq!(page.attributes("section[id]", "id"), ["s1", "s1-1", "s1-2", "s2", "s2-1"]);
}

#[test]
fn without_an_outline_the_authors_id_counts_and_then_a_slug() {
    let page = page_of("# 题\n\n## 损失 {#loss}\n\n## 事件概述\n\n## Fast API\n");
    assert_eq!(page.attributes("section[id]", "id"), ["loss", "shi-jian-gai-shu", "fast-api"]);
}

#[test]
fn an_authors_id_works_beside_an_outline() {
    let built = built("# 题\n\n## 一，损失 {#loss}\n\n见[此处](#loss)和[此处](#s1)。\n");
    assert!(built.found().is_empty(), "{:?}", built.found());
    let page = built.page("zh/a.html");
    assert!(page.has("section#s1 > h2#loss"));
}

#[test]
fn headings_of_uneven_level_are_nested_by_their_numbers() {
    let page = page_of("# 题\n\n## 五，详述\n\n### 1，甲\n\n## 2，乙\n\n## 3，丙\n\n## 六，举报\n");
    assert_eq!(page.attributes("section[id]", "id"), ["s5", "s5-1", "s5-2", "s5-3", "s6"]);
    assert_eq!(page.attributes("#s5 section[id]", "id"), ["s5-1", "s5-2", "s5-3"]);
}

#[test]
fn items_are_addressed_by_section_and_number_and_in_positions_by_number_alone() {
    let text = "# 题\n\n## 三，责任\n\n- 1-1，甲\n  - 1-1-1，乙\n\n1-2，丙\n\n**1-3，** 丁\n";
    let built = Fixture::new(&[("content/zh/a.md", text), ("content/zh/positions.md", text)]).built();
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes(".item", "id"), ["s3-claim-1-1", "s3-claim-1-1-1", "s3-claim-1-2", "s3-claim-1-3"]);
    let page = built.page("zh/positions.html");
    assert_eq!(page.attributes(".item", "id"), ["claim-1-1", "claim-1-1-1", "claim-1-2", "claim-1-3"]);
    assert_eq!(page.attributes("a.number", "href"), ["#claim-1-1", "#claim-1-1-1", "#claim-1-2", "#claim-1-3"]);
}

#[test]
fn items_on_lines_of_one_paragraph_each_have_their_own() {
    let page = page_of("1-1，甲\n1-2，乙\n1-3，丙\n");
    assert_eq!(page.attributes("a.number", "href"), ["#claim-1-1", "#claim-1-2", "#claim-1-3"]);
    assert_eq!(page.all("p br").len(), 2);
}

#[test]
fn a_clash_is_reported_and_the_later_one_gets_a_suffix() {
    let built = built("# 题\n\n## 一，甲\n\n## 一，乙\n\n- 1-1，丙\n- 1-1，丁\n");
    assert_eq!(built.found(), ["C701 5:1", "C701 8:3"]);
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("section[id]", "id"), ["s1", "s1-b"]);
    assert_eq!(page.attributes(".item", "id"), ["s1-b-claim-1-1", "s1-b-claim-1-1-b"]);
}

#[test]
fn an_item_out_of_sequence_is_reported_where_it_stands() {
    let text = "# 题\n\n## 三，甲\n\n- 3-4-6，子\n- 3-5-7，丑\n- 3-5-8，寅\n\n## 四，乙\n\n- 4-5，卯\n";
    let built = built(text);
    assert_eq!(built.found(), ["C702 6:3"]);
    assert_eq!(built.findings[0].help.as_deref().map(Message::en), Some("after 3-4-6 comes 3-4-7"));
}

#[test]
fn a_translation_takes_the_anchors_of_what_it_translates() {
    let built = Fixture::new(&[
        ("casefile.yaml", "languages: [zh, en]\n"),
        ("content/zh/a.md", "# 题\n\n## 一，起因\n\n- 1-1，甲\n\n## 经过\n\n### 当夜\n\n## 三，结果\n"),
        ("content/en/a.md", "# T\n\n## 1. Cause\n\n- 1-1, a\n\n## Course\n\n### That night\n\n## 3. Outcome\n"),
    ])
    .built();
    let (zh, en) = (built.page("zh/a.html"), built.page("en/a.html"));
    let ids = zh.attributes("section[id], .item", "id");
    assert_eq!(ids, ["s1", "s1-claim-1-1", "jing-guo", "dang-ye", "s3"]);
    assert_eq!(en.attributes("section[id], .item", "id"), ids);
    assert_eq!(en.attributes("#jing-guo > h2 > a.counterpart", "href"), ["../zh/a.html#jing-guo"]);
}

#[test]
fn a_section_without_a_counterpart_offers_none() {
    let built = Fixture::new(&[
        ("casefile.yaml", "languages: [zh, en]\n"),
        ("content/zh/a.md", "# 题\n\n## 一，甲\n\n## 二，乙\n"),
        ("content/en/a.md", "# T\n\n## 1. A\n"),
    ])
    .built();
    let page = built.page("zh/a.html");
    assert!(page.has("#s1 > h2 > a.counterpart") && !page.has("#s2 > h2 > a.counterpart"));
}

#[test]
fn paths_are_lower_case_ascii() {
    let built = Fixture::new(&[("content/zh/立场 A.md", "# 甲\n"), ("content/zh/sub/Über.md", "# 乙\n")]).built();
    let paths = built.paths();
    assert!(paths.contains(&"zh/li-chang-a.html".to_owned()), "{paths:?}");
    assert!(paths.iter().all(|path| path.is_ascii() && !path.contains(' ') && *path == path.to_lowercase()));
}

/// The addresses of documents of those names, in Chinese, each with a text of its own.
fn pages_of(names: &[&str]) -> std::collections::BTreeMap<String, String> {
    let files: Vec<(String, String)> =
        names.iter().map(|name| (format!("content/zh/{name}"), format!("# 题\n\n{name}\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let built = Fixture::new(&files).built();
    assert!(built.found().iter().all(|code| code == "C208"), "{:?}", built.found());
    let model = built.model();
    let documents = model["documents"].as_array().unwrap().iter();
    documents
        .map(|document| {
            let name = document["file"].as_str().unwrap().trim_start_matches("content/zh/").to_owned();
            (name, document["page"].as_str().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn names_that_come_to_one_address_keep_their_difference() {
    let long = "关于某某公司合同纠纷一案的情况说明";
    for names in [
        &[&*format!("{long}（一）.md"), &*format!("{long}（二）.md"), &*format!("{long}.md")][..],
        &["收据.md", "手具.md", "shou-ju.md"],
        &["A.md", "a.md", "Ａ.md"],
        &["甲！.md", "甲？.md", "甲.md"],
        &["收据/1.md", "手具/1.md"],
        &["☠☠☠☠☠☠☠☠☠.md", "☠☠☠☠☠☠☠☠☠☠.md"],
        &["index.md", "index page.md", "Index_Page.md"],
    ] {
        let pages = pages_of(names);
        assert_eq!(pages.len(), names.len());
        assert_eq!(pages.values().collect::<std::collections::BTreeSet<_>>().len(), names.len(), "{pages:?}");
    }
}

#[test]
fn an_address_is_that_of_the_name_which_is_one_and_does_not_move_when_more_names_come() {
    let pages = pages_of(&["收据.md", "shou-ju.md"]);
    assert_eq!(pages["shou-ju.md"], "zh/shou-ju.html");
    let more = pages_of(&["收据.md", "shou-ju.md", "手具.md", "受惧.md"]);
    assert!(pages.iter().all(|(name, page)| more[name] == *page), "{pages:?} {more:?}");
    let long = "关于某某公司合同纠纷一案的情况说明（一）.md";
    assert_eq!(pages_of(&[long])[long], pages_of(&[long, "关于某某公司合同纠纷一案的情况说明（二）.md"])[long]);
}

#[test]
fn two_documents_that_claim_one_address_are_refused_and_neither_is_lost() {
    for (one, other) in [
        (("甲.md", "---\nslug: x\n---\n\n# 甲\n"), ("乙.md", "---\nslug: X\n---\n\n# 乙\n")),
        (("x.md", "# 甲\n"), ("乙.md", "---\nslug: x\n---\n\n# 乙\n")),
    ] {
        let files = [one, other].map(|(name, text)| (format!("content/zh/{name}"), text));
        let files = files.each_ref().map(|(path, text)| (path.as_str(), *text));
        let built = Fixture::new(&files).built();
        assert_eq!(built.found(), ["C205"]);
        let titles = [0, 1].map(|at| built.page(built.site.path_of(DocumentId::new(at))).text("h1"));
        assert_eq!(titles.iter().collect::<std::collections::BTreeSet<_>>().len(), 2, "{titles:?}");
    }
}

#[test]
fn a_document_called_like_a_page_that_the_program_makes_of_this_case_is_reported_and_kept() {
    let list = "exhibits:\n  - number: 1\n    title: 收据\n    file: a.txt\n";
    for name in ["exhibits", "exhibit-1", "evidence-catalogue"] {
        let built = Fixture::new(&[
            (&format!("content/zh/{name}.md"), "# 作者的页\n\n作者写的。【证据1】\n"),
            ("content/exhibits/exhibits.yaml", list),
            ("content/exhibits/a.txt", "收据"),
        ])
        .built();
        assert_eq!(built.found(), ["C205"], "{name}");
        assert!(built.text(&format!("zh/{name}-page.html")).contains("作者写的。"), "{name}");
        assert!(!built.page(&format!("zh/{name}.html")).text("main").contains("作者写的。"), "{name}");
    }
}

#[test]
fn a_name_that_the_program_may_come_to_need_is_kept_for_it() {
    for name in ["how-it-was-read", "withheld-from-the-public"] {
        let built = Fixture::new(&[(&format!("content/zh/{name}.md"), "# 作者的页\n\n作者写的。\n")]).built();
        assert_eq!(built.found(), Vec::<String>::new(), "{name}");
        assert!(built.text(&format!("zh/{name}-page.html")).contains("作者写的。"), "{name}");
    }
}

#[test]
fn no_path_of_a_page_is_longer_than_two_hundred() {
    let folders = ["第一卷宗材料文件夹名称比较长一点以便测试路径长度"; 6].join("/");
    let name = |last: &str| format!("{folders}/关于某某公司合同纠纷一案的情况说明{last}.md");
    let names = [name("一"), name("二")];
    let pages = pages_of(&[&names[0], &names[1], "a.md"]);
    assert!(pages.values().all(|page| page.len() <= 200), "{pages:?}");
    let folder = |name: &str| pages[name].rsplit_once('/').unwrap().0.to_owned();
    assert_eq!(folder(&names[0]), folder(&names[1]));
    assert_ne!(pages[&names[0]], pages[&names[1]]);
}

#[test]
fn labels_whose_words_sound_alike_have_anchors_of_their_own_and_no_finding() {
    let text = "# 题\n\n【收据1】甲。\n\n【手具1】乙。\n\n见【收据1】和【手具1】。\n";
    let built = Fixture::new(&[("content/zh/a.md", text)]).built();
    assert_eq!(built.found(), [""; 0]);
    let model = built.model();
    let anchors: Vec<&str> = model["documents"][0]["definitions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["anchor"].as_str().unwrap())
        .collect();
    assert_eq!(anchors, ["shou-ju-1", "shou-ju-1-b"]);
}

#[test]
fn a_file_name_tells_what_a_document_is_with_or_without_its_language() {
    for name in ["positions.md", "立场.md", "positions.zh.md", "Positions.md"] {
        let built = Fixture::new(&[(&format!("content/zh/{name}"), "# 立场\n\n- 1-1，甲\n")]).built();
        let document = &built.model()["documents"][0];
        assert_eq!(
            (&document["kind"], &document["items"][0]["anchor"]),
            (&"positions".into(), &"claim-1-1".into()),
            "{name}"
        );
    }
}

#[test]
fn front_matter_can_give_title_address_and_place() {
    let built = Fixture::new(&[
        ("content/zh/重庆.md", "---\ntitle: 重庆之行\nslug: chongqing\norder: 1\nsummary: 一句话\n---\n正文。\n"),
        ("content/zh/overview.md", "# 概述\n"),
        ("content/zh/draft.md", "---\ndraft: true\n---\n# 草稿\n"),
    ])
    .built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    assert_eq!(built.page("zh/chongqing.html").text("h1"), "重庆之行");
    assert!(!built.paths().iter().any(|path| path.contains("draft")));
    let home = built.page("zh/index.html");
    assert_eq!(home.texts("ol.documents-list > li > a"), ["重庆之行", "概述"]);
}

#[test]
fn an_item_in_a_table_and_the_title_of_a_document_have_their_addresses_on_the_page() {
    let built = Fixture::new(&[
        (
            "content/zh/a.md",
            "# 甲\n\n## 一，经过\n\n| 项 |\n|---|\n| 1-1，密钥泄露 |\n\n[标题](#甲) [项](#s1-claim-1-1)\n",
        ),
        ("content/en/a.md", "# A\n\n## 1. Course\n\n| Item |\n|---|\n| 1-1, the key leaked |\n"),
    ])
    .built();
    for path in ["zh/a.html", "zh-en/a.html", "zh/print.html"] {
        let page = built.page(path);
        let ids = page.attributes("[id]", "id");
        for href in page.attributes("main a[href^='#']", "href") {
            assert!(ids.iter().any(|id| *id == href[1..]), "{href} in {path}");
        }
        assert!(ids.iter().any(|id| id.ends_with("s1-claim-1-1")), "{path}: {ids:?}");
    }
}

#[test]
fn no_page_of_the_author_gives_way_to_a_further_page_of_a_long_list() {
    let links: String = (0..1001).map(|at| format!("- https://x{at}.example/\n")).collect();
    let built = Fixture::new(&[
        ("content/zh/a.md", &format!("# 甲\n\n{links}")),
        ("content/zh/link-register-2.md", "# 作者的页\n\n作者写的。\n"),
    ])
    .built();
    assert!(built.text("zh/link-register-2.html").contains("x1000.example"));
    assert!(built.text("zh/link-register-2-page.html").contains("作者写的。"));
}
