//! Forty secrets in forty kinds of place: none of them is in a byte of the public edition, all of them are in the full one.

use std::io::{Cursor, Write};

use crate::editions::{PRIVATE, REPLACED, UNSHOWN, editions, holds, plant, rules};

/// What the words that only files hold are made of.
const WORDS: &[&str] = &["quorvax", "zembrill", "dorvashk", "felqimor", "hyrbant", "jolvecht", "kravonne", "lumeqist"];

/// The word of the place `at` among those in files.
fn word(at: usize) -> String {
    format!("{}{}", WORDS[at % WORDS.len()], ["ia", "os"][at / WORDS.len()])
}

/// The kinds of place in files, each with what is put there: a path, and its bytes, which hold the word.
type Place = (&'static str, fn(&str) -> Vec<u8>);

const IN_FILES: &[Place] = &[
    ("content/exhibits/private.txt", |word| format!("举报人 {word} 说\n").into_bytes()),
    ("content/exhibits/author.pdf", |word| pdf(&[], &format!("/Info<</Author({word})>>"))),
    ("content/exhibits/older.pdf", |word| pdf(&[&format!("before {word}"), "after"], "")),
    ("content/exhibits/note.pdf", |word| {
        String::from_utf8(pdf(&["words"], ""))
            .unwrap()
            .replace("/MediaBox", &format!("/Annots[<</Subtype/Text/Rect[0 0 9 9]/Contents(x)/T({word})>>]/MediaBox"))
            .into_bytes()
    }),
    ("content/exhibits/covered.pdf", |word| pdf(&[word], "")),
    ("content/exhibits/creator.docx", |word| docx("text", "w", word)),
    ("content/exhibits/change.docx", |word| docx("text", word, "")),
    ("content/exhibits/artist.mp3", |word| {
        let frame = [b"TPE1", &(word.len() as u32 + 1).to_be_bytes()[..], &[0, 0, 3], word.as_bytes()].concat();
        [&b"ID3\x03\0\0\0\0\0"[..], &[frame.len() as u8], &frame, b"\xff\xfb\x90\0", &[7; 300]].concat()
    }),
    ("content/exhibits/engineer.wav", |word| {
        let chunk = |kind: &[u8], body: &[u8]| {
            [kind, &(body.len() as u32).to_le_bytes(), body, &vec![0; body.len() & 1]].concat()
        };
        let list = [&b"INFO"[..], &chunk(b"IENG", word.as_bytes())].concat();
        let body = [chunk(b"fmt ", &[0; 16]), chunk(b"LIST", &list), chunk(b"data", &[1; 8])].concat();
        [&b"RIFF"[..], &(body.len() as u32 + 4).to_le_bytes(), b"WAVE", &body].concat()
    }),
    ("content/exhibits/place.mp4", |word| {
        let boxed = |kind: &[u8], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat();
        let said = [&(word.len() as u16).to_be_bytes()[..], &[0, 0], word.as_bytes()].concat();
        let moov = boxed(b"moov", &boxed(b"udta", &boxed(b"\xa9ART", &said)));
        [boxed(b"ftyp", b"mp42\0\0\0\0"), moov, boxed(b"mdat", &[7; 40])].concat()
    }),
    ("content/exhibits/artist.flac", |word| {
        let said = format!("ARTIST={word}");
        let comment = [&[0; 4][..], &1_u32.to_le_bytes(), &(said.len() as u32).to_le_bytes(), said.as_bytes()].concat();
        let block = |kind: u8, body: &[u8]| [&[kind, 0, 0, body.len() as u8][..], body].concat();
        [&b"fLaC"[..], &block(0, &[1; 34]), &block(0x84, &comment), b"\xff\xf8\x01"].concat()
    }),
    ("content/exhibits/author.png", |word| with_words(word)),
    ("content/pictures/shown.png", |word| with_words(word)),
];

/// A PDF that was saved with each of these texts on its page, one after another.
fn pdf(texts: &[&str], more: &str) -> Vec<u8> {
    let mut file = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
                    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
                    5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        .to_owned();
    let mut before = 0;
    for text in if texts.is_empty() { &["words"] } else { texts } {
        let content = format!("BT /F 12 Tf 20 100 Td ({text}) Tj ET");
        file += &format!("4 0 obj<</Length {}>>\nstream\n{content}\nendstream endobj\n", content.len());
        let start = file.len();
        let at = |number: usize| file.rfind(&format!("\n{number} 0 obj")).map_or(0, |at| at + 1);
        let rows: String = (1..=5).map(|number| format!("{:010} 00000 n \n", at(number))).collect();
        let prev = if before > 0 { format!("/Prev {before}") } else { String::new() };
        file += &format!(
            "xref\n0 1\n0000000000 65535 f \n1 5\n{rows}trailer<</Size 6/Root 1 0 R{more}{prev}>>\nstartxref\n{start}\n%%EOF\n"
        );
        before = start;
    }
    file.into_bytes()
}

/// A document of Word, not packed, so that its bytes can be searched.
fn docx(text: &str, changed_by: &str, made_by: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, xml) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", "<Relationships/>".to_owned()),
        (
            "word/document.xml",
            format!("<w:p><w:ins w:author='{changed_by}'><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>"),
        ),
        ("docProps/core.xml", format!("<c><dc:creator>{made_by}</dc:creator></c>")),
    ] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A PNG that says who made it.
