//! `casefile zip`
#![expect(clippy::disallowed_methods, reason = "a command reads the clock, the environment and the disk")]

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Instant;

use casefile_verify::bag::TAG_MANIFEST;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::build::{Editions, Prepared, base_url, prepare, say_findings, say_refused, words};
use super::phase::Phase;
use super::terminal::lang;
use super::{Invocation, Outcome};
use crate::Error;
use crate::bundle::make::{self, ZipOptions};
use crate::bundle::signing_key::SigningKey;
use crate::diagnostic::{Counts, group};
use crate::edition::Medium;
use crate::folder::{EDITION, settled, would_be_input};
use crate::output::Output;
use crate::{Message, counted};

#[derive(Debug, Args)]
pub(super) struct Zip {
    /// Where to put the zip; a relative path starts at the case folder. By default `dossier.zip`, with `as_of` in the name
    /// if casefile.yaml has it.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Where the site will stand, in place of `base_url` in casefile.yaml.
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    #[command(flatten)]
    editions: Editions,

    /// Sign the tag manifest with this secret key of minisign; its password, if it has one, is asked for, or read from
    /// standard input if that is no terminal.
    #[arg(long, value_name = "KEY")]
    sign: Option<PathBuf>,

    /// Carry along a time stamp of the tag manifest, a file `.tsr` (RFC 3161) or `.ots` (OpenTimestamps).
    #[arg(long, value_name = "FILE")]
    time_stamp: Vec<PathBuf>,

    /// Refuse on warnings too.
    #[arg(long)]
    strict: bool,

    /// Replace a file that casefile did not make.
    #[arg(short, long)]
    force: bool,
}

impl Zip {
    pub(super) fn run(self, invocation: &Invocation) -> Result<Outcome, Error> {
        let started = Instant::now();
        let mut options = ZipOptions {
            time: source_date_epoch()?,
            key: self.sign.as_deref().map(signing_key).transpose()?,
            time_stamps: time_stamps(&self.time_stamp)?,
            force: self.force,
            seal: None,
        };
        let phase = Phase::new(invocation.quiet);
        let purpose = self.editions.purpose(Medium::Handed(base_url(self.base_url.as_deref())?))?;
        let prepared = prepare(invocation, &phase, self.strict, purpose, self.editions.public_sources)?;
        let Prepared { root, site, findings, refused, .. } = &prepared;
        if *refused {
            drop(phase);
            say_refused(&prepared, invocation);
            return Ok(Outcome::Refused);
        }
        options.seal = prepared.seal()?;
        phase.enter(&message!(en: "packing", zh: "正在打包"));
        let output = Output::new(site)?;
        let folder = make::bag_name(site);
        let target = root.join(self.output.unwrap_or_else(|| format!("{folder}.zip").into()));
        let place = target.parent().zip(target.file_name()).map(|(folder, name)| settled(folder).join(name));
        if place.is_some_and(|place| would_be_input(root, &site.case.content, &place)) {
            return Err(Error::Usage(message!(
                en: "{path} would be a part of the case the next time\nhelp: put the zip elsewhere, or begin its name with \
                     `{EDITION}` in the case folder itself",
                zh: "{path} 下次会成为案卷的一部分\n建议：请把 zip 放在别处，或直接放在案卷文件夹中并以 `{EDITION}` 开头命名",
                path = target.display()
            )));
        }
        let made = make::write(site, &output, root, &target, &options)?;
        drop(phase);
        say_findings(site, findings, invocation);
        for (end, stamp) in &options.time_stamps {
            if memchr::memmem::find(stamp, made.tag_manifest.as_bytes()).is_none() {
                say!(
                    en: "warning: the SHA-256 of this tag manifest does not stand in the time stamp `{end}`: it may be of \
                         another edition\nhelp: have {TAG_MANIFEST} of this zip stamped, and make the zip again",
                    zh: "警告：时间戳 `{end}` 中没有这份 {TAG_MANIFEST} 的 SHA-256：它可能属于另一个版本\n建议：请为这个 zip 的 \
                         {TAG_MANIFEST} 加盖时间戳，再重新制作 zip"
                );
            }
        }
        if !invocation.quiet {
            let levels = &site.case.config.levels;
            let files = counted(made.payload.streams as usize, "file", "files", "个文件");
            let counts = words(Counts::of(&group(findings, levels), levels));
            let (path, size, seconds) = (target.display(), made.size as f64 / 1e6, started.elapsed().as_secs_f64());
            say!(
                en: "packed {files} into {path}, {size:.1} MB, {counts} in {seconds:.2} s",
                zh: "已把 {files}打包成 {path}，{size:.1} MB，{counts}，用时 {seconds:.2} 秒"; files, counts
            );
        }
        outln!("{}  {}", made.zip, target.display());
        outln!("{}  {folder}/{TAG_MANIFEST}", made.tag_manifest);
        // As after a build: only the system gives memory back now.
        drop(output);
        std::mem::forget(prepared);
        Ok(Outcome::Done)
    }
}

/// The time that a reproducible build is told (reproducible-builds.org, SOURCE_DATE_EPOCH), in UTC.
fn source_date_epoch() -> Result<Option<DateTime>, Error> {
    let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let time = text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let time = time.ok_or_else(|| {
        Error::Usage(message!(
            en: "SOURCE_DATE_EPOCH is `{text}`\nhelp: give seconds since 1970, or take it out",
            zh: "SOURCE_DATE_EPOCH 是 `{text}`\n建议：请写自 1970 年起的秒数，或去掉它"
        ))
    })?;
    Ok(Some(time.to_zoned(TimeZone::UTC).datetime()))
}

fn signing_key(path: &Path) -> Result<SigningKey, Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
    let password = SigningKey::is_locked(&text).then(|| password(path)).transpose()?;
    let why = |why| {
        Error::Usage(message!(
            en: "{path}: {why}\nhelp: name a secret key as `minisign -G` makes it",
            zh: "{path}：{why}\n建议：请写 `minisign -G` 生成的私钥",
            path = path.display()
        ))
    };
    SigningKey::read(&text, password).map_err(why)
}

fn password(key: &Path) -> Result<String, Error> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        let asked = message!(en: "password of {key}: ", zh: "{key} 的密码：", key = key.display());
        return rpassword::prompt_password(asked.in_lang(lang())).map_err(Error::io(key));
    }
    let mut line = String::new();
    stdin.read_line(&mut line).map_err(Error::io(key))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// The time stamps, one of a kind.
fn time_stamps(paths: &[PathBuf]) -> Result<Vec<(&'static str, Vec<u8>)>, Error> {
    let mut stamps: Vec<(&'static str, Vec<u8>)> = Vec::new();
    for path in paths {
        let fault =
            |why: Message| Error::Usage(message!(en: "{path}: {why}", zh: "{path}：{why}", path = path.display(); why));
        let kind = make::time_stamp_kind(path).ok_or_else(|| {
            fault(message!(
                en: "the name of a time stamp ends in `.tsr` or `.ots`",
                zh: "时间戳的文件名应以 `.tsr` 或 `.ots` 结尾"
            ))
        })?;
        if stamps.iter().any(|(other, _)| *other == kind) {
            return Err(fault(message!(
                en: "there is room for one time stamp of a kind",
                zh: "每种时间戳只能有一个"
            )));
        }
        stamps.push((kind, std::fs::read(path).map_err(Error::io(path))?));
    }
    Ok(stamps)
}
