//! Where somebody lives: a Chinese address down to the door, or one behind a word such as 住址.

use super::{PrivateKind, PrivateText};
use crate::language::chinese::{STEMS, is_numeral};
use crate::language::lists::address::{
    BUSINESS, COUNTS, DAY_SIGNS, DOOR_SIGNS, ENDS, FORMS_OF_ADDRESS, HOME, INTRODUCING, MANY, NAMED_STREETS,
    OF_BUSINESS, OPENING, REGIONS, STREETS, UNIT_SIGNS,
};

/// How far before an address such a word may stand, in characters.
const OF_REACH: usize = 30;

/// How far an address reaches before its last sign, and behind it, in characters.
const BEFORE: usize = 48;
const BEHIND: usize = 24;

/// The addresses in a text.
pub(super) struct Addresses<'a> {
    text: &'a str,
    pub(super) found: Vec<PrivateText>,
}

impl<'a> Addresses<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// Takes the address at one of whose numbers, which ends at byte `at`, this may be; numbers come in their order.
    pub(super) fn add(&mut self, at: usize) {
        let is_new = self.found.last().is_none_or(|last| last.range.end <= at);
        let rest = &self.text[at..];
        if is_new && ENDS.iter().any(|end| rest.starts_with(end)) && !counts_people(rest) {
            self.found.extend(around(self.text, at));
        }
    }
}

/// Whether a number of households goes on with one of people: `14户22人`, `3689户、8012人`.
fn counts_people(rest: &str) -> bool {
    let Some(number) = rest.strip_prefix('户').map(|rest| rest.trim_start_matches(['、', '，', ' ', '共'])) else {
        return false;
    };
    let unit = number.trim_start_matches(is_count);
    unit.len() < number.len() && unit.trim_start_matches(['余', '多']).starts_with(['人', '口', '名'])
}

/// Whether a character may count houses and doors.
fn is_count(c: char) -> bool {
    c.is_ascii_digit() || c.is_ascii_uppercase() || is_chinese_count(c)
}

fn is_chinese_count(c: char) -> bool {
    is_numeral(c) || STEMS.contains(c)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '－' | '—' | '#' | '·' | '/' | '之' | ' ' | '(' | ')' | '（' | '）')
}

/// The address at one of whose signs byte `at` stands.
fn around(text: &str, at: usize) -> Option<PrivateText> {
    let mut start = at;
    for (left, c) in text[..at].char_indices().rev().take(BEFORE) {
        if !is_part(c) {
            break;
        }
        start = left;
    }
    let end = text[at..].char_indices().take(BEHIND).find(|(_, c)| !is_part(*c)).map_or_else(
        || text[at..].char_indices().nth(BEHIND).map_or(text.len(), |(right, _)| at + right),
        |(right, _)| at + right,
    );
    let run = &text[start..end];
    // The word that says so may stand in the run itself, or before it and a colon.
    let lead_start = text[..start].char_indices().rev().nth(9).map_or(0, |(left, _)| left);
    let lead = text[lead_start..start].rsplit(['。', '；', '\n']).next().unwrap_or("");
    let home_in = HOME
        .iter()
        .filter_map(|word| run.find(word).map(|found| found + word.len()))
        .filter(|&from| start + from <= at)
        .max();
    let home_before = HOME.iter().any(|word| {
        lead.rfind(word).is_some_and(|found| {
            lead[found + word.len()..].chars().all(|c| !c.is_alphanumeric() || INTRODUCING.contains(c))
        })
    });
    let is_home = home_in.is_some() || home_before;
    let from = start + home_in.unwrap_or(0);
    let address = text[from..end].trim_start_matches(|c: char| !c.is_alphanumeric() || OPENING.contains(c));
    let from = end - address.len();
    let door = doors(address);
    let last = door.iter().map(|door| door.end).max()?;
    let body = &address[..last];
    let has_region = REGIONS.iter().any(|word| body.find(word).is_some_and(|at| at > 0));
    let has_street = STREETS.iter().any(|word| body.find(word).is_some_and(|at| at > 0));
    let has_unit = door.iter().any(|door| door.is_unit);
    let rest = &address[last..];
    let behind = &rest[..rest.char_indices().nth(BEHIND).map_or(rest.len(), |(at, _)| at)];
    let is_business = || {
        let line = text[..from].rsplit('\n').next().unwrap_or("");
        let near = line.char_indices().rev().nth(OF_REACH).map_or(0, |(at, _)| at);
        // A street or a district may be named for what stands there: 科技路, 工业园区星湖街.
        let streets = NAMED_STREETS.iter().filter_map(|word| Some(body.rfind(word).filter(|at| *at > 0)? + word.len()));
        let at_street = &body[streets.max().unwrap_or(0)..];
        let before = &body[..REGIONS.iter().filter_map(|word| body.find(word)).min().unwrap_or(0)];
        let to_person = FORMS_OF_ADDRESS.iter().any(|word| behind.contains(word));
        BUSINESS.iter().any(|word| [before, at_street, behind].iter().any(|part| part.contains(word)))
            || OF_BUSINESS.iter().any(|word| line[near..].contains(word) && !(to_person && word.starts_with('寄')))
    };
    let fits = if is_home {
        has_street || has_unit && has_region
    } else {
        has_unit && has_region && door.len() + usize::from(has_street) >= 2 && has_named_region(body) && !is_business()
    };
    let body = body.trim_end();
    fits.then(|| {
        let value = body.chars().filter(|c| c.is_alphanumeric()).collect();
        PrivateText { kind: PrivateKind::Address, range: from..from + body.len(), value }
    })
}

