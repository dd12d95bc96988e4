//! What a file is, by its content; its name is only asked where the content leaves it open.

use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::text;

/// How many bytes of a file are looked at to tell what it is.
pub const HEAD_BYTES: usize = 1 << 16;

/// What can be done with a file, which decides how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A picture that browsers show: JPEG, PNG, GIF, WebP.
    Image,
    /// A picture that not all browsers show.
    Picture,
    /// PDF.
    Pdf,
    /// Comma- or tab-separated values.
    Table,
    /// Plain text.
    Text,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// What a browser would run or lay out: HTML, SVG, XML, scripts.
    Active,
    /// A document of an office program.
    Office,
    /// A file of files.
    Archive,
    /// What an operating system would run.
    Program,
    /// None of these.
    Other,
    /// No byte at all.
    Empty,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What can be done with it.
    pub class: Class,
    /// Its media type (RFC 6838).
    pub mime: String,
    /// What the format is called: `JPEG`, `CSV`.
    pub format: String,
}

/// Endings at which browsers run or lay out a file, whatever is in it.
const ACTIVE_ENDINGS: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl", "xslt", "js", "mjs", "cjs",
    "swf", "hta",
];

/// Endings that belong together: a file of one of them may end in any other.
const FAMILIES: &[&[&str]] = &[
    &["jpg", "jpeg", "jpe", "jfif"],
    &["tif", "tiff", "cr2", "nef", "arw", "dng"],
    &["heif", "heic", "hif", "avif"],
    &["mp4", "m4v", "m4a", "mov", "3gp", "heif", "heic", "avif"],
    &["mkv", "webm", "mka"],
    &["ogg", "oga", "ogv", "opus", "spx"],
    &["mpg", "mpeg", "vob", "mp3", "mp2"],
    &["wmv", "wma", "asf"],
    &["wav", "wave"],
    &["aif", "aiff", "aifc"],
    &["mid", "midi"],
    &["exe", "dll", "sys", "scr", "com", "ocx"],
    // What is locked with a password is of the older kind, whatever it ends in.
    &[
        "ole", "doc", "xls", "ppt", "msi", "wps", "et", "dps", "msg", "vsd", "docx", "xlsx", "pptx", "docm", "xlsm",
        "pptm",
    ],
    &["doc", "rtf"],
    &[
        "zip", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "odt", "ods", "odp", "epub", "jar", "apk", "ofd", "ora",
        "xps", "ipa", "whl", "kmz", "vsdx", "pages", "numbers", "key",
    ],
    &["gz", "tgz", "svgz"],
    &["bz2", "tbz", "tbz2"],
    &["xz", "txz"],
    &["html", "htm", "xhtml", "xht", "shtml"],
    &["xml", "xsl", "xslt", "svg", "html", "htm", "xhtml", "plist", "gpx", "kml", "rss", "drawio"],
    &["mht", "mhtml", "eml"],
    &["pem", "crt", "cer", "der", "key"],
];

/// Endings of files that are always recognised: what ends like this and is not recognised is something else.
const RECOGNISED: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "pdf", "zip", "docx", "xlsx", "pptx", "wav", "flac",
    "ogg", "rar", "7z", "gz",
];

/// Endings of documents of office programs that are zips.
const OFFICE_ZIPS: &[&str] = &["docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"];

/// Endings that say something about the content although no signature goes with them: they are text.
const TEXT_ENDINGS: &[&str] = &[
    "txt", "csv", "tsv", "log", "md", "json", "jsonl", "yaml", "yml", "ini", "conf", "eml", "js", "mjs", "cjs", "sh",
    "py", "sql", "srt", "vtt", "vcf", "ics", "asc", "sha256", "bat", "html", "htm", "xhtml", "svg", "xml", "mht",
    "mhtml", "rtf",
];

/// The ending of a file's name, lower case; empty if it has none.
pub fn ending(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let ending = last.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, ending)| ending);
    ending.to_lowercase()
}

