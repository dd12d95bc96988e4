//! The author's descriptions of links: beside a link, below it, or in the columns of a table.

use std::collections::HashSet;

use super::{Archived, KINDS, LinkEntry, Register, Said};
use crate::case::assemble::Defined;
use crate::case::register::EntryId;
use crate::document::tree::{Node, NodeId, NodeKind};
use crate::document::{Document, DocumentId, LabelId, LinkId};
use crate::language::LinkWords;
use crate::language::kind::DocumentKind;
use crate::language::script::is_cjk_letter;
use crate::language::words::fold;
use crate::source::Span;

/// What stands between a description and its link.
const JOINTS: &[char] = &[
    ' ', '\t', '\n', '\u{3000}', '-', '–', '—', ':', '：', ',', '，', '、', '.', '。', ';', '；', '|', '→', '=', '」',
    '”',
];

/// The longest text that is a description, in characters.
const MAX_DESCRIPTION: usize = 160;

/// Notes for every entry what is said of it: in links.md first, then where a label defines it, then by the words of
/// links to it.
pub(super) fn describe(case: Defined<'_>, register: &mut Register) {
    let is_links = |at: &DocumentId| case.documents[*at].kind == DocumentKind::Links;
    let (links, others): (Vec<DocumentId>, Vec<DocumentId>) = DocumentId::all(case.documents).partition(is_links);
    for document in links {
        Describer::new(case, register, document).describe(true);
    }
    for document in others {
        Describer::new(case, register, document).describe(false);
    }
}

struct Describer<'a> {
    case: Defined<'a>,
    register: &'a mut Register,
    document: DocumentId,
    this: &'a Document,
    words: &'a LinkWords,
    /// The blocks that define a link.
    defining: HashSet<NodeId>,
    /// The labels that do.
    named: HashSet<LabelId>,
}

/// A part of a block's text.
enum PartOfBlock {
    Text(String),
    Link(LinkId),
}

/// What a word before a colon introduces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Description,
    Owner,
    Purpose,
    Archived,
    Checked,
}

impl<'a> Describer<'a> {
    fn new(case: Defined<'a>, register: &'a mut Register, document: DocumentId) -> Self {
        let this = &case.documents[document];
        let words = &case.languages[this.language].table.links;
        let defined = case.definitions[document].all.iter();
        let defined = defined.filter(|definition| KINDS.contains(&definition.key.kind.as_str()));
        let defining = defined.filter_map(|definition| definition.body.map(|(start, _)| start)).collect();
        let named = register.defined.iter().filter(|(at, ..)| *at == document).map(|&(.., label)| label);
        let named = named.collect();
        Self { case, register, document, this, words, defining, named }
    }

    /// Describes the links of the document. `all` takes what stands beside each; else only what a label defines.
    fn describe(&mut self, all: bool) {
        let mut parents: Vec<(NodeId, NodeId)> = Vec::new();
        let mut columns: Vec<String> = Vec::new();
        if self.this.links.is_empty() {
            return;
        }
        for (id, node) in self.this.tree.iter() {
            while parents.pop_if(|(_, end)| *end <= id).is_some() {}
            match node.kind {
                NodeKind::Table => columns.clear(),
                NodeKind::Cell { header: true, .. } => columns.push(self.text(id)),
                NodeKind::Row { header: false } if all || self.defines(id) => self.row(id, &columns),
                NodeKind::Paragraph { .. } | NodeKind::Heading(_) => {
                    let item = parents.iter().rev().map(|&(parent, _)| parent).find(|&parent| self.is_item(parent));
                    let item = item.filter(|item| item + 1 == id);
                    let taken = all || self.defines(id) || item.is_some_and(|item| self.defines(item));
                    self.block(id, item, taken);
                }
                _ => {}
            }
            if node.end > id + 1 {
                parents.push((id, node.end));
            }
        }
    }

    fn is_item(&self, id: NodeId) -> bool {
        matches!(self.this.tree.get(id).kind, NodeKind::Item { .. })
    }

