//! Withholding: what is private is taken out of the files of a case before there is a case.
//!
//! A function from a folder to a folder. For the public edition it replaces names in all their spellings, cuts out what
//! `{private}` covers and leaves private exhibits and documents as placeholders, so that no stage after it could tell. For
//! the full edition it takes out the marks alone, and tells what the public one does not hold. Numbers stay where they are.

mod cells;
mod emphasis;
mod exhibits;
mod finding;
mod languages;
pub mod mark;
mod place;
mod said;
mod secrets;
mod shown;
mod text;
mod within;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::Message;
use crate::config::withheld::{self, Rule, Rules};
use crate::config::{FileNames, Localized};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::gap::Gap;
use crate::edition::{Edition, Purpose};
use crate::folder::{File, Folder, fingerprint};
use crate::language::script::{is_cjk_language, is_cjk_letter};
use crate::language::{self, Language};
use crate::sha256::Sha256;
use crate::source::decode::decode;
use crate::source::edit::{Edit, edited};
use crate::source::exhibit::{Cleaning, Covered, ExhibitFile};
use crate::source::{Source, SourceId, Sources, Span};
use crate::spelling::{Form, Spellings};
use cells::Cells;
use emphasis::Marks;
use finding::Finding;
pub use mark::WithheldKind;
pub use secrets::{Original, Passage, Secrets};
use text::Reading;

/// A folder as the case of an edition may hold it.
#[derive(Debug, Default)]
pub struct Withheld {
    /// The folder.
    pub folder: Folder,
    /// What it is for.
    pub purpose: Purpose,
    /// What the public edition does not hold, in the order of files and places; known to the full edition alone.
    pub redactions: Vec<Redaction>,
    /// What must stand nowhere in the public edition; nothing for the full one.
    pub secrets: Secrets,
    /// The fingerprint of the files as they are on the disk, for those who may have them.
    pub fingerprint: Option<Sha256>,
    /// Where something is withheld in the documents, by their paths.
    pub gaps: HashMap<String, Vec<Gap>>,
    /// The numbers of the exhibits that the public edition withholds, with what each is called; nothing for the full one.
    pub private_exhibits: BTreeMap<String, Vec<String>>,
    /// The files that are withheld because parts of the picture that they are must be covered.
    withheld_files: BTreeSet<String>,
    /// How many things are withheld.
    pub count: usize,
    /// Whether everybody can read the folder, so that it must withhold nothing.
    pub sources_are_public: bool,
    /// What was found, by the path of the file.
    findings: Vec<Finding>,
}

/// Something that the public edition does not hold.
#[derive(Debug, Clone)]
pub struct Redaction {
    /// The file, from the case folder.
    pub path: String,
    /// Where in it, in bytes of the text of the full edition.
    pub span: Span,
    /// What kind of thing.
    pub kind: WithheldKind,
    /// Why.
    pub reason: Localized,
    /// The rule of law.
    pub basis: Localized,
}

impl Withheld {
    /// What was found, now that the files are among `sources`.
    pub(crate) fn findings(&mut self, sources: &Sources) -> Vec<Diagnostic> {
        let ids: BTreeMap<&str, SourceId> = sources.iter().map(|(id, source)| (source.path.as_str(), id)).collect();
        let findings = std::mem::take(&mut self.findings).into_iter().map(|finding| {
            let place = finding.span.and_then(|span| Some((*ids.get(finding.path.as_str())?, span)));
            let told = match place {
                Some((id, span)) => Diagnostic::at(finding.code, id, sources.get(id).clamp(span), finding.message),
                None => Diagnostic::file(finding.code, finding.path, finding.message),
            };
            told.help(finding.help)
        });
        let mut findings: Vec<Diagnostic> = findings.collect();
        if self.sources_are_public && self.count > 0 {
            let message = message!(
                en: "the sources are public, and tell all that is withheld ({count} places)",
                zh: "源文件是公开的，其中写着所有隐去的内容（{count} 处）",
                count = self.count
            );
            let help = message!(
                en: "make the repository private, or publish the finished site alone; see docs/private.md",
                zh: "请把仓库设为私有，或只公布做好的网站；见 docs/private.zh-CN.md"
            );
            findings.push(Diagnostic::case(Code::PublicSources, message).help(help));
        }
        findings
    }
}

/// The public edition, which is what is made unless another one is asked for.
impl From<Folder> for Withheld {
    fn from(folder: Folder) -> Self {
        withhold(folder, Purpose::default())
    }
}

/// What the files of an edition are read with.
struct Withholding {
    edition: Edition,
    rules: Vec<Rule>,
    /// The names of all rules, and whose each is.
    spellings: Spellings,
    names: Vec<String>,
    rule_of: Vec<usize>,
    cells: Cells,
    /// The languages that casefile.yaml or the program has, with their words.
    languages: Vec<Language>,
    /// The tags of the case's languages.
    tags: Vec<String>,
    /// The files that are withheld, by their path from the case folder; none in the full edition.
    files: BTreeSet<String>,
}

