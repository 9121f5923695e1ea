//! Companies and their people: related rows, pages and totals, groups, records, long URLs.

use crm::account::{Account, IndustryCode};
use crm::activityparty::{ActivityParty, ParticipationTypeMask};
use crm::contact::Contact;
use crm::email::Email;
use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use crm::task::Task;
use dataverse_emulator::Running;

use crate::support::Office;

/// An environment with the example's schema, and a client of it.
async fn start() -> (Running, Client) {
    let office = Office::timeless().await;
    (office.emulator, office.client)
}

#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
    revenue: Option<Money>,
    #[row(expand)]
    primarycontactid: Option<Person>,
    #[row(expand)]
    contact_customer_accounts: Vec<Person>,
}

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Person {
    lastname: Option<String>,
}

/// Three companies, of which the first has three people.
async fn fill(client: &Client) -> Vec<Id<Account>> {
    let mut companies = Vec::new();
    for (name, revenue, industry) in [
        ("Fjordline", 300, IndustryCode::Accounting),
        ("O'Neil & Sons", 200, IndustryCode::Accounting),
        ("50%_[x]", 100, IndustryCode::Consulting),
    ] {
        let company = client.create(Account, |a| {
            (
                a.name.set(name),
                a.revenue.set(revenue),
                a.industrycode.set(industry),
            )
        });
        companies.push(company.await.unwrap());
    }
    for lastname in ["Berg", "Aas", "Cook"] {
        let person = client.create(Contact, |c| {
            (c.lastname.set(lastname), c.parentcustomerid.bind(companies[0]))
        });
        let person = person.await.unwrap();
        let first = client.update(companies[0], |a| a.primarycontactid.bind(person));
        first.await.unwrap();
    }
    companies
}

fn names(companies: &[Company]) -> Vec<&str> {
    companies
        .iter()
        .map(|company| company.name.as_deref().unwrap())
        .collect()
}

#[tokio::test]
async fn conditions_orders_and_related_rows() {
    let (_running, client) = start().await;
    let ids = fill(&client).await;
    let rich = client
        .query::<Company>()
        .filter(|a| a.revenue.ge(200) & !a.name.contains("x"))
        .order_by(|a| a.revenue.asc())
        .expand(
            |a| a.contact_customer_accounts,
            |people| {
                people
                    .filter(|c| c.lastname.ne("Cook"))
                    .order_by(|c| c.lastname.asc())
                    .top(1)
            },
        );
    let rich = rich.all().await.unwrap();
    assert_eq!(names(&rich), ["O'Neil & Sons", "Fjordline"]);
    assert_eq!((rich[1].accountid, rich[1].revenue), (ids[0], Some(money!(300))));
    let people: Vec<_> = rich[1]
        .contact_customer_accounts
        .iter()
        .map(|person| &person.lastname)
        .collect();
    assert_eq!(people, [&Some("Aas".to_owned())]);
    assert_eq!(
        rich[1].primarycontactid.as_ref().unwrap().lastname.as_deref(),
        Some("Cook")
    );

    for (filter, expected) in [
        (
            filter(Account, |a| a.name.eq("o'neil & sons")),
            vec!["O'Neil & Sons"],
        ),
        (filter(Account, |a| a.name.starts_with("50%_[")), vec!["50%_[x]"]),
        (
            filter(Account, |a| a.primarycontactid.to(|c| c.lastname.eq("Cook"))),
            vec!["Fjordline"],
        ),
        (
            filter(Account, |a| {
                !a.contact_customer_accounts.any(|c| c.lastname.is_not_null())
            }),
            vec!["50%_[x]", "O'Neil & Sons"],
        ),
        (
            filter(Account, |a| a.name.is_not_in(["Fjordline", "50%_[x]"])),
            vec!["O'Neil & Sons"],
        ),
        (
            filter(Account, |a| {
                a.createdon.within(Period::Today) & a.revenue.eq_column(a.revenue) & a.revenue.lt(200)
            }),
            vec!["50%_[x]"],
        ),
    ] {
        let found = client.query::<Company>().filter(|_| filter.clone());
        let found = found.order_by(|a| a.name.asc()).all().await.unwrap();
        assert_eq!(names(&found), expected, "{filter}");
    }

    let related = client
        .query::<Person>()
        .related_to(ids[0], |a| a.contact_customer_accounts);
    let related = related.order_by(|c| c.lastname.desc()).all().await.unwrap();
    let lastnames: Vec<_> = related
        .iter()
        .map(|person| person.lastname.as_deref().unwrap())
        .collect();
    assert_eq!(lastnames, ["Cook", "Berg", "Aas"]);
}

