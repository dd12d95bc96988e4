//! What is left of other tools: read for what it means, or told, and what it hides left out.

use crate::support::{Built, Fixture, built, page_of};

/// The smallest picture.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
\0\0\0\x0aIDATx\x9cc`\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xaeB`\x82";

fn codes(built: &Built) -> Vec<&'static str> {
    built.findings.iter().map(|finding| finding.code.id()).filter(|code| *code != "C502").collect()
}

/// A case of one document beside which another and a picture lie.
fn vault(text: &str) -> Built {
    let fixture = Fixture::new(&[
        ("zh/a.md", &format!("# 甲\n\n{text}\n")),
        ("zh/通话/二月 记录.md", "# 二月的记录\n\n## 第二次 通话\n\n文。\n"),
    ]);
    fixture.write("图/截图 1.png", PNG);
    fixture.built()
}

#[test]
fn hidden_text_is_nowhere_in_the_site_and_told() {
    for hidden in [
        "公开%%秘密文字%%之后",
        "公开\n\n%%\n秘密文字\n\n## 秘密文字\n%%\n\n之后",
        "公开 <span hidden>秘密文字</span> 之后",
        "公开\n\n<div hidden>\n\n秘密文字 【注1】\n\n- 秘密文字\n\n</div>\n\n之后",
        "公开\n\n<div style=\"DISPLAY : none !important\">秘密文字</div>\n\n之后",
        "公开\n\n<div class=\"box hidden\"><div>秘密文字</div>秘密文字</div>\n\n之后",
        "公开 <b style='visibility:hidden'>秘密文字</b>之后",
        "公开\n\n<template>\n秘密文字\n</template>\n\n之后",
        "公开<span style=\"font-size:0px\">秘密文字</span>之后",
        "公开<font color=white>秘密文字</font>之后",
        "公开<span style=\"mso-hide:all\">秘密文字</span>之后",
        "| 公开 | 乙 |\n|---|---|\n| %%秘密文字%% | 之后 |",
        "> 公开 %%秘密文字%% 之后",
        "公开{% comment %}秘密文字{% endcomment %}之后",
        "公开\n\n{/* 秘密文字 */}\n\n之后",
        "公开{{/* 秘密文字 */}}之后",
        "公开 **粗%%秘密文字%%体** `码` 之后\\*",
        "## 公开%%秘密文字%%之后",
        "公开 ![图%%秘密文字%%](截图.png) 之后",
        "公开{::comment}秘密文字{:/comment}之后",
        "电话13800%%秘密文字%%之后公开",
        "公开\n\n<p hidden>秘密文字\n\n之后",
        "公开 $1+%%秘密文字%%1=2$ 之后",
        "公开 2031年5月4日%%秘密文字%%上午9:00，付款 100%%秘密文字%%元，【注%%秘密文字%%1】之后",
        "公开<img hidden alt=秘密文字 src=a.png>之后",
        "公开<!-- 秘密文字\n\n秘密文字 -->之后",
        "- 公开 <!-- 秘密文字\n\n  秘密文字 -->\n- 之后",
        "> 公开 <!-- 秘密文字\n\n秘密文字 -->\n\n之后",
        "公开 <!-- 秘密文字\n\n{% hint %}\n秘密文字\n{% endhint %}\n\n秘密文字 -->\n\n之后",
        "公开 <!—— 秘密文字 ——>之后",
        "公开 <！-- 秘密文字 --> 之后",
        "公开 <%# 秘密文字 %> 之后",
        "公开<span style=\"background:black;color:#000\">秘密文字</span>之后",
        "公开<p style=\"background:black;color:#111\">秘密文字</p>之后",
        "公开<span style=\"background: black\">秘密文字</span>之后",
        "公开\n\n<div style=\"height:0;overflow:hidden\">秘密文字</div>\n\n之后",
        "公开<span style=\"position:absolute;left:-9999px\">秘密文字</span>之后",
        "公开\n\n%%\n秘密文字\n\n%%秘密文字%%\n\n- 秘密文字\n\n%%\n\n之后",
        "利率 5%%，公开 %%秘密文字%% 之后",
    ] {
        let built = built(&format!("# 题\n\n{hidden}\n"));
        assert!(codes(&built).contains(&"C122"), "{hidden}: {:?}", built.found());
        assert!(!codes(&built).contains(&"C123"), "{hidden}");
        for path in built.paths().iter().filter(|path| !path.ends_with(".ico") && !path.ends_with(".png")) {
            assert!(!built.text(path).contains("秘密文字"), "{hidden}: {path}");
        }
        let page = built.page("zh/a.html").text("article");
        assert!(page.contains("公开") && page.contains("之后"), "{hidden}: {page}");
    }
}

