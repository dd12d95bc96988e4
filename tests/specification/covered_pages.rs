//! Of a PDF that must be covered only pictures of its pages are published, and the PDF is in nothing that is.

use std::io::Write;
use std::path::PathBuf;

use crate::support::Fixture;

/// A PDF with a page for each of these texts, which stands in the middle of the page.
fn pdf(texts: &[&str]) -> Vec<u8> {
    let kids: String = (0..texts.len()).map(|at| format!("{} 0 R ", 4 + 2 * at)).collect();
    let mut file = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count {}/Kids[{kids}]>>endobj\n\
         3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
        texts.len()
    );
    for (at, text) in texts.iter().enumerate() {
        let (page, content) = (4 + 2 * at, format!("BT /F 12 Tf 20 100 Td ({text}) Tj ET"));
        file += &format!(
            "{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>endobj\n\
             {} 0 obj<</Length {}>>\nstream\n{content}\nendstream endobj\n",
            page + 1,
            page + 1,
            content.len()
        );
    }
    file += "trailer<</Root 1 0 R/Info<</Author(Xenia Holmgren)>>>>\n%%EOF\n";
    file.into_bytes()
}

/// The same file with a table of its objects, and a password that nobody knows.
fn locked(file: &[u8]) -> Vec<u8> {
    let at = memchr::memmem::find(file, b"trailer").unwrap();
    let starts = memchr::memmem::find_iter(file, b" 0 obj").map(|at| at - 1);
    let table: String = starts.map(|start| format!("{start:010} 00000 n \n")).collect();
    let count = table.len() / 20 + 1;
    let lock = "ab".repeat(32);
    let table = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{table}trailer<</Size {count}/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{lock}>/U<{lock}>>>>>\nstartxref\n{at}\n%%EOF\n"
    );
    [&file[..at], table.as_bytes()].concat()
}

/// The rectangle of [`pdf`]'s text, on a page.
fn over(page: usize) -> String {
    format!("{{page: {page}, rect: [5, 40, 90, 15]}}")
}

/// A case with a PDF as its first exhibit, of which `cover` is covered.
fn case(bytes: &[u8], cover: &str) -> Fixture {
    let list = format!(
        "- number: 1\n  title: {{zh: 询问笔录, en: Record}}\n  reason: {{zh: 无关的人, en: a bystander}}\n  files:\n    - {{file: record.pdf, sha256: {}, cover: [{cover}]}}\n",
        casefile::sha256::Sha256::of(bytes)
    );
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 题\n\n见【证据1】与[笔录](../exhibits/record.pdf)、[副本](../copy.pdf)。\n"),
        ("content/exhibits/exhibits.yaml", &list),
    ]);
    fixture.write("content/exhibits/record.pdf", bytes);
    fixture.write("content/copy.pdf", bytes);
    fixture
}

fn files(folder: PathBuf) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found
}

fn has(bytes: &[u8], what: &str) -> bool {
    memchr::memmem::find(bytes, what.as_bytes()).is_some()
}

#[test]
fn what_is_covered_of_a_pdf_is_in_no_file_of_the_public_edition() {
    let bytes = pdf(&["An open page", "Seen by Quilla Brandt"]);
    let sum = casefile::sha256::Sha256::of(&bytes).to_string();
    let fixture = case(&bytes, &over(2));
    for arguments in [&["build"][..], &["build", "--edition", "full"], &["single", "-o", "one.html"], &["check"]] {
        let run = fixture.run(arguments);
        assert_eq!(run.code(), 0, "{arguments:?}: {}", run.stderr());
    }
    let (mut pages, mut pdfs) = (0, 0);
    let single = [("one.html".to_owned(), std::fs::read(fixture.path().join("one.html")).unwrap())];
    for (path, published) in files(fixture.public("")).into_iter().chain(single) {
        assert!(!has(&published, &sum) && !has(&published, "Xenia") && !has(&published, "Quilla"), "{path}");
        let inside = casefile_inside::read(&published, &path);
        assert!(!inside.text.contains("Quilla") && !inside.text.contains("open page"), "{path}");
        if path.ends_with(".pdf") {
            pdfs += 1;
            assert_eq!(casefile_inside::pdf::read(&published).0.pages, Some(2));
            let mut black = Vec::new();
            casefile_inside::pdf::pages::draw(&published, &[], &mut |page| {
                let at = |x: u32, y: u32| page.pixels[((y * page.width + x) * 3) as usize];
                black.push([at(30, 250), at(500, 300), at(10, 250), at(300, 450)].map(|shade| shade == 0));
                true
            })
            .unwrap();
            assert_eq!(black, [[false; 4], [true, true, false, false]]);
        }
        pages += usize::from(path.contains("-page-"));
    }
    assert_eq!((pages, pdfs), (2, 1));
    let page = |path: &str| std::fs::read_to_string(fixture.path().join(path)).unwrap();
    let public = page("public/zh/exhibit-1.html");
    assert!(public.contains("页面中有 1 处已遮盖：无关的人") && public.matches("class=\"page-of-file\"").count() == 2);
    assert!(public.contains("record.pdf#page=2\"") && !public.contains("与清单所记一致"), "{public}");
    assert!(page("public/zh/a.html").contains("此处隐去"));
    let full = page("full/zh/exhibit-1.html");
    assert!(full.contains(&sum) && !full.contains("page-of-file"));
    assert!(files(fixture.path().join("full")).iter().any(|(_, published)| *published == bytes));
    assert!(page("full/zh/withheld-from-the-public.csv").contains("图片或页面的一部分"));
}

