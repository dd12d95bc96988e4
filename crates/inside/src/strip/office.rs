//! Documents of office programs without the properties and the names that comments and tracked changes bear.

use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Cleaner, is_labelled};
use crate::office::leads_to_path;

/// Properties of documents of office programs (ECMA-376, part 2, section 8; part 1, section 22), and what stands there instead.
const PROPERTIES: [(&str, &str); 3] = [
    (
        "docProps/core.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>",
    ),
    (
        "docProps/app.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>",
    ),
    (
        "docProps/custom.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>",
    ),
];

/// The largest member of a document in which names are looked for, in bytes, and how much all of them may unpack to.
const MAX_MEMBER: u64 = 32 << 20;
const MAX_UNPACKED: u64 = 256 << 20;

/// What a person is called of whom only is told that it is another one.
const SOMEBODY: &str = "Author";

/// What stands in place of the service where somebody has an account, as programs write it of those without one.
const NO_ACCOUNT: &str = "None";

/// A document with empty properties, and in which people are only numbered who changed it and remarked on it. One that is signed stays
/// as it is.
pub(super) fn strip(bytes: &[u8], cleaner: &Cleaner<'_>) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    archive.index_for_name("[Content_Types].xml")?;
    let names: Vec<String> = (0..archive.len())
        .map(|at| Some(archive.by_index_raw(at).ok()?.name().ok()?.into_owned()))
        .collect::<Option<_>>()?;
    if names.iter().any(|name| name.starts_with("_xmlsignatures/")) {
        return None;
    }
    let mut people = People::default();
    let mut left = MAX_UNPACKED;
    let mut is_changed = false;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for (at, name) in names.iter().enumerate() {
        let properties = PROPERTIES.iter().find(|(other, _)| other == name);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let is_part = matches!(ending.as_str(), "xml" | "rels")
            && ["word/", "xl/", "ppt/"].iter().any(|folder| name.starts_with(folder));
        let is_picture = matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "webp" | "gif");
        let new = if properties.is_some() || is_part || is_picture {
            let mut member = Vec::new();
            archive.by_index(at).ok()?.take(MAX_MEMBER.min(left) + 1).read_to_end(&mut member).ok()?;
            left = left.checked_sub(member.len() as u64)?;
            match properties {
                // A document that says there that a machine made it keeps saying so.
                Some(_) if is_labelled(&member) => None,
                Some((_, empty)) => Some(empty.as_bytes().to_vec()),
                None if is_picture => (cleaner.picture)(&member),
                None if member.len() as u64 > MAX_MEMBER => return None,
                None => people.without(std::str::from_utf8(&member).ok()?, name),
            }
        } else {
            None
        };
        match new {
            Some(new) => {
                is_changed = true;
                out.start_file(name.as_str(), SimpleFileOptions::default()).ok()?;
                out.write_all(&new).ok()?;
            }
            None => out.raw_copy_file(archive.by_index_raw(at).ok()?).ok()?,
        }
    }
    let stripped = out.finish().ok()?.into_inner();
    is_changed.then_some(stripped)
}

/// Those who changed a document, and which of them each is.
#[derive(Default)]
struct People(HashMap<String, usize>);

impl People {
    fn called(&mut self, name: &str) -> String {
        let next = self.0.len() + 1;
        format!("{SOMEBODY} {}", self.0.entry(name.to_owned()).or_insert(next))
    }

