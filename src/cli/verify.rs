//! `bonafide verify`.

use super::args::VerifyArgs;
use super::run_folder::{manifest, read_run_manifest, score, sha256_file, write_tables};
use super::{Console, Outcome, printable};
use crate::error::{Error, ErrorKind, Locate, Result};
use crate::report::RunManifest;
use crate::tables::StagedFolder;
use serde_json::json;
use std::path::Path;

/// Repeats a run from its own settings and compares inputs, model and every output bit by bit. A difference is a result,
/// not a failure.
///
/// # Errors
/// Whatever kept the run from being repeated.
pub fn run(args: &VerifyArgs, console: Console) -> Result<Outcome> {
    match compare(args, console) {
        Ok(repeated) => {
            let (inputs, outputs) = (repeated.inputs.len(), repeated.outputs.len());
            if console.json() {
                console.print_json(&json!({ "identical": true, "inputs": inputs, "outputs": outputs }))?;
            } else {
                console.print(&format!("identical: {inputs} input files, {outputs} output files"))?;
            }
            Ok(Outcome::Done)
        }
        Err(error) => {
            let ErrorKind::Mismatch { detail } = error.kind() else { return Err(error) };
            if console.json() {
                console.print_json(&json!({ "identical": false, "difference": detail }))?;
            } else {
                console.print(&printable(&format!("different: {detail}")))?;
            }
            Ok(Outcome::DifferenceFound)
        }
    }
}

fn compare(args: &VerifyArgs, console: Console) -> Result<RunManifest> {
    let recorded = read_run_manifest(&args.run)?;
    verify_files(&args.run, &recorded)?;
    let mut scored = score(&args.dataset, args.model.model.as_deref(), recorded.settings, console)?;
    let scratch = tempfile::tempdir()?;
    let staged = StagedFolder::create(&scratch.path().join("run"))?;
    let outputs = write_tables(&mut scored, &staged, recorded.settings.format)?;
    let repeated = manifest(&scored, outputs)?;
    recorded.outputs_equal(&repeated)?;
    Ok(repeated)
}

/// The files on disk are those that the run wrote.
fn verify_files(run: &Path, manifest: &RunManifest) -> Result<()> {
    for output in &manifest.outputs {
        let path = run.join(&output.path);
        let is_there = path.try_exists().at_file(&path)?;
        if !is_there || sha256_file(&path)? != output.sha256 {
            let what = if is_there { "is not as the run wrote it" } else { "is not there" };
            let detail = format!("{} {what}", output.path);
            return Err(Error::new(ErrorKind::Mismatch { detail }).at_file(run));
        }
    }
    match extra_file(run, manifest)? {
        None => Ok(()),
        Some(name) => {
            let detail = format!("{name} is there, but the run did not write it");
            Err(Error::new(ErrorKind::Mismatch { detail }).at_file(run))
        }
    }
}

/// A file of the run's folder that `run.json` does not name.
fn extra_file(run: &Path, manifest: &RunManifest) -> Result<Option<String>> {
    let mut names = Vec::new();
    for folder in ["", "rejected/"] {
        let path = run.join(folder);
        if !path.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&path).at_file(&path)? {
            let entry = entry.at_file(&path)?;
            if entry.path().is_file() {
                names.push(format!("{folder}{}", entry.file_name().to_string_lossy()));
            }
        }
    }
    names.sort();
    let is_known = |name: &String| name == "run.json" || manifest.outputs.iter().any(|output| output.path == *name);
    Ok(names.into_iter().find(|name| !is_known(name)))
}
