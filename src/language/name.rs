//! What languages are called: by themselves, and in the names of files and folders.

use super::is_tag;

/// What languages call themselves, by tag: those of BCP 47 with a script or region before the language alone.
const OWN_NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("bo", "བོད་སྐད་"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ka", "ქართული"),
    ("kk", "Қазақ тілі"),
    ("km", "ខ្មែរ"),
    ("ko", "한국어"),
    ("lo", "ລາວ"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("mn", "Монгол"),
    ("ms", "Bahasa Melayu"),
    ("my", "မြန်မာ"),
    ("nb", "Norsk bokmål"),
    ("ne", "नेपाली"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt-br", "Português (Brasil)"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("si", "සිංහල"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("ug", "ئۇيغۇرچە"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("yue", "粵語"),
    ("zh-cn", "简体中文"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("zh-hk", "繁體中文（香港）"),
    ("zh-mo", "繁體中文（澳門）"),
    ("zh-sg", "简体中文（新加坡）"),
    ("zh-tw", "繁體中文（台灣）"),
    ("zh", "中文"),
];

/// The shortest forms of names that are not the letters of the tag.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("ja", "日"),
    ("ko", "한"),
    ("zh-cn", "简"),
    ("zh-hans", "简"),
    ("zh-hant", "繁"),
    ("zh-hk", "繁"),
    ("zh-mo", "繁"),
    ("zh-sg", "简"),
    ("zh-tw", "繁"),
    ("zh", "中"),
];

/// What people call a language in the names of files and folders, beside its tag.
const CALLED: &[(&str, &[&str])] = &[
    ("zh", &["cn", "chn", "chinese", "mandarin", "zhongwen", "中文", "中文版", "汉语", "漢語", "中文译本"]),
    ("zh-hans", &["chs", "简体", "简体中文", "简体版", "简中"]),
    ("zh-hant", &["cht", "tw", "hk", "繁体", "繁體", "繁体中文", "繁體中文", "正體中文", "繁體版", "繁体版", "繁中"]),
    ("en", &["eng", "english", "yingwen", "英文", "英文版", "英语", "英語", "英译", "英譯", "英译本", "英文译本"]),
    ("ja", &["jp", "jpn", "japanese", "日文", "日文版", "日语", "日語", "日本語", "日本語版"]),
    ("ko", &["kr", "kor", "korean", "韩文", "韓文", "韩语", "한국어", "한글"]),
    ("ar", &["ara", "arabic", "阿拉伯文", "阿拉伯语", "العربية"]),
    ("fr", &["french", "francais", "français", "法文", "法语"]),
    ("de", &["german", "deutsch", "德文", "德语"]),
    ("es", &["spanish", "espanol", "español", "西班牙文", "西班牙语"]),
    ("ru", &["russian", "俄文", "俄语", "русский"]),
    ("pt", &["portuguese", "葡萄牙文", "葡萄牙语"]),
    ("it", &["italian"]),
    ("uk", &["ua", "ukrainian"]),
    ("vi", &["vn", "vietnamese", "越南文", "越南语"]),
    ("th", &["thai", "泰文", "泰语"]),
];

/// What the language of a tag calls itself, as far as it is known.
pub fn own_name(tag: &str) -> Option<&'static str> {
    lookup(OWN_NAMES, tag)
}

/// The shortest form of that.
pub fn short_name(tag: &str) -> String {
    let letters = || tag.split('-').next().unwrap_or(tag).to_ascii_uppercase();
    lookup(SHORT_NAMES, tag).map_or_else(letters, str::to_owned)
}

/// The entry of a tag, or of what it begins with: `zh-hant-tw` is `zh-hant`.
fn lookup(table: &[(&str, &'static str)], tag: &str) -> Option<&'static str> {
    let mut tag = tag;
    loop {
        if let Some((_, name)) = table.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag)) {
            return Some(name);
        }
        tag = tag.rsplit_once('-')?.0;
    }
}

/// The language that people mean by a word in the name of a file or folder: its tag in lower case, where that is no tag.
pub fn called(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    CALLED.iter().find_map(|&(tag, words)| words.contains(&word.as_str()).then_some(tag))
}

/// A name cut into what it names and the tag of the language that it says: `README_EN`, `notice.zh_CN`, `陈述（英文版）`,
/// `en-notice`. Whether the word is one or belongs to the name, as in `what-it-is`, only the text can tell.
pub fn split(name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut add = |base: &str, word: &str| {
        let base = base.trim_end_matches(is_joint).trim_start_matches(is_joint);
        let word = word.trim_matches(is_joint).replace(['_', ' '], "-");
        let tag = called(&word).map(str::to_owned).or_else(|| is_tag(&word).then(|| word.to_ascii_lowercase()));
        if let Some(tag) = tag.filter(|_| !base.is_empty()) {
            found.push((base.to_owned(), tag));
        }
    };
    for (at, joint) in name.match_indices(is_joint) {
        add(&name[..at], &name[at + joint.len()..]);
    }
    for (at, joint) in name.rmatch_indices(is_joint) {
        add(&name[at + joint.len()..], &name[..at]);
    }
    // Chinese needs nothing in between.
    for word in CALLED.iter().flat_map(|(_, words)| *words).filter(|word| !word.is_ascii()) {
        if let Some(base) = name.strip_suffix(word) {
            add(base, word);
        }
    }
    found
}

/// What stands between a name and its language.
fn is_joint(c: char) -> bool {
    matches!(c, '.' | '_' | '-' | ' ' | '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_in_their_own_words() {
        for (tag, name, short) in [
            ("zh", "中文", "中"),
            ("zh-hans", "简体中文", "简"),
            ("zh-Hant", "繁體中文", "繁"),
            ("zh-hant-hk", "繁體中文", "繁"),
            ("ja", "日本語", "日"),
            ("ko", "한국어", "한"),
            ("ar", "العربية", "AR"),
            ("fr-CA", "Français", "FR"),
        ] {
            assert_eq!((own_name(tag), short_name(tag).as_str()), (Some(name), short), "{tag}");
        }
        assert_eq!(own_name("tlh"), None);
    }

    #[test]
    fn names_of_files_say_their_language_in_many_ways() {
        for (name, base, tag) in [
            ("README_EN", "README", "en"),
            ("README-zh-Hans", "README", "zh-hans"),
            ("notice.zh_CN", "notice", "zh-cn"),
            ("notice.en", "notice", "en"),
            ("report-2031-cn", "report-2031", "zh"),
            ("陈述（英文版）", "陈述", "en"),
            ("陈述英文版", "陈述", "en"),
            ("Statement (Chinese)", "Statement", "zh"),
            ("en-notice", "notice", "en"),
            ("[JP] notice", "notice", "ja"),
            ("what-it-is", "what-it", "is"),
        ] {
            assert!(split(name).contains(&(base.to_owned(), tag.to_owned())), "{name}: {:?}", split(name));
        }
        for name in ["README", "notice-2", "英文", "en", "EN.", "appendix-1"] {
            assert_eq!(split(name), [], "{name}");
        }
    }
}
