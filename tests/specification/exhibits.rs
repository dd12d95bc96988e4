//! Exhibits: what exhibits.yaml describes has a page, a sum and a way back, and nothing is published that should not be.

use std::io::Cursor;

use casefile::output::Output;
use casefile::output::disk;
use casefile::sha256::Sha256;

use crate::support::{Built, Fixture};

/// A photograph of noise, so that it does not compress to nothing, with what a telephone writes beside it.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let mut state = 7u32;
    let picture = image::RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb([(state >> 8) as u8, (state >> 16) as u8, (state >> 24) as u8])
    });
    let mut jpeg = Vec::new();
    picture.write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    // Exif: the maker, and the way up; then a comment.
    let exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x08\0\0\0\x26\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0Acme 77\0";
    let comment = b"by somebody";
    let segment = |marker: u8, content: &[u8]| {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&[0xff, marker][..], &length, content].concat()
    };
    [&jpeg[..2], &segment(0xe1, exif), &segment(0xfe, comment), &jpeg[2..]].concat()
}

fn with_exhibits(list: &str, text: &str, files: &[(&str, &[u8])]) -> Fixture {
    let fixture = Fixture::new(&[("content/zh/a.md", text), ("content/exhibits/exhibits.yaml", list)]);
    for (name, bytes) in files {
        fixture.write(&format!("content/exhibits/{name}"), bytes);
    }
    fixture
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_label_an_image_and_a_link_lead_to_the_exhibit_and_the_exhibit_leads_back() {
    let list = "- number: 1\n  title: { zh: 告示 }\n  file: a.txt\n- number: 2\n  file: b.png\n";
    let mut png = Vec::new();
    image::RgbImage::new(4, 4).write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    let text = "# 甲\n\n1-1，见【证据1】和[文件](../exhibits/a.txt)。\n\n![图](../exhibits/b.png)\n";
    let built = with_exhibits(list, text, &[("a.txt", b"words"), ("b.png", &png)]).built();
    assert_eq!(built.found(), Vec::<String>::new());
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("a.ref", "href"), ["exhibit-1.html#exhibit-1"]);
    assert_eq!(page.attributes("a.exhibit-image", "href"), ["exhibit-2.html#exhibit-2"]);
    let back = built.page("zh/exhibit-1.html").attributes("a.backref", "href");
    assert_eq!(back, ["a.html#ref-1", "a.html#via-1"]);
    assert_eq!(built.page("zh/exhibit-2.html").attributes("a.backref", "href"), ["a.html#shown-1"]);
    assert!(built.text("zh/exhibit-1.html").contains(&Sha256::of(b"words").to_string()));
    assert_eq!(built.model()["documents"][0]["references"][0]["targets"][0], "zh/exhibit-1.html#exhibit-1");
}

#[test]
fn a_block_that_begins_with_the_label_of_a_described_exhibit_cites_it() {
    let list = "- number: 1\n";
    let built = with_exhibits(list, "# 甲\n\n【证据1】显示九次请求。\n\n【证据2】没有列出的证据。\n", &[]).built();
    let references = &built.model()["documents"][0]["references"];
    assert_eq!(references[0]["targets"][0], "zh/exhibit-1.html#exhibit-1");
    assert_eq!(built.model()["documents"][0]["definitions"][0]["number"], "2");
}

#[test]
fn what_an_exhibit_proves_tells_which_exhibits_bear_on_it() {
    let list = "- number: 1\n  proves: [1-1, 注1, 9-9]\n";
    let fixture = Fixture::new(&[
        ("content/zh/positions.md", "# 立场\n\n## 甲\n\n1-1，主张。见【证据1】。\n\n【注1】说明。\n"),
        ("content/exhibits/exhibits.yaml", list),
    ]);
    let built = fixture.built();
    let hrefs = built.page("zh/exhibit-1.html").attributes(".bears-on a", "href");
    assert_eq!(hrefs, ["positions.html#claim-1-1", "positions.html#note-1"]);
    let back = built.page("zh/positions.html").attributes(".exhibits-on a", "href");
    assert_eq!(back, ["exhibit-1.html#exhibit-1"; 2]);
    assert!(built.found().contains(&"C301 2:21".to_owned()), "{:?}", built.found());
}

#[test]
fn a_place_that_an_exhibit_proves_is_named_by_the_whole_path_of_its_document() {
    let event = "#event-2031-05-04";
    let right = [
        format!("sub/timeline.md{event}"),
        format!("./sub/timeline.html{event}"),
        format!("zh/sub/timeline.md{event}"),
        format!("content/zh/sub/timeline.md{event}"),
        format!("../zh/sub/timeline.md{event}"),
        format!("sub/%74imeline.md{event}"),
        "笔录.md#s1".to_owned(),
        "%E7%AC%94%E5%BD%95.md#s1".to_owned(),
    ];
    let wrong = [
        format!("nonsense/timeline.md{event}"),
        format!("timeline.md{event}"),
        format!("sub/sub/timeline.md{event}"),
        format!("en/sub/timeline.md{event}"),
        "sub/timeline.md#event-2031-05-05".to_owned(),
        "%E7%AC.md#s1".to_owned(),
    ];
    for (written, is_found) in right.iter().map(|path| (path, true)).chain(wrong.iter().map(|path| (path, false))) {
        let list = format!("- number: 1\n  proves: ['{written}']\n");
        let fixture = Fixture::new(&[
            ("content/zh/a.md", "# 甲\n\n见【证据1】。\n"),
            ("content/zh/sub/timeline.md", "# 经过\n\n## 2031年5月4日，来信\n\n来信。\n"),
            ("content/zh/笔录.md", "# 笔录\n\n## 1，开始\n\n甲。\n"),
            ("content/exhibits/exhibits.yaml", list.as_str()),
        ]);
        let built = fixture.built();
        assert_eq!(!built.found().iter().any(|found| found.starts_with("C301")), is_found, "{written}");
        assert_eq!(built.page("zh/exhibit-1.html").has(".bears-on a"), is_found, "{written}");
    }
}

