//! Writing the offline edition: what a case publishes, in a bag, in a zip that is the same wherever and whenever it is
//! made from the same case.
//!
//! First every file is hashed and packed, on all cores, into a file without a name beside the zip; files that are packed
//! already stay where they are. Then all sums are known, and the zip is written from its first byte to its last without
//! turning back. No file is ever held whole, but those that were rendered whole.
#![expect(clippy::disallowed_methods, reason = "writing the zip is what this module is for")]

mod pack;
mod tag_files;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use casefile_verify::bag::{self, Oxum, PAYLOAD, SIGNATURE, TAG_MANIFEST, TIME_STAMPS};
use casefile_verify::manifest::Manifest;
use casefile_verify::path::why_unsafe;
use casefile_verify::record::{COMMENT, DosTime, END_SIZE, End, Header};
use flate2::Crc;
use jiff::civil::DateTime;
use tempfile::NamedTempFile;

use super::signing_key::SigningKey;
use crate::Error;
use crate::Message;
use crate::edition::Edition;
use crate::folder::EDITION;
use crate::output::{Output, disk};
use crate::seal::Seal;
use crate::sha256::{Sha256, Summing};
use crate::site::Site;
use crate::source::stamp::Stamp;
use pack::{Data, Packed, Packer};

/// How much is written at once, in bytes.
const PIECE: usize = 1 << 20;

/// Options of `casefile zip`.
#[derive(Default)]
pub struct ZipOptions {
    /// The time of every file in the zip; else the day up to which the case is told; else the first that a zip can say.
    pub time: Option<DateTime>,
    /// The key that signs the tag manifest.
    pub key: Option<SigningKey>,
    /// Time stamps of the tag manifest, to lie beside it: the ending of the name, one of [`TIME_STAMPS`], and the bytes.
    pub time_stamps: Vec<(&'static str, Vec<u8>)>,
    /// Whether a file that casefile did not make is replaced.
    pub force: bool,
    /// What must stand nowhere in it.
    pub seal: Option<Seal>,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The sum of the zip.
    pub zip: Sha256,
    /// How large it is, in bytes.
    pub size: u64,
    /// The sum of the tag manifest in it.
    pub tag_manifest: Sha256,
    /// How much of it is the site.
    pub payload: Oxum,
}

/// What the folder of the bag begins with in a zip of the full edition.
const FULL: &str = "dossier-full-not-for-publication";

/// The folder of the bag in the zip, which names the edition, and its day.
pub fn bag_name(site: &Site) -> String {
    let name = match site.case.edition {
        Edition::Public => EDITION,
        Edition::Full => FULL,
    };
    site.case.config.as_of.map_or_else(|| name.to_owned(), |date| format!("{name}-{date}"))
}

/// Writes `output` as a bag to the zip `to`, and its sums to a file beside it with `.sha256` behind the name. Files of the
/// case are read from `case`.
///
/// # Errors
/// What the machine says, with the path; when a file of the case changes meanwhile; when `to` is there and no zip of
/// ours. What was at `to` is then as it was.
pub fn write(site: &Site, output: &Output<'_>, case: &Path, to: &Path, options: &ZipOptions) -> Result<Made, Error> {
    let sums = beside(to, ".sha256");
    refuse_other_edition(to, site.case.edition)?;
    disk::refuse_within_other(case, to, site.case.edition)?;
    refuse_foreign(to, &sums, options.force)?;
    let name = to.file_name().ok_or_else(|| Error::Output {
        path: to.to_owned(),
        why: message!(
            en: "this is no name for a file",
            zh: "这不能作文件名"
        ),
    })?;
    let name = name.to_string_lossy();
    if let Some((path, why)) = output.paths().find_map(|path| Some((path, why_unsafe(path)?))) {
        let path = PathBuf::from(path);
        return Err(Error::Output {
            path,
            why: message!(
                en: "{why}; call the document or file something else",
                zh: "{why}；请给文件改名"; why
            ),
        });
    }
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let packer = Packer::new(output, case, folder, options.seal.as_ref())?;
    let members = members(site, output, &packer, options)?;
    packer.sealed()?;
    let aside = aside(folder, &name)?;
    let (zip, size) = write_zip(&members, &packer, site, options, &aside)?;
    let tag_manifest = members.tag_manifest;
    let text = format!("{zip}  {name}\n# {tag_manifest}  {}/{TAG_MANIFEST}\n", bag_name(site));
    let sums_aside = self::aside(folder, &format!("{name}.sha256"))?;
    sums_aside.as_file().write_all(text.as_bytes()).map_err(Error::io(&sums))?;
    // Without this a loss of power might leave two names without bytes, in the place of an older edition.
    for (file, path) in [(&aside, to), (&sums_aside, &*sums)] {
        file.as_file().sync_all().map_err(Error::io(path))?;
    }
    // Between the two renames there is a zip without sums, never one with those of another.
    match fs::remove_file(&sums) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::io(&sums)(error)),
        _ => {}
    }
    aside.persist(to).map_err(|error| Error::io(to)(error.error))?;
    sums_aside.persist(&sums).map_err(|error| Error::io(&sums)(error.error))?;
    // Not every system lets a folder be opened; where it does, the names are on the disk now, too.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(Made { zip, size, tag_manifest, payload: members.payload })
}

