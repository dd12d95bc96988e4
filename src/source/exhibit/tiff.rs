//! TIFF of what a picture is made of, and of nothing else (TIFF 6.0; Adobe Photoshop TIFF technical notes): every byte that the
//! directories, their values and the pixels do not take up is zero.

use std::ops::Range;

use super::profile;

/// The tags by which a picture is drawn.
const DRAWN: &[u16] = &[
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 288, 289,
    290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341,
    342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, PROFILE,
];

const PROFILE: u16 = 34675;

/// Tags of a day and a program, which go, and of which nothing is told.
const QUIET: &[u16] = &[305, 306];

/// Tags that are read as Exif, XMP and IPTC.
const READ: &[u16] = &[271, 272, 315, 316, 700, 33432, 34665, 34853, 40093];

/// The tag of pages within pages, as raw photographs have: which of them is the picture nobody knows here.
const WITHIN: u16 = 330;

/// Where pixels begin, and how long they are: strips, tiles, and a JPEG within.
const PIXELS: [(u16, u16); 3] = [(273, 279), (324, 325), (513, 514)];
const STRIPS: u16 = 273;
const COMPRESSION: u16 = 259;

/// The most pages that are read, and tags in all of them.
const MAX_PAGES: usize = 4096;
const MAX_ENTRIES: usize = 1 << 16;

struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

struct Entry {
    /// Where it stands.
    at: usize,
    tag: u16,
    kind: u16,
    count: usize,
    /// Where its values stand: in itself, if they are short.
    value: Range<usize>,
}

struct Page {
    at: usize,
    entries: Vec<Entry>,
}

impl Page {
    fn end(&self) -> usize {
        self.at + 2 + 12 * self.entries.len() + 4
    }

    fn entry(&self, tag: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }
}

impl<'a> Tiff<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let is_little = bytes.starts_with(b"II*\0");
        (is_little || bytes.starts_with(b"MM\0*")).then_some(Self { bytes, is_little })
    }

    fn number(&self, at: usize, length: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(length)?)?.iter();
        let join = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        Some(if self.is_little { bytes.rev().fold(0, join) } else { bytes.fold(0, join) })
    }

    fn written(&self, number: usize, length: usize) -> Vec<u8> {
        let bytes = (number as u64).to_be_bytes();
        let mut bytes = bytes[8 - length..].to_vec();
        if self.is_little {
            bytes.reverse();
        }
        bytes
    }

    /// The pages; none if the file is damaged.
    fn pages(&self) -> Option<Vec<Page>> {
        let mut pages: Vec<Page> = Vec::new();
        let (mut read, mut values) = (0, 0);
        let mut at = self.number(4, 4)?;
        while at != 0 {
            if pages.len() == MAX_PAGES || pages.iter().any(|page| page.at == at) {
                return None;
            }
            let count = self.number(at, 2)?;
            read += count;
            if read > MAX_ENTRIES {
                return None;
            }
            let entries = (0..count).map(|entry| self.entry(at + 2 + 12 * entry)).collect::<Option<Vec<_>>>()?;
            // Values that lie on each other would be read again and again.
            values += entries.iter().map(|entry| entry.value.len()).sum::<usize>();
            if values > 2 * self.bytes.len() {
                return None;
            }
            pages.push(Page { at, entries });
            at = self.number(at + 2 + 12 * count, 4)?;
        }
        (!pages.is_empty()).then_some(pages)
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let (tag, kind, count) = (self.number(at, 2)?, self.number(at + 2, 2)?, self.number(at + 4, 4)?);
        let length = size_of(kind).checked_mul(count)?;
        let start = if length <= 4 { at + 8 } else { self.number(at + 8, 4)? };
        let value = start..start.checked_add(length)?;
        (value.end <= self.bytes.len()).then_some(Entry { at, tag: tag as u16, kind: kind as u16, count, value })
    }

    fn values(&self, entry: &Entry) -> Option<Vec<usize>> {
        let size = size_of(usize::from(entry.kind));
        (0..entry.count).map(|at| self.number(entry.value.start + at * size, size.min(4))).collect()
    }

    /// Where the pixels of a page stand.
    fn pixels(&self, page: &Page) -> Option<Vec<Range<usize>>> {
        let mut ranges = Vec::new();
        for (starts, lengths) in PIXELS {
            let Some(entry) = page.entry(starts) else { continue };
            let starts = self.values(entry)?;
            let lengths = match page.entry(lengths) {
                Some(lengths) => self.values(lengths)?,
                None => vec![self.rest_of(page, &starts)?],
            };
            if starts.len() != lengths.len() {
                return None;
            }
            for (start, length) in starts.into_iter().zip(lengths) {
                let end = start.checked_add(length)?.min(self.bytes.len());
                ranges.push(start..end.max(start));
            }
        }
        (!ranges.is_empty()).then_some(ranges)
    }

    /// How long the one strip of an old program is, that says only where it begins: pixels that are not packed.
    fn rest_of(&self, page: &Page, starts: &[usize]) -> Option<usize> {
        let of = |tag: u16| self.values(page.entry(tag)?)?.first().copied();
        if starts.len() != 1 || of(COMPRESSION).unwrap_or(1) != 1 || page.entry(STRIPS).is_none() {
            return None;
        }
        let bits = self.values(page.entry(258)?)?.into_iter().sum::<usize>();
        of(256)?.checked_mul(bits)?.div_ceil(8).checked_mul(of(257)?)
    }
}

