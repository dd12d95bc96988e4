//! Rich Text Format (Microsoft, version 1.9.1): objects, fields and templates, however their words are spelt.

use super::field::Fields;

/// Control words that belong to objects and controls, to documents that this one takes in, and to databases.
const ACTING: &[&str] = &[
    "object",
    "objemb",
    "objlink",
    "objautlink",
    "objsub",
    "objpub",
    "objicemb",
    "objhtml",
    "objocx",
    "objdata",
    "objupdate",
    "objclass",
    "subdocument",
    "mmconnectstr",
    "mmdatasource",
    "mmquery",
];

/// How deep groups are followed. What is deeper is taken to act.
const MAX_DEPTH: usize = 10_000;

/// Whether some bytes are such a file, as programs see it.
pub(super) fn is_rich_text(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rt")
}

/// What the text of a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The instruction of a field.
    Instruction,
    /// The place of a template.
    Template,
    /// Words that are read, or nothing that matters here.
    Other,
}

#[derive(Debug, Clone, Copy)]
struct Group {
    role: Role,
    /// Whether the role began with this group.
    begins: bool,
}

/// Whether the document acts.
pub(super) fn is_active(bytes: &[u8]) -> bool {
    let mut groups = vec![Group { role: Role::Other, begins: false }];
    let mut fields = Fields::default();
    let mut template = String::new();
    // Whether a byte was escaped that may begin a character of two, whose second is one of ASCII.
    let mut leads = false;
    let mut rest = bytes;
    while let Some((token, after)) = next(rest) {
        rest = after;
        let depth = groups.len();
        let Some(group) = groups.last_mut() else { break };
        let follows = std::mem::take(&mut leads);
        match token {
            Token::Open if depth > MAX_DEPTH => return true,
            Token::Open => {
                let inner = Group { begins: false, ..*group };
                groups.push(inner);
            }
            Token::Close => {
                if group.begins && group.role == Role::Instruction {
                    fields.end();
                }
                if depth > 1 {
                    groups.pop();
                }
            }
            Token::Word(word, _) if ACTING.contains(&word) => return true,
            Token::Word("fldinst", _) => {
                (group.role, group.begins) = (Role::Instruction, true);
                fields.begin();
            }
            // What a field showed when it was last worked out is no instruction.
            Token::Word("fldrslt", _) => group.role = Role::Other,
            Token::Word("template", _) => group.role = Role::Template,
            Token::Word("bin", number) => {
                let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                rest = rest.get(length..).unwrap_or_default();
            }
            Token::Word("u", Some(number)) if is_hidden(number.rem_euclid(65_536)) && group.role != Role::Other => {
                return true;
            }
            Token::Word(..) => {}
            Token::Escaped(byte) => {
                if !follows && is_hidden(i64::from(byte)) && group.role != Role::Other {
                    return true;
                }
                leads = !follows && byte >= 0x81;
            }
            Token::Char(c) => match group.role {
                Role::Instruction => fields.instruct(char::from(c).encode_utf8(&mut [0; 4])),
                Role::Template => template.push(char::from(c)),
                Role::Other => {}
            },
        }
    }
    fields.any_active() || super::is_elsewhere(&template)
}

/// Whether a character is one that nobody writes by its number but to hide what is said.
fn is_hidden(number: i64) -> bool {
    (0x21..0x7f).contains(&number)
}

/// What such a file is made of.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Open,
    Close,
    /// A control word and its number.
    Word(&'a str, Option<i64>),
    /// A byte that is written by its number.
    Escaped(u8),
    Char(u8),
}

