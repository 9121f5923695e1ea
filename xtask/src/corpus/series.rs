//! Drift between documents of one environment that lie side by side: compared in turn, and checked against a comparison that
//! knows nothing of schemas.

use std::collections::BTreeSet;
use std::path::Path;

use crate::process::{cargo, shown};
use crate::{Failure, root};

use super::discover::Document;

/// Runs the check for each folder that holds a series. Says so where there is none.
pub(super) fn check(documents: &[Document]) -> Result<(), Failure> {
    let folders: BTreeSet<&Path> = documents
        .iter()
        .filter(|document| document.superseded)
        .filter_map(|document| document.metadata.as_deref()?.parent())
        .collect();
    if folders.is_empty() {
        println!("no documents of one environment side by side: drift was not checked");
        return Ok(());
    }
    for folder in folders {
        println!("drift between the documents in {}", folder.display());
        let mut command = cargo();
        command
            .current_dir(root())
            .env("DATAVERSE_SERIES", folder.canonicalize()?)
            .args([
                "test",
                "--quiet",
                "--package",
                "dataverse-codegen",
                "--test",
                "drift_series",
            ])
            .args(["--", "--include-ignored", "--nocapture"]);
        shown(&mut command)?;
    }
    Ok(())
}
