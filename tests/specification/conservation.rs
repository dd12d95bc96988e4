//! Every letter and digit of a source is on its page, once and in its order, or a finding says where it went; and what is on
//! a page and not in the source is marked as the program's.

mod generated;
mod law;
mod page;

use std::path::{Path, PathBuf};

use casefile::case::Case;
use casefile::check;
use casefile::folder::{File, Folder};
use casefile::site::Site;
use proptest::prelude::*;
use walkdir::WalkDir;

use crate::support::Built;

/// A case that is one document, which has a translation.
fn site_of(name: &str, bytes: &[u8]) -> Site {
    let file = |path: String| File::new(path, bytes.to_vec());
    let documents = vec![file(format!("content/zh/{name}.md")), file(format!("content/en/{name}.md"))];
    let content = "content".to_owned();
    Site::resolve(Case::assemble(Folder { content, documents, ..Folder::default() }))
}

fn cases_below(folder: &Path) -> Vec<PathBuf> {
    let is_case = |path: &Path| path.join("content").is_dir() || path.join("casefile.yaml").is_file();
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
    folders.filter(|path| is_case(path) && !path.components().any(|part| part.as_os_str() == "target")).collect()
}

#[test]
fn pages_say_what_the_documents_of_the_project_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cases = vec![root.to_owned(), root.join("starter")];
    cases.extend(["tests/rules", "tests/golden"].iter().flat_map(|folder| cases_below(&root.join(folder))));
    assert!(cases.len() > 100, "{cases:?}");
    let broken: Vec<String> = cases.iter().flat_map(|case| law::breaches(&Built::of(case).site)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// `CASEFILE_CORPUS` names a folder of Markdown; each file of it is a case of its own.
#[test]
fn pages_say_what_the_documents_of_others_say() {
    let Some(folder) = std::env::var_os("CASEFILE_CORPUS") else {
        println!("skipped: CASEFILE_CORPUS names no folder");
        return;
    };
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let is_markdown = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md");
    let (mut documents, mut broken) = (0, 0);
    for path in entries.map(walkdir::DirEntry::into_path).filter(|path| path.is_file() && is_markdown(path)) {
        let bytes = std::fs::read(&path).unwrap();
        let site = site_of("a", &bytes);
        documents += 1;
        let breaches = law::breaches(&site);
        if let Some(first) = breaches.first() {
            broken += 1;
            println!("{}: {first}", path.display());
        }
        for finding in check::run(&site).iter().filter(|finding| finding.code == casefile::diagnostic::Code::LostText) {
            println!("{}: told: {finding:?}", path.display());
        }
    }
    println!("{documents} documents, {broken} break the law");
    assert_eq!(broken, 0, "of {documents} documents");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn pages_say_what_any_document_says(choices in prop::collection::vec(any::<u8>(), 0..40), kind in 0_usize..3) {
        let text = generated::document(&choices);
        let site = site_of(["a", "positions", "timeline"][kind], text.as_bytes());
        let broken = law::breaches(&site);
        prop_assert!(broken.is_empty(), "{}\n{:?}", broken.join("\n"), text);
    }
}
