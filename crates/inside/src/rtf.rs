//! Rich Text Format (Microsoft, version 1.9.1): text in the encodings of its fonts, and what is not seen on opening it.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

use super::{Inside, MAX_TEXT, Tells, Unread, Unseen};

/// How deep groups are followed.
const MAX_DEPTH: usize = 1000;

/// Whether some bytes are such a file.
pub(super) fn is_rtf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\\rtf")
}

/// Where a text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// It is read on opening the file.
    Text,
    /// It tells who wrote it.
    Who,
    /// It is there and not seen: titles, keywords, the addresses of links.
    Unseen,
    Comment,
    Deleted,
    Hidden,
    /// It is no words: pictures, colours, names of fonts.
    Nothing,
}

/// What holds within a group and ends with it.
#[derive(Debug, Clone, Copy)]
struct Group {
    target: Target,
    /// The encoding of bytes, by the font.
    encoding: &'static Encoding,
    /// How many bytes follow a character in Unicode for programs that do not know it.
    fallback: usize,
    /// In the list of fonts.
    fonts: bool,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Inside {
    let first = Group { target: Target::Text, encoding: WINDOWS_1252, fallback: 1, fonts: false };
    let mut reader = Reader {
        inside: Inside::default(),
        groups: vec![first],
        waiting: Vec::new(),
        line: String::new(),
        fonts: HashMap::new(),
        font: 0,
        skip: 0,
        high: None,
    };
    let mut at = 0;
    while at < bytes.len() && reader.inside.text.len() + reader.line.len() < MAX_TEXT {
        at += reader.step(&bytes[at..]);
    }
    if at < bytes.len() {
        reader.inside.unread = Some(Unread::Broken);
    }
    reader.flush();
    reader.inside
}

struct Reader {
    inside: Inside,
    groups: Vec<Group>,
    /// Bytes that are not decoded yet: two of them may be one character.
    waiting: Vec<u8>,
    /// What was read for the target of the group.
    line: String,
    fonts: HashMap<i64, &'static Encoding>,
    /// The font that the list describes.
    font: i64,
    /// How many characters are left out, as the one before was written in Unicode.
    skip: usize,
    /// The first half of a character beyond the basic plane.
    high: Option<u16>,
}

impl Reader {
    /// Reads what stands first; how many bytes it has.
    fn step(&mut self, bytes: &[u8]) -> usize {
        match bytes {
            [b'{', ..] => {
                self.flush();
                let group = *self.group();
                if self.groups.len() < MAX_DEPTH {
                    self.groups.push(group);
                }
                1
            }
            [b'}', ..] => {
                self.flush();
                if self.groups.len() > 1 {
                    self.groups.pop();
                }
                1
            }
            [b'\\', b'\'', high, low, ..] => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                if let (Some(high), Some(low)) = (digit(*high), digit(*low)) {
                    self.byte((high * 16 + low) as u8);
                }
                4
            }
            [b'\\', letter, ..] if letter.is_ascii_alphabetic() => self.word(&bytes[1..]) + 1,
            [b'\\', b'*', ..] => {
                self.flush();
                if self.group().target == Target::Text {
                    self.group().target = Target::Unseen;
                }
                2
            }
            [b'\\', sign, ..] => {
                match sign {
                    b'~' => self.words(" "),
                    b'_' | b'\\' | b'{' | b'}' => self.byte(*sign),
                    b'\n' | b'\r' => self.words("\n"),
                    _ => {}
                }
                2
            }
            [b'\r' | b'\n', ..] => 1,
            [byte, ..] => {
                self.byte(*byte);
                1
            }
            [] => 1,
        }
    }

