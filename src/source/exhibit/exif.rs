//! What a picture says about where, when and with what it was taken (CIPA DC-008, “Exif”; Adobe XMP).

use std::io::Cursor;

use exif::{Field, In, Tag};
use image::{ImageDecoder, ImageReader};
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
    Tag::LensModel,
    Tag::CameraOwnerName,
    Tag::Artist,
    Tag::Copyright,
    Tag(exif::Context::Tiff, HOST_COMPUTER),
    Tag(exif::Context::Tiff, XP_AUTHOR),
];

/// Tags that the library has no name for: that of the computer, and that of the author as Windows writes it.
const HOST_COMPUTER: u16 = 0x013c;
const XP_AUTHOR: u16 = 0x9c9d;

/// What XMP calls the place, and the device or its owner.
const XMP_PLACE: &[&str] = &["GPSLatitude", "GPSLongitude"];
const XMP_DEVICE: &[&str] =
    &["Make", "Model", "SerialNumber", "BodySerialNumber", "OwnerName", "CameraOwnerName", "LensModel", "Lens"];

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
    let xmp = xmp(bytes);
    let said = |names: &[&str]| {
        let found: Vec<String> = names.iter().filter_map(|name| in_xmp(&xmp, name)).collect();
        (!found.is_empty()).then(|| found.join(", "))
    };
    for (told, names) in [(&mut exif.location, XMP_PLACE), (&mut exif.device, XMP_DEVICE)] {
        let Some(words) = said(names) else { continue };
        exif.entries.push(("XMP".to_owned(), words.clone()));
        told.get_or_insert(words);
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

/// The XMP packet of a picture; empty if it has none.
fn xmp(bytes: &[u8]) -> String {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let decoder = reader.ok().and_then(|reader| reader.into_decoder().ok());
    let packet = decoder.and_then(|mut decoder| decoder.xmp_metadata().ok().flatten());
    String::from_utf8_lossy(&packet.unwrap_or_default()).into_owned()
}

/// What XMP says under a name, whatever prefix the name has: an attribute, or an element.
fn in_xmp(xmp: &str, name: &str) -> Option<String> {
    xmp.match_indices(name).find_map(|(at, _)| {
        if !xmp[..at].ends_with(':') {
            return None;
        }
        let rest = xmp[at + name.len()..].trim_start();
        let value = match rest.strip_prefix('=').map(str::trim_start) {
            Some(value) => value.strip_prefix('"').and_then(|value| value.split('"').next())?,
            None => rest.strip_prefix('>').and_then(|value| value.split('<').next())?,
        };
        (!value.trim().is_empty()).then(|| short(value))
    })
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
    let (latitude, longitude) = (latitude?, longitude?);
    // A device without a fix writes zeros.
    (latitude != 0.0 || longitude != 0.0).then(|| format!("{latitude:.5}, {longitude:.5}"))
}
