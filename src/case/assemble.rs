//! How a case comes of a folder: its texts are read, its documents parsed and its other files sorted; the rest is derived from
//! these. Each step is made once from those before.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::event::{self, Timeline};
use super::exhibit::{self, Exhibits};
use super::figure::mention::Names;
use super::group::{self, Group};
use super::party::Parties;
use super::position::{self, Positions};
use super::register::Register;
use super::stance::StanceWords;
use super::standing::Standing;
use super::{Case, figure, identifier, placement};
use crate::Message;
use crate::config::{Config, FileNames};
use crate::conservation::lost_text;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::definition::{self, Definitions};
use crate::document::gap::Gap;
use crate::document::label::Key;
use crate::document::{Document, DocumentId, Origin};
use crate::edition::{Edition, Medium, Purpose};
use crate::folder::{File, Folder, fingerprint};
use crate::language::kind::DocumentKind;
use crate::language::lexicon::Lexicon;
use crate::language::{self, Language, LanguageId, Table};
use crate::source::decode::{Decoded, decode};
use crate::source::exhibit::ExhibitFile;
use crate::source::{Source, SourceId, Sources, Span};
use crate::withhold::Withheld;
use crate::yaml;

impl Case {
    /// Understands what a folder holds, as far as an edition may hold it. A folder by itself makes the public edition.
    pub fn assemble(withheld: impl Into<Withheld>) -> Self {
        let mut withheld = withheld.into();
        let mut folder = std::mem::take(&mut withheld.folder);
        let fingerprint = withheld.fingerprint.unwrap_or_else(|| fingerprint::of(&folder));
        let mut findings = std::mem::take(&mut folder.findings);
        let mut texts = Texts::read(&mut folder, &mut findings);
        let parsed = Parsed::of(&texts, &folder.content, &mut withheld.gaps, &mut findings);
        let private = &withheld.private_exhibits;
        let files = Files::sort(&mut folder, &mut texts, &parsed, (&withheld.purpose, private), &mut findings);
        let Texts { config, sources, .. } = texts;
        let Parsed { languages, promised, known, lexicon, documents, drafts, groups } = parsed;
        let Files { assets, cited, exhibits, definitions } = files;
        findings.extend(withheld.findings(&sources));
        let parties = Parties::of(&config.parties, (&documents, &sources), &languages, &known);
        let told =
            PositionsAndTimelines::by(&documents, &sources, (&parties, &known), &lexicon, &config, &mut findings);
        let defined =
            Defined { documents: &documents, definitions: &definitions, languages: &languages, sources: &sources };
        let register = Register::of(defined);
        let identifiers = identifier::of(&documents, &register);
        let figure_names: Vec<Names> = languages.iter().map(|language| Names::of(&config, &language.tag)).collect();
        Self {
            standing: Standing::of(&config, &withheld.purpose),
            figures: figure::of(&config, &figure_names, &documents, &sources, &lexicon.amounts),
            figure_names,
            register,
            identifiers,
            config,
            exhibits,
            amount_words: lexicon.amounts,
            languages,
            promised,
            sources,
            parties,
            positions: told.positions,
            timelines: told.timelines,
            documents,
            definitions,
            groups,
            content: folder.content,
            assets,
            cited,
            theme: folder.theme,
            fingerprint,
            sources_are_public: withheld.sources_are_public,
            withholds: withheld.purpose.edition == Edition::Public && withheld.count > 0,
            skipped: folder.skipped,
            drafts,
            edition: withheld.purpose.edition,
            is_live: withheld.purpose.medium == Medium::Served,
            redactions: withheld.redactions,
            findings,
        }
    }
}

/// What a case says in words, before any document is parsed.
struct Texts {
    config: Config,
    /// The language tables that the case brings, by tag.
    tables: BTreeMap<String, Table>,
    sources: Sources,
    /// Those sources that are documents.
    documents: Vec<SourceId>,
}

