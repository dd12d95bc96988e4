//! Numbers of Chinese resident identity cards (GB 11643-1999), and those of the fifteen digits that came before.

use super::context::{Context, Says};
use super::number::Number;
use super::{PrivateKind, PrivateText};

/// The first two digits that a number may have (GB/T 2260, with those of residents from Hong Kong, Macao and Taiwan). Those
/// of the number of a foreigner's permit begin with a 9 and go on with a province.
const PROVINCES: &[u8] = &[
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83, 91, 92, 93, 94, 95, 96,
];

/// How near the word must stand that says what a number of fifteen digits is, in characters.
const NEAR: usize = 12;

/// The number of identity that begins with group `from`, and one past its last group.
pub(super) fn read(number: &Number<'_>, from: usize, context: &Context<'_>) -> Option<(usize, PrivateText)> {
    for (to, range, digits) in number.runs(from) {
        if digits.len() > 18 {
            break;
        }
        let is_identity = match digits.len() {
            18 => is_valid(&digits) && !context.is_hexadecimal(&range),
            15 => is_old(&digits) && context.says_within(&range, Says::Identity, NEAR),
            _ => false,
        };
        if is_identity {
            return Some((to, PrivateText { kind: PrivateKind::Identity, range, value: digits.to_uppercase() }));
        }
    }
    None
}

/// Whether eighteen digits have a province, a day and the check digit that belongs to them.
fn is_valid(digits: &str) -> bool {
    is_province(digits)
        && is_day(&digits[6..14])
        && check_digit(digits) == digits.as_bytes()[17].to_ascii_uppercase()
        && !is_company(digits)
}

/// Whether fifteen digits have a province and a day of the twentieth century.
fn is_old(digits: &str) -> bool {
    is_province(digits)
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && is_day(&format!("19{}", &digits[6..12]))
}

fn is_province(digits: &str) -> bool {
    digits.get(..2).and_then(|two| two.parse().ok()).is_some_and(|province| PROVINCES.contains(&province))
}

