//! Labels, definitions, references and the ways back.

use crate::support::{Fixture, built, page_of};
use casefile::Message;

#[test]
fn a_reference_leads_to_its_definition_and_the_definition_leads_back() {
    let page = page_of("# 题\n\n## 一，事\n\n转账【注1-1】。\n\n## 二，注\n\n【注1-1】经银行。\n");
    let reference = page.one("a.ref");
    assert_eq!(reference.value().attr("href"), Some("#note-1-1"));
    assert_eq!(page.text("#note-1-1 .label"), "【注1-1】");
    let back = page.one("#note-1-1 a.backref");
    assert_eq!(back.value().attr("href").map(|h| &h[1..]), reference.value().attr("id"));
    assert_eq!(page.text("#note-1-1 a.backref"), "一");
}

#[test]
fn each_member_of_a_list_in_one_bracket_is_a_reference_of_its_own() {
    let page =
        page_of("见【注1-4，注1-5, 注1-6、注1-7】。\n\n【注1-4】甲\n\n【注1-5】乙\n\n【注1-6】丙\n\n【注1-7】丁\n");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1-4", "#note-1-5", "#note-1-6", "#note-1-7"]);
    assert_eq!(page.texts("article > p")[0], "见【注1-4，注1-5, 注1-6、注1-7】。");
}

#[test]
fn a_bracket_without_a_number_is_untouched_and_unreported() {
    let built = built("【重要】请看【附件】。\n");
    assert!(built.found().is_empty());
    assert_eq!(built.page("zh/a.html").html("main article > p"), "【重要】请看【附件】。");
}

#[test]
fn a_block_that_begins_with_two_joined_labels_is_no_definition() {
    let built = built("【注1-8】甲。\n\n【注1-9】乙。\n\n【注1-8】和【注1-9】总结下来如此。\n");
    assert!(built.found().is_empty());
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1-8", "#note-1-9"]);
}

#[test]
fn a_note_holds_several_paragraphs_up_to_the_next_definition() {
    let page = page_of("见【注1】【注2】。\n\n【注1】一段。\n\n又一段。\n\n- 一项\n\n【注2】别的。\n");
    assert_eq!(page.texts("#note-1 > p:not(.backrefs), #note-1 > ul"), ["【注1】一段。", "又一段。", "一项"]);
    assert_eq!(page.texts("#note-2 > p:not(.backrefs)"), ["【注2】别的。"]);
}

#[test]
fn a_heading_may_define_a_note() {
    let page = page_of("见【注2-1】。\n\n### 【注2-1】：什么是竞价？\n\n答案。\n\n### 别的\n");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-2-1"]);
    assert_eq!(page.one("#note-2-1").value().name(), "section");
    assert_eq!(page.texts("#note-2-1 a.backref").len(), 1);
}

#[test]
fn a_label_and_an_outline_number_may_share_a_heading() {
    let page = page_of("见【附录2】。\n\n## 六、【附录2】清单\n\n文字。\n");
    assert_eq!(page.one("#appendix-2").value().name(), "h2");
    assert_eq!(page.one("#s6").value().name(), "section");
    assert_eq!(page.texts("#s6 a.backref").len(), 1);
}

#[test]
fn markdown_footnotes_are_notes() {
    let page = page_of("转账[^1-1]，又见[^9]。\n\n[^1-1]: 经银行。\n\n【注9】别的。\n");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1-1", "#note-9"]);
    assert!(page.text("#note-1-1").contains("经银行。"));
}

#[test]
fn english_forms_are_understood() {
    let text = "# T\n\nSee [Notes 1-1, 1-2], [Appendix 2] and [Exhibit 3]. [Important] and [1] are text.\n\n\
                [Note 1-1] One.\n\nNote 1-2: Two.\n\n## Appendix 2, Tables\n\n- 1-2-3, [Exhibit 3] A photograph.\n";
    let built = Fixture::new(&[("content/en/a.md", text)]).built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    let page = built.page("en/a.html");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1-1", "#note-1-2", "#appendix-2", "#exhibit-3"]);
}

#[test]
fn a_label_names_the_same_thing_in_both_languages() {
    let built = built("见【注1-1】和[Note 1-1]。\n\n【注1-1】文字。\n");
    assert_eq!(built.page("zh/a.html").attributes("a.ref", "href"), ["#note-1-1", "#note-1-1"]);
}

