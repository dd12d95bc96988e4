//! The files of a case that are no documents, exhibits above all: they are hashed, looked into and made small for pages,
//! but never changed.
#![expect(clippy::disallowed_methods, reason = "reading the exhibits is what this module is for")]

mod boxes;
mod clean;
mod comment;
pub mod cover;
pub mod covered_pages;
pub mod damage;
mod drawing;
pub mod form;
pub mod inside;
mod iptc;
mod label;
pub mod media;
pub mod metadata;

mod picture;
pub mod preview;
mod profile;
mod script;
pub mod store;
mod style;
mod text;
mod tiff;
mod xmp;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use casefile_inside::strip::{self, Cleaner};
use casefile_inside::{Inside, MetadataEntry, Tells, Unread, Unseen, archive};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::sha256::line_ends::LineEnds;
use crate::sha256::{Sha256, Summing};
use crate::source::stamp::Stamp;
use cover::Rect;
use covered_pages::Uncoverable;
use damage::Damage;
use inside::LookedInside;
use media::{Class, HEAD_BYTES, Media};
use metadata::Metadata;
use preview::Preview;
use store::Store;

/// The folder of the exhibits, below the content.
pub const FOLDER: &str = "exhibits";

/// The file in it that describes them, by either of its names.
pub const LISTS: [&str; 2] = ["exhibits.yaml", "exhibits.yml"];

/// Pictures, besides those that pages show, of which it is known where they keep what they say of who made them.
const READ_PICTURES: &[&str] =
    &["image/bmp", "image/tiff", "image/heif", "image/avif", "image/jxl", "image/vnd.microsoft.icon"];

/// The largest picture or PDF that is looked into, in bytes. A larger one is hashed and offered like any file.
const MAX_EXAMINED: u64 = 128 << 20;

/// How many bytes git looks through for a NUL, which no text has (`FIRST_FEW_BYTES` in its xdiff-interface.c).
const GIT_LOOKS_AT: usize = 8000;

/// How much of a file is in memory while it is hashed, in bytes.
const PIECE: usize = 1 << 20;

/// What a file is looked into for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is evidence, with a page of its own.
    Exhibit,
    /// A document may link to it or show it.
    Cited,
}

/// A file that is no document.
#[derive(Debug, Clone)]
pub struct ExhibitFile {
    /// From the case folder.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its sum.
    pub sha256: Sha256,
    /// How it looked when the sum was taken.
    pub stamp: Stamp,
    /// What it is.
    pub facts: Facts,
}

impl ExhibitFile {
    /// Whether the file would have the sum `recorded` if its lines ended in another way.
    pub fn differs_by_line_ends(&self, recorded: &Sha256) -> bool {
        *recorded != self.sha256 && self.facts.line_ends.is_some_and(|sums| sums.contains(recorded))
    }
}

/// What a file is and holds; the same for every file of the same bytes and the same ending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What it is.
    pub media: Media,
    /// Why it cannot be shown, although it is a picture.
    pub damage: Option<Damage>,
    /// Its size in pixels, if it is a picture that can be shown.
    pub pixels: Option<(u32, u32)>,
    /// The picture made small, smallest first.
    pub smaller: Vec<Smaller>,
    /// What a picture says beside its pixels.
    pub metadata: Option<Metadata>,
    /// What it says of having been made by a machine, as it says it.
    pub labels: Vec<String>,
    /// What became of it when it was to be published without what it says beside its pixels.
    pub cleaning: Cleaning,
    /// What a copy was made without, in the words of the file.
    pub removed: String,
    /// Whether the sum of the original would let what is withheld be guessed: the sum and the size are then those of the copy.
    #[serde(skip)]
    pub original_is_withheld: bool,
    /// Whether something of it must be covered in the public edition.
    pub must_be_covered: bool,
    /// The file with what the list of exhibits covers of it; none if it covers nothing, or it cannot be covered.
    pub covered: Option<Covered>,
    /// Why a PDF of which something must be covered cannot be.
    pub uncoverable: Option<Uncoverable>,
    /// Pictures of the pages of a PDF, for the page of its exhibit.
    pub shown_pages: Vec<Smaller>,
    /// What of a drawing is not in its copy, although it would be seen or acts.
    pub lost: Vec<String>,
    /// How many pages a PDF has.
    pub pages: Option<u32>,
    /// Whether it has active content: a script, or something that starts a program.
    pub is_active: bool,
    /// What is inside that one may not want to publish.
    pub inside: LookedInside,
    /// What a page shows of it.
    pub preview: Preview,
    /// The sums it has with other line ends, if git could take it for a text.
    pub line_ends: Option<[Sha256; 2]>,
}

