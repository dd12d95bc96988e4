//! The records of a zip file (PKWARE's APPNOTE.TXT 6.3.10, section 4.3): as they are written here, and as they are read.
//!
//! They are written here and not by a library because a zip must be the same bytes for ever, and because whoever verifies
//! one must account for every byte of it; libraries forgive what they do not need.

/// What begins a local header, a central one, and the records at the end.
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
pub(super) const END: [u8; 4] = *b"PK\x05\x06";
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;

/// The size of the record at the end without its comment, in bytes.
pub const END_SIZE: usize = 22;
/// The sizes of the fixed parts of the others.
pub(super) const LOCAL_SIZE: u64 = 30;
const CENTRAL_SIZE: usize = 46;
pub(super) const END_64_SIZE: u64 = 56;
pub(super) const LOCATOR_SIZE: u64 = 20;

/// The field that holds what does not fit into 32 bits (section 4.5.3).
const ZIP64: u16 = 1;

/// The field with the name in UTF-8 (section 4.6.9).
const UNICODE_PATH: u16 = 0x7075;

/// Flags (section 4.4.4): encrypted; sum and sizes follow the data.
pub(super) const ENCRYPTED: u16 = 1;
pub(super) const DESCRIBED_AFTER: u16 = 1 << 3;

/// The flags that change nothing of what a member is, but how it is packed or its name written; all others mean patches,
/// masked headers and other things that programs take differently.
pub(super) const KNOWN_FLAGS: u16 = ENCRYPTED | 0b110 | DESCRIBED_AFTER | 1 << 11;

/// The version that long members need (section 4.4.3.2), and the latest that says how members are packed.
const LONG_VERSION: u8 = 45;
const LATEST_VERSION: u8 = 63;

/// Written by version 6.3 on Unix, so that modes count; a plain file that all may read.
const MADE_BY: u16 = 3 << 8 | 63;
const PLAIN_FILE: u32 = 0o100_644 << 16;

/// The bits of a Unix mode that say what kind of file this is, and those of a plain file and a folder.
const KIND: u32 = 0o170_000;
const KIND_FILE: u32 = 0o100_000;
const KIND_FOLDER: u32 = 0o040_000;

/// What stands in the comment of a zip of ours, before the SHA-256 sum of everything before the comment.
pub const COMMENT: &str = "SHA-256 of all bytes before these words: ";

/// How many times its packed size what has more than [`SMALL`] bytes may have. Text hardly ever shrinks so much;
/// what does so is made to fill disks.
const MAX_EXPANSION: u64 = 200;
const SMALL: u64 = 16 << 20;

/// Whether a member, or all of a zip, unpacks to so much that it is taken for an attack.
pub(super) fn expands_too_far(size: u64, packed: u64) -> bool {
    size > SMALL && shrinks_too_far(size, packed)
}

/// Whether so many bytes in so few are beyond what is believed where there are many of them.
pub fn shrinks_too_far(size: u64, packed: u64) -> bool {
    size / MAX_EXPANSION > packed
}

/// How the bytes of a member are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// As they are.
    Stored,
    /// By RFC 1951.
    Deflated,
}

impl Method {
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Stored => 0,
            Self::Deflated => 8,
        }
    }
}

/// A time as MS-DOS writes it, to two seconds and in no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DosTime {
    pub(super) date: u16,
    pub(super) time: u16,
}

impl DosTime {
    /// The time; years before 1980 and after 2107 cannot be written, the nearest time stands for them.
    pub fn new(year: i16, month: i8, day: i8, hour: i8, minute: i8, second: i8) -> Self {
        let bits = |value: i8| u16::try_from(value).unwrap_or(0);
        match year {
            ..1980 => Self { date: 1 << 5 | 1, time: 0 },
            2108.. => Self { date: 127 << 9 | 12 << 5 | 31, time: 23 << 11 | 59 << 5 | 29 },
            _ => Self {
                date: (year - 1980).unsigned_abs() << 9 | bits(month) << 5 | bits(day),
                time: bits(hour) << 11 | bits(minute) << 5 | (bits(second) / 2),
            },
        }
    }
}

