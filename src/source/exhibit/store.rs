//! A cache of what was computed about the exhibits: sums, facts, small pictures.
//!
//! A folder beside the content, which may be thrown away at any time. A sum is taken from it only while the file's
//! [`Stamp`] is what it was when the file was read.
#![expect(clippy::disallowed_methods, reason = "keeping files is what this module is for")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::cover::Rect;
use super::media::ending;
use super::{Covered, Facts, Use, sum};
use crate::fault;
use crate::sha256::Sha256;
use crate::source::stamp::Stamp;

/// The name of the folder, in the case folder. Hidden, so that it is no part of the case.
pub const FOLDER: &str = ".casefile-cache";

/// The file in it that holds the sums.
const INDEX: &str = "sums.json";

/// From which size on, in bytes, what is known of a file that is no exhibit is kept.
pub const WORTH_KEEPING: u64 = 1 << 20;

/// Counts up with every change of what is kept: what an older program kept is made anew.
const VERSION: u32 = 13;

/// What is kept, and what was used of it.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    state: Mutex<State>,
    /// How often something was written, so that names written aside are unique.
    writes: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    index: StoredSums,
    /// The names of sources, and the sums of what was used in this run.
    used: BTreeSet<String>,
    sums: BTreeSet<Sha256>,
    changed: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct StoredSums {
    version: u32,
    /// The sums of exhibits, by their path from the case folder.
    sources: BTreeMap<String, Known>,
}

/// A sum, and how the file looked when it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    stamp: Stamp,
    sha256: Sha256,
}

impl Store {
    /// What is kept for the case at `root`. Nothing is written before there is something to keep.
    pub fn open(root: &Path) -> Self {
        let folder = root.join(FOLDER);
        let read = fs::read(folder.join(INDEX)).ok();
        let index = read.and_then(|bytes| serde_json::from_slice::<StoredSums>(&bytes).ok());
        let index = index.filter(|index| index.version == VERSION).unwrap_or_default();
        Self { folder, state: Mutex::new(State { index, ..State::default() }), writes: AtomicU64::new(0) }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sum of an exhibit, which goes by `name`, and how the file looks: read, unless it looks as it did when it was
    /// read before.
    ///
    /// # Errors
    /// When the file cannot be read, or changes while it is.
    pub fn sum_of_source(&self, path: &Path, name: &str) -> io::Result<(Sha256, Stamp)> {
        let stamp = Stamp::of(path)?;
        let known = self.state().index.sources.get(name).copied();
        let sha256 = match known.filter(|known| known.stamp == stamp) {
            Some(known) => known.sha256,
            None => {
                let sha256 = sum(path)?;
                if Stamp::of(path)? != stamp {
                    return Err(fault(
                        io::ErrorKind::Other,
                        message!(en: "the file changed while it was read", zh: "读取时文件有改动"),
                    ));
                }
                let mut state = self.state();
                if stamp.is_settled() {
                    state.index.sources.insert(name.to_owned(), Known { stamp, sha256 });
                } else {
                    state.index.sources.remove(name);
                }
                state.changed = true;
                sha256
            }
        };
        let mut state = self.state();
        state.used.insert(name.to_owned());
        state.sums.insert(sha256);
        Ok((sha256, stamp))
    }

    /// As [`Store::sum_of_source`], but the sum of a small file is not kept: it is read again in no time, and a case without
    /// large ones needs no cache.
    ///
    /// # Errors
    /// As [`Store::sum_of_source`].
    pub fn sum_if_large(&self, path: &Path, name: &str) -> io::Result<(Sha256, Stamp)> {
        let stamp = Stamp::of(path)?;
        if stamp.size >= WORTH_KEEPING {
            return self.sum_of_source(path, name);
        }
        let sha256 = sum(path)?;
        self.state().sums.insert(sha256);
        Ok((sha256, stamp))
    }

    /// What is known of a file.
    pub fn facts(&self, key: &Key<'_>) -> Option<Facts> {
        let bytes = fs::read(self.folder.join(key.file_name())).ok()?;
        let (version, facts): (u32, Facts) = serde_json::from_slice(&bytes).ok()?;
        let kept = facts.smaller.iter().map(|smaller| &smaller.path);
        let kept = kept.chain(facts.cleaning.copy().map(|copy| &copy.path));
        let kept: Vec<&String> = kept.chain(facts.covered.iter().flat_map(Covered::files)).collect();
        let there = kept.iter().all(|path| self.folder.with_file_name("").join(path).is_file());
        (version == VERSION && there).then_some(facts)
    }

    /// Keeps what is known of a file.
    pub fn keep_facts(&self, key: &Key<'_>, facts: &Facts) {
        let text = serde_json::to_vec(&(VERSION, facts)).unwrap_or_default();
        self.keep(&key.file_name(), &text);
    }

    /// Keeps a file; the path from the case folder at which it is then, none if it cannot be kept.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Option<String> {
        self.write(name, bytes).ok()?;
        Some(format!("{FOLDER}/{name}"))
    }

    /// Written aside and renamed, so that nobody sees half of it.
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let ignored = self.folder.join(".gitignore");
        if !ignored.exists() {
            fs::write(ignored, "*\n")?;
        }
        // Two files of the same bytes are looked into at the same time.
        let turn = self.writes.fetch_add(1, Ordering::Relaxed);
        let aside = self.folder.join(format!("{name}.{}-{turn}.new", std::process::id()));
        let written = fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, self.folder.join(name)));
        // On a full disk, what is half there only takes more room.
        written.inspect_err(|_| drop(fs::remove_file(&aside)))
    }

    /// Writes down the sums, and throws away what no exhibit of this run needs. What fails only costs time later.
    pub fn close(&self) {
        let mut state = self.state();
        let State { index, used, sums, changed } = &mut *state;
        let before = index.sources.len();
        index.sources.retain(|name, _| used.contains(name));
        *changed |= index.sources.len() != before;
        if !*changed {
            return;
        }
        index.version = VERSION;
        let text = serde_json::to_vec(&*index).unwrap_or_default();
        let _ = self.write(INDEX, &text);
        *changed = false;
        let needed: BTreeSet<String> = sums.iter().map(Sha256::to_string).collect();
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of_a_sum = name.len() > 64 && name.as_bytes()[..64].iter().all(u8::is_ascii_hexdigit);
            if of_a_sum && !needed.contains(&name[..64]) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// By what the facts of a file are kept: the same bytes may be a table under one name and a text under another.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The sum of the file.
    pub sha256: &'a Sha256,
    /// Its name.
    pub name: &'a str,
    /// What it was looked into for.
    pub wanted: Use,
    /// Whether it was cleaned.
    pub clean: bool,
    /// What of it is covered.
    pub cover: &'a [Rect],
}

impl Key<'_> {
    fn file_name(&self) -> String {
        let ending: String = ending(self.name).chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let cited = if self.wanted == Use::Cited { "-cited" } else { "" };
        let whole = if self.clean { "" } else { "-whole" };
        let covered = match self.cover {
            [] => String::new(),
            rects => format!("-{}", &Sha256::of(format!("{rects:?}").as_bytes()).to_string()[..16]),
        };
        format!("{}-{ending}{cited}{whole}{covered}.json", self.sha256)
    }
}
