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
fn the_drawing_is_true_to_scale_and_needs_no_script() {
    let built = timeline(ZONE, "- 2031-01-01，甲。\n- 2031-01-02，乙。\n- 2031-01-11，丙。\n");
    let page = built.page("zh/timeline.html");
    let places: Vec<f64> = page.attributes("svg.scale circle", "cy").iter().map(|y| y.parse().unwrap()).collect();
    let share = (places[1] - places[0]) / (places[2] - places[0]);
    assert!((share - 0.1).abs() < 0.01, "{places:?}");
    assert!(page.has("svg.scale[aria-hidden='true']") && !page.has("main script"));
    let one = timeline(ZONE, "- 2031-01-01，甲。\n").page("zh/timeline.html");
    assert!(one.has(".chronology li") && !one.has("svg.scale"));
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
    assert_eq!(page.texts(".chronology li"), ["2031-05-04 01:09 未写明时区 丙"]);
    assert_eq!(
        page.texts("article > ul > li"),
        ["2031-13-05，甲。", "2031-02-30，乙。", "2031-05-04 01:09 (Bejing time)，丙。", "04/05/2031，丁。"]
    );
}

#[test]
fn a_timeline_without_a_zone_shows_its_times_as_they_are_written() {
    let built =
        timeline("{}\n", "- 2031-05-04 01:09，甲。\n- 2031-05-05 01:09，乙。\n- 2031-05-06 01:09 +08:00，丙。\n");
    assert_eq!(built.found(), ["C813 1:3"]);
    assert!(built.findings[0].message.contains("one other"), "{}", built.findings[0].message);
    let rows = built.page("zh/timeline.html").texts(".chronology li");
    assert_eq!(rows[0], "2031-05-04 01:09 未写明时区 甲");
    assert_eq!(rows[2], "2031-05-06 01:09 2031-05-05 17:09 UTC 丙");
}
