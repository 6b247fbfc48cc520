//! `bonafide evaluate shortlist`.

use super::args::EvaluateArgs;
use super::shipped_scenarios::{parsed, reporting, tuning};
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{ShortlistEvaluation, evaluate_shortlists};
use crate::error::Result;
use crate::report::EvaluationDocument;
use crate::simulation::Scenario;

/// Measures what sets truly reach in simulated markets; a quick look takes the first alone.
///
/// # Errors
/// A scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let file = evaluation_output::file(args)?;
    let mut scenarios: Vec<Scenario> =
        if args.tuning { parsed(&tuning::MARKETS)? } else { evaluation_output::scenarios(args, &reporting::MARKETS)? };
    if args.quick {
        scenarios.truncate(1);
    }
    let settings = ShortlistEvaluation { is_choosing: args.tuning, ..ShortlistEvaluation::published(seed) };
    let document = EvaluationDocument::from(&evaluate_shortlists(&scenarios, &settings)?);
    evaluation_output::to_file(&document, args, file, console)
}
