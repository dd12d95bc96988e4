//! Whatever comes in: a clear message, nothing lost, no panic, the old site untouched.

use std::fmt::Write;
use std::time::Instant;

use crate::support::{Built, Fixture, built, page_of, program};

/// `build` refuses with that code in its message and leaves the old site as it was.
fn refused(fixture: &Fixture, code: &str) -> String {
    fixture.write("public/.casefile", b"made by casefile\nindex.html\n");
    fixture.write("public/index.html", b"the old site");
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 1, "{}", run.stderr());
    assert!(run.stderr().contains(&format!("error[{code}]")), "{}", run.stderr());
    assert_eq!(std::fs::read(fixture.public("index.html")).unwrap(), b"the old site");
    run.stderr()
}

#[test]
fn no_content_is_refused() {
    refused(&Fixture::new(&[("content/readme.txt", "x")]), "C105");
    refused(&Fixture::new(&[]), "C105");
}

#[test]
fn a_folder_that_is_not_there_cannot_be_run() {
    let fixture = Fixture::new(&[]);
    let run = fixture.run(&["-r", "/nowhere/at/all", "build"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("--root"), "{}", run.stderr());
}

#[test]
fn an_empty_file_is_a_page_with_a_warning() {
    for text in ["", "\n\n", "---\ntitle: 空\n---\n"] {
        let built = built(text);
        assert_eq!(built.found(), ["C106"], "{text:?}");
        assert!(!built.page("zh/a.html").text("h1").is_empty());
    }
}

#[test]
fn other_encodings_are_named_and_refused() {
    let text = "# 概述\n\n申请人于当日凌晨发现异常，随后报警。\n";
    let utf16 = |mark: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(order).collect()
    };
    let samples = [
        (encoding_rs::GB18030.encode(text).0.into_owned(), "GB18030"),
        (utf16("\u{feff}", u16::to_le_bytes), "UTF-16LE"),
        (utf16("\u{feff}", u16::to_be_bytes), "UTF-16BE"),
        (utf16("", u16::to_le_bytes), "UTF-16LE"),
        (utf16("", u16::to_be_bytes), "UTF-16BE"),
        (b"# a\n\nbroken \xff\xfe\x01 here".to_vec(), "save the file as UTF-8"),
    ];
    for (bytes, named) in samples {
        let fixture = Fixture::new(&[("content/zh/b.md", "# 乙\n")]);
        fixture.write("content/zh/a.md", &bytes);
        let message = refused(&fixture, "C102");
        assert!(message.contains("content/zh/a.md") && message.contains(named), "{named}: {message}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let plain = "# 题\n\n见【注1】。\n第二行\n\n【注1】文字。\n";
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    let (a, b) = (built(plain), built(&windows));
    assert_eq!(a.page("zh/a.html").html(".frame"), b.page("zh/a.html").html(".frame"));
    assert_eq!(a.model()["documents"][0]["references"], b.model()["documents"][0]["references"]);
}

#[test]
fn a_nul_is_shown_as_the_replacement_character_and_reported() {
    let built = built("# 题\n\n前\0后，见【注1】。\n\n【注1】文字。\n");
    assert_eq!(built.found(), ["C103 3:2"]);
    assert!(built.page("zh/a.html").texts("article p").contains(&"前\u{fffd}后，见【注1】。".to_owned()));
}

#[test]
fn deep_nesting_is_shown_as_plain_text() {
    let quotes = format!("{}深\n", "> ".repeat(50_000));
    let lists = format!("{}深\n", "- ".repeat(50_000));
    let mut indented = String::new();
    for level in 0..2_000 {
        let _ = writeln!(indented, "{}- 层", "  ".repeat(level));
    }
    for text in [quotes, lists, indented, format!("{}深\n", ">".repeat(50_000))] {
        let built = built(&text);
        assert_eq!(built.found()[0].split(' ').next(), Some("C104"));
        assert!(built.text("zh/a.html").contains(if text.contains('深') { "深" } else { "层" }));
    }
}

#[test]
fn deep_inline_nesting_is_survived() {
    for text in [
        "[".repeat(50_000),
        "**甲_ ".repeat(20_000),
        "![a](".repeat(20_000),
        "<div>".repeat(5_000),
        "【".repeat(20_000),
        "<b>".repeat(3_000),
        "`".repeat(50_000),
        "$a ".repeat(20_000),
        "[^a".repeat(20_000),
    ] {
        assert!(!built(&format!("# 题\n\n{text}尾\n")).text("zh/a.html").is_empty());
    }
}

#[test]
fn formulas_that_are_nested_or_long_beyond_reason_are_shown_as_written() {
    for formula in [
        r"\sqrt ".repeat(4_000) + "1",
        r"\frac{1}{".repeat(2_000) + "1" + &"}".repeat(2_000),
        "{".repeat(4_000) + "1" + &"}".repeat(4_000),
        "a^".repeat(4_000) + "a",
        r"\sqrt x+".repeat(1_000) + "1",
    ] {
        let built = built(&format!("# 题\n\n$${formula}$$\n\n尾\n"));
        assert!(built.found().iter().any(|found| found.starts_with("C602")), "{}", &formula[..20]);
        let page = built.text("zh/a.html");
        assert!(page.contains(&formula[..40]) && page.contains("尾"));
    }
    let built = built(&format!("# 题\n\n${}1$\n", r"\sqrt ".repeat(100)));
    assert!(built.found().is_empty(), "{:?}", built.found());
}

#[test]
fn what_is_begun_many_times_and_never_ended_is_looked_for_once() {
    for text in [
        "[x](#a)\n\n".repeat(1_000),
        "<template>".repeat(2_000),
        "%%甲".repeat(3_000),
        "<select><option>".repeat(1_000),
        "March 2031 to ".repeat(1_000),
        "甲\r".repeat(3_000),
        "\u{3000}\n".repeat(20_000) + "1-1，甲",
        "{%".repeat(30_000),
        "{{ a }} ".repeat(10_000),
        "{#a}".repeat(10_000),
        "<a href=\"x\">".repeat(3_000),
        "甲\u{202e}".repeat(10_000),
        "（".repeat(20_000) + "1=1" + &"）".repeat(20_000),
        "9*".repeat(20_000) + "1=2元",
        "9".repeat(50_000) + "=1",
        "1=".repeat(5_000) + "2",
        "![[a.png]]".repeat(2_000),
        "`a` `订单号 1` ".repeat(2_000),
        "> ## a\n>\n> 1元\n\n".repeat(1_000),
        (0..3_000).map(|at| format!("[a](#x{at})\n\n## h{at}\n\n")).collect(),
        format!("|{}\n|{}\n|甲\n", "甲|".repeat(1_000), "-|".repeat(1_000)),
    ] {
        assert!(!built(&format!("# 题\n\n{text}尾\n")).found().iter().any(|found| found.starts_with("C110")));
    }
}

#[test]
fn twenty_megabytes_in_one_file_are_a_page() {
    let paragraph = "交易所的记录【注1】显示，当日凌晨发生了四次请求，金额为 $1.50 + 2.50 = 4.00$ 元。\n\n";
    let mut text = String::from("# 题\n\n");
    while text.len() < 20_000_000 {
        text.push_str(paragraph);
    }
    text.push_str("【注1】文字。\n");
    let started = Instant::now();
    let built = built(&text);
    let page = built.text("zh/a.html");
    assert!(page.len() > text.len() && page.contains("id=\"note-1\""));
    println!("20 MB in {:?}", started.elapsed());
}

#[test]
fn broken_yaml_duplicate_keys_and_alias_bombs_are_refused() {
    let mut bomb = String::from("title: &a [x, x, x, x, x, x, x, x, x]\n");
    let mut previous = 'a';
    for name in 'b'..='m' {
        let list = vec![format!("*{previous}"); 9].join(", ");
        let _ = writeln!(bomb, "{name}: &{name} [{list}]");
        previous = name;
    }
    for (yaml, code) in [
        ("title: [never closed\n", "C201"),
        ("title: a\ntitle: b\n", "C201"),
        ("titel: a\n", "C203"),
        ("languages: zh\n", "C201"),
        (bomb.as_str(), "C20"),
    ] {
        let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n"), ("casefile.yaml", yaml)]);
        fixture.write("public/.casefile", b"made by casefile\n");
        let run = fixture.run(&["build"]);
        assert_eq!(run.code(), 1, "{yaml}");
        assert!(run.stderr().contains(&format!("error[{code}")), "{yaml}: {}", run.stderr());
        assert!(run.stderr().contains("casefile.yaml:"), "{yaml}: {}", run.stderr());
    }
    for (front, code) in [("title：a", "C202"), ("draft: ture", "C209")] {
        let fixture = Fixture::new(&[("content/zh/a.md", &format!("---\n{front}\n---\n# 甲\n"))]);
        let message = refused(&fixture, code);
        assert!(message.contains("content/zh/a.md:"), "{message}");
    }
}

#[test]
fn front_matter_of_other_tools_stops_no_build_and_what_it_hides_stays_hidden() {
    let fixture = Fixture::new(&[
        ("zh/a.md", "---\nlayout: post\ntitle: Reply: the shop\ntags: [甲]\nmy_note: x\n---\n正文。\n"),
        ("zh/b.md", "+++\ntitle = \"乙\"\n+++\n\n正文。\n"),
        ("zh/c.md", "<!-- 译注 -->\n---\ntitle: 丙\n---\n正文。\n"),
        ("zh/d.md", "---\npublished: false\n---\n# 丁\n"),
        ("zh/_drafts/e.md", "# 戊\n"),
    ]);
    let built = fixture.built();
    assert_eq!(built.found(), ["C208 5:1"]);
    let titles: Vec<&str> = built.site.case.documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["Reply: the shop", "乙", "丙"]);
    assert_eq!(built.page("zh/b.html").texts("main p"), ["正文。"]);
}

#[test]
fn an_unknown_key_is_told_with_what_was_probably_meant() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n"), ("casefile.yaml", "title: 案\nlangauges: [zh]\n")]);
    let message = refused(&fixture, "C203");
    assert!(message.contains("casefile.yaml:2:1") && message.contains("did you mean `languages`?"), "{message}");
}

