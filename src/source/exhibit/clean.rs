//! Pictures without what stands in them beside their pixels: the compressed pixels and the colour profile are kept bit
//! by bit, and the way up, without which a photograph would lie on its side.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use super::{boxes, label, metadata};

/// The chunks of a PNG that pictures are made of, besides those without which there is none (PNG, third edition, section
/// 11.3; the last is a C2PA manifest). What else there is are words, times, Exif, and what programs add for themselves.
const PNG_CHUNKS: [&[u8; 4]; 17] = [
    b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs",
    b"sPLT", b"acTL", b"fcTL", b"fdAT", b"caBX",
];

/// The chunks of a WebP that pictures are made of (RFC 9649; the last is a C2PA manifest).
const WEBP_CHUNKS: [&[u8; 4]; 8] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"C2PA"];

/// How XMP begins in a JPEG, and what it is called in a PNG (Adobe XMP, part 3).
const XMP_IN_JPEG: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const XMP_IN_PNG: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";

/// The picture without Exif, XMP, IPTC and comments, and without what is appended to it, but for labels that it was made
/// by a machine. `orientation` is the way up, from 1 to 8, as Exif has it. None if the format is none that can be cleaned,
/// or the file is damaged.
pub fn clean(bytes: &[u8], mime: &str, orientation: u8) -> Option<Vec<u8>> {
    let end = end_of(bytes, mime)?;
    let manifest = manifest_of(bytes.get(..end)?, mime);
    let keeps_manifest = label::is_label(&manifest);
    let left_out = if keeps_manifest { &[] } else { manifest.as_slice() };
    let label = label::packet(bytes, &metadata::packed_xmp(bytes), left_out);
    let bytes = Bytes::copy_from_slice(bytes.get(..end)?);
    let turned = (orientation > 1).then(|| exif_of(orientation));
    let mut out = Vec::with_capacity(bytes.len());
    match mime {
        "image/jpeg" => {
            let mut jpeg = Jpeg::from_bytes(bytes.clone()).ok()?;
            jpeg.segments_mut()
                .retain(|one| is_needed(one.marker(), one.contents()) || (keeps_manifest && is_manifest(one)));
            for one in jpeg.segments_mut().iter_mut().filter(|one| has_smaller(one)) {
                let head = [&one.contents()[..JFIF_HEAD - 2], &[0, 0]].concat();
                *one = JpegSegment::new_with_contents(markers::APP0, head.into());
            }
            if let Some(scan) = jpeg.segments_mut().last_mut().filter(|one| one.marker() == markers::SOS) {
                let start = bytes.len() - (scan.len_with_entropy() - scan.len());
                let (pixels, _) = pixels_alone(&bytes[start..])?;
                *scan = JpegSegment::new_with_entropy(markers::SOS, scan.contents().clone(), pixels.into());
            }
            jpeg.set_exif(turned);
            if let Some(label) = label {
                label_jpeg(&mut jpeg, &label);
            }
            jpeg.encoder().write_to(&mut out).ok()?;
        }
        "image/png" => {
            let mut png = Png::from_bytes(bytes).ok()?;
            png.chunks_mut().retain(|chunk| {
                let kind = chunk.kind();
                let is_critical = kind[0].is_ascii_uppercase();
                (is_critical || PNG_CHUNKS.contains(&&kind)) && (&kind != b"caBX" || keeps_manifest)
            });
            png.set_exif(turned);
            if let Some(label) = label {
                label_png(&mut png, &label);
            }
            png.encoder().write_to(&mut out).ok()?;
        }
        "image/webp" => {
            let mut webp = WebP::from_bytes(bytes).ok()?;
            webp.chunks_mut()
                .retain(|chunk| WEBP_CHUNKS.contains(&&chunk.id()) && (&chunk.id() != b"C2PA" || keeps_manifest));
            webp.set_exif(turned);
            if let Some(label) = label {
                webp.chunks_mut().push(RiffChunk::new(*b"XMP ", RiffContent::Data(label.into())));
            }
            webp.encoder().write_to(&mut out).ok()?;
        }
        "image/gif" => return gif(&bytes, label.as_deref()),
        // It has no words of its own; what stands behind it is left out.
        "image/bmp" => return Some(bytes.to_vec()),
        _ => return None,
    }
    Some(out)
}

