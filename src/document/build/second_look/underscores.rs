//! Underscores beside Chinese punctuation, which Markdown leaves as they are: `__（一）旅行。__如果`.

/// Where in a line pairs of underscores stand that enclose what begins and ends like a phrase, one of which CommonMark does
/// not read, for a letter follows it right behind punctuation; in order.
///
/// `____年__月__日` is a line to fill in, and so is whatever has a letter on both sides.
pub(super) fn beside_punctuation(line: &str) -> Vec<usize> {
    let marks: Vec<usize> = memchr::memmem::find_iter(line.as_bytes(), MARK).collect();
    let is_row = |pair: &[usize]| pair[1] - pair[0] == MARK.len();
    if marks.is_empty() || !marks.len().is_multiple_of(2) || marks.windows(2).any(is_row) || line.contains("___") {
        return Vec::new();
    }
    let mut is_unread = false;
    for pair in marks.chunks_exact(2) {
        let (open, close) = (pair[0], pair[1]);
        let words = &line[open + MARK.len()..close];
        let before = line[..open].chars().next_back();
        let after = line[close + MARK.len()..].chars().next();
        let is_field = before.is_some_and(|c| matches!(c, '：' | ':'));
        let begins = before.is_none_or(|c| !c.is_alphanumeric()) || words.starts_with(['【', '《', '“', '「']);
        let begins = begins && !is_field && words.starts_with(is_start);
        if !begins || !words.ends_with(is_end) {
            return Vec::new();
        }
        is_unread |= words.ends_with(|c: char| !c.is_alphanumeric()) && after.is_some_and(char::is_alphanumeric);
    }
    if is_unread { marks } else { Vec::new() }
}

const MARK: &[u8] = b"__";

/// Whether a phrase may begin with a character: a letter, or what opens.
fn is_start(c: char) -> bool {
    c.is_alphanumeric() || "（(《“‘「『【[〔".contains(c)
}

/// Whether a phrase may end with a character: a letter, what closes, or what ends a sentence.
fn is_end(c: char) -> bool {
    c.is_alphanumeric() || "）)》”’」』】]〕。：；！？.:;!?".contains(c)
}

#[cfg(test)]
mod tests {
    use super::beside_punctuation;

    #[test]
    fn phrases_between_underscores_are_found_and_lines_to_fill_in_are_not() {
        for line in [
            "__（一）旅行。__如果",
            "__粗：__后",
            "“__“引”__后",
            "__（一）旅行。__如果，__“引”__后",
            "文末__【附录2】__中的",
        ] {
            assert!(!beside_punctuation(line).is_empty(), "{line}");
        }
        for line in [
            "__粗__ 后",
            "__粗。__",
            "__月__日，共__天",
            "（签名：__，日期：__）后",
            "于 __ 前：__后",
            "甲方：__乙方：__后",
            "____年__月__日",
            "__init__：__name__",
            "张__三：__李",
        ] {
            assert!(beside_punctuation(line).is_empty(), "{line}");
        }
    }
}
