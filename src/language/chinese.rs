//! How numbers, days and hours are written in Chinese characters. This is grammar and no list of words of a language: nothing
//! else is written so, and the values of the signs matter.

/// The digits from 0 to 9, each at its value, as in 二〇三一.
pub const DIGITS: &str = "〇一二三四五六七八九";

/// The ten heavenly stems, which number as letters do, in their order.
pub const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// Whether `c` is a numeral from 1 to 10.
pub fn is_simple_numeral(c: char) -> bool {
    c == '十' || DIGITS.chars().skip(1).any(|digit| digit == c)
}

/// Whether `c` is a part of numbers below a thousand.
pub fn is_numeral(c: char) -> bool {
    is_simple_numeral(c) || matches!(c, '零' | '〇' | '两' | '百')
}

/// Whether `c` is a digit or a place of a number of any size; 两 and 零 stand in words as well, such as 两者 and 零售.
pub fn is_great_numeral(c: char) -> bool {
    is_simple_numeral(c) || matches!(c, '〇' | '百' | '千' | '万' | '亿')
}

/// Whether `c` is a numeral as documents write them that must not be changed: 壹, 贰.
pub fn is_formal_numeral(c: char) -> bool {
    "壹贰叁肆伍陆柒捌玖拾".contains(c)
}

/// Whether `c` follows the number of a day.
pub fn marks_day(c: char) -> bool {
    matches!(c, '日' | '号' | '號')
}

/// Whether `c` follows the number of an hour.
pub fn marks_hour(c: char) -> bool {
    matches!(c, '点' | '點' | '时' | '時')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_numeral_holds_what_it_says() {
        assert!("一二三四五六七八九十".chars().all(is_simple_numeral) && !is_simple_numeral('〇'));
        assert!("零〇一二两三四五六七八九十百".chars().all(is_numeral) && !is_numeral('千'));
        assert!("〇一十百千万亿".chars().all(is_great_numeral) && !"零两元".contains(is_great_numeral));
    }
}
