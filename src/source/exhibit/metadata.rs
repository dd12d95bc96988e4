//! What a picture says about where, when, with what and by whom it was taken (CIPA DC-008, “Exif”; Adobe XMP; IPTC IIM).

use std::io::Cursor;

use exif::{Field, In, Tag};
use image::ImageDecoder;
use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::clean::{end_of, holds_smaller, pieces};
use super::{comment, iptc, xmp};
use crate::Message;
use crate::privacy::beginning;

/// What stands in a picture beside its pixels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Every entry: what it is called and what it says.
    pub entries: Vec<(String, String)>,
    /// Where the picture was taken, if it says so.
    pub location: Option<String>,
    /// What took it or wrote it, for whom, and who is to be seen, if it says so.
    pub device: Option<String>,
    /// What its comments say.
    pub comment: Option<String>,
    /// Whether it holds another, smaller picture, which may show what was cut off.
    pub thumbnail: bool,
    /// How many bytes stand behind the picture's end; often a film, or another picture.
    pub behind: usize,
    /// What pieces it holds that are no picture, and that nobody reads here, by their names.
    pub pieces: Vec<String>,
}

impl Metadata {
    /// Every word that it holds.
    pub fn words(&self) -> String {
        let values = self.entries.iter().map(|(_, value)| value.as_str());
        let all = values.chain(self.location.as_deref()).chain(self.device.as_deref()).chain(self.comment.as_deref());
        all.flat_map(|words| [words, "\n"]).collect()
    }

    /// Whether it says where, with what or by whom the picture was taken.
    pub fn tells(&self) -> bool {
        self.location.is_some() || self.device.is_some()
    }

    /// Whether it holds what nobody should publish unread, where it cannot be taken out.
    pub fn is_left(&self) -> bool {
        self.tells() || self.comment.is_some() || self.behind > 0 || !self.pieces.is_empty()
    }

    /// What of it one may not want to publish, in words.
    pub fn in_words(&self) -> Vec<Message> {
        let place = self.location.as_deref().map(beginning).map(|place| {
            message!(
                en: "says where it was taken ({place})",
                zh: "透露了拍摄地点（{place}）"
            )
        });
        let device = self.device.as_deref().map(beginning).map(|device| {
            message!(
                en: "says with what or by whom ({device})",
                zh: "透露了所用设备或制作者（{device}）"
            )
        });
        let thumbnail = self.thumbnail.then(|| {
            message!(
                en: "holds a smaller picture of its own",
                zh: "另含一张缩小的图片"
            )
        });
        let behind = (self.behind > 0).then(|| {
            message!(
                en: "goes on for {count} bytes behind its end",
                zh: "在图片结束之后还有 {count} 字节",
                count = self.behind
            )
        });
        let comment = self.comment.as_deref().map(beginning).map(|comment| {
            message!(
                en: "holds words of its own ({comment})",
                zh: "含有附带的文字（{comment}）"
            )
        });
        let pieces = (!self.pieces.is_empty()).then(|| {
            message!(
                en: "holds pieces of which nothing is known ({names})",
                zh: "含有无法识别的数据块（{names}）",
                names = self.pieces.join(", ")
            )
        });
        [place, device, comment, thumbnail, behind, pieces].into_iter().flatten().collect()
    }
}

/// The entries that tell of a device or its owner.
const DEVICE: &[Tag] = &[
    Tag::Make,
    Tag::Model,
    Tag::BodySerialNumber,
    Tag::LensSerialNumber,
    Tag::LensModel,
    Tag::CameraOwnerName,
    Tag::Artist,
    Tag::Copyright,
    Tag(exif::Context::Tiff, HOST_COMPUTER),
    Tag(exif::Context::Tiff, XP_AUTHOR),
];

/// Tags that the library has no name for: that of the computer, and that of the author as Windows writes it.
const HOST_COMPUTER: u16 = 0x013c;
const XP_AUTHOR: u16 = 0x9c9d;

/// What XMP calls the place, and the device, its owner, the author and those who are to be seen.
const XMP_PLACE: &[&str] = &[
    "GPSLatitude",
    "GPSLongitude",
    "GPSPosition",
    "Location",
    "Sublocation",
    "City",
    "State",
    "ProvinceState",
    "Country",
    "CountryName",
    "LocationName",
];
const XMP_DEVICE: &[&str] = &[
    "Make",
    "Model",
    "SerialNumber",
    "BodySerialNumber",
    "LensSerialNumber",
    "OwnerName",
    "CameraOwnerName",
    "LensModel",
    "Lens",
    "creator",
    "Artist",
    "Author",
    "AuthorsPosition",
    "CaptionWriter",
    "Credit",
    "rights",
    "Copyright",
    "CiEmailWork",
    "CiTelWork",
    "CiAdrExtadr",
    "CiAdrCity",
    "PersonInImage",
    "PersonDisplayName",
    "RegionPersonDisplayName",
];

