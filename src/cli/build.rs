//! `casefile build`
#![expect(clippy::disallowed_methods, reason = "a command reads the clock and the disk")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use casefile_inside::Unread;
use clap::Args;

use super::phase::Phase;
use super::terminal::lang;
use super::{Invocation, Outcome, read, speak_as};
use crate::Error;
use crate::case::Case;
use crate::check::{self, private};
use crate::config;
use crate::diagnostic::{Counts, Diagnostic, emit, group};
use crate::document::DocumentId;
use crate::edition::{Edition, Medium, Purpose};
use crate::folder::{EDITION, settled, would_be_input};
use crate::output::disk::{self, Written};
use crate::output::{Output, refuse_telling};
use crate::seal::Seal;
use crate::site::Site;
use crate::site::resolve::Resolution;
use crate::source::exhibit::media::Class;
use crate::source::exhibit::{Cleaning, ExhibitFile};
use crate::withhold::{Secrets, withhold};
use crate::{Message, counted, list_of};

/// From which size on, in bytes, a word is said of the limit of GitHub Pages, which is 1 GB
/// (<https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits>).
const LARGE_SITE: u64 = 800_000_000;

#[derive(Debug, Args)]
pub(super) struct Build {
    /// Where to put the site; a relative path starts at the case folder. By default `public`, and `full` for the full
    /// edition.
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,

    #[command(flatten)]
    editions: Editions,

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
        let purpose = self.editions.purpose(Medium::Online(base_url(self.base_url.as_deref())?))?;
        let edition = purpose.edition;
        let prepared = prepare(invocation, &phase, self.strict, purpose, self.editions.public_sources)?;
        let Prepared { root, site, findings, refused, .. } = &prepared;
        if *refused {
            drop(phase);
            say_refused(&prepared, invocation);
            return Ok(Outcome::Refused);
        }
        phase.enter(&message!(en: "writing", zh: "正在写入"));
        let output = Output::new(site)?;
        let output_dir = self.output_dir.unwrap_or_else(|| edition.folder().into());
        let target = root.join(&output_dir);
        if holds_sources(&prepared, &settled(&target)) {
            return Err(Error::Usage(message!(
                en: "{folder} holds what the case is made from, and is never replaced\nhelp: choose another folder with \
                     `--output-dir`",
                zh: "{folder} 中有制作案卷的源文件，绝不替换\n建议：请用 `--output-dir` 换一个文件夹",
                folder = target.display()
            )));
        }
        let seal = prepared.seal()?;
        let written = disk::write(&output, root, &target, self.force, seal.as_ref())?;
        drop(phase);
        say_findings(site, findings, invocation);
        if !invocation.quiet {
            let seconds = started.elapsed().as_secs_f64();
            say_done(site, &output, findings, written, &output_dir, seconds);
        }
        // The process ends here; giving back every tree of a large case one by one would only take time.
        drop(output);
        std::mem::forget(prepared);
        Ok(Outcome::Done)
    }
}

/// Whether the folder `place` holds or is part of what the case is made from.
fn holds_sources(prepared: &Prepared, place: &Path) -> bool {
    let Prepared { root, site, .. } = prepared;
    let content = &site.case.content;
    let is_source = !content.is_empty() && would_be_input(root, content, &place.join(EDITION));
    let documents = DocumentId::all(&site.case.documents).map(|at| root.join(&site.case.source_of(at).path));
    is_source || root.starts_with(place) || documents.into_iter().any(|path| path.starts_with(place))
}

/// For whom something is made, and where its sources are.
#[derive(Debug, Args)]
pub(super) struct Editions {
    /// For whom: `public` withholds what the case says, `full` is for those who are handed it, and not for publication.
    #[arg(long, value_enum, default_value_t, value_name = "EDITION")]
    pub(super) edition: Edition,

    /// Refuse if the case withholds anything: everybody can read its sources.
    #[arg(long)]
    pub(super) public_sources: bool,
}

impl Editions {
    /// What is made for readers who get it by `medium`.
    pub(super) fn purpose(&self, medium: Medium) -> Result<Purpose, Error> {
        if self.edition == Edition::Full && matches!(medium, Medium::Online(Some(_)) | Medium::Handed(Some(_))) {
            return Err(Error::Usage(message!(
                en: "the full edition stands at no address\nhelp: leave out `--base-url`; it is handed over as files",
                zh: "完整版没有网址\n建议：请去掉 `--base-url`；完整版以文件形式交付"
            )));
        }
        Ok(Purpose { edition: self.edition, medium })
    }
}

/// The address that the command line tells.
pub(super) fn base_url(told: Option<&str>) -> Result<Option<String>, Error> {
    let why = |(message, help): (Message, Message)| {
        Error::Usage(message!(en: "{message}\nhelp: {help}", zh: "{message}\n建议：{help}"; message, help))
    };
    told.map(config::base_url).transpose().map_err(why)
}

/// A case that was read and checked.
pub(super) struct Prepared {
    pub(super) root: PathBuf,
    pub(super) site: Site,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether something among the findings forbids to publish it.
    pub(super) refused: bool,
    /// What must stand nowhere in it.
    pub(super) secrets: Secrets,
}

