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

/// A number as it is written without an exponent, for comparison with very many.
pub(super) struct Plain {
    is_negative: bool,
    /// Without a sign, and without zeros at the end behind the point.
    text: Vec<u8>,
    /// How many digits stand before the point.
    whole: usize,
}

impl Plain {
    pub(super) fn of(value: &BigDecimal) -> Self {
        let text = value.abs().normalized().to_plain_string().into_bytes();
        let whole = text.iter().position(|&byte| byte == b'.').unwrap_or(text.len());
        Self { is_negative: value.is_negative(), text, whole }
    }

    /// The sign at a place, as if zeros went on behind the point for ever.
    fn at(&self, place: usize) -> u8 {
        self.text.get(place).copied().unwrap_or(if place == self.whole { b'.' } else { b'0' })
    }

    /// Whether the two differ by one digit, or by two neighbours transposed.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        if self.is_negative != other.is_negative || self.whole != other.whole {
            return false;
        }
        let end = self.text.len().max(other.text.len());
        let mut differing = (0..end).filter(|&place| self.at(place) != other.at(place));
        let (first, second, third) = (differing.next(), differing.next(), differing.next());
        match (first, second) {
            (Some(_), None) => true,
            (Some(first), Some(second)) => {
                // The point may stand between two digits that changed places.
                let neighbours = second == first + 1 || (second == first + 2 && self.at(first + 1) == b'.');
                third.is_none()
                    && neighbours
                    && self.at(first) == other.at(second)
                    && self.at(second) == other.at(first)
            }
            (None, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> BigDecimal {
        text.parse().unwrap()
    }

    fn is_near(one: &str, other: &str) -> bool {
        Plain::of(&number(one)).is_near(&Plain::of(&number(other)))
    }

    #[test]
    fn one_digit_or_two_transposed_is_near() {
        for near in ["206539.31", "206593.30", "260539.30", "206539.03", "206533.90", "106539.30"] {
            assert!(is_near("206539.30", near) && is_near(near, "206539.30"), "{near}");
        }
        for far in ["206539.30", "206539.3", "20653.93", "206540.30", "1206539.30", "-206539.31"] {
            assert!(!is_near("206539.30", far) && !is_near(far, "206539.30"), "{far}");
        }
    }

    #[test]
    fn what_is_written_with_fewer_digits_is_as_near() {
        for (one, other) in
            [("1200", "1300"), ("1200", "1200.5"), ("9916.00", "9961"), ("1200.05", "1200.5"), ("12E3", "12001")]
        {
            assert!(is_near(one, other) && is_near(other, one), "{one} {other}");
        }
        for (one, other) in [("1200", "12000"), ("1200", "1200.00"), ("0.5", "10.5"), ("1200.55", "1200")] {
            assert!(!is_near(one, other) && !is_near(other, one), "{one} {other}");
        }
    }

    #[test]
    fn round_numbers_are_not_particular() {
        assert!(is_particular(&number("1200.5")) && is_particular(&number("9916.00")));
        assert!(!is_particular(&number("1200.00")) && !is_particular(&number("37")) && !is_particular(&number("0.05")));
    }
}
