//! One row: created, read, changed, upserted, deleted; every kind of value there and back.

use crm::account::Account;
use crm::choices::RskFlagstate;
use crm::dataverse_runtime::{ChoiceSet as _, Code, ServiceError};
use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use crm::rsk_vessel::{self, RskCondition, RskFeatures, RskType, RskVessel};
use crm::transactioncurrency::TransactionCurrency;
use proptest::prelude::*;

use crate::support::Office;

#[derive(Debug, PartialEq, Row)]
#[row(table = RskPort)]
struct Port {
    rsk_portid: Id<RskPort>,
    rsk_name: String,
    rsk_berths: Option<i32>,
    rsk_open: Option<bool>,
    #[row(etag)]
    version: Option<String>,
}

#[tokio::test]
async fn a_row_lives_and_dies() {
    let office = Office::open().await;
    let client = &office.client;
    let port = office.port("Bergen", "NOBGO").await;
    let read: Port = client.retrieve(port).await.unwrap();
    assert_eq!((read.rsk_portid, &*read.rsk_name), (port, "Bergen"));
    assert_eq!(read.rsk_open, Some(true), "a default of the schema");

    client
        .update(port, |p| (p.rsk_berths.set(12), p.rsk_open.clear()))
        .await
        .unwrap();
    let changed: Port = client.retrieve(port).await.unwrap();
    assert_eq!((changed.rsk_berths, changed.rsk_open), (Some(12), None));
    assert_eq!(changed.rsk_name, "Bergen", "what isn't named stays");
    assert_ne!(changed.version, read.version);

    client.set_property(port, |p| p.rsk_berths.set(13)).await.unwrap();
    client.set_property(port, |p| p.rsk_open.clear()).await.unwrap();
    let again: Port = client.retrieve(port).await.unwrap();
    assert_eq!(again.rsk_berths, Some(13));

    client.delete(port).await.unwrap();
    assert_eq!(client.find::<Port>(port).await.unwrap(), None);
    let gone = client.delete(port).await.unwrap_err();
    assert_eq!(service(&gone).code(), Some(Code::OBJECT_DOES_NOT_EXIST));
}

#[tokio::test]
async fn writes_give_rows_when_they_are_asked_to() {
    let office = Office::open().await;
    let client = &office.client;
    let new = client.create(RskPort, |p| (p.rsk_name.set("Oslo"), p.rsk_unlocode.set("NOOSL")));
    let created = new.returning::<Port>().await.unwrap();
    assert_eq!(created.rsk_name, "Oslo");
    let changed = client.update(created.rsk_portid, |p| p.rsk_berths.set(3));
    assert_eq!(changed.returning::<Port>().await.unwrap().rsk_berths, Some(3));
    let upserted = client.upsert(created.rsk_portid, |p| p.rsk_berths.set(4));
    let upserted = upserted.returning::<Port>().await.unwrap();
    assert_eq!((upserted.created, upserted.row.rsk_berths), (false, Some(4)));
}

#[tokio::test]
async fn versions_keep_others_changes() {
    let office = Office::open().await;
    let client = &office.client;
    let port = office.port("Bergen", "NOBGO").await;
    let before: Port = client.retrieve(port).await.unwrap();
    let version = before.version.unwrap();
    let change = |berths| {
        client
            .update(port, move |p| p.rsk_berths.set(berths))
            .if_match(&version)
    };
    change(5).await.unwrap();
    let late = change(6).await.unwrap_err();
    assert!(service(&late).is_version_mismatch(), "{late}");
    let late = client.delete(port).if_match(&version).await.unwrap_err();
    assert!(service(&late).is_version_mismatch(), "{late}");
    let after: Port = client.retrieve(port).await.unwrap();
    assert_eq!(after.rsk_berths, Some(5));
}

#[tokio::test]
async fn upserts_by_key_create_and_change() {
    let office = Office::open().await;
    let client = &office.client;
    let key = || RskUnlocodeKey {
        rsk_unlocode: "DEHAM",
    };
    let missing = client.upsert(key(), |p| p.rsk_name.set("Hamburg")).update_only();
    assert!(service(&missing.await.unwrap_err()).is_not_found());
    let first = client.upsert(key(), |p| p.rsk_name.set("Hamburg")).await.unwrap();
    assert!(first.created);
    let second = client.upsert(key(), |p| p.rsk_berths.set(40)).await.unwrap();
    assert_eq!((second.created, second.row), (false, first.row));
    let third = client.upsert(key(), |p| p.rsk_berths.set(41)).create_only();
    assert!(service(&third.await.unwrap_err()).is_duplicate());
    let port: Port = client.retrieve(key()).await.unwrap();
    assert_eq!((port.rsk_portid, port.rsk_berths), (first.row, Some(40)));
    assert_eq!(port.rsk_name, "Hamburg");
    client.update(key(), |p| p.rsk_berths.set(42)).await.unwrap();
    client.delete(key()).await.unwrap();
    assert!(client.find::<Port>(first.row).await.unwrap().is_none());
}

