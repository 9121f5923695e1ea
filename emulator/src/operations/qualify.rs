//! `QualifyLead`: a lead becomes an account, a contact and an opportunity, as far as the caller wants them.
//!
//! What goes where is what the service's own column mappings say, as far as both tables have the columns; mappings that an
//! environment adds are in no snapshot.

use super::Invocation;
use crate::Fault;
use crate::json::{Json, Object, member};
use crate::model::Entity;
use crate::rows::{self, Conditions, Origin, Record, RowId};
use crate::session::{Done, Session, json, row_object};
use crate::store::{Cell, guid};
use http::StatusCode;

const LEAD: &str = "lead";

/// Columns of leads whose values go to columns of the same name.
const SAME: [&str; 34] = [
    "address1_addresstypecode",
    "address1_city",
    "address1_country",
    "address1_county",
    "address1_latitude",
    "address1_line1",
    "address1_line2",
    "address1_line3",
    "address1_longitude",
    "address1_name",
    "address1_postalcode",
    "address1_stateorprovince",
    "budgetamount",
    "budgetstatus",
    "decisionmaker",
    "description",
    "donotemail",
    "donotphone",
    "emailaddress1",
    "fax",
    "firstname",
    "industrycode",
    "initialcommunication",
    "jobtitle",
    "lastname",
    "mobilephone",
    "need",
    "numberofemployees",
    "purchaseprocess",
    "purchasetimeframe",
    "revenue",
    "sic",
    "telephone1",
    "websiteurl",
];

/// Columns that are called otherwise: table, column of the lead, column.
const RENAMED: [(&str, &str, &str); 5] = [
    ("account", "companyname", "name"),
    ("contact", "salutation", "salutation"),
    ("opportunity", "subject", "name"),
    ("opportunity", "estimatedamount", "estimatedvalue"),
    ("opportunity", "estimatedclosedate", "estimatedclosedate"),
];

/// A row, if it was to be made.
type Made = Option<RowId>;

pub(super) fn qualify(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let work = &session.work;
    let Some(lead) = invocation.row() else {
        return Err(session.wrong_method());
    };
    let (entity, id) = (work.entity(LEAD)?, RowId::from(lead.id));
    let record = Record::get(work, entity, &id)?;
    if record.cells.get("statecode") != Some(&Cell::Integer(0)) {
        return Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_8408,
            format!("The lead '{}' isn't open: it can't be qualified.", id.id),
        ));
    }
    let known = row_object(session, entity, &id)?;
    let wants = |parameter: &str| -> Result<bool, Fault> {
        Ok(invocation
            .parameter::<Option<bool>>(parameter)?
            .unwrap_or_default())
    };
    let mut made = Vec::new();
    let mut make = |table: &'static str, wanted: bool, more: Vec<(String, Json)>| -> Result<Made, Fault> {
        if !wanted {
            return Ok(None);
        }
        let row = create(session, table, &known, &id, more)?;
        made.push((table, row.clone()));
        Ok(Some(row))
    };
    // What isn't made is what the lead belongs to already.
    let own = |property: &str| {
        member(&known, property)
            .and_then(Json::text)
            .and_then(guid)
            .map(RowId::from)
    };
    let account =
        make("account", wants("CreateAccount")?, Vec::new())?.or_else(|| own("_parentaccountid_value"));
    let parent = account
        .as_ref()
        .map(|row| ("parentcustomerid_account", "accounts", row));
    let contact =
        make("contact", wants("CreateContact")?, bind(parent))?.or_else(|| own("_parentcontactid_value"));
    let more = of_opportunity(invocation, account.as_ref(), contact.as_ref())?;
    let opportunity = make("opportunity", wants("CreateOpportunity")?, more)?;
    let status: i64 = invocation.parameter("Status")?;
    let mut body: Object = vec![("statecode".to_owned(), Json::Number("1".to_owned()))];
    // -1 is the state's default.
    if status != -1 {
        body.push(("statuscode".to_owned(), Json::Number(status.to_string())));
    }
    for link in [
        account.as_ref().map(|row| ("parentaccountid", "accounts", row)),
        contact.as_ref().map(|row| ("parentcontactid", "contacts", row)),
        opportunity
            .as_ref()
            .map(|row| ("qualifyingopportunityid", "opportunities", row)),
    ] {
        body.extend(bind(link));
    }
    rows::update(work, entity, &id, &leading(entity, body), &Conditions::default())?;
    answer(session, &made)
}

