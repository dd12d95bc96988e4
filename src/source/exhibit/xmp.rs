//! What XMP says (Adobe XMP, part 1, in RDF/XML): properties by namespace and name.

use memchr::memmem;
use roxmltree::{Document, Node, ParsingOptions};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// The most packets that are read of one file, and the largest, in bytes.
const MAX_PACKETS: usize = 16;
const MAX_PACKET: usize = 4 << 20;

/// A property: its namespace, its name, and what it says.
pub(super) type Property = (String, String, String);

/// The properties in every packet that stands in the bytes of a file of whatever format, as plain text.
pub(super) fn properties(bytes: &[u8]) -> Vec<Property> {
    let mut found = Vec::new();
    let mut from = 0;
    for _ in 0..MAX_PACKETS {
        let Some(start) = memmem::find(&bytes[from..], b"<rdf:RDF").map(|at| from + at) else { break };
        let Some(length) = memmem::find(&bytes[start..], b"</rdf:RDF>") else { break };
        from = start + length + b"</rdf:RDF>".len();
        if from - start <= MAX_PACKET {
            read(&String::from_utf8_lossy(&bytes[start..from]), &mut found);
        }
    }
    found
}

/// Adds the properties of one packet; nothing if it is no XML.
pub(super) fn read(packet: &str, found: &mut Vec<Property>) {
    // The prefixes of RDF and of its neighbours may be declared outside of the element.
    let options = ParsingOptions { nodes_limit: 100_000, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(packet, options) else { return };
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            match attribute.namespace() {
                Some(namespace) if namespace == RDF && attribute.name() == "resource" => {
                    add(node, attribute.value(), found);
                }
                Some(namespace) if namespace != RDF => {
                    found.push((namespace.to_owned(), attribute.name().to_owned(), attribute.value().to_owned()));
                }
                _ => {}
            }
        }
        if node.children().all(|child| !child.is_element()) {
            add(node, node.text().unwrap_or(""), found);
        }
    }
}

/// Adds what an element says under the name of the property it is in: the entries of a list have none of their own.
fn add(node: Node<'_, '_>, value: &str, found: &mut Vec<Property>) {
    let named = node.ancestors().find(|node| node.tag_name().namespace().is_some_and(|namespace| namespace != RDF));
    let name = named.map(|node| node.tag_name());
    let Some((name, namespace)) = name.and_then(|name| Some((name.name(), name.namespace()?))) else { return };
    if !value.trim().is_empty() {
        found.push((namespace.to_owned(), name.to_owned(), value.trim().to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_elements_lists_and_resources_are_properties() {
        let packet = r#"<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/" xmlns:d="http://d.example/">
            <rdf:Description rdf:about="" e:Place="1,2N"><d:creator><rdf:Seq><rdf:li>Ann</rdf:li><rdf:li>Bob</rdf:li>
            </rdf:Seq></d:creator><e:Type rdf:resource="http://t.example/x"/><e:Empty> </e:Empty></rdf:Description>
            </rdf:RDF></x:xmpmeta>"#;
        let file = [b"\xff\xd8\xff\xe1", packet.as_bytes(), b"\0\xff"].concat();
        let found: Vec<(String, String)> =
            properties(&file).into_iter().map(|(_, name, value)| (name, value)).collect();
        let wanted = [("Place", "1,2N"), ("creator", "Ann"), ("creator", "Bob"), ("Type", "http://t.example/x")];
        assert_eq!(found, wanted.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn what_is_no_xmp_says_nothing() {
        for bytes in [&b""[..], b"<rdf:RDF", b"<rdf:RDF></rdf:RDF>", b"<rdf:RDF xmlns:rdf='x'><a></rdf:RDF>"] {
            assert_eq!(properties(bytes), []);
        }
    }

    #[test]
    fn of_many_packets_the_first_are_read_and_none_that_is_too_large() {
        let packet = |words: &str| {
            format!("<rdf:RDF xmlns:rdf='{RDF}' xmlns:e='http://e.example/'><e:a>{words}</e:a></rdf:RDF>")
        };
        assert_eq!(properties(packet("1").repeat(MAX_PACKETS + 1).as_bytes()).len(), MAX_PACKETS);
        let large = packet(&"1".repeat(MAX_PACKET)) + &packet("2");
        let found = properties(large.as_bytes());
        assert_eq!(found.iter().map(|(_, _, value)| value.as_str()).collect::<Vec<_>>(), ["2"]);
    }
}
