//! The state of a row together with its status.

use super::assign::Assignment;
use super::mandatory::Marked;
use crate::access::{MaySet, Writable};
use crate::{Choice, ChoiceSet, Column, Fits, InvalidRequest, Table, kind};

impl<T: Table, E: ChoiceSet, A, N> Column<T, kind::ChoiceOf<E>, A, N> {
    /// Sets the status, which this column is, and `statecode` to the state that the status belongs to.
    ///
    /// A state alone would get its default status, and a status of another state would be refused
    /// (`0x80048408`, <https://learn.microsoft.com/power-apps/developer/data-platform/webapi/update-delete-entities-using-web-api>):
    ///
    /// ```
    /// # use crm::{account::{Account, StatusCode}, prelude::*};
    /// # use dataverse_runtime::{Client, Error};
    /// # async fn example(client: Client, account: Id<Account>) -> Result<(), Error> {
    /// client.update(account, |a| a.statuscode.with_state(StatusCode::Inactive, a.statecode)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A status whose state the program doesn't know makes the request [invalid](InvalidRequest::UnknownStatus).
    #[expect(
        clippy::type_complexity,
        reason = "a pair of assignments is as simple as it gets"
    )]
    pub fn with_state<
        M: MaySet<A> + MaySet<B>,
        V: Fits<kind::ChoiceOf<E>> + Into<Choice<E>>,
        F: ChoiceSet,
        B,
        O,
    >(
        self,
        status: V,
        statecode: Column<T, kind::ChoiceOf<F>, B, O>,
    ) -> (Assignment<T, M, N::Mark>, Assignment<T, M, O::Mark>)
    where
        A: Writable,
        B: Writable,
        N: Marked,
        O: Marked,
    {
        let status = status.into();
        let problem = InvalidRequest::UnknownStatus {
            table: T::META.logical_name,
            status: status.value(),
        };
        let mut state =
            statecode.value_entry(&Choice::<F>::new(status.state().unwrap_or_default()).literal());
        state.problem = status.state().is_none().then_some(problem);
        (
            Assignment::new(self.value_entry(&status.literal())),
            Assignment::new(state),
        )
    }
}
