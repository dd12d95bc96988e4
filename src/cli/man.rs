//! `casefile man`

use clap::Args;
use clap_mangen::Man as Page;

use super::{Outcome, command, terminal};
use crate::{Error, of_system};

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The page of a command, in place of that of the whole program.
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    pub(super) fn run(self) -> Result<Outcome, Error> {
        let mut program = command();
        program.build();
        let page = match &self.command {
            None => Page::new(program),
            Some(name) => {
                let found = program.find_subcommand(name).cloned();
                let found = found.ok_or_else(|| {
                    Error::Usage(message!(
                        en: "there is no command `{name}`\nhelp: `casefile --help` lists them",
                        zh: "没有命令 `{name}`\n建议：全部命令见 `casefile --help`"
                    ))
                })?;
                Page::new(found)
            }
        };
        let mut text = Vec::new();
        page.render(&mut text).map_err(|error| Error::Usage(of_system(&error)))?;
        terminal::out_bytes(&text);
        Ok(Outcome::Done)
    }
}
