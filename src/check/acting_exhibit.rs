//! C909: an exhibit that holds a script, or something that acts by itself.

use super::exhibits::found;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Tells the author what readers are warned of.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let acting = found(site).filter(|(.., file)| file.facts.acts);
    let finding =
        |(list, _, named, file): (_, _, &crate::case::exhibit::NamedFile, &crate::source::exhibit::ExhibitFile)| {
            let message = format!("{} holds a script or something that acts by itself", file.path);
            let help = "readers are warned; a picture or a PDF of it may serve them better";
            Diagnostic::at(Code::ActingExhibit, list, named.span, message).help(help)
        };
    acting.map(finding).collect()
}