/// The key of casefile.yaml that says what files are called.
const NAMES: &str = "names";

/// The languages that casefile.yaml lists, and what it says of the names of files.
#[derive(Debug, Default, serde::Deserialize)]
struct Listed {
    #[serde(default)]
    languages: Option<Vec<String>>,
    #[serde(default)]
    names: FileNames,
}

impl Listed {
    fn of(config: Option<&Source>) -> Option<Self> {
        config.and_then(|config| serde_saphyr::from_str(&config.text).ok())
    }

    /// Their tags; those of the built-in languages where it lists none.
    fn tags(config: Option<&Source>) -> Vec<String> {
        let tags = Self::of(config).and_then(|listed| listed.languages).filter(|tags| !tags.is_empty());
        let tags = tags.unwrap_or_else(|| language::built_in_languages().map(|language| language.tag).collect());
        tags.into_iter().map(|tag| tag.to_ascii_lowercase()).collect()
    }
}

/// Makes of `folder` what the case of an edition may hold.
pub fn withhold(folder: Folder, purpose: Purpose) -> Withheld {
    let originals = (purpose.edition == Edition::Full).then(|| fingerprint::of(&folder));
    Withheld { fingerprint: originals, ..without(folder, purpose) }
}

/// Takes out of `folder` what the case of an edition may not hold.
fn without(mut folder: Folder, purpose: Purpose) -> Withheld {
    let edition = purpose.edition;
    let mut out = Withheld { purpose, ..Withheld::default() };
    match edition {
        Edition::Full => out.redactions.extend(keep_originals(&mut folder)),
        Edition::Public => cover(&mut folder, &mut out),
    }
    let config = folder.config.as_ref().and_then(source_of);
    let mut faults = Vec::new();
    let Rules { all: mut rules, kept } =
        config.as_ref().map_or_else(Rules::default, |config| withheld::rules(config, SourceId(0), &mut faults));
    if !faults.is_empty() {
        // With a faulty list nothing is published, and the author sees the file as it is.
        rules.clear();
        out.findings.extend(faults.into_iter().map(Finding::of_settings));
    }
    let is_neutral = Listed::of(config.as_ref()).is_some_and(|listed| listed.names == FileNames::Neutral);
    if edition == Edition::Public && is_neutral {
        let files = folder.exhibits.iter().flat_map(|exhibits| &exhibits.files).chain(&folder.cited);
        let names = files.filter_map(|file| file.path.rsplit('/').next());
        out.secrets.file_names = names.filter(|name| !name.starts_with("exhibit-")).map(str::to_owned).collect();
    }
    if let Some(source) = config.as_ref().filter(|_| is_neutral) {
        let at = source.text.find(NAMES).unwrap_or(0);
        out.redactions.push(Redaction {
            path: source.path.clone(),
            span: Span::new(at, at + NAMES.len()),
            kind: WithheldKind::FileNames,
            reason: Localized::from("names: neutral".to_owned()),
            basis: Localized::default(),
        });
    }
    let exhibits = folder.exhibits.as_ref().is_some_and(|exhibits| exhibits::may_be_private(&exhibits.list.bytes));
    let is_marked = |file: &File| text::may_be_private(&file.bytes);
    if rules.is_empty() && !exhibits && !folder.documents.iter().chain(&folder.config).any(is_marked) {
        out.folder = folder;
        out.count_redactions(false);
        return out;
    }
    let names = || rules.iter().enumerate().flat_map(|(at, rule)| rule.names.iter().map(move |name| (at, name)));
    let mut withholding = Withholding {
        edition,
        files: std::mem::take(&mut out.withheld_files),
        spellings: Spellings::new(names().map(|(_, name)| name.as_str()), std::iter::empty())
            .keeping(kept.iter().map(String::as_str)),
        cells: Cells::new(&rules),
        rule_of: names().map(|(at, _)| at).collect(),
        names: names().map(|(_, name)| name.clone()).collect(),
        languages: language::built_in_languages().collect(),
        tags: Listed::tags(config.as_ref()),
        rules,
    };
    if edition == Edition::Public {
        out.secrets.kept = kept;
        out.secrets.names = withholding.rules.iter().flat_map(|rule| rule.names.iter().cloned()).collect();
    }
    if let (Some(file), Some(source)) = (&mut folder.config, &config) {
        withholding.settings(file, source, Vec::new(), &mut out);
    }
    let telling =
        if edition == Edition::Public { withholding.originals(&mut folder, &mut out) } else { BTreeSet::new() };
    if let Some(found) = &mut folder.exhibits {
        let private = exhibits::withhold(&withholding, &telling, &mut found.list, &found.folder, &mut out);
        if edition == Edition::Public {
            // A copy under another name is the same file.
            let all = found.files.iter().chain(&folder.cited);
            let sums: HashSet<Sha256> =
                all.filter(|file| private.contains(&file.path)).map(|file| file.sha256).collect();
            let is_private = |file: &ExhibitFile| private.contains(&file.path) || sums.contains(&file.sha256);
            let copies: HashSet<String> =
                folder.cited.iter().filter(|file| is_private(file)).map(|file| file.path.clone()).collect();
            out.secrets.originals.extend(found.files.iter().filter(|file| is_private(file)).map(original));
            found.files.retain(|file| !is_private(file));
            folder.cited.retain(|file| !is_private(file));
            folder.assets.retain(|path| !private.contains(path) && !copies.contains(path));
            withholding.files.extend(copies.into_iter().chain(private.iter().cloned()));
        }
        out.secrets.files.extend(private.into_iter().filter(|_| edition == Edition::Public));
        for file in &mut found.files {
            withholding.path(&mut file.path, &mut out);
        }
    }
    for path in folder.cited.iter_mut().map(|file| &mut file.path).chain(&mut folder.assets) {
        withholding.mask(path);
    }
    for skipped in &mut folder.skipped {
        withholding.mask(&mut skipped.path);
    }
    let lexicon = text::lexicon(&withholding.languages);
    let reading = Reading { withholding: &withholding, lexicon: &lexicon };
    for file in &mut folder.documents {
        withholding.path(&mut file.path, &mut out);
    }
    let read: Vec<text::Read> =
        folder.documents.par_iter_mut().map(|file| reading.document(file, &folder.content)).collect();
    out.findings.extend(languages::marked_in_one(&read, &folder));
    for (read, file) in read.into_iter().zip(&folder.documents) {
        if !read.gaps.is_empty() {
            out.gaps.insert(file.path.clone(), read.gaps.clone());
        }
        out.add(read);
    }
    out.redactions.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    out.count_redactions(!withholding.rules.is_empty());
    out.folder = folder;
    out
}

