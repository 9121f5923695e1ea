//! Rows of a table, or of a collection of a row: pages, counts and addresses.

use super::bind::Binder;
use super::envelope::Envelope;
use super::page::{self, Size, Start};
use super::plan::{Condition, SqlColumn, Tie};
use super::shape::{self, At, Shaper, Wanted};
use super::sql::Sql;
use super::statement::Statement;
use super::{Asked, Context, Key, aggregate, changes, count, fetch, refuse_other_languages, set_of};
use crate::answer::{self, Cookie, Form, Member, Reader, Reply, Write};
use crate::model::{Entity, Many};
use crate::odata::{Expands, Expression, Options, OrderBy, Select};
use crate::{Answer, Fault};
use rusqlite::types::Value;

/// Which rows: all of a table, or those of a row's collection.
pub(super) struct Of<'m> {
    /// Their table.
    pub(super) entity: &'m Entity,
    pub(super) parent: Option<Parent<'m>>,
}

/// The row that rows belong to.
pub(super) struct Parent<'m> {
    pub(super) entity: &'m Entity,
    pub(super) key: Key<'m>,
    pub(super) many: &'m Many,
}

impl Of<'_> {
    /// The address of the rows, under the service's root.
    pub(super) fn path(&self) -> String {
        match &self.parent {
            Some(parent) => format!(
                "{}({})/{}",
                set_of(parent.entity),
                parent.key.id,
                parent.many.name
            ),
            None => set_of(self.entity).to_owned(),
        }
    }

    pub(super) fn sql(&self) -> Sql {
        match &self.parent {
            Some(parent) => Sql::of_parent(Value::Text(parent.key.id.to_string())),
            None => Sql::default(),
        }
    }

    /// The condition that makes the rows these.
    fn condition<'a>(&'a self, binder: &mut Binder<'a>, options: &Options) -> Result<Condition<'a>, Fault> {
        let mut all = Vec::new();
        if let Some(parent) = &self.parent {
            all.push(binder.of_parent(parent.entity, parent.many)?);
        }
        if let Some(filter) = options.get("$filter") {
            all.push(binder.condition(&Expression::parse(filter)?)?);
        }
        Ok(Condition::All(all))
    }
}

/// A page of rows.
pub(super) fn rows(context: &Context<'_>, of: &Of<'_>, options: &Options) -> Result<Answer, Fault> {
    if let Some(found) = fetch::answer(context, of, options)? {
        return Ok(found);
    }
    refuse_other_languages(options)?;
    let asked = Asked::of(context)?;
    if changes::are_asked_for(options, &asked) {
        return match of.parent {
            None => changes::answer(context, of.entity, options, &asked),
            Some(_) => Err(Fault::unsupported("change tracking of a row's collection")),
        };
    }
    if let Some(apply) = options.get("$apply") {
        if of.parent.is_some() {
            return Err(Fault::unsupported("$apply on a collection of a row"));
        }
        return aggregate::answer(context, of.entity, options, apply, &asked);
    }
    let select = options.get("$select").map(Select::parse).transpose()?;
    let expand = options
        .get("$expand")
        .map(Expands::parse)
        .transpose()?
        .unwrap_or_default();
    let size = Size::of(context, of.entity, options, &asked.preferences)?;
    let counted = counted(options)?;
    let wanted = Wanted {
        select: select.as_ref(),
        expand: &expand,
    };
    shape::check_count(context, &expand)?;
    let nested = shape::is_nested(&expand);
    let (reader, start) = reader(context, of, options, &asked, size, nested, |shaper, at| {
        shaper.form(at, wanted, &[], true)
    })?;
    let count = match counted {
        true => Some(number(context, of, options)?),
        false => None,
    };
    let described = shape::described(select.as_ref(), &expand);
    let mut answer = Envelope::new(context, &asked, &format!("{}{described}", set_of(of.entity)));
    answer.counts(count);
    let written = answer.rows(|out| reader.write(context.connection, out))?;
    tail(context, &mut answer, of, options, size, &start.after(written));
    Ok(Reply::json(asked.level)
        .applied(&asked.preferences, true)
        .with(answer.finish()))
}

/// A page that was written.
struct Page {
    written: Write,
    /// What the rows are sorted by.
    names: Vec<answer::SortName>,
    number: u64,
    /// What follows the address of the rows.
    suffix: &'static str,
}

/// A page before it is written.
struct Ahead {
    names: Vec<answer::SortName>,
    number: u64,
    suffix: &'static str,
}

impl Ahead {
    fn after(self, written: Write) -> Page {
        Page {
            written,
            names: self.names,
            number: self.number,
            suffix: self.suffix,
        }
    }
}

