//! What the rules on exhibits have in common.

use crate::case::exhibit::{Exhibit, NamedFile};
use crate::site::Site;
use crate::source::SourceId;
use crate::source::exhibit::ExhibitFile;

/// Every exhibit that names a file, with the list that names it.
pub(super) fn named(site: &Site) -> impl Iterator<Item = (SourceId, &Exhibit, &NamedFile)> {
    let exhibits = &site.case.exhibits;
    exhibits.all.iter().filter_map(|exhibit| Some((exhibits.list?, exhibit, exhibit.file.as_ref()?)))
}

/// Every exhibit whose file is there.
pub(super) fn found(site: &Site) -> impl Iterator<Item = (SourceId, &Exhibit, &NamedFile, &ExhibitFile)> {
    let files = &site.case.exhibits.files;
    named(site).filter_map(|(list, exhibit, named)| Some((list, exhibit, named, files.get(named.found?)?)))
}
