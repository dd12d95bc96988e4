//! C909: an exhibit with active content.

use super::exhibits::found;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Tells the author what readers are warned of.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let active = found(site).filter(|(.., file)| file.facts.is_active);
    let finding = |(list, _, named, file): (
        _,
        _,
        &crate::case::exhibit::NamedFile,
        &crate::source::exhibit::ExhibitFile,
    )| {
        let message = message!(
            en: "{path} may act by itself where it is opened: it holds a script, macros, an object, or parts that are not known",
            zh: "{path} 打开时可能自行运行：其中有脚本、宏、嵌入的对象，或无法辨认的部分",
            path = file.path
        );
        let help = message!(
            en: "readers are warned; a picture or a PDF of it may serve them better",
            zh: "网站会提醒读者；换成图片或 PDF 也许更合适"
        );
        Diagnostic::at(Code::ActiveExhibit, list, named.span, message).help(help)
    };
    active.map(finding).collect()
}
