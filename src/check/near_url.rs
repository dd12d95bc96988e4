//! C417: two links that differ by a letter or two.

use crate::language::chinese::{STEMS, is_simple_numeral};
use crate::language::lists::url::COUNTING;
use std::collections::HashMap;

use crate::case::register::{EntryId, LinkEntry, normal_form};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::url::percent_decode;
use crate::language;
use crate::language::script::is_cjk_letter;
use crate::site::Site;

/// The shortest part of a URL in which a difference is taken for a slip: shorter ones are often meant.
const MIN_PART: usize = 5;

/// The shortest name of a host, the word before its last ending, in which it is.
const MIN_HOST: usize = 4;

/// The longest part in which it is looked for.
const MAX_PART: usize = 200;

/// The most parts of a URL that are looked at.
const MAX_PARTS: usize = 40;

/// How many URLs that are the same but for one part are compared with each other. Where there are more, the part tells
/// them apart on purpose.
const MAX_ALIKE: usize = 40;

/// Finds URLs and mail addresses that are the same but for one part, and that part almost the same.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let entries = &site.case.register.entries;
    // Those that agree in everything but the part that is left out share a key.
    let parts: Vec<Vec<String>> = entries.iter().map(parts).collect();
    let mut alike: HashMap<(usize, String), Vec<EntryId>> = HashMap::new();
    for (at, own) in EntryId::each(&parts) {
        if own.len() > MAX_PARTS {
            continue;
        }
        let hosts = own.iter().take_while(|part| !part.starts_with('/')).count();
        let worth = |&out: &usize| {
            let names_host = out + 1 < hosts && (out > 0 || hosts == 2);
            let least = if names_host { MIN_HOST } else { MIN_PART };
            (least..=MAX_PART).contains(&own[out].chars().count())
        };
        for out in (0..own.len()).filter(worth) {
            let rest: Vec<&str> = own.iter().enumerate().map(|(n, part)| if n == out { "" } else { part }).collect();
            alike.entry((out, rest.join("\n"))).or_default().push(at);
        }
    }
    let mut pairs: Vec<(EntryId, EntryId)> = Vec::new();
    for ((out, _), alike) in alike {
        if alike.len() > MAX_ALIKE {
            continue;
        }
        let mut near: Vec<(EntryId, EntryId)> = Vec::new();
        for (n, &a) in alike.iter().enumerate() {
            let slips = alike[n + 1..].iter().filter(|&&b| is_slip(&parts[a.place()][out], &parts[b.place()][out]));
            near.extend(slips.map(|&b| (a, b)));
        }
        // Three of which each is like the others are a series.
        let likes = |one: EntryId| near.iter().filter(|(a, b)| *a == one || *b == one).count();
        pairs.extend(near.iter().filter(|&&(a, b)| likes(a) < 2 || likes(b) < 2));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().filter_map(|(a, b)| finding(site, &entries[a], &entries[b])).collect()
}

/// The address that stands more rarely is the one to look at; among equals the later one.
fn finding(site: &Site, a: &LinkEntry, b: &LinkEntry) -> Option<Diagnostic> {
    let rank = |entry: &LinkEntry| (entry.places.len(), std::cmp::Reverse(entry.places.first().copied()));
    let (odd, usual) = if rank(a) < rank(b) { (a, b) } else { (b, a) };
    let place = |entry: &LinkEntry| entry.places.first().copied();
    let ((document, link), (other, there)) = (place(odd)?, place(usual)?);
    let this = &site.case.documents[document];
    let source = site.case.source_of(other);
    let span = site.case.documents[other].links[there].span;
    let line = source.starts_at(span).line;
    let message = message!(
        en: "almost the same address stands at {path}:{line}: `{url}`",
        zh: "{path}:{line} 有一个几乎相同的地址：`{url}`",
        path = source.path, url = usual.url
    );
    let help = message!(
        en: "if they are one, correct the one that is mistyped",
        zh: "如果是同一个地址，请改正写错的那个"
    );
    Some(Diagnostic::at(Code::NearUrl, this.source, this.links[link].span, message).help(help))
}

/// The parts of a URL: the scheme is none, for C413 tells of that; the labels of the host, the segments of the path, what
/// follows it.
fn parts(entry: &LinkEntry) -> Vec<String> {
    let form = if entry.is_mail { entry.url.to_lowercase() } else { normal_form(&entry.url) };
    let rest = form.split_once("://").map_or(form.as_str(), |(_, rest)| rest).trim_end_matches('/');
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.split(['.', '@']).map(str::to_owned);
    host.chain(path.split(['/', '?', '#', '&']).skip(1).map(|segment| format!("/{segment}"))).collect()
}

