//! Where links to paths of the case lead, and what is told of those that lead nowhere.

use crate::support::{Built, Fixture};
use casefile::Message;

/// A case of two languages with a folder, a hidden one, a draft, and names from a Mac.
fn case(text: &str) -> Built {
    Fixture::new(&[
        ("content/zh/a.md", &format!("# 甲\n\n{text}\n")),
        ("content/zh/b.md", "# 乙\n\n<a id=\"old\"></a>\n\n## 新名\n\n文。\n\n## 新名\n\n文。\n"),
        ("content/en/a.md", "# A\n\nText.\n"),
        ("content/en/b.md", "# B\n\n## New\n\nText.\n\n## New\n\nText.\n"),
        ("content/zh/draft.md", "---\ndraft: true\n---\n# 稿\n"),
        ("content/records/one.txt", "1"),
        ("content/records/deep/two.txt", "2"),
        ("content/.kept/three.txt", "3"),
        ("content/zh/收据.txt.bak", "4"),
        ("content/zh/re\u{301}sume\u{301}.txt", "5"),
        ("content/zh/run.sh", "6"),
        ("static/top.txt", "7"),
    ])
    .built()
}

fn href(text: &str) -> String {
    let built = case(text);
    assert_eq!(built.found(), Vec::<String>::new(), "{text}");
    built.page("zh/a.html").attributes("article p a", "href").join(" ")
}

#[test]
fn folders_of_a_language_and_the_top_lead_to_front_pages() {
    for (link, to) in [
        ("[x](../en/)", "../en/index.html"),
        ("[x](../en)", "../en/index.html"),
        ("[x](../EN/)", "../en/index.html"),
        ("[x](/en/)", "../en/index.html"),
        ("[x](/)", "index.html"),
        ("[x](./)", "index.html"),
        ("[x](.)", "index.html"),
        ("[x](../zh/)", "index.html"),
        ("[x](../)", "index.html"),
        ("[x](../../)", "index.html"),
    ] {
        assert_eq!(href(link), to, "{link}");
    }
}

#[test]
fn a_path_is_found_however_its_letters_are_composed_and_with_the_number_of_a_line() {
    for link in ["[x](résumé.txt)", "[x](re\u{301}sume\u{301}.txt)", "[x](r%C3%A9sum%C3%A9.txt)"] {
        assert_eq!(href(link), "../files/zh/re-sume.txt", "{link}");
    }
    for link in ["[x](run.sh:37)", "[x](run.sh:37-40)", "[x](./run.sh:1)"] {
        assert_eq!(href(link), "../files/zh/run.sh.txt", "{link}");
    }
}

#[test]
fn a_path_from_the_top_is_looked_for_where_other_tools_keep_such_files() {
    assert_eq!(href("[x](/top.txt)"), "../files/static/top.txt");
    assert_eq!(href("[x](../../static/top.txt)"), "../files/static/top.txt");
}

#[test]
fn what_a_broken_link_may_mean_is_told() {
    for (link, message, help) in [
        ("[x](../records/)", "content/records is a folder without a README", "such as content/records/deep/two.txt"),
        ("[x](../.kept/three.txt)", "is in a folder that is passed over: content/.kept (hidden)", "rename or move"),
        ("[x](../.kept)", "content/.kept is passed over (hidden)", "rename or move"),
        ("[x](收据.txt.bak)", "is passed over (an editor's backup)", "rename or move"),
        ("[x](draft.md)", "content/zh/draft.md is a draft", "take `draft` out"),
        ("[x](draft)", "content/zh/draft is a draft", "take `draft` out"),
        ("[x](www.shop.example/a)", "`www.shop.example/a` has no scheme", "`https://www.shop.example/a`"),
        ("[x](news.example.com)", "has no scheme", "`https://news.example.com`"),
        ("[x](one.txt)", "there is no content/zh/one.txt", "did you mean content/records/one.txt?"),
        ("[x](records/deep/two.txt)", "there is no", "did you mean content/records/deep/two.txt?"),
        ("[x](ON.txt)", "there is no", "put the file into the case"),
        ("[x](bb.md)", "there is no content/zh/bb.md", "did you mean content/zh/b.md?"),
        ("[x](elsewhere.pdf)", "there is no content/zh/elsewhere.pdf", "put the file into the case"),
        ("[x]()", "this link has no address", "between the round brackets"),
        ("[x](run.shh:3)", "there is no content/zh/run.shh:3", ""),
    ] {
        let built = case(link);
        assert_eq!(built.found(), ["C401 3:1"], "{link}");
        let finding = &built.findings[0];
        assert!(finding.message.en().contains(message), "{link}: {}", finding.message.en());
        assert!(finding.help.as_deref().map(Message::en).unwrap_or("").contains(help), "{link}: {:?}", finding.help);
    }
}

