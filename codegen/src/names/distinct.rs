//! Gives each of several things a name of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::Lock;

/// What a thing would like to be called.
pub(crate) struct Wish {
    /// The thing's key in the lock; empty for names that need no lock because they follow from the schema alone.
    pub(crate) key: String,
    /// The name it would like.
    pub(crate) name: String,
    /// What sets it apart from the others that would like the same name: unique among them.
    pub(crate) suffix: String,
}

/// Names for all wishes, in their order. A locked name is kept. Among the others, those that want the same name, or a
/// reserved one, all take their suffix, so that no name depends on the order of the wishes.
pub(crate) fn distinct(wishes: &[Wish], reserved: &[&str], before: &Lock, after: &mut Lock) -> Vec<String> {
    let mut taken: BTreeSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
    let mut names: Vec<Option<String>> = vec![None; wishes.len()];
    for (wish, name) in wishes.iter().zip(&mut names) {
        if let Some(locked) = before.get(&wish.key)
            && taken.insert(locked.to_owned())
        {
            *name = Some(locked.to_owned());
        }
    }
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    for (wish, _) in wishes.iter().zip(&names).filter(|(_, name)| name.is_none()) {
        *wanted.entry(&wish.name).or_default() += 1;
    }
    let plain: Vec<bool> = wishes
        .iter()
        .map(|wish| wanted.get(&*wish.name) == Some(&1) && !taken.contains(&wish.name))
        .collect();
    for ((wish, name), _) in wishes
        .iter()
        .zip(&mut names)
        .zip(&plain)
        .filter(|((_, name), plain)| **plain && name.is_none())
    {
        taken.insert(wish.name.clone());
        *name = Some(wish.name.clone());
    }
    for (wish, name) in wishes.iter().zip(&mut names).filter(|(_, name)| name.is_none()) {
        let stem = wish.name.trim_start_matches("r#");
        let stem = stem.strip_suffix('_').unwrap_or(stem);
        let mut longer = format!("{stem}{}", wish.suffix);
        while !taken.insert(longer.clone()) {
            longer.push('_');
        }
        *name = Some(longer);
    }
    let names: Vec<String> = names.into_iter().flatten().collect();
    for (wish, name) in wishes.iter().zip(&names).filter(|(wish, _)| !wish.key.is_empty()) {
        after.set(&wish.key, name);
    }
    names
}
