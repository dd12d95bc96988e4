//! Writing a site to disk: aside first, then swapped in, so that there is a whole site at every moment.
#![expect(clippy::disallowed_methods, reason = "writing the disk is what this module is for")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::copies::Copies;
use super::looked::Looked;
use super::{Content, Output};
use crate::Error;
use crate::Message;
use crate::edition::Edition;
use crate::seal::{Leak, Seal};
use crate::sha256::Sha256;
use crate::source::stamp::Stamp;

pub use crate::folder::SITE_LIST as LIST;
use crate::folder::settled;

/// The first line of such a list, and that of one which stands in a folder of the output folder.
const MADE: &str = "made by casefile\n";
const MADE_FULL: &str = "made by casefile: the full edition, not for publication\n";
const MADE_BELOW: &str = "made by casefile in the folder above\n";

/// What writing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub changed: usize,
    /// Files that are as they were, with their time.
    pub unchanged: usize,
    /// The size of all files together, in bytes.
    pub size: u64,
}

/// Writes `output` to the folder `to`, copying files of the case from `case`.
///
/// The old folder stays whole until the new one is. Files that did not change keep their time; nothing of the old
/// folder stays. A folder that holds anything casefile did not make is replaced only with `force`, and one that holds another
/// edition never. Where there is a `seal`, what would be published is read once more before it is, and nothing is that
/// holds what it must not.
///
/// # Errors
/// [`Error::Foreign`] without `force`, [`Error::Leaks`] with a seal, else what the machine says, with the path. The old folder is then as it was.
pub fn write(output: &Output<'_>, case: &Path, to: &Path, force: bool, seal: Option<&Seal>) -> Result<Written, Error> {
    refuse_other_edition(to, output.edition())?;
    refuse_within_other(case, to, output.edition())?;
    if !force {
        refuse_foreign(to)?;
    }
    let aside = aside(to)?;
    let _alone = alone(to);
    remove(&aside)?;
    let result = write_aside(output, case, to, &aside).and_then(|written| {
        if let Some(seal) = seal {
            sealed(seal, &aside, Some(case))?;
        }
        if written.changed > 0 {
            settle(&aside)?;
        }
        swap(&aside, to)?;
        Ok(written)
    });
    // After a swap this is the old site, after a fault the unfinished one.
    let removed = remove(&aside);
    let written = result?;
    removed?;
    Ok(written)
}

/// Reads every file of the site in `folder`, and looks for what must not be there. Of files that were found clean before and
/// are no pages, what is known of them by the cache of the case folder `case` is believed; without one, nothing is.
///
/// # Errors
/// [`Error::Leaks`] with every file that holds such a thing, else what the machine says, with the path.
pub fn sealed(seal: &Seal, folder: &Path, case: Option<&Path>) -> Result<Searched, Error> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry =
            entry.map_err(|error| Error::Output { path: folder.to_owned(), why: Message::alike(error.to_string()) })?;
        if !entry.file_type().is_dir() {
            paths.push(entry.into_path());
        }
    }
    let looked = case.map(|case| Looked::open(case, seal));
    let unread: Mutex<Vec<String>> = Mutex::default();
    let found = paths.par_iter().map(|path| {
        let bytes = fs::read(path).map_err(Error::io(path))?;
        let name = path.strip_prefix(folder).unwrap_or(path).components();
        let name = name.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let sum = looked.as_ref().filter(|_| !Seal::is_page(&name)).map(|looked| (looked, Sha256::of(&bytes)));
        if sum.as_ref().is_some_and(|(looked, sum)| looked.is_clean(sum)) {
            return Ok(seal.look_at_name(&name));
        }
        let leak = seal.look(&name, &bytes);
        match sum {
            Some((looked, sum)) if leak.is_none() => looked.remember(sum),
            None if case.is_none() && Seal::is_unread(&name, &bytes) => {
                unread.lock().unwrap_or_else(PoisonError::into_inner).push(name);
            }
            _ => {}
        }
        Ok(leak)
    });
    let leaks: Vec<Leak> = found.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect();
    if let Some(looked) = looked {
        looked.close();
    }
    if !leaks.is_empty() {
        return Err(Error::Leaks(leaks));
    }
    let mut unread = unread.into_inner().unwrap_or_else(PoisonError::into_inner);
    unread.sort_unstable();
    Ok(Searched { files: paths.len(), unread })
}

