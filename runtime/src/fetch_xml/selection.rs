//! Whether a text gives what rows read.
//!
//! It is compared before anything is sent, because a column that a text lacks would read as an empty one: FetchXML leaves
//! out what is empty.

use crate::InvalidRequest;
use crate::filter::logical_name;
use crate::row::Part;
use crate::select::CURRENCY;
use dataverse_fetchxml::{Element, links};

/// Whether the text gives all that these parts read.
pub(super) fn verify(root: &Element, parts: &[Part], primary_id: &'static str) -> Result<(), InvalidRequest> {
    let Some(entity) = root.children_named("entity").next() else {
        return Ok(());
    };
    let mut missing = Vec::new();
    // The service adds the primary id itself, but where rows are put together.
    let of_itself = (!root.flag("aggregate") && !root.flag("distinct")).then_some(primary_id);
    lacking(entity, parts, of_itself, &mut missing);
    for part in parts {
        match part {
            Part::Expand { navigation, .. } => return Err(InvalidRequest::FetchXmlExpands { navigation }),
            Part::Alias { alias, .. } if !has_alias(entity, alias) => {
                let lacks = format!("an attribute with the alias `{alias}`");
                if !missing.contains(&lacks) {
                    missing.push(lacks);
                }
            }
            Part::Link { alias, table, parts } => {
                let links = links(entity);
                let link = links
                    .iter()
                    .find(|link| link.returned && link.alias == Some(alias) && link.table == *table);
                match link {
                    Some(link) => lacking(link.element, parts, None, &mut missing),
                    None => missing.push(format!(
                        "a link to `{table}` with the alias `{alias}`, of the type `inner` or `outer`"
                    )),
                }
            }
            _ => {}
        }
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(InvalidRequest::NotInFetchXml { missing })
    }
}

/// Adds the columns that the element's table is read for and that it doesn't name.
fn lacking(element: &Element, parts: &[Part], of_itself: Option<&str>, missing: &mut Vec<String>) {
    if element.children_named("all-attributes").next().is_some() {
        return;
    }
    let table = element.value("name").unwrap_or_default();
    let mut want = |property: &'static str| {
        let column = logical_name(property);
        let is_named = element
            .children_named("attribute")
            // What has an alias comes back under that alone.
            .any(|attribute| {
                attribute.value("name") == Some(column) && attribute.attribute("alias").is_none()
            });
        let lacks = format!("`{column}` of `{table}`");
        if !is_named && of_itself != Some(column) && !missing.contains(&lacks) {
            missing.push(lacks);
        }
    };
    for part in parts {
        match part {
            Part::Column {
                property, currency, ..
            } => {
                want(property);
                if *currency {
                    want(CURRENCY);
                }
            }
            Part::Formatted { property } | Part::Target { property } => want(property),
            Part::Expand { .. } | Part::Etag | Part::Link { .. } | Part::Alias { .. } => {}
        }
    }
}

fn has_alias(element: &Element, alias: &str) -> bool {
    element.children.iter().any(|child| {
        (child.name == "attribute" && child.value("alias") == Some(alias)) || has_alias(child, alias)
    })
}