/// The namespace of regions, in which a name is that of somebody who is to be seen (Metadata Working Group 2.0).
const REGIONS: &str = "http://www.metadataworkinggroup.com/schemas/regions/";

/// The datasets of IPTC with a place, and with the author and the owner.
const IPTC_PLACE: &[u8] = &[26, 27, 90, 92, 95, 101];
const IPTC_DEVICE: &[u8] = &[80, 85, 110, 115, 116, 118, 122];

/// The longest value that is kept, in characters.
const MAX_VALUE: usize = 120;

/// The Exif of a picture: looked for once, for whatever is asked of it.
pub(super) struct FoundExif {
    /// As programs find it that show the picture.
    own: Option<exif::Exif>,
    /// That which they do not go by.
    loose: Option<exif::Exif>,
}

impl FoundExif {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let marks: Vec<usize> = memmem::find_iter(bytes, MARK).map(|at| at + MARK.len()).collect();
        if claims_too_much(bytes, &marks) {
            return Self { own: None, loose: None };
        }
        let own = exif_of(bytes);
        let loose = if own.is_none() { marks.first().and_then(|&start| loose_exif(bytes, start)) } else { None };
        Self { own, loose }
    }

    /// The way up of a picture, from 1 to 8.
    pub(super) fn orientation(&self) -> u8 {
        let field = self.own.as_ref().and_then(|found| found.get_field(Tag::Orientation, In::PRIMARY));
        let way = field.and_then(|field| field.value.get_uint(0)).and_then(|way| u8::try_from(way).ok());
        way.filter(|way| (1..=8).contains(way)).unwrap_or(1)
    }
}

/// What stands before Exif, wherever it is kept but in PNG.
const MARK: &[u8] = b"Exif\0\0";

/// Reads what stands in a picture of the media type `mime`; none if nothing does.
pub(super) fn read(bytes: &[u8], mime: &str, exif: &FoundExif) -> Option<Metadata> {
    let mut metadata = Metadata::default();
    if let Some(found) = exif.own.as_ref().or(exif.loose.as_ref()) {
        let fields = found.fields().filter(|field| field.ifd_num == In::PRIMARY);
        let told = fields.filter(|field| !matches!(field.tag, Tag::MakerNote | Tag::UserComment));
        metadata.entries = told.map(|field| (field.tag.to_string(), short(&value(field, found)))).collect();
        metadata.location = location(found);
        let device: Vec<String> = DEVICE.iter().filter_map(|&tag| text(found, tag)).collect();
        metadata.device = (!device.is_empty()).then(|| device.join(", "));
        metadata.thumbnail = found.get_field(Tag::JPEGInterchangeFormat, In::THUMBNAIL).is_some();
    }
    metadata.thumbnail |= mime == "image/jpeg" && holds_smaller(bytes);
    let mut properties = xmp::properties(bytes);
    xmp::read(&packed_xmp(bytes), &mut properties);
    properties.sort();
    properties.dedup();
    let in_xmp = |names: &[&str], persons: bool| {
        let is_it = |(namespace, name): (&str, &str)| {
            names.contains(&name) || (persons && name == "Name" && namespace == REGIONS)
        };
        let said = properties.iter().filter(|(namespace, name, _)| is_it((namespace, name)));
        said.map(|(_, name, value)| (format!("XMP {name}"), short(value))).collect::<Vec<_>>()
    };
    let datasets = iptc::datasets(bytes);
    let in_iptc = |numbers: &[u8]| {
        let said = datasets.iter().filter(|(number, _)| numbers.contains(number));
        said.map(|(number, value)| (format!("IPTC 2:{number}"), short(value))).collect::<Vec<_>>()
    };
    let comments: Vec<_> =
        comment::read(bytes, mime).into_iter().map(|(name, words)| (short(&name), short(&words))).collect();
    let said = comments.iter().map(|(name, words)| format!("{name}: {words}"));
    metadata.comment = (!comments.is_empty()).then(|| short(&said.collect::<Vec<_>>().join(", ")));
    metadata.entries.extend(comments);
    metadata.pieces = pieces(bytes, mime);
    let Metadata { entries, location, device, thumbnail, behind, pieces, .. } = &mut metadata;
    for (told, said) in [
        (location, [in_xmp(XMP_PLACE, false), in_iptc(IPTC_PLACE)].concat()),
        (device, [in_xmp(XMP_DEVICE, true), in_iptc(IPTC_DEVICE)].concat()),
    ] {
        let values: Vec<&str> =
            said.iter().map(|(_, value)| value.as_str()).filter(|value| !value.is_empty()).collect();
        if told.is_none() && !values.is_empty() {
            *told = Some(short(&values.join(", ")));
        }
        entries.extend(said);
    }
    if let Some(end) = end_of(bytes, mime) {
        let after = &bytes[end.min(bytes.len())..];
        // Some programs fill up the last block of a disk.
        *behind = if after.iter().all(|byte| matches!(byte, 0 | b'\n' | b'\r' | b' ')) { 0 } else { after.len() };
    }
    (!entries.is_empty() || *thumbnail || *behind > 0 || !pieces.is_empty()).then_some(metadata)
}

