//! Comments of HTML, in which nothing is masked: the end of a mask would be theirs, and what follows would be published.

use std::ops::Range;

/// Where the comments of a text are. One that begins within a line goes on over empty lines too, unless another begins
/// before its end.
pub(super) fn scan(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut fence: Option<&str> = None;
    // The next end of a comment from the last that was looked for on, found once for many beginnings.
    let mut close = Some(0);
    let (mut at, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '>', '\t']);
        let mark = ["```", "~~~"].into_iter().find(|mark| words.starts_with(mark));
        if at >= end && mark.is_some() && fence.is_none_or(|open| Some(open) == mark) {
            fence = if fence.is_some() { None } else { mark };
        }
        let open = line.rfind("<!--").map(|open| at + open).filter(|&open| fence.is_none() && open >= end);
        if let Some(open) = open {
            if close.is_some_and(|close| close <= open) {
                close = text[open..].find("-->").map(|len| open + len);
            }
            let in_code = text[at..open].matches('`').count() % 2 == 1;
            if let Some(close) = close
                && (words.starts_with("<!--") || !(in_code || text[open + 4..close.max(open + 4)].contains("<!--")))
            {
                end = close;
                all.push(open..end);
            }
        }
        at += line.len();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_goes_on_to_its_end_and_code_has_none() {
        let found = |text: &'static str| -> Vec<&str> { scan(text).into_iter().map(|range| &text[range]).collect() };
        assert_eq!(found("a\n<!-- b\n\nc\n-->\nd <!-- e -->\n"), ["<!-- b\n\nc\n", "<!-- e "]);
        assert_eq!(found("a <!-- b\n\nc -->"), ["<!-- b\n\nc "]);
        assert_eq!(found("a <!-- b\n\nc <!-- d -->"), ["<!-- d "]);
        assert_eq!(found("a `<!--` b\n\n{% hint %}\n-->"), Vec::<&str>::new());
        assert_eq!(found("```\n<!-- b\n```\n{% hint %}\n-->\n"), Vec::<&str>::new());
        assert_eq!(found("<!-- never closed\n"), Vec::<&str>::new());
    }
}
