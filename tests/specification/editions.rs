//! What a case withholds is in no byte of its public edition, and in the full one; and neither is taken for the other.

use std::io::{Read, Write};
use std::path::Path;

use crate::support::Fixture;

/// What is withheld, each a name of its own.
fn secrets() -> Vec<String> {
    let first = "赵钱孙李周吴郑冯陈褚卫蒋";
    let second = "橙柚桔梨枣";
    first.chars().flat_map(|a| second.chars().map(move |b| format!("{a}{b}"))).collect()
}

/// Places in which a name may stand and be replaced: `@` stands for it.
pub const REPLACED: &[(&str, &str)] = &[
    ("casefile.yaml", "title: 关于@\n"),
    ("casefile.yaml", "summary: { zh: 摘要@ }\n"),
    ("casefile.yaml", "contact: { name: 联系人@, reply: 找@回复 }\n"),
    ("casefile.yaml", "filing: { name: 案由@, submitter: 提交人@ }\n"),
    ("casefile.yaml", "changes: [{ date: 2031-06-01, text: 改动@ }]\n"),
    ("casefile.yaml", "parties: [{ id: a, name: 当事@, role: 角色@ }, { id: b, name: 乙公司, aliases: [别名@] }]\n"),
    ("casefile.yaml", "figures: [{ id: f, value: 12, unit: 元, names: [金额@] }]\n"),
    ("content/zh/overview.md", "---\ntitle: 题@\nsummary: 概要@\n---\n\n# 一级@\n\n"),
    ("content/zh/overview.md", "## 二级@\n\n"),
    ("content/zh/overview.md", "正文里有@。\n\n"),
    ("content/zh/overview.md", "| 甲 | 乙@ |\n|---|---|\n| 丙@ | 丁 |\n\n"),
    ("content/zh/overview.md", "注在此[^1]。\n\n[^1]: 脚注@。\n\n"),
    ("content/zh/overview.md", "【注1-1】注释@。\n\n"),
    ("content/zh/overview.md", "[链接文字@](https://example.com/a)\n\n"),
    ("content/zh/overview.md", "![替代文字@](../pictures/a.png \"题目@\")\n\n"),
    ("content/zh/overview.md", "行内代码 `代码@` 与 **加粗@**\n\n"),
    ("content/zh/overview.md", "```\n代码块@\n```\n\n"),
    ("content/zh/overview.md", "> 引文@\n\n- 列表@\n\n1. 编号@\n\n"),
    ("content/zh/overview.md", "<u>标签@</u> 与 <details><summary>展开@</summary>\n\n里面@\n\n</details>\n\n"),
    ("content/zh/timeline.md", "# 时间线\n\n## 2031-05-04 01:09:08 事件@\n\n经过@。\n\n"),
    ("content/zh/timeline.md", "## 2031-05-05 另一件\n\n@ 也在。\n\n"),
    ("content/zh/positions.md", "# 各方意见\n\n## 一，乙公司\n\n1-1，主张@。\n\n1-1-1，乙公司不认可@。\n\n"),
    ("content/zh/links.md", "# 链接\n\n- 说明@ - <https://example.com/b>\n\n"),
    ("content/zh/appendix-1.md", "# 附录1，名单@\n\n"),
    (
        "content/exhibits/exhibits.yaml",
        "- number: 1\n  title: 证据@\n  source: 来源@\n  caption: 说明@\n  content: 内容@\n  purpose: 目的@\n  remarks: 备注@\n  kind: 种类@\n  method: 方法@\n",
    ),
];

/// Places that no edition shows.
pub const UNSHOWN: &[(&str, &str)] = &[
    ("casefile.yaml", "# 配置里的注@\n"),
    ("content/zh/overview.md", "<!-- 注释@ -->\n\n"),
    ("content/zh/overview.md", "<span hidden>藏着@</span>看得见。\n\n"),
    ("content/zh/draft.md", "---\ndraft: true\n---\n\n# 草稿@\n\n草稿里有@。\n"),
    ("content/zh/positions.md", "1-2，另一主张。\n\n1-2-1，{by=b disputes} <!-- @ --> 不认可。\n\n"),
];

/// Passages that are withheld as such.
pub const PRIVATE: &[(&str, &str)] = &[
    ("content/zh/overview.md", "这一整段都不公开，其中说到@和别的事。 {private}\n\n"),
    ("content/zh/overview.md", "前面[括号里的@]{private: 隐私}后面。\n\n"),
    ("content/zh/overview.md", "## 住处@ {private}\n\n住在@那里。\n\n## 后面\n\n"),
    ("content/zh/overview.md", "- 1-1，公开。\n- 1-2，{private} 不公开@。\n  - 1-2-1，下级@。\n- 1-3，公开。\n\n"),
    ("content/zh/family.md", "---\nvisibility: private\nreason: 家事\n---\n\n# 家事@\n\n家里@。\n"),
    (
        "content/exhibits/exhibits.yaml",
        "- number: 2\n  title: 私密@\n  file: second.txt\n  visibility: private\n  reason: 隐私\n",
    ),
];

/// A case with a secret at each place of `places`, and the secrets, of which the first `listed` are withheld as names.
pub fn plant(places: &[(&str, &str)], listed: usize) -> (Fixture, Vec<String>) {
    let fixture = Fixture::new(&[]);
    fixture.write(
        "content/pictures/a.png",
        &std::fs::read(rules("C904-telling-metadata/fires/content/exhibits/inside.png")).unwrap(),
    );
    fixture.write("content/exhibits/second.txt", "普通".as_bytes());
    let secrets: Vec<String> = secrets().into_iter().take(places.len()).collect();
    let mut files: Vec<(&str, String)> = Vec::new();
    for ((path, text), secret) in places.iter().zip(&secrets) {
        let text = text.replace('@', secret);
        match files.iter_mut().find(|(known, _)| known == path) {
            Some((_, all)) => all.push_str(&text),
            None => files.push((path, text)),
        }
    }
    if listed > 0 {
        let names = secrets[..listed].iter().map(|secret| format!("\"{secret}\"")).collect::<Vec<_>>().join(", ");
        let rule = format!(
            "privacy: {{ withhold: [{{ text: [{names}], shown: {{ zh: 某人, en: somebody }}, reason: 保密 }}] }}\n"
        );
        match files.iter_mut().find(|(known, _)| *known == "casefile.yaml") {
            Some((_, all)) => all.push_str(&rule),
            None => files.push(("casefile.yaml", rule)),
        }
    }
    for (path, text) in files {
        fixture.write(path, text.as_bytes());
    }
    (fixture, secrets)
}

