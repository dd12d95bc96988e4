//! A zip, read so that every byte of it is accounted for.
//!
//! The members fill the file from its first byte to the central headers without a gap and without overlapping, both
//! headers of each say the same, and after the central headers nothing follows but the records at the end. What is not so
//! is refused: two programs could see two different things in it.

use std::io::{self, BufReader, Read};

use casefile_message::{Message, fault};
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use memchr::memmem;

use super::bag::DECLARATION;
use super::contents::{Contents, File, Listing};
use super::medium::{Medium, Stretch};
use super::path::{is_of_the_system, shown, why_unsafe};
use super::record::{
    COMMENT, DESCRIBED_AFTER, ENCRYPTED, END, END_64_SIZE, END_SIZE, End, Header, KNOWN_FLAGS, Kind, LOCAL_SIZE,
    LOCATOR_SIZE, Method, expands_too_far, is_descriptor,
};
use super::report::Problem;
use crate::sha256::{Sha256, Summing};

/// The most bytes of central headers that are read: enough for half a million members.
const MAX_CENTRAL: u64 = 64 << 20;

/// How much is read at once, in bytes.
const PIECE: usize = 1 << 20;

/// Why a zip cannot be looked into.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is none.
    NoZip,
    /// Its parts do not fit together.
    Broken(Message),
    /// It cannot be read.
    Io(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn broken<T>(why: Message) -> Result<T, Fault> {
    Err(Fault::Broken(why))
}

/// A zip with a bag in it.
pub(super) struct Archive<'a, M: ?Sized> {
    medium: &'a M,
    /// The headers and where the data begin, in the order of `files`.
    members: Vec<(Header, u64)>,
    files: Vec<File>,
    comment: Vec<u8>,
}

impl<'a, M: Medium + ?Sized> Archive<'a, M> {
    /// Reads all headers, and what is wrong with single members.
    pub(super) fn open(medium: &'a M) -> Result<(Self, Listing), Fault> {
        let (end, comment) = find_end(medium)?;
        let mut headers = central_headers(medium, &end)?;
        headers.sort_by_key(|header| header.offset);
        let mut members = Vec::with_capacity(headers.len());
        let mut at = 0;
        for (place, header) in headers.iter().enumerate() {
            let next = headers.get(place + 1).map_or(end.offset, |next| next.offset);
            let start = data_start(medium, header, at, next)?;
            at = next;
            members.push(start);
        }
        if at != end.offset {
            return broken(message!(
                en: "there is something before the central headers that belongs to no member",
                zh: "中央目录之前有不属于任何文件的内容"
            ));
        }
        let base = base(&headers);
        let mut listing = Listing::default();
        let mut found = Vec::new();
        for (header, start) in headers.into_iter().zip(members) {
            let Some(path) = listed(&header, &base, &mut listing) else { continue };
            listing.files.push(File { path: path.clone(), size: header.size });
            found.push((path, header, start));
        }
        listing.settle();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found.retain(|(path, ..)| listing.files.binary_search_by(|file| file.path.cmp(path)).is_ok());
        found.dedup_by(|a, b| a.0 == b.0);
        let members = found.into_iter().map(|(_, header, start)| (header, start)).collect();
        Ok((Self { medium, members, files: listing.files.clone(), comment }, listing))
    }

    /// Whether all of it together unpacks to so much that it is taken for an attack.
    pub(super) fn expands_too_far(&self) -> bool {
        let sum =
            |of: fn(&Header) -> u64| self.members.iter().fold(0u64, |sum, (header, _)| sum.saturating_add(of(header)));
        expands_too_far(sum(|header| header.size), sum(|header| header.packed))
    }

    /// The sum of the whole file, and what its comment says of the bytes before.
    pub(super) fn seal(&self) -> io::Result<(Sha256, Seal)> {
        let end = self.medium.size() - self.comment.len() as u64;
        let mut summing = Summing::default();
        let mut rest = Stretch { medium: self.medium, offset: 0, rest: end };
        let mut piece = vec![0; end.clamp(1, PIECE as u64) as usize];
        while rest.rest > 0 {
            let len = rest.read(&mut piece)?;
            summing.add(&piece[..len]);
        }
        let before = format!("{COMMENT}{}", summing.clone().finish());
        summing.add(&self.comment);
        let seal = match self.comment.as_slice() {
            [] => Seal::Same,
            comment if comment == before.as_bytes() => Seal::Same,
            comment if comment.starts_with(COMMENT.as_bytes()) => Seal::Broken,
            _ => Seal::Foreign,
        };
        Ok((summing.finish(), seal))
    }
}

