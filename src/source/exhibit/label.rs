//! Labels that a picture was made by a machine. The law asks for them (GB 45438-2025), so they outlive the cleaning.

use memchr::memmem;

use super::xmp;

/// The namespace of the label that GB 45438-2025 asks for.
const AIGC: &str = "http://www.tc260.org.cn/ns/AIGC/1.0/";

/// The namespace in which IPTC says how a picture came about.
const IPTC: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

/// Words of a C2PA manifest that say that the picture was made by a machine (IPTC, digital source types).
const MACHINE: &[&[u8]] = &[b"lgorithmicMedia", b"compositeSynthetic", b"lgorithmicallyEnhanced"];

/// Words of a C2PA manifest behind which stands where, with what or by whom a picture was taken, or another picture.
const TELLING: &[&[u8]] = &[
    b"stds.",
    b"description",
    b"parameters",
    b"exif:",
    b"EXIF:",
    b"GPS",
    b"photoshop:",
    b"dc:",
    b"CreativeWork",
    b"cawg.",
    b"author",
    b"creator",
    b"c2pa.metadata",
    b"c2pa.location",
    b"c2pa.thumbnail",
    b"c2pa.ingredient",
];

/// What the parts of a manifest are called that tell how a picture was made, and what they are signed with (C2PA 2.1, section 6).
/// The names of whole manifests hold `urn:`.
const PARTS: &[&str] =
    &["c2pa.assertions", "c2pa.claim", "c2pa.signature", "c2pa.actions", "c2pa.hash", "c2pa.soft-binding"];

/// The labels that stand in a picture, each on a line: as the file says, whether or not that is true. `packed` is the XMP that
/// the picture holds packed.
pub(super) fn said(bytes: &[u8], packed: &str) -> Vec<String> {
    let mut properties = xmp::properties(bytes);
    xmp::read(packed, &mut properties);
    let mut labels: Vec<String> = properties
        .into_iter()
        .filter_map(|(namespace, name, value)| match (namespace.as_str(), name.as_str()) {
            (AIGC, "AIGC") => Some(format!("AIGC {value}")),
            (IPTC, "DigitalSourceType") => {
                Some(format!("DigitalSourceType {}", value.rsplit('/').next().unwrap_or(&value)))
            }
            _ => None,
        })
        .collect();
    if !labels.iter().any(|label| label.starts_with("AIGC ")) {
        let plain = packed.replace("&quot;", "\"");
        let loose = loose(bytes).or_else(|| loose(plain.as_bytes()));
        labels.extend(loose.map(|label| format!("AIGC {label}")));
    }
    if memmem::find(bytes, b"c2pa").is_some() && MACHINE.iter().any(|word| memmem::find(bytes, word).is_some()) {
        labels.push("C2PA".to_owned());
    }
    labels.dedup();
    for label in &mut labels {
        *label = label.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_LABEL).collect();
    }
    labels
}

/// Fields that only a label of GB 45438 has beside `Label` (annex E).
const FIELDS: &[&str] = &["ContentProducer", "ProduceID", "ContentPropagator", "PropagateID"];

/// The longest label that is shown, in characters.
const MAX_LABEL: usize = 200;

