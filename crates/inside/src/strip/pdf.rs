//! PDF without the properties, and without what older versions of it say (ISO 32000-2, sections 14.3 and 14.5).

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream};

use super::Cleaner;

/// Entries of any dictionary that hold what programs keep for themselves, and small pictures of what a page was once.
const APART: &[&[u8]] = &[b"PieceInfo", b"Thumb", b"LastModified"];

/// Annotations whose `T` is no name of a person (section 12.5.6).
const NO_REMARKS: &[&[u8]] = &[b"Widget", b"Link", b"Popup", b"PrinterMark", b"TrapNet"];

/// How deep dictionaries within one object are followed.
const MAX_NESTED: usize = 64;

/// A PDF that says the same and not who made it. One that is locked, signed or broken stays as it is. It was read before, so that it is
/// known to unfold to no more than is looked at.
pub(super) fn strip(bytes: &[u8], cleaner: &Cleaner<'_>) -> Option<Vec<u8>> {
    // Whatever a stranger's file does to the library, it must not end a build.
    catch_unwind(AssertUnwindSafe(|| without(bytes, cleaner))).ok().flatten()
}

fn without(bytes: &[u8], cleaner: &Cleaner<'_>) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(bytes).ok()?;
    if document.is_encrypted()
        || document.was_encrypted()
        || document.objects.values().any(|object| is_sealed(object, 0))
    {
        return None;
    }
    document.trailer.remove(b"Info");
    document.trailer.remove(b"ID");
    let mut labels: HashMap<ObjectId, Option<String>> = HashMap::new();
    for (id, object) in &document.objects {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"Metadata")
        {
            let xmp = stream.get_plain_content().ok()?;
            labels.insert(*id, (cleaner.label)(&xmp));
        }
    }
    let told: HashSet<ObjectId> = labels.iter().filter(|(_, label)| label.is_none()).map(|(id, _)| *id).collect();
    for (id, object) in &mut document.objects {
        if let Some(Some(label)) = labels.get(id) {
            let mut dict = Dictionary::new();
            dict.set("Type", "Metadata");
            dict.set("Subtype", "XML");
            *object = Object::Stream(Stream::new(dict, label.as_bytes().to_vec()).with_compression(false));
            continue;
        }
        clean(object, &told, cleaner, 0);
    }
    document.prune_objects();
    let is_packed = matches!(document.reference_table.cross_reference_type, XrefType::CrossReferenceStream);
    let options = SaveOptions::builder().use_object_streams(is_packed).use_xref_streams(is_packed).build();
    let mut out = Vec::with_capacity(bytes.len());
    document.save_with_options(&mut out, options).ok()?;
    Some(out)
}

/// Whether an object is or holds a signature over the bytes of the file, or a list of what a machine did to it, which is one.
fn is_sealed(object: &Object, depth: usize) -> bool {
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        Object::Array(array) => return depth < MAX_NESTED && array.iter().any(|one| is_sealed(one, depth + 1)),
        _ => return false,
    };
    let is = |key: &[u8], name: &[u8]| dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name);
    let is_seal = dict.has(b"ByteRange")
        || is(b"Type", b"Sig")
        || is(b"FT", b"Sig") && dict.has(b"V")
        || is(b"AFRelationship", b"C2PA_Manifest");
    is_seal || depth < MAX_NESTED && dict.iter().any(|(_, value)| is_sealed(value, depth + 1))
}

fn clean(object: &mut Object, told: &HashSet<ObjectId>, cleaner: &Cleaner<'_>, depth: usize) {
    if depth > MAX_NESTED {
        return;
    }
    match object {
        Object::Array(array) => array.iter_mut().for_each(|one| clean(one, told, cleaner, depth + 1)),
        Object::Dictionary(dict) => clean_dict(dict, told, cleaner, depth),
        Object::Stream(stream) => {
            clean_dict(&mut stream.dict, told, cleaner, depth);
            let is_jpeg = stream.dict.get(b"Filter").and_then(Object::as_name).is_ok_and(|name| name == b"DCTDecode");
            if is_jpeg && let Some(cleaned) = (cleaner.picture)(&stream.content) {
                stream.set_content(cleaned);
            }
        }
        _ => {}
    }
}

