//! Telling whether a bag, in a folder or in a zip, is whole. Nothing is ever written.
#![expect(clippy::disallowed_methods, reason = "reading what is verified is what this module is for")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;

use super::archive::{Archive, Fault, Seal};
use super::bag::{
    self, DECLARATION, FETCH, INFO, Info, MANIFEST, OXUM, Oxum, PAYLOAD, SIGNATURE, TAG_MANIFEST, TIME_STAMPS,
};
use super::contents::{Contents, File, Listing};
use super::folder::Folder;
use super::manifest::Manifest;
use super::medium::{Links, Medium, OpenFile, open_file};
use super::path::why_unsafe;
use super::report::{Problem, Report, Signature, TimeStamp};
use super::signature::VerifyingKey;
use crate::sha256::{Sha256, Summing};

/// The largest manifest that is read, in bytes: that of half a million files.
const MAX_MANIFEST: u64 = 64 << 20;

/// The largest of the other tag files, and of what lies beside a zip, in bytes.
const MAX_TAG_FILE: u64 = 1 << 20;

/// How much of a file is in memory while it is hashed, in bytes.
const PIECE: u64 = 1 << 20;

/// The versions of BagIt whose bags are known here.
const VERSIONS: [&str; 2] = ["0.97", "1.0"];

/// Looks at the bag in the folder or zip at `path`. With a key, a bag that is not signed by it is not whole.
pub fn verify(path: &Path, key: Option<&VerifyingKey>) -> Report {
    let unknown = |error: io::Error| Report { unknown: vec![error.to_string()], ..Report::default() };
    match fs::metadata(path) {
        Err(error) => unknown(error),
        Ok(found) if found.is_dir() => {
            let (folder, listing) = Folder::open(path);
            check(&folder, listing, key)
        }
        Ok(_) => match OpenFile::open(path) {
            Err(error) => unknown(error),
            Ok(file) => {
                let mut report = zip(&file, key);
                beside(path, &mut report);
                report
            }
        },
    }
}

/// Looks at the bag in a zip.
pub fn zip<M: Medium + ?Sized>(medium: &M, key: Option<&VerifyingKey>) -> Report {
    let mut report = Report::default();
    let (archive, listing) = match Archive::open(medium) {
        Ok(opened) => opened,
        Err(Fault::Broken(why)) => {
            report.broken(why);
            return report;
        }
        Err(Fault::NoZip) => {
            report.unknown.push("this is neither a folder nor a zip".to_owned());
            return report;
        }
        Err(Fault::Io(error)) => {
            report.unknown.push(error.to_string());
            return report;
        }
    };
    if archive.expands_too_far() {
        report.broken("it unpacks to so much that it could only fill the disk");
        return report;
    }
    let (seal, mut report) = rayon::join(|| archive.seal(), || check(&archive, listing, key));
    match seal {
        Ok((sum, Seal::Same)) => report.zip = Some(sum),
        Ok((sum, Seal::Broken)) => {
            report.zip = Some(sum);
            let why = "the zip is not the one that was made: its bytes have another sum than its comment says";
            report.problems.insert(0, Problem::Broken { why: why.to_owned() });
        }
        Ok((sum, Seal::Foreign)) => {
            report.zip = Some(sum);
            report
                .unknown
                .push("the zip has a comment of another program, and no sum tells whether it was changed".to_owned());
        }
        Err(error) => report.unknown.push(error.to_string()),
    }
    report
}

