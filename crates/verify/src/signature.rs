//! Signatures of the tag manifest by minisign, which its stock tool makes and verifies too.

use std::io::Cursor;

use casefile_message::Message;
use minisign::{PublicKey, PublicKeyBox, SignatureBox};

/// The key that a signature is verified with.
#[derive(Debug, Clone)]
pub struct VerifyingKey(PublicKey);

impl VerifyingKey {
    /// Reads a key: the text of a file `minisign.pub`, or the line of letters and digits in it.
    ///
    /// # Errors
    /// Why this is none.
    pub fn read(text: &str) -> Result<Self, Message> {
        let text = text.trim();
        let key = match text.contains('\n') {
            true => PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key),
            false => PublicKey::from_base64(text),
        };
        key.map(Self).map_err(|error| Message::alike(error.to_string()))
    }

    /// The trusted comment of `signature`, if it is one of `message` by this key.
    ///
    /// # Errors
    /// Why it is not.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<String, Message> {
        let text = str::from_utf8(signature).map_err(|_| {
            message!(
                en: "the signature is no text",
                zh: "签名不是文本"
            )
        })?;
        let signature = SignatureBox::from_string(text).map_err(|error| Message::alike(error.to_string()))?;
        minisign::verify(&self.0, &signature, Cursor::new(message), true, false, false)
            .and_then(|()| signature.trusted_comment())
            .map_err(|error| Message::alike(error.to_string()))
    }
}
