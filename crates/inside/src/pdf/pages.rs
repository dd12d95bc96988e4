//! The pages of a PDF drawn, for those that can only be published as pictures: parts of them are covered, and below a box that is
//! put over a page its text would still stand.
//!
//! Nothing is drawn that takes too much memory or time, and no page is given that does not look as its file says.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf as File};
use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape};
use hayro_interpret::pattern::{Pattern, TilingPattern};
use hayro_interpret::util::TransformExt;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, interpret_page,
};

use super::drawing::Drawing;
use super::{MAX_GLYPHS, PageText, streams};
use crate::work::Work;

/// How fine pages are drawn: print is read at this size, and so are small characters.
const DOTS_PER_INCH: f64 = 200.0;
const POINTS_PER_INCH: f64 = 72.0;

/// The most pixels of a page, and its longest side. A larger one is drawn less fine.
const MAX_PIXELS: f64 = 8_000_000.0;
const MAX_SIDE: f64 = 8_000.0;

/// The most pages that are drawn.
const MAX_PAGES: usize = 300;

/// The most pixels that a picture in a page may have.
const MAX_PICTURE: u64 = 64_000_000;

/// What drawing may take for any file and for each of its pages on top of that, in steps of about a nanosecond.
const FOR_ANY: u64 = 20_000_000_000;
const FOR_EACH_PAGE: u64 = 2_000_000_000;

/// What the parts of a path, a letter, and a letter that is a drawing by itself cost.
const PART: u64 = 1_000;
const LETTER: u64 = 5_000;
const DRAWN_LETTER: u64 = 100_000;

/// The glyph of a font that stands for all that it has no shape for.
const NO_SHAPE: u32 = 0;

/// A part of a page that is covered, in hundredths of the page as it is seen: from the left, from the top, how wide, how high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cover {
    /// On which page, from 0.
    pub page: usize,
    /// Where.
    pub rect: [f64; 4],
}

/// A page as it is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// How wide and how high the page is, in points.
    pub points: (f32, f32),
    /// Red, green and blue of each pixel, row by row.
    pub pixels: Vec<u8>,
    /// The text that stands on it, as far as it is not covered.
    pub text: String,
}

/// Why pages are not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDrawn {
    /// The file is locked with a password.
    Locked,
    /// It is damaged.
    Broken,
    /// It has too many pages, or drawing them takes too much.
    TooLarge,
    /// A page, from 0, has text whose letters the file does not hold.
    WithoutFont(usize),
    /// A page, from 0, has a picture or a note that could not be drawn.
    Incomplete(usize),
    /// Whoever asked wants no more of them.
    Stopped,
}

/// Draws the pages of a PDF one after another. Nothing is covered in the pixels: that is left to whoever gets them, and the covers tell
/// which text is left.
///
/// # Errors
/// Why a page cannot be drawn, or [`NotDrawn::Stopped`] as soon as `each` returns false. What was given before is of no use then.
pub fn draw(bytes: &[u8], covers: &[Cover], each: &mut dyn FnMut(Drawn) -> bool) -> Result<(), NotDrawn> {
    let mut work = Work::new(bytes.len());
    if !streams::opens(bytes, &mut work) {
        return Err(NotDrawn::Broken);
    }
    let shared = Arc::new(bytes.to_vec());
    let drawn = catch_unwind(AssertUnwindSafe(|| match File::new(shared) {
        Ok(file) => draw_all(&file, covers, &mut work, each),
        Err(LoadPdfError::Decryption(_)) => Err(NotDrawn::Locked),
        Err(LoadPdfError::Invalid) => Err(NotDrawn::Broken),
    }));
    drawn.unwrap_or(Err(NotDrawn::Broken))
}

