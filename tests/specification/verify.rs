//! `casefile verify`: what is whole is told to be, and nothing else is.

use std::path::Path;

use casefile_verify::report::{Problem, Report, Verdict};
use casefile_verify::verify;
use minisign::KeyPair;
use rayon::prelude::*;

use crate::forged::{self, Member};
use crate::support::{Fixture, Run};
use crate::zip::{files, sample, unpacked, zipped};

fn look(path: &Path) -> Run {
    Fixture::new(&[]).run(&["verify", &path.to_string_lossy()])
}

fn of_bytes(bytes: &[u8]) -> Report {
    verify::zip(bytes, None)
}

#[test]
fn a_fresh_zip_and_the_folder_it_is_unpacked_to_are_whole() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    for path in [fixture.path().join("a.zip"), unpacked(&fixture, "a.zip")] {
        let run = look(&path);
        assert_eq!(run.code(), 0, "{}", run.stdout());
        assert!(run.stdout().starts_with("whole: "), "{}", run.stdout());
    }
}

#[test]
fn a_zip_in_which_any_bit_is_another_is_never_whole() {
    let fixture = Fixture::new(&[("content/a.md", "# A\n")]);
    // As small as a site gets, so that there is time for every bit.
    for template in ["document", "home", "chooser", "404", "about", "print", "links", "index", "share"] {
        fixture.write(&format!("templates/{template}.html"), b"x");
    }
    for file in ["casefile.css", "casefile.js", "dark.css", "icon.svg", "lost.js", "search.js"] {
        fixture.write(&format!("static/{file}"), b"x");
    }
    let bytes = zipped(&fixture, "a.zip");
    assert!(bytes.len() < 16_000, "{} bytes", bytes.len());
    assert_eq!(of_bytes(&bytes).verdict(), Verdict::Whole);
    (0..bytes.len()).into_par_iter().for_each(|at| {
        let mut bytes = bytes.clone();
        for bit in 0..8 {
            bytes[at] ^= 1 << bit;
            assert_ne!(of_bytes(&bytes).verdict(), Verdict::Whole, "bit {bit} of byte {at}");
            bytes[at] ^= 1 << bit;
        }
    });
}

#[test]
fn a_zip_that_is_cut_or_has_something_before_or_behind_it_is_never_whole() {
    let bytes = zipped(&sample(), "a.zip");
    for end in (0..bytes.len()).step_by(97) {
        assert_ne!(of_bytes(&bytes[..end]).verdict(), Verdict::Whole, "{end}");
    }
    for changed in [[b"x", bytes.as_slice()].concat(), [bytes.as_slice(), b"x"].concat(), bytes.repeat(2)] {
        assert_eq!(of_bytes(&changed).verdict(), Verdict::NotWhole);
    }
}

#[test]
fn files_with_other_line_ends_are_told_to_be_that() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    let bag = unpacked(&fixture, "a.zip");
    let texts = files(&bag)
        .into_iter()
        .filter(|(path, bytes)| path != "tagmanifest-sha256.txt" && bytes.contains(&b'\n') && !bytes.contains(&0));
    let texts: Vec<(String, Vec<u8>)> = texts.collect();
    assert!(texts.len() > 5);
    for (path, bytes) in &texts {
        let text = str::from_utf8(bytes).unwrap().replace("\r\n", "\n").replace('\n', "\r\n");
        std::fs::write(bag.join(path), text).unwrap();
    }
    let run = look(&bag);
    assert_eq!(run.code(), 1);
    for (path, bytes) in &texts {
        let is_other = std::fs::read(bag.join(path)).unwrap() != *bytes;
        let told = run.stdout().contains(&format!("changed  {path}: its line ends, and nothing else\n"));
        assert_eq!(told, is_other, "{path}: {}", run.stdout());
    }
    assert!(run.stdout().contains("`* -text` in .gitattributes"), "{}", run.stdout());
    assert!(!run.stdout().contains("Payload-Oxum"), "{}", run.stdout());
    // A word that is another is another.
    let (path, bytes) = texts.iter().find(|(path, _)| path.ends_with("zh/a.html")).unwrap();
    let text = str::from_utf8(bytes).unwrap().replacen("<p>", "<p>x", 1).replace('\n', "\r\n");
    std::fs::write(bag.join(path), text).unwrap();
    let run = look(&bag);
    assert!(run.stdout().contains(&format!("changed  {path}: its SHA-256 is ")), "{}", run.stdout());
}