#[test]
fn metadata_is_removed_from_the_published_copy_and_the_sum_of_the_original_is_kept() {
    let photograph = photograph(900, 600);
    let list = "- number: 1\n  file: a.jpg\n";
    let fixture = with_exhibits(list, "# 甲\n\n【证据1】和【证据1】。\n", &[("a.jpg", &photograph)]);
    assert_eq!(fixture.built().found(), Vec::<String>::new());
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0);
    assert!(run.stderr().contains("1 picture published without the metadata they held"), "{}", run.stderr());
    let published = std::fs::read(fixture.public("files/exhibits/a.jpg")).unwrap();
    assert!(contains(&photograph, b"Acme") && contains(&photograph, b"by somebody"));
    assert!(!contains(&published, b"Acme") && !contains(&published, b"by somebody"));
    let page = std::fs::read_to_string(fixture.public("zh/exhibit-1.html")).unwrap();
    assert!(page.contains(&Sha256::of(&photograph).to_string()) && page.contains(&Sha256::of(&published).to_string()));
    // Each sum says of which file it is, and the command stands below that of the file one gets.
    let facts = fixture.built().page("zh/exhibit-1.html").texts(".facts > div > dt");
    let sums = ["SHA-256（原始文件）", "SHA-256（公布的副本）", "下载后核对校验值的命令"];
    let first = facts.iter().position(|name| name == sums[0]).unwrap();
    assert_eq!(facts[first..first + 3], sums);
    // Of each its own size; the list tells that of the file one gets.
    let sizes = fixture.built().page("zh/exhibit-1.html").texts(".facts .size");
    let bytes = |size: usize| format!("（{size} 字节）");
    assert!(sizes[0].ends_with(&bytes(photograph.len())) && sizes[1].ends_with(&bytes(published.len())), "{sizes:?}");
    assert!(!facts.contains(&"大小".to_owned()));
    let listed = fixture.built().page("zh/exhibits.html").text(".exhibit-meta");
    assert!(listed.contains(sizes[1].split('（').next().unwrap()), "{listed}");
    // The picture lay on its side: its width on the page is what was its height.
    assert!(page.contains("600 × 900"), "{page}");
    let (before, after) = (image::load_from_memory(&photograph).unwrap(), image::load_from_memory(&published).unwrap());
    assert_eq!(before.as_bytes(), after.as_bytes());
}

#[test]
fn pictures_that_are_no_exhibits_are_published_without_metadata_too() {
    let photograph = photograph(64, 64);
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n![图](../images/a.jpg)\n")]);
    fixture.write("content/images/a.jpg", &photograph);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let published = std::fs::read(fixture.public("files/images/a.jpg")).unwrap();
    assert!(!contains(&published, b"Acme") && !contains(&published, b"by somebody"));
    let mut cut = photograph;
    cut.truncate(400);
    fixture.write("content/images/a.jpg", &cut);
    let built = fixture.built();
    assert_eq!(built.found(), ["C904 3:1"]);
    assert!(!built.paths().iter().any(|path| path.starts_with("files/")));
}

#[test]
fn the_picture_of_an_address_and_a_picture_that_is_linked_are_published_without_metadata_too() {
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n[照片](../images/a.jpg)\n"),
        ("casefile.yaml", "card: content/images/b.jpg\n"),
    ]);
    fixture.write("content/images/a.jpg", &photograph(64, 64));
    fixture.write("content/images/b.jpg", &photograph(64, 64));
    assert_eq!(fixture.run(&["build"]).code(), 0);
    for name in ["a", "b"] {
        let published = std::fs::read(fixture.public(&format!("files/images/{name}.jpg"))).unwrap();
        assert!(!contains(&published, b"Acme") && !contains(&published, b"by somebody"), "{name}");
    }
}

#[test]
fn what_pictures_say_is_kept_where_the_author_wants_it_and_then_it_is_told() {
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n![图](../images/a.jpg)\n"),
        ("casefile.yaml", "strip_metadata: false\ncard: content/images/b.jpg\n"),
    ]);
    let photograph = photograph(64, 64);
    fixture.write("content/images/a.jpg", &photograph);
    fixture.write("content/images/b.jpg", &photograph);
    fixture.write("content/images/unused.jpg", &photograph);
    let built = fixture.built();
    assert_eq!(built.found(), ["C904", "C904"]);
    assert!(
        built.findings[0].message.en().contains("with what or by whom (Ac…)"),
        "{}",
        built.findings[0].message.en()
    );
    let run = fixture.run(&["build"]);
    assert!(run.stderr().contains("2 pictures published with the metadata they hold"), "{}", run.stderr());
    assert_eq!(std::fs::read(fixture.public("files/images/a.jpg")).unwrap(), photograph);
    // A change of mind counts, whatever was kept of the build before.
    fixture.write("casefile.yaml", b"strip_metadata: true\n");
    assert_eq!(fixture.run(&["build"]).code(), 0);
    assert!(!contains(&std::fs::read(fixture.public("files/images/a.jpg")).unwrap(), b"Acme"));
}

#[test]
fn everything_beside_the_pixels_is_told_of_a_picture_that_keeps_it() {
    let plain = {
        let mut jpeg = Vec::new();
        image::RgbImage::new(8, 8).write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
        jpeg
    };
    let with = |marker: u8, content: &[u8]| {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&plain[..2], &[0xff, marker], &length, content, &plain[2..]].concat()
    };
    let xmp = |inner: &str| {
        let packet = format!(
            "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
             xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><rdf:Description>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>"
        );
        with(0xe1, packet.as_bytes())
    };
    let exif_with_thumbnail = b"Exif\0\0II\x2a\0\x08\0\0\0\0\0\x0e\0\0\0\x02\0\x01\x02\x04\0\x01\0\0\0\x2c\0\0\0\x02\x02\x04\0\x01\0\0\0\x02\0\0\0\0\0\0\0\xff\xd8";
    let iptc = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x08\x1c\x02\x5a\0\x03Rom";
    for (bytes, words) in [
        (xmp("<exif:GPSLatitude>41,54N</exif:GPSLatitude>"), "where it was taken (41…)"),
        (xmp("<dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq></dc:creator>"), "by whom (A…)"),
        (with(0xed, iptc), "where it was taken (R…)"),
        (with(0xe1, exif_with_thumbnail), "a smaller picture"),
        (with(0xfe, b"Ann at home"), "words of its own (Comm…)"),
        ([&plain[..], b"and a film"].concat(), "10 bytes behind its end"),
    ] {
        let fixture = Fixture::new(&[
            ("content/zh/a.md", "# 甲\n\n![图](../a.jpg)\n"),
            ("casefile.yaml", "strip_metadata: false\n"),
        ]);
        fixture.write("content/a.jpg", &bytes);
        let built = fixture.built();
        assert_eq!(built.found(), ["C904"], "{words}");
        assert!(built.findings[0].message.en().contains(words), "{words}: {}", built.findings[0].message.en());
        // And nothing of it is left in a copy.
        fixture.write("casefile.yaml", b"");
        assert_eq!(fixture.built().found(), [""; 0], "{words}");
        assert_eq!(fixture.run(&["build"]).code(), 0);
        assert_eq!(std::fs::read(fixture.public("files/a.jpg")).unwrap(), plain, "{words}");
    }
}

