//! `bonafide compare`.

use super::args::CompareArgs;
use super::run_folder::read_run_manifest;
use super::score::SHOWN_CREATORS;
use super::{Console, Outcome};
use crate::error::Result;
use crate::report::{RunComparison, RunManifest};
use crate::selection::{REQUIRED_COLUMNS, RunCreator};
use crate::tables::read_run_table;
use std::path::Path;

/// Says what changed between two runs, and what can be the reason.
///
/// # Errors
/// One of them cannot be read.
pub fn run(args: &CompareArgs, console: Console) -> Result<Outcome> {
    let (before, after) = (read(&args.before)?, read(&args.after)?);
    let comparison = RunComparison::between((&before.0, &before.1), (&after.0, &after.1));
    if console.json() {
        console.print_json(&comparison)?;
    } else {
        console.print(&comparison.render_text(console.width(), SHOWN_CREATORS))?;
    }
    Ok(Outcome::Done)
}

fn read(run: &Path) -> Result<(RunManifest, Vec<RunCreator>)> {
    let manifest = read_run_manifest(run)?;
    let creators =
        RunCreator::read_all(&read_run_table(run, "creators", &REQUIRED_COLUMNS)?).map_err(|error| error.at_file(run))?;
    Ok((manifest, creators))
}
