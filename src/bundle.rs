//! The offline edition: the site in a BagIt bag (RFC 8493) in one zip.
//!
//! [`make`] consumes an [`Output`](crate::output::Output) as [`crate::output::disk`] does. How anybody tells that a bag is
//! whole is a package of its own, `casefile-verify`, which knows nothing of how a case becomes a site.

pub mod make;
pub mod signing_key;
