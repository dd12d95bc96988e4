//! The search index, as it lies in the site.

use std::collections::BTreeSet;

use casefile::language::folding::folding;
use casefile::search::terms::terms;
use serde_json::Value;

use crate::support::{Built, Fixture};

/// An entry of the index: the path of its page, its kind, anchor, name, what is around it, and its text.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    path: String,
    kind: u64,
    anchor: String,
    name: String,
    within: String,
    text: String,
}

const SECTION: u64 = 0;
const CLAIM: u64 = 1;
const ITEM: u64 = 2;
const EVENT: u64 = 3;
const NOTE: u64 = 4;
const EXHIBIT: u64 = 5;
const LINK: u64 = 6;

fn scripts(built: &Built, kind: &str) -> Vec<String> {
    let paths = built.paths();
    let own = paths.iter().filter(|path| path.starts_with(&format!("search/{kind}")));
    own.map(|path| built.text(path)).collect()
}

/// What a script hands over.
fn handed(script: &str) -> Vec<Value> {
    let open = script.find('(').unwrap();
    let arguments = script[open + 1..].strip_suffix(");\n").expect("a call and nothing else");
    serde_json::from_str(&format!("[{arguments}]")).unwrap()
}

fn entries(built: &Built) -> Vec<Entry> {
    let mut entries = Vec::new();
    for script in scripts(built, "texts") {
        for place in handed(&script)[1].as_array().unwrap() {
            let mut within = "";
            for row in place[2].as_array().unwrap() {
                let text = |at: usize| row[at].as_str().unwrap().to_owned();
                within = row[3].as_str().unwrap_or(within);
                entries.push(Entry {
                    path: place[0].as_str().unwrap().to_owned(),
                    kind: row[0].as_u64().unwrap() & 7,
                    anchor: text(1),
                    name: text(2),
                    within: within.to_owned(),
                    text: text(5),
                });
            }
        }
    }
    entries
}

#[test]
fn every_kind_of_thing_is_an_entry_with_its_own_text_and_address() {
    let built = Fixture::new(&[
        ("casefile.yaml", "title: 案\nparties:\n  - {id: shop, name: 店家}\n  - {id: man, name: 客户}\n"),
        ("content/exhibits/exhibits.yaml", "- number: 1\n  title: 照片\n  visibility: listed\n- number: 2\n  title: 暗物\n  visibility: hidden\n"),
        (
            "content/zh/positions.md",
            "# 各方立场\n\n## 店家\n\n- 1-1，没有漏洞。【注1】\n    - 1-1-1，客户不认可：确有漏洞。\n\n## 客户\n\n- 1-1，余额被盗。\n",
        ),
        ("content/zh/timeline.md", "# 时间线\n\n- 2031-05-04 01:09:08，转出。\n"),
        ("content/zh/a.md", "# 甲\n\n开头。\n\n## 一，起因\n\n先有此事。\n\n- 1-1，其一，\n    - 1-1-1，其中。\n\n其后。\n\n【注1】来源 <https://example.com/x>。\n"),
    ])
    .built();
    let entries = entries(&built);
    let find = |kind: u64, name: &str| -> Vec<(&str, &str, &str, &str)> {
        let found = entries.iter().filter(|entry| entry.kind == kind && entry.name == name);
        found.map(|e| (e.path.as_str(), e.anchor.as_str(), e.within.as_str(), e.text.trim_end())).collect()
    };
    assert_eq!(find(SECTION, "甲"), [("zh/a.html", "", "", "甲\n开头。")]);
    assert_eq!(find(SECTION, "一，起因"), [("zh/a.html", "s1", "", "一，起因\n先有此事。\n其后。")]);
    assert_eq!(find(ITEM, "1-1"), [("zh/a.html", "s1-claim-1-1", "一，起因", "1-1，其一，")]);
    assert_eq!(find(ITEM, "1-1-1"), [("zh/a.html", "s1-claim-1-1-1", "一，起因", "1-1-1，其中。")]);
    assert_eq!(find(NOTE, "【注1】"), [("zh/a.html", "note-1", "一，起因", "【注1】来源 https://example.com/x。")]);
    assert_eq!(find(EVENT, "2031-05-04 01:09:08")[0].1, "event-2031-05-04-01-09-08");
    let claims = entries.iter().filter(|entry| entry.kind == CLAIM);
    let claims: Vec<(&str, &str)> = claims.map(|entry| (entry.within.as_str(), entry.text.trim_end())).collect();
    assert_eq!(
        claims,
        [("店家", "1-1，没有漏洞。【注1】"), ("店家", "1-1-1，客户不认可：确有漏洞。"), ("客户", "1-1，余额被盗。")]
    );
    let exhibits: Vec<&Entry> = entries.iter().filter(|entry| entry.kind == EXHIBIT).collect();
    assert_eq!(exhibits.len(), 1, "a hidden exhibit is nowhere");
    assert!(exhibits[0].text.starts_with("证据1 照片") && exhibits[0].path == "zh/exhibit-1.html", "{exhibits:?}");
    let links: Vec<&str> = entries.iter().filter(|e| e.kind == LINK).map(|e| e.name.as_str()).collect();
    assert_eq!(links, ["https://example.com/x"]);
    let anchors: BTreeSet<(&str, &str)> = entries.iter().map(|e| (e.path.as_str(), e.anchor.as_str())).collect();
    for (path, anchor) in anchors.into_iter().filter(|(_, anchor)| !anchor.is_empty()) {
        assert_eq!(built.page(path).attributes(&format!("[id=\"{anchor}\"]"), "id"), [anchor], "{path}");
    }
}

