//! Whether a document of an office program acts by itself where it is opened: by macros, by controls and objects within it, or by
//! what it fetches and starts (ECMA-376; MS-OVBA; MS-CFB; ISO/IEC 26300; the RTF specification 1.9.1).
//!
//! What a document consists of is compared with what is known to be still, so that what nobody thought of counts as acting.

use std::io::Cursor;

use zip::ZipArchive;

mod compound;
mod field;
mod package;
mod rich_text;

/// How deep documents within documents are followed. What lies deeper is taken to act.
const MAX_DEPTH: usize = 3;

/// The most that is unpacked of a document and of those within it, in bytes. What has more is taken to act.
const MAX_UNPACKED: u64 = 128 << 20;

/// Whether the document does more than to be read; `false` for what is no such document.
pub fn is_active(bytes: &[u8]) -> bool {
    is_active_within(bytes, 0, &mut { MAX_UNPACKED })
}

/// The same for a document at some depth within others; `left` is how much may still be unpacked.
fn is_active_within(bytes: &[u8], depth: usize, left: &mut u64) -> bool {
    if !is_document(bytes) {
        return false;
    }
    if depth > MAX_DEPTH {
        return true;
    }
    match bytes {
        _ if compound::is_compound(bytes) => compound::is_active(bytes),
        _ if rich_text::is_rich_text(bytes) => rich_text::is_active(bytes),
        _ => ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| package::is_active(archive, depth, left)),
    }
}

/// Whether a file begins as documents do that may act.
fn is_document(head: &[u8]) -> bool {
    head.starts_with(b"PK") || compound::is_compound(head) || rich_text::is_rich_text(head)
}

/// Whether an address is on another machine, so that what lies there is fetched: `scheme://…`, `//server`, `\\server`.
fn is_elsewhere(target: &str) -> bool {
    let target = target.trim().to_ascii_lowercase().replace('\\', "/");
    // A drive or a root of this machine.
    let is_here = target.strip_prefix("file://").is_some_and(|path| path.starts_with('/') && !path.starts_with("//"));
    target.starts_with("//") || target.starts_with("mhtml:") || (target.contains("://") && !is_here)
}
