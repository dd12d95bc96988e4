//! `casefile check`

use clap::Args;

use super::build::{counted, say_passed_over, words};
use super::{Invocation, Outcome, inferred, read};
use crate::Error;
use crate::case::Case;
use crate::diagnostic::emit::{self, Format};
use crate::diagnostic::{Code, Counts, Level};
use crate::output::Output;
use crate::site::Site;
use crate::{check, yaml};

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Count warnings as errors.
    #[arg(long)]
    strict: bool,

    /// How to print findings.
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,

    /// Print who was taken to say what, when events were taken to be, and where figures were found.
    #[arg(long, conflicts_with = "format")]
    inferred: bool,

    /// Explain a code or the name of a rule, or list all of them.
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "all")]
    explain: Option<String>,
}

impl Check {
    pub(super) fn run(self, invocation: &Invocation) -> Result<Outcome, Error> {
        if let Some(code) = &self.explain {
            return explain(code);
        }
        let mut case = Case::assemble(read(invocation)?);
        case.config.levels.strict = self.strict;
        let site = Site::resolve(case);
        let findings = check::run(&site);
        Output::new(&site)?.try_all()?;
        if self.inferred {
            out!("{}", inferred::tell(&site));
        }
        let (levels, sources) = (&site.case.config.levels, &site.case.sources);
        match self.format {
            Format::Json => out!("{}", emit::json(&findings, levels, sources, &site.case.skipped)),
            Format::Github => out!("{}", emit::github(&findings, levels, sources)),
            Format::Human => {
                err!("{}", emit::human(&findings, levels, sources));
                if !invocation.quiet {
                    say_metadata(&site);
                    say_passed_over(&site);
                    let counts = Counts::of(&findings, levels);
                    let documents = counted(site.case.documents.len(), "document");
                    errln!("checked {documents}: {}", words(counts));
                }
            }
        }
        let refused = findings.iter().any(|finding| levels.refuses(finding.code));
        Ok(if refused { Outcome::Refused } else { Outcome::Done })
    }
}

/// What pictures say beside their pixels, whether it is published or not.
fn say_metadata(site: &Site) {
    let cited = site.files.keys().filter_map(|path| site.case.cited.get(path));
    for file in site.case.exhibits.files.iter().chain(cited) {
        let Some(metadata) = &file.facts.metadata else { continue };
        let fate = if file.facts.cleaning.copy().is_some() { " (removed from the published copy)" } else { "" };
        errln!("metadata of {}{fate}", file.path);
        let place = metadata.location.iter().map(|place| ("location", place));
        for (name, value) in place.chain(metadata.entries.iter().map(|(name, value)| (name.as_str(), value))) {
            errln!("    {name}: {value}");
        }
        if metadata.thumbnail {
            errln!("    a smaller picture of its own");
        }
        if metadata.behind > 0 {
            errln!("    {} bytes behind its end", metadata.behind);
        }
    }
}

fn explain(wanted: &str) -> Result<Outcome, Error> {
    let title = |code: Code| {
        let level = match code.default_level() {
            Level::Off => "off",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        format!("{} {} ({level})", code.id(), code.name())
    };
    if wanted == "all" {
        for &code in Code::ALL {
            outln!("{}", title(code));
        }
        return Ok(Outcome::Done);
    }
    let Some(code) = Code::find(wanted) else {
        let near = yaml::closest(wanted, Code::ALL.iter().flat_map(|code| [code.id(), code.name()]));
        let help = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
        return Err(Error::Usage(format!(
            "there is no code or rule `{wanted}`{help}\nhelp: `casefile check --explain` lists them"
        )));
    };
    outln!("{}\n", title(code));
    for line in code.explanation().lines() {
        outln!("{}", line.strip_prefix(' ').unwrap_or(line));
    }
    Ok(Outcome::Done)
}