/// Those to whom the full edition is handed get pictures as they were taken. A drawing that acts stays a copy. What the copies of the
/// public edition lack, or what keeps a file out of it.
fn keep_originals(folder: &mut Folder) -> Vec<Redaction> {
    let exhibits = folder.exhibits.iter_mut().flat_map(|exhibits| &mut exhibits.files);
    let mut redactions = Vec::new();
    for file in exhibits.chain(&mut folder.cited).filter(|file| !file.facts.is_drawing()) {
        if matches!(file.facts.cleaning, Cleaning::Copy(_) | Cleaning::Impossible) {
            redactions.push(Redaction {
                path: file.path.clone(),
                span: Span::new(0, 0),
                kind: WithheldKind::Metadata,
                reason: Localized::from("strip_metadata".to_owned()),
                basis: Localized::default(),
            });
        }
        file.facts.cleaning = Cleaning::NotAsked;
    }
    redactions
}

/// Puts in place of pictures and PDFs those of which parts are covered. Copies of the originals are not there any more.
fn cover(folder: &mut Folder, out: &mut Withheld) {
    let exhibits = folder.exhibits.iter_mut().flat_map(|exhibits| &mut exhibits.files);
    let mut originals: HashSet<Sha256> = HashSet::new();
    for file in exhibits {
        if file.facts.must_be_covered {
            originals.insert(file.sha256);
            out.secrets.originals.push(original(file));
        }
        let Some(Covered { copy, smaller, pages }) = file.facts.covered.clone() else { continue };
        // What is black already is the same after it was covered.
        out.secrets.originals.retain(|original| original.sha256 != copy.sha256);
        (file.sha256, file.size) = (copy.sha256, copy.size);
        file.facts.smaller = smaller;
        file.facts.cleaning = Cleaning::Copy(copy);
        file.facts.metadata = None;
        file.facts.line_ends = None;
        if let Some(pages) = pages {
            file.facts.shown_pages = pages.shown;
            file.facts.inside = pages.inside;
            file.facts.is_active = false;
        }
    }
    if originals.is_empty() {
        return;
    }
    let copies: Vec<ExhibitFile> = folder.cited.extract_if(.., |file| originals.contains(&file.sha256)).collect();
    folder.assets.retain(|path| copies.iter().all(|copy| copy.path != *path));
    out.withheld_files.extend(copies.into_iter().map(|copy| copy.path));
    if let Some(exhibits) = &mut folder.exhibits {
        let copies =
            exhibits.files.extract_if(.., |file| !file.facts.must_be_covered && originals.contains(&file.sha256));
        out.withheld_files.extend(copies.map(|copy| copy.path));
    }
}

fn original(file: &ExhibitFile) -> Original {
    Original { sha256: file.sha256, size: file.size, path: file.path.clone() }
}

/// The text of a file; none if it is none.
fn source_of(file: &File) -> Option<Source> {
    let decoded = decode(file.bytes.clone()).ok()?;
    Some(Source::new(file.path.clone(), decoded.text))
}

impl Withheld {
    /// Counts what is withheld, of which the public edition knows no more than that.
    fn count_redactions(&mut self, has_rules: bool) {
        self.count = self.redactions.len().max(usize::from(has_rules));
        if self.purpose.edition == Edition::Public {
            self.redactions.clear();
        }
    }

