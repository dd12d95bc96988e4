//! Comments stored in pictures: those of JPEG and GIF, and the text chunks of PNG.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::clean::blocks_of_gif;

/// The most that is unpacked of one text, in bytes.
const MAX_UNPACKED: u64 = 4096;

/// Keywords of PNG that say with which program and when a picture was saved, and that of XMP, which is read as such.
const SILENT: &[&str] = &["Software", "Creation Time", "XML:com.adobe.xmp"];

/// How comments begin in which programs name themselves.
const PROGRAMS: &[&str] = &[
    "CREATOR: gd-jpeg",
    "Created with",
    "File written by",
    "Compressed by",
    "Optimized by",
    "Intel(R) JPEG Library",
    "LEAD Technologies",
    "Lavc",
];

/// The words in a picture of the media type `mime`: what they are called there, and what they say.
pub(super) fn read(bytes: &[u8], mime: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let _ = match mime {
        "image/jpeg" => in_jpeg(bytes, &mut found),
        "image/png" => in_png(bytes, &mut found),
        "image/gif" => in_gif(bytes, &mut found),
        // An icon may hold a picture of the other format whole.
        "image/vnd.microsoft.icon" => {
            memchr::memmem::find(bytes, b"\x89PNG\r\n\x1a\n").and_then(|start| in_png(&bytes[start..], &mut found))
        }
        _ => None,
    };
    found.retain(|(name, words): &(String, String)| {
        let by_program = PROGRAMS.iter().any(|start| words.starts_with(start));
        // ImageMagick names its own with a colon.
        !(by_program || SILENT.contains(&name.as_str()) || name.starts_with("date:") || name.starts_with("png:"))
    });
    found
}

/// Adds those of a JPEG; ends where it is damaged or its pixels begin (ITU-T T.81, annex B).
fn in_jpeg(bytes: &[u8], found: &mut Vec<(String, String)>) -> Option<()> {
    let mut at = 2;
    loop {
        let &[0xff, marker, high, low] = bytes.get(at..)?.first_chunk::<4>()? else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if marker == 0xda {
            return None;
        }
        if marker == 0xfe {
            found.push(("Comment".to_owned(), text(bytes.get(at + 4..at + 2 + length)?)));
        }
        at += 2 + length;
    }
}

/// Adds those of a PNG (PNG, third edition, section 11.3.3).
fn in_png(bytes: &[u8], found: &mut Vec<(String, String)>) -> Option<()> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(*bytes.get(at..)?.first_chunk::<4>()?) as usize;
        let (kind, data) = (bytes.get(at + 4..at + 8)?, bytes.get(at + 8..at + 8 + length)?);
        at += 12 + length;
        let mut parts = data.splitn(2, |&byte| byte == 0);
        let (Some(name), Some(rest)) = (parts.next(), parts.next()) else { continue };
        let words = match kind {
            b"tEXt" => text(rest),
            b"zTXt" => text(&unpacked(rest.get(1..).unwrap_or_default())),
            b"iTXt" => {
                let words = rest.get(2..).unwrap_or_default().splitn(3, |&byte| byte == 0).nth(2).unwrap_or_default();
                if rest.first() == Some(&1) { text(&unpacked(words)) } else { text(words) }
            }
            _ => continue,
        };
        found.push((text(name), words));
    }
}

fn in_gif(bytes: &[u8], found: &mut Vec<(String, String)>) -> Option<()> {
    let (blocks, _) = blocks_of_gif(bytes);
    for block in blocks.iter().filter(|block| bytes.get(block.start..block.start + 2) == Some(b"\x21\xfe")) {
        let mut words = Vec::new();
        let mut rest = bytes.get(block.start + 2..block.end)?;
        while let Some((&length, after)) = rest.split_first().filter(|(length, _)| **length > 0) {
            let (part, after) = after.split_at(usize::from(length).min(after.len()));
            words.extend_from_slice(part);
            rest = after;
        }
        found.push(("Comment".to_owned(), text(&words)));
    }
    Some(())
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What is there before a fault is told.
    let _ = ZlibDecoder::new(packed).take(MAX_UNPACKED).read_to_end(&mut bytes);
    bytes
}

/// Bytes as text: UTF-8, else Latin-1, as PNG has it.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_matches(['\0', ' ']).to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_what_programs_say_of_themselves_is_not_told() {
        let said = |found: Vec<(String, String)>| {
            found.into_iter().map(|(name, words)| format!("{name}: {words}")).collect::<Vec<_>>()
        };
        let segment = |words: &[u8]| [b"\xff\xfe", &(words.len() as u16 + 2).to_be_bytes()[..], words].concat();
        let jpeg =
            [&b"\xff\xd8"[..], &segment(b"CREATOR: gd-jpeg v1.0"), &segment("安在家".as_bytes()), b"\xff\xda"].concat();
        assert_eq!(said(read(&jpeg, "image/jpeg")), ["Comment: 安在家"]);
        let chunk = |kind: &[u8], data: &[u8]| [&(data.len() as u32).to_be_bytes(), kind, data, b"crc!"].concat();
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, b"Ann").unwrap();
        let packed = packed.finish().unwrap();
        let png = [
            &b"\x89PNG\r\n\x1a\n"[..],
            &chunk(b"tEXt", b"Author\0Ren\xe9"),
            &chunk(b"tEXt", b"Software\0Paint"),
            &chunk(b"tEXt", b"date:create\x002031"),
            &chunk(b"zTXt", &[b"Source\0\0", &packed[..]].concat()),
            &chunk(b"iTXt", &[b"Title\0\x01\0zh\0\0", &packed[..]].concat()),
            &chunk(b"iTXt", "Comment\0\0\0zh\0甲\0安".as_bytes()),
            &chunk(b"tEXt", b"no end"),
        ]
        .concat();
        assert_eq!(said(read(&png, "image/png")), ["Author: René", "Source: Ann", "Title: Ann", "Comment: 安"]);
        let gif = b"GIF89a\x01\0\x01\0\0\0\0\x21\xfe\x03Ann\x04 and\0\x3b";
        assert_eq!(said(read(gif, "image/gif")), ["Comment: Ann and"]);
        for (bytes, mime) in [(&jpeg[..], "image/jpeg"), (&png[..], "image/png"), (&gif[..], "image/gif")] {
            for end in 0..bytes.len() {
                read(&bytes[..end], mime);
            }
        }
    }

    #[test]
    fn a_comment_that_unpacks_without_end_is_read_in_part() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, &vec![b'a'; 1 << 20]).unwrap();
        assert_eq!(unpacked(&packed.finish().unwrap()).len() as u64, MAX_UNPACKED);
    }
}
