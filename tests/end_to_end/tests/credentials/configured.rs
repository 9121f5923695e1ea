//! Connection strings and settings by name, against the running environment.

use crate::environment::{self, SERVICE, http, start, who};
use dataverse_emulator::Running;
use dataverse_emulator::identity::Directory;
use dataverse_runtime::Client;
use dataverse_runtime::client::config::ConnectSettings;
use std::process::Output;
use tokio::process::Command;

async fn signed_in(running: &Running, settings: &ConnectSettings) -> String {
    let client = settings.builder().http_client(http(running)).build().unwrap();
    client.check().await.unwrap();
    who(&client).await.unwrap()
}

#[tokio::test]
async fn connection_strings() {
    let running = start(|_| {}).await;
    let (url, app) = (running.url(), Directory::CLIENT);
    let service = format!("AuthType=ClientSecret;Url={url};ClientId={app};ClientSecret='secret'");
    let service = ConnectSettings::from_connection_string(&service).unwrap();
    assert_eq!(signed_in(&running, &service).await, SERVICE);
    let user = format!(
        "AuthType=OAuth;Url={url}/;Username=admin@emulator.onmicrosoft.com;Password=password;AppId={};\
         RedirectUri=http://localhost;LoginPrompt=Auto",
        Directory::PUBLIC_CLIENT
    );
    let user = ConnectSettings::from_connection_string(&user).unwrap();
    assert_eq!(signed_in(&running, &user).await, Directory::ADMINISTRATOR);
}

#[tokio::test]
async fn settings_by_name() {
    let running = start(|_| {}).await;
    let settings = [
        ("client-id", Directory::CLIENT),
        ("client-secret", "${SECRET}"),
        ("tenant", "emulator.onmicrosoft.com"),
    ];
    let variable = |name: &str| (name == "SECRET").then(|| "secret".to_owned());
    let settings =
        ConnectSettings::with_variables(running.url(), "client-secret", settings, variable).unwrap();
    assert_eq!(signed_in(&running, &settings).await, SERVICE);
}

#[tokio::test]
async fn the_variables_of_a_machine() {
    let running = start(|_| {}).await;
    let variable = |name: &str| {
        let value = match name {
            "DATAVERSE_URL" => running.url(),
            "AZURE_CLIENT_ID" => Directory::CLIENT,
            "AZURE_CLIENT_SECRET" => "secret",
            _ => return None,
        };
        Some(value.to_owned())
    };
    let settings = ConnectSettings::from_variables(variable).unwrap();
    assert_eq!(settings.kind(), "automatic");
    assert_eq!(signed_in(&running, &settings).await, SERVICE);
}

/// Runs [`a_program`] in a process of its own, with these environment variables and no others.
async fn program(variables: &[(&str, &str)]) -> Output {
    let test = ["--exact", "configured::a_program", "--ignored", "--nocapture"];
    Command::new(std::env::current_exe().unwrap())
        .args(test)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .await
        .unwrap()
}

#[tokio::test]
#[ignore = "it is the program that another test runs"]
async fn a_program() {
    let client = match std::env::var("CONNECT_TO") {
        Ok(environment) => Client::connect(&environment).await,
        Err(_) => Client::from_env().map_err(Into::into),
    };
    match client {
        Ok(client) => println!("[{}]", who(&client).await.unwrap()),
        Err(error) => println!(
            "[{}]",
            error
                .to_string()
                .replace(&std::env::var("CONNECT_TO").unwrap(), "URL")
        ),
    }
}

#[tokio::test]
async fn a_program_is_who_its_environment_says() {
    let running = environment::builder(Directory::default()).start().await.unwrap();
    let said = async |variables: &[(&str, &str)]| {
        let output = program(variables).await;
        let text = String::from_utf8(output.stdout).unwrap();
        let (_, said) = text.split_once('[').unwrap_or_else(|| panic!("{text}"));
        said.rsplit_once(']').unwrap().0.to_owned()
    };
    let app = ("AZURE_CLIENT_ID", Directory::CLIENT);
    let secret = ("AZURE_CLIENT_SECRET", "secret");
    assert_eq!(said(&[("CONNECT_TO", running.url()), app, secret]).await, SERVICE);
    // A proxy is for other machines.
    let proxy = ("HTTP_PROXY", "http://127.0.0.1:1");
    assert_eq!(
        said(&[("DATAVERSE_URL", running.url()), app, secret, proxy]).await,
        SERVICE
    );
    let wrong = said(&[
        ("CONNECT_TO", running.url()),
        app,
        ("AZURE_CLIENT_SECRET", "hunter2"),
    ])
    .await;
    assert!(
        wrong.starts_with("no token for URL: client secret: the secret is wrong")
            && !wrong.contains("hunter2"),
        "{wrong}"
    );
}
