//! Dates with spaces behind their dots, which would begin lists: `2031. 5. 4`, `4. 5. 2031`.

/// Where the space stands in `text` behind the first number of such a date, if the date begins a line.
pub(super) fn scan(text: &str) -> Vec<usize> {
    memchr::memmem::find_iter(text.as_bytes(), ". ").filter(|&dot| is_in_date(text, dot)).map(|dot| dot + 1).collect()
}

/// Whether the dot at byte `dot` ends the first number of a date that begins its line.
fn is_in_date(text: &str, dot: usize) -> bool {
    let Some((before, first)) = number_before(text, dot) else { return false };
    let above = before.trim_end_matches([' ', '\t', '>', '-', '*', '+']);
    let begins = above.is_empty() || above.ends_with('\n');
    let Some((second, rest)) = number_behind(&text[dot + 1..]) else { return false };
    let Some((third, rest)) = rest.strip_prefix('.').and_then(number_behind) else { return false };
    let is_day = |number: &str| number.len() <= 2;
    let is_year = |number: &str| number.len() == 4;
    begins
        && is_day(second)
        && (is_year(first) && is_day(third) || is_day(first) && is_year(third))
        && !rest.starts_with(|c: char| c.is_ascii_digit())
}

/// The digits before byte `end`, and what stands before them.
fn number_before(text: &str, end: usize) -> Option<(&str, &str)> {
    let before = text[..end].trim_end_matches(|c: char| c.is_ascii_digit());
    (before.len() < end).then(|| (before, &text[before.len()..end]))
}

/// The digits that `text` begins with behind blanks, and what follows them.
fn number_behind(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(' ');
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then(|| (&text[..text.len() - rest.len()], rest))
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn a_date_with_spaces_begins_no_list() {
        assert_eq!(scan("2031. 5. 4 付款\n2031. 5. 6 催款\n"), [5, 23]);
        assert_eq!(scan("> - 4. 5. 2031 Zahlung"), [6]);
        for list in ["2. 2. 2. 同意", "1. 5. 4 项", "2031. 付款", "共 2031. 5. 4", "2031. 5. 400"] {
            assert_eq!(scan(list), [0; 0], "{list}");
        }
    }
}
