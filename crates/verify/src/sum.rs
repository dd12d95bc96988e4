//! Sums of every kind that manifests of bags list (RFC 8493, section 2.4).

use std::fmt;

use casefile_message::Message;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha384, Sha512};

use crate::sha256::Sha256;

/// A kind of sum; the later, the stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// MD5 (RFC 1321).
    Md5,
    /// SHA-1 (FIPS 180-4).
    Sha1,
    /// SHA-224 (FIPS 180-4).
    Sha224,
    /// SHA-256 (FIPS 180-4).
    Sha256,
    /// SHA-384 (FIPS 180-4).
    Sha384,
    /// SHA-512 (FIPS 180-4).
    Sha512,
}

impl Algorithm {
    /// The algorithm of that name, as the names of manifests have it.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "md5" => Self::Md5,
            "sha1" => Self::Sha1,
            "sha224" => Self::Sha224,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            "sha512" => Self::Sha512,
            _ => return None,
        })
    }

    /// Whether two files of one sum can be made at will.
    pub fn is_forgeable(self) -> bool {
        self <= Self::Sha1
    }

    fn size(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// What sums bytes in this way.
    pub(super) fn summing(self) -> Summing {
        match self {
            Self::Md5 => Summing::Md5(Md5::new()),
            Self::Sha1 => Summing::Sha1(Sha1::new()),
            Self::Sha224 => Summing::Sha224(Sha224::new()),
            Self::Sha256 => Summing::Sha256(sha2::Sha256::new()),
            Self::Sha384 => Summing::Sha384(Sha384::new()),
            Self::Sha512 => Summing::Sha512(Sha512::new()),
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        })
    }
}

/// The sum of some bytes. Shown as hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum {
    algorithm: Algorithm,
    bytes: Box<[u8]>,
}

impl Sum {
    /// How it was taken.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Reads a sum from its hexadecimal digits.
    ///
    /// # Errors
    /// When these are not as many as such a sum has, or none.
    pub fn read(algorithm: Algorithm, digits: &str) -> Result<Self, Message> {
        let size = algorithm.size();
        let nibble = |digit: u8| char::from(digit).to_digit(16).map(|nibble| nibble as u8);
        let pairs = digits.as_bytes().chunks(2);
        let bytes: Option<Box<[u8]>> =
            pairs.map(|pair| Some(nibble(*pair.first()?)? << 4 | nibble(*pair.get(1)?)?)).collect();
        match bytes.filter(|bytes| bytes.len() == size) {
            Some(bytes) => Ok(Self { algorithm, bytes }),
            None => Err(message!(
                en: "a sum of {algorithm} is {digits} hexadecimal digits",
                zh: "{algorithm} 校验值应为 {digits} 位十六进制数字",
                digits = 2 * size
            )),
        }
    }
}

impl From<Sha256> for Sum {
    fn from(sum: Sha256) -> Self {
        Self { algorithm: Algorithm::Sha256, bytes: Box::from(sum.as_bytes().as_slice()) }
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Sums bytes that come in pieces.
pub(super) enum Summing {
    Md5(Md5),
    Sha1(Sha1),
    Sha224(Sha224),
    Sha256(sha2::Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Summing {
    /// Adds the next bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        match self {
            Self::Md5(sum) => sum.update(bytes),
            Self::Sha1(sum) => sum.update(bytes),
            Self::Sha224(sum) => sum.update(bytes),
            Self::Sha256(sum) => sum.update(bytes),
            Self::Sha384(sum) => sum.update(bytes),
            Self::Sha512(sum) => sum.update(bytes),
        }
    }

    /// The sum of all of them.
    pub(super) fn finish(self) -> Sum {
        let sum = |algorithm, bytes: &[u8]| Sum { algorithm, bytes: Box::from(bytes) };
        match self {
            Self::Md5(bytes) => sum(Algorithm::Md5, &bytes.finalize()),
            Self::Sha1(bytes) => sum(Algorithm::Sha1, &bytes.finalize()),
            Self::Sha224(bytes) => sum(Algorithm::Sha224, &bytes.finalize()),
            Self::Sha256(bytes) => sum(Algorithm::Sha256, &bytes.finalize()),
            Self::Sha384(bytes) => sum(Algorithm::Sha384, &bytes.finalize()),
            Self::Sha512(bytes) => sum(Algorithm::Sha512, &bytes.finalize()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_of_abc_are_those_of_the_standards() {
        for (name, digits) in [
            ("md5", "900150983cd24fb0d6963f7d28e17f72"),
            ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("sha224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
            ("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "sha384",
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            ),
            (
                "sha512",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd\
                 454d4423643ce80e2a9ac94fa54ca49f",
            ),
        ] {
            let algorithm = Algorithm::named(name).unwrap();
            let mut summing = algorithm.summing();
            summing.add(b"a");
            summing.add(b"bc");
            let sum = summing.finish();
            assert_eq!(sum.to_string(), digits);
            assert_eq!(Sum::read(algorithm, &digits.to_uppercase()), Ok(sum));
            for wrong in ["", &digits[1..], &digits[2..], &format!("{digits}00"), &digits.replace('0', "g")] {
                assert!(Sum::read(algorithm, wrong).is_err(), "{wrong}");
            }
        }
        assert_eq!(Sum::from(Sha256::of(b"abc")).algorithm(), Algorithm::Sha256);
    }
}
