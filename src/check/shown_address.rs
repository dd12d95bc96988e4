//! What the words of a link show as an address.

use std::borrow::Cow;

use crate::case::register::normal_form;
use crate::document::url;
use crate::site::Site;

/// An address that the words of a link are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A mail address.
    Mail(String),
    /// A web address, with or without scheme.
    Web(String),
}

/// The address that the words of a link show, if they are nothing but an address.
pub(super) fn shown(site: &Site, document: usize, link: usize) -> Option<Shown> {
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
    if words.is_empty() || words.contains(char::is_whitespace) {
        return None;
    }
    let found = url::find(&words, 0);
    let whole = found.filter(|found| found.range.start == 0 && words[found.range.end..].chars().all(is_ellipsis));
    if let Some(found) = whole {
        return Some(match found.href.strip_prefix("mailto:") {
            Some(address) => Shown::Mail(address.to_owned()),
            None => Shown::Web(words),
        });
    }
    let host = words.split(['/', '?', '#', ':']).next().unwrap_or("");
    url::is_host_name(host).then_some(Shown::Web(words))
}

fn is_ellipsis(c: char) -> bool {
    matches!(c, '…' | '.' | '/')
}

/// Whether words that show a web address lead to where they say: scheme, `www.` and a slash at the end aside. A host
/// alone stands for every page of it, and what an ellipsis cuts off is not compared.
pub(super) fn leads_there(shown: &str, url: &str) -> bool {
    let (shown, url) = (plain(shown), plain(url));
    let shown_host = shown.split(['/', '?', '#']).next().unwrap_or("");
    let url_host = url.split(['/', '?', '#']).next().unwrap_or("");
    if let Some(cut) = shown.strip_suffix('…').or_else(|| shown.strip_suffix("...")) {
        return url.starts_with(cut.trim_end_matches('.'));
    }
    shown == url || (shown_host == shown && shown_host == url_host)
}

/// An address without what does not matter when it is read.
fn plain(url: &str) -> String {
    let decoded = crate::site::link::percent_decode(url);
    let decoded = match decoded {
        Cow::Borrowed(url) => url.to_owned(),
        Cow::Owned(url) => url,
    };
    let form = if decoded.contains("://") { normal_form(&decoded) } else { normal_form(&format!("http://{decoded}")) };
    let rest = form.split_once("://").map_or(form.as_str(), |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned()
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
        assert_eq!(of_words("x@a.example"), Some(Shown::Mail("x@a.example".to_owned())));
        for words in ["官网 https://a.example", "node.js", "README.md", "2031.05.04", "链接", "1.2", ""] {
            assert_eq!(of_words(words), None, "{words}");
        }
    }

    #[test]
    fn an_address_that_is_shortened_leads_there() {
        for (shown, url) in [
            ("https://A.example/", "http://www.a.example"),
            ("a.example", "https://a.example/b/c"),
            ("https://a.example/long…", "https://a.example/long/path"),
            ("https://a.example/注", "https://a.example/%E6%B3%A8"),
        ] {
            assert!(leads_there(shown, url), "{shown}");
        }
        for (shown, url) in [
            ("https://a.example/b", "https://a.example/c"),
            ("a.example", "https://b.example/"),
            ("https://a.example.evil.example", "https://a.example"),
        ] {
            assert!(!leads_there(shown, url), "{shown}");
        }
    }
}