#[test]
fn what_is_missing_added_or_changed_is_told_by_its_path() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    let bag = unpacked(&fixture, "a.zip");
    for (path, bytes) in files(&bag) {
        let file = bag.join(&path);
        std::fs::remove_file(&file).unwrap();
        let run = look(&bag);
        assert_eq!(run.code(), 1, "without {path}");
        assert!(run.stdout().lines().any(|line| line == format!("missing  {path}")), "{}", run.stdout());
        let mut changed = bytes.clone();
        changed.push(b'\n');
        std::fs::write(&file, changed).unwrap();
        let run = look(&bag);
        assert_eq!(run.code(), 1, "with another {path}");
        if path != "tagmanifest-sha256.txt" {
            assert!(run.stdout().contains(&format!("changed  {path}: ")), "{}", run.stdout());
        }
        std::fs::write(&file, bytes).unwrap();
    }
    for path in ["data/new.html", "data/zh/.hidden", "new.txt", "folder/new.txt", "tagmanifest-sha256.txt.exe"] {
        let file = bag.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, b"new").unwrap();
        let run = look(&bag);
        assert_eq!(run.code(), 1);
        assert!(run.stdout().lines().any(|line| line == format!("added    {path}")), "{}", run.stdout());
        std::fs::remove_file(&file).unwrap();
    }
    assert_eq!(look(&bag).code(), 0);
}

/// The one line that tells what is wrong with a zip.
fn problem(members: &[Member]) -> String {
    let report = of_bytes(&forged::zip(members));
    assert_eq!(report.verdict(), Verdict::NotWhole);
    assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
    report.problems[0].to_string()
}

fn with(extra: Member) -> Vec<Member> {
    let mut members = forged::sound();
    members.push(extra);
    members
}

#[test]
fn a_zip_of_another_program_is_whole_if_the_bag_in_it_is() {
    let report = of_bytes(&forged::zip(&forged::sound()));
    assert_eq!((report.verdict(), report.problems), (Verdict::Whole, vec![]));
    let mut folder = Member::file("bag/data/empty/", b"");
    folder.mode = 0o040_755;
    assert_eq!(of_bytes(&forged::zip(&with(folder))).verdict(), Verdict::Whole);
}

#[test]
fn members_that_would_be_written_elsewhere_are_refused() {
    for name in
        ["../x", "bag/../x", "bag/../../x", "/x", "//x", "C:/x", "bag\\..\\..\\x", "bag/data/a:b", "bag/data/nul"]
    {
        let line = problem(&with(Member::file(name, b"x")));
        assert!(line.starts_with("refused  "), "{name}: {line}");
    }
    let mut folder = Member::file("../x/", b"");
    folder.mode = 0o040_755;
    assert!(problem(&with(folder)).starts_with("refused  "));
    let mut strange = Member::file("bag/data/x", b"x");
    strange.name = b"bag/data/\xff".to_vec();
    assert!(problem(&with(strange)).contains("not UTF-8"));
}

#[test]
fn links_devices_and_pipes_are_refused() {
    for kind in [0o120_000, 0o060_000, 0o020_000, 0o010_000, 0o140_000, 0o040_000] {
        let mut member = Member::file("bag/data/x", b"/etc/passwd");
        member.mode = kind | 0o777;
        assert!(problem(&with(member)).starts_with("refused  data/x: "), "{kind:o}");
    }
}

#[test]
fn names_that_are_one_on_some_computers_are_refused() {
    for (one, two) in [
        ("x", "x"),
        ("x", "X"),
        ("é", "É"),
        ("x/y", "X/z"),
        ("x", "x/y"),
        ("X", "x/y"),
        ("é", "e\u{301}"),
        ("ΑΣ", "ας"),
    ] {
        let mut members = with(Member::file(&format!("bag/data/{one}"), b"x"));
        members.push(Member::file(&format!("bag/data/{two}"), b"x"));
        let report = of_bytes(&forged::zip(&members));
        let refused = report.problems.iter().filter(|problem| matches!(problem, Problem::Refused { .. })).count();
        assert_eq!((report.verdict(), refused), (Verdict::NotWhole, 1), "{one} {two}: {:?}", report.problems);
    }
    // The listed file again, so that nothing is missing or added.
    assert!(problem(&with(Member::file("bag/data/a.txt", b"a"))).contains("two files of that name"));
}

