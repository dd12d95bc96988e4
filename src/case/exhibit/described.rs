//! Exhibits that a document describes: the rows of a table, or the headings, of a list of evidence.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Exhibit, ExhibitId, Exhibits, KIND, MAX_EXHIBITS, NamedFile, Visibility, too_many};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::definition::is_right_below_list;
use crate::document::label::{self, Bracket, Key};
use crate::document::section::{SectionId, reach};
use crate::document::tree::{NodeId, NodeKind};
use crate::document::url::percent_decode;
use crate::language::kind::DocumentKind;
use crate::language::lexicon::Lexicon;
use crate::language::words::fold;
use crate::language::{CatalogueField, Language, LanguageId};
use crate::source::exhibit::ExhibitFile;
use crate::source::{Source, SourceId, Sources, Span};

/// What stands between the label of an exhibit and its name.
const JOINTS: [char; 11] = ['：', ':', '，', ',', '、', '.', '．', '-', '–', '—', '·'];

/// What is known of a case when its lists are looked for.
pub struct Subject<'a> {
    /// Its documents, and their texts.
    pub documents: &'a [Document],
    /// The texts.
    pub sources: &'a Sources,
    /// Its languages.
    pub languages: &'a [Language],
    /// The words for labels.
    pub lexicon: &'a Lexicon,
    /// What is known of the files that documents cite.
    pub cited: &'a BTreeMap<String, ExhibitFile>,
}

/// An exhibit as a list in one language tells it.
pub(super) struct ExhibitInText<'a> {
    pub(super) key: Key,
    pub(super) fields: Vec<(CatalogueField, String)>,
    /// The file that it links to.
    file: Option<(String, &'a ExhibitFile, Span)>,
    pub(super) span: Span,
    /// The table it is a row of; none for a heading.
    table: Option<NodeId>,
    /// Whether the table is told to be a list of evidence by itself, and does not only stand somewhere below such a heading.
    is_told: bool,
}