#[tokio::test]
async fn the_service_refuses_by_name() {
    let office = Office::open().await;
    let client = office.impatient();
    office.port("Bergen", "NOBGO").await;
    let twice = client.create(RskPort, |p| {
        (p.rsk_name.set("Bergen"), p.rsk_unlocode.set("NOBGO"))
    });
    assert!(service(&twice.await.unwrap_err()).is_duplicate());
    let too_many = client.create(RskPort, |p| {
        (
            p.rsk_name.set("Oslo"),
            p.rsk_unlocode.set("NOOSL"),
            p.rsk_berths.set(100_000),
        )
    });
    let too_many = too_many.await.unwrap_err();
    assert_eq!(service(&too_many).status().as_u16(), 400, "{too_many}");
    let id = Id::<RskPort>::new(Uuid::from_u128(7));
    let nowhere = client.update(id, |p| p.rsk_berths.set(1)).await.unwrap_err();
    assert!(service(&nowhere).is_not_found());
    assert!(nowhere.to_string().contains("rsk_port"), "{nowhere}");
}

#[tokio::test]
async fn states_and_statuses_go_together() {
    use crm::account::{StateCode, StatusCode};
    #[derive(Debug, Row)]
    #[row(table = Account)]
    struct Standing {
        statecode: Choice<StateCode>,
        statuscode: Option<Choice<StatusCode>>,
    }
    let office = Office::open().await;
    let client = &office.client;
    let account = client.create(Account, |a| a.name.set("Contoso")).await.unwrap();
    let new: Standing = client.retrieve(account).await.unwrap();
    assert_eq!(new.statecode, Choice::from(StateCode::Active));
    assert_eq!(new.statuscode, Some(Choice::from(StatusCode::Active)));
    client
        .update(account, |a| a.statecode.set(StateCode::Inactive))
        .await
        .unwrap();
    let closed: Standing = client.retrieve(account).await.unwrap();
    assert_eq!(closed.statecode, Choice::from(StateCode::Inactive));
    assert_eq!(
        closed.statuscode,
        Some(Choice::from(StatusCode::Inactive)),
        "the state's default"
    );
    client
        .update(account, |a| {
            a.statuscode.with_state(StatusCode::Active, a.statecode)
        })
        .await
        .unwrap();
    let open: Standing = client.retrieve(account).await.unwrap();
    assert_eq!(open.statecode, Choice::from(StateCode::Active));
}

/// Every kind of value that a ship has.
#[derive(Debug, Clone)]
struct Values {
    name: String,
    description: Option<String>,
    crew: Option<i32>,
    distance: Option<i64>,
    draught: Option<Decimal>,
    beam: Option<f64>,
    rate: Option<Money>,
    active: Option<bool>,
    kind: Option<Choice<RskType>>,
    condition: Option<Choice<RskCondition>>,
    features: Option<Choices<RskFeatures>>,
    built: Option<civil::Date>,
    seen: Option<Timestamp>,
    cutoff: Option<civil::DateTime>,
}

#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Read {
    rsk_name: Option<String>,
    rsk_description: Option<String>,
    rsk_crew: Option<i32>,
    rsk_distance: Option<i64>,
    rsk_draught: Option<Decimal>,
    rsk_beam: Option<f64>,
    rsk_dayrate: Option<Money>,
    rsk_active: Option<bool>,
    rsk_type: Option<Choice<RskType>>,
    rsk_condition: Option<Choice<RskCondition>>,
    rsk_features: Option<Choices<RskFeatures>>,
    rsk_built: Option<civil::Date>,
    rsk_lastseen: Option<Timestamp>,
    rsk_cutoff: Option<civil::DateTime>,
}

/// Text as a person might enter it: no control characters, no spaces at the end.
fn some_text() -> impl Strategy<Value = String> {
    "[^\\p{C}]{0,40}[^\\p{C}\\p{Z}]"
}

