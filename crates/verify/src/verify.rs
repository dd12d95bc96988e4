//! Checks whether a bag, in a folder or in a zip, is complete and unchanged. Nothing is ever written.
#![expect(clippy::disallowed_methods, reason = "reading what is verified is what this module is for")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use casefile_message::{Message, of_system};
use encoding_rs::Encoding;
use rayon::prelude::*;

use super::archive::{Archive, Fault, Seal};
use super::bag::{
    self, AGENT, DECLARATION, FETCH, INFO, Info, MANIFEST, OWN_AGENT, OXUM, Oxum, PAYLOAD, SIGNATURE, TAG_MANIFEST,
    TIME_STAMPS,
};
use super::contents::{Contents, File, Listing};
use super::folder::Folder;
use super::manifest::{self, Manifest};
use super::medium::{Links, Medium, OpenFile, open_file};
use super::path::{folded, is_of_the_system, why_unsafe};
use super::report::{Problem, Report, Signature, TimeStamp};
use super::signature::VerifyingKey;
use super::sum::{Algorithm, Sum, Summing};
use crate::sha256::Sha256;
use crate::sha256::line_ends::LineEnds;

/// The largest manifest that is read, in bytes: that of half a million files.
const MAX_MANIFEST: u64 = 64 << 20;

/// The largest of the other tag files, and of what lies beside a zip, in bytes.
const MAX_TAG_FILE: u64 = 1 << 20;

/// How much of a file is in memory while it is hashed, in bytes.
const PIECE: u64 = 1 << 20;

/// The version of BagIt that RFC 8493 describes, and those of the drafts before it.
const VERSION: &str = "1.0";
const OLD_VERSIONS: [&str; 5] = ["0.93", "0.94", "0.95", "0.96", "0.97"];

/// Looks at the bag in the folder or zip at `path`. With a key, a bag that is not signed by it is not whole.
pub fn verify(path: &Path, key: Option<&VerifyingKey>) -> Report {
    let unknown = |error: io::Error| Report { unknown: vec![of_system(&error)], ..Report::default() };
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
            report.unknown.push(message!(
                en: "this is neither a folder nor a zip",
                zh: "这既不是文件夹，也不是 zip"
            ));
            return report;
        }
        Err(Fault::Io(error)) => {
            report.unknown.push(of_system(&error));
            return report;
        }
    };
    if archive.expands_too_far() {
        report.broken(message!(
            en: "it unpacks to so much that it could only fill the disk",
            zh: "解压后大得只能塞满磁盘"
        ));
        return report;
    }
    let (seal, mut report) = rayon::join(|| archive.seal(), || check(&archive, listing, key));
    match seal {
        Ok((sum, Seal::Same)) => report.zip = Some(sum),
        Ok((sum, Seal::Broken)) => {
            report.zip = Some(sum);
            let why = message!(
                en: "the zip is not the one that was made: its bytes have another sum than its comment says",
                zh: "这个 zip 不是当初制作的那个：它的校验值与注释所说的不同"
            );
            report.problems.insert(0, Problem::Broken { why: why.to_owned() });
        }
        Ok((sum, Seal::Foreign)) => {
            report.zip = Some(sum);
            report.unknown.push(message!(
                en: "the zip has a comment of another program, and no sum tells whether it was changed",
                zh: "zip 的注释是其他程序写的，没有校验值可以说明它是否改过"
            ));
        }
        Err(error) => report.unknown.push(of_system(&error)),
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
        Ok(Some(_)) => report.broken(message!(
            en: "the zip has not the sum that stands in {name}",
            zh: "zip 与 {name} 中的校验值不符"
        )),
        Ok(None) => report.unknown.push(message!(en: "{name} holds no SHA-256", zh: "{name} 中没有 SHA-256")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => report.unknown.push(unread(&name, &error)),
    }
}

/// That a file could not be read, and why.
fn unread(path: &str, error: &io::Error) -> Message {
    let error = of_system(error);
    message!(en: "{path}: {error}", zh: "{path}：{error}"; error)
}

/// The first SHA-256 in a file of sums, whichever of their forms and encodings (UTF-8, UTF-16) a tool chose.
fn listed_sum(mut text: Vec<u8>) -> Option<Sha256> {
    text.retain(|byte| *byte != 0);
    let words = text.split(|byte| !byte.is_ascii_hexdigit()).filter(|word| word.len() == 64);
    words.filter_map(|word| str::from_utf8(word).ok()?.parse().ok()).next()
}