/// What the headers of a member say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub(super) name: Vec<u8>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) when: DosTime,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
    /// Where the local header stands.
    pub(super) offset: u64,
    /// The version of the format that is needed to unpack it, ten for 1.0; zero where it follows from the rest.
    version: u8,
    /// The system it was made on and the version of the format; only in the central header.
    made_by: u16,
    /// The mode and other attributes; only in the central header.
    attributes: u32,
}

/// What a header says a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A link, a device, or whatever else may stand in a file system.
    Special,
}

impl Header {
    /// The header of a plain file.
    pub fn new(name: &str, method: Method, when: DosTime, crc: u32, sizes: (u64, u64), offset: u64) -> Self {
        Self {
            name: name.as_bytes().to_vec(),
            flags: 0,
            method: method.number(),
            when,
            crc,
            packed: sizes.0,
            size: sizes.1,
            offset,
            version: 0,
            made_by: MADE_BY,
            attributes: PLAIN_FILE,
        }
    }

    /// Whether both say the same, as far as a local header says it. `local` may leave sum and sizes to what follows the
    /// data.
    pub(super) fn agrees_with(&self, local: &Self) -> bool {
        let may_leave_out = local.flags & DESCRIBED_AFTER != 0;
        let same = |own: u64, its: u64| own == its || (may_leave_out && its == 0);
        self.name == local.name
            && self.flags == local.flags
            && self.method == local.method
            && self.when == local.when
            && same(self.crc.into(), local.crc.into())
            && same(self.packed, local.packed)
            && same(self.size, local.size)
    }

    /// What the member is: as its mode says, and where that says nothing, by the slash at the end of a folder's name.
    pub(super) fn kind(&self) -> Kind {
        let is_folder = self.name.ends_with(b"/");
        match (self.attributes >> 16) & KIND {
            0 | KIND_FOLDER if is_folder => Kind::Folder,
            0 | KIND_FILE if !is_folder => Kind::File,
            _ => Kind::Special,
        }
    }

    /// Whether a later version of the format is needed than what packs members in these ways: other programs refuse them.
    pub(super) fn needs_too_much(&self) -> bool {
        let known = [Method::Stored, Method::Deflated].iter().any(|method| method.number() == self.method);
        self.version > if known { LONG_VERSION } else { LATEST_VERSION }
    }

    fn is_large(&self) -> bool {
        self.size >= u64::from(u32::MAX) || self.packed >= u64::from(u32::MAX)
    }

    fn needed(&self) -> u16 {
        match self.method {
            _ if self.is_large() || self.offset >= u64::from(u32::MAX) => LONG_VERSION.into(),
            0 => 10,
            _ => 20,
        }
    }

    /// The fields that both headers share, from the version needed to the length of the name.
    fn put_shared(&self, to: &mut Vec<u8>) {
        for value in [self.needed(), self.flags, self.method, self.when.time, self.when.date] {
            to.extend(value.to_le_bytes());
        }
        // Both sizes go into the long field where one must; then readers need not tell which.
        let size = |size: u64| if self.is_large() { u32::MAX } else { size as u32 };
        for value in [self.crc, size(self.packed), size(self.size)] {
            to.extend(value.to_le_bytes());
        }
        to.extend((self.name.len() as u16).to_le_bytes());
    }

    /// The local header, with the name.
    pub fn local(&self) -> Vec<u8> {
        let mut bytes = LOCAL.to_le_bytes().to_vec();
        self.put_shared(&mut bytes);
        let extra = if self.is_large() { long(&[self.size, self.packed]) } else { Vec::new() };
        bytes.extend((extra.len() as u16).to_le_bytes());
        bytes.extend(&self.name);
        bytes.extend(extra);
        bytes
    }