impl Media {
    /// What a file is that begins with `head` and goes by `name`; `head` is all of it if it is shorter than
    /// [`HEAD_BYTES`].
    pub fn detect(head: &[u8], name: &str) -> Self {
        let ending = ending(name);
        if head.is_empty() {
            return Self::new(Class::Empty, "application/octet-stream", "");
        }
        let whole = head.len() < HEAD_BYTES;
        let found = infer::get(head);
        // Some signatures are so short that ordinary words fit them.
        let is_text = text::decode(head, whole).is_some();
        let binary = found.filter(|found| {
            !is_text || matches!(found.mime_type(), "application/pdf" | "application/rtf" | "text/x-shellscript")
        });
        if let Some(found) = binary {
            // Which program a document is for is known by the first of its parts, and not every program writes them in that order.
            return match found.mime_type() {
                "application/zip" if OFFICE_ZIPS.contains(&ending.as_str()) => {
                    Self::new(Class::Office, "application/zip", &ending.to_uppercase())
                }
                mime => Self::of_signature(mime, found.extension()),
            };
        }
        // Readers of PDF look for its first line in the first kilobyte.
        if ending == "pdf" && memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
            return Self::of_signature("application/pdf", "pdf");
        }
        let Some(text) = text::decode(head, whole) else {
            return Self::new(Class::Other, "application/octet-stream", &ending.to_uppercase());
        };
        Self::of_text(&text.text, &ending)
    }

    fn of_signature(mime: &str, extension: &str) -> Self {
        let class = match mime {
            "image/jpeg" | "image/png" | "image/gif" | "image/webp" => Class::Image,
            "application/pdf" => Class::Pdf,
            "application/rtf" | "application/postscript" | "application/x-mobipocket-ebook" => Class::Office,
            "application/epub+zip" | "application/x-ole-storage" => Class::Office,
            "application/x-shockwave-flash" => Class::Active,
            "text/x-shellscript" | "application/wasm" => Class::Program,
            _ if mime.starts_with("image/") => Class::Picture,
            _ if mime.starts_with("audio/") => Class::Audio,
            _ if mime.starts_with("video/") => Class::Video,
            _ if mime.contains("officedocument") || mime.contains("opendocument") => Class::Office,
            "application/msword" | "application/vnd.ms-excel" | "application/vnd.ms-powerpoint" => Class::Office,
            "application/zip" | "application/x-tar" | "application/vnd.rar" | "application/gzip" => Class::Archive,
            "application/x-bzip2" | "application/vnd.bzip3" | "application/x-7z-compressed" => Class::Archive,
            "application/x-xz" | "application/vnd.ms-cab-compressed" | "application/x-compress" => Class::Archive,
            "application/x-lzip" | "application/zstd" | "application/x-lz4" | "application/x-cpio" => Class::Archive,
            "application/x-unix-archive" | "application/x-par2" => Class::Archive,
            "application/x-executable" | "application/vnd.microsoft.portable-executable" => Class::Program,
            "application/java" | "application/x-llvm" | "application/x-mach-binary" => Class::Program,
            "application/vnd.android.dex" | "application/vnd.android.dey" => Class::Program,
            "application/vnd.debian.binary-package" | "application/x-rpm" => Class::Program,
            "application/x-google-chrome-extension" => Class::Program,
            _ => Class::Other,
        };
        let format = match extension {
            "jpg" => "JPEG".to_owned(),
            "webp" => "WebP".to_owned(),
            _ if mime == "application/x-ole-storage" => "OLE".to_owned(),
            "tif" => "TIFF".to_owned(),
            other => other.to_uppercase(),
        };
        Self { class, mime: mime.to_owned(), format }
    }

    fn of_text(text: &str, ending: &str) -> Self {
        // Shown as it is written, whatever it holds.
        if matches!(ending, "txt" | "log" | "md") {
            return Self::new(Class::Text, "text/plain", &ending.to_uppercase());
        }
        match markup(text) {
            Some("svg") => return Self::new(Class::Active, "image/svg+xml", "SVG"),
            Some("html") => return Self::new(Class::Active, "text/html", "HTML"),
            Some(_) => return Self::new(Class::Active, "application/xml", "XML"),
            None => {}
        }
        match ending {
            // Browsers that guess take for markup what begins so.
            "csv" | "tsv" | "json"
                if text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '\x0c']).starts_with('<') =>
            {
                Self::new(Class::Active, "application/xml", "XML")
            }
            "csv" => Self::new(Class::Table, "text/csv", "CSV"),
            "tsv" => Self::new(Class::Table, "text/tab-separated-values", "TSV"),
            "json" => Self::new(Class::Text, "application/json", "JSON"),
            "eml" => Self::new(Class::Text, "message/rfc822", "EML"),
            "rtf" => Self::new(Class::Office, "application/rtf", "RTF"),
            "sh" | "bat" | "py" => Self::new(Class::Program, "text/plain", &ending.to_uppercase()),
            _ if ACTIVE_ENDINGS.contains(&ending) => Self::new(Class::Active, "text/plain", &ending.to_uppercase()),
            _ => Self::new(Class::Text, "text/plain", "TXT"),
        }
    }

    fn new(class: Class, mime: &str, format: &str) -> Self {
        Self { class, mime: mime.to_owned(), format: format.to_owned() }
    }

    /// Whether the ending of `name` says that the file is something else than it is. An ending that says nothing, or
    /// none, does not lie.
    pub fn belies(&self, name: &str) -> bool {
        let ending = ending(name);
        if ending.is_empty() || self.class == Class::Empty {
            return false;
        }
        if self.class == Class::Other && self.mime == "application/octet-stream" {
            return RECOGNISED.contains(&ending.as_str());
        }
        let own = match self.format.as_str() {
            "JPEG" => "jpg".to_owned(),
            "TIFF" => "tif".to_owned(),
            format => format.to_lowercase(),
        };
        let is_text = self.mime.starts_with("text/") || matches!(self.format.as_str(), "XML" | "SVG" | "JSON" | "EML");
        let known = infer::is_supported(&ending)
            || FAMILIES.iter().any(|family| family.contains(&ending.as_str()))
            || TEXT_ENDINGS.contains(&ending.as_str());
        let related = FAMILIES.iter().any(|family| family.contains(&ending.as_str()) && family.contains(&own.as_str()));
        let text = is_text && TEXT_ENDINGS.contains(&ending.as_str()) && !(self.mime == "text/html" && ending == "csv");
        known && own != ending && !related && !text
    }
}

