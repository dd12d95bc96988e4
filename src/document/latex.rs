//! Formulas as LaTeX brackets them, and as chat programs write them in Markdown: `\(…\)` in a line, `\[…\]` by themselves.

/// The longest formula that is looked for, in bytes.
const MAX_LEN: usize = 4000;

/// The length in bytes of the formula in brackets of LaTeX that `text` begins with.
///
/// In Markdown `\(` and `\[` are brackets that are text: what stands between them is a formula only if a command of LaTeX is
/// in it, as `\times` is. A blank line ends the search.
pub fn bracketed(text: &str) -> Option<usize> {
    let close = match text.as_bytes() {
        [b'\\', b'(', ..] => "\\)",
        [b'\\', b'[', ..] => "\\]",
        _ => return None,
    };
    let inside = &text[2..text.floor_char_boundary(MAX_LEN)];
    let formula = &inside[..inside.find(close)?];
    let is_command = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let has_command = formula.split('\\').skip(1).any(is_command);
    let is_whole = !formula.contains(['`', '$']) && !formula.contains("\n\n") && !formula.contains("\n\r\n");
    (has_command && is_whole).then_some(2 + formula.len() + close.len())
}

/// A formula without the marks that stand around it: those of [`bracketed`], `$`, `$$`, or `` $`…`$ ``.
pub fn inside(written: &str) -> &str {
    match bracketed(written) {
        Some(len) => written[2..len - 2].trim(),
        None => written.trim_matches('$').trim_matches('`'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_has_a_command_and_its_brackets() {
        for formula in [r"\(1 \times 2\)", r"\( 5\% \cdot x \)", "\\[\n\\frac{1}{2}\n\\]"] {
            assert_eq!(bracketed(&format!("{formula}。后文 \\)")), Some(formula.len()), "{formula}");
        }
    }

    #[test]
    fn marks_around_a_formula_are_none_of_it() {
        for written in [r"\( 1 \times 2 \)", r"$1 \times 2$", r"$$1 \times 2$$", "$`1 \\times 2`$"] {
            assert_eq!(inside(written), r"1 \times 2", "{written}");
        }
    }

    #[test]
    fn escaped_brackets_are_text() {
        let text = [
            r"\[1\]",
            r"\(见附件\)",
            r"\(5\%\)",
            r"\(1 \times 2",
            "\\(1\n\n\\times 2\\)",
            r"\(`a` \times\)",
            r"\times",
            r"\[a\] \times \)",
        ];
        for text in text {
            assert_eq!(bracketed(text), None, "{text}");
        }
    }
}
