//! The files of a bag, in a folder or in a zip.

use std::collections::HashMap;
use std::io::{self, Read};

use super::path::{folded, why_unsafe};
use super::report::Problem;
use casefile_message::Message;

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
    /// The folders that are named by themselves.
    pub(super) folders: Vec<String>,
    /// What is wrong already.
    pub(super) problems: Vec<Problem>,
    /// What a system has put beside the bag.
    pub(super) of_the_system: Vec<String>,
    /// What could not be looked at.
    pub(super) unknown: Vec<Message>,
}

impl Listing {
    /// Puts the files in order, and takes out those whose paths are not safe, or which would be one file, or a file and
    /// a folder, on some computers.
    pub(super) fn settle(&mut self) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut names = Names::default();
        let problems = &mut self.problems;
        for path in &self.folders {
            if let Err(why) = names.add(path, true) {
                problems.push(Problem::Refused { path: path.clone(), why });
            }
        }
        self.files.retain(|file| {
            let path = &file.path;
            let added = why_unsafe(path).map_or_else(|| names.add(path, false), |why| Err(why.to_owned()));
            added.map_err(|why| problems.push(Problem::Refused { path: path.clone(), why })).is_ok()
        });
    }
}

/// All names in all folders, as they are told apart where capitals do not matter.
#[derive(Default)]
struct Names(HashMap<(usize, String), Name>);

/// A name as it was first written.
struct Name {
    written: String,
    is_folder: bool,
    number: usize,
}

impl Names {
    /// Adds a path with the folders it needs; the error is why it cannot stand beside the others.
    fn add(&mut self, path: &str, is_folder: bool) -> Result<(), Message> {
        let mut folder = 0;
        let last = path.matches('/').count();
        for (at, part) in path.split('/').enumerate() {
            let is_folder = is_folder || at < last;
            let number = self.0.len() + 1;
            let name = self.0.entry((folder, folded(part))).or_insert_with(|| Name {
                written: part.to_owned(),
                is_folder,
                number,
            });
            if name.number != number {
                match (name.is_folder, is_folder) {
                    (one, other) if one != other => {
                        return Err(message!(
                            en: "{name} is a file, and there must be a folder of that name",
                            zh: "{name} 是文件，而又必须有同名的文件夹",
                            name = name.written
                        ));
                    }
                    _ if name.written != part => {
                        return Err(message!(
                            en: "{part} differs from {name} by capitals or accents alone",
                            zh: "{part} 与 {name} 只差大小写或重音符号",
                            name = name.written
                        ));
                    }
                    (false, false) => {
                        return Err(message!(
                            en: "there are two files of that name",
                            zh: "有两个文件用这个名字"
                        ));
                    }
                    _ => {}
                }
            }
            folder = name.number;
        }
        Ok(())
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