impl Texts {
    /// Reads casefile.yaml, the tables and the documents of a folder.
    fn read(folder: &mut Folder, findings: &mut Vec<Diagnostic>) -> Self {
        let mut sources = Sources::default();
        let config = folder.config.take().and_then(|file| read_text(file, &mut sources, findings));
        let config = config.map_or_else(Config::default, |id| Config::read(sources.get(id), id, findings));
        let tables = own_tables(&folder.theme, &mut sources, findings);
        let decoded: Vec<_> = std::mem::take(&mut folder.documents).into_par_iter().map(decode_file).collect();
        let mut documents = Vec::with_capacity(decoded.len());
        for file in decoded {
            let usable = file.is_usable;
            let id = keep(file, &mut sources, findings);
            documents.extend(usable.then_some(id));
        }
        if documents.is_empty() && findings.is_empty() {
            let message = message!(
                en: "there is no document to publish",
                zh: "没有可公布的文件"
            );
            findings.push(Diagnostic::case(Code::NoContent, message).help(message!(
                en: "put a Markdown file into `content/`, or into the folder itself",
                zh: "请把 Markdown 文件放进 `content/`，或放在案卷文件夹中"
            )));
        }
        Self { config, tables, sources, documents }
    }
}

/// The documents of a case, each understood by itself and paired across languages.
struct Parsed {
    languages: Vec<Language>,
    promised: BTreeSet<LanguageId>,
    /// The languages whose words for files and headings count: those of the case and the built-in ones.
    known: Vec<Language>,
    lexicon: Lexicon,
    documents: Vec<Document>,
    drafts: BTreeSet<String>,
    groups: Vec<Group>,
}

impl Parsed {
    /// Finds the languages of the texts below `content`, and parses them. `gaps` are the places, by path, at which something
    /// is withheld; they are taken out.
    fn of(texts: &Texts, content: &str, gaps: &mut HashMap<String, Vec<Gap>>, findings: &mut Vec<Diagnostic>) -> Self {
        let Texts { config, tables, sources, documents } = texts;
        let built_in: Vec<Language> = language::built_in_languages().collect();
        let own = tables.iter().map(|(tag, table)| Language::new(tag, Some(table.clone())));
        let words: Vec<Language> = own.chain(built_in.iter().cloned()).collect();
        let placed = placement::place(config, content, documents, sources, &words, findings);
        let languages = placed.tags.iter().map(|tag| Language::new(tag, tables.get(tag).cloned()));
        let languages: Vec<Language> = languages.collect();
        let known: Vec<Language> = languages.iter().cloned().chain(built_in).collect();
        let mut lexicon = Lexicon::new(&known);
        for figure in &config.figures {
            let code = figure.unit_code(&lexicon.amounts);
            lexicon.amounts.add_unit(&code, figure.unit.all());
        }
        let parse = |text: &placement::Placed| {
            let source = sources.get(text.id);
            let mut document = Document::parse(Origin {
                source,
                id: text.id,
                language: text.language,
                own_tag: text.own_tag,
                path: &text.path,
                promises: text.promises,
                languages: &languages,
                known: &known,
                lexicon: &lexicon,
            });
            let lost = lost_text::report(&document, source);
            document.findings.extend(lost);
            document
        };
        let mut documents: Vec<Document> = placed.documents.par_iter().map(parse).collect();
        for document in &mut documents {
            document.gaps = gaps.remove(&sources.get(document.source).path).unwrap_or_default();
            findings.append(&mut document.findings);
        }
        let drafts = documents.extract_if(.., |document| document.front.draft);
        let drafts = drafts.map(|draft| sources.get(draft.source).path.clone()).collect();
        let groups = group::arrange(&mut documents, languages.len(), sources, findings);
        Self { languages, promised: placed.promised, known, lexicon, documents, drafts, groups }
    }
}

/// The files that are no documents, as what they are told to be, and what the documents define beside the list of exhibits.
struct Files {
    assets: BTreeSet<String>,
    cited: BTreeMap<String, ExhibitFile>,
    exhibits: Exhibits,
    definitions: Vec<Definitions>,
}

