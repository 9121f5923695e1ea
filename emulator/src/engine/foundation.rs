//! The rows that every environment has, as far as the schema holds their tables and columns.

use crate::Fault;
use crate::json::{Json, Object};
use crate::rows::{Address, Origin, Work, create};
use crate::store::counters;
use uuid::Uuid;

/// Creates those that aren't there.
pub(super) fn lay(work: &Work<'_>) -> Result<(), Fault> {
    let organization = work.organization;
    let text = |text: &str| Json::Text(text.to_owned());
    let number = |number: &str| Json::Number(number.to_owned());
    put(
        work,
        "organization",
        organization.id,
        vec![
            ("name", text(&organization.name)),
            ("languagecode", number("1033")),
            ("basecurrencyprecision", number("2")),
        ],
    )?;
    put(
        work,
        "transactioncurrency",
        organization.currency,
        vec![
            ("currencyname", text("US Dollar")),
            ("isocurrencycode", text("USD")),
            ("currencysymbol", text("$")),
            ("currencyprecision", number("2")),
            ("exchangerate", number("1")),
        ],
    )?;
    put(
        work,
        "businessunit",
        organization.business_unit,
        vec![
            ("name", text(&organization.name)),
            ("isdisabled", Json::Bool(false)),
        ],
    )?;
    let unit = text(&format!("/businessunits({})", organization.business_unit));
    for user in &organization.users {
        let is_application = user.application.is_some();
        let optional = |value: &Option<String>| value.as_deref().map_or(Json::Null, text);
        put(
            work,
            "systemuser",
            user.id,
            vec![
                (
                    "fullname",
                    text(if is_application {
                        &user.name
                    } else {
                        "System Administrator"
                    }),
                ),
                ("firstname", text(if is_application { "#" } else { "System" })),
                (
                    "lastname",
                    text(if is_application {
                        &user.name
                    } else {
                        "Administrator"
                    }),
                ),
                ("domainname", text(&user.name)),
                ("internalemailaddress", text(&user.name)),
                ("applicationid", optional(&user.application)),
                ("azureactivedirectoryobjectid", optional(&user.object_id)),
                ("isdisabled", Json::Bool(user.disabled)),
                ("businessunitid@odata.bind", unit.clone()),
            ],
        )?;
    }
    counters::note_founded(work.connection)?;
    Ok(())
}

/// Creates a row with those of the members that the table has, unless it is there.
fn put(work: &Work<'_>, table: &str, id: Uuid, members: Vec<(&str, Json)>) -> Result<(), Fault> {
    let Some(entity) = work.model.entity(table) else {
        return Ok(());
    };
    if Address::Id(id.into()).find(work, entity)?.is_some() {
        return Ok(());
    }
    let body: Object = members
        .into_iter()
        .filter(|(name, _)| match name.split_once('@') {
            Some((navigation, _)) => entity.single(navigation).is_some(),
            None => entity.property(name).is_some(),
        })
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let origin = Origin {
        id: Some(id.into()),
        seed: true,
        ..Origin::default()
    };
    create(work, entity, &body, &origin)?;
    Ok(())
}
