//! Hashing and packing one file after the other, on all cores, in little memory.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use casefile_verify::record::{Method, shrinks_too_far};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::PIECE;
use crate::Error;
use crate::output::{Content, Output, disk};
use crate::seal::{Leak, Seal};
use crate::sha256::{Sha256, Summing};
use crate::source::exhibit::media::ending;
use crate::source::stamp::Stamp;

/// Endings of files whose bytes are packed already.
const PACKED: &[&str] = &[
    "7z", "aac", "apk", "avif", "br", "bz2", "docx", "epub", "flac", "gif", "gz", "heic", "heif", "jar", "jfif", "jpe",
    "jpeg", "jpg", "m4a", "m4v", "mkv", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg", "ogv", "opus", "png", "pptx",
    "rar", "tgz", "webm", "webp", "woff", "woff2", "xlsx", "xz", "zip", "zst",
];

/// How much of a file of the case is packed to see whether it shrinks, in bytes, and to what part of it it must.
const SAMPLE: u64 = 1 << 16;
const WORTH_IT: (usize, usize) = (15, 16);

/// How hard bytes are packed, and how hard files of the case of more than [`LARGE`] bytes are: of these there may be
/// gigabytes, and whoever waits for them is better served by half the time than by a third less of size.
const THOROUGH: Compression = Compression::new(6);
const QUICK: Compression = Compression::new(1);
const LARGE: u64 = 1 << 18;

/// A file that is ready to go into a zip.
pub(super) struct Packed {
    pub(super) size: u64,
    pub(super) sha256: Sha256,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) method: Method,
    pub(super) data: Data,
}

/// Where the packed bytes are.
pub(super) enum Data {
    /// In the spool, in this order.
    Spooled(Vec<Extent>),
    /// In the file of the case itself, which looked so when it was read.
    InPlace { path: PathBuf, stamp: Stamp },
}

/// Packs what a case publishes.
pub(super) struct Packer<'a> {
    output: &'a Output<'a>,
    case: &'a Path,
    pub(super) spool: Spool,
    /// What must stand nowhere in it, and where it does.
    seal: Option<&'a Seal>,
    leaks: Mutex<Vec<Leak>>,
}

impl<'a> Packer<'a> {
    /// A packer whose spool is in `folder`.
    pub(super) fn new(
        output: &'a Output<'a>,
        case: &'a Path,
        folder: &Path,
        seal: Option<&'a Seal>,
    ) -> Result<Self, Error> {
        Ok(Self { output, case, spool: Spool::new(folder)?, seal, leaks: Mutex::default() })
    }

    /// Refuses if anything that was packed holds what it must not.
    pub(super) fn sealed(&self) -> Result<(), Error> {
        let mut leaks = std::mem::take(&mut *self.leaks.lock().unwrap_or_else(PoisonError::into_inner));
        leaks.sort_by(|a, b| a.path.cmp(&b.path));
        if leaks.is_empty() { Ok(()) } else { Err(Error::Leaks(leaks)) }
    }

    /// The same content, after it was looked through for what must not be published.
    fn looked_through<'b>(&self, path: &str, content: Content<'b>) -> Result<Content<'b>, Error> {
        let Some(seal) = self.seal else { return Ok(content) };
        let (content, leak) = disk::look_through(seal, self.case, path, content)?;
        self.leaks.lock().unwrap_or_else(PoisonError::into_inner).extend(leak);
        Ok(content)
    }

    /// Packs what is published at `path`.
    pub(super) fn publish(&self, path: &str) -> Result<Packed, Error> {
        let nothing = || Content::Bytes(Cow::Borrowed(&[]));
        self.pack(path, || Ok(self.output.content(path)?.unwrap_or_else(nothing)))
    }

    /// Packs bytes that go by the name `path`.
    pub(super) fn pack_bytes(&self, path: &str, bytes: &[u8]) -> Result<Packed, Error> {
        self.pack(path, || Ok(Content::Bytes(Cow::Borrowed(bytes))))
    }

    /// Packs a content that goes by the name `path`. It is asked for again if it turns out not to shrink as it should.
    fn pack<'b>(&self, path: &str, content: impl Fn() -> Result<Content<'b>, Error>) -> Result<Packed, Error> {
        let first = self.looked_through(path, content()?)?;
        if !self.is_worth_packing(path, &first)? {
            return self.pack_by(Method::Stored, first);
        }
        let packed = self.pack_by(Method::Deflated, first)?;
        // Whoever verifies the zip would take what shrinks beyond belief for an attack, or much of it together.
        if packed.packed >= packed.size || shrinks_too_far(packed.size, packed.packed) {
            return self.pack_by(Method::Stored, content()?);
        }
        Ok(packed)
    }

    fn is_worth_packing(&self, path: &str, content: &Content<'_>) -> Result<bool, Error> {
        if PACKED.contains(&ending(path).as_str()) {
            return Ok(false);
        }
        let Content::Copy { path, .. } = content else { return Ok(true) };
        let path = self.case.join(path);
        let mut sample = Vec::new();
        File::open(&path).and_then(|file| file.take(SAMPLE).read_to_end(&mut sample)).map_err(Error::io(&path))?;
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        let packed = encoder.write_all(&sample).and_then(|()| encoder.finish()).map_err(Error::io(&path))?;
        Ok(packed.len() * WORTH_IT.1 < sample.len() * WORTH_IT.0)
    }

    fn pack_by(&self, method: Method, content: Content<'_>) -> Result<Packed, Error> {
        match content {
            Content::Bytes(bytes) => self.spooled(method, THOROUGH, |put| put(&bytes)),
            Content::Pieces(mut pieces) => {
                self.spooled(method, THOROUGH, |put| pieces.try_for_each(|piece| put(piece.as_bytes())))
            }
            Content::Copy { path, sha256, stamp } => {
                let path = self.case.join(path);
                let now = Stamp::of(&path).map_err(Error::io(&path))?;
                let packed = match method {
                    Method::Stored => in_place(&path, now)?,
                    Method::Deflated => {
                        let level = if now.size > LARGE { QUICK } else { THOROUGH };
                        self.spooled(method, level, |put| each_piece(&path, put))?
                    }
                };
                let is_same = sha256.is_none_or(|sha256| sha256 == packed.sha256)
                    && stamp.is_none_or(|stamp| stamp == now)
                    && Stamp::of(&path).ok() == Some(now);
                if is_same { Ok(packed) } else { Err(changed(&path)) }
            }
        }
    }

    /// Packs into the spool what `write` puts.
    fn spooled(
        &self,
        method: Method,
        level: Compression,
        write: impl FnOnce(&mut dyn FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error>,
    ) -> Result<Packed, Error> {
        let spool = BufWriter::with_capacity(EXTENT, Spooling { spool: &self.spool, extents: Vec::new() });
        let mut measure = Measure::default();
        let mut sink = match method {
            Method::Stored => Sink::Stored(spool),
            Method::Deflated => Sink::Deflated(DeflateEncoder::new(spool, level)),
        };
        write(&mut |bytes| {
            measure.add(bytes);
            sink.write_all(bytes).map_err(Error::io(&self.spool.folder))
        })?;
        let spool = sink.finish().map_err(Error::io(&self.spool.folder))?;
        let extents = spool.into_inner().map_err(|error| Error::io(&self.spool.folder)(error.into_error()))?.extents;
        let packed = extents.iter().map(|extent| extent.len as u64).sum();
        Ok(measure.finish(method, packed, Data::Spooled(extents)))
    }
}

