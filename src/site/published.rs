//! Which files of the case are published with its pages, and where in the site they lie.

use std::collections::{BTreeMap, BTreeSet};

use super::link::{ImageTarget, Kept, LinkTarget};
use super::references::References;
use crate::case::Case;
use crate::case::exhibit::shown_name;
use crate::config::FileNames;
use crate::device_name::is_device;
use crate::slug::{marked, name_slug, short_folders, slug};
use crate::source::exhibit::{ExhibitFile, media};

/// Gives files paths in the site: below `files/`, lower-case ASCII, each its own.
#[derive(Debug, Default)]
pub struct Paths(BTreeSet<String>);

impl Paths {
    /// The path for the file `path` of the case, with `suffix` after its stem. `added` tells what the ending of the path is
    /// followed by, so that the file does not run where it is opened.
    pub fn give(&mut self, path: &str, suffix: &str, added: impl Fn(&str) -> Option<&'static str>) -> String {
        // A mark of the path keeps two of one slug apart; the same path may be published in two ways.
        let marks = std::iter::once(None).chain((0..).map(|copy| Some(format!("{path}{}", "/".repeat(copy)))));
        for mark in marks {
            let mut given = site_path(path, suffix, mark.as_deref());
            if let Some(added) = added(&media::ending(&given)) {
                given = format!("{given}.{added}");
            }
            if self.0.insert(given.clone()) {
                return given;
            }
        }
        String::new()
    }

    /// The path for a file that a document links to or shows.
    pub(super) fn give_file(&mut self, file: &ExhibitFile, names: FileNames) -> String {
        // Which file it is among those without a number, its sum says, whichever others come.
        let neutral = || format!("file-{}{}", &file.sha256.to_string()[..16], shown_name::ending(&file.path));
        let path = if names == FileNames::Neutral { neutral() } else { file.path.clone() };
        self.give(&path, "", |ending| file.facts.added_ending(ending))
    }
}

/// The files that links and images lead to, with their paths in the site. Whether one is linked or shown makes no
/// difference.
pub fn publish(case: &Case, references: &[References], kept: &Kept, paths: &mut Paths) -> BTreeMap<String, String> {
    let links = references.iter().flat_map(|own| &own.links).chain(kept.values()).filter_map(|target| match target {
        LinkTarget::File(path) => Some(path),
        _ => None,
    });
    let images = references.iter().flat_map(|own| &own.images).filter_map(|target| match target {
        ImageTarget::File(path) => Some(path),
        _ => None,
    });
    let wanted: BTreeSet<&str> = links.chain(images).map(AsRef::as_ref).collect();
    let files = wanted.into_iter().filter_map(|path| case.cited.get(path));
    files.map(|file| (file.path.clone(), paths.give_file(file, case.file_names()))).collect()
}

/// The longest ending of a file's name that is one.
const MAX_EXTENSION: usize = 16;

/// The path of a file in the site, with `suffix` after its stem and, to tell it from another of the same slug, a mark of a
/// text.
fn site_path(path: &str, suffix: &str, mark: Option<&str>) -> String {
    let path = path.strip_prefix("content/").unwrap_or(path);
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && slug(extension).len() <= MAX_EXTENSION => {
            (stem, slug(extension))
        }
        _ => (name, String::new()),
    };
    let part = |text: &str| {
        let slug = name_slug(text);
        if is_device(&slug) { slug + "-file" } else { slug }
    };
    let slugs: Vec<String> = folders.split('/').filter(|folder| !folder.is_empty()).map(part).collect();
    let folders = short_folders(slugs.join("/"), folders);
    let slash = if folders.is_empty() { "" } else { "/" };
    let stem = mark.map_or_else(|| part(stem), |mark| marked(&part(stem), mark));
    let dot = if extension.is_empty() { "" } else { "." };
    format!("files/{folders}{slash}{stem}{suffix}{dot}{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_files_have_plain_paths_of_their_own() {
        let mut paths = Paths::default();
        let files =
            ["content/.gitbook/assets/image (2).png", "content/tu-1.png", "content/图 1.PNG", "content/a.ｈｔｍｌ"];
        let given = files.map(|path| paths.give(path, "", |ending| (ending != "png").then_some("txt")));
        let wanted =
            ["files/gitbook/assets/image-2.png", "files/tu-1.png", "files/tu-1-c65581b.png", "files/a.html.txt"];
        assert_eq!(given, wanted);
    }

    #[test]
    fn files_of_one_slug_are_kept_apart_by_their_own_names() {
        let names = ["收据.png", "手具.png", "收据！.png", "☠.png", "☯.png", "a.b c d e f g h i j k", "x.pdf", "x.PDF"];
        let mut paths = Paths::default();
        let given = names.map(|name| paths.give(name, "", |_| None));
        assert_eq!(given[0], "files/shou-ju.png");
        assert_eq!(given[3], "files/u2620.png");
        assert_eq!(given[5], "files/a-b-c-d-e-f-g-h-i-j-k");
        assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), names.len());
        let mut without_the_second = Paths::default();
        without_the_second.give(names[0], "", |_| None);
        assert_eq!(without_the_second.give(names[2], "", |_| None), given[2]);
    }

    #[test]
    fn no_path_of_a_file_is_longer_than_two_hundred() {
        let deep = format!("{}/{}.jpeg", ["很长的文件夹名"; 20].join("/"), "很长的文件名".repeat(20));
        assert!(Paths::default().give(&deep, "-1600", |_| Some("txt")).len() <= 200);
    }
}