/// What the first words of a text say it is: `html`, `svg`, `xml`; none if it is no markup. Follows the spirit of WHATWG
/// MIME Sniffing, section 7.1, and looks past comments as browsers do.
fn markup(text: &str) -> Option<&'static str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    let mut xml = false;
    loop {
        let skip = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?") {
            xml |= rest.starts_with("<?xml");
            rest.find("?>").map(|at| at + 2)
        } else {
            None
        };
        match skip {
            Some(skip) => rest = rest[skip..].trim_start(),
            None => break,
        }
    }
    let lead: String = rest.chars().take(40).collect::<String>().to_ascii_lowercase();
    if lead.starts_with("<!doctype svg") || lead.starts_with("<svg") {
        return Some("svg");
    }
    const HTML: &[&str] = &[
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<body",
        "<table",
        "<style",
        "<title",
        "<div",
        "<meta",
        "<link",
        "<img",
        "<form",
        "<h1",
        "<br",
        "<p>",
        "<a ",
        "<font",
        "<b>",
    ];
    if HTML.iter().any(|tag| lead.starts_with(tag)) {
        return Some("html");
    }
    // The root of an XML document may carry a prefix.
    xml.then(|| if rest.contains("http://www.w3.org/2000/svg") { "svg" } else { "xml" })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";

    #[test]
    fn content_tells_what_a_file_is_whatever_its_name() {
        for (head, name, class, format) in [
            (PNG, "a.png", Class::Image, "PNG"),
            (JPEG, "a.png", Class::Image, "JPEG"),
            (b"<!DOCTYPE html><p>x", "a.jpg", Class::Active, "HTML"),
            (b"<!-- x -->\n<script>1</script>", "a.jpg", Class::Active, "HTML"),
            (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "a.png", Class::Active, "SVG"),
            (b"<svg onload=alert(1)>", "a", Class::Active, "SVG"),
            (b"%PDF-1.7\n1 0 obj", "a.pdf", Class::Pdf, "PDF"),
            (b"\x01\0junk\n%PDF-1.7\n1 0 obj", "a.pdf", Class::Pdf, "PDF"),
            (b"MZ\x90\0\x03\0\0\0\x04\0", "invoice.pdf", Class::Program, "EXE"),
            (b"PK\x03\x04\x14\0\0\0", "a.zip", Class::Archive, "ZIP"),
            (b"RIFF\x24\0\0\0WAVEfmt ", "a.wav", Class::Audio, "WAV"),
            ("序号,金额\n1,2\n".as_bytes(), "a.csv", Class::Table, "CSV"),
            ("<html> is a tag".as_bytes(), "a.txt", Class::Text, "TXT"),
            ("MZ is a word".as_bytes(), "a", Class::Text, "TXT"),
            (b"alert(1)", "a.js", Class::Active, "JS"),
            (b"\x01\x02\x03\0\xff", "a.bin", Class::Other, "BIN"),
            (b"", "a.jpg", Class::Empty, ""),
        ] {
            let media = Media::detect(head, name);
            assert_eq!((media.class, media.format.as_str()), (class, format), "{name}");
        }
    }

    #[test]
    fn an_ending_lies_when_the_content_is_something_else() {
        let lies = |head: &[u8], name: &str| Media::detect(head, name).belies(name);
        for (head, name) in [
            (&b"<html>"[..], "a.jpg"),
            (PNG, "a.jpg"),
            (JPEG, "a.pdf"),
            (b"MZ\x90\0\x03\0\0\0\x04\0", "a.pdf"),
            (b"plain words", "a.png"),
            (b"\0\0\0\0", "a.jpg"),
            (b"<html>", "a.csv"),
            (PNG, "a.txt"),
        ] {
            assert!(lies(head, name), "{name}");
        }
        for (head, name) in [
            (JPEG, "a.JPEG"),
            (JPEG, "照片"),
            (PNG, "a.2031-04-09"),
            (b"\0\x01", "a.dat"),
            (b"{\\rtf1 x}", "a.doc"),
            (b"a,b\n1,2", "a.csv"),
            (b"plain words", "a.log"),
            (b"{}", "a.json"),
            (b"<html>", "a.txt"),
            (b"<?xml version=\"1.0\"?><html/>", "a.xhtml"),
            (b"PK\x03\x04\x14\0\0\0", "a.docx"),
            (b"", "a.jpg"),
        ] {
            assert!(!lies(head, name), "{name}");
        }
    }
}