/// What stands first, and what follows it.
fn next(bytes: &[u8]) -> Option<(Token<'_>, &[u8])> {
    match bytes {
        [] => None,
        [b'{', rest @ ..] => Some((Token::Open, rest)),
        [b'}', rest @ ..] => Some((Token::Close, rest)),
        [b'\r' | b'\n', rest @ ..] => next_line(rest),
        [b'\\', b'\'', rest @ ..] => {
            let digits = rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            Some((Token::Escaped(byte.unwrap_or(b' ')), rest.get(2..).unwrap_or_default()))
        }
        [b'\\', letter, ..] if letter.is_ascii_alphabetic() => Some(word(&bytes[1..])),
        // What may be left out by programs that do not know it: this one leaves out nothing.
        [b'\\', b'*', rest @ ..] => Some((Token::Word("*", None), rest)),
        [b'\\', sign, rest @ ..] => Some((Token::Char(*sign), rest)),
        [byte, rest @ ..] => Some((Token::Char(*byte), rest)),
    }
}

/// Ends of lines say nothing, however many there are.
fn next_line(bytes: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let start = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    next(&bytes[start..])
}

fn word(bytes: &[u8]) -> (Token<'_>, &[u8]) {
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(bytes.len());
    let (letters, rest) = bytes.split_at(end);
    let sign = usize::from(rest.first() == Some(&b'-'));
    let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = if digits == 0 { 0 } else { sign + digits };
    let number = std::str::from_utf8(&rest[..length]).ok().and_then(|number| number.parse().ok());
    let rest = &rest[length..];
    let token = Token::Word(std::str::from_utf8(letters).unwrap_or_default(), number);
    (token, rest.strip_prefix(b" ").unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_fields_and_templates_act_however_they_are_spelt() {
        for acting in [
            r#"{\rtf1{\field{\*\fldinst DDEAUTO c:\\windows\\cmd.exe "/k calc"}}}"#,
            r"{\rtf1{\field{\*\fldinst {\rtlch DDE}{\b AUTO c:}}}}",
            r"{\rtf1{\field{\*\fldinst \'44\'44EAUTO c:}}}",
            r"{\rtf1{\field{\*\fldinst \u68 \'3f\u68 ?EAUTO c:}}}",
            r"{\rtf1\uc0{\field{\*\fldinst \u68 \u68 EAUTO c:}}}",
            r"{\rtf1{\object\objautlink\objupdate x}}",
            r"{\rt{\object\objemb{\*\objdata 0105}}}",
            r"{\rtf1{\*\template https://h.example/a.dotm}}",
            r"{\rtf1{\*\template http\'3a//h.example/a.dotm}}",
            r"{\rtf1\uc1{\*\template \u-65432?ttp://h.example/a.dotm}}",
            r"{\rtf1{\*\template \\\\h.example\\a.dotm}}",
        ] {
            assert!(is_rich_text(acting.as_bytes()) && is_active(acting.as_bytes()), "{acting}");
        }
        let far = format!(r"{{\rtf1{{\field{{\*\fldinst {}DDEAUTO c:}}}}}}", "{}".repeat(2000));
        assert!(is_active(far.as_bytes()));
        let packed = [br"{\rtf1\bin9 ".as_slice(), br"{\*\objda", br"}{\field{\*\fldinst DDE a}}}"].concat();
        assert!(is_active(&packed));
        assert!(is_active("{".repeat(MAX_DEPTH + 1).as_bytes()));
    }

    #[test]
    fn links_pages_and_templates_of_this_machine_do_not() {
        for still in [
            r#"{\rtf1{\field{\*\fldinst HYPERLINK "https://h.example/"}{\fldrslt DDE}}}"#,
            r"{\rtf1{\*\template C:\\a.dot}x}",
            r"{\rtf1{\field{\*\fldinst HYPERLINK \'d5\'5c.doc}}{\*\template \u20013 ?.dot}\'44\u68 ?}",
            r"{\rtf1 the word \\objdata, and DDE}",
            r"{\rtf1{\field{\*\fldinst PAGE}{\fldrslt 1}}\bin7 \object x}",
        ] {
            assert!(!is_active(still.as_bytes()), "{still}");
        }
    }
}
