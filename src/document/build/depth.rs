//! How deeply quotes and lists are nested, told before parsing.

/// The deepest nesting that is parsed; CommonMark parsers take quadratic time in it.
pub(super) const MAX_NESTING: usize = 100;

/// Where a line begins more than [`MAX_NESTING`] quotes and lists, if one does.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut markers = 0;
        let mut rest = line.as_bytes();
        loop {
            rest = match rest {
                [b' ' | b'\t', tail @ ..] => tail,
                [b'>', tail @ ..] => {
                    markers += 1;
                    tail
                }
                [b'-' | b'*' | b'+', tail @ ..] if tail.starts_with(b" ") || tail.starts_with(b"\t") => {
                    markers += 1;
                    tail
                }
                [b'0'..=b'9', b'.' | b')', tail @ ..] if tail.starts_with(b" ") => {
                    markers += 1;
                    tail
                }
                _ => break,
            };
        }
        let indent = line.len() - line.trim_start().len();
        let nested_by_indent = indent > 4 * MAX_NESTING && !rest.is_empty() && markers > 0;
        if markers > MAX_NESTING || nested_by_indent {
            return Some(at);
        }
        at += line.len();
    }
    None
}
