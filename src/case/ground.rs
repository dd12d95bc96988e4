//! The grounds of a reading: written by the author, read from the text, or open.

use schemars::JsonSchema;
use serde::Serialize;

/// What a reading rests on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ground {
    /// The text leaves more than one way to read it, so that none is taken.
    Open,
    /// A rule read it, and the text leaves no other way.
    Read,
    /// The author says so outright.
    Written,
}
