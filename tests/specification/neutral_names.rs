//! With `names: neutral` no file of the public edition bears the name that it has in the case, and nothing tells it.

use crate::support::Fixture;

/// Names of files that tell something, and what they become in addresses.
const NAMES: &[&str] = &["wolferique-bill", "tengbulang", "滕布朗", "drosselkamp", "nostermill", "zendrabull"];

fn case(settings: &str, more: &str) -> Fixture {
    let text = format!(
        "# 题\n\n见【证据1】、【证据3】、[账单](../exhibits/wolferique-bill-2031.csv)与[合同](../附件/drosselkamp.txt)。\n\n\
         ![现场](../exhibits/滕布朗提供的照片.png) ![另一张](../附件/zendrabull.png)\n{more}"
    );
    let list = "\
- {number: 1, title: 账单, file: wolferique-bill-2031.csv}
- number: 3
  title: 照片
  files: [滕布朗提供的照片.png, {file: 滕布朗提供的说明.HTML, title: 说明}]
- {number: 2-2, title: 陈述, file: nostermill-statement.txt}
- {number: 5, title: 仅列名, visibility: listed, file: nostermill-listed.txt}
- {number: 6, title: 同一文件, file: wolferique-bill-2031.csv}
";
    let links = "# 链接\n\n| 名称 | 链接 | 存档 |\n|---|---|---|\n| 公告 | https://a.example/x | [副本](../附件/drosselkamp.txt) |\n";
    let fixture = Fixture::new(&[
        ("casefile.yaml", settings),
        ("content/zh/a.md", &text),
        ("content/zh/links.md", links),
        ("content/exhibits/exhibits.yaml", list),
        ("content/exhibits/wolferique-bill-2031.csv", "日,元\n5,12\n"),
        ("content/exhibits/滕布朗提供的说明.HTML", "<p>一"),
        ("content/exhibits/nostermill-statement.txt", "二\n"),
        ("content/exhibits/nostermill-listed.txt", "三\n"),
        ("content/附件/drosselkamp.txt", "四\n"),
    ]);
    for (path, width) in [("content/exhibits/滕布朗提供的照片.png", 900), ("content/附件/zendrabull.png", 2)]
    {
        let mut picture = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(width, 2).write_to(&mut picture, image::ImageFormat::Png).unwrap();
        fixture.write(path, &picture.into_inner());
    }
    fixture
}

fn files(folder: std::path::PathBuf) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    found
}

#[test]
fn no_name_of_a_file_is_in_any_byte_of_the_public_edition() {
    let fixture = case("names: neutral\n", "");
    for arguments in [
        &["build"][..],
        &["zip", "-o", "a.zip"],
        &["single", "-o", "a.html"],
        &["check"],
        &["build", "--edition", "full"],
    ] {
        let run = fixture.run(arguments);
        assert_eq!(run.code(), 0, "{arguments:?}: {}", run.stderr());
    }
    let public = files(fixture.public(""));
    let paths: Vec<&str> = public.iter().map(|(path, _)| path.as_str()).collect();
    for path in [
        "files/exhibits/exhibit-1.csv",
        "files/exhibits/exhibit-3-1.png",
        "files/exhibits/exhibit-3-1-320.png",
        "files/exhibits/exhibit-3-2.html.txt",
        "files/exhibits/exhibit-2-2.txt",
    ] {
        assert!(paths.contains(&path), "{path}: {paths:?}");
    }
    assert_eq!(paths.iter().filter(|path| path.starts_with("files/file-")).count(), 2, "{paths:?}");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(fixture.path().join("a.zip")).unwrap()).unwrap();
    let mut all = public;
    all.push(("a.html".to_owned(), std::fs::read(fixture.path().join("a.html")).unwrap()));
    for at in 0..zip.len() {
        let mut member = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut member, &mut bytes).unwrap();
        all.push((member.name().unwrap().into_owned(), bytes));
    }
    for (path, bytes) in &all {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for name in NAMES {
            assert!(!text.contains(name) && !path.contains(name), "{name} in {path}");
        }
    }
    let page = std::fs::read_to_string(fixture.public("zh/exhibit-3.html")).unwrap();
    assert!(page.contains("<code>exhibit-3-1.png</code>") && page.contains("<code>exhibit-3-2.html</code>"), "{page}");
    let full = std::fs::read_to_string(fixture.path().join("full/zh/exhibit-1.html")).unwrap();
    assert!(full.contains("wolferique-bill-2031.csv"));
    let log = std::fs::read_to_string(fixture.path().join("full/zh/withheld-from-the-public.csv")).unwrap();
    assert!(log.contains("文件名") && log.contains("names: neutral"), "{log}");
    let run = fixture.run(&["check", "--public-sources"]);
    assert!(run.code() == 1 && run.stderr().contains("the sources are public"), "{}", run.stderr());
}

#[test]
fn a_name_that_an_author_wrote_into_a_text_or_a_file_stops_the_build() {
    let fixture = case("names: neutral\n", "\n原文件 wolferique-bill-2031.csv 收到。\n");
    for command in ["build", "check", "zip"] {
        let run = fixture.run(&[command]);
        assert!(run.code() == 1 && run.stderr().contains("`names: neutral` keeps back"), "{command}: {}", run.stderr());
        let said = run.stderr();
        let leaks: Vec<&str> = said.lines().filter(|line| line.contains("keeps back")).collect();
        assert!(leaks.iter().any(|leak| leak.contains("zh/a.html:")), "{leaks:?}");
        assert!(leaks.iter().all(|leak| !leak.contains("wolferique")), "{leaks:?}");
    }
    assert!(!fixture.public("").exists());
    // Without the setting it is the author's word like any other.
    fixture.write("casefile.yaml", b"names: original\n");
    assert_eq!(fixture.run(&["build"]).code(), 0);
    fixture.write("casefile.yaml", b"names: nuetral\n");
    let run = fixture.run(&["build"]);
    assert!(run.code() == 1 && run.stderr().contains("C201"), "{}", run.stderr());
}
