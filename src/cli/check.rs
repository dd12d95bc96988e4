//! `casefile check`

use std::path::{Path, PathBuf};

use clap::Args;

use super::build::{Editions, say_held, say_passed_over, say_unread, words};
use super::terminal::lang;
use super::{Invocation, Outcome, inferred, read, speak_as};
use crate::case::Case;
use crate::case::order::sort_key;
use crate::diagnostic::emit::{self, Format};
use crate::diagnostic::{Code, Counts, Level, group};
use crate::edition::{Medium, Purpose};
use crate::output::{Output, disk, refuse_telling};
use crate::privacy::beginning;
use crate::seal::Seal;
use crate::site::Site;
use crate::withhold::withhold;
use crate::{Error, Message, counted, joined};
use crate::{check, yaml};

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Count warnings as errors.
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    editions: Editions,

    /// How to print findings.
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,

    /// Print who was taken to say what, when events were taken to be, and where figures were found.
    #[arg(long, conflicts_with = "format")]
    inferred: bool,

    /// Search a finished site, a folder, for what the case withholds, in every byte of every file.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["inferred", "format"])]
    sealed: Option<PathBuf>,

    /// Explain a code or the name of a rule, or list all of them.
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "all")]
    explain: Option<String>,
}

impl Check {
    pub(super) fn run(self, invocation: &Invocation) -> Result<Outcome, Error> {
        if let Some(code) = &self.explain {
            return explain(code);
        }
        if let Some(folder) = &self.sealed {
            return sealed(invocation, folder);
        }
        let purpose = self.editions.purpose(Medium::Online(None))?;
        let folder = read(invocation)?;
        let root = folder.root.clone();
        let mut withheld = withhold(folder, purpose);
        let secrets = std::mem::take(&mut withheld.secrets);
        withheld.sources_are_public = self.editions.public_sources;
        let case = Case::assemble(withheld);
        speak_as(&case);
        let site = Site::resolve(case);
        let findings = check::run(&site);
        let refused = findings.iter().any(|finding| site.case.config.levels.refuses(finding.code, self.strict));
        let output = Output::new(&site)?;
        // What is refused anyway is not searched, as it is not by `build`.
        let searched = match Seal::new(&secrets).filter(|_| !refused) {
            Some(seal) => refuse_telling(&site, &root, &seal).and_then(|()| disk::would_leak(&output, &root, &seal)),
            None => output.try_all(),
        };
        let leaks = match searched {
            Err(error @ Error::Leaks(_)) => Some(error),
            other => other.map(|()| None)?,
        };
        if self.inferred {
            out!("{}", inferred::told(&site, lang()));
        }
        let (levels, sources) = (&site.case.config.levels, &site.case.sources);
        let grouped = group(&findings, levels);
        match self.format {
            Format::Json => out!("{}", emit::json(&grouped, levels, sources, &site.case.skipped)),
            Format::Github => out!("{}", emit::github(&grouped, levels, sources, lang())),
            Format::Human => {
                err!("{}", emit::human(&grouped, levels, sources, lang()));
                if !invocation.quiet {
                    say_metadata(&site);
                    say_passed_over(&site);
                    say_unread(&site);
                    say_held(&site);
                    let counts = words(Counts::of(&grouped, levels));
                    let documents = counted(site.case.documents.len(), "document", "documents", "份文件");
                    say!(en: "checked {documents}: {counts}", zh: "检查了 {documents}：{counts}"; documents, counts);
                }
            }
        }
        if let Some(error) = leaks {
            return Err(error);
        }
        Ok(if refused { Outcome::Refused } else { Outcome::Done })
    }
}

/// Searches the site in `folder` for what the case withholds.
fn sealed(invocation: &Invocation, folder: &Path) -> Result<Outcome, Error> {
    let mut withheld = withhold(read(invocation)?, Purpose::default());
    let secrets = std::mem::take(&mut withheld.secrets);
    let case = Case::assemble(withheld);
    speak_as(&case);
    let levels = &case.config.levels;
    let faults: Vec<_> = case.findings.iter().filter(|finding| levels.refuses(finding.code, false)).cloned().collect();
    if !faults.is_empty() {
        err!("{}", emit::human(&group(&faults, levels), levels, &case.sources, lang()));
        say!(
            en: "nothing was searched: what the case withholds could not be read",
            zh: "没有搜索：案卷要隐去的内容未能读取"
        );
        return Ok(Outcome::Unknown);
    }
    if !folder.is_dir() {
        return Err(Error::Usage(message!(
            en: "{folder} is no folder\nhelp: name the folder of a finished site",
            zh: "{folder} 不是文件夹\n建议：请写做好的网站所在的文件夹",
            folder = folder.display()
        )));
    }
    let Some(seal) = Seal::new(&secrets) else {
        say!(en: "the case withholds nothing", zh: "案卷没有隐去任何内容");
        return Ok(Outcome::Done);
    };
    let searched = disk::sealed(&seal, folder, None)?;
    if !invocation.quiet {
        let files = counted(searched.files, "file", "files", "个文件");
        say!(
            en: "searched {files}: nothing that the case withholds stands there, as far as they can be looked into",
            zh: "搜索了 {files}：在能够检查的范围内，没有案卷要隐去的内容"; files
        );
        for path in &searched.unread {
            say!(
                en: "not looked into: {path} (a picture, sound or film, a locked or unknown format)",
                zh: "未能检查：{path}（图片、录音、录像，或有密码、格式不明的文件）"
            );
        }
    }
    Ok(Outcome::Done)
}

