//! The language that a text is written in, as far as its prose tells. Addresses, paths, code, markup and names are no prose.

use unicode_script::{Script, UnicodeScript};
use whatlang::Lang;

/// How much of a text is looked at, in bytes.
const ENOUGH: usize = 60_000;

/// How many letters trigrams need to tell one language in a script from the others.
const LETTERS_FOR_TRIGRAMS: usize = 60;

/// The small words of which a third of European prose consists, and names and titles hardly any.
const SMALL_WORDS: &[&str] = &[
    "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by", "can",
    "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "is", "it",
    "its", "may", "my", "no", "nor", "not", "of", "on", "or", "our", "shall", "she", "that", "the", "their", "there",
    "they", "this", "to", "was", "we", "were", "what", "when", "which", "who", "will", "with", "would", "you", "your",
];

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prose {
    /// Its tag (BCP 47), without script and region.
    pub tag: &'static str,
    /// Whether it can be no other: by its letters, its small words, or enough of it.
    pub certain: bool,
}

/// The language that `text`, Markdown, is written in; none if it has no prose.
///
/// Where two languages have nearly as much of it, the one that comes first counts: authors begin in their own. Where there
/// is no text, the title in the front matter tells.
pub fn language_of(text: &str) -> Option<Prose> {
    let mut counts = Counts::default();
    let title = each_word(text, |word| counts.add(word));
    counts.language().or_else(|| {
        let mut counts = Counts::default();
        line_words(title?, &mut false, &mut |word: &str| counts.add(word));
        counts.language()
    })
}

/// Whether Chinese is written in traditional characters.
pub fn is_traditional(text: &str) -> bool {
    const TRADITIONAL: &str =
        "這個們來國時為會發過還與從對說嗎麼開關見長門間題學實現點後無動員進種業產當經應該請證據檔";
    const SIMPLIFIED: &str = "这个们来国时为会发过还与从对说吗么开关见长门间题学实现点后无动员进种业产当经应该请证据档";
    let of = |set: &str| text.chars().take(ENOUGH).filter(|&c| !c.is_ascii() && set.contains(c)).count();
    // A few characters are the same in both.
    of(TRADITIONAL) > of(SIMPLIFIED)
}

/// Whether the letters of a text leave it possible that much of it is in a language of another writing than that of `tag`.
/// It is fast, for texts of which hardly any are.
pub fn may_be_foreign(text: &str, is_cjk: bool) -> bool {
    let beyond_ascii = text.bytes().filter(|byte| !byte.is_ascii()).count();
    // A Chinese character has three bytes.
    if is_cjk { beyond_ascii * 5 < text.len() * 4 } else { beyond_ascii * 10 > text.len() }
}

/// The fewest letters or words that prove a language.
const LEAST_CERTAIN: usize = 4;

/// From how many Latin words on trigrams tell a language against small words of English among them.
const WORDS_FOR_TRIGRAMS: usize = 30;

/// How sure the library must be of a language in fewer words: `hello bob, please refund me` is Danish to it with 0.06.
const LEAST_CONFIDENCE: f64 = 0.15;

/// What was counted in a text.
#[derive(Default)]
struct Counts {
    /// The letters of each script but Latin.
    letters: Vec<(Writing, usize)>,
    /// The Latin words.
    words: usize,
    /// Those that begin with a small letter.
    lower: usize,
    /// Those of them that are small words of English.
    small: usize,
    /// The writing of the first words.
    first: Option<Writing>,
    /// The words in scripts that more than one language is written in.
    sample: String,
}

/// How a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Latin,
    Han,
    Kana,
    Of(Script),
}

impl Counts {
    fn add(&mut self, word: &str) {
        let Some(first) = word.chars().next() else { return };
        let writing = match writing(first) {
            Some(writing) => writing,
            None => return,
        };
        self.first.get_or_insert(writing);
        match writing {
            Writing::Latin => {
                self.words += 1;
                self.lower += usize::from(first.is_lowercase());
                let small = SMALL_WORDS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok();
                self.small += usize::from(small);
            }
            _ => {
                for writing in word.chars().filter_map(self::writing) {
                    match self.letters.iter_mut().find(|(known, _)| *known == writing) {
                        Some((_, count)) => *count += 1,
                        None => self.letters.push((writing, 1)),
                    }
                }
            }
        }
        if !matches!(writing, Writing::Han | Writing::Kana) {
            self.sample.push_str(word);
            self.sample.push(' ');
        }
    }