#[test]
fn what_no_rectangle_covers_on_a_page_is_found_though_it_is_a_picture() {
    let bytes = pdf(&["Seen by Quilla Brandt", "ID 110101199003070070, Quilla Brandt"]);
    let settings =
        "privacy: { withhold: [{ text: Quilla Brandt, shown: { zh: 证人甲, en: Witness A }, reason: 保护 }] }\n";
    let run = |cover: &str| {
        let fixture = case(&bytes, cover);
        fixture.write("casefile.yaml", settings.as_bytes());
        let run = fixture.run(&["build"]);
        assert_eq!(fixture.public("").exists(), run.code() == 0);
        (run.code(), run.stderr())
    };
    let (code, said) = run(&over(2));
    assert!(code == 1 && said.contains("record.pdf holds the withheld name") && said.contains("page 1"), "{said}");
    assert!(said.contains("no rectangle of `cover`"), "{said}");
    let (code, said) = run(&over(1));
    assert!(code == 1 && said.contains("C230"), "{said}");
    let (code, said) = run(&format!("{}, {}", over(1), over(2)));
    assert_eq!(code, 0, "{said}");
}

#[test]
fn the_original_of_what_is_covered_or_withheld_is_found_in_an_archive() {
    let bytes = pdf(&["Seen by Quilla Brandt"]);
    let zipped = |name: &str, bytes: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let list = "- number: 1\n  title: 笔录\n  reason: 保护\n  @\n- number: 2\n  title: 全部\n  file: all.zip\n";
    for what in [
        format!("files: [{{file: record.pdf, cover: [{}]}}]", over(1)),
        "file: record.pdf\n  visibility: private".to_owned(),
    ] {
        let fixture = Fixture::new(&[
            ("content/zh/a.md", "# 题\n\n见【证据1】、【证据2】。\n"),
            ("content/exhibits/exhibits.yaml", &list.replace('@', &what)),
        ]);
        fixture.write("content/exhibits/record.pdf", &bytes);
        fixture.write("content/exhibits/all.zip", &zipped("x/y.pdf", &zipped("1.bin", &bytes)));
        for command in ["build", "zip", "check"] {
            let run = fixture.run(&[command]);
            assert!(run.code() == 1 && run.stderr().contains("all.zip/x/y.pdf/1.bin"), "{command}: {}", run.stderr());
        }
        assert!(!fixture.public("").exists());
        fixture.write("content/exhibits/all.zip", &zipped("x/y.pdf", b"something else of some length, and harmless"));
        let run = fixture.run(&["build"]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let public = fixture.public("").to_string_lossy().into_owned();
        assert_eq!(fixture.run(&["check", "--sealed", &public]).code(), 0);
        fixture.write("public/files/b.bin", &bytes);
        let run = fixture.run(&["check", "--sealed", &public]);
        assert!(run.code() == 1 && run.stderr().contains("files/b.bin"), "{}", run.stderr());
    }
}

#[test]
fn a_pdf_that_cannot_be_covered_is_published_in_no_form() {
    let whole = pdf(&["First", "Seen by Quilla Brandt"]);
    let locked = locked(&whole);
    let without_font = String::from_utf8(whole.clone())
        .unwrap()
        .replace("(Seen by Quilla Brandt)", "<6797>")
        .replace(
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>]>>",
        );
    for (bytes, cover, said) in [
        (whole.clone(), "{rect: [5, 40, 90, 15]}".to_owned(), "on which page"),
        (whole.clone(), over(3), "no page 3"),
        (whole.clone(), over(0), "number of no page"),
        (locked, over(2), "locked with a password"),
        (b"%PDF-1.7 and no more".to_vec(), over(1), "damaged"),
        (without_font.into_bytes(), over(2), "font that it does not hold"),
    ] {
        let fixture = case(&bytes, &cover);
        let run = fixture.run(&["build"]);
        assert!(run.code() == 1 && run.stderr().contains(said), "{said}: {}", run.stderr());
        assert!(!fixture.public("").exists());
        // Not even where somebody wants no list to be right.
        fixture.write("casefile.yaml", b"rules: { bad-exhibits: off }\n");
        let run = fixture.run(&["build"]);
        for (path, published) in files(fixture.path().to_owned()) {
            assert!(!path.contains("/public/") || published != bytes, "{path}: {}", run.stderr());
        }
    }
}
