//! What a program says, in Chinese and in English.
//!
//! A [`Message`] is made in both languages at once, where what it tells of is known; who shows it chooses one of them.
//! [`message!`] makes it, and does not compile where one of them is missing or lacks a parameter of the other.
//!
//! ```
//! use casefile_message::{Lang, message};
//!
//! let path = "letter.md";
//! let missing = message!(en: "there is no `{path}`", zh: "没有 `{path}` 这个文件");
//! let told = message!(en: "nothing was written: {missing}", zh: "什么也没有写入：{missing}"; missing);
//! assert_eq!(told.in_lang(Lang::Zh), "什么也没有写入：没有 `letter.md` 这个文件");
//! ```
//!
//! ```compile_fail
//! let path = "letter.md";
//! casefile_message::message!(en: "there is no `{path}`", zh: "没有这个文件");
//! ```

mod system;

use std::borrow::Cow;

use serde::{Serialize, Serializer};

pub use system::{fault, of_system};

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The language of a language tag, such as `zh-Hant-TW` or `en`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "zh" => Some(Self::Zh),
            _ => None,
        }
    }

    /// The one of two that is in this language.
    pub fn choose<T>(self, en: T, zh: T) -> T {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}

/// Something the program says. Written as English where no language can be chosen, as in JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Message {
    en: Cow<'static, str>,
    zh: Cow<'static, str>,
}

impl Message {
    /// A message from its two texts; [`message!`] checks that they have the same parameters.
    pub fn new(en: String, zh: String) -> Self {
        Self { en: Cow::Owned(en), zh: Cow::Owned(zh) }
    }

    /// A message without parameters that a constant can hold.
    pub const fn fixed(en: &'static str, zh: &'static str) -> Self {
        Self { en: Cow::Borrowed(en), zh: Cow::Borrowed(zh) }
    }

    /// What is the same in both languages: a path, a number, or what somebody else says who has no other language.
    pub fn alike(text: impl Into<String>) -> Self {
        let en: String = text.into();
        Self::new(en.clone(), en)
    }

    /// The text in a language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.choose(&self.en, &self.zh)
    }

    /// The English text.
    pub fn en(&self) -> &str {
        &self.en
    }

    /// The Chinese text.
    pub fn zh(&self) -> &str {
        &self.zh
    }

    /// Both texts changed in the same way.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        Self::new(change(&self.en), change(&self.zh))
    }

    /// Puts another message right behind this one.
    pub fn push(&mut self, other: &Self) {
        self.en.to_mut().push_str(&other.en);
        self.zh.to_mut().push_str(&other.zh);
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.en)
    }
}

/// `count` things: `en_one` and `en_many` name one and several in English, `zh` is the measure word and the noun in Chinese.
pub fn counted(count: usize, en_one: &str, en_many: &str, zh: &str) -> Message {
    let noun = if count == 1 { en_one } else { en_many };
    Message::new(format!("{count} {noun}"), format!("{count} {zh}"))
}

/// Messages one after the other: with commas between them in English, with 、 in Chinese.
pub fn joined(messages: impl IntoIterator<Item = Message>) -> Message {
    let mut list = Message::default();
    for (index, message) in messages.into_iter().enumerate() {
        if index > 0 {
            list.push(&Message::fixed(", ", "、"));
        }
        list.push(&message);
    }
    list
}

/// Names one after the other, as [`joined`].
pub fn list_of<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Message {
    joined(names.into_iter().map(|name| Message::alike(name.as_ref())))
}

