//! The file's rules, by example; the editor's schema against the reader.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::keys::{Form, Key, ROOT};
use super::*;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, Path::new("project/dataverse.toml"))
}

fn wrong(text: &str) -> String {
    match parse(text) {
        Err(error) => error.to_string(),
        Ok(config) => panic!("accepted: {config:?}"),
    }
}

const DEV: &str = "[environments.dev]\nurl = \"https://rsk.crm4.dynamics.com\"\n";

#[test]
fn an_empty_file_means_the_emulator_and_all_its_tables() {
    let config = parse("").expect("it says nothing wrong");
    assert_eq!(config.base, LOCAL);
    let local = config.environment(LOCAL).expect("the emulator");
    assert_eq!(local.url, Setting::Literal(LOCAL_URL.to_owned()));
    assert_eq!(local.snapshot, Path::new("project/schema/local"));
    assert!(config.selection.wants_all_tables());
    assert_eq!(config.output.crate_folder, Path::new("project/crm"));
    assert_eq!(config.mandatory, Mandatory::Application);
}

#[test]
fn what_is_said_is_read() {
    let config = parse(
        r#"
base = "dev"
[environments.dev]
url = "https://rsk-dev.crm4.dynamics.com"
credential = { kind = "client-secret", client-id = "1", client-secret = { env = "SECRET" }, tenant = { env = "TENANT" } }
snapshot = "elsewhere"
[environments.prod]
url = { env = "PROD" }
[selection]
tables = ["account", "rsk_*"]
exclude = "rsk_log"
solutions = ["Fleet"]
operations = []
languages = [1033, 1031]
[output]
crate = "bindings/fleet"
runtime = { path = "runtime" }
features = []
rows = ["account"]
docs-language = 1031
[create]
mandatory = "system"
[names.tables]
rsk_vessel = "Ship"
[names.options]
"account.industrycode.1" = "Bookkeeping"
"rsk_hull.-1" = "Unknown"
"#,
    )
    .expect("all is right");
    let dev = config.environment("dev").expect("it is there");
    assert_eq!(dev.snapshot, Path::new("project/elsewhere"));
    let credential = dev.credential.as_ref().expect("it has one");
    assert_eq!(credential.kind, "client-secret");
    assert_eq!(
        credential.settings["client-secret"],
        Setting::Variable("SECRET".to_owned())
    );
    let selection = &config.selection;
    assert!(selection.tables.matches("rsk_vessel") && selection.exclude.matches("rsk_log"));
    assert_eq!(selection.languages, [1033, 1031]);
    assert!(selection.operations.as_ref().is_some_and(Patterns::is_empty));
    let options = config.options();
    assert_eq!(
        (options.crate_name.as_str(), options.language, options.mandatory),
        ("fleet", 1031, Mandatory::System)
    );
    assert_eq!(options.runtime, "{ path = \"../../runtime\" }");
    assert!(options.features.is_empty());
    let lock = config.names.over(&crate::names::Lock::default()).to_string();
    for line in [
        "table rsk_vessel = Ship",
        "option account.industrycode 1 = Bookkeeping",
        "option rsk_hull -1 = Unknown",
    ] {
        assert!(lock.contains(line), "{lock}");
    }
}