/// A number of a house or a door in an address, and one past its sign.
struct Door {
    end: usize,
    /// Whether it is one within a house.
    is_unit: bool,
}

/// The numbers of houses and doors in an address, in order.
fn doors(address: &str) -> Vec<Door> {
    let mut found = Vec::new();
    for (at, _) in address.char_indices() {
        if !address[..at].ends_with(is_count) {
            continue;
        }
        let is_at = |sign: &&&str| address[at..].starts_with(**sign);
        let signs = UNIT_SIGNS.iter().map(|sign| (sign, true)).chain(DOOR_SIGNS.iter().map(|sign| (sign, false)));
        if let Some((sign, is_unit)) = signs.filter(|(sign, _)| is_at(sign)).max_by_key(|(sign, _)| sign.len()) {
            // 号 of a day, 户 of many.
            let is_day = DAY_SIGNS.contains(sign)
                && address[..at].trim_end_matches(|c: char| c.is_ascii_digit()).ends_with('月');
            // 五户, 共12栋.
            let counted = address[..at].trim_end_matches(|c: char| c.is_ascii_digit());
            let is_many = MANY.contains(sign)
                && (counted.ends_with(is_chinese_count) && counted.len() == at
                    || counted.ends_with(|c| COUNTS.contains(c)));
            if !is_day && !is_many {
                found.push(Door { end: at + sign.len(), is_unit });
            }
        }
    }
    // `3-2-501` behind a number of a house is a door without a sign.
    let last = found.last().map_or(0, |door| door.end);
    let tail: String = address[last..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '－')).collect();
    let parts: Vec<&str> = tail.split(['-', '－']).filter(|part| !part.is_empty()).collect();
    if last > 0 && (parts.len() >= 2 || parts.first().is_some_and(|part| (3..=4).contains(&part.len()))) {
        found.push(Door { end: last + tail.len(), is_unit: true });
    }
    found
}

