//! casefile
pub mod diagnostic;
pub mod document;
pub mod language;
pub mod slug;
pub mod source;
pub mod yaml;
pub mod config;
pub mod case;