impl Files {
    /// Reads the list of exhibits, and tells evidence from other files, as far as an edition may hold them; `private` are the
    /// exhibits that are withheld.
    fn sort(
        folder: &mut Folder,
        texts: &mut Texts,
        parsed: &Parsed,
        (purpose, private): (&Purpose, &BTreeMap<String, Vec<String>>),
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let Parsed { languages, lexicon, documents, .. } = parsed;
        let list = folder.exhibits.take().and_then(|found| {
            let id = read_text(found.list, &mut texts.sources, findings)?;
            let known = (languages.as_slice(), texts.config.languages.as_slice());
            let list = (texts.sources.get(id), id);
            Some(exhibit::read(list, &found.folder, found.files, known, lexicon, findings))
        });
        let mut exhibits = list.unwrap_or_default();
        let Texts { config, sources, .. } = texts;
        let mut others = std::mem::take(&mut folder.cited);
        let is_public = purpose.edition == Edition::Public;
        if is_public && !config.keep_metadata {
            let files = exhibits.files.iter_mut().chain(&mut others);
            files.for_each(|file| file.hold_back_if_telling(&config.allowed));
        }
        let sources = &*sources;
        let in_list = |key: &Key| exhibits.of_label(key).is_some();
        let definitions =
            documents.par_iter().map(|document| definition::of(document, sources, lexicon, in_list)).collect();
        // What the list does not describe is a file like any other.
        let described = |file: &&ExhibitFile| exhibits.of_path(&file.path).is_none();
        let undescribed: Vec<ExhibitFile> = exhibits.files.iter().filter(described).cloned().collect();
        let mut assets: BTreeSet<String> = std::mem::take(&mut folder.assets).into_iter().collect();
        assets.extend(undescribed.iter().map(|file| file.path.clone()));
        let cited = others.into_iter().chain(undescribed).map(|file| (file.path.clone(), file)).collect();
        let subject = exhibit::Subject { documents, sources, languages, lexicon, cited: &cited };
        findings.extend(exhibits.report_told(&subject, private));
        exhibits.add_described(&subject, findings);
        if is_public && config.names == FileNames::Neutral {
            exhibits.call_by_number();
        }
        Self { assets, cited, exhibits, definitions }
    }
}

/// What the positions and timelines among the documents hold.
struct PositionsAndTimelines {
    positions: BTreeMap<DocumentId, Positions>,
    timelines: BTreeMap<DocumentId, Timeline>,
}

impl PositionsAndTimelines {
    fn by(
        documents: &[Document],
        sources: &Sources,
        (parties, known): (&Parties, &[Language]),
        lexicon: &Lexicon,
        config: &Config,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let words = StanceWords::new(known, &config.markers);
        let (mut positions, mut timelines) = (BTreeMap::new(), BTreeMap::new());
        for (at, document) in DocumentId::each(documents) {
            let source = sources.get(document.source);
            event::faults(document, findings);
            if !document.positions.is_empty() {
                let found = position::of(document, source, (parties, known), &words, findings);
                if document.kind == DocumentKind::Positions || !found.statements.is_empty() {
                    positions.insert(at, found);
                }
            }
            if document.kind == DocumentKind::Timeline || document.times.iter().any(|time| time.opens.is_some()) {
                let found = event::of(document, source, lexicon, config.as_of);
                event::open_times(document, source, &found, findings);
                timelines.insert(at, found);
            }
        }
        Self { positions, timelines }
    }
}

/// The documents of a case, what each defines, and in which languages and texts they stand.
#[derive(Clone, Copy)]
pub(super) struct Defined<'a> {
    pub(super) documents: &'a [Document],
    pub(super) definitions: &'a [Definitions],
    pub(super) languages: &'a [Language],
    pub(super) sources: &'a Sources,
}

impl<'a> Defined<'a> {
    /// The text of a document.
    pub(super) fn source_of(self, document: DocumentId) -> &'a Source {
        self.sources.get(self.documents[document].source)
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
