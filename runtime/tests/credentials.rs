//! Each credential against a token endpoint over HTTP: the exact form, the token, and what is said when there is none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod issuer;

use dataverse_runtime::Client;
use dataverse_runtime::client::credential::{
    AzureCli, Chain, ClientSecret, Credential, CredentialError, CredentialFailure, DeviceCode,
    ManagedIdentity, RefreshToken, Token, UserPassword, WorkloadIdentity,
};
use dataverse_runtime::message::Origin;
use issuer::{APP, TOKEN, answers, authority, fields, form, issued, lives_for, renewed, request, sent};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn a_secret_with_any_characters_arrives() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let secret = "a+b&c=d %20~\u{e9}\"\\";
    let credential = ClientSecret::new(APP, secret).authority(&authority(&server));
    let token = credential.token(&request()).await.unwrap();
    assert_eq!(token.secret(), "a.b.c");
    lives_for(&token, 3599);
    let expected = fields(&[
        ("grant_type", "client_credentials"),
        ("client_id", APP),
        ("client_secret", secret),
        ("scope", "https://rsk.crm4.dynamics.com/.default"),
    ]);
    assert_eq!(sent(&server).await, [expected]);
}

#[tokio::test]
async fn what_the_environment_demands_of_a_token_is_passed_on() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let mut demanding = request();
    demanding.claims = Some("eyJhY2Nlc3NfdG9rZW4iOnt9fQ==".to_owned());
    let credential = ClientSecret::new(APP, "s").authority(&authority(&server));
    credential.token(&demanding).await.unwrap();
    assert_eq!(sent(&server).await[0]["claims"], "{\"access_token\":{}}");
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_shows_no_secret() {
    let server = MockServer::start().await;
    let refusal = json!({
        "error": "invalid_client",
        "error_description": "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1",
        "error_codes": [7_000_215],
    });
    answers(&server, TOKEN, vec![(401, refusal)]).await;
    let credential = ClientSecret::new(APP, "swordfish").authority(&authority(&server));
    let error = credential.token(&request()).await.unwrap_err();
    assert_eq!(error.kind, CredentialFailure::Refused(Some(7_000_215)));
    assert_eq!(
        error.to_string(),
        "no token for https://rsk.crm4.dynamics.com: the secret is wrong: give the secret's value, not its id \
         (AADSTS7000215: Invalid client secret provided.)"
    );
    assert!(!format!("{credential:?}{error:?}").contains("swordfish"));
}

#[tokio::test]
async fn an_issuer_that_is_busy_is_asked_again_and_a_page_is_no_token() {
    let server = MockServer::start().await;
    let busy = json!({"error": "temporarily_unavailable"});
    answers(&server, TOKEN, vec![(503, busy), (200, issued())]).await;
    let credential = ClientSecret::new(APP, "s").authority(&authority(&server));
    assert!(credential.token(&request()).await.is_ok());

    let page = MockServer::start().await;
    let html = ResponseTemplate::new(200).set_body_string("<html>Sign in</html>");
    Mock::given(method("POST")).respond_with(html).mount(&page).await;
    let credential = ClientSecret::new(APP, "s").authority(&authority(&page));
    let error = credential.token(&request()).await.unwrap_err();
    assert_eq!(error.kind, CredentialFailure::Unreachable);
    assert!(error.reason.starts_with("the answer holds no token"), "{error}");
}

#[tokio::test]
async fn a_secret_leaves_the_machine_over_tls_alone() {
    let credential = ClientSecret::new(APP, "s").authority("http://login.example/t");
    let error = credential.token(&request()).await.unwrap_err();
    assert!(error.reason.contains("isn't https"), "{error}");
}

