//! Connects to an environment, with each credential there is, and lists three accounts.
//!
//! ```sh
//! cargo run --example connect -- browser https://contoso.crm4.dynamics.com
//! ```

use dataverse_generated_example as crm;

use crm::account::Account;
use crm::dataverse_runtime::client::config::ConnectSettings;
use crm::dataverse_runtime::client::credential::{
    AzureCli, Browser, Chain, ClientCertificate, ClientSecret, Credential, DeviceCode, ManagedIdentity,
    OnBehalfOf, PUBLIC_CLIENT, RefreshToken, StaticToken, UserPassword, WorkloadIdentity,
};
use crm::prelude::*;
use std::env::{VarError, args, var};
use std::sync::Arc;

const USAGE: &str = "\
usage: connect HOW ENVIRONMENT

  settings        the environment variables DATAVERSE_URL, AZURE_CLIENT_ID and so on (ENVIRONMENT isn't needed)
  machine         what this machine offers: variables, managed identity, Azure CLI
  cli             the user of the Azure CLI
  browser         a user who signs in with the browser
  device          a user who signs in with another device
  secret          an application: AZURE_CLIENT_ID, AZURE_CLIENT_SECRET
  certificate     an application: AZURE_CLIENT_ID, AZURE_CLIENT_CERTIFICATE_PATH
  workload        a workload in Kubernetes: AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE
  github          a job of GitHub Actions: AZURE_CLIENT_ID
  managed         a machine in Azure
  on-behalf-of    a service for the user whose token is in USER_TOKEN
  refresh         a user who has signed in before: DATAVERSE_REFRESH_TOKEN
  password        a user's password: AZURE_USERNAME, AZURE_PASSWORD
  token           a token that somebody else got: DATAVERSE_TOKEN
  none            an emulator that wants no token";

#[derive(Debug, Row)]
#[row(table = Account)]
struct Named {
    name: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = args().skip(1);
    let how = arguments.next().unwrap_or_default();
    let client = match (how.as_str(), arguments.next()) {
        // Where a program runs decides who it is: no credential in its code.
        ("settings", _) => ConnectSettings::from_env()?.client()?,
        ("none", Some(environment)) => Client::anonymous(&environment)?,
        (how, Some(environment)) => Client::builder(&environment)
            .shared_credential(credential(how)?)
            .build()?,
        _ => return Err(USAGE.into()),
    };
    let accounts = client.query::<Named>().top(3).all().await?;
    for account in accounts {
        println!("{}", account.name.unwrap_or_default());
    }
    Ok(())
}

fn credential(how: &str) -> Result<Arc<dyn Credential>, Box<dyn std::error::Error>> {
    Ok(match how {
        "machine" => Arc::new(Chain::of_this_machine()),
        "cli" => Arc::new(AzureCli::new()),
        "browser" => Arc::new(Browser::new().on_renewed(|_token| {
            // Keep it where only this user can read it, and the next start needs no sign-in: `signed_in_with`.
        })),
        "device" => Arc::new(DeviceCode::new(PUBLIC_CLIENT, |prompt| {
            println!("Open {} and enter {}", prompt.address, prompt.code);
        })),
        "secret" => Arc::new(secret()?),
        "certificate" => Arc::new(ClientCertificate::from_file(
            &var("AZURE_CLIENT_ID")?,
            var("AZURE_CLIENT_CERTIFICATE_PATH")?,
            var("AZURE_CLIENT_CERTIFICATE_PASSWORD").unwrap_or_default(),
        )?),
        "workload" => Arc::new(WorkloadIdentity::new(
            &var("AZURE_CLIENT_ID")?,
            var("AZURE_FEDERATED_TOKEN_FILE")?,
        )),
        "github" => Arc::new(WorkloadIdentity::github_actions(&var("AZURE_CLIENT_ID")?)),
        "managed" => Arc::new(ManagedIdentity::new()),
        "on-behalf-of" => Arc::new(OnBehalfOf::new(secret()?, var("USER_TOKEN")?)),
        "refresh" => Arc::new(RefreshToken::new(PUBLIC_CLIENT, var("DATAVERSE_REFRESH_TOKEN")?)),
        "password" => Arc::new(UserPassword::new(
            PUBLIC_CLIENT,
            &var("AZURE_USERNAME")?,
            var("AZURE_PASSWORD")?,
        )),
        "token" => Arc::new(StaticToken::new(var("DATAVERSE_TOKEN")?)),
        _ => return Err(USAGE.into()),
    })
}

fn secret() -> Result<ClientSecret, VarError> {
    Ok(ClientSecret::new(
        &var("AZURE_CLIENT_ID")?,
        var("AZURE_CLIENT_SECRET")?,
    ))
}
