//! `casefile man`

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use super::{Arguments, Outcome, terminal};
use crate::Error;

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The page of a command, in place of that of the whole program.
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    pub(super) fn run(self) -> Result<Outcome, Error> {
        let mut program = Arguments::command();
        program.build();
        let page = match &self.command {
            None => Page::new(program),
            Some(name) => {
                let found = program.find_subcommand(name).cloned();
                let command = found.ok_or_else(|| {
                    Error::Usage(format!("there is no command `{name}`\nhelp: `casefile --help` lists them"))
                })?;
                Page::new(command)
            }
        };
        let mut text = Vec::new();
        page.render(&mut text).map_err(|error| Error::Usage(error.to_string()))?;
        terminal::out_bytes(&text);
        Ok(Outcome::Done)
    }
}
