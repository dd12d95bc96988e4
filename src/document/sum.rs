//! Arithmetic between dollar signs, recomputed exactly: fractions of whole numbers, never floats.

pub mod prose;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// The longest formula that is computed, in bytes; a longer one is only set.
const MAX_LEN: usize = 2000;

/// The deepest nesting of parentheses that is computed.
const MAX_DEPTH: usize = 50;

/// What recomputing a formula says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Both sides of every sign are equal, or equal when rounded as the result is written after `≈`.
    Right,
    /// They are not.
    Wrong {
        /// What should stand where the first wrong result stands, as a decimal.
        computed: String,
        /// Where the wrong side stands in the formula, in bytes.
        range: std::ops::Range<usize>,
    },
    /// It is no arithmetic, or has nothing to compare.
    NotArithmetic,
}

/// Recomputes `formula`: numbers, `+ - × ÷ * / ( )`, their LaTeX names, with `=` or `≈` between the sides.
pub fn check(formula: &str) -> Verdict {
    if formula.len() > MAX_LEN {
        return Verdict::NotArithmetic;
    }
    verdict(formula).unwrap_or(Verdict::NotArithmetic)
}

fn verdict(formula: &str) -> Option<Verdict> {
    let tokens = tokenize(formula)?;
    let is_relation = |token: &&Token| matches!(token.kind, TokenKind::Equal | TokenKind::About);
    if !tokens.iter().any(|token| is_relation(&token)) {
        return None;
    }
    let mut sides = tokens.split(|token| is_relation(&token));
    let relations: Vec<&TokenKind> = tokens.iter().filter(is_relation).map(|token| &token.kind).collect();
    let first = evaluate(sides.next()?)?;
    let mut previous = first;
    for (relation, side) in relations.iter().zip(sides) {
        let value = evaluate(side)?;
        let decimals = decimals_written(side);
        let right = match relation {
            TokenKind::About => round(&previous, decimals) == round(&value, decimals),
            _ => previous == value,
        };
        if !right {
            let range = side.first()?.range.start..side.last()?.range.end;
            let computed = show(&previous, decimals);
            return Some(Verdict::Wrong { computed, range });
        }
        if **relation == TokenKind::Equal {
            previous = value;
        }
    }
    Some(Verdict::Right)
}

#[derive(Debug, Clone, PartialEq)]
enum TokenKind {
    Number(BigRational, usize),
    Plus,
    Minus,
    Times,
    Over,
    Open,
    Close,
    Equal,
    About,
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    kind: TokenKind,
    range: std::ops::Range<usize>,
}

/// The words LaTeX and people have for the signs; longer before shorter.
const SIGNS: &[(&str, Option<TokenKind>)] = &[
    ("\\times", Some(TokenKind::Times)),
    ("\\cdot", Some(TokenKind::Times)),
    ("\\div", Some(TokenKind::Over)),
    ("\\approx", Some(TokenKind::About)),
    ("\\left", None),
    ("\\right", None),
    ("\\,", None),
    ("\\ ", None),
    ("\\;", None),
    ("~", None),
    ("+", Some(TokenKind::Plus)),
    ("＋", Some(TokenKind::Plus)),
    ("-", Some(TokenKind::Minus)),
    ("−", Some(TokenKind::Minus)),
    ("－", Some(TokenKind::Minus)),
    ("*", Some(TokenKind::Times)),
    ("×", Some(TokenKind::Times)),
    ("·", Some(TokenKind::Times)),
    ("/", Some(TokenKind::Over)),
    ("÷", Some(TokenKind::Over)),
    ("(", Some(TokenKind::Open)),
    ("（", Some(TokenKind::Open)),
    (")", Some(TokenKind::Close)),
    ("）", Some(TokenKind::Close)),
    ("=", Some(TokenKind::Equal)),
    ("＝", Some(TokenKind::Equal)),
    ("≈", Some(TokenKind::About)),
];

fn tokenize(formula: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    'next: while at < formula.len() {
        let rest = &formula[at..];
        let c = rest.chars().next()?;
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        for (sign, kind) in SIGNS {
            if rest.starts_with(sign) {
                let range = at..at + sign.len();
                at = range.end;
                tokens.extend(kind.clone().map(|kind| Token { kind, range }));
                continue 'next;
            }
        }
        let (value, decimals, len) = number(rest)?;
        let kind = TokenKind::Number(value, decimals);
        tokens.push(Token { kind, range: at..at + len });
        at += len;
    }
    Some(tokens)
}

/// A decimal with or without thousands separators (`1,036,485.20`, `1{,}000`) and percent sign: its value, its
/// decimals and its bytes.
fn number(text: &str) -> Option<(BigRational, usize, usize)> {
    let mut digits = String::new();
    let (mut decimals, mut len) = (None, 0);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(len) {
        let rest = &text[len..];
        if byte.is_ascii_digit() {
            digits.push(byte as char);
            decimals = decimals.map(|n: usize| n + 1);
            len += 1;
        } else if byte == b'.' && decimals.is_none() {
            decimals = Some(0);
            len += 1;
        } else if let Some(comma) = ["{,}", "\\,", ","].iter().find(|c| rest.starts_with(**c)) {
            let group: Vec<u8> = bytes[len + comma.len()..].iter().copied().take_while(u8::is_ascii_digit).collect();
            if decimals.is_some() || digits.is_empty() || group.len() != 3 {
                break;
            }
            len += comma.len();
        } else {
            break;
        }
    }
    let whole: BigInt = digits.parse().ok()?;
    let mut places = decimals.unwrap_or(0);
    for percent in ["\\%", "%"] {
        if text[len..].starts_with(percent) {
            len += percent.len();
            places += 2;
            break;
        }
    }
    Some((BigRational::new(whole, power_of_ten(places)), decimals.unwrap_or(0), len))
}

