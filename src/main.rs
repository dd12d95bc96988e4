//! The command `casefile`.

use std::process::ExitCode;

fn main() -> ExitCode {
    casefile::cli::run()
}
