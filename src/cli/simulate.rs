//! `bonafide simulate`.

use super::args::SimulateArgs;
use super::import::DatasetFolder;
use super::sample::embedded_scenario;
use super::{Console, Outcome};
use crate::error::{Locate, Result};
use crate::simulation::{Scenario, simulate};
use crate::tables::{StagedFolder, write_manifest};
use std::collections::BTreeMap;
use std::path::Path;

/// Writes an invented platform export with known fraud.
///
/// # Errors
/// The scenario is not valid, or the folder cannot be written; nothing is left behind then.
pub fn run(args: &SimulateArgs, seed: u64, console: Console) -> Result<Outcome> {
    let scenario = scenario(args)?;
    let staged = StagedFolder::create(&args.out)?;
    let mut tables =
        DatasetFolder { staged: &staged, format: args.tables.into(), writers: BTreeMap::new(), rows: BTreeMap::new() };
    let simulated = simulate(&scenario, seed, &mut |table, batch| tables.write(table, &batch))?;
    let rows = tables.finish()?;
    write_manifest(staged.path(), &simulated.manifest)?;
    staged.commit()?;
    for (table, count) in &rows {
        console.print(&format!("{table:<18} {count:>10} rows"))?;
    }
    console.note(&format!("dataset: {}", args.out.display()));
    Ok(Outcome::Done)
}

fn scenario(args: &SimulateArgs) -> Result<Scenario> {
    let text = match &args.scenario {
        Some(file) => std::fs::read_to_string(file).at_file(file)?,
        None => embedded_scenario().to_owned(),
    };
    let place = args.scenario.as_deref().unwrap_or(Path::new("datasets/sample/scenario.toml"));
    let scenario = Scenario::parse(&text).at_file(place)?;
    scenario.resized(args.creators, args.accounts)
}
