//! Everything on the page of a document that has an address there, in the order of the text.

mod assign;

use smol_str::SmolStr;

pub use assign::{MAX_COLUMNS, anchor_of, assign};

use crate::case::event::EventId;
use crate::case::position::StatementId;
use crate::document::definition::DefinitionId;
use crate::document::point::PointId;
use crate::document::section::SectionId;
use crate::document::tree::NodeId;
use crate::document::{AnchorId, DocumentId, ItemId};

/// Something on the page of a document that has an address. The order is that of what stands at one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// A section.
    Section(SectionId),
    /// A numbered item.
    Item(ItemId),
    /// A numbered paragraph, line or entry of a list.
    Point(PointId),
    /// A definition.
    Definition(DefinitionId),
    /// An event.
    Event(EventId),
    /// A statement; with a number, or in a section, it has the address of that.
    Statement(StatementId),
    /// A section, by the id that its author gave it beside its outline.
    OwnId(SectionId),
    /// A place to which the author gave an id.
    Given(AnchorId),
}

impl Spot {
    /// Which of several at one address tells who leads to it, lowest first; none for what tells nothing.
    pub(super) fn precedence(self) -> Option<u8> {
        match self {
            Self::Item(_) => Some(0),
            Self::Event(_) => Some(1),
            Self::Statement(_) => Some(2),
            Self::Point(_) => Some(3),
            Self::Definition(_) => Some(4),
            Self::Section(_) | Self::OwnId(_) | Self::Given(_) => None,
        }
    }
}

/// Something with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// The node it stands at.
    pub node: NodeId,
    /// What it is.
    pub spot: Spot,
    /// Its address on the page; never empty.
    pub anchor: SmolStr,
}

indexed_by!(DocumentId, Addresses);

/// The addresses of a document. What is the page as a whole has none.
#[derive(Debug, Default)]
pub struct Addresses {
    /// By node, then by spot.
    in_order: Vec<Addressed>,
    /// Where each stands among those, sorted by spot.
    by_spot: Vec<(Spot, u32)>,
    /// Where each stands among those, sorted by anchor, then by spot.
    by_anchor: Vec<u32>,
}

impl Addresses {
    fn new(mut all: Vec<Addressed>) -> Self {
        all.sort_by_key(|addressed| (addressed.node, addressed.spot));
        let mut by_spot: Vec<(Spot, u32)> = all.iter().map(|addressed| addressed.spot).zip(0..).collect();
        by_spot.sort_unstable();
        let mut by_anchor: Vec<u32> = by_spot.iter().map(|&(_, at)| at).collect();
        by_anchor.sort_by(|&a, &b| all[a as usize].anchor.cmp(&all[b as usize].anchor));
        Self { in_order: all, by_spot, by_anchor }
    }

    /// All of them, in the order of the text.
    pub fn in_order(&self) -> &[Addressed] {
        &self.in_order
    }

    /// The address of something; empty for what is the page as a whole.
    pub fn of(&self, spot: Spot) -> &str {
        let found = self.by_spot.binary_search_by_key(&spot, |&(spot, _)| spot);
        found.map_or("", |at| self.at(self.by_spot[at].1).anchor.as_str())
    }

    /// Whether the page has that anchor.
    pub fn has(&self, anchor: &str) -> bool {
        self.called(anchor).next().is_some()
    }

    /// What an anchor is the address of, where that is something that tells who leads to it.
    pub fn cited_at(&self, anchor: &str) -> Option<Spot> {
        self.called(anchor).filter(|spot| spot.precedence().is_some()).min_by_key(|spot| spot.precedence())
    }

    /// What has that anchor.
    fn called<'a>(&'a self, anchor: &'a str) -> impl Iterator<Item = Spot> + 'a {
        let first = self.by_anchor.partition_point(|&at| self.at(at).anchor.as_str() < anchor);
        let all = self.by_anchor[first..].iter().map(|&at| self.at(at));
        all.take_while(move |addressed| addressed.anchor == anchor).map(|addressed| addressed.spot)
    }

    fn at(&self, at: u32) -> &Addressed {
        &self.in_order[at as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: Spot = Spot::Section(SectionId::new(0));
    const SECTION: Spot = Spot::Section(SectionId::new(1));
    const ITEM: Spot = Spot::Item(ItemId::new(0));
    const NOTE: Spot = Spot::Definition(DefinitionId::new(0));
    const CLAIM: Spot = Spot::Statement(StatementId::new(0));

    fn addresses() -> Addresses {
        let addressed = |node, spot, anchor| Addressed { node, spot, anchor: SmolStr::new_static(anchor) };
        Addresses::new(vec![
            addressed(9, ITEM, "claim-1"),
            addressed(2, NOTE, "note-1"),
            addressed(9, CLAIM, "claim-1"),
            addressed(2, TITLE, "note-1"),
            addressed(5, SECTION, "s2"),
        ])
    }

    #[test]
    fn what_stands_at_one_node_is_in_the_order_of_its_kind() {
        let spots: Vec<Spot> = addresses().in_order().iter().map(|addressed| addressed.spot).collect();
        let wanted = [TITLE, NOTE, SECTION, ITEM, CLAIM];
        assert_eq!(spots, wanted);
    }

    #[test]
    fn an_address_leads_to_what_tells_who_leads_there() {
        let addresses = addresses();
        assert_eq!(addresses.cited_at("note-1"), Some(NOTE));
        assert_eq!(addresses.cited_at("claim-1"), Some(ITEM));
        assert_eq!(addresses.cited_at("s2"), None);
        assert!(addresses.has("s2") && !addresses.has("s"));
        assert_eq!((addresses.of(SECTION), addresses.of(Spot::Section(SectionId::new(7)))), ("s2", ""));
    }
}
