//! `bonafide simulate`.

use super::args::SimulateArgs;
use super::import::{DatasetFolder, print_counts};
use super::sample::embedded_scenario;
use super::{Console, Outcome};
use crate::error::{Locate, Result};
use crate::simulation::{Scenario, Simulated, creators_table, orders_table, simulate};
use crate::tables::{Format, StagedFolder, TableWriter, write_manifest};
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
    write_truth(&staged, &simulated, args.tables.into())?;
    staged.commit()?;
    print_counts(&rows, console)?;
    console.note(&format!("dataset: {}", args.out.display()));
    Ok(Outcome::Done)
}

/// What was ordered and what happened to each creator: beside the tables, where no reader of datasets looks.
fn write_truth(staged: &StagedFolder, simulated: &Simulated, format: Format) -> Result<()> {
    let folder = staged.path().join("truth");
    std::fs::create_dir(&folder).at_file(&folder)?;
    for (name, batch) in [("orders", orders_table(&simulated.orders)), ("creators", creators_table(&simulated.creators))] {
        let mut writer = TableWriter::create(&folder, name, batch.schema(), format)?;
        writer.write(&batch)?;
        writer.finish()?;
    }
    Ok(())
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
