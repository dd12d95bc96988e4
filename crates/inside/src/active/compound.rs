//! The older formats of Word, Excel, PowerPoint and WPS, which are file systems of their own (MS-CFB): macros, objects, sheets of
//! macros, links to other programs, and what is run by a click or by the mouse above it (MS-DOC, MS-XLS, MS-PPT).

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use memchr::{memchr_iter, memmem};

use super::field;

/// Storages and streams of macros and of objects from other programs, in small letters.
const ACTING: &[&str] = &["macros", "vba", "_vba_project", "_vba_project_cur", "\u{1}ole10native"];

/// How far behind its beginning the instruction of a field is read, in characters.
const MAX_INSTRUCTION: usize = 256;

pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Whether the file acts. What is too damaged for its parts to be found is searched as it lies there.
pub(super) fn is_active(bytes: &[u8]) -> bool {
    if has_acting_entry(bytes) {
        return true;
    }
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else { return has_acting_field(bytes) };
    // Word makes the pool with the document, whether or not there is an object in it.
    if file.walk_storage("/ObjectPool").is_ok_and(|mut entries| entries.nth(1).is_some()) {
        return true;
    }
    let mut read = |name: &str| {
        let mut stream = Vec::new();
        file.open_stream(name).ok()?.take(bytes.len() as u64).read_to_end(&mut stream).ok()?;
        Some(stream)
    };
    // Streams are read by their names, as one may lie in pieces anywhere in the file.
    read("/WordDocument").is_some_and(|stream| has_acting_field(&stream))
        || ["/Workbook", "/Book"].iter().filter_map(|name| read(name)).any(|stream| is_workbook_acting(&stream))
        || read("/PowerPoint Document").is_some_and(|stream| is_presentation_acting(&stream))
}

/// Whether the directory names something that acts. An entry has 128 bytes: a name in UTF-16, its length in bytes, and what it is
/// (MS-CFB, section 2.6.1).
fn has_acting_entry(bytes: &[u8]) -> bool {
    let name = |entry: &[u8; 128]| {
        let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
        let is_entry = matches!(entry[66], 1 | 2 | 5) && (2..=64).contains(&length) && length % 2 == 0;
        let (units, _) = entry[..length.saturating_sub(2).min(62)].as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
        is_entry.then(|| String::from_utf16_lossy(&units).to_ascii_lowercase())
    };
    let (entries, _) = bytes.as_chunks::<128>();
    entries.iter().filter_map(name).any(|name| ACTING.contains(&name.as_str()))
}

/// Whether a text has a field that acts: 0x13 begins one, 0x14 ends its instruction, with one byte a letter or two.
fn has_acting_field(stream: &[u8]) -> bool {
    memchr_iter(0x13, stream).any(|at| {
        let rest = &stream[at + 1..stream.len().min(at + 1 + 2 * MAX_INSTRUCTION)];
        // Between the bytes of letters in two bytes there are zeros.
        let wide = rest.first() == Some(&0);
        let letters = rest.iter().copied().skip(usize::from(wide)).step_by(if wide { 2 } else { 1 });
        let instruction = letters.take_while(|byte| !matches!(byte, 0x13..=0x15)).take(MAX_INSTRUCTION);
        field::is_active_instruction(&instruction.map(char::from).collect::<String>())
    })
}

/// Whether a workbook has a sheet of macros, or links that another program answers, or is locked, so that nobody can tell
/// (MS-XLS, sections 2.4.28, 2.4.271 and 2.4.117).
fn is_workbook_acting(stream: &[u8]) -> bool {
    const FILE_PASS: u16 = 0x2f;
    const BOUND_SHEET: u16 = 0x85;
    const SUP_BOOK: u16 = 0x1ae;
    let mut rest = stream;
    while let Some((head, after)) = rest.split_first_chunk::<4>() {
        let [kind_low, kind_high, length_low, length_high] = *head;
        let kind = u16::from_le_bytes([kind_low, kind_high]);
        let length = usize::from(u16::from_le_bytes([length_low, length_high]));
        let body = &after[..after.len().min(length)];
        let is_active = match kind {
            FILE_PASS => true,
            // A sheet of macros, or a module.
            BOUND_SHEET => body.get(5).is_some_and(|sheet| matches!(sheet, 1 | 6)),
            SUP_BOOK => asks_another_program(body),
            _ => false,
        };
        if is_active {
            return true;
        }
        rest = &after[body.len()..];
    }
    false
}

