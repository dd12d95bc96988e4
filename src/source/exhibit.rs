//! The exhibits of a case: files that are hashed, looked into and made small for pages, but never changed.
#![expect(clippy::disallowed_methods, reason = "reading the exhibits is what this module is for")]

mod clean;
pub mod exif;
pub mod media;
mod pdf;
mod picture;
pub mod preview;
mod script;
pub mod store;
mod text;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use memchr::memmem;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::sha256::{Sha256, Summing};
use crate::source::stamp::Stamp;
use exif::Exif;
use media::{Class, HEAD_BYTES, Media};
use preview::Preview;
use store::Store;

/// The folder of the exhibits, below the content.
pub const FOLDER: &str = "exhibits";

/// The file in it that describes them, by either of its names.
pub const LISTS: [&str; 2] = ["exhibits.yaml", "exhibits.yml"];

/// The largest picture or PDF that is looked into, in bytes. A larger one is hashed and offered like any file.
const MAX_EXAMINED: u64 = 128 << 20;

/// The name that macros have in a document of an office program (ECMA-376 with MS-OVBA).
const MACROS: &[u8] = b"vbaProject.bin";

/// How much of a file is in memory while it is hashed, in bytes.
const PIECE: usize = 1 << 20;

/// A file among the exhibits.
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

/// What a file is and holds; the same for every file of the same bytes and the same ending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What it is.
    pub media: Media,
    /// Why it cannot be shown, although it is a picture.
    pub damage: Option<String>,
    /// Its size in pixels, if it is a picture that can be shown.
    pub pixels: Option<(u32, u32)>,
    /// The picture made small, smallest first.
    pub smaller: Vec<Smaller>,
    /// What a picture says beside its pixels.
    pub exif: Option<Exif>,
    /// What became of it when it was to be published without what it says beside its pixels.
    pub cleaning: Cleaning,
    /// How many pages a PDF has.
    pub pages: Option<u32>,
    /// Whether it holds a script, or starts a program.
    pub acts: bool,
    /// What a page shows of it.
    pub preview: Preview,
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

/// What became of a file that was to be published without metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cleaning {
    /// Nobody asked for it.
    NotAsked,
    /// There is nothing to remove, or nothing of which anything is known.
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

/// What was found in the folder of the exhibits.
#[derive(Debug, Default)]
pub struct Examined {
    /// The files, in the order of `paths`.
    pub files: Vec<ExhibitFile>,
    /// The files that could not be read, and why.
    pub unreadable: Vec<(String, io::Error)>,
}

/// Looks into the files `paths` of the case at `root`, in parallel, each in a small piece of memory. `clean` asks for
/// pictures without what they say beside their pixels.
pub fn examine(root: &Path, paths: &[String], clean: bool, store: &Store) -> Examined {
    let results: Vec<(String, io::Result<ExhibitFile>)> =
        paths.par_iter().map(|path| (path.clone(), one(root, path, clean, store))).collect();
    let mut examined = Examined::default();
    for (path, result) in results {
        match result {
            Ok(file) => examined.files.push(file),
            Err(error) => examined.unreadable.push((path, error)),
        }
    }
    examined
}

fn one(root: &Path, path: &str, clean: bool, store: &Store) -> io::Result<ExhibitFile> {
    let absolute = root.join(path);
    let (sha256, stamp) = store.sum_of_source(&absolute, path)?;
    let size = stamp.size;
    let facts = match store.facts(&sha256, path) {
        Some(facts) if !clean || facts.cleaning != Cleaning::NotAsked => facts,
        _ => {
            let facts = look_into(&absolute, path, size, &sha256, clean, store)?;
            store.keep_facts(&sha256, path, &facts);
            facts
        }
    };
    Ok(ExhibitFile { path: path.to_owned(), size, sha256, stamp, facts })
}

/// Whether a drawing runs a script where it is opened by itself.
pub(super) fn runs(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| script::runs(&bytes, "SVG"))
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

fn look_into(file: &Path, path: &str, size: u64, sha256: &Sha256, clean: bool, store: &Store) -> io::Result<Facts> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    File::open(file)?.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let whole = head.len() as u64 == size;
    let media = Media::detect(&head, path);
    let preview = Preview::of(&media, &head, whole);
    let mut facts = Facts {
        media,
        damage: None,
        pixels: None,
        smaller: Vec::new(),
        exif: None,
        cleaning: if clean { Cleaning::Nothing } else { Cleaning::NotAsked },
        pages: None,
        acts: false,
        preview,
    };
    match facts.media.class {
        Class::Image | Class::Picture | Class::Pdf if size > MAX_EXAMINED => {
            facts.damage = Some(format!("{size} bytes are too many to look into"));
            if clean && facts.media.class != Class::Pdf {
                facts.cleaning = Cleaning::Impossible;
            }
        }
        Class::Image => of_image(&std::fs::read(file)?, sha256, clean, store, &mut facts),
        Class::Picture => {
            facts.exif = exif::read(&std::fs::read(file)?);
            let tells = facts.exif.as_ref().is_some_and(|exif| exif.location.is_some() || exif.device.is_some());
            if clean && tells {
                facts.cleaning = Cleaning::Impossible;
            }
        }
        Class::Pdf => {
            let pdf = pdf::examine(&std::fs::read(file)?);
            (facts.pages, facts.acts) = (pdf.pages, pdf.acts);
        }
        Class::Active if size <= MAX_EXAMINED => facts.acts = script::runs(&std::fs::read(file)?, &facts.media.format),
        Class::Active | Class::Program => facts.acts = true,
        Class::Office | Class::Archive if size <= MAX_EXAMINED => {
            facts.acts = memmem::find(&std::fs::read(file)?, MACROS).is_some();
        }
        _ => {}
    }
    Ok(facts)
}

fn of_image(bytes: &[u8], sha256: &Sha256, clean: bool, store: &Store, facts: &mut Facts) {
    facts.exif = exif::read(bytes);
    let mut orientation = 1;
    match picture::read(bytes) {
        Ok(read) => {
            facts.pixels = Some((read.width, read.height));
            orientation = read.orientation;
            for made in read.made {
                let name = format!("{sha256}-{}.{}", made.width, made.ending);
                if let Some(path) = store.keep(&name, &made.bytes) {
                    facts.smaller.push(Smaller { width: made.width, height: made.height, path });
                }
            }
        }
        Err(why) => facts.damage = Some(why),
    }
    if clean {
        facts.cleaning = match clean::clean(bytes, &facts.media.mime, orientation) {
            Some(cleaned) if cleaned == bytes => Cleaning::Nothing,
            Some(cleaned) => store
                .keep(&format!("{sha256}-cleaned"), &cleaned)
                .map(|path| Cleaned { path, size: cleaned.len() as u64, sha256: Sha256::of(&cleaned) })
                .map_or(Cleaning::Impossible, Cleaning::Copy),
            None => Cleaning::Impossible,
        };
    }
}
