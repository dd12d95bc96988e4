//! `casefile verify`
#![expect(clippy::disallowed_methods, reason = "a command reads the disk")]

use std::path::{Path, PathBuf};

use casefile_verify::bag::TAG_MANIFEST;
use casefile_verify::compare::differences;
use casefile_verify::path::shown;
use casefile_verify::report::{Report, Signature, Verdict};
use casefile_verify::signature::VerifyingKey;
use casefile_verify::verify::verify;
use clap::Args;

use super::{Invocation, Outcome};
use crate::{Error, Message, counted};

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
                    tell!(
                        en: "{newer_name} cannot be compared with {older_name}: one of them lists no files",
                        zh: "{newer_name} 与 {older_name} 无法比较：其中一个没有列出文件"
                    );
                }
                _ if report.listed.algorithm() != other.listed.algorithm() => {
                    tell!(
                        en: "{newer_name} cannot be compared with {older_name}: they list sums of different kinds",
                        zh: "{newer_name} 与 {older_name} 无法比较：两者的校验值种类不同"
                    );
                }
                differences => {
                    if !invocation.quiet {
                        let count = counted(differences.len(), "difference", "differences", "处不同");
                        tell!(
                            en: "{newer_name} against {older_name}: {count}",
                            zh: "{newer_name} 与 {older_name} 相比：{count}"; count
                        );
                    }
                    tell_all(differences.iter().map(|difference| difference.message()));
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
    let why = |why: Message| {
        Error::Usage(message!(
            en: "`{text}` is no key: {why}\nhelp: name a public key as `minisign -G` makes it, or give its line of \
                 letters and digits",
            zh: "`{text}` 不是密钥：{why}\n建议：请写 `minisign -G` 生成的公钥文件，或其中那行字母和数字"; why
        ))
    };
    VerifyingKey::read(found.as_deref().unwrap_or(text)).map_err(why)
}

/// How many lines of a kind are printed: more than anybody reads, and few enough to find the verdict below them.
const MOST: usize = 1000;

fn tell_all(lines: impl ExactSizeIterator<Item = Message>) {
    let more = lines.len().saturating_sub(MOST);
    for line in lines.take(MOST) {
        tell!(line);
    }
    if more > 0 {
        tell!(en: "and {more} more", zh: "另有 {more} 项");
    }
}

/// A path as it may be printed.
fn name(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

/// What is wrong, and then in one line what follows; with the sums to be compared with those the author gave.
fn say(path: &Path, report: &Report, quiet: bool) {
    tell_all(report.problems.iter().map(|problem| problem.message()));
    for warning in report.warnings.iter().take(MOST) {
        let warning = warning.map(shown);
        say!(en: "warning  {warning}", zh: "警告    {warning}"; warning);
    }
    tell_all(report.unknown.iter().map(|why| {
        let why = why.map(shown);
        message!(en: "unknown  {why}", zh: "不明    {why}"; why)
    }));
    if quiet {
        return;
    }
    let path = name(path);
    let files = counted(report.files.streams as usize, "file", "files", "个文件");
    match report.verdict() {
        Verdict::Whole => tell!(
            en: "whole: {path}, {files}, {bytes} bytes",
            zh: "完整：{path}，{files}，{bytes} 字节",
            bytes = report.files.octets; files
        ),
        Verdict::NotWhole => {
            let problems = counted(report.problems.len(), "problem", "problems", "处问题");
            tell!(en: "not whole: {path}, {problems}", zh: "不完整：{path}，{problems}"; problems);
        }
        Verdict::CouldNotTell => tell!(en: "could not tell: {path}", zh: "无法判断：{path}"),
    }
    if report.has_other_line_ends() {
        tell!(
            en: "line ends are changed by git where it is told to, and by some editors: look at the zip itself, or take \
                 the folder again with `* -text` in .gitattributes",
            zh: "git 按设置会改换行符，有的编辑器也会：请直接核对 zip，或在 .gitattributes 中写上 `* -text` 后重新取回文件夹"
        );
    }
    if let Some(sum) = report.zip {
        tell!(en: "SHA-256 of the zip: {sum}", zh: "zip 的 SHA-256：{sum}");
    }
    if let Some(sum) = report.tag_manifest {
        tell!(en: "SHA-256 of {TAG_MANIFEST}: {sum}", zh: "{TAG_MANIFEST} 的 SHA-256：{sum}");
    }
    match &report.signature {
        Signature::None | Signature::Bad => {}
        Signature::Unverified => tell!(
            en: "signed; by whom was not looked at: give the key with `--key`",
            zh: "有签名；没有核对是谁签的：请用 `--key` 写明公钥"
        ),
        Signature::Good(comment) => tell!(
            en: "signed with the key that was given: {comment:?}",
            zh: "签名与所给的密钥相符：{comment:?}"
        ),
    }
    for stamp in &report.time_stamps {
        let names = match stamp.names_tag_manifest {
            true => message!(en: "holds", zh: "含有"),
            false => message!(en: "does not hold", zh: "没有"),
        };
        tell!(
            en: "time stamp {path}: it {names} the SHA-256 of this tag manifest; whether it is genuine, and of what \
                 time, was not looked at",
            zh: "时间戳 {path}：其中{names}这份 tagmanifest-sha256.txt 的 SHA-256；没有核对它的真伪和时间",
            path = shown(&stamp.path); names
        );
    }
    if report.verdict() == Verdict::Whole {
        tell!(
            en: "compare the sums with those that the author gave you by another way",
            zh: "请将校验值与作者经其他途径给您的相核对"
        );
    }
}
