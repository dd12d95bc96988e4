//! What is said of a bag that was looked at.

use std::fmt;

use super::bag::Oxum;
use super::manifest::Manifest;
use super::path::shown;
use super::sum::Sum;
use crate::sha256::Sha256;

/// What was found out about a bag.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong, in the order of the paths.
    pub problems: Vec<Problem>,
    /// What could not be looked at, and why.
    pub unknown: Vec<String>,
    /// What is in order and yet worth knowing.
    pub warnings: Vec<String>,
    /// How many files there are, and their bytes.
    pub files: Oxum,
    /// The sum of the zip, if it is one.
    pub zip: Option<Sha256>,
    /// The sum of the tag manifest: it stands for all of the bag but what lies beside it.
    pub tag_manifest: Option<Sha256>,
    /// What is known of the signature.
    pub signature: Signature,
    /// The time stamps that are carried along.
    pub time_stamps: Vec<TimeStamp>,
    /// The sums that the manifests list, but for that of the manifest itself.
    pub listed: Manifest,
}

/// What can be said of a bag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every file is the one that was put in, none is missing, and none was added.
    Whole,
    /// Something is wrong.
    NotWhole,
    /// Nothing is known to be wrong, but not all could be looked at.
    CouldNotTell,
}

impl Report {
    /// What follows from it.
    pub fn verdict(&self) -> Verdict {
        match (self.problems.is_empty(), self.unknown.is_empty()) {
            (false, _) => Verdict::NotWhole,
            (true, false) => Verdict::CouldNotTell,
            (true, true) => Verdict::Whole,
        }
    }

    /// Whether files have other line ends than they had.
    pub fn has_other_line_ends(&self) -> bool {
        self.problems.iter().any(Problem::is_by_line_ends)
    }

    pub(super) fn broken(&mut self, why: impl Into<String>) {
        self.problems.push(Problem::Broken { why: why.into() });
    }
}

/// Something that is wrong. Shown as one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The zip or the bag as such is not in order.
    Broken {
        /// What is wrong.
        why: String,
    },
    /// A file must not be unpacked, or is none.
    Refused {
        /// Its path, in the bag or, if it is not below that, in the zip.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// A file is listed and not there.
    Missing {
        /// Its path in the bag.
        path: String,
    },
    /// A file is there and not listed.
    Added {
        /// Its path, in the bag or, if it is not below that, in the zip.
        path: String,
    },
    /// A file has not the sum that is listed.
    Changed {
        /// Its path in the bag.
        path: String,
        /// The sum that is listed.
        listed: Sum,
        /// Its own.
        found: Sum,
        /// Whether it would have the listed one if its lines ended in another way.
        by_line_ends: bool,
    },
    /// The packed bytes of a file are not in order.
    Damaged {
        /// Its path in the bag.
        path: String,
        /// What is wrong.
        why: String,
    },
}

impl Problem {
    /// Whether a file differs by its line ends, and by nothing else.
    pub(super) fn is_by_line_ends(&self) -> bool {
        matches!(self, Self::Changed { by_line_ends: true, .. })
    }

    /// The path of a file that is refused: whatever else is true of it needs no saying.
    pub(super) fn refused(&self) -> Option<&str> {
        match self {
            Self::Refused { path, .. } => Some(path),
            _ => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken { why } => write!(f, "broken   {}", shown(why)),
            Self::Refused { path, why } => write!(f, "refused  {}: {}", shown(path), shown(why)),
            Self::Missing { path } => write!(f, "missing  {}", shown(path)),
            Self::Added { path } => write!(f, "added    {}", shown(path)),
            Self::Changed { path, by_line_ends: true, .. } => {
                write!(f, "changed  {}: its line ends, and nothing else", shown(path))
            }
            Self::Changed { path, listed, found, .. } => {
                write!(f, "changed  {}: its {} is {found}, the list says {listed}", shown(path), found.algorithm())
            }
            Self::Damaged { path, why } => write!(f, "damaged  {}: {}", shown(path), shown(why)),
        }
    }
}

/// What is known of the signature of the tag manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Signature {
    /// There is none.
    #[default]
    None,
    /// There is one, and no key to verify it with.
    Unverified,
    /// The key that was given made it. With its trusted comment.
    Good(String),
    /// The key that was given did not make it, or made it of something else. This is a [`Problem`] too.
    Bad,
}

/// A time stamp that lies beside the tag manifest. Whether it is genuine, and of what time, is for other tools to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeStamp {
    /// Its path in the bag.
    pub path: String,
    /// Whether the SHA-256 sum of this tag manifest stands in it.
    pub names_tag_manifest: bool,
}
