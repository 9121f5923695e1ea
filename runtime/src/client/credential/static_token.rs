//! A token that somebody else got.

use super::{Credential, CredentialError, Secret, Token, TokenFuture, TokenRequest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use std::time::{Duration, SystemTime};

/// One token, for scripts and tests. It can't be renewed.
#[derive(Clone, Debug)]
pub struct StaticToken {
    token: Secret,
    expires_at: Option<SystemTime>,
}

#[derive(Deserialize)]
struct Claims {
    exp: u64,
}

impl StaticToken {
    /// This token. When it expires is read from it, if it says so.
    pub fn new(token: impl Into<Secret>) -> Self {
        let token = token.into();
        let token = Secret::from(token.reveal().trim());
        let expires_at = expires_at(token.reveal());
        Self { token, expires_at }
    }
}

/// What a token in the usual form says of itself. Nobody checks its signature here: the environment does.
fn expires_at(token: &str) -> Option<SystemTime> {
    let claims = token.split('.').nth(1)?;
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(claims.exp))
}

impl Credential for StaticToken {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let now = SystemTime::now();
            // Of a token that doesn't say, the environment decides.
            let expires_at = self.expires_at.unwrap_or(now + Duration::from_hours(1));
            if expires_at <= now {
                let reason = "the token that was given has expired: get a new one";
                return Err(CredentialError::unavailable(request, reason));
            }
            if !self.token.reveal().bytes().all(|byte| byte.is_ascii_graphic()) {
                let reason = "what was given is no token: it has characters that no token has";
                return Err(CredentialError::unavailable(request, reason));
            }
            Ok(Token::new(self.token.reveal(), expires_at))
        })
    }
}
