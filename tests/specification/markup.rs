//! What becomes of Markdown, raw HTML, GitBook's blocks, links and sums.

use crate::support::{Fixture, Page, built, page_of};

fn article(page: &Page) -> String {
    page.html("article").replace('\n', "")
}

#[test]
fn bold_beside_chinese_punctuation_is_bold() {
    let page = page_of("文末**【附录2】**中的，**“引号”**后面。\n\n## 附录2，表\n");
    assert_eq!(page.texts("strong"), ["【附录2】", "“引号”"]);
    assert!(!article(&page).contains("**"));
}

#[test]
fn lines_of_figures_set_with_tabs_stay_lines() {
    let page = page_of("386.44\t出售总量\n1036.20\t购买总量\n");
    assert_eq!(page.all("p.lines br").len(), 1);
}

#[test]
fn tables_task_lists_strikethrough_and_alerts_are_understood() {
    let page =
        page_of("| 项 | 额 |\n|---|--:|\n| 甲 | 1 |\n\n- [x] 已办\n- [ ] 未办\n\n~~删~~\n\n> [!WARNING]\n> 小心\n");
    assert_eq!(page.texts("table td.right"), ["1"]);
    assert_eq!(page.all("li.task input").len(), 2);
    assert_eq!(page.texts("del"), ["删"]);
    assert_eq!(page.texts("aside.alert-warning p"), ["注意", "小心"]);
}

#[test]
fn a_bare_url_ends_where_a_url_ends_and_the_cut_is_reported() {
    let built = built("见 https://example.com/a-在此阅读，或 www.example.org。邮箱：help@example.com。\n");
    let page = built.page("zh/a.html");
    assert_eq!(
        page.attributes("article a", "href"),
        ["https://example.com/a", "http://www.example.org", "mailto:help@example.com"]
    );
    assert_eq!(built.found(), ["C406 1:3"]);
    assert!(page.text("article > p").starts_with("见 https://example.com/a-在此阅读"));
}

#[test]
fn a_url_with_a_space_between_angle_brackets_is_whole() {
    let page = page_of("见 <https://example.com/news/f lash/1>。\n");
    assert_eq!(page.attributes("article a", "href"), ["https://example.com/news/f%20lash/1"]);
    assert_eq!(page.text("article a"), "https://example.com/news/f lash/1");
}

#[test]
fn malformed_percent_encoding_stays_as_written() {
    let page = page_of("<https://example.com/%E8%BF%94%E4%B%D%A3-2a>\n");
    assert_eq!(page.attributes("article a", "href"), ["https://example.com/%E8%BF%94%E4%B%D%A3-2a"]);
}

#[test]
fn an_external_link_shows_its_host_and_tells_nobody_who_follows_it() {
    let page = page_of("[点此](https://example.com/x)，[https://example.org/y](https://example.org/y)\n");
    assert_eq!(page.texts(".host"), ["(example.com)"]);
    assert_eq!(page.attributes("a.external", "rel"), ["noreferrer noopener"; 2]);
}

#[test]
fn raw_html_is_cut_down_to_what_is_harmless() {
    let built = built(
        "H<sub>2</sub>O <u>下划线</u><br>换行 <script>alert(1)</script> <b onclick=\"x()\">粗</b>\n\n\
         <details><summary>更多</summary>\n\n**里面** 【注1】\n\n</details>\n\n<iframe src=\"https://example.com\"></iframe>\n\n\
         <p style=\"position:fixed\">段</p>\n\n【注1】文字。\n",
    );
    let page = built.page("zh/a.html");
    let html = built.text("zh/a.html");
    for bad in ["<script>", "onclick", "<iframe", "position:fixed"] {
        assert!(!html.contains(bad), "{bad}");
    }
    assert_eq!(
        (page.text("sub"), page.text("u"), page.text("details > summary")),
        ("2".into(), "下划线".into(), "更多".into())
    );
    assert_eq!(page.texts("details strong"), ["里面"]);
    assert_eq!(page.attributes("details a.ref", "href"), ["#note-1"]);
    assert_eq!(built.found().iter().filter(|found| found.starts_with("C407")).count(), 3);
    assert_eq!(built.found().iter().filter(|found| found.starts_with("C122")).count(), 1);
}

#[test]
fn angle_brackets_that_are_no_html_stay_text() {
    let built = built("付款给 <name of the bank> 和 <某人>。\n");
    assert_eq!(built.page("zh/a.html").text("article > p"), "付款给 <name of the bank> 和 <某人>。");
    assert!(built.found().is_empty());
}