impl Facts {
    /// Whether it must not be published because something of it must be covered and is not.
    pub fn is_bare(&self) -> bool {
        self.must_be_covered && self.covered.is_none()
    }

    /// Whether the file is a drawing of which there is a copy that can only be looked at.
    pub fn is_drawing(&self) -> bool {
        self.media.class == Class::Active && self.cleaning.copy().is_some()
    }

    /// Whether a page can show the file as a picture.
    pub fn is_shown(&self) -> bool {
        matches!(self.media.class, Class::Image | Class::Picture) || self.is_drawing()
    }

    /// What follows the ending `ending` of the file's name where it is published, so that it does not run where it is
    /// opened.
    pub fn added_ending(&self, ending: &str) -> Option<&'static str> {
        if self.is_drawing() {
            return (ending != "svg").then_some("svg");
        }
        form::added_ending(&self.media, self.is_active, ending)
    }
}

/// A picture made small, kept among what can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Smaller {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// The file, from the case folder.
    pub path: String,
}

/// A picture, or a PDF made of pictures, of which parts are covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The file.
    pub copy: Cleaned,
    /// The same made small, smallest first.
    pub smaller: Vec<Smaller>,
    /// Its pages, if it is a PDF.
    pub pages: Option<SeenPages>,
}

/// The pages of a PDF of which parts are covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenPages {
    /// A picture of each, for the page of the exhibit.
    pub shown: Vec<Smaller>,
    /// What is inside that one may not want to publish, although parts are covered.
    pub inside: LookedInside,
    /// The file, from the case folder, that holds the text which is seen on them; it is for nobody to read.
    pub text: String,
}

impl Covered {
    /// All files that were made, from the case folder.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        let pages = self.pages.iter().flat_map(|pages| pages.shown.iter().map(|page| &page.path).chain([&pages.text]));
        std::iter::once(&self.copy.path).chain(self.smaller.iter().map(|one| &one.path)).chain(pages)
    }
}

/// What became of a file that was to be published without metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cleaning {
    /// Nobody asked for it.
    NotAsked,
    /// No metadata was found, or the format is not one whose metadata is known.
    Nothing,
    /// A copy without it.
    Copy(Cleaned),
    /// It holds what cannot be removed.
    Impossible,
}

impl Cleaning {
    /// The copy, if one was made.
    pub fn copy(&self) -> Option<&Cleaned> {
        match self {
            Self::Copy(copy) => Some(copy),
            _ => None,
        }
    }
}

/// A picture without what it says beside its pixels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleaned {
    /// The file, from the case folder.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its sum.
    pub sha256: Sha256,
}

/// What was found of the files that were looked into.
#[derive(Debug, Default)]
pub struct Examined {
    /// The files, in the order of `paths`.
    pub files: Vec<ExhibitFile>,
    /// The files that could not be read, and why.
    pub unreadable: Vec<(String, io::Error)>,
}

/// How files are looked into.
#[derive(Debug, Clone, Copy)]
pub struct ExamineOptions<'a> {
    /// What for.
    pub wanted: Use,
    /// Whether pictures are wanted without what they say beside their pixels.
    pub clean: bool,
    /// What is covered of pictures, by their path from the case folder.
    pub cover: &'a BTreeMap<String, Vec<Rect>>,
}

