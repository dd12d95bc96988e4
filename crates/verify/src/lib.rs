//! Whether a BagIt bag (RFC 8493), in a folder or in a zip, is whole, and what is wrong if it is not.
//!
//! This knows nothing of how a case becomes a site, and relies on nothing but the bytes it is given: who is handed a dossier
//! need not trust the program that made it. What `casefile zip` writes, it writes with the records, sums and tag files
//! described here.
//!
//! ```no_run
//! let report = casefile_verify::verify::verify("dossier.zip".as_ref(), None);
//! for problem in &report.problems {
//!     eprintln!("{problem}");
//! }
//! ```

#[macro_use]
extern crate casefile_message as message;

mod archive;
pub mod bag;
pub mod compare;
mod contents;
pub mod device_name;
mod folder;
pub mod manifest;
pub mod medium;
pub mod path;
pub mod record;
pub mod report;
pub mod sha256;
pub mod signature;
pub mod sum;
pub mod verify;