impl Prepared {
    /// What is looked for in what would be published; none where nothing is withheld.
    pub(super) fn seal(&self) -> Result<Option<Seal>, Error> {
        let seal = Seal::new(&self.secrets);
        seal.iter().try_for_each(|seal| refuse_telling(&self.site, &self.root, seal))?;
        Ok(seal)
    }
}

/// Reads and checks the case of an invocation, as it is to be published.
pub(super) fn prepare(
    invocation: &Invocation,
    phase: &Phase,
    strict: bool,
    purpose: Purpose,
    public_sources: bool,
) -> Result<Prepared, Error> {
    phase.enter(&message!(en: "reading", zh: "正在读取"));
    let folder = read(invocation)?;
    let root = folder.root.clone();
    phase.enter(&message!(en: "parsing", zh: "正在解析"));
    let mut withheld = withhold(folder, purpose);
    withheld.sources_are_public = public_sources;
    let secrets = std::mem::take(&mut withheld.secrets);
    let case = Case::assemble(withheld);
    speak_as(&case);
    phase.enter(&message!(en: "resolving", zh: "正在处理引用"));
    let site = Site::resolve(case);
    phase.enter(&message!(en: "checking", zh: "正在检查"));
    let findings = check::run(&site);
    let refused = findings.iter().any(|finding| site.case.config.levels.refuses(finding.code, strict));
    Ok(Prepared { root, site, findings, refused, secrets })
}

/// What to say when nothing is published because of the findings.
pub(super) fn say_refused(prepared: &Prepared, invocation: &Invocation) {
    say_findings(&prepared.site, &prepared.findings, invocation);
    if !invocation.quiet {
        let levels = &prepared.site.case.config.levels;
        let counts = Counts::of(&group(&prepared.findings, levels), levels);
        let counts = words(counts);
        say!(en: "nothing was written: {counts}", zh: "什么也没有写入：{counts}"; counts);
    }
}

/// Findings on standard error, and the files that were passed over.
pub(super) fn say_findings(site: &Site, findings: &[Diagnostic], invocation: &Invocation) {
    if !invocation.quiet {
        say_passed_over(site);
    }
    let levels = &site.case.config.levels;
    err!("{}", emit::human(&group(findings, levels), levels, &site.case.sources, lang()));
    if !invocation.quiet {
        say_unread(site);
        say_held(site);
    }
}

/// What the full edition holds that the public one may not.
pub(super) fn say_held(site: &Site) {
    if site.case.edition == Edition::Public {
        return;
    }
    let private = counted(private::report(site).len(), "finding", "findings", "处");
    let withheld = counted(site.case.redactions.len(), "place", "places", "处");
    say!(
        en: "full edition, not for publication: {withheld} that the public one withholds; {private} of what is private",
        zh: "完整版，不得公开：含公开版隐去的内容 {withheld}；发现隐私内容 {private}"; withheld, private
    );
}

/// The published files in which it was not looked for what is private, or not everywhere; they want to be looked at by
/// people.
pub(super) fn say_unread(site: &Site) {
    let mut by_reason: BTreeMap<Message, Vec<&str>> = BTreeMap::new();
    for (path, file) in private::published(site) {
        if site.case.edition == Edition::Full || site.case.config.allowed.has_file(path) {
            continue;
        }
        let reason = match file.facts.inside.unread {
            Some(Unread::Scan) => message!(
                en: "pages that are pictures, or whose letters it does not name",
                zh: "页面是图片，或文件没有说明其中是哪些字"
            ),
            Some(Unread::Recording) => message!(en: "sound or film", zh: "录音或录像"),
            Some(Unread::Locked) => message!(en: "locked with a password", zh: "有密码"),
            Some(Unread::Broken) => message!(en: "damaged, or too large", zh: "已损坏，或太大"),
            Some(Unread::Unknown) => {
                message!(en: "files in a file, or a format that is not read", zh: "文件中含有文件，或格式不能读取")
            }
            None => continue,
        };
        by_reason.entry(reason).or_default().push(path);
    }
    for (reason, paths) in by_reason {
        let paths = some_of(&paths);
        say!(
            en: "not looked into for what is private: {paths} ({reason})",
            zh: "未能检查隐私内容：{paths}（{reason}）"; paths, reason
        );
    }
}

/// How many files are named that are passed over for the same reason.
const MAX_NAMED: usize = 8;

/// The files that were passed over; many for one reason in one line.
pub(super) fn say_passed_over(site: &Site) {
    let mut by_reason: BTreeMap<&Message, Vec<&str>> = BTreeMap::new();
    for skipped in &site.case.skipped {
        by_reason.entry(&skipped.reason).or_default().push(&skipped.path);
    }
    for (reason, paths) in by_reason {
        let paths = some_of(&paths);
        say!(en: "passed over: {paths} ({reason})", zh: "略过：{paths}（{reason}）"; paths, reason);
    }
}

/// The first of many paths, and how many there are more.
fn some_of(paths: &[&str]) -> Message {
    let named = list_of(paths.iter().copied().take(MAX_NAMED));
    match paths.len().saturating_sub(MAX_NAMED) {
        0 => named,
        more => message!(en: "{named} and {more} more", zh: "{named}等，另有 {more} 个"; named),
    }
}

