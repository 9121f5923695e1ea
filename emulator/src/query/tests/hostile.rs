//! No string reaches the database as anything but a value.

use super::fixture::{escape, shared};
use proptest::prelude::*;

const NASTY: &str = "[a-c'\"%_;)(\\]\\[\u{0}\\-é\\\\x]{0,12}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_text_is_only_a_text(text in prop_oneof![NASTY, ".{0,12}"]) {
        let world = shared();
        let quoted = format!("'{}'", text.replace('\'', "''"));
        let before = world.json("rsk_vessels");
        for filter in [
            format!("rsk_name eq {quoted}"),
            format!("contains(rsk_description,{quoted})"),
            format!("rsk_vessel_inspection/any(i:i/rsk_name eq {quoted})"),
            format!("Microsoft.Dynamics.CRM.In(PropertyName='rsk_name',PropertyValues=[{}])", serde_json::Value::from(text.as_str())),
        ] {
            let answer = world.get(&format!("rsk_vessels?$select=rsk_name&$filter={}", escape(&filter)));
            prop_assert!(answer.is_ok(), "{}: {:?}", filter, answer);
        }
        let found = world.vessels(&format!("rsk_name eq {quoted}"));
        prop_assert!(found.iter().all(|name| crate::store::fold(name) == crate::store::fold(&text)));
        prop_assert_eq!(world.json("rsk_vessels"), before);
    }

    #[test]
    fn what_is_no_query_is_refused(text in ".{0,40}") {
        let world = shared();
        for option in ["$filter", "$orderby", "$select", "$expand", "$apply", "$skiptoken", "$top", "$count"] {
            if let Err(fault) = world.get(&format!("rsk_vessels?{option}={}", escape(&text))) {
                prop_assert!(fault.status.is_client_error() || fault.status == http::StatusCode::NOT_IMPLEMENTED, "{}", fault);
            }
        }
        if let Err(fault) = world.get(&format!("rsk_vessels?$filter=Microsoft.Dynamics.CRM.In(PropertyName='{0}',PropertyValues=['{0}'])", escape(&text))) {
            prop_assert!(fault.status.is_client_error(), "{}", fault);
        }
    }
}
