//! Operations: their URLs, bodies and answers, as text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod fixture;

use dataverse_runtime::operation::{body, path, response};
use dataverse_runtime::{Derived, Value};
use fixture::account::Account;
use fixture::contact::Contact;
use fixture::operations::actions::CloseTask;
use fixture::operations::complex::{ColorLabel, Label, RetrievePrincipalAccessResponse};
use fixture::operations::enums::{AccessRights, EntityFilters};
use fixture::operations::functions::{RetrievePrincipalAccess, RetrieveVersions};
use fixture::prelude::*;
use fixture::targets::AccountOrContact;
use fixture::task::Task;

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

#[test]
fn an_action_has_a_body() {
    let mut close = CloseTask {
        entity: id(1),
        task_close: Record::<Task>::new()
            .with(|t| (t.subject.set("Done"), t.regardingobjectid.bind(id::<Contact>(2)))),
        target: None,
        status: 5,
        note: None,
    };
    assert_eq!(
        path(&close),
        "tasks(00000000-0000-0000-0000-000000000001)/Microsoft.Dynamics.CRM.CloseTask"
    );
    assert_eq!(
        body(&close).unwrap(),
        concat!(
            r#"{"TaskClose":{"@odata.type":"Microsoft.Dynamics.CRM.task","#,
            r#""regardingobjectid_contact_task@odata.bind":"/contacts(00000000-0000-0000-0000-000000000002)","#,
            r#""subject":"Done"},"Status":5}"#
        )
    );
    close.task_close = Record::new();
    close.target = Some(id::<Account>(3).into());
    close.note = Some("a\"b".to_owned());
    assert_eq!(
        body(&close).unwrap(),
        concat!(
            r#"{"TaskClose":{"@odata.type":"Microsoft.Dynamics.CRM.task"},"#,
            r#""Target":{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"00000000-0000-0000-0000-000000000003"},"#,
            r#""Status":5,"Note":"a\"b"}"#
        )
    );
    let nothing: () = response::<CloseTask>("").unwrap();
    assert_eq!(nothing, ());
}

#[test]
fn a_function_has_its_parameters_in_the_url() {
    let call = RetrievePrincipalAccess {
        target: id::<Account>(3).into(),
        name: "O'Neil & Co".to_owned(),
        filter: EntityFilters::Attributes.into(),
        names: vec!["a".to_owned()],
        since: Some("2024-03-05T08:30:00Z".parse().unwrap()),
    };
    assert_eq!(
        path(&call),
        "RetrievePrincipalAccess(Target=@Target,Name=@Name,Filter=@Filter,Names=@Names,Since=@Since)\
         ?@Target=%7B%22%40odata.id%22%3A%22accounts%2800000000-0000-0000-0000-000000000003%29%22%7D\
         &@Name='O''Neil%20%26%20Co'&@Filter=Microsoft.Dynamics.CRM.EntityFilters'Attributes'&@Names=%5B%22a%22%5D\
         &@Since=2024-03-05T08%3A30%3A00Z"
    );
    assert_eq!(body(&call), None);
    assert_eq!(
        path(&RetrieveVersions {}),
        "accounts/Microsoft.Dynamics.CRM.RetrieveVersions()"
    );
}

#[test]
fn an_answer_is_read() {
    let answer = response::<RetrievePrincipalAccess>(
        r##"{"@odata.context":"c","AccessRights":"ReadAccess, WriteAccess, NewAccess","Counts":[1,2],
            "Label":{"@odata.type":"#Microsoft.Dynamics.CRM.ColorLabel","Text":"t","Color":7,"Inner":{"Text":"i"}},
            "Owner":{"@odata.type":"#Microsoft.Dynamics.CRM.contact","contactid":"00000000-0000-0000-0000-000000000004",
                "fullname":"Ada",
                "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"account",
                "_parentcustomerid_value":"00000000-0000-0000-0000-000000000001"}}"##,
    )
    .unwrap();
    assert!(answer.access_rights.contains(AccessRights::ReadAccess));
    assert!(answer.access_rights.contains(Member::named("NewAccess")));
    assert!(!answer.access_rights.contains(AccessRights::None_));
    assert_eq!(answer.counts, [1, 2]);

    let label = answer.label.unwrap();
    assert!(label.is::<ColorLabel>() && !label.is::<Label>());
    assert_eq!(label.read_as::<ColorLabel>().unwrap().color, 7);
    assert_eq!(
        label.read_as::<Label>().unwrap().inner.unwrap().text.as_deref(),
        Some("i")
    );

    let owner = answer.owner.unwrap();
    assert_eq!(owner.table(), Some("contact"));
    assert!(owner.of::<Account>().is_none());
    let contact: Record<Contact> = owner.of().unwrap();
    assert_eq!(contact.id(), Some(id(4)));
    let name: Option<String> = contact.get(|c| c.fullname).unwrap();
    assert_eq!(name.as_deref(), Some("Ada"));
    let parent: Option<Reference<AccountOrContact>> = contact.get(|c| c.parentcustomerid).unwrap();
    assert!(matches!(
        parent.unwrap().target(),
        Some(AccountOrContact::Account)
    ));
    let born: Option<civil::Date> = contact.get(|c| c.birthdate).unwrap();
    assert_eq!(born, None);
}

