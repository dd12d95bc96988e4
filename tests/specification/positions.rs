//! Who says what against whom: parties, claims, what supports them and what answers them.

use crate::support::{Built, Fixture};
use casefile::Message;

const PARTIES: &str = "parties:\n  - {id: buyer, name: {zh: 买方, en: Buyer}, aliases: [the buyer]}\n  - {id: shop, name: {zh: \
                       网店, en: Shop}, aliases: [店家, the shop]}\n  - {id: carrier, name: {zh: 快递, en: Carrier}}\n";

fn positions(text: &str) -> Built {
    Fixture::new(&[("casefile.yaml", PARTIES), ("content/zh/positions.md", text)]).built()
}

/// Each statement as `number by attitude < parent`, claims with their standing.
fn told(built: &Built) -> Vec<String> {
    told_of(&built.model()["documents"][0])
}

fn told_of(document: &serde_json::Value) -> Vec<String> {
    let statements = document["statements"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("?").to_owned();
    let tell = |statement: &serde_json::Value| {
        let (anchor, by) = (text(&statement["anchor"]), text(&statement["by"]));
        let anchor = anchor.trim_start_matches("claim-");
        match statement["parent"].as_str() {
            None => format!("{anchor} {by} {}", text(&statement["standing"])),
            Some(parent) => {
                format!("{anchor} {by} {} {}", text(&statement["attitude"]), parent.trim_start_matches("claim-"))
            }
        }
    };
    statements.iter().map(tell).collect()
}

#[test]
fn a_sub_item_that_names_another_party_and_disputes_is_a_rebuttal_and_the_next_goes_on_with_it() {
    let built = positions(
        "# 立场\n\n## 一，买方\n\n- 1-1，货没有到。\n  - 1-1-1，柜子是空的。\n  - 1-1-2，网店对此有争议：有签收记录。\n  - 1-1-3，记录上有照片。\n- 1-2，付过款。\n  - \
         1-2-1，网店对此无争议。\n- 1-3，没有人回复。\n",
    );
    assert_eq!(built.found(), Vec::<String>::new());
    assert_eq!(
        told(&built),
        [
            "1-1 buyer disputed",
            "1-1-1 buyer supports 1-1",
            "1-1-2 shop disputes 1-1",
            "1-1-3 shop disputes 1-1",
            "1-2 buyer undisputed",
            "1-2-1 shop accepts 1-2",
            "1-3 buyer unanswered",
        ]
    );
}

#[test]
fn a_paragraph_in_brackets_after_a_claim_is_a_rebuttal_with_an_address_of_its_own() {
    let built = positions(
        "# 立场\n\n## 一，网店\n\n1-1，已经发货。\n\n（买方不认可：没有单号。）\n\n（快递对此无争议。）\n\n（网店不认可：单号写在邮件里。）\n\n（见附件。）\n\n1-2，已经退款。\n",
    );
    assert_eq!(
        told(&built),
        [
            "1-1 shop disputed",
            "1-1-answer buyer disputes 1-1",
            "1-1-answer-b carrier accepts 1-1",
            "1-1-answer-b-answer shop disputes 1-1-answer-b",
            "1-2 shop unanswered",
        ]
    );
    let page = built.page("zh/positions.html");
    assert_eq!(page.text("div.answer.disputes.party-1 > p#claim-1-1-answer"), "（买方不认可：没有单号。）");
    assert!(page.has("p") && page.texts("p").contains(&"（见附件。）".to_owned()));
}

#[test]
fn an_entry_without_a_number_below_a_claim_answers_it_too() {
    let built = positions("## 买方\n\n- 1-1，货没有到。\n  - 网店不认可：有签收记录。\n  - 柜子是空的。\n");
    assert_eq!(told(&built), ["1-1 buyer disputed", "1-1-answer shop disputes 1-1"]);
    assert!(built.page("zh/positions.html").has("li.answer#claim-1-1-answer"));
}

#[test]
fn what_the_author_says_outright_overrides_what_is_inferred() {
    let built = positions(
        "## 买方\n\n- 1-1，货没有到。\n  - 1-1-1，{by=carrier disputes} 网店对此无争议。\n- 1-2，付过款。\n  - 1-2-1，{by=shop accepts} 见对账单。\n- 1-3，包装破了。\n  - 1-3-1，{by=buyer supports} \
         网店对此有争议，但这是买方自己写的。\n",
    );
    assert_eq!(
        told(&built),
        [
            "1-1 buyer disputed",
            "1-1-1 carrier disputes 1-1",
            "1-2 buyer undisputed",
            "1-2-1 shop accepts 1-2",
            "1-3 buyer unanswered",
            "1-3-1 buyer supports 1-3",
        ]
    );
    let page = built.page("zh/positions.html");
    assert!(!page.html("article").contains("{by="));
    let explicit = |at: usize| built.model()["documents"][0]["statements"][at]["explicit"].clone();
    assert_eq!((explicit(0), explicit(1)), (false.into(), true.into()));
}

#[test]
fn without_a_list_the_headings_name_the_parties_in_every_language() {
    let built = Fixture::new(&[
        ("casefile.yaml", "languages: [zh, en]\n"),
        (
            "content/zh/positions.md",
            "# 各方\n\n## 一，受害人王甲的立场\n\n- 1-1，货没有到。\n  - 1-1-1，甲乙丙网店对此有争议：有记录。\n\n## 二，甲乙丙网店（平台）\n\n2-1，已经发货。\n\n（受害人不认可：没有单号。）\n\n2-2，已经退款。\n\n## 三，备注\n\n文字。\n",
        ),
        (
            "content/en/positions.md",
            "# Sides\n\n## 1. The position of the victim\n\n- 1-1, The goods never came.\n  - 1-1-1, The Abc shop disputes \
             this: there is a record.\n\n## 2. Abc shop (the platform)\n\n2-1, They were sent.\n\n(The victim disagrees: no \
             number.)\n\n2-2, The money was paid back.\n\n## 3. Notes\n\nText.\n",
        ),
    ])
    .built();
    assert_eq!(built.found(), Vec::<String>::new());
    let model = built.model();
    let names: Vec<_> = model["parties"].as_array().unwrap().iter().map(|party| party["names"].clone()).collect();
    assert_eq!(names, [serde_json::json!(["受害人王甲", "victim"]), serde_json::json!(["甲乙丙网店", "Abc shop"])]);
    for document in model["documents"].as_array().unwrap() {
        let told = told_of(document);
        assert!(told[0].ends_with("disputed") && told[1].contains("disputes 1-1"), "{told:?}");
        assert!(told[3].contains("disputes 2-1") && told[4].ends_with("unanswered"), "{told:?}");
    }
}

#[test]
fn a_part_of_a_name_in_mixed_script_is_enough_where_no_other_party_has_it() {
    let built = Fixture::new(&[(
        "content/zh/positions.md",
        "## 1，沃沃 Vovo 交易所\n\n- 1-1，没有漏洞。\n  - 1-1-1，客户对此有争议：有。\n  - 1-1-2，Bibot 客服不认可：没有。\n\n## 2，Bibot 机器人\n\n- 2-1，密钥加密。\n  - 2-1-1，沃沃客服对此有争议。\n  - 2-1-2，Vovo \
         对此有争议。\n\n## 3，客户\n\n- 3-1，没有授权。\n  - 3-1-1，交易所不认可。\n",
    )])
    .built();
    assert_eq!(built.found(), Vec::<String>::new());
    let speakers: Vec<String> = told(&built).iter().map(|told| told.split(' ').nth(1).unwrap().to_owned()).collect();
    let [vovo, bibot, customer] = ["wo-wo-vovo-jiao-yi-suo", "bibot-ji-qi-ren", "ke-hu"];
    assert_eq!(speakers, [vovo, customer, bibot, bibot, vovo, vovo, customer, vovo]);
}

#[test]
fn a_party_that_one_sentence_names_by_two_names_answers_once() {
    let built = positions("## 买方\n\n- 1-1，货没有到。\n  - 1-1-1，网店（店家）对此有争议：有记录。\n");
    assert_eq!(told(&built), ["1-1 buyer disputed", "1-1-1 shop disputes 1-1"]);
    let config = "parties:\n  - {id: a, name: 甲, aliases: [平台]}\n  - {id: b, name: 乙, aliases: [平台]}\n";
    let built = Fixture::new(&[("casefile.yaml", config), ("content/zh/a.md", "# 题\n\n文。\n")]).built();
    assert_eq!(built.found(), ["C201 3:32"]);
}

#[test]
fn an_unknown_party_is_told_and_what_it_says_is_kept() {
    let built = positions(
        "## 买方\n\n- 1-1，货没有到。\n  - 1-1-1，房东对此有争议：到了。\n  - 1-1-2，{by=shopp disputes} 到了。\n\n## 房东\n\n- 2-1，租金没有付。\n",
    );
    assert_eq!(built.found(), ["C801 4:5", "C801 5:5", "C801 7:1"]);
    assert_eq!(
        built.findings[1].help.as_deref().map(Message::en),
        Some("did you mean `shop`? the parties are buyer, shop, carrier")
    );
    assert_eq!(
        told(&built),
        ["1-1 buyer disputed", "1-1-1 ? disputes 1-1", "1-1-2 ? disputes 1-1", "2-1 ? unanswered"]
    );
    assert!(built.page("zh/positions.html").texts(".board .heads .party").contains(&"房东".to_owned()));
}

#[test]
fn a_rebuttal_to_nothing_is_told() {
    let built = positions(
        "## 买方\n\n（网店对此有争议：有记录。）\n\n- 1-1，{by=shop disputes} 货到了。\n- 2-1，网店不认可：货到了。\n",
    );
    assert_eq!(built.found(), ["C802 3:1", "C802 5:3", "C802 6:3"]);
    assert_eq!(told(&built).len(), 2);
}

#[test]
fn a_number_given_twice_keeps_both_claims() {
    let built = positions("## 买方\n\n- 1-1，货没有到。\n- 1-1，付过款。\n  - 1-1-1，网店对此无争议。\n");
    assert_eq!(built.found(), ["C701 4:3"]);
    assert_eq!(told(&built), ["1-1 buyer unanswered", "1-1-b buyer undisputed", "1-1-1 shop accepts 1-1-b"]);
}

#[test]
fn positions_without_a_claim_are_told_and_shown() {
    assert_eq!(positions("# 立场\n\n文字。\n").found(), ["C803"]);
    assert_eq!(positions("").found(), ["C106"]);
}

#[test]
fn words_of_the_case_extend_the_table() {
    let config = format!("{PARTIES}markers:\n  disputes: [另有说法]\n  accepts: [照单全收]\n");
    let text =
        "## 买方\n\n- 1-1，货没有到。\n  - 1-1-1，网店另有说法：到了。\n- 1-2，付过款。\n  - 1-2-1，网店照单全收。\n";
    let built = Fixture::new(&[("casefile.yaml", &config), ("content/zh/positions.md", text)]).built();
    assert_eq!(told(&built)[1], "1-1-1 shop disputes 1-1");
    assert_eq!(told(&built)[2], "1-2 buyer undisputed");
}

#[test]
fn the_page_tells_who_speaks_and_where_a_claim_stands_in_words_and_signs() {
    let built = positions(
        "## 买方\n\n- 1-1，货没有到。更多。\n  - 1-1-1，网店对此有争议：有。\n- 1-2，付过款。\n  - 1-2-1，网店对此无争议。\n- 1-3，没有回复。\n\n## 网店\n\n2-1，发货了。\n\n（快递不认可。）\n",
    );
    let page = built.page("zh/positions.html");
    assert_eq!(page.text("#claim-1-1 > .voice"), "买方 ✕ 有争议");
    assert_eq!(page.text("#claim-1-1-1 > .voice"), "网店 ✕ 有争议");
    assert_eq!(page.text("#claim-1-2 > .voice"), "买方 ✓ 无争议");
    assert_eq!(page.text("#claim-1-3 > .voice"), "买方 ○ 本材料未载明答复");
    assert_eq!(page.texts(".board .heads .party"), ["买方", "网店"]);
    assert_eq!(page.texts(".board .heads p span"), ["网店", "快递", "买方", "快递"]);
    assert_eq!(
        page.texts(".board .said"),
        ["1-1 货没有到✕ 有争议", "1-2 付过款✓ 无争议", "1-3 没有回复○ 本材料未载明答复", "2-1 发货了✕ 有争议"]
    );
    let nothing = "○ 本材料未载明答复";
    assert_eq!(
        page.texts(".board .row dd"),
        ["✕ 有争议 有", nothing, "✓ 无争议", nothing, nothing, nothing, nothing, "✕ 有争议"]
    );
    assert_eq!(page.texts(".owing dt"), ["买方 1", "网店 1", "快递 3"]);
    assert_eq!(page.texts(".owing dd"), ["2-1", "1-3", "1-1、1-2、1-3"]);
}

#[test]
fn nobody_is_said_not_to_have_answered_where_the_speaker_of_an_answer_is_open() {
    let built = positions(
        "## 买方\n\n- 1-1，货没有到。\n  - 1-1-1，{by=shopp disputes} 到了。\n- 1-2，付过款。\n\n## 网店\n\n- 2-1，发货了。\n",
    );
    let page = built.page("zh/positions.html");
    let (parties, answers) = (page.texts(".board .row dt"), page.texts(".board .row dd"));
    assert_eq!((parties[0].as_str(), answers[0].as_str()), ("网店", "? 未写明是谁说的"));
    assert_eq!((parties[1].as_str(), answers[1].as_str()), ("未写明的一方", "✕ 有争议 到了"));
    assert_eq!(page.texts(".owing dt"), ["买方 1", "网店 1"]);
}

#[test]
fn an_answer_is_shown_without_its_opening_only_where_that_says_no_more_than_who_answers_what() {
    let gists = |text: &str| {
        let text = format!("## 买方\n\n- 1-1，货没有到。\n  - 1-1-1，{text}\n");
        positions(&text).page("zh/positions.html").texts(".board .row dd")[0].clone()
    };
    assert_eq!(gists("网店对此有争议：有单号。另有照片。"), "✕ 有争议 有单号");
    assert_eq!(gists("网店不认可：有单号。"), "✕ 有争议 有单号");
    assert_eq!(gists("网店对此无争议，称钱已经退了。"), "✓ 无争议 钱已经退了");
    assert_eq!(gists("网店对此有争议，但只争日期：有单号。"), "✕ 有争议 网店对此有争议，但只争日期：有单号");
}

#[test]
fn an_empty_entry_at_the_very_end_is_read_as_one_without_words() {
    assert_eq!(told(&positions("# 立场\n\n## 买方\n\n1. 货没有到。\n2.\n")).len(), 2);
}

#[test]
fn a_claim_is_listed_with_the_labels_in_its_words() {
    let built = positions("## 买方\n\n1-1，若【链接2】不安全，则应按【证据3】退款[^1]。\n\n[^1]: 注。\n");
    let page = built.page("zh/positions.html");
    assert_eq!(page.text(".board .said a"), "1-1 若【链接2】不安全，则应按【证据3】退款");
}

#[test]
fn two_parties_and_seven_have_a_page_each() {
    for count in [2, 7] {
        let names = ["甲方", "乙方", "丙方", "丁方", "戊方", "己方", "庚方"];
        let mut text = "# 立场\n".to_owned();
        for at in 0..count {
            let (n, other) = (at + 1, names[(at + 1) % count]);
            text += &format!("\n## {n}，{}\n\n- {n}-1，主张。\n  - {n}-1-1，{other}对此有争议：不对。\n", names[at]);
        }
        let built = Fixture::new(&[("content/zh/positions.md", &text)]).built();
        assert_eq!(built.found(), Vec::<String>::new());
        let page = built.page("zh/positions.html");
        assert_eq!(page.all(".board .side").len(), count);
        assert_eq!(page.all(".board .heads p span").len(), count * (count - 1));
        assert_eq!(page.all("li.claim.disputed").len(), count);
    }
}

#[test]
fn two_thousand_claims_and_a_claim_of_ten_thousand_characters_are_no_trouble() {
    let mut text = "## 买方\n\n".to_owned();
    for n in 1..=500 {
        text +=
            &format!("- 1-{n}，主张。\n  - 1-{n}-1，网店对此有争议：不对。\n\n2-{n}，主张。\n\n（网店不认可。）\n\n");
    }
    text += &format!("3-1，{}\n", "长".repeat(10_000));
    let built = positions(&text);
    assert_eq!(told(&built).len(), 2_001);
    let page = built.page("zh/positions.html");
    assert_eq!(page.all(".board .row").len(), 1_001);
    assert!(page.text("#claim-3-1").contains(&"长".repeat(10_000)));
}

#[test]
fn a_link_to_a_claim_is_told_at_the_claim() {
    let built = Fixture::new(&[
        ("casefile.yaml", PARTIES),
        ("content/zh/overview.md", "# 概述\n\n## 一，经过\n\n见[1-1](positions.md#claim-1-1)。\n"),
        ("content/zh/positions.md", "## 买方\n\n- 1-1，货没有到。\n"),
    ])
    .built();
    let page = built.page("zh/positions.html");
    assert_eq!(page.attributes("#claim-1-1 a.backref", "href"), ["overview.html#via-1"]);
    assert_eq!(page.text("#claim-1-1 a.backref"), "概述 一");
    assert_eq!(built.page("zh/overview.html").attributes("#via-1", "href"), ["positions.html#claim-1-1"]);
}

#[test]
fn check_prints_what_was_inferred_and_from_which_line() {
    let text =
        "## 买方\n\n- 1-1，货没有到。\n  - 1-1-1，网店对此有争议：有。\n  - 1-1-2，{by=carrier accepts} 见单。\n";
    let fixture = Fixture::new(&[("casefile.yaml", PARTIES), ("content/zh/positions.md", text)]);
    let run = fixture.run(&["check", "--inferred"]);
    assert_eq!(run.code(), 0);
    let told = run.stdout();
    assert!(told.contains("1-1 buyer claims, disputed (line 3)"), "{told}");
    assert!(told.contains("1-1-1 shop disputes (line 4)"), "{told}");
    assert!(told.contains("1-1-2 carrier accepts, said outright (line 5)"), "{told}");
}

/// What is said of 1-1, the claim of the exchange, when `rest` follows it.
fn of_claim(rest: &str) -> Vec<String> {
    let config = "parties:\n  - {id: victim, name: {zh: 受害人, en: Victim}, aliases: [the victim]}\n  - {id: exchange, name: {zh: 币币交易所, en: \
                  Exchange}, aliases: [币币, the exchange]}\n  - {id: bot, name: {zh: 蚁猫机器人, en: Bot}, aliases: [蚁猫]}\n";
    let text = format!("# 立场\n\n## 一，币币交易所\n\n{rest}\n");
    told(&Fixture::new(&[("casefile.yaml", config), ("content/zh/positions.md", &text)]).built())
}

#[test]
fn an_answer_in_brackets_may_stand_on_the_next_line_or_behind_the_claim() {
    for text in [
        "1-1，没有漏洞。\n（受害人不认可：有。）",
        "1-1，没有漏洞。（受害人不认可：有。）",
        "1-1，没有漏洞。  \n（受害人不认可：有。）",
        "- 1-1，没有漏洞。\n  （受害人不认可：有。）",
        "- 1-1，没有漏洞。（受害人不认可。）",
        "1-1, There is no flaw.\n(The victim does not accept this: there is.)",
    ] {
        let told = of_claim(text);
        assert_eq!(told, ["1-1 exchange disputed", "1-1-answer victim disputes 1-1"], "{text}");
    }
    let page = positions("## 网店\n\n1-1，发货了。\n（买方不认可：没有。）\n").page("zh/positions.html");
    assert_eq!(page.text("#claim-1-1-answer .voice"), "买方 ✕ 有争议");
    assert!(page.text("p#claim-1-1").ends_with("（买方不认可：没有。）"));
}

#[test]
fn a_bracket_of_several_paragraphs_is_one_answer() {
    let page = positions(
        "## 网店\n\n1-1，发货了。\n\n（买方对此有争议：\n\n第一，没有单号；\n\n第二，没有照片。）\n\n其他。\n",
    )
    .page("zh/positions.html");
    assert_eq!(page.texts(".answer > p"), ["（买方对此有争议：", "第一，没有单号；", "第二，没有照片。）"]);
    let text = "## 网店\n\n- 1-1，发货了。\n\n  （买方对此有争议：没有。\n\n在外面）。\n\n（买方不认可：\n\n【注1】注释。\n\n仍是注释）。\n";
    let nested = positions(text).page("zh/positions.html");
    assert_eq!(nested.texts("li .answer > p"), ["（买方对此有争议：没有。"]);
    assert_eq!(nested.texts("#wang-dian > p"), ["在外面）。"]);
    assert_eq!(nested.texts("#wang-dian > .note > p:not(.backrefs)"), ["【注1】注释。", "仍是注释）。"]);
    let open = positions("## 网店\n\n1-1，发货了。\n\n（买方对此有争议：\n\n其他。\n").page("zh/positions.html");
    assert_eq!(open.texts(".answer > p"), ["（买方对此有争议："]);
}

#[test]
fn an_answer_need_not_stand_in_brackets() {
    for text in [
        "1-1，没有漏洞。\n\n受害人不认可：没有审计。",
        "1-1，没有漏洞。\n\n> 受害人不认可：没有审计。",
        "1-1，没有漏洞。\n\n- 受害人：有异议。",
    ] {
        assert_eq!(of_claim(text)[1], "1-1-answer victim disputes 1-1", "{text}");
    }
    assert_eq!(of_claim("1-1，没有漏洞。\n\n受害人报了案。").len(), 1);
}

#[test]
fn what_names_somebody_else_does_not_go_on_with_a_rebuttal() {
    let told = of_claim(
        "- 1-1，没有漏洞。\n  - 1-1-1，受害人不认可：没有审计。\n  - 1-1-2，记录显示币币的服务器停过三次。\n  - 1-1-3，币币不认可：有审计。\n  - 1-1-4，币币客服表示有审计。\n  - \
         1-1-5，蚁猫支持受害人的说法。\n  - 1-1-6，受害人不认可。\n  - 1-1-7，蚁猫客服说不清楚。",
    );
    assert_eq!(
        told,
        [
            "1-1 exchange disputed",
            "1-1-1 victim disputes 1-1",
            "1-1-2 victim disputes 1-1",
            "1-1-3 exchange disputes 1-1-2",
            "1-1-4 exchange supports 1-1",
            "1-1-5 bot supports 1-1",
            "1-1-6 victim disputes 1-1",
            "1-1-7 bot remarks 1-1",
        ]
    );
}

#[test]
fn a_rebuttal_goes_on_where_it_tells_of_another_party() {
    let told = of_claim(
        "- 1-1，没有漏洞。\n  - 1-1-1，受害人对此有争议：有漏洞。\n  - 1-1-2，币币的开发人员也可能失误。\n  - 1-1-3，蚁猫去年换过服务器。\n  - 1-1-4，币币客服曾表示日志缺了一天。\n  - \
         1-1-5，受害人认为，币币有嫌疑。\n  - 1-1-6，币币也承认日志不全。\n  - 1-1-7，同一份答复也承认，审计只做过一次。\n  - 1-1-8，审计报告没有公开。\n  - 1-1-9，币币回应：报告已经公开。\n  - 1-1-10，报告在附件里。",
    );
    let expected = [
        "1-1 exchange disputed",
        "1-1-1 victim disputes 1-1",
        "1-1-2 victim disputes 1-1",
        "1-1-3 victim disputes 1-1",
        "1-1-4 victim disputes 1-1",
        "1-1-5 victim disputes 1-1",
        "1-1-6 victim disputes 1-1",
        "1-1-7 ? remarks 1-1",
        "1-1-8 ? remarks 1-1",
        "1-1-9 exchange supports 1-1",
        "1-1-10 exchange supports 1-1",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_an_answer_is_said_to_admit_is_open_and_its_speaker_is_shown_where_the_author_says_it() {
    for text in ["同一份答复也承认，没有寄过短信。", "The same reply also admits that no text was sent."]
    {
        let claim = "## 买方\n\n- 1-1，没有通知。\n  - 1-1-1，网店不认可：通知了。\n";
        let built = positions(&format!("{claim}  - 1-1-2，{text}\n"));
        assert_eq!(told(&built)[2], "1-1-2 ? remarks 1-1", "{text}");
        assert_eq!(told(&built)[0], "1-1 buyer disputed", "{text}");
        assert_eq!(built.page("zh/positions.html").text("#claim-1-1-2 > .voice"), "未写明的一方 ? 未写明认可与否");
        let settled = positions(&format!("{claim}  - 1-1-2，{{by=buyer}} {text}\n"));
        assert_eq!(told(&settled)[2], "1-1-2 buyer supports 1-1", "{text}");
        assert_eq!(settled.page("zh/positions.html").text("#claim-1-1-2 > .voice"), "买方 + 支持");
    }
    // Whoever answers goes on where no other subject stands.
    let own =
        positions("## 买方\n\n- 1-1，没有通知。\n  - 1-1-1，网店不认可：通知了。\n  - 1-1-2，也承认没有寄过短信。\n");
    assert_eq!(told(&own)[2], "1-1-2 shop accepts 1-1");
}

#[test]
fn a_paragraph_that_introduces_lets_its_party_speak_in_the_items_below() {
    for lead_in in
        ["受害人对此有争议，因为：", "受害人的意见如下：", "受害人认为：", "The victim disputes this, because:"]
    {
        let told = of_claim(&format!(
            "1-1，没有漏洞。\n\n{lead_in}\n\n- 1-1-1，这只是单方面的说法。\n- 1-1-2，币币没有审计。"
        ));
        let speakers: Vec<&str> = told.iter().map(|told| told.split(' ').nth(1).unwrap()).collect();
        assert_eq!(speakers, ["exchange", "victim", "victim", "victim"], "{lead_in}");
    }
    let page =
        positions("## 网店\n\n1-1，发货了。\n\n买方对此有争议，因为：\n\n- 没有单号；\n- 没有照片。\n\n其他。\n")
            .page("zh/positions.html");
    assert_eq!(page.texts(".answer li"), ["没有单号；", "没有照片。"]);
}

#[test]
fn the_claimant_who_answers_back_supports_the_claim() {
    let told =
        of_claim("1-1，没有责任。\n\n受害人的反驳：\n\n1-1-1，收过手续费。\n\n币币不认可：\n\n1-1-2，手续费与此无关。");
    assert_eq!(told[2], "1-1-1 victim disputes 1-1");
    assert_eq!(told.last().unwrap(), "1-1-2 exchange supports 1-1");
}

#[test]
fn a_wish_is_a_remark_and_answers_nothing() {
    let told = of_claim(
        "1-1，没有漏洞。\n\n1-1-1，受害人建议警方咨询上级。\n\n1-2，没有责任。\n\n1-2-1，The victim hopes that the police will ask.\n\n1-3，无法立案。\n\n1-3-1，{by=victim remarks} 已经问过。",
    );
    assert_eq!(
        told,
        [
            "1-1 exchange unanswered",
            "1-1-1 victim remarks 1-1",
            "1-2 exchange unanswered",
            "1-2-1 victim remarks 1-2",
            "1-3 exchange unanswered",
            "1-3-1 victim remarks 1-3",
        ]
    );
}

#[test]
fn what_may_be_said_by_two_is_open_and_told_with_the_words_that_settle_it() {
    let text = "## 网店\n\n- 1-1，通知过了。\n  - 1-1-1，买方没有收到短信。\n- 1-2，已经退款。\n  - 1-2-1，买方认为，金额不对。\n- 1-3，发货了。\n\n（买方已经报警。）\n";
    let fixture = Fixture::new(&[("casefile.yaml", PARTIES), ("content/zh/positions.md", text)]);
    let built = fixture.built();
    assert_eq!(
        told(&built),
        [
            "1-1 shop open",
            "1-1-1 ? remarks 1-1",
            "1-2 shop open",
            "1-2-1 buyer remarks 1-2",
            "1-3 shop open",
            "1-3-answer ? remarks 1-3"
        ]
    );
    let model = built.model();
    let grounds = |key: &str| {
        let statements = model["documents"][0]["statements"].as_array().unwrap();
        statements.iter().map(|told| told[key].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(grounds("ground"), ["read", "open", "read", "read", "read", "open"]);
    assert_eq!(grounds("attitude_ground"), ["-", "open", "-", "open", "-", "open"]);
    let page = built.page("zh/positions.html");
    assert_eq!(page.text("#claim-1-1 > .voice"), "网店 ? 未写明认可与否");
    assert_eq!(page.text("#claim-1-1-1 > .voice"), "未写明的一方 ? 未写明认可与否");
    assert_eq!(page.text("#claim-1-2-1 > .voice"), "买方 ? 未写明认可与否");
    let told = fixture.run(&["check", "--inferred"]).stdout();
    assert!(told.contains("(line 4), open until `1-1-1，{by=PARTY disputes} …` is written"), "{told}");
    assert!(told.contains("(line 6), open until `1-2-1，{by=buyer disputes} …` is written"), "{told}");
}

#[test]
fn several_parties_may_answer_in_one_breath() {
    let both = ["1-1 exchange undisputed", "1-1-answer victim accepts 1-1"];
    for text in ["1-1，甲。\n\n（受害人、蚁猫均无争议。）", "1-1，甲。\n\n（各方对此均无争议）"]
    {
        assert_eq!(of_claim(text), both, "{text}");
    }
    let config = "parties: [{id: a, name: 甲方}, {id: b, name: 乙方}, {id: c, name: 丙方}]\n";
    let text = "## 甲方\n\n1-1，是。\n\n（乙方和丙方都不认可。）\n";
    let built = Fixture::new(&[("casefile.yaml", config), ("content/zh/positions.md", text)]).built();
    let answer = built.model()["documents"][0]["statements"][1].clone();
    assert_eq!((answer["by"].clone(), answer["also"].clone()), ("b".into(), serde_json::json!(["c"])));
    let page = built.page("zh/positions.html");
    assert_eq!(page.texts(".board .row .standing.disputed"), ["✕ 有争议", "✕ 有争议", "✕ 有争议"]);
    assert_eq!(page.text(".answer .party"), "乙方、丙方");
}

#[test]
fn a_heading_with_a_number_is_a_claim_and_a_heading_about_a_party_is_not_its_position() {
    let told = of_claim(
        "### 1-1，没有漏洞\n\n（受害人不认可。）\n\n- 1-1-1，有审计。\n\n### 关于受害人的损失\n\n- 1-2，与币币无关。",
    );
    assert_eq!(
        told,
        [
            "s1-1 exchange disputed",
            "s1-1-answer victim disputes s1-1",
            "1-1-1 exchange supports s1-1",
            "1-2 exchange unanswered",
        ]
    );
}

#[test]
fn an_entry_answers_the_item_it_stands_in() {
    let told = of_claim("- 1-1，甲。\n  - 1-1-1，受害人有争议。\n  - 蚁猫无争议。");
    assert_eq!(told, ["1-1 exchange disputed", "1-1-1 victim disputes 1-1", "1-1-answer bot accepts 1-1"]);
}

#[test]
fn headings_of_uneven_level_and_notes_with_items_are_read_for_what_they_are() {
    let built = Fixture::new(&[(
        "content/zh/positions.md",
        "# 各方\n\n## 1，居民的立场\n\n- 1-1，甲。\n\n### 2，物业一方\n\n- 2-1，乙。\n\n## 3，备注\n\n- 3-1，丙。\n",
    )])
    .built();
    let names: Vec<_> =
        built.model()["parties"].as_array().unwrap().iter().map(|party| party["names"][0].clone()).collect();
    assert_eq!(names, ["居民", "物业"]);
}

#[test]
fn bold_numbers_and_lines_after_hard_breaks_are_claims() {
    let told = of_claim("1-1，甲。  \n1-2，乙。\\\n1-3，丙。");
    assert_eq!(told.len(), 3, "{told:?}");
}

#[test]
fn a_section_of_any_document_holds_positions_and_its_headings_name_the_parties() {
    let text = "# 比博事件\n\n## 一，经过\n\n- 1-1，丢了币。\n\n## 二，四方意见总结\n\n### 1，沃沃 Vovo 客服的意见是\n\n- 1-1，没有漏洞。（客户不认可：有。）\n\n### 2，Bibot 客服的意见是\n\n- 2-1，加密保存。\n- 2-1-1，Vovo 对此有争议。\n\n### 3，Bibot 的态度\n\n- 3-1，不赔偿。\n\n### 4，客户的意见\n\n- 4-1，没有授权。\n\n## 三，Bibot 应承担的责任\n\n- 3-1，赔偿。\n";
    let built = Fixture::new(&[("content/zh/summary.md", text)]).built();
    assert_eq!(built.found(), Vec::<String>::new());
    let model = built.model();
    let names: Vec<_> = model["parties"].as_array().unwrap().iter().map(|party| party["names"][0].clone()).collect();
    assert_eq!(names, ["沃沃 Vovo 客服", "Bibot 客服", "客户"]);
    assert_eq!(
        told(&built),
        [
            "s2-1-claim-1-1 wo-wo-vovo-ke-fu disputed",
            "s2-1-claim-1-1-answer ke-hu disputes s2-1-claim-1-1",
            "s2-2-claim-2-1 bibot-ke-fu disputed",
            "s2-2-claim-2-1-1 wo-wo-vovo-ke-fu disputes s2-2-claim-2-1",
            "s2-3-claim-3-1 bibot-ke-fu unanswered",
            "s2-4-claim-4-1 ke-hu unanswered",
        ]
    );
}

#[test]
fn numbered_paragraphs_are_claims_where_positions_stand_and_a_paragraph_may_open_one() {
    let text = "# 咨询意见\n\n## 一、事实\n\n1、货款未付。\n\n## 二、各方意见\n\n一、甲店客服的意见是：\n\n1、已经发货。\n\n（1）客户对此有争议：没有单号。\n\n（2）甲店的店员也可能失误。\n\n2、不负责任。\n\n二、客户的意见是：\n\n1、没有收到。\n\n## 三、争议焦点\n\n1. 货在哪里？\n2. 客户认为：应当退款。\n   - 甲店不认可：没有依据。\n";
    let built = Fixture::new(&[("content/zh/opinion.md", text)]).built();
    assert_eq!(built.found(), Vec::<String>::new());
    assert_eq!(
        told(&built),
        [
            "s2-p1-1 jia-dian-ke-fu disputed",
            "s2-p1-1-1 ke-hu disputes s2-p1-1",
            "s2-p1-1-2 ke-hu disputes s2-p1-1",
            "s2-p1-2 jia-dian-ke-fu unanswered",
            "s2-p2-1 ke-hu unanswered",
            "s3-p2 ke-hu disputed",
            "s3-p2-answer jia-dian-ke-fu disputes s3-p2",
        ]
    );
    let page = built.page("zh/opinion.html");
    assert!(page.text(".statement > p#s2-p1-1").contains("已经发货"));
    assert_eq!(page.all(".board .row").len(), 4);
}

#[test]
fn a_heading_about_something_of_a_party_names_no_new_one() {
    let text = "# 立场\n\n## 甲店應承擔的責任\n\n- 1-1，没有发货。\n\n## 甲店的漏洞\n\n- 2-1，密码是明文。\n\n## 乙店\n\n- 3-1，已经发货。\n";
    let built = Fixture::new(&[("content/zh/positions.md", text)]).built();
    assert_eq!(built.found(), ["C801 3:1", "C801 7:1"]);
    assert_eq!(told(&built), ["1-1 ? unanswered", "2-1 ? unanswered", "3-1 yi-dian unanswered"]);
}

#[test]
fn a_heading_about_a_party_is_not_its_position() {
    let text = "## 网店应承担的责任\n\n- 1-1，没有发货。\n\n## 关于网店的损失\n\n- 2-1，没有损失。\n\n## 网店对各项指控的回应\n\n- 3-1，已经发货。\n\n## 被告网店（平台）\n\n- 4-1，已经退款。\n";
    let built = positions(text);
    assert_eq!(built.found(), ["C801 1:1", "C801 5:1"]);
    let speakers: Vec<String> = told(&built).iter().map(|told| told.split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(speakers, ["?", "?", "shop", "shop"]);
}

#[test]
fn a_page_tells_how_the_dossier_was_read_and_what_is_open() {
    let text = "## 网店\n\n- 1-1，通知过了。\n  - 1-1-1，买方没有收到短信。\n- 1-2，已经退款。\n  - 1-2-1，{by=buyer disputes} 没有。\n- 1-3，发货了。\n\n买方没有看到单号。\n";
    let built = positions(text);
    let page = built.page("zh/how-it-was-read.html");
    assert!(page.text("article").contains("当事方由编者列出：买方、网店、快递"));
    assert!(page.text("article").contains("1处由编者写明，3处按规则读出，1处未写明"), "{}", page.text("article"));
    assert_eq!(page.attributes("#open ~ ul a", "href"), ["positions.html#claim-1-1-1", "positions.html#claim-1-3"]);
    assert_eq!(page.texts("#open ~ ul .standing"), ["? 未写明是谁说的", "? 未写明下面的话是不是答复"]);
    assert_eq!(told(&built)[4], "1-3 shop open");
    assert!(
        Fixture::new(&[("content/zh/a.md", "# 题\n\n文。\n")])
            .built()
            .paths()
            .iter()
            .all(|path| !path.contains("how-it-was-read"))
    );
}

#[test]
fn of_very_many_headings_the_first_name_parties_and_all_claims_stand() {
    let of_many = |count: usize| {
        let sections = (1..=count).map(|n| format!("## 买方{n}号\n\n- {n}-1，货没有到。\n\n")).collect::<String>();
        Fixture::new(&[("content/zh/positions.md", format!("# 立场\n\n{sections}").as_str())]).built()
    };
    let many = of_many(305);
    assert_eq!(many.model()["parties"].as_array().unwrap().len(), 300);
    assert_eq!(told(&many).len(), 305);
    assert_eq!(many.found().iter().filter(|found| found.starts_with("C801")).count(), 5, "{:?}", many.found());
    // Each other party has a column, where there are not too many.
    let columns = |count: usize| of_many(count).page("zh/positions.html").all(".board .heads p span").len();
    assert_eq!((columns(7), columns(8)), (7 * 6, 0));
}

#[test]
fn a_claim_is_undisputed_only_where_somebody_else_is_the_one_who_accepts_it() {
    for text in [
        "未经买方同意，网店关闭了订单。",
        "关闭订单须经买方同意。",
        "等待买方认可。",
        "据快递说，买方对此无异议。",
        "买方被要求承认。",
        "买方没有提出异议。",
        "买方未予否认。",
        "买方并非不认可。",
        "买方曾经认可。",
        "买方尚未认可。",
        "The buyer was asked to accept this.",
        "The buyer is said to agree.",
        "The buyer has not disputed this.",
        "The buyer does not deny this.",
        "No objection.",
    ] {
        let built = positions(&format!("## 网店\n\n- 1-1，订单关闭了。\n  - 1-1-1，{text}\n"));
        assert_eq!(told(&built), ["1-1 shop open", "1-1-1 ? remarks 1-1"], "{text}");
    }
    for text in ["网店希望买方认可。", "网店称买方已经认可。", "The shop hopes that the buyer accepts this."]
    {
        let built = positions(&format!("## 网店\n\n- 1-1，订单关闭了。\n  - 1-1-1，{text}\n"));
        assert_eq!(told(&built), ["1-1 shop unanswered", "1-1-1 shop supports 1-1"], "{text}");
    }
    for text in ["买方书面表示认可。", "买方对上述主张没有异议。", "The buyer has no objection to this."]
    {
        let built = positions(&format!("## 网店\n\n- 1-1，订单关闭了。\n  - 1-1-1，{text}\n"));
        assert_eq!(told(&built), ["1-1 shop undisputed", "1-1-1 buyer accepts 1-1"], "{text}");
    }
}

#[test]
fn a_speaker_whom_nobody_knows_is_nobody_else() {
    for (text, is_told) in [
        ("银行认为与它无关。", true),
        ("银行回应：与它无关。", true),
        ("银行：与它无关。", true),
        ("我认为没有发货。", true),
        ("并非如此，没有发货。", true),
        ("事实上，没有发货。", false),
        ("凭什么要等？", false),
        ("据买方称，没有发货。", false),
        ("网店没有回答为什么。", false),
        ("银行不同意退款。", false),
        ("This is untrue. Nothing came.", true),
        ("The bank says that nothing came.", true),
        ("The shop has never shown the bill.", false),
    ] {
        let built = positions(&format!("## 网店\n\n- 1-1，发货了。\n  - 1-1-1，{text}\n  - 1-1-2，单号是空的。\n"));
        let open = told(&built);
        assert_eq!(open[..2], ["1-1 shop open", "1-1-1 ? remarks 1-1"], "{text}");
        assert_eq!(built.found().contains(&"C801 4:5".to_owned()), is_told, "{text}");
    }
    let beside = told(&positions(
        "## 网店\n\n- 1-1，发货了。\n  - 1-1-1，买方不认可：没有。\n  - 1-1-2，快递员说没有包裹。\n  - 1-1-3，单号是空的。\n",
    ));
    assert_eq!(beside[2..], ["1-1-2 ? remarks 1-1", "1-1-3 ? remarks 1-1"]);
    let dispute = positions("## 网店\n\n- 1-1，发货了。\n  - 1-1-1，Harrow 仓库不认可，没有出库。\n");
    assert_eq!(told(&dispute)[1], "1-1-1 ? disputes 1-1");
    assert!(dispute.findings[0].message.en().contains("`Harrow 仓库`"), "{}", dispute.findings[0].message.en());
}

#[test]
fn who_says_we_beside_an_answer_may_be_either_side() {
    let beside = |answer: &str| {
        told(&positions(&format!("## 网店\n\n1-1，发货了。\n\n{answer}\n\n1-1-2，我的照片是原件。\n")))[2].clone()
    };
    assert_eq!(beside("1-1-1，买方不认可：没有。"), "1-1-2 ? remarks 1-1");
    assert_eq!(beside("买方不认可，因为："), "1-1-2 buyer disputes 1-1");
    let own = told(&positions("## 买方\n\n- 1-1，没有收到。\n  - 1-1-1，我的照片是原件。\n"));
    assert_eq!(own[1], "1-1-1 buyer supports 1-1");
}

#[test]
fn what_may_answer_a_claim_without_a_number_leaves_it_open_and_is_told() {
    for text in ["受害人不认可。", "银行认为与它无关。", "这不是事实，没有发货。", "（1）受害人说没有发货。"]
    {
        let built = positions(&format!("## 网店\n\n1-1，发货了。\n\n{text}\n\n1-2，退款了。\n"));
        assert_eq!(told(&built), ["1-1 shop open", "1-2 shop unanswered"], "{text}");
        assert_eq!(built.found(), ["C720 5:1"], "{text}");
    }
    let within = positions("## 网店\n\n1-1，发货了。买方对此有争议。\n\n1-2，退款了。单号已经发出。\n");
    assert_eq!(
        (told(&within), within.found()),
        (vec!["1-1 shop open".to_owned(), "1-2 shop unanswered".to_owned()], vec!["C720 3:1".to_owned()])
    );
    let bracket = told(&positions("## 网店\n\n1-1，发货了。\n\n【买方意见】没有发货。\n"));
    assert_eq!(bracket, ["1-1 shop open", "1-1-answer buyer remarks 1-1"]);
}

#[test]
fn who_answers_as_many_others_as_another_does_is_not_the_one_who_tells_everything() {
    let text = "## 买方\n\n- 1-1，没有收到。\n  - 1-1-1，网店不认可。\n\n## 网店\n\n- 2-1，发货了。\n  - 2-1-1，买方没有接到电话。\n  - 2-1-2，买方认可了收条。\n\n## 快递\n\n- 3-1，没有责任。\n  - \
                3-1-1，网店、买方都不同意。\n";
    assert_eq!(told(&positions(text))[3..5], ["2-1-1 ? remarks 2-1", "2-1-2 ? remarks 2-1"]);
}

#[test]
fn what_names_somebody_who_may_accept_leaves_a_claim_open_without_a_number_too() {
    for text in
        ["等待买方认可。", "It was agreed by the buyer's manager.", "Neither the buyer nor the carrier disputes this."]
    {
        assert_eq!(told(&positions(&format!("## 网店\n\n1-1，发货了。\n\n{text}\n"))), ["1-1 shop open"], "{text}");
    }
}

#[test]
fn what_is_numbered_otherwise_below_a_paragraph_that_introduces_is_its_partys() {
    let text = "## 网店\n\n1-1，发货了。\n\n买方对此有争议，因为：\n\n（1）没有单号。\n\n（2）我们打过电话。\n\n1-2，退款了。\n\n（1）单据在附件里。\n";
    let built = positions(text);
    assert_eq!(built.found(), Vec::<String>::new());
    assert_eq!(
        told(&built),
        [
            "1-1 shop disputed",
            "1-1-answer buyer disputes 1-1",
            "wang-dian-p1-1-1 buyer disputes 1-1",
            "wang-dian-p1-1-2 buyer disputes 1-1",
            "1-2 shop unanswered",
        ]
    );
}

#[test]
fn a_heading_over_remarks_opens_nobodys_position() {
    let text = "# 立场\n\n## 甲店的意见\n\n- 1-1，发货了。\n\n## 客户的意见\n\n- 2-1，没有收到。\n\n## 其他说明\n\n- 3-1，以上由客户整理。\n";
    let built = Fixture::new(&[("content/zh/positions.md", text)]).built();
    assert_eq!(built.found(), ["C801 11:1"]);
    assert_eq!(told(&built), ["1-1 jia-dian unanswered", "2-1 ke-hu unanswered", "3-1 ? unanswered"]);
}

#[test]
fn who_accepts_a_part_or_takes_it_back_leaves_the_claim_open() {
    for answer in [
        "网店认可其中一半。",
        "网店对此没有争议，除了金额。",
        "网店认可，后又反悔。",
        "the shop accepts this, but only for May.",
        "the shop does not dispute this as far as the first parcel is concerned.",
        "网店认可，仅就五月而言。",
        "网店认可，前提是退款。",
        "网店认可。但不认可金额。",
    ] {
        let built = positions(&format!("## 买方\n\n- 1-1，付过款。\n  - 1-1-1，{answer}\n"));
        // Who says so is plain.
        assert_eq!(told(&built), ["1-1 buyer open", "1-1-1 shop remarks 1-1"], "{answer}");
    }
}

#[test]
fn what_the_claimant_admits_behind_an_answer_does_not_support_the_claim() {
    let built = positions("## 买方\n\n- 1-1，付过款。\n  - 1-1-1，网店不认可。\n  - 1-1-2，买方当庭承认。\n");
    assert_eq!(told(&built)[2], "1-1-2 buyer remarks 1-1");
}

#[test]
fn a_party_that_speaks_behind_a_clause_of_time_or_place_is_not_the_claimant() {
    let built = positions("## 买方\n\n- 1-1，付过款。\n  - 1-1-1，在庭审中，网店表示没有收到。\n");
    assert_eq!(told(&built), ["1-1 buyer open", "1-1-1 shop remarks 1-1"]);
}

#[test]
fn what_is_set_against_a_claim_without_number_or_name_leaves_it_open() {
    for answer in ["实际上没有付款。", "这个说法不对，没有收到。", "This is not correct. Nothing was paid."]
    {
        let built = positions(&format!("## 买方\n\n- 1-1，付过款。\n\n  {answer}\n"));
        assert_eq!(told(&built), ["1-1 buyer open"], "{answer}");
    }
}

#[test]
fn what_numbers_a_heading_is_no_part_of_a_partys_name() {
    for (one, other) in [
        ("第一部分 买方", "第二部分 卖方"),
        ("I. 买方的意见", "II. 卖方的意见"),
        ("A. 买方", "B. 卖方"),
        ("甲、买方", "乙、卖方"),
        ("（1）买方", "（2）卖方"),
    ] {
        let text =
            format!("# 立场\n\n## {one}\n\n1-1，货没有到。\n\n## {other}\n\n2-1，货款未付。\n\n（买方不认可。）\n");
        let built = Fixture::new(&[("content/zh/positions.md", text.as_str())]).built();
        let names: Vec<_> =
            built.model()["parties"].as_array().unwrap().iter().map(|party| party["names"][0].clone()).collect();
        assert_eq!(names, ["买方", "卖方"], "{one}");
        assert_eq!(told(&built)[1], "2-1 mai-fang-2 disputed", "{one}");
    }
}
