//! Names in the properties of files that are nobody's.

/// Names that programs and systems write where nobody told them one.
const NOBODY: &[&str] = &[
    "microsoft office user",
    "microsoft",
    "office",
    "administrator",
    "admin",
    "user",
    "windows user",
    "windows 用户",
    "微软用户",
    "微软中国",
    "作者",
    "author",
    "unknown",
    "anonymous",
    "(anonymous)",
    "untitled",
    "root",
    "owner",
    "pc",
    "guest",
    "python-docx",
    "openpyxl",
    "apache poi",
    "un-named",
    "wps office",
    "wps",
    "libreoffice",
    "openoffice",
    "google",
    "adobe",
    "reportlab",
    "xlsxwriter",
    "docx4j",
    "null",
    "none",
    "un-named author",
];

/// Whether a name is nobody's. People who are only numbered are called `Author 1`.
pub fn is_nobody(name: &str) -> bool {
    let name = name.trim().trim_end_matches(|c: char| c.is_ascii_digit());
    NOBODY.contains(&name.trim_end().to_lowercase().as_str())
}
