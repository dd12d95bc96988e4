//! The files in other files: in a zip, which documents of office programs are too, in what is packed with gzip or put together with
//! tar, and attached to a PDF or a mail.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::{mail, pdf};

/// How much of one file is unpacked, in bytes.
const MAX_MEMBER: u64 = 256 << 20;

/// How many times its size a member unpacks to at most, if it is no bomb: text unpacks to thirty times, pictures and films to as
/// much.
const MOST_PACKED: u64 = 100;

/// Whether a member of a zip unpacks to more than is looked at, as only one does that is made to.
pub fn is_bomb(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK") {
        return false;
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    (0..archive.len()).any(|at| {
        archive
            .by_index_raw(at)
            .is_ok_and(|member| member.size() > MAX_BOMB && member.size() / MOST_PACKED > member.compressed_size())
    })
}

/// How much at the end of a file tells whether it is a zip (APPNOTE, sections 4.3.16 and 4.4.12).
const END_OF_ZIP: usize = (64 << 10) + 22;

/// What `look` finds in the first of the files in `bytes`, which go by `name`, that holds something; nothing if there are none.
pub fn find<T>(bytes: &[u8], name: &str, look: impl Fn(&str, &[u8]) -> Option<T>) -> Option<T> {
    if bytes.starts_with(b"\x1f\x8b") {
        return look("unpacked", &unpacked(bytes));
    }
    if is_tar(bytes) {
        return in_tar(bytes, look);
    }
    // Something else may stand before a zip, a program that unpacks it or a whole other file.
    let end = &bytes[bytes.len().saturating_sub(END_OF_ZIP)..];
    let is_zip = bytes.starts_with(b"PK") || memchr::memmem::find(end, b"PK\x05\x06").is_some();
    if let Some(found) = is_zip.then(|| in_zip(bytes, &look)).flatten() {
        return Some(found);
    }
    let attached = if memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() {
        pdf::attachments(bytes)
    } else {
        mail::attachments(bytes, name)
    };
    attached.iter().find_map(|(name, attached)| look(name, attached))
}

/// The size of a record of tar, and where in that of a file its name, its size, what it is and what format it is stand (POSIX, pax).
const RECORD: usize = 512;
const NAME: std::ops::Range<usize> = 0..100;
const SIZE: std::ops::Range<usize> = 124..136;
const MAGIC: std::ops::Range<usize> = 257..262;

fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(MAGIC) == Some(b"ustar")
}

fn in_tar<T>(bytes: &[u8], look: impl Fn(&str, &[u8]) -> Option<T>) -> Option<T> {
    let mut at = 0;
    while let Some(head) = bytes.get(at..at + RECORD).filter(|head| is_tar(head)) {
        let digits = head[SIZE].iter().filter(|byte| matches!(byte, b'0'..=b'7'));
        // Sizes above eight gigabytes are written otherwise.
        let size = digits.fold(0_usize, |size, digit| size.saturating_mul(8).saturating_add(usize::from(digit - b'0')));
        let start = at + RECORD;
        let end = start.saturating_add(size).min(bytes.len());
        let name = String::from_utf8_lossy(&head[NAME]);
        if let Some(found) = look(name.trim_end_matches('\0'), &bytes[start..end]) {
            return Some(found);
        }
        at = start.saturating_add(size.div_ceil(RECORD).saturating_mul(RECORD));
    }
    None
}

fn in_zip<T>(bytes: &[u8], look: &impl Fn(&str, &[u8]) -> Option<T>) -> Option<T> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..archive.len()).find_map(|at| {
        let member = archive.by_index(at).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut unpacked = Vec::new();
        // What is there before a fault is looked at.
        let _ = member.take(MAX_MEMBER).read_to_end(&mut unpacked);
        look(&name, &unpacked)
    })
}

/// How large what a member unpacks to must be for it to be a bomb, in bytes.
const MAX_BOMB: u64 = 64 << 20;

