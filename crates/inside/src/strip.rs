//! Removes from files the data of who made them, where and with what, where that leaves the rest untouched.
//!
//! Text and sound stay what they are, and what readers see. Labels that a machine made something are kept, or the file stays as it is.

mod office;
mod pdf;

use crate::{Inside, Unread, read};

/// Boxes of films and sound that hold what is told of them (ISO/IEC 14496-12, section 8.10; QuickTime).
const TELLING_BOXES: [&[u8; 4]; 2] = [b"udta", b"meta"];

/// Chunks of WAV that hold what is told of it (RIFF; EBU Tech 3285).
const TELLING_CHUNKS: [&[u8; 4]; 8] = [b"LIST", b"bext", b"id3 ", b"ID3 ", b"iXML", b"_PMX", b"axml", b"cart"];

/// Blocks of FLAC that sound is made of (RFC 9639, section 8): what it is, free space, where to seek, where tracks begin.
const FLAC_BLOCKS: [u8; 4] = [0, 1, 3, 5];

/// The box of a film that holds XMP (Adobe XMP, part 3).
const XMP_BOX: &[u8] = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";

/// How the tags of APE at the end of sound begin and how long that beginning is; it says how long they are.
const APE: &[u8] = b"APETAGEX";
const APE_FOOT: usize = 32;

/// Words of the labels that a machine made something (GB 45438-2025, annexes; IPTC; C2PA), which must not be taken out.
const LABELS: [&[u8]; 5] = [b"AIGC", b"A\0I\0G\0C\0", b"DigitalSourceType", b"c2pa", b"tc260"];

fn is_labelled(bytes: &[u8]) -> bool {
    LABELS.iter().any(|label| memchr::memmem::find(bytes, label).is_some())
}

/// How what lies in a file is cleaned.
pub struct Cleaner<'a> {
    /// Of what a file says of itself in XMP, the packet with nothing but the labels that a machine made it; none if it bears none.
    pub label: &'a dyn Fn(&[u8]) -> Option<String>,
    /// A picture without what it says beside its pixels; none if that is nothing, or cannot be taken out.
    pub picture: &'a dyn Fn(&[u8]) -> Option<Vec<u8>>,
}

/// The file `bytes`, which goes by `name` and has `before` inside, without it, and what is inside then; none if it says nothing, or it
/// cannot be taken out so that readers get the same text.
pub fn strip(bytes: &[u8], name: &str, before: &Inside, cleaner: &Cleaner<'_>) -> Option<(Vec<u8>, Inside)> {
    // Of what could not be read to its end it cannot be told whether a copy reads the same.
    if matches!(before.unread, Some(Unread::Locked | Unread::Broken)) {
        return None;
    }
    let stripped = without(bytes, cleaner)?;
    let after = read(&stripped, name);
    let is_the_same = (&before.text, before.unread) == (&after.text, after.unread);
    is_the_same.then_some((stripped, after))
}

fn without(bytes: &[u8], cleaner: &Cleaner<'_>) -> Option<Vec<u8>> {
    let kind = bytes.get(4..8).unwrap_or_default();
    let stripped = match bytes {
        [b'P', b'K', 3, 4, ..] => office::strip(bytes, cleaner),
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf::strip(bytes, cleaner),
        _ if is_labelled(bytes) => None,
        [b'I', b'D', b'3', ..] | [0xff, 0xe2..=0xff, ..] => mp3(bytes),
        [b'R', b'I', b'F', b'F', ..] if bytes.get(8..12) == Some(b"WAVE") => wav(bytes),
        [b'f', b'L', b'a', b'C', ..] => flac(bytes),
        _ if matches!(kind, b"ftyp" | b"moov" | b"wide") => film(bytes),
        _ => None,
    };
    stripped.filter(|stripped| stripped != bytes)
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
    if let Some(foot) = rest.len().checked_sub(APE_FOOT).map(|at| &rest[at..]).filter(|foot| foot.starts_with(APE)) {
        let size = u32::from_le_bytes(*foot.get(12..16)?.first_chunk::<4>()?) as usize;
        let has_head = foot[23] & 0x80 != 0;
        rest = &rest[..rest.len().checked_sub(size + if has_head { APE_FOOT } else { 0 })?];
    }
    // What follows must be sound, else the sizes were wrong.
    let padding = rest.iter().take_while(|byte| **byte == 0).count();
    matches!(&rest[padding..], [0xff, second, ..] if second & 0xe0 == 0xe0).then(|| rest.to_vec())
}

fn flac(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut blocks = Vec::new();
    let mut rest = bytes.get(4..)?;
    loop {
        let [kind, size @ ..] = rest.first_chunk::<4>()?;
        let size = size.iter().fold(0, |size, byte| size << 8 | usize::from(*byte));
        let block = rest.get(4..4 + size)?;
        rest = &rest[4 + size..];
        if FLAC_BLOCKS.contains(&(kind & 0x7f)) {
            blocks.push((kind & 0x7f, block));
        }
        if kind & 0x80 != 0 {
            break;
        }
    }
    let last = blocks.len().checked_sub(1)?;
    let mut out = b"fLaC".to_vec();
    for (at, (kind, block)) in blocks.into_iter().enumerate() {
        out.push(if at == last { kind | 0x80 } else { kind });
        out.extend_from_slice(&u32::try_from(block.len()).ok()?.to_be_bytes()[1..]);
        out.extend_from_slice(block);
    }
    out.extend_from_slice(rest);
    Some(out)
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
            let is_xmp = &kind == b"uuid" && out.get(at + head..at + head + XMP_BOX.len()) == Some(XMP_BOX);
            if depth > 0 && TELLING_BOXES.contains(&&kind) || is_xmp {
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

    fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
        let cleaner = Cleaner { label: &|_| None, picture: &|_| None };
        super::strip(bytes, "", &read(bytes, ""), &cleaner).map(|(stripped, _)| stripped)
    }

    fn says(bytes: &[u8], name: &str) -> Vec<String> {
        crate::read(bytes, name).metadata.into_iter().map(|entry| entry.value).collect()
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
        let ape = [&[b'x'; 10][..], APE, &2000_u32.to_le_bytes(), &42_u32.to_le_bytes(), &[0; 16]].concat();
        assert_eq!(strip(&[&sound, ape.as_slice()].concat()).unwrap(), sound);
        let block = |kind: u8, body: &[u8]| [&[kind, 0, 0, body.len() as u8][..], body].concat();
        let flac = |blocks: &[Vec<u8>]| [b"fLaC", blocks.concat().as_slice(), &[0xff, 0xf8, 1]].concat();
        assert_eq!(
            strip(&flac(&[block(0, &[1; 34]), block(4, b"Ann"), block(0x86, b"face")])).unwrap(),
            flac(&[block(0x80, &[1; 34])])
        );
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
        let xmp = boxed(b"uuid", &[XMP_BOX, b"<dc:creator>Ann</dc:creator>"].concat());
        let film = [
            boxed(b"ftyp", b"qt  "),
            xmp,
            boxed(b"moov", &[told, boxed(b"trak", &boxed(b"udta", &[9; 9]))].concat()),
            boxed(b"mdat", &[7; 40]),
        ]
        .concat();
        let stripped = strip(&film).unwrap();
        assert_eq!((stripped.len(), says(&stripped, "a.mp4")), (film.len(), Vec::new()));
        assert!(memchr::memmem::find(&stripped, b"Ann").is_none());
        assert!(stripped.ends_with(&boxed(b"mdat", &[7; 40])));
        for end in 0..film.len() {
            strip(&film[..end]);
        }
    }
}
