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
            let message =
                format!("the file ends in .{}, but its content is {}", ending(&named.path), file.facts.media.format);
            let help = "if it came to you like this, say so in `remarks`; renaming it does not change its sum";
            Diagnostic::at(Code::LyingExtension, list, named.span, message).help(help)
        };
    lying.map(finding).collect()
}
