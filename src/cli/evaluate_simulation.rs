//! `bonafide evaluate simulation`.

use super::args::EvaluateArgs;
use super::simulate::read_scenario;
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{SimulatedWorld, WorldSettings, evaluate_world};
use crate::error::Result;
use crate::report::{EvaluationDocument, render_plot};
use crate::tables::reference::load_reference_world;

/// The world that is compared where no other is asked for.
const SCENARIO: &str = include_str!("../../datasets/simulation/scenario.toml");

/// Sets the simulated organic world beside real data.
///
/// # Errors
/// The data are not there or damaged, the scenario is not valid, or the folder cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let folder = evaluation_output::folder(args)?;
    let settings = if args.quick { WorldSettings::quick(seed) } else { WorldSettings::published(seed) };
    let scenario = read_scenario(args.scenario.as_deref(), SCENARIO, "datasets/simulation/scenario.toml")?;
    scenario.validate()?;
    let real = load_reference_world(data_folder(&args.labelled)?)?;
    console.note("simulating …");
    let simulated = SimulatedWorld::draw(&scenario, seed)?;
    console.note("comparing …");
    let report = evaluate_world(&real, &simulated, &settings)?;
    let document = EvaluationDocument::from(&report.evaluation);
    let pictures: Vec<_> = report.plots.iter().map(|plot| (plot.name.to_owned(), render_plot(plot))).collect();
    evaluation_output::to_folder(&document, &pictures, folder, console)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::Scenario;

    #[test]
    fn the_built_in_scenario_is_valid_and_purely_organic() {
        let scenario = Scenario::parse(SCENARIO).unwrap();
        assert!(scenario.vendors.is_empty() && scenario.pools.is_empty());
    }
}
