//! Style and scripts as they are published: without what only those read who work on them, comments and indentation. A
//! reader on a slow line waits for every byte.

/// A style sheet or a script without its comments, empty lines and indentation; anything else as it is.
///
/// It goes by lines: a comment begins its line or, in a style sheet, ends one, and no text runs over several lines. The
/// built-in files keep to that; those of a case are published as they are.
pub(super) fn lean(name: &str, bytes: &[u8]) -> Vec<u8> {
    let is_style = name.ends_with(".css");
    let text = std::str::from_utf8(bytes).ok().filter(|_| is_style || name.ends_with(".js"));
    let Some(text) = text else { return bytes.to_vec() };
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines() {
        let mut rest = line.trim();
        while !rest.is_empty() {
            if in_comment {
                let Some((_, after)) = rest.split_once("*/") else { break };
                (rest, in_comment) = (after.trim_start(), false);
            } else if rest.starts_with("/*") {
                (rest, in_comment) = (&rest[2..], true);
            } else if rest.starts_with("//") {
                break;
            } else {
                let end = if is_style { rest.find("/*").unwrap_or(rest.len()) } else { rest.len() };
                out.push_str(rest[..end].trim_end());
                out.push('\n');
                rest = &rest[end..];
            }
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaned(name: &str, text: &str) -> String {
        String::from_utf8(lean(name, text.as_bytes())).unwrap_or_default()
    }

    #[test]
    fn comments_and_indentation_go_and_everything_else_stays() {
        let style = "/* one\n   two */\n\na { b: c; }  /* why */\n@media print {\n  d { e: \"f\"; }\n}\n";
        assert_eq!(leaned("x.css", style), "a { b: c; }\n@media print {\nd { e: \"f\"; }\n}\n");
        let script = "// what\n/** How.\n    More. */\nf(/[^/]*$/); // at once\n  if (a) b = `//c`;\n";
        assert_eq!(leaned("x.js", script), "f(/[^/]*$/); // at once\nif (a) b = `//c`;\n");
        assert_eq!(leaned("x.svg", "<!-- a -->\n  <b/>"), "<!-- a -->\n  <b/>");
    }

    #[test]
    fn no_text_of_the_built_in_files_runs_over_several_lines() {
        for (name, bytes) in super::super::theme::STATIC {
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            for line in text.lines().filter(|line| !line.trim_start().starts_with(['/', '*'])) {
                assert_eq!(line.matches('`').count() % 2, 0, "{name}: {line}");
                assert!(!line.ends_with('\\'), "{name}: {line}");
            }
        }
    }
}
