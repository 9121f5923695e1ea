//! What is looked for, and the request.

use super::answer::{self, SearchResults, Suggestion};
use super::table::{Described, SearchTable};
use crate::message::{Origin, Repeat, Request, RequestOptions, Response};
use crate::pending::Sending;
use crate::text::{json_object, json_string};
use crate::{Client, Error, InvalidRequest, Table};
use http::Method;
use std::fmt;
use std::future::IntoFuture;

/// A search that gives an `O`: awaiting it sends it, when it is the client's turn.
#[must_use = "nothing is sent until it is awaited"]
pub struct Search<O> {
    client: Client,
    action: &'static str,
    text: String,
    tables: Vec<Described>,
    top: Option<u32>,
    skip: Option<u32>,
    count: bool,
    fuzzy: bool,
    options: Vec<(&'static str, &'static str)>,
    read: fn(&Response, Origin) -> Result<O, Error>,
}

/// The most characters that a search takes.
const LONGEST: usize = 100;
/// The most rows that an answer holds.
const MOST: u32 = 100;

impl Client {
    /// Looks for rows whose texts hold these words, in all tables that the environment's search knows, or in those that
    /// [`table`](Search::table) names.
    ///
    /// ```
    /// # use crm::{prelude::*, rsk_vessel::RskVessel};
    /// # use dataverse_runtime::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let found = client
    ///     .search("aster bergen")
    ///     .table(RskVessel, |vessels| vessels.select(|v| (v.rsk_name, v.rsk_imo)).filter(|v| v.rsk_crew.gt(10)))
    ///     .top(20)
    ///     .await?;
    /// for hit in &found.hits {
    ///     if let Some(vessel) = hit.of::<RskVessel>() {
    ///         let name: Option<String> = vessel.get(|v| v.rsk_name)?;
    ///         println!("{}: {name:?}", vessel.id());
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Awaiting it fails as [`Client::execute`] does, where [`Code::FEATURE_NOT_ENABLED`](crate::Code::FEATURE_NOT_ENABLED)
    /// says that the environment has search turned off; with [`Error::Invalid`] if the text has more than 100 characters or
    /// none, or a condition is no comparison with a value.
    pub fn search(&self, text: impl Into<String>) -> Search<SearchResults> {
        Search::new(self, "searchquery", text.into(), answer::results)
    }

    /// Suggests rows while somebody types: those whose texts hold words that begin like this.
    ///
    /// Awaiting it fails as [`search`](Self::search) does.
    pub fn suggest(&self, text: impl Into<String>) -> Search<Vec<Suggestion>> {
        Search::new(self, "searchsuggest", text.into(), answer::suggestions)
    }

    /// Completes what somebody types by what the index holds. `None`: there is nothing.
    ///
    /// Awaiting it fails as [`search`](Self::search) does.
    pub fn autocomplete(&self, text: impl Into<String>) -> Search<Option<String>> {
        Search::new(self, "searchautocomplete", text.into(), answer::completion)
    }
}

impl<O> Search<O> {
    fn new(
        client: &Client,
        action: &'static str,
        text: String,
        read: fn(&Response, Origin) -> Result<O, Error>,
    ) -> Self {
        Self {
            client: client.clone(),
            action,
            text,
            tables: Vec::new(),
            top: None,
            skip: None,
            count: false,
            fuzzy: false,
            options: Vec::new(),
            read,
        }
    }

