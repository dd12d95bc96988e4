//! Numbers and names that identify something outside the case: addresses, codes, telephone numbers, wallets, orders.
//!
//! A false find sends somebody after the wrong thing, a missed one only has to be looked for. So what has no check digit
//! and no shape of its own is taken only where the words before it say what it is.

mod company;
mod network;
mod phone;
mod wallet;

use crate::language::lists::identifier::JOINERS;
use std::ops::Range;

use serde::Serialize;

use crate::language::identifier_lexicon::{Context, Contexts, IdentifierLexicon, Nearest};

/// How near the word must stand that says what a number is, in characters: room for a colon and 是.
const SAID: usize = 4;

/// How near a word must stand that says that a number is something else.
const DENIES: usize = 8;

/// How near a word must stand where the shape of the number says most.
const REACH: usize = 16;

/// How far is looked whether a number has digits enough, in bytes.
const MAX_NUMBER: usize = 100;

/// What something identifies. The order is that of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum IdentifierKind {
    /// An IP address, of version 4 or 6 (RFC 791, RFC 4291), or a network of them (RFC 4632).
    Ip,
    /// The name of a host.
    Host,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A unified social credit code (GB 32100-2015).
    Company,
    /// The address of a wallet.
    Wallet,
    /// The hash of a transaction.
    Transaction,
    /// The number of an order, where the author says that it is one.
    Order,
    /// The number by which a platform knows a client, where the author says that it is one.
    Client,
}

/// What a check digit or checksum says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// It is right.
    Right,
    /// It is wrong: the number was mistyped or made up.
    Wrong,
    /// There is none.
    None,
}

/// Something that was found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIdentifier {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it identifies.
    pub kind: IdentifierKind,
    /// What it is, written in one way.
    pub value: String,
    /// What its check digit says.
    pub check: Check,
}

/// Finds everything that identifies something in `text`. `before` is what stands before the text and says what it is
/// about: the heading of a column.
pub fn scan(text: &str, before: &str, words: &IdentifierLexicon) -> Vec<FoundIdentifier> {
    let contexts = Contexts::new(words, before, text);
    let mut scanner = Scanner { text, contexts, found: Vec::new() };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let opens = text.get(at..).is_some_and(|rest| rest.starts_with(['+', '(', '（']));
        let starts = bytes[at].is_ascii_alphanumeric() || opens;
        if !starts {
            at += 1;
            continue;
        }
        let end = end_of_word(bytes, at);
        // A word of letters alone identifies nothing, unless what follows makes it part of a name or a number.
        let tells = bytes[at..end].iter().any(u8::is_ascii_digit)
            || matches!(bytes.get(end), Some(b'.' | b':' | b'-' | b'_' | b'/'));
        let found = (tells || !bytes[at].is_ascii_alphanumeric()).then(|| scanner.at(at, end)).flatten();
        at = match found {
            Some(found) => {
                let end = found.range.end;
                scanner.found.push(found);
                end
            }
            None => end.max(at + 1),
        };
    }
    scanner.found
}

/// Whether text is the name of a host and nothing else.
pub(super) fn is_host(text: &str) -> bool {
    network::host(text, 0).is_some_and(|(end, _)| end == text.len())
}

/// One past the last letter or digit of the run that begins at `at`.
fn end_of_word(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count()
}

struct Scanner<'a> {
    text: &'a str,
    contexts: Contexts<'a>,
    found: Vec<FoundIdentifier>,
}