impl Exhibits {
    /// Adds what documents describe and the list of the case does not. What one language describes twice is left out, for
    /// which of them is meant is open, and that is told.
    pub fn add_described(&mut self, subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
        let mut all: Vec<(&Document, ExhibitInText<'_>)> = Vec::new();
        for document in subject.documents {
            let entries = entries_of(subject, document).into_iter();
            all.extend(entries.filter(|entry| !self.by_key.contains_key(&entry.key)).map(|entry| (document, entry)));
        }
        let mut taken: HashSet<(LanguageId, Key)> = HashSet::new();
        let told = all.iter().filter(|(_, entry)| entry.is_told);
        taken.extend(told.map(|(document, entry)| (document.language, entry.key.clone())));
        // A table somewhere below the heading that numbers as the list does, or as another before it, is about something else:
        // losses, witnesses.
        let mut others: HashSet<(SourceId, Option<NodeId>)> = HashSet::new();
        for table in all.chunk_by(|(a, one), (b, other)| (a.source, one.table) == (b.source, other.table)) {
            let Some((document, _)) = table.first().filter(|(_, entry)| !entry.is_told) else { continue };
            let numbers: Vec<_> = table.iter().map(|(_, entry)| (document.language, entry.key.clone())).collect();
            if numbers.iter().any(|number| taken.contains(number)) {
                others.insert((document.source, table[0].1.table));
            } else {
                taken.extend(numbers);
            }
        }
        all.retain(|(document, entry)| entry.is_told || !others.contains(&(document.source, entry.table)));
        let mut found: BTreeMap<Key, Vec<(&Document, ExhibitInText<'_>)>> = BTreeMap::new();
        let mut order: Vec<Key> = Vec::new();
        for (document, entry) in all {
            if !found.contains_key(&entry.key) {
                order.push(entry.key.clone());
            }
            found.entry(entry.key.clone()).or_default().push((document, entry));
        }
        let mut clashing: Vec<[(SourceId, Span); 2]> = Vec::new();
        for key in order {
            let Some(entries) = found.remove(&key) else { continue };
            let languages: BTreeSet<LanguageId> = entries.iter().map(|(document, _)| document.language).collect();
            if languages.len() == entries.len() && self.by_key.len() == MAX_EXHIBITS {
                let (document, entry) = &entries[0];
                findings.push(too_many(document.source, entry.span));
                break;
            }
            if languages.len() == entries.len() {
                let entries = entries.into_iter().map(|(document, entry)| (document.language, entry)).collect();
                self.add(key, entries, subject.languages);
            } else if let [(first, one), (second, other), ..] = &entries[..] {
                clashing.push([(first.source, one.span), (second.source, other.span)]);
            }
        }
        findings.extend(told_twice(subject, &clashing));
    }

    fn add(&mut self, key: Key, entries: Vec<(LanguageId, ExhibitInText<'_>)>, languages: &[Language]) {
        let text = |field: CatalogueField| {
            let told = entries.iter().filter_map(|(language, entry)| {
                let (_, text) = entry.fields.iter().find(|(own, text)| *own == field && !text.is_empty())?;
                Some((languages[*language].tag.clone(), text.clone()))
            });
            told.collect()
        };
        let plain = |field: CatalogueField| {
            let mut fields = entries.iter().flat_map(|(_, entry)| &entry.fields);
            fields.find(|(own, text)| *own == field && !text.is_empty()).map(|(_, text)| text.clone())
        };
        let file = entries.iter().find_map(|(_, entry)| entry.file.clone());
        let file = file.map(|(written, file, span)| {
            let at = self.files.iter().position(|known| known.path == file.path).unwrap_or_else(|| {
                self.files.push(file.clone());
                self.files.len() - 1
            });
            NamedFile { written, path: file.path.clone(), found: Some(at), span }
        });
        let at = ExhibitId::next(&self.all);
        if let Some(file) = &file {
            self.by_path.entry(file.path.clone()).or_insert(at);
        }
        self.by_key.insert(key.clone(), at);
        self.shown_up_to.push(self.count_shown() + 1);
        self.all.push(Exhibit {
            key,
            title: text(CatalogueField::Title),
            file,
            file_title: Default::default(),
            part_of: None,
            kind: text(CatalogueField::Kind),
            source: text(CatalogueField::Source),
            captured: None,
            method: text(CatalogueField::Method),
            original: None,
            caption: Default::default(),
            content: text(CatalogueField::Content),
            purpose: text(CatalogueField::Purpose),
            proves: Vec::new(),
            pages: plain(CatalogueField::Pages).and_then(|count| count.parse().ok()),
            page_range: plain(CatalogueField::PageRange),
            copies: plain(CatalogueField::Copies).and_then(|count| count.parse().ok()),
            remarks: text(CatalogueField::Remarks),
            recorded: None,
            covers: 0,
            reason: Default::default(),
            visibility: Visibility::Public,
            span: entries.first().map_or(Span::new(0, 0), |(_, entry)| entry.span),
        });
    }
}

/// That lists of evidence give the same numbers, so that none of them names an exhibit: told once, where the first of the
/// numbers stands again.
fn told_twice(subject: &Subject<'_>, clashing: &[[(SourceId, Span); 2]]) -> Option<Diagnostic> {
    let [(first, at), (again, span)] = *clashing.first()?;
    let first = subject.sources.get(first);
    let place = format!("{}:{}", first.path, first.starts_at(at).line);
    let message = match clashing.len() {
        1 => message!(
            en: "this number is that of another exhibit, at {place}; neither is one of the case",
            zh: "这个编号与 {place} 的另一份证据相同；两者都不算本案证据"
        ),
        many => message!(
            en: "{many} numbers of this list are those of other exhibits, the first at {place}; none of them is \
                 one of the case",
            zh: "这份清单有 {many} 个编号与其他证据相同，第一个在 {place}；都不算本案证据"
        ),
    };
    let help = message!(
        en: "number the exhibits through the whole case, or list in exhibits.yaml those that are meant",
        zh: "请在全案范围内统一编号，或在 exhibits.yaml 中列出所指的证据"
    );
    Some(Diagnostic::at(Code::AmbiguousLabel, again, span, message).help(help))
}

/// What a document describes in its lists of evidence.
pub(super) fn entries_of<'a>(subject: &Subject<'a>, document: &'a Document) -> Vec<ExhibitInText<'a>> {
    let reader = Reader { subject, document, source: subject.sources.get(document.source) };
    let mut entries = Vec::new();
    for (id, node) in document.tree.iter() {
        if matches!(node.kind, NodeKind::Table) {
            reader.table(id, &mut entries);
        }
    }
    for (index, section) in SectionId::each(&document.sections) {
        let Some(label) = section.label.map(|label| &document.labels[label]) else { continue };
        if label.key.kind == KIND && document.title_section != Some(index) && reader.is_in_list(section.node) {
            entries.push(reader.heading(index, &label.key));
        }
    }
    entries
}

struct Reader<'s, 'a> {
    subject: &'s Subject<'a>,
    document: &'a Document,
    source: &'a Source,
}

impl<'a> Reader<'_, 'a> {
    /// Whether a node stands in a list of evidence: in a document that is one, or below a heading that says so.
    fn is_in_list(&self, node: NodeId) -> bool {
        if self.document.kind == DocumentKind::Evidence {
            return true;
        }
        let before = self.document.sections.partition_point(|section| section.node < node);
        let above = self.document.sections[..before].iter().enumerate();
        above.filter(|(_, section)| section.top).any(|(at, section)| {
            let is_title = self.document.title_section == Some(SectionId::new(at));
            let holds = is_title || reach(&self.document.sections, SectionId::new(at)) > node;
            holds && self.subject.lexicon.is_evidence_list(&section.title)
        })
    }

    /// The rows of a table whose columns are those of a list of evidence.
    fn table(&self, table: NodeId, entries: &mut Vec<ExhibitInText<'a>>) {
        let tree = &self.document.tree;
        let mut is_told = is_right_below_list(self.document, table, self.subject.lexicon);
        let in_list = is_told || self.is_in_list(table);
        let mut columns: Vec<Option<CatalogueField>> = Vec::new();
        let mut row = table + 1;
        while row < tree.get(table).end {
            let cells: Vec<NodeId> = tree
                .below(row)
                .filter(|(_, node)| matches!(node.kind, NodeKind::Cell { .. }))
                .map(|(id, _)| id)
                .collect();
            if matches!(tree.get(row).kind, NodeKind::Row { header: true }) {
                let headings: Vec<String> = cells.iter().map(|&cell| self.text(cell)).collect();
                is_told |= self.has_telling_column(&headings);
                columns = self.columns(&headings, is_told);
                let is_list = columns.contains(&Some(CatalogueField::Title)) && (in_list || is_told);
                // What somebody says of another's evidence is no list of it.
                if !is_list || self.hold_any(&headings, |language| &language.table.exhibits.answering_columns) {
                    return;
                }
            } else {
                let rows = self.row(row, &cells, &columns).into_iter();
                entries.extend(rows.map(|entry| ExhibitInText { table: Some(table), is_told, ..entry }));
            }
            row = tree.get(row).end;
        }
    }

    /// Whether a column is one that only lists of evidence have.
    fn has_telling_column(&self, headings: &[String]) -> bool {
        self.hold_any(headings, |language| &language.table.exhibits.telling_columns)
    }

    fn hold_any(&self, headings: &[String], words: fn(&Language) -> &Vec<String>) -> bool {
        let folded: Vec<String> = self.subject.languages.iter().flat_map(words).map(|word| fold(word)).collect();
        headings.iter().any(|heading| folded.iter().any(|word| fold(heading).contains(word.as_str())))
    }

    /// What each column says, by its heading. Where it `is_told` to be a list of evidence and none is called a name, the first of
    /// 内容, 说明 and the like is it.
    fn columns(&self, headings: &[String], is_told: bool) -> Vec<Option<CatalogueField>> {
        let mut columns: Vec<_> = headings.iter().map(|heading| self.column(heading)).collect();
        if is_told && !columns.contains(&Some(CatalogueField::Title)) {
            let words = || self.subject.languages.iter().flat_map(|language| &language.table.exhibits.title_columns);
            let names = |heading: &str| words().any(|word| fold(word) == fold(heading.trim()));
            if let Some(at) = headings.iter().position(|heading| names(heading)) {
                columns[at] = Some(CatalogueField::Title);
            }
        }
        columns
    }

    /// What a column says, by its heading.
    fn column(&self, heading: &str) -> Option<CatalogueField> {
        let heading = fold(heading.split(['（', '(']).next().unwrap_or(heading).trim());
        let named = |name: &str| {
            let mut columns = self.subject.languages.iter().flat_map(|language| &language.table.exhibits.columns);
            columns.find(|(_, words)| words.iter().any(|word| fold(word) == name)).map(|(field, _)| *field)
        };
        // 证明内容/证明目的 is the first of the two.
        named(&heading).or_else(|| named(heading.split(['/', '／', '、']).next()?.trim()))
    }

    /// The exhibits of a row: one, or each of those that its number names together.
    fn row(&self, row: NodeId, cells: &[NodeId], columns: &[Option<CatalogueField>]) -> Vec<ExhibitInText<'a>> {
        let cell = |field| Some(self.text(*cells.get(columns.iter().position(|column| *column == Some(field))?)?));
        let numbered = [CatalogueField::Number, CatalogueField::Index].into_iter().filter_map(cell);
        let mut keys = numbered.map(|text| self.keys(&text)).find(|keys| !keys.is_empty()).unwrap_or_default();
        let mut fields: Vec<(CatalogueField, String)> = Vec::new();
        for (&cell, column) in cells.iter().zip(columns) {
            fields.extend(column.map(|field| (field, self.text(cell))));
        }
        let title = fields.iter_mut().find(|(field, _)| *field == CatalogueField::Title).map(|(_, title)| title);
        let Some(title) = title.filter(|title| !title.is_empty()) else { return Vec::new() };
        // 证据1：合同, with no number of its own.
        let bare = label::parse_bare(title, true, self.subject.lexicon).filter(|bare| bare.key.kind == KIND);
        if let Some(bare) = bare.filter(|bare| keys.is_empty() || keys == [bare.key.clone()]) {
            let rest = title[bare.range.end..].trim_start_matches(|c: char| c.is_whitespace() || JOINTS.contains(&c));
            keys = vec![bare.key];
            if !rest.is_empty() {
                *title = rest.to_owned();
            }
        }
        let tree = &self.document.tree;
        let (file, span) = (self.file(row, tree.get(row).end), tree.get(row).span);
        let entry =
            |key| ExhibitInText { key, fields: fields.clone(), file: file.clone(), span, table: None, is_told: true };
        keys.into_iter().map(entry).collect()
    }

    /// The exhibit that a heading with its label describes.
    fn heading(&self, index: SectionId, key: &Key) -> ExhibitInText<'a> {
        let section = self.document.section(index);
        let label = section.label.map_or("", |label| self.document.labels[label].text(self.source));
        let title = section.title.strip_prefix(label).unwrap_or(&section.title);
        let title = title.trim_matches(|c: char| c.is_whitespace() || JOINTS.contains(&c));
        let mut fields = vec![(CatalogueField::Title, title.to_owned())];
        for id in section.node + 1..section.end {
            if matches!(self.document.tree.get(id).kind, NodeKind::Paragraph { .. }) {
                // 证据来源：客户提供, below the heading.
                let text = self.document.tree.text(self.source, id);
                let told = text.lines().filter_map(|line| line.split_once(['：', ':']));
                fields.extend(told.filter_map(|(name, value)| Some((self.column(name)?, value.trim().to_owned()))));
            }
        }
        ExhibitInText {
            key: key.clone(),
            fields,
            file: self.file(section.node, section.end),
            span: self.document.tree.get(section.node).span,
            table: None,
            is_told: true,
        }
    }