#[test]
fn what_begins_like_a_bag_and_stands_in_no_folder_is_none() {
    let mut members = forged::sound();
    for member in &mut members {
        member.name = [b"a/x", member.name.strip_prefix(b"bag/").unwrap()].concat();
    }
    assert_ne!(of_bytes(&forged::zip(&members)).verdict(), Verdict::Whole);
}

#[test]
fn a_member_with_a_second_name_is_refused() {
    let named = |name: &[u8]| {
        let mut members = forged::sound();
        let member = members.iter_mut().find(|member| member.name == b"bag/data/a.txt").unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(&member.name);
        let field = [b"\x01".as_slice(), &crc.sum().to_le_bytes(), name].concat();
        member.extra = [0x7075u16.to_le_bytes(), (field.len() as u16).to_le_bytes()].concat();
        member.extra.extend(field);
        of_bytes(&forged::zip(&members)).verdict()
    };
    assert_eq!(named(b"bag/data/other.txt"), Verdict::NotWhole);
    assert_eq!(named(b"bag/data/a.txt"), Verdict::Whole);
}

#[test]
fn a_folder_in_the_way_of_a_file_is_refused_and_so_is_one_with_a_content() {
    for name in ["bag/data/a.txt/", "bag/DATA/"] {
        let report = of_bytes(&forged::zip(&with(Member::folder(name))));
        assert_eq!(report.verdict(), Verdict::NotWhole, "{name}");
    }
    let hidden = Member { data: b"hidden".to_vec(), ..Member::folder("bag/data/") };
    assert!(problem(&with(hidden)).contains("a folder with a content"));
}

#[test]
fn what_programs_take_differently_is_refused() {
    for bit in [4, 5, 6, 13, 15] {
        let mut members = forged::sound();
        members[0].flags = 1 << bit;
        assert_eq!(of_bytes(&forged::zip(&members)).verdict(), Verdict::NotWhole, "{bit}");
    }
}

#[test]
fn a_path_of_endless_folders_is_refused() {
    let deep = format!("bag/data/{}b", "a/".repeat(30_000));
    assert!(problem(&with(Member::file(&deep, b"x"))).contains("too long"));
}

#[test]
fn many_small_bombs_are_one_large_one() {
    use std::io::Write;
    let zeros = vec![0; 1 << 20];
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&zeros).unwrap();
    let packed = encoder.finish().unwrap();
    let paths: Vec<String> = (0..40).map(|at| format!("data/{at}")).collect();
    let files: Vec<(&str, &[u8])> = paths.iter().map(|path| (path.as_str(), zeros.as_slice())).collect();
    let mut members = forged::bag(&files);
    assert_eq!(of_bytes(&forged::zip(&members)).verdict(), Verdict::Whole);
    for member in members.iter_mut().filter(|member| member.name.starts_with(b"bag/data/")) {
        (member.method, member.data) = (8, packed.clone());
    }
    assert!(problem(&members).contains("fill the disk"));
}

#[test]
fn what_is_in_another_encoding_or_of_another_version_is_not_judged() {
    for declaration in [
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: EBCDIC\n",
        "BagIt-Version: 9.0\nTag-File-Character-Encoding: UTF-8\n",
    ] {
        let mut members = forged::bag_declared(declaration, &[("data/a.txt", b"a")]);
        members.last_mut().unwrap().data = b"b".to_vec();
        let report = of_bytes(&forged::zip(&members));
        assert_eq!((report.verdict(), report.unknown.len()), (Verdict::CouldNotTell, 1), "{:?}", report.problems);
    }
}

