//! What the machine, not the author, got wrong.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::seal::Leak;

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
        why: String,
    },
    /// What is withheld stands in what would be published.
    Leaks(Vec<Leak>),
    /// The command line asks for what there is not.
    Usage(String),
    /// A template is not valid or asks for what there is not.
    Template(String),
}

impl Error {
    /// Turns an error of the system about `path` into ours.
    pub fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::Io { path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Error::NoFolder(path, source) => {
                write!(f, "{}: {source}\nhelp: name the folder of the case with `--root`", path.display())
            }
            Error::Foreign { folder, path } => write!(
                f,
                "{} holds {}, which casefile did not make\nhelp: choose another folder with `--output-dir`, or \
                 replace this one, with everything in it, with `--force`",
                folder.display(),
                path.display()
            ),
            Error::Output { path, why } => write!(f, "{}: {why}", path.display()),
            Error::Leaks(leaks) => {
                for leak in leaks.iter().take(MOST_LEAKS) {
                    writeln!(f, "{leak}")?;
                }
                if let Some(more) = leaks.len().checked_sub(MOST_LEAKS).filter(|&more| more > 0) {
                    writeln!(f, "and {more} more files")?;
                }
                f.write_str(
                    "nothing was published\nhelp: take it out of what the file is made from, or withhold it there too; what is no secret, such as the \
                     sentence of a law, let pass under `privacy: allow:`",
                )
            }
            Error::Usage(why) => f.write_str(why),
            Error::Template(why) => write!(f, "a template of the case cannot be used: {why}"),
        }
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