/// What bagit.txt says of a bag.
#[derive(Clone, Copy)]
struct Declared {
    /// Whether it is older than RFC 8493, which is stricter than the drafts before it.
    is_old: bool,
    /// How the tag files are written.
    encoding: &'static Encoding,
}

/// The manifests of a kind, by their paths.
struct Lists {
    all: Vec<(String, Manifest)>,
    /// Whether any could not be read: what it does not say is then no problem of its own.
    is_whole: bool,
}

impl Lists {
    fn lists(&self, path: &str) -> bool {
        self.all.iter().any(|(_, manifest)| manifest.0.contains_key(path))
    }

    /// That with the strongest sums.
    fn strongest(&self) -> Option<&Manifest> {
        self.all.iter().map(|(_, manifest)| manifest).max_by_key(|manifest| manifest.algorithm())
    }
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
    let is_tag_file_of_a_bag = |file: &File| file.path == DECLARATION || kind_of_manifest(&file.path).is_some();
    if report.problems.is_empty() && !files.iter().any(is_tag_file_of_a_bag) {
        report.unknown.push(message!(
            en: "there is no bag here: neither {DECLARATION} nor a manifest",
            zh: "这里没有 BagIt 包：既没有 {DECLARATION}，也没有清单"
        ));
        return report;
    }
    let Some(declared) = declaration(contents, &mut report) else { return report };
    let is_payload = |path: &str| path.starts_with(PAYLOAD);
    let has_payload = files.iter().any(|file| is_payload(&file.path))
        || listing.folders.iter().any(|folder| is_payload(&format!("{folder}/")))
        || report.problems.iter().filter_map(Problem::refused).any(is_payload);
    if !has_payload {
        report.problems.push(Problem::Missing { path: PAYLOAD.to_owned() });
    }
    let payload = read_manifests(contents, MANIFEST, is_payload, declared, &mut report);
    let is_tag = |path: &str| !is_payload(path) && !path.starts_with("tagmanifest-");
    let tags = read_manifests(contents, TAG_MANIFEST, is_tag, declared, &mut report);

    let mut listed: BTreeMap<&str, Vec<&Sum>> = BTreeMap::new();
    for (path, sum) in payload.all.iter().chain(&tags.all).flat_map(|(_, manifest)| &manifest.0) {
        listed.entry(path).or_default().push(sum);
    }
    let sums: Vec<Compared> = files
        .par_iter()
        .enumerate()
        .filter_map(|(at, file)| Some(compare(contents, at, listed.get(file.path.as_str())?)))
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
    let mut twins: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in listed.keys().filter(|path| present.contains(*path)) {
        twins.entry(folded(path)).or_default().push(path);
    }
    let missing = listed.keys().copied().filter(|path| !present.contains(path) && !refused.contains(*path));
    let mut counts = true;
    for path in missing {
        let is_same = |twin: &&&str| listed[**twin] == listed[path];
        let twin = twins.get(&folded(path)).and_then(|twins| twins.iter().find(is_same)).filter(|_| declared.is_old);
        if is_of_the_system(path) {
            counts = false;
            report.warnings.push(message!(
                en: "{path} is listed and not there; a system had put it there",
                zh: "列出了 {path}，但它不在；它是某个系统放进去的"
            ));
        } else if let Some(twin) = twin {
            report.warnings.push(message!(
                en: "{path} and {twin} are listed, which are one file on many computers",
                zh: "同时列出了 {path} 和 {twin}，在许多电脑上它们是同一个文件"
            ));
        } else {
            report.problems.push(Problem::Missing { path: path.to_owned() });
        }
    }
    let mut of_the_system = listing.of_the_system;
    for path in present.iter().copied().filter(|path| !listed.contains_key(path)) {
        let beside = path.strip_prefix(TAG_MANIFEST);
        let is_beside = beside.is_some_and(|end| end == SIGNATURE || TIME_STAMPS.contains(&end));
        let lists = if is_payload(path) { &payload } else { &tags };
        if is_beside || path.starts_with("tagmanifest-") && kind_of_manifest(path).is_some() || !lists.is_whole {
            continue;
        }
        if is_of_the_system(path) {
            of_the_system.push(path.to_owned());
        } else if path == FETCH {
            report.warnings.push(message!(
                en: "{FETCH} is in no tag manifest: anybody may have written it",
                zh: "{FETCH} 不在任何 tagmanifest 清单中：谁都可能写它"
            ));
        } else if declared.is_old && !is_payload(path) {
            report.warnings.push(message!(
                en: "{path} is in no tag manifest: anybody may have added it",
                zh: "{path} 不在任何 tagmanifest 清单中：谁都可能加上它"
            ));
        } else {
            report.problems.push(Problem::Added { path: path.to_owned() });
        }
    }
    let is_counted = |file: &&File| is_payload(&file.path) && !of_the_system.contains(&file.path);
    oxum(contents, declared, amount(files.iter().filter(is_counted)), counts, &mut report);
    fetch(contents, declared, &payload, &mut report);
    for path in of_the_system {
        report.warnings.push(message!(
            en: "{path} is the system's own, and no part of the bag",
            zh: "{path} 是系统自己的，不属于这个包"
        ));
    }
    let is_forgeable =
        |lists: &Lists| lists.strongest().and_then(Manifest::algorithm).is_some_and(Algorithm::is_forgeable);
    if is_forgeable(&payload) || is_forgeable(&tags) {
        report.warnings.push(message!(
            en: "its sums tell of accidents alone: two files of one such sum can be made at will",
            zh: "它的校验值只能发现意外损坏：这种校验值可以任意造出两个相同的文件"
        ));
    }

