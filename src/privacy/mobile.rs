//! Chinese mobile numbers.

use super::context::{Context, Says};
use super::number::{Number, Separator};
use super::{PrivateKind, PrivateText};
use crate::language::lists::privacy::COUNTED;

/// How near a word must stand that says that a number is something else, in characters.
const NEAR: usize = 12;

/// The mobile number that begins with group `from`, and one past its last group.
pub(super) fn read(number: &Number<'_>, from: usize, context: &Context<'_>) -> Option<(usize, PrivateText)> {
    for (to, range, digits) in number.runs(from) {
        if digits.len() > 15 {
            break;
        }
        let Some(mobile) = national(&digits).filter(|mobile| is_assigned(mobile)) else { continue };
        let code = digits.len() - mobile.len();
        let is_said =
            || context.nearest(range.start).is_some_and(|word| word.says == Says::Phone && word.distance <= NEAR);
        let letters = number.letters_before(from);
        let is_named = || letters.is_empty() || names_telephone(letters) || is_said();
        let is_written = || is_written(number, from, to, code) || (is_in_pairs(number, from, to) && is_said());
        if is_written() && number.is_whole(from, to) && is_named() && is_meant(context, &range, code > 0) {
            // A plus sign belongs to it.
            let start = range.start - usize::from(number.text[..range.start].ends_with('+'));
            return Some((
                to,
                PrivateText { kind: PrivateKind::Mobile, range: start..range.end, value: mobile.to_owned() },
            ));
        }
    }
    None
}

/// The eleven digits of a number, without the code of the country.
fn national(digits: &str) -> Option<&str> {
    let mobile = match digits.len() {
        11 => digits,
        13 => digits.strip_prefix("86")?,
        15 => digits.strip_prefix("0086")?,
        _ => return None,
    };
    mobile.bytes().all(|digit| digit.is_ascii_digit()).then_some(mobile)
}

/// Whether numbers that begin so are given to mobile telephones.
fn is_assigned(mobile: &str) -> bool {
    match mobile.as_bytes() {
        [b'1', b'3' | b'5' | b'7' | b'8' | b'9', ..] => !mobile.starts_with("154"),
        [b'1', b'4', third, ..] => matches!(third, b'0' | b'1' | b'4'..=b'9'),
        [b'1', b'6', third, ..] => matches!(third, b'2' | b'5'..=b'7'),
        _ => false,
    }
}

/// Whether the groups are those in which such numbers are written; `code` digits of them name the country.
fn is_written(number: &Number<'_>, from: usize, to: usize, code: usize) -> bool {
    let lengths = number.lengths(from, to);
    let (own, first) = match lengths.as_slice() {
        [first, own @ ..] if code > 0 && *first == code => (own, from + 1),
        own => (own, from),
    };
    let own: Vec<usize> = own.to_vec();
    let joined = if code > 0 && first == from { 11 + code } else { 11 };
    if own == [joined] {
        return true;
    }
    let by = number.separator(first, to);
    let is_usual = own == [3, 4, 4];
    let is_unusual = matches!(own.as_slice(), [3, 8] | [7, 4] | [3, 3, 5] | [4, 4, 3] | [5, 6]);
    match by {
        Some(Separator::Space | Separator::Hyphen) => is_usual || is_unusual,
        Some(Separator::Bracket) => {
            own == [3, 8] && number.text[..number.groups[first].range.start].ends_with(['(', '（'])
        }
        // A decimal has one dot.
        Some(Separator::Dot) => is_usual,
        _ => false,
    }
}

/// Whether the groups are those in which one reads such a number aloud.
fn is_in_pairs(number: &Number<'_>, from: usize, to: usize) -> bool {
    let by = number.separator(from, to);
    number.lengths(from, to) == [3, 2, 2, 2, 2] && matches!(by, Some(Separator::Space | Separator::Hyphen))
}

/// Whether letters right before a number say that it is one of a telephone, or of an account that is called after one.
fn names_telephone(letters: &str) -> bool {
    ["tel", "phone", "mobile", "mob", "cell", "wx", "vx", "weixin", "wechat"]
        .iter()
        .any(|name| letters.eq_ignore_ascii_case(name))
}

