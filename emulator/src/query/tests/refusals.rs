//! Conditions that are refused, with the service's code and words.

use super::fixture::{escape, shared};

#[test]
fn what_does_not_fit_is_refused() {
    let world = shared();
    for (filter, code, part) in [
        (
            "rsk_nothing eq 1",
            0x8006_0888,
            "Could not find a property named 'rsk_nothing' on type 'Microsoft.Dynamics.CRM.rsk_vessel'.",
        ),
        ("RSK_NAME eq 'a'", 0x8006_0888, "Could not find a property"),
        (
            "rsk_name eq 1",
            0x8006_0888,
            "'Edm.String' and 'Edm.Int32' for operator kind 'Equal'",
        ),
        ("rsk_crew gt 'a'", 0x8006_0888, "incompatible types"),
        (
            "rsk_built eq 2024-01-01T00:00:00Z",
            0x8006_0888,
            "'Edm.Date' and 'Edm.DateTimeOffset'",
        ),
        ("rsk_crew eq rsk_name", 0x8006_0888, "incompatible types"),
        ("contains(rsk_crew,'1')", 0x8006_0888, "No function signature"),
        (
            "rsk_HomePortId/nothing eq 1",
            0x8006_0888,
            "on type 'Microsoft.Dynamics.CRM.rsk_port'",
        ),
        (
            "rsk_vessel_inspection/rsk_score eq 1",
            0x8006_0888,
            "not a single value",
        ),
        (
            "rsk_HomePortId/rsk_port_vessel/any(v:v/rsk_crew eq 1)",
            0x8006_0888,
            "single-valued",
        ),
        (
            "ownerid/fullname eq 'a'",
            0x8006_0888,
            "Microsoft.Dynamics.CRM.principal",
        ),
        (
            "not Microsoft.Dynamics.CRM.Today(PropertyName='createdon')",
            0x8006_0888,
            "Not operator along with the Custom Named Condition operators is not allowed",
        ),
        (
            "not (rsk_crew eq 1 or Microsoft.Dynamics.CRM.Today(PropertyName='createdon'))",
            0x8006_0888,
            "Not operator along",
        ),
        (
            "Microsoft.Dynamics.CRM.Today(PropertyName='rsk_name')",
            0x8006_0888,
            "not valid for the attribute",
        ),
        (
            "Microsoft.Dynamics.CRM.Nothing(PropertyName='rsk_name')",
            0x8006_0888,
            "unknown function",
        ),
        (
            "Microsoft.Dynamics.CRM.Today(PropertyName='createdon',PropertyValue=1)",
            0x8006_0888,
            "signatures",
        ),
        (
            "Microsoft.Dynamics.CRM.In(PropertyName='rsk_description',PropertyValues=['a'])",
            0x8004_4153,
            "ntext",
        ),
        (
            "Microsoft.Dynamics.CRM.In(PropertyName='rsk_crew',PropertyValues=['a'])",
            0x8006_0888,
            "not a valid",
        ),
        // The signatures have a collection of texts, and a number (the query functions of `$metadata`).
        (
            "Microsoft.Dynamics.CRM.In(PropertyName='rsk_crew',PropertyValues=[3])",
            0x8006_0888,
            "signatures",
        ),
        (
            "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue='7')",
            0x8006_0888,
            "signatures",
        ),
        (
            "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=0)",
            0x8006_0888,
            "at least 1",
        ),
        (
            "Microsoft.Dynamics.CRM.Under(PropertyName='rsk_vesselid',PropertyValue='6f1c0000-0000-4000-8000-000000000001')",
            0x8006_0888,
            "hierarchical",
        ),
        ("rsk_name", 0x8006_0888, "single boolean value"),
        ("1 eq 1", 0x8006_0888, "property on one side"),
    ] {
        let fault = world.refused(&format!("rsk_vessels?$filter={}", escape(filter)));
        assert_eq!(fault.code, code, "{filter}: {fault}");
        assert!(fault.message.contains(part), "{filter}: {fault}");
    }
    // As many as the service takes, nested nearly as deep as they can be.
    let most = format!(
        "{}{}{}",
        "(".repeat(60),
        vec!["rsk_crew eq 3"; 500].join(" or "),
        ")".repeat(60)
    );
    assert_eq!(world.vessels(&most), ["birk"]);
    let many = vec!["rsk_crew eq 1"; 501].join(" or ");
    assert_eq!(
        world
            .refused(&format!("rsk_vessels?$filter={}", escape(&many)))
            .code,
        0x8004_430c
    );
    for option in ["savedQuery=x", "userQuery=x", "sql=x"] {
        assert_eq!(
            world.refused(&format!("rsk_vessels?{option}")).status,
            http::StatusCode::NOT_IMPLEMENTED
        );
    }
    for option in [
        "$top=-1",
        "$top=x",
        "$count=maybe",
        "$select=nothing",
        "$orderby=rsk_features",
        "$orderby=nothing",
    ] {
        assert_eq!(
            world.refused(&format!("rsk_vessels?{option}")).code,
            0x8006_0888,
            "{option}"
        );
    }
}
