//! C907: an exhibit that cannot be shown.

use super::exhibits::found;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::exhibit::media::Class;

/// Tells why a page shows nothing of a file.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (list, _, named, file) in found(site) {
        let why = match &file.facts.damage {
            _ if file.facts.media.class == Class::Empty => message!(en: "it is empty", zh: "这是空文件"),
            Some(why) => why.in_words(),
            None => continue,
        };
        let message = message!(
            en: "{path} cannot be shown: {why}",
            zh: "{path} 无法显示：{why}",
            path = file.path; why
        );
        let help = message!(
            en: "it is offered as a download; look whether the file is whole",
            zh: "读者仍可下载；请检查文件是否完整"
        );
        findings.push(Diagnostic::at(Code::DamagedExhibit, list, named.span, message).help(help));
    }
    findings
}
