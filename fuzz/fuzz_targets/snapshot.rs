//! Any bytes as a table's file in a snapshot, as if somebody had edited or merged it by hand.
#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dataverse_codegen::schema::{Schema, Table};
use dataverse_codegen::snapshot;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(table) = serde_json::from_slice::<Table>(bytes) else {
        return;
    };
    let schema = Schema {
        tables: [(table.name.clone(), table)].into(),
        ..Schema::default()
    };
    let folder = folder();
    let _ = fs::remove_dir_all(folder);
    let files = snapshot::files(&schema).expect("a schema can be written");
    for (name, text) in files {
        let edited = name.starts_with(snapshot::TABLES);
        write(&folder.join(name), if edited { bytes } else { &text });
    }
    match snapshot::read(folder) {
        Ok(read) => dataverse_fuzz::check(read.schema),
        // A name too long for a file, and the like.
        Err(error) => drop(error.to_string()),
    }
});

fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| std::env::temp_dir().join(format!("dataverse-fuzz-{}", std::process::id())))
}

fn write(path: &Path, text: &[u8]) {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).expect("a folder");
    }
    let _ = fs::write(path, text);
}
