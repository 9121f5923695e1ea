//! An application with a certificate.

mod assertion;
mod error;
mod identity;
#[cfg(feature = "pfx")]
mod pfx;

use super::authority::{Authority, authority_setters};
use super::grant::{self, Proof};
use super::{Credential, CredentialError, CredentialFailure, Secret, TokenFuture, TokenRequest};
pub use error::CertificateError;
use identity::Identity;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// An application that proves itself by a certificate: it signs a short statement with its private key, which stays here.
///
/// The key is an RSA key of 2,048 to 8,192 bits: Entra ID takes no others.
///
/// ```no_run
/// use dataverse_runtime::Client;
/// use dataverse_runtime::client::credential::ClientCertificate;
///
/// let application = "00001111-aaaa-2222-bbbb-3333cccc4444";
/// let client = Client::builder("https://contoso.crm4.dynamics.com")
///     .credential(ClientCertificate::from_file(application, "application.pem", "")?)
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ClientCertificate {
    pub(super) client_id: String,
    pub(super) authority: Authority,
    identity: Arc<Identity>,
    send_chain: bool,
}

impl ClientCertificate {
    /// The application with this id, and the PEM text of its private key and its certificate, in any order. Further certificates
    /// are those of its issuers.
    ///
    /// # Errors
    /// If the text lacks the key or its certificate, or if the key is encrypted or no RSA key.
    pub fn from_pem(client_id: &str, pem: &str) -> Result<Self, CertificateError> {
        Ok(Self::of(client_id, Identity::from_pem(pem)?))
    }

    /// The same from the bytes of a PFX file (PKCS#12) and its password. The password may be empty.
    ///
    /// # Errors
    /// If the password is wrong, or as [`from_pem`](Self::from_pem).
    #[cfg(feature = "pfx")]
    pub fn from_pfx(
        client_id: &str,
        pfx: &[u8],
        password: impl Into<Secret>,
    ) -> Result<Self, CertificateError> {
        Ok(Self::of(client_id, pfx::read(pfx, &password.into())?))
    }

    /// The same from a file, which is PEM or, with the feature `pfx`, PFX. It is read once, now. PEM files have no password:
    /// give an empty one.
    ///
    /// # Errors
    /// If it can't be read, or as [`from_pem`](Self::from_pem).
    pub fn from_file(
        client_id: &str,
        file: impl AsRef<Path>,
        password: impl Into<Secret>,
    ) -> Result<Self, CertificateError> {
        let bytes = std::fs::read(file.as_ref()).map_err(|error| CertificateError::File {
            file: file.as_ref().display().to_string(),
            reason: error.to_string(),
        })?;
        match std::str::from_utf8(&bytes) {
            Ok(pem) if pem.contains("-----BEGIN ") => Self::from_pem(client_id, pem),
            _ => Self::binary(client_id, &bytes, password.into()),
        }
    }

    #[cfg(feature = "pfx")]
    fn binary(client_id: &str, bytes: &[u8], password: Secret) -> Result<Self, CertificateError> {
        Self::from_pfx(client_id, bytes, password)
    }

    #[cfg(not(feature = "pfx"))]
    fn binary(_: &str, _: &[u8], _: Secret) -> Result<Self, CertificateError> {
        Err(CertificateError::NoPfx)
    }

    fn of(client_id: &str, identity: Identity) -> Self {
        Self {
            client_id: client_id.to_owned(),
            authority: Authority::default(),
            identity: Arc::new(identity),
            send_chain: false,
        }
    }

    /// Sends the certificate with those of its issuers along, for app registrations that know a certificate by its subject name
    /// and issuer, not by its thumbprint: such a certificate may be replaced without a change there.
    #[must_use]
    pub fn send_chain(mut self) -> Self {
        self.send_chain = true;
        self
    }

    /// A statement for the token endpoint of this authority, and for no other.
    pub(super) fn proof(&self, request: &TokenRequest, authority: &str) -> Result<Proof, CredentialError> {
        let audience = grant::endpoint(authority);
        let statement = assertion::Statement {
            client_id: &self.client_id,
            audience: &audience,
            now: SystemTime::now(),
            send_chain: self.send_chain,
        };
        let signed = statement.signed(&self.identity).ok_or_else(|| {
            let reason = "the private key of the certificate can't sign";
            CredentialError::new(request, CredentialFailure::Unavailable, reason)
        })?;
        Ok(Proof::assertion(signed))
    }
}

authority_setters!(ClientCertificate, "application's");

impl Credential for ClientCertificate {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let proof = self.proof(request, &self.authority.of(request)?)?;
            grant::for_application(request, &self.authority, &self.client_id, &proof).await
        })
    }
}