#[tokio::test]
async fn a_platform_vouches_with_the_newest_token_in_its_file() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let folder = std::env::temp_dir().join(format!("dataverse-workload-{}", std::process::id()));
    std::fs::write(&folder, "first.jwt\n").unwrap();
    let credential = WorkloadIdentity::new(APP, &folder).authority(&authority(&server));
    credential.token(&request()).await.unwrap();
    std::fs::write(&folder, "second.jwt").unwrap();
    credential.token(&request()).await.unwrap();
    std::fs::remove_file(&folder).unwrap();
    let missing = credential.token(&request()).await.unwrap_err();
    assert_eq!(missing.kind, CredentialFailure::Unavailable);
    let sent = sent(&server).await;
    assert_eq!(sent[0]["client_assertion"], "first.jwt");
    assert_eq!(sent[1]["client_assertion"], "second.jwt");
    assert_eq!(
        sent[1]["client_assertion_type"],
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
}

#[tokio::test]
async fn a_refresh_token_is_replaced_by_the_newest_and_stored() {
    let server = MockServer::start().await;
    answers(
        &server,
        TOKEN,
        vec![(200, renewed("two")), (200, renewed("three"))],
    )
    .await;
    let stored = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&stored);
    let credential = RefreshToken::new(APP, "one")
        .authority(&authority(&server))
        .on_renewed(move |secret| keep.lock().unwrap().push(secret.reveal().to_owned()));
    credential.token(&request()).await.unwrap();
    credential.token(&request()).await.unwrap();
    assert_eq!(*stored.lock().unwrap(), ["two", "three"]);
    let sent = sent(&server).await;
    assert_eq!(sent[0]["refresh_token"], "one");
    assert_eq!(sent[1]["refresh_token"], "two");
    assert_eq!(
        sent[1]["scope"],
        "https://rsk.crm4.dynamics.com/user_impersonation offline_access"
    );
}

#[tokio::test]
async fn a_user_with_a_password() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let credential =
        UserPassword::new(APP, "ada@contoso.example", "pass&word").authority(&authority(&server));
    credential.token(&request()).await.unwrap();
    let expected = fields(&[
        ("grant_type", "password"),
        ("client_id", APP),
        ("username", "ada@contoso.example"),
        ("password", "pass&word"),
        (
            "scope",
            "https://rsk.crm4.dynamics.com/user_impersonation offline_access",
        ),
    ]);
    assert_eq!(sent(&server).await, [expected]);
    assert!(!format!("{credential:?}").contains("pass&word"));
}

fn code() -> Value {
    json!({
        "device_code": "d-1", "user_code": "HJK7", "verification_uri": "https://microsoft.com/devicelogin",
        "expires_in": 900, "interval": 0, "message": "Open the page and enter HJK7."
    })
}

#[tokio::test]
async fn a_device_waits_until_the_user_has_signed_in_and_asks_once() {
    let server = MockServer::start().await;
    answers(&server, "/t/oauth2/v2.0/devicecode", vec![(200, code())]).await;
    let pending = (400, json!({"error": "authorization_pending"}));
    answers(
        &server,
        TOKEN,
        vec![pending.clone(), pending, (200, renewed("r-1")), (200, issued())],
    )
    .await;
    let shown = Arc::new(Mutex::new(Vec::new()));
    let show = Arc::clone(&shown);
    let credential = DeviceCode::new(APP, move |prompt| show.lock().unwrap().push(prompt.clone()))
        .authority(&authority(&server));
    credential.token(&request()).await.unwrap();
    credential.token(&request()).await.unwrap();
    let shown = shown.lock().unwrap().clone();
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].code, "HJK7");
    assert_eq!(shown[0].address, "https://microsoft.com/devicelogin");
    let sent = sent(&server).await;
    let grants: Vec<_> = sent
        .iter()
        .map(|form| form.get("grant_type").map(String::as_str))
        .collect();
    let device = Some("urn:ietf:params:oauth:grant-type:device_code");
    assert_eq!(grants, [None, device, device, device, Some("refresh_token")]);
    assert_eq!(sent[4]["refresh_token"], "r-1");
}