#[tokio::test]
async fn pages_counts_and_totals() {
    let (_running, client) = start().await;
    for number in 0..7 {
        client
            .create(Contact, |c| c.lastname.set(format!("Person {number}")))
            .await
            .unwrap();
    }
    let mut people = client
        .query::<Person>()
        .order_by(|c| c.lastname.asc())
        .page_size(3)
        .with_total()
        .stream();
    let mut read = Vec::new();
    while let Some(person) = people.try_next().await.unwrap() {
        assert_eq!(people.total(), Some(Count::Exactly(7)));
        read.push(person.lastname.unwrap());
        if read.len() == 4 {
            break;
        }
    }
    let position: Position = people.position().to_string().parse().unwrap();
    let mut rest = client
        .query::<Person>()
        .order_by(|c| c.lastname.asc())
        .page_size(3)
        .resume(position);
    while let Some(person) = rest.try_next().await.unwrap() {
        read.push(person.lastname.unwrap());
    }
    let all: Vec<String> = (0..7).map(|number| format!("Person {number}")).collect();
    assert_eq!(read, all);
    let some = client.query::<Person>().filter(|c| c.lastname.gt("Person 3"));
    assert_eq!(some.count().await.unwrap(), Count::Exactly(3));
    assert_eq!(client.total_rows(Contact).await.unwrap(), 7);
}

#[tokio::test]
async fn groups_distinct_values_and_records() {
    let (_running, client) = start().await;
    fill(&client).await;
    let mut groups = client
        .aggregate(Account, |a| {
            (a.industrycode, a.revenue.sum(), a.revenue.max(), count_rows())
        })
        .filter(|a| a.revenue.is_not_null())
        .await
        .unwrap();
    groups.sort_by_key(|(_, revenue, ..)| *revenue);
    let told: Vec<_> = groups
        .iter()
        .map(|(industry, sum, max, rows)| (industry.unwrap() == IndustryCode::Accounting, *sum, *max, *rows))
        .collect();
    assert_eq!(
        told,
        [
            (false, Some(money!(100)), Some(money!(100)), 1),
            (true, Some(money!(500)), Some(money!(300)), 2),
        ]
    );
    let contacts = client.distinct(Account, |a| a.primarycontactid.to_value(|c| c.lastname));
    let contacts = contacts
        .filter(|a| a.primarycontactid.is_not_null())
        .await
        .unwrap();
    assert_eq!(contacts, [Some("Cook".to_owned())]);

    let records = client
        .records(Account)
        .select(|a| (a.name, a.industrycode))
        .formatted();
    let record = records
        .filter(|a| a.revenue.eq(300))
        .first()
        .await
        .unwrap()
        .unwrap();
    let name: Option<String> = record.get(|a| a.name).unwrap();
    assert_eq!(name.as_deref(), Some("Fjordline"));
    assert_eq!(
        record.formatted(|a| a.industrycode).unwrap().as_deref(),
        Some("Accounting")
    );
    record.get::<Option<Money>, _, _, _>(|a| a.revenue).unwrap_err();
}

#[tokio::test]
async fn a_read_that_is_too_long_for_a_url() {
    let (_running, client) = start().await;
    let ids = fill(&client).await;
    // So many ids have a URL of some 40,000 characters.
    let others = (0..900).map(|n| Id::new(Uuid::from_u128(n))).chain([ids[2]]);
    let found = client.query::<Company>().filter(|a| a.accountid.is_in(others));
    assert!(found.to_string().len() > 32_768);
    assert_eq!(names(&found.all().await.unwrap()), ["50%_[x]"]);
    let wrong = client
        .query::<Company>()
        .filter(|a| a.name.eq("x".repeat(33_000)));
    assert!(wrong.all().await.unwrap().is_empty());
}

