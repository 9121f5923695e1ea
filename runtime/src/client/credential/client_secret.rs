//! An application with a secret.

use super::authority::Authority;
use super::{Credential, Secret, TokenFuture, TokenRequest, answer, http};

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
    client_id: String,
    secret: Secret,
    authority: Authority,
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

    /// The application's tenant, where it isn't the environment's.
    #[must_use]
    pub fn tenant(mut self, tenant: &str) -> Self {
        self.authority.tenant(tenant);
        self
    }

    /// Who issues the tokens, whatever the environment says: `https://login.microsoftonline.us/{tenant}`.
    #[must_use]
    pub fn authority(mut self, address: &str) -> Self {
        self.authority.choose(address);
        self
    }
}

impl Credential for ClientSecret {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let proof = [("client_secret", self.secret.reveal())];
            answer_of(request, &self.authority, &self.client_id, &proof).await
        })
    }
}

/// A token for an application, against its proof.
pub(super) async fn answer_of(
    request: &TokenRequest,
    authority: &Authority,
    client_id: &str,
    proof: &[(&str, &str)],
) -> Result<super::Token, super::CredentialError> {
    let scope = format!("{}/.default", request.resource);
    let claims = claims(request);
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_id", client_id),
        ("scope", scope.as_str()),
    ];
    form.extend_from_slice(proof);
    if let Some(claims) = &claims {
        form.push(("claims", claims));
    }
    let address = format!("{}/oauth2/v2.0/token", authority.of(request)?);
    let reply = http::post(request, &address, &form).await?;
    if !reply.status.is_success() {
        return Err(answer::refusal(request, reply.status.as_u16(), &reply.body));
    }
    Ok(answer::token(request, &reply.body)?.token)
}

/// The environment writes its demands in Base64; the token endpoint takes them as they are.
pub(super) fn claims(request: &TokenRequest) -> Option<String> {
    use base64::Engine;
    let claims = request.claims.as_ref()?;
    let decoded = base64::engine::general_purpose::STANDARD.decode(claims).ok();
    Some(
        decoded
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_else(|| claims.clone()),
    )
}
