//! Resolves the targets of links and images: another site, a page, a file of the case, or nothing.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;
use smol_str::SmolStr;

mod missing;

use missing::Missing;

use super::addresses::{Addresses, Spot};
use crate::Message;
use crate::case::exhibit::{ExhibitId, Visibility};
use crate::case::group::GroupId;
use crate::case::register::{Archived, EntryId};
use crate::case::{Case, telling};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::section::SectionId;
use crate::document::url::{Scheme, percent_decode, scheme};
use crate::document::{AnchorId, Document, DocumentId};
use crate::language::words::fold;
use crate::language::{Language, LanguageId};
use crate::list_of;
use crate::source::Span;
use crate::source::exhibit::{Cleaning, ExhibitFile};
use crate::yaml::closest;

/// The most names that are looked through for what a mistyped one may mean.
const MAX_COMPARED: usize = 300;

/// In how many findings of a document a name is looked for that may be meant: nobody reads more of them.
const MAX_SUGGESTED: usize = 500;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// To another site, by the link's own URL.
    External,
    /// To a mail address or telephone number.
    Contact,
    /// To the page of a group in a language, perhaps to a place on it.
    Page {
        /// ByPathAndName of the group.
        group: GroupId,
        /// ByPathAndName of the language.
        language: LanguageId,
        /// The anchor, without `#`.
        anchor: Option<SmolStr>,
        /// The place was not found, so the link leads to the page.
        astray: bool,
    },
    /// To the front page of a language.
    Home(LanguageId),
    /// To a file of the case: its path there.
    File(Box<str>),
    /// To the page of an exhibit, whose file was linked.
    Exhibit(ExhibitId),
    /// Nowhere.
    Broken,
    /// To what must not be followed.
    Unsafe,
}

/// Where an image lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageTarget {
    /// In the case: its path there.
    File(Box<str>),
    /// It is the file of an exhibit.
    Exhibit(ExhibitId),
    /// On another site, which is not asked for it.
    Remote,
    /// Nowhere.
    Missing,
}

/// The targets of one document.
#[derive(Debug, Default)]
pub struct Linked {
    /// Of each link.
    pub links: Vec<LinkTarget>,
    /// Of each image.
    pub images: Vec<ImageTarget>,
}

/// Resolves the links and images of every document.
pub fn resolve(case: &Case, addresses: &[Addresses], findings: &mut Vec<Diagnostic>) -> Vec<Linked> {
    let index = ByPathAndName::new(case);
    let resolved: Vec<(Linked, Vec<Diagnostic>)> = DocumentId::in_parallel(&case.documents)
        .map(|document| Resolver { case, addresses, index: &index, document, findings: Vec::new() }.resolve())
        .collect();
    let mut all = Vec::with_capacity(resolved.len());
    for (linked, mut found) in resolved {
        all.push(linked);
        findings.append(&mut found);
    }
    all
}

/// Where the copies lead that authors kept of links: by entry of the register, and language.
pub type Kept = BTreeMap<(EntryId, LanguageId), LinkTarget>;

/// Resolves the kept copies that are told as a path.
pub fn kept(case: &Case, addresses: &[Addresses], findings: &mut Vec<Diagnostic>) -> Kept {
    let index = ByPathAndName::new(case);
    let mut kept = Kept::new();
    for (at, entry) in EntryId::each(&case.register.entries) {
        for (language, said) in LanguageId::each(&entry.said) {
            let Some(Archived::Words(document, words, span)) = &said.archived else { continue };
            let is_path = !words.contains(char::is_whitespace) && words.contains(['/', '.']);
            if !is_path || scheme(words) != Scheme::Relative {
                continue;
            }
            let document = *document;
            let mut resolver = Resolver { case, addresses, index: &index, document, findings: Vec::new() };
            kept.insert((at, language), resolver.link(words, *span));
            findings.append(&mut resolver.findings);
        }
    }
    kept
}

