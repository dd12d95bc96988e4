//! Marks of Markdown that were meant as text stay text, and real ones go on working.

use crate::support::{built, page_of};

/// Each line is a document of one paragraph whose text is the line itself.
#[test]
fn what_was_written_is_what_is_shown() {
    for line in [
        "100~200元，300~400元。",
        "每月2*3*4，文件*.txt和*.csv。",
        "单价*数量*折扣=总额。",
        "账号138****5678与139****1234，张**与李**同去，王*明和李*华没有去。",
        "C:\\_a\\_b 和 D:\\证据\\* 与 \\\\server\\share\\(1)。",
        "/home/*/x 与 /var/*/y，/_next_/page 与 __init__.py。",
        "They paid US$1,200 and HK$ 3,000 in cash.",
        "见 https://example.com/web/*/https://example.org/* 和 https://example.com/_next_/page?a=1&copy;=2。",
        "shop.example/ann@shop.example",
        "[甲]: 好。",
        "[没有人引用]: https://example.com/a",
        "王某*、赵某*，万**、**司。",
        "数量3*，单价4*。",
        "f**k and s**t",
        "签名：_________日期：_________",
        "签名：___日期：___",
        "账号 ***1234 和 ****-****-****-5678。",
        "x==y 与 1==2，再与 a==b。",
        "(2)*(3)*(4)",
        "微信号：__lin__，_wxid_abc_def_。",
        "@ann@social.example 与 git@code.example:ann/x.git。",
        "好的^_^，T_T，>_<，(*^_^*)，(╯*□*)╯。",
        "支付$100（$80+$20）；$30 和 $100=$100；$ 5。",
        "李**（男，19**年生）、王**（女，20**年生）。",
        "《**管理办法》与《**条例》，“**公司”与“**集团”。",
        "Paid 5$/month, then 100$-200$. It was 50$+tax, i.e. 60$.",
        "上海**公司与北京**公司签约，X*公司与Y*公司也是。",
        "住浙江省**市**区**路**号**室",
        "利息为本金*利率*期限",
        "100~~200元，300~~400元",
        "于__月__日，签名：__，日期：__",
        "密码：***，金额：***元；联系人：***（已隐去）。",
        "房号 **-***，见下。",
        "Fee: rate*hours*days.",
        "股票 $AAPL/$TSLA 跌，$PATH:$HOME 与 ${a}/${b}。",
    ] {
        let page = page_of(&format!("# 题\n\n{line}\n"));
        assert_eq!(page.text("article > p"), line);
        assert!(!page.has("article > p :is(em, strong, del, math)"), "{line}");
    }
}

#[test]
fn marks_that_were_meant_are_marks() {
    let page = page_of(
        "# 题\n\n~~删~~，这是*重点*内容，关于**5月4日**的，共**3**人，第*3*条，文末**【附录】**中的，$x^2$。\n",
    );
    assert_eq!(page.texts("article del"), ["删"]);
    assert_eq!(page.texts("article em"), ["重点", "3"]);
    assert_eq!(page.texts("article strong"), ["5月4日", "3", "【附录】"]);
    assert!(page.has("article math"));
}

#[test]
fn bold_type_stays_bold_beside_numbers_quotation_marks_and_other_bold_type() {
    for words in ["1）甲方违约", "一）标题", "他说“中心点“吗？", "“第一段引文没有关闭。", "Nice :)"]
    {
        assert_eq!(page_of(&format!("# 题\n\n**{words}**\n")).text("article > p > strong"), words);
    }
    let page = page_of("# 题\n\n**甲。****乙。****”**后\n");
    assert_eq!(
        (page.text("article > p"), page.text("article > p > strong")),
        ("甲。乙。”后".into(), "甲。乙。”".into())
    );
}