    fn text(&self, id: NodeId) -> String {
        self.this.tree.text(self.case.source_of(self.document), id)
    }

    /// Whether a block is the definition of a link.
    fn defines(&self, block: NodeId) -> bool {
        self.defining.contains(&block)
    }

    /// A block of text, which may be the first of an item with fields below it. `all` takes what stands beside each link;
    /// else only what stands before a link that ends the block counts, if a dash or a colon joins the two.
    fn block(&mut self, id: NodeId, item: Option<NodeId>, all: bool) {
        let Node { end, span, .. } = *self.this.tree.get(id);
        let pieces = self.pieces(id + 1, end);
        let text = |at: Option<usize>| match at.and_then(|at| pieces.get(at)) {
            Some(PartOfBlock::Text(text)) => text.as_str(),
            _ => "",
        };
        let links: Vec<(usize, LinkId, EntryId)> = pieces
            .iter()
            .enumerate()
            .filter_map(|(at, piece)| match piece {
                PartOfBlock::Link(link) => Some((at, *link, self.register.of_link(self.document, *link)?)),
                PartOfBlock::Text(_) => None,
            })
            .collect();
        for &(at, link, entry) in &links {
            let (before, after) = (text(at.checked_sub(1)), text(Some(at + 1)));
            let last = links.last().is_some_and(|&(last, ..)| last == at);
            let own = self.own_words(link);
            let joined = before.trim_end().ends_with(['-', '–', '—', ':', '：']) && links.len() == 1;
            if !(all || joined && described(after).is_none()) {
                self.say(entry, Field::Description, own, span);
                continue;
            }
            // What stands on the lines before is about the first link; between two links, what follows the last stop.
            let (above, beside) = match before.rsplit_once('\n') {
                Some((above, beside)) => (above, beside),
                None if at > 1 => ("", before.rsplit(['；', ';', '。', '，', ',']).next().unwrap_or(before)),
                None => ("", before),
            };
            let beside = self.fields_in(entry, beside, span);
            let beside = self.without_address_word(&beside);
            let rest = if last { self.fields_in(entry, after, span) } else { String::new() };
            let above = self.fields_in(entry, above, span);
            let above = above.lines().rev().find_map(described);
            // What a sign joins to the link is said of it, and belongs to its own words; a sentence around it does not.
            let lead = described(beside).filter(|_| own.is_none() || beside.trim_end().ends_with(JOINERS));
            let tail = described(&rest).filter(|_| own.is_none() || rest.trim_start().starts_with(JOINERS));
            let words = joined_words([lead, own, tail].into_iter().flatten());
            for words in [words, above] {
                self.say(entry, Field::Description, words, span);
            }
        }
        let (Some(&(.., entry)), Some(item)) = (links.last().filter(|_| all), item) else { return };
        self.fields_below(entry, item, end);
        // `- 网址：…` below `- 某平台`, with its fields beside it.
        let named = text(Some(0)).split([':', '：']).next().is_some_and(|word| self.is_address_word(word));
        let Some(parent) = named.then(|| self.item_around(item)).flatten() else { return };
        let lead = parent + 1;
        if matches!(self.this.tree.get(lead).kind, NodeKind::Paragraph { .. }) {
            let words = described(&self.text(lead));
            let span = self.this.tree.get(lead).span;
            self.say(entry, Field::Description, words, span);
            self.fields_below(entry, parent, self.this.tree.get(lead).end);
        }
    }

    /// Whether a word says only that an address follows: 网址, website.
    fn is_address_word(&self, word: &str) -> bool {
        let word = fold(word.trim_matches(JOINTS));
        self.words.empty.iter().any(|own| fold(own) == word)
    }

