//! Small cases and the whole of the sites made from them, byte by byte. After a change that is meant, look at the difference
//! and write the sites anew with `UPDATE_GOLDEN=1 cargo test golden`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use casefile::output::Output;

use crate::support::Built;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The pages and data of a case: what is the theme's own is tested by looking at it.
fn site(case: &Path) -> BTreeMap<String, String> {
    let built = Built::of(case);
    let output = Output::new(&built.site).unwrap();
    let is_told =
        |path: &&str| [".html", ".csv", "case.json", "identifiers.json"].iter().any(|end| path.ends_with(end));
    let paths = output.paths().filter(is_told).filter(|path| !path.starts_with("files/"));
    let version = concat!("casefile ", env!("CARGO_PKG_VERSION"));
    let text = |path: &str| built.text(path).replace(version, "casefile");
    let model =
        |text: String| text.replace(concat!("\"casefile\":\"", env!("CARGO_PKG_VERSION"), "\""), "\"casefile\":\"\"");
    paths.map(|path| (path.to_owned(), model(text(path)))).collect()
}

#[test]
fn small_cases_make_the_very_sites_that_were_looked_at() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 3);
    for case in cases {
        let made = site(&case.join("case"));
        for (path, text) in &made {
            let expected = case.join("site").join(path);
            if update {
                std::fs::create_dir_all(expected.parent().unwrap()).unwrap();
                std::fs::write(&expected, text).unwrap();
            }
            let known = std::fs::read_to_string(&expected).unwrap_or_default();
            let differs = text.lines().zip(known.lines()).position(|(now, then)| now != then);
            let line = differs.unwrap_or(text.lines().count().min(known.lines().count()));
            assert!(
                *text == known,
                "{} differs from line {}: {:?}",
                expected.display(),
                line + 1,
                text.lines().nth(line).unwrap_or("")
            );
        }
        let kept = walk(&case.join("site"));
        assert_eq!(kept.len(), made.len(), "{} holds pages that are no longer made", case.display());
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