    fn add(&mut self, read: text::Read) {
        self.findings.extend(read.findings);
        self.redactions.extend(read.redactions);
        if self.purpose.edition == Edition::Public {
            self.secrets.passages.extend(read.passages);
        }
    }
}

impl Withholding {
    /// Puts in place of the sums of files those of their copies, where what a copy was made without holds something that is withheld:
    /// whoever knows the rest of a file finds a short secret by its sum. The paths of these files.
    fn originals(&self, folder: &mut Folder, out: &mut Withheld) -> BTreeSet<String> {
        let exhibits = folder.exhibits.iter_mut().flat_map(|exhibits| &mut exhibits.files);
        let mut paths = BTreeSet::new();
        for file in exhibits.chain(&mut folder.cited) {
            let Cleaning::Copy(copy) = &file.facts.cleaning else { continue };
            let forms = [Form::Text, Form::Cells];
            let tells = || forms.iter().any(|&form| !self.spellings.find(&file.facts.removed, form).is_empty());
            if file.sha256 == copy.sha256 || !tells() {
                continue;
            }
            out.secrets.originals.push(original(file));
            (file.sha256, file.size) = (copy.sha256, copy.size);
            file.facts.line_ends = None;
            file.facts.original_is_withheld = true;
            paths.insert(file.path.clone());
        }
        paths
    }

    /// What is shown in a language instead of what the rule withholds.
    fn shown(&self, rule: usize, tag: &str) -> &str {
        in_language(&self.rules[rule].shown, tag)
    }

    /// A text of the author's with what is shown instead of names.
    fn replaced(&self, text: &str, tag: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for found in self.spellings.find(text, Form::Text) {
            out.push_str(&text[at..found.range.start]);
            out.push_str(self.shown(self.rule_of[found.pattern], tag));
            at = found.range.end;
        }
        out + &text[at..]
    }

    /// What stands where something was taken out.
    fn placeholder(&self, tag: &str, reason: Option<&str>) -> String {
        let own = self.languages.iter().find(|language| language::primary(tag) == language.tag);
        let phrases = &own.or(self.languages.last()).map(|language| &language.table.phrases);
        match (phrases, reason) {
            (None, _) => String::new(),
            (Some(phrases), None) => phrases.withheld_here.clone(),
            (Some(phrases), Some(reason)) => phrases.withheld_because.replace("{reason}", &self.replaced(reason, tag)),
        }
    }

    /// Reports a withheld name in the path of a file, which is its address too, and masks it for messages.
    fn path(&self, path: &mut String, out: &mut Withheld) {
        if self.mask(path) {
            out.findings.push(Finding {
                path: path.clone(),
                span: None,
                code: Code::WithheldInName,
                message: message!(
                    en: "a withheld name stands in the name of this file, which readers see",
                    zh: "要隐去的名称出现在这个文件名中，读者看得到"
                ),
                help: message!(
                    en: "give the file and its folders names that do not tell",
                    zh: "请给文件和文件夹取不透露它的名字"
                ),
            });
        }
    }

    /// Leaves of each withheld name in a path its first letter; whether there was one. The full edition has all.
    fn mask(&self, path: &mut String) -> bool {
        let found = if self.edition == Edition::Public { self.spellings.find(path, Form::Text) } else { Vec::new() };
        for found in found.iter().rev() {
            let mask = masked(&path[found.range.clone()]);
            path.replace_range(found.range.clone(), &mask);
        }
        !found.is_empty()
    }

    /// Replaces the names in a file of settings, after `edits`.
    fn settings(&self, file: &mut File, source: &Source, edits: Vec<Edit>, out: &mut Withheld) {
        let lists = place::lists_of_withheld(&source.text);
        let mut read = self.names(
            source,
            edits,
            |range| yaml_tag(&source.text, range.start),
            |text, range| place::in_settings(text, range, &lists),
        );
        let lines = source.text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        for (start, line) in lines.filter(|(_, line)| !line.trim_start().starts_with('#')) {
            let Some(at) = ["{private", "｛private"].iter().find_map(|mark| line.find(mark)) else { continue };
            let range = start + at..start + line.trim_end().len();
            let message = message!(
                en: "`{{private}}` covers nothing in settings",
                zh: "`{{private}}` 在设置中不起作用"
            );
            let help = message!(
                en: "list the name under `privacy: withhold:`, or make the exhibit private: `visibility: private`",
                zh: "请把名称列在 `privacy: withhold:` 中，或把证据设为私有：`visibility: private`"
            );
            let finding = Finding::at(source, &range, Code::UnclearPublicity, message, help);
            read.findings.push(Finding { span: Some(read.moved(&range)), ..finding });
        }
        let (text, origins) = edited(source, &read.edits);
        if !read.edits.is_empty() {
            file.bytes = text.into_bytes();
            file.origins = origins;
        }
        // The list of what is withheld is no place where it is.
        read.redactions.retain(|found| !lists.iter().any(|list| list.contains(&(found.span.start as usize))));
        out.add(read);
    }

