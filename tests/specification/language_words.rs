//! Words of a language stand in its tables and not in the code (docs/architecture.md).

use std::collections::BTreeSet;

use crate::stages::{files, root};

/// Files that hold Chinese between quotes and are no tables of words, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("src/cli/help.rs", "the Chinese half of the command line's help, whose English half is doc comments"),
    ("src/serve/answer.rs", "answers of the server in both languages at once, since nothing tells the reader's"),
    (
        "src/diagnostic/emit.rs",
        "what the levels of findings are called in Chinese; the English names are annotate-snippets'",
    ),
    ("src/check/private.rs", "the parts of a message that it is put together from in both languages"),
    ("crates/message/src/system.rs", "faults of the system in Chinese; the system has them in English"),
    ("src/config/localized.rs", "an example in the description of a setting"),
    ("src/conservation/exception.rs", "examples by which the exceptions are tested"),
    ("crates/inside/src/text.rs", "frequent characters, by which an encoding is told; they need no meaning"),
];

/// What takes a message in both languages as its arguments.
const MESSAGES: &[&str] =
    &["message!", "Message::fixed", "Message::new", "counted", "choose", "say!", "tell!", "codes!"];

fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A piece of Rust.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    /// A string in quotes.
    Literal(&'a str),
    /// Names joined by `::`, with the mark of a macro.
    Path(&'a str),
    /// Any other character.
    Sign(char),
}

/// The tokens of a Rust file without comments, and the line of each.
fn tokens(text: &str) -> Vec<(Token<'_>, usize)> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(hashes) = raw_string(rest) {
            let open = rest.find('"').unwrap() + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            let len = open + rest[open..].find(&close).unwrap() + close.len();
            tokens.push((Token::Literal(&rest[..len]), line));
            len
        } else if c == '"' {
            let mut end = 1;
            while !rest[end..].starts_with('"') {
                end += if rest[end..].starts_with('\\') { 1 } else { 0 };
                end += rest[end..].chars().next().unwrap().len_utf8();
            }
            tokens.push((Token::Literal(&rest[..=end]), line));
            end + 1
        } else if c == '\'' {
            // A character, or the name of a lifetime.
            let inner = rest[1..].chars().next().unwrap();
            let end = if inner == '\\' { 3 + rest[3..].find('\'').unwrap() } else { 1 + inner.len_utf8() };
            if rest[end..].starts_with('\'') { end + 1 } else { 1 }
        } else if c.is_alphabetic() || c == '_' {
            let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
            let mut len = rest.find(|c| !of_name(c)).unwrap_or(rest.len());
            len += usize::from(rest[len..].starts_with('!') && !rest[len..].starts_with("!="));
            tokens.push((Token::Path(&rest[..len]), line));
            len
        } else {
            if !c.is_whitespace() {
                tokens.push((Token::Sign(c), line));
            }
            c.len_utf8()
        };
        line += rest[..len].matches('\n').count();
        at += len;
    }
    tokens
}

/// How many `#` the raw string has that begins here.
fn raw_string(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// One past the token that ends the item, group or statement whose first token is `from`.
fn end_of(tokens: &[(Token, usize)], from: usize, ends_at_semicolon: bool) -> usize {
    let mut depth = 0;
    for (at, (token, _)) in tokens.iter().enumerate().skip(from) {
        match token {
            Token::Sign('(' | '[' | '{') => depth += 1,
            Token::Sign(')' | ']' | '}') => {
                depth -= 1;
                // The brackets of an attribute or of arguments end no item.
                if depth == 0 && (!ends_at_semicolon || *token == Token::Sign('}')) {
                    return at + 1;
                }
            }
            Token::Sign(';') if depth == 0 && ends_at_semicolon => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// The strings of a file that hold Chinese, with their lines: neither those of tests nor those of messages.
fn chinese(text: &str) -> Vec<(usize, &str)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let names = |from: usize, path: &str| matches!(tokens.get(from), Some((Token::Path(name), _)) if *name == path);
        let is_sign = |from: usize, sign: char| matches!(tokens.get(from), Some((Token::Sign(c), _)) if *c == sign);
        if is_sign(at, '#') && names(at + 2, "cfg") && names(at + 4, "test") {
            at = end_of(&tokens, at + 7, true);
            continue;
        }
        match &tokens[at] {
            (Token::Path(name), _) if MESSAGES.iter().any(|message| is_last(name, message)) => {
                let opens = is_sign(at + 1, '(') || is_sign(at + 1, '{');
                at = if opens { end_of(&tokens, at + 1, false) } else { at + 1 };
                continue;
            }
            (Token::Literal(text), line) if text.contains(is_han) => found.push((*line, *text)),
            _ => {}
        }
        at += 1;
    }
    found
}

/// Whether a path ends with the names of another.
fn is_last(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with(':'))
}

#[test]
fn words_of_a_language_stand_in_its_tables() {
    let mut all = Vec::new();
    files(&root().join("src"), &mut all);
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        files(&entry.unwrap().path().join("src"), &mut all);
    }
    let texts: Vec<(String, String)> = all
        .iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    // Files that hold nothing but tests.
    let of_tests: BTreeSet<String> = texts
        .iter()
        .flat_map(|(_, text)| text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.split_once(';')))
        .filter(|(name, _)| !name.contains(char::is_whitespace))
        .map(|(name, _)| format!("/{name}.rs"))
        .collect();
    let mut wrong = Vec::new();
    let mut excepted = BTreeSet::new();
    for (name, text) in &texts {
        if name.starts_with("src/language/") || of_tests.iter().any(|file| name.ends_with(file.as_str())) {
            continue;
        }
        let found = chinese(text);
        match EXCEPTIONS.iter().find(|(file, _)| file == name) {
            Some((file, _)) if !found.is_empty() => drop(excepted.insert(*file)),
            _ => wrong.extend(found.iter().map(|(line, text)| format!("{name}:{line}: {text}"))),
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "move them to src/language/lists/ or templates/language/");
    assert_eq!(excepted.len(), EXCEPTIONS.len(), "each exception is needed: {excepted:?}");
}

#[test]
fn a_string_is_told_from_a_message_a_comment_and_a_test() {
    let text = r##"
        // "注释"
        fn f<'a>(c: char) -> bool { "甲方\"" == g('年', r#"乙"方"#, '\'', "\\") && message!(en: "a", zh: "消息") }
        const A: Message = crate::Message::fixed("a (", "消息");
        #[cfg(test)]
        mod tests { const T: &str = "测试"; fn g() { "测试" } }
        #[cfg(test)]
        use a::{b, c};
        const B: &str = "丙方";
    "##;
    let found: Vec<(usize, &str)> = chinese(text);
    assert_eq!(found, [(3, "\"甲方\\\"\""), (3, "r#\"乙\"方\"#"), (9, "\"丙方\"")]);
}
