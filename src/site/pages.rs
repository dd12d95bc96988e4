//! Every page there is, with its path. This is the only place where a page gets one, and no two get the same.

mod generated;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

pub use generated::Generated;

use crate::case::Case;
use crate::case::group::{Group, GroupId};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::language::LanguageId;
use crate::slug::marked;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    /// The page at the root, from which a reader chooses a language.
    Chooser,
    /// The page that servers show for an address that is none.
    NotFound,
    /// The front page of a language.
    Home(LanguageId),
    /// A document.
    Document(DocumentId),
    /// The page that says that a group has no document in a language.
    Missing {
        /// The group.
        group: GroupId,
        /// The language.
        language: LanguageId,
    },
    /// A group side by side in two languages.
    Parallel {
        /// The group.
        group: GroupId,
        /// The languages, the translated one first.
        languages: [LanguageId; 2],
    },
    /// A page that is made of no document, in a language.
    Generated(Generated, LanguageId),
}

/// What stands on a page of the index: all lines of some groups of documents, or some lines of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexPart {
    /// The groups.
    pub groups: Range<usize>,
    /// Which of their lines.
    pub lines: Range<usize>,
}

/// The most lines on one page of the index: more make a page that old computers are slow with.
const MAX_LINES: usize = 4000;

/// The pages of a site.
#[derive(Debug)]
pub struct Pages {
    by_path: BTreeMap<SmolStr, Page>,
    paths: HashMap<Page, SmolStr, rustc_hash::FxBuildHasher>,
    /// The address of each group: the path of its pages below the folder of a language, without `.html`.
    addresses: Vec<String>,
    /// The pages made of no document that the lists of each language name.
    listed: Vec<Vec<Generated>>,
    /// The pages of the index, the same in every language.
    pub index: Vec<IndexPart>,
}

impl Pages {
    /// The pages of `case`, whose sources have so many bytes in each language. Where two would have one path, both are kept
    /// and it is reported.
    pub(super) fn of(case: &Case, text_sizes: &[usize], findings: &mut Vec<Diagnostic>) -> Self {
        let listed = LanguageId::each(text_sizes);
        let listed: Vec<Vec<Generated>> =
            listed.map(|(language, size)| generated::listed(case, language, *size)).collect();
        let index = index(case);
        let mut claims = Claims::default();
        let mut all =
            vec![(SmolStr::new_static("index.html"), Page::Chooser), (SmolStr::new_static("404.html"), Page::NotFound)];
        for (language, own) in LanguageId::each(&case.languages) {
            all.push((path(&own.tag, HOME), Page::Home(language)));
            for page in generated::all(case, &listed[language.place()], index.len()) {
                let name = claims.of_generated(page, page.name(case, language), findings);
                all.push((path(&own.tag, &name), Page::Generated(page, language)));
            }
        }
        let addresses = claims.of_groups(case, findings);
        all.extend(of_documents(case, &addresses));
        let by_path = all.iter().cloned().collect();
        let paths = all.into_iter().map(|(path, page)| (page, path)).collect();
        Self { by_path, paths, addresses, listed, index }
    }

    /// Every page, in the order of the paths.
    pub fn all(&self) -> impl Iterator<Item = (&str, Page)> {
        self.by_path.iter().map(|(path, page)| (path.as_str(), *page))
    }

    /// The path of a page; none if the site has no such page.
    pub fn path(&self, page: Page) -> Option<&str> {
        self.paths.get(&page).map(SmolStr::as_str)
    }

    /// The address of a group: lower-case ASCII, with `/`, the same in every language.
    pub fn address(&self, group: GroupId) -> &str {
        &self.addresses[group.place()]
    }

    /// The pages made of no document that lists of pages name in a language, of a list its first.
    pub fn listed(&self, language: LanguageId) -> &[Generated] {
        &self.listed[language.place()]
    }

    /// All pages of a language that are made of no document: the exhibits, then the others as lists name them.
    pub fn generated(&self, case: &Case, language: LanguageId) -> Vec<Generated> {
        generated::all(case, &self.listed[language.place()], self.index.len())
    }

    /// All pages of the list that a page belongs to; itself alone if it is no list.
    pub fn parts(&self, case: &Case, page: Generated) -> Vec<Generated> {
        page.parts(case, self.index.len())
    }
}

/// What the front page of a language is called.
const HOME: &str = "index";