/// Measures a file that goes into the zip as it is.
fn in_place(path: &Path, stamp: Stamp) -> Result<Packed, Error> {
    let mut measure = Measure::default();
    each_piece(path, &mut |piece| {
        measure.add(piece);
        Ok(())
    })?;
    let size = measure.size;
    Ok(measure.finish(Method::Stored, size, Data::InPlace { path: path.to_owned(), stamp }))
}

/// Reads a file piece by piece.
fn each_piece(path: &Path, take: &mut dyn FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
    let mut file = File::open(path).map_err(Error::io(path))?;
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).map_err(Error::io(path))? {
            0 => return Ok(()),
            len => take(&piece[..len])?,
        }
    }
}

/// What to say of a file of the case that is no longer what it was.
pub(super) fn changed(path: &Path) -> Error {
    Error::Output {
        path: path.to_owned(),
        why: message!(
            en: "it changed while the zip was made; make it again",
            zh: "制作 zip 时文件有改动；请重新制作"
        ),
    }
}

/// What is known of bytes once all of them went by.
#[derive(Default)]
struct Measure {
    size: u64,
    summing: Summing,
    crc: Crc,
}

impl Measure {
    fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.summing.add(bytes);
        self.crc.update(bytes);
    }

    fn finish(self, method: Method, packed: u64, data: Data) -> Packed {
        Packed { size: self.size, sha256: self.summing.finish(), crc: self.crc.sum(), packed, method, data }
    }
}

enum Sink<W: Write> {
    Stored(W),
    Deflated(DeflateEncoder<W>),
}

impl<W: Write> Sink<W> {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Stored(to) => to.write_all(bytes),
            Self::Deflated(to) => to.write_all(bytes),
        }
    }

    fn finish(self) -> io::Result<W> {
        match self {
            Self::Stored(to) => Ok(to),
            Self::Deflated(to) => to.finish(),
        }
    }
}

/// How much is put into the spool at once, in bytes.
const EXTENT: usize = 1 << 17;

/// Packed bytes of many files, in a file without a name, which is gone when the process ends, however it ends.
pub(super) struct Spool {
    folder: PathBuf,
    file: Mutex<File>,
}

/// A stretch of the spool.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    offset: u64,
    len: usize,
}

impl Spool {
    fn new(folder: &Path) -> Result<Self, Error> {
        let file = tempfile::tempfile_in(folder).map_err(Error::io(folder))?;
        Ok(Self { folder: folder.to_owned(), file: Mutex::new(file) })
    }

    fn append(&self, bytes: &[u8]) -> io::Result<Extent> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let offset = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(Extent { offset, len: bytes.len() })
    }

    /// Hands the bytes of a stretch to `take`.
    pub(super) fn read(&self, extent: Extent, take: impl FnOnce(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        let mut bytes = vec![0; extent.len];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let read = file.seek(SeekFrom::Start(extent.offset)).and_then(|_| file.read_exact(&mut bytes));
        read.map_err(Error::io(&self.folder))?;
        take(&bytes)
    }
}

/// Bytes on their way into the spool.
struct Spooling<'a> {
    spool: &'a Spool,
    extents: Vec<Extent>,
}

impl Write for Spooling<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.extents.push(self.spool.append(bytes)?);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
