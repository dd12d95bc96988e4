//! Reading exhibits.yaml: what is wrong is a finding, and the rest still counts.

use crate::language::lists::exhibit::{DUPLICATES, ORIGINALS};
use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::{Captured, Exhibit, Exhibits, MAX_EXHIBITS, NamedFile, Proves, Visibility, key, too_many};
use crate::Message;
use crate::case::exhibit::ExhibitId;
use crate::config::{Localized, Reader, Scalar};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::label::{self, Bracket, Key};
use crate::document::time;
use crate::folder::cover;
use crate::language::Language;
use crate::language::lexicon::Lexicon;
use crate::language::words::fold;
use crate::sha256::Sha256;
use crate::source::exhibit::ExhibitFile;
use crate::source::exhibit::covered_pages::Uncoverable;
use crate::source::exhibit::media::Class;
use crate::source::{Source, SourceId, Span};
use crate::yaml::written::{Written, even_null};
use crate::yaml::{self, closest};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    exhibits: Vec<ExhibitInList>,
}

/// An exhibit. The comments here are what editors show beside a key.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Entry")]
struct ExhibitInList {
    /// The number by which the text cites it, such as `3` or `3-1`.
    #[schemars(with = "Scalar")]
    number: Spanned<String>,
    /// What it is called.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    title: Option<Spanned<Written>>,
    /// Its file in this folder; none for a paper or a thing.
    #[schemars(with = "Option<String>")]
    file: Option<Spanned<String>>,
    /// Its files in their order, where it has several, such as the pictures of one chat: names, or for each
    /// `{file: a.png, title: …, sha256: …, captured_at: …}`.
    #[schemars(with = "Option<Vec<FileName>>")]
    files: Option<Spanned<Written>>,
    /// `documentary`, `physical`, `audiovisual`, `electronic-data`, `testimony`, `party-statement`, `expert-opinion`,
    /// `inspection-record`, or words of your own.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    kind: Option<Spanned<Written>>,
    /// Where it comes from, and who keeps it.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    source: Option<Spanned<Written>>,
    /// When it was taken, recorded or exported.
    #[schemars(with = "Option<String>")]
    captured_at: Option<Spanned<String>>,
    /// How.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    method: Option<Spanned<Written>>,
    /// `true` for the original, `false` for a copy.
    #[schemars(with = "Option<bool>")]
    original: Option<Spanned<String>>,
    /// What is to be seen or heard.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    caption: Option<Spanned<Written>>,
    /// What it shows.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    content: Option<Spanned<Written>>,
    /// What it is offered for.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    purpose: Option<Spanned<Written>>,
    /// The claims, notes and places it bears on, such as `[1-1, 注1-2, timeline.md#event-2031-05-04]`.
    #[schemars(with = "Option<ScalarOrMore>")]
    proves: Option<Spanned<Written>>,
    /// How many pages it has on paper.
    #[schemars(with = "Option<Scalar>")]
    pages: Option<Spanned<String>>,
    /// Where these are in the bundle, such as `4-5`.
    #[schemars(with = "Option<Scalar>")]
    page_range: Option<Spanned<String>>,
    /// How many copies are handed in.
    #[schemars(with = "Option<Scalar>")]
    copies: Option<Spanned<String>>,
    /// Anything else.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    remarks: Option<Spanned<Written>>,
    /// The sum of the file on the day you got it, as `sha256sum` prints it.
    #[schemars(with = "Option<String>", regex(pattern = "^[0-9A-Fa-f]{64}$"))]
    sha256: Option<Spanned<String>>,
    /// What of its file, a picture or a PDF, is covered in the public edition: `[{rect: [10, 20, 30, 5]}]`, how far from the left
    /// and from the top, how wide and how high, in per cent of the picture; of a PDF with the page, `{page: 2, rect: …}`.
    #[schemars(with = "Option<Vec<Cover>>")]
    #[serde(default, deserialize_with = "even_null")]
    cover: Option<Spanned<Written>>,
    // What is private was replaced before, and is none here.
    /// `public`, the default; `listed`: described with its sum, but not published; `private`: only its number in the public
    /// edition, all of it in the full one; `hidden`: appears nowhere.
    #[schemars(with = "String", extend("enum" = ["public", "listed", "private", "hidden"]))]
    #[serde(default, deserialize_with = "even_null")]
    visibility: Option<Spanned<String>>,
    /// Why it is private, or why parts of it are covered; shown in its place.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    reason: Option<Spanned<Written>>,
}

