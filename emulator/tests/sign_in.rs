//! The double of Entra ID: people who sign in, with a browser, a password, a device, or through a service.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dataverse_emulator::Running;
use dataverse_emulator::identity::{Directory, Issuing, Person, Standing, TokenSpec};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use support::client;
use support::tokens::{guarded, plain, post, refused, token, who};

/// The members of the address that the browser is sent to.
async fn authorize(running: &Running, query: &[(&str, &str)]) -> Result<Vec<(String, String)>, Value> {
    let tenant = Directory::default().tenant;
    let address = format!("{}/{tenant}/oauth2/v2.0/authorize", running.url());
    let response = client().get(address).query(query).send().await.unwrap();
    if response.status() != StatusCode::FOUND {
        return Err(response.json().await.unwrap());
    }
    let location = response.headers()["location"].to_str().unwrap();
    let url = reqwest::Url::parse(location).unwrap();
    Ok(url.query_pairs().into_owned().collect())
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value)
}

#[tokio::test]
async fn a_code_is_redeemed_once_by_who_knows_the_verifier() {
    let running = plain().await;
    let verifier = "a-verifier-that-is-long-enough-for-the-standard";
    let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()));
    let scope = format!("{}/user_impersonation offline_access openid", running.url());
    let redirect = "http://localhost:49152/back";
    let ask = vec![
        ("client_id", Directory::PUBLIC_CLIENT),
        ("response_type", "code"),
        ("redirect_uri", redirect),
        ("scope", &scope),
        ("state", "a&b"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let back = authorize(&running, &ask).await.unwrap();
    assert_eq!(find(&back, "state"), "a&b");
    let code = find(&back, "code").to_owned();
    let redeem = |verifier: &'static str| {
        vec![
            ("grant_type", "authorization_code"),
            ("client_id", Directory::PUBLIC_CLIENT),
            ("code", code.as_str()),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
            ("scope", scope.as_str()),
        ]
    };
    assert_eq!(
        refused(&token(&running, &redeem("other")).await),
        (400, "invalid_grant", 501_481)
    );
    assert_eq!(
        refused(&token(&running, &redeem("")).await),
        (400, "invalid_grant", 50_148)
    );
    let mut elsewhere = redeem(verifier);
    elsewhere[3].1 = "http://localhost:1/";
    assert_eq!(
        refused(&token(&running, &elsewhere).await),
        (400, "invalid_grant", 500_112)
    );
    let (status, body) = token(&running, &redeem(verifier)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert!(body["refresh_token"].is_string() && body["id_token"].is_string());
    assert_eq!(
        who(&running, &body["access_token"]).await,
        Ok(Directory::ADMINISTRATOR.to_owned())
    );
    assert_eq!(
        refused(&token(&running, &redeem(verifier)).await),
        (400, "invalid_grant", 54_005)
    );
    let mut foreign = ask.clone();
    foreign[2].1 = "https://elsewhere.example/";
    let error = authorize(&running, &foreign).await.unwrap_err();
    assert_eq!(error["error_codes"][0], 50_011);
    let mut unknown = ask.clone();
    unknown.push(("login_hint", "nobody@nowhere"));
    assert_eq!(
        find(&authorize(&running, &unknown).await.unwrap(), "error"),
        "login_required"
    );
}

#[tokio::test]
async fn refresh_tokens_are_renewed() {
    for once in [false, true] {
        let issuing = Issuing {
            refresh_once: once,
            ..Issuing::default()
        };
        let running = guarded(|_| {}, issuing).await;
        let scope = format!("{}/.default offline_access", running.url());
        let form = [
            ("grant_type", "password"),
            ("client_id", Directory::PUBLIC_CLIENT),
            ("username", "Admin@emulator.onmicrosoft.com"),
            ("password", "password"),
            ("scope", &scope),
        ];
        let (_, first) = token(&running, &form).await;
        let renew = |refresh: &Value| {
            let refresh = refresh["refresh_token"].as_str().unwrap().to_owned();
            let running = &running;
            async move {
                let form = [
                    ("grant_type", "refresh_token"),
                    ("client_id", Directory::PUBLIC_CLIENT),
                    ("refresh_token", &refresh),
                ];
                token(running, &form).await
            }
        };
        running.clock().advance(Duration::from_secs(4_000));
        let (status, second) = renew(&first).await;
        assert_eq!(status, StatusCode::OK);
        assert_ne!(first["refresh_token"], second["refresh_token"]);
        assert_eq!(
            who(&running, &second["access_token"]).await,
            Ok(Directory::ADMINISTRATOR.to_owned())
        );
        assert_eq!(renew(&first).await.0 == StatusCode::OK, !once);
        running.clock().advance(Duration::from_secs(91 * 86_400));
        assert_eq!(refused(&renew(&second).await), (400, "invalid_grant", 700_082));
        let mut wrong = form.to_vec();
        wrong[3].1 = "wrong";
        assert_eq!(
            refused(&token(&running, &wrong).await),
            (400, "invalid_grant", 50_126)
        );
    }
}

#[tokio::test]
async fn devices_wait_for_their_user() {
    let issuing = Issuing {
        device_polls: None,
        ..Issuing::default()
    };
    let running = guarded(|_| {}, issuing).await;
    let scope = format!("{}/.default", running.url());
    let begin = async || {
        let form = [("client_id", Directory::PUBLIC_CLIENT), ("scope", &*scope)];
        post(&running, "v2.0/devicecode", &form).await.1
    };
    let poll = async |begun: &Value| {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("client_id", Directory::PUBLIC_CLIENT),
            ("device_code", begun["device_code"].as_str().unwrap()),
        ];
        let answer = token(&running, &form).await;
        running.clock().advance(Duration::from_secs(4));
        answer
    };
    let begun = begin().await;
    assert_eq!(
        (&begun["interval"], &begun["expires_in"]),
        (&json!(5), &json!(900))
    );
    let user_code = begun["user_code"].as_str().unwrap();
    assert!(begun["message"].as_str().unwrap().contains(user_code));
    assert_eq!(refused(&poll(&begun).await).1, "authorization_pending");
    assert_eq!(refused(&poll(&begun).await).1, "slow_down");
    running.clock().advance(Duration::from_secs(5));
    running.identity().sign_in_device(user_code, None).unwrap();
    let (status, body) = poll(&begun).await;
    assert_eq!(status, StatusCode::OK);
    assert!(who(&running, &body["access_token"]).await.is_ok());
    assert_eq!(refused(&poll(&begun).await).1, "bad_verification_code");
    assert!(running.identity().sign_in_device(user_code, None).is_err());
    let declined = begin().await;
    let control = format!("{}/emulator/devices", running.url());
    let choice = json!({"user_code": declined["user_code"], "decline": true});
    assert!(
        client()
            .post(control)
            .json(&choice)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    assert_eq!(refused(&poll(&declined).await).1, "authorization_declined");
    let late = begin().await;
    running.clock().advance(Duration::from_secs(900));
    assert_eq!(refused(&poll(&late).await).1, "expired_token");
}

#[tokio::test]
async fn a_service_calls_on_behalf_of_a_person() {
    let person = Person {
        object_id: "oid-2".to_owned(),
        user: "user-2".to_owned(),
        name: "second@emulator.onmicrosoft.com".to_owned(),
        password: "x".to_owned(),
        standing: Standing::Member,
    };
    let running = guarded(|directory| directory.people.push(person), Issuing::default()).await;
    let shown = |audience: &str| {
        running.identity().issue(&TokenSpec {
            audience: audience.to_owned(),
            client_id: "frontend".to_owned(),
            object_id: Some("oid-2".to_owned()),
            lifetime: Duration::from_secs(60),
        })
    };
    let ask = async |assertion: &str| {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("client_id", Directory::CLIENT),
            ("client_secret", "secret"),
            ("assertion", assertion),
            ("requested_token_use", "on_behalf_of"),
        ];
        token(&running, &form).await
    };
    let (_, body) = ask(&shown(&format!("api://{}", Directory::CLIENT))).await;
    assert_eq!(
        who(&running, &body["access_token"]).await,
        Ok("user-2".to_owned())
    );
    assert_eq!(refused(&ask(&shown("api://other")).await).2, 500_131);
    assert_eq!(refused(&ask("nonsense").await).2, 50_013);
}
