//! Amounts with their unit, the key figures, and the front page that lists them.

use crate::support::{Built, Fixture};

const LOSS: &str = "figures:\n  - {id: loss, value: 206539.30, unit: CNY, names: {zh: [净损失, 净损], en: net loss}}\n";

fn case(text: &str) -> Built {
    Fixture::new(&[("casefile.yaml", LOSS), ("content/zh/a.md", text)]).built()
}

#[test]
fn amounts_are_told_with_their_exact_value_and_unit_wherever_they_stand() {
    let built = case(
        "# 题\n\n## 一，损失1200.50元\n\n- 项目约 1.5 BTC。\n\n| 项目 | 金额（元） |\n|---|---|\n| 货 | 1,036,485.20 |\n\n合计 $1 + 2 = 3$ 元，`5元` 不算，https://a.example/6元 也不算。\n",
    );
    let amounts = built.model()["documents"][0]["amounts"].clone();
    let told: Vec<String> = amounts
        .as_array()
        .unwrap()
        .iter()
        .map(|a| {
            format!("{} {} {}:{}", a["value"].as_str().unwrap(), a["unit"].as_str().unwrap(), a["line"], a["column"])
        })
        .collect();
    assert_eq!(told, ["1200.5 CNY 3:8", "1.5 BTC 5:7", "1036485.2 CNY 9:7", "3 CNY 11:4"]);
}

#[test]
fn a_place_that_names_a_figure_and_gives_another_value_is_told() {
    for (text, found) in [
        ("净损失206539.30元。", None),
        ("净损失206539.3元。", None),
        ("净损失206,593.30元。", Some("C603 3:4")),
        ("净损为20万元。", Some("C603 3:4")),
        ("净损失约20.7万元。", None),
        ("净损失约20万元。", None),
        ("净损失约25万元。", Some("C603 3:5")),
        ("净损失是 $1 + 206538.30 = 206539.30$ 元。", None),
        ("货款是5000元。净损失另计。", None),
        ("净损失为37托。", None),
        ("| 净损失 | $1 + 1$ | 200000.00元 |\n|---|---|---|\n| 净损失 | 算式 | 200001.00元 |", Some("C603 3:19")),
    ] {
        let built = case(&format!("# 题\n\n{text}\n"));
        let first = built.found().first().cloned();
        assert_eq!(first.as_deref(), found, "{text}: {:?}", built.found());
    }
}

#[test]
fn a_number_that_is_almost_a_figure_is_told_unless_it_is_another_figure() {
    let built = case("# 题\n\n返还206593.30元，又206538.30元，又206538.30美元，又约206538.30元。\n");
    assert_eq!(built.found(), ["C605 3:3", "C605 3:15", "C604 3:27"]);
    let config = format!("{LOSS}  - {{id: other, value: 206538.30, unit: CNY, names: 别的}}\n");
    let built = Fixture::new(&[("casefile.yaml", &config), ("content/zh/a.md", "# 题\n\n又206538.30元。\n")]).built();
    assert_eq!(built.found(), Vec::<String>::new());
}

#[test]
fn the_front_page_and_the_data_list_every_place_of_a_figure() {
    let built = Fixture::new(&[
        ("casefile.yaml", &format!("languages: [zh, en]\n{LOSS}")),
        ("content/zh/a.md", "# 题\n\n## 一，甲\n\n净损失206539.30元。\n\n- 1-1，返还206539.30元。\n"),
        ("content/en/a.md", "# Title\n\n## 1. One\n\nThe net loss is 206539.30 yuan.\n\n- 1-1, Return ¥206,539.30.\n"),
    ])
    .built();
    let figure = built.model()["figures"][0].clone();
    assert_eq!((figure["value"].clone(), figure["unit"].clone()), ("206539.30".into(), "CNY".into()));
    let places: Vec<_> =
        figure["places"].as_array().unwrap().iter().map(|p| p["address"].as_str().unwrap().to_owned()).collect();
    assert_eq!(places, ["zh/a.html#s1", "zh/a.html#s1-claim-1-1", "en/a.html#s1", "en/a.html#s1-claim-1-1"]);
    let page = built.page("zh/index.html");
    assert_eq!(page.texts(".figures tbody tr"), ["净损失206,539.30 CNY", "题 一、题 一 1-1"]);
    assert_eq!(page.attributes(".figures tbody a", "href"), ["a.html#s1", "a.html#s1-claim-1-1"]);
}

#[test]
fn figures_of_several_units_share_a_name_and_what_is_rounded_there_is_listed() {
    let config = "figures:\n  - {id: btc, value: 1.46966133, unit: BTC, names: 损失}\n  - {id: cny, value: 206539.30, unit: CNY, names: 损失}\n";
    let text = "# 题\n\n损失约 1.5 BTC，约合 20.7 万元。\n\n手续费约 1.5 BTC。损失 206539.30 元，即 1.46966133 BTC。\n\n损失 1.5 BTC。\n";
    let built = Fixture::new(&[("casefile.yaml", config), ("content/zh/a.md", text)]).built();
    assert_eq!(built.found(), ["C603 7:4"]);
    let figures = built.model()["figures"].clone();
    let places = |at: usize| -> Vec<String> {
        let places = figures[at]["places"].as_array().unwrap();
        places.iter().map(|place| format!("{}:{}", place["line"], place["column"])).collect()
    };
    assert_eq!((places(0), places(1)), (vec!["3:5".into(), "5:31".into()], vec!["3:16".into(), "5:17".into()]));
}

