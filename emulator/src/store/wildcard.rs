//! Patterns with the wildcards of SQL Server's LIKE: `%`, `_`, `[a-c]`, `[^a]`.

use super::fold;
use std::collections::HashMap;

/// Where a pattern has to touch the text's ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchors {
    pub(crate) start: bool,
    pub(crate) end: bool,
}

/// A pattern, ready to be held against folded texts. The time is linear in the text's length.
#[derive(Debug)]
pub(crate) struct Pattern {
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// Texts that follow each other, with anything between them.
    Pieces(Vec<String>, Anchors),
    /// All else: an automaton whose states are the tokens.
    Tokens(Vec<Token>),
    /// The same with so few tokens that the states fit into a word.
    Few(Box<Few>),
}

#[derive(Debug)]
struct Few {
    tokens: Vec<Token>,
    /// The tokens that stay.
    stays: u64,
    /// The tokens that take an ASCII character.
    ascii: [u64; 128],
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Char(char),
    AnyOne,
    AnyMany,
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
}

/// The most characters of a pattern, as SQL Server has it.
pub(crate) const LONGEST_PATTERN: usize = 4_000;

impl Pattern {
    /// Compiles a pattern, which isn't folded yet.
    pub(crate) fn new(pattern: &str, anchors: Anchors) -> Self {
        let mut tokens = tokens(pattern);
        let has_classes = tokens
            .iter()
            .any(|token| matches!(token, Token::AnyOne | Token::Class { .. }));
        if has_classes {
            if !anchors.start {
                tokens.insert(0, Token::AnyMany);
            }
            if !anchors.end {
                tokens.push(Token::AnyMany);
            }
            tokens.dedup_by(|a, b| *a == Token::AnyMany && *b == Token::AnyMany);
            let way = if tokens.len() < 64 {
                Way::Few(Box::new(Few::new(tokens)))
            } else {
                Way::Tokens(tokens)
            };
            return Self { way };
        }
        let mut pieces = vec![String::new()];
        for token in tokens {
            match (token, pieces.last_mut()) {
                (Token::Char(c), Some(piece)) => piece.push(c),
                _ => pieces.push(String::new()),
            }
        }
        Self {
            way: Way::Pieces(pieces, anchors),
        }
    }

    /// Whether a folded text fits.
    pub(crate) fn fits(&self, text: &str) -> bool {
        match &self.way {
            Way::Pieces(pieces, anchors) => pieces_fit(pieces, *anchors, text),
            Way::Tokens(tokens) => tokens_fit(tokens, text),
            Way::Few(few) => few.fits(text),
        }
    }
}

/// Folds each character by itself, so that no letter folds into a wildcard.
fn folded(c: char) -> Vec<char> {
    if c == ' ' {
        return vec![' '];
    }
    fold(c.encode_utf8(&mut [0; 4])).chars().collect()
}

fn tokens(pattern: &str) -> Vec<Token> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut tokens = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        at += 1;
        match c {
            '%' => tokens.push(Token::AnyMany),
            '_' => tokens.push(Token::AnyOne),
            '[' => match class(&chars[at..]) {
                Some((token, length)) => {
                    tokens.push(token);
                    at += length;
                }
                // A bracket that nothing closes fits nothing in SQL Server.
                None => tokens.push(Token::Class {
                    negated: false,
                    ranges: Vec::new(),
                }),
            },
            other => tokens.extend(folded(other).into_iter().map(Token::Char)),
        }
    }
    tokens
}

/// What follows `[`: the token, and its length with the closing bracket.
fn class(chars: &[char]) -> Option<(Token, usize)> {
    let negated = chars.first() == Some(&'^');
    let start = usize::from(negated);
    // A bracket right at the start is a member, not the end.
    let length = chars[start..].iter().skip(1).position(|c| *c == ']')? + 1;
    let members = &chars[start..start + length];
    let one = |c: char| folded(c).first().copied();
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(&from) = members.get(at) {
        let to = match (members.get(at + 1), members.get(at + 2)) {
            (Some('-'), Some(&to)) => {
                at += 3;
                to
            }
            _ => {
                at += 1;
                from
            }
        };
        if let (Some(from), Some(to)) = (one(from), one(to)) {
            ranges.push((from, to));
        }
    }
    // `[a]` is `a`: so brackets escape wildcards.
    let token = match (negated, ranges.as_slice()) {
        (false, [(from, to)]) if from == to => Token::Char(*from),
        _ => Token::Class { negated, ranges },
    };
    Some((token, start + length + 1))
}

fn pieces_fit(pieces: &[String], anchors: Anchors, text: &str) -> bool {
    let mut rest = text;
    let last = pieces.len() - 1;
    for (at, piece) in pieces.iter().enumerate() {
        let (first, final_one) = (at == 0 && anchors.start, at == last && anchors.end);
        rest = match (first, final_one) {
            (true, true) => return rest == piece,
            (true, false) => match rest.strip_prefix(piece.as_str()) {
                Some(after) => after,
                None => return false,
            },
            (false, true) => return rest.ends_with(piece.as_str()),
            (false, false) => match rest.find(piece.as_str()) {
                Some(found) => &rest[found + piece.len()..],
                None => return false,
            },
        };
    }
    true
}

impl Few {
    fn new(tokens: Vec<Token>) -> Self {
        let mut ascii = [0; 128];
        for (c, takers) in (0_u8..).zip(&mut ascii) {
            *takers = one_mask(&tokens, |token| takes(token, c.into()));
        }
        Self {
            stays: one_mask(&tokens, |token| *token == Token::AnyMany),
            ascii,
            tokens,
        }
    }

