//! The offline edition: the site in a BagIt bag (RFC 8493) in one zip, and how anybody tells that it is whole.
//!
//! [`make`] consumes an [`Output`](crate::output::Output) as [`crate::output::disk`] does. Everything else here serves
//! [`verify()`](verify::verify) and knows nothing of how a case becomes a site: it relies on nothing but the bytes it is
//! given.

mod archive;
pub mod bag;
pub mod compare;
mod contents;
mod folder;
pub mod make;
pub mod manifest;
pub mod medium;
pub(crate) mod path;
mod record;
pub mod report;
pub mod signature;
pub mod sum;
pub mod verify;