#[test]
fn pieces_of_a_picture_that_nobody_reads_are_told_where_they_are_kept() {
    let mut jpeg = Vec::new();
    image::RgbImage::new(8, 8).write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    let piece = [&b"\xff\xe4\0\x08words!"[..], &jpeg[2..]].concat();
    let fixture =
        Fixture::new(&[("content/zh/a.md", "# 甲\n\n![图](../a.jpg)\n"), ("casefile.yaml", "strip_metadata: false\n")]);
    fixture.write("content/a.jpg", &[&jpeg[..2], &piece].concat());
    let built = fixture.built();
    assert_eq!(built.found(), ["C904"]);
    assert!(built.findings[0].message.en().contains("nothing is known (APP4)"), "{}", built.findings[0].message.en());
    fixture.write("casefile.yaml", b"");
    assert_eq!(fixture.run(&["build"]).code(), 0);
    assert!(!contains(&std::fs::read(fixture.public("files/a.jpg")).unwrap(), b"words!"));
}

#[test]
fn what_stands_behind_the_end_of_a_bmp_is_left_out_and_what_nobody_reads_of_a_picture_is_told() {
    let mut bmp = Vec::new();
    bmp.extend(b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\x18\0");
    bmp.extend([0; 24]);
    bmp.extend([7; 16]);
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n![图](../a.bmp)\n\n[稿](../a.psd)\n\n[影](../a.jp2)\n")]);
    fixture.write("content/a.bmp", &[&bmp[..], b"words of somebody"].concat());
    fixture.write("content/a.psd", b"8BPS\0\x01\0\0\0\0\0\0\0\x03words");
    fixture.write("content/a.jp2", b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 words");
    let run = fixture.run(&["build"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(std::fs::read(fixture.public("files/a.bmp")).unwrap(), bmp);
    let told = run.stderr();
    let line = told.lines().find(|line| line.contains("not looked into")).unwrap_or_default();
    assert!(line.contains("content/a.psd") && line.contains("content/a.jp2"), "{told}");
    assert!(!line.contains("a.bmp"), "{told}");
    let run = fixture.run(&["check"]);
    assert!(
        run.stderr().contains("metadata of content/a.bmp (removed from the published copy): 17 bytes"),
        "{}",
        run.stderr()
    );
}

#[test]
fn of_very_many_pictures_each_is_named_in_the_order_of_their_numbers() {
    let text: String = (1..=25).map(|at| format!("![图](../b{at}.jpg)\n\n")).collect();
    let fixture = Fixture::new(&[("content/zh/a.md", &format!("# 甲\n\n{text}"))]);
    let photograph = photograph(8, 8);
    for at in 1..=25 {
        fixture.write(&format!("content/b{at}.jpg"), &photograph);
    }
    let run = fixture.run(&["check"]);
    let told = run.stderr();
    let order: Vec<usize> = (1..=25).filter_map(|at| told.find(&format!("content/b{at}.jpg"))).collect();
    assert!(order.len() == 25 && order.is_sorted(), "{told}");
    assert!(told.contains("and metadata of 5 other pictures: content/b21.jpg, "), "{told}");
}

#[test]
fn labels_that_a_machine_made_a_picture_outlive_the_cleaning() {
    let packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
                  <rdf:Description xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\" \
                  xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
                  xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" TC260:AIGC='{\"Label\":\"1\"}' \
                  Iptc4xmpExt:DigitalSourceType=\"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia\">\
                  <dc:creator>Ann</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>";
    let manifest = b"JP\0\x01\0\0\0\x01\0\0\0\x10jumb c2pa manifest trainedAlgorithmicMedia";
    let encoded = |format| {
        let mut bytes = Vec::new();
        image::RgbImage::new(900, 8).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    };
    let segment =
        |marker: u8, content: &[u8]| [&[0xff, marker][..], &(content.len() as u16 + 2).to_be_bytes(), content].concat();
    let jpeg = encoded(image::ImageFormat::Jpeg);
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat();
    let jpeg = [&jpeg[..2], &segment(0xe1, &xmp), &segment(0xeb, manifest), &jpeg[2..]].concat();
    let png = encoded(image::ImageFormat::Png);
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let crc = [&kind[..], content].concat().iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
        });
        [&(content.len() as u32).to_be_bytes(), &kind[..], content, &(!crc).to_be_bytes()].concat()
    };
    let text = [b"XML:com.adobe.xmp\0\0\0\0\0", packet.as_bytes()].concat();
    let author = chunk(b"tEXt", b"Author\0Ann");
    let png = [
        &png[..33],
        &chunk(b"iTXt", &text),
        &chunk(b"caBX", b"jumb c2pa manifest trainedAlgorithmicMedia"),
        &author,
        &png[33..],
    ]
    .concat();
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n![一](../a.jpg)![二](../b.png)\n"),
        ("content/exhibits/exhibits.yaml", "- {number: 1, title: 图, file: shown.jpg}\n"),
    ]);
    fixture.write("content/exhibits/shown.jpg", &jpeg);
    fixture.write("content/a.jpg", &jpeg);
    fixture.write("content/b.png", &png);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    for name in ["a.jpg", "b.png"] {
        let published = std::fs::read(fixture.public(&format!("files/{name}"))).unwrap();
        for label in
            ["http://www.tc260.org.cn/ns/AIGC/1.0/", "{\"Label\":\"1\"}", "trainedAlgorithmicMedia", "c2pa manifest"]
        {
            assert!(contains(&published, label.as_bytes()), "{name}: {label}");
        }
        assert!(!contains(&published, b"Ann"), "{name}");
        assert!(image::load_from_memory(&published).is_ok(), "{name}");
    }
    // The smaller pictures that its page shows say so, too.
    let files = std::fs::read_dir(fixture.public("files/exhibits")).unwrap().map(|file| file.unwrap().path());
    let shown: Vec<Vec<u8>> = files.map(|path| std::fs::read(path).unwrap()).collect();
    assert!(shown.len() > 1 && shown.iter().all(|picture| contains(picture, b"trainedAlgorithmicMedia")));
}

