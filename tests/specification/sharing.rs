//! What a site says of itself where it stands in the open, and what it keeps to itself where it does not.

use std::collections::BTreeSet;

use crate::support::{Built, Fixture};

const SETTINGS: &str = "title: {zh: 案, en: Case}\nsummary: {zh: 一句话。, en: A sentence.}\nlanguages: [zh, en]\nas_of: 2031-06-30\n\
                        version: 2.1\ntime_zone: Asia/Shanghai\nbase_url: https://example.com/a/project\n\
                        contact: {name: {zh: 甲, en: Jia}, email: jia@example.com}\nchanges:\n\
                        \x20 - {date: 2031-06-01, text: {zh: 第一次公布, en: First published}}\n\
                        \x20 - {date: 2031-06-30, text: {zh: 补充附录, en: An appendix was added}}\n";

/// A case of two documents, the second without a translation, with more settings.
fn with(more: &str) -> Fixture {
    Fixture::new(&[
        ("casefile.yaml", &format!("{SETTINGS}{more}")),
        ("content/zh/overview.md", "---\nsummary: 发生了什么。\n---\n# 概述\n\n见【证据1】。\n"),
        ("content/en/overview.md", "# Overview\n\ntext\n"),
        ("content/zh/timeline.md", "# 时间线\n\n- 2031-05-04，付款。\n"),
        ("content/images/card.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ])
}

fn pages(built: &Built) -> Vec<String> {
    built.paths().into_iter().filter(|path| path.ends_with(".html")).collect()
}

/// The text of each element of that name, in order.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let found = document.descendants().filter(|node| node.tag_name().name() == name);
    found.map(|node| node.text().unwrap_or("").to_owned()).collect()
}

#[test]
fn a_page_tells_where_it_stands_and_in_which_languages_it_is_really_written() {
    let built = with("").built();
    let base = "https://example.com/a/project/";
    let alternates = |path: &str| {
        let page = built.page(path);
        let tags = page.attributes("link[rel=alternate][hreflang]", "hreflang");
        let to = page.attributes("link[rel=alternate][hreflang]", "href");
        tags.into_iter()
            .zip(to)
            .map(|(tag, to)| format!("{tag} {}", to.strip_prefix(base).unwrap()))
            .collect::<Vec<_>>()
    };
    let overview = ["zh zh/overview.html", "en en/overview.html", "x-default zh/overview.html"];
    assert_eq!(alternates("zh/overview.html"), overview);
    assert_eq!(alternates("en/overview.html"), overview);
    assert_eq!(alternates("zh/index.html"), ["zh zh/index.html", "en en/index.html", "x-default index.html"]);
    assert_eq!(alternates("index.html"), alternates("en/index.html"));
    // Nobody translated it: the page in the other language only says so.
    assert_eq!(alternates("zh/timeline.html"), [""; 0]);
    assert_eq!(alternates("en/timeline.html"), [""; 0]);
    assert_eq!(built.page("en/timeline.html").attributes("meta[name=robots]", "content"), ["noindex"]);
    for path in pages(&built).iter().filter(|path| *path != "404.html") {
        let canonical = built.page(path).attributes("link[rel=canonical]", "href");
        assert_eq!(canonical, [format!("{base}{path}")]);
    }
}

#[test]
fn a_shared_address_shows_title_and_summary_and_the_picture_the_author_gives() {
    let fixture = with("card: content/images/card.png\n");
    let picture = image::RgbImage::new(12, 6);
    picture.save(fixture.path().join("content/images/card.png")).unwrap();
    let built = fixture.built();
    assert_eq!(built.found(), ["C301 6:2", "C501"]);
    let page = built.page("zh/overview.html");
    let property = |name: &str| page.attributes(&format!("meta[property='og:{name}']"), "content").join(" ");
    assert_eq!(
        (property("title"), property("site_name"), property("type")),
        ("概述".into(), "案".into(), "article".into())
    );
    assert_eq!(property("description"), "发生了什么。");
    assert_eq!(property("image"), "https://example.com/a/project/files/images/card.png");
    assert_eq!((property("image:width"), property("image:height")), ("12".into(), "6".into()));
    assert!(built.paths().contains(&"files/images/card.png".to_owned()));
    assert_eq!(built.page("en/overview.html").attributes("meta[name=description]", "content"), ["A sentence."]);
}

#[test]
fn a_card_that_is_no_picture_of_the_content_is_told_where_it_is_named() {
    for path in ["content/images/none.png", "content/images/card.svg", "../card.png", "/etc/passwd"] {
        let built = with(&format!("card: {path}\n")).built();
        assert!(built.found().contains(&"C403 12:7".to_owned()), "{path}: {:?}", built.found());
        assert!(!built.text("zh/index.html").contains("og:image"));
    }
}

#[test]
fn the_sitemap_lists_every_page_worth_finding_once_with_its_translations() {
    let built = with("").built();
    let xml = built.text("sitemap.xml");
    let listed = texts(&xml, "loc");
    let unique: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len());
    let paths: Vec<&str> =
        listed.iter().map(|address| address.strip_prefix("https://example.com/a/project/").unwrap()).collect();
    for path in ["index.html", "zh/index.html", "zh/overview.html", "en/overview.html", "zh/timeline.html"] {
        assert!(paths.contains(&path), "{path}");
    }
    let all = pages(&built);
    assert!(paths.iter().all(|path| all.iter().any(|page| page == path)));
    for path in ["404.html", "en/timeline.html", "zh/print.html", "zh/share.html", "zh-en/overview.html"] {
        assert!(!paths.contains(&path) && all.iter().any(|page| page == path), "{path}");
    }
    assert_eq!(
        xml.matches("hreflang=\"x-default\" href=\"https://example.com/a/project/zh/overview.html\"").count(),
        2
    );
    assert!(built.text("robots.txt").ends_with("\nSitemap: https://example.com/a/project/sitemap.xml\n"));
}

#[test]
fn a_sitemap_that_grows_too_large_is_several() {
    let fixture = Fixture::new(&[("casefile.yaml", "base_url: https://example.com/\nlanguages: [zh]\n")]);
    for number in 0..10_000 {
        fixture.write(&format!("content/{number}.md"), "文".as_bytes());
    }
    let built = fixture.built();
    let parts = texts(&built.text("sitemap.xml"), "loc");
    assert_eq!(parts, ["https://example.com/sitemap-1.xml", "https://example.com/sitemap-2.xml"]);
    let count = |path: &str| texts(&built.text(path), "loc").len();
    assert_eq!(count("sitemap-1.xml"), 10_000);
    assert!(count("sitemap-2.xml") > 0);
}

#[test]
fn changes_are_a_feed_and_stand_on_the_page_about_the_dossier() {
    let built = with("").built();
    let feed = built.text("zh/feed.xml");
    assert_eq!(texts(&feed, "title"), ["案", "补充附录", "第一次公布"]);
    let about = "https://example.com/a/project/zh/about-this-dossier.html";
    let ids = ["change-2031-06-30", "change-2031-06-01"].map(|anchor| format!("{about}#{anchor}"));
    assert_eq!(texts(&feed, "id")[1..], ids);
    assert_eq!(texts(&feed, "updated")[..2], ["2031-06-30T00:00:00+08:00", "2031-06-30T00:00:00+08:00"]);
    assert_eq!(texts(&feed, "name"), ["甲"]);
    let page = built.page("en/about-this-dossier.html");
    assert_eq!(page.text("#change-2031-06-30"), "2031-06-30 An appendix was added");
    for path in ["zh/index.html", "zh/overview.html"] {
        assert_eq!(built.page(path).attributes("link[type='application/atom+xml']", "href"), ["feed.xml"]);
    }
}

#[test]
fn whatever_a_change_says_the_feed_is_xml() {
    let fixture = with("");
    let nasty = "]]></feed><script>&amp; \\u0007\\u202e\\uFFFE \\\"quoted\\\"";
    fixture.write(
        "casefile.yaml",
        format!(
            "base_url: https://example.com/\ntitle: \"{nasty}\"\nchanges: [{{date: 2031-06-01, text: \"{nasty}\"}}]\n"
        )
        .as_bytes(),
    );
    let built = fixture.built();
    let said = texts(&built.text("zh/feed.xml"), "content");
    assert_eq!(said, ["]]></feed><script>&amp; [U+202E] \"quoted\""]);
}

#[test]
fn nobody_knows_where_a_site_without_address_stands_and_it_claims_nothing() {
    let fixture = with("");
    fixture.write("casefile.yaml", SETTINGS.replace("base_url: https://example.com/a/project\n", "").as_bytes());
    let built = fixture.built();
    let paths = built.paths();
    assert!(!paths.iter().any(|path| path.ends_with(".xml")), "{paths:?}");
    assert!(paths.contains(&".nojekyll".to_owned()));
    assert_eq!(built.text("robots.txt"), "User-agent: *\nAllow: /\n");
    for path in pages(&built) {
        let page = built.page(&path);
        assert!(!page.has("link[rel=canonical], link[hreflang], meta[property], a[href^='feed']"), "{path}");
    }
    // The changes are told all the same.
    assert!(built.page("zh/about-this-dossier.html").has("#change-2031-06-01"));
}

#[test]
fn an_unlisted_site_asks_on_every_page_to_be_left_out_and_lists_nothing() {
    let built = with("unlisted: true\n").built();
    for path in pages(&built) {
        let robots = built.page(&path).attributes("meta[name=robots]", "content");
        assert_eq!(robots, ["noindex, nofollow, noarchive"], "{path}");
    }
    assert!(!built.paths().iter().any(|path| path.ends_with(".xml")));
    let robots = built.text("robots.txt");
    assert!(!robots.contains("Sitemap") && !robots.contains("Disallow: /\n"), "{robots}");
}

const SECRET: &str = "4k9q2m7x1v8c5b3n6z0a";

#[test]
fn a_secret_path_holds_all_of_the_site_and_nothing_outside_of_it_tells_of_it() {
    let fixture = with(&format!("secret_path: {SECRET}\n"));
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stderr().contains(&format!("{SECRET}/index.html")), "{}", run.stderr());
    let mut outside: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(fixture.public("")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name == SECRET {
            assert!(entry.path().join("zh/overview.html").exists());
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        for told in [SECRET, "案", "Case", "jia"] {
            assert!(!text.contains(told), "{told} in {name}");
        }
        outside.push(name);
    }
    outside.sort();
    assert_eq!(outside, [".casefile", ".nojekyll", "404.html", "index.html", "robots.txt"]);
    let page = fixture.built().page(&format!("{SECRET}/zh/share.html"));
    assert!(page.text(".where").starts_with(&format!("https://example.com/a/project/{SECRET}/zh/index.html")));
}

#[test]
fn a_site_with_a_secret_path_is_built_anew_without_force_and_foreign_files_still_stop_it() {
    let fixture = with(&format!("secret_path: {SECRET}\n"));
    for secret in [SECRET, SECRET, "zzzzzzzzzzzzzzzzzzzz", ""] {
        let line = if secret.is_empty() { String::new() } else { format!("secret_path: {secret}\n") };
        fixture.write("casefile.yaml", format!("{SETTINGS}{line}").as_bytes());
        let run = fixture.run(&["build"]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
    }
    assert!(!fixture.public(SECRET).exists() && fixture.public("zh/index.html").exists());
    fixture.write("casefile.yaml", format!("{SETTINGS}secret_path: {SECRET}\n").as_bytes());
    assert_eq!(fixture.run(&["build"]).code(), 0);
    std::fs::write(fixture.public(SECRET).join("mine.txt"), "mine").unwrap();
    assert_eq!(fixture.run(&["build"]).code(), 2);
}

#[test]
fn every_page_bears_case_version_day_and_fingerprint_on_the_screen_and_on_paper() {
    let built = with("").built();
    let fingerprint = built.site.case.fingerprint.to_string();
    let short = [0, 4, 8, 12].map(|at| &fingerprint[at..at + 4]).join(" ");
    for path in pages(&built) {
        let foot = built.page(&path).text(".colophon p:first-child");
        let words = if path.starts_with("en/") {
            format!("Case · version 2.1 · As of 2031-06-30 · fingerprint {short}")
        } else {
            format!("案 · 版本 2.1 · 截至 2031-06-30 · 指纹 {short}")
        };
        assert_eq!(foot, words, "{path}");
    }
    let paper = built.text("en/paper.css");
    for content in ["\"Case\"", "\"As of 2031-06-30\"", "\"version 2.1\"", &format!("\"fingerprint {short}\"")] {
        assert!(paper.contains(content), "{content} in {paper}");
    }
}

#[test]
fn the_cover_sheet_says_what_it_is_where_it_stands_which_edition_and_whom_to_answer() {
    let built = with("").built();
    let page = built.page("en/share.html");
    assert_eq!(page.text("h1"), "Case");
    assert!(page.text(".lead").contains("Compiled and published by Jia."));
    assert_eq!(page.text(".where code"), "https://example.com/a/project/en/index.html");
    assert!(page.has(".qr svg"));
    let digits = page.texts(".digits code").concat();
    assert_eq!(digits, built.site.case.fingerprint.to_string());
    assert_eq!(page.all(".cells").len() * 4, 64);
    assert_eq!(page.attributes(".contact", "href"), ["mailto:jia@example.com"]);
    let nowhere = Fixture::new(&[("content/en/a.md", "# A\n\ntext\n")]).built().page("en/share.html");
    assert!(nowhere.has(".fill-in") && !nowhere.has(".qr"));
}

#[cfg(unix)]
#[test]
fn the_command_on_the_cover_sheet_gives_the_fingerprint_on_it() {
    let fixture = with("");
    let page = fixture.built().page("zh/share.html");
    let command = page.text("pre code");
    let output = std::process::Command::new("sh").arg("-c").arg(command).current_dir(fixture.path()).output().unwrap();
    let computed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(computed.split_whitespace().next().unwrap(), page.texts(".digits code").concat());
}

#[test]
fn the_page_for_wrong_addresses_finds_its_style_and_the_way_home_at_any_depth() {
    let fixture = with("");
    let known = fixture.built().page("404.html");
    assert_eq!(
        known.attributes("link[rel=stylesheet]:not([media])", "href"),
        ["https://example.com/a/project/static/casefile.css"]
    );
    assert_eq!(known.attributes("main a", "href")[1], "https://example.com/a/project/en/index.html");
    assert!(!known.has("script"));
    fixture.write("casefile.yaml", b"languages: [zh, en]\n");
    let unknown = fixture.built().page("404.html");
    let depths = ["", "../", "../../", "../../../", "../../../../"];
    for (selector, name, file) in
        [("link[rel=stylesheet]:not([media])", "href", "static/casefile.css"), ("script", "src", "static/lost.js")]
    {
        assert_eq!(unknown.attributes(selector, name), depths.map(|depth| format!("{depth}{file}")));
    }
    assert_eq!(unknown.attributes("main a", "data-home"), ["zh/index.html", "en/index.html"]);
    assert!(!unknown.has(".colophon a"));
}

#[test]
fn an_address_that_is_none_is_told_where_it_is_written() {
    for url in ["example.com/case", "https://example.com/?a=b", "https://example.com/#top", "https://me@example.com/"] {
        let fixture = Fixture::new(&[
            ("content/a.md", "# A\n\ntext\n"),
            ("casefile.yaml", &format!("title: x\nbase_url: {url}\n")),
        ]);
        assert_eq!(fixture.built().found(), ["C201 2:11"], "{url}");
        assert_eq!(fixture.run(&["build"]).code(), 1);
    }
}

#[test]
fn the_front_page_leads_to_the_one_file_that_holds_the_dossier() {
    let site = |settings: &str| {
        let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n文。\n")]);
        fixture.write("casefile.yaml", settings.as_bytes());
        fixture.built()
    };
    let built = site("download: https://example.com/case.zip\n");
    assert_eq!(built.page("zh/index.html").attributes(".caption a[rel]", "href"), ["https://example.com/case.zip"]);
    let both = site("download: https://example.com/case.zip\ndownload_single: https://example.com/case.html\n");
    assert_eq!(both.page("zh/index.html").texts(".caption a[rel]"), ["整份案卷（压缩包）", "单文件版（一个网页）"]);
    assert!(!site("version: 1\n").page("zh/index.html").has(".caption a[rel]"));
    for wrong in ["case.zip", "file:///home/a/case.zip", "https://a:b@example.com/case.zip"] {
        let found = site(&format!("download: {wrong}\n")).found();
        assert_eq!(found, ["C201 1:11"], "{wrong}");
    }
}
