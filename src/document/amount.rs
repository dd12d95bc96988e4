//! Amounts: exact decimals with their currency or asset, before or after the number.

use crate::language::lists::amount::READS_ON;
use bigdecimal::BigDecimal;
use bigdecimal::num_bigint::BigInt;
use smol_str::SmolStr;

use crate::language::amount_lexicon::AmountLexicon;
use crate::slug::half_width;

/// The most digits a number has; the largest amount of an asset (2²⁵⁶ of its smallest part) has 78.
const MAX_DIGITS: usize = 80;

/// An amount found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAmount {
    /// Where it stands, with its unit, in bytes.
    pub range: std::ops::Range<usize>,
    /// How much, exactly.
    pub value: BigDecimal,
    /// The code of its unit.
    pub unit: SmolStr,
    /// Whether a word such as 约 or “about” stands beside it.
    pub approximate: bool,
}

/// A number as written.
struct Number {
    range: std::ops::Range<usize>,
    value: BigDecimal,
}

/// Every amount in `text` from byte `from` on. A number without a unit is none.
pub fn scan(text: &str, from: usize, words: &AmountLexicon) -> Vec<FoundAmount> {
    let mut found: Vec<FoundAmount> = Vec::new();
    let mut at = from;
    while let Some(offset) = text[at..].find(|c: char| half_width(c).is_ascii_digit()) {
        let start = at + offset;
        let Some(number) = number_at(text, start) else {
            at = end_of_digits(text, start);
            continue;
        };
        at = number.range.end;
        let taken = found.last().map_or(0, |last| last.range.end);
        if let Some(amount) = amount(text, number, taken, words) {
            at = amount.range.end;
            found.push(amount);
        }
    }
    found
}

/// Every number in `text`, with a unit or without.
pub fn numbers(text: &str) -> Vec<BigDecimal> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| half_width(c).is_ascii_digit()) {
        let start = at + offset;
        match number_at(text, start) {
            Some(number) => {
                at = number.range.end;
                numbers.push(number.value);
            }
            None => at = end_of_digits(text, start),
        }
    }
    numbers
}

/// The number that `text` is and nothing else, as in a cell of a column of amounts.
pub fn plain_number(text: &str) -> Option<BigDecimal> {
    let trimmed = text.trim();
    let (negative, digits) = match trimmed.strip_prefix(['-', '−', '－']) {
        Some(digits) => (true, digits),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let number = number_at(digits, 0).filter(|number| number.range.end == digits.len())?;
    Some(if negative { -number.value } else { number.value })
}

fn amount(text: &str, number: Number, taken: usize, words: &AmountLexicon) -> Option<FoundAmount> {
    let (mut value, mut end) = (number.value, number.range.end);
    let mut approximate = false;
    // 20多万元: the word stands before the factor.
    if let Some(len) = words.about_after(&text[end..]) {
        approximate = true;
        end += len;
    }
    let mut last_power = None;
    while let Some((power, len)) = words.factor(&text[end..]) {
        let times = BigDecimal::new(BigInt::from(1), -i64::from(power));
        value = match last_power {
            None => value * times,
            Some(_) => break,
        };
        end += len;
        last_power = Some(power);
    }
    // 28万6千4百元: each further number counts less than the one before.
    while let Some(before) = last_power {
        let Some(next) = number_at_digits(&text[end..]) else { break };
        let after = end + next.range.end;
        let (power, len) = words.factor(&text[after..]).unwrap_or((0, 0));
        if power >= before {
            break;
        }
        value += next.value * BigDecimal::new(BigInt::from(1), -i64::from(power));
        end = after + len;
        last_power = (power > 0).then_some(power);
    }
    if let Some(len) = words.about_after(&text[end..]) {
        approximate = true;
        end += len;
    }
    let sign = text[..number.range.start].chars().next_back().filter(|&c| is_minus(c));
    let base = number.range.start - sign.map_or(0, char::len_utf8);
    let sign_stands_apart = !text[..base].ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')' || c == '）');
    let before = &text[taken.min(base)..base];
    let prefix = words.unit_before(before);
    let suffix = words.unit_after(&text[end..]);
    if prefix.is_none() && before.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (unit, prefix_len) = match (suffix, prefix) {
        (Some((unit, len)), prefix) => {
            end += len;
            (unit, prefix.filter(|(before, _)| *before == unit).map(|(_, len)| len))
        }
        (None, Some((unit, len))) if !reads_on(&text[end..]) => (unit, Some(len)),
        _ => return None,
    };
    let negative = sign.is_some() && (sign_stands_apart || prefix_len.is_some());
    if negative {
        value = -value;
    }
    let mut start = if negative { base } else { number.range.start };
    start = prefix_len.map_or(start, |len| base - len);
    approximate |= words.about_before(&text[taken.min(start)..start]);
    if let Some(len) = words.about_after(&text[end..]) {
        approximate = true;
        end += len;
    }
    Some(FoundAmount { range: start..end, value: value.normalized(), unit: unit.clone(), approximate })
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '－')
}

