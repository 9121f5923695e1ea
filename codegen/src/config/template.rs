//! The file that `init` writes: it teaches what can be said, and says as little as possible.

use super::environment::{LOCAL, LOCAL_URL, is_emulator};

/// What the first `dataverse.toml` of a project says.
#[derive(Debug, Clone)]
pub struct Template {
    /// The environment's address. Absent: the emulator on this machine.
    pub url: Option<String>,
    /// The tables wanted.
    pub tables: Vec<String>,
    /// The crate's name and folder.
    pub crate_name: String,
    /// Where the runtime is, if it doesn't come from a registry.
    pub runtime: Option<String>,
}

/// The text of the file.
#[must_use]
pub fn template(of: &Template) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let tables: Vec<String> = of.tables.iter().map(|table| quoted(table)).collect();
    let url = of.url.as_deref().unwrap_or(LOCAL_URL);
    let (base, credential) = if is_emulator(url) {
        (LOCAL, "# credential = { kind = \"automatic\" }")
    } else {
        ("dev", "credential = { kind = \"automatic\" }")
    };
    let environment = format!("[environments.{base}]\nurl = {}\n", quoted(url));
    let runtime = match &of.runtime {
        Some(path) => format!("runtime = {{ path = {} }}", quoted(path)),
        None => format!("# runtime = {{ version = \"{}\" }}", env!("CARGO_PKG_VERSION")),
    };
    TEXT.replace("{base}", base)
        .replace("{environment}", &environment)
        .replace("{credential}", credential)
        .replace("{tables}", &tables.join(", "))
        .replace("{crate}", &of.crate_name)
        .replace("{runtime}", &runtime)
}

const TEXT: &str = r#"#:schema ./dataverse.schema.json
# What `dataverse-codegen` fetches and generates. Check this file in, with the snapshots and the crate.
#
#   dataverse-codegen regenerate          fetch, write the snapshots, generate the crate
#   dataverse-codegen regenerate --check  change nothing, and fail if something would: for CI
#   dataverse-codegen doctor              what is wrong with the connection, and what to do

# The environment whose schema the crate is made from. The others are fetched too, and compared with it.
base = "{base}"

# One section per environment. `url` is its address without a path.
{environment}
# Who the program is there. Secrets never stand in this file: they are in variables, which it names.
#   { kind = "automatic" }          what the machine offers: AZURE_* variables, a managed identity, the Azure CLI
#   { kind = "azure-cli" }          you, as `az login` knows you
#   { kind = "device-code" }        you, with a browser on any machine
#   { kind = "client-secret", client-id = "00001111-aaaa-2222-bbbb-3333cccc4444", client-secret = { env = "CRM_SECRET" } }
#   { kind = "client-certificate", client-id = "00001111-aaaa-2222-bbbb-3333cccc4444", certificate = "crm.pem" }
#   { kind = "github-actions", client-id = "00001111-aaaa-2222-bbbb-3333cccc4444" }   a workflow, without a secret
#   { kind = "workload-identity", client-id = { env = "AZURE_CLIENT_ID" }, token-file = { env = "AZURE_FEDERATED_TOKEN_FILE" } }
#   { kind = "managed-identity" }   of a machine in Azure
# An emulator needs none.
{credential}
# Where its snapshot is kept.
# snapshot = "schema/{base}"

# [environments.prod]
# url = { env = "CRM_PROD_URL" }
# credential = { kind = "automatic" }

[selection]
# Logical names, with `*` for any letters. Without `tables` and `solutions` all tables are taken, which are many.
tables = [{tables}]
# exclude = ["rsk_import*"]
# Solutions whose tables are wanted as well, by unique name.
# solutions = ["RaskFleet"]
# Functions and actions by name. Without it: those bound to a selected table.
# operations = ["WhoAmI", "rsk_*"]
# Languages whose labels are kept, by code (1033 is English, 1031 German). Without it: all.
# languages = [1033]

[output]
# The folder and the name of the generated crate.
crate = "{crate}"
name = "{crate}"
# Where the runtime comes from, in a manifest that is written for the first time: `version`, `path`, or `git` and `rev`.
{runtime}
# The runtime's features, likewise. An empty list leaves the HTTP client out.
# features = ["client"]
# Tables that get a ready-made row with all columns.
# rows = ["account"]
# The language whose labels come first in documentation and name the options of choices.
# docs-language = 1033
# Where fetched documents are kept, so that a refresh costs little. Don't check it in.
# cache = ".dataverse"

[create]
# The columns that a create has to set for the program to compile: "none", those that the service requires ("system"), or
# also those that forms require ("application").
mandatory = "application"

# Identifiers of your own choice. Keys with a dot stand in quotes.
# [names.tables]
# rsk_vessel = "Ship"
# [names.columns]
# "rsk_vessel.rsk_type" = "type_of_ship"
# [names.choices]
# "account.industrycode" = "Industry"
# [names.options]
# "account.industrycode.1" = "Bookkeeping"
# [names.keys]
# "rsk_vessel.rsk_imo" = "ImoKey"
"#;