/// Compares the sum of a zip with that in the file `.sha256` beside it, if there is one.
fn beside(path: &Path, report: &mut Report) {
    let Some(sum) = report.zip else { return };
    let mut name = path.as_os_str().to_owned();
    name.push(".sha256");
    let mut text = Vec::new();
    let read = open_file(Path::new(&name), Links::Followed);
    let read = read.and_then(|file| file.take(MAX_TAG_FILE).read_to_end(&mut text));
    let name = name.to_string_lossy();
    match read.map(|_| listed_sum(text)) {
        Ok(Some(listed)) if listed == sum => {}
        Ok(Some(_)) => report.broken(format!("the zip has not the sum that stands in {name}")),
        Ok(None) => report.unknown.push(format!("{name} holds no SHA-256")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => report.unknown.push(format!("{name}: {error}")),
    }
}

/// The first SHA-256 in a file of sums, whichever of their forms and encodings (UTF-8, UTF-16) a tool chose.
fn listed_sum(mut text: Vec<u8>) -> Option<Sha256> {
    text.retain(|byte| *byte != 0);
    let words = text.split(|byte| !byte.is_ascii_hexdigit()).filter(|word| word.len() == 64);
    words.filter_map(|word| str::from_utf8(word).ok()?.parse().ok()).next()
}

/// Looks at a bag whose files are known.
fn check(contents: &dyn Contents, listing: Listing, key: Option<&VerifyingKey>) -> Report {
    let files = contents.files();
    let mut report = Report {
        problems: listing.problems,
        unknown: listing.unknown,
        files: amount(files.iter()),
        ..Report::default()
    };
    if report.problems.is_empty() && ![DECLARATION, MANIFEST, TAG_MANIFEST].iter().any(|path| has(contents, path)) {
        report.unknown.push(format!("there is no bag here: none of {DECLARATION}, {MANIFEST} and {TAG_MANIFEST}"));
        return report;
    }
    if !declaration(contents, &mut report) {
        return report;
    }
    let is_payload = |path: &str| path.starts_with(PAYLOAD);
    let has_payload = files.iter().any(|file| is_payload(&file.path))
        || listing.folders.iter().any(|folder| is_payload(&format!("{folder}/")))
        || report.problems.iter().filter_map(Problem::refused).any(is_payload);
    if !has_payload {
        report.problems.push(Problem::Missing { path: PAYLOAD.to_owned() });
    }
    let manifest = read_manifest(contents, MANIFEST, |path| path.starts_with(PAYLOAD), &mut report);
    let is_tag = |path: &str| !path.starts_with(PAYLOAD) && path != TAG_MANIFEST;
    let tag_manifest = read_manifest(contents, TAG_MANIFEST, is_tag, &mut report);
    oxum(contents, &mut report);
    fetch(contents, manifest.as_ref(), &mut report);
    for path in files.iter().map(|file| file.path.as_str()).filter(|path| is_other_manifest(path)) {
        report.unknown.push(format!("{path} is not looked into: only SHA-256 is known here"));
    }

    let mut listed = Manifest::default();
    for manifest in [&manifest, &tag_manifest].into_iter().flatten() {
        listed.0.extend(manifest.0.iter().map(|(path, sum)| (path.clone(), *sum)));
    }
    let sums: Vec<Compared> = files
        .par_iter()
        .enumerate()
        .filter_map(|(at, file)| Some(compare(contents, at, listed.0.get(&file.path)?)))
        .collect();
    for compared in sums {
        match compared {
            Compared::Same => {}
            Compared::Differs(problem) => report.problems.push(problem),
            Compared::Unknown(why) => report.unknown.push(why),
        }
    }
    let refused: BTreeSet<String> = report.problems.iter().filter_map(Problem::refused).map(str::to_owned).collect();
    let present: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let missing = listed.0.keys().filter(|path| !present.contains(path.as_str()) && !refused.contains(*path));
    report.problems.extend(missing.map(|path| Problem::Missing { path: path.clone() }));
    // Where a list cannot be read, what it does not say is no problem of its own.
    let is_known = |path: &str| {
        let beside = path.strip_prefix(TAG_MANIFEST);
        listed.0.contains_key(path)
            || beside.is_some_and(|end| end.is_empty() || end == SIGNATURE || TIME_STAMPS.contains(&end))
            || is_other_manifest(path)
            || if path.starts_with(PAYLOAD) { manifest.is_none() } else { tag_manifest.is_none() }
    };
    let added = present.iter().filter(|path| !is_known(path));
    report.problems.extend(added.map(|path| Problem::Added { path: (*path).to_owned() }));

    beside_tag_manifest(contents, key, &mut report);
    listed.0.remove(MANIFEST);
    report.listed = listed;
    report.problems.sort();
    report.problems.dedup();
    report.unknown.sort();
    report.unknown.dedup();
    report
}

/// What became of a file whose sum was compared.
enum Compared {
    Same,
    Differs(Problem),
    Unknown(String),
}

fn compare(contents: &dyn Contents, at: usize, listed: &Sha256) -> Compared {
    let file = &contents.files()[at];
    let path = file.path.clone();
    match contents.open(at).and_then(|reader| sum(reader, file.size)) {
        Ok(found) if found == *listed => Compared::Same,
        Ok(found) => Compared::Differs(Problem::Changed { path, listed: *listed, found }),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Compared::Differs(Problem::Damaged { path, why: error.to_string() })
        }
        Err(error) => Compared::Unknown(format!("{path}: {error}")),
    }
}