#[test]
fn a_name_that_two_folders_have_is_no_guess() {
    let built = Fixture::new(&[
        ("a.md", "# A\n\n[x](c/form.txt) [y](b/form.txt)\n"),
        ("d/form.txt", "1"),
        ("e/form.txt", "2"),
        ("b/form.txt", "3"),
    ])
    .built();
    assert!(
        !built.findings[0].help.as_deref().map(Message::en).unwrap().contains("did you mean"),
        "{:?}",
        built.findings[0].help
    );
}

#[test]
fn addresses_that_authors_gave_places_stay() {
    for (link, to) in [
        ("[x](b.md#old)", "b.html#old"),
        ("[x](b.md#OLD)", "b.html#old"),
        ("[x](b.md#新名)", "b.html#xin-ming"),
        ("[x](b.md#新名-1)", "b.html#xin-ming-b"),
    ] {
        assert_eq!(href(link), to, "{link}");
    }
    let built = case(
        "<a name=\"旧处\"></a>前文<span id=\"B_1\"></span>后文，[甲](#旧处)、[乙](#b_1)。\n\n<a id=\"b_1\">又</a>",
    );
    assert_eq!(built.found(), Vec::<String>::new());
    let page = built.page("zh/a.html");
    assert_eq!(page.attributes("article p a", "href"), ["#jiu-chu", "#b_1"]);
    assert_eq!(page.attributes("article p span", "id"), ["jiu-chu", "b_1"]);
    assert!(page.text("article").contains("前文后文"));
}

#[test]
fn an_anchor_is_looked_for_in_the_other_documents_too() {
    let built = case("[x](#old)");
    assert_eq!(built.found(), ["C402 3:1"]);
    assert_eq!(built.findings[0].help.as_deref().map(Message::en), Some("did you mean `content/zh/b.md#old`?"));
}

#[test]
fn a_heading_in_any_alphabet_is_found_by_the_anchor_that_others_give_it() {
    for (heading, anchor) in [
        ("Заражен ли я?", "заражен-ли-я"),
        ("Έλεγχος Α", "έλεγχος-α"),
        ("Über Öl", "über-öl"),
        ("경과", "경과"),
        ("一、经过", "一经过"),
    ] {
        let built = Fixture::new(&[("a.md", &format!("# X\n\n[x](#{anchor})\n\n## {heading}\n\nText.\n"))]).built();
        assert_eq!(built.found(), Vec::<String>::new(), "{heading}");
    }
}

#[test]
fn folders_called_templates_and_static_are_content_unless_they_are_a_theme() {
    let own = [
        ("README.md", "# A\n\n[form](templates/form.md), [text](/notes/a.txt), [b](static/b.txt).\n"),
        ("templates/form.md", "# Form\n\nName:\n"),
        ("static/notes/a.txt", "a"),
        ("static/b.txt", "b"),
        ("static/secret.txt", "nobody cites it"),
    ];
    let built = Fixture::new(&own).built();
    assert!(!built.found().iter().any(|found| found.starts_with("C40")), "{:?}", built.found());
    let paths = built.paths();
    assert!(paths.contains(&"files/static/notes/a.txt".to_owned()), "{paths:?}");
    assert!(!paths.iter().any(|path| path.contains("secret")), "{paths:?}");
    let theme = [("a.md", "# A\n\nText.\n"), ("static/casefile.css", "p{}"), ("static/font.woff2", "f")];
    assert!(Fixture::new(&theme).built().paths().contains(&"static/font.woff2".to_owned()));
    let theme = [("a.md", "# A\n\nText.\n"), ("templates/x.html", "x"), ("static/logo.svg", "<svg/>")];
    assert!(Fixture::new(&theme).built().paths().contains(&"static/logo.svg".to_owned()));
}

#[test]
fn an_address_from_the_top_begins_in_the_folder_of_its_document_where_nothing_else_has_it() {
    let built = Fixture::new(&[
        ("README.md", "# Case\n\nText of the case.\n"),
        ("docs/a.md", "# A\n\nSee [b](/law/b.md) and [c](/law/c).\n"),
        ("docs/law/b.md", "# B\n\nText of b.\n"),
        ("docs/law/c/README.md", "# C\n\nText of c.\n"),
    ])
    .built();
    assert!(!built.found().iter().any(|found| found.starts_with("C401")), "{:?}", built.found());
}
