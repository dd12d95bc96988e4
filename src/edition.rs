//! What a build is for: for whom, and how it reaches them.

use crate::Message;

/// For whom a build is made. A *version* of a dossier is of when; an edition is for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Edition {
    /// For everybody: without what the author withholds.
    #[default]
    Public,
    /// For those who are handed it, such as the police: with everything, and a list of what the public one withholds.
    Full,
}

impl Edition {
    /// What it is called.
    pub fn in_words(self) -> Message {
        match self {
            Self::Public => message!(en: "public", zh: "公开版"),
            Self::Full => message!(en: "full", zh: "完整版"),
        }
    }

    /// The folder that a build goes to unless told otherwise.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Full => "full",
        }
    }
}

/// How readers get a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Medium {
    /// From the web, at this address or where casefile.yaml says.
    Online(Option<String>),
    /// As files that are handed to them, whatever stands at this address or where casefile.yaml says.
    Handed(Option<String>),
    /// On the machine of the author.
    Served,
}

/// What a build is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// For whom.
    pub edition: Edition,
    /// How it reaches them.
    pub medium: Medium,
}

/// The public edition, where casefile.yaml says.
impl Default for Purpose {
    fn default() -> Self {
        Self { edition: Edition::Public, medium: Medium::Online(None) }
    }
}
