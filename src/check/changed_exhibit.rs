//! C902: an exhibit that is not the file whose sum was recorded.

use super::exhibits::found;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Compares each recorded sum with that of the file.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (list, exhibit, _, file) in found(site) {
        let changed = exhibit.recorded.as_ref().filter(|(recorded, _)| *recorded != file.sha256);
        let Some((recorded, span)) = changed else { continue };
        let (message, help) = match file.differs_by_line_ends(recorded) {
            true => (
                message!(
                    en: "{path} differs from the file of this sum by its line ends alone",
                    zh: "{path} 与登记校验值的文件只差换行符",
                    path = file.path
                ),
                message!(
                    en: "git changes them on some computers, and some editors do; write `* -text` into \
                         .gitattributes, then take the file again from where it is unchanged",
                    zh: "git 在有的电脑上会改换行符，有的编辑器也会；请在 .gitattributes 中写上 `* -text`，再从\
                         没有改过的地方取回这个文件"
                ),
            ),
            false => (
                message!(
                    en: "{path} is not the file of this sum",
                    zh: "{path} 与登记的校验值不符",
                    path = file.path
                ),
                message!(
                    en: "its sum is now {sum}; find the file that has the recorded one, or record this one if \
                         the change is meant",
                    zh: "它现在的校验值是 {sum}；请找回校验值相符的那个文件，如确属有意改动，就登记这个校验值",
                    sum = file.sha256
                ),
            ),
        };
        findings.push(Diagnostic::at(Code::ChangedExhibit, list, *span, message).help(help));
    }
    findings
}
