//! The seal: every byte that the public edition would publish is searched for what it must not hold.
//!
//! It knows nothing of how the edition was made, and so it holds whatever went wrong before: a template, a name in a picture,
//! a spelling that nobody thought of where it was replaced. One hit, and nothing is published.

#[cfg(test)]
mod attacks;
mod own;

use std::borrow::Cow;
use std::collections::HashMap;

use aho_corasick::AhoCorasick;
use casefile_inside::{Unread, archive};
use data_encoding::{BASE64, BASE64_NOPAD};
use encoding_rs::GB18030;

use self::own::Maker;
use crate::Message;
pub use crate::error::{Leak, LeakLocation};
use crate::sha256::Sha256;
use crate::spelling::{Form, Spellings};
use crate::withhold::{Original, Secrets};

/// How much text is searched at once, in bytes, and how much of it again with the next piece.
const PIECE: usize = 1 << 20;
const OVERLAP: usize = 8 << 10;

/// Bytes of this length stand in no file by chance; shorter ones are looked for only near its ends, where metadata is.
const CERTAIN: usize = 6;
const ENDS: usize = 32 << 10;

/// The fewest digits of base64 that are read, and of a line of it that goes on with the next one.
const MIN_BASE64: usize = 8;
const MIN_LINE: usize = 60;

/// The digits of base64, and those that stand in addresses for two of them (RFC 4648, sections 4 and 5).
const IS_DIGIT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
        byte += 1;
    }
    table
};

/// The longest media type of a `data:` address, with its parameters.
const MAX_KIND: usize = 100;

/// The fewest hexadecimal digits in a row that are read as bytes, and the most.
const MIN_HEX: usize = 12;
const MAX_HEX: usize = 1 << 16;

/// The longest row of digits that may be a path in an address.
const MAX_PATH: usize = 400;

/// How deep files within files are looked into.
const MAX_DEPTH: usize = 3;

/// How it is looked, counted on with every change that finds more: what an earlier way found nothing in is looked at anew.
const WAY: u32 = 3;

/// The fewest bytes of a private file that is known again: an empty one is like any other.
const MIN_ORIGINAL: u64 = 32;

/// The fewest letters of the name of a private file that is looked for: `1.jpg` stands anywhere.
const MIN_FILE_NAME: usize = 9;