#[test]
fn what_hides_nothing_is_shown() {
    for shown in [
        "代码 `%%文字%%` 与 `<span hidden>文字</span>`",
        "```\n%%文字%%\n<div hidden>文字</div>\n```",
        "涨了 5%% 至 6%%，文字",
        "https://shop.example/?a%%b 与 https://shop.example/?c%%d 文字",
        "the hidden fees 文字",
        "<b style=\"color:white;background:black\">文字</b>",
        "<span style=\"opacity:0.5\">文字</span>",
        "<details><summary>文字</summary>\n\n文字\n\n</details>",
        "<span class=\"hidden-agenda\">文字</span>",
        "<div style=\"background:#333\"><b style=\"color:white\">文字</b></div>",
        "<div data-hidden>文字</div>",
        "<div class=\"d-none d-md-block\">文字</div>",
        "<div class=\"hidden md:block\">文字</div>",
        "<div class=\"not-hidden\">文字</div>",
        "程序写作 printf(\"%d%%\")，又写 printf(\"%5.1f%%\")，文字",
        "%%%\n\n文字",
        "箭头 --> 文字 <--，a<!b",
        "写作 \\<!-- 与 \\%%，文字",
        "{{ x }} {# 文字 #}",
    ] {
        let built = built(&format!("# 题\n\n{shown}\n"));
        assert!(!codes(&built).contains(&"C122"), "{shown}: {:?}", built.found());
        assert!(built.page("zh/a.html").text("article").contains("文字"), "{shown}");
    }
}

#[test]
fn what_follows_an_unended_comment_is_neither_lost_nor_published() {
    for (text, found) in [
        ("前文。\n\n<!-- 注\n\n后文很重要。\n\n## 后节\n", "C123 3:1"),
        ("<div>前文 <!-- 注\n\n后文很重要。\n", "C123 1:9"),
        ("前文。\n\n<style>\np {}\n\n后文很重要。\n", "C123 3:1"),
        ("前文。\n\n%%\n注\n\n后文很重要。\n", "C123 3:1"),
        ("前文。\n\n%%注\n\n后文很重要。\n\n- 项 %%注%%\n", "C123 3:1"),
        ("前文 %%注\n\n后文很重要。\n", "C123 1:4"),
        ("前文 <!-- 注\n\n后文很重要。\n\n## 节 <!-- 注 -->\n", "C123 1:4"),
    ] {
        let fixture = Fixture::new(&[("zh/a.md", text)]);
        let built = fixture.built();
        assert!(built.found().contains(&found.to_owned()), "{text}: {:?}", built.found());
        assert!(built.page("zh/a.html").text("article").contains("后文很重要。"), "{text}");
        assert_eq!(fixture.run(&["build"]).code(), 1, "{text}");
    }
    let fixture = Fixture::new(&[("zh/a.md", "前文。\n\n<div hidden>\n\n后文\n")]);
    assert!(fixture.built().found().contains(&"C123 3:1".to_owned()));
    for ended in ["<!-- 注 -->\n\n后文", "<!-- 注\n\n注 -->\n\n后文", "`<!--` 后文", "```\n<!-- 注\n```\n\n后文"]
    {
        assert!(built(&format!("# 题\n\n{ended}\n")).found().is_empty(), "{ended}");
    }
}

