//! What the source sets apart by an empty line, a line break or the edge of a block of HTML is apart on the page.

use casefile::conservation::counts;

/// Elements of HTML that set apart what stands on either side of their tags.
const EDGES: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// How many letters and digits on either side of an edge are looked for.
const MANY: usize = 6;

/// Letters from both sides of an edge of `source` that stand together in `page`, and nowhere in the source.
pub fn glued(source: &str, page: &str) -> Option<String> {
    edges(source).into_iter().find_map(|(end, start)| {
        let mut left: Vec<char> = source[..end].chars().rev().take_while(|c| counts(*c)).take(MANY).collect();
        left.reverse();
        let right: Vec<char> = source[start..].chars().take_while(|c| counts(*c)).take(MANY).collect();
        if left.is_empty() || right.is_empty() || left.len() + right.len() < MANY {
            return None;
        }
        let both: String = left.into_iter().chain(right).collect();
        (page.contains(&both) && !source.contains(&both)).then_some(both)
    })
}

/// Where text ends and where it goes on, if there is nothing between but space and tags that set apart.
fn edges(source: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut end, mut is_edge, mut lines) = (0, false, 0);
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let tag = source[at..].strip_prefix('<').and_then(|rest| rest.split_once('>')).map(|(inside, _)| inside);
        let name =
            |inside: &str| inside.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or("").to_lowercase();
        if let Some(tag) = tag.filter(|tag| EDGES.contains(&name(tag).as_str())) {
            (is_edge, lines) = (true, 0);
            at += tag.len() + 2;
            continue;
        }
        if c == '\n' {
            lines += 1;
            is_edge |= lines > 1;
        } else if !c.is_whitespace() {
            if is_edge {
                found.push((end, at));
            }
            (is_edge, lines) = (false, 0);
            end = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    found
}

#[test]
fn what_was_apart_and_stands_together_is_found() {
    for (source, page) in [
        ("<div>货款100</div><div>200元</div>", "货款100200元"),
        ("货款100<br/>200元", "货款100200元"),
        ("货款100\n\n200元", "货款100200元"),
        ("<p class=\"x\">货款100<p>200元", "货款100200元"),
    ] {
        assert_eq!(glued(source, page).as_deref(), Some("货款100200元"), "{source}");
        assert_eq!(glued(source, &page.replace("100", "100\n")), None, "{source}");
    }
    assert_eq!(glued("货款<b>100200元</b>", "货款100200元"), None);
    assert_eq!(glued("货款100\n200元", "货款100200元"), None);
}
