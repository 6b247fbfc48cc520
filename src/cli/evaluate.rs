//! `bonafide evaluate`.

use super::args::{EvaluateArgs, EvaluationSubject};
use super::run_folder::{account_model, read};
use super::train::data_folder;
use super::{
    Console, Outcome, evaluate_comments, evaluate_coordination, evaluate_creators, evaluate_engagement, evaluate_follower_map,
    evaluate_growth, evaluate_pods, evaluate_shortlist, evaluate_simulation, evaluate_timing, evaluation_output,
};
use crate::benchmark::{EvaluationSettings, LabelReport, evaluate_accounts, evaluate_dataset};
use crate::error::{Error, Result};
use crate::report::EvaluationDocument;
use crate::training::load_reference_sets;
use std::path::Path;

/// Measures the account model, by protocol on the public data sets or the shipped one on a labelled dataset; or the simulation, or
/// coordination.
///
/// # Errors
/// The data are not there, hold no labels, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    let is_coordination = args.subject == EvaluationSubject::Coordination;
    if !args.part.is_empty() && !is_coordination {
        return Err(Error::invalid_argument("--part", "given", "only with `evaluate coordination`"));
    }
    if args.tuning && !is_coordination && args.subject != EvaluationSubject::Shortlist {
        return Err(Error::invalid_argument("--tuning", "given", "only with `evaluate coordination` and `evaluate shortlist`"));
    }
    match args.subject {
        EvaluationSubject::Simulation => return evaluate_simulation::run(args, seed, console),
        EvaluationSubject::Coordination => return evaluate_coordination::run(args, seed, console),
        EvaluationSubject::FollowerMap => return evaluate_follower_map::run(args, seed, console),
        EvaluationSubject::Creators => return evaluate_creators::run(args, seed, console),
        EvaluationSubject::Comments => return evaluate_comments::run(args, seed, console),
        EvaluationSubject::Growth => return evaluate_growth::run(args, seed, console),
        EvaluationSubject::Pods => return evaluate_pods::run(args, seed, console),
        EvaluationSubject::Shortlist => return evaluate_shortlist::run(args, seed, console),
        EvaluationSubject::Timing => return evaluate_timing::run(args, seed, console),
        EvaluationSubject::Engagement => return evaluate_engagement::run(args, seed, console),
        EvaluationSubject::Accounts => {}
    }
    if args.scenario.is_some() {
        return Err(Error::invalid_argument(
            "--scenario",
            "given",
            "only with `evaluate simulation`, `evaluate follower-map`, `evaluate pods` and `evaluate comments`",
        ));
    }
    let file = evaluation_output::file(args)?;
    let settings = if args.quick { EvaluationSettings::quick(seed) } else { EvaluationSettings::published(seed) };
    if let Some(folder) = &args.dataset {
        let report = own_labels(folder, &settings, console)?;
        return evaluation_output::of_labels(&report, args, file, console);
    }
    let report = evaluate_accounts(&load_reference_sets(data_folder(&args.labelled)?)?, &settings)?;
    let document = EvaluationDocument::from(&report);
    evaluation_output::to_file(&document, args, file, console)
}

fn own_labels(folder: &Path, settings: &EvaluationSettings, console: Console) -> Result<LabelReport> {
    let outcome = read(folder, 1.0, console)?;
    evaluate_dataset(&outcome.dataset, &account_model(None)?, settings)
}
