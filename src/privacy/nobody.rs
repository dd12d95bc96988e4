//! Names in the properties of files that are nobody's.

use crate::language::lists::privacy::NOBODY;

/// Whether a name is nobody's. People who are only numbered are called `Author 1`.
pub fn is_nobody(name: &str) -> bool {
    let name = name.trim().trim_end_matches(|c: char| c.is_ascii_digit());
    NOBODY.contains(&name.trim_end().to_lowercase().as_str())
}
