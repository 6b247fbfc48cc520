//! `bonafide evaluate engagement`.

use super::args::EvaluateArgs;
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{EngagementEvaluation, EngagementWorlds, evaluate_engagement};
use crate::error::Result;
use crate::report::EvaluationDocument;
use crate::tables::reference::load_engagement_data;

/// Worlds on which thresholds were chosen.
const TUNING: [(&str, &str); 3] = [
    ("datasets/scenarios/tuning/clean.toml", include_str!("../../datasets/scenarios/tuning/clean.toml")),
    ("datasets/scenarios/tuning/clean_viral.toml", include_str!("../../datasets/scenarios/tuning/clean_viral.toml")),
    ("datasets/scenarios/tuning/mixed.toml", include_str!("../../datasets/scenarios/tuning/mixed.toml")),
];
/// Worlds that figures are reported on.
const REPORTING: [(&str, &str); 3] = [
    ("datasets/scenarios/reporting/clean.toml", include_str!("../../datasets/scenarios/reporting/clean.toml")),
    ("datasets/scenarios/reporting/clean_viral.toml", include_str!("../../datasets/scenarios/reporting/clean_viral.toml")),
    ("datasets/scenarios/reporting/mixed.toml", include_str!("../../datasets/scenarios/reporting/mixed.toml")),
];

/// Measures bands and warnings of engagement on real series and in simulated arrivals.
///
/// # Errors
/// The data are not there, a scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let file = evaluation_output::file(args)?;
    let data = load_engagement_data(data_folder(&args.labelled)?)?;
    let settings = if args.quick { EngagementEvaluation::quick(seed) } else { EngagementEvaluation::published(seed) };
    let tuning = if args.scenario.is_some() { Vec::new() } else { evaluation_output::scenarios(args, &TUNING)? };
    let worlds = EngagementWorlds { tuning, reporting: evaluation_output::scenarios(args, &REPORTING)? };
    let document = EvaluationDocument::from(&evaluate_engagement(&data, &worlds, &settings)?);
    evaluation_output::to_file(&document, args, file, console)
}
