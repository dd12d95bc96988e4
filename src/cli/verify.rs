//! `casefile verify`
#![expect(clippy::disallowed_methods, reason = "a command reads the disk")]

use std::path::{Path, PathBuf};

use clap::Args;

use super::build::counted;
use super::{Invocation, Outcome};
use crate::Error;
use crate::bundle::bag::TAG_MANIFEST;
use crate::bundle::compare::differences;
use crate::bundle::report::{Report, Signature, Verdict};
use crate::bundle::signature::VerifyingKey;
use crate::bundle::verify::verify;

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
            let differences = differences(&report.listed, &other.listed);
            if !invocation.quiet {
                let count = counted(differences.len(), "difference");
                anstream::println!("{} against {}: {count}", self.path.display(), older.display());
            }
            for difference in differences {
                anstream::println!("{difference}");
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

/// What is wrong, and then in one line what follows; with the sums to be compared with those the author gave.
fn say(path: &Path, report: &Report, quiet: bool) {
    for problem in &report.problems {
        anstream::println!("{problem}");
    }
    for unknown in &report.unknown {
        anstream::println!("unknown  {unknown}");
    }
    if quiet {
        return;
    }
    let path = path.display();
    let files = counted(report.files.streams as usize, "file");
    match report.verdict() {
        Verdict::Whole => anstream::println!("whole: {path}, {files}, {} bytes", report.files.octets),
        Verdict::NotWhole => anstream::println!("not whole: {path}, {}", counted(report.problems.len(), "problem")),
        Verdict::CouldNotTell => anstream::println!("could not tell: {path}"),
    }
    if let Some(sum) = report.zip {
        anstream::println!("SHA-256 of the zip: {sum}");
    }
    if let Some(sum) = report.tag_manifest {
        anstream::println!("SHA-256 of {TAG_MANIFEST}: {sum}");
    }
    match &report.signature {
        Signature::None | Signature::Bad => {}
        Signature::Unverified => anstream::println!("signed; by whom was not looked at: give the key with `--key`"),
        Signature::Good(comment) => anstream::println!("signed with the key that was given: {comment:?}"),
    }
    for stamp in &report.time_stamps {
        let names = if stamp.names_tag_manifest { "holds" } else { "does not hold" };
        anstream::println!(
            "time stamp {}: it {names} the SHA-256 of this tag manifest; whether it is genuine, and of what time, was \
             not looked at",
            stamp.path
        );
    }
    if report.verdict() == Verdict::Whole {
        anstream::println!("compare the sums with those that the author gave you by another way");
    }
}
