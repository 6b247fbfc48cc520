//! `bonafide evaluate engagement`.

use super::args::EvaluateArgs;
use super::shipped_scenarios::{ScenarioFile, reporting, tuning};
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{EngagementEvaluation, EngagementWorlds, evaluate_engagement};
use crate::error::Result;
use crate::report::EvaluationDocument;
use crate::tables::reference::load_engagement_data;

/// Worlds on which thresholds were chosen.
const TUNING: [ScenarioFile; 3] = [tuning::CLEAN, tuning::CLEAN_VIRAL, tuning::MIXED];
/// Worlds that figures are reported on.
const REPORTING: [ScenarioFile; 3] = [reporting::CLEAN, reporting::CLEAN_VIRAL, reporting::MIXED];

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
