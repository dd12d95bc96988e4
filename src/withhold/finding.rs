//! The findings of withholding.

use std::ops::Range;

use crate::Message;
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::source::{Source, Span};

/// Something wrong at a place of a file, before files have names among the sources.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) path: String,
    pub(super) span: Option<Span>,
    pub(super) code: Code,
    pub(super) message: Message,
    pub(super) help: Message,
}

impl Finding {
    /// Something wrong at `range` of a file.
    pub(super) fn at(file: &Source, range: &Range<usize>, code: Code, message: Message, help: Message) -> Self {
        let span = Some(Span::new(range.start, range.end));
        Self { path: file.path.clone(), span, code, message, help }
    }

    /// What reading the settings found.
    pub(super) fn of_settings(diagnostic: Diagnostic) -> Self {
        let span = match diagnostic.place {
            Location::At(_, span) => Some(span),
            Location::File(_) | Location::Case => None,
        };
        let help = diagnostic.help.map(|help| *help).unwrap_or_default();
        Self { path: config::FILE_NAME.to_owned(), span, code: diagnostic.code, message: diagnostic.message, help }
    }
}