/// Looks for what must not be there in what would be published, without writing it. Files of the case are read from `case`.
///
/// # Errors
/// As [`sealed`].
pub fn would_leak(output: &Output<'_>, case: &Path, seal: &Seal) -> Result<(), Error> {
    let looked = Looked::open(case, seal);
    let found = output.map(|path| {
        let Some(content) = output.content(path)? else { return Ok(None) };
        let sum = if let Content::Copy { sha256, .. } = &content { *sha256 } else { None };
        if sum.is_some_and(|sum| looked.is_clean(&sum)) {
            return Ok(seal.look_at_name(path));
        }
        look_through(seal, case, path, content).map(|(_, leak)| leak)
    });
    let leaks: Vec<Leak> = found?.into_iter().flatten().collect();
    if leaks.is_empty() { Ok(()) } else { Err(Error::Leaks(leaks)) }
}

/// The same content, whole, with the first thing in it that must not be published at `path`.
///
/// # Errors
/// What the machine says, with the path.
pub fn look_through<'a>(
    seal: &Seal,
    case: &Path,
    path: &str,
    content: Content<'a>,
) -> Result<(Content<'a>, Option<Leak>), Error> {
    let content = match content {
        Content::Pieces(pieces) => Content::Bytes(pieces.collect::<String>().into_bytes().into()),
        other => other,
    };
    let leak = match &content {
        Content::Copy { path: from, .. } => {
            let from = case.join(from);
            seal.look(path, &fs::read(&from).map_err(Error::io(&from))?)
        }
        Content::Bytes(bytes) => seal.look(path, bytes),
        Content::Pieces(_) => None,
    };
    Ok((content, leak))
}

/// What was searched for what must not be there, in vain.
#[derive(Debug)]
pub struct Searched {
    /// How many files.
    pub files: usize,
    /// Those of them that hold more than can be looked into. Not told where a cache is believed.
    pub unread: Vec<String>,
}

/// Keeps other builds waiting that write beside `to`, until it is dropped: they would write into the same folder aside. Where
/// the system cannot lock a folder, nothing is kept waiting.
fn alone(to: &Path) -> Option<File> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = File::open(folder).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// Where the new site is written: beside the old one, so that it is on the same file system.
fn aside(to: &Path) -> Result<PathBuf, Error> {
    beside(to, "casefile-new").ok_or_else(|| Error::Output {
        path: to.to_owned(),
        why: message!(
            en: "this is no name for a folder",
            zh: "这不能作文件夹名"
        ),
    })
}

/// A hidden name of ours beside `to`.
fn beside(to: &Path, role: &str) -> Option<PathBuf> {
    let name = to.file_name()?.to_string_lossy();
    Some(to.with_file_name(format!(".{name}.{role}")))
}

/// What casefile put into a folder, as the lists there say.
fn listed(to: &Path) -> Result<BTreeSet<String>, Error> {
    let mut ours = BTreeSet::from([LIST.to_owned()]);
    let list = fs::read_to_string(to.join(LIST)).unwrap_or_default();
    ours.extend(list.lines().skip(1).map(str::to_owned));
    for entry in fs::read_dir(to).map_err(Error::io(to))? {
        let entry = entry.map_err(Error::io(to))?;
        let Ok(list) = fs::read_to_string(entry.path().join(LIST)) else { continue };
        if let Some(part) = list.strip_prefix(MADE_BELOW) {
            let folder = entry.file_name().to_string_lossy().into_owned();
            ours.extend(part.lines().chain([LIST]).map(|path| format!("{folder}/{path}")));
        }
    }
    Ok(ours)
}

/// The lists of a site, with their paths. What stands in a folder that nobody can guess is listed in that folder.
fn lists(output: &Output<'_>) -> Vec<(String, String)> {
    let Some(folder) = output.secret_folder() else {
        let made = if output.edition() == Edition::Full { MADE_FULL } else { MADE };
        return vec![(LIST.to_owned(), listing(made, output.paths()))];
    };
    let below = |path: &'_ str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let inside = output.paths().filter(|path| below(path)).map(|path| &path[folder.len() + 1..]);
    let outside = output.paths().filter(|path| !below(path));
    vec![(LIST.to_owned(), listing(MADE, outside)), (format!("{folder}/{LIST}"), listing(MADE_BELOW, inside))]
}

fn listing<'a>(head: &str, paths: impl Iterator<Item = &'a str>) -> String {
    paths.fold(head.to_owned(), |list, path| list + path + "\n")
}

