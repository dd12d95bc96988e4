//! Exit codes, formats, and what goes where.

use crate::support::{Fixture, program};

fn with_warning() -> Fixture {
    Fixture::new(&[("content/zh/a.md", "# 甲\n\n见【注9】。\n")])
}

#[test]
fn warnings_pass_unless_strict() {
    let fixture = with_warning();
    assert_eq!(fixture.run(&["check"]).code(), 0);
    assert_eq!(fixture.run(&["check", "--strict"]).code(), 1);
    assert_eq!(fixture.run(&["build", "--strict"]).code(), 1);
    assert!(!fixture.public("").exists());
    assert_eq!(fixture.run(&["build"]).code(), 0);
}

#[test]
fn a_rule_raised_to_an_error_refuses_and_one_turned_off_is_silent() {
    let fixture = with_warning();
    fixture.write("casefile.yaml", b"rules: {unresolved-label: error}\n");
    assert_eq!(fixture.run(&["build"]).code(), 1);
    fixture.write("casefile.yaml", b"rules: {C301: off}\n");
    let run = fixture.run(&["check", "--strict"]);
    assert_eq!((run.code(), run.stderr().contains("C301")), (0, false));
}

#[test]
fn check_writes_nothing() {
    let fixture = with_warning();
    fixture.run(&["check"]);
    assert_eq!(std::fs::read_dir(fixture.path()).unwrap().count(), 1);
}

