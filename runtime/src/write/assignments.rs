//! Several assignments.

use super::{Assignment, Body};

/// Assignments to columns of `T` in the write `M`: one, or tuples, `Vec`s and `Option`s of them.
#[diagnostic::on_unimplemented(
    message = "this can't be written to a row of `{T}`",
    label = "expected assignments to columns of `{T}`: `set(..)`, `clear()` or `bind(..)`, several of them in parentheses",
    note = "found `{Self}`"
)]
pub trait Assignments<T, M> {
    /// Adds the assignments to the body.
    fn push_to(self, body: &mut Body<T, M>);
}

impl<T, M, C> Assignments<T, M> for Assignment<T, M, C> {
    fn push_to(self, body: &mut Body<T, M>) {
        body.push(self.entry);
    }
}

impl<T, M, A: Assignments<T, M>> Assignments<T, M> for Option<A> {
    fn push_to(self, body: &mut Body<T, M>) {
        if let Some(assignments) = self {
            assignments.push_to(body);
        }
    }
}

impl<T, M, A: Assignments<T, M>> Assignments<T, M> for Vec<A> {
    fn push_to(self, body: &mut Body<T, M>) {
        self.into_iter().for_each(|assignments| assignments.push_to(body));
    }
}

impl<T, M> Assignments<T, M> for () {
    fn push_to(self, _: &mut Body<T, M>) {}
}

macro_rules! assignments_in_tuples {
    ($(($($one:ident)+))+) => {$(
        impl<T, M, $($one: Assignments<T, M>),+> Assignments<T, M> for ($($one,)+) {
            fn push_to(self, body: &mut Body<T, M>) {
                #[expect(non_snake_case, reason = "each variable has the name of its type")]
                let ($($one,)+) = self;
                $($one.push_to(body);)+
            }
        }
    )+};
}

assignments_in_tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) (A B C D E F G H I)
    (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L) (A B C D E F G H I J K L O)
    (A B C D E F G H I J K L O P) (A B C D E F G H I J K L O P Q) (A B C D E F G H I J K L O P Q R)
}
