//! Withholding in documents.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use memchr::memmem;

use super::mark::{self, Mark, WithheldKind};
use super::said::Said;
use super::{
    Finding, Moves, Passage, Reach, Redaction, Withholding, moved, place, secrets, set_apart, shown, source_of,
};
use crate::Message;
use crate::config::Localized;
use crate::diagnostic::Code;
use crate::document::gap::Gap;
use crate::document::{Document, Origin, front_matter};
use crate::edition::Edition;
use crate::folder::File;
use crate::language::lexicon::Lexicon;
use crate::language::{self, Language, LanguageId, prose};
use crate::source::edit::{Edit, edited};
use crate::source::{Source, SourceId, Span};

/// What was done with a file.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) edits: Vec<Edit>,
    pub(super) findings: Vec<Finding>,
    pub(super) redactions: Vec<Redaction>,
    /// What of the text must stand nowhere.
    pub(super) passages: Vec<Passage>,
    /// Where something is withheld in what is left, for the public edition.
    pub(super) gaps: Vec<Gap>,
}

impl Read {
    /// Where a range stands after the edits.
    pub(super) fn moved(&self, range: &Range<usize>) -> Span {
        moved(&self.edits, range)
    }
}

/// Whether a document may hold a mark, or be private as a whole.
pub(super) fn may_be_private(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"{private").is_some() || memmem::find(bytes, b"visibility").is_some()
}

/// The words for labels, as far as the program has them itself.
pub(super) fn lexicon(languages: &[Language]) -> Lexicon {
    Lexicon::new(languages)
}

/// What documents are read with.
pub(super) struct Reading<'a> {
    pub(super) withholding: &'a Withholding,
    pub(super) lexicon: &'a Lexicon,
}

