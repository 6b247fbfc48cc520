//! `bonafide evaluate creators`, and the rows that `bonafide train creators` fits.

use super::args::{EvaluateArgs, LabelledData};
use super::run_folder::{account_model, read};
use super::shipped_scenarios::{parsed, reporting, tuning};
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{CreatorData, CreatorEvaluation, EvaluationSettings, evaluate_creator_labels, evaluate_creators};
use crate::error::Result;
use crate::report::EvaluationDocument;
use crate::tables::reference::load_engagement_data;
use crate::training::load_reference_sets;

/// Measures the shipped creator model, by protocol or on a labelled dataset.
///
/// # Errors
/// The data are not there or damaged, or a file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    let file = evaluation_output::file(args)?;
    if let Some(folder) = &args.dataset {
        let settings = if args.quick { EvaluationSettings::quick(seed) } else { EvaluationSettings::published(seed) };
        let dataset = read(folder, 1.0, console)?.dataset;
        let report = evaluate_creator_labels(&dataset, &account_model(None)?, &settings)?;
        return evaluation_output::of_labels(&report, args, file, console);
    }
    let settings = if args.quick { CreatorEvaluation::quick(seed) } else { CreatorEvaluation::published(seed) };
    let report = evaluate_creators(&creator_data(&args.labelled)?, &settings)?;
    evaluation_output::to_file(&EvaluationDocument::from(&report), args, file, console)
}

/// Everything that creators are drawn from.
///
/// # Errors
/// The data are not there or damaged.
pub(super) fn creator_data(labelled: &LabelledData) -> Result<CreatorData> {
    let folder = data_folder(labelled)?;
    Ok(CreatorData {
        tuning: parsed(&tuning::ALL)?,
        reporting: parsed(&reporting::ALL)?,
        accounts: load_reference_sets(folder)?,
        engagement: load_engagement_data(folder)?,
    })
}