#[test]
fn a_manifest_that_tells_who_took_a_picture_leaves_no_more_than_its_label() {
    let manifest = |words: &str| format!("JP\0\x01\0\0\0\x01\0\0\0\x10jumb c2pa {words}");
    let with = |contents: &str| {
        let mut jpeg = Vec::new();
        image::RgbImage::new(8, 8).write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
        let length = (contents.len() as u16 + 2).to_be_bytes();
        [&jpeg[..2], &[0xff, 0xeb], &length, contents.as_bytes(), &jpeg[2..]].concat()
    };
    let fixture = Fixture::new(&[("content/a.md", "# A\n\n![1](a.jpg)![2](b.jpg)\n")]);
    fixture.write("content/a.jpg", &with(&manifest("c2pa.metadata {\"dc:creator\":[\"Ann\"]}")));
    fixture.write("content/b.jpg", &with(&manifest("stds.exif Ann x/digitalsourcetype/compositeSynthetic\0")));
    assert_eq!(fixture.run(&["build"]).code(), 0);
    for (name, has_label) in [("a.jpg", false), ("b.jpg", true)] {
        let published = std::fs::read(fixture.public(&format!("files/{name}"))).unwrap();
        assert!(!contains(&published, b"Ann") && !contains(&published, b"c2pa"), "{name}");
        assert_eq!(contains(&published, b"digitalsourcetype/compositeSynthetic"), has_label, "{name}");
    }
    fixture.write("casefile.yaml", b"strip_metadata: false\n");
    assert!(fixture.built().found().iter().filter(|code| code.starts_with("C904")).count() >= 2);
}

#[test]
fn a_smaller_picture_in_the_head_of_a_jpeg_is_left_out() {
    let mut jpeg = Vec::new();
    image::RgbImage::new(8, 8).write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    let head = [&b"\xff\xe0\0\x13JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01"[..], b"Ann"].concat();
    let jpeg = [&jpeg[..2], &head, &jpeg[20..]].concat();
    let fixture = Fixture::new(&[("content/a.md", "# A\n\n![1](a.jpg)\n")]);
    fixture.write("content/a.jpg", &jpeg);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let published = std::fs::read(fixture.public("files/a.jpg")).unwrap();
    assert!(contains(&published, b"JFIF\0") && !contains(&published, b"Ann"));
    assert!(image::load_from_memory(&published).is_ok());
}

#[test]
fn a_gif_that_breaks_off_is_not_published_with_what_nobody_reads_in_it() {
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0\x21\xfe\x03Ann\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
    let fixture = Fixture::new(&[("content/a.md", "# A\n\n![1](a.gif)\n")]);
    fixture.write("content/a.gif", gif);
    assert!(fixture.built().found().contains(&"C904 3:1".to_owned()));
    assert!(!fixture.public("files/a.gif").exists());
}

#[test]
fn a_picture_that_says_what_it_should_not_and_cannot_be_cleaned_is_not_published() {
    let mut cut = photograph(64, 64);
    cut.truncate(400);
    let list = "- number: 1\n  file: a.jpg\n";
    let fixture = with_exhibits(list, "# 甲\n\n见【证据1】。\n", &[("a.jpg", &cut)]);
    let built = fixture.built();
    assert_eq!(built.found(), ["C904 2:9", "C907 2:9"]);
    assert!(!built.paths().iter().any(|path| path.starts_with("files/")));
}

#[test]
fn a_file_that_is_listed_or_hidden_is_nowhere_in_the_site() {
    let list = "- number: 1\n  file: a.txt\n  visibility: listed\n- number: 2\n  file: b.txt\n  visibility: hidden\n";
    let text = "# 甲\n\n【证据1】与[文件](../exhibits/a.txt)，[另一](../exhibits/b.txt)，【证据2】。\n";
    let built = with_exhibits(list, text, &[("a.txt", b"secret one"), ("b.txt", b"secret two")]).built();
    assert!(!built.paths().iter().any(|path| path.starts_with("files/")));
    assert!(built.paths().contains(&"zh/exhibit-1.html".to_owned()));
    assert!(!built.paths().contains(&"zh/exhibit-2.html".to_owned()));
    let html: Vec<String> =
        built.paths().iter().filter(|path| path.ends_with(".html")).map(|path| built.text(path)).collect();
    assert!(!html.concat().contains("secret"));
    assert!(!built.text("case.json").contains(&Sha256::of(b"secret two").to_string()));
}

