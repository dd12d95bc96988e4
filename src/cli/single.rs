//! `casefile single`
#![expect(clippy::disallowed_methods, reason = "a command reads the clock")]

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::build::{Editions, Prepared, prepare, say_findings, say_refused, words};
use super::phase::Phase;
use super::{Invocation, Outcome};
use crate::Error;
use crate::bundle::make;
use crate::diagnostic::{Counts, group};
use crate::edition::Medium;
use crate::folder::{EDITION, settled, would_be_input};
use crate::output::Output;
use crate::single;
use crate::{Message, counted};

#[derive(Debug, Args)]
pub(super) struct Single {
    /// Where to put the file; a relative path starts at the case folder. By default `dossier.html`, with `as_of` in the name
    /// if casefile.yaml has it.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    editions: Editions,

    /// Refuse on warnings too.
    #[arg(long)]
    strict: bool,

    /// Replace a file that casefile did not make.
    #[arg(short, long)]
    force: bool,
}

impl Single {
    pub(super) fn run(self, invocation: &Invocation) -> Result<Outcome, Error> {
        let started = Instant::now();
        let phase = Phase::new(invocation.quiet);
        let purpose = self.editions.purpose(Medium::Handed(None))?;
        let prepared = prepare(invocation, &phase, self.strict, purpose, self.editions.public_sources)?;
        let Prepared { root, site, findings, refused, .. } = &prepared;
        if *refused {
            drop(phase);
            say_refused(&prepared, invocation);
            return Ok(Outcome::Refused);
        }
        phase.enter(&message!(en: "writing", zh: "正在写入"));
        let output = Output::new(site)?;
        let target = root.join(self.output.unwrap_or_else(|| format!("{}.html", make::bag_name(site)).into()));
        let place = target.parent().zip(target.file_name()).map(|(folder, name)| settled(folder).join(name));
        if place.is_some_and(|place| would_be_input(root, &site.case.content, &place)) {
            return Err(Error::Usage(message!(
                en: "{path} would be a part of the case the next time\nhelp: put it elsewhere, or begin its name with \
                     `{EDITION}` in the case folder itself",
                zh: "{path} 下次会成为案卷的一部分\n建议：请放在别处，或直接放在案卷文件夹中并以 `{EDITION}` 开头命名",
                path = target.display()
            )));
        }
        let made = single::write(site, &output, root, &target, self.force, prepared.seal()?.as_ref())?;
        drop(phase);
        say_findings(site, findings, invocation);
        if !invocation.quiet {
            let levels = &site.case.config.levels;
            let (shown, left_out) = made.pictures;
            let left_out = match left_out {
                0 => Message::default(),
                left_out => message!(en: " ({left_out} without room)", zh: "（{left_out} 张放不下）"),
            };
            let (path, size, seconds) = (target.display(), made.size as f64 / 1e6, started.elapsed().as_secs_f64());
            let languages = counted(site.case.languages.len(), "language", "languages", "种语言");
            let documents = counted(site.case.documents.len(), "document", "documents", "份文件");
            let pictures = counted(shown, "picture", "pictures", "张图片");
            let counts = words(Counts::of(&group(findings, levels), levels));
            say!(
                en: "wrote {path}, {size:.2} MB, {languages} from {documents}, {pictures}{left_out}, {counts} in \
                     {seconds:.2} s",
                zh: "已写入 {path}，{size:.2} MB，{documents}、{languages}，{pictures}{left_out}，{counts}，用时 \
                     {seconds:.2} 秒"; languages, documents, pictures, left_out, counts
            );
        }
        outln!("{}  {}", made.sha256, target.display());
        // A script reads these lines, so that they are the same in every language.
        outln!("{}  fingerprint of the sources", site.case.fingerprint);
        // As after a build: only the system gives memory back now.
        drop(output);
        std::mem::forget(prepared);
        Ok(Outcome::Done)
    }
}
