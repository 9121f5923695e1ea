//! The rows that every environment has, as far as the schema holds their tables and columns.

use crate::Fault;
use crate::json::{Json, Object};
use crate::organization::User;
use crate::rows::{Address, Origin, Work, create};
use crate::store::counters;
use uuid::Uuid;

/// The members of a row to be.
type Members<'a> = Vec<(&'a str, Json)>;

/// Creates those that aren't there.
pub(super) fn lay(work: &Work<'_>) -> Result<(), Fault> {
    let organization = work.organization;
    put(
        work,
        "organization",
        organization.id,
        of_organization(&organization.name),
    )?;
    put(work, "transactioncurrency", organization.currency, of_currency())?;
    let unit = vec![
        ("name", text(&organization.name)),
        ("isdisabled", Json::Bool(false)),
    ];
    put(work, "businessunit", organization.business_unit, unit)?;
    for user in &organization.users {
        put(
            work,
            "systemuser",
            user.id,
            of_user(user, organization.business_unit),
        )?;
    }
    counters::note_founded(work.connection)?;
    Ok(())
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn number(number: u32) -> Json {
    Json::Number(number.to_string())
}

fn of_organization(name: &str) -> Members<'static> {
    vec![
        ("name", text(name)),
        ("languagecode", number(1033)),
        ("basecurrencyprecision", number(2)),
    ]
}

fn of_currency() -> Members<'static> {
    vec![
        ("currencyname", text("US Dollar")),
        ("isocurrencycode", text("USD")),
        ("currencysymbol", text("$")),
        ("currencyprecision", number(2)),
        ("exchangerate", number(1)),
    ]
}

/// An application's user is called after its client id, with a `#` in front, as the service does.
fn of_user(user: &User, unit: Uuid) -> Members<'static> {
    let (full, first, last) = match user.application {
        Some(_) => (user.name.as_str(), "#", user.name.trim_start_matches("# ")),
        None => ("System Administrator", "System", "Administrator"),
    };
    let optional = |value: &Option<String>| value.as_deref().map_or(Json::Null, text);
    vec![
        ("fullname", text(full)),
        ("firstname", text(first)),
        ("lastname", text(last)),
        ("domainname", text(&user.name)),
        ("internalemailaddress", text(&user.name)),
        ("applicationid", optional(&user.application)),
        ("azureactivedirectoryobjectid", optional(&user.object_id)),
        ("isdisabled", Json::Bool(user.disabled)),
        (
            "businessunitid@odata.bind",
            text(&format!("/businessunits({unit})")),
        ),
    ]
}

/// Creates a row with those of the members that the table has, unless it is there.
fn put(work: &Work<'_>, table: &str, id: Uuid, members: Members<'_>) -> Result<(), Fault> {
    let Some(entity) = work.model.entity(table) else {
        return Ok(());
    };
    if Address::Id(id.into()).find(work, entity)?.is_some() {
        return Ok(());
    }
    let body: Object = members
        .into_iter()
        .filter(|(name, _)| match name.split_once('@') {
            Some((navigation, _)) => {
                let leads = entity.single(navigation);
                leads.is_some_and(|single| work.model.entity(&single.target).is_some())
            }
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
