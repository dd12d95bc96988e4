//! `casefile zip`: the same bytes from the same case, in a bag, whole at every moment.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use walkdir::WalkDir;
use zip::{CompressionMethod, ZipArchive};

use crate::support::Fixture;

pub fn sample() -> Fixture {
    Fixture::new(&[
        (
            "casefile.yaml",
            "title: {zh: 一案, en: A case}\nas_of: 2031-06-30\ncontact: {name: Nobody, email: a@b.example}\n",
        ),
        ("content/zh/a.md", "# 甲\n\n见【注1】。![图](../i.png)\n\n【注1】文字。\n"),
        ("content/en/a.md", "# A\n\nSee [Note 1].\n\n[Note 1] Text.\n"),
        ("content/i.png", "GIF89a\u{1}\0\u{1}\0\0\0\0;"),
    ])
}

/// Makes the zip `name` in the case folder, and returns its bytes.
pub fn zipped(fixture: &Fixture, name: &str) -> Vec<u8> {
    let run = fixture.run(&["zip", "-o", name]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    std::fs::read(fixture.path().join(name)).unwrap()
}

/// The files of a folder by their paths.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let path = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    files.map(|entry| (path(entry.path()), std::fs::read(entry.path()).unwrap())).collect()
}

fn archive(fixture: &Fixture, name: &str) -> ZipArchive<File> {
    ZipArchive::new(File::open(fixture.path().join(name)).unwrap()).unwrap()
}

/// Unpacks the zip `name` in the case folder with another program than ours; where the bag is then.
pub fn unpacked(fixture: &Fixture, name: &str) -> std::path::PathBuf {
    let to = fixture.path().join("unpacked");
    archive(fixture, name).extract(&to).unwrap();
    to.join("dossier-2031-06-30")
}

#[test]
fn two_runs_in_two_places_under_two_names_make_the_same_zip() {
    let (one, two) = (sample(), sample());
    let first = zipped(&one, "one.zip");
    assert_eq!(first, zipped(&two, "elsewhere/two.zip"));
    assert_eq!(first, zipped(&one, "one.zip"), "the second time");
}

