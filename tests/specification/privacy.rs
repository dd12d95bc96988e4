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
fn that_a_long_text_was_not_read_to_its_end_is_said() {
    let long = format!("{}{MOBILE}", "甲乙丙丁\n".repeat((17 << 20) / 13));
    let fixture = Fixture::new(&[("content/zh/a.md", "# 题\n\n[表](long.txt)\n"), ("content/zh/long.txt", &long)]);
    let run = fixture.run(&["check"]);
    assert!(run.stderr().contains("not looked into") && run.stderr().contains("long.txt"), "{}", run.stderr());
}
