//! How much is done to look into one file.
//!
//! Limits on sizes alone do not end the reading: what is small may be unpacked again and again, and parts of a file may lead to each
//! other. So whatever is unpacked, gone through or drawn is paid for out of one sum, which all that lies in a file shares.

/// What may be done for any file, and what for each of its bytes on top of that, in steps of about a nanosecond.
const FOR_ANY: u64 = 1 << 30;
const FOR_EACH_BYTE: u64 = 256;

/// What may still be done.
#[derive(Debug)]
pub(crate) struct Work(u64);

impl Work {
    /// For a file of `len` bytes.
    pub(crate) fn new(len: usize) -> Self {
        Self(FOR_ANY.saturating_add(FOR_EACH_BYTE.saturating_mul(len as u64)))
    }

    /// So many steps.
    pub(crate) fn of(steps: u64) -> Self {
        Self(steps)
    }

    /// Whether so many more steps may be done; what may not be leaves nothing for what comes after it.
    pub(crate) fn take(&mut self, steps: u64) -> bool {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}