    /// What becomes of the names in a text of which `edits` are taken out already. `tag` tells the language at a place,
    /// `place` what cannot be replaced there.
    fn names(
        &self,
        source: &Source,
        mut edits: Vec<Edit>,
        tag: impl Fn(&Range<usize>) -> Option<String>,
        place: impl Fn(&str, &Range<usize>) -> Option<(Message, Message)>,
    ) -> text::Read {
        let mut read = text::Read::default();
        let mut named: Vec<(Range<usize>, usize)> = Vec::new();
        let mut parts: BTreeMap<usize, (Range<usize>, usize)> = BTreeMap::new();
        let mut marks = Marks::of(&source.text);
        let cut = Reach::by(edits.iter().map(|edit| &edit.range));
        for found in self.spellings.find(&source.text, Form::Text) {
            if self.edition == Edition::Public && cut.touches(&found.range) {
                continue;
            }
            let rule = self.rule_of[found.pattern];
            if self.edition == Edition::Public {
                if let Some((message, help)) = place(&source.text, &found.range) {
                    read.findings.push(Finding::at(source, &found.range, Code::WithheldInName, message, help));
                    // Nothing is published, and messages show no more than this.
                    read.edits.push(Edit { text: masked(&source.text[found.range.clone()]), range: found.range });
                    continue;
                }
                let written = &source.text[found.range.clone()];
                if within::is_part(&source.text, &found.range, self.name(found.pattern)) {
                    parts.entry(found.pattern).or_insert((found.range.clone(), 0)).1 += 1;
                }
                let tag = tag(&found.range).unwrap_or_else(|| self.tag_by_letters(rule, written));
                let (opens, closes) = emphasis::outside(&mut marks, &found.range);
                let text = format!("{opens}{}{closes}", self.shown(rule, &tag));
                read.edits.push(Edit { range: found.range.clone(), text });
            }
            named.push((found.range, rule));
        }
        for (pattern, (range, count)) in parts {
            let name = masked(self.name(pattern));
            let more = if count > 1 {
                message!(
                    en: "; so in {count} places of this file",
                    zh: "；本文件中共有 {count} 处"
                )
            } else {
                Message::default()
            };
            let message = message!(
                en: "the withheld name `{name}` is replaced where it may be a part of another one or of a word{more}",
                zh: "要隐去的名称“{name}”可能只是另一个名称或词的一部分，已被替换{more}"; more
            );
            let help = message!(
                en: "if it is something else, let that pass with what stands around it: `privacy: allow:` in \
                     casefile.yaml",
                zh: "如果是别的东西，请连同前后文字列在 casefile.yaml 的 `privacy: allow:` 中"
            );
            read.findings.push(Finding::at(source, &range, Code::WithheldInWord, message, help));
        }
        read.edits.append(&mut edits);
        set_apart(&mut read.edits);
        for (range, rule) in named {
            let Rule { reason, basis, .. } = &self.rules[rule];
            read.redactions.push(Redaction {
                path: source.path.clone(),
                // The public edition counts them only.
                span: if self.edition == Edition::Full { read.moved(&range) } else { Span::default() },
                kind: WithheldKind::Name,
                reason: reason.clone(),
                basis: basis.clone(),
            });
        }
        for finding in &mut read.findings {
            finding.span = finding.span.map(|span| moved(&read.edits, &span.range()));
        }
        read
    }

    /// The name that is found by the pattern of that index.
    fn name(&self, pattern: usize) -> &str {
        self.names.get(pattern).map_or("", String::as_str)
    }

    /// The language whose words stand for a name that is written in these letters.
    fn tag_by_letters(&self, rule: usize, written: &str) -> String {
        let is_chinese = written.chars().any(is_cjk_letter);
        let mut tags = self.rules[rule].shown.tags();
        tags.find(|tag| is_cjk_language(tag) == is_chinese).unwrap_or_default().to_owned()
    }
}

/// What messages show of a name.
fn masked(name: &str) -> String {
    format!("{}…", name.chars().next().unwrap_or(' '))
}

/// A text in a language, in the one it is a form of, or in any.
fn in_language<'a>(text: &'a Localized, tag: &str) -> &'a str {
    text.get(tag).or_else(|| text.get(language::primary(tag))).or_else(|| text.get_or_any(tag)).unwrap_or("")
}

/// Brings edits into order, and takes from each what the one before it covers already.
fn set_apart(edits: &mut [Edit]) {
    edits.sort_by_key(|edit| edit.range.start);
    let mut end = 0;
    for edit in edits {
        edit.range.start = edit.range.start.max(end);
        edit.range.end = edit.range.end.max(edit.range.start);
        end = edit.range.end;
    }
}

/// What ranges cover of a text.
struct Reach {
    /// Their starts in order, each with the end of the one that reaches furthest up to it.
    reach: Vec<(usize, usize)>,
}

