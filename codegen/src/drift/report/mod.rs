//! A comparison as text for terminals, as Markdown for pull requests, as JSON for programs and as a page for people.

pub(crate) mod harmless;
mod html;
mod json;
mod markdown;
mod summary;
mod text;

use std::borrow::Cow;

use super::{Change, Changes};

/// A comparison with the names of what was compared.
#[derive(Debug, Clone, Copy)]
pub struct Report<'s, 'c> {
    /// What the old schema is called.
    pub old: &'c str,
    /// What the new schema is called.
    pub new: &'c str,
    /// What was found.
    pub changes: &'c Changes<'s>,
}

impl Report<'_, '_> {
    /// Text for a terminal: by table, the gravest first, and at the end why each kind of change has its severity.
    #[must_use]
    pub fn text(&self, colours: bool) -> String {
        text::text(self, colours)
    }

    /// Markdown for a pull request, of at most so many bytes. What had to be left out is counted at the end.
    #[must_use]
    pub fn markdown(&self, longest: usize) -> String {
        markdown::markdown(self, longest)
    }

    /// JSON for programs, see `docs/drift.md`.
    #[must_use]
    pub fn json(&self) -> String {
        let mut text = json::json(self, true);
        text.push('\n');
        text
    }

    /// A page of HTML that needs nothing beside it.
    #[must_use]
    pub fn html(&self) -> String {
        self.page(None)
    }

    /// The page, with what the changes do to a program as JSON that the page reads.
    pub(crate) fn page(&self, impact: Option<&str>) -> String {
        html::html(self, impact)
    }
}

/// A comment on GitHub takes 65,536 characters; some are left for what a workflow puts around the report.
pub const LONGEST_COMMENT: usize = 60_000;

/// `160 -> 100`; of what was added or removed the one that there is.
pub(crate) fn before_after(change: &Change<'_>, shown: impl Fn(&str) -> String) -> String {
    let (mut old, mut new) = (change.old.as_deref(), change.new.as_deref());
    if change.rule.classified().is_a_value() {
        (old, new) = (old.or(Some("")), new.or(Some("")));
    }
    let quoted = |text: &str| match text {
        "" => Cow::Borrowed("nothing"),
        text => Cow::Owned(shown(text)),
    };
    match (old, new) {
        (Some(old), Some(new)) => format!("{} \u{2192} {}", quoted(old), quoted(new)),
        (Some(one), None) | (None, Some(one)) => quoted(one).into_owned(),
        (None, None) => String::new(),
    }
}
