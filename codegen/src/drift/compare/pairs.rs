//! Which thing of one side is which of the other: by name, else by evidence.

use std::collections::BTreeMap;

/// Things of two sides, put together.
pub(super) struct Pairs<'s, T> {
    /// On both sides.
    pub(super) both: Vec<(&'s T, &'s T)>,
    /// On the old side alone.
    pub(super) gone: Vec<&'s T>,
    /// On the new side alone.
    pub(super) come: Vec<&'s T>,
}

/// A thing that looks like another by a new name, with what speaks for it.
pub(super) struct Renamed<'s, T> {
    pub(super) old: &'s T,
    pub(super) new: &'s T,
    pub(super) evidence: String,
}

impl<'s, T> Pairs<'s, T> {
    /// Puts together what has the same key. Keys are unique on each side.
    pub(super) fn by<K: Ord>(
        old: impl IntoIterator<Item = &'s T>,
        new: impl IntoIterator<Item = &'s T>,
        key: impl Fn(&'s T) -> K,
    ) -> Self {
        let mut waiting: BTreeMap<K, &'s T> = new.into_iter().map(|of| (key(of), of)).collect();
        let (mut both, mut gone) = (Vec::with_capacity(waiting.len()), Vec::new());
        for old in old {
            match waiting.remove(&key(old)) {
                Some(new) => both.push((old, new)),
                None => gone.push(old),
            }
        }
        Self {
            both,
            gone,
            come: waiting.into_values().collect(),
        }
    }

    /// Takes out what looks renamed: where evidence ties one that is gone to one that has come, and neither to another.
    pub(super) fn renamed(
        &mut self,
        evidence: impl Fn(&'s T, &'s T) -> Option<String>,
    ) -> Vec<Renamed<'s, T>> {
        if self.gone.is_empty() || self.come.is_empty() {
            return Vec::new();
        }
        let mut ties = Vec::new();
        for (from, old) in self.gone.iter().enumerate() {
            for (to, new) in self.come.iter().enumerate() {
                ties.extend(evidence(old, new).map(|why| (from, to, why)));
            }
        }
        let (mut from_count, mut to_count) = (vec![0; self.gone.len()], vec![0; self.come.len()]);
        for (from, to, _) in &ties {
            from_count[*from] += 1;
            to_count[*to] += 1;
        }
        ties.retain(|(from, to, _)| from_count[*from] == 1 && to_count[*to] == 1);
        let renamed: Vec<_> = ties
            .into_iter()
            .map(|(from, to, evidence)| {
                let renamed = Renamed {
                    old: self.gone[from],
                    new: self.come[to],
                    evidence,
                };
                (from, to, renamed)
            })
            .collect();
        let (mut from, mut to) = (0, 0);
        self.gone.retain(|_| {
            from += 1;
            !renamed.iter().any(|(of, _, _)| *of == from - 1)
        });
        self.come.retain(|_| {
            to += 1;
            !renamed.iter().any(|(_, of, _)| *of == to - 1)
        });
        renamed.into_iter().map(|(_, _, renamed)| renamed).collect()
    }
}