fn values() -> impl Strategy<Value = Values> {
    let kinds = prop::sample::select(RskType::OPTIONS.iter().map(|option| option.0).collect::<Vec<_>>());
    let conditions = prop::sample::select(
        RskCondition::OPTIONS
            .iter()
            .map(|option| option.0)
            .collect::<Vec<_>>(),
    );
    let features = prop::sample::subsequence(
        RskFeatures::OPTIONS
            .iter()
            .map(|option| option.0)
            .collect::<Vec<_>>(),
        1..=RskFeatures::OPTIONS.len(),
    );
    let day =
        (1_800_i16..2_200, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| civil::date(year, month, day));
    let second = (0_i8..24, 0_i8..60, 0_i8..60);
    let cutoff =
        (day.clone(), second).prop_map(|(day, (hour, minute, second))| day.at(hour, minute, second, 0));
    let seen = (-5_000_000_000_i64..7_000_000_000).prop_map(|second| Timestamp::from_second(second).unwrap());
    let numbers = (
        prop::option::of(0_i32..=5_000),
        prop::option::of(any::<i64>()),
        prop::option::of((0_i64..=5_000).prop_map(|hundredths| Decimal::new(hundredths, 2))),
        prop::option::of((0_u32..=10_000).prop_map(|hundredths| f64::from(hundredths) / 100.0)),
        prop::option::of((0_i64..=1_000_000_000).prop_map(|amount| Money::from(Decimal::new(amount, 2)))),
    );
    let choices = (
        prop::option::of(any::<bool>()),
        prop::option::of(kinds.prop_map(Choice::new)),
        prop::option::of(conditions.prop_map(Choice::new)),
        prop::option::of(features.prop_map(|values| values.into_iter().map(Choice::new).collect())),
    );
    let dates = (
        prop::option::of(day),
        prop::option::of(seen),
        prop::option::of(cutoff),
    );
    (
        some_text(),
        prop::option::of(some_text()),
        numbers,
        choices,
        dates,
    )
        .prop_map(|(name, description, numbers, choices, dates)| Values {
            name,
            description,
            crew: numbers.0,
            distance: numbers.1,
            draught: numbers.2,
            beam: numbers.3,
            rate: numbers.4,
            active: choices.0,
            kind: choices.1,
            condition: choices.2,
            features: choices.3,
            built: dates.0,
            seen: dates.1,
            cutoff: dates.2,
        })
}

impl Read {
    fn assert_is(&self, values: &Values) {
        let rate = |money: Option<Money>| money.map(|money| Decimal::from(money).normalize());
        assert_eq!(self.rsk_name.as_ref(), Some(&values.name));
        assert_eq!(self.rsk_description, values.description);
        assert_eq!(self.rsk_crew, values.crew);
        assert_eq!(self.rsk_distance, values.distance);
        assert_eq!(self.rsk_draught, values.draught);
        assert_eq!(self.rsk_beam, values.beam);
        assert_eq!(rate(self.rsk_dayrate), rate(values.rate));
        assert_eq!(self.rsk_active, values.active);
        assert_eq!(self.rsk_type, values.kind);
        assert_eq!(self.rsk_condition, values.condition);
        assert_eq!(self.rsk_features, values.features);
        assert_eq!(self.rsk_built, values.built);
        assert_eq!(self.rsk_lastseen, values.seen);
        assert_eq!(self.rsk_cutoff, values.cutoff);
    }
}

#[test]
fn any_value_survives_a_write_and_a_read() {
    let tokio = tokio::runtime::Runtime::new().unwrap();
    let office = tokio.block_on(Office::open());
    let port = tokio.block_on(office.port("Bergen", "NOBGO"));
    let ship = tokio.block_on(office.ship(1, port));
    let check = |values: Values| {
        tokio.block_on(async {
            let given = values.clone();
            let change = office.client.update(ship, |v| {
                (
                    v.rsk_name.set(given.name),
                    v.rsk_description.set_or_clear(given.description),
                    v.rsk_crew.set_or_clear(given.crew),
                    v.rsk_distance.set_or_clear(given.distance),
                    v.rsk_draught.set_or_clear(given.draught),
                    v.rsk_beam.set_or_clear(given.beam),
                    v.rsk_dayrate.set_or_clear(given.rate),
                    (
                        v.rsk_active.set_or_clear(given.active),
                        v.rsk_type.set_or_clear(given.kind),
                        v.rsk_condition.set_or_clear(given.condition),
                        v.rsk_features.set_or_clear(given.features),
                        v.rsk_built.set_or_clear(given.built),
                        v.rsk_lastseen.set_or_clear(given.seen),
                        v.rsk_cutoff.set_or_clear(given.cutoff),
                    ),
                )
            });
            change.await.unwrap();
            let read: Read = office.client.retrieve(ship).await.unwrap();
            read.assert_is(&values);
        });
    };
    proptest!(ProptestConfig::with_cases(64), |(values in values())| check(values));
}

