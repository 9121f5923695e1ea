//! What a token is wanted for.

use std::fmt;

/// What a token is wanted for.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenRequest {
    /// The environment's address without a path: `https://contoso.crm4.dynamics.com`.
    pub resource: String,
    /// Where tokens are issued, as the environment itself says: `https://login.microsoftonline.com/{tenant}`.
    pub authority: Option<String>,
    /// What the environment demands of the token, if it refused an earlier one for that.
    pub claims: Option<String>,
    /// The client's own connections, with its proxy and the certificates that it trusts.
    pub(in crate::client) http: Option<reqwest::Client>,
}

impl TokenRequest {
    /// A token for the environment at this address.
    pub fn new(resource: &str) -> Self {
        Self {
            resource: resource.trim_end_matches('/').to_owned(),
            authority: None,
            claims: None,
            http: None,
        }
    }
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenRequest")
            .field("resource", &self.resource)
            .field("authority", &self.authority)
            .field("claims", &self.claims)
            .finish_non_exhaustive()
    }
}
