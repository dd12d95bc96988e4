//! The seal: every byte that the public edition would publish is searched for what it must not hold.
//!
//! It knows nothing of how the edition was made, and so it holds whatever went wrong before: a template, a name in a picture,
//! a spelling that nobody thought of where it was replaced. One hit, and nothing is published.

use std::fmt;

use aho_corasick::AhoCorasick;
use encoding_rs::GB18030;

use crate::sha256::Sha256;
use crate::withhold::Secrets;
use crate::withhold::spelling::{Form, Spellings};

/// How much text is searched at once, in bytes, and how much of it again with the next piece.
const PIECE: usize = 1 << 20;
const OVERLAP: usize = 8 << 10;

/// Bytes of this length stand in no file by chance; shorter ones are looked for only near its ends, where metadata is.
const CERTAIN: usize = 6;
const ENDS: usize = 128 << 10;

/// The fewest letters of the name of a private file that is looked for: `1.jpg` stands anywhere.
const MIN_FILE_NAME: usize = 9;

/// What is looked for.
#[derive(Debug)]
pub struct Seal {
    /// What each pattern is, as far as it may be told.
    told: Vec<String>,
    spellings: Spellings,
    /// The same names as bytes, in the encodings of metadata and old files; and whose each is.
    bytes: Option<AhoCorasick>,
    pattern_of: Vec<usize>,
    /// The sum over all that is looked for.
    sum: Sha256,
}

/// Something withheld that would be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The file of the site.
    pub path: String,
    /// Where in it.
    pub place: Place,
    /// What, without telling it.
    pub what: String,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In its path.
    Name,
    /// On a line, from 1.
    Line(usize),
    /// In the text inside, on a page from 1.
    Page(usize),
    /// In what it holds beside what is seen: comments, properties, tags.
    Unseen,
    /// At a byte.
    Byte(usize),
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, place, what } = self;
        match place {
            Place::Name => write!(f, "{} holds {what} in its name", masked_path(path)),
            Place::Line(line) => write!(f, "{path}:{line} holds {what}"),
            Place::Page(page) => write!(f, "{path} holds {what} in its text, page {page}"),
            Place::Unseen => write!(f, "{path} holds {what} where it is not seen on opening it"),
            Place::Byte(at) => write!(f, "{path} holds {what} at byte {at}"),
        }
    }
}

/// A path whose name may be what it tells: its folder and its ending.
fn masked_path(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    format!("{folder}/….{ending}")
}

/// A name without all but its first letter.
fn masked(name: &str) -> String {
    format!("`{}…`", name.chars().next().unwrap_or(' '))
}

