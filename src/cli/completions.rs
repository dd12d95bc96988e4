//! `casefile completions`

use clap::Args;
use clap_complete::Shell;

use super::{Outcome, command, terminal};
use crate::Error;

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Outcome, Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command(), "casefile", &mut script);
        terminal::out_bytes(&script);
        Ok(Outcome::Done)
    }
}
