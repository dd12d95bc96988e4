//! The files in a zip, which documents of office programs are too.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// How much of one file is unpacked, in bytes.
const MAX_MEMBER: u64 = 256 << 20;

/// What `look` finds in the first of the files in `bytes` that holds something; nothing if these are no zip.
pub fn find<T>(bytes: &[u8], look: impl Fn(&str, &[u8]) -> Option<T>) -> Option<T> {
    if !bytes.starts_with(b"PK") {
        return None;
    }
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

/// Whether every file in `bytes`, which may be no zip, can be unpacked: none is locked.
pub fn is_readable(bytes: &[u8]) -> bool {
    let archive = ZipArchive::new(Cursor::new(bytes));
    archive.is_ok_and(|mut archive| {
        (0..archive.len()).all(|at| archive.by_index(at).is_ok_and(|m| m.size() <= MAX_MEMBER))
    })
}
