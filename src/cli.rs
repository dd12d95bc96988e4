//! The command line: arguments, dispatch, exit codes.

#[macro_use]
mod terminal;

mod build;
mod check;
mod completions;
mod help;
mod inferred;
mod init;
mod language;
mod man;
mod phase;
mod schema;
mod secret;
mod serve;
mod single;
mod verify;
mod zip;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::case::Case;
use crate::{Error, Lang};

/// The version and what it was built from.
const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\n", env!("CASEFILE_BUILT"));

/// Turns a folder of bilingual Markdown case files into a cross-linked evidence dossier.
#[derive(Debug, Parser)]
#[command(name = "casefile", version, long_version = LONG_VERSION, about, disable_help_subcommand = true)]
struct Arguments {
    /// The folder of the case.
    #[arg(short, long, global = true, default_value = ".", value_name = "DIR")]
    root: PathBuf,

    /// Say nothing but findings and faults.
    #[arg(short, long, global = true)]
    quiet: bool,

    /// Whether to colour what is said.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,

    /// In which language to speak; by default that of the system, else the first of the case.
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    lang: Option<language::Named>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a small case to begin with.
    Init(init::Init),
    /// Show the site in a browser, and follow what is edited.
    Serve(serve::Serve),
    /// Make the site.
    Build(build::Build),
    /// Look the case through without making the site.
    Check(check::Check),
    /// Make the site into a zip that proves itself, to be handed over.
    Zip(zip::Zip),
    /// Make the dossier into one file for a browser, to be sent and opened anywhere.
    Single(single::Single),
    /// Tell whether a zip, or the folder it was unpacked to, is whole.
    Verify(verify::Verify),
    /// Print a folder name that nobody can guess, for `secret_path` in casefile.yaml.
    Secret,
    /// Print a JSON Schema: of case.json, or of a file that authors write.
    Schema(schema::PrintSchema),
    /// Print the completions of a shell.
    Completions(completions::Completions),
    /// Print the manual page.
    Man(man::Man),
}

/// The command line, with its help in the language that was chosen.
fn command() -> clap::Command {
    match terminal::lang() {
        Lang::En => Arguments::command(),
        Lang::Zh => help::in_chinese(Arguments::command()),
    }
}

/// How a command ended, as the shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Built, or clean, or whole.
    Done,
    /// Refused on findings, or not whole.
    Refused,
    /// Neither could be told.
    Unknown,
}

/// What every command may ask for.
struct Invocation {
    root: PathBuf,
    quiet: bool,
}

/// Runs the program. Exits with 0 when built or clean or whole, 1 when refused on findings or not whole, 2 when it could
/// not run or not tell.
pub fn run() -> ExitCode {
    if let Some(lang) = language::chosen(std::env::args_os()) {
        terminal::speak(lang);
    }
    let parsed = command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        // What was asked for, such as the help, or what is wrong with the question.
        Err(answer) => {
            let code = answer.exit_code();
            let words = match terminal::lang() {
                Lang::En => answer.render().ansi().to_string(),
                Lang::Zh => help::refusal(&answer),
            };
            match answer.use_stderr() {
                true => err!("{words}"),
                false => out!("{words}"),
            }
            return ended(Ok(if code == 0 { Outcome::Done } else { Outcome::Unknown }));
        }
    };
    match arguments.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let invocation = Invocation { root: arguments.root, quiet: arguments.quiet };
    let result = match arguments.command {
        Command::Build(build) => build.run(&invocation),
        Command::Check(check) => check.run(&invocation),
        Command::Init(init) => init.run(&invocation),
        Command::Secret => secret::run(),
        Command::Schema(schema) => schema.run(),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
        Command::Serve(serve) => serve.run(&invocation),
        Command::Zip(zip) => zip.run(&invocation),
        Command::Single(single) => single.run(&invocation),
        Command::Verify(verify) => verify.run(&invocation),
    };
    ended(result)
}

/// The exit code of how a command ended. One whose words could not be written did not do what was asked.
fn ended(result: Result<Outcome, Error>) -> ExitCode {
    let result = result.and_then(|outcome| terminal::fault().map_or(Ok(outcome), Err));
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Ok(Outcome::Unknown) => ExitCode::from(2),
        Err(error) => {
            let is_leak = matches!(error, Error::Leaks(_));
            let error = error.message();
            say!(en: "error: {error}", zh: "错误：{error}"; error);
            ExitCode::from(if is_leak { 1 } else { 2 })
        }
    }
}

/// Speaks the first language of the case where nothing else tells which.
fn speak_as(case: &Case) {
    let first = case.languages.first().and_then(|language| Lang::of_tag(&language.tag));
    terminal::speak(first.unwrap_or_default());
}

/// Reads the case folder of a invocation.
fn read(invocation: &Invocation) -> Result<crate::folder::Folder, Error> {
    let folder = crate::folder::Folder::read(&invocation.root);
    folder.map_err(|error| Error::NoFolder(invocation.root.clone(), error))
}