#[test]
fn what_an_answer_lacks_is_empty_or_an_error() {
    let answer = response::<RetrievePrincipalAccess>(r#"{"AccessRights":"None","Counts":null}"#).unwrap();
    assert!(answer.counts.is_empty() && answer.label.is_none());
    let error = |body| {
        response::<RetrievePrincipalAccess>(body)
            .err()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        error("{}"),
        "`AccessRights` should be Microsoft.Dynamics.CRM.AccessRights, but isn't there"
    );
    assert_eq!(
        error(r#"{"AccessRights":"None","Counts":[1,"x"]}"#),
        "`Counts[1]` should be a whole number of 64 bits, but is \"x\""
    );
    assert_eq!(error("[1]"), "the answer should be a JSON object, but is [1]");
}

#[test]
fn collections_are_wrapped() {
    let rows = response::<RetrieveVersions>(
        r#"{"value":[{"accountid":"00000000-0000-0000-0000-000000000001","revenue":1.10}]}"#,
    );
    let rows = rows.unwrap();
    let revenue: Option<Money> = rows[0].get(|a| a.revenue).unwrap();
    assert_eq!(revenue.unwrap().to_string(), "1.10");
    let wrong = rows[0].get::<Option<Money>, _, _, _>(|a| a.revenue).is_ok();
    assert!(wrong);
    assert!(response::<RetrieveVersions>("").unwrap().is_empty());
}

#[test]
fn derived_structures_say_their_type() {
    let color = ColorLabel {
        text: Some("t".to_owned()),
        color: 7,
    };
    let whole = RetrievePrincipalAccessResponse {
        access_rights: [AccessRights::ReadAccess, AccessRights::WriteAccess].into(),
        label: Some(Derived::new(&color)),
        owner: None,
        counts: Vec::new(),
    };
    let mut record = Record::<Task>::new();
    assert!(record.id().is_none());
    record = record.with(|t| t.subject.set("x")).with(|t| t.subject.clear());
    assert_eq!(format!("{record:?}"), r#"task {"subject": Json(null)}"#);
    assert_eq!(
        json(whole),
        concat!(
            r#"{"AccessRights":"ReadAccess,WriteAccess","#,
            r##""Label":{"@odata.type":"#Microsoft.Dynamics.CRM.ColorLabel","Text":"t","Color":7},"Counts":[]}"##
        )
    );
}

/// The value as an action's only parameter would be written.
fn json<V: Value>(value: V) -> String {
    struct Action<V>(V);
    impl<V: Value> Operation for Action<V> {
        type Response = ();
        type Bound = dataverse_runtime::bound::Unbound;
        const NAME: &'static str = "Action";
        type Kind = dataverse_runtime::operation::kind::Action;
        fn parameters(&self, to: &mut dataverse_runtime::ObjectWriter) {
            to.field("P", &self.0);
        }
    }
    let body = body(&Action(value)).unwrap();
    body.strip_prefix("{\"P\":")
        .unwrap()
        .strip_suffix('}')
        .unwrap()
        .to_owned()
}

#[test]
fn flags_may_be_numbers() {
    let read = |json: &str| -> Flags<AccessRights> {
        response::<RetrievePrincipalAccess>(&format!(r#"{{"AccessRights":{json}}}"#))
            .unwrap()
            .access_rights
    };
    assert_eq!(format!("{:?}", read("3")), "[ReadAccess, WriteAccess]");
    assert_eq!(format!("{:?}", read("9")), "[ReadAccess, 8]");
    assert!(read("0").is_empty() && read("\"\"").is_empty());
    assert_eq!(json(Flags::<AccessRights>::default()), "\"None\"");
    assert_eq!(json(Flags::<EntityFilters>::default()), "\"0\"");
}