    fn language(&self) -> Option<Prose> {
        let count = |writing| self.letters.iter().find(|(known, _)| *known == writing).map_or(0, |(_, count)| *count);
        let (han, kana) = (count(Writing::Han), count(Writing::Kana));
        let is_japanese = kana * 3 > han;
        // Each writing with how many words of English its letters come to, in tenths.
        let others = self.letters.iter().map(|&(writing, letters)| match writing {
            Writing::Han if is_japanese => (Writing::Kana, 0),
            Writing::Han => (writing, letters * 6),
            Writing::Kana if is_japanese => (writing, (letters + han) * 5),
            Writing::Kana => (Writing::Han, 0),
            Writing::Of(Script::Hangul) => (writing, letters * 4),
            _ => (writing, letters * 2),
        });
        let mut weights: Vec<(Writing, usize)> = others.filter(|(_, weight)| *weight > 0).collect();
        // Words without the small ones are names, as far as there is other prose.
        let is_prose = self.small * 8 >= self.words;
        let latin = self.lower * 10 + (self.words - self.lower) * 5;
        match (is_prose, weights.is_empty()) {
            (true, _) => weights.push((Writing::Latin, latin)),
            (false, false) => weights.push((Writing::Latin, latin / 4)),
            (false, true) if self.lower >= 3 => weights.push((Writing::Latin, latin)),
            (false, true) => {}
        }
        weights.sort_by_key(|&(_, weight)| std::cmp::Reverse(weight));
        let &(most, weight) = weights.first().filter(|(_, weight)| *weight > 0)?;
        let begins =
            |writing| self.first == Some(writing) || (writing == Writing::Kana && self.first == Some(Writing::Han));
        let rival = weights.get(1).filter(|&&(other, rival)| begins(other) && rival * 3 > weight * 2);
        let prose = self.of_writing(rival.map_or(most, |&(other, _)| other));
        // A name or the words of a link prove nothing.
        Some(Prose { certain: prose.certain && weight >= LEAST_CERTAIN, ..prose })
    }

    /// The language in a writing: by the writing alone, or by trigrams where several languages share it.
    fn of_writing(&self, writing: Writing) -> Prose {
        let (fallback, several) = match writing {
            Writing::Han => ("zh", false),
            Writing::Kana => ("ja", false),
            Writing::Latin => ("en", self.small * 5 < self.words),
            Writing::Of(Script::Hangul) => ("ko", false),
            Writing::Of(Script::Arabic) => ("ar", true),
            Writing::Of(Script::Cyrillic) => ("ru", true),
            Writing::Of(Script::Devanagari) => ("hi", true),
            Writing::Of(Script::Hebrew) => ("he", true),
            Writing::Of(Script::Greek) => ("el", false),
            Writing::Of(Script::Thai) => ("th", false),
            Writing::Of(script) => (of_script(script), false),
        };
        if !several || self.sample.len() < LETTERS_FOR_TRIGRAMS {
            return Prose { tag: fallback, certain: !several };
        }
        let own = |c: char| !c.is_alphabetic() || self::writing(c) == Some(writing);
        let sample: String = self.sample.chars().filter(|&c| own(c)).collect();
        let found = whatlang::detect(&sample);
        let certain = found.as_ref().is_some_and(whatlang::Info::is_reliable);
        // Sentences without a small word of English are not in it, whatever else they are in.
        let is_foreign = self.lower * 2 > self.words && self.small * 10 < self.words;
        // Of a few words with one of English among them a guess must be better than that.
        let is_short = writing == Writing::Latin && self.words < WORDS_FOR_TRIGRAMS && self.small > 0;
        let found = found.filter(|found| !is_short || found.confidence() > LEAST_CONFIDENCE);
        let found = found.filter(|_| certain || is_foreign).and_then(|found| tag(found.lang()));
        Prose { tag: found.unwrap_or(fallback), certain: certain && found.is_some() }
    }
}

/// How a letter is written; none for what belongs to no writing.
fn writing(c: char) -> Option<Writing> {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(Writing::Latin),
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '\u{f900}'..='\u{faff}' => {
            Some(Writing::Han)
        }
        '\u{3041}'..='\u{30ff}' => Some(Writing::Kana),
        _ if !c.is_alphabetic() => None,
        _ => match c.script() {
            Script::Common | Script::Inherited | Script::Unknown => None,
            Script::Latin => Some(Writing::Latin),
            Script::Han => Some(Writing::Han),
            Script::Hiragana | Script::Katakana => Some(Writing::Kana),
            script => Some(Writing::Of(script)),
        },
    }
}

