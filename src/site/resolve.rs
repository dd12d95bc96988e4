//! Resolves labels: in the same document, in the others of its language, then in the other languages.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::Message;
use crate::case::exhibit::ExhibitId;
use crate::case::{Case, exhibit};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::citation::PARAGRAPH;
use crate::document::definition::{DefinitionId, REPEATED};
use crate::document::label::{Key, REFERENCE};
use crate::document::point::PointId;
use crate::document::{Document, DocumentId, Label, LabelId, LabelPlace};
use crate::language::LanguageId;
use crate::language::words::fold;
use crate::list_of;
use crate::yaml::closest;

/// A definition: the document that holds it, and its place among that document's definitions.
pub type Target = (DocumentId, DefinitionId);

/// The most candidates that an ambiguous reference offers.
const MAX_OFFERED: usize = 12;

/// The most definitions that are looked through for what a mistyped label may mean.
const MAX_COMPARED: usize = 300;

/// In how many findings of a document a number is looked for that may be meant: nobody reads more of them.
const MAX_SUGGESTED: usize = 500;

/// What a label is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// It is the definition, at that place among the document's.
    Defines(DefinitionId),
    /// It cites a definition in its language.
    Resolved(Target),
    /// It cites a definition that only another language has.
    Foreign(Target),
    /// It cites an exhibit, at that place in the list.
    Exhibit(ExhibitId),
    /// It may cite any of several; the first dozen are kept.
    Ambiguous(Box<[Target]>),
    /// It cites nothing.
    Missing,
    /// It cites what is numbered in the document itself, at that place among its points.
    Point(PointId),
    /// It stands without brackets, and not exactly one definition answers: it is text.
    Text,
}

impl Resolution {
    /// The definitions the label cites.
    pub fn targets(&self) -> &[Target] {
        match self {
            Resolution::Resolved(target) | Resolution::Foreign(target) => std::slice::from_ref(target),
            Resolution::Ambiguous(targets) => targets,
            Resolution::Defines(_)
            | Resolution::Exhibit(_)
            | Resolution::Missing
            | Resolution::Point(_)
            | Resolution::Text => &[],
        }
    }
}

/// Resolves the labels of every document.
pub fn labels(case: &Case, findings: &mut Vec<Diagnostic>) -> Vec<Vec<Resolution>> {
    let index = ByLabelAndTitle::new(case);
    let resolved: Vec<(Vec<Resolution>, Vec<Diagnostic>)> = DocumentId::in_parallel(&case.documents)
        .map(|document| Resolver { case, index: &index, document, findings: Vec::new() }.resolve())
        .collect();
    let mut all = Vec::with_capacity(resolved.len());
    for (labels, mut found) in resolved {
        all.push(labels);
        findings.append(&mut found);
    }
    all
}

/// Every definition of a key in one language.
type DefinitionsByKey<'a> = HashMap<&'a Key, Vec<Target>>;

/// The documents of one language that go by a title.
type DocumentsByTitle = HashMap<String, Vec<DocumentId>>;

/// Who defines what, and which document bears which title, in each language.
struct ByLabelAndTitle<'a> {
    definitions: Vec<DefinitionsByKey<'a>>,
    titles: Vec<DocumentsByTitle>,
}

impl<'a> ByLabelAndTitle<'a> {
    fn new(case: &'a Case) -> Self {
        let languages = LanguageId::in_parallel(&case.languages).map(|language| Self::of_language(case, language));
        let (definitions, titles) = languages.unzip();
        Self { definitions, titles }
    }

    fn of_language(case: &'a Case, language: LanguageId) -> (DefinitionsByKey<'a>, DocumentsByTitle) {
        let (mut definitions, mut titles) = (DefinitionsByKey::new(), DocumentsByTitle::new());
        let documents = DocumentId::each(&case.documents).filter(|(_, document)| document.language == language);
        for (at, document) in documents {
            for (definition, defined) in DefinitionId::each(&case.definitions[at].all) {
                definitions.entry(&defined.key).or_default().push((at, definition));
            }
            let mut names = names_of(document);
            names.sort();
            names.dedup();
            for name in names {
                titles.entry(name).or_default().push(at);
            }
        }
        (definitions, titles)
    }

