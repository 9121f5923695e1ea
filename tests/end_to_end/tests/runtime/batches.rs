//! Batches: all or nothing, rows bound before they exist, and what is repeated.

use crm::account::Account;
use crm::choices::RskFlagstate;
use crm::contact::Contact;
use crm::dataverse_runtime::batch::Handle;
use crm::dataverse_runtime::{BatchError, write};
use crm::prelude::*;
use crm::rsk_category::RskCategory;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::RskVessel;
use dataverse_emulator::batch::FailedChangeSet;
use dataverse_emulator::limits::{Cut, Faults, Rule};

use crate::rows::service;
use crate::support::Office;

#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Ship {
    rsk_vesselid: Id<RskVessel>,
    rsk_name: Option<String>,
    rsk_homeportid: Option<Id<RskPort>>,
    #[row(expand)]
    rsk_vessel_rsk_category: Vec<Category>,
}

#[derive(Debug, Row)]
#[row(table = RskCategory)]
struct Category {
    rsk_name: Option<String>,
}

#[derive(Debug, Row)]
#[row(table = RskPort)]
struct Port {
    rsk_name: String,
}

#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
}

/// How many batches arrived since this was last asked.
fn batches(office: &Office) -> usize {
    let arrived = office.arrived();
    arrived.iter().filter(|request| *request == "POST $batch").count()
}

#[tokio::test]
async fn rows_are_bound_before_they_exist() {
    let office = Office::open().await;
    let client = &office.client;
    let mut batch = client.batch();
    let mut set = batch.change_set();
    let port = set.create(RskPort, |p| {
        (p.rsk_name.set("Bergen"), p.rsk_unlocode.set("NOBGO"))
    });
    let ship = client.create(RskVessel, |v| {
        (
            v.rsk_imo.set("9312345"),
            v.rsk_yardnumber.set("Y-1"),
            v.rsk_flagstate.set(RskFlagstate::Norway),
            v.rsk_name.set("Unnamed"),
            v.rsk_homeportid.bind(port.reference()),
        )
    });
    let ship = set.add(ship.without_own_id());
    set.update(ship.reference(), |v| v.rsk_name.set("Aster"));
    let tankers = set.create(RskCategory, |c| c.rsk_name.set("Tankers"));
    set.add(client.associate(
        ship.reference(),
        |v| v.rsk_vessel_rsk_category,
        tankers.reference(),
    ));
    let ships = batch.add(client.query::<Ship>().filter(|v| v.rsk_name.eq("Aster")));

    let answers = batch.send().await.unwrap();
    answers.all_done().unwrap();
    let page = answers.get(ships).unwrap();
    let [read] = &page.rows[..] else {
        panic!("{page:?}");
    };
    assert_eq!(read.rsk_vesselid, answers.get(ship).unwrap());
    assert_eq!(read.rsk_homeportid, Some(answers.get(port).unwrap()));
    assert_eq!(
        read.rsk_vessel_rsk_category[0].rsk_name.as_deref(),
        Some("Tankers")
    );
    assert_eq!(read.rsk_name.as_deref(), Some("Aster"));
    assert_eq!(batches(&office), 1);
}