pub fn rules(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(path)
}

/// Every byte of a folder and of a zip, with the names.
fn bytes_of(folder: &Path, zip: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.extend_from_slice(path.to_string_lossy().as_bytes());
                all.extend(std::fs::read(&path).unwrap());
            }
        }
    }
    let mut zip = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    for at in 0..zip.len() {
        let mut member = zip.by_index(at).unwrap();
        all.extend_from_slice(member.name().unwrap().as_bytes());
        member.read_to_end(&mut all).unwrap();
    }
    all
}

pub fn holds(bytes: &[u8], secret: &str) -> bool {
    let escaped: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let percent: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let slug = casefile::slug::slug(secret);
    let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let spellings = [secret.as_bytes(), escaped.as_bytes(), percent.as_bytes(), slug.as_bytes(), &utf16];
    spellings.iter().any(|spelling| memchr::memmem::find(bytes, spelling).is_some())
}

/// The bytes of both editions.
pub fn editions(fixture: &Fixture) -> (Vec<u8>, Vec<u8>) {
    for arguments in [
        &["build"][..],
        &["zip", "-o", "dossier-public.zip"],
        &["build", "--edition", "full"],
        &["zip", "--edition", "full", "-o", "dossier-full.zip"],
    ] {
        let run = fixture.run(arguments);
        assert_eq!(run.code(), 0, "{arguments:?}: {}", run.stderr());
    }
    let at = |name: &str| fixture.path().join(name);
    (bytes_of(&at("public"), &at("dossier-public.zip")), bytes_of(&at("full"), &at("dossier-full.zip")))
}

#[test]
fn a_withheld_name_is_in_no_byte_of_the_public_edition_and_where_it_is_content_in_the_full_one() {
    let places = [REPLACED, UNSHOWN].concat();
    let (fixture, secrets) = plant(&places, places.len());
    let (public, full) = editions(&fixture);
    for (secret, (path, text)) in secrets.iter().zip(&places) {
        assert!(!holds(&public, secret), "{path}: {text}");
    }
    for (secret, (path, text)) in secrets.iter().zip(REPLACED) {
        assert!(holds(&full, secret), "{path}: {text}");
    }
    for (secret, (path, text)) in secrets[REPLACED.len()..].iter().zip(UNSHOWN) {
        // The log names the settings, and nothing of what they say.
        assert!(!holds(&full, secret), "{path}: {text}");
    }
}

#[test]
fn a_private_passage_is_in_no_byte_of_the_public_edition_and_in_the_full_one() {
    let (fixture, secrets) = plant(PRIVATE, 0);
    let (public, full) = editions(&fixture);
    for (secret, (path, text)) in secrets.iter().zip(PRIVATE) {
        assert!(!holds(&public, secret), "{path}: {text}");
        assert!(holds(&full, secret), "{path}: {text}");
    }
    let page = |edition: &str, path: &str| std::fs::read_to_string(fixture.path().join(edition).join(path)).unwrap();
    let overview = page("public", "zh/overview.html");
    for said in ["（此处隐去）", "（此处隐去：隐私）", "id=\"claim-1-2\"", "1-3，公开"] {
        assert!(overview.contains(said) || overview.contains("1-2"), "{said}");
    }
    assert!(page("public", "zh/family.html").contains("（此处隐去：家事）"));
    assert!(page("public", "zh/exhibit-2.html").contains("（此处隐去：隐私）"));
    let log = page("full", "zh/withheld-from-the-public.csv");
    for row in ["段落", "文字", "章节", "条目", "整份文档", "证据"] {
        assert!(log.contains(row), "{row}: {log}");
    }
    assert!(page("full", "zh/overview.html").contains("不得公开"));
    assert!(!overview.contains("不得公开") && !fixture.public("zh/withheld-from-the-public.html").exists());
}

