//! Bodies of creates with related rows and parties, and structs that rows are written from.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crm::account::{Account, IndustryCode};
use crm::contact::Contact;
use crm::email::Email;
use crm::incident::Incident;
use crm::opportunity::Opportunity;
use crm::prelude::*;
use crm::rsk_category::RskCategory;
use crm::rsk_port::RskUnlocodeKey;
use crm::rsk_vessel::RskVessel;
use crm::systemuser::SystemUser;
use crm::targets::Customer;
use dataverse_runtime::{
    Create, InvalidRequest, NewRow, Party, Patch, RowChanges, Update, incomplete, text, write,
};

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn guid(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

fn reference(table: Option<&str>) -> Reference<Customer> {
    #[derive(Row)]
    #[row(table = Incident)]
    struct Case {
        customerid: Option<Reference<Customer>>,
    }
    let annotation = table.map_or_else(String::new, |table| {
        format!(",\"_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"{table}\"")
    });
    let row = format!("{{\"_customerid_value\":\"{}\"{annotation}}}", guid(2));
    let case: Case = dataverse_runtime::decode::row(row).unwrap();
    case.customerid.unwrap()
}

#[test]
fn related_rows_are_created_along() {
    let body = create_body(Account, |a| {
        (
            a.name.set("Contoso"),
            a.primarycontactid
                .insert(|c| (c.lastname.set("Neil"), c.firstname.clear())),
            a.contact_customer_accounts.insert([
                create_body(Contact, |c| c.lastname.set("Ada")),
                create_body(Contact, |c| {
                    (
                        c.lastname.set("Bo"),
                        c.account_primary_contact
                            .insert([create_body(Account, |a| a.name.set("Deep"))]),
                    )
                }),
            ]),
            a.contact_customer_accounts
                .insert([create_body(Contact, |c| c.lastname.set("Cy"))]),
        )
    });
    assert_eq!(
        body.to_json(),
        concat!(
            r#"{"name":"Contoso","primarycontactid":{"lastname":"Neil","firstname":null},"contact_customer_accounts":[{"lastname":"Ada"},"#,
            r#"{"lastname":"Bo","account_primary_contact":[{"name":"Deep"}]},{"lastname":"Cy"}]}"#
        )
    );
}

#[test]
fn rows_are_tied_to_a_new_one() {
    let body = create_body(RskVessel, |v| {
        incomplete((
            v.rsk_homeportid.bind(RskUnlocodeKey {
                rsk_unlocode: "NOBGO",
            }),
            v.rsk_vessel_rsk_category.bind([id::<RskCategory>(1), id(2)]),
        ))
    });
    assert_eq!(
        body.to_json(),
        format!(
            "{{\"rsk_HomePortId@odata.bind\":\"/rsk_ports(rsk_unlocode='NOBGO')\",\
             \"rsk_vessel_rsk_category@odata.bind\":[\"/rsk_categories({})\",\"/rsk_categories({})\"]}}",
            guid(1),
            guid(2)
        )
    );
}

#[test]
fn a_lookup_is_bound_by_what_a_row_holds() {
    let bind = |table| {
        let held = reference(table);
        let body = update_body(Incident, |i| i.customerid.bind(&held));
        assert_eq!(held.table(), table);
        body.check().map(|()| body.to_json())
    };
    assert_eq!(
        bind(Some("contact")).unwrap(),
        format!("{{\"customerid_contact@odata.bind\":\"/contacts({})\"}}", guid(2))
    );
    assert_eq!(
        bind(Some("account")).unwrap(),
        format!("{{\"customerid_account@odata.bind\":\"/accounts({})\"}}", guid(2))
    );
    let unknown = |target: Option<&str>| InvalidRequest::UnknownTarget {
        table: "incident",
        column: "_customerid_value",
        target: target.map(str::to_owned),
    };
    assert_eq!(bind(None).unwrap_err(), unknown(None));
    assert_eq!(bind(Some("lead")).unwrap_err(), unknown(Some("lead")));
    assert_eq!(
        bind(None).unwrap_err().to_string(),
        "`_customerid_value` (table `incident`) can't be bound to a row of an unknown table: the lookup has no such target, \
         or the target no address"
    );
}

#[test]
fn a_row_that_may_be_missing_is_bound_or_emptied() {
    let body = |person: Option<Id<Contact>>| {
        update_body(Account, |a| a.primarycontactid.bind_or_clear(person)).to_json()
    };
    assert_eq!(
        body(Some(id(2))),
        format!("{{\"primarycontactid@odata.bind\":\"/contacts({})\"}}", guid(2))
    );
    assert_eq!(body(None), "{\"primarycontactid@odata.bind\":null}");
}

#[test]
fn several_options_are_set_by_an_array_of_them() {
    use crm::rsk_vessel::{RskFeatures, RskVessel};
    let body = |options: Vec<RskFeatures>| update_body(RskVessel, |v| v.rsk_features.set(options)).to_json();
    let array = update_body(RskVessel, |v| {
        v.rsk_features.set([RskFeatures::Crane, RskFeatures::Helideck])
    });
    let choices = Choices::from([RskFeatures::Crane, RskFeatures::Helideck]);
    let choices = update_body(RskVessel, |v| v.rsk_features.set(choices));
    assert_eq!(array.to_json(), choices.to_json());
    assert_eq!(
        body(vec![RskFeatures::Crane, RskFeatures::Helideck]),
        choices.to_json()
    );
    assert_eq!(body(Vec::new()), "{\"rsk_features\":\"\"}");
}

#[test]
fn of_two_targets_the_last_counts() {
    let body = update_body(Incident, |i| {
        (
            i.customerid.bind(id::<Account>(1)),
            i.customerid.bind(id::<Contact>(2)),
        )
    });
    assert_eq!(
        body.to_json(),
        format!("{{\"customerid_contact@odata.bind\":\"/contacts({})\"}}", guid(2))
    );
}

#[test]
fn parties_have_the_role_of_their_column() {
    let body = create_body(Email, |e| {
        (
            e.subject.set("Hello"),
            e.from.parties([id::<SystemUser>(1)]),
            e.to.parties([Party::from(id::<Contact>(2)), Party::address("x@y.test")]),
            e.cc.parties([id::<Account>(3)]),
            e.regardingobjectid.bind(id::<Account>(4)),
        )
    });
    assert_eq!(
        body.to_json(),
        format!(
            "{{\"subject\":\"Hello\",\"email_activity_parties\":[\
             {{\"partyid_systemuser@odata.bind\":\"/systemusers({})\",\"participationtypemask\":1}},\
             {{\"partyid_contact@odata.bind\":\"/contacts({})\",\"participationtypemask\":2}},\
             {{\"addressused\":\"x@y.test\",\"participationtypemask\":2}},\
             {{\"partyid_account@odata.bind\":\"/accounts({})\",\"participationtypemask\":3}}],\
             \"regardingobjectid_account_email@odata.bind\":\"/accounts({})\"}}",
            guid(1),
            guid(2),
            guid(3),
            guid(4)
        )
    );
}

#[test]
fn text_is_measured_wherever_it_is() {
    let long = "x".repeat(51);
    let nested = write::create(Account, |a| {
        (
            a.name.set(text!(Account.name, "Contoso")),
            a.primarycontactid.insert(|c| c.lastname.set(&long)),
        )
    });
    let expected = InvalidRequest::TooLong {
        table: "contact",
        column: "lastname",
        longest: 50,
        length: 51,
    };
    assert_eq!(nested.request().unwrap_err(), expected);
    let many = write::create(Account, |a| {
        let contact = create_body(Contact, |c| c.lastname.set(&long));
        (a.name.set("x"), a.contact_customer_accounts.insert([contact]))
    });
    assert_eq!(many.request().unwrap_err(), expected);
    let replaced = write::update(id::<Contact>(1), |c| {
        (c.lastname.set(&long), c.lastname.set("short"))
    });
    assert!(replaced.request().is_ok());
}

#[derive(Create)]
#[create(table = Account, set(industrycode = IndustryCode::Accounting, creditonhold = false, fax = "1"))]
struct NewAccount<'a> {
    name: &'a str,
    description: Option<String>,
    revenue: Patch<Money>,
    #[create(column = primarycontactid)]
    contact: Option<Id<Contact>>,
    #[create(insert)]
    contact_customer_accounts: Vec<NewContact>,
    #[create(skip)]
    _note: u8,
}