/// The language of scripts that hardly more than one is written in.
fn of_script(script: Script) -> &'static str {
    match script {
        Script::Armenian => "hy",
        Script::Bengali => "bn",
        Script::Georgian => "ka",
        Script::Gujarati => "gu",
        Script::Gurmukhi => "pa",
        Script::Kannada => "kn",
        Script::Khmer => "km",
        Script::Lao => "lo",
        Script::Malayalam => "ml",
        Script::Myanmar => "my",
        Script::Sinhala => "si",
        Script::Tamil => "ta",
        Script::Telugu => "te",
        Script::Tibetan => "bo",
        _ => "und",
    }
}

/// The tag of BCP 47 for a language that trigrams tell; none for those that they take others for.
fn tag(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Fin => "fi",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ron => "ro",
        Lang::Cat => "ca",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Mar => "mr",
        Lang::Nep => "ne",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        _ => return None,
    })
}

/// Tells every word of the prose of a Markdown text: letters without a gap between them, those of one writing together.
/// Returns the title in its front matter.
fn each_word(text: &str, mut word: impl FnMut(&str)) -> Option<&str> {
    let mut title = None;
    let end = text.floor_char_boundary(ENOUGH);
    let mut fence: Option<&str> = None;
    let mut front = None;
    let mut comment = false;
    for (at, line) in text[..end].lines().enumerate() {
        let trimmed = line.trim();
        if at == 0 && matches!(trimmed, "---" | "+++") {
            front = Some(trimmed);
            continue;
        }
        if let Some(mark) = front {
            if trimmed == mark {
                front = None;
            }
            title = title.or_else(|| trimmed.strip_prefix("title"));
            continue;
        }
        match fence {
            Some(mark) => {
                if trimmed.starts_with(mark) {
                    fence = None;
                }
                continue;
            }
            None => {
                fence = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
                if fence.is_some() {
                    continue;
                }
            }
        }
        if !(trimmed.starts_with('[') && trimmed.contains("]:")) {
            line_words(line, &mut comment, &mut word);
        }
    }
    title
}

/// The words of a line outside of code, addresses and markup.
fn line_words(line: &str, comment: &mut bool, word: &mut impl FnMut(&str)) {
    let mut rest = line;
    // What a word would be joined to that begins here.
    let mut before = None;
    // What the rest of the line does not hold: it is looked for once.
    let mut absent: Vec<&'static str> = Vec::new();
    while let Some(c) = rest.chars().next() {
        if *comment {
            match rest.find("-->") {
                Some(end) => (rest, *comment) = (&rest[end + 3..], false),
                None => return,
            }
            continue;
        }
        let mut past = |close: &'static str, from: usize| {
            let found = if absent.contains(&close) { None } else { rest[from..].find(close) };
            if found.is_none() {
                absent.push(close);
            }
            found.map(|found| from + found + close.len())
        };
        let skipped = match c {
            '`' => {
                let ticks = rest.len() - rest.trim_start_matches('`').len();
                let code = rest[ticks..].find(&rest[..ticks]);
                // Of marks that nothing ends none is a mark.
                Some(code.map_or(ticks, |len| 2 * ticks + len))
            }
            '<' if rest.starts_with("<!--") => {
                *comment = true;
                Some(4)
            }
            '<' if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => past(">", 1),
            ']' if rest.starts_with("](") => past(")", 2),
            '{' if rest.starts_with("{%") => past("%}", 2),
            '{' if rest.starts_with("{{") => past("}}", 2),
            '$' => past("$", 1).filter(|&end| rest[..end].contains(['\\', '=', '+'])),
            _ => None,
        };
        if let Some(end) = skipped {
            (rest, before) = (&rest[end..], None);
            continue;
        }
        let of = |c: char| writing(c).or_else(|| matches!(c, '\'' | '’' | '-').then_some(Writing::Latin));
        let is_joined = before.replace(c).is_some_and(|c| c.is_ascii_digit() || "/\\@.-~#%&=".contains(c));
        match writing(c) {
            None => rest = &rest[c.len_utf8()..],
            Some(Writing::Latin) => {
                // What is joined by dots, strokes and the like is an address, a path or a name of code.
                let joined = |c: char| c.is_ascii_graphic() && !"*()[]{}<>\"`|,;!?".contains(c) || is_latin(c);
                let run = rest.find(|c: char| !joined(c)).unwrap_or(rest.len());
                let whole = rest[..run].trim_end_matches(|c: char| !c.is_alphanumeric());
                let is_word = !is_joined
                    && whole.chars().all(|c| of(c) == Some(Writing::Latin))
                    && whole.chars().skip(1).all(|c| !c.is_uppercase());
                if is_word {
                    word(whole);
                }
                rest = &rest[run.max(c.len_utf8())..];
            }
            Some(own) => {
                let same = |c: char| {
                    let other = writing(c);
                    other == Some(own)
                        || (matches!(own, Writing::Han | Writing::Kana) && matches!(other, Some(Writing::Han | Writing::Kana)))
                        // Marks that belong to the letter before them.
                        || (other.is_none() && !c.is_ascii() && c.script() == Script::Inherited)
                };
                let run = rest.find(|c: char| !same(c)).unwrap_or(rest.len());
                word(&rest[..run]);
                rest = &rest[run..];
            }
        }
    }
}

