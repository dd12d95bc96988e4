//! Content of a PDF that is not shown: older versions of the file, and layers that are turned off.
//!
//! A program that saves only what has changed writes it behind the file (ISO 32000-2, section 7.5.6), so that whoever cuts the file
//! off where it ended before has it back as it was: with the words that were blacked out since, and the pages that were taken
//! out.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name};
use memchr::memmem;

use super::{inside, streams};
use crate::work::Work;
use crate::{Inside, Unread, Unseen};

/// The most older versions that are read, and how long they may be together, in bytes.
const MAX_VERSIONS: usize = 32;
const MAX_BYTES: usize = 256 << 20;

/// The end of a file, and of every version of it.
const END: &[u8] = b"%%EOF";

/// Adds what older versions of the file `bytes` and layers that are off say and `shown` does not.
pub(super) fn add(bytes: &[u8], depth: usize, shown: &mut Inside, work: &mut Work) {
    let mut left = MAX_BYTES;
    for (at, end) in versions(bytes).into_iter().rev().enumerate() {
        if at == MAX_VERSIONS || end > left {
            shown.unread = shown.unread.or(Some(Unread::Broken));
            break;
        }
        left -= end;
        add_what_differs(Unseen::Versions, read(bytes[..end].to_vec(), depth, work), shown);
    }
    if hides_layers(bytes.to_vec()) {
        let all = with_all_layers(bytes);
        if hides_layers(all.clone()) {
            // What turns them off is packed.
            shown.unread = shown.unread.or(Some(Unread::Broken));
        } else {
            add_what_differs(Unseen::Hidden, read(all, depth, work), shown);
        }
    }
}

/// Where older versions end. That of a file whose first page stands first ends nowhere: it says 0 there (annex F.3.4).
fn versions(bytes: &[u8]) -> Vec<usize> {
    let ends = memmem::find_iter(bytes, b"startxref").filter_map(|at| {
        let rest = bytes[at + b"startxref".len()..].trim_ascii_start();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let behind = rest[digits..].trim_ascii_start();
        let is_end = digits > 0 && rest[..digits].iter().any(|digit| *digit != b'0') && behind.starts_with(END);
        is_end.then(|| bytes.len() - behind.len() + END.len())
    });
    let mut ends: Vec<usize> = ends.collect();
    ends.pop();
    ends
}

/// What the file says; none if it cannot be read.
fn read(bytes: Vec<u8>, depth: usize, work: &mut Work) -> Option<Inside> {
    if !streams::opens(&bytes, work) {
        return None;
    }
    let read =
        catch_unwind(AssertUnwindSafe(|| File::new(Arc::new(bytes)).ok().map(|file| inside(&file, depth, work))));
    read.ok().flatten()
}

/// Adds the lines of `other` that are not among those of `shown`. Only what stood on pages is told of: properties, which are not
/// seen either, change whenever a file is saved.
fn add_what_differs(kind: Unseen, other: Option<Inside>, shown: &mut Inside) {
    let Some(other) = other else {
        shown.unread = shown.unread.or(Some(Unread::Broken));
        return;
    };
    let (on_pages, unseen): (String, String) = {
        let known: HashSet<&str> = lines(&shown.text).chain(lines(&shown.unseen)).collect();
        let new = |text| lines(text).filter(|line| !known.contains(line)).map(|line| format!("{line}\n")).collect();
        (new(&other.text), new(&other.unseen))
    };
    shown.hide(kind, &on_pages);
    shown.add_unseen(&unseen);
    other.metadata.iter().for_each(|entry| shown.tell(entry.tells, &entry.name, &entry.value));
    shown.unread = shown.unread.or(other.unread);
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\u{c}']).map(str::trim).filter(|line| !line.is_empty())
}

/// Whether the file has layers that are off when it is opened (section 8.11.4.3).
fn hides_layers(bytes: Vec<u8>) -> bool {
    let hides = catch_unwind(move || {
        let file = File::new(Arc::new(bytes)).ok()?;
        let catalog = file.xref().get::<Dict<'_>>(file.xref().root_id())?;
        let first = catalog.get::<Dict<'_>>("OCProperties")?.get::<Dict<'_>>("D")?;
        let all_off = first.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_str() == "OFF");
        Some(all_off || first.get::<Array<'_>>("OFF").is_some_and(|off| off.raw_iter().next().is_some()))
    });
    hides.ok().flatten().unwrap_or(false)
}

/// The file with the word that turns layers off made one that nothing knows, of the same length.
fn with_all_layers(bytes: &[u8]) -> Vec<u8> {
    let mut all = bytes.to_vec();
    for at in memmem::find_iter(bytes, b"/OFF") {
        if bytes.get(at + 4).is_some_and(|byte| !byte.is_ascii_alphanumeric()) {
            all[at + 1..at + 4].copy_from_slice(b"0FF");
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::tests::{appended, pdf};
    use super::*;

    const PAGES: &str = "<</Type/Pages/Count 1/Kids[3 0 R]>>";
    const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

    fn stream(text: &str) -> String {
        format!("<</Length {}>>\nstream\n{text}\nendstream", text.len())
    }

    #[test]
    fn what_a_later_version_took_away_is_read_and_what_it_kept_is_told_once() {
        let page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>";
        let first = stream("BT /F 12 Tf 20 100 Td (kept) Tj 0 -20 Td (taken away) Tj ET");
        let later = stream("BT /F 12 Tf 20 100 Td (kept) Tj ET");
        let file = pdf(&["<</Type/Catalog/Pages 2 0 R>>", PAGES, page, &first, FONT]);
        let inside = crate::read(&appended(file.clone(), 4, &[&later]), "a.pdf");
        assert!(inside.text.contains("kept") && !inside.text.contains("taken"), "{}", inside.text);
        assert_eq!((inside.unseen.trim(), inside.unseen_kinds), ("taken away", vec![Unseen::Versions]));
        // A signature that is added takes nothing away.
        let signed = crate::read(&appended(file.clone(), 6, &["<</Type/Sig>>"]), "a.pdf");
        assert_eq!((signed.unseen_kinds, signed.unread), (Vec::new(), None));
        // What was written into a form is looked at, and not told of.
        let filled = appended(file, 6, &["<</FT/Tx/T(a)/V(first entry)>>"]);
        let other = crate::read(&appended(filled, 6, &["<</FT/Tx/T(a)/V(second)>>"]), "a.pdf");
        assert!(other.unseen.contains("first entry") && other.unseen_kinds.is_empty(), "{}", other.unseen);
    }

    #[test]
    fn a_layer_that_is_off_is_read_as_hidden() {
        let catalog = |d: &str| format!("<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D{d}>>>>");
        let page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/Properties<</L 6 0 R>>>>>>";
        let content = stream("BT /F 12 Tf 20 100 Td (shown) Tj /OC /L BDC 0 -20 Td (layer) Tj EMC ET");
        let group = "<</Type/OCG/Name(x)>>";
        for off in ["<</OFF[6 0 R]>>", "<</BaseState/OFF>>"] {
            let inside = crate::read(&pdf(&[&catalog(off), PAGES, page, &content, FONT, group]), "a.pdf");
            assert!(inside.text.contains("shown") && !inside.text.contains("layer"), "{}", inside.text);
            assert!(inside.unseen.contains("layer") && inside.unseen_kinds == [Unseen::Hidden], "{}", inside.unseen);
        }
        let inside = crate::read(&pdf(&[&catalog("<<>>"), PAGES, page, &content, FONT, group]), "a.pdf");
        assert!(inside.text.contains("layer") && inside.unseen_kinds.is_empty());
    }
}