impl Reading<'_> {
    /// Withholds in a document of the folder `content`.
    pub(super) fn document(&self, file: &mut File, content: &str) -> Read {
        // Of what is no text the case tells.
        let Some(source) = source_of(file) else { return Read::default() };
        let tag = tag_of(&file.path, content, &source.text);
        let (block, body) = front_matter::split(&source.text);
        let private = block.and_then(|block| private_document(&source, block.span));
        let read = match private {
            Some((line, reason)) => self.whole(&source, (body, content), line, reason, &tag),
            None => self.parts(&source, body, &tag, content),
        };
        if !read.edits.is_empty() {
            let (text, origins) = edited(&source, &read.edits);
            file.bytes = text.into_bytes();
            file.origins = origins;
        }
        read
    }

    /// A document that is withheld whole: its place stays.
    fn whole(
        &self,
        source: &Source,
        (body, content): (usize, &str),
        line: Range<usize>,
        reason: Option<String>,
        tag: &str,
    ) -> Read {
        let mut read = Read::default();
        let reason = reason.as_deref();
        match self.withholding.edition {
            Edition::Full => {
                read = self.parts(source, body, tag, content);
                let edit = Edit { range: line, text: String::new() };
                let at = read.edits.partition_point(|other| other.range.start < edit.range.start);
                read.edits.insert(at, edit);
            }
            Edition::Public => {
                let head = &source.text[..body];
                let kept: String =
                    head.lines().filter(|line| keeps_place(line)).map(|line| format!("{line}\n")).collect();
                let head = if kept.is_empty() { kept } else { format!("---\n{kept}---\n\n") };
                let placeholder = self.withholding.placeholder(tag, reason);
                let text = format!("{head}# {placeholder}\n");
                let at = head.len() + "# ".len();
                let all = Span::new(body, source.text.len());
                let whole = Source::new(source.path.clone(), source.text.clone());
                let said = Said::of(whole, self.lexicon, |full| self.parsed(full, tag));
                read.gaps.push(said.gap(Span::new(at, at + placeholder.len()), all));
                read.passages = self.passages(source, &(body..source.text.len()), tag);
                read.edits.push(Edit { range: 0..source.text.len(), text });
            }
        }
        let span = Span::new(0, 0);
        read.redactions.push(redaction(source, span, WithheldKind::Document, reason, tag));
        read
    }

    /// A document of which parts are withheld.
    fn parts(&self, source: &Source, body: usize, tag: &str, content: &str) -> Read {
        let files = &self.withholding.files;
        let has_mark = mark::may_be_in(&source.text);
        let shows = names_file(&source.text, files);
        let document = (has_mark || shows).then(|| self.parsed(source, tag));
        let (marks, misplaced) = match document.as_ref().filter(|_| has_mark) {
            Some(document) => mark::scan(source, body, document),
            None => Default::default(),
        };
        let is_public = self.withholding.edition == Edition::Public;
        let mut edits: Vec<Edit> = Vec::new();
        let mut cuts: Vec<Cut> = Vec::new();
        let mut outermost: Vec<&Mark> = marks.iter().collect();
        outermost.sort_by_key(|mark| (mark.covers.start, std::cmp::Reverse(mark.covers.end)));
        for mark in &outermost {
            match self.withholding.edition {
                Edition::Public => match edits.last_mut().filter(|last| last.range.end > mark.covers.start) {
                    // What two marks cover is cut once, to the end of the one that reaches further.
                    Some(last) => last.range.end = last.range.end.max(mark.covers.end),
                    None => {
                        let (text, at) = self.instead(source, mark, tag);
                        cuts.push(Cut { edit: mark.covers.start, from: mark.from, at });
                        edits.push(Edit { range: mark.covers.clone(), text });
                    }
                },
                Edition::Full => {
                    edits.extend(mark.taken_out());
                }
            }
        }
        edits.sort_by_key(|edit| edit.range.start);
        let reach: Vec<usize> = edits.iter().map(|edit| edit.range.end).collect();
        if let Some(document) = document.as_ref().filter(|_| shows) {
            let placeholder = self.withholding.placeholder(tag, None);
            let shown = shown::edits(source, document, files, content, &placeholder);
            let cut = Reach::by(edits.iter().map(|edit| &edit.range));
            edits.extend(shown.into_iter().filter(|edit| !cut.touches(&edit.range)));
        }
        if is_public {
            let cut: Vec<Range<usize>> = outermost_cuts(&edits, &cuts);
            edits.extend(shown::orphaned(source, &cut));
        }
        let mut read = self.withholding.names(
            source,
            edits,
            |_| Some(tag.to_owned()),
            |text, range| place::in_document(text, range, self.lexicon),
        );
        let moves = Moves::of(&read.edits);
        if is_public {
            let cut: Vec<Range<usize>> = cuts.iter().zip(&reach).map(|(cut, end)| cut.edit..*end).collect();
            let cut = Reach::by(cut.iter());
            let is_cut = |span: Span| cut.touches(&(span.start as usize..span.start as usize + 1));
            let kept = |finding: &Finding| !finding.span.is_some_and(is_cut);
            let over_cells = self.withholding.cells.report(source).into_iter().filter(kept);
            let moved = over_cells
                .map(|finding| Finding { span: finding.span.map(|span| moves.span(&span.range())), ..finding });
            let moved: Vec<Finding> = moved.collect();
            read.findings.extend(moved);
        }
        if !cuts.is_empty() {
            // As the full edition reads it: without the marks.
            let mut unmarked: Vec<Edit> = marks.iter().flat_map(Mark::taken_out).collect();
            set_apart(&mut unmarked);
            let in_full = Moves::of(&unmarked);
            let full = Source::new(source.path.clone(), edited(source, &unmarked).0);
            let said = Said::of(full, self.lexicon, |full| self.parsed(full, tag));
            let gaps = cuts.iter().zip(reach).map(|(cut, end)| {
                let start = moves.span(&(cut.edit..end)).start;
                let span = Span { start: start + cut.at.start as u32, end: start + cut.at.end as u32 };
                said.gap(span, in_full.span(&(cut.from..end)))
            });
            read.gaps = gaps.collect();
        }
        for misplaced in misplaced {
            let (written, fault) = (&source.text[misplaced.range.clone()], &misplaced.fault);
            let finding = Finding {
                span: Some(moves.span(&misplaced.range)),
                ..Finding::at(
                    source,
                    &misplaced.range,
                    Code::UnclearPublicity,
                    message!(en: "`{written}` {fault}", zh: "`{written}` {fault}"; fault),
                    WHERE,
                )
            };
            read.findings.push(finding);
        }
        for mark in &marks {
            let span = moves.span(&mark.covers);
            read.redactions.push(redaction(source, span, mark.kind, mark.reason.as_deref(), tag));
        }
        // What stands within what another mark covers is withheld with it.
        let mut end = 0;
        for mark in outermost.into_iter().filter(|_| is_public) {
            if mark.covers.end > end {
                read.passages.extend(self.passages(source, &mark.covers, tag));
                end = mark.covers.end;
            }
        }
        read
    }

    /// The pieces of what is withheld, as they are written and as they would be read where only names are replaced.
    fn passages(&self, source: &Source, range: &Range<usize>, tag: &str) -> Vec<Passage> {
        let written = &source.text[range.clone()];
        let place = format!("{}:{}", source.path, source.position(range.start).line);
        let replaced = self.withholding.replaced(written, tag);
        let mut pieces = secrets::pieces(written);
        pieces.extend(secrets::pieces(&replaced));
        pieces.sort_unstable();
        pieces.dedup();
        pieces.into_iter().map(|text| Passage { text, place: place.clone() }).collect()
    }

    /// What takes the place of what a mark covers, and where in it the words stand that say so.
    fn instead(&self, source: &Source, mark: &Mark, tag: &str) -> (String, Range<usize>) {
        let placeholder = self.withholding.placeholder(tag, mark.reason.as_deref());
        let before = &source.text[..mark.covers.start];
        // `[a](withheld here)` would be a link.
        let parted = if before.ends_with(']') && mark.keeps.is_empty() { " " } else { "" };
        let keeps = self.withholding.replaced(&mark.keeps, tag);
        let start = parted.len() + keeps.len();
        let at = start..start + placeholder.len();
        (format!("{parted}{keeps}{placeholder}{}", mark.closes), at)
    }

    fn parsed(&self, source: &Source, tag: &str) -> Document {
        let languages = &self.withholding.languages;
        let language = languages.iter().position(|language| language::primary(tag) == language.tag).unwrap_or(0);
        Document::parse(Origin {
            source,
            id: SourceId(0),
            language: LanguageId::new(language),
            own_tag: None,
            path: source.path.rsplit('/').next().unwrap_or(&source.path),
            promises: false,
            languages,
            known: languages,
            lexicon: self.lexicon,
        })
    }
}

