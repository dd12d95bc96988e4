//! URLs: what makes two of them one, and what they say to a reader.

use super::{LinkEntry, Said};
use crate::document::url;
use crate::language::script::is_invisible;

impl LinkEntry {
    pub(super) fn new(url: &str, languages: usize) -> Self {
        let opens_mail = url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
        // `mailto:www.a.example/b` leads to no mailbox.
        let is_mail = opens_mail && url[7..].split('?').next().is_some_and(|address| !address.contains('/'));
        let url = if is_mail { &url[7..] } else { url };
        Self {
            url: url.to_owned(),
            is_mail,
            places: Vec::new(),
            said: vec![Said::default(); languages],
            labels: Vec::new(),
        }
    }

    /// The host it leads to, as it stands in the URL; that of the mailbox for a mail address.
    pub fn host(&self) -> &str {
        if self.is_mail {
            let address = self.url.split('?').next().unwrap_or("");
            return address.rsplit_once('@').map_or("", |(_, host)| host);
        }
        url::host(self.url.strip_prefix("mailto:").unwrap_or(&self.url))
    }
}

/// What is the same for every spelling of one URL (RFC 3986, section 6.2.2 and 6.2.3): scheme and host in lower case, no
/// default port, no empty path. What a server may tell apart, such as the capitals of a path, is kept; so is everything
/// of a URL that is malformed.
pub fn normal_form(url: &str) -> String {
    let trimmed = url.trim();
    let Some((scheme, rest)) = trimmed.split_once(':') else { return trimmed.to_owned() };
    let scheme = scheme.to_ascii_lowercase();
    let Some(rest) = rest.strip_prefix("//") else {
        // A mailbox is the same in any capitals, as far as anybody's mail server cares.
        return format!("{scheme}:{}", rest.to_ascii_lowercase());
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
    let host = host.to_ascii_lowercase();
    let default = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(default).unwrap_or(&host);
    let at = if authority.contains('@') { "@" } else { "" };
    let path = if path == "/" { "" } else { path };
    format!("{scheme}://{user}{at}{host}{path}")
}

/// A host as a reader knows it: letters of any script in place of Punycode (RFC 5891); none if it is the same.
pub fn host_in_words(host: &str) -> Option<String> {
    if !host.to_ascii_lowercase().contains("xn--") {
        return None;
    }
    let (words, result) = idna::domain_to_unicode(host);
    (result.is_ok() && words != host).then_some(words)
}

/// The path of a URL as a reader knows it: letters in place of `%E4…`; none if it is the same, or if what the letters
/// would be is no text, or hides something.
pub fn path_in_words(url: &str) -> Option<String> {
    if !url.contains('%') {
        return None;
    }
    let decoded = crate::document::url::percent_decode(url);
    let hides = |c: char| c.is_control() || c.is_whitespace() || is_invisible(c);
    (decoded != url && !decoded.contains(hides)).then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_url_are_one() {
        for (a, b) in [
            ("https://Example.com", "https://example.com/"),
            ("HTTPS://example.com:443/a", "https://example.com/a"),
            ("mailto:A@Example.com", "mailto:a@example.com"),
        ] {
            assert_eq!(normal_form(a), normal_form(b));
        }
        for (a, b) in [
            ("https://example.com/A", "https://example.com/a"),
            ("https://example.com/a/", "https://example.com/a"),
            ("http://example.com/", "https://example.com/"),
            ("https://example.com:8443/", "https://example.com/"),
            ("https://a@example.com/", "https://example.com/"),
        ] {
            assert_ne!(normal_form(a), normal_form(b));
        }
    }

    #[test]
    fn punycode_and_percents_are_told_in_letters() {
        assert_eq!(host_in_words("xn--fsqu00a.example").as_deref(), Some("例子.example"));
        assert_eq!(host_in_words("example.com"), None);
        assert_eq!(path_in_words("https://a.example/%E6%B3%A8").as_deref(), Some("https://a.example/注"));
        assert_eq!(path_in_words("https://a.example/%B%D"), None);
        assert_eq!(path_in_words("https://a.example/%E2%80%AEx"), None);
    }
}
