//! `bonafide evaluate coordination`.

use super::args::EvaluateArgs;
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{Background, CoordinationData, CoordinationSettings, Market, evaluate_coordination, simulated_dataset};
use crate::error::{Error, Result};
use crate::report::EvaluationDocument;
use crate::simulation::Scenario;
use crate::tables::reference::{TimedActions, load_timed_actions};

/// Creators and organic accounts of every simulated world: a million follows.
const WORLD: (u32, u32) = (2_000, 400_000);
/// The same for a quick look.
const QUICK_WORLD: (u32, u32) = (300, 60_000);

/// Worlds without orders.
const CLEAN: [(&str, &str); 2] = [
    ("simulated, clean", include_str!("../../datasets/scenarios/reporting/clean.toml")),
    ("simulated, clean but viral", include_str!("../../datasets/scenarios/reporting/clean_viral.toml")),
];
/// Worlds with orders.
const MARKETS: [(&str, &str); 5] = [
    ("bulk", include_str!("../../datasets/scenarios/reporting/bulk.toml")),
    ("drip", include_str!("../../datasets/scenarios/reporting/drip.toml")),
    ("aged", include_str!("../../datasets/scenarios/reporting/aged.toml")),
    ("hijacked", include_str!("../../datasets/scenarios/reporting/hijacked.toml")),
    ("mixed", include_str!("../../datasets/scenarios/reporting/mixed.toml")),
];

/// Measures how well coordinated follows are found.
///
/// # Errors
/// The data are not there or damaged, or the folder cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    for (option, is_given) in [("--dataset", args.dataset.is_some()), ("--scenario", args.scenario.is_some())] {
        if is_given {
            return Err(Error::invalid_argument(option, "given", "not with `evaluate coordination`"));
        }
    }
    let folder = evaluation_output::folder(args)?;
    let (settings, size) = match args.quick {
        true => (CoordinationSettings::quick(seed), QUICK_WORLD),
        false => (CoordinationSettings::published(seed), WORLD),
    };
    let data = load(args, seed, size, console)?;
    console.note("measuring …");
    let (report, plots) = evaluate_coordination(&data, &settings)?;
    let document = EvaluationDocument::from(&report);
    evaluation_output::to_folder(&document, &plots, folder, console)
}

fn load(args: &EvaluateArgs, seed: u64, size: (u32, u32), console: Console) -> Result<CoordinationData> {
    let TimedActions { week, stars } = load_timed_actions(data_folder(&args.labelled)?)?;
    let mut data = CoordinationData { stars: stars.unwrap_or_default(), ..CoordinationData::default() };
    for (name, text) in CLEAN {
        console.note(&format!("simulating {name} …"));
        data.backgrounds.push(Background::of_follows(name, &simulated_dataset(&world(text, size)?, seed)?)?);
    }
    data.backgrounds.extend(week.map(|week| Background::of_interactions("higgs_twitter, real", &week)));
    for (name, text) in MARKETS {
        console.note(&format!("simulating {name} …"));
        data.markets.push(Market { name: name.to_owned(), dataset: simulated_dataset(&world(text, size)?, seed)? });
    }
    Ok(data)
}

/// A scenario in the size that is measured.
fn world(text: &str, (creators, accounts): (u32, u32)) -> Result<Scenario> {
    Ok(Scenario { creators, accounts, ..Scenario::parse(text)? })
}
