//! Covering parts of a picture, or of pages of a PDF: rectangles are burned into the pixels, and what stood there is in no published
//! file.

use std::collections::BTreeMap;

use image::{DynamicImage, GenericImage, GenericImageView, Rgba};
use serde_saphyr::Spanned;

use super::{clean, label, metadata, picture};
use crate::Message;
use crate::diagnostic::Code;
use crate::source::{Source, SourceId, Span};
use crate::yaml;
use crate::yaml::written::Written;

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
    /// How far from the left and from the top, how wide and how high.
    pub fn sides(&self) -> [f64; 4] {
        [self.left, self.top, self.width, self.height]
    }

    /// Whether none of the numbers is more than 1, as where they are fractions of the picture.
    fn is_in_fractions(&self) -> bool {
        [self.left, self.top, self.width, self.height].iter().all(|number| *number <= 1.0)
    }

    /// Whether it is smaller than one pixel of a picture of that size, so that next to nothing is covered.
    pub fn is_lost_in(&self, (width, height): (u32, u32)) -> bool {
        self.width / 100.0 * f64::from(width) < 1.0 || self.height / 100.0 * f64::from(height) < 1.0
    }
}

/// The quality of a JPEG that is covered, of 100.
const QUALITY: u8 = 92;

/// How a rectangle is written.
pub const HELP: Message = Message::fixed(
    "`cover: [{rect: [10, 20, 30, 5]}]`: how far from the left and from the top, how wide and how high, in \
         per cent of the picture; of a PDF with the page, `{page: 2, rect: […]}`",
    "`cover: [{rect: [10, 20, 30, 5]}]`：依次为距左边、距上边、宽、高，以图片的百分比计；PDF 还要写页码，`{page: 2, rect: […]}`",
);

/// What is wrong with what is written, and where.
pub type Fault = (Span, Message);

/// Reads what stands behind `cover:`; `range` is what of the source is YAML.
///
/// # Errors
/// The first thing that is no rectangle within the picture.
pub fn read(cover: &Spanned<Written>, source: &Source, range: Span) -> Result<Vec<Rect>, Fault> {
    let fault = |at: &Spanned<Written>, message: Message| Err((yaml::span_of(at, source, range), message));
    let Written::List(entries) = &cover.value else {
        return fault(
            cover,
            message!(
                en: "this is no list of what is covered",
                zh: "这里应是遮盖范围的清单"
            ),
        );
    };
    let mut rects = Vec::with_capacity(entries.len());
    for entry in entries {
        let Written::Map(fields) = &entry.value else {
            return fault(
                entry,
                message!(
                    en: "this names no rectangle",
                    zh: "没有写矩形"
                ),
            );
        };
        let mut found = None;
        let mut page = None;
        for (key, value) in fields {
            match key.as_str() {
                "rect" => match rect(value, source, range) {
                    Some(rect) if rect.is_in_fractions() => {
                        return fault(
                            value,
                            message!(
                                en: "this covers a hundredth of the picture each way, or less: it seems to be \
                                     written in fractions",
                                zh: "遮盖的长宽都不到图片的百分之一：看来写成了小数"
                            ),
                        );
                    }
                    Some(rect) => found = Some(rect),
                    None => {
                        return fault(
                            value,
                            message!(
                                en: "this is no rectangle within the picture",
                                zh: "矩形不在图片之内"
                            ),
                        );
                    }
                },
                "page" => {
                    let number = Written::text(value, source, range).and_then(|number| number.trim().parse().ok());
                    page = number.filter(|page| *page > 0);
                    if page.is_none() {
                        return fault(value, message!(en: "this is the number of no page", zh: "这不是页码"));
                    }
                }
                _ => {
                    return fault(
                        value,
                        message!(
                            en: "only `rect` and `page` are known here",
                            zh: "这里只能写 `rect` 和 `page`"
                        ),
                    );
                }
            }
        }
        match found {
            Some(rect) => rects.push(Rect { page, ..rect }),
            None => return fault(entry, message!(en: "this names no rectangle", zh: "没有写矩形")),
        }
    }
    if rects.is_empty() {
        return fault(cover, message!(en: "nothing is covered", zh: "没有遮盖任何部分"));
    }
    Ok(rects)
}