#[test]
fn the_payload_is_the_site_and_the_tag_files_are_those_of_bagit() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let mut bag = files(&unpacked(&fixture, "a.zip"));
    let mut site = files(&fixture.public(""));
    site.remove(".casefile");
    let payload: BTreeMap<String, Vec<u8>> = bag
        .extract_if(.., |path, _| path.starts_with("data/"))
        .map(|(path, bytes)| (path["data/".len()..].to_owned(), bytes))
        .collect();
    assert_eq!(payload, site);
    let names: Vec<&str> = bag.keys().map(String::as_str).collect();
    let expected =
        ["VERIFY.txt", "bag-info.txt", "bagit.txt", "index.html", "manifest-sha256.txt", "tagmanifest-sha256.txt"];
    assert_eq!(names, expected);
    assert_eq!(bag["bagit.txt"], b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let info = str::from_utf8(&bag["bag-info.txt"]).unwrap();
    let octets: usize = payload.values().map(Vec::len).sum();
    let fingerprint = fixture.built().site.case.fingerprint;
    for line in [
        format!("Payload-Oxum: {octets}.{}", payload.len()),
        format!("Case-Fingerprint-SHA-256: {fingerprint}"),
        "Case-As-Of: 2031-06-30".to_owned(),
        "External-Description: 一案".to_owned(),
        "External-Description: A case".to_owned(),
        "Contact-Email: a@b.example".to_owned(),
    ] {
        assert_eq!(info.lines().filter(|own| *own == line).count(), 1, "{line} in {info}");
    }
    assert!(!info.contains("Bagging-Date"), "nobody said when it was made");
    let verify = str::from_utf8(&bag["VERIFY.txt"]).unwrap();
    for word in ["certutil -hashfile dossier-2031-06-30.zip SHA256", "shasum -a 256", "sha256sum -c", "校验值"] {
        assert!(verify.contains(word), "{word}");
    }
    assert!(!verify.contains("dossier.zip") && verify.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn the_sums_are_printed_and_stand_beside_the_zip() {
    let fixture = sample();
    let run = fixture.run(&["zip"]);
    let path = fixture.path().join("dossier-2031-06-30.zip");
    let zip = casefile::sha256::Sha256::of(&std::fs::read(&path).unwrap());
    let tag_manifest =
        std::fs::read(unpacked(&fixture, "dossier-2031-06-30.zip").join("tagmanifest-sha256.txt")).unwrap();
    let tag_manifest = casefile::sha256::Sha256::of(&tag_manifest);
    let path = path.canonicalize().unwrap();
    let listed = "dossier-2031-06-30/tagmanifest-sha256.txt";
    assert_eq!(run.stdout(), format!("{zip}  {}\n{tag_manifest}  {listed}\n", path.display()));
    let beside = std::fs::read_to_string(fixture.path().join("dossier-2031-06-30.zip.sha256")).unwrap();
    assert_eq!(beside, format!("{zip}  dossier-2031-06-30.zip\n# {tag_manifest}  {listed}\n"));
    let mut sha256sum = Command::new("sha256sum");
    sha256sum.args(["-c", "--strict", "dossier-2031-06-30.zip.sha256"]);
    assert!(sha256sum.current_dir(fixture.path()).stdout(Stdio::null()).status().unwrap().success());
}

#[test]
fn a_case_with_errors_is_refused_and_nothing_is_written() {
    let fixture = sample();
    fixture.write("content/zh/b.md", b"\xff\xfe");
    let run = fixture.run(&["zip", "-o", "a.zip"]);
    assert_eq!((run.code(), run.stdout()), (1, String::new()));
    assert!(!fixture.path().join("a.zip").exists());
    fixture.write("content/zh/b.md", "# 乙\n\n见【注9】。\n".as_bytes());
    assert_eq!(fixture.run(&["zip", "-o", "a.zip", "--strict"]).code(), 1);
    assert_eq!(fixture.run(&["zip", "-o", "a.zip"]).code(), 0);
}

#[test]
fn a_file_that_casefile_did_not_make_is_not_replaced_without_force() {
    let fixture = sample();
    for foreign in [b"mine".to_vec(), Vec::new(), super::forged::zip(&super::forged::sound())] {
        fixture.write("a.zip", &foreign);
        let run = fixture.run(&["zip", "-o", "a.zip"]);
        assert_eq!(run.code(), 2);
        assert!(run.stderr().contains("--force"), "{}", run.stderr());
        assert_eq!(std::fs::read(fixture.path().join("a.zip")).unwrap(), foreign);
    }
    assert_eq!(fixture.run(&["zip", "-o", "a.zip", "--force"]).code(), 0);
    assert_eq!(fixture.run(&["zip", "-o", "a.zip"]).code(), 0);
}

#[test]
fn a_zip_is_no_part_of_the_case_it_was_made_from() {
    let fixture = Fixture::new(&[("a.md", "# 甲\n")]);
    assert_eq!(fixture.run(&["zip"]).code(), 0);
    let first = std::fs::read(fixture.path().join("dossier.zip")).unwrap();
    assert_eq!(fixture.run(&["zip"]).code(), 0);
    assert_eq!(std::fs::read(fixture.path().join("dossier.zip")).unwrap(), first);
    for inside in ["mine.zip", "folder/dossier.zip", "static/dossier.zip"] {
        std::fs::create_dir_all(fixture.path().join(inside).parent().unwrap()).unwrap();
        let run = fixture.run(&["zip", "-o", inside]);
        assert_eq!(run.code(), 2, "{inside}");
        assert!(run.stderr().contains("part of the case"), "{}", run.stderr());
    }
    assert_eq!(fixture.run(&["zip", "-o", "public/mine.zip"]).code(), 0);
    let fixture = sample();
    assert_eq!(fixture.run(&["zip", "-o", "content/a.zip"]).code(), 2);
}

#[test]
fn a_zip_killed_at_any_moment_leaves_the_old_one_or_the_new_one() {
    let fixture = sample();
    for page in 0..300 {
        fixture.write(&format!("content/zh/p{page}.md"), format!("# 页{page}\n\n见【注1】。\n").as_bytes());
    }
    zipped(&fixture, "a.zip");
    let program = assert_cmd::cargo::cargo_bin("casefile");
    let mut killed = 0;
    for step in 0..30 {
        fixture.write("content/zh/a.md", format!("# 甲{step}\n").as_bytes());
        let mut command = Command::new(&program);
        let command = command.args(["-q", "-r"]).arg(fixture.path()).args(["zip", "-o", "a.zip"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(step * 4));
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let run = fixture.run(&["verify", &fixture.path().join("a.zip").to_string_lossy()]);
        assert_eq!(run.code(), 0, "after {step} steps: {}", run.stdout());
    }
    assert!(killed > 3, "only {killed} were killed while they ran");
    zipped(&fixture, "a.zip");
    let left = std::fs::read_dir(fixture.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().contains("casefile-new")));
}

#[test]
fn the_time_in_the_zip_is_the_one_that_was_given() {
    let fixture = sample();
    let made = |epoch: &str| {
        let mut command = crate::support::program();
        let command = command.arg("-r").arg(fixture.path()).args(["-q", "zip", "-o", "a.zip"]);
        let output = command.env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
        (output.status.code(), std::fs::read(fixture.path().join("a.zip")).unwrap_or_default())
    };
    // 2030-01-02 03:04:06 as MS-DOS writes it, after the name's marks of a local header.
    let (code, bytes) = made("1893553446");
    assert_eq!(code, Some(0));
    assert_eq!(bytes[10..14], [0x83, 0x18, 0x22, 0x64]);
    assert!(files(&unpacked(&fixture, "a.zip"))["bag-info.txt"].windows(24).any(|w| w == b"Bagging-Date: 2030-01-02"));
    assert_eq!(made("1893553446").1, bytes);
    let (code, bytes) = made("0");
    assert_eq!((code, &bytes[10..14]), (Some(0), [0, 0, 0x21, 0].as_slice()), "before the first that can be written");
    assert_eq!(made("yesterday").0, Some(2));
}

#[test]
fn what_is_packed_already_is_stored_and_text_is_packed() {
    let fixture = sample();
    let zeros = vec![0; 100_000];
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    let noise: Vec<u8> = (0..100_000).map(|_| next()).collect();
    fixture.write("content/photo.jpg", &[b"\xff\xd8\xff\xe0\0\x10JFIF\0", zeros.as_slice()].concat());
    fixture.write("content/noise.bin", &noise);
    let table: String = (0..10_000).map(|row| format!("{row},paid,{}\n", row * 7)).collect();
    fixture.write("content/table.csv", table.as_bytes());
    fixture.write("content/zh/a.md", "# 甲\n\n[一](../photo.jpg) [二](../noise.bin) [三](../table.csv)\n".as_bytes());
    zipped(&fixture, "a.zip");
    let mut archive = archive(&fixture, "a.zip");
    let mut method = |name: &str| archive.by_name(&format!("dossier-2031-06-30/data/{name}")).unwrap().compression();
    let (stored, deflated) = (CompressionMethod::Stored, CompressionMethod::Deflated);
    assert_eq!((method("files/photo.jpg"), method("files/noise.bin.txt")), (stored, stored));
    assert_eq!((method("files/table.csv"), method("zh/a.html")), (deflated, deflated));
}

#[test]
fn what_the_zip_holds_can_be_unpacked_on_windows() {
    let fixture = Fixture::new(&[
        ("content/zh/con.md", "# 甲\n\n见[文件](aux.txt)和[附录](nul/a.md)。\n"),
        ("content/zh/nul/a.md", "# 乙\n"),
        ("content/zh/aux.txt", "x"),
    ]);
    let run = fixture.run(&["zip", "-o", "a.zip"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let path = fixture.path().join("a.zip");
    assert_eq!(fixture.run(&["verify", &path.to_string_lossy()]).code(), 0);
    let named: Vec<String> = archive(&fixture, "a.zip").file_names().map(|name| name.unwrap().into_owned()).collect();
    for path in ["zh/con-page.html", "zh/nul-page/a.html", "aux-file.txt"] {
        assert!(named.iter().any(|name| name.ends_with(path)), "{path} in {named:?}");
    }
}

#[test]
fn two_zips_made_at_once_under_one_name_are_each_whole() {
    let small = Fixture::new(&[("content/a.md", "# A\n")]);
    let other = sample();
    let target = small.path().join("shared.zip").to_string_lossy().into_owned();
    for _ in 0..4 {
        std::thread::scope(|scope| {
            let runs =
                [&small, &other].map(|fixture| scope.spawn(|| fixture.run(&["zip", "--force", "-o", &target]).code()));
            let codes = runs.map(|run| run.join().unwrap());
            assert!(codes.contains(&0), "{codes:?}");
        });
        let report = casefile_verify::verify::zip(&*std::fs::read(&target).unwrap(), None);
        assert_eq!(report.problems, []);
    }
}

#[cfg(unix)]
#[test]
fn only_files_are_replaced_and_only_our_own_sums() {
    let fixture = sample();
    fixture.write("a.zip.sha256", b"somebody's notes");
    assert_eq!(fixture.run(&["zip", "-o", "a.zip"]).code(), 2);
    assert_eq!(fixture.run(&["zip", "-o", "a.zip", "--force"]).code(), 0);
    std::fs::create_dir(fixture.path().join("b.zip")).unwrap();
    assert_eq!(fixture.run(&["zip", "-o", "b.zip", "--force"]).code(), 2);
}

#[test]
fn the_zip_of_a_case_in_a_secret_folder_opens_and_does_not_tell_of_it() {
    let fixture = Fixture::new(&[
        ("casefile.yaml", "base_url: https://example.com/\nsecret_path: 4k9q2m7x1v8c5b3n6z0a\n"),
        ("content/zh/a.md", "# 甲\n"),
    ]);
    zipped(&fixture, "a.zip");
    let bag = fixture.path().join("unpacked");
    archive(&fixture, "a.zip").extract(&bag).unwrap();
    let all = files(&bag);
    assert!(all.iter().any(|(path, _)| path.ends_with("data/zh/a.html")), "{:?}", all.keys().collect::<Vec<_>>());
    for (path, bytes) in all {
        let told = path + &String::from_utf8_lossy(&bytes);
        assert!(!told.contains("4k9q2m7x1v8c5b3n6z0a") && !told.contains("https://example.com"), "{told:.200}");
    }
}

#[test]
fn no_zip_takes_the_place_of_what_the_case_is_made_from() {
    let fixture = sample();
    fixture.write("casefile.yaml", "title: 案\n".as_bytes());
    for name in ["casefile.yaml", "static/x.zip", "templates/x.zip", "content/new/x.zip"] {
        assert_eq!(fixture.run(&["zip", "--force", "-o", name]).code(), 2, "{name}");
    }
    assert_eq!(std::fs::read(fixture.path().join("casefile.yaml")).unwrap(), "title: 案\n".as_bytes());
}
