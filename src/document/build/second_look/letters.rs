//! Asterisks between letters that are no emphasis: they stand for letters that were left out, or multiply.

use crate::language::lists::mask::{BEFORE_NAMES, DIVISIONS, FACTORS, INSTITUTIONS, SURNAMES};
use crate::language::script::is_cjk_letter;

/// Whether asterisks around `words` stand for letters that were left out: `上海**公司与北京**公司`, `浙江省**市**区`.
///
/// Before each stands a surname by itself, or right behind it what only ends a name, which no word begins with; or brackets
/// say more of both.
pub(super) fn are_left_out(before: &str, words: &str, after: &str) -> bool {
    let is_bracket = |text: &str| text.starts_with(['（', '(']);
    let is_cut = |name: &str, rest: &str| ends_with_surname(name) || begins_with_end_of_name(rest);
    let in_brackets = is_bracket(words) && is_bracket(after) && words.ends_with(is_cjk_letter);
    before.ends_with(char::is_alphanumeric)
        && (in_brackets || is_cut(before, words) && is_cut(words.trim_end_matches('*'), after))
}

/// Whether what opens an emphasis of `len` asterisks stands for letters of a name, and what closes it opens the next: `张**，男；` before
/// `**被申请人**`. By CommonMark's rules (section 6.2) the first can only close, for a letter stands before it and punctuation
/// behind it, and the second only open; or the second only opens, and the row that follows in the line closes it.
pub(super) fn is_behind_a_mask(before: &str, words: &str, after: &str, len: usize) -> bool {
    let is_letter = char::is_alphanumeric;
    let is_behind_comma = words.ends_with(['，', '、', '；', '。', '：', ',', ';']) && after.starts_with(is_letter);
    if !is_behind_comma || !before.ends_with(is_letter) {
        return false;
    }
    if !words.starts_with(is_letter) {
        return true;
    }
    let mark = "*".repeat(len);
    let line = after.split('\n').next().unwrap_or(after);
    let rows = line.matches(mark.as_str()).count()
        + before.rsplit('\n').next().map_or(0, |line| line.matches(mark.as_str()).count());
    rows % 2 == 1 && line.find(mark.as_str()).is_some_and(|at| line[..at].ends_with(is_letter))
}

/// Whether a name that was cut ends a text: a surname by itself, as behind 原告 or a comma, or 某.
fn ends_with_surname(text: &str) -> bool {
    let Some(rest) = text.strip_suffix(|c| SURNAMES.contains(c)) else { return text.ends_with('某') };
    !rest.ends_with(is_cjk_letter) || BEFORE_NAMES.iter().any(|word| rest.ends_with(word))
}

/// Whether asterisks around `words` multiply what has a value: `本金*利率*期限`.
pub(super) fn are_factors(before: &str, words: &str, after: &str) -> bool {
    let is_factor = |words: &str| FACTORS.iter().any(|factor| words.strip_suffix(factor).is_some_and(is_attribute));
    is_factor(words)
        && FACTORS.iter().any(|factor| before.ends_with(factor))
        && FACTORS.iter().any(|factor| {
            after.match_indices(factor).take(1).any(|(at, _)| at <= 6 && after[..at].chars().all(is_cjk_letter))
        })
}

/// Whether asterisks around `words` black something out: three of them stand before what only goes on with a sentence
/// (`密码：***，金额：***元`) or between two values or names (`账号：***和密码：***`, `原告***诉称：***未付款`), or one more than is closed, around no letter (`房号 **-***`).
/// In `***Note:*** …` they are type.
pub(super) fn are_blacked_out(before: &str, words: &str, after: &str) -> bool {
    let inner = words.trim_matches('*');
    let is_triple = words.starts_with("**") && words.ends_with("**");
    let goes_on = inner.starts_with(['，', '、', '。', '；', '：', '！', '？', ',', ';', ':', ')', '）']);
    let has_surplus = before.ends_with('*') || after.starts_with('*');
    let gives_value = ['：', ':', '（', '('];
    let is_between = before.trim_end().ends_with(gives_value) || after.starts_with(char::is_alphanumeric);
    let breaks_off = inner.ends_with(gives_value) && is_between;
    // What CommonMark reads as type anyway (section 6.2) is type: the rest stands for names in Chinese, `原告***诉称，***未付款`.
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (outer, behind) =
        (before.trim_end_matches('*').chars().next_back(), after.trim_start_matches('*').chars().next());
    let opens = inner.starts_with(char::is_alphanumeric) || !is_letter(outer);
    let closes = inner.ends_with(char::is_alphanumeric) || !is_letter(behind);
    let is_split = before.ends_with('*') && after.starts_with('*');
    if (is_triple || is_split) && !(opens && closes) {
        return true;
    }
    (is_triple && (goes_on || breaks_off)) || (has_surplus && !inner.contains(char::is_alphanumeric))
}

