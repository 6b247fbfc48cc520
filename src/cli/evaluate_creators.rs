//! `bonafide evaluate creators`, and the rows that `bonafide train creators` fits.

use super::args::{EvaluateArgs, LabelledData};
use super::shipped_scenarios::{ScenarioFile, reporting, tuning};
use super::simulate::read_scenario;
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{CreatorData, CreatorEvaluation, evaluate_creators};
use crate::error::Result;
use crate::report::EvaluationDocument;
use crate::simulation::Scenario;
use crate::tables::reference::load_engagement_data;
use crate::training::load_reference_sets;

/// Worlds for fitting.
const TUNING: [ScenarioFile; 8] =
    [tuning::CLEAN, tuning::CLEAN_VIRAL, tuning::BULK, tuning::DRIP, tuning::AGED, tuning::HIJACKED, tuning::MIXED, tuning::PODS];
/// Worlds for reporting.
const REPORTING: [ScenarioFile; 8] = [
    reporting::CLEAN,
    reporting::CLEAN_VIRAL,
    reporting::BULK,
    reporting::DRIP,
    reporting::AGED,
    reporting::HIJACKED,
    reporting::MIXED,
    reporting::PODS,
];

/// Measures the shipped creator model.
///
/// # Errors
/// The data are not there or damaged, or a file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let file = evaluation_output::file(args)?;
    let settings = if args.quick { CreatorEvaluation::quick(seed) } else { CreatorEvaluation::published(seed) };
    let report = evaluate_creators(&creator_data(&args.labelled)?, &settings)?;
    evaluation_output::to_file(&EvaluationDocument::from(&report), args, file, console)
}

/// Everything that creators are drawn from.
///
/// # Errors
/// The data are not there or damaged.
pub(super) fn creator_data(labelled: &LabelledData) -> Result<CreatorData> {
    let read = |files: &[ScenarioFile]| -> Result<Vec<Scenario>> {
        files.iter().map(|(name, text)| read_scenario(None, text, name)).collect()
    };
    let folder = data_folder(labelled)?;
    Ok(CreatorData {
        tuning: read(&TUNING)?,
        reporting: read(&REPORTING)?,
        accounts: load_reference_sets(folder)?,
        engagement: load_engagement_data(folder)?,
    })
}