#[test]
fn a_draft_is_nowhere_in_the_index() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n可见。\n"),
        ("content/zh/b.md", "---\ndraft: true\n---\n# 乙\n\n秘密 secret。\n"),
    ])
    .built();
    let all: String =
        [scripts(&built, "texts"), scripts(&built, "terms"), scripts(&built, "manifest")].concat().concat();
    assert!(all.contains("可见"));
    for word in ["秘", "密", "secret", "乙"] {
        assert!(!all.contains(word), "{word}");
    }
}

#[test]
fn the_terms_of_every_entry_stand_in_the_script_that_a_reader_is_sent_to() {
    let built = Built::of(std::path::Path::new(env!("CARGO_MANIFEST_DIR")));
    let scripts = scripts(&built, "terms");
    let listed: BTreeSet<&str> = scripts
        .iter()
        .flat_map(|script| script.split_once('"').unwrap().1.split('!'))
        .filter_map(|term| term.split_once(' '))
        .map(|(term, _)| term)
        .collect();
    let entries = entries(&built);
    assert!(entries.len() > 300, "{}", entries.len());
    for entry in &entries {
        terms(&folding().fold(&entry.text), |term| assert!(listed.contains(term), "{term} of {entry:?}"));
    }
}

#[test]
fn text_that_turns_its_direction_is_shown_by_code_points_in_results_too() {
    let built = Fixture::new(&[("content/en/a.md", "# A\n\nfile \u{202e}gpj.exe\n")]).built();
    let entries = entries(&built);
    assert!(entries.iter().any(|entry| entry.text.contains("file U+202Egpj.exe")), "{entries:?}");
    assert!(!scripts(&built, "texts").concat().contains('\u{202e}'));
}

#[test]
fn the_index_of_headings_lists_every_heading_number_note_and_event_with_its_first_words() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n## 一，起因\n\n- 1-1，其一。\n\n### 1，细节\n\n【注1-1】来源。\n"),
        ("content/zh/timeline.md", "# 时间线\n\n- 2031-05-04，转出。\n"),
    ])
    .built();
    let page = built.page("zh/index-of-headings.html");
    assert_eq!(
        page.attributes(".index-of a", "href"),
        [
            "timeline.html",
            "timeline.html#event-2031-05-04",
            "a.html",
            "a.html#s1",
            "a.html#s1-claim-1-1",
            "a.html#s1-1",
            "a.html#note-1-1"
        ]
    );
    let texts = page.texts(".index-of li");
    assert_eq!(texts, ["2031-05-04 转出。", "一，起因", "1-1 其一。", "1，细节", "【注1-1】 来源。"]);
}

#[test]
fn a_document_that_is_called_as_a_page_of_the_site_gets_another_address() {
    for name in ["index-of-headings", "print", "share", "link-register", "identifiers", "about-this-dossier", "index"] {
        let built = Fixture::new(&[(&format!("content/zh/{name}.md"), "# 甲\n\n文一二三。\n")]).built();
        assert_eq!(built.found(), Vec::<String>::new(), "{name}");
        assert!(built.page(&format!("zh/{name}-page.html")).text("article").contains("文一二三"), "{name}");
    }
}

#[test]
fn headings_of_any_shape_are_indexed() {
    let built = Fixture::new(&[(
        "content/zh/a.md",
        "# 甲\u{202e}乙\n\n文。\n\n底下画线的标题 `code`\n====\n\n文。\n\n> ## 引文里的标题\n\n## \n\n文。\n\n## ![图](x.png) 三\n\n- # 列表里\n",
    )])
    .built();
    let entries = entries(&built);
    assert!(entries.iter().any(|entry| entry.text.starts_with("甲U+202E乙")), "{entries:?}");
    assert!(entries.iter().any(|entry| entry.text.starts_with("底下画线的标题 code")), "{entries:?}");
}
