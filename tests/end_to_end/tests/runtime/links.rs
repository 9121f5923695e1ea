//! Rows that belong together: lookups, relationships, deep inserts, parties.

use crm::account::Account;
use crm::activityparty::ActivityParty;
use crm::contact::Contact;
use crm::email::Email;
use crm::prelude::*;
use crm::rsk_category::RskCategory;
use crm::rsk_inspection::RskInspection;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use crm::rsk_vessel::RskVessel;
use crm::task::Task;

use crate::rows::service;
use crate::support::Office;

#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Home {
    rsk_homeportid: Option<Id<RskPort>>,
    rsk_operatorid: Option<Reference<crm::targets::AccountOrContactOrTeam>>,
}

#[tokio::test]
async fn a_lookup_is_bound_by_id_and_by_key_and_emptied() {
    let office = Office::open().await;
    let client = &office.client;
    let (bergen, oslo) = (
        office.port("Bergen", "NOBGO").await,
        office.port("Oslo", "NOOSL").await,
    );
    let ship = office.ship(1, bergen).await;
    let key = RskUnlocodeKey {
        rsk_unlocode: "NOOSL",
    };
    client.update(ship, |v| v.rsk_homeportid.bind(key)).await.unwrap();
    let read: Home = client.retrieve(ship).await.unwrap();
    assert_eq!(read.rsk_homeportid, Some(oslo));
    client
        .set_property(ship, |v| v.rsk_homeportid.bind(bergen))
        .await
        .unwrap();
    let read: Home = client.retrieve(ship).await.unwrap();
    assert_eq!(read.rsk_homeportid, Some(bergen));
    client.update(ship, |v| v.rsk_homeportid.clear()).await.unwrap();
    let read: Home = client.retrieve(ship).await.unwrap();
    assert_eq!(read.rsk_homeportid, None);
    let nowhere = Id::<RskPort>::new(Uuid::from_u128(9));
    let refused = client
        .update(ship, |v| v.rsk_homeportid.bind(nowhere))
        .await
        .unwrap_err();
    assert!(service(&refused).is_not_found(), "{refused}");
}

#[tokio::test]
async fn a_polymorphic_lookup_knows_its_table() {
    let office = Office::open().await;
    let client = &office.client;
    let port = office.port("Bergen", "NOBGO").await;
    let ship = office.ship(1, port).await;
    let company = client.create(Account, |a| a.name.set("Contoso")).await.unwrap();
    let person = client.create(Contact, |c| c.lastname.set("Berg")).await.unwrap();
    client
        .update(ship, |v| v.rsk_operatorid.bind(company))
        .await
        .unwrap();
    let read: Home = client.retrieve(ship).await.unwrap();
    assert_eq!(read.rsk_operatorid.unwrap().id::<Account>(), Some(company));
    client
        .update(ship, |v| v.rsk_operatorid.bind(person))
        .await
        .unwrap();
    let read: Home = client.retrieve(ship).await.unwrap();
    let operator = read.rsk_operatorid.unwrap();
    assert_eq!(
        (operator.table(), operator.id::<Contact>()),
        (Some("contact"), Some(person))
    );
}

#[tokio::test]
async fn rows_are_tied_and_untied() {
    #[derive(Debug, Row)]
    #[row(table = RskVessel)]
    struct Sorted {
        #[row(expand)]
        rsk_vessel_rsk_category: Vec<Category>,
    }
    #[derive(Debug, Row)]
    #[row(table = RskCategory)]
    struct Category {
        rsk_name: Option<String>,
    }
    let office = Office::open().await;
    let client = &office.client;
    let (bergen, oslo) = (
        office.port("Bergen", "NOBGO").await,
        office.port("Oslo", "NOOSL").await,
    );
    let ship = office.ship(1, bergen).await;
    // One to many: the other side of a lookup.
    client.associate(oslo, |p| p.rsk_port_vessel, ship).await.unwrap();
    let read: Home = client.retrieve(ship).await.unwrap();
    assert_eq!(read.rsk_homeportid, Some(oslo));
    client
        .disassociate(oslo, |p| p.rsk_port_vessel, ship)
        .await
        .unwrap();
    let read: Home = client.retrieve(ship).await.unwrap();
    assert_eq!(read.rsk_homeportid, None);
    // Many to many.
    let category = client
        .create(RskCategory, |c| incomplete(c.rsk_name.set("Ice class")))
        .await
        .unwrap();
    client
        .associate(ship, |v| v.rsk_vessel_rsk_category, category)
        .await
        .unwrap();
    let sorted: Sorted = client.retrieve(ship).await.unwrap();
    assert_eq!(
        sorted.rsk_vessel_rsk_category[0].rsk_name.as_deref(),
        Some("Ice class")
    );
    client
        .disassociate(ship, |v| v.rsk_vessel_rsk_category, category)
        .await
        .unwrap();
    let sorted: Sorted = client.retrieve(ship).await.unwrap();
    assert!(sorted.rsk_vessel_rsk_category.is_empty());
}