/// The XMP packet that holds the labels which stand in a picture, and nothing else; none if there are none. `packed` is the
/// XMP that the picture holds packed, `manifest` a C2PA manifest that is left out of it.
pub(super) fn packet(bytes: &[u8], packed: &str, manifest: &[u8]) -> Option<String> {
    let mut labels: Vec<(&str, String)> = Vec::new();
    let mut properties = xmp::properties(bytes);
    xmp::read(packed, &mut properties);
    for (namespace, name, value) in properties {
        match (namespace.as_str(), name.as_str()) {
            (AIGC, "AIGC") => labels.extend(fields_alone(&value).map(|value| ("TC260:AIGC", value))),
            (IPTC, "DigitalSourceType") if is_source_type(&value) => {
                labels.push(("Iptc4xmpExt:DigitalSourceType", value));
            }
            _ => {}
        }
    }
    if !labels.iter().any(|(name, _)| *name == "TC260:AIGC") {
        labels.extend(loose(bytes).and_then(|label| fields_alone(&label)).map(|label| ("TC260:AIGC", label)));
    }
    // Of a manifest that is left out, this remains.
    if !labels.iter().any(|(name, _)| *name == "Iptc4xmpExt:DigitalSourceType") {
        labels.extend(
            source_type(manifest).map(|kind| ("Iptc4xmpExt:DigitalSourceType", format!("{SOURCE_TYPES}{kind}"))),
        );
    }
    labels.dedup();
    (!labels.is_empty()).then(|| {
        let said: String = labels.iter().map(|(name, value)| format!("<{name}>{}</{name}>", escaped(value))).collect();
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
             xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:TC260=\"{AIGC}\" \
             xmlns:Iptc4xmpExt=\"{IPTC}\">{said}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
        )
    })
}

/// The label as some programs write it, outside of XMP: JSON in a comment or in Exif, `{"AIGC":{"Label":"1",…}}`, or by itself in a tag
/// or a property that is called AIGC.
fn loose(bytes: &[u8]) -> Option<String> {
    let json = |start: usize| {
        let values = serde_json::Deserializer::from_slice(&bytes[start..]).into_iter::<serde_json::Value>();
        values.flatten().next()
    };
    if let Some(label) = memmem::find(bytes, b"{\"AIGC\"").and_then(json) {
        return Some(label.to_string());
    }
    let is_label = |json: &serde_json::Value| FIELDS.iter().any(|field| json.get(field).is_some());
    memmem::find_iter(bytes, b"{\"Label\"").filter_map(json).find(is_label).map(|label| label.to_string())
}

/// All fields of a label of GB 45438 (annex E).
const ALL_FIELDS: &[&str] =
    &["Label", "ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2"];

/// The label without fields that the standard does not have; none if it is no label.
fn fields_alone(label: &str) -> Option<String> {
    let Ok(mut json) = serde_json::from_str::<serde_json::Value>(label) else {
        // Some programs write the value alone.
        let is_value = label.len() <= MAX_LONE_VALUE && label.bytes().all(|byte| byte.is_ascii_alphanumeric());
        return is_value.then(|| label.to_owned());
    };
    let fields = match json.get_mut("AIGC") {
        Some(within) => within.as_object_mut(),
        None => json.as_object_mut(),
    };
    let Some(fields) = fields else { return (label.len() <= MAX_LONE_VALUE).then(|| label.to_owned()) };
    let count = fields.len();
    fields.retain(|field, value| ALL_FIELDS.contains(&field.as_str()) && !value.is_object() && !value.is_array());
    let is_whole = fields.len() == count;
    if let Some(outer) = json.as_object_mut().filter(|outer| outer.len() > 1 && outer.contains_key("AIGC")) {
        outer.retain(|field, _| field == "AIGC");
        return Some(json.to_string());
    }
    Some(if is_whole { label.to_owned() } else { json.to_string() })
}

/// The longest value that stands for a label, in bytes.
const MAX_LONE_VALUE: usize = 8;

/// Whether a value is the name of a way in which pictures come about, where IPTC defines these or by itself.
fn is_source_type(value: &str) -> bool {
    let name = value.rsplit_once("digitalsourcetype/").map_or(value, |(_, name)| name);
    let is_there = name.len() == value.len()
        || [SOURCE_TYPES, "https://cv.iptc.org/newscodes/digitalsourcetype/"]
            .iter()
            .any(|at| value.strip_prefix(at) == Some(name));
    is_there && SOURCE_TYPE_NAMES.contains(&name)
}