fn exif_of(bytes: &[u8]) -> Option<exif::Exif> {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let found = reader.read_from_container(&mut Cursor::new(bytes));
    found.or_else(|error| error.distill_partial_result(|_| {})).ok()
}

/// The Exif that stands anywhere in a file of which the library does not know the form, or where it looks for none: behind
/// the pixels, or in what a broken index does not lead to; behind the first mark, which ends at `start`.
fn loose_exif(bytes: &[u8], start: usize) -> Option<exif::Exif> {
    // In boxes four bytes tell where it begins (ISO/IEC 18181-2).
    let start = if bytes.get(start..)?.starts_with(b"\0\0") { start + 2 } else { start };
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let found = reader.read_raw(bytes.get(start..)?.to_vec());
    found.or_else(|error| error.distill_partial_result(|_| {})).ok()
}

/// Whether the values of Exif in a file would take far more room than they have: thousands of entries over the same bytes, each
/// of which the library copies. It begins with the file, or behind one of `marks`, or in a PNG in a chunk of its own.
fn claims_too_much(bytes: &[u8], marks: &[usize]) -> bool {
    let chunks = bytes.starts_with(b"\x89PNG").then(|| memmem::find_iter(bytes, b"eXIf").map(|at| at + 4));
    let boxed = marks.iter().map(|start| start + 2);
    let starts = std::iter::once(0).chain(boxed).chain(marks.iter().copied()).chain(chunks.into_iter().flatten());
    let mut tiffs = starts.filter_map(|start| bytes.get(start..)).filter(|tiff| is_tiff(tiff));
    let claims = |tiff: &[u8]| claimed(tiff).is_some_and(|claimed| claimed > 2 * tiff.len() as u64);
    // Nobody knows which of very many a program reads.
    tiffs.by_ref().take(MAX_TIFFS).any(claims) || tiffs.next().is_some()
}

/// How many in one file are looked at.
const MAX_TIFFS: usize = 64;

fn is_tiff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
}

/// The most directories of one.
const MAX_DIRECTORIES: usize = 256;

/// How many bytes the values of a TIFF have together, as its directories say (TIFF 6.0, section 2); none if it is none.
fn claimed(tiff: &[u8]) -> Option<u64> {
    if !is_tiff(tiff) {
        return None;
    }
    let is_little = tiff.starts_with(b"II");
    let number = |at: usize, len: usize| -> Option<u64> {
        let bytes = tiff.get(at..at + len)?.iter();
        let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if is_little { bytes.rev().fold(0, join) } else { bytes.fold(0, join) })
    };
    // Each with whether another may follow it, as none does the directories within others.
    let mut directories = vec![(number(4, 4)? as usize, true)];
    let mut claimed = 0;
    let mut at = 0;
    while let Some(&(start, is_followed)) = directories.get(at).filter(|_| at < MAX_DIRECTORIES) {
        at += 1;
        let count = number(start, 2).unwrap_or(0) as usize;
        for entry in (0..count).map(|entry| start + 2 + 12 * entry) {
            let (Some(tag), Some(kind), Some(length)) = (number(entry, 2), number(entry + 2, 2), number(entry + 4, 4))
            else {
                break;
            };
            let size = match kind {
                3 | 8 => 2,
                4 | 9 | 11 | 13 => 4,
                5 | 10 | 12 => 8,
                _ => 1,
            };
            let Some(place) = number(entry + 8, 4) else { break };
            // What would reach over the end is not read.
            claimed += Some(length * size).filter(|len| place + len <= tiff.len() as u64).unwrap_or(0);
            // Exif, GPS and interoperability have directories of their own.
            if matches!(tag, 0x8769 | 0x8825 | 0xa005) {
                directories.push((place as usize, false));
            }
        }
        let next = number(start + 2 + 12 * count, 4).filter(|&next| is_followed && next > 0);
        directories.extend(next.map(|next| (next as usize, true)));
    }
    Some(claimed)
}

