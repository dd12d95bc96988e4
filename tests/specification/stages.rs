//! The order of the stages in docs/architecture.md: a file imports only what stands below it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The lines of the list in docs/architecture.md, from the top, each the modules that stand beside each other.
fn stages() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let list = text.split("```stages\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    list.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

/// Every Rust file of the program, from `src`.
pub fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The module of the crate that holds a file, of the outermost ones.
fn module_of(file: &Path) -> String {
    let below = file.strip_prefix(root().join("src")).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that the code of a file names: `crate::name`, and each of `crate::{one, other::thing}`. Neither comments nor
/// tests count.
fn named(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let word = |text: &str| {
        text.trim_start().split(|c: char| c != '_' && !c.is_ascii_alphanumeric()).next().unwrap().to_owned()
    };
    let mut names = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => names.extend(list.split('}').next().unwrap().split(',').map(word)),
            None => drop(names.insert(word(rest))),
        }
    }
    names
}

#[test]
fn a_file_imports_only_what_stands_below_it() {
    let stages = stages();
    let rank: BTreeMap<&str, usize> =
        stages.iter().enumerate().flat_map(|(rank, line)| line.iter().map(move |name| (name.as_str(), rank))).collect();
    let mut all = Vec::new();
    files(&root().join("src"), &mut all);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for file in &all {
        let own = module_of(file);
        if own == "lib" {
            continue;
        }
        seen.insert(own.clone());
        let Some(above) = rank.get(own.as_str()) else {
            wrong.push(format!("{own} is in no line of the list"));
            continue;
        };
        for name in named(&std::fs::read_to_string(file).unwrap()) {
            if name != own && rank.get(name.as_str()).is_some_and(|below| below <= above) {
                wrong.push(format!("{} imports {name}", file.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let listed: BTreeSet<String> = stages.into_iter().flatten().collect();
    assert_eq!(listed, seen, "the list names each module once, and no other");
}

#[test]
fn what_a_file_names_is_read_in_every_form() {
    let text = "use crate::{Error, site::pages};\n// crate::cli\nfn f() -> crate::case::Case {}\n#[cfg(test)]\nuse crate::serve;";
    let names: Vec<String> = named(text).into_iter().collect();
    assert_eq!(names, ["Error", "case", "site"]);
}
