//! Whether a document of an office program acts by itself where it is opened: by macros, by controls and objects within it, or by
//! what it fetches and starts (ECMA-376; MS-OVBA; MS-CFB; ISO/IEC 26300; the RTF specification 1.9.1).

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::rtf;

/// The most members of a zip that are looked at, and the most that is unpacked of all of them, in bytes. What has more is taken to act.
const MAX_MEMBERS: usize = 16_384;
const MAX_UNPACKED: u64 = 128 << 20;

/// How far behind a field of RTF its instruction is read, in bytes.
const MAX_FIELD: usize = 512;

/// Control words of RTF that name objects and controls.
const RTF_OBJECTS: &[&[u8]] = &[b"\\objupdate", b"\\objautlink", b"\\objlink", b"\\objocx", b"\\objdata"];

/// Whether the document does more than to be read; `false` for what is no such document.
pub fn acts(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return is_old_one_active(bytes);
    }
    if rtf::is_rtf(bytes) {
        return is_rtf_active(bytes);
    }
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(is_zip_active)
}

fn is_zip_active(mut archive: ZipArchive<Cursor<&[u8]>>) -> bool {
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let Ok(member) = archive.by_index(at) else { continue };
        let Ok(name) = member.name().map(|name| name.to_ascii_lowercase()) else { continue };
        if at == MAX_MEMBERS || is_active_part(&name) {
            return true;
        }
        let is_read = name.ends_with(".rels")
            || name == "[content_types].xml"
            || name == "content.xml"
            || (name.ends_with(".xml") && (name.starts_with("word/") || name.starts_with("xl/externallinks/")));
        if is_read {
            let mut part = Vec::new();
            // What is there before a fault is looked at.
            let _ = member.take(left).read_to_end(&mut part);
            left -= part.len() as u64;
            let is_active = match name.ends_with(".rels") {
                true => leads_away(&part),
                false => has_instruction(&part),
            };
            if is_active || left == 0 {
                return true;
            }
        }
    }
    false
}

/// Whether a part of that name, in small letters, is there to act.
fn is_active_part(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let is_page =
        |name: &str| [".htm", ".html", ".mht", ".mhtml", ".xht", ".xhtml"].iter().any(|end| name.ends_with(end));
    last == "vbaproject.bin"
        || last == "vbadata.xml"
        || name.contains("/activex/")
        || name.contains("/macrosheets/")
        || name.contains("/dialogsheets/")
        || last.starts_with("oleobject")
        || ["basic/", "scripts/"].iter().any(|folder| name.starts_with(folder))
        || (["word/", "xl/", "ppt/"].iter().any(|folder| name.starts_with(folder)) && is_page(name))
}

/// Whether relationships (ECMA-376, part 2, section 6.5) lead to macros, or to what is fetched without a click.
fn leads_away(relationships: &[u8]) -> bool {
    let text = String::from_utf8_lossy(relationships);
    text.split('<').filter(|tag| tag.contains("Relationship ")).any(|tag| {
        let value = |name: &str| {
            let rest = &tag[tag.find(&format!(" {name}="))? + name.len() + 2..];
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest[1..].split(quote).next()
        };
        let kind = value("Type").unwrap_or("").rsplit('/').next().unwrap_or("");
        let target = value("Target").unwrap_or("").trim().to_ascii_lowercase().replace('\\', "/");
        let is_elsewhere = value("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"))
            && (target.starts_with("//")
                || target.starts_with("mhtml:")
                || (target.contains("://") && !is_on_this_disk(&target)));
        // Links are followed by hand, and pictures only shown.
        kind == "vbaProject" || (is_elsewhere && !matches!(kind, "hyperlink" | "image"))
    })
}

/// Whether an address is that of a file with a drive or a root, and not of another machine.
fn is_on_this_disk(target: &str) -> bool {
    let path = target.strip_prefix("file://");
    path.is_some_and(|path| path.starts_with('/') && !path.starts_with("//"))
}