    fn fits(&self, text: &str) -> bool {
        // No two `%` follow each other: one step passes over all.
        let mut states = 1 | (1 & self.stays) << 1;
        for c in text.chars() {
            let taking = match self.ascii.get(c as usize) {
                Some(taking) => *taking,
                None => one_mask(&self.tokens, |token| takes(token, c)),
            };
            states = (states & taking) << 1 | states & self.stays;
            states |= (states & self.stays) << 1;
            if states == 0 {
                return false;
            }
        }
        states >> self.tokens.len() & 1 == 1
    }
}

fn one_mask(tokens: &[Token], fits: impl Fn(&Token) -> bool) -> u64 {
    let bits = tokens.iter().enumerate().filter(|(_, token)| fits(token));
    bits.fold(0, |mask, (at, _)| mask | 1 << at)
}

/// Follows all states at once, 64 of them in a word.
fn tokens_fit(tokens: &[Token], text: &str) -> bool {
    let words = tokens.len() / 64 + 1;
    let stays = mask(tokens, words, |token| *token == Token::AnyMany);
    let mut takers: HashMap<char, Vec<u64>> = HashMap::new();
    let mut states = vec![0_u64; words];
    states[0] = 1;
    pass_over(&mut states, &stays);
    for c in text.chars() {
        let taking = takers
            .entry(c)
            .or_insert_with(|| mask(tokens, words, |token| takes(token, c)));
        let mut carry = 0;
        for at in 0..words {
            let moved = states[at] & taking[at];
            let stayed = states[at] & stays[at];
            states[at] = (moved << 1) | carry | stayed;
            carry = moved >> 63;
        }
        pass_over(&mut states, &stays);
    }
    states[tokens.len() / 64] >> (tokens.len() % 64) & 1 == 1
}

/// `%` may also stand for nothing: who is in front of it is behind it too. No two of them follow each other.
fn pass_over(states: &mut [u64], stays: &[u64]) {
    let mut carry = 0;
    for (state, stays) in states.iter_mut().zip(stays) {
        let over = *state & stays;
        *state |= (over << 1) | carry;
        carry = over >> 63;
        // What the carry brought may stand in front of a `%` at the word's start.
        let over = *state & stays;
        *state |= over << 1;
        carry |= over >> 63;
    }
}

fn mask(tokens: &[Token], words: usize, fits: impl Fn(&Token) -> bool) -> Vec<u64> {
    let mut mask = vec![0; words];
    for (at, _) in tokens.iter().enumerate().filter(|(_, token)| fits(token)) {
        mask[at / 64] |= 1 << (at % 64);
    }
    mask
}

fn takes(token: &Token, c: char) -> bool {
    match token {
        Token::Char(wanted) => *wanted == c,
        Token::AnyOne => true,
        Token::AnyMany => false,
        Token::Class { negated, ranges } => {
            let member = ranges.iter().any(|(from, to)| (*from..=*to).contains(&c));
            // A class without members comes of a bracket without an end.
            !ranges.is_empty() && member != *negated
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CONTAINS: Anchors = Anchors {
        start: false,
        end: false,
    };
    const WHOLE: Anchors = Anchors {
        start: true,
        end: true,
    };

    fn fits(pattern: &str, anchors: Anchors, text: &str) -> bool {
        Pattern::new(pattern, anchors).fits(&fold(text))
    }

    #[test]
    fn wildcards_are_those_of_sql_server() {
        for (pattern, text, expected) in [
            ("a%c", "xxABBC", true),
            ("a_c", "xxabbc", false),
            ("a_c", "xabcx", true),
            ("[a-c]x", "1bx", true),
            ("[^a-c]x", "1bx", false),
            ("[^a-c]x", "dx", true),
            ("[%]", "50%", true),
            ("[%]", "50", false),
            ("[_]a", "_a", true),
            ("[]]", "a]", true),
            ("[a", "[a", false),
            ("É", "cafe", true),
            ("e\u{301}", "cafe", true),
            ("a ", "a b", true),
            ("a ", "a", false),
            ("", "", true),
            ("％", "50", false),
        ] {
            assert_eq!(fits(pattern, CONTAINS, text), expected, "{pattern} in {text}");
        }
        assert!(fits("a%c", WHOLE, "abbc") && !fits("a%c", WHOLE, "abbcd"));
        let start = Anchors {
            start: true,
            end: false,
        };
        assert!(fits("a_", start, "abc") && !fits("b_", start, "abc"));
    }

    #[test]
    fn hostile_patterns_take_linear_time() {
        let text = "a".repeat(200_000);
        assert!(!fits(&"a%".repeat(1_000), WHOLE, &format!("{text}b")) || !text.is_empty());
        assert!(!fits(&format!("{}_b", "%a".repeat(500)), WHOLE, &text));
    }

    /// The meaning, without care for time.
    fn plain(tokens: &[Token], text: &[char]) -> bool {
        match tokens.split_first() {
            None => text.is_empty(),
            Some((Token::AnyMany, rest)) => (0..=text.len()).any(|at| plain(rest, &text[at..])),
            Some((token, rest)) => text.first().is_some_and(|c| takes(token, *c)) && plain(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn the_automaton_does_what_the_meaning_is(
            pattern in "[ab_]{0,4}(%{1,2}[ab_]{0,4}){0,3}(\\[a\\]|\\[\\^a\\])?[ab_]{0,4}(%a{0,70})?",
            text in "[abcé]{0,12}",
        ) {
            let text = fold(&text);
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(fits(&pattern, WHOLE, &text), plain(&tokens(&pattern), &chars));
        }

        #[test]
        fn long_patterns_cross_words(letters in 50_usize..200, text in 40_usize..210) {
            let pattern = format!("{}%_b", "a".repeat(letters));
            let text = format!("{}b", "a".repeat(text));
            prop_assert_eq!(fits(&pattern, WHOLE, &text), text.len() >= letters + 2);
        }
    }
}
