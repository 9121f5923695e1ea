//! Who the program is: credentials that give tokens.
//!
//! | the program is | credential |
//! |---|---|
//! | a service with a certificate, or with a secret | [`ClientCertificate`], [`ClientSecret`] |
//! | a workload that another identity provider vouches for, such as GitHub Actions | [`WorkloadIdentity`] |
//! | a service that acts as the user who called it | [`OnBehalfOf`] |
//! | on a machine in Azure | [`ManagedIdentity`] |
//! | a person's, on a desktop or in a console | [`Browser`], [`DeviceCode`] |
//! | a developer's | [`AzureCli`] |
//! | told by the machine it runs on | [`Chain::of_this_machine`] |
//! | holding a user's refresh token | [`RefreshToken`] |
//! | an old one that holds a user's password | [`UserPassword`] |
//! | a script or a test that was given a token | [`StaticToken`] |
//!
//! With the feature `azure_core` whatever implements the Azure SDK's trait `TokenCredential` is a credential too: `AzureSdk`.
//!
//! An application needs an application user with a security role in the environment (Microsoft Learn, "Use single-tenant
//! server-to-server authentication").

mod answer;
mod application;
mod authority;
mod azure_cli;
#[cfg(feature = "azure_core")]
mod azure_sdk;
mod browser;
mod certificate;
mod chain;
mod client_secret;
mod device_code;
mod error;
mod grant;
mod http;
mod managed_identity;
mod on_behalf_of;
mod password;
mod refresh;
mod secret;
mod static_token;
mod token;
mod wanted;
mod workload;

pub use application::Application;
pub use azure_cli::AzureCli;
#[cfg(feature = "azure_core")]
pub use azure_sdk::AzureSdk;
pub use browser::Browser;
pub use certificate::{CertificateError, ClientCertificate};
pub use chain::Chain;
pub use client_secret::ClientSecret;
pub use device_code::{DeviceCode, DevicePrompt};
pub use error::{CredentialError, CredentialFailure};
pub use managed_identity::ManagedIdentity;
pub use on_behalf_of::OnBehalfOf;
pub use password::UserPassword;
pub use refresh::RefreshToken;
pub use secret::Secret;
pub use static_token::StaticToken;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
pub use token::Token;
pub use wanted::TokenRequest;
pub use workload::WorkloadIdentity;

/// The future of a token.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Token, CredentialError>> + Send + 'a>>;

/// Gives tokens for an environment.
///
/// Implementations ask for a new token each time: the client keeps it, and asks again before it expires.
pub trait Credential: fmt::Debug + Send + Sync {
    /// A token for the environment.
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a>;
}

/// The application that Microsoft publishes for developers: users may sign in to it without an app registration of one's own
/// (Microsoft Learn, "Use OAuth authentication with Microsoft Dataverse").
pub const PUBLIC_CLIENT: &str = "51f81489-12ee-4a9e-aaae-a2591f45987d";
