//! Pictures without what stands in them beside their pixels: the compressed pixels and the colour profile are kept bit
//! by bit, and the way up, without which a photograph would lie on its side.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

/// The chunks of a PNG that carry words, times or Exif (PNG, third edition, section 11.3).
const TELLING_CHUNKS: [[u8; 4]; 5] = [*b"tEXt", *b"zTXt", *b"iTXt", *b"tIME", *b"eXIf"];

/// The picture without Exif, XMP, IPTC and comments, and without what is appended to it. `orientation` is the way up,
/// from 1 to 8, as Exif has it. None if the format is none that can be cleaned, or the file is damaged.
pub fn clean(bytes: &[u8], mime: &str, orientation: u8) -> Option<Vec<u8>> {
    let bytes = Bytes::copy_from_slice(bytes);
    let turned = (orientation > 1).then(|| exif_of(orientation));
    let mut out = Vec::with_capacity(bytes.len());
    match mime {
        "image/jpeg" => {
            let end = end_of_jpeg(&bytes)?;
            let mut jpeg = Jpeg::from_bytes(bytes.slice(..end)).ok()?;
            jpeg.segments_mut().retain(is_needed);
            jpeg.set_exif(turned);
            jpeg.encoder().write_to(&mut out).ok()?;
        }
        "image/png" => {
            let mut png = Png::from_bytes(bytes).ok()?;
            for kind in TELLING_CHUNKS {
                png.remove_chunks_by_type(kind);
            }
            png.set_exif(turned);
            png.encoder().write_to(&mut out).ok()?;
        }
        "image/webp" => {
            let mut webp = WebP::from_bytes(bytes).ok()?;
            webp.remove_chunks_by_id(*b"XMP ");
            webp.set_exif(turned);
            webp.encoder().write_to(&mut out).ok()?;
        }
        "image/gif" => return gif(&bytes),
        _ => return None,
    }
    Some(out)
}

/// A GIF without comments and without what programs add, but for the number of times it plays (GIF89a, sections 24 and
/// 26). None if it is damaged.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        let (data, keep) = match bytes.get(at)? {
            0x3b => {
                out.push(0x3b);
                return Some(out);
            }
            0x2c => (at + 11 + colours(*bytes.get(at + 9)?), true),
            0x21 => {
                let plays =
                    bytes.get(at + 3..at + 14).is_some_and(|name| name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0");
                let label = *bytes.get(at + 1)?;
                (at + 2, label != 0xfe && (label != 0xff || plays))
            }
            _ => return None,
        };
        at = data;
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        if keep {
            out.extend_from_slice(bytes.get(start..at)?);
        }
    }
}

/// Whether a segment belongs to the picture: of those that programs put words into, only JFIF, the colour profile and
/// Adobe's note on the colour space do.
fn is_needed(segment: &JpegSegment) -> bool {
    match segment.marker() {
        markers::APP0 => segment.contents().starts_with(b"JFIF\0"),
        markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => segment.contents().starts_with(b"Adobe"),
        markers::APP1..=markers::APP15 | markers::COM => false,
        _ => true,
    }
}

/// Where a JPEG ends (ITU-T T.81, annex B): telephones append films and second pictures.
pub(super) fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    let mut in_scan = false;
    loop {
        let mark = memchr::memchr(0xff, bytes.get(at..)?).filter(|&skipped| in_scan || skipped == 0)?;
        at += mark + 1;
        match *bytes.get(at)? {
            0xff => continue,
            // Within a scan these are data and restarts.
            0x00 | 0xd0..=0xd7 if in_scan => at += 1,
            0xd9 => return Some(at + 1),
            0x01 | 0xd0..=0xd8 => at += 1,
            marker => {
                let length = bytes.get(at + 1..at + 3)?;
                at += 1 + usize::from(u16::from_be_bytes([length[0], length[1]]));
                in_scan |= marker == 0xda;
            }
        }
    }
}

/// Exif that says the way up and nothing else: a TIFF header and one entry.
fn exif_of(orientation: u8) -> Bytes {
    let mut exif = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gif_loses_its_comment_and_keeps_its_pictures_and_its_loop() {
        let head: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0";
        let plays: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
        let comment: &[u8] = b"\x21\xfe\x04Anna\0";
        let picture: &[u8] = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
        let file = [head, plays, comment, picture, b"\x3b trailing"].concat();
        assert_eq!(clean(&file, "image/gif", 1).unwrap(), [head, plays, picture, b"\x3b"].concat());
        assert_eq!(clean(&file[..40], "image/gif", 1), None);
    }
}