#[tokio::test]
async fn a_device_whose_user_declines_is_refused() {
    let server = MockServer::start().await;
    answers(&server, "/t/oauth2/v2.0/devicecode", vec![(200, code())]).await;
    answers(
        &server,
        TOKEN,
        vec![(400, json!({"error": "authorization_declined"}))],
    )
    .await;
    let credential = DeviceCode::new(APP, |_| {}).authority(&authority(&server));
    let error = credential.token(&request()).await.unwrap_err();
    assert_eq!(error.reason, "the user declined to sign in");
}

fn variables<'a>(all: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
    |name| {
        let found = all.iter().find(|(variable, _)| *variable == name);
        found.map(|(_, value)| (*value).to_owned())
    }
}

#[tokio::test]
async fn a_machine_in_azure_has_an_identity() {
    let server = MockServer::start().await;
    let at = "/metadata/identity/oauth2/token";
    let expires = SystemTime::now() + Duration::from_secs(7200);
    let epoch = expires.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let body = json!({"access_token": "m.n.o", "expires_on": epoch.to_string(), "token_type": "Bearer"});
    // The probe, a service that isn't ready, and the token.
    let starting = (404, json!({"error": "not_ready"}));
    answers(
        &server,
        at,
        vec![(400, json!({"error": "bad_request"})), starting, (200, body)],
    )
    .await;
    let host = server.uri();
    let variables = [("AZURE_POD_IDENTITY_AUTHORITY_HOST", host.as_str())];
    let credential = ManagedIdentity::from_variables(self::variables(&variables)).user_assigned(APP);
    let token = credential.token(&request()).await.unwrap();
    assert_eq!(token.secret(), "m.n.o");
    lives_for(&token, 7200);
    let asked = server.received_requests().await.unwrap();
    assert_eq!(asked[2].headers["metadata"], "true");
    assert_eq!(
        asked[2].url.query().unwrap(),
        format!("api-version=2018-02-01&resource=https%3A%2F%2Frsk.crm4.dynamics.com&client_id={APP}")
    );
}

#[tokio::test]
async fn an_app_service_has_an_identity() {
    let server = MockServer::start().await;
    answers(&server, "/msi/token", vec![(200, issued())]).await;
    let endpoint = format!("{}/msi/token", server.uri());
    let variables = [
        ("IDENTITY_ENDPOINT", endpoint.as_str()),
        ("IDENTITY_HEADER", "h-1"),
    ];
    let credential = ManagedIdentity::from_variables(self::variables(&variables));
    credential.token(&request()).await.unwrap();
    let asked = server.received_requests().await.unwrap();
    assert_eq!(asked[0].headers["x-identity-header"], "h-1");
    assert!(
        asked[0]
            .url
            .query()
            .unwrap()
            .starts_with("api-version=2019-08-01&resource=")
    );
    assert!(!format!("{credential:?}").contains("h-1"));
}

#[cfg(unix)]
mod cli {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    fn az(name: &str, script: &str) -> PathBuf {
        let file = std::env::temp_dir().join(format!("dataverse-az-{name}-{}", std::process::id()));
        std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        file
    }

    /// A script can't be run while somebody writes to it, which is also whoever is started by another test just then and has
    /// the open file from this process.
    static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

    async fn token(name: &str, script: &str) -> Result<Token, CredentialError> {
        let _alone = ONE_AT_A_TIME.lock().await;
        let file = az(name, script);
        let answer = AzureCli::new()
            .tenant("t-1")
            .program(&file)
            .token(&request())
            .await;
        std::fs::remove_file(&file).unwrap();
        answer
    }

    #[tokio::test]
    async fn the_user_of_the_azure_cli() {
        let script = "test \"$*\" = \"account get-access-token --output json --resource \
                      https://rsk.crm4.dynamics.com --tenant t-1\" || exit 9\n\
                      echo '{\"accessToken\": \"x.y.z\", \"expiresOn\": \"2099-01-01 00:00:00\", \
                      \"expires_on\": 4070908800, \"tenant\": \"t-1\"}'";
        assert_eq!(token("in", script).await.unwrap().secret(), "x.y.z");
    }