#[tokio::test]
async fn rows_by_key_with_conditions() {
    let (_running, client) = start().await;
    let bergen = || RskUnlocodeKey {
        rsk_unlocode: "NOBGO",
    };
    let first = client
        .upsert(bergen(), |p| p.rsk_name.set("Bergen"))
        .await
        .unwrap();
    let again = client
        .upsert(bergen(), |p| p.rsk_name.set("Bergen havn"))
        .await
        .unwrap();
    assert_eq!(
        (first.created, again.created, first.row),
        (true, false, again.row)
    );
    let error = client
        .upsert(bergen(), |p| p.rsk_name.set("x"))
        .create_only()
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Service(error) if error.status() == 412),
        "{error}"
    );

    #[derive(Debug, Row)]
    #[row(table = RskPort)]
    struct Port {
        rsk_name: Option<String>,
        #[row(etag)]
        version: Option<String>,
    }
    let port: Port = client.retrieve(bergen()).await.unwrap();
    let version = port.version.unwrap();
    let rename = |name: &'static str| client.update(bergen(), move |p| p.rsk_name.set(name));
    rename("Bjørgvin").if_match(&version).await.unwrap();
    let error = rename("Bergen").if_match(&version).await.unwrap_err();
    assert!(
        matches!(&error, Error::Service(error) if error.is_version_mismatch()),
        "{error}"
    );
    let port: Port = client.retrieve(bergen()).await.unwrap();
    assert_eq!(port.rsk_name.as_deref(), Some("Bjørgvin"));
    client.delete(bergen()).await.unwrap();
    assert!(client.find::<Port>(bergen()).await.unwrap().is_none());
}

/// Related rows of related rows.
#[derive(Debug, Row)]
#[row(table = Account)]
struct Deep {
    #[row(expand)]
    contact_customer_accounts: Vec<Worker>,
}

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Worker {
    lastname: Option<String>,
    #[row(expand, column = Contact_Tasks)]
    tasks: Vec<Work>,
}

#[derive(Debug, Row)]
#[row(table = Task)]
struct Work {
    subject: Option<String>,
    #[row(target = regardingobjectid)]
    about: Option<String>,
}

#[tokio::test]
async fn related_rows_of_related_rows() {
    let (_running, client) = start().await;
    let ids = fill(&client).await;
    let cook = client.query::<Person>().filter(|c| c.lastname.eq("Cook"));
    assert_eq!(cook.count().await.unwrap(), Count::Exactly(1));
    let cook = client
        .records(Contact)
        .filter(|c| c.lastname.eq("Cook"))
        .first()
        .await
        .unwrap();
    let cook = cook.unwrap().id().unwrap();
    for subject in ["Call", "Write"] {
        let task = client.create(Task, |t| (t.subject.set(subject), t.regardingobjectid.bind(cook)));
        task.await.unwrap();
    }
    let deep = client.retrieve::<Deep>(ids[0]).expand(
        |a| a.contact_customer_accounts,
        |people| {
            people.filter(|c| c.lastname.ne("Aas")).expand(
                |c| c.Contact_Tasks,
                |tasks| tasks.filter(|t| t.subject.eq("Write")),
            )
        },
    );
    let mut people = deep.await.unwrap().contact_customer_accounts;
    people.sort_by(|one, other| one.lastname.cmp(&other.lastname));
    let told: Vec<_> = people
        .iter()
        .map(|person| (person.lastname.as_deref(), person.tasks.len()))
        .collect();
    assert_eq!(told, [(Some("Berg"), 0), (Some("Cook"), 1)]);
    let task = &people[1].tasks[0];
    assert_eq!(
        (task.subject.as_deref(), task.about.as_deref()),
        (Some("Write"), Some("contact"))
    );
}

#[tokio::test]
async fn parties_of_an_activity() {
    #[derive(Debug, Row)]
    #[row(table = Email)]
    struct Mail {
        #[row(expand)]
        to: Vec<Receiver>,
    }
    #[derive(Debug, Row)]
    #[row(table = ActivityParty)]
    struct Receiver {
        participationtypemask: Option<Choice<ParticipationTypeMask>>,
        addressused: Option<String>,
    }
    let (_running, client) = start().await;
    let address = |address: &str| Party::address(address);
    let mail = client
        .create(Email, |e| {
            (e.subject.set("Arrival"), e.to.parties([address("a@rsk.example")]))
        })
        .await
        .unwrap();
    client
        .set_parties(mail, |e| {
            (
                e.to.parties([address("b@rsk.example")]),
                e.cc.parties([address("c@rsk.example")]),
            )
        })
        .await
        .unwrap();
    let mail: Mail = client.retrieve(mail).await.unwrap();
    let mut parties: Vec<_> = mail
        .to
        .iter()
        .map(|party| {
            (
                party.participationtypemask.unwrap().value(),
                party.addressused.as_deref().unwrap(),
            )
        })
        .collect();
    parties.sort_unstable();
    assert_eq!(parties, [(2, "b@rsk.example"), (3, "c@rsk.example")]);
}