#[test]
fn a_qualifier_and_an_unknown_kind_make_labels_of_their_own() {
    let page =
        page_of("见【Orion 网站1】、【网站1】、【仓单3】。\n\n【Orion 网站1】甲\n\n【网站1】乙\n\n【仓单3】丙\n");
    assert_eq!(page.attributes("a.ref", "href"), ["#orion-website-1", "#website-1", "#cang-dan-3"]);
}

#[test]
fn labels_in_code_links_and_html_attributes_are_untouched() {
    let built = built(
        "`【注1】` [看【注2】](https://example.com/) \n\n```\n【注3】\n```\n\n<abbr title=\"【注4】\">缩写</abbr>\n",
    );
    assert!(built.found().is_empty(), "{:?}", built.found());
    assert!(!built.page("zh/a.html").has(".ref"));
}

#[test]
fn a_label_before_an_address_defines_it_only_if_no_block_does() {
    let page = page_of("给出了新的【邮箱3】 a@example.com 之后，再见【邮箱3】。\n");
    assert_eq!(page.one("#email-3").value().name(), "span");
    assert_eq!(page.attributes("a.ref", "href"), ["#email-3"]);
    let page = page_of("给出了新的【邮箱3】 a@example.com。\n\n- 1-2-3，【邮箱3】b@example.com 主邮箱\n");
    assert_eq!(page.attributes("a.ref", "href"), ["#email-3"]);
    assert!(page.text("li.note").contains("b@example.com"));
}

#[test]
fn lookup_goes_from_the_document_to_its_language_to_the_others() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n见【注1】、【注2】、【注3】。\n\n【注1】本处。\n"),
        ("content/zh/b.md", "# 乙\n\n【注1】他处。\n\n【注2】只在乙。\n"),
        ("content/en/b.md", "# B\n\n[Note 1] There.\n\n[Note 2] Only in B.\n\n[Note 3] Only in English.\n"),
        ("content/en/a.md", "# A\n\nText.\n"),
    ])
    .built();
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1", "b.html#note-2", "../en/b.html#note-3"]);
    assert_eq!(page.attributes("a.ref.foreign", "hreflang"), ["en"]);
    assert_eq!(built.found(), ["C305 3:12"]);
    assert_eq!(built.page("zh/b.html").attributes("#note-2 a.backref", "href"), ["a.html#ref-2"]);
    assert_eq!(built.page("zh/b.html").texts("#note-2 a.backref"), ["甲"]);
}

#[test]
fn two_candidates_in_other_documents_are_ambiguous_until_the_title_settles_it() {
    let files = |cite: &'static str| {
        Fixture::new(&[
            ("content/zh/a.md", cite),
            ("content/zh/b.md", "# 补充材料\n\n【注1-1】乙。\n"),
            ("content/zh/c.md", "# 对账：说明\n\n【注1-1】丙。\n"),
        ])
        .built()
    };
    let ambiguous = files("# 甲\n\n见【注1-1】。\n");
    assert_eq!(ambiguous.found(), ["C302 3:2"]);
    let page = ambiguous.page("zh/a.html");
    assert_eq!(page.attributes(".ref.ambiguous a.ref", "href"), ["b.html#note-1-1", "c.html#note-1-1"]);
    for (cite, href) in [
        ("见【《补充材料》注1-1】。", "b.html#note-1-1"),
        ("见【《对账》注1-1】。", "c.html#note-1-1"),
        ("见【《c》注1-1】。", "c.html#note-1-1"),
        ("见[\"补充材料\" Note 1-1]。", "b.html#note-1-1"),
    ] {
        let settled = files(cite);
        assert_eq!(settled.page("zh/a.html").attributes("a.ref", "href"), [href], "{cite}");
        assert!(settled.found().is_empty(), "{cite}: {:?}", settled.found());
    }
}

#[test]
fn what_nothing_defines_is_marked_on_the_page_and_reported() {
    let built = built("见【注9-9】。\n\n【注9-8】文字。\n");
    assert_eq!(built.found(), ["C301 1:2"]);
    assert!(built.findings[0].help.as_deref().map(Message::en).unwrap().contains("9-8"));
    let page = built.page("zh/a.html");
    assert_eq!(page.text(".ref.missing"), "【注9-9】 未找到");
    assert!(!page.has("a.ref"));
}

