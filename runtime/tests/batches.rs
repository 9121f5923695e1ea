//! Batches: what they ask for, and whose answer is whose.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod multipart;
mod wire;

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_reading::RskReading;
use dataverse_runtime::aggregate::aggregate;
use dataverse_runtime::batch::Batch;
use dataverse_runtime::fetch_xml::{FetchQuery, FetchXml};
use dataverse_runtime::message::Repeat;
use dataverse_runtime::query::{Retrieve, View};
use dataverse_runtime::{BatchError, Error, InvalidRequest, write};
use multipart::{ROOT, alone, answer, failure, made, refusal, set};
use proptest::prelude::*;
use wire::{guid, id};

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
    #[row(etag)]
    version: Option<String>,
}

/// The number that a handle shows.
fn number(handle: &dyn std::fmt::Debug) -> u64 {
    let text = format!("{handle:?}");
    let digits = text.trim_start_matches("Handle(").trim_end_matches(')');
    digits.parse().unwrap()
}

fn text(batch: &Batch) -> String {
    batch.request(ROOT).unwrap().to_string()
}

#[test]
fn a_batch_is_written_as_the_service_reads_it() {
    let mut batch = Batch::new();
    let mut changes = batch.change_set();
    let account = changes.add(write::create(Account, |a| a.name.set("Contoso")).with_id(id(1)));
    let person = write::create(Contact, |c| {
        (
            c.lastname.set("Ray"),
            c.parentcustomerid.bind(account.reference()),
        )
    });
    let person = changes.add(person.without_own_id());
    let update = changes.update(account.reference(), |a| a.fax.clear());
    let tie = write::associate(
        account.reference(),
        |a| a.contact_customer_accounts,
        id::<Contact>(3),
    );
    let tie = changes.add(tie);
    let delete = changes.add(write::delete(id::<Contact>(2)).if_match("W/\"7\""));
    batch.add(Query::<Person>::new().top(3).page_size(50));
    batch.add(Retrieve::<Person>::new(id(4)));
    let (at, one) = (account.reference(), guid(1));
    let part = |handle: &dyn std::fmt::Debug| {
        let number = number(handle);
        format!(
            "--changeset_1\nContent-Type: application/http\nContent-Transfer-Encoding: binary\nContent-ID: {number}\n\n"
        )
    };
    let alone = "--batch\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n";
    let json = "Accept: application/json\ncontent-type: application/json; charset=utf-8\n\n";
    let expected = [
        "POST $batch\ncontent-type: multipart/mixed; boundary=\"batch\"\n\n".to_owned(),
        "--batch\nContent-Type: multipart/mixed; boundary=\"changeset_1\"\n\n".to_owned(),
        part(&account),
        format!("POST /api/data/v9.2/accounts HTTP/1.1\n{json}"),
        format!("{{\"accountid\":\"{one}\",\"name\":\"Contoso\"}}\n"),
        part(&person),
        format!("POST /api/data/v9.2/contacts HTTP/1.1\n{json}"),
        format!("{{\"lastname\":\"Ray\",\"parentcustomerid_account@odata.bind\":\"{at}\"}}\n"),
        part(&update),
        format!("PATCH {at} HTTP/1.1\nAccept: application/json\nif-match: *\n"),
        "content-type: application/json; charset=utf-8\n\n{\"fax\":null}\n".to_owned(),
        part(&tie),
        format!("POST {at}/contact_customer_accounts/$ref HTTP/1.1\n{json}"),
        format!("{{\"@odata.id\":\"/contacts({})\"}}\n", guid(3)),
        part(&delete),
        format!("DELETE /api/data/v9.2/contacts({}) HTTP/1.1\n", guid(2)),
        "Accept: application/json\nif-match: W/\"7\"\n\n--changeset_1--\n".to_owned(),
        format!(
            "{alone}GET /api/data/v9.2/contacts?$select=fullname&$top=3 HTTP/1.1\nAccept: application/json\n\n"
        ),
        format!(
            "{alone}GET /api/data/v9.2/contacts({})?$select=fullname HTTP/1.1\n",
            guid(4)
        ),
        "Accept: application/json\n\n--batch--\n\n".to_owned(),
    ];
    let expected = expected.concat();
    let head = expected.find("--batch").unwrap();
    let expected = format!("{}{}", &expected[..head], expected[head..].replace('\n', "\r\n"));
    assert_eq!(text(&batch), expected);
}

