//! A user's name and password, for programs that can't do better.

use super::authority::{Authority, authority_setters};
use super::refresh::Kept;
use super::{Credential, Secret, TokenFuture, TokenRequest};

/// A user's name and password: the flow that Microsoft advises against. It fails for users with multi-factor
/// authentication and for federated ones. Give services an application of their own ([`ClientSecret`](super::ClientSecret)).
#[derive(Debug)]
pub struct UserPassword {
    client_id: String,
    user: String,
    password: Secret,
    authority: Authority,
    kept: Kept,
}

impl UserPassword {
    /// The application that the user signs in to, the user's name and password.
    pub fn new(client_id: &str, user: &str, password: impl Into<Secret>) -> Self {
        Self {
            client_id: client_id.to_owned(),
            user: user.to_owned(),
            password: password.into(),
            authority: Authority::default(),
            kept: Kept::default(),
        }
    }
}

authority_setters!(UserPassword, "user's");

impl Credential for UserPassword {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let authority = self.authority.of(request)?;
            let fields = [
                ("grant_type", "password"),
                ("username", &self.user),
                ("password", self.password.reveal()),
            ];
            self.kept
                .signed_in(request, &authority, &self.client_id, &fields)
                .await
        })
    }
}
