//! C904: a picture that says where, or with what, it was taken.

use super::exhibits::found;
use crate::case::exhibit::Visibility;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Tells what would be published beside the pixels.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let mut findings = Vec::new();
    for (list, exhibit, named, file) in found(site).filter(|(_, exhibit, ..)| exhibit.visibility == Visibility::Public)
    {
        let exif = file.facts.exif.clone().unwrap_or_default();
        let place = exif.location.as_ref().map(|place| format!("where it was taken ({place})"));
        let device = exif.device.as_ref().map(|device| format!("with what or by whom ({device})"));
        let said: Vec<String> = place.into_iter().chain(device).collect();
        if case.exhibits.is_withheld(exhibit) {
            let message = format!("{} holds metadata that cannot be removed, so it is not published", file.path);
            let help = "convert it to JPEG, PNG or WebP, or describe it only with `visibility: listed`";
            findings.push(Diagnostic::at(Code::TellingMetadata, list, named.span, message).help(help));
        } else if !case.config.strip_metadata && !said.is_empty() {
            let message = format!("{} says {}", file.path, said.join(" and "));
            let help = "`strip_metadata: true` in casefile.yaml publishes a copy without it";
            findings.push(Diagnostic::at(Code::TellingMetadata, list, named.span, message).help(help));
        }
    }
    findings
}
