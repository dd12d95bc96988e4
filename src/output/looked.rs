//! A cache of the published files that were already searched for the same secrets, so that a gigabyte of exhibits is
//! not read with every build.
#![expect(clippy::disallowed_methods, reason = "keeping what is known is what this module is for")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::seal::Seal;
use crate::sha256::Sha256;
use crate::source::exhibit::store::FOLDER;

/// The file that holds what is known, in the cache beside the content.
const INDEX: &str = "sealed.json";

/// The files in which nothing was found.
#[derive(Debug)]
pub(super) struct Looked {
    folder: PathBuf,
    /// What was looked for.
    seal: Sha256,
    before: BTreeSet<Sha256>,
    now: Mutex<BTreeSet<Sha256>>,
}

#[derive(Serialize, Deserialize)]
struct SearchedFiles {
    seal: Sha256,
    clean: BTreeSet<Sha256>,
}

impl Looked {
    /// What is known for the case at `root` of what `seal` looks for.
    pub(super) fn open(root: &Path, seal: &Seal) -> Self {
        let folder = root.join(FOLDER);
        let read =
            fs::read(folder.join(INDEX)).ok().and_then(|bytes| serde_json::from_slice::<SearchedFiles>(&bytes).ok());
        let known = read.filter(|index| index.seal == seal.sum());
        Self {
            folder,
            seal: seal.sum(),
            before: known.map(|index| index.clean).unwrap_or_default(),
            now: Mutex::default(),
        }
    }

    /// Whether nothing was found in a file of that sum.
    pub(super) fn is_clean(&self, sum: &Sha256) -> bool {
        let is_clean = self.before.contains(sum);
        if is_clean {
            self.remember(*sum);
        }
        is_clean
    }

    /// Remembers that nothing was found in a file of that sum.
    pub(super) fn remember(&self, sum: Sha256) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(sum);
    }

    /// Writes down what is known. If that fails, it only costs time later.
    pub(super) fn close(self) {
        let clean = self.now.into_inner().unwrap_or_else(PoisonError::into_inner);
        if clean == self.before || !self.folder.is_dir() {
            return;
        }
        let aside = self.folder.join(format!("{INDEX}.{}.new", std::process::id()));
        let text = serde_json::to_vec(&SearchedFiles { seal: self.seal, clean }).unwrap_or_default();
        if fs::write(&aside, text).is_ok() {
            let _ = fs::rename(aside, self.folder.join(INDEX));
        }
    }
}
