//! A change in one line, in the words of a changelog.

use super::{Change, Owner};

/// Where it is: `account.fax`, `choice rsk_hull: option 3`.
#[must_use]
pub fn change_place(change: &Change<'_>) -> String {
    let below = change.place.below();
    match (change.place.owner, below.as_str()) {
        (Owner::Table(name), "") => name.to_owned(),
        (Owner::Table(name), below) => format!("{name}.{below}"),
        (owner, "") => owner.to_string(),
        (owner, below) => format!("{owner}: {below}"),
    }
}

/// A change in one line: `account.fax: column removed`, `account.name: text may be shorter (160 → 100)`.
#[must_use]
pub fn change_words(change: &Change<'_>) -> String {
    let place = change_place(change);
    let title = change.rule.classified().title;
    let detail = match (change.old.as_deref(), change.new.as_deref()) {
        (Some(old), Some(new)) => format!(" ({} → {})", short(old), short(new)),
        (Some(one), None) | (None, Some(one)) if !one.is_empty() => format!(" ({})", short(one)),
        _ => String::new(),
    };
    format!("{place}: {title}{detail}")
}

/// Texts of people can be pages long.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.is_empty() {
        return "nothing".to_owned();
    }
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    }
}
