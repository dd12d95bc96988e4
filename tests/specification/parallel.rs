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
fn paragraphs_that_the_other_text_joins_stand_beside_it_together() {
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

#[test]
fn what_each_text_calls_by_its_own_word_stands_in_one_row_by_its_number() {
    let page = pair(
        "# 甲\n\n## 一，仓单\n\n【仓单1】蓝莓。\n\n【仓单2】树莓。\n",
        "# A\n\n## 1. Receipts\n\n[Receipt 1] Blueberries.\n\n[Receipt 2] Raspberries.\n",
    );
    let expected = [
        ("一，仓单", "1. Receipts"),
        ("【仓单1】蓝莓。", "[Receipt 1] Blueberries."),
        ("【仓单2】树莓。", "[Receipt 2] Raspberries."),
    ];
    assert_eq!(rows(&page), strings(&expected));
}

#[test]
fn an_event_that_is_read_in_one_text_only_stands_beside_its_translation() {
    let page = pair(
        "# 时间线\n\n2031-04-09 02:11，密钥被使用。\n\n证人甲在场。\n",
        "# Timeline\n\nOn that night the key was used at 02:11.\n\nWitness A was there.\n",
    );
    let expected = [
        ("2031-04-09 02:11，密钥被使用。", "On that night the key was used at 02:11."),
        ("证人甲在场。", "Witness A was there."),
    ];
    assert_eq!(rows(&page), strings(&expected));
}

#[test]
fn a_paragraph_that_one_text_has_more_stands_alone_and_the_others_keep_their_pairs() {
    let page = pair(
        "# 甲\n\n四月九日放走37托，值194689.30元。\n\n平台在5月1日答复，见2-1。\n\n六月仍无消息。\n",
        "# A\n\n37 pallets worth 194689.30 yuan were released.\n\nA remark of the translator, who was there in 1999, 2003 and 2007, saw nothing of the kind, and asked the platform three times in vain for what its own rules of 2030 promise to everyone who asks for it.\n\nThe platform answered on 1/5, see 2-1.\n\nIn June there was still no word.\n",
    );
    let absent = "（这里没有对应的中文）";
    let expected = [
        ("四月九日放走37托，值194689.30元。", "37 pallets worth 194689.30 yuan were released."),
        (
            absent,
            "A remark of the translator, who was there in 1999, 2003 and 2007, saw nothing of the kind, and asked the platform three times in vain for what its own rules of 2030 promise to everyone who asks for it.",
        ),
        ("平台在5月1日答复，见2-1。", "The platform answered on 1/5, see 2-1."),
        ("六月仍无消息。", "In June there was still no word."),
    ];
    assert_eq!(rows(&page), strings(&expected));
}

#[test]
fn the_contents_tell_every_section_in_both_languages_and_the_columns_have_the_room_they_need() {
    let (zh, en) = (
        "客户在出事以后才知道这次合并。".repeat(9),
        "The customer says it learned of the merger only after the loss. ".repeat(9),
    );
    let page = pair(
        &format!("# 甲\n\n## 一，起因\n\n{zh}\n\n## 二，经过\n\n{zh}\n"),
        &format!("# A\n\n## 1. How it began\n\n{en}\n\n## 2. The night\n\n{en}\n"),
    );
    assert_eq!(page.attributes(".contents a", "href"), ["#s1", "#s2"]);
    assert_eq!(page.texts(".contents a"), ["一，起因 How it began", "二，经过 The night"]);
    assert!(page.has("article.left-40"));
}
