//! Comma-separated values as spreadsheets want them (RFC 4180): with a byte-order mark, without which Excel takes Chinese
//! for something else.

use std::borrow::Cow;

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

/// A cell that no spreadsheet takes for a formula: an apostrophe before what begins like one. What is a number, or a
/// telephone number, stays as it is.
fn inert(cell: &str) -> Cow<'_, str> {
    let calculates = match cell.as_bytes() {
        [b'=' | b'@' | b'\t' | b'\r', ..] => true,
        [b'+' | b'-', rest @ ..] => !rest.iter().all(|b| b.is_ascii_digit() || b" -().,".contains(b)),
        _ => false,
    };
    if calculates { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_begins_with_a_mark_and_quotes_what_it_must() {
        let rows = [["a,b", "号\n二"], ["=1+1", "+44 20 7946 0958"]];
        let table = write(&["x", "y"], rows.iter().map(|row| row.iter().copied()));
        let text = String::from_utf8(table).unwrap();
        assert_eq!(text, "\u{feff}x,y\r\n\"a,b\",\"号\n二\"\r\n'=1+1,+44 20 7946 0958\r\n");
    }
}