#[test]
fn where_a_name_cannot_be_replaced_nothing_is_published() {
    let secret = "赵橙";
    let docx = |text: &str, author: &str| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default();
        for (name, xml) in [
            (
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
            ),
            (
                "word/document.xml",
                format!(
                    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
                ),
            ),
            (
                "docProps/core.xml",
                format!(
                    "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>{author}</dc:creator></cp:coreProperties>"
                ),
            ),
        ] {
            zip.start_file(name, stored).unwrap();
            zip.write_all(xml.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n3 0 obj<</Author({secret})>>endobj\ntrailer<</Root 1 0 R/Info 3 0 R>>\n"
    );
    let exhibit = |name: &str| format!("- number: 1\n  title: 甲\n  file: {name}\n").into_bytes();
    type Files = Vec<(String, Vec<u8>)>;
    let text = |path: &str, text: &str| -> Files { vec![(path.to_owned(), text.replace('@', secret).into_bytes())] };
    let file = |name: &str, bytes: Vec<u8>| -> Files {
        vec![("content/exhibits/exhibits.yaml".to_owned(), exhibit(name)), (format!("content/exhibits/{name}"), bytes)]
    };
    let cases: Vec<(&str, Files, &str)> = vec![
        ("a query", text("content/zh/a.md", "# 甲\n\n[乙](https://example.com/?q=@)\n"), "C240"),
        ("a bare address", text("content/zh/a.md", "# 甲\n\nhttps://example.com/用户/@/主页\n"), "C240"),
        ("the name of a picture", text("content/zh/a.md", "# 甲\n\n![乙](../@.png)\n"), "C240"),
        ("a slug", text("content/zh/a.md", "---\nslug: @\n---\n\n# 甲\n"), "C240"),
        ("an id", text("content/zh/a.md", "# 甲\n\n## 乙 {#@}\n"), "C240"),
        ("a label", text("content/zh/a.md", "# 甲\n\n见【@证据1】。\n"), "C240"),
        (
            "the file of an exhibit",
            text("content/exhibits/exhibits.yaml", "- number: 1\n  title: 甲\n  file: @.txt\n"),
            "C240",
        ),
        ("the name of a document", vec![(format!("content/zh/{secret}.md"), b"# a\n".to_vec())], "C240"),
        ("a CSV file", file("a.csv", format!("x,{secret}\n").into_bytes()), "files/"),
        ("a text", file("a.txt", format!("x {secret}\n").into_bytes()), "files/"),
        (
            "an old text",
            file("a.txt", encoding_rs::GB18030.encode(&format!("证词：{secret}说")).0.into_owned()),
            "files/",
        ),
        ("the text of a document of Word", file("a.docx", docx(secret, "")), "files/"),
        ("the author of a PDF", file("a.pdf", pdf.into_bytes()), "files/"),
    ];
    let named = Fixture::new(&[("content/zh/z.md", "# 丙\n\n丁\n")]);
    named.write(
        "casefile.yaml",
        format!("privacy: {{ withhold: [{{ text: {secret}, shown: 某人, reason: 保密 }}] }}\n").as_bytes(),
    );
    for (path, bytes) in file("a.docx", docx("乙", secret)) {
        named.write(&path, &bytes);
    }
    let run = named.run(&["build"]);
    assert_eq!(run.code(), 0, "the author of a document is not in its published copy: {}", run.stderr());
    for (what, files, told) in cases {
        let fixture = Fixture::new(&[("content/zh/z.md", "# 丙\n\n丁\n")]);
        fixture.write(
            "casefile.yaml",
            format!("privacy: {{ withhold: [{{ text: {secret}, shown: 某人, reason: 保密 }}] }}\n").as_bytes(),
        );
        for (path, bytes) in &files {
            fixture.write(path, bytes);
        }
        for arguments in [&["build"][..], &["zip"]] {
            let run = fixture.run(arguments);
            assert_eq!(run.code(), 1, "{what}: {}", run.stderr());
            assert!(run.stderr().contains(told), "{what}: {}", run.stderr());
            if told == "files/" {
                assert!(!run.stderr().contains(secret), "{what}: {}", run.stderr());
            }
        }
        assert!(!fixture.public("").exists(), "{what}");
        let left =
            std::fs::read_dir(fixture.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(!left.into_iter().any(|name| name.ends_with(".zip") || name.contains("casefile-new")), "{what}");
    }
}

#[test]
fn what_a_picture_says_beside_its_pixels_is_in_the_full_edition_alone() {
    let secret = "赵橙在此";
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n![乙](../p.jpg)\n")]);
    fixture.write(
        "casefile.yaml",
        format!("privacy: {{ withhold: [{{ text: {secret}, shown: 某人, reason: 保密 }}] }}\n").as_bytes(),
    );
    let picture = std::fs::read(rules("C904-telling-metadata/fires/content/exhibits/door.jpg")).unwrap();
    let comment = secret.as_bytes();
    let segment = [&[0xff, 0xfe][..], &(comment.len() as u16 + 2).to_be_bytes(), comment].concat();
    fixture.write("content/p.jpg", &[&picture[..2], &segment, &picture[2..]].concat());
    let (public, full) = editions(&fixture);
    assert!(!holds(&public, secret) && holds(&full, secret));
}

#[test]
fn one_edition_never_takes_the_place_of_the_other() {
    let (fixture, _) = plant(PRIVATE, 0);
    editions(&fixture);
    for arguments in [
        &["build", "-o", "full", "--force"][..],
        &["build", "--edition", "full", "-o", "public", "--force"],
        &["zip", "-o", "dossier-full.zip", "--force"],
        &["zip", "--edition", "full", "-o", "dossier-public.zip", "--force"],
        &["build", "--edition", "full", "--base-url", "https://example.com/"],
    ] {
        let run = fixture.run(arguments);
        assert_eq!(run.code(), 2, "{arguments:?}: {}", run.stderr());
    }
    // What is published from never holds the full edition, even where there is nothing yet.
    std::fs::remove_dir_all(fixture.public("")).unwrap();
    assert_eq!(fixture.run(&["build", "--edition", "full", "-o", "public"]).code(), 2);
    assert!(fixture.run(&["zip", "--edition", "full"]).stdout().contains("dossier-full-not-for-publication.zip"));
}

#[test]
fn a_case_that_withholds_is_not_built_from_public_sources() {
    let (fixture, _) = plant(PRIVATE, 0);
    for arguments in [&["build", "--public-sources"][..], &["check", "--public-sources"], &["zip", "--public-sources"]]
    {
        let run = fixture.run(arguments);
        assert!(run.code() == 1 && run.stderr().contains("C241"), "{}", run.stderr());
    }
    assert!(!fixture.public("").exists());
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n乙\n")]);
    assert_eq!(fixture.run(&["build", "--public-sources"]).code(), 0);
}

#[test]
fn nor_is_one_whose_sources_hold_more_than_the_site() {
    let list =
        "- {number: 1, title: 照片, file: a.png}\n- {number: 2, title: 另一份, file: b.txt, visibility: hidden}\n";
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n见【证据1】。\n"),
        ("content/zh/b.md", "---\ndraft: true\n---\n\n# 草稿\n"),
        ("content/exhibits/exhibits.yaml", list),
        ("content/exhibits/b.txt", "二\n"),
    ]);
    fixture.write("content/exhibits/a.png", &crate::forty_places::with_words("Otherwise Nobody"));
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let run = fixture.run(&["build", "--public-sources"]);
    let told = run.stderr();
    assert_eq!(run.code(), 1, "{told}");
    for path in ["content/exhibits/a.png", "content/exhibits/b.txt", "content/zh/b.md"] {
        assert!(told.contains(path), "{path}: {told}");
    }
}