#[test]
fn the_command_line_chooses_the_language_or_else_the_system_or_else_the_case() {
    let (chinese, english) = (with_warning(), Fixture::new(&[("content/en/a.md", "# A\n\nSee [Note 9].\n")]));
    let told = |fixture: &Fixture, system: &str, arguments: &[&str]| {
        let mut command = program();
        command.env("LC_ALL", system).env_remove("LC_MESSAGES").env_remove("LANG");
        let output = command.arg("-r").arg(fixture.path()).arg("check").args(arguments).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    for (fixture, system, arguments, beginning) in [
        (&chinese, "C", &[][..], "警告[C301]: 没有一处定义【注9】"),
        (&english, "POSIX", &[], "warning[C301]: nothing defines [Note 9]"),
        (&english, "zh_CN.UTF-8", &[], "警告[C301]: 没有一处定义[Note 9]"),
        (&chinese, "en_GB.UTF-8", &[], "warning[C301]: nothing defines 【注9】"),
        (&chinese, "de_DE.UTF-8", &[], "警告[C301]"),
        (&chinese, "zh_CN.UTF-8", &["--lang", "en"], "warning[C301]"),
        (&english, "C", &["--lang=zh"], "警告[C301]"),
        (&english, "zh_CN.UTF-8", &["--nonsense"], "错误：没有参数 --nonsense"),
        (&chinese, "C", &["--nonsense"], "error: unexpected argument"),
    ] {
        let told = told(fixture, system, arguments);
        assert!(told.starts_with(beginning), "{system} {arguments:?}: {told}");
    }
    let json = |language: &str| chinese.run(&["check", "--format", "json", "--lang", language]).stdout();
    assert_eq!(json("zh"), json("en"));
}

#[test]
fn json_is_one_object_on_standard_output() {
    let run = with_warning().run(&["check", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout()).unwrap();
    assert_eq!(
        value["findings"][0],
        serde_json::json!({
            "code": "C301", "name": "unresolved-label", "level": "warning", "message": "nothing defines 【注9】",
            "file": "content/zh/a.md", "line": 3, "column": 2,
            "help": "begin a paragraph, item or heading with 【注9】 to define it",
        })
    );
    assert_eq!(value["counts"], serde_json::json!({"error": 0, "warning": 1}));
    assert_eq!(run.stderr(), "");
}

#[test]
fn github_annotations_are_one_a_line() {
    let run = with_warning().run(&["check", "--format", "github"]);
    assert!(
        run.stdout()
            .starts_with("::warning file=content/zh/a.md,line=3,col=2,title=C301 unresolved-label::nothing defines")
    );
    assert_eq!(run.stdout().lines().count(), 1);
}

#[test]
fn human_findings_go_to_standard_error_with_a_caret() {
    let run = with_warning().run(&["check"]);
    assert_eq!(run.stdout(), "");
    assert!(run.stderr().contains("warning[C301]: nothing defines 【注9】"), "{}", run.stderr());
    assert!(run.stderr().contains("--> content/zh/a.md:3:2") && run.stderr().contains("^^^^^^^"), "{}", run.stderr());
}

#[test]
fn explain_prints_the_rule_itself() {
    let fixture = with_warning();
    for code in ["C301", "c301", "unresolved-label"] {
        let run = fixture.run(&["check", "--explain", code]);
        assert_eq!(run.code(), 0);
        assert!(
            run.stdout().starts_with("C301 unresolved-label (warning)\n\nA label is cited that nothing defines."),
            "{}",
            run.stdout()
        );
    }
    assert!(fixture.run(&["check", "--explain"]).stdout().lines().count() > 20);
    let run = fixture.run(&["check", "--explain", "unresolved-lable"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("did you mean unresolved-label?"), "{}", run.stderr());
}

#[test]
fn colours_come_only_when_asked_for_in_a_pipe() {
    let fixture = with_warning();
    assert!(!fixture.run(&["check"]).stderr().contains('\u{1b}'));
    assert!(fixture.run(&["--color", "always", "check"]).stderr().contains('\u{1b}'));
}

#[test]
fn quiet_says_nothing_but_findings() {
    let fixture = with_warning();
    fixture.write("content/zh/a.md~", b"backup");
    let loud = fixture.run(&["build"]).stderr();
    assert!(
        loud.contains("passed over: content/zh/a.md~ (an editor's backup)") && loud.contains("built public"),
        "{loud}"
    );
    let quiet = fixture.run(&["-q", "build"]).stderr();
    assert!(quiet.contains("C301") && !quiet.contains("passed over") && !quiet.contains("built"), "{quiet}");
}

#[test]
fn a_base_url_that_is_none_cannot_be_run_and_a_real_one_serves_the_page_for_lost_readers() {
    let fixture = with_warning();
    for url in ["example.com", "https://example.com/?a=b", "ftp://example.com/"] {
        assert_eq!(fixture.run(&["build", "-u", url]).code(), 2, "{url}");
    }
    assert_eq!(fixture.run(&["build", "-u", "https://example.com/case"]).code(), 0);
    let lost = std::fs::read_to_string(fixture.public("404.html")).unwrap();
    assert!(lost.contains("href=\"https://example.com/case/zh/index.html\""));
}

#[test]
fn an_unknown_command_cannot_be_run() {
    assert_eq!(with_warning().run(&["bulid"]).code(), 2);
}

#[test]
fn a_broken_template_of_the_case_is_told_with_its_name() {
    let fixture = with_warning();
    fixture.write("templates/document.html", b"{{ title");
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("document.html"), "{}", run.stderr());
    assert_eq!(fixture.run(&["check"]).code(), 2);
    fixture.write("templates/document.html", b"{{ no_such_thing }}");
    let run = fixture.run(&["check"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("no_such_thing"), "{}", run.stderr());
}

#[test]
fn a_template_and_a_static_file_of_the_case_take_the_place_of_the_built_in_ones() {
    let fixture = with_warning();
    fixture.write("templates/404.html", b"<!doctype html><title>mine</title>");
    fixture.write("static/casefile.css", b"body{}");
    fixture.write("static/extra.txt", b"extra");
    assert_eq!(fixture.run(&["build"]).code(), 0);
    assert_eq!(std::fs::read(fixture.public("404.html")).unwrap(), b"<!doctype html><title>mine</title>");
    assert_eq!(std::fs::read(fixture.public("static/casefile.css")).unwrap(), b"body{}");
    assert!(fixture.public("static/extra.txt").exists());
}

#[test]
fn what_the_case_is_made_from_is_never_replaced_by_the_site() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n"), ("content/exhibits/a.txt", "x"), ("static/a.css", "")]);
    for folder in ["content", "content/exhibits", "content/zh", "static", ".", ".."] {
        let run = fixture.run(&["build", "--force", "-o", folder]);
        assert_eq!(run.code(), 2, "{folder}");
        assert!(run.stderr().contains("is never replaced") && !run.stderr().contains("--force"), "{}", run.stderr());
    }
    let flat = Fixture::new(&[("a.md", "# 甲\n"), ("b/b.md", "# 乙\n")]);
    assert_eq!(flat.run(&["build", "--force", "-o", "b"]).code(), 2);
    assert_eq!(flat.run(&["build", "-o", "site"]).code(), 0);
    assert!(fixture.path().join("content/zh/a.md").exists() && flat.path().join("b/b.md").exists());
}

#[test]
fn a_key_that_every_document_has_is_told_once_for_the_case() {
    let text = "---\ntitle: 题\nfoo: 1\nbarx: 2\n---\n\n文。\n";
    let run = Fixture::new(&[("content/zh/a.md", text), ("content/zh/b.md", text)]).run(&["check"]);
    let told = run.stderr();
    assert_eq!(told.matches("the key `foo`").count(), 1, "{told}");
    assert!(told.contains("2 in all, also in content/zh/b.md:3") && told.contains("0 errors, 2 warnings"), "{told}");
}
