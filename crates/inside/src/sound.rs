//! Tags of sound: ID3 (MP3), RIFF (WAV), Vorbis comments (FLAC, Ogg).

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Inside, Tells, Unread};

/// Frames of ID3 that tell of people (ID3v2.3, section 4.2); in version 2.2 their names have three letters.
const ID3_WHO: &[&str] = &[
    "TPE1", "TPE2", "TPE3", "TPE4", "TCOM", "TEXT", "TOPE", "TOLY", "TOWN", "TENC", "TCOP", "TPUB", "TP1", "TP2",
    "TCM", "TEN",
];

/// Pieces of a WAV that tell of people (RIFF, INFO list).
const RIFF_WHO: &[&[u8; 4]] = &[b"IART", b"IENG", b"ITCH", b"ICOP", b"ICMS", b"IWRI", b"IPRO"];

/// Names of Vorbis comments that tell of people, and of a place.
const VORBIS_WHO: &[&str] =
    &["ARTIST", "PERFORMER", "COPYRIGHT", "ORGANIZATION", "CONTACT", "COMPOSER", "AUTHOR", "ENCODED-BY", "ENCODED_BY"];
const VORBIS_WHERE: &[&str] = &["LOCATION", "GEO_LOCATION", "GPS"];

/// Reads the tags of sound; none if the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Inside> {
    let mut inside = Inside::unread(Unread::Recording);
    let kind = bytes.get(8..12).unwrap_or_default();
    if bytes.starts_with(b"ID3") {
        id3(bytes, &mut inside);
    } else if bytes.starts_with(b"RIFF") && matches!(kind, b"WAVE" | b"AVI ") {
        riff(bytes, &mut inside);
    } else if bytes.starts_with(b"fLaC") || bytes.starts_with(b"OggS") {
        vorbis(bytes, &mut inside);
    } else {
        // The third layer alone: the mark of UTF-16 looks like the first.
        let is_frame = matches!(bytes, [0xff, second, ..] if second & 0xe6 == 0xe2 && second & 0x18 != 0x08);
        let other = [
            &b"\x1aE\xdf\xa3"[..],
            b"#!AMR",
            b"FLV",
            b"\x30\x26\xb2\x75",
            b"\x00\x00\x01\xba",
            b"#!SILK",
            b"\x02#!SILK",
        ];
        if !is_frame && !other.iter().any(|sign| bytes.starts_with(sign)) {
            return None;
        }
    }
    if let Some(tag) = bytes.len().checked_sub(128).and_then(|at| bytes.get(at..)).filter(|tag| tag.starts_with(b"TAG"))
    {
        inside.tell(Tells::Who, "ID3v1 artist", &words(&tag[33..63]));
    }
    Some(inside)
}

fn id3(bytes: &[u8], inside: &mut Inside) {
    let version = bytes.get(3).copied().unwrap_or(0);
    let (name_length, head) = if version == 2 { (3, 6) } else { (4, 10) };
    let seven = |bytes: &[u8]| bytes.iter().fold(0_usize, |sum, &byte| sum << 7 | usize::from(byte & 0x7f));
    let eight = |bytes: &[u8]| bytes.iter().fold(0_usize, |sum, &byte| sum << 8 | usize::from(byte));
    let end = bytes.get(6..10).map_or(0, seven) + 10;
    let mut rest = bytes.get(10..end.min(bytes.len())).unwrap_or_default();
    while let Some(frame) = rest.get(..head).filter(|frame| frame[0] != 0) {
        let size = match version {
            2 => eight(&frame[3..6]),
            4 => seven(&frame[4..8]),
            _ => eight(&frame[4..8]),
        };
        let Some(body) = rest.get(head..head + size) else { break };
        let name = String::from_utf8_lossy(&frame[..name_length]).into_owned();
        if ID3_WHO.contains(&name.as_str()) {
            inside.tell(Tells::Who, &name, &encoded(body));
        } else if name.starts_with('T') || name.starts_with("COM") || name.starts_with("USLT") {
            let skipped = if name.starts_with('T') { 0 } else { 3 };
            let said = [&body[..body.len().min(1)], body.get(1 + skipped..).unwrap_or_default()].concat();
            inside.unseen.push_str(&encoded(&said));
            inside.unseen.push('\n');
        }
        rest = &rest[head + size..];
    }
}

/// A text behind the byte that tells its encoding.
fn encoded(body: &[u8]) -> String {
    let Some((&encoding, text)) = body.split_first() else { return String::new() };
    let text = match encoding {
        1 if text.starts_with(&[0xfe, 0xff]) => UTF_16BE.decode(text).0.into_owned(),
        1 => UTF_16LE.decode(text).0.into_owned(),
        2 => UTF_16BE.decode(text).0.into_owned(),
        _ => words(text),
    };
    text.replace('\0', " ").trim().to_owned()
}

