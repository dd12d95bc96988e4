//! What a newcomer meets first: `init`, the schemas by which editors complete, the manual and the completions.

use std::path::Path;

use serde_json::Value;

use crate::support::{Built, Fixture};

/// A folder in which `init` made a case, below one that vanishes with the test.
fn started(name: &str) -> Fixture {
    let fixture = Fixture::new(&[]);
    let folder = fixture.path().join(name);
    let run = fixture.run(&["init", &folder.to_string_lossy()]);
    assert_eq!((run.code(), run.stdout().as_str()), (0, ""), "{}", run.stderr());
    assert!(run.stderr().contains(&format!("made a small case of 18 files in {}", folder.display())));
    fixture
}

#[test]
fn the_case_that_init_makes_builds_without_a_finding_whatever_its_folder_is_called() {
    for name in ["case", "没有送到的 相机 (副本)"] {
        let fixture = started(name);
        let folder = fixture.path().join(name);
        let mut command = crate::support::program();
        let run = command.current_dir(&folder).args(["build", "--strict"]).output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.success() && said.contains("0 errors, 0 warnings"), "{said}");
        assert!(folder.join("public/zh/index.html").exists() && folder.join("public/en/positions.html").exists());
        assert_eq!(Built::of(&folder).found(), [""; 0]);
    }
}

#[test]
fn git_changes_no_line_end_of_the_case_that_init_makes() {
    let fixture = started("case");
    let attributes = std::fs::read_to_string(fixture.path().join("case/.gitattributes")).unwrap();
    let rules: Vec<&str> = attributes.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rules, ["* -text"]);
}

#[test]
fn init_touches_no_folder_that_holds_anything() {
    let fixture = Fixture::new(&[("notes.txt", "mine")]);
    let run = fixture.run(&["init", &fixture.path().to_string_lossy()]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("holds notes.txt already"), "{}", run.stderr());
    assert_eq!(std::fs::read_dir(fixture.path()).unwrap().count(), 1);
}

#[test]
fn init_fills_a_repository_that_has_no_files_yet_and_an_empty_folder() {
    for files in [&[(".git/HEAD", "ref: refs/heads/main\n")][..], &[]] {
        let fixture = Fixture::new(files);
        assert_eq!(fixture.run(&["init", &fixture.path().to_string_lossy()]).code(), 0);
        assert!(fixture.path().join("casefile.yaml").exists() && fixture.path().join(".gitignore").exists());
        assert_eq!(fixture.run(&["init", &fixture.path().to_string_lossy()]).code(), 2);
    }
}

#[test]
fn init_names_what_it_cannot_write() {
    let fixture = Fixture::new(&[("file", "")]);
    for folder in ["file", "file/case"] {
        let folder = fixture.path().join(folder);
        let run = fixture.run(&["init", &folder.to_string_lossy()]);
        assert_eq!(run.code(), 2);
        assert!(run.stderr().contains(&fixture.path().join("file").display().to_string()), "{}", run.stderr());
    }
}

#[test]
fn the_workflow_that_init_writes_fetches_the_version_that_wrote_it() {
    let fixture = started("case");
    let workflow = std::fs::read_to_string(fixture.path().join("case/.github/workflows/pages.yml")).unwrap();
    assert!(workflow.contains(concat!("CASEFILE_VERSION: v", env!("CARGO_PKG_VERSION"), "\n")), "{workflow}");
}

fn schema(of: &str) -> jsonschema::Validator {
    let run = Fixture::new(&[]).run(&["schema", of]);
    assert_eq!(run.code(), 0);
    jsonschema::validator_for(&serde_json::from_str(&run.stdout()).unwrap()).unwrap()
}

/// What editors see, for which `off` is a word (YAML 1.2, section 10.3.2).
fn yaml(text: &str) -> Value {
    serde_saphyr::from_str_with_options(text, serde_saphyr::options! { strict_booleans: true }).unwrap()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_schemas_take_what_the_program_takes() {
    for (of, path) in [
        ("config", "casefile.yaml"),
        ("config", "starter/casefile.yaml"),
        ("exhibits", "content/exhibits/exhibits.yaml"),
        ("exhibits", "starter/content/exhibits/exhibits.yaml"),
    ] {
        let found = yaml(&read(path));
        assert_eq!(schema(of).iter_errors(&found).map(|e| e.to_string()).collect::<Vec<_>>(), [""; 0], "{path}");
    }
    let document = read("starter/content/zh/overview.md");
    let front = document.split("---\n").nth(1).unwrap();
    assert!(schema("front-matter").is_valid(&yaml(front)));
}

#[test]
fn the_schemas_refuse_what_the_program_refuses() {
    for (of, text) in [
        ("config", "titel: x"),
        ("config", "parties: [{name: x}]"),
        ("config", "rules: {unresolved-lable: off}"),
        ("config", "rules: {unresolved-label: loud}"),
        ("config", "rules: {not-utf8: off}"),
        ("config", "secret_path: short"),
        ("config", "as_of: in June"),
        ("exhibits", "- {title: x}"),
        ("exhibits", "- {number: 1, visibility: secret}"),
        ("exhibits", "- {number: 1, sha256: abc}"),
        ("front-matter", "titel: x"),
        ("front-matter", "kind: diary"),
    ] {
        assert!(!schema(of).is_valid(&yaml(text)), "{of}: {text}");
    }
}

#[test]
fn without_a_word_schema_prints_that_of_the_published_data() {
    let fixture = Fixture::new(&[("content/a.md", "# A\n\ntext\n")]);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let published = std::fs::read_to_string(fixture.public("case.schema.json")).unwrap();
    assert_eq!(fixture.run(&["schema"]).stdout(), published);
}

#[test]
fn there_are_completions_for_every_common_shell_and_a_manual_of_every_command() {
    let fixture = Fixture::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = fixture.run(&["completions", shell]);
        assert!(
            run.code() == 0 && run.stdout().contains("casefile") && run.stdout().contains("completions"),
            "{shell}"
        );
    }
    let manual = fixture.run(&["man"]).stdout();
    for command in ["build", "check", "init", "schema", "completions", "man"] {
        assert!(manual.contains(&format!("casefile\\-{command}(1)")), "{command} in {manual}");
        let page = fixture.run(&["man", command]).stdout();
        assert!(page.starts_with(".ie") && page.contains(&format!("casefile\\-{command}")), "{page}");
    }
    assert_eq!(fixture.run(&["man", "bulid"]).code(), 2);
}

#[test]
fn the_version_is_told_with_what_it_was_built_from() {
    let told = Fixture::new(&[]).run(&["--version"]).stdout();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], concat!("casefile ", env!("CARGO_PKG_VERSION")));
    assert!(lines[1].starts_with("built ") && lines[1].contains(", for "), "{told}");
}

#[test]
fn every_secret_is_another_one_and_such_as_the_settings_want() {
    let fixture = Fixture::new(&[("content/a.md", "# A\n\ntext\n")]);
    let secrets = [(); 2].map(|()| fixture.run(&["secret"]).stdout());
    assert_ne!(secrets[0], secrets[1]);
    for secret in secrets {
        fixture.write("casefile.yaml", format!("secret_path: {secret}").as_bytes());
        assert_eq!(fixture.built().found(), [""; 0]);
    }
}
