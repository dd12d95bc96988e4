//! Which sections of a translation are those of the original.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::section::{SectionId, is_part_of};
use crate::{Message, joined};

/// How many sections a finding names.
const NAMED: usize = 3;

/// The sections that two documents have in common.
///
/// Sections with the same number, label or id below twins are twins; between twins, sections pair in their order where
/// there are equally many outermost ones, and then what stands below these.
pub(super) struct Twins {
    /// For a section of the translation, that of the original.
    originals: HashMap<usize, usize>,
    /// Outermost sections of the original, with how many the translation has where theirs should be, when these are not as
    /// many.
    gaps: Vec<(Vec<usize>, usize)>,
}

impl Twins {
    /// The sections that `translation` has in common with `original`.
    pub(super) fn of(original: &Document, translation: &Document) -> Self {
        let (left, right) = (identities(original), identities(translation));
        let mut twins = Self { originals: HashMap::new(), gaps: Vec::new() };
        let titles = [original.title_section, translation.title_section];
        if titles.iter().all(|title| title.is_some_and(|title| title.place() == 0)) {
            twins.originals.insert(0, 0);
        }
        let [mut from_left, mut from_right] = titles.map(|title| usize::from(title.is_some()));
        let mut same = Vec::new();
        let mut search_from = from_left;
        for (index, identity) in right.iter().enumerate() {
            let Some(identity) = identity else { continue };
            let found = left[search_from..].iter().position(|other| other.as_ref() == Some(identity));
            if let Some(at) = found {
                same.push((search_from + at, index));
                search_from += at + 1;
            }
        }
        for &(l, r) in &same {
            twins.pair((original, from_left..l), (translation, from_right..r));
            (from_left, from_right) = (l + 1, r + 1);
        }
        twins.pair((original, from_left..left.len()), (translation, from_right..right.len()));
        twins.originals.extend(same.into_iter().map(|(l, r)| (r, l)));
        twins
    }

    /// The section of the original that section `index` of the translation translates.
    pub(super) fn original(&self, index: SectionId) -> Option<SectionId> {
        self.originals.get(&index.place()).copied().map(SectionId::new)
    }

    /// Pairs what stands between two twins.
    fn pair(&mut self, left: (&Document, Range<usize>), right: (&Document, Range<usize>)) {
        let heads = [outermost(left.0, &left.1), outermost(right.0, &right.1)];
        if heads[0].len() != heads[1].len() {
            let [left, right] = heads;
            self.gaps.push((left, right.len()));
            return;
        }
        // A heading may stand deeper than those after it.
        if heads[0].first() != Some(&left.1.start) || heads[1].first() != Some(&right.1.start) {
            return;
        }
        for (at, (&l, &r)) in heads[0].iter().zip(&heads[1]).enumerate() {
            self.originals.insert(r, l);
            let next = |heads: &[usize], end| heads.get(at + 1).copied().unwrap_or(end);
            let below = (l + 1..next(&heads[0], left.1.end), r + 1..next(&heads[1], right.1.end));
            self.pair((left.0, below.0), (right.0, below.1));
        }
    }

    /// What to say of the sections of the original that have no counterpart in the translation, the file of which is `file`.
    pub(super) fn untranslated(&self, original: &Document, file: &str) -> Option<Diagnostic> {
        let mut names = Vec::new();
        // Where one of several has no counterpart, nobody can say which; it is told where all of them have none, if there are such.
        let (mut first, mut among) = (None, None);
        let mut count = 0;
        for (left, right) in &self.gaps {
            let missing = left.len().saturating_sub(*right);
            if missing == 0 {
                continue;
            }
            count += missing;
            if *right > 0 {
                among.get_or_insert((left[0], left.len()));
            } else {
                first.get_or_insert(left[0]);
                names.extend(left.iter().map(|&at| original.sections[at].full_title()));
            }
        }
        let at = first.or(among.map(|(at, _)| at))?;
        let span = original.tree.get(original.sections[at].node).span;
        let (en_noun, en_verb) = if count == 1 { ("section", "has") } else { ("sections", "have") };
        let all = if names.len() == count && count <= NAMED {
            let names = joined(names.iter().map(|name| Message::alike(format!("“{name}”"))));
            message!(en: ": {names}", zh: "：{names}"; names)
        } else {
            Message::default()
        };
        let message = match among {
            Some((_, of)) if first.is_none() => {
                message!(
                    en: "{count} of the {of} sections beside each other that begin here {en_verb} no counterpart in \
                         {file}",
                    zh: "从这里起相邻的 {of} 节中，有 {count} 节在 {file} 中没有对应"
                )
            }
            _ => message!(
                en: "{count} {en_noun} of this document {en_verb} no counterpart in {file}{all}",
                zh: "本文有 {count} 节在 {file} 中没有对应{all}"; all
            ),
        };
        let help = message!(
            en: "translate what is missing, or give a section and its translation the same number or `{{#id}}`",
            zh: "请译出缺少的部分，或给一节和它的译文同样的编号或 `{{#id}}`"
        );
        Some(Diagnostic::at(Code::UntranslatedSection, original.source, span, message).help(help))
    }
}

/// Those sections of a range that stand in no other of it; what stands in quotes is nobody's section.
fn outermost(document: &Document, range: &Range<usize>) -> Vec<usize> {
    let top = || range.clone().filter(|&at| document.sections[at].top);
    let least = top().map(|at| document.sections[at].depth).min();
    top().filter(|&at| Some(document.sections[at].depth) == least).collect()
}

/// What makes a section the same in every language: the chain of numbers above it, its label, or the author's id.
fn identities(document: &Document) -> Vec<Option<String>> {
    let mut out: Vec<Option<String>> = Vec::with_capacity(document.sections.len());
    for (index, section) in SectionId::each(&document.sections) {
        let is_title = document.title_section == Some(index);
        let identity = if is_title {
            None
        } else if let Some(number) = &section.number {
            let parent = section.parent.filter(|&parent| document.title_section != Some(parent));
            let above = parent.map(|parent| (out[parent.place()].clone(), document.section(parent)));
            match above {
                None => Some(format!("s{number}")),
                Some((above, parent)) => {
                    let parts = match &parent.number {
                        Some(lead) if is_part_of(&lead.parts, &number.parts) => &number.parts[lead.parts.len()..],
                        _ => &number.parts,
                    };
                    above.map(|above| format!("{above}.{parts:?}"))
                }
            }
        } else if let Some(id) = &section.id {
            Some(format!("#{id}"))
        } else {
            section.label.map(|label| format!("{:?}", document.labels[label].key))
        };
        out.push(identity);
    }
    out
}
