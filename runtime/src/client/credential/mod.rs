//! Who the program is: credentials that give tokens.
//!
//! | the program is | credential |
//! |---|---|
//! | a service with a secret | [`ClientSecret`] |
//! | a workload that another identity provider vouches for | [`WorkloadIdentity`] |
//! | on a machine in Azure | [`ManagedIdentity`] |
//! | a developer's | [`AzureCli`], [`DeviceCode`] |
//! | told by the machine it runs on | [`Chain::of_this_machine`] |
//! | holding a user's refresh token | [`RefreshToken`] |
//! | an old one that holds a user's password | [`UserPassword`] |
//! | a script or a test that was given a token | [`StaticToken`] |
//!
//! An application needs an application user with a security role in the environment (Microsoft Learn, "Use single-tenant
//! server-to-server authentication").

mod answer;
mod authority;
mod azure_cli;
mod chain;
mod client_secret;
mod device_code;
mod error;
mod http;
mod managed_identity;
mod password;
mod refresh;
mod secret;
mod static_token;
mod token;
mod wanted;
mod workload;

pub use azure_cli::AzureCli;
pub use chain::Chain;
pub use client_secret::ClientSecret;
pub use device_code::{DeviceCode, DevicePrompt};
pub use error::{CredentialError, CredentialFailure};
pub use managed_identity::ManagedIdentity;
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