/// What stands behind the name of a file that is not complete yet.
const ASIDE: &str = ".casefile-new";

/// A file in `folder` that will be called `name` once it is complete, and is gone if it never is. What a killed run left
/// behind, which nobody has locked, is removed.
fn aside(folder: &Path, name: &str) -> Result<NamedTempFile, Error> {
    let prefix = format!(".{name}.");
    let entries = fs::read_dir(folder).map_err(Error::io(folder))?;
    for entry in entries.filter_map(Result::ok) {
        let other = entry.file_name();
        let is_aside = other.to_str().is_some_and(|other| other.starts_with(&prefix) && other.ends_with(ASIDE));
        if is_aside
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            // What cannot be removed only takes room.
            let _ = fs::remove_file(entry.path());
        }
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(ASIDE);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder).map_err(Error::io(folder))?;
    file.as_file().try_lock().map_err(|error| Error::io(folder)(error.into()))?;
    Ok(file)
}

/// The path of a file beside `path` with the same name and `end` behind it.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Refuses to replace what is not a zip of ours, which its comment tells, or not the sums beside one, unless `force` is
/// given; and what is no file at all.
fn refuse_foreign(to: &Path, sums: &Path, force: bool) -> Result<(), Error> {
    let comment = COMMENT.len() + 2 * size_of::<Sha256>();
    let is_zip = |file: &mut File| {
        file.seek(SeekFrom::End(-((END_SIZE + comment) as i64)))?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail)?;
        Ok::<_, io::Error>(End::read(&tail).is_some_and(|(_, comment)| comment.starts_with(COMMENT.as_bytes())))
    };
    let is_sums = |file: &mut File| {
        let mut text = Vec::new();
        file.take(1 << 12).read_to_end(&mut text)?;
        Ok(text.ends_with(format!("/{TAG_MANIFEST}\n").as_bytes()))
    };
    refuse_unless(to, is_zip, force)?;
    refuse_unless(sums, is_sums, force)
}

/// Refuses to put a zip of one edition in the place of a zip of the other.
fn refuse_other_edition(to: &Path, edition: Edition) -> Result<(), Error> {
    let Some(held) = File::open(to).ok().and_then(edition_of).filter(|held| *held != edition) else { return Ok(()) };
    let (held, wanted) = (held.in_words(), edition.in_words());
    let why = message!(
        en: "this holds the {held} edition, which the {wanted} one never replaces\nhelp: choose another name \
             with `--output`, or remove this one yourself",
        zh: "这里放着{held}，不会用{wanted}替换\n建议：请用 `--output` 换一个文件名，或自行删去它"; held, wanted
    );
    Err(Error::Output { path: to.to_owned(), why })
}

/// The size of the fixed part of a local file header, in bytes (APPNOTE 6.3.10, section 4.3.7).
const LOCAL_SIZE: usize = 30;

/// The edition that a zip of ours holds, by the name of its first member.
fn edition_of(mut file: File) -> Option<Edition> {
    let mut head = [0; LOCAL_SIZE];
    file.read_exact(&mut head).ok()?;
    let len = u16::from_le_bytes([head[26], head[27]]);
    let mut name = vec![0; len.into()];
    file.read_exact(&mut name).ok()?;
    match name {
        _ if name.starts_with(FULL.as_bytes()) => Some(Edition::Full),
        _ if name.starts_with(EDITION.as_bytes()) => Some(Edition::Public),
        _ => None,
    }
}

fn refuse_unless(path: &Path, is_ours: impl Fn(&mut File) -> io::Result<bool>, force: bool) -> Result<(), Error> {
    let Ok(found) = fs::symlink_metadata(path) else { return Ok(()) };
    let refused = |why: Message| Err(Error::Output { path: path.to_owned(), why });
    if !found.is_file() && !found.is_symlink() {
        return refused(message!(
            en: "this is a folder, a device or the like, and no file\nhelp: choose another name with `--output`",
            zh: "这是文件夹或设备一类的东西，不是文件\n建议：请用 `--output` 换一个文件名"
        ));
    }
    if force || (found.is_file() && File::open(path).and_then(|mut file| is_ours(&mut file)).unwrap_or(false)) {
        return Ok(());
    }
    refused(message!(
        en: "casefile did not make this\nhelp: choose another name with `--output`, or replace it with `--force`",
        zh: "这不是 casefile 制作的\n建议：请用 `--output` 换一个文件名，或用 `--force` 替换它"
    ))
}

/// The files of a bag, packed, by their paths in it.
struct Members {
    files: BTreeMap<String, Packed>,
    tag_manifest: Sha256,
    payload: Oxum,
}

