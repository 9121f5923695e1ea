//! What of each row is answered: `$select` and `$expand`, as the columns of a statement and the form of the JSON made of them.

use super::bind::{Binder, is_owner, no_property, target};
use super::page;
use super::plan::{ColumnRef, Condition, Sort, SourceId};
use super::sql::Sql;
use super::{Asked, Context, set_of};
use crate::Fault;
use crate::answer::{
    Collection, Continuation, Field, Form, Label, Labels, Level, LookupNotes, Member, Note, Reader, Scalar,
    key, note, of_kind,
};
use crate::model::{Entity, Links, Many, Single};
use crate::odata::{Expand, Expands, Select, encode};
use dataverse_codegen::schema::{Column, ColumnKind};
use std::collections::HashMap;

/// What an answer has of its rows.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'q> {
    pub(super) select: Option<&'q Select>,
    pub(super) expand: &'q Expands,
}

/// Builds the columns of a statement and the form of its rows.
pub(super) struct Shaper<'s, 'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) binder: &'s mut Binder<'a>,
    pub(super) asked: &'s Asked,
    pub(super) sql: Sql,
    /// How many columns there are so far.
    pub(super) columns: usize,
    known: HashMap<(SourceId, String), usize>,
    /// Whether an expansion stands in an expansion somewhere, which changes much.
    pub(super) nested: bool,
}

/// A row in the statement.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) entity: &'a Entity,
    pub(super) source: SourceId,
}

const TOO_MANY_OPTIONS: &str = "Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.";

/// Whether an expansion stands in an expansion.
pub(super) fn is_nested(expands: &Expands) -> bool {
    expands.0.iter().any(|expand| !expand.expand.0.is_empty())
}

/// Refuses more expansions than the service takes.
pub(super) fn check_count(context: &Context<'_>, expands: &Expands) -> Result<(), Fault> {
    let most = context.settings.expansions;
    if expands.count() > most {
        return Err(Fault::bad_query(format!(
            "The number of $expand options exceeds the maximum of {most}."
        )));
    }
    Ok(())
}

