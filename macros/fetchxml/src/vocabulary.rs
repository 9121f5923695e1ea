//! The elements, their attributes, and what these may say
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/reference/>).

use crate::near::hint;
use crate::{Element, Problem};

/// What an element may hold.
pub(crate) struct Rule {
    name: &'static str,
    attributes: &'static [(&'static str, Kind)],
    children: &'static [&'static str],
}

/// What an attribute may say.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// Anything.
    Free,
    /// Yes or no.
    Flag,
    /// A whole number from 1 to this.
    Number(u32),
    /// One of these words.
    Word(&'static [&'static str]),
}

use Kind::{Flag, Free, Number, Word};

/// The most rows that the service gives in one answer.
const LARGEST_PAGE: u32 = 5_000;

const ENTITY_CHILDREN: &[&str] = &["attribute", "all-attributes", "order", "filter", "link-entity"];

const RULES: [Rule; 9] = [
    Rule {
        name: "fetch",
        attributes: &[
            ("top", Number(LARGEST_PAGE)),
            ("count", Number(LARGEST_PAGE)),
            ("page", Number(u32::MAX)),
            ("paging-cookie", Free),
            ("aggregate", Flag),
            ("aggregatelimit", Number(50_000)),
            ("distinct", Flag),
            ("returntotalrecordcount", Flag),
            ("latematerialize", Flag),
            ("no-lock", Flag),
            ("options", Free),
            ("useraworderby", Flag),
            ("datasource", Word(&["retained", "bin"])),
            ("version", Free),
            ("mapping", Word(&["logical", "internal"])),
            ("output-format", Free),
            ("utc-offset", Free),
            ("min-active-row-version", Flag),
        ],
        children: &["entity"],
    },
    Rule {
        name: "entity",
        attributes: &[
            ("name", Free),
            ("enableprefiltering", Flag),
            ("prefilterparametername", Free),
        ],
        children: ENTITY_CHILDREN,
    },
    Rule {
        name: "link-entity",
        attributes: &[
            ("name", Free),
            ("from", Free),
            ("to", Free),
            ("alias", Free),
            ("link-type", Word(&[])),
            ("intersect", Flag),
            ("visible", Flag),
            ("enableprefiltering", Flag),
            ("prefilterparametername", Free),
        ],
        children: ENTITY_CHILDREN,
    },
    Rule {
        name: "attribute",
        attributes: &[
            ("name", Free),
            ("alias", Free),
            (
                "aggregate",
                Word(&["count", "countcolumn", "sum", "avg", "min", "max"]),
            ),
            ("groupby", Flag),
            (
                "dategrouping",
                Word(&[
                    "day",
                    "week",
                    "month",
                    "quarter",
                    "year",
                    "fiscal-period",
                    "fiscal-year",
                ]),
            ),
            ("distinct", Flag),
            ("usertimezone", Flag),
            ("rowaggregate", Word(&["CountChildren"])),
            ("build", Free),
            ("addedby", Free),
        ],
        children: &[],
    },
    Rule {
        name: "all-attributes",
        attributes: &[],
        children: &[],
    },
    Rule {
        name: "order",
        attributes: &[
            ("attribute", Free),
            ("alias", Free),
            ("descending", Flag),
            ("entityname", Free),
        ],
        children: &[],
    },
    Rule {
        name: "filter",
        attributes: &[
            ("type", Word(&["and", "or"])),
            ("isquickfindfields", Flag),
            ("overridequickfindrecordlimitenabled", Flag),
            ("overridequickfindrecordlimitdisabled", Flag),
            ("hint", Free),
        ],
        children: &["condition", "filter", "link-entity"],
    },
    Rule {
        name: "condition",
        attributes: &[
            ("attribute", Free),
            ("operator", Free),
            ("value", Free),
            ("valueof", Free),
            ("entityname", Free),
            ("column", Free),
            ("aggregate", Free),
            ("rowaggregate", Free),
            ("alias", Free),
            ("uiname", Free),
            ("uitype", Free),
            ("uihidden", Flag),
        ],
        children: &["value"],
    },
    Rule {
        name: "value",
        attributes: &[("uiname", Free), ("uitype", Free)],
        children: &[],
    },
];

/// What the element may hold. `None`: there is no such element.
pub(crate) fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// What is wrong with the names of the element's attributes and children.
pub(crate) fn unknown_names(element: &Element, rule: &Rule, found: &mut Vec<Problem>) {
    for attribute in &element.attributes {
        let known = || rule.attributes.iter().map(|(name, _)| *name);
        if !known().any(|known| known == attribute.name) {
            let hint = hint(&attribute.name, known());
            let message = format!("`<{}>` has no attribute `{}`{hint}", rule.name, attribute.name);
            found.push(Problem::new(attribute.name_at, message));
        }
    }
    for child in &element.children {
        if rule.children.contains(&child.name.as_str()) {
            continue;
        }
        let hint = hint(&child.name, rule.children.iter().copied());
        let message = match rule.children {
            [] => format!(
                "`<{}>` holds no elements, and here is `<{}>`",
                rule.name, child.name
            ),
            children => format!(
                "`<{}>` holds no `<{}>`{hint}: it holds {}",
                rule.name,
                child.name,
                quoted(children)
            ),
        };
        found.push(Problem::new(child.at, message));
    }
}

/// What is wrong with what the element's attributes say.
pub(crate) fn wrong_values(element: &Element, rule: &Rule, found: &mut Vec<Problem>) {
    for attribute in &element.attributes {
        let Some((name, kind)) = rule.attributes.iter().find(|(name, _)| *name == attribute.name) else {
            continue;
        };
        let value = attribute.value.as_str();
        let problem = match kind {
            Free => None,
            Flag => (!["true", "false", "1", "0"].contains(&value))
                .then(|| format!("`{name}` is `true` or `false`, not `{value}`")),
            // A variable.
            Number(_) if value.contains('{') => None,
            Number(most) => {
                let fits = value
                    .parse()
                    .is_ok_and(|number: u32| number >= 1 && number <= *most);
                let range = if *most == u32::MAX {
                    "from 1 on".to_owned()
                } else {
                    format!("from 1 to {most}")
                };
                (!fits).then(|| format!("`{name}` is a whole number {range}, not `{value}`"))
            }
            Word([]) => None,
            Word(words) => (!words.contains(&value)).then(|| {
                format!(
                    "`{value}` is no `{name}`{}: it is one of {}",
                    hint(value, words.iter().copied()),
                    quoted(words)
                )
            }),
        };
        found.extend(problem.map(|message| Problem::new(attribute.at, message)));
    }
}

/// `` `a`, `b` ``.
pub(crate) fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
