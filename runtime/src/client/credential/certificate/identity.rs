//! A private key with its certificate.

use super::CertificateError;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, RSA_PSS_SHA256};
use rustls_pki_types::pem::{PemObject, SectionKind};
use std::fmt;

/// The object identifier of keys on elliptic curves, as it stands in them.
const ELLIPTIC: [u8; 9] = [0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

/// A private key with its certificate and those of the issuers, in DER.
pub(super) struct Identity {
    key: KeyPair,
    /// The certificate of the key, and then the others.
    pub(super) chain: Vec<Vec<u8>>,
}

/// A private key as it stands in a file.
pub(super) enum Encoded<'k> {
    /// PKCS#8.
    General(&'k [u8]),
    /// PKCS#1.
    Rsa(&'k [u8]),
}

impl Identity {
    pub(super) fn from_pem(pem: &str) -> Result<Self, CertificateError> {
        if pem.contains("ENCRYPTED PRIVATE KEY") || pem.contains("4,ENCRYPTED") {
            return Err(CertificateError::Encrypted);
        }
        let mut key = None;
        let mut certificates = Vec::new();
        for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem.as_bytes()) {
            match section.map_err(|error| CertificateError::Pem(error.to_string()))? {
                (SectionKind::Certificate, der) => certificates.push(der),
                (SectionKind::EcPrivateKey, _) => return Err(CertificateError::NotRsa),
                (kind @ (SectionKind::PrivateKey | SectionKind::RsaPrivateKey), der) => {
                    key = key.or(Some((kind, der)));
                }
                _ => {}
            }
        }
        let (kind, der) = key.ok_or(CertificateError::NoKey)?;
        let key = match kind {
            SectionKind::RsaPrivateKey => Encoded::Rsa(&der),
            _ => Encoded::General(&der),
        };
        Self::new(&key, certificates)
    }

    /// The key with the certificate that belongs to it, wherever that stands among the certificates.
    pub(super) fn new(key: &Encoded<'_>, mut chain: Vec<Vec<u8>>) -> Result<Self, CertificateError> {
        let read = match key {
            Encoded::General(der) if contains(der, &ELLIPTIC) => return Err(CertificateError::NotRsa),
            Encoded::General(der) => KeyPair::from_pkcs8(der),
            Encoded::Rsa(der) => KeyPair::from_der(der),
        };
        let key = read.map_err(|_| CertificateError::Key)?;
        if chain.is_empty() {
            return Err(CertificateError::NoCertificate);
        }
        // A certificate holds the public key in the very form that the key pair gives it.
        let own = chain
            .iter()
            .position(|certificate| contains(certificate, key.public_key().as_ref()));
        let own = own.ok_or(CertificateError::Mismatch)?;
        chain[..=own].rotate_right(1);
        Ok(Self { key, chain })
    }

    /// The certificate of the key.
    pub(super) fn certificate(&self) -> &[u8] {
        self.chain.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// Signs with PS256.
    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PSS_SHA256, &SystemRandom::new(), message, &mut signature)
            .ok()?;
        Some(signature)
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && text.windows(part.len()).any(|window| window == part)
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity([hidden])")
    }
}