    /// The central header, with the name.
    pub fn central(&self) -> Vec<u8> {
        let mut bytes = CENTRAL.to_le_bytes().to_vec();
        bytes.extend(self.made_by.to_le_bytes());
        self.put_shared(&mut bytes);
        let mut values = if self.is_large() { vec![self.size, self.packed] } else { Vec::new() };
        let is_far = self.offset >= u64::from(u32::MAX);
        values.extend(is_far.then_some(self.offset));
        let extra = if values.is_empty() { Vec::new() } else { long(&values) };
        bytes.extend((extra.len() as u16).to_le_bytes());
        // No comment, the first disk, no internal attributes.
        bytes.extend([0; 6]);
        bytes.extend(self.attributes.to_le_bytes());
        bytes.extend(if is_far { u32::MAX } else { self.offset as u32 }.to_le_bytes());
        bytes.extend(&self.name);
        bytes.extend(extra);
        bytes
    }

    /// Reads a local header from the beginning of `bytes`, which hold at least all of it; with how long it is. None if
    /// this is none.
    pub(super) fn read_local(bytes: &[u8], offset: u64) -> Option<(Self, u64)> {
        let mut fields = Fields(bytes);
        (fields.u32()? == LOCAL).then_some(())?;
        let (mut header, name) = Self::read_shared(&mut fields)?;
        let extra = fields.u16()?;
        header.offset = offset;
        header.name = fields.take(name.into())?.to_vec();
        let extra = fields.take(extra.into())?;
        header.read_extra(extra, false)?;
        Some((header, (bytes.len() - fields.0.len()) as u64))
    }

    /// How long the local header is whose fixed part is `bytes`.
    pub(super) fn local_size(bytes: &[u8; LOCAL_SIZE as usize]) -> u64 {
        let length = |at: usize| u64::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        LOCAL_SIZE + length(26) + length(28)
    }

    /// Reads the central header at the beginning of `bytes`, and takes it off them. None if this is none.
    pub(super) fn read_central(bytes: &mut &[u8]) -> Option<Self> {
        let mut fields = Fields(bytes);
        (fields.u32()? == CENTRAL).then_some(())?;
        let made_by = fields.u16()?;
        let (mut header, name) = Self::read_shared(&mut fields)?;
        let (extra, comment, disk) = (fields.u16()?, fields.u16()?, fields.u16()?);
        fields.u16()?;
        header.made_by = made_by;
        header.attributes = fields.u32()?;
        header.offset = fields.u32()?.into();
        header.name = fields.take(name.into())?.to_vec();
        let extra = fields.take(extra.into())?;
        fields.take(comment.into())?;
        header.read_extra(extra, true)?;
        *bytes = fields.0;
        (disk == 0).then_some(header)
    }

    fn read_shared(fields: &mut Fields<'_>) -> Option<(Self, u16)> {
        // The high byte names a system, and is ignored by all.
        let [version, _] = fields.u16()?.to_le_bytes();
        let (flags, method, time, date) = (fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?);
        let (crc, packed, size) = (fields.u32()?, fields.u32()?.into(), fields.u32()?.into());
        let name = fields.u16()?;
        let when = DosTime { date, time };
        Some((
            Self {
                name: Vec::new(),
                flags,
                method,
                when,
                crc,
                packed,
                size,
                offset: 0,
                version,
                made_by: 0,
                attributes: 0,
            },
            name,
        ))
    }

    /// Takes the values that did not fit from the extra fields. None if these are not whole, lack such a value, or give the
    /// member another name: programs that know the field would unpack it under that.
    fn read_extra(&mut self, extra: &[u8], with_offset: bool) -> Option<()> {
        let mut extra = Fields(extra);
        let mut long = None;
        while !extra.0.is_empty() {
            let (kind, size) = (extra.u16()?, extra.u16()?);
            let value = extra.take(size.into())?;
            if kind == ZIP64 && long.replace(Fields(value)).is_some() {
                return None;
            }
            // A version and a CRC-32 stand before the name (Info-ZIP, section 4.6.9).
            if kind == UNICODE_PATH && value.get(5..) != Some(&self.name) {
                return None;
            }
        }
        let short = [&mut self.size, &mut self.packed, &mut self.offset];
        for value in short.into_iter().take(if with_offset { 3 } else { 2 }) {
            if *value == u64::from(u32::MAX) {
                *value = long.as_mut()?.u64()?;
            }
        }
        Some(())
    }
}

