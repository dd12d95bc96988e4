//! QR codes (ISO/IEC 18004).

use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;

/// A QR code for `text` as SVG; none if it is too long for one.
pub(super) fn svg(text: &str) -> Option<String> {
    let code = fast_qr::QRBuilder::new(text).build().ok()?;
    Some(SvgBuilder::default().margin(0).to_str(&code))
}