/// The most pictures in one file that are looked at, and how large each and all may be, in bytes.
const MAX_PICTURES: usize = 4096;
const MAX_PICTURE: u64 = 64 << 20;
const MAX_OF_PICTURES: u64 = 256 << 20;

/// Gives `look` the pictures in a zip, in a document of an office program, in a PDF, or in the addresses of a drawing or a page
/// (RFC 2397); whether those were all.
pub fn pictures(bytes: &[u8], mut look: impl FnMut(&[u8])) -> bool {
    if bytes.first().is_some_and(|first| b"<\xef \t\r\n".contains(first)) {
        let mut addresses = memchr::memmem::find_iter(bytes, b"data:image/");
        addresses.by_ref().take(MAX_PICTURES).for_each(|at| look(&in_address(&bytes[at..])));
        return addresses.next().is_none();
    }
    if bytes.starts_with(b"%PDF-") {
        // They stand in it as they are.
        let starts = memchr::memmem::find_iter(bytes, b"stream").filter_map(|at| {
            let data = bytes[at + b"stream".len()..].trim_ascii_start();
            data.starts_with(b"\xff\xd8\xff").then_some(data)
        });
        let mut count = 0;
        for data in starts {
            count += 1;
            if count > MAX_PICTURES {
                return false;
            }
            look(&data[..memchr::memmem::find(data, b"endstream").unwrap_or(data.len())]);
        }
        return true;
    }
    let archive = if bytes.starts_with(b"PK") { ZipArchive::new(Cursor::new(bytes)).ok() } else { None };
    let Some(mut archive) = archive else { return true };
    let mut left = MAX_OF_PICTURES;
    let mut count = 0;
    for at in 0..archive.len() {
        let Ok(member) = archive.by_index(at) else { continue };
        let is_picture = member.name().is_ok_and(|name| {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
            ["jpg", "jpeg", "png", "webp", "tif", "tiff", "heic", "avif"].contains(&ending.as_str())
        });
        if !is_picture {
            continue;
        }
        count += 1;
        let most = MAX_PICTURE.min(left);
        let mut picture = Vec::new();
        // What is there before a fault is looked at.
        let _ = member.take(most).read_to_end(&mut picture);
        left -= picture.len() as u64;
        if count > MAX_PICTURES || picture.len() as u64 == most {
            return false;
        }
        look(&picture);
    }
    true
}

/// What an address `data:…;base64,…` holds, up to what is no sign of it.
fn in_address(address: &[u8]) -> Vec<u8> {
    const BASE64: &[u8] = b";base64,";
    let head = &address[..address.len().min(MAX_HEAD)];
    let Some(start) = memchr::memmem::find(head, BASE64).map(|at| at + BASE64.len()) else { return Vec::new() };
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    let signs = address[start..].iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take_while(is_sign);
    let mut signs: Vec<u8> = signs.take(MAX_PICTURE as usize).collect();
    // One sign alone is less than a byte.
    signs.truncate(signs.len() - usize::from(signs.len() % 4 == 1));
    data_encoding::BASE64_NOPAD.decode(&signs).unwrap_or_default()
}

/// How long the head of such an address is at most, in bytes.
const MAX_HEAD: usize = 256;

/// What is packed with gzip (RFC 1952), as far as it is whole.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let _ = MultiGzDecoder::new(bytes).take(MAX_MEMBER).read_to_end(&mut unpacked);
    unpacked
}

/// Whether every file in `bytes`, which may be no archive, can be unpacked: none is locked.
pub fn is_readable(bytes: &[u8]) -> bool {
    if is_tar(bytes) {
        return true;
    }
    if bytes.starts_with(b"\x1f\x8b") {
        let read = std::io::copy(&mut MultiGzDecoder::new(bytes).take(MAX_MEMBER), &mut std::io::sink());
        return read.is_ok_and(|read| read < MAX_MEMBER);
    }
    let archive = ZipArchive::new(Cursor::new(bytes));
    archive.is_ok_and(|mut archive| {
        (0..archive.len()).all(|at| archive.by_index(at).is_ok_and(|m| m.size() <= MAX_MEMBER))
    })
}