/// Whether eight digits are a day on which somebody may be born.
fn is_day(digits: &str) -> bool {
    let part = |range| digits.get(range).and_then(|part: &str| part.parse::<i16>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else { return false };
    (1850..2100).contains(&year) && jiff::civil::Date::new(year, month as i8, day as i8).is_ok()
}

/// The check digit of the first seventeen digits (ISO 7064, MOD 11-2).
fn check_digit(digits: &str) -> u8 {
    let sum = digits.bytes().take(17).fold(0, |sum, digit| (sum + u32::from(digit & 0xf)) * 2 % 11);
    b"0123456789X"[((12 - sum) % 11) as usize]
}

/// Whether the digits are the code of a company (GB 32100), which begins with a 9, too.
fn is_company(digits: &str) -> bool {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    if !digits.starts_with('9') {
        return false;
    }
    let value = |letter: u8| LETTERS.iter().position(|&known| known == letter).unwrap_or(0) as u32;
    let (sum, _) =
        digits.bytes().take(17).fold((0, 1), |(sum, weight), letter| (sum + value(letter) * weight, weight * 3 % 31));
    LETTERS[((31 - sum % 31) % 31) as usize] == digits.as_bytes()[17].to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::super::tests::demand;
    use super::*;

    /// A number with its check digit, worked out here so that none is written down. 99 is no place in any province.
    fn number(province: &str, day: &str) -> String {
        let digits = format!("{province}9999{day}000");
        format!("{digits}{}", char::from(check_digit(&digits)))
    }

    #[test]
    fn a_number_with_a_province_a_day_and_its_check_digit_is_found_however_it_is_written() {
        let mine = number("11", "19000101");
        let wide: String = mine.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect();
        let x =
            (1..=28).map(|day| number("31", &format!("190002{day:02}"))).find(|number| number.ends_with('X')).unwrap();
        let in_cells = |border: &str| mine.chars().map(String::from).collect::<Vec<_>>().join(border);
        let (a, b, c) = (&mine[..6], &mine[6..14], &mine[14..]);
        demand(
            PrivateKind::Identity,
            &[
                format!("身份证号 ⟦{mine}⟧，住某地"),
                format!("⟦{mine}⟧"),
                format!("ID⟦{mine}⟧"),
                format!("张某（⟦{mine}⟧）"),
                format!("`⟦{mine}⟧`"),
                format!("| 甲 | ⟦{mine}⟧ |"),
                format!("a,⟦{mine}⟧,b"),
                format!("号码\t⟦{}⟧\t", in_cells("\t")),
                format!("号码,⟦{}⟧", in_cells(",")),
                format!("| 号码 | ⟦{}⟧ |", in_cells(" | ")),
                format!("⟦{a} {b} {c}⟧"),
                format!("⟦{a}-{b}-{c}⟧"),
                format!("⟦{a}\n{b}{c}⟧"),
                format!("⟦{a}**{b}**{c}⟧"),
                format!("⟦{a}\u{200b}{b}{c}⟧"),
                format!("⟦{a}\u{a0}{b}\u{a0}{c}⟧"),
                format!("身份证⟦{wide}⟧号"),
                format!("⟦{x}⟧"),
                format!("⟦{}⟧", x.to_lowercase()),
                format!("https://example.com/?id=⟦{mine}⟧"),
                format!("身份证_⟦{mine}⟧_正面.jpg"),
                format!("编号 1 ⟦{mine}⟧"),
                format!("⟦{}⟧", number("81", "20991231")),
                format!("⟦{}⟧", number("91", "18500228")),
                format!("甲⟦{mine}⟧乙⟦{x}⟧"),
                "身份证号：⟦119999000101000⟧".to_owned(),
                "Identity card no. ⟦119999000101000⟧".to_owned(),
                "119999000101000（身份证）".replace("119999000101000", "⟦119999000101000⟧"),
                format!("订单 ⟦{mine}⟧"),
                format!("\"idcard\":\"⟦{mine}⟧\""),
                format!("身份证号码为：\n\n⟦{mine}⟧"),
                format!("{}⟦{mine}⟧", "字".repeat(2000)),
                format!("时间 2031-05-04 ⟦{mine}⟧"),
                format!("⟦{a}<b>{b}</b>{c}⟧"),
                format!("<u>⟦{a}</u>{b}{c}⟧"),
                format!("⟦&#{};{}⟧", mine.as_bytes()[0], &mine[1..]),
                format!("⟦{}×⟧", &x[..17]),
                format!("⟦{}Ⅹ⟧。", &x[..17]),
                format!("⟦{}Х⟧", &x[..17]),
                format!("身份证：⟦{}⟧", boxes(&mine)),
                format!("身份证：⟦{}⟧", boxes(&x)),
                format!("（⟦{a}）{b}（{c}⟧）"),
            ],
        );
    }

    /// A number as it stands in the boxes of a form.
    fn boxes(number: &str) -> String {
        number.chars().map(String::from).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_no_number_of_identity_is_left_alone() {
        let mine = number("11", "19000101");
        let wrong = format!("{}{}", &mine[..17], if mine.ends_with('0') { '1' } else { '0' });
        let texts = [
            format!("身份证号 {wrong}"),
            format!("订单号 {}", number("11", "19001301")),
            format!("订单号 {}", number("11", "19000230")),
            format!("流水号 {}", number("19", "19000101")),
            format!("{mine}0"),
            format!("0{mine}"),
            format!("{mine}.50"),
            format!("x{mine}y"),
            format!("deadbeef{mine}"),
            format!("{mine}abcdef"),
            "110105********002X".to_owned(),
            "1101051949****002X".to_owned(),
            "110105194912310021110105194912310021".to_owned(),
            "119999000101000".to_owned(),
            "订单号：119999000101000".to_owned(),
            "IMEI 119999000101000".to_owned(),
            "身份证丢失，订单号 119999000101000".to_owned(),
            "身份证号：119999001301000".to_owned(),
            "2031-05-04 01:09:08 2031-05-05 02:10:09".to_owned(),
            "1,101,051,949,123,100".to_owned(),
            "0.110105194912310021".to_owned(),
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18".to_owned(),
            format!("{} 1", boxes(&mine)),
            format!("2 {}", boxes(&mine)),
            "91110000600037341L".to_owned(),
            "统一社会信用代码 91350100M000100Y43".to_owned(),
            "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b".to_owned(),
            "421499824684903149".to_owned(),
            "6222020200112233445".to_owned(),
            "".to_owned(),
            "X".to_owned(),
            "123456781234567812345678".to_owned(),
        ];
        // The last of a chain of digits joined by hyphens and letters.
        let chained = format!("0a1b-{mine}-ffee");
        demand(
            PrivateKind::Identity,
            &texts
                .into_iter()
                .map(|text| if text.contains('.') && text.starts_with(&mine) { chained.clone() } else { text })
                .collect::<Vec<_>>(),
        );
    }
}
