//! A user who has signed in before.

use super::authority::{Authority, authority_setters};
use super::grant::{Field, claims, endpoint};
use super::{
    Credential, CredentialError, CredentialFailure, Secret, Token, TokenFuture, TokenRequest, answer, http,
};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Tokens against a refresh token. The issuer replaces it each time: keep the newest by [`on_renewed`](Self::on_renewed).
#[derive(Debug)]
pub struct RefreshToken {
    client_id: String,
    authority: Authority,
    kept: Kept,
}

impl RefreshToken {
    /// The application that the user signed in to, and the refresh token.
    pub fn new(client_id: &str, refresh_token: impl Into<Secret>) -> Self {
        let kept = Kept::default();
        kept.begin_with(refresh_token.into());
        Self {
            client_id: client_id.to_owned(),
            authority: Authority::default(),
            kept,
        }
    }

    /// Is called with each new refresh token, so that it can be stored.
    #[must_use]
    pub fn on_renewed(mut self, store: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.kept.store_by(store);
        self
    }
}

authority_setters!(RefreshToken, "user's");

impl Credential for RefreshToken {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let authority = self.authority.of(request)?;
            match self.kept.renew(request, &authority, &self.client_id, &[]).await {
                Some(answer) => answer,
                None => Err(CredentialError::unavailable(request, "there is no refresh token")),
            }
        })
    }
}

/// The refresh token of a user who has signed in.
#[derive(Debug, Default)]
pub(super) struct Kept {
    newest: Mutex<Option<Secret>>,
    store: Option<Store>,
}

/// Where refresh tokens are stored.
#[derive(Clone)]
struct Store(Arc<dyn Fn(&Secret) + Send + Sync>);

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl Kept {
    /// Hands each new refresh token on.
    pub(super) fn store_by(&mut self, store: impl Fn(&Secret) + Send + Sync + 'static) {
        self.store = Some(Store(Arc::new(store)));
    }

    pub(super) fn keep(&self, secret: Secret) {
        if let Some(Store(store)) = &self.store {
            store(&secret);
        }
        self.begin_with(secret);
    }

    /// Begins with a refresh token that is stored already.
    pub(super) fn begin_with(&self, secret: Secret) {
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(secret);
    }

    /// A token against the refresh token, if there is one. An application that isn't public proves itself besides.
    pub(super) async fn renew(
        &self,
        request: &TokenRequest,
        authority: &str,
        client_id: &str,
        proof: &[Field<'_>],
    ) -> Option<Result<Token, CredentialError>> {
        let newest = self
            .newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()?;
        let mut fields = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", newest.reveal()),
        ];
        fields.extend_from_slice(proof);
        Some(self.signed_in(request, authority, client_id, &fields).await)
    }

    /// A token of a public client against the refresh token. If there is none, or the sign-in that it is of has expired or was
    /// revoked, the user signs in.
    pub(super) async fn token(
        &self,
        request: &TokenRequest,
        authority: &str,
        client_id: &str,
        sign_in: impl Future<Output = Result<Token, CredentialError>>,
    ) -> Result<Token, CredentialError> {
        match self.renew(request, authority, client_id, &[]).await {
            None
            | Some(Err(CredentialError {
                kind: CredentialFailure::Refused(_),
                ..
            })) => sign_in.await,
            Some(answer) => answer,
        }
    }

    /// Sends the form of a user's flow, and keeps the refresh token that comes back.
    pub(super) async fn signed_in(
        &self,
        request: &TokenRequest,
        authority: &str,
        client_id: &str,
        fields: &[Field<'_>],
    ) -> Result<Token, CredentialError> {
        let scope = user_scope(request);
        let claims = claims(request);
        let mut form = vec![("client_id", client_id), ("scope", scope.as_str())];
        form.extend_from_slice(fields);
        if let Some(claims) = &claims {
            form.push(("claims", claims));
        }
        let reply = http::post(request, &endpoint(authority), &form).await?;
        if !reply.status.is_success() {
            return Err(answer::refusal(request, reply.status.as_u16(), &reply.body));
        }
        let issued = answer::token(request, &reply.body)?;
        if let Some(refresh) = issued.refresh {
            self.keep(refresh);
        }
        Ok(issued.token)
    }
}

/// To act as the user, and to go on without asking again.
pub(super) fn user_scope(request: &TokenRequest) -> String {
    format!("{}/user_impersonation offline_access", request.resource)
}
