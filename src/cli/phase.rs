//! A line on the terminal with the current phase of a build; nothing in a pipe.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::lang;
use crate::Message;

/// The line. It vanishes when dropped.
pub(super) struct Phase(Option<ProgressBar>);

impl Phase {
    /// A line, unless standard error is no terminal or nothing is to be said.
    pub(super) fn new(quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(Some(bar))
    }

    /// Says what is done from now on.
    pub(super) fn enter(&self, name: &Message) {
        if let Some(bar) = &self.0 {
            bar.set_message(name.in_lang(lang()).to_owned());
        }
    }
}

impl Drop for Phase {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
