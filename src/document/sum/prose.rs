//! Sums in running text, with their units and words: `3150元/月×2个月×2倍-4200元=8400元`.
//!
//! A sum is recomputed only where there is one way to read it. Ranges, dates, compound numbers (`1小时30分`), words among
//! the numbers, and units that do not go together leave it alone.

use crate::language::lists::sum::{CHANGES_NUMBER, DAYS, GOES_ON, INTEREST, NO_INTEREST, NO_UNITS, NUMERALS};
use std::ops::Range;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::{MAX_DEPTH, MAX_LEN, Verdict, power_of_ten, show};
use crate::language::amount_lexicon::AmountLexicon;
use crate::slug::half_width;

/// A sum in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSum {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What recomputing it says; the range of a wrong side is counted from the start of the sum.
    pub verdict: Verdict,
}

/// Every sum in `text` that can be recomputed.
pub fn scan(text: &str, words: &AmountLexicon) -> Vec<FoundSum> {
    if !text.contains(['=', '＝', '≈', '等']) {
        return Vec::new();
    }
    let tokens = Tokenizer { text, words, tokens: Vec::new(), sentence: 0, is_too_long: false }.read();
    let mut found = Vec::new();
    let tokens = set_brackets_apart(text, words, tokens, &mut found);
    for sentence in tokens.split(|token| token.kind == TokenKind::End) {
        found.extend(sum_in(text, words, sentence));
    }
    found.sort_by_key(|found| found.range.start);
    found
}

#[derive(Debug, Clone, PartialEq)]
enum TokenKind {
    Number(Number),
    Plus,
    Minus,
    Times,
    Over,
    Open,
    Close,
    Equal,
    About,
    Word,
    /// Words in brackets.
    Aside,
    /// What ends a sentence or parts it.
    End,
    /// What no sum holds.
    Other,
}

#[derive(Debug, Clone, PartialEq)]
struct Number {
    /// What it is, without the 万 behind it.
    value: BigRational,
    /// How many digits stand after the point.
    decimals: usize,
    /// How many places a sign of percent moves the point.
    share: usize,
    /// The power of ten of 万.
    power: u8,
    /// Where its digits end, and the sign of percent or 万 begins.
    digits_end: usize,
}

impl Number {
    /// The power of ten of its last digit, with the factor or without.
    fn place(&self, factored: bool) -> i64 {
        let power = if factored { i64::from(self.power) } else { 0 };
        power - (self.decimals + self.share) as i64
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    kind: TokenKind,
    range: Range<usize>,
}

impl Token {
    fn is_relation(&self) -> bool {
        matches!(self.kind, TokenKind::Equal | TokenKind::About)
    }

    fn is_number(&self) -> bool {
        matches!(self.kind, TokenKind::Number(_))
    }
}

struct Tokenizer<'a> {
    text: &'a str,
    words: &'a AmountLexicon,
    tokens: Vec<Token>,
    /// Which of them begins the sentence.
    sentence: usize,
    is_too_long: bool,
}

/// The most tokens of a sentence that is computed, as many as the longest formula has: of a longer one a single token
/// stays, which no sum holds.
const MAX_TOKENS: usize = 2000;