#[test]
fn underscores_around_phrases_are_marks_beside_punctuation_and_file_names() {
    for (line, words) in [
        ("__（一）旅行。__如果", "（一）旅行。"),
        ("文末__【附录】__中的", "【附录】"),
        ("__文件 a.b.pdf__", "文件 a.b.pdf"),
    ] {
        assert_eq!(page_of(&format!("# 题\n\n{line}\n")).text("article > p > strong"), words);
    }
    let page =
        page_of("# 题\n\n_来源：https://court.example/x.pdf_\n\n_See [the ruling](https://court.example/x.pdf)_\n");
    assert_eq!(page.attributes("article em a", "href"), ["https://court.example/x.pdf"; 2]);
}

#[test]
fn italics_of_english_citations_are_italics() {
    for (line, words) in [
        ("*Limitation Act 1980* (c. 58)", "Limitation Act 1980"),
        ("see *id.*; ¶ 3", "id."),
        ("[*Roe v. Wade*.](https://court.example/x)", "Roe v. Wade"),
    ] {
        assert_eq!(page_of(&format!("# 题\n\n{line}\n")).text("article > p em"), words);
    }
}

#[test]
fn bold_marks_that_find_no_partner_are_told() {
    for text in ["**甲 **乙", "** 甲**乙", "**甲\n\n乙**"] {
        assert!(built(&format!("# 题\n\n{text}\n")).found().iter().any(|found| found.starts_with("C115")), "{text}");
    }
    assert!(!built("# 题\n\n显著性**，p<0.01\n").found().iter().any(|found| found.starts_with("C115")));
}

#[test]
fn a_target_of_a_link_is_read_on_the_next_line_and_under_any_name_that_is_cited() {
    let page = page_of(
        "# 题\n\n[文章](\nhttps://a.example/a/22_6/?p=1)\n\n见[合同][合同1]与[判决][判决 2]。\n\n\
         [合同1]: https://a.example/1\n[判决 2]: https://a.example/2\n",
    );
    let targets = ["https://a.example/a/22_6/?p=1", "https://a.example/1", "https://a.example/2"];
    assert_eq!(page.attributes("article a[href^='https']", "href"), targets);
}

#[test]
fn targets_that_text_follows_at_once_change_nothing_in_it() {
    let built = built("# 题\n\n[a]: https://a.example/x\n[b]: https://a.example/y\n文字 [a] 后 100 元 [b]\n");
    assert!(built.found().is_empty());
    assert_eq!(built.page("zh/a.html").attributes("article a[href^='https']", "href").len(), 2);
}

#[test]
fn marks_in_a_footnote_are_read_as_elsewhere() {
    for line in ["金额1~2元，3~4元，2*3*4。", "2*3*4", "https://example.com/*/b*c"] {
        let page = page_of(&format!("# 题\n\n文[^1]。\n\n[^1]: {line}\n"));
        assert!(page.text("article").contains(line), "{line}");
        assert!(!page.has("article :is(em, del)"), "{line}");
    }
}

#[test]
fn what_looks_like_the_target_of_a_link_in_a_list_or_footnote_is_text() {
    let page = page_of("# 题\n\n- [乙公司]: 认可\n\n2. [09:12]: 发货了\n\n文[^3]\n\n[^3]: [甲]: 乙\n");
    assert_eq!(page.texts("article ul > li"), ["[乙公司]: 认可"]);
    assert_eq!(page.texts("article ol > li"), ["[09:12]: 发货了"]);
    assert!(page.text("article").contains("[甲]: 乙"));
}

#[test]
fn targets_of_links_are_read_behind_lines_that_are_none() {
    let page = page_of(
        "# 题\n\n见 [a] 与 [the law][law]，又 [1]。\n\n[Note 1]: https://example.com/0\n[law]: https://example.com/1\n\
         [1]: https://example.com/2\n[a]: <https://example.com/3>\n",
    );
    let links = page.attributes("article > p:first-of-type a", "href");
    assert_eq!(links, ["https://example.com/3", "https://example.com/1", "https://example.com/2"]);
    assert!(page.text("article").contains("https://example.com/0"));
}