#[test]
fn of_two_equal_definitions_the_first_counts_and_the_other_is_reported() {
    let built = built("【注1】甲。\n\n【注1】乙。\n");
    assert_eq!(built.found(), ["C303 3:1"]);
    assert_eq!(built.page("zh/a.html").attributes("a.ref", "href"), ["#note-1"]);
}

#[test]
fn an_uncited_definition_is_reported_only_on_demand() {
    let files = [("content/zh/a.md", "【注1】甲。\n")];
    assert!(Fixture::new(&files).built().found().is_empty());
    let fixture = Fixture::new(&files);
    fixture.write("casefile.yaml", b"rules: {uncited-label: warning}\n");
    assert_eq!(fixture.built().found(), ["C304 1:1"]);
}

#[test]
fn a_note_may_cite_itself_and_notes_may_cite_each_other_in_a_circle() {
    let page = page_of("【注1】见【注1】和【注2】。\n\n【注2】见【注1】。\n");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1", "#note-2", "#note-1"]);
    assert_eq!(page.texts("#note-1 a.backref"), ["【注1】", "【注2】"]);
}

#[test]
fn the_innermost_of_nested_brackets_is_the_label_and_an_unclosed_one_is_reported() {
    let built = built("见【甲【注1】乙】。\n\n又见【注1没有收尾\n\n【注1】文字。\n");
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1"]);
    assert_eq!(built.found(), ["C306 3:3"]);
    assert_eq!(page.texts("article > p")[0], "见【甲【注1】乙】。");
}

#[test]
fn a_label_broken_over_two_lines_is_one_label() {
    let page = page_of("见【注1-4，\n注1-5】和 [Note\n1-4]。\n\n【注1-4】甲\n\n【注1-5】乙\n");
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1-4", "#note-1-5", "#note-1-4"]);
}

#[test]
fn a_reference_in_a_heading_does_not_corrupt_the_table_of_contents() {
    let page = page_of("# 题【注1】\n\n## 一，甲【注1】\n\n## 二，**乙**【注9】\n\n【注1】文字。\n");
    assert_eq!(page.texts("nav.contents li > a"), ["一，甲【注1】", "二，乙【注9】"]);
    assert!(!page.has("nav.contents a a") && !page.has("nav.contents .ref"));
    assert_eq!(page.attributes("nav.contents li > a", "href"), ["#s1", "#s2"]);
}

#[test]
fn a_definition_in_a_table_row_can_be_cited() {
    let page = page_of("见【链接1】。\n\n| 编号 | 地址 |\n|---|---|\n| 【链接1】 | <https://example.com/> |\n");
    assert_eq!(page.one("#link-1").value().name(), "tr");
    assert_eq!(page.attributes("a.ref", "href"), ["#link-1"]);
}

#[test]
fn an_appendix_is_its_whole_document_where_the_text_does_not_define_it() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n见【附录1】、【附录2】。\n"),
        ("content/zh/appendix-1.md", "# 数据\n\n文字。\n"),
        ("content/zh/appendix-2.md", "# 附录2，清单\n\n文字。\n"),
    ])
    .built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("a.ref", "href"), ["appendix-1.html", "appendix-2.html#appendix-2"]);
    for path in ["zh/appendix-1.html", "zh/appendix-2.html"] {
        assert_eq!(built.page(path).attributes("header.title a.backref", "href").len(), 1, "{path}");
    }
}

/// Each reference of the first document of a case as `text → target`, and what is text as `text`.
fn cites(files: &[(&str, &str)]) -> Vec<String> {
    let built = Fixture::new(files).built();
    let data: serde_json::Value = serde_json::from_str(&built.text("case.json")).unwrap();
    let references = data["documents"][0]["references"].as_array().unwrap();
    let show = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let shown = references.iter().map(|reference| {
        let targets: Vec<String> = reference["targets"].as_array().unwrap().iter().map(show).collect();
        format!("{} → {}", show(&reference["text"]), targets.join(", "))
    });
    shown.collect()
}