impl Seal {
    /// A seal for what must not be published; none where that is nothing.
    pub fn new(secrets: &Secrets) -> Option<Self> {
        let file_name = |path: &String| path.rsplit('/').next().unwrap_or(path).to_owned();
        let files: Vec<String> = secrets.files.iter().map(file_name).collect();
        let is_telling = |name: &&String| name.chars().filter(|c| c.is_alphanumeric()).count() >= MIN_FILE_NAME;
        let files: Vec<&String> = files.iter().filter(is_telling).collect();
        let names: Vec<&str> = secrets.names.iter().chain(files.iter().copied()).map(String::as_str).collect();
        let spellings = Spellings::new(names.iter().copied(), secrets.passages.iter().map(String::as_str));
        if spellings.is_empty() {
            return None;
        }
        let told = secrets.names.iter().map(|name| format!("the withheld name {}", masked(name)));
        let told = told.chain(files.iter().map(|name| format!("the name of a private file, {}", masked(name))));
        let told = told.chain(secrets.passages.iter().map(|text| format!("a withheld passage, {}", masked(text))));
        let told = told.collect();
        let mut encoded: Vec<(usize, Vec<u8>)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            encoded.push((at, name.as_bytes().to_vec()));
            encoded.push((at, name.encode_utf16().flat_map(u16::to_le_bytes).collect()));
            encoded.push((at, name.encode_utf16().flat_map(u16::to_be_bytes).collect()));
            encoded.push((at, GB18030.encode(name).0.into_owned()));
        }
        encoded.retain(|(_, bytes)| bytes.len() >= 4);
        let pattern_of = encoded.iter().map(|(at, _)| *at).collect();
        let bytes = AhoCorasick::builder().ascii_case_insensitive(true).build(encoded.iter().map(|(_, bytes)| bytes));
        let all = names.iter().copied().chain(secrets.passages.iter().map(String::as_str));
        let all = all.fold(env!("CARGO_PKG_VERSION").to_owned(), |all, text| all + "\0" + text);
        Some(Self { told, spellings, bytes: bytes.ok(), pattern_of, sum: Sha256::of(all.as_bytes()) })
    }

    /// The sum over all that is looked for.
    pub fn sum(&self) -> Sha256 {
        self.sum
    }

    /// Whether a file of that name is a page, or data of the program's, which are made anew with every build.
    pub fn is_page(path: &str) -> bool {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        matches!(ending, "html" | "json" | "js" | "css" | "xml" | "csv")
    }

    /// What the name of a file holds that must not be there.
    pub fn look_at_name(&self, path: &str) -> Option<Leak> {
        let found = self.spellings.find(path, Form::Text).into_iter().next()?;
        Some(Leak { path: path.to_owned(), place: Place::Name, what: self.told[found.pattern].clone() })
    }

    /// The first thing in the file `path` of a site that must not be there.
    pub fn look(&self, path: &str, bytes: &[u8]) -> Option<Leak> {
        let leak = |place, pattern: usize| Leak { path: path.to_owned(), place, what: self.told[pattern].clone() };
        if let Some(leak) = self.look_at_name(path) {
            return Some(leak);
        }
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let text = std::str::from_utf8(bytes).ok();
        if let Some(text) = text {
            let forms: &[Form] = match ending {
                "html" | "xml" | "svg" => &[Form::Text, Form::Markup],
                "json" | "js" => &[Form::Data],
                _ => &[Form::Text],
            };
            for &form in forms {
                if let Some((at, pattern)) = self.in_text(text, form) {
                    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
                    return Some(leak(Place::Line(line), pattern));
                }
            }
            // Pages and data of the program hold nothing but text.
            if matches!(ending, "html" | "json" | "js" | "css" | "xml") {
                return None;
            }
        }
        if let Some((at, pattern)) = self.in_bytes(bytes) {
            return Some(leak(Place::Byte(at), pattern));
        }
        let inside = casefile_inside::read(bytes, path);
        if let Some((at, pattern)) = self.in_text(&inside.text, Form::Text) {
            let page = memchr::memchr_iter(b'\x0c', &inside.text.as_bytes()[..at]).count() + 1;
            return Some(leak(Place::Page(page), pattern));
        }
        let said = inside.metadata.iter().map(|entry| entry.value.as_str());
        let unseen = std::iter::once(inside.unseen.as_str()).chain(said);
        unseen
            .into_iter()
            .find_map(|text| self.in_text(text, Form::Text))
            .map(|(_, pattern)| leak(Place::Unseen, pattern))
    }

    /// The first pattern in a text, and where it begins.
    fn in_text(&self, text: &str, form: Form) -> Option<(usize, usize)> {
        let mut start = 0;
        loop {
            let end = text.floor_char_boundary((start + PIECE).min(text.len()));
            if let Some(found) = self.spellings.find(&text[start..end], form).first() {
                return Some((start + found.range.start, found.pattern));
            }
            if end >= text.len() {
                return None;
            }
            start = text.floor_char_boundary(end - OVERLAP);
        }
    }

    /// The first name in bytes, in one of its encodings, and where it begins.
    fn in_bytes(&self, bytes: &[u8]) -> Option<(usize, usize)> {
        let mut found = self.bytes.as_ref()?.find_overlapping_iter(bytes);
        let is_certain = |start: usize, end: usize| end - start >= CERTAIN || start < ENDS || end + ENDS > bytes.len();
        let hit =
            found.find(|hit| is_certain(hit.start(), hit.end()) && Self::is_apart(bytes, hit.start(), hit.end()))?;
        Some((hit.start(), self.pattern_of[hit.pattern().as_usize()]))
    }

    /// Whether Latin letters or digits go on at neither end: Ann is not in annual.
    fn is_apart(bytes: &[u8], start: usize, end: usize) -> bool {
        let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let ends = letter(bytes.get(start)) && letter(before);
        let goes_on = letter(bytes.get(end - 1)) && letter(bytes.get(end));
        !ends && !goes_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal() -> Seal {
        let secrets = Secrets {
            names: vec!["林晓芸".to_owned(), "Quilla Brandt".to_owned()],
            passages: vec!["她住在城北的一处公寓里，楼下有一家面馆".to_owned()],
            files: vec!["content/exhibits/hospital-bill.pdf".to_owned(), "content/exhibits/1.jpg".to_owned()],
        };
        Seal::new(&secrets).unwrap()
    }

    #[test]
    fn what_must_not_be_published_is_found_in_every_kind_of_file() {
        let utf16 = |order: fn(u16) -> [u8; 2]| "林晓芸".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let gbk = GB18030.encode("林晓芸").0.into_owned();
        for (path, bytes) in [
            ("zh/a.html", "<p>\n<b>林</b>晓芸".as_bytes().to_vec()),
            ("zh/a.html", "<img alt=\"林曉芸\">".as_bytes().to_vec()),
            ("zh/a.html", "<a href=\"?q=%E6%9E%97%E6%99%93%E8%8A%B8\">x</a>".as_bytes().to_vec()),
            ("case.json", b"{\"a\": \"\\u6797\\u6653\\u82b8\"}".to_vec()),
            ("search/1.js", "[\"quilla\\nbrandt\"]".as_bytes().to_vec()),
            ("a.csv", "x,QUILLA BRANDT\r\n".as_bytes().to_vec()),
            ("files/quilla-brandt.txt", Vec::new()),
            ("files/a.bin", [b"\0\x01".as_slice(), &utf16(u16::to_le_bytes)].concat()),
            ("files/a.bin", [b"\0\x01".as_slice(), &utf16(u16::to_be_bytes)].concat()),
            ("files/a.txt", gbk),
            ("zh/a.html", "<p>她住在城北的<em>一处公寓</em>里，楼下有一家面馆。".as_bytes().to_vec()),
            ("zh/a.html", "<p>hospital-bill.pdf".as_bytes().to_vec()),
        ] {
            let leak = seal().look(path, &bytes);
            assert!(leak.is_some(), "{path}: {}", String::from_utf8_lossy(&bytes));
            let told = leak.map(|leak| leak.to_string()).unwrap_or_default();
            assert!(
                !told.contains("晓芸") && !told.to_lowercase().contains("brandt") && !told.contains("城北"),
                "{told}"
            );
        }
        for (path, bytes) in [("zh/a.html", "<p>林，晓芸 1.jpg</p>"), ("files/1.jpg", "林黛玉"), ("a.txt", "")] {
            assert_eq!(seal().look(path, bytes.as_bytes()), None, "{path}");
        }
        assert_eq!(Seal::new(&Secrets::default()).map(|_| ()), None);
    }

    #[test]
    fn what_lies_across_two_pieces_of_a_long_text_is_found() {
        for before in [PIECE - 4, PIECE - OVERLAP, PIECE + 1] {
            let text = format!("{}林\n{} 晓芸", "x".repeat(before), " ".repeat(100));
            assert!(seal().look("a.txt", text.as_bytes()).is_some());
        }
    }
}
