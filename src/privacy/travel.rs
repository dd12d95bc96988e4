//! Numbers of passports and of permits to travel to and from the mainland, where a word says that they are.

use super::context::{Context, Says};
use super::signs::Signs;
use super::{PrivateKind, PrivateText};

/// How near the word must stand, in characters: room for 号码, a name of the holder's country, a colon.
const NEAR: usize = 10;

/// Finds the numbers of travel documents.
pub(super) fn scan(context: &Context<'_>, signs: &Signs) -> Vec<PrivateText> {
    let text = context.text;
    if !signs.travel {
        return Vec::new();
    }
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let word = &text[start..at];
        if !(8..=11).contains(&word.len()) || text[..start].ends_with(['/', '-', '_', '.', '@']) {
            continue;
        }
        let is_chinese = is_chinese(word);
        let said = |says| context.says_within(&(start..at), says, NEAR);
        if (is_chinese || is_foreign(word)) && said(Says::Travel) && !context.is_in_address(&(start..at)) {
            found.push(PrivateText { kind: PrivateKind::Travel, range: start..at, value: word.to_ascii_uppercase() });
        }
    }
    found
}

/// Whether a word is made like the number of a Chinese passport (`E` and eight digits, `EA` and seven) or permit (`H`, `M`,
/// `C`, `W` and eight or ten digits).
fn is_chinese(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = &word[letters..];
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_digits
        && match (letters, digits.len()) {
            (1, 8) => matches!(
                word.as_bytes()[0].to_ascii_uppercase(),
                b'C' | b'D' | b'E' | b'G' | b'H' | b'K' | b'M' | b'P' | b'S' | b'W' | b'L' | b'T'
            ),
            (1, 10) => matches!(word.as_bytes()[0].to_ascii_uppercase(), b'H' | b'M'),
            (2, 7) => matches!(word.as_bytes()[0].to_ascii_uppercase(), b'C' | b'D' | b'E' | b'P' | b'S'),
            _ => false,
        }
}

/// Whether a word may be the number of another passport: eight or nine letters and digits, most of them digits, and no
/// date.
fn is_foreign(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let year = word.get(..4).and_then(|year| year.parse::<u16>().ok());
    let is_date = word.len() == 8 && digits == 8 && year.is_some_and(|year| (1900..2100).contains(&year));
    word.len() <= 9 && digits >= 6 && !is_date && !word.bytes().any(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::tests::demand;
    use super::super::*;

    fn all(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_travel_document_is_found_by_the_word_that_names_it() {
        demand(
            PrivateKind::Travel,
            &all(&[
                "护照号码：⟦E12345678⟧",
                "护照 ⟦EA1234567⟧",
                "持中国护照（⟦E12345678⟧）",
                "passport no. ⟦E12345678⟧",
                "Passport number: ⟦G12345678⟧",
                "Passport ⟦123456789⟧",
                "PASSPORT ⟦A12345678⟧",
                "護照：⟦D12345678⟧",
                "护照号为⟦P12345678⟧",
                "护照号：⟦Ｅ12345678⟧",
                "回乡证 ⟦H12345678⟧",
                "回乡证号码 ⟦H1234567890⟧",
                "港澳居民来往内地通行证 ⟦M12345678⟧",
                "往来港澳通行证：⟦C12345678⟧",
                "往来台湾通行证 ⟦T12345678⟧",
                "台胞证 ⟦12345678⟧",
                "⟦E12345678⟧（护照）",
                "home return permit ⟦H12345678⟧",
                "travel document ⟦K12345678⟧",
                "| 姓名 | 护照 |\n| --- | --- |\n| 甲 | ⟦E12345678⟧ |",
                "姓名,护照号\n甲,⟦E12345678⟧",
                "护照**⟦E12345678⟧**",
                "护照号 `⟦E12345678⟧`",
                "旅行证 ⟦L12345678⟧",
                "护照：⟦e12345678⟧",
                "通行證 ⟦W12345678⟧",
                "他的护照是⟦S12345678⟧。",
                "护照 ⟦PE1234567⟧",
                "passport: ⟦AB1234567⟧",
                "臺胞證號 ⟦12345679⟧",
            ]),
        );
    }

    #[test]
    fn without_the_word_it_is_a_number_like_any_other() {
        demand(
            PrivateKind::Travel,
            &all(&[
                "E12345678",
                "编号 E12345678",
                "护照于20310504签发",
                "护照已过期，案号 E12345678",
                "他出示了护照。订单 E12345678",
                "护照丢失；E12345678",
                "护照 E123456",
                "护照 E123456789",
                "护照 ABCDEFGHI",
                "护照复印件 scan.pdf",
                "permit required for 12345678 people and then 123456789012",
                "通行证件",
                "没有护照",
                "passport",
                "passport.example.com/E12345678",
                "https://passport.example.com/E12345678",
                "https://passport.example.com/login?id=123456789",
                "护照\nE12345678x",
                "货号 H12345678",
                "往来款项 12345678.50",
                "往来账目编号 123456789",
                "permits 12345678901",
                "a-E12345678",
                "护照 _E12345678",
                "护照 2031",
                "护照号码未填",
                "the passport office opened in 1998, see 12345678901",
                "护照费 160 元",
                "护照号 ****5678",
                "",
            ]),
        );
    }
}
