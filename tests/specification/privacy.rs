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

/// A PDF of one page by somebody, of which a version before said something else.
fn pdf(more: &str) -> Vec<u8> {
    let stream = |text: &str| {
        let content = format!("BT /F 12 Tf 20 100 Td ({text}) Tj ET");
        format!("4 0 obj<</Length {}>>\nstream\n{content}\nendstream endobj\n", content.len())
    };
    let objects = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R{more}>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
         5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n6 0 obj<</Author(Xenia Holmgren)>>endobj\n"
    );
    let at = |file: &str, number: usize| file.rfind(&format!("\n{number} 0 obj")).map_or(0, |at| at + 1);
    let first = objects.clone() + &stream("an older word");
    let table = |file: &str, numbers: std::ops::RangeInclusive<usize>| {
        let rows: String = numbers.clone().map(|number| format!("{:010} 00000 n \n", at(file, number))).collect();
        format!("xref\n0 1\n0000000000 65535 f \n{} {}\n{rows}", numbers.start(), numbers.clone().count())
    };
    let tail = |start: usize, more: &str| {
        format!("trailer<</Size 7/Root 1 0 R/Info 6 0 R{more}>>\nstartxref\n{start}\n%%EOF\n")
    };
    let whole = format!("{first}{}{}", table(&first, 1..=6), tail(first.len(), ""));
    let saved = whole.clone() + &stream("the words of it");
    let prev = format!("/Prev {}", first.len());
    format!("{saved}{}{}", table(&saved, 4..=4), tail(saved.len(), &prev)).into_bytes()
}

/// A case with a file as its exhibit, and what stands in casefile.yaml.
fn with_exhibit(name: &str, bytes: &[u8], settings: &str) -> Fixture {
    let fixture = Fixture::new(&[
        ("casefile.yaml", settings),
        ("content/zh/a.md", &format!("# 题\n\n【证据1】与[它](../other/{name})\n")),
        ("content/exhibits/exhibits.yaml", &format!("- {{number: 1, title: 文, file: {name}}}\n")),
    ]);
    fixture.write(&format!("content/exhibits/{name}"), bytes);
    fixture.write(&format!("content/other/{name}"), &[bytes, b"\n"].concat());
    fixture
}

/// The published file, whether or not it is published as a text.
fn published(fixture: &Fixture, folder: &str, name: &str) -> Option<Vec<u8>> {
    let path = fixture.public(&format!("files/{folder}/{name}"));
    std::fs::read(&path).or_else(|_| std::fs::read(path.with_extension("docx.txt"))).ok()
}

fn photograph() -> Vec<u8> {
    let rules = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    std::fs::read(rules.join("C904-telling-metadata/fires/content/exhibits/door.jpg")).unwrap()
}

#[test]
fn a_file_is_published_without_those_who_made_it_and_reads_the_same() {
    let document = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships/>"),
        ("word/document.xml", b"<w:p><w:ins w:author='Xenia Holmgren'><w:r><w:t>text</w:t></w:r></w:ins></w:p>"),
        ("word/media/image1.jpg", &photograph()),
    ]);
    for (name, bytes) in [("a.docx", document), ("a.pdf", pdf(""))] {
        let fixture = with_exhibit(name, &bytes, "");
        let run = fixture.run(&["build"]);
        assert!(run.code() == 0 && !run.stderr().contains("C904"), "{name}: {}", run.stderr());
        for folder in ["exhibits", "other"] {
            let published = published(&fixture, folder, name).unwrap();
            let (before, after) = (casefile_inside::read(&bytes, name), casefile_inside::read(&published, name));
            assert_eq!(before.text, after.text, "{name}");
            assert!(!before.text.trim().is_empty());
            assert!(after.metadata.iter().all(|entry| entry.value == "Author 1"), "{name}: {:?}", after.metadata);
            for word in ["Xenia", "older word", "GPS"] {
                assert!(memchr::memmem::find(&published, word.as_bytes()).is_none(), "{name}: {word}");
            }
        }
        let page = std::fs::read_to_string(fixture.public("zh/exhibit-1.html")).unwrap();
        let sum = casefile::sha256::Sha256::of(&bytes).to_string();
        assert!(
            page.contains(&sum) && page.contains("（原始文件）"),
            "{name}: {sum} {}",
            page.lines().filter(|line| line.contains("SHA")).collect::<String>()
        );
        // The full edition has it as it is.
        assert_eq!(fixture.run(&["build", "--edition", "full"]).code(), 0);
        let whole = std::fs::read(fixture.path().join(format!("full/files/exhibits/{name}"))).unwrap();
        assert_eq!(whole, bytes);
        // Whoever wants it published as it is says so, and is told.
        fixture.write("casefile.yaml", b"strip_metadata: false\n");
        let run = fixture.run(&["build"]);
        assert!(run.code() == 0 && run.stderr().contains("C904"), "{name}: {}", run.stderr());
        assert_eq!(published(&fixture, "exhibits", name).unwrap(), bytes);
    }
}