#[tokio::test]
async fn a_change_set_that_fails_leaves_nothing() {
    for form in [FailedChangeSet::Wrapped, FailedChangeSet::Bare] {
        let office = Office::with(|emulator| emulator.failed_change_set(form)).await;
        let client = &office.client;
        let nowhere = Id::<Contact>::new(Uuid::from_u128(9));
        let mut batch = client.batch();
        let before = batch.add(client.create(Account, |a| a.name.set("Before")));
        let mut set = batch.change_set();
        let account = set.create(Account, |a| a.name.set("Contoso"));
        let refused = set.update(nowhere, |c| c.parentcustomerid.bind(account.reference()));
        let contact = set.create(Contact, |c| c.lastname.set("Ray"));
        let behind = batch.add(client.query::<Company>());
        let answers = batch.send().await.unwrap();

        let before = answers.get(before).unwrap();
        assert!(service(&answers.get(refused).unwrap_err()).is_not_found());
        for undone in [answers.get(account).map(|_| ()), answers.get(contact).map(|_| ())] {
            let Err(Error::Batch(BatchError::Undone { failed, cause, .. })) = undone else {
                panic!("{undone:?}");
            };
            assert_eq!(failed.map(|failed| failed.position), Some(3));
            assert!(cause.is_not_found());
        }
        assert!(matches!(
            answers.get(behind),
            Err(Error::Batch(BatchError::NotReached { .. }))
        ));
        assert!(service(&answers.all_done().unwrap_err()).is_not_found());
        let left = client.query::<Company>().all().await.unwrap();
        assert_eq!(left.len(), 1);
        assert!(client.find::<Company>(before).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_batch_goes_on_if_it_shall() {
    let office = Office::open().await;
    let client = &office.client;
    let mut batch = client.batch().continue_on_error();
    let missing = batch.add(client.find::<Company>(Id::new(Uuid::from_u128(9))));
    let gone = batch.add(client.delete(Id::<Account>::new(Uuid::from_u128(9))));
    let named = client.create(Account, |a| a.name.set("Contoso"));
    let named = batch.add(named.returning::<Company>());
    let answers = batch.send().await.unwrap();
    assert!(answers.get(missing).unwrap().is_none());
    assert!(service(&answers.get(gone).unwrap_err()).is_not_found());
    assert_eq!(answers.get(named).unwrap().name.as_deref(), Some("Contoso"));
}

/// Answers that are lost after the work, and work that is never begun.
fn cut(cut: Cut) -> Faults {
    Faults {
        rules: vec![Rule {
            every: 2,
            cut: Some(cut),
            ..Rule::default()
        }],
        ..Faults::default()
    }
}

#[tokio::test]
async fn creates_are_repeated_and_done_once() {
    for kind in [Cut::Before, Cut::After] {
        let office = Office::open().await;
        office.emulator.set_faults(cut(kind));
        let mut names = Vec::new();
        for round in 0..6 {
            let mut batch = office.client.batch();
            let mut made: Vec<Handle<Id<RskPort>, _>> = Vec::new();
            for set in 0..3 {
                let mut changes = batch.change_set();
                for port in 0..2 {
                    let name = format!("{round}{set}{port}");
                    names.push(name.clone());
                    made.push(changes.create(RskPort, |p| {
                        (
                            p.rsk_name.set(name.clone()),
                            p.rsk_unlocode.set(format!("NO{name}")),
                        )
                    }));
                }
            }
            let answers = batch.send().await.unwrap();
            for port in made {
                answers.get(port).unwrap();
            }
        }
        office.emulator.set_faults(Faults::default());
        let mut found: Vec<_> = office.client.query::<Port>().all().await.unwrap();
        found.sort_by(|one, other| one.rsk_name.cmp(&other.rsk_name));
        let found: Vec<_> = found.into_iter().map(|port| port.rsk_name).collect();
        assert_eq!(found, names);
    }
}

#[tokio::test]
async fn other_writes_are_left_open_when_their_answer_is_lost() {
    let office = Office::open().await;
    let account = office
        .client
        .create(Account, |a| a.name.set("Contoso"))
        .await
        .unwrap();
    office.emulator.set_faults(Faults {
        rules: vec![Rule {
            every: 1,
            cut: Some(Cut::After),
            ..Rule::default()
        }],
        ..Faults::default()
    });
    office.arrived();
    let mut batch = office.client.batch();
    batch.add(write::update(account, |a| a.name.set("Contoso Ltd")));
    batch.add(write::delete(account));
    let error = batch.send().await.unwrap_err();
    assert!(error.to_string().contains("may have been carried out"), "{error}");
    assert_eq!(batches(&office), 1);
}

#[tokio::test]
async fn a_thousand_operations_go_in_one_batch() {
    let office = Office::open().await;
    let mut batch = office.client.batch();
    let mut made = Vec::new();
    let mut set = batch.change_set();
    for number in 0..1_000 {
        made.push(set.create(Account, |a| a.name.set(format!("Company {number}"))));
    }
    let answers = batch.send().await.unwrap();
    let mut ids: Vec<_> = made.iter().map(|handle| answers.get(*handle).unwrap()).collect();
    ids.sort_unstable_by_key(|id| id.uuid());
    ids.dedup();
    assert_eq!(ids.len(), 1_000);
}