#[test]
fn two_documents_with_one_address_are_refused() {
    let fixture = Fixture::new(&[("content/zh/b.md", "---\nslug: a\n---\n\n# 甲\n"), ("content/zh/a.md", "# 乙\n")]);
    let message = refused(&fixture, "C205");
    assert!(message.contains("content/zh/b.md") && message.contains("content/zh/a.md"), "{message}");
}

#[test]
fn paths_that_leave_the_case_are_refused() {
    for link in
        ["[x](../../../etc/passwd)", "![x](../../../x.png)", "[x](..\\\\..\\\\..\\\\x)", "[x](%2e%2e/%2e%2e/%2e%2e/x)"]
    {
        let fixture = Fixture::new(&[("content/zh/a.md", &format!("# 甲\n\n{link}\n"))]);
        refused(&fixture, "C206");
    }
    let fixture =
        Fixture::new(&[("content/zh/a.md", "# 甲\n\n[x](/etc/passwd) ![y](/etc/passwd) [z](file:///etc/passwd)\n")]);
    let built = fixture.built();
    assert_eq!(built.found(), ["C401 3:1", "C403 3:18", "C404 3:36"]);
    assert!(!built.text("zh/a.html").contains("href=\"/etc"));
}

/// Texts that would run, or reach out, if any of them came through as markup.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'><iframe src=javascript:alert(1)>",
    "<style>body{background:url(https://evil.example/x)}</style>",
    "</title><script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
];

