//! What a site and its findings come to grows with what is written, whatever that is, and never with its square.

use casefile::output::{Content, Output};

use crate::support::{Built, Fixture};

/// A case in which something stands so many times: its files.
type Kind = fn(usize) -> Vec<(String, String)>;

/// The bytes of a site and of all that is told of it.
fn bytes(kind: Kind, count: usize) -> usize {
    let fixture = Fixture::new(&[]);
    for (path, text) in kind(count) {
        fixture.write(&path, text.as_bytes());
    }
    let built = Built::of(fixture.path());
    let output = Output::new(&built.site).unwrap();
    let length = |path: &str| match output.content(path).unwrap() {
        Some(Content::Bytes(bytes)) => bytes.len(),
        Some(Content::Pieces(pieces)) => pieces.map(|piece| piece.len()).sum(),
        Some(Content::Copy { .. }) | None => 0,
    };
    let told = built
        .findings
        .iter()
        .map(|finding| finding.message.en().len() + finding.help.as_ref().map_or(0, |help| help.en().len()));
    output.paths().map(length).sum::<usize>() + told.sum::<usize>()
}

fn times(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

fn file(path: &str, text: String) -> (String, String) {
    (path.to_owned(), text)
}

const KINDS: &[(&str, Kind)] = &[
    ("events", |n| vec![file("content/timeline.md", times(n, |i| format!("- 2031-05-{:02} 甲{i}\n", 1 + i % 28)))]),
    ("events out of order", |n| {
        vec![file("content/timeline.md", times(n, |i| format!("- {}-05-04 09:08 甲{i}\n", 2000 + i * 7 % 50)))]
    }),
    ("claims", |n| {
        let claim = |i| format!("- 1-{i}，甲{i}\n  - 1-{i}-1，乙方不认可：没有{i}。\n");
        vec![file("content/positions.md", format!("## 甲方\n\n{}\n## 乙方\n\n- 2-1，丙\n", times(n, claim)))]
    }),
    ("headings of one party", |n| {
        vec![file("content/positions.md", times(n, |i| format!("## 甲方\n\n- {}-1，丁{i}\n\n", i + 1)))]
    }),
    ("headings of parties", |n| {
        vec![file("content/positions.md", times(n, |i| format!("## 甲{i}公司\n\n- {}-1，丁\n\n", i + 1)))]
    }),
    ("answers of parties to one claim", |n| {
        let parties = times(n, |i| format!("  - {{id: p{i}, name: 甲{i}公司}}\n"));
        let answers = times(n, |i| format!("  - 1-1-{}，甲{i}公司不认可：没有。\n", i + 1));
        vec![
            file("casefile.yaml", format!("title: a\nparties:\n{parties}")),
            file("content/positions.md", format!("## 甲0公司\n\n- 1-1，付了款\n{answers}")),
        ]
    }),
    ("parties, and as many who are none", |n| {
        let parties = times(n, |i| format!("  - {{id: p{i}, name: 甲{i}公司}}\n"));
        vec![
            file("casefile.yaml", format!("title: a\nparties:\n{parties}")),
            file("content/positions.md", times(n, |i| format!("## 某人的话\n\n- 1-{i} {{by=x{i} disputes}}，丁\n\n"))),
        ]
    }),
    ("notes that cite each other", |n| {
        let note = |i| format!("【注{i}】见【注{}】【注{}】\n\n", (i + 1) % n, (i * 7) % n);
        vec![file("content/a.md", times(n, note))]
    }),
    ("citations of one long note", |n| {
        let documents = (0..n).map(|i| file(&format!("content/d{i}.md"), format!("# D{i}\n\n见【注1】。\n")));
        documents
            .chain([file("content/notes.md", format!("【注1】{}\n", times(n, |i| format!("第{i}句话。"))))])
            .collect()
    }),
    ("labels that many documents define", |n| {
        (0..n)
            .map(|i| file(&format!("content/d{i}.md"), format!("# D{i}\n\n【注1】丙{i}\n\n【注2】见【注1】。\n")))
            .collect()
    }),
    ("labels that nobody defines", |n| {
        let cites = times(n, |i| format!("见【注1-{i}】。\n\n"));
        vec![file("content/a.md", format!("{cites}{}", times(n, |i| format!("【注2-{i}】甲\n\n"))))]
    }),
    ("headings of the same words", |n| vec![file("content/a.md", times(n, |_| "## 标题\n\n文\n\n".to_owned()))]),
    ("documents", |n| {
        (0..n)
            .map(|i| file(&format!("content/d{i}.md"), format!("# D{i}\n\n[下一个](d{}.md)\n", (i + 1) % n)))
            .collect()
    }),
    ("documents in two languages", |n| {
        let document = |l: &str, i| file(&format!("content/{l}/d{i}.md"), format!("# D{i}\n\n## 一\n\n{i}元\n"));
        (0..n).flat_map(|i| [document("zh", i), document("en", i)]).collect()
    }),
    ("links", |n| vec![file("content/links.md", times(n, |i| format!("- 甲{i} - https://h{i}.example/\n")))]),
    ("links to one address", |n| vec![file("content/a.md", times(n, |_| "https://h.example/\n\n".to_owned()))]),
    ("identifiers", |n| vec![file("content/a.md", times(n, |i| format!("订单号：41111111{i:08}，\n\n")))]),
    ("exhibits", |n| {
        let exhibits = times(n, |i| format!("- {{number: {}, title: 甲{i}, file: f{i}.txt}}\n", i + 1));
        vec![
            file("content/exhibits/exhibits.yaml", exhibits),
            file("content/a.md", times(n, |i| format!("【证据{i}】\n\n"))),
        ]
    }),
    ("files of one exhibit", |n| {
        let files = times(n, |i| format!("    - f{i}.txt\n"));
        vec![
            file("content/exhibits/exhibits.yaml", format!("- number: 1\n  title: 甲\n  files:\n{files}")),
            file("content/a.md", "【证据1】\n".to_owned()),
        ]
    }),
    ("figures and amounts", |n| {
        let figures = times(n, |i| format!("  - {{id: f{i}, names: {{zh: 总额{i}}}, value: {i}, unit: {{zh: 元}}}}\n"));
        vec![
            file("casefile.yaml", format!("title: a\nlanguages: [zh]\nfigures:\n{figures}")),
            file("content/zh/a.md", times(n, |i| format!("总额{i}为{i}元。\n\n"))),
        ]
    }),
    ("footnotes", |n| vec![file("content/a.md", times(n, |i| format!("文[^{i}]\n\n[^{i}]: 注{i}\n\n")))]),
    ("numbered paragraphs", |n| vec![file("content/a.md", times(n, |i| format!("{}、甲乙丙丁{i}。\n\n", i + 1)))]),
];

#[test]
fn twice_as_much_of_anything_makes_twice_as_much_of_a_site() {
    let mut grown = Vec::new();
    for (name, kind) in KINDS {
        let [one, two, four] = [60, 120, 240].map(|count| bytes(*kind, count));
        // From 120 to 240 there are twice as many more as from 60 to 120.
        let growth = (four - two) as f64 / (two - one) as f64;
        if growth > 2.3 {
            grown.push(format!("{name}: {one}, {two}, {four} bytes"));
        }
    }
    assert!(grown.is_empty(), "{grown:#?}");
}