/// What an opportunity has besides its mappings: customer, currency and campaign.
fn of_opportunity(
    invocation: &Invocation<'_>,
    account: Option<&RowId>,
    contact: Option<&RowId>,
) -> Result<Object, Fault> {
    let mut more = Object::new();
    let is_given = |parameter: &str| *invocation.json(parameter) != Json::Null;
    if is_given("OpportunityCustomerId") {
        let (customer, row) = invocation.referred("OpportunityCustomerId")?;
        let navigation = format!("customerid_{}", customer.name());
        let set = customer.table().entity_set.as_deref().unwrap_or(customer.name());
        more.extend(bind(Some((&navigation, set, &row))));
    } else {
        let customer = match (account, contact) {
            (Some(account), _) => Some(("customerid_account", "accounts", account)),
            (None, Some(contact)) => Some(("customerid_contact", "contacts", contact)),
            (None, None) => None,
        };
        more.extend(bind(customer));
    }
    more.extend(bind(account.map(|row| ("parentaccountid", "accounts", row))));
    more.extend(bind(contact.map(|row| ("parentcontactid", "contacts", row))));
    for (parameter, navigation) in [
        ("OpportunityCurrencyId", "transactioncurrencyid"),
        ("SourceCampaignId", "campaignid"),
    ] {
        if is_given(parameter) {
            let (entity, row) = invocation.referred(parameter)?;
            let set = entity.table().entity_set.as_deref().unwrap_or(entity.name());
            more.extend(bind(Some((navigation, set, &row))));
        }
    }
    Ok(more)
}

fn bind(link: Option<(&str, &str, &RowId)>) -> Object {
    let member = |(navigation, set, row): (&str, &str, &RowId)| {
        (
            format!("{navigation}@odata.bind"),
            Json::Text(format!("/{set}({})", row.id)),
        )
    };
    link.map(member).into_iter().collect()
}

/// The members without those that bind what the table doesn't have.
fn leading(entity: &Entity, body: Object) -> Object {
    body.into_iter()
        .filter(|(name, _)| match name.split_once('@') {
            Some((navigation, _)) => entity.single(navigation).is_some(),
            None => entity.table().column(name).is_some(),
        })
        .collect()
}

fn create(
    session: &Session<'_>,
    table: &str,
    lead: &Object,
    id: &RowId,
    more: Object,
) -> Result<RowId, Fault> {
    let entity = session.work.entity(table)?;
    let same = SAME.iter().map(|column| (*column, *column));
    let renamed = RENAMED.iter().filter(|(of, _, _)| *of == table);
    let mapped = same.chain(renamed.map(|(_, from, to)| (*from, *to)));
    let mut body: Object = mapped
        .filter_map(|(from, to)| {
            let value = member(lead, from).filter(|value| **value != Json::Null)?;
            Some((to.to_owned(), value.clone()))
        })
        .collect();
    body.extend(bind(Some(("originatingleadid", "leads", id))));
    body.extend(more);
    // Amounts are in the lead's currency, unless the caller says another.
    const CURRENCY: &str = "transactioncurrencyid@odata.bind";
    if member(&body, CURRENCY).is_none()
        && let Some(currency) = member(lead, "_transactioncurrencyid_value").and_then(Json::text)
    {
        let address = Json::Text(format!("/transactioncurrencies({currency})"));
        body.push((CURRENCY.to_owned(), address));
    }
    rows::create(&session.work, entity, &leading(entity, body), &Origin::default())
}

/// The rows that were made: their types and keys.
fn answer(session: &Session<'_>, made: &[(&'static str, RowId)]) -> Result<Done, Fault> {
    let mut rows = Vec::with_capacity(made.len());
    for (table, row) in made {
        let key = session.work.entity(table)?.primary_id().to_owned();
        rows.push(Json::Object(vec![
            (
                "@odata.type".to_owned(),
                Json::Text(format!("#Microsoft.Dynamics.CRM.{table}")),
            ),
            (key, Json::Text(row.id.to_string())),
        ]));
    }
    let context = format!(
        "{}$metadata#Collection(Microsoft.Dynamics.CRM.crmbaseentity)",
        session.call.root
    );
    let body = vec![
        ("@odata.context".to_owned(), Json::Text(context)),
        ("value".to_owned(), Json::Array(rows)),
    ];
    Ok(json(StatusCode::OK, &Json::Object(body)).into())
}
