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
        let message = message!(
            en: "nothing describes this file, so it is not published",
            zh: "没有说明这个文件是什么证据，因此不公布"
        );
        let help = message!(
            en: "describe it in {folder}exhibits.yaml with `number` and `file: {name}`, or move it away",
            zh: "请在 {folder}exhibits.yaml 中用 `number` 和 `file: {name}` 登记它，或把它移走",
            folder = exhibits.folder
        );
        Diagnostic::file(Code::UndescribedFile, &file.path, message).help(help)
    };
    unknown.map(finding).collect()
}