#[derive(Clone, Create)]
#[create(table = Contact)]
struct NewContact {
    lastname: String,
    #[create(column = parentcustomerid)]
    parent: Option<Reference<Customer>>,
}

#[derive(Create)]
#[create(table = RskVessel, incomplete)]
struct NewVessel {
    rsk_homeportid: RskUnlocodeKey<'static>,
    rsk_vessel_rsk_category: Vec<Id<RskCategory>>,
}

#[derive(Create)]
#[create(table = Opportunity, incomplete)]
struct NewOpportunity {
    #[create(insert)]
    parentaccountid: Option<NewAccount<'static>>,
    customerid: Id<Account>,
}

#[derive(Create)]
#[create(table = Email)]
struct NewEmail {
    subject: String,
    to: Vec<Party>,
    cc: Option<Vec<Id<Contact>>>,
}

#[derive(Default, Update)]
#[update(table = Account, set(fax = "2"))]
struct AccountChanges {
    name: Option<String>,
    revenue: Patch<Money>,
    primarycontactid: Patch<Id<Contact>>,
}

fn new_account() -> NewAccount<'static> {
    NewAccount {
        name: "Contoso",
        description: None,
        revenue: Patch::Clear,
        contact: Some(id(1)),
        contact_customer_accounts: vec![NewContact {
            lastname: "Neil".to_owned(),
            parent: None,
        }],
        _note: 0,
    }
}

