//! The keys of the file: the one list that the reader, its errors and the test of the editor's schema share.

/// A key of a section.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
}

/// What a key's value looks like.
pub(super) enum Form {
    /// A text.
    Text,
    /// A text, or the variable of the process that holds it.
    Setting,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number.
    Number,
    /// A list of whole numbers.
    Numbers,
    /// A list of texts.
    Names,
    /// A table of texts by names that the user chooses.
    Pairs,
    /// A section with keys of its own.
    Section(&'static [Key]),
    /// Sections by names that the user chooses.
    Sections(&'static [Key]),
    /// A section whose keys depend on its `kind`: see [`super::credential`].
    Credential,
}

const fn key(name: &'static str, form: Form) -> Key {
    Key { name, form }
}

/// The keys at the top.
pub(super) const ROOT: &[Key] = &[
    key("base", Form::Text),
    key("environments", Form::Sections(ENVIRONMENT)),
    key("selection", Form::Section(SELECTION)),
    key("output", Form::Section(OUTPUT)),
    key("create", Form::Section(CREATE)),
    key("names", Form::Section(NAMES)),
];

const ENVIRONMENT: &[Key] = &[
    key("url", Form::Setting),
    key("credential", Form::Credential),
    key("snapshot", Form::Text),
];

const SELECTION: &[Key] = &[
    key("tables", Form::Names),
    key("exclude", Form::Names),
    key("solutions", Form::Names),
    key("operations", Form::Names),
    key("languages", Form::Numbers),
];

const OUTPUT: &[Key] = &[
    key("crate", Form::Text),
    key("name", Form::Text),
    key("runtime", Form::Section(RUNTIME)),
    key("features", Form::Names),
    key("rows", Form::Names),
    key("docs-language", Form::Number),
    key("cache", Form::Text),
];

const RUNTIME: &[Key] = &[
    key("version", Form::Text),
    key("path", Form::Text),
    key("git", Form::Text),
    key("rev", Form::Text),
];

const CREATE: &[Key] = &[key("mandatory", Form::Word(&["none", "system", "application"]))];

const NAMES: &[Key] = &[
    key("tables", Form::Pairs),
    key("columns", Form::Pairs),
    key("choices", Form::Pairs),
    key("options", Form::Pairs),
    key("keys", Form::Pairs),
];