/// Looks into the files `paths` of the case at `root`, in parallel, each in a small piece of memory.
pub fn examine(root: &Path, paths: &[String], options: ExamineOptions<'_>, store: &Store) -> Examined {
    let results: Vec<(String, io::Result<ExhibitFile>)> =
        paths.par_iter().map(|path| (path.clone(), one(root, path, options, store))).collect();
    let mut examined = Examined::default();
    for (path, result) in results {
        match result {
            Ok(file) => examined.files.push(file),
            Err(error) => examined.unreadable.push((path, error)),
        }
    }
    examined
}

fn one(root: &Path, path: &str, options: ExamineOptions<'_>, store: &Store) -> io::Result<ExhibitFile> {
    let ExamineOptions { wanted, clean, .. } = options;
    let cover = options.cover.get(path).map_or(&[][..], Vec::as_slice);
    let absolute = root.join(path);
    let (sha256, stamp) = match wanted {
        Use::Exhibit => store.sum_of_source(&absolute, path)?,
        Use::Cited => store.sum_if_large(&absolute, path)?,
    };
    let size = stamp.size;
    let kept = store::Key { sha256: &sha256, name: path, wanted, clean, cover };
    let facts = match store.facts(&kept) {
        Some(facts) => facts,
        None => {
            let looking = Looking { file: &absolute, path, size, sha256: &sha256, clean, cover, store };
            let facts = match wanted {
                Use::Exhibit => looking.at_exhibit()?,
                Use::Cited => looking.at_cited()?,
            };
            let is_dear = matches!(facts.media.class, Class::Pdf | Class::Office);
            if wanted == Use::Exhibit || is_dear || size >= store::WORTH_KEEPING || facts.cleaning.copy().is_some() {
                store.keep_facts(&kept, &facts);
            }
            facts
        }
    };
    Ok(ExhibitFile { path: path.to_owned(), size, sha256, stamp, facts })
}