fn label_jpeg(jpeg: &mut Jpeg, label: &str) {
    let contents = [XMP_IN_JPEG, label.as_bytes()].concat();
    let after_jfif = jpeg.segments().iter().take_while(|one| one.marker() == markers::APP0).count();
    jpeg.segments_mut().insert(after_jfif, JpegSegment::new_with_contents(markers::APP1, contents.into()));
}

fn label_png(png: &mut Png, label: &str) {
    let contents = [XMP_IN_PNG, label.as_bytes()].concat();
    png.chunks_mut().insert(1, PngChunk::new(*b"iTXt", contents.into()));
}

/// The label of a picture of that media type, as XMP; none if it does not say that a machine made it.
pub(super) fn label_of(bytes: &[u8], mime: &str) -> Option<String> {
    label::packet(bytes, &metadata::packed_xmp(bytes), &manifest_of(bytes, mime))
}

/// The picture with a label that it was made by a machine; none if it is neither JPEG nor PNG.
pub(super) fn labelled(bytes: &[u8], mime: &str, label: &str) -> Option<Vec<u8>> {
    let bytes = Bytes::copy_from_slice(bytes);
    let mut out = Vec::new();
    match mime {
        "image/jpeg" => {
            let mut jpeg = Jpeg::from_bytes(bytes).ok()?;
            label_jpeg(&mut jpeg, label);
            jpeg.encoder().write_to(&mut out).ok()?;
        }
        "image/png" => {
            let mut png = Png::from_bytes(bytes).ok()?;
            label_png(&mut png, label);
            png.encoder().write_to(&mut out).ok()?;
        }
        _ => return None,
    }
    Some(out)
}

/// Where a picture ends; none if it is damaged, or of another format.
pub(super) fn end_of(bytes: &[u8], mime: &str) -> Option<usize> {
    match mime {
        "image/jpeg" => end_of_jpeg(bytes),
        "image/png" => end_of_png(bytes),
        "image/webp" => {
            let size = bytes.get(4..8)?.first_chunk::<4>().map(|size| u32::from_le_bytes(*size))?;
            let end = 8 + size as usize;
            (end <= bytes.len()).then_some(end)
        }
        "image/gif" => end_of_gif(bytes),
        "image/bmp" => end_of_bmp(bytes),
        "image/vnd.microsoft.icon" => end_of_icon(bytes),
        "image/heif" | "image/avif" | "image/jxl" => boxes::end(bytes),
        _ => None,
    }
}

