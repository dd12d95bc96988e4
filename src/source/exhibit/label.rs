//! Labels that a picture was made by a machine. The law asks for them (GB 45438-2025), so they outlive the cleaning.

use memchr::memmem;

use super::xmp;

/// The namespace of the label that GB 45438-2025 asks for.
const AIGC: &str = "http://www.tc260.org.cn/ns/AIGC/1.0/";

/// The namespace in which IPTC says how a picture came about.
const IPTC: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

/// Words of a C2PA manifest that say that the picture was made by a machine (IPTC, digital source types).
const MACHINE: &[&[u8]] = &[b"lgorithmicMedia", b"compositeSynthetic", b"lgorithmicallyEnhanced"];

/// Words of a C2PA manifest behind which stands where, with what or by whom a picture was taken.
const TELLING: &[&[u8]] = &[b"stds.exif", b"exif:", b"CreativeWork", b"cawg."];

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
        labels.extend(loose(bytes).map(|label| format!("AIGC {label}")));
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

/// The longest label that is shown, in characters.
const MAX_LABEL: usize = 200;

/// The XMP packet that holds the labels which stand in a picture, and nothing else; none if there are none. `packed` is the
/// XMP that the picture holds packed.
pub(super) fn packet(bytes: &[u8], packed: &str) -> Option<String> {
    let mut labels: Vec<(&str, String)> = Vec::new();
    let mut properties = xmp::properties(bytes);
    xmp::read(packed, &mut properties);
    for (namespace, name, value) in properties {
        match (namespace.as_str(), name.as_str()) {
            (AIGC, "AIGC") => labels.push(("TC260:AIGC", value)),
            (IPTC, "DigitalSourceType") => labels.push(("Iptc4xmpExt:DigitalSourceType", value)),
            _ => {}
        }
    }
    if !labels.iter().any(|(name, _)| *name == "TC260:AIGC") {
        labels.extend(loose(bytes).map(|label| ("TC260:AIGC", label)));
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

/// The label as some programs write it, outside of XMP: JSON in a comment or in Exif, `{"AIGC":{"Label":"1",…}}`.
fn loose(bytes: &[u8]) -> Option<String> {
    let start = memmem::find(bytes, b"{\"AIGC\"")?;
    let json = serde_json::Deserializer::from_slice(&bytes[start..]).into_iter::<serde_json::Value>().next()?.ok()?;
    Some(json.to_string())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whether a C2PA manifest is kept: one that says that the picture was made by a machine, or at least not who took it and
/// where.
pub(super) fn is_label(manifest: &[u8]) -> bool {
    let has = |words: &[&[u8]]| words.iter().any(|word| memmem::find(manifest, word).is_some());
    has(MACHINE) || !has(TELLING)
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
        )
        .unwrap();
        assert!(packet.contains("<TC260:AIGC>{\"Label\":\"1\"}</TC260:AIGC>"), "{packet}");
        assert!(packet.contains("trainedAlgorithmicMedia") && !packet.contains("Ann"));
        // As a picture may hold it packed.
        assert_eq!(super::packet(b"", &packet).as_ref(), Some(&packet));
        let again = super::packet(packet.as_bytes(), "").unwrap();
        assert_eq!(again, packet);
        let labels = said(packet.as_bytes(), "");
        assert_eq!(labels, ["AIGC {\"Label\":\"1\"}", "DigitalSourceType trainedAlgorithmicMedia"]);
        assert_eq!(said(b"jumb c2pa.actions trainedAlgorithmicMedia", ""), ["C2PA"]);
        assert_eq!(said(b"jumb c2pa", ""), Vec::<String>::new());
    }

    #[test]
    fn a_label_outside_of_xmp_counts_and_what_is_none_does_not() {
        let packet = packet(b"ASCII\0\0\0{\"AIGC\":{\"Label\":\"1\"}}\0\xff", "").unwrap();
        assert!(packet.contains("{\"AIGC\":{\"Label\":\"1\"}}"), "{packet}");
        assert_eq!(super::packet(b"{\"AIGC\": and no more", ""), None);
        assert_eq!(super::packet(&xmp("<d:creator>Ann</d:creator>"), ""), None);
    }

    #[test]
    fn a_manifest_that_only_says_who_took_a_picture_is_no_label() {
        assert!(is_label(b"jumb c2pa.actions digitalSourceType http://x/trainedAlgorithmicMedia stds.exif"));
        assert!(is_label(b"jumb c2pa"));
        assert!(!is_label(b"jumb c2pa stds.exif exif:GPSLatitude"));
        assert!(!is_label(b"jumb c2pa stds.schema-org.CreativeWork Ann"));
    }
}