fn draw_all(
    file: &File,
    covers: &[Cover],
    work: &mut Work,
    each: &mut dyn FnMut(Drawn) -> bool,
) -> Result<(), NotDrawn> {
    let sizes = streams::sizes(file, work).ok_or(NotDrawn::TooLarge)?;
    let pages = file.pages();
    match pages.len() {
        0 => return Err(NotDrawn::Broken),
        1..=MAX_PAGES => {}
        _ => return Err(NotDrawn::TooLarge),
    }
    let mut drawing = Drawing::of_all(file, sizes);
    let measuring = InterpreterCache::new();
    let cache = RenderCache::new();
    let mut left = Work::of(FOR_ANY.saturating_add(FOR_EACH_PAGE.saturating_mul(pages.len() as u64)));
    let mut letters = MAX_GLYPHS;
    for (number, page) in pages.iter().enumerate() {
        if !drawing.allows(page, work) {
            return Err(NotDrawn::TooLarge);
        }
        let size = Size::of(page);
        let incomplete = Arc::new(AtomicBool::new(false));
        let settings = settings(&incomplete);
        // As it is drawn, but only counted; places are hundredths of the page.
        let (width, height) = page.render_dimensions();
        let hundredths = Affine::scale_non_uniform(100.0 / f64::from(width), 100.0 / f64::from(height));
        let transform = hundredths * page.initial_transform(true).to_kurbo();
        let bounds = Rect::new(0.0, 0.0, 100.0, 100.0);
        let mut context = Context::new(transform, bounds, &measuring, page.xref(), settings.clone());
        let covered = covers.iter().filter(|cover| cover.page == number).map(|cover| {
            let [left, top, width, height] = cover.rect;
            Rect::new(left, top, left + width, top + height)
        });
        let mut measured = Measured {
            text: PageText { covered: covered.collect(), ..PageText::new(letters) },
            left: &mut left,
            size,
            is_too_large: false,
            without_font: false,
        };
        interpret_page(page, &mut context, &mut measured);
        letters = measured.text.left;
        if measured.is_too_large || letters == 0 {
            return Err(NotDrawn::TooLarge);
        }
        if measured.without_font {
            return Err(NotDrawn::WithoutFont(number));
        }
        let text = measured.text.text;
        let pixmap = render(
            page,
            &cache,
            &settings,
            &RenderSettings::default(),
            &PixmapSettings { x_scale: size.scale, y_scale: size.scale, bg_color: WHITE },
        );
        if incomplete.load(Ordering::Relaxed) {
            return Err(NotDrawn::Incomplete(number));
        }
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        // White lies below, so every pixel is whole.
        let pixels = pixmap.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        if !each(Drawn { width, height, points: page.render_dimensions(), pixels, text }) {
            return Err(NotDrawn::Stopped);
        }
    }
    Ok(())
}

/// How pages are read; what cannot be drawn is noted.
fn settings(incomplete: &Arc<AtomicBool>) -> InterpreterSettings {
    let incomplete = Arc::clone(incomplete);
    InterpreterSettings {
        warning_sink: Arc::new(move |_| incomplete.store(true, Ordering::Relaxed)),
        ..InterpreterSettings::default()
    }
}

/// How large a page is drawn.
#[derive(Debug, Clone, Copy)]
struct Size {
    scale: f32,
    width: f64,
    height: f64,
}

impl Size {
    fn of(page: &Page<'_>) -> Self {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let scale = DOTS_PER_INCH / POINTS_PER_INCH;
        let scale = scale.min((MAX_PIXELS / (width * height)).sqrt()).min(MAX_SIDE / width.max(height));
        // A page that is next to nothing still has a pixel.
        let scale = scale.max(1.0 / width.min(height));
        Self { scale: scale as f32, width: width * scale, height: height * scale }
    }

    fn pixels(self) -> u64 {
        (self.width * self.height) as u64
    }

    /// How many pixels a part of the page has that is told in hundredths, as far as it lies on it.
    fn pixels_of(self, part: Rect) -> u64 {
        let part = part.intersect(Rect::new(0.0, 0.0, 100.0, 100.0));
        (part.area().max(0.0) / 10_000.0 * self.width * self.height) as u64
    }
}

/// Counts what drawing a page takes, and takes its text.
struct Measured<'w> {
    text: PageText,
    left: &'w mut Work,
    size: Size,
    is_too_large: bool,
    without_font: bool,
}