#[test]
fn bold_and_italics_in_chinese_are_left() {
    let page = page_of(
        "# 题\n\n这是**“重点”**，**（一）**请求，**注意：**见下，*甲*、*乙*，**重要**、**更重要**，申请人**：张三**，****四****。\n\n\
         ==标记== 与 ***123***。\n",
    );
    let strong = ["“重点”", "（一）", "注意：", "重要", "更重要", "：张三", "四", "四", "123"];
    assert_eq!(page.texts("article strong"), strong);
    assert_eq!(page.texts("article em"), ["甲", "乙", "123"]);
    assert_eq!(page.texts("article mark"), ["标记"]);
}

#[test]
fn a_per_cent_sign_in_a_formula_begins_no_comment() {
    for (formula, shown) in [
        ("$1000*5%*2 = 100$", "1000∗5%∗2=100"),
        ("$100×（1+5%）=105$", "100×（1+5%）=105"),
        ("$200-10%$", "200−10%"),
        ("$5~6$", "5~6"),
    ] {
        let text = page_of(&format!("# 题\n\n{formula}\n")).text("article math");
        assert_eq!(text.split_whitespace().collect::<String>(), shown, "{formula}");
    }
}

#[test]
fn a_link_whose_words_are_an_address_leads_there() {
    let page = page_of("# 题\n\n[https://example.com/a_b?utm_source=c](https://example.com/a_b?utm_source=c)。\n");
    assert_eq!(page.attributes("article p a", "href"), ["https://example.com/a_b?utm_source=c"]);
}

#[test]
fn code_binds_tighter_than_a_formula() {
    let page = page_of("# 题\n\n$HOME and $PATH. `$x$`.\n");
    assert_eq!(page.text("article > p"), "$HOME and $PATH. $x$.");
    assert_eq!(page.texts("article code"), ["$x$"]);
}

#[test]
fn marks_in_code_and_in_targets_of_links_are_shown_as_written() {
    let page = page_of(
        "# 题\n\n`2*3*4 a~b C:\\_x` [甲](https://example.com/*a*~b)\n\n```\n2*3*4 ~ https://example.com/_x_\n```\n",
    );
    assert_eq!(page.text("article p code"), "2*3*4 a~b C:\\_x");
    assert_eq!(page.attributes("article p a", "href"), ["https://example.com/*a*~b"]);
    assert_eq!(page.text("article pre"), "2*3*4 ~ https://example.com/_x_");
}

#[test]
fn an_address_in_bold_ends_with_the_bold() {
    let page = page_of("# 题\n\n**https://example.com/a_b_c**，_https://example.com/d_。\n");
    assert_eq!(page.attributes("article a.url", "href"), ["https://example.com/a_b_c", "https://example.com/d"]);
    assert_eq!(page.texts("article strong"), ["https://example.com/a_b_c"]);
}

#[test]
fn targets_of_links_are_read_and_lines_that_only_look_like_them_are_text() {
    let page = page_of(
        "# 题\n\n拒绝 [0]，又拒绝 [1]，见[登记][two]。\n\n[0]: https://example.com/0\n[1]: https://example.com/1\n\
         [two]: https://example.com/2\n\n[//]: # (不给人看)\n",
    );
    let targets = ["https://example.com/0", "https://example.com/1", "https://example.com/2"];
    assert_eq!(page.attributes("article a.external", "href"), targets);
    assert!(!page.text("article").contains("不给人看"));
}

#[test]
fn a_wide_space_after_the_marks_makes_a_heading() {
    let page = page_of("# 题\n\n##　请求\n\n退款。\n\n###　理由\n\n货没有到。\n");
    assert_eq!(page.texts("h2"), ["请求 §"]);
    assert_eq!(page.texts("h3"), ["理由 §"]);
}

