//! What a text or a table begins with, to be shown on a page.

use serde::{Deserialize, Serialize};

use super::media::{Class, Media};
use super::text;

/// The most bytes of a text that are shown.
const MAX_TEXT: usize = 16 << 10;

/// The most rows and columns of a table that are shown.
const MAX_ROWS: usize = 100;
const MAX_COLUMNS: usize = 30;

/// What a page shows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preview {
    /// Nothing.
    #[default]
    None,
    /// The beginning of a text.
    Text {
        /// The text.
        text: String,
        /// What it is written in, where that is not UTF-8.
        encoding: Option<String>,
        /// Whether there is more of it.
        more: bool,
    },
    /// The first rows of a table, its heading among them.
    Table {
        /// The cells, row by row; every row has as many.
        rows: Vec<Vec<String>>,
        /// What it is written in, where that is not UTF-8.
        encoding: Option<String>,
        /// Whether there is more of it.
        more: bool,
    },
}

impl Preview {
    /// What to show of a file that begins with `head`; `whole` says that this is all of it.
    pub fn of(media: &Media, head: &[u8], whole: bool) -> Self {
        if !matches!(media.class, Class::Text | Class::Table) {
            return Preview::None;
        }
        let Some(decoded) = text::decode(head, whole) else { return Preview::None };
        let encoding = (!decoded.encoding.starts_with("UTF-8")).then(|| decoded.encoding.to_owned());
        if media.class == Class::Table
            && let Some((rows, more)) = table(&decoded.text, &media.format, whole)
        {
            return Preview::Table { rows, encoding, more: more || !whole };
        }
        let mut end = decoded.text.len().min(MAX_TEXT);
        while !decoded.text.is_char_boundary(end) {
            end -= 1;
        }
        let more = !whole || end < decoded.text.len();
        Preview::Text { text: decoded.text[..end].to_owned(), encoding, more }
    }
}

/// The rows of a table, and whether there are more; none if it is no table after all.
fn table(text: &str, format: &str, whole: bool) -> Option<(Vec<Vec<String>>, bool)> {
    let delimiter = if format == "TSV" { b'\t' } else { delimiter(text) };
    // The last line may be cut off.
    let text = if whole { text } else { &text[..text.rfind('\n').map_or(text.len(), |at| at + 1)] };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut more = false;
    for record in reader.records() {
        let Ok(record) = record else { break };
        if rows.len() == MAX_ROWS {
            more = true;
            break;
        }
        more |= record.len() > MAX_COLUMNS;
        rows.push(record.iter().take(MAX_COLUMNS).map(str::to_owned).collect());
    }
    let columns = rows.iter().map(Vec::len).max().filter(|&columns| columns > 1)?;
    for row in &mut rows {
        row.resize(columns, String::new());
    }
    Some((rows, more))
}

/// What separates the cells: of the usual ones, the one that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    let count = |delimiter: &u8| first.bytes().filter(|b| b == delimiter).count();
    // Among equals the last is taken.
    b"\t|;,".iter().copied().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview(text: &[u8], name: &str) -> Preview {
        Preview::of(&Media::detect(text, name), text, true)
    }

    #[test]
    fn a_table_is_shown_as_rows_of_one_length_in_any_encoding() {
        let rows = |preview| match preview {
            Preview::Table { rows, encoding, .. } => (rows, encoding),
            other => panic!("{other:?}"),
        };
        let (found, encoding) = rows(preview("\u{feff}号,\"a,b\"\n1\n".as_bytes(), "a.csv"));
        assert_eq!(
            (found, encoding),
            (vec![vec!["号".to_owned(), "a,b".into()], vec!["1".into(), String::new()]], None)
        );
        let (found, encoding) = rows(preview(b"\xba\xc5;2\n", "a.csv"));
        assert_eq!((found[0][0].as_str(), encoding.as_deref()), ("号", Some("gb18030")));
    }

    #[test]
    fn a_file_of_one_column_is_a_text() {
        assert!(matches!(preview(b"one\ntwo\n", "a.csv"), Preview::Text { .. }));
    }

    #[test]
    fn a_long_text_says_that_there_is_more() {
        let long = "号".repeat(10_000);
        let Preview::Text { text, more, .. } = preview(long.as_bytes(), "a.txt") else { panic!() };
        assert!(more && text.len() <= MAX_TEXT);
    }

    #[test]
    fn pictures_and_programs_have_no_text_to_show() {
        assert_eq!(preview(b"\x89PNG\r\n\x1a\n\0", "a.png"), Preview::None);
        assert_eq!(preview(b"", "a.txt"), Preview::None);
    }

    #[test]
    fn a_long_or_wide_table_says_that_there_is_more() {
        let size = |text: &str| match preview(text.as_bytes(), "a.csv") {
            Preview::Table { rows, more, .. } => (rows.len(), rows[0].len(), more),
            other => panic!("{other:?}"),
        };
        assert_eq!(size(&"1,2\n".repeat(MAX_ROWS)), (MAX_ROWS, 2, false));
        assert_eq!(size(&"1,2\n".repeat(MAX_ROWS + 1)), (MAX_ROWS, 2, true));
        assert_eq!(size(&("1,".repeat(MAX_COLUMNS) + "1\n")), (1, MAX_COLUMNS, true));
    }
}