#[test]
fn what_a_browser_would_run_is_published_as_text_whatever_it_is_called() {
    let list = "- number: 1\n  file: a.jpg\n- number: 2\n  file: b.svg\n- number: 3\n  file: c.html\n";
    let html: &[u8] = b"<!doctype html><script>alert(1)</script>";
    let svg: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let text = "# 甲\n\n![a](../exhibits/a.jpg)![b](../exhibits/b.svg)[c](../exhibits/c.html)\n";
    let built = with_exhibits(list, text, &[("a.jpg", html), ("b.svg", svg), ("c.html", html)]).built();
    let files: Vec<String> = built.paths().into_iter().filter(|path| path.starts_with("files/")).collect();
    assert_eq!(files, ["files/exhibits/a.jpg.txt", "files/exhibits/b.svg.txt", "files/exhibits/c.html.txt"]);
    for page in ["zh/exhibit-1.html", "zh/exhibit-2.html", "zh/a.html"] {
        assert_eq!(built.page(page).attributes("article img", "src"), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn a_file_is_published_in_one_form_whether_it_is_linked_or_shown() {
    let html: &[u8] = b"<!doctype html><script>alert(1)</script>";
    let plan: &[u8] =
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9' onclick='alert(1)'/></svg>";
    let fixture = Fixture::new(&[(
        "content/zh/a.md",
        "# 甲\n\n![网页](../saved.html)[网页](../saved.html)[图纸](../plan.svg)\n\n![图纸](../plan.svg)![坏](../bad.svg)[坏](../bad.svg)\n\n\
         [别的](../schema.xsd)[表](../a.csv)[名](../noending)\n",
    )]);
    fixture.write("content/saved.html", html);
    fixture.write("content/plan.svg", plan);
    fixture.write("content/bad.svg", b"<svg><script>alert(1)");
    fixture.write("content/schema.xsd", b"<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>");
    fixture.write("content/a.csv", b"a,b\n");
    fixture.write("content/noending", html);
    let built = fixture.built();
    let files: Vec<String> = built.paths().into_iter().filter(|path| path.starts_with("files/")).collect();
    let wanted = ["a.csv", "bad.svg.txt", "noending.txt", "plan.svg", "saved.html.txt", "schema.xsd.txt"];
    assert_eq!(files, wanted.map(|name| format!("files/{name}")));
    assert_eq!(built.page("zh/a.html").attributes("article img", "src"), ["../files/plan.svg"]);
    assert_eq!(built.found(), ["C403 3:1", "C910 3:40", "C910 5:1", "C403 5:19"]);
    let run = fixture.run(&["build"]);
    let told = "published as text, so that nothing runs it: content/saved.html (files/saved.html.txt)";
    assert!(run.stderr().contains(told), "{}", run.stderr());
    let published = std::fs::read_to_string(fixture.public("files/plan.svg")).unwrap();
    assert!(published.contains("M0 0h9") && !published.contains("alert"), "{published}");
    assert_eq!(std::fs::read(fixture.public("files/saved.html.txt")).unwrap(), html);
}

#[test]
fn an_exhibit_with_other_line_ends_is_told_to_be_that_and_not_changed() {
    let recorded = Sha256::of(b"a,b\n1,2\n");
    let list = format!("- number: 1\n  file: a.csv\n  sha256: {recorded}\n");
    let text = "# 甲\n\n见【证据1】。\n";
    for (bytes, is_found, by_line_ends) in [
        (&b"a,b\n1,2\n"[..], false, false),
        (b"a,b\r\n1,2\r\n", true, true),
        (b"a,b\r\n1,2\n", true, true),
        (b"a,b\r\n1,3\r\n", true, false),
        (b"a,b\n1,2", true, false),
    ] {
        let built = with_exhibits(&list, text, &[("a.csv", bytes)]).built();
        assert_eq!(built.found().contains(&"C902 3:11".to_owned()), is_found, "{bytes:?}");
        let page = built.text("zh/exhibit-1.html");
        assert_eq!(page.contains("只差换行符"), by_line_ends, "{bytes:?}");
        assert_eq!(page.contains("与登记的校验值不一致"), is_found && !by_line_ends, "{bytes:?}");
        if by_line_ends {
            assert!(
                built.findings[0].message.en().ends_with("by its line ends alone"),
                "{}",
                built.findings[0].message.en()
            );
        }
    }
}

#[test]
fn a_table_is_shown_as_a_table_and_a_text_in_any_encoding_as_a_text() {
    let list = "- number: 1\n  file: a.csv\n- number: 2\n  file: b.txt\n";
    let text = "# 甲\n\n【证据1】和【证据2】。\n";
    let built =
        with_exhibits(list, text, &[("a.csv", "序号,金额\n一,2.50\n".as_bytes()), ("b.txt", b"\xba\xc5\xc2\xeb")]);
    let built = built.built();
    let table = built.page("zh/exhibit-1.html");
    assert_eq!(table.texts(".preview th"), ["序号", "金额"]);
    assert_eq!(table.texts(".preview td"), ["一", "2.50"]);
    assert_eq!(built.page("zh/exhibit-2.html").texts(".preview pre"), ["号码"]);
}

#[test]
fn the_lists_to_hand_in_say_the_same_on_the_page_and_in_the_table() {
    let list = "- number: 1\n  title: { zh: '=合同，\"第一份\"', en: Contract }\n  file: a.txt\n  kind: documentary\n  \
                pages: 4-5\n  original: false\n  captured_at: 2031-05-04 01:09:08 +08:00\n- number: 2\n  title: 登记簿\n";
    let text = "# 甲\n\n【证据1】和【证据2】。\n";
    let fixture = with_exhibits(list, text, &[("a.txt", b"words")]);
    fixture.write("content/en/a.md", b"# A\n\n[Exhibit 1] and [Exhibit 2].\n");
    fixture.write("casefile.yaml", "languages: [zh, en]\nfiling: { number: 〔2031〕7号 }\n".as_bytes());
    let built = fixture.built();
    let csv = built.text("zh/evidence-catalogue.csv");
    let first = "序号,证据编号,证据名称,证据种类,证据来源,证明对象与内容,证明目的,原件/复印件,页码（装订后）,页数,份数,备注\r\n";
    assert!(csv.starts_with(&format!("\u{feff}{first}")), "{csv}");
    assert!(csv.contains("1,证据1,\"'=合同，\"\"第一份\"\"\",书证,,,,复印件,4–5,2,,\r\n"), "{csv}");
    let page = built.page("zh/evidence-catalogue.html");
    assert_eq!(page.texts("tbody tr").len(), 2);
    assert!(page.texts("dl").concat().contains("〔2031〕7号"));
    // What is no file is no electronic data.
    assert_eq!(built.page("zh/electronic-data-list.html").texts("tbody tr").len(), 1);
    assert!(built.text("zh/electronic-data-list.csv").contains("2031-05-04 01:09:08 +08:00"));
    let english = built.text("en/exhibit-list.csv");
    assert!(english.starts_with(
        "\u{feff}Exhibit No.,Description,Date,Source/Custodian,Purpose,Original/Copy,Pages,SHA-256,Offered,Admitted\r\n"
    ));
    assert!(english.contains("Exhibit 1,Contract,2031-05-04 01:09:08,,,copy,2,"));
}

#[test]
fn a_second_build_reads_no_exhibit_again_and_a_changed_one_is_noticed() {
    let list = "- number: 1\n  file: a.bin\n";
    let fixture = with_exhibits(list, "# 甲\n\n见【证据1】。\n", &[("a.bin", b"\x01\x02\x03\0")]);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let copy = fixture.public("files/exhibits/a.bin.txt");
    // A change that keeps size and time of modification is still a change.
    let time = std::fs::metadata(fixture.path().join("content/exhibits/a.bin")).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(250));
    assert_eq!(fixture.run(&["build"]).code(), 0);
    fixture.write("content/exhibits/a.bin", b"\x09\x02\x03\0");
    let file = std::fs::File::options().write(true).open(fixture.path().join("content/exhibits/a.bin")).unwrap();
    file.set_modified(time).unwrap();
    drop(file);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    assert_eq!(std::fs::read(&copy).unwrap(), b"\x09\x02\x03\0");
    let page = std::fs::read_to_string(fixture.public("zh/exhibit-1.html")).unwrap();
    assert!(page.contains(&Sha256::of(b"\x09\x02\x03\0").to_string()));
}

#[test]
fn what_is_kept_between_builds_may_be_thrown_away_and_is_never_part_of_the_case() {
    let list = "- number: 1\n  file: a.jpg\n";
    let photograph = photograph(900, 600);
    let fixture = with_exhibits(list, "# 甲\n\n见【证据1】。\n", &[("a.jpg", &photograph)]);
    assert_eq!(fixture.run(&["build"]).code(), 0);
    let first = read_all(&fixture.public(""));
    assert!(fixture.path().join(".casefile-cache").is_dir());
    std::fs::remove_dir_all(fixture.path().join(".casefile-cache")).unwrap();
    assert_eq!(fixture.run(&["build"]).code(), 0);
    assert_eq!(read_all(&fixture.public("")), first);
    assert!(
        first.iter().any(|(path, _)| path.ends_with("a-320.jpg") || path.ends_with("a-213.jpg")),
        "{:?}",
        first.len()
    );
}

fn read_all(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), std::fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn an_exhibit_that_changes_while_it_is_copied_is_a_fault_and_not_a_wrong_sum() {
    let list = "- number: 1\n  file: a.bin\n";
    let fixture = with_exhibits(list, "# 甲\n\n见【证据1】。\n", &[("a.bin", b"\x01\x02\x03\0")]);
    let built = Built::of(fixture.path());
    fixture.write("content/exhibits/a.bin", b"\x09\x02\x03\0 and more");
    let output = Output::new(&built.site).unwrap();
    let result = disk::write(&output, fixture.path(), &fixture.public(""), false, None);
    assert!(result.is_err());
    assert!(!fixture.public("").exists());
}

#[test]
fn exhibits_that_cannot_be_used_are_named_with_their_place_and_nothing_is_lost() {
    let list = "- number: 1\n  file: ../../../etc/passwd\n- number: 1\n- number: x\n- number: 3\n  file: gone.txt\n- number: 4\n  \
                file: a b 证据 😀..txt\n- number: 5\n  file: a b 证据 😀..txt\n  captured_at: someday\n  copies: 两份\n";
    let text = "# 甲\n\n【证据1】【证据3】【证据4】【证据5】，【证据1】。\n";
    let built = with_exhibits(list, text, &[("a b 证据 😀..txt", b"x"), ("other.txt", b"y")]).built();
    let codes: Vec<String> = built.found().iter().map(|found| found.split(' ').next().unwrap().to_owned()).collect();
    for code in ["C206", "C207", "C901", "C906", "C908", "C811"] {
        assert!(codes.contains(&code.to_owned()), "{code}: {codes:?}");
    }
    assert!(built.paths().contains(&"zh/exhibit-4.html".to_owned()));
    assert!(built.paths().contains(&"files/exhibits/a-b-zheng-ju.txt".to_owned()), "{:?}", built.paths());
}

/// A PNG whose header promises more pixels than any memory holds.
fn bomb() -> Vec<u8> {
    let mut png = Vec::new();
    image::RgbImage::new(2, 2).write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    // The checksum of the header, as its fields are now (PNG, third edition, section 5.5).
    let crc = png[12..29].iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    png[29..33].copy_from_slice(&(!crc).to_be_bytes());
    png
}

#[test]
fn damaged_empty_huge_and_acting_files_are_each_told_and_all_of_them_offered() {
    let mut cut = photograph(200, 100);
    cut.truncate(cut.len() / 2);
    let pdf: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(1)>>>>endobj\n\
                       2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
                       3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n";
    let bomb = bomb();
    let files: [(&str, &[u8]); 5] =
        [("empty.jpg", b""), ("cut.jpg", &cut), ("bomb.png", &bomb), ("acts.pdf", pdf), ("zeros.png", &[0; 64])];
    let list: String = (1..).zip(files).map(|(n, (name, _))| format!("- number: {n}\n  file: {name}\n")).collect();
    let text = "# 甲\n\n见【证据1】【证据2】【证据3】【证据4】【证据5】。\n";
    let fixture = with_exhibits(&list, text, &files);
    fixture.write("casefile.yaml", b"strip_metadata: false\n");
    let built = fixture.built();
    assert_eq!(built.found(), ["C907 2:9", "C904 4:9", "C907 4:9", "C907 6:9", "C909 8:9", "C905 10:9"]);
    assert_eq!(built.paths().iter().filter(|path| path.starts_with("files/exhibits/")).count(), 5);
    for number in 1..=5 {
        assert!(built.page(&format!("zh/exhibit-{number}.html")).has(".notices li"), "{number}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_case_is_no_exhibit_and_the_reason_is_said() {
    let fixture = with_exhibits("- number: 1\n  file: out.txt\n", "# 甲\n\n见【证据1】。\n", &[]);
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::os::unix::fs::symlink(outside.path(), fixture.path().join("content/exhibits/out.txt")).unwrap();
    let built = fixture.built();
    assert_eq!(built.found(), ["C901 2:9"]);
    assert!(built.findings[0].help.as_ref().unwrap().en().contains("a link out of the case"));
}

/// The exhibits of a case by number and title, with the file of each.
fn listed(files: &[(&str, &str)]) -> Vec<String> {
    let built = Fixture::new(files).built();
    let exhibits = &built.site.case.exhibits.all;
    let show = |exhibit: &casefile::case::exhibit::Exhibit| {
        let file = exhibit.file.as_ref().map(|file| format!(" ({})", file.path)).unwrap_or_default();
        format!("{} {}{file}", exhibit.key.number, exhibit.title.get_or_any("zh").unwrap_or_default())
    };
    exhibits.iter().map(show).collect()
}

#[test]
fn a_table_of_evidence_feeds_the_exhibits() {
    let table = "# 证据目录\n\n| 序号 | 证据名称 | 证据来源 | 页码 | 证明目的 |\n|---|---|---|---|---|\n\
                 | 1 | 合同 | 客户提供 | 1-3 | 双方有合同 |\n| 2 | [签收单](receipt.txt) | 快递公司 | 4 | 货没有到 |\n";
    let files = [
        ("content/zh/evidence.md", table),
        ("content/zh/receipt.txt", "none"),
        ("content/zh/z.md", "# 乙\n\n见证据2。\n"),
    ];
    assert_eq!(listed(&files), ["1 合同", "2 签收单 (content/zh/receipt.txt)"]);
    let built = Fixture::new(&files).built();
    assert_eq!(built.found(), Vec::<String>::new());
    assert!(built.text("zh/evidence-catalogue.html").contains("双方有合同"));
    assert!(built.text("zh/z.html").contains("href=\"exhibit-2.html#exhibit-2\""));
    assert!(built.text("zh/exhibit-1.html").contains("客户提供"));
}

#[test]
fn lists_of_evidence_are_known_by_their_headings_or_columns() {
    let rows = "|---|---|\n| 1 | 合同 |\n| 2 | 照片 |\n";
    for text in [
        format!("# 证据目录\n\n| 序号 | 名称 |\n{rows}"),
        format!("# 说明\n\n## 证据清单\n\n| 编号 | 证据 |\n{rows}"),
        format!("# 说明\n\n## 三、证据\n\n| 序号 | 名称 |\n{rows}"),
        format!("# 说明\n\n| 序号 | 证据名称 |\n{rows}"),
        "# 说明\n\n## 证据目录\n\n| 证据编号 | 名称 |\n|---|---|\n| 证据1 | 合同 |\n| 证据二 | 照片 |\n".to_owned(),
        "# 说明\n\n## 证据目录\n\n### 证据1：合同\n\n甲\n\n### 证据2：照片\n\n乙\n".to_owned(),
        "# 证据\n\n| 序号 | 证据名称 | 证明内容/证明目的 |\n|---|---|---|\n| 1 | 合同 | 有合同 |\n| 2 | 照片 | 是空的 |\n".to_owned(),
    ] {
        assert_eq!(listed(&[("content/zh/a.md", &text)]), ["1 合同", "2 照片"], "{text}");
    }
    let english = "# Papers\n\n## List of exhibits\n\n| Exhibit | Description |\n|---|---|\n| A | The lease |\n| B | The photo |\n";
    assert_eq!(listed(&[("content/en/a.md", english)]), ["a The lease", "b The photo"]);
}

#[test]
fn what_stands_below_a_heading_of_the_list_is_said_of_the_exhibit() {
    let text = "# 证据清单\n\n## 证据一：合同\n\n**证据来源：** 客户提供\n**证明目的：** 双方有合同\n**页码：** 1-3\n";
    let built = Fixture::new(&[("content/zh/evidence.md", text)]).built();
    let exhibit = &built.site.case.exhibits.all[0];
    let told = [&exhibit.title, &exhibit.source, &exhibit.purpose].map(|text| text.get("zh").unwrap_or_default());
    assert_eq!(told, ["合同", "客户提供", "双方有合同"]);
    assert_eq!(exhibit.page_range.as_deref(), Some("1-3"));
}

#[test]
fn other_tables_and_what_is_listed_twice_feed_no_exhibits() {
    let rows = "|---|---|\n| 1 | 合同 |\n| 2 | 照片 |\n";
    for text in [
        format!("# 说明\n\n| 序号 | 名称 |\n{rows}"),
        format!("# 说明\n\n## 请求\n\n| 编号 | 名称 |\n{rows}"),
        "# 说明\n\n| 序号 | 证据名称 | 质证意见 |\n|---|---|---|\n| 1 | 合同 | 不认可 |\n".to_owned(),
        "# 证据目录\n\n| 序号 | 页码 |\n|---|---|\n| 1 | 2 |\n".to_owned(),
        "# 证据目录\n\n| 序号 | 名称 |\n|---|---|\n| 第一组 | 合同 |\n| | 照片 |\n| 1 | |\n".to_owned(),
        format!("# 说明\n\n## 证据目录\n\n| 序号 | 名称 |\n{rows}\n## 证据清单\n\n| 序号 | 名称 |\n{rows}"),
        "# 说明\n\n## 证据1：合同\n\n甲\n".to_owned(),
    ] {
        assert_eq!(listed(&[("content/zh/a.md", &text)]), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_table_below_a_list_of_evidence_that_numbers_something_else_takes_nothing_from_it() {
    let list = "# 证据目录\n\n| 编号 | 名称 |\n|---|---|\n| 1 | 合同 |\n| 2 | 流水 |\n";
    let losses = "\n## 损失明细\n\n| 编号 | 名称 |\n|---|---|\n| 1 | 货款 |\n| 2 | 运费 |\n| 3 | 利息 |\n";
    assert_eq!(listed(&[("content/zh/evidence.md", &format!("{list}{losses}"))]), ["1 合同", "2 流水"]);
    let witnesses = "# Evidence\n\n## Documents\n\n| No. | Document |\n|---|---|\n| 1 | Contract |\n\n## Witnesses\n\n| No. | Name |\n|---|---|\n| 1 | Mr Tall |\n| 3 | Ms Short |\n";
    assert_eq!(listed(&[("content/en/a.md", witnesses)]), ["1 Contract"]);
    let more = "\n## 物证\n\n| 编号 | 名称 |\n|---|---|\n| 3 | 锁 |\n";
    assert_eq!(listed(&[("content/zh/evidence.md", &format!("{list}{more}"))]), ["1 合同", "2 流水", "3 锁"]);
}

#[test]
fn two_lists_of_evidence_that_both_begin_with_one_are_told_and_name_no_exhibit() {
    let list = "# 证据目录\n\n| 序号 | 证据名称 |\n|---|---|\n| 1 | 合同 |\n| 2 | 照片 |\n";
    let files = [("content/zh/a.md", list), ("content/zh/b.md", list)];
    assert_eq!(listed(&files), Vec::<String>::new());
    let built = Fixture::new(&files).built();
    assert_eq!(built.found(), ["C302 5:1"]);
    assert!(built.findings[0].message.en().starts_with("2 numbers of this list"), "{}", built.findings[0].message.en());
}

#[test]
fn the_list_of_the_case_counts_for_more_than_a_table() {
    let table = "# 证据目录\n\n| 序号 | 证据名称 |\n|---|---|\n| 1 | 合同 |\n| 2 | 照片 |\n";
    let list = "- {number: 1, title: 租约}\n";
    let files = [("content/zh/evidence.md", table), ("content/exhibits/exhibits.yaml", list)];
    assert_eq!(listed(&files), ["1 租约", "2 照片"]);
}

#[test]
fn an_exhibit_of_several_files_is_one_exhibit_with_each_of_them_in_order() {
    let sum = Sha256::of(b"second");
    let list = format!(
        "- number: 1\n  title: 聊天记录\n  files:\n    - a.txt\n    - {{ file: b.txt, title: 五月四日, sha256: {sum} }}\n    - file: c.txt\n      captured_at: 2031-05-04\n- number: 2\n  file: d.txt\n"
    );
    let text = "# 甲\n\n见【证据1】【证据2】和[第二个](../exhibits/b.txt)。\n";
    let files: [(&str, &[u8]); 4] = [("a.txt", b"first"), ("b.txt", b"second"), ("c.txt", b"third"), ("d.txt", b"4")];
    let built = with_exhibits(&list, text, &files).built();
    assert_eq!(built.found(), Vec::<String>::new());
    let page = built.page("zh/exhibit-1.html");
    let shown = ["第 1 个文件（共 3 个）", "第 2 个文件（共 3 个） 五月四日", "第 3 个文件（共 3 个）"];
    assert_eq!(page.texts("article h2.part"), shown);
    assert_eq!(page.texts("article figure pre"), ["first", "second", "third"]);
    let own: Vec<String> = files[..3].iter().map(|(_, bytes)| Sha256::of(bytes).to_string()).collect();
    assert!(own.iter().all(|sum| page.html("article").contains(sum)));
    // What cites one of the files cites the exhibit; there is one page, one row, one entry.
    assert_eq!(page.attributes("a.backref", "href"), ["a.html#ref-1", "a.html#via-1"]);
    assert_eq!(built.page("zh/a.html").attributes("article a.file", "href"), ["exhibit-1.html#exhibit-1"]);
    assert_eq!(page.attributes("nav.turn a", "href"), ["exhibit-2.html"]);
    let model = &built.model()["exhibits"];
    assert_eq!((model[0]["number"].as_str(), model[1]["number"].as_str()), (Some("1"), Some("2")));
    assert_eq!(model[0]["further_files"][1]["published"], "files/exhibits/c.txt");
    assert!(built.paths().iter().any(|path| path == "files/exhibits/c.txt"));
    assert_eq!(built.page("zh/print.html").texts("h4.part").len(), 3);
}

#[test]
fn what_is_wrong_with_one_of_several_files_is_told_at_it() {
    for (files, code) in [
        ("files: [a.txt, none.txt]", "C901"),
        ("files: [a.txt, ../../../x.txt]", "C206"),
        ("files: a.txt", "C207"),
        ("files: [{ title: 题 }]", "C207"),
        ("files: [{ file: a.txt, cover: [1] }]", "C207"),
        ("file: a.txt\n  files: [a.txt]", "C207"),
        ("files: [{ file: a.txt, sha256: 12 }]", "C207"),
    ] {
        let list = format!("- number: 1\n  {files}\n");
        let built = with_exhibits(&list, "# 甲\n\n见【证据1】。\n", &[("a.txt", b"words")]).built();
        assert!(built.found().iter().any(|found| found.starts_with(code)), "{files}: {:?}", built.found());
    }
    let list = "- number: 1\n  files: [a.txt, b.txt]\n  visibility: hidden\n";
    let built = with_exhibits(list, "# 甲\n\n文。\n", &[("a.txt", b"words"), ("b.txt", b"secret")]).built();
    assert!(built.paths().iter().all(|path| !path.contains("b.txt")));
}

#[test]
fn a_list_of_thousands_takes_several_pages_and_an_exhibit_leads_back_to_its_own() {
    let list: String = (1..=2_300).map(|n| format!("- {{number: {n}, title: 甲{n}}}\n")).collect();
    let built = with_exhibits(&list, "# 甲\n", &[]).built();
    let pages = ["zh/exhibits.html", "zh/exhibits-2.html", "zh/exhibits-3.html"];
    let listed = pages.map(|page| built.page(page).texts(".exhibit-label").len());
    assert_eq!(listed, [1_000, 1_000, 300]);
    assert_eq!(built.page(pages[0]).attributes(".parts a", "href").len(), 3);
    for (exhibit, page) in [(1, 0), (1_000, 0), (1_001, 1), (2_300, 2)] {
        let back = built.page(&format!("zh/exhibit-{exhibit}.html")).attributes(".breadcrumb a", "href");
        assert_eq!(back.last().map(|href| format!("zh/{href}")).as_deref(), Some(pages[page]), "{exhibit}");
    }
}

#[test]
fn an_exhibit_may_bear_on_a_whole_document() {
    let list = "- number: 1\n  file: a.txt\n  proves: [a.md]\n";
    let built = with_exhibits(list, "# 甲\n\n见【证据1】。\n", &[("a.txt", b"words")]).built();
    assert_eq!(built.found(), Vec::<String>::new());
    assert_eq!(built.page("zh/exhibit-1.html").attributes("ul.bears-on a", "href"), ["a.html"]);
}

#[test]
fn a_glance_at_an_exhibit_shows_what_it_is_said_to_show_or_why_there_is_nothing() {
    let list =
        "- number: 1\n  file: a.pdf\n  caption: 第四章\n- number: 2\n  title: 登记簿\n- number: 3\n  file: c.txt\n";
    let lines = "第一行\n".repeat(100);
    let files: [(&str, &[u8]); 2] = [("a.pdf", b"%PDF-1.4\n"), ("c.txt", lines.as_bytes())];
    let page = with_exhibits(list, "# 甲\n\n【证据1】、【证据2】、【证据3】\n", &files).built().text("zh/a.html");
    let quoted = |number: &str| {
        let start = page.split(&format!("data-for=\"exhibit-{number}.html#exhibit-{number}\">")).nth(1).unwrap();
        start.split("</template>").next().unwrap().to_owned()
    };
    assert!(quoted("1").contains("第四章</span></p>"), "{}", quoted("1"));
    assert!(quoted("2").contains("<p>无电子文件</p>"), "{}", quoted("2"));
    // Lines are whole.
    assert!(quoted("3").contains("第一行\n第一行</pre>"), "{}", quoted("3"));
}

#[test]
fn a_list_of_evidence_is_read_whatever_its_columns_are_called() {
    let cited = |table: &str| {
        let text = format!("# 起诉状\n\n见【证据1】、【证据2】和【证据3】。\n\n{table}\n");
        let built = Fixture::new(&[("content/zh/a.md", text.as_str())]).built();
        built.found().iter().filter(|found| found.starts_with("C301")).count()
    };
    for table in [
        "## 证据目录\n\n| 编号 | 内容 | 证明目的 |\n|---|---|---|\n| 证据1 | 合同 | 甲 |\n| 证据2 | 收据 | 乙 |\n| 证据3 | 函 | 丙 |",
        "## 证据清单\n\n| 编号 | 说明 |\n|---|---|\n| **1** | 合同 |\n| **2** | 收据 |\n| **3** | 函 |",
        "## 材料\n\n| # | 证据类型 | 说明 |\n|---|---|---|\n| 1 | 书证 | 合同 |\n| 2、3 | 电子数据 | 聊天 |",
        "## 证据\n\n| 证据 | 来源 |\n|---|---|\n| 证据一：合同 | 甲 |\n| 证据二 收据 | 乙 |\n| 证据三 | 丙 |",
    ] {
        assert_eq!(cited(table), 0, "{table}");
    }
    // What is lost, and what somebody says of the evidence, is no list of it.
    for table in [
        "## 损失\n\n| 序号 | 内容 | 金额 |\n|---|---|---|\n| 1 | 房租 | 3 |\n| 2 | 水电 | 4 |\n| 3 | 律师费 | 5 |",
        "## 证据目录\n\n| 编号 | 内容 | 质证意见 |\n|---|---|---|\n| 1 | 合同 | 不认可 |\n| 2 | 收据 | 不认可 |\n| 3 | 函 | 认可 |",
    ] {
        assert_eq!(cited(table), 3, "{table}");
    }
}
