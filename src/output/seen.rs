//! Exhibits that are published as pictures of their pages.
#![expect(clippy::disallowed_methods, reason = "what was kept of the pages is read here")]

use std::fs;
use std::path::Path;

use crate::Error;
use crate::case::exhibit::Visibility;
use crate::seal::{Leak, Seal};
use crate::site::Site;

/// Refuses where the pages of a PDF, of which parts are covered, still show what must not be published: in pictures nothing is found.
///
/// # Errors
/// [`Error::Leaks`] with every such file, else what the machine says, with the path.
pub(super) fn refuse_seen(site: &Site, case: &Path, seal: &Seal) -> Result<(), Error> {
    let exhibits = &site.case.exhibits;
    let public = exhibits.all.iter().filter(|exhibit| exhibit.visibility == Visibility::Public);
    let mut leaks = Vec::new();
    for file in public.filter_map(|exhibit| exhibits.file_of(exhibit)) {
        let Some(pages) = file.facts.covered.as_ref().and_then(|covered| covered.pages.as_ref()) else { continue };
        let path = case.join(&pages.text);
        let text = fs::read_to_string(&path).map_err(Error::io(&path))?;
        leaks.extend(seal.look_at_pages(&file.path, &text).map(|leak| {
            let what = &leak.what;
            let what = message!(
                en: "{what}, which no rectangle of `cover` covers",
                zh: "{what}，`cover` 的矩形没有盖住它"; what
            );
            Leak { what, ..leak }
        }));
    }
    if leaks.is_empty() { Ok(()) } else { Err(Error::Leaks(leaks)) }
}
