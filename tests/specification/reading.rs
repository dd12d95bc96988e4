//! What helps to read: what is quoted of other pages, how a place is quoted, the languages of runs of text, directions of
//! writing, the page about the dossier and the one for paper.

use crate::support::{Fixture, built};

#[test]
fn what_a_page_cites_on_other_pages_is_quoted_on_it_for_scripts_that_may_not_read_them() {
    let long = "长".repeat(2000);
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n见【注1】、【注2】和【附录1】。又见【注1】，本页【注3】。\n\n【注3】本页。\n"),
        ("content/zh/b.md", &format!("# 乙\n\n【注1】来源 <https://example.com/x>。\n\n第二段。\n\n【注2】{long}\n")),
        ("content/zh/appendix-1.md", "---\nsummary: 一句话。\n---\n# 附件\n\n正文。\n"),
    ])
    .built();
    let html = built.text("zh/a.html");
    let templates: Vec<&str> =
        html.split("<template").skip(1).map(|rest| rest.split("</template>").next().unwrap()).collect();
    assert_eq!(templates.len(), 3, "{templates:?}");
    assert!(templates[0].starts_with(" class=\"quoted\" data-for=\"appendix-1.html\">"), "{}", templates[0]);
    assert!(templates[0].contains("附件") && templates[0].contains("一句话。"));
    assert!(templates[1].starts_with(" class=\"quoted note\" data-for=\"b.html#note-1\">"));
    assert!(templates[1].contains("https://example.com/x") && templates[1].contains("第二段。"));
    assert!(!templates[1].contains(" id="));
    assert!(templates[2].contains("长…") && templates[2].chars().count() < 500);
}

#[test]
fn everything_that_has_an_address_says_by_which_words_it_is_quoted() {
    let built = Fixture::new(&[
        ("casefile.yaml", "parties:\n  - {id: bot, name: 机器人}\n  - {id: man, name: 受害人}\n"),
        (
            "content/zh/positions.md",
            "# 各方立场\n\n## 机器人\n\n- 1-1，没有漏洞。\n    - 受害人对此有争议。\n\n【注1】来源。\n",
        ),
        ("content/zh/timeline.md", "# 时间线\n\n- 2031-05-04 01:09:08，转出。\n\n## 一，后来\n\n- 1-1，追查。\n"),
    ])
    .built();
    let positions = built.page("zh/positions.html");
    assert_eq!(
        positions.attributes("body [data-cite]", "data-cite"),
        ["各方立场", "各方立场 机器人", "各方立场 1-1", "各方立场 1-1 受害人", "各方立场 【注1】"]
    );
    let timeline = built.page("zh/timeline.html");
    assert_eq!(
        timeline.attributes("body [data-cite]", "data-cite"),
        ["时间线", "时间线 2031-05-04 01:09:08", "时间线 一", "时间线 一 1-1"]
    );
    for page in [positions, timeline] {
        // The title stands for the page, whose address needs no more.
        assert!(page.attributes("body [data-cite]:not(h1)", "id").iter().all(|id| !id.is_empty()));
    }
}

#[test]
fn runs_in_another_language_say_so() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n公告写着 read the full text here，用 Telegram 发出。\n"),
        ("content/en/a.md", "# A\n\nThe notice 月台功能体验优化 said nothing.\n"),
    ])
    .built();
    assert_eq!(built.page("zh/a.html").texts("article [lang=en]"), ["read the full text here"]);
    assert_eq!(built.page("en/a.html").texts("article [lang=zh]"), ["月台功能体验优化"]);
}

#[test]
fn a_block_from_right_to_left_runs_as_its_first_letter_does() {
    let page = built("שלום עולם\n\n普通段落。\n\n- مرحبا بالعالم\n").page("zh/a.html");
    assert_eq!(page.texts("[dir=auto]"), ["שלום עולם", "مرحبا بالعالم"]);
    assert_eq!(page.texts("span[lang=he]"), ["שלום עולם"]);
}

#[test]
fn what_turns_the_direction_of_text_is_shown_wherever_it_stands_and_reported() {
    let fixture =
        Fixture::new(&[("content/zh/a.md", "# 合同\u{202e}gpj.exe\n\n见“合同\u{202e}gpj.exe”和`\u{2066}`。\n")]);
    fixture.write("casefile.yaml", "title: 案\u{200f}卷\n".as_bytes());
    let built = fixture.built();
    for path in built.paths().into_iter().filter(|path| path.ends_with(".html")) {
        let html = built.text(&path);
        assert!(!html.contains(['\u{202e}', '\u{2066}', '\u{200f}']), "{path}");
    }
    let page = built.page("zh/a.html");
    assert_eq!(page.texts("article .control"), ["U+202E", "U+202E", "U+2066"]);
    assert!(page.text("title").contains("合同[U+202E]gpj.exe"));
    let found: Vec<String> = built.found();
    assert_eq!(found.iter().filter(|code| code.starts_with("C107")).count(), 4, "{found:?}");
}

