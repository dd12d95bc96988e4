//! What is private is told, and refused, where one would not look for it.

use std::io::{Cursor, Write};

use crate::support::Fixture;

const NAME: &str = "林晓芸";
const SETTINGS: &str =
    "privacy: { withhold: [{ text: 林晓芸, aliases: [Quilla Brandt], shown: 甲某, reason: 保护 }] }\n";

/// A case that withholds [`NAME`], with these files.
fn withholding(files: &[(&str, &str)]) -> Fixture {
    let fixture = Fixture::new(files);
    fixture.write("casefile.yaml", SETTINGS.as_bytes());
    fixture
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A number as those of mobile telephones are, of nobody.
const MOBILE: &str = "13800000001";

#[test]
fn mail_in_an_encoding_of_china_is_searched_under_the_name_it_is_published_by() {
    let (body, ..) = encoding_rs::GB18030.encode("你好，证人林晓芸");
    let body = data_encoding::BASE64.encode(&body);
    let mail = format!(
        "From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n\n{body}\n"
    );
    let fixture = withholding(&[
        ("content/zh/a.md", "# 题\n\n见【证据1】。\n"),
        ("content/exhibits/exhibits.yaml", "- {number: 1, title: 信, file: m.eml}\n"),
        ("content/exhibits/m.eml", &mail),
    ]);
    let run = fixture.run(&["build"]);
    assert!(run.code() == 1 && run.stderr().contains("m.eml.txt"), "{}", run.stderr());
}

#[test]
fn a_name_in_the_address_of_a_search_stops_a_build() {
    for query in ["Quilla+Brandt", "%E6%9E%97+%E6%99%93%E8%8A%B8"] {
        let text = format!("# 题\n\n见 https://example.com/?a=1&q={query} 。\n");
        let run = withholding(&[("content/zh/a.md", &text)]).run(&["build"]);
        assert!(run.code() == 1 && run.stderr().contains("C240"), "{query}: {}", run.stderr());
    }
}

#[test]
fn a_name_that_is_a_key_of_somebody_elses_data_stops_a_build() {
    let fixture = withholding(&[
        ("content/zh/a.md", "# 题\n\n[表](data.json)\n"),
        ("content/zh/data.json", "{\"林晓芸\": {\"age\": 30}}"),
    ]);
    let run = fixture.run(&["build"]);
    assert!(run.code() == 1 && run.stderr().contains("data.json:1"), "{}", run.stderr());
}

#[test]
fn of_a_listed_file_that_holds_a_name_no_sum_is_published() {
    let fixture = withholding(&[
        ("content/zh/a.md", "# 题\n\n见【证据1】。\n"),
        ("content/exhibits/exhibits.yaml", "- {number: 1, title: 字条, visibility: listed, file: a.txt}\n"),
        ("content/exhibits/a.txt", &format!("举报人：{NAME}")),
    ]);
    for command in [&["build"][..], &["zip"], &["single"], &["check"]] {
        let run = fixture.run(command);
        assert_eq!(run.code(), 1, "{command:?}: {}", run.stderr());
        assert!(run.stderr().contains("content/exhibits/a.txt:1") && run.stderr().contains("visibility: private"));
    }
    assert!(!fixture.public("").exists());
    fixture.write("content/exhibits/a.txt", "举报人：甲某".as_bytes());
    assert_eq!(fixture.run(&["build"]).code(), 0);
}

#[test]
fn checking_finds_what_a_build_would_refuse() {
    let fixture = withholding(&[
        ("content/zh/a.md", "# 题\n\n见【证据1】。\n"),
        ("content/exhibits/exhibits.yaml", "- {number: 1, title: 表, file: a.csv}\n"),
        ("content/exhibits/a.csv", &format!("人\n{NAME}\n")),
    ]);
    let (check, build) = (fixture.run(&["check"]), fixture.run(&["build"]));
    assert_eq!((check.code(), build.code()), (1, 1), "{}", check.stderr());
    assert!(check.stderr().contains("a.csv:2"), "{}", check.stderr());
    fixture.write("content/exhibits/a.csv", "人\n甲某\n".as_bytes());
    assert_eq!((fixture.run(&["check"]).code(), fixture.run(&["build"]).code()), (0, 0));
}

#[test]
fn one_edition_is_never_put_into_the_folder_of_the_other() {
    let fixture = withholding(&[("content/zh/a.md", &format!("# 题\n\n{NAME}\n"))]);
    for arguments in [
        &["build", "--edition", "full", "-o", "public/full"][..],
        &["zip", "--edition", "full", "-o", "public/a.zip"],
        &["single", "--edition", "full", "-o", "public/a.html"],
        &["build", "-o", "full/public"],
        &["zip", "-o", "full/a.zip"],
    ] {
        // Whether anything stands there yet or not.
        for _ in 0..2 {
            let run = fixture.run(arguments);
            assert!(run.code() == 2 && run.stderr().contains("edition elsewhere"), "{arguments:?}: {}", run.stderr());
            assert_eq!(fixture.run(&["build"]).code(), 0);
        }
    }
    assert_eq!(fixture.run(&["build", "-o", "site"]).code(), 0);
    assert_eq!(fixture.run(&["build", "--edition", "full", "-o", "site/full"]).code(), 2);
    assert_eq!(fixture.run(&["build", "--edition", "full", "-o", "handed/full"]).code(), 0);
}

#[test]
fn what_a_private_exhibit_is_called_stops_a_build_in_running_text() {
    let list = "- number: 1\n  title: {zh: 王小二的日记}\n  visibility: private\n  reason: 隐私\n  file: a.txt\n- {number: 2, title: 账}\n";
    let run = |text: &str| {
        Fixture::new(&[
            ("content/zh/a.md", text),
            ("content/exhibits/exhibits.yaml", list),
            ("content/exhibits/a.txt", "密"),
        ])
        .run(&["build"])
    };
    for text in [
        "# 题\n\n见【证据1】《王小二的日记》。\n",
        "# 题\n\n王小二的日记见【证据1】。\n",
        "# 题\n\n《王小二的 日记》\n",
    ] {
        let run = run(text);
        assert!(run.code() == 1 && run.stderr().contains("describes exhibit 1"), "{text}: {}", run.stderr());
    }
    for text in ["# 题\n\n见【证据1】[《王小二的日记》]{private}。\n", "# 题\n\n见【证据2】。\n\n王小二的日记本\n"]
    {
        let run = run(text);
        assert_eq!(run.code(), 0, "{text}: {}", run.stderr());
    }
}

#[test]
fn where_a_withheld_link_leads_is_withheld_with_it() {
    let text = "# 题\n\n公开[看[x][a]]{private}公开，[那里][b]与[c]\n\n[a]: https://example.com/zebrine \"秘密题\"\n[b]: https://example.com/open-b\n[c]: https://example.com/open-c\n";
    let fixture = Fixture::new(&[("content/zh/a.md", text)]);
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let model = std::fs::read_to_string(fixture.public("case.json")).unwrap();
    assert!(!model.contains("zebrine") && !model.contains("秘密题"), "{model}");
    assert!(model.contains("open-b") && model.contains("open-c"));
    assert_eq!(fixture.run(&["build", "--edition", "full"]).code(), 0);
    assert!(std::fs::read_to_string(fixture.path().join("full/case.json")).unwrap().contains("zebrine"));
}

#[test]
fn a_rectangle_that_covers_next_to_nothing_stops_a_build() {
    let mut picture = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 30, image::Rgb([250; 3])).write_to(&mut picture, image::ImageFormat::Png).unwrap();
    let run = |rect: &str| {
        let list = format!("- {{number: 1, title: 图, files: [{{file: a.png, cover: [{{rect: {rect}}}]}}]}}\n");
        let fixture =
            Fixture::new(&[("content/zh/a.md", "# 题\n\n【证据1】\n"), ("content/exhibits/exhibits.yaml", &list)]);
        fixture.write("content/exhibits/a.png", picture.get_ref());
        fixture.run(&["build"])
    };
    for (rect, told) in [("[0.1, 0.2, 0.3, 0.2]", "fractions"), ("[10, 10, 2, 50]", "less than a pixel")] {
        let run = run(rect);
        assert!(run.code() == 1 && run.stderr().contains(told), "{rect}: {}", run.stderr());
    }
    assert_eq!(run("[10, 10, 3, 50]").code(), 0);
}

