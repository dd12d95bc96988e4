//! Comma-separated values as spreadsheets want them (RFC 4180): with a byte-order mark, without which Excel takes Chinese
//! for something else.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The most digits of a number that every spreadsheet shows as they are.
const MAX_DIGITS: usize = 11;

/// A table with its headings.
pub(super) fn write<'a, R, C>(headings: &[&str], rows: R) -> Vec<u8>
where
    R: Iterator<Item = C>,
    C: Iterator<Item = &'a str>,
{
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory cannot fail, and every row has as many cells as there are headings.
    let _ = writer.write_record(headings.iter().map(|heading| inert(heading).into_owned()));
    for row in rows {
        let _ = writer.write_record(row.map(|cell| inert(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for something else: an apostrophe before what begins like a formula, and before what
/// would be rounded or lose its first signs as a number. `4-5`, which would be a day in April, gets the dash of a range.
/// What is a negative number and nothing else is no formula, and stays a number; a plus begins a telephone number more often
/// than an amount.
///
/// Spreadsheets read the full-width and small forms of a sign or digit as the plain one, and pass over spaces before it;
/// some also read the minus of mathematics so.
fn inert(cell: &str) -> Cow<'_, str> {
    let plain: Cow<str> = match cell.is_ascii() {
        true => cell.into(),
        false => cell.nfkc().map(|c| if c == '\u{2212}' { '-' } else { c }).collect::<String>().into(),
    };
    let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let changes = match plain.trim_start_matches([' ', '\u{feff}']).as_bytes() {
        [b'=' | b'@' | b'\t' | b'\r' | b'\n' | b'+', ..] => true,
        [b'-', rest @ ..] => !is_amount(rest),
        digits @ [first, _, ..] if is_number(digits) => *first == b'0' || digits.len() > MAX_DIGITS,
        _ => false,
    };
    let is_page = |part: &str| part.len() <= 4 && is_number(part.as_bytes());
    if changes {
        return Cow::Owned(format!("'{cell}"));
    }
    match plain.split_once('-') {
        Some((from, to)) if is_page(from) && is_page(to) => Cow::Owned(format!("{from}–{to}")),
        _ => Cow::Borrowed(cell),
    }
}

/// Whether bytes are a number as spreadsheets show it again: `2.50`, `1,200`, `12%`.
fn is_amount(written: &[u8]) -> bool {
    let number = written.strip_suffix(b"%").unwrap_or(written);
    let point = number.iter().position(|&byte| byte == b'.').unwrap_or(number.len());
    let (whole, decimals) = number.split_at(point);
    let are_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let mut groups = whole.split(|&byte| byte == b',');
    let first = groups.next().unwrap_or_default();
    let grouped = groups.clone().next().is_none() || first.len() <= 3;
    are_digits(first)
        && (first.len() == 1 || first[0] != b'0')
        && grouped
        && groups.all(|group| group.len() == 3 && are_digits(group))
        && (decimals.is_empty() || are_digits(&decimals[1..]))
        && number.iter().filter(|byte| byte.is_ascii_digit()).count() <= MAX_DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_begins_with_a_mark_and_quotes_what_it_must() {
        let rows = [
            ["a,b", "号\n二"],
            ["=1+1", "+442079460958"],
            ["4-5", "-2.5"],
            ["010-62345678", "12-14"],
            ["007", "123456789012"],
            ["12", "A-1"],
        ];
        let table = write(&["x", "y"], rows.iter().map(|row| row.iter().copied()));
        let text = String::from_utf8(table).unwrap();
        let expected = "x,y\r\n\"a,b\",\"号\n二\"\r\n'=1+1,'+442079460958\r\n4–5,-2.5\r\n010-62345678,12–14\r\n'007,'123456789012\r\n12,A-1\r\n";
        assert_eq!(text, format!("\u{feff}{expected}"));
    }

    #[test]
    fn what_begins_like_a_formula_is_guarded_whatever_the_width_of_its_sign() {
        for sign in ["=", "＝", "﹦", "+", "＋", "﹢", "-", "－", "﹣", "@", "＠", "﹫", "\t", "\r", "\n"] {
            for lead in ["", " ", "\u{3000}", "\u{a0}", "\u{feff}"] {
                let cell = format!("{lead}{sign}cmd|'/c calc'!A1");
                assert_eq!(inert(&cell), format!("'{cell}"));
            }
        }
        assert_eq!(inert("００７"), "'００７");
        assert_eq!(inert("４－５"), "4–5");
    }

    #[test]
    fn what_is_a_negative_number_and_nothing_else_stays_one() {
        for sign in ["-", "－", "﹣", "−"] {
            for number in ["1", "０", "2.5", "1200.50", "1,200.50", "12%", "12345678901", "１,２００"] {
                assert_eq!(inert(&format!("{sign}{number}")), format!("{sign}{number}"));
            }
            for other in [
                "",
                "1+1",
                "1-1",
                "--1",
                "1e5",
                "1.2.3",
                "1.",
                ".5",
                "A1",
                "1,20",
                "1234,567",
                "007",
                "123456789012",
                "1%%",
                "1!",
                "1元",
                "1 ",
                "(1)",
                "1*cmd|'/c calc'!A1",
                "1\n=1+1",
            ] {
                assert_eq!(inert(&format!("{sign}{other}")), format!("'{sign}{other}"));
            }
        }
        assert_eq!(inert("＋1"), "'＋1");
    }

    #[test]
    fn what_is_plain_text_or_a_plain_number_stays() {
        for cell in ["", "-2.5", "－２.５", "—— 甲", "–5", "甲＝乙", "a+b", "ann@shop.example", "①", "《合同》", " 甲"]
        {
            assert_eq!(inert(cell), cell);
        }
    }
}
