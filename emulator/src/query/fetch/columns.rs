//! What of each row is answered, and under which names.

use super::fault;
use super::link::{Joined, flat};
use super::scope::{Scope, checked};
use crate::Fault;
use crate::answer::{Field, Note, note};
use crate::fetchxml::{Attribute, Fetch, Items, Use};
use crate::query::plan::ColumnRef;
use crate::query::shape::{At, Shaper, fields, push_column};
use dataverse_codegen::schema::{Column, ColumnKind};

/// A member of the answer's rows.
pub(super) struct Member<'a> {
    pub(super) key: String,
    pub(super) column: ColumnRef<'a>,
    /// Whether it is called otherwise than the property of a row: by an alias, or behind that of a link.
    pub(super) renamed: bool,
}

/// The members of the answer's rows.
pub(super) struct Members<'a> {
    pub(super) all: Vec<Member<'a>>,
    /// Whether these are all columns of the table and no others: then a context doesn't name them.
    pub(super) whole: bool,
}

/// What a document asks of its rows, with what comes along.
pub(super) fn members<'a>(
    scope: &Scope<'a>,
    fetch: &Fetch,
    links: &[Joined<'_, 'a>],
) -> Result<Members<'a>, Fault> {
    let links = flat(links);
    let asks = |items: &Items| items.all || !items.attributes.is_empty();
    let asks_links = links.iter().any(|joined| asks(&joined.link.items));
    // Whoever asks for nothing gets everything.
    let all = fetch.items.all || !(asks(&fetch.items) || asks_links);
    let mut members = Members {
        all: Vec::new(),
        whole: all && fetch.items.attributes.is_empty() && !asks_links,
    };
    let root = scope.root;
    if all {
        members.push_all(root, None)?;
    }
    for attribute in &fetch.items.attributes {
        members.push_attribute(scope, attribute, root, None)?;
    }
    if !fetch.distinct {
        members.push_companions(root)?;
    }
    for joined in links {
        if joined.link.items.all {
            members.push_all(joined.at, Some(&joined.alias))?;
        }
        for attribute in &joined.link.items.attributes {
            members.push_attribute(scope, attribute, joined.at, Some(&joined.alias))?;
        }
    }
    Ok(members)
}

impl<'a> Members<'a> {
    fn push(&mut self, key: String, column: ColumnRef<'a>, renamed: bool) -> Result<(), Fault> {
        if let Some(known) = self.all.iter().find(|member| member.key == key) {
            let (one, other) = (known.column, column);
            if one.source == other.source && one.column.name == other.column.name {
                return Ok(());
            }
            return Err(fault::same_alias(&key));
        }
        self.all.push(Member { key, column, renamed });
        Ok(())
    }

    fn push_column(&mut self, at: At<'a>, column: &'a Column, alias: Option<&str>) -> Result<(), Fault> {
        let key = match alias {
            Some(alias) => format!("{alias}.{}", column.name),
            None => column.property().into_owned(),
        };
        let column = ColumnRef {
            source: at.source,
            entity: at.entity,
            column,
        };
        self.push(key, column, alias.is_some())
    }

    fn push_all(&mut self, at: At<'a>, alias: Option<&str>) -> Result<(), Fault> {
        fields(at.entity, None)?
            .into_iter()
            .try_for_each(|column| self.push_column(at, column, alias))
    }

    fn push_attribute(
        &mut self,
        scope: &Scope<'a>,
        attribute: &Attribute,
        at: At<'a>,
        alias: Option<&str>,
    ) -> Result<(), Fault> {
        if attribute.used != Use::Value {
            return Err(fault::argument(format!(
                "The attribute '{}' is grouped by or aggregated, but the query isn't one with aggregates.",
                attribute.name
            )));
        }
        let column = scope.column(at, &attribute.name)?;
        match &attribute.alias {
            Some(name) => self.push(checked(name, "")?.to_owned(), column, true),
            None => self.push_column(at, column.column, alias),
        }
    }

    /// A row comes with its key, and amounts with their currency.
    fn push_companions(&mut self, root: At<'a>) -> Result<(), Fault> {
        let mut names = Vec::new();
        let is_amount = |member: &Member<'_>| {
            member.column.source == root.source
                && matches!(member.column.column.kind, ColumnKind::Money { .. })
        };
        if self.all.iter().any(is_amount) {
            push_column(&mut names, root.entity, "transactioncurrencyid");
        }
        push_column(&mut names, root.entity, root.entity.primary_id());
        names
            .into_iter()
            .try_for_each(|column| self.push_column(root, column, None))
    }

    /// What a context says of the members.
    pub(super) fn described(&self) -> String {
        if self.whole {
            return String::new();
        }
        let names: Vec<&str> = self.all.iter().map(|member| member.key.as_str()).collect();
        format!("({})", names.join(","))
    }
}

/// A member as a column of the statement, with the annotations that are asked for.
pub(super) fn field<'a>(
    shaper: &mut Shaper<'_, 'a>,
    column: ColumnRef<'a>,
    key: &str,
    renamed: bool,
) -> Field {
    let mut field = shaper.field(column, key);
    if renamed {
        // Behind an alias there is no property that leads to the lookup's row.
        field.lookup = field.lookup.and_then(|mut notes| {
            notes.navigation = None;
            notes.table.is_some().then_some(notes)
        });
        field.attribute = shaper
            .asked
            .level
            .attribute
            .then(|| (note(key, Note::Attribute), column.column.name.clone()));
    }
    field
}
