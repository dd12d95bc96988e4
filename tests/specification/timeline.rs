//! What happened when: events, their addresses, their zones, and the drawing beside the list.

use crate::support::{Built, Fixture};

const ZONE: &str = "time_zone: Asia/Shanghai\n";

fn timeline(config: &str, text: &str) -> Built {
    Fixture::new(&[("casefile.yaml", config), ("content/zh/timeline.md", text)]).built()
}

fn events(built: &Built) -> Vec<serde_json::Value> {
    built.model()["documents"][0]["events"].as_array().unwrap().clone()
}

#[test]
fn items_headings_paragraphs_and_rows_that_open_with_a_time_are_events() {
    let built = timeline(
        ZONE,
        "# 时间线\n\n- 2031年1月，第一件事。\n- 没有时间的一条。\n\n2031-02-05，第二件事。\n\n| 时间 | 事件 |\n|---|---|\n| 2031-02-06 14:20 | 第三件事 |\n\n## 2031-05-04 \
         01:09:08（北京时间），第四件事\n\n正文。\n\n- 1-1，2031-05-05，第五件事。\n",
    );
    assert_eq!(built.found(), Vec::<String>::new());
    let told: Vec<String> = events(&built)
        .iter()
        .map(|e| format!("{} {}", e["anchor"].as_str().unwrap(), e["title"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            "event-2031-01 第一件事",
            "event-2031-02-05 第二件事",
            "event-2031-02-06-14-20 第三件事",
            "event-2031-05-04-01-09-08 第四件事",
            "event-2031-05-05 第五件事",
        ]
    );
    let page = built.page("zh/timeline.html");
    for anchor in
        ["li#event-2031-01", "p#event-2031-02-05", "tr#event-2031-02-06-14-20", "section#event-2031-05-04-01-09-08"]
    {
        assert!(page.has(anchor), "{anchor}");
    }
    assert!(page.has("li.item > span#event-2031-05-05"));
}

#[test]
fn an_event_keeps_precision_approximation_range_and_zone() {
    let built = timeline(
        ZONE,
        "- 2031年5月4日凌晨1:00左右，甲。\n- 2031-05-04 03:00 +09:00，乙。\n- 2031年5月5日至5月7日，丙。\n- 2031年6月，丁。\n",
    );
    let events = events(&built);
    let field = |at: usize, name: &str| events[at][name].as_str().unwrap_or("none").to_owned();
    assert_eq!(
        (field(0, "start"), field(0, "precision"), field(0, "utc")),
        ("2031-05-04T01:00".into(), "minute".into(), "2031-05-03T17:00:00Z".into())
    );
    assert_eq!((events[0]["approximate"].clone(), events[0]["zone_written"].clone()), (true.into(), false.into()));
    assert_eq!((field(1, "zone"), field(1, "utc")), ("+09".into(), "2031-05-03T18:00:00Z".into()));
    assert_eq!(
        (field(2, "start"), field(2, "end"), field(2, "utc")),
        ("2031-05-05".into(), "2031-05-07".into(), "none".into())
    );
    assert_eq!((field(3, "start"), field(3, "precision")), ("2031-06".into(), "month".into()));
}

#[test]
fn what_a_time_leaves_out_it_has_from_its_heading_or_the_event_before() {
    let built = timeline(
        ZONE,
        "## 2031年5月4日，当夜\n\n- 01:09，甲。\n- 凌晨2点，乙。\n\n## 其后\n\n- 5月6日，丙。\n- 次日 14:20，丁。\n",
    );
    let starts: Vec<_> = events(&built).iter().map(|event| event["start"].as_str().unwrap().to_owned()).collect();
    assert_eq!(starts, ["2031-05-04", "2031-05-04T01:09", "2031-05-04T02", "2031-05-06", "2031-05-07T14:20"]);
    for text in ["- 14:20，没有日期。\n", "- 2031年5月，甲。\n- 次日，乙。\n", "- 2031年，甲。\n- 14:20，乙。\n"]
    {
        assert_eq!(timeline(ZONE, text).found().len(), 1, "{text}");
    }
}

#[test]
fn the_list_tells_every_time_in_the_zone_of_the_case_and_in_utc_in_the_order_of_time() {
    let built = timeline(
        ZONE,
        "# 线\n\n## 甲\n\n- 2031-05-04 01:09:08，二。\n- 2031-05-05，四。\n\n## 乙\n\n- 2031-05-03 10:00 UTC，一。\n- 2031-05-04 约 03:00，三。\n",
    );
    let page = built.page("zh/timeline.html");
    let rows = page.texts(".chronology li");
    assert_eq!(
        rows,
        [
            "2031-05-03 18:00 10:00 UTC 一",
            "2031-05-04 01:09:08 2031-05-03 17:09:08 UTC 二",
            "约 2031-05-04 03:00 2031-05-03 19:00 UTC 三",
            "2031-05-05 四",
        ]
    );
    let machine = page.attributes(".chronology time", "datetime");
    assert_eq!(
        machine,
        ["2031-05-03T10:00+00:00", "2031-05-04T01:09:08+08:00", "2031-05-04T03:00+08:00", "2031-05-05"]
    );
}

#[test]
fn each_bunch_of_events_has_an_axis_of_its_own_by_its_letter() {
    let night = |day: &str| {
        let event = |minute| format!("- 2031-{day} 02:{minute}，事。\n");
        (10..14).map(event).collect::<String>()
    };
    let letters = |text: String| timeline(ZONE, &text).page("zh/timeline.html").texts("svg.scale .letter");
    let one = timeline(ZONE, &format!("- 2031-01-01，甲。\n{}", night("04-09"))).page("zh/timeline.html");
    assert_eq!(
        (one.texts("svg.scale .axis").len(), one.texts("svg.scale .zoom").len(), one.texts("svg.scale .letter").len()),
        (2, 2, 0)
    );
    let nights: String = ["02-03", "04-09", "11-30"].map(night).concat();
    let page = timeline(ZONE, &nights).page("zh/timeline.html");
    assert_eq!((page.texts("svg.scale .axis").len(), page.texts("svg.scale .zoom").len()), (4, 0));
    assert_eq!(letters(nights), ["A", "A", "B", "B", "C", "C"]);
    assert!(page.texts("svg.scale text").contains(&"B 2031-04-09".to_owned()));
}

#[test]
fn the_drawing_is_true_to_scale_and_needs_no_script() {
    let built = timeline(ZONE, "- 2031-01-01，甲。\n- 2031-01-02，乙。\n- 2031-01-11，丙。\n");
    let page = built.page("zh/timeline.html");
    let place = |x: &String| x.trim_end_matches('%').parse::<f64>().unwrap();
    let places: Vec<f64> = page.attributes("svg.scale circle", "cx").iter().map(place).collect();
    let share = (places[1] - places[0]) / (places[2] - places[0]);
    assert!((share - 0.1).abs() < 0.01, "{places:?}");
    assert!(page.has("svg.scale[aria-hidden='true']") && !page.has("main script"));
    let one = timeline(ZONE, "- 2031-01-01，甲。\n").page("zh/timeline.html");
    assert!(one.has("li.event") && !one.has("svg.scale"));
}

#[test]
fn a_long_timeline_without_sections_has_its_months_for_contents_and_dots_lead_to_rows() {
    let day = |at: usize| format!("- 2031-{:02}-{:02} 09:00，第{at}件事。\n", 1 + at / 10, 1 + at % 10);
    let text: String = (0..30).map(day).collect();
    let page = timeline(ZONE, &text).page("zh/timeline.html");
    assert_eq!(page.texts("nav.contents li"), ["2031-01", "2031-02", "2031-03"]);
    let months = page.attributes("nav.contents a", "href");
    assert_eq!(months[1], "#event-2031-02-01-09-00");
    assert_eq!(page.attributes("svg.scale a", "href").iter().filter(|&href| *href == months[1]).count(), 1);
    assert!(page.texts("svg.scale a title")[0].starts_with("2031-01-01 09:00 第0件事"));
    // Of dots on each other that one leads on which lies on top.
    let close = timeline(ZONE, "- 2031-01-01，甲。\n- 2031-01-02，乙。\n- 2031-12-31，丙。\n").page("zh/timeline.html");
    assert_eq!(close.attributes("svg.scale a", "href"), ["#event-2031-01-02", "#event-2031-12-31"]);
    let short: String = (0..12).map(day).collect();
    assert!(!timeline(ZONE, &short).page("zh/timeline.html").has("nav.contents"));
}

#[test]
fn what_follows_the_one_before_in_the_text_and_in_time_tells_how_long_after_it_happened() {
    let told = |text: &str| timeline(ZONE, text).page("zh/timeline.html").texts("article .moment > .gap");
    assert_eq!(
        told(
            "- 2031-05-04 01:09:08，甲。\n- 2031-05-04 01:11:37，乙。\n- 2031-05-04 02:12，丙。\n- 2031-05-04，丁。\n- 2031-05-05，戊。\n- 2031-06-01 约 09:00，己。\n"
        ),
        ["2 分 29 秒后", "1 小时后", "同日", "1 天后", "约 27 天后"]
    );
    assert_eq!(told("- 2031-05-04 23:00，甲。\n- 2031-05-05 01:00 +08:00，乙。\n"), ["2 小时后"]);
    assert_eq!(told("- 2031年5月，甲。\n- 2031-06-01至2031-06-05，乙。\n- 2031-06-07，丙。\n"), [""; 0]);
    assert_eq!(told("- 2031-05-04，甲。\n- 2031-05-02，乙。\n"), [""; 0]);
    let built = timeline(ZONE, "- 2031-05-04 01:09:08，甲。\n- 2031年5月5日上午9:00左右，乙。\n");
    let page = built.page("zh/timeline.html");
    assert_eq!(page.texts(".moment"), ["2031-05-03 17:09:08 UTC", "约 31 小时 50 分后 约 2031-05-05 09:00 01:00 UTC"]);
    assert!(!page.has(".chronology li"), "what is told in the order of time is told once");
}

#[test]
fn events_cite_and_are_cited() {
    let built = Fixture::new(&[
        ("casefile.yaml", ZONE),
        ("content/zh/overview.md", "# 概述\n\n见[当日](timeline.md#event-2031-05-04)。\n\n【注1】文字。\n"),
        (
            "content/zh/timeline.md",
            "# 线\n\n- 2031-05-04，甲，见【注1】和[概述](overview.md)。\n\n## 2031-05-05，乙\n\n见【注1】。\n",
        ),
    ])
    .built();
    let page = built.page("zh/timeline.html");
    assert_eq!(page.attributes("#event-2031-05-04 a.backref", "href"), ["overview.html#via-1"]);
    let model = built.model();
    let events = model["documents"][1]["events"].as_array().unwrap();
    assert_eq!(events[0]["cites"], serde_json::json!(["zh/overview.html#note-1", "zh/overview.html"]));
    assert_eq!(
        (events[0]["cited"].clone(), events[1]["cites"][0].clone()),
        (1.into(), "zh/overview.html#note-1".into())
    );
}

#[test]
fn a_translation_has_the_addresses_of_its_original() {
    let built = Fixture::new(&[
        ("casefile.yaml", "languages: [zh, en]\ntime_zone: Asia/Shanghai\n"),
        ("content/zh/timeline.md", "# 线\n\n- 2031年5月4日凌晨1:09:08，甲。\n- 2031年5月4日，乙。\n- 2031年5月4日，丙。\n\n## 2031年5月5日，丁\n"),
        ("content/en/timeline.md", "# Line\n\n- 4 May 2031, 1:09:08 a.m., A.\n- 4 May 2031, B.\n- 4 May 2031, C.\n\n## May 5, 2031, D\n"),
    ])
    .built();
    let ids = |path: &str| built.page(path).attributes("[id^='event-']", "id");
    assert_eq!(
        ids("zh/timeline.html"),
        ["event-2031-05-04-01-09-08", "event-2031-05-04", "event-2031-05-04-b", "event-2031-05-05"]
    );
    assert_eq!(ids("zh/timeline.html"), ids("en/timeline.html"));
}

#[test]
fn what_is_no_time_is_told_and_stays_as_it_is_written() {
    let built = timeline(
        ZONE,
        "- 2031-13-05，甲。\n- 2031-02-30，乙。\n- 2031-05-04 01:09 (Bejing time)，丙。\n- 04/05/2031，丁。\n",
    );
    assert_eq!(built.found(), ["C811 1:3", "C811 2:3", "C812 3:3", "C811 4:3"]);
    assert_eq!(events(&built).len(), 1, "a time of an unknown zone is a time");
    let page = built.page("zh/timeline.html");
    assert_eq!(page.texts(".moment"), ["时区不明确"]);
    assert_eq!(
        page.texts("article > ul > li"),
        ["2031-13-05，甲。", "2031-02-30，乙。", "时区不明确 2031-05-04 01:09 (Bejing time)，丙。", "04/05/2031，丁。"]
    );
}

#[test]
fn a_timeline_without_a_zone_shows_its_times_as_they_are_written() {
    let built =
        timeline("{}\n", "- 2031-05-04 01:09，甲。\n- 2031-05-05 01:09，乙。\n- 2031-05-06 01:09 +08:00，丙。\n");
    assert_eq!(built.found(), ["C813 1:3"]);
    assert!(built.findings[0].message.en().contains("one other"), "{}", built.findings[0].message.en());
    let rows = built.page("zh/timeline.html").texts(".event");
    assert_eq!(rows[0], "未写明时区 2031-05-04 01:09，甲。");
    assert_eq!(rows[2], "2031-05-05 17:09 UTC 2031-05-06 01:09 +08:00，丙。");
}

/// Each event as `edtf | title`.
fn told(built: &Built) -> Vec<String> {
    let text = |event: &serde_json::Value, field: &str| event[field].as_str().unwrap().to_owned();
    events(built).iter().map(|event| format!("{} | {}", text(event, "edtf"), text(event, "title"))).collect()
}

#[test]
fn a_time_is_told_in_edtf_as_far_as_it_is_known() {
    let built = timeline(
        ZONE,
        "- 2031年5月4日01:09:08，甲。\n- 2031年5月4日凌晨1:00左右，乙。\n- 2031年5月5日-7日，丙。\n- 2031年5月下旬，丁。\n- 2031年第三季度，戊。\n- 2031年底，己。\n- 2032，庚。\n",
    );
    assert_eq!(
        told(&built),
        [
            "2031-05-04T01:09:08+08:00 | 甲",
            "2031-05-04~ | 乙",
            "2031-05-05/2031-05-07 | 丙",
            "2031-05-21~/2031-05-31~ | 丁",
            "2031-35 | 戊",
            "2031-11-01~/2031-12-31~ | 己",
            "2032 | 庚",
        ]
    );
}

#[test]
fn a_date_may_stand_in_brackets_after_a_field_or_behind_the_words() {
    let built = timeline(
        ZONE,
        "（2031年8月2日）签合同。\n\n【2031年8月3日】付定金。\n\n时间：2031年8月4日，发货。\n\n## 第一次开庭（2031年8月6日）\n\n双方到庭。\n\n## 交接\n\n- **日期：** 2031年8月7日\n- **地点：** 仓库\n",
    );
    assert_eq!(built.found(), Vec::<String>::new());
    assert_eq!(
        told(&built),
        [
            "2031-08-02 | 签合同",
            "2031-08-03 | 付定金",
            "2031-08-04 | 发货",
            "2031-08-06 | 第一次开庭",
            "2031-08-07 | 交接",
        ]
    );
}

#[test]
fn dated_lines_of_one_paragraph_are_events_each_at_its_own_address() {
    let built =
        timeline(ZONE, "2031年3月1日，签合同。\n2031年3月5日，**付定金**。\n收据见附件。\n2031年3月9日，失联。\n");
    assert_eq!(told(&built), ["2031-03-01 | 签合同", "2031-03-05 | 付定金", "2031-03-09 | 失联"]);
    let page = built.page("zh/timeline.html");
    assert!(page.has("p#event-2031-03-01"));
    assert_eq!(page.text("#event-2031-03-05").matches("付定金").count(), 1);
    assert!(!page.text("#event-2031-03-05").contains("失联"));
    // A line that an editor wrapped is no new event.
    let built = timeline(ZONE, "2031年3月1日，签合同，当时说好在\n2031年3月5日付定金。\n");
    assert_eq!(told(&built), ["2031-03-01 | 签合同，当时说好在 2031年3月5日付定金"]);
}

#[test]
fn the_day_and_the_zone_may_stand_above_the_clock() {
    let built = timeline(
        "",
        "# 停电\n\n**日期：** 2031-05-04\n\n| 时间（UTC） | 事件 |\n|---|---|\n| 14:00 | 冒烟 |\n| 约14:30 | 报警 |\n| **2031-05-05** | |\n| 01:10 | 扑灭 |\n",
    );
    assert_eq!(built.found(), Vec::<String>::new());
    let instants: Vec<_> = events(&built).iter().map(|event| event["utc"].as_str().unwrap().to_owned()).collect();
    assert_eq!(instants, ["2031-05-04T14:00:00Z", "2031-05-04T14:30:00Z", "2031-05-05T01:10:00Z"]);

    let built = timeline(
        "",
        "所有时间均为北京时间。\n\n| 日期 | 时间 | 事件 |\n|---|---|---|\n| 2031-05-04 | 14:00 | 甲 |\n| | 15:00 | 乙 |\n",
    );
    assert_eq!(built.found(), Vec::<String>::new());
    let instants: Vec<_> = events(&built).iter().map(|event| event["utc"].as_str().unwrap().to_owned()).collect();
    assert_eq!(instants, ["2031-05-04T06:00:00Z", "2031-05-04T07:00:00Z"]);
}

#[test]
fn numbers_that_may_be_day_or_month_are_read_as_the_document_proves() {
    let table = |dates: &[&str]| {
        let rows: String = dates.iter().map(|date| format!("| {date} | 事 |\n")).collect();
        timeline(ZONE, &format!("| 日期 | 事件 |\n|---|---|\n{rows}"))
    };
    let day_first = table(&["31/03/2031", "08/04/2031", "08/07/31"]);
    assert_eq!(told(&day_first), ["2031-03-31 | 事", "2031-04-08 | 事", "2031-07-08 | 事"]);
    let month_first = table(&["03/31/2031", "04/08/2031"]);
    assert_eq!(told(&month_first), ["2031-03-31 | 事", "2031-04-08 | 事"]);
    let contradicting = table(&["31/03/2031", "03/31/2031", "04/08/2031"]);
    assert_eq!(contradicting.found(), ["C811 5:3"]);
    assert_eq!(told(&contradicting).len(), 2);
}

#[test]
fn month_and_day_in_figures_are_dates_where_most_entries_are_dated_so() {
    let built = timeline(ZONE, "- 2031.3.20 签约\n- 3.22 付款\n- 3.25-27 盘点\n");
    assert_eq!(told(&built), ["2031-03-20 | 签约", "2031-03-22 | 付款", "2031-03-25/2031-03-27 | 盘点"]);
    let built = timeline(ZONE, "- 2031年3月20日，签约\n- 3.5 的版本\n- 另一条\n- 又一条\n- 再一条\n");
    assert_eq!(told(&built), ["2031-03-20 | 签约"]);
    assert_eq!(built.found(), Vec::<String>::new());
}

#[test]
fn no_relative_date_crosses_an_entry_whose_date_was_not_read() {
    let built = timeline(
        ZONE,
        "- 2031年3月1日，签合同。\n- 几天后，发货。\n- 次日，到货。\n- 2031年4月之前，退货。\n- 3月9日，报案。\n",
    );
    assert_eq!(told(&built), ["2031-03-01 | 签合同", "2031-03-09 | 报案"]);
    assert_eq!(built.found(), ["C811 2:3"]);
    let page = built.page("zh/timeline.html");
    let undated = page.text("ul.undated");
    assert!(["发货", "到货", "退货"].iter().all(|words| undated.contains(words)), "{undated}");
}

#[test]
fn no_relative_date_crosses_an_entry_that_may_tell_another_day_without_being_read() {
    for (between, expected) in [
        ("Some time in summer 2032, we moved.", None),
        ("Marhc 9, 2031: paid.", None),
        ("Day 3: paid.", None),
        ("The 1990s were quiet.", None),
        ("We called them.", Some("2031-03-02 | it broke")),
        ("The next step is theirs.", Some("2031-03-02 | it broke")),
        ("3 officers came.", Some("2031-03-02 | it broke")),
        ("On the 15th we met.", None),
        ("Unknown date: we met.", None),
    ] {
        let built = timeline(ZONE, &format!("- March 1, 2031: start.\n- {between}\n- The next day: it broke.\n"));
        assert_eq!(told(&built).get(1).map(String::as_str), expected, "{between}");
        assert_eq!(built.found().is_empty(), expected.is_some(), "{between}");
    }
    for (between, expected) in [
        ("第三天，退货。", None),
        ("民国120年5月1日，退货。", None),
        ("昨晚，退货。", None),
        ("元宵节，乙来电。", None),
        ("收到通知后，乙来电。", None),
        ("周某来电。", Some("2031-03-02 | 到货")),
        ("图1：回执。", Some("2031-03-02 | 到货")),
        ("月租3000元。", Some("2031-03-02 | 到货")),
        ("客服承诺次日退款。", Some("2031-03-02 | 到货")),
        ("我一直在等。", Some("2031-03-02 | 到货")),
    ] {
        let built = timeline(ZONE, &format!("- 2031年3月1日，签合同。\n- {between}\n- 次日，到货。\n"));
        assert_eq!(told(&built).get(1).map(String::as_str), expected, "{between}");
    }
    let same = "## 2031年3月1日\n\n- 08:00，甲。\n- 昨晚，乙。\n- 同日，丙。\n";
    assert!(told(&timeline(ZONE, same)).contains(&"2031-03-01 | 丙".to_owned()));
    let signs = "## 📅 2031年3月1日，甲\n\n- ✅ 2031-03-02，乙\n- 🗓️ 08:00，丙\n";
    assert_eq!(told(&timeline(ZONE, signs))[..2], ["2031-03-01 | 甲", "2031-03-02 | 乙"]);
    // What stands below an entry belongs to it.
    let below = "## 2031年3月1日\n\n两天内没有人答复。\n\n## 次日，到货\n\n如约。\n";
    assert_eq!(told(&timeline(ZONE, below)), ["2031-03-01 | 两天内没有人答复", "2031-03-02 | 到货"]);
}

#[test]
fn a_date_that_is_cut_short_by_a_slip_is_told_and_no_month_or_year() {
    for text in [
        "2031年3月1O日，甲",
        "2031年4月3曰，甲",
        "2031年5月25，甲",
        "2032-O8-02 甲",
        "2031年7月__日，甲",
        "2032-04-??，甲",
    ] {
        let built = timeline(ZONE, &format!("- {text}。\n"));
        assert_eq!((told(&built), built.found()), (Vec::new(), vec!["C811 1:3".to_owned()]), "{text}");
    }
    assert_eq!(told(&timeline(ZONE, "- 2019-nCoV疫情。\n")), Vec::<String>::new());
    assert_eq!(told(&timeline(ZONE, "- 2031年6月1.5万元到账。\n")), ["2031-06 | 1.5万元到账"]);
    assert_eq!(told(&timeline(ZONE, "- 2031-公司成立。\n")), ["2031 | 公司成立"]);
}

#[test]
fn the_day_may_stand_in_the_column_behind_the_clock() {
    let text = "| Time | Date | Event |\n|---|---|---|\n| 14:05 | 2031-03-08 | paid |\n| 15:06 | 2031-03-09 | sent |\n";
    assert_eq!(told(&timeline("", text)), ["2031-03-08 | paid", "2031-03-09 | sent"]);
    let starts: Vec<_> = events(&timeline("", text)).iter().map(|event| event["start"].clone()).collect();
    assert_eq!(starts, ["2031-03-08T14:05", "2031-03-09T15:06"]);
    let text = "## March 5, 2031\n\n- At 18 o’clock, we met.\n";
    assert_eq!(events(&timeline("", text))[0]["start"], "2031-03-05T18");
}

#[test]
fn a_part_of_the_day_belongs_to_the_day_above_it() {
    let text = "## 2031年5月4日\n\n- 上午，开会。\n- 晚间，转账。\n\n## May 6, 2031\n\n- In the morning, we met.\n";
    let built = timeline(ZONE, text);
    assert_eq!(told(&built), ["2031-05-04 | 开会", "2031-05-04 | 转账", "2031-05-06 | we met"]);
    for (text, line) in [
        ("- 上午，开会。\n", 1),
        ("- 2031年5月6日晚上：庚。\n- 上午，辛。\n", 2),
        ("## 2031年5月3日晚\n\n- 凌晨，丁。\n", 3),
        ("## 2031年5月3日至5日\n\n- 上午，丁。\n", 3),
        ("## 2031年5月3日\n\n- 晚上，丁。\n- 上午，戊。\n", 4),
    ] {
        assert_eq!(timeline(ZONE, text).found(), [format!("C811 {line}:3")], "{text}");
    }
}

#[test]
fn a_year_that_could_be_the_next_is_open() {
    let built = timeline(ZONE, "- 2031年12月30日，付款。\n- 1月2日，发货。\n");
    assert_eq!(told(&built), ["2031-12-30 | 付款"]);
    assert_eq!(built.found(), ["C811 2:3"]);
}

#[test]
fn last_year_is_known_only_from_the_date_as_of_which_the_case_is_told() {
    let text = "- 去年3月，签合同。\n";
    assert_eq!(timeline(ZONE, text).found(), ["C811 1:3"]);
    let built = timeline("as_of: 2032-06-01\n", text);
    assert_eq!(told(&built), ["2031-03 | 签合同"]);
}

#[test]
fn a_section_called_a_timeline_holds_events_in_any_document() {
    let text = "# 报告\n\n- 2031-05-01，不是事件。\n\n## 事情经过\n\n- 2031-05-04，甲。\n\n### 第二天\n\n- 2031-05-05，乙。\n\n## 结论\n\n- 2031-05-06，不是事件。\n";
    let built = Fixture::new(&[("content/zh/report.md", text)]).built();
    assert_eq!(told(&built), ["2031-05-04 | 甲", "2031-05-05 | 乙"]);
    let page = built.page("zh/report.html");
    assert!(page.has("li#event-2031-05-04"));
    assert!(!page.has("#events"));
}

#[test]
fn a_section_may_be_called_a_timeline_in_another_language_than_those_of_the_case() {
    for heading in ["Timeline: the leak", "Chronology", "时间线梳理"] {
        let text = format!("# 报告\n\n这是一份中文的报告。\n\n## {heading}\n\n- 2031-05-04，甲。\n");
        let built =
            Fixture::new(&[("casefile.yaml", "title: a\nlanguages: [zh]\n"), ("content/zh/report.md", &text)]).built();
        assert_eq!(told(&built), ["2031-05-04 | 甲"], "{heading}");
    }
}

#[test]
fn what_only_leads_elsewhere_on_the_page_is_no_event() {
    let built = timeline(
        ZONE,
        "- [2031-10-22](#event-2031-10-22)\n- [2031-10-23](#event-2031-10-23)\n\n## 2031-10-22\n\n开门。\n\n## 2031-10-23\n\n关门。\n",
    );
    assert_eq!(told(&built), ["2031-10-22 | 开门", "2031-10-23 | 关门"]);
    assert_eq!(built.found(), Vec::<String>::new());
}

#[test]
fn an_event_has_the_words_below_its_date_and_none_that_a_full_stop_cuts_short() {
    let english = |text: &str| Fixture::new(&[("content/en/timeline.md", text)]).built();
    let built = english(
        "## May 26, 2031\n\nThe pallets are loaded. Nobody looks.\n\n## 27 May 2031\n\n### The pallets are gone\n\nNobody saw them.\n\n- 2031-05-28: A. Writer vs. The Shop, Inc. is filed.\n- 2031-05-29: Mr. Tall answers. Then he leaves.\n- May I add that nobody answered.\n",
    );
    assert_eq!(
        told(&built),
        [
            "2031-05-26 | The pallets are loaded",
            "2031-05-27 | The pallets are gone",
            "2031-05-28 | A. Writer vs. The Shop, Inc. is filed",
            "2031-05-29 | Mr. Tall answers",
        ]
    );
}

#[test]
fn a_date_above_a_picture_alone_or_beside_a_link_alone_is_an_event() {
    let built = timeline(
        ZONE,
        "## 2031年3月5日\n\n![付款截图](pay.png)\n\n## 2031年3月6日\n\n![](chat%20log.png)\n\n## 2031年3月7日\n\n- [-](https://h.example/a)\n\n## 2031年3月8日\n",
    );
    assert_eq!(told(&built), ["2031-03-05 | 付款截图", "2031-03-06 | chat log.png", "2031-03-07 | h.example/a"]);
    let built = timeline(ZONE, "| 日期 | 事件 |\n|---|---|\n| 2031-03-05 | [-](https://h.example/a) |\n");
    assert_eq!(told(&built), ["2031-03-05 | h.example/a"]);
}

#[test]
fn a_line_of_a_timeline_may_hold_nothing_or_the_name_of_a_field_alone() {
    for text in
        ["<br>\n甲方付款", "<br>\n2031年5月4日 甲方付款", "时间：\n甲方付款", "- 日期：\n- 甲", "- <br>\n  甲\n- <br>"]
    {
        let built = Fixture::new(&[("content/zh/timeline.md", text)]).built();
        assert!(built.text("zh/timeline.html").contains('甲'), "{text}");
    }
}

#[test]
fn a_timeline_may_end_in_an_empty_heading() {
    for text in ["#\n", "# 时间线\n\n##\n"] {
        assert!(Fixture::new(&[("content/zh/timeline.md", text)]).built().page("zh/timeline.html").has("article"));
    }
}

#[test]
fn a_range_over_the_turn_of_the_year_ends_in_the_next() {
    let text = "# 经过\n\n## 2032年3月\n\n- 12月31日至1月2日 申\n\n## 2031年\n\n- 2031年12月31日至1月2日 乙\n- 12月5日至12月9日 丙\n";
    let built = Fixture::new(&[("content/zh/timeline.md", text)]).built();
    let told: Vec<String> =
        events(&built).iter().map(|event| event["edtf"].as_str().unwrap_or("").to_owned()).collect();
    assert_eq!(told, ["2032-12-31/2033-01-02", "2031-12-31/2032-01-02", "2031-12-05/2031-12-09"]);
}

#[test]
fn what_goes_on_is_an_interval_without_an_end() {
    let text = "- 2031年12月1日起，停止发货。\n- 2032年1月3日至今，未付。\n- 2032年2月5日起诉。\n- 2032年3月1日 起点。\n- 2032年3月2日和解。\n";
    let built = timeline(ZONE, text);
    assert_eq!(
        told(&built),
        [
            "2031-12-01/.. | 停止发货",
            "2032-01-03/.. | 未付",
            "2032-02-05 | 起诉",
            "2032-03-01 | 起点",
            "2032-03-02 | 和解"
        ]
    );
}

#[test]
fn a_date_that_was_read_only_in_part_is_told_with_all_of_its_words() {
    let built =
        timeline(ZONE, "- 2031年5月1日，起点。\n- 2031年12月16日和19日，开会。\n- 6月1日14:30、15:20，来电。\n");
    assert_eq!(told(&built), ["2031-05-01 | 起点"]);
    assert_eq!(built.found(), ["C811 2:3"]);
    let undated = built.page("zh/timeline.html").text("ul.undated");
    assert!(undated.contains("2031年12月16日和19日") && undated.contains("15:20"), "{undated}");
}

#[test]
fn a_date_in_brackets_in_a_list_below_an_entry_makes_no_event() {
    let list = "- 比对方答复早 15 天（2031-10-14）。\n";
    for entry in ["**2031-09-29**，裁定。\n\n", "## 2031-09-29 裁定\n\n", "- 2031-09-29，裁定。\n  "] {
        let built = timeline(ZONE, &format!("{entry}{list}"));
        assert_eq!(told(&built), ["2031-09-29 | 裁定"], "{entry}");
        assert_eq!(built.found(), Vec::<String>::new(), "{entry}");
    }
    // Where nothing above has a day, it is the date of the entry.
    let built = timeline(ZONE, "# 经过\n\n## 2031年\n\n- 裁定（2031-09-29）。\n- 答复（2031-10-14）。\n");
    assert_eq!(told(&built).last().map(String::as_str), Some("2031-10-14 | 答复"));
    assert_eq!(events(&built).len(), 2);
}

#[test]
fn a_dated_heading_above_words_of_another_day_is_an_event() {
    let built = timeline(
        ZONE,
        "## 2031年12月8日\n\n- 2032年1月11日的通报中最早的一例。\n\n## 2031年12月9日\n\n- 10:00，开会。\n",
    );
    assert_eq!(told(&built)[0], "2031-12-08 | 2032年1月11日的通报中最早的一例");
    assert_eq!(told(&built).last().map(String::as_str), Some("2031-12-09 | 开会"));
}

#[test]
fn a_date_may_stand_among_other_fields_or_in_code_or_in_a_call_out() {
    let built = timeline(
        ZONE,
        "### 第一件：入职\n\n- **编号**：1 | **日期**：2031-01-15\n- **地点**：乙城\n\n### 第二件：来信\n\n- **编号**：2 | **日期**：2031-02-16 | **状态**：完\n",
    );
    assert_eq!(told(&built), ["2031-01-15 | 第一件：入职", "2031-02-16 | 第二件：来信"]);
    let built = timeline(ZONE, "- `2031-06-07` 发公告。\n- `2031-07-19 13:35:46` 撤公告。\n- `2031` 是版本号。\n");
    assert_eq!(told(&built)[..2], ["2031-06-07 | 发公告", "2031-07-19T13:35:46+08:00 | 撤公告"]);
    let text = "# 报告\n\n> [!note] 审查时间线\n>\n> - 2031-10-13，送审。\n> - 2031-10-14，退回。\n\n- 2031-10-15，不是事件。\n";
    let built = Fixture::new(&[("content/zh/report.md", text)]).built();
    assert_eq!(told(&built), ["2031-10-13 | 送审", "2031-10-14 | 退回"]);
}

#[test]
fn the_words_of_an_event_may_be_the_label_of_its_date_or_stand_in_the_columns_before() {
    let built = timeline(
        ZONE,
        "- 开庭日期：2031-07-15\n- **举证期限**：2031年7月20日\n- 整理日期：2031-08-01\n\n| 事件 | 日期 |\n|---|---|\n| 宣判 | 2031-09-01 |\n",
    );
    assert_eq!(told(&built), ["2031-07-15 | 开庭日期", "2031-07-20 | 举证期限", "2031-09-01 | 宣判"]);
}

#[test]
fn an_entry_that_holds_a_date_in_its_first_clause_is_told() {
    let built = timeline(ZONE, "- 2031年5月1日，起点。\n- 乙方于2031年7月5日发函。\n- 2031年8月1日，收到函件。\n");
    assert_eq!(built.found(), ["C811 2:6"]);
    assert_eq!(timeline(ZONE, "- 290年，起兵。\n- 305年11月，去世。\n- 300年的合同。\n").found(), ["C811 1:3"]);
    // What an entry says of other days is its own affair.
    for text in [
        "- 2031年5月1日，起点。\n  - 合同签于2031年3月1日。\n",
        "## 2031年5月1日，起点\n\n- 合同签于2031年3月1日。\n",
        "- 2031年5月1日，起点。\n- 2031年3月1日的合同作废。\n",
        "2031年5月1日，起点。\n\n合同签于2031年3月1日。\n",
        "# 经过\n\n**整理于：** 2031年6月1日\n\n- 2031年5月1日，起点。\n",
    ] {
        assert_eq!(timeline(ZONE, text).found().iter().filter(|f| f.starts_with("C811")).count(), 0, "{text}");
    }
}

#[test]
fn the_month_and_year_that_were_named_last_are_known_by_their_words() {
    let built = timeline(
        ZONE,
        "- 2031年5月1日，甲。\n- 同月20日，乙。\n- 同年9月，丙。\n- 同年底，丁。\n- 次年3月4日，戊。\n- 周五，己。\n",
    );
    assert_eq!(
        told(&built),
        ["2031-05-01 | 甲", "2031-05-20 | 乙", "2031-09 | 丙", "2031-11-01~/2031-12-31~ | 丁", "2032-03-04 | 戊"]
    );
    assert_eq!(built.found(), ["C811 6:3"]);
}

#[test]
fn the_one_day_of_the_title_or_of_a_field_is_that_of_the_times_below() {
    let report = |text: &str| Fixture::new(&[("casefile.yaml", ZONE), ("content/zh/report.md", text)]).built();
    for head in ["# 事故 2031-08-03\n\n", "# 事故\n\n- **日期**：2031-08-03\n\n", "# 事故\n\n## 复盘（2031-08-03）\n\n"]
    {
        let built = report(&format!("{head}### 时间线\n\n- 10:04 开始。\n- 16:09 结束。\n"));
        let starts: Vec<_> = events(&built).iter().map(|event| event["start"].clone()).collect();
        assert_eq!(starts, ["2031-08-03T10:04", "2031-08-03T16:09"], "{head}");
        assert!(events(&built).iter().all(|event| event["ground"] == "read"));
    }
    // Two days, or one that only a sentence mentions, settle nothing.
    for head in ["# 从 2031-08-03 到 2031-08-05\n\n", "# 事故\n\n上一次是2031-08-03。\n\n"] {
        let built = report(&format!("{head}## 时间线\n\n- 10:04 开始。\n"));
        assert!(events(&built).is_empty(), "{head}");
        assert!(built.found().iter().any(|finding| finding.starts_with("C811")), "{head}");
    }
}

#[test]
fn the_year_of_the_front_matter_is_that_of_entries_near_it() {
    let report = |date: &str, text: &str| {
        let text = format!("---\ndate: {date}\n---\n\n# 报告\n\n## 时间线\n\n{text}");
        let built = Fixture::new(&[("content/zh/report.md", &text)]).built();
        events(&built).iter().map(|event| event["start"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(report("2031-08-01", "### 7月23日\n\n来信。\n\n### 8月2日\n\n回信。\n"), ["2031-07-23", "2031-08-02"]);
    // The October before, or the one after.
    assert_eq!(report("2031-06-14", "- 10月13日，来信。\n"), Vec::<String>::new());
    assert_eq!(report("2031-08-01", "- 10:04，来信。\n"), Vec::<String>::new());
}

#[test]
fn a_bar_at_the_end_of_a_line_takes_no_date_from_the_next() {
    let built = timeline(ZONE, "# 时间线\n\n地点：仓库 |\n  2031年5月4日，付款。\n");
    assert!(built.page("zh/timeline.html").text("article").contains("地点：仓库 |2031年5月4日，付款。"));
}

#[test]
fn capitals_behind_a_clock_that_may_be_a_zone_are_no_zone_of_the_case() {
    let built = timeline(
        ZONE,
        "# 时间线\n\n- 2031-05-04 15:00 PKT, 甲\n- 2031-05-04 16:00 QST: 乙\n- 2031-05-04 17:00 CEO 丙\n",
    );
    let zones: Vec<String> = events(&built).iter().map(|event| event["zone"].to_string()).collect();
    assert_eq!((zones[0].as_str(), zones[1].as_str()), ("\"+05\"", "null"), "{zones:?}");
    assert!(built.found().iter().any(|found| found == "C812 4:3"), "{:?}", built.found());
    assert_eq!(zones[2], "\"Asia/Shanghai\"");
}

#[test]
fn a_clock_of_the_night_behind_one_of_the_evening_is_of_no_day_that_is_known() {
    for head in ["# 时间线\n\n- 2031年8月3日 23:00 开始\n", "# 事故 2031-08-03\n\n## 时间线\n\n- 23:00 开始\n"]
    {
        let built = timeline(ZONE, &format!("{head}- 00:45 恢复\n- 01:10 结束\n"));
        let titles: Vec<String> = events(&built).iter().map(|event| event["title"].to_string()).collect();
        assert_eq!(titles, ["\"开始\""], "{head}");
        assert!(built.found().iter().any(|found| found.starts_with("C811")), "{head}: {:?}", built.found());
    }
    let built = timeline(
        ZONE,
        "# 时间线\n\n- 2031年8月3日 23:00 开始\n- 次日 00:45 恢复\n- 2031年8月5日 22:00 甲\n- 08:00 乙\n",
    );
    assert_eq!(events(&built).len(), 4);
}
