//! The discovery service over HTTP: what it is asked, and the environments that it knows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod issuer;

use dataverse_runtime::client::credential::UserPassword;
use dataverse_runtime::client::discovery::{Cloud, Discovery};
use dataverse_runtime::{Client, Error, Uuid};
use issuer::{APP, TOKEN, answers, form, issued};
use serde_json::{Value, json};
use wiremock::matchers::{header, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const INSTANCES: &str = "/api/discovery/v2.0/Instances";

fn instance(name: &str, number: u128) -> Value {
    json!({
        "Id": Uuid::from_u128(number).to_string(), "UniqueName": format!("unq{number}"), "UrlName": "rsk",
        "FriendlyName": name, "State": number % 2, "Version": "9.2.25111.162",
        "Url": "https://rsk.crm4.dynamics.com", "ApiUrl": "https://rsk.api.crm4.dynamics.com",
        "LastUpdated": "2026-10-01T00:00:00Z", "Region": "EMEA", "OrganizationType": 0,
        "TenantId": "t-1", "EnvironmentId": "e-1", "StatusMessage": null, "TrialExpirationDate": null,
    })
}

/// A service that wants a token and has these pages.
async fn service(pages: impl Fn(&str) -> Vec<Value>) -> (MockServer, Discovery) {
    let server = MockServer::start().await;
    let challenge = format!("Bearer authorization_uri={}/t/oauth2/authorize", server.uri());
    let unknown = ResponseTemplate::new(401).insert_header("www-authenticate", challenge.as_str());
    Mock::given(|request: &wiremock::Request| {
        request.url.path() == INSTANCES && !request.headers.contains_key("authorization")
    })
    .respond_with(unknown)
    .mount(&server)
    .await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    for page in pages(&server.uri()) {
        Mock::given(path(INSTANCES))
            .and(header("authorization", "Bearer a.b.c"))
            .respond_with(ResponseTemplate::new(200).set_body_json(page))
            .up_to_n_times(1)
            .mount(&server)
            .await;
    }
    let builder = Client::builder(&server.uri()).credential(UserPassword::new(APP, "ada", "p"));
    let discovery = Discovery::by(builder).unwrap();
    (server, discovery)
}

#[tokio::test]
async fn the_environments_of_a_user_by_name() {
    let (server, discovery) = service(|uri| {
        let next = format!("{uri}{INSTANCES}?$skip=1");
        vec![
            json!({"value": [instance("Test", 2)], "@odata.nextLink": next}),
            json!({"value": [instance("Production", 3)]}),
        ]
    })
    .await;
    let found = discovery.environments().await.unwrap();
    assert_eq!(found.len(), 2);
    let (production, test) = (&found[0], &found[1]);
    assert_eq!(
        (production.name.as_str(), production.enabled),
        ("Production", false)
    );
    assert_eq!((test.name.as_str(), test.enabled), ("Test", true));
    assert_eq!(test.id, Uuid::from_u128(2));
    assert_eq!(test.api_url, "https://rsk.api.crm4.dynamics.com");
    assert_eq!(test.region.as_deref(), Some("EMEA"));
    let asked = server.received_requests().await.unwrap();
    let scope = format!("{}/user_impersonation offline_access", server.uri());
    assert_eq!(form(&asked[1])["scope"], scope);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_says_so() {
    for page in [
        json!({"value": [{"Id": "x", "UniqueName": "u", "ApiUrl": "a"}]}),
        json!([]),
        json!({"value": [{}]}),
    ] {
        let (_server, discovery) = service(|_| vec![page.clone()]).await;
        let error = discovery.environments().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{page}: {error}");
    }
}

#[test]
fn each_cloud_has_its_own_address() {
    assert_eq!(Cloud::default().address(), "https://globaldisco.crm.dynamics.com");
    assert_eq!(Cloud::China.address(), "https://globaldisco.crm.dynamics.cn");
}
