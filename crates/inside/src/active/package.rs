//! Documents that are zips of parts: those of Office (ECMA-376, part 2) and of OpenDocument (ISO/IEC 26300), and books (EPUB).

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::field::Fields;
use super::{is_active_within, is_document, is_elsewhere};
use crate::text;

/// The most members that are looked at. What has more is taken to act.
const MAX_MEMBERS: usize = 16_384;

/// The relationships between parts by which nothing acts, by the last segment of their type: text, looks, pictures, sound, and data
/// about data. Those that are left out lead to macros, controls, objects, data from elsewhere, or pages in pages.
const STILL: &[&str] = &[
    "audio",
    "authors",
    "calcChain",
    "certificate",
    "changesInfo",
    "chart",
    "chartColorStyle",
    "chartEx",
    "chartStyle",
    "chartUserShapes",
    "chartsheet",
    "classificationlabels",
    "commentAuthors",
    "comments",
    "commentsExtended",
    "commentsExtensible",
    "commentsIds",
    "connections",
    "core-properties",
    "coreProperties",
    "ctrlProp",
    "custom-properties",
    "customProperties",
    "customProperty",
    "customXml",
    "customXmlProps",
    "diagramColors",
    "diagramData",
    "diagramDrawing",
    "diagramLayout",
    "diagramQuickStyle",
    "documenttasks",
    "drawing",
    "endnotes",
    "extended-properties",
    "extendedProperties",
    "externalLink",
    "featurePropertyBag",
    "font",
    "fontTable",
    "footer",
    "footnotes",
    "glossaryDocument",
    "handoutMaster",
    "hdphoto",
    "header",
    "hyperlink",
    "image",
    "ink",
    "legacyDiagramText",
    "legacyDocTextInfo",
    "media",
    "model3d",
    "namedSheetView",
    "namedSheetViews",
    "notesMaster",
    "notesSlide",
    "numbering",
    "officeDocument",
    "origin",
    "package",
    "people",
    "person",
    "pivotCacheDefinition",
    "pivotCacheRecords",
    "pivotTable",
    "presProps",
    "printerSettings",
    "queryTable",
    "rdArray",
    "rdRichValue",
    "rdRichValueStructure",
    "rdRichValueTypes",
    "rdRichValueWebImage",
    "rdSupportingPropertyBag",
    "rdSupportingPropertyBagStructure",
    "revisionHeaders",
    "revisionInfo",
    "revisionLog",
    "richStyles",
    "richValueRel",
    "settings",
    "sharedStrings",
    "sheetMetadata",
    "signature",
    "slicer",
    "slicerCache",
    "slide",
    "slideLayout",
    "slideMaster",
    "styles",
    "stylesWithEffects",
    "stylesWithtEffects",
    "table",
    "tableSingleCells",
    "tableStyles",
    "tags",
    "theme",
    "themeOverride",
    "threadedComment",
    "thumbnail",
    "timeline",
    "timelineCache",
    "usernames",
    "video",
    "viewProps",
    "vmlDrawing",
    "webSettings",
    "wordcomments",
    "worksheet",
    "xmlMaps",
];

/// Relationships that may lead out of the document besides those to links and pictures, if what they lead to is on this machine.
const OUT_TO_THIS_MACHINE: &[&str] =
    &["attachedTemplate", "audio", "externalLinkLongPath", "externalLinkPath", "media", "video", "xlPathMissing"];

/// What a click, or the mouse, does in a presentation without running anything (ECMA-376, part 1, section 21.1.2.3.5).
const STILL_ACTIONS: &[&str] =
    &["", "hlinkshowjump", "hlinksldjump", "hlinkpres", "hlinkfile", "media", "noaction", "customshow"];

