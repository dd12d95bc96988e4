//! The address that the text of a link shows.

use std::borrow::Cow;

use crate::case::register::{host_in_words, normal_form};
use crate::document::{DocumentId, LinkId, url};
use crate::site::Site;

/// An address that the words of a link are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A mail address.
    Mail(String),
    /// A web address, with or without scheme.
    Web(String),
}

/// How many words with an address among them still show it.
const MOST_WORDS: usize = 4;

/// The address that the words of a link show, if they are nothing but an address.
pub(super) fn shown(site: &Site, document: DocumentId, link: LinkId) -> Option<Shown> {
    let this = &site.case.documents[document];
    let link = &this.links[link];
    if link.bare {
        return None;
    }
    let words = this.tree.text(site.case.source_of(document), link.node);
    of_words(words.trim())
}

fn of_words(words: &str) -> Option<Shown> {
    // An underscore that Markdown need not have escaped.
    let words = words.replace('\\', "");
    // `官网 a.example`: the one address among the words counts, but for a title that names a host.
    if words.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    let mut shown = words.split_whitespace().filter_map(of_word);
    let found = shown.next().filter(|_| shown.next().is_none())?;
    // `a.example speed test` is a title that names a host; `官网 a.example` ends with one.
    let is_title =
        matches!(&found, Shown::Web(host) if !host.contains("://") && !words.trim_end().ends_with(host.as_str()));
    (!is_title).then_some(found)
}

fn of_word(word: &str) -> Option<Shown> {
    let word = word.trim_end_matches(['。', '，', '、', '；', '：', ',', ';']);
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let schemed = ["https://", "http://"]
        .iter()
        .any(|scheme| word.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
    if let Some(found) = url::next_in(word, 0).filter(|found| found.range.start == 0) {
        let rest = &word[found.range.end..];
        match found.href.strip_prefix("mailto:") {
            Some(address) if rest.is_empty() => return Some(Shown::Mail(address.to_owned())),
            None if rest.chars().all(is_ellipsis) => return Some(Shown::Web(word.to_owned())),
            _ => {}
        }
    }
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or("");
    // `7.6.1.1` is a paragraph, and addresses have a longer number as a rule.
    let is_address =
        host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.octets().iter().any(|&part| part > 31));
    (schemed || is_address || url::is_host_name(host)).then(|| Shown::Web(word.to_owned()))
}

fn is_ellipsis(c: char) -> bool {
    matches!(c, '…' | '⋯' | '.' | '/')
}

/// Whether words that show a web address lead to where they say: scheme, `www.` and a slash at the end aside. A host
/// alone stands for every page of it and of the hosts below it, and what an ellipsis cuts off is not compared. The copy that
/// an archive keeps of an address is that address.
pub(super) fn leads_there(shown: &str, url: &str) -> bool {
    let decoded = crate::document::url::percent_decode(url);
    let archived = ["/https://", "/http://"].into_iter().find_map(|inner| Some(&decoded[decoded.rfind(inner)? + 1..]));
    if archived.is_some_and(|inner| leads_there(shown, inner)) {
        return true;
    }
    let url = plain(url);
    let url_host = host_of(&url);
    let parts: Vec<&str> = shown.split(['…', '⋯']).flat_map(|part| part.split("...")).collect();
    if let [first, .., last] = parts.as_slice() {
        // What an ellipsis leaves out may be anything but a part of the host.
        let first = plain(first);
        let host = host_of(&first);
        let same_host = host == url_host
            || (first == host && url_host.starts_with(host) && !url_host.starts_with(&format!("{host}.")));
        return same_host && url.starts_with(&first) && url.ends_with(last.trim_end_matches(['.', '/']));
    }
    let shown = plain(shown);
    let bare = |host: &str| host.split(':').next().unwrap_or("").to_owned();
    let is_host = host_of(&shown) == shown;
    let is_below = || shown.contains('.') && bare(url_host).ends_with(&format!(".{shown}"));
    shown == url || (is_host && (shown == url_host || shown == bare(url_host) || is_below()))
}

fn host_of(plain: &str) -> &str {
    plain.split(['/', '?', '#']).next().unwrap_or("")
}

/// An address without what does not matter when it is read.
fn plain(url: &str) -> String {
    let decoded = crate::document::url::percent_decode(url);
    let decoded = match decoded {
        Cow::Borrowed(url) => url.to_owned(),
        Cow::Owned(url) => url,
    };
    let form = if decoded.contains("://") { normal_form(&decoded) } else { normal_form(&format!("http://{decoded}")) };
    let rest = form.split_once("://").map_or(form.as_str(), |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    let host = host_of(rest);
    // A host in letters and in Punycode is one.
    let in_words = host_in_words(host).unwrap_or_else(|| host.to_owned());
    format!("{in_words}{}", &rest[host.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_are_an_address_show_one() {
        let web = |words: &str| Some(Shown::Web(words.to_owned()));
        assert_eq!(of_words("https://a.example/b"), web("https://a.example/b"));
        assert_eq!(of_words("www.a.example/@b"), web("www.a.example/@b"));
        assert_eq!(of_words("a.example.com/b"), web("a.example.com/b"));
        assert_eq!(of_words("官网 https://a.example。"), web("https://a.example"));
        assert_eq!(of_words("203.0.113.7"), web("203.0.113.7"));
        assert_eq!(of_words("x@a.example"), Some(Shown::Mail("x@a.example".to_owned())));
        for words in [
            "a.example.com 和 b.example.com",
            "a.example.com 测速结果",
            "昨天 a.example.com 打不开",
            "node.js",
            "README.md",
            "2031.05.04",
            "链接",
            "1.2",
            "7.6.1.1",
            "",
        ] {
            assert_eq!(of_words(words), None, "{words}");
        }
    }

    #[test]
    fn an_address_that_is_shortened_leads_there() {
        for (shown, url) in [
            ("https://A.example/", "http://www.a.example"),
            ("a.example", "https://a.example/b/c"),
            ("https://a.example/long…", "https://a.example/long/path"),
            ("https://a.example/long⋯⋯", "https://a.example/long/path"),
            ("https://a.example/注", "https://a.example/%E6%B3%A8"),
            ("a.example.com/.../v2", "https://a.example.com/terms/v2"),
            ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
            ("a.example.com", "https://a.example.com:8443/b"),
            ("https://a.example/b", "https://web.archive.example/web/2031/https://a.example/b"),
            ("archive.example", "https://web.archive.example/web/2031/https://a.example/b"),
            ("https://a.example", "https://mirror.example/https%3A%2F%2Fa.example"),
        ] {
            assert!(leads_there(shown, url), "{shown}");
        }
        for (shown, url) in [
            ("https://a.example/b", "https://a.example/c"),
            ("a.example", "https://b.example/"),
            ("https://a.example.evil.example", "https://a.example"),
            ("https://a.example.com…", "https://a.example.com.evil.example/"),
            ("203.0.113.7", "https://198.51.100.9/"),
            ("https://a.example/b", "https://web.archive.example/web/2031/https://a.example/c"),
            ("https://archive.example/", "https://web.archive.example.evil.example/"),
        ] {
            assert!(!leads_there(shown, url), "{shown}");
        }
    }
}
