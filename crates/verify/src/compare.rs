//! What changed between two editions, by what their manifests list.

use std::fmt;

use super::manifest::Manifest;
use super::path::shown;
use casefile_message::Message;

/// A file that is not the same in both. Shown as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Only the newer edition has it.
    New(String),
    /// Only the older one has it.
    Gone(String),
    /// Both have it, with other bytes.
    Changed(String),
}

impl Difference {
    /// What differs, in one line.
    pub fn message(&self) -> Message {
        match self {
            Self::New(path) => message!(en: "new      {path}", zh: "新增    {path}", path = shown(path)),
            Self::Gone(path) => message!(en: "gone     {path}", zh: "没有了  {path}", path = shown(path)),
            Self::Changed(path) => message!(en: "changed  {path}", zh: "改动    {path}", path = shown(path)),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().en())
    }
}

/// The differences, in the order of the paths.
pub fn differences(newer: &Manifest, older: &Manifest) -> Vec<Difference> {
    let mut paths: Vec<&String> = newer.0.keys().chain(older.0.keys()).collect();
    paths.sort_unstable();
    paths.dedup();
    let difference = |path: &String| match (newer.0.get(path), older.0.get(path)) {
        (Some(new), Some(old)) => (new != old).then(|| Difference::Changed(path.clone())),
        (Some(_), None) => Some(Difference::New(path.clone())),
        (None, _) => Some(Difference::Gone(path.clone())),
    };
    paths.into_iter().filter_map(difference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sha256::Sha256;

    #[test]
    fn what_is_new_gone_or_changed_is_told_in_order() {
        let manifest = |files: &[(&str, &[u8])]| {
            Manifest(files.iter().map(|(path, bytes)| ((*path).to_owned(), Sha256::of(bytes).into())).collect())
        };
        let newer = manifest(&[("data/a", b"1"), ("data/b", b"2"), ("data/d", b"3")]);
        let older = manifest(&[("data/a", b"1"), ("data/b", b"x"), ("data/c", b"3")]);
        let differences: Vec<String> = differences(&newer, &older).iter().map(ToString::to_string).collect();
        assert_eq!(differences, ["changed  data/b", "gone     data/c", "new      data/d"]);
    }
}
