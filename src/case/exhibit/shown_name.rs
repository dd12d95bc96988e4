//! What the files of exhibits are called for readers.
//!
//! A file name may tell what nothing else does: who sent it, from which account, of whom it is. With `names: neutral` the public
//! edition calls every file by the number of its exhibit.

use super::{ExhibitId, Exhibits};
use crate::slug::slug;

/// The longest ending of a file name that is one.
const MAX_ENDING: usize = 8;

impl Exhibits {
    /// Calls every file by the number of its exhibit: `exhibit-3.pdf`, or `exhibit-3-1.pdf` where the exhibit has several.
    pub(in crate::case) fn call_by_number(&mut self) {
        self.neutral = ExhibitId::all(&self.all)
            .map(|at| {
                let exhibit = &self.all[at];
                let file = exhibit.file.as_ref()?;
                let whole = self.whole(at);
                let part = match self.parts(whole).len() {
                    0 => String::new(),
                    _ => format!("-{}", at.place() - whole.place() + 1),
                };
                Some(format!("exhibit-{}{part}{}", slug(&exhibit.key.number), ending(&file.path)))
            })
            .collect();
    }

    /// The name of the file of the exhibit `at`; empty where it has none.
    pub fn file_name(&self, at: ExhibitId) -> &str {
        if let Some(name) = self.neutral.get(at.place()) {
            return name.as_deref().unwrap_or("");
        }
        let path = self.all[at].file.as_ref().map_or("", |file| &file.path);
        path.rsplit('/').next().unwrap_or(path)
    }

    /// The path by which the file of the exhibit `at` is published, from the case folder.
    pub fn path_shown(&self, at: ExhibitId) -> String {
        match self.neutral.get(at.place()) {
            Some(name) => format!("{}{}", self.folder, name.as_deref().unwrap_or("")),
            None => self.all[at].file.as_ref().map_or_else(String::new, |file| file.path.clone()),
        }
    }

    /// Whether files are called by the numbers of their exhibits.
    pub fn is_neutral(&self) -> bool {
        !self.neutral.is_empty()
    }
}

/// The ending of a file name with its dot, if it is one that says what the file is.
pub fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let is_ending = (1..=MAX_ENDING).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_ending { format!(".{ending}") } else { String::new() }
}
