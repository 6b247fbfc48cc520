//! `bonafide evaluate follower-map`.

use super::args::EvaluateArgs;
use super::shipped_scenarios::{ScenarioFile, reporting};
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{FollowerMapEvaluation, evaluate_follower_map};
use crate::error::Result;
use crate::report::EvaluationDocument;
use crate::tables::reference::load_follow_order;

/// Worlds where no other is asked for: one with viral bursts and no vendors, and one of each way to deliver.
const WORLDS: [ScenarioFile; 4] = [reporting::CLEAN_VIRAL, reporting::BULK, reporting::DRIP, reporting::AGED];

/// Measures the follower map, batches and follow-time bounds.
///
/// # Errors
/// The data are not there or damaged, a scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let file = evaluation_output::file(args)?;
    let settings = if args.quick { FollowerMapEvaluation::quick(seed) } else { FollowerMapEvaluation::published(seed) };
    let list = load_follow_order(data_folder(&args.labelled)?)?;
    let report = evaluate_follower_map(&list, &evaluation_output::scenarios(args, &WORLDS)?, &settings)?;
    let document = EvaluationDocument::from(&report);
    evaluation_output::to_file(&document, args, file, console)
}