#[test]
fn citations_without_brackets_lead_to_the_one_definition_in_reach() {
    let text = "# 说明\n\n货没有到，见证据3、证据四，另见附件1、附件二和图2（证据3）。［证据3］也是。\n\n## 证据3：签收单\n\n## 证据四：照片\n\n\
                附件1：合同扫描件\n\n附件二：聊天记录\n\n图2：空柜子\n";
    let found = cites(&[("content/zh/a.md", text)]);
    let expected = [
        "证据3 → zh/a.html#exhibit-3",
        "证据四 → zh/a.html#exhibit-4",
        "附件1 → zh/a.html#annex-1",
        "附件二 → zh/a.html#annex-2",
        "图2 → zh/a.html#figure-2",
        "证据3 → zh/a.html#exhibit-3",
        "证据3 → zh/a.html#exhibit-3",
    ];
    assert_eq!(found, expected);
    let text = "# Statement\n\nThe parcel never came (Exhibit C; Annexure AB-1; Appendix B; Tab 3) [1].\n\n## Exhibit C: the receipt\n\n\
                ## Annexure AB-1: the ledger\n\n## Appendix B\n\n## Tab 3\n\n[1] The register, https://register.example/\n";
    let found = cites(&[("content/en/a.md", text)]);
    let expected = [
        "Exhibit C → en/a.html#exhibit-c",
        "Annexure AB-1 → en/a.html#annex-ab-1",
        "Appendix B → en/a.html#appendix-b",
        "Tab 3 → en/a.html#tab-3",
        "[1] → en/a.html#reference-1",
    ];
    assert_eq!(found, expected);
}

