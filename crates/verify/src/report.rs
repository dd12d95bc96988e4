//! The report on a bag that was checked.

use std::fmt;

use super::bag::Oxum;
use super::manifest::Manifest;
use super::path::shown;
use super::sum::Sum;
use crate::sha256::Sha256;
use casefile_message::Message;

/// What was found out about a bag.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong, in the order of the paths.
    pub problems: Vec<Problem>,
    /// What could not be looked at, and why.
    pub unknown: Vec<Message>,
    /// What is in order and yet worth knowing.
    pub warnings: Vec<Message>,
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

    pub(super) fn broken(&mut self, why: Message) {
        self.problems.push(Problem::Broken { why });
    }
}

/// Something that is wrong. Shown as one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The zip or the bag as such is not in order.
    Broken {
        /// What is wrong.
        why: Message,
    },
    /// A file must not be unpacked, or is none.
    Refused {
        /// Its path, in the bag or, if it is not below that, in the zip.
        path: String,
        /// What is wrong.
        why: Message,
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
        why: Message,
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

impl Problem {
    /// What is wrong, in one line.
    pub fn message(&self) -> Message {
        match self {
            Self::Broken { why } => {
                let why = why.map(shown);
                message!(en: "broken   {why}", zh: "破损    {why}"; why)
            }
            Self::Refused { path, why } => {
                let (path, why) = (shown(path), why.map(shown));
                message!(en: "refused  {path}: {why}", zh: "拒绝    {path}：{why}"; why)
            }
            Self::Missing { path } => message!(en: "missing  {path}", zh: "缺少    {path}", path = shown(path)),
            Self::Added { path } => message!(en: "added    {path}", zh: "多出    {path}", path = shown(path)),
            Self::Changed { path, by_line_ends: true, .. } => message!(
                en: "changed  {path}: its line ends, and nothing else",
                zh: "改动    {path}：只有换行符不同",
                path = shown(path)
            ),
            Self::Changed { path, listed, found, .. } => {
                let (path, algorithm) = (shown(path), found.algorithm());
                message!(
                    en: "changed  {path}: its {algorithm} is {found}, the list says {listed}",
                    zh: "改动    {path}：它的 {algorithm} 是 {found}，清单上是 {listed}"
                )
            }
            Self::Damaged { path, why } => {
                let (path, why) = (shown(path), why.map(shown));
                message!(en: "damaged  {path}: {why}", zh: "损坏    {path}：{why}"; why)
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().en())
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
