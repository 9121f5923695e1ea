//! Who the program is, in words: variables, connection strings, settings by name, and what is said when they can't be used.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use dataverse_runtime::client::config::{ConfigError, ConnectSettings};
use dataverse_runtime::client::credential::TokenRequest;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

const APP: &str = "00001111-aaaa-2222-bbbb-3333cccc4444";
const URL: &str = "https://rsk.crm4.dynamics.com";

fn from(variables: &[(&str, &str)]) -> Result<ConnectSettings, ConfigError> {
    ConnectSettings::from_variables(|name| {
        let found = variables.iter().find(|(variable, _)| *variable == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

fn text(string: &str) -> Result<ConnectSettings, ConfigError> {
    ConnectSettings::from_connection_string(string)
}

fn refused(string: &str) -> String {
    text(string).unwrap_err().to_string()
}

/// What the credential of these settings sends to a token endpoint: the path and the form.
async fn sent(settings: impl FnOnce(&str) -> ConnectSettings) -> (String, BTreeMap<String, String>) {
    let server = MockServer::start().await;
    let issued = json!({"access_token": "a.b.c", "expires_in": 3599});
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(200).set_body_json(issued))
        .mount(&server)
        .await;
    let settings = settings(&server.uri());
    let credential = settings.credential().unwrap();
    credential.token(&TokenRequest::new(URL)).await.unwrap();
    let request = &server.received_requests().await.unwrap()[0];
    let body = String::from_utf8(request.body.clone()).unwrap();
    let form = reqwest::Url::parse(&format!("http://form/?{body}")).unwrap();
    (
        request.url.path().to_owned(),
        form.query_pairs().into_owned().collect(),
    )
}

#[tokio::test]
async fn variables_name_environment_and_credential() {
    let (path, form) = sent(|host| {
        let settings = from(&[
            ("DATAVERSE_URL", URL),
            ("DATAVERSE_CREDENTIAL", "client-secret"),
            ("AZURE_CLIENT_ID", APP),
            ("AZURE_CLIENT_SECRET", "swordfish"),
            ("AZURE_TENANT_ID", "t-1"),
            ("AZURE_AUTHORITY_HOST", host),
        ])
        .unwrap();
        assert_eq!(settings.environment(), URL);
        assert!(!format!("{settings:?}").contains("swordfish"));
        settings
    })
    .await;
    assert_eq!(path, "/t-1/oauth2/v2.0/token");
    assert_eq!(form["client_id"], APP);
    assert_eq!(form["client_secret"], "swordfish");
}

#[test]
fn without_a_kind_the_machine_decides() {
    assert_eq!(from(&[("DATAVERSE_URL", URL)]).unwrap().kind(), "automatic");
    let token = from(&[("DATAVERSE_URL", URL), ("DATAVERSE_TOKEN", "a.b.c")]).unwrap();
    assert_eq!(token.kind(), "token");
    let none = from(&[("DATAVERSE_URL", URL), ("DATAVERSE_CREDENTIAL", "none")]).unwrap();
    assert!(none.credential().is_none());
}

#[test]
fn variables_that_cannot_be_used_are_named() {
    let said = |variables: &[(&str, &str)]| from(variables).unwrap_err().to_string();
    assert_eq!(
        said(&[]),
        "the environment isn't named: set the environment variable DATAVERSE_URL to an address such as \
         https://contoso.crm4.dynamics.com"
    );
    let secret = [
        ("DATAVERSE_URL", URL),
        ("DATAVERSE_CREDENTIAL", "client-secret"),
        ("AZURE_CLIENT_ID", APP),
    ];
    assert_eq!(
        said(&secret),
        "a credential of the kind `client-secret` needs the environment variable AZURE_CLIENT_SECRET, which isn't set"
    );
    let kind = said(&[("DATAVERSE_URL", URL), ("DATAVERSE_CREDENTIAL", "magic")]);
    assert!(
        kind.starts_with(
            "there is no credential of the kind `magic`: use one of `automatic`, `client-secret`"
        ),
        "{kind}"
    );
    let both = [
        ("DATAVERSE_URL", URL),
        (
            "DATAVERSE_CONNECTION_STRING",
            "Url=https://other.crm.dynamics.com",
        ),
    ];
    assert!(said(&both).contains("DATAVERSE_URL is set too"));
}

#[test]
fn a_connection_string_may_stand_in_a_variable() {
    let string = format!("AuthType=ClientSecret;Url={URL};ClientId={APP};ClientSecret=s");
    let settings = from(&[("DATAVERSE_CONNECTION_STRING", &string)]).unwrap();
    assert_eq!((settings.environment(), settings.kind()), (URL, "client-secret"));
}

#[tokio::test]
async fn a_connection_string_in_the_form_of_the_sdk() {
    for string in [
        "AuthType=ClientSecret;Url=https://rsk.crm4.dynamics.com;ClientId=ID;ClientSecret='a;b''c=d\"';",
        "  serviceuri = https://rsk.crm4.dynamics.com ; AUTHTYPE=clientsecret; AppId=\"ID\";Secret=\"a;b'c=d\"\"\" ",
        "Service Uri=https://rsk.crm4.dynamics.com;;ApplicationId=ID;AuthenticationType=ClientSecret;\
         RequireNewInstance=true;SkipDiscovery=true;ClientSecret='a;b''c=d\"'",
    ] {
        let string = string.replace("ID", APP);
        let (_, form) = sent(|host| {
            let settings = text(&format!("{string};Authority={host}/t")).unwrap();
            assert_eq!(settings.environment(), URL, "{string}");
            settings
        })
        .await;
        assert_eq!(form["client_id"], APP, "{string}");
        assert_eq!(form["client_secret"], "a;b'c=d\"", "{string}");
    }
}

#[tokio::test]
async fn a_user_of_a_connection_string() {
    let (_, form) = sent(|host| {
        let string = format!(
            "AuthType=OAuth;Url={URL};UserName=ada@contoso.example;Password=pass=word;AppId={APP};Authority={host}/t"
        );
        text(&string).unwrap()
    })
    .await;
    assert_eq!(form["grant_type"], "password");
    assert_eq!(form["username"], "ada@contoso.example");
    assert_eq!(form["password"], "pass=word");
}

#[test]
fn what_a_connection_string_cannot_say_is_named() {
    let with = |rest: &str| refused(&format!("Url={URL};{rest}"));
    assert_eq!(
        refused("AuthType=ClientSecret;ClientId=x;ClientSecret=y"),
        "the environment isn't named: set the connection string's key `Url` to an address such as \
         https://contoso.crm4.dynamics.com"
    );
    assert_eq!(
        with("AuthType=Office365;UserName=a;Password=b"),
        "the connection string's key `AuthType=Office365` isn't supported: Microsoft has retired it: use \
         `AuthType=OAuth`, or `ClientSecret` for services"
    );
    assert_eq!(
        with("AuthType=ClientSecret;ClientId=x"),
        "a credential of the kind `client-secret` needs the connection string's key `ClientSecret`, which isn't set"
    );
    assert_eq!(
        with("AuthType=ClientSecret;ClientId=x;AppId=y;ClientSecret=z"),
        "the connection string's key `ClientId` is given twice: keep one"
    );
    for (rest, expected) in [
        ("AuthType=AD;Domain=d", "premises"),
        ("AuthType=AD", "premises"),
        ("ClientId=x", "say who the program is"),
        (
            "AuthType=OAuth;TokenCacheStorePath=c:\\cache",
            "`TokenCacheStorePath` isn't supported: nothing is written",
        ),
        ("AuthType=OAuth;Integrated Security=true", "`AuthType=AzureCli`"),
        (
            "AuthType=ClientSecret;ClientId=x;ClientSecrte=z",
            "`ClientSecrte` isn't supported: check its spelling",
        ),
        ("AuthType=Magic", "there is no credential of the kind `Magic`"),
        ("AuthType=ClientSecret;ClientId", "part 3: expected `key=value`"),
        (
            "AuthType=ClientSecret;ClientSecret='abc",
            "the quoted value has no end",
        ),
        (
            "AuthType=ClientSecret;ClientSecret='a'b",
            "expected `;` after the quoted value",
        ),
        (
            "AuthType=ClientSecret;ClientId=x;ClientSecret=z;UserName=u",
            "has no setting `UserName`",
        ),
    ] {
        assert!(with(rest).contains(expected), "{rest}: {}", with(rest));
    }
}

#[test]
fn the_sdk_asks_users_in_three_ways() {
    let kind = |rest: &str| text(&format!("AuthType=OAuth;Url={URL};{rest}")).unwrap().kind();
    assert_eq!(kind(""), "browser");
    assert_eq!(
        kind("LoginPrompt=Auto;UserName=ada@contoso.example;RedirectUri=http://localhost:8400"),
        "browser"
    );
    assert_eq!(kind("LoginPrompt=Always"), "browser");
    let old = "UserName=ada@contoso.example;Password=p;AppId=x;RedirectUri=app://1;LoginPrompt=Auto";
    assert_eq!(kind(old), "password");
    assert_eq!(
        text(&format!("AuthType=AzureCli;Url={URL}")).unwrap().kind(),
        "azure-cli"
    );
}

#[test]
fn a_secret_that_was_not_quoted_is_not_shown() {
    for secret in [
        "hunter2;x9=1",
        "pa=ss;w0rd=;",
        "hunter2;x9",
        "'hunter2'x9",
        "\"hunter2 x9",
    ] {
        let said = refused(&format!(
            "AuthType=ClientSecret;Url={URL};ClientId=x;ClientSecret={secret};"
        ));
        for part in ["hunter2", "x9", "w0rd"] {
            assert!(!said.contains(part), "{said}");
        }
    }
}

proptest! {
    #[test]
    fn any_secret_survives_its_quotes(secret in "[ -~]{1,40}") {
        prop_assume!(!secret.trim().is_empty());
        let quoted = secret.replace('"', "\"\"");
        let settings = text(&format!("AuthType=ClientSecret;Url={URL};ClientId=x;ClientSecret=\"{quoted}\"")).unwrap();
        let credential = settings.credential().unwrap();
        let shown = format!("{credential:?}");
        prop_assert!(secret.len() < 8 || !shown.contains(&secret));
    }

    #[test]
    fn any_text_is_read_or_refused(string in "\\PC{0,80}") {
        let _ = text(&string);
    }

    #[test]
    fn any_damaged_string_is_read_or_refused(string in "(Url|AuthType|Secret|=|;|'|\"|ClientSecret|é| ){0,24}") {
        let _ = text(&string);
    }
}

#[tokio::test]
async fn settings_by_name_refer_to_variables() {
    let (path, form) = sent(|host| {
        let settings = [
            ("client_id", APP.to_owned()),
            ("client-secret", "${CRM_SECRET}".to_owned()),
            ("authority", format!("{host}/t-2")),
        ];
        let variable = |name: &str| match name {
            "CRM_SECRET" => Some("swordfish".to_owned()),
            "CRM_URL" => Some(URL.to_owned()),
            _ => None,
        };
        let settings =
            ConnectSettings::with_variables("${CRM_URL}", "ClientSecret", settings, variable).unwrap();
        assert_eq!(settings.environment(), URL);
        settings
    })
    .await;
    assert_eq!(path, "/t-2/oauth2/v2.0/token");
    assert_eq!(form["client_secret"], "swordfish");
}

#[test]
fn settings_by_name_that_cannot_be_used_are_named() {
    let said = |kind: &str, settings: &[(&str, &str)]| {
        let settings = settings.iter().copied();
        let error = ConnectSettings::with_variables(URL, kind, settings, |_| None);
        error.unwrap_err().to_string()
    };
    assert_eq!(
        said("azure-cli", &[("client-secret", "s")]),
        "a credential of the kind `azure-cli` has no setting `client-secret`: it takes `tenant`"
    );
    assert_eq!(
        said(
            "client-secret",
            &[("client-id", "x"), ("client-secret", "${NOWHERE}")]
        ),
        "`client-secret` stands in the environment variable NOWHERE, which isn't set"
    );
    assert_eq!(
        said("client-secret", &[("client-id", " "), ("client-secret", "s")]),
        "a credential of the kind `client-secret` needs `client-id`, which isn't set"
    );
    assert!(ConnectSettings::is_secret("client_secret") && !ConnectSettings::is_secret("client-id"));
}

#[test]
fn an_address_is_no_place_for_a_password() {
    let said = refused("AuthType=AzureCli;Url=https://ada:hunter2@rsk.crm4.dynamics.com");
    assert!(
        said.contains("give a credential") && !said.contains("hunter2"),
        "{said}"
    );
    let bare = from(&[
        ("DATAVERSE_URL", "rsk.crm4.dynamics.com"),
        ("DATAVERSE_CREDENTIAL", "none"),
    ]);
    let said = bare.unwrap().client().unwrap_err().to_string();
    assert!(
        said.contains("Expected an address such as https://contoso.crm4.dynamics.com"),
        "{said}"
    );
}

#[test]
fn every_kind_can_be_named() {
    for kind in ConnectSettings::kinds() {
        let made = ConnectSettings::with_variables(URL, kind, Vec::<(&str, &str)>::new(), |_| None);
        match made {
            Ok(settings) => assert_eq!(settings.kind(), kind),
            Err(ConfigError::Missing { kind: named, .. }) => assert_eq!(named, kind),
            Err(other) => panic!("{kind}: {other}"),
        }
    }
}
