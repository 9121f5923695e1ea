//! What stands around rows in an answer: the context and the counts in front, and behind them whether there are more and
//! where.

use super::{Asked, Context};
use crate::Fault;
use crate::answer;

/// An answer of rows under construction: a JSON object, member by member.
pub(super) struct Envelope<'e> {
    context: &'e Context<'e>,
    asked: &'e Asked,
    out: Vec<u8>,
}

impl<'e> Envelope<'e> {
    /// Begins with the context, which says what the rows are: what follows `$metadata#`.
    pub(super) fn new(context: &'e Context<'e>, asked: &'e Asked, about: &str) -> Self {
        let mut out = Vec::with_capacity(16 * 1_024);
        out.push(b'{');
        let mut envelope = Self { context, asked, out };
        if asked.level.control {
            let about = format!("{}$metadata#{about}", context.call.root);
            envelope.text("@odata.context", &about);
        }
        envelope
    }

    fn member(&mut self, name: &str, value: impl FnOnce(&mut Vec<u8>)) {
        if self.out.len() > 1 {
            self.out.push(b',');
        }
        self.out.extend_from_slice(&answer::key(name));
        value(&mut self.out);
    }

    /// Adds a text, such as an address.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.member(name, |out| answer::text(out, text));
    }

    /// Adds an annotation, if it is asked for.
    pub(super) fn note(&mut self, name: &str, value: impl FnOnce(&mut Vec<u8>)) {
        if self.asked.preferences.includes(name) {
            self.member(&format!("@{name}"), value);
        }
    }

    /// Adds how many rows there are, if they were counted, and whether they were counted to their end.
    pub(super) fn counts(&mut self, count: Option<(i64, bool)>) {
        if let Some((count, _)) = count {
            self.member("@odata.count", |out| answer::number(out, count));
        }
        self.note("Microsoft.Dynamics.CRM.totalrecordcount", |out| {
            answer::number(out, count.map_or(-1, |(count, _)| count));
        });
        let exceeded = count.is_some_and(|(_, exceeded)| exceeded);
        self.note("Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded", |out| {
            out.extend_from_slice(exceeded.to_string().as_bytes());
        });
        let version = self.context.metadata_version.to_string();
        self.note("Microsoft.Dynamics.CRM.globalmetadataversion", |out| {
            answer::text(out, &version);
        });
    }

    /// Adds the rows.
    pub(super) fn rows<T>(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.member("value", |out| out.push(b'['));
        let written = write(&mut self.out)?;
        self.out.push(b']');
        Ok(written)
    }

    /// Adds whether there are more rows.
    pub(super) fn more(&mut self, more: bool) {
        self.note("Microsoft.Dynamics.CRM.morerecords", |out| {
            out.extend_from_slice(more.to_string().as_bytes());
        });
    }

    /// The whole object.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.out.push(b'}');
        self.out
    }
}