fn clean_dict(dict: &mut Dictionary, told: &HashSet<ObjectId>, cleaner: &Cleaner<'_>, depth: usize) {
    APART.iter().for_each(|key| drop(dict.remove(key)));
    if dict.get(b"Metadata").and_then(Object::as_reference).is_ok_and(|id| told.contains(&id)) {
        dict.remove(b"Metadata");
    }
    let is_annotation = dict.has(b"Rect")
        && dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| !NO_REMARKS.contains(&kind));
    if is_annotation {
        dict.remove(b"T");
    }
    dict.iter_mut().for_each(|(_, value)| clean(value, told, cleaner, depth + 1));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::tests::{appended, pdf};
    use crate::{Unseen, pdf};

    fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
        let label = |xmp: &[u8]| {
            let xmp = String::from_utf8_lossy(xmp);
            xmp.contains("AIGC").then(|| "<x>AIGC</x>".to_owned())
        };
        let picture = |bytes: &[u8]| bytes.strip_prefix(b"told ").map(<[u8]>::to_vec);
        super::super::strip(bytes, "", &crate::read(bytes, ""), &Cleaner { label: &label, picture: &picture })
            .map(|(stripped, _)| stripped)
    }

    fn stream(dict: &str, data: &str) -> String {
        format!("<<{dict}/Length {}>>\nstream\n{data}\nendstream", data.len())
    }

    /// A page that says `text`; `more` stands in the catalogue.
    fn file(text: &str, more: &str, others: &[String]) -> Vec<u8> {
        let content = stream("", &format!("BT /F 12 Tf 20 100 Td ({text}) Tj ET"));
        let mut objects = vec![
            format!("<</Type/Catalog/Pages 2 0 R{more}>>"),
            "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/PieceInfo<</X<</Private(Quentin)>>>>/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a remark)/T(Quentin)>>]>>".to_owned(),
            content,
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        ];
        objects.extend_from_slice(others);
        pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn with_info(file: &[u8]) -> Vec<u8> {
        let at = memchr::memmem::rfind(file, b"/Root").unwrap();
        [&file[..at], b"/Info<</Author(Quentin)/Title(Quentin's)>>/ID[(q)(q)]", &file[at..]].concat()
    }

    fn holds(bytes: &[u8], what: &str) -> bool {
        memchr::memmem::find(bytes, what.as_bytes()).is_some()
    }

    #[test]
    fn a_pdf_loses_who_made_it_and_reads_the_same() {
        let xmp = stream("/Type/Metadata/Subtype/XML", "<dc:creator>Quentin</dc:creator>");
        let before = with_info(&file("words", "/Metadata 6 0 R", &[xmp]));
        assert_eq!(pdf::read(&before).1.metadata.len(), 3);
        let after = strip(&before).unwrap();
        let (found, inside) = pdf::read(&after);
        assert_eq!((inside.text.as_str(), inside.metadata.len(), found.pages), ("words\u{c}", 0, Some(1)));
        assert!(inside.unseen.contains("a remark") && !holds(&after, "Quentin") && !holds(&after, "Metadata"));
        assert_eq!(strip(&before).unwrap(), after);
    }

    #[test]
    fn what_older_versions_say_is_gone() {
        let before = file("secret words", "", &[]);
        let content = stream("", "BT /F 12 Tf 20 100 Td (public) Tj ET");
        let before = appended(before, 4, &[&content]);
        assert!(pdf::read(&before).1.unseen_kinds.contains(&Unseen::Versions));
        let after = strip(&before).unwrap();
        let inside = pdf::read(&after).1;
        assert_eq!(inside.text.trim_end(), "public");
        assert!(!inside.unseen_kinds.contains(&Unseen::Versions) && !holds(&after, "secret words"));
    }

    #[test]
    fn a_label_that_a_machine_made_it_stays_and_a_picture_is_cleaned() {
        let xmp = stream("/Type/Metadata/Subtype/XML", "<dc:creator>Quentin</dc:creator><t>AIGC</t>");
        let picture = stream(
            "/Type/XObject/Subtype/Image/Width 1/Height 1/Filter/DCTDecode/Metadata 6 0 R",
            "told Quentin's jpeg",
        );
        let before = file("words", "/Metadata 6 0 R/X 7 0 R", &[xmp, picture]);
        let after = strip(&before).unwrap();
        assert!(holds(&after, "<x>AIGC</x>") && !holds(&after, "told") && holds(&after, "jpeg"));
    }

    #[test]
    fn what_is_locked_signed_or_broken_stays_as_it_is() {
        let signed = file(
            "words",
            "/AcroForm<</Fields[6 0 R]>>",
            &["<</FT/Sig/T(s)/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>>>".to_owned()],
        );
        assert_eq!(strip(&with_info(&signed)), None);
        let within = file("words", "/AcroForm<</Fields[<</FT/Sig/T(s)/V<</Type/Sig/Contents<00>>>>>]>>", &[]);
        assert_eq!(strip(&with_info(&within)), None);
        let manifest = file("words", "/AF[6 0 R]", &["<</Type/Filespec/AFRelationship/C2PA_Manifest>>".to_owned()]);
        assert_eq!(strip(&with_info(&manifest)), None);
        let whole = with_info(&file("words", "", &[]));
        let lock = format!("/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{0}>/U<{0}>>>/Root", "ab".repeat(32));
        let locked = String::from_utf8(whole.clone()).unwrap().replace("/Root", &lock);
        assert_eq!(strip(locked.as_bytes()), None);
        for end in (0..whole.len()).step_by(9) {
            strip(&whole[..end]);
        }
    }
}
