//! Covering parts of a PDF: what is published in its place has pictures of its pages, and below a rectangle stands nothing.

use casefile_inside::Inside;
use casefile_inside::pdf::COVERED;
use casefile_inside::pdf::pages::{self, Cover, Drawn, NotDrawn};
use casefile_inside::pdf::pictures::{Packed, PageOfPicture, Pictures};
use image::{DynamicImage, GenericImageView, RgbImage};
use img_parts::png::Png;
use serde::{Deserialize, Serialize};

use super::cover::{self, Rect};
use super::inside::Private;
use super::picture::{self, Made};
use crate::Message;
use crate::privacy::PrivateKind;

/// The quality of pages that are photographs, of 100.
const QUALITY: u8 = 86;

/// The width in pixels of a page as the page of an exhibit shows it, and of the thumbnail.
const SHOWN: u32 = 800;
const THUMBNAIL: u32 = 226;

/// The pages of a PDF as they may be published.
#[derive(Debug)]
pub(super) struct CoveredPages {
    /// A PDF of pictures.
    pub(super) pdf: Vec<u8>,
    /// The first page, small.
    pub(super) thumbnail: Option<Made>,
    /// Each page as it is shown.
    pub(super) shown: Vec<Made>,
    /// The text that is seen on them still.
    pub(super) text: String,
}

/// Why a PDF cannot be covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uncoverable {
    /// It is not said on which page.
    NoPage,
    /// It has no page of that number.
    NoSuchPage(u32),
    /// It is locked with a password.
    Locked,
    /// It is damaged.
    Broken,
    /// It has too many pages, or takes too much.
    TooLarge,
    /// A page has text whose letters the file does not hold.
    WithoutFont(u32),
    /// A page has something that could not be drawn.
    Incomplete(u32),
}

impl Uncoverable {
    /// What is wrong.
    pub fn message(self) -> Message {
        match self {
            Self::NoPage => message!(
                en: "it is not said on which page of the PDF this is covered",
                zh: "没有写遮盖的是 PDF 的第几页"
            ),
            Self::NoSuchPage(page) => message!(en: "the PDF has no page {page}", zh: "PDF 没有第 {page} 页"),
            Self::Locked => message!(
                en: "the PDF is locked with a password, and cannot be covered",
                zh: "PDF 有密码，无法遮盖"
            ),
            Self::Broken => message!(
                en: "the PDF is damaged, and cannot be covered",
                zh: "PDF 已损坏，无法遮盖"
            ),
            Self::TooLarge => message!(
                en: "drawing the pages of this PDF takes too much, and it cannot be covered",
                zh: "这份 PDF 的页面太多或太复杂，无法遮盖"
            ),
            Self::WithoutFont(page) => message!(
                en: "page {page} of the PDF has text in a font that it does not hold, and would not be drawn rightly",
                zh: "PDF 第 {page} 页用了文件中没有内嵌的字体，画不准确"
            ),
            Self::Incomplete(page) => message!(
                en: "page {page} of the PDF has something that cannot be drawn",
                zh: "PDF 第 {page} 页有画不出的内容"
            ),
        }
    }
}

impl From<NotDrawn> for Uncoverable {
    fn from(why: NotDrawn) -> Self {
        let number = |page: usize| u32::try_from(page + 1).unwrap_or(u32::MAX);
        match why {
            NotDrawn::Locked => Self::Locked,
            NotDrawn::Broken | NotDrawn::Stopped => Self::Broken,
            NotDrawn::TooLarge => Self::TooLarge,
            NotDrawn::WithoutFont(page) => Self::WithoutFont(number(page)),
            NotDrawn::Incomplete(page) => Self::Incomplete(number(page)),
        }
    }
}

/// The pages of the PDF `bytes`, of which there are `count`, with black rectangles in place of what they cover. Of itself the file
/// says nothing but `label`, that a machine made it.
pub(super) fn burn(
    bytes: &[u8],
    count: Option<u32>,
    rects: &[Rect],
    label: Option<&str>,
) -> Result<CoveredPages, Uncoverable> {
    let count = count.ok_or(Uncoverable::Broken)?;
    let page_of = |rect: &Rect| match rect.page {
        Some(page) if page > count => Err(Uncoverable::NoSuchPage(page)),
        Some(page) => Ok(page as usize - 1),
        None if count == 1 => Ok(0),
        None => Err(Uncoverable::NoPage),
    };
    let covers = rects.iter().map(|rect| Ok(Cover { page: page_of(rect)?, rect: rect.sides() }));
    let covers: Vec<Cover> = covers.collect::<Result<_, Uncoverable>>()?;
    let mut pictures = Pictures::default();
    let mut made = CoveredPages { pdf: Vec::new(), thumbnail: None, shown: Vec::new(), text: String::new() };
    let mut next = 0;
    pages::draw(bytes, &covers, &mut |drawn| {
        let number = next;
        next += 1;
        let here = rects.iter().zip(&covers).filter(|(_, cover)| cover.page == number);
        add(drawn, here.map(|(rect, _)| rect), &mut pictures, &mut made).is_some()
    })?;
    made.pdf = pictures.finish(label).ok_or(Uncoverable::Broken)?;
    Ok(made)
}

