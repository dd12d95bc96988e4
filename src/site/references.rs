//! The targets of every label, link and image of a document.

use super::addresses::Addresses;
use super::link::{self, ImageTarget, LinkTarget};
use super::resolve::{self, Resolution};
use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::document::{DocumentId, ImageId, LabelId, LinkId};

indexed_by!(DocumentId, References);
indexed_by!(LabelId, Resolution);
indexed_by!(LinkId, LinkTarget);
indexed_by!(ImageId, ImageTarget);

/// The targets of what one document refers to.
#[derive(Debug, Default)]
pub struct References {
    /// Of each of its labels.
    pub labels: Vec<Resolution>,
    /// Of each of its links.
    pub links: Vec<LinkTarget>,
    /// Of each of its images.
    pub images: Vec<ImageTarget>,
}

/// The references of every document; what leads nowhere is reported.
pub(super) fn of(case: &Case, addresses: &[Addresses], findings: &mut Vec<Diagnostic>) -> Vec<References> {
    let labels = resolve::labels(case, findings);
    let linked = link::resolve(case, addresses, findings);
    let both = labels.into_iter().zip(linked);
    both.map(|(labels, linked)| References { labels, links: linked.links, images: linked.images }).collect()
}