/// Refuses to put one edition in the place of the other: what is published from a folder must never be the full one.
fn refuse_other_edition(to: &Path, edition: Edition) -> Result<(), Error> {
    let refused = |why: Message| Err(Error::Output { path: to.to_owned(), why });
    if edition == Edition::Full && to.file_name().is_some_and(|name| name == Edition::Public.folder()) {
        return refused(message!(
            en: "what stands here is published, and the full edition must not be\nhelp: choose another folder \
                 with `--output-dir`; without it the full edition goes to `full`",
            zh: "这里的内容会公开，而完整版不得公开\n建议：请用 `--output-dir` 换一个文件夹；不写时，完整版放在 \
                 `full`"
        ));
    }
    let list = fs::read_to_string(to.join(LIST)).unwrap_or_default();
    let held = match list {
        _ if list.starts_with(MADE_FULL) => Edition::Full,
        _ if list.starts_with(MADE) => Edition::Public,
        _ => return Ok(()),
    };
    if held == edition {
        return Ok(());
    }
    let (held, wanted) = (held.in_words(), edition.in_words());
    refused(message!(
        en: "this holds the {held} edition, which the {wanted} one never replaces\nhelp: choose another folder \
             with `--output-dir`, or remove this one yourself",
        zh: "这里放着{held}，不会用{wanted}替换\n建议：请用 `--output-dir` 换一个文件夹，或自行删去它"; held, wanted
    ))
}

/// Refuses to put one edition into the folder of the other: whoever publishes or hands on a folder does so with all that lies
/// in it. `case` is the folder of the case.
///
/// # Errors
/// [`Error::Output`] with the path of the folder.
pub fn refuse_within_other(case: &Path, to: &Path, edition: Edition) -> Result<(), Error> {
    let other = if edition == Edition::Full { Edition::Public } else { Edition::Full };
    let (case, to) = (settled(case), settled(to));
    let is_other = |folder: &&Path| {
        let list = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
        let holds = list.starts_with(if other == Edition::Full { MADE_FULL } else { MADE });
        holds || **folder == case.join(other.folder())
    };
    let Some(folder) = to.ancestors().skip(1).find(is_other) else { return Ok(()) };
    let (folder, other, edition) = (folder.display(), other.in_words(), edition.in_words());
    let why = message!(
        en: "this lies in {folder}, which is for the {other} edition\nhelp: put the {edition} edition elsewhere",
        zh: "这里位于{other}的文件夹 {folder} 中\n建议：请把{edition}放在别处"; other, edition
    );
    Err(Error::Output { path: to.clone(), why })
}

fn refuse_foreign(to: &Path) -> Result<(), Error> {
    let Ok(metadata) = fs::symlink_metadata(to) else { return Ok(()) };
    let foreign = |path: PathBuf| Err(Error::Foreign { folder: to.to_owned(), path });
    if !metadata.is_dir() {
        return foreign(to.to_owned());
    }
    let ours = listed(to)?;
    for entry in WalkDir::new(to).min_depth(1) {
        let entry =
            entry.map_err(|error| Error::Output { path: to.to_owned(), why: Message::alike(error.to_string()) })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path().strip_prefix(to).unwrap_or(entry.path());
        let name = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if !ours.contains(&name) {
            return foreign(path.to_owned());
        }
    }
    Ok(())
}

fn write_aside(output: &Output<'_>, case: &Path, old: &Path, aside: &Path) -> Result<Written, Error> {
    let folders: BTreeSet<&Path> = output.paths().filter_map(|path| Path::new(path).parent()).collect();
    for folder in folders {
        let folder = aside.join(folder);
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    }
    let copies = Copies::open(case);
    let written = output.map(|path| {
        let Some(content) = output.content(path)? else { return Ok((false, 0)) };
        let new = aside.join(path);
        let is_changed = write_file(content, case, &copies, &old.join(path), &new)?;
        Ok((is_changed, fs::metadata(&new).map_err(Error::io(&new))?.len()))
    })?;
    for (path, list) in lists(output) {
        write_file(Content::Bytes(list.into_bytes().into()), case, &copies, &old.join(&path), &aside.join(&path))?;
    }
    copies.close();
    let changed = written.iter().filter(|(is_changed, _)| *is_changed).count();
    let size = written.iter().map(|(_, size)| size).sum();
    Ok(Written { changed, unchanged: written.len() - changed, size })
}

/// Writes one file; returns whether it differs from the old one. One that does not is the old one, time and all.
fn write_file(content: Content<'_>, case: &Path, copies: &Copies, old: &Path, new: &Path) -> Result<bool, Error> {
    match content {
        Content::Bytes(bytes) => {
            if is_same(old, &bytes) && keep(old, new) {
                return Ok(false);
            }
            fs::write(new, &bytes).map_err(Error::io(new))?;
        }
        Content::Pieces(pieces) => {
            let file = File::create(new).map_err(Error::io(new))?;
            let mut writer = BufWriter::with_capacity(1 << 18, file);
            for piece in pieces {
                writer.write_all(piece.as_bytes()).map_err(Error::io(new))?;
            }
            writer.flush().map_err(Error::io(new))?;
            return replace_by_same(old, new);
        }
        Content::Copy { path, sha256, stamp } => {
            let from = case.join(path);
            let known = sha256.is_some_and(|sha256| copies.is_copy(old, &sha256));
            let same = known || (sha256.is_none() && are_same(&from, old).unwrap_or(false));
            if same && keep(old, new) {
                return Ok(false);
            }
            let copied = fs::copy(&from, new).map_err(Error::io(&from))?;
            let size = fs::metadata(new).map_err(Error::io(new))?.len();
            if copied != size {
                return Err(Error::Output {
                    path: new.to_owned(),
                    why: message!(
                        en: "the copy is not whole",
                        zh: "复制得不完整"
                    ),
                });
            }
            if stamp.is_some_and(|stamp| Stamp::of(&from).ok() != Some(stamp)) {
                let why = message!(
                    en: "it changed while the site was built; build again",
                    zh: "制作网站时文件有改动；请重新制作"
                );
                return Err(Error::Output { path: from, why });
            }
            if let Some(sha256) = sha256 {
                copies.remember(new, sha256);
            }
        }
    }
    Ok(true)
}