#[test]
fn anybody_can_search_a_finished_site_for_what_is_withheld() {
    let (fixture, secrets) = plant(REPLACED, REPLACED.len());
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let public = fixture.public("").to_string_lossy().into_owned();
    assert_eq!(fixture.run(&["check", "--sealed", &public]).code(), 0);
    fixture.write("public/zh/late.html", format!("<p>{}", secrets[3]).as_bytes());
    let run = fixture.run(&["check", "--sealed", &public]);
    assert!(run.code() == 1 && run.stderr().contains("zh/late.html:1"), "{}", run.stderr());
    assert!(!run.stderr().contains(&secrets[3]), "{}", run.stderr());
    assert_eq!(fixture.run(&["check", "--sealed", "/nowhere-at-all"]).code(), 2);
}

#[test]
fn a_case_that_withholds_nothing_is_the_same_in_both_editions_but_for_what_says_so() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n身份证 110101199003070070\n")]);
    // The public edition refuses an identity number; the full one is for those to whom it is told.
    assert_eq!(fixture.run(&["build"]).code(), 1);
    let run = fixture.run(&["build", "--edition", "full"]);
    assert!(run.code() == 0 && run.stderr().contains("1 finding of what is private"), "{}", run.stderr());
}

#[test]
fn of_a_private_exhibit_nothing_is_said_that_is_not_so() {
    let list = "- number: 1\n  title: 题\n  file: a.txt\n  visibility: private\n  reason: 隐私\n";
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n见【证据1】。\n"),
        ("content/exhibits/exhibits.yaml", list),
        ("content/exhibits/a.txt", "文字"),
    ]);
    let page = fixture.built().page("zh/exhibit-1.html");
    assert_eq!(page.texts("article h1 > span"), ["证据1", "（此处隐去：隐私）"]);
    assert!(page.all("article .notices").is_empty(), "it does not say that there is no file");
}

/// Each text holds 密 behind a mark, and 公 where it is not withheld.
#[test]
fn a_mark_covers_all_that_belongs_to_what_it_stands_at() {
    for text in [
        "【注1-1】{private} 口令是 `密`\n\n## 公\n",
        "【注1-1】{private} 见[家](https://home.example/密)\n\n## 公\n",
        "【注1-1】{private} 甲<br>`密`\n\n## 公\n",
        "【注1-1】{private} 甲。\n\n密。\n\n【注1-2】公\n",
        "【注1-1】{private} 甲。\n\n- 密\n\n## 公\n",
        "注1-1：{private} 口令 `密`\n\n## 公\n",
        "1-1，公\n1-2，{private} 口令 `密`\n",
        "| 公 | 乙 |\n|---|---|\n| 丙 | 【注1】{private} 口令 `密` |\n\n公\n",
        "- 【注1】{private} 甲 `密`\n  - 密\n- 公\n",
        "[Note 1-1]{private} the witness lives in 密\n\n## 公\n",
        "1、公\n\n2、{private} 密\n\n3、公\n",
        "一、公\n\n二、{private} 密\n\n三、公\n",
        "（一）{private} 密\n\n（二）公\n",
        "3.2.1 {private} 密\n\n3.2.2 公\n",
        "① {private} 密\n\n② 公\n",
        "1、公\n2、{private} 密\n3、公\n",
        "> {private} 密\n>\n> 密\n\n公\n",
        "| 公 | 乙 |\n|---|---|\n| {private} 密 | 公 |\n",
        "| 1-1，{private} 密 | 公 |\n|---|---|\n| 丙 | 公 |\n",
        "1-1，{private} 密\n密\n1-2，公\n",
        "- ![密](密.png) {private}\n- 公\n",
        "[密](https://home.example/a) {private}\n\n公\n",
        "`密` {private}\n\n公\n",
        "公[^1]\n\n[^1]: 密 {private}\n\n    密\n\n公\n",
    ] {
        let fixture = Fixture::new(&[("content/zh/a.md", &format!("# 题\n\n{text}"))]);
        let run = fixture.run(&["build"]);
        assert_eq!(run.code(), 0, "{text}: {}", run.stderr());
        let page = std::fs::read_to_string(fixture.public("zh/a.html")).unwrap();
        let article = &page[page.find("<article").unwrap()..page.find("</article>").unwrap()];
        assert!(article.contains('公') && !article.contains('密'), "{text}: {article}");
    }
}

#[test]
fn a_mark_that_would_cover_less_than_its_author_meant_stops_a_build() {
    for text in [
        "- [x]{private} 密",
        "甲[^1]{private} 密\n\n[^1]: 注",
        "见[城北][x]{private} 密\n\n[x]: https://x.example/",
        "1-1，见[Exhibit 3]{private} 密",
        "> [!NOTE] 城北 {private}\n> 密",
        "{隐去} 密",
        "## 一\n\n甲\n\n密 {private}\n---\n\n密",
    ] {
        let fixture = Fixture::new(&[("content/zh/a.md", &format!("# 题\n\n{text}\n"))]);
        let run = fixture.run(&["build"]);
        assert!(run.code() == 1 && run.stderr().contains("C209"), "{text}: {}", run.stderr());
    }
}

#[test]
fn names_are_not_found_over_blocks_nor_digits_in_other_figures() {
    let settings = "privacy:\n  withhold:\n    - { text: 张三, shown: 证人, reason: 保护 }\n    - { text: \"0409\", shown: 门码, reason: 安全 }\n    - { text: \"1384\", shown: 柜号, reason: 安全 }\n";
    let text = "# 题\n\n原告的主张\n\n三月五日，2031-04-09 付 1,384元、13.84元，0409 与 04 09，柜子1384。\n";
    let built = Fixture::new(&[("casefile.yaml", settings), ("content/zh/a.md", text)]).built();
    let shown = built.page("zh/a.html").texts("article p");
    assert_eq!(shown[0], "原告的主张");
    assert!(shown[1].contains("2031-04-09 付 1,384元、13.84元，门码 与 门码，柜子柜号"), "{shown:?}");
}

#[test]
fn the_full_edition_keeps_lists_whose_entries_begin_with_a_mark() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 题\n\n1. {private}戊\n2. 己\n\n- {private} 庚\n")]);
    assert_eq!(fixture.run(&["build", "--edition", "full"]).code(), 0);
    let page = std::fs::read_to_string(fixture.path().join("full/zh/a.html")).unwrap();
    assert!(page.contains("<ol>") && page.contains("戊</li>") && page.contains("庚</li>"), "{page}");
}