/// What lies where.
struct ByPathAndName<'a> {
    /// The group and language of each document, by its path from the case folder.
    documents: HashMap<&'a str, (GroupId, LanguageId)>,
    /// The groups, by their path below the folder of a language.
    groups: HashMap<&'a str, GroupId>,
    /// The documents by the names of their files and their titles, those of the shortest paths first.
    names: HashMap<String, Vec<DocumentId>>,
    /// The paths of the other files, by their names.
    files: HashMap<&'a str, Vec<&'a str>>,
    /// The names of the places of each document that a link asked for by such a name.
    places: Vec<OnceLock<Places>>,
    /// What is told of a path at which nothing lies.
    missing: Missing<'a>,
}

/// By which names authors link to places of a document, besides our own anchors.
struct Places {
    /// The ids that the author gave, folded, by their place among them.
    given: HashMap<String, Vec<AnchorId>>,
    /// The sections, by the anchors that other programs make of their headings.
    sections: HashMap<String, Vec<SectionId>>,
}

impl Places {
    fn of(document: &Document) -> Self {
        let mut given: HashMap<String, Vec<AnchorId>> = HashMap::new();
        for (at, id) in AnchorId::each(&document.anchors) {
            given.entry(fold(id)).or_default().push(at);
        }
        let mut sections: HashMap<String, Vec<SectionId>> = HashMap::new();
        for (at, section) in SectionId::each(&document.sections) {
            let whole = format!("{}{}", section.written_number, section.title);
            let slugs = [section.full_title().as_str(), &section.title, &whole].map(heading_slug);
            for slug in slugs {
                let named = sections.entry(slug).or_default();
                if named.last() != Some(&at) {
                    named.push(at);
                }
            }
        }
        Self { given, sections }
    }
}

impl<'a> ByPathAndName<'a> {
    fn new(case: &'a Case) -> Self {
        let (mut documents, mut groups) = (HashMap::new(), HashMap::new());
        let mut names: HashMap<String, Vec<DocumentId>> = HashMap::new();
        for (at, document) in DocumentId::each(&case.documents) {
            let stem = fold(stem(&document.path));
            let title = fold(&document.title);
            if title != stem {
                names.entry(title).or_default().push(at);
            }
            names.entry(stem).or_default().push(at);
        }
        for called in names.values_mut().filter(|called| called.len() > 1) {
            called.sort_by_cached_key(|&at| (fold(&case.source_of(at).path).len(), at));
        }
        let mut files: HashMap<&str, Vec<&str>> = HashMap::new();
        let exhibits = case.exhibits.files.iter().map(|file| file.path.as_str());
        for path in case.assets.iter().map(String::as_str).chain(exhibits) {
            files.entry(path.rsplit('/').next().unwrap_or(path)).or_default().push(path);
        }
        for called in files.values_mut() {
            called.sort_by_key(|path| (path.len(), *path));
        }
        for (at, group) in GroupId::each(&case.groups) {
            for (language, document) in LanguageId::each(&group.documents) {
                let Some(document) = *document else { continue };
                documents.insert(case.source_of(document).path.as_str(), (at, language));
                groups.insert(case.documents[document].path.as_str(), at);
            }
        }
        let places = case.documents.iter().map(|_| OnceLock::new()).collect();
        Self { documents, groups, names, files, places, missing: Missing::new(case) }
    }
}

