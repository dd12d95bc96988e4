//! Pictures without what stands in them beside their pixels. Of each format it is told what a picture may be made of, and all
//! else goes: the compressed pixels are kept bit by bit, of the colour profile what it says of colours, and the way up, without
//! which a photograph would lie on its side.

use std::io::{Read, Write};
use std::ops::{Range, RangeInclusive};

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use super::{boxes, label, metadata, profile, tiff};

/// The chunks of a PNG that pictures are made of, and how long each is (PNG, third edition, section 11.3). What else there is are words, times, Exif, and what programs add for themselves.
const PNG_CHUNKS: [(&[u8; 4], RangeInclusive<usize>); 18] = [
    (b"IHDR", 13..=13),
    (b"PLTE", 3..=768),
    (b"IDAT", 0..=usize::MAX),
    (b"IEND", 0..=0),
    (b"tRNS", 1..=256),
    (b"cHRM", 32..=32),
    (b"gAMA", 4..=4),
    (b"iCCP", 0..=usize::MAX),
    (b"sBIT", 1..=4),
    (b"sRGB", 1..=1),
    (b"cICP", 4..=4),
    (b"mDCV", 24..=24),
    (b"cLLI", 8..=8),
    (b"bKGD", 1..=6),
    (b"pHYs", 9..=9),
    (b"acTL", 8..=8),
    (b"fcTL", 26..=26),
    (b"fdAT", 4..=usize::MAX),
];

/// The chunks of a WebP that pictures are made of (RFC 9649; the last is a C2PA manifest).
const WEBP_CHUNKS: [&[u8; 4]; 8] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"C2PA"];