/// Whether what a workbook refers to is data of another program: its name and a subject, parted by 3. So are the folders of a path to
/// another workbook, which begins with 1; 0 and 2 are the workbook itself and a sheet of it (MS-XLS, section 2.5.277).
fn asks_another_program(reference: &[u8]) -> bool {
    let Some(path) = reference.get(4..) else { return false };
    let (is_wide, letters) = path.split_first().map_or((false, path), |(flags, letters)| (flags & 1 == 1, letters));
    let letters: Vec<u8> = letters.iter().copied().step_by(if is_wide { 2 } else { 1 }).collect();
    letters.first().is_some_and(|first| *first > 2) && letters.contains(&3)
}

/// Whether a presentation runs a macro or a program, or opens something where the mouse passes (MS-PPT, section 2.8.11 and 2.8.12).
fn is_presentation_acting(stream: &[u8]) -> bool {
    // The kind and length of the record of an interaction.
    const INTERACTION: &[u8] = &[0xf3, 0x0f, 0x10, 0, 0, 0];
    // The record around it when the mouse passes: instance 1 and version 15, kind 0x0ff2.
    const ON_PASSING: &[u8] = &[0x1f, 0x00, 0xf2, 0x0f];
    memmem::find_iter(stream, INTERACTION).any(|at| {
        let action = stream.get(at + INTERACTION.len() + 8).copied().unwrap_or(0);
        // Its own head has 2 bytes before its kind, that of the record around it 8.
        let passes = at >= 10 && stream[at - 10..].starts_with(ON_PASSING);
        matches!(action, 1 | 2 | 5) || (passes && action == 4)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(streams: &[(&str, &[u8])]) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (name, content) in streams {
            let path = std::path::Path::new("/").join(name);
            file.create_storage_all(path.parent().unwrap()).unwrap();
            file.create_stream(&path).unwrap().write_all(content).unwrap();
        }
        file.into_inner().into_inner()
    }

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes(), &(body.len() as u16).to_le_bytes(), body].concat()
    }

    #[test]
    fn storages_of_macros_and_objects_act_and_their_names_in_a_text_do_not() {
        for name in ["Macros/x", "VBA/x", "_VBA_PROJECT_CUR/x", "ObjectPool/_1/x"] {
            assert!(is_active(&file(&[(name, b"")])), "{name}");
        }
        assert!(!is_active(&file(&[("WordDocument", b"Macros VBA"), ("1Table", b"")])));
    }

    #[test]
    fn fields_that_ask_another_program_act() {
        assert!(is_active(&file(&[("WordDocument", b"\x13 DDEAUTO c:\\\\x\x14")])));
        assert!(is_active(&file(&[("WordDocument", b"\x13\0 \0D\0D\0E\0A\0U\0T\0O\0 \0c\0")])));
        assert!(!is_active(&file(&[("WordDocument", b"\x13 PAGE \x14 DDEAUTO")])));
        // In pieces, and with nothing to find them by.
        assert!(is_active(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x13 DDE a b\x15"));
    }

    #[test]
    fn a_workbook_acts_by_a_sheet_of_macros_or_by_asking_another_program() {
        let begin = record(0x809, &[0; 16]);
        let workbook = |more: &[u8]| file(&[("Workbook", &[&begin, more].concat())]);
        assert!(is_active(&workbook(&record(0x85, &[0, 0, 0, 0, 2, 1, 1, 0, b'a']))));
        assert!(is_active(&workbook(&record(0x1ae, b"\x01\0\x09\0\0cmd\x03/c calc"))));
        assert!(is_active(&workbook(&record(0x2f, &[0; 6]))));
        assert!(!is_active(&workbook(&record(0x85, &[0, 0, 0, 0, 0, 0, 1, 0, b'a']))));
        assert!(!is_active(&workbook(&record(0x1ae, &[1, 0, 1, 4]))));
        assert!(!is_active(&workbook(&record(0x1ae, b"\x01\0\x09\0\0\x01\x01Ca\x03b.xls"))));
    }

    #[test]
    fn a_presentation_acts_by_running_a_program() {
        let interaction = |around: u8, action: u8| {
            let head = [around, 0, 0xf2, 0x0f, 24, 0, 0, 0, 0, 0, 0xf3, 0x0f, 16, 0, 0, 0];
            let body = [[0; 8].as_slice(), &[action], &[0; 7]].concat();
            file(&[("PowerPoint Document", &[head.as_slice(), &body].concat())])
        };
        assert!(is_active(&interaction(0x0f, 2)) && is_active(&interaction(0x1f, 4)));
        assert!(!is_active(&interaction(0x0f, 4)) && !is_active(&interaction(0x1f, 3)));
    }
}
