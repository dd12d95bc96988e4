//! Languages pair by path, and a reader is never led to nothing.

use crate::support::Fixture;

#[test]
fn each_page_leads_to_its_counterpart() {
    let built = Fixture::new(&[("content/zh/sub/a.md", "# 甲\n"), ("content/en/sub/a.md", "# A\n")]).built();
    let page = built.page("zh/sub/a.html");
    assert_eq!(page.attributes("nav.languages a", "href"), ["../../en/sub/a.html"]);
    assert_eq!(page.text("nav.languages [aria-current]"), "中文");
    assert_eq!(built.page("zh/index.html").attributes("nav.languages a", "href"), ["../en/index.html"]);
}

#[test]
fn a_missing_translation_is_said_in_the_readers_language_with_a_link_that_works() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n"),
        ("content/zh/b.md", "# 乙\n"),
        ("content/en/a.md", "# A\n\nSee [b](b.md).\n"),
    ])
    .built();
    assert_eq!(built.found(), ["C501"]);
    let page = built.page("en/b.html");
    assert!(page.text("p.notice").starts_with("This document is not available in English yet."));
    assert_eq!(page.attributes("p.notice a", "href"), ["../zh/b.html"]);
    assert_eq!(page.attributes("p.notice a", "lang"), ["zh"]);
    assert_eq!(built.page("zh/b.html").attributes("nav.languages a", "href"), ["../en/b.html"]);
    assert_eq!(built.page("en/a.html").attributes("article p a", "href"), ["b.html"]);
    let home = built.page("en/index.html");
    assert_eq!(home.attributes("ol.documents-list > li > a", "href"), ["a.html", "b.html"]);
}

#[test]
fn one_language_needs_no_switcher_and_three_work_alike() {
    let built = Fixture::new(&[("content/zh/a.md", "# 甲\n")]).built();
    assert!(!built.page("zh/a.html").has("nav.languages"));
    let built = Fixture::new(&[
        ("casefile.yaml", "languages: [zh, en, fr]\n"),
        ("content/zh/a.md", "# 甲\n\n见【注1】。\n\n【注1】文字。\n"),
        ("content/en/a.md", "# A\n\nSee [Note 1].\n\n[Note 1] Text.\n"),
        ("content/fr/a.md", "# A\n\nVoir [Note 1].\n\n[Note 1] Texte.\n"),
    ])
    .built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    assert_eq!(built.page("fr/a.html").attributes("nav.languages a", "href"), ["../zh/a.html", "../en/a.html"]);
    assert_eq!(built.page("fr/a.html").attributes("a.ref", "href"), ["#note-1"]);
}

#[test]
fn a_case_can_bring_the_words_of_a_language() {
    let table = include_str!("../../templates/language/en.yaml").replace("name: English", "name: français");
    let table = table.replace("contents: Contents", "contents: Sommaire").replace("[Note, Notes]", "[Pièce, Pièces]");
    let built = Fixture::new(&[
        ("content/fr/a.md", "# A\n\n## X\n\nVoir [Pièce 1].\n\n## Y\n\n[Pièce 1] Texte.\n"),
        ("templates/language/fr.yaml", &table),
    ])
    .built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    let page = built.page("fr/a.html");
    assert_eq!(page.attributes("nav.contents", "aria-label"), ["Sommaire"]);
    assert_eq!(page.attributes("a.ref", "href"), ["#note-1"]);
}

#[test]
fn a_folder_that_is_no_language_tag_is_no_language() {
    let built =
        Fixture::new(&[("content/notes/a.md", "# 甲\n\n文字在此。\n"), ("content/img/b.md", "# B\n\nPlain words.\n")])
            .built();
    let languages: Vec<&str> = built.site.case.languages.iter().map(|language| language.tag.as_str()).collect();
    assert_eq!(languages, ["zh", "en"]);
    assert!(built.paths().contains(&"zh/notes/a.html".to_owned()));
}

#[test]
fn a_language_folder_that_the_configuration_does_not_list_is_reported() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n"), ("content/fr/a.md", "# A\n\nDes mots.\n")]);
    fixture.write("casefile.yaml", b"languages: [zh]\n");
    assert_eq!(fixture.built().found(), ["C502"]);
}

#[test]
fn a_folder_holding_one_markdown_file_is_a_case() {
    let built = Fixture::new(&[("我的案子.md", "# 我的案子\n\n见【注1】。\n\n【注1】文字。\n")]).built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    assert_eq!(built.page("zh/index.html").text("h1"), "我的案子");
    assert_eq!(built.page("zh/wo-de-an-zi.html").attributes("a.ref", "href"), ["#note-1"]);
}
