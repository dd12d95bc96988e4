//! `casefile schema`

use clap::Args;

use super::{Outcome, terminal};
use crate::Error;
use crate::schema::Schema;

#[derive(Debug, Args)]
pub(super) struct PrintSchema {
    /// What is described.
    #[arg(value_enum, default_value_t = Schema::Case, value_name = "OF")]
    of: Schema,
}

impl PrintSchema {
    pub(super) fn run(self) -> Result<Outcome, Error> {
        terminal::out_bytes(self.of.text().as_bytes());
        Ok(Outcome::Done)
    }
}