struct Resolver<'a> {
    case: &'a Case,
    addresses: &'a [Addresses],
    index: &'a ByPathAndName<'a>,
    document: DocumentId,
    findings: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn resolve(mut self) -> (Linked, Vec<Diagnostic>) {
        let document = &self.case.documents[self.document];
        let mut links: Vec<LinkTarget> = Vec::with_capacity(document.links.len());
        for (at, link) in document.links.iter().enumerate() {
            // GitBook repeats the link of a card inside it; one finding is enough.
            let repeats = at.checked_sub(1).filter(|&before| document.links[before].url == link.url);
            links.push(match repeats {
                Some(before) => links[before].clone(),
                None if link.by_name => self.link_by_name(&link.url, link.span),
                None => self.link(&link.url, link.span),
            });
        }
        let images = document
            .images
            .iter()
            .map(|image| {
                let named = image.by_name.then(|| self.file_named(&image.url)).flatten();
                self.image(named.as_deref().unwrap_or(&image.url), image.span)
            })
            .collect();
        (Linked { links, images }, self.findings)
    }

    fn link(&mut self, url: &str, span: Span) -> LinkTarget {
        match scheme(url) {
            Scheme::Web => LinkTarget::External,
            Scheme::Contact => LinkTarget::Contact,
            Scheme::Unsafe => {
                let name = url.split(':').next().unwrap_or("").trim();
                let message = message!(
                    en: "links with `{scheme}:` are not followed",
                    zh: "`{scheme}:` 开头的链接不能打开",
                    scheme = printable(name)
                );
                self.report(
                    Code::UnsafeLink,
                    span,
                    message,
                    message!(
                        en: "link with http, https, mailto or tel",
                        zh: "请用 http、https、mailto 或 tel 链接"
                    ),
                );
                LinkTarget::Unsafe
            }
            Scheme::Relative => self.relative(url, span),
        }
    }

    fn relative(&mut self, url: &str, span: Span) -> LinkTarget {
        let (path, fragment) = url.split_once('#').map_or((url, None), |(path, fragment)| (path, Some(fragment)));
        let path = path.split('?').next().unwrap_or("");
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        let source = &self.case.source_of(self.document).path;
        if url.trim().is_empty() {
            let help = message!(
                en: "write it between the round brackets, or take the square ones out",
                zh: "请把地址写进圆括号，或去掉方括号"
            );
            self.report(Code::BrokenLink, span, message!(en: "this link has no address", zh: "这个链接没有地址"), help);
            return LinkTarget::Broken;
        }
        if path.is_empty() {
            return match self.index.documents.get(source.as_str()) {
                Some(&(group, language)) => self.page(group, language, fragment, span),
                None => LinkTarget::Broken,
            };
        }
        let Some(wanted) = self.in_case(path, span) else { return LinkTarget::Broken };
        if let Some(target) = self.at(&wanted, fragment, span) {
            return target;
        }
        let document = Some(source.as_str()).filter(|_| path.starts_with('/'));
        for other in self.index.missing.other_spellings(&wanted, document) {
            if let Some(target) = self.at(&other, fragment, span) {
                return target;
            }
        }
        let (message, help) = self.index.missing.tell(
            &wanted,
            url,
            message!(en: "put the file into the case, or take the link out", zh: "请把文件放进案卷，或删去链接"),
            self.compared() > 0,
        );
        self.report(Code::BrokenLink, span, message, help);
        LinkTarget::Broken
    }

    /// What lies at a path from the case folder.
    fn at(&mut self, path: &str, fragment: Option<&str>, span: Span) -> Option<LinkTarget> {
        if let Some(language) = self.home_at(path) {
            return Some(LinkTarget::Home(language));
        }
        if let Some((group, language)) = self.document_at(path) {
            return Some(self.page(group, language, fragment, span));
        }
        if let Some(exhibit) = self.case.exhibits.of_path(path) {
            return Some(self.exhibit(exhibit, span).map_or(LinkTarget::Broken, LinkTarget::Exhibit));
        }
        if self.case.assets.contains(path) {
            let is_published = self.file(path, span).is_some();
            return Some(if is_published { LinkTarget::File(path.into()) } else { LinkTarget::Broken });
        }
        None
    }

    /// The language whose front page stands for a folder: that of its own folder, and for the folder that holds all
    /// content the language of the document.
    fn home_at(&self, path: &str) -> Option<LanguageId> {
        let content = self.case.content.as_str();
        if path.is_empty() || path == content {
            return Some(self.case.documents[self.document].language);
        }
        let folder = path.strip_prefix(content)?.trim_start_matches('/');
        let is_own = |language: &Language| language.tag.eq_ignore_ascii_case(folder);
        self.case.languages.iter().position(is_own).map(LanguageId::new)
    }

    /// Where `[[name]]`, `[[folder/name.md#heading]]` leads: to what lies at that path, or is called so wherever it lies.
    fn link_by_name(&mut self, written: &str, span: Span) -> LinkTarget {
        let (name, fragment) = written.split_once('#').map_or((written, None), |(name, part)| (name, Some(part)));
        // Of nested headings the last is meant, and blocks have no address here.
        let fragment = fragment.and_then(|fragment| fragment.rsplit('#').next()).map(str::trim);
        let fragment = fragment.filter(|fragment| !fragment.is_empty() && !fragment.starts_with('^'));
        let name = name.trim();
        if name.is_empty() {
            return self.relative(&format!("#{}", fragment.unwrap_or("")), span);
        }
        if let Some((group, language)) = self.document_named(name) {
            return self.page(group, language, fragment, span);
        }
        if let Some(path) = self.file_named(name) {
            return self.relative(&path, span);
        }
        let near = closest(name, self.documents_nearby().map(|path| path.rsplit('/').next().unwrap_or(path)));
        let help = near.map_or(
            message!(
                en: "call it by the name of its file, or take the brackets out",
                zh: "请写它的文件名，或去掉方括号"
            ),
            |near| message!(en: "did you mean {near}?", zh: "是否指 {near}？"),
        );
        self.report(
            Code::BrokenLink,
            span,
            message!(
                en: "nothing in the case is called {name}",
                zh: "案卷中没有名为 {name} 的文件",
                name = printable(name)
            ),
            help,
        );
        LinkTarget::Broken
    }

    /// The document at the path `name`, or that is called so, or has this title; in the language of this one rather than
    /// in another.
    fn document_named(&self, name: &str) -> Option<(GroupId, LanguageId)> {
        let case = self.case;
        let wanted = fold(name.strip_suffix(".md").unwrap_or(name).trim_start_matches("./"));
        let own = case.documents[self.document].language;
        let named = self.index.names.get(&wanted).or_else(|| self.index.names.get(stem(&wanted)))?;
        let is_own = |document: DocumentId| case.documents[document].language == own;
        let is_at_path = |document: DocumentId| {
            let source = &case.source_of(document).path;
            let path = fold(source.strip_suffix(".md").unwrap_or(source));
            path.strip_suffix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let is_titled = |document: DocumentId| fold(&case.documents[document].title) == wanted;
        let first = |is_own_language: bool, is_it: &dyn Fn(DocumentId) -> bool| {
            named.iter().copied().find(|&document| is_own(document) == is_own_language && is_it(document))
        };
        let found =
            [true, false].into_iter().find_map(|own| first(own, &is_at_path).or_else(|| first(own, &is_titled)))?;
        self.index.documents.get(case.source_of(found).path.as_str()).copied()
    }

    /// The file that is called `name`, wherever it lies, as a path from the content.
    fn file_named(&self, name: &str) -> Option<String> {
        let wanted = name.trim().trim_start_matches("./").trim_start_matches("../");
        let files = self.index.files.get(wanted.rsplit('/').next().unwrap_or(wanted))?;
        let called = |path: &str| path.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        let found = files.iter().copied().find(|path| called(path))?;
        let within = found.strip_prefix(self.case.content.as_str()).unwrap_or(found);
        // `%` and `#` are signs of an address.
        let within = within.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
        Some(format!("/{}", within.trim_start_matches('/')))
    }

    /// An exhibit that is led to by its file. None, and a finding, if it is hidden.
    fn exhibit(&mut self, exhibit: ExhibitId, span: Span) -> Option<ExhibitId> {
        let found = &self.case.exhibits.all[exhibit];
        if found.visibility != Visibility::Hidden {
            return Some(exhibit);
        }
        let message = message!(
            en: "exhibit {number} is hidden, so nothing leads to it",
            zh: "证据 {number} 是隐藏的，因此没有链接通向它",
            number = found.key.number
        );
        self.report(
            Code::BrokenLink,
            span,
            message,
            message!(
                en: "take the link out, or set another `visibility` in exhibits.yaml",
                zh: "请删去链接，或在 exhibits.yaml 中另设 `visibility`"
            ),
        );
        None
    }

    /// How many names the next finding is compared with.
    fn compared(&self) -> usize {
        if self.findings.len() < MAX_SUGGESTED { MAX_COMPARED } else { 0 }
    }

    /// The files of documents that a mistyped path may mean.
    fn documents_nearby(&self) -> impl Iterator<Item = &str> {
        let documents = DocumentId::all(&self.case.documents).take(self.compared());
        documents.map(|document| self.case.source_of(document).path.as_str())
    }

    /// A path as an author writes it, from the case folder. None, and a finding, if it leads out of the case.
    fn in_case(&mut self, path: &str, span: Span) -> Option<String> {
        let decoded = percent_decode(path);
        let source = &self.case.source_of(self.document).path;
        let base = match decoded.strip_prefix('/') {
            Some(_) => self.case.content.as_str(),
            None => source.rsplit_once('/').map_or("", |(folder, _)| folder),
        };
        let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
        for part in decoded.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        let message = message!(
                            en: "`{path}` leads out of the case folder",
                            zh: "`{path}` 通向案卷文件夹之外",
                            path = printable(path)
                        );
                        self.report(
                            Code::PathOutsideCase,
                            span,
                            message,
                            message!(
                                en: "copy the file into the case and link to it there",
                                zh: "请把文件复制到案卷中，再链接到那里"
                            ),
                        );
                        return None;
                    }
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    fn document_at(&self, path: &str) -> Option<(GroupId, LanguageId)> {
        let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
        let tries = [path.to_owned(), format!("{stem}.md"), format!("{path}/README.md"), format!("{path}/index.md")];
        if let Some(found) = tries.iter().find_map(|path| self.index.documents.get(path.as_str())) {
            return Some(*found);
        }
        // The document may be missing in that language; then a page says so.
        let below = path.strip_prefix(&self.case.content)?.trim_start_matches('/');
        let (folder, rest) = below.split_once('/')?;
        let language = self.case.languages.iter().position(|language| language.tag.eq_ignore_ascii_case(folder))?;
        let rest_stem = rest.strip_suffix(".html").unwrap_or(rest);
        let groups = &self.index.groups;
        let group = groups.get(rest).or_else(|| groups.get(format!("{rest_stem}.md").as_str()))?;
        Some((*group, LanguageId::new(language)))
    }

    fn page(&mut self, group: GroupId, language: LanguageId, fragment: Option<&str>, span: Span) -> LinkTarget {
        let anchor = fragment.map(|fragment| percent_decode(fragment).into_owned());
        let document = self.case.groups[group].documents[language];
        let found = match (&anchor, document) {
            (Some(anchor), Some(document)) => self.anchor(document, anchor),
            _ => None,
        };
        // Without a place of that name `#top` is the top of the page (HTML Standard, section 7.4.6.4).
        let is_top = anchor.as_deref().is_some_and(|anchor| anchor.eq_ignore_ascii_case("top"));
        // What is withheld has no place of its own any more.
        let is_withheld = document.is_some_and(|document| !self.case.documents[document].gaps.is_empty());
        let astray = anchor.is_some() && found.is_none() && !is_top && !is_withheld;
        if let (Some(anchor), Some(document)) = (&anchor, document.filter(|_| astray)) {
            let path = &self.case.source_of(document).path;
            let message = message!(
                en: "there is no `#{anchor}` in {path}",
                zh: "{path} 中没有 `#{anchor}` 这一处",
                anchor = printable(anchor)
            );
            let help = self.elsewhere(document, anchor).unwrap_or_else(|| {
                let near = closest(anchor, self.anchors(document).take(self.compared()));
                near.map_or(message!(en: "see the addresses in case.json", zh: "地址见 case.json"), |near| {
                    message!(
                        en: "did you mean `#{near}`?",
                        zh: "是否指 `#{near}`？"
                    )
                })
            });
            self.report(Code::BrokenAnchor, span, message, help);
        }
        LinkTarget::Page { group, language, anchor: found, astray }
    }

    /// Every anchor of a document.
    fn anchors(&self, document: DocumentId) -> impl Iterator<Item = &str> {
        self.addresses[document].in_order().iter().map(|addressed| addressed.anchor.as_str())
    }

    /// Where in another document of the same language the place is that a link to `document` asks for.
    fn elsewhere(&self, document: DocumentId, anchor: &str) -> Option<Message> {
        let language = self.case.documents[document].language;
        let others = DocumentId::all(&self.case.documents).filter(|&other| other != document);
        let mut others = others.filter(|&other| self.case.documents[other].language == language);
        let there = others.find(|&other| self.addresses[other].has(&fold(anchor)))?;
        Some(message!(
            en: "did you mean `{path}#{anchor}`?",
            zh: "是否指 `{path}#{anchor}`？",
            path = self.case.source_of(there).path
        ))
    }

    /// The anchor an author means: one of ours, or the one other programs make of a heading.
    fn anchor(&self, document: DocumentId, wanted: &str) -> Option<SmolStr> {
        let addresses = &self.addresses[document];
        let folded = fold(wanted);
        if !folded.is_empty() && addresses.has(&folded) {
            return Some(SmolStr::new(folded));
        }
        let places = self.places(document);
        let given = places.given.get(&folded).into_iter().flatten().map(|&at| addresses.of(Spot::Given(at)));
        if let Some(anchor) = given.into_iter().find(|anchor| !anchor.is_empty()) {
            return Some(SmolStr::new(anchor));
        }
        if let Some(anchor) = self.heading(document, wanted, 0) {
            return Some(anchor);
        }
        // GitHub counts headings of the same words: the second is `#words-1`.
        let (words, nth) = wanted.rsplit_once('-')?;
        let nth = nth
            .parse()
            .ok()
            .filter(|&nth: &usize| nth > 0 && nth.to_string().len() == wanted.len() - words.len() - 1)?;
        self.heading(document, words, nth)
    }

    /// The anchor of the heading that other programs would call `wanted`, the `nth` of them, counted from 0.
    fn heading(&self, document: DocumentId, wanted: &str, nth: usize) -> Option<SmolStr> {
        let places = self.places(document);
        let mut named: Vec<SectionId> = Vec::new();
        for name in [fold(wanted), heading_slug(wanted)] {
            named.extend(places.sections.get(&name).into_iter().flatten());
        }
        named.sort_unstable();
        named.dedup();
        named.get(nth).map(|&at| SmolStr::new(self.addresses[document].of(Spot::Section(at))))
    }

    fn places(&self, document: DocumentId) -> &Places {
        self.index.places[document.place()].get_or_init(|| Places::of(&self.case.documents[document]))
    }

    fn image(&mut self, url: &str, span: Span) -> ImageTarget {
        match scheme(url) {
            Scheme::Web => {
                let message = message!(
                    en: "an image of another site is not loaded",
                    zh: "其他网站的图片不会加载"
                );
                self.report(
                    Code::RemoteImage,
                    span,
                    message,
                    message!(
                        en: "save it in the case and show it from there",
                        zh: "请把图片存进案卷，并改用案卷中的图片"
                    ),
                );
                ImageTarget::Remote
            }
            Scheme::Contact | Scheme::Unsafe => {
                let message = message!(en: "this is no image of the case", zh: "这不是案卷中的图片");
                self.report(
                    Code::UnsafeLink,
                    span,
                    message,
                    message!(
                        en: "save the image in the case and show it from there",
                        zh: "请把图片存进案卷，并改用案卷中的图片"
                    ),
                );
                ImageTarget::Missing
            }
            Scheme::Relative => {
                let path = url.split(['?', '#']).next().unwrap_or("");
                let document = Some(self.case.source_of(self.document).path.as_str()).filter(|_| path.starts_with('/'));
                let Some(wanted) = self.in_case(path, span) else { return ImageTarget::Missing };
                let is_there =
                    |path: &String| self.case.exhibits.of_path(path).is_some() || self.case.assets.contains(path);
                let others = || self.index.missing.other_spellings(&wanted, document);
                let path = if is_there(&wanted) { None } else { others().into_iter().find(is_there) }.unwrap_or(wanted);
                if let Some(exhibit) = self.case.exhibits.of_path(&path) {
                    return self.exhibit(exhibit, span).map_or(ImageTarget::Missing, ImageTarget::Exhibit);
                }
                if self.case.assets.contains(&path) {
                    return self.shown(path, span);
                }
                let (message, help) = self.index.missing.tell(
                    &path,
                    url,
                    message!(
                        en: "put the image into the case",
                        zh: "请把图片放进案卷"
                    ),
                    self.compared() > 0,
                );
                self.report(Code::MissingImage, span, message, help);
                ImageTarget::Missing
            }
        }
    }

    /// A file that is cited. None, and a finding, if it is not published.
    fn file(&mut self, path: &str, span: Span) -> Option<&ExhibitFile> {
        let case = self.case;
        // Of what could not be read it was told already.
        let file = case.cited.get(path)?;
        let is_kept_back = file.facts.cleaning == Cleaning::Impossible;
        if let Some(telling) = file.telling(&case.config.allowed).filter(|_| is_kept_back) {
            let message = message!(
                en: "{path} says {telling}, which cannot be taken out of it, so it is not published",
                zh: "{path} 透露了{telling}，又无法去除，因此不公布"; telling
            );
            self.report(Code::TellingMetadata, span, message, telling::HELP);
            return None;
        }
        if is_kept_back {
            let message = message!(
                en: "{path} holds metadata that cannot be removed, so it is not published",
                zh: "{path} 中的元数据无法去除，因此不公布"
            );
            let help = message!(
                en: "convert it to JPEG, PNG or WebP, or look whether it is whole",
                zh: "请转换成 JPEG、PNG 或 WebP，或检查它是否完整"
            );
            self.report(Code::TellingMetadata, span, message, help);
            return None;
        }
        if !file.facts.lost.is_empty() {
            let lost = list_of(&file.facts.lost);
            let message = message!(en: "{path} is published without {lost}", zh: "公布的 {path} 去掉了 {lost}"; lost);
            let help = message!(
                en: "a drawing that is published neither acts nor loads anything; save it anew without them, \
                     or as a PNG",
                zh: "公布的图形既不会运行，也不会加载任何内容；请去掉这些后另存，或存为 PNG"
            );
            self.report(Code::CutDrawing, span, message, help);
        }
        Some(file)
    }

    /// A file that is shown as a picture. None, and a finding, if it cannot be.
    fn shown(&mut self, path: String, span: Span) -> ImageTarget {
        let Some(file) = self.file(&path, span) else { return ImageTarget::Missing };
        if file.facts.is_shown() {
            return ImageTarget::File(path.into());
        }
        let message = message!(en: "{path} is no picture that can be shown", zh: "{path} 不是可以显示的图片");
        self.report(
            Code::MissingImage,
            span,
            message,
            message!(
                en: "link to it, `[…](…)`, or save it as a PNG",
                zh: "请改为链接 `[…](…)`，或存为 PNG"
            ),
        );
        ImageTarget::Missing
    }

    fn report(&mut self, code: Code, span: Span, message: Message, help: Message) {
        let source = self.case.documents[self.document].source;
        self.findings.push(Diagnostic::at(code, source, span, message).help(help));
    }
}

/// The name of a Markdown file without its folders and its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// The anchor GitHub and most generators give a heading: lower case in every alphabet, spaces as hyphens, punctuation gone.
fn heading_slug(text: &str) -> String {
    let kept = text.chars().flat_map(char::to_lowercase).filter_map(|c| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
        _ => None,
    });
    fold(&kept.collect::<String>()).to_lowercase()
}

/// Text for a message: without control characters, not too long.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_found_by_the_anchor_that_others_give_it() {
        assert_eq!(heading_slug("Fast API: the details"), "fast-api-the-details");
        assert_eq!(heading_slug("二，经过"), "二经过");
    }
}
