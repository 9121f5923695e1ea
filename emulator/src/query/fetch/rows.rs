//! Rows, with those of the links that have columns in the answer.

use super::columns::{self, Members};
use super::page::Page;
use super::scope::Scope;
use super::{Asking, link, order};
use crate::answer::{self, Cookie, Form, Member, Reader, Reply, Write};
use crate::query::count;
use crate::query::envelope::Envelope;
use crate::query::list::Of;
use crate::query::plan::{Condition, Rows, Sort};
use crate::query::shape::Shaper;
use crate::query::sql::Sql;
use crate::query::{Context, page, set_of};
use crate::{Answer, Fault};
use dataverse_codegen::schema::ColumnKind;

/// A query whose names are bound.
struct Bound<'a> {
    members: Members<'a>,
    sorts: Vec<Sort<'a>>,
    /// Whether a cookie can say where a page ended: by the row's own columns, each row being there once.
    cookies: bool,
    page: Page,
}

pub(super) fn answer(context: &Context<'_>, of: &Of<'_>, asking: &Asking<'_>) -> Result<Answer, Fault> {
    let mut scope = Scope::new(context, of.entity);
    let (bound, condition) = bind(&mut scope, of, asking)?;
    let asked = asking.asked;
    let root = scope.root.source;
    let mut shaper = Shaper::new(context, &mut scope.binder, asked, of.sql(), false);
    let version = asked.level.control && !asking.fetch.distinct;
    let form = Form {
        version: version.then(|| shaper.stored(root, "$version")),
        members: bound
            .members
            .all
            .iter()
            .map(|member| columns::field(&mut shaper, member.column, &member.key, member.renamed))
            .map(Member::Present)
            .collect(),
    };
    let (sql, width) = shaper.finish();
    let rows = scope.binder.finish(condition);
    let distinct = asking.fetch.distinct.then_some(&bound.members);
    let count = match asking.counts()? {
        true => Some(number(context, of.sql(), &rows, distinct)?),
        false => None,
    };
    let reader = Reader {
        form,
        most: bound.page.size,
        sorts: (width, bound.sorts.len()),
        ..statement(context, sql, width, &rows, &bound, distinct)
    };
    let about = format!("{}{}", set_of(of.entity), bound.members.described());
    let mut answer = Envelope::new(context, asked, &about);
    answer.counts(count);
    let written = answer.rows(|out| reader.write(context.connection, out))?;
    let cookie = cookie(&bound, &written);
    tail(
        context,
        &mut answer,
        of,
        asking,
        &bound.page,
        written.more,
        &cookie,
    );
    Ok(Reply::json(asked.level)
        .applied(&asked.preferences, asking.saved)
        .with(answer.finish()))
}

/// Binds all names of the document.
fn bind<'a>(
    scope: &mut Scope<'a>,
    of: &'a Of<'a>,
    asking: &Asking<'_>,
) -> Result<(Bound<'a>, Condition<'a>), Fault> {
    let fetch = asking.fetch;
    let root = scope.root;
    let links = link::declared(scope, &fetch.items, root)?;
    let members = columns::members(scope, fetch, &links)?;
    let sorts = order::sorts(scope, fetch, &links)?;
    let condition = condition(scope, of, asking, &links)?;
    let is_own = |sort: &Sort<'_>| sort.column.source == root.source;
    let cookies = !fetch.distinct && sorts.iter().all(is_own) && !link::multiply(&links);
    let sorts = if fetch.distinct {
        distinct_order(sorts, &members)?
    } else {
        order::whole(scope, sorts, if cookies { &[] } else { &links })
    };
    let page = Page::of(scope.binder.context, of.entity, asking, cookies.then_some(&sorts))?;
    let bound = Bound {
        members,
        sorts,
        cookies,
        page,
    };
    Ok((bound, condition))
}

/// What must hold of the rows. The links are joined to them.
pub(super) fn condition<'a>(
    scope: &mut Scope<'a>,
    of: &'a Of<'a>,
    asking: &Asking<'_>,
    links: &[link::Joined<'_, 'a>],
) -> Result<Condition<'a>, Fault> {
    let mut all = Vec::new();
    if let Some(parent) = &of.parent {
        all.push(scope.binder.of_parent(parent.entity, parent.many)?);
    }
    let mut joins = Vec::new();
    let of_links = link::joined(scope, links, &mut joins)?;
    for join in joins {
        scope.binder.add_join(join);
    }
    all.extend(of_links);
    let root = scope.root;
    all.extend(link::conditions(scope, &asking.fetch.items, root)?);
    Ok(Condition::All(all))
}

