//! Which labels of a document define something, and how far what they define reaches.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use smol_str::{SmolStr, format_smolstr};

use crate::document::gap::GapId;
use crate::document::label::{Key, REFERENCE};
use crate::document::section::SectionId;
use crate::document::tree::{NodeId, NodeKind, Tree};
use crate::document::{Document, DocumentId, Label, LabelId};
use crate::language::kind::DocumentKind;
use crate::language::lexicon::Lexicon;
use crate::source::Sources;

/// What a document defines.
#[derive(Debug, Default)]
pub struct Definitions {
    /// In the order of the text; what the document as a whole defines comes last.
    pub all: Vec<Definition>,
    /// Indices into `all`, sorted by key.
    by_key: Vec<DefinitionId>,
    /// Labels that look like definitions of what an earlier one defines.
    pub shadowed: Vec<LabelId>,
}

index_type! {
    /// A definition of a document.
    DefinitionId of Definition
}

indexed_by!(DocumentId, Definitions);

/// A label and what it names.
#[derive(Debug)]
pub struct Definition {
    /// What is defined.
    pub key: Key,
    /// The label: an index into the document's labels. None where the document, or a section of it, is the appendix.
    pub label: Option<LabelId>,
    /// The block that is defined, and one past the last node that belongs to it; none for a label in running text.
    pub body: Option<(NodeId, NodeId)>,
    /// The section that is a part of an appendix by its number: section 1 of appendix 2 is 附录2-1.
    pub section: Option<SectionId>,
    /// Which of the document's gaps holds it, where it is withheld.
    pub gap: Option<GapId>,
}

impl Definition {
    /// Whether the document as a whole is what is defined.
    pub fn is_document(&self) -> bool {
        self.label.is_none() && self.section.is_none() && self.gap.is_none()
    }
}

impl Definitions {
    /// The definition that a label is.
    pub fn of_label(&self, label: LabelId) -> Option<DefinitionId> {
        let at = self.all.partition_point(|definition| definition.label.is_some_and(|other| other < label));
        self.all.get(at).filter(|definition| definition.label == Some(label)).map(|_| DefinitionId::new(at))
    }

    /// The part of an appendix that a section is.
    pub fn of_section(&self, section: SectionId) -> Option<DefinitionId> {
        let parts = self.all.partition_point(|definition| definition.section.is_none());
        let at = self.all[parts..].binary_search_by_key(&Some(section), |definition| definition.section).ok()?;
        Some(DefinitionId::new(parts + at))
    }

    /// The definition of a key.
    pub fn get(&self, key: &Key) -> Option<DefinitionId> {
        let found = self.by_key.binary_search_by(|&index| self.all[index].key.cmp(key));
        found.ok().map(|at| self.by_key[at])
    }
}

/// Kinds that name what is handed in, of which the other side speaks by their labels.
const SAID_OF: &[&str] = &["exhibit", "annex", "appendix", "tab", "schedule"];

/// Whether what follows a label at the head of a paragraph or entry says something of what it names. In a list of evidence it
/// tells what it is, in whatever words.
fn judges(document: &Document, sources: &Sources, lexicon: &Lexicon, label: &Label) -> bool {
    let Some(block) = label.place.block() else { return false };
    let tree = &document.tree;
    if !matches!(tree.get(block).kind, NodeKind::Paragraph { .. } | NodeKind::Item { .. })
        || is_right_below_list(document, block, lexicon)
    {
        return false;
    }
    let mut text = String::new();
    tree.text_into(sources.get(document.source), tree.get(label.node).end, tree.get(block).end, &mut text);
    lexicon.is_judgement(&text)
}

/// Kinds that are often numbered anew, without anybody meaning one thing.
pub const REPEATED: &[&str] = &["figure", "table", "tab", "page", "schedule", REFERENCE];

