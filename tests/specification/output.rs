//! The site on disk: the same bytes from the same input, whole at every moment.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use crate::support::Fixture;

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn sample() -> Fixture {
    Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n见【注1】。![图](../i.png)\n\n【注1】文字。\n"),
        ("content/en/a.md", "# A\n\nSee [Note 1].\n\n[Note 1] Text.\n"),
        ("content/zh/b.md", "# 乙\n"),
        ("content/i.png", "GIF89a\u{1}\0\u{1}\0\0\0\0;"),
    ])
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, two) = (sample(), sample());
    assert_eq!(one.run(&["build"]).code(), 0);
    assert_eq!(two.run(&["build"]).code(), 0);
    assert_eq!(files(&one.public("")), files(&two.public("")));
}

#[test]
fn what_did_not_change_keeps_its_time_and_nothing_old_stays_behind() {
    let fixture = sample();
    fixture.run(&["build"]);
    let old = SystemTime::now() - Duration::from_secs(1000);
    for path in ["zh/a.html", "zh/b.html", "files/i.png", "case.json"] {
        let file = std::fs::File::options().append(true).open(fixture.public(path)).unwrap();
        file.set_modified(old).unwrap();
    }
    std::fs::remove_file(fixture.path().join("content/zh/b.md")).unwrap();
    fixture.write("content/zh/c.md", "# 丙\n".as_bytes());
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let time = |path: &str| std::fs::metadata(fixture.public(path)).unwrap().modified().unwrap();
    assert_eq!(time("files/i.png"), old);
    assert!(time("case.json") > old);
    assert!(!fixture.public("zh/b.html").exists() && fixture.public("zh/c.html").exists());
    let again = fixture.run(&["build"]);
    assert!(again.stderr().contains(", 0 of "), "{}", again.stderr());
}

#[test]
fn a_folder_that_holds_anything_else_is_not_replaced_without_force() {
    let fixture = sample();
    fixture.write("public/my-notes.txt", b"mine");
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("my-notes.txt") && run.stderr().contains("--force"), "{}", run.stderr());
    assert_eq!(files(&fixture.public("")).len(), 1);
    assert_eq!(fixture.run(&["build", "--force"]).code(), 0);
    assert!(!fixture.public("my-notes.txt").exists());
    fixture.write("public/zh/added.html", b"mine too");
    assert_eq!(fixture.run(&["build"]).code(), 2);
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_site() {
    let fixture = sample();
    for page in 0..400 {
        fixture.write(
            &format!("content/zh/p{page}.md"),
            format!("# 页{page}\n\n见【注1】。\n\n【注1】文字{page}。\n").as_bytes(),
        );
    }
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let whole = files(&fixture.public(""));
    let program = assert_cmd::cargo::cargo_bin("casefile");
    let mut killed = 0;
    for step in 0..40 {
        fixture.write(
            "content/zh/a.md",
            format!("# 甲{step}\n\n见【注1】。![图](../i.png)\n\n【注1】文字。\n").as_bytes(),
        );
        let mut child = Command::new(&program)
            .args(["-q", "-r"])
            .arg(fixture.path())
            .arg("build")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(step * 3));
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let now = files(&fixture.public(""));
        assert_eq!(now.len(), whole.len(), "after {step} steps");
        let listed = String::from_utf8(now[".casefile"].clone()).unwrap();
        assert!(listed.lines().skip(1).all(|path| now.contains_key(path)));
        assert!(now.iter().filter(|(path, _)| path.ends_with(".html")).all(|(_, html)| html.ends_with(b"</html>\n")));
    }
    assert!(killed > 3, "only {killed} builds were killed while they ran");
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let left = std::fs::read_dir(fixture.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().contains("casefile-")));
}

#[test]
fn an_output_folder_that_cannot_be_written_is_told_and_nothing_changes() {
    let fixture = sample();
    fixture.write("file", b"no folder");
    let run = fixture.run(&["build", "-o", "file/public"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("file"), "{}", run.stderr());
}

#[cfg(target_os = "linux")]
mod linux {
    use super::*;

    fn is_root() -> bool {
        rustix::process::geteuid().is_root()
    }

    #[test]
    fn a_read_only_output_folder_is_told_and_the_old_site_stays() {
        use std::os::unix::fs::PermissionsExt;
        if is_root() {
            // Permissions do not bind root; a read-only mount does.
            let fixture = sample();
            assert_eq!(fixture.run(&["build", "-o", "out/public"]).code(), 0);
            let before = files(&fixture.path().join("out"));
            let out = fixture.path().join("out");
            if !mount(&["--bind", "-o", "ro"], &out, &out) {
                eprintln!("skipped: nothing can be mounted here");
                return;
            }
            fixture.write("content/zh/a.md", "# 变了\n".as_bytes());
            let run = fixture.run(&["build", "-o", "out/public"]);
            unmount(&out);
            assert_eq!(run.code(), 2, "{}", run.stderr());
            assert_eq!(files(&out), before);
        } else {
            let fixture = sample();
            assert_eq!(fixture.run(&["build", "-o", "out/public"]).code(), 0);
            let out = fixture.path().join("out");
            let before = files(&out);
            std::fs::set_permissions(&out, std::fs::Permissions::from_mode(0o555)).unwrap();
            let run = fixture.run(&["build", "-o", "out/public"]);
            std::fs::set_permissions(&out, std::fs::Permissions::from_mode(0o755)).unwrap();
            assert_eq!(run.code(), 2, "{}", run.stderr());
            assert_eq!(files(&out), before);
        }
    }

    #[test]
    fn a_full_disk_is_told_and_the_old_site_stays() {
        let fixture = sample();
        let small = fixture.path().join("small");
        std::fs::create_dir(&small).unwrap();
        if !is_root() || !mount(&["-t", "tmpfs", "-o", "size=400k"], Path::new("tmpfs"), &small) {
            eprintln!("skipped: only root can mount a small disk");
            return;
        }
        let first = fixture.run(&["build", "-o", "small/public"]);
        let before = files(&small);
        fixture.write("content/zh/big.md", format!("# 大\n\n{}\n", "很多文字。".repeat(60_000)).as_bytes());
        let run = fixture.run(&["build", "-o", "small/public"]);
        let after = files(&small);
        unmount(&small);
        assert_eq!(first.code(), 0, "{}", first.stderr());
        assert_eq!(run.code(), 2, "{}", run.stderr());
        assert!(run.stderr().contains("small"), "{}", run.stderr());
        assert_eq!(after, before);
    }

    fn mount(options: &[&str], what: &Path, to: &Path) -> bool {
        Command::new("mount").args(options).arg(what).arg(to).status().is_ok_and(|status| status.success())
    }

    fn unmount(from: &Path) {
        assert!(Command::new("umount").arg(from).status().unwrap().success());
    }
}

#[test]
fn a_closing_line_tells_counts_and_time_and_a_pipe_sees_no_progress() {
    let run = sample().run(&["build"]);
    let stderr = run.stderr();
    let last = stderr.lines().last().unwrap();
    assert!(
        last.starts_with("built public: ") && last.contains("2 of 2 references resolved") && last.ends_with(" s"),
        "{last}"
    );
    assert!(!stderr.contains('\r') && !stderr.contains("\u{1b}["), "{stderr:?}");
    assert_eq!(run.stdout(), "");
}
