//! What an author keeps back, or never meant to publish, is in no byte of what is published.

use std::io::Read;
use std::path::Path;

use crate::support::{Fixture, built, page_of};

/// Every published file with its path, of the folder and of the zip.
fn published(fixture: &Fixture) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![fixture.public("")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(fixture.path()).unwrap().to_string_lossy().into_owned();
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    let zip = std::fs::File::open(fixture.path().join("dossier.zip")).unwrap();
    let mut zip = zip::ZipArchive::new(zip).unwrap();
    for at in 0..zip.len() {
        let mut member = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        files.push((member.name().unwrap().into_owned(), bytes));
    }
    files
}

/// The ways in which a word may stand in a file: as it is, in an address, in JSON, in Latin letters.
fn spellings(word: &str) -> Vec<String> {
    let percent: String =
        word.bytes().map(|b| if b.is_ascii() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    let units: String = word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    vec![word.to_owned(), percent.to_lowercase(), units, casefile::slug::slug(word)]
}

fn assert_withheld(fixture: &Fixture, secrets: &[&str]) {
    assert_eq!(fixture.run(&["build"]).code(), 0, "{}", fixture.run(&["build"]).stderr());
    assert_eq!(fixture.run(&["zip", "-o", "dossier.zip"]).code(), 0);
    let files = published(fixture);
    assert!(files.len() > 20);
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for secret in secrets {
            for spelling in spellings(&secret.to_lowercase()) {
                assert!(!text.contains(&spelling) && !path.to_lowercase().contains(&spelling), "{secret} in {path}");
            }
        }
    }
}

#[test]
fn what_only_sources_say_is_in_no_byte_of_the_site_or_the_zip() {
    let config = "\
title: 案
parties:
  - {id: quimbelwort, name: 甲某, aliases: [jorvaxtin]}  # drosselkamp
  - {id: li-wen, role: 证人, name: {zh: 乙, en: Client}}
  - {id: hespardo, role: {zh: 平台}}
figures:
  - {id: umbrelgast, value: 1200, unit: CNY, names: [押金]}
";
    let text = "\
---
title: 说明
slug: statement
---

# 说明

甲某付了押金1200元。 <!-- brankelmoor -->

- 1-1，{by=quimbelwort disputes} 没有收到。

见[旧稿](file:///home/wolferique/旧稿.md)、[盘](C:\\Users\\wolferique\\a.txt)、[表](../../zendrabull/missing.md)、[脚本](javascript:alert('fennostrike'))。

![](file:///home/wolferique/pic.png) ![图](../zendrabull/none.png)

下载[合同](附件/汪得昌合同.txt)，图 ![现场](附件/汪得昌照片.png)，见【证据1】、【证据2】。
";
    let exhibits = "\
- {number: 1, title: 甲, file: 线人滕布朗/a.txt}
- {number: 2, title: 乙, file: 线人滕布朗/b.csv, visibility: listed}
- {number: 3, title: 丙, file: 线人滕布朗/pultenraw.txt, visibility: hidden, source: cravendolm}  # nostermill
";
    let mut picture = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(2, 2).write_to(&mut picture, image::ImageFormat::Png).unwrap();
    let fixture = Fixture::new(&[
        ("casefile.yaml", config),
        ("content/zh/顾远山的供述.md", text),
        ("content/zh/draft.md", "---\ndraft: true\n---\n\n# 草稿\n\nkettlewyn\n"),
        ("content/zh/附件/汪得昌合同.txt", "合同\n"),
        ("content/exhibits/exhibits.yaml", exhibits),
        ("content/exhibits/线人滕布朗/a.txt", "一\n"),
        ("content/exhibits/线人滕布朗/b.csv", "名,值\nsolmendrake,1\n"),
        ("content/exhibits/线人滕布朗/pultenraw.txt", "marrowquist\n"),
        ("content/zh/uncited.txt", "wexelbrand\n"),
    ]);
    fixture.write("content/zh/附件/汪得昌照片.png", &picture.into_inner());
    let folder = fixture.path().file_name().unwrap().to_string_lossy().into_owned();
    // What leads to a published file is its address, which is in Latin letters.
    assert_withheld(
        &fixture,
        &[
            "quimbelwort",
            "jorvaxtin",
            "drosselkamp",
            "li-wen",
            "hespardo",
            "umbrelgast",
            "brankelmoor",
            "wolferique",
            "zendrabull",
            "fennostrike",
            "kettlewyn",
            "solmendrake",
            "pultenraw",
            "cravendolm",
            "nostermill",
            "marrowquist",
            "wexelbrand",
            "顾远山",
            &folder,
        ],
    );
    for (path, bytes) in published(&fixture) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("汪得昌") && !text.contains("线人"), "{path}");
    }
}

