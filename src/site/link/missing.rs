//! Suggestions for a path at which there is nothing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound::{Included, Unbounded};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::{MAX_COMPARED, printable};
use crate::Message;
use crate::case::Case;
use crate::document::DocumentId;
use crate::language::words::fold;
use crate::yaml::closest;

/// How names of hosts end that no name of a file ends with.
const HOST_ENDS: &[&str] =
    &["com", "net", "org", "edu", "gov", "cn", "info", "uk", "de", "eu", "jp", "tw", "hk", "example"];

/// The most paths of deeper folders and this one that are passed for it.
const MAX_PASSED: usize = 2000;

/// The folder that other tools publish at the top of a site.
const STATIC: &str = "static";

/// What lies in a case, for those who look for what does not. It is gathered when a first path leads nowhere.
pub(super) struct Missing<'a> {
    case: &'a Case,
    all: OnceLock<BTreeSet<&'a str>>,
    names: OnceLock<HashMap<String, Vec<&'a str>>>,
    composed: OnceLock<HashMap<String, &'a str>>,
}

impl<'a> Missing<'a> {
    pub(super) fn new(case: &'a Case) -> Self {
        Self { case, all: OnceLock::new(), names: OnceLock::new(), composed: OnceLock::new() }
    }

    /// The path of everything that links may lead to, from the case folder.
    fn all(&self) -> &BTreeSet<&'a str> {
        self.all.get_or_init(|| {
            let case = self.case;
            let documents = DocumentId::all(&case.documents).map(|document| case.source_of(document).path.as_str());
            let exhibits = case.exhibits.files.iter().map(|file| file.path.as_str());
            documents.chain(exhibits).chain(case.assets.iter().map(String::as_str)).collect()
        })
    }

    /// Other paths at which what `path` names may lie: the same letters in another normal form, as from a Mac; the name
    /// before the number of a line; for one from the top of the site (`/x`), the folder that other tools publish there, and that
    /// in which the document lies, where other tools let the site begin: `docs/x` in `docs/a.md`.
    pub(super) fn other_spellings(&self, path: &str, from_top_of: Option<&str>) -> Vec<String> {
        let mut others = Vec::new();
        if !path.is_ascii() {
            let composed = self.composed.get_or_init(|| {
                let foreign = self.all().iter().filter(|path| !path.is_ascii());
                foreign.map(|path| (path.nfc().collect(), *path)).collect()
            });
            let wanted: String = path.nfc().collect();
            let found = [wanted.clone(), format!("{wanted}.md")].iter().find_map(|path| composed.get(path)).copied();
            others.extend(found.filter(|found| *found != path).map(str::to_owned));
        }
        if let Some((file, lines)) = path.rsplit_once(':')
            && lines.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        {
            others.push(file.to_owned());
        }
        if let Some(document) = from_top_of {
            let content = self.case.content.as_str();
            let below = path.strip_prefix(content).unwrap_or(path).trim_start_matches('/');
            others.push(format!("{STATIC}/{below}"));
            let own = document.strip_prefix(content).unwrap_or(document).trim_start_matches('/');
            if let Some((folder, _)) = own.split_once('/') {
                let parts = [content, folder, below].into_iter().filter(|part| !part.is_empty());
                others.push(parts.collect::<Vec<_>>().join("/"));
            }
        }
        others
    }

    /// What is wrong with a link to `path`, which its author wrote as `written`, and what to do; if it `suggests`, with the
    /// name that may be meant.
    pub(super) fn tell(&self, path: &str, written: &str, otherwise: Message, suggests: bool) -> (Message, Message) {
        let shown = printable(path);
        if is_host(written) {
            let written = printable(written.trim());
            let help = message!(
                en: "write `https://{written}` if it is an address of the web",
                zh: "如果是网址，请写成 `https://{written}`"
            );
            return (
                message!(
                    en: "`{written}` has no scheme, so it is a path here",
                    zh: "`{written}` 没有写 `https://`，因此这里按路径处理"
                ),
                help,
            );
        }
        if [path.to_owned(), format!("{path}.md")].iter().any(|path| self.case.drafts.contains(path)) {
            let help = message!(
                en: "take `draft` out of it to publish it, or take the link out",
                zh: "要公布它，请从中删去 `draft`；否则请删去链接"
            );
            return (message!(en: "{shown} is a draft, which is not published", zh: "{shown} 是草稿，不公布"), help);
        }
        if let Some(message) = self.passed_over(path) {
            return (
                message,
                message!(
                    en: "rename or move what is to be published, or take the link out",
                    zh: "要公布的请改名或移走，否则请删去链接"
                ),
            );
        }
        let below = format!("{}/", path.trim_end_matches('/'));
        if let Some(first) = self.all().range(below.as_str()..).next().filter(|first| first.starts_with(&below)) {
            let help = message!(
                en: "write a README.md there, or link to a file in it, such as {first}",
                zh: "请在那里写一个 README.md，或链接到其中的一个文件，例如 {first}",
                first = printable(first)
            );
            return (message!(en: "{shown} is a folder without a README", zh: "{shown} 是没有 README 的文件夹"), help);
        }
        let meant = if suggests { self.meant(path) } else { None };
        let help = meant.map_or_else(
            || otherwise,
            |near| {
                message!(
                    en: "did you mean {near}?",
                    zh: "是否指 {near}？"
                )
            },
        );
        (message!(en: "there is no {shown} in the case", zh: "案卷中没有 {shown}"), help)
    }

    /// Why what lies at `path` is no part of the case, if it was passed over.
    fn passed_over(&self, path: &str) -> Option<Message> {
        let is_there = |skipped: &str| {
            let rest = path.strip_prefix(skipped)?;
            (rest.is_empty() || rest.starts_with('/')).then_some(())
        };
        let skipped = self.case.skipped.iter().find(|skipped| is_there(&skipped.path).is_some())?;
        let (shown, reason) = (printable(path), &skipped.reason);
        Some(if skipped.path == path {
            message!(
                en: "{shown} is passed over ({reason})",
                zh: "{shown} 被略过了（{reason}）"; reason
            )
        } else {
            message!(
                en: "{shown} is in a folder that is passed over: {folder} ({reason})",
                zh: "{shown} 所在的文件夹被略过了：{folder}（{reason}）",
                folder = printable(&skipped.path); reason
            )
        })
    }

    /// What is there and may be meant by `path`: what bears the same name in another folder, if one is likelier than all
    /// others; else what is spelled almost so.
    fn meant(&self, path: &str) -> Option<&'a str> {
        let name = |path: &str| fold(path.rsplit('/').next().unwrap_or(path));
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<&str>> = HashMap::new();
            for path in self.all() {
                names.entry(name(path)).or_default().push(path);
            }
            names
        });
        if let Some(called) = names.get(&name(path)) {
            let best = called.iter().map(|other| shared_parts(path, other)).max()?;
            let mut best = called.iter().copied().filter(|other| shared_parts(path, other) == best);
            return best.next().filter(|_| best.next().is_none());
        }
        // Of names almost alike, one in the same folder is likelier.
        let folder = |path: &'_ str| path.rfind('/').map_or(0, |at| at + 1);
        let own_folder = &path[..folder(path)];
        let is_beside = |other: &&str| folder(other) == own_folder.len();
        let beside = self
            .all()
            .range::<str, _>((Included(own_folder), Unbounded))
            .copied()
            .take_while(|other| other.starts_with(own_folder));
        let near = |others: Vec<&'a str>| {
            let wanted = &path[folder(path)..];
            let name = closest(wanted, others.iter().map(|other| &other[folder(other)..]))?;
            // The next number of a series is another file.
            let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
            let is_series = letters(wanted) == letters(name);
            others.iter().copied().find(|other| !is_series && other[folder(other)..] == *name)
        };
        near(beside.take(MAX_PASSED).filter(is_beside).take(MAX_COMPARED).collect())
            .or_else(|| near(self.all().iter().copied().take(MAX_COMPARED).collect()))
    }
}

