//! The token of a client: kept while it is valid, renewed ahead of time, asked for once however many requests wait.

use super::challenge::Challenge;
use super::credential::{Credential, CredentialError, Token, TokenRequest};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// How long before its end a token is renewed. A token that lives shorter than this is used to its half.
const AHEAD: Duration = Duration::from_mins(5);

/// How long nobody tries to renew a token that is still valid, after that failed.
const AFTER_A_FAILURE: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub(super) struct Tokens {
    credential: Arc<dyn Credential>,
    request: TokenRequest,
    state: Mutex<State>,
    /// Is held by the one who fetches. Who drops it without a token leaves the next one to try.
    fetching: tokio::sync::Mutex<()>,
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

/// What there is at this moment.
enum Now {
    Fresh(Token),
    /// Valid, but it is time to renew it.
    Aging(Token),
    Nothing,
}

impl Tokens {
    pub(super) fn new(credential: Arc<dyn Credential>, request: TokenRequest) -> Self {
        Self {
            credential,
            request,
            state: Mutex::default(),
            fetching: tokio::sync::Mutex::default(),
        }
    }

    /// What is kept stays right if a panic comes between.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Now {
        self.at(SystemTime::now())
    }

    fn at(&self, now: SystemTime) -> Now {
        match &self.state().kept {
            Some(kept) if now < kept.renew_at => Now::Fresh(kept.token.clone()),
            Some(kept) if now < kept.token.expires_at() => Now::Aging(kept.token.clone()),
            _ => Now::Nothing,
        }
    }

    /// A valid token. `ask` gets the environment's challenge, once, before the first token.
    ///
    /// Who comes without a token while one is fetched waits for the same. Who comes while one is renewed takes the old one,
    /// which is still valid. A failure isn't kept.
    pub(super) async fn get(&self, ask: impl AsyncFnOnce() -> Challenge) -> Result<Token, CredentialError> {
        let _fetching = match self.now() {
            Now::Fresh(token) => return Ok(token),
            Now::Aging(token) => match self.fetching.try_lock() {
                Ok(fetching) => fetching,
                Err(_) => return Ok(token),
            },
            Now::Nothing => self.fetching.lock().await,
        };
        // Somebody else may have been done in the meantime.
        let old = match self.now() {
            Now::Fresh(token) => return Ok(token),
            Now::Aging(token) => Some(token),
            Now::Nothing => None,
        };
        match (self.fetch(ask).await, old) {
            (Ok(token), _) => Ok(token),
            (Err(error), Some(old)) => {
                tracing::warn!(%error, "the token can't be renewed yet: the old one is used");
                self.put_off();
                Ok(old)
            }
            (Err(error), None) => Err(error),
        }
    }

    async fn fetch(&self, ask: impl AsyncFnOnce() -> Challenge) -> Result<Token, CredentialError> {
        let known = self.state().challenge.clone();
        let challenge = match known {
            Some(challenge) => challenge,
            None => {
                let challenge = ask().await;
                self.state().challenge = Some(challenge.clone());
                challenge
            }
        };
        let request = TokenRequest {
            authority: challenge.authority,
            claims: challenge.claims,
            ..self.request.clone()
        };
        let token = self.credential.token(&request).await?;
        self.state().kept = Some(Kept {
            token: token.clone(),
            renew_at: renewal(SystemTime::now(), token.expires_at()),
        });
        Ok(token)
    }

    /// So that not every request waits for an issuer that doesn't answer.
    fn put_off(&self) {
        if let Some(kept) = &mut self.state().kept {
            kept.renew_at = SystemTime::now() + AFTER_A_FAILURE;
        }
    }

    /// Forgets a token that the environment refused, and takes what it said of the tokens it wants.
    pub(super) fn refused(&self, token: &Token, challenge: Challenge) {
        let mut state = self.state();
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

/// When a token is renewed that came now.
fn renewal(now: SystemTime, expires_at: SystemTime) -> SystemTime {
    let left = expires_at.duration_since(now).unwrap_or_default();
    now + left.saturating_sub(AHEAD).max(left / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::credential::{CredentialFailure, TokenFuture};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::Notify;

    /// Gives a new token, or none, once it may.
    #[derive(Debug)]
    struct Slow {
        asked: AtomicUsize,
        may_go: Notify,
        gives: bool,
    }

    impl Credential for Slow {
        fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
            Box::pin(async move {
                self.asked.fetch_add(1, Ordering::SeqCst);
                self.may_go.notified().await;
                let new = Token::new("new", SystemTime::now() + Duration::from_hours(1));
                let failed = CredentialFailure::Unreachable;
                self.gives
                    .then_some(new)
                    .ok_or_else(|| CredentialError::new(request, failed, "not today"))
            })
        }
    }

    /// A token that is valid for an hour and due for renewal.
    fn aging(gives: bool) -> (Arc<Slow>, Arc<Tokens>) {
        let slow = Arc::new(Slow {
            asked: AtomicUsize::new(0),
            may_go: Notify::new(),
            gives,
        });
        let credential: Arc<dyn Credential> = slow.clone();
        let tokens = Tokens::new(credential, TokenRequest::new("https://rsk.crm4.dynamics.com"));
        let now = SystemTime::now();
        *tokens.state() = State {
            kept: Some(Kept {
                token: Token::new("old", now + Duration::from_hours(1)),
                renew_at: now - Duration::from_secs(1),
            }),
            challenge: Some(Challenge::default()),
        };
        (slow, Arc::new(tokens))
    }

    async fn get(tokens: &Tokens) -> String {
        let token = tokens.get(async || panic!("the challenge is known")).await;
        token.unwrap().secret().to_owned()
    }

    #[tokio::test]
    async fn others_go_on_while_a_token_is_renewed() {
        let (slow, tokens) = aging(true);
        let renewing = tokio::spawn({
            let tokens = Arc::clone(&tokens);
            async move { get(&tokens).await }
        });
        while slow.asked.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(get(&tokens).await, "old");
        slow.may_go.notify_one();
        assert_eq!(renewing.await.unwrap(), "new");
        assert_eq!(get(&tokens).await, "new");
        assert_eq!(slow.asked.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_token_is_renewed_before_it_expires() {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        for (lives, ahead) in [(60, AHEAD), (11, AHEAD), (8, minutes(4)), (2, minutes(1))] {
            let (_, tokens) = aging(true);
            let now = SystemTime::now();
            let renew_at = renewal(now, now + minutes(lives));
            assert_eq!(renew_at, now + minutes(lives) - ahead, "{lives} minutes");
            let kept = Kept {
                token: Token::new("short", now + minutes(lives)),
                renew_at,
            };
            tokens.state().kept = Some(kept);
            assert!(matches!(
                tokens.at(renew_at - Duration::from_nanos(1)),
                Now::Fresh(_)
            ));
            assert!(matches!(tokens.at(renew_at), Now::Aging(_)));
            assert!(matches!(tokens.at(now + minutes(lives)), Now::Nothing));
        }
    }

    #[tokio::test]
    async fn a_renewal_that_fails_is_not_tried_by_everybody() {
        let (slow, tokens) = aging(false);
        slow.may_go.notify_one();
        for _ in 0..3 {
            assert_eq!(get(&tokens).await, "old");
        }
        assert_eq!(slow.asked.load(Ordering::SeqCst), 1);
    }
}