#[test]
fn the_page_about_the_dossier_tells_who_until_when_and_how_to_reply() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n")]);
    let page = fixture.built().page("zh/about-this-dossier.html");
    assert!(page.text("main").contains("编者没有署名") && page.text("main").contains("编者没有留下联系方式"));
    let config = "as_of: 2031-06-30\ncontact: {name: 某商行, email: office@example.com}\n";
    fixture.write("casefile.yaml", config.as_bytes());
    let page = fixture.built().page("zh/about-this-dossier.html");
    assert!(page.text("main").contains("某商行") && page.text("main").contains("2031-06-30"));
    assert_eq!(page.attributes("a.contact", "href"), ["mailto:office@example.com"]);
    fixture.write("casefile.yaml", b"contact: {email: not an address}\n");
    let refused = fixture.run(&["build"]);
    assert_eq!(refused.code(), 1);
    assert!(refused.stderr().contains("no mail address"), "{}", refused.stderr());
}

#[test]
fn the_page_for_paper_holds_every_document_with_its_addresses_and_leads_nowhere_else() {
    let fixture = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n## 一，经过\n\n见【注1】和[乙](b.md)。\n"),
        ("content/zh/b.md", "# 乙\n\n## 一，来源\n\n【注1】来源。\n"),
        ("content/en/a.md", "# A\n"),
    ]);
    fixture.write("casefile.yaml", b"base_url: https://example.com/case/\n");
    let built = fixture.built();
    let page = built.page("zh/print.html");
    assert_eq!(page.texts(".chapter > .title > h2"), ["甲", "乙"]);
    assert_eq!(page.texts(".chapter h3"), ["一，经过", "一，来源"]);
    assert!(page.has("[id='a/s1']") && page.has("[id='b/s1']") && page.has("[id='b/note-1']"));
    assert_eq!(page.attributes("[id='a/'] a", "href"), ["#b/note-1", "#b/"]);
    assert_eq!(page.attributes("[id='b/'] a.backref", "href"), ["#a/ref-1"]);
    assert!(page.has(".qr svg") && page.text(".cover").contains("https://example.com/case/zh/index.html"));
    assert_eq!(built.page("en/print.html").texts(".chapter > .title > h2"), ["A"]);
}

#[test]
fn every_printed_page_bears_the_case_and_its_day() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n")]);
    fixture.write("casefile.yaml", "title: '某案 \"一\"'\nas_of: 2031-06-30\n".as_bytes());
    let built = fixture.built();
    let style = built.text("zh/paper.css");
    assert!(style.contains("@top-left { content: \"某案 \\22 一\\22 \"; }"), "{style}");
    assert!(style.contains("@top-right { content: \"截至 2031-06-30\"; }"), "{style}");
    assert_eq!(built.page("zh/a.html").attributes("link[media=print]", "href"), ["paper.css"]);
}

#[test]
fn what_a_link_leads_to_on_another_page_is_quoted_too() {
    let built = Fixture::new(&[
        ("content/zh/a.md", "# 甲\n\n见[那一条](positions.md#claim-1-1)。\n"),
        ("content/zh/positions.md", "# 立场\n\n## 机器人\n\n- 1-1，没有漏洞。\n    - 1-1-1，下一层。\n"),
    ])
    .built();
    let html = built.text("zh/a.html");
    let quoted = html.split("<template").nth(1).and_then(|rest| rest.split("</template>").next()).unwrap();
    assert!(quoted.contains("data-for=\"positions.html#claim-1-1\"") && quoted.contains("没有漏洞"), "{quoted}");
    assert!(!quoted.contains("下一层") && !quoted.contains(" id="), "{quoted}");
}

#[test]
fn a_picture_keeps_its_room_before_it_is_loaded() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 甲\n\n![图](dot.png)\n")]);
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(7, 3).write_to(&mut png, image::ImageFormat::Png).unwrap();
    fixture.write("content/zh/dot.png", png.get_ref());
    let page = fixture.built().page("zh/a.html");
    assert_eq!(
        (page.attributes("img", "width"), page.attributes("img", "height")),
        (vec!["7".into()], vec!["3".into()])
    );
}