impl<'s, 'a> Shaper<'s, 'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        binder: &'s mut Binder<'a>,
        asked: &'s Asked,
        mut sql: Sql,
        nested: bool,
    ) -> Self {
        sql.push("SELECT ");
        Self {
            context,
            binder,
            asked,
            sql,
            columns: 0,
            known: HashMap::new(),
            nested,
        }
    }

    fn level(&self) -> Level {
        self.asked.level
    }

    /// Adds a column to the statement, and tells where it stands.
    pub(super) fn add(&mut self, write: impl FnOnce(&mut Sql)) -> usize {
        if self.columns > 0 {
            self.sql.push(", ");
        }
        write(&mut self.sql);
        self.columns += 1;
        self.columns - 1
    }

    /// A column of the database, added once.
    pub(super) fn stored(&mut self, source: SourceId, name: &str) -> usize {
        if let Some(at) = self.known.get(&(source, name.to_owned())) {
            return *at;
        }
        let at = self.add(|sql| sql.column(source, name));
        self.known.insert((source, name.to_owned()), at);
        at
    }

    /// The object of a row.
    pub(super) fn form(
        &mut self,
        at: At<'a>,
        wanted: Wanted<'_>,
        extra: &[&str],
        etag: bool,
    ) -> Result<Form, Fault> {
        let version = (etag && self.level().control).then(|| self.stored(at.source, "$version"));
        let mut fields = fields(at.entity, wanted.select)?;
        for name in extra {
            push_column(&mut fields, at.entity, name);
        }
        for expand in wanted.expand.0.iter().filter(|expand| expand.reference) {
            // The address of a lookup's row comes with its id.
            if let Some(single) = at.entity.single(&expand.navigation) {
                push_column(&mut fields, at.entity, &single.column);
            }
        }
        let mut members = Vec::with_capacity(fields.len() + wanted.expand.0.len());
        for column in fields {
            let column = ColumnRef {
                source: at.source,
                entity: at.entity,
                column,
            };
            let field = self.field(column, &column.column.property());
            members.push(Member::Field(field));
        }
        let mut seen: Vec<&str> = Vec::new();
        for expand in &wanted.expand.0 {
            if seen.contains(&expand.navigation.as_str()) {
                return Err(Fault::bad_query(format!(
                    "The navigation property '{}' is expanded more than once.",
                    expand.navigation
                )));
            }
            seen.push(&expand.navigation);
            members.push(self.expansion(at, expand)?);
        }
        Ok(Form { version, members })
    }

    /// A property with the annotations that are asked for.
    pub(super) fn field(&mut self, column: ColumnRef<'a>, property: &str) -> Field {
        let at = self.value(column);
        let level = self.level();
        let label = level.formatted.then(|| self.label(column)).flatten();
        let is_lookup = matches!(column.column.kind, ColumnKind::Lookup(_));
        let lookup = (is_lookup && (level.table || level.navigation)).then(|| LookupNotes {
            at: self.stored(column.source, &format!("{}$table", column.column.name)),
            navigation: level.navigation.then(|| {
                let navigations = column.entity.singles_of(&column.column.name);
                let mut named: Vec<(String, String)> = navigations
                    .map(|single| (single.target.clone(), single.name.clone()))
                    .collect();
                if is_owner(column.column)
                    && let Some((_, name)) = named.first().cloned()
                {
                    named = ["systemuser", "team"]
                        .map(|table| (table.to_owned(), name.clone()))
                        .to_vec();
                }
                (note(property, Note::Navigation), named)
            }),
            table: level.table.then(|| note(property, Note::Table)),
        });
        Field {
            key: key(property),
            at,
            scalar: Scalar::of(column.column),
            label: label.map(|label| (note(property, Note::Formatted), label)),
            lookup,
        }
    }

    fn value(&mut self, column: ColumnRef<'a>) -> usize {
        let known = (column.source, format!("={}", column.column.name));
        if let Some(at) = self.known.get(&known) {
            return *at;
        }
        let at = self.add(|sql| sql.value(column));
        self.known.insert(known, at);
        at
    }

    fn label(&mut self, column: ColumnRef<'a>) -> Option<Label> {
        let labels = Labels {
            model: self.context.model,
            language: self.context.settings.language,
        };
        match &column.column.kind {
            ColumnKind::Lookup(_) => {
                let model = self.context.model;
                Some(Label::Beside(
                    self.add(|sql| sql.lookup_name(model, column, false)),
                ))
            }
            ColumnKind::Money {
                precision, base_of, ..
            } => {
                let symbol = self.symbol(column, base_of.is_some());
                Some(Label::Money {
                    symbol,
                    digits: precision.unwrap_or(2),
                })
            }
            ColumnKind::Choices { .. } => labels.options(column.column).map(Label::Several),
            _ if column.column.name == "versionnumber" => Some(Label::Number(0)),
            _ => labels
                .options(column.column)
                .map(Label::Options)
                .or_else(|| of_kind(column.column)),
        }
    }

    /// The symbol of the currency of a row's amounts, or of the organization's.
    fn symbol(&mut self, column: ColumnRef<'_>, base: bool) -> usize {
        let known = (column.source, format!("$symbol{base}"));
        if let Some(at) = self.known.get(&known) {
            return *at;
        }
        const CURRENCY: &str = "transactioncurrency";
        const OF_ROW: &str = "transactioncurrencyid";
        let currencies = self.context.model.entity(CURRENCY);
        let has_symbol = currencies.is_some_and(|entity| entity.table().column("currencysymbol").is_some());
        let of_row = column.entity.table().column(OF_ROW).is_some();
        let base_currency = self.context.settings.base_currency;
        let at = self.add(|sql| {
            if !has_symbol || !(base || of_row) {
                return sql.push("NULL");
            }
            sql.push("(SELECT c.\"currencysymbol\" FROM \"transactioncurrency\" AS c WHERE c.\"transactioncurrencyid\" = ");
            if base {
                sql.bind(base_currency.map(|id| id.to_string()));
            } else {
                sql.column(column.source, OF_ROW);
            }
            sql.push(")");
        });
        self.known.insert(known, at);
        at
    }

    fn expansion(&mut self, at: At<'a>, expand: &Expand) -> Result<Member, Fault> {
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

    pub(super) fn finish(self) -> (Sql, usize) {
        (self.sql, self.columns)
    }
}

