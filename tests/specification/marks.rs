//! Marks of Markdown that were meant as text stay text, and real ones go on working.

use crate::support::{built, page_of};

/// Each line is a document of one paragraph whose text is the line itself.
#[test]
fn what_was_written_is_what_is_shown() {
    for line in [
        "100~200元，300~400元。",
        "每月2*3*4=24，文件*.txt和*.csv。",
        "单价*数量*折扣=总额。",
        "账号138****5678与139****1234，张**与李**同去，王*明和李*华没有去。",
        "C:\\_a\\_b 和 D:\\证据\\* 与 \\\\server\\share\\(1)。",
        "/home/*/x 与 /var/*/y，/_next_/page 与 __init__.py。",
        "They paid US$1,200 and HK$ 3,000 in cash.",
        "见 https://example.com/web/*/https://example.org/* 和 https://example.com/_next_/page?a=1&copy;=2。",
        "shop.example/ann@shop.example",
        "[甲]: 好。",
        "[没有人引用]: https://example.com/a",
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