#[test]
fn what_the_theme_shows_on_every_page_is_looked_at() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 题\n"), ("static/search.js", &format!("call('{MOBILE}')"))]);
    let run = fixture.run(&["check"]);
    assert!(run.stderr().contains("C234") && run.stderr().contains("static/search.js"), "{}", run.stderr());
}

#[test]
fn no_rule_turns_off_what_tells_of_something_private() {
    for rule in ["mobile-number", "C235", "telling-metadata"] {
        let fixture =
            Fixture::new(&[("content/zh/a.md", "# 题\n"), ("casefile.yaml", &format!("rules: {{ {rule}: off }}\n"))]);
        let run = fixture.run(&["check"]);
        assert!(run.code() == 1 && run.stderr().contains("privacy: allow:"), "{}", run.stderr());
    }
    let fixture = Fixture::new(&[
        ("content/zh/a.md", &format!("# 题\n\n电话 {MOBILE}\n")),
        ("casefile.yaml", "rules: { mobile-number: error }\n"),
    ]);
    assert_eq!(fixture.run(&["check"]).code(), 1);
}

#[test]
fn a_picture_within_a_document_or_a_pdf_tells_where_it_was_taken() {
    let rules = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let picture = std::fs::read(rules.join("C904-telling-metadata/fires/content/exhibits/door.jpg")).unwrap();
    let document = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:p><w:t>text</w:t></w:p>"),
        ("word/media/image1.jpg", &picture),
    ]);
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 题\n\n【证据1】\n"),
        ("content/exhibits/exhibits.yaml", "- {number: 1, title: 文, file: a.docx}\n"),
    ]);
    fixture.write("content/exhibits/a.docx", &document);
    let run = fixture.run(&["check"]);
    assert!(run.stderr().contains("C904") && run.stderr().contains("a.docx"), "{}", run.stderr());
    let objects = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n3 0 obj<</Subtype/Image/Filter/DCTDecode>>\nstream\n";
    let pdf = [b"%PDF-1.4\n", objects.as_bytes(), &picture, b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"].concat();
    fixture.write("content/exhibits/a.docx", &pdf);
    let run = fixture.run(&["check"]);
    assert!(run.stderr().contains("C904") && run.stderr().contains("says where"), "{}", run.stderr());
}

#[test]
fn that_a_long_text_was_not_read_to_its_end_is_said() {
    let long = format!("{}{MOBILE}", "甲乙丙丁\n".repeat((17 << 20) / 13));
    let fixture = Fixture::new(&[("content/zh/a.md", "# 题\n\n[表](long.txt)\n"), ("content/zh/long.txt", &long)]);
    let run = fixture.run(&["check"]);
    assert!(run.stderr().contains("not looked into") && run.stderr().contains("long.txt"), "{}", run.stderr());
}
