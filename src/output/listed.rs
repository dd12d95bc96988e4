//! Exhibits of which only the sum is published.
#![expect(clippy::disallowed_methods, reason = "files that are not published are read here")]

use std::fs;
use std::path::Path;

use crate::Error;
use crate::case::exhibit::{ExhibitId, Visibility};
use crate::seal::{Leak, Seal};
use crate::site::Site;

/// The largest file of which the sum tells what it says, in bytes: to guess a name in it, one needs all the rest of it.
const MAX_GUESSED: u64 = 16 << 20;

/// Refuses where the file of an exhibit that is only listed holds what must not be published: whoever knows the rest of it finds a
/// short secret by its sum.
///
/// # Errors
/// [`Error::Leaks`] with every such file, else what the machine says, with the path.
pub(super) fn refuse_telling_sums(site: &Site, case: &Path, seal: &Seal) -> Result<(), Error> {
    let exhibits = &site.case.exhibits;
    let listed = ExhibitId::each(&exhibits.all).filter(|(_, exhibit)| exhibit.visibility == Visibility::Listed);
    let mut leaks = Vec::new();
    let listed = listed.filter_map(|(at, exhibit)| Some((at, exhibits.file_of(exhibit)?)));
    for (at, file) in listed.filter(|(_, file)| file.size <= MAX_GUESSED) {
        let path = case.join(&file.path);
        let bytes = fs::read(&path).map_err(Error::io(&path))?;
        leaks.extend(seal.look(&exhibits.path_shown(at), &bytes).map(|leak| {
            let what = &leak.what;
            let what = message!(
                en: "{what}, which its published sum lets be guessed: set `visibility: private`",
                zh: "{what}，而公布的校验值会使人猜出它：请设 `visibility: private`"; what
            );
            Leak { what, path: file.path.clone(), ..leak }
        }));
    }
    if leaks.is_empty() { Ok(()) } else { Err(Error::Leaks(leaks)) }
}
