//! The fingerprint of an edition, and that anybody can recompute it.

use casefile::case::Case;
use casefile::folder::Folder;

use crate::support::Fixture;

fn sample() -> Fixture {
    let fixture = Fixture::new(&[
        ("casefile.yaml", "title: A case\n"),
        ("content/zh/a.md", "# 甲\n\n见【证据1】。![图](../i.png)\n"),
        ("content/zh/a-b.md", "# 乙\n"),
        ("content/en/a.md", "---\ndraft: true\n---\n# A\n"),
        ("content/i.png", "not really"),
        ("content/never cited.bin", "\0\u{1}"),
        (
            "content/exhibits/exhibits.yaml",
            "- number: 1\n  file: 表.csv\n- number: 2\n  visibility: hidden\n  file: b.txt\n",
        ),
        ("content/exhibits/表.csv", "a,b\n"),
        ("content/exhibits/b.txt", "b"),
        ("templates/404.html", "<!doctype html><title>mine</title>"),
        ("static/extra.txt", "extra"),
    ]);
    fixture.write("content/.hidden", b"passed over");
    fixture.write("content/zh/a.md~", b"passed over");
    fixture.write("public/no-input.txt", b"output");
    fixture
}

fn fingerprint(fixture: &Fixture) -> String {
    let folder = Folder::read(fixture.path()).unwrap();
    assert_eq!(folder.findings, []);
    Case::assemble(folder).fingerprint.to_string()
}

#[cfg(unix)]
mod unix {
    use std::process::Command;

    use super::*;

    /// The command in the documentation, as it stands there.
    fn command() -> String {
        let source = include_str!("../../src/folder/fingerprint.rs");
        let lines =
            source.lines().skip_while(|line| *line != "/// ```sh").skip(1).take_while(|line| *line != "/// ```");
        lines.map(|line| line.trim_start_matches("///")).collect::<Vec<_>>().join("\n")
    }

    fn recomputed(fixture: &Fixture) -> String {
        let output = Command::new("sh").arg("-c").arg(command()).current_dir(fixture.path()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.split_whitespace().next().unwrap().to_owned()
    }

    #[test]
    fn the_documented_command_gives_the_fingerprint() {
        let fixture = sample();
        assert_eq!(fingerprint(&fixture), recomputed(&fixture));
        assert_eq!(fixture.run(&["build", "--force"]).code(), 0);
        assert_eq!(fingerprint(&fixture), recomputed(&fixture), "with a cache and a site beside the content");
    }

    #[test]
    fn paths_that_sha256sum_escapes_count_as_it_writes_them() {
        let fixture = sample();
        fixture.write("content/back\\slash.bin", b"1");
        fixture.write("content/line\nfeed.bin", b"2");
        assert_eq!(fingerprint(&fixture), recomputed(&fixture));
    }

    #[test]
    fn a_case_without_configuration_and_theme_has_one_too() {
        let fixture = Fixture::new(&[("content/a.md", "# 甲\n")]);
        assert_eq!(fingerprint(&fixture), recomputed(&fixture));
    }
}

#[test]
fn every_input_counts_with_its_name_and_nothing_else_does() {
    let fixture = sample();
    let before = fingerprint(&fixture);
    for other in ["content/.hidden", "content/zh/a.md~", "public/no-input.txt", "notes-beside-the-case.txt"] {
        fixture.write(other, b"changed");
        assert_eq!(fingerprint(&fixture), before, "{other}");
    }
    for input in [
        "casefile.yaml",
        "content/zh/a.md",
        "content/en/a.md",
        "content/i.png",
        "content/never cited.bin",
        "content/exhibits/exhibits.yaml",
        "content/exhibits/b.txt",
        "templates/404.html",
        "static/extra.txt",
    ] {
        let fixture = sample();
        let mut bytes = std::fs::read(fixture.path().join(input)).unwrap();
        bytes.push(b'\n');
        fixture.write(input, &bytes);
        assert_ne!(fingerprint(&fixture), before, "{input}");
    }
    std::fs::rename(fixture.path().join("content/i.png"), fixture.path().join("content/j.png")).unwrap();
    assert_ne!(fingerprint(&fixture), before);
}

#[test]
fn a_site_in_the_case_is_no_input() {
    let fixture = Fixture::new(&[("a.md", "# 甲\n"), ("b.bin", "b")]);
    let before = fingerprint(&fixture);
    assert_eq!(fixture.run(&["build", "-o", "elsewhere"]).code(), 0);
    assert_eq!(fingerprint(&fixture), before);
}
