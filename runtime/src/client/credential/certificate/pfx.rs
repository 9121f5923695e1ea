//! Private keys and certificates in PFX files (PKCS#12).

use super::CertificateError;
use super::identity::{Encoded, Identity};
use crate::client::credential::Secret;
use p12_keystore::Pkcs12Archive;

pub(super) fn read(pfx: &[u8], password: &Secret) -> Result<Identity, CertificateError> {
    let archive = Pkcs12Archive::from_pkcs12(pfx, password.reveal()).map_err(|_| CertificateError::Pfx)?;
    let key = archive.keys.first().ok_or(CertificateError::NoKey)?;
    let certificates = archive.certs.iter().map(|bag| bag.cert.as_der().to_vec());
    Identity::new(&Encoded::General(key.key.as_der()), certificates.collect())
}
