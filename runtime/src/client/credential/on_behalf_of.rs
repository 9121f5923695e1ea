//! A service that calls on behalf of the user who called it.

use super::application::Application;
use super::refresh::Kept;
use super::{Credential, CredentialError, CredentialFailure, Secret, Token, TokenFuture, TokenRequest};

/// A service that acts as the user whose token it was shown: the on-behalf-of flow.
///
/// The user's token has to be issued for the service itself, not for Dataverse. Make one for each user who calls.
///
/// ```
/// use dataverse_runtime::Client;
/// use dataverse_runtime::client::credential::{ClientSecret, OnBehalfOf};
///
/// # let (secret, from_the_header) = ("s", "a.b.c");
/// let service = ClientSecret::new("00001111-aaaa-2222-bbbb-3333cccc4444", secret);
/// let client = Client::builder("https://contoso.crm4.dynamics.com")
///     .credential(OnBehalfOf::new(service, from_the_header))
///     .build()?;
/// # Ok::<(), dataverse_runtime::client::ClientError>(())
/// ```
#[derive(Debug)]
pub struct OnBehalfOf {
    application: Application,
    assertion: Secret,
    kept: Kept,
}

impl OnBehalfOf {
    /// The service, and the token that the user showed it. Tenant and authority are the service's own.
    pub fn new(service: impl Into<Application>, user_token: impl Into<Secret>) -> Self {
        Self {
            application: service.into(),
            assertion: user_token.into(),
            kept: Kept::default(),
        }
    }

    async fn exchange(&self, request: &TokenRequest) -> Result<Token, CredentialError> {
        let authority = self.application.authority().of(request)?;
        let client_id = self.application.client_id();
        let proof = self.application.proof(request, &authority).await?;
        let proof: Vec<_> = proof.fields().collect();
        match self.kept.renew(request, &authority, client_id, &proof).await {
            // The refresh token has expired or was revoked: the user's own token may still serve.
            None
            | Some(Err(CredentialError {
                kind: CredentialFailure::Refused(_),
                ..
            })) => {}
            Some(answer) => return answer,
        }
        let mut fields = vec![
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", self.assertion.reveal()),
            ("requested_token_use", "on_behalf_of"),
        ];
        fields.extend(proof);
        self.kept.signed_in(request, &authority, client_id, &fields).await
    }
}

impl Credential for OnBehalfOf {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(self.exchange(request))
    }
}
