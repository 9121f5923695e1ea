//! A user who signs in with the browser: authorization code with PKCE.

mod loopback;
mod proof_key;

use super::authority::{Authority, authority_setters};
use super::grant::claims;
use super::refresh::{Kept, user_scope};
use super::{
    Credential, CredentialError, CredentialFailure, PUBLIC_CLIENT, Secret, Token, TokenFuture, TokenRequest,
    answer,
};
use loopback::{Loopback, Returned};
use proof_key::ProofKey;
use reqwest::Url;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// A user who signs in with the browser of this machine.
///
/// The browser is sent back to a port of this machine, which is open for this one sign-in only. After that, tokens are renewed
/// without asking again. Dropping the future of a request ends the sign-in.
///
/// The app registration is a public client with the redirect address `http://localhost`.
///
/// ```
/// use dataverse_runtime::Client;
/// use dataverse_runtime::client::credential::Browser;
///
/// let client = Client::builder("https://contoso.crm4.dynamics.com")
///     .credential(Browser::new().login_hint("ada@contoso.com"))
///     .build()?;
/// # Ok::<(), dataverse_runtime::client::ClientError>(())
/// ```
pub struct Browser {
    client_id: String,
    open: Open,
    login_hint: Option<String>,
    choose_account: bool,
    port: u16,
    within: Duration,
    authority: Authority,
    kept: Kept,
}

/// How an address is opened.
type Open = Arc<dyn Fn(&str) -> io::Result<()> + Send + Sync>;

impl Browser {
    /// A user who signs in to the application that Microsoft publishes for developers ([`PUBLIC_CLIENT`]).
    pub fn new() -> Self {
        Self {
            client_id: PUBLIC_CLIENT.to_owned(),
            open: Arc::new(webbrowser::open),
            login_hint: None,
            choose_account: false,
            port: 0,
            within: Duration::from_mins(5),
            authority: Authority::default(),
            kept: Kept::default(),
        }
    }

    /// Another application that the user signs in to.
    #[must_use]
    pub fn client_id(mut self, client_id: &str) -> Self {
        client_id.clone_into(&mut self.client_id);
        self
    }

    /// How the page for signing in is opened, instead of in the system's browser. The function may block.
    #[must_use]
    pub fn open_with(mut self, open: impl Fn(&str) -> io::Result<()> + Send + Sync + 'static) -> Self {
        self.open = Arc::new(open);
        self
    }

    /// The user's name, so that it needn't be typed.
    #[must_use]
    pub fn login_hint(mut self, user: &str) -> Self {
        self.login_hint = Some(user.to_owned());
        self
    }

    /// Asks the user which account to use, also if there is only one.
    #[must_use]
    pub fn choose_account(mut self) -> Self {
        self.choose_account = true;
        self
    }

    /// The port of this machine that the browser is sent back to, where a firewall demands one. Otherwise it is any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How long the user may take: 5 minutes unless said otherwise.
    #[must_use]
    pub fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// A refresh token of an earlier sign-in. The user is asked only if it has expired.
    #[must_use]
    pub fn signed_in_with(self, refresh_token: impl Into<Secret>) -> Self {
        self.kept.begin_with(refresh_token.into());
        self
    }

    /// Is called with each refresh token, so that the next start needs no sign-in ([`signed_in_with`](Self::signed_in_with)).
    #[must_use]
    pub fn on_renewed(mut self, store: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.kept.store_by(store);
        self
    }

    async fn sign_in(&self, request: &TokenRequest, authority: &str) -> Result<Token, CredentialError> {
        let unavailable = |reason: String| CredentialError::unavailable(request, reason);
        let key =
            ProofKey::new().ok_or_else(|| unavailable("this machine has no random numbers".to_owned()))?;
        let loopback = Loopback::listen(self.port).await.map_err(|error| {
            unavailable(format!(
                "no port of this machine can be opened for the browser to come back to: {error}"
            ))
        })?;
        let redirect = loopback.address();
        let page = self.page(request, authority, &key, &redirect)?;
        self.show(request, page).await?;
        let returned = tokio::time::timeout(self.within, loopback.returned(&key.state)).await;
        let code = match returned {
            Ok(Some(Returned::Code(code))) => code,
            Ok(Some(Returned::Error { word, description })) => {
                return Err(answer::told(request, &word, &description));
            }
            Ok(None) => return Err(unavailable("the port for the browser was closed".to_owned())),
            Err(_) => {
                let reason = format!(
                    "nobody signed in with the browser within {} s: try again",
                    self.within.as_secs()
                );
                return Err(CredentialError::new(
                    request,
                    CredentialFailure::Refused(None),
                    reason,
                ));
            }
        };
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.reveal()),
            ("redirect_uri", redirect.as_str()),
            ("code_verifier", key.verifier.reveal()),
        ];
        self.kept
            .signed_in(request, authority, &self.client_id, &fields)
            .await
    }

    /// The page where the user signs in.
    fn page(
        &self,
        request: &TokenRequest,
        authority: &str,
        key: &ProofKey,
        redirect: &str,
    ) -> Result<Url, CredentialError> {
        let address = format!("{authority}/oauth2/v2.0/authorize");
        let mut page = Url::parse(&address).map_err(|error| {
            CredentialError::unreachable(request, format!("`{address}` is no address: {error}"))
        })?;
        page.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", redirect)
            .append_pair("response_mode", "query")
            .append_pair("scope", &user_scope(request))
            .append_pair("code_challenge", &key.challenge)
            .append_pair("code_challenge_method", "S256")
            .append_pair("state", &key.state);
        if let Some(user) = &self.login_hint {
            page.query_pairs_mut().append_pair("login_hint", user);
        }
        if self.choose_account {
            page.query_pairs_mut().append_pair("prompt", "select_account");
        }
        if let Some(claims) = claims(request) {
            page.query_pairs_mut().append_pair("claims", &claims);
        }
        Ok(page)
    }

    async fn show(&self, request: &TokenRequest, page: Url) -> Result<(), CredentialError> {
        let open = Arc::clone(&self.open);
        let opened = tokio::task::spawn_blocking(move || open(page.as_str())).await;
        let failed = match opened {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "what should open it has panicked".to_owned(),
        };
        let reason = format!("no browser can be opened ({failed}): sign in with a device code instead");
        Err(CredentialError::unavailable(request, reason))
    }
}

authority_setters!(Browser, "user's");

impl Default for Browser {
    fn default() -> Self {
        Self::new()
    }
}

impl Credential for Browser {
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

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Browser")
            .field("client_id", &self.client_id)
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}