/// Settles which labels of `document` are definitions.
///
/// Of several candidates for a key the strongest place wins (heading, block, row, before an address; in brackets before
/// bare). Among equals it is the one that stands in the company of its neighbours (1-9 between 1-8 and 1-10), then one
/// that does not go on with a sentence that the block before it left unfinished, then the first.
///
/// What `is_elsewhere` says to be defined in a list of its own, as exhibits are, no document defines. What is defined in a
/// gap is so whatever else the document holds.
///
/// A block that says something of an exhibit and begins with its label describes it no more than running text does: 证据2：
/// 真实性不予认可, “[Exhibit 4] is a forgery”.
pub fn of(
    document: &Document,
    sources: &Sources,
    lexicon: &Lexicon,
    is_elsewhere: impl Fn(&Key) -> bool,
) -> Definitions {
    let withheld = || GapId::each(&document.gaps).flat_map(|(at, gap)| gap.defines.iter().map(move |key| (at, key)));
    let is_withheld = |key: &Key| withheld().any(|(_, other)| other == key);
    let mut candidates: BTreeMap<&Key, Vec<LabelId>> = BTreeMap::new();
    for (index, label) in LabelId::each(&document.labels) {
        let judges = || SAID_OF.contains(&label.key.kind.as_str()) && judges(document, sources, lexicon, label);
        if label.place.may_define() && !is_elsewhere(&label.key) && !is_withheld(&label.key) && !judges() {
            candidates.entry(&label.key).or_default().push(index);
        }
    }
    // `[1]` before a text may be anything, unless something cites it.
    let is_cited = |key: &Key| document.labels.iter().any(|label| label.key == *key && !label.place.may_define());
    candidates.retain(|key, _| key.kind != REFERENCE || is_cited(key));
    let mut winners: Vec<LabelId> = Vec::with_capacity(candidates.len());
    let mut shadowed = Vec::new();
    let mut siblings = None;
    for indices in candidates.values() {
        if let [only] = indices.as_slice() {
            winners.push(*only);
            continue;
        }
        let siblings = siblings.get_or_insert_with(|| previous_siblings(document));
        let judge = |&index: &LabelId| (strength(document, sources, siblings, index), index);
        let judged: Vec<_> = indices.iter().map(judge).collect();
        let best = judged.iter().min_by_key(|&&(strength, index)| (Reverse(strength), index));
        let Some(&(strength, winner)) = best else { continue };
        winners.push(winner);
        let rivals = judged.iter().filter(|&&(s, index)| s == strength && index != winner && s.0 > 1);
        // Headings such as “Table 1” begin anew in every part.
        let rivals = rivals.filter(|_| !REPEATED.contains(&document.labels[winner].key.kind.as_str()));
        shadowed.extend(rivals.map(|&(_, index)| index));
    }
    winners.sort_unstable();
    shadowed.sort_unstable();
    let blocks: Vec<NodeId> = winners.iter().filter_map(|&index| document.labels[index].place.block()).collect();
    let bodies = bodies(&document.tree, &blocks);
    let mut all: Vec<Definition> = winners
        .iter()
        .map(|&index| {
            let Label { key, place, .. } = &document.labels[index];
            let body = place.block().and_then(|block| {
                let at = bodies.partition_point(|&(start, _)| start < block);
                bodies.get(at).copied()
            });
            Definition { key: key.clone(), label: Some(index), body, section: None, gap: None }
        })
        .collect();
    let appendix = whole_document(document).filter(|key| !all.iter().any(|definition| definition.key == *key));
    all.extend(appendix.map(|key| Definition { key, label: None, body: None, section: None, gap: None }));
    let withheld = withheld().filter(|(_, key)| !is_elsewhere(key)).map(|(gap, key)| Definition {
        key: key.clone(),
        label: None,
        body: None,
        section: None,
        gap: Some(gap),
    });
    all.extend(withheld.collect::<Vec<_>>());
    let parts = appendix_parts(document, &all);
    all.extend(parts);
    let mut by_key: Vec<DefinitionId> = DefinitionId::all(&all).collect();
    by_key.sort_by(|&a, &b| all[a].key.cmp(&all[b].key));
    Definitions { all, by_key, shadowed }
}