#[test]
fn what_a_bag_says_of_itself_does_not_write_on_the_terminal() {
    let fixture = Fixture::new(&[]);
    let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: x\u{1b}[2Kwhole: a.zip\u{202e}\n";
    fixture.write("a\u{1b}[8m.zip", &forged::zip(&forged::bag_declared(declaration, &[("data/a", b"a")])));
    let run = look(&fixture.path().join("a\u{1b}[8m.zip"));
    assert_eq!(run.code(), 2);
    assert!(!run.stdout().contains(['\u{1b}', '\u{202e}']), "{:?}", run.stdout());
}

#[test]
fn lines_may_end_as_they_like() {
    for end in ["\r\n", "\r"] {
        let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".replace('\n', end);
        let members = forged::bag_declared(&declaration, &[("data/a.txt", b"a")]);
        assert_eq!(of_bytes(&forged::zip(&members)).verdict(), Verdict::Whole, "{end:?}");
    }
}

#[test]
fn a_bag_without_a_payload_folder_is_not_whole() {
    assert_eq!(problem(&forged::bag(&[])), "missing  data/");
    let mut members = forged::bag(&[]);
    members.push(Member::folder("bag/data/"));
    assert_eq!(of_bytes(&forged::zip(&members)).verdict(), Verdict::Whole);
}

#[test]
fn a_comment_of_another_program_leaves_it_open() {
    let mut bytes = forged::zip(&forged::sound());
    let end = bytes.len();
    bytes[end - 2] = 2;
    bytes.extend(b"hi");
    assert_eq!(of_bytes(&bytes).verdict(), Verdict::CouldNotTell);
}

#[test]
fn what_is_to_be_fetched_must_be_listed() {
    let with_fetch = |text: &str| {
        let mut members = forged::sound();
        members.push(Member::file("bag/fetch.txt", text.as_bytes()));
        let report = of_bytes(&forged::zip(&members));
        report.problems.iter().any(|problem| problem.to_string().contains("line 1 of fetch.txt"))
    };
    assert!(!with_fetch("https://example.com/a.txt 1 data/a.txt\n"));
    assert!(with_fetch("https://example.com/a.txt - ../../etc/passwd\n"));
    assert!(with_fetch("nonsense\n"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let fixture = sample();
    zipped(&fixture, "a.zip");
    for name in ["pipe", "a.zip.sha256"] {
        let path = fixture.path().join(name);
        let _ = std::fs::remove_file(&path);
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    }
    assert_eq!(look(&fixture.path().join("pipe")).code(), 2);
    assert_eq!(look(&fixture.path().join("a.zip")).code(), 2);
}

#[test]
fn what_only_fills_the_disk_is_refused_before_it_is_unpacked() {
    // Ten gigabytes of zeros, as an attacker would rather not make them: the packed bytes are never looked at.
    let mut bomb = Member::file("bag/data/a.txt", b"");
    (bomb.method, bomb.size, bomb.data) = (8, u32::MAX - 1, vec![0; 10 << 20]);
    let mut members = forged::sound();
    members.retain(|member| member.name != b"bag/data/a.txt");
    members.push(bomb);
    assert!(problem(&members).contains("fill the disk"));
}

#[test]
fn a_member_that_unpacks_to_more_than_it_says_is_damaged() {
    let zeros = {
        use std::io::Write;
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..64 {
            encoder.write_all(&vec![0; 1 << 20]).unwrap();
        }
        encoder.finish().unwrap()
    };
    for size in [1, 15 << 20] {
        let mut members = forged::sound();
        let member = members.iter_mut().find(|member| member.name == b"bag/data/a.txt").unwrap();
        (member.method, member.size, member.data) = (8, size, zeros.clone());
        assert!(problem(&members).starts_with("damaged  data/a.txt: it unpacks to more"), "{size}");
    }
}

#[test]
fn bytes_that_belong_to_no_member_are_not_passed_over() {
    let bytes = forged::zip(&forged::sound());
    let end = bytes.len() - 22;
    let central = u32::from_le_bytes(bytes[end + 16..end + 20].try_into().unwrap()) as usize;
    // Behind the last member, with the end made to fit.
    let mut hidden = bytes.clone();
    hidden.splice(central..central, *b"hidden");
    let end = hidden.len() - 22;
    hidden[end + 16..end + 20].copy_from_slice(&((central + 6) as u32).to_le_bytes());
    // Before the first, with every offset left as it is.
    let before = [b"hidden", bytes.as_slice()].concat();
    for bytes in [hidden, before] {
        assert_eq!(of_bytes(&bytes).verdict(), Verdict::NotWhole);
    }
}

#[test]
fn what_could_not_be_looked_at_is_neither_whole_nor_not() {
    let fixture = Fixture::new(&[("text.txt", "no zip"), ("folder/a.txt", "no bag")]);
    for path in ["text.txt", "folder", "nothing"] {
        let run = look(&fixture.path().join(path));
        assert_eq!(run.code(), 2, "{path}: {}", run.stdout());
        assert!(run.stdout().contains("could not tell: "), "{}", run.stdout());
    }
    let mut members = forged::sound();
    members.iter_mut().for_each(|member| member.method = 12);
    assert_eq!(of_bytes(&forged::zip(&members)).verdict(), Verdict::CouldNotTell);
}

#[test]
fn nothing_is_written() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    fixture.write("evil.zip", &forged::zip(&with(Member::file("../casefile-escaped", b"x"))));
    unpacked(&fixture, "a.zip");
    let before = files(fixture.path());
    for name in ["a.zip", "evil.zip", "unpacked/dossier-2031-06-30"] {
        let path = fixture.path().join(name);
        let mut command = crate::support::program();
        command.current_dir(fixture.path()).arg("verify").arg(path).output().unwrap();
    }
    assert_eq!(files(fixture.path()), before);
    assert!(!fixture.path().join("../casefile-escaped").exists());
}

#[test]
fn a_zip_that_has_not_the_sum_beside_it_is_not_whole() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    let other = format!("{}  a.zip\n", casefile::sha256::Sha256::of(b"other"));
    fixture.write("a.zip.sha256", other.as_bytes());
    let run = look(&fixture.path().join("a.zip"));
    assert_eq!(run.code(), 1);
    assert!(run.stdout().contains("a.zip.sha256"), "{}", run.stdout());
}

#[test]
fn the_sum_beside_a_zip_may_be_written_as_other_tools_do() {
    let fixture = sample();
    let sum = casefile::sha256::Sha256::of(&zipped(&fixture, "a.zip"));
    let utf_16: Vec<u8> = format!("\u{feff}{sum}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let capitals = sum.to_string().to_uppercase();
    for text in [format!("SHA256 (a.zip) = {sum}\n"), format!("\u{feff}{capitals}  a.zip\n"), format!("\\{sum} *a.zip")]
    {
        fixture.write("a.zip.sha256", text.as_bytes());
        assert_eq!(look(&fixture.path().join("a.zip")).code(), 0, "{text}");
    }
    fixture.write("a.zip.sha256", &utf_16);
    assert_eq!(look(&fixture.path().join("a.zip")).code(), 0);
    fixture.write("a.zip.sha256", b"none");
    assert_eq!(look(&fixture.path().join("a.zip")).code(), 2);
}

#[test]
fn what_is_no_bag_cannot_be_compared() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    fixture.write("text.txt", b"no zip");
    let path = |name: &str| fixture.path().join(name).to_string_lossy().into_owned();
    let run = fixture.run(&["verify", &path("a.zip"), "--against", &path("text.txt")]);
    assert_eq!(run.code(), 2);
    assert!(run.stdout().contains("cannot be compared") && !run.stdout().contains("\nnew "), "{}", run.stdout());
}

#[test]
fn two_editions_are_compared_file_by_file() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    fixture.write("content/zh/a.md", "# 甲\n".as_bytes());
    fixture.write("content/zh/c.md", "# 丙\n".as_bytes());
    std::fs::remove_file(fixture.path().join("content/i.png")).unwrap();
    zipped(&fixture, "b.zip");
    let old = unpacked(&fixture, "a.zip");
    let new = fixture.path().join("b.zip");
    let run = fixture.run(&["-q", "verify", &new.to_string_lossy(), "--against", &old.to_string_lossy()]);
    assert_eq!(run.code(), 0, "{}", run.stdout());
    let lines: Vec<String> = run.stdout().lines().map(str::to_owned).collect();
    for line in
        ["changed  data/zh/a.html", "new      data/zh/c.html", "gone     data/files/i.png", "changed  bag-info.txt"]
    {
        assert!(lines.iter().any(|own| own == line), "{line} in {lines:?}");
    }
    assert!(!lines.iter().any(|line| line.contains("casefile.css")), "{lines:?}");
    std::fs::write(old.join("data/index.html"), b"changed").unwrap();
    assert_eq!(fixture.run(&["verify", &new.to_string_lossy(), "--against", &old.to_string_lossy()]).code(), 1);
}

