//! Headings as a tree of sections. Real documents have headings of uneven level, so the numbers they bear
//! count for more than the number of `#`.

use std::collections::HashMap;

use super::outline::Number;
use super::tree::{NodeId, Tree};
use crate::document::LabelId;
use crate::language::chinese::is_numeral;
use crate::language::primary;
use crate::language::prose::{language_of, may_be_foreign};
use crate::language::script::is_cjk_language;
use crate::source::Source;
use crate::work;

index_type! {
    /// A section of a document.
    SectionId of Section
}

/// A heading and what stands below it.
#[derive(Debug)]
pub struct Section {
    /// The heading's node.
    pub node: NodeId,
    /// How many `#` it has, 1 to 6.
    pub level: u8,
    /// Whether it stands in the document itself, not in a quote or a hint.
    pub top: bool,
    /// Whether no `#` makes it a heading: it is a line of the outline of a text that has none.
    pub is_read: bool,
    /// Its outline number.
    pub number: Option<Number>,
    /// The number as written, in plain text.
    pub written_number: Box<str>,
    /// What stands between the number and the words, as written.
    pub separator: Box<str>,
    /// The words of the heading without the number.
    pub title: Box<str>,
    /// The id the author gave: `{#id}`.
    pub id: Option<Box<str>>,
    /// The label that begins the heading: an index into the document's labels.
    pub label: Option<LabelId>,
    /// The section it belongs to.
    pub parent: Option<SectionId>,
    /// How deep it stands: 1 for the outermost, 0 for the title.
    pub depth: u8,
    /// One past the last node that belongs to it.
    pub end: NodeId,
    /// The tag of the language that it is written in with all below it, where that is not the one of what it stands in.
    pub own_tag: Option<&'static str>,
}

impl Section {
    /// Number and title as one would quote them.
    pub fn full_title(&self) -> String {
        if self.written_number.is_empty() || self.title.is_empty() {
            return format!("{}{}", self.written_number, self.title);
        }
        format!("{}{}{}", self.written_number, self.separator, self.title)
    }
}

/// One past the last node of a section and of all the sections below it, whose own end is where the first of them begins.
pub fn reach(sections: &[Section], index: SectionId) -> NodeId {
    let section = &sections[index];
    let below = sections[index.place() + 1..].iter().take_while(|other| !other.top || other.depth > section.depth);
    below.filter(|other| other.top).last().map_or(section.end, |last| last.end)
}

/// Tells the sections that are written in another language than what they stand in, of a document in that of `tag`.
pub fn read_languages(sections: &mut [Section], tree: &Tree, source: &Source, tag: &str) {
    if !may_be_foreign(&source.text, is_cjk_language(tag)) {
        return;
    }
    let mut tags: Vec<&str> = Vec::with_capacity(sections.len());
    for index in SectionId::all(sections) {
        let section = &sections[index];
        let around = section.parent.and_then(|parent| tags.get(parent.place()).copied()).unwrap_or(tag);
        let own = (section.top && section.depth > 0).then(|| {
            let start = tree.get(section.node).span.start as usize;
            let end = reach(sections, index);
            let end = if end < tree.len() { tree.get(end).span.start as usize } else { source.text.len() };
            language_of(source.text.get(start..end)?)
        });
        let own = own.flatten().filter(|own| own.certain && own.tag != primary(around)).map(|own| own.tag);
        tags.push(own.unwrap_or(around));
        sections[index].own_tag = own;
    }
}

