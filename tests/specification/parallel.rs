//! Two languages side by side, aligned by the addresses they share.

use crate::support::{Fixture, Page};

/// The texts of the rows of a page, the one language and the other.
fn rows(page: &Page) -> Vec<(String, String)> {
    let left = page.texts(".pair:not(.names) > div:first-child");
    left.into_iter().zip(page.texts(".pair:not(.names) > div:last-child")).collect()
}

fn pair(zh: &str, en: &str) -> Page {
    let built = Fixture::new(&[("content/zh/a.md", zh), ("content/en/a.md", en)]).built();
    built.page("zh-en/a.html")
}

fn strings(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
}

#[test]
fn what_shares_an_address_stands_in_one_row() {
    let page = pair(
        "# 甲\n\n## 一，经过\n\n第一段。\n\n- 1-1，密钥泄露\n    - 1-1-1，时间\n- 1-2，无人告知\n\n【注1】来源。\n",
        "# A\n\n## 1. Course\n\nFirst paragraph.\n\n- 1-1, the key leaked\n    - 1-1-1, the time\n- 1-2, nobody told\n\n[Note 1] The source.\n",
    );
    let expected = [
        ("一，经过", "1. Course"),
        ("第一段。", "First paragraph."),
        ("1-1，密钥泄露", "1-1, the key leaked"),
        ("1-1-1，时间", "1-1-1, the time"),
        ("1-2，无人告知", "1-2, nobody told"),
        ("【注1】来源。", "[Note 1] The source."),
    ];
    assert_eq!(rows(&page), strings(&expected));
    assert_eq!(page.attributes(".pair[id]", "id"), ["s1", "s1-claim-1-1", "s1-claim-1-1-1", "s1-claim-1-2", "note-1"]);
    assert!(page.has(".pair.depth-1#s1-claim-1-1-1"));
    assert!(!page.has(".absent"));
}

#[test]
fn what_has_no_counterpart_says_so_in_the_language_it_lacks() {
    let page = pair(
        "# 甲\n\n- 1-1，一\n- 1-2，二\n- 1-3，三\n\n## 一，后记\n\n只有中文。\n",
        "# A\n\n- 1-1, one\n- 1-3, three\n- 1-4, four\n",
    );
    let (zh, en) = ("（这里没有对应的中文）", "(No English text here)");
    let expected = [
        ("1-1，一", "1-1, one"),
        ("1-2，二", en),
        ("1-3，三", "1-3, three"),
        (zh, "1-4, four"),
        ("一，后记", en),
        ("只有中文。", en),
    ];
    assert_eq!(rows(&page), strings(&expected));
    assert_eq!(page.attributes(".absent", "lang"), ["en", "zh", "en", "en"]);
    assert!(page.text(".meta").contains('4'));
}

#[test]
fn paragraphs_correspond_one_by_one_only_where_there_are_as_many() {
    let page = pair(
        "# 甲\n\n一。\n\n二。\n\n## 一，甲\n\n三。\n\n四。\n",
        "# A\n\nOne.\n\nTwo.\n\n## 1. A\n\nThree and four.\n",
    );
    let expected = [("一。", "One."), ("二。", "Two."), ("一，甲", "1. A"), ("三。 四。", "Three and four.")];
    assert_eq!(rows(&page), strings(&expected));
}

#[test]
fn a_translation_in_another_order_loses_nothing() {
    let page = pair("# 甲\n\n- 1-1，一\n- 1-2，二\n- 1-3，三\n", "# A\n\n- 1-3, three\n- 1-1, one\n- 1-2, two\n");
    let expected = [("1-1，一", "1-1, one"), ("1-2，二", "1-2, two"), ("1-3，三", "1-3, three")];
    assert_eq!(rows(&page), strings(&expected));
}

#[test]
fn references_stay_among_the_pages_side_by_side_where_there_is_one() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n见【注1】和【注2】。\n"),
        ("content/zh/b.md", "# 乙\n\n【注1】来源。\n"),
        ("content/zh/c.md", "# 丙\n\n【注2】来源。\n"),
        ("content/en/a.md", "# A\n\nSee [Note 1].\n"),
        ("content/en/b.md", "# B\n\n[Note 1] The source.\n"),
    ])
    .built();
    let page = built.page("zh-en/a.html");
    assert_eq!(page.attributes("a.ref", "href"), ["b.html#note-1", "../zh/c.html#note-2", "b.html#note-1"]);
    assert!(built.page("zh-en/b.html").has("#note-1"));
    assert!(!built.paths().contains(&"zh-en/c.html".to_owned()));
    assert_eq!(built.page("zh/a.html").attributes(".views a", "href"), ["../zh-en/a.html"]);
    assert!(!built.page("zh/c.html").has(".views"));
}

#[test]
fn every_translation_stands_beside_what_it_translates() {
    let texts = [("content/zh/a.md", "# 甲\n"), ("content/en/a.md", "# A\n"), ("content/fr/a.md", "# A\n")];
    let fixture = Fixture::new(&texts);
    fixture.write("casefile.yaml", b"languages: [zh, en, fr]\n");
    let built = fixture.built();
    let pairs: Vec<String> = built.paths().into_iter().filter(|path| path.contains("zh-")).collect();
    assert_eq!(pairs, ["zh-en/a.html", "zh-fr/a.html"]);
    assert_eq!(built.page("fr/a.html").attributes(".views a", "href"), ["../zh-fr/a.html"]);
}
