//! Many rows of one table over HTTP: the messages as they are sent, and bulks of them side by side.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::Account;
use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use crm::rsk_reading::{KeyfornosqlentitywithpkpartitionidKey, RskReading};
use dataverse_runtime::bulk::{BulkReport, create_multiple};
use dataverse_runtime::client::Retries;
use dataverse_runtime::message::Repeat;
use dataverse_runtime::{Client, Error, TableMeta};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use wire::{JSON, Server, guid, id, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[derive(Create)]
#[create(table = Account)]
struct NewAccount {
    name: String,
}

fn companies(numbers: std::ops::Range<usize>) -> impl Iterator<Item = NewAccount> + Send {
    numbers.map(|number| NewAccount {
        name: number.to_string(),
    })
}

fn refusal(status: u16, code: &str) -> ResponseTemplate {
    json(
        status,
        &format!(r#"{{"error":{{"code":"{code}","message":"No."}}}}"#),
    )
}

#[tokio::test]
async fn rows_are_created_by_one_request_under_ids_of_their_own() {
    let server = Server::answering(vec![json(200, r#"{"Ids":[]}"#)]).await;
    let create = server.client.create_multiple(companies(0..2));
    assert_eq!(create.request().unwrap().may_repeat(), Repeat::CreatesOnce);
    let ids = create.await.unwrap();
    let row = |at: usize| {
        format!(
            r#"{{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"{}","name":"{at}"}}"#,
            ids[at]
        )
    };
    assert_eq!(
        server.asked_once().await,
        format!(
            "POST accounts/Microsoft.Dynamics.CRM.CreateMultiple\n{JSON}\n{{\"Targets\":[{},{}]}}",
            row(0),
            row(1)
        )
    );
}

#[tokio::test]
async fn ids_are_those_that_the_rows_have_or_that_the_service_gives() {
    let ours = create_multiple([create_body(Account, |a| {
        (a.accountid.set(id(7)), a.name.set("Contoso"))
    })]);
    let text = ours.request().unwrap().to_string();
    assert!(
        text.contains(&format!(r#""accountid":"{}","name":"Contoso""#, guid(7))),
        "{text}"
    );

    let answer = format!(r#"{{"@odata.context":"x","Ids":["{}","{}"]}}"#, guid(1), guid(2));
    let answers = vec![json(200, &answer), json(200, "{}"), json(200, "")];
    let server = Server::answering(answers).await;
    let create = || server.client.create_multiple(companies(0..2)).without_own_ids();
    assert_eq!(create().request().unwrap().may_repeat(), Repeat::Never);
    assert_eq!(create().await.unwrap(), [id(1), id(2)]);
    for _ in 0..2 {
        let error = create().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
    }
    assert!(!server.asked().await[0].contains("accountid"));
}

#[tokio::test]
async fn rows_are_changed_by_id_or_key() {
    let server = Server::silent().await;
    let fax = |number: &str| update_body(Account, |a| a.fax.set(number.to_owned()));
    let update = server
        .client
        .update_multiple([(id(1), fax("1")), (id(2), fax("2"))]);
    update.await.unwrap();
    let name = |name: &str| update_body(RskPort, |p| p.rsk_name.set(name.to_owned()));
    let key = |rsk_unlocode| RskUnlocodeKey { rsk_unlocode };
    let upsert = server
        .client
        .upsert_multiple([(key("NOBGO"), name("Bergen")), (key("N&'O"), name("x"))]);
    assert_eq!(upsert.request().unwrap().may_repeat(), Repeat::Safe);
    upsert.await.unwrap();
    let account = |number: u128| {
        format!(
            r#"{{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"{}","fax":"{number}"}}"#,
            guid(number)
        )
    };
    let port = |key: &str, name: &str| {
        format!(
            r#"{{"@odata.type":"Microsoft.Dynamics.CRM.rsk_port","@odata.id":"rsk_ports(rsk_unlocode={key})","rsk_name":"{name}"}}"#
        )
    };
    assert_eq!(
        server.asked().await,
        [
            format!(
                "POST accounts/Microsoft.Dynamics.CRM.UpdateMultiple\n{JSON}\n{{\"Targets\":[{},{}]}}",
                account(1),
                account(2)
            ),
            format!(
                "POST rsk_ports/Microsoft.Dynamics.CRM.UpsertMultiple\n{JSON}\n{{\"Targets\":[{},{}]}}",
                port("'NOBGO'", "Bergen"),
                port("'N%26''O'", "x")
            ),
        ]
    );
}

#[tokio::test]
async fn rows_of_an_elastic_table_are_deleted_with_their_partition() {
    let server = Server::silent().await;
    let key = KeyfornosqlentitywithpkpartitionidKey {
        rsk_readingid: id(3),
        partitionid: "dev\"7",
    };
    server.client.delete_multiple([key]).await.unwrap();
    let annotations = "prefer: odata.include-annotations=\"Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails\"";
    assert_eq!(
        server.asked_once().await,
        format!(
            "POST rsk_readings/Microsoft.Dynamics.CRM.DeleteMultiple\n{annotations}\n{JSON}\n{}",
            r#"{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.rsk_reading","rsk_readingid":"ID","partitionid":"dev\"7"}]}"#
                .replace("ID", &guid(3))
        )
    );
}

#[tokio::test]
async fn a_message_with_a_row_that_would_be_refused_is_not_sent() {
    let server = Server::silent().await;
    let rows = [String::new(), "x".repeat(161)].map(|name| NewAccount { name });
    let error = server.client.create_multiple(rows).await.unwrap_err();
    assert!(
        matches!(error, Error::Invalid(InvalidRequest::TooLong { .. })),
        "{error}"
    );
    assert!(server.asked().await.is_empty());
}

/// A service that refuses a message if one of these rows is in it.
struct Service {
    server: MockServer,
    client: Client,
}

/// The numbers that the rows of a message have as their names.
fn numbers(request: &wiremock::Request) -> Vec<usize> {
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let targets = body["Targets"].as_array().unwrap();
    let name = |target: &Value| target["name"].as_str().unwrap().parse().unwrap();
    targets.iter().map(name).collect()
}

impl Service {
    async fn refusing(bad: BTreeSet<usize>, answer: fn() -> ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        let respond = move |request: &wiremock::Request| {
            if numbers(request).iter().any(|number| bad.contains(number)) {
                return answer();
            }
            ResponseTemplate::new(204)
        };
        Mock::given(any()).respond_with(respond).mount(&server).await;
        let client = Client::builder(&server.uri())
            .retries(Retries::NONE)
            .build()
            .unwrap();
        Self { server, client }
    }

    /// The rows of each request, in the order in which they came.
    async fn asked(&self) -> Vec<Vec<usize>> {
        let requests = self.server.received_requests().await.unwrap();
        requests.iter().map(numbers).collect()
    }
}

/// Each row is told once, and those that failed are these.
fn assert_failed<V>(report: &BulkReport<V>, count: usize, failed: &BTreeSet<usize>) {
    let told: Vec<usize> = report
        .failures
        .iter()
        .flat_map(|failure| failure.rows.clone())
        .collect();
    assert_eq!(told, failed.iter().copied().collect::<Vec<_>>());
    assert_eq!(report.values.len(), count);
    for (at, value) in report.values.iter().enumerate() {
        assert_eq!(value.is_none(), failed.contains(&at), "row {at}");
    }
    assert_eq!(report.written(), count - failed.len());
}

#[tokio::test]
async fn a_bulk_takes_as_many_requests_as_it_needs() {
    let service = Service::refusing(BTreeSet::new(), || refusal(400, "0x80040203")).await;
    let report = service
        .client
        .bulk_create(companies(0..1_050))
        .rows_per_request(100)
        .await;
    assert_failed(&report, 1_050, &BTreeSet::new());
    let mut asked = service.asked().await;
    assert_eq!(asked.len(), 11);
    asked.sort();
    assert_eq!(asked.concat(), (0..1_050).collect::<Vec<_>>());
    let ids = report.complete().unwrap();
    let distinct: BTreeSet<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    assert_eq!(distinct.len(), 1_050);
    assert!(
        service
            .client
            .bulk_create(companies(0..0))
            .await
            .complete()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn rows_that_are_refused_are_found_and_all_others_written() {
    let bad = BTreeSet::from([3, 64, 65, 199]);
    let service = Service::refusing(bad.clone(), || refusal(400, "0x80040203")).await;
    let report = service
        .client
        .bulk_create(companies(0..200))
        .rows_per_request(50)
        .await;
    assert_failed(&report, 200, &bad);
    let error = Error::from(report.complete().unwrap_err()).to_string();
    assert!(
        error.starts_with("4 of 200 rows weren't written; the first is row 3: "),
        "{error}"
    );

    let whole = service
        .client
        .bulk_create(companies(0..200))
        .rows_per_request(50)
        .without_splitting()
        .await;
    let failed: Vec<_> = whole
        .failures
        .iter()
        .map(|failure| failure.rows.clone())
        .collect();
    assert_eq!(failed, [0..50, 50..100, 150..200]);
    let error = whole.complete().unwrap_err().to_string();
    assert!(
        error.contains("150 of 200 rows") && error.contains("rows 0 to 49"),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_no_fault_of_a_row_is_not_asked_again_for_each() {
    for answer in [
        || refusal(403, "0x80040220"),
        || refusal(401, "0x80040220"),
        || refusal(429, "0x80072322"),
    ] {
        let service = Service::refusing((0..100).collect(), answer).await;
        let report = service
            .client
            .bulk_create(companies(0..100))
            .rows_per_request(50)
            .await;
        assert_failed(&report, 100, &(0..100).collect());
        assert_eq!(service.asked().await.len(), 2);
    }
}

#[tokio::test]
async fn a_row_that_would_be_refused_is_told_and_not_sent() {
    let service = Service::refusing(BTreeSet::new(), || refusal(400, "0x80040203")).await;
    let row = |at: usize| NewAccount {
        name: if at.is_multiple_of(3) {
            "x".repeat(161)
        } else {
            at.to_string()
        },
    };
    for count in [0, 1, 2, 3, 4, 30, 31] {
        let report = service
            .client
            .bulk_create((0..count).map(row))
            .rows_per_request(4)
            .await;
        assert_failed(&report, count, &(0..count).step_by(3).collect());
    }
    let report = service
        .client
        .bulk_create((0..40).map(|_| row(0)))
        .rows_per_request(4)
        .await;
    assert_failed(&report, 40, &(0..40).collect());
}

#[tokio::test]
async fn rows_are_taken_as_requests_go_out() {
    let service = Service::refusing(BTreeSet::new(), || refusal(400, "0x80040203")).await;
    let taken = Arc::new(AtomicUsize::new(0));
    let rows = companies(0..100_000).inspect({
        let taken = taken.clone();
        move |_| {
            taken.fetch_add(1, Ordering::Relaxed);
        }
    });
    let mut parts = service.client.bulk_create(rows).rows_per_request(10).parts();
    for _ in 0..20 {
        assert!(parts.next().await.unwrap().result.is_ok());
    }
    // What is done, what is under way at once, and no more.
    assert!(taken.load(Ordering::Relaxed) <= 10 * (20 + 2 * 64), "{taken:?}");
    drop(parts);
    let sent = service.asked().await.len();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert!(service.asked().await.len() <= sent + 64);
}

#[tokio::test]
async fn rows_of_an_elastic_table_fail_by_themselves() {
    let server = MockServer::start().await;
    let respond = |request: &wiremock::Request| {
        let rows = numbers_of_readings(request);
        let bad: Vec<String> = rows
            .iter()
            .enumerate()
            .filter(|(_, number)| *number % 4 == 1)
            .map(|(at, _)| format!(r#"{{\"RequestIndex\":{at},\"Id\":\"\",\"StatusCode\":412}}"#))
            .collect();
        if bad.is_empty() {
            return ResponseTemplate::new(204);
        }
        let details = "@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails";
        let body = format!(
            r#"{{"error":{{"code":"0x80040237","message":"No.","{details}":"[{}]"}}}}"#,
            bad.join(",")
        );
        json(412, &body)
    };
    Mock::given(any()).respond_with(respond).mount(&server).await;
    let client = Client::anonymous(&server.uri()).unwrap();
    let rows =
        || (0..11).map(|number| create_body(RskReading, |r| incomplete(r.rsk_name.set(format!("{number}")))));
    let report = client.bulk_create(rows()).await;
    assert_failed(&report, 11, &BTreeSet::from([1, 5, 9]));
    // All at once, and then each that failed.
    assert_eq!(server.received_requests().await.unwrap().len(), 4);

    // The service doesn't say which ids the others got.
    let report = client.bulk_create(rows()).without_own_ids().await;
    assert_eq!(report.written(), 0);
    assert!(
        report
            .failures
            .iter()
            .any(|failure| matches!(failure.error, Error::Decode(_)))
    );
}

fn numbers_of_readings(request: &wiremock::Request) -> Vec<usize> {
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let targets = body["Targets"].as_array().unwrap();
    let name = |target: &Value| target["rsk_name"].as_str().unwrap().parse().unwrap();
    targets.iter().map(name).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever rows are refused, and however many go by one request: each row is told once, and the good ones are written
    /// once.
    #[test]
    fn every_row_is_told_once(
        count in 0..80_usize,
        size in 1..30_usize,
        bad in prop::collection::btree_set(0..80_usize, 0..12),
    ) {
        let bad: BTreeSet<usize> = bad.into_iter().filter(|at| *at < count).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let service = Service::refusing(bad.clone(), || refusal(412, "0x80060892")).await;
            let report = service.client.bulk_create(companies(0..count)).rows_per_request(size).await;
            assert_failed(&report, count, &bad);
            let mut written: Vec<usize> = service
                .asked()
                .await
                .into_iter()
                .filter(|rows| rows.iter().all(|at| !bad.contains(at)))
                .flatten()
                .collect();
            written.sort_unstable();
            let good: Vec<usize> = (0..count).filter(|at| !bad.contains(at)).collect();
            assert_eq!(written, good);
        });
    }
}

/// A table whose rows have no address.
struct Nowhere;

impl Table for Nowhere {
    type Columns = ();
    type ChangeTracking = dataverse_runtime::capability::Unknown;
    type Storage = dataverse_runtime::storage::Standard;
    type Mandatory = ();
    const META: TableMeta = TableMeta {
        logical_name: "nowhere",
        entity_set: "",
        primary_id: "nowhereid",
        primary_name: None,
        is_activity: false,
        optimistic_concurrency: None,
    };
    const COLUMNS: () = ();
}

#[tokio::test]
async fn rows_without_an_address_are_not_sent() {
    let server = Server::silent().await;
    let rows = || (0..3).map(|_| create_body(Nowhere, |()| ()));
    let refused = InvalidRequest::NoEntitySet { table: "nowhere" };
    let message = server.client.create_multiple(rows()).await.unwrap_err();
    assert!(matches!(message, Error::Invalid(invalid) if invalid == refused));
    let report = server.client.bulk_create(rows()).await;
    let [failure] = &report.failures[..] else {
        panic!("{report:?}");
    };
    assert_eq!(failure.rows, 0..3);
    assert!(matches!(&failure.error, Error::Invalid(invalid) if *invalid == refused));
    assert!(server.asked().await.is_empty());
}
