//! `bonafide verify`.

use super::args::VerifyArgs;
use super::run_folder::{Scored, account_model, score, write_tables};
use super::{Console, Outcome};
use crate::error::{Error, ErrorKind, Locate, Result};
use crate::report::RunManifest;
use crate::tables::{StagedFolder, sha256_file};
use std::path::Path;

/// Repeats a run from its own settings and compares inputs, model and every output bit by bit.
///
/// # Errors
/// [`ErrorKind::Mismatch`] that names what differs, or whatever kept the run from being repeated.
pub fn run(args: &VerifyArgs, console: Console) -> Result<Outcome> {
    let manifest = read_manifest(&args.run)?;
    verify_files(&args.run, &manifest)?;
    let model = account_model(args.model.model.as_deref())?;
    same("model", &manifest.model.sha256, &model.sha256())?;
    let scored = score(&args.dataset, args.model.model.as_deref(), manifest.settings.clone(), console)?;
    verify_inputs(&manifest, &scored)?;
    let scratch = tempfile::tempdir()?;
    let staged = StagedFolder::create(&scratch.path().join("run"))?;
    let outputs = write_tables(&scored, &staged, manifest.settings.format)?;
    for repeated in &outputs {
        let found = manifest.outputs.iter().find(|output| output.path == repeated.path);
        same(&repeated.path, found.map_or("(absent)", |output| &output.sha256), &repeated.sha256)?;
    }
    same("number of output files", &manifest.outputs.len().to_string(), &outputs.len().to_string())?;
    let text = format!("identical: {} input files, {} output files", manifest.inputs.len(), outputs.len());
    if console.json() { console.print_json(&serde_json::json!({ "identical": true }))? } else { console.print(&text)? }
    Ok(Outcome::Done)
}

fn read_manifest(run: &Path) -> Result<RunManifest> {
    let path = run.join("run.json");
    let bytes = std::fs::read(&path).at_file(&path)?;
    RunManifest::parse(&bytes).at_file(&path)
}

/// The files on disk are those that the run wrote.
fn verify_files(run: &Path, manifest: &RunManifest) -> Result<()> {
    for output in &manifest.outputs {
        same(&output.path, &output.sha256, &sha256_file(&run.join(&output.path))?)?;
    }
    Ok(())
}

fn verify_inputs(manifest: &RunManifest, scored: &Scored) -> Result<()> {
    for file in &scored.dataset.files {
        let found = manifest.inputs.iter().find(|input| input.path == file.path);
        same(&file.path, found.map_or("(absent)", |input| &input.sha256), &file.sha256)?;
    }
    same("number of input files", &manifest.inputs.len().to_string(), &scored.dataset.files.len().to_string())
}

fn same(what: &str, in_run: &str, now: &str) -> Result<()> {
    if in_run == now {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Mismatch { detail: format!("{what}: {in_run} in the run, {now} now") }))
}