fn size_of(kind: usize) -> usize {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}

/// Whether a tag is one of those that a picture is drawn by, and of numbers, but for the colours.
fn is_drawn(entry: &Entry) -> bool {
    DRAWN.contains(&entry.tag) && entry.kind != 2 && (entry.kind != 7 || matches!(entry.tag, 347 | PROFILE))
}

/// The picture of what it is made of; none if it cannot be told what that is.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let tiff = Tiff::of(bytes)?;
    let pages = tiff.pages()?;
    if pages.iter().any(|page| page.entry(WITHIN).is_some()) {
        return None;
    }
    let mut out = vec![0; bytes.len()];
    let mut end = 8;
    let mut keep = |out: &mut Vec<u8>, range: Range<usize>| {
        end = end.max(range.end);
        out[range.clone()].copy_from_slice(&bytes[range]);
    };
    keep(&mut out, 0..8);
    for page in &pages {
        for range in tiff.pixels(page)?.into_iter().filter(|range| range.start < range.end) {
            keep(&mut out, range);
        }
        for entry in page.entries.iter().filter(|entry| is_drawn(entry)) {
            keep(&mut out, entry.value.clone());
        }
    }
    for page in &pages {
        // The directory grows shorter; where the next one begins stands behind it.
        let kept: Vec<&Entry> = page.entries.iter().filter(|entry| is_drawn(entry)).collect();
        let next = page.end() - 4;
        let mut directory = tiff.written(kept.len(), 2);
        for entry in &kept {
            directory.extend(&bytes[entry.at..entry.at + 12]);
        }
        directory.extend(&bytes[next..next + 4]);
        let place = page.at..page.at + directory.len();
        keep(&mut out, place.clone());
        out[place].copy_from_slice(&directory);
        for entry in kept.iter().filter(|entry| entry.tag == PROFILE && entry.value.len() > 4) {
            let plain = profile::plain(&bytes[entry.value.clone()])?;
            out[entry.value.clone()].copy_from_slice(&plain);
        }
    }
    out.truncate(end);
    Some(out)
}

/// Where the last of what a picture is made of ends.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    let tiff = Tiff::of(bytes)?;
    let pages = tiff.pages()?;
    let mut end = 8;
    for page in &pages {
        let values = page.entries.iter().map(|entry| entry.value.end);
        let pixels = tiff.pixels(page)?;
        end = values.chain(pixels.iter().map(|range| range.end)).chain([page.end()]).fold(end, usize::max);
    }
    Some(end)
}