/// Signs the zip of `fixture` with a new key; the public key as minisign writes it.
fn signed(fixture: &Fixture) -> String {
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    fixture.write("minisign.key", pair.sk.to_box(None).unwrap().to_string().as_bytes());
    let key = fixture.path().join("minisign.key");
    let run = fixture.run(&["zip", "-o", "a.zip", "--sign", &key.to_string_lossy()]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    pair.pk.to_base64()
}

#[test]
fn a_signature_is_verified_with_the_key_of_its_maker_and_no_other() {
    let fixture = sample();
    let key = signed(&fixture);
    let other = KeyPair::generate_unencrypted_keypair().unwrap().pk.to_base64();
    fixture.write("minisign.pub", format!("untrusted comment: x\n{key}\n").as_bytes());
    let file = fixture.path().join("minisign.pub").to_string_lossy().into_owned();
    let zip = fixture.path().join("a.zip").to_string_lossy().into_owned();
    let bag = unpacked(&fixture, "a.zip").to_string_lossy().into_owned();
    for path in [&zip, &bag] {
        for own in [&key, &file] {
            let run = fixture.run(&["verify", path, "--key", own]);
            assert_eq!(run.code(), 0, "{}", run.stdout());
            assert!(run.stdout().contains("signed with the key that was given"), "{}", run.stdout());
        }
        let run = fixture.run(&["verify", path]);
        assert_eq!(run.code(), 0);
        assert!(run.stdout().contains("by whom was not looked at"), "{}", run.stdout());
        assert_eq!(fixture.run(&["verify", path, "--key", &other]).code(), 1);
    }
    assert_eq!(fixture.run(&["verify", &zip, "--key", "no key"]).code(), 2);
    zipped(&fixture, "unsigned.zip");
    let unsigned = fixture.path().join("unsigned.zip");
    assert_eq!(fixture.run(&["verify", &unsigned.to_string_lossy(), "--key", &key]).code(), 1);
}

#[test]
fn a_time_stamp_is_carried_along_and_nothing_is_claimed_of_it() {
    let fixture = sample();
    let bytes = zipped(&fixture, "a.zip");
    let sum = of_bytes(&bytes).tag_manifest.unwrap();
    fixture.write("answer.tsr", &[b"made of ", sum.as_bytes().as_slice()].concat());
    fixture.write("proof.ots", b"of something else");
    let path = |name: &str| fixture.path().join(name).to_string_lossy().into_owned();
    let (tsr, ots, zip) = (path("answer.tsr"), path("proof.ots"), path("a.zip"));
    let run = fixture.run(&["zip", "-o", "a.zip", "--time-stamp", &tsr, "--time-stamp", &ots]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let warned = |end: &str| run.stderr().contains(&format!("does not stand in the time stamp `{end}`"));
    assert!(!warned(".tsr") && warned(".ots"), "{}", run.stderr());
    let run = fixture.run(&["verify", &zip]);
    assert_eq!(run.code(), 0, "{}", run.stdout());
    for words in [
        "tagmanifest-sha256.txt.tsr: it holds the SHA-256 of this tag manifest; whether it is genuine",
        "tagmanifest-sha256.txt.ots: it does not hold the SHA-256 of this tag manifest; whether it is genuine",
    ] {
        assert!(run.stdout().contains(words), "{}", run.stdout());
    }
    assert_eq!(of_bytes(&std::fs::read(&zip).unwrap()).tag_manifest, Some(sum), "it lies outside of what it stamps");
    assert_eq!(fixture.run(&["zip", "--time-stamp", &zip]).code(), 2);
    assert_eq!(fixture.run(&["zip", "--time-stamp", &tsr, "--time-stamp", &tsr]).code(), 2);
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_refused_and_not_followed() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    let bag = unpacked(&fixture, "a.zip");
    let bytes = std::fs::read(bag.join("data/index.html")).unwrap();
    fixture.write("same.html", &bytes);
    std::fs::remove_file(bag.join("data/index.html")).unwrap();
    std::os::unix::fs::symlink(fixture.path().join("same.html"), bag.join("data/index.html")).unwrap();
    let run = look(&bag);
    assert_eq!(run.code(), 1);
    assert!(run.stdout().contains("refused  data/index.html: it is a link"), "{}", run.stdout());
}

#[test]
fn bags_are_judged_as_their_folders_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags");
    let mut judged = 0;
    for (folder, verdict) in
        [("valid", Verdict::Whole), ("invalid", Verdict::NotWhole), ("unknown", Verdict::CouldNotTell)]
    {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let report = verify::verify(&path, None);
            let found = (report.verdict(), &report.problems, &report.unknown);
            assert_eq!(report.verdict(), verdict, "{}: {found:?}", path.display());
            judged += 1;
        }
    }
    assert!(judged >= 70, "{judged}");
}

