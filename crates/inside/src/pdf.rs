//! What is inside a PDF (ISO 32000-2): how many pages, whether it holds what could act, the text of its pages, also below
//! black boxes and where nobody sees it, and what stands in notes, forms and properties.
//!
//! Only objects count that the catalogue leads to: bytes within a compressed stream are no names. Of a file that cannot be read,
//! or would take too long, only that is said.

mod beneath;
mod drawing;
pub mod pages;
pub mod pictures;
mod streams;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{self, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf as File};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use memchr::memmem;

use self::drawing::Drawing;
use super::work::Work;
use super::{Inside, MAX_DEPTH, MAX_TEXT, Tells, Unread, Unseen};

/// The most pages of which the text is read.
const MAX_PAGES: usize = 2000;

/// The most operators of a page's text: glyphs that are looked at in all.
const MAX_GLYPHS: usize = 4_000_000;

/// Entries whose strings are no words: sums, keys, signatures, dates and the names of encodings (sections 7.6, 9.7, 12.8).
const NO_WORDS: &[&str] = &[
    "ID",
    "O",
    "U",
    "OE",
    "UE",
    "Perms",
    "ByteRange",
    "CreationDate",
    "ModDate",
    "M",
    "Registry",
    "Ordering",
    "CharSet",
    "FontFamily",
    "CheckSum",
    "DA",
    "DS",
    "Lang",
    "Cert",
];

/// Entries that lead to streams with words: scripts, and forms in XML (sections 12.6.4.17, 12.7.8).
const STREAMS_OF_WORDS: &[&str] = &["JS", "XFA"];

/// The most bytes of attached files that are kept, in all.
const MAX_ATTACHED: usize = 256 << 20;

/// How deep arrays and dictionaries within one object are followed.
const MAX_NESTED: usize = 64;

/// The most objects that are looked at.
const MAX_OBJECTS: usize = 2_000_000;

/// Actions that run a script, start a program, or send or take what stands in a form (section 12.6.4).
const ACTIONS: &[&str] = &["JavaScript", "Launch", "SubmitForm", "ImportData", "RichMediaExecute"];

/// Actions that are followed by a click, and act where nobody clicks: they lead out of the document.
const LEADING: &[&str] = &["URI", "GoToR", "GoToE", "Thread"];

/// How many letters of a page must be unknown for it not to count as read: two make a name; and one in how many, for marks before
/// the entries of lists are none.
const MIN_UNNAMED: usize = 2;
const MIN_NAMED: usize = 50;

/// What was seen in a PDF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pdf {
    /// How many pages there are; none if they cannot be counted.
    pub pages: Option<u32>,
    /// Whether it holds a script, or starts a program.
    pub is_active: bool,
}

/// Looks through a PDF.
pub fn read(bytes: &[u8]) -> (Pdf, Inside) {
    read_at(bytes, 0, &mut Work::new(bytes.len()))
}

/// The same for one that lies within `depth` other files.
pub(super) fn read_at(bytes: &[u8], depth: usize, work: &mut Work) -> (Pdf, Inside) {
    if !streams::opens(bytes, work) {
        return (Pdf::default(), Inside::unread(Unread::Broken));
    }
    let shared = Arc::new(bytes.to_vec());
    // Whatever a stranger's file does to the library, it must not end a build.
    let read = catch_unwind(AssertUnwindSafe(|| match File::new(shared) {
        Ok(file) => {
            let pages = u32::try_from(file.pages().len()).ok().filter(|&pages| pages > 0);
            let is_active = catch_unwind(AssertUnwindSafe(|| is_active(&file))).unwrap_or(false);
            let inside = catch_unwind(AssertUnwindSafe(|| inside(&file, depth, work)));
            (Pdf { pages, is_active }, inside.unwrap_or_else(|_| Inside::unread(Unread::Broken)))
        }
        Err(LoadPdfError::Decryption(_)) => (Pdf::default(), Inside::unread(Unread::Locked)),
        Err(LoadPdfError::Invalid) => (Pdf::default(), Inside::unread(Unread::Broken)),
    }));
    let (pdf, mut inside) = read.unwrap_or_else(|_| (Pdf::default(), Inside::unread(Unread::Broken)));
    if inside.unread != Some(Unread::Locked) {
        beneath::add(bytes, depth, &mut inside, work);
    }
    (pdf, inside)
}