impl Measured<'_> {
    fn take(&mut self, steps: u64) {
        self.is_too_large |= !self.left.take(steps);
    }

    fn take_mask(&mut self, mask: Option<&SoftMask<'_>>) {
        if mask.is_some() {
            self.take(self.size.pixels() * 4);
        }
    }

    fn take_paint(&mut self, area: Rect, paint: &Paint<'_>) {
        let pixels = self.size.pixels_of(area);
        match paint {
            Paint::Color(_) => self.take(pixels / 4),
            Paint::Pattern(pattern) => match &**pattern {
                Pattern::Shading(_) => self.take(pixels * 50),
                Pattern::Tiling(tiling) => self.take_tiles(tiling, area),
            },
        }
    }

    /// What repeats is drawn into a picture of one of its tiles, as often as tiles overlap.
    fn take_tiles(&mut self, tiling: &TilingPattern<'_>, area: Rect) {
        let inverse = tiling.matrix.inverse();
        let area = inverse.transform_rect_bbox(area);
        let copies = |step: f32, cell: f64, seen: f64| {
            let step = f64::from(step.abs());
            let reach = if seen >= step { cell } else { seen + cell };
            (reach / step).ceil() + 2.0
        };
        let across = copies(tiling.x_step, tiling.bbox.width(), area.width());
        let down = copies(tiling.y_step, tiling.bbox.height(), area.height());
        // One that is not a number is too much as well.
        let is_sensible = area.is_finite() && across * down < 10_000.0;
        let seen = tiling.matrix.transform_rect_bbox(area);
        let is_on_page = seen.width() < 1_000.0 && seen.height() < 1_000.0;
        if is_sensible && is_on_page {
            self.take((across * down) as u64 * 100_000 + self.size.pixels() * 4);
        } else {
            self.is_too_large = true;
        }
    }
}

