//! What a PDF says about itself without being rendered: how many pages, and whether it holds what could act.
//!
//! Names are looked for in the file and in its compressed object streams (ISO 32000-2, section 7.5.7). What is encrypted
//! or written with other filters stays unseen, so that nothing found is no proof that there is nothing.

use std::io::Read;

use memchr::memmem;

/// The most that one compressed stream may unfold to, in bytes.
const MAX_UNFOLDED: u64 = 4 << 20;

/// The most that all of them may.
const MAX_UNFOLDED_IN_ALL: u64 = 64 << 20;

/// What was seen in a PDF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pdf {
    /// How many pages there are; none if they cannot be counted.
    pub pages: Option<u32>,
    /// Whether it holds a script, or starts a program.
    pub acts: bool,
}

/// Looks through the bytes of a PDF.
pub fn examine(bytes: &[u8]) -> Pdf {
    let mut pages = 0;
    let mut acts = false;
    let mut look = |part: &[u8]| {
        pages += count_pages(part);
        acts |= ["/JavaScript", "/JS", "/Launch", "/RichMedia", "/SubmitForm", "/ImportData"]
            .iter()
            .any(|name| has_name(part, name));
    };
    look(bytes);
    let mut left = MAX_UNFOLDED_IN_ALL;
    for at in memmem::find_iter(bytes, b"/ObjStm") {
        let Some(unfolded) = stream_after(bytes, at, left.min(MAX_UNFOLDED)) else { continue };
        left -= unfolded.len() as u64;
        look(&unfolded);
    }
    Pdf { pages: (pages > 0).then_some(pages), acts }
}

/// The content of the deflated stream whose dictionary holds byte `at`; as much of it as can be read.
fn stream_after(bytes: &[u8], at: usize, most: u64) -> Option<Vec<u8>> {
    let start = at + memmem::find(&bytes[at..], b"stream")? + "stream".len();
    let start = start + bytes[start..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let mut unfolded = Vec::new();
    let result = flate2::read::ZlibDecoder::new(&bytes[start..]).take(most).read_to_end(&mut unfolded);
    (result.is_ok() || !unfolded.is_empty()).then_some(unfolded)
}

/// How often `/Type /Page` stands there, as a name of its own.
fn count_pages(part: &[u8]) -> u32 {
    let is_page = |at: usize| {
        let rest = part[at + "/Type".len()..].trim_ascii_start();
        rest.strip_prefix(b"/Page").is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
    };
    memmem::find_iter(part, b"/Type").filter(|&at| is_page(at)).count() as u32
}

/// Whether a name stands there, in any of its spellings: `/J#53` is `/JS` (section 7.3.5).
fn has_name(part: &[u8], name: &str) -> bool {
    let ends = |at: usize| !part.get(at).is_some_and(|b| b.is_ascii_alphanumeric());
    let plain = memmem::find_iter(part, name).any(|at| ends(at + name.len()));
    plain || memchr::memchr_iter(b'#', part).any(|at| spelled_around(part, at, name))
}

/// Whether the name that holds an escape at byte `at` is `name` when unescaped.
fn spelled_around(part: &[u8], at: usize, name: &str) -> bool {
    let from = at.saturating_sub(name.len() * 3);
    let Some(slash) = memchr::memrchr(b'/', &part[from..at]) else { return false };
    let mut rest = &part[from + slash..];
    for wanted in name.bytes() {
        let escaped = rest.strip_prefix(b"#").and_then(|rest| rest.first_chunk::<2>());
        let byte = escaped.and_then(|hex| u8::from_str_radix(str::from_utf8(hex).ok()?, 16).ok());
        match (byte, rest.first()) {
            (Some(byte), _) if byte == wanted => rest = &rest[3..],
            (None, Some(&byte)) if byte == wanted => rest = &rest[1..],
            _ => return false,
        }
    }
    !rest.first().is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn pages_are_counted_and_page_trees_are_not() {
        let pdf = examine(b"<< /Type /Pages /Count 2 >> << /Type/Page >> << /Type /Page\n>>");
        assert_eq!(pdf, Pdf { pages: Some(2), acts: false });
    }

    #[test]
    fn a_script_is_seen_however_it_is_hidden() {
        assert!(examine(b"<< /S /JavaScript /JS (app.alert(1)) >>").acts);
        assert!(examine(b"<< /S /J#61vaScr#69pt >>").acts);
        assert!(!examine(b"<< /JSomething (x) /Title (about JavaScript) >>").acts);
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(&[b' '; 500]).unwrap();
        packed.write_all(b"<< /Type /Page >> << /OpenAction << /S /Launch >> >>").unwrap();
        packed.write_all(&[b' '; 500]).unwrap();
        let mut file = b"1 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n".to_vec();
        file.extend(packed.finish().unwrap());
        assert_eq!(examine(&file), Pdf { pages: Some(1), acts: true });
    }

    #[test]
    fn a_stream_that_unfolds_without_end_is_left() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b' '; 64 << 20]).unwrap();
        let stream = packed.finish().unwrap();
        let mut file = Vec::new();
        for _ in 0..40 {
            file.extend_from_slice(b"/ObjStm stream\n");
            file.extend_from_slice(&stream);
        }
        assert_eq!(examine(&file), Pdf::default());
    }
}