/// Whether what follows a number makes it something else than an amount: a year, a share, a time.
fn reads_on(after: &str) -> bool {
    let counted = |c: char| READS_ON.contains(c) || "%％:：/".contains(c);
    after.starts_with(|c: char| c.is_ascii_alphabetic()) || after.trim_start_matches(' ').starts_with(counted)
}

/// The number at the very start of `text`.
fn number_at_digits(text: &str) -> Option<Number> {
    text.starts_with(|c: char| half_width(c).is_ascii_digit()).then(|| number_at(text, 0)).flatten()
}

/// The number that begins at `start`: `1200.50`, `1,200.50`, full-width digits too. `1-1`, `1.2.3` and `1:2` are none.
fn number_at(text: &str, start: usize) -> Option<Number> {
    let before = text[..start].chars().next_back().map(half_width);
    let joined = |c: char| matches!(c, '.' | '/' | ':' | '_' | '#' | '@' | '\\' | '^') || c.is_ascii_digit();
    if before.is_some_and(joined) {
        return None;
    }
    let mut back = text[..start].chars().rev();
    if back.next().is_some_and(is_minus) && back.next().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    // 1 000 and 007 are written by other rules than these.
    let mut ahead = text[start..].chars().map(half_width);
    if ahead.next() == Some('0') && ahead.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut digits = String::new();
    let mut end = start;
    let (mut groups, mut in_group, mut decimals) = (0usize, 0usize, None::<i64>);
    while let Some(c) = text[end..].chars().next() {
        let folded = half_width(c);
        if folded.is_ascii_digit() {
            digits.push(folded);
            in_group += 1;
            decimals = decimals.map(|count| count + 1);
            end += c.len_utf8();
            if digits.len() > MAX_DIGITS {
                return None;
            }
            continue;
        }
        let rest = &text[end..];
        let (mark, len) = match rest.strip_prefix("{,}") {
            Some(_) => (',', 3),
            None => (folded, c.len_utf8()),
        };
        let group_follows = starts_with_group(&rest[len..]);
        let may_group = decimals.is_none() && if groups == 0 { in_group <= 3 } else { in_group == 3 };
        if mark == ',' && may_group && group_follows {
            groups += 1;
            in_group = 0;
            end += len;
        } else if mark == '.' && decimals.is_none() && rest[len..].starts_with(|c: char| half_width(c).is_ascii_digit())
        {
            decimals = Some(0);
            end += len;
        } else {
            break;
        }
    }
    let rest = &text[end..];
    let mut after = rest.chars().map(half_width);
    let (next, further) = (after.next(), after.next());
    let goes_on = match next {
        Some('.' | ',' | '-' | ':' | '/') => further.is_some_and(|c| c.is_ascii_digit()),
        Some('_') => true,
        _ => false,
    };
    if goes_on && !(next == Some('-') && further.is_none()) {
        return None;
    }
    let integer = digits.parse::<BigInt>().ok()?;
    Some(Number { range: start..end, value: BigDecimal::new(integer, decimals.unwrap_or(0)) })
}

/// Whether exactly three digits follow, as after a thousands separator.
fn starts_with_group(text: &str) -> bool {
    let digits = text.chars().take(4).take_while(|&c| half_width(c).is_ascii_digit()).count();
    digits == 3
}