    /// Text without a word at its end that says only that an address follows.
    fn without_address_word<'b>(&self, text: &'b str) -> &'b str {
        let trimmed = text.trim_end_matches(JOINTS);
        let start = trimmed
            .rfind(['，', ',', '：', ':', '；', ';'])
            .map_or(0, |at| at + trimmed[at..].chars().next().map_or(0, char::len_utf8));
        if self.is_address_word(&trimmed[start..]) { &trimmed[..start] } else { text }
    }

    /// The item that holds an item.
    fn item_around(&self, item: NodeId) -> Option<NodeId> {
        let tree = &self.this.tree;
        (1..item).rev().find(|&id| tree.get(id).end > item && matches!(tree.get(id).kind, NodeKind::Item { .. }))
    }

    /// The text and the links of a range of nodes.
    fn pieces(&self, from: NodeId, to: NodeId) -> Vec<PartOfBlock> {
        let tree = &self.this.tree;
        let source = self.case.source_of(self.document);
        let mut pieces = vec![PartOfBlock::Text(String::new())];
        // Where the label begins that stands last in the text, and where it ends.
        let mut label: Option<(usize, usize)> = None;
        let mut at = from;
        let mut written = from.checked_sub(1).map_or(0, |block| tree.get(block).span.start as usize);
        while at < to {
            let node = tree.get(at);
            match node.kind {
                NodeKind::Link(link) if self.register.of_link(self.document, link).is_some() => {
                    // A label right before a link names it.
                    if let (Some((start, end)), Some(PartOfBlock::Text(text))) = (label.take(), pieces.last_mut())
                        && text[end..].trim_matches(JOINTS).is_empty()
                    {
                        text.truncate(start);
                    }
                    pieces.push(PartOfBlock::Link(link));
                    pieces.push(PartOfBlock::Text(String::new()));
                    at = node.end;
                    continue;
                }
                NodeKind::Label(label) if self.named.contains(&label) => {}
                NodeKind::Label(_) => {
                    if let Some(PartOfBlock::Text(text)) = pieces.last_mut() {
                        let start = text.len();
                        tree.text_into(source, at, at + 1, text);
                        label = Some((start, text.len()));
                    }
                }
                NodeKind::Number | NodeKind::ItemNumber(_) | NodeKind::Separator => {}
                _ => {
                    if let Some(PartOfBlock::Text(text)) = pieces.last_mut() {
                        // A break between Chinese letters is no node of its own.
                        let gap = source.text.get(written..node.span.start as usize).unwrap_or("");
                        if gap.contains('\n') || matches!(node.kind, NodeKind::SoftBreak | NodeKind::LineBreak) {
                            text.push('\n');
                        }
                        tree.text_into(source, at, at + 1, text);
                    }
                }
            }
            written = written.max(node.span.end as usize);
            at += 1;
        }
        pieces
    }

    /// The words of a link, where they are none of its address and say something.
    fn own_words(&self, link: LinkId) -> Option<String> {
        let link = &self.this.links[link];
        let words = if link.bare { String::new() } else { self.text(link.node) };
        let folded = fold(words.trim());
        let says = !self.words.empty.iter().any(|word| fold(word) == folded);
        let is_address = folded.contains("://") || folded.contains('@') || folded.starts_with("www.");
        let is_host = !folded.contains(' ') && folded.is_ascii() && folded.contains('.');
        described(&words).filter(|_| says && !is_address && !is_host)
    }

    /// Takes the fields out of a text beside a link, and returns the rest.
    fn fields_in(&mut self, entry: EntryId, text: &str, span: Span) -> String {
        let mut rest = String::new();
        for part in text.split_inclusive(['；', ';', '\n', '（', '）', '(', ')', '，']) {
            let words = part.trim_end_matches(['；', ';', '\n', '（', '）', '(', ')', '，']);
            match self.field(words) {
                Some((field, value)) => {
                    let value = told(field, value);
                    self.say(entry, field, value, span);
                }
                None if words.split([':', '：']).next().is_some_and(|word| self.is_address_word(word)) => {}
                None => rest.push_str(part),
            }
        }
        rest
    }

    /// `归属：某某`: which field it is, and what it says.
    fn field<'b>(&self, text: &'b str) -> Option<(Field, &'b str)> {
        let (word, value) = text.split_once([':', '：'])?;
        let word = fold(word.trim_matches(JOINTS));
        let lists = [
            (&self.words.owner, Field::Owner),
            (&self.words.purpose, Field::Purpose),
            (&self.words.archived, Field::Archived),
            (&self.words.checked, Field::Checked),
            (&self.words.description, Field::Description),
        ];
        let found = lists.into_iter().find(|(words, _)| words.iter().any(|own| fold(own) == word));
        found.map(|(_, field)| (field, value.trim()))
    }

    /// The items below the item of a link that say something of it.
    fn fields_below(&mut self, entry: EntryId, item: NodeId, from: NodeId) {
        let end = self.this.tree.get(item).end;
        for id in from..end {
            let Node { kind: NodeKind::Paragraph { .. }, end, span } = *self.this.tree.get(id) else { continue };
            let pieces = self.pieces(id + 1, end);
            let Some(PartOfBlock::Text(lead)) = pieces.first() else { continue };
            // Not every item below says something of the link, and some have links of their own.
            let Some((field, value)) = self.field(lead) else { continue };
            match pieces.get(1) {
                Some(PartOfBlock::Link(link)) if field == Field::Archived => {
                    self.keep(entry, Archived::Link(self.document, *link));
                }
                _ => {
                    let within = (id..end).find_map(|at| match self.this.tree.get(at).kind {
                        NodeKind::Link(link) => Some(link),
                        _ => None,
                    });
                    let value = told(field, value);
                    match within.filter(|_| field == Field::Archived) {
                        Some(link) => {
                            self.keep(entry, Archived::Link(self.document, link));
                        }
                        None => self.say(entry, field, value, span),
                    }
                }
            }
        }
    }

    /// A row of a table: what its columns are called tells what they say.
    fn row(&mut self, row: NodeId, columns: &[String]) {
        let tree = &self.this.tree;
        let cells: Vec<NodeId> =
            tree.below(row).filter(|(_, node)| matches!(node.kind, NodeKind::Cell { .. })).map(|(id, _)| id).collect();
        let fields: Vec<Option<Field>> = columns.iter().map(|heading| self.column(heading)).collect();
        let field_of = |at: usize| fields.get(at).copied().flatten();
        let links_in = |cell: NodeId| {
            let pieces = self.pieces(cell + 1, tree.get(cell).end);
            let links = pieces
                .into_iter()
                .filter_map(|piece| if let PartOfBlock::Link(link) = piece { Some(link) } else { None });
            links.collect::<Vec<_>>()
        };
        let holds: Vec<Vec<LinkId>> = cells.iter().map(|&cell| links_in(cell)).collect();
        let subject = (0..cells.len()).find(|&at| !holds[at].is_empty() && field_of(at) != Some(Field::Archived));
        let Some(subject) = subject else { return };
        let entries: Vec<EntryId> =
            holds[subject].iter().filter_map(|&link| self.register.of_link(self.document, link)).collect();
        let named = (0..cells.len()).any(|at| field_of(at) == Some(Field::Description));
        let is_words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let length = |&at: &usize| {
            Some(self.text(cells[at])).filter(|text| is_words(text)).map_or(0, |text| text.chars().count())
        };
        let others = (0..cells.len()).filter(|&at| at != subject && holds[at].is_empty() && field_of(at).is_none());
        let longest = others.filter(|at| length(at) > 0).max_by_key(|at| (length(at), std::cmp::Reverse(*at)));
        let own: Vec<Option<String>> = holds[subject].iter().map(|&link| self.own_words(link)).collect();
        for (entry, own) in entries.into_iter().zip(own) {
            let mut said: Vec<String> = own.into_iter().collect();
            for at in (0..cells.len()).filter(|&at| at != subject) {
                let archived = holds[at].first().filter(|_| field_of(at) == Some(Field::Archived));
                if let Some(&link) = archived {
                    self.keep(entry, Archived::Link(self.document, link));
                    continue;
                }
                // Without a column that says so, the longest words of the row describe the link.
                let field = field_of(at).or_else(|| (!named && longest == Some(at)).then_some(Field::Description));
                if let Some(field) = field {
                    let words = described(&self.text(cells[at]));
                    match field {
                        Field::Description => said.extend(words.filter(|words| !said.contains(words))),
                        _ => self.say(entry, field, words, tree.get(cells[at]).span),
                    }
                }
            }
            self.say(entry, Field::Description, joined_words(said.into_iter()), tree.get(row).span);
        }
    }

    /// What a column says, by its heading.
    fn column(&self, heading: &str) -> Option<Field> {
        self.field(&format!("{}:", heading.trim())).map(|(field, _)| field)
    }

    fn said(&mut self, entry: EntryId) -> &mut Said {
        let language = self.this.language;
        let entry: &mut LinkEntry = &mut self.register.entries[entry];
        &mut entry.said[language]
    }

    /// Notes a copy that was kept, unless one was told before.
    fn keep(&mut self, entry: EntryId, archived: Archived) {
        self.said(entry).archived.get_or_insert(archived);
    }

    /// Notes what is said in the block `span`, unless something was said before.
    fn say(&mut self, entry: EntryId, field: Field, words: Option<String>, span: Span) {
        let Some(words) = words else { return };
        let document = self.document;
        let said = self.said(entry);
        match field {
            Field::Archived => {
                said.archived.get_or_insert(Archived::Words(document, words, span));
                return;
            }
            Field::Description => &mut said.description,
            Field::Owner => &mut said.owner,
            Field::Purpose => &mut said.purpose,
            Field::Checked => &mut said.checked,
        }
        .get_or_insert(words);
    }
}

