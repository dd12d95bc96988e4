//! Names that no file can have on Windows, because they stand for devices there.

const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Whether a file of that name, whatever its ending, would be a device (Microsoft, *Naming Files, Paths, and
/// Namespaces*).
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = |word: &str| {
        let rest = stem.strip_prefix(word).map(|rest| rest.chars().collect::<Vec<_>>());
        rest.is_some_and(|rest| matches!(rest[..], ['0'..='9' | '¹' | '²' | '³']))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_known_whatever_their_ending_and_capitals() {
        assert!(["con", "NUL", "aux.html", "Com1", "lpt9.tar.gz", "COM²", "prn .txt"].into_iter().all(is_device));
        assert!(!["console", "com", "com10", "nul-1", "a.con", ""].into_iter().any(is_device));
    }
}
