//! Languages pair by path, and a reader is never led to nothing.

use std::collections::BTreeSet;

use crate::support::Fixture;
use casefile::document::DocumentId;

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
    assert_eq!(languages, ["zh"]);
    assert!(built.paths().contains(&"zh/notes/a.html".to_owned()));
    assert!(built.paths().contains(&"zh/img/b.html".to_owned()));
}

/// The language and the page of each document.
fn placed(files: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let built = Fixture::new(files).built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    let case = &built.site.case;
    let mut placed: Vec<_> = DocumentId::all(&case.documents)
        .map(|at| {
            let page = built.site.path_of(at).to_owned();
            (case.source_of(at).path.clone(), case.tag_of(at).to_owned(), page)
        })
        .collect();
    placed.sort();
    placed
}

#[test]
fn the_language_of_a_document_is_that_of_its_prose() {
    let files = [
        (
            "链接.md",
            "# 链接\n\n- 平台公告：<https://www.vorqualand.example/announcements/notice-of-suspension-of-withdrawals>\n",
        ),
        ("裁决.md", "# 裁决书\n\n![](scans/ruling-page-one.txt.png)\n\n`the code of it all is not in Chinese`\n"),
        (
            "往来.md",
            "# 往来\n\n[Vorqualand Holdings Limited](https://vorqualand.example/) 与 Quibblestone Freight 的来信。\n",
        ),
    ];
    for (file, text) in files {
        let text =
            text.replace("![](scans/ruling-page-one.txt.png)", "<img alt=\"the scan of page one of the ruling\">");
        let case = Fixture::new(&[(file, text.as_str())]).built().site.case;
        assert_eq!(case.languages[0].tag, "zh", "{file}");
    }
    for (text, tag) in [
        ("We did not get the goods that the seller promised (货盘).", "en"),
        ("荷物はまだ届いていません。返金もありません。", "ja"),
        ("물품을 받지 못했고 환불도 받지 못했습니다.", "ko"),
        ("لم نستلم البضاعة ولم نسترد المال حتى الآن.", "ar"),
        ("Nous n’avons reçu ni la marchandise ni le remboursement que le vendeur nous avait promis en avril.", "fr"),
        ("Wir haben weder die Ware noch die Rückzahlung erhalten, die uns der Verkäufer versprochen hat.", "de"),
        ("Мы не получили ни товара, ни денег, которые обещал вернуть продавец.", "ru"),
    ] {
        let case = Fixture::new(&[("a.md", text)]).built().site.case;
        assert_eq!(case.languages[0].tag, tag, "{text}");
    }
}

#[test]
fn names_of_files_pair_documents_where_the_texts_agree() {
    let (zh, en) = ("# 声明\n\n我们没有收到货。\n", "# Statement\n\nWe did not get the goods.\n");
    for (one, other, address) in [
        ("README.md", "README_EN.md", "readme"),
        ("README_CN.md", "README.md", "readme"),
        ("notice.zh_CN.md", "notice.en.md", "notice"),
        ("notice.zh-Hans.md", "notice.md", "notice"),
        ("陈述.md", "陈述（英文版）.md", "chen-shu"),
        ("陈述.md", "陈述英文版.md", "chen-shu"),
        ("notes/letter.md", "notes/letter-english.md", "notes/letter"),
        ("letter.md", "en-letter.md", "letter"),
        ("概述.md", "overview.md", "gai-shu"),
        ("zh/Notice.md", "en/notice.md", "notice"),
        ("zh/概述.md", "en/overview.md", "gai-shu"),
        ("zh/notice.zh.md", "en/notice.en.md", "notice"),
        ("notice.md", "en/notice.md", "notice"),
        ("docs/zh/notice.md", "docs/en/notice.md", "docs/notice"),
        ("材料/中文/信.md", "材料/english/信.md", "cai-liao/xin"),
    ] {
        let found = placed(&[(one, zh), (other, en)]);
        for (file, tag) in [(one, "zh"), (other, "en")] {
            let page = format!("{tag}/{address}.html");
            assert!(found.contains(&(file.to_owned(), tag.to_owned(), page)), "{one}, {other}: {found:?}");
        }
    }
}