/// What `check --inferred` and the model say is read from the statements and events of a document.
fn read_from(documents: &[(&str, &str)], settings: &str) -> serde_json::Value {
    let documents = documents.iter().map(|(path, text)| (format!("content/zh/{path}"), *text)).collect::<Vec<_>>();
    let mut files = vec![("casefile.yaml", settings)];
    files.extend(documents.iter().map(|(path, text)| (path.as_str(), *text)));
    let fixture = Fixture::new(&files);
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    serde_json::from_slice(&std::fs::read(fixture.public("case.json")).unwrap()).unwrap()
}

#[test]
fn of_a_withheld_event_its_date_stays() {
    for text in [
        "- 2031-05-04 {private} 密\n- 次日 公\n",
        "2031-05-04 {private} 密\n2031-05-05 公\n",
        "2031-05-04 {private} 密\n\n次日 公\n",
    ] {
        let fixture = Fixture::new(&[("content/zh/timeline.md", &format!("# 时间线\n\n{text}"))]);
        assert_eq!(fixture.run(&["build"]).code(), 0, "{text}: {}", fixture.run(&["build"]).stderr());
        let page = std::fs::read_to_string(fixture.public("zh/timeline.html")).unwrap();
        assert!(page.contains("event-2031-05-04") && page.contains("event-2031-05-05"), "{text}");
        assert!(page.contains('公') && !page.contains('密'), "{text}");
    }
}

#[test]
fn who_speaks_after_something_withheld_is_open_and_so_is_where_its_claim_stands() {
    let settings = "parties:\n  - {id: a, name: 甲方}\n  - {id: b, name: 乙方}\n";
    let text = "# 各方意见\n\n## 一，甲方\n\n1-1，货没有送到。\n\n1-1-1，{private} 乙方对此有争议：有回执。\n\n1-1-2，回执上有照片。\n\n\
                1-2，另一件。\n\n乙方认为没有。 {private}\n\n1-2-1，有照片。\n\n1-3，{private} 第三件。\n\n1-4，第四件。\n\n\
                1-4-1，乙方对此有争议：有[回执]{private}。\n\n1-4-2，照片在后。\n\n1-5，第五件[（乙方对此有争议）]{private}。\n\n\
                1-6，第六件。\n";
    let model = read_from(&[("positions.md", text)], settings);
    let said: Vec<String> = model["documents"][0]["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|said| {
            let word = |key: &str| said[key].as_str().unwrap_or("-").to_owned();
            format!(
                "{} {} {}",
                word("number"),
                word("by"),
                said["standing"].as_str().unwrap_or(&word("attitude_ground"))
            )
        })
        .collect();
    let expected = [
        "1-1 a open",
        "1-1-1 - open",
        "1-1-2 - open",
        "1-2 a open",
        "1-2-1 - open",
        "1-3 - open",
        "1-4 a disputed",
        "1-4-1 b read",
        "1-4-2 b read",
        "1-5 a open",
        "1-6 a unanswered",
    ];
    assert_eq!(said, expected);
}

#[test]
fn no_date_is_counted_over_what_is_withheld() {
    for (text, dates) in [
        (
            "- 2031-05-04 甲\n- {private} 2031-06-01 乙\n- 次日 丙\n- 7月5日 丁\n- 2031-08-01 戊\n- 次日 己\n",
            &["2031-05-04", "2031-08-01", "2031-08-02"][..],
        ),
        ("- 2031-05-04 甲\n- {private} 6月1日 乙\n- 5日 丙\n- 次日 丁\n- 7月5日 戊\n", &["2031-05-04", "2031-07-05"]),
        ("- 2031-05-04 甲\n- {private} 乙\n- 次日 丙\n", &["2031-05-04", "2031-05-05"]),
        ("- 2031-05-04 甲\n\n## 2031年6月 {private}\n\n- 3日 乙\n\n## 后来\n\n- 5日 丙\n", &["2031-05-04"]),
        ("## 2031年5月\n\n- 4日 甲\n- {private} 2031年6月7日 乙\n- 5日 丙\n", &["2031-05-04", "2031-05-05"]),
    ] {
        let model = read_from(&[("timeline.md", &format!("# 时间线\n\n{text}"))], "");
        let events = model["documents"][0]["events"].as_array().unwrap();
        let read: Vec<&str> =
            events.iter().filter_map(|event| event["edtf"].as_str()).filter(|edtf| edtf.len() == 10).collect();
        assert_eq!(read, dates, "{text}");
    }
}

#[test]
fn a_label_that_is_withheld_keeps_its_place() {
    let other = "# 乙\n\n【证据3】对方的合同\n\n【注1-1】别的\n\n见【注2-1】。\n";
    let own =
        "# 甲\n\n见【证据3】与【注1-1】。\n\n## 二，家事 {private}\n\n- {private} 【证据3】病历\n\n【注1-1】她的注\n";
    let private = "---\nvisibility: private\n---\n\n# 丙\n\n【注2-1】日记\n";
    let model = read_from(&[("a.md", own), ("b.md", other), ("c.md", private)], "");
    let leads: Vec<String> = model["documents"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|document| document["references"].as_array().unwrap())
        .map(|reference| format!("{} {}", reference["text"].as_str().unwrap(), reference["targets"]))
        .collect();
    let expected =
        ["【证据3】 [\"zh/a.html#s2\"]", "【注1-1】 [\"zh/a.html#s2\"]", "【注2-1】 [\"zh/c.html#ci-chu-yin-qu\"]"];
    assert_eq!(leads, expected);
    // Cited from elsewhere, it may be either: as in the full edition.
    let citing = Fixture::new(&[
        ("content/zh/a.md", own),
        ("content/zh/b.md", other),
        ("content/zh/d.md", "# 丁\n\n见【注1-1】。\n"),
    ]);
    let run = citing.run(&["build"]);
    assert!(run.code() == 0 && run.stderr().contains("C302"), "{}", run.stderr());
}

