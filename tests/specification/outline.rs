//! What people number: the sections of texts without `#`, and the addresses of numbered paragraphs, lines and entries.

use crate::support::{Built, Fixture};
use casefile::document::section::SectionId;
use casefile::site::Spot;

/// A case of one document.
fn document(text: &str) -> Built {
    Fixture::new(&[("content/zh/a.md", text)]).built()
}

/// The sections of a text, each as its address and its words.
fn sections(text: &str) -> Vec<String> {
    let built = document(text);
    let (document, addresses) = (&built.site.case.documents[0], &built.site.addresses[0]);
    let shown = SectionId::each(&document.sections).filter(|(at, _)| document.title_section != Some(*at));
    shown.map(|(at, section)| format!("{} {}", addresses.of(Spot::Section(at)), section.title)).collect()
}

/// The addresses of all that is numbered, in the order of the text.
fn addresses(text: &str) -> Vec<String> {
    let built = document(text);
    let all = built.site.addresses[0].in_order().iter();
    let numbered = all.filter(|addressed| matches!(addressed.spot, Spot::Item(_) | Spot::Point(_)));
    let numbered: Vec<String> = numbered.map(|addressed| addressed.anchor.to_string()).collect();
    let html = built.text("zh/a.html");
    for anchor in &numbered {
        assert_eq!(html.matches(&format!(" id=\"{anchor}\"")).count(), 1, "#{anchor} in {text}");
    }
    numbered
}

#[test]
fn lines_of_an_outline_are_headings_where_a_text_has_none() {
    let body = "仓库在五月三日收到两个货盘，其中一个没有封条，收货人当场拍了照片，并且通知了承运人。";
    let cases: &[(String, &[&str])] = &[
        (format!("一，经过\n\n{body}\n\n二，请求\n\n{body}"), &["s1 经过", "s2 请求"]),
        (format!("# 说明\n\n一、经过\n\n{body}\n\n二、请求\n\n{body}"), &["s1 经过", "s2 请求"]),
        (format!("一、经过\n{body}\n二、请求\n{body}"), &["s1 经过", "s2 请求"]),
        (format!("**一、经过**\n\n{body}\n\n**二、请求**\n\n{body}"), &["s1 经过", "s2 请求"]),
        (
            "1，仓库的意见\n\n1-1，没有收到。\n\n2，客户的意见\n\n2-1，收到了。".into(),
            &["s1 仓库的意见", "s2 客户的意见"],
        ),
        (
            "1，仓库的意见\n\n- 1-1，没有收到。\n\n2，客户的意见\n\n- 2-1，收到了。".into(),
            &["s1 仓库的意见", "s2 客户的意见"],
        ),
        (format!("1、经过\n\n{body}\n\n2、请求\n\n{body}"), &["s1 经过", "s2 请求"]),
        (format!("1 - What happened\n\n{body}\n\n2 - What we ask\n\n{body}"), &["s1 What happened", "s2 What we ask"]),
        (
            format!("一，经过\n\n（一）收货\n\n{body}\n\n（二）拍照\n\n{body}\n\n二，请求\n\n{body}"),
            &["s1 经过", "s1-1 收货", "s1-2 拍照", "s2 请求"],
        ),
        (
            format!("一，各方\n\n1，仓库\n\n1-1，没有收到。\n\n2，客户\n\n2-1，收到了。\n\n二，请求\n\n{body}"),
            &["s1 各方", "s1-1 仓库", "s1-2 客户", "s2 请求"],
        ),
        (format!("一、经过\n\n{body}\n\n二、请求\n\n1、退款；\n\n2、道歉；\n\n3、赔偿。"), &["s1 经过", "s2 请求"]),
        (
            format!("一、为什么没有封条？\n\n{body}\n\n二、谁签的字：\n\n{body}"),
            &["s1 为什么没有封条？", "s2 谁签的字："],
        ),
        (format!("前言如下。\n\n一、经过\n\n{body}\n\n二、请求\n\n{body}"), &["s1 经过", "s2 请求"]),
        (
            format!("一、经过\n\n{body}\n\n二、请求\n\n{body}\n\n附录1，货盘的照片\n\n{body}"),
            &["s1 经过", "s2 请求", "appendix-1 附录1，货盘的照片"],
        ),
        (format!("{body}\n{body}就这样过了三天！\n一、经过\n\n{body}\n\n二、请求\n\n{body}"), &["s1 经过", "s2 请求"]),
        (format!("一、经过\n---\n\n{body}\n\n二、请求\n\n{body}"), &["s1 经过", "s2 请求"]),
        (format!("十一、经过\n\n{body}\n\n十二、请求\n\n{body}"), &["s11 经过", "s12 请求"]),
        (format!("一，经过\n\n---\n\n{body}\n\n---\n\n二，请求\n\n{body}"), &["s1 经过", "s2 请求"]),
        (format!("一、经过\n\n> {body}\n\n二、请求\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"), &["s1 经过", "s2 请求"]),
    ];
    for (text, expected) in cases {
        assert_eq!(sections(text), *expected, "{text}");
    }
}