/// What IPTC calls them.
const SOURCE_TYPE_NAMES: &[&str] = &[
    "digitalCapture",
    "computationalCapture",
    "negativeFilm",
    "positiveFilm",
    "print",
    "minorHumanEdits",
    "humanEdits",
    "compositeCapture",
    "algorithmicallyEnhanced",
    "dataDrivenMedia",
    "digitalArt",
    "digitalCreation",
    "virtualRecording",
    "composite",
    "compositeSynthetic",
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "algorithmicMedia",
    "screenCapture",
    "softwareImage",
];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The kind of machine that a C2PA manifest names, if it names any.
fn source_type(bytes: &[u8]) -> Option<String> {
    let at = MACHINE.iter().find_map(|word| memmem::find(bytes, word))?;
    let is_letter = |byte: &&u8| byte.is_ascii_alphabetic();
    let before = bytes[..at].iter().rev().take_while(is_letter).count();
    let after = bytes[at..].iter().take_while(is_letter).count();
    let kind = &bytes[at - before.min(MAX_SOURCE_TYPE)..at + after.min(MAX_SOURCE_TYPE)];
    Some(String::from_utf8_lossy(kind).into_owned())
}

/// Where the kinds are defined, and how long the name of one may be, in letters on either side of what it is known by.
const SOURCE_TYPES: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/";
const MAX_SOURCE_TYPE: usize = 40;

/// Whether a C2PA manifest is kept: one that tells that a machine made the picture, and how, and nothing of who made it where. It is signed as a
/// whole, and nothing can be taken out of it.
pub(super) fn is_label(manifest: &[u8]) -> bool {
    let tells = TELLING.iter().any(|word| memmem::find(manifest, word).is_some());
    let is_of_machine = MACHINE.iter().any(|word| memmem::find(manifest, word).is_some());
    is_of_machine && !tells && parts(manifest).all(|part| is_known(&part))
}

fn is_known(part: &str) -> bool {
    let is_part = |own: &&str| part == *own || part.strip_prefix(*own).is_some_and(|rest| rest.starts_with('.'));
    part == "c2pa" || PARTS.iter().any(is_part) || part.starts_with("urn:") || part.contains(":urn:")
}

