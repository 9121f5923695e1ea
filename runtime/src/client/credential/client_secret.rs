//! An application with a secret.

use super::authority::{Authority, authority_setters};
use super::grant::{self, Proof};
use super::{Credential, Secret, TokenFuture, TokenRequest};

/// An application that proves itself by a secret: the flow `client_credentials`.
///
/// ```
/// use dataverse_runtime::Client;
/// use dataverse_runtime::client::credential::ClientSecret;
///
/// # let secret = "of your app registration";
/// let client = Client::builder("https://contoso.crm4.dynamics.com")
///     .credential(ClientSecret::new("00001111-aaaa-2222-bbbb-3333cccc4444", secret))
///     .build()?;
/// # Ok::<(), dataverse_runtime::client::ClientError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ClientSecret {
    pub(super) client_id: String,
    pub(super) authority: Authority,
    secret: Secret,
}

impl ClientSecret {
    /// The application with this id and secret. The tenant is the one that the environment names.
    pub fn new(client_id: &str, secret: impl Into<Secret>) -> Self {
        Self {
            client_id: client_id.to_owned(),
            secret: secret.into(),
            authority: Authority::default(),
        }
    }

    pub(super) fn proof(&self) -> Proof {
        Proof::secret(&self.secret)
    }
}

authority_setters!(ClientSecret, "application's");

impl Credential for ClientSecret {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            grant::for_application(request, &self.authority, &self.client_id, &self.proof()).await
        })
    }
}
