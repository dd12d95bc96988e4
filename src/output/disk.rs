//! Writing a site to disk: aside first, then swapped in, so that there is a whole site at every moment.
#![expect(clippy::disallowed_methods, reason = "writing the disk is what this module is for")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::copies::Copies;
use super::{Content, Output};
use crate::Error;
use crate::source::stamp::Stamp;

pub use crate::source::folder::SITE_LIST as LIST;

/// What writing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub changed: usize,
    /// Files that are as they were, with their time.
    pub unchanged: usize,
}

/// Writes `output` to the folder `to`, copying files of the case from `case`.
///
/// The old folder stays whole until the new one is. Files that did not change keep their time; nothing of the old
/// folder stays. A folder that holds anything casefile did not make is replaced only with `force`.
///
/// # Errors
/// [`Error::Foreign`] without `force`, else what the machine says, with the path. The old folder is then as it was.
pub fn write(output: &Output<'_>, case: &Path, to: &Path, force: bool) -> Result<Written, Error> {
    if !force {
        refuse_foreign(to)?;
    }
    let aside = aside(to)?;
    remove(&aside)?;
    let result = write_aside(output, case, to, &aside).and_then(|written| {
        swap(&aside, to)?;
        Ok(written)
    });
    // After a swap this is the old site, after a fault the unfinished one.
    let removed = remove(&aside);
    let written = result?;
    removed?;
    Ok(written)
}

/// Where the new site is written: beside the old one, so that it is on the same file system.
fn aside(to: &Path) -> Result<PathBuf, Error> {
    beside(to, "casefile-new")
        .ok_or_else(|| Error::Output { path: to.to_owned(), why: "this is no name for a folder".to_owned() })
}

/// A hidden name of ours beside `to`.
fn beside(to: &Path, role: &str) -> Option<PathBuf> {
    let name = to.file_name()?.to_string_lossy();
    Some(to.with_file_name(format!(".{name}.{role}")))
}

fn refuse_foreign(to: &Path) -> Result<(), Error> {
    let Ok(metadata) = fs::symlink_metadata(to) else { return Ok(()) };
    let foreign = |path: PathBuf| Err(Error::Foreign { folder: to.to_owned(), path });
    if !metadata.is_dir() {
        return foreign(to.to_owned());
    }
    let list = fs::read_to_string(to.join(LIST)).unwrap_or_default();
    let ours: BTreeSet<&str> = list.lines().skip(1).chain([LIST]).collect();
    for entry in WalkDir::new(to).min_depth(1) {
        let entry = entry.map_err(|error| Error::Output { path: to.to_owned(), why: error.to_string() })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path().strip_prefix(to).unwrap_or(entry.path());
        let name = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if !ours.contains(name.as_str()) {
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
    let paths: Vec<&str> = output.paths().collect();
    let copies = Copies::open(case);
    let changed: usize = paths
        .par_iter()
        .map(|path| {
            let content = output.content(path)?;
            let Some(content) = content else { return Ok(0) };
            write_file(content, case, &copies, &old.join(path), &aside.join(path)).map(usize::from)
        })
        .try_reduce(|| 0, |a, b| Ok(a + b))?;
    let mut list = String::from("made by casefile\n");
    for path in &paths {
        list.push_str(path);
        list.push('\n');
    }
    write_file(Content::Bytes(list.into_bytes().into()), case, &copies, &old.join(LIST), &aside.join(LIST))?;
    copies.close();
    Ok(Written { changed, unchanged: paths.len() - changed })
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
                return Err(Error::Output { path: new.to_owned(), why: "the copy is not whole".to_owned() });
            }
            if stamp.is_some_and(|stamp| Stamp::of(&from).ok() != Some(stamp)) {
                let why = "it changed while the site was built; build again".to_owned();
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
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    };
    result.map_err(Error::io(path))
}
