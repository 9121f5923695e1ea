//! Applications that can prove who they are.

use super::authority::Authority;
use super::grant::Proof;
use super::{ClientCertificate, ClientSecret, CredentialError, TokenRequest, WorkloadIdentity};

/// An application with its proof: a [`ClientSecret`], a [`ClientCertificate`] or a [`WorkloadIdentity`].
#[derive(Clone, Debug)]
pub struct Application(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Secret(ClientSecret),
    Certificate(ClientCertificate),
    Workload(WorkloadIdentity),
}

impl From<ClientSecret> for Application {
    fn from(secret: ClientSecret) -> Self {
        Self(Kind::Secret(secret))
    }
}

impl From<ClientCertificate> for Application {
    fn from(certificate: ClientCertificate) -> Self {
        Self(Kind::Certificate(certificate))
    }
}

impl From<WorkloadIdentity> for Application {
    fn from(workload: WorkloadIdentity) -> Self {
        Self(Kind::Workload(workload))
    }
}

impl Application {
    pub(super) fn client_id(&self) -> &str {
        match &self.0 {
            Kind::Secret(of) => &of.client_id,
            Kind::Certificate(of) => &of.client_id,
            Kind::Workload(of) => &of.client_id,
        }
    }

    pub(super) fn authority(&self) -> &Authority {
        match &self.0 {
            Kind::Secret(of) => &of.authority,
            Kind::Certificate(of) => &of.authority,
            Kind::Workload(of) => &of.authority,
        }
    }

    /// The proof for this authority.
    pub(super) async fn proof(
        &self,
        request: &TokenRequest,
        authority: &str,
    ) -> Result<Proof, CredentialError> {
        match &self.0 {
            Kind::Secret(of) => Ok(of.proof()),
            Kind::Certificate(of) => of.proof(request, authority),
            Kind::Workload(of) => of.proof(request).await,
        }
    }
}
