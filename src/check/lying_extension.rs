//! C905: an ending that says that a file is something else than it is.

use super::exhibits::found;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::exhibit::media::ending;

/// Compares the endings of exhibits with their content.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let lying = found(site).filter(|(_, _, named, file)| file.facts.media.belies(&named.path));
    let finding =
        |(list, _, named, file): (_, _, &crate::case::exhibit::NamedFile, &crate::source::exhibit::ExhibitFile)| {
            let message = message!(
                en: "the file ends in .{ending}, but its content is {format}",
                zh: "文件名以 .{ending} 结尾，内容却是 {format}",
                ending = ending(&named.path), format = file.facts.media.format
            );
            let help = message!(
                en: "if it came to you like this, say so in `remarks`; renaming it does not change its sum",
                zh: "如果收到时就是这样，请在 `remarks` 中写明；改名不会改变校验值"
            );
            Diagnostic::at(Code::LyingExtension, list, named.span, message).help(help)
        };
    lying.map(finding).collect()
}
