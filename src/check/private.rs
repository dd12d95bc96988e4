//! C230 to C237, and C904 of files that are no pictures: what is private in what would be published.
//!
//! Looked for in everything that readers get: texts and titles, the settings that are shown, the names of files and what is
//! inside them. Told once for each kind and file.

use std::collections::BTreeMap;
use std::ops::Range;

use casefile_inside::Unseen;
use rayon::prelude::*;

use crate::case::exhibit::Visibility;
use crate::case::telling;
use crate::config::{self, Allowed};
use crate::diagnostic::{Code, Diagnostic, Level, Location};
use crate::document::tree::NodeKind;
use crate::document::{DocumentId, front_matter};
use crate::edition::Edition;
use crate::privacy::{self, PrivateKind, PrivateText};
use crate::render::theme;
use crate::site::Site;
use crate::source::exhibit::ExhibitFile;
use crate::source::exhibit::inside::Private;
use crate::source::{Source, SourceId, Span};
use crate::{Message, joined};

/// Finds what is private. The full edition is for those to whom it is told, and holds it.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    if site.case.edition == Edition::Full { Vec::new() } else { report(site) }
}

/// What of the case is private, whatever its edition.
pub(crate) fn report(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let allowed = &case.config.allowed;
    let of_documents: Vec<Vec<Diagnostic>> =
        DocumentId::in_parallel(&case.documents).map(|document| of_document(site, document)).collect();
    let mut findings: Vec<Diagnostic> = of_documents.into_iter().flatten().collect();
    let settings = case.sources.iter().filter(|(_, source)| source.path == config::FILE_NAME);
    for (id, source) in settings {
        findings.extend(of_settings(id, source, &unshown_settings(&source.text), allowed));
    }
    if let Some(id) = case.exhibits.list {
        let source = case.sources.get(id);
        findings.extend(of_settings(id, source, &unshown_exhibits(site, source), allowed));
    }
    let files = published(site);
    let names = case.documents.iter().map(|document| case.sources.get(document.source).path.as_str());
    for path in names.chain(files.keys().copied()) {
        let place = |_: &PrivateText| Location::File(path.to_owned());
        findings.extend(told(
            path,
            &privacy::scan(path),
            &Message::fixed(" in the name of this file", "（在文件名中）"),
            allowed,
            place,
        ));
    }
    for file in files.into_values() {
        findings.extend(inside(file, allowed));
    }
    for file in &case.theme {
        // What is no text shows nothing, and the program's own theme nothing of anybody.
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        if theme::texts().any(|own| own == text) {
            continue;
        }
        let place = |_: &PrivateText| Location::File(file.path.clone());
        findings.extend(told(
            text,
            &privacy::scan(text),
            &Message::fixed(" with every page", "（在每一页都有的主题文件中）"),
            allowed,
            place,
        ));
    }
    findings
}

/// The files that are published with the pages, by their path in the case.
pub(crate) fn published(site: &Site) -> BTreeMap<&str, &ExhibitFile> {
    let case = &site.case;
    let cited = site.files.keys().filter_map(|path| case.cited.get(path));
    let exhibits = site.exhibits.iter().zip(&case.exhibits.all).filter(|(page, _)| page.file.is_some());
    let exhibits = exhibits.filter_map(|(_, exhibit)| case.exhibits.file_of(exhibit));
    cited.chain(exhibits).map(|file| (file.path.as_str(), file)).collect()
}