/// The chunks that stand in a frame of an animation, behind its head.
const WEBP_FRAME: [&[u8; 4]; 3] = [b"VP8 ", b"VP8L", b"ALPH"];
const WEBP_FRAME_HEAD: usize = 16;

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
            let plain = profile_of_jpeg(&jpeg).and_then(|profile| profile::plain(&profile));
            let mut plain = plain.as_deref();
            let mut has_head = false;
            let mut kept = Vec::with_capacity(jpeg.segments().len());
            for one in std::mem::take(jpeg.segments_mut()) {
                let (marker, contents) = (one.marker(), one.contents());
                if is_profile(&one) {
                    let length = contents.len() - PROFILE_HEAD;
                    if let Some((piece, rest)) = plain.and_then(|plain| plain.split_at_checked(length)) {
                        let contents = [&contents[..PROFILE_HEAD], piece].concat();
                        kept.push(JpegSegment::new_with_contents(marker, contents.into()));
                        plain = Some(rest);
                    }
                } else if marker == markers::APP0 {
                    // A picture has one of these.
                    if is_needed(marker, contents) && !std::mem::replace(&mut has_head, true) {
                        let head = [&contents[..JFIF_HEAD - 2], &[0, 0]].concat();
                        kept.push(JpegSegment::new_with_contents(marker, head.into()));
                    }
                } else if is_needed(marker, contents) || (keeps_manifest && is_manifest(&one)) {
                    kept.push(one);
                }
            }
            *jpeg.segments_mut() = kept;
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
            let chunks = std::mem::take(png.chunks_mut());
            let mut pixels = Pixels::of(&chunks);
            let kept = chunks.into_iter().filter_map(|chunk| match &chunk.kind() {
                b"caBX" => keeps_manifest.then_some(chunk),
                _ => chunk_of_png(chunk, &mut pixels),
            });
            *png.chunks_mut() = kept.collect();
            png.set_exif(turned);
            if let Some(label) = label {
                label_png(&mut png, &label);
            }
            png.encoder().write_to(&mut out).ok()?;
        }
        "image/webp" => {
            let mut webp = WebP::from_bytes(bytes).ok()?;
            let chunks = std::mem::take(webp.chunks_mut()).into_iter();
            let kept = chunks.filter_map(|chunk| match &chunk.id() {
                b"C2PA" => keeps_manifest.then_some(chunk),
                _ => chunk_of_webp(chunk),
            });
            *webp.chunks_mut() = kept.collect();
            webp.set_exif(turned);
            if let Some(label) = label {
                webp.chunks_mut().push(RiffChunk::new(*b"XMP ", RiffContent::Data(label.into())));
            }
            webp.encoder().write_to(&mut out).ok()?;
        }
        "image/gif" => return gif(&bytes, label.as_deref()),
        "image/bmp" => return bmp(&bytes),
        "image/tiff" => return tiff::clean(&bytes),
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
        "image/tiff" => tiff::end(bytes),
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
    let mut pieces: Vec<String> =
        match mime {
            "image/jpeg" => Jpeg::from_bytes(bytes.clone())
                .map(|jpeg| pieces_of_jpeg(&bytes, &jpeg, keeps_manifest))
                .unwrap_or_default(),
            "image/png" => {
                let png = Png::from_bytes(bytes).ok();
                let is_read = |kind: &[u8; 4]| [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"].contains(&kind);
                let chunks: &[PngChunk] = png.as_ref().map_or(&[], |png| png.chunks());
                let mut pixels = Pixels::of(chunks);
                let mut unread = Vec::new();
                for chunk in chunks {
                    let is_kept = match &chunk.kind() {
                        b"caBX" => keeps_manifest,
                        _ => chunk_of_png(chunk.clone(), &mut pixels)
                            .is_some_and(|kept| kept.contents() == chunk.contents()),
                    };
                    if &chunk.kind() == b"iCCP" {
                        let said = profile_of_png(chunk.contents()).map(|profile| profile::says(&profile));
                        unread.extend(said.into_iter().flatten().map(|said| format!("ICC {said}")));
                    } else if !is_kept && !is_read(&chunk.kind()) {
                        unread.push(named(chunk.kind()));
                    }
                }
                unread
            }
            "image/webp" => {
                let webp = WebP::from_bytes(bytes).ok();
                let mut unread = Vec::new();
                for chunk in webp.iter().flat_map(WebP::chunks) {
                    let contents = |chunk: &RiffChunk| chunk.content().data().cloned().unwrap_or_default();
                    let is_kept = match &chunk.id() {
                        b"C2PA" => keeps_manifest,
                        b"EXIF" | b"XMP " => true,
                        _ => chunk_of_webp(chunk.clone()).is_some_and(|kept| contents(&kept) == contents(chunk)),
                    };
                    if &chunk.id() == b"ICCP" {
                        unread.extend(profile::says(&contents(chunk)).iter().map(|said| format!("ICC {said}")));
                    } else if !is_kept {
                        unread.push(named(chunk.id()));
                    }
                }
                unread
            }
            "image/gif" => {
                let (blocks, _) = blocks_of_gif(&bytes);
                // Comments are read.
                let is_left_out = |block: &&GifBlock| {
                    !block.is_xmp && block.end - block.start > block.kept && bytes.get(block.start + 1) != Some(&0xfe)
                };
                let extension = |block: &GifBlock| match bytes.get(block.start + 1) {
                    Some(0xff) => String::from_utf8_lossy(bytes.get(block.start + 3..block.start + 14).unwrap_or(&[]))
                        .into_owned(),
                    label => format!("extension {:#04x}", label.unwrap_or(&0)),
                };
                blocks.iter().filter(is_left_out).map(extension).collect()
            }
            "image/bmp" => pieces_of_bmp(&bytes),
            "image/tiff" => tiff::pieces(&bytes),
            "image/heif" | "image/avif" | "image/jxl" => {
                let said = profile::said_in_boxes(&bytes).into_iter().map(|said| format!("ICC {said}"));
                boxes::pieces(&bytes, mime).into_iter().chain(said).collect()
            }
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
        markers::APP0..=markers::APP15 => format!("APP{}", marker - markers::APP0),
        marker => format!("segment {marker:#04x}"),
    };
    let said = profile_of_jpeg(jpeg).map(|profile| profile::says(&profile)).unwrap_or_default();
    let said = said.into_iter().map(|said| format!("ICC {said}"));
    before.chain(marks_behind_scan(bytes, jpeg)).map(name).chain(said).collect()
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

/// How the colours of a BMP are told of: by a profile in another file, by one within, and as sRGB (Microsoft, LOGCOLORSPACE).
const LINKED: &[u8] = b"KNIL";
const EMBEDDED: &[u8] = b"DEBM";
const SRGB: &[u8] = b"BGRs";

/// What of a BMP the picture is made of: its heads with masks and colours, and where its pixels and its profile stand.
struct Bmp {
    heads: usize,
    pixels: Range<usize>,
    profile: Range<usize>,
}

impl Bmp {
    fn of(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..at + 4)?.first_chunk::<4>()?) as usize);
        let (pixels, head) = (number(10)?, number(14)?);
        let bits = u16::from_le_bytes(*bytes.get(28..30)?.first_chunk::<2>()?);
        let masks = match (head, number(30)?) {
            (40, 3) => 12,
            (40, 6) => 16,
            _ => 0,
        };
        let colours = match (number(46)?, bits) {
            (0, 1..=8) => 1 << bits,
            (colours, 1..=8) => colours.min(1 << bits),
            _ => 0,
        };
        let heads = (14 + head).checked_add(masks + 4 * colours)?;
        let profile =
            if head >= 124 { 14 + number(14 + 112)?..14 + number(14 + 112)? + number(14 + 116)? } else { 0..0 };
        let end = if profile.start >= pixels { profile.start } else { bytes.len() };
        let is_whole = heads <= pixels && pixels <= end && end <= bytes.len() && profile.end <= bytes.len();
        is_whole.then_some(Self { heads, pixels: pixels..end, profile })
    }
}

