//! Bare URLs and addresses in running text, and which links are safe to follow.

use crate::language::lists::url::{HOST_ENDINGS, OF_THE_SENTENCE};
use crate::language::script::is_invisible;
use std::borrow::Cow;

use std::ops::Range;

use super::identifier;
use crate::language::script::is_cjk_letter;

/// What was found in text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundUrl {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Where it leads: with scheme.
    pub href: String,
    /// Chinese letters follow at once, so the end is a guess worth telling.
    pub cut: bool,
}

/// Finds the next URL or e-mail address at or after `from`.
pub fn next_in(text: &str, from: usize) -> Option<FoundUrl> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(hit) = memchr::memchr3(b':', b'@', b'.', &bytes[at..]).map(|n| at + n) {
        let found = match bytes[hit] {
            b':' => web(text, hit, from),
            b'@' => email(text, hit, from),
            _ => www(text, hit, from),
        };
        if found.is_some() {
            return found;
        }
        at = hit + 1;
    }
    None
}

fn web(text: &str, colon: usize, from: usize) -> Option<FoundUrl> {
    if !text[colon..].starts_with("://") {
        return None;
    }
    let before = &text[from..colon];
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        let start = before.len().checked_sub(scheme.len());
        start.is_some_and(|s| before.is_char_boundary(s) && before[s..].eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    let apart = !text[from..start].ends_with(|c: char| c.is_ascii_alphanumeric());
    let rest = &text[colon + 3..];
    let names_host = rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[' || is_foreign_letter(c))
        || chinese_host(rest).is_some();
    if !apart || !names_host {
        return None;
    }
    let (end, cut) = end_of_url(text, colon + 3);
    (end > colon + 3).then(|| FoundUrl { range: start..end, href: text[start..end].to_owned(), cut })
}

fn www(text: &str, dot: usize, from: usize) -> Option<FoundUrl> {
    let start = dot.checked_sub(3).filter(|&s| s >= from)?;
    let named = text.is_char_boundary(start) && text[start..dot].eq_ignore_ascii_case("www");
    let apart = named && !text[from..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "@./-_".contains(c));
    if !apart {
        return None;
    }
    let (end, cut) = end_of_url(text, dot + 1);
    let host = text[dot + 1..end].split(['/', '?', '#']).next().unwrap_or("");
    host.contains('.').then(|| FoundUrl { range: start..end, href: format!("http://{}", &text[start..end]), cut })
}

/// An address as people write it: a local part of RFC 5322's dot-atom, a host of letters, digits, hyphens and dots.
fn email(text: &str, at: usize, from: usize) -> Option<FoundUrl> {
    let local_char = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let local: usize = text[from..at].chars().rev().take_while(|&c| local_char(c)).count();
    let start = at - local;
    let lead = text[start..at].trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let start = at - lead.len();
    // The folder of a mailbox, a user of another network: `shop.example/ann@shop.example`, `@ann@social.example`.
    if lead.contains('/') || text[from..start].ends_with('@') {
        return None;
    }
    // `a***@x.example`: letters were left out, and nobody receives what is sent there.
    if lead.contains("**") {
        return None;
    }
    let host_len = text[at + 1..]
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'))
        .unwrap_or(text.len() - at - 1);
    let host = text[at + 1..at + 1 + host_len].trim_end_matches(['.', '-']);
    let end = at + 1 + host.len();
    let labels = host.split('.').collect::<Vec<_>>();
    let well_formed = labels.len() > 1
        && labels.iter().all(|l| !l.is_empty() && !l.starts_with('-'))
        && labels.last().is_some_and(|top| top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_url_user = text[..start].ends_with("://");
    // A repository, as `git@code.example:ann/x.git`.
    let path = text[end..].strip_prefix(':').unwrap_or("").split(|c: char| !c.is_ascii_graphic()).next().unwrap_or("");
    let is_repository = path.contains('/') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    (!lead.is_empty() && well_formed && !is_url_user && !is_repository).then(|| FoundUrl {
        range: start..end,
        href: format!("mailto:{}", &text[start..end]),
        // A mailbox ends where its letters end.
        cut: false,
    })
}

/// The end of a URL whose host starts at `from`: at the first character that RFC 3986 does not allow, less
/// what is punctuation of the sentence around it; and whether a Chinese letter stands at that first character.
pub(super) fn end_of_url(text: &str, from: usize) -> (usize, bool) {
    let legal = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    // A host may be written in letters of other alphabets, which matters most where they pass for Latin ones.
    let mut in_host = true;
    let mut is_part = |c: char| {
        in_host &= !matches!(c, '/' | '?' | '#');
        legal(c) || (in_host && is_foreign_letter(c))
    };
    let host = from + chinese_host(&text[from..]).unwrap_or(0);
    let mut len = text[host..].find(|c| !is_part(c)).unwrap_or(text.len() - host) + host - from;
    if goes_on_in_chinese(&text[from..from + len], &text[from + len..]) {
        len = text[host..].find(|c| !legal(c) && !is_cjk_letter(c)).unwrap_or(text.len() - host) + host - from;
        // A comma or semicolon before Chinese is one of the sentence.
        let longer = &text[from..from + len];
        let comma = longer.match_indices([',', ';', '!']).find(|(at, _)| longer[at + 1..].starts_with(is_cjk_letter));
        len = comma.map_or(len, |(at, _)| at);
    }
    // Another address behind a comma is no part of this one.
    let next = [",http", ";http", "|http"].into_iter().filter_map(|joint| text[from..from + len].find(joint));
    len = next.filter(|&at| text[from + at + 1..].contains("://")).min().unwrap_or(len);
    let mut url = &text[from..from + len];
    // After a host alone the sentence goes on; a path may be meant to.
    let is_followed = text[from + len..].starts_with(|c| is_cjk_letter(c) || is_wide_letter(c));
    let cut = is_followed && url.contains(['/', '?', '#']);
    let before_chinese = text[from + len..].starts_with(|c: char| !c.is_ascii());
    // How many more brackets are closed than opened, round and square.
    let surplus = |open: char, close: char| url.matches(close).count().saturating_sub(url.matches(open).count());
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    // Where its path ends.
    let query = url.find(['?', '#']).unwrap_or(url.len());
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
        let shorter = if before_chinese { shorter.trim_end_matches('-') } else { shorter };
        let shorter = shorter.strip_suffix('[').inspect(|_| square += 1).unwrap_or(shorter);
        let shorter = without_surplus(shorter, ')', &mut round);
        let shorter = without_surplus(shorter, ']', &mut square);
        let shorter = without_number(shorter, query);
        if shorter.len() == url.len() {
            return (from + url.len(), cut);
        }
        url = shorter;
    }
}

/// A URL, from its host on, without the square brackets at its end that none may hold (RFC 3986, section 3): the number of a
/// note, or the mark of a forum. People write `?list[]=1` and `?list=[1]`, behind the byte `query`.
fn without_number(url: &str, query: usize) -> &str {
    if !url.ends_with(']') {
        return url;
    }
    let Some(open) = url.rfind('[').filter(|&open| open > 0) else { return url };
    let inside = &url[open + 1..url.len() - 1];
    let is_number = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = url[..open].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'));
    let in_path = url.len() <= query;
    if (is_number && is_word) || in_path { &url[..open] } else { url }
}

/// How long the name of a host in Chinese is that `text` begins with: `例子.example`, `www.例子.公司`. Its last ending is of
/// Latin letters or one of those in Chinese; what follows that is the sentence.
fn chinese_host(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || is_cjk_letter(c) || matches!(c, '-' | '.');
    let run = &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())];
    let (mut at, mut in_chinese, mut found) = (0, false, None);
    for (nth, label) in run.split('.').enumerate() {
        let latin = label.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(label.len());
        let ending = if latin > 1 && !label[latin..].starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            Some(latin)
        } else {
            let known = HOST_ENDINGS.iter().filter(|ending| label.starts_with(**ending)).map(|ending| ending.len());
            known.max()
        };
        if let Some(ending) = ending.filter(|_| nth > 0 && in_chinese) {
            found = Some(at + ending);
            if ending < label.len() {
                break;
            }
        }
        if label.is_empty() || label.chars().count() > LONGEST_PART {
            break;
        }
        in_chinese |= label.contains(is_cjk_letter);
        at += label.len() + 1;
    }
    found
}

