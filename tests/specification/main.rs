//! What casefile promises, one sentence a test.

mod addresses;
mod bad_input;
mod command_line;
mod languages;
mod markup;
mod model;
mod output;
mod references;
mod support;