impl<'a> Device<'a> for Measured<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.take(path.elements().len() as u64 * PART);
        self.take_mask(props.soft_mask.as_ref());
        let area = props.transform.transform_rect_bbox(path.bounding_box());
        self.take_paint(area, &props.paint);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.take_mask(props.soft_mask.as_ref());
        for glyph in run.glyphs() {
            match &**glyph {
                Glyph::Outline(outline) => {
                    self.take(LETTER);
                    let is_shown = !matches!(mode, DrawMode::Invisible);
                    let has_shape =
                        || outline.glyph_id().to_u32() != NO_SHAPE && !outline.outline().elements().is_empty();
                    if is_shown && !self.without_font && !has_shape() {
                        let is_word = |said: BfString| match said {
                            BfString::Char(c) => c.is_alphanumeric(),
                            BfString::String(text) => text.chars().any(char::is_alphanumeric),
                        };
                        self.without_font |= glyph.as_unicode().is_some_and(is_word);
                    }
                }
                Glyph::Type3(_) => self.take(DRAWN_LETTER),
            }
        }
        if !matches!(props.paint, Paint::Color(_)) {
            self.take(self.size.pixels() * 4);
        }
        self.text.draw_glyph_run(run, props, mode);
    }

    fn begin_marked_content(&mut self, _: &[u8], _: Option<&Dict<'_>>) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = u64::from(image.width()) * u64::from(image.height());
        self.take_mask(props.soft_mask.as_ref());
        self.is_too_large |= pixels > MAX_PICTURE;
        self.take(pixels.saturating_mul(20));
        self.text.draw_image(image, props);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.take(clip.path.elements().len() as u64 * PART + self.size.pixels() / 16);
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.take(self.size.pixels() / 16);
        self.take_mask(mask.as_ref());
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::super::tests::{packed, pdf};
    use super::*;

    fn why_not(file: &[u8]) -> Option<NotDrawn> {
        draw(file, &[], &mut |_| true).err()
    }

    fn pages(file: &[u8], covers: &[Cover]) -> Result<Vec<Drawn>, NotDrawn> {
        let mut drawn = Vec::new();
        draw(file, covers, &mut |page| {
            drawn.push(page);
            true
        })
        .map(|()| drawn)
    }

    /// A page of an inch each way that draws `content`, turned by `turned`, with these resources.
    fn showing(content: &str, turned: u32, resources: &str, more: &[&str]) -> Vec<u8> {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Rotate {turned}/Contents 4 0 R/Resources<<{resources}>>>>"
        );
        let stream = format!("<</Length {}>>\nstream\n{content}\nendstream", content.len());
        let tree = "<</Type/Pages/Count 1/Kids[3 0 R]>>";
        let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>", tree, &page, &stream];
        objects.extend(more);
        pdf(&objects)
    }

    #[test]
    fn a_page_is_drawn_as_it_is_seen() {
        // The lower left quarter is black.
        let content = "0 0 36 36 re f";
        for (turned, corner) in [(0, (10, 190)), (90, (10, 10)), (180, (190, 10)), (270, (190, 190))] {
            let drawn = pages(&showing(content, turned, "", &[]), &[]).unwrap();
            let page = &drawn[0];
            assert_eq!((page.width, page.height, page.points), (200, 200, (72.0, 72.0)));
            for (x, y) in [(10, 190), (10, 10), (190, 10), (190, 190)] {
                let shade = page.pixels[(y * 200 + x) * 3];
                assert_eq!(shade == 0, (x, y) == corner, "{turned}: {x} {y}");
            }
        }
    }

    const FONT: &str = "/Font<</F 5 0 R>>";
    const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

    #[test]
    fn text_that_is_covered_is_not_told_and_all_other_text_is() {
        let content = "BT /F 12 Tf 10 50 Td (Ann 12) Tj 0 -30 Td 3 Tr (Bob) Tj ET";
        let file = showing(content, 0, FONT, &[HELVETICA]);
        let text = |covers: &[Cover]| pages(&file, covers).unwrap().remove(0).text;
        assert_eq!(text(&[]), "Ann 12\nBob");
        let over = |top: f64, width: f64| Cover { page: 0, rect: [10.0, top, width, 25.0] };
        assert_eq!(text(&[over(10.0, 80.0)]), "███ ██\nBob");
        assert_eq!(text(&[over(10.0, 80.0), over(55.0, 80.0)]), "███ ██\n███");
        // A rectangle that ends within the word, and one on another page.
        assert_eq!(text(&[over(10.0, 14.0)]), "█nn 12\nBob");
        assert_eq!(text(&[Cover { page: 1, ..over(10.0, 80.0) }]), "Ann 12\nBob");
        // One that only touches its feet.
        assert_eq!(text(&[over(30.0, 80.0)]), "Ann 12\nBob");
    }

    #[test]
    fn what_would_not_look_as_it_should_is_not_drawn() {
        let song = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>";
        let cid = "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1/Descent 0/StemV 1>>>>";
        let content = "BT /F 12 Tf 10 50 Td <6797> Tj ET";
        assert_eq!(why_not(&showing(content, 0, FONT, &[song, cid])), Some(NotDrawn::WithoutFont(0)));
        let picture = "<</Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode/Length 3>>\nstream\nabc\nendstream";
        let file = showing("/P Do", 0, "/XObject<</P 5 0 R>>", &[picture]);
        assert_eq!(why_not(&file), Some(NotDrawn::Incomplete(0)));
        assert_eq!(why_not(b"%PDF-1.7 and no more"), Some(NotDrawn::Broken));
        let whole = showing("0 0 36 36 re f", 0, "", &[]);
        for end in (0..whole.len()).step_by(11) {
            why_not(&whole[..end]);
        }
    }

    #[test]
    fn what_takes_too_much_is_not_drawn() {
        let picture = "<</Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray/Length 3>>\nstream\nabc\nendstream";
        let file = showing("/P Do", 0, "/XObject<</P 5 0 R>>", &[picture]);
        assert_eq!(why_not(&file), Some(NotDrawn::TooLarge));
        let inner = "0 0 1 1 re f";
        let tile = |step: &str, side: &str| {
            format!(
                "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 {side} {side}]/XStep {step}/YStep {step}/Resources<<>>/Length {}>>\nstream\n{inner}\nendstream",
                inner.len()
            )
        };
        let paint = "/Pattern cs /T scn 0 0 72 72 re f";
        let tiled = |step: &str, side: &str, content: &str| {
            why_not(&showing(content, 0, "/Pattern<</T 5 0 R>>", &[&tile(step, side)]))
        };
        assert_eq!(tiled("2", "2", paint), None);
        assert_eq!(tiled("0.1", "9000", paint), Some(NotDrawn::TooLarge));
        assert_eq!(tiled("2", "2", "/Pattern cs /T scn 0 0 90000 90000 re f"), Some(NotDrawn::TooLarge));
        // One large picture, again and again.
        let rows = packed(&vec![0; 1000 * 8001]);
        let shown = |times: usize| {
            let content = "/P Do ".repeat(times);
            let hex: String = rows.iter().map(|byte| format!("{byte:02x}")).collect();
            let picture = format!(
                "<</Subtype/Image/Width 8000/Height 8000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter[/AHx/Fl]/Length {}>>\nstream\n{hex}\nendstream",
                hex.len()
            );
            why_not(&showing(&content, 0, "/XObject<</P 5 0 R>>", &[&picture]))
        };
        assert_eq!(shown(40), Some(NotDrawn::TooLarge));
    }
}