    beside_tag_manifest(contents, key, &mut report);
    let mut strongest = Manifest::default();
    for manifest in [payload.strongest(), tags.strongest()].into_iter().flatten() {
        strongest.0.extend(manifest.0.iter().map(|(path, sum)| (path.clone(), sum.clone())));
    }
    strongest.0.retain(|path, _| kind_of_manifest(path).is_none());
    report.listed = strongest;
    for lines in [&mut report.unknown, &mut report.warnings] {
        lines.sort();
        lines.dedup();
    }
    report.problems.sort();
    report.problems.dedup();
    report
}

/// What became of a file whose sums were compared.
enum Compared {
    Same,
    Differs(Problem),
    Unknown(Message),
}

fn compare(contents: &dyn Contents, at: usize, listed: &[&Sum]) -> Compared {
    let file = &contents.files()[at];
    let path = file.path.clone();
    let kinds = || listed.iter().map(|sum| sum.algorithm()).collect();
    match contents.open(at).and_then(|reader| sums(reader, file.size, kinds())) {
        Ok(found) => {
            let own = |listed: &Sum| found.iter().find(|own| own.algorithm() == listed.algorithm());
            let differs = listed.iter().find_map(|listed| Some((*listed, own(listed).filter(|own| own != listed)?)));
            match differs {
                None => Compared::Same,
                Some((sum, own_sum)) => {
                    let ends = contents.open(at).and_then(|reader| line_ends(reader, file.size));
                    // A sum that it has as it is says nothing of its line ends.
                    let is_meant = |end: &Sum| !found.contains(end) && listed.contains(&end);
                    let by_line_ends = ends.is_ok_and(|ends| ends.into_iter().any(|end| is_meant(&Sum::from(end))));
                    let (listed, found) = (sum.clone(), own_sum.clone());
                    Compared::Differs(Problem::Changed { path, listed, found, by_line_ends })
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Compared::Differs(Problem::Damaged { path, why: of_system(&error) })
        }
        Err(error) => Compared::Unknown(unread(&path, &error)),
    }
}

fn sums(reader: Box<dyn Read + '_>, size: u64, kinds: BTreeSet<Algorithm>) -> io::Result<Vec<Sum>> {
    let mut summing: Vec<Summing> = kinds.into_iter().map(Algorithm::summing).collect();
    each_piece(reader, size, |piece| summing.iter_mut().for_each(|sum| sum.add(piece)))?;
    Ok(summing.into_iter().map(Summing::finish).collect())
}

/// The sums that a file would have with other line ends.
fn line_ends(reader: Box<dyn Read + '_>, size: u64) -> io::Result<[Sha256; 2]> {
    let mut sums = LineEnds::default();
    each_piece(reader, size, |piece| sums.add(piece))?;
    Ok(sums.finish())
}

fn each_piece(mut reader: Box<dyn Read + '_>, size: u64, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut piece = vec![0; size.clamp(1 << 12, PIECE) as usize];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(len) => take(&piece[..len]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A tag file as it is; none if it is not there, or if it cannot be read, which is then reported.
fn tag_file(contents: &dyn Contents, path: &str, report: &mut Report) -> Option<Vec<u8>> {
    let at = contents.files().binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
    let size = contents.files()[at].size;
    let most = if kind_of_manifest(path).is_some() { MAX_MANIFEST } else { MAX_TAG_FILE };
    if size > most {
        report.unknown.push(message!(
            en: "{path} is too large to be read: {size} bytes",
            zh: "{path} 太大，无法读取：{size} 字节"
        ));
        return None;
    }
    let mut bytes = Vec::new();
    // A file may have grown since its size was asked for.
    let read = contents.open(at).and_then(|reader| reader.take(most).read_to_end(&mut bytes));
    match read {
        Ok(_) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            report.problems.push(Problem::Damaged { path: path.to_owned(), why: of_system(&error) });
            None
        }
        Err(error) => {
            report.unknown.push(unread(path, &error));
            None
        }
    }
}

/// A tag file as text whose lines end in line feeds; none as in [`tag_file`], or if it is not in the encoding that the bag
/// declares, which is then reported. A carriage return ends a line, too (RFC 8493, section 2.1.1).
fn tag_text(contents: &dyn Contents, path: &str, encoding: &'static Encoding, report: &mut Report) -> Option<String> {
    let bytes = tag_file(contents, path, report)?;
    let text = if encoding == encoding_rs::UTF_8 { String::from_utf8(bytes).ok() } else { decoded(&bytes, encoding) };
    match text {
        Some(text) if text.contains('\r') => Some(text.replace("\r\n", "\n").replace('\r', "\n")),
        Some(text) => Some(text),
        None => {
            report.broken(message!(
                en: "{path} is not {encoding}",
                zh: "{path} 不是 {encoding}",
                encoding = encoding.name()
            ));
            None
        }
    }
}

/// Bytes as text. UTF-16 has its byte-order mark, or is written with the high byte first (RFC 2781, section 4.3).
fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let is_utf_16 = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((marked, len)) if is_utf_16 => (marked, &bytes[len..]),
        _ => (encoding, bytes),
    };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

/// The encoding of that name. `UTF-16` alone is taken as [`decoded`] has it; the registry of IANA has names for GBK that the
/// Encoding Standard lacks.
fn encoding(name: &str) -> Option<&'static Encoding> {
    match name.to_ascii_uppercase().as_str() {
        "UTF-16" => Some(encoding_rs::UTF_16BE),
        "CP936" | "MS936" | "WINDOWS-936" => Some(encoding_rs::GBK),
        _ => Encoding::for_label(name.as_bytes()),
    }
}