/// Equal rows can be sorted only by what they have in common. All their columns at the end make the order whole.
fn distinct_order<'a>(mut sorts: Vec<Sort<'a>>, members: &Members<'a>) -> Result<Vec<Sort<'a>>, Fault> {
    let same = |sort: &Sort<'_>, member: &columns::Member<'_>| {
        let (one, other) = (sort.column, member.column);
        one.source == other.source && one.column.name == other.column.name
    };
    if !sorts
        .iter()
        .all(|sort| members.all.iter().any(|member| same(sort, member)))
    {
        return Err(Fault::unsupported(
            "an order by an attribute that isn't in the answer, in a distinct FetchXML query",
        ));
    }
    for member in &members.all {
        let is_sorted = sorts.iter().any(|sort| same(sort, member));
        let is_image = matches!(
            member.column.column.kind,
            ColumnKind::Image { .. } | ColumnKind::File { .. }
        );
        if !is_sorted && !is_image {
            sorts.push(Sort {
                column: member.column,
                descending: false,
                by_label: false,
            });
        }
    }
    Ok(sorts)
}

/// Completes the statement: one more row than the page has tells whether there are more.
fn statement(
    context: &Context<'_>,
    mut sql: Sql,
    width: usize,
    rows: &Rows<'_>,
    bound: &Bound<'_>,
    distinct: Option<&Members<'_>>,
) -> Reader {
    for (at, sort) in bound.sorts.iter().enumerate() {
        if width + at > 0 {
            sql.push(", ");
        }
        sql.sorted_by(context, sort);
    }
    if width + bound.sorts.len() == 0 {
        sql.push("1");
    }
    sql.rows(rows);
    if let Some(start) = &bound.page.start {
        start.condition(&mut sql, &bound.sorts, |sql, at| {
            sql.sorted_by(context, &bound.sorts[at]);
        });
    }
    grouped(&mut sql, distinct);
    page::order(&mut sql, &bound.sorts, width);
    let bind = |sql: &mut Sql, number: u64| sql.bind(i64::try_from(number).unwrap_or(i64::MAX));
    sql.push(" LIMIT ");
    bind(&mut sql, bound.page.size.saturating_add(1));
    if bound.page.skip > 0 {
        sql.push(" OFFSET ");
        bind(&mut sql, bound.page.skip);
    }
    Reader {
        sql: sql.text,
        values: sql.values,
        form: Form::default(),
        most: 0,
        sorts: (0, 0),
    }
}

/// Rows are equal if they are to the collation.
fn grouped(sql: &mut Sql, distinct: Option<&Members<'_>>) {
    for (at, member) in distinct.iter().flat_map(|members| &members.all).enumerate() {
        sql.push(if at == 0 { " GROUP BY " } else { ", " });
        sql.comparable(member.column);
    }
}

/// How many rows there are, counted to where the service stops, and whether it stopped there.
pub(super) fn number(
    context: &Context<'_>,
    sql: Sql,
    rows: &Rows<'_>,
    distinct: Option<&Members<'_>>,
) -> Result<(i64, bool), Fault> {
    count::up_to(context, context.settings.count, sql, rows, |sql| {
        grouped(sql, distinct);
    })
}

/// Where the page ended. Where no cookie can say that, it has the number alone.
fn cookie(bound: &Bound<'_>, written: &Write) -> Cookie {
    let names = if bound.cookies {
        page::names(&bound.sorts)
    } else {
        Vec::new()
    };
    let next = bound.page.number.saturating_add(1);
    Cookie::new(next, None, &names, &written.last, &written.first)
}

/// What stands behind the rows.
pub(super) fn tail(
    context: &Context<'_>,
    answer: &mut Envelope<'_>,
    of: &Of<'_>,
    asking: &Asking<'_>,
    page: &Page,
    more: bool,
    cookie: &Cookie,
) {
    let more = more && page.goes_on;
    if more && !cookie.keys.is_empty() {
        answer.note("Microsoft.Dynamics.CRM.fetchxmlpagingcookie", |out| {
            answer::text(out, &cookie.annotation());
        });
    }
    answer.more(more);
    if more && asking.saved {
        let query = asking.options.raw_without("$skiptoken");
        let (root, path, token) = (&context.call.root, of.path(), cookie.encoded());
        answer.text(
            "@odata.nextLink",
            &format!("{root}{path}?{query}&$skiptoken={token}"),
        );
    }
}
