//! The index of identifiers: each once with every place, and what fails its check digit said to.

use crate::support::Fixture;

#[test]
fn an_identifier_is_listed_once_with_every_place() {
    let text = "# 甲\n\n1-1，服务器 203.0.113.7。\n\n1-2，`203.0.113.7` 再次登录。\n\n```text\nGET 203.0.113.7 200\n```\n\n\
                | 电话 | 地址 |\n|---|---|\n| 13800138000 | <http://203.0.113.7/x> |\n";
    let built = Fixture::new(&[("content/zh/a.md", text)]).built();
    let found: serde_json::Value = serde_json::from_str(&built.text("identifiers.json")).unwrap();
    let ip = &found[0];
    assert_eq!((&ip["kind"], &ip["value"]), (&"ip".into(), &"203.0.113.7".into()));
    let lines: Vec<u64> =
        ip["places"].as_array().unwrap().iter().map(|place| place["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [3, 5, 8, 13]);
    assert_eq!(ip["places"][1]["address"], "zh/a.html#claim-1-2");
    assert_eq!(found[1]["value"], "+8613800138000");
    let csv = built.text("zh/identifiers.csv");
    assert!(csv.starts_with('\u{feff}') && csv.contains("content/zh/a.md:5:6"), "{csv}");
}

#[test]
fn what_fails_its_check_digit_is_listed_as_such() {
    let text = "# 甲\n\n统一社会信用代码：91350100M000100Y43\n\n统一社会信用代码：91350100M000100Y44\n";
    let built = Fixture::new(&[("content/zh/a.md", text)]).built();
    assert_eq!(built.found(), ["C606 5:10"]);
    let page = built.page("zh/identifiers.html");
    assert_eq!(page.texts("#company + .table .bad, section .bad"), ["✕ 校验位不符"]);
}

#[test]
fn hosts_and_mailboxes_come_from_links() {
    let text = "# 甲\n\n<https://user@a.example:8443/x> 与 [信](mailto:X@b.example?subject=1)，拨打 [电话](tel:+44-20-7946-0958)。\n";
    let built = Fixture::new(&[("content/zh/a.md", text)]).built();
    let found: serde_json::Value = serde_json::from_str(&built.text("identifiers.json")).unwrap();
    let all: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["kind"].as_str().unwrap(), one["value"].as_str().unwrap()))
        .collect();
    assert_eq!(all, ["host a.example", "host b.example", "email x@b.example", "phone +442079460958"]);
}

#[test]
fn a_case_without_any_has_no_such_pages() {
    let built = Fixture::new(&[("content/zh/a.md", "# 甲\n\n文字。\n")]).built();
    let made = ["identifiers", "link-register", "exhibits"];
    assert!(!built.paths().iter().any(|path| made.iter().any(|name| path.contains(name))));
}
