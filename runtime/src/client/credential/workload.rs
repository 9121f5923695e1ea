//! An application that another identity provider vouches for.

use super::authority::Authority;
use super::client_secret::answer_of;
use super::{Credential, CredentialError, TokenFuture, TokenRequest};
use std::path::{Path, PathBuf};

/// A workload whose platform writes a token of its own into a file, such as Kubernetes: workload identity federation.
///
/// The file is read anew for each token, since the platform replaces it.
#[derive(Clone, Debug)]
pub struct WorkloadIdentity {
    client_id: String,
    file: PathBuf,
    authority: Authority,
}

impl WorkloadIdentity {
    /// The application with this id, for which the token in the file vouches.
    pub fn new(client_id: &str, file: impl AsRef<Path>) -> Self {
        Self {
            client_id: client_id.to_owned(),
            file: file.as_ref().to_owned(),
            authority: Authority::default(),
        }
    }

    /// The application's tenant, where it isn't the environment's.
    #[must_use]
    pub fn tenant(mut self, tenant: &str) -> Self {
        self.authority.tenant(tenant);
        self
    }

    /// Who issues the tokens, whatever the environment says: `https://login.microsoftonline.us/{tenant}`.
    #[must_use]
    pub fn authority(mut self, address: &str) -> Self {
        self.authority.choose(address);
        self
    }
}

impl Credential for WorkloadIdentity {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            // A small file of the platform's: read at once.
            let assertion = std::fs::read_to_string(&self.file).map_err(|error| {
                let file = self.file.display();
                CredentialError::unavailable(request, format!("the token file {file} can't be read: {error}"))
            })?;
            let proof = [
                (
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ),
                ("client_assertion", assertion.trim()),
            ];
            answer_of(request, &self.authority, &self.client_id, &proof).await
        })
    }
}