#[test]
fn lists_and_prose_are_no_headings() {
    let body = "仓库在五月三日收到两个货盘，其中一个没有封条，收货人当场拍了照片，并且通知了承运人。";
    let cases = [
        "请求：\n\n1，退款\n\n2，道歉\n\n3，赔偿".to_owned(),
        "请求：\n\n一、退款\n\n二、道歉\n\n三、赔偿".to_owned(),
        "一、退款\n二、道歉\n三、赔偿".to_owned(),
        "1，退款\n2，道歉\n3，赔偿\n\n以上。".to_owned(),
        format!("一、仓库没有收到货盘。\n\n{body}\n\n二、客户没有证据。\n\n{body}"),
        format!("一、仓库没有收到货盘；\n\n{body}\n\n二、客户没有证据；\n\n{body}"),
        "1，不道歉，\n\n2，不承认，\n\n3，不赔偿，".to_owned(),
        "1、退款。\n\n2、道歉。".to_owned(),
        format!("1，退款\n\n2，道歉\n\n3，赔偿\n\n{body}"),
        format!("{body}\n\n2031，我们开了仓库\n\n{body}"),
        format!("一些货盘没有封条\n\n{body}\n\n十分重要\n\n{body}"),
        format!(
            "一、这一行写得很长很长，所以它不会是一个标题，因为标题只有几个字，而这一行超过了四十个字的限度\n\n{body}\n\n二、这一行同样写得很长很长，所以它也不会是一个标题，因为标题只有几个字，这里超过了限度\n\n{body}"
        ),
        "1. Refund\n2. Apology\n3. Damages".to_owned(),
        "1. Refund.\n\n2. Apology.\n\n3. Damages.".to_owned(),
        format!("（1）退款\n\n{body}\n\n（2）道歉\n\n{body}"),
        format!("① 退款\n\n{body}\n\n② 道歉\n\n{body}"),
        "> 一、经过\n>\n> 货盘到了。\n>\n> 二、请求\n>\n> 退款。".to_owned(),
        format!("```\n一、经过\n\n二、请求\n```\n\n{body}"),
        format!(
            "仓库一共收到两个货盘，一个没有封条，收货人当场拍了照片并且通知了\n一、承运人的司机，以及他的同事，他们当天下午就来看了这两个货盘并且\n二、看了封条，然后说明天再来，第二天没有人来，第三天也没有人来过问。\n\n{body}"
        ),
        format!("1，退款\n\n见附件\n\n2，道歉\n\n书面\n\n3，赔偿\n\n{body}"),
        "一，怀疑是以下公司\n\n1，某某仓储公司 注销\n\n统一社会信用代码: 91000000MA00000000\n\n法定代表人: 甲\n\n注册地址：某市某区某街道某社区某工业区1栋4层407\n\n\
         2，某某物流公司 存续\n\n统一社会信用代码: 91000000MA00000001\n\n注册地址：某市某区某街道某社区某工业区2栋5层408\n\n法定代表人: 乙"
            .to_owned(),
        format!("3.1 经过\n\n{body}\n\n3.2 请求\n\n{body}"),
        format!("一、经过如下\n\n{body}"),
    ];
    for text in cases {
        assert_eq!(sections(&text), Vec::<String>::new(), "{text}");
    }
    let written = format!("# 说明\n\n## 经过\n\n一、收货\n\n{body}\n\n二、拍照\n\n{body}");
    assert_eq!(sections(&written), ["jing-guo 经过"], "who writes `##` needs nothing read");
    let below = format!("{body}\n\n# 说明\n\n一、收货\n\n{body}\n\n二、拍照\n\n{body}");
    assert_eq!(sections(&below), Vec::<String>::new(), "a heading stands above all else, or tells how headings look");
}

#[test]
fn check_tells_which_lines_were_taken_for_headings() {
    let fixture = Fixture::new(&[("content/zh/a.md", "# 说明\n\n一，经过\n\n货盘到了。\n\n二，请求\n\n退款。\n")]);
    let told = fixture.run(&["check", "--inferred"]).stdout();
    assert!(told.contains("#s1 一，经过 (line 3)") && told.contains("#s2 二，请求 (line 7)"), "{told}");
}