/// The list may stand by itself or below `exhibits:`.
#[derive(JsonSchema)]
#[schemars(title = "exhibits.yaml", untagged)]
#[expect(dead_code, reason = "it stands for what is written")]
enum List {
    Entries(Vec<ExhibitInList>),
    Wrapped(Wrapped),
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[expect(dead_code, reason = "it stands for what is written")]
enum ScalarOrMore {
    One(Scalar),
    More(Vec<Scalar>),
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[expect(dead_code, reason = "it stands for what is written")]
enum FileName {
    Name(String),
    File(FileEntry),
}

/// One of the files of an exhibit.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, inline)]
#[expect(dead_code, reason = "it stands for what is written")]
struct FileEntry {
    /// Its name in this folder.
    file: String,
    /// What it is called.
    title: Option<Localized>,
    /// The sum of the file on the day you got it, as `sha256sum` prints it.
    #[schemars(regex(pattern = "^[0-9A-Fa-f]{64}$"))]
    sha256: Option<String>,
    /// When it was taken, recorded or exported.
    captured_at: Option<String>,
    /// What of it is covered in the public edition, if it is a picture or a PDF.
    cover: Option<Vec<Cover>>,
}

/// What is covered of a picture or a PDF.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, inline)]
#[expect(dead_code, reason = "it stands for what is written")]
struct Cover {
    /// How far from the left and from the top, how wide and how high, in per cent of the picture.
    rect: [f64; 4],
    /// On which page of the PDF, from 1.
    page: Option<u32>,
}

/// The JSON Schema of the list.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(List)
}

/// Reads the list `source`, which describes `files` in `folder`, for a case in `languages`, of which casefile.yaml lists
/// those that are `listed`.
pub fn read(
    (source, id): (&Source, SourceId),
    folder: &str,
    files: Vec<ExhibitFile>,
    (languages, listed): (&[Language], &[String]),
    lexicon: &Lexicon,
    findings: &mut Vec<Diagnostic>,
) -> Exhibits {
    let range = Span::new(0, source.text.len());
    let entries = entries(source, id, range).unwrap_or_else(|finding| {
        findings.push(finding);
        Vec::new()
    });
    let reader = Reader { source, id, range, code: Code::BadExhibits, findings };
    let line_of = |at: &Spanned<String>| source.line_of(reader.span(at).start as usize);
    let read: HashSet<usize> = entries.iter().filter_map(|entry| entry.visibility.as_ref().map(line_of)).collect();
    let mut reader = ListReader { reader, folder, files: &files, languages, listed, lexicon };
    let mut all: Vec<Exhibit> = Vec::new();
    let mut taken = HashSet::new();
    for mut entry in entries {
        if taken.len() == MAX_EXHIBITS {
            let span = reader.reader.span(&entry.number);
            reader.reader.findings.push(too_many(id, span));
            break;
        }
        let files = entry.files.take();
        let mut exhibit = reader.exhibit(entry);
        if !taken.insert(exhibit.key.clone()) {
            let message = message!(
                en: "there are two exhibits {number}",
                zh: "有两份证据 {number}",
                number = exhibit.key.number
            );
            reader.reader.report(
                Code::BadExhibits,
                exhibit.span,
                message,
                message!(
                    en: "give each a number of its own",
                    zh: "请各用一个编号"
                ),
            );
            continue;
        }
        let whole = ExhibitId::next(&all);
        let files = files.map(|files| reader.files(files, &mut exhibit)).unwrap_or_default();
        let (key, visibility) = (exhibit.key.clone(), exhibit.visibility);
        all.push(exhibit);
        all.extend(files.into_iter().map(|file| file.part_of(whole, key.clone(), visibility)));
    }
    // A value may stand on the line below its key.
    reader.reader.slipped("visibility", |line| read.contains(&line) || read.contains(&(line + 1)));
    Exhibits::new(id, all, files, folder)
}

/// The entries: a list, or a list below `exhibits:`.
fn entries(source: &Source, id: SourceId, range: Span) -> Result<Vec<ExhibitInList>, Diagnostic> {
    let mut said = source.text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    match said.find(|line| line.trim_end() != "---") {
        None => Ok(Vec::new()),
        Some(first) if first.starts_with("exhibits:") => {
            yaml::read::<Wrapped>(source, id, range, Code::BadExhibits).map(|wrapped| wrapped.exhibits)
        }
        Some(_) => yaml::read(source, id, range, Code::BadExhibits),
    }
}

/// A further file of an exhibit, before it has a place among the others.
struct PartOfExhibit {
    file: NamedFile,
    title: Localized,
    recorded: Option<(Sha256, Span)>,
    captured: Option<Captured>,
    covers: usize,
}

impl PartOfExhibit {
    /// The part of the exhibit that stands at `whole`.
    fn part_of(self, whole: ExhibitId, key: Key, visibility: Visibility) -> Exhibit {
        let none = Localized::default;
        Exhibit {
            key,
            title: none(),
            span: self.file.span,
            file: Some(self.file),
            file_title: self.title,
            part_of: Some(whole),
            kind: none(),
            source: none(),
            captured: self.captured,
            method: none(),
            original: None,
            caption: none(),
            content: none(),
            purpose: none(),
            proves: Vec::new(),
            pages: None,
            page_range: None,
            copies: None,
            remarks: none(),
            recorded: self.recorded,
            covers: self.covers,
            reason: none(),
            visibility,
        }
    }
}

/// The most files of one exhibit, all of which stand on its page.
const MAX_FILES: usize = 5_000;

struct ListReader<'a> {
    reader: Reader<'a>,
    folder: &'a str,
    files: &'a [ExhibitFile],
    languages: &'a [Language],
    /// The languages that casefile.yaml lists.
    listed: &'a [String],
    lexicon: &'a Lexicon,
}