#[test]
fn a_url_goes_on_in_chinese_where_a_part_of_it_is_missing_and_elsewhere_the_cut_is_told() {
    let built = built(
        "# 题\n\n见 https://example.com/item/丢失的货盘/1 与 https://example.com/?q=货盘 。\n\nhttps://example.com/丢失\n",
    );
    let page = built.page("zh/a.html");
    let hrefs = page.attributes("article a.url", "href");
    assert_eq!(hrefs, ["https://example.com/item/丢失的货盘/1", "https://example.com/?q=货盘", "https://example.com/"]);
    assert_eq!(built.found(), ["C406 5:1"]);
}

#[test]
fn prose_between_two_signs_of_a_currency_is_no_formula() {
    let page =
        page_of("# 题\n\nThey paid $5 and then 6$ or $1,200 and HK$ a; 单价$5，**总价**100$，另 $E=mc^2$ 与 $x$。\n");
    assert_eq!(page.all("article math").len(), 2);
    assert_eq!(page.texts("article strong"), ["总价"]);
    assert!(page.text("article > p").starts_with("They paid $5 and then 6$ or $1,200 and HK$ a; 单价$5，总价100$，"));
}

#[test]
fn angle_brackets_and_halves_of_pairs_stay_text() {
    for line in ["a<b>c", "<5% 与 x</b>", "<b and c>", "<address of the shop> 未付", "<?x", "<!IMPORTANT>"] {
        let page = page_of(&format!("# 题\n\n{line}\n"));
        assert_eq!(page.text("article > p"), line);
    }
    let page = page_of("# 题\n\n<b>粗</b>、H<sub>2</sub>O\n\n<?x\n\n后文。\n");
    assert_eq!((page.text("article b"), page.text("article sub")), ("粗".to_owned(), "2".to_owned()));
    assert!(page.texts("article > p").contains(&"后文。".to_owned()));
}

#[test]
fn blocks_of_html_in_a_line_or_a_cell_keep_a_break_between_them() {
    let page = page_of(
        "# 题\n\n| 人 | 事 | 物 |\n|---|---|---|\n| <p>甲</p><p>乙</p> | <ul><li>一</li><li>二</li></ul> | <div>x</div><div>**y**</div> |\n| a<br>b | c<br/>d | <p>e</p> |\n",
    );
    let cells: Vec<String> = page.all("td").into_iter().map(|cell| cell.inner_html()).collect();
    assert_eq!(cells, ["甲<br>乙", "一<br>二", "x<br><strong>y</strong>", "a<br>b", "c<br>d", "e"]);
}

#[test]
fn lists_show_the_numbers_that_were_written() {
    let page = page_of(
        "# 题\n\n1. 甲\n3. 丙\n4. 丁\n4. 戊\n\n间。\n\n5) 己\n6) 庚\n\n间。\n\n1. a\n1. b\n1. c\n\n间。\n\n3. x\n2. y\n",
    );
    let values =
        page.all("article ol > li").into_iter().map(|item| item.value().attr("value").unwrap_or("").to_owned());
    assert_eq!(values.collect::<Vec<_>>(), ["", "3", "", "4", "", "", "", "", "", "", "2"]);
    assert_eq!(page.attributes("article ol", "start"), ["", "5", "", "3"]);
    assert_eq!(page.attributes("article ol", "class"), ["", "bracket", "", ""]);
    for (text, numbers) in [
        ("2. 甲\n2. 乙\n2. 丙\n", ["2", "2", "2"]),
        ("0. 甲\n0. 乙\n1. 丙\n", ["0", "0", ""]),
        ("1. 甲\n1. 乙\n2. 丙\n", ["", "1", ""]),
        ("> - 7) 甲\n>   7) 乙\n>   8) 丙\n", ["7", "7", ""]),
        ("3. [ ] 甲\n5. [x] 乙\n6. 丙\n", ["3", "5", ""]),
        ("1. [ ] 甲\n1. [x] 乙\n1. 丙\n", ["", "", ""]),
    ] {
        let page = page_of(text);
        let start = page.attributes("article ol", "start");
        let mut shown = page.attributes("article ol > li", "value");
        shown[0] = start[0].clone();
        assert_eq!(shown, numbers, "{text}");
    }
}

