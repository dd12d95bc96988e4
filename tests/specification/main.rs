//! What casefile promises, one sentence a test.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests make folders, look at the clock, and end at the first surprise"
)]

mod addresses;
mod bad_input;
mod bad_withholding;
mod command_line;
mod conservation;
mod covered_pages;
mod editions;
mod exhibits;
mod figures;
mod fingerprint;
mod first_hour;
mod foreign;
mod forged;
mod forty_places;
mod golden;
mod growth;
mod identifiers;
mod language_words;
mod languages;
mod limits;
mod line_ends;
mod links;
mod machine;
mod marks;
mod markup;
mod model;
mod neutral_names;
mod numbering;
mod outline;
mod output;
mod parallel;
mod paths;
mod positions;
mod privacy;
mod reading;
mod readings;
mod references;
mod rules;
mod search;
mod serve;
mod sharing;
mod single;
mod stages;
mod support;
mod timeline;
mod verify;
mod withheld;
mod zip;