/// The end of the run at `start` of digits and what joins them, none of which is a number by itself.
fn end_of_digits(text: &str, start: usize) -> usize {
    let run = text[start..].find(|c: char| !(half_width(c).is_ascii_digit() || "-./:,".contains(c)));
    start + run.unwrap_or(text.len() - start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn words() -> AmountLexicon {
        let mut words = AmountLexicon::new(&[Language::new("zh", None), Language::new("en", None)]);
        words.add_unit("pallet", ["托", "pallets"]);
        words
    }

    fn amounts(text: &str) -> Vec<String> {
        let found = scan(text, 0, &words());
        let show = |found: &FoundAmount| {
            let about = if found.approximate { "~" } else { "" };
            format!("{about}{} {} [{}]", found.value.to_plain_string(), found.unit, &text[found.range.clone()])
        };
        found.iter().map(show).collect()
    }

    #[test]
    fn amounts_are_read_with_their_unit_before_or_after() {
        for (text, expected) in [
            ("损失206539.30元。", "206539.3 CNY [206539.30元]"),
            ("共 649726.44  元 人民币 的", "649726.44 CNY [649726.44  元]"),
            ("价值 349776.83 人民币 (CNY) 的", "349776.83 CNY [349776.83 人民币]"),
            ("净损失约合 40856.89 美元 (USD)", "~40856.89 USD [40856.89 美元]"),
            ("或约 1.5 BTC 的", "~1.5 BTC [1.5 BTC]"),
            ("1.5个BTC", "1.5 BTC [1.5个BTC]"),
            ("1,200.50 USDT", "1200.5 USDT [1,200.50 USDT]"),
            ("¥1,200.50", "1200.5 CNY [¥1,200.50]"),
            ("US$5 或", "5 USD [US$5]"),
            ("$5", "5 USD [$5]"),
            ("CNY 100", "100 CNY [CNY 100]"),
            ("人民币100元", "100 CNY [人民币100元]"),
            ("3.5万元", "35000 CNY [3.5万元]"),
            ("20多万元", "~200000 CNY [20多万元]"),
            ("1.2亿美元", "120000000 USD [1.2亿美元]"),
            ("about 1.2 million yuan", "~1200000 CNY [1.2 million yuan]"),
            ("20万元左右", "~200000 CNY [20万元左右]"),
            ("37托冷冻果", "37 pallet [37托]"),
            ("37 pallets of", "37 pallet [37 pallets]"),
            ("１２００．５０元", "1200.5 CNY [１２００．５０元]"),
            ("= 650{,}255.76 元", "650255.76 CNY [650{,}255.76 元]"),
            ("0.123456789012345678 ETH", "0.123456789012345678 ETH [0.123456789012345678 ETH]"),
            ("余额 -12.50 元", "-12.5 CNY [-12.50 元]"),
            ("¥-529.32元", "-529.32 CNY [¥-529.32元]"),
            ("净额：￥－529.32 CNY", "-529.32 CNY [￥－529.32 CNY]"),
            ("单位：元-529.32元", "-529.32 CNY [元-529.32元]"),
            ("28万6千元", "286000 CNY [28万6千元]"),
            ("28万6417.56元", "286417.56 CNY [28万6417.56元]"),
        ] {
            assert_eq!(amounts(text), [expected], "{text}");
        }
        assert_eq!(amounts("$5 and $6").len(), 2);
        assert_eq!(amounts("1.5 BTC 63359.27 人民币"), ["1.5 BTC [1.5 BTC]", "63359.27 CNY [63359.27 人民币]"]);
    }

    #[test]
    fn numbers_that_are_no_amounts_are_left_alone() {
        for text in [
            "1-1 元",
            "2031-05-04",
            "203.0.113.4",
            "v1.2.3 USD",
            "USDT 2023年",
            "10:30",
            "15%",
            "1-1，",
            "3 ada",
            "3 solutions",
            "5 BTC-USDT",
            "A12元",
            "第3条",
            "She won 300 times",
            "1 000 元",
        ] {
            assert_eq!(amounts(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_cell_may_be_a_number_alone() {
        assert_eq!(plain_number(" 1,200.50 ").map(|n| n.to_plain_string()).as_deref(), Some("1200.50"));
        assert_eq!(plain_number("-3").map(|n| n.to_plain_string()).as_deref(), Some("-3"));
        for text in ["12 元", "1-2", "", "约3", "3.", "2031-05-04"] {
            assert_eq!(plain_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_an_amount_up_to_a_length() {
        assert_eq!(amounts(&format!("{}元", "1".repeat(MAX_DIGITS))).len(), 1);
        assert!(amounts(&format!("{}元", "1".repeat(MAX_DIGITS + 1))).is_empty());
    }
}