/// How many parts two paths share, from their ends and from their beginnings.
fn shared_parts(a: &str, b: &str) -> (usize, usize) {
    let ends = a.rsplit('/').zip(b.rsplit('/')).take_while(|(a, b)| a == b).count();
    (ends, a.split('/').zip(b.split('/')).take_while(|(a, b)| a == b).count())
}

/// Whether a link without a scheme begins with the name of a host: `www.shop.example/`, `shop.example.com/a`.
fn is_host(written: &str) -> bool {
    let host = written.trim().split(['/', '?', '#']).next().unwrap_or("").to_ascii_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let plain = |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let end = labels.last().copied().unwrap_or("");
    let known = HOST_ENDS.contains(&end) || (labels[0] == "www" && end.bytes().all(|b| b.is_ascii_alphabetic()));
    labels.len() > 1 && labels.iter().all(plain) && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_begins_with_a_host_is_told_from_the_name_of_a_file() {
        for host in
            ["www.shop.example/", "www.shop.example", "news.example.com/2031/a.htm", "shop.com.cn?x=1", "WWW.A.ORG"]
        {
            assert!(is_host(host), "{host}");
        }
        for file in [
            "a.md",
            "docs/www.shop.example",
            "../a.com",
            "report.pdf",
            "www",
            ".com",
            "a..com",
            "LICENSE",
            "v1.2",
            "www.2031",
        ] {
            assert!(!is_host(file), "{file}");
        }
    }
}
