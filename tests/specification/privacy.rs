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
fn that_a_long_text_was_not_read_to_its_end_is_said() {
    let long = format!("{}{MOBILE}", "甲乙丙丁\n".repeat((17 << 20) / 13));
    let fixture = Fixture::new(&[("content/zh/a.md", "# 题\n\n[表](long.txt)\n"), ("content/zh/long.txt", &long)]);
    let run = fixture.run(&["check"]);
    assert!(run.stderr().contains("not looked into") && run.stderr().contains("long.txt"), "{}", run.stderr());
}
