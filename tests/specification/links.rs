//! The register of links: each once, with what the author says of it and where it stands.

use crate::support::Fixture;

#[test]
fn each_link_is_listed_once_by_host_with_what_links_md_says() {
    let links = "# 链接\n\n- 【链接1】平台公告（2031年） - <https://a.example/one>\n  - 归属：某公司\n  - 用途：核对\n  \
                 - 核对日期：2031-06-30\n  - 存档：copy.txt\n\n| 网址 | 说明 |\n|---|---|\n| <https://b.example/two> | 另一处 |\n";
    let built = Fixture::new(&[
        ("content/zh/links.md", links),
        ("content/zh/a.md", "# 甲\n\n1-1，见 https://A.example/one 与 <x@c.example>。\n"),
        ("content/zh/copy.txt", "kept"),
    ])
    .built();
    assert_eq!(built.found(), Vec::<String>::new());
    let page = built.page("zh/link-register.html");
    assert_eq!(page.texts("h2"), ["a.example", "b.example", "邮箱"]);
    assert_eq!(page.texts(".address code"), ["https://a.example/one", "https://b.example/two", "x@c.example"]);
    assert_eq!(page.texts(".subject"), ["链接1 平台公告（2031年）", "另一处"]);
    assert_eq!(page.texts(".details dd"), ["某公司", "核对", "copy.txt", "2031-06-30"]);
    assert_eq!(page.attributes(".details a", "href"), ["../files/zh/copy.txt"]);
    assert!(built.paths().contains(&"files/zh/copy.txt".to_owned()));
    let back = page.attributes("li:first-child .backrefs a", "href");
    assert!(back.contains(&"a.html#claim-1-1".to_owned()), "{back:?}");
    let model = built.model();
    assert_eq!(model["links"][0]["owners"][0], "某公司");
    assert_eq!(model["links"][0]["places"].as_array().unwrap().len(), 2);
}

#[test]
fn a_label_in_a_numbered_item_describes_its_link() {
    let text = "# 甲\n\n- 1-1，新的【邮箱9】 c9@a.example。\n- 1-2-3, 【邮箱3】a@b.example 客服邮箱\n\
                - 1-2-4，【链接2】公告全文：https://a.example/two\n";
    let built = Fixture::new(&[("content/zh/a.md", text)]).built();
    let links = built.model()["links"].clone();
    let described: Vec<(&str, &str)> = links
        .as_array()
        .unwrap()
        .iter()
        .map(|link| (link["url"].as_str().unwrap(), link["descriptions"][0].as_str().unwrap_or("")))
        .collect();
    assert!(described.contains(&("a@b.example", "客服邮箱")), "{described:?}");
    assert!(described.contains(&("https://a.example/two", "公告全文")), "{described:?}");
    assert_eq!(links[1]["labels"][0]["number"], "3");
}

#[test]
fn what_stands_before_and_behind_an_address_describes_it_with_its_quotation_marks() {
    let links = "# 链接\n\n- 【链接2】（见附录3）https://a.example/1 注册页；**已关闭**\n- 乙方网址 https://a.example/2 打不开\n- 【链接9】：https://a.example/3 的“后台”\n";
    let built = Fixture::new(&[("content/zh/links.md", links)]).built();
    let page = built.page("zh/link-register.html");
    assert_eq!(page.texts(".subject"), ["链接2 见附录3；注册页；已关闭", "乙方网址；打不开", "链接9 的“后台”"]);
}

#[test]
fn fields_on_lines_of_their_own_are_told_apart() {
    let links = "# 链接\n\n- 名称：某平台\n  网址：https://a.example/\n  归属：某公司\n  用途：交易\n\n- 另一平台\n  - 网址：https://b.example/\n  - 归属：境外公司（已注销）\n";
    let built = Fixture::new(&[("content/zh/links.md", links)]).built();
    let links = built.model()["links"].clone();
    assert_eq!((&links[0]["descriptions"][0], &links[0]["owners"][0]), (&"某平台".into(), &"某公司".into()));
    assert_eq!(links[0]["purposes"][0], "交易");
    assert_eq!(
        (&links[1]["descriptions"][0], &links[1]["owners"][0]),
        (&"另一平台".into(), &"境外公司（已注销）".into())
    );
}

#[test]
fn a_link_that_must_not_be_followed_is_no_link_in_the_register() {
    let text = "# 甲\n\n[x](mailto:www.a.example/b) [y](javascript:alert(1))\n";
    let built = Fixture::new(&[("content/zh/a.md", text)]).built();
    let page = built.page("zh/link-register.html");
    assert_eq!(page.attributes(".address a", "href"), Vec::<String>::new());
    assert_eq!(page.texts(".address"), ["mailto:www.a.example/b"]);
}

#[test]
fn a_register_of_thousands_takes_several_pages_and_loses_nothing() {
    let text: String = (0..2_300).map(|n| format!("https://a.example/{n}\n\n")).collect();
    let built = Fixture::new(&[("content/zh/a.md", &format!("# 甲\n\n{text}"))]).built();
    let pages = ["zh/link-register.html", "zh/link-register-2.html", "zh/link-register-3.html"];
    let listed: usize = pages.iter().map(|page| built.page(page).texts(".address").len()).sum();
    assert_eq!(listed, 2_300);
    assert_eq!(built.page(pages[0]).attributes(".parts a", "href").len(), 3);
}

#[test]
fn headings_in_any_letters_are_found_by_the_address_that_github_gives_them() {
    for (heading, address) in [
        ("Заражен ли я?", "заражен-ли-я"),
        ("ΤΙ ΕΓΙΝΕ", "τι-εγινε"),
        ("Où est l’Argent", "où-est-largent"),
        ("ما حدث", "ما-حدث"),
        ("第二次 付款", "第二次-付款"),
    ] {
        let built = crate::support::built(&format!("# 甲\n\n[one](#{address})\n\n## {heading}\n\n文字。\n"));
        assert_eq!(built.found(), Vec::<String>::new(), "{heading}");
    }
}