#[test]
fn what_needs_a_later_version_of_the_format_is_refused_as_others_refuse_it() {
    for (version, method, whole) in [(10, 0, true), (45, 0, true), (46, 0, false), (99, 0, false), (99, 8, false)] {
        let mut members = forged::sound();
        let member = members.iter_mut().find(|member| member.name.starts_with(b"bag/data/")).unwrap();
        (member.version, member.method) = (version, method);
        let report = of_bytes(&forged::zip(&members));
        assert_eq!(report.verdict() == Verdict::Whole, whole, "{version} {method}: {:?}", report.problems);
    }
}

#[test]
fn what_a_system_puts_into_a_folder_or_zip_is_named_as_that_and_all_the_rest_is_judged() {
    let fixture = sample();
    zipped(&fixture, "a.zip");
    let bag = unpacked(&fixture, "a.zip");
    let own = [".DS_Store", "data/Thumbs.db", "data/zh/desktop.ini", "data/._index.html"];
    for path in own {
        std::fs::write(bag.join(path), b"of the system").unwrap();
    }
    let run = look(&bag);
    assert_eq!(run.code(), 0, "{}", run.stdout());
    for path in own {
        let line = format!("warning  {path} is the system's own, and no part of the bag");
        assert!(run.stderr().lines().any(|told| told == line), "{}", run.stderr());
    }
    std::fs::write(bag.join("data/index.html"), b"changed").unwrap();
    let run = look(&bag);
    assert!(run.code() == 1 && run.stdout().contains("changed  data/index.html"), "{}", run.stdout());
    let mut members = forged::sound();
    members.push(Member::folder("__MACOSX/"));
    members.push(Member::file("__MACOSX/bag/data/._a.txt", b"of the system"));
    let report = of_bytes(&forged::zip(&members));
    assert_eq!((report.verdict(), report.warnings.len()), (Verdict::Whole, 1), "{:?}", report.problems);
    members.push(Member::file("__MACOSX/bag/data/a.txt", b"of somebody"));
    assert_eq!(of_bytes(&forged::zip(&members)).verdict(), Verdict::NotWhole);
}