#[test]
fn brackets_hold_pages_names_and_ranges_too() {
    let list = "## 证据1\n\n甲\n\n## 证据2\n\n乙\n\n## 证据3\n\n丙\n";
    let text = format!("# 说明\n\n【证据3第2-3页】【证据1：合同】【证据1至3】证据1至3。\n\n{list}");
    let found = cites(&[("content/zh/a.md", &text)]);
    let expected = [
        "【证据3第2-3页】 → zh/a.html#exhibit-3",
        "【证据1：合同】 → zh/a.html#exhibit-1",
        "证据1 → zh/a.html#exhibit-1",
        "2 → zh/a.html#exhibit-2",
        "3 → zh/a.html#exhibit-3",
        "证据1 → zh/a.html#exhibit-1",
        "2 → zh/a.html#exhibit-2",
        "3 → zh/a.html#exhibit-3",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_no_definition_or_more_than_one_answers_is_text() {
    let quiet: &[&[(&str, &str)]] = &[
        &[("content/zh/a.md", "# 甲\n\n见证据3和附件2，图1，表4。\n")],
        &[("content/en/a.md", "# A\n\nSee Exhibit C, Tab 3, Table 2 [4] and paragraph 9.1.\n")],
        &[
            ("content/zh/a.md", "# 甲\n\n见证据3。\n"),
            ("content/zh/b.md", "# 乙\n\n## 证据3：合同\n"),
            ("content/zh/c.md", "# 丙\n\n## 证据3：收据\n"),
        ],
        &[("content/en/a.md", "# A\n\nSee Table 1.\n\n## Table 1\n\nOne.\n\n# B\n\n## Table 1\n\nTwo.\n")],
        &[("content/zh/a.md", "# 甲\n\n被告证据3，不予认可。\n\n## 证据3：合同\n")],
        &[("content/en/a.md", "# A\n\nTrial Exhibit 3 says so.\n\n## Exhibit 3: receipt\n")],
        &[("content/zh/a.md", "# 庭审\n\n证据3，签收单，我们不认可真实性。\n")],
        &[("content/en/a.md", "# A\n\n[1] hello\n\n[2] goodbye\n")],
    ];
    for files in quiet {
        assert_eq!(cites(files), Vec::<String>::new(), "{files:?}");
        assert_eq!(Fixture::new(files).built().found(), Vec::<String>::new(), "{files:?}");
    }
}

#[test]
fn a_citation_may_say_in_which_document_it_stands() {
    let complaint = "# Complaint\n\n- **Exhibit B — The Denial.** A mail.\n";
    let found = cites(&[
        (
            "content/en/answer.md",
            "# Answer\n\nThe denial answers Exhibit B to the Complaint, and not Exhibit B to the Motion.\n",
        ),
        ("content/en/complaint.md", complaint),
        ("content/en/other.md", "# Other\n\n## Exhibit B: a map\n"),
    ]);
    assert_eq!(found, ["Exhibit B → en/complaint.html#exhibit-b"]);
}

#[test]
fn numbered_paragraphs_are_cited_by_their_number() {
    let text = "# Statement\n\n## 3. The parcel\n\n3.1 The parcel never came.\n\n3.2 See paragraph 3.1, and paragraph 3.1 of the Contract.\n";
    assert_eq!(cites(&[("content/en/a.md", text)]), ["paragraph 3.1 → en/a.html#s3-p3-1"]);
    let text = "# 意见\n\n一、没有协商一致。\n\n1、单方通知。\n\n2、没有证据。\n\n二、第二点，见第一点第2项。\n";
    assert_eq!(cites(&[("content/zh/a.md", text)]), ["第一点第2项 → zh/a.html#p1-2"]);
}

#[test]
fn a_footnote_belongs_to_its_document() {
    let files = [
        ("content/zh/a.md", "# 甲\n\n甲文[^1]。\n\n[^1]: 银行流水。\n"),
        ("content/zh/b.md", "# 乙\n\n乙文[^1]，脚注忘了写。\n"),
    ];
    assert_eq!(Fixture::new(&files).built().found(), ["C301 3:3"]);
}

#[test]
fn definitions_before_one_address_are_one() {
    let mut files = [
        ("content/zh/a.md", "# 甲\n\n可用【邮箱3】help@example.com 提交。\n"),
        ("content/zh/b.md", "# 乙\n\n- 1-1, 【邮箱3】help@example.com 提交\n"),
        ("content/zh/c.md", "# 丙\n\n发信到【邮箱3】。\n"),
    ];
    assert_eq!(Fixture::new(&files).built().found(), Vec::<String>::new());
    files[1].1 = "# 乙\n\n- 1-1, 【邮箱3】other@example.com 提交\n";
    assert!(Fixture::new(&files).built().found().contains(&"C302 3:4".to_owned()));
}

#[test]
fn a_character_reference_or_a_backslash_in_what_is_read_changes_nothing_on_the_page() {
    let plain = "# 题\n\n## 一、 甲\n\n1-4，戊，见【注1-1】和【注 1】。\n\n- 1-3，丙\n\n附录 3：丙\n\n【注1-1】文一\n\n【注 1】文二\n";
    let shown = |text: &str| {
        let page = built(text).page("zh/a.html");
        (page.text("article").replace('\u{a0}', " "), page.attributes("article a", "href"), page.texts("article a.ref"))
    };
    let expected = shown(plain);
    for (written, reference) in [
        ("，", "&#65292;"),
        ("、", "&#12289;"),
        ("1-", "1\\-"),
        ("注 1", "注&nbsp;1"),
        ("【", "&#12304;"),
        ("一", "&#x4e00;"),
        ("1", "&#49;"),
    ] {
        assert_eq!(shown(&plain.replace(written, reference)), expected, "{reference}");
    }
}

#[test]
fn of_two_footnotes_of_one_number_the_first_is_meant_and_the_other_told() {
    for text in ["文[^1]\n\n[^1]: 甲\n\n[^1]: 乙\n", "文[^1]\n\n[^1]: 甲\n\n## 第二章\n\n文[^1]\n\n[^1]: 乙\n"]
    {
        let built = built(&format!("# 题\n\n{text}"));
        assert!(built.found().iter().any(|found| found.starts_with("C303")), "{text}: {:?}", built.found());
        assert!(built.page("zh/a.html").text("#note-1").contains('甲'), "{text}");
    }
}

#[test]
fn text_of_raw_html_cites_and_defines_as_other_text_does() {
    let text = "# 案\n\n<table><tr><td>见【证据1】 &amp; 【证据2】</td><td>https://x.example/a</td></tr></table>\n\n\
        <p>【证据1】：收据</p>\n\n<h3>证据2：合同</h3>\n\n<pre>【证据1】</pre>\n\n<p><code>【证据1】</code></p>\n";
    let built = Fixture::new(&[("content/zh/a.md", text)]).built();
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("td a", "href"), ["#exhibit-1", "#exhibit-2", "https://x.example/a"]);
    assert!(page.texts("td")[0].starts_with("见【证据1】 & 【证据2】"));
    assert_eq!(page.attributes("pre a, code a", "href"), [""; 0]);
    assert_eq!(page.all("#exhibit-1").len(), 1);
    assert!(built.found().is_empty(), "{:?}", built.found());
}

#[test]
fn a_space_that_does_not_break_or_is_wide_stands_within_a_label() {
    for space in ["&nbsp;", "\u{a0}", "\u{3000}", "\u{202f}"] {
        let text = format!("# 案\n\n证据{space}1：收据\n\n见证据{space}1 和【证据{space}1】。\n");
        let built = Fixture::new(&[("content/zh/a.md", &text)]).built();
        let page = built.page("zh/a.html");
        assert_eq!(page.attributes("article p a[href=\"#exhibit-1\"]", "href").len(), 2, "{space}");
    }
}

#[test]
fn lines_of_a_paragraph_define_the_labels_that_they_begin_with_where_the_first_does() {
    for (text, anchors) in [
        ("【注1】甲说\n【注2】乙说\n\n见【注2】。", ["note-1", "note-2"]),
        ("证据1：收据\n证据2：发票\n\n见证据2。", ["exhibit-1", "exhibit-2"]),
        ("[Note 1] One\n[Note 2] Two\n\nsee [Note 2].", ["note-1", "note-2"]),
    ] {
        let built = built(&format!("# 题\n\n{text}\n"));
        let page = built.page("zh/a.html");
        for anchor in anchors {
            assert!(page.has(&format!("#{anchor}")), "{anchor}: {text}");
        }
        assert!(page.has(&format!("article p a[href=\"#{}\"]", anchors[1])), "{text}");
        assert!(built.found().is_empty(), "{text}: {:?}", built.found());
    }
    let found = built("# 题\n\n甲说【注1】\n【注2】乙说\n").found();
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn what_is_said_of_an_exhibit_does_not_describe_it() {
    let list = "\n\n## 证据清单\n\n证据5：流水\n\n【证据4】合同\n";
    for said in [
        "证据5：我们不认可真实性。",
        "证据5：对三性均无异议。",
        "证据5：经质证，双方无异议。",
        "【证据4】是复印件。",
        "【证据4】证明对方收到了货。",
    ] {
        let text = format!("# 情况\n\n{said}\n\n见【证据4】【证据5】。{list}");
        let built = crate::support::built(&text);
        assert_eq!(built.found(), Vec::<String>::new(), "{said}");
        let items = &built.model()["documents"][0]["definitions"];
        let lines: Vec<u64> = items.as_array().unwrap().iter().filter_map(|item| item["line"].as_u64()).collect();
        assert_eq!(lines, [9, 11], "{said}");
    }
    for text in [
        "# Hearing\n\n[Exhibit 4] is a forgery.\n\nSee [Exhibit 4].\n",
        "# Hearing\n\nExhibit 4: we do not accept that it is genuine.\n\nSee [Exhibit 4].\n",
        "# Hearing\n\nExhibit 4: not admitted.\n\nSee [Exhibit 4].\n",
    ] {
        let found = crate::support::built(text).found();
        assert!(!found.is_empty() && found.iter().all(|told| told.starts_with("C301")), "{text}: {found:?}");
    }
    let list = "# 证据目录\n\n证据1：是谁动了我的账户\n\n证据2：关于质量不认可的回函，以上均无异议\n\n## 说明\n\n见【证据1】【证据2】。\n";
    assert_eq!(crate::support::built(list).found(), Vec::<String>::new());
    for name in
        ["IT infrastructure of the shop", "We buy any car, advertisement", "Letter in which liability is denied"]
    {
        let built = crate::support::built(&format!("# Papers\n\n- **Exhibit 4:** {name}\n\nSee [Exhibit 4].\n"));
        assert_eq!(built.found(), Vec::<String>::new(), "{name}");
    }
    // What an exhibit is may be told in such words too.
    for name in [
        "证明信",
        "系统日志截图",
        "没有签字的合同",
        "已经签收的快递单",
        "不动产登记证书",
        "我方发出的律师函",
        "被告认可债务的录音",
        "收入证明",
    ] {
        let built = crate::support::built(&format!("# 情况\n\n证据4：{name}\n\n见【证据4】。\n"));
        assert_eq!(built.found(), Vec::<String>::new(), "{name}");
    }
}