/// The extra field with long values.
fn long(values: &[u64]) -> Vec<u8> {
    let mut bytes = ZIP64.to_le_bytes().to_vec();
    bytes.extend(((values.len() * 8) as u16).to_le_bytes());
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    bytes
}

/// The lengths that a descriptor after the data may have, with or without its mark, and whether it says the same as the
/// central header.
pub(super) fn is_descriptor(bytes: &[u8], header: &Header) -> bool {
    let mut fields = Fields(bytes);
    if matches!(bytes.len(), 16 | 24) && fields.u32() != Some(DESCRIPTOR) {
        return false;
    }
    let crc = fields.u32();
    let sizes = match bytes.len() {
        12 | 16 => fields.u32().map(u64::from).zip(fields.u32().map(u64::from)),
        20 | 24 => fields.u64().zip(fields.u64()),
        _ => None,
    };
    crc == Some(header.crc) && sizes == Some((header.packed, header.size))
}

/// Where the central headers stand, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// How many there are.
    pub members: u64,
    /// How many bytes they take.
    pub size: u64,
    /// Where they begin.
    pub offset: u64,
}

impl End {
    /// The records at the end of a zip with a comment of `comment` bytes, which follows them.
    pub fn written(self, comment: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (few, short) = (u64::from(u16::MAX), u64::from(u32::MAX));
        if self.members >= few || self.size >= short || self.offset >= short {
            bytes.extend(END_64.to_le_bytes());
            bytes.extend((END_64_SIZE - 12).to_le_bytes());
            bytes.extend(MADE_BY.to_le_bytes());
            bytes.extend(u16::from(LONG_VERSION).to_le_bytes());
            bytes.extend([0; 8]);
            for value in [self.members, self.members, self.size, self.offset] {
                bytes.extend(value.to_le_bytes());
            }
            bytes.extend(LOCATOR_64.to_le_bytes());
            bytes.extend([0; 4]);
            bytes.extend((self.offset + self.size).to_le_bytes());
            bytes.extend(1u32.to_le_bytes());
        }
        bytes.extend(END);
        bytes.extend([0; 4]);
        let members = self.members.min(few) as u16;
        bytes.extend(members.to_le_bytes());
        bytes.extend(members.to_le_bytes());
        bytes.extend((self.size.min(short) as u32).to_le_bytes());
        bytes.extend((self.offset.min(short) as u32).to_le_bytes());
        bytes.extend((comment as u16).to_le_bytes());
        bytes
    }

    /// Reads the last record, with the comment, from exactly its bytes. None if this is none.
    pub fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let mut fields = Fields(bytes);
        (fields.take(END.len())? == END && fields.u32()? == 0).then_some(())?;
        let (here, members) = (fields.u16()?, fields.u16()?);
        let (size, offset, comment) = (fields.u32()?, fields.u32()?, fields.u16()?);
        let is_whole = here == members && fields.0.len() == usize::from(comment);
        is_whole.then_some((Self { members: members.into(), size: size.into(), offset: offset.into() }, fields.0))
    }

    /// Whether a value did not fit into the last record.
    pub(super) fn is_short(&self) -> bool {
        self.members == u64::from(u16::MAX) || [self.size, self.offset].contains(&u64::from(u32::MAX))
    }

    /// Where the long record stands, from the bytes right before the last one. None if there is none.
    pub(super) fn read_locator(bytes: &[u8]) -> Option<u64> {
        let mut fields = Fields(bytes);
        (fields.u32()? == LOCATOR_64 && fields.u32()? == 0).then_some(())?;
        let offset = fields.u64()?;
        (fields.u32()? == 1).then_some(offset)
    }

    /// Reads the long record from exactly its bytes. None if this is none.
    pub(super) fn read_long(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(bytes);
        (fields.u32()? == END_64 && fields.u64()? == END_64_SIZE - 12).then_some(())?;
        fields.u32()?;
        (fields.u64()? == 0).then_some(())?;
        let (here, members) = (fields.u64()?, fields.u64()?);
        let (size, offset) = (fields.u64()?, fields.u64()?);
        (here == members).then_some(Self { members, size, offset })
    }

    /// The most members there can be room for.
    pub(super) fn has_room(&self) -> bool {
        self.size / CENTRAL_SIZE as u64 >= self.members
    }
}