impl Scanner<'_> {
    /// What begins at byte `at`, whose first run of letters and digits ends at `end`.
    fn at(&self, at: usize, end: usize) -> Option<FoundIdentifier> {
        let text = self.text;
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '.' | '\\')) {
            return None;
        }
        let word = &text[at..end];
        let found = |kind, value: String, check, end| Some(FoundIdentifier { range: at..end, kind, value, check });
        if let Some((end, value, plain)) = network::ip(text, at) {
            // `2.10.6.1` is as often a version or a clause.
            let meant = !plain || self.context(at).is_some_and(|context| context.is(Context::Ip));
            return if meant { found(IdentifierKind::Ip, value, Check::None, end) } else { None };
        }
        if let Some((end, value)) = network::host(text, at) {
            return found(IdentifierKind::Host, value, Check::None, end);
        }
        if before == Some('-') || word.is_empty() {
            return self.phone(at);
        }
        let near =
            |wanted, most| self.context(at).is_some_and(|context| context.is(wanted) && context.distance <= most);
        let said = |wanted| near(wanted, SAID) && self.is_introduced(at);
        if let Some((value, check)) = wallet::address(word) {
            // Without a checksum that is right, only what nothing else looks like.
            let taken = check == Check::Right || word.starts_with("0x") || wallet::has_prefix(word);
            return if taken || said(Context::Wallet) {
                found(IdentifierKind::Wallet, value, check, end)
            } else {
                None
            };
        }
        if let Some(value) = wallet::transaction(word) {
            let taken = (word.starts_with("0x") && !near(Context::Sum, REACH)) || near(Context::Transaction, REACH);
            return if taken { found(IdentifierKind::Transaction, value, Check::None, end) } else { None };
        }
        // Most numbers are too short for anything.
        let rest = &text[at..text.floor_char_boundary(at.saturating_add(MAX_NUMBER))];
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | ' ' | '(' | ')');
        let number = &rest[..rest.find(|c| !allowed(c)).unwrap_or(rest.len())];
        if number.bytes().filter(u8::is_ascii_digit).count() < 4 {
            return None;
        }
        for (context, kind) in [(Context::Order, IdentifierKind::Order), (Context::Client, IdentifierKind::Client)] {
            if said(context) || self.continues(kind, at) {
                return self.numbered(at, kind);
            }
        }
        if phone::is_date(number) {
            return None;
        }
        if let Some(check) = company::check(word) {
            let sure = check == Check::Right && company::is_plausible(word);
            if sure || said(Context::Company) {
                return found(IdentifierKind::Company, word.to_uppercase(), check, end);
            }
        }
        self.phone(at)
    }

    fn phone(&self, at: usize) -> Option<FoundIdentifier> {
        let context = self.context(at);
        let said = context.is_some_and(|context| {
            context.is(Context::Phone) && context.distance <= phone::NEAR && self.is_introduced(at)
        }) || self.continues(IdentifierKind::Phone, at);
        // 货号, 部件号: the number of something that has no words here.
        let numbered = self.text[..at].trim_end().ends_with('号');
        let denied = context.is_some_and(|context| !context.is(Context::Phone) && context.distance <= DENIES);
        let denied = denied || (numbered && !said);
        let (end, value) = phone::read(self.text, at, said)?;
        (said || !denied).then_some(FoundIdentifier {
            range: at..end,
            kind: IdentifierKind::Phone,
            value,
            check: Check::None,
        })
    }

    /// The number of an order or client, right after the word that says so.
    fn numbered(&self, at: usize, kind: IdentifierKind) -> Option<FoundIdentifier> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
        let rest = &self.text[at..];
        let len = rest.find(|c| !allowed(c)).unwrap_or(rest.len());
        let number = rest[..len].trim_end_matches(['-', '_', '/']);
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let is_date = number.len() <= "2031-04-09".len() && phone::is_date(number);
        let decimal = rest[number.len()..].starts_with(['.', ',', ':'])
            && matches!(rest[number.len() + 1..].bytes().take_while(u8::is_ascii_digit).count(), 1..=3);
        let counts = phone::counts(&rest[number.len()..]);
        let taken = number.len() >= 5 && digits >= 4 && !is_date && !decimal && !counts;
        let range = at..at + number.len();
        taken.then(|| FoundIdentifier { range, kind, value: number.to_owned(), check: Check::None })
    }

    /// Whether only what joins a list stands between the last find, if it was of that kind, and `at`.
    fn continues(&self, kind: IdentifierKind, at: usize) -> bool {
        let last = self.found.last().filter(|found| found.kind == kind);
        let between = last.map(|found| self.text[found.range.end..at].trim());
        between.is_some_and(|between| matches!(between, "、" | "," | "，" | "；" | "/") || JOINERS.contains(&between))
    }

    /// Whether nothing but what introduces a number stands between it and the word that says what it is.
    fn is_introduced(&self, at: usize) -> bool {
        let distance = self.context(at).map_or(0, |context| context.distance);
        self.text[..at].chars().rev().take(distance).all(phone::may_introduce)
    }

    /// The nearest word before `at` that says what a number is.
    fn context(&self, at: usize) -> Option<Nearest> {
        self.contexts.nearest(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::built_in_languages;

    /// What is found in a text, as `kind value` or `kind value wrong`.
    fn found_in(text: &str) -> Vec<String> {
        found_below("", text)
    }

    fn found_below(heading: &str, text: &str) -> Vec<String> {
        let languages: Vec<_> = built_in_languages().collect();
        let words = IdentifierLexicon::new(&languages);
        let show = |found: FoundIdentifier| {
            let wrong = if found.check == Check::Wrong { " wrong" } else { "" };
            let kind = serde_json::to_value(found.kind).unwrap();
            format!("{} {}{wrong}", kind.as_str().unwrap(), found.value)
        };
        scan(text, heading, &words).into_iter().map(show).collect()
    }

    #[test]
    fn what_has_a_shape_of_its_own_is_found() {
        for (text, expected) in [
            ("服务器 203.0.113.47 和192.0.2.0/24。", vec!["ip 203.0.113.47", "ip 192.0.2.0/24"]),
            ("198.51.100.10:8080", vec!["ip 198.51.100.10"]),
            ("黑客登录受害人账户使用的 IP 是 203.0.113.48。", vec!["ip 203.0.113.48"]),
            ("端口 443 开在 198.51.100.27 上", vec!["ip 198.51.100.27"]),
            ("服务器 10.0.0.5", vec!["ip 10.0.0.5"]),
            ("2001:db8::1 及 2001:0DB8:0:0:0:0:0:2", vec!["ip 2001:db8::1", "ip 2001:db8::2"]),
            ("登录 law.vorqualand.example 查询", vec!["host law.vorqualand.example"]),
            ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", vec!["wallet 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"]),
            (
                "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                vec!["wallet 0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed wrong"],
            ),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", vec!["wallet 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]),
            ("地址1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", vec![]),
            ("钱包地址：1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", vec!["wallet 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb wrong"]),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", vec!["wallet bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"]),
            (
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                vec!["wallet bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5 wrong"],
            ),
        ] {
            assert_eq!(found_in(text), expected, "{text}");
        }
    }

    #[test]
    fn transactions_are_told_from_sums() {
        let hash = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";
        assert_eq!(found_in(&format!("交易哈希：{hash}")), [format!("transaction {hash}")]);
        assert_eq!(found_in(&format!("txid {hash}")), [format!("transaction {hash}")]);
        assert_eq!(found_in(&format!("转账 0x{hash}")), [format!("transaction 0x{hash}")]);
        assert_eq!(found_in(&format!("SHA-256：{hash}")), Vec::<String>::new());
        assert_eq!(found_in(&format!("私钥 0x{hash}")), Vec::<String>::new());
        assert_eq!(found_in(&format!("从该账户转出：0x{hash}")), [format!("transaction 0x{hash}")]);
        assert_eq!(found_in(hash), Vec::<String>::new());
    }

    #[test]
    fn telephone_numbers_are_found_where_they_are_clearly_meant() {
        for (text, value) in [
            ("电话：+44 20 7946 0958。", "+442079460958"),
            ("call +1 (202) 555-0143 now", "+12025550143"),
            ("手机号码是13800138000，", "+8613800138000"),
            ("拨打 +8613800138000", "+8613800138000"),
            ("Tel: 020 7946 0018", "02079460018"),
            ("联系电话 010-62345678 转 12", "010-62345678"),
            ("客服 400-810-1234", "400-810-1234"),
            ("138 0013 8000", "+8613800138000"),
            ("热线95588", "95588"),
            ("电话（0755）25550127", "0755-25550127"),
        ] {
            assert_eq!(found_in(text), [format!("phone {value}")], "{text}");
        }
        assert_eq!(found_below("联系电话", "13800138000"), ["phone +8613800138000"]);
        assert_eq!(found_below("电话次数", "1234567"), Vec::<String>::new());
        assert_eq!(found_in("手机：13800138011、13800138012"), ["phone +8613800138011", "phone +8613800138012"]);
    }

    #[test]
    fn numbers_that_look_like_telephone_numbers_and_are_none_are_left() {
        for text in [
            "13800138000",
            "区块高度 17123456789",
            "转出 13912345678 USDT",
            "手机 13912345678 元",
            "时间戳 1588888888888",
            "案号 021-20310409",
            "2031-04-09 10:40",
            "他打电话说：2031-04-09 到货",
            "UTC+08:00",
            "收益 +1036485.20",
            "电话里说金额是 157917.71",
            "账号 6222021234567890123",
            "QQ 1234567890",
            "电话 3 次，每次 10 分钟",
            "1,036,485.20",
            "phone 4, model 2031",
            "手机型号 2107119",
            "手机截图 1679334548.png",
            "会议 ID 138 0013 8000",
            "SHIB +15876543210",
            "+12 345 678 韩元",
            "热线排队 95001 人",
        ] {
            assert_eq!(found_in(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn codes_of_companies_are_verified() {
        for (text, expected) in [
            ("统一社会信用代码: 91350100M000100Y43", vec!["company 91350100M000100Y43"]),
            ("91350100M000100Y43", vec!["company 91350100M000100Y43"]),
            ("统一社会信用代码: 91350100M000100Y44", vec!["company 91350100M000100Y44 wrong"]),
            ("91350100M000100Y44", vec![]),
            ("身份证号 110101199003070011", vec![]),
            ("法定代表人（513425199003100019）", vec![]),
            ("推文 913512345678901022", vec![]),
            ("订单号 913501000001000043", vec!["order 913501000001000043"]),
        ] {
            assert_eq!(found_in(text), expected, "{text}");
        }
        assert_eq!(found_below("统一社会信用代码", "91990000MA0QY7K41B"), ["company 91990000MA0QY7K41B wrong"]);
    }

    #[test]
    fn orders_are_found_where_the_author_says_so() {
        for (text, expected) in [
            ("订单号 VQ-2031-040917，", vec!["order VQ-2031-040917"]),
            ("订单号：13800138000", vec!["order 13800138000"]),
            ("order no. AB-12345", vec!["order AB-12345"]),
            ("订单号 A-10001、A-10002 和 A-10003", vec!["order A-10001", "order A-10002", "order A-10003"]),
            ("订单号于 2031-04-09 生成", vec![]),
            ("订单号 2031-04-09", vec![]),
            ("他在电话里说订单号是 13912345678", vec!["order 13912345678"]),
            ("订单共 1200.50 元", vec![]),
            ("订单号：20230321014908123456", vec!["order 20230321014908123456"]),
            ("工单号 20230321-0001", vec!["order 20230321-0001"]),
            ("订单价格 28000", vec![]),
            ("an order of 50000 USDT", vec![]),
        ] {
            assert_eq!(found_in(text), expected, "{text}");
        }
    }

    #[test]
    fn clients_are_found_where_the_author_says_so() {
        for (text, expected) in [
            ("客户号：55667788", vec!["client 55667788"]),
            ("客户编号 KH-20310008，", vec!["client KH-20310008"]),
            ("UID：13912345678", vec!["client 13912345678"]),
            ("用户 ID 为 33445566", vec!["client 33445566"]),
            ("Client ID: 12349876.", vec!["client 12349876"]),
            ("customer no. CN-778899", vec!["client CN-778899"]),
            ("客户 30001 人", vec![]),
            ("客户号共 12345 个", vec![]),
            ("客户号 2031-05-04", vec![]),
            ("the client paid 12345", vec![]),
        ] {
            assert_eq!(found_in(text), expected, "{text}");
        }
        assert_eq!(found_below("客户号", "10023456"), ["client 10023456"]);
        assert_eq!(found_below("订单号", "70001,70002"), ["order 70001", "order 70002"]);
        assert_eq!(found_below("客户数", "10023456"), Vec::<String>::new());
    }

    #[test]
    fn versions_outlines_and_file_names_are_none() {
        for text in [
            "version 1.2.3.4",
            "版本 10.0.19.1",
            "v1.2.3.4",
            "Chrome/120.0.0.0",
            "1.2.3.4.5",
            "第 1.2.3.4 条",
            "OpenSSL 1.1.1.1",
            "23.3.21.1 凌晨",
            "AB:CD:EF:01:02:03:04:05:06:07:08:09:10:11:12:13:56:78:9a:bc",
            "00:1A:2B:FF:FE:3C:4D:5E",
            "System.Net",
            "logger.info",
            "com.example.vip",
            "256.1.1.1",
            "01:09:08",
            "timeline.md",
            "node.js",
            "ASP.NET",
            "e.g. this",
            "a.m.",
            "$1.com",
        ] {
            assert_eq!(found_in(text), Vec::<String>::new(), "{text}");
        }
    }
}
