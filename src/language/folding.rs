//! What search, and looking for what is withheld, take for the same: letters in capitals and small ones, full and half width, with accents and without,
//! traditional characters and simplified ones, radicals and the characters they look like.
//!
//! `static/search.js` folds what a reader types by the same rules, with [`Folding::variants`] as its table.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;

use super::alphabet::is_unspaced;
use crate::language::script::is_invisible;

/// Radicals and strokes that look like a character and that NFKC leaves alone, with that character (Unicode's
/// Equivalent_Unified_Ideograph). Programs that extract text from PDF files write them.
#[rustfmt::skip]
const RADICALS: [(&str, &str); 6] = [
    ("⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘", "厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌"),
    ("⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱", "攵旡日月歺母民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹纟罓"),
    ("⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉", "罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艺艻虎衤覀西见角𧢲讠贝"),
    ("⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡", "𧾷车辶辷辸邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐"),
    ("⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳㇆㇏㇐㇑㇒㇓", "马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟𠃌乀一丨丿乀"),
    ("㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡", "丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"),
];

/// The blocks whose characters are looked up, as they make up nearly all Chinese text.
const LISTED: [std::ops::Range<u32>; 5] =
    [0x2000..0x2070, 0x2e80..0x3100, 0x31c0..0x31f0, 0x3400..0xa000, 0xf900..0x1_0000];

/// One past the last character of [`LISTED`].
const END: usize = 0x1_0000;

/// Stands in the table for what becomes no character.
const NOTHING: u32 = u32::MAX;
/// Stands in the table for what is not in it.
const UNLISTED: u32 = u32::MAX - 1;

/// The rules.
pub struct Folding {
    table: Vec<u32>,
}

/// The rules. They are the same for every case.
pub fn folding() -> &'static Folding {
    static FOLDING: LazyLock<Folding> = LazyLock::new(Folding::new);
    &FOLDING
}

impl Folding {
    fn new() -> Self {
        let mut table = vec![UNLISTED; END];
        let simplified = simplified();
        let simple = |c: char| (c as usize).checked_sub(0x3400).and_then(|at| simplified.get(at)).copied().unwrap_or(c);
        // 薴 is simplified to 苧, and that, which is traditional too, to 苎.
        let to_simple = |c: char| simple(simple(c));
        for c in LISTED.into_iter().flatten().filter_map(char::from_u32) {
            let mut folded = by_unicode(c).into_iter();
            table[c as usize] = match (folded.next(), folded.next()) {
                (None, _) => NOTHING,
                (Some(one), None) => to_simple(one) as u32,
                (Some(_), Some(_)) => UNLISTED,
            };
        }
        for (radicals, characters) in RADICALS {
            for (radical, character) in radicals.chars().zip(characters.chars()) {
                table[radical as usize] = to_simple(character) as u32;
            }
        }
        Self { table }
    }

    /// A text as it is compared: white space is one space, or one line feed where it holds one, and none beside
    /// characters of scripts that need none; separators between the thousands of a number are gone.
    pub fn fold(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut space = None;
        for c in text.chars() {
            if c.is_whitespace() {
                space = if c == '\n' { Some('\n') } else { space.or(Some(' ')) };
                continue;
            }
            let push = |c: char| {
                if let Some(space) = space.take() {
                    let joined = is_unspaced(c) || out.chars().next_back().is_some_and(is_unspaced);
                    if !out.is_empty() && (space == '\n' || !joined) {
                        out.push(space);
                    }
                }
                out.push(c);
            };
            self.each(c, push);
        }
        without_thousands(out)
    }

    /// What a character is compared as by itself: mostly one character, nothing for one that is not seen or is white space.
    pub fn each(&self, c: char, mut push: impl FnMut(char)) {
        match self.table.get(c as usize).copied().unwrap_or(UNLISTED) {
            _ if c.is_ascii_whitespace() => {}
            _ if c.is_ascii() => push(c.to_ascii_lowercase()),
            NOTHING => {}
            UNLISTED => by_unicode(c).into_iter().map(|c| self.listed(c)).for_each(push),
            folded => push(char::from_u32(folded).unwrap_or(c)),
        }
    }

