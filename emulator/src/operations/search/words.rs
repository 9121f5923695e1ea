//! Words: what is looked for, and where it stands in a text.

use std::ops::Range;

/// The words of a text, with their places.
pub(super) fn of(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let begin = rest + text[rest..].find(char::is_alphanumeric)?;
        let length = text[begin..].find(|letter: char| !letter.is_alphanumeric());
        let end = length.map_or(text.len(), |length| begin + length);
        rest = end;
        Some((begin..end, text[begin..end].to_lowercase()))
    })
}

/// Whether a word of a text is one that is looked for, or begins like it.
pub(super) fn fits(word: &str, wanted: &str, prefix: bool) -> bool {
    if prefix {
        word.starts_with(wanted)
    } else {
        word == wanted
    }
}

/// The text with marks around these places, which don't overlap and are in order.
pub(super) fn marked(text: &str, places: &[Range<usize>]) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut at = 0;
    for place in places {
        marked.push_str(&text[at..place.start]);
        marked.push_str("{crmhit}");
        marked.push_str(&text[place.clone()]);
        marked.push_str("{/crmhit}");
        at = place.end;
    }
    marked.push_str(&text[at..]);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_places() {
        let words: Vec<_> = of(" Ærø, 2-Ängö").collect();
        assert_eq!(
            words,
            [
                (1..6, "ærø".to_owned()),
                (8..9, "2".to_owned()),
                (10..16, "ängö".to_owned())
            ]
        );
        assert_eq!(of("").count() + of(" ,;").count(), 0);
    }

    #[test]
    fn places_are_marked() {
        assert_eq!(
            marked("Ærø Bergen", &[0..5, 6..12]),
            "{crmhit}Ærø{/crmhit} {crmhit}Bergen{/crmhit}"
        );
        assert_eq!(marked("x", &[]), "x");
    }
}