impl ListReader<'_> {
    fn exhibit(&mut self, entry: ExhibitInList) -> Exhibit {
        let span = self.reader.span(&entry.number);
        let number = fold(entry.number.value.trim());
        let plain = number.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        if !plain {
            let message = message!(en: "`{number}` is no number of an exhibit", zh: "`{number}` 不是证据编号");
            self.reader.report(
                Code::BadExhibits,
                span,
                message,
                message!(
                    en: "digits and hyphens, such as `3` or `3-1`",
                    zh: "请只用数字和连字符，例如 `3` 或 `3-1`"
                ),
            );
        }
        let (pages, range) = self.pages(entry.pages, entry.page_range);
        let file = entry.file.and_then(|file| {
            let span = self.reader.span(&file);
            self.file(&file.value, span)
        });
        Exhibit {
            key: key(&number),
            title: self.reader.localized(entry.title, self.listed),
            covers: entry.cover.map_or(0, |cover| self.covers(&cover, file.as_ref())),
            reason: self.reader.localized(entry.reason, self.listed),
            file,
            file_title: Localized::default(),
            part_of: None,
            kind: self.kind(entry.kind),
            source: self.reader.localized(entry.source, self.listed),
            captured: entry.captured_at.and_then(|time| {
                let span = self.reader.span(&time);
                self.captured(&time.value, span)
            }),
            method: self.reader.localized(entry.method, self.listed),
            original: entry.original.and_then(|original| self.original(&original)),
            caption: self.reader.localized(entry.caption, self.listed),
            content: self.reader.localized(entry.content, self.listed),
            purpose: self.reader.localized(entry.purpose, self.listed),
            proves: entry.proves.map(|proves| self.all_proves(&proves)).unwrap_or_default(),
            pages,
            page_range: range,
            copies: entry.copies.and_then(|copies| match copies.value.trim().parse() {
                Ok(count) => Some(count),
                Err(_) => self.reader.fault(
                    &copies,
                    message!(
                        en: "`{copies}` is no number",
                        zh: "`{copies}` 不是数字",
                        copies = copies.value
                    ),
                    message!(
                        en: "how many, such as `2`",
                        zh: "请写份数，例如 `2`"
                    ),
                ),
            }),
            remarks: self.reader.localized(entry.remarks, self.listed),
            recorded: entry.sha256.and_then(|sum| {
                let span = self.reader.span(&sum);
                self.sum(&sum.value, span)
            }),
            visibility: entry.visibility.and_then(|word| self.visibility(&word)).unwrap_or_default(),
            span,
        }
    }

    /// The file an author names, from the folder of the exhibits. None, and a finding, if it lies elsewhere.
    fn file(&mut self, written: &str, span: Span) -> Option<NamedFile> {
        let written = written.trim();
        let mut parts: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        let rooted = written.starts_with(['/', '\\']) || written.get(1..2) == Some(":");
        for part in written.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_some() => {}
                ".." => return self.outside(written, span),
                part => parts.push(part),
            }
        }
        if rooted {
            return self.outside(written, span);
        }
        let path = parts.join("/");
        let found = self.files.iter().position(|file| file.path == path);
        Some(NamedFile { written: written.to_owned(), path, found, span })
    }

    /// How many parts of a picture or PDF are covered. Of a file that cannot be covered nothing is published.
    fn covers(&mut self, cover: &Spanned<Written>, file: Option<&NamedFile>) -> usize {
        let span = self.reader.span(cover);
        let rects = match cover::read(cover, self.reader.source, self.reader.range) {
            Ok(rects) => rects,
            Err((span, message)) => {
                self.reader.report(Code::BadExhibits, span, message, cover::HELP);
                return 0;
            }
        };
        let Some(file) = file else {
            let message = message!(
                en: "there is no file here of which something could be covered",
                zh: "这里没有可以遮盖的文件"
            );
            self.reader.report(
                Code::BadExhibits,
                span,
                message,
                message!(
                    en: "put `cover` beside the `file` it is for",
                    zh: "请把 `cover` 写在它所针对的 `file` 旁边"
                ),
            );
            return 0;
        };
        let facts = file.found.map(|at| &self.files[at].facts);
        let is_picture = facts.is_some_and(|facts| matches!(facts.media.class, Class::Image | Class::Picture));
        if is_picture && rects.iter().any(|rect| rect.page.is_some_and(|page| page > 1)) {
            let message = message!(en: "a picture has one page", zh: "图片只有一页");
            self.reader.report(Code::BadExhibits, span, message, cover::HELP);
            return 0;
        }
        let size = facts.and_then(|facts| facts.pixels);
        if size.is_some_and(|size| rects.iter().any(|rect| rect.is_lost_in(size))) {
            let message = message!(en: "this covers less than a pixel", zh: "遮盖的范围不足一个像素");
            self.reader.report(Code::BadExhibits, span, message, cover::HELP);
        }
        // That it is not there is told elsewhere.
        if let Some(facts) = facts.filter(|facts| facts.covered.is_none()) {
            let (message, help) = match facts.media.class {
                Class::Pdf => {
                    let why = facts.uncoverable.unwrap_or(Uncoverable::TooLarge);
                    let help = match why {
                        Uncoverable::NoPage | Uncoverable::NoSuchPage(_) => message!(
                            en: "`{{page: 2, rect: [10, 20, 30, 5]}}`, with the page of this PDF, from 1",
                            zh: "请写 `{{page: 2, rect: [10, 20, 30, 5]}}`，页码从这份 PDF 的第 1 页数起"
                        ),
                        _ => message!(
                            en: "make pictures of its pages yourself (`files: [{{file: page-1.png, cover: …}}]`), and keep the PDF out \
                                 of the folder; or set the exhibit to `visibility: private`",
                            zh: "请自己把各页存成图片（`files: [{{file: page-1.png, cover: …}}]`），不要把 PDF 放在文件夹里；或给证据设 \
                                 `visibility: private`"
                        ),
                    };
                    (why.message(), help)
                }
                _ if facts.damage.is_some() => (
                    message!(
                        en: "this picture is damaged, and cannot be covered",
                        zh: "这张图片已损坏，无法遮盖"
                    ),
                    message!(
                        en: "save it anew as JPEG or PNG",
                        zh: "请重新存为 JPEG 或 PNG"
                    ),
                ),
                _ => (
                    message!(
                        en: "only PDFs, and pictures that are JPEG or PNG, can be covered",
                        zh: "只有 PDF 和 JPEG、PNG 图片可以遮盖"
                    ),
                    message!(
                        en: "save it as such a picture, and name that here",
                        zh: "请存成这样的图片，并在此写它的文件名"
                    ),
                ),
            };
            self.reader.report(Code::BadExhibits, span, message.to_owned(), help);
        }
        rects.len()
    }

    fn sum(&mut self, written: &str, span: Span) -> Option<(Sha256, Span)> {
        // That of a picture of which parts are covered is withheld.
        if written.trim().is_empty() {
            return None;
        }
        let sum = written.trim().parse().ok().map(|sum| (sum, span));
        if sum.is_none() {
            let message = message!(en: "`{written}` is no SHA-256 sum", zh: "`{written}` 不是 SHA-256 校验值");
            self.reader.report(
                Code::BadExhibits,
                span,
                message,
                message!(
                    en: "64 hexadecimal digits, as `sha256sum` prints them",
                    zh: "应为 64 位十六进制数字，即 `sha256sum` 所显示的"
                ),
            );
        }
        sum
    }

    /// The files of an exhibit: the first one is given to `exhibit`, the others are returned.
    fn files(&mut self, files: Spanned<Written>, exhibit: &mut Exhibit) -> Vec<PartOfExhibit> {
        let span = self.reader.span(&files);
        let help = message!(
            en: "`files: [a.png, b.png]`, or for each `{{file: a.png, title: …}}`",
            zh: "`files: [a.png, b.png]`，或每个写成 `{{file: a.png, title: …}}`"
        );
        if exhibit.file.is_some() {
            let message = message!(
                en: "an exhibit has `file` or `files`, not both",
                zh: "一份证据只能写 `file` 或 `files` 之一"
            );
            self.reader.report(
                Code::BadExhibits,
                span,
                message,
                message!(
                    en: "put the file into `files`",
                    zh: "请把这个文件写进 `files`"
                ),
            );
            return Vec::new();
        }
        let Written::List(entries) = files.value else {
            self.reader.report(
                Code::BadExhibits,
                span,
                message!(
                    en: "this is no list of files",
                    zh: "这里应是文件清单"
                ),
                help,
            );
            return Vec::new();
        };
        if entries.len() > MAX_FILES {
            let message = message!(
                en: "more than {MAX_FILES} files of one exhibit",
                zh: "一份证据的文件超过 {MAX_FILES} 个"
            );
            self.reader.report(
                Code::BadExhibits,
                span,
                message,
                message!(
                    en: "make several exhibits of them, or put them into a zip",
                    zh: "请分成几份证据，或打包成 zip"
                ),
            );
            return Vec::new();
        }
        let mut parts = entries.into_iter().filter_map(|entry| self.part(entry, &help)).collect::<Vec<_>>().into_iter();
        let Some(first) = parts.next() else { return Vec::new() };
        if exhibit.recorded.is_some() && first.recorded.is_some() {
            let message = message!(en: "this sum is given twice", zh: "校验值写了两次");
            self.reader.report(
                Code::BadExhibits,
                first.file.span,
                message,
                message!(
                    en: "take out that of the exhibit",
                    zh: "请删去证据上的那一个"
                ),
            );
        }
        exhibit.file = Some(first.file);
        exhibit.file_title = first.title;
        exhibit.recorded = first.recorded.or(exhibit.recorded.take());
        exhibit.captured = exhibit.captured.take().or(first.captured);
        exhibit.covers += first.covers;
        parts.collect()
    }

    /// One of the files of an exhibit: its name, or a map that says more of it.
    fn part(&mut self, entry: Spanned<Written>, help: &Message) -> Option<PartOfExhibit> {
        let span = self.reader.span(&entry);
        let Written::Map(fields) = entry.value else {
            let name = self.reader.text(&entry).filter(|name| !name.trim().is_empty());
            let Some(name) = name else {
                self.reader.report(
                    Code::BadExhibits,
                    span,
                    message!(
                        en: "this is no name of a file",
                        zh: "这里应是文件名"
                    ),
                    help.clone(),
                );
                return None;
            };
            let file = self.file(&name, span)?;
            return Some(PartOfExhibit {
                file,
                title: Localized::default(),
                recorded: None,
                captured: None,
                covers: 0,
            });
        };
        let (mut file, mut title, mut recorded, mut captured) = (None, Localized::default(), None, None);
        let mut cover = None;
        for (name, value) in fields {
            let at = self.reader.span(&value);
            if name == "title" {
                title = self.reader.localized(Some(value), self.listed);
                continue;
            }
            if name == "cover" {
                cover = Some(value);
                continue;
            }
            let Some(text) = self.reader.text(&value) else {
                self.reader.report(
                    Code::BadExhibits,
                    at,
                    message!(
                        en: "`{name}` is no text here",
                        zh: "`{name}` 在这里应是文字"
                    ),
                    help.clone(),
                );
                continue;
            };
            match name.as_str() {
                "file" => file = self.file(&text, at),
                "sha256" => recorded = self.sum(&text, at),
                "captured_at" => captured = self.captured(&text, at),
                _ => {
                    let message = message!(
                        en: "`{name}` is not known for a file of an exhibit",
                        zh: "证据的文件没有 `{name}` 这一项"
                    );
                    self.reader.report(
                        Code::BadExhibits,
                        at,
                        message,
                        message!(
                            en: "`file`, `title`, `sha256`, `captured_at` and `cover` are",
                            zh: "可用的有 `file`、`title`、`sha256`、`captured_at` 和 `cover`"
                        ),
                    );
                }
            }
        }
        if file.is_none() {
            self.reader.report(
                Code::BadExhibits,
                span,
                message!(en: "this names no file", zh: "这里没有写文件"),
                help.clone(),
            );
        }
        let covers = cover.map_or(0, |cover| self.covers(&cover, file.as_ref()));
        Some(PartOfExhibit { file: file?, title, recorded, captured, covers })
    }

    fn outside<T>(&mut self, written: &str, span: Span) -> Option<T> {
        let message = message!(
            en: "`{written}` leads out of the case folder",
            zh: "`{written}` 通向案卷文件夹之外"
        );
        let help = message!(
            en: "copy the file into {folder}",
            zh: "请把文件复制到 {folder}",
            folder = self.folder
        );
        self.reader.report(Code::PathOutsideCase, span, message, help);
        None
    }

    /// The kind by the words of the language tables, where one of their names for it is given.
    fn kind(&mut self, kind: Option<Spanned<Written>>) -> Localized {
        let own = self.reader.localized(kind, self.listed);
        let words = || self.languages.iter().map(|language| &language.table.exhibits.kinds);
        let named = own.get("").filter(|_| own.all().count() == 1).and_then(|word| {
            let is_it = |id: &String| {
                *id == word || words().any(|kinds| kinds.get(id).is_some_and(|name| fold(name) == fold(word)))
            };
            words().flat_map(|kinds| kinds.keys()).find(|id| is_it(id)).cloned()
        });
        let Some(id) = named else { return own };
        let name = |language: &Language| {
            language.table.exhibits.kinds.get(&id).map(|name| (language.tag.clone(), name.clone()))
        };
        self.languages.iter().filter_map(name).collect()
    }

    fn captured(&mut self, written: &str, span: Span) -> Option<Captured> {
        let text = written.trim();
        let found = time::parse(text, 0, time::Position::Opening, &self.lexicon.times);
        let found = found.filter(|found| text[found.range.end..].trim().is_empty());
        let expression = found.and_then(|found| found.expression.ok());
        let captured = expression.and_then(|expression| {
            Some(Captured {
                start: expression.start.start(None)?,
                precision: expression.start.precision(),
                zone: expression.zone.as_ref().map(|zone| zone.time_zone()),
                approximate: expression.approximate,
            })
        });
        captured.or_else(|| {
            let message = message!(en: "`{text}` is no time with its day", zh: "`{text}` 不是写明日期的时间");
            self.reader.report(
                Code::UnclearTime,
                span,
                message,
                message!(
                    en: "such as `2031-05-04 01:09:08 +08:00`",
                    zh: "例如 `2031-05-04 01:09:08 +08:00`"
                ),
            );
            None
        })
    }

    fn original(&mut self, written: &Spanned<String>) -> Option<bool> {
        match fold(written.value.trim()).as_str() {
            word if ORIGINALS.contains(&word) => Some(true),
            word if DUPLICATES.contains(&word) => Some(false),
            other => {
                let message = message!(
                    en: "`{other}` is neither original nor copy",
                    zh: "`{other}` 既不是原件也不是复印件"
                );
                self.reader.fault(
                    written,
                    message,
                    message!(
                        en: "`original: true` for an original, `original: false` for a copy",
                        zh: "原件写 `original: true`，复印件写 `original: false`"
                    ),
                )
            }
        }
    }

    fn all_proves(&mut self, proves: &Spanned<Written>) -> Vec<Proves> {
        let all = self.reader.texts(
            proves,
            message!(
                en: "one label, or a list of them",
                zh: "一个标签，或标签的清单"
            ),
        );
        all.iter().map(|(one, span)| self.proves(one, *span)).collect()
    }

    fn proves(&self, written: &str, span: Span) -> Proves {
        let text = written.trim();
        let inner = text.trim_start_matches(['【', '[']).trim_end_matches(['】', ']']);
        let members = label::parse_bracket(inner, Bracket::Square, self.lexicon);
        let label: Option<Key> = members.into_iter().next().map(|member| member.key);
        Proves { written: inner.to_owned(), label, span }
    }

    /// How many pages there are, and which. `pages` may be either; `12-14` are three.
    fn pages(
        &mut self,
        pages: Option<Spanned<String>>,
        range: Option<Spanned<String>>,
    ) -> (Option<u32>, Option<String>) {
        let mut count = None;
        let mut which = None;
        for (written, is_range) in [(pages, false), (range, true)] {
            let Some(written) = written else { continue };
            let text = fold(written.value.trim()).replace(['–', '—', '~', '至'], "-");
            let ends: Option<Vec<u32>> = text.split('-').map(|end| end.trim().parse().ok()).collect();
            match ends.as_deref() {
                Some(&[only]) if is_range => {
                    which = Some(only.to_string());
                    count = count.or(Some(1));
                }
                Some(&[only]) => count = Some(only),
                Some(&[first, last]) if first <= last => {
                    which = Some(format!("{first}-{last}"));
                    count = count.or(Some(last - first + 1));
                }
                _ => {
                    let message = message!(en: "`{text}` is no number of pages", zh: "`{text}` 不是页数或页码");
                    self.reader.fault::<()>(
                        &written,
                        message,
                        message!(
                            en: "how many, such as `3`, or which, such as `12-14`",
                            zh: "请写页数，例如 `3`，或起止页，例如 `12-14`"
                        ),
                    );
                }
            }
        }
        (count, which)
    }

    fn visibility(&mut self, written: &Spanned<String>) -> Option<Visibility> {
        match written.value.trim() {
            "public" => Some(Visibility::Public),
            "listed" => Some(Visibility::Listed),
            "hidden" => Some(Visibility::Hidden),
            other => {
                let near = closest(other, ["public", "listed", "hidden"]);
                let help = near.map_or_else(Message::default, |near| {
                    message!(
                        en: "did you mean `{near}`? ",
                        zh: "是否指 `{near}`？"
                    )
                });
                let help = message!(
                    en: "{help}`public`, `listed` (described, the file is not published) or `hidden`",
                    zh: "{help}可写 `public`、`listed`（只登记，不公布文件）或 `hidden`"; help
                );
                let message = match other {
                    "" | "~" => message!(en: "`visibility` has no value", zh: "`visibility` 没有值"),
                    _ => message!(en: "`{other}` is no visibility", zh: "`{other}` 不是可用的可见范围"),
                };
                // What nobody can tell how far to show is not shown.
                self.reader.fault::<()>(written, message, help);
                Some(Visibility::Hidden)
            }
        }
    }
}