/// The signs that join what is said of a link to it.
const JOINERS: [char; 10] = ['-', '–', '—', ':', '：', '，', ',', '；', ';', '（'];

/// Words that are said of one link at several places.
fn joined_words(words: impl Iterator<Item = String>) -> Option<String> {
    let words: Vec<String> = words.collect();
    let gap = if words.iter().any(|words| words.contains(is_cjk_letter)) { "；" } else { "; " };
    described(&words.join(gap))
}

/// What a field says: of a kept copy the path as it is written.
fn told(field: Field, value: &str) -> Option<String> {
    match field {
        Field::Archived => Some(value.trim().to_owned()).filter(|value| !value.is_empty()),
        _ => described(value),
    }
}

/// A text as a description: on one line, without what joins it to its link, cut off where it gets too long; none if
/// nothing is left.
fn described(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words = line.trim_matches(JOINTS);
    // A quotation that is closed in the text is closed in the description.
    if let Some(mark) = line[words.len() + line.find(words).unwrap_or(0)..].chars().next()
        && [('“', '”'), ('「', '」')].iter().any(|&(open, close)| mark == close && words.contains(open))
    {
        words = &line[line.find(words).unwrap_or(0)..][..words.len() + mark.len_utf8()];
    }
    loop {
        // Brackets are kept in pairs.
        let open = |c: char| matches!(c, '(' | '（' | '[' | '【' | '<');
        let close = |c: char| matches!(c, ')' | '）' | ']' | '】' | '>');
        let (opened, closed) = (words.matches(open).count(), words.matches(close).count());
        let inner = match () {
            () if opened > closed => words.strip_suffix(open).or_else(|| words.strip_prefix(open)),
            () if closed > opened => words.strip_prefix(close).or_else(|| words.strip_suffix(close)),
            () if opened == 1 => words.strip_prefix(open).and_then(|words| words.strip_suffix(close)),
            () => None,
        };
        match inner {
            Some(inner) => words = inner.trim_matches(JOINTS),
            None => break,
        }
    }
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    match words.char_indices().nth(MAX_DESCRIPTION) {
        Some((end, _)) => Some(format!("{}…", &words[..end])),
        None => Some(words.to_owned()),
    }
}