/// A BMP with nothing between its heads and its pixels, and without the path of a profile.
fn bmp(bytes: &[u8]) -> Option<Vec<u8>> {
    let Bmp { heads, pixels, profile } = Bmp::of(bytes)?;
    let mut out = vec![0; bytes.len()];
    out[..heads].copy_from_slice(&bytes[..heads]);
    out[pixels.clone()].copy_from_slice(&bytes[pixels]);
    out[6..10].fill(0);
    match bytes.get(14 + 56..14 + 60).filter(|_| !profile.is_empty()) {
        Some(EMBEDDED) if let Some(plain) = profile::plain(&bytes[profile.clone()]) => {
            out[profile].copy_from_slice(&plain)
        }
        Some(EMBEDDED | LINKED) => {
            out[14 + 56..14 + 60].copy_from_slice(SRGB);
            out[14 + 112..14 + 120].fill(0);
            out[profile].fill(0);
        }
        _ => out[profile].fill(0),
    }
    Some(out)
}

fn pieces_of_bmp(bytes: &[u8]) -> Vec<String> {
    let Some(Bmp { heads, pixels, profile }) = Bmp::of(bytes) else { return Vec::new() };
    let mut pieces = Vec::new();
    if bytes[heads..pixels.start].iter().any(|byte| *byte != 0) {
        pieces.push("gap".to_owned());
    }
    match bytes.get(14 + 56..14 + 60).filter(|_| !profile.is_empty()) {
        Some(LINKED) => pieces.push("ICC".to_owned()),
        Some(EMBEDDED) => pieces.extend(profile::says(&bytes[profile]).iter().map(|said| format!("ICC {said}"))),
        _ => {}
    }
    pieces
}

/// Where the pixels of a PNG end, which are one packed stream through all of its chunks: how many bytes of it are left.
struct Pixels {
    /// How pixels are told: 0 in grey, 2 in three colours, 3 by an index into these.
    colour: u8,
    left: usize,
    is_over: bool,
}

