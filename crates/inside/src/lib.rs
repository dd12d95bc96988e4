//! What is inside files, told from their bytes alone: the text that readers see, what they do not see on opening them, and
//! what the file says of who made it, where and with what.
//!
//! Nothing is executed or fetched. Memory and time are bounded, whatever a file claims to hold; what could not be read is
//! said ([`Unread`]), for silence would pass for "there is nothing".

pub mod active;
pub mod archive;
mod card;
mod mail;
mod markup;
mod movie;
mod office;
#[cfg(test)]
mod package;
pub mod pdf;
mod png;
mod rtf;
mod sound;
pub mod strip;
mod text;
mod work;

use serde::{Deserialize, Serialize};
use text::Decoded;
use work::Work;

/// The most text that is kept of one file, in bytes.
const MAX_TEXT: usize = 16 << 20;

/// How deep files are read that lie in files.
const MAX_DEPTH: usize = 3;

/// What is inside a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inside {
    /// What is read on opening it. Pages are parted by form feeds, cells by tabs.
    pub text: String,
    /// What is there and not seen on opening it: comments, deletions that are only marked, hidden text, notes, fields.
    pub unseen: String,
    /// What kinds of such text there are.
    pub unseen_kinds: Vec<Unseen>,
    /// Who made it, where and with what.
    pub metadata: Vec<MetadataEntry>,
    /// What it says of itself in XML, as it stands there: XMP, and the properties of documents.
    pub packets: String,
    /// Why not all of it could be read.
    pub unread: Option<Unread>,
}

/// A kind of text that is not seen on opening a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unseen {
    /// Remarks of those who read it.
    Comments,
    /// Text that is deleted only in the eyes of a program that tracks changes.
    Deletions,
    /// Text that is marked as hidden, or stands on hidden sheets, slides or layers.
    Hidden,
    /// Text of older versions of the file, which it still holds.
    Versions,
}

/// What a piece of metadata tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tells {
    /// Of a person or an organisation.
    Who,
    /// Of a place, or of an address on a network.
    Where,
    /// Of a device.
    With,
}

/// A piece of metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetadataEntry {
    /// What it tells.
    pub tells: Tells,
    /// What it is called in the file.
    pub name: String,
    /// What it says, on one line.
    pub value: String,
}

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unread {
    /// Its pages are pictures.
    Scan,
    /// It is sound or moving pictures.
    Recording,
    /// It is locked with a password.
    Locked,
    /// It is damaged, or holds more than is looked at.
    Broken,
    /// It holds other files, or its format is not known.
    Unknown,
}

/// The longest value of metadata that is kept, in characters.
const MAX_VALUE: usize = 200;

/// How much of what a file says of itself in XML is kept, in bytes.
const MAX_PACKETS: usize = 4 << 20;

/// The most pieces of metadata of one file that are kept; that there are more is said.
const MAX_ENTRIES: usize = 2_000;

impl Inside {
    fn tell(&mut self, tells: Tells, name: &str, value: &str) {
        let line: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_VALUE).collect();
        let value = line.trim().to_owned();
        let entry = MetadataEntry { tells, name: name.to_owned(), value };
        if self.metadata.len() == MAX_ENTRIES {
            self.unread = self.unread.or(Some(Unread::Broken));
        } else if !entry.value.is_empty() && !self.metadata.contains(&entry) {
            self.metadata.push(entry);
        }
    }

    /// Adds text that is seen, as much of it as there is room for; that some was left out is said.
    fn add_text(&mut self, text: &str) {
        let fits = text.floor_char_boundary(MAX_TEXT.saturating_sub(self.text.len()));
        self.text.push_str(&text[..fits]);
        if fits < text.len() {
            self.unread = self.unread.or(Some(Unread::Broken));
        }
    }

    /// The same for text that is not seen.
    fn add_unseen(&mut self, text: &str) {
        let fits = text.floor_char_boundary(MAX_TEXT.saturating_sub(self.unseen.len()));
        self.unseen.push_str(&text[..fits]);
        if fits < text.len() {
            self.unread = self.unread.or(Some(Unread::Broken));
        }
    }

    fn add_packet(&mut self, packet: &str) {
        if self.packets.len() + packet.len() <= MAX_PACKETS {
            self.packets.push_str(packet);
        }
    }

    fn hide(&mut self, kind: Unseen, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.add_unseen(text);
        self.add_unseen("\n");
        if !self.unseen_kinds.contains(&kind) {
            self.unseen_kinds.push(kind);
            self.unseen_kinds.sort();
        }
    }

    /// Adds what is inside a file that lies in this one.
    fn add(&mut self, other: Self) {
        self.add_text(&other.text);
        self.add_unseen(&other.unseen);
        self.unseen_kinds.extend(other.unseen_kinds);
        self.unseen_kinds.sort();
        self.unseen_kinds.dedup();
        other.metadata.iter().for_each(|entry| self.tell(entry.tells, &entry.name, &entry.value));
        self.unread = self.unread.or(other.unread);
    }

    fn unread(why: Unread) -> Self {
        Self { unread: Some(why), ..Self::default() }
    }
}

