//! What the author should know: findings with a stable code and, where there is one, a place.

pub mod code;
pub mod emit;
mod group;

use std::collections::BTreeMap;

use serde::Serialize;

pub use code::Code;
pub use group::{Grouped, group};

use crate::Message;
use crate::source::{SourceId, Sources, Span};

/// How much a finding matters. `Off` is never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Off,
    /// The site is built and the place is marked in it.
    Warning,
    /// The site would be wrong or unsafe; `build` refuses.
    Error,
}

/// The place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A range of text in a source.
    At(SourceId, Span),
    /// A file as a whole, by its path from the case folder.
    File(String),
    /// The case as a whole.
    Case,
}

/// One finding: the author's mistake, never the machine's (that is [`crate::Error`]).
///
/// Messages are lower case and have no final stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// What is wrong here.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Box<Message>>,
    /// Where.
    pub place: Location,
}

impl Diagnostic {
    /// A finding at a range of text.
    pub fn at(code: Code, source: SourceId, span: Span, message: Message) -> Self {
        Self { code, message, help: None, place: Location::At(source, span) }
    }

    /// A finding about a whole file.
    pub fn file(code: Code, path: impl Into<String>, message: Message) -> Self {
        Self { code, message, help: None, place: Location::File(path.into()) }
    }

    /// A finding about the case as a whole.
    pub fn case(code: Code, message: Message) -> Self {
        Self { code, message, help: None, place: Location::Case }
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(Box::new(help));
        self
    }
}

/// Which level each code has in this case: the built-in one unless casefile.yaml sets another.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    overrides: BTreeMap<&'static str, Level>,
}

impl Levels {
    /// Sets the level of a code.
    pub fn set(&mut self, code: Code, level: Level) {
        self.overrides.insert(code.id(), level);
    }

    /// The level a code has. An error by design can be neither silenced nor softened.
    pub fn of(&self, code: Code) -> Level {
        if code.default_level() == Level::Error {
            return Level::Error;
        }
        let level = self.overrides.get(code.id()).copied();
        level.unwrap_or(code.default_level())
    }

    /// Whether a finding of this code makes `build` and `check` refuse; where they are `strict`, warnings do too.
    pub fn refuses(&self, code: Code, strict: bool) -> bool {
        match self.of(code) {
            Level::Off => false,
            Level::Warning => strict,
            Level::Error => true,
        }
    }
}

/// How many findings there are of each level, those of one cause counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Findings of level error.
    pub error: usize,
    /// Findings of level warning.
    pub warning: usize,
}

impl Counts {
    /// Counts `findings` by the levels of this case.
    pub fn of(findings: &[Grouped<'_>], levels: &Levels) -> Self {
        let count = |level| findings.iter().filter(|group| levels.of(group.first.code) == level).count();
        Self { error: count(Level::Error), warning: count(Level::Warning) }
    }
}

/// Puts findings in reading order: by file, then by place, then by code.
pub fn sort(findings: &mut [Diagnostic], sources: &Sources) {
    findings.sort_by_cached_key(|finding| {
        let (path, start) = match &finding.place {
            Location::Case => (String::new(), 0),
            Location::File(path) => (path.clone(), 0),
            Location::At(id, span) => (sources.get(*id).path.clone(), span.start),
        };
        (path, start, finding.code.id(), finding.message.en().to_owned())
    });
}
