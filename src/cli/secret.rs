//! `casefile secret`

use super::{Outcome, terminal};
use crate::Error;

/// Digits and letters that nobody takes for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many are printed: 130 bits.
const LENGTH: usize = 26;

pub(super) fn run() -> Result<Outcome, Error> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| {
        Error::Usage(message!(en: "the system gives no random numbers: {error}", zh: "系统没有给出随机数：{error}"))
    })?;
    let mut secret: Vec<u8> = bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)]).collect();
    secret.push(b'\n');
    terminal::out_bytes(&secret);
    Ok(Outcome::Done)
}