#[test]
fn double_brackets_lead_to_what_is_called_so_wherever_it_lies() {
    for (text, href, words) in [
        ("[[二月 记录]]", "tong-hua/er-yue-ji-lu.html", "二月 记录"),
        ("[[二月 记录|那一次]]", "tong-hua/er-yue-ji-lu.html", "那一次"),
        ("[[通话/二月 记录.md]]", "tong-hua/er-yue-ji-lu.html", "通话/二月 记录.md"),
        ("[[二月的记录]]", "tong-hua/er-yue-ji-lu.html", "二月的记录"),
        ("[[二月 记录#第二次 通话|再打]]", "tong-hua/er-yue-ji-lu.html#di-er-ci-tong-hua", "再打"),
        ("见![[二月 记录]]。", "tong-hua/er-yue-ji-lu.html", "二月 记录"),
        ("[[截图 1.png]]", "../files/tu/jie-tu-1.png", "截图 1.png"),
        ("| 甲 |\n|---|\n| [[二月 记录\\|那一次]] |", "tong-hua/er-yue-ji-lu.html", "那一次"),
        ("[记录](通话/二月 记录.md)", "tong-hua/er-yue-ji-lu.html", "记录"),
        ("[记录](通话/二月 记录.md#第二次-通话 \"题\")", "tong-hua/er-yue-ji-lu.html#di-er-ci-tong-hua", "记录"),
        ("【记录】（通话/二月 记录.md）", "tong-hua/er-yue-ji-lu.html", "记录"),
        ("[店]（https://shop.example/a）", "https://shop.example/a", "店"),
    ] {
        let built = vault(text);
        let page = built.page("zh/a.html");
        assert_eq!(page.attributes("article a[href]:not(.anchor):not(.backref)", "href"), [href], "{text}");
        assert!(page.text("article").contains(words), "{text}");
        assert_eq!(codes(&built), [""; 0], "{text}: {:?}", built.found());
    }
}

#[test]
fn pictures_are_shown_in_the_words_of_any_tool() {
    for (text, alt) in [
        ("![[截图 1.png]]", ""),
        ("![[截图 1.png|300]]", ""),
        ("![[截图 1.png|300x200]]", ""),
        ("![[图/截图 1.png|收据]]", "收据"),
        ("![收据](../图/截图 1.png)", "收据"),
        ("![收据](../图/截图 1.png \"题\")", "收据"),
        ("![收据](../图/截图 1.png =300x200)", "收据"),
        ("！【收据】（../图/截图 1.png）", "收据"),
        ("{{< figure src=\"/图/截图 1.png\" alt=\"收据\" >}}", "收据"),
        ("{{<figure src=\"/图/截图 1.png\" caption=\"收据\">}}", ""),
        ("- 甲\n\n  {{% figure src=\"/图/截图 1.png\" title=\"收据\" %}}", ""),
    ] {
        let built = vault(text);
        let page = built.page("zh/a.html");
        assert_eq!(page.attributes("article img", "alt"), [alt], "{text}");
        assert_eq!(codes(&built), [""; 0], "{text}: {:?}", built.found());
    }
}

#[test]
fn what_leads_nowhere_is_told() {
    for (text, code) in [
        ("[[没有这一页]]", "C401"),
        ("![[没有.png]]", "C403"),
        ("![收据](没有 这个.png)", "C403"),
        ("{{< figure src=\"none.png\" >}}", "C403"),
        ("[[二月 记录#没有]]", "C402"),
    ] {
        assert_eq!(codes(&vault(text)), [code], "{text}");
    }
}

#[test]
fn brackets_in_prose_stay_text() {
    for text in [
        "[[1]]",
        "[甲公司](以下简称 甲方)",
        "【重要】（见 第三页）",
        "【合同】（见附件contract.pdf）",
        "`[[二月 记录]]`",
        "\\[[二月 记录]]",
        "数组 [[1, 2], [3, 4]]",
    ] {
        let built = vault(text);
        assert!(built.page("zh/a.html").all("article a[href]:not(.anchor)").is_empty(), "{text}");
        assert!(!codes(&built).iter().any(|code| ["C401", "C121"].contains(code)), "{text}: {:?}", built.found());
    }
}

#[test]
fn callouts_are_boxes_and_fold_where_they_have_a_title() {
    let page = page_of(
        "> [!info]- 折叠的**标题**\n> 第一段。\n>\n> 第二段。\n\n> [!bug] 错误\n> 文\n\n> [!example]+\n> 【注1】例子。\n\n\
         > [!quote] 只有标题\n\n> [!NOTE]\n> 原样\n\n> 引文 [!info]\n",
    );
    assert_eq!(page.texts("details > summary"), ["折叠的标题"]);
    assert_eq!(page.texts("details strong"), ["标题"]);
    assert_eq!(page.texts("details > p"), ["第一段。", "第二段。"]);
    assert_eq!(page.texts("aside.alert-caution p"), ["错误", "文"]);
    assert_eq!(page.texts("aside.alert-note p").len(), 5);
    assert_eq!(page.texts("blockquote p"), ["引文 [!info]"]);
}