impl Reach {
    fn by<'r>(ranges: impl Iterator<Item = &'r Range<usize>>) -> Self {
        let mut reach: Vec<(usize, usize)> = ranges.map(|range| (range.start, range.end)).collect();
        reach.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut reach {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { reach }
    }

    /// Whether one of them and `range` have something in common.
    fn touches(&self, range: &Range<usize>) -> bool {
        let before = self.reach.partition_point(|&(start, _)| start < range.end);
        before.checked_sub(1).is_some_and(|last| self.reach[last].1 > range.start)
    }
}

/// Where a range stands after `edits`.
fn moved(edits: &[Edit], range: &Range<usize>) -> Span {
    Moves::of(edits).span(range)
}

/// How far edits, which stand in the order of a text and apart, move what stands behind them.
struct Moves {
    /// Where each edit ends, with what is cut out and put in up to there, in bytes.
    sums: Vec<(usize, usize, usize)>,
}

impl Moves {
    fn of(edits: &[Edit]) -> Self {
        let (mut cut, mut put) = (0, 0);
        let sum = |edit: &Edit| {
            (cut, put) = (cut + edit.range.len(), put + edit.text.len());
            (edit.range.end, cut, put)
        };
        Self { sums: edits.iter().map(sum).collect() }
    }

    /// Where a range stands after the edits.
    fn span(&self, range: &Range<usize>) -> Span {
        let to = |at: usize| {
            let before = self.sums.partition_point(|&(end, ..)| end <= at);
            let (cut, put) = before.checked_sub(1).map_or((0, 0), |last| (self.sums[last].1, self.sums[last].2));
            at + put - cut
        };
        Span::new(to(range.start), to(range.end).max(to(range.start)))
    }
}

