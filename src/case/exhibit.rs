//! The exhibits of a case, as exhibits.yaml and its documents describe them.

pub(super) mod described;
mod list;
mod private;
pub mod shown_name;

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use smol_str::SmolStr;

use crate::config::Localized;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::label::Key;
use crate::document::time::Precision;
use crate::sha256::Sha256;
use crate::source::exhibit::ExhibitFile;
use crate::source::{SourceId, Span};
pub use described::Subject;
pub use list::{read, schema};

/// The exhibits, in the order of the list.
#[derive(Debug, Default)]
pub struct Exhibits {
    /// The list; none if the case has none.
    pub list: Option<SourceId>,
    /// The exhibits, each with a number of its own.
    pub all: Vec<Exhibit>,
    /// What lies in their folder.
    pub files: Vec<ExhibitFile>,
    /// The folder, from the case folder, with a slash at its end.
    pub folder: String,
    /// What the file of each is called where names are neutral; empty where they are not.
    neutral: Vec<Option<String>>,
    /// How many readers are told of up to each, itself included.
    shown_up_to: Vec<usize>,
    /// Which exhibit has a label, and which is the first to have a file.
    by_key: HashMap<Key, ExhibitId>,
    by_path: HashMap<String, ExhibitId>,
}

index_type! {
    /// An exhibit of a case, or a further file of one.
    ExhibitId of Exhibit
}

/// One exhibit.
#[derive(Debug)]
pub struct Exhibit {
    /// What cites it: 【证据3】, `[Exhibit 3]`.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
    /// Its file; none for what is only on paper, or a thing.
    pub file: Option<NamedFile>,
    /// What that file is called, where the exhibit has several.
    pub file_title: Localized,
    /// Of which exhibit this is a further file: by its place in [`Exhibits::all`], where the files of an exhibit stand behind
    /// it in their order. A part has the number of the exhibit, and no page of its own.
    pub part_of: Option<ExhibitId>,
    /// What kind of evidence it is: a word of the language tables, or the author's own.
    pub kind: Localized,
    /// Where it comes from and who keeps it.
    pub source: Localized,
    /// When it was taken or extracted.
    pub captured: Option<Captured>,
    /// How it was taken or extracted.
    pub method: Localized,
    /// Whether it is an original or a copy, if the author says.
    pub original: Option<bool>,
    /// What is to be seen.
    pub caption: Localized,
    /// What it proves, in words.
    pub content: Localized,
    /// To what end.
    pub purpose: Localized,
    /// What it proves, by number or label.
    pub proves: Vec<Proves>,
    /// How many pages it has on paper.
    pub pages: Option<u32>,
    /// On which pages of the bundle it is: `12-14`.
    pub page_range: Option<String>,
    /// How many copies of it are handed in.
    pub copies: Option<u32>,
    /// What else there is to say.
    pub remarks: Localized,
    /// The sum of the file when it was taken into evidence.
    pub recorded: Option<(Sha256, Span)>,
    /// How many parts of its file, a picture, are covered in the public edition.
    pub covers: usize,
    /// Why they are.
    pub reason: Localized,
    /// Who may see it.
    pub visibility: Visibility,
    /// Where its number stands in the list.
    pub span: Span,
}

/// A file that the list names.
#[derive(Debug, Clone)]
pub struct NamedFile {
    /// As written.
    pub written: String,
    /// Its path from the case folder.
    pub path: String,
    /// Which of [`Exhibits::files`] it is; none if there is no such file.
    pub found: Option<usize>,
    /// Where it is named.
    pub span: Span,
}

/// When something was taken or extracted.
#[derive(Debug, Clone)]
pub struct Captured {
    /// When, or from when, on the clock of its zone.
    pub start: DateTime,
    /// How exactly that is told.
    pub precision: Precision,
    /// The zone, if the author names one.
    pub zone: Option<TimeZone>,
    /// Whether it is only about that time.
    pub approximate: bool,
}

/// Something that an exhibit proves, as written: `1-1-2`, `注1-2`, `timeline.md#event-2031-05-04`.
#[derive(Debug, Clone)]
pub struct Proves {
    /// As written.
    pub written: String,
    /// The label it is, if it is one.
    pub label: Option<Key>,
    /// Where it stands.
    pub span: Span,
}

/// Who may see an exhibit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// The file is published.
    #[default]
    Public,
    /// It is described, with its sum; the file is not published.
    Listed,
    /// It appears nowhere.
    Hidden,
}

impl Exhibit {
    /// Whether readers are told of it by itself.
    fn is_shown(&self) -> bool {
        self.visibility != Visibility::Hidden && self.part_of.is_none()
    }
}

