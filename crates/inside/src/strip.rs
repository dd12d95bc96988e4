//! Files without what they say of who made them, where and with what, where that can be taken out without touching the rest.
//!
//! Text, pictures and sound stay byte for byte what they are. What is part of the content stays too, such as the names that comments
//! bear.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Properties of documents of office programs (ECMA-376, part 2, section 8; part 1, section 22), and what stands there instead.
const PROPERTIES: [(&str, &str); 3] = [
    (
        "docProps/core.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>",
    ),
    (
        "docProps/app.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>",
    ),
    (
        "docProps/custom.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>",
    ),
];

/// How much of the properties is looked at, in bytes.
const MAX_PROPERTIES: u64 = 1 << 20;

/// Boxes of films and sound that hold what is told of them (ISO/IEC 14496-12, section 8.10; QuickTime).
const TELLING_BOXES: [&[u8; 4]; 2] = [b"udta", b"meta"];

/// Chunks of WAV that hold what is told of it (RIFF; EBU Tech 3285).
const TELLING_CHUNKS: [&[u8; 4]; 6] = [b"LIST", b"bext", b"id3 ", b"ID3 ", b"iXML", b"_PMX"];

/// Words of the labels that a machine made something (GB 45438-2025, annexes; IPTC; C2PA), which must not be taken out.
const LABELS: [&[u8]; 5] = [b"AIGC", b"A\0I\0G\0C\0", b"DigitalSourceType", b"c2pa", b"tc260"];

fn is_labelled(bytes: &[u8]) -> bool {
    LABELS.iter().any(|label| memchr::memmem::find(bytes, label).is_some())
}

/// The file without it; none if it says nothing, is of a format of which it cannot be taken out, or says there that a machine
/// made it.
pub fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let kind = bytes.get(4..8).unwrap_or_default();
    let stripped = match bytes {
        [b'P', b'K', 3, 4, ..] => office(bytes),
        _ if is_labelled(bytes) => None,
        [b'I', b'D', b'3', ..] | [0xff, 0xe2..=0xff, ..] => mp3(bytes),
        [b'R', b'I', b'F', b'F', ..] if bytes.get(8..12) == Some(b"WAVE") => wav(bytes),
        _ if matches!(kind, b"ftyp" | b"moov" | b"wide") => film(bytes),
        _ => None,
    };
    stripped.filter(|stripped| stripped != bytes)
}