#[test]
fn the_parts_of_a_sum_are_no_slips() {
    let built = case(
        "# 题\n\n216539.30元-10000元=206539.30元。\n\n付了216539.30元，扣除10000元。\n\n206539.31元与206539.30元差一分。\n\n余款216539.30元。\n",
    );
    assert_eq!(built.found(), ["C605 9:3"]);
}

#[test]
fn sums_in_text_and_totals_are_marked_and_told_as_data() {
    let built = case(
        "# 题\n\n租金3150元/月×2个月=6300元，押金300元+200元=600元。\n\n| 项目 | 金额（元） |\n|---|---|\n| 甲 | 1.50 |\n| 乙 | 2.50 |\n| **合计** | **4.50** |\n",
    );
    assert_eq!(built.found(), ["C601 3:33", "C607 9:14"]);
    assert_eq!(built.page("zh/a.html").texts(".sum .mark"), ["✓", "应为 500", "应为 4.00"]);
    let sums = built.model()["documents"][0]["sums"].clone();
    let told: Vec<String> = sums.as_array().unwrap().iter().map(|sum| sum["outcome"].to_string()).collect();
    assert_eq!(told, ["\"right\"", "\"wrong\"", "\"wrong\""]);
}

#[test]
fn a_figure_may_be_counted_in_a_unit_of_the_case() {
    let config = "figures:\n  - {id: pallets, value: 37, unit: {zh: 托, en: pallets}, names: {zh: 托数, en: pallets released}}\n";
    let built =
        Fixture::new(&[("casefile.yaml", config), ("content/zh/a.md", "# 题\n\n托数是38托，共37托。托数是36托。\n")])
            .built();
    assert_eq!(built.found(), ["C603 3:16"]);
}

#[test]
fn the_front_page_is_a_brief_of_what_the_documents_say() {
    let built = Fixture::new(&[
        ("casefile.yaml", "title: 案\nas_of: 2031-06-30\nparties: [{id: a, role: 买方, name: 甲}, {id: b, name: 乙}]\n"),
        (
            "content/zh/overview.md",
            "---\nsummary: |\n  第一行。\n  第二行。\n---\n# 概述\n\n开头。\n\n## 一，诉求\n\n- 1-1，返还，见【注1】。\n\n## 二，从哪里看起\n\n### 给警方\n\n看[立场](positions.md#claim-1-1)。\n\n【注1】文字。\n",
        ),
        ("content/zh/positions.md", "## 甲\n\n- 1-1，货没有到。\n- 1-2，付过款。\n"),
        ("content/zh/appendix-2.md", "# 附录2：单据\n"),
        ("content/zh/appendix-10.md", "# 附录10：照片\n"),
    ])
    .built();
    let page = built.page("zh/index.html");
    assert_eq!(page.texts(".happened p"), ["第一行。", "第二行。"]);
    assert_eq!(page.texts(".asked li"), ["1-1，返还，见【注1】。"]);
    assert_eq!(page.attributes(".asked li a", "href"), ["overview.html#s1-claim-1-1", "overview.html#note-1"]);
    assert_eq!(page.texts(".begin h3"), ["给警方"]);
    assert_eq!(page.texts(".parties li"), ["甲 买方 2项主张", "乙"]);
    assert_eq!(page.attributes(".parties li a", "href"), ["positions.html#jia"]);
    let documents = page.texts(".documents-list > li");
    assert_eq!(documents, ["概述", "各方立场", "附录2：单据", "附录10：照片"]);
    assert!(
        !page.has(".asked [id]:not(h2)") && !page.has(".begin [id]:not(h2)"),
        "an excerpt has no addresses of its own"
    );
}

#[test]
fn a_brief_invents_nothing() {
    let page = case("# 题\n\n文字。\n").page("zh/index.html");
    assert!(!page.has(".happened") && !page.has(".asked") && !page.has(".begin") && !page.has(".parties"));
    let overview = Fixture::new(&[("content/zh/overview.md", "# 概述\n\n第一段。\n\n第二段。\n")]).built();
    assert_eq!(overview.page("zh/index.html").texts(".happened p"), ["第一段。"]);
}

