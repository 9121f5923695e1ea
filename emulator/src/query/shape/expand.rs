//! `$expand`: rows of lookups are joined; those of collections are read by a statement of their own, once for each row.

use super::{At, Shaper, Wanted};
use crate::Fault;
use crate::answer::{Collection, Continuation, Member, key};
use crate::model::{Entity, Links, Many, Single};
use crate::odata::{Expand, encode};
use crate::query::bind::{Binder, is_owner, no_property, target};
use crate::query::plan::Condition;
use crate::query::sql::Sql;
use crate::query::statement::Statement;
use crate::query::{page, set_of};

const TOO_MANY_OPTIONS: &str = "Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.";

impl<'a> Shaper<'_, 'a> {
    pub(super) fn expansion(&mut self, at: At<'a>, expand: &Expand) -> Result<Member, Fault> {
        if let Some(single) = at.entity.single(&expand.navigation) {
            return self.single(at, single, expand);
        }
        match at.entity.collection(&expand.navigation) {
            Some(_) if expand.reference => Err(Fault::bad_query(
                "Expand with $ref is only supported on lookup type navigation property.",
            )),
            Some(many) => self.collection(at, many, expand),
            None => Err(no_property(&expand.navigation, at.entity.name())),
        }
    }

    fn single(&mut self, at: At<'a>, single: &'a Single, expand: &Expand) -> Result<Member, Fault> {
        if expand.top.is_some() || expand.order_by.is_some() {
            return Err(Fault::bad_query(TOO_MANY_OPTIONS));
        }
        let key = key(&expand.navigation);
        let owner = at
            .entity
            .table()
            .column(&single.column)
            .filter(|column| is_owner(column));
        if owner.is_some() && !expand.reference {
            return self.owner(at, single, expand, key);
        }
        let entity = target(self.context, &single.target)?;
        if expand.reference {
            return Ok(self.reference(at, single, entity, key));
        }
        let source = self
            .binder
            .join_apart(at.entity, at.source, single, |binder, id| {
                let filter = expand.filter.as_ref();
                filter
                    .map(|filter| binder.condition_on(entity, id, filter))
                    .transpose()
            })?;
        let present = self.stored(source, entity.primary_id());
        let wanted = Wanted {
            select: expand.select.as_ref(),
            expand: &expand.expand,
        };
        let inner = At { entity, source };
        let form = self.form(inner, wanted, &[], true)?;
        Ok(Member::Single { key, present, form })
    }

    /// Users and teams in common have nothing but their id.
    fn owner(&mut self, at: At<'a>, single: &Single, expand: &Expand, key: Vec<u8>) -> Result<Member, Fault> {
        let selected = expand.select.iter().flat_map(|select| &select.0);
        if let Some(other) = selected
            .into_iter()
            .find(|name| *name != "ownerid" && *name != "*")
        {
            return Err(no_property(other, "principal"));
        }
        if let Some(inner) = expand.expand.0.first() {
            return Err(no_property(&inner.navigation, "principal"));
        }
        if expand.filter.is_some() {
            return Err(Fault::unsupported("a $filter in the $expand of an owner"));
        }
        Ok(Member::Owner {
            key,
            at: self.stored(at.source, &single.column),
            table: self.stored(at.source, &format!("{}$table", single.column)),
        })
    }

    fn reference(&mut self, at: At<'a>, single: &Single, entity: &Entity, key: Vec<u8>) -> Member {
        let several = at.entity.singles_of(&single.column).count() > 1;
        let (source, column) = (at.source, single.column.as_str());
        let at = if several {
            self.add(|sql| {
                sql.push("CASE ");
                sql.column(source, &format!("{column}$table"));
                sql.push(" WHEN ");
                sql.bind(entity.name().to_owned());
                sql.push(" THEN ");
                sql.column(source, column);
                sql.push(" END");
            })
        } else {
            self.stored(source, column)
        };
        Member::Reference {
            key,
            at,
            base: format!("{}{}(", self.context.call.root, set_of(entity)),
        }
    }

    fn collection(&mut self, at: At<'a>, many: &'a Many, expand: &Expand) -> Result<Member, Fault> {
        let within = self.binder.depth > 0;
        if self.nested && (expand.top.is_some() || expand.order_by.is_some()) {
            return Err(Fault::bad_query(TOO_MANY_OPTIONS));
        }
        if self.nested && within && matches!(many.links, Links::Intersect { .. }) {
            return Err(Fault::bad_query(format!(
                "The navigation property '{}' cannot be expanded. Only many-to-one relationships are supported for nested expansion.",
                many.name
            )));
        }
        let entity = target(self.context, &many.table)?;
        let most = page::Size::most(self.context, entity);
        let most = match (self.nested, page::preferred(&self.asked.preferences)) {
            (true, Some(size)) => size.min(most),
            _ => expand.top.unwrap_or(most).min(most),
        };
        let back = match &many.links {
            Links::Lookup(lookup) if !self.nested => Some(lookup.as_str()),
            _ => None,
        };
        let mut binder = Binder::new(self.context, entity, None);
        binder.depth = self.binder.depth + 1;
        let mut condition = vec![binder.of_parent(at.entity, many)?];
        if let Some(filter) = &expand.filter {
            condition.push(binder.condition(filter)?);
        }
        let orders = expand
            .order_by
            .as_ref()
            .map(|order| order.0.as_slice())
            .unwrap_or_default();
        let sorts = binder.sorts(orders)?;
        let sorts = page::whole_order(sorts, entity, binder.root());
        let wanted = Wanted {
            select: expand.select.as_ref(),
            expand: &expand.expand,
        };
        let source = binder.root();
        let sql = Sql::of_parent(rusqlite::types::Value::Null);
        let mut shaper = Shaper::new(self.context, &mut binder, self.asked, sql, self.nested);
        let extra: Vec<&str> = back.into_iter().collect();
        let form = shaper.form(At { entity, source }, wanted, &extra, !self.nested)?;
        let (sql, columns) = shaper.finish();
        let continuation = if self.nested {
            Continuation::IfMore(page::names(&sorts))
        } else {
            Continuation::Always
        };
        let condition = Condition::All(condition);
        let statement = Statement {
            sql,
            columns,
            form,
            sorts,
            most,
        };
        let reader = statement.reader(self.context, binder, condition, None);
        Ok(Member::Collection(Box::new(Collection {
            key: key(&expand.navigation),
            parent: self.stored(at.source, at.entity.primary_id()),
            reader,
            next_key: key(&format!("{}@odata.nextLink", expand.navigation)),
            address: (
                format!("{}{}(", self.context.call.root, set_of(at.entity)),
                format!(")/{}{}", expand.navigation, options_of(expand)),
            ),
            continuation,
        })))
    }
}

/// The options of an expansion as the query of an address.
fn options_of(expand: &Expand) -> String {
    let nested = (!expand.expand.0.is_empty()).then(|| expand.expand.to_string());
    let options = [
        ("$select", expand.select.as_ref().map(ToString::to_string)),
        ("$filter", expand.filter.as_ref().map(ToString::to_string)),
        ("$orderby", expand.order_by.as_ref().map(ToString::to_string)),
        ("$expand", nested),
    ];
    let shown: Vec<String> = options
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", encode(&value?))))
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    format!("?{}", shown.join("&"))
}
