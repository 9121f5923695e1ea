//! Several credentials, one after the other.

use super::{
    AzureCli, ClientSecret, Credential, CredentialError, CredentialFailure, ManagedIdentity, TokenFuture,
    TokenRequest, WorkloadIdentity,
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

    /// What this machine offers: a client secret in `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`, a workload identity in
    /// `AZURE_CLIENT_ID` and `AZURE_FEDERATED_TOKEN_FILE`, each with `AZURE_TENANT_ID` and `AZURE_AUTHORITY_HOST` if those are
    /// set; the managed identity of the machine (the user-assigned one in `AZURE_CLIENT_ID`); the user of the Azure CLI.
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
        if let (Some(client_id), Some(secret)) = (&client_id, variable("AZURE_CLIENT_SECRET")) {
            let mut credential = ClientSecret::new(client_id, secret);
            if let Some(tenant) = &tenant {
                credential = credential.tenant(tenant);
            }
            if let Some(authority) = &authority {
                credential = credential.authority(authority);
            }
            chain = chain.then("client secret", credential);
        }
        if let (Some(client_id), Some(file)) = (&client_id, variable("AZURE_FEDERATED_TOKEN_FILE")) {
            let mut credential = WorkloadIdentity::new(client_id, file);
            if let Some(tenant) = &tenant {
                credential = credential.tenant(tenant);
            }
            if let Some(authority) = &authority {
                credential = credential.authority(authority);
            }
            chain = chain.then("workload identity", credential);
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
