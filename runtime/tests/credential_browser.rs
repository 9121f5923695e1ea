//! Signing in with a browser, which the tests play: what the page is asked, what comes back, and what is said when it doesn't.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod issuer;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dataverse_runtime::client::credential::{Browser, Credential, CredentialFailure, PUBLIC_CLIENT};
use issuer::{APP, TOKEN, answers, authority, fields, issued, renewed, request, sent};
use reqwest::Url;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use wiremock::MockServer;

/// A browser that does what a test says with the page it is sent to.
fn browser(issuer: &MockServer) -> (Browser, mpsc::UnboundedReceiver<Url>) {
    let (sender, pages) = mpsc::unbounded_channel();
    let open = move |page: &str| sender.send(Url::parse(page).unwrap()).map_err(io::Error::other);
    (
        Browser::new().authority(&authority(issuer)).open_with(open),
        pages,
    )
}

fn asked(page: &Url) -> BTreeMap<String, String> {
    page.query_pairs().into_owned().collect()
}

/// Goes back to the program with these members, and gives status and text of the page that is shown.
async fn back(page: &Url, members: &[(&str, &str)]) -> (u16, String) {
    let mut url = Url::parse(&asked(page)["redirect_uri"]).unwrap();
    url.query_pairs_mut().extend_pairs(members);
    let answer = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .get(url)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Waits until the port is closed, which the runtime does in its next steps.
async fn closed(port: u16) {
    for _ in 0..500 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the port is still open");
}

#[tokio::test]
async fn a_user_signs_in_with_the_browser_once() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, renewed("r-1")), (200, issued())]).await;
    let stored = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&stored);
    let (browser, mut pages) = browser(&server);
    let credential = browser
        .client_id(APP)
        .login_hint("ada@contoso.example")
        .choose_account()
        .on_renewed(move |secret| keep.lock().unwrap().push(secret.reveal().to_owned()));
    let request = request();
    let user = async {
        let page = pages.recv().await.unwrap();
        let asked = asked(&page);
        let (status, text) = back(&page, &[("code", "c/1+2"), ("state", &asked["state"])]).await;
        assert_eq!(status, 200);
        assert!(
            text.contains("You have signed in") && text.contains("close this window"),
            "{text}"
        );
        page
    };
    let (token, page) = tokio::join!(credential.token(&request), user);
    assert_eq!(token.unwrap().secret(), "a.b.c");
    assert_eq!(page.path(), "/t/oauth2/v2.0/authorize");
    let mut asked = asked(&page);
    let (state, challenge) = (
        asked.remove("state").unwrap(),
        asked.remove("code_challenge").unwrap(),
    );
    let redirect = asked.remove("redirect_uri").unwrap();
    assert!(
        state.len() >= 32 && redirect.starts_with("http://localhost:"),
        "{redirect}"
    );
    let scope = "https://rsk.crm4.dynamics.com/user_impersonation offline_access";
    let expected = fields(&[
        ("client_id", APP),
        ("response_type", "code"),
        ("response_mode", "query"),
        ("scope", scope),
        ("code_challenge_method", "S256"),
        ("login_hint", "ada@contoso.example"),
        ("prompt", "select_account"),
    ]);
    assert_eq!(asked, expected);

    // The second token needs no browser.
    credential.token(&request).await.unwrap();
    assert!(pages.try_recv().is_err());
    let sent = sent(&server).await;
    let mut form = sent[0].clone();
    let verifier = form.remove("code_verifier").unwrap();
    assert_eq!(
        URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())),
        challenge
    );
    let expected = fields(&[
        ("grant_type", "authorization_code"),
        ("client_id", APP),
        ("code", "c/1+2"),
        ("redirect_uri", &redirect),
        ("scope", scope),
    ]);
    assert_eq!(form, expected);
    assert_eq!(sent[1]["refresh_token"], "r-1");
    assert_eq!(*stored.lock().unwrap(), ["r-1"]);
}

