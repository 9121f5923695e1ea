//! Whether an operation may change something: markers for [`Operation::Kind`](super::Operation::Kind).

/// It may: called by POST, with its parameters in the body.
pub enum Action {}
/// It doesn't: called by GET, with its parameters in the URL.
pub enum Function {}

/// Whether an operation is an [`Action`] or a [`Function`].
pub trait Kind {
    /// Whether it may change something.
    const CHANGES: bool;
}

impl Kind for Action {
    const CHANGES: bool = true;
}

impl Kind for Function {
    const CHANGES: bool = false;
}
