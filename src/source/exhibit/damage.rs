//! Why a file cannot be shown.

use serde::{Deserialize, Serialize};

use crate::Message;

/// What is wrong with a picture, or with a file that would be looked into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    /// It has too many bytes.
    Large(u64),
    /// It has too many pixels: its width and its height.
    Wide(u32, u32),
    /// It ends before the picture does.
    Short,
    /// It has no pixels.
    Blank,
    /// What the library says that reads pictures.
    Other(String),
}

impl Damage {
    /// What is wrong, in words.
    pub fn in_words(&self) -> Message {
        match self {
            Self::Large(size) => {
                message!(en: "{size} bytes are too many to look into", zh: "文件有 {size} 字节，太大，无法检查")
            }
            Self::Wide(width, height) => {
                message!(en: "{width} × {height} pixels are too many", zh: "{width} × {height} 像素，太大")
            }
            Self::Short => message!(en: "the file ends before the picture does", zh: "图片没有结束，文件就中断了"),
            Self::Blank => message!(en: "it has no pixels", zh: "它没有像素"),
            Self::Other(why) => message!(en: "{why}", zh: "图片无法读取（{why}）"),
        }
    }
}