fn add<'a>(
    drawn: Drawn,
    rects: impl Iterator<Item = &'a Rect>,
    pictures: &mut Pictures,
    made: &mut CoveredPages,
) -> Option<()> {
    let Drawn { width, height, points, pixels, text } = drawn;
    let mut page = DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, pixels)?);
    for rect in rects {
        cover::fill(&mut page, rect);
    }
    let is_grey = page.as_rgb8()?.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]);
    if is_grey {
        page = DynamicImage::ImageLuma8(page.into_luma8());
    }
    let png = picture::png(&page, None).ok()?;
    let jpeg = picture::jpeg(&page, None, QUALITY).ok()?;
    let packed =
        if png.len() <= jpeg.len() { Packed::Png { rows: rows_of(png)?, is_grey } } else { Packed::Jpeg(jpeg) };
    pictures.add(PageOfPicture { width, height, points, packed });
    if made.thumbnail.is_none() {
        made.thumbnail = Some(small(&page, THUMBNAIL)?);
    }
    made.shown.push(small(&page, SHOWN)?);
    made.text.push_str(&text);
    made.text.push('\u{c}');
    Some(())
}

/// A page made small; one that is not larger stays as it is.
fn small(page: &DynamicImage, width: u32) -> Option<Made> {
    picture::make(page, width.min(page.dimensions().0), false, None).ok()
}

/// The deflated rows of a PNG.
fn rows_of(png: Vec<u8>) -> Option<Vec<u8>> {
    let png = Png::from_bytes(png.into()).ok()?;
    let data = png.chunks().iter().filter(|chunk| &chunk.kind() == b"IDAT");
    Some(data.flat_map(|chunk| chunk.contents().iter().copied()).collect())
}

/// What is known of the pages by their text: where they are pictures themselves, that they could not be read.
pub(super) fn inside(text: &str, before: &super::inside::LookedInside) -> super::inside::LookedInside {
    let inside = Inside { text: text.to_owned(), unread: before.unread, ..Inside::default() };
    let mut looked = super::inside::LookedInside::of(inside);
    looked.private.extend(barely_covered(text));
    looked
}

/// How many digits a number of identity has.
const IDENTITY: usize = 18;

/// How many covered digits of it anybody works out from the others: the last one is a check digit, and four are a year or a day.
const WORKED_OUT: usize = 4;

/// Numbers of identity of which so few digits are covered that the others tell them.
fn barely_covered(text: &str) -> Vec<Private> {
    let is_part = |c: char| c == COVERED || c.is_ascii_digit() || matches!(c, 'X' | 'x');
    let mut found = Vec::new();
    for (page, text) in (1..).zip(text.split('\x0c')) {
        let runs = text.split(|c: char| !is_part(c)).filter(|run| run.chars().count() == IDENTITY);
        for run in runs {
            let covered = run.chars().filter(|c| *c == COVERED).count();
            if (1..=WORKED_OUT).contains(&covered) {
                let shown = format!("{}…", run.chars().take(3).collect::<String>());
                found.push(Private { kind: PrivateKind::Identity, value: run.to_owned(), shown, page: Some(page) });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_which_a_few_digits_are_covered_still_tells_and_one_without_its_day_does_not() {
        let number = |covered: std::ops::Range<usize>| {
            let digit = |at: usize| if covered.contains(&at) { COVERED } else { '1' };
            format!("号码\x0c号码 {}，", (0..IDENTITY).map(digit).collect::<String>())
        };
        for told in [0..1, 17..18, 5..9] {
            let found = barely_covered(&number(told));
            assert_eq!((found.len(), found[0].page), (1, Some(2)));
        }
        for silent in [0..0, 6..14, 0..18] {
            assert!(barely_covered(&number(silent)).is_empty());
        }
    }
}
