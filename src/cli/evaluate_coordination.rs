//! `bonafide evaluate coordination`.

use super::args::{self, EvaluateArgs};
use super::shipped_scenarios::{reporting, tuning};
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{CoordinationData, CoordinationEvaluation, CoordinationPart, CoordinationSettings, World};
use crate::error::{Error, Result};
use crate::report::{EvaluationDocument, render_heat_map};
use crate::simulation::{SamplingPlan, Scenario};
use crate::tables::reference::{TimedActions, load_likes, load_timed_actions};

/// Creators and organic accounts of every simulated world: a million follows.
const WORLD: (u32, u32) = (2_000, 400_000);
/// The same for a quick look.
const QUICK_WORLD: (u32, u32) = (300, 60_000);
/// The same for the worlds into which occasions are planted.
const OCCASIONS_WORLD: (u32, u32) = (600, 120_000);
/// The same for worlds with dense lists: so few accounts that their lists overlap.
const DENSE_WORLD: (u32, u32) = (250, 50_000);
/// Follows listed of each creator in worlds with dense lists.
const DENSE_LISTS: [u32; 3] = [4_000, 1_000, 500];
/// Likers and comments listed of each post in worlds of the same size with much engagement.
const ENGAGED_LISTS: [(u32, u32); 2] = [(100, 50), (20, 20)];

/// Worlds without orders.
const CLEAN: [(&str, &str); 2] =
    [("simulated, clean", reporting::CLEAN.1), ("simulated, clean but viral", reporting::CLEAN_VIRAL.1)];
/// The same for choosing settings.
const CLEAN_FOR_TUNING: [(&str, &str); 2] =
    [("tuning, clean", tuning::CLEAN.1), ("tuning, clean but viral", tuning::CLEAN_VIRAL.1)];
/// Worlds with orders.
const MARKETS: [(&str, &str); 5] = [
    ("bulk", reporting::BULK.1),
    ("drip", reporting::DRIP.1),
    ("aged", reporting::AGED.1),
    ("hijacked", reporting::HIJACKED.1),
    ("mixed", reporting::MIXED.1),
];

/// The same for choosing settings.
const MARKETS_FOR_TUNING: [(&str, &str); 5] = [
    ("tuning, bulk", tuning::BULK.1),
    ("tuning, drip", tuning::DRIP.1),
    ("tuning, aged", tuning::AGED.1),
    ("tuning, hijacked", tuning::HIJACKED.1),
    ("tuning, mixed", tuning::MIXED.1),
];

/// Measures how well coordinated follows are found.
///
/// # Errors
/// The data are damaged, the scenario is not valid, or the folder cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    if args.scenario.is_some() {
        return Err(Error::invalid_argument(
            "--scenario",
            "given",
            "not with `evaluate coordination`; `--tuning` takes other worlds",
        ));
    }
    let folder = evaluation_output::folder(args)?;
    let (settings, size) = match args.quick {
        true => (CoordinationSettings::quick(seed), QUICK_WORLD),
        false => (CoordinationSettings::published(seed), WORLD),
    };
    let settings = CoordinationSettings { is_choosing: args.tuning, ..settings };
    let data = load(args, size)?;
    let mut evaluation = CoordinationEvaluation::new(&data, settings);
    for part in parts(args) {
        console.note(&format!("measuring {part:?} …").to_lowercase());
        evaluation.measure(part)?;
    }
    let (report, maps) = evaluation.finish();
    let document = EvaluationDocument::from(&report);
    let pictures: Vec<_> = maps.iter().map(|map| (map.name.clone(), render_heat_map(map))).collect();
    evaluation_output::to_folder(&document, &pictures, folder, console)
}

fn parts(args: &EvaluateArgs) -> Vec<CoordinationPart> {
    if args.part.is_empty() {
        return CoordinationPart::ALL.to_vec();
    }
    let part = |part: &args::CoordinationPart| match part {
        args::CoordinationPart::Alarms => CoordinationPart::Alarms,
        args::CoordinationPart::Deliveries => CoordinationPart::Deliveries,
        args::CoordinationPart::Innocents => CoordinationPart::Innocents,
        args::CoordinationPart::Markets => CoordinationPart::Markets,
        args::CoordinationPart::Posts => CoordinationPart::Posts,
        args::CoordinationPart::Evidence => CoordinationPart::Evidence,
        args::CoordinationPart::Verdicts => CoordinationPart::Verdicts,
        args::CoordinationPart::Stars => CoordinationPart::Stars,
        args::CoordinationPart::Untimed => CoordinationPart::Untimed,
        args::CoordinationPart::Phase => CoordinationPart::Phase,
    };
    args.part.iter().map(part).collect()
}

fn load(args: &EvaluateArgs, size: (u32, u32)) -> Result<CoordinationData> {
    let (TimedActions { week, stars }, likes) = match &args.labelled.data {
        Some(folder) => (load_timed_actions(folder)?, load_likes(folder)?),
        None => (TimedActions::default(), None),
    };
    let worlds = |worlds: &[(&str, &str)]| {
        worlds
            .iter()
            .map(|(name, text)| Ok(World { name: (*name).to_owned(), scenario: sized(Scenario::parse(text)?, size) }))
            .collect::<Result<Vec<World>>>()
    };
    let (clean, markets) = if args.tuning { (CLEAN_FOR_TUNING, MARKETS_FOR_TUNING) } else { (CLEAN, MARKETS) };
    let viral = World { name: clean[1].0.to_owned(), scenario: Scenario::parse(clean[1].1)? };
    let of_size = |size| World { name: viral.name.clone(), scenario: sized(viral.scenario.clone(), size) };
    let dense = DENSE_LISTS.iter().map(|&follows| dense(&viral, follows)).collect();
    let (mapped, occasions) = (vec![of_size(QUICK_WORLD)], vec![of_size(OCCASIONS_WORLD)]);
    let engaged = ENGAGED_LISTS.iter().map(|&lists| engaged(&viral, lists)).collect();
    let (untouched, markets) = (worlds(&clean)?, worlds(&markets)?);
    Ok(CoordinationData { untouched, dense, engaged, occasions, mapped, markets, week, stars, likes })
}

/// A scenario in the size that is measured.
fn sized(scenario: Scenario, (creators, accounts): (u32, u32)) -> Scenario {
    Scenario { creators, accounts, ..scenario }
}

/// The same world with so many followers listed of each creator that lists overlap.
fn dense(world: &World, follows_per_creator: u32) -> World {
    let scenario = sized(world.scenario.clone(), DENSE_WORLD);
    let sampling = SamplingPlan { follows_per_creator, ..scenario.sampling.clone() };
    let (creators, accounts) = DENSE_WORLD;
    let name =
        format!("{}, {follows_per_creator} follows listed of each of {creators} creators, {accounts} accounts", world.name);
    World { name, scenario: Scenario { sampling, ..scenario } }
}

/// The same world with so many likers and comments listed of each post.
fn engaged(world: &World, (likers_per_post, comments_per_post): (u32, u32)) -> World {
    let scenario = sized(world.scenario.clone(), DENSE_WORLD);
    let sampling = SamplingPlan { likers_per_post, comments_per_post, ..scenario.sampling.clone() };
    let (creators, accounts) = DENSE_WORLD;
    let name = format!(
        "{}, {likers_per_post} likers and {comments_per_post} comments listed of each post, {creators} creators, {accounts} accounts",
        world.name
    );
    World { name, scenario: Scenario { sampling, ..scenario } }
}