fn has(contents: &dyn Contents, path: &str) -> bool {
    contents.files().binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
}

/// What the bag is; none, which is then reported, if it is such as is not known here, and nothing in it can be judged.
fn declaration(contents: &dyn Contents, report: &mut Report) -> Option<Declared> {
    let strict = Declared { is_old: false, encoding: encoding_rs::UTF_8 };
    if !has(contents, DECLARATION) {
        report.problems.push(Problem::Missing { path: DECLARATION.to_owned() });
        return Some(strict);
    }
    // Whatever the others are written in, this one is UTF-8 (RFC 8493, section 2.1.1).
    let Some(text) = tag_text(contents, DECLARATION, encoding_rs::UTF_8, report) else { return Some(strict) };
    let Some((version, name)) = bag::declared(&text) else {
        report.broken(message!(
            en: "{DECLARATION} does not consist of its two lines",
            zh: "{DECLARATION} 不是规定的两行"
        ));
        return Some(strict);
    };
    let is_old = OLD_VERSIONS.contains(&version);
    if version != VERSION && !is_old {
        report.unknown.push(message!(
            en: "version {version} of BagIt is not known here",
            zh: "这里不认识 BagIt 的 {version} 版"
        ));
        return None;
    }
    let found = encoding(name);
    if found.is_none() {
        report.unknown.push(message!(
            en: "the tag files are in {name}, which is not known here",
            zh: "标签文件的编码是 {name}，这里不认识"
        ));
    }
    Some(Declared { is_old, encoding: found? })
}

