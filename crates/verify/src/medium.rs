//! Bytes that several threads read at once, wherever they like.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use casefile_message::fault;

/// Bytes of a known number.
pub trait Medium: Sync {
    /// How many there are.
    fn size(&self) -> u64;

    /// Fills `buffer` with those from `offset` on.
    ///
    /// # Errors
    /// When there are not as many, or they cannot be read.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()>;
}

impl Medium for [u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let start = usize::try_from(offset).ok();
        let bytes = start.and_then(|start| self.get(start..start.checked_add(buffer.len())?));
        buffer.copy_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// A file, opened for reading.
#[derive(Debug)]
pub struct OpenFile {
    file: File,
    size: u64,
}

impl OpenFile {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// When the system refuses, or this is no file.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = open_file(path, Links::Followed)?;
        let size = file.metadata()?.len();
        Ok(Self { file, size })
    }
}

/// What becomes of a symbolic link where a file should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    Followed,
    Refused,
}

/// Opens a file, and nothing that is none: a pipe would let whoever opens it wait for ever.
pub(super) fn open_file(path: &Path, links: Links) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let links = if links == Links::Refused { OFlags::NOFOLLOW } else { OFlags::empty() };
        options.custom_flags((OFlags::NONBLOCK | links).bits().cast_signed());
    }
    #[cfg(not(unix))]
    if links == Links::Refused && path.symlink_metadata()?.is_symlink() {
        return Err(fault(io::ErrorKind::Other, message!(en: "this is a link", zh: "这是链接")));
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(fault(
            io::ErrorKind::Other,
            message!(
                en: "this is no file",
                zh: "这不是文件"
            ),
        ))
    }
}

impl Medium for OpenFile {
    fn size(&self) -> u64 {
        self.size
    }

    #[cfg(unix)]
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, buffer, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
        while !buffer.is_empty() {
            match std::os::windows::fs::FileExt::seek_read(&self.file, buffer, offset)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => {
                    buffer = &mut buffer[read..];
                    offset += read as u64;
                }
            }
        }
        Ok(())
    }
}

/// A stretch of a medium, read from its beginning.
pub(super) struct Stretch<'a, M: ?Sized> {
    pub(super) medium: &'a M,
    pub(super) offset: u64,
    pub(super) rest: u64,
}

impl<M: Medium + ?Sized> io::Read for Stretch<'_, M> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = buffer.len().min(usize::try_from(self.rest).unwrap_or(usize::MAX));
        self.medium.read_at(&mut buffer[..len], self.offset)?;
        self.offset += len as u64;
        self.rest -= len as u64;
        Ok(len)
    }
}