/// How long a part of an address may be in Chinese; a longer one is a sentence.
const LONGEST_PART: usize = 24;

/// Whether the Chinese letters that `rest` begins with belong to the address `url`, which is given from its host on: where
/// a part of a path or a value of a query is still to come, `example.com/item/货盘`, `example.com/?q=货盘`. After
/// `example.com/` a sentence is as likely.
fn goes_on_in_chinese(url: &str, rest: &str) -> bool {
    if !rest.starts_with(is_cjk_letter) {
        return false;
    }
    let Some(path) = url.find(['/', '?', '#']).map(|at| &url[at..]) else { return false };
    let in_query = path.contains('?');
    let is_open = match path.as_bytes().last() {
        Some(b'=' | b'&') => in_query,
        // `list?关键词=货盘`, unless a question is asked.
        Some(b'?') => rest.trim_start_matches(is_cjk_letter).starts_with('='),
        Some(b'/' | b'#') => path.bytes().any(|byte| byte.is_ascii_alphanumeric()),
        _ => false,
    };
    is_open
        && !OF_THE_SENTENCE.iter().any(|word| rest.starts_with(word))
        && rest.chars().take(LONGEST_PART + 1).take_while(|&c| is_cjk_letter(c)).count() <= LONGEST_PART
}

/// A full-width letter or digit, as an input method writes it.
fn is_wide_letter(c: char) -> bool {
    ('\u{ff10}'..='\u{ff5a}').contains(&c) && c.is_alphanumeric()
}

