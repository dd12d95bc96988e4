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
            _ if file.facts.media.class == Class::Empty => "it is empty",
            Some(why) => why,
            None => continue,
        };
        let message = format!("{} cannot be shown: {why}", file.path);
        let help = "it is offered as a download; look whether the file is whole";
        findings.push(Diagnostic::at(Code::DamagedExhibit, list, named.span, message).help(help));
    }
    findings
}