fn inside(file: &File, depth: usize, work: &mut Work) -> Inside {
    let Some(sizes) = streams::sizes(file, work) else { return Inside::unread(Unread::Broken) };
    let mut inside = Inside::default();
    let metadata = file.metadata();
    inside.tell(Tells::Who, "Author", &words(metadata.author.as_deref().unwrap_or_default()));
    for value in [&metadata.title, &metadata.subject, &metadata.keywords].into_iter().flatten() {
        inside.unseen.push_str(&words(value));
        inside.unseen.push('\n');
    }
    unseen(file, &mut inside, work);
    if depth < MAX_DEPTH {
        for (name, bytes) in attached(file, work) {
            inside.add(super::read_at(&bytes, &name, depth + 1, work));
        }
    }
    let cache = InterpreterCache::new();
    let bounds = Rect::new(0.0, 0.0, 1.0, 1.0);
    let mut left = MAX_GLYPHS;
    let (mut without_text, mut unreadable) = (0, 0);
    let mut drawing = Drawing::new(file, sizes);
    let pages = file.pages();
    for page in pages.iter().take(MAX_PAGES) {
        if !drawing.allows(page, work) {
            inside.unread = Some(Unread::Broken);
            return inside;
        }
        let mut context = Context::new(Affine::IDENTITY, bounds, &cache, file.xref(), InterpreterSettings::default());
        let mut reader = PageText::new(left);
        interpret_page(page, &mut context, &mut reader);
        left = reader.left;
        let letters = reader.text.chars().filter(|c| c.is_alphanumeric()).count();
        without_text += usize::from(reader.pictures > 0 && letters < 8);
        unreadable += usize::from(reader.unnamed >= MIN_UNNAMED && reader.unnamed * MIN_NAMED > letters);
        inside.add_text(&reader.text);
        inside.add_text("\u{c}");
        add_words("ActualText", &reader.said, false, &mut inside);
        if left == 0 || inside.text.len() >= MAX_TEXT {
            inside.unread = Some(Unread::Broken);
            return inside;
        }
    }
    if pages.len() > MAX_PAGES {
        inside.unread = Some(Unread::Broken);
    } else if without_text > 0 || unreadable > 0 {
        inside.unread = Some(Unread::Scan);
    }
    inside
}

/// Adds what readers do not see on the pages: remarks, values of forms, bookmarks, descriptions, scripts, the names of
/// attachments, what XMP says. Whatever a string stands for, it is looked at.
fn unseen(file: &File, inside: &mut Inside, work: &mut Work) {
    let mut left = MAX_OBJECTS / 10;
    for object in file.objects() {
        let mut next = vec![("".to_owned(), object, 0, false)];
        while let Some((key, object, depth, is_note)) = next.pop() {
            let Some(fewer) = left.checked_sub(1) else {
                inside.unread = Some(Unread::Broken);
                return;
            };
            left = fewer;
            if depth > MAX_NESTED {
                continue;
            }
            match object {
                Object::String(text) => add_words(&key, &words(text.as_bytes()), is_note, inside),
                Object::Array(array) => {
                    // Names stand before what they name, and streams in the array of a form are its text.
                    let inner = array.raw_iter().filter_map(|value| resolved(file, value, &key));
                    next.extend(inner.map(|value| (key.clone(), value, depth + 1, is_note)));
                }
                Object::Dict(dict) => next.extend(entries(file, &dict, depth)),
                Object::Stream(stream) => {
                    let dict = stream.dict();
                    let is_xmp = dict.get::<Name<'_>>("Type").is_some_and(|name| name.as_str() == "Metadata");
                    if depth > 0 || is_xmp {
                        let Some(bytes) = streams::decoded(&stream, work) else {
                            inside.unread = Some(Unread::Broken);
                            return;
                        };
                        let text = words(&bytes);
                        if is_xmp {
                            tell_creators(&text, inside);
                            inside.add_packet(&text);
                        }
                        add_words(&key, &text, false, inside);
                    }
                    if depth == 0 {
                        next.extend(entries(file, dict, depth));
                    }
                }
                _ => {}
            }
        }
    }
}

