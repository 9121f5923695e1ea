//! Pages: by the cookie that says where the page before ended, or by their number alone.

use super::{Asking, fault};
use crate::Fault;
use crate::answer::Cookie;
use crate::model::Entity;
use crate::query::Context;
use crate::query::page::{self, Size, Start};
use crate::query::plan::Sort;

/// Where pages that have nothing but a number end, in rows.
const FARTHEST: u64 = 50_000;

/// Which rows of all are answered.
pub(super) struct Page {
    /// The most rows.
    pub(super) size: u64,
    /// The number of the page.
    pub(super) number: u64,
    /// How many rows are passed over.
    pub(super) skip: u64,
    /// Where the page before ended.
    pub(super) start: Option<Start>,
    /// Whether more can be asked for. Not after `top`.
    pub(super) goes_on: bool,
}

impl Page {
    /// The page that is asked for. Without an order, pages have numbers alone.
    pub(super) fn of(
        context: &Context<'_>,
        entity: &Entity,
        asking: &Asking<'_>,
        order: Option<&[Sort<'_>]>,
    ) -> Result<Self, Fault> {
        let fetch = asking.fetch;
        let most = Size::most(context, entity);
        if let Some(top) = fetch.top {
            if fetch.page.is_some() || fetch.count.is_some() || fetch.count_total {
                return Err(fault::argument(
                    "The attribute 'top' can't be specified with 'page', 'count' or 'returntotalrecordcount'.",
                ));
            }
            return Ok(Self {
                size: positive("top", top, context.settings.page)?.min(most),
                number: 1,
                skip: 0,
                start: None,
                goes_on: false,
            });
        }
        let size = fetch
            .count
            .map(|count| positive("count", count, u64::MAX))
            .transpose()?;
        let preferred = page::preferred(&asking.asked.preferences).filter(|_| asking.saved);
        let size = preferred.or(size).unwrap_or(most).min(most);
        let number = fetch
            .page
            .map(|page| positive("page", page, u64::MAX))
            .transpose()?
            .unwrap_or(1);
        let mut page = Self {
            size,
            number,
            skip: 0,
            start: None,
            goes_on: true,
        };
        let cookie = match (&fetch.paging_cookie, asking.options.get("$skiptoken")) {
            (_, Some(token)) => {
                let cookie = Cookie::parse(token)?;
                page.number = cookie.page;
                Some(cookie)
            }
            (Some(inner), None) => Some(Cookie::parse_inner(inner)?),
            (None, None) => None,
        };
        match cookie.filter(|cookie| !cookie.keys.is_empty() || order.is_some()) {
            Some(cookie) => page.behind(&cookie, order)?,
            None => page.skip = (page.number - 1).saturating_mul(size),
        }
        if page.start.is_none() && page.skip >= FARTHEST {
            return Err(fault::argument(format!(
                "Pages without a paging cookie end after {FARTHEST} rows."
            )));
        }
        Ok(page)
    }

    /// Begins where the cookie says, or so many pages after that.
    fn behind(&mut self, cookie: &Cookie, order: Option<&[Sort<'_>]>) -> Result<(), Fault> {
        let Some(order) = order else {
            return Err(crate::answer::malformed());
        };
        let Some(ahead) = self.number.checked_sub(cookie.page) else {
            return Err(Fault::unsupported(
                "a page that doesn't lie behind the one whose paging cookie it has",
            ));
        };
        self.skip = ahead.saturating_mul(self.size);
        self.start = Some(Start::at(cookie, order)?);
        Ok(())
    }
}

fn positive(name: &str, number: u64, most: u64) -> Result<u64, Fault> {
    if (1..=most).contains(&number) {
        return Ok(number);
    }
    Err(fault::argument(format!(
        "The value {number} of the attribute '{name}' isn't between 1 and {most}."
    )))
}