#[test]
fn references_lead_to_earlier_rows_of_the_same_change_set_alone() {
    let refused = |batch: &Batch| match batch.request(ROOT) {
        Err(InvalidRequest::UnknownReference { reference }) => reference,
        other => panic!("{other:?}"),
    };
    let mut batch = Batch::new();
    let account = batch.change_set().create(Account, |a| a.name.set("Contoso"));
    let reference = account.reference();
    let mut other = batch.change_set();
    other.create(Contact, |c| {
        (c.lastname.set("Ray"), c.parentcustomerid.bind(reference))
    });
    assert_eq!(refused(&batch), reference.to_string());

    let mut batch = Batch::new();
    batch.add(write::update(reference, |a| a.fax.clear()));
    assert_eq!(refused(&batch), reference.to_string());

    let mut batch = Batch::new();
    let mut set = batch.change_set();
    set.add(write::disassociate(
        id::<Account>(1),
        |a| a.contact_customer_accounts,
        {
            let mut elsewhere = Batch::new();
            elsewhere
                .change_set()
                .create(Contact, |c| c.lastname.set("Ray"))
                .reference()
        },
    ));
    refused(&batch);

    // Text that looks like a reference is text.
    let mut batch = Batch::new();
    batch.add(write::create(Account, |a| a.name.set(reference.to_string())));
    assert!(text(&batch).contains(&format!("\"name\":\"{reference}\"")));
}

#[tokio::test]
async fn nothing_is_sent_by_itself_that_refers_into_a_change_set() {
    let server = wire::Server::silent().await;
    let mut batch = server.client.batch();
    let account = batch
        .change_set()
        .create(Account, |a| a.name.set("Contoso"))
        .reference();
    let bound = server.client.create(Contact, |c| {
        (c.lastname.set("Ray"), c.parentcustomerid.bind(account))
    });
    for error in [
        bound.await.unwrap_err(),
        server.client.delete(account).await.unwrap_err(),
        server.client.retrieve::<Label>(account).await.unwrap_err(),
    ] {
        let Error::Invalid(InvalidRequest::UnknownReference { reference }) = error else {
            panic!("{error:?}");
        };
        assert_eq!(reference, account.to_string());
    }
    assert!(server.asked().await.is_empty());
}

#[derive(Debug, Row)]
#[row(table = Account)]
#[allow(dead_code, reason = "it is never read")]
struct Label {
    name: Option<String>,
}

#[test]
fn what_the_service_would_refuse_is_not_sent() {
    let mut batch = Batch::new();
    for _ in 0..1_000 {
        batch.add(write::delete(id::<Account>(1)));
    }
    assert!(batch.request(ROOT).is_ok());
    batch.change_set().delete(id::<Account>(1));
    assert_eq!(
        batch.request(ROOT).unwrap_err(),
        InvalidRequest::TooManyOperations { operations: 1_001 }
    );

    let mut batch = Batch::new();
    batch.add(write::create(Account, |a| a.name.set("x".repeat(161))));
    assert!(matches!(batch.request(ROOT), Err(InvalidRequest::TooLong { .. })));

    let mut batch = Batch::new();
    let long = "x".repeat(65_536);
    batch.add(Query::<Person>::new().filter(|c| c.lastname.eq(long)));
    assert!(matches!(
        batch.request(ROOT),
        Err(InvalidRequest::UrlTooLong { .. })
    ));

    #[derive(Debug, Row)]
    #[row(table = Account)]
    #[allow(dead_code)]
    struct Whole {
        #[row(expand)]
        primarycontactid: Option<Person>,
    }
    let mut batch = Batch::new();
    batch.add(write::update(id(1), |a: &crm::account::Columns| a.fax.clear()).returning::<Whole>());
    assert!(matches!(
        batch.request(ROOT),
        Err(InvalidRequest::ReadsAgain { .. })
    ));
}

#[test]
fn only_reads_and_creates_are_repeated() {
    let repeat = |fill: fn(&mut Batch)| {
        let mut batch = Batch::new();
        batch.add(Query::<Person>::new());
        fill(&mut batch);
        batch.request(ROOT).unwrap().may_repeat()
    };
    assert_eq!(repeat(|_| {}), Repeat::Safe);
    assert_eq!(
        repeat(|batch| {
            batch.change_set().create(Account, |a| a.name.set("Contoso"));
        }),
        Repeat::CreatesOnce
    );
    assert_eq!(
        repeat(|batch| {
            batch.add(write::update(id::<Account>(1), |a| a.fax.clear()));
        }),
        Repeat::Never
    );
    assert_eq!(
        repeat(|batch| {
            batch.add(write::create(Account, |a| a.name.set("Contoso")).without_own_id());
        }),
        Repeat::Never
    );
    assert_eq!(
        repeat(|batch| {
            let mut set = batch.change_set();
            set.create(Account, |a| a.name.set("Contoso"));
            set.create(RskReading, |r| incomplete((r.rsk_name.set("a"),)));
        }),
        Repeat::Never,
        "an elastic table undoes nothing"
    );
}

