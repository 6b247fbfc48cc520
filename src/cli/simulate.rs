//! `bonafide simulate`.

use super::args::SimulateArgs;
use super::import::{DatasetFolder, print_counts};
use super::sample::embedded_scenario;
use super::{Console, Outcome};
use crate::error::{Locate, Result};
use crate::simulation::{Scenario, Truth, creators_table, events_table, members_table, orders_table, simulate_with_truth};
use crate::tables::{Format, StagedFolder, TableWriter, write_manifest};
use arrow_array::RecordBatch;
use std::collections::BTreeMap;
use std::path::Path;

/// Writes an invented platform export with known fraud.
///
/// # Errors
/// The scenario is not valid, or the folder cannot be written; nothing is left behind then.
pub fn run(args: &SimulateArgs, seed: u64, console: Console) -> Result<Outcome> {
    let scenario = scenario(args, console)?;
    let staged = StagedFolder::create(&args.out)?;
    let format = args.tables.into();
    let mut tables = DatasetFolder { staged: &staged, format, writers: BTreeMap::new(), rows: BTreeMap::new() };
    let mut truth = TruthFolder::create(&staged, format)?;
    let manifest =
        simulate_with_truth(&scenario, seed, &mut |table, batch| tables.write(table, &batch), &mut |some| truth.write(&some))?;
    let rows = tables.finish()?;
    truth.finish()?;
    write_manifest(staged.path(), &manifest)?;
    staged.commit()?;
    print_counts(&rows, console)?;
    console.note(&format!("dataset: {}", args.out.display()));
    Ok(Outcome::Done)
}

/// What was ordered and what happened to each creator: beside the tables, where no reader of datasets looks.
struct TruthFolder {
    creators: TableWriter,
    orders: TableWriter,
    events: TableWriter,
    members: TableWriter,
}

impl TruthFolder {
    fn create(staged: &StagedFolder, format: Format) -> Result<Self> {
        let folder = staged.path().join("truth");
        std::fs::create_dir(&folder).at_file(&folder)?;
        let create = |name: &str, empty: RecordBatch| TableWriter::create(&folder, name, empty.schema(), format);
        Ok(Self {
            creators: create("creators", creators_table(&[]))?,
            orders: create("orders", orders_table(&[]))?,
            events: create("events", events_table(&[]))?,
            members: create("order_members", members_table(&[]))?,
        })
    }

    fn write(&mut self, truth: &Truth) -> Result<()> {
        self.creators.write(&creators_table(&truth.creators))?;
        self.orders.write(&orders_table(&truth.orders))?;
        self.events.write(&events_table(&truth.events))?;
        self.members.write(&members_table(&truth.members))
    }

    fn finish(self) -> Result<()> {
        self.creators.finish()?;
        self.orders.finish()?;
        self.events.finish()?;
        self.members.finish().map(drop)
    }
}

/// The scenario of a file, or a built-in one, not checked yet: its size may still be changed. Errors name the file or the
/// place of the built-in one in the source.
///
/// # Errors
/// The file cannot be read, or it is no scenario.
pub fn read_scenario(file: Option<&Path>, built_in: &str, built_in_place: &str) -> Result<Scenario> {
    match file {
        Some(file) => Scenario::read(&std::fs::read_to_string(file).at_file(file)?).at_file(file),
        None => Scenario::read(built_in).at_file(Path::new(built_in_place)),
    }
}

fn scenario(args: &SimulateArgs, console: Console) -> Result<Scenario> {
    let mut scenario = read_scenario(args.scenario.as_deref(), embedded_scenario(), "datasets/sample/scenario.toml")?;
    for kind in &args.without_vendor {
        scenario = scenario.without(kind)?;
    }
    let names = |scenario: &Scenario| -> Vec<String> { scenario.vendors.iter().map(|vendor| vendor.name().to_owned()).collect() };
    let before = names(&scenario);
    let is_as_written = args.creators.is_none() && args.accounts.is_none() && args.without_vendor.is_empty();
    let resized = scenario.resized(args.creators, args.accounts);
    let resized =
        if let Some(file) = args.scenario.as_deref().filter(|_| is_as_written) { resized.at_file(file) } else { resized }?;
    let after = names(&resized);
    for name in before.iter().filter(|name| !after.contains(name)) {
        console.note(&format!("vendor {name} is left out: a world of this size is too small for its orders"));
    }
    Ok(resized)
}
