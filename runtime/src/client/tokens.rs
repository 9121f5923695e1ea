//! The token of a client: kept while it is valid, renewed ahead of time, asked for once however many requests wait.

use super::challenge::Challenge;
use super::credential::{Credential, CredentialError, Token, TokenRequest};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// How long before its end a token is renewed. A token that lives shorter than this is used to its half.
const AHEAD: Duration = Duration::from_mins(5);

#[derive(Debug)]
pub(super) struct Tokens {
    credential: Arc<dyn Credential>,
    resource: String,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    kept: Option<Kept>,
    /// What the environment has said of the tokens it wants. `None`: it hasn't been asked.
    challenge: Option<Challenge>,
}

#[derive(Debug)]
struct Kept {
    token: Token,
    renew_at: SystemTime,
}

impl Tokens {
    pub(super) fn new(credential: Arc<dyn Credential>, resource: String) -> Self {
        Self {
            credential,
            resource,
            state: Mutex::default(),
        }
    }

    /// A valid token. `ask` gets the environment's challenge, once, before the first token.
    ///
    /// The lock is held while a token is fetched: who comes meanwhile waits for the same token. A failure isn't kept.
    pub(super) async fn get(&self, ask: impl AsyncFnOnce() -> Challenge) -> Result<Token, CredentialError> {
        let mut state = self.state.lock().await;
        let now = SystemTime::now();
        if let Some(kept) = state.kept.as_ref().filter(|kept| now < kept.renew_at) {
            return Ok(kept.token.clone());
        }
        let challenge = match &state.challenge {
            Some(challenge) => challenge.clone(),
            None => {
                let challenge = ask().await;
                state.challenge = Some(challenge.clone());
                challenge
            }
        };
        let request = TokenRequest {
            resource: self.resource.clone(),
            authority: challenge.authority,
            claims: challenge.claims,
        };
        let token = match (self.credential.token(&request).await, &state.kept) {
            (Ok(token), _) => token,
            // Renewing ahead failed, and the old one still serves.
            (Err(_), Some(kept)) if now < kept.token.expires_at() => return Ok(kept.token.clone()),
            (Err(error), _) => return Err(error),
        };
        let left = token.expires_at().duration_since(now).unwrap_or_default();
        let renew_at = now + left.saturating_sub(AHEAD).max(left / 2);
        state.kept = Some(Kept {
            token: token.clone(),
            renew_at,
        });
        Ok(token)
    }

    /// Forgets a token that the environment refused, and takes what it said of the tokens it wants.
    pub(super) async fn refused(&self, token: &Token, challenge: Challenge) {
        let mut state = self.state.lock().await;
        if state
            .kept
            .as_ref()
            .is_some_and(|kept| kept.token.secret() == token.secret())
        {
            state.kept = None;
        }
        let known = state.challenge.take().unwrap_or_default();
        state.challenge = Some(Challenge {
            authority: challenge.authority.or(known.authority),
            claims: challenge.claims,
        });
    }
}