fn rect(value: &Spanned<Written>, source: &Source, range: Span) -> Option<Rect> {
    let Written::List(numbers) = &value.value else { return None };
    let number = |number| Written::text(number, source, range)?.trim().trim_end_matches('%').parse::<f64>().ok();
    let numbers: Vec<f64> = numbers.iter().filter_map(number).collect();
    let &[left, top, width, height] = numbers.as_slice() else { return None };
    let is_within = |from: f64, size: f64| from >= 0.0 && size > 0.0 && from + size <= 100.001;
    (is_within(left, width) && is_within(top, height)).then_some(Rect { page: None, left, top, width, height })
}

/// What the list of exhibits in `folder` covers of each file, by its path from the case folder. What is not written as it should
/// be is told when the list is read.
pub(crate) fn wanted(list: &Source, folder: &str) -> BTreeMap<String, Vec<Rect>> {
    let mut wanted: BTreeMap<String, Vec<Rect>> = BTreeMap::new();
    if !list.text.contains("cover") {
        return wanted;
    }
    let range = Span::new(0, list.text.len());
    let Ok(written) = yaml::read::<Spanned<Written>>(list, SourceId(0), range, Code::BadExhibits) else {
        return wanted;
    };
    let entries = match written.value {
        Written::Map(mut fields) => fields.pop().map(|(_, entries)| entries.value),
        other => Some(other),
    };
    let Some(Written::List(entries)) = entries else { return wanted };
    let of = |fields: &[(String, Spanned<Written>)], key: &str| fields.iter().position(|(name, _)| name == key);
    let mut add = |fields: &[(String, Spanned<Written>)]| {
        let (Some(file), Some(cover)) = (of(fields, "file"), of(fields, "cover")) else { return };
        let name = Written::text(&fields[file].1, list, range);
        if let (Some(name), Ok(rects)) = (name, read(&fields[cover].1, list, range)) {
            let path = format!("{folder}{}", name.trim().trim_start_matches("./").replace('\\', "/"));
            wanted.entry(path).or_default().extend(rects);
        }
    };
    for entry in &entries {
        let Written::Map(fields) = &entry.value else { continue };
        add(fields);
        let files = of(fields, "files").map(|at| &fields[at].1.value);
        for file in
            files.into_iter().flat_map(|files| if let Written::List(files) = files { files.as_slice() } else { &[] })
        {
            if let Written::Map(fields) = &file.value {
                add(fields);
            }
        }
    }
    wanted
}

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
    let manifest = clean::manifest_of(bytes, mime);
    let label = label::packet(bytes, &metadata::packed_xmp(bytes), &manifest);
    match label {
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

    fn rects(text: &str) -> Result<Vec<Rect>, Message> {
        let source = Source::new("exhibits.yaml", text.to_owned());
        let range = Span::new(0, text.len());
        let written = yaml::read::<Spanned<Written>>(&source, SourceId(0), range, Code::BadExhibits).unwrap();
        read(&written, &source, range).map_err(|(_, message)| message)
    }

    #[test]
    fn what_is_covered_lies_within_the_picture() {
        assert_eq!(rects("[{rect: [10, 20.5, 30, 5]}, {page: 1, rect: [0, 0, 100, 100]}]").unwrap().len(), 2);
        let thin = rects("[{rect: [0, 50, 100, 0.2]}]").unwrap();
        assert!(thin[0].is_lost_in((500, 400)) && !thin[0].is_lost_in((500, 500)));
        for text in [
            "[]",
            "1",
            "[1]",
            "[{page: 1}]",
            "[{rect: [1, 2, 3]}]",
            "[{rect: [90, 0, 20, 1]}]",
            "[{rect: [0, 0, 0, 1]}]",
            "[{rect: [0.09, 0.12, 0.24, 0.17]}]",
            "[{rect: [0, 0, 1, 1]}]",
            "[{page: 0, rect: [0, 0, 10, 10]}]",
            "[{page: x, rect: [0, 0, 10, 10]}]",
        ] {
            assert!(rects(text).is_err(), "{text}");
        }
    }

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