#[test]
fn litter_stays_on_the_page_and_is_told_once_for_each_kind() {
    let text = "{% include a.html %}\n\n{% raw %}文{% endraw %}\n\n:::tip\n文\n:::\n\n段。\n{: .note }\n\n<Tabs>\n<TabItem value=\"a\">文</TabItem>\n</Tabs>\n";
    let built = built(&format!("# 题\n\n{text}"));
    assert_eq!(built.told(), ["C121 3:1, 3 in all", "C121 7:1, 2 in all", "C121 12:1", "C121 15:1, 3 in all"]);
    let page = built.page("zh/a.html").text("article");
    for kept in ["{% include a.html %}", "{% raw %}文{% endraw %}", ":::tip", "{: .note }", "<Tabs>"] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
}

#[test]
fn the_place_of_a_table_of_contents_is_not_shown() {
    for mark in ["[TOC]", "[toc]", "[[toc]]", "[[_TOC_]]", "@[toc]", "{:toc}", "__TOC__"] {
        let built = built(&format!("# 题\n\n{mark}\n\n文。\n"));
        assert_eq!(built.found(), ["C121 3:1"], "{mark}");
        assert!(!built.page("zh/a.html").text("article").to_lowercase().contains("toc"), "{mark}");
    }
    assert!(built("# 题\n\n`[TOC]` 与 [TOC] 在句中。\n").found().is_empty());
}

#[test]
fn the_marks_of_a_merge_begin_neither_quote_nor_heading() {
    let built = built("# 题\n\n甲文\n<<<<<<< HEAD\n乙文\n=======\n丙文\n>>>>>>> 分支\n\n节名\n=======\n\n文。\n");
    assert_eq!(built.told(), ["C121 4:1, 3 in all"]);
    let page = built.page("zh/a.html");
    assert!(page.all("blockquote").is_empty());
    let article = page.text("article");
    assert!(article.contains("=======") && article.contains(">>>>>>> 分支"), "{article}");
    assert_eq!(built.site.case.documents[0].sections.len(), 2);
}

#[test]
fn a_highlight_is_marked_and_a_comparison_is_not() {
    let page = page_of("这是==重点==，若 a==b 且 c==d，则 a == b == c。`==码==`\n");
    assert_eq!(page.texts("mark"), ["重点"]);
    assert!(page.text("article").contains("若 a==b 且 c==d，则 a == b == c。"));
}

#[test]
fn a_document_may_end_in_what_is_hidden_or_in_an_empty_heading() {
    for text in ["- %%秘密文字%%", "1. %%秘密文字%%\n", "## %%秘密文字%%", "- {/* 秘密文字 */}", "##\n"]
    {
        let fixture = Fixture::new(&[("zh/a.md", "# 甲\n\n文。\n"), ("zh/timeline.md", text)]);
        assert_eq!(fixture.run(&["build"]).code(), 0, "{text}");
    }
    let fixture = Fixture::new(&[("zh/a.md", "# 甲\n\n文。\n"), ("zh/timeline.md", "#\n")]);
    assert_eq!(fixture.run(&["build"]).code(), 0);
}

#[test]
fn what_says_draft_outside_of_front_matter_is_never_published_in_silence() {
    for path in ["zh/drafts/b.md", "zh/草稿/b.md", "zh/private/b.md", "zh/b.draft.md", "zh/b（草稿）.md"] {
        let fixture = Fixture::new(&[("zh/a.md", "# 甲\n\n文。\n"), (path, "# 乙\n\n秘密文字\n")]);
        assert!(codes(&fixture.built()).contains(&"C209"), "{path}");
        let public = Fixture::new(&[("zh/a.md", "# 甲\n\n文。\n"), (path, "---\ndraft: false\n---\n\n# 乙\n\n文。\n")]);
        assert!(public.built().found().is_empty(), "{path}: {:?}", public.built().found());
    }
    for (path, text) in [
        ("zh/_Drafts/b.md", "秘密文字"),
        ("zh/b.md", "{\n\"title\": \"b\",\n\"draft\": true\n}\n秘密文字"),
        ("zh/b.md", "\"draft\": true\n;;;\n秘密文字"),
        ("zh/b.md", "---\ndg-publish: false\n---\n秘密文字"),
    ] {
        let built = Fixture::new(&[("zh/a.md", "# 甲\n\n文。\n"), (path, text)]).built();
        assert!(!built.paths().iter().any(|path| path == "zh/b.html"), "{text}");
        assert!(built.found().is_empty(), "{text}: {:?}", built.found());
    }
    for text in [
        "- draft: true\n\n文",
        "# 甲\n\n---\ndraft: true\n---\n",
        "---\n公开: 否\n---\n",
        "---\ntitle: 甲 %%秘密%%\n---\n文",
    ] {
        assert!(codes(&Fixture::new(&[("zh/a.md", text)]).built()).contains(&"C209"), "{text}");
    }
}

