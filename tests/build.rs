//! Lists the twins of the compile-fail cases as modules of one test, so that a new file is compiled without being named anywhere.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui/pass");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        files.push(entry?.path());
    }
    files.sort();
    let modules: String = files.iter().map(|file| module(file)).collect();
    let out: PathBuf = env::var_os("OUT_DIR").unwrap_or_default().into();
    fs::write(out.join("twins.rs"), modules)
}

fn module(file: &Path) -> String {
    let name = file.file_stem().unwrap_or_default().display();
    format!("#[path = {file:?}]\nmod {name};\n")
}