#[test]
fn nothing_an_author_writes_can_act_wherever_text_can_stand() {
    for attack in ATTACKS {
        let quoted = attack.replace('\'', "''");
        let text = format!(
            "---\ntitle: '{quoted}'\nsummary: '{quoted}'\n---\n# {attack}\n\n## 一，{attack} {{#x}}\n\n段 {attack} 【{attack}注1】 \
             [{attack}](https://example.com/ \"{}\") ![{attack}](x.png) `{attack}` ${attack}$\n\n{attack}\n\n| {attack} |\n|---|\n| {attack} |\n\n\
             【注1】{attack}\n\n[^{}]: {attack}\n\n{{% tab title=\"{}\" %}}\n{attack}\n\n```{attack}\n{attack}\n```\n",
            attack.replace('"', "'"),
            attack.replace([' ', '[', ']'], ""),
            attack.replace('"', "'"),
        );
        let fixture = Fixture::new(&[("content/zh/a.md", &text)]);
        fixture.write(
            "casefile.yaml",
            format!(
                "title: '{quoted}'\nsummary: '{quoted}'\nparties: [{{id: a, name: '{quoted}'}}]\nversion: '{quoted}'\n\
                 changes: [{{date: 2031-05-04, text: '{quoted}'}}]\n"
            )
            .as_bytes(),
        );
        let name = attack.replace('/', "");
        fixture.write(&format!("content/zh/{name}.md"), text.as_bytes());
        let built = fixture.built();
        for path in built.paths().into_iter().filter(|path| path.ends_with(".html")) {
            let page = built.page(&path);
            let own = page.attributes("script", "src");
            let files: Vec<&str> = own.iter().map(|src| src.trim_start_matches("../")).collect();
            // The page for wrong addresses looks for its script at several depths.
            let expected = if path == "404.html" {
                &["static/lost.js"; 5][..]
            } else {
                &["static/casefile.js", "static/search.js"]
            };
            assert_eq!(files, expected, "{attack} in {path}");
            for element in page.all("*:not(head > script)") {
                let name = element.value().name();
                assert!(
                    !matches!(name, "script" | "iframe" | "svg" | "style" | "base" | "object" | "form"),
                    "{attack} in {path}: <{name}>"
                );
                for (key, value) in element.value().attrs() {
                    assert!(!key.starts_with("on") && key != "style", "{attack} in {path}: {key}");
                    assert!(!value.trim().to_lowercase().starts_with("javascript:"), "{attack} in {path}: {key}");
                }
            }
            assert_eq!(page.all("meta[http-equiv]").len(), 1, "{attack} in {path}");
        }
    }
}

