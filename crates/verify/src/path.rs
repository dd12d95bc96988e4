//! Which paths may be unpacked on any computer without leaving the folder, or being taken for something else.

use std::fmt::Write;

use casefile_message::Message;
use unicode_normalization::UnicodeNormalization;

use crate::device_name::is_device;

/// The longest path, in bytes: more than any system takes (Linux, PATH_MAX).
const MAX_LEN: usize = 4096;

/// Why a path, with `/` between its parts, is not safe; none if it is.
pub fn why_unsafe(path: &str) -> Option<Message> {
    if path.len() > MAX_LEN {
        return Some(message!(en: "the path is too long", zh: "路径太长"));
    }
    if path.starts_with('/') {
        return Some(message!(en: "the path is absolute", zh: "路径是绝对路径"));
    }
    if path.contains(|c: char| c.is_control()) {
        return Some(message!(en: "the path holds a control character", zh: "路径中有控制字符"));
    }
    if path.contains(['\\', ':']) {
        return Some(message!(
            en: "the path holds a backslash or a colon, which lead elsewhere on Windows",
            zh: "路径中有反斜杠或冒号，在 Windows 上会通向别处"
        ));
    }
    path.split('/').find_map(|part| match part {
        "" => Some(message!(en: "a part of the path is empty", zh: "路径中有一段是空的")),
        "." | ".." => Some(message!(en: "the path leads out of its folder", zh: "路径通向文件夹之外")),
        _ if part.ends_with(['.', ' ']) => Some(message!(
            en: "a part of the path ends in a dot or a space, which Windows drops",
            zh: "路径中有一段以点或空格结尾，Windows 会去掉它"
        )),
        _ if is_device(part) => Some(message!(
            en: "a part of the path is the name of a device on Windows",
            zh: "路径中有一段是 Windows 的设备名"
        )),
        _ => None,
    })
}

/// Whether a system puts files of that name into every folder that is looked at, or into every zip that it makes: they are no
/// part of what was handed over.
pub(super) fn is_of_the_system(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = [".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", ".apdisk"];
    // At the top of the medium that a bag was copied to. What a Mac adds to a zip is known by its own names.
    let folders =
        ["$RECYCLE.BIN", "System Volume Information", ".Spotlight-V100", ".Trashes", ".TemporaryItems", ".fseventsd"];
    let top = path.split_once('/').map(|(top, _)| top);
    known.iter().any(|own| own.eq_ignore_ascii_case(name))
        || name.starts_with("._")
        || folders.iter().any(|own| top.is_some_and(|top| own.eq_ignore_ascii_case(top)))
}

/// What two names share that are one file where capitals, or the ways to write an accent, do not matter.
pub(super) fn folded(name: &str) -> String {
    name.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfd().collect()
}

/// A text fit for a terminal: characters that are not seen, or turn what is, by their code.
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || is_ignorable(c) {
            let _ = write!(shown, "{}", c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Whether nothing is seen of a character (Unicode, Default_Ignorable_Code_Point), and line separators.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
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
            &"a/".repeat(2100),
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
    fn what_systems_leave_behind_is_known_by_its_name() {
        for path in [
            ".DS_Store",
            "data/zh/Thumbs.db",
            "desktop.ini",
            "data/._a.html",
            "__MACOSX/bag/._data",
            "a/Desktop.ini",
            ".apdisk",
        ] {
            assert!(is_of_the_system(path), "{path}");
        }
        for path in ["$RECYCLE.BIN/S-1-5-21/desktop.ini", "system volume information/x", ".Spotlight-V100/Store-V2/a"] {
            assert!(is_of_the_system(path), "{path}");
        }
        for path in [
            "DS_Store",
            "data/thumbs.db.exe",
            ".DS_Store/a",
            "__MACOSX/a.html",
            "data/.Trashes/a",
            ".Trashes",
            "data/.hidden",
            "",
        ] {
            assert!(!is_of_the_system(path), "{path}");
        }
    }

    #[test]
    fn names_that_are_one_file_somewhere_fold_to_one() {
        for (one, two) in
            [("A", "a"), ("é", "e\u{301}"), ("ΑΣ", "ας"), ("ſ", "s"), ("É", "e\u{301}"), ("Straße", "STRASSE")]
        {
            assert_eq!(folded(one), folded(two), "{one} {two}");
        }
        assert_ne!(folded("a"), folded("b"));
    }

    #[test]
    fn a_path_does_not_write_on_the_terminal_as_it_likes() {
        assert_eq!(shown("a\u{1b}[2Jb\u{202e}甲\u{e0041}"), "a\\u{1b}[2Jb\\u{202e}甲\\u{e0041}");
    }
}