/// All manifests of the kind of `usual`, whose paths must be safe and such as `belongs` tells.
fn read_manifests(
    contents: &dyn Contents,
    usual: &str,
    belongs: impl Fn(&str) -> bool,
    declared: Declared,
    report: &mut Report,
) -> Lists {
    let mut lists = Lists { all: Vec::new(), is_whole: true };
    let is_kind = |path: &str| kind_of_manifest(path).is_some() && path.starts_with("tag") == usual.starts_with("tag");
    let paths: Vec<String> =
        contents.files().iter().map(|file| file.path.clone()).filter(|path| is_kind(path)).collect();
    if paths.is_empty() {
        if usual == MANIFEST || has_tag_manifest_by_right(contents, declared) {
            report.problems.push(Problem::Missing { path: usual.to_owned() });
        } else {
            report.warnings.push(message!(
                en: "there is no tag manifest: whether what is beside the payload was changed cannot be told",
                zh: "没有 tagmanifest 清单：数据文件以外的内容是否改动过，无从判断"
            ));
        }
        lists.is_whole = false;
    }
    for path in paths {
        let Some(algorithm) = kind_of_manifest(&path).and_then(Algorithm::named) else {
            report.unknown.push(message!(
                en: "{path} is not looked into: sums of that kind are not known here",
                zh: "没有检查 {path}：这里不认识这种校验值"
            ));
            lists.is_whole = false;
            continue;
        };
        match read_manifest(contents, &path, algorithm, &belongs, declared, report) {
            Some(manifest) => lists.all.push((path, manifest)),
            None => lists.is_whole = false,
        }
    }
    // In the drafts before RFC 8493, a file was to be in one of them.
    if !declared.is_old {
        for (name, manifest) in &lists.all {
            let others = lists.all.iter().filter(|(other, _)| other != name);
            let files = others.flat_map(|(other, manifest)| manifest.0.keys().map(move |path| (other, path)));
            for (other, path) in files.filter(|(_, path)| !manifest.0.contains_key(*path)) {
                report.broken(message!(
                    en: "{name} does not list {path}, which {other} lists",
                    zh: "{name} 没有列出 {path}，而 {other} 列出了"
                ));
            }
        }
    }
    lists
}

/// Whether a bag must have a tag manifest, which others may do without (RFC 8493, section 2.2.1): one that this program made, or
/// in which something lies that is about it.
fn has_tag_manifest_by_right(contents: &dyn Contents, declared: Declared) -> bool {
    let is_about_it = |end: &&str| has(contents, &format!("{TAG_MANIFEST}{end}"));
    if std::iter::once(&SIGNATURE).chain(&TIME_STAMPS).any(is_about_it) {
        return true;
    }
    // What is wrong with the file is told where it is read for what it says.
    let text = has(contents, INFO).then(|| tag_text(contents, INFO, declared.encoding, &mut Report::default()));
    let info = text.flatten().and_then(|text| Info::read(&text).ok()).unwrap_or_default();
    info.values(AGENT).any(|agent| agent.starts_with(OWN_AGENT))
}

fn read_manifest(
    contents: &dyn Contents,
    path: &str,
    algorithm: Algorithm,
    belongs: impl Fn(&str) -> bool,
    declared: Declared,
    report: &mut Report,
) -> Option<Manifest> {
    let text = tag_text(contents, path, declared.encoding, report)?;
    let manifest::Read { manifest, again, marked } = match Manifest::read(&text, algorithm) {
        Ok(read) => read,
        Err((line, why)) => {
            report.broken(message!(en: "line {line} of {path}: {why}", zh: "{path} 第 {line} 行：{why}"; why));
            return None;
        }
    };
    for line in again {
        let words = message!(
            en: "line {line} of {path}: it lists a file again",
            zh: "{path} 第 {line} 行：再次列出一个文件"
        );
        if declared.is_old { report.warnings.push(words) } else { report.broken(words) }
    }
    if let Some(line) = marked {
        report.warnings.push(message!(
            en: "line {line} of {path} has `*` or `./` before a path, as other tools write it",
            zh: "{path} 第 {line} 行的路径前有 `*` 或 `./`，是其他工具的写法"
        ));
    }
    for listed in manifest.0.keys() {
        if let Some(why) = why_unsafe(listed) {
            report.problems.push(Problem::Refused { path: listed.clone(), why: why.to_owned() });
        } else if !belongs(listed) {
            report.broken(message!(
                en: "{path} lists {listed}, which it must not",
                zh: "{path} 列出了不应列出的 {listed}"
            ));
        }
    }
    Some(manifest)
}