#[test]
fn content_is_never_a_template() {
    let page = page_of("{{ x }} 和 {% raw %} 与 {# 注释 #}\n");
    assert_eq!(page.text("article > p"), "{{ x }} 和 {% raw %} 与 {# 注释 #}");
}

#[test]
fn gitbook_blocks_are_shown_as_what_they_mean() {
    let built = Fixture::new(&[
        (
            "content/en/a.md",
            "# A\n\n{% content-ref url=\"b.md\" %}\n[b.md](b.md)\n{% endcontent-ref %}\n\n\
             {% hint style=\"danger\" %}\nTake care\n\n- one\n{% endhint %}\n\n\
             {% embed url=\"https://example.com/v\" %}\n\n{% file src=\"x.pdf\" %}\nA paper\n{% endfile %}\n\n\
             {% tabs %}\n{% tab title=\"First\" %}\nOne\n{% endtab %}\n{% tab title=\"Second\" %}\nTwo\n{% endtab %}\n{% endtabs %}\n\n\
             <figure><img src=\"p.png\" alt=\"A photo\"><figcaption><p>The caption</p></figcaption></figure>\n\nEnd.\n",
        ),
        ("content/en/b.md", "# The other page\n"),
        ("content/en/x.pdf", "%PDF-1.7\n"),
        ("content/en/p.png", "GIF89a\u{1}\0\u{1}\0\0\0\0;"),
    ])
    .built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    let page = built.page("en/a.html");
    let html = article(&page);
    assert!(!html.contains("{%") && !html.contains("%}"), "{html}");
    assert_eq!(page.attributes("a.card", "href"), ["b.html", "https://example.com/v", "../files/en/x.pdf"]);
    assert_eq!(page.texts(".card-title")[0], "The other page");
    assert_eq!(page.texts("aside.hint-danger > p, aside.hint-danger > ul"), ["Take care", "one"]);
    assert_eq!(page.texts(".tabs > .tab > p"), ["First", "One", "Second", "Two"]);
    assert_eq!(page.attributes("figure > img", "src"), ["../files/en/p.png"]);
    assert_eq!(page.text("figcaption"), "The caption");
    assert!(page.texts("article > p").contains(&"End.".to_owned()));
}

#[test]
fn gitbook_tags_in_code_are_text_and_one_without_its_partner_is_reported() {
    let built = built("```\n{% hint style=\"info\" %}\n```\n\n{% hint style=\"info\" %}\n没有收尾\n");
    assert!(built.page("zh/a.html").text("pre").contains("{% hint style=\"info\" %}"));
    assert_eq!(built.found(), ["C408 5:1"]);
}

#[test]
fn internal_links_lead_to_pages_and_places() {
    let built = Fixture::new(&[
        (
            "content/zh/a.md",
            "# 甲\n\n[乙](b.md) [乙一](b.md#s1) [乙一](./b.md#一起因) [英](../en/b.md) [首](/zh/b.md)\n",
        ),
        ("content/zh/b.md", "# 乙\n\n## 一，起因\n"),
        ("content/en/b.md", "# B\n\n## 1. Cause\n"),
        ("content/en/a.md", "# A\n"),
    ])
    .built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    assert_eq!(
        built.page("zh/a.html").attributes("article p a", "href"),
        ["b.html", "b.html#s1", "b.html#s1", "../en/b.html", "b.html"]
    );
}

#[test]
fn a_link_that_leads_nowhere_is_no_link_and_one_gone_astray_leads_to_the_page() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n[丙](c.md) [乙](b.md#nowhere) ![图](x.png)\n"),
        ("content/zh/b.md", "# 乙\n"),
    ])
    .built();
    assert_eq!(built.found(), ["C401 3:1", "C402 3:11", "C403 3:29"]);
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("article p a", "href"), ["b.html"]);
    assert_eq!(page.texts("article .mark"), ["链接无目标", "目标页中无此处"]);
    let card = Fixture::new(&[(
        "content/zh/a.md",
        "# 甲\n\n{% content-ref url=\"c.md\" %}\n[c.md](c.md)\n{% endcontent-ref %}\n",
    )]);
    assert_eq!(card.built().found(), ["C401 3:1"]);
    assert!(page.text(".missing-image").contains("图片缺失"));
}