/// What the comment of a zip says of the bytes before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// They are those that were written; or there is no comment.
    Same,
    /// They are others.
    Broken,
    /// Nothing that is known here.
    Foreign,
}

/// The record at the end, which must be the only one that could be it, and the comment after it.
fn find_end<M: Medium + ?Sized>(medium: &M) -> Result<(End, Vec<u8>), Fault> {
    let size = medium.size();
    let tail = size.min((END_SIZE + usize::from(u16::MAX)) as u64);
    let mut bytes = vec![0; tail as usize];
    medium.read_at(&mut bytes, size - tail)?;
    let starts = memmem::rfind_iter(&bytes, &END);
    let mut ends = starts.filter_map(|start| Some((start, End::read(&bytes[start..])?)));
    let Some((start, (end, comment))) = ends.next() else {
        let mut head = [0; 4];
        let begins_like_one = medium.read_at(&mut head, 0).is_ok() && head == *b"PK\x03\x04";
        return if begins_like_one {
            broken(message!(en: "the end of the zip is missing", zh: "zip 的结尾缺失"))
        } else {
            Err(Fault::NoZip)
        };
    };
    if ends.next().is_some() {
        return broken(message!(en: "the zip has two ends", zh: "zip 有两个结尾"));
    }
    let at = size - tail + start as u64;
    let comment = comment.to_vec();
    match long_end(medium, at)? {
        Some((long, at)) => {
            let agrees = |short: u64, long: u64, full: u64| short == long || short == full;
            let same = agrees(end.members, long.members, u16::MAX.into())
                && agrees(end.size, long.size, u32::MAX.into())
                && agrees(end.offset, long.offset, u32::MAX.into());
            if !same {
                return broken(message!(
                    en: "the two records at the end contradict each other",
                    zh: "结尾的两条记录相互矛盾"
                ));
            }
            ends_at(long, at, comment)
        }
        None if end.is_short() => broken(message!(en: "a record at the end is missing", zh: "结尾缺少一条记录")),
        None => ends_at(end, at, comment),
    }
}

fn ends_at(end: End, at: u64, comment: Vec<u8>) -> Result<(End, Vec<u8>), Fault> {
    if end.offset.checked_add(end.size) != Some(at) {
        return broken(message!(
            en: "the central headers do not end where the records at the end begin",
            zh: "中央目录没有在结尾记录开始之处结束"
        ));
    }
    if end.size > MAX_CENTRAL || !end.has_room() {
        return broken(message!(
            en: "{size} bytes of central headers for {members} members cannot be",
            zh: "{members} 个文件的中央目录不可能有 {size} 字节",
            size = end.size, members = end.members
        ));
    }
    Ok((end, comment))
}

/// The long record at the end and where it stands, if there is one before the short one at `at`.
fn long_end<M: Medium + ?Sized>(medium: &M, at: u64) -> Result<Option<(End, u64)>, Fault> {
    let Some(locator) = at.checked_sub(LOCATOR_SIZE) else { return Ok(None) };
    let mut bytes = [0; LOCATOR_SIZE as usize];
    medium.read_at(&mut bytes, locator)?;
    let Some(offset) = End::read_locator(&bytes) else { return Ok(None) };
    if offset.checked_add(END_64_SIZE) != Some(locator) {
        return broken(message!(
            en: "the long record at the end is not where it is said to be",
            zh: "结尾的长记录不在所说的位置"
        ));
    }
    let mut bytes = [0; END_64_SIZE as usize];
    medium.read_at(&mut bytes, offset)?;
    match End::read_long(&bytes) {
        Some(end) => Ok(Some((end, offset))),
        None => broken(message!(en: "the long record at the end is none", zh: "结尾的长记录不是有效的记录")),
    }
}

fn central_headers<M: Medium + ?Sized>(medium: &M, end: &End) -> Result<Vec<Header>, Fault> {
    let mut bytes = vec![0; end.size as usize];
    medium.read_at(&mut bytes, end.offset)?;
    let mut rest = bytes.as_slice();
    let mut headers = Vec::new();
    for _ in 0..end.members {
        let Some(header) = Header::read_central(&mut rest) else {
            return broken(message!(
                en: "a central header is damaged or contradicts itself",
                zh: "中央目录中有一项已损坏，或自相矛盾"
            ));
        };
        headers.push(header);
    }
    if rest.is_empty() {
        Ok(headers)
    } else {
        broken(message!(
            en: "there are more central headers than the end says",
            zh: "中央目录的项数比结尾所说的多"
        ))
    }
}

