//! Plain text, in whichever of the usual encodings.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::MAX_TEXT;

/// The bytes as text: UTF-8, UTF-16 with its mark, else GB18030 where that fits; none if they are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let bytes = &bytes[..bytes.len().min(MAX_TEXT)];
    let wide: Option<&'static Encoding> = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = wide {
        return Some(encoding.decode(bytes).0.into_owned());
    }
    if memchr::memchr(0, &bytes[..bytes.len().min(8192)]).is_some() {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
        // A text that was cut off in the middle of a character.
        Err(error) if bytes.len() - error.valid_up_to() < 4 => {
            Some(String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned())
        }
        Err(_) => {
            let (text, _, is_broken) = GB18030.decode(bytes);
            (!is_broken).then(|| text.into_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_in_their_encodings_and_other_bytes_are_none() {
        assert_eq!(decode("甲".as_bytes()).as_deref(), Some("甲"));
        assert_eq!(decode(b"\xff\xfe2u").as_deref(), Some("甲"));
        assert_eq!(decode(&GB18030.encode("甲方的电话").0).as_deref(), Some("甲方的电话"));
        assert_eq!(decode(b"\x00\x01\x02"), None);
        assert_eq!(decode(&[0xff; 9]), None);
        assert_eq!(decode(&"甲".as_bytes()[..2]).as_deref(), Some(""));
    }
}