/// A document with empty properties. One that is signed stays as it is.
fn office(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    archive.index_for_name("[Content_Types].xml")?;
    let names: Vec<String> = (0..archive.len())
        .map(|at| Some(archive.by_index_raw(at).ok()?.name().ok()?.into_owned()))
        .collect::<Option<_>>()?;
    let is_told = PROPERTIES.iter().any(|(name, _)| names.iter().any(|other| other == name));
    let labelled = |(name, _): &(&str, &str)| {
        let mut text = Vec::new();
        let member = archive.by_name(name).ok()?;
        member.take(MAX_PROPERTIES).read_to_end(&mut text).ok().map(|_| is_labelled(&text))
    };
    let is_labelled = PROPERTIES.iter().filter_map(labelled).any(|is_labelled| is_labelled);
    if !is_told || is_labelled || names.iter().any(|name| name.starts_with("_xmlsignatures/")) {
        return None;
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for (at, name) in names.iter().enumerate() {
        match PROPERTIES.iter().find(|(other, _)| other == name) {
            Some((_, empty)) => {
                out.start_file(name.as_str(), SimpleFileOptions::default()).ok()?;
                out.write_all(empty.as_bytes()).ok()?;
            }
            None => out.raw_copy_file(archive.by_index_raw(at).ok()?).ok()?,
        }
    }
    Some(out.finish().ok()?.into_inner())
}

/// An MP3 without its tags before and behind (ID3v2.4, section 3; ID3v1).
fn mp3(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    while let Some([b'I', b'D', b'3', _, _, flags, size @ ..]) = rest.first_chunk::<10>() {
        let size = size.iter().fold(0_usize, |sum, &byte| sum << 7 | usize::from(byte & 0x7f));
        let foot = if flags & 0x10 == 0 { 0 } else { 10 };
        rest = rest.get(10 + size + foot..)?;
    }
    if let Some(at) = rest.len().checked_sub(128).filter(|&at| rest[at..].starts_with(b"TAG")) {
        rest = &rest[..at];
    }
    // What follows must be sound, else the sizes were wrong.
    let padding = rest.iter().take_while(|byte| **byte == 0).count();
    matches!(&rest[padding..], [0xff, second, ..] if second & 0xe0 == 0xe0).then(|| rest.to_vec())
}

fn wav(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..12)?.to_vec();
    let mut rest = &bytes[12..];
    let mut has_sound = false;
    while !rest.is_empty() {
        let kind = rest.first_chunk::<4>()?;
        let size = u32::from_le_bytes(*rest.get(4..8)?.first_chunk::<4>()?) as usize;
        let end = (8 + size + (size & 1)).min(rest.len());
        has_sound |= kind == b"data";
        if !TELLING_CHUNKS.contains(&kind) {
            out.extend_from_slice(&rest[..end]);
        }
        rest = &rest[end..];
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    has_sound.then_some(out)
}

/// A film in which what tells is free space: nothing moves, so that all that leads to a place in it still does.
fn film(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let mut ranges = vec![(0, bytes.len(), 0)];
    while let Some((mut at, end, depth)) = ranges.pop() {
        while at + 8 <= end {
            let size = u32::from_be_bytes(*out.get(at..at + 4)?.first_chunk::<4>()?) as usize;
            let kind = *out.get(at + 4..at + 8)?.first_chunk::<4>()?;
            let (head, size) = match size {
                0 => (8, end - at),
                1 => (16, usize::try_from(u64::from_be_bytes(*out.get(at + 8..at + 16)?.first_chunk::<8>()?)).ok()?),
                size => (8, size),
            };
            let next = at.checked_add(size).filter(|&next| size >= head && next <= end)?;
            if depth > 0 && TELLING_BOXES.contains(&&kind) {
                out[at + 4..at + 8].copy_from_slice(b"free");
                out[at + head..next].fill(0);
            } else if matches!(&kind, b"moov" | b"trak") && depth < 3 {
                ranges.push((at + head, next, depth + 1));
            }
            at = next;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(bytes: &[u8], name: &str) -> Vec<String> {
        crate::read(bytes, name).metadata.into_iter().map(|entry| entry.value).collect()
    }

    fn package(members: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_document_loses_its_properties_and_keeps_its_text_and_the_names_in_it() {
        let members = [
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", "<w:p><w:ins w:author='Bob'><w:r><w:t>text</w:t></w:r></w:ins></w:p>"),
            ("docProps/core.xml", "<c><dc:creator>Ann</dc:creator></c>"),
        ];
        let stripped = strip(&package(&members)).unwrap();
        assert_eq!(says(&stripped, "a.docx"), ["Bob"]);
        assert!(crate::read(&stripped, "a.docx").text.contains("text"));
        assert_eq!(strip(&package(&members[..2])), None);
        assert_eq!(strip(&package(&[members[0], members[2], ("_xmlsignatures/sig1.xml", "")])), None);
        assert_eq!(strip(&package(&[("a.txt", "a")])), None);
        let label = ("docProps/custom.xml", "<p><property name='AIGC'>{}</property></p>");
        assert_eq!(strip(&package(&[members[0], members[2], label])), None);
    }

    #[test]
    fn sound_loses_its_tags_and_keeps_every_byte_of_itself() {
        let sound = [b"\xff\xfb\x90\0".as_slice(), &[7; 300]].concat();
        let tag = [b"ID3\x03\0\0\0\0\0\x0eTPE1\0\0\0\x04\0\0\x03Ann".as_slice()].concat();
        let behind = [b"TAG".as_slice(), &[b'x'; 125]].concat();
        assert_eq!(strip(&[tag.as_slice(), &sound, &behind].concat()).unwrap(), sound);
        assert_eq!(strip(&sound), None);
        let label = b"ID3\x03\0\0\0\0\0\x15TXXX\0\0\0\x0b\0\0\x03AIGC\0{1:2}".as_slice();
        assert_eq!(strip(&[label, &sound].concat()), None);
        assert_eq!(strip(&[&tag, b"no sound".as_slice()].concat()), None);
        let chunk = |kind: &[u8], body: &[u8]| [kind, &(body.len() as u32).to_le_bytes(), body].concat();
        let list = chunk(b"LIST", &[b"INFO".as_slice(), &chunk(b"IART", b"Ann\0")].concat());
        let wav = |parts: &[Vec<u8>]| {
            let body = parts.concat();
            [b"RIFF".as_slice(), &(body.len() as u32 + 4).to_le_bytes(), b"WAVE", &body].concat()
        };
        let (format, data) = (chunk(b"fmt ", &[0; 16]), chunk(b"data", &[1; 8]));
        assert_eq!(strip(&wav(&[format.clone(), list, data.clone()])).unwrap(), wav(&[format, data]));
    }

    #[test]
    fn in_a_film_nothing_moves() {
        let boxed = |kind: &[u8], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat();
        let told = boxed(b"udta", &boxed(b"\xa9xyz", b"\0\x0c\x15\xc7+01.0+002.0/"));
        let film = [
            boxed(b"ftyp", b"qt  "),
            boxed(b"moov", &[told, boxed(b"trak", &boxed(b"udta", &[9; 9]))].concat()),
            boxed(b"mdat", &[7; 40]),
        ]
        .concat();
        let stripped = strip(&film).unwrap();
        assert_eq!((stripped.len(), says(&stripped, "a.mp4")), (film.len(), Vec::new()));
        assert!(stripped.ends_with(&boxed(b"mdat", &[7; 40])));
        for end in 0..film.len() {
            strip(&film[..end]);
        }
    }
}