/// Whether two parts differ by one or two letters that somebody may have mistyped: not by digits, which count, not by a
/// language, an ending or a letter that stands alone.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_start_matches('/'), b.trim_start_matches('/'));
    let letters = (percent_decode(a), percent_decode(b));
    // One that cannot be decoded is compared as it is.
    let decodes = letters.0.contains('%') == letters.1.contains('%');
    let (a, b) = if decodes { (letters.0.as_ref(), letters.1.as_ref()) } else { (a, b) };
    let shortest = a.chars().count().min(b.chars().count());
    if shortest < MIN_HOST {
        return false;
    }
    if a != b && look(a) == look(b) {
        return true;
    }
    if strsim::damerau_levenshtein(a, b) > if shortest < 2 * MIN_PART { 1 } else { 2 } {
        return false;
    }
    if replaces_two(a, b) {
        return false;
    }
    let words =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '%').map(str::to_owned).collect::<Vec<_>>();
    let has_ending = [a, b].iter().all(|text| text.contains('.'));
    let (a, b) = (words(a), words(b));
    if a.len() != b.len() {
        // `…_2` is the next of a series.
        let (longer, shorter) = if a.len() > b.len() { (&a, &b) } else { (&b, &a) };
        return longer.iter().any(|word| !shorter.contains(word) && !word.chars().all(|c| c.is_ascii_digit()));
    }
    // Of words that are as many on both sides, one that differs must look mistyped.
    let last = a.len() - 1;
    let differ = a.iter().zip(&b).enumerate().filter(|(_, (a, b))| a != b);
    let mut slips = differ.map(|(at, (a, b))| {
        let letters = |text: &str| text.chars().filter(|c| !is_counting(*c)).collect::<String>();
        let is_ending = has_ending && at == last && last > 0;
        let short = a.chars().count().min(b.chars().count()) < 3;
        letters(a) != letters(b)
            && !short
            && !is_ending
            && !language::is_tag(a)
            && !language::is_tag(b)
            && !is_series(a, b)
            && !names_another(a, b)
            && !(is_identifier(a) && is_identifier(b))
    });
    slips.any(|is_slip| is_slip)
}

/// Whether two letters stand in place of two others, and none is exchanged, added or left out: `lzu` and `pku`.
fn replaces_two(a: &str, b: &str) -> bool {
    let pairs = || a.chars().zip(b.chars()).filter(|(a, b)| a != b);
    let sorted = |letters: Vec<char>| {
        let mut letters = letters;
        letters.sort_unstable();
        letters
    };
    a.chars().count() == b.chars().count()
        && pairs().count() > 1
        && sorted(pairs().map(|(a, _)| a).collect()) != sorted(pairs().map(|(_, b)| b).collect())
}

/// Whether words differ by a Chinese character, which is a word of its own: 女工演讲, 工友演讲.
fn names_another(a: &str, b: &str) -> bool {
    let only_in = |a: &str, b: &str| a.chars().any(|c| is_cjk_letter(c) && !b.contains(c));
    only_in(a, b) || only_in(b, a)
}

/// A part as it looks: digits that are taken for letters, as those letters.
fn look(part: &str) -> String {
    // Only beside letters: the 1 of `2031` looks like nothing else.
    let letters: Vec<char> = part.chars().collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_alphabetic);
    let shown = letters.iter().enumerate().map(|(at, &c)| {
        let among_letters = is_letter(at.checked_sub(1)) && (is_letter(Some(at + 1)) || at + 1 == letters.len());
        match c {
            '0' if among_letters => 'o',
            '1' if among_letters => 'l',
            c => c,
        }
    });
    shown.collect()
}

/// Whether a word is one that a program made, letters and digits mixed, or the code of something. Nobody types it.
fn is_identifier(word: &str) -> bool {
    if word.bytes().all(|b| b.is_ascii_uppercase()) {
        return true;
    }
    !word.contains('%')
        && word.chars().filter(char::is_ascii_digit).count() > 1
        && word.chars().any(|c| c.is_ascii_alphabetic())
}

/// A character that tells the members of a series apart.
fn is_counting(c: char) -> bool {
    c.is_ascii_digit() || is_simple_numeral(c) || STEMS.contains(c) || COUNTING.contains(c)
}

/// Whether two words differ by one letter at their end: servera, serverb.
fn is_series(a: &str, b: &str) -> bool {
    let cut = |text: &str| text.char_indices().next_back().map_or(String::new(), |(at, _)| text[..at].to_owned());
    a.len() == b.len() && cut(a) == cut(b)
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
            ("cold-store-evidence", "cold-store-evldence"),
            ("notice_overnight", "notice_overnigt"),
            ("interhal", "interha1"),
            ("gooddeal", "g0oddeal"),
            ("terms-final.html", "terms-fnial.html"),
            ("qrst", "orst"),
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
            ("notice-zh.html", "notice-en.html"),
            ("language=zh", "language=en"),
            ("公告一", "公告二"),
            ("平台用户公告一", "平台用户公告二"),
            ("%E4%B8%8A%E4%B8%8A%E4%B8%8A%E4%B8%8A%E4%B8%8A", "%E4%B8%8A%E4%B8%8A%E4%B8%8A%E4%B8%8A%E4%B8%8B"),
            ("photos.png", "photos.jpg"),
            ("report.html", "report.htm"),
            ("appendix-a.pdf", "appendix-b.pdf"),
            ("servera", "serverb"),
            ("62ac149302001f6du.html", "62ac149302001fddj.html"),
            ("room101", "rooml01"),
            ("page1", "page2"),
            ("prodId=BNCN", "prodId=BNWS"),
            ("faq", "fax"),
            ("a1", "al"),
            ("2031-01", "2031-0l"),
            ("groupaxlzu", "groupaxpku"),
            ("女工演讲录音", "工友演讲录音"),
            ("七月声援团唱歌", "七月声援团合唱歌"),
            ("scan819x", "scan819x_2"),
            ("www.abd.org", "www.acf.org"),
        ] {
            assert!(!is_slip(a, b), "{a} {b}");
        }
    }
}