    /// What the table has for a character, if it has one.
    fn listed(&self, c: char) -> char {
        let listed = self.table.get(c as usize).copied().filter(|&code| code < UNLISTED);
        listed.and_then(char::from_u32).unwrap_or(c)
    }

    /// The characters that become another one of `wanted` by table and not by Unicode's own rules, and what they become.
    pub fn variants(&self, wanted: impl Fn(char) -> bool) -> (String, String) {
        let all = LISTED.into_iter().flatten().filter_map(char::from_u32);
        let differing = all.filter_map(|c| {
            let folded = char::from_u32(self.table[c as usize])?;
            (folded != c && wanted(folded) && by_unicode(c) != [folded]).then_some((c, folded))
        });
        differing.unzip()
    }
}

/// Each character from U+3400 to U+9FFF, simplified.
fn simplified() -> Vec<char> {
    let all: Vec<char> = ('\u{3400}'..'\u{a000}').collect();
    // Apart, so that no two of them are taken for a word.
    let lines: String = all.iter().flat_map(|&c| [c, '\n']).collect();
    let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else { return all };
    let converted = converter.convert(&lines);
    converted.lines().zip(all).map(|(line, c)| line.chars().next().unwrap_or(c)).collect()
}

/// What Unicode's rules make of a character: NFKC, lower case, no accents, and nothing of what is not to be seen.
fn by_unicode(c: char) -> Vec<char> {
    if is_invisible(c) {
        return Vec::new();
    }
    let lower = c.nfkc().flat_map(char::to_lowercase);
    let bare = lower.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfc();
    // U+2011, the hyphen at which no line breaks, becomes U+2010 by NFKC.
    bare.filter(|c| !c.is_whitespace()).map(|c| if c == '\u{2010}' { '-' } else { c }).collect()
}

/// Takes the separators out of `12,345.60`. In `5678,138` there is none: four digits make no group.
fn without_thousands(text: String) -> String {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let separates = |at: usize, c: char| {
        matches!(c, ',' | '\'' | '\u{2019}') && at > 0 && is_digit(at - 1) && {
            let after = at + c.len_utf8();
            let group = bytes[..at].iter().rev().take(4).take_while(|byte| byte.is_ascii_digit()).count();
            group < 4 && (after..after + 3).all(is_digit) && !is_digit(after + 3)
        }
    };
    if !text.char_indices().any(|(at, c)| separates(at, c)) {
        return text;
    }
    text.char_indices().filter(|&(at, c)| !separates(at, c)).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_takes_for_the_same_is_the_same() {
        for (text, folded) in [
            ("戶頭凍結", "户头冻结"),
            ("⻜机与⺠警", "飞机与民警"),
            ("⼀⽉", "一月"),
            ("ＵＳＤＴ　１２，３４５", "usdt 12345"),
            ("Café Zürich", "cafe zurich"),
            ("12,345.60 与 1,234,567", "12345.60与1234567"),
            ("1,23 and 1,2345", "1,23 and 1,2345"),
            ("单号12345678，139", "单号12345678,139"),
            ("充值  USDT  到 账", "充值usdt到账"),
            ("a  b\n c", "a b\nc"),
            ("U\u{202e}S\u{200b}D", "usd"),
            ("㎡ ½ ℃", "m2 1\u{2044}2 °c"),
            ("2031‑05‐04", "2031-05-04"),
        ] {
            assert_eq!(folding().fold(text), folded, "{text}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for c in (0x20..0x3_0000).filter_map(char::from_u32) {
            let once = folding().fold(&c.to_string());
            assert_eq!(folding().fold(&once), once, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn the_table_of_variants_holds_what_unicode_does_not_say() {
        let (from, to) = folding().variants(|c| "户飞民一".contains(c));
        let pairs: Vec<(char, char)> = from.chars().zip(to.chars()).collect();
        for pair in [('戶', '户'), ('⻜', '飞'), ('飛', '飞'), ('⺠', '民')] {
            assert!(pairs.contains(&pair), "{pair:?}");
        }
        assert!(!pairs.iter().any(|(from, _)| *from == '⼀'), "NFKC folds the radicals of Kangxi");
        assert!(pairs.iter().all(|(_, to)| "户飞民一".contains(*to)));
    }
}
