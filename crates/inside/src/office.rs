//! Documents of office programs that are zips of XML: those of Microsoft (ECMA-376) and OpenDocument (ISO/IEC 26300).

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::work::Work;
use super::{Inside, MAX_DEPTH, MAX_TEXT, Tells, Unread, Unseen, markup, read_at, text};

/// The most members of a zip that are looked at, the most that one of them may unpack to, and all of them, in bytes.
const MAX_MEMBERS: usize = 4096;
const MAX_MEMBER: u64 = 32 << 20;
const MAX_UNPACKED: u64 = 128 << 20;

/// What a byte of XML takes to read, in steps.
const PARSED: u64 = 8;

/// Elements of the properties of a document that tell of people.
const WHO: &[&str] = &["creator", "lastModifiedBy", "Manager", "Company", "initial-creator", "printed-by"];

/// Attributes whose values people write: descriptions of pictures, names of sheets and of what is named, where links lead, what is
/// said beside a cell.
const SAID: &[&str] = &[
    "descr",
    "title",
    "name",
    "tooltip",
    "display",
    "prompt",
    "promptTitle",
    "error",
    "errorTitle",
    "Target",
    "alt",
    "string",
    "tag",
    "alias",
];

/// How many digits in a row the value of any other attribute has that is a number somebody was given, and no size or count.
const MIN_DIGITS: usize = 11;

/// What is told of those who changed a document or remarked on it.
const AUTHOR: &str = "author of changes";

/// Elements of which there are as many as of words, and whose attributes tell of their form alone.
const FORMS: &[&str] = &["c", "row", "r", "p", "t", "v", "rPr", "pPr", "tc", "tr"];

/// Reads a document of an office program that lies within `depth` other files.
pub(super) fn read(bytes: &[u8], depth: usize, work: &mut Work) -> Inside {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Inside::unread(Unread::Broken) };
    let mut names: Vec<(usize, String)> = (0..archive.len().min(MAX_MEMBERS))
        .filter_map(|at| Some((at, archive.by_index(at).ok()?.name().ok()?.into_owned())))
        .collect();
    let is_office = names.iter().any(|(_, name)| name == "[Content_Types].xml" || name == "content.xml");
    if !is_office {
        return Inside::unread(Unread::Unknown);
    }
    // Pages in their order: `slide10.xml` behind `slide9.xml`.
    names.sort_by_key(|(_, name)| (!name.ends_with("sharedStrings.xml"), name.len(), name.clone()));
    let mut document = Document::default();
    if archive.len() > MAX_MEMBERS {
        document.inside.unread = Some(Unread::Broken);
    }
    let mut left = MAX_UNPACKED;
    for (at, name) in names.iter().filter(|(_, name)| is_read(name)) {
        let Ok(member) = archive.by_index(*at) else {
            document.inside.unread = Some(Unread::Broken);
            continue;
        };
        let mut xml = Vec::new();
        let most = MAX_MEMBER.min(left);
        // What is there before a fault is read.
        let whole = member.take(most).read_to_end(&mut xml).is_ok() && (xml.len() as u64) < most;
        left -= xml.len() as u64;
        if !whole {
            document.inside.unread = Some(Unread::Broken);
        }
        // All that lies in files in this one is paid for out of the same sum.
        if !work.take(xml.len() as u64 * if is_xml(name) { PARSED } else { 1 }) {
            document.inside.unread = Some(Unread::Broken);
            break;
        }
        if !is_xml(name) {
            let embedded =
                if depth < MAX_DEPTH { read_at(&xml, name, depth + 1, work) } else { Inside::unread(Unread::Unknown) };
            document.inside.add(embedded);
            continue;
        }
        let xml = text::decode(&xml).map_or_else(|| String::from_utf8_lossy(&xml).into_owned(), |decoded| decoded.text);
        document.read(name, &xml);
    }
    document.inside
}

/// Whether a member may hold words: every part in XML, and files that were put into the document. Pictures hold none.
fn is_read(name: &str) -> bool {
    is_xml(name) || name.contains("/embeddings/")
}

