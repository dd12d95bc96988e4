//! Unified social credit codes (GB 32100-2015).

use super::Check;

/// The characters of a code, in the order of their values.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The length of a code.
const LENGTH: usize = 18;

/// What the check character of a code says; none if the word is not made like a code at all. A code that lacks a
/// character or has one too many is wrong.
pub(super) fn check(word: &str) -> Option<Check> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if !(LENGTH - 1..=LENGTH + 1).contains(&word.len()) || digits < 8 || word.starts_with("0x") {
        return None;
    }
    let values: Option<Vec<usize>> =
        word.bytes().map(|b| ALPHABET.iter().position(|&c| c == b.to_ascii_uppercase())).collect();
    let right = values.filter(|values| values.len() == LENGTH).is_some_and(|values| {
        // The weights are the powers of 3 modulo 31.
        let mut weight = 1;
        let mut sum = 0;
        for value in &values[..LENGTH - 1] {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        values[LENGTH - 1] == (31 - sum % 31) % 31
    });
    Some(if right { Check::Right } else { Check::Wrong })
}

/// Whether the department, category and region of a code exist, so that it is one without words that say so. A code of
/// digits alone may as well be the number of a person or an order.
pub(super) fn is_plausible(word: &str) -> bool {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let kind = word.get(..2).unwrap_or("");
    let known = ["11", "12", "13", "51", "52", "53", "91", "92", "93"].contains(&kind);
    let region = word.get(2..4).and_then(|region| region.parse().ok());
    known && region.is_some_and(|region: u8| (11..=82).contains(&region))
}