#[test]
fn an_id_that_a_name_on_the_pages_says_stays_in_the_data() {
    let config = "parties:\n  - {id: tool-vendor, role: {en: Tool vendor}, name: 乙}\n  - {id: shop, name: {zh: 店, en: The Shop}}\n";
    let built =
        Fixture::new(&[("casefile.yaml", config), ("content/zh/a.md", "# 甲\n"), ("content/en/a.md", "# A\n")]).built();
    let ids: Vec<_> = built.model()["parties"].as_array().unwrap().iter().map(|party| party["id"].clone()).collect();
    assert_eq!(ids, ["tool-vendor", "shop"]);
}

#[test]
fn a_case_is_not_told_where_it_lies() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n文。\n")]);
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).to_string_lossy().into_owned();
    assert_withheld(&fixture, &[&home, &fixture.path().to_string_lossy()]);
}

/// What begins with a sign of another tool, stands in a title, an attribute or a cell too many, or comes behind a number.
#[test]
fn what_other_tools_hide_is_in_no_byte_of_the_site() {
    let texts = [
        "{{< comment >}}Quillon{{< /comment >}}",
        "{% if false %}Quillon{% endif %}",
        "- 2031-05-04 %%Quillon1%% 付款",
        "共3 %%Quillon12%% 项",
        "涨幅5%%，%%Quillon%%乙，8%%。",
        "> [!note] 甲 <span hidden>Quillon</span>\n> 文",
        "| a | b |\n|--|--|\n| 甲 | 乙 | <span hidden>Quillon</span> |",
        "- 100元 5<!-- Quillon -->100元",
        "<img alt=\"替%%Quillon%%\" src=\"x.png\">",
        "~5~{/* Quillon */} 甲",
        "注1：&lt;5 <%-- Quillon --%> 词\n\n文【注1】",
        "文<script>var a='Quillon';</script>后",
    ];
    let documents: Vec<(String, String)> =
        (0..).zip(texts).map(|(at, text)| (format!("content/zh/a{at}.md"), format!("# 题\n\n{text}\n"))).collect();
    let files: Vec<(&str, &str)> = documents.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_withheld(&Fixture::new(&files), &["Quillon"]);
}

#[test]
fn attributes_that_hide_elsewhere_stop_a_build() {
    for text in ["[密]{style=\"display:none\"}", "密\n{: .d-none }"] {
        assert!(built(&format!("# 题\n\n{text}\n")).found().iter().any(|found| found.starts_with("C209")), "{text}");
    }
}

