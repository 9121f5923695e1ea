//! Credentials of the Azure SDK.

use super::{Credential, CredentialError, Token, TokenFuture, TokenRequest};
use azure_core::credentials::TokenCredential;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Whatever implements the Azure SDK's trait `TokenCredential`: the credentials of `azure_identity`, or a program's own.
///
/// The tenant and the cloud are that credential's own affair. The SDK has no way to pass on what an environment demands of
/// a token (continuous access evaluation).
#[derive(Clone, Debug)]
pub struct AzureSdk(Arc<dyn TokenCredential>);

impl AzureSdk {
    /// This credential.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl Credential for AzureSdk {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let scope = format!("{}/.default", request.resource);
            let given = self.0.get_token(&[&scope], None).await.map_err(|error| {
                let reason = format!("the Azure SDK's credential gives none: {error}");
                CredentialError::unreachable(request, reason)
            })?;
            let seconds = u64::try_from(given.expires_on.unix_timestamp()).unwrap_or_default();
            let expires_at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            Ok(Token::new(given.token.secret(), expires_at))
        })
    }
}