/// Where the data of a member begin, whose local header must stand at `at`, and whose data must reach to `next`.
fn data_start<M: Medium + ?Sized>(medium: &M, header: &Header, at: u64, next: u64) -> Result<u64, Fault> {
    let name = || shown(&String::from_utf8_lossy(&header.name));
    if header.offset != at {
        return broken(message!(
            en: "there is something before {name} that belongs to no member, or two members overlap",
            zh: "{name} 之前有不属于任何文件的内容，或两个文件重叠",
            name = name()
        ));
    }
    let room = next.saturating_sub(at);
    let mut fixed = [0; LOCAL_SIZE as usize];
    if room < LOCAL_SIZE {
        return broken(message!(en: "there is no room for {name}", zh: "放不下 {name}", name = name()));
    }
    medium.read_at(&mut fixed, at)?;
    let mut bytes = vec![0; Header::local_size(&fixed).min(room) as usize];
    medium.read_at(&mut bytes, at)?;
    let Some((local, size)) = Header::read_local(&bytes, at) else {
        return broken(message!(
            en: "the local header of {name} is damaged or contradicts itself",
            zh: "{name} 的本地文件头已损坏，或自相矛盾",
            name = name()
        ));
    };
    if !header.agrees_with(&local) {
        return broken(message!(
            en: "the two headers of {name} contradict each other",
            zh: "{name} 的两个文件头相互矛盾",
            name = name()
        ));
    }
    if local.needs_too_much() {
        return broken(message!(
            en: "{name} needs a later version of the format than it is packed by",
            zh: "{name} 所需的格式版本比打包所用的新",
            name = name()
        ));
    }
    let start = at + size;
    let after = start.checked_add(header.packed).and_then(|end| next.checked_sub(end));
    match after {
        Some(0) if header.flags & DESCRIBED_AFTER == 0 => Ok(start),
        Some(after @ 12..=24) if header.flags & DESCRIBED_AFTER != 0 => {
            let mut bytes = vec![0; after as usize];
            medium.read_at(&mut bytes, next - after)?;
            if is_descriptor(&bytes, header) {
                Ok(start)
            } else {
                broken(message!(
                    en: "what follows {name} is damaged",
                    zh: "{name} 之后的内容已损坏",
                    name = name()
                ))
            }
        }
        _ => broken(message!(
            en: "there is something behind {name} that belongs to no member, or too little of it",
            zh: "{name} 之后有不属于任何文件的内容，或内容不全",
            name = name()
        )),
    }
}

/// The folder of the bag in the zip, with its slash: that of bagit.txt, else the only one there is; empty for none.
fn base(headers: &[Header]) -> String {
    let names: Vec<&str> = headers.iter().filter_map(|header| str::from_utf8(&header.name).ok()).collect();
    if names.contains(&DECLARATION) {
        return String::new();
    }
    let folder = |name: &str| name.split_once('/').map(|(folder, _)| format!("{folder}/"));
    let declared = names.iter().find_map(|name| {
        Some(name.strip_suffix(DECLARATION)?).filter(|base| base.find('/') == base.len().checked_sub(1))
    });
    let only = || folder(names.first()?).filter(|base| names.iter().all(|name| name.starts_with(base.as_str())));
    declared.map(str::to_owned).or_else(only).unwrap_or_default()
}