impl Tokenizer<'_> {
    fn read(mut self) -> Vec<Token> {
        let mut at = 0;
        while let Some(c) = self.text[at..].chars().next() {
            let folded = half_width(c);
            let end = at + c.len_utf8();
            if folded.is_ascii_digit() {
                at = self.number(at);
                continue;
            }
            let (kind, end) = self.sign(at, folded, end);
            at = end;
            match kind {
                Some(TokenKind::Word) => self.word(at - c.len_utf8()..at),
                Some(kind) => self.push(kind, at - c.len_utf8()..at),
                None => {}
            }
        }
        self.tokens
    }

    fn push(&mut self, kind: TokenKind, range: Range<usize>) {
        if kind == TokenKind::End {
            (self.sentence, self.is_too_long) = (self.tokens.len() + 1, false);
        } else if self.is_too_long {
            return;
        } else if self.tokens.len() >= self.sentence + MAX_TOKENS {
            self.tokens.truncate(self.sentence);
            self.is_too_long = true;
        }
        let kind = if self.is_too_long { TokenKind::Other } else { kind };
        self.tokens.push(Token { kind, range });
    }

    /// Adds a letter to the word before it.
    fn word(&mut self, range: Range<usize>) {
        match self.tokens.last_mut() {
            Some(Token { kind: TokenKind::Word, range: before }) => before.end = range.end,
            _ => self.push(TokenKind::Word, range),
        }
    }

    /// What a character is that is no digit, and where the next one begins; nothing for white space.
    fn sign(&self, at: usize, c: char, end: usize) -> (Option<TokenKind>, usize) {
        let (before, after) = (&self.text[..at], &self.text[end..]);
        let next = after.trim_start().chars().next().map(half_width);
        let digits_follow = next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '(' | '[' | '$' | '¥' | '€' | '£'));
        let in_word = before.ends_with(|c: char| c.is_ascii_alphabetic());
        let spaced = before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace);
        let kind = match c {
            '+' => TokenKind::Plus,
            '-' if in_word && after.starts_with(|c: char| c.is_ascii_alphabetic()) => TokenKind::Word,
            '-' | '−' => TokenKind::Minus,
            '–' if spaced => TokenKind::Minus,
            '×' | '*' | '✕' | '✖' | '⨯' => TokenKind::Times,
            'x' | 'X' if !in_word && digits_follow => TokenKind::Times,
            '÷' => TokenKind::Over,
            '/' if digits_follow => TokenKind::Over,
            '/' => TokenKind::Word,
            '(' | '[' => TokenKind::Open,
            ')' | ']' => TokenKind::Close,
            '=' if before.ends_with(['=', '<', '>', '!', '＝']) || after.starts_with(['=', '>']) => TokenKind::Other,
            '=' => TokenKind::Equal,
            '≈' | '≒' => TokenKind::About,
            '\u{fffc}' | '\u{2460}'..='\u{2473}' => return (None, end),
            '\n' if self.goes_on(after) => return (None, end),
            '\n' => TokenKind::End,
            c if c.is_whitespace() => return (None, end),
            ':' | ',' if before.ends_with(is_digit) && after.starts_with(is_digit) => TokenKind::Other,
            '.' if in_word => TokenKind::Word,
            '²' | '³' if before.ends_with(char::is_alphabetic) => TokenKind::Word,
            '。' | '；' | '！' | '？' | '，' | '、' | '：' | ':' | ';' | '!' | '?' | ',' | '.' => TokenKind::End,
            '“' | '”' | '"' | '「' | '」' | '《' | '》' | '【' | '】' | '‘' | '’' | '—' | '…' | '→' => {
                TokenKind::End
            }
            '$' | '¥' | '€' | '£' => TokenKind::Word,
            c if c.is_alphabetic() => TokenKind::Word,
            _ => TokenKind::Other,
        };
        (Some(kind), end)
    }

    /// Whether a line that ends here breaks a sum off: one of its signs stands right before the end, or right after it.
    fn goes_on(&self, after: &str) -> bool {
        let sign = |c: char| matches!(half_width(c), '+' | '×' | '÷' | '=' | '≈');
        let ended = self.tokens.last().is_some_and(|token| {
            matches!(
                token.kind,
                TokenKind::Plus
                    | TokenKind::Minus
                    | TokenKind::Times
                    | TokenKind::Over
                    | TokenKind::Equal
                    | TokenKind::About
            )
        });
        ended || after.trim_start().starts_with(sign)
    }

    /// Reads the number at a byte and returns where it ends.
    fn number(&mut self, start: usize) -> usize {
        let text = self.text;
        let mut digits = String::new();
        let (mut at, mut decimals, mut group) = (start, None::<usize>, 0);
        while let Some(c) = text[at..].chars().next() {
            let folded = half_width(c);
            let after = &text[at + c.len_utf8()..];
            let following = after.chars().take(4).take_while(|&c| is_digit(c)).count();
            match folded {
                _ if folded.is_ascii_digit() => {
                    digits.push(folded);
                    decimals = decimals.map(|count| count + 1);
                    group += 1;
                }
                '.' if decimals.is_none() && following > 0 => decimals = Some(0),
                ',' if c == ',' && decimals.is_none() && group < 4 && following == 3 => group = 0,
                _ => break,
            }
            at += c.len_utf8();
        }
        let joined = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '.' | '#');
        let odd = text[..start].ends_with(joined)
            || (digits.len() > 1 && digits.starts_with('0') && decimals != Some(digits.len() - 1))
            || digits.len() > 80
            || text[at..].starts_with(['^', '_'])
            || text[at..].starts_with('.') && text[at + 1..].starts_with(is_digit);
        let mut end = at;
        let share = match text[at..].chars().next() {
            Some('%' | '％') => 2,
            Some('‰') => 3,
            _ => 0,
        };
        if share > 0 {
            end += text[at..].chars().next().map_or(0, char::len_utf8);
        }
        let (power, len) = self.words.factor(&text[end..]).unwrap_or((0, 0));
        end += len;
        // 2N and 3k are no numbers with a unit; 8h is.
        let letters = text[end..].chars().take(2).take_while(char::is_ascii_alphabetic).count();
        let letter = text[end..].starts_with(|c: char| !matches!(c, 'h' | 'x' | 'X'));
        let is_hex = digits == "0" && text[end..].starts_with(['x', 'X']);
        let is_number = !(odd || is_hex || letters == 1 && letter);
        let kind = match is_number.then(|| digits.parse::<BigInt>()) {
            Some(Ok(whole)) => {
                let decimals = decimals.unwrap_or(0);
                let value = BigRational::new(whole, power_of_ten(decimals + share));
                TokenKind::Number(Number { value, decimals, share, power, digits_end: at })
            }
            _ => TokenKind::Other,
        };
        self.push(kind, start..end);
        end
    }
}

fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// Makes one token of each pair of brackets that is no part of a sum: a remark, the number of an item, or a sum of its own,
/// which is recomputed by itself.
fn set_brackets_apart(text: &str, words: &AmountLexicon, tokens: Vec<Token>, found: &mut Vec<FoundSum>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut open: Vec<usize> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token.kind {
            TokenKind::Open => open.push(kept.len()),
            TokenKind::Close => {
                if let Some(start) = open.pop() {
                    let inside = &kept[start + 1..];
                    if let Some(kind) = bracketed(&kept[..start], inside, tokens.peek()) {
                        for sentence in inside.split(|token| token.kind == TokenKind::End) {
                            found.extend(sum_in(text, words, sentence));
                        }
                        let range = kept[start].range.start..token.range.end;
                        kept.truncate(start);
                        kept.push(Token { kind, range });
                        continue;
                    }
                }
            }
            _ => {}
        }
        kept.push(token);
    }
    kept
}

/// The most tokens that are looked through between brackets: around more of them there is no sum, and no remark.
const MAX_BRACKETED: usize = 1000;

/// What brackets are that do not group parts of a sum.
fn bracketed(before: &[Token], inside: &[Token], next: Option<&Token>) -> Option<TokenKind> {
    if inside.len() > MAX_BRACKETED {
        return None;
    }
    let ends_operand = |token: &Token| token.is_number() || matches!(token.kind, TokenKind::Close | TokenKind::Aside);
    let mut back = before.iter().rev();
    let follows_operand = match back.next() {
        Some(token) if token.kind == TokenKind::Word => back.next().is_some_and(ends_operand),
        Some(token) => ends_operand(token),
        None => false,
    };
    let has_sign = inside
        .iter()
        .any(|t| matches!(t.kind, TokenKind::Plus | TokenKind::Minus | TokenKind::Times | TokenKind::Over));
    let is_remark = inside.iter().any(|token| token.is_relation() || token.kind == TokenKind::End)
        || !inside.iter().any(Token::is_number)
        || (follows_operand && !has_sign);
    let opens_item = before.last().is_none_or(|token| token.kind == TokenKind::End)
        && inside.len() == 1
        && next.is_some_and(|token| token.is_number() || token.kind == TokenKind::Word);
    if is_remark || opens_item {
        return Some(TokenKind::Aside);
    }
    // 2（1+20%） may be a product, or a number and where it comes from.
    follows_operand.then_some(TokenKind::Other)
}

/// What a side comes to, with the powers of ten of 万 and without: 2.3+5.2=7.5万元 is right as well.
#[derive(Debug, Clone, PartialEq)]
struct Value {
    readings: [BigRational; 2],
    /// The unit, where all of it has one.
    unit: Option<String>,
    /// The units of its parts.
    units: Vec<String>,
    /// The parts of a sum that are products or shares, and may have been rounded each by itself.
    products: u32,
    /// Whether it is more than one number.
    is_computed: bool,
    base: Base,
    /// The number it begins with, and the last one.
    first: BigRational,
    last: Option<Written>,
}

/// What percent added to a value would be percent of: 1000-30% is 700 to those who write it, and 1+20% is 1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// It is percent itself.
    Share,
    /// It is 1, or 1 and percent.
    One,
    Other,
}

impl Base {
    /// What the sum of two values is; nothing where percent is added to an amount.
    fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Share, Self::Share) => Some(Self::Share),
            (Self::Share, Self::One) | (Self::One, Self::Share) => Some(Self::One),
            (Self::Share, Self::Other) | (Self::Other, Self::Share) => None,
            _ => Some(Self::Other),
        }
    }
}

impl Value {
    /// Whether no word says that its last number is only about right: a sum may come to such a number, but not hold one.
    fn is_exact(&self) -> bool {
        self.last.as_ref().is_some_and(|written| !written.is_approximate)
    }
}

/// A number as it stands.
#[derive(Debug, Clone, PartialEq)]
struct Written {
    number: Number,
    range: Range<usize>,
    is_approximate: bool,
}