/// What is looked for.
#[derive(Debug)]
pub struct Seal {
    /// What each pattern is, as far as it may be told.
    told: Vec<Message>,
    spellings: Spellings,
    /// The files that must be in no other, by their sizes.
    originals: HashMap<usize, Vec<Original>>,
    /// The same names as bytes, in the encodings of metadata and old files; and whose each is.
    bytes: Option<AhoCorasick>,
    pattern_of: Vec<usize>,
    /// The sum over all that is looked for.
    sum: Sha256,
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
        let called: Vec<&String> = secrets.file_names.iter().filter(is_telling).collect();
        let names = secrets.names.iter().chain(files.iter().copied()).chain(called.iter().copied());
        let names: Vec<&str> = names.map(String::as_str).collect();
        let spellings =
            Spellings::new(names.iter().copied(), secrets.passages.iter().map(|passage| passage.text.as_str()))
                .keeping(secrets.kept.iter().map(String::as_str));
        let mut originals: HashMap<usize, Vec<Original>> = HashMap::new();
        for original in secrets.originals.iter().filter(|original| original.size >= MIN_ORIGINAL) {
            originals.entry(original.size as usize).or_default().push(original.clone());
        }
        if spellings.is_empty() && originals.is_empty() {
            return None;
        }
        let told = secrets.names.iter().map(|name| {
            let name = masked(name);
            message!(en: "the withheld name {name}", zh: "要隐去的名称 {name}")
        });
        let told = told.chain(files.iter().map(|name| {
            let name = masked(name);
            message!(en: "the name of a private file, {name}", zh: "不公开文件的名称 {name}")
        }));
        let told = told.chain(called.iter().map(|name| {
            let name = masked(name);
            message!(
                en: "the name of a file, {name}, which `names: neutral` keeps back",
                zh: "`names: neutral` 不公布的文件名 {name}"
            )
        }));
        let told = told.chain(secrets.passages.iter().map(|passage| {
            let (place, text) = (&passage.place, masked(&passage.text));
            message!(en: "a passage that is withheld at {place}, {text}", zh: "在 {place} 隐去的文字 {text}")
        }));
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
        let all = names.iter().copied().chain(secrets.passages.iter().map(|passage| passage.text.as_str()));
        let all = all.chain(secrets.kept.iter().map(String::as_str));
        let all = all.fold(format!("{} {WAY}", env!("CARGO_PKG_VERSION")), |all, text| all + "\0" + text);
        let all = secrets.originals.iter().fold(all, |all, original| format!("{all}\0{}", original.sha256));
        Some(Self { told, spellings, originals, bytes: bytes.ok(), pattern_of, sum: Sha256::of(all.as_bytes()) })
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
        let found = self.spellings.find(path, Form::Text);
        let what = self.told[found.first()?.pattern].clone();
        let mut shown = path.to_owned();
        for found in found.into_iter().rev() {
            let first = shown[found.range.clone()].chars().next().unwrap_or(' ');
            shown.replace_range(found.range, &format!("{first}…"));
        }
        Some(Leak { path: shown, place: LeakLocation::Name, what })
    }

    /// Whether the file `path` holds more than can be looked into: pictures of pages, sound, what a password locks.
    pub fn is_unread(path: &str, bytes: &[u8]) -> bool {
        !Self::is_page(path)
            && match casefile_inside::read(bytes, path).unread {
                Some(Unread::Unknown) => !archive::is_readable(bytes),
                unread => unread.is_some(),
            }
    }

    /// The first thing in the file `path` of a site that must not be there.
    pub fn look(&self, path: &str, bytes: &[u8]) -> Option<Leak> {
        self.look_into(path, bytes, 0)
    }

    /// The same for a file that lies within `depth` others.
    fn look_into(&self, path: &str, bytes: &[u8], depth: usize) -> Option<Leak> {
        let leak = |place, pattern: usize| Leak { path: path.to_owned(), place, what: self.told[pattern].clone() };
        if let Some(leak) = self.look_at_name(path) {
            return Some(leak);
        }
        if own::is_of_program(path, bytes) {
            return None;
        }
        if let Some(original) = self.original(bytes) {
            let what = message!(
                en: "{path}, which is withheld, or published only with parts covered",
                zh: "{path}，它不公开，或只公布遮盖后的样子",
                path = original
            );
            return Some(Leak { path: path.to_owned(), place: LeakLocation::Whole, what });
        }
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if let Ok(text) = std::str::from_utf8(bytes) {
            let fewest = own::fewest_letters(path);
            let maker = Maker::of(path, depth);
            let find = |&form: &Form| self.in_text_from(text, form, fewest, maker);
            if let Some((at, pattern)) = forms(ending, text).iter().find_map(find) {
                let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
                return Some(leak(LeakLocation::Line(line), pattern));
            }
            if let Some((_, pattern)) = entities(text).and_then(|text| self.in_text(&text, Form::Markup)) {
                return Some(leak(LeakLocation::Unseen, pattern));
            }
            if let Some(leak) = self.in_data_uris(path, text, depth) {
                return Some(leak);
            }
            // The index of the search holds nothing of authors that is not written plainly elsewhere.
            let is_index = maker == Maker::Program && ending == "js";
            let packed = if is_index {
                None
            } else {
                self.in_base64(text).or_else(|| self.in_hex(text)).or_else(|| self.in_hosts(text))
            };
            if let Some((at, pattern)) = packed {
                let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
                return Some(leak(LeakLocation::Line(line), pattern));
            }
            // Pages and data of the program hold nothing but text.
            if matches!(ending, "html" | "json" | "js" | "css" | "xml" | "rels") {
                return None;
            }
        }
        if let Some((at, pattern)) = self.in_bytes(bytes) {
            return Some(leak(LeakLocation::Byte(at), pattern));
        }
        if archive::is_bomb(bytes) {
            let what = message!(
                en: "so much, when it is unpacked, that it cannot be looked into",
                zh: "解压后大得无法检查的内容"
            );
            return Some(Leak { path: path.to_owned(), place: LeakLocation::Whole, what });
        }
        let look = |name: &str, bytes: &[u8]| self.look_into(&format!("{path}/{name}"), bytes, depth + 1);
        let is_looked_into = depth < MAX_DEPTH;
        if let Some(leak) = is_looked_into.then(|| archive::find(bytes, path, look)).flatten() {
            return Some(leak);
        }
        let inside = casefile_inside::read(bytes, path);
        // In documents of office programs each line is a paragraph or a row.
        let read_as = if bytes.starts_with(b"PK") { &[] } else { forms("", &inside.text) };
        let mut read_as = read_as.iter().chain(&[Form::Cells]);
        if let Some((at, pattern)) = read_as.find_map(|&form| self.in_text(&inside.text, form)) {
            let page = memchr::memchr_iter(b'\x0c', &inside.text.as_bytes()[..at]).count() + 1;
            return Some(leak(LeakLocation::Page(page), pattern));
        }
        let said = inside.metadata.iter().map(|entry| entry.value.as_str());
        let mut unseen = std::iter::once(inside.unseen.as_str()).chain(said);
        let hit = unseen.find_map(|text| forms("", text).iter().find_map(|&form| self.in_text(text, form)));
        hit.map(|(_, pattern)| leak(LeakLocation::Unseen, pattern))
    }

    /// The withheld file that these bytes are, by its path; masked where that tells.
    fn original(&self, bytes: &[u8]) -> Option<String> {
        let candidates = self.originals.get(&bytes.len())?;
        let sum = Sha256::of(bytes);
        let original = candidates.iter().find(|original| original.sha256 == sum)?;
        Some(masked(original.path.rsplit('/').next().unwrap_or(&original.path)))
    }

    /// The text that is seen on the pages of a file that is published as pictures of them: the first thing in it that must not be
    /// there.
    pub fn look_at_pages(&self, path: &str, text: &str) -> Option<Leak> {
        let (at, pattern) = [Form::Text, Form::Cells].into_iter().find_map(|form| self.in_text(text, form))?;
        let page = memchr::memchr_iter(b'\x0c', &text.as_bytes()[..at]).count() + 1;
        Some(Leak { path: path.to_owned(), place: LeakLocation::Page(page), what: self.told[pattern].clone() })
    }

    /// The first thing in what a text holds in base64: letters of mail, keys, what a program put there.
    fn in_base64(&self, text: &str) -> Option<(usize, usize)> {
        if self.spellings.is_empty() {
            return None;
        }
        let is_digit = |byte: u8| IS_DIGIT[usize::from(byte)];
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let mut end = at + bytes[at..].iter().take_while(|&&byte| is_digit(byte)).count();
            let start = at;
            // Long ones go on over lines.
            while end - at >= MIN_LINE && bytes.get(end).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
                at = end + bytes[end..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                end = at + bytes[at..].iter().take_while(|&&byte| is_digit(byte)).count();
            }
            let digits = &bytes[start..end];
            // In an address slashes may part it from folders.
            let parts = if digits.len() <= MAX_PATH { digits } else { &[] }.split(|byte| *byte == b'/');
            let mut found = std::iter::once(digits).chain(parts).filter_map(|digits| self.in_digits(digits));
            if let Some(pattern) = found.next() {
                return Some((start, pattern));
            }
            at = end.max(start + 1);
        }
        None
    }

    /// The first pattern in what these digits of base64 stand for.
    fn in_digits(&self, digits: &[u8]) -> Option<usize> {
        // Words have none of the capitals that digits have.
        if digits.len() < MIN_BASE64 || !digits.iter().any(u8::is_ascii_uppercase) {
            return None;
        }
        let digits: Vec<u8> = digits
            .iter()
            .filter(|byte| !matches!(byte, b'\r' | b'\n'))
            .map(|&byte| match byte {
                b'-' => b'+',
                b'_' => b'/',
                byte => byte,
            })
            .collect();
        let decoded = BASE64_NOPAD.decode(&digits).ok()?;
        self.in_decoded(&decoded)
    }

    /// The first pattern in bytes that were written as digits, and are text in one encoding or another.
    fn in_decoded(&self, decoded: &[u8]) -> Option<usize> {
        // As the names are written in it, whatever else stands there.
        let in_utf16 = || self.in_bytes(decoded).map(|(_, pattern)| pattern);
        let text = match std::str::from_utf8(decoded) {
            Ok(text) => Cow::Borrowed(text),
            // Of what is packed, or a picture, the first bytes are no text already.
            Err(_) => match GB18030.decode_without_bom_handling_and_without_replacement(decoded) {
                Some(text) => text,
                None => return in_utf16(),
            },
        };
        self.in_text(&text, Form::Text).map(|(_, pattern)| pattern).or_else(in_utf16)
    }

    /// The first thing in what a text holds in hexadecimal digits, two for a byte.
    fn in_hex(&self, text: &str) -> Option<(usize, usize)> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let len = bytes[at..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
            // A sum is as long as one, and no text.
            if (MIN_HEX..=MAX_HEX).contains(&len)
                && len % 2 == 0
                && let Ok(decoded) = data_encoding::HEXLOWER_PERMISSIVE.decode(&bytes[at..at + len])
                && let Some(pattern) = self.in_decoded(&decoded)
            {
                return Some((at, pattern));
            }
            at += len.max(1);
        }
        None
    }

    /// The first thing in the names of hosts that a text holds in Punycode (RFC 3492), `xn--fiq228c.example`.
    fn in_hosts(&self, text: &str) -> Option<(usize, usize)> {
        const MARK: &str = "xn--";
        memchr::memmem::find_iter(text.as_bytes(), MARK).find_map(|at| {
            let label = &text[at..];
            let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(label.len());
            let (host, _) = idna::domain_to_unicode(&label[..end]);
            self.in_text(&host, Form::Text).map(|(_, pattern)| (at, pattern))
        })
    }

    /// The first thing in the files that a text holds as `data:` addresses.
    fn in_data_uris(&self, path: &str, text: &str, depth: usize) -> Option<Leak> {
        const MARK: &str = ";base64,";
        if depth >= MAX_DEPTH {
            return None;
        }
        let in_plain = memchr::memmem::find_iter(text.as_bytes(), "\"data:").find_map(|at| {
            let rest = &text[at + 1..];
            let (kind, rest) = rest.split_once(',')?;
            let is_plain = kind.len() <= MAX_KIND && !kind.ends_with(";base64") && !kind.contains('"');
            let written = is_plain.then(|| rest.split('"').next()).flatten()?;
            let bytes: Vec<u8> = percent_encoding::percent_decode_str(written).collect();
            let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1;
            self.look_into(&format!("{path}:{line}/data"), &bytes, depth + 1)
        });
        if in_plain.is_some() {
            return in_plain;
        }
        memchr::memmem::find_iter(text.as_bytes(), MARK).find_map(|at| {
            let rest = &text[at + MARK.len()..];
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c))).unwrap_or(rest.len());
            let bytes = BASE64.decode(&rest.as_bytes()[..end]).ok()?;
            let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1;
            self.look_into(&format!("{path}:{line}/data"), &bytes, depth + 1)
        })
    }

    /// The first pattern in a text, and where it begins.
    fn in_text(&self, text: &str, form: Form) -> Option<(usize, usize)> {
        self.in_text_from(text, form, 0, Maker::Others)
    }

    /// The same, of the patterns that have at least `fewest` letters.
    fn in_text_from(&self, text: &str, form: Form, fewest: usize, maker: Maker) -> Option<(usize, usize)> {
        let mut start = 0;
        if self.spellings.is_empty() {
            return None;
        }
        loop {
            let end = text.floor_char_boundary((start + PIECE).min(text.len()));
            let found = self.spellings.find(&text[start..end], form);
            let hit = found.into_iter().find(|found| {
                self.spellings.letters(found.pattern) >= fewest
                    && !own::is_word_of_program(
                        text,
                        &(start + found.range.start..start + found.range.end),
                        form,
                        maker,
                    )
            });
            if let Some(found) = hit {
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
        let is_near_end = |start: usize, end: usize| start < ENDS || end + ENDS > bytes.len();
        let is_certain = |start: usize, end: usize| {
            end - start >= CERTAIN || (is_near_end(start, end) && is_among_words(bytes, start, end))
        };
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

/// Whether what stands right before or behind `start..end` may be words or the numbers of a record: in packed data all bytes are
/// alike common.
fn is_among_words(bytes: &[u8], start: usize, end: usize) -> bool {
    const AROUND: usize = 64;
    let is_control = |byte: &&u8| matches!(byte, 1..=8 | 11 | 12 | 14..=31 | 127);
    let sides = [&bytes[start.saturating_sub(AROUND)..start], &bytes[end..(end + AROUND).min(bytes.len())]];
    sides.iter().any(|side| {
        let zeros = side.iter().filter(|byte| **byte == 0).count();
        zeros * 8 >= side.len() || side.iter().filter(is_control).count() <= 1
    })
}

/// Markup with what its own entities stand for in their places (XML, section 4.4); none if it has none.
fn entities(text: &str) -> Option<String> {
    const MARK: &str = "<!ENTITY";
    let first = text.find(MARK)?;
    let mut names: Vec<(&str, &str)> = Vec::new();
    for at in memchr::memmem::find_iter(&text.as_bytes()[first..], MARK) {
        let rest = text[first + at + MARK.len()..].trim_start();
        let Some((name, rest)) = rest.split_once(char::is_whitespace) else { continue };
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = quote.and_then(|quote| rest[1..].split(quote).next());
        names.extend(value.filter(|value| value.len() <= MAX_ENTITY).map(|value| (name, value)));
    }
    let mut whole = text.to_owned();
    for (name, value) in names.into_iter().take(MAX_ENTITIES) {
        whole = whole.replace(&format!("&{name};"), value);
        // Those that stand for each other without end say nothing.
        if whole.len() > text.len().saturating_mul(4).saturating_add(PIECE) {
            return None;
        }
    }
    Some(whole)
}

/// The longest value of an entity that is put in its place, and how many are: more than that is no abbreviation.
const MAX_ENTITY: usize = 200;
const MAX_ENTITIES: usize = 50;

/// The ways in which a text in a file of that ending is read.
fn forms(ending: &str, text: &str) -> &'static [Form] {
    let has = |sign: &[u8]| memchr::memmem::find(text.as_bytes(), sign).is_some();
    match ending {
        "html" | "xml" | "svg" | "rels" if has(b"<rt") || has(b"<sup") => &[Form::Tags, Form::Markup, Form::Base],
        "html" | "xml" | "svg" | "rels" => &[Form::Tags, Form::Markup],
        "json" | "js" => &[Form::Data],
        "csv" | "tsv" => &[Form::Text, Form::Values],
        // Pages that are published as text, and what metadata holds.
        _ if has(b"</") => &[Form::Text, Form::Tags, Form::Markup, Form::Base],
        _ => &[Form::Text],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::withhold::Passage;

    fn seal() -> Seal {
        let secrets = Secrets {
            names: vec!["林晓芸".to_owned(), "Quilla Brandt".to_owned()],
            kept: vec!["林晓芸香".to_owned()],
            passages: vec![Passage {
                text: "她住在城北的一处公寓里，楼下有一家面馆".to_owned(),
                place: "zh/a.md:3".to_owned(),
            }],
            files: vec!["content/exhibits/hospital-bill.pdf".to_owned(), "content/exhibits/1.jpg".to_owned()],
            originals: Vec::new(),
            file_names: Vec::new(),
        };
        Seal::new(&secrets).unwrap()
    }

    pub(super) fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
        zip.finish().unwrap().into_inner()
    }

    fn tarred(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut head = [0; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[257..262].copy_from_slice(b"ustar");
        let file = [&head[..], bytes, &vec![0; bytes.len().next_multiple_of(512) - bytes.len()]].concat();
        [&file[..], &[0; 1024]].concat()
    }

    #[test]
    fn a_name_that_is_a_word_of_the_program_is_found_where_an_author_wrote_it() {
        let names = ["Main", "Mark", "Max", "Page", "Dark"].map(str::to_owned);
        let seal = Seal::new(&Secrets { names: names.to_vec(), ..Secrets::default() }).unwrap();
        for (path, text) in [
            ("a.html", "<main class=\"main dark\" id=\"main\"><mark>x</mark><link href=\"../static/dark.css\"></main>"),
            ("case.json", "{\"page\": 1, \"file\": 2}"),
            ("a.xml", "<a xmlns:m=\"http://schemas.example/main\" max=\"3\"/>"),
        ] {
            assert_eq!(seal.look(path, text.as_bytes()), None, "{text}");
        }
        for (path, text) in [
            ("a.html", "<p>Mark"),
            ("a.html", "<img alt=\"Max\">"),
            ("a.html", "<a href=\"mark.html\">"),
            ("case.json", "{\"a\": \"Page\"}"),
        ] {
            assert!(seal.look(path, text.as_bytes()).is_some(), "{text}");
        }
    }

    #[test]
    fn what_others_call_their_fields_and_classes_is_no_word_of_the_program() {
        let names = ["林晓芸", "Page", "Quilla"].map(str::to_owned);
        let seal = Seal::new(&Secrets { names: names.to_vec(), ..Secrets::default() }).unwrap();
        for (path, text) in [
            ("files/zh/data.json", "{\"林晓芸\": {\"age\": 30}}"),
            ("files/zh/data.json", "{\"\\u6797\\u6653\\u82b8\": 1}"),
            ("files/zh/data.json", "{\"page\": 1}"),
            ("files/case.json", "{\"page\": 1}"),
            ("case.json", "{\"林晓芸\": 1}"),
            ("case.json", "{\"quilla\": 1}"),
            ("search/mine.js", "{\"page\": 1}"),
            ("zh/a.html", "<p class=\"林晓芸\">"),
            ("zh/a.html", "<p dir=\"林晓芸\">"),
            ("zh/a.html", "<p class=\"is-quilla\">"),
            ("zh/a.html", "<p rel=\"quilla\">"),
            ("files/a.html", "<p class=\"quilla\">"),
        ] {
            assert!(seal.look(path, text.as_bytes()).is_some(), "{path}: {text}");
        }
        let zip = zipped("case.json", "{\"page\": 1}".as_bytes());
        assert!(seal.look("files/a.zip", &zip).is_some());
        for (path, text) in [("case.json", "{\"page\": 1}"), ("x/search/manifest.js", "{\"words\": 1}")] {
            assert_eq!(seal.look(path, text.as_bytes()), None, "{path}: {text}");
        }
    }

    #[test]
    fn what_must_not_be_published_is_found_in_every_kind_of_file() {
        let utf16 = |order: fn(u16) -> [u8; 2]| "林晓芸".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let gbk = GB18030.encode("林晓芸").0.into_owned();
        let big5 = encoding_rs::BIG5.encode("聊天 林曉芸").0.into_owned();
        let page = GB18030.encode("<p>林<b class=\"x\">晓</b>芸，聊天记录").0.into_owned();
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut gz, "林晓芸".as_bytes()).unwrap();
        let pdf = |catalog: &str| {
            let hex: String = "林晓芸".encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            let catalog = catalog.replace('@', &format!("<FEFF{hex}>"));
            format!("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalog}>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n").into_bytes()
        };
        for (path, bytes) in [
            ("zh/a.html", "<p>\n<b>林</b>晓芸".as_bytes().to_vec()),
            ("zh/a.html", "<img alt=\"林曉芸\">".as_bytes().to_vec()),
            ("zh/a.html", "<a href=\"?q=%E6%9E%97%E6%99%93%E8%8A%B8\">x</a>".as_bytes().to_vec()),
            ("case.json", b"{\"a\": \"\\u6797\\u6653\\u82b8\"}".to_vec()),
            ("search/1.js", "[\"quilla\\nbrandt\"]".as_bytes().to_vec()),
            ("files/a.zip", zipped("folder/a.txt", "证人林晓芸".as_bytes())),
            ("files/a.xlsx", zipped("xl/workbook.xml", "<sheet name=\"林晓芸\"/>".as_bytes())),
            ("files/a.docx", zipped("word/embeddings/a.zip", &zipped("b.xml", "<a>林</a><b>晓芸</b>".as_bytes()))),
            ("files/a.zip", zipped("林晓芸.txt", b"")),
            (
                "zh/single.html",
                format!("<a href=\"data:text/plain;base64,{}\">", BASE64.encode("林晓芸".as_bytes())).into_bytes(),
            ),
            ("a.csv", "x,QUILLA BRANDT\r\n".as_bytes().to_vec()),
            ("files/quilla-brandt.txt", Vec::new()),
            ("files/a.bin", [b"\0\x01".as_slice(), &utf16(u16::to_le_bytes)].concat()),
            ("files/a.bin", [b"\0\x01".as_slice(), &utf16(u16::to_be_bytes)].concat()),
            ("files/a.txt", gbk.clone()),
            ("files/b.txt", format!("x {} y", BASE64.encode(&[b"abc ", &gbk[..]].concat())).into_bytes()),
            ("zh/a.html", "<a href=\"https://a.example/?d=5p6X5pmT6Iq4\">".as_bytes().to_vec()),
            ("zh/a.html", "<a href=\"https://a.example/5p6X5pmT6Iq4/x\">".as_bytes().to_vec()),
            ("zh/a.html", "<a href=\"https://www.xn--1jv01al90d.example\">".as_bytes().to_vec()),
            ("case.json", "{\"url\": \"https://a.example/?q=Quilla+Brandt\"}".as_bytes().to_vec()),
            ("files/a.txt", big5),
            ("files/a.html.txt", page),
            ("files/a.html.txt", "<p>林<b class=\"x\">晓</b>芸".as_bytes().to_vec()),
            ("files/a.csv", "姓,名\r\n林,晓芸\r\n".as_bytes().to_vec()),
            ("files/a.rtf", b"{\\rtf1\\ansi\\ansicpg936 \\'c1\\'d6{\\b \\u26195?}\\u33464?}".to_vec()),
            ("files/a.vcf", "BEGIN:VCARD\nN:林;晓芸;;;\nEND:VCARD".as_bytes().to_vec()),
            (
                "files/a.vcf.txt",
                b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=E6=9E=97=E6=99=93=E8=8A=B8\nEND:VCARD".to_vec(),
            ),
            ("files/a.gz", gz.finish().unwrap()),
            ("files/a.txt", format!("x {} y", BASE64.encode("证人林晓芸".as_bytes())).into_bytes()),
            ("files/a.pdf", pdf("/Outlines<</First<</Title @>>>>")),
            ("files/a.pdf", pdf("/AcroForm<</Fields[<</FT/Tx/T(a)/V @>>]>>")),
            ("files/a.pdf", pdf("/OpenAction<</S/JavaScript/JS @>>")),
            ("files/a.pdf", pdf("/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/UF @>>]>>>>")),
            ("zh/a.html", "<p>她住在城北的<em>一处公寓</em>里，楼下有一家面馆。".as_bytes().to_vec()),
            ("zh/a.html", "<p>hospital-bill.pdf".as_bytes().to_vec()),
        ] {
            let leak = seal().look(path, &bytes);
            assert!(leak.is_some(), "{path}: {}", String::from_utf8_lossy(&bytes));
            let told = leak.map(|leak| leak.message().en().to_owned()).unwrap_or_default();
            assert!(
                !told.contains("晓芸") && !told.to_lowercase().contains("brandt") && !told.contains("城北"),
                "{told}"
            );
        }
        for (path, bytes) in [
            ("zh/a.html", "<p>林，晓芸 1.jpg</p>"),
            ("zh/a.html", "<p>林晓芸香"),
            ("files/1.jpg", "林黛玉"),
            ("a.txt", ""),
        ] {
            assert_eq!(seal().look(path, bytes.as_bytes()), None, "{path}");
        }
        assert_eq!(Seal::new(&Secrets::default()).map(|_| ()), None);
    }

    #[test]
    fn a_withheld_file_is_known_by_its_bytes_wherever_it_lies() {
        let bytes = b"\x89PNG of which parts are covered, as a file of some length".to_vec();
        let original = |bytes: &[u8]| Original {
            sha256: Sha256::of(bytes),
            size: bytes.len() as u64,
            path: "content/exhibits/chat.png".to_owned(),
        };
        let secrets = Secrets { originals: vec![original(&bytes), original(b"")], ..Secrets::default() };
        let seal = Seal::new(&secrets).unwrap();
        let mail = format!(
            "From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\n{}\n",
            BASE64.encode(&bytes)
        );
        for (path, file) in [
            ("files/a.bin", bytes.clone()),
            ("files/a.zip", zipped("b/c.png", &bytes)),
            ("files/a.docx", zipped("word/media/image1.png", &bytes)),
            ("files/a.zip", zipped("a.zip", &zipped("x", &bytes))),
            ("files/a.eml", mail.into_bytes()),
            ("files/a.tar", tarred("b.png", &bytes)),
            ("files/a.exe", [&b"MZ a program that unpacks"[..], &zipped("b.png", &bytes)].concat()),
            ("one.html", format!("<img src=\"data:image/png;base64,{}\">", BASE64.encode(&bytes)).into_bytes()),
        ] {
            let told = seal.look(path, &file).map(|leak| leak.message().en().to_owned()).unwrap_or_default();
            assert!(told.contains("`c…`") && !told.contains("chat"), "{path}: {told}");
        }
        assert_eq!(seal.look(".nojekyll", b""), None);
        assert_eq!(seal.look("a.zip", &zipped("b.png", &bytes[1..])), None);
        assert!(Seal::new(&Secrets { originals: vec![original(b"")], ..Secrets::default() }).is_none());
    }

    #[test]
    fn what_unpacks_to_more_than_is_looked_at_is_not_published() {
        let large = vec![b' '; (64 << 20) + 1];
        let said = |path: &str, bytes: &[u8]| seal().look(path, bytes).map(|leak| leak.message().en().to_owned());
        let told = said("files/a.docx", &zipped("word/document.xml", &large)).unwrap_or_default();
        assert!(told.contains("cannot be looked into"), "{told}");
        assert!(said("files/a.zip", &zipped("a.zip", &zipped("x", &large))).is_some());
        assert_eq!(said("files/a.zip", &zipped("a.txt", &large[..1 << 20])), None);
    }

    #[test]
    fn what_lies_across_two_pieces_of_a_long_text_is_found() {
        for before in [PIECE - 4, PIECE - OVERLAP, PIECE + 1] {
            let text = format!("{}林\n{} 晓芸", "x".repeat(before), " ".repeat(100));
            assert!(seal().look("a.txt", text.as_bytes()).is_some());
        }
    }
}
