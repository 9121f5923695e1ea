//! Pages of accounts as the service writes them.

use std::fmt::Write as _;

/// A page of `rows` accounts, with or without the annotations that [`typed`](crate::typed) asks for.
pub fn page(rows: usize, annotated: bool) -> String {
    let mut body = String::from(
        r#"{"@odata.context":"https://contoso.crm4.dynamics.com/api/data/v9.2/$metadata#accounts","value":["#,
    );
    for row in 0..rows {
        if row > 0 {
            body.push(',');
        }
        push_row(&mut body, row, annotated);
    }
    body.push_str("]}");
    body
}

/// Writing to a `String` can't fail: hence the `let _`s.
fn push_row(body: &mut String, row: usize, annotated: bool) {
    let _ = write!(
        body,
        r#"{{"@odata.etag":"W/\"{}\"","accountid":"6f1c2d3e-0000-4000-8000-{row:012x}","name":"Contoso Shipping No. {row}","accountnumber":"A-{row:06}","emailaddress1":"office{row}@contoso.example","telephone1":"+47 55 {row:06}","address1_city":"Bergen","address1_country":"Norway","address1_postalcode":null,"websiteurl":"https://contoso.example/{row}","description":"Owner of vessels, call {row} first.\nSpeaks \"English\".","#,
        5_000_000 + row
    );
    if annotated {
        let _ = write!(
            body,
            r#""revenue@OData.Community.Display.V1.FormattedValue":"kr {}.75","#,
            1_250_000 + row
        );
    }
    let _ = write!(
        body,
        r#""revenue":{}.7500,"creditlimit":10000.0000,"exchangerate":11.4321000000,"numberofemployees":{},"#,
        1_250_000 + row,
        row % 900
    );
    if annotated {
        body.push_str(r#""industrycode@OData.Community.Display.V1.FormattedValue":"Distributors, Dispatchers and Processors","#);
    }
    body.push_str(r#""industrycode":9,"statecode":0,"donotemail":false,"createdon":"2024-03-05T08:30:00Z","modifiedon":"2026-11-24T04:50:17Z","#);
    if annotated {
        body.push_str(r#""_ownerid_value@OData.Community.Display.V1.FormattedValue":"Ingrid Haugen","_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"systemuser","#);
    }
    let _ = write!(
        body,
        r#""_ownerid_value":"7f1c2d3e-0000-4000-8000-000000000001","_primarycontactid_value":"8f1c2d3e-0000-4000-8000-{row:012x}","versionnumber":{}}}"#,
        5_000_000 + row
    );
}
