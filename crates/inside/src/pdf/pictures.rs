//! A PDF whose pages are pictures and nothing else: no text, no properties.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// How a picture is packed, as PDF knows it (ISO 32000-2, sections 7.4.4 and 7.4.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packed {
    /// A JPEG.
    Jpeg(Vec<u8>),
    /// The deflated rows of a PNG, each behind the byte that tells how it is predicted; of eight bits a sample and one sample for grey,
    /// or three.
    Png {
        /// The rows.
        rows: Vec<u8>,
        /// Whether it has one sample a pixel.
        is_grey: bool,
    },
}

/// A picture that fills a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageOfPicture {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// How wide and how high the page is, in points.
    pub points: (f32, f32),
    /// The picture.
    pub packed: Packed,
}

/// A PDF that is being made of pictures.
pub struct Pictures {
    document: Document,
    tree: ObjectId,
    pages: Vec<Object>,
}

impl Default for Pictures {
    fn default() -> Self {
        let mut document = Document::with_version("1.7");
        let tree = document.new_object_id();
        Self { document, tree, pages: Vec::new() }
    }
}

impl Pictures {
    /// Adds a page.
    pub fn add(&mut self, page: PageOfPicture) {
        let PageOfPicture { width, height, points, packed } = page;
        let mut dict = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(width),
            "Height" => i64::from(height),
            "BitsPerComponent" => 8,
        };
        let data = match packed {
            Packed::Jpeg(data) => {
                dict.set("ColorSpace", "DeviceRGB");
                dict.set("Filter", "DCTDecode");
                data
            }
            Packed::Png { rows, is_grey } => {
                dict.set("ColorSpace", if is_grey { "DeviceGray" } else { "DeviceRGB" });
                dict.set("Filter", "FlateDecode");
                let colors = if is_grey { 1 } else { 3 };
                let predicted = dictionary! {
                    "Predictor" => 15, "Colors" => colors, "BitsPerComponent" => 8, "Columns" => i64::from(width),
                };
                dict.set("DecodeParms", predicted);
                rows
            }
        };
        let picture = self.document.add_object(Stream::new(dict, data).with_compression(false));
        let (across, down) = points;
        let content = format!("{across} 0 0 {down} 0 0 cm /P Do").into_bytes();
        let content = self.document.add_object(Stream::new(Dictionary::new(), content).with_compression(false));
        let page = self.document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => self.tree,
            "MediaBox" => vec![0.into(), 0.into(), Object::Real(across), Object::Real(down)],
            "Contents" => content,
            "Resources" => dictionary! { "XObject" => dictionary! { "P" => picture } },
        });
        self.pages.push(page.into());
    }

    /// The file, which says `xmp` of itself; none if it cannot be written.
    pub fn finish(mut self, xmp: Option<&str>) -> Option<Vec<u8>> {
        let count = self.pages.len() as i64;
        let tree = dictionary! { "Type" => "Pages", "Count" => count, "Kids" => self.pages };
        self.document.set_object(self.tree, tree);
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => self.tree };
        if let Some(xmp) = xmp {
            let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
            let xmp = Stream::new(dict, xmp.as_bytes().to_vec()).with_compression(false);
            catalog.set("Metadata", self.document.add_object(xmp));
        }
        let catalog = self.document.add_object(catalog);
        self.document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unread;
    use crate::pdf::pages;

    #[test]
    fn a_page_of_a_picture_is_drawn_as_the_picture_and_holds_no_text() {
        // Two rows of two pixels, not predicted: black, white; white, black.
        let rows: &[u8] = &[0, 0, 255, 0, 255, 0];
        let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut deflated, rows).unwrap();
        let packed = Packed::Png { rows: deflated.finish().unwrap(), is_grey: true };
        let page = PageOfPicture { width: 2, height: 2, points: (72.0, 72.0), packed };
        let mut pictures = Pictures::default();
        pictures.add(page.clone());
        pictures.add(page);
        let pdf = pictures.finish(Some("<x/>")).unwrap();
        let (found, inside) = crate::pdf::read(&pdf);
        assert_eq!((found.pages, found.is_active, inside.unread), (Some(2), false, Some(Unread::Scan)));
        assert_eq!(inside.metadata, []);
        let mut drawn = Vec::new();
        pages::draw(&pdf, &[], &mut |page| {
            drawn.push(page);
            true
        })
        .unwrap();
        assert_eq!((drawn.len(), drawn[0].width, drawn[0].height), (2, 200, 200));
        let at = |x: usize, y: usize| drawn[1].pixels[(y * 200 + x) * 3];
        assert_eq!([at(20, 20), at(180, 20), at(20, 180), at(180, 180)], [0, 255, 255, 0]);
    }
}