/// Of how many pictures it is told what they say; the others are named.
const MAX_PICTURES: usize = 20;

/// What pictures say beside their pixels, whether it is published or not: a line for each, those first of which it is published,
/// and among them those that say where they were taken.
fn say_metadata(site: &Site) {
    let cited = site.files.keys().filter_map(|path| site.case.cited.get(path));
    let files = site.case.exhibits.files.iter().chain(cited);
    let mut told: Vec<_> = files.filter_map(|file| Some((file, file.facts.metadata.as_ref()?))).collect();
    told.sort_by_cached_key(|(file, metadata)| {
        (file.facts.cleaning.copy().is_some(), metadata.location.is_none(), sort_key(&file.path))
    });
    told.dedup_by_key(|(file, _)| &file.path);
    for (file, metadata) in told.iter().take(MAX_PICTURES) {
        let fate = match file.facts.cleaning.copy() {
            Some(_) => message!(en: " (removed from the published copy)", zh: "（公布的副本中已去掉）"),
            None => Message::default(),
        };
        let place = metadata
            .location
            .iter()
            .map(|place| message!(en: "location {place}", zh: "地点 {place}", place = beginning(place)));
        let entries =
            metadata.entries.iter().map(|(name, value)| Message::alike(format!("{name} {}", beginning(value))));
        let mut said: Vec<Message> = place.chain(entries).collect();
        if metadata.thumbnail {
            said.push(message!(en: "a smaller picture of its own", zh: "一张缩小的图片"));
        }
        if metadata.behind > 0 {
            let bytes = metadata.behind;
            said.push(message!(en: "{bytes} bytes behind its end", zh: "结尾之后的 {bytes} 字节"));
        }
        if !metadata.pieces.is_empty() {
            let names = metadata.pieces.join(", ");
            said.push(message!(en: "pieces of which nothing is known: {names}", zh: "无法识别的数据块：{names}"));
        }
        let (path, said) = (&file.path, joined(said));
        say!(en: "metadata of {path}{fate}: {said}", zh: "{path} 的元数据{fate}：{said}"; fate, said);
    }
    let others: Vec<&str> = told.iter().skip(MAX_PICTURES).map(|(file, _)| file.path.as_str()).collect();
    if !others.is_empty() {
        let pictures = counted(others.len(), "other picture", "other pictures", "张图片");
        let paths = others.join(", ");
        say!(en: "and metadata of {pictures}: {paths}", zh: "另有 {pictures}带有元数据：{paths}"; pictures);
    }
}

fn explain(wanted: &str) -> Result<Outcome, Error> {
    let title = |code: Code| {
        let level = match code.default_level() {
            Level::Off => message!(en: "off", zh: "关闭"),
            Level::Warning => message!(en: "warning", zh: "警告"),
            Level::Error => message!(en: "error", zh: "错误"),
        };
        message!(en: "{id} {name} ({level})", zh: "{id} {name}（{level}）", id = code.id(), name = code.name(); level)
    };
    if wanted == "all" {
        for &code in Code::ALL {
            tell!(title(code));
        }
        return Ok(Outcome::Done);
    }
    let Some(code) = Code::find(wanted) else {
        let near = yaml::closest(wanted, Code::ALL.iter().flat_map(|code| [code.id(), code.name()]));
        let help =
            near.map_or_else(Message::default, |near| message!(en: "; did you mean {near}?", zh: "；是否指 {near}？"));
        return Err(Error::Usage(message!(
            en: "there is no code or rule `{wanted}`{help}\nhelp: `casefile check --explain` lists them",
            zh: "没有代码或规则 `{wanted}`{help}\n建议：全部规则见 `casefile check --explain`"; help
        )));
    };
    tell!(title(code));
    outln!("");
    for line in code.explanation(lang()).lines() {
        outln!("{}", line.strip_prefix(' ').unwrap_or(line));
    }
    Ok(Outcome::Done)
}