/// A letter of an alphabet that is neither English nor Chinese: Latin with marks, Greek, Cyrillic.
fn is_foreign_letter(c: char) -> bool {
    ('\u{c0}'..='\u{52f}').contains(&c) && c.is_alphabetic()
}

/// `url` without a closing bracket at its end that was opened outside it.
fn without_surplus<'a>(url: &'a str, close: char, surplus: &mut usize) -> &'a str {
    match url.strip_suffix(close).filter(|_| *surplus > 0) {
        Some(shorter) => {
            *surplus -= 1;
            shorter
        }
        None => url,
    }
}

/// What a link's destination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `http` or `https`.
    Web,
    /// `mailto` or `tel`.
    Contact,
    /// No scheme: a path or an anchor.
    Relative,
    /// Any other: may run code or reach into the reader's machine.
    Unsafe,
}

/// Tells what kind of destination `url` is. Control characters and spaces are ignored as browsers ignore
/// them (WHATWG URL, section 4.4), so that `java\tscript:` is what it is.
pub fn scheme(url: &str) -> Scheme {
    let mut name = String::new();
    for c in url.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !is_invisible(*c)) {
        match c {
            // The line of a file, as editors tell it: `run.sh:37`, `.env:91-95`.
            ':' if name.contains('.') && tells_line(url) => return Scheme::Relative,
            ':' => {
                return match name.as_str() {
                    "http" | "https" => Scheme::Web,
                    "mailto" | "tel" => Scheme::Contact,
                    _ => Scheme::Unsafe,
                };
            }
            '/' | '?' | '#' | '\\' => break,
            _ => name.push(c.to_ascii_lowercase()),
        }
    }
    let protocol_relative = url.trim_start().starts_with("//") || url.trim_start().starts_with("\\");
    if protocol_relative { Scheme::Unsafe } else { Scheme::Relative }
}

/// Whether what follows the first colon of `url` is the number of a line, or several.
fn tells_line(url: &str) -> bool {
    let after = url.split_once(':').map_or("", |(_, after)| after);
    let lines = after.split(['-', ':']).all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    lines && !after.contains("//")
}

/// Whether text is the name of a host of a kind that no file and no word has.
pub fn is_host_name(text: &str) -> bool {
    identifier::is_host(text)
}

/// The host of a web URL as it stands there.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or("");
    authority.rsplit('@').next().unwrap_or(authority)
}