/// What the entries of a dictionary hold themselves, and the scripts and forms that they lead to.
fn entries<'a>(file: &'a File, dict: &Dict<'a>, depth: usize) -> Vec<(String, Object<'a>, usize, bool)> {
    let is_note = dict
        .get::<Name<'_>>("Subtype")
        .is_some_and(|name| !matches!(name.as_str(), "Link" | "Widget" | "Image" | "Form"));
    let is_signature = dict.contains_key("ByteRange");
    let wanted = dict.entries().filter_map(|(name, value)| {
        let key = name.as_str().to_owned();
        let is_words = !(NO_WORDS.contains(&key.as_str()) || is_signature && key == "Contents");
        let value = is_words.then(|| resolved(file, value, &key)).flatten()?;
        Some((key, value, depth + 1, is_note))
    });
    wanted.collect()
}

/// A value that stands where it is used, or a stream of words that the entry `key` leads to. All else that is led to is an
/// object of its own.
fn resolved<'a>(file: &'a File, value: MaybeRef<Object<'a>>, key: &str) -> Option<Object<'a>> {
    match value {
        MaybeRef::NotRef(value) => Some(value),
        MaybeRef::Ref(reference) if STREAMS_OF_WORDS.contains(&key) => {
            let led_to = file.xref().get::<Object<'_>>(ObjectIdentifier::from(reference));
            led_to.filter(|object| matches!(object, Object::Stream(_)))
        }
        MaybeRef::Ref(_) => None,
    }
}

fn add_words(key: &str, text: &str, is_note: bool, inside: &mut Inside) {
    match key {
        // The author of a remark.
        "T" if is_note => inside.tell(Tells::Who, "author of a note", text),
        "Contents" | "RC" if is_note => inside.hide(Unseen::Comments, text),
        _ => inside.add_unseen(&format!("{text}\n")),
    }
}

/// Those whom XMP names as the authors (Dublin Core, `creator`).
fn tell_creators(xmp: &str, inside: &mut Inside) {
    let (Some(start), Some(end)) = (xmp.find("<dc:creator"), xmp.find("</dc:creator>")) else { return };
    let list = xmp.get(start..end).unwrap_or_default();
    for name in list.split('>').filter_map(|part| part.split('<').next()) {
        inside.tell(Tells::Who, "creator", name);
    }
}

/// The files that are attached to a PDF, with the names they go by (section 7.11.4). Of a file that cannot be read, none.
pub fn attachments(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut work = Work::new(bytes.len());
    if memmem::find(bytes, b"EmbeddedFile").is_none() && memmem::find(bytes, b"ObjStm").is_none()
        || !streams::opens(bytes, &mut work)
    {
        return Vec::new();
    }
    let bytes = Arc::new(bytes.to_vec());
    let found = catch_unwind(AssertUnwindSafe(|| {
        let file = File::new(bytes).ok()?;
        streams::sizes(&file, &mut work)?;
        Some(attached(&file, &mut work))
    }));
    found.ok().flatten().unwrap_or_default()
}

