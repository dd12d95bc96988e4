//! IP addresses and names of hosts.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Endings of host names that no file and no word has. A host of another ending is found where it stands in a link.
const TOP: &[&str] = &[
    "com", "net", "org", "cn", "io", "gov", "edu", "info", "biz", "xyz", "top", "vip", "site", "online", "shop",
    "club", "hk", "tw", "sg", "jp", "kr", "uk", "us", "eu", "ru", "de", "fr", "example", "invalid", "onion",
];

/// Names of programs that look like hosts.
const NOT_HOSTS: &[&str] = &["asp.net", "vb.net", "ado.net", "socket.io", "draw.io", "paint.net"];

/// The IP address that begins at byte `at`: where it ends and what it is, in the shortest form (RFC 5952).
pub(super) fn ip(text: &str, at: usize) -> Option<(usize, String)> {
    v4(text, at).or_else(|| v6(text, at))
}

fn v4(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = &text[at..];
    let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let written = rest[..len].trim_end_matches('.');
    let after = &rest[written.len()..];
    // Leading zeros are refused there, as they should be (RFC 6943, section 3.1.1).
    let address: Ipv4Addr = written.parse().ok()?;
    let end = at + written.len();
    let before = text[..at].trim_end_matches('v');
    // `Chrome/120.0.0.0` is a version.
    let names_version =
        before.strip_suffix('/').is_some_and(|name| name.ends_with(|c: char| c.is_ascii_alphanumeric()));
    let runs_on = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if names_version || runs_on || before.len() < at {
        return None;
    }
    let network = after.strip_prefix('/').map(|rest| &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()]);
    match network.filter(|bits| bits.parse().is_ok_and(|bits: u8| (8..=32).contains(&bits))) {
        Some(bits) => Some((end + 1 + bits.len(), format!("{address}/{bits}"))),
        None => Some((end, address.to_string())),
    }
}

fn v6(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = &text[at..];
    let len = rest.find(|c: char| !c.is_ascii_hexdigit() && c != ':').unwrap_or(rest.len());
    let written = rest[..len].trim_end_matches(':');
    let groups = written.split(':').filter(|group| !group.is_empty()).count();
    let address: Ipv6Addr = written.parse().ok()?;
    // `12::30` is no address that anybody writes.
    let runs_on = rest[len..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (groups >= 3 && !runs_on).then(|| (at + written.len(), address.to_string()))
}

/// The name of a host that begins at byte `at`: where it ends, and the name in lower case.
pub(super) fn host(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = &text[at..];
    let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.').unwrap_or(rest.len());
    let name = rest[..len].trim_end_matches(['.', '-']);
    let (above, top) = name.rsplit_once('.')?;
    let after = &rest[name.len()..];
    let lower = name.to_ascii_lowercase();
    let labels_fit = name
        .split('.')
        .all(|label| !label.is_empty() && label.len() < 64 && !label.starts_with('-') && !label.ends_with('-'));
    let known = TOP.contains(&top.to_ascii_lowercase().as_str()) && !NOT_HOSTS.contains(&lower.as_str());
    let has_letter = above.rsplit('.').next()?.bytes().any(|b| b.is_ascii_alphabetic());
    let is_address = after.starts_with('@') || text[..at].ends_with(['@', '/', '$', '#', '-']);
    (labels_fit && known && has_letter && !is_address && above.len() > 1).then(|| (at + name.len(), lower))
}
