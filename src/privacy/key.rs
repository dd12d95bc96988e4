//! Keys to money and to machines: those that say what they are, and those whose checksum does.

use super::context::Context;
use super::signs::Signs;
use super::{PrivateKind, PrivateText};
use crate::language::lists::privacy::{KEY_FILLERS, KEYS};
use crate::sha256::Sha256;

/// What the first line of a key in armour has, and the first line of a key of PuTTY.
pub(super) const ARMOUR: &[&str] = &["PRIVATE KEY", "PuTTY-User-Key-File-"];

/// How much may stand between such a word and the digits, in bytes: a colon, brackets, the end of a line.
const BETWEEN: usize = 40;

/// The version bytes of extended private keys (BIP 32, SLIP 132): xprv, yprv, zprv, Yprv, Zprv, tprv, uprv, vprv.
const EXTENDED: &[[u8; 4]] = &[
    [0x04, 0x88, 0xad, 0xe4],
    [0x04, 0x9d, 0x78, 0x78],
    [0x04, 0xb2, 0x43, 0x0c],
    [0x02, 0x95, 0xb0, 0x05],
    [0x02, 0xaa, 0x7a, 0x99],
    [0x04, 0x35, 0x83, 0x94],
    [0x04, 0x4a, 0x4e, 0x28],
    [0x04, 0x5f, 0x18, 0xbc],
];

/// The version bytes of a private key in wallet import format: Bitcoin, its test network, Litecoin, Dogecoin, Dash.
const WALLET: &[u8] = &[0x80, 0xef, 0xb0, 0x9e, 0xcc];

/// Finds keys.
pub(super) fn scan(context: &Context<'_>, signs: &Signs) -> Vec<PrivateText> {
    let text = context.text;
    let mut found: Vec<PrivateText> = signs.armour.iter().filter_map(|&at| in_armour(text, at)).collect();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Words shorter than any key are passed over by their length: look where the shortest would end.
        let Some(&ahead) = bytes.get(at + SHORTEST - 1) else { break };
        if !ahead.is_ascii_alphanumeric() {
            at += SHORTEST;
            continue;
        }
        let back = bytes[at..at + SHORTEST].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let start = at + SHORTEST - back;
        let end = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if end - start >= SHORTEST && is_key(context, start, end) {
            found.push(PrivateText { kind: PrivateKind::Key, range: start..end, value: text[start..end].to_owned() });
        }
        at = end.max(at + 1);
    }
    found
}

/// How much stands at most between the first line of a key of PuTTY and its secret, in bytes.
const MAX_ARMOUR: usize = 16_384;

/// The length of the shortest key, in letters: one in wallet import format.
const SHORTEST: usize = 51;

fn is_key(context: &Context<'_>, start: usize, end: usize) -> bool {
    let word = &context.text[start..end];
    match word.len() {
        51 | 52 if word.starts_with(['5', 'K', 'L', '9', 'c', '6', 'T', 'Q', '7', 'X']) => is_wallet_import(word),
        111 => extended(word),
        64 | 66 => is_named(context.text, start, word),
        74 => word.starts_with("AGE") || word.starts_with("age"),
        _ => false,
    }
}

/// Base58Check without its sum; none if the sum is wrong.
fn checked(word: &str) -> Option<Vec<u8>> {
    let mut bytes = bs58::decode(word).into_vec().ok()?;
    let sum = bytes.split_off(bytes.len().checked_sub(4)?);
    let twice = Sha256::of(Sha256::of(&bytes).as_bytes());
    (twice.as_bytes()[..4] == sum[..]).then_some(bytes)
}

fn is_wallet_import(word: &str) -> bool {
    checked(word).is_some_and(|bytes| WALLET.contains(&bytes[0]) && matches!(bytes.len(), 33 | 34))
}

fn extended(word: &str) -> bool {
    word.get(1..4).is_some_and(|mark| mark == "prv")
        && checked(word)
            .is_some_and(|bytes| bytes.len() == 78 && EXTENDED.iter().any(|version| bytes.starts_with(version)))
}

/// Whether 64 hexadecimal digits stand right behind a word that makes them a key.
fn is_named(text: &str, start: usize, word: &str) -> bool {
    let digits = if word.len() == 66 { word.strip_prefix("0x").unwrap_or("") } else { word };
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    let from = text.floor_char_boundary(start.saturating_sub(BETWEEN));
    let before = text[from..start].to_lowercase();
    KEYS.iter().any(|name| {
        before.rfind(name).is_some_and(|at| {
            let between = before[at + name.len()..].trim_start_matches(['s', '"', '\'']);
            let said = KEY_FILLERS.iter().fold(between.to_owned(), |said, word| said.replace(word, ""));
            !said.contains(|c: char| c.is_alphanumeric())
        })
    })
}