/// The pieces of a picture that cleaning leaves out and that nobody reads here, by their names.
pub(super) fn pieces(bytes: &[u8], mime: &str) -> Vec<String> {
    let bytes = Bytes::copy_from_slice(&bytes[..end_of(bytes, mime).unwrap_or(bytes.len()).min(bytes.len())]);
    let keeps_manifest = label::is_label(&manifest_of(&bytes, mime));
    let named = |id: [u8; 4]| String::from_utf8_lossy(&id).trim().to_owned();
    let mut pieces: Vec<String> = match mime {
        "image/jpeg" => Jpeg::from_bytes(bytes.clone())
            .map(|jpeg| pieces_of_jpeg(&bytes, &jpeg, keeps_manifest))
            .unwrap_or_default(),
        "image/png" => {
            let png = Png::from_bytes(bytes).ok();
            let is_read = |kind: &[u8; 4]| [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"].contains(&kind);
            let is_kept = |chunk: &&PngChunk| match chunk.kind() {
                kind if &kind == b"caBX" => keeps_manifest,
                kind => kind[0].is_ascii_uppercase() || PNG_CHUNKS.contains(&&kind),
            };
            let unread = png.iter().flat_map(Png::chunks).filter(|chunk| !is_kept(chunk) && !is_read(&chunk.kind()));
            unread.map(|chunk| named(chunk.kind())).collect()
        }
        "image/webp" => {
            let webp = WebP::from_bytes(bytes).ok();
            let is_kept = |chunk: &&RiffChunk| match chunk.id() {
                id if &id == b"C2PA" => keeps_manifest,
                id => WEBP_CHUNKS.contains(&&id) || [b"EXIF", b"XMP "].contains(&&id),
            };
            webp.iter().flat_map(WebP::chunks).filter(|chunk| !is_kept(chunk)).map(|chunk| named(chunk.id())).collect()
        }
        "image/gif" => {
            let (blocks, _) = blocks_of_gif(&bytes);
            let is_left_out = |block: &&GifBlock| !block.is_needed && !block.is_xmp;
            let extension = |block: &GifBlock| {
                let name = bytes.get(block.start + 3..block.start + 14)?;
                (bytes[block.start + 1] == 0xff).then(|| String::from_utf8_lossy(name).into_owned())
            };
            blocks.iter().filter(is_left_out).filter_map(extension).collect()
        }
        "image/heif" | "image/avif" | "image/jxl" => boxes::pieces(&bytes, mime),
        _ => Vec::new(),
    };
    pieces.sort();
    pieces.dedup();
    pieces
}

/// The C2PA manifests of a picture, one after the other; nothing if it has none.
pub(super) fn manifest_of(bytes: &[u8], mime: &str) -> Vec<u8> {
    let bytes = Bytes::copy_from_slice(bytes);
    let found = match mime {
        "image/jpeg" => Jpeg::from_bytes(bytes).map(|jpeg| {
            jpeg.segments().iter().filter(|one| is_manifest(one)).flat_map(JpegSegment::contents).copied().collect()
        }),
        "image/png" => Png::from_bytes(bytes).map(|png| {
            png.chunks().iter().filter(|one| &one.kind() == b"caBX").flat_map(PngChunk::contents).copied().collect()
        }),
        "image/webp" => WebP::from_bytes(bytes).map(|webp| {
            let chunks = webp.chunks().iter().filter(|one| &one.id() == b"C2PA");
            chunks.filter_map(|one| one.content().data()).flatten().copied().collect()
        }),
        _ => return Vec::new(),
    };
    found.unwrap_or_default()
}

fn pieces_of_jpeg(bytes: &[u8], jpeg: &Jpeg, keeps_manifest: bool) -> Vec<String> {
    let is_read = [b"Exif\0".as_slice(), b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0"];
    let is_kept = |one: &&JpegSegment| {
        is_needed(one.marker(), one.contents())
            || one.marker() == markers::COM
            || (keeps_manifest && is_manifest(one))
            || is_read.iter().any(|start| one.contents().starts_with(start))
    };
    let before = jpeg.segments().iter().filter(|one| !is_kept(one)).map(JpegSegment::marker);
    let name = |marker| match marker {
        markers::COM => "COM".to_owned(),
        marker => format!("APP{}", marker - markers::APP0),
    };
    before.chain(marks_behind_scan(bytes, jpeg)).map(name).collect()
}

/// Where the last picture of an icon ends (Microsoft, ICONDIR: how long each is, and where it begins).
fn end_of_icon(bytes: &[u8]) -> Option<usize> {
    let count = usize::from(u16::from_le_bytes(*bytes.get(4..6)?.first_chunk::<2>()?));
    let number = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..at + 4)?.first_chunk::<4>()?) as usize);
    let ends = (0..count).map(|at| number(6 + 16 * at + 8)?.checked_add(number(6 + 16 * at + 12)?));
    let end = ends.collect::<Option<Vec<_>>>()?.into_iter().max()?;
    (end <= bytes.len()).then_some(end)
}