    /// The numbers of exhibits in a cell: `3`, 证据3, `Exhibit C`, `C`, `6、7`.
    fn keys(&self, text: &str) -> Vec<Key> {
        let text = text.trim().trim_matches(['【', '】', '[', ']']);
        let words = self.subject.languages[self.document.language].table.kinds.get(KIND);
        let read = |text: &str| {
            let members = label::parse_bracket(text, Bracket::Full, self.subject.lexicon);
            let all = members.iter().all(|member| member.key.kind == KIND && member.key.qualifier.is_none());
            members.into_iter().filter(|_| all).map(|member| member.key).collect::<Vec<_>>()
        };
        let own = read(text);
        let is_number = text.chars().count() <= 8 && !text.is_empty();
        match words.and_then(|words| words.first()).filter(|_| own.is_empty() && is_number) {
            Some(word) => read(&format!("{word} {text}")),
            None => own,
        }
    }

    /// The first file of the case that something links to between two nodes.
    fn file(&self, from: NodeId, to: NodeId) -> Option<(String, &'a ExhibitFile, Span)> {
        let mut links = self.document.links.iter().filter(|link| (from..to).contains(&link.node));
        links.find_map(|link| {
            let path = self.path(&link.url)?;
            Some((link.url.to_string(), self.subject.cited.get(&path)?, link.span))
        })
    }

    /// The path of a link's target from the case folder.
    fn path(&self, url: &str) -> Option<String> {
        let url = percent_decode(url.split(['#', '?']).next()?);
        let mut parts: Vec<&str> = self.source.path.split('/').collect();
        parts.pop();
        for part in url.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    fn text(&self, node: NodeId) -> String {
        let text = self.document.tree.text(self.source, node);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
