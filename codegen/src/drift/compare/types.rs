//! Complex types and enumerations.

use super::Sides;
use super::found::At;
use super::operations::may_be_left_out;
use super::pairs::Pairs;
use super::texts::Texts;
use crate::drift::place::type_text;
use crate::drift::{Changes, Owner, Part, Rule};
use crate::schema::{ComplexType, EnumType, Parameter};

pub(super) fn types<'s>(sides: &Sides<'s>, found: &mut Changes<'s>) {
    let (old, new) = (sides.old, sides.new);
    let pairs = Pairs::by(old.complex_types.values(), new.complex_types.values(), |of| {
        &of.name
    });
    for of in pairs.gone {
        At::new(Owner::ComplexType(&of.name), found).removed(Rule::ComplexTypeRemoved, &*of.name);
    }
    for of in pairs.come {
        At::new(Owner::ComplexType(&of.name), found).added(Rule::ComplexTypeAdded, &*of.name);
    }
    for (old, new) in pairs.both {
        complex(
            sides,
            &mut At::new(Owner::ComplexType(&new.name), found),
            old,
            new,
        );
    }
    let pairs = Pairs::by(old.enum_types.values(), new.enum_types.values(), |of| &of.name);
    for of in pairs.gone {
        At::new(Owner::EnumType(&of.name), found).removed(Rule::EnumTypeRemoved, &*of.name);
    }
    for of in pairs.come {
        At::new(Owner::EnumType(&of.name), found).added(Rule::EnumTypeAdded, &*of.name);
    }
    for (old, new) in pairs.both {
        enumeration(&mut At::new(Owner::EnumType(&new.name), found), old, new);
    }
}

fn complex<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s ComplexType, new: &'s ComplexType) {
    if old.base != new.base {
        let text = |of: &'s Option<String>| of.as_deref().map(Into::into);
        at.fact("base")
            .push(Rule::ComplexBaseChanged, text(&old.base), text(&new.base), None);
    }
    if old.open != new.open {
        at.fact("open")
            .switched(old.open, Rule::ComplexClosed, Rule::ComplexOpened);
    }
    let pairs = Pairs::by(&old.members, &new.members, |of| &of.name);
    for of in pairs.gone {
        at.part(Part::Member(&of.name))
            .removed(Rule::MemberRemoved, type_text(&of.of));
    }
    for of in pairs.come {
        let rule = if may_be_left_out(of) || of.of.collection {
            Rule::MemberAdded
        } else {
            Rule::RequiredMemberAdded
        };
        at.part(Part::Member(&of.name)).added(rule, type_text(&of.of));
    }
    for (old, new) in pairs.both {
        member(sides, &mut at.part(Part::Member(&new.name)), old, new);
    }
}

fn member<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s Parameter, new: &'s Parameter) {
    Texts::new(&sides.knowledge, true, true).descriptions(at, &old.description, &new.description);
    if old.of.name != new.of.name || old.of.collection != new.of.collection {
        at.change(Rule::MemberTypeChanged, type_text(&old.of), type_text(&new.of));
    }
    let flags = [
        ("nullable", old.of.nullable, new.of.nullable),
        ("optional", old.optional, new.optional),
    ];
    for (name, old, _) in flags.into_iter().filter(|(_, old, new)| old != new) {
        at.fact(name)
            .switched(old, Rule::MemberDemanded, Rule::MemberFreed);
    }
}

fn enumeration<'s>(at: &mut At<'s, '_>, old: &'s EnumType, new: &'s EnumType) {
    if old.flags != new.flags {
        at.switched(old.flags, Rule::FlagsChanged, Rule::FlagsChanged);
    }
    let pairs = Pairs::by(&old.members, &new.members, |of| &of.name);
    for of in pairs.gone {
        at.part(Part::Member(&of.name))
            .removed(Rule::EnumMemberRemoved, of.value.to_string());
    }
    for of in pairs.come {
        at.part(Part::Member(&of.name))
            .added(Rule::EnumMemberAdded, of.value.to_string());
    }
    for (old, new) in pairs.both.into_iter().filter(|(old, new)| old.value != new.value) {
        at.part(Part::Member(&new.name)).change(
            Rule::EnumMemberRenumbered,
            old.value.to_string(),
            new.value.to_string(),
        );
    }
}
