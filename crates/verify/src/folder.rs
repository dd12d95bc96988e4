//! A bag that lies in a folder.

use std::io::{self, Read};
use std::path::Path;

use casefile_message::{Message, of_system};
use walkdir::WalkDir;

use super::contents::{Contents, File, Listing};
use super::medium::{Links, open_file};
use super::report::Problem;

/// A folder that is a bag.
pub(super) struct Folder<'a> {
    root: &'a Path,
    files: Vec<File>,
}

impl<'a> Folder<'a> {
    /// Lists all files in the folder `root`, and what in it is none.
    pub(super) fn open(root: &'a Path) -> (Self, Listing) {
        let mut listing = Listing::default();
        for entry in WalkDir::new(root).min_depth(1) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    listing.unknown.push(why_unread(&error));
                    continue;
                }
            };
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
            let Some(path) = parts.map(|parts| parts.join("/")) else {
                let path = path.to_string_lossy().into_owned();
                listing.problems.push(Problem::Refused {
                    path,
                    why: message!(
                        en: "the path is not UTF-8",
                        zh: "路径不是 UTF-8"
                    ),
                });
                continue;
            };
            let kind = entry.file_type();
            if kind.is_dir() {
                listing.folders.push(path);
                continue;
            }
            if !kind.is_file() {
                let why = message!(
                    en: "it is a link, a device or the like, and no file",
                    zh: "这是链接、设备一类的东西，不是文件"
                );
                listing.problems.push(Problem::Refused { path, why });
                continue;
            }
            match entry.metadata() {
                Ok(found) => listing.files.push(File { path, size: found.len() }),
                Err(error) => listing.unknown.push(why_unread(&error)),
            }
        }
        listing.settle();
        (Self { root, files: listing.files.clone() }, listing)
    }
}

impl Contents for Folder<'_> {
    fn files(&self) -> &[File] {
        &self.files
    }

    fn open(&self, at: usize) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(open_file(&self.root.join(&self.files[at].path), Links::Refused)?))
    }
}

/// Why an entry of a folder could not be looked at.
fn why_unread(error: &walkdir::Error) -> Message {
    match (error.path(), error.io_error()) {
        (Some(path), Some(error)) => {
            let error = of_system(error);
            message!(en: "{path}: {error}", zh: "{path}：{error}", path = path.display(); error)
        }
        _ => Message::alike(error.to_string()),
    }
}
