//! Choices and their options.

use super::Sides;
use super::found::At;
use super::lookups::untold;
use super::pairs::{Pairs, Renamed};
use super::texts::Texts;
use crate::drift::{Changes, Item, Kind, Owner, Part, Rule};
use crate::schema::{ChoiceOption, ChoiceSet, ChoiceUse, Schema};

/// Compares the global choices.
pub(super) fn global<'s>(sides: &Sides<'s>, found: &mut Changes<'s>) {
    let pairs = Pairs::by(sides.old.choices.values(), sides.new.choices.values(), |set| {
        &set.name
    });
    for set in pairs.gone {
        At::new(Owner::Choice(&set.name), found).removed(Rule::ChoiceRemoved, &*set.name);
    }
    for set in pairs.come {
        At::new(Owner::Choice(&set.name), found).added(Rule::ChoiceAdded, &*set.name);
    }
    for (old, new) in pairs.both {
        let at = &mut At::new(Owner::Choice(&new.name), found);
        Texts::new(&sides.knowledge, true, true).labels(at, &old.label, &new.label);
        options(sides, at, old, new, |at, value, with| {
            with(&mut at.part(Part::Option(value)));
        });
    }
}

/// The choices that a column draws from on both sides.
pub(super) struct Drawn<'s> {
    pub(super) old: &'s ChoiceUse,
    pub(super) new: &'s ChoiceUse,
}

/// Compares what a column draws from. The options of one global choice are told there.
pub(super) fn drawn<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, Drawn { old, new }: Drawn<'s>) {
    match (old, new) {
        (ChoiceUse::Global(old), ChoiceUse::Global(new)) if old == new => return,
        (ChoiceUse::Local(old), ChoiceUse::Local(new)) => {
            if old.name != new.name {
                at.change(Rule::ChoiceNameChanged, &*old.name, &*new.name);
            }
            Texts::new(&sides.knowledge, true, true).labels_of(at, "choice", &old.label, &new.label);
        }
        _ => at.change(Rule::ChoiceMoved, text(old), text(new)),
    }
    let (Some(old), Some(new)) = (resolved(sides.old, old), resolved(sides.new, new)) else {
        return;
    };
    options(sides, at, old, new, |at, value, with| {
        with(&mut at.item(Item::Option(value)));
    });
}

fn text(of: &ChoiceUse) -> String {
    match of {
        ChoiceUse::Local(_) => "options of its own".to_owned(),
        ChoiceUse::Global(name) => format!("choice {name}"),
    }
}

fn resolved<'s>(schema: &'s Schema, of: &'s ChoiceUse) -> Option<&'s ChoiceSet> {
    match of {
        ChoiceUse::Local(set) => Some(set),
        ChoiceUse::Global(name) => schema.choices.get(name),
    }
}

/// Compares options. `enter` goes to the place of the one with a value.
fn options<'s>(
    sides: &Sides<'s>,
    at: &mut At<'s, '_>,
    old: &'s ChoiceSet,
    new: &'s ChoiceSet,
    enter: impl Fn(&mut At<'s, '_>, i32, &mut dyn FnMut(&mut At<'s, '_>)),
) {
    if let Some(side) = untold(old.options.is_empty(), new.options.is_empty()) {
        return at.not_known(Kind::Option, side);
    }
    let mut pairs = Pairs::by(&old.options, &new.options, |option| option.value);
    let renumbered = pairs.renamed(|old, new| {
        let label = old.label.preferred(1033).filter(|_| old.label == new.label)?;
        Some(format!("the same label \u{201c}{label}\u{201d}"))
    });
    for Renamed { old, new, evidence } in renumbered {
        enter(at, new.value, &mut |at| {
            let (old, new) = (old.value.to_string().into(), new.value.to_string().into());
            at.push(
                Rule::OptionRenumbered,
                Some(old),
                Some(new),
                Some(evidence.clone()),
            );
        });
        pairs.both.push((old, new));
    }
    for option in pairs.gone {
        enter(at, option.value, &mut |at| {
            at.removed(Rule::OptionRemoved, name(option));
        });
    }
    for option in pairs.come {
        enter(at, option.value, &mut |at| {
            at.added(Rule::OptionAdded, name(option));
        });
    }
    for (old, new) in pairs.both {
        enter(at, new.value, &mut |at| one(sides, at, old, new));
    }
}

fn name(option: &ChoiceOption) -> String {
    match option.label.preferred(1033) {
        Some(label) => format!("{} {label}", option.value),
        None => option.value.to_string(),
    }
}

fn one<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s ChoiceOption, new: &'s ChoiceOption) {
    let texts = Texts::new(&sides.knowledge, true, true);
    texts.labels(at, &old.label, &new.label);
    texts.descriptions(at, &old.description, &new.description);
    let numbers = [
        (
            "default status",
            Rule::DefaultStatusChanged,
            old.default_status,
            new.default_status,
        ),
        ("state", Rule::StateOfStatusChanged, old.state, new.state),
    ];
    for (name, rule, old, new) in numbers {
        let mut at = at.fact(name);
        if let Some((old, new)) = at.known(rule.kind(), old.as_ref(), new.as_ref()) {
            at.change(rule, old.to_string(), new.to_string());
        }
    }
    let texts = [
        (
            "name in code",
            Rule::OptionNameChanged,
            &old.invariant_name,
            &new.invariant_name,
        ),
        (
            "external value",
            Rule::ExternalValueChanged,
            &old.external_value,
            &new.external_value,
        ),
    ];
    for (name, rule, old, new) in texts.into_iter().filter(|(.., old, new)| old != new) {
        let text = |of: &'s Option<String>| of.as_deref().map(Into::into);
        at.fact(name).push(rule, text(old), text(new), None);
    }
    transitions(at, &old.next, &new.next);
}

/// Which statuses may follow. None listed: all may.
fn transitions(at: &mut At<'_, '_>, old: &[i32], new: &[i32]) {
    let mut at = at.fact("transitions");
    let text = |of: &[i32]| match of {
        [] => "any".to_owned(),
        of => of.iter().map(i32::to_string).collect::<Vec<_>>().join(", "),
    };
    let lacks = |of: &[i32], other: &[i32]| match (of, other) {
        ([], _) => false,
        (_, []) => true,
        (of, other) => other.iter().any(|value| !of.contains(value)),
    };
    if lacks(new, old) {
        at.change(Rule::TransitionRemoved, text(old), text(new));
    } else if lacks(old, new) {
        at.change(Rule::TransitionAdded, text(old), text(new));
    }
}
