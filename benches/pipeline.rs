//! Each stage of the pipeline on a generated corpus: `cargo bench --bench pipeline`.
//!
//! The corpus comes from `cargo bench --bench corpus -- --pairs 500 --out DIR`, and DIR is named by the environment
//! variable `CASEFILE_CORPUS`; without it the demonstration case is measured.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a benchmark reads its corpus and ends if it cannot"
)]

use std::path::PathBuf;

use casefile::case::Case;
use casefile::check;
use casefile::folder::Folder;
use casefile::output::{Content, Output};
use casefile::search::Search;
use casefile::site::Site;
use divan::Bencher;

fn main() {
    divan::main();
}

fn root() -> PathBuf {
    std::env::var_os("CASEFILE_CORPUS").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

fn folder() -> Folder {
    Folder::read(&root()).expect("the corpus can be read")
}

#[divan::bench(sample_count = 10)]
fn read() -> Folder {
    folder()
}

#[divan::bench(sample_count = 10)]
fn parse(bencher: Bencher) {
    bencher.with_inputs(folder).bench_values(Case::assemble);
}

#[divan::bench(sample_count = 10)]
fn resolve(bencher: Bencher) {
    bencher.with_inputs(|| Case::assemble(folder())).bench_values(Site::resolve);
}

#[divan::bench(sample_count = 10)]
fn check_rules(bencher: Bencher) {
    let site = Site::resolve(Case::assemble(folder()));
    bencher.bench(|| check::run(&site));
}

#[divan::bench(sample_count = 10)]
fn search(bencher: Bencher) {
    let site = Site::resolve(Case::assemble(folder()));
    bencher.bench(|| Search::of(&site));
}

#[divan::bench(sample_count = 10)]
fn render(bencher: Bencher) {
    let site = Site::resolve(Case::assemble(folder()));
    let output = Output::new(&site).expect("the theme is valid");
    bencher.bench(|| {
        let sizes = output.paths().map(|path| match output.content(path).expect("the page renders") {
            Some(Content::Bytes(bytes)) => bytes.len(),
            Some(Content::Pieces(pieces)) => pieces.map(|piece| piece.len()).sum(),
            Some(Content::Copy { .. }) | None => 0,
        });
        sizes.sum::<usize>()
    });
}