/// The sum in a sentence.
fn sum_in(text: &str, words: &AmountLexicon, tokens: &[Token]) -> Option<FoundSum> {
    let relations: Vec<usize> = (0..tokens.len()).filter(|&at| tokens[at].is_relation()).collect();
    let (&last, before) = relations.split_last()?;
    let parse = |tokens: &[Token], is_last| {
        let len = tokens.last()?.range.end - tokens.first()?.range.start;
        if len > MAX_LEN { None } else { Side { text, words, tokens, at: 0, depth: 0 }.value(is_last) }
    };
    let result = parse(&tokens[last + 1..], true)?;
    let mut sides = vec![result];
    // From the end to the front, as far as there are numbers.
    let mut end = last;
    let mut start = None;
    for &relation in before.iter().rev() {
        let Some(side) = parse(&tokens[relation + 1..end], false) else { break };
        start = tokens[relation + 1..end].iter().find(|token| token.is_number() || token.kind == TokenKind::Open);
        sides.push(side);
        end = relation;
    }
    if before.len() + 1 == sides.len() {
        let first = &tokens[..end];
        let from = (0..first.len()).filter(|&at| may_begin(text, &first[..at]));
        let found = from.filter_map(|at| Some((at, parse(&first[at..], false)?))).next();
        if let Some((at, side)) = found {
            start = first[at..].iter().find(|token| token.is_number() || token.kind == TokenKind::Open);
            sides.push(side);
        }
    }
    let start = start?.range.start;
    if tokens.last()?.range.end - start > MAX_LEN || are_dates(text, &tokens[..relations[0]], &tokens[last + 1..]) {
        return None;
    }
    // 1+1=3 is a figure of speech, 3-2=1 a score.
    let is_bare = |token: &Token| match &token.kind {
        TokenKind::Number(number) => number.place(true) == 0 && number.value < BigRational::from_integer(10.into()),
        _ => true,
    };
    if sides[1..].iter().all(|side| side.unit.is_none()) && tokens.iter().all(is_bare) {
        return None;
    }
    sides.reverse();
    let abouts = &relations[relations.len() + 1 - sides.len()..];
    let mut verdict = None;
    for (pair, &relation) in sides.windows(2).zip(abouts) {
        let [value, next] = pair else { continue };
        match compare(text, value, next, tokens[relation].kind == TokenKind::About)? {
            Compared::Right => verdict = Some(Verdict::Right),
            Compared::Open => {}
            Compared::Wrong { computed, range } => {
                verdict = Some(Verdict::Wrong { computed, range: range.start - start..range.end - start });
                break;
            }
        }
    }
    let last = sides.last()?.last.as_ref()?;
    let unit = words.unit_after(&text[last.range.end..]).map_or(0, |(_, len)| len);
    Some(FoundSum { range: start..last.range.end + unit, verdict: verdict? })
}

/// Whether a sum may begin after those tokens of its sentence: what stands there is no part of it.
fn may_begin(text: &str, before: &[Token]) -> bool {
    let Some(last) = before.last() else { return true };
    if last.kind != TokenKind::Word {
        return false;
    }
    // 2031年5月工资8000元×2: a date, and then words.
    let word = &text[last.range.clone()];
    let number = before.iter().rev().nth(1).filter(|token| token.is_number());
    let goes_on = word.ends_with(|c| GOES_ON.contains(c));
    number.is_some() && word.starts_with(['年', '月', '日', '号']) && !goes_on
}

enum Compared {
    Right,
    Wrong {
        computed: String,
        range: Range<usize>,
    },
    /// Nobody can tell.
    Open,
}

/// Compares what a side comes to with the next; nothing where this is no sum at all.
fn compare(text: &str, value: &Value, next: &Value, about: bool) -> Option<Compared> {
    let plain = compare_as_written(text, value, next, about);
    match in_percent(value, next) {
        Some(value) if matches!(plain, Some(Compared::Wrong { .. })) => compare_as_written(text, &value, next, about),
        _ => plain,
    }
}

fn compare_as_written(text: &str, value: &Value, next: &Value, about: bool) -> Option<Compared> {
    let differ = |(a, b): (&String, &String)| a != b;
    if !(value.is_computed || next.is_computed) {
        return Some(Compared::Open);
    }
    // Of a sum with products in it the unit is that of its other parts.
    if value.unit.as_ref().zip(next.unit.as_ref()).is_some_and(differ) {
        return None;
    }
    if value.base == Base::Other && next.base == Base::Share && value.products == 0 {
        return Some(Compared::Open);
    }
    if value.readings.iter().zip(&next.readings).any(|(a, b)| a == b) {
        return Some(Compared::Right);
    }
    let (false, Some(written)) = (next.is_computed, &next.last) else {
        // 5+3=8×2=16: the second sum goes on from the first.
        return Some(if next.first == value.readings[0] { Compared::Right } else { Compared::Open });
    };
    let about = about || written.is_approximate;
    let mut open = false;
    for (factored, (computed, given)) in [true, false].into_iter().zip(value.readings.iter().zip(&next.readings)) {
        let last = written.number.place(factored);
        let zeros = if about { trailing_zeros(given, last) } else { 0 };
        let place = power_of_ten_signed(last + zeros);
        let difference = (computed - given).abs();
        let is_cut = computed.abs() >= given.abs() && difference < place;
        let is_rounded = &difference + &difference <= place;
        if (about || value.products > 0) && (is_cut || is_rounded) {
            return Some(Compared::Right);
        }
        let noise = place * BigRational::from_integer(BigInt::from(value.products));
        open |= difference < noise || (about && difference * BigRational::from_integer(50.into()) < given.abs());
    }
    let [computed, _] = &value.readings;
    // 3-5天 is a range, and 三 is more than it.
    open |= computed.is_negative() != next.readings[0].is_negative();
    // 60分钟×2=2小时: of what none of its parts is, nobody can tell what it should come to.
    let is_money = |unit: &String| unit.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_other = |unit: &String| !(value.units.contains(unit) || value.units.is_empty() && is_money(unit));
    open |= value.products > 0 && next.unit.as_ref().is_some_and(is_other);
    if open {
        return Some(Compared::Open);
    }
    let number = &written.number;
    let shown = computed / power_of_ten_signed(i64::from(number.power) - number.share as i64);
    let computed = show(&shown, number.decimals) + &text[number.digits_end..written.range.end];
    Some(Compared::Wrong { computed, range: written.range.clone() })
}

