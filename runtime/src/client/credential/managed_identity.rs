//! The identity of a machine in Azure.

use super::{Credential, CredentialError, Secret, TokenFuture, TokenRequest, answer, http};
use reqwest::Url;

/// The metadata service of a virtual machine.
const MACHINE: &str = "http://169.254.169.254";

/// Statuses with which the metadata service says that it isn't ready (Microsoft Learn, "How to use managed identities on a
/// virtual machine to acquire an access token").
const NOT_READY: [u16; 2] = [404, 410];

/// The identity that Azure gives a virtual machine, an App Service or a function: nothing secret is kept.
#[derive(Clone, Debug)]
pub struct ManagedIdentity {
    client_id: Option<String>,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Machine { address: String },
    AppService { endpoint: String, header: Secret },
}

impl ManagedIdentity {
    /// The identity of the place where the program runs: an App Service, if `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` are
    /// set, and otherwise a virtual machine.
    pub fn new() -> Self {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// The same with variables from elsewhere.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let place = match (variable("IDENTITY_ENDPOINT"), variable("IDENTITY_HEADER")) {
            (Some(endpoint), Some(header)) => Place::AppService {
                endpoint,
                header: header.into(),
            },
            _ => Place::Machine {
                address: variable("AZURE_POD_IDENTITY_AUTHORITY_HOST").unwrap_or_else(|| MACHINE.to_owned()),
            },
        };
        Self {
            client_id: None,
            place,
        }
    }

    /// The user-assigned identity with this client id, instead of the system's.
    #[must_use]
    pub fn user_assigned(mut self, client_id: &str) -> Self {
        self.client_id = Some(client_id.to_owned());
        self
    }

    fn url(&self, request: &TokenRequest) -> Result<Url, CredentialError> {
        let (address, version) = match &self.place {
            Place::Machine { address } => (
                format!("{}/metadata/identity/oauth2/token", address.trim_end_matches('/')),
                "2018-02-01",
            ),
            Place::AppService { endpoint, .. } => (endpoint.clone(), "2019-08-01"),
        };
        let mut url = Url::parse(&address).map_err(|error| {
            CredentialError::unavailable(request, format!("`{address}` is no address: {error}"))
        })?;
        url.query_pairs_mut()
            .append_pair("api-version", version)
            .append_pair("resource", &request.resource);
        if let Some(client_id) = &self.client_id {
            url.query_pairs_mut().append_pair("client_id", client_id);
        }
        Ok(url)
    }
}

impl Default for ManagedIdentity {
    fn default() -> Self {
        Self::new()
    }
}

impl Credential for ManagedIdentity {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let url = self.url(request)?;
            let reply = match &self.place {
                Place::Machine { .. } => {
                    if !http::is_there(request, &url).await {
                        let reason = "no metadata service answers: this is no machine in Azure";
                        return Err(CredentialError::unavailable(request, reason));
                    }
                    http::get(request, url, &[("metadata", "true")], &NOT_READY).await?
                }
                Place::AppService { header, .. } => {
                    http::get(request, url, &[("x-identity-header", header.reveal())], &[]).await?
                }
            };
            if !reply.status.is_success() {
                return Err(answer::refusal(request, reply.status.as_u16(), &reply.body));
            }
            Ok(answer::token(request, &reply.body)?.token)
        })
    }
}
