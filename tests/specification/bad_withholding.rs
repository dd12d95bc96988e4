//! What cannot be withheld as it is written is said so clearly, and nothing is published.

use std::io::{Cursor, Write};

use crate::support::Fixture;

fn rule(text: &str, shown: &str) -> String {
    format!("privacy: {{ withhold: [{{ text: {text}, shown: {{ zh: {shown}, en: Witness A }}, reason: 保护 }}] }}\n")
}

/// What is told of a case; nothing may be published of it.
fn refused(settings: &str, files: &[(&str, &[u8])]) -> String {
    let fixture = Fixture::new(&[("casefile.yaml", settings), ("content/zh/z.md", "# 题\n\n林晓芸说。\n")]);
    for (path, bytes) in files {
        fixture.write(path, bytes);
    }
    for command in ["check", "zip"] {
        assert_eq!(fixture.run(&[command]).code(), 1, "{command}: {settings}");
    }
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 1, "{settings}: {}", run.stderr());
    for made in ["public", "dossier.zip"] {
        assert!(!fixture.path().join(made).exists(), "{made}: {settings}");
    }
    run.stderr()
}

#[test]
fn a_rule_that_cannot_be_followed_is_told() {
    for (text, shown, said) in [
        ("林", "甲某", "a single character stands in many words"),
        ("q", "甲某", "a single character stands in many words"),
        ("证据", "物证", "stands in the program's own words"),
        ("搜索", "甲某", "stands in the program's own words"),
        ("林晓芸", "证人林晓芸", "holds what is withheld"),
        ("林晓芸", "林 晓芸的邻居", "holds what is withheld"),
    ] {
        let told = refused(&rule(text, shown), &[]);
        assert!(told.contains(said) && told.contains("casefile.yaml:1:"), "{text}: {told}");
    }
}

#[test]
fn a_name_within_what_leads_somewhere_or_names_something_is_told() {
    let settings = rule("[林晓芸, Quilla Brandt]", "证人甲");
    let document = |text: &str| text.as_bytes().to_vec();
    for (path, bytes) in [
        ("content/zh/a.md", document("# 甲\n\n[乙](https://a.example/林晓芸)\n")),
        ("content/zh/a.md", document("# 甲\n\nhttps://a.example/?q=%E6%9E%97%E6%99%93%E8%8A%B8\n")),
        ("content/zh/a.md", document("# 甲\n\n见【林晓芸证据1】。\n")),
        ("content/zh/a.md", document("---\nslug: quilla-brandt\n---\n\n# 甲\n")),
        ("content/zh/a.md", document("# 甲\n\n![](../林晓芸.png)\n")),
        ("content/exhibits/exhibits.yaml", document("- {number: 1, title: 甲, file: 林晓芸.png}\n")),
        ("content/zh/林晓芸.md", document("# 甲\n")),
    ] {
        let told = refused(&settings, &[(path, &bytes), ("content/林晓芸.png", b"\x89PNG\r\n\x1a\n")]);
        assert!(told.contains("C240") && !told.contains("林晓芸"), "{path}: {told}");
    }
    let told = refused(&(settings + "parties: [{ id: quilla-brandt, name: 甲 }]\n"), &[]);
    assert!(told.contains("C240") && told.contains("choose an id or a slug"), "{told}");
}

#[test]
fn of_two_names_of_which_one_holds_the_other_each_is_replaced_by_its_own() {
    let settings =
        "privacy: { withhold: [{ text: 林晓, shown: 甲某, reason: x }, { text: 林晓芸, shown: 乙某, reason: x }] }\n";
    let fixture = Fixture::new(&[("casefile.yaml", settings), ("content/zh/a.md", "# 题\n\n林晓芸与林晓。\n")]);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let page = std::fs::read_to_string(fixture.public("zh/a.html")).unwrap();
    assert!(page.contains("乙某与甲某。"), "{page}");
}

#[test]
fn a_document_that_unpacks_without_end_is_not_published_and_one_that_is_locked_is_told() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("[Content_Types].xml", b"<Types/>".to_vec()), ("word/document.xml", vec![b' '; 65 << 20])] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    let list = b"- {number: 1, title: x, file: a.docx}\n";
    let told = refused(
        &rule("林晓芸", "证人甲"),
        &[("content/exhibits/exhibits.yaml", list), ("content/exhibits/a.docx", &bomb)],
    );
    assert!(told.contains("a.docx") && told.contains("cannot be looked into"), "{told}");
    // As the newer formats of offices are where a password locks them.
    let fixture =
        Fixture::new(&[("casefile.yaml", &rule("林晓芸", "证人甲")), ("content/zh/a.md", "# 题\n\n【证据1】\n")]);
    fixture.write("content/exhibits/exhibits.yaml", list);
    fixture.write("content/exhibits/a.docx", &[&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat());
    let run = fixture.run(&["build"]);
    assert!(run.code() == 0 && run.stderr().contains("not looked into for what is private"), "{}", run.stderr());
    assert!(run.stderr().contains("a.docx") && run.stderr().contains("password"), "{}", run.stderr());
}

#[test]
fn ten_thousand_names_are_withheld_all() {
    let name = |at: u32| -> String {
        let letter = |base: u32, at: u32| char::from_u32(base + at).unwrap();
        [letter(0x4e00, at % 5000), letter(0x5200, at / 7 % 5000), letter(0x6000, at % 1999)].iter().collect()
    };
    let aliases: Vec<String> = (1..10_000).map(name).collect();
    let settings = format!(
        "privacy: {{ withhold: [{{ text: {}, aliases: [{}], shown: 证人甲, reason: x }}] }}\n",
        name(0),
        aliases.join(", ")
    );
    let text: String = (0..200).map(|at| format!("{}来过。\n\n", name(at * 50))).collect();
    let fixture = Fixture::new(&[("casefile.yaml", &settings), ("content/zh/a.md", &format!("# 题\n\n{text}"))]);
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let page = std::fs::read_to_string(fixture.public("zh/a.html")).unwrap();
    assert!(page.matches("证人甲来过").count() >= 200);
    assert!((0..10_000).all(|at| !page.contains(&name(at))));
}