/// The name of the sums that a manifest of that path lists; none if this is none.
fn kind_of_manifest(path: &str) -> Option<&str> {
    let kind = path.strip_prefix("tagmanifest-").or_else(|| path.strip_prefix("manifest-"));
    let kind = kind.and_then(|kind| kind.strip_suffix(".txt"));
    kind.filter(|kind| !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// How much that is. A zip may say of its members what it likes, so the bytes stop at the largest number.
fn amount<'a>(files: impl Iterator<Item = &'a File>) -> Oxum {
    files.fold(Oxum::default(), |sum, file| Oxum {
        octets: sum.octets.saturating_add(file.size),
        streams: sum.streams + 1,
    })
}

/// Compares how much payload there is with what bag-info.txt says, if it `counts`.
fn oxum(contents: &dyn Contents, declared: Declared, there: Oxum, counts: bool, report: &mut Report) {
    if !has(contents, INFO) {
        return;
    }
    let Some(text) = tag_text(contents, INFO, declared.encoding, report) else { return };
    let info = match Info::read(text.trim_start_matches('\u{feff}')) {
        Ok(info) => info,
        Err(line) => {
            return report.broken(message!(
                en: "line {line} of {INFO} has no label",
                zh: "{INFO} 第 {line} 行没有标签"
            ));
        }
    };
    // What is refused is not counted, and other line ends make other numbers, so that these would say nothing.
    let explained = report.has_other_line_ends() && report.problems.iter().all(Problem::is_by_line_ends);
    if !counts || explained || report.problems.iter().any(|problem| problem.refused().is_some()) {
        return;
    }
    let told: Vec<&str> = info.values(OXUM).collect();
    match told[..] {
        [] => {}
        [told] if told.parse() == Ok(there) => {}
        [told] => report.broken(message!(
            en: "{OXUM} says {told}, and there are {there}",
            zh: "{OXUM} 写的是 {told}，实际是 {there}"
        )),
        _ => report.broken(message!(en: "{INFO} has more than one {OXUM}", zh: "{INFO} 有不止一个 {OXUM}")),
    }
}

/// The list of files that are to be fetched: what it lists must be payload that the manifests list too (RFC 8493, section
/// 2.2.3). Nothing is ever fetched.
fn fetch(contents: &dyn Contents, declared: Declared, payload: &Lists, report: &mut Report) {
    let text = has(contents, FETCH).then(|| tag_text(contents, FETCH, declared.encoding, report)).flatten();
    for (number, line) in (1..).zip(text.as_deref().unwrap_or("").lines()) {
        let mut rest = line.splitn(3, [' ', '\t']);
        let path = rest.nth(2).map(|path| bag::decoded(path.trim_start()));
        let path = path.as_deref().map(|path| path.strip_prefix("./").unwrap_or(path));
        if !path.is_some_and(|path| payload.lists(path) || !payload.is_whole && why_unsafe(path).is_none()) {
            report.broken(message!(
                en: "line {number} of {FETCH} lists nothing that a manifest lists",
                zh: "{FETCH} 第 {number} 行所列的，清单中没有"
            ));
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
            report.broken(message!(en: "there is no signature {path}", zh: "没有签名 {path}"));
            Signature::None
        }
        (Some(_), None) => Signature::Unverified,
        (Some(signature), Some(key)) => match key.verify(&message, &signature) {
            Ok(comment) => Signature::Good(comment),
            Err(why) => {
                report.broken(message!(
                    en: "{path} is no signature of the tag manifest by this key: {why}",
                    zh: "{path} 不是这个密钥对 tagmanifest-sha256.txt 的签名：{why}"; why
                ));
                Signature::Bad
            }
        },
    };
}
