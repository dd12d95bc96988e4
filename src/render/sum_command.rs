//! The commands that give the SHA-256 sum of a file on the systems that readers have, with its name filled in.

use serde::Serialize;

/// The commands for one file, each as its words: a line ends between them and not in the name of a file.
#[derive(Serialize)]
pub(super) struct SumCommands {
    windows: Vec<String>,
    macos: Vec<String>,
    linux: Vec<String>,
}

/// The commands for the file of that name; none where a shell would read something else in the name.
pub(super) fn of(name: &str) -> Option<SumCommands> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let is_quotable =
        |c: char| is_plain(c) || matches!(c, ' ' | '(' | ')' | ',' | '+' | '=' | '@') || c.is_alphanumeric();
    if name.is_empty() || name.starts_with(['-', '@']) || !name.chars().all(is_quotable) {
        return None;
    }
    let quoted = |quote: char| match name.chars().all(is_plain) {
        true => name.to_owned(),
        false => format!("{quote}{name}{quote}"),
    };
    let (windows, unix) = (quoted('"'), quoted('\''));
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Some(SumCommands {
        windows: words(&["certutil", "-hashfile", &windows, "SHA256"]),
        macos: words(&["shasum", "-a", "256", &unix]),
        linux: words(&["sha256sum", &unix]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_quoted_where_it_must_be_and_refused_where_quotes_do_not_help() {
        let linux = |name: &str| of(name).map(|commands| commands.linux.join(" "));
        assert_eq!(linux("a-1.png").as_deref(), Some("sha256sum a-1.png"));
        assert_eq!(linux("收据 1.png").as_deref(), Some("sha256sum '收据 1.png'"));
        assert_eq!(
            of("a b.png").map(|commands| commands.windows.join(" ")).as_deref(),
            Some("certutil -hashfile \"a b.png\" SHA256")
        );
        for name in ["", "-rf", "a'b", "$(x)", "a\"b", "%PATH%", "a\nb", "a;b", "a`b"] {
            assert_eq!(linux(name), None, "{name}");
        }
    }
}