#[test]
fn an_image_of_another_site_is_not_loaded() {
    let built = built("![图](https://example.com/x.png)\n");
    assert_eq!(built.found(), ["C405 1:1"]);
    let page = built.page("zh/a.html");
    assert!(!page.has("img"));
    assert_eq!(page.attributes("a.missing-image", "href"), ["https://example.com/x.png"]);
}

#[test]
fn sums_are_set_recomputed_and_marked() {
    let built =
        built("共 $1200.50 - 200.25 = 1000.25$ 元，误作 $1200.50 - 200.25 = 1000.52$ 元；$E = mc^2$，$5 and $6。\n");
    let page = built.page("zh/a.html");
    assert_eq!(page.all(".sum math").len(), 3);
    assert_eq!(page.texts(".sum.wrong .mark"), ["应为 1000.25"]);
    assert_eq!(page.attributes(".sum.right .mark", "aria-label"), ["验算无误"]);
    assert_eq!(built.found(), ["C601 1:57"]);
    assert!(page.text("article > p").ends_with("$5 and $6。"));
}

#[test]
fn what_is_no_mathematics_is_shown_as_written() {
    let built = built("坏的 $\\frac{1$ 式子，价格 $甲$ 也是。\n");
    assert_eq!(built.found(), ["C602 1:4"]);
    let page = built.page("zh/a.html");
    assert_eq!(page.text(".sum.invalid code"), "\\frac{1");
    assert!(page.text("article > p").contains("$甲$"));
}

#[test]
fn no_request_leaves_the_page_and_the_policy_says_so() {
    let built = built("# 甲\n\n文字\n");
    for path in built.paths().into_iter().filter(|path| path.ends_with(".html")) {
        let page = built.page(&path);
        let policy = page.attributes("meta[http-equiv=Content-Security-Policy]", "content");
        assert!(policy[0].starts_with("default-src 'none';"), "{path}");
        assert!(page.all("script:not([src]), [style], iframe").is_empty(), "{path}");
        assert_eq!(page.attributes("script[src]", "defer").len(), page.all("script").len(), "{path}");
        assert!(page.attributes("script[src]", "src").iter().all(|src| !src.contains("://")), "{path}");
        for link in page.attributes("link[href], img[src]", "href") {
            assert!(!link.contains("://"), "{path}: {link}");
        }
    }
}

#[test]
fn a_comment_hides_what_it_holds_even_tags_of_gitbook() {
    let text = "# 题\n\n<!-- 甲\n{% hint style=\"info\" %}\n乙\n{% endhint %}\n丙 -->\n\n正文 <!-- 丁\n{% tabs %}\n戊 --> 完。\n";
    let built = built(text);
    assert_eq!(built.found(), Vec::<String>::new());
    let shown = built.page("zh/a.html").text("article");
    assert!(
        !shown.contains(['甲', '乙', '丙', '丁', '戊']) && shown.contains("正文") && shown.contains("完。"),
        "{shown}"
    );
}

#[test]
fn html_nested_beyond_reason_is_shown_as_text() {
    let built = built(&format!("前文。\n\n{}深处\n\n后文。\n", "<div>\n".repeat(101)));
    assert!(built.page("zh/a.html").text("article").contains("<div> 深处"));
    assert_eq!(built.found(), ["C104 3:1"]);
    let many = "<p>甲\n<br>\n".repeat(300);
    assert!(crate::support::built(&format!("{many}\n")).found().is_empty());
}

#[test]
fn blocks_of_raw_html_keep_their_bounds() {
    for (text, lines) in [
        ("<div>100</div><div>200</div>", &["100", "200"][..]),
        ("<div>甲</div>\n<div>乙</div>", &["甲", "乙"]),
        ("<h2>题</h2>文", &["题", "§", "文"]),
        (
            "<header>头</header><main>身<section>一</section>二</main><footer>脚</footer>",
            &["头", "身", "一", "二", "脚"],
        ),
        ("<p>甲<p>乙<div>丙</div>丁", &["甲", "乙", "丙", "丁"]),
        ("<fieldset><legend>说明</legend>内容</fieldset>", &["说明", "内容"]),
        ("<center>中</center>后<address>址</address>", &["中", "后", "址"]),
        ("<menu><li>甲<li>乙</menu>", &["甲", "乙"]),
        ("<div><span>甲</span>\n\n<b>乙</b></div>", &["甲", "乙"]),
        ("<dl><dt>词<dd>解<dt>词二<dd>解二</dl>", &["词", "解", "词二", "解二"]),
    ] {
        let page = page_of(&format!("前文。\n\n{text}\n"));
        let is_line = |name: &str| !["b", "span", "article"].contains(&name);
        let mut shown: Vec<String> = Vec::new();
        for node in page.all("article").into_iter().flat_map(|article| article.descendants()) {
            let Some(words) = node.value().as_text().map(|text| text.trim()).filter(|text| !text.is_empty()) else {
                continue;
            };
            let blocks = node.ancestors().filter_map(scraper::ElementRef::wrap).find(|e| is_line(e.value().name()));
            assert_ne!(blocks.map(|block| block.value().name()), Some("main"), "{text}: {words} stands in no block");
            shown.push(words.to_owned());
        }
        assert_eq!(shown.split_off(shown.iter().position(|words| words == "前文。").unwrap() + 1), lines, "{text}");
    }
}