/// Reads what is inside a file that goes by `name`. What it is, its first bytes tell; its name is only asked where they leave
/// it open.
pub fn read(bytes: &[u8], name: &str) -> Inside {
    read_at(bytes, name, 0, &mut Work::new(bytes.len()))
}

/// The same for a file that lies within `depth` others.
fn read_at(bytes: &[u8], name: &str, depth: usize, work: &mut Work) -> Inside {
    let file = name.rsplit('/').next().unwrap_or(name);
    // What must not run is published under its own name with `.txt` behind it.
    let file = file.strip_suffix(".txt").filter(|file| file.contains('.')).unwrap_or(file);
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let begins = |signs: &[&[u8]]| signs.iter().any(|sign| bytes.starts_with(sign));
    let head = &bytes[..bytes.len().min(1024)];
    if bytes.is_empty() {
        return Inside::default();
    }
    if memchr::memmem::find(head, b"%PDF-").is_some() {
        return pdf::read_at(bytes, depth, work).1;
    }
    if begins(&[b"PK\x03\x04", b"PK\x05\x06"]) {
        return office::read(bytes, depth, work);
    }
    if begins(&[b"\xd0\xcf\x11\xe0"]) {
        // The older formats of offices, and the newer ones where a password locks them.
        let locked = matches!(ending.as_str(), "docx" | "xlsx" | "pptx");
        return Inside::unread(if locked { Unread::Locked } else { Unread::Unknown });
    }
    if rtf::is_rtf(bytes) {
        return rtf::read(bytes);
    }
    if let Some(inside) = movie::read(bytes).or_else(|| sound::read(bytes)) {
        return inside;
    }
    if let Some(inside) = png::read(bytes) {
        return inside;
    }
    if begins(&[b"\xff\xd8\xff", b"GIF8", b"BM"]) || (begins(&[b"RIFF"]) && bytes.get(8..12) == Some(b"WEBP")) {
        return Inside::unread(Unread::Scan);
    }
    let Some(Decoded { text, other, is_whole }) = text::decode(bytes) else {
        return Inside::unread(Unread::Unknown);
    };
    let mut inside = if card::is_card(&text) {
        card::read(&text)
    } else if mail::is_mail(&text, &ending) {
        mail::read(bytes, depth, work)
    } else if markup::is_markup(&text, &ending) {
        markup::read(&text)
    } else {
        Inside { text, ..Inside::default() }
    };
    inside.add_unseen(&other.unwrap_or_default());
    if !is_whole {
        inside.unread = inside.unread.or(Some(Unread::Broken));
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_more_than_is_kept_says_so() {
        let mut inside = Inside::default();
        for number in 0..=MAX_ENTRIES {
            assert_eq!(inside.unread, None);
            inside.tell(Tells::Who, "author", &number.to_string());
        }
        assert_eq!((inside.metadata.len(), inside.unread), (MAX_ENTRIES, Some(Unread::Broken)));
    }
}