/// Numbers one after the other, the low byte first.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(sizes: (u64, u64), offset: u64) -> Header {
        Header::new("a/b", Method::Deflated, DosTime::new(2031, 6, 30, 23, 59, 59), 7, sizes, offset)
    }

    #[test]
    fn a_local_header_may_leave_to_the_end_what_is_not_known_yet() {
        let central = Header { flags: DESCRIBED_AFTER, ..header((5, 9), 0) };
        let local = |crc, packed, size| Header { crc, packed, size, ..central.clone() };
        assert!(central.agrees_with(&local(0, 0, 0)) && central.agrees_with(&local(0, 0, 9)));
        assert!(!central.agrees_with(&local(0, 0, 8)) && !header((5, 9), 0).agrees_with(&local(0, 0, 0)));
    }

    #[test]
    fn headers_are_read_as_they_were_written_however_large() {
        let large = 1 << 40;
        for (sizes, offset) in [((1, 2), 3), ((large, 2), 3), ((1, large), 3), ((1, 2), large), ((large, large), large)]
        {
            let header = header(sizes, offset);
            let local = header.local();
            let (read, size) = Header::read_local(&local, offset).unwrap();
            assert!(header.agrees_with(&read) && size == local.len() as u64);
            assert_eq!(Header::local_size(local[..30].try_into().unwrap()), size);
            let central = header.central();
            let read = Header::read_central(&mut central.as_slice()).unwrap();
            assert!(!read.needs_too_much());
            assert_eq!(Header { version: 0, ..read }, header);
            for end in 0..central.len() {
                assert_eq!(Header::read_central(&mut &central[..end]), None);
            }
        }
    }

    #[test]
    fn the_end_is_read_as_it_was_written_however_large() {
        for (members, size, offset) in [(1, 2, 3), (65_535, 2, 3), (1 << 33, 1 << 34, 1 << 35)] {
            let end = End { members, size, offset };
            let written = [end.written(2), b"ab".to_vec()].concat();
            let last = written.len() - END_SIZE - 2;
            let (read, comment) = End::read(&written[last..]).unwrap();
            assert_eq!(comment, b"ab");
            if last == 0 {
                assert_eq!((read, read.is_short()), (end, false));
            } else {
                assert!(read.is_short());
                assert_eq!(End::read_locator(&written[last - 20..last]), Some(offset + size));
                assert_eq!(End::read_long(&written[..last - 20]), Some(end));
            }
        }
    }

    #[test]
    fn times_that_cannot_be_written_are_the_nearest_that_can() {
        let written = |year| DosTime::new(year, 6, 30, 13, 5, 7);
        assert_eq!(written(1969), DosTime::new(1980, 1, 1, 0, 0, 0));
        assert_eq!(written(2200), DosTime::new(2107, 12, 31, 23, 59, 59));
        assert_eq!(written(2031), DosTime { date: 51 << 9 | 6 << 5 | 30, time: 13 << 11 | 5 << 5 | 3 });
    }

    #[test]
    fn what_shrinks_beyond_belief_is_told_from_text() {
        assert!(expands_too_far(10 << 30, 10 << 20));
        assert!(!expands_too_far(10 << 20, 100));
        assert!(!expands_too_far(1 << 30, 1 << 25));
    }
}
