//! Any bytes as a file of any kind, and as a part of a document of an office program: no panic, in time, and a copy without those
//! who made it says the same. Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run inside -- -max_total_time=600 -timeout=10`.
#![no_main]

use std::io::{Cursor, Write};

use casefile_inside::{active, archive, read, strip};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 12] =
    ["a.docx", "a.pdf", "a.eml", "a.svg", "a.html", "a.rtf", "a.mp3", "a.mp4", "a.vcf", "a.zip", "a.doc", "a"];

/// Parts of documents that are read.
const PARTS: [&str; 6] = [
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "docProps/core.xml",
    "xl/sharedStrings.xml",
    "content.xml",
    "word/comments.xml",
];

fn document(part: &str, text: &[u8]) -> Option<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [("[Content_Types].xml", &b"<Types/>"[..]), (part, text)] {
        zip.start_file(name, options).ok()?;
        zip.write_all(text).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fn look(bytes: &[u8], name: &str) {
    let inside = read(bytes, name);
    active::is_active(bytes);
    archive::pictures(bytes, |_| {});
    archive::is_readable(bytes);
    let cleaner = strip::Cleaner { label: &|_| None, picture: &|_| None };
    if let Some((copy, said)) = strip::strip(bytes, name, &inside, &cleaner) {
        assert_eq!(read(&copy, name).text, said.text, "the copy says something else");
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let choice = usize::from(choice);
    match NAMES.get(choice % (NAMES.len() + PARTS.len())) {
        Some(name) => look(bytes, name),
        None => {
            if let Some(document) = document(PARTS[choice % PARTS.len()], bytes) {
                look(&document, "a.docx");
            }
        }
    }
});
