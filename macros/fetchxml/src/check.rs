//! What is wrong with a text, whatever the schema is.

use crate::near::hint;
use crate::vocabulary::{quoted, rule, unknown_names, wrong_values};
use crate::{Element, Link, Operator, Problem, Values, aggregation, links, operator, table_of};

/// The most links that the service takes
/// (<https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/join-tables>).
const MOST_LINKS: usize = 15;
/// The most conditions and links together.
const MOST_CONDITIONS: usize = 500;

const LINK_TYPES: &[&str] = &[
    "inner",
    "outer",
    "exists",
    "in",
    "matchfirstrowusingcrossapply",
    "natural",
];
/// The types of links inside of a filter.
const FILTER_LINK_TYPES: &[&str] = &["any", "not any", "all", "not all"];

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A program, whose compiler says what is wrong: names that aren't known are mistakes, and braces hold values that come
    /// at run time.
    Program,
    /// Data, such as a view that is stored in the environment: the service knows best which names and words there are.
    Data,
}

/// All that is wrong with a text.
#[must_use]
pub fn check(root: &Element, source: Source) -> Vec<Problem> {
    let mut found = Vec::new();
    if root.name != "fetch" {
        let message = format!("the text begins with `<{}>`, not with `<fetch>`", root.name);
        return vec![Problem::new(root.at, message)];
    }
    let links = links(root);
    let mut attributes = Vec::new();
    elements(root, "attribute", &mut attributes);
    let named: Vec<&str> = attributes
        .iter()
        .filter_map(|element| element.value("alias"))
        .collect();
    let check = Check {
        source,
        links: &links,
        aliases: &named,
        aggregates: root.flag("aggregate"),
    };
    entities(root, &mut found);
    pages(root, &mut found);
    aliases(&attributes, &links, &mut found);
    check.element(root, "", &mut found);
    limits(root, &links, &mut found);
    found
}

fn entities(root: &Element, found: &mut Vec<Problem>) {
    let mut entities = root.children_named("entity");
    if entities.next().is_none() {
        found.push(Problem::new(root.at, "`<fetch>` needs an `<entity name=\"…\">`"));
    }
    if let Some(second) = entities.next() {
        found.push(Problem::new(
            second.at,
            "`<fetch>` holds one `<entity>`: join others with `<link-entity>`",
        ));
    }
}

fn pages(root: &Element, found: &mut Vec<Problem>) {
    let Some(top) = root.attribute("top") else {
        return;
    };
    let others = ["count", "page", "paging-cookie"];
    let others = others.into_iter().filter(|other| root.attribute(other).is_some());
    let total = "returntotalrecordcount";
    for other in others.chain(root.flag(total).then_some(total)) {
        let message = format!("`top` and `{other}` exclude each other: a text with `top` has no pages");
        found.push(Problem::new(top.at, message));
    }
}

/// Two of a kind under one alias can't be told apart.
fn aliases(attributes: &[&Element], links: &[Link<'_>], found: &mut Vec<Problem>) {
    let links = links.iter().map(|link| link.element);
    doubles("links", links, found);
    doubles("attributes", attributes.iter().copied(), found);
}

fn doubles<'e>(what: &str, of: impl Iterator<Item = &'e Element>, found: &mut Vec<Problem>) {
    let mut seen: Vec<&str> = Vec::new();
    for alias in of.filter_map(|element| element.attribute("alias")) {
        if seen.contains(&alias.value.as_str()) {
            let message = format!("two {what} have the alias `{}`", alias.value);
            found.push(Problem::new(alias.at, message));
        }
        seen.push(&alias.value);
    }
}

fn limits(root: &Element, links: &[Link<'_>], found: &mut Vec<Problem>) {
    if let Some(link) = links.get(MOST_LINKS) {
        let message = format!(
            "the text has {} links, and the service takes at most {MOST_LINKS}",
            links.len()
        );
        found.push(Problem::new(link.element.at, message));
    }
    let mut conditions = Vec::new();
    elements(root, "condition", &mut conditions);
    let count = conditions.len() + links.len();
    if count > MOST_CONDITIONS {
        let message = format!(
            "the text has {count} conditions and links, and the service takes at most {MOST_CONDITIONS}"
        );
        found.push(Problem::new(root.at, message));
    }
}

/// All elements of this name.
fn elements<'e>(of: &'e Element, name: &str, into: &mut Vec<&'e Element>) {
    for child in &of.children {
        if child.name == name {
            into.push(child);
        }
        elements(child, name, into);
    }
}

struct Check<'c> {
    source: Source,
    links: &'c [Link<'c>],
    /// The aliases of attributes.
    aliases: &'c [&'c str],
    aggregates: bool,
}