fn is_xml(name: &str) -> bool {
    [".xml", ".rels", ".vml"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a member holds what is read on opening the document, or its properties. The words of the others stand in what documents
/// are made after, in links and in data.
fn is_opened(name: &str) -> bool {
    let folder = ["word/", "xl/", "ppt/", "docProps/"].iter().any(|folder| name.starts_with(folder));
    let other = [
        "/theme/",
        "/_rels/",
        "styles",
        "settings",
        "fontTable",
        "webSettings",
        "slideMasters",
        "slideLayouts",
        "calcChain",
    ];
    let own = matches!(name, "content.xml" | "meta.xml" | "styles.xml");
    own || (folder && name.ends_with(".xml") && !other.iter().any(|part| name.contains(part)))
}

#[derive(Default)]
struct Document {
    inside: Inside,
    /// The texts that cells refer to by their number.
    shared: Vec<String>,
}

/// What the words of a member are.
#[derive(Clone, Copy)]
enum Part {
    /// What is read on opening the document.
    Opened,
    /// Remarks on it.
    Comments,
    /// What stands beside it.
    Aside,
}

/// Where in a member a text stands.
#[derive(Default)]
struct ReadingState {
    /// Within marks of a deletion, of hidden text, of a comment.
    deleted: usize,
    vanishes: bool,
    /// Within an element whose text is text of the document.
    in_text: usize,
    property: Option<String>,
    /// Within how many cells of tables of a text.
    cells: usize,
    cell_is_shared: bool,
    /// What of the member was read since the last end of a line.
    line: String,
}

impl Document {
    fn read(&mut self, name: &str, xml: &str) {
        let part = if name.contains("omments") || name.contains("notesSlide") {
            Part::Comments
        } else if is_opened(name) {
            Part::Opened
        } else {
            Part::Aside
        };
        let is_properties = name.starts_with("docProps/") || name == "meta.xml";
        let is_list_of_authors = name.starts_with("xl/comments");
        let is_shared = name.ends_with("sharedStrings.xml");
        let is_sheet = name.starts_with("xl/worksheets/");
        let is_open = name == "content.xml" || name == "styles.xml";
        if is_properties {
            self.inside.add_packet(xml);
        }
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let mut place = ReadingState::default();
        let mut string = String::new();
        loop {
            let event = match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(event) => event,
                Err(_) => {
                    self.inside.unread = Some(Unread::Broken);
                    break;
                }
            };
            // Cells may repeat a long text that they share.
            if self.inside.text.len() + place.line.len() > MAX_TEXT {
                self.inside.unread = Some(Unread::Broken);
                break;
            }
            match event {
                Event::Start(element) => {
                    self.note_author(&element);
                    self.note_said(&element);
                    match element.local_name().as_ref() {
                        "t" | "instrText" | "text" if !is_open && !is_properties => place.in_text += 1,
                        "v" | "f" if is_sheet => place.in_text += 1,
                        "delText" => {
                            place.in_text += 1;
                            place.deleted += 1;
                        }
                        "p" | "h" | "span" | "a" | "s" if is_open => place.in_text += 1,
                        "tracked-changes" | "annotation" if is_open => place.deleted += 1,
                        "tc" | "table-cell" => place.cells += 1,
                        "r" if !is_sheet => place.vanishes = false,
                        "c" if is_sheet => place.cell_is_shared = attribute(&element, "t").as_deref() == Some("s"),
                        "author" if is_list_of_authors => place.property = Some(AUTHOR.to_owned()),
                        local if is_properties => place.property = Some(local.to_owned()),
                        _ => {}
                    }
                }
                Event::Empty(element) => {
                    self.note_author(&element);
                    self.note_said(&element);
                    match element.local_name().as_ref() {
                        "vanish" | "webHidden" => {
                            place.vanishes = attribute(&element, "val")
                                .is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"));
                        }
                        "tab" | "s" | "tc" | "table-cell" => place.line.push('\t'),
                        "br" | "cr" | "line-break" => self.flush(&mut place, part),
                        "sheet" if attribute(&element, "state").is_some_and(|state| state != "visible") => {
                            let name = attribute(&element, "name").unwrap_or_default();
                            self.inside.hide(Unseen::Hidden, &name);
                        }
                        _ => {}
                    }
                }
                Event::Text(text) => {
                    let text = text.into_inner();
                    self.text(&text, &mut place, &mut string, is_shared);
                }
                Event::CData(text) => {
                    let text = text.into_inner();
                    self.text(&text, &mut place, &mut string, is_shared);
                }
                Event::GeneralRef(reference) => {
                    let c = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        _ => match reference.into_inner().as_ref() {
                            "amp" => Some('&'),
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        },
                    };
                    if let Some(c) = c {
                        self.text(c.encode_utf8(&mut [0; 4]), &mut place, &mut string, is_shared);
                    }
                }
                Event::End(element) => match element.local_name().as_ref() {
                    "t" | "instrText" | "text" if !is_open && !is_properties => {
                        place.in_text = place.in_text.saturating_sub(1)
                    }
                    "v" | "f" if is_sheet => {
                        place.in_text = place.in_text.saturating_sub(1);
                    }
                    "delText" => {
                        place.in_text = place.in_text.saturating_sub(1);
                        place.deleted = place.deleted.saturating_sub(1);
                    }
                    "span" | "a" | "s" if is_open => place.in_text = place.in_text.saturating_sub(1),
                    "p" | "h" => {
                        place.in_text = if is_open { place.in_text.saturating_sub(1) } else { place.in_text };
                        // The cells of a row stand in one line.
                        match place.cells {
                            0 => self.flush(&mut place, part),
                            _ => place.line.push('\n'),
                        }
                    }
                    "tracked-changes" | "annotation" if is_open => place.deleted = place.deleted.saturating_sub(1),
                    "tc" | "table-cell" => {
                        place.cells = place.cells.saturating_sub(1);
                        place.line.truncate(place.line.trim_end_matches('\n').len());
                        place.line.push('\t');
                    }
                    "c" => place.line.push('\t'),
                    "tr" | "table-row" if place.cells > 0 => place.line.push('\n'),
                    "row" | "tr" | "table-row" => self.flush(&mut place, part),
                    "si" if is_shared => self.shared.push(std::mem::take(&mut string)),
                    _ if is_properties || is_list_of_authors => place.property = None,
                    _ => {}
                },
                _ => {}
            }
        }
        self.flush(&mut place, part);
        self.inside.text.push('\u{c}');
    }

    fn text(&mut self, text: &str, place: &mut ReadingState, string: &mut String, is_shared: bool) {
        if let Some(property) = &place.property {
            if property == AUTHOR || WHO.contains(&property.as_str()) {
                self.inside.tell(Tells::Who, property, text);
            } else if !matches!(property.as_str(), "Application" | "AppVersion" | "generator" | "Template") {
                self.inside.add_unseen(&format!("{text}\n"));
            }
            return;
        }
        if place.in_text == 0 && place.deleted == 0 {
            // Names of ranges, lists to choose from, what stands above and below a printed sheet.
            if text.contains(char::is_alphanumeric) {
                self.inside.add_unseen(&format!("{text}\n"));
            }
            return;
        }
        if is_shared {
            string.push_str(text);
        } else if place.deleted > 0 {
            self.inside.hide(Unseen::Deletions, text);
        } else if place.vanishes {
            self.inside.hide(Unseen::Hidden, text);
        } else if place.cell_is_shared {
            let shared = text.trim().parse().ok().and_then(|at: usize| self.shared.get(at));
            place.line.push_str(shared.map_or("", String::as_str));
        } else {
            place.line.push_str(&plain_number(text).unwrap_or_else(|| text.to_owned()));
        }
    }

    /// The names that comments and tracked changes bear.
    fn note_author(&mut self, element: &BytesStart<'_>) {
        if FORMS.contains(&element.local_name().as_ref()) {
            return;
        }
        let keys: &[&str] = match element.local_name().as_ref() {
            "cmAuthor" | "author" => &["name", "userId"],
            "person" => &["author", "displayName", "userId"],
            "presenceInfo" => &["userId"],
            // Where the workbook lay when it was saved, often in somebody's home folder.
            "absPath" => &["url"],
            "Relationship" if leads_to_path(element) => &["Target"],
            _ => &["author"],
        };
        for name in keys.iter().filter_map(|key| attribute(element, key)) {
            self.inside.tell(Tells::Who, AUTHOR, &name);
        }
    }

    /// What people wrote into attributes.
    fn note_said(&mut self, element: &BytesStart<'_>) {
        if FORMS.contains(&element.local_name().as_ref()) {
            return;
        }
        for attribute in element.attributes().flatten() {
            let value = &attribute.value;
            let is_number = || value.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= MIN_DIGITS);
            if SAID.contains(&attribute.key.local_name().as_ref()) || !value.is_ascii() || is_number() {
                let said = markup::decoded(value);
                self.inside.add_unseen(&format!("{said}\n"));
            }
        }
    }

    fn flush(&mut self, place: &mut ReadingState, part: Part) {
        let line = std::mem::take(&mut place.line);
        if line.trim().is_empty() {
            return;
        }
        match part {
            Part::Comments => self.inside.hide(Unseen::Comments, &line),
            Part::Opened => self.inside.add_text(&format!("{}\n", line.trim_end_matches('\t'))),
            Part::Aside => self.inside.add_unseen(&format!("{line}\n")),
        }
    }
}