impl Exhibits {
    /// The exhibits `all` of the list `list`, which describes `files` in `folder`.
    fn new(list: SourceId, all: Vec<Exhibit>, files: Vec<ExhibitFile>, folder: &str) -> Self {
        let whole = ExhibitId::each(&all).filter(|(_, exhibit)| exhibit.part_of.is_none());
        let by_key = whole.map(|(at, exhibit)| (exhibit.key.clone(), at)).collect();
        let mut by_path = HashMap::new();
        for (at, exhibit) in ExhibitId::each(&all) {
            if let Some(file) = &exhibit.file {
                by_path.entry(file.path.clone()).or_insert(at);
            }
        }
        let shown_up_to = all.iter().scan(0, |count, exhibit| {
            *count += usize::from(exhibit.is_shown());
            Some(*count)
        });
        let shown_up_to = shown_up_to.collect();
        let neutral = Vec::new();
        Self { list: Some(list), all, files, folder: folder.to_owned(), neutral, shown_up_to, by_key, by_path }
    }

    /// How many of them readers are told of.
    pub fn count_shown(&self) -> usize {
        self.shown_up_to.last().copied().unwrap_or(0)
    }

    /// How many of those before the exhibit `at` readers are told of.
    pub fn count_shown_before(&self, at: ExhibitId) -> usize {
        at.place().checked_sub(1).map_or(0, |last| self.shown_up_to[last])
    }

    /// The file of an exhibit, if it is there.
    pub fn file_of(&self, exhibit: &Exhibit) -> Option<&ExhibitFile> {
        exhibit.file.as_ref().and_then(|file| self.files.get(file.found?))
    }

    /// The further files of the exhibit `at`.
    pub fn parts(&self, at: ExhibitId) -> impl ExactSizeIterator<Item = ExhibitId> + use<> {
        let first = at.place() + 1;
        let rest = &self.all[first..];
        // They stand right behind it.
        ExhibitId::range(first..first + rest.partition_point(|exhibit| exhibit.part_of == Some(at)))
    }

    /// The exhibit to which `at` belongs: itself, unless it is a part.
    pub fn whole(&self, at: ExhibitId) -> ExhibitId {
        self.all[at].part_of.unwrap_or(at)
    }

    /// How many pages the files of the exhibit `at` have, as far as they tell.
    pub fn pages(&self, at: ExhibitId) -> Option<u32> {
        let counted =
            std::iter::once(at).chain(self.parts(at)).filter_map(|at| self.file_of(&self.all[at])?.facts.pages);
        counted.reduce(u32::saturating_add)
    }

    /// Those that readers are told of, with their index.
    pub fn shown(&self) -> impl Iterator<Item = (ExhibitId, &Exhibit)> {
        self.shown_in(0..self.all.len())
    }

    /// Those of `range` that readers are told of.
    pub fn shown_in(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = (ExhibitId, &Exhibit)> {
        let exhibits = &self.all[range.clone()];
        ExhibitId::range(range).zip(exhibits).filter(|(_, exhibit)| exhibit.is_shown())
    }

    /// The exhibit of a label, hidden ones included.
    pub fn of_key(&self, key: &Key) -> Option<&Exhibit> {
        self.by_key.get(key).map(|&at| &self.all[at])
    }

    /// The exhibit of a label, if readers are told of it.
    pub fn of_label(&self, key: &Key) -> Option<ExhibitId> {
        let at = self.by_key.get(key).copied();
        at.filter(|&at| self.all[at].is_shown())
    }

    /// The first exhibit whose file has that path, hidden ones included.
    pub fn of_path(&self, path: &str) -> Option<ExhibitId> {
        self.by_path.get(path).copied()
    }
}

/// The kind of the labels that cite exhibits.
pub const KIND: &str = "exhibit";

/// The most exhibits of a case, each of which has a page in every language: a megabyte can name three times as many, and takes
/// longer than two seconds for them.
const MAX_EXHIBITS: usize = 20_000;

/// That an exhibit is one more than [`MAX_EXHIBITS`]; it and those after it are not read.
fn too_many(source: SourceId, span: Span) -> Diagnostic {
    let message = message!(en: "more than {MAX_EXHIBITS} exhibits", zh: "证据超过 {MAX_EXHIBITS} 份");
    Diagnostic::at(Code::BadExhibits, source, span, message).help(message!(
        en: "make one exhibit of files that belong together (`files:`), or several cases",
        zh: "请把属于同一份证据的文件合在一起（`files:`），或分成几个案件"
    ))
}

/// The label of an exhibit of that number.
fn key(number: &str) -> Key {
    Key { kind: SmolStr::new_static(KIND), qualifier: None, number: SmolStr::new(number) }
}