#[test]
fn what_people_number_has_an_address() {
    let cases: &[(&str, &[&str])] = &[
        ("1. 甲\n2. 乙\n3. 丙", &["p1", "p2", "p3"]),
        ("## 二，请求\n\n1. 甲\n2. 乙", &["s2-p1", "s2-p2"]),
        ("## 请求 {#ask}\n\n1. 甲", &["ask-p1"]),
        ("1. 甲\n   1. 乙\n   2. 丙\n2. 丁", &["p1", "p1-1", "p1-2", "p2"]),
        ("3. 甲\n4. 乙", &["p3", "p4"]),
        ("1) 甲\n2) 乙", &["p1", "p2"]),
        (
            "一、甲。\n\n1、乙。\n\n2、丙。\n\n（一）丁；\n\n（1）戊。\n\n二、己。",
            &["p1", "p1-1", "p1-2", "p1-2-1", "p1-2-1-1", "p2"],
        ),
        ("一、甲。\n\n（一）乙。\n\n1、丙。\n\n（二）丁。\n\n1、戊。", &["p1", "p1-1", "p1-1-1", "p1-2", "p1-2-1"]),
        ("1、甲。\n2、乙。\n3、丙。", &["p1", "p2", "p3"]),
        ("（1）甲；\n（2）乙；\n（3）丙。", &["p1", "p2", "p3"]),
        ("①甲\n\n②乙", &["p1", "p2"]),
        ("**1、** 甲\n\n**2、** 乙", &["p1", "p2"]),
        ("**（一）甲。**\n\n乙\n\n**（二）丙。**", &["p1", "p2"]),
        ("- 1、甲\n- 2、乙", &["p1", "p2"]),
        ("1、【证据1】租约\n\n2、证据2\n\n3、<https://example.com/>\n\n4、`x`", &["p1", "p2", "p3", "p4"]),
        ("- （1）甲\n- （2）乙", &["p1", "p2"]),
        ("1.甲\n\n2.乙", &["p1", "p2"]),
        ("## 3. Parcel\n\n3.1 It never came.\n\n3.2 No.\n\n3.2.1 Photo.", &["s3-p3-1", "s3-p3-2", "s3-p3-2-1"]),
        ("1.1 It never came.\n\n1.2 No.", &["p1-1", "p1-2"]),
        ("2-0、甲\n\n- 2-0-1，乙\n- **3-1**，丙\n- 3-2，丁", &["claim-2-0", "claim-2-0-1", "claim-3-1", "claim-3-2"]),
        ("1-1，甲\n\n1. 乙\n2. 丙\n\n1-2，丁\n\n1. 戊", &["claim-1-1", "p1-1-1", "p1-1-2", "claim-1-2", "p1-2-1"]),
        ("1. 甲\n\n（1）乙\n\n2. 丙\n\n（1）丁", &["p1", "p1-1", "p2", "p2-1"]),
        ("1. 甲\n2. 乙\n\n一、丙。\n\n二、丁。", &["p1", "p2", "p1-b", "p2-b"]),
        ("1、2031年1月22日，对方单方发出通知。\n\n2、3月没有来。", &["p1", "p2"]),
        ("## 甲\n\n1. 一\n\n## 乙\n\n1. 一", &["jia-p1", "yi-p1"]),
    ];
    for (text, expected) in cases {
        assert_eq!(addresses(text), *expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_number_has_none() {
    for text in [
        "17-19. Three clips.",
        "- 11-14 16:22: the valve opens\n- 11-14 19:50: it closes",
        "18 U.S.C. § 1956 says so.",
        "3.2 billion was lost.",
        "1.5 BTC 不见了。",
        "3.22 付款。",
        "2031，我们开了仓库。",
        "十分重要。",
        "一些货盘没有封条。",
        "5、6月份没有收到货盘。",
        "1,000 元。",
        "理由：（1）甲；（2）乙。",
        "192.0.2.1 是服务器。",
        "> 1、甲\n>\n> 2、乙",
        "| 1、甲 | 2、乙 |\n|---|---|\n| 1、丙 | 2、丁 |",
        "- 甲\n- 乙",
        "一直没有收到。",
        "（甲方）没有收到。",
        "9: 没有。",
    ] {
        assert_eq!(addresses(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn numbers_that_begin_anew_are_no_finding_and_a_slip_is_told_once() {
    let quiet = [
        "## 甲\n\n- 1-1，一\n- 1-2，二\n\n## 乙\n\n- 1-1，三\n- 1-2，四",
        "- 2-1，一\n- 2-2，二\n\n说明。\n\n- 1-1，三",
        "- 1-1，一\n- 1-2，二\n- 3-1，三",
        "# 二，困难\n\n## 1，立案\n\n文字\n\n## 2，提交\n\n文字",
        "1. 甲\n2. 乙\n\n另外：\n\n1. 丙\n2. 丁",
    ];
    for text in quiet {
        assert_eq!(document(text).found(), Vec::<String>::new(), "{text}");
    }
    let positions = "# 立场\n\n## 平台\n\n- 1-1，一\n- 1-2，二\n\n## 客户\n\n- 1-1，三\n- 1-2，四\n";
    let built = Fixture::new(&[("content/zh/positions.md", positions)]).built();
    assert_eq!(built.found(), Vec::<String>::new());
    let slip = "## 3，甲\n\n- 3-4-5，一\n- 3-4-6，二\n- 3-5-7，三\n- 3-4-8，四\n- 3-4-9，五";
    assert_eq!(document(slip).found(), ["C702 5:3"]);
}
