//! What another parser of CommonMark says of the same text: no character is lost, and spans are exact.

use casefile::document::tree::NodeKind;
use casefile::document::{Document, Origin};
use casefile::language::lexicon::Lexicon;
use casefile::language::{Language, LanguageId};
use casefile::source::{Source, SourceId};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

fn parse(text: &str) -> (Source, Document) {
    let source = Source::new("a.md", text.to_owned());
    let languages = [Language::new("zh", None), Language::new("en", None)];
    let lexicon = Lexicon::new(&languages);
    let document = Document::parse(Origin {
        source: &source,
        id: SourceId(0),
        language: LanguageId::FIRST,
        own_tag: None,
        promises: false,
        path: "a.md",
        languages: &languages,
        known: &languages,
        lexicon: &lexicon,
    });
    (source, document)
}

/// The characters of a text that readers see, white space aside.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn ours(text: &str) -> String {
    let (source, document) = parse(text);
    visible(&document.tree.text(&source, 0))
}

fn theirs(text: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::InlineHtml(html) | Event::Html(html) => out.push_str(&html),
            _ => {}
        }
    }
    visible(&out)
}

/// Pieces of the texts authors write, without what the two parsers are meant to treat differently (raw HTML, notes,
/// mathematics, emphasis beside Chinese punctuation, prose that is indented like code).
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[一-十百千万元日月年]{1,6}",
        "[a-z]{1,6}",
        Just("【注1-1】".to_owned()),
        Just("【注1-4，注1-5】".to_owned()),
        Just("[Note 1-2]".to_owned()),
        Just("【重要】".to_owned()),
        Just("1-1，".to_owned()),
        Just("附录2，".to_owned()),
        Just("https://example.com/a?b=c&d=%E4".to_owned()),
        Just("help@example.com".to_owned()),
        Just("`代码 x`".to_owned()),
        Just(" **bold** ".to_owned()),
        Just("\\_ \\* \\[ ".to_owned()),
        Just("&amp; &lt; &#20013; ".to_owned()),
        Just("，。；：“”".to_owned()),
        Just("[文字](b.md)".to_owned()),
        Just(" 5 < 6 > 3 ".to_owned()),
        // Never at the head of a line, where prose that is indented is no code here.
        Just("、\t".to_owned()),
        Just(" ".to_owned()),
    ]
}

fn block() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(piece(), 1..6).prop_map(|pieces| pieces.concat());
    let lines = prop::collection::vec(line, 1..4).prop_map(|lines| lines.join("\n"));
    (prop_oneof![Just(""), Just("# "), Just("### "), Just("- "), Just("> "), Just("1. "), Just("    {")], lines)
        .prop_map(|(lead, lines)| format!("{lead}{lines}"))
}

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(block(), 1..8).prop_map(|blocks| blocks.join("\n\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_character_that_another_parser_sees_is_lost(text in document()) {
        prop_assert_eq!(ours(&text), theirs(&text));
    }

    #[test]
    fn every_label_and_number_stands_exactly_where_its_span_says(text in document()) {
        let (source, document) = parse(&text);
        for label in document.labels.iter().filter(|label| label.extra.as_ref().is_none_or(|extra| extra.text.is_none())) {
            let written = source.slice(label.span);
            let number: String = written.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
            prop_assert!(number.contains(label.key.number.as_str()), "{} in {:?}", label.key.number, written);
            prop_assert!(written.chars().count() < 20, "{:?}", written);
        }
        for item in &document.items {
            prop_assert_eq!(source.slice(item.span), item.number.to_string());
        }
        for (_, node) in document.tree.iter() {
            prop_assert!(source.text.get(node.span.range()).is_some(), "{:?}", node);
            prop_assert!(node.kind != NodeKind::Text || !node.span.is_empty());
        }
    }

    #[test]
    fn any_text_at_all_is_parsed(text in "\\PC{0,200}") {
        parse(&text);
    }

    #[test]
    fn any_mixture_of_the_signs_that_mean_something_is_parsed(text in "[【】\\[\\]注1\\-，#*_`$|<>{}%! \n\\\\:&;^a附録録]{0,120}") {
        parse(&text);
    }
}