/// The sum of a file, read piece by piece.
pub(crate) fn sum(path: &Path) -> io::Result<Sha256> {
    let mut file = File::open(path)?;
    let mut piece = vec![0; PIECE];
    let mut summing = Summing::default();
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(summing.finish()),
            Ok(len) => summing.add(&piece[..len]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A file that is being looked into.
struct Looking<'a> {
    file: &'a Path,
    path: &'a str,
    size: u64,
    sha256: &'a Sha256,
    clean: bool,
    cover: &'a [Rect],
    store: &'a Store,
}

impl Looking<'_> {
    /// What the first bytes of the file tell, and these bytes.
    fn at_head(&self) -> io::Result<(Facts, Vec<u8>)> {
        let mut head = Vec::with_capacity(HEAD_BYTES.min(self.size as usize + 1));
        File::open(self.file)?.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        let media = Media::detect(&head, self.path);
        let facts = Facts {
            is_active: matches!(media.class, Class::Active | Class::Program),
            media,
            damage: None,
            pixels: None,
            smaller: Vec::new(),
            metadata: None,
            labels: Vec::new(),
            cleaning: if self.clean { Cleaning::Nothing } else { Cleaning::NotAsked },
            removed: String::new(),
            original_is_withheld: false,
            must_be_covered: !self.cover.is_empty(),
            covered: None,
            uncoverable: None,
            shown_pages: Vec::new(),
            lost: Vec::new(),
            pages: None,
            inside: LookedInside::default(),
            preview: Preview::None,
            line_ends: None,
        };
        Ok((facts, head))
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        std::fs::read(self.file)
    }

    /// All there is to know of an exhibit.
    fn at_exhibit(&self) -> io::Result<Facts> {
        let (mut facts, head) = self.at_head()?;
        facts.preview = Preview::of(&facts.media, &head, head.len() as u64 == self.size);
        if self.size <= MAX_EXAMINED && !head.iter().take(GIT_LOOKS_AT).any(|&byte| byte == 0) {
            facts.line_ends = Some(LineEnds::of(&self.bytes()?));
        }
        match facts.media.class {
            Class::Image | Class::Picture | Class::Pdf if self.size > MAX_EXAMINED => {
                facts.damage = Some(Damage::Large(self.size));
                if self.clean && facts.media.class != Class::Pdf {
                    facts.cleaning = Cleaning::Impossible;
                }
            }
            Class::Image => {
                let bytes = self.bytes()?;
                self.make_smaller(&bytes, &mut facts);
                self.at_picture(&bytes, &mut facts);
                self.cover(&bytes, &mut facts);
            }
            Class::Picture => drop(self.at_picture(&self.bytes()?, &mut facts)),
            Class::Pdf => {
                let bytes = self.bytes()?;
                let (pdf, inside) = casefile_inside::pdf::read(&bytes);
                (facts.pages, facts.is_active) = (pdf.pages, pdf.is_active);
                self.note_inside(&bytes, inside, &mut facts);
                self.cover_pages(&bytes, &mut facts);
            }
            Class::Active if self.size <= MAX_EXAMINED => {
                let bytes = self.bytes()?;
                facts.is_active = script::is_active(&bytes, &facts.media.format);
                self.at_drawing(&bytes, &mut facts);
            }
            Class::Office | Class::Archive if self.size <= MAX_EXAMINED => {
                facts.is_active = casefile_inside::active::is_active(&self.bytes()?);
            }
            _ => {}
        }
        self.look_inside(&mut facts)?;
        Ok(facts)
    }

    /// Looks for what is private in a file that is no picture and no PDF of the exhibits.
    fn look_inside(&self, facts: &mut Facts) -> io::Result<()> {
        let is_done = facts.inside != LookedInside::default();
        let is_picture = matches!(facts.media.class, Class::Image | Class::Picture | Class::Empty | Class::Program);
        if facts.media.class == Class::Picture && !READ_PICTURES.contains(&facts.media.mime.as_str()) {
            facts.inside.unread = Some(Unread::Unknown);
        }
        if is_done || is_picture {
            return Ok(());
        }
        if self.size > MAX_EXAMINED {
            facts.inside = LookedInside::too_large();
            return Ok(());
        }
        let bytes = self.bytes()?;
        self.note_inside(&bytes, casefile_inside::read(&bytes, self.path), facts);
        Ok(())
    }

    /// Notes what is inside a file that is no picture, and takes out of it what it says of those who made it.
    fn note_inside(&self, bytes: &[u8], inside: Inside, facts: &mut Facts) {
        facts.labels = label::said(bytes, &inside.packets);
        let is_cleaned = self.clean && self.cover.is_empty();
        // What a copy must read like.
        let before =
            is_cleaned.then(|| Inside { text: inside.text.clone(), unread: inside.unread, ..Inside::default() });
        let said = inside.metadata.iter().map(|entry| entry.value.as_str());
        let said: String = said.chain([inside.unseen.as_str()]).flat_map(|said| [said, "\n"]).collect();
        facts.inside = LookedInside::of(with_pictures(bytes, inside));
        let tells = !facts.inside.metadata.is_empty() || facts.inside.unseen.contains(&Unseen::Versions);
        let Some(before) = before.filter(|_| tells) else { return };
        let cleaner = Cleaner { label: &|xmp| label::packet(xmp, "", b""), picture: &clean_picture };
        let Some((stripped, inside)) = strip::strip(bytes, self.path, &before, &cleaner) else { return };
        // Labels that a machine made it are not taken out.
        if label::said(&stripped, &inside.packets) == facts.labels {
            facts.cleaning = self.keep(&stripped);
            facts.removed = said;
            // What is left is told.
            facts.inside = LookedInside::of(with_pictures(&stripped, inside));
        }
    }

    /// What there is to know of a file that a document links to or shows.
    fn at_cited(&self) -> io::Result<Facts> {
        let (mut facts, _) = self.at_head()?;
        let is_large = self.size > MAX_EXAMINED;
        match facts.media.class {
            Class::Image | Class::Picture if is_large && self.clean => facts.cleaning = Cleaning::Impossible,
            Class::Image | Class::Picture if is_large => {}
            Class::Image | Class::Picture => {
                let bytes = self.bytes()?;
                let exif = self.at_picture(&bytes, &mut facts);
                facts.pixels = size_of(&bytes, &exif);
            }
            Class::Active if !is_large => self.at_drawing(&self.bytes()?, &mut facts),
            Class::Office | Class::Archive if !is_large => {
                facts.is_active = casefile_inside::active::is_active(&self.bytes()?);
            }
            _ => {}
        }
        self.look_inside(&mut facts)?;
        Ok(facts)
    }

    fn make_smaller(&self, bytes: &[u8], facts: &mut Facts) {
        match picture::read(bytes) {
            Ok(read) => {
                facts.pixels = Some((read.width, read.height));
                let label = clean::label_of(bytes, &facts.media.mime);
                facts.smaller = self.keep_smaller(&self.sha256.to_string(), read.made, label.as_deref());
            }
            Err(why) => facts.damage = Some(why),
        }
    }

    /// Keeps what was made of a picture, under names that begin with `name`, with the label that a machine made it.
    fn keep_smaller(&self, name: &str, made: Vec<picture::Made>, label: Option<&str>) -> Vec<Smaller> {
        made.into_iter().filter_map(|made| self.keep_made(&format!("{name}-{}", made.width), made, label)).collect()
    }

    fn keep_made(&self, name: &str, made: picture::Made, label: Option<&str>) -> Option<Smaller> {
        let picture::Made { width, height, ending, bytes } = made;
        let mime = if ending == "png" { "image/png" } else { "image/jpeg" };
        let labelled = label.and_then(|label| clean::labelled(&bytes, mime, label));
        let mark = if labelled.is_some() { "-labelled" } else { "" };
        let path = self.store.keep(&format!("{name}{mark}.{ending}"), &labelled.unwrap_or(bytes))?;
        Some(Smaller { width, height, path })
    }

    /// Makes the picture of which parts are covered. That there is none is told where the list is read.
    fn cover(&self, bytes: &[u8], facts: &mut Facts) {
        if self.cover.is_empty() {
            return;
        }
        let Some(copy) = cover::burn(bytes, &facts.media.mime, self.cover) else { return };
        let Ok(read) = picture::read(&copy) else { return };
        let sha256 = Sha256::of(&copy);
        // Of one picture other parts may be covered tomorrow.
        let name = format!("{}-covered-{sha256}", self.sha256);
        let Some(path) = self.store.keep(&name, &copy) else { return };
        let label = clean::label_of(bytes, &facts.media.mime);
        let smaller = self.keep_smaller(&name, read.made, label.as_deref());
        let copy = Cleaned { path, size: copy.len() as u64, sha256 };
        facts.covered = Some(Covered { copy, smaller, pages: None });
    }

    /// Makes the PDF of pictures of which parts are covered. Why there is none is told where the list is read.
    fn cover_pages(&self, bytes: &[u8], facts: &mut Facts) {
        if self.cover.is_empty() {
            return;
        }
        let label = label::packet(bytes, &casefile_inside::pdf::read(bytes).1.packets, b"");
        let made = match covered_pages::burn(bytes, facts.pages, self.cover, label.as_deref()) {
            Ok(made) => made,
            Err(why) => {
                let is_locked = facts.inside.unread == Some(Unread::Locked);
                facts.uncoverable = Some(if is_locked { Uncoverable::Locked } else { why });
                return;
            }
        };
        let sha256 = Sha256::of(&made.pdf);
        let name = format!("{}-covered-{sha256}", self.sha256);
        let inside = covered_pages::inside(&made.text, &facts.inside);
        let kept = self.store.keep(&name, &made.pdf).zip(self.store.keep(&format!("{name}.txt"), made.text.as_bytes()));
        let Some((path, text)) = kept else { return };
        let smaller = self.keep_smaller(&name, made.thumbnail.into_iter().collect(), label.as_deref());
        let pages = (1..).zip(made.shown);
        let shown =
            pages.filter_map(|(page, made)| self.keep_made(&format!("{name}-page-{page}"), made, label.as_deref()));
        let pages = Some(SeenPages { shown: shown.collect(), inside, text });
        facts.covered = Some(Covered { copy: Cleaned { path, size: made.pdf.len() as u64, sha256 }, smaller, pages });
    }

    fn at_drawing(&self, bytes: &[u8], facts: &mut Facts) {
        if let Some(drawing) = drawing::clean(bytes) {
            facts.cleaning = self.keep(drawing.svg.as_bytes());
            facts.lost = drawing.lost;
        }
    }

    /// Looks at what stands in a picture beside its pixels; its Exif.
    fn at_picture(&self, bytes: &[u8], facts: &mut Facts) -> metadata::FoundExif {
        let exif = metadata::FoundExif::of(bytes);
        facts.metadata = metadata::read(bytes, &facts.media.mime, &exif);
        facts.labels = label::said(bytes, &metadata::packed_xmp(bytes));
        // What it says beside its pixels is published with it.
        if let Some(metadata) = &facts.metadata {
            facts.inside = LookedInside::of(Inside { unseen: metadata.words(), ..Inside::default() });
        }
        if !self.clean {
            return exif;
        }
        facts.cleaning = match clean::clean(bytes, &facts.media.mime, exif.orientation()) {
            Some(cleaned) if cleaned == bytes => Cleaning::Nothing,
            Some(cleaned) => {
                facts.removed = facts.metadata.as_ref().map(Metadata::words).unwrap_or_default();
                facts.inside = LookedInside::default();
                self.keep(&cleaned)
            }
            // Of what is damaged, or of another format, only what was found in it is known.
            None => match &facts.metadata {
                Some(metadata) if metadata.is_left() || facts.media.class == Class::Image => Cleaning::Impossible,
                _ => Cleaning::Nothing,
            },
        };
        exif
    }

    /// Keeps the copy that is published in place of the file.
    fn keep(&self, copy: &[u8]) -> Cleaning {
        let path = self.store.keep(&format!("{}-cleaned", self.sha256), copy);
        let cleaned = path.map(|path| Cleaned { path, size: copy.len() as u64, sha256: Sha256::of(copy) });
        cleaned.map_or(Cleaning::Impossible, Cleaning::Copy)
    }
}