fn is_latin(c: char) -> bool {
    writing(c) == Some(Writing::Latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> &'static str {
        language_of(text).map_or("", |prose| prose.tag)
    }

    #[test]
    fn addresses_paths_code_markup_and_names_are_no_prose() {
        for text in [
            "# 链接\n\n<https://vorqualand.example/the/notice/of/the/suspension>",
            "# 链接\n\nhttps://vorqualand.example/the/notice?of=the&day=it",
            "# 图\n\n![](scans/the-first-page-of-the-ruling.png)\n![](scans/the-second-page.png)",
            "# 图\n\n<img src=\"a.png\" alt=\"the first page of the ruling that we have\">",
            "# 命令\n\n```\nthis is a line of code and not of the text\n```",
            "# 命令\n\n`this is a line of code and not of the text`",
            "# 命令\n\n``this is `code` and not of the text``",
            "# 注\n\n<!-- this is what the author left for the others\nand it goes on to the next line -->",
            "---\nlayout: the layout of the page that we have\n---\n# 声明",
            "# 链接\n\n[a]: https://vorqualand.example/ (the title of the link to it)\n",
            "# 主体\n\n- Vorqualand Holdings Limited\n- Quibblestone Freight Company\n- Maltraven Forwarders",
            "# 文件\n\nthe_final_version.docx、a.b.c、user@mail.example、C:\\path\\of\\file",
            "# 公式\n\n$total = price \\times amount$",
            "# 平台\n\nVorqualand、VQX、USDT TRC20、Telegram 群",
            "{% embed url=\"https://example.com/the/page/of/it\" %}\n\n说明",
        ] {
            assert_eq!(tag(text), "zh", "{text}");
        }
    }

    #[test]
    fn a_text_is_in_the_language_of_most_of_its_prose() {
        for (text, expected) in [
            ("我们没有收到货，也没有退款 but they said that it was sent.", "zh"),
            ("They said that the goods (货盘) were sent in April and that we have to wait for them.", "en"),
            ("# Terms and conditions\n\nThe buyer pays. 附件一 附件二", "en"),
            (
                "# 条款\n\nThe buyer shall pay the price within ten days of the delivery, and shall not be released from it.",
                "en",
            ),
            ("# 声明 / Statement\n\n我们没有收到货，也没有退款。\n\nWe got neither the goods nor the refund.", "zh"),
            (
                "# Statement / 声明\n\nWe got neither the goods nor the refund.\n\n我们没有收到货，也没有收到退款。",
                "en",
            ),
            ("検察官は起訴した。", "ja"),
            ("平台使用的标语是「ありがとう」，我们没有收到回复，也没有收到退款。", "zh"),
            ("계약서 제3조 (契約)", "ko"),
            ("این کالا به دست ما نرسید و پول ما را هم پس ندادند و هیچ پاسخی نگرفتیم.", "fa"),
            ("Ми не отримали ні товару, ні грошей, які обіцяв повернути продавець у квітні.", "uk"),
            ("No hemos recibido ni la mercancía ni el reembolso que el vendedor nos prometió.", "es"),
            ("Δεν λάβαμε τα αγαθά.", "el"),
            ("สินค้าไม่มาถึง", "th"),
            ("हमें न तो सामान मिला और न ही पैसे वापस मिले जो विक्रेता ने देने का वादा किया था।", "hi"),
            ("---\ntitle: 卷宗\n---\n\n![](a.png)", "zh"),
            ("Forty pallets went missing overnight.", "en"),
            ("裁决书", "zh"),
        ] {
            assert_eq!(tag(text), expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_prose_has_no_language() {
        for text in ["", "IMG_2031", "![](a.png)", "1200.50 USD", "# Vorqualand Holdings", "```\ncode\n```", "---", "$"]
        {
            assert_eq!(language_of(text), None, "{text}");
        }
    }

    #[test]
    fn small_words_are_in_order() {
        assert!(SMALL_WORDS.is_sorted());
    }

    #[test]
    fn traditional_characters_are_told() {
        assert!(is_traditional("我們沒有收到貨，這個問題還沒有解決。"));
        assert!(!is_traditional("我们没有收到货，这个问题还没有解决。"));
    }
}