fn attached(file: &File, work: &mut Work) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut left = MAX_ATTACHED;
    let mut seen = HashSet::new();
    let mut next: Vec<Object<'_>> = file.objects().into_iter().collect();
    while let Some(object) = next.pop() {
        let dict = match object {
            Object::Dict(dict) => dict,
            Object::Array(array) => {
                next.extend(array.raw_iter().filter_map(|value| resolved(file, value, "")));
                continue;
            }
            _ => continue,
        };
        if let Some(streams) = dict.get::<Dict<'_>>("EF") {
            let name = ["UF", "F"].iter().find_map(|key| dict.get::<object::String<'_>>(*key));
            let name = name.map(|name| words(name.as_bytes())).unwrap_or_default();
            for stream in ["UF", "F"].iter().filter_map(|key| streams.get::<object::Stream<'_>>(*key)) {
                if !seen.insert(stream.obj_id()) {
                    continue;
                }
                let Some(bytes) = streams::decoded(&stream, work) else { continue };
                if bytes.len() <= left {
                    left -= bytes.len();
                    found.push((name.clone(), bytes.into_owned()));
                }
            }
        }
        next.extend(dict.entries().filter_map(|(_, value)| resolved(file, value, "")));
    }
    found
}

/// A text string (section 7.9.2.2): UTF-16 or UTF-8 with their marks, else PDFDocEncoding, which is nearly Latin-1; programs in
/// China write GB18030.
fn words(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode(bytes).0,
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE.decode(bytes).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::GB18030.decode(bytes).0,
        },
    };
    text.trim_matches(['\0', '\u{feff}', ' ']).to_owned()
}

/// Takes the text of a page as it is drawn, whether it is seen or not.
struct PageText {
    text: String,
    /// What its marks say that stands for what is drawn: the text of a picture, the long form of an abbreviation.
    said: String,
    /// Where the last glyph stood, how large it was, and where the next one would stand right behind it.
    last: Option<(Point, f64, Point)>,
    pictures: usize,
    /// Letters of which the file does not say which they are, although they are seen.
    unnamed: usize,
    left: usize,
    /// Parts of the page whose text is not taken.
    covered: Vec<Rect>,
}

/// Whether something is drawn for a letter.
fn is_seen(glyph: &Glyph<'_>) -> bool {
    match glyph {
        Glyph::Outline(outline) => !outline.outline().bounding_box().is_zero_area(),
        Glyph::Type3(_) => true,
    }
}

/// What stands for a letter that is covered.
pub const COVERED: char = '█';

/// How much of its size a letter may reach out of what covers it on each side, for it is not read by an edge.
const EDGE: f64 = 0.15;

impl PageText {
    fn new(left: usize) -> Self {
        Self {
            text: String::new(),
            said: String::new(),
            last: None,
            pictures: 0,
            unnamed: 0,
            left,
            covered: Vec::new(),
        }
    }

    /// Whether a letter with its `place` on the page is covered, so that it cannot be read.
    fn is_covered(&self, glyph: &Glyph<'_>, place: Affine) -> bool {
        if self.covered.is_empty() {
            return false;
        }
        let shape = match glyph {
            Glyph::Outline(outline) => outline.outline().bounding_box(),
            Glyph::Type3(drawn) => Rect::new(0.0, 0.0, drawn.advance_width().map_or(500.0, f64::from), 700.0),
        };
        if shape.is_zero_area() {
            return false;
        }
        let seen = place.transform_rect_bbox(shape);
        let read = seen.inset((-EDGE * seen.width(), -EDGE * seen.height()));
        self.covered.iter().any(|covered| covered.contains_rect(read))
    }
}