fn replace_by_same(old: &Path, new: &Path) -> Result<bool, Error> {
    if !are_same(old, new).unwrap_or(false) {
        return Ok(true);
    }
    fs::remove_file(new).map_err(Error::io(new))?;
    if keep(old, new) {
        return Ok(false);
    }
    fs::copy(old, new).map_err(Error::io(new))?;
    Ok(true)
}

/// Makes `new` the same file as `old`: a second name, so that it costs nothing and keeps its time.
fn keep(old: &Path, new: &Path) -> bool {
    fs::hard_link(old, new).is_ok()
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let same_size = fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
    same_size && fs::read(path).is_ok_and(|found| found == bytes)
}

/// Compares two files piece by piece: they may be larger than memory.
fn are_same(a: &Path, b: &Path) -> std::io::Result<bool> {
    if fs::metadata(a)?.len() != fs::symlink_metadata(b)?.len() {
        return Ok(false);
    }
    let (mut a, mut b) = (File::open(a)?, File::open(b)?);
    let (mut from_a, mut from_b) = (vec![0; 1 << 17], vec![0; 1 << 17]);
    loop {
        let len = a.read(&mut from_a)?;
        if len == 0 {
            return Ok(true);
        }
        b.read_exact(&mut from_b[..len])?;
        if from_a[..len] != from_b[..len] {
            return Ok(false);
        }
    }
}

/// Waits until all that was written to the disk of `folder` is on it: after a loss of power the names of the new site would
/// else stand there, and their files be empty. Where the system cannot wait for a whole disk at once it is left to it, as
/// waiting for each file takes many times as long as the build.
fn settle(folder: &Path) -> Result<(), Error> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::io::Errno;
        let open = File::open(folder).map_err(Error::io(folder))?;
        // Where the disk is broken or full, what was written is not there; not every kernel and file system can be asked.
        if let Err(error @ (Errno::IO | Errno::NOSPC | Errno::DQUOT)) = rustix::fs::syncfs(open) {
            return Err(Error::io(folder)(error.into()));
        }
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = folder;
    Ok(())
}

/// Puts `new` in the place of `old` in one step, and `old`, if there is one, in the place of `new`.
fn swap(new: &Path, old: &Path) -> Result<(), Error> {
    if fs::symlink_metadata(old).is_err() {
        return fs::rename(new, old).map_err(Error::io(old));
    }
    if exchange(new, old) {
        return Ok(());
    }
    // Where the system cannot exchange two folders there is a moment without a site, but never half of one.
    let parked = beside(old, "casefile-old").unwrap_or_else(|| old.with_extension("casefile-old"));
    remove(&parked)?;
    fs::rename(old, &parked).map_err(Error::io(old))?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&parked, old).map_err(Error::io(old))?;
        return Err(Error::io(old)(error));
    }
    remove(&parked)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Removes a folder or file of ours, if it is there.
fn remove(path: &Path) -> Result<(), Error> {
    let result = match fs::symlink_metadata(path) {
        Err(_) => return Ok(()),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path).or_else(|_| {
            make_writable(path);
            fs::remove_dir_all(path)
        }),
        Ok(_) => fs::remove_file(path),
    };
    result.map_err(Error::io(path))
}

/// Lets the folders below be written to, which an author, or a medium they were copied from, has made read-only: what is in
/// them could not be removed, and would be in the way of every build to come.
fn make_writable(folder: &Path) {
    #[cfg(unix)]
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_dir()) {
        let writable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        // Where that is refused, removing is, too, and tells why.
        let _ = fs::set_permissions(entry.path(), writable);
    }
    #[cfg(not(unix))]
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let Ok(found) = entry.metadata() else { continue };
        let mut permissions = found.permissions();
        permissions.set_readonly(false);
        let _ = fs::set_permissions(entry.path(), permissions);
    }
}
