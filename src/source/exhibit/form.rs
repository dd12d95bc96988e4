//! The names under which files are published, chosen so that opening a file never runs it.
//!
//! What opens a file goes by the end of its name. So the name of what is published ends in one of the endings below that
//! belong to what the file was found to be, or in `.txt`.

use super::media::{Class, Media};

/// What browsers show or play, or hand to a program that only shows it, with the endings that lead there.
const SAFE: &[(Class, &[&str])] = &[
    (Class::Image, &["jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp"]),
    (
        Class::Picture,
        &["tif", "tiff", "bmp", "ico", "heic", "heif", "hif", "avif", "jxl", "jxr", "psd", "cr2", "nef", "arw", "dng"],
    ),
    (Class::Pdf, &["pdf"]),
    (Class::Table, &["csv", "tsv"]),
    // Of other endings, `log` and `md` among them, not every server and browser knows that they are text: some guess.
    (Class::Text, &["txt", "json"]),
    (Class::Audio, &["mp3", "m4a", "wav", "wave", "ogg", "oga", "opus", "flac", "aac", "aif", "aiff", "amr", "mid"]),
    (Class::Video, &["mp4", "m4v", "mov", "webm", "mkv", "ogv", "ogg", "3gp", "avi", "mpg", "mpeg", "wmv", "flv"]),
    (
        Class::Office,
        &["doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "wps", "et", "dps", "msg", "epub"],
    ),
    (Class::Archive, &["zip", "7z", "rar", "gz", "tgz", "tar", "bz2", "tbz2", "xz", "txz", "zst", "ofd"]),
    (Class::Empty, &["txt"]),
];

/// What the ending `ending` of a file's name is followed by when the file is published: nothing where it is safe to open
/// the file under that name, else the ending of what it is, else `txt`. `acts` tells that the file acts by itself.
pub fn added_ending(media: &Media, is_active: bool, ending: &str) -> Option<&'static str> {
    let safe = SAFE.iter().find(|(class, _)| *class == media.class).map_or(&[][..], |(_, endings)| endings);
    // What a browser shows of a PDF has no more rights than the viewer gives it; a macro has those of the reader.
    let runs = is_active && media.class != Class::Pdf;
    if !runs && safe.contains(&ending) {
        return None;
    }
    let own = media.format.to_ascii_lowercase();
    let own = if own == "jpeg" { "jpg" } else { own.as_str() };
    let shown = matches!(media.class, Class::Image | Class::Pdf | Class::Audio | Class::Video);
    Some(safe.iter().copied().find(|&known| shown && known == own).unwrap_or("txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(head: &[u8], name: &str) -> Option<&'static str> {
        let media = Media::detect(head, name);
        let is_active = matches!(media.class, Class::Active | Class::Program);
        added_ending(&media, is_active, &super::super::media::ending(name))
    }

    #[test]
    fn what_only_shows_something_keeps_its_name() {
        for (head, name) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "a.png"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.jpg"),
            (b"%PDF-1.7\n", "a.pdf"),
            (b"words", "a.txt"),
            (b"a,b\n", "a.csv"),
            (b"{}", "a.json"),
            (b"RIFF\x24\0\0\0WAVEfmt ", "a.wav"),
            (b"ID3\x03\0\0\0\0\0\0\0", "a.mp3"),
            (b"PK\x03\x04\x14\0\0\0", "a.zip"),
            (b"PK\x03\x04\x14\0\0\0", "a.docx"),
            (b"{\\rtf1 x}", "a.doc"),
            (b"<script>alert(1)</script>", "a.txt"),
            (b"", "a.txt"),
        ] {
            assert_eq!(published(head, name), None, "{name}");
        }
    }

    #[test]
    fn what_might_run_is_text() {
        let html: &[u8] = b"<!doctype html><script>alert(1)</script>";
        let xml: &[u8] = b"<?xml version='1.0'?><a xmlns='http://www.w3.org/1999/xhtml'/>";
        for name in [
            "a.html",
            "a.htm",
            "a.HTML",
            "a.xhtml",
            "a.shtml",
            "a.hta",
            "a.mht",
            "a.xml",
            "a.svg",
            "a.xsd",
            "a.rng",
            "a.rdf",
            "a.rss",
            "a.atom",
            "a.kml",
            "a.wsdl",
            "a.mathml",
            "a.opf",
            "a.xul",
            "a.dtd",
            "a",
            "a.",
            "a.jpg",
            "a.pdf",
            "a.csv",
            "a.json",
            "a.url",
            "a.webloc",
            "a.desktop",
            "a.php",
            "a.md2",
        ] {
            assert_eq!(published(html, name), Some("txt"), "{name}");
            assert_eq!(published(xml, name), Some("txt"), "{name}");
        }
        for name in
            ["a.js", "a.url", "a.hta", "a.xsd", "a.vtt", "a.appcache", "a.css", "a.lnk", "a.eml", "a.log", "a.md", "a"]
        {
            assert_eq!(published(b"words and words", name), Some("txt"), "{name}");
        }
        for name in ["a.csv", "a.tsv", "a.json"] {
            assert_eq!(published(b" \n<x:script>", name), Some("txt"), "{name}");
        }
        for name in ["a.exe", "a.lnk", "a.swf", "a.bin", "a.jar", "a.html", "a.svgz", "a.png"] {
            assert_eq!(published(b"\x01\x02\x03\0\xff", name), Some("txt"), "{name}");
        }
        assert_eq!(published(b"PK\x03\x04\x14\0\0\0", "a.jar"), Some("txt"));
        assert_eq!(published(b"\x1f\x8b\x08\0\0\0\0\0", "a.svgz"), Some("txt"));
        assert_eq!(published(b"MZ\x90\0\x03\0\0\0\x04\0", "a.pdf"), Some("txt"));
        assert_eq!(published(b"", "a.html"), Some("txt"));
    }

    #[test]
    fn what_is_shown_gets_the_ending_of_what_it_is() {
        assert_eq!(published(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.html"), Some("png"));
        assert_eq!(published(b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a"), Some("jpg"));
        assert_eq!(published(b"GIF89a=1;alert(1)//\0", "a.js"), Some("gif"));
        assert_eq!(published(b"%PDF-1.7\n<html><script>", "a.htm"), Some("pdf"));
    }
}