#[test]
fn a_failed_change_set_names_the_operation_that_failed() {
    for (named, wrapped, lines) in [
        (true, true, "\r\n"),
        (true, false, "\r\n"),
        (false, true, "\n"),
        (false, false, "\n"),
    ] {
        let mut batch = Batch::new();
        let before = batch.add(write::delete(id::<Account>(1)));
        let mut changes = batch.change_set();
        let account = changes.create(Account, |a| a.name.set("Contoso"));
        let contact = changes.create(Contact, |c| c.lastname.set("Ray"));
        let behind = batch.add(Query::<Person>::new());
        let number = named.then(|| number(&contact));
        let refused = failure(number, 404, "0x80040217", "gone");
        let refused = if wrapped { set(&[refused]) } else { refused };
        let response = answer(404, &[alone(204, "", ""), refused], lines);
        let answers = batch.read(&response).unwrap();
        answers.get(before).unwrap();
        let text = |error: &dyn std::error::Error| {
            let cause = error.source().map(ToString::to_string);
            (error.to_string(), cause.unwrap_or_default())
        };
        let (undone, cause) = text(&answers.get(account).unwrap_err());
        let not_reached = answers.get(behind).unwrap_err().to_string();
        assert!(cause.contains("gone"), "{cause}");
        if named {
            assert_eq!(
                undone,
                "create of `account` was undone with its change set: operation 3 (create of `contact`) failed"
            );
            assert_eq!(
                not_reached,
                "query of `contact` wasn't carried out: operation 3 (create of `contact`) failed before it"
            );
            assert!(matches!(answers.get(contact), Err(Error::Service(error)) if error.is_not_found()));
            assert!(matches!(answers.all_done(), Err(Error::Service(_))));
        } else {
            assert!(matches!(
                answers.get(contact),
                Err(Error::Batch(BatchError::Undone { failed: None, .. }))
            ));
            assert!(undone.ends_with("one of the operations failed"), "{undone}");
            assert!(matches!(
                answers.all_done(),
                Err(Error::Batch(BatchError::Undone { .. }))
            ));
        }
    }
}

#[test]
fn an_answer_that_breaks_off_invents_nothing() {
    let mut batch = Batch::new();
    let first = batch.add(write::delete(id::<Account>(1)));
    let second = batch.add(write::delete(id::<Account>(2)));
    let mut whole = answer(200, &[alone(204, "", "")], "\r\n");
    whole.body = whole.body.slice(..whole.body.len() - 12);
    let answers = batch.read(&whole).unwrap();
    answers.get(first).unwrap();
    assert!(matches!(
        answers.get(second),
        Err(Error::Batch(BatchError::Unanswered { .. }))
    ));
    assert!(answers.all_done().is_err());

    let mut batch = Batch::new();
    let other = batch.add(write::delete(id::<Account>(1)));
    assert!(matches!(
        answers.get(other),
        Err(Error::Invalid(InvalidRequest::OtherBatch))
    ));
    assert!(matches!(
        batch.read(&refusal(400, "0x80048d19", "Stream was not readable.")),
        Err(Error::Service(_))
    ));
}

#[test]
fn typed_answers_come_by_handle() {
    let mut batch = Batch::new().continue_on_error();
    let mut changes = batch.change_set();
    let account = changes.create(Account, |a| a.name.set("Contoso"));
    let upserted = changes.add(write::upsert(id::<Account>(5), |a| a.fax.clear()));
    let people = batch.add(Query::<Person>::new());
    let missing = batch.add(Retrieve::<Person>::new(id(9)));
    let last = batch.add(write::delete(id::<Account>(1)));
    assert!(text(&batch).contains("\nprefer: odata.continue-on-error\n"));
    let made_both = set(&[
        made(None, 204, "accounts", &guid(7), ""),
        made(
            None,
            201,
            "accounts",
            &guid(5),
            &format!("{{\"accountid\":\"{}\"}}", guid(5)),
        ),
    ]);
    let page = alone(
        200,
        "",
        r#"{"value":[{"@odata.etag":"W/\"1\"","fullname":"Ray"}]}"#,
    );
    let gone = failure(None, 404, "0x80040217", "gone");
    let response = answer(200, &[made_both, page, gone, alone(204, "", "")], "\r\n");
    let answers = batch.read(&response).unwrap();
    assert_eq!(answers.get(account).unwrap(), id(7));
    let upserted = answers.get(upserted).unwrap();
    assert!(upserted.created && upserted.row == id(5));
    let people = answers.get(people).unwrap();
    assert_eq!(people.rows[0].fullname.as_deref(), Some("Ray"));
    assert_eq!(people.rows[0].version.as_deref(), Some("W/\"1\""));
    assert!(matches!(answers.get(missing), Err(Error::Service(error)) if error.is_not_found()));
    answers.get(last).unwrap();
    // Asked for again, it is the same.
    assert_eq!(answers.get(account).unwrap(), id(7));
}

