//! The rules of texts that aggregate
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/aggregate-data>).

use crate::{Element, Problem};

/// What is wrong with an `<attribute>`, in a text that aggregates or doesn't.
pub(crate) fn check(attribute: &Element, aggregates: bool, found: &mut Vec<Problem>) {
    let name = attribute.value("name").unwrap_or_default();
    let mut problem = |message: String| found.push(Problem::new(attribute.at, message));
    let (aggregate, groups) = (attribute.value("aggregate"), attribute.flag("groupby"));
    if !aggregates {
        for word in ["aggregate", "groupby", "dategrouping"] {
            if attribute.attribute(word).is_some() {
                problem(format!(
                    "`{word}` of the attribute `{name}` needs `<fetch aggregate=\"true\">`"
                ));
                return;
            }
        }
        return;
    }
    if attribute.value("alias").is_none() {
        problem(format!(
            "the attribute `{name}` needs an `alias`: what is aggregated comes back under it"
        ));
    }
    let counts_children = attribute.attribute("rowaggregate").is_some();
    match (aggregate, groups) {
        (None, false) if !counts_children => problem(format!(
            "the attribute `{name}` needs `aggregate` or `groupby=\"true\"`, because the text aggregates"
        )),
        (Some(_), true) => problem(format!(
            "the attribute `{name}` has both `aggregate` and `groupby`: take one of them"
        )),
        _ => {}
    }
    if attribute.attribute("dategrouping").is_some() && !groups {
        problem(format!(
            "`dategrouping` of the attribute `{name}` needs `groupby=\"true\"`"
        ));
    }
    if attribute.flag("distinct") && aggregate != Some("countcolumn") {
        problem(format!(
            "`distinct` of the attribute `{name}` needs `aggregate=\"countcolumn\"`"
        ));
    }
}
