//! What IPTC says in a JPEG: datasets in an image resource of Photoshop (IPTC IIM 4.2; Adobe Photoshop File Formats).

/// The datasets of the application record, by number, in the first JPEG in `bytes`.
pub(super) fn datasets(bytes: &[u8]) -> Vec<(u8, String)> {
    let Some(start) = memchr::memmem::find(bytes, b"Photoshop 3.0\0") else { return Vec::new() };
    let mut rest = &bytes[start + b"Photoshop 3.0\0".len()..];
    // Each resource: 8BIM, a number, a name and data, both of which have an even length.
    while let Some(resource) = rest.strip_prefix(b"8BIM") {
        let Some(name) = resource.get(2).map(|&length| (usize::from(length) + 2) & !1) else { break };
        let Some(size) = resource.get(2 + name..).and_then(|rest| rest.first_chunk::<4>()) else { break };
        let size = u32::from_be_bytes(*size) as usize;
        let Some(data) = resource.get(6 + name..).and_then(|rest| rest.get(..size)) else { break };
        if resource.starts_with(&[0x04, 0x04]) {
            return of_resource(data);
        }
        rest = resource.get(6 + name + size + (size & 1)..).unwrap_or(&[]);
    }
    Vec::new()
}

fn of_resource(mut data: &[u8]) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    while let [0x1c, record, number, high, low, rest @ ..] = data {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(value) = rest.get(..length) else { break };
        let words = String::from_utf8_lossy(value).trim_matches(['\0', ' ']).to_owned();
        if *record == 2 && !words.is_empty() {
            found.push((*number, words));
        }
        data = &rest[length..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datasets_are_found_behind_other_resources() {
        let other = b"8BIM\x04\x25\0\0\0\0\0\x03abc\0";
        let iptc = b"8BIM\x04\x04\0\0\0\0\0\x17\x1c\x01\x5a\0\x03\x1b%G\x1c\x02\x50\0\x03Ann\x1c\x02\x5a\0\x02Ny";
        let file = [&b"\xff\xd8\xff\xed\0\0Photoshop 3.0\0"[..], other, iptc].concat();
        assert_eq!(datasets(&file), [(80, "Ann".to_owned()), (90, "Ny".to_owned())]);
        for end in 0..file.len() {
            datasets(&file[..end]);
        }
    }
}
