//! All documents of a case, paired across languages, with what they define. References are not resolved yet.

pub mod definition;
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

use rayon::prelude::*;

use crate::Message;
use crate::case::group::GroupId;
use crate::config::{Config, FileNames};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::document::kind::DocumentKind;
use crate::document::label::Key;
use crate::document::{Document, Origin};
use crate::edition::Edition;
use crate::language::LanguageId;
use crate::language::amount_lexicon::AmountLexicon;
use crate::language::lexicon::Lexicon;
use crate::language::{self, Language, Table};
use crate::sha256::Sha256;
use crate::source::decode::{Decoded, decode};
use crate::source::exhibit::ExhibitFile;
use crate::source::fingerprint;
use crate::source::folder::{self, File, Skipped};
use crate::source::{Source, SourceId, Sources, Span};
use crate::withhold::{Redaction, Withheld};
use crate::yaml;
use definition::Definitions;
use event::{Event, Timeline};
use exhibit::Exhibits;
use figure::Figure;
use group::Group;
use identifier::Identifier;
use party::Parties;
use position::Positions;
use register::Register;
use stance::StanceWords;
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
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// The paths of drafts, from the case folder.
    pub drafts: BTreeSet<String>,
    /// For whom it is.
    pub edition: Edition,
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

    /// Understands what a folder holds, as far as an edition may hold it. A folder by itself makes the public edition.
    pub fn assemble(withheld: impl Into<Withheld>) -> Self {
        let mut withheld = withheld.into();
        let folder = std::mem::take(&mut withheld.folder);
        let fingerprint = withheld.fingerprint.unwrap_or_else(|| fingerprint::of(&folder));
        let mut findings = folder.findings;
        let mut sources = Sources::default();
        let config = match folder.config {
            Some(file) => match read_text(file, &mut sources, &mut findings) {
                Some(id) => Config::read(sources.get(id), id, &mut findings),
                None => Config::default(),
            },
            None => Config::default(),
        };
        let tables = own_tables(&folder.theme, &mut sources, &mut findings);
        let decoded: Vec<_> = folder.documents.into_par_iter().map(decode_file).collect();
        let mut ids = Vec::with_capacity(decoded.len());
        for file in decoded {
            let usable = file.is_usable;
            let id = keep(file, &mut sources, &mut findings);
            ids.extend(usable.then_some(id));
        }
        if ids.is_empty() && findings.is_empty() {
            let help = message!(
                en: "put a Markdown file into `content/`, or into the folder itself",
                zh: "请把 Markdown 文件放进 `content/`，或放在案卷文件夹中"
            );
            findings.push(
                Diagnostic::case(
                    Code::NoContent,
                    message!(
                        en: "there is no document to publish",
                        zh: "没有可公布的文件"
                    ),
                )
                .help(help),
            );
        }
        let built_in: Vec<Language> = language::built_in_languages().collect();
        let own = tables.iter().map(|(tag, table)| Language::new(tag, Some(table.clone())));
        let words: Vec<Language> = own.chain(built_in.iter().cloned()).collect();
        let placed = placement::place(&config, &folder.content, &ids, &sources, &words, &mut findings);
        let languages: Vec<Language> =
            placed.tags.iter().map(|tag| Language::new(tag, tables.get(tag).cloned())).collect();
        let known: Vec<Language> = languages.iter().cloned().chain(built_in).collect();
        let mut lexicon = Lexicon::new(&known);
        for figure in &config.figures {
            let code = figure.unit_code(&lexicon.amounts);
            lexicon.amounts.add_unit(&code, figure.unit.all());
        }
        let mut documents: Vec<Document> = placed
            .documents
            .par_iter()
            .map(|text| {
                Document::parse(Origin {
                    source: sources.get(text.id),
                    id: text.id,
                    language: text.language,
                    own_tag: text.own_tag,
                    path: &text.path,
                    promises: text.promises,
                    languages: &languages,
                    known: &known,
                    lexicon: &lexicon,
                })
            })
            .collect();
        for document in &mut documents {
            document.gaps = withheld.gaps.remove(&sources.get(document.source).path).unwrap_or_default();
            findings.append(&mut document.findings);
        }
        let drafts = documents.extract_if(.., |document| document.front.draft);
        let drafts: BTreeSet<String> = drafts.map(|draft| sources.get(draft.source).path.clone()).collect();
        let groups = group::arrange(&mut documents, languages.len(), &sources, &mut findings);
        let parties = Parties::of(&config.parties, (&documents, &sources), &languages, &known);
        let figures = figure::of(&config, &documents, &languages, &sources, &lexicon.amounts);
        let mut assets: BTreeSet<String> = folder.assets.into_iter().collect();
        let mut exhibits = match folder.exhibits {
            Some(found) => {
                let known = (languages.as_slice(), config.languages.as_slice());
                read_exhibits(found, known, &lexicon, &mut sources, &mut findings)
            }
            None => Exhibits::default(),
        };
        let mut others = folder.cited;
        if withheld.purpose.edition == Edition::Public && !config.keep_metadata {
            let files = exhibits.files.iter_mut().chain(&mut others);
            files.for_each(|file| file.hold_back_if_telling(&config.allowed));
        }
        let in_list = |key: &Key| exhibits.of_label(key).is_some();
        let definitions =
            documents.par_iter().map(|document| definition::of(document, &sources, &lexicon, in_list)).collect();
        // What the list does not describe is a file like any other.
        let described = |file: &&ExhibitFile| exhibits.of_path(&file.path).is_none();
        let undescribed: Vec<ExhibitFile> = exhibits.files.iter().filter(described).cloned().collect();
        assets.extend(undescribed.iter().map(|file| file.path.clone()));
        let cited = others.into_iter().chain(undescribed).map(|file| (file.path.clone(), file)).collect();
        let subject = exhibit::Subject {
            documents: &documents,
            sources: &sources,
            languages: &languages,
            lexicon: &lexicon,
            cited: &cited,
        };
        findings.extend(exhibits.find_told(&subject, &withheld.private_exhibits));
        exhibits.add_described(&subject, &mut findings);
        if withheld.purpose.edition == Edition::Public && config.names == FileNames::Neutral {
            exhibits.call_by_number();
        }
        let mut case = Self {
            standing: Standing::of(&config, &withheld.purpose),
            config,
            exhibits,
            register: Register::default(),
            identifiers: Vec::new(),
            figures,
            amount_words: AmountLexicon::default(),
            languages,
            promised: placed.promised,
            sources,
            parties,
            positions: BTreeMap::new(),
            timelines: BTreeMap::new(),
            documents,
            definitions,
            groups,
            content: folder.content,
            assets,
            cited,
            theme: folder.theme,
            fingerprint,
            withholds: withheld.purpose.edition == Edition::Public && withheld.count > 0,
            skipped: folder.skipped,
            drafts,
            edition: withheld.purpose.edition,
            redactions: std::mem::take(&mut withheld.redactions),
            findings,
        };
        let told = withheld.findings(&case.sources);
        case.findings.extend(told);
        case.understand(&known, &lexicon);
        case.amount_words = lexicon.amounts;
        case.register = Register::of(&case);
        case.identifiers = identifier::of(&case);
        case
    }

    /// Reads what the positions and timelines among the documents hold.
    fn understand(&mut self, known: &[Language], lexicon: &Lexicon) {
        let words = StanceWords::new(known, &self.config.markers);
        for (at, document) in DocumentId::each(&self.documents) {
            let source = self.sources.get(document.source);
            event::faults(document, &mut self.findings);
            if !document.positions.is_empty() {
                let found = position::of(document, source, (&self.parties, known), &words, &mut self.findings);
                if document.kind == DocumentKind::Positions || !found.statements.is_empty() {
                    self.positions.insert(at, found);
                }
            }
            if document.kind == DocumentKind::Timeline || document.times.iter().any(|time| time.opens.is_some()) {
                let found = event::of(document, source, lexicon, self.config.as_of);
                event::open_times(document, source, &found, &mut self.findings);
                self.timelines.insert(at, found);
            }
        }
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

/// A file after decoding, before it has a name among the sources.
struct DecodedFile {
    source: Source,
    finding: Option<(Code, Message, Option<Message>, Span)>,
    is_usable: bool,
}

fn decode_file(file: File) -> DecodedFile {
    match decode(file.bytes) {
        Ok(Decoded { text, first_nul }) => {
            let nul = first_nul.map(|at| {
                let message = message!(
                    en: "a NUL character; it is shown as U+FFFD",
                    zh: "有 NUL 字符；显示为 U+FFFD"
                );
                let help = message!(
                    en: "the file may be damaged; look at it in the program that wrote it",
                    zh: "文件可能已损坏；请用原来的程序打开检查"
                );
                (Code::NulCharacter, message, Some(help), Span::new(at, at + '\u{fffd}'.len_utf8()))
            });
            DecodedFile {
                source: Source::new(file.path, text).with_origins(file.origins),
                finding: nul,
                is_usable: true,
            }
        }
        Err(error) => {
            let help = Some(error.guess.help());
            let span = Span::new(error.at, error.at + 1);
            let finding =
                Some((Code::NotUtf8, message!(en: "the file is not UTF-8", zh: "文件不是 UTF-8"), help, span));
            DecodedFile { source: Source::new(file.path, error.lossy), finding, is_usable: false }
        }
    }
}

fn keep(file: DecodedFile, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> SourceId {
    let id = sources.add(file.source);
    if let Some((code, message, help, span)) = file.finding {
        let span = sources.get(id).clamp(span);
        let mut finding = Diagnostic::at(code, id, span, message);
        finding.help = help.map(Box::new);
        findings.push(finding);
    }
    id
}

fn read_text(file: File, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<SourceId> {
    let decoded = decode_file(file);
    let usable = decoded.is_usable;
    let id = keep(decoded, sources, findings);
    usable.then_some(id)
}

fn read_exhibits(
    found: folder::Exhibits,
    languages: (&[Language], &[String]),
    lexicon: &Lexicon,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> Exhibits {
    match read_text(found.list, sources, findings) {
        Some(id) => exhibit::read((sources.get(id), id), &found.folder, found.files, languages, lexicon, findings),
        None => Exhibits::default(),
    }
}

/// The language tables the case brings, by tag.
fn own_tables(theme: &[File], sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> BTreeMap<String, Table> {
    let mut tables = BTreeMap::new();
    for file in theme {
        let name = file.path.strip_prefix("templates/language/").and_then(|name| name.strip_suffix(".yaml"));
        let Some(tag) = name else { continue };
        let Some(id) = read_text(file.clone(), sources, findings) else { continue };
        let source = sources.get(id);
        match yaml::read(source, id, Span::new(0, source.text.len()), Code::BadConfig) {
            Ok(table) => {
                tables.insert(tag.to_ascii_lowercase(), table);
            }
            Err(finding) => findings.push(finding),
        }
    }
    tables
}
