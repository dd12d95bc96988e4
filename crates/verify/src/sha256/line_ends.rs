//! The sums that a text has with other line ends. Git and editors change them on the way, and all else stays.

use super::{Sha256, Summing};

/// Sums a text that comes in pieces, with a line feed at the end of each line, and with a carriage return before it.
#[derive(Debug, Clone, Default)]
pub struct LineEnds {
    with_lf: Summing,
    with_crlf: Summing,
    /// Whether the last piece ended in a carriage return.
    after_cr: bool,
}

impl LineEnds {
    /// The sums of `bytes`.
    pub fn of(bytes: &[u8]) -> [Sha256; 2] {
        let mut sums = Self::default();
        sums.add(bytes);
        sums.finish()
    }

    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        if self.after_cr && !bytes.is_empty() && bytes[0] != b'\n' {
            self.add_to_both(b"\r");
        }
        self.after_cr &= bytes.is_empty();
        let mut rest = bytes;
        while let Some(at) = memchr::memchr2(b'\n', b'\r', rest) {
            self.add_to_both(&rest[..at]);
            match (rest[at], rest.get(at + 1)) {
                (b'\n', _) => {
                    self.with_lf.add(b"\n");
                    self.with_crlf.add(b"\r\n");
                }
                (_, Some(b'\n')) => {}
                (_, Some(_)) => self.add_to_both(b"\r"),
                (_, None) => self.after_cr = true,
            }
            rest = &rest[at + 1..];
        }
        self.add_to_both(rest);
    }

    /// The sums of all of them.
    pub fn finish(mut self) -> [Sha256; 2] {
        if self.after_cr {
            self.add_to_both(b"\r");
        }
        [self.with_lf.finish(), self.with_crlf.finish()]
    }

    fn add_to_both(&mut self, bytes: &[u8]) {
        self.with_lf.add(bytes);
        self.with_crlf.add(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_all_that_is_made_the_same() {
        for (text, lf, crlf) in [
            ("a\nb\n", "a\nb\n", "a\r\nb\r\n"),
            ("a\r\nb\r\n", "a\nb\n", "a\r\nb\r\n"),
            ("a\r\nb\n", "a\nb\n", "a\r\nb\r\n"),
            ("a\rb\r", "a\rb\r", "a\rb\r"),
            ("\r\r\n\n", "\r\n\n", "\r\r\n\r\n"),
            ("", "", ""),
        ] {
            let wanted = [lf, crlf].map(|text| Sha256::of(text.as_bytes()));
            assert_eq!(LineEnds::of(text.as_bytes()), wanted, "{text:?}");
            for cut in 0..text.len() {
                let mut sums = LineEnds::default();
                sums.add(&text.as_bytes()[..cut]);
                sums.add(b"");
                sums.add(&text.as_bytes()[cut..]);
                assert_eq!(sums.finish(), wanted, "{text:?} cut at {cut}");
            }
        }
    }
}
