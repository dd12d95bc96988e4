//! What the machine does wrong is told in a line that names the path, and nothing half-made is left behind.
#![cfg(unix)]

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Output, Stdio};

use crate::support::Fixture;

fn case() -> Fixture {
    Fixture::new(&[("content/zh/a.md", "# 甲\n\n见【注9】。\n")])
}

fn casefile(fixture: &Fixture, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casefile"));
    command.env_remove("LANGUAGE").env("LC_ALL", "en_US.UTF-8");
    command.arg("-r").arg(fixture.path()).args(arguments);
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_to_a_full_device_is_an_error_and_no_panic() {
    let fixture = case();
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    for arguments in [
        &["check", "--format", "json"][..],
        &["check", "--format", "github"],
        &["check", "--inferred"],
        &["check", "--explain"],
        &["check", "--explain", "C301"],
        &["zip"],
        &["verify", "dossier.zip"],
        &["verify", "."],
        &["secret"],
        &["schema"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
        &["--version"],
    ] {
        let run = casefile(&fixture, arguments).current_dir(fixture.path()).stdout(full()).output().unwrap();
        let error = "error: standard output: ";
        assert!(run.status.code() == Some(2) && told(&run).contains(error), "{arguments:?}: {}", told(&run));
    }
    for arguments in [&["check"][..], &["build"], &["nonsense"]] {
        let run = casefile(&fixture, arguments).stderr(full()).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_has_gone_has_read_enough() {
    let fixture = case();
    for arguments in [&["check", "--format", "json"][..], &["check", "--explain"], &["schema"], &["--help"], &["man"]] {
        let mut command = casefile(&fixture, arguments);
        let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(running.stdout.take());
        let run = running.wait_with_output().unwrap();
        assert!(run.status.success() && told(&run).is_empty(), "{arguments:?}: {}", told(&run));
    }
    let mut running = casefile(&fixture, &["build"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(running.stderr.take());
    assert!(running.wait().unwrap().success());
}

#[cfg(target_os = "linux")]
#[test]
fn init_leaves_nothing_where_it_cannot_make_all() {
    let fixture = Fixture::new(&[]);
    let mut folder = fixture.path().canonicalize().unwrap();
    // The first files have room for their paths and the deeper ones do not.
    while folder.as_os_str().len() < 3900 {
        folder.push("x".repeat(100));
    }
    folder.push("x".repeat(4073 - folder.as_os_str().len()));
    let run = casefile(&fixture, &["init"]).arg(&folder).output().unwrap();
    assert_eq!(run.status.code(), Some(2), "{}", told(&run));
    assert!(told(&run).contains("content/zh"), "{}", told(&run));
    assert_eq!(std::fs::read_dir(fixture.path()).unwrap().count(), 0);
}

#[test]
fn a_read_only_site_is_replaced_and_nothing_stays_beside_it() {
    let fixture = case();
    assert!(casefile(&fixture, &["build"]).status().unwrap().success());
    for folder in ["static", "zh", ""] {
        std::fs::set_permissions(fixture.public(folder), PermissionsExt::from_mode(0o555)).unwrap();
    }
    fixture.write("content/zh/b.md", "# 乙\n\n文。\n".as_bytes());
    for _ in 0..2 {
        let run = casefile(&fixture, &["build"]).output().unwrap();
        assert!(run.status.success(), "{}", told(&run));
    }
    assert!(fixture.public("zh/b.html").exists());
    assert!(!fixture.path().join(".public.casefile-new").exists());
}

#[test]
fn builds_at_the_same_time_wait_for_each_other() {
    let fixture = case();
    let start = || casefile(&fixture, &["build"]).stderr(Stdio::piped()).spawn().unwrap();
    let running: Vec<_> = (0..6).map(|_| start()).collect();
    for build in running {
        let run = build.wait_with_output().unwrap();
        assert!(run.status.success(), "{}", told(&run));
    }
    let names: Vec<_> = std::fs::read_dir(fixture.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(fixture.public("zh/a.html").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_told_as_that() {
    for name in ["content/zh/\u{7f}.md", "content/zh/\u{7f}.png", "content/\u{7f}/b.md"] {
        let fixture = case();
        let bytes: Vec<u8> = name.bytes().map(|byte| if byte == 0x7f { 0xd6 } else { byte }).collect();
        let path = fixture.path().join(std::ffi::OsStr::from_bytes(&bytes));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "# 乙\n").unwrap();
        let run = casefile(&fixture, &["build"]).output().unwrap();
        assert_eq!(run.status.code(), Some(1));
        let told = told(&run);
        assert!(told.contains("error[C101]: the name is not UTF-8") && !told.contains("No such file"), "{told}");
    }
}

#[test]
fn a_content_that_is_a_link_to_nothing_is_refused() {
    // What lies beside it would be published in its place.
    for target in ["nowhere", "content", "a.md"] {
        let fixture = Fixture::new(&[("a.md", "# 甲\n\n草稿。\n")]);
        symlink(target, fixture.path().join("content")).unwrap();
        let run = casefile(&fixture, &["build"]).output().unwrap();
        assert_eq!(run.status.code(), Some(1), "{target}: {}", told(&run));
        assert!(told(&run).contains("error[C101]"), "{}", told(&run));
        assert!(!fixture.public("").exists());
    }
}

#[test]
fn pipes_and_links_that_lead_in_a_circle_are_passed_over_and_said_so() {
    let fixture = case();
    assert!(Command::new("mkfifo").arg(fixture.path().join("content/zh/pipe.md")).status().unwrap().success());
    symlink("circle", fixture.path().join("content/zh/circle")).unwrap();
    symlink("..", fixture.path().join("content/zh/up")).unwrap();
    let run = casefile(&fixture, &["build"]).output().unwrap();
    assert!(run.status.success(), "{}", told(&run));
    for (name, why) in [("pipe.md", "no file"), ("circle", "a link to nothing"), ("up", "a link to a folder")] {
        let line = format!("passed over: content/zh/{name} (");
        let told = told(&run);
        let told = told.lines().find(|told| told.starts_with(&line)).unwrap_or_default();
        assert!(told.contains(why), "{name}: {told}");
    }
}
