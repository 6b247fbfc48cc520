//! `bonafide evaluate pods`.

use super::args::EvaluateArgs;
use super::simulate::read_scenario;
use super::{Console, Outcome};
use crate::benchmark::{PodEvaluation, evaluate_pod_worlds};
use crate::error::{Error, Locate, Result};
use crate::report::EvaluationDocument;
use crate::simulation::Scenario;
use crate::tables::StagedFile;
use std::io::Write;

/// Worlds where no other is asked for: pods alone, pods among all kinds of vendors, and none.
const WORLDS: [(&str, &str); 4] = [
    ("datasets/scenarios/reporting/pods.toml", include_str!("../../datasets/scenarios/reporting/pods.toml")),
    ("datasets/scenarios/reporting/mixed.toml", include_str!("../../datasets/scenarios/reporting/mixed.toml")),
    ("datasets/scenarios/reporting/clean.toml", include_str!("../../datasets/scenarios/reporting/clean.toml")),
    ("datasets/scenarios/reporting/clean_viral.toml", include_str!("../../datasets/scenarios/reporting/clean_viral.toml")),
];

/// Measures how well pods are found in simulated worlds, and how often innocent circles are taken for pods.
///
/// # Errors
/// A scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    if args.dataset.is_some() {
        return Err(Error::invalid_argument("--dataset", "given", "only with `evaluate accounts`"));
    }
    let file = args.out.as_deref().map(StagedFile::create).transpose()?;
    let settings = if args.quick { PodEvaluation::quick(seed) } else { PodEvaluation::published(seed) };
    let document = EvaluationDocument::from(&evaluate_pod_worlds(&worlds(args)?, &settings)?);
    if let (Some(out), Some(mut file)) = (&args.out, file) {
        file.write_all(document.render_markdown(1).as_bytes()).at_file(out)?;
        file.commit()?;
    }
    if console.json() {
        console.print_json(&document)?
    } else {
        console.print(&document.render_text(console.width()))?
    }
    Ok(Outcome::Done)
}

fn worlds(args: &EvaluateArgs) -> Result<Vec<Scenario>> {
    match args.scenario.as_deref() {
        Some(file) => Ok(vec![read_scenario(Some(file), "", "")?]),
        None => WORLDS.iter().map(|(name, text)| read_scenario(None, text, name)).collect(),
    }
}
