//! C417: two links that differ by a letter or two.

use std::collections::HashMap;

use crate::case::register::{Entry, normal_form};
use crate::diagnostic::{Code, Diagnostic};
use crate::language;
use crate::site::Site;

/// The shortest part of a URL in which a difference is taken for a slip: shorter ones are often meant.
const MIN_PART: usize = 5;

/// The longest part in which it is looked for.
const MAX_PART: usize = 200;

/// How many URLs that are the same but for one part are compared with each other. Where there are more, the part tells
/// them apart on purpose.
const MAX_ALIKE: usize = 40;

/// Finds URLs and mail addresses that are the same but for one part, and that part almost the same.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let entries = &site.case.register.entries;
    // Those that agree in everything but the part that is left out share a key.
    let parts: Vec<Vec<String>> = entries.iter().map(parts).collect();
    let mut alike: HashMap<(usize, String), Vec<u32>> = HashMap::new();
    for (at, own) in (0u32..).zip(&parts) {
        for out in (0..own.len()).filter(|&out| (MIN_PART..=MAX_PART).contains(&own[out].len())) {
            let rest: Vec<&str> = own.iter().enumerate().map(|(n, part)| if n == out { "" } else { part }).collect();
            alike.entry((out, rest.join("\n"))).or_default().push(at);
        }
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for ((out, _), alike) in alike {
        if alike.len() > MAX_ALIKE {
            continue;
        }
        for (n, &a) in alike.iter().enumerate() {
            let near = alike[n + 1..].iter().filter(|&&b| is_slip(&parts[a as usize][out], &parts[b as usize][out]));
            pairs.extend(near.map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(a, b)| finding(site, &entries[a as usize], &entries[b as usize])).collect()
}

/// The address that stands more rarely is the one to look at; among equals the later one.
fn finding(site: &Site, a: &Entry, b: &Entry) -> Diagnostic {
    let rank = |entry: &Entry| (entry.places.len(), std::cmp::Reverse(entry.places.first().copied()));
    let (odd, usual) = if rank(a) < rank(b) { (a, b) } else { (b, a) };
    let place = |entry: &Entry| entry.places.first().copied().unwrap_or_default();
    let ((document, link), (other, there)) = (place(odd), place(usual));
    let this = &site.case.documents[document as usize];
    let source = site.case.source_of(other as usize);
    let span = site.case.documents[other as usize].links[there as usize].span;
    let line = source.position(span.start as usize).line;
    let message = format!("almost the same address stands at {}:{line}: `{}`", source.path, usual.url);
    let help = "if they are one, correct the one that is mistyped";
    Diagnostic::at(Code::NearUrl, this.source, this.links[link as usize].span, message).help(help)
}

/// The parts of a URL: the scheme is none, for C413 tells of that; the labels of the host, the segments of the path, what
/// follows it.
fn parts(entry: &Entry) -> Vec<String> {
    let form = if entry.is_mail { entry.url.to_lowercase() } else { normal_form(&entry.url) };
    let rest = form.split_once("://").map_or(form.as_str(), |(_, rest)| rest).trim_end_matches('/');
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.split(['.', '@']).map(str::to_owned);
    host.chain(path.split(['/', '?', '#', '&']).skip(1).map(|segment| format!("/{segment}"))).collect()
}

/// Whether two parts differ by one or two letters that somebody may have mistyped: not by digits, which count, and not by
/// a language.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_start_matches('/'), b.trim_start_matches('/'));
    let apart = a.len().abs_diff(b.len());
    let shortest = a.len().min(b.len());
    if apart > 2 || shortest < MIN_PART || language::is_tag(a) || language::is_tag(b) {
        return false;
    }
    let most = if shortest < 2 * MIN_PART { 1 } else { 2 };
    let letters = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    // What differs only by digits is the next of a series.
    letters(a) != letters(b) && strsim::damerau_levenshtein(a, b) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_a_letter_or_two_in_a_word() {
        for (a, b) in [
            ("guhhhhhaa", "guhhhhaa"),
            ("exmaple", "example"),
            ("support", "suport"),
            ("%E4%B%D%A3-2ae5b0", "%E4%BD%A3-2ae5b0"),
            ("Announcements", "announcements"),
        ] {
            assert!(is_slip(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("58344027", "65248232"),
            ("2031-04-09", "2031-04-10"),
            ("page-1-x", "page-2-x"),
            ("zh-CN", "zh-TW"),
            ("en", "zh"),
            ("v7", "v8"),
            ("alpha", "gamma"),
            ("terms", "teams"),
        ] {
            assert_eq!(is_slip(a, b), (a, b) == ("terms", "teams"), "{a} {b}");
        }
    }
}
