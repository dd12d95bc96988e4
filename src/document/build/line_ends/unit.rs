//! What a line begins with that makes it a unit of its own: the name of a field or speaker, a mark of an outline, a day.

use super::OBJECT;
use crate::document::outline::{self, Context, chinese_numeral};
use crate::document::time::{self, Position};
use crate::language::chinese::{STEMS, is_numeral};
use crate::language::lists::layout::CLOSINGS;
use crate::language::lists::suit::{BETWEEN_PARTIES, ROLES, VERBS};
use crate::language::script::is_cjk_letter;
use crate::language::time_words::TimeWords;

/// The longest name of a field or speaker, in words and in Chinese letters.
const MAX_WORDS: usize = 5;
const MAX_LETTERS: usize = 16;

/// How far into a line the digits of a time stand.
const MAX_BEFORE_DIGITS: usize = 24;

/// Whether a line begins with the name of a field or speaker, with a mark of an outline or list, with a label in
/// brackets, an address, full-width spaces, a date or a time, or is code.
pub(in crate::document::build) fn opens_unit(line: &str, words: &TimeWords) -> bool {
    let Some(first) = line.chars().next() else { return false };
    // Spaces that Markdown leaves alone were written to be seen.
    first.is_whitespace()
        || line.strip_prefix(OBJECT).is_some_and(str::is_empty)
        || is_list_mark(first)
        || line.starts_with("http://")
        || line.starts_with("https://")
        || in_brackets(line)
        || is_quoted(line)
        || outline::parse(line, Context::Block).is_some()
        || opens_with_mark(line)
        || opens_with_name(line)
        || opens_with_party(line)
        || opens_with_time(line, words)
}

/// Whether a line is cut into columns by several spaces or a row of dots.
pub(super) fn has_columns(line: &str) -> bool {
    let line = line.trim();
    // Some put two spaces behind a sentence.
    let is_gap = |(at, _): (usize, &str)| !line[..at].ends_with(['.', '!', '?', ':', ';', ',', '”', '"', ')']);
    line.contains("   ")
        || line.match_indices("  ").any(is_gap)
        || line.contains("\u{3000}\u{3000}")
        || line.contains(".....")
}

/// Whether a line says what something comes to: `3 × 200 = 600`.
pub(super) fn is_equation(line: &str) -> bool {
    line.match_indices(['=', '＝']).any(|(at, sign)| {
        let before = line[..at].trim_end().chars().next_back();
        let after = line[at + sign.len()..].trim_start().chars().next();
        before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '）' | '%'))
            && after.is_some_and(|c| c.is_ascii_digit() || matches!(c, '$' | '¥' | '￥' | '€' | '-' | '('))
    })
}

/// A line between the names of the parties to a suit: `- and -`, `-v-`, `—与—`.
pub(super) fn is_between_parties(line: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—');
    let word = line.trim_start_matches(is_dash).trim_end_matches(is_dash);
    line.starts_with(is_dash) && line.ends_with(is_dash) && BETWEEN_PARTIES.contains(&word.trim())
}

/// A line that a letter or paper ends with: `Yours faithfully,`, `Respectfully submitted,`, `SO ORDERED.`
pub(super) fn is_formula(line: &str) -> bool {
    if !line.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let words = line.trim_end_matches([',', '.', ' ']).to_ascii_lowercase();
    CLOSINGS.contains(&words.as_str())
}

/// What an exported chat writes above a message: `Ann, [04.05.31 10:00]`.
pub(super) fn is_head_of_message(line: &str) -> bool {
    let Some((name, time)) = line.strip_suffix(']').and_then(|line| line.rsplit_once('[')) else { return false };
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let has_clock =
        time.as_bytes().windows(3).any(|three| is_digit(three[0]) && three[1] == b':' && is_digit(three[2]));
    has_clock && is_name(name.trim_end_matches([',', ' ']), MAX_WORDS)
}

/// Whether a line ends with a time of day, as the name does above a message that was copied from a chat: `Ann 10:06 AM`.
pub(super) fn ends_with_clock(line: &str) -> bool {
    let words = line.trim_end_matches([' ', '.', 'A', 'P', 'M', 'a', 'p', 'm']);
    words.rsplit([' ', ',']).next().and_then(|clock| clock.split_once(':')).is_some_and(|(hour, rest)| {
        let is_number = |text: &str| (1..=2).contains(&text.len()) && digits(text) == text.len();
        is_number(hour) && rest.split(':').all(is_number)
    })
}

/// Characters that stand before an entry of a list, and currency before an amount.
fn is_list_mark(c: char) -> bool {
    matches!(c,
        '-' | '+' | '*' | '#' | '@' | '~' | '|' | '>' | '$' | '=' | '·' | '•' | '‣' | '⁃' | '–' | '—' | '―' | '∙' | '－'
        | '※' | '¥' | '￥' | '€' | '£' | '§' | '¶' | '√' | '×' | '〇' | '○')
        // Circled and bracketed numbers, shapes, ticks, arrows, emoji.
        || matches!(c,
            '\u{2190}'..='\u{21ff}' | '\u{2460}'..='\u{24ff}' | '\u{2500}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
            | '\u{3200}'..='\u{32ff}' | '\u{1f100}'..='\u{1faff}')
}