#[test]
fn one_sign_without_a_partner_shows_nothing_that_others_hide() {
    let built = built(
        "# 题\n\n%%注\n\n- 项 %%秘密文字%%\n\n| 甲 | 乙 |\n|---|---|\n| 1 %%秘密文字%% | 2 |\n\n## 节 %%秘密文字%%\n",
    );
    let page = built.page("zh/a.html").text("article");
    assert!(!page.contains("秘密文字") && page.contains('项') && page.contains('2') && page.contains('节'), "{page}");
}

#[test]
fn a_slip_in_what_hides_is_an_error_and_a_class_that_may_hide_a_warning() {
    for (text, code) in [
        ("<div hiden>文字</div>", "C209"),
        ("<div style=\"dispaly:none\">文字</div>", "C209"),
        ("<span style=\"visibility:hiden\">文字</span>", "C209"),
        ("<span class=\"private\">文字</span>", "C209"),
        ("文字 <private>文字</private>", "C209"),
        ("<span class=\"sr-only\">文字</span>", "C124"),
        ("<div style=\"background:black\">文字</div>", "C124"),
        ("<style>\n.x { display: none }\n</style>\n<p class=\"x\">文字</p>", "C124"),
    ] {
        let built = built(&format!("# 题\n\n{text}\n"));
        assert!(codes(&built).contains(&code), "{text}: {:?}", built.found());
        assert!(built.page("zh/a.html").text("article").contains("文字"), "{text}");
    }
    for text in
        ["<private letter of Ann> 文字", "<div class=\"note\">文字</div>", "<span style=\"color:red\">文字</span>"]
    {
        let built = built(&format!("# 题\n\n{text}\n"));
        assert!(!codes(&built).iter().any(|code| matches!(*code, "C122" | "C124" | "C209")), "{text}");
    }
}

#[test]
fn words_in_braces_that_are_meant_to_withhold_are_an_error() {
    for text in [
        "电话 13800 {Private}",
        "## 住址 {PRIVATE}",
        "- 证人 ｛不公开｝",
        "[证人]{privat}",
        "住址 ｛private：证人｝",
        "{private: }",
    ] {
        assert!(codes(&built(&format!("# 题\n\n{text}\n"))).contains(&"C209"), "{text}");
    }
    for text in ["`{Private}`", "{甲}", "（不公开）", "【不公开】", "private {a}"] {
        assert!(!codes(&built(&format!("# 题\n\n{text}\n"))).contains(&"C209"), "{text}");
    }
}

#[test]
fn what_is_pasted_from_word_is_told_once() {
    let paste = "<p style=\"margin:0\">一<o:p></o:p></p>\n\n".repeat(5) + "<article><address>二</address></article>\n";
    let built = built(&format!("# 题\n\n{paste}"));
    assert_eq!(built.told().iter().filter(|told| told.starts_with("C407")).count(), 1);
    assert!(!built.page("zh/a.html").text("article").contains("<article>"));
}

#[test]
fn texts_that_are_no_documents_are_told_as_passed_over() {
    let fixture = Fixture::new(&[
        ("zh/a.markdown", "# 甲\n"),
        ("zh/b.md.txt", "# 乙\n"),
        ("zh/c.md", "# 丙\n\n[记录](record.txt)\n"),
        ("zh/record.txt", "记录"),
    ]);
    let said = fixture.run(&["check"]).stderr();
    assert!(said.contains("passed over: zh/a.markdown, zh/b.md.txt (no page leads to it"), "{said}");
    assert!(!said.contains("record.txt"), "{said}");
}

#[test]
fn an_alert_of_github_may_fold_as_those_of_obsidian_do() {
    let page = page_of("# 题\n\n> [!WARNING]+\n> 一\n\n> [!note]- 标\n> 二\n\n> [!TIP] 题头\n> 三\n");
    assert_eq!(page.texts("article aside.alert > p"), ["注意", "一", "题头", "三"]);
    assert_eq!(page.texts("article details > summary"), ["标"]);
}