    /// A part of a document without the names; none if it bears none, or is no XML.
    fn without(&mut self, xml: &str, part: &str) -> Option<Vec<u8>> {
        let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let is_list = part.starts_with("xl/comments");
        let mut is_author = false;
        loop {
            let start = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let end = usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Eof => break,
                Event::Start(element) => {
                    is_author = is_list && element.local_name().as_ref() == "author";
                    self.in_tag(xml, start..end, &element, &mut edits);
                }
                Event::Empty(element) => self.in_tag(xml, start..end, &element, &mut edits),
                Event::Text(_) | Event::GeneralRef(_) if is_author => {
                    // A name with a reference in it comes in pieces, of which the first is numbered.
                    let is_first = xml[..start].ends_with('>');
                    let shown = if is_first { self.called(&xml[start..end]) } else { String::new() };
                    edits.push((start..end, shown));
                }
                Event::End(_) => is_author = false,
                _ => {}
            }
        }
        if edits.is_empty() {
            return None;
        }
        let mut out = String::with_capacity(xml.len());
        let mut at = 0;
        for (range, text) in edits {
            out.push_str(&xml[at..range.start]);
            out.push_str(&text);
            at = range.end;
        }
        out.push_str(&xml[at..]);
        Some(out.into_bytes())
    }

    fn in_tag(
        &mut self,
        xml: &str,
        tag: std::ops::Range<usize>,
        element: &BytesStart<'_>,
        edits: &mut Vec<(std::ops::Range<usize>, String)>,
    ) {
        let local = element.local_name();
        for attribute in element.attributes().flatten() {
            let key = attribute.key.local_name();
            let is_account = matches!(key.as_ref(), "userId" | "providerId")
                && matches!(local.as_ref(), "person" | "presenceInfo" | "author" | "cmAuthor");
            let is_name = match (local.as_ref(), key.as_ref()) {
                (_, "author" | "initials") => true,
                ("cmAuthor" | "author", "name") | ("person", "displayName") | ("absPath", "url") => true,
                ("Relationship", "Target") => leads_to_path(element),
                _ => is_account,
            };
            // The value is a part of the tag, byte for byte as it is written.
            let value: &str = &attribute.value;
            let place = value.as_ptr() as usize;
            let within = place.wrapping_sub(element.as_ptr() as usize);
            let start = tag.start + 1 + within;
            if is_name && !value.is_empty() && xml.get(start..start + value.len()) == Some(value) {
                let shown = match key.as_ref() {
                    "initials" => SOMEBODY[..1].to_owned(),
                    "providerId" => NO_ACCOUNT.to_owned(),
                    "url" => String::new(),
                    // The name of the file without its folders.
                    "Target" => value.rsplit(['/', '\\']).next().unwrap_or("").to_owned(),
                    _ if is_account => String::new(),
                    _ => self.called(value),
                };
                edits.push((start..start + value.len(), shown));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::package;
    use crate::strip::Cleaner;

    fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
        let picture = |bytes: &[u8]| bytes.strip_prefix(b"told ").map(<[u8]>::to_vec);
        let cleaner = Cleaner { label: &|_| None, picture: &picture };
        super::super::strip(bytes, "", &crate::read(bytes, ""), &cleaner).map(|(stripped, _)| stripped)
    }

    fn says(bytes: &[u8], name: &str) -> Vec<String> {
        crate::read(bytes, name).metadata.into_iter().map(|entry| entry.value).collect()
    }

    const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");
    const CORE: (&str, &str) = ("docProps/core.xml", "<c><dc:creator>Quentin</dc:creator></c>");

    /// A member of a package as it is unpacked.
    fn member(package: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_document_loses_its_properties_and_its_people_are_numbered() {
        let text = "<w:p><w:ins w:id='1' w:author='Quentin' w:initials='Q'><w:r><w:t>text by Quentin</w:t></w:r></w:ins>\
                    <w:del w:author=\"Ann &amp; Bob\"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>";
        let comments = "<w:comments><w:comment w:author='Ann &amp; Bob'><w:p><w:r><w:t>remark</w:t></w:r></w:p></w:comment></w:comments>";
        let people = "<w15:people><w15:person w15:author='Quentin'><w15:presenceInfo w15:userId='quentin@mail.example'/></w15:person></w15:people>";
        let document =
            [TYPES, ("word/document.xml", text), ("word/comments.xml", comments), ("word/people.xml", people), CORE];
        let stripped = strip(&package(&document)).unwrap();
        assert_eq!(
            member(&stripped, "word/document.xml"),
            "<w:p><w:ins w:id='1' w:author='Author 1' w:initials='A'><w:r><w:t>text by Quentin</w:t></w:r></w:ins>\
             <w:del w:author=\"Author 2\"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        );
        assert!(member(&stripped, "word/comments.xml").contains("w:author='Author 2'"));
        assert!(member(&stripped, "word/people.xml").contains("w15:author='Author 1'"));
        assert!(!member(&stripped, "word/people.xml").contains("mail.example"));
        let inside = crate::read(&stripped, "a.docx");
        assert!(inside.text.contains("text by Quentin") && inside.unseen.contains("gone"), "{inside:?}");
        assert_eq!(says(&stripped, "a.docx"), ["Author 1", "Author 2"]);
    }

    #[test]
    fn folders_in_which_a_document_lay_are_told_and_taken_out() {
        let book = "<workbook><x15ac:absPath url=\"C:\\Users\\quentin\\\"/></workbook>";
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let links = format!(
            "<Relationships><Relationship Type=\"{kind}/externalLinkPath\" Target=\"file:///C:\\Users\\quentin\\b.xlsx\" TargetMode=\"External\"/>\
             <Relationship Type=\"{kind}/image\" Target=\"/media/a.png\"/></Relationships>"
        );
        let table = [TYPES, ("xl/workbook.xml", book), ("xl/externalLinks/_rels/externalLink1.xml.rels", &links)];
        let before = package(&table);
        assert_eq!(says(&before, "a.xlsx").len(), 2);
        let stripped = strip(&before).unwrap();
        assert!(says(&stripped, "a.xlsx").is_empty());
        let links = member(&stripped, "xl/externalLinks/_rels/externalLink1.xml.rels");
        assert!(links.contains("Target=\"b.xlsx\"") && links.contains("/media/a.png"), "{links}");
    }

    #[test]
    fn those_who_remarked_on_tables_and_slides_are_numbered_too() {
        let notes = "<comments><authors><author>Quentin</author><author>A&amp;B</author></authors><commentList><comment ref='A1' authorId='0'><text><r><t>why?</t></r></text></comment></commentList></comments>";
        let table = [
            TYPES,
            ("xl/comments1.xml", notes),
            (
                "xl/persons/person.xml",
                "<personList><person displayName='Quentin' id='{1}' userId='q@mail.example'/></personList>",
            ),
        ];
        let before = package(&table);
        assert_eq!(says(&before, "a.xlsx"), ["Quentin", "A", "&", "B", "q@mail.example"]);
        let stripped = strip(&before).unwrap();
        assert!(member(&stripped, "xl/comments1.xml").contains("<author>Author 1</author><author>Author 2</author>"));
        let people = member(&stripped, "xl/persons/person.xml");
        assert!(people.contains("displayName='Author 1' id='{1}'") && !people.contains("mail"), "{people}");
        let slides = [
            TYPES,
            (
                "ppt/commentAuthors.xml",
                "<p:cmAuthorLst><p:cmAuthor id='1' name='Quentin' initials='Q'/></p:cmAuthorLst>",
            ),
        ];
        let stripped = strip(&package(&slides)).unwrap();
        assert!(member(&stripped, "ppt/commentAuthors.xml").contains("id='1' name='Author 1' initials='A'"));
    }

    #[test]
    fn pictures_in_a_document_are_cleaned_and_labels_stay() {
        let picture = ("word/media/image1.jpeg", "told pixels");
        let label = ("docProps/custom.xml", "<p><property name='AIGC'>{}</property></p>");
        let stripped = strip(&package(&[TYPES, picture, label, CORE])).unwrap();
        assert_eq!(member(&stripped, picture.0), "pixels");
        assert_eq!(member(&stripped, label.0), label.1);
        assert!(!member(&stripped, CORE.0).contains("Quentin"));
    }

    #[test]
    fn what_says_nothing_is_signed_or_no_document_stays_as_it_is() {
        let text = ("word/document.xml", "<w:p><w:r><w:t>text</w:t></w:r></w:p>");
        for members in [&[TYPES, text][..], &[TYPES, CORE, ("_xmlsignatures/sig1.xml", "")], &[("a.txt", "a"), CORE]] {
            assert_eq!(strip(&package(members)), None, "{members:?}");
        }
        let whole = package(&[TYPES, text, CORE]);
        for end in (0..whole.len()).step_by(7) {
            strip(&whole[..end]);
        }
    }
}