#[test]
fn the_front_page_leads_where_the_overview_does_and_shows_no_marks() {
    let text = "# 概述\n\n日期：2031年5月4日\n申请人：甲\n\n乙没有付款[^1]，见[立场](positions.md)和【注2】。\n\n## 提交执法请求遇到争议\n\n无关。\n\n\
                ## 二、请求事项\n\n### （一）付款\n\n支付。\n\n[^1]: 脚注。\n\n【注2】注。\n";
    let positions = [
        ("content/zh/positions.md", "## 甲\n\n- 1-1，其一。\n"),
        ("content/zh/b/positions.md", "## 甲\n\n- 1-1，其二。\n"),
    ];
    let built = Fixture::new(&[("content/zh/overview.md", text), positions[0], positions[1]]).built();
    let page = built.page("zh/index.html");
    assert_eq!(page.texts(".happened p"), ["乙没有付款[1]，见立场和【注2】。"]);
    let links = page.attributes(".happened a", "href");
    assert_eq!(links, ["overview.html#note-1", "positions.html", "overview.html#note-2"]);
    assert_eq!(page.text(".asked h2"), "请求事项");
    assert_eq!(page.texts(".asked h3"), ["（一）付款"]);
    assert_eq!(page.texts(".parties .count"), ["2项主张"]);
}

#[test]
fn what_happened_is_not_looked_for_beyond_its_section() {
    for text in [
        "# 题\n\n## 事情经过\n\n```text\n待写\n```\n\n## 其他\n\n先改文件夹的名字。\n",
        "# 题\n\n## 事情经过\n\n- 其一\n- 其二\n\n以上各项均有证据。\n",
        "# 题\n\n## 事情经过的争议\n\n无关。\n",
        "# 题\n\n## 事情经过\n\n**日期**：2031年5月4日\n**申请人**：甲\n",
        "# 题\n\n## 事情经过\n\n[全文](b.md) [存档](b.md)\n",
        "# 题\n\n## 店家的说法\n\n张三骗人。\n\n## 我说\n\n款已付。\n",
        "# 题\n\n被告辩称：款已退。\n\n## 我说\n\n款已付。\n",
        "# 题\n\n待补充。\n",
        "# 题\n\n店家声明如下：\n\n张三骗人。\n",
        "# 题\n\n法定代表人：赵六，经理。\n",
        "# 题\n\n原告李四，男，汉族，住在港口镇。\n",
    ] {
        let built = Fixture::new(&[("content/zh/overview.md", text), ("content/zh/b.md", "# 乙\n")]).built();
        assert!(!built.page("zh/index.html").has(".happened"), "{text}");
    }
}

#[test]
fn what_happened_is_told_by_the_section_that_says_so_and_what_is_asked_by_the_author() {
    let text = "# 起诉状\n\n## 当事人\n\n原告：张三，男，1980年生。\n\n## 被告的诉求\n\n驳回。\n\n## 对方的诉求\n\n退款五百。\n\n\
                ## 我的请求\n\n赔一千。\n\n## 三、事实与理由\n\n张三付了款，货没有来。\n";
    let page = Fixture::new(&[("content/zh/overview.md", text)]).built().page("zh/index.html");
    assert_eq!(page.texts(".happened p"), ["张三付了款，货没有来。"]);
    assert_eq!(page.text(".asked h2"), "我的请求");
    let text = "# Complaint\n\n## I. FACTUAL BACKGROUND\n\nAnn paid, and nothing came.\n";
    let page = Fixture::new(&[("content/en/overview.md", text)]).built().page("en/index.html");
    assert_eq!(page.texts(".happened p"), ["Ann paid, and nothing came."]);
}

#[test]
fn where_there_is_no_overview_the_readme_tells_what_the_case_is_about() {
    let readme =
        "# The missing pallets\n\n[中文](README.zh.md) | [English](README.md)\n\nForty pallets went missing.\n";
    let files = [("README.md", readme), ("analysis/timeline.md", "# Verified timeline\n\n- 2031-05-04: gone.\n")];
    let page = Fixture::new(&files).built().page("en/index.html");
    assert_eq!(
        (page.text("h1"), page.text(".happened p")),
        ("The missing pallets".into(), "Forty pallets went missing.".into())
    );
}

#[test]
fn a_section_of_an_appendix_is_cited_by_both_numbers() {
    let built = Fixture::new(&[
        (
            "content/zh/a.md",
            "# 题\n\n见【附录2-1】、【附录2-1-2】、【附录2-3】、【附录3-1】。\n\n## 附录3，清单\n\n### 一，甲\n",
        ),
        (
            "content/zh/appendix-2.md",
            "# 附录2\n\n## 一，甲\n\n### 1，丙\n\n### 2，丁\n\n## 二，乙\n\n### 附录2-3，戊\n",
        ),
    ])
    .built();
    assert_eq!(built.found(), Vec::<String>::new());
    let page = built.page("zh/a.html");
    assert_eq!(
        page.attributes("a.ref", "href"),
        ["appendix-2.html#s1", "appendix-2.html#s1-2", "appendix-2.html#appendix-2-3", "#appendix-3-s1"]
    );
    assert_eq!(built.page("zh/appendix-2.html").attributes("#s1 a.backref", "href"), ["a.html#ref-1", "a.html#ref-2"]);
}