fn reader<'a>(
    context: &'a Context<'a>,
    of: &'a Of<'a>,
    options: &'a Options,
    asked: &Asked,
    size: Size,
    nested: bool,
    form: impl FnOnce(&mut Shaper<'_, 'a>, At<'a>) -> Result<Form, Fault>,
) -> Result<(Reader, Ahead), Fault> {
    let mut binder = Binder::new(context, of.entity, Some(&options.aliases));
    let condition = of.condition(&mut binder, options)?;
    let order = options
        .get("$orderby")
        .map(OrderBy::parse)
        .transpose()?
        .unwrap_or_default();
    let sorts = binder.sorts(&order.0)?;
    let source = binder.root();
    let sorts = page::whole_order(sorts, of.entity, source);
    let start = options
        .get("$skiptoken")
        .map(|token| Start::of(token, &sorts))
        .transpose()?;
    let mut shaper = Shaper::new(context, &mut binder, asked, of.sql(), nested);
    let at = At {
        entity: of.entity,
        source,
    };
    let form = form(&mut shaper, at)?;
    let (sql, columns) = shaper.finish();
    let ahead = Ahead {
        names: page::names(&sorts),
        number: start.as_ref().map_or(1, |start| start.page),
        suffix: "",
    };
    let statement = Statement {
        sql,
        columns,
        form,
        sorts,
        most: size.rows,
    };
    let reader = statement.reader(context, binder, condition, start.as_ref());
    Ok((reader, ahead))
}

pub(super) fn counted(options: &Options) -> Result<bool, Fault> {
    match options.get("$count") {
        None => Ok(false),
        Some(value) if value.eq_ignore_ascii_case("true") => Ok(true),
        Some(value) if value.eq_ignore_ascii_case("false") => Ok(false),
        Some(_) => Err(Fault::bad_query(
            "Invalid value for $count query option found. Valid values are 'true' and 'false'.",
        )),
    }
}

/// How many rows there are, counted to where the service stops, and whether it stopped there.
fn number(context: &Context<'_>, of: &Of<'_>, options: &Options) -> Result<(i64, bool), Fault> {
    let mut binder = Binder::new(context, of.entity, Some(&options.aliases));
    let condition = of.condition(&mut binder, options)?;
    let rows = binder.finish(condition);
    count::up_to(context, context.settings.count, of.sql(), &rows, |_| {})
}

/// What stands behind the rows.
fn tail(
    context: &Context<'_>,
    answer: &mut Envelope<'_>,
    of: &Of<'_>,
    options: &Options,
    size: Size,
    page: &Page,
) {
    let more = page.written.more && size.goes_on;
    answer.more(more);
    if !more {
        return;
    }
    let (last, first) = (&page.written.last, &page.written.first);
    let token = Cookie::new(page.number.saturating_add(1), None, &page.names, last, first).encoded();
    let query = options.raw_without("$skiptoken");
    let between = if query.is_empty() { "" } else { "&" };
    let (root, path, suffix) = (&context.call.root, of.path(), page.suffix);
    answer.text(
        "@odata.nextLink",
        &format!("{root}{path}{suffix}?{query}{between}$skiptoken={token}"),
    );
}

/// `$count`: text, with a byte order mark in front as the service writes it.
pub(super) fn count(context: &Context<'_>, of: &Of<'_>, options: &Options) -> Result<Answer, Fault> {
    refuse_other_languages(options)?;
    if options.has("$deltatoken") {
        let count = changes::count(context, of.entity, options)?;
        return Ok(Reply::text().with(format!("\u{feff}{count}")));
    }
    let (count, _) = number(context, of, options)?;
    Ok(Reply::text().with(format!("\u{feff}{count}")))
}

/// `$ref`: the addresses of the rows.
pub(super) fn references(context: &Context<'_>, of: &Of<'_>, options: &Options) -> Result<Answer, Fault> {
    refuse_other_languages(options)?;
    let asked = Asked::of(context)?;
    let size = Size::of(context, of.entity, options, &asked.preferences)?;
    let base = format!("{}{}(", context.call.root, set_of(of.entity));
    let (reader, mut start) = reader(context, of, options, &asked, size, false, |shaper, at| {
        let at = shaper.stored(at.source, at.entity.primary_id());
        Ok(Form {
            version: None,
            members: vec![Member::Address { at, base }],
        })
    })?;
    start.suffix = "/$ref";
    let mut answer = Envelope::new(context, &asked, "Collection($ref)");
    answer.counts(None);
    let written = answer.rows(|out| reader.write(context.connection, out))?;
    tail(context, &mut answer, of, options, size, &start.after(written));
    Ok(Reply::json(asked.level).with(answer.finish()))
}

/// Whether a row is among these.
pub(super) fn holds(context: &Context<'_>, of: &Of<'_>, id: uuid::Uuid) -> Result<bool, Fault> {
    let mut binder = Binder::new(context, of.entity, None);
    let mut condition = vec![Condition::Tied(vec![Tie::Value(
        SqlColumn {
            source: binder.root(),
            name: of.entity.primary_id().to_owned(),
        },
        Value::Text(id.to_string()),
    )])];
    if let Some(parent) = &of.parent {
        condition.push(binder.of_parent(parent.entity, parent.many)?);
    }
    let mut sql = of.sql();
    sql.push("SELECT 1");
    sql.rows(&binder.finish(Condition::All(condition)));
    Ok(context
        .connection
        .prepare_cached(&sql.text)?
        .exists(rusqlite::params_from_iter(&sql.values))?)
}