/// Finds the title among `sections` (in the order of the text) and gives every other its parent and depth.
/// Ends are left to the caller, who knows the tree. Returns the index of the title.
///
/// The title is the first heading if it is of level 1 and either bears no number or is the only one of that level, and if
/// hardly anything stands above it: `above` is how many letters and digits do. An article of a contract is no title.
///
/// A numbered heading belongs where its predecessor does (`## 2，` after `### 1，`), as long as the
/// section that holds the predecessor is still open; else below the last open section of a higher style
/// (1 below 一), or of a lower level. A heading without a number goes by its level alone.
pub fn arrange(sections: &mut [Section], above: usize) -> Option<SectionId> {
    let title = find_title(sections, above);
    let mut open: Vec<SectionId> = Vec::new();
    let mut reachable = Reachable::default();
    for index in SectionId::all(sections) {
        if title == Some(index) || !sections[index].top {
            sections[index].depth = if title == Some(index) { 0 } else { open.len() as u8 + 1 };
            sections[index].parent = open.last().copied();
            continue;
        }
        let keep = match reachable.predecessor(&sections[index]) {
            Some(sibling) => {
                let parent = sections[sibling].parent;
                parent.map_or(0, |p| open.iter().position(|&o| o == p).map_or(0, |at| at + 1))
            }
            None => ancestors(sections, &open, index),
        };
        if let Some(closed) = open.get(keep) {
            reachable.close(sections, *closed);
        }
        open.truncate(keep);
        sections[index].parent = open.last().copied();
        sections[index].depth = open.len() as u8 + 1;
        reachable.add(sections, index);
        open.push(index);
    }
    title
}

fn find_title(sections: &[Section], above: usize) -> Option<SectionId> {
    let first = sections.first().filter(|first| first.top && first.level == 1)?;
    let others = sections[1..].iter().any(|section| section.top && section.level == 1);
    if above > 0 {
        let ordinal = first
            .title
            .strip_prefix('第')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_numeric() || is_numeral(c) || c == ' '));
        let is_article = ordinal.is_some_and(|rest| rest.starts_with(['条', '章', '节', '款', '部', '编', '篇']));
        return (above <= MAX_ABOVE && first.number.is_none() && !is_article).then_some(SectionId::new(0));
    }
    (first.number.is_none() || !others).then_some(SectionId::new(0))
}

/// How many letters and digits may stand above a title: the name of a court, the number of a case.
const MAX_ABOVE: usize = 60;

/// The deepest level of headings.
const MAX_LEVEL: u8 = 6;

/// The numbered sections that another may follow: those whose parent is still open.
#[derive(Default)]
struct Reachable {
    /// In the order of the text, by number and level.
    of_number: HashMap<(Number, u8), Vec<SectionId>>,
    /// All of them in the order of the text.
    all: Vec<SectionId>,
}

impl Reachable {
    fn add(&mut self, sections: &[Section], index: SectionId) {
        let section = &sections[index];
        if let Some(number) = &section.number {
            self.of_number.entry((number.clone(), section.level)).or_default().push(index);
            self.all.push(index);
        }
    }

    /// Forgets what stands behind a section, all of which is below it.
    fn close(&mut self, sections: &[Section], closed: SectionId) {
        while let Some(last) = self.all.pop_if(|last| last.place() > closed.place()) {
            work::count(1);
            let section = &sections[last];
            if let Some(number) = &section.number
                && let Some(same) = self.of_number.get_mut(&(number.clone(), section.level))
            {
                same.pop();
            }
        }
    }

    /// The section whose number comes right before that of `section`, of the same level if there is one.
    fn predecessor(&self, section: &Section) -> Option<SectionId> {
        let before = section.number.as_ref()?.before()?;
        let last = |level: u8| {
            work::count(1);
            self.of_number.get(&(before.clone(), level))?.last().copied()
        };
        last(section.level).or_else(|| (1..=MAX_LEVEL).filter_map(last).max_by_key(|at| at.place()))
    }
}

/// How many of the open sections hold `index`.
fn ancestors(sections: &[Section], open: &[SectionId], index: SectionId) -> usize {
    let section = &sections[index];
    let outranks = |above: &Section| match (&above.number, &section.number) {
        (Some(above), Some(number)) => {
            above.style < number.style || (above.style == number.style && is_part_of(&above.parts, &number.parts))
        }
        _ => false,
    };
    let holds = |&at: &SectionId| {
        let above = &sections[at];
        above.level < section.level || outranks(above)
    };
    open.iter().rposition(holds).map_or(0, |at| at + 1)
}

