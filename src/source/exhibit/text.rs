//! Text of unknown encoding, for showing what an exhibit holds. The exhibit itself is never converted.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// Bytes as text.
#[derive(Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, without a byte-order mark.
    pub text: String,
    /// What it was written in.
    pub encoding: &'static str,
}

/// Reads bytes as text if they are text without doubt: by their byte-order mark, as UTF-8, or as GB18030 with Chinese in
/// it. `whole` says that nothing was cut off; else a broken last character is none.
pub fn decode(bytes: &[u8], whole: bool) -> Option<Text> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strict(encoding, &bytes[mark..], whole);
    }
    strict(UTF_8, bytes, whole).or_else(|| {
        let text = strict(GB18030, bytes, whole)?;
        let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        let foreign = text.text.chars().filter(|c| !c.is_ascii()).count();
        (text.text.chars().filter(is_han).count() * 2 > foreign).then_some(text)
    })
}

fn strict(encoding: &'static Encoding, bytes: &[u8], whole: bool) -> Option<Text> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len())?);
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, whole);
    let clean = result == encoding_rs::DecoderResult::InputEmpty && !text.contains(is_no_text);
    clean.then(|| Text { text, encoding: encoding.name() })
}

/// A control character that no text has.
fn is_no_text(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\x1b')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encodings_that_chinese_files_come_in() {
        for (bytes, encoding) in [
            (&b"\xef\xbb\xbf\xe5\x8f\xb7"[..], "UTF-8"),
            (b"\xe5\x8f\xb7", "UTF-8"),
            (b"\xba\xc5", "gb18030"),
            (b"\xff\xfe\xf7\x53", "UTF-16LE"),
        ] {
            let text = decode(bytes, true).unwrap();
            assert_eq!((text.text.as_str(), text.encoding), ("号", encoding));
        }
    }

    #[test]
    fn what_is_no_text_is_not_read_as_text() {
        assert_eq!(decode(b"a\0b", true), None);
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n", true), None);
        assert_eq!(decode(b"\xe5", true), None);
        assert!(decode(b"\xe5\x8f\xb7\xe5\x8f", false).is_some());
    }
}