/// The path of a page in the folder of a language, or of two.
fn path(folder: &str, name: &str) -> SmolStr {
    format_smolstr!("{folder}/{name}.html")
}

/// The pages of the documents, alone and side by side.
fn of_documents(case: &Case, addresses: &[String]) -> Vec<(SmolStr, Page)> {
    let mut pages = Vec::new();
    for ((at, group), address) in GroupId::each(&case.groups).zip(addresses) {
        for (language, document) in LanguageId::each(&group.documents) {
            let page = document.map_or(Page::Missing { group: at, language }, Page::Document);
            pages.push((path(&case.languages[language].tag, address), page));
        }
        // Every translation beside what it translates.
        for languages in case.pairs() {
            if languages.iter().all(|&language| group.documents[language].is_some()) {
                let [one, other] = languages.map(|language| case.languages[language].tag.as_str());
                pages.push((path(&format!("{one}-{other}"), address), Page::Parallel { group: at, languages }));
            }
        }
    }
    pages
}

/// The pages of the index.
fn index(case: &Case) -> Vec<IndexPart> {
    let count = |document: DocumentId| {
        let (own, definitions) = (&case.documents[document], &case.definitions[document].all);
        let events = case.events_of(document).map_or(0, <[_]>::len);
        own.sections.len() + own.items.len() + definitions.len() + events + 1
    };
    let mut parts = Vec::new();
    let (mut start, mut lines) = (0, 0);
    for (at, group) in case.groups.iter().enumerate() {
        let own = group.documents.iter().flatten().map(|&document| count(document)).max().unwrap_or(0);
        if lines > 0 && lines + own > MAX_LINES {
            parts.push(IndexPart { groups: start..at, lines: 0..usize::MAX });
            (start, lines) = (at, 0);
        }
        if own > MAX_LINES {
            let firsts = (0..own).step_by(MAX_LINES);
            parts.extend(firsts.map(|first| IndexPart { groups: at..at + 1, lines: first..first + MAX_LINES }));
            start = at + 1;
        } else {
            lines += own;
        }
    }
    if start < case.groups.len() || parts.is_empty() {
        parts.push(IndexPart { groups: start..case.groups.len(), lines: 0..usize::MAX });
    }
    parts
}

/// Who has a name in the folders of the languages, where every language has the same.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Holder {
    Home,
    Generated(Generated),
    /// A list that is handed in; its place in the tables of the languages may differ.
    Catalogue,
    Group(GroupId),
}

/// The names that are taken.
struct Claims(HashMap<String, Holder>);

impl Default for Claims {
    fn default() -> Self {
        Self(HashMap::from([(HOME.to_owned(), Holder::Home)]))
    }
}

