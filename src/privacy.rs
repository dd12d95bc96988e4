//! What should not be published without thought: numbers of identity, bank cards, telephones, home addresses, keys.
//!
//! PrivateText in any text, by pure functions. A number is taken only where its check digit, its shape and the words around it
//! leave little else that it could be: order numbers, dates, sums and hashes fill a dossier, and an alarm that is mostly
//! false is turned off. The words that say what a number is are those of both languages, whatever the language of the
//! case: a file that is attached may be written in the other.

mod address;
mod card;
mod context;
mod identity;
mod key;
mod mask;
mod mnemonic;
mod mobile;
mod nobody;
mod number;
mod plain;
mod secret;
mod signs;
mod travel;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use address::Addresses;
use context::Context;
pub use mask::{beginning, mask, masked};
pub use nobody::is_nobody;
use number::Number;
use plain::Plain;
use signs::Signs;

/// What kind of private thing something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrivateKind {
    /// The number of a resident identity card (GB 11643).
    Identity,
    /// The number of a bank card (ISO/IEC 7812-1).
    Card,
    /// What is said to be the number of a bank card, and has another check digit.
    DoubtfulCard,
    /// A key to money or to a machine, or the words that stand for one.
    Key,
    /// A password of a program for a service.
    ApiSecret,
    /// The number of a passport, or of a permit to travel to or from the mainland.
    Travel,
    /// A Chinese mobile number.
    Mobile,
    /// Where somebody lives.
    Address,
}

/// Something private in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateText {
    /// What it is.
    pub kind: PrivateKind,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it is, however it is written: without separators, in half-width capitals. Keys keep their letters.
    pub value: String,
}

/// Finds what is private in `text`, in the order of the text and apart from each other.
pub fn scan(text: &str) -> Vec<PrivateText> {
    let plain = Plain::of(text);
    let context = Context::new(&plain.text);
    let mut found = Vec::new();
    let mut words = mnemonic::Words::new(&plain.text);
    let mut addresses = Addresses::new(&plain.text);
    number::scan(
        &plain.text,
        |number| of_number(number, &context, &mut found),
        |word| words.add(word),
        |end| addresses.add(end),
    );
    found.append(&mut addresses.found);
    let signs = Signs::of(&plain.text);
    found.extend(words.finish(&signs));
    found.extend(key::scan(&context, &signs));
    found.extend(secret::scan(&context, &signs));
    found.extend(travel::scan(&context, &signs));
    // What is part of something longer, or the same by another rule, is told once.
    found.sort_by_key(|one| (one.range.start, std::cmp::Reverse(one.range.end), one.kind));
    let mut end = 0;
    found.retain(|one| {
        let apart = one.range.start >= end;
        end = end.max(one.range.end);
        apart
    });
    for one in &mut found {
        one.range = plain.origin(one.range.clone());
    }
    found
}

/// What a number is, or some of its groups are, that stand beside each other.
fn of_number(number: &Number<'_>, context: &Context<'_>, found: &mut Vec<PrivateText>) {
    let mut from = 0;
    while from < number.groups.len() {
        let taken = identity::read(number, from, context)
            .or_else(|| card::read(number, from, context))
            .or_else(|| mobile::read(number, from, context));
        from = match taken {
            Some((to, one)) => {
                found.push(one);
                to
            }
            None => from + 1,
        };
    }
}

/// What two ways of writing the same thing have in common: letters and digits alone, half-width, in capitals.
pub fn normal(text: &str) -> String {
    let plain = Plain::of(text);
    plain.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a text, as it is written there, of one kind.
    pub(super) fn found(kind: PrivateKind, text: &str) -> Vec<&str> {
        scan(text).into_iter().filter(|one| one.kind == kind).map(|one| &text[one.range]).collect()
    }

    /// Demands that each text holds what stands between its `[` and `]`, and nothing else of that kind.
    pub(super) fn demand(kind: PrivateKind, texts: &[String]) {
        for marked in texts {
            let text = marked.replace(['⟦', '⟧'], "");
            let wanted: Vec<&str> =
                marked.split('⟦').skip(1).map(|part| part.split('⟧').next().unwrap_or("")).collect();
            assert_eq!(found(kind, &text), wanted, "{text}");
        }
    }

    #[test]
    fn an_ordinary_dossier_holds_nothing_private() {
        let text = "2031年5月4日01:09:08，转出 1,350,000.00 元（交易哈希 0x4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b），\
                    SHA-256：9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08，地址 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa。\
                    3150×2×2−4200 = 8400；派出所电话 010-12345678，热线 400-123-4567，见 https://example.com/item/13812345678.html。";
        assert_eq!(scan(text), []);
    }

    #[test]
    fn what_is_part_of_something_longer_is_told_once() {
        let text = "手机13812345678@example.com、13912345678";
        assert_eq!(found(PrivateKind::Mobile, text), ["13812345678", "13912345678"]);
        assert_eq!(scan("").len(), 0);
    }

    #[test]
    fn two_ways_of_writing_are_the_same_thing() {
        assert_eq!(normal("138-1234 ５６７８"), normal("13812345678"));
        assert_eq!(normal("e1234 5678"), "E12345678");
    }

    #[test]
    fn no_text_makes_it_stumble() {
        let pieces = [
            "1",
            "室",
            "号",
            "-",
            "１",
            "私钥",
            "|",
            "\n",
            "护照",
            "E",
            "+86",
            "：",
            "-----BEGIN PRIVATE KEY-----",
            "sk-",
            "（",
            "\u{200b}",
            "**",
            " ",
        ];
        let mut state = 1_u32;
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..24 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(state >> 20) as usize % pieces.len()]);
            }
            for one in scan(&text) {
                assert!(text.get(one.range.clone()).is_some_and(|found| !found.is_empty()), "{text}");
            }
            masked(&text);
        }
    }
}