const NEW_ACCOUNT: &str = concat!(
    r#"{"name":"Contoso","revenue":null,"primarycontactid@odata.bind":"/contacts(00000000-0000-0000-0000-000000000001)","#,
    r#""contact_customer_accounts":[{"lastname":"Neil"}],"industrycode":1,"creditonhold":false,"fax":"1"}"#
);

#[test]
fn a_struct_becomes_a_new_row() {
    assert_eq!(new_account().into_body().to_json(), NEW_ACCOUNT);
    let contact = NewContact {
        lastname: "Neil".to_owned(),
        parent: Some(reference(Some("account"))),
    };
    assert_eq!(
        contact.into_body().to_json(),
        format!(
            "{{\"lastname\":\"Neil\",\"parentcustomerid_account@odata.bind\":\"/accounts({})\"}}",
            guid(2)
        )
    );
    let vessel = NewVessel {
        rsk_homeportid: RskUnlocodeKey {
            rsk_unlocode: "NOBGO",
        },
        rsk_vessel_rsk_category: vec![id(1)],
    };
    assert_eq!(
        vessel.into_body().to_json(),
        format!(
            "{{\"rsk_HomePortId@odata.bind\":\"/rsk_ports(rsk_unlocode='NOBGO')\",\
             \"rsk_vessel_rsk_category@odata.bind\":[\"/rsk_categories({})\"]}}",
            guid(1)
        )
    );
    let opportunity = NewOpportunity {
        parentaccountid: Some(new_account()),
        customerid: id(3),
    };
    assert_eq!(
        opportunity.into_body().to_json(),
        format!(
            "{{\"parentaccountid\":{NEW_ACCOUNT},\"customerid_account@odata.bind\":\"/accounts({})\"}}",
            guid(3)
        )
    );
    let email = NewEmail {
        subject: "Hello".to_owned(),
        to: vec![Party::address("x@y.test")],
        cc: None,
    };
    assert_eq!(
        email.into_body().to_json(),
        r#"{"subject":"Hello","email_activity_parties":[{"addressused":"x@y.test","participationtypemask":2}]}"#
    );
}

#[test]
fn a_struct_is_sent_as_any_create() {
    let request = write::create_row(new_account()).with_id(id(7)).request().unwrap();
    let body = String::from_utf8_lossy(request.content().unwrap()).into_owned();
    assert_eq!(
        body,
        format!("{{\"accountid\":\"{}\",{}", guid(7), &NEW_ACCOUNT[1..])
    );
    let long = NewContact {
        lastname: "x".repeat(51),
        parent: None,
    };
    assert!(write::create_row(long).request().is_err());
}

#[test]
fn a_change_has_three_states() {
    let none = AccountChanges::default();
    assert_eq!(none.into_body().to_json(), r#"{"fax":"2"}"#);
    let some = AccountChanges {
        name: Some("A".to_owned()),
        revenue: Patch::Clear,
        primarycontactid: Patch::To(id(1)),
    };
    let body = format!(
        "{{\"name\":\"A\",\"revenue\":null,\"primarycontactid@odata.bind\":\"/contacts({})\",\"fax\":\"2\"}}",
        guid(1)
    );
    let request = write::update_row(id::<Account>(9), some).request().unwrap();
    assert_eq!(String::from_utf8_lossy(request.content().unwrap()), body);
    let cleared = AccountChanges {
        primarycontactid: Patch::Clear,
        ..AccountChanges::default()
    };
    assert_eq!(
        cleared.into_body().to_json(),
        r#"{"primarycontactid@odata.bind":null,"fax":"2"}"#
    );
}
