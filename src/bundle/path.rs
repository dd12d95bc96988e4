//! Which paths may be unpacked on any computer without leaving the folder, or being taken for something else.

use std::fmt::Write;

/// Names that stand for devices on Windows, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Why a path, with `/` between its parts, is not safe; none if it is.
pub(super) fn why_unsafe(path: &str) -> Option<&'static str> {
    if path.starts_with('/') {
        return Some("the path is absolute");
    }
    if path.contains(|c: char| c.is_control()) {
        return Some("the path holds a control character");
    }
    if path.contains(['\\', ':']) {
        return Some("the path holds a backslash or a colon, which lead elsewhere on Windows");
    }
    path.split('/').find_map(|part| match part {
        "" => Some("a part of the path is empty"),
        "." | ".." => Some("the path leads out of its folder"),
        _ if part.ends_with(['.', ' ']) => Some("a part of the path ends in a dot or a space, which Windows drops"),
        _ if is_device(part) => Some("a part of the path is the name of a device on Windows"),
        _ => None,
    })
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_lowercase();
    let numbered = |word: &str| {
        let rest = stem.strip_prefix(word).map(|rest| rest.chars().collect::<Vec<_>>());
        rest.is_some_and(|rest| matches!(rest[..], ['0'..='9' | '¹' | '²' | '³']))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// What two paths share that are one file where capitals do not matter.
pub(super) fn folded(path: &str) -> String {
    path.to_lowercase()
}

/// A path fit for a terminal: characters that are not seen, or turn what is, by their code.
pub(super) fn shown(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        let unseen =
            matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if c.is_control() || unseen {
            let _ = write!(text, "{}", c.escape_unicode());
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_folder_or_is_something_else_is_unsafe() {
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a/./b",
            "a//b",
            "a/",
            "C:/x",
            "a\\..\\x",
            "a\0b",
            "a\nb",
            "a/file.txt:stream",
            "a/NUL",
            "a/nul.txt",
            "com1/x",
            "LPT9.txt",
            "x.",
            "x /y",
        ] {
            assert!(why_unsafe(path).is_some(), "{path:?}");
        }
        for path in
            ["a", "data/zh/index.html", "data/a b/甲.txt", "..a/b..c", "data/.hidden", "console", "com10", "nul-1"]
        {
            assert_eq!(why_unsafe(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_path_does_not_write_on_the_terminal_as_it_likes() {
        assert_eq!(shown("a\u{1b}[2Jb\u{202e}甲"), "a\\u{1b}[2Jb\\u{202e}甲");
    }
}