#[tokio::test]
async fn related_rows_are_created_along_or_not_at_all() {
    #[derive(Debug, Row)]
    #[row(table = Account)]
    struct Company {
        name: Option<String>,
        #[row(expand)]
        primarycontactid: Option<Person>,
        #[row(expand, column = Account_Tasks)]
        tasks: Vec<ToDo>,
    }
    #[derive(Debug, Row)]
    #[row(table = Contact)]
    struct Person {
        lastname: Option<String>,
    }
    #[derive(Debug, Row)]
    #[row(table = Task)]
    struct ToDo {
        subject: Option<String>,
    }
    let office = Office::open().await;
    let client = &office.client;
    let account = client
        .create(Account, |a| {
            (
                a.name.set("Contoso"),
                a.primarycontactid.insert(|c| c.lastname.set("Berg")),
                a.Account_Tasks.insert([
                    create_body(Task, |t| t.subject.set("Call")),
                    create_body(Task, |t| t.subject.set("Write")),
                ]),
            )
        })
        .await
        .unwrap();
    let read: Company = client.retrieve(account).await.unwrap();
    assert_eq!(read.name.as_deref(), Some("Contoso"));
    assert_eq!(read.primarycontactid.unwrap().lastname.as_deref(), Some("Berg"));
    let mut subjects: Vec<_> = read
        .tasks
        .iter()
        .map(|task| task.subject.clone().unwrap())
        .collect();
    subjects.sort();
    assert_eq!(subjects, ["Call", "Write"]);

    // The second task is refused: nothing of the whole create stays.
    let nowhere = Id::<Account>::new(Uuid::from_u128(5));
    let refused = client.create(Account, |a| {
        (
            a.name.set("Fabrikam"),
            a.parentaccountid.bind(nowhere),
            a.Account_Tasks
                .insert([create_body(Task, |t| t.subject.set("Nobody's"))]),
        )
    });
    refused.await.unwrap_err();
    let left = client
        .query::<ToDo>()
        .filter(|t| t.subject.eq("Nobody's"))
        .all()
        .await
        .unwrap();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn an_email_has_its_parties() {
    #[derive(Debug, Row)]
    #[row(table = ActivityParty)]
    struct Taking {
        addressused: Option<String>,
        partyid: Option<Reference<crm::targets::PartyId>>,
    }
    let office = Office::open().await;
    let client = &office.client;
    let person = client.create(Contact, |c| c.lastname.set("Berg")).await.unwrap();
    let email = client
        .create(Email, |e| {
            (
                e.subject.set("Arrival"),
                e.to.parties([Party::from(person), Party::address("port@bergen.example")]),
            )
        })
        .await
        .unwrap();
    let parties = client.query::<Taking>().all().await.unwrap();
    let addresses: Vec<_> = parties
        .iter()
        .filter_map(|party| party.addressused.as_deref())
        .collect();
    assert!(addresses.contains(&"port@bergen.example"), "{parties:?}");
    let people: Vec<_> = parties
        .iter()
        .filter_map(|party| party.partyid.as_ref()?.id::<Contact>())
        .collect();
    assert_eq!(people, [person]);
    client.delete(email).await.unwrap();
}

#[tokio::test]
async fn deleting_a_parent_takes_its_links_along() {
    let office = Office::open().await;
    let client = &office.client;
    let port = office.port("Bergen", "NOBGO").await;
    let ship = office.ship(1, port).await;
    let inspection = client
        .create(RskInspection, |i| {
            incomplete((i.rsk_name.set("Hull"), i.rsk_vesselid.bind(ship)))
        })
        .await
        .unwrap();
    // Whatever the relationship says, no row is left that refers to one that is gone.
    if client.delete(ship).await.is_ok() {
        #[derive(Row)]
        #[row(table = RskInspection)]
        struct Left {
            rsk_vesselid: Option<Id<RskVessel>>,
        }
        let left = client.find::<Left>(inspection).await.unwrap();
        assert!(left.is_none_or(|left| left.rsk_vesselid.is_none()));
    }
}