#[test]
fn no_message_shows_a_withheld_name_whole() {
    for (path, text) in [
        ("content/zh/a.md", "# 甲\n\n[乙](https://example.com/?q=林晓芸) 林晓芸\n"),
        ("content/zh/林晓芸.md", "# 甲\n\n见【注9-9】\n"),
        ("content/zh/b.md", "# 甲\n\n![图](../pictures/林晓芸.png)\n"),
        ("content/zh/c.md", "# 甲\n\n见【林晓芸证据1】。\n"),
        ("content/exhibits/exhibits.yaml", "- number: 1\n  title: 甲\n  file: 林晓芸.txt\n"),
    ] {
        let fixture = Fixture::new(&[("content/zh/z.md", "# 丙\n\n丁\n"), (path, text)]);
        fixture.write(
            "casefile.yaml",
            "privacy: { withhold: [{ text: 林晓芸, shown: 证人甲, reason: 保护 }] }\n".as_bytes(),
        );
        fixture.write("content/pictures/林晓芸.png", b"\x89PNG\r\n\x1a\n");
        fixture.write("content/exhibits/林晓芸.txt", b"a");
        for arguments in [&["build"][..], &["check"], &["check", "--format", "json"], &["check", "--format", "github"]]
        {
            let run = fixture.run(arguments);
            let said = run.stdout() + &run.stderr();
            assert!(run.code() == 1 && said.contains("C240"), "{path}: {said}");
            assert!(!said.contains("林晓芸"), "{path}: {said}");
        }
    }
}

#[test]
fn two_names_are_not_shown_alike_nor_as_what_would_be_read() {
    let refused = |rules: &str| {
        let settings =
            format!("parties:\n  - {{id: a, name: 甲方}}\n  - {{id: b, name: 林晓芸}}\nprivacy:\n  withhold:\n{rules}");
        let fixture = Fixture::new(&[("casefile.yaml", &settings), ("content/zh/a.md", "# 甲\n\n乙\n")]);
        let run = fixture.run(&["check"]);
        assert_eq!(run.code(), 1, "{rules}");
        run.stderr()
    };
    let rule = |text: &str, shown: &str| format!("    - {{ text: {text}, shown: {shown}, reason: 保护 }}\n");
    assert!(refused(&(rule("林晓芸", "证人") + &rule("赵立本", "证人"))).contains("both would be one"));
    for shown in ["2031年", "注1", "（某证人）", "5月4日", "1-1，"] {
        assert!(refused(&rule("林晓芸", &format!("\"{shown}\""))).contains("would be read as"), "{shown}");
    }
    assert!(refused(&rule("林晓芸", "甲方")).contains("`privacy: withhold:` shows instead"));
    let numbers = rule("\"199 0000 0001\"", "号码") + &rule("\"199 0000 0002\"", "号码");
    let settings = format!("privacy:\n  withhold:\n{numbers}{}", rule("林晓芸", "证人甲"));
    let fixture = Fixture::new(&[("casefile.yaml", &settings), ("content/zh/a.md", "# 甲\n\n乙\n")]);
    assert_eq!(fixture.run(&["check"]).code(), 0);
}

#[test]
fn chats_are_replaced_and_blocks_that_stand_side_by_side_are_published() {
    let settings = "privacy:\n  withhold:\n    - { text: 林晓芸, shown: 证人甲, reason: 保护 }\n    - { text: 张三, shown: 证人乙, reason: 保护 }\n    - { text: Li, shown: { zh: 证人丙, en: Witness C }, reason: 保护 }\n";
    let text = "# 题\n\n[林晓芸 10:01] 你好\n\n【林晓芸 2031-05-04】你好\n\n@林晓芸 在吗\n\n林晓芸@所有人\n\n- 原告的主张\n- 三项请求\n\n\
                原告的主张\n\n三月\n\n## 原告主张\n\n三项 Li\n";
    let fixture = Fixture::new(&[("casefile.yaml", settings), ("content/zh/a.md", text)]);
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let page = std::fs::read_to_string(fixture.public("zh/a.html")).unwrap();
    assert!(page.matches("证人甲").count() >= 4 && !page.contains("林晓芸"), "{page}");
    assert!(!page.contains("证人乙") && page.contains("证人丙"), "{page}");
}