/// Whether the document does more than to be read; `false` for other zips. `left` is how much may still be unpacked.
pub(super) fn is_active(mut archive: ZipArchive<Cursor<&[u8]>>, depth: usize, left: &mut u64) -> bool {
    let has = |archive: &ZipArchive<_>, is: fn(&str) -> bool| archive.file_names().flatten().any(|name| is(&name));
    if !has(&archive, is_of_document) {
        return has(&archive, is_acting_part);
    }
    if archive.len() > MAX_MEMBERS {
        return true;
    }
    (0..archive.len()).any(|at| {
        let Ok(mut member) = archive.by_index(at) else { return false };
        let name = member.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        if is_acting_part(&name) {
            return true;
        }
        let mut part = Vec::new();
        // What is there before a fault is looked at.
        let _ = member.by_ref().take(8).read_to_end(&mut part);
        let is_markup = is_markup(&name);
        if !is_markup && !is_document(&part) {
            return false;
        }
        let _ = member.take(*left).read_to_end(&mut part);
        *left = left.saturating_sub(part.len() as u64);
        let is_active = match is_markup {
            true if name.ends_with(".rels") => has_acting_relationship(&part),
            true => has_acting_element(&part),
            false => is_active_within(&part, depth + 1, left),
        };
        is_active || *left == 0
    })
}

/// Whether a name is one that zips of documents have, and others have not.
fn is_of_document(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["[content_types].xml", "meta-inf/manifest.xml", "meta-inf/container.xml", "content.xml"].contains(&name.as_str())
        || name.ends_with(".rels")
}

fn is_markup(name: &str) -> bool {
    [".xml", ".rels", ".vml", ".rdf"].iter().any(|end| name.ends_with(end))
}

/// Whether a part of that name is there to act: macros and controls, or pages of a browser within a document. Books are made of
/// such pages, which may hold scripts.
fn is_acting_part(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let last = name.rsplit('/').next().unwrap_or(&name);
    let is_page = || [".htm", ".html", ".mht", ".mhtml", ".xht", ".xhtml"].iter().any(|end| name.ends_with(end));
    let within = |folders: &[&str]| folders.iter().any(|folder| name.starts_with(folder));
    ["vbaproject.bin", "vbadata.xml"].contains(&last)
        || name == "meta-inf/container.xml"
        || ["/activex/", "/macrosheets/", "/dialogsheets/"].iter().any(|folder| name.contains(folder))
        || last.starts_with("oleobject")
        || within(&["basic/", "scripts/"])
        || (within(&["word/", "xl/", "ppt/"]) && is_page())
}