fn say_done(
    site: &Site,
    output: &Output<'_>,
    findings: &[Diagnostic],
    written: Written,
    target: &std::path::Path,
    seconds: f64,
) {
    let labels = || site.references.iter().flat_map(|own| &own.labels);
    let references = labels().filter(|label| !matches!(label, Resolution::Defines(_) | Resolution::Text)).count();
    let missing = labels().filter(|label| matches!(label, Resolution::Missing)).count();
    for line in about_files(site) {
        say!(line);
    }
    if let Some(warning) = too_large_soon(written.size) {
        say!(warning);
    }
    if let Some(folder) = output.secret_folder() {
        let page = target.join(folder).join("index.html");
        say!(en: "the site begins at {page}", zh: "网站的首页是 {page}", page = page.display());
    }
    let levels = &site.case.config.levels;
    let counts = Counts::of(&group(findings, levels), levels);
    let (folder, resolved, changed, counts) = (target.display(), references - missing, written.changed, words(counts));
    let pages = counted(output.page_count(), "page", "pages", "页");
    let documents = counted(site.case.documents.len(), "document", "documents", "份文件");
    let references = counted(references, "reference", "references", "处引用");
    let files = counted(written.changed + written.unchanged, "file", "files", "个文件");
    say!(
        en: "built {folder}: {pages} from {documents}, {resolved} of {references} resolved, {changed} of {files} \
             changed, {counts} in {seconds:.2} s",
        zh: "已生成 {folder}：由 {documents}生成 {pages}，{references}中 {resolved} 处已找到，{files}中 {changed} 个\
             有变化，{counts}，用时 {seconds:.2} 秒"; pages, documents, references, files, counts
    );
}

/// What to say of the files that are not published as they are, and of pictures that are.
fn about_files(site: &Site) -> Vec<Message> {
    let case = &site.case;
    let cited = site.files.iter().filter_map(|(path, to)| Some((case.cited.get(path)?, to)));
    let exhibits = site.exhibits.iter().zip(&case.exhibits.all);
    let exhibits =
        exhibits.filter_map(|(page, exhibit)| Some((case.exhibits.file_of(exhibit)?, &page.file.as_ref()?.to)));
    let published: BTreeMap<&str, (&ExhibitFile, &String)> =
        cited.chain(exhibits).map(|(file, to)| (file.path.as_str(), (file, to))).collect();
    let pictures =
        published.values().filter(|(file, _)| matches!(file.facts.media.class, Class::Image | Class::Picture));
    let (whole, cleaned) = pictures.fold((0, 0), |(whole, cleaned), (file, _)| match &file.facts.cleaning {
        Cleaning::Copy(_) => (whole, cleaned + 1),
        _ => (whole + 1, cleaned),
    });
    let mut lines = Vec::new();
    if case.config.keep_metadata && whole > 0 {
        let pictures = counted(whole, "picture", "pictures", "张图片");
        lines.push(message!(
            en: "{pictures} published with the metadata they hold (`strip_metadata: false`)",
            zh: "{pictures}连同元数据公布（`strip_metadata: false`）"; pictures
        ));
    } else if cleaned > 0 {
        let pictures = counted(cleaned, "picture", "pictures", "张图片");
        lines.push(message!(
            en: "{pictures} published without the metadata they held",
            zh: "{pictures}去掉元数据后公布"; pictures
        ));
    }
    let as_text =
        published.values().filter(|(file, to)| to.ends_with(".txt") && !file.path.to_lowercase().ends_with(".txt"));
    lines.extend(as_text.map(|(file, to)| {
        message!(
            en: "published as text, so that nothing runs it: {path} ({to})",
            zh: "以文本形式公布，以免被运行：{path}（{to}）",
            path = file.path
        )
    }));
    lines
}

/// What to say of a site of so many bytes that it comes near the limit of GitHub Pages.
fn too_large_soon(size: u64) -> Option<Message> {
    (size >= LARGE_SITE).then(|| {
        message!(
            en: "the site has {size:.2} GB; GitHub Pages takes no more than 1 GB\nhelp: hand large files over \
                 otherwise, and set the `visibility` of their exhibits to `listed`",
            zh: "网站共 {size:.2} GB；GitHub Pages 最多容纳 1 GB\n建议：大文件请另行交付，并把这些证据的 `visibility` 设为 \
                 `listed`",
            size = size as f64 / 1e9
        )
    })
}

/// Counts in words.
pub(super) fn words(counts: Counts) -> Message {
    let errors = counted(counts.error, "error", "errors", "个错误");
    let warnings = counted(counts.warning, "warning", "warnings", "个警告");
    message!(en: "{errors}, {warnings}", zh: "{errors}，{warnings}"; errors, warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_told_to_be_large_before_it_is_too_large() {
        assert_eq!(too_large_soon(799_999_999), None);
        assert!(too_large_soon(912_000_000).is_some_and(|warning| warning.en().starts_with("the site has 0.91 GB;")));
    }
}