#[test]
fn mistakes_are_told_with_their_place_and_what_was_expected() {
    let dev = |text: &str| format!("{DEV}{text}");
    for (text, told) in [
        (
            "bse = \"dev\"\n".to_owned() + DEV,
            "project/dataverse.toml:1:1: there is no key `bse` (did you mean `base`?)",
        ),
        (
            dev("[selektion]\n"),
            ":3:2: there is no key `selektion` (did you mean `selection`?)",
        ),
        (
            dev("[output]\nrow = []\n"),
            ":4:1: there is no key `row` (did you mean `rows`?)",
        ),
        (
            dev("[output]\ndocs_language = 1\n"),
            "did you mean `docs-language`?",
        ),
        (dev("[output]\nzzz = 1\n"), "known here: crate, name,"),
        (
            dev("[selection]\ntables = [1]\n"),
            ":4:11: `tables` is a list of texts: [\"account\", \"rsk_*\"], not an integer",
        ),
        (
            dev("[selection]\ntables = [\"a[\"]\n"),
            ":4:10: `a[` is not a name or glob",
        ),
        (
            dev("[selection]\nlanguages = [\"en\"]\n"),
            "a list of whole numbers: [1033, 1031], not a string",
        ),
        (
            dev("[create]\nmandatory = \"sytem\"\n"),
            "did you mean \"system\"?",
        ),
        ("[environments.dev]\n".to_owned(), ":1:15: it has no `url`"),
        (
            "[environments.dev]\nurl = \"rsk.crm4.dynamics.com\"\n".to_owned(),
            ":2:7: `rsk.crm4.dynamics.com` is no address",
        ),
        (
            "[environments.dev]\nurl = \"https://me:pw@rsk.crm4.dynamics.com\"\n".to_owned(),
            "an address holds no user and no password",
        ),
        (
            "[environments.dev]\nurl = { env = \"\" }\n".to_owned(),
            "a text, or the variable that holds it",
        ),
        (
            "[environments.\"a/b\"]\nurl = \"https://x\"\n".to_owned(),
            "can't be the name of an environment",
        ),
        (
            "base = \"prd\"\n[environments.prod]\nurl = \"https://x\"\n".to_owned(),
            ":1:8: there is no environment `prd` (did you mean `prod`?)",
        ),
        (
            "[environments.a]\nurl = \"https://x\"\n[environments.b]\nurl = \"https://y\"\n".to_owned(),
            "none is the base",
        ),
        (
            dev("[output.runtime]\npath = \"a\"\ngit = \"b\"\n"),
            "give one of `version`, `path` and `git`",
        ),
        (
            dev("[output]\nname = \"1st\"\n"),
            "`1st` can't be the name of a crate",
        ),
        (
            dev("[output]\nname = \"dataverse-runtime\"\n"),
            "no keyword, no crate that it needs",
        ),
        (
            dev("[output]\ncrate = \"schema/./dev\"\n"),
            ":1:2: the crate and the snapshot of `dev` are in one folder",
        ),
        (
            "base = \"a\"\n[environments.a]\nurl = \"https://x\"\nsnapshot = \"s\"\n[environments.b]\nurl = \"https://y\"\nsnapshot = \"s\"\n"
                .to_owned(),
            "the snapshot of `a` and the snapshot of `b` are in one folder",
        ),
        (
            dev("[names.tables]\naccount = \"my account\"\n"),
            ":4:11: `my account` can't be a name in Rust",
        ),
        (
            dev("[names.columns]\naccount = \"x\"\n"),
            "`account` names no column (write it as in \"account.type\" = \"kind\")",
        ),
        (
            dev("[names.columns]\naccount.type = \"x\"\n"),
            "a key with a dot stands in quotes",
        ),
        ("a = [1\n".to_owned(), "project/dataverse.toml:"),
    ] {
        let wrong = wrong(&text);
        assert!(wrong.contains(told), "{text}\nno {told:?} in:\n{wrong}");
    }
}

#[test]
fn a_secret_in_the_file_is_refused_with_what_to_do_and_not_repeated() {
    let told = wrong(&format!(
        "{DEV}credential = {{ kind = \"client-secret\", client-id = \"1\", client-secret = \"hunter2\" }}\n"
    ));
    assert!(
        told.contains(
            "`client-secret` is a secret, and secrets don't stand in this file (name the variable that holds it: \
             client-secret = { env = \"CRM_CLIENT_SECRET\" })"
        ),
        "{told}"
    );
    assert!(!told.contains("hunter2"), "{told}");
    for (credential, told) in [
        ("\"azure-cli\"", "credential = { kind = \"azure-cli\" }"),
        ("{ kind = \"azure-cl\" }", "did you mean \"azure-cli\"?"),
        ("{ kind = \"password\", client-id = \"1\" }", "needs `user`"),
        (
            "{ kind = \"azure-cli\", tennant = \"x\" }",
            "did you mean `tenant`?",
        ),
        ("{ }", "the credential has no `kind`"),
    ] {
        let wrong = wrong(&format!("{DEV}credential = {credential}\n"));
        assert!(wrong.contains(told), "{credential}: {wrong}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_their_order() {
    let told = wrong("zz = 1\n[environments.dev]\nurl = 3\nsnap = 1\n[create]\nmandatory = 1\n");
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 4, "{told}");
    for (line, place) in lines.iter().zip([":1:1:", ":3:7:", ":4:1:", ":6:13:"]) {
        assert!(line.contains(place), "{told}");
    }
}

/// The keys below a place of the editor's schema.
fn properties<'s>(schema: &'s Value, at: &'s Value) -> BTreeSet<String> {
    let at = resolve(schema, at);
    let object = at["properties"].as_object();
    object.map(|of| of.keys().cloned().collect()).unwrap_or_default()
}

fn resolve<'s>(schema: &'s Value, at: &'s Value) -> &'s Value {
    match at["$ref"].as_str() {
        Some(path) => schema
            .pointer(path.trim_start_matches('#'))
            .expect("it points somewhere"),
        None => at,
    }
}

