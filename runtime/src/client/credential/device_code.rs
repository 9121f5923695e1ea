//! A user who signs in with another device.

use super::authority::{Authority, authority_setters};
use super::grant::endpoint;
use super::refresh::{Kept, user_scope};
use super::{
    Credential, CredentialError, CredentialFailure, Secret, Token, TokenFuture, TokenRequest, answer, http,
};
use serde::Deserialize;
use std::fmt;
use std::time::{Duration, Instant};

/// A user who signs in at a page with a code that the program shows: for consoles without a browser.
///
/// After the first sign-in, tokens are renewed without asking again.
///
/// ```
/// use dataverse_runtime::client::credential::DeviceCode;
///
/// let credential = DeviceCode::new("51f81489-12ee-4a9e-aaae-a2591f45987d", |prompt| {
///     println!("Open {} and enter {}", prompt.address, prompt.code);
/// });
/// ```
pub struct DeviceCode {
    client_id: String,
    show: Box<dyn Fn(&DevicePrompt) + Send + Sync>,
    authority: Authority,
    kept: Kept,
}

/// What the user is told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct DevicePrompt {
    /// The page to open.
    #[serde(rename = "verification_uri")]
    pub address: String,
    /// The code to enter there.
    #[serde(rename = "user_code")]
    pub code: String,
    /// Both in a sentence, in the language of the tenant.
    #[serde(default)]
    pub message: String,
}

#[derive(Deserialize)]
struct Begun {
    device_code: String,
    #[serde(default = "a_quarter")]
    expires_in: u64,
    #[serde(default = "five")]
    interval: u64,
    #[serde(flatten)]
    prompt: DevicePrompt,
}

fn a_quarter() -> u64 {
    900
}

fn five() -> u64 {
    5
}

impl DeviceCode {
    /// The application that the user signs in to, and how the user is told what to do.
    pub fn new(client_id: &str, show: impl Fn(&DevicePrompt) + Send + Sync + 'static) -> Self {
        Self {
            client_id: client_id.to_owned(),
            show: Box::new(show),
            authority: Authority::default(),
            kept: Kept::default(),
        }
    }

    /// Is called with each refresh token, so that the next start needs no sign-in
    /// ([`RefreshToken`](super::RefreshToken)).
    #[must_use]
    pub fn on_renewed(mut self, store: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.kept.store_by(store);
        self
    }

    async fn sign_in(&self, request: &TokenRequest, authority: &str) -> Result<Token, CredentialError> {
        let scope = user_scope(request);
        let form = [("client_id", self.client_id.as_str()), ("scope", scope.as_str())];
        let reply = http::post(request, &format!("{authority}/oauth2/v2.0/devicecode"), &form).await?;
        if !reply.status.is_success() {
            return Err(answer::refusal(request, reply.status.as_u16(), &reply.body));
        }
        let begun: Begun = serde_json::from_slice(&reply.body).map_err(|error| {
            CredentialError::unreachable(request, format!("the answer holds no device code: {error}"))
        })?;
        (self.show)(&begun.prompt);
        self.wait(request, authority, &begun).await
    }

    /// Asks again and again whether the user has signed in, as often as the issuer allows.
    async fn wait(
        &self,
        request: &TokenRequest,
        authority: &str,
        begun: &Begun,
    ) -> Result<Token, CredentialError> {
        let fields = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", &begun.device_code),
            ("client_id", &self.client_id),
        ];
        let address = endpoint(authority);
        let started = Instant::now();
        let mut interval = Duration::from_secs(begun.interval);
        while started.elapsed() < Duration::from_secs(begun.expires_in) {
            tokio::time::sleep(interval).await;
            let reply = http::post(request, &address, &fields).await?;
            if reply.status.is_success() {
                let issued = answer::token(request, &reply.body)?;
                if let Some(refresh) = issued.refresh {
                    self.kept.keep(refresh);
                }
                return Ok(issued.token);
            }
            match answer::refusal_word(&reply.body).as_deref() {
                Some("authorization_pending") => {}
                Some("slow_down") => interval += Duration::from_secs(5),
                Some("authorization_declined" | "access_denied") => {
                    return Err(refused(request, "the user declined to sign in"));
                }
                Some("expired_token") => break,
                _ => return Err(answer::refusal(request, reply.status.as_u16(), &reply.body)),
            }
        }
        Err(refused(
            request,
            "nobody signed in before the code expired: try again",
        ))
    }
}

authority_setters!(DeviceCode, "user's");

fn refused(request: &TokenRequest, reason: &str) -> CredentialError {
    CredentialError::new(request, CredentialFailure::Refused(None), reason)
}

impl Credential for DeviceCode {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let authority = self.authority.of(request)?;
            let sign_in = self.sign_in(request, &authority);
            self.kept
                .token(request, &authority, &self.client_id, sign_in)
                .await
        })
    }
}

impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCode")
            .field("client_id", &self.client_id)
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}
