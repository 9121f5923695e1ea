//! Drops the second of two things of one name.

use super::read::Reading;
use super::source::Tag;

/// Memory for the search, kept between searches.
#[derive(Debug, Default)]
pub(super) struct Unique {
    hashes: Vec<u64>,
}

impl Unique {
    /// Whether two of these names may be the same. Sorting hashes costs a fraction of sorting names.
    fn may_repeat<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> bool {
        self.hashes.clear();
        self.hashes.extend(names.map(hash));
        self.hashes.sort_unstable();
        self.hashes.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Removes all but the first of each name, and hands the names of the removed ones to `dropped`.
    pub(super) fn keep_first<T>(
        &mut self,
        items: &mut Vec<T>,
        name: impl Fn(&T) -> &str,
        mut dropped: impl FnMut(&str),
    ) {
        if items.len() < 2 || !self.may_repeat(items.iter().map(&name)) {
            return;
        }
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|&at| name(&items[at]));
        let mut keep = vec![true; items.len()];
        for pair in order.windows(2) {
            keep[pair[1]] = name(&items[pair[0]]) != name(&items[pair[1]]);
        }
        let mut keep = keep.into_iter();
        items.retain(|item| {
            let keep = keep.next().unwrap_or(true);
            if !keep {
                dropped(name(item));
            }
            keep
        });
    }
}

/// A quick hash. Names that are made to collide cost a sorting, no more.
fn hash(name: &str) -> u64 {
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95);
    let (words, tail) = name.as_bytes().as_chunks::<8>();
    let hash = words.iter().fold(name.len() as u64, |hash, word| {
        mix(hash, u64::from_le_bytes(*word))
    });
    let mut last = [0; 8];
    last[..tail.len()].copy_from_slice(tail);
    mix(hash, u64::from_le_bytes(last))
}

impl<'a> Reading<'a> {
    /// Keeps the first of the same name in an element just read, and notes the others.
    pub(super) fn distinct<T>(
        &mut self,
        of: &Tag<'a>,
        what: &str,
        items: &mut Vec<T>,
        name: impl Fn(&T) -> &str,
    ) {
        let Self {
            source,
            notes,
            unique,
            ..
        } = self;
        unique.keep_first(items, name, |name| {
            let offset = source.offset_of(name).unwrap_or(of.offset);
            notes.add(
                offset,
                format!("the {what} `{name}` appears twice: the first was kept"),
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(items: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut kept: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        let mut dropped = Vec::new();
        Unique::default().keep_first(&mut kept, |item| item, |name| dropped.push(name.to_owned()));
        (kept, dropped)
    }

    #[test]
    fn the_first_stays() {
        let names = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            keep(&["b", "a", "b", "c", "a", "b"]),
            (names(&["b", "a", "c"]), names(&["b", "a", "b"]))
        );
        assert_eq!(keep(&["b", "a", "B"]), (names(&["b", "a", "B"]), names(&[])));
        assert_eq!(keep(&[]), (names(&[]), names(&[])));
    }
}