fn evaluate(tokens: &[Token]) -> Option<BigRational> {
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let value = parser.sum()?;
    (parser.at == tokens.len()).then_some(value)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn next_is(&mut self, kind: &TokenKind) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|token| token.kind == *kind);
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self) -> Option<BigRational> {
        let mut value = self.product()?;
        loop {
            if self.next_is(&TokenKind::Plus) {
                value += self.product()?;
            } else if self.next_is(&TokenKind::Minus) {
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<BigRational> {
        let mut value = self.factor()?;
        loop {
            if self.next_is(&TokenKind::Times) {
                value *= self.factor()?;
            } else if self.next_is(&TokenKind::Over) {
                let divisor = self.factor()?;
                if divisor.is_zero() {
                    return None;
                }
                value /= divisor;
            } else {
                return Some(value);
            }
        }
    }

    fn factor(&mut self) -> Option<BigRational> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let value = if self.next_is(&TokenKind::Minus) {
            -self.factor()?
        } else if self.next_is(&TokenKind::Plus) {
            self.factor()?
        } else if self.next_is(&TokenKind::Open) {
            let value = self.sum()?;
            if !self.next_is(&TokenKind::Close) {
                return None;
            }
            value
        } else {
            let Some(Token { kind: TokenKind::Number(value, _), .. }) = self.tokens.get(self.at) else {
                return None;
            };
            self.at += 1;
            value.clone()
        };
        self.depth -= 1;
        Some(value)
    }
}

fn decimals_written(side: &[Token]) -> usize {
    let decimals = side.iter().filter_map(|token| match token.kind {
        TokenKind::Number(_, decimals) => Some(decimals),
        _ => None,
    });
    decimals.max().unwrap_or(0)
}

fn power_of_ten(power: usize) -> BigInt {
    num_traits::pow(BigInt::from(10), power)
}

/// Half away from zero, as amounts are rounded.
fn round(value: &BigRational, decimals: usize) -> BigInt {
    (value * power_of_ten(decimals)).round().to_integer()
}

/// `value` as a decimal: exact if it ends within a few places, else rounded to two more than were written.
fn show(value: &BigRational, written: usize) -> String {
    let exact = (written..written + 12).find(|&places| (value * power_of_ten(places)).is_integer());
    let places = exact.unwrap_or(written + 2);
    let scaled = round(value, places);
    let sign = if scaled.is_negative() { "-" } else { "" };
    let mut digits = scaled.abs().to_string();
    if digits.len() <= places {
        digits = "0".repeat(places + 1 - digits.len()) + &digits;
    }
    let (whole, fraction) = digits.split_at(digits.len() - places);
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn right_sums_are_confirmed() {
        for formula in [
            "1200.50 - 200.25 = 1000.25",
            "1,036,485.20 - 386,229.44 = 650{,}255.76",
            "(3 + 4) \\times 2 = 14",
            "10 ÷ 4 = 2.5",
            "10 / 3 ≈ 3.33",
            "2 = 2 = 4 - 2",
            "0.1 + 0.2 = 0.3",
            "-5 + 8 = 3",
            "200 × 5% = 10",
            "1 / 3 \\approx 0.3333",
        ] {
            assert_eq!(check(formula), Verdict::Right, "{formula}");
        }
    }

    #[test]
    fn a_wrong_sum_tells_what_should_stand_where() {
        let formula = "1200.50 - 200.25 = 1000.52";
        let Verdict::Wrong { computed, range } = check(formula) else { panic!() };
        assert_eq!((computed.as_str(), &formula[range]), ("1000.25", "1000.52"));
        let Verdict::Wrong { computed, .. } = check("10 / 3 = 3.33") else { panic!() };
        assert_eq!(computed, "3.3333");
        let Verdict::Wrong { computed, .. } = check("1 - 2.5 = 1.5") else { panic!() };
        assert_eq!(computed, "-1.5");
    }

    #[test]
    fn what_is_no_arithmetic_is_left_alone() {
        for formula in
            ["E = mc^2", "x + 1 = 2", "1200.50", "1 / 0 = 5", "(1 + 2 = 3", "", "=", "1 = ", "\\frac{1}{2} = 0.5"]
        {
            assert_eq!(check(formula), Verdict::NotArithmetic, "{formula}");
        }
        let deep = format!("{}1{} = 1", "(".repeat(500), ")".repeat(500));
        assert_eq!(check(&deep), Verdict::NotArithmetic);
        let long = |terms: usize| format!("{}1 = {}", "1+".repeat(terms), terms + 1);
        assert_eq!(check(&long(MAX_LEN / 3)), Verdict::Right);
        assert_eq!(check(&long(MAX_LEN)), Verdict::NotArithmetic);
    }

    proptest! {
        #[test]
        fn amounts_in_cents_are_summed_exactly(a in 0i64..1_000_000_000_000, b in 0i64..1_000_000_000_000) {
            let show = |n: i64| format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, n.abs() / 100, n.abs() % 100);
            let right = format!("{} - {} = {}", show(a), show(b), show(a - b));
            prop_assert_eq!(check(&right), Verdict::Right);
            let wrong = format!("{} - {} = {}", show(a), show(b), show(a - b + 1));
            let told = matches!(check(&wrong), Verdict::Wrong { computed, .. } if computed == show(a - b));
            prop_assert!(told);
        }
    }
}
