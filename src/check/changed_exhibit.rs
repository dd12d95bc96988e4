//! C902: an exhibit that is not the file whose sum was recorded.

use super::exhibits::found;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Compares each recorded sum with that of the file.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (list, exhibit, _, file) in found(site) {
        let changed = exhibit.recorded.as_ref().filter(|(recorded, _)| *recorded != file.sha256);
        let Some((_, span)) = changed else { continue };
        let message = format!("{} is not the file of this sum", file.path);
        let help = format!(
            "its sum is now {}; find the file that has the recorded one, or record this one if the change is meant",
            file.sha256
        );
        findings.push(Diagnostic::at(Code::ChangedExhibit, list, *span, message).help(help));
    }
    findings
}