impl Claims {
    /// The name of a page made of no document: the one it asks for, unless another page has that.
    fn of_generated(&mut self, page: Generated, name: String, findings: &mut Vec<Diagnostic>) -> String {
        let holder = match page {
            Generated::Catalogue(_) => Holder::Catalogue,
            page => Holder::Generated(page),
        };
        let numbered = (2..).map(|copy: u32| format!("{name}-b{copy}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        let is_free = |candidate: &String| self.0.get(candidate).is_none_or(|other| *other == holder);
        let given = candidates.find(is_free).unwrap_or_default();
        if self.0.insert(given.clone(), holder).is_none() && given != name {
            let message = message!(
                en: "two pages that casefile makes would be called `{name}`; one is called `{given}`",
                zh: "casefile 生成的两个页面都会叫 `{name}`；其中一页改叫 `{given}`"
            );
            findings.push(Diagnostic::case(Code::ClashingPath, message).help(message!(
                en: "give one of the exhibits or lists another number or name",
                zh: "请给其中一份证据或清单换一个编号或名称"
            )));
        }
        given
    }

    /// The address of each group.
    ///
    /// Addresses are those of the paths alone. Where two come to the same, that document keeps it which claims it, by its
    /// `slug` or because its path is the address, else the first by path; another one's address ends in a mark of its path,
    /// and so depends on no third.
    fn of_groups(&mut self, case: &Case, findings: &mut Vec<Diagnostic>) -> Vec<String> {
        let wanted: Vec<(String, bool)> = case.groups.iter().map(wanted).collect();
        let mut order: Vec<GroupId> = GroupId::all(&case.groups).collect();
        order.sort_by_key(|&at| (!wanted[at.place()].1, &case.groups[at].path));
        let mut addresses = vec![String::new(); case.groups.len()];
        for at in order {
            let (address, claims) = &wanted[at.place()];
            let path = &case.groups[at].path;
            let given = match self.0.get(address) {
                None => address.clone(),
                Some(Holder::Group(other)) => {
                    if *claims {
                        findings.push(two_documents(case, at, *other));
                    }
                    self.set_apart(address, path)
                }
                Some(Holder::Home | Holder::Generated(_) | Holder::Catalogue) => {
                    findings.push(page_of_ours(case, at, address));
                    let given = format!("{address}-page");
                    if self.0.contains_key(&given) { self.set_apart(&given, path) } else { given }
                }
            };
            self.0.insert(given.clone(), Holder::Group(at));
            addresses[at.place()] = given;
        }
        addresses
    }

    /// An address that is free: the one wanted with a mark of the path.
    fn set_apart(&self, address: &str, path: &str) -> String {
        let (folders, name) = address.rsplit_once('/').unwrap_or(("", address));
        let slash = if folders.is_empty() { "" } else { "/" };
        let marks = (0..).map(|copy| format!("{path}{}", "/".repeat(copy)));
        let mut addresses = marks.map(|mark| format!("{folders}{slash}{}", marked(name, &mark)));
        addresses.find(|address| !self.0.contains_key(address)).unwrap_or_default()
    }
}

/// The address that a group asks for, and whether it claims that: another name would be no name of it.
fn wanted(group: &Group) -> (String, bool) {
    let address = if Generated::is_kept(&group.address) || group.address == HOME {
        format!("{}-page", group.address)
    } else {
        group.address.clone()
    };
    let claims = group.has_slug || group.stem() == address;
    (address, claims)
}

fn file_of(case: &Case, group: GroupId) -> &str {
    &case.source_of(case.groups[group].primary().map_or(DocumentId::FIRST, |(_, document)| document)).path
}

fn two_documents(case: &Case, group: GroupId, other: GroupId) -> Diagnostic {
    let other = file_of(case, other);
    let message = message!(
        en: "the page would have the same address as that of {other}",
        zh: "这一页会与 {other} 的地址相同"
    );
    Diagnostic::file(Code::ClashingPath, file_of(case, group), message).help(message!(
        en: "rename one of the files, or give it a `slug` of its own",
        zh: "请给其中一个文件改名，或给它一个自己的 `slug`"
    ))
}

fn page_of_ours(case: &Case, group: GroupId, name: &str) -> Diagnostic {
    let message = message!(
        en: "a page that casefile makes is called `{name}`",
        zh: "`{name}` 是 casefile 自己生成的页面所用的名称"
    );
    Diagnostic::file(Code::ClashingPath, file_of(case, group), message).help(message!(
        en: "rename the file, or give it a `slug` in its front matter",
        zh: "请给文件改名，或在文件开头的设置中写 `slug`"
    ))
}

/// The way from the page `from` to `to`, both paths in the site; relative, so that the site may stand anywhere.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &from[..from.len() - 1];
    let shared = folders.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(folders.len() - shared);
    path.push_str(&to[shared..].join("/"));
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::exhibit::ExhibitId;

    #[test]
    fn links_are_relative() {
        assert_eq!(relative("zh/a.html", "zh/b.html"), "b.html");
        assert_eq!(relative("zh/a.html", "en/a.html"), "../en/a.html");
        assert_eq!(relative("zh/x/a.html", "static/c.css"), "../../static/c.css");
        assert_eq!(relative("index.html", "zh/index.html"), "zh/index.html");
        assert_eq!(relative("zh/x/a.html", "zh/x/b.html"), "b.html");
    }

    #[test]
    fn two_generated_pages_of_one_name_are_both_kept_and_reported() {
        let (mut claims, mut findings) = (Claims::default(), Vec::new());
        let mut claim = |page| claims.of_generated(page, "exhibit-1-1".to_owned(), &mut findings);
        assert_eq!(claim(Generated::Exhibit(ExhibitId::new(4))), "exhibit-1-1");
        assert_eq!(claim(Generated::Exhibit(ExhibitId::new(7))), "exhibit-1-1-b2");
        assert_eq!(claim(Generated::Exhibit(ExhibitId::new(4))), "exhibit-1-1");
        assert_eq!(claim(Generated::Exhibit(ExhibitId::new(7))), "exhibit-1-1-b2");
        assert_eq!(findings.len(), 1);
    }
}
