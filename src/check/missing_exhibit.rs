//! C901: an exhibit whose file is not there.

use super::exhibits::named;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::yaml::closest;

/// Names the file that was probably meant, or why it was passed over.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let missing = named(site).filter(|(_, _, file)| file.found.is_none());
    let finding = |(list, _, file): (_, _, &crate::case::exhibit::NamedFile)| {
        let message = format!("there is no {} in the case", file.path);
        let skipped = case.skipped.iter().find(|skipped| skipped.path == file.path);
        let name = |path: &'_ str| path.strip_prefix(&case.exhibits.folder).unwrap_or(path).to_owned();
        let names: Vec<String> = case.exhibits.files.iter().map(|file| name(&file.path)).collect();
        let near = closest(&file.written, names.iter().map(String::as_str));
        let help = match (skipped, near) {
            (Some(skipped), _) => format!("it was passed over: {}", skipped.reason),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("put it into {}", case.exhibits.folder),
        };
        Diagnostic::at(Code::MissingExhibit, list, file.span, message).help(help)
    };
    missing.map(finding).collect()
}
