//! C901: an exhibit whose file is not there.

use super::exhibits::named;
use crate::case::exhibit::{Exhibit, Visibility};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::yaml::closest;

/// For how many files the one that was probably meant is looked for: where more are missing, a whole folder is.
const MAX_COMPARED: usize = 100;

/// Names the file that was probably meant, or why it was passed over.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    // What is not published may stay at home, if its sum is recorded.
    let at_home = |exhibit: &Exhibit| match exhibit.visibility {
        Visibility::Public => false,
        Visibility::Listed => exhibit.recorded.is_some(),
        Visibility::Hidden => true,
    };
    let missing = named(site).filter(|(_, exhibit, file)| file.found.is_none() && !at_home(exhibit));
    let name = |path: &str| path.strip_prefix(&case.exhibits.folder).unwrap_or(path).to_owned();
    let names: Vec<String> = case.exhibits.files.iter().map(|file| name(&file.path)).collect();
    let finding = |(at, (list, _, file)): (usize, (_, _, &crate::case::exhibit::NamedFile))| {
        let elsewhere = case.assets.contains(&file.path) || !file.path.starts_with(&case.exhibits.folder);
        let message = match elsewhere {
            true => format!("{} does not lie among the exhibits", file.path),
            false => format!("there is no {} in the case", file.path),
        };
        let skipped = case.skipped.iter().find(|skipped| skipped.path == file.path);
        let near = if at < MAX_COMPARED { closest(&file.written, names.iter().map(String::as_str)) } else { None };
        let help = match (skipped, near) {
            (Some(skipped), _) => format!("it was passed over: {}", skipped.reason),
            (None, Some(near)) if !elsewhere => format!("did you mean `{near}`?"),
            (None, _) => format!("put it into {}", case.exhibits.folder),
        };
        Diagnostic::at(Code::MissingExhibit, list, file.span, message).help(help)
    };
    missing.enumerate().map(finding).collect()
}
