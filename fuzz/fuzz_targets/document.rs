//! Any bytes as the one document of a case, through the whole pipeline: no panic, spans on character boundaries, every
//! page rendered. Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run document -- -max_total_time=600`.
#![no_main]

use casefile::case::Case;
use casefile::check;
use casefile::output::{Content, Output};
use casefile::site::Site;
use casefile::folder::{Exhibits, File, Folder};
use libfuzzer_sys::fuzz_target;

/// So that parties, figures and zones are looked for too.
const CONFIG: &[u8] = b"time_zone: Asia/Shanghai
parties:
  - {id: a, name: {zh: \"\\u7532\", en: Alpha}}
  - {id: b, name: {zh: \"\\u4e59\", en: Beta}}
figures:
  - {id: loss, value: 206539.30, unit: CNY, names: [loss, \"\\u635f\"]}
";

fuzz_target!(|bytes: &[u8]| {
    // The first byte chooses what the document is, so that every kind is reached.
    let (choice, bytes) = bytes.split_first().map_or((0, bytes), |(first, rest)| (*first, rest));
    let name = ["a", "positions", "timeline", "links", "appendix-1"][usize::from(choice % 5)];
    let file = |path: String| File::new(path, bytes.to_vec());
    let folder = Folder {
        config: Some(File::new("casefile.yaml", CONFIG.to_vec())),
        content: "content".to_owned(),
        documents: vec![file(format!("content/zh/{name}.md")), file(format!("content/en/{name}.md"))],
        // The same bytes describe exhibits, where they are a list at all.
        exhibits: (choice & 0x80 != 0).then(|| Exhibits {
            list: file("content/exhibits/exhibits.yaml".to_owned()),
            folder: "content/exhibits/".to_owned(),
            files: Vec::new(),
        }),
        ..Folder::default()
    };
    let site = Site::resolve(Case::assemble(folder));
    check::run(&site);
    for (at, document) in site.case.documents.iter().enumerate() {
        let source = site.case.source_of(at);
        for (_, node) in document.tree.iter() {
            assert!(source.text.get(node.span.range()).is_some());
        }
    }
    let output = Output::new(&site).expect("the built-in theme is valid");
    for path in output.paths().filter(|path| path.ends_with(".html") || *path == "case.json") {
        match output.content(path).expect("every page renders") {
            Some(Content::Pieces(pieces)) => drop(pieces.collect::<String>()),
            Some(Content::Bytes(_) | Content::Copy { .. }) | None => {}
        }
    }
});
