//! `$1`: an address that stands for the row that an earlier request of the same change set made.

use super::part::Part;
use crate::Fault;
use std::collections::HashSet;

/// Checks the numbers of a change set: each used once, and each reference to one that came before. References in bodies
/// are the engine's to check: it alone reads bodies.
pub(super) fn check(parts: &[Part]) -> Result<(), Fault> {
    let mut before = HashSet::new();
    for part in parts {
        if let Some(reference) = reference(&part.target.path)
            && !before.contains(reference)
        {
            return Err(unknown(reference));
        }
        if let Some(id) = &part.content_id
            && !before.insert(id.as_str())
        {
            return Err(Fault::bad_payload(format!(
                "The content ID '{}' was found more than once in the same change set.",
                short(id)
            )));
        }
    }
    Ok(())
}

/// Outside of change sets nothing can be referred to.
pub(super) fn refuse(part: &Part) -> Result<(), Fault> {
    match reference(&part.target.path) {
        Some(reference) => Err(unknown(reference)),
        None => Ok(()),
    }
}

/// The number that an address begins with. `$metadata` and `$batch` are no references.
fn reference(path: &str) -> Option<&str> {
    let segment = path.split(['/', '?', '(']).next().unwrap_or_default();
    let id = segment.strip_prefix('$')?;
    (!id.is_empty() && !matches!(id, "metadata" | "batch")).then_some(id)
}

fn unknown(reference: &str) -> Fault {
    Fault::bad_payload(format!(
        "Content-ID Reference: '${}' does not exist in the batch context.",
        short(reference)
    ))
}

/// The start of a text from a request, short enough for a message.
pub(super) fn short(text: &str) -> String {
    text.chars().take(100).collect()
}