/// Whether a part declares macros, asks another program for data (DDE), or has a field or an event that does.
fn has_instruction(part: &[u8]) -> bool {
    let has = |sign: &[u8]| memmem::find(part, sign).is_some();
    if has(b"vnd.ms-office.vbaProject") || has(b"ddeLink") || has(b"dde-source") || has(b"script:event-listener") {
        return true;
    }
    // The words of a field may stand in several runs.
    let mut instructions = String::new();
    for at in memmem::find_iter(part, b"instrText") {
        let rest = &part[at..];
        let inner = rest.iter().position(|byte| *byte == b'>').map(|end| &rest[end + 1..]).unwrap_or_default();
        // The end of an element names it, too.
        if at > 0 && part[at - 1] != b'/' && !part[..at].ends_with(b"</w:") {
            let end = inner.iter().position(|byte| *byte == b'<').unwrap_or(inner.len());
            instructions.push_str(&String::from_utf8_lossy(&inner[..end]));
        }
    }
    for at in memmem::find_iter(part, b"instr=") {
        let value = part.get(at + 7..part.len().min(at + 7 + MAX_FIELD)).unwrap_or_default();
        instructions.push(' ');
        instructions.push_str(&String::from_utf8_lossy(
            value.split(|byte| matches!(byte, b'"' | b'\'')).next().unwrap_or(value),
        ));
    }
    asks_another_program(&instructions)
}

/// Whether the instructions of fields ask another program for data; what stands in quotation marks is an address or a name.
fn asks_another_program(instructions: &str) -> bool {
    let unquoted = instructions.split('"').step_by(2);
    unquoted.flat_map(|part| part.split(|c: char| !c.is_ascii_alphabetic())).any(|word| {
        let word = word.to_ascii_uppercase();
        word == "DDE" || word.ends_with("DDEAUTO")
    })
}

/// Whether a file of the older formats has a storage of macros or of objects, or a field that asks another program.
fn is_old_one_active(bytes: &[u8]) -> bool {
    // Entries of a directory have 128 bytes: a name in UTF-16, its length in bytes, and what they are (MS-CFB, section 2.6.1).
    let name = |entry: &[u8]| {
        let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
        let is_entry = matches!(entry[66], 1 | 2 | 5) && (2..=64).contains(&length) && length % 2 == 0;
        let units = entry[..length.saturating_sub(2).min(62)]
            .chunks_exact(2)
            .map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
        is_entry.then(|| String::from_utf16_lossy(&units.collect::<Vec<_>>()).to_ascii_lowercase())
    };
    let is_active = |name: String| {
        matches!(
            name.as_str(),
            "macros" | "vba" | "_vba_project" | "_vba_project_cur" | "objectpool" | "\u{1}ole10native"
        )
    };
    let (entries, _) = bytes.as_chunks::<128>();
    if entries.iter().filter_map(|entry| name(entry)).any(is_active) {
        return true;
    }
    // What begins a field, in one byte a letter or two.
    let fields = memchr::memchr_iter(0x13, bytes).map(|at| &bytes[at + 1..bytes.len().min(at + 1 + 64)]);
    fields.into_iter().any(|field| {
        let letters: Vec<u8> = field.iter().copied().filter(|byte| *byte != 0).collect();
        letters.trim_ascii_start().to_ascii_uppercase().starts_with(b"DDE")
    })
}

fn is_rtf_active(bytes: &[u8]) -> bool {
    if RTF_OBJECTS.iter().any(|word| memmem::find(bytes, word).is_some()) {
        return true;
    }
    let behind = |word: &'static [u8]| {
        memmem::find_iter(bytes, word).map(move |at| {
            let field = &bytes[at + word.len()..];
            let field = &field[..field.len().min(MAX_FIELD)];
            // What it led to when it was last followed is no instruction.
            without_marks(&field[..memmem::find(field, b"\\fldrslt").unwrap_or(field.len())])
        })
    };
    let is_elsewhere = |target: &str| target.contains("://") || target.trim_start().starts_with("\\\\");
    behind(b"\\fldinst").any(|field| asks_another_program(&field))
        || behind(b"\\template").any(|target| is_elsewhere(&target))
}