/// The appendix that the document is by its file name.
fn whole_document(document: &Document) -> Option<Key> {
    let number = document.number.filter(|_| document.kind == DocumentKind::Appendix);
    number.map(|number| Key {
        kind: SmolStr::new_static("appendix"),
        qualifier: None,
        number: SmolStr::new(number.to_string()),
    })
}

/// The sections of appendices that are cited by the number of the appendix and their own: 附录2-1. A label of that name
/// outranks them.
fn appendix_parts(document: &Document, defined: &[Definition]) -> Vec<Definition> {
    let appendix = |definition: &&Definition| definition.key.kind == "appendix" && definition.key.qualifier.is_none();
    let whole = defined.iter().filter(appendix).find(|definition| definition.is_document());
    let headings = SectionId::each(&document.sections).filter_map(|(at, section)| Some((section.label?, at)));
    let headings: HashMap<LabelId, SectionId> = headings.collect();
    let headed: HashMap<SectionId, &SmolStr> = defined
        .iter()
        .filter(appendix)
        .filter_map(|definition| Some((*headings.get(&definition.label?)?, &definition.key.number)))
        .collect();
    if whole.is_none() && headed.is_empty() {
        return Vec::new();
    }
    let mut numbers: Vec<Option<SmolStr>> = Vec::with_capacity(document.sections.len());
    let mut taken: HashSet<SmolStr> = defined.iter().filter(appendix).map(|d| d.key.number.clone()).collect();
    let mut parts: Vec<Definition> = Vec::new();
    for (index, section) in SectionId::each(&document.sections) {
        let above = match section.parent.filter(|&parent| document.title_section != Some(parent)) {
            Some(parent) => numbers[parent.place()].clone(),
            None => whole.map(|whole| whole.key.number.clone()).or_else(|| {
                let title = document.title_section?;
                headed.get(&title).map(|number| (*number).clone())
            }),
        };
        let own = headed.get(&index).map(|number| (*number).clone());
        let part = above.zip(section.number.as_ref()).filter(|_| section.top && section.depth > 0);
        let part = part.filter(|_| own.is_none());
        let part = part.map(|(above, number)| format_smolstr!("{above}-{}", number.parts.last().copied().unwrap_or(1)));
        if let Some(number) = part.as_ref().filter(|number| taken.insert((*number).clone())) {
            let key = Key { kind: SmolStr::new_static("appendix"), qualifier: None, number: number.clone() };
            parts.push(Definition { key, label: None, body: None, section: Some(index), gap: None });
        }
        numbers.push(own.or(part));
    }
    parts
}

/// How strongly a label claims to be the definition: place, company, and whether a sentence starts with it.
fn strength(document: &Document, sources: &Sources, siblings: &Siblings, index: LabelId) -> (u8, bool, bool) {
    let label = &document.labels[index];
    let Some(block) = label.place.block() else {
        return (label.place.rank(), false, false);
    };
    // Of two footnotes of one number the first is it, wherever the other stands.
    if matches!(document.tree.get(block).kind, NodeKind::Footnote(_)) {
        return (label.place.rank(), false, true);
    }
    let defines = |label: &&Label| label.place.block().is_some();
    let before = document.labels[..index.place()].iter().rev().find(defines);
    let after = document.labels[index.place() + 1..].iter().find(defines);
    let company = before.is_some_and(|before| follows(&before.key, &label.key))
        || after.is_some_and(|after| follows(&label.key, &after.key));
    let starts = !continues_sentence(document, sources, siblings.get(&block).copied());
    (label.place.rank(), company, starts)
}

