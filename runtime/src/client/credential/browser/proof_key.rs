//! What ties a sign-in to the program that began it (RFC 7636).

use crate::client::credential::Secret;
use crate::client::credential::grant::url_safe;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;

/// Random texts of one sign-in.
pub(super) struct ProofKey {
    /// Is shown when the code is redeemed: nobody else can.
    pub(super) verifier: Secret,
    /// The hash of the verifier, which the page for signing in gets.
    pub(super) challenge: String,
    /// Comes back with the browser: what comes without it is somebody else's.
    pub(super) state: String,
}

impl ProofKey {
    pub(super) fn new() -> Option<Self> {
        let verifier = random()?;
        Some(Self {
            challenge: url_safe(digest(&SHA256, verifier.as_bytes())),
            state: random()?,
            verifier: verifier.into(),
        })
    }
}

fn random() -> Option<String> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).ok()?;
    Some(url_safe(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_and_are_long_enough() {
        let (one, two) = (ProofKey::new().unwrap(), ProofKey::new().unwrap());
        assert_eq!(one.verifier.reveal().len(), 43);
        assert_ne!(one.verifier.reveal(), two.verifier.reveal());
        assert_ne!(one.state, two.state);
        assert_ne!(one.challenge, one.verifier.reveal());
    }
}
