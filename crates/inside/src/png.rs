//! What is written in a PNG beside its pixels (PNG, third edition, section 11.3.3), packed or not.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::text::decode;
use super::{Inside, Unread};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The most that one text unpacks to, and the most texts that are read.
const MAX_UNPACKED: u64 = 1 << 20;
const MAX_TEXTS: usize = 64;

/// Reads the texts of a PNG; none if the bytes are none. Its pixels are not read.
pub(super) fn read(bytes: &[u8]) -> Option<Inside> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut inside = Inside::unread(Unread::Scan);
    let mut texts = 0;
    while let (Some(size), Some(kind)) = (rest.first_chunk::<4>(), rest.get(4..8)) {
        let size = u32::from_be_bytes(*size) as usize;
        let Some(body) = rest.get(8..8_usize.saturating_add(size)) else { break };
        if let Some(said) = said(kind, body).filter(|_| texts < MAX_TEXTS) {
            texts += 1;
            let text = decode(&said).map_or_else(|| String::from_utf8_lossy(&said).into_owned(), |found| found.text);
            inside.add_unseen(&format!("{text}\n"));
        }
        rest = rest.get(size + 12..).unwrap_or_default();
    }
    Some(inside)
}

/// What a chunk says; none if it is none that says something.
fn said(kind: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let after = |bytes: &[u8]| memchr::memchr(0, bytes).map(|end| bytes[end + 1..].to_vec());
    match kind {
        b"tEXt" => after(body),
        b"zTXt" => unpacked(after(body)?.get(1..)?),
        b"iTXt" => {
            let rest = after(body)?;
            let is_packed = *rest.first()? == 1;
            // Behind the way of packing stand the language and the keyword in it.
            let text = after(&after(rest.get(2..)?)?)?;
            if is_packed { unpacked(&text) } else { Some(text) }
        }
        _ => None,
    }
}

fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    ZlibDecoder::new(bytes).take(MAX_UNPACKED).read_to_end(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_packed_or_not() {
        let packed = |text: &[u8]| {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut encoder, text).unwrap();
            encoder.finish().unwrap()
        };
        let chunk = |kind: &[u8], body: &[u8]| [&(body.len() as u32).to_be_bytes()[..], kind, body, &[0; 4]].concat();
        let png = [
            SIGNATURE.to_vec(),
            chunk(b"IHDR", &[0; 13]),
            chunk(b"tEXt", b"Author\0Ann"),
            chunk(b"zTXt", &[b"Comment\0\0".as_slice(), &packed(b"Bob")].concat()),
            chunk(b"iTXt", "Title\0\0\0zh\0\0林晓芸".as_bytes()),
            chunk(b"iTXt", &[b"Title\0\x01\0zh\0\0".as_slice(), &packed("周小".as_bytes())].concat()),
            chunk(b"IEND", b""),
        ]
        .concat();
        let inside = read(&png).unwrap();
        assert_eq!(inside.unseen, "Ann\nBob\n林晓芸\n周小\n");
        for end in 0..png.len() {
            read(&png[..end]);
        }
        assert_eq!(read(b"GIF89a"), None);
    }
}