/// Decodes `%E4…`; what is malformed stays as it is, and so does all of a text that would then be none.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_percent_encoding_is_left_alone() {
        assert_eq!(percent_decode("%E6%B3%A8.md"), "注.md");
        assert_eq!(percent_decode("a%B%D.md"), "a%B%D.md");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("b%+1.md"), "b%+1.md");
        assert_eq!(percent_decode("%e6%b3"), "%e6%b3");
    }

    fn first(text: &str) -> Option<&str> {
        next_in(text, 0).map(|found| &text[found.range])
    }

    #[test]
    fn a_url_ends_where_a_url_ends() {
        for (text, url) in [
            ("见 https://example.com/a-在此阅读", "https://example.com/a"),
            ("https://example.com/a。下文", "https://example.com/a"),
            ("（https://example.com/a）", "https://example.com/a"),
            ("(https://example.com/a(b))", "https://example.com/a(b)"),
            ("https://example.com/a, and", "https://example.com/a"),
            ("https://example.com/a?b=c&d=%E4%B%D%A3.", "https://example.com/a?b=c&d=%E4%B%D%A3"),
            ("网址http://example.com：8080", "http://example.com"),
            ("HTTPS://EXAMPLE.COM/", "HTTPS://EXAMPLE.COM/"),
            ("www.example.com/@name)", "www.example.com/@name"),
            ("https://example.com/a_b-", "https://example.com/a_b-"),
            ("见 https://ex\u{430}mple.com/a", "https://ex\u{430}mple.com/a"),
            ("https://bücher.example。", "https://bücher.example"),
            ("https://example.com/é", "https://example.com/"),
            ("https://example.com/web/*/https://example.org/*", "https://example.com/web/*/https://example.org/"),
            ("https://example.com/_next_/page.", "https://example.com/_next_/page"),
            ("https://example.com/item/货盘,和", "https://example.com/item/货盘"),
            ("https://example.com/list?关键词=货盘。", "https://example.com/list?关键词=货盘"),
            ("https://example.com/list?怎么办", "https://example.com/list"),
            ("Email:ann@example.com", "ann@example.com"),
        ] {
            assert_eq!(first(text), Some(url), "{text}");
        }
    }

    #[test]
    fn chinese_letters_right_after_a_url_are_told() {
        assert!(next_in("https://example.com/a-在此阅读", 0).unwrap().cut);
        assert!(!next_in("https://example.com/a。在此阅读", 0).unwrap().cut);
    }

    #[test]
    fn a_url_goes_on_in_chinese_where_a_part_of_it_is_still_to_come() {
        for (text, url) in [
            ("https://example.com/item/丢失的货盘/123 和", "https://example.com/item/丢失的货盘/123"),
            ("https://example.com/search?q=货盘。", "https://example.com/search?q=货盘"),
            ("https://example.com/?q=货盘&页=2，", "https://example.com/?q=货盘&页=2"),
            ("https://example.com/wiki/货盘_(物流)", "https://example.com/wiki/货盘_(物流)"),
            ("https://example.com/wiki/货盘#来历）", "https://example.com/wiki/货盘#来历"),
            ("https://example.com/中国/北京", "https://example.com/"),
            ("https://example.com/news/的报道", "https://example.com/news/"),
            ("https://example.com/news/a在此", "https://example.com/news/a"),
            ("https://example.com/item/《货盘》", "https://example.com/item/"),
            ("https://example.com/a?没有", "https://example.com/a"),
            ("https://example.com在此", "https://example.com"),
            ("www.example.com/docs/说明.pdf。", "www.example.com/docs/说明.pdf"),
            ("https://example.com/a/我们在看到这一页以后立即写信给店家要求退款但是没有回音", "https://example.com/a/"),
        ] {
            assert_eq!(first(text), Some(url), "{text}");
        }
    }

    #[test]
    fn addresses_are_found_and_lead_to_mail() {
        assert_eq!(first("a@example.com/b@example.org"), Some("a@example.com"));
        assert_eq!(first("邮箱/b@example.org"), Some("b@example.org"));
        let found = next_in("邮箱：help.desk@mail.example.org。", 0).unwrap();
        assert_eq!(found.href, "mailto:help.desk@mail.example.org");
        assert_eq!(first("a@b.c 之后"), None);
        assert_eq!(first("（x@example.com）"), Some("x@example.com"));
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for text in [
            "@name",
            "a @ b.cc",
            "x@y",
            "ftp://example.com",
            "http://",
            "时间：2031.05.04",
            "3.14",
            "xhttp://a.bc",
            "shop.example/ann@shop.example",
            "@ann@social.example",
            "git@code.example:ann/x.git",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn schemes_that_run_code_are_unsafe_however_they_are_written() {
        for url in [
            "javascript:alert(1)",
            " JaVa\tScRiPt:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "\u{200b}javascript:x",
            "c:\\x",
        ] {
            assert_eq!(scheme(url), Scheme::Unsafe, "{url:?}");
        }
        assert_eq!(scheme("https://example.com/a:b"), Scheme::Web);
        assert_eq!(scheme("mailto:a@example.com"), Scheme::Contact);
        assert_eq!(scheme("a/b:c.md"), Scheme::Relative);
        assert_eq!(scheme("#s2"), Scheme::Relative);
    }

    #[test]
    fn a_host_may_be_in_chinese() {
        for (text, url) in [
            ("见 https://例子.example/a 。", "https://例子.example/a"),
            ("见https://例子.example。", "https://例子.example"),
            ("见https://例子.example在此", "https://例子.example"),
            ("见https://www.例子.example/公告", "https://www.例子.example/"),
            ("见https://例子.中国/a?b=1，", "https://例子.中国/a?b=1"),
            ("见https://例子.公司的网页", "https://例子.公司"),
            ("见https://例子.公司.cn的网页", "https://例子.公司.cn"),
            ("见http://货柜-寄存.example.com:8080/x", "http://货柜-寄存.example.com:8080/x"),
            ("见 https://shop.example在此", "https://shop.example"),
            ("见 https://shop.example。在此.例子", "https://shop.example"),
            ("见 www.例子.example/a", "www.例子.example/a"),
        ] {
            let found = next_in(text, 0).map(|found| &text[found.range]);
            assert_eq!(found, Some(url), "{text}");
        }
        for text in ["https://例子", "https://例子。公司", "https://这里.写着什么", "https://.公司", "https://在此"]
        {
            assert_eq!(next_in(text, 0), None, "{text}");
        }
    }

    #[test]
    fn the_host_is_what_stands_after_user_and_before_path() {
        assert_eq!(host("https://user@example.com:80/a"), "example.com:80");
        assert_eq!(host("http://example.org?x"), "example.org");
    }
}
