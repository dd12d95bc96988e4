//! Standard output and standard error, which may be a full device, or a pipe whose reader has gone.
//!
//! What cannot be written is remembered and ends the program with an error; printing by `println!` would end it with a panic,
//! and a half-written list would be taken for a whole one. A reader that has gone has read enough.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::OnceLock;

use crate::Error;

/// The first thing that went wrong.
static FAULT: OnceLock<(&str, io::Error)> = OnceLock::new();

/// Writes to standard output.
pub(super) fn out(text: Arguments<'_>) {
    write(anstream::stdout().lock(), "standard output", text);
}

/// Writes to standard error.
pub(super) fn err(text: Arguments<'_>) {
    write(anstream::stderr().lock(), "standard error", text);
}

/// Writes bytes to standard output, as they are.
pub(super) fn out_bytes(bytes: &[u8]) {
    let mut to = io::stdout().lock();
    remember("standard output", to.write_all(bytes).and_then(|()| to.flush()));
}

/// What was not written, if anything was not.
pub(super) fn fault() -> Option<Error> {
    let (name, error) = FAULT.get()?;
    let source = io::Error::new(error.kind(), error.to_string());
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