/// The tags by which nothing is drawn and that nobody reads here, and what the colour profiles say.
pub(super) fn pieces(bytes: &[u8]) -> Vec<String> {
    let Some(tiff) = Tiff::of(bytes) else { return Vec::new() };
    let pages = tiff.pages().unwrap_or_default();
    let mut pieces = Vec::new();
    for entry in pages.iter().flat_map(|page| &page.entries) {
        if entry.tag == PROFILE {
            pieces.extend(profile::says(&bytes[entry.value.clone()]).iter().map(|said| format!("ICC {said}")));
        } else if !is_drawn(entry) && !QUIET.contains(&entry.tag) && !READ.contains(&entry.tag) {
            pieces.push(format!("tag {}", entry.tag));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of two pixels, with further tags of text.
    fn tiff(further: &[(u16, &[u8])]) -> Vec<u8> {
        let mut entries: Vec<(u16, u16, u32, Vec<u8>)> = vec![
            (256, 3, 1, vec![2, 0]),
            (257, 3, 1, vec![1, 0]),
            (258, 3, 1, vec![8, 0]),
            (259, 3, 1, vec![1, 0]),
            (262, 3, 1, vec![1, 0]),
            (273, 4, 1, vec![8, 0, 0, 0]),
            (277, 3, 1, vec![1, 0]),
            (278, 3, 1, vec![1, 0]),
            (279, 4, 1, vec![2, 0, 0, 0]),
        ];
        entries.extend(further.iter().map(|(tag, value)| (*tag, 2, value.len() as u32, value.to_vec())));
        let mut file = b"II*\0\x0c\0\0\0\x07\x80\0\0".to_vec();
        let behind = file.len() + 2 + 12 * entries.len() + 4;
        let mut values = Vec::new();
        file.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in entries {
            file.extend(tag.to_le_bytes());
            file.extend(kind.to_le_bytes());
            file.extend(count.to_le_bytes());
            if value.len() > 4 {
                file.extend(((behind + values.len()) as u32).to_le_bytes());
                values.extend(value);
            } else {
                file.extend([value, vec![0; 4]].concat()[..4].iter());
            }
        }
        file.extend([0; 4]);
        file.extend(values);
        file
    }

    #[test]
    fn a_tiff_keeps_its_pixels_and_loses_every_tag_that_draws_nothing() {
        let tags: &[(u16, &[u8])] =
            &[(269, b"C:\\Anna\0"), (305, b"Annas scanner\0"), (50000, b"Anna\0"), (285, b"An\0")];
        let file = [tiff(tags).as_slice(), b"Anna"].concat();
        assert_eq!(pieces(&file), ["tag 269", "tag 50000", "tag 285"]);
        assert_eq!(end(&file), Some(file.len() - 4));
        let cleaned = clean(&file).unwrap();
        assert!(memchr::memmem::find(&cleaned, b"An").is_none() && cleaned.len() < file.len());
        // What tells of the pixels, and these themselves, stand where they stood.
        let drawn = |bytes: &[u8]| {
            let tiff = Tiff::of(bytes).unwrap();
            let page = tiff.pages().unwrap().remove(0);
            let pixels = bytes[tiff.pixels(&page).unwrap()[0].clone()].to_vec();
            let drawn = page.entries.iter().filter(|entry| is_drawn(entry));
            (pixels, drawn.map(|entry| (entry.tag, tiff.values(entry).unwrap())).collect::<Vec<_>>())
        };
        assert_eq!(drawn(&cleaned), drawn(&file));
        assert_eq!((drawn(&cleaned).0, drawn(&cleaned).1.len()), (vec![7, 128], 9));
        assert_eq!((clean(&cleaned), pieces(&cleaned)), (Some(cleaned.clone()), Vec::new()));
        for end in 0..file.len() {
            clean(&file[..end]);
        }
    }

    #[test]
    fn pages_that_go_in_a_circle_are_not_read() {
        let mut file = tiff(&[]);
        let at = file.len() - 4;
        file[at..].copy_from_slice(&12_u32.to_le_bytes());
        assert_eq!(clean(&file), None);
    }
}