/// The value of `50/200×100` before `25%`, if that is nearer: people multiply by a hundred and write the sign all the same.
fn in_percent(value: &Value, next: &Value) -> Option<Value> {
    let share = next.last.as_ref().map_or(0, |written| written.number.share);
    let factor = BigRational::from_integer(power_of_ten(share));
    let last = value.last.as_ref()?;
    let is_meant = share > 0 && !next.is_computed && value.products > 0;
    let given = &next.readings[0];
    let is_nearer = || (&value.readings[0] / &factor - given).abs() < (&value.readings[0] - given).abs();
    (is_meant && last.number.share == 0 && last.number.value == factor && is_nearer())
        .then(|| Value { readings: value.readings.clone().map(|reading| reading / &factor), ..value.clone() })
}

/// How many zeros a number ends with, counted from the place of its last digit.
fn trailing_zeros(value: &BigRational, last: i64) -> i64 {
    let ten = BigInt::from(10);
    let mut digits = (value / power_of_ten_signed(last)).to_integer();
    let mut zeros = 0;
    while !digits.is_zero() && (&digits % &ten).is_zero() {
        digits /= &ten;
        zeros += 1;
    }
    zeros
}

fn power_of_ten_signed(power: i64) -> BigRational {
    let scale = power_of_ten(usize::try_from(power.unsigned_abs()).unwrap_or(0));
    if power < 0 { BigRational::new(1.into(), scale) } else { BigRational::from_integer(scale) }
}

