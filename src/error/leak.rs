//! What is withheld and would be published all the same.

use crate::Message;

/// Something withheld that would be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The file of the site.
    pub path: String,
    /// Where in it.
    pub place: LeakLocation,
    /// What, without telling it.
    pub what: Message,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeakLocation {
    /// In its path.
    Name,
    /// On a line, from 1.
    Line(usize),
    /// In the text inside, on a page from 1.
    Page(usize),
    /// All of it.
    Whole,
    /// In what it holds beside what is seen: comments, properties, tags.
    Unseen,
    /// At a byte.
    Byte(usize),
}

impl Leak {
    /// What stands where.
    pub fn message(&self) -> Message {
        let Self { path, place, what } = self;
        match place {
            LeakLocation::Name => {
                message!(en: "{path} holds {what} in its name", zh: "{path} 的文件名中有{what}"; what)
            }
            LeakLocation::Line(line) => message!(en: "{path}:{line} holds {what}", zh: "{path}:{line} 有{what}"; what),
            LeakLocation::Page(page) => message!(
                en: "{path} holds {what} in its text, page {page}",
                zh: "{path} 第 {page} 页的文字中有{what}"; what
            ),
            LeakLocation::Whole => message!(en: "{path} holds {what}", zh: "{path} 有{what}"; what),
            LeakLocation::Unseen => message!(
                en: "{path} holds {what} where it is not seen on opening it",
                zh: "{path} 中打开文件时看不到的地方有{what}"; what
            ),
            LeakLocation::Byte(at) => {
                message!(en: "{path} holds {what} at byte {at}", zh: "{path} 第 {at} 字节处有{what}"; what)
            }
        }
    }
}
