//! Bytes choose the pieces of a document in the style of dossiers: its pages show every letter and digit of it, or a finding
//! tells. Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run conservation -- -max_total_time=600`.
#![no_main]

#[path = "../../tests/specification/conservation/generated.rs"]
mod generated;
#[path = "../../tests/specification/conservation/law.rs"]
mod law;
#[path = "../../tests/specification/conservation/page.rs"]
mod page;

use casefile::case::Case;
use casefile::site::Site;
use casefile::folder::{File, Folder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|choices: &[u8]| {
    let (kind, choices) = choices.split_first().map_or((0, choices), |(first, rest)| (*first, rest));
    let name = ["a", "positions", "timeline"][usize::from(kind % 3)];
    let text = generated::document(choices);
    let file = |path: String| File::new(path, text.clone().into_bytes());
    let documents = vec![file(format!("content/zh/{name}.md")), file(format!("content/en/{name}.md"))];
    let folder = Folder { content: "content".to_owned(), documents, ..Folder::default() };
    let broken = law::breaches(&Site::resolve(Case::assemble(folder)));
    assert!(broken.is_empty(), "{}\n{text:?}", broken.join("\n"));
});
