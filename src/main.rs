//! The command `casefile`.

use std::process::ExitCode;

/// Thousands of small trees are built and dropped on all cores at once; the system's allocator is slower at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    casefile::cli::run()
}
