//! IP addresses and names of hosts.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Endings of host names that no file, no word and no part of a program has. A host of another ending is found where it
/// stands in a link.
const TOP: &[&str] =
    &["com", "net", "org", "cn", "gov", "edu", "hk", "tw", "sg", "jp", "kr", "ru", "eu", "example", "invalid", "onion"];

/// Names of programs that look like hosts.
const NOT_HOSTS: &[&str] = &["asp.net", "vb.net", "ado.net", "paint.net", "json.net"];

/// The longest address and the longest name that are looked at, in bytes.
const MAX_ADDRESS: usize = 48;
const MAX_NAME: usize = 253;

/// Above this no part of a version or a clause goes, as a rule.
const MAX_PART: u8 = 31;

/// The IP address that begins at byte `at`: where it ends, what it is in the shortest form (RFC 5952), and whether it
/// might as well be a version or a clause.
pub(super) fn ip(text: &str, at: usize) -> Option<(usize, String, bool)> {
    v4(text, at).or_else(|| v6(text, at).map(|(end, address)| (end, address, false)))
}

/// The first of the characters that are not part of an address, or the end of what is looked at.
fn end_of(rest: &str, most: usize, is_part: impl Fn(char) -> bool) -> usize {
    rest.char_indices().find(|&(at, c)| at >= most || !is_part(c)).map_or(rest.len(), |(at, _)| at)
}

fn v4(text: &str, at: usize) -> Option<(usize, String, bool)> {
    let rest = &text[at..];
    let len = end_of(rest, MAX_ADDRESS, |c| c.is_ascii_digit() || c == '.');
    let written = rest[..len].trim_end_matches('.');
    let after = &rest[written.len()..];
    // Leading zeros are refused there, as they should be (RFC 6943, section 3.1.1).
    let address: Ipv4Addr = written.parse().ok()?;
    let end = at + written.len();
    let before = &text[..at];
    // `Chrome/120.0.0.0` is a version.
    let names_version =
        before.strip_suffix('/').is_some_and(|name| name.ends_with(|c: char| c.is_ascii_alphanumeric()));
    let runs_on = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if names_version || runs_on {
        return None;
    }
    let network = after.strip_prefix('/').map(|rest| &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()]);
    let network = network.filter(|bits| bits.parse().is_ok_and(|bits: u8| (8..=32).contains(&bits)));
    let plain = network.is_none() && address.octets().iter().all(|&part| part <= MAX_PART);
    Some(match network {
        Some(bits) => (end + 1 + bits.len(), format!("{address}/{bits}"), plain),
        None => (end, address.to_string(), plain),
    })
}

fn v6(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = &text[at..];
    let len = end_of(rest, MAX_ADDRESS, |c| c.is_ascii_hexdigit() || c == ':');
    let written = rest[..len].trim_end_matches(':');
    let groups = || written.split(':').filter(|group| !group.is_empty());
    let address: Ipv6Addr = written.parse().ok()?;
    // Bytes of a fingerprint or a hardware address are pairs of digits, and `12::30` is nothing that anybody writes.
    let shaped = groups().count() >= 3 && groups().any(|group| group.len() > 2);
    let runs_on = rest[len..].starts_with(|c: char| c.is_ascii_alphanumeric()) || text[..at].ends_with(':');
    (shaped && !runs_on).then(|| (at + written.len(), address.to_string()))
}

/// The name of a host that begins at byte `at`: where it ends, and the name in lower case.
pub(super) fn host(text: &str, at: usize) -> Option<(usize, String)> {
    if text[..at].ends_with(['@', '/', '$', '#', '-']) {
        return None;
    }
    let rest = &text[at..];
    let len = end_of(rest, MAX_NAME, |c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let name = rest[..len].trim_end_matches(['.', '-']);
    let (above, top) = name.rsplit_once('.')?;
    let after = &rest[name.len()..];
    let lower = name.to_ascii_lowercase();
    let labels_fit = name
        .split('.')
        .all(|label| !label.is_empty() && label.len() < 64 && !label.starts_with('-') && !label.ends_with('-'));
    // `System.Net` and `com.example.app` are parts of programs.
    let first = name.split('.').next().unwrap_or("");
    let code = name.chars().any(|c| c.is_ascii_uppercase()) && name.chars().any(|c| c.is_ascii_lowercase());
    let known = TOP.contains(&top.to_ascii_lowercase().as_str())
        && !NOT_HOSTS.contains(&lower.as_str())
        && !TOP.contains(&first)
        && !code;
    let has_letter = above.rsplit('.').next()?.bytes().any(|b| b.is_ascii_alphabetic());
    let is_address = after.starts_with('@');
    (labels_fit && known && has_letter && !is_address && above.len() > 1).then(|| (at + name.len(), lower))
}
