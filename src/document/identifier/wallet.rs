//! Wallet addresses with their checksums, and hashes of transactions.

use sha3::{Digest, Keccak256};

use super::Check;
use crate::sha256::Sha256;

/// The version bytes of addresses in Base58Check, with the letters they begin with: Bitcoin, Litecoin, Dogecoin, TRON.
const VERSIONS: &[(u8, &[u8])] =
    &[(0x00, b"1"), (0x05, b"3"), (0x30, b"L"), (0x32, b"M"), (0x1e, b"D"), (0x16, b"9A"), (0x41, b"T")];

/// The characters of Bech32 after the prefix.
const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// The prefixes of addresses in Bech32 (BIP 173, BIP 350).
const PREFIXES: &[&str] = &["bc1", "ltc1"];

/// The address that a word is, and what its checksum says; none if it is not made like one.
pub(super) fn address(word: &str) -> Option<(String, Check)> {
    evm(word).or_else(|| bech(word)).or_else(|| base58(word))
}

/// Whether a word begins as only addresses begin.
pub(super) fn has_prefix(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let data = PREFIXES.iter().find_map(|prefix| lower.strip_prefix(prefix));
    let spelled = |data: &str| data.bytes().all(|b| BECH32.contains(&b)) && data.bytes().any(|b| b > b'f');
    word.len() >= 26 && data.is_some_and(spelled)
}

/// An address of Ethereum and its kin. Capitals are the checksum (ERC-55); without any there is none.
fn evm(word: &str) -> Option<(String, Check)> {
    let digits = word.strip_prefix("0x").filter(|digits| digits.len() == 40)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let lower = digits.to_ascii_lowercase();
    if digits == lower || digits == digits.to_ascii_uppercase() {
        return Some((format!("0x{lower}"), Check::None));
    }
    let hash = Keccak256::digest(lower.as_bytes());
    let is_right = digits.bytes().enumerate().filter(|(_, b)| b.is_ascii_alphabetic()).all(|(at, b)| {
        let nibble = if at % 2 == 0 { hash[at / 2] >> 4 } else { hash[at / 2] & 0xf };
        b.is_ascii_uppercase() == (nibble >= 8)
    });
    Some((word.to_owned(), if is_right { Check::Right } else { Check::Wrong }))
}

fn bech(word: &str) -> Option<(String, Check)> {
    if !has_prefix(word) || word.len() > 90 {
        return None;
    }
    let right = bech32::segwit::decode(word).is_ok();
    Some((word.to_ascii_lowercase(), if right { Check::Right } else { Check::Wrong }))
}

fn base58(word: &str) -> Option<(String, Check)> {
    let bytes = word.as_bytes();
    let (_, letters) = VERSIONS.iter().find(|(_, letters)| letters.contains(&bytes[0]))?;
    let has = |test: fn(&u8) -> bool| bytes.iter().any(test);
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    let length = if *letters == b"T" { 34..=34 } else { 26..=35 };
    let spelled = bytes.iter().all(|b| b.is_ascii_alphanumeric() && !b"0OIl".contains(b));
    if !spelled || !mixed || !length.contains(&word.len()) {
        return None;
    }
    let decoded = bs58::decode(word).into_vec().ok();
    let right = decoded.filter(|decoded| decoded.len() == 25).is_some_and(|decoded| {
        let (payload, sum) = decoded.split_at(21);
        let twice = Sha256::of(Sha256::of(payload).as_bytes());
        let version = VERSIONS.iter().any(|(version, letters)| *version == payload[0] && letters.contains(&bytes[0]));
        version && twice.as_bytes()[..4] == *sum
    });
    Some((word.to_owned(), if right { Check::Right } else { Check::Wrong }))
}

/// The hash of a transaction, if a word is made like one: 64 hexadecimal digits, which a sum of a file is too.
pub(super) fn transaction(word: &str) -> Option<String> {
    let digits = word.strip_prefix("0x").unwrap_or(word);
    let fits = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    fits.then(|| word.to_ascii_lowercase())
}