#[test]
fn lists_of_raw_html_keep_their_numbers() {
    let page = page_of("前。\n\n<ol start=\"2\" type=\"a\" reversed><li value=\"9\">甲</li><li>乙</ol>\n");
    let list = page.all("article ol")[0];
    assert_eq!(["start", "type", "reversed"].map(|name| list.value().attr(name)), [Some("2"), Some("a"), Some("")]);
    assert_eq!(page.attributes("article li", "value"), ["9", ""]);
    let built = built(
        "# 题\n\n| a | b |\n|---|---|\n| 前<ol><li>一 **粗**</li><li value=\"3\">二</li></ol> | x |\n\n说明：<ol><li>甲</ol>\n",
    );
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("td > ol > li", "value"), ["", "3"]);
    assert_eq!((page.text("td li strong"), page.text("td > div")), ("粗".into(), "前".into()));
    assert_eq!(built.found(), ["C407 7:4"]);
}

#[test]
fn markdown_between_tags_stands_in_their_element() {
    let text = "前。\n\n<table>\n<tr><td>\n\n**粗** 【注1】\n\n- 项\n\n</td>\n<td colspan=\"2\">右格 200</td></tr>\n\n\
                <tr><td>三</td></tr>\n</table>\n\n<dl><dt>词<dd>\n\n`解`\n\n</dl>\n\n\
                > <details><summary>更多</summary>\n>\n> | a |\n> |---|\n> | b |\n>\n> </details>\n>\n> 外\n\n\
                <p align=\"center\">\n\n*中*\n\n</p>\n\n【注1】文。\n";
    let built = built(text);
    assert_eq!(built.found(), Vec::<String>::new());
    let page = built.page("zh/a.html");
    assert_eq!(page.texts("article > .table td"), ["粗 【注1】 项", "右格 200", "三"]);
    assert_eq!(page.attributes("td > p > a.ref", "href"), ["#note-1"]);
    assert_eq!(page.attributes("article > .table td", "colspan"), ["", "2", ""]);
    assert_eq!((page.text("dl > dd > p > code"), page.text("blockquote > details td")), ("解".into(), "b".into()));
    assert_eq!(page.texts("blockquote > p"), ["外"]);
    assert_eq!(page.texts("article > p > em"), ["中"]);
    assert!(page.texts("article p").iter().all(|words| !words.is_empty()));
}

