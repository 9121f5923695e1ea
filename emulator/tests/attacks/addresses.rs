//! Addresses and values that nobody means well with.

use crate::support::{client, rows};
use crate::target::{MEBIBYTE, Target, post, refused};

/// Addresses under the root of the service that nobody means well with.
fn hostile_addresses() -> Vec<String> {
    let texts = [
        "accounts('; DROP TABLE account; --)",
        "accounts(accountnumber=''';DROP TABLE account;--')",
        "accounts?$filter=name eq '' OR 1=1 --'",
        "accounts?$filter=contains(name,'\"; DELETE FROM account; --')",
        "accounts?$select=name\"; DROP TABLE account; --",
        "accounts?$orderby=(SELECT 1)",
        "accounts?$filter=name eq 'x' and (select sleep(5))",
        "account\"?$top=1",
        "sqlite_master?$top=1",
        "../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "accounts%00",
        "accounts?%00=%00",
        "accounts?$top=%",
        "accounts?$filter=name%20eq%20'%ff%fe'",
        "accounts?$top=-1",
        "accounts?$top=99999999999999999999999999",
        "accounts?$skiptoken=<cookie%20pagenumber='99999999999999999999'/>",
        "accounts(99999999-9999-9999-9999-99999999999g)",
        "accounts()()()",
        "accounts/$ref/$ref/$ref",
        "$metadata/$metadata",
        "$1",
        "EntityDefinitions(LogicalName=''')",
        "RetrieveMetadataChanges(Query=@p)?@p={",
        "\u{202e}stnuocca",
        "accounts?$filter=name eq '\u{1f6a2}",
    ];
    let nested = [
        ("(", ")"),
        ("not (", ")"),
        ("a/any(x:", ")"),
        ("'", "'"),
        ("[", "]"),
    ];
    let deep = nested.map(|(open, close)| {
        let times = 15_000 / open.len();
        format!(
            "accounts?$filter={}{}",
            open.repeat(times),
            close.repeat(times.min(2_000))
        )
    });
    let wide = [
        "name eq 'x' or ",
        "name,",
        "$expand=a($expand=b),",
        "&@p=1",
        "/a",
        "=",
    ];
    let wide = wide.map(|text| format!("accounts?$filter={}", text.repeat(30_000 / text.len())));
    let expands = format!("accounts?$expand={}", "parentaccountid($expand=".repeat(1_000));
    texts
        .map(str::to_owned)
        .into_iter()
        .chain(deep)
        .chain(wide)
        .chain([expands])
        .collect()
}

/// Whether an answer begins with a status that the service could have meant: some hostile texts are conditions like others.
fn meant(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 2") || refused(answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_addresses_do_nothing_alone_and_in_batches() {
    let target = Target::start();
    let accounts = format!("http://{}/api/data/v9.2/accounts", target.address);
    let row = client().post(&accounts).body("{\"name\":\"still here\"}");
    assert_eq!(row.send().await.unwrap().status().as_u16(), 204);
    for address in hostile_addresses() {
        // As a request line takes it: blanks and what isn't ASCII escaped, all else as it is.
        let escaped: String = address
            .bytes()
            .map(|byte| match byte {
                b'!'..=b'~' => char::from(byte).to_string(),
                _ => format!("%{byte:02x}"),
            })
            .collect();
        for method in ["GET", "PATCH", "DELETE"] {
            let request = format!(
                "{method} /api/data/v9.2/{escaped} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}"
            );
            let answer = target.send(&request, std::iter::empty()).await;
            assert!(meant(&answer), "{method} {}: {answer}", short(&address));
        }
        let batch = format!(
            "--b\r\nContent-Type: application/http\r\n\r\nGET {address} HTTP/1.1\r\n\r\n\r\n--b--\r\n"
        );
        let head = post("$batch", "multipart/mixed; boundary=b");
        let answer = target.send(&head, std::iter::once(batch.into_bytes())).await;
        assert!(meant(&answer), "in a batch: {}: {answer}", short(&address));
    }
    let rows: serde_json::Value = client()
        .get(&accounts)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(rows["value"].as_array().map(Vec::len), Some(1));
    assert_eq!(rows["value"][0]["name"], "still here");
    target.goes_on_within(200 * MEBIBYTE).await;
}

#[tokio::test]
async fn sql_in_values_is_text() {
    let served = rows::serve(serde_json::json!({})).await;
    let texts = [
        "'; DROP TABLE account; --",
        "\" OR \"\"=\"",
        "'' UNION SELECT name FROM sqlite_master --",
        "%_[a-z]^\\",
        "\t\u{7f}\u{85}x",
        "?1 :name @name $1",
    ];
    for text in texts {
        let path = served
            .create(
                "accounts",
                &serde_json::json!({"name": text, "accountnumber": "1"}),
            )
            .await;
        assert_eq!(served.get(&path).await["name"], text);
        let quoted = text.replace('\'', "''");
        let query = [
            ("$filter", format!("name eq '{quoted}'")),
            ("$orderby", "name".to_owned()),
        ];
        let request = served.client.get(served.running.api() + "accounts").query(&query);
        let found: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(
            found["value"].as_array().map(Vec::len),
            Some(1),
            "{text:?}: {found}"
        );
        served
            .patch(&path, &serde_json::json!({"name": format!("{text}{text}")}))
            .await
            .is_done();
        served.delete(&path).await.is_done();
    }
}

fn short(text: &str) -> String {
    text.chars().take(200).collect()
}
