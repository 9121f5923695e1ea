//! A query as its document. What is written reads back as the same query.

use super::tree::{
    Against, Aggregate, Attribute, Condition, DateGrouping, Fetch, Filter, Items, Link, LinkType, Order,
    OrderBy, Part, Use,
};
use std::fmt;

/// A text between quotes, or in an element. Line breaks would be read as spaces.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => write!(f, "&#{};", u32::from(c))?,
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

fn put(f: &mut fmt::Formatter<'_>, name: &str, value: Option<&str>) -> fmt::Result {
    match value {
        Some(value) => write!(f, " {name}=\"{}\"", Escaped(value)),
        None => Ok(()),
    }
}

fn number(f: &mut fmt::Formatter<'_>, name: &str, value: Option<u64>) -> fmt::Result {
    value.map_or(Ok(()), |value| write!(f, " {name}=\"{value}\""))
}

fn word<T: PartialEq>(words: &[(&'static str, T)], wanted: &T) -> Option<&'static str> {
    let found = words.iter().find(|(_, value)| value == wanted);
    found.map(|(word, _)| *word)
}

impl fmt::Display for Fetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<fetch")?;
        for (name, value) in [
            ("aggregate", self.aggregate),
            ("distinct", self.distinct),
            ("useraworderby", self.raw_order),
            ("returntotalrecordcount", self.count_total),
        ] {
            put(f, name, value.then_some("true"))?;
        }
        number(f, "top", self.top)?;
        number(f, "count", self.count)?;
        number(f, "page", self.page)?;
        number(f, "aggregatelimit", self.aggregate_limit)?;
        put(f, "paging-cookie", self.paging_cookie.as_deref())?;
        f.write_str("><entity")?;
        put(f, "name", Some(&self.entity))?;
        write!(f, ">{}</entity></fetch>", self.items)
    }
}

impl fmt::Display for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all {
            f.write_str("<all-attributes/>")?;
        }
        self.attributes.iter().try_for_each(|item| write!(f, "{item}"))?;
        self.orders.iter().try_for_each(|item| write!(f, "{item}"))?;
        self.filters.iter().try_for_each(|item| write!(f, "{item}"))?;
        self.links.iter().try_for_each(|item| write!(f, "{item}"))
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<attribute")?;
        put(f, "name", Some(&self.name))?;
        put(f, "alias", self.alias.as_deref())?;
        match self.used {
            Use::Value => {}
            Use::Aggregate(Aggregate::CountColumn { distinct: true }) => {
                f.write_str(" aggregate=\"countcolumn\" distinct=\"true\"")?;
            }
            Use::Aggregate(aggregate) => put(f, "aggregate", word(&Aggregate::WORDS, &aggregate))?,
            Use::Group(grouping) => {
                f.write_str(" groupby=\"true\"")?;
                let part = grouping.and_then(|grouping| word(&DateGrouping::WORDS, &grouping));
                put(f, "dategrouping", part)?;
            }
        }
        put(f, "usertimezone", self.in_utc.then_some("false"))?;
        f.write_str("/>")
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<order")?;
        match &self.by {
            OrderBy::Attribute(name) => put(f, "attribute", Some(name))?,
            OrderBy::Alias(alias) => put(f, "alias", Some(alias))?,
        }
        put(f, "entityname", self.entity.as_deref())?;
        put(f, "descending", self.descending.then_some("true"))?;
        f.write_str("/>")
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<filter")?;
        put(f, "type", self.any.then_some("or"))?;
        f.write_str(">")?;
        for part in &self.parts {
            match part {
                Part::Filter(filter) => write!(f, "{filter}")?,
                Part::Condition(condition) => write!(f, "{condition}")?,
                Part::Link(link) => write!(f, "{link}")?,
            }
        }
        f.write_str("</filter>")
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<condition")?;
        put(f, "entityname", self.entity.as_deref())?;
        put(f, "attribute", Some(&self.attribute))?;
        put(f, "operator", Some(&self.operator))?;
        match &self.against {
            Against::Column(column) => {
                put(f, "valueof", Some(column))?;
                f.write_str("/>")
            }
            Against::Values(values) => {
                f.write_str(">")?;
                for value in values {
                    write!(f, "<value>{}</value>", Escaped(value))?;
                }
                f.write_str("</condition>")
            }
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<link-entity")?;
        put(f, "name", Some(&self.table))?;
        put(f, "from", Some(&self.from))?;
        put(f, "to", Some(&self.to))?;
        put(f, "alias", self.alias.as_deref())?;
        put(f, "link-type", word(&LinkType::WORDS, &self.kind))?;
        write!(f, ">{}</link-entity>", self.items)
    }
}