#[test]
fn a_file_that_says_who_made_it_and_cannot_be_cleaned_is_published_only_by_name() {
    let signed = pdf("/AcroForm<</Fields[<</FT/Sig/T(s)/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>>>]>>");
    let signed_document = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships/>"),
        ("word/document.xml", b"<w:p><w:r><w:t>text</w:t></w:r></w:p>"),
        ("docProps/core.xml", b"<c><dc:creator>Xenia Holmgren</dc:creator></c>"),
        ("_xmlsignatures/sig1.xml", b"<x/>"),
    ]);
    let zip = packed(&[("a.jpg", &photograph())]);
    let comment = |text: &str| [&(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat();
    let ogg = [&b"OggS\0\x02"[..], &comment("ARTIST=Xenia Holmgren")].concat();
    for (name, bytes) in [("a.pdf", signed), ("a.docx", signed_document), ("a.zip", zip), ("a.ogg", ogg)] {
        let fixture = with_exhibit(name, &bytes, "");
        let run = fixture.run(&["build"]);
        assert_eq!(run.code(), 0, "{name}: {}", run.stderr());
        assert_eq!(run.stderr().matches("so it is not published").count(), 2, "{name}: {}", run.stderr());
        assert_eq!(published(&fixture, "exhibits", name), None, "{name}");
        assert_eq!(published(&fixture, "other", name), None, "{name}");
        let page = std::fs::read_to_string(fixture.public("zh/exhibit-1.html")).unwrap();
        assert!(page.contains("又无法去除，所以没有公布"), "{name}");
        let allow = format!(
            "privacy: {{ allow: [{{ file: content/exhibits/{name}, reason: x }}, {{ file: content/other/{name}, reason: x }}] }}\n"
        );
        fixture.write("casefile.yaml", allow.as_bytes());
        let run = fixture.run(&["build"]);
        assert!(run.code() == 0 && !run.stderr().contains("C904"), "{name}: {}", run.stderr());
        assert_eq!(published(&fixture, "exhibits", name).unwrap(), bytes, "{name}");
    }
}

#[test]
fn a_label_that_a_machine_made_a_file_is_shown_and_kept() {
    let label = "{\"Label\":\"1\",\"ContentProducer\":\"zq\"}";
    let xmp = format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><TC260:AIGC>{label}</TC260:AIGC><dc:creator>Xenia Holmgren</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    let pdf = String::from_utf8(pdf("/Metadata 7 0 R")).unwrap().replacen(
        "6 0 obj<</Author",
        &format!(
            "7 0 obj<</Type/Metadata/Subtype/XML/Length {}>>\nstream\n{xmp}\nendstream endobj\n6 0 obj<</Author",
            xmp.len()
        ),
        1,
    );
    // The table is wrong now, and every reader makes up for it.
    let property = label.replace('"', "&quot;");
    let document = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships/>"),
        ("word/document.xml", b"<w:p><w:r><w:t>text</w:t></w:r></w:p>"),
        ("docProps/core.xml", b"<c><dc:creator>Xenia Holmgren</dc:creator></c>"),
        (
            "docProps/custom.xml",
            format!("<p><property name='AIGC'><vt:lpwstr>{property}</vt:lpwstr></property></p>").as_bytes(),
        ),
    ]);
    for (name, bytes) in [("a.pdf", pdf.into_bytes()), ("a.docx", document)] {
        let fixture = with_exhibit(name, &bytes, "");
        let run = fixture.run(&["build"]);
        assert_eq!(run.code(), 0, "{name}: {}", run.stderr());
        let page = std::fs::read_to_string(fixture.public("zh/exhibit-1.html")).unwrap();
        assert!(page.contains("AIGC {&quot;Label&quot;") || page.contains("AIGC {\"Label\""), "{name}: {page}");
        if let Some(published) = published(&fixture, "exhibits", name) {
            assert!(casefile_inside::read(&published, name).packets.contains("ContentProducer"), "{name}");
            assert!(memchr::memmem::find(&published, b"Xenia").is_none(), "{name}");
        } else {
            assert!(run.stderr().contains("so it is not published"), "{name}: {}", run.stderr());
        }
    }
}

#[test]
fn that_a_long_text_was_not_read_to_its_end_is_said() {
    let long = format!("{}{MOBILE}", "甲乙丙丁\n".repeat((17 << 20) / 13));
    let fixture = Fixture::new(&[("content/zh/a.md", "# 题\n\n[表](long.txt)\n"), ("content/zh/long.txt", &long)]);
    let run = fixture.run(&["check"]);
    assert!(run.stderr().contains("not looked into") && run.stderr().contains("long.txt"), "{}", run.stderr());
}