/// At most two letters before a factor: `年利率`, `实际天数`.
fn is_attribute(words: &str) -> bool {
    words.chars().count() < 3 && words.chars().all(is_cjk_letter)
}

fn begins_with_end_of_name(text: &str) -> bool {
    let ends_in_letter = |c: char| DIVISIONS.contains(c);
    let is_division = |rest: &str| {
        rest.strip_prefix(ends_in_letter).is_some_and(|rest| {
            rest.chars().next().is_none_or(|c| !c.is_alphabetic() || matches!(c, '某' | '×' | 'X' | 'x'))
        })
    };
    INSTITUTIONS.iter().any(|end| text.starts_with(end)) || is_division(text)
}

#[cfg(test)]
mod tests {
    use super::{are_blacked_out, are_factors, are_left_out};

    #[test]
    fn what_is_blacked_out_is_told_from_emphasis() {
        assert!(are_blacked_out("密码：", "**，金额：**", "元"));
        assert!(are_blacked_out("账号：", "**和密码：**", ""));
        assert!(are_blacked_out("原告", "**诉称：**", "于三月付款"));
        assert!(are_blacked_out("原告", "**诉称，**", "于三月付款"));
        assert!(are_blacked_out("客户*", "（电话", "*）投诉"));
        assert!(!are_blacked_out("这是", "**重点**", "内容"));
        assert!(!are_blacked_out("", "**Note:**", " text"));
        assert!(are_blacked_out("金额：", "**元；联系人：**", "（已隐去）"));
        assert!(are_blacked_out("房号 ", "-", "*，"));
        assert!(!are_blacked_out("", "**重点**", "。"));
        assert!(!are_blacked_out("", "甲", "*"));
        assert!(!are_blacked_out("", "「", "标题"));
    }

    /// The text around the first two rows of asterisks, and what is between.
    fn parts(text: &str) -> (&str, &str, &str) {
        let mut parts = text.splitn(3, ['*']).collect::<Vec<_>>();
        if text.contains("**") {
            parts = text.splitn(3, "**").collect();
        }
        (parts[0], parts[1], parts[2])
    }

    #[test]
    fn asterisks_in_names_that_were_cut_stand_for_letters() {
        for text in [
            "上海**公司与北京**公司",
            "X*公司与Y*公司",
            "浙江省**市**区",
            "海淀区**路12号**室",
            "由**法院移送**检察院",
            "某**镇**村村民",
            "赵**（女）、钱**（男）",
            "王某*（化名）与李某*（化名）",
            "某*公司与某*店",
            "原告张*三诉被告王*明",
            "原告张*三诉被告*公司",
            "张*三；被告：李*四",
        ] {
            let (before, words, after) = parts(text);
            let is_last_name = text.ends_with("村民");
            assert_eq!(are_left_out(before, words, after), !is_last_name, "{text}");
        }
        for text in [
            "这是**（重要）**说明",
            "他的主张*不成立*（见后）",
            "对方*不认可高*度",
            "我们**重点**强调",
            "在**区块链**市场",
            "该**公司**已注销",
            "把**公司章程**交给法院",
            "**公司**公司",
        ] {
            let (before, words, after) = parts(text);
            assert!(!are_left_out(before, words, after), "{text}");
        }
    }

    #[test]
    fn asterisks_between_factors_multiply() {
        for text in ["利息为本金*利率*期限", "本金*年利率*实际天数", "长*宽*高", "单价*数量*折扣比例"]
        {
            let (before, words, after) = parts(text);
            assert!(are_factors(before, words, after), "{text}");
        }
        for text in ["按*利率*计算", "这是*重点*内容", "利率*浮动*期限", "本金*已经归还的金额*不算利息"]
        {
            let (before, words, after) = parts(text);
            assert!(!are_factors(before, words, after), "{text}");
        }
    }
}
