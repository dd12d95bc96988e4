//! Which published copies are known to be whole, so that a gigabyte of exhibits is not compared with every build.
#![expect(clippy::disallowed_methods, reason = "keeping what is known is what this module is for")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::sha256::Sha256;
use crate::source::exhibit::store::FOLDER;
use crate::source::stamp::Stamp;

/// The file that holds what is known.
const INDEX: &str = "copies.json";

/// The copies that were made, by their number on the disk.
#[derive(Debug)]
pub(super) struct Copies {
    folder: PathBuf,
    before: BTreeMap<u64, Copy>,
    now: Mutex<BTreeMap<u64, Copy>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Copy {
    stamp: Stamp,
    sha256: Sha256,
}

impl Copies {
    /// What is known for the case at `root`.
    pub(super) fn open(root: &Path) -> Self {
        let folder = root.join(FOLDER);
        let read = fs::read(folder.join(INDEX)).ok();
        let before = read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { folder, before, now: Mutex::default() }
    }

    /// Whether the file `copy` has that sum, and looks as it did when it was made.
    pub(super) fn is_copy(&self, copy: &Path, sha256: &Sha256) -> bool {
        let Ok(stamp) = Stamp::of(copy) else { return false };
        let wanted = Copy { stamp: stamp.under_any_name(), sha256: *sha256 };
        let known = stamp.number != 0 && self.before.get(&stamp.number) == Some(&wanted);
        if known {
            self.add(wanted);
        }
        known
    }

    /// Remembers that `copy` was made of what has that sum.
    pub(super) fn remember(&self, copy: &Path, sha256: Sha256) {
        if let Ok(stamp) = Stamp::of(copy) {
            self.add(Copy { stamp: stamp.under_any_name(), sha256 });
        }
    }

    fn add(&self, copy: Copy) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(copy.stamp.number, copy);
    }

    /// Writes down what is known. If that fails, it only costs time later.
    pub(super) fn close(self) {
        let now = self.now.into_inner().unwrap_or_else(PoisonError::into_inner);
        if now == self.before || !self.folder.is_dir() {
            return;
        }
        let aside = self.folder.join(format!("{INDEX}.{}.new", std::process::id()));
        let text = serde_json::to_vec(&now).unwrap_or_default();
        if fs::write(&aside, text).is_ok() {
            let _ = fs::rename(aside, self.folder.join(INDEX));
        }
    }
}