#[tokio::test]
async fn what_belongs_to_another_sign_in_is_sent_away() {
    let server = MockServer::start().await;
    answers(&server, TOKEN, vec![(200, issued())]).await;
    let (credential, mut pages) = browser(&server);
    let request = request();
    let user = async {
        let page = pages.recv().await.unwrap();
        let state = asked(&page)["state"].clone();
        // A browser's connection that stays silent holds nobody up.
        let port = Url::parse(&asked(&page)["redirect_uri"]).unwrap().port().unwrap();
        let _silent = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        assert_eq!(
            back(&page, &[("code", "evil"), ("state", "guessed")]).await.0,
            400
        );
        assert_eq!(back(&page, &[("code", "evil")]).await.0, 400);
        assert_eq!(back(&page, &[]).await.0, 404);
        assert_eq!(back(&page, &[("code", "mine"), ("state", &state)]).await.0, 200);
        port
    };
    let (token, port) = tokio::join!(credential.token(&request), user);
    token.unwrap();
    assert_eq!(sent(&server).await[0]["code"], "mine");
    assert_eq!(sent(&server).await[0]["client_id"], PUBLIC_CLIENT);
    closed(port).await;
}

#[tokio::test]
async fn what_the_issuer_says_is_passed_on_with_advice() {
    let server = MockServer::start().await;
    let said = [
        (
            (
                "access_denied",
                "AADSTS65004: User declined to consent.\r\nTrace ID: 1",
            ),
            Some(65_004),
            "the user declined to consent to the application (AADSTS65004: User declined to consent.)",
        ),
        (("server_error", ""), None, "server_error"),
    ];
    for ((word, description), code, expected) in said {
        let (credential, mut pages) = browser(&server);
        let request = request();
        let user = async {
            let page = pages.recv().await.unwrap();
            let state = asked(&page)["state"].clone();
            let members = [
                ("error", word),
                ("error_description", description),
                ("state", &state),
            ];
            let (_, text) = back(&page, &members).await;
            assert!(text.contains("The sign-in failed"), "{text}");
        };
        let (token, ()) = tokio::join!(credential.token(&request), user);
        let error = token.unwrap_err();
        assert_eq!(error.kind, CredentialFailure::Refused(code));
        assert_eq!(error.reason, expected);
    }
    assert!(sent(&server).await.is_empty());
}

#[tokio::test]
async fn nobody_comes_back_or_there_is_no_browser() {
    let server = MockServer::start().await;
    let (credential, mut pages) = browser(&server);
    let late = credential
        .within(Duration::from_millis(50))
        .token(&request())
        .await
        .unwrap_err();
    assert!(
        late.reason
            .starts_with("nobody signed in with the browser within"),
        "{late}"
    );
    let port = Url::parse(&asked(&pages.recv().await.unwrap())["redirect_uri"])
        .unwrap()
        .port()
        .unwrap();
    closed(port).await;

    let none = Browser::new()
        .tenant("t")
        .open_with(|_| Err(io::Error::other("no display")));
    let none = none.token(&request()).await.unwrap_err();
    assert_eq!(none.kind, CredentialFailure::Unavailable);
    assert_eq!(
        none.reason,
        "no browser can be opened (no display): sign in with a device code instead"
    );
}

#[tokio::test]
async fn dropping_the_request_ends_the_sign_in() {
    let server = MockServer::start().await;
    let (credential, mut pages) = browser(&server);
    let waiting = tokio::spawn(async move { credential.token(&request()).await.map(drop) });
    let page = pages.recv().await.unwrap();
    let port = Url::parse(&asked(&page)["redirect_uri"]).unwrap().port().unwrap();
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    closed(port).await;
}

#[tokio::test]
async fn an_earlier_sign_in_goes_on_until_it_expires() {
    let server = MockServer::start().await;
    let expired = json!({"error": "invalid_grant", "error_description": "AADSTS700082: expired", "error_codes": [700_082]});
    answers(
        &server,
        TOKEN,
        vec![(200, renewed("r-2")), (400, expired), (200, issued())],
    )
    .await;
    let (browser, mut pages) = browser(&server);
    let credential = browser.signed_in_with("r-1");
    let request = request();
    credential.token(&request).await.unwrap();
    assert!(pages.try_recv().is_err());
    let user = async {
        let page = pages.recv().await.unwrap();
        let state = asked(&page)["state"].clone();
        back(&page, &[("code", "c"), ("state", &state)]).await
    };
    let (token, _) = tokio::join!(credential.token(&request), user);
    token.unwrap();
    let sent = sent(&server).await;
    assert_eq!(sent[0]["refresh_token"], "r-1");
    assert_eq!(sent[1]["refresh_token"], "r-2");
    assert_eq!(sent[2]["code"], "c");
}