#[test]
fn links_that_run_code_are_disabled_and_reported() {
    for url in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "java&#10;script:alert(1)",
        "//evil.example/x",
    ] {
        let built = built(&format!("[字]({url}) <a href=\"{url}\">乙</a>\n"));
        let page = built.page("zh/a.html");
        assert!(
            page.attributes("article p a", "href")
                .iter()
                .all(|href| !href.contains("script") && !href.contains("evil")),
            "{url}"
        );
        assert!(built.found().iter().any(|found| found.starts_with("C404")), "{url}: {:?}", built.found());
        assert!(page.text("article > p").contains('字'), "{url}");
    }
}

#[test]
fn an_image_within_the_words_of_an_image_swallows_nothing() {
    let page = page_of("# 甲\n\n![![x](a.png)](b.png)\n\n后面的话。\n\n- 1-1，还有一条。\n");
    assert!(page.text("article").contains("后面的话。") && page.text("article").contains("还有一条。"));
}

#[test]
fn a_number_before_an_unusual_character_reference_is_the_number_alone() {
    let page = page_of("# 甲\n\n## 1-43，a &LT;b\n\n- 1-42，a &LT;b\n");
    assert_eq!(page.texts("h2 .number"), ["1-43"]);
    assert_eq!(page.texts("li .number"), ["1-42"]);
    assert!(page.text("h2").contains("a <b"));
}

#[test]
fn a_drawing_is_shown_without_what_it_runs() {
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n![图](bad.svg)\n\n![图](good.svg)\n\n[文件](bad.svg)\n"),
        ("content/zh/bad.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"><circle r=\"1\"/></svg>"),
        ("content/zh/good.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\"/></svg>"),
    ]);
    let built = fixture.built();
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("img", "src"), ["../files/zh/bad.svg", "../files/zh/good.svg"]);
    assert_eq!(page.attributes("a.file", "href"), ["../files/zh/bad.svg"]);
    assert_eq!(built.found(), ["C910 3:1", "C910 7:1"]);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let published = std::fs::read_to_string(fixture.public("files/zh/bad.svg")).unwrap();
    assert!(published.contains("<circle r=\"1\">") && !published.contains("onload"), "{published}");
}

#[test]
fn settings_that_are_not_read_are_refused_wherever_they_lie() {
    let hidden = "title: x\nunlisted: true\n";
    let list = "- number: 1\n  title: x\n  visibility: hidden\n";
    for (path, text) in [
        ("casefile.yml", hidden),
        ("casefile.yaml.txt", hidden),
        ("CASEFILE.YAML", hidden),
        (".casefile.yaml", hidden),
        ("casefile.json", "{}"),
        ("casefile.txt", hidden),
        ("casefile", hidden),
        ("casefiles.yaml", hidden),
        ("casefile.yaml.bak", hidden),
        ("casefile.yaml/a", "a folder"),
        ("casefile.ya", hidden),
        ("casefile.md", hidden),
        ("casefile.html", "<p>title: x</p>\n<p>unlisted: true</p>\n"),
        ("casefile.rtf", "{\\rtf1\\ansi title: x\\par unlisted: true\\par}"),
        ("config/casefile.yaml", hidden),
        ("exhibits/casefile.yaml", hidden),
        ("content/casefile", hidden),
        ("content/casefile.json", "\"unlisted\": true\nunlisted: true\n"),
        ("content/casefile.yaml", hidden),
        ("content/casefile.yaml/a", "a folder"),
        ("content/zh/casefile.yaml", hidden),
        ("content/.casefile.yaml", hidden),
        ("exhibits.yaml", list),
        ("exhibits/exhibits.yaml", list),
        ("content/exhibits.yaml", list),
        ("content/Exhibits/exhibits.yaml", list),
        ("content/zh/exhibits/exhibits.yaml", list),
        ("content/exhibits/exhibits.yaml.txt", list),
        ("content/exhibits/Exhibits.yml", list),
        ("content/exhibits/exhibit.yaml", list),
        ("content/exhibits/exhibits.yaml/a", "a folder"),
    ] {
        let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n文。\n"), (path, text)]);
        let told = refused(&fixture, "C220");
        let told_path = path.strip_suffix("/a").unwrap_or(path);
        assert!(told.contains(told_path), "{path}: {told}");
    }
}

