//! `bonafide evaluate simulation`.

use super::args::EvaluateArgs;
use super::simulate::read_scenario;
use super::train::data_folder;
use super::{Console, Outcome};
use crate::benchmark::{Plot, SimulatedWorld, WorldSettings, evaluate_world};
use crate::error::{Error, Locate, Result};
use crate::report::{EvaluationDocument, render_plot};
use crate::tables::StagedFolder;
use crate::tables::reference::load_reference_world;
use std::path::Path;

/// The world that is compared where no other is asked for.
const SCENARIO: &str = include_str!("../../datasets/simulation/scenario.toml");

/// Sets the simulated organic world beside real data.
///
/// # Errors
/// The data are not there or damaged, the scenario is not valid, or the folder cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    if args.dataset.is_some() {
        return Err(Error::invalid_argument("--dataset", "given", "only with `evaluate accounts`"));
    }
    let staged = args.out.as_deref().map(StagedFolder::create).transpose()?;
    let settings = if args.quick { WorldSettings::quick(seed) } else { WorldSettings::published(seed) };
    let scenario = read_scenario(args.scenario.as_deref(), SCENARIO, "datasets/simulation/scenario.toml")?;
    scenario.validate()?;
    let real = load_reference_world(data_folder(&args.labelled)?)?;
    console.note("simulating …");
    let simulated = SimulatedWorld::draw(&scenario, seed)?;
    console.note("comparing …");
    let report = evaluate_world(&real, &simulated, &settings)?;
    let document = EvaluationDocument::from(&report.evaluation);
    if let Some(staged) = staged {
        write_with_plots(staged.path(), &document, &report.plots)?;
        staged.commit()?;
    }
    if console.json() {
        console.print_json(&document)?
    } else {
        console.print(&document.render_text(console.width()))?
    }
    Ok(Outcome::Done)
}

/// The tables as Markdown and every plot, side by side.
pub(super) fn write_with_plots(folder: &Path, document: &EvaluationDocument, plots: &[Plot]) -> Result<()> {
    let file = folder.join("evaluation.md");
    std::fs::write(&file, document.render_markdown(1)).at_file(&file)?;
    for plot in plots {
        let file = folder.join(plot.name).with_extension("svg");
        std::fs::write(&file, render_plot(plot)).at_file(&file)?;
    }
    Ok(())
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