/// The ranges that marks cut out, among all that is changed; in the order of `edits`, which is that of the text for them.
fn outermost_cuts(edits: &[Edit], cuts: &[Cut]) -> Vec<Range<usize>> {
    let starts: HashSet<usize> = cuts.iter().map(|cut| cut.edit).collect();
    edits.iter().filter(|edit| starts.contains(&edit.range.start)).map(|edit| edit.range.clone()).collect()
}

/// Whether a text may name one of the files.
fn names_file(text: &str, files: &BTreeSet<String>) -> bool {
    let names = files.iter().filter_map(|file| file.rsplit('/').next());
    !files.is_empty() && (text.contains('%') || names.into_iter().any(|name| text.contains(name)))
}

/// A passage that is cut out.
struct Cut {
    /// Where what takes its place begins, in bytes of the source.
    edit: usize,
    /// Where what is withheld begins, behind its number and label.
    from: usize,
    /// Where in what takes its place the words stand that say so.
    at: Range<usize>,
}

/// Where `{private}` may stand.
const WHERE: Message = Message::fixed(
    "write `{private}` or `{private: reason}` after the number of an item, at the end of a heading or paragraph, or after `[…]`; a name is withheld everywhere by `privacy: \
         withhold:` in casefile.yaml",
    "请把 `{private}` 或 `{private: 理由}` 写在条目编号之后、标题或段落末尾，或 `[…]` 之后；要处处隐去一个名称，请用 casefile.yaml 的 `privacy: \
         withhold:`",
);

fn redaction(source: &Source, span: Span, kind: WithheldKind, reason: Option<&str>, tag: &str) -> Redaction {
    let of = |reason: &str| [(tag.to_owned(), reason.to_owned())].into_iter().collect::<Localized>();
    let reason = reason.map(of).unwrap_or_default();
    Redaction { path: source.path.clone(), span, kind, reason, basis: Localized::default() }
}

/// The line of front matter that makes a document private, with the line of the reason beside it; and the reason.
fn private_document(source: &Source, block: Span) -> Option<(Range<usize>, Option<String>)> {
    let head = source.slice(block);
    let mut at = block.start as usize;
    let mut found = None;
    let mut reason = None;
    for line in head.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let value =
            |key: &str| line.strip_prefix(key)?.strip_prefix(':').map(|value| value.trim().trim_matches(['"', '\'']));
        if value("visibility") == Some("private") {
            found = Some(range);
        } else if let Some(why) = value("reason").filter(|why| !why.is_empty()) {
            reason = Some((range, why.to_owned()));
        }
    }
    let line = found?;
    let (range, reason) = match reason {
        Some((range, why)) if range.start == line.end => (line.start..range.end, Some(why)),
        Some((range, why)) if range.end == line.start => (range.start..line.end, Some(why)),
        _ => (line, None),
    };
    Some((range, reason))
}

/// Whether a line of front matter tells where the document stands, and nothing of what it says.
fn keeps_place(line: &str) -> bool {
    ["kind:", "slug:", "order:"].iter().any(|key| line.starts_with(key))
}

/// The language that a document is in: that of its folder or its name, else that of its prose.
fn tag_of(path: &str, content: &str, text: &str) -> String {
    let below = path.strip_prefix(content).unwrap_or(path).trim_start_matches('/');
    let mut parts: Vec<&str> = below.split('/').collect();
    let name = parts.pop().unwrap_or("");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ending = stem.rsplit_once(['.', '_']).map(|(_, tag)| tag);
    let named = parts.first().copied().into_iter().chain(ending).find(|tag| language::is_tag(tag));
    let named = named.map(str::to_ascii_lowercase);
    named.or_else(|| prose::language_of(text).map(|prose| prose.tag.to_owned())).unwrap_or_else(|| "zh".to_owned())
}