impl<'a> Device<'a> for PageText {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            // A font may have a letter stand for a text of any length.
            if self.text.len() >= MAX_TEXT {
                self.left = 0;
            }
            let Some(left) = self.left.checked_sub(1) else { return };
            self.left = left;
            let Some(said) = glyph.as_unicode() else {
                self.unnamed += usize::from(is_seen(glyph));
                continue;
            };
            let place = props.transform * glyph.transform();
            let at = place * Point::ZERO;
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let em = (place * Point::new(1000.0, 0.0) - at).hypot();
            let next = place * Point::new(advance.map_or(500.0, f64::from), 0.0);
            if let Some((_, size, expected)) = self.last {
                let size = size.max(em);
                let gap = (at - expected).hypot();
                let along = (at.y - expected.y).abs() < size * 0.5
                    || run.writing_mode() != hayro_interpret::hayro_cmap::WritingMode::Horizontal;
                if !along || gap > size * 3.0 {
                    self.text.push('\n');
                } else if gap > size * 0.2 && at.x > expected.x {
                    self.text.push(' ');
                }
            }
            match said {
                _ if self.is_covered(glyph, place) => self.text.push(COVERED),
                BfString::Char(c) => self.text.push(c),
                BfString::String(text) => self.text.push_str(&text),
            }
            self.last = Some((at, em, next));
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let said = ["ActualText", "Alt", "E"].iter().filter_map(|key| properties?.get::<object::String<'_>>(*key));
        for text in said {
            if self.said.len() >= MAX_TEXT {
                self.left = 0;
                return;
            }
            self.said.push_str(&words(text.as_bytes()));
            self.said.push('\n');
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pictures += 1;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Whether something that acts stands among the objects that the catalogue leads to.
fn is_active(file: &File) -> bool {
    let mut seen: HashSet<ObjectIdentifier> = HashSet::from([file.xref().root_id()]);
    let mut next: Vec<Object<'_>> = file.xref().get(file.xref().root_id()).into_iter().collect();
    let mut left = MAX_OBJECTS;
    while let Some(object) = next.pop() {
        let inner: Vec<MaybeRef<Object<'_>>> = match &object {
            Object::Array(array) => array.raw_iter().collect(),
            Object::Dict(dict) if is_action(dict) => return true,
            Object::Dict(dict) => dict.entries().map(|(_, value)| value).collect(),
            Object::Stream(stream) => stream.dict().entries().map(|(_, value)| value).collect(),
            _ => continue,
        };
        let Some(fewer) = left.checked_sub(inner.len()) else { return false };
        left = fewer;
        for value in inner {
            match value {
                MaybeRef::NotRef(value) => next.push(value),
                MaybeRef::Ref(reference) => {
                    let id = ObjectIdentifier::from(reference);
                    if seen.insert(id) {
                        next.extend(file.xref().get::<Object<'_>>(id));
                    }
                }
            }
        }
    }
    false
}

/// Whether a dictionary is an action that acts, or an annotation that plays what it holds.
fn is_action(dict: &Dict<'_>) -> bool {
    let name = |key: &str| dict.get::<Name<'_>>(key);
    let is = |key: &str, wanted: &str| name(key).is_some_and(|name| name.as_str() == wanted);
    let is_active = name("S").is_some_and(|name| ACTIONS.contains(&name.as_str())) && !is("Type", "StructElem");
    let leads = |action: &Dict<'_>| action.get::<Name<'_>>("S").is_some_and(|name| LEADING.contains(&name.as_str()));
    let by_itself = dict.get::<Dict<'_>>("OpenAction").is_some_and(|action| leads(&action))
        || dict.get::<Dict<'_>>("AA").is_some_and(|events| {
            events.keys().any(|event| events.get::<Dict<'_>>(event.as_ref()).is_some_and(|action| leads(&action)))
        });
    // Forms in XML hold scripts of their own.
    is_active || by_itself || dict.contains_key("JS") || dict.contains_key("XFA") || is("Subtype", "RichMedia")
}

#[cfg(test)]
pub(super) mod tests {
    use std::fmt::Write as _;
    use std::io::Write as _;

    use super::*;

    fn examine(bytes: Vec<u8>) -> Pdf {
        read(&bytes).0
    }

    /// A PDF of these objects, numbered from 1; the first is the catalogue, the second the tree of pages.
    pub(crate) fn pdf(objects: &[&str]) -> Vec<u8> {
        appended(b"%PDF-1.7\n".to_vec(), 1, objects)
    }

    /// A PDF with objects written behind it, as a program does that saves what has changed.
    pub(crate) fn appended(mut file: Vec<u8>, first: usize, objects: &[&str]) -> Vec<u8> {
        let previous = memmem::rfind(&file, b"xref\n").map_or(String::new(), |at| format!("/Prev {at}"));
        let mut table = format!("xref\n0 1\n0000000000 65535 f \n{first} {}\n", objects.len());
        for (number, object) in (first..).zip(objects) {
            let _ = writeln!(table, "{:010} 00000 n ", file.len());
            file.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
        }
        let start = file.len();
        let size = first + objects.len();
        file.extend_from_slice(table.as_bytes());
        file.extend_from_slice(
            format!("trailer\n<</Size {size}/Root 1 0 R{previous}>>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
        );
        file
    }

    const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
    const PAGES: &str = "<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>";
    const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>";

    #[test]
    fn pages_are_counted_once_however_often_the_file_was_saved() {
        let file = pdf(&[CATALOG, PAGES, PAGE, PAGE]);
        assert_eq!(examine(file.clone()), Pdf { pages: Some(2), is_active: false });
        let saved = appended(file, 4, &["<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Rotate 90>>"]);
        assert_eq!(examine(saved), Pdf { pages: Some(2), is_active: false });
    }

    #[test]
    fn what_acts_is_seen_wherever_the_catalogue_leads_to_it() {
        let script = "<</Type/Action/S/JavaScript/JS(app.alert\\(1\\))>>";
        let file = |catalog: &str, page: &str| examine(pdf(&[catalog, PAGES, page, PAGE, script])).is_active;
        assert!(file("<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>", PAGE));
        assert!(file("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(a.exe)>>>>", PAGE));
        assert!(file("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/GoToE/F(a.pdf)>>>>", PAGE));
        assert!(file("<</Type/Catalog/Pages 2 0 R/AA<</WC<</S/URI/URI(https://h.example)>>>>>>", PAGE));
        assert!(file("<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 2 0 R>>>>", PAGE));
        assert!(!file("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/GoTo/D[3 0 R]>>/A<</S/URI/URI(h)>>>>", PAGE));
        assert!(file("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScr#69pt/J#53(1)>>>>", PAGE));
        assert!(file("<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)5 0 R]>>>>>>", PAGE));
        assert!(file(CATALOG, "<</Type/Page/Parent 2 0 R/AA<</O 5 0 R>>>>"));
        assert!(file(CATALOG, "<</Type/Page/Parent 2 0 R/Annots[<</Subtype/Link/A<</S/SubmitForm/F(x)>>>>]>>"));
        assert!(file(CATALOG, "<</Type/Page/Parent 2 0 R/Annots[<</Subtype/RichMedia>>]>>"));
        assert!(file("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/GoTo/D[3 0 R]/Next 5 0 R>>>>", PAGE));
    }

    #[test]
    fn a_page_whose_letters_the_file_does_not_name_is_not_read() {
        let drawn = "<</Length 11>>\nstream\n0 0 9 9 re f\nendstream";
        let content = "<</Length 32>>\nstream\nBT /F 12 Tf 9 9 Td (AAAAAA) Tj ET\nendstream";
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>";
        let font = |name: &str| {
            format!(
                "<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65/LastChar 65/Widths[10]\
                 /Encoding<</Differences[65/{name}]>>/CharProcs<</{name} 7 0 R>>>>"
            )
        };
        let read = |name: &str| read(&pdf(&[CATALOG, PAGES, page, PAGE, content, &font(name), drawn])).1;
        assert_eq!(read("glyph7").unread, Some(Unread::Scan));
        let named = read("A");
        assert_eq!((named.text.trim(), named.unread), ("AAAAAA", None));
    }

    #[test]
    fn what_only_looks_like_a_script_is_none() {
        let file =
            |catalog: &str, page: &str, other: &str| examine(pdf(&[catalog, PAGES, page, PAGE, other])).is_active;
        // Nothing leads to it.
        assert!(!file(CATALOG, PAGE, "<</S/JavaScript/JS(1)>>"));
        // Bytes of a stream, of a text and of a comment.
        let stream = "<</Length 40>>\nstream\n/JS (1) /JavaScript << /S /Launch >> /JS  \nendstream";
        assert!(!file(CATALOG, "<</Type/Page/Parent 2 0 R/Contents 5 0 R>>", stream));
        assert!(!file("<</Type/Catalog/Pages 2 0 R/Title(/S /JavaScript /JS)>>", PAGE, "null"));
        assert!(!file("<</Type/Catalog/Pages 2 0 R>>%/JS /Launch\n", PAGE, "null"));
        // A link, and a view to begin with.
        assert!(!file("<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>", PAGE, "null"));
        let link = "<</Type/Page/Parent 2 0 R/Annots[<</Subtype/Link/A<</S/URI/URI(https://a.example/?/JS)>>>>]>>";
        assert!(!file(CATALOG, link, "null"));
        // What was saved away.
        let acting = pdf(&["<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(1)>>>>", PAGES, PAGE, PAGE]);
        assert!(examine(acting.clone()).is_active);
        assert!(!examine(appended(acting, 1, &[CATALOG])).is_active);
    }

    #[test]
    fn a_broken_table_is_made_up_for_and_a_broken_file_says_nothing() {
        let file = pdf(&["<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(1)>>>>", PAGES, PAGE, PAGE]);
        let table = memmem::rfind(&file, b"xref\n0 1").unwrap();
        let mut broken = file.clone();
        broken[table..table + 4].copy_from_slice(b"frex");
        assert_eq!(examine(broken), Pdf { pages: Some(2), is_active: true });
        for end in (0..file.len()).step_by(7) {
            examine(file[..end].to_vec());
        }
        assert_eq!(examine(b"%PDF-1.7 and no more /JS /JavaScript".to_vec()), Pdf::default());
        assert_eq!(examine(Vec::new()), Pdf::default());
        // A loop of pages ends.
        examine(pdf(&[CATALOG, "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"]));
    }

    pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// A PDF of one page that shows the stream `data`, packed by `filters`, and then a form of its own.
    fn showing(filters: &str, data: &[u8], more: &str) -> Vec<u8> {
        let head = format!(
            "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R{more}>>endobj\n\
             4 0 obj<</Length {}/Filter[{filters}]>>\nstream\n",
            data.len()
        );
        [head.as_bytes(), data, b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"].concat()
    }

    #[test]
    fn a_stream_that_unfolds_without_end_is_left_however_it_is_packed() {
        let unread = |filters: &str, data: &[u8]| read(&showing(filters, data, "")).1.unread;
        let spaces = |len: usize| packed(&vec![b' '; len]);
        assert_eq!(unread("/FlateDecode", &spaces(1 << 20)), None);
        assert_eq!(unread("/FlateDecode", &spaces(65 << 20)), Some(Unread::Broken));
        let runs = b"\x81z".repeat(1 << 10);
        assert_eq!(unread("/RunLengthDecode", &[&runs[..], b"\x80"].concat()), None);
        for (filters, data) in [
            ("/FlateDecode/RunLengthDecode/ASCII85Decode", packed(&runs)),
            ("/FlateDecode/FlateDecode", packed(&spaces(1 << 20))),
            ("/RunLengthDecode", b"\x81z".repeat(1 << 20)),
            ("/LZWDecode/RunLengthDecode", vec![0x80, 0x0b, 0x60, 0x50]),
        ] {
            assert_eq!(unread(filters, &data), Some(Unread::Broken), "{filters}");
        }
        // Text in letters for mail, and packed before, is what programs write.
        let letters: Vec<u8> = packed(b"BT ET").iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
        assert_eq!(unread("/AHx/Fl", &letters), None);
    }

    #[test]
    fn streams_with_objects_that_unfold_without_end_are_not_opened() {
        let bomb = packed(&vec![b' '; 65 << 20]);
        let file = |dict: &str| {
            let head = format!("%PDF-1.7\n1 0 obj\n{dict} % objects\nstream\r\n");
            [head.as_bytes(), &bomb, b"\nendstream\nendobj\n"].concat()
        };
        for dict in [
            "<</N 1/First 9/Filter/FlateDecode>>",
            "<</N 1/First 9/F#69lter[/Fl]/X(obj<<>>)>>",
            "<</N 1/First 9/Filter 5 0 R>>",
        ] {
            assert!(!streams::opens(&file(dict), &mut Work::new(1)), "{dict}");
        }
        assert!(streams::opens(&file("<</Filter/FlateDecode>>"), &mut Work::new(1)));
    }

    #[test]
    fn forms_that_draw_each_other_without_end_are_told_and_what_was_read_before_is_kept() {
        let form = |draws: &str, more: &str| {
            format!(
                "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]{more}/Length {}>>\nstream\n{draws}\nendstream",
                draws.len()
            )
        };
        let first = "BT /F 12 Tf (first) Tj ET";
        let pages = |last: usize, forms: &[String]| {
            let stream = |text: &str| format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
            let shown = "<</Type/Page/Parent 2 0 R/Contents 6 0 R/Resources<</Font<</F 5 0 R>>>>>>";
            let drawn = format!("<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources<</XObject<</X {last} 0 R>>>>>>");
            let mut objects = vec![
                CATALOG.to_owned(),
                PAGES.to_owned(),
                shown.to_owned(),
                drawn,
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
                stream(first),
                stream("/X Do"),
            ];
            objects.extend_from_slice(forms);
            read(&pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())).1
        };
        let inner = |at: usize| format!("/Resources<</XObject<</X {at} 0 R>>>>");
        // Each draws the one before twice.
        let doubling: Vec<String> =
            (0..40).map(|at| if at == 0 { form("BT ET", "") } else { form("/X Do /X Do", &inner(7 + at)) }).collect();
        let read = pages(47, &doubling);
        assert_eq!((read.text.trim(), read.unread), ("first", Some(Unread::Broken)));
        let few = pages(17, &doubling);
        assert_eq!(few.unread, None);
        let in_turn = pages(8, &[form("/X Do", &inner(9)), form("/X Do", &inner(8))]);
        assert_eq!(in_turn.text.trim(), "first");
    }

    #[test]
    fn text_is_read_though_a_box_covers_it_or_nobody_sees_it() {
        let content =
            "BT /F 12 Tf 20 100 Td (Phone 1380000) Tj (0000) Tj 0 -20 Td 3 Tr (unseen) Tj ET 0 0 0 rg 0 0 200 200 re f";
        let stream = format!("<</Length {}>>\nstream\n{content}\nendstream", content.len());
        let page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R]/Resources<</Font<</F 5 0 R>>>>>>";
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
        let note = "<</Type/Annot/Subtype/Text/Contents(a remark)/T(Ann)/Rect[0 0 9 9]>>";
        let file =
            pdf(&["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, &stream, font, note]);
        let (_, inside) = read(&file);
        assert_eq!(inside.text, "Phone 13800000000\nunseen\u{c}");
        assert!(inside.unseen.contains("a remark"), "{}", inside.unseen);
        assert_eq!(inside.unseen_kinds, [Unseen::Comments]);
        assert_eq!(inside.metadata[0].value, "Ann");
        assert_eq!(inside.unread, None);
        for end in (0..file.len()).step_by(13) {
            read(&file[..end]);
        }
    }
}
