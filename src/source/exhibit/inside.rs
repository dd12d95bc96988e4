//! Findings in a file that one may not want to publish; of its text nothing else is kept.

use std::collections::HashSet;

use casefile_inside::{Inside, MetadataEntry, Unread, Unseen};
use serde::{Deserialize, Serialize};

use crate::privacy::{self, PrivateKind};

/// The most different things that are kept of one file.
const MAX_KEPT: usize = 1000;

/// What was found inside a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedInside {
    /// What is private in its text, each thing once, in the order in which it stands there.
    pub private: Vec<Private>,
    /// What kinds of text it holds that is not seen on opening it.
    pub unseen: Vec<Unseen>,
    /// What it says of who made it, where and with what.
    pub metadata: Vec<MetadataEntry>,
    /// Why not all of it could be looked into.
    pub unread: Option<Unread>,
}

/// Something private inside a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private {
    /// What it is.
    pub kind: PrivateKind,
    /// What it is, however it is written.
    pub value: String,
    /// What may be shown of it.
    pub shown: String,
    /// On which page it stands first, from 1; none if it is not seen on one.
    pub page: Option<u32>,
}

impl LookedInside {
    pub(super) fn of(inside: Inside) -> Self {
        let mut private = Vec::new();
        let mut known = HashSet::new();
        let said: String = inside.metadata.iter().map(|entry| format!("{}\n", entry.value)).collect();
        for (text, is_seen) in [(&inside.text, true), (&inside.unseen, false), (&said, false)] {
            let mut page = 1;
            let mut at = 0;
            for one in privacy::scan(text) {
                page += memchr::memchr_iter(b'\x0c', &text.as_bytes()[at..one.range.start]).count() as u32;
                at = one.range.start;
                if private.len() < MAX_KEPT && known.insert((one.kind, one.value.clone())) {
                    let shown = privacy::mask(one.kind, &text[one.range]);
                    private.push(Private { kind: one.kind, value: one.value, shown, page: is_seen.then_some(page) });
                }
            }
        }
        Self { private, unseen: inside.unseen_kinds, metadata: inside.metadata, unread: inside.unread }
    }

    pub(super) fn too_large() -> Self {
        Self { unread: Some(Unread::Broken), ..Self::default() }
    }
}