/// Reads one side: numbers with the words about them, the signs between, and brackets.
struct Side<'a> {
    text: &'a str,
    words: &'a AmountLexicon,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl Side<'_> {
    /// What the side comes to. After the last one a sentence may go on with words.
    fn value(mut self, is_last: bool) -> Option<Value> {
        let value = self.sum()?;
        let Some(next) = self.tokens.get(self.at) else { return Some(value) };
        // 8400元已于2031年付清 goes on after the unit, and 8400元5角 has not ended.
        let word = self.tokens[..self.at].iter().rev().find(|token| token.kind != TokenKind::Aside)?;
        let words = &self.text[value.last.as_ref()?.range.end..word.range.end];
        let goes_on = self.words.unit_after(words).is_some_and(|(_, len)| len < words.trim_end().len());
        (is_last && next.is_number() && word.kind == TokenKind::Word && goes_on).then_some(value)
    }

    fn next_is(&mut self, kind: &TokenKind) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|token| token.kind == *kind);
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self) -> Option<Value> {
        let mut value = self.product()?;
        loop {
            let minus = if self.next_is(&TokenKind::Plus) {
                false
            } else if self.next_is(&TokenKind::Minus) {
                true
            } else {
                return Some(value);
            };
            let next = self.product()?;
            if !(value.is_exact() && next.is_exact()) {
                return None;
            }
            // Apples and pears, hours and minutes.
            let units = value.unit.as_ref().zip(next.unit.as_ref());
            if value.products == 0 && next.products == 0 && units.is_some_and(|(one, other)| one != other) {
                return None;
            }
            for (sum, term) in value.readings.iter_mut().zip(next.readings) {
                if minus { *sum -= term } else { *sum += term }
            }
            value.base = value.base.plus(next.base)?;
            value.unit = value.unit.or(next.unit);
            value.units.extend(next.units);
            value.products += next.products;
            value.is_computed = true;
            value.last = next.last;
        }
    }

    fn product(&mut self) -> Option<Value> {
        let mut value = self.operand()?;
        loop {
            let over = if self.next_is(&TokenKind::Times) {
                false
            } else if self.next_is(&TokenKind::Over) {
                true
            } else {
                return Some(value);
            };
            let next = self.operand()?;
            if !(value.is_exact() && next.is_exact()) {
                return None;
            }
            for (product, factor) in value.readings.iter_mut().zip(next.readings) {
                if over {
                    if factor.is_zero() {
                        return None;
                    }
                    *product /= factor;
                } else {
                    *product *= factor;
                }
            }
            value.unit = None;
            value.units.extend(next.units);
            value.base = Base::Other;
            value.products = value.products.max(1);
            value.is_computed = true;
            value.last = next.last;
        }
    }

    /// A number or a sum in brackets, with the words before and after it.
    fn operand(&mut self) -> Option<Value> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut label = None;
        while let Some(token) =
            self.tokens.get(self.at).filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Aside))
        {
            label = Some(&self.text[token.range.clone()]).filter(|_| token.kind == TokenKind::Word);
            self.at += 1;
        }
        let label = label.unwrap_or("");
        if CHANGES_NUMBER.iter().any(|end| label.ends_with(end)) {
            return None;
        }
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        let value = match &token.kind {
            TokenKind::Minus if label.is_empty() && self.at == 1 => {
                let mut value = self.operand()?;
                value.readings = value.readings.map(|reading| -reading);
                if let Some(written) = &mut value.last {
                    written.range.start = token.range.start;
                }
                value
            }
            TokenKind::Open => {
                let mut value = self.sum()?;
                if !self.next_is(&TokenKind::Close) {
                    return None;
                }
                let after = self.after(self.tokens.get(self.at - 1)?.range.end)?;
                value.unit = value.unit.or(after);
                value
            }
            TokenKind::Number(number) => self.number(token, number)?,
            _ => return None,
        };
        self.depth -= 1;
        Some(value)
    }

    fn number(&mut self, token: &Token, number: &Number) -> Option<Value> {
        let full = &number.value * power_of_ten_signed(i64::from(number.power));
        let after = self.after(token.range.end)?;
        let (before, words_after) = (&self.text[..token.range.start], &self.text[token.range.end..]);
        if token.range.len() == 4 && words_after.starts_with('年') || is_part(number, before, words_after) {
            return None;
        }
        let unit_len = self.words.unit_after(words_after).map_or(0, |(_, len)| len);
        let is_approximate = self.words.about_before(before)
            || self.words.about_after(words_after).is_some()
            || self.words.about_after(&words_after[unit_len..]).is_some();
        let unit = self.words.unit_before(before).map(|(unit, _)| unit.to_string()).or(after);
        let unit = unit.filter(|_| number.share == 0);
        let is_one = unit.is_none() && full == BigRational::from_integer(1.into());
        let base = if is_one { Base::One } else { Base::Other };
        Some(Value {
            readings: [full.clone(), number.value.clone()],
            base: if number.share > 0 { Base::Share } else { base },
            units: unit.iter().cloned().collect(),
            unit,
            products: 0,
            is_computed: false,
            first: full,
            last: Some(Written { number: number.clone(), range: token.range.clone(), is_approximate }),
        })
    }

    /// Passes over the words after a number and tells its unit; nothing where they make it another number.
    fn after(&mut self, end: usize) -> Option<Option<String>> {
        let mut word = None;
        while let Some(token) =
            self.tokens.get(self.at).filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Aside))
        {
            if token.kind == TokenKind::Word && word.is_none() {
                word = Some(&self.text[token.range.clone()]);
            }
            self.at += 1;
        }
        let Some(word) = word else { return Some(None) };
        // In 2x+3=13 and 3 n + 2 = 11 a letter stands for a number.
        let is_variable = word.trim().len() == 1 && !word.starts_with(['h', '$']);
        // 月息2分, 3厘: a share of another number, as a rule.
        let begins = |starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
        let is_interest = begins(INTEREST) && !begins(NO_INTEREST);
        let makes_another = is_variable
            || is_interest
            || NO_UNITS.iter().any(|start| word.starts_with(start))
            || word.contains(|c| NUMERALS.contains(c));
        if makes_another {
            return None;
        }
        let unit = self.words.unit_after(&self.text[end..]).map(|(unit, _)| unit.to_string());
        Some(Some(unit.unwrap_or_else(|| word.trim().to_lowercase())))
    }
}

/// Whether a number is a share of what a word names beside it: 月租的10%, 10% of the rent, half of 10.
fn is_part(number: &Number, before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let after = after.trim_start();
    let is_of = |text: &str| text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("of "));
    let last = before.len().checked_sub(3).and_then(|at| before.get(at..));
    let follows_of = last.is_some_and(|end| end.eq_ignore_ascii_case(" of"));
    follows_of || is_of(after) || ((number.share > 0 || after.starts_with('倍')) && before.ends_with('的'))
}