/// The words of a piece of RTF: without its groups and its control words, with what a backslash makes a letter.
fn without_marks(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut words = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' | '}' | '\r' | '\n' => {}
            '\\' => match rest.chars().next() {
                Some(next) if next.is_ascii_alphabetic() => {
                    rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
                    rest = rest.strip_prefix(' ').unwrap_or(rest);
                }
                Some('*') => rest = &rest[1..],
                Some(next) => {
                    words.push(next);
                    rest = &rest[next.len_utf8()..];
                }
                None => {}
            },
            c => words.push(c),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::package;

    fn related(kind: &str, target: &str, mode: &str) -> Vec<u8> {
        let text = format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.example/relationships/{kind}\" Target=\"{target}\"{mode}/>\
             </Relationships>"
        );
        package(&[("[Content_Types].xml", "<Types/>"), ("word/_rels/document.xml.rels", &text)])
    }

    #[test]
    fn what_a_document_starts_or_fetches_by_itself_is_known_and_what_one_follows_is_not() {
        for name in
            ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "xl/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"]
        {
            assert!(acts(&package(&[("[Content_Types].xml", ""), (name, "x")])), "{name}");
        }
        for name in ["word/afchunk.htm", "Basic/Standard/Module1.xml", "xl/macrosheets/sheet1.xml"] {
            assert!(acts(&package(&[(name, "x")])), "{name}");
        }
        let external = " TargetMode=\"External\"";
        for (kind, target, mode) in [
            ("vbaProject", "other.bin", ""),
            ("attachedTemplate", "https://h.example/a.dotm", external),
            ("attachedTemplate", "\\\\h.example\\a.dotm", external),
            ("attachedTemplate", "file://h.example/a.dotm", external),
            ("attachedTemplate", "file:////h.example/a.dotm", external),
            ("oleObject", "mhtml:https://h.example/a!x", external),
            ("frame", "http://h.example/", external),
        ] {
            assert!(acts(&related(kind, target, mode)), "{kind} {target}");
        }
        for (kind, target, mode) in [
            ("hyperlink", "https://h.example/", external),
            ("image", "https://h.example/a.png", external),
            ("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", external),
            ("styles", "styles.xml", ""),
        ] {
            assert!(!acts(&related(kind, target, mode)), "{kind} {target}");
        }
        let field = |text: &str| package(&[("word/document.xml", text)]);
        assert!(acts(&field(
            "<w:instrText xml:space=\"preserve\"> DDE</w:instrText><w:instrText>AUTO c:\\cmd.exe</w:instrText>"
        )));
        assert!(acts(&field("<w:fldSimple w:instr=\"DDE excel a b\"/>")));
        assert!(!acts(&field("<w:instrText> PAGE </w:instrText><w:t>DDE is what banks call it</w:t>")));
        assert!(acts(&package(&[(
            "xl/externalLinks/externalLink1.xml",
            "<externalLink><ddeLink ddeService=\"cmd\"/>"
        )])));
        assert!(!acts(b"words") && !acts(&package(&[("a.txt", "DDEAUTO")])));
    }

    #[test]
    fn older_documents_with_macros_and_objects_are_known() {
        let entry = |name: &str| {
            let mut entry = [0; 128];
            for (at, unit) in name.encode_utf16().enumerate() {
                entry[2 * at..2 * at + 2].copy_from_slice(&unit.to_le_bytes());
            }
            entry[64] = 2 * (name.encode_utf16().count() as u8 + 1);
            entry[66] = 1;
            entry
        };
        let file = |names: &[&str], text: &[u8]| {
            let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
            bytes.resize(512, 0);
            names.iter().for_each(|name| bytes.extend(entry(name)));
            [bytes, text.to_vec()].concat()
        };
        for name in ["Macros", "VBA", "_VBA_PROJECT_CUR", "ObjectPool"] {
            assert!(acts(&file(&["Root Entry", name], b"")), "{name}");
        }
        assert!(!acts(&file(&["Root Entry", "WordDocument", "1Table"], b"Macros VBA")));
        assert!(acts(&file(&["WordDocument"], b"\x13 DDEAUTO c:\\\\x")));
        assert!(acts(&file(&["WordDocument"], b"\x13\0 \0D\0D\0E\0A\0U\0T\0O\0 \0")));
        assert!(!acts(&file(&["WordDocument"], b"\x13 PAGE \x14")));
    }

    #[test]
    fn rtf_that_asks_another_program_or_holds_objects_is_known() {
        for active in [
            "{\\rtf1{\\field{\\*\\fldinst DDEAUTO c:\\\\windows\\\\cmd.exe \"/k calc\"}}}",
            "{\\rtf1{\\field{\\*\\fldinst {\\rtlch DDE}{\\b AUTO c:}}}}",
            "{\\rtf1{\\object\\objautlink\\objupdate x}}",
            "{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}",
            "{\\rtf1{\\*\\template https://h.example/a.dotm}}",
            "{\\rtf1{\\*\\template \\\\\\\\h.example\\\\a.dotm}}",
        ] {
            assert!(acts(active.as_bytes()), "{active}");
        }
        for still in [
            "{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"https://h.example/\"}{\\fldrslt DDE}}}",
            "{\\rtf1{\\*\\template C:\\\\a.dot}x}",
        ] {
            assert!(!acts(still.as_bytes()), "{still}");
        }
    }
}