#[test]
fn an_element_that_is_begun_or_ended_alone_is_told() {
    for (text, told) in [
        ("<table><tr><td>\n\n甲</td></tr></table>", "C408 1:1"),
        ("<details><summary>题</summary>\n\n甲", "C408 1:1"),
        ("甲\n\n</table>", "C408 3:1"),
        ("- 甲\n\n  <ul><li>乙", "C408 3:3"),
    ] {
        let built = built(&format!("{text}\n\n后文。\n"));
        assert_eq!(built.found(), [told], "{text}");
        assert!(built.page("zh/a.html").texts("article > p").contains(&"后文。".to_owned()), "{text}");
    }
    for text in ["<ul><li>甲<li>乙</ul>", "<p>甲\n\n乙", "`<table>` 和 <table of contents>"] {
        assert_eq!(built(&format!("{text}\n")).found(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn nothing_that_an_author_writes_takes_the_place_of_a_block() {
    let page = page_of(
        "前。\n\n<table><tr><td>\n\n甲\n\n<hr data-place=\"0\"><wbr data-place=\"1\"></td></tr></table>\n\n<hr data-place=\"0\">\n",
    );
    assert_eq!(page.texts("td p"), ["甲"]);
    assert_eq!(page.all("hr").len(), 2);
    assert!(!page.html("article").contains("data-place"));
}

#[test]
fn what_is_struck_out_or_raised_by_older_html_is_so_here() {
    let page = page_of(
        "# 题\n\n<strike>5000元</strike>3000元，<span style=\"text-decoration:line-through\">400元</span>300元，\
         10<span style=\"vertical-align:super\">2</span>，丙</br>丁\n\n<p><strike>70元</strike>60元</br>戊</p>\n",
    );
    assert_eq!(page.texts("article del"), ["5000元", "400元", "70元"]);
    assert_eq!(page.texts("article sup"), ["2"]);
    assert_eq!(page.all("article br").len(), 2);
}

/// Struck out, an amount is none; set higher, a figure is no part of the one before it.
#[test]
fn what_is_struck_out_or_raised_is_joined_to_nothing_in_the_programs_own_words() {
    let built = Fixture::new(&[(
        "content/zh/timeline.md",
        "# 经过\n\n## 退款~~700~~800元\n\n- 2031-05-04 付款~~100~~200元，面积10<sup>5</sup>平方米\n",
    )])
    .built();
    for path in ["zh/timeline.html", "zh/index-of-headings.html", "zh/index.html", "case.json"] {
        let text = built.text(path);
        for glued in ["100200", "700800", "105平"] {
            assert!(!text.contains(glued), "{path}: {glued}");
        }
    }
    assert!(built.text("zh/index-of-headings.html").contains("退款800元"));
}

#[test]
fn a_sentence_right_below_a_quotation_or_row_is_told() {
    for text in [
        "> 对方：款已付清。\n我不同意，没有收到。",
        "> 对方：款已付清\n我不同意，没有收到。",
        "> text one\ntext below",
        "> 对方：已付\n我：没有\n> 对方：付了\n我：单号呢",
        "甲方：\n- 张三\n乙方：\n- 李四",
        "- 甲方：张三\n乙方：李四",
        "- Claimant: Ann\nDefendant: The Shop\n- Court: X",
        "| 日 | 事 |\n|---|---|\n| 4日 | 第一行\n第二行 |",
        "| 甲 |\n|---|\n| 乙 |\n丙",
    ] {
        assert!(built(&format!("# 题\n\n{text}\n")).found().iter().any(|found| found.starts_with("C113")), "{text}");
    }
    for wrapped in [
        "> 这里的引文在句中折断了，因为编辑器每行只能放这么多的字，所以它\n在这里换行，没有写大于号，读的人也看得出来这是同一句话里的内容。",
        "1. Copyright and related rights. A work made available under this licence may be\nprotected by copyright and related rights, which include, but are not limited\nto, the following:",
    ] {
        assert!(
            !built(&format!("# 题\n\n{wrapped}\n")).found().iter().any(|found| found.starts_with("C113")),
            "{wrapped}"
        );
    }
}

#[test]
fn tables_of_pandoc_are_told_and_make_no_headings() {
    let built =
        built("# 题\n\n  日期        金额\n  ----------  ------\n  2031-05-04  1,200\n\n  2031-05-05  300\n  ----\n");
    assert!(built.found().iter().any(|found| found.starts_with("C121")));
    assert!(built.page("zh/a.html").all("article h2").is_empty());
}

#[test]
fn what_word_processors_and_web_pages_write_for_themselves_is_not_shown() {
    let page = page_of(
        "# 题\n\n<p class=MsoNormal>2031年5月<o:p></o:p></p>\n\n<noscript>\n<p><strong>甲</strong></p>\n</noscript>\n",
    );
    assert_eq!(page.text("article").replace(['\n', ' '], ""), "题2031年5月甲");
    assert!(page.has("article strong"));
    let built = built("# 题\n\n<img data-src=\"https://a.example/x\" alt=\"图\">\n");
    assert!(built.found().iter().any(|found| found.starts_with("C405")));
}

#[test]
fn only_a_heading_before_the_text_is_its_title() {
    let late = page_of("合同编号：1\n\n第一条 双方的约定写在这里。\n\n# 第六条 权利义务\n\n6.1 丙\n");
    assert_eq!(late.text("article h2 "), "第六条 权利义务 §");
    let early = page_of("[English](https://a.example/) | 中文\n\n# 题目\n\n文\n");
    assert_eq!(early.text("article h1"), "题目");
}

#[test]
fn the_title_of_a_call_out_is_read_as_any_text() {
    let page = page_of("# 题\n\n> [!note] 标题 **粗** `码`\n> 文\n");
    assert_eq!(page.texts("article aside :is(strong, code)"), ["粗", "码"]);
}

#[test]
fn a_sum_in_a_column_keeps_its_signs() {
    for lines in ["1000\n+ 200\n- 300\n= 900", "应收 1000\n- 已收 200\n= 尚欠 800"] {
        let page = page_of(&format!("# 题\n\n{lines}\n"));
        assert_eq!(page.html("article > p").replace("<br>", "\n"), lines);
    }
}

#[test]
fn what_is_struck_out_by_its_looks_ends_where_its_own_tag_does() {
    for line in [
        "<span style=\"text-decoration:line-through\">5<span>0</span>00元</span>3000元",
        "<p><span style=\"text-decoration:line-through\">5<span>0</span>00元</span>3000元</p>",
    ] {
        assert_eq!(page_of(&format!("# 题\n\n{line}\n")).text("article del"), "5000元", "{line}");
    }
}

#[test]
fn a_line_of_code_that_looks_like_the_target_of_a_link_is_shown() {
    for code in ["```\n[a]: https://a.example/x\n文字\n```", "    [a]: https://a.example/x\n    文字"] {
        let page = page_of(&format!("# 题\n\n见 [a]。\n\n{code}\n\n[a]: https://a.example/y\n"));
        assert!(page.text("article pre").contains("[a]: https://a.example/x"), "{code}");
    }
}

#[test]
fn headings_of_raw_html_are_headings() {
    for text in [
        "<h1 align=\"center\">托盘案</h1>\n\n文。\n\n<h2>经过</h2>\n\n货没有到。\n",
        "<h1>\n  托盘案\n</h1>\n\n文。\n\n<div>\n<h2 align=\"center\">经过</h2>\n</div>\n\n货没有到。\n",
        "<div align=\"center\">\n\n# 托盘案\n\n</div>\n\n文。\n\n<h2>\n\n**经过**\n\n</h2>\n\n货没有到。\n",
    ] {
        let built = built(text);
        let page = built.page("zh/a.html");
        assert_eq!(page.texts("article h1"), ["托盘案"], "{text}");
        assert_eq!(page.texts("article section > h2"), ["经过 §"], "{text}");
        assert!(page.html("article section").contains("货没有到"), "{text}");
        assert!(built.found().is_empty(), "{text}: {:?}", built.found());
        assert_eq!(page.all("h1 p, h2 p").len(), 0, "{text}");
    }
    // What holds more than words is no heading, and nothing of it is lost.
    let page = page_of("# 题\n\n<h2>\n\n## 甲\n\n- 乙\n\n</h2>\n\n丙\n");
    assert_eq!(page.texts("article section > h2"), ["甲 §"]);
    assert!(article(&page).contains("乙") && article(&page).contains("丙"));
}

#[test]
fn a_picture_that_is_not_shown_keeps_its_title() {
    let page = page_of("![替](none.png \"图三：收据\")\n\n![图](https://b.example/y.png \"图四\")\n");
    let shown = page.texts(".missing-image");
    assert!(shown[0].contains("替 图三：收据") && shown[1].contains("图 图四"), "{shown:?}");
}

#[test]
fn a_formula_in_the_words_for_a_picture_is_shown_as_written() {
    let page = page_of("![$T_c$和 `b`](none.png)\n");
    assert!(page.texts(".missing-image")[0].contains("$T_c$和 b"));
}

#[test]
fn what_is_cancelled_in_a_formula_is_never_set_as_if_it_stood() {
    let built = built("付 $\\cancel{500}\\,300$ 元\n");
    assert!(built.page("zh/a.html").html("article p").contains("\\cancel{500}"));
    assert!(built.found().iter().any(|found| found.starts_with("C602")));
}

#[test]
fn the_id_of_a_heading_of_raw_html_is_an_address() {
    let built = built("# 题\n\n<h2 id=\"facts\">事实</h2>\n\n见[上](#facts)。\n");
    assert_eq!(built.found(), Vec::<String>::new());
    assert_eq!(built.page("zh/a.html").attributes("article p a", "href"), ["#facts"]);
}

#[test]
fn the_id_of_any_element_is_an_address_and_top_is_the_top() {
    let ids = "<details id=\"e\"><summary>书</summary>文</details>\n\n<ul id=\"l\"><li>项</li></ul>\n\n<div id=\"d\">乙</div>\n\n<table id=\"t\"><tr><td id=\"c\">1</td></tr></table>\n\n甲<span id=\"s\">丙</span><sup id=\"u\">1</sup>\n";
    let built =
        built(&format!("# 题\n\n{ids}\n见[一](#d)[二](#t)[三](#c)[四](#s)[五](#u)[六](#e)[七](#l)[回到顶部](#top)\n"));
    assert_eq!(built.found(), [""; 0]);
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("article p a", "href"), ["#d", "#t", "#c", "#s", "#u", "#e", "#l", "a.html"]);
    for id in ["d", "t", "c", "s", "u", "e", "l"] {
        assert_eq!(page.texts(&format!("[id={id}]")).len(), 1, "{id}");
    }
}

#[test]
fn the_id_that_kramdown_gives_a_heading_is_an_address() {
    let built = built("# 题\n\n## 事实 {: #facts }\n\n## 经过 {: .wide #course }\n\n见[上](#facts)和[下](#course)。\n");
    assert_eq!(built.found(), [""; 0]);
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("article p a", "href"), ["#facts", "#course"]);
    assert_eq!(page.texts("article h2"), ["事实 §", "经过 §"]);
    let page = page_of("# 题\n\n```\n# a {: #b }\n```\n\n## 合计 {:>10}\n\n<textarea id=\"t\">文</textarea>\n");
    assert!(
        page.text("article").contains("# a {: #b }") && page.text("article").contains("{:>10}"),
        "{}",
        page.html("article")
    );
    assert!(!page.text("article").contains("span"), "{}", page.html("article"));
}

#[test]
fn a_target_in_raw_html_that_is_not_followed_is_told() {
    for text in ["<a href=\"file:///C:/x\">x</a>\n", "<div>\n<a href=\"weixin://x\">x</a>\n</div>\n"] {
        assert_eq!(built(&format!("# 题\n\n{text}")).found(), ["C407 3:1"], "{text}");
    }
}

#[test]
fn a_section_that_stands_right_below_an_item_is_told() {
    assert_eq!(built("# 题\n\n1. 付款。\n2. 收款。\n（二）催款\n").found(), ["C113 5:1"]);
    assert_eq!(built("# 题\n\n1. 付款。\n2. 收款，\n   （见下）\n").found(), [""; 0]);
}

#[test]
fn bold_italics_that_end_with_a_colon_are_type() {
    let page =
        page_of("# T\n\n***Note:*** text\n\n- ***注意：*** 请看\n\nSee *3 Vols.*. And\n\n账号：***和密码：***\n");
    assert_eq!(page.texts("article em strong"), ["Note:", "注意："]);
    assert_eq!(page.text("article > p:last-of-type"), "账号：***和密码：***");
    assert!(page.text("article").contains("See 3 Vols.. And"));
    let page = page_of(
        "# T\n\n原告***诉称：***未付款。\n\n证人***称，***收到了，客户***（电话***）投诉。\n\n***Response:***\n\n___Note:___ a\n\n**请点赞~**\n",
    );
    assert_eq!(page.texts("article em strong"), ["Response:", "Note:"]);
    assert_eq!(page.texts("article p > strong"), ["请点赞~"]);
    assert!(page.text("article").contains("原告***诉称：***未付款。"));
    assert!(page.text("article").contains("证人***称，***收到了，客户***（电话***）投诉。"));
}

#[test]
fn a_stroke_that_is_lost_is_told_as_that() {
    let told = |text: &str| {
        let run = Fixture::new(&[("content/zh/a.md", &format!("# 题\n\n{text}\n"))]).run(&["check"]);
        run.stderr().contains("would be shown as if it stood")
    };
    assert!(told("<p style=\"text-decoration:line-through\">付100元</p>"));
    assert!(told("<table><tr><td style=\"text-decoration: line-through\">700</td></tr></table>"));
    assert!(!told("付<span style=\"text-decoration:line-through\">100</span>元"));
}

#[test]
fn a_heading_in_html_is_one_wherever_its_tags_stand() {
    for text in [
        "<a href=\"https://x.example\"><h2>经过</h2></a>\n",
        "<a name=\"top\"></a><h2>经过</h2>\n",
        "<img src=\"logo.png\"><h2>经过</h2>后文。\n",
        "<b><h2>经过</h2></b>\n",
        "<h2><p>经过</p></h2>\n",
        "<h2>经过\n<p>文\n",
        "<hgroup><h2>经过</h2><p>乙</p></hgroup>\n",
        "<p hidden>密<h2>经过</h2>\n",
        "<h2 hidden>密</h2><h2>经过</h2>\n",
    ] {
        let built = Fixture::new(&[("content/zh/a.md", &format!("# 案\n\n文。\n\n{text}"))]).built();
        let page = built.page("zh/a.html");
        let heading = page.text("article h2").replace(" §", "");
        assert_eq!(heading.replace(" (x.example)", ""), "经过", "{text}");
    }
}

#[test]
fn a_block_behind_a_hidden_paragraph_stays_what_it_is() {
    for (text, block) in [
        ("<p hidden>密<blockquote>引</blockquote>\n", "article blockquote"),
        ("<p hidden>密<table><tr><td>甲</td></tr></table>\n", "article table"),
        ("<p hidden>密<hr>后\n", "article hr"),
    ] {
        let built = Fixture::new(&[("content/zh/a.md", &format!("# 案\n\n文。\n\n{text}"))]).built();
        let page = built.page("zh/a.html");
        assert_eq!(page.all(block).len(), 1, "{text}");
        assert!(!page.text("article").contains('密'), "{text}");
    }
}

#[test]
fn a_title_that_is_a_picture_is_called_by_the_words_for_it() {
    for text in ["# ![托盘案卷](logo.png)", "<h1 align=\"center\"><img src=\"logo.png\" alt=\"托盘案卷\"></h1>"]
    {
        let built = Fixture::new(&[("content/zh/README.md", &format!("{text}\n\n文。\n"))]).built();
        assert_eq!(built.page("zh/index.html").texts("h1"), ["托盘案卷"], "{text}");
        assert_eq!(built.page("zh/index.html").texts(".documents-list a"), ["托盘案卷"], "{text}");
    }
    let unnamed = Fixture::new(&[("content/zh/README.md", "<h1>&nbsp;</h1>\n\n文。\n")]).built();
    assert_eq!(unnamed.page("zh/index.html").texts(".documents-list a"), ["README"]);
}

#[test]
fn a_heading_that_is_only_a_number_is_the_title() {
    let built = built("9\n===\n\n文。\n");
    assert_eq!(built.page("zh/a.html").texts("article h1"), ["9"]);
    assert!(built.page("zh/index.html").texts(".documents-list a").contains(&"9".to_owned()));
}

#[test]
fn half_of_a_pair_of_tags_within_a_line_is_text_and_told() {
    for (text, told) in [
        ("<del>删100 后200", "C408 3:1"),
        ("文 <b>粗\n\n后", "C408 3:3"),
        ("- <u>甲", "C408 3:3"),
        ("| <b>甲 | 乙 |\n|---|---|\n| 1 | 2 |", "C408 3:3"),
        ("文 </s> 后", "C408 3:3"),
    ] {
        let built = built(&format!("# 题\n\n{text}\n"));
        assert_eq!(built.found().iter().map(|found| &found[..8]).collect::<Vec<_>>(), [told], "{text}");
    }
    assert!(built("# 题\n\na <b and c> d，见 <b>粗</b>。\n").found().is_empty());
}

#[test]
fn a_table_or_quotation_within_an_inline_tag_stays_what_it_is() {
    for (text, block) in [
        ("<font size=2><table><tr><td>甲</td><td>100</td></tr></table></font>", "article table"),
        ("<font><blockquote>对方说：款已退。</blockquote></font>", "article blockquote"),
        ("文 <table><tr><td>甲</td></tr></table>", "article table"),
        ("<span class=\"strike\">700</span>", "article del"),
        ("<abbr title=\"有限公司\">Ltd</abbr>", "article abbr[title=有限公司]"),
    ] {
        assert_eq!(page_of(&format!("# 题\n\n{text}\n")).all(block).len(), 1, "{text}");
    }
}

#[test]
fn what_an_abbreviation_stands_for_ends_with_its_attribute() {
    let page = page_of("# 题\n\n<abbr title=\"a>b\">Ltd</abbr> \" onclick=\"x\n");
    assert_eq!(page.attributes("article abbr", "title"), ["a>b"]);
    assert_eq!(
        (page.attributes("article abbr", "onclick"), page.text("article abbr")),
        (vec![String::new()], "Ltd".into())
    );
}
