//! SHA-256 sums (FIPS 180-4).

pub mod line_ends;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Digest;

/// The SHA-256 sum of some bytes. Shown, and read, as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// The sum of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// The sum itself.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Sums bytes that come in pieces.
#[derive(Debug, Clone, Default)]
pub struct Summing(sha2::Sha256);

impl Summing {
    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The sum of all of them.
    pub fn finish(self) -> Sha256 {
        Sha256(self.0.finalize().into())
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Sha256 {
    type Err = NoSum;

    fn from_str(text: &str) -> Result<Self, NoSum> {
        let digits = text.trim().as_bytes();
        let mut sum = [0; 32];
        if digits.len() != 64 {
            return Err(NoSum);
        }
        for (byte, pair) in sum.iter_mut().zip(digits.chunks(2)) {
            let nibble = |digit: u8| char::from(digit).to_digit(16).ok_or(NoSum);
            *byte = (nibble(pair[0])? << 4 | nibble(pair[1])?) as u8;
        }
        Ok(Self(sum))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSum;

impl fmt::Display for NoSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a SHA-256 sum is 64 hexadecimal digits")
    }
}

impl std::error::Error for NoSum {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_nothing_and_of_abc_are_those_of_the_standard() {
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256::of(b"").to_string(), nothing);
        let mut summing = Summing::default();
        summing.add(b"a");
        summing.add(b"bc");
        assert_eq!(summing.finish().to_string(), abc);
        assert_eq!(abc.to_ascii_uppercase().parse(), Ok(Sha256::of(b"abc")));
    }

    #[test]
    fn what_is_no_sum_is_refused() {
        let long = format!("{}0", Sha256::of(b""));
        for text in ["", "abc", "é", &"g".repeat(64), &long, &"é".repeat(32)] {
            assert_eq!(text.parse::<Sha256>(), Err(NoSum), "{text}");
        }
    }
}