#[test]
fn numbers_of_lists_are_the_same_side_by_side() {
    let text = |words: &str| format!("# A\n\n1. 【注1】{words}\n3. 【注3】{words}\n");
    let files = [("content/zh/a.md", text("甲")), ("content/en/a.md", text("B"))];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let built = crate::support::Fixture::new(&files).built();
    let page = built.page("zh-en/a.html");
    assert!(page.all("ol[start=\"3\"]").len() >= 2, "{}", page.html("main"));
}

#[test]
fn a_bar_in_a_cell_is_shown_and_reported() {
    let built = built(
        "# 题\n\n| 日期 | 额 |\n|---|---|\n| 3月1日 | 100 | 没有收据 |\n| 3月2日 | `a|b` |\n| 【注1|二】 | x |\n\n| `a|b` | c |\n|---|---|\n| 1 | 2 |\n",
    );
    let page = built.page("zh/a.html");
    let cells = ["3月1日", "100 | 没有收据", "3月2日", "a|b", "【注1|二】", "x", "1", "2"];
    assert_eq!(page.texts("td"), cells);
    assert_eq!(page.texts("th"), ["日期", "额", "a|b", "c"]);
    assert_eq!(built.found().iter().filter(|found| found.starts_with("C111")).count(), 4);
}

#[test]
fn text_above_a_line_of_dashes_is_no_heading_where_it_cannot_be_one() {
    let built = built("# 题\n\n合计 558,774.13\n---\n\n第一行\n最后一行。\n---\n\n标题\n---\n\n后文。\n");
    let page = built.page("zh/a.html");
    assert_eq!(page.all("article h2").len(), 1);
    assert_eq!(page.all("article hr").len(), 2);
    assert!(page.texts("article p").contains(&"合计 558,774.13".to_owned()));
    assert!(built.found().is_empty(), "{:?}", built.found());
}

