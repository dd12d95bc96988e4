//! From bytes to text: what is not UTF-8 is named for what it is, never guessed into the site.

use encoding_rs::{Encoding, GB18030};

use crate::Message;

/// The largest file that is read as text, in bytes. Offsets are kept in 32 bits.
pub const MAX_BYTES: usize = 1 << 30;

/// Text that can be used, and what had to be done to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Valid UTF-8 without byte-order mark and without NUL.
    pub text: String,
    /// Offset in `text` of the first NUL that was shown as U+FFFD, as CommonMark 0.31 section 2.3 demands.
    pub first_nul: Option<usize>,
}

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub struct Undecodable {
    /// The bytes as far as they can be shown.
    pub lossy: String,
    /// Offset in `lossy` of the first fault.
    pub at: usize,
    /// What the bytes seem to be.
    pub guess: Guess,
}

/// The encodings that are recognised in order to say how to convert them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
    /// Above [`MAX_BYTES`].
    TooLarge,
    /// None of these.
    Unknown,
}

impl Guess {
    /// What the author can do about it.
    pub fn help(self) -> Message {
        let name = match self {
            Guess::Utf16Le => "UTF-16LE",
            Guess::Utf16Be => "UTF-16BE",
            Guess::Gb18030 => "GB18030",
            Guess::TooLarge => {
                return message!(
                    en: "split the file; text files may hold up to 1 GiB",
                    zh: "请拆分文件；文本文件不得超过 1 GiB"
                );
            }
            Guess::Unknown => {
                return message!(
                    en: "save the file as UTF-8 in the editor that wrote it",
                    zh: "请在原来的编辑器中另存为 UTF-8"
                );
            }
        };
        message!(
            en: "the file looks like {name}: save it as UTF-8 in your editor, or run `iconv -f {name} -t UTF-8 \
                 OLD > NEW`",
            zh: "文件看来是 {name} 编码：请在编辑器中另存为 UTF-8，或运行 `iconv -f {name} -t UTF-8 旧文件 > 新文件`"
        )
    }
}

/// Reads `bytes` as UTF-8, with or without a byte-order mark.
///
/// # Errors
/// [`Undecodable`] when the bytes are not UTF-8, or are UTF-16 in disguise: UTF-16 of plain
/// English is valid UTF-8 full of NULs.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    if bytes.len() > MAX_BYTES {
        return Err(Undecodable { lossy: String::new(), at: 0, guess: Guess::TooLarge });
    }
    if let Some(guess) = utf16(&bytes) {
        let encoding = if guess == Guess::Utf16Le { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        return Err(Undecodable { lossy: encoding.decode(&bytes).0.into_owned(), at: 0, guess });
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            let first_nul = memchr::memchr(0, text.as_bytes());
            if first_nul.is_some() {
                text = text.replace('\0', "\u{fffd}");
            }
            Ok(Decoded { text, first_nul })
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            Err(match gb18030(&bytes) {
                Some(lossy) => {
                    Undecodable { at: lossy.find(|c: char| !c.is_ascii()).unwrap_or(0), lossy, guess: Guess::Gb18030 }
                }
                None => Undecodable { lossy: String::from_utf8_lossy(&bytes).into_owned(), at, guess: Guess::Unknown },
            })
        }
    }
}

/// UTF-16 has a byte-order mark, or, without one, NULs in every other place or Chinese high bytes there.
fn utf16(bytes: &[u8]) -> Option<Guess> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(Guess::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Guess::Utf16Be),
        _ => {}
    }
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let nuls = |offset| sample.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let pairs = sample.len() / 2;
    if even.max(odd) * 5 < pairs || even.min(odd) * 8 > even.max(odd) {
        return utf16_chinese(bytes, sample);
    }
    Some(if odd > even { Guess::Utf16Le } else { Guess::Utf16Be })
}

/// Chinese in UTF-16 has hardly a NUL; it decodes without fault into mostly Han, and is not UTF-8.
fn utf16_chinese(bytes: &[u8], sample: &[u8]) -> Option<Guess> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let readable = |encoding: &'static Encoding| {
        let (text, faulty) = encoding.decode_without_bom_handling(sample);
        let good =
            text.chars().filter(|&c| c.is_ascii_graphic() || c.is_ascii_whitespace() || common_chinese(c)).count();
        !faulty && good * 20 >= text.chars().count() * 19
    };
    if readable(encoding_rs::UTF_16LE) {
        Some(Guess::Utf16Le)
    } else if readable(encoding_rs::UTF_16BE) {
        Some(Guess::Utf16Be)
    } else {
        None
    }
}

fn gb18030(bytes: &[u8]) -> Option<String> {
    let (text, faulty) = GB18030.decode_without_bom_handling(bytes);
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let chinese = text.chars().filter(|&c| common_chinese(c)).count();
    (!faulty && foreign > 0 && chinese * 10 >= foreign * 9).then(|| text.into_owned())
}

/// Han of the basic block, CJK punctuation, full-width forms and general punctuation.
fn common_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2027}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# 概述\n\n申请人于当日凌晨发现异常，随后报警。See note 1.\n";

    fn guess(bytes: Vec<u8>) -> Guess {
        decode(bytes).unwrap_err().guess
    }

    fn utf16_bytes(text: &str, le: bool) -> Vec<u8> {
        let order = if le { u16::to_le_bytes } else { u16::to_be_bytes };
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        let decoded = decode(b"\xef\xbb\xbf# a".to_vec()).unwrap();
        assert_eq!(decoded.text, "# a");
    }

    #[test]
    fn nul_becomes_the_replacement_character_and_is_reported() {
        let decoded = decode(b"one\0two, a longer text without others".to_vec()).unwrap();
        assert_eq!(decoded.first_nul, Some(3));
        assert!(decoded.text.starts_with("one\u{fffd}two"));
    }

    #[test]
    fn utf16_is_recognised_with_and_without_mark_in_both_orders() {
        for (le, expected) in [(true, Guess::Utf16Le), (false, Guess::Utf16Be)] {
            assert_eq!(guess(utf16_bytes(TEXT, le)), expected);
            assert_eq!(guess(utf16_bytes(&format!("\u{feff}{TEXT}"), le)), expected);
            assert_eq!(guess(utf16_bytes("# Overview\n\nPlain words.\n", le)), expected);
        }
    }

    #[test]
    fn gb18030_is_recognised_and_shown_readably() {
        let (bytes, _, _) = GB18030.encode(TEXT);
        let error = decode(bytes.into_owned()).unwrap_err();
        assert_eq!(error.guess, Guess::Gb18030);
        assert!(error.lossy.contains("申请人"));
        assert!(error.guess.help().en().contains("iconv -f GB18030"));
    }

    #[test]
    fn broken_utf8_is_reported_where_it_breaks() {
        let error = decode(b"abc\xff\xfe\x01 def".to_vec()).unwrap_err();
        assert_eq!((error.guess, error.at), (Guess::Unknown, 3));
    }
}