/// The elements of a part, each with the text that follows it; none if it is no markup that can be read as the program that opens it
/// reads it.
fn elements(part: &[u8], mut each: impl FnMut(Step<'_>) -> bool) -> Option<bool> {
    let decoded = text::decode(part)?;
    let markup = decoded.text.trim_start();
    // Entities of its own are words that stand nowhere, and other encodings read other words from the same bytes.
    let declared = markup.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or("", |(head, _)| head);
    let is_known = declared.split_once("encoding").is_none_or(|(_, name)| {
        let name = name.trim_start_matches([' ', '=', '"', '\'', '\t', '\r', '\n']).to_ascii_lowercase();
        ["utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252"]
            .iter()
            .any(|known| name.starts_with(known))
    });
    if !is_known || !decoded.is_whole || markup.contains("<!ENTITY") {
        return None;
    }
    let mut reader = Reader::from_str(markup);
    reader.config_mut().check_end_names = false;
    loop {
        let is_active = match reader.read_event().ok()? {
            Event::Eof => return Some(false),
            Event::Start(element) => each(Step::Start(&element)),
            Event::Empty(element) => each(Step::Start(&element)) || each(Step::End(element.local_name().as_ref())),
            Event::End(element) => each(Step::End(element.local_name().as_ref())),
            Event::Text(text) => each(Step::Text(&text.into_inner())),
            Event::CData(text) => each(Step::Text(&text.into_inner())),
            Event::GeneralRef(reference) => {
                let c = reference.resolve_char_ref().ok()?;
                c.is_some_and(|c| each(Step::Text(c.encode_utf8(&mut [0; 4]))))
            }
            _ => false,
        };
        if is_active {
            return Some(true);
        }
    }
}

/// A step through a part.
enum Step<'a> {
    Start(&'a BytesStart<'a>),
    /// The local name of the element that ends.
    End(&'a str),
    Text(&'a str),
}

/// The value of an attribute by its local name, whatever the prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let attribute = attributes.into_iter().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    // What cannot be read is kept as it is written.
    let value = attribute
        .normalized_value(XmlVersion::Implicit1_0)
        .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
    Some(value)
}

/// Whether relationships (ECMA-376, part 2, section 6.5) lead to anything that is not known to be still.
fn has_acting_relationship(part: &[u8]) -> bool {
    let is_active = elements(part, |step| match step {
        Step::Start(element) if element.local_name().as_ref() == "Relationship" => {
            let value = |name: &str| attribute(element, name).unwrap_or_default();
            let is_external = value("TargetMode").trim().eq_ignore_ascii_case("external");
            !is_still(value("Type").trim(), is_external.then(|| value("Target")).as_deref())
        }
        _ => false,
    });
    is_active.unwrap_or(true)
}

/// Whether nothing acts by a relationship of that type; `outside` is where it leads out of the document.
fn is_still(kind: &str, outside: Option<&str>) -> bool {
    let (space, last) = kind.rsplit_once('/').unwrap_or(("", kind));
    let space = space.split_once("://").map_or(space, |(_, space)| space);
    match outside {
        // Links are followed by hand, and pictures only shown.
        Some(target) => {
            matches!(last, "hyperlink" | "image") || (OUT_TO_THIS_MACHINE.contains(&last) && !is_elsewhere(target))
        }
        // Data that Google's programs keep for themselves, and pictures in cells of WPS.
        None if space.starts_with("customooxmlschemas.google.com/")
            || space.starts_with("customschemas.google.com/") =>
        {
            true
        }
        None if space.starts_with("www.wps.cn/") => last == "cellImage",
        None => STILL.contains(&last) || OUT_TO_THIS_MACHINE.contains(&last),
    }
}

/// Whether a part has a field, a formula, an event or an object that acts.
fn has_acting_element(part: &[u8]) -> bool {
    let mut fields = Fields::default();
    let mut in_instruction = false;
    let mut in_script = false;
    let is_active = elements(part, |step| match step {
        Step::Start(element) => {
            let name = element.local_name();
            match name.as_ref() {
                "fldChar" => match attribute(element, "fldCharType").as_deref() {
                    Some("begin") => fields.begin(),
                    Some("separate" | "end") => fields.end(),
                    _ => {}
                },
                "instrText" | "delInstrText" => in_instruction = true,
                "fldSimple" => {
                    fields.begin();
                    fields.instruct(&attribute(element, "instr").unwrap_or_default());
                    fields.end();
                }
                "script" => in_script = true,
                _ => {}
            }
            is_active_instruction(name.as_ref(), element)
        }
        Step::End(name) => {
            match name {
                "instrText" | "delInstrText" => in_instruction = false,
                "script" => in_script = false,
                _ => {}
            }
            false
        }
        Step::Text(text) => {
            if in_instruction {
                fields.instruct(text);
            }
            in_script && !text.trim().is_empty()
        }
    });
    is_active.unwrap_or(true) || fields.any_active()
}

/// Whether an element of Office or of OpenDocument acts, by its local name, as prefixes are anybody's choice.
fn is_active_instruction(name: &str, element: &BytesStart<'_>) -> bool {
    let value = |name: &str| attribute(element, name).unwrap_or_default();
    let is_on = |name: &str| matches!(value(name).trim(), "1" | "true" | "on");
    match name {
        // Other programs are asked for data; objects, applets, and pages of elsewhere.
        "ddeLink"
        | "dde-connection"
        | "dde-connection-decl"
        | "dde-link"
        | "dde-source"
        | "object-ole"
        | "plugin"
        | "applet"
        | "floating-frame" => true,
        // What calls a macro says in which language it is written.
        "event-listener" => {
            !value("language").is_empty()
                || !value("macro-name").is_empty()
                || matches!(value("action").as_str(), "execute" | "macro" | "verb")
        }
        "section-source" => is_elsewhere(&value("href")),
        "connection" => is_on("refreshOnLoad") || !value("interval").is_empty(),
        "queryTable" => is_on("refreshOnLoad"),
        "hlinkHover" | "hlinkMouseOver" => !value("id").is_empty() || is_running(&value("action")),
        "hlinkClick" => is_running(&value("action")),
        "button" | "customUI" => !value("onAction").is_empty() || !value("onLoad").is_empty(),
        _ => {
            let formula = value("formula").to_ascii_uppercase();
            formula.contains("DDE(") || formula.contains("DDE (")
        }
    }
}

/// Whether an action of a presentation runs something.
fn is_running(action: &str) -> bool {
    let Some((scheme, action)) = action.split_once("://") else { return !action.trim().is_empty() };
    let action = action.split('?').next().unwrap_or("");
    !scheme.trim().eq_ignore_ascii_case("ppaction")
        || !STILL_ACTIONS.iter().any(|still| still.eq_ignore_ascii_case(action.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::is_active;
    use crate::package::package;

    const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

    fn related(relationships: &str) -> Vec<u8> {
        package(&[TYPES, ("word/_rels/document.xml.rels", relationships)])
    }

    fn relationship(kind: &str, target: &str, mode: &str) -> Vec<u8> {
        related(&format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
             Target=\"{target}\"{mode}/></Relationships>"
        ))
    }

    fn part(text: &str) -> Vec<u8> {
        package(&[TYPES, ("word/document.xml", &format!("<d>{text}</d>"))])
    }

    #[test]
    fn macros_controls_and_pages_within_act_by_their_names() {
        for name in [
            "word/vbaProject.bin",
            "word/VBAPROJECT.BIN",
            "xl/activeX/activeX1.xml",
            "word/embeddings/oleObject1.bin",
            "word/afchunk.htm",
            "Basic/Standard/Module1.xml",
            "xl/macrosheets/sheet1.xml",
            "META-INF/container.xml",
        ] {
            assert!(is_active(&package(&[TYPES, (name, "x")])) && is_active(&package(&[(name, "x")])), "{name}");
        }
        assert!(!is_active(&package(&[("a.txt", "DDEAUTO"), ("pages/index.html", "<script>")])));
    }

    #[test]
    fn a_relationship_acts_unless_it_is_known_to_be_still() {
        let external = " TargetMode=\"External\"";
        for (kind, target, mode) in [
            ("vbaProject", "other.bin", ""),
            ("xlMacrosheet", "worksheets/s2.xml", ""),
            ("oleObject", "embeddings/a.bin", ""),
            ("aFChunk", "a.txt", ""),
            ("nobodyKnows", "a.xml", ""),
            ("attachedTemplate", "https://h.example/a.dotm", external),
            ("attachedTemplate", "http&#58;//h.example/a.dotm", external),
            ("attachedTemplate", "https://h.example/a.dotm", " TargetMode = '&#69;xternal'"),
            ("attachedTemplate", "\\\\h.example\\a.dotm", external),
            ("attachedTemplate", "file://h.example/a.dotm", external),
            ("attachedTemplate", "file:////h.example/a.dotm", external),
            ("oleObject", "mhtml:https://h.example/a!x", external),
            ("frame", "http://h.example/", external),
        ] {
            assert!(is_active(&relationship(kind, target, mode)), "{kind} {target} {mode}");
        }
        for (kind, target, mode) in [
            ("hyperlink", "https://h.example/", external),
            ("image", "https://h.example/a.png", external),
            ("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", external),
            ("styles", "styles.xml", ""),
        ] {
            assert!(!is_active(&relationship(kind, target, mode)), "{kind} {target}");
        }
    }

    #[test]
    fn relationships_are_read_however_they_are_written() {
        let kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";
        let written = [
            format!("<Relationships><Relationship\nId='r'\tType =\n'{kind}' Target='a'/></Relationships>"),
            format!(
                "<p:Relationships xmlns:p='x'><p:Relationship Type='{}'/></p:Relationships>",
                kind.replace('P', "&#80;")
            ),
            "<!DOCTYPE a [<!ENTITY b 'c'>]><Relationships/>".to_owned(),
            "<?xml version='1.0' encoding='utf-7'?><Relationships/>".to_owned(),
            "<Relationships><Relationship".to_owned(),
        ];
        for written in &written {
            assert!(is_active(&related(written)), "{written}");
        }
        assert!(!is_active(&related("<?xml version='1.0' encoding='UTF-8'?>\n<Relationships/>")));
    }

    #[test]
    fn fields_act_however_their_words_are_divided_and_spelt() {
        for acting in [
            "<w:instrText xml:space=\"preserve\"> DDE</w:instrText><w:instrText>AUTO c:\\cmd.exe</w:instrText>",
            "<w:instrText>&#68;DEAUTO c:</w:instrText>",
            "<w:instrText><![CDATA[DDEAUTO c:]]></w:instrText>",
            "<w:fldSimple w:instr = 'DDE excel a b'/>",
            "<x:fldChar x:fldCharType='begin'/><x:instrText>PAGE</x:instrText><x:fldChar x:fldCharType='end'/>\
             <x:fldChar x:fldCharType='begin'/><x:instrText>LINK a</x:instrText>",
        ] {
            assert!(is_active(&part(acting)), "{acting}");
        }
        assert!(!is_active(&part("<w:instrText> PAGE </w:instrText><w:t>DDE is what banks call it</w:t>")));
        let wide: Vec<u8> =
            "<d><w:instrText>DDE a</w:instrText></d>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in [("[Content_Types].xml", &b"<Types/>"[..]), ("word/document.xml", &wide)] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, bytes).unwrap();
        }
        assert!(is_active(&zip.finish().unwrap().into_inner()));
    }

    #[test]
    fn what_asks_runs_or_fetches_in_other_elements_acts() {
        for acting in [
            "<ddeLink ddeService='cmd'/>",
            "<connection refreshOnLoad='1'/>",
            "<a:hlinkMouseOver r:id='r1'/>",
            "<a:hlinkClick r:id='' action='ppaction://program'/>",
            "<a:hlinkClick action='ppaction://macro?name=a'/>",
            "<s:event-listener s:language='ooo:script'/>",
            "<p:event-listener p:action='execute'/>",
            "<text:dde-connection-decl/>",
            "<table:table-cell table:formula='of:=DDE(\"cmd\";\"a\")'/>",
            "<draw:floating-frame/>",
            "<office:script>Sub Main</office:script>",
        ] {
            assert!(is_active(&part(acting)), "{acting}");
        }
        for still in [
            "<connection name='a'/>",
            "<a:hlinkClick r:id='r1'/>",
            "<a:hlinkHover r:id='' action='ppaction://hlinkshowjump?jump=nextslide'/>",
            "<p:event-listener p:action='next-page'/>",
            "<office:scripts/><office:script/>",
            "<draw:object/><text:section-source xlink:href='#a'/>",
        ] {
            assert!(!is_active(&part(still)), "{still}");
        }
    }

    #[test]
    fn documents_within_are_looked_into_and_too_many_layers_act() {
        let chart = |inner: &[u8]| {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for (name, bytes) in [("[Content_Types].xml", &b"<Types/>"[..]), ("word/embeddings/a.xlsx", inner)] {
                zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                std::io::Write::write_all(&mut zip, bytes).unwrap();
            }
            zip.finish().unwrap().into_inner()
        };
        let still = package(&[TYPES, ("xl/workbook.xml", "<workbook/>")]);
        assert!(!is_active(&chart(&still)));
        assert!(is_active(&chart(&package(&[TYPES, ("xl/vbaProject.bin", "")]))));
        assert!(is_active(&chart(&chart(&chart(&chart(&still))))));
    }
}
