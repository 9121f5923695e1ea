//! Connection strings and settings by name, against the running environment.

use crate::environment::{SERVICE, http, start, who};
use dataverse_emulator::Running;
use dataverse_emulator::identity::Directory;
use dataverse_runtime::client::config::ConnectSettings;

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