/// A picture that lies in a file without what it says beside its pixels; none if that is nothing.
fn clean_picture(bytes: &[u8]) -> Option<Vec<u8>> {
    let mime = infer::get(bytes).map_or("", |kind| kind.mime_type());
    let orientation = metadata::FoundExif::of(bytes).orientation();
    clean::clean(bytes, mime, orientation).filter(|cleaned| cleaned != bytes)
}

/// What is inside a file, with what the pictures in it say of where and with what they were taken.
fn with_pictures(bytes: &[u8], mut inside: Inside) -> Inside {
    let mut add = |tells: Tells, said: Option<String>| {
        let entry = said.map(|value| MetadataEntry { tells, name: "picture".to_owned(), value });
        inside.metadata.extend(entry.filter(|entry| !inside.metadata.contains(entry)));
    };
    let is_whole = archive::pictures(bytes, |picture| {
        let mime = infer::get(picture).map_or("", |kind| kind.mime_type());
        let Some(said) = metadata::read(picture, mime, &metadata::FoundExif::of(picture)) else { return };
        add(Tells::Where, said.location);
        add(Tells::With, said.device);
    });
    if !is_whole {
        inside.unread = inside.unread.or(Some(Unread::Broken));
    }
    inside
}

/// The size of a picture in pixels, the way up that its Exif says, as browsers show it; none if that cannot be told.
fn size_of(bytes: &[u8], exif: &metadata::FoundExif) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    Some(if exif.orientation() >= 5 { (height, width) } else { (width, height) })
}
