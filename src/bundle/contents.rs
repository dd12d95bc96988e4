//! The files that a bag is made of, wherever they lie.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::path::{folded, why_unsafe};
use super::report::Problem;

/// A file, by its path in the bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) size: u64,
}

/// What was found of a bag before any file is read.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The files that may be read; a path occurs once.
    pub(super) files: Vec<File>,
    /// What is wrong already.
    pub(super) problems: Vec<Problem>,
    /// What could not be looked at.
    pub(super) unknown: Vec<String>,
}

impl Listing {
    /// Puts the files in order, and takes out those whose paths are not safe, or which would be one file, or a file and
    /// a folder, on some computers.
    pub(super) fn settle(&mut self) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let problems = &mut self.problems;
        self.files.retain(|file| {
            let path = &file.path;
            let mut refuse = |why: String| {
                problems.push(Problem::Refused { path: path.clone(), why });
                false
            };
            if let Some(why) = why_unsafe(path) {
                return refuse(why.to_owned());
            }
            // A folder is kept with its slash, so that it is told from a file of that name.
            let folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
            for part in folders.chain([path.as_str()]) {
                let as_other = match part.strip_suffix('/') {
                    Some(file) => folded(file),
                    None => format!("{}/", folded(part)),
                };
                if let Some(other) = seen.get(&as_other) {
                    return refuse(format!("{other} is a file, {path} needs a folder of that name, or the reverse"));
                }
                match seen.get(&folded(part)) {
                    Some(other) if other == part && part.ends_with('/') => {}
                    Some(other) if other == part => return refuse("there are two files of that name".to_owned()),
                    Some(other) => return refuse(format!("it differs from {other} by capitals alone")),
                    None => {
                        seen.insert(folded(part), part.to_owned());
                    }
                }
            }
            true
        });
    }
}

/// A bag whose files can be read, by several threads at once.
pub(super) trait Contents: Sync {
    /// The files, in the order of their paths.
    fn files(&self) -> &[File];

    /// Opens the file at that place among the files.
    ///
    /// Reading fails with [`io::ErrorKind::InvalidData`] where the bytes themselves are damaged.
    fn open(&self, at: usize) -> io::Result<Box<dyn Read + '_>>;
}