#[test]
fn a_name_that_may_be_a_part_of_another_is_told_and_what_is_allowed_stays() {
    let settings = "privacy:\n  allow:\n    - { text: [王明华, 主张三项], reason: 另一个人 }\n  withhold:\n    - { text: 王明, shown: 证人甲, reason: 保护 }\n    - { text: 张三, shown: 证人乙, reason: 保护 }\n    - { text: Victoria, shown: { zh: 证人丙, en: Witness C }, reason: 保护 }\n    - { text: Li, shown: { zh: 证人丁, en: Witness D }, reason: 保护 }\n";
    let text = "# 题\n\n王明珠与王明华，王明说：主张三项，公开张三国。\n\nVictorian houses in Lima.\n\n| 数量 | 序 |\n|---|---|\n| 张 | 三 |\n";
    let fixture = Fixture::new(&[("casefile.yaml", settings), ("content/zh/a.md", text)]);
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let page = std::fs::read_to_string(fixture.public("zh/a.html")).unwrap();
    for shown in ["证人甲珠与王明华，证人甲说：主张三项，公开证人乙国", "n houses in Lima"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let told: Vec<String> = run.stderr().lines().filter(|line| line.contains("C243")).map(str::to_owned).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(run.stderr().contains("zh/a.md:3:1") && run.stderr().contains("9:3: two neighbouring"), "{}", run.stderr());
    let refused = |rules: &str, text: &str| {
        let fixture = Fixture::new(&[("casefile.yaml", rules), ("content/zh/a.md", text)]);
        let run = fixture.run(&["build"]);
        assert_eq!(run.code(), 1, "{}", run.stderr());
        run.stderr()
    };
    let both = "privacy:\n  allow: [{ text: 王明, reason: x }]\n  withhold: [{ text: 王明, shown: 甲, reason: x }]\n";
    assert!(refused(both, "# 题\n").contains("cannot be allowed too"));
    let one = "privacy: { withhold: [{ text: 林晓芸, shown: 甲, reason: x }] }\n";
    assert!(refused(one, "# 题\n\n| 姓 | 名 |\n|---|---|\n| 林 | 晓芸 |\n").contains("a.md:5:3"));
}

#[test]
fn what_is_covered_of_a_picture_is_in_no_file_of_the_public_edition() {
    let mut picture = image::RgbImage::from_pixel(400, 300, image::Rgb([250, 250, 250]));
    for (x, y) in (100..200).flat_map(|x| (30..60).map(move |y| (x, y))) {
        picture.put_pixel(x, y, image::Rgb([200, 30, 30]));
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let bytes = bytes.into_inner();
    let sum = casefile::sha256::Sha256::of(&bytes).to_string();
    let list = format!(
        "- number: 1\n  title: 聊天\n  sha256: {sum}\n  reason: 无关的人\n  files:\n    - {{file: a.png, cover: [{{rect: [25, 10, 25, 10]}}]}}\n    - b.txt\n"
    );
    let fixture = Fixture::new(&[(
        "content/zh/a.md",
        "# 题\n\n见【证据1】。\n\n![红](../exhibits/a.png)\n\n![副本](../copy.png)\n",
    )]);
    fixture.write("content/exhibits/exhibits.yaml", list.as_bytes());
    fixture.write("content/exhibits/a.png", &bytes);
    fixture.write("content/exhibits/b.txt", b"words");
    fixture.write("content/copy.png", &bytes);
    for arguments in [&["build"][..], &["build", "--edition", "full"]] {
        let run = fixture.run(arguments);
        assert_eq!(run.code(), 0, "{}", run.stderr());
    }
    let mut pictures = 0;
    for (edition, is_covered) in [("public", true), ("full", false)] {
        let mut folders = vec![fixture.path().join(edition)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let bytes = std::fs::read(&path).unwrap();
                assert!(!is_covered || memchr::memmem::find(&bytes, sum.as_bytes()).is_none(), "{}", path.display());
                let Ok(read) = image::load_from_memory(&bytes) else { continue };
                let read = read.to_rgb8();
                let is_red = read.pixels().any(|pixel| pixel.0[0] > 150 && pixel.0[1] < 100);
                if read.width() > 100 {
                    pictures += 1;
                    assert_eq!(is_red, !is_covered, "{}", path.display());
                }
            }
        }
    }
    assert!(pictures >= 4, "{pictures}");
    let page = |path: &str| std::fs::read_to_string(fixture.path().join(path)).unwrap();
    assert!(page("public/zh/exhibit-1.html").contains("1 处已遮盖：无关的人"));
    assert!(!page("full/zh/exhibit-1.html").contains("已遮盖") && page("full/zh/exhibit-1.html").contains(&sum));
    assert!(page("full/zh/withheld-from-the-public.csv").contains("图片或页面的一部分"));
    let text = page("public/zh/a.html");
    assert!(text.contains("（此处隐去）") && !text.contains("副本") && text.contains("红"), "{text}");
}

#[test]
fn where_a_private_exhibit_is_shown_or_linked_the_place_says_that_it_is_withheld() {
    let list = "- number: 2\n  title: 密\n  file: id.png\n  visibility: private\n  reason: 隐私\n";
    let text = "# 题\n\n![密照](../exhibits/id.png)\n\n看[这里](../exhibits/id.png \"密\")与[![密图](../copy.png)](../copy.png)。\n\n<img src=\"../exhibits/id.png\" alt=\"密一\">\n\n![密二][p]\n\n[p]: ../exhibits/id.png\n";
    let fixture = Fixture::new(&[("content/zh/a.md", text), ("content/exhibits/exhibits.yaml", list)]);
    let png = std::fs::read(rules("C904-telling-metadata/fires/content/exhibits/inside.png")).unwrap();
    fixture.write("content/exhibits/id.png", &png);
    fixture.write("content/copy.png", &png);
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let page = std::fs::read_to_string(fixture.public("zh/a.html")).unwrap();
    let article = &page[page.find("<article").unwrap()..page.find("</article>").unwrap()];
    assert_eq!(article.matches("（此处隐去）").count(), 5, "{article}");
    for said in ["密", "缺失", "未找到", "id.png", "copy.png"] {
        assert!(!article.contains(said), "{said}: {article}");
    }
    assert!(!run.stderr().contains("C102") && !run.stderr().contains("does not exist"), "{}", run.stderr());
}

#[test]
fn a_sentence_of_a_law_may_stand_in_public_too_and_links_into_what_is_withheld_are_not_broken() {
    let law = "根据某法第六十四条，证人因作证面临危险的，可以不公开真实姓名。";
    let text = format!("# 题\n\n- 1-1，{{private}} {law}\n- 1-2，{law}\n\n见[日记](b.md#ta)。\n");
    let diary = "---\nvisibility: private\nreason: 隐私\n---\n\n# 密\n\n## 密 {#ta}\n\n密\n";
    let fixture = Fixture::new(&[("content/zh/a.md", &text), ("content/zh/b.md", diary)]);
    let run = fixture.run(&["build"]);
    assert!(run.code() == 1 && run.stderr().contains("`privacy: allow:`"), "{}", run.stderr());
    let settings = format!("privacy: {{ allow: [{{ text: \"{law}\", reason: 法律条文 }}] }}\n");
    fixture.write("casefile.yaml", settings.as_bytes());
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let page = std::fs::read_to_string(fixture.public("zh/a.html")).unwrap();
    assert!(
        !run.stderr().contains("C402") && page.contains("href=\"b.html\"") && !page.contains("目标页中无此处"),
        "{page}"
    );
}

#[test]
fn what_describes_a_private_exhibit_elsewhere_stops_a_build() {
    let list = "- {number: 1, title: 合同}\n- number: 2\n  title: 密\n  visibility: private\n  reason: 隐私\n";
    let run = |text: &str| {
        Fixture::new(&[
            ("content/zh/evidence.md", &format!("# 证据目录\n\n{text}")),
            ("content/exhibits/exhibits.yaml", list),
        ])
        .run(&["build"])
    };
    for text in [
        "## 证据2：密\n\n来源：邻居\n",
        "## 证据2\n\n来源：邻居\n",
        "| 编号 | 名称 |\n|---|---|\n| 证据2 | 密 |\n",
        "| 序号 | 证据名称 |\n|---|---|\n| 2 | 密 |\n",
        "- 证据2：密\n",
        "【证据2】密\n",
        "见【证据2：密】。\n",
    ] {
        let run = run(text);
        assert!(run.code() == 1 && run.stderr().contains("describes exhibit 2"), "{text}: {}", run.stderr());
    }
    for text in [
        "见【证据2】。\n",
        "## 证据2：密 {private}\n\n来源：邻居\n",
        "## 证据2\n\n## 证据1：合同\n\n来源：邻居\n",
        "| 编号 | 名称 |\n|---|---|\n| 证据2 | 密 {private} |\n| 证据1 | 合同 |\n",
    ] {
        let run = run(text);
        assert_eq!(run.code(), 0, "{text}: {}", run.stderr());
    }
}

#[test]
fn where_something_is_withheld_no_place_tells_how_long_it_was() {
    let settings = "privacy: { withhold: [{ text: 林晓芸, shown: 甲, reason: 保护 }] }\n";
    let model = read_from(&[("a.md", "# 题\n\n密密密密 {private}\n\n林晓芸与【注1】\n\n【注1】文\n")], settings);
    assert_eq!(model["documents"][0]["references"][0]["column"], 3);
}

#[test]
fn a_finished_site_is_searched_within_zips_and_what_cannot_be_is_told() {
    let settings = "privacy: { withhold: [{ text: 林晓芸, shown: 甲, reason: 保护 }] }\n";
    let fixture = Fixture::new(&[("casefile.yaml", settings), ("content/zh/a.md", "# 题\n\n林晓芸\n")]);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let public = fixture.public("").to_string_lossy().into_owned();
    fixture.write("public/a.png", b"\x89PNG\r\n\x1a\n");
    let run = fixture.run(&["check", "--sealed", &public]);
    assert!(run.code() == 0 && run.stderr().contains("not looked into: a.png"), "{}", run.stderr());
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("b/c.html", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all("<p>林晓芸".as_bytes()).unwrap();
    fixture.write("public/dossier.zip", &zip.finish().unwrap().into_inner());
    let run = fixture.run(&["check", "--sealed", &public]);
    assert!(run.code() == 1 && run.stderr().contains("dossier.zip/b/c.html:1"), "{}", run.stderr());
}

#[test]
fn a_paragraph_flows_and_is_set_as_its_author_wrote_it_whatever_is_shown_instead() {
    let settings = "privacy:\n  withhold:\n    - { text: 林晓芸, shown: 证人甲, reason: 保护 }\n    - { text: 周小, shown: 一位受保护的不愿公开姓名的证人, reason: 保护 }\n";
    let text = "# 题\n\n<b>林</b>晓芸、`林`晓芸 与 `x`、~~林~~晓芸、林晓**芸说**丁。\n\n\
                原告在二〇三一年五月四日向平台提交了完整的材料和全部的收据，并且周小\n\
                在现场作了见证，平台在当天没有作出任何的答复，此后也没有再联系过原告\n\
                的家人，直到五月十五日才收到一封没有署名的邮件，邮件里什么都没有说明。\n";
    let fixture = Fixture::new(&[("casefile.yaml", settings), ("content/zh/a.md", text)]);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let page = std::fs::read_to_string(fixture.public("zh/a.html")).unwrap();
    let article = &page[page.find("<article").unwrap()..page.find("</article>").unwrap()];
    assert!(!article.contains("<br"), "{article}");
    for set in
        ["<b>证人甲</b>", "<code>证人甲</code> 与 <code>x</code>", "<del>证人甲</del>", "<strong>证人甲说</strong>丁"]
    {
        assert!(article.contains(set), "{set}: {article}");
    }
}

#[test]
fn the_sum_of_an_original_is_withheld_where_what_its_copy_lacks_is() {
    let name = "林晓芸";
    let picture = crate::forty_places::with_words(name);
    let sum = casefile::sha256::Sha256::of(&picture).to_string();
    let list = format!(
        "- {{number: 1, title: 照片, file: a.png, sha256: {sum}}}\n- {{number: 2, title: 另一张, file: b.png}}\n"
    );
    let fixture = Fixture::new(&[
        ("casefile.yaml", "privacy: { withhold: [{ text: 林晓芸, shown: 证人甲, reason: 保护 }] }\n"),
        ("content/zh/a.md", "# 题\n\n见【证据1】、【证据2】。\n"),
        ("content/exhibits/exhibits.yaml", &list),
    ]);
    let other = crate::forty_places::with_words("Otherwise Nobody");
    fixture.write("content/exhibits/a.png", &picture);
    fixture.write("content/exhibits/b.png", &other);
    let (public, full) = editions(&fixture);
    assert!(!holds(&public, &sum) && holds(&full, &sum));
    // Where nothing is withheld it stands beside that of the copy.
    assert!(holds(&public, &casefile::sha256::Sha256::of(&other).to_string()));
    let page = std::fs::read_to_string(fixture.public("zh/exhibit-1.html")).unwrap();
    assert!(page.contains("原始文件的校验值只在完整版中") && !page.contains("与记录的"), "{page}");
    let log = std::fs::read_to_string(fixture.path().join("full/zh/withheld-from-the-public.csv")).unwrap();
    assert!(log.contains("content/exhibits/b.png,文件的元数据") && !log.contains("casefile.yaml"), "{log}");
    let told = fixture.run(&["check"]);
    assert!(!told.stdout().contains(name) && !told.stderr().contains(name), "{}", told.stderr());
}

#[test]
fn what_is_said_in_brackets_of_a_private_claim_is_withheld_with_it() {
    let fixture = Fixture::new(&[(
        "content/zh/positions.md",
        "# 各方意见\n\n## 一，买方\n\n1-1，{private} 秘甲主张。\n\n（店铺对此有争议：秘乙。）\n\n（买方：秘丙）\n\n1-2，公开。\n\n（店铺认可。）\n",
    )]);
    let (public, full) = editions(&fixture);
    for secret in ["秘甲", "秘乙", "秘丙"] {
        assert!(!holds(&public, secret) && holds(&full, secret), "{secret}");
    }
    assert!(holds(&public, "店铺认可"));
}