#[test]
fn every_read_stands_in_a_batch() {
    let mut batch = Batch::new().continue_on_error();
    let groups = batch.add(aggregate(Account, |a| (a.industrycode, count_rows())));
    let refused = batch.add(aggregate(Account, |a| (a.industrycode, count_rows())));
    let view = batch.add(View::<Person>::new(ViewId::System(Uuid::from_u128(1))));
    let fetch = "<fetch top='3'><entity name='contact'><attribute name='fullname'/></entity></fetch>";
    let fetch = batch.add(FetchQuery::<Person>::new(FetchXml::from_text(fetch).unwrap()));
    let asked = text(&batch);
    for line in [
        "GET /api/data/v9.2/accounts?$apply=groupby",
        "GET /api/data/v9.2/contacts?savedQuery=00000000-0000-0000-0000-000000000001 HTTP/1.1",
        "GET /api/data/v9.2/contacts?fetchXml=%3Cfetch",
    ] {
        assert!(asked.contains(line), "{asked}");
    }
    let response = answer(
        200,
        &[
            alone(
                200,
                "",
                r#"{"value":[{"industrycode":1,"value_2":8},{"value_2":2}]}"#,
            ),
            failure(None, 400, "0x8004e023", "AggregateQueryRecordLimit exceeded"),
            alone(200, "", r#"{"value":[{"fullname":"Ray"},{}]}"#),
            alone(200, "", r#"{"value":[{}]}"#),
        ],
        "\r\n",
    );
    let answers = batch.read(&response).unwrap();
    let groups = answers.get(groups).unwrap();
    assert_eq!((groups[0].1, groups[1].0.is_none(), groups[1].1), (8, true, 2));
    let Err(Error::Service(error)) = answers.get(refused) else {
        panic!("not the service's");
    };
    assert_eq!(error.origin().operation, "aggregate");
    assert_eq!(answers.get(view).unwrap().rows.len(), 2);
    assert!(answers.get(fetch).unwrap().rows[0].fullname.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Items are change sets of some creates, or a create alone (0); some fail at one of their operations.
    #[test]
    fn whose_answer_is_whose(
        items in proptest::collection::vec((0_usize..4, proptest::option::weighted(0.2, 0_usize..4)), 0..12),
        go_on: bool,
        with_numbers: bool,
    ) {
        let mut batch = if go_on { Batch::new().continue_on_error() } else { Batch::new() };
        let (mut parts, mut expected) = (Vec::new(), Vec::new());
        let (mut ended, mut next) = (false, 1_u128);
        for (size, fails) in items {
            let create = || write::create(Account, |a| a.name.set("Contoso")).with_id(id(99));
            let mut inner = Vec::new();
            let mut handles = Vec::new();
            if size == 0 {
                handles.push((None, Some(batch.add(create()))));
            } else {
                let mut changes = batch.change_set();
                for _ in 0..size {
                    handles.push((Some(changes.add(create())), None));
                }
            }
            let fails = fails.map(|at| at % handles.len());
            for (at, (in_set, alone)) in handles.into_iter().enumerate() {
                let number = in_set.map(|handle| number(&handle));
                let number = number.filter(|_| with_numbers || fails.is_some());
                inner.push((number, next));
                let outcome = match fails {
                    _ if ended => Err("wasn't carried out"),
                    Some(failed) if failed == at => Err("no"),
                    Some(_) => Err("undone"),
                    None => Ok(next),
                };
                expected.push((in_set, alone, outcome));
                next += 1;
            }
            if ended {
                continue;
            }
            let refused = |number| failure(number, 400, "0x80040265", "no");
            parts.push(match fails {
                None if size == 0 => made(None, 204, "accounts", &guid(inner[0].1), ""),
                None => set(&inner.iter().map(|(n, at)| made(*n, 204, "accounts", &guid(*at), "")).collect::<Vec<_>>()),
                Some(_) if size == 0 => refused(None),
                Some(at) => set(&[refused(inner[at].0)]),
            });
            ended = fails.is_some() && !go_on;
        }
        let answers = batch.read(&answer(200, &parts, "\r\n")).unwrap();
        for (in_set, alone, outcome) in expected {
            let found = match (in_set, alone) {
                (Some(handle), _) => answers.get(handle),
                (_, Some(handle)) => answers.get(handle),
                _ => unreachable!(),
            };
            match (found, outcome) {
                (Ok(found), Ok(expected)) => prop_assert_eq!(found, id(expected)),
                (Err(error), Err(word)) => prop_assert!(error.to_string().contains(word), "{}: {}", error, word),
                (found, expected) => prop_assert!(false, "{:?}, {:?}", found, expected),
            }
        }
    }
}