/// Whether what stands around a number lets it be one of a telephone. `is_abroad` tells that it names the country.
fn is_meant(context: &Context<'_>, range: &std::ops::Range<usize>, is_abroad: bool) -> bool {
    let (before, after) = (&context.text[..range.start], &context.text[range.end..]);
    let is_price = before.trim_end().ends_with(['¥', '￥', '$', '€', '£']);
    let counts = after.trim_start_matches(' ').starts_with(|c| COUNTED.contains(c)) || after.starts_with('%');
    let plus = before.ends_with('+') && !is_abroad;
    let is_note = before.ends_with("[^");
    if is_price || counts || plus || is_note || context.is_hexadecimal(range) {
        return false;
    }
    let said = context.nearest(range.start).filter(|word| word.distance <= NEAR);
    if said.is_some_and(|word| word.says == Says::Phone) {
        return true;
    }
    if context.is_in_address(range) && !before.ends_with("tel:") && !before.ends_with("sms:") {
        return false;
    }
    let denies = |word: context::Word| word.denies_number();
    !(said.is_some_and(denies) || said.is_none() && context.heading(range.start).is_some_and(denies))
}

use super::context;

#[cfg(test)]
mod tests {
    use super::super::tests::demand;
    use super::super::*;

    fn all(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_mobile_number_is_found_however_it_is_written() {
        demand(
            PrivateKind::Mobile,
            &all(&[
                "电话：⟦13800000001⟧。",
                "⟦13912345678⟧",
                "联系人张某⟦15900000002⟧",
                "手机 ⟦138 0000 0001⟧",
                "⟦138-0000-0001⟧",
                "⟦138.0000.0001⟧",
                "⟦+86 13800000001⟧",
                "⟦+8613800000001⟧",
                "⟦+86 138 0000 0001⟧",
                "⟦+86-138-0000-0001⟧",
                "⟦86 13800000001⟧",
                "⟦008613800000001⟧",
                "⟦8613800000001⟧",
                "（⟦13800000001⟧）",
                "⟦１３８００００００１１⟧",
                "⟦138**0000**0001⟧",
                "⟦138\u{200b}0000\u{200b}0001⟧",
                "⟦138\u{a0}0000\u{a0}0001⟧",
                "tel:⟦13800000001⟧",
                "\"phone\":\"⟦13800000001⟧\"",
                "| 姓名 | 手机 |\n| --- | --- |\n| 甲 | ⟦13800000001⟧ |",
                "甲,⟦13800000001⟧,乙",
                "⟦13800000001⟧/⟦13900000002⟧",
                "⟦13800000001⟧、⟦13900000002⟧",
                "微信同号⟦19900000003⟧",
                "⟦13800000001⟧@example.com",
                "订单由⟦13800000001⟧签收".replace("订单由", "由收件人").as_str(),
                "订单号 20310504，电话 ⟦13800000001⟧",
                "Call ⟦16600000004⟧ now",
                "⟦147 0000 0001⟧",
                "合同编号见上。手机：⟦17000000005⟧",
                "张三_⟦13800000001⟧.jpg",
                "tel⟦13800000001⟧",
                "wx⟦13800000001⟧",
                "微信号：a⟦13800000001⟧",
                "加我的微信好友“xjw⟦13800000001⟧”",
                "电话 ⟦138 00 00 00 01⟧",
                "（⟦138）00000001⟧",
                "⟦13800000001⟧（⟦13900000002⟧）",
                "1<b>3</b>",
                "⟦138<b>0000</b>0001⟧",
                "&#49;3800000001".replace("&#49;3800000001", "⟦&#49;3800000001⟧").as_str(),
            ]),
        );
    }

    #[test]
    fn what_merely_has_eleven_digits_is_left_alone() {
        demand(
            PrivateKind::Mobile,
            &all(&[
                "订单号13812345678",
                "订单编号：13812345678",
                "order no. 13812345678",
                "Order ID 13812345678",
                "流水号 13812345678",
                "运单 13812345678",
                "案号 13812345678",
                "金额 13812345678",
                "¥13812345678",
                "13812345678元",
                "13812345678 条记录",
                "| 订单号 | 金额 |\n| --- | --- |\n| 13812345678 | 5 |",
                "订单号,金额\n13812345678,5\n13912345678,6\n",
                "138.12345678",
                "13812345678.50",
                "0.13812345678",
                "1,13812345678",
                "138****5678",
                "12812345678",
                "10086",
                "11812345678",
                "15412345678",
                "138123456789",
                "1381234567",
                "a13812345678",
                "abc13812345678",
                "138 12 34 56 78",
                "138）12345678",
                "13812345678b",
                "2-13812345678",
                "13812345678-2",
                "https://example.com/item/13812345678.html",
                "https://example.com/?uid=13812345678",
                "[^13812345678]: 注",
                "010-12345678",
                "400-123-4567",
                "1700000000000",
                "2031-05-04 01:09:08",
                "0x13812345678",
                "UID：13812345678",
                "QQ群 13812345678",
                "区块高度 13812345678",
                "1381234-5678-90",
            ]),
        );
    }
}