/// Whether `after` is the number right after `before`: 1-9 after 1-8.
fn follows(before: &Key, after: &Key) -> bool {
    let split = |key: &Key| {
        let (lead, last) = key.number.rsplit_once('-').unwrap_or(("", &key.number));
        last.parse::<u32>().ok().map(|last| (lead.to_owned(), last))
    };
    let same_kind = before.kind == after.kind && before.qualifier == after.qualifier;
    match (split(before), split(after)) {
        (Some((lead_before, last_before)), Some((lead_after, last_after))) => {
            same_kind && lead_before == lead_after && last_before + 1 == last_after
        }
        _ => false,
    }
}

/// Whether the block before is a paragraph that ends in the middle of a sentence.
fn continues_sentence(document: &Document, sources: &Sources, before: Option<NodeId>) -> bool {
    let Some(before) = before else { return false };
    if !matches!(document.tree.get(before).kind, NodeKind::Paragraph { .. }) {
        return false;
    }
    let text = document.tree.text(sources.get(document.source), before);
    let last = text.trim_end().trim_end_matches(['”', '’', '"', '）', ')', '』', '」', '》']).chars().next_back();
    last.is_some_and(|c| !"。！？；：….!?;:】]".contains(c))
}

/// For each block that a label begins, the sibling before it.
type Siblings = HashMap<NodeId, NodeId>;

fn previous_siblings(document: &Document) -> Siblings {
    let blocks: HashSet<NodeId> = document.labels.iter().filter_map(|label| label.place.block()).collect();
    let mut siblings = Siblings::new();
    // The open nodes, each with its last child so far.
    let mut open: Vec<(NodeId, Option<NodeId>)> = Vec::new();
    for (id, node) in document.tree.iter() {
        while open.pop_if(|(above, _)| document.tree.get(*above).end <= id).is_some() {}
        if let Some((_, last_child)) = open.last_mut() {
            if let Some(before) = last_child.filter(|_| blocks.contains(&id)) {
                siblings.insert(id, before);
            }
            *last_child = Some(id);
        }
        if node.end > id + 1 {
            open.push((id, None));
        }
    }
    siblings
}

/// How far each of `blocks` (sorted) reaches: up to the next definition, heading or thematic break among its siblings. A
/// list item, row or footnote is all there is of its definition.
fn bodies(tree: &Tree, blocks: &[NodeId]) -> Vec<(NodeId, NodeId)> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut parents: Vec<NodeId> = Vec::new();
    let mut at = 0;
    for (position, &block) in blocks.iter().enumerate() {
        while at < block {
            parents.push(at);
            at += 1;
        }
        while parents.last().is_some_and(|&parent| tree.get(parent).end <= block) {
            parents.pop();
        }
        let node = tree.get(block);
        let mut end = node.end;
        if matches!(node.kind, NodeKind::Paragraph { .. } | NodeKind::Heading(_)) {
            let limit = parents.last().map_or(tree.len(), |&parent| tree.get(parent).end);
            let next_definition = blocks[position + 1..].first().copied().unwrap_or(NodeId::MAX);
            while end < limit {
                let sibling = tree.get(end);
                let stops = matches!(sibling.kind, NodeKind::Heading(_) | NodeKind::Rule | NodeKind::Footnote(_));
                if stops || next_definition < sibling.end {
                    break;
                }
                end = sibling.end;
            }
        }
        out.push((block, end));
    }
    out
}

