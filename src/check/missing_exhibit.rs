//! C901: an exhibit whose file is not there.

use super::exhibits::named;
use crate::case::exhibit::{Exhibit, Visibility};
use crate::diagnostic::{Code, Diagnostic};
use crate::folder::Skipped;
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
            true => message!(
                en: "{path} does not lie among the exhibits",
                zh: "{path} 不在证据文件夹中",
                path = file.path
            ),
            false => message!(en: "there is no {path} in the case", zh: "案卷中没有 {path}", path = file.path),
        };
        let skipped = case.skipped.iter().find(|skipped| skipped.path == file.path);
        let near = if at < MAX_COMPARED { closest(&file.written, names.iter().map(String::as_str)) } else { None };
        let help = match (skipped, near) {
            (Some(Skipped { reason, .. }), _) => message!(
                en: "it was passed over: {reason}",
                zh: "它被略过了：{reason}"; reason
            ),
            (None, Some(near)) if !elsewhere => message!(en: "did you mean `{near}`?", zh: "是否指 `{near}`？"),
            (None, _) => message!(
                en: "put it into {folder}",
                zh: "请放入 {folder}",
                folder = case.exhibits.folder
            ),
        };
        Diagnostic::at(Code::MissingExhibit, list, file.span, message).help(help)
    };
    missing.enumerate().map(finding).collect()
}
