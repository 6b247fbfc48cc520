//! `bonafide evaluate shortlist`.

use super::args::EvaluateArgs;
use super::shipped_scenarios::{ScenarioFile, reporting, tuning};
use super::simulate::read_scenario;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{ShortlistEvaluation, evaluate_shortlists};
use crate::error::Result;
use crate::report::EvaluationDocument;
use crate::simulation::Scenario;

/// Worlds for reporting.
const REPORTING: [ScenarioFile; 5] = [reporting::BULK, reporting::DRIP, reporting::AGED, reporting::HIJACKED, reporting::MIXED];
/// Worlds for tuning.
const TUNING: [ScenarioFile; 5] = [tuning::BULK, tuning::DRIP, tuning::AGED, tuning::HIJACKED, tuning::MIXED];

/// Measures what sets truly reach in simulated markets; a quick look takes the first alone.
///
/// # Errors
/// A scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let file = evaluation_output::file(args)?;
    let mut scenarios: Vec<Scenario> = if args.tuning {
        TUNING.iter().map(|(name, text)| read_scenario(None, text, name)).collect::<Result<_>>()?
    } else {
        evaluation_output::scenarios(args, &REPORTING)?
    };
    if args.quick {
        scenarios.truncate(1);
    }
    let document = EvaluationDocument::from(&evaluate_shortlists(&scenarios, &ShortlistEvaluation::published(seed))?);
    evaluation_output::to_file(&document, args, file, console)
}