/// The private key in armour at whose sign byte `at` stands: what follows the sign must be there.
fn in_armour(text: &str, at: usize) -> Option<PrivateText> {
    if text[at..].starts_with("PuTTY") {
        let key = &text[at..text.floor_char_boundary(at.saturating_add(MAX_ARMOUR))];
        let end = key.find("Private-Lines:")?;
        return Some(PrivateText { kind: PrivateKind::Key, range: at..at + end, value: key[..end].to_owned() });
    }
    let start = text[..at].rfind("-----BEGIN ").filter(|start| at - start < 40)?;
    let rest = text[at..].strip_prefix("PRIVATE KEY")?;
    let rest = rest.strip_prefix(" BLOCK").unwrap_or(rest).strip_prefix("-----")?;
    // A page that only tells how a key looks says `…` here.
    let body: String = rest.chars().filter(|c| !c.is_whitespace()).take(24).collect();
    let body = body.strip_prefix("\\n").unwrap_or(&body);
    let is_there = body.len() >= 16 && body.chars().all(|c| c.is_ascii_alphanumeric() || "+/=-:,\\".contains(c));
    let end = text.len() - rest.len();
    is_there.then(|| PrivateText { kind: PrivateKind::Key, range: start..end, value: text[start..end].to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::demand;
    use super::*;

    /// Base58Check of `payload`: keys of nothing but ones, which are nobody's.
    fn base58(payload: &[u8]) -> String {
        let twice = Sha256::of(Sha256::of(payload).as_bytes());
        bs58::encode([payload, &twice.as_bytes()[..4]].concat()).into_string()
    }

    fn wallet(version: u8, compressed: bool) -> String {
        let mut payload = vec![version];
        payload.extend([1; 32]);
        payload.extend(compressed.then_some(1));
        base58(&payload)
    }

    fn extended(version: [u8; 4]) -> String {
        let mut payload = version.to_vec();
        payload.extend([1; 74]);
        base58(&payload)
    }

    const HEX: &str = "0101010101010101010101010101010101010101010101010101010101010101";

    #[test]
    fn keys_are_found_by_their_armour_their_checksum_or_their_name() {
        let (long, short, test) = (wallet(0x80, false), wallet(0x80, true), wallet(0xef, true));
        let (xprv, tprv, zprv) = (extended(EXTENDED[0]), extended(EXTENDED[5]), extended(EXTENDED[2]));
        let body = "Qk".repeat(32);
        let armour =
            |name: &str| format!("⟦-----BEGIN {name}PRIVATE KEY-----⟧\n{body}\n-----END {name}PRIVATE KEY-----");
        demand(
            PrivateKind::Key,
            &[
                armour(""),
                armour("RSA "),
                armour("EC "),
                armour("OPENSSH "),
                armour("ENCRYPTED "),
                armour("DSA "),
                format!("```\n{}\n```", armour("")),
                format!("⟦-----BEGIN PGP PRIVATE KEY BLOCK-----⟧\n\n{body}"),
                format!("\"⟦-----BEGIN PRIVATE KEY-----⟧\\n{body}\\n\""),
                format!("⟦PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n⟧Private-Lines: 1\n{body}"),
                format!("⟦{long}⟧"),
                format!("私钥 ⟦{short}⟧。"),
                format!("`⟦{test}⟧`"),
                format!("⟦{xprv}⟧"),
                format!("⟦{tprv}⟧"),
                format!("钱包：⟦{zprv}⟧"),
                format!("私钥：⟦{HEX}⟧"),
                format!("私钥⟦{HEX}⟧"),
                format!("私钥是 ⟦0x{HEX}⟧"),
                format!("**私钥**：`⟦{HEX}⟧`"),
                format!("私钥（hex）：⟦{HEX}⟧"),
                format!("private key: ⟦{HEX}⟧"),
                format!("Private key is ⟦{HEX}⟧"),
                format!("PRIVATE_KEY=⟦{HEX}⟧"),
                format!("privateKey: \"⟦0x{HEX}⟧\""),
                format!("私鑰「⟦{HEX}⟧」"),
                format!("私钥：\n\n```\n⟦{HEX}⟧\n```"),
                format!("密钥为⟦{HEX}⟧"),
                format!("secret key\n⟦{HEX}⟧"),
                format!("a ⟦{long}⟧ b ⟦{xprv}⟧"),
            ],
        );
    }

    #[test]
    fn hashes_addresses_public_keys_and_talk_of_keys_are_left_alone() {
        let spoilt = |key: String| {
            let last = if key.ends_with('1') { "2" } else { "1" };
            format!("{}{last}", &key[..key.len() - 1])
        };
        let public = base58(&[&[0x04, 0x88, 0xb2, 0x1e][..], &[1; 74]].concat());
        demand(
            PrivateKind::Key,
            &[
                HEX.to_owned(),
                format!("0x{HEX}"),
                format!("交易哈希：{HEX}"),
                format!("SHA-256 {HEX}"),
                format!("公钥：{HEX}"),
                format!("public key: {HEX}"),
                format!("他偷了私钥，交易 {HEX}"),
                format!("私钥泄露后的转账：{HEX}"),
                format!("private key was used in {HEX}"),
                format!("私钥：{}", &HEX[1..]),
                format!("私钥：{HEX}0"),
                format!("私钥：{}g", &HEX[1..]),
                spoilt(wallet(0x80, false)),
                spoilt(wallet(0x80, true)),
                spoilt(extended(EXTENDED[0])),
                public,
                "-----BEGIN PUBLIC KEY-----\nAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned(),
                "-----BEGIN PRIVATE KEY-----".to_owned(),
                "-----BEGIN PRIVATE KEY----- … -----END PRIVATE KEY-----".to_owned(),
                "-----BEGIN RSA PRIVATE KEY-----\n（此处略）".to_owned(),
                "the file begins with BEGIN PRIVATE KEY".to_owned(),
                "PRIVATE KEY".to_owned(),
                "-----BEGIN CERTIFICATE-----\nAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned(),
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa".to_owned(),
                "5".repeat(51),
                "K".repeat(52),
                "xprv".to_owned(),
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB".to_owned(),
                "PuTTY-User-Key-File-3".to_owned(),
                "a".repeat(111),
            ],
        );
    }
}