/// Where the pixels and the colour profile of a BMP end (Microsoft, BITMAPFILEHEADER, BITMAPV5HEADER).
fn end_of_bmp(bytes: &[u8]) -> Option<usize> {
    let number = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..at + 4)?.first_chunk::<4>()?) as usize);
    let (pixels, head) = (number(10)?, number(14)?);
    if head < 40 {
        return None;
    }
    let (width, height) = (number(18)?, (number(22)? as u32 as i32).unsigned_abs() as usize);
    let bits = usize::from(u16::from_le_bytes(*bytes.get(28..30)?.first_chunk::<2>()?));
    let row = width.checked_mul(bits)?.div_ceil(32).checked_mul(4)?;
    // Rows that are packed say how long they are; those with masks for their colours are not packed.
    let length = if matches!(number(30)?, 0 | 3 | 6) { row.checked_mul(height)? } else { number(34)? };
    let profile = if head >= 124 { 14 + number(14 + 112)? + number(14 + 116)? } else { 0 };
    let end = pixels.checked_add(length)?.max(profile);
    // The last block of a file may be filled up.
    let is_filled = bytes.get(end..)?.iter().all(|byte| *byte == 0);
    Some(if is_filled { bytes.len() } else { end })
}

fn end_of_png(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let length = bytes.get(at..)?.first_chunk::<4>().map(|length| u32::from_be_bytes(*length))? as usize;
        let kind = bytes.get(at + 4..at + 8)?;
        at += 12 + length;
        if at > bytes.len() {
            return None;
        }
        if kind == b"IEND" {
            return Some(at);
        }
    }
}

/// A block of a GIF: where it begins and ends, and what it is for.
pub(super) struct GifBlock {
    pub(super) start: usize,
    pub(super) end: usize,
    is_needed: bool,
    is_xmp: bool,
}

/// The blocks of a GIF behind its first colours (GIF89a, sections 18 to 27), and where it ends; none if it breaks off behind them.
pub(super) fn blocks_of_gif(bytes: &[u8]) -> (Vec<GifBlock>, Option<usize>) {
    let mut blocks = Vec::new();
    let end = read_blocks_of_gif(bytes, &mut blocks);
    (blocks, end)
}

fn read_blocks_of_gif(bytes: &[u8], blocks: &mut Vec<GifBlock>) -> Option<usize> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(*bytes.get(10)?);
    loop {
        let start = at;
        let (data, is_needed, is_xmp) = match bytes.get(at)? {
            0x3b => return Some(at + 1),
            0x2c => (at + 11 + colours(*bytes.get(at + 9)?), true, false),
            0x21 => {
                let name = bytes.get(at + 3..at + 14).unwrap_or(&[]);
                let plays = name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0";
                let label = *bytes.get(at + 1)?;
                (at + 2, label != 0xfe && (label != 0xff || plays), label == 0xff && name == b"XMP DataXMP")
            }
            _ => return None,
        };
        at = data;
        loop {
            let Some(&length) = bytes.get(at) else {
                blocks.push(GifBlock { start, end: bytes.len(), is_needed, is_xmp });
                return None;
            };
            at += 1 + usize::from(length);
            if length == 0 {
                break;
            }
        }
        blocks.push(GifBlock { start, end: at, is_needed, is_xmp });
    }
}

fn end_of_gif(bytes: &[u8]) -> Option<usize> {
    blocks_of_gif(bytes).1
}

/// A GIF without comments and without what programs add, but for the number of times it plays. A label stands where XMP
/// stood (Adobe XMP, part 3, section 1.1.2).
fn gif(bytes: &[u8], label: Option<&str>) -> Option<Vec<u8>> {
    let (blocks, end) = blocks_of_gif(bytes);
    let end = end?;
    let first = blocks.first().map_or(end - 1, |block| block.start);
    let mut out = bytes.get(..first)?.to_vec();
    let mut label = label;
    for block in blocks {
        if block.is_needed {
            out.extend_from_slice(bytes.get(block.start..block.end)?);
        } else if let Some(label) = label.take_if(|_| block.is_xmp) {
            out.extend_from_slice(b"\x21\xff\x0bXMP DataXMP");
            out.extend_from_slice(label.as_bytes());
            // Whatever length a reader takes from the text, these lead it to the end.
            out.push(1);
            out.extend((0..=u8::MAX).rev());
            out.push(0);
        }
    }
    out.push(0x3b);
    Some(out)
}

