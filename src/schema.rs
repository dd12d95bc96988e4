//! The JSON Schemas (draft 2020-12) that come with the program: of what it publishes, and of what authors write, so that
//! editors can complete it.

use clap::ValueEnum;

use crate::case::exhibit;
use crate::config;
use crate::document::front_matter;
use crate::render::model;

/// What is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Schema {
    /// case.json, the data of a published case.
    Case,
    /// casefile.yaml.
    Config,
    /// exhibits.yaml.
    Exhibits,
    /// What stands between two lines of `---` at the top of a document.
    FrontMatter,
}

impl Schema {
    /// The schema as JSON.
    pub fn text(self) -> String {
        let schema = match self {
            Self::Case => model::schema(),
            Self::Config => config::schema(),
            Self::Exhibits => exhibit::schema(),
            Self::FrontMatter => front_matter::schema(),
        };
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }
}