/// The path in the bag of a member that is a file and may be read; else nothing, and what is wrong is added.
fn listed(header: &Header, base: &str, listing: &mut Listing) -> Option<String> {
    let Ok(name) = str::from_utf8(&header.name) else {
        let path = String::from_utf8_lossy(&header.name).into_owned();
        listing.problems.push(Problem::Refused {
            path,
            why: message!(
                en: "the path is not UTF-8",
                zh: "路径不是 UTF-8"
            ),
        });
        return None;
    };
    let path = name.strip_prefix(base).filter(|path| !path.is_empty());
    let mut refuse = |why: Message| {
        let path = path.unwrap_or(name).to_owned();
        listing.problems.push(Problem::Refused { path, why: why.to_owned() });
        None
    };
    let is_folder = match header.kind() {
        Kind::Special => {
            return refuse(message!(
                en: "it is a link, a device or the like, and no file",
                zh: "这是链接、设备一类的东西，不是文件"
            ));
        }
        Kind::Folder if (header.size, header.packed) != (0, 0) => {
            return refuse(message!(
                en: "it is a folder with a content",
                zh: "这是文件夹，却有内容"
            ));
        }
        kind => kind == Kind::Folder,
    };
    if let Some(why) = why_unsafe(name.strip_suffix('/').filter(|_| is_folder).unwrap_or(name)) {
        return refuse(why);
    }
    if header.needs_too_much() {
        return refuse(message!(
            en: "it needs a version of the format that no program knows",
            zh: "所需的格式版本没有程序认识"
        ));
    }
    if header.flags & !KNOWN_FLAGS != 0 {
        return refuse(message!(
            en: "its flags ask for what programs do differently",
            zh: "它的标志要求各程序处理方式不同的功能"
        ));
    }
    if is_folder {
        listing.folders.extend(path.map(|path| path.trim_end_matches('/').to_owned()));
        return None;
    }
    if header.method == Method::Stored.number() && header.packed != header.size && header.flags & ENCRYPTED == 0 {
        return refuse(message!(en: "it has two sizes", zh: "它有两个大小"));
    }
    if expands_too_far(header.size, header.packed) {
        return refuse(message!(
            en: "it unpacks to so much that it could only fill the disk",
            zh: "解压后大得只能塞满磁盘"
        ));
    }
    match path {
        None if is_of_the_system(name) => listing.of_the_system.push(name.to_owned()),
        None => listing.problems.push(Problem::Added { path: name.to_owned() }),
        Some(_) => {}
    }
    path.map(str::to_owned)
}

impl<M: Medium + ?Sized> Contents for Archive<'_, M> {
    fn files(&self) -> &[File] {
        &self.files
    }

    fn open(&self, at: usize) -> io::Result<Box<dyn Read + '_>> {
        let (header, start) = &self.members[at];
        if header.flags & ENCRYPTED != 0 {
            return Err(fault(
                io::ErrorKind::Unsupported,
                message!(
                    en: "it is encrypted",
                    zh: "它是加密的"
                ),
            ));
        }
        let packed = Stretch { medium: self.medium, offset: *start, rest: header.packed };
        let data = match header.method {
            method if method == Method::Stored.number() => Data::Stored(packed),
            method if method == Method::Deflated.number() => {
                let capacity = header.packed.clamp(1, 1 << 16) as usize;
                Data::Deflated(DeflateDecoder::new(BufReader::with_capacity(capacity, packed)))
            }
            method => {
                let why = message!(
                    en: "it is packed by method {method}, which is not known here",
                    zh: "它用方法 {method} 打包，这里不认识"
                );
                return Err(fault(io::ErrorKind::Unsupported, why));
            }
        };
        Ok(Box::new(Unpacked { data, header, crc: Crc::new(), size: 0 }))
    }
}

/// The bytes of a member; at their end they were what the header says of them.
struct Unpacked<'a, M: ?Sized> {
    data: Data<'a, M>,
    header: &'a Header,
    crc: Crc,
    size: u64,
}

enum Data<'a, M: ?Sized> {
    Stored(Stretch<'a, M>),
    Deflated(DeflateDecoder<BufReader<Stretch<'a, M>>>),
}

impl<M: Medium + ?Sized> Read for Unpacked<'_, M> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let damaged = |why: Message| Err(fault(io::ErrorKind::InvalidData, why));
        let len = match &mut self.data {
            Data::Stored(stretch) => stretch.read(buffer)?,
            Data::Deflated(decoder) => match decoder.read(buffer) {
                Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof) => {
                    return damaged(message!(en: "its packed bytes are damaged", zh: "打包的字节已损坏"));
                }
                result => result?,
            },
        };
        self.crc.update(&buffer[..len]);
        self.size += len as u64;
        if self.size > self.header.size {
            return damaged(message!(en: "it unpacks to more than its header says", zh: "解压后比文件头所说的大"));
        }
        if len == 0 && !buffer.is_empty() {
            if self.size < self.header.size {
                return damaged(message!(
                    en: "it unpacks to less than its header says",
                    zh: "解压后比文件头所说的小"
                ));
            }
            if self.crc.sum() != self.header.crc {
                return damaged(message!(
                    en: "its bytes have another CRC-32 than its header says",
                    zh: "CRC-32 与文件头所说的不同"
                ));
            }
            if let Data::Deflated(decoder) = &self.data
                && decoder.total_in() != self.header.packed
            {
                return damaged(message!(
                    en: "there are bytes behind its packed ones",
                    zh: "打包的字节之后还有字节"
                ));
            }
        }
        Ok(len)
    }
}