/// Whether a segment belongs to the picture: of those that programs put words into, only JFIF, the colour profile and
/// Adobe's note on the colour space do.
fn is_needed(marker: u8, contents: &[u8]) -> bool {
    match marker {
        markers::APP0 => contents.starts_with(b"JFIF\0"),
        markers::APP2 => contents.starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => contents.starts_with(b"Adobe"),
        markers::APP1..=markers::APP15 | markers::COM => false,
        _ => true,
    }
}

/// How long the head of JFIF is, up to the size of the smaller picture that may follow (ITU-T T.871, section 10.1).
const JFIF_HEAD: usize = 14;

/// Whether a segment holds a smaller picture by the side of what JFIF says.
fn has_smaller(segment: &JpegSegment) -> bool {
    let contents = segment.contents();
    segment.marker() == markers::APP0 && contents.starts_with(b"JFIF\0") && contents.len() > JFIF_HEAD
}

/// Whether the head of a JPEG holds a smaller picture.
pub(super) fn holds_smaller(bytes: &[u8]) -> bool {
    let jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).ok();
    jpeg.is_some_and(|jpeg| jpeg.segments().iter().any(has_smaller))
}

/// Whether a segment is a piece of a C2PA manifest (ISO 19566-5, annex D).
fn is_manifest(segment: &JpegSegment) -> bool {
    segment.marker() == markers::APP11 && segment.contents().starts_with(b"JP")
}

/// What follows the first scan of a JPEG up to its end, without what programs may put between any two scans, and before the end;
/// and the marks of what is left out. None if it is damaged (ITU-T T.81, annex B).
fn pixels_alone(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut out, mut left_out) = (Vec::with_capacity(bytes.len()), Vec::new());
    let (mut from, mut at) = (0, 0);
    loop {
        at += memchr::memchr(0xff, bytes.get(at..)?)? + 1;
        match *bytes.get(at)? {
            0xff => {}
            0x00 | 0x01 | 0xd0..=0xd8 => at += 1,
            0xd9 => {
                out.extend_from_slice(&bytes[from..=at]);
                return Some((out, left_out));
            }
            marker => {
                let length = bytes.get(at + 1..at + 3)?;
                let end = at + 1 + usize::from(u16::from_be_bytes([length[0], length[1]]));
                if end > bytes.len() {
                    return None;
                }
                if matches!(marker, markers::APP0..=markers::APP15 | markers::COM) {
                    left_out.push(marker);
                    out.extend_from_slice(&bytes[from..at - 1]);
                    from = end;
                }
                at = end;
            }
        }
    }
}

/// The marks of what programs put behind the first scan of a JPEG.
fn marks_behind_scan(bytes: &[u8], jpeg: &Jpeg) -> Vec<u8> {
    let scan = jpeg.segments().last().filter(|one| one.marker() == markers::SOS);
    let start = scan.map(|scan| bytes.len() - (scan.len_with_entropy() - scan.len()));
    start.and_then(|start| pixels_alone(&bytes[start..])).map(|(_, marks)| marks).unwrap_or_default()
}

/// Where a JPEG ends (ITU-T T.81, annex B): telephones append films and second pictures.
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
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
    fn words_between_the_scans_of_a_jpeg_go_as_those_before_them() {
        let scan: &[u8] = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0";
        let words: &[u8] = b"\xff\xe1\0\x0fExif\0\0MM\0*Ann";
        let comment: &[u8] = b"\xff\xfe\0\x05Ann";
        let code: &[u8] = b"\xff\xc4\0\x04\0\0";
        let end: &[u8] = b"\xff\xd9";
        let file =
            [b"\xff\xd8", words, scan, b"\x01\xff\0\xff\xd0\x02", words, code, comment, scan, b"\x03", words, end];
        let plain = [b"\xff\xd8", scan, b"\x01\xff\0\xff\xd0\x02", code, scan, b"\x03", end];
        assert_eq!(clean(&file.concat(), "image/jpeg", 1).unwrap(), plain.concat());
        for end in 0..file.concat().len() {
            clean(&file.concat()[..end], "image/jpeg", 1);
        }
    }

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
