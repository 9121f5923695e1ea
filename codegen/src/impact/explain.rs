//! Puts an error of the compiler together with the changes that caused it.

use super::cargo::Diagnostic;
use super::causes::{Called, Causes};
use super::mentions::{Sources, words};
use crate::drift::{Change, Severity};

/// The changes that explain an error, those with the best evidence alone.
pub(super) fn causes_of<'c, 's>(
    error: &Diagnostic,
    causes: &Causes<'c, 's>,
    sources: &Sources,
) -> Vec<&'c Change<'s>> {
    let evidence = Evidence::of(error, sources);
    let rated = causes.all.iter().filter_map(|(change, called)| {
        let strength = evidence.strength(called)?;
        // Texts for people compile as before; what adds rarely breaks.
        let grave = match change.severity() {
            Severity::Labels => return None,
            Severity::Additive => 0,
            _ => 1,
        };
        Some(((strength, nearness(error, called), grave), *change))
    });
    let rated: Vec<((u32, usize, u32), &Change<'_>)> = rated.collect();
    let Some(best) = rated.iter().map(|(rate, _)| *rate).max() else {
        return Vec::new();
    };
    let strongest = rated.into_iter().filter(|(rate, _)| *rate == best);
    strongest.map(|(_, change)| change).collect()
}

/// Where in its line an error's change is last named before the place that the compiler points at: of two columns that a
/// line compares with something, the value belongs to the nearer one. 0: nowhere.
fn nearness(error: &Diagnostic, called: &Called) -> usize {
    let column = usize::try_from(error.column).unwrap_or_default();
    let before: String = error.text.chars().take(column).collect();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut nearest = 0;
    for name in &called.own {
        for (at, _) in before.match_indices(name.as_str()) {
            let apart = !before[..at].ends_with(is_word) && !before[at + name.len()..].starts_with(is_word);
            if apart {
                nearest = nearest.max(at + 1);
            }
        }
    }
    nearest
}

/// What an error tells: identifiers by where they stand.
struct Evidence {
    /// In quotes in the message itself: what it is about.
    quoted: Vec<String>,
    /// What the compiler points at.
    marked: Vec<String>,
    /// What it points at besides.
    related: Vec<String>,
    /// Elsewhere in the line.
    line: Vec<String>,
    /// In the message, its labels and its notes.
    told: Vec<String>,
    /// Anywhere in the file.
    file: Vec<String>,
}

impl Evidence {
    fn of(error: &Diagnostic, sources: &Sources) -> Self {
        let quoted: Vec<&str> = error.message.split('`').skip(1).step_by(2).collect();
        Self {
            quoted: words(&quoted.join(" ")),
            marked: words(&error.marked),
            related: words(&error.related),
            line: words(&error.text),
            told: words(&format!("{}\n{}", error.message, error.notes)),
            file: sources.words_of(&error.file),
        }
    }

    /// How strongly an error speaks for a change. `None`: not at all.
    fn strength(&self, called: &Called) -> Option<u32> {
        let names = |words: &[String], names: &[String]| names.iter().any(|name| words.contains(name));
        let own = [
            (&self.quoted, 8),
            (&self.marked, 6),
            (&self.related, 5),
            (&self.line, 4),
            (&self.told, 2),
        ];
        let own = own
            .iter()
            .filter(|(words, _)| names(words, &called.own))
            .map(|(_, strength)| *strength)
            .max()?;
        if called.table.is_empty() {
            return Some(own);
        }
        let table = [
            (&self.quoted, 3),
            (&self.told, 3),
            (&self.line, 2),
            (&self.file, 1),
        ];
        let table = table
            .iter()
            .filter(|(words, _)| names(words, &called.table))
            .map(|(_, strength)| *strength)
            .max()?;
        Some(own + table)
    }
}
