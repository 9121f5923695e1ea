//! An application that another identity provider vouches for.

use super::authority::{Authority, authority_setters};
use super::grant::{self, Proof};
use super::{Credential, CredentialError, CredentialFailure, Secret, TokenFuture, TokenRequest, http};
use reqwest::Url;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What Entra ID wants other issuers to address their tokens to.
const EXCHANGE: &str = "api://AzureADTokenExchange";

/// A workload whose platform vouches for it with a token of its own, such as Kubernetes or GitHub Actions: workload identity
/// federation. Nothing secret is kept.
///
/// The platform's token is read anew each time, since the platform replaces it.
#[derive(Clone, Debug)]
pub struct WorkloadIdentity {
    pub(super) client_id: String,
    pub(super) authority: Authority,
    platform: Platform,
}

/// Where the platform's token is.
#[derive(Clone, Debug)]
enum Platform {
    File(PathBuf),
    /// The address that a job of GitHub Actions asks, and the token that it may ask with.
    GitHub(Option<(String, Secret)>),
}

#[derive(Deserialize)]
struct GitHubAnswer {
    value: String,
}

impl WorkloadIdentity {
    /// The application with this id, for which the token in the file vouches.
    pub fn new(client_id: &str, file: impl AsRef<Path>) -> Self {
        Self::on(client_id, Platform::File(file.as_ref().to_owned()))
    }

    /// The application with this id, for which GitHub Actions vouches. The job needs `permissions: id-token: write`, and
    /// the app registration a federated credential of the repository.
    pub fn github_actions(client_id: &str) -> Self {
        Self::github_actions_from(client_id, |name| std::env::var(name).ok())
    }

    /// The same with variables from elsewhere.
    pub fn github_actions_from(client_id: &str, variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let asks = set("ACTIONS_ID_TOKEN_REQUEST_URL").zip(set("ACTIONS_ID_TOKEN_REQUEST_TOKEN"));
        let asks = asks.map(|(url, token)| (url, Secret::from(token)));
        Self::on(client_id, Platform::GitHub(asks))
    }

    fn on(client_id: &str, platform: Platform) -> Self {
        Self {
            client_id: client_id.to_owned(),
            authority: Authority::default(),
            platform,
        }
    }

    /// The platform's token.
    pub(super) async fn proof(&self, request: &TokenRequest) -> Result<Proof, CredentialError> {
        match &self.platform {
            Platform::File(file) => {
                // A small file of the platform's: read at once.
                let assertion = std::fs::read_to_string(file).map_err(|error| {
                    let reason = format!("the token file {} can't be read: {error}", file.display());
                    CredentialError::unavailable(request, reason)
                })?;
                Ok(Proof::assertion(assertion.trim()))
            }
            Platform::GitHub(Some((url, token))) => github(request, url, token).await,
            Platform::GitHub(None) => {
                let reason = "this is no job of GitHub Actions that may ask for tokens: give it `permissions: id-token: write`";
                Err(CredentialError::unavailable(request, reason))
            }
        }
    }
}

authority_setters!(WorkloadIdentity, "application's");

/// Asks GitHub to vouch for the job (GitHub Docs, "OpenID Connect reference").
async fn github(request: &TokenRequest, url: &str, token: &Secret) -> Result<Proof, CredentialError> {
    let unreadable = |what: String| CredentialError::unreachable(request, what);
    let mut url = Url::parse(url)
        .map_err(|error| unreadable(format!("ACTIONS_ID_TOKEN_REQUEST_URL is no address: {error}")))?;
    url.query_pairs_mut().append_pair("audience", EXCHANGE);
    let reply = http::get_with_token(request, url, token).await?;
    let status = reply.status.as_u16();
    if !reply.status.is_success() {
        let reason = format!("GitHub doesn't vouch for this job: it answered {status}");
        return Err(CredentialError::new(
            request,
            CredentialFailure::Refused(None),
            reason,
        ));
    }
    let answer: GitHubAnswer = serde_json::from_slice(&reply.body)
        .map_err(|_| unreadable("GitHub's answer holds no token".to_owned()))?;
    Ok(Proof::assertion(answer.value))
}

impl Credential for WorkloadIdentity {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let proof = self.proof(request).await?;
            grant::for_application(request, &self.authority, &self.client_id, &proof).await
        })
    }
}
