//! Passages that were withheld before parsing: their positions are kept, and what depends on their content stays
//! open.

use super::Document;
use super::label::Key;
use super::tree::NodeId;
use crate::source::Span;

index_type! {
    /// A gap of a document.
    GapId of Gap
}

/// A place of a text at which something is withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Where the words stand that say so.
    pub span: Span,
    /// What of the time of events what is withheld told, for those that follow.
    pub dated: Dated,
    /// What it defines.
    pub defines: Vec<Key>,
}

/// Whether something withheld tells when events were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    /// It does not.
    No,
    /// It names days or times, and no year.
    WithoutYear,
    /// It names a year.
    WithYear,
}

impl Document {
    /// The last node that begins before, or where, the words of a gap do.
    pub fn node_of_gap(&self, gap: &Gap) -> NodeId {
        let before = self.tree.iter().filter(|(_, node)| node.kind.is_inline() && node.span.start <= gap.span.start);
        before.map(|(id, _)| id).max().unwrap_or(0)
    }
}