/// Whether the heading right above a node says that it stands in a list of evidence, or the title where there is no other.
pub(crate) fn is_right_below_list(document: &Document, node: NodeId, lexicon: &Lexicon) -> bool {
    let before = document.sections.partition_point(|section| section.node < node);
    let above = document.sections[..before].iter().enumerate().rfind(|(_, section)| section.top);
    match above {
        Some((at, section)) if document.title_section != Some(SectionId::new(at)) => {
            lexicon.is_evidence_list(&section.title)
        }
        title => {
            document.kind == DocumentKind::Evidence
                || title.is_some_and(|(_, section)| lexicon.is_evidence_list(&section.title))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Origin;
    use crate::language::Language;
    use crate::language::LanguageId;
    use crate::language::lexicon::Lexicon;
    use crate::source::Source;

    /// Each definition as "key: text of its body".
    fn definitions(text: &str) -> Vec<String> {
        let languages = [Language::new("zh", None), Language::new("en", None)];
        let lexicon = Lexicon::new(&languages);
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a.md", text.to_owned()));
        let origin = Origin {
            source: sources.get(id),
            id,
            language: LanguageId::FIRST,
            own_tag: None,
            promises: false,
            path: "a.md",
            languages: &languages,
            known: &languages,
            lexicon: &lexicon,
        };
        let document = Document::parse(origin);
        let definitions = of(&document, &sources, &lexicon, |_| false);
        let show = |definition: &Definition| {
            let mut text = String::new();
            if let Some((start, end)) = definition.body {
                document.tree.text_into(sources.get(id), start, end, &mut text);
            }
            format!("{} {}: {text}", definition.key.kind, definition.key.number)
        };
        definitions.all.iter().map(show).collect()
    }

    #[test]
    fn a_note_runs_to_the_next_definition_heading_or_break() {
        let text = "【注1-1】甲\n\n乙\n\n- 丙\n\n【注1-2】丁\n\n---\n\n戊\n\n【注1-3】己\n\n## 庚\n\n辛";
        assert_eq!(
            definitions(text),
            ["note 1-1: 【注1-1】甲 乙 丙", "note 1-2: 【注1-2】丁", "note 1-3: 【注1-3】己"]
        );
    }

    #[test]
    fn every_form_of_definition_is_seen() {
        for (text, key) in [
            ("### 【注2-1】：标题\n\n文字", "note 2-1"),
            ("注1: 文字", "note 1"),
            ("## 附录2, 标题", "appendix 2"),
            ("## 六、【附录2】标题", "appendix 2"),
            ("- 1-2-3, 【邮箱3】a@example.com 文字", "email 3"),
            ("[^1-1]: text\n", "note 1-1"),
            ("**【注1】** 文字", "note 1"),
            ("**1-1，** 【链接2】 文字", "link 2"),
            ("[Note 1-1] text", "note 1-1"),
            ("[Note 1-1]: text", "note 1-1"),
            ("### Appendix 3\n", "appendix 3"),
            ("给出了新的【邮箱3】 a@example.com 之后", "email 3"),
            ("给出了【链接9】<https://example.com/> 之后", "link 9"),
            ("| 编号 | 说明 |\n|---|---|\n| 【链接1】 | x |\n", "link 1"),
            ("【仓单3】文字", "仓单 3"),
        ] {
            let found = definitions(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].starts_with(&format!("{key}:")), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_only_begins_like_a_definition_is_none() {
        for text in [
            "【注1-8】和【注1-9】总结下来",
            "**【注1-8】**、**【注1-9】**总结",
            "【注1-4，注1-5】",
            "文字【注1-1】文字",
            "【重要】文字",
            "`【注1-1】` 文字",
            "[Note 1] and [Note 2] together",
            "【《补充》注1-1】说明",
            "\\[Note 1] text",
        ] {
            assert_eq!(definitions(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_stronger_place_wins_and_the_company_of_neighbours_decides_among_equals() {
        let text = "【注1】段落\n\n### 【注1】：标题";
        assert_eq!(definitions(text), ["note 1: 【注1】：标题"]);
        let text = "注1: 无括号\n\n【注1】有括号";
        assert_eq!(definitions(text), ["note 1: 【注1】有括号"]);
        let text = "因为有授权\n\n【注1-9】功能，而后\n\n## 备注\n\n【注1-8】甲\n\n【注1-9】乙\n\n【注1-10】丙";
        assert_eq!(definitions(text)[1], "note 1-9: 【注1-9】乙");
        let text = "【注1】甲。\n\n【注1】乙。";
        assert_eq!(definitions(text), ["note 1: 【注1】甲。 【注1】乙。"]);
    }
}