/// A statement whose columns are there, and whose rows aren't yet.
pub(super) struct Statement<'a> {
    pub(super) sql: Sql,
    pub(super) columns: usize,
    pub(super) form: Form,
    pub(super) sorts: Vec<Sort<'a>>,
    pub(super) most: u64,
}

impl<'a> Statement<'a> {
    /// Completes the statement.
    pub(super) fn reader(
        self,
        context: &'a Context<'a>,
        binder: Binder<'a>,
        condition: Condition<'a>,
        start: Option<&page::Start>,
    ) -> Reader {
        let Self {
            mut sql,
            columns,
            form,
            sorts,
            most,
        } = self;
        for (at, sort) in sorts.iter().enumerate() {
            if columns + at > 0 {
                sql.push(", ");
            }
            sql.sort_key(context.model, sort.column);
        }
        sql.rows(&binder.finish(condition));
        if let Some(start) = start {
            start.condition(context, &mut sql, &sorts);
        }
        page::order(&mut sql, &sorts, columns);
        sql.push(" LIMIT ");
        // One more than is written tells whether there are more.
        sql.bind(i64::try_from(most.saturating_add(1)).unwrap_or(i64::MAX));
        Reader {
            sql: sql.text,
            values: sql.values,
            form,
            most,
            sorts: (columns, sorts.len()),
        }
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

/// The columns that `$select` asks for, with those that always come along.
fn fields<'a>(entity: &'a Entity, select: Option<&Select>) -> Result<Vec<&'a Column>, Fault> {
    let table = entity.table();
    let all = || {
        let readable = |column: &&Column| {
            !matches!(column.kind, ColumnKind::PartyList { .. })
                && column.access.is_none_or(|access| access.read)
        };
        table.columns.iter().filter(readable).collect()
    };
    let Some(select) = select else {
        return Ok(all());
    };
    let mut fields: Vec<&Column> = Vec::with_capacity(select.0.len() + 1);
    let mut money = false;
    for name in &select.0 {
        match entity.property(name) {
            Some((_, column)) => {
                money |= matches!(column.kind, ColumnKind::Money { .. });
                if !fields.iter().any(|known| known.name == column.name) {
                    fields.push(column);
                }
            }
            // As the service does: the name of a lookup's navigation property selects everything.
            None if name == "*" || entity.single(name).is_some() => return Ok(all()),
            None => return Err(no_property(name, entity.name())),
        }
    }
    if money {
        push_column(&mut fields, entity, "transactioncurrencyid");
    }
    push_column(&mut fields, entity, entity.primary_id());
    if let Some(name) = &table.csdl_key {
        push_column(&mut fields, entity, name);
    }
    Ok(fields)
}

fn push_column<'a>(fields: &mut Vec<&'a Column>, entity: &'a Entity, name: &str) {
    if !fields.iter().any(|known| known.name == name)
        && let Some(column) = entity.table().column(name)
    {
        fields.push(column);
    }
}

/// What a context says of selected and expanded properties: `(name,primarycontactid(fullname))`.
pub(super) fn described(select: Option<&Select>, expands: &Expands) -> String {
    let mut items: Vec<String> = select.map(|select| select.0.clone()).unwrap_or_default();
    for expand in &expands.0 {
        let inner = described(expand.select.as_ref(), &expand.expand);
        let inner = if inner.is_empty() { "()" } else { &inner };
        let name = if expand.reference {
            format!("{}/$ref", expand.navigation)
        } else {
            expand.navigation.clone()
        };
        items.push(format!("{name}{inner}"));
    }
    if items.is_empty() {
        return String::new();
    }
    format!("({})", items.join(","))
}