/// The value of an attribute by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// A number of many digits as people write it, where a sheet holds it as `1.38E10`.
fn plain_number(text: &str) -> Option<String> {
    let value: f64 = text.contains(['E', 'e']).then(|| text.trim().parse().ok()).flatten()?;
    (value.fract() == 0.0 && value.abs() < 1e18).then(|| format!("{value:.0}"))
}

/// Whether a relationship leads to a file by its whole path on somebody's machine: a template, or a workbook that is linked.
pub(super) fn leads_to_path(relationship: &BytesStart<'_>) -> bool {
    let is_file = attribute(relationship, "Type")
        .is_some_and(|kind| ["/attachedTemplate", "/externalLinkPath"].iter().any(|end| kind.ends_with(end)));
    is_file
        && attribute(relationship, "Target")
            .is_some_and(|target| target.contains(':') || target.starts_with(['/', '\\']))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::package::package;

    fn read_0(bytes: &[u8]) -> Inside {
        read(bytes, 0, &mut Work::new(bytes.len()))
    }

    const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

    #[test]
    fn a_text_document_is_read_with_what_is_hidden_in_it() {
        let body = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>电话 138</w:t></w:r><w:r><w:t>0000</w:t></w:r></w:p>\
                    <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown &amp; seen</w:t></w:r></w:p>\
                    <w:del w:author='Ann'><w:r><w:delText>deleted</w:delText></w:r></w:del></w:body></w:document>";
        let comments = "<w:comments xmlns:w='w'><w:comment w:author='Bob'><w:p><w:r><w:t>remark</w:t></w:r></w:p></w:comment></w:comments>";
        let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>Cy</dc:creator><dc:title>Title</dc:title></cp:coreProperties>";
        let inside = read_0(&package(&[
            TYPES,
            ("word/document.xml", body),
            ("word/comments.xml", comments),
            ("docProps/core.xml", core),
        ]));
        assert!(inside.text.contains("电话 1380000\nshown & seen\n"), "{}", inside.text);
        for hidden in ["secret", "deleted", "remark", "Title"] {
            assert!(inside.unseen.contains(hidden) && !inside.text.contains(hidden), "{hidden}");
        }
        assert_eq!(inside.unseen_kinds, [Unseen::Comments, Unseen::Deletions, Unseen::Hidden]);
        let mut names: Vec<&str> = inside.metadata.iter().map(|entry| entry.value.as_str()).collect();
        names.sort_unstable();
        assert_eq!((names, inside.unread), (vec!["Ann", "Bob", "Cy"], None));
    }

    #[test]
    fn a_sheet_is_read_row_by_row_with_the_texts_it_shares() {
        let shared = "<sst><si><t>手机</t></si><si><r><t>张</t></r><r><t>三</t></r></si></sst>";
        let sheet = "<worksheet><sheetData><row><c t='s'><v>1</v></c><c t='s'><v>0</v></c></row><row><c t='inlineStr'><is><t>a</t></is></c>\
                     <c><v>1.38E10</v></c></row></sheetData></worksheet>";
        let book = "<workbook><sheets><sheet name='shown'/><sheet name='kept' state='hidden'/></sheets></workbook>";
        let inside = read_0(&package(&[
            TYPES,
            ("xl/worksheets/sheet1.xml", sheet),
            ("xl/sharedStrings.xml", shared),
            ("xl/workbook.xml", book),
        ]));
        assert!(inside.text.contains("张三\t手机\na\t13800000000\n"), "{}", inside.text);
        assert_eq!(inside.unseen_kinds, [Unseen::Hidden]);
    }

    #[test]
    fn the_cells_of_a_row_stand_in_one_line() {
        let row = |prefix: &str, cells: &[&str]| {
            let cell = |text: &&str| {
                format!(
                    "<{prefix}:tc><{prefix}:p><{prefix}:r><{prefix}:t>{text}</{prefix}:t></{prefix}:r></{prefix}:p></{prefix}:tc>"
                )
            };
            format!("<{prefix}:tr>{}</{prefix}:tr>", cells.iter().map(cell).collect::<String>())
        };
        let table = row("w", &["姓", "名"]) + &row("w", &["张", "晓芸"]);
        let text = read_0(&package(&[TYPES, ("word/document.xml", &format!("<d>{table}</d>"))])).text;
        assert!(text.contains("姓\t名\n张\t晓芸\n"), "{text}");
        let text =
            read_0(&package(&[TYPES, ("ppt/slides/slide1.xml", &format!("<d>{}</d>", row("a", &["张", "晓芸"])))]))
                .text;
        assert!(text.contains("张\t晓芸\n"), "{text}");
    }

    #[test]
    fn slides_and_open_documents_are_read() {
        let slide = "<p:sld xmlns:a='a' xmlns:p='p'><a:p><a:r><a:t>one</a:t></a:r></a:p></p:sld>";
        let inside = read_0(&package(&[
            TYPES,
            ("ppt/slides/slide10.xml", &slide.replace("one", "two")),
            ("ppt/slides/slide9.xml", slide),
        ]));
        assert!(inside.text.find("one").unwrap() < inside.text.find("two").unwrap());
        let content =
            "<office:body xmlns:text='t' xmlns:office='o'><text:p>a<text:span>b</text:span>c</text:p></office:body>";
        let meta = "<m xmlns:meta='m' xmlns:dc='d'><meta:initial-creator>Ann</meta:initial-creator></m>";
        let inside = read_0(&package(&[("content.xml", content), ("meta.xml", meta)]));
        assert!(inside.text.contains("abc\n"), "{}", inside.text);
        assert_eq!(inside.metadata[0].value, "Ann");
    }

    #[test]
    fn a_bomb_and_what_is_damaged_or_no_document_is_said() {
        let bomb = format!("<w:p><w:t>{}</w:t></w:p>", " ".repeat(MAX_MEMBER as usize));
        assert_eq!(read_0(&package(&[TYPES, ("word/document.xml", &bomb)])).unread, Some(Unread::Broken));
        assert_eq!(read_0(&package(&[("a.txt", "a")])).unread, Some(Unread::Unknown));
        let whole = package(&[TYPES, ("word/document.xml", "<w:p><w:t>a</w:t></w:p>")]);
        for end in 0..whole.len() {
            read_0(&whole[..end]);
        }
        assert_eq!(
            read_0(&package(&[TYPES, ("word/document.xml", "<w:p><w:t>a</w:t><")])).unread,
            Some(Unread::Broken)
        );
    }

    #[test]
    fn words_are_read_in_every_part_and_in_files_that_were_put_in() {
        let sheet = "<row><c><v>embedded value</v></c></row>";
        let parts = [
            TYPES,
            ("word/document.xml", "<w:p><wp:docPr id='1' descr='told &#x6c; of'/><w:t>shown</w:t></w:p>"),
            (
                "word/_rels/document.xml.rels",
                "<Relationships><Relationship Target='mailto:who@example.com'/></Relationships>",
            ),
            ("customXml/item1.xml", "<a>kept data</a>"),
            ("word/settings.xml", "<w:docVars><w:docVar w:name='x' w:val='变量'/></w:docVars>"),
            ("word/charts/chart1.xml", "<c:pt><c:v>value of a chart</c:v></c:pt>"),
            (
                "xl/workbook.xml",
                "<sheets><sheet name='a sheet'/></sheets><definedNames><definedName name='n'>\"a range\"</definedName></definedNames>",
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<oddHeader>&amp;Chead</oddHeader><dataValidation><formula1>\"a,choice\"</formula1></dataValidation>",
            ),
            ("ppt/slideMasters/slideMaster1.xml", "<a:p><a:t>on every slide</a:t></a:p>"),
        ];
        let inner = package(&[TYPES, ("xl/worksheets/sheet1.xml", sheet)]);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in
            parts.iter().map(|(name, text)| (*name, text.as_bytes())).chain([("word/embeddings/a.xlsx", &inner[..])])
        {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let inside = read_0(&zip.finish().unwrap().into_inner());
        for words in [
            "told l of",
            "mailto:who@example.com",
            "kept data",
            "变量",
            "value of a chart",
            "a sheet",
            "a range",
            "head",
            "a,choice",
            "on every slide",
        ] {
            assert!(inside.unseen.contains(words) && !inside.text.contains(words), "{words}: {}", inside.unseen);
        }
        assert!(inside.text.contains("shown") && inside.text.contains("embedded value"), "{}", inside.text);
        assert_eq!((inside.unread, inside.unseen_kinds), (None, Vec::new()));
    }

    #[test]
    fn that_a_document_has_more_parts_than_are_read_is_said() {
        let names: Vec<String> = (0..=MAX_MEMBERS).map(|at| format!("word/media/{at}")).collect();
        let many: Vec<(&str, &str)> =
            std::iter::once(TYPES).chain(names.iter().map(|name| (name.as_str(), ""))).collect();
        assert_eq!(read_0(&package(&many)).unread, Some(Unread::Broken));
    }
}