/// Whether a region is named, not merely mentioned: 某市 is, 市 alone is none.
fn has_named_region(body: &str) -> bool {
    REGIONS.iter().any(|word| {
        body.match_indices(word).any(|(at, _)| body[..at].chars().rev().take_while(|c| !c.is_ascii()).count() >= 1)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::demand;
    use super::super::*;

    fn all(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn where_somebody_lives_is_found() {
        demand(
            PrivateKind::Address,
            &all(&[
                "住址⟦某市某路1号201室⟧。",
                "住址：⟦某市某区某路12号⟧",
                "家庭住址：⟦某省某市某区某街道某路5号3栋2单元501室⟧",
                "我住在⟦某市某区某路8号院3号楼1单元302室⟧，",
                "户籍地：⟦某省某县某镇某村3组12号⟧",
                "现住⟦某区某小区5栋1203室⟧",
                "收货地址：⟦某市某区某街9号2-301⟧",
                "⟦某省某市某区某路12号5栋601室⟧",
                "甲，⟦某市某区某路12弄3号402室⟧，",
                "⟦某市某区某花园3栋2单元1501室⟧",
                "⟦某市某县某路6号7幢8单元901⟧",
                "⟦某市某区某路100号某小区2号楼3单元1004室⟧",
                "| 甲 | ⟦某市某区某路12号5栋601室⟧ |",
                "住址：**⟦某市某路1号⟧**",
                "家住⟦某镇某村18号⟧",
                "⟦某市某区某路１２号３０１室⟧",
                "经常居住地⟦某市某区某大道66号3栋101室⟧",
                "身份证地址：⟦某省某市某乡某村2组⟧",
                "⟦北某市某区某胡同5号院2号楼3单元4号房⟧",
                "住址 ⟦某市某区某里3号楼4门5室⟧",
                "暂住⟦某市某区某村25号302⟧房",
                "我家在⟦某区某苑6幢201室⟧",
                "⟦邮寄到某市某区某路3号1栋1单元101室⟧",
                "现居住地：⟦某市某区某路9号⟧",
                "居住地址为⟦某市某区某路9号10室⟧",
                "户籍所在地：⟦某市某区某街3号⟧",
                "张某，住⟦某市某区某路12号5栋601室⟧",
                "送达地址：⟦某市某区某新村5幢302室⟧",
                "常住地址：⟦某市某区某路35号增1号⟧",
                "住在⟦某区某公寓A座1205室⟧",
                "⟦某省某市某区科技路12号3栋502室⟧。",
                "寄到：⟦某省某市工业园区某街328号3栋502室⟧ 王先生收",
                "地址：⟦某市某区某路94号某村12楼3门401⟧",
            ]),
        );
    }

    #[test]
    fn offices_authorities_places_and_days_are_left_alone() {
        demand(
            PrivateKind::Address,
            &all(&[
                "某市公安局某派出所（某路1号）",
                "某市某镇某村一组村民14户22人",
                "某市某小区业主3689户、8012人",
                "某市某区某路1号某派出所",
                "某市某区某路12号",
                "某公司位于某市某区某路88号某大厦1203室",
                "某市某区某路88号某广场A座1203室",
                "某市某区人民法院第3法庭2号楼101室",
                "公司注册地：某市某区某路8号3栋201室",
                "某市某区某科技园3栋501室",
                "某市某区某路1号某写字楼5层501室",
                "某市某区劳动仲裁委员会，某路9号3号楼101室",
                "5月4日某市某区有3户人家",
                "某市某区某小区共12栋",
                "第1号文件第2号附件",
                "2031年5月4号",
                "会议室3号",
                "某省某市工业园区某街328号某产业园3栋502室",
                "寄到：某市某区某路3号2栋101室 某局收",
                "某市三院12号楼住院部",
                "证据3号",
                "快递放在1号柜",
                "某某路",
                "某市12室",
                "101室",
                "3栋2单元501室",
                "某市有101室",
                "某大学3号楼201教室",
                "寄至：某市某区某路100号717室某局",
                "某市某区某路1号某酒店1203室",
                "某市某区某工业区3栋201室",
                "订单号：某市3号",
                "乡里的五户",
                "市区12号线3号口",
                "某银行某支行（某市某区某路3号1室）",
            ]),
        );
    }
}
