//! `bonafide evaluate coordination`.

use super::args::EvaluateArgs;
use super::evaluate_simulation::write_with_plots;
use super::train::data_folder;
use super::{Console, Outcome};
use crate::benchmark::{Background, CoordinationData, CoordinationSettings, Market, evaluate_coordination};
use crate::domain::{Dataset, DatasetBuilder, Manifest};
use crate::error::{Error, Result};
use crate::report::EvaluationDocument;
use crate::simulation::{Scenario, simulate};
use crate::tables::StagedFolder;
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
    let staged = args.out.as_deref().map(StagedFolder::create).transpose()?;
    let (settings, size) = match args.quick {
        true => (CoordinationSettings::quick(seed), QUICK_WORLD),
        false => (CoordinationSettings::published(seed), WORLD),
    };
    let data = load(args, seed, size, console)?;
    console.note("measuring …");
    let (report, plots) = evaluate_coordination(&data, &settings)?;
    let document = EvaluationDocument::from(&report);
    if let Some(staged) = staged {
        write_with_plots(staged.path(), &document, &plots)?;
        staged.commit()?;
    }
    if console.json() {
        console.print_json(&document)?
    } else {
        console.print(&document.render_text(console.width()))?
    }
    Ok(Outcome::Done)
}

fn load(args: &EvaluateArgs, seed: u64, size: (u32, u32), console: Console) -> Result<CoordinationData> {
    let TimedActions { week, stars } = load_timed_actions(data_folder(&args.labelled)?)?;
    let mut data = CoordinationData { stars: stars.unwrap_or_default(), ..CoordinationData::default() };
    for (name, text) in CLEAN {
        console.note(&format!("simulating {name} …"));
        data.backgrounds.push(Background::of_follows(name, &world(text, size, seed)?)?);
    }
    data.backgrounds.extend(week.map(|week| Background::of_interactions("higgs_twitter, real", &week)));
    for (name, text) in MARKETS {
        console.note(&format!("simulating {name} …"));
        data.markets.push(Market { name: name.to_owned(), dataset: world(text, size, seed)? });
    }
    Ok(data)
}

/// One simulated export.
fn world(text: &str, (creators, accounts): (u32, u32), seed: u64) -> Result<Dataset> {
    let scenario = Scenario { creators, accounts, ..Scenario::parse(text)? };
    let mut builder = DatasetBuilder::new(Manifest::default());
    let simulated = simulate(&scenario, seed, &mut |table, batch| {
        builder.push(table, &batch);
        Ok(())
    })?;
    let mut dataset = builder.finish();
    dataset.manifest = simulated.manifest;
    Ok(dataset)
}