/// Whether `whole` begins with all of `lead` and goes on: 2-1 is part of 2.
pub fn is_part_of(lead: &[u16], whole: &[u16]) -> bool {
    whole.len() > lead.len() && whole.starts_with(lead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::outline::{self, Context};

    fn section(text: &str) -> Section {
        let level = text.bytes().take_while(|&b| b == b'#').count();
        let words = text[level..].trim();
        let found = outline::parse(words, Context::Heading);
        Section {
            node: 0,
            level: level as u8,
            top: true,
            is_read: false,
            written_number: found.as_ref().map_or("", |f| &words[f.range.clone()]).into(),
            separator: found.as_ref().map_or("", |f| &words[f.range.end..f.rest]).into(),
            title: found.as_ref().map_or(words, |f| &words[f.rest..]).into(),
            number: found.map(|f| f.number),
            id: None,
            label: None,
            parent: None,
            depth: 0,
            end: 0,
            own_tag: None,
        }
    }

    /// Each heading, indented by its depth.
    fn arranged(headings: &[&str]) -> Vec<String> {
        let mut sections: Vec<Section> = headings.iter().map(|h| section(h)).collect();
        arrange(&mut sections, 0);
        let show = |s: &Section| format!("{}{}", " ".repeat(s.depth as usize), s.full_title());
        sections.iter().map(show).collect()
    }

    #[test]
    fn numbers_count_for_more_than_levels() {
        let shown = arranged(&[
            "# 标题",
            "## 五，详述",
            "### 1，交易",
            "## 2，划转",
            "## 3，入侵",
            "## 六，举报",
            "## 网站",
            "## 七，地址",
        ]);
        assert_eq!(
            shown,
            ["标题", " 五，详述", "  1，交易", "  2，划转", "  3，入侵", " 六，举报", " 网站", " 七，地址"]
        );
    }

    #[test]
    fn a_stray_outermost_heading_does_not_swallow_what_follows() {
        let shown = arranged(&["# 标题", "## 八，链接", "### 1，平台", "# 态度", "## 九，责任", "### 1，甲"]);
        assert_eq!(shown, ["标题", " 八，链接", "  1，平台", " 态度", " 九，责任", "  1，甲"]);
    }

    #[test]
    fn plain_headings_go_by_their_level() {
        let shown = arranged(&["# T", "## A", "### B", "#### C", "## D", "#### E"]);
        assert_eq!(shown, ["T", " A", "  B", "   C", " D", "  E"]);
    }

    #[test]
    fn a_number_starts_afresh_below_each_section() {
        let shown = arranged(&["## 一，甲", "### 1，a", "### 2，b", "## 二，乙", "### 1，c", "### 2，d"]);
        assert_eq!(shown, [" 一，甲", "  1，a", "  2，b", " 二，乙", "  1，c", "  2，d"]);
        let shown = arranged(&["## 1，甲", "### 1-1，a", "### 1-2，b", "## 2，乙", "### 2-1，c"]);
        assert_eq!(shown, [" 1，甲", "  1-1，a", "  1-2，b", " 2，乙", "  2-1，c"]);
    }

    #[test]
    fn the_work_of_finding_predecessors_grows_with_the_headings() {
        work::tests::grows_with_what_is_written("headings", |size| {
            let heading = |at: usize| ["## 一，甲", "### （一）乙", "### 7，丙", "# 丁"][at * 7 % 4];
            let mut sections: Vec<Section> = (0..size).map(|at| section(heading(at))).collect();
            arrange(&mut sections, 0);
        });
    }

    #[test]
    fn several_numbered_headings_of_level_one_are_sections_not_titles() {
        assert_eq!(arranged(&["# 一，甲", "# 二，乙"]), [" 一，甲", " 二，乙"]);
        assert_eq!(arranged(&["# 附录1，甲", "## 一，乙"]), ["附录1，甲", " 一，乙"]);
    }
}