/// Bytes as text: UTF-8, else GB18030, in which programs in China wrote their tags.
fn words(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1)];
    std::str::from_utf8(bytes).map_or_else(|_| GB18030.decode(bytes).0.into_owned(), str::to_owned)
}

fn riff(bytes: &[u8], inside: &mut Inside) {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((kind, body, after)) = chunk(rest) {
        if kind == *b"LIST" && body.starts_with(b"INFO") {
            let mut list = &body[4..];
            while let Some((kind, body, after)) = chunk(list) {
                let name = String::from_utf8_lossy(&kind).into_owned();
                if RIFF_WHO.contains(&&kind) {
                    inside.tell(Tells::Who, &name, &words(body));
                } else if kind != *b"ISFT" {
                    inside.unseen.push_str(&words(body));
                    inside.unseen.push('\n');
                }
                list = after;
            }
        } else if kind == *b"bext" {
            inside.unseen.push_str(&words(body.get(..256).unwrap_or(body)));
            inside.tell(Tells::Who, "originator", &words(body.get(256..288).unwrap_or_default()));
        } else if kind == *b"id3 " || kind == *b"ID3 " {
            id3(body, inside);
        }
        rest = after;
    }
}

fn chunk(bytes: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let kind = *bytes.first_chunk::<4>()?;
    let size = u32::from_le_bytes(*bytes.get(4..8)?.first_chunk::<4>()?) as usize;
    let end = size.saturating_add(8).min(bytes.len());
    Some((kind, &bytes[8..end], bytes.get((end + (size & 1)).min(bytes.len())..)?))
}

/// The comments of FLAC or of the first pages of Ogg: a list of `NAME=words`, each behind its length.
fn vorbis(bytes: &[u8], inside: &mut Inside) {
    let head = &bytes[..bytes.len().min(1 << 20)];
    for name in VORBIS_WHO.iter().chain(VORBIS_WHERE) {
        let tells = if VORBIS_WHERE.contains(name) { Tells::Where } else { Tells::Who };
        for sign in [
            format!("{name}="),
            format!("{}=", name.to_lowercase()),
            format!("{}{}=", &name[..1], name[1..].to_lowercase()),
        ] {
            for at in memchr::memmem::find_iter(head, sign.as_bytes()) {
                let length = at.checked_sub(4).and_then(|from| head.get(from..at)?.first_chunk::<4>());
                let length = length.map_or(0, |length| u32::from_le_bytes(*length) as usize);
                let said = head.get(at + sign.len()..at.saturating_add(length));
                inside.tell(tells, name, &said.map(words).unwrap_or_default());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> Vec<(Tells, String)> {
        for end in 0..bytes.len() {
            read(&bytes[..end]);
        }
        read(bytes).unwrap().metadata.into_iter().map(|entry| (entry.tells, entry.value)).collect()
    }

    #[test]
    fn tags_are_read_in_each_of_their_forms() {
        let frame =
            |name: &str, body: &[u8]| [name.as_bytes(), &(body.len() as u32).to_be_bytes(), &[0, 0], body].concat();
        let frames =
            [frame("TPE1", b"\x03Ann"), frame("COMM", b"\x03eng\0tel"), frame("TENC", b"\x01\xff\xfe2u")].concat();
        let mp3 = [&b"ID3\x03\0\0\0\0\0"[..], &[frames.len() as u8], &frames, b"\xff\xfb\x90\0"].concat();
        assert_eq!(told(&mp3), [(Tells::Who, "Ann".to_owned()), (Tells::Who, "甲".to_owned())]);
        assert!(read(&mp3).unwrap().unseen.contains("tel"));
        let piece = |kind: &[u8], body: &[u8]| {
            [kind, &(body.len() as u32).to_le_bytes(), body, &vec![0; body.len() & 1]].concat()
        };
        let list = [&b"INFO"[..], &piece(b"IART", b"Bob\0"), &piece(b"ISFT", b"Tool")].concat();
        let wav = [&b"RIFF\0\0\0\0WAVE"[..], &piece(b"fmt ", &[0; 16]), &piece(b"LIST", &list)].concat();
        assert_eq!(told(&wav), [(Tells::Who, "Bob".to_owned())]);
        let comment = |text: &str| [&(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat();
        let flac =
            [&b"fLaC\x84\0\0\x30\0\0\0\0"[..], &comment("ARTIST=Cy"), &comment("LOCATION=here"), &comment("TITLE=x")]
                .concat();
        assert_eq!(told(&flac), [(Tells::Who, "Cy".to_owned()), (Tells::Where, "here".to_owned())]);
        assert_eq!(read(b"text"), None);
        assert_eq!(read(b"\xff\xfe2u"), None);
    }
}