/// The language that the nearest key of a file of settings names, on the line of byte `at` or on the one that it goes on
/// from.
fn yaml_tag(text: &str, at: usize) -> Option<String> {
    let mut lines = text[..at].rsplit('\n');
    let own = lines.next()?;
    for line in std::iter::once(own).chain(lines.take(4)) {
        let Some(colon) = line.rfind(": ").or_else(|| line.strip_suffix(':').map(str::len)) else { continue };
        let key = line[..colon].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
        return language::is_tag(key).then(|| key.to_ascii_lowercase());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "privacy:\n  withhold:\n    - text: 林晓芸\n      aliases: [老林, Lin Xiaoyun]\n      shown: { zh: 证人甲, en: Witness A }\n      reason: 保护证人\n";

    fn of(edition: Edition) -> Purpose {
        Purpose { edition, ..Purpose::default() }
    }

    /// The text of a document in an edition, and what was found.
    fn document(config: &str, text: &str, edition: Edition) -> (String, Vec<String>) {
        let folder = Folder {
            config: Some(File::new("casefile.yaml", config.into())),
            documents: vec![File::new("zh/a.md", text.into())],
            ..Folder::default()
        };
        let withheld = withhold(folder, of(edition));
        let text = String::from_utf8(withheld.folder.documents[0].bytes.clone()).unwrap();
        (text, withheld.findings.into_iter().map(|finding| finding.message.en().to_owned()).collect())
    }

    #[test]
    fn what_a_mark_covers_is_cut_and_its_number_stays() {
        for (text, public, full) in [
            ("甲\n\n乙丙 {private}\n\n丁\n", "甲\n\n（此处隐去）\n\n丁\n", "甲\n\n乙丙\n\n丁\n"),
            ("甲\n乙丙 {private: 保护证人}\n\n丁\n", "（此处隐去：保护证人）\n\n丁\n", "甲\n乙丙\n\n丁\n"),
            ("甲[乙]{private}丙\n", "甲（此处隐去）丙\n", "甲乙丙\n"),
            ("甲[乙[丁](a.md)]{private：无关}丙\n", "甲（此处隐去：无关）丙\n", "甲乙[丁](a.md)丙\n"),
            (
                "# 题\n\n## 二，标题 {private}\n\n甲\n\n### 2-1，下\n\n乙\n\n## 三，后\n\n丙\n",
                "# 题\n\n## 二，（此处隐去）\n\n## 三，后\n\n丙\n",
                "# 题\n\n## 二，标题\n\n甲\n\n### 2-1，下\n\n乙\n\n## 三，后\n\n丙\n",
            ),
            ("## 标题 {private} {#x}\n\n甲\n", "## （此处隐去） {#x}\n\n", "## 标题 {#x}\n\n甲\n"),
            (
                "- 1-1，甲\n- 1-2，{private} 乙\n  - 1-2-1，丙\n- 1-3，丁\n",
                "- 1-1，甲\n- 1-2，（此处隐去）\n- 1-3，丁\n",
                "- 1-1，甲\n- 1-2， 乙\n  - 1-2-1，丙\n- 1-3，丁\n",
            ),
            (
                "- 1-1，甲\n- 1-2{private}，乙\n- 1-2-1，丙\n- 1-3，丁\n",
                "- 1-1，甲\n- 1-2，（此处隐去）\n- 1-3，丁\n",
                "- 1-1，甲\n- 1-2，乙\n- 1-2-1，丙\n- 1-3，丁\n",
            ),
            (
                "1-1，甲\n\n1-2，{by=a} {private}乙\n\n1-2-1，丙\n\n1-3，丁\n",
                "1-1，甲\n\n1-2，（此处隐去）\n\n1-3，丁\n",
                "1-1，甲\n\n1-2，{by=a}乙\n\n1-2-1，丙\n\n1-3，丁\n",
            ),
            (
                "1-1，甲\n1-2，{private}乙\n1-2-1，丙\n1-3，丁\n",
                "1-1，甲\n1-2，（此处隐去）\n1-3，丁\n",
                "1-1，甲\n1-2，乙\n1-2-1，丙\n1-3，丁\n",
            ),
            (
                "前言\n1-1，甲\n1-2，乙 {private}\n1-3，丁\n",
                "前言\n1-1，甲\n1-2，（此处隐去）\n1-3，丁\n",
                "前言\n1-1，甲\n1-2，乙\n1-3，丁\n",
            ),
            ("**1-2，{private}乙**丙\n\n1-3，丁\n", "1-2，（此处隐去）\n\n1-3，丁\n", "**1-2，乙**丙\n\n1-3，丁\n"),
            (
                "- 1-2，乙 {private}\n  - 1-2-1，丙\n",
                "- 1-2，（此处隐去）\n  - 1-2-1，丙\n",
                "- 1-2，乙\n  - 1-2-1，丙\n",
            ),
            ("- {private} 乙\n  - 丙\n- 丁\n", "- （此处隐去）\n- 丁\n", "- 乙\n  - 丙\n- 丁\n"),
            ("1. {private} 乙\n2. 丁\n", "1. （此处隐去）\n2. 丁\n", "1. 乙\n2. 丁\n"),
            (
                "【注1-1】{private} 乙\n\n丙\n\n【注1-2】丁\n",
                "【注1-1】（此处隐去）\n\n【注1-2】丁\n",
                "【注1-1】 乙\n\n丙\n\n【注1-2】丁\n",
            ),
            (
                "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 {private} |\n",
                "| 甲 | 乙 |\n|---|---|\n| 丙 | （此处隐去） |\n",
                "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
            ),
            ("**甲乙 {private}**\n\n丙\n", "（此处隐去）\n\n丙\n", "**甲乙**\n\n丙\n"),
            ("> 甲乙 {private}\n\n丙\n", "> （此处隐去）\n\n丙\n", "> 甲乙\n\n丙\n"),
            (
                "---\nkind: timeline\ntitle: 乙\nvisibility: private\nreason: 家事\n---\n\n丙\n",
                "---\nkind: timeline\n---\n\n# （此处隐去：家事）\n",
                "---\nkind: timeline\ntitle: 乙\n---\n\n丙\n",
            ),
            ("甲[乙]{private}丙 {private}\n\n丁\n", "（此处隐去）\n\n丁\n", "甲乙丙\n\n丁\n"),
            (
                "[^1]: 脚注。\n\n甲[^1]。\n\n- 1-1，{private} 乙\n- 1-1-1，丙\n",
                "[^1]: 脚注。\n\n甲[^1]。\n\n- 1-1，（此处隐去）\n",
                "[^1]: 脚注。\n\n甲[^1]。\n\n- 1-1， 乙\n- 1-1-1，丙\n",
            ),
            (
                "- 1-1，{private} 乙\n\n  ```\n  码\n  ```\n\n  > 引\n\n- 1-2，丙\n",
                "- 1-1，（此处隐去）\n\n- 1-2，丙\n",
                "- 1-1， 乙\n\n  ```\n  码\n  ```\n\n  > 引\n\n- 1-2，丙\n",
            ),
            (
                "## 一，甲 {private}\n\n![图](a.png)\n\n| 乙 |\n|---|\n| 丙 |\n\n---\n\n## 二，丁\n",
                "## 一，（此处隐去）\n\n## 二，丁\n",
                "## 一，甲\n\n![图](a.png)\n\n| 乙 |\n|---|\n| 丙 |\n\n---\n\n## 二，丁\n",
            ),
            (
                "甲 <!-- {private} --> 与 \\{private}\n",
                "甲 <!-- {private} --> 与 \\{private}\n",
                "甲 <!-- {private} --> 与 \\{private}\n",
            ),
        ] {
            assert_eq!(document("", text, Edition::Public), (public.to_owned(), vec![]), "{text}");
            assert_eq!(document("", text, Edition::Full), (full.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn a_mark_that_covers_nothing_is_an_error() {
        for text in [
            "甲 {private} 乙\n",
            "{private} 乙\n",
            "`甲 {private}`\n",
            "    甲 {private}\n",
            "---\ntitle: 甲 {private}\n---\n\n乙\n",
            "甲 {private, 保护}\n",
            "甲 {private:}\n",
            "甲 {private\n",
            "![甲]{private}\n",
            "]{private}\n",
            "[乙](a.md \"甲 {private}\")\n",
            "> ## 甲 {private}\n",
            "甲 {private}\n乙\n",
        ] {
            for edition in [Edition::Public, Edition::Full] {
                let (_, findings) = document("", text, edition);
                assert_eq!(findings.len(), 1, "{text}: {findings:?}");
            }
        }
    }

    #[test]
    fn names_are_replaced_in_the_words_of_each_language() {
        let (public, findings) =
            document(CONFIG, "林晓芸（老林，LIN XIAOYUN）\n\n林 晓 芸 {private: 找林晓芸}\n", Edition::Public);
        assert_eq!((public.as_str(), findings), ("证人甲（证人甲，证人甲）\n\n（此处隐去：找证人甲）\n", vec![]));
        let (public, _) = document(CONFIG, "**林晓**芸与林**晓芸**、**林晓芸**、林<u>晓芸</u>\n", Edition::Public);
        assert_eq!(public, "**证人甲**与**证人甲**、**证人甲**、<u>证人甲</u>\n");
        let (full, _) = document(CONFIG, "林晓芸\n", Edition::Full);
        assert_eq!(full, "林晓芸\n");
        let folder = Folder {
            config: Some(File::new(
                "casefile.yaml",
                format!("title: {{ zh: 林晓芸案, en: \"Lin  Xiaoyun\" }}\nsummary: 林晓芸\n{CONFIG}").into(),
            )),
            documents: vec![File::new("en/a.md", "Lin Xiaoyun".into()), File::new("a.en.md", "Lin Xiaoyun".into())],
            ..Folder::default()
        };
        let withheld = withhold(folder, Purpose::default());
        let config = String::from_utf8(withheld.folder.config.unwrap().bytes).unwrap();
        assert!(config.starts_with("title: { zh: 证人甲案, en: \"Witness A\" }\nsummary: 证人甲\n"), "{config}");
        assert!(!config.contains("林") && !config.contains("Lin"), "{config}");
        assert!(withheld.folder.documents.iter().all(|file| file.bytes == b"Witness A"));
        assert_eq!(withheld.secrets.names, ["林晓芸", "老林", "Lin Xiaoyun"]);
    }

    #[test]
    fn a_private_exhibit_leaves_its_number() {
        let list = "# 列表\n- number: 1\n  title: 甲\n- title: 乙\n  number: 2\n  file: b.pdf\n  visibility: private\n  reason: { zh: 家事, en: family }\n- { number: 3, title: 丙 }\n- number: 4\n  visibility: private\n  files:\n    - c.png\n    - { file: d.png, title: 丁 }\n";
        let make = |edition| {
            let list = File::new("content/exhibits/exhibits.yaml", list.into());
            let exhibits = crate::folder::Exhibits { list, folder: "content/exhibits/".to_owned(), files: Vec::new() };
            withhold(Folder { exhibits: Some(exhibits), ..Folder::default() }, of(edition))
        };
        let public = make(Edition::Public);
        let text = String::from_utf8(public.folder.exhibits.unwrap().list.bytes).unwrap();
        assert_eq!(
            text,
            "# 列表\n- number: 1\n  title: 甲\n- number: \"2\"\n  title: {zh: \"（此处隐去：家事）\", en: \"(withheld here: family)\"}\n- { number: 3, title: 丙 }\n- number: \"4\"\n  title: {zh: \"（此处隐去）\", en: \"(withheld here)\"}\n"
        );
        assert_eq!(
            public.secrets.files,
            ["content/exhibits/b.pdf", "content/exhibits/c.png", "content/exhibits/d.png"]
        );
        let full = make(Edition::Full);
        let text = String::from_utf8(full.folder.exhibits.unwrap().list.bytes).unwrap();
        assert_eq!(text, list.replace("visibility: private", "visibility: public"));
        assert_eq!(full.redactions.len(), 2);
    }

    #[test]
    fn a_faulty_list_is_told_once_for_each_fault() {
        let rule = |entry: &str| format!("privacy:\n  withhold:\n    - {{ {entry} }}\n");
        for (entry, fault) in [
            ("text: 林, shown: 甲, reason: a", "this is too short: a single character stands in many words"),
            ("text: 123, shown: 甲, reason: a", "this is too short: numbers of less than 4 digits stand everywhere"),
            ("text: 林晓芸, shown: 林晓芸甲, reason: a", "what is shown instead holds what is withheld"),
            ("text: 林晓芸, shown: \"**甲**\", reason: a", "`*` in what is shown instead would be read as a mark"),
            ("text: 林晓芸, shown: '', reason: a", "nothing is shown instead"),
            ("text: 林晓芸, shown: 甲, reason: ''", "no reason is given"),
            ("text: [林晓芸, 林曉芸], shown: 甲, reason: a", "this is withheld twice"),
            ("text: 时间线, shown: 甲, reason: a", "this stands in the program's own words, which are on every page"),
        ] {
            let (text, findings) = document(&rule(entry), "林晓芸", Edition::Public);
            assert_eq!((text.as_str(), findings.as_slice()), ("林晓芸", &[fault.to_owned()][..]), "{entry}");
        }
    }
}
