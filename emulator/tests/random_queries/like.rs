//! LIKE as SQL Server has it, without care for time: `%`, `_`, `[a-c]`, `[^a]`.

use crate::value::folded;

/// Whether a text fits a pattern from its start to its end.
pub fn fits(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = folded(text).chars().collect();
    like(&pattern, &text)
}

fn like(pattern: &[char], text: &[char]) -> bool {
    let Some((first, rest)) = pattern.split_first() else {
        return text.is_empty();
    };
    match first {
        '%' => (0..=text.len()).any(|at| like(rest, &text[at..])),
        '_' => !text.is_empty() && like(rest, &text[1..]),
        '[' => {
            let Some((members, after)) = class(rest) else {
                return false;
            };
            text.first().is_some_and(|c| is_member(members, *c)) && like(after, &text[1..])
        }
        plain => {
            let plain = fold(*plain);
            text.starts_with(&plain) && like(rest, &text[plain.len()..])
        }
    }
}

fn fold(c: char) -> Vec<char> {
    if c == ' ' {
        vec![' ']
    } else {
        folded(&c.to_string()).chars().collect()
    }
}

/// What stands in brackets, and what follows them.
fn class(pattern: &[char]) -> Option<(&[char], &[char])> {
    let caret = usize::from(pattern.first() == Some(&'^'));
    // A bracket that closes right away is a member.
    let end = (caret + 1..pattern.len()).find(|at| pattern[*at] == ']')?;
    Some((&pattern[..end], &pattern[end + 1..]))
}

fn is_member(members: &[char], c: char) -> bool {
    let (negated, members) = match members.split_first() {
        Some(('^', rest)) => (true, rest),
        _ => (false, members),
    };
    let mut found = false;
    let mut at = 0;
    while at < members.len() {
        let range = members.get(at + 1) == Some(&'-') && at + 2 < members.len();
        let to = members[if range { at + 2 } else { at }];
        found |= fold(members[at]) <= vec![c] && vec![c] <= fold(to);
        at += if range { 3 } else { 1 };
    }
    found != negated
}
