//! What others wrote agrees with casefile about its bags: bagit.py, sha256sum, unzip, Python's zipfile, minisign.
//!
//! These tools are not everywhere, so a plain `cargo test` leaves these tests out; `scripts/test` installs what is missing
//! and runs them. CASEFILE_PYTHON names a Python that has the package bagit.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests make folders, run programs, and end at the first surprise"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The zip of the demonstration case in a folder of its own, and the bag it unpacks to.
struct Edition {
    folder: TempDir,
    bag: PathBuf,
}

impl Edition {
    fn new(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        casefile(Path::new(env!("CARGO_MANIFEST_DIR")), &folder.path().join("edition.zip"), arguments);
        run(folder.path(), "unzip", &["-q", "edition.zip"]);
        let bag = folder.path().join("dossier-2031-06-30");
        Self { folder, bag }
    }
}

fn casefile(case: &Path, zip: &Path, arguments: &[&str]) {
    let mut command = assert_cmd::Command::cargo_bin("casefile").unwrap();
    command.arg("-qr").arg(case).arg("zip").arg("-o").arg(zip).args(arguments).assert().success();
}

fn try_run(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    output.unwrap_or_else(|error| panic!("{program}: {error}; scripts/test installs what is missing"))
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = try_run(folder, program, arguments);
    let [stdout, stderr] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(output.status.success(), "{program} {arguments:?}: {stdout}{stderr}");
    stdout
}

fn python() -> String {
    std::env::var("CASEFILE_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

fn is_bag(path: &Path) -> bool {
    let output = try_run(path, &python(), &["-m", "bagit", "--validate", "--quiet", "."]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!stderr.contains("No module named"), "{stderr}; scripts/test installs what is missing");
    output.status.success()
}

#[test]
fn bagit_py_and_sha256sum_find_the_bag_whole() {
    let edition = Edition::new(&[]);
    assert!(is_bag(&edition.bag));
    for list in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        run(&edition.bag, "sha256sum", &["-c", "--strict", "--quiet", list]);
    }
    run(edition.folder.path(), "sha256sum", &["-c", "--strict", "edition.zip.sha256"]);
    std::fs::write(edition.bag.join("data/index.html"), "changed").unwrap();
    assert!(!is_bag(&edition.bag));
}

#[test]
fn unzip_and_zipfile_read_the_zip_as_it_was_meant() {
    let edition = Edition::new(&[]);
    run(edition.folder.path(), "unzip", &["-tq", "edition.zip"]);
    let script = "
import sys, zipfile
zip = zipfile.ZipFile(sys.argv[1])
assert zip.testzip() is None
names = zip.namelist()
assert names == sorted(names) and len(names) == len(set(names)) and all(name.isascii() for name in names)
offsets = [member.header_offset for member in zip.infolist()]
assert offsets == sorted(offsets)
for member in zip.infolist():
    assert member.date_time == (2031, 6, 30, 0, 0, 0), member
    assert member.external_attr >> 16 == 0o100644 and member.create_system == 3, member
    assert not member.extra and not member.comment and not member.flag_bits, member
    assert member.filename.endswith(('.jpg', '.png')) <= (member.compress_type == 0), member
";
    run(edition.folder.path(), &python(), &["-c", script, "edition.zip"]);
}

#[test]
fn more_files_than_a_short_zip_can_count_are_read_again() {
    let case = tempfile::tempdir().unwrap();
    let write = |path: String, text: &str| {
        let path = case.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let count = 65_600;
    (0..count).for_each(|n| write(format!("content/f/{n}.bin"), ""));
    let links: String = (0..count).map(|n| format!("[{n}](f/{n}.bin)\n")).collect();
    write("content/a.md".to_owned(), &format!("# A\n\n{links}"));
    let zip = case.path().join("edition.zip");
    casefile(case.path(), &zip, &[]);
    let script = "import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))";
    let read: u32 = run(case.path(), &python(), &["-c", script, "edition.zip"]).trim().parse().unwrap();
    assert!(read > count);
    run(case.path(), "unzip", &["-tqq", "edition.zip"]);
    assert_cmd::Command::cargo_bin("casefile").unwrap().arg("verify").arg(&zip).assert().success();
}

#[test]
fn minisign_verifies_what_its_own_key_signed() {
    let keys = tempfile::tempdir().unwrap();
    run(keys.path(), "minisign", &["-GW", "-p", "own.pub", "-s", "own.key"]);
    run(keys.path(), "minisign", &["-GW", "-p", "other.pub", "-s", "other.key"]);
    let path = |name: &str| keys.path().join(name).to_string_lossy().into_owned();
    let (own, other) = (path("own.pub"), path("other.pub"));
    let edition = Edition::new(&["--sign", &path("own.key")]);
    let verify = |key: &str| try_run(&edition.bag, "minisign", &["-V", "-p", key, "-m", "tagmanifest-sha256.txt"]);
    assert!(verify(&own).status.success() && !verify(&other).status.success());
    assert!(is_bag(&edition.bag), "the signature lies beside");
    let signature = edition.bag.join("tagmanifest-sha256.txt.minisig");
    std::fs::remove_file(signature).unwrap();
    run(&edition.bag, "minisign", &["-S", "-s", &path("own.key"), "-m", "tagmanifest-sha256.txt"]);
    let bag = edition.bag.to_string_lossy();
    assert_cmd::Command::cargo_bin("casefile").unwrap().args(["verify", &bag, "--key", &own]).assert().success();
}

#[test]
fn bagit_py_finds_no_fault_where_casefile_finds_none_nor_the_reverse_without_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags");
    let bags = |folder: &str| {
        let entries = std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        entries
            .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), is_bag(&path)))
            .collect::<Vec<_>>()
    };
    // It does not decode `%25`, as section 2.1.3 of RFC 8493 demands, and reads no UTF-16 without a byte-order mark.
    let mut refused: Vec<String> =
        bags("valid").into_iter().filter(|(_, valid)| !valid).map(|(name, _)| name).collect();
    refused.sort();
    assert_eq!(refused, ["percent-in-a-name", "tag-files-in-utf-16-without-a-mark"]);
    // It reads bagit.txt and bag-info.txt less strictly than sections 2.1.1 and 2.2.2 write them, passes over lines of a
    // manifest that it cannot read, and minds neither manifests of different files nor tag files that nothing vouches for.
    let mut passed: Vec<String> =
        bags("invalid").into_iter().filter(|(_, valid)| *valid).map(|(name, _)| name).collect();
    passed.sort();
    let known = [
        "bagit-txt-in-another-order",
        "bagit-txt-with-more-spaces",
        "bagit-txt-with-three-lines",
        "lists-of-different-files",
        "manifest-without-a-path",
        "oxum-twice",
        "tag-file-added",
    ];
    assert_eq!(passed, known);
}
