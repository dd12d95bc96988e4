//! Films and sound in boxes (ISO/IEC 14496-12, QuickTime): where, with what and by whom they were taken.

use super::{Inside, Tells, Unread};

/// Boxes that hold boxes in which metadata stands.
const HOLDERS: &[&[u8; 4]] = &[b"moov", b"udta", b"ilst", b"trak", b"mdia", b"meta"];

/// How deep boxes are followed, and how many there may be.
const MAX_DEPTH: usize = 8;
const MAX_BOXES: usize = 10_000;

/// Reads a film in boxes; none if the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Inside> {
    let kind = bytes.get(4..8)?;
    let brand = bytes.get(8..12).unwrap_or_default();
    let is_picture = [&b"heic"[..], b"heix", b"mif1", b"avif", b"msf1"].contains(&brand);
    if is_picture || !matches!(kind, b"ftyp" | b"moov" | b"mdat" | b"wide") {
        return None;
    }
    let mut film = Film { inside: Inside::unread(Unread::Recording), keys: Vec::new(), left: MAX_BOXES };
    film.boxes(bytes, 0);
    Some(film.inside)
}

struct Film {
    inside: Inside,
    /// The names by which the entries of a list are called (`mdta`).
    keys: Vec<String>,
    left: usize,
}

impl Film {
    fn boxes(&mut self, mut bytes: &[u8], depth: usize) {
        while let Some((kind, body, rest)) = next_box(bytes) {
            bytes = rest;
            self.left = self.left.saturating_sub(1);
            if self.left == 0 || depth > MAX_DEPTH {
                return;
            }
            if kind == *b"keys" {
                self.keys = keys(body);
            } else if HOLDERS.contains(&&kind) {
                // In MP4 a version stands before the boxes of `meta`, in QuickTime it does not.
                let body = if kind == *b"meta" && body.get(4..8) != Some(b"hdlr") {
                    body.get(4..).unwrap_or_default()
                } else {
                    body
                };
                self.boxes(body, depth + 1);
            } else {
                self.entry(kind, body);
            }
        }
    }

    fn entry(&mut self, kind: [u8; 4], body: &[u8]) {
        let number = u32::from_be_bytes(kind) as usize;
        let named = number.checked_sub(1).and_then(|at| self.keys.get(at)).cloned();
        let name = named.unwrap_or_else(|| kind.iter().map(|&byte| char::from(byte)).collect());
        let short = name.rsplit('.').next().unwrap_or(&name).to_ascii_lowercase();
        let tells = match (name.as_str(), short.as_str()) {
            (_, "iso6709" | "©xyz" | "loci") => Tells::Where,
            (_, "make" | "model" | "©mak" | "©mod" | "cameraidentifier" | "©mkn") => Tells::With,
            (
                _,
                "author" | "artist" | "©art" | "aart" | "©aut" | "auth" | "copyright" | "cprt" | "©cpy" | "©wrt"
                | "director" | "producer" | "©dir" | "perf" | "ownr" | "apid",
            ) => Tells::Who,
            (_, "©cmt" | "comment" | "desc" | "dscp" | "description" | "©nam" | "title" | "titl" | "ldes") => {
                let words = value(body);
                self.inside.unseen.push_str(&words);
                self.inside.unseen.push('\n');
                return;
            }
            _ => return,
        };
        self.inside.tell(tells, &name, &value(body));
    }
}

/// The first box of some bytes: what it is, what it holds, and what follows.
fn next_box(bytes: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let size = u32::from_be_bytes(*bytes.first_chunk::<4>()?) as usize;
    let kind = *bytes.get(4..8)?.first_chunk::<4>()?;
    let (head, size) = match size {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64::from_be_bytes(*bytes.get(8..16)?.first_chunk::<8>()?)).ok()?),
        size => (8, size),
    };
    // A film that was cut off ends within a box.
    let end = size.min(bytes.len());
    Some((kind, bytes.get(head..end)?, &bytes[end.max(head)..]))
}

fn keys(body: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = body.get(8..).unwrap_or_default();
    while let Some((_, name, after)) = next_box(rest) {
        found.push(String::from_utf8_lossy(name).into_owned());
        rest = after;
        if found.len() > 1000 {
            break;
        }
    }
    found
}

/// What an entry says: in a box `data`, behind a length and a language, or behind a version.
fn value(body: &[u8]) -> String {
    let words = match next_box(body) {
        Some((kind, data, _)) if kind == *b"data" => data.get(8..).unwrap_or_default(),
        _ => {
            let length = body.first_chunk::<2>().map_or(0, |two| usize::from(u16::from_be_bytes(*two)));
            match body.get(4..4 + length) {
                Some(words) if length > 0 => words,
                _ => body.get(6..).unwrap_or_default(),
            }
        }
    };
    String::from_utf8_lossy(words).trim_matches('\0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
    }

    #[test]
    fn place_device_and_author_of_a_film_are_told() {
        let old = [boxed(b"\xa9xyz", b"\0\x0c\x15\xc7+01.0+002.0/"), boxed(b"\xa9mak", b"\0\x03\0\0Cam")].concat();
        let key = |name: &str| boxed(b"mdta", name.as_bytes());
        let keys =
            [&[0; 4][..], &2_u32.to_be_bytes(), &key("com.apple.quicktime.model"), &key("com.apple.quicktime.author")]
                .concat();
        let item = |at: u32, words: &str| {
            boxed(&at.to_be_bytes(), &boxed(b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0][..], words.as_bytes()].concat()))
        };
        let list = [
            boxed(b"hdlr", &[0; 8]),
            boxed(b"keys", &keys),
            boxed(b"ilst", &[item(1, "Phone 9"), item(2, "Ann")].concat()),
        ]
        .concat();
        let moov = [boxed(b"udta", &old), boxed(b"meta", &list)].concat();
        let film = [boxed(b"ftyp", b"qt  "), boxed(b"mdat", &[7; 40]), boxed(b"moov", &moov)].concat();
        let inside = read(&film).unwrap();
        let told: Vec<(Tells, &str)> =
            inside.metadata.iter().map(|entry| (entry.tells, entry.value.as_str())).collect();
        assert_eq!(
            told,
            [(Tells::Where, "+01.0+002.0/"), (Tells::With, "Cam"), (Tells::With, "Phone 9"), (Tells::Who, "Ann")]
        );
        assert_eq!(inside.unread, Some(Unread::Recording));
        for end in 0..film.len() {
            read(&film[..end]);
        }
        assert_eq!(read(b"plain text of a file"), None);
    }
}