/// What is private inside a file.
fn inside(file: &ExhibitFile, allowed: &Allowed) -> Vec<Diagnostic> {
    let inside = &file.facts.inside;
    let is_allowed = allowed.has_file(&file.path);
    let mut by_code: BTreeMap<&str, (Code, &Private, usize)> = BTreeMap::new();
    for one in inside.private.iter().filter(|one| !allowed.has_text(&one.value)) {
        let code = code(one.kind);
        if code.default_level() == Level::Error || !is_allowed {
            by_code.entry(code.id()).or_insert((code, one, 0)).2 += 1;
        }
    }
    let mut findings: Vec<Diagnostic> = by_code
        .into_values()
        .map(|(code, first, count)| {
            let place = match first.page {
                Some(page) if page > 1 => message!(en: " on page {page}", zh: "，在第 {page} 页"),
                Some(_) => Message::default(),
                None => Message::fixed(" where it is not seen on opening the file", "，在打开文件时看不到的地方"),
            };
            let mut message =
                message(code, &first.shown, count, &Message::fixed(" inside this file", "（在文件内部）"));
            message.push(&place);
            Diagnostic::file(code, &file.path, message).help(HELP)
        })
        .collect();
    if is_allowed {
        return findings;
    }
    let unseen: Vec<Message> = inside
        .unseen
        .iter()
        .map(|kind| match kind {
            Unseen::Comments => message!(en: "comments", zh: "批注"),
            Unseen::Deletions => message!(en: "deletions that are only marked", zh: "仅标记为删除的文字"),
            Unseen::Hidden => message!(en: "hidden text, sheets or layers", zh: "隐藏文字、工作表或图层"),
            Unseen::Versions => message!(en: "text of older versions of it", zh: "旧版本的文字"),
        })
        .collect();
    if !unseen.is_empty() {
        let unseen = joined(unseen);
        let message = message!(
            en: "would be published with {unseen}",
            zh: "这个文件会连同其中的{unseen}一起公开"; unseen
        );
        let help = message!(
            en: "save it without them, or list the file under `privacy: allow:` in casefile.yaml with the reason",
            zh: "请去掉这些内容后另存，或在 casefile.yaml 的 `privacy: allow:` 中列出这个文件并写明理由"
        );
        findings.push(Diagnostic::file(Code::UnseenInFile, &file.path, message).help(help));
    }
    if let Some(telling) = file.telling(allowed) {
        let message = message!(en: "says {telling}", zh: "文件透露了{telling}"; telling);
        findings.push(Diagnostic::file(Code::TellingMetadata, &file.path, message).help(telling::HELP));
    }
    findings
}

/// What is private in a document, as far as its text is shown.
fn of_document(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let case = &site.case;
    let this = &case.documents[document];
    let source = case.sources.get(this.source);
    let text = &source.text;
    let mut found = privacy::scan(text);
    if found.is_empty() {
        return Vec::new();
    }
    let (_, body) = front_matter::split(text);
    let shown = [Some(&this.title), this.front.summary.as_ref()];
    found.retain(|one| {
        let written = &text[one.range.clone()];
        one.range.start >= body || shown.iter().flatten().any(|shown| shown.contains(written))
    });
    let unshown = unshown(site, document);
    found.retain(|one| !unshown.iter().any(|range| range.contains(&one.range.start)));
    told(text, &found, &Message::default(), &case.config.allowed, |one| at(this.source, one))
}

/// What of a document is on no page: comments, and text that is hidden.
fn unshown(site: &Site, document: DocumentId) -> Vec<Range<usize>> {
    let this = &site.case.documents[document];
    let text = &site.case.sources.get(this.source).text;
    let hidden = site.case.findings.iter().filter(|finding| finding.code == Code::HiddenText);
    let mut unshown: Vec<Range<usize>> = hidden
        .filter_map(|finding| match finding.place {
            Location::At(id, span) if id == this.source => Some(span.range()),
            _ => None,
        })
        .collect();
    let is_code = |at: usize| {
        this.tree.iter().any(|(_, node)| {
            matches!(node.kind, NodeKind::Code(_) | NodeKind::CodeBlock(_)) && node.span.range().contains(&at)
        })
    };
    let comments = text.match_indices("<!--").filter_map(|(at, _)| Some(at..at + text[at..].find("-->")?));
    unshown.extend(comments.filter(|comment| !is_code(comment.start)));
    unshown
}

fn of_settings(id: SourceId, source: &Source, unshown: &[Range<usize>], allowed: &Allowed) -> Vec<Diagnostic> {
    let mut found = privacy::scan(&source.text);
    found.retain(|one| {
        let line = &source.text[source.line_start(source.line_of(one.range.start))..one.range.start];
        !line.trim_start().starts_with('#') && !unshown.iter().any(|range| range.contains(&one.range.start))
    });
    told(&source.text, &found, &Message::default(), allowed, |one| at(id, one))
}

