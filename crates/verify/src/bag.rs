//! The tag files of a bag (RFC 8493, section 2).

use std::fmt;
use std::str::FromStr;

/// The file that says what this is.
pub const DECLARATION: &str = "bagit.txt";
/// The file that tells of the bag as a whole.
pub const INFO: &str = "bag-info.txt";
/// The sums of the payload.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The sums of the other tag files.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The list of files that are not there yet.
pub const FETCH: &str = "fetch.txt";
/// The folder of the payload.
pub const PAYLOAD: &str = "data/";
/// What is put behind the name of the tag manifest for a signature of it by minisign.
pub const SIGNATURE: &str = ".minisig";
/// What is put there for the answer of a time-stamping authority (RFC 3161), or a proof by OpenTimestamps.
pub const TIME_STAMPS: [&str; 2] = [".tsr", ".ots"];

/// The content of bagit.txt in a bag of version 1.0.
pub const VERSION_1: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The version and encoding that a bagit.txt declares; none if it does not have exactly these two lines.
pub fn declared(text: &str) -> Option<(&str, &str)> {
    let mut lines = text.lines();
    let version = lines.next()?.strip_prefix("BagIt-Version: ")?;
    let encoding = lines.next()?.strip_prefix("Tag-File-Character-Encoding: ")?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_version = version.split_once('.').is_some_and(|(major, minor)| is_number(major) && is_number(minor));
    (is_version && encoding.trim() == encoding && lines.next().is_none()).then_some((version, encoding))
}

/// How much payload there is: its bytes, and the files they are in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Oxum {
    /// The bytes.
    pub octets: u64,
    /// The files.
    pub streams: u64,
}

impl fmt::Display for Oxum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.octets, self.streams)
    }
}

impl FromStr for Oxum {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (octets, streams) = text.trim().split_once('.').unwrap_or((text, ""));
        // Numbers with a sign are none here.
        let number = |digits: &str| digits.strip_prefix('+').map_or(digits, |_| "").parse();
        Ok(Self { octets: number(octets)?, streams: number(streams)? })
    }
}

/// A path as tag files write it, in which `%0A`, `%0D` and `%25` stand for a line feed, a carriage return and a percent
/// sign.
pub(super) fn decoded(path: &str) -> String {
    let mut decoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, code) = rest.split_at(at);
        decoded.push_str(before);
        let meant = match code.get(..3).map(str::to_ascii_uppercase).as_deref() {
            Some("%0A") => Some('\n'),
            Some("%0D") => Some('\r'),
            Some("%25") => Some('%'),
            _ => None,
        };
        decoded.push(meant.unwrap_or('%'));
        rest = &code[if meant.is_some() { 3 } else { 1 }..];
    }
    decoded + rest
}

/// The label of [`Oxum`] in bag-info.txt.
pub const OXUM: &str = "Payload-Oxum";

/// The label of what made a bag.
pub const AGENT: &str = "Bag-Software-Agent";
/// How this program is called there, before its version.
pub const OWN_AGENT: &str = "casefile";

/// What bag-info.txt tells: labels with their values, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Info(Vec<(String, String)>);

impl Info {
    /// Adds a line; a value of several lines becomes one.
    pub fn add(&mut self, label: &str, value: &str) {
        self.0.push((label.to_owned(), value.split_whitespace().collect::<Vec<_>>().join(" ")));
    }

    /// The values under a label, whose capitals do not matter.
    pub fn values<'a>(&'a self, label: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(label)).map(|(_, value)| value.as_str())
    }

    /// Reads a bag-info.txt; the error is the number of the first line that is none.
    ///
    /// # Errors
    /// When a line has no label, and does not go on with the line before.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut info = Self::default();
        for (number, line) in (1usize..).zip(text.lines()) {
            if line.starts_with([' ', '\t']) {
                let (_, value) = info.0.last_mut().ok_or(number)?;
                value.push(' ');
                value.push_str(line.trim());
            } else if !line.is_empty() {
                let (label, value) =
                    line.split_once(':').filter(|(label, _)| !label.trim().is_empty()).ok_or(number)?;
                info.0.push((label.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Ok(info)
    }
}

impl fmt::Display for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(label, value)| writeln!(f, "{label}: {value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_two_lines_and_nothing_else() {
        assert_eq!(declared(VERSION_1), Some(("1.0", "UTF-8")));
        assert_eq!(declared(&VERSION_1.replace('\n', "\r\n")), Some(("1.0", "UTF-8")));
        for text in [
            "",
            "BagIt-Version: 1.0\n",
            "BagIt-Version: 1\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n",
            "\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: x\n",
            "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
        ] {
            assert_eq!(declared(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_lines_may_go_on() {
        let mut info = Info::default();
        info.add("External-Description", "two\nlines");
        info.add(OXUM, "12.3");
        assert_eq!(info.to_string(), "External-Description: two lines\nPayload-Oxum: 12.3\n");
        assert_eq!(Info::read(&info.to_string()), Ok(info));
        let read = Info::read("A: b\n  c\n\tpayload-oxum: no\nPAYLOAD-OXUM : 1.2\n").unwrap();
        assert_eq!(read.values("a").collect::<Vec<_>>(), ["b c payload-oxum: no"]);
        assert_eq!(read.values(OXUM).collect::<Vec<_>>(), ["1.2"]);
        assert_eq!(Info::read(" a\n"), Err(1));
        assert_eq!(Info::read("A: b\nc\n"), Err(2));
        assert_eq!(Info::read(": b\n"), Err(1));
    }

    #[test]
    fn an_oxum_is_two_numbers() {
        assert_eq!("279164409832.1198".parse(), Ok(Oxum { octets: 279_164_409_832, streams: 1198 }));
        for text in ["", "1", "1.", ".1", "1.2.3", "-1.2", "+1.+2", "a.b", "1,2"] {
            assert!(text.parse::<Oxum>().is_err(), "{text}");
        }
    }
}