impl Check<'_> {
    fn element(&self, element: &Element, parent: &str, found: &mut Vec<Problem>) {
        let Some(rule) = rule(&element.name) else {
            // Whoever holds it has said so.
            return;
        };
        if self.source == Source::Program {
            unknown_names(element, rule, found);
            wrong_values(element, rule, found);
        }
        if element.name != "value" && !element.text.trim().is_empty() {
            let message = format!("`<{}>` holds no text: `{}`", element.name, element.text.trim());
            found.push(Problem::new(element.at, message));
        }
        match element.name.as_str() {
            "entity" => self.names(element, found),
            "link-entity" => self.link(element, parent, found),
            "attribute" => {
                self.names(element, found);
                aggregation::check(element, self.aggregates, found);
            }
            "all-attributes" if self.aggregates => {
                let message = "a text that aggregates names its attributes: leave out `<all-attributes>`";
                found.push(Problem::new(element.at, message));
            }
            "order" => self.order(element, found),
            "condition" => self.condition(element, found),
            _ => {}
        }
        for child in &element.children {
            self.element(child, &element.name, found);
        }
    }

    fn names(&self, element: &Element, found: &mut Vec<Problem>) {
        if element.value("name").is_none_or(str::is_empty) {
            found.push(Problem::new(
                element.at,
                format!("`<{}>` needs a `name`", element.name),
            ));
        }
    }

    fn link(&self, element: &Element, parent: &str, found: &mut Vec<Problem>) {
        self.names(element, found);
        for (one, other) in [("from", "to"), ("to", "from")] {
            if element.attribute(one).is_some() && element.attribute(other).is_none() {
                let message = format!(
                    "this `<link-entity>` needs `{other}` besides `{one}`: `from` is a column of the linked table, \
                     `to` one of the table that it is linked to"
                );
                found.push(Problem::new(element.at, message));
            }
        }
        let neither = element.attribute("from").is_none() && element.attribute("to").is_none();
        if neither && self.source == Source::Program {
            let message = "`<link-entity>` needs `from`, a column of the linked table, and `to`, a column of the table \
                           that it is linked to";
            found.push(Problem::new(element.at, message));
        }
        let types = if parent == "filter" {
            FILTER_LINK_TYPES
        } else {
            LINK_TYPES
        };
        let Some(kind) = element.attribute("link-type") else {
            return;
        };
        if self.source == Source::Program && !types.contains(&kind.value.as_str()) {
            let hint = hint(&kind.value, types.iter().copied());
            let place = if parent == "filter" {
                "inside of a filter"
            } else {
                "outside of filters"
            };
            let message = format!(
                "`{}` is no `link-type` {place}{hint}: it is one of {}",
                kind.value,
                quoted(types)
            );
            found.push(Problem::new(kind.at, message));
        }
    }

    fn order(&self, element: &Element, found: &mut Vec<Problem>) {
        if element.attribute("attribute").is_none() && element.attribute("alias").is_none() {
            let message = "`<order>` needs an `attribute`, or an `alias` in a text that aggregates";
            found.push(Problem::new(element.at, message));
        }
        if let Some(alias) = element.attribute("alias")
            && !self.aliases.contains(&alias.value.as_str())
        {
            let hint = hint(&alias.value, self.aliases.iter().copied());
            let message = format!("no attribute has the alias `{}`{hint}", alias.value);
            found.push(Problem::new(alias.at, message));
        }
        self.entity_name(element, found);
    }

    fn condition(&self, element: &Element, found: &mut Vec<Problem>) {
        if element.attribute("attribute").is_none() {
            found.push(Problem::new(element.at, "`<condition>` needs an `attribute`"));
        }
        self.entity_name(element, found);
        let Some(name) = element.attribute("operator") else {
            found.push(Problem::new(element.at, "`<condition>` needs an `operator`"));
            return;
        };
        match operator(&name.value) {
            Some(operator) => self.values(element, operator, found),
            None if self.source == Source::Program => {
                let hint = hint(&name.value, operator::names());
                let message = format!("there is no operator `{}`{hint}", name.value);
                found.push(Problem::new(name.at, message));
            }
            None => {}
        }
    }

    fn values(&self, element: &Element, operator: Operator, found: &mut Vec<Problem>) {
        let name = operator.name;
        let children = element.children_named("value").count();
        let count = children + usize::from(element.attribute("value").is_some());
        if let Some(other) = element.attribute("valueof") {
            if !["eq", "ne", "gt", "ge", "lt", "le"].contains(&name) {
                let message =
                    format!("`valueof` goes with `eq`, `ne`, `gt`, `ge`, `lt` and `le`, not with `{name}`");
                found.push(Problem::new(other.at, message));
            } else if count > 0 {
                let message = "`valueof` compares with another column: leave out the value";
                found.push(Problem::new(other.at, message));
            }
            let alias = other.value.split_once('.').map(|(alias, _)| alias);
            self.alias(alias, other.at, found);
            return;
        }
        let wanted = match operator.values {
            Values::None if count != 0 => "no value",
            Values::One if count != 1 => "one value",
            Values::Two if count != 2 => "two values, each in a `<value>` of its own",
            Values::Many if count == 0 => "at least one `<value>`",
            _ => return,
        };
        let has = match count {
            0 => "none".to_owned(),
            count => count.to_string(),
        };
        let message = format!("the operator `{name}` takes {wanted}, and here is {has}");
        found.push(Problem::new(element.at, message));
    }

    fn entity_name(&self, element: &Element, found: &mut Vec<Problem>) {
        let name = element.attribute("entityname");
        let at = name.map_or(element.at, |name| name.at);
        self.alias(name.map(|name| name.value.as_str()), at, found);
    }

    /// What is named has to be there.
    fn alias(&self, name: Option<&str>, at: usize, found: &mut Vec<Problem>) {
        let Some(name) = name.filter(|name| table_of(self.links, name).is_none()) else {
            return;
        };
        let hint = hint(name, self.links.iter().filter_map(|link| link.alias));
        found.push(Problem::new(at, format!("no link has the alias `{name}`{hint}")));
    }
}

#[cfg(test)]
mod tests;