    /// Looks in this table, and others that are named so, with what is said about it.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table is a marker: `table(Account, ..)` reads best"
    )]
    pub fn table<T: Table>(mut self, table: T, about: impl FnOnce(SearchTable<T>) -> SearchTable<T>) -> Self {
        let _ = table;
        self.tables.push(about(SearchTable::new()).described());
        self
    }

    /// The same with options of its own, besides those of the client.
    pub fn with(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.client = self.client.with(change);
        self
    }

    /// The request.
    ///
    /// # Errors
    /// If the text is empty or longer than 100 characters, or a condition is no comparison with a value.
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        let length = self.text.chars().count();
        if length == 0 || length > LONGEST {
            return Err(InvalidRequest::SearchText { length });
        }
        if let Some(problem) = self.tables.iter().find_map(|table| table.problem.clone()) {
            return Err(problem);
        }
        let request = Request::new(Method::POST, self.action, self.origin());
        Ok(request.repeat(Repeat::Safe).json(self.body()))
    }

    fn origin(&self) -> Origin {
        Origin {
            operation: self.action,
            table: None,
        }
    }

    /// What has parts is JSON in a text.
    fn body(&self) -> String {
        let mut members = vec![("search", json_string(&self.text))];
        let all = |of: fn(&Described) -> &[String]| -> Vec<String> {
            self.tables
                .iter()
                .flat_map(|table| of(table).iter().map(|text| json_string(text)))
                .collect()
        };
        let entities: Vec<String> = self.tables.iter().map(|table| table.json.clone()).collect();
        let lists = [
            ("entities", entities),
            ("facets", all(|table| &table.facets)),
            ("orderby", all(|table| &table.orders)),
        ];
        for (name, list) in lists {
            if !list.is_empty() {
                members.push((name, json_string(&format!("[{}]", list.join(",")))));
            }
        }
        if !self.options.is_empty() {
            let options = self
                .options
                .iter()
                .map(|(name, value)| (*name, json_string(value)));
            members.push(("options", json_string(&json_object(options))));
        }
        if self.count {
            members.push(("count", "true".to_owned()));
        }
        if self.fuzzy {
            members.push(("fuzzy", "true".to_owned()));
        }
        for (name, number) in [("top", self.top), ("skip", self.skip)] {
            if let Some(number) = number {
                members.push((name, number.to_string()));
            }
        }
        json_object(members)
    }
}

impl Search<SearchResults> {
    /// At most so many rows, between 1 and 100. Without it the service gives 50.
    pub fn top(mut self, most: u32) -> Self {
        self.top = Some(most.clamp(1, MOST));
        self
    }

    /// Leaves out so many of the first rows.
    pub fn skip(mut self, rows: u32) -> Self {
        self.skip = Some(rows);
        self
    }

    /// Asks along how many rows there are: [`SearchResults::count`].
    pub fn with_count(mut self) -> Self {
        self.count = true;
        self
    }

    /// Only rows that hold all of the words, rather than any.
    pub fn all_words(mut self) -> Self {
        self.options.push(("searchmode", "all"));
        self
    }

    /// Reads the text as a query of Lucene: `"exactly this"`, `aster~1`, `name^2`, `/[bg]ergen/`.
    pub fn lucene(mut self) -> Self {
        self.options.push(("querytype", "lucene"));
        self
    }
}

impl Search<Vec<Suggestion>> {
    /// At most so many, between 1 and 100. Without it the service gives 5.
    pub fn top(mut self, most: u32) -> Self {
        self.top = Some(most.clamp(1, MOST));
        self
    }

    /// Also words that are almost the same.
    pub fn fuzzy(mut self) -> Self {
        self.fuzzy = true;
        self
    }
}

impl Search<Option<String>> {
    /// Also words that are almost the same.
    pub fn fuzzy(mut self) -> Self {
        self.fuzzy = true;
        self
    }
}

impl<O: 'static> IntoFuture for Search<O> {
    type Output = Result<O, Error>;
    type IntoFuture = Sending<O>;

    fn into_future(self) -> Sending<O> {
        Box::pin(async move {
            let request = self.request()?;
            let origin = request.origin();
            self.client.search_turn().await;
            let response = self.client.execute(request).await?;
            (self.read)(&response, origin)
        })
    }
}

impl<O> fmt::Debug for Search<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Search({} {})", self.action, self.body())
    }
}
