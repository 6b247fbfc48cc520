//! `bonafide evaluate pods`.

use super::args::EvaluateArgs;
use super::shipped_scenarios::{ScenarioFile, reporting};
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{PodEvaluation, evaluate_pod_worlds};
use crate::error::Result;
use crate::report::EvaluationDocument;

/// Worlds where no other is asked for: pods alone, pods among all kinds of vendors, and none.
const WORLDS: [ScenarioFile; 4] = [reporting::PODS, reporting::MIXED, reporting::CLEAN, reporting::CLEAN_VIRAL];

/// Measures how well pods are found in simulated worlds, and how often innocent circles are taken for pods.
///
/// # Errors
/// A scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let file = evaluation_output::file(args)?;
    let settings = if args.quick { PodEvaluation::quick(seed) } else { PodEvaluation::published(seed) };
    let document = EvaluationDocument::from(&evaluate_pod_worlds(&evaluation_output::scenarios(args, &WORLDS)?, &settings)?);
    evaluation_output::to_file(&document, args, file, console)
}