fn compare(schema: &Value, at: &Value, keys: &[Key], path: &str) {
    let at = resolve(schema, at);
    assert_eq!(at["additionalProperties"], Value::Bool(false), "{path}");
    let known: BTreeSet<String> = keys.iter().map(|key| key.name.to_owned()).collect();
    assert_eq!(properties(schema, at), known, "{path}");
    for key in keys {
        let value = &at["properties"][key.name];
        let path = format!("{path}.{}", key.name);
        assert!(value["description"].is_string(), "{path}");
        match key.form {
            Form::Text => assert_eq!(value["type"], "string", "{path}"),
            Form::Number => assert_eq!(value["type"], "integer", "{path}"),
            Form::Numbers => assert_eq!(value["items"]["type"], "integer", "{path}"),
            Form::Names => assert_eq!(value["anyOf"][0]["items"]["type"], "string", "{path}"),
            Form::Setting => assert_eq!(value["anyOf"][1]["$ref"], "#/$defs/variable", "{path}"),
            Form::Pairs => assert_eq!(value["additionalProperties"]["type"], "string", "{path}"),
            Form::Word(words) => assert_eq!(value["enum"], serde_json::json!(words), "{path}"),
            Form::Section(keys) => compare(schema, value, keys, &path),
            Form::Sections(keys) => compare(schema, &value["additionalProperties"], keys, &path),
            Form::Credential => credentials(schema, value),
        }
    }
}

fn credentials(schema: &Value, at: &Value) {
    let told = at["oneOf"].as_array().expect("a list of kinds");
    assert_eq!(told.len(), KINDS.len());
    for kind in KINDS {
        let of = told
            .iter()
            .find(|of| of["properties"]["kind"]["const"] == kind.name)
            .unwrap_or_else(|| panic!("{} is not in the schema", kind.name));
        let mut known: BTreeSet<String> = kind.keys.iter().map(|key| key.name.to_owned()).collect();
        known.insert("kind".to_owned());
        assert_eq!(properties(schema, of), known, "{}", kind.name);
        for key in kind.keys {
            let required = of["required"].as_array().expect("a list");
            assert_eq!(required.iter().any(|name| name == key.name), key.required);
            let value = &of["properties"][key.name];
            assert_eq!(value["$ref"] == "#/$defs/variable", key.secret, "{}", key.name);
        }
    }
}

#[test]
fn the_schema_for_editors_has_the_keys_that_the_reader_has() {
    let schema: Value = serde_json::from_str(EDITOR_SCHEMA).expect("it is JSON");
    compare(&schema, &schema, ROOT, "");
}

#[test]
fn the_template_is_right_as_it_is_and_with_every_line_that_it_offers() {
    let of = Template {
        url: None,
        tables: vec!["account".to_owned(), "rsk_*".to_owned()],
        crate_name: "crm".to_owned(),
        runtime: None,
    };
    let config = parse(&template(&of)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(config.base, LOCAL);
    let dev = Template {
        url: Some("https://rsk.crm4.dynamics.com".to_owned()),
        runtime: Some("../runtime".to_owned()),
        ..of
    };
    let text = template(&dev);
    parse(&text).unwrap_or_else(|error| panic!("{error}"));
    // What is offered in comments, such as `# rows = ["account"]`.
    let offered: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(offer) if offer.starts_with('[') => offer,
            Some(offer) if offer.contains(" = ") && !offer.starts_with([' ', '`']) => offer,
            _ => line,
        })
        .filter(|line| !line.starts_with("runtime = { version"))
        .map(|line| format!("{line}\n"))
        .collect();
    let config = parse(&offered).unwrap_or_else(|error| panic!("{error}\n{offered}"));
    assert_eq!(config.environments.len(), 2);
    assert!(!config.names.is_empty() && config.output.features == ["client"]);
    assert_eq!(config.selection.languages, [1033]);
    for kind in KINDS
        .iter()
        .filter(|kind| !["refresh-token", "password", "token", "none", "browser"].contains(&kind.name))
    {
        assert!(
            text.contains(&format!("kind = \"{}\"", kind.name)),
            "{}",
            kind.name
        );
    }
}

#[cfg(feature = "fetch")]
#[test]
fn the_kinds_of_credentials_are_those_of_the_runtime() {
    use dataverse_runtime::client::config::{ConfigError, ConnectSettings};
    let own: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(own, ConnectSettings::kinds().collect());
    for kind in KINDS {
        let needed = kind.keys.iter().filter(|key| key.required);
        let settings: Vec<(&str, &str)> = needed.map(|key| (key.name, "x")).collect();
        // A value such as `x` may be no path or address, but the setting is known, and none is missing.
        let fits = |settings: &[(&str, &str)]| {
            let made = ConnectSettings::new("https://rsk.crm4.dynamics.com", kind.name, settings.to_vec());
            matches!(made, Ok(_) | Err(ConfigError::Invalid { .. }))
        };
        assert!(fits(&settings), "{}", kind.name);
        for key in kind.keys {
            assert_eq!(ConnectSettings::is_secret(key.name), key.secret, "{}", key.name);
            let others = settings.iter().copied().filter(|(name, _)| *name != key.name);
            let with: Vec<_> = others.clone().chain([(key.name, "x")]).collect();
            assert!(fits(&with), "{} {}", kind.name, key.name);
            let without: Vec<_> = others.collect();
            assert_eq!(!fits(&without), key.required, "{} {}", kind.name, key.name);
        }
    }
}
