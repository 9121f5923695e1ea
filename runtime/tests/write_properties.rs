//! Any value survives being written and read back, and no text can break out of a body, a key or a bind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crm::account::{Account, IndustryCode};
use crm::prelude::*;
use crm::rsk_port::RskUnlocodeKey;
use crm::rsk_vessel::RskVessel;
use dataverse_runtime::{OpenRecord, decode, write};
use proptest::prelude::*;

/// Values of many kinds, written from one struct and read into another.
#[derive(Clone, Debug, Update)]
#[update(table = Account)]
struct Written {
    name: Patch<String>,
    description: Option<String>,
    numberofemployees: i32,
    revenue: Money,
    address1_latitude: f64,
    creditonhold: bool,
    industrycode: Choice<IndustryCode>,
    lastusedincampaign: Timestamp,
}

#[derive(Debug, Row)]
#[row(table = Account)]
struct Back {
    name: Option<String>,
    description: Option<String>,
    numberofemployees: Option<i32>,
    revenue: Option<Money>,
    address1_latitude: Option<f64>,
    creditonhold: Option<bool>,
    industrycode: Option<Choice<IndustryCode>>,
    lastusedincampaign: Option<Timestamp>,
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0_u32..=10).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn any_patch() -> impl Strategy<Value = Patch<String>> {
    prop_oneof![
        Just(Patch::Keep),
        Just(Patch::Clear),
        any::<String>().prop_map(Patch::To)
    ]
}

prop_compose! {
    fn written()(
        name in any_patch(),
        description in any::<Option<String>>(),
        numberofemployees: i32,
        revenue in any_decimal(),
        address1_latitude in proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL,
        creditonhold: bool,
        option: i32,
        second in -377_705_023_201_i64..253_402_207_200,
        nanosecond in 0_i32..1_000_000_000,
    ) -> Written {
        Written {
            name,
            description,
            numberofemployees,
            revenue: revenue.into(),
            address1_latitude,
            creditonhold,
            industrycode: Choice::new(option),
            lastusedincampaign: Timestamp::new(second, nanosecond).unwrap_or(Timestamp::UNIX_EPOCH),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_survive(written in written()) {
        let body = written.clone().into_body().to_json();
        let back: Back = decode::row(&body).unwrap();
        let name = match written.name {
            Patch::To(name) => Some(name),
            Patch::Keep | Patch::Clear => None,
        };
        prop_assert_eq!(back.name, name);
        prop_assert_eq!(back.description, written.description);
        prop_assert_eq!(back.numberofemployees, Some(written.numberofemployees));
        let scale = written.revenue.amount().scale();
        prop_assert_eq!(back.revenue, Some(written.revenue));
        prop_assert_eq!(back.revenue.unwrap().amount().scale(), scale);
        prop_assert_eq!(back.address1_latitude.map(f64::to_bits), Some(written.address1_latitude.to_bits()));
        prop_assert_eq!(back.creditonhold, Some(written.creditonhold));
        prop_assert_eq!(back.industrycode, Some(written.industrycode));
        prop_assert_eq!(back.lastusedincampaign, Some(written.lastusedincampaign));
    }

    #[test]
    fn no_text_leaves_its_property(text: String, other: String) {
        let body = update_body(Account, |a| (a.name.set(&text), a.fax.set(&other)));
        let read: serde_json::Value = serde_json::from_str(&body.to_json()).unwrap();
        prop_assert_eq!(read, serde_json::json!({"name": text, "fax": other}));
        let party = Party::address(&text);
        let body = create_body(crm::email::Email, |e| (e.subject.set(&other), e.to.parties([party])));
        let read: serde_json::Value = serde_json::from_str(&body.to_json()).unwrap();
        let parties = serde_json::json!([{"addressused": text, "participationtypemask": 2}]);
        prop_assert_eq!(read, serde_json::json!({"subject": other, "email_activity_parties": parties}));
    }

    #[test]
    fn no_text_leaves_its_key(code: String) {
        let path = RskUnlocodeKey { rsk_unlocode: &code }.path();
        let inner = path.strip_prefix("rsk_ports(rsk_unlocode='").and_then(|rest| rest.strip_suffix("')")).unwrap();
        prop_assert!(inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~'%".contains(&byte)), "{}", path);
        prop_assert_eq!(decoded(inner).replace("''", "'"), code.as_str());
        prop_assert!(!inner.replace("''", "").contains('\''), "{}", path);
        let body = update_body(RskVessel, |v| v.rsk_homeportid.bind(RskUnlocodeKey { rsk_unlocode: &code }));
        let read: serde_json::Value = serde_json::from_str(&body.to_json()).unwrap();
        prop_assert_eq!(read, serde_json::json!({"rsk_HomePortId@odata.bind": format!("/{path}")}));
    }

    #[test]
    fn lengths_are_those_of_the_service(text in "[a-z\u{e9}\u{8239}\u{1f642}]{40,60}") {
        let request = write::update(Id::<crm::contact::Contact>::new(Uuid::nil()), |c| c.lastname.set(&text)).request();
        prop_assert_eq!(request.is_ok(), text.encode_utf16().count() <= 50, "{}", text);
    }

    #[test]
    fn open_properties_keep_their_names(name: String, value: String) {
        prop_assume!(!name.contains('@'));
        let record = AnyRecord::from(OpenRecord::new().with(&name, value.as_str()));
        let read: String = record.property(&name).unwrap().parse().unwrap();
        prop_assert_eq!(read, value);
    }
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(&after[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}