#[tokio::test]
async fn money_survives_to_the_last_digit() {
    #[derive(Row)]
    #[row(table = Account)]
    struct Worth {
        creditlimit: Option<Money>,
    }
    #[derive(Row)]
    #[row(table = TransactionCurrency)]
    struct Currency {
        transactioncurrencyid: Id<TransactionCurrency>,
    }
    let office = Office::open().await;
    let client = &office.client;
    // Amounts keep as many digits as their currency has.
    let base = client.query::<Currency>().first().await.unwrap().unwrap();
    let precise = client.update(base.transactioncurrencyid, |c| c.currencyprecision.set(4));
    precise.await.unwrap();
    for amount in ["99999999999999.9999", "70368744177664.0001", "0.0001", "0"] {
        let money = Money::from(amount.parse::<Decimal>().unwrap());
        let new = client.create(Account, |a| (a.name.set("Contoso"), a.creditlimit.set(money)));
        let account: Worth = client.retrieve(new.await.unwrap()).await.unwrap();
        assert_eq!(
            account
                .creditlimit
                .map(|money| Decimal::from(money).normalize().to_string())
                .as_deref(),
            Some(amount)
        );
    }
    let too_much = money!(100_000_000_000_001);
    let new = client.create(Account, |a| (a.name.set("Contoso"), a.creditlimit.set(too_much)));
    assert_eq!(service(&new.await.unwrap_err()).status().as_u16(), 400);
}

#[tokio::test]
async fn what_the_service_fills_in_is_there() {
    #[derive(Row)]
    #[row(table = RskVessel)]
    struct Filled {
        rsk_code: Option<String>,
        rsk_hulltype: Option<Choice<rsk_vessel::RskHulltype>>,
        rsk_active: Option<bool>,
        createdon: Option<Timestamp>,
        modifiedon: Option<Timestamp>,
        ownerid: Reference<crm::targets::Owner>,
        versionnumber: Option<i64>,
        #[row(expand)]
        owninguser: Option<User>,
    }
    #[derive(Row)]
    #[row(table = crm::systemuser::SystemUser)]
    struct User {
        systemuserid: Id<crm::systemuser::SystemUser>,
    }
    let office = Office::open().await;
    let port = office.port("Bergen", "NOBGO").await;
    let (first, second) = (office.ship(1, port).await, office.ship(2, port).await);
    let first: Filled = office.client.retrieve(first).await.unwrap();
    let second: Filled = office.client.retrieve(second).await.unwrap();
    assert_eq!(first.rsk_code.as_deref(), Some("V-01000"));
    assert_eq!(second.rsk_code.as_deref(), Some("V-01001"));
    assert_eq!(
        first.rsk_hulltype,
        Some(Choice::from(rsk_vessel::RskHulltype::DoubleHull))
    );
    assert_eq!(first.rsk_active, Some(true));
    assert!(first.createdon.is_some() && first.createdon == first.modifiedon);
    assert!(first.versionnumber < second.versionnumber);
    let user = first.owninguser.unwrap().systemuserid;
    assert_eq!(first.ownerid.uuid(), user.uuid());
    assert_eq!(first.ownerid.table(), Some("systemuser"));
}

#[tokio::test]
async fn structs_are_written() {
    #[derive(Create)]
    #[create(table = RskPort)]
    struct NewPort<'a> {
        rsk_name: &'a str,
        rsk_unlocode: String,
        rsk_flagstate: Option<RskFlagstate>,
    }
    #[derive(Update)]
    #[update(table = RskPort)]
    struct Berths {
        rsk_berths: Patch<i32>,
        rsk_country: Patch<String>,
    }
    let office = Office::open().await;
    let client = &office.client;
    let new = NewPort {
        rsk_name: "Bergen",
        rsk_unlocode: "NOBGO".to_owned(),
        rsk_flagstate: Some(RskFlagstate::Norway),
    };
    let port = client.create_row(new).await.unwrap();
    let change = Berths {
        rsk_berths: Patch::To(5),
        rsk_country: Patch::Keep,
    };
    client.update_row(port, change).await.unwrap();
    let read: Port = client.retrieve(port).await.unwrap();
    assert_eq!(read.rsk_berths, Some(5));
}

/// The refusal in an error of the client.
pub(crate) fn service(error: &Error) -> &ServiceError {
    match error {
        Error::Service(error) => error,
        other => panic!("not a refusal: {other}"),
    }
}
