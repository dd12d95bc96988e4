//! Covering parts of a picture, or of pages of a PDF: rectangles are burned into the pixels, and what stood there is in no published
//! file.

use image::{DynamicImage, GenericImage, GenericImageView, Rgba};

use super::{clean, picture};

/// A rectangle, in per cent of the picture or page as it is seen: how far from its left and its upper side, how wide and how high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// On which page, from 1, if that is said.
    pub page: Option<u32>,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Rect {
    /// The rectangle of those numbers: from the left, from the top, width and height; none if it does not lie in the picture.
    pub fn new([left, top, width, height]: [f64; 4]) -> Option<Self> {
        let is_within = |from: f64, size: f64| from >= 0.0 && size > 0.0 && from + size <= 100.001;
        (is_within(left, width) && is_within(top, height)).then_some(Self { page: None, left, top, width, height })
    }

    /// The same rectangle on a page of a PDF, from 1, if it is said which.
    #[must_use]
    pub fn on_page(self, page: Option<u32>) -> Self {
        Self { page, ..self }
    }

    /// How far from the left and from the top, how wide and how high.
    pub fn sides(&self) -> [f64; 4] {
        [self.left, self.top, self.width, self.height]
    }

    /// Whether none of the numbers is more than 1, as where they are fractions of the picture.
    pub fn is_in_fractions(&self) -> bool {
        [self.left, self.top, self.width, self.height].iter().all(|number| *number <= 1.0)
    }

    /// Whether it is smaller than one pixel of a picture of that size, so that next to nothing is covered.
    pub fn is_lost_in(&self, (width, height): (u32, u32)) -> bool {
        self.width / 100.0 * f64::from(width) < 1.0 || self.height / 100.0 * f64::from(height) < 1.0
    }
}

/// The quality of a JPEG that is covered, of 100.
const QUALITY: u8 = 92;

/// The picture `bytes` of the media type `mime` with black rectangles in place of what they cover, without what it says beside
/// its pixels but for labels that a machine made it; none if it cannot be covered.
pub(super) fn burn(bytes: &[u8], mime: &str, rects: &[Rect]) -> Option<Vec<u8>> {
    let is_jpeg = match mime {
        "image/jpeg" => true,
        "image/png" => false,
        _ => return None,
    };
    if rects.iter().any(|rect| rect.page.is_some_and(|page| page > 1)) {
        return None;
    }
    let mut decoded = picture::decode(bytes).ok()?;
    for rect in rects {
        fill(&mut decoded.picture, rect);
    }
    let (picture, profile) = (&decoded.picture, decoded.profile.as_deref());
    let covered = if is_jpeg { picture::jpeg(picture, profile, QUALITY) } else { picture::png(picture, profile) };
    let covered = covered.ok()?;
    match clean::label_of(bytes, mime) {
        Some(label) => clean::labelled(&covered, mime, &label),
        None => Some(covered),
    }
}

/// Makes all pixels black that a rectangle touches.
pub(super) fn fill(picture: &mut DynamicImage, rect: &Rect) {
    let (width, height) = picture.dimensions();
    let bounds = |from: f64, size: f64, all: u32| {
        let at = |share: f64| share / 100.0 * f64::from(all);
        (at(from).floor() as u32)..(at(from + size).ceil() as u32).min(all)
    };
    for y in bounds(rect.top, rect.height, height) {
        for x in bounds(rect.left, rect.width, width) {
            picture.put_pixel(x, y, Rgba([0, 0, 0, u8::MAX]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_that_a_rectangle_touches_are_black_and_the_others_stay() {
        let mut white = DynamicImage::new_rgb8(10, 10);
        for (x, y) in (0..10).flat_map(|x| (0..10).map(move |y| (x, y))) {
            white.put_pixel(x, y, Rgba([u8::MAX; 4]));
        }
        let bytes = picture::png(&white, None).unwrap();
        let rects = [Rect { page: None, left: 15.0, top: 0.0, width: 20.0, height: 10.0 }];
        let covered = image::load_from_memory(&burn(&bytes, "image/png", &rects).unwrap()).unwrap();
        let black: Vec<(u32, u32)> =
            covered.pixels().filter(|(.., pixel)| pixel.0[0] == 0).map(|(x, y, _)| (x, y)).collect();
        assert_eq!(black, [(1, 0), (2, 0), (3, 0)]);
        let elsewhere = [Rect { page: Some(2), ..rects[0] }];
        assert!(burn(&bytes, "image/png", &elsewhere).is_none());
        assert!(burn(&bytes, "image/gif", &rects).is_none() && burn(b"x", "image/png", &rects).is_none());
    }
}