fn value(field: &Field, found: &exif::Exif) -> String {
    field.display_value().with_unit(found).to_string()
}

fn text(found: &exif::Exif, tag: Tag) -> Option<String> {
    let field = found.get_field(tag, In::PRIMARY)?;
    let words = value(field, found);
    let words = words.trim_matches(|c: char| c == '"' || c.is_whitespace());
    (!words.is_empty()).then(|| short(words))
}

/// The XMP packet of a picture that holds it packed; empty if it has none.
pub(super) fn packed_xmp(bytes: &[u8]) -> String {
    let decoder = super::picture::reader(bytes).ok().and_then(|reader| reader.into_decoder().ok());
    let packet = decoder.and_then(|mut decoder| decoder.xmp_metadata().ok().flatten());
    String::from_utf8_lossy(&packet.unwrap_or_default()).into_owned()
}

/// A value on one line, not too long.
fn short(value: &str) -> String {
    let line: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_VALUE).collect();
    line.trim().to_owned()
}

/// The place in degrees, north and east positive, as far as the entries can be read.
fn location(found: &exif::Exif) -> Option<String> {
    let degrees = |tag: Tag, reference: Tag, negative: char| {
        let field = found.get_field(tag, In::PRIMARY)?;
        let exif::Value::Rational(parts) = &field.value else { return None };
        let parts = parts.iter().map(|part| if part.denom == 0 { 0.0 } else { part.to_f64() });
        let degrees: f64 = parts.zip([1.0, 60.0, 3600.0]).map(|(part, divisor)| part / divisor).sum();
        let turned = text(found, reference).is_some_and(|reference| reference.starts_with(negative));
        Some(if turned { -degrees } else { degrees })
    };
    let latitude = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, 'S');
    let longitude = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, 'W');
    let (latitude, longitude) = (latitude?, longitude?);
    // A device without a fix writes zeros.
    (latitude != 0.0 || longitude != 0.0).then(|| format!("{latitude:.5}, {longitude:.5}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TIFF of the byte order of Intel with as many entries for an artist, all over the same 60 bytes.
    fn tiff(entries: u16) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        bytes.extend(entries.to_le_bytes());
        let behind = 8 + 2 + 12 * u32::from(entries) + 4;
        for _ in 0..entries {
            bytes.extend(0x013b_u16.to_le_bytes());
            bytes.extend(2_u16.to_le_bytes());
            bytes.extend(60_u32.to_le_bytes());
            bytes.extend(behind.to_le_bytes());
        }
        bytes.extend([0; 4]);
        bytes.extend([b'x'; 59]);
        bytes.push(0);
        bytes
    }

    #[test]
    fn values_that_lie_on_each_other_are_not_read() {
        assert_eq!((claimed(&tiff(1)), claimed(&tiff(500)), claimed(b"GIF89a")), (Some(60), Some(30_000), None));
        let own = |bytes: &[u8]| FoundExif::of(bytes).own;
        let loose = |bytes: &[u8]| FoundExif::of(bytes).loose;
        assert!(own(&tiff(1)).is_some());
        assert!(own(&tiff(500)).is_none());
        assert!(own(&[tiff(1), b"Exif\0\0II*\0".repeat(MAX_TIFFS)].concat()).is_none());
        let in_picture = |tiff: Vec<u8>| [b"any bytes Exif\0\0".to_vec(), tiff].concat();
        assert!(loose(&in_picture(tiff(1))).is_some());
        assert!(loose(&in_picture(tiff(500))).is_none());
        let in_box = |tiff: Vec<u8>| [b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\0Exif\0\0\0\0".to_vec(), tiff].concat();
        assert!(loose(&in_box(tiff(1))).is_some());
        assert!(loose(&in_box(tiff(500))).is_none());
    }
}