#[test]
fn who_names_the_content_of_a_case_is_told_of_the_settings_above_it() {
    let text = ("docs/a.md", "# A\n");
    for settings in ["casefile.yaml", "casefile.yml", "Casefile.yaml"] {
        for content in ["content", "docs"] {
            let document = (format!("{content}/a.md"), "# A\n");
            let fixture = Fixture::new(&[(document.0.as_str(), document.1), (settings, "unlisted: true\n")]);
            let run =
                program().args(["--lang", "en", "-r"]).arg(fixture.path().join(content)).arg("check").output().unwrap();
            let told = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
            assert!(!run.status.success() && told.contains("C220"), "{settings} {content}: {told}");
        }
    }
    // Beside the folder of its content a case may hold what it likes.
    let fixture = Fixture::new(&[text, ("content/a.md", "# A\n"), ("casefile.yaml", "unlisted: true\n")]);
    let run = program().arg("-r").arg(fixture.path().join("docs")).arg("check").output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

#[test]
fn a_setting_that_slipped_among_the_languages_of_a_text_is_told() {
    for settings in [
        "title:\n  en: x\n  unlisted: true\n",
        "summary:\n  en: x\n  secret_path: abcdefghijabcdefghij\n",
        "contact:\n  name:\n    zh: x\n    base_url: https://h.example/\n",
    ] {
        let fixture = Fixture::new(&[("content/a.md", "# A\n"), ("casefile.yaml", settings)]);
        refused(&fixture, "C204");
    }
    let fixture = Fixture::new(&[("content/a.md", "# A\n"), ("casefile.yaml", "title:\n  en: x\n  zh-Hant: y\n")]);
    assert_eq!(fixture.run(&["check"]).code(), 0);
}

#[test]
fn settings_beside_those_that_are_read_are_refused_and_what_was_put_aside_is_not() {
    let case = [("content/zh/a.md", "# 甲\n\n文。\n"), ("casefile.yaml", "title: x\n")];
    let with = |path| Fixture::new(&[case[0], case[1], (path, "title: y\nunlisted: true\n")]);
    for path in ["casefile.yml", "casefile (1).yaml", "content/casefile.yaml"] {
        refused(&with(path), "C220");
    }
    for path in [
        "casefile.yaml.bak",
        "casefile-old.yaml",
        "casefile.yaml~",
        ".#casefile.yaml",
        "casefile.schema.json",
        "case.yaml",
        "notes/casefile.yaml",
    ] {
        let run = with(path).run(&["build"]);
        assert_eq!(run.code(), 0, "{path}: {}", run.stderr());
    }
}

#[test]
fn the_content_of_a_case_is_not_taken_for_a_case_without_settings() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n文。\n"), ("casefile.yaml", "unlisted: true\n")]);
    for folder in ["content", "content/zh"] {
        assert_eq!(Built::of(&fixture.path().join(folder)).found(), ["C220"], "{folder}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_link_to_nothing_in_the_place_of_settings_is_refused() {
    for path in ["casefile.yaml", "content/exhibits/exhibits.yaml"] {
        let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n文。\n"), ("content/exhibits/b.txt", "b")]);
        std::os::unix::fs::symlink("nowhere", fixture.path().join(path)).unwrap();
        refused(&fixture, "C220");
        std::fs::remove_file(fixture.path().join(path)).unwrap();
        let made = std::process::Command::new("mkfifo").arg(fixture.path().join(path)).status().unwrap();
        assert!(made.success());
        refused(&fixture, "C220");
    }
}