    /// The documents of a language that go by `title`: in full, by the part before a colon, or by the file's name; else
    /// those whose title holds it.
    fn titled(&self, case: &Case, language: LanguageId, title: &str) -> Vec<DocumentId> {
        if let Some(documents) = self.titles[language.place()].get(title) {
            return documents.clone();
        }
        let documents = DocumentId::each(&case.documents);
        let holds = |document: &Document| document.language == language && fold(&document.title).contains(title);
        documents.filter(|(_, document)| !title.is_empty() && holds(document)).map(|(at, _)| at).collect()
    }
}

/// The names by which a document may be cited, folded.
fn names_of(document: &Document) -> Vec<String> {
    let title = fold(&document.title);
    let stem = document.path.rsplit('/').next().unwrap_or("").trim_end_matches(".md");
    let short = title.split([':', '—', '(']).next().unwrap_or("").trim().to_owned();
    let heading = document.title_section.map(|section| fold(&document.section(section).title));
    let names = [Some(title), Some(fold(stem)), Some(short), heading];
    names.into_iter().flatten().filter(|name| !name.is_empty()).collect()
}

/// The point of a document that a label cites: in its section, else the only one of that number.
fn point_of(document: &Document, label: &Label) -> Option<PointId> {
    let number = |at: &PointId| document.points[*at].number().to_string() == label.key.number.as_str();
    let all: Vec<PointId> = PointId::all(&document.points).filter(number).collect();
    let here: Vec<PointId> = all.iter().copied().filter(|&at| document.points[at].section == label.section).collect();
    match (all.as_slice(), here.as_slice()) {
        ([only], _) | (_, [only]) => Some(*only),
        _ => None,
    }
}

