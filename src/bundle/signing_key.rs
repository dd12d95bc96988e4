//! Signing the tag manifest by minisign, as its stock tool does.

use std::io::Cursor;

use ct_codecs::{Base64, Decoder};
use minisign::{SecretKey, SecretKeyBox, SignatureBox};

/// The key that signs. Its bytes are never shown.
pub struct SigningKey(SecretKey);

impl SigningKey {
    /// Whether the text of a secret key asks for a password.
    pub fn is_locked(text: &str) -> bool {
        // "Ed", "Sc", "B2" in Base64: signed by Ed25519, locked by scrypt, checked by BLAKE2.
        text.lines().nth(1).is_some_and(|line| line.starts_with("RWRTY0Iy"))
    }

    /// Reads the text of a file `minisign.key`, and unlocks it.
    ///
    /// # Errors
    /// When this is no key, or the password is not its own.
    pub fn read(text: &str, password: Option<String>) -> Result<Self, String> {
        let key = SecretKeyBox::from_string(text);
        let key = key.and_then(|key| match password {
            Some(password) => key.into_secret_key(Some(password)),
            None => key.into_unencrypted_secret_key().or_else(|error| without_checksum(text).ok_or(error)),
        });
        key.map(Self).map_err(|error| error.to_string())
    }

    /// The text of a signature of `message`, which vouches for `comment` too. It holds random bits, so that no two are
    /// the same.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn sign(&self, message: &[u8], comment: &str) -> Result<String, String> {
        let untrusted = "verify with `minisign -V -P KEY -m tagmanifest-sha256.txt`";
        minisign::sign(None, &self.0, Cursor::new(message), Some(comment), Some(untrusted))
            .map(SignatureBox::into_string)
            .map_err(|error| error.to_string())
    }
}

/// How many bytes a secret key has, and how many of them, at the end, are its checksum.
const KEY_SIZE: usize = 158;
const CHECKSUM_SIZE: usize = 32;

/// A key without password whose checksum is left empty: the stock tool makes such, and the library takes it for damage.
fn without_checksum(text: &str) -> Option<SecretKey> {
    let bytes = Base64::decode_to_vec(text.lines().nth(1)?.trim(), None).ok()?;
    let is_empty = bytes.len() == KEY_SIZE && bytes.ends_with(&[0; CHECKSUM_SIZE]);
    let key = is_empty.then(|| SecretKey::from_bytes(&bytes).ok()).flatten()?;
    (!key.is_encrypted()).then_some(key)
}

#[cfg(test)]
mod tests {
    use ct_codecs::Encoder;
    use minisign::KeyPair;

    use casefile_verify::signature::VerifyingKey;

    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_comment_and_key_alone() {
        let (own, other) =
            (KeyPair::generate_unencrypted_keypair().unwrap(), KeyPair::generate_unencrypted_keypair().unwrap());
        let secret = own.sk.to_box(None).unwrap().into_string();
        assert!(!SigningKey::is_locked(&secret));
        let signature = SigningKey::read(&secret, None).unwrap().sign(b"message", "comment").unwrap();
        let key = VerifyingKey::read(&own.pk.to_base64()).unwrap();
        assert_eq!(key.verify(b"message", signature.as_bytes()), Ok("comment".to_owned()));
        assert!(key.verify(b"messagf", signature.as_bytes()).is_err());
        assert!(key.verify(b"message", signature.replace("comment: c", "comment: d").as_bytes()).is_err());
        assert!(key.verify(b"message", b"\xff").is_err() && key.verify(b"message", b"").is_err());
        let other = VerifyingKey::read(&other.pk.to_box().unwrap().into_string()).unwrap();
        assert!(other.verify(b"message", signature.as_bytes()).is_err());
    }

    #[test]
    fn a_locked_key_needs_its_password() {
        let (mut public, mut secret) = (Vec::new(), Vec::new());
        let password = Some("word".to_owned());
        KeyPair::generate_and_write_encrypted_keypair(&mut public, &mut secret, None, password.clone()).unwrap();
        let (public, secret) = (String::from_utf8(public).unwrap(), String::from_utf8(secret).unwrap());
        assert!(SigningKey::is_locked(&secret));
        assert!(SigningKey::read(&secret, None).is_err());
        assert!(SigningKey::read(&secret, Some("other".to_owned())).is_err());
        let signature = SigningKey::read(&secret, password).unwrap().sign(b"message", "comment").unwrap();
        let verified = VerifyingKey::read(&public).unwrap().verify(b"message", signature.as_bytes());
        assert_eq!(verified, Ok("comment".to_owned()));
    }

    #[test]
    fn a_key_whose_checksum_was_left_empty_signs_too() {
        let pair = KeyPair::generate_unencrypted_keypair().unwrap();
        let mut bytes = pair.sk.to_bytes();
        bytes[KEY_SIZE - CHECKSUM_SIZE..].fill(0);
        let text = format!("untrusted comment: x\n{}\n", Base64::encode_to_string(&bytes).unwrap());
        let signature = SigningKey::read(&text, None).unwrap().sign(b"message", "comment").unwrap();
        let key = VerifyingKey::read(&pair.pk.to_base64()).unwrap();
        assert_eq!(key.verify(b"message", signature.as_bytes()), Ok("comment".to_owned()));
        bytes[KEY_SIZE - 1] = 1;
        let text = format!("untrusted comment: x\n{}\n", Base64::encode_to_string(&bytes).unwrap());
        assert!(SigningKey::read(&text, None).is_err());
    }

    #[test]
    fn what_is_no_key_is_told() {
        assert!(VerifyingKey::read("no key").is_err());
        assert!(SigningKey::read("no key", None).is_err());
        assert!(!SigningKey::is_locked("no key"));
    }
}
