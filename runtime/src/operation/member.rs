//! Members of the service's enum types. Choices are no enum types: see [`Choice`](crate::Choice).

use super::value::{RawJson, Value, ValueWriter};
use crate::{DecodeError, Literal, decode};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::mem::discriminant;

/// An enum type of the service. Generated code implements it.
pub trait EnumType: Sized + 'static {
    /// Its qualified name.
    const NAME: &'static str;
    /// Number, variant and name of each member.
    const MEMBERS: &'static [(i64, Self, &'static str)];
}

/// The service's name of a variant.
fn name_of<E: EnumType>(variant: &E) -> &'static str {
    let member = E::MEMBERS
        .iter()
        .find(|(_, other, _)| discriminant(other) == discriminant(variant));
    #[expect(
        clippy::expect_used,
        reason = "it can't fail: the table of members is made from the same list as the enum"
    )]
    let (_, _, name) = member.expect("MEMBERS lists every variant");
    name
}

fn known<E: EnumType>(name: &str) -> Option<&'static E> {
    E::MEMBERS
        .iter()
        .find(|(_, _, other)| *other == name)
        .map(|(_, variant, _)| variant)
}

/// Name of the member with this number, or the number itself.
fn name_of_number<E: EnumType>(number: i64) -> Cow<'static, str> {
    let member = E::MEMBERS.iter().find(|(other, _, _)| *other == number);
    member.map_or_else(|| number.to_string().into(), |(_, _, name)| (*name).into())
}

/// The text of an enum value, which is a string or a number.
fn read_names<E: EnumType>(json: RawJson<'_>) -> Result<Cow<'static, str>, DecodeError> {
    if let Ok(text) = decode::value::<String>(json.as_str()) {
        return Ok(text.into());
    }
    let number = decode::value::<i64>(json.as_str());
    number
        .map(name_of_number::<E>)
        .map_err(|_| DecodeError::mismatch(E::NAME, json.as_str()))
}

/// URLs need the type's name too.
fn write_names<E: EnumType>(names: &str, to: &mut ValueWriter) {
    if to.is_for_url() {
        to.json(E::NAME);
    }
    to.literal(&Literal::text(names));
}

/// A member of the enum type `E`: any name, because an environment may have members that the program doesn't know.
pub struct Member<E> {
    name: Cow<'static, str>,
    of: PhantomData<fn() -> E>,
}

impl<E> Member<E> {
    /// The member with this name, known or not.
    pub fn named(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            of: PhantomData,
        }
    }

    /// The member's name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl<E: EnumType> Member<E> {
    /// The variant, if the program knows the member.
    pub fn known(&self) -> Option<&'static E> {
        known(&self.name)
    }
}

impl<E: EnumType> From<E> for Member<E> {
    fn from(variant: E) -> Self {
        Self::named(name_of(&variant))
    }
}

impl<E> Clone for Member<E> {
    fn clone(&self) -> Self {
        Self::named(self.name.clone())
    }
}

impl<E> PartialEq for Member<E> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl<E> Eq for Member<E> {}

impl<E> fmt::Debug for Member<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl<E: EnumType> Value for Member<E> {
    const EXPECTED: &'static str = E::NAME;

    fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
        read_names::<E>(json).map(Self::named)
    }

    fn write(&self, to: &mut ValueWriter) {
        write_names::<E>(&self.name, to);
    }
}

/// Members of the enum type `E`, of which a value can have several.
pub struct Flags<E> {
    members: Vec<Member<E>>,
}

impl<E> Flags<E> {
    /// The members.
    pub fn iter(&self) -> impl Iterator<Item = &Member<E>> {
        self.members.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Whether `member` is among them.
    pub fn contains(&self, member: impl Into<Member<E>>) -> bool {
        self.members.contains(&member.into())
    }
}

impl<E> Default for Flags<E> {
    fn default() -> Self {
        Self { members: Vec::new() }
    }
}

impl<E> Clone for Flags<E> {
    fn clone(&self) -> Self {
        Self {
            members: self.members.clone(),
        }
    }
}

impl<E> PartialEq for Flags<E> {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members
    }
}

impl<E> Eq for Flags<E> {}

impl<E> fmt::Debug for Flags<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.members).finish()
    }
}

impl<E, M: Into<Member<E>>> FromIterator<M> for Flags<E> {
    fn from_iter<I: IntoIterator<Item = M>>(members: I) -> Self {
        Self {
            members: members.into_iter().map(Into::into).collect(),
        }
    }
}

impl<E, M: Into<Member<E>>, const N: usize> From<[M; N]> for Flags<E> {
    fn from(members: [M; N]) -> Self {
        members.into_iter().collect()
    }
}

impl<E: EnumType> From<E> for Flags<E> {
    fn from(member: E) -> Self {
        Self::from([member])
    }
}

impl<E: EnumType> Value for Flags<E> {
    const EXPECTED: &'static str = E::NAME;

    fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
        if let Ok(bits) = decode::value::<i64>(json.as_str()) {
            return Ok(from_bits(bits));
        }
        let names = read_names::<E>(json)?;
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        Ok(names.map(|name| Member::named(name.to_owned())).collect())
    }

    fn write(&self, to: &mut ValueWriter) {
        let names: Vec<_> = self.members.iter().map(Member::name).collect();
        // No member at all is a member too, where the type has a name for it.
        let names = if names.is_empty() {
            name_of_number::<E>(0).into_owned()
        } else {
            names.join(",")
        };
        write_names::<E>(&names, to);
    }
}

/// The members whose bits are set: those with the most bits first, so that a name for a group wins.
fn from_bits<E: EnumType>(bits: i64) -> Flags<E> {
    let mut left = bits;
    let mut named: Vec<_> = E::MEMBERS.iter().filter(|(value, _, _)| *value != 0).collect();
    named.sort_by_key(|(value, _, _)| std::cmp::Reverse(value.count_ones()));
    let mut members = Vec::new();
    for (value, _, name) in named {
        if left & value == *value {
            members.push(Member::named(*name));
            left &= !value;
        }
    }
    if left != 0 {
        members.push(Member::named(left.to_string()));
    }
    Flags { members }
}