fn sum(mut reader: Box<dyn Read + '_>, size: u64) -> io::Result<Sha256> {
    let mut piece = vec![0; size.clamp(1 << 12, PIECE) as usize];
    let mut summing = Summing::default();
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(summing.finish()),
            Ok(len) => summing.add(&piece[..len]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A tag file as it is; none if it is not there, or if it cannot be read, which is then reported.
fn tag_file(contents: &dyn Contents, path: &str, report: &mut Report) -> Option<Vec<u8>> {
    let at = contents.files().binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
    let size = contents.files()[at].size;
    let most = if [MANIFEST, TAG_MANIFEST].contains(&path) { MAX_MANIFEST } else { MAX_TAG_FILE };
    if size > most {
        report.unknown.push(format!("{path} is too large to be read: {size} bytes"));
        return None;
    }
    let mut bytes = Vec::new();
    // A file may have grown since its size was asked for.
    let read = contents.open(at).and_then(|reader| reader.take(most).read_to_end(&mut bytes));
    match read {
        Ok(_) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            report.problems.push(Problem::Damaged { path: path.to_owned(), why: error.to_string() });
            None
        }
        Err(error) => {
            report.unknown.push(format!("{path}: {error}"));
            None
        }
    }
}

/// A tag file as text whose lines end in line feeds; none as in [`tag_file`], or if it is no UTF-8, which is then
/// reported. A carriage return ends a line, too (RFC 8493, section 2.1.1).
fn tag_text(contents: &dyn Contents, path: &str, report: &mut Report) -> Option<String> {
    match String::from_utf8(tag_file(contents, path, report)?) {
        Ok(text) if text.contains('\r') => Some(text.replace("\r\n", "\n").replace('\r', "\n")),
        Ok(text) => Some(text),
        Err(_) => {
            report.broken(format!("{path} is not UTF-8"));
            None
        }
    }
}

fn has(contents: &dyn Contents, path: &str) -> bool {
    contents.files().binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
}

/// Whether the bag is such as is known here; if not, that is reported, and nothing else in it can be judged.
fn declaration(contents: &dyn Contents, report: &mut Report) -> bool {
    if !has(contents, DECLARATION) {
        report.problems.push(Problem::Missing { path: DECLARATION.to_owned() });
        return true;
    }
    let Some(text) = tag_text(contents, DECLARATION, report) else { return true };
    match bag::declared(&text) {
        None => report.broken(format!("{DECLARATION} does not consist of its two lines")),
        Some((version, _)) if !VERSIONS.contains(&version) => {
            report.unknown.push(format!("version {version} of BagIt is not known here"));
            return false;
        }
        Some((_, encoding)) if !encoding.eq_ignore_ascii_case("UTF-8") => {
            report.unknown.push(format!("the tag files are in {encoding}; only UTF-8 is known here"));
            return false;
        }
        Some(_) => {}
    }
    true
}

/// The manifest at `path`, whose own paths must be safe and such as `belongs` tells; none if there is none to be read.
fn read_manifest(
    contents: &dyn Contents,
    path: &str,
    belongs: impl Fn(&str) -> bool,
    report: &mut Report,
) -> Option<Manifest> {
    if !has(contents, path) {
        // A bag with sums of another kind is reported for that.
        let same_kind = path.strip_suffix("sha256.txt").unwrap_or(path);
        let is_other = |file: &File| is_other_manifest(&file.path) && file.path.starts_with(same_kind);
        if !contents.files().iter().any(is_other) {
            report.problems.push(Problem::Missing { path: path.to_owned() });
        }
        return None;
    }
    let text = tag_text(contents, path, report)?;
    let manifest = match Manifest::read(&text) {
        Ok(manifest) => manifest,
        Err((line, why)) => {
            report.broken(format!("line {line} of {path}: {why}"));
            return None;
        }
    };
    for listed in manifest.0.keys() {
        if let Some(why) = why_unsafe(listed) {
            report.problems.push(Problem::Refused { path: listed.clone(), why: why.to_owned() });
        } else if !belongs(listed) {
            report.broken(format!("{path} lists {listed}, which it must not"));
        }
    }
    Some(manifest)
}

/// Whether this is a manifest of another kind of sum than SHA-256.
fn is_other_manifest(path: &str) -> bool {
    let kind = path.strip_prefix("tagmanifest-").or_else(|| path.strip_prefix("manifest-"));
    let kind = kind.and_then(|kind| kind.strip_suffix(".txt"));
    kind.is_some_and(|kind| kind != "sha256" && kind.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// How much that is. A zip may say of its members what it likes, so the bytes stop at the largest number.
fn amount<'a>(files: impl Iterator<Item = &'a File>) -> Oxum {
    files.fold(Oxum::default(), |sum, file| Oxum {
        octets: sum.octets.saturating_add(file.size),
        streams: sum.streams + 1,
    })
}

fn oxum(contents: &dyn Contents, report: &mut Report) {
    if !has(contents, INFO) {
        return;
    }
    let Some(text) = tag_text(contents, INFO, report) else { return };
    let info = match Info::read(text.trim_start_matches('\u{feff}')) {
        Ok(info) => info,
        Err(line) => return report.broken(format!("line {line} of {INFO} has no label")),
    };
    // What is refused is not counted, so that the numbers would say nothing.
    if report.problems.iter().any(|problem| problem.refused().is_some()) {
        return;
    }
    let there = amount(contents.files().iter().filter(|file| file.path.starts_with(PAYLOAD)));
    let told: Vec<&str> = info.values(OXUM).collect();
    match told[..] {
        [] => {}
        [told] if told.parse() == Ok(there) => {}
        [told] => report.broken(format!("{OXUM} says {told}, and there are {there}")),
        _ => report.broken(format!("{INFO} has more than one {OXUM}")),
    }
}

/// The list of files that are to be fetched: what it lists must be payload that the manifest lists too (RFC 8493, section
/// 2.2.3). Nothing is ever fetched.
fn fetch(contents: &dyn Contents, manifest: Option<&Manifest>, report: &mut Report) {
    let Some(text) = has(contents, FETCH).then(|| tag_text(contents, FETCH, report)).flatten() else { return };
    for (number, line) in (1..).zip(text.lines()) {
        let mut rest = line.splitn(3, [' ', '\t']);
        let path = rest.nth(2).map(|path| bag::decoded(path.trim_start()));
        let is_listed = path.is_some_and(|path| manifest.is_none_or(|manifest| manifest.0.contains_key(&path)));
        if !is_listed {
            report.broken(format!("line {number} of {FETCH} lists nothing that {MANIFEST} lists"));
        }
    }
}

/// What lies beside the tag manifest: its signature and its time stamps.
fn beside_tag_manifest(contents: &dyn Contents, key: Option<&VerifyingKey>, report: &mut Report) {
    if !has(contents, TAG_MANIFEST) {
        return;
    }
    let Some(message) = tag_file(contents, TAG_MANIFEST, report) else { return };
    let sum = Sha256::of(&message);
    report.tag_manifest = Some(sum);
    for end in TIME_STAMPS {
        let path = format!("{TAG_MANIFEST}{end}");
        if let Some(stamp) = has(contents, &path).then(|| tag_file(contents, &path, report)).flatten() {
            let names_tag_manifest = memchr::memmem::find(&stamp, sum.as_bytes()).is_some();
            report.time_stamps.push(TimeStamp { path, names_tag_manifest });
        }
    }
    let path = format!("{TAG_MANIFEST}{SIGNATURE}");
    let signature = has(contents, &path).then(|| tag_file(contents, &path, report)).flatten();
    report.signature = match (signature, key) {
        (None, None) => Signature::None,
        (None, Some(_)) => {
            report.broken(format!("there is no signature {path}"));
            Signature::None
        }
        (Some(_), None) => Signature::Unverified,
        (Some(signature), Some(key)) => match key.verify(&message, &signature) {
            Ok(comment) => Signature::Good(comment),
            Err(why) => {
                report.broken(format!("{path} is no signature of the tag manifest by this key: {why}"));
                Signature::Bad
            }
        },
    };
}