/// `【付款】`, `[10:02]`, `[Exhibit 3]`.
fn in_brackets(line: &str) -> bool {
    let close = match line.chars().next() {
        Some('【') => '】',
        Some('[') => ']',
        Some('〔') => '〕',
        _ => return false,
    };
    line.find(close).is_some_and(|at| line[..at].chars().count() <= MAX_LETTERS * 2)
}

/// A line that is one quotation.
fn is_quoted(line: &str) -> bool {
    line.starts_with(['"', '“', '‘', '「', '『', '«']) && line.ends_with(['"', '”', '’', '」', '』', '»'])
}

/// `（一）`, `(a)`, `1)`, `甲、`, `A.`, `3.2.1`, `第三条`, `Exhibit 3`.
fn opens_with_mark(line: &str) -> bool {
    if let Some(inside) = line.strip_prefix(['（', '(']) {
        return inside.find(['）', ')']).is_some_and(|end| is_ordinal(inside[..end].trim()));
    }
    if let Some(rest) = line.strip_prefix('第') {
        let number = rest.trim_start();
        let len = chinese_numeral(number).map_or_else(|| digits(number), |(_, len)| len);
        return len > 0 && number[len..].trim_start().chars().next().is_some_and(is_cjk_letter);
    }
    let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let mark = rest.chars().next();
    if is_ordinal(word) && mark.is_some_and(|c| matches!(c, '、' | '．' | '）' | ')' | '.' | '，' | ']')) {
        let after = &rest[mark.map_or(0, char::len_utf8)..];
        return !after.starts_with(|c: char| c.is_ascii_digit()) || digits(word) == word.len();
    }
    let number = rest.strip_prefix('.').unwrap_or(rest).trim_start_matches([' ', '#']);
    word.starts_with(char::is_uppercase)
        && word.chars().all(char::is_alphabetic)
        && !word.contains(is_cjk_letter)
        && word.len() <= 12
        && digits(number) > 0
}

/// One to three digits, a Chinese numeral or heavenly stem, a letter, a small Roman number.
fn is_ordinal(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => false,
        (Some(one), None) => {
            one.is_alphanumeric() && (!is_cjk_letter(one) || STEMS.contains(one) || chinese_numeral(text).is_some())
        }
        _ => {
            (digits(text) == text.len() && text.len() <= 3)
                || text.bytes().all(|byte| b"ivxIVX".contains(&byte)) && text.len() <= 5
                || chinese_numeral(text).is_some_and(|(_, len)| len == text.len())
        }
    }
}

/// How many digits a text begins with.
fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}

/// What a party to a contract or a suit is called where the parties are listed: `甲方（出借人）张三，身份证号…`, `原告张三，男，…`.
fn opens_with_party(line: &str) -> bool {
    let Some(rest) = ROLES.iter().find_map(|role| line.strip_prefix(role)) else { return false };
    let name: String = rest.chars().take_while(|&c| c != '，' && c != ',').collect();
    // A list gives a name and then what is known of it; a sentence says what they did.
    rest.len() > name.len() && (1..=20).contains(&name.trim().chars().count()) && !name.contains(|c| VERBS.contains(c))
}

/// `申请人：`, `**Date**:`, `Me (10:02):`, `Jane Roe – buyer`.
pub(in crate::document::build) fn opens_with_name(line: &str) -> bool {
    let line = line.trim_start_matches(['"', '“', '「', '<', '《']);
    let colon = line.char_indices().find(|&(at, c)| match c {
        '：' | '﹕' | '︰' => true,
        ':' => {
            let after = line[at + 1..].chars().next();
            let apart = after.is_none_or(|c| c.is_whitespace() || !c.is_ascii());
            let after_digit = line[..at].ends_with(|c: char| c.is_ascii_digit());
            apart || (!after_digit && !matches!(after, Some('/' | ':' | '\\')) && !line[..at].ends_with("mailto"))
        }
        _ => false,
    });
    let dash = || [" - ", " – ", " — ", " -- "].iter().filter_map(|dash| line.find(dash)).min();
    match colon {
        Some((at, _)) if is_name(&line[..at], MAX_WORDS) => true,
        _ => dash().is_some_and(|at| is_name(&line[..at], MAX_WORDS - 1)),
    }
}

fn is_name(name: &str, max_words: usize) -> bool {
    let name = name.trim();
    let mut words = 0;
    for word in name.split_whitespace() {
        words += usize::from(!word.contains(is_cjk_letter));
        let ends_sentence = word.ends_with('.') && word.len() > 4;
        if ends_sentence || word.contains(['，', '。', '；', '！', '？', '…', ',', ';', '!', '?', OBJECT]) {
            return false;
        }
    }
    let begins = name.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| !c.is_lowercase());
    words <= max_words
        && name.chars().filter(|&c| is_cjk_letter(c)).count() <= MAX_LETTERS
        && (begins || words == 1 && name.starts_with(char::is_alphanumeric))
}

/// A date or time, alone or in brackets.
fn opens_with_time(line: &str, words: &TimeWords) -> bool {
    let line = line.trim_start_matches(['(', '（', '[', '【', '<', '《']);
    let head = line.char_indices().nth(MAX_BEFORE_DIGITS).map_or(line, |(end, _)| &line[..end]);
    let dated = head.contains(|c: char| c.is_numeric() || is_numeral(c));
    dated && time::parse(line, 0, Position::Opening, words).is_some()
}
