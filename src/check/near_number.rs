//! What the rules about figures share: which numbers are particular, and which differ by a slip.

use bigdecimal::{BigDecimal, Signed, Zero};

/// The digits of a number that tell something, and how many stand after the point.
fn digits(value: &BigDecimal) -> (String, i64) {
    let (mantissa, scale) = value.normalized().into_bigint_and_exponent();
    (mantissa.abs().to_string(), scale)
}

/// Whether a number is so particular that it hardly stands twice by chance: four digits that tell something.
pub(super) fn is_particular(value: &BigDecimal) -> bool {
    !value.is_zero() && digits(value).0.len() >= 4
}

/// Whether two numbers differ by one digit, or by two neighbours transposed.
pub(super) fn is_near(a: &BigDecimal, b: &BigDecimal) -> bool {
    if a == b || a.is_negative() != b.is_negative() {
        return false;
    }
    let scale = digits(a).1.max(digits(b).1).max(0);
    let plain = |value: &BigDecimal| value.abs().with_scale(scale).to_plain_string();
    let (a, b) = (plain(a), plain(b));
    if a.len() != b.len() {
        return false;
    }
    let (a, b): (Vec<u8>, Vec<u8>) = (a.into(), b.into());
    let differing: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
    match differing.as_slice() {
        [_] => true,
        [first, second] => {
            // The point may stand between two digits that changed places.
            let neighbours = *second == first + 1 || (*second == first + 2 && a[first + 1] == b'.');
            neighbours && a[*first] == b[*second] && a[*second] == b[*first]
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> BigDecimal {
        text.parse().unwrap()
    }

    #[test]
    fn one_digit_or_two_transposed_is_near() {
        for near in ["206539.31", "206593.30", "260539.30", "206539.03", "206533.90", "106539.30"] {
            assert!(is_near(&number("206539.30"), &number(near)), "{near}");
        }
        for far in ["206539.30", "206539.3", "20653.93", "206540.30", "1206539.30", "-206539.31"] {
            assert!(!is_near(&number("206539.30"), &number(far)), "{far}");
        }
    }

    #[test]
    fn round_numbers_are_not_particular() {
        assert!(is_particular(&number("1200.5")) && is_particular(&number("9916.00")));
        assert!(!is_particular(&number("1200.00")) && !is_particular(&number("37")) && !is_particular(&number("0.05")));
    }
}
