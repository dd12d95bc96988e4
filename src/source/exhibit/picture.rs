//! Pictures made small enough for pages.

use std::io::Cursor;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::clean::end_of;
use super::damage::Damage;
use fast_image_resize::{ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageEncoder, ImageReader, Limits};

/// The most pixels of a picture that is made small. A larger one is offered whole.
const MAX_PIXELS: u64 = 64_000_000;

/// The longest side of a picture that is made small, in pixels: JPEG knows no longer one, and of a picture one pixel wide the
/// decoder keeps several times its pixels.
const MAX_SIDE: u32 = u16::MAX as u32;

/// The most bytes that one picture may take while it is read.
const MAX_BYTES: u64 = 3 * MAX_PIXELS;

/// How many bytes a decoder may keep before the pixels: colour profiles have some megabytes at most.
const MAX_ASIDE: u64 = 32 << 20;

/// Pictures of more pixels than this are read one at a time, so that many of them need no more memory than one.
const LARGE: u64 = 12_000_000;

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The longest side of a thumbnail, in pixels.
const THUMBNAIL: u32 = 320;

/// The widths of the pictures on a page, in pixels.
const WIDTHS: [u32; 2] = [800, 1600];

/// The quality of a JPEG, of 100.
const QUALITY: u8 = 84;

/// A picture made of another one.
#[derive(Debug)]
pub struct Made {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// `jpg` or `png`.
    pub ending: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What a picture was found to be.
#[derive(Debug)]
pub struct Read {
    /// Its width in pixels, the right way up.
    pub width: u32,
    /// Its height in pixels, the right way up.
    pub height: u32,
    /// The picture made small, smallest first; only what is smaller than the picture.
    pub made: Vec<Made>,
}

/// A reader of a picture that unpacks no more of what stands beside the pixels, such as a colour profile, than would be
/// sensible: a few hundred bytes may unpack to gigabytes.
///
/// # Errors
/// Never for bytes in memory.
pub fn reader(bytes: &[u8]) -> std::io::Result<ImageReader<Cursor<&[u8]>>> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ASIDE);
    reader.limits(limits);
    Ok(reader)
}

/// Reads a picture and makes it small.
///
/// # Errors
/// Why it cannot be read: it is damaged, or too large.
pub fn read(bytes: &[u8]) -> Result<Read, Damage> {
    let Decoded { picture, profile, is_jpeg, .. } = decode(bytes)?;
    let (width, height) = picture.dimensions();
    let scale = f64::from(THUMBNAIL) / f64::from(width.max(height));
    let mut sizes = vec![(f64::from(width) * scale) as u32];
    sizes.extend(WIDTHS);
    let smaller = sizes.into_iter().filter(|&wanted| wanted < width);
    let made = smaller.map(|wanted| make(&picture, wanted.max(1), is_jpeg, profile.as_deref()));
    let made = made.collect::<Result<_, _>>()?;
    Ok(Read { width, height, made })
}

/// The pixels of a picture.
pub(super) struct Decoded {
    /// The right way up.
    pub(super) picture: DynamicImage,
    /// Its colour profile.
    pub(super) profile: Option<Vec<u8>>,
    is_jpeg: bool,
    /// Held while a large picture is in memory.
    _turn: Option<MutexGuard<'static, ()>>,
}

/// Reads the pixels of a picture.
///
/// # Errors
/// Why it cannot be read: it is damaged, or too large.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Damage> {
    let reader = reader(bytes).map_err(|error| Damage::Other(error.to_string()))?;
    let is_jpeg = reader.format() == Some(image::ImageFormat::Jpeg);
    // The library fills up what is missing with grey.
    if is_jpeg && end_of(bytes, "image/jpeg").is_none() {
        return Err(Damage::Short);
    }
    let mut decoder = reader.into_decoder().map_err(|error| plain(&error))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MAX_PIXELS || width.max(height) > MAX_SIDE || decoder.total_bytes() > MAX_BYTES {
        return Err(Damage::Wide(width, height));
    }
    let turn = (pixels > LARGE).then(|| ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    decoder.set_limits(limits).map_err(|error| plain(&error))?;
    let profile = decoder.icc_profile().ok().flatten();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| plain(&error))?;
    picture.apply_orientation(orientation);
    Ok(Decoded { picture, profile, is_jpeg, _turn: turn })
}