/// Whether the numbers before a relation may be days or months, and what stands behind it counts them or is one: `5.4-5.10=6天`,
/// `5/4-5/10=6天`, `2031.5+2=2031.7`.
fn are_dates(text: &str, left: &[Token], right: &[Token]) -> bool {
    let number = |token: &Token| match &token.kind {
        TokenKind::Number(number) if number.share == 0 && number.power == 0 => Some(number.clone()),
        _ => None,
    };
    let whole = |number: &Number| number.value.to_integer();
    let is_within =
        |number: &Number, from: u32, to: u32| (BigInt::from(from)..=BigInt::from(to)).contains(&whole(number));
    let numbers: Vec<Number> = left.iter().filter_map(number).collect();
    let Some(result) = right.iter().find_map(number) else { return false };
    let after = right.iter().find(|token| token.is_number()).map_or("", |token| text[token.range.end..].trim_start());
    let counts_days = DAYS.iter().any(|unit| after.starts_with(unit));
    let is_day = |number: &Number| matches!(number.decimals, 1 | 2) && is_within(number, 1, 12);
    let is_slashed = left.windows(3).any(|three| {
        three[1].kind == TokenKind::Over
            && number(&three[0]).is_some_and(|month| is_within(&month, 1, 12))
            && number(&three[2]).is_some_and(|day| is_within(&day, 1, 31))
    });
    let is_month = |number: &Number| matches!(number.decimals, 1 | 2) && is_within(number, 1900, 2100);
    let has_minus = left.iter().any(|token| token.kind == TokenKind::Minus);
    (counts_days && has_minus && !numbers.is_empty() && (is_slashed || numbers.iter().all(is_day)))
        || (is_month(&result) && numbers.first().is_some_and(is_month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_sentence_of_too_many_parts_holds_no_sum() {
        let words = AmountLexicon::new(&[Language::new("zh", None)]);
        let text = |parts: usize| format!("共计1元+1元{}。共计2元+2元=4元。", "=2元".repeat(parts));
        let of = |parts: usize| scan(&text(parts), &words).len();
        assert_eq!([1, 300, MAX_TOKENS].map(of), [2, 2, 1]);
        let tokens =
            Tokenizer { text: &text(100_000), words: &words, tokens: Vec::new(), sentence: 0, is_too_long: false };
        assert!(tokens.read().len() < 20);
    }

    /// What is found, as `sum ✓` or `sum: wrong → right`.
    fn sums(text: &str) -> Vec<String> {
        let words = AmountLexicon::new(&[Language::new("zh", None), Language::new("en", None)]);
        let show = |found: FoundSum| {
            let sum = &text[found.range];
            match found.verdict {
                Verdict::Wrong { computed, range } => format!("{sum}: {} → {computed}", &sum[range]),
                _ => format!("{sum} ✓"),
            }
        };
        scan(text, &words).into_iter().map(show).collect()
    }

    #[test]
    fn right_sums_are_confirmed_with_their_units_and_words() {
        for text in [
            "计算方式：3150元/月×2个月×2倍-4200元=8400元。",
            "共计23800+52800=76600元。",
            "货款23800元+运费52800元=76600元",
            "2031年5月工资8000元÷21.75天×15天=5517.24元",
            "加班费：20元/小时×1.5倍×30小时=900元；",
            "违约金为100000元×0.05%×30天=1500元。",
            "利息100000元×3.85%÷365天×90天=949.32元",
            "以本金10万元为基数，按年利率3.85%计算，利息为100000×3.85%×1年=3850元",
            "经济补偿金6000元/月×（3+1）个月=24000元。",
            "经济补偿金6000元（月平均工资）×3.5个月=21000元",
            "（5000元-2000元）×50%=1500元",
            "3.5万元+1.2万元=4.7万元",
            "增幅（200-150)/200×100=25%",
            "50/200*100=25%",
            "2.38+5.28=7.66万元",
            "３１５０＋２００＝３３５０元",
            "总额=单价×数量=5×3=15元",
            "总价：5元×3=15元×2=30元",
            "100美元×7.2=720元",
            "8000元÷21.75天=367.82元/天，367.82元/天×15天=5517.3元",
            "8000÷21.75×15=367.82×15=5517.3元",
            "10000元÷3≈3333.33元",
            "10000元÷3=约3333元",
            "206539.30-9849.30≈19.67万元",
            "8000元×12个月=96000元已于2031年5月4日付清",
            "订单100件×25元/件=2500元（含税）",
            "工资（3150×2=6300元，含税）",
            "40 hours × $25/hour = $1,000",
            "$1,200 + $300 = $1,500",
            "Rent ($1,000) + deposit ($500) = $1,500",
            "US$1,200 – US$300 = US$900.",
            "The total is 12 x $25 = $300. Then we left.",
            "1,036,485.20 - 386,229.44 = 650,255.76 CNY",
            "1.5 BTC × 42000 USDT = 63000 USDT",
            "8h × $25 = $200",
            "1. 8000×3=24000元",
            "（1）8000×3=24000元",
            "1、8000×3=24000元",
            "100元×0.8=80元",
            "500元/人×8人=4000元",
            "5人+3人=8人",
            "1000－200＝800（元）",
            "1000元-200元=800元人民币",
            "12000元×24%÷12个月×5个月=1200元",
            "欠款本金50,000元+利息1,250.50元=51,250.50元",
            "未付金额为 500000-120000-80000=300000 元",
            "工资8000元/月×3个月=2.4万元",
            "合计：①8000元+②2000元=10000元",
            "3.3×2.1=6.93",
            "医疗费1,234.56元＋护理费100元/天×30天＋交通费500元＝4,734.56元",
            "误工费：5430元÷30天×45天＝8145元。",
            "残疾赔偿金 52,347元/年×20年×10%=104,694元",
            "被扶养人生活费：33,254元×(18年-8年)×10%÷2人=16,627元",
            "滞纳金=5000×0.5‰×20=50元",
            "3/4=75%",
            "30/100=30%",
            "月息2%×12=24%",
            "2031年1月至5月共5个月×3000元=15000元",
            "4500元/月÷21.75天/月÷8小时/天×10小时=258.62元",
            "4500÷21.75÷8×10=258.6元",
            "2031年1月至5月共5个月×3000元=15000元",
            "合计：①8000元+②2000元=10000元",
            "工资8000元/月×3个月=2.4万",
            "工资 3000元×2个月\n=6000元",
            "100×（1+5%）=105元",
            "100元×（1+5%+3%）=108元",
            "租金3个月×2000元+押金4000元=10000元",
        ] {
            let found = sums(text);
            assert!(!found.is_empty() && found.iter().all(|sum| sum.ends_with('✓')), "{text}: {found:?}");
        }
    }

    #[test]
    fn wrong_sums_tell_what_they_come_to() {
        for (text, expected) in [
            ("计算方式：3150元/月×2个月×2倍-4200元=8401元。", "3150元/月×2个月×2倍-4200元=8401元: 8401 → 8400"),
            ("共计23800+52800=76500元。", "23800+52800=76500元: 76500 → 76600"),
            ("8000元÷21.75天×15天=5571.24元", "8000元÷21.75天×15天=5571.24元: 5571.24 → 5517.2414"),
            ("2.38万元+5.28万元=7.76万元", "2.38万元+5.28万元=7.76万元: 7.76万 → 7.66万"),
            ("工资（3150×2=6400元，含税）", "3150×2=6400元: 6400 → 6300"),
            ("40 hours × $25/hour = $1,100.", "40 hours × $25/hour = $1,100: 1,100 → 1000"),
            ("5人+3人=9人", "5人+3人=9: 9 → 8"),
            ("3.5×2.1=7.36元", "3.5×2.1=7.36元: 7.36 → 7.35"),
            ("1000元-1200元=-150元", "1000元-1200元=-150元: -150 → -200"),
        ] {
            assert_eq!(sums(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_another_way_is_left_alone() {
        for text in [
            "1小时30分×2=3小时",
            "3个月15天×100元=10500元",
            "3-5天×100元=300-500元",
            "3-5天×100元=500元",
            "2年+3个月=27个月",
            "5000元×2N=30000元（N=3）",
            "5000元×2（1+20%）=12000元",
            "1美元=7.2元",
            "1托=5430.5元",
            "单价=5元，数量=3",
            "100美元+200元=300元",
            "2个半月×3000元=7500元",
            "3000元×2个月双倍=12000元",
            "5百元×3=1500元",
            "时间 10:30-9:30=1小时",
            "2031-05-04=今天",
            "5月15日+15天=5月30日",
            "版本1.2.3+1=1.2.4",
            "他说1+1=3是错的吗",
            "https://x.example/?a=1+2=4",
            "x+1=2",
            "E=mc²",
            "2x+3=13",
            "3 n + 2 = 11",
            "4倍LPR上浮=3.85%+50%",
            "10²×3=300",
            "5% of $200 = $10",
            "2 + 2 = 5 apples and 3 pears",
            "a 4x4=16 grid",
            "价格区间100~200=中档",
            "3k + 2k = 5k",
            "0x12+1=13",
            "甲方应付5成×10000=5000元",
            "打8折：100元×8折=80元",
            "5人+3箱=8",
            "违约金：100000元×万分之五×30天=1500元",
            "3×(4+5=27",
            "C=a+b=3+2",
            "24/7=全天",
            "30+30+40=100%",
            "比分3-2=1",
            "工资3000元×2个月\n奖金=500元",
            "月租的10%×5个月=1500元",
            "工资的20%×12=24000元",
            "10% of monthly rent × 5 months = $1,500",
            "5.4-5.10 = 6 天",
            "5/4-5/10=6天",
            "押金2个月+租金3个月×2000=10000元",
            "half of 10 + 5 = 10",
            "1000元-30%=700元",
            "$1,000 + 10% = $1,100",
            "$1,000 + tax 10% = $1,100",
            "2031.5+2=2031.7",
            "60分钟×2=2小时",
            "1000克×2=2公斤",
            "30天×3=3个月",
            "100分×3=3元",
            "90×60=1.5小时",
            "10%+5个百分点=15%",
            "30 minutes x 2 = 1 hour",
            "100 pence x 2 = £2",
        ] {
            assert_eq!(sums(text), Vec::<String>::new(), "{text}");
        }
    }
}