#[test]
fn a_line_of_equal_signs_that_makes_no_heading_is_told() {
    for (text, told) in [
        ("第一行\n第二行\n======", "C114 5:1"),
        ("合计 558,774.13\n===============", "C114 4:1"),
        ("> 没有退款。\n> ====", "C114 4:3"),
        ("第一行\n第二行\n=======\n第三行", "C121 5:1"),
        ("第一版\n=======\n第二版", "C121 4:1"),
    ] {
        let built = built(&format!("前文。\n\n{text}\n"));
        assert_eq!(built.found(), [told], "{text}");
    }
    for text in
        ["标题\n====", "标题\n====\n正文", "第一版\n=======\n\n正文", "Install\n=======\nRun it.", "前文。\n\n======"]
    {
        assert_eq!(built(&format!("前文。\n\n{text}\n")).found(), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_line_above_equal_signs_that_begins_the_document_is_its_title() {
    for title in [
        "新的镜像站上线！",
        "十一月的聚会 | 庆祝",
        "The Whole Story of a Parcel That Came Late: A Chronology, LAST PART",
    ] {
        let built = built(&format!("{title}\n=====\n\n文。\n"));
        assert_eq!(built.page("zh/a.html").text("h1"), title);
        assert_eq!(built.found(), Vec::<String>::new(), "{title}");
    }
}

#[test]
fn prose_that_is_indented_as_on_paper_is_no_code() {
    let page = page_of(
        "# 题\n\n    货没有到，款也没有退【注1】。\n\n\t第二段，用制表符缩进。\n\n文。\n\n    x = 1;\n    y = 2;\n\n【注1】说明。\n",
    );
    assert_eq!(page.texts("article pre"), ["x = 1; y = 2;"]);
    assert!(page.texts("article p").contains(&"第二段，用制表符缩进。".to_owned()));
    assert_eq!(page.attributes("article p a.ref", "href"), ["#note-1"]);
}

#[test]
fn a_sign_before_an_amount_is_no_mark_of_a_list() {
    let page = page_of("# 题\n\n收入 1000元\n- 200元\n\n+ 86 138 0000 0000\n\n押金：\n- 200元\n- 300元\n");
    assert_eq!(page.texts("article li"), ["200元", "300元"]);
    let text = page.text("article");
    assert!(text.contains("- 200元") && text.contains("+ 86 138 0000 0000"), "{text}");
}

#[test]
fn signs_before_the_summands_of_a_sum_are_no_marks_of_lists() {
    for lines in ["+ 本金 10000\n+ 利息 500\n- 已还 2000\n= 尚欠 8500", "利润：\n+ 收入 100 元\n- 成本 50 元"]
    {
        let page = page_of(&format!("# 题\n\n{lines}\n"));
        assert_eq!(page.html("article > p").replace("<br>", "\n"), lines);
    }
    let page = page_of("# 题\n\n+ 苹果 3\n+ 梨 4\n\n文\n\n- 甲 1\n- 乙 2\n");
    assert_eq!(page.texts("article li"), ["苹果 3", "梨 4", "甲 1", "乙 2"]);
}

#[test]
fn more_than_an_amount_is_no_quotation() {
    let page = page_of("# 题\n\n>100元的按3%，\n>200元的按5%。\n\n> 100元是引文\n\n>2031年5月也是\n");
    assert_eq!(page.texts("article > p"), [">100元的按3%，>200元的按5%。"]);
    assert_eq!(page.texts("article blockquote"), ["100元是引文", "2031年5月也是"]);
}

#[test]
fn lines_of_tildes_between_lines_of_speech_are_no_code() {
    let page = page_of("# 题\n\n张三：在吗\n~~~~~~~~~~\n李四：在，明天再说\n~~~~~~~~~~\n张三：好\n");
    assert!(!page.has("article pre"));
    let title = page_of("# 题\n\n~~~分割线~~~\n\n正文**粗**\n\n~~~~~~\n");
    assert!(title.text("article").contains("~~~分割线~~~") && title.has("article strong"));
    assert!(page_of("# 题\n\n~~~~~\nlet a = 1;\n~~~~~\n").has("article pre"));
}

#[test]
fn formulas_in_the_brackets_of_latex_are_formulas_and_escaped_brackets_are_text() {
    let page = page_of(
        "# 题\n\n算式 \\( 1000 \\times 5\\% = 50 \\) 元，见 \\[1\\] 与 `\\(a \\times b\\)`。\n\n\\[\n2 \\times 3 = 6\n\\]\n",
    );
    assert_eq!(page.all("article math").len(), 2);
    let text = page.text("article");
    assert!(text.contains("见 [1] 与 \\(a \\times b\\)"), "{text}");
}

#[test]
fn quotation_marks_may_be_bold_by_themselves() {
    let page = page_of("# 题\n\n**「**标题**」**，**“**引**”**。\n");
    assert_eq!(page.texts("article strong"), ["「", "」", "“", "”"]);
}

#[test]
fn what_makes_no_heading_table_or_link_though_it_was_meant_to_is_told() {
    for (text, code) in [
        ("＃　请求", "C114"),
        ("＃＃ 理由", "C114"),
        ("文\n\n\u{3000}## 乙", "C114"),
        ("｜日期｜金额｜\n｜---｜---｜\n｜5.4｜100｜", "C111"),
        ("- 明细如下：\n| 日期 | 金额 |\n|--|--|\n| 5.4 | 100 |", "C113"),
        ("[法院](某某 法院)", "C115"),
        ("> 甲\n>> 乙\n> 丙", "C113"),
    ] {
        let found = built(&format!("# 题\n\n{text}\n")).found();
        assert!(found.iter().any(|found| found.starts_with(code)), "{text}: {found:?}");
    }
    for text in ["＃话题＃ 好", "f[x](a b)：[1](a b)", "> 甲\n>> 乙\n>\n> 丙"] {
        let found = built(&format!("# 题\n\n{text}\n")).found();
        assert!(
            !found.iter().any(|found| ["C111", "C113", "C114"].iter().any(|code| found.starts_with(code))),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_line_of_tildes_is_no_code() {
    let page = page_of("# 题\n\n~~~~~~~~\n\n正文**粗**。\n");
    assert!(!page.has("article pre"));
    assert_eq!(page.texts("article strong"), ["粗"]);
}

#[test]
fn an_amount_in_bold_behind_a_tilde_is_bold() {
    let page = page_of("**$100**~**$200**；变为 ~**$130**，约**$130**，另**$5**。\n");
    assert_eq!(page.texts("article strong"), ["$100", "$200", "$130", "$130", "$5"]);
}

#[test]
fn names_of_links_that_no_label_bears_are_links() {
    let page = page_of(
        "See [AGPL-3.0], [RFC 2119] and [Rule 3].\n\n[AGPL-3.0]: https://x.example/agpl\n[RFC 2119]: https://x.example/rfc\n[Rule 3]: https://x.example/rule\n",
    );
    assert_eq!(page.texts("article a.external"), ["AGPL-3.0", "RFC 2119", "Rule 3"]);
    let labels = page_of("See [Note 1].\n\n[Note 1]: https://x.example/a\n");
    assert_eq!(labels.texts("article a.ref"), ["[Note 1]"]);
}

#[test]
fn an_address_ends_before_a_number_in_brackets() {
    let page = page_of("见https://x.example/f[1]，https://x.example/a.png[/img] 与 https://x.example/?f=[1] 完\n");
    let hrefs = page.attributes("article a.external", "href");
    assert_eq!(hrefs, ["https://x.example/f", "https://x.example/a.png", "https://x.example/?f=[1]"]);
}

#[test]
fn names_in_which_letters_are_left_out_are_shown_as_written() {
    for line in [
        "赵**（女）、钱**（男）到庭",
        "王某*（化名）与李某*（化名）",
        "某*公司与某*店",
        "原告张*三诉被告*公司",
        "张*三、李**、王***",
    ] {
        let page = page_of(&format!("{line}\n"));
        assert_eq!(page.texts("article p"), [line]);
        assert_eq!(page.all("article em, article strong").len(), 0, "{line}");
    }
    let page = page_of("张三*说*李四**不**来；主张*不成立*（见后）。\n");
    assert_eq!(page.texts("article em, article strong"), ["说", "不", "不成立"]);
}

#[test]
fn prices_that_were_struck_out_in_turn_stay_struck_out() {
    let page = page_of("原价~~100~~50~~30~~，区间100~~200元，300~~400元。\n");
    assert_eq!(page.texts("article del"), ["100", "30"]);
    assert!(page.texts("article p")[0].contains("100~~200元，300~~400元"));
}

#[test]
fn any_currency_in_bold_behind_a_tilde_is_bold() {
    let page = page_of("甲~**¥130**、~**¥140**，Rev~**£5**。\n\n~**€6**~**¥7**\n");
    assert_eq!(page.texts("article strong"), ["¥130", "¥140", "£5", "€6", "¥7"]);
    assert!(page.texts("article p")[0].starts_with("甲~¥130、~¥140"));
}

#[test]
fn a_number_behind_an_address_is_a_reference_whatever_follows() {
    let page = page_of(
        "# T\n\nSee https://x.example/a[1]; https://x.example/b[2]. (https://x.example/?q=1[2]) www.x.example[1]\n\n## References\n\n[1] One\n\n[2] Two\n",
    );
    assert_eq!(page.texts("article p a.ref"), ["[1]", "[2]", "[2]", "[1]"]);
    let hrefs = page.attributes("article a.external", "href");
    assert_eq!(hrefs, ["https://x.example/a", "https://x.example/b", "https://x.example/?q=1", "http://www.x.example"]);
}

#[test]
fn bold_type_whose_mark_stands_on_the_wrong_side_of_a_bracket_is_bold() {
    for (text, bold) in [
        ("他说“**付款”**，走了。", "付款”"),
        ("《**合同》**第三条", "合同》"),
        ("项目（**来自某处）**后", "来自某处）"),
        ("甲**（乙**）丙", "（乙"),
    ] {
        assert_eq!(page_of(&format!("# 题\n\n{text}\n")).texts("article strong"), [bold], "{text}");
    }
    for text in ["《**办法》与《**条例》", "原告（某**公司）与被告（某**银行）签约"] {
        assert!(!page_of(&format!("# 题\n\n{text}\n")).has("article strong"), "{text}");
    }
}

#[test]
fn strokes_that_strike_nothing_are_told_and_letters_left_out_are_not() {
    for text in ["~~ 100 ~~元", "付 ~~100 ~~元", "**重要"] {
        let found = built(&format!("# 题\n\n{text}\n")).found();
        assert!(matches!(&found[..], [one] if one.starts_with("C115")), "{text}: {found:?}");
    }
    for text in [
        "密码******，验证码****",
        "Mr. S*** and Ms. W***",
        "A** said B**",
        "邮箱 a***@x.example",
        "好的~~ 再见~~",
        "100~~200元，300~~400元",
    ] {
        let built = built(&format!("# 题\n\n{text}\n"));
        assert_eq!(built.found(), [""; 0], "{text}");
        assert!(built.page("zh/a.html").text("article").contains(text), "{text}");
        assert!(!built.page("zh/a.html").has("article a[href^=mailto]"), "{text}");
    }
}

#[test]
fn a_name_that_was_cut_opens_no_bold_type_before_the_next_field() {
    for (text, bold) in [
        ("**申请人**：张**，男；**被申请人**：李**，女；**第三人**：王**，男。", &["申请人", "被申请人", "第三人"][..]),
        ("**甲方**：刘**，**乙方**：马**", &["甲方", "乙方"]),
        ("**户名**：李**。**账号**：尾号12**。", &["户名", "账号"]),
        ("收件人：陈**先生（收）、**加急**", &["加急"]),
        ("**首先，**我们说**其次，**他们", &["首先，", "其次，"]),
        ("*1 以实物为准；*2 含税。", &[]),
    ] {
        let page = page_of(&format!("# 题\n\n{text}\n"));
        assert_eq!(page.texts("article strong, article em"), bold, "{text}");
    }
}

#[test]
fn a_line_of_a_quotation_that_begins_with_a_sum_belongs_to_it() {
    assert_eq!(page_of("# 题\n\n>甲方欠款\n>5万元\n").html("blockquote p"), "甲方欠款<br>5万元");
    assert_eq!(
        page_of("# 题\n\n>100元的按3%\n>200元的按5%\n").html("article > p"),
        "&gt;100元的按3%<br>&gt;200元的按5%"
    );
}

#[test]
fn addresses_with_a_comma_between_them_are_as_many_links() {
    let page = page_of("# 题\n\nhttps://x.example/a,https://x.example/b;https://x.example/c\n");
    assert_eq!(
        page.attributes("article p a", "href"),
        ["https://x.example/a", "https://x.example/b", "https://x.example/c"]
    );
}

#[test]
fn a_table_whose_rows_stand_apart_is_told() {
    let found = built("# 题\n\n| 甲 | 乙 |\n\n|---|---|\n\n| 1 | 2 |\n").found();
    assert_eq!(found, ["C111 5:1"]);
}
