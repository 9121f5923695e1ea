//! From elements to a query.

use super::attributes::{Attributes, Known};
use super::element::{Element, document};
use super::tree::{
    Against, Aggregate, Attribute, Condition, DateGrouping, Fetch, Filter, Items, Link, LinkType, Order,
    OrderBy, Part, Use,
};
use super::{invalid, shown};
use crate::Fault;

const FETCH: Known = Known {
    used: &[
        "aggregate",
        "aggregatelimit",
        "count",
        "distinct",
        "mapping",
        "page",
        "paging-cookie",
        "returntotalrecordcount",
        "top",
        "useraworderby",
    ],
    ignored: &[
        "latematerialize",
        "no-lock",
        "options",
        "output-format",
        "version",
    ],
    unsupported: &["datasource", "min-active-row-version", "utc-offset"],
};

const ENTITY: Known = Known {
    used: &["name"],
    ignored: &["enableprefiltering", "prefilterparametername"],
    unsupported: &[],
};

const LINK: Known = Known {
    used: &["alias", "from", "link-type", "name", "to"],
    ignored: &[
        "enableprefiltering",
        "intersect",
        "prefilterparametername",
        "visible",
    ],
    unsupported: &[],
};

const ATTRIBUTE: Known = Known {
    used: &[
        "aggregate",
        "alias",
        "dategrouping",
        "distinct",
        "groupby",
        "name",
        "usertimezone",
    ],
    ignored: &["addedby", "build"],
    unsupported: &["rowaggregate"],
};

const ORDER: Known = Known {
    used: &["alias", "attribute", "descending", "entityname"],
    ignored: &[],
    unsupported: &[],
};

const FILTER: Known = Known {
    used: &["isquickfindfields", "type"],
    ignored: &[
        "hint",
        "overridequickfindrecordlimitdisabled",
        "overridequickfindrecordlimitenabled",
    ],
    unsupported: &[],
};

const CONDITION: Known = Known {
    used: &["attribute", "entityname", "operator", "value", "valueof"],
    ignored: &["uihidden", "uiname", "uitype"],
    unsupported: &["aggregate", "alias", "column", "rowaggregate"],
};

const VALUE: Known = Known {
    used: &[],
    ignored: &["uiname", "uitype"],
    unsupported: &[],
};

const NOTHING: Known = Known {
    used: &[],
    ignored: &[],
    unsupported: &[],
};

impl Fetch {
    /// Reads a document.
    ///
    /// # Errors
    /// If it isn't FetchXML, exceeds the bounds, or uses what this emulator doesn't support.
    pub fn parse(xml: &str) -> Result<Self, Fault> {
        let root = document(xml)?;
        if root.name != "fetch" {
            return Err(unexpected(&root, "a query"));
        }
        let attributes = Attributes::of(&root, &FETCH)?;
        if let Some(mapping) = attributes.get("mapping")
            && mapping != "logical"
        {
            return Err(Fault::unsupported(&format!(
                "FetchXML with the mapping '{}'",
                shown(mapping)
            )));
        }
        let [entity] = root.children.as_slice() else {
            return Err(invalid("The element 'fetch' has one child, 'entity'."));
        };
        if entity.name != "entity" {
            return Err(unexpected(entity, "the element 'fetch'"));
        }
        no_text(&root)?;
        Ok(Self {
            entity: Attributes::of(entity, &ENTITY)?.required("name")?,
            items: items(entity)?,
            aggregate: attributes.flag("aggregate")?,
            distinct: attributes.flag("distinct")?,
            raw_order: attributes.flag("useraworderby")?,
            count_total: attributes.flag("returntotalrecordcount")?,
            top: attributes.number("top")?,
            count: attributes.number("count")?,
            page: attributes.number("page")?,
            paging_cookie: attributes.filled("paging-cookie"),
            aggregate_limit: attributes.number("aggregatelimit")?,
        })
    }
}

fn unexpected(element: &Element, within: &str) -> Fault {
    invalid(format!(
        "The element '{}' is not expected in {within} of FetchXML.",
        shown(&element.name)
    ))
}

fn no_text(element: &Element) -> Result<(), Fault> {
    if element.text.trim().is_empty() {
        return Ok(());
    }
    Err(invalid(format!(
        "The element '{}' of FetchXML holds no text.",
        element.name
    )))
}

fn no_children(element: &Element) -> Result<(), Fault> {
    match element.children.first() {
        Some(child) => Err(unexpected(child, &format!("the element '{}'", element.name))),
        None => no_text(element),
    }
}

/// What stands in an entity or a link.
fn items(element: &Element) -> Result<Items, Fault> {
    no_text(element)?;
    let mut items = Items::default();
    for child in &element.children {
        match child.name.as_str() {
            "all-attributes" => {
                Attributes::of(child, &NOTHING)?;
                no_children(child)?;
                items.all = true;
            }
            "attribute" => items.attributes.push(attribute(child)?),
            "order" => items.orders.push(order(child)?),
            "filter" => items.filters.push(filter(child)?),
            "link-entity" => items.links.push(link(child)?),
            _ => return Err(unexpected(child, &format!("the element '{}'", element.name))),
        }
    }
    Ok(items)
}

