//! Standard output and standard error, which may be a full device, or a pipe whose reader has gone.
//!
//! What cannot be written is remembered and ends the program with an error; printing by `println!` would end it with a panic,
//! and a half-written list would be taken for a whole one. A reader that has gone has read enough.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::OnceLock;

use crate::{Error, Lang};

/// The first thing that went wrong.
static FAULT: OnceLock<(&str, io::Error)> = OnceLock::new();

/// The language in which the program speaks, once it is known.
static LANG: OnceLock<Lang> = OnceLock::new();

/// Settles the language, unless it is settled.
pub(super) fn speak(lang: Lang) {
    let _ = LANG.set(lang);
}

/// The language in which the program speaks.
pub(super) fn lang() -> Lang {
    LANG.get().copied().unwrap_or_default()
}

/// The language that was settled, if it was.
pub(super) fn settled_lang() -> Option<Lang> {
    LANG.get().copied()
}

/// Writes to standard output.
pub(super) fn out(text: Arguments<'_>) {
    write(anstream::stdout().lock(), lang().choose("standard output", "标准输出"), text);
}

/// Writes to standard error.
pub(super) fn err(text: Arguments<'_>) {
    write(anstream::stderr().lock(), lang().choose("standard error", "标准错误输出"), text);
}

/// Writes bytes to standard output, as they are.
pub(super) fn out_bytes(bytes: &[u8]) {
    let mut to = io::stdout().lock();
    remember(lang().choose("standard output", "标准输出"), to.write_all(bytes).and_then(|()| to.flush()));
}

/// What was not written, if anything was not.
pub(super) fn fault() -> Option<Error> {
    let (name, error) = FAULT.get()?;
    let source = match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    };
    Some(Error::io(Path::new(name))(source))
}

fn write(mut to: impl Write, name: &'static str, text: Arguments<'_>) {
    // All at once: a line is not cut in two by what another thread says.
    remember(name, to.write_all(text.to_string().as_bytes()).and_then(|()| to.flush()));
}

fn remember(name: &'static str, result: io::Result<()>) {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => drop(FAULT.set((name, error))),
        _ => {}
    }
}

/// `print!` to [`out`].
macro_rules! out {
    ($($text:tt)*) => { $crate::cli::terminal::out(format_args!($($text)*)) };
}

/// `println!` to [`out`].
macro_rules! outln {
    ($($text:tt)*) => { $crate::cli::terminal::out(format_args!("{}\n", format_args!($($text)*))) };
}

/// `eprint!` to [`err`].
macro_rules! err {
    ($($text:tt)*) => { $crate::cli::terminal::err(format_args!($($text)*)) };
}

/// `eprintln!` to [`err`].
macro_rules! errln {
    ($($text:tt)*) => { $crate::cli::terminal::err(format_args!("{}\n", format_args!($($text)*))) };
}

/// A line on standard error, from a message or from its two texts.
macro_rules! say {
    (en: $($text:tt)*) => { say!(message!(en: $($text)*)) };
    ($message:expr) => { errln!("{}", $message.in_lang($crate::cli::terminal::lang())) };
}

/// A line on standard output, from a message or from its two texts.
macro_rules! tell {
    (en: $($text:tt)*) => { tell!(message!(en: $($text)*)) };
    ($message:expr) => { outln!("{}", $message.in_lang($crate::cli::terminal::lang())) };
}