/// Makes one smaller picture: a JPEG of a JPEG, else whichever of JPEG and PNG is smaller; what is transparent stays so.
pub(super) fn make(picture: &DynamicImage, width: u32, is_jpeg: bool, profile: Option<&[u8]>) -> Result<Made, Damage> {
    let height = (f64::from(picture.height()) * f64::from(width) / f64::from(picture.width())).round().max(1.0) as u32;
    let transparent = picture.color().has_alpha() && has_transparency(picture);
    let mut small = DynamicImage::new(width, height, picture.color());
    let filter = ResizeAlg::Convolution(fast_image_resize::FilterType::Lanczos3);
    // Colours are weighed by their opacity only where something is transparent, for that takes a copy of the picture.
    let options = ResizeOptions::new().resize_alg(filter).use_alpha(transparent);
    Resizer::new().resize(picture, &mut small, &options).map_err(|error| Damage::Other(error.to_string()))?;
    let png = if is_jpeg { None } else { Some(png(&small, profile)?) };
    let jpeg = if transparent { None } else { Some(jpeg(&small, profile, QUALITY)?) };
    let smaller = match (jpeg, png) {
        (Some(jpeg), Some(png)) if png.len() <= jpeg.len() => ("png", png),
        (Some(jpeg), _) => ("jpg", jpeg),
        (None, Some(png)) => ("png", png),
        (None, None) => return Err(Damage::Blank),
    };
    Ok(Made { width, height, ending: smaller.0, bytes: smaller.1 })
}

/// Whether any pixel lets through what is behind it.
fn has_transparency(picture: &DynamicImage) -> bool {
    match picture {
        DynamicImage::ImageRgba8(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX),
        DynamicImage::ImageLumaA8(pixels) => pixels.pixels().any(|pixel| pixel.0[1] < u8::MAX),
        other => other.color().has_alpha(),
    }
}

/// A JPEG of a picture, in a quality of up to 100.
pub(super) fn jpeg(picture: &DynamicImage, profile: Option<&[u8]>, quality: u8) -> Result<Vec<u8>, Damage> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    if let Some(profile) = profile {
        // A profile that does not fit is left out: the colours are then those of most screens.
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
    let pixels = picture.to_rgb8();
    let color = image::ExtendedColorType::Rgb8;
    encoder
        .write_image(&pixels, picture.width(), picture.height(), color)
        .map_err(|error| Damage::Other(error.to_string()))?;
    Ok(bytes)
}

/// A PNG of a picture.
pub(super) fn png(picture: &DynamicImage, profile: Option<&[u8]>) -> Result<Vec<u8>, Damage> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(profile) = profile {
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
    picture.write_with_encoder(encoder).map_err(|error| Damage::Other(error.to_string()))?;
    Ok(bytes)
}

/// What the library says, in one line.
fn plain(error: &image::ImageError) -> Damage {
    let words = error.to_string();
    Damage::Other(words.lines().next().unwrap_or_default().trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of one pixel with a colour profile of `len` bytes.
    fn with_profile(len: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(vec![0; len]).unwrap();
        encoder.write_image(&[0, 0, 0], 1, 1, image::ExtendedColorType::Rgb8).unwrap();
        bytes
    }

    fn profile(bytes: &[u8]) -> usize {
        let mut decoder = reader(bytes).unwrap().into_decoder().unwrap();
        decoder.icc_profile().unwrap().map_or(0, |profile| profile.len())
    }

    #[test]
    fn a_colour_profile_that_unpacks_to_more_than_any_has_is_left_out() {
        let bytes = with_profile(MAX_ASIDE as usize + 1);
        assert!(bytes.len() < 100_000);
        assert_eq!(profile(&bytes), 0);
        assert_eq!(read(&bytes).unwrap().width, 1);
        assert_eq!(profile(&with_profile(100_000)), 100_000);
    }

    /// The beginning of a picture that says to have this size.
    fn of_size(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        PngEncoder::new(&mut bytes).write_image(&[0, 0, 0], 1, 1, image::ExtendedColorType::Rgb8).unwrap();
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let mut sum = flate2::Crc::new();
        sum.update(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&sum.sum().to_be_bytes());
        bytes
    }

    #[test]
    fn a_picture_that_would_unpack_to_too_much_is_not_unpacked() {
        let refused = |width: u32, height: u32| matches!(read(&of_size(width, height)), Err(Damage::Wide(..)));
        for (width, height) in [(MAX_SIDE + 1, 1), (1, MAX_SIDE + 1), (8_001, 8_001)] {
            assert!(refused(width, height), "{width} × {height}");
        }
        for (width, height) in [(MAX_SIDE, 2), (100, 100)] {
            assert!(!refused(width, height), "{width} × {height}");
        }
        assert_eq!(read(&of_size(1, 1)).unwrap().width, 1);
    }
}
