//! References to rows that a change set writes: `$1`, as an address or as what a lookup is bound to.

use crate::InvalidRequest;
use crate::message::Request;
use serde_json::Value;

/// The numbers of the operations whose rows the request refers to.
pub(super) fn of(request: &Request) -> Vec<u64> {
    let path = request.path().split('?').next().unwrap_or_default();
    let mut found: Vec<u64> = path
        .split(['/', '('])
        .filter_map(|piece| number(piece.trim_end_matches(')')))
        .collect();
    if let Some(body) = request.content()
        && body.windows(2).any(|two| two == b"\"$")
        && let Ok(json) = serde_json::from_slice(body)
    {
        find(&json, &mut found);
    }
    found
}

/// Fails for a request outside of batches that refers to such a row.
#[cfg(feature = "client")]
pub(crate) fn refuse(request: &Request) -> Result<(), InvalidRequest> {
    match of(request).first() {
        Some(number) => Err(unknown(*number)),
        None => Ok(()),
    }
}

pub(super) fn unknown(number: u64) -> InvalidRequest {
    InvalidRequest::UnknownReference {
        reference: format!("${number}"),
    }
}

fn find(json: &Value, found: &mut Vec<u64>) {
    match json {
        Value::Object(object) => {
            for (name, value) in object {
                if !(name.ends_with("@odata.bind") || name == "@odata.id") {
                    find(value, found);
                    continue;
                }
                let addresses = match value {
                    Value::Array(many) => many.as_slice(),
                    one => std::slice::from_ref(one),
                };
                found.extend(addresses.iter().filter_map(|address| number(address.as_str()?)));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| find(item, found)),
        _ => {}
    }
}

/// The number in `$1`. Other words begin with the same character: `$ref`, `$count`.
fn number(text: &str) -> Option<u64> {
    text.strip_prefix('$')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Origin;
    use http::Method;

    const ORIGIN: Origin = Origin {
        operation: "create",
        table: None,
    };

    #[test]
    fn references_are_found_where_they_are_references() {
        let check = |path: &str, body: &str, expected: &[u64]| {
            let request = Request::new(Method::POST, path, ORIGIN).json(body.to_owned());
            assert_eq!(of(&request), expected, "{path} {body}");
        };
        check("accounts", r#"{"name":"$1","note":"a@odata.bind"}"#, &[]);
        check(
            "accounts?$expand=x($select=1)",
            r#"{"a@odata.bind":"/x(1)"}"#,
            &[],
        );
        check("$12", "{}", &[12]);
        check("$12/x/$ref", r#"{"@odata.id":"$13"}"#, &[12, 13]);
        check("accounts(1)/x($4)/$ref", "", &[4]);
        check(
            "emails",
            r#"{"parties":[{"partyid_account@odata.bind":"$3"}],"x@odata.bind":["$4","/y(1)"]}"#,
            &[3, 4],
        );
        check("accounts/$count", "--b\r\n\"$1\"", &[]);
    }
}