impl Pixels {
    fn of(chunks: &[PngChunk]) -> Self {
        let head = chunks.iter().find(|chunk| &chunk.kind() == b"IHDR");
        let colour = head.and_then(|head| head.contents().get(9).copied()).unwrap_or(0);
        let mut inflater = flate2::Decompress::new(true);
        let mut room = vec![0; 1 << 15];
        let mut is_over = false;
        for chunk in chunks.iter().filter(|chunk| &chunk.kind() == b"IDAT") {
            let mut rest = &chunk.contents()[..];
            while !rest.is_empty() && !is_over {
                let before = inflater.total_in();
                let state = inflater.decompress(rest, &mut room, flate2::FlushDecompress::None);
                rest = &rest[(inflater.total_in() - before) as usize..];
                match state {
                    Ok(flate2::Status::StreamEnd) => is_over = true,
                    Ok(flate2::Status::Ok) => {}
                    // Of a damaged stream nothing is cut.
                    Ok(flate2::Status::BufError) | Err(_) => return Self { colour, left: usize::MAX, is_over: false },
                }
            }
        }
        Self { colour, left: if is_over { inflater.total_in() as usize } else { usize::MAX }, is_over: false }
    }

    /// The contents of the next chunk, up to the end of the stream; none behind it.
    fn next(&mut self, contents: &Bytes) -> Option<Bytes> {
        if self.is_over {
            return None;
        }
        let kept = contents.slice(..self.left.min(contents.len()));
        self.left -= kept.len();
        self.is_over = self.left == 0;
        Some(kept)
    }
}

/// A chunk of a PNG as far as the picture is made of it.
fn chunk_of_png(chunk: PngChunk, pixels: &mut Pixels) -> Option<PngChunk> {
    let (kind, contents) = (chunk.kind(), chunk.contents());
    let (_, length) = PNG_CHUNKS.iter().find(|(known, _)| **known == kind)?;
    match &kind {
        b"IDAT" => Some(PngChunk::new(kind, pixels.next(contents)?)),
        b"IEND" => Some(PngChunk::new(kind, Bytes::new())),
        b"tRNS" | b"bKGD" => {
            let is_whole = match pixels.colour {
                0 | 4 => contents.len() == 2,
                2 | 6 => contents.len() == 6,
                _ => contents.len() <= if &kind == b"tRNS" { 256 } else { 1 },
            };
            is_whole.then_some(chunk)
        }
        b"iCCP" => {
            let own = profile_of_png(contents)?;
            let plain = profile::plain(&own)?;
            if plain == own && is_plain_name(contents) {
                return Some(chunk);
            }
            let mut packed = flate2::write::ZlibEncoder::new(b"icc\0\0".to_vec(), flate2::Compression::default());
            packed.write_all(&plain).ok()?;
            Some(PngChunk::new(kind, packed.finish().ok()?.into()))
        }
        _ => length.contains(&contents.len()).then_some(chunk),
    }
}

/// The longest profile that is read, in bytes.
const MAX_PROFILE: u64 = 4 << 20;

/// The colour profile of a PNG, which is packed behind its name.
fn profile_of_png(contents: &[u8]) -> Option<Vec<u8>> {
    let name = memchr::memchr(0, contents)?;
    let mut profile = Vec::new();
    let unpacked = flate2::read::ZlibDecoder::new(contents.get(name + 2..)?);
    unpacked.take(MAX_PROFILE + 1).read_to_end(&mut profile).ok()?;
    (profile.len() as u64 <= MAX_PROFILE).then_some(profile)
}

/// Whether the name of a profile is one that programs give.
fn is_plain_name(contents: &[u8]) -> bool {
    let name = contents.split(|byte| *byte == 0).next().unwrap_or_default();
    let name = String::from_utf8_lossy(name).to_lowercase();
    matches!(name.as_str(), "icc" | "icc profile" | "icm" | "photoshop icc profile" | "" | "srgb")
}

