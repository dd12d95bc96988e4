//! Backlinks: for everything on the page of a document, what cites it and which exhibits bear on it.

use std::collections::BTreeMap;

use super::addresses::{Addresses, Spot};
use super::exhibit::ExhibitPage;
use super::link::LinkTarget;
use super::references::References;
use super::resolve::Resolution;
use crate::case::Case;
use crate::case::exhibit::ExhibitId;
use crate::document::{DocumentId, ImageId, LabelId, LinkId};

/// A place that cites something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation {
    /// The citing document.
    pub document: DocumentId,
    /// What cites in it.
    pub by: Citing,
}

/// What cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Citing {
    /// A label: an index into the document's labels.
    Label(LabelId),
    /// A link: an index into the document's links.
    Link(LinkId),
    /// An image: an index into the document's images.
    Image(ImageId),
}

impl Citing {
    /// The anchor by which the citing place can be returned to.
    pub fn anchor(self) -> String {
        match self {
            Self::Label(label) => format!("ref-{}", label.place() + 1),
            Self::Link(link) => format!("via-{}", link.place() + 1),
            Self::Image(image) => format!("shown-{}", image.place() + 1),
        }
    }
}

indexed_by!(DocumentId, Backlinks);

/// Who leads to what stands on the page of a document.
#[derive(Debug, Default)]
pub struct Backlinks {
    cited: BTreeMap<Spot, Vec<Citation>>,
    exhibits: BTreeMap<Spot, Vec<ExhibitId>>,
}

impl Backlinks {
    /// The places that cite something: labels before links, in the order of the documents.
    pub fn citing(&self, spot: Spot) -> &[Citation] {
        self.cited.get(&spot).map_or(&[], Vec::as_slice)
    }

    /// The exhibits that bear on something, by their place in the list.
    pub fn exhibits_on(&self, spot: Spot) -> &[ExhibitId] {
        self.exhibits.get(&spot).map_or(&[], Vec::as_slice)
    }

    /// Every place that cites something here.
    pub fn all(&self) -> impl Iterator<Item = &Citation> {
        self.cited.values().flatten()
    }
}

/// The backlinks of every document.
pub(super) fn of(
    case: &Case,
    addresses: &[Addresses],
    references: &[References],
    exhibits: &[ExhibitPage],
) -> Vec<Backlinks> {
    let mut backlinks: Vec<Backlinks> = Vec::new();
    backlinks.resize_with(case.documents.len(), Backlinks::default);
    let mut cite = |document: DocumentId, spot, citation| {
        backlinks[document].cited.entry(spot).or_default().push(citation);
    };
    for (document, own) in DocumentId::each(references) {
        for (at, label) in LabelId::each(&own.labels) {
            let citation = Citation { document, by: Citing::Label(at) };
            if let Resolution::Point(point) = label {
                cite(document, Spot::Point(*point), citation);
            }
            for &(target, definition) in label.targets() {
                cite(target, Spot::Definition(definition), citation);
            }
        }
    }
    for (document, own) in DocumentId::each(references) {
        for (at, link) in LinkId::each(&own.links) {
            let Some((target, spot)) = spot_of(case, addresses, link) else { continue };
            cite(target, spot, Citation { document, by: Citing::Link(at) });
        }
    }
    for (exhibit, page) in ExhibitId::each(exhibits) {
        for bearing in page.bears_on.iter().flatten() {
            let Some(spot) = bearing.spot else { continue };
            let on = backlinks[bearing.document].exhibits.entry(spot).or_default();
            if on.last() != Some(&exhibit) {
                on.push(exhibit);
            }
        }
    }
    for citations in backlinks.iter_mut().flat_map(|own| own.cited.values_mut()) {
        citations.shrink_to_fit();
    }
    backlinks
}

/// What a link leads to, where that tells who leads to it.
pub(super) fn spot_of(case: &Case, addresses: &[Addresses], target: &LinkTarget) -> Option<(DocumentId, Spot)> {
    let LinkTarget::Page { group, language, anchor: Some(anchor), astray: false } = target else { return None };
    let document = case.groups[*group].documents[*language]?;
    Some((document, addresses[document].cited_at(anchor)?))
}
