//! What the machine, not the author, got wrong.

mod leak;

use std::fmt;
use std::path::{Path, PathBuf};

pub use leak::{Leak, LeakLocation};

use crate::{Message, of_system};

/// How many files are named that hold what they must not.
const MOST_LEAKS: usize = 10;

/// A fault that stops the program. The author's mistakes are [`crate::diagnostic::Diagnostic`]s instead.
#[derive(Debug)]
pub enum Error {
    /// The operating system refused.
    Io {
        /// What it refused to touch.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// The case folder is none.
    NoFolder(PathBuf, std::io::Error),
    /// The output folder holds something that casefile did not make.
    Foreign {
        /// The output folder.
        folder: PathBuf,
        /// The first such thing in it.
        path: PathBuf,
    },
    /// The output folder cannot be used.
    Output {
        /// The path.
        path: PathBuf,
        /// Why not.
        why: Message,
    },
    /// What is withheld stands in what would be published.
    Leaks(Vec<Leak>),
    /// The command line asks for what there is not.
    Usage(Message),
    /// A template is not valid or asks for what there is not.
    Template(String),
}

impl Error {
    /// Turns an error of the system about `path` into ours.
    pub fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::Io { path, source }
    }

    /// What is wrong, and what to do about it.
    pub fn message(&self) -> Message {
        match self {
            Error::Io { path, source } => {
                let (path, source) = (path.display(), of_system(source));
                message!(en: "{path}: {source}", zh: "{path}：{source}"; source)
            }
            Error::NoFolder(path, source) => {
                let (path, source) = (path.display(), of_system(source));
                message!(
                    en: "{path}: {source}\nhelp: name the folder of the case with `--root`",
                    zh: "{path}：{source}\n建议：请用 `--root` 指明案卷文件夹"; source
                )
            }
            Error::Foreign { folder, path } => message!(
                en: "{folder} holds {path}, which casefile did not make\nhelp: choose another folder with \
                     `--output-dir`, or replace this one, with everything in it, with `--force`",
                zh: "{folder} 中的 {path} 不是 casefile 制作的\n建议：请用 `--output-dir` 换一个文件夹，或用 `--force` \
                     连同其中的一切替换这个文件夹",
                folder = folder.display(), path = path.display()
            ),
            Error::Output { path, why } => {
                message!(en: "{path}: {why}", zh: "{path}：{why}", path = path.display(); why)
            }
            Error::Leaks(leaks) => {
                let mut told = Message::default();
                for leak in leaks.iter().take(MOST_LEAKS) {
                    told.push(&leak.message());
                    told.push(&Message::fixed("\n", "\n"));
                }
                if let Some(more) = leaks.len().checked_sub(MOST_LEAKS).filter(|&more| more > 0) {
                    told.push(&message!(en: "and {more} more files\n", zh: "另有 {more} 个文件\n"));
                }
                told.push(&message!(
                    en: "nothing was published\nhelp: take it out of what the file is made from, or withhold it there \
                         too; what is no secret, such as the sentence of a law, let pass under `privacy: allow:`",
                    zh: "什么也没有公布\n建议：请从文件的来源中删去，或在那里也隐去；法条原文一类不是秘密的内容，请列在 \
                         `privacy: allow:` 中"
                ));
                told
            }
            Error::Usage(why) => why.clone(),
            Error::Template(why) => {
                message!(en: "a template of the case cannot be used: {why}", zh: "案卷的模板无法使用：{why}")
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().en())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } | Error::NoFolder(_, source) => Some(source),
            _ => None,
        }
    }
}