/// What the parts of a manifest are called (ISO 19566-5: the description of a box, behind 16 bytes of its type and one of flags).
fn parts(manifest: &[u8]) -> impl Iterator<Item = String> {
    memmem::find_iter(manifest, b"jumd").filter_map(|at| {
        let name = manifest.get(at + 4 + 17..)?.splitn(2, |byte| *byte == 0).next()?;
        Some(String::from_utf8_lossy(name).into_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xmp(inner: &str) -> Vec<u8> {
        format!(
            "x<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description xmlns:t=\"{AIGC}\" \
             xmlns:i=\"{IPTC}\" xmlns:d=\"http://purl.org/dc/elements/1.1/\">{inner}</rdf:Description></rdf:RDF>"
        )
        .into_bytes()
    }

    #[test]
    fn labels_are_taken_out_of_what_else_is_said() {
        let packet = packet(
            &xmp("<d:creator>Ann</d:creator><t:AIGC>{\"Label\":\"1\"}</t:AIGC><i:DigitalSourceType>\
                                  http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia\
                                  </i:DigitalSourceType>"),
            "",
            b"",
        )
        .unwrap();
        assert!(packet.contains("<TC260:AIGC>{\"Label\":\"1\"}</TC260:AIGC>"), "{packet}");
        assert!(packet.contains("trainedAlgorithmicMedia") && !packet.contains("Ann"));
        // As a picture may hold it packed.
        assert_eq!(super::packet(b"", &packet, b"").as_ref(), Some(&packet));
        let again = super::packet(packet.as_bytes(), "", b"").unwrap();
        assert_eq!(again, packet);
        let labels = said(packet.as_bytes(), "");
        assert_eq!(labels, ["AIGC {\"Label\":\"1\"}", "DigitalSourceType trainedAlgorithmicMedia"]);
        assert_eq!(said(b"jumb c2pa.actions trainedAlgorithmicMedia", ""), ["C2PA"]);
        assert_eq!(said(b"jumb c2pa", ""), Vec::<String>::new());
    }

    #[test]
    fn a_label_outside_of_xmp_counts_and_what_is_none_does_not() {
        let packet = packet(b"ASCII\0\0\0{\"AIGC\":{\"Label\":\"1\"}}\0\xff", "", b"").unwrap();
        assert!(packet.contains("{\"AIGC\":{\"Label\":\"1\"}}"), "{packet}");
        assert_eq!(super::packet(b"{\"AIGC\": and no more", "", b""), None);
        assert_eq!(super::packet(&xmp("<d:creator>Ann</d:creator>"), "", b""), None);
        let tag = b"TXXX\0\0\0\x0b\0\0\x03AIGC\0{\"Label\":\"1\",\"ContentProducer\":\"x\"}\0\xff";
        assert_eq!(said(tag, ""), ["AIGC {\"Label\":\"1\",\"ContentProducer\":\"x\"}"]);
        let property = "<vt:lpwstr>{&quot;Label&quot;:&quot;1&quot;,&quot;ProduceID&quot;:&quot;9&quot;}</vt:lpwstr>";
        assert_eq!(said(b"", property), ["AIGC {\"Label\":\"1\",\"ProduceID\":\"9\"}"]);
        assert_eq!(said(b"{\"Label\": \"axis\"}", ""), Vec::<String>::new());
    }

    #[test]
    fn a_manifest_is_kept_that_says_how_a_picture_was_made_and_no_more() {
        assert!(is_label(b"jumb c2pa.actions digitalSourceType http://x/trainedAlgorithmicMedia"));
        assert!(!is_label(b"jumb c2pa") && !is_label(b""));
        for telling in [
            "description",
            "stds.exif",
            "c2pa.metadata",
            "c2pa.location.broad",
            "c2pa.thumbnail.claim.jpeg",
            "dc:creator",
        ] {
            assert!(!is_label(format!("jumb c2pa trainedAlgorithmicMedia {telling} Ann").as_bytes()), "{telling}");
        }
        let named = |part: &str| format!("jumd{}{part}\0 compositeSynthetic", "x".repeat(17));
        for part in ["c2pa", "urn:c2pa:1", "acme:urn:uuid:1", "c2pa.actions.v2", "c2pa.hash.data"] {
            assert!(is_label(named(part).as_bytes()), "{part}");
        }
        for part in ["com.acme.owner", "c2pa.actionsx", "c2pa.unknown"] {
            assert!(!is_label(named(part).as_bytes()), "{part}");
        }
    }

    #[test]
    fn a_label_holds_what_the_standards_have_it_hold_and_no_more() {
        let of = |inner: &str| packet(&xmp(inner), "", b"");
        assert_eq!(of("<i:DigitalSourceType>Ann in Berlin</i:DigitalSourceType>"), None);
        assert_eq!(of("<t:AIGC>Ann in Berlin</t:AIGC>"), None);
        assert!(of("<i:DigitalSourceType>digitalArt</i:DigitalSourceType>").is_some());
        let packet =
            packet(b"{\"AIGC\":{\"Label\":\"1\",\"GPS\":\"39.9\",\"Author\":\"Ann\"},\"More\":\"Ann\"}", "", b"")
                .unwrap();
        assert!(packet.contains(">{\"AIGC\":{\"Label\":\"1\"}}<"), "{packet}");
    }

    #[test]
    fn of_a_manifest_that_is_left_out_the_label_remains() {
        let bytes = b"jumb c2pa http://x/compositeWithTrainedAlgorithmicMedia\0 stds.exif Ann";
        let packet = packet(b"", "", bytes).unwrap();
        assert!(packet.contains("/digitalsourcetype/compositeWithTrainedAlgorithmicMedia<"), "{packet}");
        assert!(!packet.contains("Ann"));
        assert_eq!(super::packet(b"", "", b"jumb c2pa stds.exif Ann"), None);
    }
}
