//! All documents of a case, paired across languages, with what they define. References are not resolved yet.

mod assemble;
pub mod event;
pub mod exhibit;
pub mod figure;
pub mod ground;
pub mod group;
pub mod identifier;
pub(crate) mod order;
pub mod party;
mod placement;
pub mod position;
mod predicate;
pub mod register;
pub mod stance;
pub mod standing;
mod stranger;
pub mod telling;
pub mod voice;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::case::group::GroupId;
use crate::config::{Config, FileNames};
use crate::diagnostic::Diagnostic;
use crate::document::definition::Definitions;
use crate::document::{Document, DocumentId};
use crate::edition::Edition;
use crate::folder::{File, Skipped};
use crate::language::amount_lexicon::AmountLexicon;
use crate::language::kind::DocumentKind;
use crate::language::{Language, LanguageId};
use crate::sha256::Sha256;
use crate::source::exhibit::ExhibitFile;
use crate::source::{Source, Sources};
use crate::withhold::Redaction;
use event::{Event, Timeline};
use exhibit::Exhibits;
use figure::Figure;
use figure::mention::Names;
use group::Group;
use identifier::Identifier;
use party::Parties;
use position::Positions;
use register::Register;
use standing::Standing;

/// A case, read and understood as far as one document at a time allows.
#[derive(Debug)]
pub struct Case {
    /// casefile.yaml.
    pub config: Config,
    /// The languages, the authored one first; never empty.
    pub languages: Vec<Language>,
    /// Into which of them a translation is promised, by casefile.yaml or by folders.
    pub promised: BTreeSet<LanguageId>,
    /// All texts.
    pub sources: Sources,
    /// All documents that are to be published, in order of groups and languages.
    pub documents: Vec<Document>,
    /// What each document defines.
    pub definitions: Vec<Definitions>,
    /// The documents that are one document in several languages, in reading order.
    pub groups: Vec<Group>,
    /// Who takes part.
    pub parties: Parties,
    /// Who says what, by document, for those that hold positions.
    pub positions: BTreeMap<DocumentId, Positions>,
    /// What happened when, by document, for the timelines.
    pub timelines: BTreeMap<DocumentId, Timeline>,
    /// The exhibits.
    pub exhibits: Exhibits,
    /// The links out of the case.
    pub register: Register,
    /// What identifies something outside the case.
    pub identifiers: Vec<Identifier>,
    /// The key figures, as casefile.yaml declares them.
    pub figures: Vec<Figure>,
    /// What they are called in each language.
    pub figure_names: Vec<Names>,
    /// The words for amounts, of the case's languages and the built-in ones.
    pub amount_words: AmountLexicon,
    /// The folder that holds the content, from the case folder; may be empty.
    pub content: String,
    /// The paths of files that are no documents, from the case folder.
    pub assets: BTreeSet<String>,
    /// What is known of them, by their path; nothing of what could not be read.
    pub cited: BTreeMap<String, ExhibitFile>,
    /// The case's own templates and static files: path and bytes.
    pub theme: Vec<File>,
    /// The sum over all inputs, which names this edition.
    pub fingerprint: Sha256,
    /// Whether something was taken out of the inputs before, so that the sum is not that of the files on the disk.
    pub withholds: bool,
    /// Whether everybody can read the folder of the case.
    pub sources_are_public: bool,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// The paths of drafts, from the case folder.
    pub drafts: BTreeSet<String>,
    /// For whom it is.
    pub edition: Edition,
    /// Whether its pages are served while their author writes, and follow each edit.
    pub is_live: bool,
    /// Where it stands.
    pub standing: Standing,
    /// What the public edition does not hold; nothing in that edition itself.
    pub redactions: Vec<Redaction>,
    /// What was found so far.
    pub findings: Vec<Diagnostic>,
}

impl Case {
    /// What its files are called in this edition.
    pub fn file_names(&self) -> FileNames {
        if self.edition == Edition::Public { self.config.names } else { FileNames::Original }
    }

    /// The events of a document that has some, in the order of its text.
    pub fn events_of(&self, document: DocumentId) -> Option<&[Event]> {
        self.timelines.get(&document).map(|timeline| timeline.events.as_slice())
    }

    /// The group a document belongs to; documents stand in the order of their groups.
    pub fn group_of(&self, document: DocumentId) -> Option<GroupId> {
        let first = |group: &Group| group.primary().map_or(DocumentId::FIRST, |(_, document)| document);
        let after = self.groups.partition_point(|group| first(group) <= document);
        after.checked_sub(1).map(GroupId::new)
    }

    /// Every translation with what it translates: the first language, and one of the others.
    pub fn pairs(&self) -> impl Iterator<Item = [LanguageId; 2]> + use<> {
        LanguageId::all(&self.languages).skip(1).map(|translation| [LanguageId::FIRST, translation])
    }

    /// The tag of the language that a document is written in, which may be none of the case's.
    pub fn tag_of(&self, document: DocumentId) -> &str {
        let document = &self.documents[document];
        document.own_tag.unwrap_or(&self.languages[document.language].tag)
    }

    /// The text of a document.
    pub fn source_of(&self, document: DocumentId) -> &Source {
        self.sources.get(self.documents[document].source)
    }

    /// The file of a document as data names it: what a `slug` calls otherwise has no other name there.
    pub fn public_file(&self, document: DocumentId) -> Cow<'_, str> {
        let path = self.source_of(document).path.as_str();
        let group = self.group_of(document).map(|group| &self.groups[group]);
        let renamed = |group: &&Group| {
            group.documents.iter().flatten().any(|&document| self.documents[document].front.slug.is_some())
        };
        let Some(group) = group.filter(renamed) else { return path.into() };
        let name = group.address.rsplit('/').next().unwrap_or(&group.address);
        let folders = path.rfind('/').map_or("", |at| &path[..=at]);
        format!("{folders}{name}.md").into()
    }

    /// The documents that tell what the case is about: the overview, or else the README, if it has a title.
    fn front_group(&self) -> Option<&Group> {
        let is_titled = |group: &&Group| {
            let mut documents = group.documents.iter().flatten().map(|&document| &self.documents[document]);
            documents.any(|document| document.title_section.is_some() || document.front.title.is_some())
        };
        let overview = self.groups.iter().find(|group| group.kind == DocumentKind::Overview);
        overview.or_else(|| self.groups.iter().find(|group| group.is_readme()).filter(is_titled))
    }

    /// The document that tells what the case is about in a language.
    pub fn front(&self, language: LanguageId) -> Option<DocumentId> {
        self.front_group()?.documents[language]
    }

    /// The title of the case in a language: the author's, else that of the document which tells what the case is about,
    /// else that of the first.
    pub fn title(&self, language: LanguageId) -> &str {
        let tag = &self.languages[language].tag;
        let own = self.config.title.get_or_any(tag);
        own.unwrap_or_else(|| {
            let titled = |group: &Group| group.documents[language].or_else(|| group.documents.iter().find_map(|&d| d));
            let first = self.front_group().or(self.groups.first()).and_then(titled);
            first.map_or("casefile", |document| &self.documents[document].title)
        })
    }
}