/// Makes a [`Message`] from a format string in each language. What stands in braces is a variable in scope, or named with its
/// value behind the two; both languages have the same ones. Those named behind `;` are messages themselves, and stand in each
/// in its language. What only one language needs, such as an ending of the plural, is called `en_…` or `zh_…`.
#[macro_export]
macro_rules! message {
    (en: $en:literal, zh: $zh:literal $(, $name:ident = $value:expr)* $(; $($part:ident),+)? $(,)?) => {{
        const _: () = assert!($crate::same_parameters($en, $zh), "one language lacks a parameter that the other has");
        $(let $name = &$value;)*
        // Nothing is copied of what has no parameters.
        if const { $crate::is_plain($en) && $crate::is_plain($zh) } {
            $crate::Message::fixed($en, $zh)
        } else {
            $crate::Message::new(
                { $($(let $part = $part.en();)+)? format!($en) },
                { $($(let $part = $part.zh();)+)? format!($zh) },
            )
        }
    }};
}

/// Whether two format strings have the same parameters, but for those called `en_…` and `zh_…`.
#[doc(hidden)]
pub const fn same_parameters(en: &str, zh: &str) -> bool {
    let (en, zh) = (en.as_bytes(), zh.as_bytes());
    has_parameters_of(zh, en) && has_parameters_of(en, zh)
}

/// Whether a format string is shown as it is written.
#[doc(hidden)]
pub const fn is_plain(text: &str) -> bool {
    let text = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'{' || text[at] == b'}' {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether `text` has each parameter of `other`.
const fn has_parameters_of(text: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while let Some((start, end)) = parameter(other, at) {
        at = end;
        if is_of_one_language(other, start) {
            continue;
        }
        let mut found = false;
        let mut from = 0;
        while let Some((start_here, end_here)) = parameter(text, from) {
            from = end_here;
            found |= is_same(other, start, end, text, start_here, end_here);
        }
        if !found {
            return false;
        }
    }
    true
}

/// Where the name of the first parameter from `at` on stands. Two braces are one that is text.
const fn parameter(text: &[u8], mut at: usize) -> Option<(usize, usize)> {
    while at < text.len() {
        if text[at] != b'{' {
            at += 1;
        } else if at + 1 < text.len() && text[at + 1] == b'{' {
            at += 2;
        } else {
            let start = at + 1;
            let mut end = start;
            while end < text.len() && text[end] != b'}' && text[end] != b':' {
                end += 1;
            }
            return Some((start, end));
        }
    }
    None
}

const fn is_of_one_language(text: &[u8], start: usize) -> bool {
    is_same(text, start, start + 3, b"en_", 0, 3) || is_same(text, start, start + 3, b"zh_", 0, 3)
}

const fn is_same(a: &[u8], a_start: usize, a_end: usize, b: &[u8], b_start: usize, b_end: usize) -> bool {
    if a_end - a_start != b_end - b_start || a_end > a.len() || b_end > b.len() {
        return false;
    }
    let mut at = 0;
    while a_start + at < a_end {
        if a[a_start + at] != b[b_start + at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_compared_by_their_names() {
        assert!(same_parameters("{a} of {b}", "{b} 的 {a}"));
        assert!(same_parameters("{count} file{en_s}", "{count} 个文件"));
        assert!(same_parameters("U+{code:04X}, {{by=…}}", "U+{code:04X}，{{by=…}}"));
        assert!(!same_parameters("{a} of {b}", "{a}"));
        assert!(!same_parameters("{a}", "{a} {b}"));
        assert!(!same_parameters("{path}", "{paths}"));
    }

    #[test]
    fn messages_stand_in_messages_and_counts_in_their_grammar() {
        let files = counted(1, "file", "files", "个文件");
        let paths = list_of(["a", "b"]);
        let told = message!(en: "{files}: {paths}", zh: "{files}：{paths}"; files, paths);
        assert_eq!((told.en(), told.zh()), ("1 file: a, b", "1 个文件：a、b"));
        assert_eq!(counted(2, "file", "files", "个文件").en(), "2 files");
    }

    #[test]
    fn a_tag_tells_the_language_and_c_tells_none() {
        assert_eq!(
            ["zh-CN", "zh_TW", "EN", "C", "de"].map(Lang::of_tag),
            [Some(Lang::Zh), Some(Lang::Zh), Some(Lang::En), None, None]
        );
    }
}
