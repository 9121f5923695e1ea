//! The links of a text, and what their aliases stand for.

use crate::Element;

/// A link to another table.
#[derive(Clone, Copy, Debug)]
pub struct Link<'e> {
    /// `<link-entity>`.
    pub element: &'e Element,
    /// The name of the table.
    pub table: &'e str,
    /// The name that the text gives the link.
    pub alias: Option<&'e str>,
    /// Whether the columns of its rows come back with the rows.
    pub returned: bool,
}

/// All links, in their order.
#[must_use]
pub fn links(root: &Element) -> Vec<Link<'_>> {
    let mut found = Vec::new();
    collect(root, true, &mut found);
    found
}

fn collect<'e>(element: &'e Element, returned: bool, found: &mut Vec<Link<'e>>) {
    for child in &element.children {
        let mut inside = returned;
        if child.name == "link-entity" {
            let kind = child.value("link-type").unwrap_or("inner");
            inside &= matches!(kind, "inner" | "outer" | "natural");
            found.push(Link {
                element: child,
                table: child.value("name").unwrap_or_default(),
                alias: child.value("alias"),
                returned: inside,
            });
        }
        collect(child, inside, found);
    }
}

/// The table that the alias stands for, or the name of a link without one: the service calls it by its table, or by that
/// and a number.
#[must_use]
pub fn table_of<'e>(links: &[Link<'e>], name: &str) -> Option<&'e str> {
    let is_named = |link: &&Link<'e>| match link.alias {
        Some(alias) => alias == name,
        None => name
            .strip_prefix(link.table)
            .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())),
    };
    links.iter().find(is_named).map(|link| link.table)
}