/// A chunk of a WebP as far as the picture is made of it.
fn chunk_of_webp(chunk: RiffChunk) -> Option<RiffChunk> {
    let id = chunk.id();
    let contents = chunk.content().data().filter(|_| WEBP_CHUNKS.contains(&&id))?;
    let kept: Bytes = match &id {
        b"VP8X" => contents.slice(..contents.len().min(10)),
        b"ANIM" => contents.slice(..contents.len().min(6)),
        b"ICCP" => profile::plain(contents)?.into(),
        b"ANMF" => {
            let mut frame = contents.get(..WEBP_FRAME_HEAD)?.to_vec();
            let mut at = WEBP_FRAME_HEAD;
            while let Some(head) = contents.get(at..at + 8) {
                let length = u32::from_le_bytes(*head[4..].first_chunk::<4>()?) as usize;
                let end = at.checked_add(8)?.checked_add(length)?.checked_next_multiple_of(2)?.min(contents.len());
                if WEBP_FRAME.iter().any(|own| head.starts_with(*own)) {
                    frame.extend_from_slice(&contents[at..end]);
                }
                at = end;
            }
            frame.into()
        }
        _ => return Some(chunk),
    };
    Some(RiffChunk::new(id, RiffContent::Data(kept)))
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
    /// How many of its bytes belong to the picture, an end of it being put behind these.
    kept: usize,
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
        // Of an extension no more is needed than what it says of how long, or how often, pictures are shown.
        let (data, most, is_xmp) = match bytes.get(at)? {
            0x3b => return Some(at + 1),
            0x2c => (at + 11 + colours(*bytes.get(at + 9)?), usize::MAX, false),
            0x21 => {
                let name = bytes.get(at + 3..at + 14).unwrap_or(&[]);
                let plays = name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0";
                let most = match bytes.get(at + 1..at + 3)? {
                    [0xf9, 4] => 8,
                    [0xff, 11] if plays && bytes.get(at + 14..at + 16) == Some(&[3, 1]) => 19,
                    _ => 0,
                };
                (at + 2, most, bytes[at + 1] == 0xff && name == b"XMP DataXMP")
            }
            _ => return None,
        };
        at = data;
        loop {
            let Some(&length) = bytes.get(at) else {
                blocks.push(GifBlock { start, end: bytes.len(), kept: most.min(bytes.len() - start), is_xmp });
                return None;
            };
            at += 1 + usize::from(length);
            if length == 0 {
                break;
            }
        }
        blocks.push(GifBlock { start, end: at, kept: most.min(at - start), is_xmp });
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
        if block.kept > 0 {
            let (last, kept) = bytes.get(block.start..block.start + block.kept)?.split_last()?;
            out.extend_from_slice(kept);
            out.push(if block.kept == block.end - block.start { *last } else { 0 });
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

/// Whether a segment belongs to the picture, which is made of tables, heads of pictures and scans (ITU-T T.81, annex B); of those
/// that programs put words into, only JFIF, the colour profile and Adobe's note on the colour space do.
fn is_needed(marker: u8, contents: &[u8]) -> bool {
    match marker {
        markers::APP0 => contents.starts_with(b"JFIF\0\x01") && contents.len() >= JFIF_HEAD && contents[7] <= 2,
        markers::APP2 => contents.starts_with(PROFILE_START) && contents.len() > PROFILE_HEAD,
        markers::APP14 => contents.starts_with(b"Adobe") && contents.len() == ADOBE,
        // Tables for the colours, of which there are four.
        markers::DQT => {
            tables(contents, |rest| (rest[0] & 0x0f <= 3).then_some(if rest[0] >> 4 == 0 { 65 } else { 129 }))
        }
        markers::DHT => tables(contents, |rest| {
            let codes = rest.get(1..17)?.iter().map(|count| usize::from(*count)).sum::<usize>();
            (rest[0] & 0xee <= 0x02).then_some(17 + codes)
        }),
        markers::SOF0..=markers::SOF15 if !matches!(marker, markers::DHT | markers::DAC | 0xc8) => {
            contents.get(5).is_some_and(|count| contents.len() == 6 + 3 * usize::from(*count))
        }
        markers::DAC => contents.len() <= 16,
        markers::DRI | markers::DNL => contents.len() == 2,
        markers::SOS => true,
        _ => false,
    }
}

/// Whether a segment is made of tables, each as long as is told of where it begins.
fn tables(mut contents: &[u8], length: impl Fn(&[u8]) -> Option<usize>) -> bool {
    while !contents.is_empty() {
        let Some((_, rest)) = length(contents).and_then(|length| contents.split_at_checked(length)) else {
            return false;
        };
        contents = rest;
    }
    true
}

/// How a piece of a colour profile begins, and how long its head is, with its number and how many there are (ICC.1:2022, annex B).
const PROFILE_START: &[u8] = b"ICC_PROFILE\0";
const PROFILE_HEAD: usize = 14;

fn is_profile(segment: &JpegSegment) -> bool {
    segment.marker() == markers::APP2 && is_needed(segment.marker(), segment.contents())
}

/// The colour profile of a JPEG, whose pieces stand in their order.
fn profile_of_jpeg(jpeg: &Jpeg) -> Option<Vec<u8>> {
    let pieces = jpeg.segments().iter().filter(|one| is_profile(one));
    let profile: Vec<u8> = pieces.flat_map(|one| &one.contents()[PROFILE_HEAD..]).copied().collect();
    (!profile.is_empty()).then_some(profile)
}

/// How long Adobe's note is.
const ADOBE: usize = 12;

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
                let contents = bytes.get(at + 3..end)?;
                let is_application = matches!(marker, markers::APP0..=markers::APP15);
                if is_application || !is_needed(marker, contents) {
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
        let code: &[u8] = b"\xff\xdd\0\x04\0\x08";
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
    fn a_jpeg_keeps_its_tables_and_its_colours_and_no_segment_of_words() {
        let segment = |marker: u8, contents: &[u8]| {
            [&[0xff, marker], &(contents.len() as u16 + 2).to_be_bytes()[..], contents].concat()
        };
        let scan: &[u8] = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x01\xff\xd9";
        let kept = [
            segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
            segment(0xdb, &[&[0][..], &[1; 64]].concat()),
            segment(0xc0, b"\x08\0\x01\0\x01\x01\x01\x11\0"),
            segment(0xc4, &[&[0x11], &[0; 15][..], &[1, 7]].concat()),
            segment(0xdd, b"\0\x08"),
        ];
        let words = [
            segment(0xe0, b"JFIF\0ArtistAnna"),
            segment(0xe2, b"ICC_PROFILE\0\x01\x01Anna"),
            segment(0xee, b"Adobe Anna of the house"),
            segment(0xdb, &[&[0x0f][..], &[b'A'; 64]].concat()),
            segment(0xc4, b"Anna"),
            segment(0xdf, b"Anna"),
            segment(0xf0, b"Anna"),
            segment(0xfd, b"Anna"),
            segment(0x02, b"Anna"),
        ];
        let plain = [b"\xff\xd8".to_vec(), kept.concat(), scan.to_vec()].concat();
        let file = [b"\xff\xd8".to_vec(), kept[0].clone(), words.concat(), kept[1..].concat(), scan.to_vec()].concat();
        assert_eq!(clean(&file, "image/jpeg", 1).unwrap(), plain);
        assert_eq!((clean(&plain, "image/jpeg", 1).as_ref(), pieces(&plain, "image/jpeg")), (Some(&plain), Vec::new()));
        let told =
            ["APP0", "APP14", "ICC ?", "segment 0xc4", "segment 0xdb", "segment 0xdf", "segment 0xf0", "segment 0xfd"];
        assert_eq!(pieces(&file, "image/jpeg"), told);
    }

    /// The words of a profile go where a picture has one, and with them nothing of its colours.
    #[test]
    fn a_profile_of_a_display_loses_its_name_in_each_format() {
        let profile = profile::tests::called("Anna's display");
        let plain = profile::plain(&profile).unwrap();
        let picture = image::RgbImage::from_fn(3, 2, |x, y| image::Rgb([x as u8, y as u8, 200]));
        let encoded = |format| {
            let mut bytes = std::io::Cursor::new(Vec::new());
            picture.write_to(&mut bytes, format).unwrap();
            bytes.into_inner()
        };
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8().into_raw();
        for (format, mime) in [
            (image::ImageFormat::Jpeg, "image/jpeg"),
            (image::ImageFormat::Png, "image/png"),
            (image::ImageFormat::WebP, "image/webp"),
        ] {
            let bytes = Bytes::from(encoded(format));
            let mut file = Vec::new();
            let own = Some(Bytes::from(profile.clone()));
            let mut image = img_parts::DynImage::from_bytes(bytes).unwrap().unwrap();
            img_parts::ImageICC::set_icc_profile(&mut image, own);
            image.encoder().write_to(&mut file).unwrap();
            let cleaned = clean(&file, mime, 1).unwrap();
            let image = img_parts::DynImage::from_bytes(cleaned.clone().into()).unwrap().unwrap();
            assert_eq!(img_parts::ImageICC::icc_profile(&image).unwrap(), plain, "{mime}");
            assert_eq!(pixels(&cleaned), pixels(&file), "{mime}");
            assert_eq!(pieces(&file, mime), ["ICC Anna's display", "ICC mmod"], "{mime}");
            assert_eq!(
                (clean(&cleaned, mime, 1), pieces(&cleaned, mime)),
                (Some(cleaned.clone()), Vec::new()),
                "{mime}"
            );
        }
    }

    #[test]
    fn a_png_keeps_chunks_of_their_length_and_pixels_up_to_their_end() {
        let chunk = |kind: &[u8; 4], contents: &[u8]| PngChunk::new(*kind, Bytes::copy_from_slice(contents));
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(b"\0\x07").unwrap();
        let packed = packed.finish().unwrap();
        let kinds = |words: &[PngChunk]| {
            let (start, end) = packed.split_at(4);
            let own = [chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"), chunk(b"pHYs", b"\0\0\0\x01\0\0\0\x01\0")];
            let end = [chunk(b"IDAT", start), chunk(b"IDAT", &[end, b"Anna"].concat()), chunk(b"IDAT", b"Anna")];
            let all = [&own[..], words, &end, &[chunk(b"IEND", b"")]].concat();
            let file = all.into_iter().fold(b"\x89PNG\r\n\x1a\n".to_vec(), |mut file, chunk| {
                chunk.encoder().write_to(&mut file).unwrap();
                file
            });
            let cleaned = clean(&file, "image/png", 1).unwrap();
            assert!(memchr::memmem::find(&cleaned, b"Anna").is_none());
            assert_eq!(image::load_from_memory(&cleaned).unwrap().into_bytes(), [7]);
            (
                Png::from_bytes(cleaned.into()).unwrap().chunks().iter().map(PngChunk::kind).collect::<Vec<_>>(),
                pieces(&file, "image/png"),
            )
        };
        let words =
            [b"pHYs", b"bKGD", b"hIST", b"sPLT", b"tRNS", b"ArTi"].map(|kind| chunk(kind, b"Anna of the house"));
        let (kept, told) = kinds(&words);
        assert_eq!(kept, [*b"IHDR", *b"pHYs", *b"IDAT", *b"IDAT", *b"IEND"]);
        assert_eq!(told, ["ArTi", "IDAT", "bKGD", "hIST", "pHYs", "sPLT", "tRNS"]);
    }

    #[test]
    fn the_frame_of_a_webp_holds_pixels_only() {
        let chunk =
            |kind: &[u8; 4], contents: &[u8]| [kind, &(contents.len() as u32).to_le_bytes()[..], contents].concat();
        let frame =
            |more: &[u8]| chunk(b"ANMF", &[&[0; WEBP_FRAME_HEAD][..], &chunk(b"VP8L", b"pixels"), more].concat());
        let file = |head: &[u8], more: &[u8]| {
            let parts = [chunk(b"VP8X", head), chunk(b"ANIM", &[0; 6]), frame(more)].concat();
            [b"RIFF", &(4 + parts.len() as u32).to_le_bytes()[..], b"WEBP", &parts].concat()
        };
        let told = file(b"\x02\0\0\0\0\0\0\0\0\0Anna", &chunk(b"EXIF", b"Anna"));
        let plain = file(b"\x02\0\0\0\0\0\0\0\0\0", b"");
        assert_eq!(clean(&told, "image/webp", 1).unwrap(), plain);
        assert_eq!(pieces(&told, "image/webp"), ["ANMF", "VP8X"]);
        assert_eq!(pieces(&plain, "image/webp"), Vec::<String>::new());
    }

    #[test]
    fn a_bmp_has_nothing_between_its_parts_and_names_no_file() {
        let number = |number: u32| number.to_le_bytes();
        let (gap, name) = (b"Anna", b"C:\\Anna\0");
        let mut file = b"BM\0\0\0\0Anna".to_vec();
        file.extend([number(142), number(124), number(1), number(1)].concat());
        file.extend(b"\x01\0\x20\0");
        file.extend([0; 36]);
        file[34..38].copy_from_slice(&number(4));
        file.resize(138, 0);
        file[70..74].copy_from_slice(LINKED);
        file[126..134].copy_from_slice(&[number(132), number(name.len() as u32)].concat());
        file.extend(gap);
        file.extend(b"\x01\x02\x03\x04");
        file.extend(name);
        assert_eq!(pieces(&file, "image/bmp"), ["ICC", "gap"]);
        let cleaned = clean(&file, "image/bmp", 1).unwrap();
        assert!(memchr::memmem::find(&cleaned, b"Anna").is_none());
        assert_eq!((&cleaned[142..146], &cleaned[70..74]), (&file[142..146], SRGB));
        assert_eq!(
            (clean(&cleaned, "image/bmp", 1), pieces(&cleaned, "image/bmp")),
            (Some(cleaned.clone()), Vec::new())
        );
        for end in 0..file.len() {
            clean(&file[..end], "image/bmp", 1);
        }
    }

    #[test]
    fn extensions_of_a_gif_say_how_it_plays_and_no_more() {
        let head: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0";
        let picture: &[u8] = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
        let plays: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
        let waits: &[u8] = b"\x21\xf9\x04\0\x0a\0\0\0";
        let words: &[u8] = b"\x04Anna\0";
        let longer = |block: &[u8]| [&block[..block.len() - 1], words].concat();
        let text = [b"\x21\x01\x0c", &[0; 12][..], words].concat();
        let told = [head, &longer(plays), &longer(waits), &text, b"\x21\x42", words, picture, b";"].concat();
        let plain = [head, plays, waits, picture, b";"].concat();
        assert_eq!(clean(&told, "image/gif", 1).unwrap(), plain);
        assert_eq!(pieces(&told, "image/gif"), ["NETSCAPE2.0", "extension 0x01", "extension 0x42", "extension 0xf9"]);
        assert_eq!((clean(&plain, "image/gif", 1), pieces(&plain, "image/gif")), (Some(plain.clone()), Vec::new()));
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
