//! Applications: secrets, other identity providers, machines, and tokens that were given.

use crate::environment::{self, MACHINE, SERVICE, refused, signed_in, start};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dataverse_emulator::identity::{Directory, Federation, TokenSpec};
use dataverse_runtime::client::credential::{
    Chain, ClientSecret, ManagedIdentity, StaticToken, WorkloadIdentity,
};
use serde_json::json;
use std::time::Duration;
use wiremock::matchers::{header, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn a_secret() {
    let running = start(|_| {}).await;
    let credential = ClientSecret::new(Directory::CLIENT, "secret");
    assert_eq!(signed_in(&running, credential).await.unwrap(), SERVICE);
    let wrong = refused(&running, ClientSecret::new(Directory::CLIENT, "hunter2")).await;
    assert!(
        wrong.starts_with(
            "no token for URL: the secret is wrong: give the secret's value, not its id (AADSTS7000215: "
        ),
        "{wrong}"
    );
    let unknown = refused(&running, ClientSecret::new("somebody", "secret")).await;
    assert!(
        unknown.contains("check client id and tenant (AADSTS700016"),
        "{unknown}"
    );
    let elsewhere = refused(
        &running,
        ClientSecret::new(Directory::CLIENT, "secret").tenant("contoso"),
    )
    .await;
    assert!(elsewhere.contains("there is no such tenant"), "{elsewhere}");
}

/// The token of another issuer, whose signature nobody checks here.
fn vouching(subject: &str) -> String {
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({
        "aud": "api://AzureADTokenExchange", "iss": "https://issuer.example", "sub": subject,
        "exp": 4_102_444_800_u64,
    });
    format!(
        "{}.{}.{}",
        part(json!({"alg": "RS256"})),
        part(claims),
        URL_SAFE_NO_PAD.encode("signature")
    )
}

fn vouched_for(directory: &mut Directory) {
    let application = directory
        .applications
        .iter_mut()
        .find(|application| application.client_id == Directory::CLIENT)
        .unwrap();
    application.federations.push(Federation {
        issuer: "https://issuer.example".to_owned(),
        subject: "repo:rsk/crm:ref:refs/heads/main".to_owned(),
    });
}

#[tokio::test]
async fn a_platform_that_writes_files() {
    let running = start(vouched_for).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, vouching("repo:rsk/crm:ref:refs/heads/main")).unwrap();
    let credential = WorkloadIdentity::new(Directory::CLIENT, &file);
    assert_eq!(signed_in(&running, credential.clone()).await.unwrap(), SERVICE);
    std::fs::write(&file, vouching("repo:rsk/other")).unwrap();
    let refused = refused(&running, credential).await;
    assert!(
        refused.contains("no federated credential of the app registration matches"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_job_of_github_actions() {
    let running = start(vouched_for).await;
    let github = MockServer::start().await;
    let answer = json!({"value": vouching("repo:rsk/crm:ref:refs/heads/main")});
    Mock::given(header("authorization", "Bearer job"))
        .and(query_param("audience", "api://AzureADTokenExchange"))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&github)
        .await;
    let variables = |name: &str| match name {
        "ACTIONS_ID_TOKEN_REQUEST_URL" => Some(format!("{}/oidc?v=2", github.uri())),
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN" => Some("job".to_owned()),
        "AZURE_CLIENT_ID" => Some(Directory::CLIENT.to_owned()),
        _ => None,
    };
    let credential = WorkloadIdentity::github_actions_from(Directory::CLIENT, variables);
    assert_eq!(signed_in(&running, credential).await.unwrap(), SERVICE);
    let chain = Chain::from_variables(variables);
    assert_eq!(signed_in(&running, chain).await.unwrap(), SERVICE);
}

#[tokio::test]
async fn a_machine_and_an_app_service() {
    // The metadata service speaks plain HTTP, as in Azure: here it is an emulator's, and so is the environment.
    let running = environment::builder(Directory::default()).start().await.unwrap();
    let url = running.url().to_owned();
    let machine = ManagedIdentity::from_variables(|name| {
        (name == "AZURE_POD_IDENTITY_AUTHORITY_HOST").then(|| url.clone())
    });
    let client = |credential: ManagedIdentity| {
        dataverse_runtime::Client::builder(running.url())
            .credential(credential)
            .build()
            .unwrap()
    };
    assert_eq!(environment::who(&client(machine.clone())).await.unwrap(), MACHINE);
    let other = environment::who(&client(machine.user_assigned("other")))
        .await
        .unwrap_err();
    assert!(other.to_string().contains("Identity not found"), "{other}");
    let service = ManagedIdentity::from_variables(|name| match name {
        "IDENTITY_ENDPOINT" => Some(format!("{url}/msi/token")),
        "IDENTITY_HEADER" => Some("header".to_owned()),
        _ => None,
    });
    assert_eq!(environment::who(&client(service)).await.unwrap(), MACHINE);
}

#[tokio::test]
async fn a_token_that_was_given() {
    let running = start(|_| {}).await;
    let token = |audience: &str| {
        running.identity().issue(&TokenSpec {
            audience: audience.to_owned(),
            client_id: Directory::CLIENT.to_owned(),
            object_id: None,
            lifetime: Duration::from_mins(10),
        })
    };
    let credential = StaticToken::new(token(running.url()));
    assert_eq!(signed_in(&running, credential).await.unwrap(), SERVICE);
    let foreign = signed_in(
        &running,
        StaticToken::new(token("https://other.crm4.dynamics.com")),
    )
    .await;
    assert!(matches!(foreign, Err(dataverse_runtime::Error::Service(error)) if error.status() == 401));
}
