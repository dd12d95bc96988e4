//! What a picture says about where, when and with what it was taken (CIPA DC-008, “Exif”; Adobe XMP).

use std::io::Cursor;

use exif::{Field, In, Tag};
use memchr::memmem;
use serde::{Deserialize, Serialize};

/// What stands in a picture beside its pixels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exif {
    /// Every entry: what it is called and what it says.
    pub entries: Vec<(String, String)>,
    /// Where the picture was taken, if it says so.
    pub location: Option<String>,
    /// What took it or wrote it, and for whom, if it says so.
    pub device: Option<String>,
}

/// The entries that tell of a device or its owner.
const DEVICE: &[Tag] = &[
    Tag::Make,
    Tag::Model,
    Tag::BodySerialNumber,
    Tag::LensSerialNumber,
    Tag::CameraOwnerName,
    Tag::Artist,
    Tag::ImageUniqueID,
];

/// The longest value that is kept, in characters.
const MAX_VALUE: usize = 120;

/// Reads what stands in a picture; none if nothing does.
pub fn read(bytes: &[u8]) -> Option<Exif> {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let found = reader.read_from_container(&mut Cursor::new(bytes));
    let found = found.or_else(|error| error.distill_partial_result(|_| {})).ok();
    let mut exif = Exif::default();
    if let Some(found) = found {
        let fields = found.fields().filter(|field| field.ifd_num == In::PRIMARY);
        let told = fields.filter(|field| !matches!(field.tag, Tag::MakerNote | Tag::UserComment));
        exif.entries = told.map(|field| (field.tag.to_string(), short(&value(field, &found)))).collect();
        exif.location = location(&found);
        let device: Vec<String> = DEVICE.iter().filter_map(|&tag| text(&found, tag)).collect();
        exif.device = (!device.is_empty()).then(|| device.join(", "));
    }
    // Programs write the place into XMP as well, as an attribute or an element.
    if exif.location.is_none() && memmem::find(bytes, b"exif:GPSLatitude").is_some() {
        exif.location = Some("in its XMP data".to_owned());
        exif.entries.push(("XMP".to_owned(), "GPSLatitude".to_owned()));
    }
    (!exif.entries.is_empty()).then_some(exif)
}

fn value(field: &Field, found: &exif::Exif) -> String {
    field.display_value().with_unit(found).to_string()
}

fn text(found: &exif::Exif, tag: Tag) -> Option<String> {
    let field = found.get_field(tag, In::PRIMARY)?;
    let words = value(field, found);
    let words = words.trim_matches(|c: char| c == '"' || c.is_whitespace());
    (!words.is_empty()).then(|| short(words))
}

/// A value on one line, not too long.
fn short(value: &str) -> String {
    let line: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_VALUE).collect();
    line.trim().to_owned()
}

/// The place in degrees, north and east positive, as far as the entries can be read.
fn location(found: &exif::Exif) -> Option<String> {
    let degrees = |tag: Tag, reference: Tag, negative: char| {
        let field = found.get_field(tag, In::PRIMARY)?;
        let exif::Value::Rational(parts) = &field.value else { return None };
        let parts = parts.iter().map(|part| if part.denom == 0 { 0.0 } else { part.to_f64() });
        let degrees: f64 = parts.zip([1.0, 60.0, 3600.0]).map(|(part, divisor)| part / divisor).sum();
        let turned = text(found, reference).is_some_and(|reference| reference.starts_with(negative));
        Some(if turned { -degrees } else { degrees })
    };
    let latitude = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, 'S');
    let longitude = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, 'W');
    Some(format!("{:.5}, {:.5}", latitude?, longitude?))
}
