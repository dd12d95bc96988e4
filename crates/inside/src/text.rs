//! Plain text, in whichever of the usual encodings.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::MAX_TEXT;

/// Characters that stand in nearly every Chinese text, in both scripts.
const COMMON: &str = "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後\
                      作里裡道行所家事成方多经經么麼去同现現当當没沒面起看定天分还還进進好小其些主样樣理心她本前开開但因只从從想实實日月电電话話聊";

/// How many characters of a text tell which of two encodings it is in.
const MAX_WEIGHED: usize = 100_000;

/// Bytes as text.
pub(super) struct Decoded {
    /// In the encoding that they look most like.
    pub(super) text: String,
    /// In the other of the two older encodings of Chinese, where it could be that as well.
    pub(super) other: Option<String>,
    /// Whether it is all of them.
    pub(super) is_whole: bool,
}

/// The bytes as text: UTF-8, UTF-16, else GB18030 or Big5, whichever it looks more like; none if they are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let read = beginning(&bytes[..bytes.len().min(MAX_TEXT)], bytes.len() > MAX_TEXT);
    read.map(|(text, other)| Decoded { text, other, is_whole: bytes.len() <= MAX_TEXT })
}

fn beginning(bytes: &[u8], is_cut: bool) -> Option<(String, Option<String>)> {
    let wide: Option<&'static Encoding> = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = wide {
        return Some((encoding.decode(bytes).0.into_owned(), None));
    }
    if memchr::memchr(0, &bytes[..bytes.len().min(8192)]).is_some() {
        return [UTF_16LE, UTF_16BE]
            .into_iter()
            .find_map(|encoding| unmarked(bytes, encoding))
            .map(|text| (text, None));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some((text.trim_start_matches('\u{feff}').to_owned(), None)),
        // A text that was cut off in the middle of a character.
        Err(error) if bytes.len() - error.valid_up_to() < 4 => {
            Some((String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned(), None))
        }
        Err(_) => {
            let read = |encoding: &'static Encoding| {
                // A cut may fall within a character.
                let lengths = bytes.len().saturating_sub(if is_cut { 3 } else { 0 })..=bytes.len();
                lengths.rev().find_map(|len| {
                    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[..len])?;
                    Some(text.into_owned())
                })
            };
            match (read(GB18030), read(BIG5)) {
                (Some(simplified), Some(traditional)) if common(&traditional) > common(&simplified) => {
                    Some((traditional, Some(simplified)))
                }
                (Some(simplified), other) => Some((simplified, other)),
                (None, other) => other.map(|text| (text, None)),
            }
        }
    }
}

/// UTF-16 without its mark: no other bytes with a NUL among them make sensible text of it.
fn unmarked(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let common =
        |c: char| c.is_ascii() || ('\u{3000}'..'\u{a000}').contains(&c) || ('\u{ff00}'..'\u{ffef}').contains(&c);
    let sensible = text.chars().filter(|&c| common(c)).count();
    (!is_broken
        && bytes.len().is_multiple_of(2)
        && text.chars().all(is_text)
        && sensible * 10 >= text.chars().count() * 9)
        .then(|| text.into_owned())
}

fn common(text: &str) -> usize {
    text.chars().take(MAX_WEIGHED).filter(|&c| !c.is_ascii() && COMMON.contains(c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Option<String> {
        decode(bytes).map(|decoded| decoded.text)
    }

    #[test]
    fn big5_and_utf_16_without_a_mark_are_text_too() {
        let big5 = BIG5.encode("聊天記錄：他說的是這個電話").0;
        assert_eq!(decoded(&big5).as_deref(), Some("聊天記錄：他說的是這個電話"));
        // Of a name alone nothing tells.
        let decoded_name = decode(&BIG5.encode("李曉芸").0).unwrap();
        assert!(decoded_name.text == "李曉芸" || decoded_name.other.as_deref() == Some("李曉芸"));
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = "李梁 138\n".encode_utf16().flat_map(order).collect();
            assert_eq!(decoded(&bytes).as_deref(), Some("李梁 138\n"));
        }
    }

    #[test]
    fn texts_are_read_in_their_encodings_and_other_bytes_are_none() {
        assert_eq!(decoded("甲".as_bytes()).as_deref(), Some("甲"));
        assert_eq!(decoded(b"\xff\xfe2u").as_deref(), Some("甲"));
        assert_eq!(decoded(&GB18030.encode("甲方的电话").0).as_deref(), Some("甲方的电话"));
        assert_eq!(decoded(b"\x00\x01\x02"), None);
        assert_eq!(decoded(&[0xff; 9]), None);
        assert_eq!(decoded(&"甲".as_bytes()[..2]).as_deref(), Some(""));
    }

    #[test]
    fn of_what_is_too_long_it_is_said_that_there_is_more() {
        let long = "字".repeat(MAX_TEXT / 2 + 1);
        for bytes in [long.as_bytes(), &GB18030.encode(&long).0, b"a"] {
            let decoded = decode(bytes).unwrap();
            assert_eq!(decoded.is_whole, bytes.len() <= MAX_TEXT);
            assert!(!decoded.text.contains('\u{fffd}') && !decoded.text.is_empty());
        }
    }
}
