//! Where the comparison puts what it finds.

use std::borrow::Cow;

use crate::drift::{Change, Changes, Detail, Item, Kind, Owner, Part, Place, Rule, Side};

/// A place in both schemas, and where what is found there goes.
pub(super) struct At<'s, 'f> {
    place: Place<'s>,
    found: &'f mut Changes<'s>,
}

impl<'s, 'f> At<'s, 'f> {
    pub(super) fn new(owner: Owner<'s>, found: &'f mut Changes<'s>) -> Self {
        Self {
            place: Place::of(owner),
            found,
        }
    }

    pub(super) fn part(&mut self, part: Part<'s>) -> At<'s, '_> {
        At {
            place: Place {
                part: Some(part),
                ..self.place
            },
            found: self.found,
        }
    }

    pub(super) fn item(&mut self, item: Item<'s>) -> At<'s, '_> {
        At {
            place: Place {
                item: Some(item),
                ..self.place
            },
            found: self.found,
        }
    }

    pub(super) fn detail(&mut self, detail: Detail) -> At<'s, '_> {
        At {
            place: Place {
                detail: Some(detail),
                ..self.place
            },
            found: self.found,
        }
    }

    pub(super) fn fact(&mut self, name: &'static str) -> At<'s, '_> {
        self.detail(Detail::Fact(name))
    }

    pub(super) fn change<O: Into<Cow<'s, str>>, N: Into<Cow<'s, str>>>(
        &mut self,
        rule: Rule,
        old: O,
        new: N,
    ) {
        self.push(rule, Some(old.into()), Some(new.into()), None);
    }

    pub(super) fn added(&mut self, rule: Rule, new: impl Into<Cow<'s, str>>) {
        self.push(rule, None, Some(new.into()), None);
    }

    pub(super) fn removed(&mut self, rule: Rule, old: impl Into<Cow<'s, str>>) {
        self.push(rule, Some(old.into()), None, None);
    }

    pub(super) fn renamed(&mut self, rule: Rule, old: &'s str, new: &'s str, evidence: String) {
        self.push(rule, Some(old.into()), Some(new.into()), Some(evidence));
    }

    pub(super) fn push(
        &mut self,
        rule: Rule,
        old: Option<Cow<'s, str>>,
        new: Option<Cow<'s, str>>,
        evidence: Option<String>,
    ) {
        self.found.changes.push(Change {
            rule,
            place: self.place,
            old,
            new,
            evidence,
        });
    }

    /// Notes that one side doesn't know what the other does.
    pub(super) fn not_known(&mut self, kind: Kind, side: Side) {
        self.found.not_known.push(crate::drift::NotKnown {
            kind,
            place: self.place,
            side,
        });
    }

    /// A fact that is absent where it isn't known. Gives both sides where both know it and they differ.
    pub(super) fn known<'a, T: PartialEq>(
        &mut self,
        kind: Kind,
        old: Option<&'a T>,
        new: Option<&'a T>,
    ) -> Option<(&'a T, &'a T)> {
        match (old, new) {
            (Some(old), Some(new)) => (old != new).then_some((old, new)),
            (None, None) => None,
            (None, Some(_)) => {
                self.not_known(kind, Side::Old);
                None
            }
            (Some(_), None) => {
                self.not_known(kind, Side::New);
                None
            }
        }
    }

    /// A flag that is absent where it isn't known.
    pub(super) fn flag(&mut self, old: Option<bool>, new: Option<bool>, off: Rule, on: Rule) {
        if let Some((old, _)) = self.known(on.kind(), old.as_ref(), new.as_ref()) {
            self.switched(*old, off, on);
        }
    }

    /// A flag that was `old` and is the other now.
    pub(super) fn switched(&mut self, old: bool, off: Rule, on: Rule) {
        if old {
            self.change(off, "yes", "no");
        } else {
            self.change(on, "no", "yes");
        }
    }
}