struct Resolver<'a> {
    case: &'a Case,
    index: &'a ByLabelAndTitle<'a>,
    document: DocumentId,
    findings: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn resolve(mut self) -> (Vec<Resolution>, Vec<Diagnostic>) {
        let document = &self.case.documents[self.document];
        let definitions = &self.case.definitions[self.document];
        let mut resolved = Vec::with_capacity(document.labels.len());
        for (at, label) in LabelId::each(&document.labels) {
            let own = definitions.get(&label.key);
            let is_definition = own.filter(|&own| definitions.all[own].label == Some(at));
            let resolution = match (is_definition, own) {
                (Some(own), _) => Resolution::Defines(own),
                _ if label.key.kind == REFERENCE && own.is_none() => Resolution::Text,
                _ if label.place == LabelPlace::Bare => self.bare(label, own),
                _ if label.place.is_bare() && REPEATED.contains(&label.key.kind.as_str()) => Resolution::Text,
                (None, Some(own)) if label.title().is_none() => Resolution::Resolved((self.document, own)),
                _ => self.look_elsewhere(label),
            };
            resolved.push(resolution);
        }
        (resolved, self.findings)
    }

    /// What a citation without brackets leads to: the one definition that is in reach, or nothing.
    fn bare(&self, label: &Label, own: Option<DefinitionId>) -> Resolution {
        let document = &self.case.documents[self.document];
        if label.key.kind == PARAGRAPH {
            return point_of(document, label).map_or(Resolution::Text, Resolution::Point);
        }
        if let Some(title) = label.title() {
            let documents = self.index.titled(self.case, document.language, title);
            let defined = |&at: &DocumentId| Some((at, self.case.definitions[at].get(&label.key)?));
            let targets: Vec<Target> = documents.iter().filter_map(defined).collect();
            return self.only(&targets);
        }
        if let Some(own) = own {
            let many =
                document.labels.iter().filter(|other| other.place.may_define() && other.key == label.key).count();
            let repeats = many > 1 && REPEATED.contains(&label.key.kind.as_str());
            return if repeats { Resolution::Text } else { Resolution::Resolved((self.document, own)) };
        }
        let candidates = self.candidates(document.language, &label.key);
        let exhibit = self.case.exhibits.of_label(&label.key).filter(|_| candidates.is_empty());
        exhibit.map_or_else(|| self.only(&candidates), Resolution::Exhibit)
    }

    /// The one definition among candidates, those that say the same being one.
    fn only(&self, targets: &[Target]) -> Resolution {
        match targets {
            [only] => Resolution::Resolved(*only),
            [first, ..] if self.say_the_same(targets) => Resolution::Resolved(*first),
            _ => Resolution::Text,
        }
    }

    /// Whether all definitions stand before one and the same address.
    fn say_the_same(&self, targets: &[Target]) -> bool {
        let mut addresses = targets.iter().map(|&target| self.address_behind(target));
        let first = addresses.next().flatten();
        first.is_some() && addresses.all(|address| address == first)
    }

    /// The address right behind the label of a definition.
    fn address_behind(&self, (at, definition): Target) -> Option<String> {
        let document = &self.case.documents[at];
        let label = &document.labels[self.case.definitions[at].all[definition].label?];
        let next = document.links.partition_point(|link| link.node < label.node);
        let link = document.links.get(next)?;
        let between = self.case.source_of(at).text.get(label.span.end as usize..link.span.start as usize)?;
        let joined =
            between.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '：' | '<' | '，' | ',' | '*' | '['));
        joined.then(|| fold(link.url.trim_start_matches("mailto:").trim_end_matches('/')))
    }

    fn look_elsewhere(&mut self, label: &Label) -> Resolution {
        let document = &self.case.documents[self.document];
        let own = document.language;
        let written = self.written(label);
        if let Some(title) = label.title() {
            return self.look_in_titled(label, title, &written);
        }
        if written.starts_with("[^") {
            // A footnote belongs to its document.
            let help = message!(
                en: "write `{written}: …` at the start of a line of this document",
                zh: "请在本文某一行的开头写 `{written}: …`"
            );
            self.report(
                Code::UnresolvedLabel,
                label,
                message!(
                    en: "nothing in this document defines {written}",
                    zh: "本文没有定义{written}"
                ),
                help,
            );
            return Resolution::Missing;
        }
        match self.candidates(own, &label.key).as_slice() {
            // What exhibits.yaml describes no document defines, and what a document lists may have an address there.
            [] => {
                if let Some(exhibit) = self.case.exhibits.of_label(&label.key) {
                    return Resolution::Exhibit(exhibit);
                }
            }
            [only] => return Resolution::Resolved(*only),
            several if self.say_the_same(several) => return Resolution::Resolved(several[0]),
            several => return self.ambiguous(label, several, &written),
        }
        let others = LanguageId::all(&self.case.languages).filter(|&language| language != own);
        for language in others {
            let candidates = self.candidates(language, &label.key);
            let twin = self.twin(language).and_then(|twin| candidates.iter().find(|(at, _)| *at == twin));
            let target = match (twin, candidates.as_slice()) {
                (Some(target), _) | (None, [target]) => *target,
                (None, []) => continue,
                (None, several) => return self.ambiguous(label, several, &written),
            };
            let name = self.case.languages[language].in_words();
            let path = &self.case.source_of(target.0).path;
            let message = message!(
                en: "{written} is defined only in {name}, in {path}",
                zh: "{written}只在{name}文本 {path} 中有定义"; name
            );
            self.report(
                Code::ForeignLabel,
                label,
                message,
                message!(
                    en: "translate the note, or leave the reference to lead there",
                    zh: "请译出这条注，或就让引用通向那里"
                ),
            );
            return Resolution::Foreign(target);
        }
        self.missing(label, &written, None)
    }

    fn look_in_titled(&mut self, label: &Label, title: &str, written: &str) -> Resolution {
        let own = self.case.documents[self.document].language;
        let languages =
            std::iter::once(own).chain(LanguageId::all(&self.case.languages).filter(|&language| language != own));
        let mut named = false;
        for language in languages {
            let documents = self.index.titled(self.case, language, title);
            named |= !documents.is_empty();
            let defined = |&at: &DocumentId| Some((at, self.case.definitions[at].get(&label.key)?));
            let targets: Vec<Target> = documents.iter().filter_map(defined).collect();
            match targets.as_slice() {
                [] => {}
                [only] if language == own => return Resolution::Resolved(*only),
                [only] => {
                    let name = self.case.languages[language].in_words();
                    let message = message!(
                        en: "{written} is defined only in {name}",
                        zh: "{written}只在{name}文本中有定义"; name
                    );
                    self.report(
                        Code::ForeignLabel,
                        label,
                        message,
                        message!(
                            en: "translate the note, or leave the reference to lead there",
                            zh: "请译出这条注，或就让引用通向那里"
                        ),
                    );
                    return Resolution::Foreign(*only);
                }
                several => return self.ambiguous(label, several, written),
            }
        }
        let why = if named {
            None
        } else {
            Some(message!(
                en: "no document is called 《{title}》",
                zh: "没有名为《{title}》的文件"
            ))
        };
        self.missing(label, written, why)
    }

    /// The definitions of a key in the documents of a language.
    fn candidates(&self, language: LanguageId, key: &Key) -> Vec<Target> {
        self.index.definitions[language.place()].get(key).cloned().unwrap_or_default()
    }

    /// This document in another language.
    fn twin(&self, language: LanguageId) -> Option<DocumentId> {
        let group = self.case.group_of(self.document)?;
        self.case.groups[group].documents[language]
    }

    fn ambiguous(&mut self, label: &Label, targets: &[Target], written: &str) -> Resolution {
        let shown: Vec<&str> = targets.iter().take(3).map(|(at, _)| self.case.source_of(*at).path.as_str()).collect();
        let (count, documents) = (targets.len(), list_of(shown.iter().copied()));
        let more = if count > shown.len() { message!(en: " and others", zh: "等") } else { Message::default() };
        let message = message!(
            en: "{written} is defined in {count} documents: {documents}{more}",
            zh: "{written}在 {count} 份文件中都有定义：{documents}{more}"; documents, more
        );
        let title = &self.case.documents[targets[0].0].title;
        let plain = written.trim_matches(['【', '】', '[', ']']);
        let help = if written.starts_with('[') {
            message!(
                en: "say which by its title: `[\"{title}\" {plain}]`",
                zh: "请用标题说明是哪一份：`[\"{title}\" {plain}]`"
            )
        } else {
            message!(
                en: "say which by its title: `【《{title}》{plain}】`",
                zh: "请用标题说明是哪一份：`【《{title}》{plain}】`"
            )
        };
        self.report(Code::AmbiguousLabel, label, message, help);
        Resolution::Ambiguous(targets.iter().copied().take(MAX_OFFERED).collect())
    }

    fn missing(&mut self, label: &Label, written: &str, why: Option<Message>) -> Resolution {
        let same_kind = |key: &&Key| key.kind == label.key.kind && key.qualifier == label.key.qualifier;
        let here = self.case.definitions[self.document].all.iter().map(|definition| &definition.key);
        let compared = if self.findings.len() < MAX_SUGGESTED { MAX_COMPARED } else { 0 };
        let numbers: Vec<&str> = here.filter(same_kind).map(|key| key.number.as_str()).take(compared).collect();
        let near = closest(&label.key.number, numbers.iter().copied());
        let exhibits = &self.case.exhibits;
        let listed = exhibits.list.is_some() && label.key.kind == exhibit::KIND;
        if let Some(hidden) = exhibits.of_key(&label.key) {
            let message = message!(
                en: "exhibit {number} is hidden, so nothing leads to it",
                zh: "证据 {number} 是隐藏的，因此没有链接通向它",
                number = hidden.key.number
            );
            self.report(
                Code::UnresolvedLabel,
                label,
                message,
                message!(
                    en: "set another `visibility` in exhibits.yaml, or cite another",
                    zh: "请在 exhibits.yaml 中另设 `visibility`，或引用另一份"
                ),
            );
            return Resolution::Missing;
        }
        let why = why.or_else(|| {
            listed.then(|| {
                message!(
                    en: "describe it in exhibits.yaml",
                    zh: "请在 exhibits.yaml 中登记它"
                )
            })
        });
        let help = why.unwrap_or_else(|| match near {
            Some(near) => message!(
                en: "did you mean number {near}? or begin a paragraph with {written} to define it",
                zh: "是否指编号 {near}？或以{written}开始一段，给它定义"
            ),
            None => message!(
                en: "begin a paragraph, item or heading with {written} to define it",
                zh: "请以{written}开始一个段落、条目或标题，给它定义"
            ),
        });
        self.report(
            Code::UnresolvedLabel,
            label,
            message!(
                en: "nothing defines {written}",
                zh: "没有一处定义{written}"
            ),
            help,
        );
        Resolution::Missing
    }

    fn written(&self, label: &Label) -> String {
        label.text(self.case.source_of(self.document)).to_owned()
    }

    fn report(&mut self, code: Code, label: &Label, message: Message, help: Message) {
        let source = self.case.documents[self.document].source;
        self.findings.push(Diagnostic::at(code, source, label.span, message).help(help));
    }
}
