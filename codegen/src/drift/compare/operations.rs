//! Functions, actions and their parameters.

use super::found::At;
use super::knowledge::one_sided;
use super::pairs::Pairs;
use super::texts::Texts;
use super::{Sides, types};
use crate::drift::place::type_text;
use crate::drift::{Changes, Kind, Owner, Part, Rule, Side};
use crate::schema::{Operation, Parameter};

pub(super) fn operations<'s>(sides: &Sides<'s>, found: &mut Changes<'s>) {
    let knows = |side| sides.knowledge.metadata(side);
    if let Some(side) = one_sided(knows(Side::Old), knows(Side::New)) {
        if sides.old.operations != sides.new.operations {
            At::new(Owner::Schema, found).not_known(Kind::Operation, side);
        }
        return;
    }
    let pairs = Pairs::by(&sides.old.operations, &sides.new.operations, Operation::order);
    for of in pairs.gone {
        At::new(Owner::operation(of), found).removed(Rule::OperationRemoved, &*of.name);
    }
    for of in pairs.come {
        At::new(Owner::operation(of), found).added(Rule::OperationAdded, &*of.name);
    }
    for (old, new) in pairs.both {
        operation(sides, &mut At::new(Owner::operation(new), found), old, new);
    }
    types::types(sides, found);
}

fn operation<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s Operation, new: &'s Operation) {
    let pairs = Pairs::by(&old.parameters, &new.parameters, |of| &of.name);
    for of in pairs.gone {
        at.part(Part::Parameter(&of.name))
            .removed(Rule::ParameterRemoved, type_text(&of.of));
    }
    for of in pairs.come {
        let rule = if may_be_left_out(of) {
            Rule::ParameterAdded
        } else {
            Rule::RequiredParameterAdded
        };
        at.part(Part::Parameter(&of.name)).added(rule, type_text(&of.of));
    }
    for (old, new) in pairs.both {
        parameter(sides, &mut at.part(Part::Parameter(&new.name)), old, new);
    }
    match (&old.returns, &new.returns) {
        (Some(old), Some(new)) if old != new => {
            at.part(Part::Result)
                .change(Rule::ResultChanged, type_text(old), type_text(new));
        }
        (Some(old), None) => at.part(Part::Result).removed(Rule::ResultLost, type_text(old)),
        (None, Some(new)) => at.part(Part::Result).added(Rule::ResultGained, type_text(new)),
        _ => {}
    }
    if old.composable != new.composable {
        at.fact("composable")
            .switched(old.composable, Rule::ComposableLost, Rule::ComposableGained);
    }
    if old.filter_only != new.filter_only {
        at.fact("filter only")
            .switched(old.filter_only, Rule::NotFilterOnly, Rule::FilterOnly);
    }
}

/// Actions take calls without a parameter that may be null.
pub(super) fn may_be_left_out(of: &Parameter) -> bool {
    of.optional || of.of.nullable
}

fn parameter<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s Parameter, new: &'s Parameter) {
    Texts::new(&sides.knowledge, true, true).descriptions(at, &old.description, &new.description);
    if old.of.name != new.of.name || old.of.collection != new.of.collection {
        at.change(Rule::ParameterTypeChanged, type_text(&old.of), type_text(&new.of));
    }
    let flags = [
        ("nullable", old.of.nullable, new.of.nullable),
        ("optional", old.optional, new.optional),
    ];
    for (name, old, _) in flags.into_iter().filter(|(_, old, new)| old != new) {
        at.fact(name)
            .switched(old, Rule::ParameterDemanded, Rule::ParameterFreed);
    }
}