fn attribute(element: &Element) -> Result<Attribute, Fault> {
    no_children(element)?;
    let attributes = Attributes::of(element, &ATTRIBUTE)?;
    let aggregate = attributes.word("aggregate", &Aggregate::WORDS)?;
    let grouping = attributes.word("dategrouping", &DateGrouping::WORDS)?;
    let (grouped, distinct) = (attributes.flag("groupby")?, attributes.flag("distinct")?);
    let used = match (aggregate, grouped) {
        (Some(_), true) => {
            return Err(invalid(
                "An attribute of FetchXML is either grouped by or aggregated, not both.",
            ));
        }
        (Some(Aggregate::CountColumn { .. }), false) => Use::Aggregate(Aggregate::CountColumn { distinct }),
        (Some(aggregate), false) if !distinct => Use::Aggregate(aggregate),
        (None, true) if !distinct => Use::Group(grouping),
        (None, false) if !distinct => Use::Value,
        _ => {
            return Err(invalid(
                "The attribute 'distinct' of FetchXML's 'attribute' belongs to the aggregate 'countcolumn'.",
            ));
        }
    };
    if grouping.is_some() && !matches!(used, Use::Group(_)) {
        return Err(invalid(
            "The attribute 'dategrouping' of FetchXML's 'attribute' belongs to 'groupby'.",
        ));
    }
    Ok(Attribute {
        name: attributes.required("name")?,
        alias: attributes.filled("alias"),
        used,
        in_utc: attributes.get("usertimezone").is_some() && !attributes.flag("usertimezone")?,
    })
}

fn order(element: &Element) -> Result<Order, Fault> {
    no_children(element)?;
    let attributes = Attributes::of(element, &ORDER)?;
    let by = match (attributes.filled("attribute"), attributes.filled("alias")) {
        (Some(name), None) => OrderBy::Attribute(name),
        (None, Some(alias)) => OrderBy::Alias(alias),
        _ => {
            return Err(invalid(
                "The element 'order' of FetchXML has either an 'attribute' or an 'alias'.",
            ));
        }
    };
    Ok(Order {
        by,
        entity: attributes.filled("entityname"),
        descending: attributes.flag("descending")?,
    })
}

fn filter(element: &Element) -> Result<Filter, Fault> {
    no_text(element)?;
    let attributes = Attributes::of(element, &FILTER)?;
    if attributes.flag("isquickfindfields")? {
        return Err(Fault::unsupported(
            "the attribute 'isquickfindfields' of FetchXML's 'filter'",
        ));
    }
    let any = attributes.word("type", &[("and", false), ("or", true)])?;
    let part = |child: &Element| match child.name.as_str() {
        "filter" => filter(child).map(Part::Filter),
        "condition" => condition(child).map(Part::Condition),
        "link-entity" => link(child).map(Part::Link),
        _ => Err(unexpected(child, "the element 'filter'")),
    };
    Ok(Filter {
        any: any.unwrap_or(false),
        parts: element.children.iter().map(part).collect::<Result<_, _>>()?,
    })
}

fn condition(element: &Element) -> Result<Condition, Fault> {
    no_text(element)?;
    let attributes = Attributes::of(element, &CONDITION)?;
    let mut values: Vec<String> = attributes.get("value").into_iter().map(str::to_owned).collect();
    for child in &element.children {
        if child.name != "value" {
            return Err(unexpected(child, "the element 'condition'"));
        }
        Attributes::of(child, &VALUE)?;
        if let Some(inner) = child.children.first() {
            return Err(unexpected(inner, "the element 'value'"));
        }
        values.push(child.text.clone());
    }
    let against = match attributes.filled("valueof") {
        None => Against::Values(values),
        Some(column) if values.is_empty() => Against::Column(column),
        Some(_) => {
            return Err(invalid(
                "A condition of FetchXML has either values or the attribute 'valueof'.",
            ));
        }
    };
    Ok(Condition {
        entity: attributes.filled("entityname"),
        attribute: attributes.required("attribute")?,
        operator: attributes.required("operator")?,
        against,
    })
}

fn link(element: &Element) -> Result<Link, Fault> {
    let attributes = Attributes::of(element, &LINK)?;
    let (Some(from), Some(to)) = (attributes.filled("from"), attributes.filled("to")) else {
        return Err(Fault::unsupported(
            "a link-entity of FetchXML without the attributes 'from' and 'to'",
        ));
    };
    Ok(Link {
        table: attributes.required("name")?,
        from,
        to,
        alias: attributes.filled("alias"),
        kind: attributes
            .word("link-type", &LinkType::WORDS)?
            .unwrap_or(LinkType::Inner),
        items: items(element)?,
    })
}
