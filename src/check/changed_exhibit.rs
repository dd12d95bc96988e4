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
                format!("{} differs from the file of this sum by its line ends alone", file.path),
                "git changes them on some computers, and some editors do; write `* -text` into .gitattributes, then take \
                 the file again from where it is unchanged"
                    .to_owned(),
            ),
            false => (
                format!("{} is not the file of this sum", file.path),
                format!(
                    "its sum is now {}; find the file that has the recorded one, or record this one if the change is meant",
                    file.sha256
                ),
            ),
        };
        findings.push(Diagnostic::at(Code::ChangedExhibit, list, *span, message).help(help));
    }
    findings
}
