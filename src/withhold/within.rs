//! Names that stand where they may be a part of something else: 王明 in 王明珠, 张三 in 主张三项, Victoria in Victorian.
//!
//! Nothing tells for certain. A name is withheld wherever its letters stand, and where it looks like a part the author is told.

use std::ops::Range;

use crate::language::alphabet::is_unspaced;

/// Characters that end given names, and begin few words that stand behind a name.
const GIVEN: &str = "珠华芳英丽娟涛敏静燕玲桂兰秀珍玉梅凤琴云芬香莲春花萍荣琳晶莹雪婷佳欣怡悦瑶琪颖洁慧娜倩雯博浩宇轩泽晨辰俊豪鹏飞龙辉斌超勇刚毅峰\
                     岭森松柏宁康泰福禄寿喜贵仁义礼智忠孝贤良恭温祥瑞庆勋坤钧涵彤萱妍媛姝蕾薇菲蓉芸芝菊艳霞虹彬彪彰杰强伟磊鑫铭锋钢凯";

/// What stands before a surname and makes a word with it.
const BEFORE: &[(char, &str)] = &[
    ('张', "主夸紧开扩慌纸"),
    ('王', "国大霸帝女称亲"),
    ('林', "森树园山竹农造"),
    ('马', "人白骑斑罗戏兵"),
    ('高', "提崇最很更较升增过"),
    ('金', "资现黄基奖罚租押本佣定酬薪税美"),
    ('何', "如任为几有无"),
    ('于', "关由对等属位至终处基用限"),
    ('方', "对双乙甲丙地警官我他校资厂各买卖卖家"),
    ('周', "一上下每本四两"),
    ('钱', "金付要花还交借转收"),
    ('程', "过工里流课章全"),
    ('段', "阶手片"),
    ('史', "历"),
    ('安', "公治保"),
    ('常', "非经正日通平时"),
    ('文', "中英原全条论"),
    ('温', "体气"),
    ('包', "红书承钱"),
    ('路', "道公铁网马"),
    ('车', "汽火货客"),
    ('明', "说证表声注查"),
    ('边', "一两旁身"),
    ('关', "有相机海"),
    ('计', "会估共合总"),
    ('管', "保主监"),
    ('易', "交贸容"),
    ('应', "反对相"),
    ('单', "订简账名清"),
    ('华', "中"),
    ('成', "完造达"),
    ('时', "同当及小"),
    ('水', "用饮"),
    ('石', "钻"),
    ('田', "农"),
    ('江', "长"),
    ('白', "明表空"),
    ('解', "了理"),
    ('项', "事款各"),
];

/// The longest name in Chinese that is taken for a surname and one character more.
const SHORT: usize = 2;

/// Whether the name at `range` of `text`, which withholds `name`, may be a part of a longer name or word, or a word in small
/// letters that a name is written like.
pub(super) fn is_part(text: &str, range: &Range<usize>, name: &str) -> bool {
    let written = &text[range.clone()];
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let (Some(first), Some(last)) = (written.chars().next(), written.chars().next_back()) else { return false };
    let is_latin = |c: char| c.is_alphabetic() && !is_unspaced(c);
    let goes_on = |a: Option<char>, b: char| a.is_some_and(is_latin) && is_latin(b);
    if goes_on(before, first) || goes_on(after, last) {
        return true;
    }
    if written.chars().all(is_latin) {
        // Rose, and prices rose.
        return name.starts_with(char::is_uppercase) && written.chars().all(char::is_lowercase);
    }
    if !is_unspaced(first) {
        return false;
    }
    let makes_word =
        before.is_some_and(|before| BEFORE.iter().any(|(surname, words)| *surname == first && words.contains(before)));
    makes_word || (written.chars().count() == SHORT && after.is_some_and(|after| GIVEN.contains(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_part_is_told_apart_from_the_name() {
        for (name, text, expected) in [
            ("王明", "⟦王明⟧珠说", true),
            ("张三", "原告主⟦张三⟧项", true),
            ("Victoria", "⟦Victoria⟧n houses", true),
            ("Rose", "prices ⟦rose⟧", true),
            ("王明", "⟦王明⟧说", false),
            ("王明", "与⟦王明⟧起诉", false),
            ("林晓芸", "⟦林晓芸⟧香", false),
            ("Rose", "⟦Rose⟧ said", false),
            ("rose", "a ⟦rose⟧", false),
            ("Ann Lee", "⟦ann lee⟧", false),
            ("1384", "x⟦1384⟧", false),
        ] {
            let start = text.find('⟦').unwrap();
            let plain = text.replace(['⟦', '⟧'], "");
            let range = start..text.find('⟧').unwrap() - '⟦'.len_utf8();
            assert_eq!(is_part(&plain, &range, name), expected, "{text}");
        }
    }
}
