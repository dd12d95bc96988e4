//! `casefile verify`
#![expect(clippy::disallowed_methods, reason = "a command reads the disk")]

use std::fmt::Display;
use std::path::{Path, PathBuf};

use casefile_verify::bag::TAG_MANIFEST;
use casefile_verify::compare::differences;
use casefile_verify::path::shown;
use casefile_verify::report::{Report, Signature, Verdict};
use casefile_verify::signature::VerifyingKey;
use casefile_verify::verify::verify;
use clap::Args;

use super::build::counted;
use super::{Invocation, Outcome};
use crate::Error;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The zip, or the folder it was unpacked to.
    path: PathBuf,

    /// List what changed since another edition, a zip or folder too.
    #[arg(long, value_name = "PATH")]
    against: Option<PathBuf>,

    /// Demand a signature by this public key of minisign: a file, or the key itself.
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

impl Verify {
    pub(super) fn run(self, invocation: &Invocation) -> Result<Outcome, Error> {
        let key = self.key.as_deref().map(verifying_key).transpose()?;
        let report = verify(&self.path, key.as_ref());
        say(&self.path, &report, invocation.quiet);
        let mut outcome = outcome(&report);
        if let Some(older) = &self.against {
            let other = verify(older, key.as_ref());
            say(older, &other, invocation.quiet);
            let (newer_name, older_name) = (name(&self.path), name(older));
            match differences(&report.listed, &other.listed) {
                _ if report.listed.0.is_empty() || other.listed.0.is_empty() => {
                    outln!("{newer_name} cannot be compared with {older_name}: one of them lists no files");
                }
                _ if report.listed.algorithm() != other.listed.algorithm() => {
                    outln!("{newer_name} cannot be compared with {older_name}: they list sums of different kinds");
                }
                differences => {
                    if !invocation.quiet {
                        let count = counted(differences.len(), "difference");
                        outln!("{newer_name} against {older_name}: {count}");
                    }
                    say_all(&differences);
                }
            }
            outcome = match (outcome, self::outcome(&other)) {
                (Outcome::Refused, _) | (_, Outcome::Refused) => Outcome::Refused,
                (Outcome::Unknown, _) | (_, Outcome::Unknown) => Outcome::Unknown,
                (Outcome::Done, Outcome::Done) => Outcome::Done,
            };
        }
        Ok(outcome)
    }
}

fn outcome(report: &Report) -> Outcome {
    match report.verdict() {
        Verdict::Whole => Outcome::Done,
        Verdict::NotWhole => Outcome::Refused,
        Verdict::CouldNotTell => Outcome::Unknown,
    }
}

/// A key from a file of that name, else the key itself.
fn verifying_key(text: &str) -> Result<VerifyingKey, Error> {
    let found = std::fs::read_to_string(text);
    let help = "name a public key as `minisign -G` makes it, or give its line of letters and digits";
    let why = |why| Error::Usage(format!("`{text}` is no key: {why}\nhelp: {help}"));
    VerifyingKey::read(found.as_deref().unwrap_or(text)).map_err(why)
}

/// How many lines of a kind are printed: more than anybody reads, and few enough to find the verdict below them.
const MOST: usize = 1000;

fn say_all(lines: &[impl Display]) {
    for line in lines.iter().take(MOST) {
        outln!("{line}");
    }
    if lines.len() > MOST {
        outln!("and {} more", lines.len() - MOST);
    }
}

/// A path as it may be printed.
fn name(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

/// What is wrong, and then in one line what follows; with the sums to be compared with those the author gave.
fn say(path: &Path, report: &Report, quiet: bool) {
    say_all(&report.problems);
    for warning in report.warnings.iter().take(MOST) {
        errln!("warning  {}", shown(warning));
    }
    say_all(&report.unknown.iter().map(|why| format!("unknown  {}", shown(why))).collect::<Vec<_>>());
    if quiet {
        return;
    }
    let path = name(path);
    let files = counted(report.files.streams as usize, "file");
    match report.verdict() {
        Verdict::Whole => outln!("whole: {path}, {files}, {} bytes", report.files.octets),
        Verdict::NotWhole => outln!("not whole: {path}, {}", counted(report.problems.len(), "problem")),
        Verdict::CouldNotTell => outln!("could not tell: {path}"),
    }
    if report.has_other_line_ends() {
        outln!(
            "line ends are changed by git where it is told to, and by some editors: look at the zip itself, or take the \
             folder again with `* -text` in .gitattributes"
        );
    }
    if let Some(sum) = report.zip {
        outln!("SHA-256 of the zip: {sum}");
    }
    if let Some(sum) = report.tag_manifest {
        outln!("SHA-256 of {TAG_MANIFEST}: {sum}");
    }
    match &report.signature {
        Signature::None | Signature::Bad => {}
        Signature::Unverified => outln!("signed; by whom was not looked at: give the key with `--key`"),
        Signature::Good(comment) => outln!("signed with the key that was given: {comment:?}"),
    }
    for stamp in &report.time_stamps {
        let names = if stamp.names_tag_manifest { "holds" } else { "does not hold" };
        outln!(
            "time stamp {}: it {names} the SHA-256 of this tag manifest; whether it is genuine, and of what time, was \
             not looked at",
            shown(&stamp.path)
        );
    }
    if report.verdict() == Verdict::Whole {
        outln!("compare the sums with those that the author gave you by another way");
    }
}
