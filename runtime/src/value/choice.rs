//! One option of a choice.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::mem::discriminant;

/// The options of a choice, as an enum. Generated code implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a choice",
    label = "the enum of a choice's options is needed here",
    note = "a choice's enum stands beside its table, or in the module `choices`"
)]
pub trait ChoiceSet: Sized + 'static {
    /// Name of the choice in the environment.
    const NAME: &'static str;
    /// Number, variant and label of each option.
    const OPTIONS: &'static [(i32, Self, &'static str)];
    /// For a status column: each status with the state that it belongs to.
    const STATES: &'static [(i32, i32)] = &[];
}

/// An option of the choice `E`: any number, because an environment may have options that the program doesn't know.
///
/// [`known`](Self::known) gives the variant:
///
/// ```
/// # use dataverse_runtime::{Choice, ChoiceSet};
/// # enum Hull { Single, Double }
/// # impl ChoiceSet for Hull {
/// #     const NAME: &'static str = "hull";
/// #     const OPTIONS: &'static [(i32, Self, &'static str)] = &[(1, Self::Single, "Single"), (2, Self::Double, "Double")];
/// # }
/// # let choice = Choice::from(Hull::Double);
/// match choice.known() {
///     Some(Hull::Single) => println!("one hull"),
///     Some(Hull::Double) => println!("two hulls"),
///     None => println!("option {} is new", choice.value()),
/// }
/// ```
pub struct Choice<E> {
    value: i32,
    of: PhantomData<fn() -> E>,
}

impl<E> Choice<E> {
    /// The option with this number, known or not.
    pub const fn new(value: i32) -> Self {
        Self {
            value,
            of: PhantomData,
        }
    }

    /// The option's number.
    pub const fn value(self) -> i32 {
        self.value
    }
}

impl<E: ChoiceSet> Choice<E> {
    /// The variant, if the program knows the option.
    pub fn known(self) -> Option<&'static E> {
        self.option().map(|(_, variant, _)| variant)
    }

    /// The label from when the code was generated, if the program knows the option.
    pub fn label(self) -> Option<&'static str> {
        self.option().map(|(_, _, label)| *label)
    }

    /// For a status: the state that it belongs to.
    pub fn state(self) -> Option<i32> {
        E::STATES
            .iter()
            .find(|(status, _)| *status == self.value)
            .map(|(_, state)| *state)
    }

    /// The option that is this variant.
    pub(crate) fn of(variant: &E) -> Self {
        let option = E::OPTIONS
            .iter()
            .find(|(_, other, _)| discriminant(other) == discriminant(variant));
        #[expect(
            clippy::expect_used,
            reason = "it can't fail: the table of options is made from the same list as the enum"
        )]
        let (value, _, _) = option.expect("OPTIONS lists every variant");
        Self::new(*value)
    }

    fn option(self) -> Option<&'static (i32, E, &'static str)> {
        E::OPTIONS.iter().find(|(value, _, _)| *value == self.value)
    }
}

impl<E: ChoiceSet> From<E> for Choice<E> {
    fn from(variant: E) -> Self {
        Self::of(&variant)
    }
}

impl<E> Clone for Choice<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Choice<E> {}

impl<E> PartialEq for Choice<E> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<E> Eq for Choice<E> {}

impl<E: ChoiceSet> PartialEq<E> for Choice<E> {
    fn eq(&self, variant: &E) -> bool {
        self.known()
            .is_some_and(|known| discriminant(known) == discriminant(variant))
    }
}

impl<E> Hash for Choice<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<E: ChoiceSet> fmt::Debug for Choice<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label() {
            Some(label) => write!(f, "{} ({label})", self.value),
            None => write!(f, "{} (not known)", self.value),
        }
    }
}

/// The label, or the number of an option that isn't known.
impl<E: ChoiceSet> fmt::Display for Choice<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label() {
            Some(label) => f.write_str(label),
            None => self.value.fmt(f),
        }
    }
}