#[test]
fn a_tag_over_two_lines_hides_in_items_quotations_and_footnotes_too() {
    for text in [
        "- 公 <span\n  hidden>密</span>",
        "- 公 <span style=\"color:red;\n  display:none\">密</span>",
        "1. 公 <b\n   class=\"x\"\n   hidden>密</b>",
        "> 公 <span\n> hidden>密</span>",
        "> <div\n> style=\"display:none\">密</div>\n>\n> 公",
        "公[^1]\n\n[^1]: 公 <span\n    hidden>密</span>",
        "- 公 <img alt=\"密\"\n  hidden src=\"a.png\">",
        "- 公 <a href=\"x\"\n  hidden>密</a>",
    ] {
        let built = built(&format!("# 题\n\n{text}\n"));
        for path in built.paths() {
            if path.ends_with(".html") || path.ends_with(".js") || path.ends_with(".json") {
                assert!(!built.text(&path).contains('密'), "{text}: {path}");
            }
        }
        assert!(built.found().iter().any(|found| found.starts_with("C122")), "{text}: {:?}", built.found());
        assert!(built.page("zh/a.html").text("article").contains('公'), "{text}");
    }
}

#[test]
fn what_is_hidden_ends_where_a_browser_ends_it() {
    for text in [
        "<ul><li>甲\n<li hidden>密\n<li>乙\n</ul>",
        "<table><tr><td>甲<td hidden>密<td>乙</table>",
        "<p>甲<p hidden>密<p>乙",
        "<dl><dt>甲<dd hidden>密<dt>乙</dl>",
        "<ul><li>甲<li hidden>密<ul><li>密</ul><li>乙</ul>",
        "<ul>\n<li>甲\n<li hidden>\n\n密\n\n<li>乙\n</ul>",
        "<ul>\n<li>甲\n<li hidden>密\n\n## 密\n\n<li>乙\n</ul>",
        "<table><tr><td>甲<td hidden>\n\n密\n\n</table>\n\n乙",
        "<table>\n<tr><td>甲\n<tr hidden>\n<td>\n\n密\n\n</td>\n<tr>\n<td>乙\n</table>",
        "> <ul>\n> <li>甲\n> <li hidden>\n>\n> 密\n>\n> <li>乙\n> </ul>",
        "<table><thead hidden><tr><th>密<tbody><tr><td>甲<td>乙</table>",
        "<p>甲<span hidden>密</p>\n\n<p>乙</p>",
        "甲50%%(密)%%乙",
    ] {
        let built = built(&format!("# 题\n\n{text}\n"));
        let page = built.page("zh/a.html").html("article");
        assert!(page.contains('甲') && page.contains('乙') && !page.contains('密'), "{text}: {page}");
        assert_eq!(built.found().len(), 1, "{text}: {:?}", built.found());
    }
}

#[test]
fn two_per_cent_signs_behind_a_word_begin_no_comment() {
    let page = page_of("getOriginal prototype.%% does that, and printf(\"%%d\") that.\n");
    assert!(page.texts("article p")[0].contains("prototype.%% does that, and printf(\"%%d\") that."));
    assert!(built("甲 %%密\n").found().iter().any(|found| found.starts_with("C123")));
}

#[test]
fn a_heading_that_is_kept_from_readers_elsewhere_stops_a_build() {
    for heading in ["# 密 {.hidden}", "## 公 {.draft}", "## 密 {style=\"display:none\"}"] {
        assert!(
            built(&format!("# 题\n\n{heading}\n")).found().iter().any(|found| found.starts_with("C209")),
            "{heading}"
        );
    }
    assert!(!built("# 题\n\n## 甲 {.note #x}\n").found().iter().any(|found| found.starts_with("C209")));
}

#[test]
fn what_follows_hidden_text_in_a_quotation_is_quoted_still() {
    let page = page_of("# 题\n\n> <p hidden>密\n> <p>公开引\n\n外\n");
    assert_eq!(page.texts("article blockquote"), ["公开引"]);
}

#[test]
fn a_hidden_item_that_nothing_ends_hides_the_rest_and_stops_the_build() {
    for text in ["<ul>\n<li hidden>\n\n密", "<table>\n<tr><td hidden>\n\n密\n\n密"] {
        let built = built(&format!("# 题\n\n{text}\n"));
        assert!(!built.page("zh/a.html").html("article").contains('密'), "{text}");
        assert!(built.found().iter().any(|found| found.starts_with("C123")), "{text}: {:?}", built.found());
    }
}
