//! The files in other files: in a zip, which documents of office programs are too, in what is packed with gzip, and attached to a
//! PDF.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::pdf;

/// How much of one file is unpacked, in bytes.
const MAX_MEMBER: u64 = 256 << 20;

/// What `look` finds in the first of the files in `bytes` that holds something, with their names; nothing if there are none.
pub fn find<T>(bytes: &[u8], look: impl Fn(&str, &[u8]) -> Option<T>) -> Option<T> {
    match bytes {
        [b'P', b'K', ..] => in_zip(bytes, look),
        [0x1f, 0x8b, ..] => look("unpacked", &unpacked(bytes)),
        _ if memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() => {
            pdf::attachments(bytes).iter().find_map(|(name, attached)| look(name, attached))
        }
        _ => None,
    }
}

fn in_zip<T>(bytes: &[u8], look: impl Fn(&str, &[u8]) -> Option<T>) -> Option<T> {
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

/// What is packed with gzip (RFC 1952), as far as it is whole.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let _ = MultiGzDecoder::new(bytes).take(MAX_MEMBER).read_to_end(&mut unpacked);
    unpacked
}

/// Whether every file in `bytes`, which may be no archive, can be unpacked: none is locked.
pub fn is_readable(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\x1f\x8b") {
        let read = std::io::copy(&mut MultiGzDecoder::new(bytes).take(MAX_MEMBER), &mut std::io::sink());
        return read.is_ok_and(|read| read < MAX_MEMBER);
    }
    let archive = ZipArchive::new(Cursor::new(bytes));
    archive.is_ok_and(|mut archive| {
        (0..archive.len()).all(|at| archive.by_index(at).is_ok_and(|m| m.size() <= MAX_MEMBER))
    })
}
