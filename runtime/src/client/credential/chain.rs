//! Several credentials, one after the other.

use super::{
    AzureCli, CertificateError, ClientCertificate, ClientSecret, Credential, CredentialError,
    CredentialFailure, ManagedIdentity, TokenFuture, TokenRequest, WorkloadIdentity,
};
use std::sync::Arc;

/// Tries credentials in order. One that isn't set up here, or whose issuer can't be reached, is passed over; a refusal ends the
/// search, since it tells of a mistake that the next one would only hide.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    links: Vec<(&'static str, Arc<dyn Credential>)>,
}

impl Chain {
    /// A chain without links.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same chain with another link at its end. The name stands in errors.
    #[must_use]
    pub fn then(mut self, name: &'static str, credential: impl Credential + 'static) -> Self {
        self.links.push((name, Arc::new(credential)));
        self
    }

    /// What this machine offers, in this order:
    ///
    /// - a client secret in `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`;
    /// - a certificate in the file `AZURE_CLIENT_CERTIFICATE_PATH`, with `AZURE_CLIENT_CERTIFICATE_PASSWORD` and
    ///   `AZURE_CLIENT_SEND_CERTIFICATE_CHAIN`;
    /// - a workload identity in `AZURE_FEDERATED_TOKEN_FILE`, or that of a job of GitHub Actions;
    /// - the managed identity of the machine (the user-assigned one in `AZURE_CLIENT_ID`);
    /// - the user of the Azure CLI.
    ///
    /// Applications are those of `AZURE_CLIENT_ID`, with `AZURE_TENANT_ID` and `AZURE_AUTHORITY_HOST` if those are set.
    pub fn of_this_machine() -> Self {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// The same with variables from elsewhere.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let variable = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let (client_id, tenant) = (variable("AZURE_CLIENT_ID"), variable("AZURE_TENANT_ID"));
        let authority = variable("AZURE_AUTHORITY_HOST")
            .zip(tenant.clone())
            .map(|(host, tenant)| format!("{}/{tenant}", host.trim_end_matches('/')));
        let mut chain = Self::new();
        if let Some(client_id) = &client_id {
            let issuer = (tenant.as_deref(), authority.as_deref());
            chain = chain.applications(client_id, issuer, &variable);
        }
        let mut machine = ManagedIdentity::from_variables(variable);
        if let Some(client_id) = &client_id {
            machine = machine.user_assigned(client_id);
        }
        chain
            .then("managed identity", machine)
            .then("Azure CLI", AzureCli::new())
    }
}

/// Gives a credential its tenant and its authority, if they are known.
macro_rules! issued {
    ($issuer:expr, $credential:expr) => {{
        let mut credential = $credential;
        if let Some(tenant) = $issuer.0 {
            credential = credential.tenant(tenant);
        }
        if let Some(authority) = $issuer.1 {
            credential = credential.authority(authority);
        }
        credential
    }};
}

impl Chain {
    /// The proofs of an application that the variables tell of.
    fn applications(
        mut self,
        client_id: &str,
        issuer: (Option<&str>, Option<&str>),
        variable: &impl Fn(&str) -> Option<String>,
    ) -> Self {
        if let Some(secret) = variable("AZURE_CLIENT_SECRET") {
            self = self.then(
                "client secret",
                issued!(issuer, ClientSecret::new(client_id, secret)),
            );
        }
        if let Some(file) = variable("AZURE_CLIENT_CERTIFICATE_PATH") {
            let password = variable("AZURE_CLIENT_CERTIFICATE_PASSWORD").unwrap_or_default();
            self = match ClientCertificate::from_file(client_id, file, password) {
                Ok(certificate) => {
                    let sends = variable("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN");
                    let sends = sends.is_some_and(|sends| matches!(sends.trim(), "1" | "true"));
                    let certificate = if sends {
                        certificate.send_chain()
                    } else {
                        certificate
                    };
                    self.then("client certificate", issued!(issuer, certificate))
                }
                Err(error) => self.then("client certificate", Unusable(error)),
            };
        }
        if let Some(file) = variable("AZURE_FEDERATED_TOKEN_FILE") {
            let workload = WorkloadIdentity::new(client_id, file);
            self = self.then("workload identity", issued!(issuer, workload));
        }
        if variable("ACTIONS_ID_TOKEN_REQUEST_URL").is_some() {
            let workload = WorkloadIdentity::github_actions_from(client_id, variable);
            self = self.then("GitHub Actions", issued!(issuer, workload));
        }
        self
    }
}

/// A certificate that somebody named and that can't be used: the search ends there.
#[derive(Debug)]
struct Unusable(CertificateError);

impl Credential for Unusable {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        let refused = CredentialFailure::Refused(None);
        let error = CredentialError::new(request, refused, self.0.to_string());
        Box::pin(std::future::ready(Err(error)))
    }
}

impl Credential for Chain {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let mut reasons = Vec::with_capacity(self.links.len());
            for (name, credential) in &self.links {
                match credential.token(request).await {
                    Ok(token) => return Ok(token),
                    Err(error) => {
                        reasons.push(format!("{name}: {}", error.reason));
                        if matches!(error.kind, CredentialFailure::Refused(_)) {
                            return Err(CredentialError::new(request, error.kind, reasons.join("; ")));
                        }
                    }
                }
            }
            if reasons.is_empty() {
                reasons.push("the chain has no credentials".to_owned());
            }
            Err(CredentialError::unavailable(request, reasons.join("; ")))
        })
    }
}