/// What of casefile.yaml is not shown: the list of what may be.
fn unshown_settings(text: &str) -> Vec<Range<usize>> {
    let Some(start) = text.find("\nprivacy:").map(|at| at + 1).or_else(|| text.starts_with("privacy:").then_some(0))
    else {
        return Vec::new();
    };
    let mut end = start;
    for (at, line) in text[start..].split_inclusive('\n').enumerate() {
        if at > 0 && !line.starts_with([' ', '\t', '-', '#', '\n', '\r']) {
            break;
        }
        end += line.len();
    }
    std::iter::once(start..end).collect()
}

/// What of the list of exhibits is not shown: exhibits that appear nowhere.
fn unshown_exhibits(site: &Site, source: &Source) -> Vec<Range<usize>> {
    let listed = site.case.exhibits.all.iter().filter(|exhibit| !exhibit.span.is_empty());
    let starts: Vec<(usize, bool)> =
        listed.map(|exhibit| (exhibit.span.start as usize, exhibit.visibility == Visibility::Hidden)).collect();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([source.text.len()]);
    starts.iter().zip(ends).filter(|((_, hidden), _)| *hidden).map(|((start, _), end)| *start..end).collect()
}

fn at(id: SourceId, found: &PrivateText) -> Location {
    Location::At(id, Span::new(found.range.start, found.range.end))
}

/// One finding for each kind, at the place of the first.
fn told(
    text: &str,
    found: &[PrivateText],
    wherein: &Message,
    allowed: &Allowed,
    place: impl Fn(&PrivateText) -> Location,
) -> Vec<Diagnostic> {
    let mut by_code: BTreeMap<&str, (Code, &PrivateText, usize)> = BTreeMap::new();
    for one in found.iter().filter(|one| !allowed.has_text(&one.value)) {
        let code = code(one.kind);
        by_code.entry(code.id()).or_insert((code, one, 0)).2 += 1;
    }
    let tell = |(code, first, count): (Code, &PrivateText, usize)| {
        let shown = privacy::mask(first.kind, &text[first.range.clone()]);
        let message = message(code, &shown, count, wherein);
        Diagnostic { code, message, help: Some(Box::new(HELP)), place: place(first) }
    };
    by_code.into_values().map(tell).collect()
}

const HELP: Message = Message::fixed(
    "take out what readers need not know; what may be published is listed under `privacy: allow:` in \
         casefile.yaml, each with a reason",
    "请删去读者不必知道的内容；可以公开的，逐项列在 casefile.yaml 的 `privacy: allow:` 中，并各写明理由",
);

fn code(kind: PrivateKind) -> Code {
    match kind {
        PrivateKind::Identity => Code::IdentityNumber,
        PrivateKind::Card => Code::CardNumber,
        PrivateKind::DoubtfulCard => Code::DoubtfulCard,
        PrivateKind::Key | PrivateKind::ApiSecret => Code::SecretKey,
        PrivateKind::Travel => Code::TravelDocument,
        PrivateKind::Mobile => Code::MobileNumber,
        PrivateKind::Address => Code::HomeAddress,
    }
}

fn message(code: Code, shown: &str, count: usize, wherein: &Message) -> Message {
    let (en_one, en_several, zh_kind) = match code {
        Code::IdentityNumber => ("the number of an identity card", "numbers of identity cards", "身份证号码"),
        Code::CardNumber => ("the number of a bank card", "numbers of bank cards", "银行卡号"),
        Code::DoubtfulCard => (
            "the number of a bank card, with a wrong check digit,",
            "numbers of bank cards with wrong check digits",
            "校验位有误的银行卡号",
        ),
        Code::SecretKey => ("a secret key", "secret keys", "密钥"),
        Code::TravelDocument => ("the number of a travel document", "numbers of travel documents", "出入境证件号码"),
        Code::MobileNumber => ("a mobile number", "mobile numbers", "手机号码"),
        _ => ("the address of a home", "addresses of homes", "住址"),
    };
    match count {
        1 => message!(
            en: "{en_one} would be published{wherein}: {shown}",
            zh: "{zh_kind}会公开{wherein}：{shown}"; wherein
        ),
        _ => message!(
            en: "{count} {en_several} would be published{wherein}; the first is {shown}",
            zh: "{count} 个{zh_kind}会公开{wherein}；第一个是 {shown}"; wherein
        ),
    }
}