#[test]
fn words_that_are_tags_of_languages_are_words_where_the_text_is_in_another() {
    let files = [
        ("what-it.md", "# What it is\n\nThis is what we know of it.\n"),
        ("what-it-is.md", "# What it is\n\nThis is all that there is to be known of it.\n"),
        ("os/notes.md", "# Notes\n\nThese are the notes of the operating system.\n"),
        ("sign-in.md", "# 登录\n\n登录的记录在此。\n"),
        ("sign.md", "# Sign\n\nThis is the sign at the door of the warehouse.\n"),
    ];
    let pages: Vec<String> = placed(&files).into_iter().map(|(.., page)| page).collect();
    assert_eq!(pages, ["en/os/notes.html", "en/sign-in.html", "en/sign.html", "en/what-it-is.html", "en/what-it.html"]);
}

#[test]
fn a_document_that_no_translation_was_promised_of_stands_among_the_others_in_its_own_language() {
    let files = [
        ("a.md", "# 申请书\n\n申请人请求支付货款。\n"),
        ("law.md", "# The statute\n\nA seller shall deliver the goods.\n"),
    ];
    let built = Fixture::new(&files).built();
    assert!(built.found().is_empty(), "{:?}", built.found());
    assert!(!built.paths().iter().any(|path| path.starts_with("en/")));
    let page = built.page("zh/law.html");
    assert_eq!(page.attributes("article", "lang"), ["en"]);
    assert_eq!(page.all("article span[lang]").len(), 0);
    assert_eq!(built.page("zh/index.html").attributes(".documents-list a[lang=en]", "href"), ["law.html"]);
}

#[test]
fn a_section_in_another_language_says_so() {
    let text = "# 声明 / Statement\n\n我们没有收到货，也没有收到退款，特此声明。\n\n## 中文版\n\n我们没有收到货。\n\n## English Version\n\nWe got neither the goods nor the refund (款项).\n\n### What we ask\n\nThat the price is paid back.\n\n## 附言\n\n另见该公司网页最下方的说明 the small print of it，不再重复。\n";
    let page = Fixture::new(&[("a.md", text)]).built().page("zh/a.html");
    assert_eq!(page.attributes("section[lang]", "lang"), ["en"]);
    assert_eq!(page.all("section[lang=en] section").len(), 1);
    assert_eq!(page.attributes("section[lang=en] p span", "lang"), ["zh"]);
    assert_eq!(page.text("section:not([lang]) p span[lang=en]"), "the small print of it");
}

#[test]
fn documents_are_in_the_order_of_numbers_and_of_pinyin() {
    let names = ["张三", "笔录10", "笔录2", "笔录十二", "阿里"];
    let files: Vec<(String, String)> =
        names.iter().map(|name| (format!("{name}.md"), format!("# {name}\n\n文字。\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let built = Fixture::new(&files).built();
    let titles: Vec<&str> = built.site.case.documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["阿里", "笔录2", "笔录10", "笔录十二", "张三"]);
}

#[test]
fn languages_are_named_in_their_own_words() {
    let files = ["zh-Hans", "zh-Hant", "ja", "ko", "ar"].map(|tag| (format!("{tag}/a.md"), format!("# {tag}\n")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let built = Fixture::new(&files).built();
    let names: BTreeSet<&str> = built.site.case.languages.iter().map(|language| language.table.name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["简体中文", "繁體中文", "日本語", "한국어", "العربية"]));
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

#[test]
fn a_few_words_of_english_are_english_and_a_sentence_of_german_is_german() {
    for (text, folder) in [
        ("Text before here. hello bob, please refund me. thanks, ann. End here.", "en"),
        ("Wir haben die Ware in der letzten Woche bezahlt und nie erhalten.", "de"),
    ] {
        let built = Fixture::new(&[("content/a.md", &format!("# X\n\n{text}\n"))]).built();
        assert!(built.paths().iter().any(|path| *path == format!("{folder}/a.html")), "{text}");
    }
}

#[test]
fn a_language_of_which_most_is_missing_and_that_folders_alone_promise_is_told_once() {
    let mut files = vec![("content/zh/a.md".to_owned(), "# 甲\n\n正文。\n".to_owned())];
    files.extend((0..6).map(|at| (format!("content/en/{}.md", char::from(b'a' + at)), "# A\n\nText.\n".to_owned())));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let found = Fixture::new(&files).built().found();
    assert_eq!(found.iter().filter(|found| found.starts_with("C501")).count(), 1, "{found:?}");
}
