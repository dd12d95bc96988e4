//! Pictures that are kept in boxes: HEIF and AVIF (ISO/IEC 14496-12 and 23008-12), and JPEG XL (ISO/IEC 18181-2).

use super::label;

/// The boxes that a picture is made of. Exif and XMP of HEIF lie within these, and are found by what they begin with.
const HEIF: [&[u8; 4]; 3] = [b"ftyp", b"meta", b"mdat"];
const JXL: [&[u8; 4]; 6] = [b"JXL ", b"ftyp", b"jxll", b"jxli", b"jxlc", b"jxlp"];

/// What a sequence of pictures has in addition, and the brands that are one.
const SEQUENCE: &[u8; 4] = b"moov";
const SEQUENCES: [&[u8; 4]; 4] = [b"msf1", b"hevc", b"hevx", b"avis"];

/// How the box of a C2PA manifest begins (C2PA 2.1, annex A.5).
const MANIFEST: &[u8; 16] = b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";

struct Outermost<'a> {
    kind: [u8; 4],
    contents: &'a [u8],
    end: usize,
}

/// The outermost boxes, up to the first that is not whole.
fn outermost(bytes: &[u8]) -> impl Iterator<Item = Outermost<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..)?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (kind, rest) = rest.split_first_chunk::<4>()?;
        let (length, head) = match u32::from_be_bytes(*length) {
            // It goes on to the end of the file.
            0 => (bytes.len() - at, 8),
            1 => (usize::try_from(u64::from_be_bytes(*rest.first_chunk::<8>()?)).ok()?, 16),
            length => (length as usize, 8),
        };
        let end = at.checked_add(length)?;
        let contents = bytes.get(at + head..end)?;
        at = end;
        Some(Outermost { kind: *kind, contents, end })
    })
}

/// Where the last whole box ends; none if there is none, as in JPEG XL that is not kept in boxes.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    outermost(bytes).last().map(|one| one.end)
}

/// The outermost boxes of which a picture is not made, by their names, but for labels that it was made by a machine.
pub(super) fn pieces(bytes: &[u8], mime: &str) -> Vec<String> {
    let is_jxl = mime == "image/jxl";
    let brand = bytes.get(8..12).unwrap_or_default();
    let is_sequence = SEQUENCES.iter().any(|own| own.as_slice() == brand);
    let is_picture = |one: &Outermost<'_>| match is_jxl {
        true => JXL.contains(&&one.kind),
        false => HEIF.contains(&&one.kind) || (is_sequence && one.kind == *SEQUENCE),
    };
    let is_filled =
        |one: &Outermost<'_>| matches!(&one.kind, b"free" | b"skip") && one.contents.iter().all(|byte| *byte == 0);
    let is_label = |one: &Outermost<'_>| match &one.kind {
        b"uuid" => one.contents.starts_with(MANIFEST) && label::is_label(one.contents),
        b"jumb" => label::is_label(one.contents),
        _ => false,
    };
    let other = outermost(bytes).filter(|one| !(is_picture(one) || is_filled(one) || is_label(one)));
    other.map(|one| String::from_utf8_lossy(&one.kind).trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
        [&(8 + contents.len() as u32).to_be_bytes()[..], kind, contents].concat()
    }

    #[test]
    fn boxes_that_are_no_part_of_a_picture_are_named() {
        let heic =
            [one(b"ftyp", b"heic\0\0\0\0"), one(b"meta", b"x"), one(b"free", &[0; 9]), one(b"mdat", b"y")].concat();
        assert_eq!((pieces(&heic, "image/heif"), end(&heic)), (Vec::new(), Some(heic.len())));
        let film =
            [heic.clone(), one(b"mpvd", b"film"), one(b"moov", b""), one(b"free", b"Ann"), one(b"uuid", b"x")].concat();
        assert_eq!(pieces(&film, "image/heif"), ["mpvd", "moov", "free", "uuid"]);
        let sequence = [one(b"ftyp", b"avis\0\0\0\0"), one(b"moov", b""), one(b"mdat", b"y")].concat();
        assert_eq!(pieces(&sequence, "image/avif"), Vec::<String>::new());
        let jxl = [one(b"JXL ", b"\r\n\x87\n"), one(b"ftyp", b"jxl "), one(b"jxlc", b"x")].concat();
        assert_eq!(pieces(&jxl, "image/jxl"), Vec::<String>::new());
        let packed = [jxl.clone(), one(b"brob", b"Exif..."), one(b"jbrd", b"")].concat();
        assert_eq!(pieces(&packed, "image/jxl"), ["brob", "jbrd"]);
        let behind = [jxl.clone(), b"\xff\xff\xff\xffAnn".to_vec()].concat();
        assert_eq!(end(&behind), Some(jxl.len()));
        assert_eq!(end(b"\xff\x0a"), None);
    }

    #[test]
    fn a_manifest_that_only_says_that_a_machine_made_the_picture_is_no_other_piece() {
        let manifest = |words: &[u8]| one(b"uuid", &[&MANIFEST[..], words].concat());
        let label = manifest(b"jumb c2pa.actions trainedAlgorithmicMedia");
        assert_eq!(pieces(&label, "image/heif"), Vec::<String>::new());
        assert_eq!(pieces(&manifest(b"jumb c2pa stds.exif GPSLatitude"), "image/heif"), ["uuid"]);
    }
}
