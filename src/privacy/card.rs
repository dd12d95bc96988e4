//! Numbers of bank cards: what their issuer, their check digit and the words around them say (ISO/IEC 7812-1).

use super::context::{Context, Says};
use super::number::{Number, Separator};
use super::{PrivateKind, PrivateText};

/// The first digits of UnionPay's debit cards that are most often seen; an order number rarely begins so and fits the check
/// digit, too.
const COMMON: &[&str] = &[
    "6210", "6212", "6213", "6214", "6215", "6216", "6217", "6218", "6219", "6221", "6222", "6223", "6224", "6225",
    "6226", "6227", "6228", "6229", "6230", "6231", "6232", "6236",
];

/// How near a word must stand before a number to say what it is, and behind it, in characters.
const BEFORE: usize = 16;
const BEHIND: usize = 8;

/// The number of a card that begins with group `from`, and one past its last group.
pub(super) fn read(number: &Number<'_>, from: usize, context: &Context<'_>) -> Option<(usize, PrivateText)> {
    let mut best = None;
    for (to, range, digits) in number.runs(from) {
        if digits.len() > 19 {
            break;
        }
        let is_card = digits.len() >= 13
            && digits.bytes().all(|digit| digit.is_ascii_digit())
            && number.is_apart(from, to)
            && is_meant(number, (from, to), &digits, context, &range);
        if is_card {
            let kind = if luhn(&digits) { PrivateKind::Card } else { PrivateKind::DoubtfulCard };
            best = Some((to, PrivateText { kind, range, value: digits }));
        }
    }
    best
}

fn is_meant(
    number: &Number<'_>,
    (from, to): (usize, usize),
    digits: &str,
    context: &Context<'_>,
    range: &std::ops::Range<usize>,
) -> bool {
    let lengths = number.lengths(from, to);
    let is_whole = lengths.len() == 1;
    let is_grouped =
        !is_whole && is_grouped(&lengths) && number.separator(from, to).is_some_and(|by| by != Separator::Dot);
    if !(is_whole || is_grouped) || digits.bytes().all(|digit| digit == digits.as_bytes()[0]) {
        return false;
    }
    let (fits, is_issued) = (luhn(digits), is_issued(digits));
    if !fits && !is_issued {
        return false;
    }
    let said = context.nearest(range.start);
    let near = |wanted| said.is_some_and(|word| word.says == wanted && word.distance <= BEFORE);
    let behind = || context.says_behind(range.end, Says::Card, BEHIND);
    if near(Says::Card) || behind() {
        // Mistyped or made up, it is still told as the number of a card.
        return is_issued || fits && digits.len() >= 16;
    }
    if !(fits && is_issued) || context.is_in_address(range) {
        return false;
    }
    if near(Says::Account) {
        return true;
    }
    let denied = said.is_some_and(|word| word.denies_number() && word.distance <= BEFORE);
    let is_common = is_whole && digits.len() >= 16 && COMMON.iter().any(|first| digits.starts_with(first));
    !denied && (is_grouped || is_common) && context.heading(range.start).is_none_or(|word| !word.denies_number())
}

/// Whether groups are those in which numbers are printed on cards.
fn is_grouped(lengths: &[usize]) -> bool {
    matches!(lengths, [4, 4, 4, 4] | [4, 4, 4, 4, 1..=3] | [4, 6, 4..=5] | [6, 13] | [6, 10] | [4, 4, 4, 7] | [8, 8])
}

/// Whether a network of cards issues numbers that begin so and are so long.
fn is_issued(digits: &str) -> bool {
    let first = |count: usize| digits.get(..count).and_then(|first| first.parse::<u32>().ok()).unwrap_or(0);
    let length = digits.len();
    match first(2) {
        62 | 81 => (16..=19).contains(&length),
        40..=49 => matches!(length, 13 | 16 | 19),
        51..=55 => length == 16,
        22..=27 => (2221..=2720).contains(&first(4)) && length == 16,
        34 | 37 => length == 15,
        35 => (3528..=3589).contains(&first(4)) && length == 16,
        30 | 36 | 38 | 39 => length == 14,
        60 | 64 | 65 | 68 | 69 => matches!(length, 16..=19),
        95 => first(4) == 9558 && length == 19,
        10 => first(3) == 103 && length == 19,
        _ => false,
    }
}

/// Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| match u32::from(digit & 0xf) << (at & 1) {
            two if two > 9 => two - 9,
            one => one,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::super::tests::demand;
    use super::*;

    /// Numbers that networks publish for tests: Visa, Mastercard, American Express, UnionPay, Discover, JCB, Diners.
    const VISA: &str = "4111111111111111";
    const MASTER: &str = "5555555555554444";
    const AMEX: &str = "378282246310005";
    const UNION: &str = "6200000000000005";

    /// A number of a common issuer with its check digit, worked out here; sixteen zeros belong to nobody.
    fn common() -> String {
        (0..10).map(|digit| format!("622202000000000000{digit}")).find(|digits| luhn(digits)).unwrap()
    }

    #[test]
    fn a_number_of_a_card_is_found_by_its_word_its_groups_or_its_issuer() {
        let common = common();
        let (a, b, c, d) = (&common[..4], &common[4..8], &common[8..12], &common[12..16]);
        let rest = &common[16..];
        let texts = [
            format!("银行卡号：⟦{VISA}⟧"),
            format!("卡号⟦{MASTER}⟧"),
            format!("card number ⟦{AMEX}⟧"),
            format!("信用卡 ⟦{UNION}⟧"),
            "⟦4111 1111 1111 1111⟧".to_owned(),
            "⟦4111-1111-1111-1111⟧".to_owned(),
            "⟦3782 822463 10005⟧".to_owned(),
            format!("⟦{a} {b} {c} {d} {rest}⟧"),
            format!("⟦{common}⟧"),
            format!("转到 ⟦{common}⟧ 了"),
            format!("账号 ⟦{VISA}⟧"),
            format!("Account: ⟦{MASTER}⟧"),
            format!("开户行某银行 ⟦{common}⟧"),
            format!("⟦{VISA}⟧（卡号）"),
            format!("| 户名 | 卡号 |\n| --- | --- |\n| 甲 | ⟦{VISA}⟧ |"),
            format!("户名,银行卡号\n甲,⟦{VISA}⟧\n乙,⟦{MASTER}⟧\n"),
            format!("户名\t卡号\n甲\t⟦{UNION}⟧"),
            format!("工资卡：**⟦{VISA}⟧**"),
            "卡号：⟦４１１１１１１１１１１１１１１１⟧".to_owned(),
            "⟦4111\u{a0}1111\u{a0}1111\u{a0}1111⟧".to_owned(),
            "visa ⟦4111 1111 1111 1111⟧ 已注销".to_owned(),
            "⟦622202 000000000000⟧".to_owned() + &common[18..],
            "银联卡 ⟦6011111111111117⟧".to_owned(),
            "卡号是⟦3530111333300000⟧".to_owned(),
            "credit card ⟦30569309025904⟧".to_owned(),
            format!("收款 ⟦{UNION}⟧"),
            format!("卡号：\u{200b}⟦{VISA}⟧"),
            format!("银行卡⟦{VISA}⟧、⟦{MASTER}⟧").replace(&format!("、⟦{MASTER}⟧"), ""),
        ];
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.contains("622202 0000")).collect();
        demand(PrivateKind::Card, &texts);
        let grouped = format!("622202 {}", &common[6..]);
        demand(PrivateKind::Card, &[format!("⟦{grouped}⟧")]);
    }

    #[test]
    fn what_is_called_the_number_of_a_card_is_told_though_its_check_digit_is_wrong() {
        let texts = ["银行卡 ⟦6222020200112233445⟧".to_owned(), "储蓄卡（⟦6222020200112233445⟧）".to_owned()];
        demand(PrivateKind::DoubtfulCard, &texts);
    }

    #[test]
    fn an_order_number_is_no_card_though_its_last_digit_fits() {
        let common = common();
        let texts = [
            VISA.to_owned(),
            MASTER.to_owned(),
            AMEX.to_owned(),
            format!("订单号 {VISA}"),
            format!("订单号：{common}"),
            format!("交易流水号 {common}"),
            format!("order no. {common}"),
            format!("| 订单号 |\n| --- |\n| {common} |"),
            format!("订单号,金额\n{common},100\n"),
            format!("https://example.com/item/{common}"),
            format!("https://example.com/?item={VISA}"),
            format!("{common}.5"),
            format!("1{common}2"),
            format!("{common}-1"),
            format!("x{common}"),
            "卡号 6222".to_owned(),
            "卡号尾号 4444".to_owned(),
            "银行卡 0000000000000000".to_owned(),
            "银行卡 1234567890123456".to_owned(),
            "银行卡于2031-05-04 01:09:08 被冻结".to_owned(),
            "会员卡号 1234567890123".to_owned(),
            "421499824684903149".to_owned(),
            "20250201201530".to_owned(),
            "1 2 3 4 5 6 7 8 9 10 11 12 13".to_owned(),
            "4111 1111 1111 1112".to_owned(),
            "4111.1111.1111.1111".to_owned(),
            "6222 **** **** 1234".to_owned(),
            "622202******3445".to_owned(),
            "IMEI：490154203237518".to_owned(),
            "时间戳 1700000000000".to_owned(),
            "ISBN 9787111111111".to_owned(),
            "快递单号 6212000000000".to_owned(),
        ];
        demand(PrivateKind::Card, &texts);
    }
}
