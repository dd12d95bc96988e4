//! `casefile build`
#![expect(clippy::disallowed_methods, reason = "a command reads the clock and the disk")]

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::phase::Phase;
use super::{Invocation, Outcome, read};
use crate::Error;
use crate::case::Case;
use crate::check;
use crate::config;
use crate::diagnostic::{Counts, Diagnostic, emit};
use crate::output::Output;
use crate::output::disk::{self, Written};
use crate::site::Site;
use crate::site::resolve::Resolution;

#[derive(Debug, Args)]
pub(super) struct Build {
    /// Where to put the site; a relative path starts at the case folder.
    #[arg(short, long, default_value = "public", value_name = "DIR")]
    output_dir: PathBuf,

    /// Where the site will stand, in place of `base_url` in casefile.yaml.
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    /// Refuse on warnings too.
    #[arg(long)]
    strict: bool,

    /// Replace an output folder whatever it holds.
    #[arg(short, long)]
    force: bool,
}

impl Build {
    pub(super) fn run(self, invocation: &Invocation) -> Result<Outcome, Error> {
        let started = Instant::now();
        let phase = Phase::new(invocation.quiet);
        let prepared = prepare(invocation, &phase, self.strict, self.base_url.as_deref())?;
        let Prepared { root, site, findings, refused } = &prepared;
        if *refused {
            drop(phase);
            say_refused(&prepared, invocation);
            return Ok(Outcome::Refused);
        }
        phase.enter("writing");
        let output = Output::new(site)?;
        let target = root.join(&self.output_dir);
        let written = disk::write(&output, root, &target, self.force)?;
        drop(phase);
        say_findings(site, findings, invocation);
        if !invocation.quiet {
            let seconds = started.elapsed().as_secs_f64();
            say_done(site, &output, findings, written, &self.output_dir, seconds);
        }
        // The process ends here; giving back every tree of a large case one by one would only take time.
        drop(output);
        std::mem::forget(prepared);
        Ok(Outcome::Done)
    }
}

/// A case that was read and checked.
pub(super) struct Prepared {
    pub(super) root: PathBuf,
    pub(super) site: Site,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether something among the findings forbids to publish it.
    pub(super) refused: bool,
}

/// Reads and checks the case of an invocation, as it is to be published.
pub(super) fn prepare(
    invocation: &Invocation,
    phase: &Phase,
    strict: bool,
    base_url: Option<&str>,
) -> Result<Prepared, Error> {
    phase.enter("reading");
    let folder = read(invocation)?;
    let root = folder.root.clone();
    phase.enter("parsing");
    let mut case = Case::assemble(folder);
    case.config.levels.strict = strict;
    if let Some(url) = base_url {
        let found = config::base_url(url);
        let why = || Error::Usage(format!("`{url}` is no address of a site\nhelp: {}", config::BASE_URL_HELP));
        case.config.base_url = Some(found.ok_or_else(why)?);
    }
    phase.enter("resolving");
    let site = Site::resolve(case);
    phase.enter("checking");
    let findings = check::run(&site);
    let refused = findings.iter().any(|finding| site.case.config.levels.refuses(finding.code));
    Ok(Prepared { root, site, findings, refused })
}

/// What to say when nothing is published because of the findings.
pub(super) fn say_refused(prepared: &Prepared, invocation: &Invocation) {
    say_findings(&prepared.site, &prepared.findings, invocation);
    if !invocation.quiet {
        let counts = Counts::of(&prepared.findings, &prepared.site.case.config.levels);
        anstream::eprintln!("nothing was written: {}", words(counts));
    }
}

/// Findings on standard error, and the files that were passed over.
pub(super) fn say_findings(site: &Site, findings: &[Diagnostic], invocation: &Invocation) {
    if !invocation.quiet {
        for skipped in &site.case.skipped {
            anstream::eprintln!("passed over: {} ({})", skipped.path, skipped.reason);
        }
    }
    anstream::eprint!("{}", emit::human(findings, &site.case.config.levels, &site.case.sources));
}

fn say_done(
    site: &Site,
    output: &Output<'_>,
    findings: &[Diagnostic],
    written: Written,
    target: &std::path::Path,
    seconds: f64,
) {
    let labels = || site.pages.iter().flat_map(|page| &page.labels);
    let references = labels().filter(|label| !matches!(label, Resolution::Defines(_))).count();
    let missing = labels().filter(|label| matches!(label, Resolution::Missing)).count();
    let counts = Counts::of(findings, &site.case.config.levels);
    anstream::eprintln!(
        "built {}: {} from {}, {} of {} resolved, {} of {} changed, {} in {seconds:.2} s",
        target.display(),
        counted(output.page_count(), "page"),
        counted(site.case.documents.len(), "document"),
        references - missing,
        counted(references, "reference"),
        written.changed,
        counted(written.changed + written.unchanged, "file"),
        words(counts),
    );
}

/// Counts in words.
pub(super) fn words(counts: Counts) -> String {
    format!("{}, {}", counted(counts.error, "error"), counted(counts.warning, "warning"))
}

/// A number of things in words.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