#[test]
fn what_a_sign_of_a_comment_cuts_off_a_title_is_told() {
    let of = |title: &str| built(&format!("---\ntitle: {title}\n---\n文。\n"));
    assert!(codes(&of("订单 # 1234")).contains(&"C208"));
    for title in ["\"订单 # 1234\"", "订单#1234", "订单"] {
        assert!(!codes(&of(title)).contains(&"C208"), "{title}");
    }
}

#[test]
fn words_of_other_tools_that_restrict_a_document_are_an_error() {
    for line in ["access: restricted", "type: private", "layout: draft", "sensitivity: confidential", "密级: 内部"]
    {
        let built = built(&format!("---\n{line}\n---\n# 题\n\n文。\n"));
        assert!(codes(&built).contains(&"C209"), "{line}: {:?}", built.found());
    }
    for line in ["access: public", "type: post", "layout: page", "layout: none", "status: published"] {
        assert!(!codes(&built(&format!("---\n{line}\n---\n# 题\n\n文。\n"))).contains(&"C209"), "{line}");
    }
}

#[test]
fn a_script_that_its_paragraph_does_not_end_takes_nothing_else_with_it() {
    let page = built("# 题\n\n- 甲 <script>x\n- 乙\n\n丙 <style> 丁\n\n戊 </script> 己 </style>\n").page("zh/a.html");
    let text = page.text("article");
    for letter in ["甲", "乙", "丙", "丁", "戊", "己"] {
        assert!(text.contains(letter), "{letter}: {text}");
    }
}

#[test]
fn the_table_of_contents_of_a_book_gives_the_order_and_a_summary_in_words_does_not() {
    let order = |summary: &str| {
        let built = Fixture::new(&[
            ("content/en/SUMMARY.md", summary),
            ("content/en/README.md", "# Introduction\n\nText.\n"),
            ("content/en/aa-annex.md", "# Annex\n\nText.\n"),
            ("content/en/zz-ask.md", "# What we ask for\n\nText.\n"),
        ])
        .built();
        built.page("en/index.html").texts(".documents-list a")
    };
    let contents = "# Table of contents\n\n* [Introduction](README.md)\n* [What we ask](./zz-ask.md#s1)\n\n## More\n\n  - [Annex](aa-annex.md)\n";
    assert_eq!(order(contents), ["Introduction", "What we ask for", "Annex", "Table of contents"]);
    let words = "# Summary\n\nSee [what we ask](zz-ask.md) and [the rest](README.md), for nobody answered.\n";
    assert_eq!(order(words), ["Introduction", "Annex", "Summary", "What we ask for"]);
}

#[test]
fn tags_and_veils_by_which_a_text_is_kept_from_readers_elsewhere_are_told() {
    for front in [
        "tags: [draft]",
        "tags:\n  - 案件\n  - private",
        "status: WIP",
        "标签: 草稿",
        "status: 未发布",
        "发布状态: 未发布",
        "isPublic: false",
    ] {
        let run = Fixture::new(&[("content/zh/a.md", &format!("---\n{front}\n---\n# 题\n\n文。\n"))]).run(&["build"]);
        assert!(run.stderr().contains("C209"), "{front}: {}", run.stderr());
    }
    for text in ["> [!private]\n> 密", "## 密 {hidden=\"true\"}", "## 密 {visibility=private}"] {
        let run = Fixture::new(&[("content/zh/a.md", &format!("# 题\n\n{text}\n"))]).run(&["build"]);
        assert!(run.stderr().contains("C209"), "{text}: {}", run.stderr());
    }
    assert!(built("---\ntags: [案件, 合同草案]\n---\n# 题\n\n文。\n").found().is_empty());
    for text in ["密码||hunter||。", "[spoiler]密[/spoiler]", ">!密!<", "++下划线++", "见[链][]。"] {
        let found = built(&format!("# 题\n\n{text}\n")).found();
        assert!(matches!(&found[..], [one] if one.starts_with("C121")), "{text}: {found:?}");
    }
}

#[test]
fn a_link_in_full_width_brackets_is_one() {
    let page = page_of("# 题\n\n见［链］(https://x.example/a)。［说明］文。\n");
    assert_eq!(page.attributes("article p a", "href"), ["https://x.example/a"]);
    assert!(page.text("article p").contains("［说明］文"));
}