fn members(site: &Site, output: &Output<'_>, packer: &Packer<'_>, options: &ZipOptions) -> Result<Members, Error> {
    let packed = output.map(|path| Ok((format!("{PAYLOAD}{path}"), packer.publish(path)?)))?;
    let mut files: BTreeMap<String, Packed> = packed.into_iter().collect();
    let payload = Oxum { octets: files.values().map(|file| file.size).sum(), streams: files.len() as u64 };
    let sums = |files: &BTreeMap<String, Packed>| {
        Manifest(files.iter().map(|(path, packed)| (path.clone(), packed.sha256.into())).collect()).to_string()
    };
    let manifest = sums(&files);
    let mut tag_files = BTreeMap::new();
    for (path, text) in [(bag::MANIFEST, manifest)].into_iter().chain(tag_files::texts(site, payload, options.time)) {
        tag_files.insert(path.to_owned(), packer.pack_bytes(path, text.as_bytes())?);
    }
    let tag_manifest = sums(&tag_files);
    let sum = Sha256::of(tag_manifest.as_bytes());
    let mut add = |end: &str, bytes: &[u8]| -> Result<(), Error> {
        let path = format!("{TAG_MANIFEST}{end}");
        let packed = packer.pack_bytes(&path, bytes)?;
        tag_files.insert(path, packed);
        Ok(())
    };
    add("", tag_manifest.as_bytes())?;
    if let Some(key) = &options.key {
        let comment = format!("{}/{TAG_MANIFEST}, edition {}", bag_name(site), site.case.fingerprint);
        let signature = key.sign(tag_manifest.as_bytes(), &comment).map_err(|why| Error::Usage(Message::alike(why)))?;
        add(SIGNATURE, signature.as_bytes())?;
    }
    for (end, bytes) in &options.time_stamps {
        add(end, bytes)?;
    }
    files.append(&mut tag_files);
    Ok(Members { files, tag_manifest: sum, payload })
}

/// Writes the zip; its sum and its size.
fn write_zip(
    members: &Members,
    packer: &Packer<'_>,
    site: &Site,
    options: &ZipOptions,
    to: &NamedTempFile,
) -> Result<(Sha256, u64), Error> {
    let time = options.time.or_else(|| Some(site.case.config.as_of?.at(0, 0, 0, 0))).unwrap_or_default();
    let when = DosTime::new(time.year(), time.month(), time.day(), time.hour(), time.minute(), time.second());
    let folder = bag_name(site);
    let mut zip = BagWriter {
        file: to.as_file(),
        path: to.path(),
        buffer: Vec::with_capacity(2 * PIECE),
        summing: Summing::default(),
        written: 0,
    };
    let mut central = Vec::new();
    for (path, packed) in &members.files {
        let sizes = (packed.packed, packed.size);
        let header = Header::new(&format!("{folder}/{path}"), packed.method, when, packed.crc, sizes, zip.written);
        zip.put(&header.local())?;
        match &packed.data {
            Data::Spooled(extents) => {
                for extent in extents {
                    packer.spool.read(*extent, |piece| zip.put(piece))?;
                }
            }
            Data::InPlace { path, stamp } => copy(path, *stamp, packed, &mut zip)?,
        }
        central.extend(header.central());
    }
    let end = End { members: members.files.len() as u64, size: central.len() as u64, offset: zip.written };
    zip.put(&central)?;
    zip.put(&end.written(COMMENT.len() + 2 * size_of::<Sha256>()))?;
    zip.flush()?;
    let before = zip.summing.clone().finish();
    zip.put(format!("{COMMENT}{before}").as_bytes())?;
    zip.flush()?;
    Ok((zip.summing.finish(), zip.written))
}

/// Copies a file of the case into the zip; it must be the one that was packed.
fn copy(path: &Path, stamp: Stamp, packed: &Packed, zip: &mut BagWriter<'_>) -> Result<(), Error> {
    let mut file = File::open(path).map_err(Error::io(path))?;
    let mut piece = vec![0; usize::try_from(packed.size).unwrap_or(PIECE).clamp(1, PIECE)];
    let mut crc = Crc::new();
    let mut rest = packed.size;
    while rest > 0 {
        let len = file.read(&mut piece).map_err(Error::io(path))?;
        if len == 0 || len as u64 > rest {
            break;
        }
        crc.update(&piece[..len]);
        zip.put(&piece[..len])?;
        rest -= len as u64;
    }
    if rest > 0 || crc.sum() != packed.crc || Stamp::of(path).ok() != Some(stamp) {
        return Err(pack::changed(path));
    }
    Ok(())
}

/// The zip as it is written: what was written last is hashed while it is handed to the disk.
struct BagWriter<'a> {
    file: &'a File,
    path: &'a Path,
    buffer: Vec<u8>,
    summing: Summing,
    /// How much was put into it, in bytes.
    written: u64,
}

impl BagWriter<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.buffer.extend_from_slice(bytes);
        self.written += bytes.len() as u64;
        if self.buffer.len() < PIECE { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let Self { file, buffer, summing, .. } = self;
        let (written, ()) = rayon::join(|| file.write_all(buffer), || summing.add(buffer));
        self.buffer.clear();
        written.map_err(Error::io(self.path))
    }
}

/// The kind of time stamp that a file is by its name; none if by none.
pub fn time_stamp_kind(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    TIME_STAMPS.into_iter().find(|end| name.ends_with(end))
}
