//! What the answers in a batch say besides rows: counts, totals, session tokens and versions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod multipart;

use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_reading::RskReading;
use dataverse_runtime::batch::Batch;
use dataverse_runtime::query::total_rows;
use dataverse_runtime::{Error, write};
use multipart::{ROOT, alone, answer, failure, made};

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
}

#[test]
fn rows_are_counted_in_a_batch() {
    let rays = || Query::<Person>::new().filter(|c| c.lastname.eq("Ray"));
    let mut batch = Batch::new().continue_on_error();
    let some = batch.add(rays().count());
    let many = batch.add(rays().count());
    let refused = batch.add(rays().count());
    let all = batch.add(total_rows::<Contact>());
    let page = batch.add(rays().with_total().top(1));
    let asked = batch.request(ROOT).unwrap().to_string();
    let count = "GET /api/data/v9.2/contacts/$count?$filter=lastname%20eq%20'Ray' HTTP/1.1";
    assert_eq!(asked.matches(count).count(), 3, "{asked}");
    let response = answer(
        200,
        &[
            alone(200, "Content-Type: text/plain\n", "\u{feff}17"),
            alone(200, "Content-Type: text/plain\n", "\u{feff}5000"),
            failure(None, 403, "0x80040220", "no"),
            alone(
                200,
                "",
                r#"{"EntityRecordCountCollection":{"Count":1,"IsReadOnly":false,"Keys":["contact"],"Values":[81234]}}"#,
            ),
            alone(
                200,
                "",
                r#"{"@odata.count":5000,"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded":true,"value":[{"fullname":"Ray"}]}"#,
            ),
        ],
        "\r\n",
    );
    let answers = batch.read(&response).unwrap();
    assert_eq!(answers.get(some).unwrap(), Count::Exactly(17));
    assert_eq!(answers.get(many).unwrap(), Count::AtLeast(5_000));
    let Err(Error::Service(error)) = answers.get(refused) else {
        panic!("not the service's");
    };
    assert_eq!(
        (error.origin().operation, error.origin().table),
        ("count", Some("contact"))
    );
    assert_eq!(answers.get(all).unwrap(), 81_234);
    let page = answers.get(page).unwrap();
    assert_eq!(page.total(), Some(Count::AtLeast(5_000)));
    assert_eq!(page.rows[0].fullname.as_deref(), Some("Ray"));
}

#[test]
fn a_condition_that_the_service_refuses_is_not_sent_to_be_counted() {
    let mut batch = Batch::new();
    batch.add(
        Query::<Person>::new()
            .filter(|c| !c.createdon.within(Period::Today))
            .count(),
    );
    assert!(matches!(
        batch.request(ROOT),
        Err(InvalidRequest::NegatedFunction { .. })
    ));
}

#[test]
fn session_tokens_and_versions_come_by_handle() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let reading = set.add(write::create(RskReading, |r| {
        (
            r.rsk_name.set("Temperature"),
            r.rsk_takenon.set(Timestamp::UNIX_EPOCH),
            r.partitionid.set("one"),
        )
    }));
    let person = batch.add(write::update(Id::<Contact>::new(Uuid::from_u128(1)), |c| {
        c.jobtitle.clear()
    }));
    let id = "00000000-0000-0000-0000-000000000007";
    let created = made(None, 204, "rsk_readings", id, "").replace(
        "OData-Version: 4.0\n",
        "OData-Version: 4.0\nx-ms-session-token: 207:8#142\nETag: W/\"8\"\n",
    );
    let response = answer(200, &[multipart::set(&[created]), alone(204, "", "")], "\r\n");
    let answers = batch.read(&response).unwrap();
    let created = answers.answered(reading).unwrap();
    assert_eq!(created.value.to_string(), id);
    assert_eq!(created.session.as_deref(), Some("207:8#142"));
    assert_eq!(created.etag.as_deref(), Some("W/\"8\""));
    let updated = answers.answered(person).unwrap();
    assert_eq!((updated.session, updated.etag), (None, None));
}