#[test]
fn sums_that_can_be_forged_are_warned_of() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags/valid");
    for (bag, is_forgeable) in
        [("md5-alone", true), ("sha1-alone", true), ("four-kinds-of-sums", false), ("plain", false)]
    {
        let report = verify::verify(&root.join(bag), None);
        assert_eq!(report.warnings.iter().any(|warning| warning.en().contains("at will")), is_forgeable, "{bag}");
    }
}

#[test]
fn editions_whose_lists_are_of_different_kinds_are_not_compared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags/valid");
    let path = |name: &str| root.join(name).to_string_lossy().into_owned();
    let run = Fixture::new(&[]).run(&["verify", &path("sha512-alone"), "--against", &path("plain")]);
    assert!(run.stdout().contains("cannot be compared") && !run.stdout().contains("changed"), "{}", run.stdout());
}

#[test]
fn a_bag_may_do_without_a_tag_manifest_unless_something_tells_that_it_had_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags/valid");
    let report = verify::verify(&root.join("without-tag-manifest"), None);
    assert_eq!(report.verdict(), Verdict::Whole);
    assert!(report.warnings.iter().any(|warning| warning.en().contains("no tag manifest")), "{:?}", report.warnings);
    // One that this program made has one.
    let fixture = sample();
    zipped(&fixture, "a.zip");
    let bag = unpacked(&fixture, "a.zip");
    std::fs::remove_file(bag.join("tagmanifest-sha256.txt")).unwrap();
    let run = look(&bag);
    assert!(run.code() == 1 && run.stdout().contains("missing  tagmanifest-sha256.txt"), "{}", run.stdout());
}

#[test]
fn line_ends_are_named_as_the_reason_only_of_a_sum_that_they_explain() {
    let fixture = Fixture::new(&[("data/a.txt", "hello")]);
    fixture.write("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let sum = casefile::sha256::Sha256::of(b"hello");
    fixture.write("manifest-sha256.txt", format!("{sum}  data/a.txt\n").as_bytes());
    fixture.write("manifest-sha512.txt", format!("{}  data/a.txt\n", "0".repeat(128)).as_bytes());
    let run = look(fixture.path());
    assert_eq!(run.code(), 1);
    assert!(
        run.stdout().contains("changed  data/a.txt: its SHA-512 is ") && !run.stdout().contains("line ends"),
        "{}",
        run.stdout()
    );
}
