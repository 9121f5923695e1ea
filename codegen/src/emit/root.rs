//! The crate's root, its modules of several things, and its manifest.

use proc_macro2::TokenStream;
use quote::quote;

use crate::schema::Schema;

use super::Options;
use super::plan::Plan;
use super::tokens::ident;

/// `lib.rs`.
pub(super) fn root(schema: &Schema, plan: &Plan) -> TokenStream {
    let counts = format!(
        " A Dataverse environment, typed: {} tables and {} more that they refer to.",
        schema.tables.len(),
        schema.references.len()
    );
    let modules = plan.tables.values().map(|names| {
        let module = ident(&names.module);
        quote!(#[rustfmt::skip] pub mod #module;)
    });
    quote! {
        #![doc = #counts]
        #![doc = ""]
        #![doc = " Each table is a module with a marker type, its `Columns`, its choices and its keys. Start with"]
        #![doc = " `use <this crate>::{<table>::<Table>, prelude::*};`."]
        // Names are the environment's own: logical names, navigation properties, and labels in any script.
        #![allow(non_camel_case_types, non_snake_case, confusable_idents, mixed_script_confusables, uncommon_codepoints)]
        #![allow(rustdoc::bare_urls, rustdoc::redundant_explicit_links)]
        #![allow(clippy::enum_variant_names, clippy::module_inception, clippy::upper_case_acronyms)]

        pub use ::dataverse_runtime;

        #[rustfmt::skip]
        pub mod choices;
        #[rustfmt::skip]
        pub mod operations;
        #[rustfmt::skip]
        pub mod targets;
        #(#modules)*

        /// A query in FetchXML, which the compiler checks against this environment: see
        /// [`FetchXml`](::dataverse_runtime::FetchXml).
        #[macro_export]
        macro_rules! fetch_xml {
            ($($query:tt)*) => { $crate::dataverse_runtime::fetch_xml!($crate, $($query)*) };
        }

        /// What programs import as a whole: the values, traits and derives to work with any table.
        pub mod prelude {
            pub use crate::fetch_xml;
            pub use ::dataverse_runtime;
            pub use ::dataverse_runtime::prelude::*;
        }
    }
}

/// `operations/mod.rs`.
pub(super) fn operations() -> TokenStream {
    quote! {
        #![doc = " Functions and actions with the types that they take and give."]

        pub mod actions;
        pub mod complex;
        pub mod enums;
        pub mod functions;
    }
}

/// `Cargo.toml`, written once: from then on it is its owner's.
pub(super) fn manifest(options: &Options) -> String {
    let crate_name = &options.crate_name;
    let (client, others): (Vec<&String>, Vec<&String>) =
        options.features.iter().partition(|feature| *feature == CLIENT);
    let default = if client.is_empty() { "" } else { "\"client\"" };
    let runtime = dependency(&options.runtime, &others);
    format!(
        "[package]\n\
         name = \"{crate_name}\"\n\
         description = \"A Dataverse environment as Rust types. The sources are generated; this file is yours to edit.\"\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         \n\
         [features]\n\
         default = [{default}]\n\
         ## Talks to the service. Without it the crate is rows, queries and requests as text.\n\
         client = [\"dataverse-runtime/client\"]\n\
         \n\
         [dependencies]\n\
         dataverse-runtime = {runtime}\n"
    )
}

/// The runtime's feature that each crate has as a feature of its own.
const CLIENT: &str = "client";

/// The value of a dependency, a version or a table, with these features and no others.
fn dependency(source: &str, features: &[&String]) -> String {
    let table = match source.trim().strip_suffix('}') {
        Some(table) => table.trim_end().to_owned(),
        None => format!("{{ version = {source}"),
    };
    if features.is_empty() {
        return format!("{table}, default-features = false }}");
    }
    let features: Vec<String> = features.iter().map(|feature| format!("{feature:?}")).collect();
    let features = features.join(", ");
    format!("{table}, default-features = false, features = [{features}] }}")
}
