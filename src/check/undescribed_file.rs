//! C906: a file among the exhibits that nothing describes.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Finds files in the folder of the exhibits that the list does not name and no document links.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let exhibits = &site.case.exhibits;
    let unknown = exhibits
        .files
        .iter()
        .filter(|file| exhibits.of_path(&file.path).is_none() && !site.files.contains_key(&file.path));
    let finding = |file: &crate::source::exhibit::ExhibitFile| {
        let name = file.path.strip_prefix(&exhibits.folder).unwrap_or(&file.path);
        let message = "nothing describes this file, so it is not published";
        let help = format!(
            "describe it in {}exhibits.yaml with `number` and `file: {name}`, or move it away",
            exhibits.folder
        );
        Diagnostic::file(Code::UndescribedFile, &file.path, message).help(help)
    };
    unknown.map(finding).collect()
}