    fn group(&mut self) -> &mut Group {
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    /// Reads a control word behind its backslash; how many bytes it has.
    fn word(&mut self, bytes: &[u8]) -> usize {
        let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(&bytes[..letters]).unwrap_or("");
        let sign = usize::from(bytes.get(letters) == Some(&b'-'));
        let digits = bytes[letters + sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number =
            std::str::from_utf8(&bytes[letters..letters + sign + digits]).ok().and_then(|text| text.parse().ok());
        let number: Option<i64> = number.filter(|_| digits > 0);
        let end = letters + if digits > 0 { sign + digits } else { 0 };
        let len = end + usize::from(bytes.get(end) == Some(&b' '));
        if name == "bin" {
            return len + usize::try_from(number.unwrap_or(0)).unwrap_or(0);
        }
        if name == "u" {
            self.decode();
            self.unit(number.unwrap_or(0) as u16);
            self.skip = self.group().fallback;
            return len;
        }
        self.skip = 0;
        self.decode();
        match name {
            "par" | "line" | "row" | "page" | "sect" => self.words("\n"),
            "tab" | "cell" | "nestcell" => self.words("\t"),
            "emdash" => self.words("—"),
            "endash" => self.words("–"),
            "uc" => self.group().fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "ansicpg" => self.group().encoding = of_code_page(number.unwrap_or(0)),
            "f" if self.group().fonts => self.font = number.unwrap_or(0),
            "fcharset" => {
                if let Some(encoding) = of_charset(number.unwrap_or(0)) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "f" | "af" => {
                if let Some(encoding) = self.fonts.get(&number.unwrap_or(0)).copied() {
                    self.group().encoding = encoding;
                }
            }
            "v" | "deleted" => {
                let target = if name == "v" { Target::Hidden } else { Target::Deleted };
                let (from, to) = if number == Some(0) { (target, Target::Text) } else { (Target::Text, target) };
                if self.group().target == from {
                    self.flush();
                    self.group().target = to;
                }
            }
            name => self.enter(name),
        }
        len
    }

    /// Goes on to where the text of a group goes that `name` begins.
    fn enter(&mut self, name: &str) {
        let target = match name {
            "author" | "operator" | "manager" | "company" | "atnauthor" | "atnid" | "revtbl" => Target::Who,
            "title" | "subject" | "keywords" | "doccomm" | "category" | "hlinkbase" | "fldinst" | "info" => {
                Target::Unseen
            }
            "annotation" => Target::Comment,
            "fonttbl" | "colortbl" | "stylesheet" | "pict" | "objdata" | "themedata" | "colorschememapping"
            | "datastore" | "latentstyles" | "listtable" | "listoverridetable" | "rsidtbl" | "generator"
            | "blipuid" | "panose" | "falt" => Target::Nothing,
            "fldrslt" | "pntext" | "listtext" | "shptxt" | "footnote" | "header" | "footer" => Target::Text,
            _ => return,
        };
        self.flush();
        self.group().target = target;
        self.group().fonts |= name == "fonttbl";
    }

    fn byte(&mut self, byte: u8) {
        match self.skip.checked_sub(1) {
            Some(fewer) => self.skip = fewer,
            None => self.waiting.push(byte),
        }
    }

    /// A unit of UTF-16, two of which may be one character.
    fn unit(&mut self, unit: u16) {
        let units = self.high.take().into_iter().chain([unit]);
        if matches!(unit, 0xd800..=0xdbff) {
            self.high = Some(unit);
            return;
        }
        let text: String = char::decode_utf16(units).flatten().collect();
        self.line.push_str(&text);
    }

    fn words(&mut self, text: &str) {
        self.decode();
        self.line.push_str(text);
    }

    fn decode(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if !waiting.is_empty() {
            let text = self.group().encoding.decode_without_bom_handling(&waiting).0.into_owned();
            self.line.push_str(&text);
        }
    }

    /// Puts what was read where the group says.
    fn flush(&mut self) {
        self.decode();
        let line = std::mem::take(&mut self.line);
        let target = self.group().target;
        match target {
            Target::Text => self.inside.text.push_str(&line),
            Target::Who => self.inside.tell(Tells::Who, "author", line.trim_end_matches(';')),
            Target::Comment => self.inside.hide(Unseen::Comments, &line),
            Target::Deleted => self.inside.hide(Unseen::Deletions, &line),
            Target::Hidden => self.inside.hide(Unseen::Hidden, &line),
            Target::Unseen if !line.trim().is_empty() => self.inside.add_unseen(&format!("{line}\n")),
            Target::Unseen | Target::Nothing => {}
        }
    }
}

/// The encoding of a code page.
fn of_code_page(number: i64) -> &'static Encoding {
    match number {
        936 | 54936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        65001 => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// The encoding of a font by its set of characters.
fn of_charset(number: i64) -> Option<&'static Encoding> {
    Some(match number {
        0 => WINDOWS_1252,
        128 => SHIFT_JIS,
        129 => EUC_KR,
        134 => GB18030,
        136 => BIG5,
        204 => WINDOWS_1251,
        238 => WINDOWS_1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_unicode_and_in_the_encoding_of_its_font() {
        for rtf in [
            "{\\rtf1\\ansi\\ansicpg936 \\u26446?\\u26753?}",
            "{\\rtf1\\ansi\\ansicpg936\\uc2 \\u26446\\'c0\\'ee\\u26753\\'c1\\'ba}",
            "{\\rtf1\\ansi\\ansicpg936 \\'c0\\'ee{\\b \\'c1\\'ba}}",
            "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset134 SimSun;}}\\f1 \\'c0\\'ee\\'c1\\'ba}",
            "{\\rtf1\\ansi\\ansicpg950 \\'a7\\'f5\\'b1\\'e7}",
        ] {
            let text = read(rtf.as_bytes()).text;
            assert!(matches!(text.as_str(), "李梁" | "李梁\0"), "{rtf}: {text:?}");
            for end in 0..rtf.len() {
                read(&rtf.as_bytes()[..end]);
            }
        }
    }

    #[test]
    fn what_is_not_seen_on_opening_it_is_told_apart() {
        let rtf = "{\\rtf1{\\info{\\author Ann}{\\title Title}}{\\*\\generator Tool;}seen\\par{\\v kept}{\\deleted gone}\
                   {\\*\\annotation remark}{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt link}}{\\pict 0a0b}}";
        let inside = read(rtf.as_bytes());
        assert_eq!(inside.text, "seen\nlink");
        assert_eq!(inside.unseen_kinds, [Unseen::Comments, Unseen::Deletions, Unseen::Hidden]);
        for text in ["Title", "kept", "gone", "remark", "HYPERLINK"] {
            assert!(inside.unseen.contains(text), "{text}");
        }
        assert_eq!(inside.metadata.iter().map(|entry| entry.value.as_str()).collect::<Vec<_>>(), ["Ann"]);
    }
}