pub fn with_words(word: &str) -> Vec<u8> {
    let plain = std::fs::read(rules("C904-telling-metadata/fires/content/exhibits/inside.png")).unwrap();
    let said = [b"tEXtAuthor\0", word.as_bytes()].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&said);
    let chunk = [&(said.len() as u32 - 4).to_be_bytes()[..], &said, &sum.sum().to_be_bytes()].concat();
    let end = plain.len() - 12;
    [&plain[..end], &chunk, &plain[end..]].concat()
}

#[test]
fn forty_secrets_in_forty_kinds_of_place_are_in_no_byte_of_the_public_edition_and_in_the_full_one() {
    let texts = [REPLACED, UNSHOWN, PRIVATE].concat();
    // Names of files, and the sum of what is covered.
    let (first_name, second_name) = ("gorlambeth-statement.txt", "wixendorp-contract.txt");
    let kinds = REPLACED.len() + PRIVATE.len() + IN_FILES.len() + 3;
    assert!(kinds >= 40, "{kinds}");
    let (fixture, secrets) = plant(&texts, REPLACED.len() + UNSHOWN.len());
    let read = |path: &str| std::fs::read_to_string(fixture.path().join(path)).unwrap();
    let mut list = read("content/exhibits/exhibits.yaml");
    let mut text = read("content/zh/overview.md");
    let mut sum = String::new();
    for (at, (path, bytes)) in IN_FILES.iter().enumerate() {
        let bytes = bytes(&word(at));
        fixture.write(path, &bytes);
        let Some(name) = path.strip_prefix("content/exhibits/") else {
            text += "![图](../pictures/shown.png)\n\n";
            continue;
        };
        let number = at + 10;
        list += &match name {
            "private.txt" => {
                format!("- {{number: {number}, title: 密, file: {name}, visibility: private, reason: 保护}}\n")
            }
            "covered.pdf" => {
                sum = casefile::sha256::Sha256::of(&bytes).to_string();
                format!(
                    "- number: {number}\n  title: 笔录\n  reason: 保护\n  files: [{{file: {name}, sha256: {sum}, cover: [{{page: 1, rect: [5, 40, 90, 15]}}]}}]\n"
                )
            }
            _ => format!("- {{number: {number}, title: 文件, file: {name}}}\n"),
        };
        text += &format!("见【证据{number}】。\n\n");
    }
    list += &format!("- {{number: 40, title: 陈述, file: {first_name}}}\n");
    text += &format!("见【证据40】与[合同](../附件/{second_name})。\n");
    fixture.write(&format!("content/exhibits/{first_name}"), "一\n".as_bytes());
    fixture.write(&format!("content/附件/{second_name}"), "二\n".as_bytes());
    fixture.write("content/exhibits/exhibits.yaml", list.as_bytes());
    fixture.write("content/zh/overview.md", text.as_bytes());
    fixture.write("casefile.yaml", (read("casefile.yaml") + "names: neutral\n").as_bytes());
    let (public, full) = editions(&fixture);
    let run = fixture.run(&["single", "-o", "one.html"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let single = std::fs::read(fixture.path().join("one.html")).unwrap();
    let is_public = |secret: &str| holds(&public, secret) || holds(&single, secret);
    for (secret, (path, text)) in secrets.iter().zip(&texts) {
        let is_unshown = UNSHOWN.contains(&(*path, *text));
        assert!(!is_public(secret), "{path}: {text}");
        assert_eq!(holds(&full, secret), !is_unshown, "{path}: {text}");
    }
    for (at, (path, _)) in IN_FILES.iter().enumerate() {
        assert!(!is_public(&word(at)), "{path}");
        assert!(holds(&full, &word(at)), "{path}");
    }
    for secret in ["gorlambeth-statement", "wixendorp-contract", &sum] {
        assert!(!is_public(secret), "{secret}");
        assert!(holds(&full, secret), "{secret}");
    }
}

#[test]
fn a_zip_tells_no_time_of_a_file() {
    let (fixture, _) = plant(PRIVATE, 0);
    editions(&fixture);
    let mut zip =
        zip::ZipArchive::new(std::fs::File::open(fixture.path().join("dossier-public.zip")).unwrap()).unwrap();
    let times: std::collections::BTreeSet<String> =
        (0..zip.len()).map(|at| format!("{:?}", zip.by_index(at).unwrap().last_modified())).collect();
    assert_eq!(times.len(), 1, "{times:?}");
}
