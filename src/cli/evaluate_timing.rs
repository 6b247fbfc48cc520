//! `bonafide evaluate timing`.

use super::args::EvaluateArgs;
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{EvaluationSettings, evaluate_timing};
use crate::error::{Error, Result};
use crate::report::EvaluationDocument;
use crate::tables::reference::{load_labelled_timelines, load_tweet_hours};

/// Measures how well the times of an account's actions tell programs from people.
///
/// # Errors
/// The data are not there or damaged, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    if args.scenario.is_some() {
        return Err(Error::invalid_argument("--scenario", "given", "not with `evaluate timing`, which uses real accounts only"));
    }
    let file = evaluation_output::file(args)?;
    let settings = if args.quick { EvaluationSettings::quick(seed) } else { EvaluationSettings::published(seed) };
    let folder = data_folder(&args.labelled)?;
    let report = evaluate_timing(&load_labelled_timelines(folder)?, &load_tweet_hours(folder)?, &settings)?;
    evaluation_output::to_file(&EvaluationDocument::from(&report), args, file, console)
}
