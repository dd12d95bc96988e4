//! casefile turns a folder of bilingual Markdown case files into a cross-linked evidence dossier.
//!
//! It works like a compiler. Data flows one way, and each type adds one guarantee:
//!
//! ```text
//! Source ──▶ Document ──▶ Case ──▶ Site ──▶ Output ──▶ folder, or bag in a zip
//! ```
//!
//! | type | guarantees |
//! |---|---|
//! | [`source::Source`] | UTF-8 text of one file with its line index |
//! | [`document::Document`] | one file in one language as a tree with byte spans; parsing cannot fail |
//! | [`case::Case`] | all documents, paired across languages, with what they define |
//! | [`site::Site`] | every reference is an address or already a finding; every address unique; backlinks known |
//! | [`output::Output`] | a sorted map of paths to contents; the same input gives the same bytes |
//!
//! What the author got wrong is a [`diagnostic::Diagnostic`], collected along the way; what the machine got wrong is an
//! [`Error`]. Only [`folder`], [`source::exhibit`], [`source::stamp`], [`output::disk`], [`bundle`], [`single`] and [`cli`]
//! touch the disk, the clock or the terminal.
//!
//! ```no_run
//! use casefile::{case::Case, check, output::Output, site::Site, folder::Folder};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = Folder::read("my-case".as_ref())?;
//! let site = Site::resolve(Case::assemble(folder));
//! let findings = check::run(&site);
//! let output = Output::new(&site)?;
//! # Ok(())
//! # }
//! ```

#[macro_use]
extern crate casefile_message as message;

#[macro_use]
mod index;

pub mod bundle;
pub mod case;
pub mod check;
pub mod cli;
pub mod config;
pub mod conservation;
pub mod diagnostic;
pub mod document;
pub mod edition;
mod error;
pub mod folder;
pub mod language;
pub mod output;
pub mod privacy;
pub mod render;
pub mod schema;
pub mod seal;
pub mod search;
pub mod serve;
pub mod single;
pub mod site;
pub mod slug;
pub mod source;
pub mod spelling;
pub mod withhold;
mod work;
pub mod yaml;

pub use casefile_message::{Lang, Message};
pub(crate) use casefile_message::{counted, fault, joined, list_of, of_system};
pub use casefile_verify::{device_name, sha256};
pub use error::Error;