    #[tokio::test]
    async fn nobody_signed_in_and_no_cli_at_all() {
        let out = token(
            "out",
            "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1",
        )
        .await;
        let out = out.unwrap_err();
        assert_eq!(out.kind, CredentialFailure::Unavailable);
        assert_eq!(out.reason, "nobody is signed in to the Azure CLI: run `az login`");
        let other = token("other", "echo 'ERROR: AADSTS50076: sign in again' >&2; exit 1").await;
        assert_eq!(other.unwrap_err().kind, CredentialFailure::Refused(None));
        let none = AzureCli::new().program("/nowhere/az").token(&request()).await;
        assert_eq!(none.unwrap_err().kind, CredentialFailure::Unavailable);
    }
}

#[tokio::test]
async fn a_chain_passes_over_what_is_not_set_up_and_stops_at_a_refusal() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let missing = || WorkloadIdentity::new(APP, "/nowhere/token").tenant("t");
    let good = || ClientSecret::new(APP, "s").authority(&authority(&server));
    let chain = Chain::new().then("workload", missing()).then("secret", good());
    assert_eq!(chain.token(&request()).await.unwrap().secret(), "a.b.c");

    let wrong = MockServer::start().await;
    let refusal = json!({"error": "invalid_client", "error_description": "AADSTS700016: unknown", "error_codes": [700_016]});
    answers(&wrong, TOKEN, vec![(400, refusal)]).await;
    let bad = ClientSecret::new(APP, "s").authority(&authority(&wrong));
    let chain = Chain::new()
        .then("workload", missing())
        .then("secret", bad)
        .then("other", good());
    let error = chain.token(&request()).await.unwrap_err();
    assert_eq!(error.kind, CredentialFailure::Refused(Some(700_016)));
    assert!(error.reason.contains("workload: the token file"), "{error}");
    assert!(
        error.reason.contains("secret: the tenant doesn't know"),
        "{error}"
    );
}

#[tokio::test]
async fn the_variables_of_a_machine_say_who_the_program_is() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let host = server.uri();
    let variables = [
        ("AZURE_CLIENT_ID", APP),
        ("AZURE_CLIENT_SECRET", "swordfish"),
        ("AZURE_TENANT_ID", "t"),
        ("AZURE_AUTHORITY_HOST", host.as_str()),
    ];
    let chain = Chain::from_variables(self::variables(&variables));
    assert_eq!(chain.token(&request()).await.unwrap().secret(), "a.b.c");
    assert_eq!(sent(&server).await[0]["client_secret"], "swordfish");
    assert!(!format!("{chain:?}").contains("swordfish"));
}

#[tokio::test]
async fn the_tenant_comes_from_the_environment_itself() {
    let server = MockServer::start().await;
    let challenge = format!(
        "Bearer authorization_uri={}/t/oauth2/authorize, resource_id=x",
        server.uri()
    );
    let unknown = ResponseTemplate::new(401).insert_header("WWW-Authenticate", challenge.as_str());
    let who = "/api/data/v9.2/WhoAmI";
    Mock::given(path(who))
        .respond_with(unknown)
        .up_to_n_times(1)
        .mount(&server)
        .await;
    answers(&server, who, vec![(200, json!({"UserId": APP}))]).await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let client = Client::builder(&server.uri())
        .credential(ClientSecret::new(APP, "s"))
        .build()
        .unwrap();
    let origin = Origin {
        operation: "WhoAmI",
        table: None,
    };
    let who = dataverse_runtime::message::Request::new(reqwest::Method::GET, "WhoAmI", origin);
    client.execute(who).await.unwrap();
    let asked = server.received_requests().await.unwrap();
    assert_eq!(asked.last().unwrap().headers["authorization"], "Bearer a.b.c");
    assert_eq!(form(&asked[1])["scope"], format!("{}/.default", server.uri()));
}
