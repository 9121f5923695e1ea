//! Digests by which generated code says what it was generated from.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of canonical text; shown by its first 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of one text.
    #[must_use]
    pub fn of(text: &[u8]) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// The digest of several named digests, in the order given.
    #[must_use]
    pub fn combine<'n>(parts: impl IntoIterator<Item = (&'n str, Self)>) -> Self {
        let mut hash = Sha256::new();
        for (name, part) in parts {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(part.0);
        }
        Self(hash.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..8].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
